"""Lamps, candles and fire: what gives light indoors, from the anchor ``light``; metres."""

import numpy as np

from imagined.engines.illustrator.figures.carpentry import BRASS, IRON, boxes, cushion, facing, slabs
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh

WARM: Colour = (2.3, 1.35, 0.55)
"""What a lit bulb behind a shade gives off."""


def dimmed(colour: Colour, by: float) -> Colour:
    """A darker or lighter colour."""
    return (colour[0] * by, colour[1] * by, colour[2] * by)


def _shade(y: float, low: float, high: float, tall: float, colour: Colour, lit: bool) -> Mesh:
    glow = (1.5 * colour[0] + 0.35, 0.95 * colour[1] + 0.2, 0.45 * colour[2] + 0.05) if lit else None
    return lathe([(low, y), (high, y + tall)], colour, 0.0, 36, glow)


def floor_lamp(colour: Colour, lit: bool) -> Figure:
    """A standard lamp, 1.6 m."""
    stem = [(0.0, 0.0), (0.15, 0.0), (0.15, 0.02), (0.03, 0.035), (0.012, 0.06), (0.012, 1.36)]
    parts = [lathe(stem, BRASS, 0.5, 24), _shade(1.28, 0.23, 0.14, 0.3, colour, lit)]
    parts.append(ball((0.0, 1.4, 0.0), 0.045, (0.9, 0.85, 0.7), 0.0, glow=WARM if lit else None, segments=12))
    return facing(parts, {"light": (0.0, 1.4, 0.0), "top": (0.0, 1.58, 0.0)})


def table_lamp(colour: Colour, lit: bool) -> Figure:
    """A table lamp with a shade, 0.5 m."""
    foot = [
        (0.0, 0.0),
        (0.08, 0.0),
        (0.08, 0.012),
        (0.03, 0.03),
        (0.055, 0.1),
        (0.05, 0.17),
        (0.015, 0.23),
        (0.01, 0.3),
    ]
    parts = [lathe(foot, (0.10, 0.22, 0.26), 0.5, 28, crease=1.0), _shade(0.27, 0.17, 0.1, 0.22, colour, lit)]
    parts.append(ball((0.0, 0.36, 0.0), 0.035, (0.9, 0.85, 0.7), 0.0, glow=WARM if lit else None, segments=12))
    return facing(parts, {"light": (0.0, 0.36, 0.0), "top": (0.0, 0.49, 0.0)})


def banker_lamp(lit: bool) -> Figure:
    """A brass desk lamp with a green shade."""
    parts = [lathe([(0.0, 0.0), (0.09, 0.0), (0.085, 0.025), (0.012, 0.04), (0.01, 0.3)], BRASS, 0.5, 24)]
    glass = (0.04, 0.30, 0.14)
    shade = cushion((0.0, 0.33, 0.02), (0.27, 0.1, 0.14), glass, 0.7, 0.5, 20)
    if lit:
        glow = np.full((len(shade.vertices), 3), (0.06, 0.42, 0.18), np.float32)
        shade = Mesh(shade.vertices, shade.faces, shade.normals, shade.colours, shade.gloss, glow)
    parts.append(shade)
    return facing(parts, {"light": (0.0, 0.26, 0.04), "top": (0.0, 0.38, 0.0)})


def pendant(colour: Colour, lit: bool, drop: float = 0.9) -> Figure:
    """A lamp hanging on a cord from `drop` above; its origin is the lower rim."""
    parts = [lathe([(0.2, 0.0), (0.19, 0.02), (0.09, 0.15), (0.03, 0.19), (0.03, 0.24)], colour, 0.3, 32, crease=1.0)]
    inner = (1.6, 1.0, 0.42) if lit else None
    parts.append(lathe([(0.02, 0.16), (0.085, 0.135), (0.185, 0.008)], (0.85, 0.8, 0.7), 0.0, 32, inner, crease=1.0))
    parts.append(ball((0.0, 0.06, 0.0), 0.05, (0.9, 0.85, 0.7), glow=WARM if lit else None, segments=14))
    parts.append(tube([(0, 0.22, 0), (0, drop, 0)], [0.006, 0.006], IRON))
    return facing(parts, {"light": (0.0, 0.03, 0.0)})


