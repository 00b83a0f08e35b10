"""What stands about where people live: lamps, benches, fences, walls, boats, stalls, bridges."""

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures.solids import ball, lathe
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.settings.fabric import BOARDS, STONE
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.terrain import Height
from imagined.engines.illustrator.world import Vector

IRON: Final[Vector] = (0.030, 0.034, 0.036)
WOOD: Final[Vector] = (0.26, 0.17, 0.09)
GREY: Final[Vector] = (0.40, 0.38, 0.34)
_LAMP: Final[Vector] = (0.78, 0.46, 0.20)


def street_lamp(at: Frame, high: float = 3.9, reach: float = 3.2) -> None:
    """A cast-iron lantern on a post."""
    at.mesh(lathe([(0.20, 0), (0.17, 0.5), (0.075, 0.7), (0.055, high - 0.75), (0.09, high - 0.7)], IRON, 0.2, 10))
    at.box(0, high - 0.72, 0, 0.34, 0.06, 0.34, IRON)
    glow = (3.2, 2.1, 1.0) if at.kit.lit else (0.0, 0.0, 0.0)
    glass = (0.75, 0.66, 0.45) if at.kit.lit else (0.42, 0.42, 0.38)
    at.mesh(lathe([(0.12, high - 0.66), (0.20, high - 0.18), (0.0, high - 0.17)], glass, 0.5, 8, glow=glow))
    at.mesh(lathe([(0.25, high - 0.2), (0.10, high), (0.03, high + 0.12), (0.0, high + 0.2)], IRON, 0.2, 8))
    at.lamp(0, high - 0.4, 0, _LAMP, reach, 0.13)


def bench(at: Frame) -> None:
    """A park bench of slats, looking along local z."""
    for x in (-0.75, 0.75):
        at.box(x, 0, 0.12, 0.06, 0.42, 0.06, IRON)
        at.box(x, 0, -0.22, 0.06, 0.85, 0.06, IRON)
        at.box(x, 0.40, -0.05, 0.06, 0.05, 0.45, IRON)
    for z in (-0.16, -0.04, 0.08, 0.20):
        at.box(0, 0.44, z, 1.8, 0.035, 0.095, WOOD)
    for y in (0.58, 0.70, 0.82):
        at.box(0, y, -0.25, 1.8, 0.085, 0.035, WOOD)


def fence(at: Frame, length: float, kind: str = "picket", colour: Vector = (0.74, 0.73, 0.69)) -> None:
    """A fence along local x from the origin: ``picket`` or ``rail``."""
    if kind == "picket":
        for x in np.arange(0.0, length, 0.17):
            at.box(float(x), 0.08, 0, 0.085, 0.85, 0.025, colour)
        for y in (0.25, 0.7):
            at.box(length / 2, y, -0.03, length, 0.07, 0.04, colour)
        return
    for x in np.arange(0.0, length + 0.1, 2.4):
        at.box(float(x), -0.3, 0, 0.14, 1.55, 0.14, WOOD)
    for y in (0.45, 0.85, 1.15):
        at.box(length / 2, y, 0.06, length, 0.10, 0.05, WOOD)


def fence_over(at: Frame, points: Sequence[tuple[float, float]], height: Height) -> None:
    """A fence of posts and rails along points (x, z) of the ground."""
    tops: list[Vector] = []
    for x, z in points:
        y = float(height(np.array([x], np.float32), np.array([z], np.float32))[0])
        at.box(x, y - 0.4, z, 0.14, 1.6, 0.14, WOOD)
        tops.append((x, y, z))
    for lift in (0.45, 0.82, 1.12):
        at.rope([(x, y + lift, z) for x, y, z in tops], 0.085, WOOD)


def stone_wall(at: Frame, length: float, high: float = 1.1, thick: float = 0.45, colour: Vector = GREY) -> None:
    """A wall of field stones along local x from the origin."""
    at.box(length / 2, -0.6, 0, length, high + 0.6, thick, colour, STONE)
    at.box(
        length / 2, high, 0, length, 0.12, thick + 0.12, (colour[0] * 0.85, colour[1] * 0.85, colour[2] * 0.85), STONE
    )


