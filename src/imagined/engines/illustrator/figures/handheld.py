"""Things for the hand: umbrellas, balloons, kites, lanterns, tools, arms; metres, upright, with a ``grip``."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, slab, steam, turned_by, upright, woven
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh

WOOD: Colour = (0.33, 0.18, 0.08)
STEEL: Colour = (0.60, 0.61, 0.64)
DARK: Colour = (0.03, 0.03, 0.033)


def umbrella(colour: Colour) -> Figure:
    """An open umbrella, one metre across, its handle down."""
    phi = np.linspace(0, 2 * np.pi, 65)
    rings = []
    for t in np.linspace(0.02, 1, 9):
        pinch = 1 - 0.11 * t * np.abs(np.sin(phi * 4)) ** 1.0
        radius = 0.56 * np.sin(t * np.pi / 2) * pinch
        drop = 0.34 * (1 - np.cos(t * np.pi / 2)) * (1 - 0.18 * t * np.abs(np.sin(phi * 4)))
        rings.append(np.stack([radius * np.cos(phi), 1.0 - drop, radius * np.sin(phi)], 1))
    grid = np.stack(rings)
    shade = np.broadcast_to(np.asarray(colour, np.float32), grid.shape).copy()
    alternate = (np.floor(phi / (np.pi / 4) + 1e-6).astype(int) % 2 == 1)[None, :, None]
    shade = np.where(alternate, shade * np.float32(0.82), shade).astype(np.float32)
    parts = [woven(grid[:, ::-1], shade[:, ::-1], 0.15, round_=False)]
    parts += [rod((0, 0.08, 0), (0, 1.06, 0), 0.009, STEEL, 0.6)]
    parts.append(
        tube([(0, 0.16, 0), (0, 0.06, 0), (0.015, 0.02, 0), (0.05, 0.012, 0), (0.075, 0.04, 0)], [0.014] * 5, WOOD, 0.4)
    )
    for k in range(8):
        a = k * np.pi / 4
        tip = (0.55 * float(np.cos(a)), 0.665, 0.55 * float(np.sin(a)))
        parts.append(rod((0, 0.80, 0), (tip[0] * 0.55, 0.885, tip[2] * 0.55), 0.003, STEEL, 0.5, 4))
    return gathered(parts, {"top": (0, 1.06, 0), "grip": (0, 0.12, 0)})


def toy_balloon(colour: Colour, string: float = 0.9) -> Figure:
    """A balloon on a string."""
    t = np.linspace(0, np.pi, 20)
    profile = [
        (
            float(0.145 * np.sin(a) * (1 - 0.12 * np.cos(a))),
            float(string + 0.2 - 0.19 * np.cos(a) * (1 if a > 1.6 else 1.15)),
        )
        for a in t
    ]
    parts = [lathe(profile, colour, 0.85, 32, crease=1.5)]
    parts.append(lathe([(0.018, string - 0.045), (0.006, string - 0.02), (0.0, string)], colour, 0.5, 12))
    line = [
        (0.025 * float(np.sin(k * 1.1)), string * k / 10 - 0.03 * (k == 10), 0.02 * float(np.cos(k * 0.9)) - 0.02)
        for k in range(11)
    ]
    line[0], line[-1] = (0.0, 0.0, 0.0), (0.0, string - 0.04, 0.0)
    parts.append(tube(line, [0.0045] * 11, (0.8, 0.79, 0.76), 0, 5))
    return gathered(parts, {"top": (0, string + 0.4, 0), "grip": (0, 0.03, 0)})


def kite(colour: Colour, high: float = 0.0) -> Figure:
    """A diamond kite with a tail of bows, its face towards +x; `high` metres of string lead down from it."""
    second = (0.86, 0.62, 0.06) if colour[0] > colour[2] else (0.85, 0.83, 0.78)
    corners = {"top": (0.0, 0.6), "right": (0.42, 0.18), "low": (0.0, -0.55), "left": (-0.42, 0.18)}
    parts = []
    for a, b, shade in (
        ("right", "top", colour),
        ("top", "left", second),
        ("left", "low", colour),
        ("low", "right", second),
    ):
        parts.append(prism([(0.0, 0.18), corners[a], corners[b]], 0.012, shade, 0.1))
    parts += [
        rod((0, -0.55, -0.012), (0, 0.6, -0.012), 0.008, WOOD),
        rod((-0.42, 0.18, -0.012), (0.42, 0.18, -0.012), 0.008, WOOD),
    ]
    tail = [(0.16 * float(np.sin(t * 5.5)) * t, -0.55 - 1.1 * t, -0.1 * t) for t in np.linspace(0, 1, 14)]
    parts.append(tube(tail, [0.006] * 14, (0.8, 0.78, 0.7), 0, 5))
    for k in (3, 6, 9, 12):
        x, y, z = tail[k]
        for s in (1, -1):
            parts.append(
                ball((x + s * 0.05, y + 0.01, z), (0.055, 0.028, 0.012), colour if k % 2 else second, segments=8)
            )
    made = [turned_by(part, turned(yaw=np.pi / 2) @ turned(roll=-0.35), (0, 1.75 + high, 0)) for part in parts]
    if high:
        line = [(0.0 + 0.35 * high * t * (1 - t) * 0.6, (1.85 + high) * t, 0.0) for t in np.linspace(0, 1, 12)]
        made.append(tube(line, [0.004] * 12, (0.85, 0.84, 0.8), 0, 4))
    return gathered(made, {"top": (0, 2.3 + high, 0), "grip": (0, 0, 0)})


def lantern(colour: Colour, lit: bool = True) -> Figure:
    """A hand lantern with a flame, 0.38 m."""
    glow = (2.0, 1.15, 0.4) if lit else None
    parts = [lathe([(0.0, 0.0), (0.085, 0.0), (0.085, 0.03), (0.05, 0.05), (0.0, 0.05)], colour, 0.4, 24)]
    parts.append(
        lathe(
            [(0.05, 0.05), (0.062, 0.11), (0.05, 0.2), (0.0, 0.2)],
            (0.85, 0.6, 0.3) if lit else (0.5, 0.55, 0.58),
            0.8,
            24,
            glow=(1.1, 0.62, 0.2) if lit else None,
        )
    )
    parts.append(ball((0, 0.11, 0), (0.02, 0.05, 0.02), (1.0, 0.8, 0.4), glow=glow))
    parts.append(lathe([(0.085, 0.2), (0.088, 0.215), (0.04, 0.27), (0.03, 0.29), (0.0, 0.29)], colour, 0.4, 24))
    for a in np.linspace(0.4, 2 * np.pi + 0.4, 4, endpoint=False):
        x, z = 0.075 * float(np.cos(a)), 0.075 * float(np.sin(a))
        parts.append(rod((x, 0.02, z), (x, 0.21, z), 0.005, colour, 0.4, 6))
    parts.append(ring((0, 0.32, 0), 0.045, 0.045, 0.005, colour, 0.5, turned(roll=np.pi / 2)))
    return gathered(parts, {"top": (0, 0.36, 0), "grip": (0, 0.36, 0)})


def sword(colour: Colour) -> Figure:
    """A straight sword, 0.95 m, point up."""
    parts = [
        loft(
            [(0, 0.16, 0), (0, 0.5, 0), (0, 0.86, 0), (0, 0.95, 0)],
            [0.024, 0.021, 0.017, 0.001],
            [0.005, 0.005, 0.004, 0.001],
            (0.74, 0.76, 0.79),
            0.85,
            8,
            side=(1, 0, 0),
            square=1.6,
        )
    ]
    parts += [
        tube([(-0.11, 0.155, 0), (0, 0.15, 0), (0.11, 0.155, 0)], [0.012, 0.014, 0.012], colour, 0.7),
        rod((0, 0.02, 0), (0, 0.15, 0), 0.014, (0.16, 0.07, 0.03), 0.2),
        ball((0, 0.015, 0), 0.022, colour, 0.7),
    ]
    return gathered(parts, {"top": (0, 0.95, 0), "grip": (0, 0.08, 0)})


def katana(colour: Colour) -> Figure:
    """A curved sword, one metre, point up."""
    line: list[Point] = [(0.0, 0.24, 0), (0.012, 0.45, 0), (0.035, 0.7, 0), (0.07, 0.92, 0), (0.085, 1.0, 0)]
    parts = [loft(line, [0.004] * 4 + [0.001], [0.016, 0.016, 0.015, 0.012, 0.002], (0.76, 0.78, 0.8), 0.9, 8)]
    parts += [
        lathe([(0.0, 0.228), (0.04, 0.23), (0.04, 0.24), (0.0, 0.242)], (0.6, 0.45, 0.12), 0.6, 20),
        rod((0, 0, 0), (0, 0.23, 0), 0.015, colour, 0.2),
    ]
    parts += [ring((0, 0.03 + 0.035 * k, 0), 0.015, 0.015, 0.003, (0.75, 0.72, 0.62)) for k in range(6)]
    return gathered(parts, {"top": (0.08, 1.0, 0), "grip": (0, 0.12, 0)})


def shield(colour: Colour) -> Figure:
    """A heater shield, 0.75 m, face towards +x."""
    outline = [
        (0.0, 0.0),
        (0.16, 0.18),
        (0.26, 0.42),
        (0.28, 0.72),
        (0.0, 0.75),
        (-0.28, 0.72),
        (-0.26, 0.42),
        (-0.16, 0.18),
    ]
    rim: Colour = (0.72, 0.52, 0.18)
    parts = [
        slab([((x) * 1.07, (y - 0.4) * 1.07 + 0.4) for x, y in outline], 0.03, rim, 0.6),
        slab(outline, 0.045, colour, 0.4),
    ]
    parts += [
        box((0, 0.42, 0.02), (0.07, 0.6, 0.02), (0.84, 0.82, 0.76), 0.3),
        box((0, 0.5, 0.02), (0.48, 0.07, 0.02), (0.84, 0.82, 0.76), 0.3),
        ball((0, 0.5, 0.03), 0.05, rim, 0.7),
    ]
    return gathered(
        [part.moved((0, 0, 0), yaw=np.pi / 2) for part in parts], {"top": (0, 0.75, 0), "grip": (-0.03, 0.42, 0)}
    )


def staff(colour: Colour) -> Figure:
    """A wizard's staff, 1.6 m, with a glowing stone."""
    parts = [
        tube(
            [(0, 0, 0), (0.012, 0.6, 0), (-0.008, 1.1, 0), (0.0, 1.45, 0)],
            [0.016, 0.018, 0.019, 0.024],
            (0.22, 0.12, 0.06),
        )
    ]
    for a in np.linspace(0, 2 * np.pi, 4, endpoint=False):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            tube(
                [(0, 1.43, 0), (0.07 * c, 1.5, 0.07 * s), (0.05 * c, 1.6, 0.05 * s)],
                [0.014, 0.011, 0.004],
                (0.22, 0.12, 0.06),
                0,
                6,
            )
        )
    parts.append(ball((0, 1.53, 0), 0.05, colour, 0.7, glow=(colour[0] * 1.3, colour[1] * 1.3, colour[2] * 1.3)))
    return gathered(parts, {"top": (0, 1.6, 0), "grip": (0, 0.95, 0)})


