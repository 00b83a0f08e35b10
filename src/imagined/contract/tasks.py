"""Engine tasks and events: what a request becomes for an engine, and what an engine reports.

An engine reads its inputs from files, writes its results to the task's `workdir`, and reports real steps as it
goes. Everything here crosses a process boundary, so it is plain data (msgspec structs).
"""

from typing import Any, Final, Literal

import msgspec

Phase = Literal["loading", "drawing", "encoding", "storing"]
InputRole = Literal["image", "first_frame", "last_frame", "keyframe", "reference", "video"]

PREVIEW_BYTES: Final = 65_536
Receipt = dict[str, Any]
"""What a result was made from: ``engine``, ``digest``, ``seed``, ``prompt``, ``operation``, and whatever the
engine needs to continue from it (the illustrator keeps its scene tree under ``scene``). JSON-compatible."""


class EngineError(Exception):
    """A task that cannot be done; `code` is one of the job error codes of the API."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class MediaInput(msgspec.Struct, frozen=True, kw_only=True):
    """One input picture or video, already fetched, counted and type-checked, as a local file."""

    role: InputRole
    path: str
    content_type: str
    timestamp_s: float | None = None
    """Seconds from the start, for a keyframe."""
    receipt: Receipt | None = None
    """The receipt of the result these very bytes are, when this server made them."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What all engine tasks have in common."""

    model: str
    prompt: str
    """May name pictures as ``<IMAGE_n>``, from 0: an edit's inputs in order; a video's first frame, then references."""
    seed: int
    """0 to 2**63-1. The same task with the same seed gives the same bytes where the card says `deterministic`."""
    workdir: str
    """An empty folder of this attempt; results are written here."""
    inputs: tuple[MediaInput, ...] = ()


class ImageTask(Task, frozen=True, kw_only=True):
    """Draw or edit `n` pictures. Edits have one to five inputs of role ``image``, in the caller's order."""

    n: int = 1
    aspect_ratio: str = "1:1"
    """A ratio of `contract.sizes`, or ``auto``: the engine chooses. One-input edits keep the input's shape
    (`contract.sizes.edited_image_size`) whatever this says."""
    resolution: str = "1k"
    quality: str = "medium"


class VideoTask(Task, frozen=True, kw_only=True):
    """Make, edit or extend a video; the roles of `inputs` say from what."""

    duration_s: int = 8
    """Whole seconds; for an extension, of the added part. Ignored by edits, which keep their input's length."""
    aspect_ratio: str | None = "16:9"
    """None when a first frame decides the shape."""
    resolution: str = "480p"
    generate_audio: bool = True
    voices: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True, kw_only=True, tag="progress"):
    """One step done: `step` of `of` in `phase`. Engines report over the whole task, all `n` results together."""

    phase: Phase
    step: int
    of: int


class Preview(msgspec.Struct, frozen=True, kw_only=True, tag="preview"):
    """A small picture of what is being made, for whoever watches; not kept, and dropped where nobody does."""

    index: int
    """Of the result that it shows."""
    data: bytes
    """A JPEG of at most `PREVIEW_BYTES`."""
    width: int
    height: int


class Produced(msgspec.Struct, frozen=True, kw_only=True, tag="produced"):
    """One finished result, encoded, at `path` inside the task's `workdir`."""

    index: int
    path: str
    content_type: str
    width: int
    height: int
    duration_s: float | None = None
    receipt: Receipt = msgspec.field(default_factory=dict)


EngineEvent = Progress | Preview | Produced