def bush(rng: np.random.Generator, size: float, colour: Vector = (0.06, 0.12, 0.03)) -> Mesh:
    """A clipped bush."""
    made = ball((0, size * 0.45, 0), (size * 0.55, size * 0.5, size * 0.55), colour, segments=18)
    rough = 1 + 0.06 * rng.normal(size=(len(made.vertices), 1))
    vertices: Floats = (made.vertices * rough).astype(np.float32)
    tone = np.clip(made.colours * (1 + 0.25 * rng.normal(size=(len(made.colours), 1))), 0, 1)
    return Mesh(vertices, made.faces, made.normals, tone.astype(np.float32), made.gloss)


def rowing_boat(at: Frame, colour: Vector, cabin: bool = False, long: float = 5.4) -> None:
    """A clinker boat, afloat at the height of the frame, its bow along local x; a fishing boat with a `cabin`."""
    stations = 9
    rim: list[Vector] = []
    keel: list[Vector] = []
    half = long / 2
    for index in range(stations):
        t = index / (stations - 1) * 2 - 1
        wide = 0.19 * long * (1 - max(t, 0) ** 2.4) * (1 - 0.45 * max(-t, 0) ** 2.5)
        rim.append((t * half, 0.10 * long + 0.06 * long * t * t * (1.5 if t > 0 else 0.7), wide))
        keel.append((t * half * 0.90, -0.07 * long + 0.05 * long * max(t, 0) ** 3, wide * 0.55))
    pale = (0.78, 0.77, 0.73)
    for side in (1.0, -1.0):
        for (a, b), (c, d) in zip(itertools.pairwise(rim), itertools.pairwise(keel), strict=True):
            for low, high, tone in ((0.0, 0.55, colour), (0.55, 0.86, colour), (0.86, 1.0, pale)):
                p = [_mix(c, a, low), _mix(d, b, low), _mix(d, b, high), _mix(c, a, high)]
                corners = [(x, y, z * side) for x, y, z in p]
                at.panel(corners if side > 0 else corners[::-1], tone, BOARDS if low == 0 else 0, 0.25)
    for (a, b), (c, d) in zip(itertools.pairwise(rim), itertools.pairwise(keel), strict=True):
        floor = (0.30, 0.21, 0.12)
        mid = 0.7 if cabin else 0.2
        one, two = _mix(c, a, mid), _mix(d, b, mid)
        at.panel(
            [(one[0], one[1], one[2]), (two[0], two[1], two[2]), (two[0], two[1], -two[2]), (one[0], one[1], -one[2])],
            floor,
            BOARDS,
        )
        at.beam(a, b, 0.07, WOOD)
        at.beam((a[0], a[1], -a[2]), (b[0], b[1], -b[2]), 0.07, WOOD)
    at.panel(
        [
            (-half, rim[0][1], -rim[0][2]),
            (-half, rim[0][1], rim[0][2]),
            (keel[0][0], keel[0][1], keel[0][2]),
            (keel[0][0], keel[0][1], -keel[0][2]),
        ],
        colour,
    )
    if not cabin:
        for x in (-0.5 * half, 0.1 * half, 0.5 * half):
            at.box(x, 0.07 * long, 0, 0.25, 0.05, 0.27 * long, WOOD)
        return
    high = 0.34 * long
    at.box(-0.28 * half, 0.06 * long, 0, 0.30 * long, high * 0.75, 0.22 * long, pale)
    glow = (1.4, 0.85, 0.35) if at.kit.lit else (0.0, 0.0, 0.0)
    at.box(
        -0.28 * half,
        0.06 * long + high * 0.36,
        0,
        0.304 * long,
        high * 0.25,
        0.19 * long,
        (0.05, 0.07, 0.09),
        0,
        0.7,
        glow,
    )
    at.box(
        -0.28 * half,
        0.06 * long + high * 0.36,
        0,
        0.24 * long,
        high * 0.25,
        0.224 * long,
        (0.05, 0.07, 0.09),
        0,
        0.7,
        glow,
    )
    at.box(-0.28 * half, 0.06 * long + high * 0.75, 0, 0.34 * long, 0.08, 0.25 * long, colour)
    at.beam((0.28 * half, 0.05 * long, 0), (0.28 * half, 0.72 * long, 0), 0.09, WOOD)
    at.beam((0.28 * half, 0.30 * long, 0), (-0.42 * half, 0.62 * long, 0), 0.06, WOOD)
    at.beam((0.28 * half, 0.70 * long, 0), (0.98 * half, 0.16 * long, 0), 0.02, IRON)
    at.beam((0.28 * half, 0.70 * long, 0), (-0.98 * half, 0.14 * long, 0), 0.02, IRON)


def _mix(a: Vector, b: Vector, t: float) -> Vector:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)