def _hafted(head: list[Mesh], long: float, grip: float, haft: Colour = WOOD, radius: float = 0.016) -> Figure:
    parts = [rod((0, 0, 0), (0, long, 0), radius, haft, 0.15, 10, 0.85), *head]
    return gathered(parts, {"top": (0, long, 0), "grip": (0, grip, 0)})


def hammer(colour: Colour) -> Figure:
    """A claw hammer, 0.33 m, upright."""
    head = [
        upright(
            lathe(
                [(0.0, -0.05), (0.018, -0.05), (0.02, -0.04), (0.014, -0.025), (0.018, 0.02), (0.0, 0.02)],
                STEEL,
                0.7,
                16,
            )
        )
    ]
    head[0] = head[0].moved((0, 0.31, 0), yaw=np.pi / 2)
    head += [
        tube(
            [(-0.01, 0.31, s * 0.004), (-0.05, 0.315, s * 0.009), (-0.085, 0.285, s * 0.015)],
            [0.014, 0.010, 0.003],
            STEEL,
            0.7,
            8,
        )
        for s in (1, -1)
    ]
    head.append(rod((0, 0, 0), (0, 0.13, 0), 0.018, colour, 0.2, 12))
    return _hafted(head, 0.33, 0.07, radius=0.013)


def axe(colour: Colour) -> Figure:
    """A felling axe, 0.75 m, upright, its edge towards +x."""
    blade = prism(
        [(-0.03, -0.03), (0.03, -0.035), (0.13, -0.09), (0.15, 0.0), (0.13, 0.09), (0.03, 0.04), (-0.03, 0.035)],
        0.022,
        colour,
        0.6,
    ).moved((0, 0.67, 0))
    edge = prism(
        [(0.12, -0.088), (0.13, -0.095), (0.155, 0.0), (0.13, 0.095), (0.12, 0.088), (0.135, 0.0)],
        0.014,
        (0.8, 0.8, 0.82),
        0.8,
    ).moved((0, 0.67, 0))
    return _hafted([blade, edge], 0.75, 0.2)


