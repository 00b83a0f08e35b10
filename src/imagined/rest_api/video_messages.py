"""`/v1/videos/*`: wire types and their translation."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract import errors
from imagined.contract.requests import Keyframe, MediaSource, VideoRequest
from imagined.contract.results import OutputItem, RequestView
from imagined.rest_api.common_messages import (
    FileOutput,
    JobError,
    Source,
    StorageOptions,
    Usage,
    from_file_output,
    from_job_error,
    or_unset,
    to_source,
    to_sources,
    to_storage,
)
from imagined.rest_api.json_bodies import SchemaMismatchError, missing_field

AspectRatio = Literal["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"]
Resolution = Literal["480p", "720p", "1080p"]
Duration = int | float | str


class KeyframeBody(msgspec.Struct, kw_only=True):
    """A picture pinned at a time in seconds."""

    image: Source
    timestamp_s: float


class ReferenceAudio(msgspec.Struct, kw_only=True):
    """A voice, by its id."""

    voice_id: str | None = None
    url: str | None = None
    """Refused: clips as voices are not served here."""


class Output(msgspec.Struct, kw_only=True):
    """Where the result is to be sent with PUT."""

    upload_url: str | None = None


class VideoGeneration(msgspec.Struct, kw_only=True):
    """Text, a first frame, references, a last frame or keyframes to a video. Unknown fields are ignored."""

    prompt: str | None = None
    model: str | None = None
    image: Source | None = None
    image_url: Source | None = None
    """The same as `image`."""
    input_reference: Source | None = None
    """The same as `image`."""
    last_frame: Source | None = None
    keyframes: list[KeyframeBody] | None = None
    reference_images: list[Source] | None = None
    reference_audios: list[ReferenceAudio] | None = None
    generate_audio: bool | None = None
    duration: Duration | None = None
    """Whole seconds, as a number or a numeric string."""
    seconds: Duration | None = None
    """The same as `duration`."""
    aspect_ratio: AspectRatio | None = None
    resolution: Resolution | None = None
    storage_options: StorageOptions | None = None
    output: Output | None = None
    user: str | None = None


class VideoEdit(msgspec.Struct, kw_only=True):
    """Change a video by prompt. Its length and shape stay; fields for them are ignored."""

    prompt: str
    video: Source
    model: str | None = None
    storage_options: StorageOptions | None = None
    output: Output | None = None
    user: str | None = None


class VideoExtension(VideoEdit, kw_only=True):
    """Continue a video from its last frame; `duration` is the length of the added part."""

    duration: Duration | None = None
    seconds: Duration | None = None
    """The same as `duration`."""


class Started(msgspec.Struct, kw_only=True):
    """The id to poll with."""

    request_id: str


class VideoItem(msgspec.Struct, kw_only=True):
    """A finished video, or the empty one of a failed request."""

    url: str
    duration: int
    respect_moderation: bool = True
    file_output: FileOutput | UnsetType = UNSET
    storage_error: str | UnsetType = UNSET


class VideoState(msgspec.Struct, kw_only=True):
    """A poll's answer. `progress` is 0 to 99 while `pending`, 100 when `done`, 0 when `failed`."""

    status: Literal["pending", "done", "failed", "expired"]
    progress: int
    model: str
    video: VideoItem | UnsetType = UNSET
    usage: Usage | UnsetType = UNSET
    error: JobError | UnsetType = UNSET


def to_generation(wire: VideoGeneration) -> VideoRequest:
    """Translate a call of the generation route."""
    return VideoRequest(
        operation="generate_video",
        prompt=wire.prompt or "",
        model=wire.model,
        image=_first_frame(wire),
        last_frame=None if wire.last_frame is None else to_source(wire.last_frame, ("last_frame",)),
        keyframes=tuple(
            Keyframe(image=to_source(frame.image, ("keyframes", index, "image")), timestamp_s=frame.timestamp_s)
            for index, frame in enumerate(wire.keyframes or ())
        ),
        reference_images=to_sources(wire.reference_images, "reference_images"),
        voices=tuple(_voice(audio, index) for index, audio in enumerate(wire.reference_audios or ())),
        duration=_duration(wire.duration, wire.seconds),
        aspect_ratio=wire.aspect_ratio,
        resolution=wire.resolution,
        generate_audio=wire.generate_audio is not False,
        storage=to_storage(wire.storage_options),
        upload_url=wire.output.upload_url if wire.output else None,
        user=wire.user,
    )


def to_edit(wire: VideoEdit) -> VideoRequest:
    """Translate a call of the edit route."""
    return VideoRequest(
        operation="edit_video",
        prompt=wire.prompt,
        model=wire.model,
        video=to_source(wire.video, ("video",)),
        storage=to_storage(wire.storage_options),
        upload_url=wire.output.upload_url if wire.output else None,
        user=wire.user,
    )


def to_extension(wire: VideoExtension) -> VideoRequest:
    """Translate a call of the extension route."""
    return msgspec.structs.replace(
        to_edit(wire), operation="extend_video", duration=_duration(wire.duration, wire.seconds)
    )


def from_view(view: RequestView) -> VideoState:
    """A request's state as a poll's answer."""
    match view.state:
        case "queued" | "running":
            return VideoState(status="pending", progress=min(view.progress, 99), model=view.model)
        case "expired":
            return VideoState(status="expired", progress=0, model=view.model)
        case "done" if view.outputs:
            return VideoState(
                status="done",
                progress=100,
                model=view.model,
                video=_item(view.outputs[0]),
                usage=Usage(cost_in_usd_ticks=view.cost_in_usd_ticks),
            )
    error = from_job_error(view.error)
    if view.state == "cancelled":
        error = JobError(code="failed_precondition", message="The request was cancelled before it finished.")
    return VideoState(status="failed", progress=0, model=view.model, video=VideoItem(url="", duration=0), error=error)


def _item(output: OutputItem) -> VideoItem:
    return VideoItem(
        url=output.url,
        duration=round(output.duration_s or 0),
        file_output=from_file_output(output.file_output),
        storage_error=or_unset(output.storage_error),
    )


def _first_frame(wire: VideoGeneration) -> MediaSource | None:
    given = [name for name in ("image", "image_url", "input_reference") if getattr(wire, name) is not None]
    if len(given) > 1:
        raise errors.exclusive(given[0], given[1])
    return to_source(getattr(wire, given[0]), (given[0],)) if given else None


def _voice(audio: ReferenceAudio, index: int) -> str:
    if audio.url is not None:
        raise errors.invalid("`reference_audios[].url` is not supported by this server; use `voice_id`.")
    if audio.voice_id is None:
        raise missing_field(("reference_audios", index), "voice_id")
    return audio.voice_id


def _duration(duration: Duration | None, seconds: Duration | None) -> int | None:
    if duration is not None and seconds is not None:
        raise errors.exclusive("duration", "seconds")
    name, given = ("duration", duration) if seconds is None else ("seconds", seconds)
    if given is None:
        return None
    try:
        number = float(given)
    except ValueError:
        raise SchemaMismatchError(
            (name,), f'invalid type: string "{str(given)[:40]}", expected an integer, a number or a numeric string'
        ) from None
    if not number.is_integer():
        raise errors.invalid(f"{name}: must be a whole number of seconds.")
    return int(number)