def chandelier(lit: bool, drop: float = 1.0) -> Figure:
    """Eight candles on brass arms, hung from `drop` above."""
    parts = [lathe([(0.0, -0.1), (0.05, -0.06), (0.03, 0.0), (0.06, 0.08), (0.02, 0.2), (0.012, drop)], BRASS, 0.5, 16)]
    for angle in np.arange(8) * np.pi / 4:
        c, s = float(np.cos(angle)), float(np.sin(angle))
        arm = [
            (0.03 * c, 0.02, 0.03 * s),
            (0.2 * c, -0.07, 0.2 * s),
            (0.36 * c, -0.04, 0.36 * s),
            (0.4 * c, 0.05, 0.4 * s),
        ]
        parts.append(tube(arm, [0.012, 0.011, 0.01, 0.012], BRASS, 0.5))
        parts.append(tube([(0.4 * c, 0.05, 0.4 * s), (0.4 * c, 0.15, 0.4 * s)], [0.013, 0.013], (0.85, 0.82, 0.72)))
        if lit:
            flame = ball(
                (0.4 * c, 0.185, 0.4 * s), (0.014, 0.03, 0.014), (1.0, 0.8, 0.4), glow=(5.0, 2.8, 0.9), segments=8
            )
            parts.append(flame)
    return facing(parts, {"light": (0.0, 0.1, 0.0)})


def candle(colour: Colour, lit: bool) -> Figure:
    """A thick candle on a dish, 0.2 m."""
    parts = [lathe([(0.0, 0.004), (0.06, 0.004), (0.075, 0.016), (0.055, 0.012), (0.0, 0.012)], BRASS, 0.5, 32)]
    wax = [(0.028, 0.012), (0.028, 0.135), (0.024, 0.14), (0.008, 0.132), (0.0, 0.132)]
    parts.append(lathe(wax, colour, 0.1, 28, glow=(0.18, 0.10, 0.03) if lit else None))
    parts.append(tube([(0, 0.13, 0), (0.002, 0.152, 0)], [0.0015, 0.0012], (0.03, 0.03, 0.03)))
    if lit:
        drop = [(0.0, 0.145), (0.008, 0.155), (0.0105, 0.165), (0.007, 0.183), (0.0, 0.205)]
        parts.append(lathe(drop, (1.0, 0.8, 0.4), 0.0, 16, (6.0, 3.2, 0.9), crease=2.0))
    return facing(parts, {"light": (0.0, 0.18, 0.0), "top": (0.0, 0.15, 0.0)})


def fireplace(colour: Colour, lit: bool) -> Figure:
    """A chimney piece with a fire, 1.5 m wide; its back against a wall, at -x."""
    dark: Colour = (0.035, 0.028, 0.025)
    parts = [slabs([((side * 0.59, 0.52, 0.0), (0.32, 1.04, 0.42)) for side in (-1, 1)], colour, 0.1)]
    parts.append(slabs([((0, 0.93, 0.0), (0.9, 0.24, 0.42)), ((0, 1.08, 0.0), (1.42, 0.06, 0.48))], colour, 0.1))
    parts.append(slabs([((0, 1.135, 0.015), (1.68, 0.055, 0.56))], dimmed(colour, 1.15), 0.15))
    parts.append(slabs([((side * 0.59, 0.5, 0.215), (0.2, 0.82, 0.02)) for side in (-1, 1)], dimmed(colour, 0.82)))
    parts.append(slabs([((0, 0.93, 0.215), (0.7, 0.14, 0.02))], dimmed(colour, 0.82)))
    parts.append(slabs([((0, 0.41, -0.2), (0.92, 0.82, 0.04)), ((0, 0.02, 0.12), (1.5, 0.04, 0.75))], dark))
    logs = [
        ((-0.26, 0.1, 0.0), (0.26, 0.12, 0.03)),
        ((-0.24, 0.11, 0.1), (0.25, 0.09, 0.12)),
        ((-0.2, 0.2, 0.03), (0.2, 0.18, 0.08)),
    ]
    for one, two in logs:
        parts.append(tube([one, two], [0.05, 0.045], (0.10, 0.05, 0.025)))
    rng = np.random.default_rng(5)
    if lit:
        parts.append(ball((0.0, 0.08, 0.05), (0.28, 0.05, 0.1), (0.4, 0.08, 0.02), glow=(2.2, 0.45, 0.06)))
        for _ in range(11):
            x, tall = float(rng.uniform(-0.24, 0.24)), float(rng.uniform(0.2, 0.46))
            tall *= 1.25 - 2.2 * abs(x)
            parts.append(_flame(x, 0.1, float(rng.uniform(-0.02, 0.12)), tall, float(rng.uniform(-0.04, 0.04))))
    parts.append(
        vessel(
            ((0.0, 0.0), (0.05, 0.0), (0.07, 0.1), (0.03, 0.17), (0.045, 0.21)), (0.07, 0.20, 0.28), (-0.6, 1.165, 0.0)
        )
    )
    for x in (0.5, 0.62):
        parts.append(tube([(x, 1.165, 0), (x, 1.2, 0)], [0.035, 0.02], BRASS, 0.5))
        parts.append(tube([(x, 1.19, 0), (x, 1.42, 0)], [0.012, 0.011], (0.84, 0.8, 0.7)))
    return facing(parts, {"light": (0.0, 0.3, 0.3), "top": (0.0, 1.165, 0.0)}, 1.5)


