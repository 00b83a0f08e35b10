"""Accepting requests, from the row's commit up to real clients, and how soon an engine has what was committed.

Every accepted request is durable: SQLite with synchronous=FULL on the disk of the temporary folder. Clients and server
share the machine's cores. Absolute numbers hold for the machine and its load above; rates are of one run.
"""

import asyncio
import json
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import grpc
import structlog
from tests.faults.parts import CALLER, Server, assemble
from tests.support.scripted import scripted_server
from xai_sdk.proto import video_pb2, video_pb2_grpc

from imagined.contract.requests import VideoRequest
from imagined.imagine.ports import EnginePool
from imagined.jobs.gauge import QueueLimits
from imagined.jobs.ports import NewRequest
from imagined.storage.blobs.local import LocalBlobs
from imagined.storage.database.migrations import migrate
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.system import SystemClock, SystemIds
from imagined.testing.engines import ScriptedEngine
from imagined.testing.pool import InProcessPool

CALLS, CONNECTIONS = 10_000, 64
MIDDLE = 6
"""Callers that keep a server busy and do not yet queue up before it."""
CLIENTS = 2
"""Client processes of a real server."""
PROMPT = "slow 3600"
"""Work for an engine that outlasts the measurement: the queue only grows."""
FILM = {"prompt": PROMPT, "model": "grok-imagine-video", "duration": 5, "resolution": "480p"}


async def together(call: Callable[[], Awaitable[Any]], count: int, callers: int) -> tuple[float, list[float]]:
    """Calls a second, and the seconds each took, by some callers that each wait for their answer."""
    times: list[float] = []
    left = iter(range(count))

    async def caller() -> None:
        for _ in left:
            started = time.perf_counter()
            await call()
            times.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    return count / (time.perf_counter() - started), times


