"""The main job's times: ready, a 1k picture, its edit, a 5 s video, and how other calls fare while it renders.

All in one run: quote ratios of the second table, and absolute times only together with the machine.
"""

import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xai_sdk
from xai_sdk.proto import deferred_pb2

from imagined.cli.server_process import ServerProcess

IMAGE, VIDEO = "grok-imagine-image-quality", "grok-imagine-video"
CITY, NEON = "A futuristic city skyline at night", "Add neon signs to the buildings"
PULL_BACK = "A camera pulls back through the city"


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _quantiles(samples: list[float]) -> str:
    cuts = statistics.quantiles(samples, n=100)
    return f"{cuts[49] * 1e3:6.1f} {cuts[98] * 1e3:6.1f}"


class _Probe:
    """Calls that a server should answer at once, repeated until told to stop."""

    def __init__(self, server: ServerProcess, client: xai_sdk.Client, file_id: str, request_id: str) -> None:
        self._calls: dict[str, Callable[[], Any]] = {
            "GET /healthz": lambda: urllib.request.urlopen(f"{server.target.url}/healthz").read(),
            "GET /v1/files": lambda: urllib.request.urlopen(f"{server.target.url}/v1/files?limit=20").read(),
            "GET /v1/videos/{id}": lambda: urllib.request.urlopen(f"{server.target.url}/v1/videos/{request_id}").read(),
            "gRPC RetrieveFile": lambda: client.files.get(file_id),
            "gRPC GetDeferredVideo": lambda: client.video.get(request_id),
            "gRPC upload of 64 KiB": lambda: client.files.upload(bytes(65_536), filename="probe.bin"),
        }
        self._stop = threading.Event()

    def names(self) -> list[str]:
        return list(self._calls)

    def run(self, seconds: float | None = None) -> dict[str, list[float]]:
        """Go through the calls in turn, ten times a second each; until `stop` when no time is given."""
        samples: dict[str, list[float]] = {name: [] for name in self._calls}
        end = None if seconds is None else time.perf_counter() + seconds
        while not self._stop.is_set() and (end is None or time.perf_counter() < end):
            for name, call in self._calls.items():
                samples[name].append(_timed(call)[0])
                time.sleep(0.1 / len(self._calls))
        return samples

    def stop(self) -> None:
        self._stop.set()


def run() -> None:
    """Print the two tables."""
    with tempfile.TemporaryDirectory() as folder:
        server = ServerProcess(Path(folder) / "data", Path(folder) / "server.log")
        first, _ = _timed(server.start)
        server.stop()
        ready, _ = _timed(server.start)
        try:
            _measure(server, first, ready)
        finally:
            server.stop()


def _film(client: xai_sdk.Client, file_id: str) -> str:
    """Make the film and return its request's id."""
    request_id = str(client.video.start(PULL_BACK, VIDEO, duration=5, image_file_id=file_id).request_id)
    _wait(client, request_id)
    return request_id


def _wait(client: xai_sdk.Client, request_id: str) -> None:
    while client.video.get(request_id).status == deferred_pb2.DeferredStatus.PENDING:
        time.sleep(0.2)


def _measure(server: ServerProcess, first: float, ready: float) -> None:
    with xai_sdk.Client(api_key="xai-bench", api_host=server.target.grpc) as client:
        stored = {"filename": "city.jpg"}
        cold, city = _timed(lambda: client.image.sample(CITY, IMAGE, storage_options=stored))
        warm, _ = _timed(lambda: client.image.sample(CITY, IMAGE))
        city_id = city.file_output.file_id
        edited, neon = _timed(lambda: client.image.sample(NEON, IMAGE, image_file_id=city_id, storage_options=stored))
        neon_id = neon.file_output.file_id
        video, started = _timed(lambda: _film(client, neon_id))
        # Once more under the probe, which takes processor time of its own: the first gives the film's time.
        probed = client.video.start(PULL_BACK, VIDEO, duration=5, image_file_id=neon_id).request_id
        probe = _Probe(server, client, city_id, probed)
        loaded: dict[str, list[float]] = {}
        thread = threading.Thread(target=lambda: loaded.update(probe.run()))
        thread.start()
        _wait(client, probed)
        probe.stop()
        thread.join()
        idle = _Probe(server, client, city_id, started).run(5.0)

    print("| step | s |\n|---|---|")
    for name, seconds in (
        ("ready, on an empty folder", first),
        ("ready, again", ready),
        ("1k picture, right after the start", cold),
        ("1k picture, warm", warm),
        ("its edit", edited),
        ("5 s of 480p video from it", video),
    ):
        print(f"| {name} | {seconds:.2f} |")
    print("\n| call | idle p50, p99 ms | while it renders p50, p99 ms | samples |\n|---|---|---|---|")
    for name in probe.names():
        print(f"| {name} | {_quantiles(idle[name])} | {_quantiles(loaded[name])} | {len(loaded[name])} |")
    sys.stdout.flush()


if __name__ == "__main__":
    run()
