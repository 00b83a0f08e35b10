"""`xai_api.Video`: messages to `VideoRequest`, and a request's state to its messages."""

from typing import Final

from xai_sdk.proto import deferred_pb2, video_pb2

from imagined.contract import errors
from imagined.contract.requests import Keyframe, VideoRequest
from imagined.contract.results import JobError, RequestView
from imagined.grpc_api.common_messages import from_file_output, to_image_source, to_storage, to_video_source, usage
from imagined.grpc_api.wire import Message, optional, word

ASPECT_RATIOS: Final = {
    video_pb2.VIDEO_ASPECT_RATIO_1_1: "1:1",
    video_pb2.VIDEO_ASPECT_RATIO_16_9: "16:9",
    video_pb2.VIDEO_ASPECT_RATIO_9_16: "9:16",
    video_pb2.VIDEO_ASPECT_RATIO_4_3: "4:3",
    video_pb2.VIDEO_ASPECT_RATIO_3_4: "3:4",
    video_pb2.VIDEO_ASPECT_RATIO_3_2: "3:2",
    video_pb2.VIDEO_ASPECT_RATIO_2_3: "2:3",
}
RESOLUTIONS: Final = {
    video_pb2.VIDEO_RESOLUTION_480P: "480p",
    video_pb2.VIDEO_RESOLUTION_720P: "720p",
    video_pb2.VIDEO_RESOLUTION_1080P: "1080p",
}


def to_generation(message: Message) -> VideoRequest:
    """A `GenerateVideoRequest`; with `video` it is an edit, since gRPC has no call of its own for that."""
    image, last_frame, video = (optional(message, field) for field in ("image", "last_frame", "video"))
    if image is not None and video is not None:
        raise errors.exclusive("image", "video")
    return VideoRequest(
        operation="generate_video" if video is None else "edit_video",
        prompt=message.prompt,
        model=message.model or None,
        image=None if image is None else to_image_source("image", image),
        last_frame=None if last_frame is None else to_image_source("last_frame", last_frame),
        keyframes=tuple(_keyframe(frame, index) for index, frame in enumerate(message.keyframes)),
        reference_images=tuple(
            to_image_source(f"reference_images[{index}]", source)
            for index, source in enumerate(message.reference_images)
        ),
        voices=tuple(_voice(audio, index) for index, audio in enumerate(message.reference_audios)),
        video=None if video is None else to_video_source("video", video),
        duration=optional(message, "duration"),
        aspect_ratio=word("aspect_ratio", message.aspect_ratio, ASPECT_RATIOS),
        resolution=word("resolution", message.resolution, RESOLUTIONS),
        generate_audio=optional(message, "generate_audio") is not False,
        storage=to_storage(optional(message, "storage_options")),
    )


def to_extension(message: Message) -> VideoRequest:
    """An `ExtendVideoRequest`."""
    return VideoRequest(
        operation="extend_video",
        prompt=message.prompt,
        model=message.model or None,
        video=to_video_source("video", message.video),
        duration=optional(message, "duration"),
        storage=to_storage(optional(message, "storage_options")),
    )


def from_view(view: RequestView) -> Message:
    """A request's state.

    A pending one has its progress in `response` too: clients that only wait read the status alone, those that show
    a bar find it there.
    """
    match view.state:
        case "queued" | "running":
            response = video_pb2.VideoResponse(model=view.model, progress=min(view.progress, 99))
            return _deferred(deferred_pb2.PENDING, response)
        case "expired":
            return _deferred(deferred_pb2.EXPIRED, None)
        case "done" if view.outputs:
            return _deferred(deferred_pb2.DONE, finished(view))
        case "cancelled":
            error = JobError(code="failed_precondition", message="The request was cancelled before it finished.")
        case _:
            error = view.error or JobError(code="internal_error", message=errors.internal().message)
    response = video_pb2.VideoResponse(
        video=video_pb2.GeneratedVideo(respect_moderation=True),
        model=view.model,
        error=video_pb2.VideoError(code=error.code, message=error.message),
    )
    return _deferred(deferred_pb2.FAILED, response)


def finished(view: RequestView) -> Message:
    """The `VideoResponse` of a request that is done."""
    output = view.outputs[0]
    # proto3's false would make clients drop the video as blocked, so true is always said.
    video = video_pb2.GeneratedVideo(url=output.url, duration=round(output.duration_s or 0), respect_moderation=True)
    if output.file_output is not None:
        video.file_output.CopyFrom(from_file_output(output.file_output))
    if output.storage_error is not None:
        video.storage_error = output.storage_error
    return video_pb2.VideoResponse(video=video, model=view.model, usage=usage(view.cost_in_usd_ticks), progress=100)


def _deferred(status: int, response: Message | None) -> Message:
    return video_pb2.GetDeferredVideoResponse(status=status, response=response)


def _keyframe(frame: Message, index: int) -> Keyframe:
    return Keyframe(
        image=to_image_source(f"keyframes[{index}].image", frame.image),
        # A protobuf float has 24 bits; more digits than that are noise of the conversion.
        timestamp_s=round(frame.timestamp_s, 6),
    )


def _voice(audio: Message, index: int) -> str:
    voice_id: str = audio.voice_id
    if not voice_id:
        raise errors.invalid(f"reference_audios[{index}]: `voice_id` must be set.")
    return voice_id
