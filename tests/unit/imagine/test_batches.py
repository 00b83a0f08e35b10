"""The batches service and its keeper over stores in memory."""

import asyncio
import json
from typing import Any

import msgspec
import pytest

from imagined.contract.access import Caller
from imagined.contract.batches import BatchEntry
from imagined.contract.errors import ApiError
from imagined.contract.requests import MediaSource, VideoRequest
from imagined.imagine import batches
from tests.support.batches import BASE, BatchHouse, picture
from tests.support.fake_services import CALLER

OTHER = msgspec.structs.replace(CALLER, team_id="other")
DAY = 86_400.0
INLINE = 1_000


@pytest.fixture
def house() -> BatchHouse:
    return BatchHouse()


async def made(house: BatchHouse, *entries: BatchEntry, **options: Any) -> str:
    batch = await house.service.create(CALLER, "posters", **options)
    if entries:
        await house.service.add(CALLER, batch.id, entries)
    return batch.id


async def from_file(house: BatchHouse, *lines: object) -> str:
    """A batch from a file, read to its end."""
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    batch_id = await made(house, input_file_id=await house.upload(data))
    await house.read_files()
    return batch_id


async def counts(house: BatchHouse, batch_id: str) -> tuple[int, ...]:
    """Total, pending, succeeded, failed, cancelled."""
    return msgspec.structs.astuple((await house.service.get(CALLER, batch_id)).counts)


async def refused(work: Any) -> tuple[int, str]:
    with pytest.raises(ApiError) as refusal:
        await work
    return refusal.value.kind.http, refusal.value.message


def line(name: str | None = None, url: str = "/v1/images/generations", **body: Any) -> dict[str, Any]:
    return {"custom_id": name, "method": "POST", "url": url, "body": {"prompt": "a cat", **body}}


async def test_a_new_batch(house: BatchHouse) -> None:
    batch = await house.service.create(CALLER, "posters")
    assert batch.id.startswith("batch_") and len(batch.id) == 42
    assert (batch.name, batch.key_id) == ("posters", "key-id")
    assert batch.expires_at == batch.created_at + 30 * DAY
    assert (batch.cancelled_at, batch.refusal, batch.input_file_id) == (None, None, None)
    assert await counts(house, batch.id) == (0, 0, 0, 0, 0)


async def test_a_life_in_counts_and_costs(house: BatchHouse) -> None:
    film = VideoRequest(operation="generate_video", prompt="a cat walks")
    batch_id = await made(house, *(picture(name) for name in "abcd"), BatchEntry(batch_request_id="v", request=film))
    assert await counts(house, batch_id) == (5, 5, 0, 0, 0)
    first = await house.claim()
    assert await counts(house, batch_id) == (5, 5, 0, 0, 0)
    await house.finish(first, cost=5)
    await house.finish(cost=6)
    await house.fail()
    await house.service.cancel(CALLER, batch_id)
    assert await counts(house, batch_id) == (5, 0, 2, 1, 2)
    batch = await house.service.get(CALLER, batch_id)
    assert batch.cost_in_usd_ticks == 11
    assert [(cost.endpoint, cost.request_count) for cost in batch.costs] == [("xai_api.Image/GenerateImage", 2)]


async def test_a_batch_belongs_to_its_team(house: BatchHouse) -> None:
    batch_id, service = await made(house, picture("a")), house.service
    for call in (
        service.get(OTHER, batch_id),
        service.cancel(OTHER, batch_id),
        service.add(OTHER, batch_id, [picture()]),
        service.list_entries(OTHER, batch_id, 0, None),
        service.list_results(OTHER, batch_id, 0, None, inline_bytes=INLINE),
        service.get_entry(OTHER, batch_id, "a"),
    ):
        assert await refused(call) == (404, f"Batch not found: {batch_id}")
    assert (await service.list_batches(OTHER, 0, None)).batches == ()
    assert await counts(house, batch_id) == (1, 1, 0, 0, 0)


