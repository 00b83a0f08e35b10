"""Replays on a running server, and their results."""

import contextlib
from collections.abc import Iterator
from typing import Any, Self
from urllib.parse import quote, urlsplit

import httpx2

from imagined.cli.remote_errors import RemoteError
from imagined.cli.remote_files import RemoteFiles


class RemoteReplays(RemoteFiles):
    """A client of one server of ours; use it as a context manager. Every method raises `RemoteError`."""

    def __init__(self, url: str, key: str | None) -> None:
        super().__init__(url, key)
        self._results: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def start(self, file_id: str) -> dict[str, Any]:
        """Queue a replay of a file."""
        return self._json("POST", f"{self._file(file_id)}:replay")

    def replay(self, file_id: str, request_id: str) -> dict[str, Any]:
        """How a replay stands."""
        replay = self._json("GET", f"{self._file(file_id)}/replays/{quote(request_id, safe='')}")
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
        with self._explained(), self._http.stream("GET", self._results[file_id], headers=headers) as answer:
            if not answer.is_success:
                raise RemoteError("The result of the replay is gone already.", answer.status_code)
            yield answer

    def _file(self, file_id: str) -> str:
        if file_id in ("", ".", ".."):
            raise RemoteError(f"`{file_id}` is no file id.")
        return f"{self.url}/x/files/{quote(file_id, safe='')}"
