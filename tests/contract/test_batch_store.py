"""The batch table: one suite for every adapter of `BatchStore` and `BatchKeeping`."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from imagined.contract.errors import ApiError
from imagined.imagine.batch_ports import BatchRecord, NewBatch, Tally
from imagined.jobs.ports import Completion, NewRequest
from imagined.storage.database.batches import SqlBatchStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.testing.memory_batches import MemoryBatchStore
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore
from tests.contract import test_request_store
from tests.contract.test_request_store import LEASE, NOW, claimed, claimed_ids, completion, item, output

Batches = MemoryBatchStore | SqlBatchStore
Requests = MemoryRequestStore | SqlRequestStore
ENDED = ("done", "failed", "cancelled")
ALL = ("queued", "running", *ENDED)
DAY = 86_400.0


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Batches, Requests]]:
    if request.param == "memory":
        requests = MemoryRequestStore(MemoryFileStore())
        yield MemoryBatchStore(requests), requests
        return
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    yield SqlBatchStore(database), SqlRequestStore(database)
    await database.close()


@pytest.fixture
def store(stores: tuple[Batches, Requests]) -> Batches:
    return stores[0]


@pytest.fixture
def requests(stores: tuple[Batches, Requests]) -> Requests:
    return stores[1]


def batch(batch_id: str = "b", **changes: Any) -> NewBatch:
    fields: dict[str, Any] = {
        "id": batch_id,
        "team_id": "team",
        "key_id": "key",
        "acls": ("api-key:model:*",),
        "name": "posters",
        "created_at": NOW,
        "expires_at": NOW + 30 * DAY,
        "forgotten_at": NOW + 31 * DAY,
    }
    return msgspec.convert(fields | changes, NewBatch)


def file_batch(batch_id: str = "b", **changes: Any) -> NewBatch:
    return batch(batch_id, input_file_id="file_1", input_sha256="c" * 64, **changes)


def entry(name: str, batch_id: str = "b", content: str = "", **changes: Any) -> NewRequest:
    return test_request_store.new(
        f"{batch_id}/{name}",
        batch_id=batch_id,
        batch_request_id=name,
        as_base64=False,
        priority=-1,
        request_hash=f"batch:{content or name}",
        **changes,
    )


async def read(store: Batches, batch_id: str = "b", now: float = NOW) -> BatchRecord:
    record = await store.get("team", batch_id, now)
    assert record is not None
    return record


async def counted(store: Batches, batch_id: str = "b") -> dict[str, int]:
    counts: dict[str, int] = {}
    for tally in (await read(store, batch_id)).tallies:
        counts[tally.state] = counts.get(tally.state, 0) + tally.count
    return counts


async def names(store: Batches, *states: Any, after: str = "", limit: int = 100) -> list[str]:
    page = await store.entries("b", states or ALL, after, limit)
    return [record.batch_request_id for record in page.records]


async def test_a_new_batch_is_as_it_was_made(store: Batches) -> None:
    await store.create(batch())
    assert await read(store) == BatchRecord(**msgspec.structs.asdict(batch()))
    await store.create(file_batch("f"))
    assert (await read(store, "f")).lines_read == 0


async def test_other_teams_and_forgotten_batches_do_not_exist(store: Batches) -> None:
    await store.create(batch())
    assert await store.get("other", "b", NOW) is None
    assert await store.get("team", "x", NOW) is None
    assert await store.get("team", "b", NOW + 31 * DAY) is None
    assert await store.page("other", NOW, 10, None) == await store.page("team", NOW + 31 * DAY, 10, None)
    with pytest.raises(ApiError, match="not found") as refused:
        await store.add("other", "b", [entry("a")], NOW)
    assert refused.value.kind.http == 404
    assert not await store.cancel("other", "b", NOW)


async def test_pages_of_batches_are_newest_first_and_lose_none(store: Batches) -> None:
    for number in range(7):
        await store.create(batch(f"b{number}", created_at=NOW + number // 2))
    seen: list[str] = []
    after = None
    while True:
        page = await store.page("team", NOW, 2, after)
        seen += [record.id for record in page.records]
        if not page.more:
            break
        after = (page.records[-1].created_at, page.records[-1].id)
    assert seen == [f"b{number}" for number in reversed(range(7))]


async def test_a_repeated_creation_finds_its_batch(store: Batches) -> None:
    await store.create(batch("old"))
    await store.create(batch("new", created_at=NOW + 1))
    await store.create(file_batch("file"))
    assert await store.newest_like(batch("x"), NOW) == "new"
    assert await store.newest_like(file_batch("x"), NOW) == "file"
    assert await store.newest_like(batch("x"), NOW + 2) is None
    assert await store.newest_like(batch("x", key_id="other"), NOW) is None
    assert await store.newest_like(batch("x", name="other"), NOW) is None
    assert await store.newest_like(batch("x", team_id="other"), NOW) is None


async def test_requests_of_a_batch_run_behind_interactive_ones(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    assert await store.add("team", "b", [entry("1"), entry("2")], NOW) == 2
    await requests.accept(test_request_store.new("interactive", created_at=NOW + 9))
    assert await claimed_ids(requests, 3) == ["interactive", "b/1", "b/2"]
    assert await requests.claim("w", ("illustrator",), NOW, LEASE) is None


async def test_a_claim_knows_its_batch(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry("1")], NOW)
    assert (await claimed(requests)).batch_id == "b"
    await requests.accept(test_request_store.new("alone"))
    assert (await claimed(requests)).batch_id is None


async def test_a_batch_does_not_push_back_what_its_team_waits_for(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry(f"{number:02}") for number in range(50)], NOW)
    await requests.accept(test_request_store.new("other", team_id="other", created_at=NOW))
    await requests.accept(test_request_store.new("mine", created_at=NOW + 1))
    await requests.accept(test_request_store.new("other2", team_id="other", created_at=NOW + 2))
    assert await claimed_ids(requests, 3) == ["other", "mine", "other2"]


async def test_teams_take_turns_in_their_batches(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.create(batch("c", team_id="other"))
    await store.add("team", "b", [entry(str(number)) for number in range(6)], NOW)
    await store.add("other", "c", [entry("x", "c", team_id="other")], NOW)
    assert "c/x" in await claimed_ids(requests, 2)


async def test_the_same_again_is_nothing_new(store: Batches) -> None:
    await store.create(batch())
    assert await store.add("team", "b", [entry("a"), entry("a")], NOW) == 1
    assert await store.add("team", "b", [entry("a"), entry("b")], NOW) == 1
    assert await counted(store) == {"queued": 2}


@pytest.mark.parametrize("call", [["n", "a!"], ["n", "a!", "m"], ["n", "m", "n!"]])
async def test_other_content_refuses_the_whole_call(store: Batches, call: list[str]) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry("a")], NOW)
    added = [entry(name.rstrip("!"), content=name) for name in call]
    with pytest.raises(ApiError, match="other content") as refused:
        await store.add("team", "b", added, NOW)
    assert refused.value.kind.http == 412
    assert await names(store) == ["a"]


async def test_the_same_id_in_another_batch_is_another_request(store: Batches) -> None:
    await store.create(batch())
    await store.create(batch("c"))
    await store.add("team", "b", [entry("a")], NOW)
    assert await store.add("team", "c", [entry("a", "c", content="other")], NOW) == 1


async def test_what_takes_no_requests(store: Batches) -> None:
    await store.create(batch())
    await store.create(file_batch("f"))
    await store.create(batch("c"))
    await store.create(file_batch("refused"))
    await store.cancel("team", "c", NOW)
    await store.refuse("refused", "no")
    statuses = {}
    for batch_id, now in (("f", NOW), ("c", NOW), ("refused", NOW), ("b", NOW + 30 * DAY), ("x", NOW)):
        with pytest.raises(ApiError) as refused:
            await store.add("team", batch_id, [entry("a", batch_id)], now)
        statuses[batch_id] = refused.value.kind.http
    assert statuses == {"f": 412, "c": 403, "refused": 403, "b": 412, "x": 404}


async def test_counts_follow_every_step(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry(name) for name in "abcd"], NOW)
    assert await counted(store) == {"queued": 4}
    first, second = await claimed(requests), await claimed(requests)
    assert await counted(store) == {"queued": 2, "running": 2}
    await requests.finish(first, NOW, completion(first.request_id))
    await requests.fail(second, NOW, "invalid_argument", "no")
    assert await store.cancel_queued("b", NOW, 1) == 1
    assert await counted(store) == {"done": 1, "failed": 1, "cancelled": 1, "queued": 1}
    tallies = (await read(store)).tallies
    assert Tally(operation="generate_image", state="done", count=1, cost_in_usd_ticks=400_000_000) in tallies


async def test_cancel_ends_what_has_not_begun(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry(str(number)) for number in range(5)], NOW)
    running = await claimed(requests)
    assert await store.cancel("team", "b", NOW + 1)
    assert await store.stopped(NOW) == ["b"]
    assert [await store.cancel_queued("b", NOW + 1, 3) for _ in range(3)] == [3, 1, 0]
    assert await store.stopped(NOW) == []
    assert await requests.claim("w", ("illustrator",), NOW, LEASE) is None
    assert await requests.finish(running, NOW + 2, completion(running.request_id))
    assert await counted(store) == {"done": 1, "cancelled": 4}
    assert (await read(store)).cancelled_at == NOW + 1


async def test_a_second_cancel_keeps_the_first_time(store: Batches) -> None:
    await store.create(batch())
    await store.create(file_batch("f"))
    await store.refuse("f", "no")
    assert await store.cancel("team", "b", NOW + 1) and await store.cancel("team", "b", NOW + 2)
    assert await store.cancel("team", "f", NOW + 1)
    assert (await read(store)).cancelled_at == NOW + 1
    assert (await read(store, "f")).cancelled_at is None


async def test_entries_come_in_pages_by_id_and_state(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry(name) for name in ("é", "b", "B", "a", "c")], NOW)
    assert await names(store) == ["B", "a", "b", "c", "é"]
    claim = await claimed(requests)
    await requests.finish(claim, NOW + 5, completion(claim.request_id))
    assert await names(store, *ENDED) == ["é"]
    page = await store.entries("b", ALL, "", 2)
    assert page.more and [record.batch_request_id for record in page.records] == ["B", "a"]
    rest = await store.entries("b", ALL, "a", 3)
    assert not rest.more and [record.batch_request_id for record in rest.records] == ["b", "c", "é"]
    done = rest.records[-1]
    assert (done.request_id, done.state, done.finished_at, done.items) == ("b/é", "done", NOW + 5, (item(),))
    assert (done.cost_in_usd_ticks, done.urls_until, done.as_base64) == (400_000_000, NOW + 100, False)


async def test_one_entry_with_its_payload(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry("a", payload=b'{"prompt":"x"}')], NOW)
    found = await store.entry("b", "a")
    assert found is not None
    assert (found[0].state, found[1]) == ("queued", b'{"prompt":"x"}')
    assert await store.entry("b", "x") is None and await store.entry("x", "a") is None


async def test_urls_are_renewed_but_never_shortened(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry("a"), entry("b")], NOW)
    for number in range(2):
        claim = await claimed(requests)
        await requests.finish(claim, NOW, completion(claim.request_id, token=f"t{number}"))
    await store.renew_urls(["b/a"], NOW + 500)
    await store.renew_urls(["b/a"], NOW + 200)
    assert await requests.output("t0", NOW + 499) == output("b/a", "t0", expires_at=NOW + 500)
    assert await requests.output("t1", NOW + 100) is None
    page = await store.entries("b", ENDED, "", 10)
    assert [record.urls_until for record in page.records] == [NOW + 500, NOW + 100]


async def test_a_file_is_filled_in_step_with_its_lines(store: Batches) -> None:
    await store.create(file_batch(created_at=NOW + 1))
    await store.create(file_batch("c"))
    assert [record.id for record in await store.unread(NOW)] == ["c", "b"]
    assert await store.fill("b", (0, 2), [entry("1"), entry("2")])
    assert not await store.fill("b", (0, 2), [entry("9")])
    assert (await read(store)).lines_read == 2
    assert await store.fill("b", (2, 4), [entry("2"), entry("3")])
    assert await store.fill("b", (4, None), [])
    assert not await store.fill("b", (4, None), [])
    assert await names(store) == ["1", "2", "3"]
    assert [record.id for record in await store.unread(NOW)] == ["c"]
    assert await store.unread(NOW + 30 * DAY) == []


async def test_a_cancelled_or_refused_file_is_read_no_further(store: Batches) -> None:
    for batch_id in ("b", "c"):
        await store.create(file_batch(batch_id))
        await store.fill(batch_id, (0, 1), [entry("1", batch_id)])
    await store.cancel("team", "b", NOW)
    assert await store.refuse("c", "line 2: no")
    assert not await store.refuse("c", "again") and not await store.refuse("b", "again")
    for batch_id in ("b", "c"):
        assert not await store.fill(batch_id, (1, 2), [entry("2", batch_id)])
    assert (await read(store, "c")).refusal == "line 2: no"
    assert await store.unread(NOW) == []
    assert sorted(await store.stopped(NOW)) == ["b", "c"]


async def test_an_expired_batch_is_stopped(store: Batches) -> None:
    await store.create(batch())
    await store.add("team", "b", [entry("a")], NOW)
    assert await store.stopped(NOW + 30 * DAY - 1) == []
    assert await store.stopped(NOW + 30 * DAY) == ["b"]


async def test_a_batch_is_forgotten_as_a_whole(store: Batches, requests: Requests) -> None:
    await store.create(batch())
    await store.create(batch("later", forgotten_at=NOW + 99 * DAY))
    await store.add("team", "b", [entry(str(number)) for number in range(3)], NOW)
    await store.add("team", "later", [entry("x", "later")], NOW)
    claim = await claimed(requests)
    await requests.finish(claim, NOW, Completion(items=(), outputs=(), files=(), cost_in_usd_ticks=0))
    assert await requests.purge(NOW + 90 * DAY, 10) == 0, "requests of a batch are forgotten with it"
    gone = [await store.forget(NOW + 31 * DAY, 2) for _ in range(4)]
    assert gone == [2, 1, 1, 0]
    assert await requests.get("team", claim.request_id) is None
    assert (await read(store, "later", NOW + 31 * DAY)).tallies != ()
