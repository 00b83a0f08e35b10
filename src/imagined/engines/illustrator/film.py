"""Films: from the prompt or a first frame, edits and continuations, encoded while they are drawn."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, Final

import msgspec
import numpy as np

from imagined.contract.sizes import FRAMES_PER_SECOND, frame_count, video_size, video_size_like
from imagined.engines.illustrator import foreign
from imagined.engines.illustrator.crew import Crew, Shot
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.instructions import instructions_of
from imagined.engines.illustrator.picture import Origin, camera_from, described, origin_of
from imagined.engines.illustrator.relief import Relief
from imagined.engines.illustrator.scene import CameraMove, Scene
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.shots import Pin, Treatment, pinning, settling, tinting, treated
from imagined.engines.illustrator.sound import ambience
from imagined.engines.illustrator.words import camera_move, understand
from imagined.engines.media import (
    SAMPLE_RATE,
    Clip,
    FilmWriter,
    Sound,
    clip_frames,
    clip_sound,
    covering,
    load_picture,
    open_clip,
    preview_of,
)
from imagined.engines.port import EngineError, MediaInput, Preview, Progress, VideoTask

LONGEST_EDIT_S: Final = 8.7
LONGEST_EXTENDED_S: Final = 15.1
_MOST_ROWS: Final = 720
_DEFAULT_MOVE: Final[CameraMove] = "push_in"


class Film:
    """A finished film: where it is, its size and length, and what its receipt should say."""

    def __init__(self, path: FilePath, width: int, height: int, frames: int, about: dict[str, Any]) -> None:
        self.path, self.width, self.height, self.about = path, width, height, about
        self.duration_s = frames / FRAMES_PER_SECOND


class FilmMaker:
    """Makes the one film of a task; `run` yields progress, then `film` is set."""

    def __init__(self, task: VideoTask) -> None:
        self.task = task
        self.film: Film | None = None
        self._path = FilePath(task.workdir) / "video.mp4"

    def generate(self) -> Iterator[Progress | Preview]:
        """A film from the prompt and the pinned frames."""
        task = self.task
        first = _one(task.inputs, "first_frame")
        origin = origin_of(first.receipt) if first else None
        start = load_picture(first.path) if first else None
        width, height = self._size(start)
        count = frame_count(task.duration_s)
        move = camera_move(task.prompt)
        yield Progress(phase="loading", step=1, of=1)
        with ExitStack() as stack:
            if start is not None and origin is None:
                scene = understand(task.prompt, task.seed, "16:9")
                drawn: Iterator[Pixels] = _relief_frames(covering(start, width, height), move or _DEFAULT_MOVE, count)
                about: dict[str, Any] = {}
            else:
                scene = origin.scene if origin else understand(task.prompt, task.seed, task.aspect_ratio or "16:9")
                crew = self._crew(scene, origin, move or _DEFAULT_MOVE, count, width, height)
                stack.enter_context(closing(crew))
                drawn, about = crew.frames(), _about(crew)
            treatments = self._treatments(start if origin else None, count, width, height)
            sound = ambience(scene, count / FRAMES_PER_SECOND) if task.generate_audio else None
            yield from self._written(treated(drawn, treatments), count, width, height, sound, about)

    def edit(self) -> Iterator[Progress | Preview]:
        """The input film, changed as the prompt says."""
        task = self.task
        given = task.inputs[0]
        clip = open_clip(given.path, longest_s=LONGEST_EDIT_S)
        wanted = instructions_of(task.prompt, task.seed)
        width, height = _capped(clip)
        yield Progress(phase="loading", step=1, of=1)
        origin = origin_of(given.receipt)
        tree = wanted.changes_world or wanted.signs is not None
        sound = clip_sound(clip)
        if origin is not None and tree and given.receipt:
            looks = (*origin.looks, *wanted.looks)
            shot = _retaken(wanted.applied(origin.scene), looks, given.receipt, clip.frames, width, height)
            if shot is not None:
                with closing(Crew(shot)) as crew:
                    yield from self._written(crew.frames(), clip.frames, width, height, sound, _about(crew))
                return
        if wanted.signs is not None:
            raise EngineError(
                "invalid_argument", "Neon signs can be added only to videos that this engine drew; this one it did not."
            )
        changed = _changed(clip, width, height, wanted, task.seed)
        about = {"looks": list(wanted.looks)}
        if origin is not None and not tree and given.receipt:
            looks = (*origin.looks, *wanted.looks)
            about = {**_shot_of(given.receipt), **described(origin.scene, origin.camera, looks, origin.time)}
        yield from self._written(changed, clip.frames, width, height, sound, about)

    def extend(self) -> Iterator[Progress | Preview]:
        """The input film, and after it `duration_s` seconds that go on from its last frame."""
        task = self.task
        given = task.inputs[0]
        clip = open_clip(given.path, longest_s=LONGEST_EXTENDED_S)
        width, height = _capped(clip)
        added = task.duration_s * FRAMES_PER_SECOND
        count = clip.frames + added
        yield Progress(phase="loading", step=1, of=1)
        origin = origin_of(given.receipt)
        sound = clip_sound(clip)
        scene = origin.scene if origin else understand(task.prompt, task.seed, "16:9")
        if sound is None and task.generate_audio:
            sound = np.zeros((2, round(clip.frames * SAMPLE_RATE / FRAMES_PER_SECOND)), np.float32)
        if sound is not None:
            sound = _continued(sound, ambience(scene, task.duration_s + 1.0), clip.frames)
        with ExitStack() as stack:
            crew = None
            if origin:
                move = camera_move(task.prompt) or "static"
                crew = stack.enter_context(closing(self._crew(scene, origin, move, added + 1, width, height)))
            frames = self._extended(clip, crew, added, width, height)
            yield from self._written(frames, count, width, height, sound, _about(crew) if crew else {})

    def _extended(
        self, clip: Clip, crew: Crew | None, added: int, width: int, height: int
    ) -> Generator[Pixels, None, None]:
        last: Pixels | None = None
        for last in clip_frames(clip, width, height):
            yield last
        assert last is not None
        more = crew.frames() if crew else None
        if more is None:
            more = _relief_frames(last, camera_move(self.task.prompt) or _DEFAULT_MOVE, added + 1)
        # Frame 0 of the new shot is the last one of the old.
        yield from islice(treated(more, (settling(last),)), 1, None)

    def _crew(self, scene: Scene, origin: Origin | None, move: CameraMove, count: int, width: int, height: int) -> Crew:
        world = None
        if origin:
            camera = origin.camera
        else:
            world = build_world(scene)
            camera = world.camera
        shot = Shot(
            scene=scene,
            camera=camera,
            move=move,
            frames=count,
            width=width,
            height=height,
            since=origin.time if origin else 0.0,
            looks=origin.looks if origin else (),
        )
        return Crew(shot, world)

    def _size(self, start: Pixels | None) -> tuple[int, int]:
        task = self.task
        if task.aspect_ratio is None and start is not None:
            rows, columns = start.shape[:2]
            return video_size_like((columns, rows), task.resolution)
        return video_size(task.aspect_ratio or "16:9", task.resolution)

    def _treatments(self, start: Pixels | None, count: int, width: int, height: int) -> tuple[Treatment, ...]:
        """What the other inputs do to the drawn frames; `start` is a first frame that the world was drawn from."""
        treatments: list[Treatment] = []
        references = [load_picture(given.path) for given in self.task.inputs if given.role == "reference"]
        if references and not _one(self.task.inputs, "first_frame"):
            treatments.append(tinting([covering(picture, 64, 64) for picture in references]))
        if start is not None:
            treatments.append(settling(covering(start, width, height)))
        pins = []
        for given in self.task.inputs:
            if given.role == "last_frame":
                pins.append(Pin(count - 1, covering(load_picture(given.path), width, height)))
            elif given.role == "keyframe":
                index = min(count - 1, max(0, round((given.timestamp_s or 0.0) * FRAMES_PER_SECOND)))
                pins.append(Pin(index, covering(load_picture(given.path), width, height)))
        if pins:
            treatments.append(pinning(tuple(pins), FRAMES_PER_SECOND))
        return tuple(treatments)

    def _written(
        self, frames: Iterator[Pixels], count: int, width: int, height: int, sound: Sound | None, about: dict[str, Any]
    ) -> Iterator[Progress | Preview]:
        """Encodes the frames as they come; the film exists once this has ended."""
        with FilmWriter(self._path, width, height, sound=sound is not None) as writer:
            for pixels in frames:
                writer.add(pixels)
                yield Progress(phase="drawing", step=writer.frames, of=count)
                if writer.frames % FRAMES_PER_SECOND == 1:
                    yield preview_of(pixels, 0)
            yield Progress(phase="encoding", step=0, of=1)
            if sound is not None:
                writer.add_sound(sound)
            writer.finish()
            written = writer.frames
        yield Progress(phase="encoding", step=1, of=1)
        self.film = Film(self._path, width, height, written, about)


def _one(inputs: tuple[MediaInput, ...], role: str) -> MediaInput | None:
    return next((given for given in inputs if given.role == role), None)


def _capped(clip: Clip) -> tuple[int, int]:
    """The clip's size, at most 720 on the short side, both sides even."""
    scale = min(1.0, _MOST_ROWS / min(clip.width, clip.height))
    return max(2, round(clip.width * scale / 2) * 2), max(2, round(clip.height * scale / 2) * 2)


