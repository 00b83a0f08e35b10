"""Calls with a key over the application: run once, answered the same."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from imagined.access.idempotency import IdempotentCalls
from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.errors import ApiError
from imagined.contract.results import JobError
from imagined.rest_api.operations import OPERATIONS
from imagined.testing.environment import ManualClock
from tests.support.fake_services import (
    CALLER,
    FILE_ID,
    REQUEST_ID,
    FakeAuthenticator,
    FakeBlobs,
    keyed_calls,
    output,
    view,
)
from tests.unit.rest_api.conftest import Rest

IMAGES, VIDEOS, FILES = "/v1/images/generations", "/v1/videos/generations", "/v1/files"
KEY = {"idempotency-key": "aisdk_vid_1"}
KEPT = ("content-type", "x-request-id", "retry-after")
POSTS = [operation for operation in OPERATIONS if operation.method == "POST"]


def shown(answer: httpx2.Response) -> tuple[Any, ...]:
    return (answer.status_code, answer.content, *(answer.headers.get(name) for name in KEPT))


def is_replay(answer: httpx2.Response) -> bool:
    return answer.headers.get("idempotency-replayed") == "true"


@pytest.mark.parametrize("header", ["Idempotency-Key", "x-idempotency-key"])
@pytest.mark.parametrize("path", [IMAGES, VIDEOS])
async def test_the_same_call_again(client: httpx2.AsyncClient, rest: Rest, header: str, path: str) -> None:
    first, second = [await client.post(path, json={"prompt": "x"}, headers={header: "a"}) for _ in range(2)]
    assert (first.status_code, shown(second)) == (200, shown(first))
    assert first.headers["x-request-id"] == REQUEST_ID
    assert (is_replay(first), is_replay(second)) == (False, True)
    assert len(rest.imagine.requests) == 1 and rest.imagine.call_ids != [""]


async def test_calls_without_a_key_are_apart(client: httpx2.AsyncClient, rest: Rest) -> None:
    for headers in ({}, {"idempotency-key": ""}):
        assert (await client.post(VIDEOS, json={"prompt": "x"}, headers=headers)).status_code == 200
    assert rest.imagine.call_ids == ["", ""]


IDS = {
    "file_id": FILE_ID,
    "request_id": REQUEST_ID,
    "batch_id": f"batch_{REQUEST_ID}",
    "webhook_id": f"wh_{REQUEST_ID}",
    "delivery_id": f"whd_{REQUEST_ID}",
}


@pytest.mark.parametrize("operation", POSTS, ids=lambda operation: operation.path)
async def test_every_post_is_answered_once(client: httpx2.AsyncClient, rest: Rest, operation: Any) -> None:
    # Whatever it answers, to a body that most of them refuse: the same again, byte for byte, and 409 for another one.
    path = operation.path.format_map(IDS)
    first, second = [await client.post(path, json={"name": 1}, headers=KEY) for _ in range(2)]
    other = await client.post(path, json={"name": 2}, headers=KEY)
    assert shown(second) == shown(first) and first.status_code != 409
    assert (is_replay(first), is_replay(second)) == (False, True)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")
    assert other.json()["error"].startswith("idempotency-key: this key was sent before")


@pytest.mark.parametrize("path", [VIDEOS, f"{VIDEOS}?a=1"])
async def test_a_key_names_one_call(client: httpx2.AsyncClient, rest: Rest, path: str) -> None:
    await client.post(IMAGES, json={"prompt": "x"}, headers=KEY)
    for body in ({"prompt": "x"}, {"prompt": "y"}):
        answer = await client.post(path, json=body, headers=KEY)
        assert (answer.status_code, is_replay(answer)) == (409, False)
    assert len(rest.imagine.requests) == 1


async def test_teams_have_keys_of_their_own(rest: Rest) -> None:
    class Two(FakeAuthenticator):
        async def authenticate(self, key: str | None) -> Caller:
            return CALLER if key == "one" else replace_team()

    def replace_team() -> Caller:
        return Caller(team_id="other", key_id="k", name="n", redacted_key="")

    async with rest.client(authenticator=Two()) as client:
        answers = [
            await client.post(FILES, content=b"", headers=KEY | {"authorization": f"Bearer {key}"})
            for key in ("one", "two", "one")
        ]
    assert [is_replay(answer) for answer in answers] == [False, False, True]


async def test_a_key_too_long_is_refused_before_anything(client: httpx2.AsyncClient, rest: Rest) -> None:
    answer = await client.post(VIDEOS, json={"prompt": "x"}, headers={"x-idempotency-key": "a" * 256})
    assert answer.status_code == 400
    assert answer.json()["error"] == "x-idempotency-key: must have at most 255 characters."
    assert (await client.post(VIDEOS, json={"prompt": "x"}, headers={"x-idempotency-key": "a" * 255})).is_success
    assert len(rest.imagine.requests) == 1


async def test_other_methods_ignore_keys(client: httpx2.AsyncClient) -> None:
    for name in ("a.txt", "b.txt"):
        answer = await client.put(f"{FILES}/{FILE_ID}", json={"filename": name}, headers=KEY)
        assert answer.json()["filename"] == name
    assert (await client.delete(f"{FILES}/{FILE_ID}", headers=KEY)).status_code == 200
    assert (await client.get(f"{FILES}/{FILE_ID}", headers=KEY | {"x-idempotency-key": "a" * 999})).status_code == 404


async def test_a_wrong_key_leaves_nothing(client: httpx2.AsyncClient) -> None:
    wrong = {"authorization": "Bearer xai-wrong"}
    assert (await client.post(VIDEOS, json={"prompt": "x"}, headers=KEY | wrong)).status_code == 400
    answer = await client.post(VIDEOS, json={"prompt": "y"}, headers=KEY)
    assert (answer.status_code, is_replay(answer)) == (200, False)


@pytest.mark.parametrize(
    "refusal",
    [
        ApiError(errors.RESOURCE_EXHAUSTED, "Too many.", retry_after_s=3),
        errors.unavailable("Going down."),
        ApiError(errors.INTERNAL, errors.STORAGE_FAILED),
    ],
    ids=lambda refusal: refusal.kind.code,
)
async def test_what_another_try_may_change_frees_the_key(
    client: httpx2.AsyncClient, rest: Rest, refusal: ApiError
) -> None:
    rest.imagine.raises = refusal
    assert (await client.post(VIDEOS, json={"prompt": "x"}, headers=KEY)).status_code == refusal.kind.http
    rest.imagine.raises = None
    answer = await client.post(VIDEOS, json={"prompt": "another"}, headers=KEY)
    assert (answer.status_code, is_replay(answer)) == (200, False)


async def test_a_bug_is_not_an_answer(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.raises = ZeroDivisionError("a bug")
    assert (await client.post(VIDEOS, json={"prompt": "x"}, headers=KEY)).status_code == 500
    rest.imagine.raises = None
    assert (await client.post(VIDEOS, json={"prompt": "x"}, headers=KEY)).status_code == 200


@pytest.mark.parametrize("code", ["internal_error", "service_unavailable", "invalid_argument"])
async def test_a_failed_request_is_an_answer(client: httpx2.AsyncClient, rest: Rest, code: str) -> None:
    rest.imagine.ends = view("failed", error=JobError(code=code, message="It could not be drawn."))
    first = await client.post(IMAGES, json={"prompt": "x"}, headers=KEY)
    rest.imagine.ends = view()
    second = await client.post(IMAGES, json={"prompt": "x"}, headers=KEY)
    assert not first.is_success and shown(second) == shown(first)
    assert len(rest.imagine.requests) == 1


async def test_those_who_come_while_it_runs_wait(rest: Rest) -> None:
    ended = asyncio.Event()

    async def wait(caller: Caller, request_id: str) -> Any:
        await ended.wait()
        return view()

    rest.imagine.wait = wait  # type: ignore[method-assign]
    async with rest.client() as client:
        calls = [asyncio.create_task(client.post(IMAGES, json={"prompt": "x"}, headers=KEY)) for _ in range(5)]
        while not rest.imagine.requests:
            await asyncio.sleep(0)
        ended.set()
        answers = await asyncio.gather(*calls)
    assert len(rest.imagine.requests) == 1
    assert len({shown(answer) for answer in answers}) == 1
    assert sorted(map(is_replay, answers)) == [False, True, True, True, True]


async def test_a_client_that_leaves_is_answered_when_it_comes_back(rest: Rest) -> None:
    ended = asyncio.Event()
    ids = []

    async def wait(caller: Caller, request_id: str) -> Any:
        ids.append(request_id)
        await ended.wait()
        return view()

    rest.imagine.wait = wait  # type: ignore[method-assign]
    async with rest.client() as client:
        call = asyncio.create_task(client.post(IMAGES, json={"prompt": "x"}, headers=KEY))
        while not ids:
            await asyncio.sleep(0)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        ended.set()
        answer = await client.post(IMAGES, json={"prompt": "x"}, headers=KEY)
    assert (answer.status_code, is_replay(answer), len(ids)) == (200, True, 1)


async def test_a_server_that_stops_lets_the_call_be_run_again_as_the_same(rest: Rest) -> None:
    calls: IdempotentCalls = rest.services.calls
    rest.imagine.never_ends = True
    async with rest.client() as client:
        call = asyncio.create_task(client.post(IMAGES, json={"prompt": "x"}, headers=KEY))
        await rest.imagine.waiting.wait()
        await calls.stop()
        stopped = await call
        assert (stopped.status_code, stopped.headers["retry-after"]) == (503, "1")
        rest.imagine.never_ends = False
        other = await client.post(IMAGES, json={"prompt": "y"}, headers=KEY)
        assert other.status_code == 409
        answer = await client.post(IMAGES, json={"prompt": "x"}, headers=KEY)
    assert (answer.status_code, is_replay(answer)) == (200, False)
    first, again = rest.imagine.call_ids
    assert first == again != ""


async def test_long_answers_are_made_again_and_are_the_same(rest: Rest) -> None:
    picture = b"\xff\xd8" + bytes(range(256)) * 400
    rest.imagine.ends = view(outputs=(output(picture),))
    calls = keyed_calls()
    body = {"prompt": "x", "response_format": "b64_json"}
    async with rest.client(blobs=FakeBlobs(picture), calls=calls) as client:
        first, second = [await client.post(IMAGES, json=body, headers=KEY) for _ in range(2)]
        (row,) = calls._store.rows.values()  # type: ignore[attr-defined]
        assert row.answer is not None and row.answer.body is None
        rest.imagine.raises = errors.unavailable("Going down.")
        refused = await client.post(IMAGES, json=body, headers=KEY)
        assert (refused.status_code, is_replay(refused)) == (503, False)
        rest.imagine.raises = None
        assert shown(await client.post(IMAGES, json=body, headers=KEY)) == shown(first)
    assert shown(second) == shown(first) and len(first.content) > 100_000
    assert (is_replay(first), is_replay(second)) == (False, True)
    assert len(set(rest.imagine.call_ids)) == 1


async def test_a_day_later_the_key_is_free(rest: Rest) -> None:
    clock = ManualClock()
    async with rest.client(calls=keyed_calls(clock)) as client:
        assert not is_replay(await client.post(VIDEOS, json={"prompt": "x"}, headers=KEY))
        clock.advance(86_399)
        assert is_replay(await client.post(VIDEOS, json={"prompt": "x"}, headers=KEY))
        clock.advance(1)
        assert not is_replay(await client.post(VIDEOS, json={"prompt": "y"}, headers=KEY))
    first, second = rest.imagine.call_ids
    assert first != second


def form(boundary: str, data: bytes = b"words", name: str = "a.txt") -> dict[str, Any]:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    content = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
    return {"content": content, "headers": KEY | {"content-type": f"multipart/form-data; boundary={boundary}"}}


async def test_an_upload_is_stored_once(client: httpx2.AsyncClient, rest: Rest) -> None:
    first = await client.post(FILES, **form("one"))
    second = await client.post(FILES, **form("another"))
    assert (first.status_code, shown(second), is_replay(second)) == (200, shown(first), True)
    for changed in (form("one", b"worde"), form("one", name="b.txt")):
        answer = await client.post(FILES, **changed)
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency-key-reused")
    assert len(rest.files.uploads) == 1


async def test_equal_uploads_at_once_are_one_file(client: httpx2.AsyncClient, rest: Rest) -> None:
    answers = await asyncio.gather(*(client.post(FILES, **form(f"b{number}")) for number in range(4)))
    assert len({answer.content for answer in answers}) == 1
    assert len(rest.files.uploads) == 1
    assert sorted(map(is_replay, answers)) == [False, True, True, True]


async def test_an_upload_that_is_refused_at_its_beginning_is_remembered(client: httpx2.AsyncClient, rest: Rest) -> None:
    pieces = form("one", b"x" * 900, name="")

    async def slowly() -> AsyncIterator[bytes]:
        for start in range(0, len(pieces["content"]), 100):
            yield pieces["content"][start : start + 100]

    first = await client.post(FILES, content=slowly(), headers=pieces["headers"])
    second = await client.post(FILES, **form("other", b"x" * 900, name=""))
    assert first.status_code == 400 and shown(second) == shown(first) and is_replay(second)
    assert (await client.post(FILES, **form("one"))).status_code == 409


async def test_bodies_over_the_limit_are_not_read_to_their_end(client: httpx2.AsyncClient, rest: Rest) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 100_000_000:
            read += 65_536
            yield b" " * 65_536

    for path, headers in ((VIDEOS, KEY), (FILES, form("one")["headers"])):
        read = 0
        answer = await client.post(path, content=endless(), headers=headers)
        assert answer.status_code in (400, 413)
        assert read < 3_000_000
    assert (await client.post(VIDEOS, json={"prompt": "x"}, headers=KEY)).status_code == 200


async def test_the_description_names_the_header_and_the_409(client: httpx2.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    for path, item in paths.items():
        for method, operation in item.items():
            named = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"]
            assert (method == "post") == (named == ["Idempotency-Key"]), path
            if method == "post":
                assert "`idempotency-key-reused`" in operation["responses"]["409"]["description"]


async def test_a_secret_is_made_again_and_never_kept(client: httpx2.AsyncClient, rest: Rest) -> None:
    first, second = [
        (await client.post("/x/webhooks", json={"url": "https://example.org/in"}, headers=KEY)) for _ in range(2)
    ]
    assert first.status_code == second.status_code == 200 and first.json() == second.json()
    assert first.json()["secret"].startswith("whsec_") and is_replay(second)
    rotated = [
        await client.post(f"/x/webhooks/{first.json()['id']}:rotate", headers={"idempotency-key": "another"})
        for _ in range(2)
    ]
    assert rotated[0].json() == rotated[1].json() and rotated[0].json()["secret"] != first.json()["secret"]
    assert len((await client.get("/x/webhooks")).json()["data"]) == 1
    kept = repr(rest.services.calls._store.rows)  # type: ignore[attr-defined]
    assert all(answer.json()["secret"] not in kept for answer in (first, rotated[0]))
    await client.delete(f"/x/webhooks/{first.json()['id']}")
    gone = await client.post("/x/webhooks", json={"url": "https://example.org/in"}, headers=KEY)
    assert gone.status_code == 404, "a call that was answered makes nothing again"
