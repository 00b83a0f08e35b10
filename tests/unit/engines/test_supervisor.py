"""The pool against engines that behave and engines that do not. Real child processes, no model."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imagined.contract.tasks import EngineError, EngineEvent, ImageTask, Produced, Progress, VideoTask
from imagined.engines.process import ProcessSettings
from imagined.engines.registry import EngineRegistry, EngineSpec
from imagined.engines.supervisor import ProcessPool
from imagined.imagine.ports import EngineLostError

SPEC = EngineSpec(name="scripted", entry="imagined.testing.engines:ScriptedEngine")


@pytest.fixture
async def pool() -> AsyncIterator[ProcessPool]:
    pool = ProcessPool(
        EngineRegistry([SPEC]),
        ProcessSettings(silence_s=1.0, cancel_s=0.5, memory_bytes=1 << 29, nice=0),
        processes=1,
    )
    yield pool
    await pool.stop()


def image(folder: Path, prompt: str, n: int = 1) -> ImageTask:
    return ImageTask(model="m", prompt=prompt, seed=7, workdir=str(folder), n=n)


async def collect(pool: ProcessPool, task: ImageTask) -> list[EngineEvent]:
    return [event async for event in pool.run("scripted", "generate_image", task)]


async def test_a_task_gives_progress_then_results(pool: ProcessPool, tmp_path: Path) -> None:
    events = await collect(pool, image(tmp_path, "slow 0.2", n=2))
    assert isinstance(events[0], Progress)
    made = [event for event in events if isinstance(event, Produced)]
    assert [event.index for event in made] == [0, 1]
    assert all(Path(event.path).read_bytes().startswith(b"\xff\xd8") for event in made)


async def test_a_video_task_crosses_the_pipe(pool: ProcessPool, tmp_path: Path) -> None:
    task = VideoTask(model="m", prompt="draw", seed=1, workdir=str(tmp_path), duration_s=3)
    *_, last = [event async for event in pool.run("scripted", "generate_video", task)]
    assert isinstance(last, Produced) and last.content_type == "video/mp4" and last.duration_s == 3


async def test_the_process_stays_warm(pool: ProcessPool, tmp_path: Path) -> None:
    await pool.start(wait=True)
    (first,) = pool.pids("scripted")
    await collect(pool, image(tmp_path, "draw"))
    await collect(pool, image(tmp_path, "draw"))
    assert pool.pids("scripted") == [first]


async def test_prints_of_an_engine_do_not_garble_frames(pool: ProcessPool, tmp_path: Path) -> None:
    events = await collect(pool, image(tmp_path, "print hello"))
    assert isinstance(events[-1], Produced)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("crash", "died"),
        ("hang", "silence"),
        ("garbage", "died"),
        ("eat", "memory"),
    ],
)
async def test_a_lost_process_is_one_lost_attempt_and_is_replaced(
    pool: ProcessPool, tmp_path: Path, prompt: str, words: str
) -> None:
    await pool.start(wait=True)
    (first,) = pool.pids("scripted")
    with pytest.raises(EngineLostError, match=words) as caught:
        await collect(pool, image(tmp_path, prompt))
    assert caught.value.code == "internal_error"
    assert isinstance((await collect(pool, image(tmp_path, "draw")))[-1], Produced)
    (second,) = pool.pids("scripted")
    assert second != first
    assert not _exists(first)


async def test_the_deadline_ends_a_task_that_makes_progress(tmp_path: Path) -> None:
    pool = ProcessPool(EngineRegistry([SPEC]), ProcessSettings(task_s=0.5, nice=0), processes=1)
    try:
        with pytest.raises(EngineLostError, match="deadline"):
            await collect(pool, image(tmp_path, "slow 60"))
    finally:
        await pool.stop()


async def test_a_refusal_keeps_the_process(pool: ProcessPool, tmp_path: Path) -> None:
    await pool.start(wait=True)
    before = pool.pids("scripted")
    with pytest.raises(EngineError, match="No such thing") as caught:
        await collect(pool, image(tmp_path, "refuse No such thing"))
    assert caught.value.code == "invalid_argument" and not isinstance(caught.value, EngineLostError)
    with pytest.raises(EngineError) as bug:
        await collect(pool, image(tmp_path, "bug"))
    assert bug.value.code == "internal_error" and not isinstance(bug.value, EngineLostError)
    assert pool.pids("scripted") == before


async def test_closing_the_generator_cancels_at_the_next_event(pool: ProcessPool, tmp_path: Path) -> None:
    await pool.start(wait=True)
    before = pool.pids("scripted")
    events = pool.run("scripted", "generate_image", image(tmp_path, "slow 60"))
    await anext(events)
    await events.aclose()
    assert pool.pids("scripted") == before
    assert isinstance((await collect(pool, image(tmp_path, "draw")))[-1], Produced)


async def test_a_cancelled_caller_cancels_too(pool: ProcessPool, tmp_path: Path) -> None:
    await pool.start(wait=True)
    before = pool.pids("scripted")
    started = asyncio.Event()

    async def consume() -> None:
        async with contextlib.aclosing(pool.run("scripted", "generate_image", image(tmp_path, "slow 60"))) as events:
            async for _ in events:
                started.set()

    consumer = asyncio.create_task(consume())
    await started.wait()
    consumer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await consumer
    assert pool.pids("scripted") == before
    assert isinstance((await collect(pool, image(tmp_path, "draw")))[-1], Produced)


async def test_a_process_that_ignores_a_cancel_is_killed(pool: ProcessPool, tmp_path: Path) -> None:
    events = pool.run("scripted", "generate_image", image(tmp_path, "stubborn 3600"))
    assert [(await anext(events)).phase for _ in range(2)] == ["loading", "drawing"]
    (stubborn,) = pool.pids("scripted")
    await events.aclose()
    assert not _exists(stubborn)
    assert isinstance((await collect(pool, image(tmp_path, "draw")))[-1], Produced)


async def test_a_process_killed_while_idle_is_replaced(pool: ProcessPool, tmp_path: Path) -> None:
    await pool.start(wait=True)
    (first,) = pool.pids("scripted")
    os.kill(first, signal.SIGKILL)
    # The task may still meet the dying process: then it is one lost attempt, and the next one works.
    with contextlib.suppress(EngineLostError):
        await collect(pool, image(tmp_path, "draw"))
    assert isinstance((await collect(pool, image(tmp_path, "draw")))[-1], Produced)


async def test_an_engine_that_does_not_start_is_an_engine_error(tmp_path: Path) -> None:
    spec = EngineSpec(name="scripted", entry="imagined.testing.engines:NoSuchEngine")
    pool = ProcessPool(EngineRegistry([spec]), processes=1)
    try:
        with pytest.raises(EngineLostError, match="did not start"):
            await collect(pool, image(tmp_path, "draw"))
    finally:
        await pool.stop()


async def test_stop_ends_a_running_task_and_leaves_no_process(pool: ProcessPool, tmp_path: Path) -> None:
    events = pool.run("scripted", "generate_image", image(tmp_path, "stubborn 3600"))
    await anext(events)
    pids = pool.pids("scripted")
    await pool.stop()
    with pytest.raises(EngineLostError):
        async for _ in events:
            pass
    assert not any(_exists(pid) for pid in pids)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
