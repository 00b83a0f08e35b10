"""Land: what the ground is covered with, worked out per point from height, slope and noise."""

from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.world import Hits, Shaded, Vector


@dataclass(frozen=True)
class Cover:
    """Colours and limits of a landscape; lengths in metres."""

    low: Vector = (0.085, 0.150, 0.032)
    """Grass, sand or soil on level ground."""
    second: Vector = (0.145, 0.190, 0.045)
    """Mottles the first."""
    rock: Vector = (0.225, 0.205, 0.185)
    second_rock: Vector = (0.145, 0.130, 0.120)
    steep: float = 0.72
    """Below this upward part of the normal, rock shows."""
    snow: float = 1e9
    """Height above which snow lies."""
    snow_depth: float = 0.0
    """0 to 1: snow on everything level, wherever it is."""
    forest: float = -1e9
    """Height below which far slopes are dark with trees."""
    shore: float = -1e9
    """Height below which there is wet sand."""
    sand: Vector = (0.60, 0.48, 0.32)
    ripples: float = 0.0
    """Height-to-length of wind ripples in sand, 0 none."""
    grain: float = 1.0
    """Contrast of small stains and grains."""
    bump: float = 0.35
    """How rough the surface looks close by."""
    path: tuple[float, float] | None = None
    """A trodden way along z: its middle at z = 0 and its width."""
    strata: float = 0.0
    """Contrast of rock layers."""


