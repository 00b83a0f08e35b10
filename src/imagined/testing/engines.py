"""Scripted engines: what a real engine may do, good and bad, told by the first word of the prompt.

``draw`` and anything else gives plain results at once; ``heavy 2`` gives results of 2 MiB each; ``slow 2.5`` takes that
many seconds in steps, ``show 2.5`` with a preview at each, and ``note FILE 2.5`` adds a line to FILE before that;
``hang`` says nothing more; ``crash`` dies as by a segmentation fault, ``crash once FILE`` only while FILE does not
exist; ``garbage`` breaks the frame protocol; ``lie`` reports a file that is none, ``boast 7`` a film of 7 s as one of
the length asked for, ``many`` more results than were; ``refuse`` raises an `EngineError`; ``bug`` raises something
else; ``stubborn 2.5`` does not listen to a cancel; ``flood`` reports steps without end, ``talk`` prints for a while
without pause; ``eat`` allocates until it is stopped, ``breed`` lets children do so, none of which is past the limit;
``fill`` writes to its workdir until it is stopped; ``fork FILE`` starts a child in a session of its own, adds its pid
to FILE, and dies.
"""

import contextlib
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Final

from imagined.contract.sizes import frame_count, image_size, video_size
from imagined.contract.tasks import EngineError, EngineEvent, ImageTask, Preview, Produced, Progress, VideoTask
from imagined.imagine.headers import read_clip

_STEP_S = 0.05


