"""How the end of a request that a client waited for becomes a refusal of that call.

Image requests are synchronous on the wire, so a failed one answers with an error of its own; the job's underscore
code decides which. Video requests report the same `JobError` inside a successful poll instead.
"""

from typing import Final

from imagined.contract import errors
from imagined.contract.errors import ApiError, ErrorKind
from imagined.contract.results import RequestView

_KINDS: Final[dict[str, ErrorKind]] = {
    "invalid_argument": errors.INVALID_ARGUMENT,
    "permission_denied": errors.PERMISSION_DENIED,
    "failed_precondition": errors.FAILED_PRECONDITION,
    "service_unavailable": errors.UNAVAILABLE,
    "internal_error": errors.INTERNAL,
}


def refusal(view: RequestView) -> ApiError:
    """The error that a call gets whose request ended as `view` shows: failed, cancelled or expired."""
    if view.state == "cancelled":
        return ApiError(errors.FAILED_PRECONDITION, "The request was cancelled before it finished.", is_end=True)
    if view.state == "expired":
        return ApiError(errors.NOT_FOUND, "The request's result has expired.", is_end=True)
    if view.error is None:
        return errors.internal()
    return ApiError(_KINDS.get(view.error.code, errors.INTERNAL), view.error.message, is_end=True)
