"""`/v1/batches*` and lines of input files: wire types and their translation."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract import batches, errors
from imagined.contract.batches import BatchEntry, BatchPage, EntryInfoPage, EntryResult
from imagined.contract.errors import ApiError
from imagined.contract.requests import VideoRequest
from imagined.rest_api import image_messages, video_messages
from imagined.rest_api.image_messages import ImageAnswer, ImageCall, ImageEdit, ImageGeneration
from imagined.rest_api.json_bodies import SchemaMismatchError, translated
from imagined.rest_api.video_messages import VideoEdit, VideoExtension, VideoGeneration, VideoState


class NewBatch(msgspec.Struct, kw_only=True):
    """A name, and for a batch that is filled from a stored JSON Lines file the file's id."""

    name: str
    input_file_id: str | None = None


class BatchRequestBody(msgspec.Struct, kw_only=True):
    """Exactly one kind of request, with the body that its own route takes."""

    image_generation: ImageEdit | None = None
    """With `image` or `images` it is an edit."""
    image_edit: ImageEdit | None = None
    video_generation: VideoGeneration | None = None
    video_edit: VideoEdit | None = None
    video_extension: VideoExtension | None = None
    chat_get_completion: Any = None
    """Refused: no language models are served here."""


class BatchRequestItem(msgspec.Struct, kw_only=True):
    """A request, and an id that is unique within the batch; without one the server makes it."""

    batch_request_id: str | None = None
    batch_request: BatchRequestBody


class NewBatchRequests(msgspec.Struct, kw_only=True):
    """Requests to add, all or none."""

    batch_requests: list[BatchRequestItem]


class BatchLine(msgspec.Struct, kw_only=True):
    """A line of an input file: a call of one of the image and video routes."""

    custom_id: str | None = None
    method: str | None = None
    url: str
    body: msgspec.Raw


class BatchState(msgspec.Struct, kw_only=True):
    """Requests by state. All are 0 while the input file is being read."""

    num_requests: int
    num_pending: int
    num_success: int
    num_error: int
    num_cancelled: int


class EndpointCost(msgspec.Struct, kw_only=True):
    """What the succeeded requests of one endpoint cost, in ticks of 1e-10 US dollars."""

    endpoint: str
    cost_usd_ticks: int
    request_count: int


class BatchCostBreakdown(msgspec.Struct, kw_only=True):
    """What a batch has cost until now."""

    total_cost_usd_ticks: int
    endpoint_costs: list[EndpointCost]
    calculation_time: str


class Batch(msgspec.Struct, kw_only=True):
    """A batch. It is complete when `num_requests` is not 0 and `num_pending` is. Times are RFC 3339."""

    batch_id: str
    name: str
    create_time: str
    expire_time: str
    create_api_key_id: str
    cancel_time: str | None
    cancel_by_xai_message: str | None
    state: BatchState
    cost_breakdown: BatchCostBreakdown
    input_file_id: str | UnsetType = UNSET


class BatchList(msgspec.Struct, kw_only=True):
    """A page; the token is null on the last one."""

    batches: list[Batch]
    pagination_token: str | None


class BatchRequestMetadata(msgspec.Struct, kw_only=True):
    """A request of a batch: `pending`, `succeeded`, `cancelled` or `failed`."""

    batch_request_id: str
    endpoint: str
    model: str
    state: str
    create_time: str
    finish_time: str | None


class BatchRequestList(msgspec.Struct, kw_only=True):
    """A page in the order of the ids; the token is null on the last one."""

    batch_request_metadata: list[BatchRequestMetadata]
    pagination_token: str | None


class BatchResponse(msgspec.Struct, kw_only=True):
    """What the request's own route would have answered in the end."""

    image_generation: ImageAnswer | UnsetType = UNSET
    video_generation: VideoState | UnsetType = UNSET


class BatchResultBody(msgspec.Struct, kw_only=True):
    """A response, or why there is none."""

    response: BatchResponse | UnsetType = UNSET
    error: str | UnsetType = UNSET


class BatchResult(msgspec.Struct, kw_only=True):
    """The end of one request."""

    batch_request_id: str
    batch_result: BatchResultBody


class BatchResultList(msgspec.Struct, kw_only=True):
    """A page in the order of the ids; the token is null on the last one."""

    results: list[BatchResult]
    pagination_token: str | None


def to_entries(wire: NewBatchRequests) -> list[BatchEntry]:
    """Requests to add; raises `ApiError` that names the first that cannot be."""
    return [_entry(item, index) for index, item in enumerate(wire.batch_requests)]


def parse_line(text: bytes) -> BatchEntry:
    """One line of an input file; raises `ApiError`."""
    line = translated(text, BatchLine, _same)
    if line.method is not None and line.method != "POST":
        raise errors.invalid(f"method: must be POST, not {errors.shown(line.method)}.")
    read = _LINES.get(line.url)
    if read is None and line.url in _LANGUAGE_URLS:
        raise batches.unsupported_kind(line.url)
    if read is None:
        raise errors.invalid(f"url: must be one of {', '.join(_LINES)}.")
    return _named(line.custom_id, read(bytes(line.body)))


