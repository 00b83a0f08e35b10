"""Luggage, hats, shoes, crowns and chests; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import loft, ring, slab, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube

WOOD: Colour = (0.33, 0.18, 0.08)
IRON: Colour = (0.035, 0.04, 0.045)
BRASS: Colour = (0.78, 0.55, 0.16)
STONE: Colour = (0.52, 0.50, 0.46)
_PAPER: Colour = (0.82, 0.76, 0.62)
_LAID = turned(roll=np.pi / 2)
_FACE_X = turned(pitch=-np.pi / 2)


def suitcase(colour: Colour) -> Figure:
    """An old suitcase, 0.6 m."""
    case = Clay(blend=0.01)
    case.box((0, 0.21, 0), (0.30, 0.20, 0.09), 0.03, colour, 0.3)
    dark: Colour = (colour[0] * 0.4, colour[1] * 0.4, colour[2] * 0.4)
    parts = [case.mesh(0.016), box((0, 0.21, 0), (0.606, 0.406, 0.012), dark)]
    parts += [box((x, 0.21, 0), (0.035, 0.408, 0.188), dark, 0.2) for x in (-0.18, 0.18)]
    parts += [box((x, 0.36, s * 0.093), (0.045, 0.03, 0.01), BRASS, 0.7) for x in (-0.18, 0.18) for s in (1, -1)]
    parts += [
        ball((sx * 0.285, 0.21 + sy * 0.185, sz * 0.075), 0.03, dark, segments=10)
        for sx in (1, -1)
        for sy in (1, -1)
        for sz in (1, -1)
    ]
    parts.append(tube([(-0.08, 0.41, 0), (-0.07, 0.455, 0), (0.07, 0.455, 0), (0.08, 0.41, 0)], [0.013] * 4, dark, 0.3))
    return gathered(parts, {"top": (0, 0.41, 0), "grip": (0, 0.455, 0)})


def backpack(colour: Colour) -> Figure:
    """A rucksack, 0.5 m, its pocket towards +x."""
    bag = Clay(blend=0.03)
    bag.box((0, 0.23, 0), (0.10, 0.22, 0.15), 0.08, colour, 0.1)
    bag.box((0.10, 0.15, 0), (0.04, 0.10, 0.11), 0.035, (colour[0] * 0.75, colour[1] * 0.75, colour[2] * 0.75), 0.1)
    bag.box((0.02, 0.43, 0), (0.10, 0.035, 0.145), 0.03, (colour[0] * 0.6, colour[1] * 0.6, colour[2] * 0.6))
    parts = [
        bag.mesh(0.016),
        tube([(0, 0.45, -0.04), (0, 0.5, -0.03), (0, 0.5, 0.03), (0, 0.45, 0.04)], [0.012] * 4, IRON),
    ]
    parts += [box((0.125, 0.36, z), (0.012, 0.16, 0.025), WOOD) for z in (-0.06, 0.06)]
    parts += [box((0.134, 0.31, z), (0.012, 0.03, 0.035), BRASS, 0.6) for z in (-0.06, 0.06)]
    parts.append(
        turned_by(
            lathe([(0.0, -0.16), (0.055, -0.16), (0.055, 0.16), (0.0, 0.16)], (0.30, 0.36, 0.2), 0, 20),
            _LAID,
            (0.0, 0.52, 0),
        )
    )
    return gathered(parts, {"top": (0, 0.5, 0)})


def treasure_chest(colour: Colour) -> Figure:
    """An open chest of gold, 0.8 m, its front towards +x."""
    parts = [
        box((0, 0.02, 0), (0.5, 0.04, 0.8), colour),
        box((0.235, 0.2, 0), (0.03, 0.4, 0.8), colour),
        box((-0.235, 0.2, 0), (0.03, 0.4, 0.8), colour),
    ]
    parts += [box((0, 0.2, z), (0.5, 0.4, 0.03), colour) for z in (-0.385, 0.385)]
    phi = np.linspace(0, np.pi, 12)
    lid = slab([(0.25 * float(np.cos(a)), 0.22 * float(np.sin(a))) for a in phi], 0.8, colour)
    parts.append(turned_by(lid, turned(pitch=1.25), (-0.30, 0.60, 0)))
    for z in (-0.33, 0.0, 0.33):
        parts.append(
            turned_by(
                slab([(0.257 * float(np.cos(a)), 0.227 * float(np.sin(a))) for a in phi], 0.06, BRASS, 0.7),
                turned(pitch=1.25),
                (-0.30, 0.60, z),
            )
        )
        parts.append(box((0.25, 0.2, z), (0.012, 0.4, 0.06), BRASS, 0.7))
    parts.append(box((0.262, 0.33, 0), (0.02, 0.11, 0.10), BRASS, 0.8))
    rng = np.random.default_rng(4)
    for _ in range(110):
        x, z = float(rng.uniform(-0.2, 0.2)), float(rng.uniform(-0.35, 0.35))
        y = 0.40 + 0.10 * (1 - (x / 0.22) ** 2) * (1 - (z / 0.4) ** 2) + 0.01 * float(rng.random())
        coin = lathe([(0.0, 0.0), (0.026, 0.0), (0.026, 0.006), (0.0, 0.006)], (0.86, 0.60, 0.14), 0.85, 12)
        parts.append(
            turned_by(coin, turned(float(rng.uniform(-0.7, 0.7)), 0, float(rng.uniform(-0.7, 0.7))), (x, y, z))
        )
    parts.append(box((0, 0.37, 0), (0.44, 0.06, 0.74), (0.62, 0.40, 0.08), 0.4))
    gems: tuple[Colour, ...] = ((0.7, 0.03, 0.06), (0.05, 0.45, 0.2), (0.1, 0.2, 0.7))
    parts += [
        ball((0.08 - 0.07 * k, 0.53, -0.2 + 0.19 * k), 0.03, shade, 0.95, segments=8) for k, shade in enumerate(gems)
    ]
    return gathered(parts, {"top": (0, 0.5, 0)})


def hat(colour: Colour) -> Figure:
    """A felt hat with a band."""
    made = lathe(
        [
            (0.0, 0.0),
            (0.10, 0.0),
            (0.165, 0.008),
            (0.165, 0.012),
            (0.098, 0.012),
            (0.094, 0.04),
            (0.082, 0.10),
            (0.05, 0.115),
            (0.0, 0.10),
        ],
        [colour] * 4 + [(0.03, 0.02, 0.02)] + [colour] * 3,
        0.05,
        40,
        crease=0.9,
    )
    return gathered([made], {"top": (0, 0.11, 0)})


def top_hat(colour: Colour) -> Figure:
    """A top hat."""
    return gathered(
        [
            lathe(
                [
                    (0.0, 0.0),
                    (0.09, 0.0),
                    (0.155, 0.012),
                    (0.155, 0.017),
                    (0.092, 0.012),
                    (0.090, 0.045),
                    (0.10, 0.17),
                    (0.0, 0.172),
                ],
                [colour] * 4 + [(0.5, 0.04, 0.05), colour, colour],
                0.4,
                40,
            )
        ],
        {"top": (0, 0.17, 0)},
    )


def crown(colour: Colour) -> Figure:
    """A golden crown with gems, 0.2 m, on a cushion."""
    cushion = Clay(blend=0.03)
    cushion.box((0, 0.045, 0), (0.15, 0.035, 0.15), 0.035, (0.42, 0.03, 0.08))
    parts = [
        cushion.mesh(0.014),
        *[ball((sx * 0.15, 0.045, sz * 0.15), 0.022, BRASS, 0.6) for sx in (1, -1) for sz in (1, -1)],
    ]
    parts.append(lathe([(0.088, 0.08), (0.092, 0.125), (0.086, 0.125), (0.084, 0.08)], colour, 0.85, 40))
    parts.append(ring((0, 0.085, 0), 0.090, 0.090, 0.006, colour, 0.8))
    gems: tuple[Colour, ...] = ((0.66, 0.02, 0.05), (0.04, 0.2, 0.6), (0.03, 0.45, 0.2))
    for k in range(8):
        a = k * np.pi / 4
        c, s = float(np.cos(a)), float(np.sin(a))
        parts += [
            prism([(-0.026, 0.0), (0.026, 0.0), (0.0, 0.065)], 0.006, colour, 0.85).moved(
                (0.091 * c, 0.12, -0.091 * s), yaw=a + np.pi / 2
            ),
            ball((0.092 * c, 0.192, -0.092 * s), 0.010, (0.88, 0.86, 0.8), 0.8),
            ball((0.094 * c, 0.104, -0.094 * s), 0.010, gems[k % 3], 0.9),
        ]
    return gathered(parts, {"top": (0, 0.2, 0)})


def shoe(colour: Colour) -> Figure:
    """A pair of trainers, 0.28 m."""
    xs = [-0.11, -0.10, -0.06, 0.0, 0.06, 0.12, 0.16, 0.17]
    tops = [0.05, 0.10, 0.115, 0.10, 0.07, 0.05, 0.035, 0.01]
    parts = []
    for side in (1, -1):
        z = side * 0.065
        parts.append(
            loft(
                [(x, 0.02 + t / 2, z) for x, t in zip(xs, tops, strict=True)],
                [0.02, 0.035, 0.04, 0.038, 0.043, 0.046, 0.034, 0.01],
                [t * 0.55 for t in tops],
                colour,
                0.25,
                16,
            )
        )
        parts.append(
            loft(
                [(x, 0.014, z) for x in xs],
                [0.024, 0.040, 0.045, 0.043, 0.048, 0.052, 0.040, 0.012],
                [0.014] * 8,
                (0.86, 0.85, 0.82),
                0.2,
                16,
                square=0.7,
            )
        )
        parts += [
            box(
                (0.02 + 0.022 * k, 0.125 - 0.017 * k, z),
                (0.008, 0.006, 0.045),
                (0.88, 0.87, 0.85),
                0,
                turned(pitch=-0.5),
            )
            for k in range(4)
        ]
        parts += [
            tube(
                [(0.07, 0.05, z + w * 0.043), (0.0, 0.06, z + w * 0.041), (-0.04, 0.085, z + w * 0.04)],
                [0.006, 0.008, 0.004],
                (0.88, 0.87, 0.85),
                0.2,
                6,
            )
            for w in (1, -1)
        ]
        parts.append(ring((-0.05, 0.132, z), 0.028, 0.042, 0.010, (colour[0] * 0.5, colour[1] * 0.5, colour[2] * 0.5)))
    return gathered(parts, {"top": (0, 0.12, 0)})
