"""Houses, castles, lighthouses, windmills and towers of the countryside; metres, the front towards +x."""

from itertools import pairwise

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour
from imagined.engines.illustrator.figures.model import Figure, gathered, noise3
from imagined.engines.illustrator.figures.solids import ball, box, flat, lathe, prism, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined

_STONE: Colour = (0.46, 0.43, 0.38)
_WOOD: Colour = (0.24, 0.13, 0.06)


def _window(x: float, y: float, z: float, wide: float, high: float, lit: bool, side: bool = False) -> list[Mesh]:
    """A framed window in a wall that looks along x, or along z if `side`."""
    glow = (1.5, 0.85, 0.3) if lit else None
    glass = (0.5, 0.35, 0.15) if lit else (0.05, 0.08, 0.11)
    frame: Colour = (0.80, 0.78, 0.72)
    sizes = [
        (0.10, high + 0.18, wide + 0.18, frame, None),
        (0.14, high, wide, glass, glow),
        (0.17, high, 0.06, frame, None),
        (0.17, 0.06, wide, frame, None),
    ]
    parts = []
    for deep, tall, across, colour, light in sizes:
        size = (across, tall, deep) if side else (deep, tall, across)
        parts.append(box((x, y, z), size, colour, 0.5 if light is None and colour is glass else 0.0, glow=light))
    return parts


def house(colour: Colour, lit: bool, snowy: bool) -> Figure:
    """A cottage, 7 by 5.5 m, with a chimney, a door and a path side towards the viewer."""
    wall, roof = colour, (0.40, 0.13, 0.08)
    long, deep, high = 7.0, 5.4, 2.9
    parts = [box((0, high / 2, 0), (long, high, deep), wall), box((0, 0.18, 0), (long + 0.2, 0.36, deep + 0.2), _STONE)]
    gable = prism([(-deep / 2, high), (deep / 2, high), (0, high + 2.7)], long - 0.1, wall).moved(
        (0, 0, 0), yaw=np.pi / 2
    )
    parts.append(gable)
    for side in (1, -1):
        parts.append(_roof_side(long + 0.9, deep, high, side, (0.86, 0.88, 0.92) if snowy else roof))
    parts.append(box((-1.9, high + 2.2, -0.7), (0.75, 2.4, 0.75), (0.38, 0.17, 0.11)))
    parts.append(box((-1.9, high + 3.45, -0.7), (0.9, 0.16, 0.9), _STONE))
    front = deep / 2
    parts.append(box((0.2, 1.1, front), (1.15, 2.2, 0.18), (0.80, 0.78, 0.72)))
    parts.append(box((0.2, 1.06, front + 0.05), (0.95, 2.05, 0.18), (0.10, 0.22, 0.20)))
    parts.append(ball((0.55, 1.05, front + 0.18), 0.06, (0.75, 0.55, 0.15), 0.7))
    parts.append(box((0.2, 0.1, front + 0.5), (1.6, 0.2, 0.9), _STONE))
    for x in (-2.1, 2.35):
        parts += _window(x, 1.65, front, 1.15, 1.15, lit, side=True)
        for shutter in (-0.92, 0.92):
            parts.append(box((x + shutter, 1.65, front + 0.06), (0.5, 1.25, 0.08), (0.10, 0.22, 0.20)))
        parts.append(box((x, 0.95, front + 0.2), (1.3, 0.22, 0.3), _WOOD))
        for flower in np.linspace(-0.5, 0.5, 6):
            parts.append(
                ball(
                    (x + float(flower), 1.14, front + 0.24),
                    0.12,
                    (0.72, 0.10, 0.14) if not snowy else (0.85, 0.87, 0.9),
                    segments=8,
                )
            )
    for z in (-1.1, 1.1):
        parts += _window(long / 2, 1.65, z, 1.0, 1.1, lit)
    parts += _window(long / 2, 3.9, 0.0, 0.8, 0.9, lit)
    return gathered(parts, {"top": (0.0, high + 2.8, 0.0)})


def _roof_side(long: float, deep: float, high: float, side: int, colour: Colour) -> Mesh:
    """One slope of a gable roof as courses of tiles, each lapping the one below."""
    reach, rise = deep / 2 + 0.55, 2.7 * (deep / 2 + 0.55) / (deep / 2)
    courses = 11
    parts = []
    slope = float(np.arctan2(rise, reach))
    turn = np.array(
        [[1, 0, 0], [0, np.cos(slope), side * -np.sin(slope)], [0, side * np.sin(slope), np.cos(slope)]], np.float32
    )
    for index in range(courses):
        t = (index + 0.5) / courses
        centre = (0.0, high + 2.7 - rise * t + 0.1, side * reach * t)
        shade = 0.86 + 0.28 * ((index * 7) % 5) / 4
        tone = (min(colour[0] * shade, 1.0), min(colour[1] * shade, 1.0), min(colour[2] * shade, 1.0))
        parts.append(box(centre, (long, 0.12, float(np.hypot(reach, rise)) / courses * 1.18), tone, turn=turn))
    return joined(parts)


