"""Everyday and storied objects: benches, lamps, signs, chests, clocks, screens; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.model import Figure, gathered, noise3
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, sheet_of, slab, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh

WOOD: Colour = (0.33, 0.18, 0.08)
IRON: Colour = (0.035, 0.04, 0.045)
BRASS: Colour = (0.78, 0.55, 0.16)
STONE: Colour = (0.52, 0.50, 0.46)
_PAPER: Colour = (0.82, 0.76, 0.62)
_LAID = turned(roll=np.pi / 2)
_FACE_X = turned(pitch=-np.pi / 2)


def bench(colour: Colour) -> Figure:
    """A park bench, 1.6 m long along z, facing +x."""
    parts = [box((0.20 - 0.105 * k, 0.45 - 0.006 * k, 0), (0.088, 0.035, 1.6), colour, 0.15) for k in range(5)]
    parts += [
        box((-0.28 - 0.03 * k, 0.60 + 0.115 * k, 0), (0.03, 0.09, 1.6), colour, 0.15, turned(pitch=0.25))
        for k in range(3)
    ]
    for z in (-0.7, 0.7):
        parts.append(
            tube(
                [
                    (0.27, 0.0, z),
                    (0.23, 0.2, z),
                    (0.24, 0.42, z),
                    (0.0, 0.43, z),
                    (-0.25, 0.42, z),
                    (-0.32, 0.62, z),
                    (-0.39, 0.92, z),
                ],
                [0.024] * 7,
                IRON,
                0.4,
            )
        )
        parts.append(tube([(-0.36, 0.0, z), (-0.28, 0.2, z), (-0.24, 0.42, z)], [0.024] * 3, IRON, 0.4))
        parts.append(
            tube(
                [(0.22, 0.43, z), (0.28, 0.56, z), (0.2, 0.64, z), (-0.1, 0.63, z), (-0.32, 0.66, z)],
                [0.02] * 5,
                IRON,
                0.4,
            )
        )
    return gathered(parts, {"seat": (0.02, 0.47, 0), "top": (0, 0.47, 0)}, 0.5)


def street_lamp(colour: Colour, lit: bool) -> Figure:
    """An old street lamp, 3.6 m."""
    parts = [
        lathe(
            [
                (0.0, 0.0),
                (0.22, 0.0),
                (0.22, 0.12),
                (0.13, 0.2),
                (0.11, 0.65),
                (0.07, 0.75),
                (0.05, 1.6),
                (0.045, 2.85),
                (0.09, 2.9),
                (0.09, 2.95),
                (0.04, 3.0),
                (0.0, 3.0),
            ],
            colour,
            0.4,
            24,
        )
    ]
    parts.append(rod((0, 2.72, -0.32), (0, 2.72, 0.32), 0.02, colour, 0.4))
    glow = (2.6, 1.7, 0.75) if lit else (0.10, 0.09, 0.07)
    parts.append(lathe([(0.09, 3.0), (0.19, 3.38), (0.0, 3.38)], (0.86, 0.80, 0.62), 0.6, 6, glow=glow))
    parts += [
        rod(
            (0.095 * float(np.cos(a)), 3.0, 0.095 * float(np.sin(a))),
            (0.195 * float(np.cos(a)), 3.38, 0.195 * float(np.sin(a))),
            0.012,
            colour,
            0.4,
            6,
        )
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    parts.append(
        lathe([(0.24, 3.37), (0.22, 3.42), (0.08, 3.55), (0.03, 3.6), (0.03, 3.65), (0.0, 3.72)], colour, 0.4, 24)
    )
    return gathered(parts, {"top": (0, 3.6, 0)})


def sign(colour: Colour) -> Figure:
    """A wooden signpost with two arrows, 2 m."""
    parts = [box((0, 1.0, 0), (0.10, 2.0, 0.10), WOOD)]
    for y, way, yaw in ((1.65, 1, 0.25), (1.32, -1, -0.2)):
        outline = [(-0.36, -0.12), (0.36, -0.12), (0.50, 0.0), (0.36, 0.12), (-0.36, 0.12)]
        outline = outline if way > 0 else [(-x, y_) for x, y_ in outline][::-1]
        parts.append(slab(outline, 0.035, colour, 0.1).moved((0.1 * way, y, 0.07), yaw=yaw))
        for k in range(5):
            parts.append(
                box(
                    (0.1 * way + (-0.2 + 0.1 * k), y, 0.095), (0.055, 0.05 + 0.03 * (k % 2), 0.012), (0.06, 0.035, 0.02)
                )
            )
    parts.append(ball((0, 2.0, 0), 0.07, WOOD))
    return gathered([p.moved((0, 0, 0), yaw=np.pi / 2) for p in parts], {"top": (0, 2.0, 0)})


def fountain(colour: Colour) -> Figure:
    """A stone fountain of two basins with water, 2.4 m."""
    water: Colour = (0.16, 0.36, 0.44)
    parts = [
        lathe(
            [
                (0.0, 0.0),
                (1.5, 0.0),
                (1.55, 0.1),
                (1.5, 0.45),
                (1.62, 0.5),
                (1.62, 0.58),
                (1.42, 0.58),
                (1.40, 0.3),
                (0.0, 0.3),
            ],
            colour,
            0.1,
            48,
        )
    ]
    parts.append(lathe([(1.41, 0.47), (0.0, 0.48)], water, 0.95, 48))
    parts.append(
        lathe(
            [
                (0.3, 0.3),
                (0.22, 0.6),
                (0.16, 1.0),
                (0.2, 1.25),
                (0.7, 1.42),
                (0.75, 1.5),
                (0.7, 1.5),
                (0.2, 1.36),
                (0.0, 1.36),
            ],
            colour,
            0.1,
            40,
        )
    )
    parts.append(lathe([(0.68, 1.47), (0.0, 1.48)], water, 0.95, 40))
    parts.append(lathe([(0.12, 1.4), (0.09, 1.9), (0.16, 2.0), (0.0, 2.05)], colour, 0.1, 24))
    spray: Colour = (0.80, 0.87, 0.90)
    for count, high, out, start in ((8, 2.35, 0.55, (0.02, 2.05)), (14, 1.55, 1.15, (0.72, 1.5))):
        for a in np.linspace(0, 2 * np.pi, count, endpoint=False):
            end = 1.48 if out < 1 else 0.48
            path = [
                (
                    start[0] + (out - start[0]) * t,
                    start[1] + (high - start[1]) * 4 * t * (1 - t) * (1 if out < 1 else 0.5) + (end - start[1]) * t * t,
                )
                for t in np.linspace(0, 1, 10)
            ]
            parts.append(
                tube(
                    [(r * float(np.cos(a)), y, r * float(np.sin(a))) for r, y in path],
                    [0.016] * 8 + [0.022, 0.03],
                    spray,
                    0.6,
                    6,
                    glow=(0.06, 0.07, 0.08),
                )
            )
    return gathered(parts, {"top": (0, 2.1, 0)})


def statue(colour: Colour) -> Figure:
    """A figure of stone on a pedestal, 3 m."""
    from imagined.engines.illustrator.figures.biped import Person, biped

    made = biped(
        Person(
            heads=6.4,
            skin=colour,
            hair=colour,
            eyes=colour,
            shirt=colour,
            under=colour,
            robe=colour,
            trim=colour,
            trousers=colour,
            shoes=colour,
            hair_kind="curly",
            curve=0.4,
            lips=colour,
            robe_length=0.9,
        ),
        "pointing",
        0.02,
    )
    grey = np.clip(np.asarray(colour, np.float32) * (1 + 0.10 * noise3(made.mesh.vertices * 14))[:, None], 0, 1).astype(
        np.float32
    )
    body = Mesh(made.mesh.vertices, made.mesh.faces, made.mesh.normals, grey, np.zeros(0, np.float32))
    parts = [
        body.moved((0, 1.1, 0)),
        box((0, 0.08, 0), (1.1, 0.16, 1.1), colour),
        box((0, 0.6, 0), (0.8, 1.0, 0.8), colour),
        box((0, 1.06, 0), (0.95, 0.1, 0.95), colour),
        box((0.405, 0.65, 0), (0.01, 0.3, 0.5), BRASS, 0.6),
    ]
    return gathered(parts, {"top": (0, 2.9, 0)})


def mailbox(colour: Colour) -> Figure:
    """A letter box on a post, 1.2 m, its flag up."""
    phi = np.linspace(0, np.pi, 14)
    outline = [(-0.11, 0.0), (0.11, 0.0), *[(0.11 * float(np.cos(a)), 0.13 + 0.11 * float(np.sin(a))) for a in phi]]
    shell = slab(outline, 0.48, colour, 0.5).moved((0, 0.92, 0), yaw=np.pi / 2)
    door = slab(
        [(x * 0.86, y * 0.92 + 0.01) for x, y in outline],
        0.02,
        (colour[0] * 0.7, colour[1] * 0.7, colour[2] * 0.7),
        0.5,
    ).moved((0.242, 0.92, 0), yaw=np.pi / 2)
    parts = [
        shell,
        door,
        box((0, 0.46, 0), (0.09, 0.92, 0.09), WOOD),
        ball((0.26, 1.1, 0), 0.015, BRASS, 0.7),
        rod((0.05, 1.02, 0.12), (0.05, 1.28, 0.12), 0.008, (0.7, 0.05, 0.04)),
        box((0.09, 1.25, 0.12), (0.09, 0.07, 0.012), (0.7, 0.05, 0.04)),
    ]
    return gathered(parts, {"top": (0, 1.16, 0)})


def gift(colour: Colour) -> Figure:
    """A present with a ribbon and a bow, 0.25 m."""
    ribbon: Colour = (0.86, 0.66, 0.16) if colour[0] > 0.4 else (0.7, 0.05, 0.05)
    parts = [
        box((0, 0.085, 0), (0.22, 0.17, 0.22), colour, 0.35),
        box((0, 0.178, 0), (0.235, 0.045, 0.235), colour, 0.35),
        box((0, 0.1, 0), (0.04, 0.202, 0.238), ribbon, 0.5),
        box((0, 0.1, 0), (0.238, 0.202, 0.04), ribbon, 0.5),
    ]
    for a in (0.3, 2.0, 3.5, 5.1):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            tube(
                [
                    (0, 0.205, 0),
                    (0.045 * c, 0.245, 0.045 * s),
                    (0.085 * c, 0.235, 0.085 * s),
                    (0.05 * c, 0.21, 0.05 * s),
                    (0, 0.205, 0),
                ],
                [0.009, 0.014, 0.014, 0.012, 0.009],
                ribbon,
                0.5,
                8,
            )
        )
    return gathered([*parts, ball((0, 0.212, 0), 0.018, ribbon, 0.5)], {"top": (0, 0.2, 0)})


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


def telescope(colour: Colour) -> Figure:
    """A telescope on a tripod, 1.5 m, looking up."""
    tubes = [
        turned_by(
            lathe(
                [
                    (0.0, -0.55),
                    (0.05, -0.55),
                    (0.05, -0.3),
                    (0.07, -0.28),
                    (0.07, 0.45),
                    (0.082, 0.46),
                    (0.082, 0.56),
                    (0.07, 0.56),
                    (0.0, 0.54),
                ],
                [BRASS, BRASS, BRASS, colour, BRASS, BRASS, BRASS, (0.05, 0.08, 0.15)],
                0.6,
                28,
            ),
            turned(pitch=-np.pi / 2 + 0.6),
            (0.0, 1.18, 0),
        )
    ]
    parts = [*tubes, ball((0, 1.08, 0), 0.06, IRON, 0.4), rod((0, 0.95, 0), (0, 1.1, 0), 0.03, IRON, 0.4)]
    parts += [
        tube(
            [
                (0.02 * float(np.cos(a)), 0.98, 0.02 * float(np.sin(a))),
                (0.45 * float(np.cos(a)), 0.0, 0.45 * float(np.sin(a))),
            ],
            [0.026, 0.018],
            WOOD,
            0.2,
        )
        for a in (0.5, 2.6, 4.7)
    ]
    return gathered(parts, {"top": (0, 1.5, 0)})


def candle(colour: Colour, lit: bool = True) -> Figure:
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


def key(colour: Colour) -> Figure:
    """An old key, 0.12 m, standing on its bow as if shown."""
    parts = [
        ring((0, 0.095, 0), 0.018, 0.018, 0.005, colour, 0.8, _LAID),
        rod((0, 0.0, 0), (0, 0.078, 0), 0.005, colour, 0.8),
        box((0.014, 0.012, 0), (0.024, 0.009, 0.006), colour, 0.8),
        box((0.011, 0.026, 0), (0.018, 0.008, 0.006), colour, 0.8),
        ring((0, 0.072, 0), 0.007, 0.007, 0.003, colour, 0.8),
    ]
    return gathered(parts, {"top": (0, 0.115, 0)})


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


def crystal(colour: Colour) -> Figure:
    """A cluster of crystals, 0.3 m, faintly glowing."""
    rng = np.random.default_rng(12)
    glow = (colour[0] * 0.28, colour[1] * 0.28, colour[2] * 0.28)
    parts = []
    for k in range(11):
        big = 1.0 if k == 0 else float(rng.uniform(0.3, 0.72))
        r, high = 0.045 * big + 0.006, 0.27 * big
        spike = lathe(
            [(0.0, -0.02), (r * 0.85, -0.02), (r, high * 0.72), (0.0, high)], colour, 0.9, 6, glow=glow, crease=0.01
        )
        normal = np.cross(
            spike.vertices[spike.faces[:, 1]] - spike.vertices[spike.faces[:, 0]],
            spike.vertices[spike.faces[:, 2]] - spike.vertices[spike.faces[:, 0]],
        )
        from imagined.engines.illustrator.figures.solids import flat

        del normal
        facet = flat(
            spike.vertices[spike.faces],
            np.asarray(colour, np.float32) * rng.uniform(0.75, 1.2, (len(spike.faces), 1)).astype(np.float32),
            0.9,
            glow,
        )
        a = k * 2.39996
        lean = 0.0 if k == 0 else float(rng.uniform(0.3, 0.75))
        parts.append(
            turned_by(
                facet,
                turned(yaw=a) @ turned(pitch=-lean),
                (0.05 * float(np.cos(a)) * (k > 0), 0.01, -0.05 * float(np.sin(a)) * (k > 0)),
            )
        )
    return gathered(parts, {"top": (0, 0.25, 0)})


def gem(colour: Colour) -> Figure:
    """A cut gem, 0.1 m, on its point."""
    from imagined.engines.illustrator.figures.solids import flat

    solid = lathe([(0.0, 0.0), (0.05, 0.045), (0.05, 0.05), (0.03, 0.065), (0.0, 0.065)], colour, 0.95, 12)
    tri = solid.vertices[solid.faces]
    rng = np.random.default_rng(2)
    facet = flat(
        tri,
        np.clip(np.asarray(colour, np.float32) * rng.uniform(0.6, 1.6, (len(tri), 1)).astype(np.float32), 0, 1),
        0.95,
        (colour[0] * 0.12, colour[1] * 0.12, colour[2] * 0.12),
    )
    return gathered([facet], {"top": (0, 0.065, 0)})


def skull(colour: Colour) -> Figure:
    """A human skull, 0.2 m, facing +x."""
    bone = Clay(blend=0.02)
    bone.ball((-0.015, 0.125, 0), (0.092, 0.078, 0.072), colour, 0.15)
    bone.ball((0.05, 0.075, 0), (0.045, 0.04, 0.05), colour, 0.15)
    bone.box((0.06, 0.03, 0), (0.028, 0.03, 0.034), 0.015, colour, 0.15)
    for side in (1, -1):
        bone.cone((0.06, 0.085, side * 0.05), (0.0, 0.085, side * 0.066), 0.013, 0.011, colour)
        bone.cone((0.07, 0.015, side * 0.02), (0.01, 0.055, side * 0.055), 0.016, 0.012, colour)
    bone.blend = 0.008
    for side in (1, -1):
        bone.ball((0.088, 0.105, side * 0.032), (0.026, 0.023, 0.024), colour, carved=True)
        bone.paint((0.072, 0.105, side * 0.032), (0.024, 0.023, 0.024), (0.02, 0.015, 0.012), 0.006)
    bone.ball((0.102, 0.072, 0), (0.014, 0.018, 0.011), colour, carved=True)
    bone.paint((0.092, 0.072, 0), (0.016, 0.018, 0.012), (0.03, 0.02, 0.015), 0.004)
    parts = [bone.mesh(0.005)]
    parts += [
        box((0.090 - 0.010 * abs(k) * abs(k) * 0.16, y, k * 0.0095), (0.010, 0.014, 0.0085), (0.86, 0.82, 0.70), 0.3)
        for k in range(-3, 4)
        for y in (0.046, 0.030)
    ]
    return gathered(parts, {"top": (0, 0.2, 0)})


def snow_globe(colour: Colour) -> Figure:
    """A snow globe with a little house and a tree, 0.16 m."""
    parts = [lathe([(0.0, 0.0), (0.065, 0.0), (0.062, 0.03), (0.05, 0.04), (0.0, 0.04)], colour, 0.4, 36)]
    parts.append(ball((0, 0.044, 0), (0.048, 0.012, 0.048), (0.88, 0.89, 0.91)))
    parts += [
        box((0.0, 0.066, 0.012), (0.03, 0.026, 0.03), (0.62, 0.3, 0.16)),
        turned_by(
            prism([(-0.02, 0.0), (0.02, 0.0), (0.0, 0.02)], 0.036, (0.86, 0.87, 0.9)),
            turned(yaw=np.pi / 2),
            (0.0, 0.078, 0.012),
        ),
        box((0.016, 0.064, 0.012), (0.002, 0.014, 0.009), (0.9, 0.7, 0.2), glow=(1.2, 0.8, 0.2)),
    ]
    parts += [
        lathe([(0.016 - 0.004 * k, 0.055 + 0.012 * k), (0.0, 0.073 + 0.013 * k)], (0.06, 0.24, 0.10), 0, 12).moved(
            (0.01, 0, -0.022)
        )
        for k in range(3)
    ]
    rng = np.random.default_rng(3)
    parts += [
        ball(
            (float(p[0]) * 0.05, 0.095 + float(p[1]) * 0.045, float(p[2]) * 0.05),
            0.0016,
            (0.95, 0.95, 0.97),
            glow=(0.4, 0.4, 0.4),
            segments=6,
        )
        for p in rng.uniform(-0.75, 0.75, (34, 3))
    ]
    parts += [
        ring((0, 0.095, 0), 0.06, 0.06, 0.0012, (0.75, 0.82, 0.86), 0.95, turn, 5, 48)
        for turn in (_LAID, _FACE_X, turned(yaw=0.8) @ _LAID, None)
    ]
    parts.append(ball((0.028, 0.128, 0.028), (0.010, 0.010, 0.010), (0.95, 0.95, 0.97), 0.5, glow=(0.7, 0.7, 0.7)))
    return gathered(parts, {"top": (0, 0.155, 0)})


def easel(colour: Colour) -> Figure:
    """An easel with a painting, 1.7 m, its face towards +x."""
    lean = turned(pitch=0.14)
    parts = [rod((0.12, 0.0, s * 0.36), (-0.08, 1.7, s * 0.05), 0.02, colour, 0.1) for s in (1, -1)]
    parts += [rod((-0.55, 0.0, 0), (-0.1, 1.6, 0), 0.02, colour, 0.1), box((0.09, 0.66, 0), (0.07, 0.03, 0.7), colour)]
    parts += [
        box((0.035, 1.05, 0), (0.025, 0.74, 0.90), (0.86, 0.84, 0.78), 0, lean),
        box((0.043, 1.05, 0), (0.022, 0.70, 0.86), (0.36, 0.58, 0.78), 0, lean),
    ]
    parts += [box((0.06, 0.86, 0), (0.020, 0.30, 0.86), (0.16, 0.36, 0.10), 0, lean)]

    def on(y: float, z: float) -> Point:
        return (0.050 - 0.14 * (y - 1.05), y, z)

    parts += [
        ball(on(1.0, -0.1), (0.012, 0.10, 0.24), (0.22, 0.42, 0.14), 0, lean),
        ball(on(1.26, 0.24), (0.012, 0.075, 0.075), (0.92, 0.74, 0.2), 0, lean),
        ball(on(0.98, 0.22), (0.012, 0.07, 0.2), (0.12, 0.30, 0.16), 0, lean),
    ]
    return gathered(parts, {"top": (0, 1.7, 0)})


def surfboard(colour: Colour, lying: bool = False) -> Figure:
    """A surfboard, 2 m, stuck upright in the sand or lying."""
    xs = [-1.0, -0.9, -0.6, -0.1, 0.4, 0.75, 0.93, 1.02]
    wides = [0.10, 0.17, 0.24, 0.27, 0.25, 0.17, 0.08, 0.01]
    parts = [
        loft([(x, 0.02 + 0.10 * max(x - 0.4, 0) ** 2, 0) for x in xs], wides, [0.03] * 7 + [0.01], colour, 0.6, 18),
        loft(
            [(x, 0.028 + 0.10 * max(x - 0.4, 0) ** 2, 0) for x in xs[:-1]],
            [0.022] * 7,
            [0.027] * 7,
            (0.75, 0.1, 0.06),
            0.6,
            10,
        ),
    ]
    parts.append(prism([(-0.95, 0.0), (-0.8, 0.0), (-0.95, -0.12)], 0.012, IRON))
    if lying:
        return gathered(parts, {"top": (0, 0.13, 0), "seat": (0, 0.13, 0)})
    return gathered(
        [turned_by(p, turned(yaw=np.pi / 2) @ turned(pitch=np.pi / 2 - 0.08)) for p in parts], {"top": (0, 2.0, 0)}
    )


def watering_can(colour: Colour) -> Figure:
    """A watering can, 0.45 m long."""
    parts = [
        lathe([(0.0, 0.0), (0.09, 0.0), (0.095, 0.01), (0.085, 0.19), (0.06, 0.2), (0.0, 0.19)], colour, 0.5, 32),
        tube([(0.07, 0.06, 0), (0.16, 0.13, 0), (0.25, 0.24, 0)], [0.02, 0.015, 0.012], colour, 0.5, 12),
    ]
    parts += [
        turned_by(
            lathe([(0.012, 0), (0.036, 0.03), (0.0, 0.036)], colour, 0.5, 20), turned(pitch=-0.85), (0.245, 0.235, 0)
        ),
        tube(
            [(-0.08, 0.17, 0), (-0.13, 0.24, 0), (-0.05, 0.30, 0), (0.05, 0.26, 0), (0.07, 0.19, 0)],
            [0.009] * 5,
            colour,
            0.5,
        ),
    ]
    return gathered(parts, {"top": (0, 0.2, 0), "grip": (-0.04, 0.295, 0)})


def basket(colour: Colour) -> Figure:
    """A wicker basket with fruit, 0.35 m."""
    parts = [lathe([(0.0, 0.0), (0.10, 0.0), (0.14, 0.11), (0.13, 0.11), (0.0, 0.09)], colour, 0, 32)]
    for k in range(7):
        parts.append(
            ring(
                (0, 0.008 + 0.016 * k, 0),
                0.104 + 0.0065 * k,
                0.104 + 0.0065 * k,
                0.009,
                (
                    colour[0] * (0.85 + 0.3 * (k % 2)),
                    colour[1] * (0.85 + 0.3 * (k % 2)),
                    colour[2] * (0.85 + 0.3 * (k % 2)),
                ),
                count=32,
            )
        )
    arc = [(0.0, 0.11 + 0.2 * float(np.sin(a)), 0.135 * float(np.cos(a))) for a in np.linspace(0, np.pi, 14)]
    parts.append(tube(arc, [0.010] * 14, colour))
    parts += [
        ball((0.06 * float(np.cos(a)), 0.115, 0.06 * float(np.sin(a))), 0.042, shade, 0.5)
        for a, shade in (
            (0.2, (0.62, 0.03, 0.03)),
            (1.5, (0.4, 0.5, 0.06)),
            (2.9, (0.62, 0.05, 0.03)),
            (4.4, (0.86, 0.4, 0.05)),
        )
    ]
    return gathered(parts, {"top": (0, 0.12, 0), "grip": (0, 0.31, 0)})


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


def lamp_magic(colour: Colour) -> Figure:
    """A genie's lamp, 0.3 m."""
    body = lathe(
        [
            (0.0, 0.0),
            (0.05, 0.0),
            (0.045, 0.012),
            (0.018, 0.025),
            (0.03, 0.04),
            (0.07, 0.06),
            (0.075, 0.075),
            (0.05, 0.095),
            (0.02, 0.105),
            (0.01, 0.125),
            (0.014, 0.135),
            (0.0, 0.145),
        ],
        colour,
        0.85,
        36,
        crease=0.9,
    )
    return gathered(
        [
            body,
            tube(
                [(0.06, 0.07, 0), (0.12, 0.075, 0), (0.17, 0.10, 0), (0.19, 0.115, 0)],
                [0.03, 0.02, 0.012, 0.014],
                colour,
                0.85,
                12,
            ),
            tube(
                [(-0.065, 0.08, 0), (-0.12, 0.11, 0), (-0.14, 0.07, 0), (-0.10, 0.05, 0), (-0.065, 0.06, 0)],
                [0.008] * 5,
                colour,
                0.85,
            ),
        ],
        {"top": (0, 0.14, 0)},
    )


