"""A day of a server in minutes: its clock is moved, people do with it what they do, and nothing may pile up."""

import contextlib
import json
import os
import random
import signal
import socket
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import grpc
import pytest
import xai_sdk
from xai_sdk.proto import image_pb2, image_pb2_grpc

from imagined.cli.server_process import ServerProcess
from imagined.testing.environment import FileClock
from tests.faults.clients import IMAGE, VIDEO, get, left_over, path_of, post
from tests.faults.extent import FULL, SEED
from tests.faults.test_kills import fsck
from tests.support.processes import family
from tests.support.scripted import scripted_server

HOURS, AN_HOUR = (24, 240) if FULL else (3, 60)
"""Hours of the server's time after the first one, and calls in each."""
WARM_UP = 3 if FULL else 1
START = 1_796_083_200.0
MEBIBYTE = 1024 * 1024
GROWTH = (32 if FULL else 16) * MEBIBYTE
"""What memory may gain after the warm-up: the allocator's and SQLite's caches, not something for each call."""


@dataclass
class Usage:
    """What a server takes from its machine."""

    memory: int
    descriptors: int
    threads: int
    tasks: int
    processes: int
    temporary: int


class Day:
    """A server, its clock, and the people."""

    def __init__(self, server: ServerProcess, clock: FileClock, tasks_file: Path) -> None:
        self.server = server
        self._clock = clock
        self._tasks_file = tasks_file
        self._dice = random.Random(SEED)
        self._shared: list[tuple[str, str]] = []
        self.done: Counter[str] = Counter()

    def hour(self) -> None:
        """Some of everything, in any order, eight at a time; then an hour passes."""
        acts = {
            **{self.picture: 30, self.film: 15, self.leave_by_http: 10, self.leave_by_grpc: 10, self.upload: 15},
            **{self.publish: 10, self.cancel: 10, self.watch: 10, self.repeat: 5, self.poison: 3},
        }
        chosen = self._dice.choices([*acts], [*acts.values()], k=AN_HOUR)
        with ThreadPoolExecutor(8) as people:
            for act in [people.submit(self._note, act) for act in chosen]:
                act.result()
        self._until_idle()
        self._clock.set(self._clock.now() + 3600)

    def measured(self) -> Usage:
        """After a burst, so that every engine and every thread there may be is there, and a moment of quiet."""
        with ThreadPoolExecutor(24) as people:
            for act in [people.submit(self.picture) for _ in range(72)]:
                act.result()
        self._until_idle()
        time.sleep(1.5)
        pid = self.server.pid
        self._tasks_file.unlink(missing_ok=True)
        os.kill(pid, signal.SIGUSR1)
        while not self._tasks_file.exists():
            get(f"{self.server.target.url}/healthz")
        status = dict(
            line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
        )
        return Usage(
            memory=int(status["VmRSS"].split()[0]) * 1024,
            descriptors=len(os.listdir(f"/proc/{pid}/fd")),
            threads=int(status["Threads"]),
            tasks=int(self._tasks_file.read_text()),
            processes=len(family(pid)),
            temporary=len(left_over(self.server.data_dir)),
        )

    def _note(self, act: Callable[[], None]) -> None:
        act()
        self.done[act.__name__] += 1

    def picture(self) -> None:
        n = self._dice.choice((1, 3))
        kept = (
            {"filename": "kept.jpg", "expires_after": 7200, "public_url": True} if self._dice.random() < 0.5 else None
        )
        body: dict[str, Any] = {"prompt": "heavy 1", "model": IMAGE, "n": n}
        answer = self._post("/v1/images/generations", body | ({"storage_options": kept} if kept else {}))
        assert len(answer["data"]) == n
        for one in answer["data"]:
            assert get(self.server.target.url + path_of(one["url"]))

    def film(self) -> None:
        name = self._post("/v1/videos/generations", {"prompt": "slow 0.1", "model": VIDEO, "duration": 1})["request_id"]
        while self._get(f"/v1/videos/{name}")["status"] == "pending":
            time.sleep(0.05)

    def leave_by_http(self) -> None:
        """A client that closes its connection in the middle of a synchronous call."""
        place = urlsplit(self.server.target.url)
        body = json.dumps({"prompt": "slow 0.4", "model": IMAGE}).encode()
        head = f"POST /v1/images/generations HTTP/1.1\r\nhost: {place.netloc}\r\nauthorization: Bearer x\r\n"
        with socket.create_connection((place.hostname or "", place.port or 0)) as connection:
            connection.sendall(f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode())
            connection.sendall(body)
            time.sleep(0.1)

    def leave_by_grpc(self) -> None:
        with grpc.insecure_channel(self.server.target.grpc) as channel:
            stub = image_pb2_grpc.ImageStub(channel)
            with pytest.raises(grpc.RpcError):
                stub.GenerateImage(image_pb2.GenerateImageRequest(prompt="slow 0.4", model=IMAGE), timeout=0.1)

    def cancel(self) -> None:
        name = self._post("/v1/videos/generations", {"prompt": "slow 30", "model": VIDEO})["request_id"]
        assert self._post(f"/x/requests/{name}:cancel", {})["status"] == "cancelled"

    def watch(self) -> None:
        """The events of a request: to their end, or left in the middle."""
        name = self._post("/v1/videos/generations", {"prompt": "show 0.3", "model": VIDEO})["request_id"]
        stays = self._dice.random() < 0.5
        with urllib.request.urlopen(f"{self.server.target.url}/x/requests/{name}/events", timeout=60) as stream:
            lines = list(stream) if stays else [stream.readline(), stream.readline()]
        assert (b"event: done\n" in lines) == stays

    def repeat(self) -> None:
        """One call twice at once, by a key: one request, one answer."""
        key = {"Idempotency-Key": os.urandom(8).hex(), "content-type": "application/json"}
        body = json.dumps({"prompt": "slow 0.1", "model": IMAGE, "response_format": "b64_json"}).encode()

        def send(_: int) -> bytes:
            url = f"{self.server.target.url}/v1/images/generations"
            with urllib.request.urlopen(urllib.request.Request(url, body, key), timeout=60) as answer:
                return bytes(answer.read())

        with ThreadPoolExecutor(2) as both:
            first, second = both.map(send, range(2))
        assert first == second

    def count(self, state: str) -> int:
        """Requests that ended so."""
        number, token = 0, ""
        while True:
            page = self._get(f"/x/requests?limit=1000&status={state}{token}")
            number += len(page["data"])
            if page["pagination_token"] is None:
                return number
            token = f"&pagination_token={page['pagination_token']}"

    def upload(self) -> None:
        with self._client() as client:
            file = client.files.upload(os.urandom(200_000), filename="note.bin", expires_after=3600)
            assert len(client.files.content(file.id)) == 200_000

    def publish(self) -> None:
        with self._client() as client:
            picture = client.image.sample("draw", IMAGE, storage_options={"filename": "shared.jpg"})
            shared = client.files.create_public_url(picture.file_output.file_id)
            assert get(shared.public_url)
            client.files.revoke_public_url(picture.file_output.file_id)
            client.files.delete(picture.file_output.file_id)

    def poison(self) -> None:
        """An engine that dies of it, three times."""
        with pytest.raises(urllib.error.HTTPError) as refused:
            self._post("/v1/images/generations", {"prompt": self._dice.choice(("crash", "garbage")), "model": IMAGE})
        refused.value.close()

    def _until_idle(self) -> None:
        while any((self.server.data_dir / "work").iterdir()):
            time.sleep(0.05)

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return json.loads(post(self.server.target.url + path, body))  # type: ignore[no-any-return]

    def _get(self, path: str) -> dict[str, Any]:
        return json.loads(get(self.server.target.url + path))  # type: ignore[no-any-return]

    def _client(self) -> xai_sdk.Client:
        return xai_sdk.Client(api_key="xai-test", api_host=self.server.target.grpc)


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    clock = FileClock(tmp_path / "clock")
    clock.set(START)
    settings = {
        "CLOCK_FILE": str(tmp_path / "clock"),
        "TASKS_FILE": str(tmp_path / "tasks"),
        "IMAGINED_ENGINES_PROCESSES": "3",
        "IMAGINED_RETENTION_SWEEP_SECONDS": "0.5",
        "IMAGINED_RETENTION_EPHEMERAL_SECONDS": "10800",
    }
    server = scripted_server(tmp_path, **settings)
    server.start()
    yield Day(server, clock, tmp_path / "tasks")
    server.kill()


