"""Vans, buses, lorries and others of the road; metres, facing +x."""

import itertools

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, spoked, tyre, upright
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh

GLASS: Colour = (0.04, 0.06, 0.08)
DARK: Colour = (0.03, 0.03, 0.033)
CHROME: Colour = (0.62, 0.63, 0.66)
_LAMP: Colour = (0.9, 0.88, 0.75)


def shell(low: Point, high: Point, rounding: float, colour: Colour, gloss: float = 0.7, square: float = 0.35) -> Mesh:
    """A bodywork box with rounded edges along its length."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    r, y, z = rounding, (y0 + y1) / 2, (z0 + z1) / 2
    xs = [x0, x0 + r * 0.3, x0 + r, x1 - r, x1 - r * 0.3, x1]
    k = [1 - r * 0.9 / (y1 - y0), 1 - r * 0.3 / (y1 - y0), 1, 1, 1 - r * 0.3 / (y1 - y0), 1 - r * 0.9 / (y1 - y0)]
    return loft(
        [(x, y, z) for x in xs],
        [(z1 - z0) / 2 * s for s in k],
        [(y1 - y0) / 2 * s for s in k],
        colour,
        gloss,
        36,
        square=square,
    )


def panes(xs: list[tuple[float, float]], y0: float, y1: float, half: float, lit: bool = False) -> list[Mesh]:
    """Windows along both sides."""
    glow = (1.1, 0.8, 0.4) if lit else None
    parts = []
    for a, b in xs:
        parts.append(box(((a + b) / 2, (y0 + y1) / 2, 0), (b - a + 0.06, y1 - y0 + 0.06, half * 2 + 0.012), DARK, 0.4))
        parts.append(
            box(
                ((a + b) / 2, (y0 + y1) / 2, 0),
                (b - a, y1 - y0, half * 2 + 0.02),
                GLASS if not lit else (0.7, 0.5, 0.25),
                0.9,
                glow=glow,
            )
        )
    return parts


def _lamps(x: float, y: float, z: float, size: float = 0.12) -> list[Mesh]:
    return [ball((x, y, s * z), (size * 0.5, size, size), _LAMP, 0.8, glow=(0.7, 0.66, 0.5)) for s in (1, -1)]


def _tails(x: float, y: float, z: float) -> list[Mesh]:
    return [box((x, y, s * z), (0.05, 0.22, 0.12), (0.6, 0.02, 0.02), 0.6, glow=(0.4, 0.01, 0.01)) for s in (1, -1)]


def _wheels(xs: tuple[float, ...], z: float, radius: float, wide: float) -> list[Mesh]:
    return [part for x in xs for s in (1, -1) for part in tyre(x, s * z, radius, wide)]


def _arches(xs: tuple[float, ...], half: float, radius: float, y: float | None = None) -> list[Mesh]:
    return [
        upright(
            lathe(
                [(0.0, -half - 0.008), (radius, -half - 0.008), (radius, half + 0.008), (0.0, half + 0.008)],
                (0.015, 0.015, 0.016),
                0,
                28,
            )
        ).moved((x, y or radius * 0.86, 0))
        for x in xs
    ]


def bus(colour: Colour, lit: bool, double: bool = False) -> Figure:
    """A city bus, 9.5 m, or a red double-decker."""
    high, half = (4.2 if double else 2.95), 1.2
    parts = [shell((-4.7, 0.42, -half), (4.7, high, half), 0.3, colour, 0.7, 0.22)]
    xs = [(-4.2 + 1.22 * k, -3.1 + 1.22 * k) for k in range(7)]
    rows = [(1.35, 2.35)] if not double else [(1.35, 2.15), (2.75, 3.6)]
    for y0, y1 in rows:
        parts += panes(xs if y0 > 2 else xs[:-1], y0, y1, half, lit)
        parts.append(box((4.67, (y0 + y1) / 2 + 0.02, 0), (0.12, y1 - y0 + 0.2, 2.06), GLASS, 0.95))
        parts.append(box((-4.67, (y0 + y1) / 2 + 0.05, 0), (0.12, y1 - y0 - 0.1, 1.8), GLASS, 0.95))
    parts.append(box((3.75, 1.45, half), (1.0, 1.85, 0.05), GLASS, 0.9))
    parts += [
        box((3.75, 1.45, half + 0.01), (0.05, 1.85, 0.05), DARK),
        box((4.74, rows[-1][1] + 0.22, 0), (0.06, 0.24, 1.3), (0.05, 0.04, 0.02), 0.4, glow=(0.5, 0.3, 0.03)),
    ]
    parts += [
        box((0, 0.95, 0), (9.42, 0.10, half * 2 + 0.01), (0.86, 0.85, 0.82), 0.6),
        *_lamps(4.72, 0.78, 0.92),
        *_tails(-4.72, 0.9, 1.0),
    ]
    parts += _arches((-2.6, 2.6), half, 0.58) + _wheels((-2.6, 2.6), 1.08, 0.48, 0.28)
    parts += [
        box((4.75, 0.55, 0), (0.1, 0.22, 2.2), DARK, 0.3),
        *[
            tube([(4.6, 2.5, s * 1.15), (4.95, 2.4, s * 1.4), (4.95, 2.0, s * 1.42)], [0.03, 0.03, 0.09], DARK)
            for s in (1, -1)
        ],
    ]
    return gathered(parts, {"top": (0, high, 0), "seat": (0, high, 0)})


def _cab(colour: Colour, x: float, high: float, half: float) -> list[Mesh]:
    """A lorry's cab, its front at `x`."""
    cab = Clay(blend=0.08)
    cab.box((x - 0.85, high / 2 + 0.32, 0), (0.85, high / 2 - 0.28, half), 0.16, colour, 0.8)
    cab.box((x - 0.05, high + 0.1, 0), (0.42, 0.55, half + 0.4), 0.0, colour, 0.8, turned(pitch=0.42), carved=True)
    body = cab.mesh(0.07)
    parts = [Mesh(body.vertices, body.faces, body.normals, body.colours, np.full(len(body.vertices), 0.6, np.float32))]
    parts.append(
        box((x - 0.19, high * 0.71 + 0.14, 0), (0.06, high * 0.36, half * 1.74), GLASS, 0.95, turned(pitch=0.20))
    )
    parts += panes([(x - 1.1, x - 0.38)], high * 0.58, high * 0.86, half)
    parts += [
        box((x + 0.005, 0.95, 0), (0.05, 0.42, half * 1.25), DARK, 0.3),
        *[box((x + 0.02, 0.80 + 0.1 * k, 0), (0.05, 0.03, half * 1.25), CHROME, 0.7) for k in range(4)],
    ]
    parts += [box((x, 0.5, 0), (0.16, 0.24, half * 2), CHROME, 0.7), *_lamps(x + 0.02, 0.82, half * 0.82, 0.12)]
    parts += [
        tube(
            [
                (x - 0.3, high * 0.8, s * half),
                (x - 0.05, high * 0.82, s * (half + 0.22)),
                (x - 0.05, high * 0.6, s * (half + 0.22)),
            ],
            [0.025, 0.025, 0.08],
            DARK,
            0.4,
        )
        for s in (1, -1)
    ]
    return parts