def trophy(colour: Colour) -> Figure:
    """A cup for the winner, 0.35 m."""
    parts = [
        lathe([(0.0, 0.0), (0.07, 0.0), (0.07, 0.05), (0.0, 0.05)], WOOD, 0.4, 28),
        lathe(
            [
                (0.05, 0.05),
                (0.02, 0.075),
                (0.014, 0.12),
                (0.03, 0.14),
                (0.08, 0.2),
                (0.092, 0.33),
                (0.086, 0.33),
                (0.07, 0.22),
                (0.0, 0.16),
            ],
            colour,
            0.9,
            36,
            crease=0.9,
        ),
    ]
    parts += [
        tube(
            [(0, 0.30, s * 0.09), (0, 0.31, s * 0.14), (0, 0.24, s * 0.145), (0, 0.20, s * 0.08)],
            [0.008] * 4,
            colour,
            0.85,
        )
        for s in (1, -1)
    ]
    return gathered(parts, {"top": (0, 0.33, 0), "grip": (0, 0.1, 0)})


def barrel(colour: Colour) -> Figure:
    """A wooden barrel, 0.9 m."""
    profile = [
        (0.0, 0.0),
        (0.27, 0.0),
        (0.34, 0.25),
        (0.36, 0.45),
        (0.34, 0.65),
        (0.27, 0.9),
        (0.25, 0.87),
        (0.0, 0.87),
    ]
    body = lathe(profile, colour, 0.1, 48, crease=0.6)
    around = np.arctan2(body.vertices[:, 2], body.vertices[:, 0])
    tone = body.colours * (1 + 0.16 * np.sin(np.floor(around * 24 / (2 * np.pi)) * 2.7))[:, None]
    parts = [Mesh(body.vertices, body.faces, body.normals, np.clip(tone, 0, 1).astype(np.float32), body.gloss)]
    parts += [
        lathe([(r, y - 0.03), (r + 0.004, y + 0.03)], IRON, 0.4, 48)
        for r, y in ((0.295, 0.1), (0.348, 0.28), (0.348, 0.62), (0.297, 0.8))
    ]
    return gathered(parts, {"top": (0, 0.9, 0)})


def crate(colour: Colour) -> Figure:
    """A wooden crate, 0.7 m."""
    parts = [box((0, 0.35, 0), (0.66, 0.66, 0.66), (colour[0] * 0.75, colour[1] * 0.75, colour[2] * 0.75))]
    for a in (-1, 1):
        for b in (-1, 1):
            parts += [
                box((a * 0.31, 0.35, b * 0.31), (0.09, 0.70, 0.09), colour),
                box((0, 0.35 + a * 0.31, b * 0.31), (0.7, 0.09, 0.09), colour),
                box((a * 0.31, 0.35 + b * 0.31, 0), (0.09, 0.09, 0.7), colour),
            ]
    parts += [box((0, 0.35, s * 0.335), (0.08, 0.84, 0.02), colour, 0, turned(pitch=0.78)) for s in (1, -1)] + [
        box((s * 0.335, 0.35, 0), (0.02, 0.84, 0.08), colour, 0, turned(roll=0.78)) for s in (1, -1)
    ]
    return gathered(parts, {"top": (0, 0.7, 0), "seat": (0, 0.7, 0)}, 0.5)
