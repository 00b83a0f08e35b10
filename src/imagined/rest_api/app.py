"""The REST application: routes from the table, authentication, and errors in the API's forms."""

import inspect
from collections.abc import Sequence
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from imagined.access.permissions import check_endpoint
from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.contract.files import StoredFile
from imagined.files.service import FilesService
from imagined.rest_api import idempotency
from imagined.rest_api.description import describe, encoded
from imagined.rest_api.docs_page import CONTENT_SECURITY_POLICY, docs_page
from imagined.rest_api.errors import render, unknown_path
from imagined.rest_api.middleware import AccessLog, Surround, structured_access_log
from imagined.rest_api.operations import OPERATIONS, Operation
from imagined.rest_api.services import Call, FileResponder, RestServices

_CLIENT_LEFT: Final = 499


def build_rest_app(
    services: RestServices,
    extra_routes: Sequence[BaseRoute] = (),
    *,
    access_log: AccessLog = structured_access_log,
) -> Starlette:
    """The application.

    `extra_routes` are served beside the API without its authentication: public and ephemeral URLs, the web page.
    They must not start with ``/v1/``. `access_log` takes the line of each call.
    """
    description = describe(extra_routes)
    document = encoded(description)
    page = docs_page(description)

    async def openapi(_: Request) -> Response:
        """This description."""
        return Response(document, media_type="application/json")

    async def docs(_: Request) -> Response:
        """This description, for people."""
        return HTMLResponse(page, headers={"content-security-policy": CONTENT_SECURITY_POLICY})

    async def readyz(_: Request) -> Response:
        """Whether new requests are accepted."""
        ready = services.is_ready()
        return PlainTextResponse("ready\n" if ready else "not ready\n", 200 if ready else 503)

    async def refuse(_: Request, error: Exception) -> Response:
        return _refusal(error, services)

    app = _RestApp(
        direct=[
            _Direct(route, Surround(route.app, services.proxies, access_log))
            for route in extra_routes
            if isinstance(route, Route) and not inspect.isroutine(route.endpoint)
        ],
        routes=[
            # First, as these are asked for most often and the routes are tried one by one.
            *extra_routes,
            *(_route(operation, services) for operation in OPERATIONS),
            Route("/healthz", _healthz, methods=["GET"]),
            Route("/readyz", readyz, methods=["GET"]),
            Route("/openapi.json", openapi, methods=["GET"]),
            Route("/docs", docs, methods=["GET"]),
        ],
        middleware=[Middleware(Surround, proxies=services.proxies, access_log=access_log)],
        exception_handlers={ApiError: refuse, HTTPException: refuse},
    )
    # A redirect would lose the body of an upload; a path with one slash more is another path.
    app.router.redirect_slashes = False
    return app


class _Direct:
    """A route whose endpoint is an ASGI application, with what finds it."""

    def __init__(self, route: Route, app: ASGIApp) -> None:
        self.app = app
        self.methods = route.methods or ()
        self._route = route
        self._prefix = route.path.partition("{")[0]

    def parameters(self, path: str) -> dict[str, Any] | None:
        """What stands in the path for the route's names; None for the path of another route."""
        if not path.startswith(self._prefix):
            return None
        found = self._route.path_regex.match(path)
        if found is None:
            return None
        convertors = self._route.param_convertors
        return {name: convertors[name].convert(text) for name, text in found.groupdict().items()}


class _RestApp(Starlette):
    """Starlette, with a short way to routes whose endpoints are ASGI applications, such as those of public URLs.

    They need none of what the framework does around an endpoint, which takes longer than a small file does.
    """

    def __init__(self, *, direct: Sequence[_Direct], **options: Any) -> None:
        super().__init__(**options)
        self._direct = direct

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            method, path = scope["method"], scope["path"]
            for direct in self._direct:
                parameters = direct.parameters(path) if method in direct.methods else None
                if parameters is not None:
                    scope["path_params"] = parameters
                    await direct.app(scope, receive, send)
                    return
        await super().__call__(scope, receive, send)


def streamed_file(files: FilesService) -> FileResponder:
    """A plain answer with a file's bytes, for an application without the delivery package's ranges and caching."""

    def respond(_: Request, file: StoredFile) -> Response:
        return StreamingResponse(
            files.content(file), headers={"content-length": str(file.size)}, media_type="application/octet-stream"
        )

    return respond


async def _healthz(_: Request) -> Response:
    """Whether the process answers at all."""
    return PlainTextResponse("ok\n")


def _route(operation: Operation, services: RestServices) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            caller = await services.authenticator.authenticate(_bearer_key(request))
            if operation.endpoint is not None:
                check_endpoint(caller, operation.endpoint)
            return await idempotency.answer(operation, Call(request, caller, services))
        except ClientDisconnect:
            return Response(status_code=_CLIENT_LEFT)

    path = operation.path.replace("{model_id}", "{model_id:path}")
    return Route(path, endpoint, methods=[operation.method], name=operation.name)


def _bearer_key(request: Request) -> str | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _refusal(error: Exception, services: RestServices) -> Response:
    if isinstance(error, HTTPException):
        if error.status_code == 404:
            error = unknown_path()
        elif error.status_code == 405:
            return Response(status_code=405, headers=error.headers)
        else:
            error = ApiError(errors.INVALID_ARGUMENT, str(error.detail))
    assert isinstance(error, ApiError)
    return render(error, wrong_key_status=services.wrong_key_status)
