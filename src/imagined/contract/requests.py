"""Image and video requests, wire-neutral, as both transports build them and the request row keeps them.

A field left out on the wire is None here; `imagine.validation` fills in defaults and checks against the card.
"""

from typing import Literal

import msgspec

from imagined.contract.files import StorageOptions

Operation = Literal["generate_image", "edit_image", "generate_video", "edit_video", "extend_video"]
Transport = Literal["rest", "grpc"]


class MediaSource(msgspec.Struct, frozen=True, kw_only=True):
    """An input picture or video: exactly one of the two is set on a valid request."""

    url: str | None = None
    """http(s) or data URL."""
    file_id: str | None = None


class Keyframe(msgspec.Struct, frozen=True, kw_only=True):
    """A picture pinned at a time."""

    image: MediaSource
    timestamp_s: float


class ImageRequest(msgspec.Struct, frozen=True, kw_only=True, tag="image"):
    """Prompt to image, or, with inputs, an edit."""

    prompt: str
    model: str | None = None
    n: int | None = None
    image: MediaSource | None = None
    images: tuple[MediaSource, ...] = ()
    is_edit: bool = False
    """Sent to the edit route; gRPC says so by having inputs."""
    aspect_ratio: str | None = None
    resolution: str | None = None
    quality: str | None = None
    storage: StorageOptions | None = None
    user: str | None = None
    default_aspect_ratio: str = "auto"
    """What an absent `aspect_ratio` means on the transport that was used: REST auto, gRPC 1:1."""

    @property
    def sources(self) -> tuple[MediaSource, ...]:
        """All inputs in order."""
        return (self.image,) if self.image is not None else self.images


class VideoRequest(msgspec.Struct, frozen=True, kw_only=True, tag="video"):
    """Any video operation."""

    operation: Literal["generate_video", "edit_video", "extend_video"]
    prompt: str = ""
    model: str | None = None
    image: MediaSource | None = None
    last_frame: MediaSource | None = None
    keyframes: tuple[Keyframe, ...] = ()
    reference_images: tuple[MediaSource, ...] = ()
    voices: tuple[str, ...] = ()
    video: MediaSource | None = None
    duration: int | None = None
    aspect_ratio: str | None = None
    resolution: str | None = None
    generate_audio: bool = True
    storage: StorageOptions | None = None
    upload_url: str | None = None
    user: str | None = None
