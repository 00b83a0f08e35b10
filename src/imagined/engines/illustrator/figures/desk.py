"""Machines and instruments of the desk and shelf: clocks, screens, globes, candles; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.model import Figure, gathered, noise3
from imagined.engines.illustrator.figures.shapes import ring, rod, sheet_of, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh

WOOD: Colour = (0.33, 0.18, 0.08)
IRON: Colour = (0.035, 0.04, 0.045)
BRASS: Colour = (0.78, 0.55, 0.16)
STONE: Colour = (0.52, 0.50, 0.46)
_PAPER: Colour = (0.82, 0.76, 0.62)
_LAID = turned(roll=np.pi / 2)
_FACE_X = turned(pitch=-np.pi / 2)


def candle(colour: Colour) -> Figure:
    """A candle in a brass stick, 0.22 m, burning."""
    parts = [
        lathe(
            [
                (0.0, 0.0),
                (0.055, 0.0),
                (0.06, 0.008),
                (0.02, 0.014),
                (0.014, 0.05),
                (0.026, 0.06),
                (0.026, 0.066),
                (0.0, 0.066),
            ],
            BRASS,
            0.7,
            28,
        ),
        lathe([(0.0, 0.06), (0.018, 0.06), (0.017, 0.17), (0.013, 0.173), (0.0, 0.168)], colour, 0.25, 20),
    ]
    parts += [
        tube([(0.018, 0.165, 0), (0.019, 0.12, 0.002), (0.019, 0.11, 0.002)], [0.004, 0.005, 0.003], colour, 0.25, 6),
        rod((0, 0.168, 0), (0.001, 0.182, 0), 0.0015, IRON),
    ]
    parts.append(
        lathe(
            [(0.0, 0.176), (0.009, 0.19), (0.006, 0.208), (0.0, 0.228)],
            (1.0, 0.75, 0.35),
            0,
            14,
            glow=(3.0, 1.7, 0.55),
            crease=1.5,
        )
    )
    parts.append(tube([(0.05, 0.012, 0), (0.085, 0.02, 0), (0.08, 0.045, 0), (0.05, 0.03, 0)], [0.005] * 4, BRASS, 0.7))
    return gathered(parts, {"top": (0, 0.17, 0), "grip": (0, 0.04, 0)})


def clock(colour: Colour) -> Figure:
    """A mantel alarm clock with two bells, 0.2 m, its face towards +x."""
    drum = turned_by(
        lathe(
            [(0.0, -0.04), (0.08, -0.04), (0.088, -0.03), (0.088, 0.03), (0.08, 0.042), (0.078, 0.036), (0.0, 0.036)],
            [colour, colour, colour, colour, BRASS, (0.87, 0.86, 0.82)],
            0.5,
            40,
        ),
        _FACE_X,
        (0, 0.11, 0),
    )
    parts = [drum]
    for k in range(12):
        a, big = k * np.pi / 6, 0.011 if k % 3 == 0 else 0.006
        parts.append(
            box(
                (0.037, 0.11 + 0.064 * float(np.cos(a)), 0.064 * float(np.sin(a))),
                (0.003, big * 1.4, big * 0.7),
                IRON,
                0,
                turned(roll=a),
            )
        )
    for a, long, thick in ((-1.05, 0.040, 0.007), (1.05, 0.058, 0.005)):
        parts.append(
            rod(
                (0.039, 0.11, 0),
                (0.039, 0.11 + long * float(np.cos(a)), -long * float(np.sin(a))),
                thick * 0.5,
                IRON,
                0.2,
                6,
            )
        )
    for side in (1, -1):
        parts += [
            ball((0, 0.205, side * 0.045), (0.035, 0.026, 0.035), BRASS, 0.8),
            rod((0, 0.18, side * 0.04), (0, 0.21, side * 0.046), 0.006, IRON),
            rod((0, 0.04, side * 0.05), (0, 0.0, side * 0.075), 0.008, IRON, 0.4),
        ]
    parts.append(tube([(0, 0.21, 0.05), (0, 0.25, 0.0), (0, 0.21, -0.05)], [0.005] * 3, IRON, 0.5))
    return gathered(parts, {"top": (0, 0.24, 0)})


def globe(colour: Colour) -> Figure:
    """A globe on a stand, 0.4 m."""
    ball_ = ball((0, 0, 0), 0.13, colour, 0.5, segments=64)
    land = noise3(ball_.vertices * 17 + 3.1) + 0.5 * noise3(ball_.vertices * 38) > 0.12
    tone = np.where(land[:, None], np.array((0.34, 0.38, 0.12), np.float32), ball_.colours)
    tone = np.where((np.abs(ball_.vertices[:, 1]) > 0.118)[:, None], np.float32(0.85), tone).astype(np.float32)
    tilt = turned(roll=0.41)
    parts = [turned_by(Mesh(ball_.vertices, ball_.faces, ball_.normals, tone, ball_.gloss), tilt, (0, 0.25, 0))]
    arc = [
        (0.0, 0.25 + 0.145 * float(np.cos(a)), 0.145 * float(np.sin(a)))
        for a in np.linspace(0.41 - 0.1, 0.41 + np.pi + 0.1, 20)
    ]
    parts += [
        tube(arc, [0.008] * 20, BRASS, 0.7),
        lathe(
            [(0.0, 0.0), (0.10, 0.0), (0.105, 0.012), (0.03, 0.03), (0.018, 0.06), (0.014, 0.10), (0.0, 0.10)],
            WOOD,
            0.3,
            28,
        ),
    ]
    return gathered(parts, {"top": (0, 0.39, 0)})


def hourglass(colour: Colour) -> Figure:
    """An hourglass, 0.25 m."""
    parts = [
        lathe([(0.0, y), (0.075, y), (0.08, y + 0.01), (0.075, y + 0.02), (0.0, y + 0.02)], colour, 0.4, 28)
        for y in (0.0, 0.23)
    ]
    glass: Colour = (0.62, 0.70, 0.72)
    sand: Colour = (0.80, 0.56, 0.22)
    parts += [
        lathe([(0.0, 0.02), (0.052, 0.022), (0.045, 0.05), (0.0, 0.085)], sand, 0.1, 28, crease=0.5),
        lathe([(0.005, 0.128), (0.03, 0.16), (0.045, 0.18), (0.0, 0.175)], sand, 0.1, 28),
        rod((0, 0.08, 0), (0, 0.13, 0), 0.0022, sand),
    ]
    for low, high in ((0.022, 0.1), (0.228, 0.15)):
        parts += [
            ring((0, y, 0), r, r, 0.0016, glass, 0.95, count=32)
            for y, r in ((low, 0.056), (low + (high - low) * 0.35, 0.056), (low + (high - low) * 0.8, 0.03))
        ]
    parts.append(ring((0, 0.125, 0), 0.008, 0.008, 0.004, glass, 0.9))
    for a in np.linspace(0, 2 * np.pi, 24, endpoint=False)[::3]:
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            tube(
                [
                    (0.05 * c, 0.022, 0.05 * s),
                    (0.058 * c, 0.05, 0.058 * s),
                    (0.04 * c, 0.095, 0.04 * s),
                    (0.008 * c, 0.125, 0.008 * s),
                    (0.04 * c, 0.155, 0.04 * s),
                    (0.058 * c, 0.2, 0.058 * s),
                    (0.05 * c, 0.23, 0.05 * s),
                ],
                [0.0012] * 7,
                glass,
                0.9,
                4,
            )
        )
    parts += [
        rod(
            (0.065 * float(np.cos(a)), 0.01, 0.065 * float(np.sin(a))),
            (0.065 * float(np.cos(a)), 0.24, 0.065 * float(np.sin(a))),
            0.007,
            colour,
            0.4,
        )
        for a in (0.4, 2.5, 4.6)
    ]
    return gathered(parts, {"top": (0, 0.25, 0)})


def paper_map(colour: Colour) -> Figure:
    """A map with folds, standing slightly bent, its face towards -x and +x."""
    rng = np.random.default_rng(8)
    parts = []
    for side in (1, -1):
        parts.append(
            sheet_of(
                lambda u, v: (0.02 * np.abs(np.sin(v * np.pi * 2)), 0.02 + 0.30 * u, (v - 0.5) * 0.44),
                colour if side > 0 else _PAPER,
                0.002,
            ).moved((0.002 * side, 0, 0))
        )
    way = [(0.026, 0.07 + 0.2 * t + 0.03 * float(np.sin(t * 9)), -0.16 + 0.32 * t) for t in np.linspace(0, 1, 12)]
    parts += [box(p, (0.006, 0.010, 0.018), (0.5, 0.08, 0.05)) for p in way]
    parts += [
        ball(
            (0.024, float(rng.uniform(0.05, 0.3)), float(rng.uniform(-0.2, 0.2))),
            (0.006, 0.03, 0.045),
            (0.42, 0.50, 0.25),
            segments=10,
        )
        for _ in range(5)
    ]
    parts += [
        rod((0.03, 0.27 - 0.03 * s, 0.16 - 0.03), (0.03, 0.27 + 0.03 * s, 0.16 + 0.03), 0.005, (0.6, 0.05, 0.03))
        for s in (1, -1)
    ]
    return gathered(parts, {"top": (0, 0.3, 0)})


def envelope(colour: Colour) -> Figure:
    """A sealed letter, standing, 0.22 m wide, its flap towards +x."""
    parts = [box((0, 0.075, 0), (0.006, 0.15, 0.22), colour)]
    flap = prism(
        [(-0.11, 0.15), (0.0, 0.065), (0.11, 0.15)], 0.004, (colour[0] * 0.86, colour[1] * 0.84, colour[2] * 0.8)
    )
    parts += [
        flap.moved((0.005, 0, 0), yaw=np.pi / 2),
        ball((0.007, 0.07, 0), (0.006, 0.018, 0.018), (0.55, 0.03, 0.03), 0.5),
    ]
    return gathered([turned_by(p, turned(pitch=0.2)) for p in parts], {"top": (0, 0.15, 0)})


def laptop(colour: Colour) -> Figure:
    """An open laptop, its screen towards +x."""
    parts = [
        box((0, 0.01, 0), (0.23, 0.018, 0.33), colour, 0.5),
        box((0.015, 0.020, 0), (0.12, 0.003, 0.28), (0.04, 0.04, 0.045)),
    ]
    parts += [
        box((-0.03 + 0.022 * r, 0.0225, -0.125 + 0.023 * k), (0.017, 0.003, 0.018), (0.10, 0.10, 0.11), 0.2)
        for r in range(4)
        for k in range(12)
    ]
    parts.append(box((0.085, 0.020, 0), (0.05, 0.002, 0.09), (colour[0] * 0.8, colour[1] * 0.8, colour[2] * 0.8), 0.4))
    lean = turned(pitch=0.3)
    parts += [
        box((-0.145, 0.125, 0), (0.010, 0.22, 0.33), colour, 0.5, lean),
        box((-0.139, 0.126, 0), (0.006, 0.20, 0.305), (0.06, 0.16, 0.32), 0.6, lean, (0.10, 0.24, 0.42)),
    ]
    parts += [
        box((-0.1365 - 0.3 * (y - 0.125), y, z), (0.004, 0.008, w), shade, 0.2, lean, glow)
        for y, z, w, shade, glow in (
            (0.19, -0.05, 0.14, (0.8, 0.5, 0.1), (0.5, 0.3, 0.05)),
            (0.165, -0.02, 0.2, (0.6, 0.7, 0.8), (0.3, 0.35, 0.4)),
            (0.145, -0.04, 0.16, (0.6, 0.7, 0.8), (0.3, 0.35, 0.4)),
            (0.105, 0.0, 0.22, (0.2, 0.6, 0.4), (0.08, 0.4, 0.2)),
        )
    ]
    return gathered(parts, {"top": (0, 0.02, 0)})


def television(colour: Colour) -> Figure:
    """An old television with an aerial, 0.6 m, its screen towards +x."""
    body = Clay(blend=0.02)
    body.box((0, 0.28, 0), (0.2, 0.22, 0.30), 0.04, colour, 0.35)
    parts = [
        body.mesh(0.02),
        ball((0.17, 0.29, -0.05), (0.06, 0.16, 0.20), (0.08, 0.22, 0.30), 0.8, glow=(0.10, 0.26, 0.34), segments=32),
        box((0.2, 0.28, 0.225), (0.012, 0.36, 0.10), (0.10, 0.08, 0.06)),
    ]
    parts += [
        turned_by(lathe([(0.026, 0), (0.024, 0.025), (0, 0.026)], BRASS, 0.6, 18), _FACE_X, (0.205, y, 0.225))
        for y in (0.40, 0.32)
    ]
    parts += [box((0.208, 0.14 + 0.022 * k, 0.225), (0.008, 0.008, 0.07), BRASS, 0.4) for k in range(4)]
    parts += [rod((0, 0.5, 0), (-0.05, 0.85, s * 0.22), 0.006, (0.6, 0.6, 0.62), 0.6) for s in (1, -1)] + [
        ball((0, 0.5, 0), 0.03, IRON)
    ]
    parts += [rod((x, 0.08, z), (x * 1.25, 0, z * 1.15), 0.016, WOOD) for x in (-0.13, 0.13) for z in (-0.22, 0.22)]
    return gathered(parts, {"top": (0, 0.5, 0)})


def gramophone(colour: Colour) -> Figure:
    """A gramophone with its horn towards +x, 0.6 m."""
    parts = [
        box((0, 0.08, 0), (0.34, 0.13, 0.34), WOOD, 0.3),
        box((0, 0.01, 0), (0.38, 0.02, 0.38), WOOD, 0.3),
        box((0, 0.15, 0), (0.36, 0.015, 0.36), WOOD, 0.3),
    ]
    parts += [
        lathe(
            [(0.0, 0.16), (0.14, 0.16), (0.14, 0.168), (0.05, 0.169), (0.0, 0.169)],
            [IRON, IRON, IRON, (0.6, 0.1, 0.06)],
            0.6,
            40,
        )
    ]
    phi = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    from imagined.engines.illustrator.figures.shapes import woven

    rows = []
    for t in np.linspace(0, 1, 12):
        r = (0.012 + 0.05 * t + 0.19 * t**3.5) * (1 + 0.05 * t**3 * np.abs(np.sin(phi * 4)))
        rows.append(np.stack([r * np.cos(phi), np.full(64, 0.42 * t), r * np.sin(phi)], 1))
    horn = woven(np.stack(rows), colour, 0.8)
    parts += [
        turned_by(horn, turned(pitch=-0.9), (-0.02, 0.36, 0)),
        tube(
            [(-0.14, 0.17, 0.0), (-0.17, 0.28, 0), (-0.1, 0.35, 0), (-0.01, 0.365, 0)],
            [0.012, 0.012, 0.012, 0.013],
            colour,
            0.8,
        ),
        rod((-0.14, 0.22, 0), (0.02, 0.18, 0.06), 0.008, (0.6, 0.6, 0.6), 0.7),
        tube([(0, 0.08, 0.17), (0, 0.08, 0.23), (0.04, 0.05, 0.24)], [0.008] * 3, IRON),
    ]
    return gathered(parts, {"top": (0, 0.17, 0)})


def typewriter(colour: Colour) -> Figure:
    """A typewriter with a sheet of paper, its keys towards +x."""
    body = Clay(blend=0.02)
    body.box((-0.03, 0.05, 0), (0.13, 0.05, 0.16), 0.03, colour, 0.5)
    body.box((-0.08, 0.10, 0), (0.07, 0.05, 0.15), 0.03, colour, 0.5)
    parts = [
        body.mesh(0.009),
        turned_by(
            lathe([(0.0, -0.19), (0.024, -0.19), (0.024, 0.19), (0.0, 0.19)], IRON, 0.3, 20), _LAID, (-0.08, 0.165, 0)
        ),
    ]
    parts += [
        turned_by(lathe([(0.0, 0), (0.03, 0), (0.03, 0.02), (0.0, 0.02)], IRON, 0.4, 18), _LAID, (-0.08, 0.165, z))
        for z in (-0.19, 0.21)
    ]
    for row in range(4):
        for k in range(10):
            at = (0.045 + 0.028 * row, 0.092 - 0.013 * row, -0.115 + 0.0255 * k + 0.006 * (row % 2))
            parts += [
                lathe([(0.009, 0.0), (0.0095, 0.004), (0.0, 0.005)], (0.82, 0.80, 0.74), 0.4, 10).moved(at),
                rod((at[0] - 0.02, at[1] - 0.03, at[2]), at, 0.002, (0.5, 0.5, 0.5), 0.5, 4),
            ]
    parts.append(
        sheet_of(lambda u, v: (-0.075 - 0.05 * u, 0.17 + 0.18 * u, (v - 0.5) * 0.21), (0.87, 0.86, 0.82), 0.002)
    )
    parts += [
        box(
            (-0.085 - 0.05 * (y - 0.17) / 0.18 + 0.004, y, 0.0),
            (0.003, 0.004, 0.15),
            (0.1, 0.1, 0.1),
            0,
            turned(pitch=0.27),
        )
        for y in (0.32, 0.3, 0.28, 0.26)
    ]
    return gathered(parts, {"top": (0, 0.15, 0)})


def microscope(colour: Colour) -> Figure:
    """A microscope, 0.35 m."""
    parts = [
        box((0, 0.015, 0), (0.18, 0.03, 0.13), colour, 0.5),
        tube(
            [(-0.07, 0.03, 0), (-0.085, 0.14, 0), (-0.06, 0.24, 0), (-0.01, 0.27, 0)],
            [0.026, 0.024, 0.022, 0.02],
            colour,
            0.5,
            12,
        ),
        box((0.01, 0.10, 0), (0.11, 0.012, 0.10), IRON, 0.3),
    ]
    parts += [
        turned_by(
            lathe(
                [
                    (0.0, -0.09),
                    (0.010, -0.09),
                    (0.014, -0.05),
                    (0.022, -0.045),
                    (0.022, 0.06),
                    (0.017, 0.065),
                    (0.017, 0.12),
                    (0.02, 0.122),
                    (0.02, 0.14),
                    (0.0, 0.138),
                ],
                [(0.6, 0.6, 0.62)] * 3 + [colour] + [(0.6, 0.6, 0.62)] * 5,
                0.6,
                22,
            ),
            turned(pitch=0.25),
            (0.0, 0.235, 0),
        )
    ]
    parts += [
        turned_by(
            lathe([(0.0, 0), (0.02, 0), (0.02, 0.03), (0.0, 0.03)], (0.6, 0.6, 0.62), 0.6, 18), _LAID, (-0.07, 0.17, z)
        )
        for z in (0.05, -0.02)
    ]
    return gathered(
        [*parts, box((0.012, 0.108, 0), (0.025, 0.003, 0.07), (0.7, 0.8, 0.85), 0.9)], {"top": (0, 0.35, 0)}
    )
