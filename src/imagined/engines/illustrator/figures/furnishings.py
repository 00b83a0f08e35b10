"""Plants, clocks, mirrors, rugs, curtains, statues and the like; metres."""

import numpy as np

from imagined.engines.illustrator.figures.carpentry import BRASS, cushion, facing, ring, slabs
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.lights import dimmed
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.paintings import tilted
from imagined.engines.illustrator.figures.solids import ball, box, lathe, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh


def plant_pot(colour: Colour, seed: int, tall: float = 0.9) -> Figure:
    """A leafy house plant in a pot."""
    rng = np.random.default_rng(seed + 17)
    r = tall * 0.17
    earthen = [
        (0.0, 0.0),
        (r * 0.72, 0.0),
        (r, tall * 0.3),
        (r * 1.08, tall * 0.3),
        (r * 1.08, tall * 0.34),
        (r * 0.9, tall * 0.34),
        (r * 0.9, tall * 0.31),
        (0.0, tall * 0.31),
    ]
    parts = [lathe(earthen, colour, 0.15, 28)]
    for index in range(17):
        angle = index * 2.4 + float(rng.uniform(-0.3, 0.3))
        up = tall * float(rng.uniform(0.55, 1.0)) * (1 - 0.012 * index)
        out = tall * float(rng.uniform(0.16, 0.42))
        parts.append(
            _leaf(angle, out, tall * 0.3, up, tall * float(rng.uniform(0.07, 0.11)), float(rng.uniform(0.7, 1.25)))
        )
    return facing(parts, {"top": (0.0, tall, 0.0)}, tall * 0.6)


def _leaf(angle: float, out: float, low: float, up: float, wide: float, tone: float) -> Mesh:
    c, s = float(np.cos(angle)), float(np.sin(angle))

    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        along = u
        reach = out * along**1.3
        rise = low + (up - low) * np.sin(along * 2.0) / np.sin(2.0) * (0.55 + 0.45 * along)
        half = wide * np.abs(np.sin(np.clip((along - 0.25) / 0.75, 0, 1) * np.pi)) ** 0.8 + 0.004
        across = (v - 0.5) * 2 * half
        return reach * c - across * s, rise - np.abs(v - 0.5) * half * 0.6, reach * s + across * c

    return sheet(shape, (0.05 * tone, 0.17 * tone, 0.045 * tone), 0.004, 9, 5, 0.25)


def clock(colour: Colour) -> Figure:
    """A wall clock, 0.36 m across, at ten past ten."""
    face = lathe([(0.165, 0.0), (0.0, 0.001)], (0.85, 0.83, 0.77), 0.2, 40)
    turn = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], np.float32)
    rim = ring(0.17, 0.02, colour, 0.4)
    parts = [tilted(face, turn, (0.0, 0.18, 0.012)), tilted(rim, turn, (0.0, 0.18, 0.02))]
    ticks = [
        ((0.14 * float(np.sin(a)), 0.18 + 0.14 * float(np.cos(a)), 0.016), (0.012, 0.012, 0.003))
        for a in np.arange(12) * np.pi / 6
    ]
    parts.append(slabs(ticks, (0.03, 0.03, 0.03)))
    for angle, length in ((-1.05, 0.08), (1.05, 0.12)):
        tip = (length * float(np.sin(angle)), 0.18 + length * float(np.cos(angle)), 0.02)
        parts.append(tube([(0.0, 0.18, 0.02), tip], [0.006, 0.004], (0.02, 0.02, 0.02)))
    return facing(parts, {"top": (0.0, 0.36, 0.0)})


def grandfather_clock(colour: Colour) -> Figure:
    """A long-case clock, 2.05 m."""
    parts = [
        slabs(
            [((0, 0.2, 0), (0.52, 0.4, 0.32)), ((0, 0.95, 0), (0.38, 1.15, 0.26)), ((0, 1.72, 0), (0.52, 0.5, 0.32))],
            colour,
            0.2,
        )
    ]
    parts.append(slabs([((0, 2.0, 0), (0.6, 0.07, 0.38)), ((0, 0.03, 0), (0.58, 0.06, 0.36))], colour, 0.2))
    parts.append(slabs([((0, 0.95, 0.132), (0.24, 0.95, 0.01))], (0.03, 0.022, 0.016), 0.5))
    parts.append(tube([(0, 1.4, 0.14), (0.03, 0.72, 0.14)], [0.006, 0.006], BRASS, 0.5))
    parts.append(cushion((0.032, 0.68, 0.142), (0.13, 0.13, 0.02), BRASS, 0.9, 0.6, 20))
    parts += [part.moved((0.0, 1.55, 0.16)) for part in _unturned(clock(BRASS))]
    return facing(parts, {"top": (0.0, 2.04, 0.0)}, 0.5)


