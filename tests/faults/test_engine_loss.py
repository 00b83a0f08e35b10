"""Engine processes that die, hang and speak nonsense, under a real pool, a real database and real blobs."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imagined.contract.files import StorageOptions
from imagined.contract.requests import MediaSource, VideoRequest
from imagined.engines.process import ProcessSettings
from imagined.engines.registry import EngineRegistry
from imagined.engines.supervisor import ProcessPool
from tests.faults.parts import CALLER, Server


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path)
    await server.start()
    yield server
    await server.stop()


async def test_the_loop_runs_on_real_parts(server: Server) -> None:
    kept = StorageOptions(filename="city.jpg", public_url=True)
    city = (await server.ended(await server.image("a city", storage=kept))).outputs[0].file_output
    assert city is not None and city.public_url is not None
    edit = await server.ended(await server.image("neon", image=MediaSource(url=city.public_url), storage=kept))
    output = edit.outputs[0].file_output
    assert output is not None
    request = VideoRequest(operation="generate_video", image=MediaSource(file_id=output.file_id), duration=5)
    view = await server.ended(await server.service.start_video(CALLER, request))
    assert view.state == "done" and view.outputs[0].duration_s == 5


async def test_an_engine_killed_in_the_middle_costs_one_attempt(server: Server) -> None:
    request_id = await server.image("slow 1.0")
    while (await server.service.get(CALLER, request_id)).progress < 10:
        await asyncio.sleep(0.01)
    for pid in server.pool.pids("illustrator"):
        os.kill(pid, signal.SIGKILL)
    view = await server.ended(request_id)
    assert view.state == "done" and len(view.outputs) == 1
    assert await server.attempts(request_id) == 2


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [
        ("crash", "died"),
        ("hang", "longest silence"),
        ("garbage", "died"),
        ("eat", "memory"),
        ("breed", "memory limit"),
        ("flood", "more than any task"),
        ("many", "more than any task"),
        ("fill", "larger than this server allows"),
    ],
)
async def test_a_poisonous_request_fails_after_three_attempts(server: Server, prompt: str, reason: str) -> None:
    request_id = await server.image(prompt)
    neighbour = await server.image("draw")
    view = await server.ended(request_id)
    assert view.state == "failed" and view.outputs == ()
    assert view.error is not None and view.error.code == "internal_error"
    assert reason in view.error.message
    assert await server.attempts(request_id) == 3
    assert (await server.ended(neighbour)).state == "done"
    assert (await server.ended(await server.image("draw"))).state == "done"


async def test_what_an_engine_started_ends_with_it(server: Server, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    view = await server.ended(await server.image(f"fork {pids}"))
    assert view.state == "failed"
    children = [int(line) for line in pids.read_text().split()]
    # In sessions of their own, orphans since the engine died: each was found before the next attempt began.
    assert len(children) == 3 and not any(map(_runs, children))


async def test_an_engine_that_talks_does_not_fill_the_log(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    assert (await server.ended(await server.image("talk"))).state == "done"
    out, error = capfd.readouterr()
    assert 0 < (out + error).count("so much to say") < 1_000


async def test_a_film_that_is_longer_than_it_says_is_no_result(server: Server) -> None:
    view = await server.ended(
        await server.service.start_video(CALLER, VideoRequest(operation="generate_video", prompt="boast 7", duration=2))
    )
    assert view.state == "failed" and view.error is not None
    assert view.error.message == "The engine returned an unusable result."


async def test_many_requests_under_random_kills_each_end_once(server: Server) -> None:
    ids = [await server.image(f"slow 0.1 {number}") for number in range(20)]

    async def kill_some() -> None:
        for _ in range(6):
            await asyncio.sleep(0.15)
            for pid in server.pool.pids("illustrator")[:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    killer = asyncio.create_task(kill_some())
    views = [await server.ended(request_id) for request_id in ids]
    await killer
    for view in views:
        assert view.state in ("done", "failed")
        assert len(view.outputs) == (1 if view.state == "done" else 0)
    assert sum(view.state == "done" for view in views) >= 15


async def test_a_restarted_server_finishes_what_was_accepted(tmp_path: Path) -> None:
    first = Server(tmp_path)
    await first.start()
    running, queued = await first.image("slow 60"), [await first.image("draw") for _ in range(3)]
    while (await first.service.get(CALLER, running)).state != "running":
        await asyncio.sleep(0.01)
    # Not stopped as a server stops: its loops are cut off, and its claims stay in the table.
    for task in (first.runner._claiming, *first.runner._keeping, *first.runner._running):
        assert task is not None
        task.cancel()
    await first.pool.stop()
    await first.database.close()
    second = Server(tmp_path)
    await second.start()
    try:
        assert all([(await second.ended(request_id)).state == "done" for request_id in queued])
        assert (await second.service.get(CALLER, running)).state in ("queued", "running")
    finally:
        await second.stop()


LONELY = """
import asyncio, sys, time
from pathlib import Path
from imagined.contract.tasks import ImageTask
from imagined.engines.process import ProcessSettings
from imagined.engines.registry import EngineRegistry, EngineSpec
from imagined.engines.supervisor import ProcessPool

async def main():
    spec = EngineSpec(name="scripted", entry="imagined.testing.engines:ScriptedEngine")
    pool = ProcessPool(EngineRegistry([spec]), ProcessSettings(nice=0), 1)
    task = ImageTask(model="m", prompt="stubborn", seed=1, workdir=sys.argv[1])
    events = pool.run("scripted", "generate_image", task)
    await anext(events)
    print("child", pool.pids("scripted")[0], flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_engine_processes_die_with_their_server(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", LONELY, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        child = next(int(line.split()[1]) for line in parent.stdout if line.startswith("child "))
    parent.kill()
    parent.wait()
    for _ in range(500):
        if not _runs(child):
            return
        time.sleep(0.01)
    raise AssertionError("the engine process outlived its server")


def test_what_a_killed_server_left_behind_ends_with_its_next_start(tmp_path: Path) -> None:
    """The engine dies with its server; a child it put into a session of its own does not."""
    left = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"],
        start_new_session=True,
        env={**os.environ, "IMAGINED_ENGINE": "somebody.1"},
    )
    other = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], env={**os.environ, "IMAGINED_ENGINE": "somebodyelse.1"}
    )
    pool = ProcessPool(EngineRegistry([]), ProcessSettings(owner="somebody"))
    try:
        asyncio.run(pool.start(wait=True))
        assert left.wait(10) == -signal.SIGKILL
        assert other.poll() is None
    finally:
        for process in (left, other):
            process.kill()
            process.wait()


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