def shovel(colour: Colour) -> Figure:
    """A garden spade, 1.15 m, blade up when held, so it is modelled blade down."""
    blade = loft(
        [(0, 0.0, 0), (0, 0.05, 0.01), (0, 0.18, 0.015), (0, 0.28, 0.0), (0, 0.31, 0)],
        [0.02, 0.085, 0.105, 0.10, 0.03],
        [0.004, 0.006, 0.01, 0.008, 0.012],
        STEEL,
        0.6,
        16,
        side=(1, 0, 0),
    )
    parts = [
        blade,
        rod((0, 0.27, 0), (0, 1.05, 0), 0.017, WOOD, 0.2),
        tube(
            [(-0.07, 1.13, 0), (-0.05, 1.06, 0), (0, 1.02, 0), (0.05, 1.06, 0), (0.07, 1.13, 0)], [0.013] * 5, WOOD, 0.2
        ),
        rod((-0.075, 1.14, 0), (0.075, 1.14, 0), 0.016, colour, 0.2),
    ]
    return gathered(parts, {"top": (0, 1.15, 0), "grip": (0, 0.85, 0)})


def saw(colour: Colour) -> Figure:
    """A hand saw, 0.55 m, along +x."""
    teeth = [(0.1 + k * 0.018, 0.02 + (0.008 if k % 2 else 0.0)) for k in range(24)]
    blade = slab([*teeth, (0.53, 0.06), (0.1, 0.13)], 0.004, (0.7, 0.71, 0.74), 0.75)
    handle = ring((0.05, 0.085, 0), 0.048, 0.062, 0.018, colour, 0.3, turned(roll=np.pi / 2))
    return gathered(
        [blade, handle, box((0.1, 0.085, 0), (0.03, 0.1, 0.026), colour, 0.3)],
        {"top": (0.3, 0.13, 0), "grip": (0.0, 0.085, 0)},
    )


