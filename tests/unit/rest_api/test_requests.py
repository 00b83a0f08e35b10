"""Requests as rows: what their routes say, and who may see them."""

import asyncio
import json
from typing import Any

import httpx2
import msgspec
import pytest

from imagined.access.permissions import acls
from imagined.contract.access import Caller
from imagined.contract.requests import Operation
from imagined.contract.results import JobError, RequestStep
from tests.support.fake_services import CALLER, KEY, NOW, REQUEST_ID, FakeAuthenticator, view
from tests.unit.rest_api.conftest import Rest

PATH = f"/x/requests/{REQUEST_ID}"


def test_events_are_split_as_readers_split_them() -> None:
    assert events(b": x\n\nid: 1\nevent: a\ndata: {}\n\n") == [{"id": "1", "event": "a", "data": {}}]


def events(stream: bytes) -> list[dict[str, Any]]:
    """Server-sent events, their data read; comments left out."""
    found = []
    for block in stream.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append(fields | {"data": json.loads(fields["data"])})
    return found


async def test_a_queued_request_has_a_place(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view("queued", place=4, created_at=NOW)
    assert (await client.get(PATH)).json() == {
        "request_id": REQUEST_ID,
        "operation": "generate_image",
        "model": "grok-imagine-image-quality",
        "status": "queued",
        "progress": 0,
        "phase": "waiting",
        "place": 4,
        "attempt": 0,
        "created_at": NOW,
    }


async def test_a_running_request_has_a_step(client: httpx2.AsyncClient, rest: Rest) -> None:
    step = RequestStep(percent=31, phase="drawing", step=7, of=24)
    rest.imagine.ends = view("running", step=step, progress=31, attempt=2, operation="edit_video")
    shown = (await client.get(PATH)).json()
    assert [shown[name] for name in ("phase", "step", "of", "progress", "attempt")] == ["drawing", 7, 24, 31, 2]
    assert "place" not in shown and shown["operation"] == "edit_video"


async def test_a_done_request_has_results_and_a_cost(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view(finished_at=NOW + 3)
    shown = (await client.get(PATH)).json()
    assert shown["outputs"][0]["url"].startswith("http") and shown["outputs"][0]["width"] == 1024
    assert shown["usage"]["cost_in_usd_ticks"] == 500_000_000 and shown["finished_at"] == NOW + 3
    assert "phase" not in shown


async def test_a_failed_request_says_why(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view("failed", error=JobError(code="invalid_argument", message="No."))
    assert (await client.get(PATH)).json()["error"] == {"code": "invalid_argument", "message": "No."}


@pytest.mark.parametrize("path", ["/x/requests/abc", "/x/requests/abc/events", "/x/requests/abc:cancel"])
async def test_a_malformed_id(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.request("POST" if path.endswith("cancel") else "GET", path)
    assert (answer.status_code, answer.json()["error"]) == (400, "Malformed request ID")


@pytest.mark.parametrize("tail", ["", "/events", ":cancel"])
async def test_an_unknown_id(client: httpx2.AsyncClient, tail: str) -> None:
    path = f"/x/requests/00000000-0000-4000-8000-000000000000{tail}"
    assert (await client.request("POST" if tail == ":cancel" else "GET", path)).status_code == 404


async def test_cancelling(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view("cancelled")
    answer = await client.post(f"{PATH}:cancel")
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert rest.imagine.cancelled == [REQUEST_ID]


async def test_lists_say_what_they_were_asked_for(client: httpx2.AsyncClient, rest: Rest) -> None:
    page = (await client.get("/x/requests", params={"status": ["running", "queued"], "limit": 7})).json()
    assert page["pagination_token"] == "more" and page["data"][0]["request_id"] == REQUEST_ID
    last = (await client.get("/x/requests?pagination_token=more")).json()
    assert last["pagination_token"] is None
    everything = ("queued", "running", "done", "failed", "cancelled", "expired")
    assert rest.imagine.listed == [(("queued", "running"), 7, None), (everything, 100, "more")]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("limit=x", "limit: must be an integer from 1 to 1000."),
        ("status=gone", "status: must be one of queued, running, done, failed, cancelled, expired."),
    ],
)
async def test_bad_queries(client: httpx2.AsyncClient, query: str, error: str) -> None:
    answer = await client.get(f"/x/requests?{query}")
    assert (answer.status_code, answer.json()["error"]) == (400, error)


async def test_a_stream_of_what_has_ended_is_one_event(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view(attempt=1)
    answer = await client.get(f"{PATH}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    (event,) = events(answer.content)
    assert (event["event"], event["id"]) == ("done", "done-1")
    assert event["data"] == (await client.get(PATH)).json()
    again = await client.get(f"{PATH}/events", headers={"last-event-id": "done-1"})
    assert (again.status_code, again.content) == (204, b"")
    other = await client.get(f"{PATH}/events", headers={"last-event-id": "running-1-drawing-1-2-9"})
    assert len(events(other.content)) == 1


@pytest.mark.parametrize(
    ("operation", "endpoint"), [("edit_image", "image"), ("generate_image", "image"), ("extend_video", "video")]
)
async def test_keys_see_the_kinds_they_may_use(rest: Rest, operation: Operation, endpoint: str) -> None:
    class Limited(FakeAuthenticator):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        async def authenticate(self, key: str | None) -> Caller:
            return msgspec.structs.replace(CALLER, acls=acls(endpoints=[self.name]))

    rest.imagine.ends = view(operation=operation)
    for name, status in ((endpoint, 200), ("files", 403)):
        async with rest.client(authenticator=Limited(name)) as client:
            for method, path in (("GET", PATH), ("GET", f"{PATH}/events"), ("POST", f"{PATH}:cancel")):
                assert (await client.request(method, path)).status_code == status


class Visit:
    """One ASGI call whose client leaves when it is told to."""

    def __init__(self, rest: Rest, path: str, body: dict[str, Any]) -> None:
        self.leave = asyncio.Event()
        self.sent: list[Any] = []
        self._messages = [{"type": "http.request", "body": json.dumps(body).encode()}]
        headers = [(b"content-type", b"application/json"), (b"authorization", f"Bearer {KEY}".encode())]
        scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
        self.task = asyncio.create_task(rest.app()(scope, self._receive, self._send))

    async def _receive(self) -> Any:
        if self._messages:
            return self._messages.pop()
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)


@pytest.mark.parametrize("is_stored", [False, True])
async def test_a_client_that_leaves_cancels_what_is_kept_nowhere(rest: Rest, is_stored: bool) -> None:
    rest.imagine.never_ends = True
    body = {"prompt": "x"} | ({"storage_options": {"filename": "a.jpg"}} if is_stored else {})
    visit = Visit(rest, "/v1/images/generations", body)
    await rest.imagine.waiting.wait()
    assert not visit.task.done()
    visit.leave.set()
    await visit.task
    assert rest.imagine.left
    assert rest.imagine.abandoned == ([] if is_stored else [REQUEST_ID])
