"""Ground that people have shaped: roads, paths, paving, furrows and a patchwork of fields, painted over the land."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import hashed, noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.settings.fabric import COBBLES, FLAGS, course_tone
from imagined.engines.illustrator.settings.land import Cover, Land
from imagined.engines.illustrator.world import Hits, Shaded, Vector

Line = Callable[[Floats], Floats]
"""The x of a way's middle for each z, metres."""


class Layer(Protocol):
    """Something painted over the ground."""

    def over(self, colour: Floats, hits: Hits, x: Floats, z: Floats, noise: Floats) -> Floats:
        """The colours (N, 3) with the layer on them; `noise` is about -2 to 2 at every point."""
        ...


class Shaped(Land):
    """Land with layers; snow covers them but for a trace."""

    def __init__(self, cover: Cover, seed: int, layers: Sequence[Layer]) -> None:
        super().__init__(cover, seed)
        self.layers = tuple(layers)
        self._worn = noise_tile(256, seed * 5 + 3, 1.2, 4)

    def shade(self, hits: Hits) -> Shaded:
        """The land, then each layer in turn."""
        plain = super().shade(hits)
        x, z = (np.ascontiguousarray(hits.position[:, axis]) for axis in (0, 2))
        noise = sample_tile(self._worn, x * np.float32(1 / 6.1), z * np.float32(1 / 6.1))
        colour = plain.colour
        for layer in self.layers:
            colour = layer.over(colour, hits, x, z, noise)
        if self.cover.snow_depth > 0:
            trace = np.float32(0.32 * min(1.0, self.cover.snow_depth))
            colour = plain.colour + (colour - plain.colour) * trace
        return Shaded(np.clip(colour, 0, 1).astype(np.float32), plain.emission, plain.gloss, plain.normal)


_PAVED: Final = {"cobbles": COBBLES, "flags": FLAGS}


@dataclass(frozen=True)
class Way:
    """A road or path along z: ``asphalt`` with lines, ``dirt`` with tracks, ``gravel``, ``cobbles`` or ``flags``."""

    middle: Line
    width: float
    kind: str = "dirt"
    colour: Vector = (0.36, 0.28, 0.19)
    soft: float = 0.3
    """Width of the ragged edge, metres."""

    def over(self, colour: Floats, hits: Hits, x: Floats, z: Floats, noise: Floats) -> Floats:
        """See `Layer.over`."""
        off = x - self.middle(z)
        edge = np.float32(self.width / 2) - np.abs(off) + noise * np.float32(self.soft * 0.5)
        soft = max(self.soft, 0.02)
        wide = np.maximum(np.float32(soft), hits.footprint * 1.2)
        amount = np.clip(edge / wide + np.float32(0.5), 0, 1)
        tone = np.tile(np.asarray(self.colour, np.float32), (len(x), 1)) * (1 + np.float32(0.05) * noise)[:, None]
        if self.kind == "asphalt":
            tone = self._lined(tone, off, z, hits.footprint)
        elif self.kind == "dirt":
            grassy = np.clip(1 - np.abs(off) / np.float32(self.width * 0.16), 0, 1) * np.float32(0.6)
            tone = tone + (colour - tone) * grassy[:, None]
        elif self.kind in _PAVED:
            tone = tone * course_tone(_PAVED[self.kind], x, z, hits.footprint)[:, None]
        mixed: Floats = colour + (tone - colour) * amount[:, None]
        return mixed

    def covers(self, x: Floats, z: Floats) -> npt.NDArray[np.bool_]:
        """Where nothing grows."""
        off: npt.NDArray[np.bool_] = np.abs(x - self.middle(z)) < self.width / 2
        return off

    def _lined(self, tone: Floats, off: Floats, z: Floats, footprint: Floats) -> Floats:
        """White lines: one at each edge and dashes in the middle, as wide as a pixel at least."""
        half = np.maximum(np.float32(0.075), footprint * np.float32(0.5))
        thin = np.float32(0.075) / half
        edge = np.abs(np.abs(off) - np.float32(self.width / 2 - 0.35))
        line = np.clip((half - edge) / np.maximum(footprint, 1e-4) + 0.5, 0, 1)
        dash = np.clip((half - np.abs(off)) / np.maximum(footprint, 1e-4) + 0.5, 0, 1) * ((z / 9) % 1 < 0.45)
        paint = np.clip(line + dash, 0, 1) * thin * np.float32(0.9)
        white: Floats = tone + (np.float32(0.72) - tone) * paint[:, None]
        return white


