"""A checked request becomes a task for an engine."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from imagined.contract.errors import invalid
from imagined.contract.requests import ImageRequest, MediaSource, VideoRequest
from imagined.contract.results import RequestStep
from imagined.contract.tasks import ImageTask, InputRole, MediaInput, Progress, VideoTask
from imagined.imagine import fields
from imagined.imagine.inputs import LocalMedia, MediaKind
from imagined.imagine.mentions import prompt_of


class Wanted(NamedTuple):
    """One input that a request names."""

    role: InputRole
    source: MediaSource
    timestamp_s: float | None = None

    @property
    def kind(self) -> MediaKind:
        """What it has to be."""
        return "video" if self.role == "video" else "image"


def wanted(request: ImageRequest | VideoRequest) -> list[Wanted]:
    """Every input in the order an engine gets them."""
    if isinstance(request, ImageRequest):
        return [Wanted("image", source) for source in request.sources]
    inputs = []
    if request.video is not None:
        inputs.append(Wanted("video", request.video))
    if request.image is not None:
        inputs.append(Wanted("first_frame", request.image))
    if request.last_frame is not None:
        inputs.append(Wanted("last_frame", request.last_frame))
    inputs += [Wanted("keyframe", keyframe.image, keyframe.timestamp_s) for keyframe in request.keyframes]
    inputs += [Wanted("reference", source) for source in request.reference_images]
    return inputs


def check_clip(request: ImageRequest | VideoRequest, media: LocalMedia) -> None:
    """Refuse a clip that is too long to edit, or too long or short to extend; raises `ApiError`."""
    if media.duration_s is None or isinstance(request, ImageRequest):
        return
    shown = f"{media.duration_s:.1f}s"
    if request.operation == "edit_video" and media.duration_s > fields.MAX_EDIT_INPUT_S + 0.05:
        raise invalid(f"The input video is {shown} long. At most {fields.MAX_EDIT_INPUT_S}s can be edited.")
    shortest, longest = fields.EXTENSION_INPUT_S
    if request.operation == "extend_video" and not shortest - 0.05 <= media.duration_s <= longest + 0.05:
        raise invalid(f"The input video is {shown} long. Videos of {shortest:g}s to {longest:g}s can be extended.")


def build(
    request: ImageRequest | VideoRequest, inputs: Sequence[tuple[Wanted, LocalMedia]], seed: int, workdir: Path
) -> ImageTask | VideoTask:
    """The task of a request whose inputs are local files."""
    media = tuple(
        MediaInput(
            role=one.role,
            path=local.path,
            content_type=local.content_type,
            timestamp_s=one.timestamp_s,
            receipt=local.receipt,
        )
        for one, local in inputs
    )
    model = request.model or ""
    if isinstance(request, ImageRequest):
        return ImageTask(
            model=model,
            prompt=prompt_of(request),
            seed=seed,
            workdir=str(workdir),
            inputs=media,
            n=request.n or 1,
            aspect_ratio=request.aspect_ratio or "auto",
            resolution=request.resolution or "1k",
            quality=request.quality or "low",
        )
    return VideoTask(
        model=model,
        prompt=prompt_of(request),
        seed=seed,
        workdir=str(workdir),
        inputs=media,
        duration_s=request.duration or fields.DEFAULT_VIDEO_DURATION_S,
        aspect_ratio=request.aspect_ratio,
        resolution=request.resolution or fields.DEFAULT_VIDEO_RESOLUTION,
        generate_audio=request.generate_audio,
        voices=request.voices,
    )


_WEIGHTS: Final[Mapping[str, float]] = {"loading": 0.05, "drawing": 0.70, "encoding": 0.20, "storing": 0.05}


class Meter:
    """Percent of a task from its engine's steps. Phases may alternate: each moves its own share of the whole."""

    def __init__(self) -> None:
        self._fractions = dict.fromkeys(_WEIGHTS, 0.0)
        self.latest = RequestStep(phase="loading")

    def add(self, progress: Progress) -> int:
        """Count a step and return the percent reached."""
        done = min(1.0, max(0.0, progress.step / progress.of)) if progress.of > 0 else 0.0
        if progress.phase != "loading":
            self._fractions["loading"] = 1.0
        self._fractions[progress.phase] = max(self._fractions[progress.phase], done)
        whole = sum(_WEIGHTS[phase] * fraction for phase, fraction in self._fractions.items())
        percent = max(self.latest.percent, min(99, int(100 * whole)))
        self.latest = RequestStep(percent=percent, phase=progress.phase, step=progress.step, of=progress.of)
        return percent
