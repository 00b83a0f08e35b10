"""What things are made of: brick, stone, tiles, boards and paving, worked out per point from where the point lies."""

from typing import Final

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Ints
from imagined.engines.illustrator.noise import hashed, noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.world import Hits, Shaded

PLAIN, PLASTER, BRICK, STONE, BOARDS, TILES, SLATES, THATCH, COBBLES, FLAGS, STRAW = range(11)
"""Numbers of the materials, as `Mesh.part` holds them."""

_COURSES: Final[dict[int, tuple[float, float, float, float, float]]] = {
    BRICK: (0.30, 0.10, 0.10, 0.16, 1.30),
    STONE: (0.62, 0.34, 0.06, 0.26, 0.62),
    BOARDS: (0.16, 40.0, 0.10, 0.10, 0.55),
    TILES: (0.24, 0.26, 0.10, 0.22, 0.55),
    SLATES: (0.34, 0.30, 0.06, 0.22, 0.62),
    COBBLES: (0.17, 0.14, 0.22, 0.30, 0.45),
    FLAGS: (0.72, 0.55, 0.05, 0.16, 0.60),
}
"""Length and height of a piece, metres; share that is joint; how much pieces differ; tone of the joint."""


class Fabric:
    """The surface of everything built from a `Kit`."""

    def __init__(self, snowy: bool = False) -> None:
        self.snowy = snowy
        self._stains = noise_tile(256, 77, 1.0, 3)
        self._grain = noise_tile(256, 78, 1.5, 8)

    def shade(self, hits: Hits) -> Shaded:
        """Courses and stains; joints finer than a pixel fade into the average."""
        u, v = _along(hits)
        colour = hits.colour.copy(order="K")
        normal = hits.normal
        glowing = hits.emission.max(axis=1) > 0 if len(hits.emission) else np.zeros(len(u), bool)
        for material in np.unique(hits.part):
            at = np.flatnonzero(hits.part == material)
            if int(material) in _COURSES:
                tone = course_tone(int(material), u[at], v[at], hits.footprint[at])
            elif material in (THATCH, STRAW):
                tone = 1 + np.float32(0.18) * sample_tile(
                    self._grain, u[at] * np.float32(0.9), v[at] * np.float32(0.12)
                )
            elif material == PLASTER:
                tone = 1 + np.float32(0.035) * sample_tile(
                    self._grain, u[at] * np.float32(0.3), v[at] * np.float32(0.3)
                )
            else:
                continue
            stain = sample_tile(self._stains, u[at] * np.float32(1 / 9), v[at] * np.float32(1 / 9))
            damp = np.float32(0.10) * np.exp(-np.maximum(v[at], 0) * np.float32(1.6)) if material != TILES else 0.0
            tone = tone * (1 + np.float32(0.07) * stain - damp)
            colour[at] = np.clip(colour[at] * tone[:, None], 0, 1)
        if self.snowy:
            lies = smoothstep(0.38, 0.62, normal[:, 1]) * (~glowing)
            drift = 1 + np.float32(0.04) * sample_tile(self._stains, hits.position[:, 0] / 6, hits.position[:, 2] / 6)
            white = np.array([0.76, 0.80, 0.86], np.float32) * drift[:, None]
            colour = colour + (white - colour) * (lies * np.float32(0.96))[:, None]
        return Shaded(np.clip(colour, 0, 1).astype(np.float32), hits.emission, hits.gloss, normal)


def _along(hits: Hits) -> tuple[Floats, Floats]:
    """Metres along a face and up it; on what lies level, metres along x and z."""
    x, y, z = (np.ascontiguousarray(hits.position[:, axis]) for axis in range(3))
    nx, ny, nz = (np.ascontiguousarray(hits.normal[:, axis]) for axis in range(3))
    level = np.maximum(np.hypot(nx, nz), np.float32(1e-4))
    flat = np.abs(ny) > 0.93
    u = np.where(flat, x, (x * nz - z * nx) / level)
    # Up a slope the way is longer than the height gained.
    v = np.where(flat, z, y / np.maximum(level, np.float32(0.3)))
    return u.astype(np.float32), v.astype(np.float32)


def course_tone(material: int, u: Floats, v: Floats, footprint: Floats) -> Floats:
    """(N,) tone of pieces laid in courses, every other one shifted by half a piece."""
    long, high, joint, spread, dark = _COURSES[material]
    row = np.floor(v / np.float32(high))
    shift = np.float32(0.0 if material == BOARDS else 0.5) * (row % 2)
    if material in (STONE, COBBLES, FLAGS):
        shift = shift + hashed(_whole(row), 3) * np.float32(0.6)
    across = u / np.float32(long) + shift
    column = np.floor(across)
    fx, fy = across - column, v / np.float32(high) - row
    piece = hashed(_whole(row), _whole(column), material)
    tone = 1 + np.float32(spread) * (piece - np.float32(0.5))
    seam_x = np.minimum(fx, 1 - fx) * np.float32(long / high) if material != BOARDS else np.minimum(fx, 1 - fx)
    seam_y = np.minimum(fy, 1 - fy) if material != BOARDS else np.ones_like(fy)
    if material in (TILES, SLATES):
        seam_y = fy
    seam = np.minimum(seam_x, seam_y)
    lined = 1 - smoothstep(joint * 0.35, joint * 1.3, seam)
    size = min(long, high)
    seen = np.clip(np.float32(size * 0.55) / np.maximum(footprint, 1e-6) - np.float32(0.35), 0, 1)
    toned = (1 - lined) * tone + lined * np.float32(dark)
    average = 1 - np.float32(joint * 1.6 * (1 - dark))
    result: Floats = (average + (toned - average) * seen).astype(np.float32)
    return result


def _whole(value: Floats) -> Ints:
    result: Ints = value.astype(np.int32)
    return result
