"""Accepted requests back to the messages they came as, for clients that ask what is in a batch.

What a message has no word for (a resolution or a ratio that only REST knows) is left out.
"""

from collections.abc import Mapping

from xai_sdk.proto import image_pb2, video_pb2

from imagined.contract.files import StorageOptions
from imagined.contract.requests import ImageRequest, MediaSource, VideoRequest
from imagined.grpc_api import image_messages, video_messages
from imagined.grpc_api.wire import Message


def from_image_request(request: ImageRequest, *, as_base64: bool) -> Message:
    """A `GenerateImageRequest`."""
    message = image_pb2.GenerateImageRequest(
        prompt=request.prompt,
        model=request.model,
        n=request.n,
        user=request.user,
        image=None if request.image is None else _image(request.image),
        images=[_image(source) for source in request.images],
        format=image_pb2.IMG_FORMAT_BASE64 if as_base64 else image_pb2.IMG_FORMAT_URL,
        aspect_ratio=_number(request.aspect_ratio, image_messages.ASPECT_RATIOS),
        resolution=_number(request.resolution, image_messages.RESOLUTIONS),
        quality=_number(request.quality, image_messages.QUALITIES),
    )
    _set_storage(message, request.storage)
    return message


def from_video_request(request: VideoRequest) -> Message:
    """A `GenerateVideoRequest`, which with `video` is an edit."""
    message = video_pb2.GenerateVideoRequest(
        prompt=request.prompt,
        model=request.model,
        duration=request.duration,
        image=None if request.image is None else _image(request.image),
        last_frame=None if request.last_frame is None else _image(request.last_frame),
        video=None if request.video is None else _video(request.video),
        reference_images=[_image(source) for source in request.reference_images],
        reference_audios=[video_pb2.AudioUrlContent(voice_id=voice) for voice in request.voices],
        keyframes=[
            video_pb2.VideoKeyframe(image=_image(frame.image), timestamp_s=frame.timestamp_s)
            for frame in request.keyframes
        ],
        aspect_ratio=_number(request.aspect_ratio, video_messages.ASPECT_RATIOS),
        resolution=_number(request.resolution, video_messages.RESOLUTIONS) if request.video is None else None,
        generate_audio=request.generate_audio,
    )
    _set_storage(message, request.storage)
    return message


def from_extension(request: VideoRequest) -> Message:
    """An `ExtendVideoRequest`."""
    message = video_pb2.ExtendVideoRequest(
        prompt=request.prompt,
        model=request.model,
        duration=request.duration,
        video=None if request.video is None else _video(request.video),
    )
    _set_storage(message, request.storage)
    return message


def _image(source: MediaSource) -> Message:
    return image_pb2.ImageUrlContent(image_url=source.url, file_id=source.file_id)


def _video(source: MediaSource) -> Message:
    return video_pb2.VideoUrlContent(url=source.url, file_id=source.file_id)


def _number(word: str | None, words: Mapping[int, str]) -> int | None:
    return next((number for number, known in words.items() if known == word), None)


def _set_storage(message: Message, storage: StorageOptions | None) -> None:
    if storage is None:
        return
    options = message.storage_options
    options.filename = storage.filename
    if storage.expires_after is not None:
        options.expires_after = storage.expires_after
    if storage.public_url:
        options.public_url.SetInParent()
    if storage.public_url_expires_after is not None:
        options.public_url.expires_after = storage.public_url_expires_after