def row(name: str, callers: int, rate: float, times: list[float], cpu_s: float, base: float) -> None:
    cuts = statistics.quantiles(times, n=100)
    ratio = f"{rate / base:.2f}" if base else "1"
    spent = cpu_s / len(times) * 1e6
    print(
        f"| {name} | {callers} | {rate:,.0f} | {cuts[49] * 1e3:.2f} | {cuts[98] * 1e3:.2f} | {spent:.0f} | {ratio} |",
        flush=True,
    )


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used, which depends less than a clock on who else uses the machine."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def in_process(folder: Path) -> float:
    """The table's first rows; the rate of bare commits."""
    migrate(folder / "imagined.db")
    database = SqliteDatabase(folder / "imagined.db")
    store, ids, clock = SqlRequestStore(database), SystemIds(), SystemClock()
    pool: EnginePool = InProcessPool(ScriptedEngine())
    endless, blobs = QueueLimits(per_team=0, per_engine=0), LocalBlobs(folder / "blobs")
    service = assemble(database, blobs, pool, clock, ids, folder / "work", queue=endless).service
    request = VideoRequest(operation="generate_video", prompt=PROMPT, duration=5)

    async def accept() -> None:
        await store.accept(_new(ids.uuid(), clock.now()))

    async def start() -> None:
        await service.start_video(CALLER, request)

    await together(start, 500, CONNECTIONS)
    base = 0.0
    for name, call in (("`RequestStore.accept`", accept), ("`ImagineService.start_video`", start)):
        for callers in (1, CONNECTIONS):
            spent = cpu_seconds(os.getpid())
            rate, times = await together(call, CALLS if callers > 1 else CALLS // 10, callers)
            spent = cpu_seconds(os.getpid()) - spent
            base = base or (rate if callers > 1 else 0.0)
            row(name, callers, rate, times, spent, base)
    await database.close()
    return base


def _new(request_id: str, now: float) -> NewRequest:
    return NewRequest(
        id=request_id,
        team_id="team",
        key_id="key",
        operation="generate_video",
        model="grok-imagine-video",
        engine="illustrator",
        payload=json.dumps(FILM).encode(),
        request_hash="0" * 64,
        seed=1,
        created_at=now,
        cost=5.0,
    )


def by_network(folder: Path, base: float) -> None:
    """A real server, and clients in processes of their own."""
    quiet = {"IMAGINED_LOG_LEVEL": "warning", "IMAGINED_LOG_ACCESS": "false"}
    endless = {"IMAGINED_LIMITS_QUEUED_PER_TEAM": "0", "IMAGINED_LIMITS_QUEUED_PER_ENGINE": "0"}
    server = scripted_server(folder, IMAGINED_ENGINES_PROCESSES="1", **quiet, **endless)
    server.start()
    address = server.target.grpc.removeprefix("http://")
    try:
        for name, client, target in (
            ("gRPC `GenerateVideo`", _grpc_client, address),
            ("`POST /v1/videos/generations`", _http_client, server.target.url),
        ):
            _client(client, target, 200, CONNECTIONS)
            for callers in (CLIENTS, MIDDLE, CONNECTIONS):
                arguments = [(client, target, CALLS // CLIENTS // (1 if callers > CLIENTS else 5), callers // CLIENTS)]
                with multiprocessing.get_context("spawn").Pool(CLIENTS) as clients:
                    clients.starmap(_client, [(client, target, 20, 1)] * CLIENTS)
                    spent = cpu_seconds(server.pid)
                    measured = clients.starmap(_client, arguments * CLIENTS)
                    spent = cpu_seconds(server.pid) - spent
                times = [seconds for _, several in measured for seconds in several]
                row(name, callers, sum(rate for rate, _ in measured), times, spent, base)
    finally:
        server.kill()


def _client(run: Callable[..., Any], target: str, count: int, callers: int) -> tuple[float, list[float]]:
    return asyncio.run(run(target, count, callers))


async def _grpc_client(target: str, count: int, callers: int) -> tuple[float, list[float]]:
    metadata = (("authorization", "Bearer xai-bench"),)
    async with grpc.aio.insecure_channel(target) as channel:
        stub = video_pb2_grpc.VideoStub(channel)
        request = video_pb2.GenerateVideoRequest(prompt=PROMPT, model="grok-imagine-video", duration=5)
        return await together(lambda: stub.GenerateVideo(request, metadata=metadata), count, callers)


async def _http_client(target: str, count: int, callers: int) -> tuple[float, list[float]]:
    host, _, port = target.removeprefix("http://").partition(":")
    body = json.dumps(FILM).encode()
    head = f"POST /v1/videos/generations HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer xai-bench\r\n"
    message = f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body
    idle = [await asyncio.open_connection(host, int(port)) for _ in range(callers)]

    async def call() -> None:
        reader, writer = connection = idle.pop()
        writer.write(message)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer
        length = next(line for line in answer.lower().splitlines() if line.startswith(b"content-length"))
        await reader.readexactly(int(length.partition(b":")[2]))
        idle.append(connection)

    measured = await together(call, count, callers)
    for _, writer in idle:
        writer.close()
    return measured


async def claim_to_start(folder: Path) -> list[float]:
    """Seconds from the row's commit until the engine's process has said that it has the task."""
    server = Server(folder, processes=1)
    await server.start()
    begun: list[float] = []
    run = server.pool.run

    async def timed(*arguments: Any) -> Any:
        async for event in run(*arguments):
            if not begun:
                begun.append(time.perf_counter())
            yield event

    times = []
    server.pool.run = timed  # type: ignore[method-assign]
    for number in range(300):
        # Never in step with the worker's own look around, once a second.
        await asyncio.sleep(0.01 + number % 7 / 1000)
        begun.clear()
        request_id = await server.image("draw")
        committed = time.perf_counter()
        await server.ended(request_id)
        times.append(begun[0] - committed)
    await server.stop()
    return times


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    print("| accepting | callers | requests/s | p50 ms | p99 ms | CPU of the server, µs each | rate to bare |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        base = asyncio.run(in_process(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        by_network(Path(folder), base)
    with tempfile.TemporaryDirectory() as folder:
        cuts = statistics.quantiles(asyncio.run(claim_to_start(Path(folder))), n=100)
    print("\n| | p50 ms | p99 ms |\n|---|---|---|")
    print(f"| from the commit to the engine's process | {cuts[49] * 1e3:.2f} | {cuts[98] * 1e3:.2f} |")
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
