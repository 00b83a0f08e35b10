"""Daily sums, and addresses that are forgotten: one suite for every adapter."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imagined.contract.usage import Consumption, DailyUsage
from imagined.jobs.ports import Completion
from imagined.storage.database.migrations import migrate
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.usage import _ADD, SqlUsageStore
from imagined.testing.memory_requests import MemoryRequestStore
from tests.contract.test_request_store import NOW, claimed, new

DAY = 86_400.0
Store = MemoryRequestStore | SqlRequestStore
Usage = MemoryRequestStore | SqlUsageStore


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Store, Usage]]:
    if request.param == "memory":
        store = MemoryRequestStore()
        yield store, store
        return
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    yield SqlRequestStore(database), SqlUsageStore(database)
    await database.close()


def completion(cost: int, **made: float) -> Completion:
    return Completion(items=(), outputs=(), files=(), cost_in_usd_ticks=cost, made=Consumption(**made))  # type: ignore[arg-type]


async def test_each_finish_adds_to_its_day(stores: tuple[Store, Usage]) -> None:
    store, usage = stores
    ends = [(NOW, completion(5, images=2, input_images=1)), (NOW + 1, completion(7, video_seconds=2.5))]
    ends.append((NOW + DAY, completion(11, images=1)))
    for number, (now, made) in enumerate(ends):
        await store.accept(new(f"r{number}"))
        assert await store.finish(await claimed(store), now, made)
    first, second = "2026-12-01", "2026-12-02"
    sums = DailyUsage(day=first, requests=2, images=2, video_seconds=2.5, input_images=1, cost_in_usd_ticks=12)
    assert list(await usage.days("team", first, second)) == [
        sums,
        DailyUsage(day=second, requests=1, images=1, cost_in_usd_ticks=11),
    ]
    assert list(await usage.days("team", second, second)) == [
        DailyUsage(day=second, requests=1, images=1, cost_in_usd_ticks=11)
    ]
    assert list(await usage.days("other", first, second)) == []
    assert list(await usage.teams()) == ["team"]


async def test_only_a_finish_that_counts_is_counted(stores: tuple[Store, Usage]) -> None:
    store, usage = stores
    await store.accept(new("a"))
    claim = await claimed(store)
    await store.cancel("team", "a", NOW)
    assert not await store.finish(claim, NOW, completion(5, images=1))
    await store.accept(new("b"))
    await store.fail(await claimed(store), NOW, "internal_error", "x")
    assert list(await usage.days("team", "2000-01-01", "2100-01-01")) == []


async def test_sums_stay_when_rows_are_forgotten(stores: tuple[Store, Usage]) -> None:
    store, usage = stores
    await store.accept(new("a"))
    await store.finish(await claimed(store), NOW, completion(5, images=1))
    assert await store.purge(NOW, 10) == 1
    assert len(await usage.days("team", "2000-01-01", "2100-01-01")) == 1


async def test_an_address_is_known_while_its_result_is_shown(stores: tuple[Store, Usage]) -> None:
    store, _ = stores
    await store.accept(new("done", upload_url="https://a/?s"))
    claim = await claimed(store)
    assert claim.upload_url == "https://a/?s"
    await store.finish(claim, NOW, completion(1))
    record = await store.get("team", "done")
    assert record is not None and record.upload_url == "https://a/?s"
    assert await store.forget_upload_urls(NOW - 1) == 0
    assert await store.forget_upload_urls(NOW) == 1
    record = await store.get("team", "done")
    assert record is not None and record.upload_url is None


async def test_an_address_without_a_result_is_forgotten_at_once(stores: tuple[Store, Usage]) -> None:
    store, _ = stores
    for name in ("failed", "lost", "cancelled"):
        await store.accept(new(name, upload_url="https://a/?s", max_attempts=1))
        claim = await claimed(store)
        if name == "failed":
            await store.fail(claim, NOW, "internal_error", "x")
        elif name == "lost":
            assert await store.lose(claim, NOW, "internal_error", "x") == "failed"
        else:
            await store.cancel("team", name, NOW)
        record = await store.get("team", name)
        assert record is not None and record.upload_url is None


async def test_an_attempt_that_is_lost_keeps_the_address_for_the_next(stores: tuple[Store, Usage]) -> None:
    store, _ = stores
    await store.accept(new("a", upload_url="https://a/?s"))
    assert await store.lose(await claimed(store), NOW, "internal_error", "x") == "queued"
    assert (await claimed(store)).upload_url == "https://a/?s"


def test_both_dialects_can_add() -> None:
    row = {"team_id": "t", "day": "d", "requests": 1, "images": 1, "video_seconds": 1.0, "input_images": 0}
    for dialect in ("sqlite", "postgresql"):
        text, values = _ADD.render(dialect, row | {"cost_in_usd_ticks": 1})  # type: ignore[arg-type]
        assert "ON CONFLICT (team_id, day) DO UPDATE SET requests = usage.requests + excluded.requests" in text.sql
        assert values["cost_in_usd_ticks"] == 1
