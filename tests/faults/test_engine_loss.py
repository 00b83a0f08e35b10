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


@pytest.mark.parametrize("prompt", ["crash", "hang", "garbage", "eat"])
async def test_a_poisonous_request_fails_after_three_attempts(server: Server, prompt: str) -> None:
    request_id = await server.image(prompt)
    neighbour = await server.image("draw")
    view = await server.ended(request_id)
    assert view.state == "failed" and view.outputs == ()
    assert view.error is not None and view.error.code == "internal_error" and view.error.message
    assert await server.attempts(request_id) == 3
    assert (await server.ended(neighbour)).state == "done"
    assert (await server.ended(await server.image("draw"))).state == "done"


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


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