def _unturned(made: Figure) -> list[Mesh]:
    """A figure's mesh, its front at +z again."""
    return [made.mesh.moved((0.0, 0.0, 0.0), yaw=-np.pi / 2)]


def mirror(colour: Colour) -> Figure:
    """A standing mirror in a frame, 1.7 m."""
    parts = [cushion((0, 0.95, 0.0), (0.66, 1.5, 0.05), colour, 0.22, 0.4)]
    glass = cushion((0, 0.95, 0.022), (0.54, 1.36, 0.02), (0.34, 0.38, 0.41), 0.2, 1.0)
    parts.append(glass)
    parts.append(slabs([((0, 0.12, -0.02), (0.5, 0.05, 0.3))], colour, 0.2))
    parts += [tube([(x, 0.0, 0.2), (x, 0.12, 0), (x, 0.0, -0.25)], [0.02] * 3, colour) for x in (-0.28, 0.28)]
    return facing(parts, {"top": (0.0, 1.72, 0.0)}, 0.6)


def rug(colour: Colour, wide: float = 2.4, deep: float = 1.6, round_: bool = False) -> Figure:
    """A woven rug with borders, lying on the ground."""
    pale = (min(colour[0] * 0.5 + 0.4, 1), min(colour[1] * 0.5 + 0.33, 1), min(colour[2] * 0.5 + 0.24, 1))
    deepest = dimmed(colour, 0.5)
    if round_:
        r = wide / 2
        rings = [
            (r, 0.0),
            (r, 0.008),
            (r * 0.93, 0.011),
            (r * 0.88, 0.011),
            (r * 0.7, 0.0112),
            (r * 0.64, 0.0112),
            (r * 0.3, 0.0114),
            (0.0, 0.0115),
        ]
        tones = [colour, colour, pale, colour, pale, colour, deepest]
        return facing([lathe(rings, tones, 0.0, 64)], {"top": (0.0, 0.012, 0.0), "seat": (0.0, 0.012, 0.0)}, wide)
    parts = []
    for index, (inset, tone) in enumerate(((0.0, colour), (0.07, pale), (0.1, deepest), (0.2, pale), (0.225, colour))):
        high = 0.008 + 0.001 * index
        parts.append(box((0, high / 2, 0), (wide - 2 * inset, high, deep - 2 * inset), tone))
    diamonds = []
    for x in np.arange(-wide / 2 + 0.45, wide / 2 - 0.3, 0.3):
        for z in (-0.25, 0.0, 0.25):
            diamonds.append((float(x) + (0.15 if z else 0.0), z * deep / 1.2))
    turn = np.array([[0.7071, 0, 0.7071], [0, 1, 0], [-0.7071, 0, 0.7071]], np.float32)
    parts += [
        box((x, 0.007, z), (0.1, 0.013, 0.1), pale if index % 2 else deepest, turn=turn)
        for index, (x, z) in enumerate(diamonds)
    ]
    return facing(parts, {"top": (0.0, 0.014, 0.0), "seat": (0.0, 0.014, 0.0)}, wide)


def curtain(colour: Colour, wide: float, high: float, gather: float = 0.0, folds: float = 9.0) -> Figure:
    """Hanging cloth in folds, drawn together at two fifths of its height by `gather` (0 to 1) towards -x."""

    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        y = u * high
        waist = np.exp(-(((u - 0.4) / 0.26) ** 2)) * gather * 0.62
        x = -wide / 2 + v * wide * (1 - waist)
        swell = 0.02 + 0.022 * (1 - u) + 0.012 * waist
        fold = np.sin(v * folds * 2 * np.pi + 0.5 * np.sin(u * 3 + v * 9))
        return x, y, (swell * fold + 0.012 * np.sin(v * folds * 4.4 * np.pi)).astype(np.float32)

    return facing([sheet(shape, colour, 0.008, 26, int(folds * 14))], {}, wide)


