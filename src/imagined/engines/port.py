"""The engine port: what every picture and video engine offers.

An engine runs in a child process of the server and may be killed at any time. Each method is a generator of
`Progress` events, and of a `Preview` now and then where it has one, that ends with one `Produced` event per result.
The caller stops an engine by closing the generator, which happens at the next event; an engine therefore yields at
least a few times a second.
"""

from collections.abc import Iterator
from typing import Protocol

from imagined.contract.tasks import (
    EngineError,
    EngineEvent,
    ImageTask,
    InputRole,
    MediaInput,
    Phase,
    Preview,
    Produced,
    Progress,
    Receipt,
    Task,
    VideoTask,
)

__all__ = [
    "Engine",
    "EngineError",
    "EngineEvent",
    "ImageTask",
    "InputRole",
    "MediaInput",
    "Phase",
    "Preview",
    "Produced",
    "Progress",
    "Receipt",
    "Task",
    "VideoTask",
]


class Engine(Protocol):
    """A maker of pictures and videos. Construction must be cheap; loading happens in the first task."""

    name: str
    digest: str
    """Identifies the code and weights that decide the output; part of every receipt."""

    def generate_image(self, task: ImageTask) -> Iterator[EngineEvent]:
        """Pictures from the prompt alone: `n` JPEGs of the asked size."""
        ...

    def edit_image(self, task: ImageTask) -> Iterator[EngineEvent]:
        """Pictures from the prompt and one to five input pictures."""
        ...

    def generate_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """An MP4 from the prompt and any pinned frames or references."""
        ...

    def edit_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """The input video, changed as the prompt says, same length and shape."""
        ...

    def extend_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """One MP4: the input video followed by `duration_s` new seconds."""
        ...
