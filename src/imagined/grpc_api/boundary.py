"""Around every gRPC call: who is calling, a request id, errors as statuses, one line in the log.

Servicers are reached only through `Boundary`, which authenticates first and leaves the call's facts in a context
variable. Whatever a servicer raises becomes a status here and nowhere else.
"""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

import grpc
import structlog

from imagined.access.idempotency import REPLAYED, IdempotentCalls
from imagined.access.permissions import Endpoint, check_endpoint
from imagined.access.proxies import TrustedProxies
from imagined.access.service import Authenticator
from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.grpc_api import calls as served
from imagined.grpc_api.calls import Call
from imagined.grpc_api.idempotency import KeyedCall, key_for, serializer
from imagined.grpc_api.peers import peer_host

_log = structlog.stdlib.get_logger("imagined.grpc")

_RETRIED: Final = "grpc-previous-rpc-attempts"
"""Sent by gRPC itself when it repeats a call whose connection broke."""

_ENDPOINTS: Final[dict[str, Endpoint]] = {
    "Image": "image",
    "Video": "video",
    "Files": "files",
    "BatchMgmt": "batch",
    "Models": "models",
}
"""What a key must be allowed to use, by service."""

Context = Any
"""A `grpc.aio.ServicerContext`."""


class Boundary(grpc.aio.ServerInterceptor):  # type: ignore[misc]  # grpcio carries no types
    """The interceptor that all calls pass."""

    def __init__(
        self, authenticator: Authenticator, calls: IdempotentCalls, proxies: TrustedProxies | None = None
    ) -> None:
        self._authenticator = authenticator
        self._calls = calls
        self._proxies = proxies or TrustedProxies()

    async def intercept_service(self, continuation: Callable[[Any], Awaitable[Any]], details: Any) -> Any:
        """The handler of a method, guarded; for a method that is not served, one that says so."""
        handler = await continuation(details)
        if handler is None:
            return _unserved(details.method)
        method = details.method
        if handler.response_streaming:
            return _rebuilt(handler, self._guard_stream(method, handler))
        if handler.request_streaming:
            return _rebuilt(handler, self._guard_unary(method, handler.stream_unary))
        return _rebuilt(handler, self._guard_keyed(method, handler), serializer(handler.response_serializer))

    def _guard_keyed(self, method: str, handler: Any) -> Callable[..., Awaitable[Any]]:
        async def guarded(request: Any, context: Context) -> Any:
            async with _Served(method, context, self._authenticator, self._proxies) as call:
                header, key = key_for(method, dict(context.invocation_metadata()))
                if not key:
                    return await handler.unary_unary(request, context)
                keyed = KeyedCall(
                    calls=self._calls,
                    call=call,
                    method=method,
                    header=header,
                    key=key,
                    request=request,
                    serve=lambda: handler.unary_unary(request, context),
                    serialize=handler.response_serializer,
                    is_gone=context.cancelled,
                )
                return await keyed.answer()

        return guarded

    def _guard_unary(self, method: str, serve: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def guarded(request: Any, context: Context) -> Any:
            async with _Served(method, context, self._authenticator, self._proxies):
                return await serve(request, context)

        return guarded

    def _guard_stream(self, method: str, handler: Any) -> Callable[..., AsyncIterator[Any]]:
        async def guarded(request: Any, context: Context) -> AsyncIterator[Any]:
            async with _Served(method, context, self._authenticator, self._proxies):
                async for message in (handler.unary_stream or handler.stream_stream)(request, context):
                    yield message

        return guarded


class _Served:
    """The time a call is served in: begins with authentication, ends with a status and a line in the log."""

    def __init__(self, method: str, context: Context, authenticator: Authenticator, proxies: TrustedProxies) -> None:
        self._method = method
        self._context = context
        self._authenticator = authenticator
        self._proxies = proxies
        self._started = time.perf_counter()
        self._call: Call | None = None
        self._id = str(uuid.uuid4())

    async def __aenter__(self) -> Call:
        metadata = dict(self._context.invocation_metadata())
        try:
            caller = await self._authenticator.authenticate(_bearer_key(metadata))
            endpoint = _ENDPOINTS.get(self._method.rpartition("/")[0].rpartition(".")[2])
            if endpoint is not None:
                check_endpoint(caller, endpoint)
        except Exception as error:
            await self._refuse(error)
            raise
        self._call = Call(caller, _RETRIED in metadata, self._id)
        served.current.set(self._call)
        return self._call

    async def __aexit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None:
            self._context.set_trailing_metadata(self._trailing())
            self._line("OK")
        elif isinstance(error, asyncio.CancelledError | GeneratorExit):
            # The client left; the request goes on and can be asked for again.
            self._line("CANCELLED")
        elif isinstance(error, Exception):
            await self._refuse(error)

    async def _refuse(self, error: Exception) -> None:
        if not isinstance(error, ApiError):
            _log.error("unexpected error", method=self._method, request_id=self._request_id, exc_info=error)
            error = errors.internal()
        self._line(error.kind.grpc)
        await self._context.abort(grpc.StatusCode[error.kind.grpc], error.message, self._trailing(error))

    def _trailing(self, error: ApiError | None = None) -> tuple[tuple[str, str], ...]:
        trailing = [("x-request-id", self._request_id)]
        if self._call is not None and self._call.is_replay:
            trailing.append((REPLAYED, "true"))
        if error is not None and error.retry_after_s is not None:
            trailing.append(("retry-after", str(error.retry_after_header)))
        return tuple(trailing)

    @property
    def _request_id(self) -> str:
        return self._id if self._call is None else self._call.request_id

    def _line(self, status: str) -> None:
        _log.info(
            "call",
            method=self._method,
            status=status,
            ms=round((time.perf_counter() - self._started) * 1000, 1),
            request_id=self._request_id,
            client=self._client(),
        )

    def _client(self) -> str:
        forwarded = dict(self._context.invocation_metadata()).get("x-forwarded-for")
        return self._proxies.client(peer_host(self._context.peer()), None if forwarded is None else str(forwarded))


def _bearer_key(metadata: dict[str, Any]) -> str | None:
    scheme, _, key = str(metadata.get("authorization", "")).partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _rebuilt(handler: Any, serve: Callable[..., Any], serialize: Callable[[Any], bytes] | None = None) -> Any:
    """A handler of the same kind that calls `serve`, with the same serializers unless there is another one."""
    make = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[handler.request_streaming, handler.response_streaming]
    return make(
        serve,
        request_deserializer=handler.request_deserializer,
        response_serializer=serialize or handler.response_serializer,
    )


_NAMES: Final = {"Embedder": "embedding", "Tokenize": "tokenizing", "Sample": "sampling"}
"""Where the service's own name is not what users call it."""


def _unserved(method: str) -> Any:
    """A handler for any method of any service that is not ours.

    On the wire every kind of call looks the same until it is read, so one kind of handler serves all.
    """
    service, _, name = method.lstrip("/").partition("/")
    short = service.rpartition(".")[2]
    if short in SERVED:
        sentence = f"{name} is not a method of {service} on this server."
    else:
        what = _NAMES.get(short, short.lower())
        sentence = f"{what} is not part of this server; it serves the Imagine and Files APIs"

    async def refuse(_: Any, context: Context) -> None:
        await context.abort(grpc.StatusCode.UNIMPLEMENTED, sentence)

    return grpc.stream_stream_rpc_method_handler(refuse)


SERVED: Final = frozenset({"Image", "Video", "Files", "BatchMgmt", "Models", "Auth"})
"""Services of package ``xai_api`` that this server has."""