def lighthouse(colour: Colour, lit: bool, step: float) -> Figure:
    """A banded tower of 17 m on a rock, with its lamp house and gallery."""
    white: Colour = (0.86, 0.85, 0.82)
    parts = []
    edges = np.linspace(0, 13, 8)
    for index, (low, high) in enumerate(pairwise(edges)):
        radii = [2.15 - 0.075 * float(y) - 0.25 * (1 - float(np.exp(-y / 3))) for y in (low, high)]
        parts.append(lathe([(radii[0], float(low)), (radii[1], float(high))], colour if index % 2 else white, 0.2, 56))
    steel: Colour = (0.10, 0.11, 0.12)
    parts.append(lathe([(0.8, 12.7), (1.6, 12.95), (1.75, 13.0), (1.75, 13.2), (0.6, 13.2)], steel, 0.3, 48))
    for angle in np.linspace(0, 2 * np.pi, 16, endpoint=False):
        c, s = 1.68 * float(np.cos(angle)), 1.68 * float(np.sin(angle))
        parts.append(tube([(c, 13.2, s), (c, 14.1, s)], [0.035, 0.035], steel, sides=5))
    ring = [(1.68 * float(np.cos(a)), 14.1, 1.68 * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 40)]
    parts.append(tube(ring, [0.045] * 40, steel, sides=5))
    lamp = (5.5, 4.2, 2.0) if lit else (0.5, 0.42, 0.25)
    parts.append(lathe([(0.92, 13.2), (0.92, 15.0)], (0.5, 0.45, 0.3), 0.8, 24, glow=lamp))
    for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False):
        c, s = 0.97 * float(np.cos(angle)), 0.97 * float(np.sin(angle))
        parts.append(tube([(c, 13.2, s), (c, 15.0, s)], [0.05, 0.05], steel, sides=5))
    parts.append(
        lathe([(1.25, 14.95), (1.3, 15.1), (0.75, 16.0), (0.1, 16.5), (0.06, 17.4), (0.0, 17.4)], colour, 0.35, 40)
    )
    for y, turn in ((3.2, -1.1), (6.6, -0.9), (10.0, -1.25)):
        radius = 2.0 - 0.075 * y - 0.25
        place = (radius * float(np.cos(turn)), y, -radius * float(np.sin(turn)))
        parts.append(ball(place, (0.35, 0.55, 0.35), (0.04, 0.06, 0.08), 0.6))
    parts.append(box((0.6, 1.0, 2.0), (1.0, 2.0, 0.4), _WOOD))
    parts.append(rock(3.4, 2, step).moved((0.0, -1.35, 0.0)))
    return gathered(parts, {"top": (0.0, 17.4, 0.0), "lamp": (0.0, 14.1, 0.0)})


def rock(size: float, seed: int, step: float, colour: Colour = (0.30, 0.28, 0.26)) -> Mesh:
    """A weathered boulder, `size` metres across the half."""
    rng = np.random.default_rng(seed)
    stone = Clay(blend=size * 0.3)
    for _ in range(7):
        x, y, z = rng.normal(size=3) * np.array([0.42, 0.12, 0.42]) * size
        turn = np.linalg.qr(rng.normal(size=(3, 3)))[0].astype(np.float32)
        half = size * rng.uniform(0.3, 0.55, 3)
        stone.box(
            (float(x), float(y) + size * 0.1, float(z)),
            (float(half[0]), float(half[1]), float(half[2])),
            size * 0.1,
            colour,
            turn=turn,
        )

    def tint(points: Floats, normals: Floats, colours: Floats) -> Floats:
        grain = noise3(points * np.float32(6 / size)) * 0.16 + noise3(points * np.float32(17 / size)) * 0.12
        lichen = np.clip(normals[:, 1] * 1.4 - 0.6 + noise3(points * np.float32(3 / size)), 0, 1)[:, None] * 0.35
        base = colours * (1 + grain)[:, None]
        result: Floats = (base + (np.array((0.26, 0.27, 0.16), np.float32) - base) * lichen).astype(np.float32)
        return result

    return stone.mesh(max(step, size / 26), tint)


def boulder(seed: int, step: float) -> Figure:
    """A boulder to stand on, a man's height across."""
    made = gathered([rock(0.8, seed, step)], {}, 0.8)
    return Figure(made.mesh, {"top": (0.0, float(made.mesh.bounds[1][1]) * 0.92, 0.0)}, 0.8)