def truck(colour: Colour) -> Figure:
    """A lorry with a box body, 7.5 m."""
    parts = [*_cab(colour, 3.6, 2.5, 1.12), box((-0.2, 0.72, 0), (7.2, 0.22, 0.9), DARK, 0.2)]
    parts += [
        box((-1.15, 2.05, 0), (5.0, 2.4, 2.4), (0.80, 0.80, 0.79), 0.3),
        box((-1.15, 0.88, 0), (5.04, 0.10, 2.42), colour, 0.5),
        box((-1.15, 3.22, 0), (5.04, 0.08, 2.42), colour, 0.5),
    ]
    parts += [box((-1.15 + 0.62 * k, 2.05, 0), (0.03, 2.3, 2.42), (0.70, 0.70, 0.69), 0.3) for k in range(-3, 4)]
    parts += [
        box((-1.15, 2.1, 0), (3.0, 0.55, 2.43), colour, 0.5),
        box((-3.66, 2.05, 0), (0.02, 2.2, 0.03), DARK),
        *_tails(-3.65, 0.75, 1.0),
    ]
    parts += _arches((2.65,), 1.12, 0.62) + _wheels((2.65, -1.7, -2.75), 1.0, 0.5, 0.3)
    return gathered(parts, {"top": (-1.1, 3.25, 0), "seat": (-1.1, 3.25, 0)})


