"""The Files API of any server, as `imagined files` calls it: REST, streamed both ways."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import httpx2

from imagined.cli.remote_api import RemoteApi, check, id_path
from imagined.cli.remote_errors import Advance

PAGE: Final = 100
"""The most files that one call lists."""


class RemoteFiles(RemoteApi):
    """A client of one server's files."""

    def list(
        self, expression: str | None = None, *, sort_by: str | None = None, order: str | None = None, limit: int | None
    ) -> Iterator[dict[str, Any]]:
        """File objects, at most `limit` of them, fetched page by page as they are taken."""
        asked: dict[str, Any] = {"filter": expression, "sort_by": sort_by, "order": order}
        asked = {name: value for name, value in asked.items() if value}
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            page = self.json("GET", "files", params={**asked, "limit": size})
            files = page.get("data") or []
            yield from files
            token = page.get("pagination_token")
            if len(files) < size or not token or token == asked.get("pagination_token"):
                return
            asked["pagination_token"] = token
            left = None if left is None else left - len(files)

    def get(self, file_id: str) -> dict[str, Any]:
        """A file object."""
        return self.json("GET", _path(file_id))

    def upload(
        self, name: str, source: BinaryIO, size: int | None, *, expires_after: int | None, advance: Advance
    ) -> dict[str, Any]:
        """Store what `source` gives, read chunk by chunk; a `size` that is not known is sent without a length."""
        body = _Sized(source, size, advance) if size is not None else _Reader(source, advance)
        fields = {} if expires_after is None else {"expires_after": str(expires_after)}
        return self.json("POST", "files", data=fields, files={"file": (name, body)})

    @contextlib.contextmanager
    def content(self, file_id: str, start: int = 0) -> Iterator[httpx2.Response]:
        """The open answer with a file's bytes; with `start` it is 206 where the server can go on from there."""
        headers = {"accept-encoding": "identity"}
        if start:
            headers["range"] = f"bytes={start}-"
        with self.explained(), self.http.stream("GET", f"{_path(file_id)}/content", headers=headers) as answer:
            check(answer)
            yield answer

    def delete(self, file_id: str) -> None:
        """Delete a file."""
        self.json("DELETE", _path(file_id))

    def publish(self, file_id: str, expires_after: int | None) -> dict[str, Any]:
        """Create a public URL, or move its expiry."""
        asked = {} if expires_after is None else {"expires_after": expires_after}
        return self.json("POST", f"{_path(file_id)}/public-url", json=asked)

    def revoke(self, file_id: str) -> dict[str, Any]:
        """End a public URL."""
        return self.json("POST", f"{_path(file_id)}/public-url/revoke")


def _path(file_id: str) -> str:
    return id_path("files", file_id, "file")


class _Reader:
    """A source of unknown length. It offers nothing but `read`, or the HTTP client would measure the pipe behind it."""

    def __init__(self, source: BinaryIO, advance: Advance) -> None:
        self._source = source
        self._advance = advance

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        # The HTTP client asks for 64 KiB at a time, and calls again for each; larger pieces are cheaper.
        data = self._source.read(max(size, 256 * 1024))
        self._advance(len(data))
        return data


class _Sized(_Reader):
    """A source whose length is known from the start."""

    def __init__(self, source: BinaryIO, size: int, advance: Advance) -> None:
        super().__init__(source, advance)
        self._size = size
        self._at = 0

    def tell(self) -> int:
        """Where it stands."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Only to measure and to begin at the start, which is all that is asked of it."""
        self._at = self._size if whence == os.SEEK_END else offset
        return self._at
