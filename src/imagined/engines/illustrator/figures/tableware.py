"""Small things on tables, shelves and counters: bottles, glasses, jars, plates, a globe, a coffee machine; metres."""

import numpy as np

from imagined.engines.illustrator.figures.carpentry import BRASS, IRON, cushion, ring, slabs
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh, joined


def bottle(colour: Colour, tall: float = 0.3) -> Mesh:
    """A bottle with a label."""
    r = tall * 0.125
    line = [
        (0.0, 0.0),
        (r, 0.0),
        (r, tall * 0.2),
        (r, tall * 0.45),
        (r, tall * 0.58),
        (r * 0.35, tall * 0.74),
        (r * 0.35, tall),
        (0.0, tall),
    ]
    tones = [colour, colour, (0.8, 0.76, 0.64), colour, colour, colour, colour]
    return lathe(line, tones, 0.7, 18, crease=0.9)


def jar(colour: Colour, tall: float = 0.16) -> Mesh:
    """A jar with a lid."""
    r = tall * 0.34
    line = [
        (0.0, 0.0),
        (r, 0.0),
        (r, tall * 0.78),
        (r * 0.8, tall * 0.84),
        (r * 0.86, tall * 0.86),
        (r * 0.86, tall),
        (0.0, tall),
    ]
    return lathe(line, [colour, colour, colour, (0.3, 0.2, 0.1), (0.3, 0.2, 0.1), (0.34, 0.24, 0.13)], 0.4, 20)


def wine_glass(wine: Colour = (0.22, 0.012, 0.03)) -> Mesh:
    """A glass of wine, 0.2 m."""
    glass: Colour = (0.55, 0.58, 0.6)
    line = [(0.0, 0.0), (0.035, 0.002), (0.004, 0.01), (0.004, 0.09), (0.036, 0.125), (0.038, 0.15)]
    parts = [lathe([*line, (0.0, 0.151)], [glass, glass, glass, wine, wine, wine], 0.8, 22, crease=1.2)]
    parts.append(ring(0.034, 0.0013, (0.8, 0.82, 0.84), 0.8).moved((0.0, 0.2, 0.0)))
    return joined(parts)


def plate(rim: Colour = (0.82, 0.81, 0.78)) -> Mesh:
    """A dinner plate."""
    return lathe([(0.06, 0.0), (0.125, 0.014), (0.127, 0.017), (0.08, 0.007), (0.0, 0.006)], rim, 0.5, 36)


def paint_jar(colour: Colour, seed: int) -> Mesh:
    """A pot of paint with brushes in it."""
    rng = np.random.default_rng(seed)
    parts = [
        lathe(
            [(0.0, 0.0), (0.045, 0.0), (0.048, 0.11), (0.04, 0.11), (0.04, 0.09), (0.0, 0.09)],
            [(0.6, 0.58, 0.53)] * 3 + [colour, colour],
            0.3,
            20,
        )
    ]
    for _ in range(3):
        x, z = rng.uniform(-0.05, 0.05, 2)
        tip = (float(x), 0.27 + float(rng.uniform(0, 0.06)), float(z))
        parts.append(tube([(0.0, 0.06, 0.0), tip], [0.005, 0.004], (0.5, 0.32, 0.14)))
        parts.append(ball((tip[0], tip[1] + 0.015, tip[2]), (0.009, 0.022, 0.009), colour, segments=8))
    return joined(parts)


def globe() -> Mesh:
    """A globe on a stand, 0.42 m."""
    sphere = ball((0.0, 0.24, 0.0), 0.15, (0.12, 0.28, 0.42), 0.4, segments=48)
    p = sphere.vertices * 9
    land = np.sin(p[:, 0] * 1.7 + 1) * np.cos(p[:, 2] * 2.1) + np.sin(p[:, 1] * 2.3 + p[:, 0]) * 0.7 > 0.35
    tones = np.where(land[:, None], np.array((0.36, 0.34, 0.14), np.float32), sphere.colours).astype(np.float32)
    parts = [Mesh(sphere.vertices, sphere.faces, sphere.normals, tones, sphere.gloss)]
    parts.append(lathe([(0.0, 0.0), (0.1, 0.0), (0.1, 0.02), (0.02, 0.04), (0.012, 0.1)], BRASS, 0.4, 24))
    arc = [(0.165 * float(np.cos(a)), 0.24 + 0.165 * float(np.sin(a)), 0.0) for a in np.linspace(-1.6, 1.6, 18)]
    parts.append(tube(arc, [0.007] * 18, BRASS, 0.4))
    return joined(parts)


def coffee_machine() -> Mesh:
    """An espresso machine, 0.7 m wide, its front at +z."""
    steel: Colour = (0.52, 0.53, 0.55)
    parts = [cushion((0, 0.3, 0), (0.72, 0.24, 0.42), (0.42, 0.05, 0.04), 0.2, 0.6)]
    parts.append(
        slabs(
            [
                ((0, 0.05, 0.02), (0.7, 0.1, 0.44)),
                ((0, 0.15, -0.16), (0.66, 0.16, 0.08)),
                ((0, 0.43, 0), (0.7, 0.02, 0.4)),
            ],
            steel,
            0.6,
        )
    )
    for x in (-0.2, 0.0, 0.2):
        parts.append(tube([(x, 0.19, 0.12), (x, 0.14, 0.12)], [0.035, 0.03], steel, 0.7))
        parts.append(tube([(x, 0.16, 0.13), (x, 0.15, 0.3)], [0.014, 0.017], IRON, 0.3))
    for x in (-0.28, -0.14, 0.0, 0.14, 0.28):
        for z in (-0.1, 0.06):
            parts.append(
                lathe([(0.03, 0.44), (0.04, 0.51), (0.034, 0.505), (0.0, 0.46)], (0.8, 0.78, 0.74), 0.5, 16).moved(
                    (x, 0, z)
                )
            )
    return joined(parts)


def cake_stand() -> Mesh:
    """A cake under its glass, seen as icing and crumbs."""
    parts = [
        lathe(
            [(0.0, 0.0), (0.07, 0.0), (0.02, 0.02), (0.018, 0.1), (0.15, 0.12), (0.15, 0.13), (0.0, 0.13)],
            (0.8, 0.78, 0.74),
            0.5,
            32,
        )
    ]
    parts.append(
        lathe(
            [(0.0, 0.13), (0.11, 0.13), (0.115, 0.16), (0.11, 0.2), (0.0, 0.21)],
            [(0.4, 0.22, 0.1), (0.75, 0.5, 0.42), (0.8, 0.6, 0.5), (0.86, 0.7, 0.62)],
            0.2,
            32,
        )
    )
    parts += [
        ball((0.07 * float(np.cos(a)), 0.215, 0.07 * float(np.sin(a))), 0.014, (0.6, 0.03, 0.05), 0.5, segments=10)
        for a in np.arange(8) * np.pi / 4
    ]
    return joined(parts)


def shelf_of(things: list[Mesh], wide: float, colour: Colour) -> Mesh:
    """A wall shelf, `wide` metres, with things spread along it; its back at z = 0, the board at y = 0."""
    parts = [box((0.0, -0.015, 0.13), (wide, 0.03, 0.26), colour, 0.15)]
    parts += [box((x, -0.1, 0.08), (0.03, 0.16, 0.16), colour) for x in (-wide * 0.4, wide * 0.4)]
    for index, thing in enumerate(things):
        x = -wide / 2 + wide * (index + 0.5) / len(things)
        parts.append(thing.moved((x, 0.0, 0.13)))
    return joined(parts)