def logs(seed: int = 3) -> list[Mesh]:
    """A stack of firewood, 0.5 m wide."""
    rng = np.random.default_rng(seed)
    parts = []
    for index in range(9):
        row, column = divmod(index, 4)
        x = -0.21 + column * 0.13 + 0.065 * (row % 2)
        radius = float(rng.uniform(0.055, 0.066))
        bark = tube(
            [(x, 0.06 + row * 0.11, -0.18), (x, 0.06 + row * 0.11, 0.18)],
            [radius, radius],
            (0.14, 0.08, 0.045),
            sides=10,
        )
        parts.append(bark)
        parts.append(
            ball((x, 0.06 + row * 0.11, 0.18), (radius * 0.86, radius * 0.86, 0.004), (0.52, 0.36, 0.19), segments=12)
        )
    return parts


def bust(colour: Colour) -> Figure:
    """A marble bust on a pedestal, 1.75 m."""
    parts = [
        slabs(
            [((0, 0.06, 0), (0.46, 0.12, 0.46)), ((0, 0.6, 0), (0.36, 1.0, 0.36)), ((0, 1.13, 0), (0.46, 0.07, 0.46))],
            (0.42, 0.40, 0.37),
            0.1,
        )
    ]
    parts.append(lathe([(0.0, 1.165), (0.11, 1.165), (0.07, 1.2), (0.06, 1.25)], colour, 0.3, 24))
    parts.append(cushion((0, 1.31, 0), (0.42, 0.2, 0.22), colour, 0.75, 0.25))
    parts.append(tube([(0, 1.36, 0), (0, 1.5, 0.01)], [0.06, 0.052], colour, 0.25))
    parts.append(ball((0, 1.6, 0.01), (0.085, 0.115, 0.1), colour, 0.25, segments=28))
    parts.append(ball((0, 1.65, -0.02), (0.095, 0.09, 0.1), colour, 0.25, segments=20))
    parts.append(tube([(0, 1.62, 0.105), (0, 1.585, 0.125), (0, 1.575, 0.105)], [0.012, 0.018, 0.016], colour, 0.25))
    return facing(parts, {"top": (0.0, 1.72, 0.0)}, 0.4)


def amphora(colour: Colour) -> Figure:
    """An ancient vase on a pedestal, 1.5 m."""
    dark: Colour = (0.03, 0.025, 0.022)
    parts = [
        slabs(
            [((0, 0.05, 0), (0.42, 0.1, 0.42)), ((0, 0.45, 0), (0.34, 0.75, 0.34)), ((0, 0.86, 0), (0.42, 0.06, 0.42))],
            (0.46, 0.44, 0.41),
            0.1,
        )
    ]
    profile = [
        (0.0, 0.89),
        (0.07, 0.89),
        (0.05, 0.93),
        (0.14, 1.08),
        (0.165, 1.18),
        (0.15, 1.27),
        (0.07, 1.36),
        (0.055, 1.45),
        (0.085, 1.48),
        (0.06, 1.485),
    ]
    tones = [dark, dark, colour, dark, colour, dark, colour, dark, dark]
    parts.append(lathe(profile, tones, 0.5, 40, crease=1.0))
    for side in (-1, 1):
        parts.append(
            tube(
                [(side * 0.06, 1.43, 0), (side * 0.15, 1.42, 0), (side * 0.15, 1.3, 0), (side * 0.13, 1.25, 0)],
                [0.012] * 4,
                dark,
                0.4,
            )
        )
    return facing(parts, {"top": (0.0, 1.48, 0.0)}, 0.4)


def column(tall: float, radius: float, colour: Colour) -> Figure:
    """A stone column with base and capital."""
    r, h = radius, tall
    shaft = [
        (r * 1.35, 0.0),
        (r * 1.35, 0.12),
        (r * 1.1, 0.2),
        (r, 0.26),
        (r * 0.93, h - 0.42),
        (r * 1.02, h - 0.38),
        (r * 1.3, h - 0.16),
        (r * 1.42, h - 0.14),
        (r * 1.42, h),
    ]
    return facing([lathe(shaft, colour, 0.08, 28)], {"top": (0.0, tall, 0.0)}, radius * 2)


def ladder(tall: float, colour: Colour) -> Figure:
    """A library ladder that leans back against the shelves at -x."""
    parts = []
    lean = tall * 0.2
    for x in (-0.22, 0.22):
        parts.append(tube([(x, 0.0, lean), (x, tall, 0.0)], [0.026, 0.024], colour, 0.15))
    for y in np.arange(0.3, tall - 0.05, 0.29):
        z = lean * (1 - float(y) / tall)
        parts.append(tube([(-0.22, float(y), z), (0.22, float(y), z)], [0.017, 0.017], colour, 0.15))
    return facing(parts, {"top": (0.0, tall, 0.0)}, 0.5)