class Land:
    """The surface of the ground."""

    def __init__(self, cover: Cover, seed: int) -> None:
        self.cover = cover
        self._coarse = noise_tile(512, seed * 3 + 11, 0.9, 3)
        self._fine = noise_tile(512, seed * 3 + 12, 1.5, 8)

    def shade(self, hits: Hits) -> Shaded:
        """Colours by height and slope; noise finer than a pixel is left out."""
        x, y, z = (np.ascontiguousarray(hits.position[:, axis]) for axis in range(3))
        wide = sample_tile(self._coarse, x * np.float32(1 / 310), z * np.float32(1 / 310))
        middle = sample_tile(self._coarse, x * np.float32(1 / 37), z * np.float32(1 / 37)) * _seen(hits, 1.2)
        small = sample_tile(self._fine, x * np.float32(1 / 4.3), z * np.float32(1 / 4.3)) * _seen(hits, 0.03)
        tiny = sample_tile(self._fine, x * np.float32(1 / 0.71), z * np.float32(1 / 0.71)) * _seen(hits, 0.005)
        normal = self._bumped(hits, x, z)
        up = hits.normal[:, 1]
        mix = np.clip(0.5 + 0.22 * wide + 0.25 * middle + 0.16 * small, 0, 1)[:, None]
        colour: Floats = _vector(self.cover.low) * (1 - mix) + _vector(self.cover.second) * mix
        colour = self._wooded(colour, np.hypot(x, z), y, up, wide, middle)
        colour = self._with_path(colour, x, z, small)
        colour = self._with_rock(colour, y, up, middle, small)
        colour = self._with_shore(colour, y, wide)
        colour *= (1 + np.float32(self.cover.grain) * (0.10 * small + 0.12 * tiny))[:, None]
        colour, gloss = self._with_snow(colour, y, up, wide, middle, small)
        return Shaded(np.clip(colour, 0, 1).astype(np.float32), hits.emission, gloss, normal)

    def _bumped(self, hits: Hits, x: Floats, z: Floats) -> Floats:
        """Small relief as tilted normals."""
        normal = hits.normal.copy()
        for metres, amount in ((7.3, 0.5), (1.1, 0.65), (0.27, 0.5)):
            seen = _seen(hits, metres * 0.012) * np.float32(self.cover.bump * amount)
            if float(seen.max(initial=0.0)) < 0.01:
                continue
            a, b = x * np.float32(1 / (metres * 6)), z * np.float32(1 / (metres * 6))
            step = np.float32(1 / 220)
            here = sample_tile(self._fine, a, b)
            normal[:, 0] += (here - sample_tile(self._fine, a + step, b)) * seen
            normal[:, 2] += (here - sample_tile(self._fine, a, b + step)) * seen
        if self.cover.ripples > 0:
            bend = sample_tile(self._coarse, x * np.float32(1 / 23), z * np.float32(1 / 23))
            seen = _seen(hits, 0.03) * np.float32(self.cover.ripples)
            phase = (x * np.float32(0.5) + z) * np.float32(2 * np.pi / 0.33) + bend * np.float32(7.0)
            normal[:, 2] += np.cos(phase) * seen
            normal[:, 0] += np.cos(phase) * seen * np.float32(0.5)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
        return normal

    def _wooded(self, colour: Floats, away: Floats, y: Floats, up: Floats, wide: Floats, middle: Floats) -> Floats:
        if self.cover.forest < -1e8:
            return colour
        line = np.float32(self.cover.forest) + 60 * wide
        amount = smoothstep(-40.0, 40.0, line - y) * smoothstep(0.55, 0.72, up) * smoothstep(600.0, 1500.0, away)
        trees = _vector((0.030, 0.062, 0.026)) * (1 + 0.35 * middle)[:, None]
        mixed: Floats = colour + (trees - colour) * (amount * np.float32(0.8))[:, None]
        return mixed

    def _with_path(self, colour: Floats, x: Floats, z: Floats, small: Floats) -> Floats:
        if self.cover.path is None:
            return colour
        middle, width = self.cover.path
        bend = (
            middle
            + np.sin(z * np.float32(0.045)) * np.float32(2.4)
            - np.sin(np.float32(0))
            + np.sin(z * np.float32(0.017)) * 4
        )
        off = np.abs(x - bend) - np.float32(width / 2)
        amount = smoothstep(-0.5, 0.35, -off + small * np.float32(0.25))[:, None]
        soil = _vector((0.34, 0.26, 0.17))
        mixed: Floats = colour + (soil - colour) * amount
        return mixed

    def _with_rock(self, colour: Floats, y: Floats, up: Floats, middle: Floats, small: Floats) -> Floats:
        cover = self.cover
        amount = smoothstep(0.0, 0.12, cover.steep - up + 0.035 * middle + 0.02 * small)[:, None]
        mix = np.clip(0.5 + 0.3 * middle + 0.2 * small, 0, 1)
        if cover.strata > 0:
            mix = np.clip(mix + np.float32(cover.strata) * np.sin(y * np.float32(0.9) + middle * 2), 0, 1)
        stone = _vector(cover.rock) + (_vector(cover.second_rock) - _vector(cover.rock)) * mix[:, None]
        mixed: Floats = colour + (stone - colour) * amount
        return mixed

    def _with_shore(self, colour: Floats, y: Floats, wide: Floats) -> Floats:
        if self.cover.shore < -1e8:
            return colour
        dry = smoothstep(-0.4, 0.5, np.float32(self.cover.shore) - y + wide * np.float32(0.3))[:, None]
        wet = smoothstep(-0.12, 0.12, np.float32(0.22) - y)[:, None]
        sand = _vector(self.cover.sand) * (1 - 0.5 * wet)
        mixed: Floats = colour + (sand - colour) * dry
        return mixed

    def _with_snow(
        self, colour: Floats, y: Floats, up: Floats, wide: Floats, middle: Floats, small: Floats
    ) -> tuple[Floats, Floats]:
        cover = self.cover
        high = smoothstep(-60.0, 90.0, y - np.float32(cover.snow) + 70 * wide + 18 * middle)
        amount = np.maximum(high, np.float32(cover.snow_depth))
        lies = smoothstep(
            0.0, 0.16, up - np.float32(0.60) + 0.05 * middle + 0.03 * small - np.float32(0.12) * (1 - amount)
        )
        amount = amount * lies
        if cover.snow_depth > 0:
            amount = np.clip(amount * (1.06 + 0.10 * small), 0, 1)
        snow = _vector((0.76, 0.80, 0.86)) * (1 + 0.03 * small)[:, None]
        white: Floats = colour + (snow - colour) * amount[:, None]
        return white, (amount * np.float32(0.06)).astype(np.float32)


def _seen(hits: Hits, size: float) -> Floats:
    """1 where features of `size` metres are wider than a pixel, fading to 0 where they are not."""
    return np.clip(np.float32(size * 1.5) / np.maximum(hits.footprint, 1e-6), 0, 1).astype(np.float32)


def _vector(colour: Vector) -> Floats:
    return np.asarray(colour, np.float32)