async def test_ids_are_made_for_requests_without(house: BatchHouse) -> None:
    batch_id = await made(house, picture(), picture())
    page = await house.service.list_entries(CALLER, batch_id, 0, None)
    assert all(entry.batch_request_id.startswith("batch_request_") for entry in page.entries)
    assert len({entry.batch_request_id for entry in page.entries}) == 2


@pytest.mark.parametrize(
    ("entry", "status", "words"),
    [
        (picture("b", prompt=" "), 400, "batch_requests[1] (b): Prompt cannot be empty"),
        (picture("b", n=11), 400, "between 1 and 10"),
        (picture("b", model="grok-none"), 404, "The model grok-none does not exist"),
        (picture("b", model="grok-imagine-video"), 400, "does not generate images"),
        (picture("b" * 257), 400, "at most 256 characters"),
        (picture("a", prompt="a dog"), 412, "the id a and other content"),
        (picture("a", n=2), 412, "other content"),
        (msgspec.structs.replace(picture("a"), as_base64=True), 412, "other content"),
    ],
)
async def test_one_wrong_request_keeps_out_all(house: BatchHouse, entry: BatchEntry, status: int, words: str) -> None:
    batch_id = await made(house)
    got = await refused(house.service.add(CALLER, batch_id, [picture("a"), entry, picture("c")]))
    assert got[0] == status and words in got[1]
    assert await counts(house, batch_id) == (0, 0, 0, 0, 0)


async def test_media_are_looked_at_when_a_request_runs(house: BatchHouse) -> None:
    gone = MediaSource(file_id="file_00000000-0000-4000-8000-000000000000")
    batch_id = await made(house, picture("a", image=gone), picture("b"))
    assert await counts(house, batch_id) == (2, 2, 0, 0, 0)


