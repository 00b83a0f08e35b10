"""A client of a server that keeps dying: what it was promised, and what it got."""

import hashlib
import json
import random
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import grpc
import msgspec
import xai_sdk

from imagined.cli.server_process import ServerProcess

IMAGE, VIDEO = "grok-imagine-image", "grok-imagine-video"


class Promise(msgspec.Struct):
    """One request that a client was given an answer to."""

    n: int
    stored: bool
    request_id: str = ""
    """Of a video; pictures come with the answer."""
    urls: list[str] = msgspec.field(default_factory=list)
    """Paths: a server comes back at another address."""
    file_ids: list[str] = msgspec.field(default_factory=list)
    public: list[str] = msgspec.field(default_factory=list)
    state: str = ""


class Clients:
    """Threads that send requests to `server`, wherever it listens at present, until at least `wanted` were accepted."""

    def __init__(self, server: ServerProcess, wanted: int, seed: int) -> None:
        self._server = server
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self._left = wanted
        self.promises: list[Promise] = []
        self.cut_off = 0
        """Calls without an answer: what they asked for may have been accepted, or not."""
        self.not_reached = 0
        """Calls that met no server: it was just being started again."""
        self.refused: list[str] = []
        """Answers that are neither a promise nor a cut connection."""

    def start(self, count: int = 6) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        return threads

    @property
    def progress(self) -> int:
        """Requests accepted."""
        with self._lock:
            return len(self.promises)

    def _send_all(self) -> None:
        while True:
            with self._lock:
                if len(self.promises) >= self._left:
                    return
                kind, n, stored = self._dice.random(), self._dice.choice((1, 1, 3)), self._dice.random() < 0.4
                # Steps of 50 ms: most requests are met by a kill somewhere, few are met three times.
                prompt = f"slow {self._dice.choice((0.05, 0.1, 0.3))} {self._dice.getrandbits(32)}"
            try:
                if kind < 0.4:
                    made = self._video(prompt, stored)
                elif kind < 0.7:
                    made = self._pictures_by_sdk(prompt, n, stored)
                else:
                    made = self._pictures_by_http(prompt, n, stored)
            except (OSError, grpc.RpcError, json.JSONDecodeError) as error:
                self._note(error)
                time.sleep(0.1)  # as every client of a server that does not answer
            else:
                with self._lock:
                    self.promises.append(made)

    def _note(self, error: Exception) -> None:
        with self._lock:
            if "onnection refused" in str(error):
                self.not_reached += 1
            elif isinstance(error, urllib.error.HTTPError):
                self.refused.append(f"{error.code} {error.read()[:200]!r}")
            elif isinstance(error, grpc.RpcError) and error.code() not in (  # type: ignore[attr-defined]
                grpc.StatusCode.UNAVAILABLE,
                grpc.StatusCode.CANCELLED,
            ):
                self.refused.append(repr(error)[:300])
            else:
                self.cut_off += 1

    def _video(self, prompt: str, stored: bool) -> Promise:
        with self._client() as client:
            options = {"filename": "kept.mp4", "public_url": True} if stored else None
            started = client.video.start(prompt, VIDEO, duration=1, storage_options=options)
            return Promise(n=1, stored=stored, request_id=started.request_id)

    def _pictures_by_sdk(self, prompt: str, n: int, stored: bool) -> Promise:
        with self._client() as client:
            options = {"filename": "kept.jpg", "public_url": True} if stored else None
            answers = client.image.sample_batch(prompt, IMAGE, n=n, storage_options=options)
            files = [answer.file_output for answer in answers if stored]
            return Promise(
                n=n,
                stored=stored,
                urls=[path_of(answer.url) for answer in answers],
                file_ids=[file.file_id for file in files],
                public=[path_of(file.public_url) for file in files],
                state="done",
            )

    def _pictures_by_http(self, prompt: str, n: int, stored: bool) -> Promise:
        body: dict[str, Any] = {"prompt": prompt, "model": IMAGE, "n": n}
        if stored:
            body["storage_options"] = {"filename": "kept.jpg"}
        answer = json.loads(post(f"{self._server.target.url}/v1/images/generations", body))
        data = answer["data"]
        return Promise(
            n=n,
            stored=stored,
            urls=[path_of(one["url"]) for one in data],
            file_ids=[one["file_output"]["file_id"] for one in data if stored],
            state="done",
        )

    def _client(self) -> xai_sdk.Client:
        # Without the SDK's own retries, which would wait for an address that is gone.
        return xai_sdk.Client(
            api_key="xai-test", api_host=self._server.target.grpc, channel_options=[("grpc.enable_retries", 0)]
        )


def post(url: str, body: dict[str, Any], timeout_s: float = 60.0) -> bytes:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"content-type": "application/json", "authorization": "Bearer xai-test"}
    )
    with urllib.request.urlopen(request, timeout=timeout_s) as answer:
        return bytes(answer.read())


def get(url: str, timeout_s: float = 60.0) -> bytes:
    request = urllib.request.Request(url, headers={"authorization": "Bearer xai-test"})
    with urllib.request.urlopen(request, timeout=timeout_s) as answer:
        return bytes(answer.read())


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def left_over(folder: Path) -> list[Path]:
    """Files that only a running attempt or upload may have."""
    return [path for path in (folder / "work", folder / "blobs" / "tmp") for path in path.rglob("*") if path.is_file()]