def _flame(x: float, y: float, z: float, tall: float, lean: float) -> Mesh:
    wide = 0.05 + tall * 0.12
    profile = [(0.0, 0.0), (wide * 0.8, tall * 0.12), (wide, tall * 0.3), (wide * 0.5, tall * 0.66), (0.0, tall)]
    flame = lathe(profile, (1.0, 0.6, 0.2), 0.0, 12, (1.0, 1.0, 1.0), crease=2.0)
    up = (flame.vertices[:, 1:2] / tall).astype(np.float32)
    glow = np.array((5.0, 2.3, 0.45), np.float32) * (1 - up) + np.array((2.4, 0.5, 0.05), np.float32) * up
    vertices = flame.vertices + np.concatenate([up * up * lean, up * 0, up * 0], 1)
    at = np.array((x, y, z), np.float32)
    return Mesh(
        (vertices + at).astype(np.float32),
        flame.faces,
        flame.normals,
        flame.colours,
        flame.gloss,
        glow.astype(np.float32),
    )


def vessel(
    profile: tuple[tuple[float, float], ...], colour: Colour, at: tuple[float, float, float], gloss: float = 0.5
) -> Mesh:
    """A pot or vase from the lathe, standing at a place."""
    return lathe(list(profile), colour, gloss, 24, crease=1.0).moved(at)


def monitor(lit: bool) -> Figure:
    """A computer screen with keyboard, on a desk top."""
    parts = [box((0, 0.32, 0), (0.58, 0.35, 0.03), (0.03, 0.03, 0.035), 0.4)]
    parts.append(
        box(
            (0, 0.32, 0.017),
            (0.545, 0.31, 0.004),
            (0.1, 0.14, 0.2),
            0.3,
            glow=(0.16, 0.3, 0.46) if lit else (0.05, 0.09, 0.14),
        )
    )
    bars = [((-0.16, 0.42 - 0.035 * index, 0.02), (0.14 - 0.02 * (index % 3), 0.011, 0.002)) for index in range(7)]
    parts.append(
        boxes(
            np.array([bar[0] for bar in bars]),
            np.array([bar[1] for bar in bars]),
            np.array((0.8, 0.8, 0.8)),
            glow=(0.5, 0.55, 0.6),
        )
    )
    parts.append(
        slabs([((0, 0.08, -0.03), (0.05, 0.16, 0.03)), ((0, 0.006, -0.02), (0.22, 0.012, 0.16))], (0.4, 0.4, 0.42), 0.4)
    )
    parts.append(slabs([((0, 0.012, 0.24), (0.42, 0.02, 0.13))], (0.62, 0.62, 0.63), 0.2))
    return facing(parts, {"top": (0.0, 0.5, 0.0)}, 0.5)
