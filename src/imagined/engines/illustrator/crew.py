"""A crew that draws the frames of one shot: this process and helpers beside it.

Frames are thousands of small array operations, and threads of one interpreter only wait for each other there; so the
helpers are processes: ``python -m imagined.engines.illustrator.crew`` reads a shot, then frame numbers, and writes
raw frames. Every frame depends on the shot and its number alone, so who draws it makes no difference. A helper that
fails is not replaced; its frames are drawn here.
"""

import contextlib
import os
import queue
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec
import numpy as np

from imagined.contract.sizes import FRAMES_PER_SECOND
from imagined.engines.illustrator.between import Key, between, drawn_key
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.moves import path_of
from imagined.engines.illustrator.picture import Stage
from imagined.engines.illustrator.scene import CameraMove, Scene
from imagined.engines.illustrator.world import Camera, World

_NUMBER: Final = struct.Struct("<i")
_MOST_HELPERS: Final = 3
STEP: Final = 6
"""Every so many frames one is drawn in full."""
_AHEAD: Final = 2
"""Frames a helper may be given before the first is back."""
_KEPT_BYTES: Final = 96_000_000
"""Of finished frames that wait for an earlier one."""
_WORTHWHILE: Final = 8_000_000
"""Pixels in all frames together below which starting a helper takes longer than it saves."""


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """A camera move through the world of a scene, as data."""

    scene: Scene
    camera: Camera
    """Where the move starts."""
    move: CameraMove
    frames: int
    width: int
    height: int
    since: float = 0.0
    """Seconds of the world's time at the first frame."""
    looks: tuple[str, ...] = ()


class Artist:
    """Draws the frames of a shot, in any order, but neighbours after each other cost least.

    Every few frames one is drawn in full; those between are made of the two around them.
    """

    def __init__(self, shot: Shot, stage: Stage | None = None) -> None:
        self.shot = shot
        self.stage = stage or Stage(shot.scene, shot.looks)
        self.path = path_of(self.stage.world, shot.camera, shot.move, shot.frames / FRAMES_PER_SECOND)
        self._drawn: dict[int, tuple[Key, Pixels]] = {}

    def frame(self, index: int) -> Pixels:
        """Frame `index`, from 0."""
        before = index - index % STEP
        after = min(before + STEP, self.shot.frames - 1)
        if index in (before, after):
            return self._full(index)[1]
        near, far = (before, after) if 2 * index <= before + after else (after, before)
        share = (index - near) / (far - near)
        (one, _), (other, _) = self._full(near), self._full(far)
        made = between(self.stage.renderer, one, other, share, self._camera(index), self._time(index))
        return self.stage.developed(made, self._time(index))

    def _full(self, index: int) -> tuple[Key, Pixels]:
        if index not in self._drawn:
            for other in [other for other in self._drawn if abs(other - index) > STEP]:
                del self._drawn[other]
            shot, time = self.shot, self._time(index)
            key, picture = drawn_key(
                self.stage.renderer, self._camera(index), shot.width, shot.height, time, guided=self.stage.guided
            )
            self._drawn[index] = key, self.stage.developed(picture, time)
        return self._drawn[index]

    def _camera(self, index: int) -> Camera:
        return self.path(index / max(1, self.shot.frames - 1))

    def _time(self, index: int) -> float:
        return self.shot.since + index / FRAMES_PER_SECOND


