"""What the routes of requests say."""

import base64
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract.requests import Operation
from imagined.contract.results import OutputItem, RequestPhase, RequestState, RequestView
from imagined.imagine.following import Snapshot
from imagined.jobs.events import ShownPreview
from imagined.rest_api.common_messages import FileOutput, JobError, Usage, from_file_output, from_job_error, or_unset


class RequestOutput(msgspec.Struct, kw_only=True):
    """One result: its ephemeral URL, what it is, and the file it was kept as."""

    url: str
    mime_type: str
    bytes: int
    width: int
    height: int
    duration: float | UnsetType = UNSET
    file_output: FileOutput | UnsetType = UNSET
    storage_error: str | UnsetType = UNSET


class RequestDetail(msgspec.Struct, kw_only=True):
    """A request of any kind. `phase`, `step` and `of` are its engine's own; `place` is how many begin before it."""

    request_id: str
    operation: Operation
    model: str
    status: RequestState
    progress: int
    phase: RequestPhase | UnsetType = UNSET
    step: int | UnsetType = UNSET
    of: int | UnsetType = UNSET
    place: int | UnsetType = UNSET
    """At most 1000 are counted."""
    attempt: int
    """1 for the first; each that is lost costs one of three."""
    created_at: float
    """Unix seconds, as `finished_at`."""
    finished_at: float | UnsetType = UNSET
    outputs: list[RequestOutput] | UnsetType = UNSET
    usage: Usage | UnsetType = UNSET
    error: JobError | UnsetType = UNSET


class RequestList(msgspec.Struct, kw_only=True):
    """One page, the newest first. No token on the last one."""

    data: list[RequestDetail]
    pagination_token: str | None = None


class PreviewEvent(msgspec.Struct, kw_only=True):
    """A small picture of what is being made."""

    index: int
    mime_type: Literal["image/jpeg"] = "image/jpeg"
    width: int
    height: int
    b64_json: str


def from_view(view: RequestView) -> RequestDetail:
    """A request as an answer."""
    running = view.state == "running"
    return RequestDetail(
        request_id=view.request_id,
        operation=view.operation,
        model=view.model,
        status=view.state,
        progress=view.progress,
        phase=view.step.phase if view.state in ("queued", "running") else UNSET,
        step=view.step.step if running else UNSET,
        of=view.step.of if running else UNSET,
        place=UNSET if view.place is None else view.place,
        attempt=view.attempt,
        created_at=view.created_at,
        finished_at=UNSET if view.finished_at is None else view.finished_at,
        outputs=[_output(output) for output in view.outputs] if view.state == "done" else UNSET,
        usage=Usage(cost_in_usd_ticks=view.cost_in_usd_ticks) if view.state == "done" else UNSET,
        error=from_job_error(view.error) if view.state == "failed" else UNSET,
    )


def from_page(views: Sequence[RequestView], token: str | None) -> RequestList:
    """A page of them."""
    return RequestList(data=[from_view(view) for view in views], pagination_token=token)


def event(snapshot: Snapshot) -> bytes:
    """A state as a server-sent event, `progress` or the name of how it ended."""
    name = snapshot.view.state if snapshot.is_last else "progress"
    return f"id: {snapshot.id}\nevent: {name}\ndata: ".encode() + _line(from_view(snapshot.view))


def preview_event(shown: ShownPreview) -> bytes:
    """A preview as one. Without an id: who comes back is sent the newest one again."""
    preview = shown.preview
    data = PreviewEvent(
        index=preview.index,
        width=preview.width,
        height=preview.height,
        b64_json=base64.b64encode(preview.data).decode(),
    )
    return b"event: preview\ndata: " + _line(data)


def _line(data: msgspec.Struct) -> bytes:
    return msgspec.json.encode(data) + b"\n\n"


def _output(output: OutputItem) -> RequestOutput:
    return RequestOutput(
        url=output.url,
        mime_type=output.content_type,
        bytes=output.size,
        width=output.width,
        height=output.height,
        duration=UNSET if output.duration_s is None else output.duration_s,
        file_output=from_file_output(output.file_output),
        storage_error=or_unset(output.storage_error),
    )
