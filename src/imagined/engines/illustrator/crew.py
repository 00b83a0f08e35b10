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
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec
import numpy as np

from imagined.contract.sizes import FRAMES_PER_SECOND
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.moves import path_of
from imagined.engines.illustrator.picture import Stage
from imagined.engines.illustrator.scene import CameraMove, Scene
from imagined.engines.illustrator.world import Camera

_NUMBER: Final = struct.Struct("<i")
_MOST_HELPERS: Final = 3
_AHEAD: Final = 2
"""Frames a helper may be given before the first is back."""
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
    """Draws the frames of a shot, in any order."""

    def __init__(self, shot: Shot, stage: Stage | None = None) -> None:
        self.shot = shot
        self.stage = stage or Stage(shot.scene, shot.looks)
        self.path = path_of(self.stage.world, shot.camera, shot.move, shot.frames / FRAMES_PER_SECOND)

    def frame(self, index: int) -> Pixels:
        """Frame `index`, from 0."""
        shot = self.shot
        camera = self.path(index / max(1, shot.frames - 1))
        return self.stage.frame(camera, shot.width, shot.height, shot.since + index / FRAMES_PER_SECOND)


class Crew:
    """Draws all frames of a shot in order. To be closed."""

    def __init__(self, shot: Shot) -> None:
        self._shot = shot
        cores = os.cpu_count() or 1
        worthwhile = shot.frames * shot.width * shot.height >= _WORTHWHILE
        # Helpers first: they build their worlds while this process builds its own.
        self._helpers = [_Helper(shot) for _ in range(min(_MOST_HELPERS, cores - 1) if worthwhile else 0)]
        self.artist = Artist(shot)

    def frames(self) -> Iterator[Pixels]:
        """All frames from the first on."""
        ready: dict[int, Pixels] = {}
        given = 0
        for wanted in range(self._shot.frames):
            while wanted not in ready:
                given = self._hand_out(given)
                self._collect(ready)
                if wanted in ready:
                    break
                lost = not any(wanted in helper.owed for helper in self._helpers)
                if lost and wanted < given:
                    ready[wanted] = self.artist.frame(wanted)
                elif given < self._shot.frames and len(ready) <= _AHEAD * (1 + len(self._helpers)):
                    mine, given = given, given + 1
                    ready[mine] = self.artist.frame(mine)
                else:
                    self._collect(ready, wait=True)
            yield ready.pop(wanted)

    def close(self) -> None:
        """Ends the helpers, whatever they are doing."""
        for helper in self._helpers:
            helper.close()

    def _hand_out(self, given: int) -> int:
        for helper in self._helpers:
            while given < self._shot.frames and helper.ask(given):
                given += 1
        return given

    def _collect(self, ready: dict[int, Pixels], *, wait: bool = False) -> None:
        for helper in self._helpers:
            ready.update(helper.take(wait=wait))
            wait = False


class _Helper:
    """One process beside this one, with a thread that takes in what it draws."""

    def __init__(self, shot: Shot) -> None:
        self.owed: list[int] = []
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

    def ask(self, index: int) -> bool:
        """Gives the helper another frame to draw; False when it has enough, or is gone."""
        if len(self.owed) >= _AHEAD or not self._write(_NUMBER.pack(index)):
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
