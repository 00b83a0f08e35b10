"""Water: waves, and the mirrored world that they stretch and break up.

The mirrored world is rendered once per picture, in pixels of the picture; a wave's slope moves the look-up in it,
and slopes too fine for a pixel blur it, mostly downwards, which is what draws lights out into streaks.
"""

import itertools
from copy import copy
from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import noise_tile, sample_tile
from imagined.engines.illustrator.vectors import planar, toward
from imagined.engines.illustrator.world import Water

_WAVES = 14
_BLURS = (0.0, 2.0, 6.0, 18.0, 50.0)
"""Vertical blur of the prepared copies of the mirror image, in its own pixels."""


@dataclass(frozen=True)
class Slopes:
    """Wave slopes at `N` points."""

    toward: Floats
    """(N,) slope along the view, towards the horizon."""
    across: Floats
    """(N,) slope to the right."""
    lost: Floats
    """(N,) root mean square slope of the waves too fine for a pixel."""


class Waves:
    """A sum of moving sine waves with wavelengths from the water's longest down to a hand's width."""

    def __init__(self, water: Water, seed: int) -> None:
        rng = np.random.default_rng([seed & 0x7FFFFFFF, 23])
        lengths = water.wavelength * np.geomspace(1.0, 0.035, _WAVES) * rng.uniform(0.85, 1.15, _WAVES)
        heading = rng.normal(0.6, 0.85, _WAVES)
        self.number = 2 * np.pi / lengths
        self.x, self.z = np.cos(heading), np.sin(heading)
        self.phase = rng.uniform(0, 2 * np.pi, _WAVES)
        self.speed = np.sqrt(9.81 * self.number)
        weight = np.linspace(1.0, 0.7, _WAVES)
        weight *= np.sqrt(2.0 / float((weight**2).sum()))
        self.slope = water.choppiness * weight
        self._gusts = noise_tile(256, seed * 7 + 5, 0.9, 2)
        self._gust_scale = np.float32(1.0 / (water.wavelength * 60.0))

    def slopes(self, x: Floats, z: Floats, heading: Floats, near: Floats, far: Floats, time: float) -> Slopes:
        """Slopes at the points `x`, `z` (metres).

        `heading` is the (2,) horizontal unit vector of the view; `near` and `far` are the widths of a pixel across
        and along it at each point, metres.
        """
        toward = np.zeros_like(x)
        across = np.zeros_like(x)
        lost = np.zeros_like(x)
        right_x, right_z = -float(heading[1]), float(heading[0])
        for i in range(_WAVES):
            along_view = float(self.x[i] * heading[0] + self.z[i] * heading[1])
            along_right = float(self.x[i] * right_x + self.z[i] * right_z)
            width = (far * np.float32(along_view)) ** 2 + (near * np.float32(along_right)) ** 2
            keep = np.exp(width * np.float32(-0.11 * self.number[i] ** 2))
            argument = x * np.float32(self.x[i] * self.number[i]) + z * np.float32(self.z[i] * self.number[i])
            wave = np.cos(argument + np.float32(self.phase[i] + self.speed[i] * time)) * keep
            toward += wave * np.float32(self.slope[i] * along_view)
            across += wave * np.float32(self.slope[i] * along_right)
            lost += (np.float32(1.0) - keep * keep) * np.float32(0.5 * self.slope[i] ** 2)
        scale = self._gust_scale
        gust = sample_tile(self._gusts, x * scale + np.float32(time * 0.002), z * scale * np.float32(2.0))
        # Fade the patches of wind where a pixel covers several of them.
        gust *= np.exp(far * scale * np.float32(-40.0))
        strength = np.clip(np.float32(1.0) + np.float32(0.38) * gust, 0.15, 2.2)
        return Slopes(toward * strength, across * strength, np.sqrt(lost) * strength)


class Mirror:
    """The world reflected in still water, from the horizon row to below the picture, with blurred copies."""

    def __init__(self, image: Floats, first_row: float, scale: float) -> None:
        """`image` (R, C, 3) starts at the picture row `first_row`; its pixels are 1 / `scale` picture pixels wide."""
        self.first_row, self.scale = first_row, scale
        self.rows, self.columns = image.shape[:2]
        levels = [np.ascontiguousarray(image.transpose(2, 0, 1))]
        for previous, sigma in itertools.pairwise(_BLURS):
            levels.append(_blurred_down(levels[-1], float(np.sqrt(sigma**2 - previous**2))))
        self._levels = np.ascontiguousarray(np.stack(levels, axis=1).reshape(3, -1))
        self._steps = np.log(np.asarray(_BLURS[1:], np.float32))

    def mixed(self, other: "Mirror", share: float) -> "Mirror":
        """The mirror image between this one and another of the same world, from nearby."""
        if other.rows != self.rows:
            return self if share < 0.5 else other
        mirror = copy(self)
        mirror.first_row = self.first_row + (other.first_row - self.first_row) * share
        mirror._levels = self._levels + (other._levels - self._levels) * np.float32(share)
        return mirror

    def look_up(self, x: Floats, y: Floats, blur: Floats) -> Floats:
        """(N, 3) at picture pixels `x`, `y`, blurred down by `blur` picture pixels."""
        scale = np.float32(self.scale)
        column = np.clip(x * scale - np.float32(0.5), 0.0, self.columns - 1.001)
        row = np.clip((y - np.float32(self.first_row)) * scale - np.float32(0.5), 0.0, self.rows - 1.001)
        level = self._level_of(blur * scale)
        base = level.astype(np.int32)
        lower = self._bilinear(base, row, column)
        upper = self._bilinear(np.minimum(base + 1, len(_BLURS) - 1), row, column)
        return toward(lower, upper, level - base.astype(np.float32))

    def _level_of(self, blur: Floats) -> Floats:
        logarithm = np.log(np.maximum(blur, np.float32(1e-3)))
        between = np.interp(logarithm, self._steps, np.arange(1.0, len(_BLURS))).astype(np.float32)
        level = np.where(blur < _BLURS[1], blur * np.float32(1.0 / _BLURS[1]), between)
        return np.clip(level, 0.0, len(_BLURS) - 1.001).astype(np.float32)

    def _bilinear(self, level: np.ndarray[tuple[int, ...], np.dtype[np.int32]], row: Floats, column: Floats) -> Floats:
        top = row.astype(np.int32)
        left = column.astype(np.int32)
        down, right = row - top.astype(np.float32), column - left.astype(np.float32)
        # take() wants these; given others it would turn them into these each time.
        start = ((level * np.int32(self.rows) + top) * np.int32(self.columns) + left).astype(np.intp)
        mixed = planar(len(row))
        for k, channel in enumerate(self._levels):
            above = channel.take(start)
            above += (channel[1:].take(start) - above) * right
            below = channel[self.columns :].take(start)
            below += (channel[self.columns + 1 :].take(start) - below) * right
            below -= above
            below *= down
            np.add(above, below, out=mixed[:, k])
        return mixed


def _blurred_down(image: Floats, sigma: float) -> Floats:
    """(3, R, C) `image` blurred along its columns, by two box blurs that together are roughly a Gaussian."""
    radius = max(1, round((np.sqrt(6.0 * sigma * sigma + 1.0) - 1.0) / 2.0))
    width = 2 * radius + 1
    for _ in range(2):
        padded = np.pad(image, ((0, 0), (radius + 1, radius), (0, 0)), mode="edge")
        total = np.cumsum(padded, axis=1)
        image = (total[:, width:] - total[:, :-width]) * np.float32(1.0 / width)
    return image
