"""Replays on a running server, and their results."""

import contextlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2

from imagined.cli.remote_api import RemoteApi, id_path
from imagined.cli.remote_errors import RemoteError


class RemoteReplays(RemoteApi):
    """A client of one server's replays."""

    root = "x"
    spoken = "an imagined server"

    def __init__(self, url: str, key: str | None) -> None:
        super().__init__(url, key)
        self._results: dict[str, str] = {}

    def start(self, file_id: str) -> dict[str, Any]:
        """Queue a replay of a file."""
        return self.json("POST", f"{_path(file_id)}:replay")

    def replay(self, file_id: str, request_id: str) -> dict[str, Any]:
        """How a replay stands."""
        replay = self.json("GET", id_path(f"{_path(file_id)}/replays", request_id, "request"))
        result = replay.get("result")
        if isinstance(result, dict):
            # By the address that reached the server: the one in the URL is for its other users.
            self._results[request_id] = self.url + urlsplit(str(result.get("url"))).path
        return replay

    @contextlib.contextmanager
    def content(self, file_id: str, start: int = 0) -> Iterator[httpx2.Response]:
        """The open answer with the bytes of a finished replay, under the id of its request."""
        headers = {"accept-encoding": "identity"}
        if start:
            headers["range"] = f"bytes={start}-"
        with self.explained(), self.http.stream("GET", self._results[file_id], headers=headers) as answer:
            if not answer.is_success:
                raise RemoteError("The result of the replay is gone already.", answer.status_code)
            yield answer


def _path(file_id: str) -> str:
    return id_path("files", file_id, "file")
