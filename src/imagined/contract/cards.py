"""Capability cards: what a model can do. Validation, `/v1/models` and the docs read the same card."""

from typing import Final, Literal

import msgspec

from imagined.contract.sizes import (
    IMAGE_ASPECT_RATIOS,
    IMAGE_RESOLUTIONS,
    VIDEO_ASPECT_RATIOS,
    VIDEO_RESOLUTIONS,
)

Mode = Literal[
    "text_to_image",
    "edit_image",
    "text_to_video",
    "image_to_video",
    "reference_to_video",
    "first_last_frame",
    "keyframes",
    "edit_video",
    "extend_video",
]


class ImageCard(msgspec.Struct, frozen=True, kw_only=True):
    """What an image model accepts."""

    aspect_ratios: tuple[str, ...] = IMAGE_ASPECT_RATIOS
    resolutions: tuple[str, ...] = IMAGE_RESOLUTIONS
    qualities: tuple[str, ...] = ("low", "medium", "auto")
    max_count: int = 10
    max_inputs: int = 5


class VideoCard(msgspec.Struct, frozen=True, kw_only=True):
    """What a video model accepts."""

    aspect_ratios: tuple[str, ...] = VIDEO_ASPECT_RATIOS
    resolutions: tuple[str, ...] = VIDEO_RESOLUTIONS
    max_duration_s: int = 15
    max_references: int = 14
    max_reference_duration_s: int = 15
    reference_resolutions: tuple[str, ...] = ("480p", "720p")
    """Also of requests with a last frame or keyframes."""
    references_with_first_frame: bool = True
    max_keyframes: int = 4
    max_voices: int = 3
    voices: bool = False
    audio: bool = True


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """One model as clients know it."""

    id: str
    created: int
    aliases: tuple[str, ...] = ()
    engine: str = "illustrator"
    """Name in the engine registry."""
    version: str = "1.0"
    fingerprint: str = ""
    modes: tuple[Mode, ...]
    max_prompt_length: int = 16_000
    input_modalities: tuple[str, ...] = ("text", "image")
    output_modalities: tuple[str, ...] = ("image",)
    image: ImageCard | None = None
    video: VideoCard | None = None
    deterministic: bool = False
    """The same task and seed give the same bytes."""
    about: str = ""
    """One honest sentence on what draws here."""


IMAGE_MODES: Final[tuple[Mode, ...]] = ("text_to_image", "edit_image")
VIDEO_CLASSIC_MODES: Final[tuple[Mode, ...]] = (
    "text_to_video",
    "image_to_video",
    "reference_to_video",
    "edit_video",
    "extend_video",
)
VIDEO_15_MODES: Final[tuple[Mode, ...]] = (
    "text_to_video",
    "image_to_video",
    "reference_to_video",
    "first_last_frame",
    "keyframes",
)
