"""What image and video requests give back, wire-neutral. Times are unix seconds, costs are ticks of 1e-10 USD."""

from typing import Final, Literal

import msgspec

from imagined.contract.files import FileOutput
from imagined.contract.requests import Operation

RequestState = Literal["queued", "running", "done", "failed", "cancelled", "expired"]
RequestPhase = Literal["waiting", "loading", "drawing", "encoding", "storing"]
JobErrorCode = Literal[
    "invalid_argument", "permission_denied", "failed_precondition", "service_unavailable", "internal_error"
]


PLACES: Final = 1000
"""How far the place of a request in the queue is counted."""


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


class RequestStep(msgspec.Struct, frozen=True, kw_only=True):
    """How far the running attempt of a request is, from its engine's own steps."""

    percent: int = 0
    """0 to 99 of the whole; never falling, whatever attempt it is."""
    phase: RequestPhase = "waiting"
    step: int = 0
    """Steps done in this phase, of `of`; 0 of 0 where the engine has not said."""
    of: int = 0


class RequestView(msgspec.Struct, frozen=True, kw_only=True):
    """A request as its owner sees it."""

    request_id: str
    state: RequestState
    model: str
    """The model that serves the request, aliases resolved."""
    operation: Operation = "generate_image"
    progress: int = 0
    """0..99 while pending, 100 done, 0 failed."""
    step: RequestStep = RequestStep()
    place: int | None = None
    """How many requests begin before this one, counted up to `PLACES`; None once it has begun, or was not asked for."""
    attempt: int = 0
    created_at: float = 0.0
    finished_at: float | None = None
    outputs: tuple[OutputItem, ...] = ()
    error: JobError | None = None
    cost_in_usd_ticks: int = 0
