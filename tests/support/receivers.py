"""A small server that takes webhooks and misbehaves on demand, and calls to the server that sends them."""

import contextlib
import json
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from imagined.cli.server_process import ServerProcess

HANG = 0
"""An answer that does not come until the receiver closes."""


@dataclass
class Arrival:
    """One POST as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event_id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """Answers from `answers`, then 200."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.arrivals: queue.Queue[Arrival] = queue.Queue()
        self.closing = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = receiver.answers.pop(0) if receiver.answers else 200
                receiver.arrivals.put(Arrival(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                if answer == HANG:
                    receiver.closing.wait()
                    return
                self.send_response(answer)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?token=s3cr3t"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def next(self) -> Arrival:
        """The next one, waited for."""
        return self.arrivals.get(timeout=60)

    def close(self) -> None:
        self.closing.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """A running receiver."""
    receiver = Receiver()
    try:
        yield receiver
    finally:
        receiver.close()


def call(server: ServerProcess, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
    """Status and JSON of a call."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.target.url + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def made(server: ServerProcess, url: str, key: str = "", **fields: Any) -> dict[str, Any]:
    """A new webhook."""
    status, webhook = call(server, "POST", "/x/webhooks", {"url": url} | fields, key)
    assert status == 200, webhook
    return dict(webhook)


def log(server: ServerProcess, webhook_id: str, key: str = "") -> list[dict[str, Any]]:
    """The deliveries of a webhook."""
    return list(call(server, "GET", f"/x/webhooks/{webhook_id}/deliveries", key=key)[1]["data"])
