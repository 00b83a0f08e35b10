"""The illustrator as an engine: tasks in, events and files out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from imagined.contract.sizes import image_size
from imagined.engines.illustrator import identity
from imagined.engines.illustrator.editing import edited_picture
from imagined.engines.illustrator.film import Film, FilmMaker
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.picture import Stage, described, seed_for
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.words import understand
from imagined.engines.media import preview_of, save_jpeg
from imagined.engines.port import EngineError, EngineEvent, ImageTask, Produced, Progress, Receipt, Task, VideoTask

_PER_PICTURE: Final = 100
"""Progress steps of one picture; its own steps are scaled to these."""
_SKETCH_SIDE: Final = 256
"""Long side of the sketch that is shown while the picture is drawn."""


class Illustrator:
    """Draws pictures and films of a world built from the prompt. No weights, no network; any CPU will do."""

    name = "illustrator"

    def __init__(self) -> None:
        self.digest = identity.digest()

    def generate_image(self, task: ImageTask) -> Iterator[EngineEvent]:
        """`n` JPEGs of the scene that the prompt describes."""
        yield Progress(phase="loading", step=1, of=1)
        for index in range(task.n):
            seed = seed_for(task.seed, index)
            scene = understand(task.prompt, seed, task.aspect_ratio)
            if scene.aspect_ratio == "auto":
                scene = msgspec.structs.replace(scene, aspect_ratio=_suitable_ratio(scene))
            width, height = image_size(scene.aspect_ratio, task.resolution)
            stage = Stage(scene)
            camera = stage.world.camera
            yield from _sketched(stage, width, height, index, task.n)
            pixels = yield from _stepped(stage.picture(camera, width, height), index, task.n)
            yield self._stored(task, index, pixels, seed, "generate_image", described(scene, camera, ()))
            # The next world is built when this one is gone: two of them at 2k are a lot of memory.
            del stage, camera, pixels

    def edit_image(self, task: ImageTask) -> Iterator[EngineEvent]:
        """`n` JPEGs of the first picture changed as the prompt says, or of several pictures combined."""
        if not task.inputs:
            raise EngineError("invalid_argument", "An edit needs at least one input image.")
        yield Progress(phase="loading", step=1, of=1)
        for index in range(task.n):
            seed = seed_for(task.seed, index)
            pixels, about = yield from _stepped(edited_picture(task, seed), index, task.n)
            yield self._stored(task, index, pixels, seed, "edit_image", about)

    def generate_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """A film of the scene, from the first frame on when there is one."""
        maker = FilmMaker(task)
        yield from maker.generate()
        yield self._shown(task, maker.film, "generate_video")

    def edit_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """The input film at another hour, in other weather, or with another look."""
        maker = FilmMaker(task)
        yield from maker.edit()
        yield self._shown(task, maker.film, "edit_video")

    def extend_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """The input film and its continuation in one file."""
        maker = FilmMaker(task)
        yield from maker.extend()
        yield self._shown(task, maker.film, "extend_video")

    def _stored(
        self, task: ImageTask, index: int, pixels: Pixels, seed: int, operation: str, about: dict[str, Any]
    ) -> Produced:
        path = Path(task.workdir) / f"image-{index}.jpg"
        save_jpeg(pixels, path)
        rows, columns = pixels.shape[:2]
        return Produced(
            index=index,
            path=str(path),
            content_type="image/jpeg",
            width=columns,
            height=rows,
            receipt=self._receipt(task, seed, operation, about),
        )

    def _shown(self, task: VideoTask, film: Film | None, operation: str) -> Produced:
        assert film is not None
        return Produced(
            index=0,
            path=str(film.path),
            content_type="video/mp4",
            width=film.width,
            height=film.height,
            duration_s=film.duration_s,
            receipt=self._receipt(task, task.seed, operation, film.about),
        )

    def _receipt(self, task: Task, seed: int, operation: str, about: dict[str, Any]) -> Receipt:
        return {
            "engine": self.name,
            "digest": self.digest,
            "model": task.model,
            "seed": seed,
            "prompt": task.prompt,
            "operation": operation,
            **about,
        }


def _suitable_ratio(scene: Scene) -> str:
    """Wide for places, squarer for things."""
    if scene.setting in ("studio", "table_top"):
        return "1:1"
    return "4:3" if scene.subjects else "16:9"


def _sketched(stage: Stage, width: int, height: int, index: int, count: int) -> Iterator[EngineEvent]:
    """A preview, drawn before the picture in a fraction of its time."""
    scale = _SKETCH_SIDE / max(width, height)
    steps = stage.picture(stage.world.camera, round(width * scale), round(height * scale), "draft")
    while True:
        try:
            next(steps)
        except StopIteration as finished:
            yield preview_of(finished.value, index)
            return
        yield Progress(phase="drawing", step=index * _PER_PICTURE, of=count * _PER_PICTURE)


def _stepped(steps: Any, index: int, count: int) -> Any:
    """Turns (done, of) pairs of the picture at `index` into progress of the whole task; returns what they return."""
    latest = -1
    while True:
        try:
            done, of = next(steps)
        except StopIteration as finished:
            yield Progress(phase="encoding", step=index + 1, of=count)
            return finished.value
        step = index * _PER_PICTURE + min(_PER_PICTURE, done * _PER_PICTURE // max(1, of))
        if step > latest:
            latest = step
            yield Progress(phase="drawing", step=step, of=count * _PER_PICTURE)