def wrench(colour: Colour) -> Figure:
    """A spanner, 0.25 m, upright."""
    parts = [box((0, 0.11, 0), (0.024, 0.17, 0.010), colour, 0.75)]
    parts.append(ring((0, 0.02, 0), 0.021, 0.021, 0.009, colour, 0.75, turned(roll=np.pi / 2)))
    for s in (1, -1):
        parts.append(
            tube(
                [(0, 0.195, 0), (s * 0.026, 0.205, 0), (s * 0.032, 0.232, 0), (s * 0.02, 0.252, 0)],
                [0.013, 0.012, 0.011, 0.006],
                colour,
                0.75,
                8,
            )
        )
    return gathered(parts, {"top": (0, 0.25, 0), "grip": (0, 0.08, 0)})


def spear(colour: Colour) -> Figure:
    """A spear, 1.9 m."""
    head = loft(
        [(0, 1.66, 0), (0, 1.74, 0), (0, 1.9, 0)],
        [0.014, 0.032, 0.001],
        [0.008, 0.008, 0.001],
        STEEL,
        0.7,
        8,
        side=(1, 0, 0),
    )
    return _hafted([head, ball((0, 1.64, 0), (0.025, 0.05, 0.025), colour)], 1.68, 0.95, radius=0.014)


def trident(colour: Colour) -> Figure:
    """A trident, 1.8 m."""
    prongs = [
        tube([(0, 1.4, 0), (s * 0.09, 1.46, 0), (s * 0.10, 1.72, 0)], [0.014, 0.013, 0.002], colour, 0.7, 8)
        for s in (1, -1)
    ]
    return _hafted([*prongs, rod((0, 1.4, 0), (0, 1.8, 0), 0.014, colour, 0.7, 8, 0.1)], 1.42, 0.9, colour, 0.015)