async def test_how_many_a_call_may_add(house: BatchHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MAX_ADDED", 2)
    batch_id = await made(house, picture(), picture())
    assert (await refused(house.service.add(CALLER, batch_id, [picture()] * 3)))[0] == 400
    assert (await refused(house.service.add(CALLER, batch_id, [])))[0] == 400


async def test_names_and_ids_of_files_are_checked(house: BatchHouse) -> None:
    assert (await refused(house.service.create(CALLER, "x" * 1025)))[0] == 400
    file_id = await house.upload(b"x" * 20_001)
    assert await refused(house.service.create(CALLER, "n", file_id)) == (
        400,
        "input_file_id: the file may have at most 20000 bytes.",
    )
    assert (await refused(house.service.create(OTHER, "n", file_id)))[0] == 404
    assert (await house.service.list_batches(CALLER, 0, None)).batches == ()


async def test_a_repeated_creation_makes_one_batch(house: BatchHouse) -> None:
    batch_id = await made(house)
    assert await made(house, is_retry=True) == batch_id
    house.clock.advance(61)
    assert await made(house, is_retry=True) != batch_id


async def test_nothing_new_while_draining(house: BatchHouse) -> None:
    batch_id = await made(house)
    house.service.drain()
    assert (await refused(house.service.create(CALLER, "n")))[0] == 503
    assert (await refused(house.service.add(CALLER, batch_id, [picture()])))[0] == 503
    assert (await house.service.cancel(CALLER, batch_id)).cancelled_at is not None


async def test_pages_of_batches(house: BatchHouse) -> None:
    made_ids = []
    for _ in range(5):
        house.clock.advance(1)
        made_ids.append(await made(house))
    seen, token = [], None
    while True:
        page = await house.service.list_batches(CALLER, 2, token)
        seen += [batch.id for batch in page.batches]
        token = page.next_token
        if token is None:
            break
    assert seen == made_ids[::-1]


async def test_pages_of_entries_by_state(house: BatchHouse) -> None:
    batch_id = await made(house, *(picture(name) for name in "abcde"))
    await house.finish()
    await house.fail()
    service = house.service

    async def names(*states: Any) -> list[str]:
        found, token = [], None
        while True:
            page = await service.list_entries(CALLER, batch_id, 2, token, states)
            found += [entry.batch_request_id for entry in page.entries]
            token = page.next_token
            if token is None:
                return found

    assert await names() == list("abcde")
    assert await names("pending") == list("cde")
    assert await names("succeeded", "failed") == ["a", "b"]
    assert await names("cancelled") == []


async def test_tokens_belong_to_their_list(house: BatchHouse) -> None:
    first = await made(house, *(picture(name) for name in "abc"))
    second = await made(house, *(picture(name) for name in "abc"))
    service = house.service
    token = (await service.list_entries(CALLER, first, 1, None)).next_token
    assert token is not None
    for call in (
        service.list_entries(CALLER, second, 1, token),
        service.list_entries(CALLER, first, 1, token, ["pending"]),
        service.list_results(CALLER, first, 1, token, inline_bytes=INLINE),
        service.list_batches(CALLER, 1, token),
    ):
        assert await refused(call) == (400, "pagination_token: belongs to another list.")
    for wrong in ("x", "é", "a" * 5000, token[:-3]):
        status, words = await refused(service.list_batches(CALLER, 1, wrong))
        assert status == 400 and "pagination_token" in words


async def test_results_of_every_end_before_the_batch_is_complete(house: BatchHouse) -> None:
    batch_id = await made(house, *(picture(name) for name in "abcd"))
    await house.finish()
    await house.fail("no such picture")
    await house.claim()
    page = await house.service.list_results(CALLER, batch_id, 0, None, inline_bytes=INLINE)
    assert [(result.batch_request_id, result.view.state) for result in page.results] == [("a", "done"), ("b", "failed")]
    done, failed = (result.view for result in page.results)
    assert done.outputs[0].url.startswith(f"{BASE}/ephemeral/") and done.cost_in_usd_ticks == 7
    assert failed.error is not None and failed.error.message == "no such picture"
    await house.service.cancel(CALLER, batch_id)
    page = await house.service.list_results(CALLER, batch_id, 0, None, inline_bytes=INLINE)
    assert [result.view.state for result in page.results] == ["done", "failed", "cancelled"]


async def test_urls_live_an_hour_from_each_reading(house: BatchHouse) -> None:
    batch_id = await made(house, picture("a"))
    await house.finish()
    for _ in range(3):
        house.clock.advance(5 * DAY)
        page = await house.service.list_results(CALLER, batch_id, 0, None, inline_bytes=INLINE)
        token = page.results[0].view.outputs[0].url.rpartition("/")[2].removesuffix(".jpeg")
        now = house.clock.now()
        assert await house.requests.output(token, now + 3599) is not None
        assert await house.requests.output(token, now + 7200) is None


async def test_pages_hold_only_so_many_bytes_of_pictures(house: BatchHouse) -> None:
    inline = [msgspec.structs.replace(picture(name), as_base64=True) for name in "abcd"]
    batch_id = await made(house, *inline)
    for size in (400, 700, 5000, 100):
        await house.finish(data=b"x" * size)
    seen, token = [], None
    while True:
        page = await house.service.list_results(CALLER, batch_id, 0, token, inline_bytes=INLINE)
        seen.append([result.batch_request_id for result in page.results])
        token = page.next_token
        if token is None:
            break
    assert seen == [["a"], ["b"], ["c"], ["d"]]
    roomy = await house.service.list_results(CALLER, batch_id, 0, None, inline_bytes=1100)
    assert [result.batch_request_id for result in roomy.results] == ["a", "b"]


async def test_one_entry_with_what_it_asked_for(house: BatchHouse) -> None:
    batch_id = await made(house, picture("a", n=2))
    detail = await house.service.get_entry(CALLER, batch_id, "a")
    assert detail.request is not None and detail.request.prompt == "a cat"
    assert detail.result is None
    await house.finish()
    assert (await house.service.get_entry(CALLER, batch_id, "a")).result is not None
    assert (await refused(house.service.get_entry(CALLER, batch_id, "x")))[0] == 404


async def test_cancel_leaves_alone_what_runs(house: BatchHouse) -> None:
    batch_id = await made(house, picture("a"), picture("b"))
    running = await house.claim()
    batch = await house.service.cancel(CALLER, batch_id)
    assert batch.cancelled_at is not None and msgspec.structs.astuple(batch.counts) == (2, 1, 0, 0, 1)
    await house.finish(running)
    assert await counts(house, batch_id) == (2, 0, 1, 0, 1)
    assert (await refused(house.service.add(CALLER, batch_id, [picture("c")])))[0] == 403


async def test_a_file_of_every_kind_of_request(house: BatchHouse) -> None:
    picture_url, film_url = {"url": "https://a.example/p.png"}, {"url": "https://a.example/v.mp4"}
    batch_id = await from_file(
        house,
        line("a"),
        line("b", "/v1/images/edits", image=picture_url),
        line("c", "/v1/videos/generations", duration=2),
        line("d", "/v1/videos/edits", video=film_url),
        line("e", "/v1/videos/extensions", video=film_url),
        line(),
    )
    page = await house.service.list_entries(CALLER, batch_id, 0, None)
    kinds = {entry.batch_request_id: (entry.endpoint, entry.model) for entry in page.entries}
    assert len(kinds) == 6
    assert kinds["a"] == kinds["b"] == ("xai_api.Image/GenerateImage", "grok-imagine-image-quality")
    assert kinds["c"] == kinds["d"] == ("xai_api.Video/GenerateVideo", "grok-imagine-video")
    assert kinds["e"] == ("xai_api.Video/ExtendVideo", "grok-imagine-video")
    assert (await refused(house.service.add(CALLER, batch_id, [picture()])))[0] == 412


async def test_nothing_is_counted_while_a_file_is_read(house: BatchHouse) -> None:
    batch_id = await made(house, input_file_id=await house.upload(json.dumps(line("a")).encode()))
    assert await counts(house, batch_id) == (0, 0, 0, 0, 0)
    (unread,) = await house.store.unread(0)
    assert await house.store.fill(batch_id, (0, 1), house.keeper._admitted(unread, []))
    assert await counts(house, batch_id) == (0, 0, 0, 0, 0)
    await house.read_files()
    assert not await house.store.unread(0)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "line 3: Failed to parse the request body as JSON"),
        ({"custom_id": "x", "url": "/v1/images/generations"}, "line 3: Failed to deserialize"),
        (line("x", "/v1/chat/completions"), "line 3: /v1/chat/completions is not supported in batches"),
        (line("x", "/v1/files"), "line 3: url: must be one of /v1/images/generations"),
        (line("x") | {"method": "GET"}, "line 3: method: must be POST"),
        (line("x", n=11), "line 3: The number of images"),
        (line("x", model="grok-4"), "line 3: The model grok-4 does not exist"),
        (line("x", prompt=5), "line 3: Failed to deserialize"),
        (line("a", prompt="a dog"), "line 3: The batch already has a request with the id a and other content."),
        (b"x" * 1001, "line 3: a line may have at most 1000 bytes."),
    ],
)
async def test_a_bad_line_cancels_the_batch(house: BatchHouse, bad: object, reason: str) -> None:
    batch_id = await from_file(house, line("a"), line("b"), bad, line("c"))
    batch = await house.service.get(CALLER, batch_id)
    assert batch.refusal is not None
    assert batch.refusal.startswith(f"JSONL file validation failed: {reason}"), batch.refusal
    assert batch.cancelled_at is None
    assert await counts(house, batch_id) == (0, 0, 0, 0, 0)
    assert (await refused(house.service.add(CALLER, batch_id, [picture()])))[0] == 403