def _relief_frames(pixels: Pixels, move: CameraMove, count: int) -> Generator[Pixels, None, None]:
    relief = Relief(pixels, move)
    for index in range(count):
        yield relief.frame(index / max(1, count - 1))


def _about(crew: Crew) -> dict[str, Any]:
    """What the receipt of a shot says: where it ended, to go on from, and how it went, to take it again."""
    shot, end = crew.shot, crew.artist.path(1.0)
    since = shot.since + (shot.frames - 1) / FRAMES_PER_SECOND
    retake = {"start": msgspec.to_builtins(shot.camera), "since": shot.since, "move": shot.move, "frames": shot.frames}
    return {**described(shot.scene, end, shot.looks, since), "shot": retake}


def _shot_of(receipt: dict[str, Any]) -> dict[str, Any]:
    return {"shot": receipt["shot"]} if "shot" in receipt else {}


def _retaken(
    scene: Scene, looks: tuple[str, ...], receipt: dict[str, Any], count: int, width: int, height: int
) -> Shot | None:
    """The shot of the receipt taken again of a changed scene, or None when the receipt does not tell how."""
    about = receipt.get("shot")
    camera = camera_from(about.get("start")) if isinstance(about, dict) else None
    if camera is None or not isinstance(about, dict):
        return None
    return Shot(
        scene=scene,
        camera=camera,
        move=about.get("move", "static"),
        frames=count,
        width=width,
        height=height,
        since=float(about.get("since", 0.0)),
        looks=looks,
    )


def _changed(clip: Clip, width: int, height: int, wanted: Any, seed: int) -> Iterator[Pixels]:
    for index, pixels in enumerate(clip_frames(clip, width, height)):
        yield foreign.redrawn(pixels, wanted, seed, index / FRAMES_PER_SECOND)


def _continued(sound: Sound, more: Sound, frames: int) -> Sound:
    """`sound`, cut to `frames` frames, dissolving into `more` over its last half second."""
    length = round(frames * SAMPLE_RATE / FRAMES_PER_SECOND)
    fitted = np.zeros((2, length), np.float32)
    fitted[:, : min(length, sound.shape[1])] = sound[:, :length]
    overlap = min(SAMPLE_RATE // 2, length, more.shape[1])
    rise = np.linspace(0.0, 1.0, overlap, dtype=np.float32)
    joint = fitted[:, length - overlap :] * np.sqrt(1 - rise) + more[:, :overlap] * np.sqrt(rise)
    joined: Sound = np.concatenate([fitted[:, : length - overlap], np.clip(joint, -1, 1), more[:, overlap:]], axis=1)
    return joined