def pickup(colour: Colour) -> Figure:
    """A pick-up truck, 5 m."""
    body = Clay(blend=0.08)
    body.box((0, 0.72, 0), (2.5, 0.26, 0.9), 0.12, colour, 0.8)
    body.box((1.75, 0.88, 0), (0.75, 0.2, 0.86), 0.14, colour, 0.8)
    body.box((0.25, 1.28, 0), (0.85, 0.38, 0.80), 0.22, colour, 0.8)
    made = body.mesh(0.06)
    parts = [Mesh(made.vertices, made.faces, made.normals, made.colours, np.full(len(made.vertices), 0.6, np.float32))]
    parts += [
        box((-1.55, 0.99, 0), (1.75, 0.05, 1.5), DARK),
        *[box((-1.55, 1.08, s * 0.83), (1.85, 0.28, 0.1), colour, 0.6) for s in (1, -1)],
        box((-2.45, 1.05, 0), (0.08, 0.32, 1.7), colour, 0.6),
    ]
    parts += [
        *panes([(-0.45, 0.22), (0.30, 0.85)], 1.15, 1.5, 0.80),
        box((1.02, 1.31, 0), (0.05, 0.44, 1.42), GLASS, 0.95, turned(pitch=0.5)),
        box((-0.6, 1.33, 0), (0.05, 0.3, 1.3), GLASS, 0.95),
    ]
    parts += [
        box((2.49, 0.82, 0), (0.05, 0.26, 1.1), DARK),
        box((2.53, 0.52, 0), (0.12, 0.18, 1.75), CHROME, 0.8),
        *_lamps(2.47, 0.86, 0.70, 0.10),
        *_tails(-2.49, 0.85, 0.78),
    ]
    parts += _arches((1.55, -1.5), 0.9, 0.47, 0.42) + _wheels((1.55, -1.5), 0.80, 0.40, 0.26)
    return gathered(parts, {"top": (0.25, 1.66, 0), "seat": (-1.5, 1.02, 0)})


def van(colour: Colour) -> Figure:
    """A rounded van of two colours, 4.4 m."""
    body = Clay(blend=0.1)
    body.box((0, 0.82, 0), (2.15, 0.5, 0.86), 0.25, colour, 0.8)
    body.box((-0.05, 1.5, 0), (2.02, 0.42, 0.78), 0.3, (0.85, 0.84, 0.80), 0.8)
    made = body.mesh(0.055)
    white = made.vertices[:, 1] > 1.22 - 0.26 * np.clip((made.vertices[:, 0] - 1.2) / 0.95, 0, 1) ** 2
    tone = np.where(white[:, None], np.array((0.85, 0.84, 0.80), np.float32), np.asarray(colour, np.float32)).astype(
        np.float32
    )
    parts = [Mesh(made.vertices, made.faces, made.normals, tone, np.full(len(made.vertices), 0.6, np.float32))]
    parts += panes([(-1.7, -0.95), (-0.85, -0.1), (0.0, 0.75), (0.85, 1.5)], 1.36, 1.74, 0.785)
    parts += [
        box((2.0, 1.5, s * 0.36), (0.07, 0.42, 0.66), GLASS, 0.95, turned(pitch=0.14, yaw=-s * 0.1)) for s in (1, -1)
    ]
    parts += [
        box((-2.06, 1.55, 0), (0.05, 0.36, 1.1), GLASS, 0.95),
        *_lamps(2.12, 0.92, 0.55, 0.13),
        upright(lathe([(0.17, 0.0), (0.0, 0.02)], CHROME, 0.8, 24)).moved((2.16, 1.0, 0), yaw=np.pi / 2),
        box((2.16, 0.5, 0), (0.12, 0.15, 1.7), CHROME, 0.8),
        box((-2.16, 0.5, 0), (0.12, 0.15, 1.7), CHROME, 0.8),
        *_tails(-2.13, 0.85, 0.72),
    ]
    parts += _arches((1.3, -1.3), 0.865, 0.42, 0.38) + _wheels((1.3, -1.3), 0.80, 0.35, 0.2)
    return gathered(parts, {"top": (0, 1.92, 0), "seat": (0, 1.92, 0)})


