"""The worker: lost claims, cancel, drain, restart, and slots."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from imagined.contract.requests import ImageRequest, MediaSource
from imagined.testing.engines import ScriptedEngine, jpeg
from imagined.testing.pool import InProcessPool
from tests.unit.imagine.house import CALLER, House


async def start(house: House, prompt: str, **fields: Any) -> str:
    return await house.service.start_image(CALLER, ImageRequest(prompt=prompt, **fields))


async def until(house: House, request_id: str, state: str, progress: int = 0) -> None:
    async with asyncio.timeout(5):
        while True:
            view = await house.service.get(CALLER, request_id)
            if view.state == state and view.progress >= progress:
                return
            await asyncio.sleep(0.005)


@pytest.fixture
async def stopped(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose runner a test starts itself."""
    house = House(tmp_path / "work", drain_s=0.1)
    yield house
    await house.runner.stop()


async def test_a_cancelled_request_stops_its_engine(house: House) -> None:
    request_id = await start(house, "slow 60")
    await until(house, request_id, "running", 1)
    assert (await house.service.cancel(CALLER, request_id)).state == "cancelled"
    async with asyncio.timeout(5):
        while house.pool.running:
            await asyncio.sleep(0.01)
    assert (await house.service.wait(CALLER, request_id)).state == "cancelled"
    assert (await house.image("draw")).state == "done"


async def test_cancelling_what_has_ended_changes_nothing(house: House) -> None:
    view = await house.image("draw")
    assert (await house.service.cancel(CALLER, view.request_id)).state == "done"


async def test_a_worker_that_lost_its_lease_changes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request_id = await start(house, "slow 0.4")
    await until(house, request_id, "running", 1)
    claim = house.store.claim

    async def nothing(*_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr(house.store, "claim", nothing)
    house.clock.advance(31)
    await house.store.reap(house.clock.now())
    heir = await claim("elsewhere:1", ("illustrator",), house.clock.now(), 300)
    assert heir is not None and heir.attempt == 2
    async with asyncio.timeout(5):
        while house.pool.running:
            await asyncio.sleep(0.01)
    view = await house.service.get(CALLER, request_id)
    assert (view.state, view.outputs) == ("running", ())


async def test_drain_lets_a_short_task_finish(tmp_path: Path) -> None:
    house = House(tmp_path / "work", drain_s=10.0)
    await house.runner.start()
    request_id = await start(house, "slow 0.3")
    await until(house, request_id, "running")
    await house.runner.stop()
    assert (await house.service.get(CALLER, request_id)).state == "done"


async def test_drain_gives_a_long_task_back_uncounted(stopped: House) -> None:
    await stopped.runner.start()
    request_id = await start(stopped, "slow 60")
    waiting = await start(stopped, "slow 0.1")
    await until(stopped, request_id, "running", 1)
    await stopped.runner.stop()
    record = await stopped.store.get(CALLER.team_id, request_id)
    assert record is not None and (record.state, record.attempt) == ("queued", 0)
    assert stopped.pool.running == 0
    assert [path for path in stopped.work_dir.rglob("*") if path.is_file()] == []
    stopped.build()
    await stopped.runner.start()
    assert (await stopped.service.wait(CALLER, waiting)).state == "done"


async def test_a_drained_server_claims_nothing_more(stopped: House) -> None:
    await stopped.runner.start()
    await stopped.runner.stop()
    request_id = await start(stopped, "draw")
    await asyncio.sleep(0.2)
    assert (await stopped.service.get(CALLER, request_id)).state == "queued"


async def test_a_new_server_takes_over_what_a_dead_one_ran(stopped: House) -> None:
    request_id = await start(stopped, "draw")
    dead = await stopped.store.claim("here:dead", ("illustrator",), stopped.clock.now(), 30)
    assert dead is not None
    (stopped.work_dir / request_id / "1").mkdir(parents=True)
    (stopped.work_dir / request_id / "1" / "half.jpeg").write_bytes(b"half")
    await stopped.runner.start()
    view = await stopped.service.wait(CALLER, request_id)
    assert view.state == "done"
    record = await stopped.store.get(CALLER.team_id, request_id)
    assert record is not None and record.attempt == 2
    assert [path for path in stopped.work_dir.rglob("*") if path.is_file()] == []


async def test_another_servers_work_is_left_alone_until_its_lease_ends(tmp_path: Path) -> None:
    house = House(tmp_path / "work", reap_s=0.02, drain_s=0.1)
    request_id = await start(house, "draw")
    await house.store.claim("elsewhere:1", ("illustrator",), house.clock.now(), 30)
    await house.runner.start()
    await asyncio.sleep(0.1)
    assert (await house.service.get(CALLER, request_id)).state == "running"
    house.clock.advance(31)
    assert (await house.service.wait(CALLER, request_id)).state == "done"
    await house.runner.stop()


async def test_no_more_tasks_run_than_the_pool_can_take(tmp_path: Path) -> None:
    pool = InProcessPool(ScriptedEngine(), size=2)
    house = House(tmp_path / "work", pool, drain_s=0.1)
    await house.runner.start()
    ids = [await start(house, "slow 0.1") for _ in range(7)]
    assert {(await house.service.wait(CALLER, request_id)).state for request_id in ids} == {"done"}
    assert pool.most_running == 2
    await house.runner.stop()


async def test_waiting_for_a_slow_url_blocks_nobody(tmp_path: Path) -> None:
    house = House(tmp_path / "work", InProcessPool(ScriptedEngine(), size=1), drain_s=0.1)
    arrived = asyncio.Event()

    async def slow(url: str, path: str, **_: Any) -> str:
        await arrived.wait()
        Path(path).write_bytes(jpeg(8, 8))
        return "image/jpeg"

    house.fetcher.fetch = slow  # type: ignore[assignment]
    await house.runner.start()
    waiting = [await start(house, "x", image=MediaSource(url="https://slow.example/")) for _ in range(3)]
    assert (await house.image("draw")).state == "done"
    arrived.set()
    assert {(await house.service.wait(CALLER, request_id)).state for request_id in waiting} == {"done"}
    await house.runner.stop()


async def test_a_store_that_fails_for_a_while_stops_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, failures = house.store.claim, iter([True, True])

    async def flaky(*arguments: Any, **named: Any) -> Any:
        if next(failures, False):
            raise OSError("the disk is away")
        return await claim(*arguments, **named)

    monkeypatch.setattr(house.store, "claim", flaky)
    assert (await house.image("draw")).state == "done"


async def test_nothing_is_left_in_the_work_folder(house: House) -> None:
    await house.image("draw", n=2)
    await house.image("refuse no")
    await house.image("lie")
    async with asyncio.timeout(2):
        while list(house.work_dir.iterdir()):
            await asyncio.sleep(0.01)


async def test_a_team_fetches_a_few_at_a_time(tmp_path: Path) -> None:
    house = House(tmp_path / "work", InProcessPool(ScriptedEngine(), size=1), drain_s=0.1)
    under_way = most = 0

    async def slow(url: str, path: str, **_: Any) -> str:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        Path(path).write_bytes(jpeg(8, 8))
        return "image/jpeg"

    house.fetcher.fetch = slow  # type: ignore[assignment]
    await house.runner.start()
    ids = [await start(house, "x", image=MediaSource(url="https://slow.example/")) for _ in range(12)]
    assert {(await house.service.wait(CALLER, request_id)).state for request_id in ids} == {"done"}
    assert most == 4
    await house.runner.stop()
