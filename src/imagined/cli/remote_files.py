"""The Files API of any server, as `imagined files` calls it: REST, streamed both ways.

Nothing is retried: a command says what happened, and an upload that was answered by silence may have been stored.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, BinaryIO, Final
from urllib.parse import quote, urlsplit

import httpx2

from imagined.cli.remote_errors import Advance, RemoteError
from imagined.cli.targets import LOOPBACK

PAGE: Final = 100
"""The most files that one call lists."""
_TIMEOUT: Final = httpx2.Timeout(60.0, connect=10.0)
_MAX_ERROR_BYTES: Final = 64 * 1024


class RemoteFiles:
    """A client of one server; use it as a context manager. Every method raises `RemoteError`."""

    def __init__(self, url: str, key: str | None) -> None:
        self.url = url
        # A proxy of the environment does not know this machine's own ports.
        on_this_machine = (urlsplit(url).hostname or "") in LOOPBACK
        self._http = httpx2.Client(
            base_url=f"{url}/v1/",
            headers={"authorization": f"Bearer {key}"} if key else {},
            timeout=_TIMEOUT,
            trust_env=not on_this_machine,
        )

    def __enter__(self) -> "RemoteFiles":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def list(
        self, expression: str | None = None, *, sort_by: str | None = None, order: str | None = None, limit: int | None
    ) -> Iterator[dict[str, Any]]:
        """File objects, at most `limit` of them, fetched page by page as they are taken."""
        asked: dict[str, Any] = {"filter": expression, "sort_by": sort_by, "order": order}
        asked = {name: value for name, value in asked.items() if value}
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            page = self._json("GET", "files", params={**asked, "limit": size})
            files = page.get("data") or []
            yield from files
            token = page.get("pagination_token")
            if len(files) < size or not token or token == asked.get("pagination_token"):
                return
            asked["pagination_token"] = token
            left = None if left is None else left - len(files)

    def get(self, file_id: str) -> dict[str, Any]:
        """A file object."""
        return self._json("GET", _path(file_id))

    def upload(
        self, name: str, source: BinaryIO, size: int | None, *, expires_after: int | None, advance: Advance
    ) -> dict[str, Any]:
        """Store what `source` gives, read chunk by chunk; a `size` that is not known is sent without a length."""
        body = _Sized(source, size, advance) if size is not None else _Reader(source, advance)
        fields = {} if expires_after is None else {"expires_after": str(expires_after)}
        return self._json("POST", "files", data=fields, files={"file": (name, body)})

    @contextlib.contextmanager
    def content(self, file_id: str, start: int = 0) -> Iterator[httpx2.Response]:
        """The open answer with a file's bytes; with `start` it is 206 where the server can go on from there."""
        headers = {"accept-encoding": "identity"}
        if start:
            headers["range"] = f"bytes={start}-"
        with self._explained(), self._http.stream("GET", f"{_path(file_id)}/content", headers=headers) as answer:
            _check(answer)
            yield answer

    def delete(self, file_id: str) -> None:
        """Delete a file."""
        self._json("DELETE", _path(file_id))

    def publish(self, file_id: str, expires_after: int | None) -> dict[str, Any]:
        """Create a public URL, or move its expiry."""
        asked = {} if expires_after is None else {"expires_after": expires_after}
        return self._json("POST", f"{_path(file_id)}/public-url", json=asked)

    def revoke(self, file_id: str) -> dict[str, Any]:
        """End a public URL."""
        return self._json("POST", f"{_path(file_id)}/public-url/revoke")

    def _json(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        with self._explained(), self._http.stream(method, path, **request) as answer:
            _check(answer)
            answer.read()
            try:
                body = answer.json()
            except ValueError:
                body = None
        if not isinstance(body, dict):
            raise RemoteError(f"{self.url} does not answer like a Files API; is it the right address?")
        return body

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except httpx2.ConnectError:
            raise RemoteError(
                f"No server answers at {self.url}. Start one with `imagined serve`, or use --url."
            ) from None
        except httpx2.TimeoutException:
            raise RemoteError(f"{self.url} took too long to answer.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise RemoteError(f"The connection to {self.url} failed: {error or type(error).__name__}") from None


def _path(file_id: str) -> str:
    if file_id in ("", ".", ".."):
        raise RemoteError(f"`{file_id}` is no file id.")
    return f"files/{quote(file_id, safe='')}"


def _check(answer: httpx2.Response) -> None:
    if answer.is_success:
        return
    body = b""
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > _MAX_ERROR_BYTES:
            break
    raise RemoteError(_sentence(body) or f"The server answered {answer.status_code}.", answer.status_code)


def _sentence(body: bytes) -> str | None:
    """What the error says, in either of the API's two forms."""
    import msgspec

    try:
        error: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if isinstance(error, Mapping):
        error = error.get("error")
    if isinstance(error, Mapping):
        error = error.get("message")
    return error if isinstance(error, str) and error else None


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