def castle(colour: Colour, lit: bool) -> Figure:
    """A fairy-tale castle: a keep, round towers with tall roofs, walls and a gate; 24 m tall."""
    roof: Colour = (0.09, 0.13, 0.27)
    parts = [*_keep(colour, lit)]
    towers = [
        (-6.5, 6.0, 1.7, 10.0),
        (6.5, 6.0, 1.7, 10.5),
        (-7.0, -5.5, 1.8, 12.5),
        (7.0, -5.5, 1.8, 13.0),
        (-2.3, -1.0, 1.5, 17.0),
        (2.6, -2.2, 1.9, 20.0),
        (0.3, 0.6, 1.1, 15.0),
    ]
    for x, z, radius, high in towers:
        parts += _tower(x, z, radius, high, colour, roof, lit)
    walls = [(-6.5, 6.0, 6.5, 6.0), (-6.5, 6.0, -7.0, -5.5), (6.5, 6.0, 7.0, -5.5), (-7.0, -5.5, 7.0, -5.5)]
    for x1, z1, x2, z2 in walls:
        parts += _wall(x1, z1, x2, z2, colour)
    parts.append(box((0, 3.0, 6.1), (4.4, 6.0, 1.9), colour))
    parts.append(box((0, 1.6, 6.75), (2.3, 3.2, 0.8), (0.10, 0.055, 0.03)))
    parts.append(ball((0, 3.2, 6.72), (1.15, 1.1, 0.4), (0.10, 0.055, 0.03)))
    for x in (-1.7, -0.57, 0.57, 1.7):
        parts.append(box((x, 6.3, 6.1), (0.62, 0.7, 1.9), colour))
    # The gate looks along z when built, along +x as all figures do.
    turned = [part.moved((0, 0, 0), yaw=np.pi / 2) for part in parts]
    return gathered(turned, {"top": (-2.2, 25.0, -2.6)})


def _keep(colour: Colour, lit: bool) -> list[Mesh]:
    tone = (colour[0] * 0.94, colour[1] * 0.94, colour[2] * 0.96)
    parts = [box((0, 5.5, -1.5), (7.0, 11.0, 5.5), tone)]
    for x in np.linspace(-3.2, 3.2, 7):
        parts.append(box((float(x), 11.35, 1.0), (0.6, 0.7, 0.5), tone))
    for x in (-2.2, 0.0, 2.2):
        for y in (5.0, 8.2):
            parts.append(
                box(
                    (x, y, 1.24),
                    (0.6, 1.5, 0.12),
                    (0.5, 0.35, 0.15) if lit else (0.05, 0.05, 0.07),
                    glow=(1.6, 0.9, 0.3) if lit else None,
                )
            )
    return parts


def _tower(x: float, z: float, radius: float, high: float, colour: Colour, roof: Colour, lit: bool) -> list[Mesh]:
    body = lathe(
        [(radius * 1.08, 0), (radius, 1.2), (radius, high - 0.9), (radius * 1.2, high - 0.3), (radius * 1.2, high)],
        colour,
        segments=28,
    )
    cap = lathe(
        [(radius * 1.42, high - 0.05), (radius * 0.62, high + radius * 1.75), (0.07, high + radius * 3.4)],
        roof,
        0.2,
        28,
    )
    pole = tube(
        [(0, high + radius * 3.3, 0), (0, high + radius * 3.3 + 1.5, 0)], [0.05, 0.04], (0.2, 0.15, 0.1), sides=5
    )
    flag = prism(
        [(0.0, high + radius * 3.3 + 0.9), (1.2, high + radius * 3.3 + 1.15), (0.0, high + radius * 3.3 + 1.45)],
        0.04,
        (0.70, 0.06, 0.05),
    )
    parts = [body, cap, pole, flag]
    glow = (1.6, 0.9, 0.3) if lit else None
    for y in (high * 0.45, high * 0.78):
        parts.append(
            box((0, y, radius * 0.98), (0.34, 1.0, 0.2), (0.5, 0.35, 0.15) if lit else (0.05, 0.05, 0.07), glow=glow)
        )
    return [part.moved((x, 0.0, z)) for part in parts]


def _wall(x1: float, z1: float, x2: float, z2: float, colour: Colour) -> list[Mesh]:
    long = float(np.hypot(x2 - x1, z2 - z1))
    yaw = -float(np.arctan2(z2 - z1, x2 - x1))
    parts = [box((0, 2.4, 0), (long, 4.8, 1.0), (colour[0] * 0.9, colour[1] * 0.9, colour[2] * 0.9))]
    for x in np.arange(-long / 2 + 0.6, long / 2 - 0.3, 1.2):
        parts.append(box((float(x), 5.1, 0.3), (0.65, 0.7, 0.4), colour))
    return [part.moved(((x1 + x2) / 2, 0.0, (z1 + z2) / 2), yaw=yaw) for part in parts]


