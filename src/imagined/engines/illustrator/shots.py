"""Shots: sources of frames in order, drawn a little ahead of the encoder by a few threads."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from imagined.contract.sizes import FRAMES_PER_SECOND
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.moves import Path
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.picture import THREADS, Stage

Frame = Callable[[int], Pixels]
"""Frame number, from 0, to pixels. Must not depend on the order of calls."""

_SETTLE_FRAMES = 12


def world_shot(stage: Stage, path: Path, count: int, width: int, height: int, start_s: float = 0.0) -> Frame:
    """`count` frames of the stage's world along the path, from `start_s` seconds of its time on."""

    def frame(index: int) -> Pixels:
        share = index / max(1, count - 1)
        return stage.frame(path(share), width, height, start_s + index / FRAMES_PER_SECOND)

    return frame


def settled(shot: Frame, first: Pixels) -> Frame:
    """`shot` starting from exactly `first`: what sets them apart fades away within half a second."""
    cache: list[Floats] = []

    def frame(index: int) -> Pixels:
        if index == 0:
            return first
        drawn = shot(index)
        if index >= _SETTLE_FRAMES:
            return drawn
        if not cache:
            cache.append(first.astype(np.float32) - shot(0))
        share = 1.0 - float(smoothstep(0.0, 1.0, np.array([index / _SETTLE_FRAMES], np.float32))[0])
        mixed: Pixels = np.clip(drawn + cache[0] * np.float32(share) + np.float32(0.5), 0, 255).astype(np.uint8)
        return mixed

    return frame


@dataclass(frozen=True)
class Pin:
    """A picture that the film must show at one frame."""

    index: int
    pixels: Pixels


def pinned(shot: Frame, pins: tuple[Pin, ...], reach: int) -> Frame:
    """`shot` dissolving into each pin and out of it again within `reach` frames; pins themselves are exact."""

    def frame(index: int) -> Pixels:
        drawn: Pixels | None = None
        for pin in pins:
            away = abs(index - pin.index)
            if away == 0:
                return pin.pixels
            if away < reach:
                weight = float(smoothstep(0.0, 1.0, np.array([1.0 - away / reach], np.float32))[0])
                base = shot(index) if drawn is None else drawn
                mixed = base + (pin.pixels.astype(np.float32) - base) * np.float32(weight)
                drawn = np.clip(mixed + np.float32(0.5), 0, 255).astype(np.uint8)
        return shot(index) if drawn is None else drawn

    return frame


def in_order(shot: Frame, count: int, *, first: int = 0) -> Iterator[Pixels]:
    """Frames `first` to `count` - 1; a few are drawn ahead, never more than are about to be needed."""
    ahead: deque[Future[Pixels]] = deque()
    pool = ThreadPoolExecutor(THREADS)
    upcoming = first
    try:
        while upcoming < count or ahead:
            while upcoming < count and len(ahead) < THREADS + 1:
                ahead.append(pool.submit(shot, upcoming))
                upcoming += 1
            yield ahead.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
