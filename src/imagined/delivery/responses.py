"""The answer that carries a blob: conditions, one range, HEAD, and headers under which nothing in it can run."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from typing import Final

import msgspec
import structlog
from starlette.datastructures import Headers
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
        headers = Headers(scope=scope)
        size = self._body.size
        if fails_match(headers.get("if-match"), self._etag):
            await self._send_empty(send, 412)
            return
        if is_unchanged(headers.get("if-none-match"), self._etag):
            await self._send_empty(send, 304, self._headers())
            return
        if scope["method"] == "HEAD":
            await self._send_empty(send, 200, {**self._headers(), "content-length": str(size)})
            return
        if self._accel_prefix:
            await self._send_empty(send, 200, {**self._headers(), "x-accel-redirect": self._accel_path()})
            return
        try:
            span = asked_range(headers.get("range"), headers.get("if-range"), self._etag, size)
        except UnsatisfiableRangeError:
            await self._send_empty(send, 416, {"content-range": f"bytes */{size}", "content-length": "0"})
            return
        await self._send_body(scope, receive, send, span)

    async def _send_body(self, scope: Scope, receive: Receive, send: Send, span: Span | None) -> None:
        start, end = span or Span(0, self._body.size)
        headers = {**self._headers(), "content-length": str(end - start)}
        if span is not None:
            headers["content-range"] = f"bytes {start}-{end - 1}/{self._body.size}"
        try:
            path = await self._blobs.local_path(self._body.sha256) if _can_send_paths(scope) and not span else None
            if path is not None:
                await _start(send, 200, headers)
                await send({"type": "http.response.pathsend", "path": path})
                return
            if self._body.size <= _SMALL_BYTES:
                data = await self._blobs.head(self._body.sha256, self._body.size)
                if len(data) < self._body.size:
                    raise BlobMissing("shorter than its row says")
                await _start(send, 206 if span is not None else 200, headers)
                await send({"type": "http.response.body", "body": data[start:end]})
                return
            async with aclosing(self._chunks(start, end - start)) as chunks:
                # The first chunk before the status line: a blob that is not there must not look like a success.
                first = await anext(chunks, b"")
                await _start(send, 206 if span is not None else 200, headers)
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

    def _headers(self) -> dict[str, str]:
        body = self._body
        inline = body.is_public and body.content_type in INLINE_TYPES
        headers = {
            "content-type": body.content_type,
            "content-disposition": content_disposition(body.filename, inline=inline),
            "etag": self._etag,
            "cache-control": body.cache_control,
            **_SAFE,
        }
        if body.is_public:
            headers["access-control-allow-origin"] = "*"
            headers["access-control-expose-headers"] = "content-length, content-range, etag, content-disposition"
            headers["cross-origin-resource-policy"] = "cross-origin"
        return headers

    def _accel_path(self) -> str:
        name = self._body.sha256
        return f"{self._accel_prefix.rstrip('/')}/{name[:2]}/{name[2:4]}/{name}"

    async def _send_empty(self, send: Send, status: int, headers: Mapping[str, str] | None = None) -> None:
        await _start(send, status, headers or {"content-length": "0"})
        await send({"type": "http.response.body", "body": b""})


class NotFound:
    """An ASGI application that answers 404 with a short sentence, the same for every reason."""

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """Answer."""
        await _send_text(send, 404, "Not found.\n" if scope["method"] != "HEAD" else "")


async def _send_text(send: Send, status: int, text: str) -> None:
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(text)),
        "cache-control": "no-store",
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
    }
    await _start(send, status, headers)
    await send({"type": "http.response.body", "body": text.encode()})


async def _start(send: Send, status: int, headers: Mapping[str, str]) -> None:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


def _can_send_paths(scope: Scope) -> bool:
    return "http.response.pathsend" in scope.get("extensions", {})


async def _disconnected(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