async def test_the_same_line_twice_is_one_request(house: BatchHouse) -> None:
    batch_id = await from_file(house, line("a"), line("b"), line("a"))
    assert await counts(house, batch_id) == (2, 2, 0, 0, 0)


async def test_a_deleted_file_refuses_its_batch(house: BatchHouse) -> None:
    batch_id = await made(house, input_file_id=await house.upload(b"{}"))
    house.blobs.contents.clear()
    await house.read_files()
    assert "deleted" in str((await house.service.get(CALLER, batch_id)).refusal)


@pytest.mark.parametrize("stop_after", range(5))
async def test_reading_goes_on_after_a_restart(
    house: BatchHouse, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    """The server dies at every one of the steps; each line becomes one request all the same."""
    lines = b"\n".join(json.dumps(line(name)).encode() for name in "abcdefg")
    batch_id = await made(house, input_file_id=await house.upload(lines))
    fill, filled = house.store.fill, 0

    async def dying(*arguments: Any) -> bool:
        nonlocal filled
        if filled == stop_after:
            raise OSError("the power went")
        filled += 1
        return bool(await fill(*arguments))

    monkeypatch.setattr(house.store, "fill", dying)
    with pytest.raises(OSError, match="power"):
        await house.read_files()
    monkeypatch.undo()
    await house.read_files()
    page = await house.service.list_entries(CALLER, batch_id, 0, None)
    assert [entry.batch_request_id for entry in page.entries] == list("abcdefg")
    assert await counts(house, batch_id) == (7, 7, 0, 0, 0)


async def test_a_cancel_stops_the_reading(house: BatchHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"\n".join(json.dumps(line(name)).encode() for name in "abcdefg")
    batch_id = await made(house, input_file_id=await house.upload(lines))
    fill = house.store.fill

    async def cancelled_after_the_first(*arguments: Any) -> bool:
        done = bool(await fill(*arguments))
        await house.service.cancel(CALLER, batch_id)
        return done

    monkeypatch.setattr(house.store, "fill", cancelled_after_the_first)
    await house.read_files()
    assert await counts(house, batch_id) == (2, 0, 0, 0, 2)


async def test_a_running_keeper_reads_and_ends(house: BatchHouse) -> None:
    await house.keeper.start()
    late = await made(house, picture("z"))
    batch_id = await made(house, input_file_id=await house.upload(json.dumps(line("a")).encode()))
    while await counts(house, batch_id) != (1, 1, 0, 0, 0):
        await asyncio.sleep(0.01)
    house.clock.advance(30 * DAY)
    while await counts(house, late) != (1, 0, 0, 0, 1):
        await asyncio.sleep(0.01)
    house.clock.advance(DAY)
    while house.requests.rows or house.store.rows:
        await asyncio.sleep(0.01)
    await house.keeper.stop()


async def test_a_keeper_survives_what_breaks(house: BatchHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    unread, calls = house.store.unread, 0

    async def breaks_once(now: float) -> Any:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise OSError("database is away")
        return await unread(now)

    monkeypatch.setattr(house.store, "unread", breaks_once)
    batch_id = await made(house, input_file_id=await house.upload(json.dumps(line("a")).encode()))
    await house.keeper.start()
    while await counts(house, batch_id) != (1, 1, 0, 0, 0):
        await asyncio.sleep(0.01)
    await house.keeper.stop()


async def test_rights_of_the_key_are_those_of_the_file(house: BatchHouse) -> None:
    caller = Caller(team_id="team", key_id="k", name="n", redacted_key="r", acls=("api-key:model:grok-imagine-image",))
    batch = await house.service.create(caller, "n", await house.upload(json.dumps(line("a")).encode()))
    (unread,) = await house.store.unread(0)
    assert (unread.id, unread.acls) == (batch.id, caller.acls)
