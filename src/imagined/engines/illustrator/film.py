"""Films: from the prompt or a first frame, edits and continuations, encoded while they are drawn."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path as FilePath
from typing import Any, Final

import numpy as np

from imagined.contract.sizes import FRAMES_PER_SECOND, frame_count, video_size, video_size_like
from imagined.engines.illustrator import foreign
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.instructions import instructions_of
from imagined.engines.illustrator.looks import with_looks
from imagined.engines.illustrator.moves import path_of
from imagined.engines.illustrator.picture import Origin, Stage, camera_from, described, origin_of
from imagined.engines.illustrator.reading import camera_move, understand
from imagined.engines.illustrator.relief import Relief
from imagined.engines.illustrator.scene import CameraMove, Scene
from imagined.engines.illustrator.shots import Frame, Pin, in_order, pinned, settled, world_shot
from imagined.engines.illustrator.sound import ambience
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
)
from imagined.engines.port import EngineError, MediaInput, Progress, VideoTask

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

    def generate(self) -> Iterator[Progress]:
        """A film from the prompt and the pinned frames."""
        task = self.task
        first = _one(task.inputs, "first_frame")
        origin = origin_of(first.receipt) if first else None
        start = load_picture(first.path) if first else None
        width, height = self._size(start)
        count = frame_count(task.duration_s)
        move = camera_move(task.prompt)
        yield Progress(phase="loading", step=1, of=1)
        if start is not None and origin is None:
            shot: Frame = _relief_shot(covering(start, width, height), move or _DEFAULT_MOVE, count)
            scene = understand(task.prompt, task.seed, "16:9")
            about: dict[str, Any] = {}
        else:
            shot, scene, about = self._world_shot(origin, start, move, count, width, height)
        shot = self._referenced(self._pinned(shot, count, width, height), origin is not None, width, height)
        sound = ambience(scene, count / FRAMES_PER_SECOND) if task.generate_audio else None
        with closing(in_order(shot, count)) as frames:
            yield from self._written(frames, count, width, height, sound, about)

    def edit(self) -> Iterator[Progress]:
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
            scene = wanted.applied(origin.scene)
            looks = (*origin.looks, *wanted.looks)
            shot = _retaken(scene, looks, given.receipt, clip.frames, width, height)
            if shot is not None:
                about = {**_shot_of(given.receipt), **described(scene, origin.camera, looks, origin.time)}
                with closing(in_order(shot, clip.frames)) as frames:
                    yield from self._written(frames, clip.frames, width, height, sound, about)
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

    def extend(self) -> Iterator[Progress]:
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
        about: dict[str, Any] = {}
        frames, about = self._extended(clip, origin, added, width, height)
        yield from self._written(frames, count, width, height, sound, about)

    def _extended(
        self, clip: Clip, origin: Origin | None, added: int, width: int, height: int
    ) -> tuple[Iterator[Pixels], dict[str, Any]]:
        move = camera_move(self.task.prompt)
        stage = Stage(origin.scene, origin.looks, threads=1) if origin else None
        about: dict[str, Any] = {}
        if stage and origin:
            path = path_of(stage.world, origin.camera, move or "static")
            about = described(origin.scene, path(1.0), origin.looks, origin.time + added / FRAMES_PER_SECOND)

        def frames() -> Iterator[Pixels]:
            last: Pixels | None = None
            for last in clip_frames(clip, width, height):
                yield last
            assert last is not None
            if stage and origin:
                shot = settled(world_shot(stage, path, added + 1, width, height, origin.time), last)
            else:
                shot = _relief_shot(last, move or _DEFAULT_MOVE, added + 1)
            # Frame 0 of the new shot is the last one of the old.
            yield from in_order(shot, added + 1, first=1)

        return frames(), about

    def _world_shot(
        self, origin: Origin | None, start: Pixels | None, move: CameraMove | None, count: int, width: int, height: int
    ) -> tuple[Frame, Scene, dict[str, Any]]:
        task = self.task
        if origin is not None:
            scene, looks, since = origin.scene, origin.looks, origin.time
        else:
            scene = understand(task.prompt, task.seed, task.aspect_ratio or "16:9")
            looks, since = (), 0.0
        stage = Stage(scene, looks, threads=1)
        camera = origin.camera if origin else stage.world.camera
        chosen = move or _DEFAULT_MOVE
        path = path_of(stage.world, camera, chosen)
        shot = world_shot(stage, path, count, width, height, since)
        if start is not None:
            shot = settled(shot, covering(start, width, height))
        about = described(scene, path(1.0), looks, since + (count - 1) / FRAMES_PER_SECOND)
        about["shot"] = {
            "start": described(scene, camera, (), since)["camera"],
            "since": since,
            "move": chosen,
            "frames": count,
        }
        return shot, scene, about

    def _size(self, start: Pixels | None) -> tuple[int, int]:
        task = self.task
        if task.aspect_ratio is None and start is not None:
            rows, columns = start.shape[:2]
            return video_size_like((columns, rows), task.resolution)
        return video_size(task.aspect_ratio or "16:9", task.resolution)

    def _pinned(self, shot: Frame, count: int, width: int, height: int) -> Frame:
        pins = []
        for given in self.task.inputs:
            if given.role == "last_frame":
                pins.append(Pin(count - 1, covering(load_picture(given.path), width, height)))
            elif given.role == "keyframe":
                index = min(count - 1, max(0, round((given.timestamp_s or 0.0) * FRAMES_PER_SECOND)))
                pins.append(Pin(index, covering(load_picture(given.path), width, height)))
        return pinned(shot, tuple(pins), FRAMES_PER_SECOND) if pins else shot

    def _referenced(self, shot: Frame, has_origin: bool, width: int, height: int) -> Frame:
        """The colours of the reference pictures laid over the film, when no first frame sets them."""
        pictures = [load_picture(given.path) for given in self.task.inputs if given.role == "reference"]
        if not pictures or has_origin:
            return shot
        small = [covering(picture, 64, 64).reshape(-1, 3).astype(np.float32) for picture in pictures]
        mean = np.concatenate(small).mean(axis=0)
        hue = mean / max(float(mean.mean()), 1.0)
        gain = (np.float32(1.0) + np.float32(0.45) * (hue - np.float32(1.0))).astype(np.float32)

        def frame(index: int) -> Pixels:
            tinted: Pixels = np.clip(shot(index) * gain + np.float32(0.5), 0, 255).astype(np.uint8)
            return tinted

        return frame

    def _written(
        self, frames: Iterator[Pixels], count: int, width: int, height: int, sound: Sound | None, about: dict[str, Any]
    ) -> Iterator[Progress]:
        """Encodes the frames as they come; the film exists once this has ended."""
        with FilmWriter(self._path, width, height, sound=sound is not None) as writer:
            for pixels in frames:
                writer.add(pixels)
                yield Progress(phase="drawing", step=writer.frames, of=count)
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


def _relief_shot(pixels: Pixels, move: CameraMove, count: int) -> Frame:
    relief = Relief(pixels, move)
    return lambda index: relief.frame(index / max(1, count - 1))


def _shot_of(receipt: dict[str, Any]) -> dict[str, Any]:
    return {"shot": receipt["shot"]} if "shot" in receipt else {}


def _retaken(
    scene: Scene, looks: tuple[str, ...], receipt: dict[str, Any], count: int, width: int, height: int
) -> Frame | None:
    """The shot of the receipt taken again of a changed scene, or None when the receipt does not tell how."""
    about = receipt.get("shot")
    if not isinstance(about, dict):
        return None
    camera = camera_from(about.get("start"))
    if camera is None:
        return None
    stage = Stage(scene, looks, threads=1)
    move: CameraMove = about.get("move", "static")
    return world_shot(stage, path_of(stage.world, camera, move), count, width, height, float(about.get("since", 0.0)))


def _changed(clip: Clip, width: int, height: int, wanted: Any, seed: int) -> Iterator[Pixels]:
    for index, pixels in enumerate(clip_frames(clip, width, height)):
        yield with_looks(foreign.edited(pixels, wanted, seed, index / FRAMES_PER_SECOND), wanted.looks)


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