def windmill(colour: Colour, lit: bool) -> Figure:
    """A tower mill, 12 m to the cap, with four latticed sails."""
    parts = [lathe([(2.9, 0), (2.1, 6.0), (1.75, 9.2)], colour, 0.0, 36)]
    parts.append(lathe([(2.05, 9.1), (2.0, 9.6), (1.2, 11.0), (0.0, 11.6)], (0.30, 0.14, 0.07), 0.1, 36))
    hub = (2.5, 9.9, 0.0)
    parts.append(tube([(0.0, 9.9, 0.0), hub], [0.3, 0.24], _WOOD))
    for angle in np.array([0.35, 0.35 + np.pi / 2, 0.35 + np.pi, 0.35 + 1.5 * np.pi]):
        y, z = float(np.cos(angle)), float(np.sin(angle))
        parts.append(tube([hub, (hub[0], hub[1] + y * 6.6, z * 6.6)], [0.14, 0.09], _WOOD))
        across = (-z, y)
        for reach in np.linspace(1.6, 6.4, 9):
            a = (hub[0], hub[1] + y * float(reach), z * float(reach))
            b = (hub[0], a[1] + across[0] * 1.35, a[2] + across[1] * 1.35)
            parts.append(tube([a, b], [0.045, 0.045], _WOOD, sides=5))
        cloth = np.array([[(1.6, 0.1), (6.4, 0.1), (6.4, 1.3), (1.6, 1.3)]], np.float32)[0]
        corners = np.array(
            [(hub[0] - 0.05, hub[1] + y * r + across[0] * o, z * r + across[1] * o) for r, o in cloth], np.float32
        )
        parts.append(flat(np.array([corners[[0, 1, 2]], corners[[0, 2, 3]]]), (0.84, 0.80, 0.70)))
    for y, out in ((2.2, 2.65), (5.6, 2.15)):
        parts += _window(out - 0.05, y, 0.0, 0.7, 0.9, lit)
    parts.append(box((2.2, 1.0, 1.75), (1.0, 2.0, 0.5), _WOOD, turn=None))
    return gathered(parts, {"top": (0.0, 11.6, 0.0)})


def barn(colour: Colour, lit: bool, snowy: bool) -> Figure:
    """A red barn with white trim, 9 by 7 m."""
    deep, long, high = 6.6, 9.0, 3.6
    white: Colour = (0.82, 0.80, 0.76)
    roof: Colour = (0.86, 0.88, 0.92) if snowy else (0.20, 0.19, 0.19)
    outline = [
        (-deep / 2, 0.0),
        (deep / 2, 0.0),
        (deep / 2, high),
        (deep * 0.32, high + 1.7),
        (0.0, high + 2.6),
        (-deep * 0.32, high + 1.7),
        (-deep / 2, high),
    ]
    parts = [prism(outline, long, colour)]
    eaves = [
        (deep / 2 + 0.3, high - 0.25),
        (deep * 0.32, high + 1.8),
        (0.0, high + 2.75),
        (-deep * 0.32, high + 1.8),
        (-deep / 2 - 0.3, high - 0.25),
    ]
    for (x1, y1), (x2, y2) in pairwise(eaves):
        parts.append(
            prism(
                [(x2, y2), (x1, y1), (x1, y1 + 0.2), (x2, y2 + 0.2)]
                if x1 > x2
                else [(x1, y1), (x2, y2), (x2, y2 + 0.2), (x1, y1 + 0.2)],
                long + 0.7,
                roof,
            )
        )
    front = long / 2
    parts.append(box((0, 1.4, front), (2.6, 2.8, 0.16), (colour[0] * 0.8, colour[1] * 0.8, colour[2] * 0.8)))
    for x, y, wide, tall, tilt in (
        (-1.3, 1.4, 0.16, 2.9, 0.0),
        (1.3, 1.4, 0.16, 2.9, 0.0),
        (0, 2.8, 2.76, 0.16, 0.0),
        (0, 1.4, 0.14, 3.6, 0.74),
        (0, 1.4, 0.14, 3.6, -0.74),
    ):
        c, s = float(np.cos(tilt)), float(np.sin(tilt))
        parts.append(
            box(
                (x, y, front + 0.06),
                (wide, tall, 0.14),
                white,
                turn=np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], np.float32),
            )
        )
    parts += _window(0.0, high + 0.9, front, 0.9, 0.9, lit, side=True)
    turned = [part.moved((0, 0, 0), yaw=np.pi / 2) for part in parts]
    return gathered(turned, {"top": (0.0, high + 2.7, 0.0)})
