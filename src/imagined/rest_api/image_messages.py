"""`/v1/images/*`: wire types and their translation."""

import base64
from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.contract.requests import ImageRequest
from imagined.contract.results import OutputItem, RequestView
from imagined.rest_api.common_messages import (
    FileOutput,
    Source,
    StorageOptions,
    Usage,
    from_file_output,
    or_unset,
    to_source,
    to_sources,
    to_storage,
)

AspectRatio = Literal[
    "1:1",
    "3:4",
    "4:3",
    "9:16",
    "16:9",
    "2:3",
    "3:2",
    "9:19.5",
    "19.5:9",
    "9:20",
    "20:9",
    "1:2",
    "2:1",
    "21:9",
    "5:2",
    "auto",
]
Resolution = Literal["1k", "1.5k", "2k"]
Quality = Literal["low", "medium", "high", "auto"]
ResponseFormat = Literal["url", "b64_json"]


class ImageGeneration(msgspec.Struct, kw_only=True):
    """A prompt to one or more pictures. Unknown fields are ignored, except `size`, which is refused."""

    prompt: str
    model: str | None = None
    n: int | None = None
    aspect_ratio: AspectRatio | None = None
    resolution: Resolution | None = None
    quality: Quality | None = None
    response_format: ResponseFormat | None = None
    storage_options: StorageOptions | None = None
    user: str | None = None
    size: Any = None


class ImageEdit(ImageGeneration, kw_only=True):
    """A prompt and pictures: `image` for one, `images` for several."""

    image: Source | None = None
    image_url: Source | None = None
    """An older name of `image`."""
    images: list[Source] | None = None


class ImageItem(msgspec.Struct, kw_only=True):
    """One picture: `url`, or `b64_json` when that was asked for, which is base64 without a `data:` head."""

    url: str | UnsetType = UNSET
    b64_json: str | UnsetType = UNSET
    mime_type: str
    revised_prompt: str = ""
    respect_moderation: bool = True
    file_output: FileOutput | UnsetType = UNSET
    storage_error: str | UnsetType = UNSET


class ImageAnswer(msgspec.Struct, kw_only=True):
    """The pictures of a request."""

    data: list[ImageItem]
    model: str
    usage: Usage


class ImageCall(msgspec.Struct, frozen=True, kw_only=True):
    """A translated call: the request, and how its pictures are to be returned."""

    request: ImageRequest
    as_base64: bool


def to_generation(wire: ImageGeneration) -> ImageCall:
    """Translate a call of the generation route."""
    return ImageCall(request=_request(wire), as_base64=wire.response_format == "b64_json")


def to_edit(wire: ImageEdit) -> ImageCall:
    """Translate a call of the edit route."""
    if wire.image is not None and wire.image_url is not None:
        raise errors.exclusive("image", "image_url")
    name = "image" if wire.image is not None else "image_url"
    image = wire.image or wire.image_url
    request = msgspec.structs.replace(
        _request(wire),
        image=None if image is None else to_source(image, (name,)),
        images=to_sources(wire.images, "images"),
        is_edit=True,
    )
    return ImageCall(request=request, as_base64=wire.response_format == "b64_json")


def from_view(view: RequestView, pictures: Sequence[bytes] | None) -> ImageAnswer:
    """The answer to a finished request; `pictures` are the bytes of its outputs when base64 was asked for."""
    return ImageAnswer(
        data=[
            _item(output, None if pictures is None else pictures[index]) for index, output in enumerate(view.outputs)
        ],
        model=view.model,
        usage=Usage(cost_in_usd_ticks=view.cost_in_usd_ticks),
    )


def _item(output: OutputItem, picture: bytes | None) -> ImageItem:
    return ImageItem(
        url=output.url if picture is None else UNSET,
        b64_json=UNSET if picture is None else base64.b64encode(picture).decode("ascii"),
        mime_type=output.content_type,
        file_output=from_file_output(output.file_output),
        storage_error=or_unset(output.storage_error),
    )


def _request(wire: ImageGeneration) -> ImageRequest:
    if wire.size is not None:
        raise ApiError(errors.UNSUPPORTED_ARGUMENT, "Argument not supported: size")
    return ImageRequest(
        prompt=wire.prompt,
        model=wire.model,
        n=wire.n,
        aspect_ratio=wire.aspect_ratio,
        resolution=wire.resolution,
        quality=wire.quality,
        storage=to_storage(wire.storage_options),
        user=wire.user,
    )
