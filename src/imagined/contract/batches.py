"""Batches, wire-neutral: many image and video requests in one container, run behind interactive ones."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from imagined.contract import errors
from imagined.contract.errors import ApiError, shown
from imagined.contract.requests import ImageRequest, Operation, VideoRequest
from imagined.contract.results import RequestView

LIST_LIMIT: Final = 100
MAX_LIST_LIMIT: Final = 1000
LIFETIME_S: Final = 30 * 86_400
"""From a batch's creation to the moment its unfinished requests are cancelled."""
URL_LIFETIME_S: Final = 3_600
"""URLs in a page of results live this long from the moment the page is read (Batch API: 1 h)."""

EntryState = Literal["pending", "succeeded", "cancelled", "failed"]

ENDPOINTS: Final[dict[Operation, str]] = {
    "generate_image": "xai_api.Image/GenerateImage",
    "edit_image": "xai_api.Image/GenerateImage",
    "generate_video": "xai_api.Video/GenerateVideo",
    "edit_video": "xai_api.Video/GenerateVideo",
    "extend_video": "xai_api.Video/ExtendVideo",
}
"""How metadata and costs name the call that a request stands for."""


class BatchEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A request as a client puts it into a batch."""

    batch_request_id: str | None = None
    """Unique within the batch; made by the server when it is None."""
    request: ImageRequest | VideoRequest
    as_base64: bool = False
    """Pictures are to come back inside the result instead of as URLs."""


class BatchCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Requests by state. All are 0 while the input file of a batch is being read."""

    total: int = 0
    pending: int = 0
    succeeded: int = 0
    failed: int = 0
    cancelled: int = 0


class EndpointCost(msgspec.Struct, frozen=True, kw_only=True):
    """What the succeeded requests of one endpoint cost, in ticks of 1e-10 USD."""

    endpoint: str
    cost_in_usd_ticks: int
    request_count: int


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """A batch as its owner sees it. It has no word for its state: counts and the two ways to be cancelled say it."""

    id: str
    """``batch_`` and a UUID."""
    name: str
    key_id: str
    created_at: float
    expires_at: float
    cancelled_at: float | None = None
    """When its owner cancelled it."""
    refusal: str | None = None
    """Why the service cancelled it: an input file that cannot be used."""
    input_file_id: str | None = None
    counts: BatchCounts
    costs: tuple[EndpointCost, ...] = ()
    calculated_at: float

    @property
    def cost_in_usd_ticks(self) -> int:
        """Of all endpoints."""
        return sum(cost.cost_in_usd_ticks for cost in self.costs)


class BatchPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of batches, the newest first; `next_token` is None on the last one."""

    batches: tuple[Batch, ...]
    next_token: str | None


class EntryInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a request in a batch without its result."""

    batch_request_id: str
    endpoint: str
    model: str
    state: EntryState
    created_at: float
    finished_at: float | None


class EntryInfoPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page in the order of the ids."""

    entries: tuple[EntryInfo, ...]
    next_token: str | None


class EntryResult(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a request in a batch: `view` is done, failed or cancelled."""

    batch_request_id: str
    operation: Operation
    view: RequestView
    as_base64: bool = False


class EntryResultPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what has ended so far, in the order of the ids."""

    results: tuple[EntryResult, ...]
    next_token: str | None


class EntryDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One request of a batch with its result, if it has ended."""

    batch_request_id: str
    request: ImageRequest | VideoRequest | None
    """As it was accepted, defaults filled in. None once it has ended and was too large to keep."""
    as_base64: bool
    result: EntryResult | None


CANCELLED: Final = "Batch cancelled"
"""What the result of a cancelled request says (recorded from the hosted service)."""


def result_error(view: RequestView) -> str | None:
    """What a result without a response says; None for one that succeeded."""
    if view.state == "done":
        return None
    if view.state == "cancelled":
        return CANCELLED
    return view.error.message if view.error is not None else errors.internal().message


def batch_not_found(batch_id: str) -> ApiError:
    """Unknown, forgotten, or another team's batch."""
    return ApiError(errors.NOT_FOUND, f"Batch not found: {shown(batch_id)}")


def entry_not_found(batch_request_id: str) -> ApiError:
    """No such request in this batch."""
    return ApiError(errors.NOT_FOUND, f"Batch request not found: {shown(batch_request_id)}")


def batch_is_cancelled() -> ApiError:
    """Nothing can be added to a cancelled batch (Batch API: 403)."""
    return ApiError(errors.PERMISSION_DENIED, "The batch has been cancelled. Requests can no longer be added to it.")


def batch_is_sealed() -> ApiError:
    """A batch made from a file holds what the file holds (Batch API: 412)."""
    return ApiError(
        errors.FAILED_PRECONDITION, "The batch was created from an input file. Requests cannot be added to it."
    )


def batch_is_over() -> ApiError:
    """A batch past its expire time takes nothing any more."""
    return ApiError(errors.FAILED_PRECONDITION, "The batch has expired. Requests can no longer be added to it.")


def other_content(batch_request_id: str) -> ApiError:
    """An id that the batch has already, with another request (Batch API: 412)."""
    return ApiError(
        errors.FAILED_PRECONDITION,
        f"The batch already has a request with the id {shown(batch_request_id)} and other content.",
    )


def unsupported_kind(kind: str) -> ApiError:
    """Language requests and unknown kinds."""
    return errors.invalid(f"{shown(kind)} is not supported in batches of this server: it makes images and videos.")


def at_entry(index: int, batch_request_id: str | None, error: ApiError) -> ApiError:
    """The same refusal, saying which request of a call it is about."""
    name = f" ({shown(batch_request_id)})" if batch_request_id else ""
    return ApiError(error.kind, f"batch_requests[{index}]{name}: {error.message}")


def line_refusal(number: int, reason: str) -> str:
    """What `cancel_by_xai_message` says of a file that cannot be used (recorded form)."""
    return f"JSONL file validation failed: line {number}: {reason}"


def page_limit(limit: int) -> int:
    """The limit of a list call: 0 and negative mean 100, above 1000 is 1000 (Batch API)."""
    return LIST_LIMIT if limit <= 0 else min(limit, MAX_LIST_LIMIT)


def costs_of(succeeded: Sequence[tuple[Operation, int, int]]) -> tuple[EndpointCost, ...]:
    """Costs by endpoint from operation, count and cost of what succeeded; endpoints in a stable order."""
    by_endpoint: dict[str, tuple[int, int]] = {}
    for operation, count, cost in succeeded:
        before = by_endpoint.get(ENDPOINTS[operation], (0, 0))
        by_endpoint[ENDPOINTS[operation]] = (before[0] + count, before[1] + cost)
    return tuple(
        EndpointCost(endpoint=endpoint, cost_in_usd_ticks=cost, request_count=count)
        for endpoint, (count, cost) in sorted(by_endpoint.items())
    )