def test_a_day_leaves_nothing_behind(day: Day) -> None:
    for _ in range(WARM_UP):
        day.hour()
    before = day.measured()
    for _ in range(HOURS):
        day.hour()
    after = day.measured()
    told = f"IMAGINED_FAULTS_SEED={SEED}: {dict(day.done)}\nbefore {before}\nafter  {after}"
    print(told)
    left = day.done["leave_by_http"] + day.done["leave_by_grpc"]
    # Some may have left just when their picture was there.
    assert day.count("cancelled") >= day.done["cancel"] + left // 2 > 0, told
    assert after.memory < before.memory + GROWTH, told
    assert after.temporary == 0, told
    # Threads that read the database begin when they are needed, four in all, each with a connection of three files.
    begun = max(0, after.threads - before.threads)
    assert begun <= 4, told
    assert after.descriptors <= before.descriptors + 1 + 3 * begun, told
    # Fewer is no leak: what the warm-up had open may be closed by now.
    assert after.tasks <= before.tasks + 1 and after.processes <= before.processes, told
    _all_expires(day)


def _all_expires(day: Day) -> None:
    """Half a day later every result and every file with a lifetime is over, and so are their bytes."""
    day._clock.set(day._clock.now() + 43_200)
    blobs = day.server.data_dir / "blobs" / "sha256"
    end = time.monotonic() + 30
    while (left := [path for path in blobs.rglob("*") if path.is_file()]) and time.monotonic() < end:
        time.sleep(0.2)
    assert left == []
    assert day.server.stop() == 0
    with contextlib.suppress(FileNotFoundError):
        assert left_over(day.server.data_dir) == []
    fsck(day.server.data_dir)
