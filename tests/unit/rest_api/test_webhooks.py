"""The webhook routes, and the events that are sent."""

from typing import Any

import httpx2
import msgspec
import pytest

from imagined.contract.results import JobError
from imagined.rest_api.webhook_messages import payload
from imagined.webhooks.ports import Delivery
from tests.contract.test_request_store import ENGINES, completion, new
from tests.support.fake_services import CALLER, FILE_OUTPUT, NOW, REQUEST_ID, output, view
from tests.unit.rest_api.conftest import Rest

URL = "https://hooks.example/a"


async def create(client: httpx2.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/x/webhooks", json={"url": URL} | fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_life_of_a_webhook(rest: Rest, client: httpx2.AsyncClient) -> None:
    made = await create(client, description="all", events=["request.done"])
    secret, webhook_id = made.pop("secret"), made["id"]
    assert secret.startswith("whsec_")
    now = int(rest.house.clock.now())
    assert made == {
        "id": webhook_id,
        "url": URL,
        "scope": "key",
        "events": ["request.done"],
        "description": "all",
        "created_at": now,
    }
    assert (await client.get(f"/x/webhooks/{webhook_id}")).json() == made
    assert (await client.get("/x/webhooks")).json() == {"data": [made]}
    rotated = (await client.post(f"/x/webhooks/{webhook_id}:rotate")).json()
    assert rotated.pop("secret") != secret
    assert rotated == made | {"rotated_at": now}
    assert (await client.post(f"/x/webhooks/{webhook_id}:enable")).json() == rotated
    assert (await client.delete(f"/x/webhooks/{webhook_id}")).json() == {"id": webhook_id, "deleted": True}
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", ":rotate"), ("POST", ":test"), ("GET", "/deliveries")):
        answer = await client.request(method, f"/x/webhooks/{webhook_id}{path}")
        assert answer.status_code == 404
        assert answer.json() == {"code": "not-found", "error": f"Webhook not found: {webhook_id}"}


async def test_a_request_of_the_team_its_delivery_and_its_log(rest: Rest, client: httpx2.AsyncClient) -> None:
    await rest.house.requests.accept(new("r1", team_id=CALLER.team_id))
    claim = await rest.house.requests.claim("here", ENGINES, NOW, 30)
    assert claim is not None
    await rest.house.requests.finish(claim, NOW, completion("r1"))
    made = await create(client, request_id="r1")
    assert (made["scope"], made["request_id"]) == ("request", "r1")
    log = (await client.get(f"/x/webhooks/{made['id']}/deliveries?limit=5")).json()
    (delivery,) = log["data"]
    now = int(rest.house.clock.now())
    assert delivery == {
        "id": delivery["id"],
        "webhook_id": made["id"],
        "event_id": "msg_r1",
        "type": "request.done",
        "request_id": "r1",
        "state": "pending",
        "attempts": 0,
        "created_at": now,
        "next_attempt_at": now,
    }
    assert (await client.post(f"/x/webhooks/deliveries/{delivery['id']}:resend")).json() == delivery
    tested = (await client.post(f"/x/webhooks/{made['id']}:test")).json()
    assert tested["type"] == "webhook.test" and "request_id" not in tested
    answer = await client.post("/x/webhooks/deliveries/whd_9:resend")
    assert (answer.status_code, answer.json()["error"]) == (404, "Delivery not found: whd_9")


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({"url": "https://me:s3cr3t@hooks.example/"}, 400, "url: must not carry a user name or password."),
        ({"url": "http://127.0.0.1/"}, 400, "url: leads to a private network."),
        ({"url": URL, "events": []}, 400, "events: must be some of request.done"),
        ({"url": URL, "description": "a" * 257}, 400, "description: must have at most 256"),
        ({"url": URL, "request_id": "r9"}, 404, "Request not found: r9"),
        ({"url": URL, "events": ["request.ended"]}, 422, "events[0]: unknown variant `request.ended`"),
        ({}, 422, "missing field `url`"),
        ({"url": 5}, 422, "url: invalid type"),
    ],
)
async def test_refusals(client: httpx2.AsyncClient, body: dict[str, Any], status: int, text: str) -> None:
    answer = await client.post("/x/webhooks", json=body)
    assert answer.status_code == status
    assert text in answer.text and "s3cr3t" not in answer.text


async def test_too_many_is_429(client: httpx2.AsyncClient) -> None:
    for _ in range(3):
        await create(client)
    answer = await client.post("/x/webhooks", json={"url": URL})
    assert (answer.status_code, answer.json()["code"]) == (429, "resource-exhausted")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=many", "pagination_token=nonsense"])
async def test_bad_pages(client: httpx2.AsyncClient, query: str) -> None:
    made = await create(client)
    for path in ("/x/webhooks", f"/x/webhooks/{made['id']}/deliveries"):
        answer = await client.get(f"{path}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-argument")


async def test_pages(client: httpx2.AsyncClient) -> None:
    made = {(await create(client))["id"] for _ in range(3)}
    first = (await client.get("/x/webhooks?limit=2")).json()
    rest = (await client.get(f"/x/webhooks?limit=2&pagination_token={first['pagination_token']}")).json()
    assert {one["id"] for one in first["data"] + rest["data"]} == made
    assert "pagination_token" not in rest and "secret" not in str(first)


def event(kind: Any, operation: Any, **changes: Any) -> Any:
    delivery = Delivery(
        id="whd_1",
        webhook_id="wh_1",
        team_id="team",
        event_id="msg_1",
        type=kind,
        request_id=REQUEST_ID,
        occurred_at=NOW,
        created_at=NOW + 5,
        due_since=NOW + 5,
    )
    shown = view(kind.removeprefix("request."), **changes)
    body = payload(delivery, operation, shown)
    assert payload(delivery, operation, shown) == body
    return msgspec.json.decode(body)


async def test_an_event_has_what_a_poll_answers(rest: Rest, client: httpx2.AsyncClient) -> None:
    rest.imagine.ends = view(outputs=(output(duration_s=5.0, file_output=FILE_OUTPUT),))
    polled = (await client.get(f"/v1/videos/{REQUEST_ID}")).json()
    told = event("request.done", "generate_video", outputs=rest.imagine.ends.outputs)
    assert told == {
        "type": "request.done",
        "timestamp": "2026-12-01T00:00:00.500Z",
        "data": {"request_id": REQUEST_ID, "operation": "generate_video"} | polled,
    }
    assert told["data"]["video"]["file_output"]["file_id"] == FILE_OUTPUT.file_id
    assert told["data"]["usage"]["cost_in_usd_ticks"] == 500_000_000


async def test_an_image_event_has_what_the_call_answers(rest: Rest, client: httpx2.AsyncClient) -> None:
    answered = (await client.post("/v1/images/generations", json={"prompt": "a barn"})).json()
    told = event("request.done", "generate_image")
    assert told["data"] == {"request_id": REQUEST_ID, "operation": "generate_image", "status": "done"} | answered


@pytest.mark.parametrize("operation", ["edit_image", "extend_video"])
def test_failed_and_cancelled_requests(operation: str) -> None:
    error = JobError(code="service_unavailable", message="busy")
    failed = event("request.failed", operation, error=error)["data"]
    assert (failed["status"], failed["error"]) == ("failed", {"code": "service_unavailable", "message": "busy"})
    cancelled = event("request.cancelled", operation)["data"]
    assert cancelled["status"] == "failed"
    assert cancelled["error"]["message"] == "The request was cancelled before it finished."
    assert cancelled["model"] == "grok-imagine-image-quality"