class ScriptedEngine:
    """An engine without imports to wait for. Its pictures are real JPEG headers, its videos real MP4 boxes."""

    name = "scripted"
    digest = "scripted-1"

    def generate_image(self, task: ImageTask) -> Iterator[EngineEvent]:
        """Act out the prompt, then give `n` pictures of one colour."""
        yield from self._act(task)
        for index in range(0 if task.prompt.startswith("lie") else task.n):
            yield _picture(task, index, self.digest)

    def edit_image(self, task: ImageTask) -> Iterator[EngineEvent]:
        """The same; the inputs are read, so that a missing one is noticed."""
        for source in task.inputs:
            Path(source.path).read_bytes()
        yield from self.generate_image(task)

    def generate_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """Act out the prompt, then give a video without pictures."""
        yield from self._act(task)
        word, _, rest = task.prompt.partition(" ")
        yield _video(task, task.duration_s, self.digest, real_s=int(rest) if word == "boast" else None)

    def edit_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """The same, as long as its input."""
        yield from self._act(task)
        yield _video(task, _input_length(task) or task.duration_s, self.digest)

    def extend_video(self, task: VideoTask) -> Iterator[EngineEvent]:
        """The same, longer than its input."""
        yield from self._act(task)
        yield _video(task, _input_length(task) + task.duration_s, self.digest)

    _acts: ClassVar[tuple[str, ...]] = (
        "slow",
        "show",
        "note",
        "hang",
        "crash",
        "garbage",
        "lie",
        "refuse",
        "bug",
        "eat",
        "stubborn",
        "print",
        "flood",
        "many",
        "talk",
        "fill",
        "fork",
        "breed",
    )

    def _act(self, task: ImageTask | VideoTask) -> Iterator[EngineEvent]:
        word, _, rest = task.prompt.partition(" ")
        yield Progress(phase="loading", step=0, of=1)
        if word in self._acts:
            yield from getattr(self, f"_{word}")(task, rest)

    def _slow(self, _task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        steps = max(1, round(float(rest.split()[0] if rest else "1") / _STEP_S))
        for step in range(1, steps + 1):
            time.sleep(_STEP_S)
            yield Progress(phase="drawing", step=step, of=steps)

    def _show(self, task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        """The same as `slow`, with a preview at each step."""
        for number, step in enumerate(self._slow(task, rest)):
            yield step
            yield Preview(index=0, data=jpeg(8, 8, number.to_bytes(4, "big")), width=8, height=8)

    def _note(self, task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        name, _, seconds = rest.partition(" ")
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(f"{task.model} {task.seed}\n")
        yield from self._slow(task, seconds)

    def _hang(self, _task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        yield Progress(phase="drawing", step=1, of=2)
        while True:
            time.sleep(3600)

    def _crash(self, _task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        yield Progress(phase="drawing", step=1, of=2)
        _once, _, marker = rest.partition(" ")
        if not marker or not Path(marker).exists():
            if marker:
                Path(marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)

    def _garbage(self, _task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        yield Progress(phase="drawing", step=1, of=2)
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, b"\xff" * 64)
        time.sleep(0.2)

    def _lie(self, task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        path = Path(task.workdir) / "lie.jpeg"
        path.write_bytes(b"this is not a picture")
        yield Produced(index=0, path=str(path), content_type="image/jpeg", width=8, height=8)

    def _refuse(self, _task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        yield Progress(phase="drawing", step=1, of=2)
        raise EngineError("invalid_argument", rest or "This cannot be drawn.")

    def _bug(self, _task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        yield Progress(phase="drawing", step=1, of=2)
        raise ZeroDivisionError("a bug in the engine")

    def _eat(self, _task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        eaten = []
        while True:
            eaten.append(bytearray(64 * 1024 * 1024))
            yield Progress(phase="drawing", step=len(eaten), of=1_000_000)

    def _stubborn(self, _task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        try:
            yield Progress(phase="drawing", step=1, of=2)
        finally:
            # Closed or not: a cancel may come while it is drawing or in between.
            time.sleep(float(rest or "3600"))

    def _print(self, _task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        print(rest)  # it must not reach the frames
        os.write(1, b"straight to the descriptor\n")
        yield Progress(phase="drawing", step=1, of=2)

    def _flood(self, _task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        while True:
            yield Progress(phase="drawing", step=1, of=2)

    def _many(self, task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        while True:
            yield _picture(task, 0, "x" * 100_000)

    def _talk(self, _task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            os.write(2, b"so much to say\n" * 1000)
        yield Progress(phase="drawing", step=1, of=2)

    def _fill(self, task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        for number in itertools.count():
            (Path(task.workdir) / f"{number}.tmp").write_bytes(bytes(4 * 1024 * 1024))
            yield Progress(phase="drawing", step=1, of=2)

    def _fork(self, _task: ImageTask, rest: str) -> Iterator[EngineEvent]:
        yield Progress(phase="drawing", step=1, of=2)
        child = subprocess.Popen(_SLEEPER, start_new_session=True)  # noqa: S603 - our own command
        with Path(rest).open("a", encoding="ascii") as file:
            file.write(f"{child.pid}\n")
        os.kill(os.getpid(), signal.SIGKILL)

    def _breed(self, _task: ImageTask, _rest: str) -> Iterator[EngineEvent]:
        children = [subprocess.Popen(_GLUTTON) for _ in range(6)]  # noqa: S603 - our own command
        for step in itertools.count():
            time.sleep(_STEP_S)
            yield Progress(phase="drawing", step=step, of=len(children) + step)


_SLEEPER: Final = (sys.executable, "-c", "import time; time.sleep(3600)")
_GLUTTON: Final = (sys.executable, "-c", "import time; eaten = bytearray(128 << 20); time.sleep(3600)")


def _picture(task: ImageTask, index: int, digest: str) -> Produced:
    ratio = "1:1" if task.aspect_ratio == "auto" else task.aspect_ratio
    width, height = image_size(ratio, task.resolution)
    path = Path(task.workdir) / f"{index}.jpeg"
    chance, (word, _, rest) = random.Random(f"{task.seed}/{index}"), task.prompt.partition(" ")
    # What follows the end of a JPEG is no part of it, and counts all the same.
    tail = chance.randbytes(int(rest) * 1024 * 1024) if word == "heavy" else b""
    path.write_bytes(jpeg(width, height, chance.randbytes(16)) + tail)
    return Produced(
        index=index,
        path=str(path),
        content_type="image/jpeg",
        width=width,
        height=height,
        receipt={"engine": "scripted", "digest": digest, "seed": task.seed, "prompt": task.prompt, "index": index},
    )


def _video(task: VideoTask, duration_s: int, digest: str, real_s: int | None = None) -> Produced:
    width, height = video_size(task.aspect_ratio or "16:9", task.resolution)
    path = Path(task.workdir) / "0.mp4"
    path.write_bytes(mp4(frame_count(real_s or duration_s) / 24, random.Random(task.seed).randbytes(16)))
    return Produced(
        index=0,
        path=str(path),
        content_type="video/mp4",
        width=width,
        height=height,
        duration_s=duration_s,
        receipt={"engine": "scripted", "digest": digest, "seed": task.seed, "prompt": task.prompt},
    )


def _input_length(task: VideoTask) -> int:
    """Whole seconds of the input film; 0 when there is none that says it."""
    for source in task.inputs:
        with Path(source.path).open("rb") as file:
            clip = read_clip(file)
        if clip is not None and clip.duration_s is not None:
            return round(clip.duration_s)
    return 0


def jpeg(width: int, height: int, salt: bytes = b"") -> bytes:
    """The smallest bytes with the header of a baseline JPEG of this size; nothing can be decoded from them."""
    comment = b"\xff\xfe" + (len(salt) + 2).to_bytes(2, "big") + salt
    frame = b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + comment + b"\xff\xc0" + (len(frame) + 2).to_bytes(2, "big") + frame + b"\xff\xd9"


def mp4(duration_s: float, salt: bytes = b"") -> bytes:
    """The boxes of an MP4 of this length that has no tracks."""
    header = b"\0" * 12 + (1000).to_bytes(4, "big") + round(duration_s * 1000).to_bytes(4, "big") + b"\0" * 80
    movie = _box(b"moov", _box(b"mvhd", header))
    return _box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + movie + _box(b"mdat", salt)


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content