def from_batch(batch: batches.Batch) -> Batch:
    """A batch."""
    counts = batch.counts
    return Batch(
        batch_id=batch.id,
        name=batch.name,
        create_time=_time(batch.created_at),
        expire_time=_time(batch.expires_at),
        create_api_key_id=batch.key_id,
        cancel_time=_time_or_null(batch.cancelled_at),
        cancel_by_xai_message=batch.refusal,
        state=BatchState(
            num_requests=counts.total,
            num_pending=counts.pending,
            num_success=counts.succeeded,
            num_error=counts.failed,
            num_cancelled=counts.cancelled,
        ),
        cost_breakdown=BatchCostBreakdown(
            total_cost_usd_ticks=batch.cost_in_usd_ticks,
            endpoint_costs=[
                EndpointCost(
                    endpoint=cost.endpoint, cost_usd_ticks=cost.cost_in_usd_ticks, request_count=cost.request_count
                )
                for cost in batch.costs
            ],
            calculation_time=_time(batch.calculated_at),
        ),
        input_file_id=UNSET if batch.input_file_id is None else batch.input_file_id,
    )


def from_page(page: BatchPage) -> BatchList:
    """A page of batches."""
    return BatchList(batches=[from_batch(batch) for batch in page.batches], pagination_token=page.next_token)


def from_entries(page: EntryInfoPage) -> BatchRequestList:
    """A page of what is in a batch."""
    return BatchRequestList(
        batch_request_metadata=[
            BatchRequestMetadata(
                batch_request_id=entry.batch_request_id,
                endpoint=entry.endpoint,
                model=entry.model,
                state=entry.state,
                create_time=_time(entry.created_at),
                finish_time=_time_or_null(entry.finished_at),
            )
            for entry in page.entries
        ],
        pagination_token=page.next_token,
    )


def from_result(result: EntryResult, pictures: Sequence[bytes] | None) -> BatchResult:
    """The end of one request; `pictures` are the bytes of its outputs when base64 was asked for."""
    error = batches.result_error(result.view)
    if error is not None:
        body = BatchResultBody(error=error)
    elif result.operation in ("generate_image", "edit_image"):
        answer = image_messages.from_view(result.view, pictures)
        body = BatchResultBody(response=BatchResponse(image_generation=answer))
    else:
        body = BatchResultBody(response=BatchResponse(video_generation=video_messages.from_view(result.view)))
    return BatchResult(batch_request_id=result.batch_request_id, batch_result=body)


def _entry(item: BatchRequestItem, index: int) -> BatchEntry:
    given = [name for name in item.batch_request.__struct_fields__ if getattr(item.batch_request, name) is not None]
    try:
        if len(given) != 1:
            raise errors.invalid(f"batch_request: must have exactly one of {', '.join(_KINDS)}.")
        if given[0] not in _KINDS:
            raise batches.unsupported_kind(given[0])
        call = _KINDS[given[0]](getattr(item.batch_request, given[0]))
    except SchemaMismatchError as problem:
        path = ("batch_requests", index, "batch_request", *given, *problem.path)
        raise SchemaMismatchError(path, problem.text) from None
    except ApiError as error:
        raise batches.at_entry(index, item.batch_request_id, error) from None
    return _named(item.batch_request_id, call)


def _named(name: str | None, call: ImageCall | VideoRequest) -> BatchEntry:
    if isinstance(call, VideoRequest):
        return BatchEntry(batch_request_id=name or None, request=call)
    return BatchEntry(batch_request_id=name or None, request=call.request, as_base64=call.as_base64)


def _image(wire: ImageEdit) -> ImageCall:
    has_inputs = wire.image is not None or wire.image_url is not None or bool(wire.images)
    return image_messages.to_edit(wire) if has_inputs else image_messages.to_generation(wire)


_KINDS: Final[dict[str, Callable[[Any], ImageCall | VideoRequest]]] = {
    "image_generation": _image,
    "image_edit": image_messages.to_edit,
    "video_generation": video_messages.to_generation,
    "video_edit": video_messages.to_edit,
    "video_extension": video_messages.to_extension,
}
_LINES: Final[dict[str, Callable[[bytes], ImageCall | VideoRequest]]] = {
    "/v1/images/generations": lambda body: translated(body, ImageGeneration, image_messages.to_generation),
    "/v1/images/edits": lambda body: translated(body, ImageEdit, image_messages.to_edit),
    "/v1/videos/generations": lambda body: translated(body, VideoGeneration, video_messages.to_generation),
    "/v1/videos/edits": lambda body: translated(body, VideoEdit, video_messages.to_edit),
    "/v1/videos/extensions": lambda body: translated(body, VideoExtension, video_messages.to_extension),
}
_LANGUAGE_URLS: Final = ("/v1/chat/completions", "/v1/responses")


def _same(line: BatchLine) -> BatchLine:
    return line


def _time(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _time_or_null(time: float | None) -> str | None:
    return None if time is None else _time(time)