def fishing_rod(colour: Colour) -> Figure:
    """A rod leaning forward, with a line and a float, grip at the origin's height."""
    line: list[Point] = [(-0.15, -0.12, 0), (0.3, 0.3, 0), (0.9, 0.85, 0), (1.5, 1.25, 0), (1.9, 1.38, 0)]
    parts = [
        tube(line, [0.016, 0.012, 0.009, 0.006, 0.004], (0.36, 0.2, 0.08), 0.3),
        tube([(1.9, 1.38, 0), (1.97, 0.6, 0), (2.0, -0.62, 0)], [0.003] * 3, (0.86, 0.86, 0.84), 0, 4),
    ]
    parts += [
        ball((2.0, -0.66, 0), (0.035, 0.045, 0.035), colour, 0.5),
        ball((2.0, -0.62, 0), (0.03, 0.03, 0.03), (0.86, 0.85, 0.82), 0.5),
        rod((0.03, 0.03, -0.03), (0.03, 0.03, 0.03), 0.03, STEEL, 0.7, 10),
    ]
    return Figure(gathered(parts, {}).mesh, {"grip": (0.0, 0.70, 0.0), "top": (1.9, 2.1, 0)})


def pan(colour: Colour) -> Figure:
    """A frying pan with an egg, handle towards -x."""
    parts = [
        lathe([(0.0, 0.0), (0.11, 0.0), (0.14, 0.045), (0.132, 0.045), (0.105, 0.008), (0.0, 0.008)], colour, 0.4, 32),
        rod((-0.13, 0.035, 0), (-0.36, 0.06, 0), 0.013, DARK, 0.3),
    ]
    parts += [
        ball((0.01, 0.012, 0.01), (0.07, 0.006, 0.06), (0.88, 0.87, 0.84), 0.3),
        ball((0.015, 0.018, 0.012), (0.026, 0.014, 0.026), (0.88, 0.5, 0.04), 0.5),
    ]
    parts += list(steam((0.0, 0.04, 0.0), 0.22, 0.010))
    return gathered(parts, {"top": (0, 0.05, 0), "grip": (-0.31, 0.055, 0)})


def open_book(colour: Colour) -> Figure:
    """An open book, its pages up and towards -x, spine along x."""
    parts = []
    for s in (1, -1):
        lean = turned(roll=s * -0.28)
        parts.append(box((0, 0.0 + 0.022, s * 0.095), (0.25, 0.006, 0.19), colour, 0.2, lean))
        parts.append(box((0, 0.012 + 0.022, s * 0.092), (0.235, 0.016, 0.175), (0.85, 0.82, 0.74), 0, lean))
        for k in range(6):
            parts.append(
                box((-0.085 + 0.033 * k, 0.0215 + 0.022, s * 0.092), (0.004, 0.002, 0.13), (0.30, 0.28, 0.26), 0, lean)
            )
    return gathered(parts, {"top": (0, 0.05, 0), "grip": (0, 0.03, 0)})


def camera(colour: Colour) -> Figure:
    """A photographer's camera, 0.15 m, lens towards +x."""
    parts = [
        box((0, 0.045, 0), (0.055, 0.09, 0.145), colour, 0.3),
        box((0, 0.075, 0), (0.057, 0.03, 0.147), STEEL, 0.5),
        box((0.0, 0.10, 0), (0.045, 0.03, 0.05), colour, 0.3),
    ]
    lens = lathe(
        [(0.036, 0.0), (0.036, 0.03), (0.033, 0.032), (0.033, 0.06), (0.03, 0.062), (0.026, 0.055), (0.0, 0.045)],
        [DARK, STEEL, DARK, DARK, (0.05, 0.06, 0.10), (0.04, 0.07, 0.14)],
        0.8,
        28,
    )
    parts.append(turned_by(lens, turned(pitch=-np.pi / 2), (0.025, 0.043, 0)))
    parts += [
        lathe([(0.011, 0), (0.011, 0.012), (0, 0.013)], STEEL, 0.7, 14).moved((0, 0.09, z)) for z in (0.05, -0.05)
    ]
    parts.append(box((0.028, 0.1, 0.0), (0.004, 0.016, 0.03), (0.75, 0.78, 0.8), 0.9))
    return gathered(parts, {"top": (0, 0.115, 0), "grip": (0, 0.04, 0.07)})


