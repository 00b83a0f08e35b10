"""What happens to frames between drawing and encoding: exact first frames, pinned pictures, tints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep

Treatment = Callable[[int, Pixels], Pixels]
"""Frame number, from 0, and the frame as it was drawn, to the frame as it is shown. Called in order."""

_SETTLE_FRAMES = 12


def treated(frames: Iterator[Pixels], treatments: tuple[Treatment, ...]) -> Iterator[Pixels]:
    """The frames with every treatment applied in turn."""
    for index, pixels in enumerate(frames):
        for treatment in treatments:
            pixels = treatment(index, pixels)
        yield pixels


def settling(first: Pixels) -> Treatment:
    """Starts the shot from exactly `first`: what sets them apart fades away within half a second."""
    kept: list[Floats] = []

    def treat(index: int, drawn: Pixels) -> Pixels:
        if index == 0:
            kept.append(first.astype(np.float32) - drawn)
            return first
        if index >= _SETTLE_FRAMES:
            return drawn
        return _blended(drawn, kept[0], 1.0 - _smooth(index / _SETTLE_FRAMES))

    return treat


@dataclass(frozen=True)
class Pin:
    """A picture that the film must show at one frame."""

    index: int
    pixels: Pixels


def pinning(pins: tuple[Pin, ...], reach: int) -> Treatment:
    """Dissolves into each pin and out of it again within `reach` frames; pins themselves are exact."""

    def treat(index: int, drawn: Pixels) -> Pixels:
        shown = drawn
        for pin in pins:
            away = abs(index - pin.index)
            if away == 0:
                return pin.pixels
            if away < reach:
                shown = _blended(shown, pin.pixels.astype(np.float32) - shown, _smooth(1.0 - away / reach))
        return shown

    return treat


def tinting(pictures: list[Pixels]) -> Treatment:
    """Leans the colours towards those of the pictures."""
    mean = np.concatenate([picture.reshape(-1, 3).astype(np.float32) for picture in pictures]).mean(axis=0)
    hue = mean / max(float(mean.mean()), 1.0)
    gain = (np.float32(1.0) + np.float32(0.45) * (hue - np.float32(1.0))).astype(np.float32)

    def treat(_: int, drawn: Pixels) -> Pixels:
        tinted: Pixels = np.clip(drawn * gain + np.float32(0.5), 0, 255).astype(np.uint8)
        return tinted

    return treat


def _smooth(share: float) -> float:
    return float(smoothstep(0.0, 1.0, np.array([share], np.float32))[0])


def _blended(pixels: Pixels, difference: Floats, share: float) -> Pixels:
    mixed: Pixels = np.clip(pixels + difference * np.float32(share) + np.float32(0.5), 0, 255).astype(np.uint8)
    return mixed
