"""What floors, walls and ceilings of rooms are covered with, worked out per point; metres."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import hashed, noise_tile, sample_tile
from imagined.engines.illustrator.world import Hits, Shaded, Vector

Style = Literal[
    "plaster", "stripes", "damask", "panels", "brick", "tiles", "boards", "parquet", "checker", "carpet", "stone"
]


@dataclass(frozen=True)
class Cover:
    """One covering: its pattern, two colours and the size of its unit."""

    style: Style
    first: Vector
    second: Vector = (0.3, 0.3, 0.3)
    size: float = 0.3
    gloss: float = 0.0


@dataclass(frozen=True)
class Finish:
    """The surface of a wall or floor: a cover, and perhaps another below `rail` metres."""

    cover: Cover
    wainscot: Cover | None = None
    rail: float = 0.0

    def shade(self, hits: Hits) -> Shaded:
        """Patterns run along the wall, or along x on floors; what is finer than a pixel is averaged."""
        x, y, z = (np.ascontiguousarray(hits.position[:, axis]) for axis in range(3))
        normal = np.abs(hits.normal)
        level = normal[:, 1] > 0.7
        along = np.where(normal[:, 0] > normal[:, 2], z, x)
        u, v = np.where(level, x, along).astype(np.float32), np.where(level, z, y).astype(np.float32)
        colour, gloss = covered(self.cover, u, v, hits.footprint)
        if self.wainscot is not None:
            low = (y < self.rail) & ~level
            other, shine = covered(self.wainscot, u, np.float32(self.rail) - v, hits.footprint)
            colour = np.where(low[:, None], other, colour)
            gloss = np.where(low, shine, gloss)
        return Shaded(np.clip(colour, 0, 1).astype(np.float32), hits.emission, gloss.astype(np.float32), hits.normal)


def covered(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    """(N, 3) colours and (N,) gloss of a cover at `u`, `v`."""
    mix, tone = _PATTERNS[cover.style](cover, u, v, footprint)
    first, second = np.asarray(cover.first, np.float32), np.asarray(cover.second, np.float32)
    colour: Floats = first + (second - first) * mix[:, None]
    colour = colour * tone[:, None]
    return colour, np.full(len(u), cover.gloss, np.float32) * np.clip(tone, 0.3, 1.1)


def _line(distance: Floats, half: float, footprint: Floats) -> Floats:
    """1 on a line of half width `half`, softened over a pixel."""
    reach = np.maximum(footprint * np.float32(0.75), np.float32(1e-4))
    share = np.clip((np.float32(half) - distance) / reach + np.float32(0.5), 0, 1)
    result: Floats = share * np.minimum(np.float32(half * 2.2) / reach, np.float32(1.0))
    return result


def _grain(scale: float, u: Floats, v: Floats, seed: int = 61) -> Floats:
    tile = noise_tile(256, seed, 1.2, 3)
    return sample_tile(tile, u * np.float32(scale), v * np.float32(scale))


def _to_edge(value: Floats, size: float) -> Floats:
    """Distance to the nearest multiple of `size`."""
    part = value / np.float32(size)
    result: Floats = np.abs(part - np.round(part)) * np.float32(size)
    return result


def _cell(value: Floats, size: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    cell: np.ndarray[tuple[int, ...], np.dtype[np.int32]] = np.floor(value / np.float32(size)).astype(np.int32)
    return cell


def _plaster(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    del cover, footprint
    wide = _grain(0.21, u, v)
    return np.clip(0.1 + 0.10 * wide, 0, 1) * np.float32(0.5), 1 + 0.025 * wide + 0.02 * _grain(1.9, u, v)


def _stripes(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    across = _to_edge(u, cover.size)
    band = _line(across, cover.size * 0.22, footprint)
    thin = _line(np.abs(across - np.float32(cover.size * 0.33)), cover.size * 0.02, footprint)
    return np.clip(band + 0.8 * thin, 0, 1), 1 + 0.02 * _grain(0.4, u, v)


def _damask(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    size = cover.size
    row = _cell(v, size)
    shifted = u + np.where(row % 2 == 0, np.float32(0), np.float32(size / 2)).astype(np.float32)
    x = (shifted / np.float32(size) - np.floor(shifted / np.float32(size)) - np.float32(0.5)) * 2
    y = (v / np.float32(size) - row - np.float32(0.5)) * 2
    around, angle = np.hypot(x, y * np.float32(0.85)), np.arctan2(y, x)
    leaf = around - np.float32(0.34) * (1 + 0.42 * np.cos(angle * 4)) * (1 - 0.35 * np.cos(angle * 8))
    curl = np.abs(around - np.float32(0.72) - 0.08 * np.cos(angle * 6)) - np.float32(0.045)
    soft = np.maximum(footprint / np.float32(size) * 2, np.float32(0.03))
    shape = np.clip(0.5 - np.minimum(leaf, curl) / soft, 0, 1)
    seen = np.clip(np.float32(size * 0.25) / np.maximum(footprint, 1e-5), 0, 1)
    return shape * seen + np.float32(0.35) * (1 - seen), 1 + 0.02 * _grain(0.4, u, v)


def _panels(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    """Framed panels; `v` counts downwards from the rail."""
    across = _to_edge(u, cover.size)
    rail = _line(np.abs(v - np.float32(0.02)), 0.03, footprint)
    frame = np.abs(across - np.float32(0.075))
    inside = (across > 0.075) & (v > 0.13)
    edge = np.minimum(frame, np.abs(v - np.float32(0.13)))
    groove = _line(edge, 0.007, footprint) * ((across > 0.06) & (v > 0.11))
    lift = _line(np.abs(edge - np.float32(0.02)), 0.008, footprint) * inside
    tone = 1 + 0.16 * rail - 0.42 * groove + 0.16 * lift + 0.035 * _grain(0.9, u * 3, v)
    return np.zeros_like(u), tone.astype(np.float32)


def _brick(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    del cover
    row = _cell(v, 0.075)
    shifted = u + np.where(row % 2 == 0, np.float32(0), np.float32(0.12)).astype(np.float32)
    joint = np.maximum(_line(_to_edge(v, 0.075), 0.006, footprint), _line(_to_edge(shifted, 0.24), 0.006, footprint))
    seen = np.clip(np.float32(0.06) / np.maximum(footprint, 1e-5), 0, 1)
    tone = 1 + (hashed(_cell(shifted, 0.24), row) - np.float32(0.5)) * np.float32(0.5) * seen + 0.08 * _grain(1.7, u, v)
    return joint, np.where(joint > 0.5, np.float32(1), tone).astype(np.float32)


def _tiles(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    size = cover.size
    row = _cell(v, size)
    shifted = u + np.where(row % 2 == 0, np.float32(0), np.float32(size)).astype(np.float32)
    wide = size * 2
    joint = np.maximum(_line(_to_edge(v, size), 0.003, footprint), _line(_to_edge(shifted, wide), 0.003, footprint))
    tone = 1 + (hashed(_cell(shifted, wide), row) - np.float32(0.5)) * np.float32(0.14)
    return joint, tone.astype(np.float32)


def _boards(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    """Planks along `u`, `size` wide."""
    board = _cell(v, cover.size)
    offset = hashed(board, 3) * np.float32(5)
    joint = np.maximum(
        _line(_to_edge(v, cover.size), 0.0028, footprint), _line(_to_edge(u + offset, 2.1), 0.0028, footprint)
    )
    own = hashed(board, _cell(u + offset, 2.1)) - np.float32(0.5)
    bend = _grain(0.45, u * np.float32(0.6), v + own * 3)
    fibre = _grain(1.0, u * np.float32(0.5) + own * 5, v * np.float32(7) + bend * np.float32(0.12), 62)
    seen = np.clip(np.float32(0.03) / np.maximum(footprint, 1e-5), 0, 1)
    tone = (1 + 0.36 * own + seen * (0.09 * fibre) + 0.05 * bend) * (1 - 0.6 * joint)
    return np.clip(0.3 + 0.25 * bend, 0, 1), tone.astype(np.float32)


def _parquet(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    """Basket weave: squares of five strips, turned by turns."""
    size = cover.size
    turned = (_cell(u, size) + _cell(v, size)) % 2 == 0
    across = np.where(turned, u, v).astype(np.float32)
    strip = _cell(across, size / 5)
    joint = np.maximum(
        _line(_to_edge(across, size / 5), 0.0014, footprint),
        np.maximum(_line(_to_edge(u, size), 0.002, footprint), _line(_to_edge(v, size), 0.002, footprint)),
    )
    own = hashed(strip, _cell(u, size) * 7 + _cell(v, size)) - np.float32(0.5)
    tone = (1 + 0.3 * own + np.where(turned, 0.07, -0.07)) * (1 - 0.5 * joint) + 0.03 * _grain(2.0, u, v)
    return np.full_like(u, 0.2), tone.astype(np.float32)


def _checker(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    size = cover.size
    odd = ((_cell(u, size) + _cell(v, size)) % 2).astype(np.float32)
    edge = np.minimum(_to_edge(u, size), _to_edge(v, size))
    soft = np.clip(edge / np.maximum(footprint, 1e-5), 0, 1) * np.float32(0.5) + np.float32(0.5)
    tone = 1 + 0.05 * _grain(0.9, u, v) - 0.25 * _line(edge, 0.0025, footprint)
    return odd * soft + (1 - odd) * (1 - soft), tone.astype(np.float32)


def _carpet(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    del cover
    seen = np.clip(np.float32(0.02) / np.maximum(footprint, 1e-5), 0, 1)
    return np.clip(0.2 + 0.15 * _grain(0.3, u, v), 0, 1), 1 + 0.07 * _grain(7.0, u, v) * seen


def _stone(cover: Cover, u: Floats, v: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    size = cover.size
    row = _cell(v, size)
    shifted = u + hashed(row, 5) * np.float32(size * 2)
    wide = size * 1.7
    joint = np.maximum(_line(_to_edge(v, size), 0.005, footprint), _line(_to_edge(shifted, wide), 0.005, footprint))
    own = hashed(_cell(shifted, wide), row) - np.float32(0.5)
    tone = (1 + 0.2 * own + 0.06 * _grain(1.2, u, v)) * (1 - 0.45 * joint)
    return np.clip(0.3 + 0.2 * _grain(0.25, u, v), 0, 1), tone.astype(np.float32)


_PATTERNS: Final = {
    "plaster": _plaster,
    "stripes": _stripes,
    "damask": _damask,
    "panels": _panels,
    "brick": _brick,
    "tiles": _tiles,
    "boards": _boards,
    "parquet": _parquet,
    "checker": _checker,
    "carpet": _carpet,
    "stone": _stone,
}
