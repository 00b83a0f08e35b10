"""Bread, cakes and ice cream; metres, standing on the table."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.food import CHINA, mottled, plate
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import ring, rod
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh

_CRUST: Colour = (0.56, 0.30, 0.09)
_GREEN: Colour = (0.10, 0.34, 0.06)


def cake(colour: Colour) -> Figure:
    """A birthday cake of two tiers with icing, cherries and seven burning candles."""
    sponge, icing = colour, (0.88, 0.86, 0.83)
    parts = [lathe([(0.0, 0.0), (0.07, 0.0), (0.06, 0.025), (0.17, 0.035), (0.17, 0.04), (0.0, 0.04)], CHINA, 0.6, 48)]
    for low, high, radius in ((0.04, 0.13, 0.14), (0.13, 0.20, 0.09)):
        parts.append(
            lathe(
                [(0.0, low), (radius, low), (radius, high - 0.01), (radius - 0.01, high), (0.0, high)],
                sponge,
                0.25,
                56,
                crease=1.0,
            )
        )
        phi = np.linspace(0, 2 * np.pi, 97)
        drip = [
            (
                (radius + 0.002) * float(np.cos(a)),
                high - 0.010 - 0.014 * float(np.abs(np.sin(a * 6 + np.sin(a * 3)))),
                (radius + 0.002) * float(np.sin(a)),
            )
            for a in phi
        ]
        parts.append(tube(drip, [0.010] * 97, icing, 0.4, 8))
        parts.append(lathe([(radius + 0.004, high - 0.012), (radius, high), (0.0, high + 0.003)], icing, 0.3, 56))
        for k in range(int(radius * 170)):
            a = k * 2 * np.pi / int(radius * 170)
            parts.append(
                ball(
                    (radius * 1.03 * float(np.cos(a)), low + 0.008, radius * 1.03 * float(np.sin(a))),
                    0.011,
                    icing,
                    0.3,
                    segments=10,
                )
            )
    for k in range(8):
        a = k * np.pi / 4 + 0.2
        parts.append(
            ball(
                (0.117 * float(np.cos(a)), 0.142, 0.117 * float(np.sin(a))), 0.012, (0.58, 0.02, 0.03), 0.8, segments=12
            )
        )
    tones: tuple[Colour, ...] = ((0.15, 0.45, 0.7), (0.85, 0.35, 0.45), (0.85, 0.65, 0.1), (0.3, 0.6, 0.25))
    for k in range(7):
        a, r = k * 2 * np.pi / 6, 0.0 if k == 6 else 0.058
        x, z = r * float(np.cos(a)), r * float(np.sin(a))
        parts.append(rod((x, 0.20, z), (x, 0.27, z), 0.0045, tones[k % 4], 0.3, 8))
        parts.append(
            lathe(
                [(0.0, 0.272), (0.006, 0.28), (0.0, 0.298)], (1.0, 0.7, 0.3), 0, 10, glow=(2.4, 1.3, 0.4), crease=1.5
            ).moved((x, 0, z))
        )
    return gathered(parts, {"top": (0, 0.2, 0), "grip": (0.0, 0.02, 0.0)})


def bread(colour: Colour) -> Figure:
    """A loaf with cuts across its crust."""
    loaf = Clay(blend=0.03)
    loaf.box((0, 0.05, 0), (0.13, 0.05, 0.055), 0.05, colour)
    loaf.ball((0, 0.075, 0), (0.13, 0.045, 0.06), colour)
    for k in range(4):
        x = -0.075 + 0.05 * k
        loaf.paint((x, 0.125, 0), (0.010, 0.03, 0.05), (0.84, 0.66, 0.38), 0.012, turned(yaw=0.5))
    return gathered([mottled(loaf.mesh(0.006), 0.16, 45)], {"top": (0, 0.11, 0)})


def croissant(colour: Colour) -> Figure:
    """A croissant."""
    parts = []
    for k in range(9):
        a = -1.9 + 3.8 * k / 8
        size = 0.034 * (1 - (abs(k - 4) / 4.6) ** 1.6) + 0.008
        turn = turned(yaw=-a)
        parts.append(
            ball(
                (0.075 * float(np.cos(a)) - 0.02, size * 0.9, 0.075 * float(np.sin(a))),
                (size * 1.05, size * 0.92, 0.022),
                colour,
                0.3,
                turn,
                segments=18,
            )
        )
    return gathered([mottled(part, 0.18, 90) for part in parts], {"top": (0, 0.05, 0)})


def ice_cream(colour: Colour) -> Figure:
    """Two scoops in a wafer cone, upright in the air as it is held."""
    cone = lathe([(0.002, 0.0), (0.028, 0.105), (0.030, 0.115), (0.0, 0.11)], (0.72, 0.46, 0.18), 0.1, 28)
    around = np.arctan2(cone.vertices[:, 2], cone.vertices[:, 0])
    parts = [cone]
    for k in range(8):
        for way in (1, -1):
            line = [
                (
                    (0.0015 + 0.028 * t) * float(np.cos(k * np.pi / 4 + way * t * 1.2)),
                    0.105 * t + 0.001,
                    (0.0015 + 0.028 * t) * float(np.sin(k * np.pi / 4 + way * t * 1.2)),
                )
                for t in np.linspace(0.1, 1, 7)
            ]
            parts.append(tube(line, [0.0013] * 7, (0.50, 0.28, 0.09), 0, 4))
    del around
    second: Colour = (0.86, 0.80, 0.66)
    for y, radius, shade in ((0.13, 0.036, colour), (0.178, 0.031, second)):
        parts.append(mottled(ball((0, y, 0), (radius, radius * 0.95, radius), shade, 0.25, segments=28), 0.10, 90))
        parts += [
            ball(
                ((radius * 0.98) * float(np.cos(a)), y - radius * 0.62, radius * 0.98 * float(np.sin(a))),
                radius * 0.28,
                shade,
                0.25,
                segments=8,
            )
            for a in np.linspace(0, 2 * np.pi, 11, endpoint=False)
        ]
    parts += [
        ball((0.0, 0.214, 0), 0.011, (0.6, 0.02, 0.03), 0.8, segments=14),
        tube([(0, 0.222, 0), (0.006, 0.24, 0)], [0.0012, 0.001], (0.15, 0.08, 0.03)),
    ]
    return gathered(parts, {"top": (0, 0.2, 0), "grip": (0, 0.06, 0)})


def pancakes(colour: Colour) -> Figure:
    """A stack of pancakes with butter and syrup."""
    parts = plate(0.13)
    for k in range(5):
        y, r = 0.014 + 0.015 * k, 0.082 - 0.001 * k
        dx = 0.004 * float(np.sin(k * 2.1))
        edge: Colour = (0.84, 0.66, 0.36)
        parts.append(
            mottled(
                lathe(
                    [
                        (0.0, y),
                        (r - 0.004, y),
                        (r, y + 0.004),
                        (r, y + 0.010),
                        (r - 0.006, y + 0.014),
                        (0.0, y + 0.0145),
                    ],
                    [colour, edge, edge, colour, colour],
                    0.15,
                    44,
                    crease=1.2,
                ),
                0.08,
                60,
            ).moved((dx, 0, 0.003 * float(np.cos(k * 1.7))))
        )
    top = 0.0895
    syrup: Colour = (0.42, 0.16, 0.02)
    parts.append(ball((0, top, 0), (0.055, 0.004, 0.05), syrup, 0.9, segments=32))
    for a, low in ((0.4, 0.03), (1.3, 0.05), (2.4, 0.02), (4.6, 0.045)):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            tube(
                [
                    (0.045 * c, top + 0.001, 0.042 * s),
                    (0.08 * c, top - 0.002, 0.08 * s),
                    (0.086 * c, top - 0.02, 0.086 * s),
                    (0.087 * c, low, 0.087 * s),
                ],
                [0.009, 0.007, 0.006, 0.007],
                syrup,
                0.9,
                8,
            )
        )
    parts.append(box((0.0, top + 0.012, 0.0), (0.03, 0.016, 0.03), (0.90, 0.78, 0.36), 0.4, turned(yaw=0.5)))
    return gathered(parts, {"top": (0, top, 0)})


def donut(colour: Colour) -> Figure:
    """A doughnut with icing and sprinkles."""
    parts = [ring((0, 0.020, 0), 0.034, 0.034, 0.0205, (0.66, 0.36, 0.12), 0.15, sides=18, count=44)]
    icing = ring((0, 0.0235, 0), 0.034, 0.034, 0.0195, colour, 0.6, sides=18, count=60)
    around = np.arctan2(icing.vertices[:, 2], icing.vertices[:, 0])
    floor = 0.020 + 0.004 * np.sin(around * 7) + 0.002 * np.sin(around * 11)
    keep = (icing.vertices[:, 1] > floor)[icing.faces].any(1)
    parts.append(Mesh(icing.vertices, icing.faces[keep], icing.normals, icing.colours, icing.gloss))
    tones: tuple[Colour, ...] = (
        (0.85, 0.84, 0.8),
        (0.1, 0.45, 0.7),
        (0.88, 0.65, 0.08),
        (0.25, 0.6, 0.2),
        (0.6, 0.1, 0.4),
    )
    rng = np.random.default_rng(9)
    for k in range(46):
        a, b = k * 2.39996, float(rng.uniform(-1.0, 1.0))
        r, y = 0.034 + 0.0195 * float(np.sin(b)), 0.0238 + 0.0195 * float(np.cos(b))
        parts.append(
            ball(
                (r * float(np.cos(a)), y, r * float(np.sin(a))),
                (0.0035, 0.0011, 0.0011),
                tones[k % 5],
                0.3,
                turned(yaw=float(rng.uniform(0, 3))),
                segments=6,
            )
        )
    return gathered(parts, {"top": (0, 0.043, 0)})


def cupcake(colour: Colour) -> Figure:
    """A cupcake with a swirl of icing and a cherry."""
    phi = np.linspace(0, 2 * np.pi, 56, endpoint=False)
    from imagined.engines.illustrator.figures.shapes import woven

    pleat = 1 + 0.035 * np.sign(np.sin(phi * 14))
    rows = [
        np.stack([r * pleat * np.cos(phi), np.full(56, y), r * pleat * np.sin(phi)], 1)
        for r, y in ((0.001, 0.0), (0.024, 0.0), (0.034, 0.04), (0.001, 0.042))
    ]
    parts = [woven(np.stack(rows)[::-1], (0.25, 0.45, 0.62), 0.2)]
    turns = np.linspace(0, 3.2 * 2 * np.pi, 60)
    swirl = [
        (
            0.026 * (1 - t / turns[-1]) ** 0.8 * float(np.cos(t)),
            0.046 + 0.036 * t / turns[-1],
            0.026 * (1 - t / turns[-1]) ** 0.8 * float(np.sin(t)),
        )
        for t in turns
    ]
    parts.append(tube(swirl, np.linspace(0.0125, 0.006, 60).tolist(), colour, 0.3, 10))
    parts += [ball((0, 0.056, 0), (0.02, 0.02, 0.02), colour, 0.3), ball((0, 0.092, 0), 0.008, (0.6, 0.02, 0.03), 0.8)]
    return gathered(parts, {"top": (0, 0.085, 0)})
