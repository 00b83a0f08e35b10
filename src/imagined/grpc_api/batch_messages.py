"""`xai_api.BatchMgmt`: messages to batch entries, and batches to their messages."""

from collections.abc import Sequence
from typing import Final

from xai_sdk.proto import batch_pb2

from imagined.contract import batches, errors
from imagined.contract.batches import Batch, BatchEntry, BatchPage, EntryDetail, EntryInfo, EntryResult, EntryState
from imagined.contract.errors import ApiError, invalid
from imagined.contract.requests import ImageRequest, VideoRequest
from imagined.contract.results import RequestView
from imagined.grpc_api import image_messages, request_messages, video_messages
from imagined.grpc_api.wire import Message, optional, set_timestamp, timestamp

_State: Final = batch_pb2.BatchRequestMetadata.State
STATES: Final[dict[EntryState, int]] = {
    "pending": _State.Value("STATE_PENDING"),
    "succeeded": _State.Value("STATE_SUCCEEDED"),
    "cancelled": _State.Value("STATE_CANCELLED"),
    "failed": _State.Value("STATE_FAILED"),
}
_CANCELLED: Final = 1
_INTERNAL: Final = 13
_CODES: Final = {
    "invalid_argument": 3,
    "permission_denied": 7,
    "failed_precondition": 9,
    "internal_error": _INTERNAL,
    "service_unavailable": 14,
}
"""Numbers of `google.rpc.Code`."""


def to_entries(message: Message) -> list[BatchEntry]:
    """The requests of an `AddBatchRequestsRequest`; raises `ApiError` that names the first that cannot be added."""
    entries = []
    for index, request in enumerate(message.batch_requests):
        try:
            entries.append(_entry(request))
        except ApiError as error:
            raise batches.at_entry(index, request.batch_request_id, error) from None
    return entries


def to_states(message: Message) -> list[EntryState]:
    """The states that a `ListBatchRequestMetadataRequest` asks for; none means all."""
    words = {number: state for state, number in STATES.items()}
    for number in message.status:
        if number not in words:
            raise invalid(f"status: unknown value {number}, expected one of {', '.join(STATES)}.")
    return [words[number] for number in message.status]


def from_batch(batch: Batch) -> Message:
    """A batch."""
    message = batch_pb2.Batch(
        batch_id=batch.id,
        name=batch.name,
        create_time=timestamp(batch.created_at),
        expire_time=timestamp(batch.expires_at),
        create_api_key_id=batch.key_id,
        cancel_by_xai_message=batch.refusal,
        input_file_id=batch.input_file_id,
        state=batch_pb2.BatchState(
            num_requests=batch.counts.total,
            num_pending=batch.counts.pending,
            num_success=batch.counts.succeeded,
            num_error=batch.counts.failed,
            num_cancelled=batch.counts.cancelled,
        ),
        cost_breakdown=batch_pb2.BatchCostBreakdown(
            total_cost_usd_ticks=batch.cost_in_usd_ticks,
            endpoint_costs=[
                {
                    "endpoint": cost.endpoint,
                    "cost_usd_ticks": cost.cost_in_usd_ticks,
                    "request_count": cost.request_count,
                }
                for cost in batch.costs
            ],
            calculation_time=timestamp(batch.calculated_at),
        ),
    )
    set_timestamp(message, "cancel_time", batch.cancelled_at)
    return message


def from_page(page: BatchPage) -> Message:
    """A page of batches; the token is left out on the last one."""
    return batch_pb2.ListBatchesResponse(
        batches=[from_batch(batch) for batch in page.batches], pagination_token=page.next_token
    )


def from_entry(entry: EntryInfo) -> Message:
    """Metadata of a request in a batch."""
    message = batch_pb2.BatchRequestMetadata(
        batch_request_id=entry.batch_request_id,
        endpoint=entry.endpoint,
        model=entry.model,
        state=STATES[entry.state],
        create_time=timestamp(entry.created_at),
    )
    set_timestamp(message, "finish_time", entry.finished_at)
    return message


def from_result(result: EntryResult, pictures: Sequence[bytes] | None) -> Message:
    """The end of a request; `pictures` are the bytes of its outputs when they go inside the message."""
    message = batch_pb2.BatchResult(batch_request_id=result.batch_request_id)
    reason = batches.result_error(result.view)
    if reason is not None:
        message.error.code = _code(result.view)
        message.error.message = reason
    elif result.operation in ("generate_image", "edit_image"):
        message.response.image_response.CopyFrom(image_messages.from_view(result.view, pictures))
    else:
        message.response.video_response.CopyFrom(video_messages.finished(result.view))
    return message


def fits(view: RequestView) -> bool:
    """Whether a request's pictures can go inside a message in base64; if not, clients get their URLs."""
    try:
        image_messages.check_base64_fits(view)
    except ApiError:
        return False
    return True


def from_detail(detail: EntryDetail) -> Message:
    """A request of a batch as it was accepted, without one that was too large to keep."""
    message = batch_pb2.BatchRequest(batch_request_id=detail.batch_request_id)
    request = detail.request
    if isinstance(request, ImageRequest):
        message.image_request.CopyFrom(request_messages.from_image_request(request, as_base64=detail.as_base64))
    elif isinstance(request, VideoRequest) and request.operation == "extend_video":
        message.video_extension_request.CopyFrom(request_messages.from_extension(request))
    elif isinstance(request, VideoRequest):
        message.video_request.CopyFrom(request_messages.from_video_request(request))
    return message


def _entry(request: Message) -> BatchEntry:
    name = optional(request, "batch_request_id") or None
    match request.WhichOneof("request"):
        case "image_request":
            call = image_messages.to_call(request.image_request)
            return BatchEntry(batch_request_id=name, request=call.request, as_base64=call.as_base64)
        case "video_request":
            return BatchEntry(batch_request_id=name, request=video_messages.to_generation(request.video_request))
        case "video_extension_request":
            extension = video_messages.to_extension(request.video_extension_request)
            return BatchEntry(batch_request_id=name, request=extension)
        case None:
            raise errors.invalid("must have image_request, video_request or video_extension_request.")
        case kind:
            raise batches.unsupported_kind(str(kind))


def _code(view: RequestView) -> int:
    if view.state == "cancelled":
        return _CANCELLED
    return _INTERNAL if view.error is None else _CODES.get(view.error.code, _INTERNAL)