def fire_engine(colour: Colour) -> Figure:
    """A fire engine with its ladder, 7.5 m."""
    parts = [*_cab(colour, 3.7, 2.5, 1.15), box((-0.3, 0.70, 0), (7.0, 0.22, 1.0), DARK)]
    parts += [
        box((-0.85, 1.72, 0), (5.3, 1.75, 2.3), colour, 0.6),
        box((-0.85, 1.05, 0), (5.32, 0.16, 2.32), (0.86, 0.84, 0.78), 0.5),
    ]
    for k in range(4):
        parts.append(box((-2.85 + 1.3 * k, 1.75, 0), (1.1, 1.05, 2.33), (0.55, 0.56, 0.58), 0.6))
        parts += [
            box((-2.85 + 1.3 * k, 1.35 + 0.13 * j, 0), (1.1, 0.02, 2.345), (0.4, 0.4, 0.42), 0.5) for j in range(7)
        ]
    rail = turned(pitch=0.07)
    parts += [box((-0.4, 2.95, s * 0.38), (6.4, 0.12, 0.07), (0.75, 0.75, 0.77), 0.7, rail) for s in (1, -1)]
    parts += [
        rod(
            (-3.4 + 0.42 * k, 2.74 + 0.029 * k, -0.38),
            (-3.4 + 0.42 * k, 2.74 + 0.029 * k, 0.38),
            0.03,
            (0.75, 0.75, 0.77),
            0.7,
        )
        for k in range(15)
    ]
    parts += [
        lathe([(0.0, 2.55), (0.5, 2.55), (0.45, 2.8), (0.0, 2.8)], CHROME, 0.6, 24).moved((-2.6, 0, 0)),
        *[box((2.85, 2.58, s * 0.6), (0.3, 0.16, 0.5), (0.06, 0.2, 0.8), 0.7, glow=(0.1, 0.35, 1.4)) for s in (1, -1)],
        *_tails(-3.5, 1.0, 1.0),
    ]
    parts += _arches((2.6,), 1.15, 0.62) + _arches((-1.9,), 1.155, 0.62) + _wheels((2.6, -1.9), 1.03, 0.5, 0.3)
    return gathered(parts, {"top": (0, 3.0, 0), "seat": (0, 3.0, 0)})


def tractor(colour: Colour) -> Figure:
    """A tractor, 3.4 m."""
    body = Clay(blend=0.06)
    body.box((0.75, 1.08, 0), (0.85, 0.30, 0.30), 0.12, colour, 0.7)
    body.box((-0.45, 0.98, 0), (0.5, 0.22, 0.36), 0.08, colour, 0.7)
    parts = [body.mesh(0.05), box((0.6, 0.68, 0), (1.9, 0.22, 0.36), DARK, 0.3)]
    parts += [
        box((1.61, 1.08, 0), (0.04, 0.42, 0.42), DARK),
        *[box((1.63, 0.94 + 0.09 * k, 0), (0.03, 0.03, 0.44), CHROME, 0.6) for k in range(4)],
        *_lamps(1.56, 1.12, 0.30, 0.07),
    ]
    rim: Colour = (0.86, 0.66, 0.08)
    for s in (1, -1):
        parts += tyre(-0.75, s * 0.72, 0.82, 0.42, rim, 6)
        parts += tyre(1.2, s * 0.66, 0.45, 0.24, rim, 6)
        parts += [
            box(
                (-0.75 + 0.80 * float(np.cos(a)), 0.82 + 0.80 * float(np.sin(a)), s * 0.72),
                (0.08, 0.07, 0.40),
                (0.02, 0.02, 0.022),
                0.1,
                turned(pitch=float(a), yaw=0.0),
            )
            for a in np.linspace(0, 2 * np.pi, 22, endpoint=False)
        ]
        arc = [
            (-0.75 + 0.95 * float(np.cos(a)), 0.82 + 0.95 * float(np.sin(a)), s * 0.66)
            for a in np.linspace(0.5, 2.6, 10)
        ]
        parts.append(loft(arc, [0.26] * 10, [0.03] * 10, colour, 0.7, 10))
    parts += [
        rod((x, 1.2, z), (x * 0.95, 2.4, z * 0.95), 0.035, DARK, 0.4) for x in (-1.15, 0.1) for z in (0.48, -0.48)
    ]
    parts += [
        box((-0.52, 2.42, 0), (1.55, 0.09, 1.16), colour, 0.6),
        box((0.09, 1.85, 0), (0.03, 0.85, 0.9), GLASS, 0.95),
        box((-0.7, 1.3, 0), (0.45, 0.12, 0.48), DARK),
        box((-0.93, 1.55, 0), (0.1, 0.5, 0.48), DARK),
    ]
    parts += [
        ring((-0.15, 1.55, 0), 0.19, 0.19, 0.02, DARK, 0.3, turned(pitch=-0.7)),
        rod((-0.15, 1.55, 0), (0.08, 1.3, 0), 0.02, DARK),
        rod((1.1, 1.3, 0.0), (1.1, 2.0, 0.0), 0.045, DARK, 0.4),
    ]
    return gathered(parts, {"top": (-0.5, 2.47, 0), "seat": (-0.62, 1.38, 0)}, 0.4)


