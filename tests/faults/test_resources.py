"""No room, no right to write, no lock to be had: each a clear answer, and the server goes on."""

import contextlib
import json
import os
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
import xai_sdk

from imagined.cli.server_process import ServerProcess, ServerStartError
from tests.faults.clients import VIDEO, get, left_over, post
from tests.faults.test_kills import fsck
from tests.support.mounts import in_namespace, read_only, small_disk
from tests.support.scripted import scripted_server

FULL_WORDS = ("no room left", "is full", "disk is full")
PICTURE = {"prompt": "draw", "model": "grok-imagine-image", "storage_options": {"filename": "kept.jpg"}}
FILM = {"prompt": "draw", "model": VIDEO, "duration": 1, "storage_options": {"filename": "kept.mp4"}}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    process = scripted_server(tmp_path, IMAGINED_ENGINES_PROCESSES="1", IMAGINED_LOG_FORMAT="json")
    yield process
    process.kill()


def asked(server: ServerProcess, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Status and answer."""
    try:
        return 200, json.loads(post(server.target.url + path, body))
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def picture(server: ServerProcess) -> tuple[int, dict[str, Any]]:
    return asked(server, "/v1/images/generations", PICTURE)


def film(server: ServerProcess) -> tuple[str, str]:
    """How a film ends: its state and, when there is none, the reason."""
    status, answer = asked(server, "/v1/videos/generations", FILM)
    if status != 200:
        return "refused", answer["error"]
    while True:
        state = json.loads(get(f"{server.target.url}/v1/videos/{answer['request_id']}"))
        if state["status"] != "pending":
            return state["status"], state.get("error", {}).get("message", "")
        time.sleep(0.05)


def uploaded(server: ServerProcess, size: int) -> str:
    """An upload by the SDK; the refusal's sentence, or nothing."""
    with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as client:
        try:
            client.files.upload(os.urandom(size), filename="upload.bin")
        except grpc.RpcError as error:
            return str(error.details())  # type: ignore[attr-defined]
    return ""


def answers(server: ServerProcess) -> bool:
    return get(f"{server.target.url}/healthz") != b"" and "data" in json.loads(get(f"{server.target.url}/v1/files"))


def test_a_full_disk(server: ServerProcess, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not in_namespace(request.node.nodeid):
        return
    with small_disk(server.data_dir, "24m"):
        server.start()
        assert picture(server)[0] == 200
        ballast = server.data_dir / "ballast"
        _fill(ballast)
        assert any(word in uploaded(server, 1 << 20) for word in FULL_WORDS)
        status, answer = picture(server)
        assert status == 500 and any(word in answer["error"] for word in FULL_WORDS), answer
        state, reason = film(server)
        assert state in ("failed", "refused") and any(word in reason for word in FULL_WORDS), reason
        assert answers(server)
        ballast.unlink()
        assert picture(server)[0] == 200 and film(server)[0] == "done" and uploaded(server, 1 << 20) == ""
        assert server.stop() == 0
        assert left_over(server.data_dir) == []
        fsck(server.data_dir)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def test_a_folder_that_may_only_be_read(server: ServerProcess, request: pytest.FixtureRequest) -> None:
    if not in_namespace(request.node.nodeid):
        return
    server.start()
    assert picture(server)[0] == 200
    with read_only(server.data_dir):
        assert "cannot be written" in uploaded(server, 1 << 20)
        status, answer = picture(server)
        assert status == 500 and "cannot be written" in answer["error"], answer
        state, reason = film(server)
        assert (state, "cannot be written" in reason) == ("failed", True), reason
        assert answers(server)
    assert picture(server)[0] == 200 and film(server)[0] == "done" and uploaded(server, 1 << 20) == ""
    assert server.stop() == 0
    fsck(server.data_dir)
    with read_only(server.data_dir), pytest.raises(ServerStartError):
        server.start()
    last = server.log.read_text().splitlines()[-1]
    assert last.startswith("imagined: Cannot use the data folder"), last


@contextlib.contextmanager
def locked(server: ServerProcess) -> Iterator[None]:
    """Another process has the database for itself."""
    with contextlib.closing(sqlite3.connect(server.data_dir / "imagined.db", isolation_level=None)) as intruder:
        intruder.execute("BEGIN EXCLUSIVE")
        yield
        intruder.execute("ROLLBACK")


def test_a_database_that_another_process_locks(server: ServerProcess) -> None:
    server.start()
    running: list[tuple[str, str]] = []
    slow = threading.Thread(target=lambda: running.append(film_of(server, "slow 1.0")))
    slow.start()
    _wait_for_progress(server)
    with locked(server):
        # Longer than anybody waits: refused with a sentence, while reading goes on.
        refusals: list[tuple[int, dict[str, Any]]] = []
        several = [threading.Thread(target=lambda: refusals.append(picture(server))) for _ in range(4)]
        for thread in several:
            thread.start()
        while any(thread.is_alive() for thread in several):
            assert answers(server)
            time.sleep(0.2)
        assert [status for status, _ in refusals] == [503] * 4
        assert all("locked by another process" in answer["error"] for _, answer in refusals), refusals
    # What was running when it was locked is not lost, and has its file.
    slow.join(60)
    assert running == [("done", "")]
    waiting: list[tuple[int, dict[str, Any]]] = []
    with locked(server):
        # Shorter: it only takes longer.
        patient = threading.Thread(target=lambda: waiting.append(picture(server)))
        patient.start()
        time.sleep(0.5)
        assert not waiting
    patient.join(60)
    assert [status for status, _ in waiting] == [200]
    assert server.stop() == 0
    with contextlib.closing(sqlite3.connect(server.data_dir / "imagined.db")) as rows:
        assert rows.execute("SELECT state, count(*) FROM requests GROUP BY state").fetchall() == [("done", 2)]
        assert rows.execute("SELECT count(*) FROM files").fetchone() == (2,)


def film_of(server: ServerProcess, prompt: str) -> tuple[str, str]:
    name = asked(server, "/v1/videos/generations", FILM | {"prompt": prompt})[1]["request_id"]
    while (state := json.loads(get(f"{server.target.url}/v1/videos/{name}")))["status"] == "pending":
        time.sleep(0.05)
    return state["status"], "" if "file_output" in state["video"] else "no file"


def _wait_for_progress(server: ServerProcess) -> None:
    with contextlib.closing(sqlite3.connect(f"file:{server.data_dir / 'imagined.db'}?mode=ro", uri=True)) as rows:
        while not rows.execute("SELECT count(*) FROM requests WHERE progress > 5").fetchone()[0]:
            time.sleep(0.01)
