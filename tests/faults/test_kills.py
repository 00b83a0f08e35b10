"""A real server and real clients, while `kill -9` strikes the server and its engine processes at random."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from imagined.cli.server_process import ServerProcess
from imagined.storage.database.receipts import unpacked
from tests.faults.clients import Clients, Promise, digest, get, left_over, path_of, post
from tests.faults.extent import FULL, SEED
from tests.support.processes import family
from tests.support.scripted import scripted_server

REQUESTS, KILLS = (200, 30) if FULL else (40, 6)
GIVEN_UP = ("given up after", "The engine process died", "past the longest silence")
"""How a request ends whose every attempt was killed."""
SETTINGS = {
    "IMAGINED_ENGINES_PROCESSES": "3",
    "IMAGINED_RETENTION_SWEEP_SECONDS": "0.5",
    "IMAGINED_LOG_LEVEL": "info",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    process = scripted_server(tmp_path, **SETTINGS)
    process.start()
    yield process
    process.kill()


def test_every_accepted_request_ends_once_under_random_kills(server: ServerProcess) -> None:
    dice = random.Random(SEED)
    clients = Clients(server, REQUESTS, SEED)
    threads = clients.start()
    kills = Counter(_strike(server, dice, clients, number) for number in range(KILLS))
    for thread in threads:
        thread.join(300)
        assert not thread.is_alive(), "a client waits for ever"
    told = f"IMAGINED_FAULTS_SEED={SEED}: {dict(kills)}, {clients.cut_off} calls cut off, {len(clients.refused)} failed"
    print(told)
    assert [refusal for refusal in clients.refused if not any(reason in refusal for reason in GIVEN_UP)] == [], told
    ended = [_ended(server, promise) for promise in clients.promises]
    assert len(ended) >= REQUESTS and {promise.state for promise in ended} <= {"done", "failed"}, told
    assert sum(promise.state == "done" for promise in ended) > REQUESTS * 0.8, told
    sums = [_downloaded(server, promise) for promise in ended if promise.state == "done"]
    _let_sweep(server)
    assert server.stop() == 0
    _examine_rows(server.data_dir, ended, sums, told)
    assert left_over(server.data_dir) == []
    fsck(server.data_dir)


def _strike(server: ServerProcess, dice: random.Random, clients: Clients, number: int) -> str:
    """Wait until a part of the requests was accepted, then kill somebody."""
    due, patience = number * REQUESTS // (KILLS + 1), time.monotonic() + 60
    while clients.progress < due and time.monotonic() < patience:
        time.sleep(0.01)
    time.sleep(dice.uniform(0.0, 0.3))
    engines = family(server.pid)[1:]
    if engines and dice.random() < 0.5:
        for pid in dice.sample(engines, dice.randint(1, len(engines))):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return "engines"
    server.kill()
    server.start()
    return "server"


def _ended(server: ServerProcess, promise: Promise) -> Promise:
    """What became of it; an id that is not known any more is a lost request."""
    while promise.request_id and promise.state in ("", "pending"):
        answer = json.loads(get(f"{server.target.url}/v1/videos/{promise.request_id}"))
        promise.state = answer["status"]
        if promise.state == "done":
            promise.urls = [path_of(answer["video"]["url"])]
            if promise.stored:
                promise.file_ids = [answer["video"]["file_output"]["file_id"]]
                promise.public = [path_of(answer["video"]["file_output"]["public_url"])]
        elif promise.state == "pending":
            time.sleep(0.05)
    return promise


def _downloaded(server: ServerProcess, promise: Promise) -> list[str]:
    """Digests of the results, by every way there is to them."""
    url = server.target.url
    sums = [digest(get(url + path)) for path in promise.urls]
    assert len(sums) == promise.n
    if promise.stored:
        assert [digest(get(f"{url}/v1/files/{name}/content")) for name in promise.file_ids] == sums
        assert [digest(get(url + path)) for path in promise.public] in (sums, [])
    return sums


def _let_sweep(server: ServerProcess) -> None:
    """Until bytes that lost their row to a kill are gone: the sweeper comes every half second."""
    fresh = json.loads(
        post(f"{server.target.url}/v1/images/generations", {"prompt": "draw", "model": "grok-imagine-image"})
    )
    assert fresh["data"]
    started = time.monotonic()
    while time.monotonic() < started + 20 and _orphans(server.data_dir):
        time.sleep(0.2)


def _orphans(folder: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(f"file:{folder / 'imagined.db'}?mode=ro", uri=True)) as rows:
        named = {name for (name,) in rows.execute("SELECT sha256 FROM outputs UNION SELECT sha256 FROM files")}
    return {path.name for path in (folder / "blobs" / "sha256").rglob("*") if path.is_file()} - named


def _attempt_of(receipt: bytes | None) -> int | None:
    return None if receipt is None else int(json.loads(unpacked(receipt))["attempt"])


def _examine_rows(folder: Path, ended: list[Promise], sums: list[list[str]], told: str) -> None:
    with contextlib.closing(sqlite3.connect(folder / "imagined.db")) as rows:
        states = dict(rows.execute("SELECT state, count(*) FROM requests GROUP BY state"))
        assert set(states) <= {"done", "failed"}, (states, told)
        rows.create_function("attempt_of", 1, _attempt_of)
        uneven = rows.execute(
            "SELECT r.id, coalesce(json_extract(CAST(r.payload AS TEXT), '$.n'), 1) AS n, count(o.token) AS made, "
            "count(DISTINCT attempt_of(t.body)) AS attempts FROM requests r LEFT JOIN outputs o ON o.request_id = r.id "
            "LEFT JOIN receipts t ON t.request_id = o.request_id AND t.position = o.position GROUP BY r.id "
            "HAVING made != CASE r.state WHEN 'done' THEN n ELSE 0 END OR attempts > 1"
        ).fetchall()
        assert uneven == [], told
        kept = rows.execute(
            "SELECT total(coalesce(json_extract(CAST(payload AS TEXT), '$.n'), 1)) FROM requests "
            "WHERE state = 'done' AND json_extract(CAST(payload AS TEXT), '$.storage') IS NOT NULL"
        ).fetchone()
        assert rows.execute("SELECT total(1) FROM files").fetchone() == kept, told
        assert rows.execute("SELECT max(attempt) <= 3 FROM requests").fetchone() == (1,), told
        known = {digest for (digest,) in rows.execute("SELECT sha256 FROM outputs")}
        assert {one for several in sums for one in several} <= known, told
        stored = {name for (name,) in rows.execute("SELECT id FROM files")}
        assert {name for promise in ended for name in promise.file_ids} <= stored, told
        billed = rows.execute("SELECT total(requests) FROM usage").fetchone()
        assert billed == (float(states["done"]),), told


def fsck(folder: Path) -> None:
    """`imagined fsck` finds nothing wrong, and reads every byte for it."""
    command = [sys.executable, "-m", "imagined", "fsck", "--data-dir", str(folder)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0 and "Sound." in checked.stdout, checked.stdout + checked.stderr


def test_a_server_stopped_past_its_leases_changes_nothing_twice(tmp_path: Path) -> None:
    """The whole process stands still, as a suspended machine does, and goes on where it was."""
    leases = {"IMAGINED_JOBS_LEASE_SECONDS": "1", "IMAGINED_JOBS_HEARTBEAT_SECONDS": "0.2"}
    with scripted_server_running(tmp_path, **SETTINGS, **leases) as server:
        started = [_start_video(server, f"slow {0.2 + number % 3 * 0.4} {number}") for number in range(12)]
        for _ in range(3 if FULL else 1):
            _wait_for_running(server.data_dir)
            os.kill(server.pid, signal.SIGSTOP)
            time.sleep(1.5)
            os.kill(server.pid, signal.SIGCONT)
        ended = [_ended(server, Promise(n=1, stored=False, request_id=name)) for name in started]
        assert {promise.state for promise in ended} == {"done"}
        sums = [_downloaded(server, promise) for promise in ended]
        assert server.stop() == 0
        _examine_rows(server.data_dir, ended, sums, "stopped past its leases")
        assert left_over(server.data_dir) == []
        fsck(server.data_dir)


@contextlib.contextmanager
def scripted_server_running(folder: Path, **settings: str) -> Iterator[ServerProcess]:
    server = scripted_server(folder, **settings)
    server.start()
    try:
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError, AssertionError):
            os.kill(server.pid, signal.SIGCONT)
        server.kill()


def _start_video(server: ServerProcess, prompt: str) -> str:
    body = {"prompt": prompt, "model": "grok-imagine-video", "duration": 1}
    return str(json.loads(post(f"{server.target.url}/v1/videos/generations", body))["request_id"])


def _wait_for_running(folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(f"file:{folder / 'imagined.db'}?mode=ro", uri=True)) as rows:
        while not rows.execute("SELECT count(*) FROM requests WHERE state = 'running'").fetchone()[0]:
            time.sleep(0.01)