def tank(colour: Colour) -> Figure:
    """A tank with tracks and a turret, 7 m."""
    hull = Clay(blend=0.05)
    hull.box((0, 1.0, 0), (2.9, 0.36, 1.1), 0.06, colour)
    hull.box((0, 1.22, 0), (2.5, 0.2, 1.55), 0.06, colour)
    hull.box((3.05, 1.35, 0), (0.8, 0.3, 2.0), 0.0, colour, 0, turned(pitch=-0.7), carved=True)
    parts = [hull.mesh(0.10)]
    turret = Clay(blend=0.1)
    turret.ball((-0.2, 1.78, 0), (1.3, 0.5, 1.1), colour)
    turret.box((-0.2, 1.65, 0), (1.0, 0.25, 0.95), 0.15, colour)
    parts += [
        turret.mesh(0.09),
        tube(
            [(0.8, 1.82, 0), (1.2, 1.83, 0), (3.6, 1.95, 0), (3.62, 1.95, 0), (4.0, 1.97, 0)],
            [0.17, 0.11, 0.09, 0.14, 0.14],
            colour,
            0.2,
            14,
        ),
        lathe([(0.34, 2.1), (0.34, 2.32), (0.0, 2.34)], colour, 0.1, 20).moved((-0.5, 0, 0.3)),
        rod((-1.2, 2.1, -0.5), (-1.3, 3.4, -0.55), 0.018, DARK),
    ]
    track: Colour = (0.05, 0.05, 0.048)
    for s in (1, -1):
        z = s * 1.32
        for k in range(7):
            parts += [
                upright(
                    lathe(
                        [(0.0, -0.24), (0.36, -0.24), (0.36, 0.24), (0.0, 0.24)],
                        (colour[0] * 0.7, colour[1] * 0.7, colour[2] * 0.7),
                        0.1,
                        24,
                    )
                ).moved((-2.4 + 0.8 * k, 0.46, z)),
                upright(lathe([(0.0, s * 0.25), (0.16, s * 0.25)][::s], DARK, 0.3, 14)).moved(
                    (-2.4 + 0.8 * k, 0.46, z)
                ),
            ]
        outline = [
            *[(2.75 + 0.5 * float(np.sin(a)), 0.62 + 0.5 * float(np.cos(a))) for a in np.linspace(0.1, np.pi - 0.5, 8)],
            (2.3, 0.04),
            (-2.3, 0.04),
            *[
                (-2.75 - 0.5 * float(np.sin(a)), 0.62 - 0.5 * float(np.cos(a)))
                for a in np.linspace(0.5, np.pi - 0.1, 8)
            ],
        ]
        closed = [*outline, outline[0]]
        for (xa, ya), (xb, yb) in itertools.pairwise(closed):
            count = max(int(np.hypot(xb - xa, yb - ya) / 0.2), 1)
            for k in range(count):
                t = (k + 0.5) / count
                parts.append(
                    box(
                        (xa + (xb - xa) * t, ya + (yb - ya) * t, z),
                        (0.17, 0.09, 0.56),
                        track,
                        0.1,
                        turned(pitch=float(np.arctan2(yb - ya, xb - xa))),
                    )
                )
    return gathered(parts, {"top": (-0.2, 2.3, 0), "seat": (-0.5, 2.3, 0)})


