"""`ApiError` as an HTTP answer: the one place where the form of a REST error body is decided."""

import msgspec
from starlette.responses import Response

from imagined.contract.errors import UNKNOWN_PATH, WRONG_KEY, ApiError
from imagined.rest_api.common_messages import ErrorBody, NestedError, NestedErrorBody, UsageBody

_UNAUTHENTICATED = "unauthenticated:bad-credentials"


def unknown_path() -> ApiError:
    """No such route. The sentence names the way out."""
    return ApiError(
        UNKNOWN_PATH,
        "The requested resource was not found. Please check the URL; this server's routes are listed at /docs.",
    )


def render(error: ApiError, *, wrong_key_status: int = 400) -> Response:
    """The answer to a refused request.

    `wrong_key_status` is 400, which the hosted service sends, or 401, which its documentation says.
    """
    kind = error.kind
    status, code = kind.http, kind.code
    if kind is WRONG_KEY and wrong_key_status == 401:
        status, code = 401, _UNAUTHENTICATED
    headers = {}
    if error.retry_after_s is not None:
        headers["retry-after"] = str(error.retry_after_header)
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    match kind.body:
        case "text":
            return Response(error.message, status, headers, "text/plain; charset=utf-8")
        case "empty":
            return Response(b"", status, headers)
        case "nested":
            body: msgspec.Struct = NestedErrorBody(error=NestedError(code=status, message=error.message))
        case _:
            body = ErrorBody(code=code, error=error.message, usage=_usage(error))
    return Response(msgspec.json.encode(body), status, headers, "application/json")


def _usage(error: ApiError) -> UsageBody | msgspec.UnsetType:
    if error.cost_in_usd_ticks is None:
        return msgspec.UNSET
    return UsageBody(cost_in_usd_ticks=error.cost_in_usd_ticks)
