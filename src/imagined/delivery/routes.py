"""The URLs that need no key, and the answer of the content route.

Every GET looks its row up: a URL that was revoked, or whose time is over, is 404 from the next request on.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from imagined.contract.environment import Clock
from imagined.contract.files import PUBLIC_TYPES, StoredFile
from imagined.delivery.responses import PUBLIC_CACHE, BlobResponse, Body, NotFound
from imagined.files.ports import BlobStore
from imagined.files.service import FilesService
from imagined.jobs.ports import OutputStore

_MAX_TOKEN: Final = 64


class _Answer(Response):
    """A Starlette response around any ASGI application."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__()
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


class _Endpoint:
    """An ASGI application that finds the bytes a path names and answers with them.

    Not a function of the framework's kind: its request and response objects cost as much as a small file does.
    """

    def __init__(self, find: Callable[[dict[str, str]], Awaitable[Body | None]], blobs: BlobStore, accel: str) -> None:
        self._find = find
        self._blobs = blobs
        self._accel = accel
        self.__doc__ = find.__doc__

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await self._find(scope["path_params"])
        answer: ASGIApp = NotFound() if body is None else BlobResponse(self._blobs, body, accel_prefix=self._accel)
        await answer(scope, receive, send)


def delivery_routes(
    files: FilesService, outputs: OutputStore, blobs: BlobStore, clock: Clock, *, accel_prefix: str = ""
) -> list[Route]:
    """``/public/{token}/{name}`` and ``/ephemeral/{token}.{extension}``, for GET and HEAD."""

    async def public(path: dict[str, str]) -> Body | None:
        """The bytes of a shared file, until its URL expires or is revoked."""
        token, name = path["token"], path["name"]
        file = await files.by_public_token(token, name) if len(token) <= _MAX_TOKEN else None
        return None if file is None else _shared(file)

    async def ephemeral(path: dict[str, str]) -> Body | None:
        """The bytes of a result, for a while."""
        token = path["name"].partition(".")[0]
        output = await outputs.output(token, clock.now()) if len(token) <= _MAX_TOKEN else None
        if output is None:
            return None
        return Body(
            sha256=output.sha256,
            size=output.size,
            content_type=output.content_type,
            filename=f"{output.request_id}-{output.position}{PUBLIC_TYPES.get(output.content_type, '')}",
            cache_control=PUBLIC_CACHE,
            is_public=True,
        )

    methods = ["GET", "HEAD"]
    return [
        Route("/public/{token}/{name}", _Endpoint(public, blobs, accel_prefix), methods=methods, name="public"),
        Route("/ephemeral/{name}", _Endpoint(ephemeral, blobs, accel_prefix), methods=methods, name="ephemeral"),
    ]


def content_responder(blobs: BlobStore, *, accel_prefix: str = "") -> Callable[[Request, StoredFile], Response]:
    """The answer of `GET /v1/files/{id}/content`: always to be saved, and always ``application/octet-stream``."""

    def respond(_: Request, file: StoredFile) -> Response:
        body = Body(sha256=file.sha256, size=file.size, content_type="application/octet-stream", filename=file.filename)
        return _Answer(BlobResponse(blobs, body, accel_prefix=accel_prefix))

    return respond


def _shared(file: StoredFile) -> Body:
    return Body(
        sha256=file.sha256,
        size=file.size,
        content_type=file.content_type,
        filename=file.filename,
        cache_control=PUBLIC_CACHE,
        is_public=True,
    )