def carriage(colour: Colour) -> Figure:
    """A fairy-tale carriage, 3 m."""
    body = Clay(blend=0.06)
    body.ball((0, 1.45, 0), (0.95, 0.85, 0.75), colour, 0.6)
    gold: Colour = (0.80, 0.58, 0.18)
    parts = [
        body.mesh(0.06),
        box((0, 1.7, 0), (0.62, 0.6, 1.40), GLASS, 0.9),
        *[
            ring(
                (0, 1.45, s * 0.71),
                0.42,
                0.42,
                0.03,
                gold,
                0.7,
                np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], np.float32),
            )
            for s in (1, -1)
        ],
    ]
    parts += [
        lathe([(0.5, 2.15), (0.35, 2.32), (0.12, 2.4), (0.16, 2.5), (0.0, 2.62)], gold, 0.7, 28),
        ball((0, 2.68, 0), 0.09, gold, 0.8),
    ]
    parts += [
        tube([(-1.1, 0.75, s * 0.4), (0.0, 0.55, s * 0.4), (1.3, 0.72, s * 0.4)], [0.05] * 3, gold, 0.6)
        for s in (1, -1)
    ]
    for x, r in ((-1.05, 0.58), (1.2, 0.44)):
        for s in (1, -1):
            parts += spoked(x, r, gold, 0.035, s * 0.85, 10)
        parts.append(rod((x, r, -0.85), (x, r, 0.85), 0.045, gold, 0.5))
    parts += [
        box((1.25, 1.15, 0), (0.5, 0.1, 0.9), (0.5, 0.05, 0.08), 0.2),
        box((1.02, 1.4, 0), (0.1, 0.5, 0.9), (0.5, 0.05, 0.08), 0.2),
        tube([(1.3, 0.6, 0), (2.0, 0.6, 0), (2.4, 0.75, 0)], [0.05, 0.045, 0.03], gold, 0.5),
    ]
    parts += [ball((0.55, 2.0, s * 0.72), 0.09, (0.9, 0.8, 0.5), 0.5, glow=(1.2, 0.8, 0.3)) for s in (1, -1)]
    return gathered(parts, {"top": (0, 2.6, 0), "seat": (1.25, 1.2, 0)}, 0.5)


def sled(colour: Colour) -> Figure:
    """A sledge, 1.3 m."""
    parts = [box((-0.05, 0.27, (k - 2) * 0.105), (1.0, 0.025, 0.09), colour, 0.2) for k in range(5)]
    for s in (1, -1):
        parts.append(
            tube(
                [
                    (-0.6, 0.03, s * 0.2),
                    (0.4, 0.03, s * 0.2),
                    (0.58, 0.09, s * 0.2),
                    (0.66, 0.24, s * 0.2),
                    (0.58, 0.36, s * 0.2),
                    (0.45, 0.30, s * 0.2),
                ],
                [0.022] * 6,
                CHROME,
                0.5,
            )
        )
        parts += [rod((x, 0.03, s * 0.2), (x, 0.26, s * 0.18), 0.018, colour, 0.2) for x in (-0.4, 0.0, 0.35)]
    parts += [rod((x, 0.24, -0.2), (x, 0.24, 0.2), 0.02, colour, 0.2) for x in (-0.4, 0.35)] + [
        rod((0.6, 0.33, -0.2), (0.6, 0.33, 0.2), 0.016, colour)
    ]
    parts.append(tube([(0.6, 0.33, -0.15), (0.95, 0.1, 0.0), (0.6, 0.33, 0.15)], [0.010] * 3, (0.6, 0.5, 0.3)))
    return gathered(parts, {"seat": (-0.1, 0.285, 0), "top": (0, 0.285, 0)}, 0.3)


def cart(colour: Colour) -> Figure:
    """A wooden hay cart, 3 m."""
    parts = [
        box((0, 0.85, 0), (2.0, 0.08, 1.1), colour),
        *[box((0, 1.05, s * 0.55), (2.0, 0.36, 0.05), colour, 0, turned(roll=s * 0.25)) for s in (1, -1)],
    ]
    hay = Clay(blend=0.3)
    hay.ball((0, 1.15, 0), (0.95, 0.42, 0.55), (0.72, 0.54, 0.20))
    parts.append(hay.mesh(0.07))
    for s in (1, -1):
        parts += [
            *spoked(-0.1, 0.6, colour, 0.04, s * 0.72, 10),
            rod((0.9, 0.82, s * 0.35), (2.0, 0.7, s * 0.35), 0.035, colour),
        ]
    return gathered(parts, {"top": (0, 1.5, 0), "seat": (0, 1.5, 0)}, 0.5)


def rails(length: float) -> list[Mesh]:
    """A straight stretch of track under a train."""
    parts = [box((0, 0.07, s * 0.72), (length, 0.10, 0.07), (0.30, 0.24, 0.20), 0.5) for s in (1, -1)]
    parts += [
        box((x, 0.0, 0), (0.22, 0.08, 2.3), (0.14, 0.09, 0.06)) for x in np.arange(-length / 2 + 0.3, length / 2, 0.62)
    ]
    return parts
