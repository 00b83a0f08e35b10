"""Routes that a key may not use, and the usage of its team."""

import msgspec
import pytest

from imagined.access.permissions import acls
from imagined.contract.access import Caller
from imagined.contract.usage import DailyUsage
from imagined.rest_api.operations import OPERATIONS
from tests.support.fake_services import CALLER, KEY, FakeAuthenticator
from tests.unit.rest_api.conftest import Rest


class Limited(FakeAuthenticator):
    """Knows one key, which may do this."""

    def __init__(self, *endpoints: str) -> None:
        super().__init__()
        self._caller = msgspec.structs.replace(CALLER, acls=acls(endpoints=endpoints))

    async def authenticate(self, key: str | None) -> Caller:
        await super().authenticate(key)
        return self._caller


PATHS = {
    "image": ("POST", "/v1/images/generations"),
    "video": ("GET", "/v1/videos/3f0c2a7e-55d1-4c0b-9e57-6a1b8c9d0e2f"),
    "files": ("GET", "/v1/files"),
    "batch": ("GET", "/v1/batches"),
    "models": ("GET", "/v1/models"),
}


@pytest.mark.parametrize("endpoint", PATHS)
async def test_a_key_limited_to_other_endpoints_is_denied(rest: Rest, endpoint: str) -> None:
    method, path = PATHS[endpoint]
    others = [name for name in PATHS if name != endpoint]
    async with rest.client(authenticator=Limited(*others)) as client:
        answer = await client.request(method, path, json={"prompt": "x"} if method == "POST" else None)
        assert answer.status_code == 403
        assert answer.json() == {
            "code": "permission-denied",
            "error": f"The API key has no permission for the endpoint {endpoint}.",
        }
    async with rest.client(authenticator=Limited(endpoint)) as client:
        assert (await client.request(method, path, json={"prompt": "x"} if method == "POST" else None)).is_success


async def test_every_key_may_ask_who_it_is_and_what_it_used(rest: Rest) -> None:
    async with rest.client(authenticator=Limited("image")) as client:
        for path in ("/v1/api-key", "/v1/me", "/x/usage"):
            assert (await client.get(path)).status_code == 200
        assert (await client.get("/v1/api-key")).json()["acls"] == ["api-key:model:*", "api-key:endpoint:image"]


def test_every_operation_belongs_to_an_endpoint_or_to_everybody() -> None:
    open_to_all = {operation.tag for operation in OPERATIONS if operation.endpoint is None}
    assert open_to_all == {"Keys", "Requests", "Usage", "Webhooks"}


async def test_usage_is_the_teams_own(rest: Rest) -> None:
    rest.house.requests.usage = {
        ("team", "2026-11-20"): DailyUsage(day="2026-11-20", requests=2, images=3, cost_in_usd_ticks=5),
        ("team", "2026-11-22"): DailyUsage(day="2026-11-22", requests=1, video_seconds=2.5, input_images=1),
        ("other", "2026-11-22"): DailyUsage(day="2026-11-22", requests=9),
    }
    async with rest.client() as client:
        answer = await client.get("/x/usage?from=2026-11-01&to=2026-11-22")
        sums = {"images": 0, "video_seconds": 0, "input_images": 0, "cost_in_usd_ticks": 0}
        assert answer.json() == {
            "team_id": "team",
            "first_day": "2026-11-01",
            "last_day": "2026-11-22",
            "days": [
                sums | {"day": "2026-11-20", "requests": 2, "images": 3, "cost_in_usd_ticks": 5},
                sums | {"day": "2026-11-22", "requests": 1, "video_seconds": 2.5, "input_images": 1},
            ],
            "total": sums
            | {"requests": 3, "images": 3, "video_seconds": 2.5, "input_images": 1, "cost_in_usd_ticks": 5},
        }
        assert answer.headers["x-request-id"]
        one = await client.get("/x/usage?from=2026-11-22&to=2026-11-22")
        assert [day["requests"] for day in one.json()["days"]] == [1]


@pytest.mark.parametrize("query", ["from=soon", "to=2026-02-30", "from=2026-11-02&to=2026-11-01", "to=&to="])
async def test_a_bad_span_is_refused(rest: Rest, query: str) -> None:
    async with rest.client() as client:
        answer = await client.get(f"/x/usage?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-argument")


async def test_usage_needs_a_key(rest: Rest) -> None:
    async with rest.client() as client:
        del client.headers["authorization"]
        assert (await client.get("/x/usage")).status_code == 401
        client.headers["authorization"] = f"Bearer {KEY}x"
        assert (await client.get("/x/usage")).status_code == 400
