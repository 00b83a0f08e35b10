"""Insects and spiders: three balls, six or eight legs, and wings as blades. Drawn larger eyed than life."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point
from imagined.engines.illustrator.figures.fins import blade
from imagined.engines.illustrator.figures.limbs import Frame, smoothed
from imagined.engines.illustrator.figures.model import Figure, eye, gathered
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Mesh

_BLACK: Final[Colour] = (0.02, 0.02, 0.022)
_GLASS: Final[Colour] = (0.70, 0.78, 0.84)


@dataclass(frozen=True)
class Insect:
    """Sizes are shares of the length."""

    length: float
    """Metres."""
    abdomen: tuple[float, float]
    """Length and radius."""
    thorax: float
    head: float
    rise: float
    stripes: Colour | None = None
    legs: int = 6
    reach: float = 0.35
    """How far the feet stand off."""
    wings: tuple[tuple[float, float, float], ...] = ()
    """Each pair: (span, sweep back, width)."""
    wing: Colour = _GLASS
    dark: Colour = _BLACK
    """Head, legs and feelers."""
    feelers: float = 0.2


INSECTS: Final[dict[str, Insect]] = {
    "bee": Insect(0.025, (0.5, 0.23), 0.2, 0.165, 0.34, _BLACK, wings=((0.55, 0.25, 0.26), (0.36, 0.35, 0.2))),
    "wasp": Insect(0.028, (0.6, 0.15), 0.15, 0.12, 0.32, _BLACK, wings=((0.6, 0.4, 0.2), (0.4, 0.45, 0.16))),
    "fly": Insect(0.014, (0.42, 0.19), 0.19, 0.16, 0.28, wings=((0.5, 0.5, 0.26),)),
    "ant": Insect(0.014, (0.36, 0.16), 0.09, 0.14, 0.2, reach=0.42, dark=(0.09, 0.03, 0.015), feelers=0.3),
    "dragonfly": Insect(0.07, (0.72, 0.035), 0.085, 0.085, 0.22, reach=0.12, wings=((0.62, 0.0, 0.16), (0.56, 0.22,
        0.18)), feelers=0.06),
    "spider": Insect(0.04, (0.42, 0.24), 0.16, 0.13, 0.34, legs=8, reach=0.72, feelers=0.0, dark=(0.07, 0.045, 0.035)),
    "grasshopper": Insect(0.06, (0.62, 0.09), 0.11, 0.12, 0.2, reach=0.2, dark=(0.16, 0.30, 0.05), feelers=0.4),
}  # fmt: skip


def insect(kind: Insect, colour: Colour, pose: str) -> Figure:
    """On its legs; ``flying`` with legs drawn up and wings raised."""
    long, radius = kind.abdomen
    rise, parts = kind.rise, []
    front = 0.1
    parts.append(
        ball(
            (front, rise, 0.0),
            (kind.thorax * 1.1, kind.thorax, kind.thorax),
            colour if kind.stripes else kind.dark,
            0.1,
        )
    )
    rings = 7 if kind.stripes or radius < 0.05 else 1
    for index in range(rings):
        t = (index + 0.5) / rings
        tone = kind.stripes if kind.stripes and index % 2 else colour
        thick = radius * (np.sin(np.pi * (0.16 + 0.78 * t)) if rings > 1 and radius > 0.05 else 1.0)
        x = front - kind.thorax * 0.8 - long * t
        drop = -0.06 * t if radius > 0.05 else 0.0
        half = long / rings * (0.62 if rings > 1 else 0.5)
        parts.append(ball((x, rise + drop, 0.0), (max(half, 0.03), float(thick), float(thick)), tone, 0.3))
    frame = Frame((front + kind.thorax * 0.9 + kind.head * 0.75, rise + kind.head * 0.2, 0.0), kind.head, yaw=-0.3)
    parts.append(
        ball(frame.origin, frame.size(0.95, 1.0, 1.0), kind.dark if kind.stripes or kind.legs == 8 else colour, 0.2)
    )
    parts += _face(kind, frame) + _legs(kind, rise, front, pose) + _wings(kind, rise, front, pose)
    made = gathered(parts, {"head": frame.origin, "back": (0.0, rise + radius, 0.0)}, radius * 2)
    return Figure(made.mesh.moved((0.0, 0.0, 0.0), scale=kind.length), {}, radius * 2 * kind.length)


def _face(kind: Insect, frame: Frame) -> list[Mesh]:
    parts: list[Mesh] = []
    for side in (1, -1):
        parts += eye(
            frame.at(0.62, 0.3, side * 0.5), frame.direction(0.85, 0.1, side * 0.45), kind.head * 0.4, white=True
        )
        if kind.legs == 8:
            parts += eye(
                frame.at(0.6, 0.85, side * 0.22), frame.direction(0.8, 0.5, side * 0.25), kind.head * 0.18, white=True
            )
        if kind.feelers:
            line = [
                frame.at(0.3, 0.8, side * 0.25),
                frame.at(0.8, 1.4, side * 0.45),
                frame.at(0.8 + kind.feelers * 4, 1.5, side * 0.7),
            ]
            curve, radii = smoothed(line, [0.018, 0.015, 0.008], 7)
            parts.append(tube(curve, radii, _BLACK, sides=5))
    smile = [frame.at(0.82, -0.42, 0.4), frame.at(0.9, -0.58, 0.0), frame.at(0.82, -0.42, -0.4)]
    parts.append(
        tube(smile, [0.07 * frame.unit] * 3, (0.75, 0.55, 0.4) if sum(kind.dark) < 0.2 else (0.05, 0.03, 0.02))
    )
    return parts


def _legs(kind: Insect, rise: float, front: float, pose: str) -> list[Mesh]:
    parts: list[Mesh] = []
    pairs = kind.legs // 2
    for index in range(pairs):
        t = (index + 0.5) / pairs
        lean = 0.5 - t
        for side in (1, -1):
            root: Point = (front + kind.thorax * (0.7 - 1.4 * t), rise - kind.thorax * 0.4, side * kind.thorax * 0.6)
            far = side * (kind.thorax + kind.reach)
            foot: Point = (root[0] + lean * kind.reach * 1.9, 0.0, far)
            if pose == "flying":
                foot = (root[0] - 0.12, rise - kind.thorax - 0.12, side * kind.thorax * 1.1)
            over = max(rise * (1.55 if kind.legs == 8 else 1.0), rise)
            knee: Point = (
                (root[0] * 0.45 + foot[0] * 0.55),
                over if pose != "flying" else rise - kind.thorax,
                (root[2] * 0.45 + foot[2] * 0.55),
            )
            curve, radii = smoothed([root, knee, foot], [0.034, 0.028, 0.012], 7)
            parts.append(tube(curve, radii, kind.dark, 0.2, sides=6))
    return parts


def _wings(kind: Insect, rise: float, front: float, pose: str) -> list[Mesh]:
    parts: list[Mesh] = []
    for index, (span, back, wide) in enumerate(kind.wings):
        lift = span * (0.55 if pose == "flying" else 0.35)
        if span > 0.5 and kind.abdomen[1] < 0.05:
            lift = span * 0.1
        for side in (1, -1):
            x = front - index * kind.thorax * 0.8
            root = (x, rise + kind.thorax * 0.85, side * kind.thorax * 0.3)
            tip = (x - back * span * 2.0, root[1] + lift, side * (span * 0.9 + kind.thorax * 0.3))
            edges = ((x + 0.02, *root[1:]), (x - 0.04, *root[1:]))
            parts.append(blade(*edges, tip, kind.wing, bulge=(wide * 0.55, wide * 1.5), thickness=0.015, gloss=0.6))
    return parts


def ladybird(colour: Colour, pose: str) -> Figure:
    """A ladybird with seven spots, 8 mm long."""
    parts = [ball((0.0, 0.0042, 0.0), (0.0041, 0.0035, 0.0036), colour, 0.6, segments=28)]
    for x, angle in (
        (0.0015, 0.75),
        (-0.001, 0.45),
        (-0.0025, 0.9),
        (0.0012, -0.75),
        (-0.001, -0.45),
        (-0.0025, -0.9),
        (0.0026, 0.0),
    ):
        shrink = float(np.sqrt(max(1 - (x / 0.0041) ** 2, 0.05)))
        at = (x, 0.0042 + 0.0034 * shrink * float(np.cos(angle)), 0.0035 * shrink * float(np.sin(angle)))
        parts.append(
            ball(at, (0.0008, 0.00045, 0.0008), _BLACK, 0.4, Frame((0, 0, 0), 1, roll=angle).turn, segments=12)
        )
    seam, radii = smoothed(
        [(0.0036, 0.0056, 0.0), (0.0, 0.0077, 0.0), (-0.0037, 0.0053, 0.0)], [0.0001, 0.00012, 0.0001], 9
    )
    parts.append(tube(seam, radii, _BLACK))
    frame = Frame((0.0045, 0.0042, 0.0), 0.002, yaw=-0.2)
    parts.append(ball(frame.origin, 0.002, _BLACK, 0.4))
    for side in (1, -1):
        parts += eye(frame.at(0.6, 0.35, side * 0.55), frame.direction(0.85, 0.1, side * 0.45), 0.0009, white=True)
        parts.append(
            tube([frame.at(0.3, 0.8, side * 0.3), frame.at(0.9, 1.6, side * 0.6)], [0.00018, 0.00012], _BLACK, sides=5)
        )
        for x in (0.002, 0.0, -0.002):
            leg: list[Point] = [
                (x, 0.0022, side * 0.0025),
                (x * 1.3, 0.0024, side * 0.0044),
                (x * 1.5, 0.0, side * 0.0052),
            ]
            parts.append(tube(leg, [0.0004, 0.00035, 0.00018], _BLACK, sides=6))
        if pose == "flying":
            root = ((0.003, 0.007, side * 0.0004), (0.0, 0.0075, side * 0.0004))
            parts.append(
                blade(*root, (-0.005, 0.012, side * 0.006), colour, bulge=(0.4, 0.4), thickness=0.06, gloss=0.5)
            )
            parts.append(
                blade(*root, (-0.007, 0.009, side * 0.008), _GLASS, bulge=(0.2, 0.4), thickness=0.02, gloss=0.6)
            )
    return gathered(parts, {"back": (0.0, 0.008, 0.0)}, 0.007)


def butterfly(colour: Colour, pose: str) -> Figure:
    """A butterfly 0.09 m across with its wings half open, a dark border and pale spots on them."""
    rim: Colour = (0.035, 0.025, 0.025)
    parts: list[Mesh] = []
    line, radii = smoothed([(-0.022, 0.028, 0.0), (0.0, 0.03, 0.0), (0.018, 0.033, 0.0)], [0.0015, 0.0032, 0.0028], 9)
    parts.append(tube(line, radii, rim, 0.2))
    parts.append(ball((0.021, 0.034, 0.0), 0.0036, rim, 0.2))
    spread = 0.55 if pose == "flying" else 0.75
    for side in (1, -1):
        c, s = float(np.cos(spread)), float(np.sin(spread))

        def place(x: float, out: float, side: int = side, c: float = c, s: float = s) -> Point:
            return (x, 0.032 + out * s, side * out * c)

        for front, back, tip, bulge in (
            ((0.013, 0.002), (-0.001, 0.002), (0.026, 0.05), (0.2, 0.62)),
            ((0.001, 0.002), (-0.011, 0.002), (-0.026, 0.036), (0.5, 0.5)),
        ):
            root = (place(*front), place(*back))
            parts.append(blade(*root, place(*tip), rim, bulge=bulge, thickness=0.012, rows=14))
            inner = (tip[0] * 0.86 + front[0] * 0.1, tip[1] * 0.86)
            lifted = [(x, y, z) for x, y, z in (*root, place(*inner))]
            shape = (bulge[0] * 0.85, bulge[1] * 0.88)
            for shift in (0.0006, -0.0006):
                moved = [(x, y + shift * c, z - shift * s * side) for x, y, z in lifted]
                parts.append(blade(moved[0], moved[1], moved[2], colour, bulge=shape, thickness=0.006, rows=12))
            for t in (0.8, 0.9):
                x, y, z = place(tip[0] * t + 0.004, tip[1] * (t + 0.04))
                parts.append(ball((x, y, z), 0.0014, (0.9, 0.88, 0.8), segments=8))
        feeler, thin = smoothed(
            [(0.022, 0.037, side * 0.001), (0.03, 0.045, side * 0.004), (0.034, 0.052, side * 0.009)],
            [0.0005, 0.0004, 0.0003],
            7,
        )
        parts += [tube(feeler, thin, rim, sides=5), ball(feeler[-1], 0.0009, rim, segments=8)]
        parts += eye((0.0235, 0.0345, side * 0.002), np.array([0.7, 0.2, 0.68 * side], np.float32), 0.0014)
        for x in (0.012, 0.004, -0.002):
            parts.append(
                tube([(x, 0.03, side * 0.001), (x + 0.003, 0.02, side * 0.006)], [0.0006, 0.0003], rim, sides=5)
            )
    return gathered(parts, {"back": (0.0, 0.035, 0.0)}, 0.02)
