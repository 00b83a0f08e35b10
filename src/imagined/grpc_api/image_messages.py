"""`xai_api.Image`: messages to `ImageRequest`, and a finished request to its messages."""

import base64
from collections.abc import Sequence
from typing import Final

import msgspec
from xai_sdk.proto import image_pb2

from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.contract.requests import ImageRequest
from imagined.contract.results import OutputItem, RequestView
from imagined.grpc_api.common_messages import from_file_output, to_image_source, to_storage, usage
from imagined.grpc_api.options import MAX_MESSAGE_BYTES
from imagined.grpc_api.wire import Message, optional, word

ASPECT_RATIOS: Final = {
    image_pb2.IMG_ASPECT_RATIO_1_1: "1:1",
    image_pb2.IMG_ASPECT_RATIO_3_4: "3:4",
    image_pb2.IMG_ASPECT_RATIO_4_3: "4:3",
    image_pb2.IMG_ASPECT_RATIO_9_16: "9:16",
    image_pb2.IMG_ASPECT_RATIO_16_9: "16:9",
    image_pb2.IMG_ASPECT_RATIO_2_3: "2:3",
    image_pb2.IMG_ASPECT_RATIO_3_2: "3:2",
    image_pb2.IMG_ASPECT_RATIO_AUTO: "auto",
    image_pb2.IMG_ASPECT_RATIO_9_19_5: "9:19.5",
    image_pb2.IMG_ASPECT_RATIO_19_5_9: "19.5:9",
    image_pb2.IMG_ASPECT_RATIO_9_20: "9:20",
    image_pb2.IMG_ASPECT_RATIO_20_9: "20:9",
    image_pb2.IMG_ASPECT_RATIO_1_2: "1:2",
    image_pb2.IMG_ASPECT_RATIO_2_1: "2:1",
}
RESOLUTIONS: Final = {image_pb2.IMG_RESOLUTION_1K: "1k", image_pb2.IMG_RESOLUTION_2K: "2k"}
QUALITIES: Final = {
    image_pb2.IMG_QUALITY_LOW: "low",
    image_pb2.IMG_QUALITY_MEDIUM: "medium",
    image_pb2.IMG_QUALITY_HIGH: "high",
}
FORMATS: Final = {image_pb2.IMG_FORMAT_BASE64: "base64", image_pb2.IMG_FORMAT_URL: "url"}

DEFAULT_ASPECT_RATIO: Final = "1:1"
"""What an absent ratio means on gRPC, by the message's own comment; REST says auto."""

_FRAMING_BYTES: Final = 8 * 1024
"""Room for everything but the base64 text of one picture."""


class ImageCall(msgspec.Struct, frozen=True, kw_only=True):
    """A translated call: the request, and how its pictures are to be returned."""

    request: ImageRequest
    as_base64: bool


def to_call(message: Message) -> ImageCall:
    """A `GenerateImageRequest`: an edit when it has inputs."""
    image = optional(message, "image")
    request = ImageRequest(
        prompt=message.prompt,
        model=message.model or None,
        n=optional(message, "n"),
        image=None if image is None else to_image_source("image", image),
        images=tuple(to_image_source(f"images[{index}]", source) for index, source in enumerate(message.images)),
        is_edit=image is not None or len(message.images) > 0,
        aspect_ratio=word("aspect_ratio", message.aspect_ratio, ASPECT_RATIOS),
        resolution=word("resolution", message.resolution, RESOLUTIONS),
        quality=word("quality", message.quality, QUALITIES),
        storage=to_storage(optional(message, "storage_options")),
        user=message.user or None,
        default_aspect_ratio=DEFAULT_ASPECT_RATIO,
    )
    return ImageCall(request=request, as_base64=word("format", message.format, FORMATS) == "base64")


def check_base64_fits(view: RequestView) -> None:
    """Raise `ApiError` when the pictures in base64 are more than clients accept in one message."""
    size = sum(-(-output.size // 3) * 4 + _FRAMING_BYTES for output in view.outputs)
    if size > MAX_MESSAGE_BYTES:
        raise ApiError(
            errors.RESOURCE_EXHAUSTED,
            f"The images are {size} bytes in base64, more than the {MAX_MESSAGE_BYTES} bytes that gRPC clients "
            "accept in one message. Ask for format url, fewer images or a smaller resolution.",
        )


def from_view(view: RequestView, pictures: Sequence[bytes] | None) -> Message:
    """The answer to a finished request; `pictures` are the bytes of its outputs when base64 was asked for."""
    return image_pb2.ImageResponse(
        images=[
            _image(output, None if pictures is None else pictures[index]) for index, output in enumerate(view.outputs)
        ],
        model=view.model,
        usage=usage(view.cost_in_usd_ticks),
    )


def _image(output: OutputItem, picture: bytes | None) -> Message:
    # proto3's false would make clients drop the picture as blocked, so true is always said.
    message = image_pb2.GeneratedImage(respect_moderation=True)
    if picture is None:
        message.url = output.url
    else:
        message.base64 = f"data:{output.content_type};base64,{base64.b64encode(picture).decode('ascii')}"
    if output.file_output is not None:
        message.file_output.CopyFrom(from_file_output(output.file_output))
    if output.storage_error is not None:
        message.storage_error = output.storage_error
    return message
