"""The URLs that need no key, and the answer of the content route.

Every GET looks its row up: a URL that was revoked, or whose time is over, is 404 from the next request on.
"""

from collections.abc import Callable
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


def delivery_routes(
    files: FilesService, outputs: OutputStore, blobs: BlobStore, clock: Clock, *, accel_prefix: str = ""
) -> list[Route]:
    """``/public/{token}/{name}`` and ``/ephemeral/{token}.{extension}``, for GET and HEAD."""

    async def public(request: Request) -> Response:
        token, name = request.path_params["token"], request.path_params["name"]
        file = await files.by_public_token(token, name) if len(token) <= _MAX_TOKEN else None
        if file is None:
            return _Answer(NotFound())
        return _Answer(BlobResponse(blobs, _shared(file), accel_prefix=accel_prefix))

    async def ephemeral(request: Request) -> Response:
        token = request.path_params["name"].partition(".")[0]
        output = await outputs.output(token, clock.now()) if len(token) <= _MAX_TOKEN else None
        if output is None:
            return _Answer(NotFound())
        body = Body(
            sha256=output.sha256,
            size=output.size,
            content_type=output.content_type,
            filename=f"{output.request_id}-{output.position}{PUBLIC_TYPES.get(output.content_type, '')}",
            cache_control=PUBLIC_CACHE,
            is_public=True,
        )
        return _Answer(BlobResponse(blobs, body, accel_prefix=accel_prefix))

    return [
        Route("/public/{token}/{name}", public, methods=["GET", "HEAD"], name="public"),
        Route("/ephemeral/{name}", ephemeral, methods=["GET", "HEAD"], name="ephemeral"),
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
