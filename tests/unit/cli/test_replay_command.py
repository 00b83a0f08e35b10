"""`imagined replay` against servers that answer what a healthy one seldom does."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from imagined.cli.main import app

MADE = b"what came out"
DIGEST = hashlib.sha256(MADE).hexdigest()
STARTED: dict[str, Any] = {
    "request_id": "r1", "status": "pending", "operation": "edit_image", "model": "m", "seed": 5,
}  # fmt: skip
DIFFERENT: dict[str, Any] = {
    **STARTED,
    "status": "done",
    "verdict": "differs",
    "sha256": "aa",
    "engine_digest": "",
    "reasons": ["The engine has changed.", "The model m is not \x1b[31mdeterministic."],
    "result": {
        "url": "https://elsewhere.example/ephemeral/t.jpeg",
        "content_type": "image/jpeg",
        "size": len(MADE),
        "sha256": DIGEST,
        "engine_digest": "e2",
    },
}


class Stub:
    """A server that answers each path with what is left of its list, the last one again and again."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, Any]]] = {}
        self.asked: list[tuple[str, str, str | None]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                stub.asked.append((self.command, self.path, self.headers.get("authorization")))
                left = stub.answers.get(self.path, [(404, {"error": "no such route"})])
                status, body = left.pop(0) if len(left) > 1 else left[0]
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(data)))
                self.send_header("etag", f'"{DIGEST}"')
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = answer  # noqa: N815 - the names of the library

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def ends(self, *standings: dict[str, Any]) -> None:
        """A replay that starts, and then stands as told."""
        self.answers["/x/files/file_1:replay"] = [(202, STARTED)]
        self.answers["/x/files/file_1/replays/r1"] = [(200, standing) for standing in standings]

    def replay(self, *arguments: str, **environment: str) -> Result:
        env = {"IMAGINED_URL": self.url, "XAI_API_KEY": None, **environment}
        return CliRunner().invoke(app, ["replay", "file_1", *arguments], env=env)


@pytest.fixture
def stub() -> Iterator[Stub]:
    stub = Stub()
    yield stub
    stub.close()


def test_what_differs_is_told_with_reasons_and_kept(stub: Stub, tmp_path: Path) -> None:
    stub.ends(STARTED, DIFFERENT)
    stub.answers["/ephemeral/t.jpeg"] = [(200, MADE)]
    path = tmp_path / "again.jpg"
    done = stub.replay("-o", str(path), XAI_API_KEY="xai-key")
    assert done.exit_code == 3
    assert done.stdout.splitlines() == [
        "differs",
        "file    aa  engine unknown",
        f"replay  {DIGEST}  engine e2",
        str(path),
    ]
    assert "The engine has changed." in done.stderr and "\x1b" not in done.stderr
    # The bytes come from the address that was named, not from where its other users are sent.
    assert path.read_bytes() == MADE
    assert {key for _, _, key in stub.asked} == {"Bearer xai-key"}


@pytest.mark.parametrize("key_of", ["option", "nobody"])
def test_whose_key_is_sent(stub: Stub, key_of: str) -> None:
    stub.ends(DIFFERENT)
    assert stub.replay(*(["--key", "mine"] if key_of == "option" else [])).exit_code == 3
    assert {key for _, _, key in stub.asked} == {"Bearer mine" if key_of == "option" else None}


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (
            {"status": "failed", "error": {"code": "internal_error", "message": "Out of paint."}},
            "ended as failed. Out of paint.",
        ),
        ({"status": "cancelled"}, "The replay ended as cancelled."),
        ({"status": "expired"}, "The replay ended as expired."),
        ({"status": "done"}, "does not answer like one that makes replays"),
        ({}, "does not answer like one that makes replays"),
    ],
)
def test_a_replay_without_a_result(stub: Stub, standing: dict[str, Any], sentence: str) -> None:
    stub.ends(standing)
    done = stub.replay()
    assert (done.exit_code, done.stdout) == (1, "")
    assert sentence in done.stderr and "Traceback" not in done.output


def test_a_server_without_replays(stub: Stub) -> None:
    done = stub.replay()
    assert (done.exit_code, done.stderr) == (1, "imagined: no such route\n")


@pytest.mark.parametrize(
    ("answer", "sentence"), [((404, b""), "is gone already"), ((200, b"what came in.."), "are not those of the file")]
)
def test_a_result_that_is_gone_or_garbled_is_not_kept(
    stub: Stub, tmp_path: Path, answer: tuple[int, bytes], sentence: str
) -> None:
    stub.ends(DIFFERENT)
    stub.answers["/ephemeral/t.jpeg"] = [answer]
    done = stub.replay("--output", str(tmp_path / "again.jpg"))
    assert done.exit_code == 1 and sentence in done.stderr
    assert not (tmp_path / "again.jpg").exists()


def test_an_existing_file_is_replaced_only_by_force(stub: Stub, tmp_path: Path) -> None:
    stub.ends(DIFFERENT)
    stub.answers["/ephemeral/t.jpeg"] = [(200, MADE)]
    path = tmp_path / "again.jpg"
    path.write_bytes(b"mine")
    assert "exists; use --force" in stub.replay("-o", str(path)).stderr
    assert path.read_bytes() == b"mine"
    assert stub.replay("-o", str(path), "--force").exit_code == 3
    assert path.read_bytes() == MADE
