"""`imagined doctor` against real servers, well and unwell: what it says, how it ends, and that it leaves nothing."""

import json
import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from imagined.cli.server_process import ServerProcess


def doctor(*arguments: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Exit status, and for each check its state and what was said."""
    environment = {name: value for name, value in os.environ.items() if name != "XAI_API_KEY"}
    command = [sys.executable, "-m", "imagined", "doctor", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    return done.returncode, {line[8:23].strip(): (line[:8].strip(), line[23:]) for line in lines[:-1]}


def of(server: ServerProcess) -> Sequence[str]:
    return ["--url", server.target.url, "--grpc", server.target.grpc]


def states(said: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {name: state for name, (state, _) in said.items()}


def test_a_server_that_is_well(own_server: ServerProcess) -> None:
    own_server.start()
    status, said = doctor(*of(own_server), "--data-dir", str(own_server.data_dir))
    assert status == 0, said
    assert states(said) == dict.fromkeys(
        [
            *("HTTP", "ready", "clock", "key", "gRPC"),
            *("upload", "public URL", "revoke", "delete", "picture", "ephemeral URL"),
            *("SQLite", "data folder", "permissions", "free space", "database", "engine process"),
        ],
        "ok",
    )
    with urllib.request.urlopen(f"{own_server.target.url}/v1/files") as answer:
        assert json.load(answer)["data"] == []


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server with keys, whose clients are told an address at which nobody answers."""
    arguments = ["--auth", "keys", "--public-base-url", "http://127.0.0.1:9"]
    with ServerProcess(tmp_path / "data", tmp_path / "server.log", arguments) as server:
        yield server


def test_a_wrong_key_and_an_address_that_leads_nowhere(elsewhere: ServerProcess) -> None:
    status, said = doctor(*of(elsewhere), "--key", "xai-wrong-key", "--quick")
    assert status == 1
    assert said["key"][0] == said["gRPC"][0] == "failed"
    assert "imagined keys create" in said["key"][1]
    assert "imagined keys create" in said["gRPC"][1]
    assert "xai-wrong-key" not in str(said)

    create = [sys.executable, "-m", "imagined", "keys", "create", "--name", "x", "--data-dir", str(elsewhere.data_dir)]
    key = subprocess.run(create, capture_output=True, text=True, check=True).stdout.strip()
    status, said = doctor(*of(elsewhere), "--key", key, "--quick")
    assert status == 1
    assert states(said) | {"public URL": "failed", "picture": "skipped", "delete": "ok", "upload": "ok"} == states(said)
    assert "http://127.0.0.1:9/public/" in said["public URL"][1]
    assert "--public-base-url" in said["public URL"][1]


class Stranger(BaseHTTPRequestHandler):
    """Some other program, whose clock is off."""

    def do_GET(self) -> None:
        self.send_response_only(200 if self.path == "/healthz" else 404)
        self.send_header("Date", "Mon, 01 Jan 2001 00:00:00 GMT")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def test_another_program_and_a_wrong_clock() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as stranger:
        thread = threading.Thread(target=stranger.serve_forever, args=(0.05,))
        thread.start()
        try:
            address = f"127.0.0.1:{stranger.server_address[1]}"
            status, said = doctor("--url", f"http://{address}", "--grpc", address)
        finally:
            stranger.shutdown()
            thread.join()
    assert status == 1
    assert states(said) == {
        "HTTP": "ok",
        "ready": "failed",
        "clock": "failed",
        "key": "failed",
        "gRPC": "failed",
        "the rest": "skipped",
    }
    assert "behind this machine's" in said["clock"][1]


def test_nobody_there() -> None:
    status, said = doctor("--url", "http://127.0.0.1:9", "--grpc", "127.0.0.1:9")
    assert status == 1
    assert states(said) == {"HTTP": "failed", "gRPC": "failed", "the rest": "skipped"}


def test_a_folder_others_may_read_and_a_broken_database(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "imagined.db").write_bytes(b"this is no database at all" * 100)
    status, said = doctor("--data-dir", str(folder))
    assert status == 1
    assert "chmod 700" in said["permissions"][1]
    assert said["database"] == ("failed", said["database"][1])
    assert "file is not a database" in said["database"][1]
    assert said["engine process"][0] == "skipped"
    status, said = doctor("--data-dir", str(tmp_path / "nowhere"))
    assert (status, said["data folder"][0]) == (1, "failed")
    assert not (tmp_path / "nowhere").exists()
