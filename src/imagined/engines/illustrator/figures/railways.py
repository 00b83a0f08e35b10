"""Trains and trams; metres, facing +x, on their rails."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.roads import CHROME, DARK, GLASS, panes, rails, shell
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, turned_by, upright
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh

_BRASS: Colour = (0.78, 0.55, 0.16)
_ALONG = turned(pitch=-np.pi / 2)


def _wheel(x: float, z: float, radius: float, colour: Colour) -> list[Mesh]:
    side = float(np.sign(z))
    parts = [
        upright(lathe([(0.0, -0.06), (radius, -0.06), (radius, 0.06), (0.0, 0.06)], (0.10, 0.10, 0.11), 0.4, 28)).moved(
            (x, radius + 0.12, z)
        )
    ]
    parts.append(
        upright(lathe([(0.0, 0.0), (radius * 0.82, 0.0)], colour, 0.3, 28)).moved((x, radius + 0.12, z + side * 0.062))
    )
    for a in np.linspace(0, 2 * np.pi, 10, endpoint=False):
        parts.append(
            rod(
                (x, radius + 0.12, z + side * 0.07),
                (
                    x + radius * 0.84 * float(np.cos(a)),
                    radius + 0.12 + radius * 0.84 * float(np.sin(a)),
                    z + side * 0.07,
                ),
                0.022,
                (0.12, 0.12, 0.13),
                0.4,
                5,
            )
        )
    return [*parts, ball((x, radius + 0.12, z + side * 0.08), 0.09, (0.5, 0.5, 0.52), 0.6, segments=10)]


def _smoke() -> list[Mesh]:
    puffs = []
    for k in range(7):
        t = k / 6
        puffs.append(
            ball(
                (2.55 - 2.6 * t - 0.6 * t * t, 4.4 + 1.7 * t**0.8, 0.12 * float(np.sin(k * 2.0))),
                0.28 + 0.5 * t,
                (0.78, 0.78, 0.80),
                0,
                glow=(0.06, 0.06, 0.065),
                segments=16,
            )
        )
        puffs.append(
            ball(
                (2.35 - 2.6 * t, 4.6 + 1.75 * t**0.8, 0.3 * float(np.cos(k * 2.6))),
                0.22 + 0.38 * t,
                (0.74, 0.74, 0.76),
                0,
                glow=(0.06, 0.06, 0.065),
                segments=14,
            )
        )
    return puffs


def steam_train(colour: Colour, lit: bool) -> Figure:
    """A steam locomotive with its tender and a coach, 17 m."""
    black: Colour = (0.03, 0.032, 0.035)
    parts = rails(18.5)
    boiler = lathe(
        [(0.0, -2.4), (0.78, -2.4), (0.78, 2.4), (0.84, 2.42), (0.84, 3.0), (0.7, 3.08), (0.0, 3.12)],
        [black, colour, black, black, black, (0.10, 0.10, 0.11)],
        0.5,
        32,
    )
    loco = [turned_by(boiler, _ALONG, (0.0, 2.05, 0))]
    loco += [
        turned_by(ring((0, 0, 0), 0.79, 0.79, 0.03, _BRASS, 0.7), _ALONG, (x, 2.05, 0)) for x in (-1.4, -0.3, 0.8, 1.9)
    ]
    loco += [
        lathe([(0.2, 2.7), (0.19, 3.5), (0.34, 3.85), (0.36, 3.9), (0.3, 3.92), (0.0, 3.8)], black, 0.4, 24).moved(
            (2.55, 0, 0)
        )
    ]
    loco += [
        lathe([(0.34, 2.6), (0.34, 3.0), (0.22, 3.22), (0.0, 3.28)], _BRASS, 0.8, 24).moved((0.6, 0, 0)),
        lathe([(0.22, 2.6), (0.22, 2.95), (0.0, 3.05)], black, 0.5, 24).moved((-0.8, 0, 0)),
    ]
    loco += [
        turned_by(ring((0, 0, 0), 0.42, 0.42, 0.025, CHROME, 0.6), _ALONG, (3.1, 2.05, 0)),
        ball((3.12, 2.78, 0), (0.12, 0.17, 0.17), (0.9, 0.85, 0.65), 0.8, glow=(1.0, 0.85, 0.5)),
    ]
    loco += [
        box((0.2, 1.12, 0), (6.6, 0.16, 2.1), colour, 0.5),
        box((-0.2, 0.85, 0), (6.0, 0.3, 0.9), black),
        box((3.55, 0.95, 0), (0.14, 0.42, 2.2), (0.55, 0.04, 0.03), 0.5),
    ]
    loco += [rod((3.6, 0.98, s * 0.7), (3.9, 0.98, s * 0.7), 0.12, CHROME, 0.6) for s in (1, -1)]
    for s in (1, -1):
        for x, r in ((-2.0, 0.62), (-0.55, 0.62), (0.9, 0.62), (2.6, 0.36)):
            loco += _wheel(x, s * 0.80, r, (0.5, 0.04, 0.03))
        loco += [
            rod((-2.0, 0.55, s * 1.0), (0.9, 0.55, s * 1.0), 0.055, CHROME, 0.7),
            box((2.35, 0.98, s * 0.98), (0.9, 0.5, 0.36), black, 0.5),
            rod((0.9, 0.55, s * 1.03), (2.0, 0.98, s * 1.03), 0.045, CHROME, 0.7),
        ]
    cow = [(3.95, 0.2), (3.6, 0.75)]
    loco += [
        rod((cow[0][0], cow[0][1], z * 0.55), (cow[1][0], cow[1][1], z), 0.035, (0.5, 0.04, 0.03), 0.4)
        for z in np.linspace(-0.95, 0.95, 9)
    ]
    loco += [
        box((-3.05, 2.1, 0), (1.3, 1.8, 2.15), colour, 0.6),
        *panes([(-3.4, -2.75)], 2.2, 2.75, 1.08, lit),
        box((-2.40, 2.5, 0.72), (0.04, 0.4, 0.4), GLASS, 0.9),
        box((-2.40, 2.5, -0.72), (0.04, 0.4, 0.4), GLASS, 0.9),
    ]
    roof = loft([(-4.0, 3.06, 0), (-2.2, 3.06, 0)], [1.22, 1.22], [0.2, 0.2], black, 0.3, 24)
    loco.append(roof)
    parts += [p.moved((4.4, 0, 0)) for p in loco]
    parts += [p.moved((4.4, 0, 0)) for p in _smoke()]
    tender = [box((0, 1.6, 0), (2.6, 1.2, 2.1), colour, 0.6), box((0, 2.22, 0), (2.4, 0.1, 1.9), black)]
    rng = np.random.default_rng(3)
    tender += [
        ball(
            (float(rng.uniform(-1, 1)), 2.28 + 0.12 * float(rng.random()), float(rng.uniform(-0.75, 0.75))),
            0.2,
            (0.025, 0.025, 0.028),
            0.2,
            segments=8,
        )
        for _ in range(26)
    ]
    tender += [w for x in (-0.75, 0.75) for s in (1, -1) for w in _wheel(x, s * 0.8, 0.42, (0.5, 0.04, 0.03))]
    parts += [p.moved((-1.2, 0, 0)) for p in tender]
    parts += [p.moved((-6.0, 0, 0)) for p in _coach((0.36, 0.05, 0.04), (0.80, 0.72, 0.52), lit)]
    return gathered(parts, {"top": (0, 3.3, 0), "seat": (-1.2, 2.3, 0)})


def _coach(colour: Colour, upper: Colour, lit: bool) -> list[Mesh]:
    parts = [box((0, 1.55, 0), (6.2, 1.1, 2.3), colour, 0.6), box((0, 2.5, 0), (6.2, 0.85, 2.28), upper, 0.5)]
    parts.append(loft([(-3.2, 2.95, 0), (3.2, 2.95, 0)], [1.25, 1.25], [0.32, 0.32], (0.30, 0.30, 0.32), 0.2, 24))
    parts += panes([(-2.8 + 1.0 * k, -2.1 + 1.0 * k) for k in range(6)], 2.2, 2.75, 1.15, lit)
    parts += [box((0, 0.9, 0), (6.0, 0.25, 1.2), DARK), box((0, 2.06, 0), (6.22, 0.05, 2.33), _BRASS, 0.6)]
    return parts + [
        w for x in (-2.3, -1.4, 1.4, 2.3) for s in (1, -1) for w in _wheel(x, s * 0.8, 0.36, (0.3, 0.3, 0.32))
    ]


def express(colour: Colour, lit: bool) -> Figure:
    """A modern fast train of a power car and two coaches, 24 m."""
    white: Colour = (0.84, 0.85, 0.86)
    parts = rails(26)
    xs = [12.4, 12.2, 11.6, 10.6, 9.2, 7.6, 6.0, 4.2]
    highs = [0.12, 0.34, 0.66, 1.02, 1.36, 1.52, 1.55, 1.55]
    wides = [0.3, 0.7, 1.02, 1.2, 1.3, 1.34, 1.35, 1.35]
    nose = loft([(x, 0.55 + h, 0) for x, h in zip(xs, highs, strict=True)], wides, highs, white, 0.75, 36, square=0.55)
    parts.append(nose)
    shield = loft(
        [(10.45, 2.28, 0), (9.9, 2.75, 0), (9.3, 3.02, 0), (8.6, 3.30, 0)],
        [0.55, 0.82, 0.88, 0.5],
        [0.16, 0.22, 0.20, 0.06],
        GLASS,
        0.95,
        24,
    )
    parts.append(shield)
    parts += [shell((x - 8.1, 0.55, -1.35), (x, 3.65, 1.35), 0.12, white, 0.7, 0.55) for x in (4.1, -4.1)]
    for x0, count in ((4.6, 3), (-3.5, 6), (-11.7, 6)):
        parts += panes([(x0 + 0.15 + 1.18 * k, x0 + 1.05 + 1.18 * k) for k in range(count)], 2.05, 2.75, 1.335, lit)
    parts.append(box((-2.2, 1.55, 0), (20.0, 0.34, 2.70), colour, 0.7))
    parts.append(
        loft(
            [(7.6, 1.62, 0), (9.2, 1.55, 0), (10.6, 1.38, 0), (11.6, 1.1, 0)],
            [1.36, 1.32, 1.22, 1.04],
            [0.17, 0.15, 0.10, 0.04],
            colour,
            0.7,
            24,
            square=0.4,
        )
    )
    parts += [
        ball((11.55, 1.05, s * 0.72), (0.28, 0.10, 0.16), (0.9, 0.9, 0.85), 0.9, glow=(1.2, 1.15, 0.95))
        for s in (1, -1)
    ]
    parts += [box((x, 0.6, 0), (0.25, 1.6, 2.3), DARK) for x in (4.15, -4.05)]
    parts += [
        w
        for x in (8.6, 6.4, 2.8, -2.6, -5.4, -11.0)
        for s in (1, -1)
        for w in _wheel(x, s * 0.75, 0.40, (0.3, 0.3, 0.32))
    ]
    parts += [
        tube([(2.0, 3.6, 0), (1.2, 4.1, 0), (2.1, 4.6, 0)], [0.04] * 3, DARK),
        rod((2.1, 4.6, -0.7), (2.1, 4.6, 0.7), 0.035, DARK),
    ]
    return gathered(parts, {"top": (0, 3.65, 0), "seat": (0, 3.65, 0)})


def tram(colour: Colour, lit: bool) -> Figure:
    """An old tram, 8.5 m."""
    cream: Colour = (0.84, 0.78, 0.62)
    parts = [
        *rails(9.5),
        shell((-4.1, 0.75, -1.12), (4.1, 1.85, 1.12), 0.5, colour, 0.7, 0.3),
        shell((-4.0, 1.75, -1.1), (4.0, 2.85, 1.1), 0.5, cream, 0.6, 0.3),
    ]
    parts.append(
        loft(
            [(-4.2, 2.95, 0), (-3.6, 3.02, 0), (3.6, 3.02, 0), (4.2, 2.95, 0)],
            [0.9, 1.2, 1.2, 0.9],
            [0.1, 0.26, 0.26, 0.1],
            (0.30, 0.30, 0.32),
            0.2,
            24,
        )
    )
    parts += panes([(-3.3 + 1.12 * k, -2.4 + 1.12 * k) for k in range(6)], 1.95, 2.6, 1.11, lit)
    parts += [box((s * 3.98, 2.28, 0), (0.10, 0.66, 1.5), GLASS, 0.95) for s in (1, -1)]
    parts += [
        ball((4.1, 1.35, 0), (0.06, 0.16, 0.16), (0.9, 0.88, 0.75), 0.8, glow=(1.0, 0.9, 0.6)),
        box((4.05, 2.85, 0), (0.1, 0.24, 1.0), (0.05, 0.04, 0.02), glow=(0.5, 0.32, 0.05)),
        box((0, 0.6, 0), (6.4, 0.3, 1.6), DARK),
    ]
    parts += [w for x in (-1.3, 1.3) for s in (1, -1) for w in _wheel(x, s * 0.75, 0.36, (0.3, 0.3, 0.32))]
    parts += [
        tube([(-0.6, 3.2, 0), (0.2, 3.7, 0), (-0.6, 4.2, 0)], [0.03] * 3, DARK),
        rod((-0.6, 4.2, -0.6), (-0.6, 4.2, 0.6), 0.03, DARK),
    ]
    return gathered(parts, {"top": (0, 3.25, 0), "seat": (0, 3.25, 0)})