@dataclass(frozen=True)
class Floor:
    """Paving between two z and two x."""

    left: float
    right: float
    near: float
    far: float
    kind: str = "flags"
    colour: Vector = (0.40, 0.38, 0.34)

    def over(self, colour: Floats, hits: Hits, x: Floats, z: Floats, noise: Floats) -> Floats:
        """See `Layer.over`."""
        inside = ((x > self.left) & (x < self.right) & (z < self.near) & (z > self.far)).astype(np.float32)
        tone = np.asarray(self.colour, np.float32) * (1 + np.float32(0.04) * noise)[:, None]
        if self.kind in _PAVED:
            tone = tone * course_tone(_PAVED[self.kind], x, z, hits.footprint)[:, None]
        mixed: Floats = colour + (tone - colour) * inside[:, None]
        return mixed


@dataclass(frozen=True)
class Rows:
    """Furrows or rows of a crop: two colours in turn, `pitch` metres apart, turned by `yaw`."""

    pitch: float
    yaw: float
    ridge: Vector
    furrow: Vector
    region: Callable[[Floats, Floats], Floats]
    """0 to 1: how much of the rows is where."""

    def over(self, colour: Floats, hits: Hits, x: Floats, z: Floats, noise: Floats) -> Floats:
        """See `Layer.over`."""
        across = x * np.float32(np.cos(self.yaw)) + z * np.float32(np.sin(self.yaw)) + noise * np.float32(0.04)
        phase = np.cos(across * np.float32(2 * np.pi / self.pitch))
        seen = np.clip(np.float32(self.pitch * 0.45) / np.maximum(hits.footprint * 2, 1e-6) - 0.3, 0, 1)
        mix = np.float32(0.5) + np.float32(0.5) * np.clip(phase * 1.8, -1, 1) * seen
        tone = (
            np.asarray(self.furrow, np.float32) * (1 - mix)[:, None] + np.asarray(self.ridge, np.float32) * mix[:, None]
        )
        tone = tone * (1 + np.float32(0.05) * noise)[:, None]
        mixed: Floats = colour + (tone - colour) * self.region(x, z)[:, None]
        return mixed


@dataclass(frozen=True)
class Patchwork:
    """Fields of many colours with hedges between, as a countryside shows them; from `start` metres on."""

    colours: Sequence[Vector]
    size: float = 130.0
    start: float = 70.0
    seed: int = 0

    def over(self, colour: Floats, hits: Hits, x: Floats, z: Floats, noise: Floats) -> Floats:
        """See `Layer.over`."""
        a = (x * np.float32(0.96) + z * np.float32(0.28)) / np.float32(self.size)
        b = (z * np.float32(0.96) - x * np.float32(0.28)) / np.float32(self.size * 0.7)
        a = a + np.float32(0.10) * np.sin(b * 2.1)
        row = np.floor(b)
        a = a + hashed(row.astype(np.int32), self.seed)
        column = np.floor(a)
        which = hashed(column.astype(np.int32), row.astype(np.int32), self.seed + 1)
        palette = np.asarray(self.colours, np.float32)
        tone = palette[(which * len(palette)).astype(np.intp) % len(palette)]
        stripes = np.sin((a * 60 + which * 6) * np.float32(2.2)) * np.clip(
            np.float32(1.4) / (hits.footprint + 0.1) - 1, 0, 1
        )
        tone = tone * (1 + np.float32(0.05) * stripes + np.float32(0.05) * noise)[:, None]
        edge = np.minimum(
            np.minimum(a - column, column + 1 - a) * self.size, np.minimum(b - row, row + 1 - b) * self.size * 0.7
        )
        hedge = np.clip((np.float32(2.6) - edge) / np.maximum(hits.footprint, 1.0) + 0.5, 0, 1)
        tone = tone + (np.array([0.035, 0.062, 0.024], np.float32) - tone) * (hedge * np.float32(0.85))[:, None]
        amount = smoothstep(self.start, self.start * 2.2, np.hypot(x, z)) * smoothstep(0.72, 0.9, hits.normal[:, 1])
        mixed: Floats = colour + (tone - colour) * amount[:, None]
        return mixed


@dataclass(frozen=True)
class Raked:
    """Raked gravel: lines along x that run as rings round the stones in it."""

    stones: Sequence[tuple[float, float, float]]
    region: Callable[[Floats, Floats], Floats]
    colour: Vector = (0.62, 0.59, 0.53)

    def over(self, colour: Floats, hits: Hits, x: Floats, z: Floats, noise: Floats) -> Floats:
        """See `Layer.over`."""
        phase = z / np.float32(0.22)
        for sx, sz, reach in self.stones:
            away = np.hypot(x - np.float32(sx), z - np.float32(sz))
            near = smoothstep(-reach * 1.9, -reach * 1.6, -away)
            phase = phase + (away / np.float32(0.22) - phase) * near
        seen = np.clip(np.float32(0.10) / np.maximum(hits.footprint * 2, 1e-6) - 0.3, 0, 1)
        tone = (
            np.asarray(self.colour, np.float32)[None]
            * (1 + 0.22 * np.sin(phase * 2 * np.pi) * seen + 0.03 * noise)[:, None]
        )
        mixed: Floats = colour + (tone - colour) * self.region(x, z)[:, None]
        return mixed
