"""Fruit; metres, standing on the table."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, turned
from imagined.engines.illustrator.figures.food import bowl_of, curved, mottled
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import loft, rod, turned_by
from imagined.engines.illustrator.figures.solids import ball, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh

_CRUST: Colour = (0.56, 0.30, 0.09)
_GREEN: Colour = (0.10, 0.34, 0.06)


def banana(colour: Colour) -> Figure:
    """Three bananas in a hand."""
    parts = []
    for k in range(3):
        line = [
            (0.09 * float(np.cos(a)) - 0.06, 0.095 - 0.09 * float(np.sin(a)) + 0.0, 0.0)
            for a in np.linspace(0.15, 2.3, 12)
        ]
        radii = [0.005, 0.010, 0.0165, 0.0185, 0.019, 0.019, 0.019, 0.0185, 0.017, 0.013, 0.007, 0.005]
        fruit = tube(line, radii, colour, 0.3, 10)
        shade = fruit.colours.copy()
        shade[:20] = (0.2, 0.2, 0.05)
        shade[-20:] = (0.07, 0.05, 0.02)
        parts.append(
            turned_by(
                Mesh(fruit.vertices, fruit.faces, fruit.normals, shade, fruit.gloss),
                turned(yaw=-0.35 + 0.35 * k),
                (0, 0, 0.028 * (k - 1)),
            )
        )
    return gathered(parts, {"top": (0, 0.08, 0)})


def orange(colour: Colour) -> Figure:
    """An orange and half of one."""
    skin = mottled(ball((0, 0.042, 0), (0.044, 0.042, 0.044), colour, 0.35, segments=40), 0.05, 500)
    parts = [
        skin,
        ball((0, 0.084, 0), (0.005, 0.002, 0.005), (0.15, 0.2, 0.05), segments=8),
        ball((0.016, 0.088, 0.0), (0.016, 0.002, 0.008), _GREEN, 0.3, segments=10),
    ]
    half = [
        lathe(
            [(0.0, -0.04), (0.022, -0.035), (0.038, -0.018), (0.042, 0.0), (0.038, 0.001), (0.0, 0.001)],
            [colour, colour, colour, (0.88, 0.72, 0.42), (0.85, 0.36, 0.03)],
            0.3,
            36,
            crease=0.9,
        )
    ]
    half += [
        rod(
            (0, 0.0015, 0),
            (0.036 * float(np.cos(a)), 0.0015, 0.036 * float(np.sin(a))),
            0.0012,
            (0.9, 0.68, 0.34),
            0.2,
            4,
        )
        for a in np.linspace(0, 2 * np.pi, 10, endpoint=False)
    ]
    parts += [turned_by(p, turned(yaw=0.7) @ turned(pitch=-1.15), (0.075, 0.04, 0.035)) for p in half]
    return gathered(parts, {"top": (0, 0.085, 0)})


def lemon(colour: Colour) -> Figure:
    """A lemon with a leaf."""
    parts = [
        mottled(
            lathe(
                curved(
                    [
                        (0.0, -0.052),
                        (0.006, -0.046),
                        (0.022, -0.034),
                        (0.031, 0.0),
                        (0.022, 0.034),
                        (0.007, 0.045),
                        (0.0, 0.053),
                    ]
                ),
                colour,
                0.35,
                32,
                crease=1.4,
            ),
            0.05,
            300,
        )
    ]
    made = [turned_by(p, turned(pitch=1.3), (0, 0.031, 0)) for p in parts]
    return gathered([*made, ball((-0.05, 0.05, 0), (0.02, 0.003, 0.011), _GREEN, 0.3)], {"top": (0, 0.06, 0)})


def grapes(colour: Colour) -> Figure:
    """A bunch of grapes on its side with a leaf."""
    rng = np.random.default_rng(3)
    parts = []
    for k in range(42):
        t = k / 41
        wide = 0.045 * (1 - t) ** 0.7 + 0.004
        a = k * 2.39996
        parts.append(
            ball(
                (
                    0.075 - 0.15 * t,
                    0.016 + 0.030 * (1 - t) * abs(float(np.sin(a))) * 1.2 + 0.004 * float(rng.random()),
                    wide * float(np.cos(a)),
                ),
                0.0135,
                colour,
                0.7,
                segments=14,
            )
        )
    parts.append(
        tube([(0.07, 0.04, 0), (0.10, 0.06, 0.005), (0.12, 0.062, 0.0)], [0.003, 0.003, 0.004], (0.25, 0.2, 0.06))
    )
    parts.append(
        loft(
            [(0.09, 0.058, 0.0), (0.085, 0.068, 0.03), (0.07, 0.062, 0.06), (0.06, 0.05, 0.08)],
            [0.006, 0.03, 0.026, 0.002],
            [0.002] * 4,
            _GREEN,
            0.2,
            12,
            side=(1, 0, 0),
        )
    )
    return gathered(parts, {"top": (0, 0.05, 0)})


def cherry(colour: Colour) -> Figure:
    """Two cherries on one stalk."""
    parts = [ball((x, 0.013, z), 0.0135, colour, 0.85, segments=24) for x, z in ((-0.015, 0.004), (0.016, -0.004))]
    parts += [
        tube([(x, 0.025, z), (x * 0.7, 0.05, 0), (0.0, 0.075, 0)], [0.001, 0.001, 0.0015], (0.2, 0.3, 0.06), 0, 6)
        for x, z in ((-0.015, 0.004), (0.016, -0.004))
    ]
    parts.append(
        loft(
            [(0, 0.075, 0), (0.012, 0.08, 0.006), (0.028, 0.074, 0.012), (0.036, 0.066, 0.014)],
            [0.001, 0.009, 0.008, 0.001],
            [0.001] * 4,
            _GREEN,
            0.3,
            10,
        )
    )
    return gathered(parts, {"top": (0, 0.026, 0)})


def strawberry(colour: Colour) -> Figure:
    """A strawberry with seeds and a green crown."""
    profile = [(0.0, 0.0), (0.008, 0.003), (0.018, 0.016), (0.023, 0.030), (0.019, 0.040), (0.008, 0.043), (0.0, 0.042)]
    parts = [lathe(curved(profile), colour, 0.5, 32, crease=1.4)]
    for k in range(60):
        t = (k + 0.5) / 60
        y = 0.004 + 0.034 * t
        r = float(np.interp(y, [p[1] for p in profile[:5]], [p[0] for p in profile[:5]]))
        parts.append(
            ball(
                (r * float(np.cos(k * 2.39996)), y, r * float(np.sin(k * 2.39996))),
                (0.0009, 0.0013, 0.0009),
                (0.86, 0.66, 0.2),
                segments=6,
            )
        )
    for a in np.linspace(0, 2 * np.pi, 7, endpoint=False):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            loft(
                [(0, 0.043, 0), (0.009 * c, 0.046, 0.009 * s), (0.020 * c, 0.041, 0.020 * s)],
                [0.001, 0.005, 0.0006],
                [0.0008] * 3,
                _GREEN,
                0.2,
                8,
                side=(-s, 0, c),
            )
        )
    lean = [turned_by(p, turned(pitch=0.35), (0, 0.0, 0)) for p in parts]
    return gathered([*lean, rod((-0.015, 0.04, 0), (-0.024, 0.056, 0), 0.0012, _GREEN)], {"top": (0, 0.043, 0)})


def watermelon(colour: Colour) -> Figure:
    """A slice of watermelon with seeds, and the half behind it."""
    parts = []
    for radius, shade, deep in (
        (0.14, (0.03, 0.16, 0.04), 0.045),
        (0.131, (0.78, 0.84, 0.62), 0.0455),
        (0.122, colour, 0.046),
    ):
        outline = [
            (radius * float(np.cos(a)), 0.14 + radius * float(np.sin(a))) for a in np.linspace(np.pi, 2 * np.pi, 28)
        ]
        parts.append(prism(outline, deep, shade, 0.3))
    for k in range(15):
        a, r = np.pi + 0.3 + (k % 8) * 0.36, 0.055 + 0.03 * (k // 8) + 0.008 * (k % 3)
        parts += [
            ball(
                (r * float(np.cos(a)), 0.14 + r * float(np.sin(a)), s * 0.023),
                (0.0035, 0.006, 0.0015),
                (0.02, 0.015, 0.01),
                0.6,
                segments=8,
            )
            for s in (1, -1)
        ]
    return gathered(parts, {"top": (0, 0.14, 0)})


def pear(colour: Colour) -> Figure:
    """A pear."""
    body = lathe(
        curved(
            [
                (0.0, 0.0),
                (0.02, 0.002),
                (0.036, 0.022),
                (0.038, 0.038),
                (0.028, 0.062),
                (0.017, 0.084),
                (0.008, 0.096),
                (0.0, 0.097),
            ]
        ),
        colour,
        0.4,
        36,
        crease=1.4,
    )
    return gathered(
        [
            mottled(body, 0.08, 60),
            tube([(0, 0.095, 0), (0.004, 0.115, 0.002)], [0.0018, 0.0022], (0.16, 0.09, 0.04)),
            ball((0.018, 0.105, 0), (0.018, 0.002, 0.009), _GREEN),
        ],
        {"top": (0, 0.097, 0)},
    )


def pineapple(colour: Colour) -> Figure:
    """A pineapple with its crown."""
    parts = [ball((0, 0.10, 0), (0.06, 0.10, 0.06), colour, 0.2, segments=24)]
    for row in range(9):
        y = 0.018 + 0.0205 * row
        r = 0.06 * float(np.sqrt(max(1 - ((y - 0.1) / 0.1) ** 2, 0.02)))
        for k in range(11):
            a = (k + 0.5 * (row % 2)) * 2 * np.pi / 11
            parts.append(
                ball(
                    (r * float(np.cos(a)), y, r * float(np.sin(a))),
                    (0.013, 0.011, 0.013),
                    (colour[0], min(colour[1] * (0.85 + 0.3 * (k % 2)), 1.0), colour[2]),
                    0.25,
                    segments=8,
                )
            )
    for k in range(22):
        a, t = k * 2.39996, k / 21
        c, s = float(np.cos(a)), float(np.sin(a))
        out, high = 0.075 * (1 - t) + 0.01, 0.21 + 0.12 * t + 0.03
        parts.append(
            loft(
                [
                    (0.012 * c, 0.195, 0.012 * s),
                    (out * 0.6 * c, 0.22 + 0.06 * t, out * 0.6 * s),
                    (out * c, high, out * s),
                ],
                [0.008, 0.009, 0.001],
                [0.002] * 3,
                (0.10, 0.30, 0.12),
                0.2,
                6,
                side=(-s, 0, c),
            )
        )
    return gathered(parts, {"top": (0, 0.2, 0)})


def fruit_bowl(colour: Colour) -> Figure:
    """A bowl heaped with apples, an orange, bananas, a pear and grapes."""
    from imagined.engines.illustrator.figures.things import apple

    parts = bowl_of(0.16, 0.085, colour)
    red = apple((0.62, 0.03, 0.025)).mesh
    for x, y, z, mesh in (
        (-0.07, 0.05, 0.05, red),
        (0.075, 0.05, 0.05, apple((0.28, 0.46, 0.06)).mesh),
        (0.0, 0.05, 0.085, orange((0.86, 0.36, 0.03)).mesh),
        (0.02, 0.085, -0.01, pear((0.62, 0.60, 0.14)).mesh),
        (-0.05, 0.06, -0.06, red),
    ):
        keep = mesh
        if mesh is not red and z == 0.085:
            keep = ball((0, 0.042, 0), (0.044, 0.042, 0.044), (0.86, 0.36, 0.03), 0.35, segments=32)
        parts.append(keep.moved((x, y, z), yaw=x * 20))
    parts.append(turned_by(banana((0.88, 0.64, 0.06)).mesh, turned(yaw=0.5), (0.03, 0.085, -0.075)))
    parts += [
        ball(
            (0.10 + 0.02 * (k % 3) - 0.02, 0.085 + 0.012 * (k % 2) - 0.008 * (k // 3), -0.01 + 0.02 * (k // 3)),
            0.0135,
            (0.24, 0.04, 0.22),
            0.7,
            segments=12,
        )
        for k in range(9)
    ]
    return gathered(parts, {"top": (0, 0.15, 0)})