class Crew:
    """Draws all frames of a shot in order. To be closed."""

    def __init__(self, shot: Shot, world: World | None = None) -> None:
        """`world` is the one of the shot's scene, where it has been built already."""
        self.shot = shot
        cores = os.cpu_count() or 1
        worthwhile = shot.frames * shot.width * shot.height >= _WORTHWHILE
        # Helpers first: they build their worlds while this process builds its own.
        self._helpers = [_Helper(shot) for _ in range(min(_MOST_HELPERS, cores - 1) if worthwhile else 0)]
        self.artist = Artist(shot, Stage(shot.scene, shot.looks, world))
        self._kept = max(2 * STEP, _KEPT_BYTES // (shot.width * shot.height * 3))
        self._assigned = 0
        self._mine: deque[int] = deque()

    def frames(self) -> Iterator[Pixels]:
        """All frames from the first on."""
        ready: dict[int, Pixels] = {}
        for wanted in range(self.shot.frames):
            while wanted not in ready:
                self._hand_out()
                self._collect(ready)
                if wanted in ready:
                    break
                promised = next((helper for helper in self._helpers if helper.promised(wanted)), None)
                if promised is None and wanted < self._assigned:
                    mine = wanted
                elif promised is None or len(ready) < self._kept:
                    self._mine = self._mine or self._run()
                    mine = self._mine[0] if self._mine else -1
                else:
                    mine = -1
                if mine >= 0:
                    ready[mine] = self.artist.frame(mine)
                    if self._mine and self._mine[0] == mine:
                        self._mine.popleft()
                elif promised is not None:
                    ready.update(promised.take(wait=True))
            yield ready.pop(wanted)

    def close(self) -> None:
        """Ends the helpers, whatever they are doing."""
        for helper in self._helpers:
            helper.close()

    def _run(self) -> deque[int]:
        """The next frames for one of the crew: many in a row, since neighbours share what is drawn in full."""
        left = self.shot.frames - self._assigned
        fair = left / (1.5 * (1 + len(self._helpers)))
        count = min(left, max(2, round(min(fair, self._kept / 2) / STEP)) * STEP)
        first, self._assigned = self._assigned, self._assigned + count
        return deque(range(first, self._assigned))

    def _hand_out(self) -> None:
        for helper in self._helpers:
            while helper.ready:
                helper.run = helper.run or self._run()
                if not helper.run or not helper.ask(helper.run[0]):
                    break
                helper.run.popleft()

    def _collect(self, ready: dict[int, Pixels]) -> None:
        for helper in self._helpers:
            ready.update(helper.take(wait=False))


class _Helper:
    """One process beside this one, with a thread that takes in what it draws."""

    def __init__(self, shot: Shot) -> None:
        self.owed: list[int] = []
        self.run: deque[int] = deque()
        """Frames it is to draw after those."""
        self._gone = False
        self._size = (shot.height, shot.width, 3)
        self._done: queue.SimpleQueue[tuple[int, Pixels] | None] = queue.SimpleQueue()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "imagined.engines.illustrator.crew"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        order = msgspec.json.encode(shot)
        self._write(_NUMBER.pack(len(order)) + order)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def ready(self) -> bool:
        """Whether it takes another frame."""
        return not self._gone and len(self.owed) < _AHEAD

    def promised(self, index: int) -> bool:
        """Whether it is still going to draw the frame."""
        return not self._gone and (index in self.owed or index in self.run)

    def ask(self, index: int) -> bool:
        """Gives the helper another frame to draw; False when it is gone."""
        if not self._write(_NUMBER.pack(index)):
            self._gone = True
            return False
        self.owed.append(index)
        return True

    def take(self, *, wait: bool) -> dict[int, Pixels]:
        """The frames that are finished; with `wait`, at least one unless the helper is gone."""
        taken: dict[int, Pixels] = {}
        while self.owed:
            try:
                item = self._done.get(block=wait and not taken)
            except queue.Empty:
                break
            if item is None:
                self._gone = True
                self.owed.clear()
                break
            taken[item[0]] = item[1]
            self.owed.remove(item[0])
        return taken

    def close(self) -> None:
        """Ends the process and its thread."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both were asked for

    def _write(self, data: bytes) -> bool:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def _read(self) -> None:
        assert self._process.stdout is not None
        count = int(np.prod(self._size))
        while True:
            data = self._process.stdout.read(_NUMBER.size + count)
            if len(data) < _NUMBER.size + count:
                self._done.put(None)
                return
            pixels = np.frombuffer(data, np.uint8, offset=_NUMBER.size).reshape(self._size)
            self._done.put((_NUMBER.unpack_from(data)[0], pixels))


def _serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """What a helper does until its pipes close."""
    (length,) = _NUMBER.unpack(incoming.read(_NUMBER.size))
    artist = Artist(msgspec.json.decode(incoming.read(length), type=Shot))
    while len(number := incoming.read(_NUMBER.size)) == _NUMBER.size:
        (index,) = _NUMBER.unpack(number)
        outgoing.write(number + artist.frame(index).tobytes())
        outgoing.flush()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt, struct.error):
        _serve(sys.stdin.buffer, sys.stdout.buffer)
