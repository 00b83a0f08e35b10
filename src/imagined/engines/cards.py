"""Cards of the models that are served out of the box. Facts only; nothing of an engine is imported here.

Model names, creation times, aliases and prompt lengths are those of the hosted service, so that clients which look
them up find what they expect. What draws behind them is said in `ModelCard.about`.
"""

import hashlib
from typing import Final

from imagined import __version__
from imagined.contract.cards import (
    IMAGE_MODES,
    VIDEO_15_MODES,
    VIDEO_CLASSIC_MODES,
    ImageCard,
    Mode,
    ModelCard,
    VideoCard,
)

ABOUT: Final = (
    "Drawn by an illustrator, not a model: it builds the world a prompt speaks of in 3D and takes its picture; "
    "no weights, no network."
)
MAX_VIDEO_PROMPT: Final = 4_096
VIDEO_LITE_MODES: Final[tuple[Mode, ...]] = ("text_to_video", "image_to_video")


def fingerprint(model: str, engine: str) -> str:
    """Changes whenever what answers under a model's name may have changed."""
    return "fp_" + hashlib.sha256(f"{model}\n{engine}\n{__version__}".encode()).hexdigest()[:10]


def builtin_cards(engine: str = "illustrator") -> tuple[ModelCard, ...]:
    """The six models, all served by `engine`."""
    return (*_image_cards(engine), *_video_cards(engine))


def _image_cards(engine: str) -> tuple[ModelCard, ...]:
    quality = "grok-imagine-image-quality"
    return (
        _image("grok-imagine-image", 1_769_558_400, engine, aliases=("grok-imagine-image-2026-03-02",)),
        _image("grok-imagine-image-2.0", 1_786_147_200, engine, max_prompt_length=64_000),
        _image(
            quality,
            1_775_174_400,
            engine,
            aliases=(f"{quality}-20260403", f"{quality}-latest", "grok-imagine-image-pro"),
        ),
    )


def _video_cards(engine: str) -> tuple[ModelCard, ...]:
    classic, newer = "grok-imagine-video", "grok-imagine-video-1.5"
    return (
        _video(
            classic,
            1_769_558_400,
            engine,
            modes=VIDEO_CLASSIC_MODES,
            inputs=("text", "image", "video"),
            limits=VideoCard(
                resolutions=("480p", "720p"), max_reference_duration_s=10, references_with_first_frame=False
            ),
        ),
        _video(
            newer,
            1_779_840_000,
            engine,
            aliases=(f"{newer}-preview", f"{newer}-2026-05-30"),
            modes=VIDEO_15_MODES,
            inputs=("text", "image", "audio"),
            limits=VideoCard(voices=True),
        ),
        _video(
            f"{newer}-lite",
            1_790_812_800,
            engine,
            modes=VIDEO_LITE_MODES,
            inputs=("text", "image"),
            limits=VideoCard(),
        ),
    )


def _image(
    model: str, created: int, engine: str, *, aliases: tuple[str, ...] = (), max_prompt_length: int = 16_000
) -> ModelCard:
    return ModelCard(
        id=model,
        created=created,
        aliases=aliases,
        engine=engine,
        fingerprint=fingerprint(model, engine),
        modes=IMAGE_MODES,
        max_prompt_length=max_prompt_length,
        image=ImageCard(),
        deterministic=True,
        about=ABOUT,
    )


def _video(
    model: str,
    created: int,
    engine: str,
    *,
    aliases: tuple[str, ...] = (),
    modes: tuple[Mode, ...],
    inputs: tuple[str, ...],
    limits: VideoCard,
) -> ModelCard:
    return ModelCard(
        id=model,
        created=created,
        aliases=aliases,
        engine=engine,
        fingerprint=fingerprint(model, engine),
        modes=modes,
        max_prompt_length=MAX_VIDEO_PROMPT,
        input_modalities=inputs,
        output_modalities=("video",),
        video=limits,
        deterministic=True,
        about=ABOUT,
    )
