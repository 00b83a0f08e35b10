"""The answer that carries a blob: conditions, one range, HEAD, and headers under which nothing in it can run."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, suppress
from functools import lru_cache
from typing import Final

import msgspec
import structlog
from starlette.types import Receive, Scope, Send

from imagined.delivery.conditions import Span, UnsatisfiableRangeError, asked_range, fails_match, is_unchanged
from imagined.delivery.disposition import INLINE_TYPES, content_disposition
from imagined.files.ports import BlobMissing, BlobStore

_log = structlog.get_logger("imagined.delivery")

PUBLIC_CACHE: Final = "public, no-cache"
"""May be kept, and must be asked for again each time: a revoke and an expiry act at the very next request."""
PRIVATE_CACHE: Final = "private, no-cache"
_SAFE: Final = {
    "x-content-type-options": "nosniff",
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
    ),
    "referrer-policy": "no-referrer",
    "accept-ranges": "bytes",
}
_CONDITIONS: Final = frozenset({b"if-match", b"if-none-match", b"if-range", b"range"})
_Pair = tuple[bytes, bytes]
_SMALL_BYTES: Final = 64 * 1024
"""Files up to this size are read in one piece, without the cost of a stream."""
_WATCHED_BYTES: Final = 1024 * 1024
"""Bodies of this size are in the kernel's hands before a client could go away."""


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent."""

    sha256: str
    size: int
    content_type: str
    filename: str
    cache_control: str = PRIVATE_CACHE
    is_public: bool = False
    """Sent to pages of every origin, and shown inline where its type allows."""


class BlobResponse:
    """An ASGI application that answers one GET or HEAD with a blob.

    `accel_prefix` hands the transfer to nginx: the answer is empty and names ``{prefix}/ab/cd/{sha256}`` in
    ``X-Accel-Redirect``, which nginx maps to the blob folder as an internal location.
    """

    def __init__(self, blobs: BlobStore, body: Body, *, accel_prefix: str = "") -> None:
        self._blobs = blobs
        self._body = body
        self._accel_prefix = accel_prefix
        self._etag = f'"{body.sha256}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by what the request's headers ask for."""
        asked = _conditions(scope)
        size = self._body.size
        if fails_match(asked.get("if-match"), self._etag):
            await _send_empty(send, 412, [("content-length", "0")])
            return
        headers = _headers(self._body)
        if is_unchanged(asked.get("if-none-match"), self._etag):
            await _send_empty(send, 304, headers=headers)
            return
        if scope["method"] == "HEAD":
            await _send_empty(send, 200, [("content-length", str(size))], headers)
            return
        if self._accel_prefix:
            await _send_empty(send, 200, [("x-accel-redirect", self._accel_path())], headers)
            return
        try:
            span = asked_range(asked.get("range"), asked.get("if-range"), self._etag, size)
        except UnsatisfiableRangeError:
            await _send_empty(send, 416, [("content-range", f"bytes */{size}"), ("content-length", "0")])
            return
        await self._send_body(scope, receive, send, span)

    async def _send_body(self, scope: Scope, receive: Receive, send: Send, span: Span | None) -> None:
        start, end = span or Span(0, self._body.size)
        status, more = 200, [("content-length", str(end - start))]
        if span is not None:
            status = 206
            more.append(("content-range", f"bytes {start}-{end - 1}/{self._body.size}"))
        headers = _headers(self._body)
        try:
            path = await self._blobs.local_path(self._body.sha256) if _can_send_paths(scope) and not span else None
            if path is not None:
                await _start(send, status, more, headers)
                await send({"type": "http.response.pathsend", "path": path})
                return
            if self._body.size <= _SMALL_BYTES:
                data = await self._blobs.head(self._body.sha256, self._body.size)
                if len(data) < self._body.size:
                    raise BlobMissing("shorter than its row says")
                await _start(send, status, more, headers)
                await send({"type": "http.response.body", "body": data if span is None else data[start:end]})
                return
            async with aclosing(self._chunks(start, end - start)) as chunks:
                # The first chunk before the status line: a blob that is not there must not look like a success.
                first = await anext(chunks, b"")
                await _start(send, status, more, headers)
                await self._stream(first, end - start, chunks, receive, send)
        except BlobMissing:
            # The row is there and the bytes are not: a damaged store, not a client's mistake.
            _log.error("blob missing", sha256=self._body.sha256)
            await _send_text(send, 500, "The stored bytes are missing.\n")

    async def _chunks(self, start: int, length: int) -> AsyncGenerator[bytes, None]:
        async for chunk in self._blobs.read(self._body.sha256, start, length):
            yield chunk

    async def _stream(
        self, first: bytes, length: int, chunks: AsyncIterator[bytes], receive: Receive, send: Send
    ) -> None:
        watch = asyncio.ensure_future(_disconnected(receive)) if length > _WATCHED_BYTES else None
        try:
            left = length - len(first)
            await send({"type": "http.response.body", "body": first, "more_body": left > 0})
            async for chunk in chunks:
                if watch is not None and watch.done():
                    return
                left -= len(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": left > 0})
        finally:
            if watch is not None:
                watch.cancel()
                with suppress(asyncio.CancelledError):
                    await watch

    def _accel_path(self) -> str:
        name = self._body.sha256
        return f"{self._accel_prefix.rstrip('/')}/{name[:2]}/{name[2:4]}/{name}"


class NotFound:
    """An ASGI application that answers 404 with a short sentence, the same for every reason."""

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """Answer."""
        await _send_text(send, 404, "Not found.\n" if scope["method"] != "HEAD" else "")


@lru_cache(maxsize=1024)
def _headers(body: Body) -> tuple[_Pair, ...]:
    """The headers that say what the bytes are and what may be done with them, as they go over the wire."""
    inline = body.is_public and body.content_type in INLINE_TYPES
    headers = {
        "content-type": body.content_type,
        "content-disposition": content_disposition(body.filename, inline=inline),
        "etag": f'"{body.sha256}"',
        "cache-control": body.cache_control,
        **_SAFE,
    }
    if body.is_public:
        headers["access-control-allow-origin"] = "*"
        headers["access-control-expose-headers"] = "content-length, content-range, etag, content-disposition"
        headers["cross-origin-resource-policy"] = "cross-origin"
    return tuple(_pair(name, value) for name, value in headers.items())


def _conditions(scope: Scope) -> dict[str, str]:
    """The request's headers that decide what is sent; of several with one name, the first."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        if name in _CONDITIONS:
            found.setdefault(name.decode("latin-1"), value.decode("latin-1"))
    return found


async def _send_empty(
    send: Send, status: int, more: Sequence[tuple[str, str]] = (), headers: Sequence[_Pair] = ()
) -> None:
    await _start(send, status, more, headers)
    await send({"type": "http.response.body", "body": b""})


async def _send_text(send: Send, status: int, text: str) -> None:
    headers = [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", str(len(text))),
        ("cache-control", "no-store"),
        ("access-control-allow-origin", "*"),
        ("x-content-type-options", "nosniff"),
    ]
    await _start(send, status, headers)
    await send({"type": "http.response.body", "body": text.encode()})


async def _start(send: Send, status: int, more: Sequence[tuple[str, str]], headers: Sequence[_Pair] = ()) -> None:
    pairs = [*headers, *(_pair(name, value) for name, value in more)]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


def _pair(name: str, value: str) -> _Pair:
    return name.encode("latin-1"), value.encode("latin-1")


def _can_send_paths(scope: Scope) -> bool:
    return "http.response.pathsend" in scope.get("extensions", {})


async def _disconnected(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
