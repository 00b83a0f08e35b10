"""Keyed calls on a real server: over several connections, across kills and restarts, and after a day."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
import xai_sdk

from imagined.cli.server_process import ServerProcess
from imagined.testing.environment import FileClock
from tests.support.scripted import scripted_server

IMAGES, VIDEOS, FILES = "/v1/images/generations", "/v1/videos/generations", "/v1/files"
KEPT = ("content-type", "x-request-id", "retry-after")
BEGIN, DAY = 1_796_083_200.0, 86_400.0


def client_of(server: ServerProcess, **headers: str) -> httpx2.Client:
    return httpx2.Client(base_url=server.target.url, headers=headers, timeout=60, trust_env=False)


@pytest.fixture
def client(scripted: ServerProcess) -> Iterator[httpx2.Client]:
    with client_of(scripted) as client:
        yield client


def shown(answer: httpx2.Response) -> tuple[Any, ...]:
    return (answer.status_code, answer.content, *(answer.headers.get(name) for name in KEPT))


def is_replay(answer: httpx2.Response) -> bool:
    return answer.headers.get("idempotency-replayed") == "true"


def rows(server: ServerProcess, sql: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{server.data_dir}/imagined.db?mode=ro", uri=True)) as database:
        return database.execute(sql).fetchall()


def curl(server: ServerProcess, path: str, *options: str) -> tuple[int, dict[str, str], str]:
    command = ["curl", "-sS", "-i", "--max-time", "60", *options, server.target.url + path]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    head, _, body = text.rpartition("\n\n")
    # What curl is told to go on with comes before the answer itself.
    status, *lines = head.rpartition("\n\n")[2].split("\n")
    return int(status.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body


def until_noted(note: Path, lines: int = 1) -> None:
    """Until an engine has begun to draw what was asked for."""
    while not note.exists() or len(note.read_text(encoding="utf-8").splitlines()) < lines:
        os.sched_yield()


def test_duplicates_over_several_connections_are_one_request(scripted: ServerProcess, tmp_path: Path) -> None:
    note = tmp_path / "note"
    body = json.dumps({"prompt": f"note {note} 0.5", "model": "grok-imagine-image"})
    options = ["-H", "Content-Type: application/json", "-H", "Idempotency-Key: twice", "-d", body]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: curl(scripted, IMAGES, *options), range(4)))
    assert len({(status, headers["x-request-id"], body) for status, headers, body in answers}) == 1
    assert answers[0][0] == 200
    assert sorted("idempotency-replayed" in headers for _, headers, _ in answers) == [False, True, True, True]
    assert len(note.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (IMAGES, {"prompt": "refuse It will not do."}, 400),
        (IMAGES, {"prompt": "bug"}, 500),
        (IMAGES, {"prompt": "x", "n": 99}, 400),
        (IMAGES, {"prompt": 1}, 422),
        (VIDEOS, {"prompt": "x", "model": "no-such-model"}, 404),
        ("/v1/files/file_unknown/public-url", {}, 404),
        ("/v1/batches/batch_unknown/requests", {"batch_requests": []}, 404),
    ],
)
def test_errors_are_replayed_byte_for_byte(client: httpx2.Client, path: str, body: Any, status: int) -> None:
    key = {"idempotency-key": f"{path} {body}"}
    first, second = [client.post(path, json=body, headers=key) for _ in range(2)]
    assert (first.status_code, is_replay(first)) == (status, False)
    assert (shown(second), is_replay(second)) == (shown(first), True)
    other = client.post(path, json={"another": "body"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")


def test_the_ai_sdks_header(client: httpx2.Client) -> None:
    key = {"idempotency-key": "aisdk_vid_Zr8bW2hYx1"}
    ids = {client.post(VIDEOS, json={"prompt": "x", "duration": 1}, headers=key).json()["request_id"] for _ in range(3)}
    assert len(ids) == 1
    assert client.get(f"/v1/videos/{ids.pop()}").is_success


def test_pictures_in_an_answer_are_not_kept_twice(scripted: ServerProcess, client: httpx2.Client) -> None:
    body = {"prompt": "heavy 2", "n": 2, "response_format": "b64_json"}
    first, second = [client.post(IMAGES, json=body, headers={"idempotency-key": "heavy"}) for _ in range(2)]
    assert len(first.content) > 5_000_000 and shown(second) == shown(first)
    assert is_replay(second)
    request_id = first.headers["x-request-id"]
    kept = rows(scripted, f"SELECT status, length(body) FROM keyed_calls WHERE request_id = '{request_id}'")
    assert kept == [(200, None)]


def test_no_key_is_in_the_database_or_in_the_log(scripted: ServerProcess, client: httpx2.Client) -> None:
    secret = "my-very-own-idempotency-key"
    assert client.post(VIDEOS, json={"prompt": "x", "duration": 1}, headers={"idempotency-key": secret}).is_success
    files = [scripted.log, *scripted.data_dir.glob("imagined.db*")]
    assert files[1:] and not [file for file in files if secret.encode() in file.read_bytes()]


def test_an_upload_again(scripted: ServerProcess, client: httpx2.Client, tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(os.urandom(3_000_000))
    options = ["-H", "Idempotency-Key: upload", "-F", f"file=@{file}"]
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda _: curl(scripted, FILES, *options), range(3)))
    answers.append(curl(scripted, FILES, *options))
    ids = {json.loads(body)["id"] for _, _, body in answers}
    assert [status for status, _, _ in answers] == [200] * 4 and len(ids) == 1
    before = len(rows(scripted, "SELECT id FROM files"))
    file.write_bytes(os.urandom(3_000_000))
    status, _, body = curl(scripted, FILES, *options)
    assert (status, json.loads(body)["code"]) == (409, "idempotency-key-reused")
    assert len(rows(scripted, "SELECT id FROM files")) == before
    assert client.get(f"{FILES}/{ids.pop()}").json()["bytes"] == 3_000_000


def test_a_client_that_leaves_is_answered_when_it_comes_back(scripted: ServerProcess, tmp_path: Path) -> None:
    note = tmp_path / "note"
    body = json.dumps({"prompt": f"note {note} 1"})
    headers = {"idempotency-key": "leaves", "content-type": "application/json", "content-length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in ({"host": "a"} | headers).items())
    url = httpx2.URL(scripted.target.url)
    with socket.create_connection((url.host, url.port or 80)) as hasty:
        hasty.sendall(f"POST {IMAGES} HTTP/1.1\r\n{head}\r\n{body}".encode())
        until_noted(note)
    with client_of(scripted, **headers) as client:
        answer = client.post(IMAGES, content=body)
    assert (answer.status_code, is_replay(answer)) == (200, True)
    assert len(note.read_text(encoding="utf-8").splitlines()) == 1


def test_teams_have_keys_of_their_own(tmp_path: Path) -> None:
    with scripted_server(tmp_path, "--auth", "keys") as server:
        ids = {}
        for team in ("one", "two"):
            command = ["keys", "create", "--name", team, "--team", team, "--data-dir", str(server.data_dir)]
            made = subprocess.run(
                [sys.executable, "-m", "imagined", *command], check=True, capture_output=True, text=True
            )
            headers = {"authorization": f"Bearer {made.stdout.strip()}", "idempotency-key": "same"}
            with client_of(server, **headers) as client:
                answers = [client.post(VIDEOS, json={"prompt": "x", "duration": 1}) for _ in range(2)]
            assert [is_replay(answer) for answer in answers] == [False, True]
            ids[team] = answers[1].json()["request_id"]
        assert ids["one"] != ids["two"]
        # A key that nobody made leaves nothing behind.
        with client_of(server, **{"authorization": "Bearer xai-wrong", "idempotency-key": "wrong"}) as client:
            assert client.post(VIDEOS, json={"prompt": "x"}).status_code == 400
        assert len(rows(server, "SELECT key_hash FROM keyed_calls")) == 2


def test_a_day_later_the_key_is_free(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock")
    clock.set(BEGIN)
    body = {"prompt": "x", "duration": 1}
    with (
        scripted_server(tmp_path, CLOCK_FILE=str(tmp_path / "clock")) as server,
        client_of(server, **{"idempotency-key": "daily"}) as client,
    ):
        first = client.post(VIDEOS, json=body)
        clock.set(BEGIN + DAY - 1)
        assert shown(client.post(VIDEOS, json=body)) == shown(first)
        clock.set(BEGIN + DAY)
        later = client.post(VIDEOS, json=body)
        assert not is_replay(later) and later.json() != first.json()
        assert shown(client.post(VIDEOS, json=body)) == shown(later)


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_a_picture_whose_server_ends_is_drawn_for_the_retry(tmp_path: Path, end: str) -> None:
    note = tmp_path / "note"
    body = {"prompt": f"note {note} 2", "storage_options": {"filename": "a.jpg"}}
    settings = {"IMAGINED_SERVER_DRAIN_SECONDS": "0.1"}
    server = scripted_server(tmp_path, **settings)
    with server, ThreadPoolExecutor(1) as threads, client_of(server, **{"idempotency-key": "crash"}) as client:
        call = threads.submit(client.post, IMAGES, json=body)
        until_noted(note)
        (accepted,) = rows(server, "SELECT id FROM requests")
        if end == "kill":
            assert server.kill() == -signal.SIGKILL
            with pytest.raises(httpx2.HTTPError):
                call.result()
        else:
            assert server.stop() == 0
            assert (call.result().status_code, call.result().headers["retry-after"]) == (503, "1")
    with scripted_server(tmp_path, **settings) as server, client_of(server, **{"idempotency-key": "crash"}) as client:
        assert client.post(IMAGES, json=body | {"n": 2}).status_code == 409
        answers = [client.post(IMAGES, json=body) for _ in range(2)]
        assert [is_replay(answer) for answer in answers] == [False, True]
        assert shown(answers[1]) == shown(answers[0])
        assert rows(server, "SELECT id FROM requests") == [accepted]
        assert answers[0].headers["x-request-id"] == accepted[0]
        assert len(client.get(FILES).json()["data"]) == 1


def test_a_video_whose_server_dies_before_it_answers(tmp_path: Path) -> None:
    body = {"prompt": "x", "duration": 1}
    with scripted_server(tmp_path, IMAGINED_FAULT="request.after_row") as server:
        with client_of(server, **{"idempotency-key": "crash"}) as client, pytest.raises(httpx2.HTTPError):
            client.post(VIDEOS, json=body)
        assert server.kill() == -signal.SIGKILL
    with scripted_server(tmp_path) as server, client_of(server, **{"idempotency-key": "crash"}) as client:
        ids = {client.post(VIDEOS, json=body).json()["request_id"] for _ in range(2)}
        assert [(one,) for one in ids] == rows(server, "SELECT id FROM requests")


def test_the_official_sdk_over_grpc(scripted: ServerProcess) -> None:
    metadata = (("x-idempotency-key", "by grpc"),)
    with xai_sdk.Client(api_key="xai-test", api_host=scripted.target.grpc, metadata=metadata) as sdk:
        ids = {sdk.video.start("x", "grok-imagine-video", duration=1).request_id for _ in range(3)}
    assert len(ids) == 1
