"""Watching, cancelling and leaving requests, on everything real but the engine and the database."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.contract.requests import ImageRequest
from imagined.imagine import following
from imagined.imagine.attempts import AttemptSettings
from imagined.imagine.following import Follower, KeepAlive, Sight, Snapshot
from imagined.jobs.events import ShownPreview
from imagined.testing.engines import ScriptedEngine
from imagined.testing.pool import InProcessPool
from tests.unit.imagine.house import CALLER, OTHER, House


async def start(house: House, prompt: str) -> str:
    return await house.service.start_image(CALLER, ImageRequest(prompt=prompt))


async def watched(house: House, request_id: str, seen: str | None = None) -> list[Sight]:
    async with asyncio.timeout(10):
        return [sight async for sight in Follower(house.service, house.events).follow(CALLER, request_id, seen)]


def snapshots(sights: list[Sight]) -> list[Snapshot]:
    return [sight for sight in sights if isinstance(sight, Snapshot)]


async def test_a_whole_life_is_told(house: House) -> None:
    sights = await watched(house, await start(house, "slow 0.4"))
    told = snapshots(sights)
    assert told[-1].view.state == "done" and told[-1].is_last and told[-1].view.outputs
    assert not any(snapshot.is_last for snapshot in told[:-1])
    percents = [snapshot.view.progress for snapshot in told]
    assert percents == sorted(percents) and len(set(percents)) > 3
    assert len({snapshot.id for snapshot in told}) == len(told)
    drawn = [snapshot.view.step for snapshot in told if snapshot.view.step.phase == "drawing"]
    assert all(0 < step.step <= step.of == 8 for step in drawn) and len(drawn) > 2


async def test_who_comes_back_is_told_what_is_new(house: House) -> None:
    request_id = await start(house, "slow 0.3")
    told = snapshots(await watched(house, request_id))
    assert snapshots(await watched(house, request_id, told[0].id)) == [told[-1]]
    assert await watched(house, request_id, told[-1].id) == []


async def test_previews_are_shown_while_it_runs_and_then_gone(house: House) -> None:
    request_id = await start(house, "show 0.4")
    previews = [sight for sight in await watched(house, request_id) if isinstance(sight, ShownPreview)]
    assert len(previews) > 2
    numbers = [preview.number for preview in previews]
    assert numbers == sorted(set(numbers))
    assert all(preview.preview.data.startswith(b"\xff\xd8\xff") for preview in previews)
    assert house.events.preview(request_id) is None
    assert snapshots(await watched(house, request_id))[0].is_last


async def test_a_place_is_told_as_it_gets_better(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOK_AGAIN_S", 0.01)
    house = House(tmp_path / "work", InProcessPool(ScriptedEngine(), size=1), drain_s=0.1)
    ids = [await start(house, "slow 0.2") for _ in range(3)]
    watching = asyncio.create_task(watched(house, ids[-1]))
    await asyncio.sleep(0)
    await house.runner.start()
    places = [snapshot.view.place for snapshot in snapshots(await watching) if snapshot.view.state == "queued"]
    assert places == [2, 1, 0]
    await house.runner.stop()


async def test_silence_is_broken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOK_AGAIN_S", 0.01)
    monkeypatch.setattr(following, "KEEP_ALIVE_S", 0.05)
    request_id = await start(house, "stubborn 0.5")
    assert any(isinstance(sight, KeepAlive) for sight in await watched(house, request_id))


async def test_a_cancel_reaches_the_engine_at_its_next_step(tmp_path: Path) -> None:
    house = House(tmp_path / "work", drain_s=0.1)
    # Without being told, this worker would learn it in an hour.
    slow = AttemptSettings(heartbeat_s=3600.0, lease_s=7200.0, progress_s=3600.0)
    house.settings = msgspec.structs.replace(house.settings, attempt=slow)
    house.build()
    await house.runner.start()
    request_id = await start(house, "slow 60")
    async with asyncio.timeout(5):
        while not house.pool.running:
            await asyncio.sleep(0.005)
        assert (await house.service.cancel(CALLER, request_id)).state == "cancelled"
        while house.pool.running:
            await asyncio.sleep(0.005)
    assert snapshots(await watched(house, request_id))[-1].view.state == "cancelled"
    await house.runner.stop()


async def test_leaving_cancels_unless_somebody_else_waits(house: House) -> None:
    request_id = await start(house, "slow 60")
    watching = asyncio.create_task(watched(house, request_id))
    other = asyncio.create_task(house.service.wait(CALLER, request_id))
    await asyncio.sleep(0)
    await house.service.abandon(CALLER, request_id)
    assert (await house.service.get(CALLER, request_id)).state in ("queued", "running")
    other.cancel()
    await asyncio.gather(other, return_exceptions=True)
    await house.service.abandon(CALLER, request_id)
    assert (await house.service.get(CALLER, request_id)).state == "cancelled"
    assert snapshots(await watching)[-1].view.state == "cancelled", "who only watches keeps nothing going"


async def test_whoever_waits_when_the_server_goes_down_is_told_to_come_back(house: House) -> None:
    request_id = await start(house, "slow 60")
    waiting = asyncio.create_task(house.service.wait(CALLER, request_id))
    watching = asyncio.create_task(watched(house, request_id))
    await asyncio.sleep(0.05)
    house.events.close()
    with pytest.raises(ApiError) as refused:
        await waiting
    assert refused.value.kind is errors.UNAVAILABLE
    assert (await watching)[-1].view.state != "done"  # type: ignore[union-attr]
    await house.service.abandon(CALLER, request_id)
    assert (await house.service.get(CALLER, request_id)).state in ("queued", "running")


async def test_another_teams_request_cannot_be_watched(house: House) -> None:
    request_id = await start(house, "draw")
    with pytest.raises(ApiError) as refused:
        await Follower(house.service, house.events).snapshot(OTHER, request_id)
    assert refused.value.kind is errors.NOT_FOUND


async def test_lists_have_pages_and_tokens(house: House) -> None:
    ids = []
    for number in range(5):
        house.clock.advance(1)
        ids.append(await start(house, f"draw {number}"))
        await house.service.wait(CALLER, ids[-1])
    seen, token = [], None
    while True:
        views, token = await house.service.list_requests(CALLER, ("done", "failed"), 2, token)
        seen += [view.request_id for view in views]
        if token is None:
            break
    assert seen == ids[::-1]
    with pytest.raises(ApiError, match="pagination_token"):
        await house.service.list_requests(CALLER, ("done",), 2, "nonsense")
    house.clock.advance(10 * 86_400)
    assert (await house.service.list_requests(CALLER, ("done",), 9, None))[0] == []
    assert len((await house.service.list_requests(CALLER, ("expired",), 9, None))[0]) == 5
