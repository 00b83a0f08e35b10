"""The request table: one suite for every adapter of `RequestStore` and `OutputStore`."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from imagined.contract.results import OutputItem, RequestPhase, RequestState, RequestStep
from imagined.files.ports import FileRecord
from imagined.jobs.ports import Claim, Completion, NewRequest, OutputRecord
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.port import Statement, Transaction
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.tables import requests
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore

NOW = 1_796_083_200.0
LEASE = 30.0
ENGINES = ("illustrator",)

Store = MemoryRequestStore | SqlRequestStore
Files = MemoryFileStore | SqlFileStore


in_transactions = pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
"""What only a database promises; the store in memory has no transactions and no end of its room."""


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Store, Files]]:
    if request.param == "memory":
        files = MemoryFileStore()
        yield MemoryRequestStore(files), files
        return
    path = tmp_path / "imagined.db"
    migrate(path)
    database = SqliteDatabase(path)
    yield SqlRequestStore(database), SqlFileStore(database)
    await database.close()


@pytest.fixture
def store(stores: tuple[Store, Files]) -> Store:
    return stores[0]


@pytest.fixture
def files(stores: tuple[Store, Files]) -> Files:
    return stores[1]


def new(request_id: str, **changes: object) -> NewRequest:
    fields: dict[str, object] = {
        "id": request_id,
        "team_id": "team",
        "key_id": "key",
        "operation": "generate_image",
        "model": "grok-imagine-image",
        "engine": "illustrator",
        "payload": b'{"type":"image","prompt":"a cat"}',
        "request_hash": f"hash of {request_id}",
        "seed": 2**63 - 1,
        "created_at": NOW,
    }
    return msgspec.convert(fields | changes, NewRequest)


async def claimed(store: Store, now: float = NOW, worker: str = "here:1") -> Claim:
    claim = await store.claim(worker, ENGINES, now, LEASE)
    assert claim is not None
    return claim


async def claimed_ids(store: Store, count: int) -> list[str]:
    return [(await claimed(store)).request_id for _ in range(count)]


def step(percent: int, phase: RequestPhase = "drawing", done: int = 0) -> RequestStep:
    return RequestStep(percent=percent, phase=phase, step=done, of=10)


def item(**changes: object) -> OutputItem:
    fields = {"url": "/ephemeral/t.jpeg", "content_type": "image/jpeg", "size": 3, "sha256": "a" * 64}
    return msgspec.convert(fields | {"width": 8, "height": 8} | changes, OutputItem)


def output(request_id: str, token: str = "token", **changes: object) -> OutputRecord:
    fields = {
        "token": token,
        "request_id": request_id,
        "team_id": "team",
        "position": 0,
        "sha256": "a" * 64,
        "size": 3,
        "content_type": "image/jpeg",
        "created_at": NOW,
        "expires_at": NOW + 100,
    }
    return msgspec.convert(fields | changes, OutputRecord)


def file(file_id: str = "file_1") -> FileRecord:
    return FileRecord(
        id=file_id, team_id="team", filename="a.jpg", size=3, content_type="image/jpeg", sha256="a" * 64, created_at=NOW
    )


def completion(request_id: str, *files: FileRecord, token: str = "token") -> Completion:
    return Completion(items=(item(),), outputs=(output(request_id, token),), files=files, cost_in_usd_ticks=400_000_000)


async def test_an_accepted_request_is_queued(store: Store) -> None:
    await store.accept(new("a"))
    record = await store.get("team", "a")
    assert record is not None
    assert (record.state, record.attempt, record.step, record.items) == ("queued", 0, RequestStep(), ())


async def test_another_teams_request_does_not_exist(store: Store) -> None:
    await store.accept(new("a"))
    assert await store.get("other", "a") is None
    assert await store.get("team", "b") is None


async def test_a_claim_carries_all_that_a_worker_needs(store: Store) -> None:
    await store.accept(new("a"))
    claim = await claimed(store)
    assert claim == Claim(
        request_id="a",
        team_id="team",
        operation="generate_image",
        model="grok-imagine-image",
        engine="illustrator",
        payload=b'{"type":"image","prompt":"a cat"}',
        seed=2**63 - 1,
        created_at=NOW,
        worker="here:1",
        attempt=1,
    )
    record = await store.get("team", "a")
    assert record is not None and record.state == "running"
    assert await store.claim("here:1", ENGINES, NOW, LEASE) is None


async def test_only_rows_of_the_named_engines_are_claimed(store: Store) -> None:
    await store.accept(new("a", engine="other"))
    assert await store.claim("w", ENGINES, NOW, LEASE) is None
    claim = await store.claim("w", ("illustrator", "other"), NOW, LEASE)
    assert claim is not None and claim.request_id == "a"


async def test_one_team_is_served_in_its_order(store: Store) -> None:
    for number in range(5):
        await store.accept(new(f"r{number}", created_at=NOW + number))
    assert await claimed_ids(store, 5) == [f"r{number}" for number in range(5)]


async def test_higher_priority_goes_first(store: Store) -> None:
    await store.accept(new("batch", priority=-1))
    await store.accept(new("interactive", created_at=NOW + 1))
    assert await claimed_ids(store, 2) == ["interactive", "batch"]


async def test_a_long_queue_of_one_team_does_not_delay_another(store: Store) -> None:
    for number in range(20):
        await store.accept(new(f"many{number}", team_id="many", created_at=NOW + number))
    await claimed_ids(store, 7)
    await store.accept(new("first", team_id="one", created_at=NOW + 50))
    await store.accept(new("second", team_id="one", created_at=NOW + 51))
    order = await claimed_ids(store, 5)
    assert order.index("first") <= 1
    assert order.index("second") <= 3


async def test_concurrent_claims_never_share_a_row(store: Store) -> None:
    await asyncio.gather(*(store.accept(new(f"r{number}")) for number in range(20)))
    claims = await asyncio.gather(*(store.claim(f"w:{number}", ENGINES, NOW, LEASE) for number in range(30)))
    taken = [claim.request_id for claim in claims if claim is not None]
    assert len(taken) == len(set(taken)) == 20


async def test_a_heartbeat_keeps_the_lease_and_progress_never_falls(store: Store) -> None:
    await store.accept(new("a"))
    claim = await claimed(store)
    assert await store.heartbeat(claim, NOW + 20, LEASE, step(40, "drawing", 4))
    assert await store.heartbeat(claim, NOW + 25, LEASE, step(30, "encoding", 1))
    record = await store.get("team", "a")
    assert record is not None and record.step == step(40, "encoding", 1)
    assert await store.reap(NOW + 40) == 0
    assert await store.reap(NOW + 56) == 1
    assert not await store.heartbeat(claim, NOW + 57, LEASE, step(50))


async def test_finish_publishes_everything_at_once(store: Store, files: Files) -> None:
    await store.accept(new("a"))
    claim = await claimed(store)
    assert await store.output("token", NOW) is None
    assert await store.finish(claim, NOW + 5, completion("a", file()))
    record = await store.get("team", "a")
    assert record is not None
    assert (record.state, record.step.percent, record.finished_at) == ("done", 100, NOW + 5)
    assert record.items == (item(),)
    assert record.cost_in_usd_ticks == 400_000_000
    assert record.result_expires_at == NOW + 100
    assert await store.output("token", NOW) == output("a")
    assert await files.get("team", "file_1", NOW) == file()


@in_transactions
async def test_a_finish_that_breaks_changes_nothing(store: Store, files: Files) -> None:
    await files.insert(file())
    await store.accept(new("a"))
    claim = await claimed(store)
    with pytest.raises(Exception, match=r".+"):
        await store.finish(claim, NOW, completion("a", file()))
    record = await store.get("team", "a")
    assert record is not None and record.state == "running"
    assert await store.output("token", NOW) is None
    assert await store.finish(claim, NOW, completion("a"))


async def test_a_zombie_is_fenced_out(store: Store, files: Files) -> None:
    """A worker that stood still past its lease comes back with a result: nobody ever sees it."""
    await store.accept(new("a"))
    zombie = await claimed(store, worker="here:1")
    assert await store.reap(NOW + LEASE) == 1
    heir = await claimed(store, NOW + LEASE, worker="here:1")
    assert heir.attempt == 2
    assert not await store.finish(zombie, NOW + 40, completion("a", file(), token="zombie"))
    assert not await store.fail(zombie, NOW + 40, "internal_error", "late")
    assert not await store.release(zombie)
    assert await store.lose(zombie, NOW + 40, "internal_error", "late") is None
    assert await store.finish(heir, NOW + 41, completion("a", token="heir"))
    assert await store.output("zombie", NOW) is None
    assert await store.output("heir", NOW) is not None
    assert await files.get("team", "file_1", NOW) is None
    assert not await store.finish(heir, NOW + 42, completion("a", token="again"))


async def test_a_failed_request_says_why(store: Store) -> None:
    await store.accept(new("a"))
    assert await store.fail(await claimed(store), NOW + 1, "invalid_argument", "Unable to download")
    record = await store.get("team", "a")
    assert record is not None
    assert (record.state, record.error_code, record.error_message) == (
        "failed",
        "invalid_argument",
        "Unable to download",
    )
    assert record.step.percent == 0 and record.finished_at == NOW + 1


async def test_a_lost_attempt_is_tried_again_until_the_last(store: Store) -> None:
    await store.accept(new("a", max_attempts=2))
    assert await store.lose(await claimed(store), NOW, "internal_error", "died") == "queued"
    again = await claimed(store)
    assert again.attempt == 2
    assert await store.lose(again, NOW + 1, "internal_error", "died") == "failed"
    record = await store.get("team", "a")
    assert record is not None
    assert (record.state, record.error_code, record.error_message) == ("failed", "internal_error", "died")
    assert await store.claim("w", ENGINES, NOW, LEASE) is None


async def test_a_poisonous_request_is_given_up_with_a_reason(store: Store) -> None:
    await store.accept(new("a", max_attempts=3))
    for attempt in range(3):
        await claimed(store, NOW + attempt * 100)
        assert await store.reap(NOW + attempt * 100 + LEASE) == 1
    record = await store.get("team", "a")
    assert record is not None and record.state == "failed"
    assert record.error_message is not None and "3 attempts" in record.error_message


async def test_released_attempts_do_not_count(store: Store) -> None:
    await store.accept(new("a", max_attempts=1))
    assert await store.release(await claimed(store))
    assert (await claimed(store)).attempt == 1


async def test_rows_of_a_dead_server_are_recovered_before_their_lease_ends(store: Store) -> None:
    await store.accept(new("mine"))
    await claimed(store, worker="here:1")
    await store.accept(new("theirs"))
    await claimed(store, worker="there:1")
    assert await store.recover("here:", NOW) == 1
    mine, theirs = await store.get("team", "mine"), await store.get("team", "theirs")
    assert mine is not None and mine.state == "queued"
    assert theirs is not None and theirs.state == "running"


async def test_cancel_ends_a_queued_and_a_running_request(store: Store) -> None:
    await store.accept(new("queued", created_at=NOW + 1))
    await store.accept(new("running"))
    await store.cancel("team", "queued", NOW)
    claim = await claimed(store)
    assert claim.request_id == "running"
    assert not await store.cancel("other", "running", NOW)
    assert await store.cancel("team", "running", NOW)
    assert not await store.heartbeat(claim, NOW, LEASE, step(1))
    assert not await store.finish(claim, NOW, completion("running"))
    assert not await store.cancel("team", "running", NOW)
    record = await store.get("team", "running")
    assert record is not None and record.state == "cancelled"


async def test_a_repeated_call_finds_its_request(store: Store) -> None:
    await store.accept(new("a", request_hash="h"))
    found = await store.find_retried("team", "h", NOW + 1000)
    assert found is not None and found.id == "a"
    assert await store.find_retried("other", "h", NOW) is None
    assert await store.find_retried("team", "another", NOW) is None
    await store.finish(await claimed(store), NOW + 10, completion("a"))
    assert await store.find_retried("team", "h", NOW + 9) is not None
    assert await store.find_retried("team", "h", NOW + 10) is None


@pytest.mark.parametrize("end", ["done", "cancelled", "pending"])
async def test_a_call_that_is_run_again_finds_its_request_however_it_ended(store: Store, end: str) -> None:
    await store.accept(new("a", request_hash="h"))
    if end == "done":
        await store.finish(await claimed(store), NOW, completion("a"))
    elif end == "cancelled":
        await store.cancel("team", "a", NOW)
    found = await store.find_retried("team", "h", None)
    assert found is not None and found.id == "a"
    assert await store.find_retried("other", "h", None) is None


async def test_the_newest_of_equal_requests_is_found(store: Store) -> None:
    await store.accept(new("old", request_hash="h"))
    await store.accept(new("new", request_hash="h", created_at=NOW + 1))
    found = await store.find_retried("team", "h", NOW)
    assert found is not None and found.id == "new"


async def test_outputs_end_with_their_retention(store: Store) -> None:
    await store.accept(new("a"))
    await store.finish(await claimed(store), NOW, completion("a"))
    assert await store.output("token", NOW + 99) is not None
    assert await store.output("token", NOW + 100) is None
    assert await store.output("nonsense", NOW) is None


async def test_ended_requests_are_forgotten_in_time(store: Store) -> None:
    for number in range(3):
        await store.accept(new(f"r{number}"))
    await store.fail(await claimed(store), NOW + 1, "internal_error", "x")
    await store.cancel("team", "r1", NOW + 2)
    assert await store.purge(NOW, 10) == 0
    assert await store.purge(NOW + 2, 1) == 1
    assert await store.purge(NOW + 2, 10) == 1
    assert await store.get("team", "r0") is None
    assert await store.get("team", "r2") is not None


@in_transactions
async def test_pictures_inside_a_request_are_dropped_with_its_end(store: Store) -> None:
    await store.accept(new("large", payload=b"x" * 100_000))
    claim = await claimed(store)
    assert claim.payload == b"x" * 100_000
    await store.finish(claim, NOW, completion("large"))

    async def work(tx: Transaction) -> bytes:
        row = await tx.one(Statement(select(requests.c.payload)))
        assert row is not None
        return bytes(row["payload"], "ascii") if isinstance(row["payload"], str) else bytes(row["payload"])

    assert await store._database.read(work) == b""


async def test_a_new_attempt_begins_its_steps_anew_and_keeps_the_percent(store: Store) -> None:
    await store.accept(new("a"))
    claim = await claimed(store)
    await store.heartbeat(claim, NOW, LEASE, step(40, "drawing", 4))
    assert await store.lose(claim, NOW, "internal_error", "died") == "queued"
    await claimed(store)
    record = await store.get("team", "a")
    assert record is not None and record.step == RequestStep(percent=40, phase="loading")


async def test_the_place_in_the_queue_is_how_many_are_claimed_before(store: Store) -> None:
    for number, priority in enumerate((0, 0, -1, 0, -1)):
        await store.accept(new(f"r{number}", priority=priority, created_at=NOW + number))
    await store.accept(new("elsewhere", engine="other", created_at=NOW - 1))
    await store.accept(new("theirs", team_id="other", created_at=NOW + 9))
    names = ["r0", "r1", "r2", "r3", "r4", "theirs"]
    teams = dict.fromkeys(names, "team") | {"theirs": "other"}
    while names:
        places = {name: await store.place(teams[name], name) for name in names}
        assert sorted(places.values(), key=int) == list(range(len(names)))  # type: ignore[arg-type]
        claim = await claimed(store)
        assert places[claim.request_id] == 0
        assert await store.place(claim.team_id, claim.request_id) is None
        names.remove(claim.request_id)
    assert await store.place("team", "elsewhere") == 0
    assert await store.place("other", "elsewhere") is None and await store.place("team", "unknown") is None


async def test_pages_of_a_teams_requests(store: Store) -> None:
    states: tuple[RequestState, ...] = ("queued", "running", "done", "failed", "cancelled")
    for number in range(5):
        await store.accept(new(f"r{number}", created_at=NOW + number // 2))
    await store.accept(new("film", operation="generate_video", created_at=NOW + 9))
    await store.accept(new("theirs", team_id="other"))
    await store.accept(new("in a batch", batch_id="batch_1", batch_request_id="x", created_at=NOW + 9))
    await store.cancel("team", "r3", NOW + 9)
    seen: list[str] = []
    before = None
    while page := await store.page("team", ("generate_image",), states, before, 2):
        seen += [record.id for record in page]
        before = (page[-1].created_at, page[-1].id)
    assert seen == ["r4", "r3", "r2", "r1", "r0"]
    assert [record.id for record in await store.page("team", ("generate_image",), ("cancelled",), None, 9)] == ["r3"]
    both = await store.page("team", ("generate_image", "generate_video"), ("queued",), None, 2)
    assert [record.id for record in both] == ["film", "r4"]


async def test_depths_count_what_waits_and_no_batches(store: Store) -> None:
    assert list(await store.depths()) == []
    for number in range(3):
        await store.accept(new(f"r{number}"))
    await store.accept(new("theirs", team_id="other", engine="second"))
    await store.accept(new("in a batch", priority=-1, batch_id="batch_1", batch_request_id="x"))
    await claimed(store)
    counts = {(depth.team_id, depth.engine): depth.count for depth in await store.depths()}
    assert counts == {("team", "illustrator"): 2, ("other", "second"): 1}


async def test_a_team_at_its_limit_is_passed_over(store: Store) -> None:
    for number in range(3):
        await store.accept(new(f"r{number}", created_at=NOW + number))
    await store.accept(new("theirs", team_id="other", created_at=NOW + 9))

    async def take() -> Claim | None:
        return await store.claim("here:1", ENGINES, NOW, LEASE, running_per_team=1)

    first, second, none = await take(), await take(), await take()
    assert first is not None and second is not None and none is None
    assert (first.request_id, second.request_id) == ("r0", "theirs")
    await store.fail(first, NOW, "internal_error", "x")
    third = await take()
    assert third is not None and third.request_id == "r1"


async def test_ten_thousand_queued_requests_delay_another_team_by_one(store: Store) -> None:
    count = 10_000 if isinstance(store, SqlRequestStore) else 500
    for start in range(0, count, 250):
        await asyncio.gather(*(store.accept(new(f"r{start + n:05d}", created_at=NOW + start + n)) for n in range(250)))
    await store.accept(new("theirs", team_id="other", created_at=NOW + count))
    assert await store.place("other", "theirs") in (0, 1)
    assert "theirs" in await claimed_ids(store, 2)
    assert await store.place("team", f"r{count - 1:05d}") == min(1000, count - 2)