def phone(colour: Colour) -> Figure:
    """A telephone for the pocket, standing, screen towards +x."""
    parts = [
        box((0, 0.075, 0), (0.009, 0.15, 0.073), colour, 0.6),
        box((0.004, 0.075, 0), (0.004, 0.14, 0.066), (0.10, 0.25, 0.5), 0.8, glow=(0.10, 0.25, 0.42)),
    ]
    parts += [
        box(
            (0.0045, 0.12 - 0.022 * (k // 3), (k % 3 - 1) * 0.02),
            (0.004, 0.013, 0.013),
            ((0.8, 0.2, 0.1), (0.9, 0.7, 0.1), (0.1, 0.6, 0.3))[(k + k // 3) % 3],
            0.5,
            glow=(0.2, 0.18, 0.12),
        )
        for k in range(12)
    ]
    return gathered([turned_by(p, turned(pitch=0.25)) for p in parts], {"top": (0, 0.15, 0), "grip": (0, 0.05, 0)})


def microphone(colour: Colour) -> Figure:
    """A hand microphone, 0.22 m, upright."""
    return gathered(
        [
            rod((0, 0, 0), (0, 0.16, 0), 0.013, colour, 0.4, 12, 1.4),
            ball((0, 0.19, 0), 0.032, (0.4, 0.41, 0.43), 0.6),
            ring((0, 0.165, 0), 0.022, 0.022, 0.005, STEEL, 0.7),
        ],
        {"top": (0, 0.22, 0), "grip": (0, 0.07, 0)},
    )


def broom(colour: Colour) -> Figure:
    """A besom broom, 1.5 m, twigs down."""
    twigs = loft(
        [(0, 0.0, 0), (0, 0.08, 0), (0, 0.3, 0), (0, 0.42, 0)],
        [0.13, 0.14, 0.07, 0.025],
        [0.08, 0.09, 0.055, 0.025],
        colour,
        0,
        14,
    )
    return gathered(
        [twigs, ring((0, 0.36, 0), 0.045, 0.045, 0.012, (0.45, 0.1, 0.08)), rod((0, 0.3, 0), (0, 1.5, 0), 0.014, WOOD)],
        {"top": (0, 1.5, 0), "grip": (0, 1.0, 0)},
    )


def torch(colour: Colour) -> Figure:
    """A burning torch, 0.6 m."""
    del colour
    flame = [
        lathe(
            [(0.02, 0.38), (0.06, 0.45), (0.05, 0.53), (0.02, 0.62), (0.0, 0.70)], c, 0, 14, glow=g, crease=1.5
        ).moved((dx, 0, 0), scale=1.0)
        for c, g, dx in (((1, 0.5, 0.1), (2.2, 0.9, 0.15), 0.0),)
    ]
    return gathered(
        [
            rod((0, 0, 0), (0, 0.38, 0), 0.016, WOOD, 0, 8, 1.6),
            ball((0, 0.4, 0), (0.04, 0.05, 0.04), (0.1, 0.05, 0.02)),
            *flame,
        ],
        {"top": (0, 0.7, 0), "grip": (0, 0.15, 0)},
    )


def laid(made: Figure, roll: float = -np.pi / 2) -> Figure:
    """The figure lying on its back, for a table."""
    turn = turned(roll=roll)
    spin = turned(yaw=1.9)
    mesh = turned_by(made.mesh, spin @ turn)
    low = float(mesh.vertices[:, 1].min())
    return Figure(mesh.moved((0, -low, 0)), {"top": (0.0, float(mesh.vertices[:, 1].max()) - low, 0.0)})
