"""Small things as they are held: smaller, or with a grip where the hand goes; metres."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures import baking, desk, drinks, food, gear, objects, street, toys
from imagined.engines.illustrator.figures.clay import Colour, Point, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import ring, rod, sheet_of, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.figures.things import apple

wine_glass, ice_cream = drinks.wine_glass, baking.ice_cream
suitcase, watering_can, basket = gear.suitcase, street.watering_can, street.basket


def _gripped(made: Figure, at: Point, scale: float = 1.0) -> Figure:
    mesh = made.mesh.moved((0, 0, 0), scale=scale)
    return replace(made, mesh=mesh, anchors={"grip": at})


def bloom(colour: Colour) -> Figure:
    """One flower on its stem."""
    parts = [tube([(0, 0, 0), (0.004, 0.14, 0), (0, 0.28, 0)], [0.0045] * 3, (0.10, 0.30, 0.06))]
    for a in np.linspace(0, 2 * np.pi, 8, endpoint=False):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            ball(
                (0.042 * c, 0.295, 0.042 * s),
                (0.034, 0.011, 0.020),
                colour,
                0.1,
                turned(yaw=-a) @ turned(pitch=0.35),
                segments=12,
            )
        )
    parts += [
        ball((0, 0.30, 0), (0.022, 0.015, 0.022), (0.85, 0.6, 0.08)),
        ball((0.035, 0.12, 0), (0.04, 0.005, 0.015), (0.12, 0.34, 0.08), 0, turned(pitch=0.5)),
    ]
    return gathered([turned_by(p, turned(pitch=-0.35)) for p in parts], {"grip": (0.02, 0.06, 0)})


def bouquet(colour: Colour) -> Figure:
    """A bunch of flowers in paper."""
    parts = [lathe([(0.02, 0.0), (0.035, 0.1), (0.09, 0.24), (0.10, 0.27), (0.0, 0.24)], (0.84, 0.80, 0.70), 0.05, 20)]
    tones: tuple[Colour, ...] = (colour, (0.86, 0.84, 0.8), (0.80, 0.10, 0.16), (0.86, 0.6, 0.12))
    for k in range(15):
        a, r = k * 2.39996, 0.085 * float(np.sqrt((k + 0.5) / 15))
        x, z, y = r * float(np.cos(a)), r * float(np.sin(a)), 0.31 - 3.0 * r * r
        parts += [
            ball((x, y, z), (0.032, 0.026, 0.032), tones[k % 4], 0.1, segments=10),
            ball((x, y + 0.022, z), 0.011, (0.85, 0.65, 0.2), segments=8),
        ]
    parts += [
        ball(
            (0.105 * float(np.cos(a)), 0.26, 0.105 * float(np.sin(a))),
            (0.035, 0.012, 0.02),
            (0.10, 0.32, 0.08),
            0,
            turned(yaw=-a),
            segments=8,
        )
        for a in np.linspace(0, 6, 9)
    ]
    parts.append(ring((0, 0.1, 0), 0.04, 0.04, 0.010, colour))
    return gathered(parts, {"grip": (0, 0.08, 0)})


def mug(colour: Colour) -> Figure:
    """A mug without its saucer."""
    parts = [
        lathe(
            [(0.0, 0.0), (0.036, 0.0), (0.04, 0.006), (0.041, 0.085), (0.037, 0.085), (0.036, 0.07), (0.0, 0.07)],
            [colour, colour, colour, colour, colour, (0.09, 0.035, 0.014)],
            0.6,
            32,
        )
    ]
    parts.append(
        tube([(0.04, 0.07, 0), (0.065, 0.068, 0), (0.07, 0.04, 0), (0.04, 0.02, 0)], [0.006] * 4, colour, 0.6, 10)
    )
    return gathered(parts, {"grip": (0.0, 0.045, -0.04)})


def gift_small(colour: Colour) -> Figure:
    """A present to be carried."""
    return _gripped(objects.gift(colour), (-0.06, 0.03, 0), 0.75)


def teddy_small(colour: Colour) -> Figure:
    """A teddy bear in the arms."""
    return _gripped(toys.teddy_bear(colour, 0.01), (0.05, 0.10, 0), 0.85)


def cake_small(colour: Colour) -> Figure:
    """A birthday cake to be carried."""
    return _gripped(baking.cake(colour), (-0.10, 0.02, 0), 0.9)


def tray(colour: Colour) -> Figure:
    """A tray with a bottle and glasses."""
    parts = [
        lathe([(0.0, 0.0), (0.16, 0.0), (0.175, 0.014), (0.17, 0.014), (0.155, 0.006), (0.0, 0.006)], colour, 0.7, 36)
    ]
    parts += [
        drinks.bottle((0.02, 0.10, 0.04)).mesh.moved((-0.03, 0.005, -0.05), scale=0.8),
        drinks.wine_glass((0.35, 0.02, 0.05)).mesh.moved((0.06, 0.005, 0.0), scale=0.85),
        drinks.wine_glass((0.75, 0.6, 0.2)).mesh.moved((-0.03, 0.005, 0.07), scale=0.85),
    ]
    return gathered(parts, {"grip": (0, -0.02, 0)})


def football(colour: Colour) -> Figure:
    """A football of black and white patches."""
    parts = [ball((0, 0.11, 0), 0.11, colour, 0.3, segments=36)]
    golden = (1 + 5**0.5) / 2
    for x, y, z in (
        [(0, s, t * golden) for s in (1, -1) for t in (1, -1)]
        + [(s, t * golden, 0) for s in (1, -1) for t in (1, -1)]
        + [(t * golden, 0, s) for s in (1, -1) for t in (1, -1)]
    ):
        n = np.array((x, y, z)) / np.hypot(1, golden)
        parts.append(
            ball(
                (float(n[0]) * 0.085, 0.11 + float(n[1]) * 0.085, float(n[2]) * 0.085),
                0.038,
                (0.02, 0.02, 0.022),
                0.3,
                segments=14,
            )
        )
    return gathered(parts, {"grip": (-0.05, 0.09, 0), "top": (0, 0.22, 0)})


def briefcase(colour: Colour) -> Figure:
    """A briefcase."""
    parts = [
        box((0, 0.15, 0), (0.42, 0.30, 0.10), colour, 0.35),
        box((0, 0.21, 0), (0.424, 0.006, 0.104), (0.02, 0.015, 0.01)),
    ]
    parts += [
        box((x, 0.21, s * 0.051), (0.03, 0.03, 0.006), (0.75, 0.6, 0.25), 0.7) for x in (-0.1, 0.1) for s in (1, -1)
    ]
    parts.append(
        tube([(-0.07, 0.30, 0), (-0.06, 0.345, 0), (0.06, 0.345, 0), (0.07, 0.30, 0)], [0.011] * 4, colour, 0.3)
    )
    return gathered(parts, {"grip": (0, 0.345, 0)})


def letter(colour: Colour) -> Figure:
    """A sheet of writing."""
    parts = [box((0, 0.13, 0), (0.003, 0.26, 0.19), colour)]
    parts += [
        box((-0.002, 0.22 - 0.025 * k, 0.01 * (k % 3) - 0.005), (0.002, 0.006, 0.13 - 0.02 * (k % 3)), (0.1, 0.1, 0.2))
        for k in range(8)
    ]
    return gathered(parts, {"grip": (0, 0.06, 0)})


def paper_map(colour: Colour) -> Figure:
    """A map unfolded in the hands."""
    return _gripped(desk.paper_map(colour), (0, 0.05, 0), 0.9)


def held_apple(colour: Colour) -> Figure:
    """An apple in the hand."""
    return _gripped(apple(colour), (0, 0.012, 0))


def held_skull(colour: Colour) -> Figure:
    """A skull on the hand."""
    return _gripped(objects.skull(colour), (0, 0.01, 0))


def candle_held(colour: Colour) -> Figure:
    """A candle in its stick."""
    return _gripped(desk.candle(colour), (0, 0.03, 0))


def flag(colour: Colour) -> Figure:
    """A flag on a pole."""
    parts = [rod((0, 0, 0), (0, 1.5, 0), 0.012, (0.4, 0.25, 0.12)), ball((0, 1.52, 0), 0.025, (0.8, 0.6, 0.2), 0.7)]
    parts.append(
        sheet_of(lambda u, v: (-v * 0.7, 1.46 - 0.42 * u + 0.02 * np.sin(v * 7), 0.05 * v * np.sin(v * 9 + u)), colour)
    )
    return gathered(parts, {"grip": (0, 0.35, 0)})


def plate_held(colour: Colour) -> Figure:
    """A plate of pasta."""
    parts = food.plate(0.13, colour)
    for k in range(14):
        line = [
            (
                0.05 * float(np.cos(k + t)) * (1 - k * 0.03),
                0.022 + 0.002 * k + 0.005 * float(np.sin(t * 3 + k)),
                0.05 * float(np.sin(k + t)) * (1 - k * 0.03),
            )
            for t in np.linspace(0, 3, 9)
        ]
        parts.append(tube(line, [0.0035] * 9, (0.84, 0.62, 0.22), 0.3, 6))
    return gathered(
        [*parts, ball((0, 0.055, 0), (0.03, 0.012, 0.03), (0.6, 0.08, 0.03), 0.4)], {"grip": (-0.10, 0.01, 0)}
    )


def magnifier(colour: Colour) -> Figure:
    """A magnifying glass."""
    lay = turned(pitch=np.pi / 2)
    parts = [
        ring((0, 0.2, 0), 0.05, 0.05, 0.007, colour, 0.7, lay),
        ball((0, 0.2, 0), (0.004, 0.045, 0.045), (0.62, 0.72, 0.76), 0.95),
        rod((0, 0, 0), (0, 0.15, 0), 0.010, (0.1, 0.05, 0.03), 0.4),
    ]
    return gathered(parts, {"grip": (0, 0.05, 0), "top": (0, 0.25, 0)})


def flask(colour: Colour) -> Figure:
    """A flask with a glowing liquid."""
    parts = [
        lathe(
            [(0.0, 0.0), (0.045, 0.0), (0.05, 0.01), (0.03, 0.06), (0.0, 0.06)],
            colour,
            0.8,
            28,
            glow=(colour[0] * 0.5, colour[1] * 0.5, colour[2] * 0.5),
        ),
        lathe([(0.03, 0.06), (0.014, 0.095), (0.013, 0.14), (0.017, 0.145)], (0.6, 0.66, 0.68), 0.95, 28),
    ]
    return gathered(parts, {"grip": (0, 0.09, 0), "top": (0, 0.145, 0)})
