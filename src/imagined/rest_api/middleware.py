"""Around every HTTP call: a request id, CORS, gzip when asked, bugs as plain 500s, one line in the access log.

Plain ASGI, so that streamed answers pass through untouched. Neither the query nor any key or token is logged.
"""

import gzip
import os
import random
import time
import uuid
from typing import Any, Final, Protocol

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from imagined.access.proxies import TrustedProxies
from imagined.contract import errors
from imagined.rest_api.errors import render

_log = structlog.stdlib.get_logger("imagined.rest")

CORS_HEADERS: Final = {
    "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "access-control-allow-headers": "*, Authorization, Content-Type, Range, Idempotency-Key",
    "access-control-max-age": "86400",
}
EXPOSED_HEADERS: Final = "x-request-id, idempotency-replayed, retry-after, content-range, content-disposition, etag"
_DEFAULT_HEADERS: Final = (
    (b"x-zero-data-retention", b"false"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED_HEADERS.encode()),
)
_GZIP_TYPES: Final = (b"application/json", b"text/")
_GZIP_BYTES: Final = range(1024, 1024 * 1024)
"""Below, the gain is nothing; above, an answer holds base64 pictures, which cost much time and shrink little."""


_dice: Final = random.Random(os.urandom(32))
"""For request ids, which name calls and guard nothing: asking the system for each would cost more."""


class AccessLog(Protocol):
    """Takes the one line of each call."""

    def __call__(self, *, method: str, path: str, status: int, ms: float, request_id: str, client: str) -> None:
        """Write it, or not."""
        ...


def structured_access_log(**line: Any) -> None:
    """The line as an event among others."""
    _log.info("request", **line)


class Surround:
    """Wraps the application."""

    def __init__(
        self,
        app: ASGIApp,
        proxies: TrustedProxies | None = None,
        access_log: AccessLog = structured_access_log,
    ) -> None:
        self._app = app
        self._proxies = proxies or TrustedProxies()
        self._access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        state = scope.setdefault("state", {})
        state["request_id"] = str(uuid.UUID(int=_dice.getrandbits(128), version=4))
        answer = _Answer(scope, send)
        try:
            if scope["method"] == "OPTIONS":
                await _preflight(answer)
            else:
                await self._app(scope, receive, answer.send)
        except Exception:
            _log.exception("unexpected error", path=_shown_path(scope), request_id=state["request_id"])
            if answer.status:
                # Too late for another answer: the connection must break, or half an answer would pass for a whole.
                raise
            await render(errors.internal())(scope, receive, answer.send)
        finally:
            self._access_log(
                method=scope["method"],
                path=_shown_path(scope),
                status=answer.status,
                ms=round((time.perf_counter() - started) * 1000, 1),
                request_id=state["request_id"],
                client=self._client(scope),
            )

    def _client(self, scope: Scope) -> str:
        peer = scope.get("client")
        forwarded = b",".join([value for name, value in scope["headers"] if name == b"x-forwarded-for"])
        return self._proxies.client(peer[0] if peer else "", forwarded.decode("latin-1"))


class _Answer:
    """Adds headers to the start of an answer, and compresses small texts that come in one piece."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._held: Message | None = None
        self.status = 0
        """0 until an answer has begun: the client left, or the process is going down."""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            pairs: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
            message = {**message, "headers": pairs}
            present = dict(pairs)
            pairs += [pair for pair in _DEFAULT_HEADERS if pair[0] not in present]
            if b"x-request-id" not in present:
                pairs.append((b"x-request-id", self._scope["state"]["request_id"].encode()))
            if present.get(b"content-type", b"").startswith(_GZIP_TYPES) and self._may_compress(
                MutableHeaders(raw=pairs)
            ):
                self._held = message
                return
        elif self._held is not None:
            held, self._held = self._held, None
            message = _compressed(held, message)
            await self._send(held)
        await self._send(message)

    def _may_compress(self, headers: MutableHeaders) -> bool:
        if "content-encoding" in headers:
            return False
        headers.add_vary_header("Accept-Encoding")
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) not in _GZIP_BYTES or self._scope["method"] == "HEAD":
            return False
        accepted = Headers(scope=self._scope).get("accept-encoding", "")
        return any(_accepts_gzip(choice) for choice in accepted.split(","))


def _accepts_gzip(choice: str) -> bool:
    coding, _, weight = choice.partition(";")
    return coding.strip().lower() == "gzip" and weight.replace(" ", "").lower() not in ("q=0", "q=0.0")


def _compressed(start: Message, body: Message) -> Message:
    """`body` in gzip, with `start` saying so, if it is the whole answer."""
    if body["type"] != "http.response.body" or body.get("more_body", False):
        return body
    packed = gzip.compress(body["body"], compresslevel=5, mtime=0)
    headers = MutableHeaders(scope=start)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(packed))
    return {**body, "body": packed}


async def _preflight(answer: _Answer) -> None:
    headers = [(name.encode(), value.encode()) for name, value in CORS_HEADERS.items()]
    await answer.send({"type": "http.response.start", "status": 204, "headers": headers})
    await answer.send({"type": "http.response.body", "body": b""})


def _shown_path(scope: Scope) -> str:
    """The path. Behind URLs that need no key, what makes them unguessable is cut short: whoever reads the log must
    not gain the right to read files."""
    path: str = scope["path"]
    parameters: dict[str, Any] = scope.get("path_params", {})
    secret = str(next(iter(parameters.values()), ""))
    if path.startswith("/v1/") or not secret:
        return path
    return path.replace(secret, f"{secret[:4]}...", 1)
