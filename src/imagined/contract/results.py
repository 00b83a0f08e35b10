"""What image and video requests give back, wire-neutral. Times are unix seconds, costs are ticks of 1e-10 USD."""

from typing import Literal

import msgspec

from imagined.contract.files import FileOutput

RequestState = Literal["queued", "running", "done", "failed", "cancelled", "expired"]
JobErrorCode = Literal[
    "invalid_argument", "permission_denied", "failed_precondition", "service_unavailable", "internal_error"
]


class OutputItem(msgspec.Struct, frozen=True, kw_only=True):
    """One published result of a request."""

    url: str
    """Ephemeral, unauthenticated, unguessable."""
    content_type: str
    size: int
    sha256: str
    width: int
    height: int
    duration_s: float | None = None
    file_output: FileOutput | None = None
    storage_error: str | None = None


class JobError(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request failed, in the underscore codes of jobs."""

    code: str
    message: str


class RequestView(msgspec.Struct, frozen=True, kw_only=True):
    """A request as its owner sees it."""

    request_id: str
    state: RequestState
    model: str
    """The model that serves the request, aliases resolved."""
    progress: int = 0
    """0..99 while pending, 100 done, 0 failed."""
    outputs: tuple[OutputItem, ...] = ()
    error: JobError | None = None
    cost_in_usd_ticks: int = 0
