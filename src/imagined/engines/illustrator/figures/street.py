"""What stands out of doors: benches, lamps, signs, fountains, barrels, easels; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point, turned
from imagined.engines.illustrator.figures.model import Figure, gathered, noise3
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, slab, turned_by
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
                    min(colour[0] * (0.85 + 0.3 * (k % 2)), 1.0),
                    min(colour[1] * (0.85 + 0.3 * (k % 2)), 1.0),
                    min(colour[2] * (0.85 + 0.3 * (k % 2)), 1.0),
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
