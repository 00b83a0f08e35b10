"""What makes a room lived in: lamps, candles, hearths, stoves, plants, clocks, mirrors, pictures, rugs; metres."""

import numpy as np

from imagined.engines.illustrator.figures.carpentry import (
    BRASS,
    DARK_WOOD,
    IRON,
    boxes,
    cushion,
    facing,
    slabs,
)
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.solids import ball, box, lathe, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

WARM: Colour = (2.3, 1.35, 0.55)
"""What a lit bulb behind a shade gives off."""


def _dimmed(colour: Colour, by: float) -> Colour:
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
    parts.append(slabs([((0, 1.135, 0.015), (1.68, 0.055, 0.56))], _dimmed(colour, 1.15), 0.15))
    parts.append(slabs([((side * 0.59, 0.5, 0.215), (0.2, 0.82, 0.02)) for side in (-1, 1)], _dimmed(colour, 0.82)))
    parts.append(slabs([((0, 0.93, 0.215), (0.7, 0.14, 0.02))], _dimmed(colour, 0.82)))
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
        _vessel(
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


def _vessel(
    profile: tuple[tuple[float, float], ...], colour: Colour, at: tuple[float, float, float], gloss: float = 0.5
) -> Mesh:
    return lathe(list(profile), colour, gloss, 24, crease=1.0).moved(at)


def pot(colour: Colour, at: tuple[float, float, float], size: float = 0.12) -> list[Mesh]:
    """A cooking pot with a lid, `size` in radius, standing at `at`."""
    x, y, z = at
    body = [(0.0, 0.0), (size, 0.0), (size * 1.02, size * 1.05), (size * 0.5, size * 1.25), (0.0, size * 1.28)]
    parts = [lathe(body, colour, 0.55, 32).moved(at), ball((x, y + size * 1.36, z), size * 0.13, IRON, 0.4)]
    parts += [
        tube([(x + s * size, y + size * 0.8, z), (x + s * size * 1.35, y + size * 0.8, z)], [0.013, 0.013], IRON)
        for s in (-1, 1)
    ]
    return parts


def stove(colour: Colour, lit: bool) -> Figure:
    """A cooker with oven, 0.6 m wide, a pot and a kettle on it."""
    parts = [
        slabs([((0, 0.44, 0), (0.6, 0.86, 0.6))], colour, 0.3),
        slabs([((0, 0.89, 0), (0.62, 0.04, 0.62))], IRON, 0.4),
    ]
    parts.append(slabs([((0, 0.4, 0.305), (0.5, 0.42, 0.02))], (0.025, 0.025, 0.03), 0.7))
    if lit:
        parts.append(box((0, 0.4, 0.317), (0.4, 0.26, 0.004), (0.3, 0.1, 0.02), glow=(0.85, 0.32, 0.06)))
    parts.append(tube([(-0.24, 0.66, 0.345), (0.24, 0.66, 0.345)], [0.012, 0.012], (0.6, 0.6, 0.62), 0.6))
    for x in (-0.22, -0.11, 0.0, 0.11, 0.22):
        parts.append(ball((x, 0.785, 0.31), 0.022, (0.08, 0.08, 0.09), 0.4, segments=12))
    for x in (-0.15, 0.15):
        for z in (-0.15, 0.15):
            parts.append(
                lathe([(0.1, 0.912), (0.09, 0.922), (0.0, 0.922)], (0.03, 0.03, 0.032), 0.3, 20).moved((x, 0, z))
            )
    parts += pot((0.50, 0.10, 0.05), (-0.15, 0.922, 0.12), 0.11)
    kettle = ((0.0, 0.0), (0.09, 0.0), (0.1, 0.05), (0.06, 0.12), (0.02, 0.13), (0.018, 0.155), (0.0, 0.16))
    parts.append(_vessel(kettle, (0.55, 0.56, 0.58), (0.16, 0.922, -0.1), 0.7))
    parts.append(tube([(0.22, 0.96, -0.08), (0.29, 1.04, -0.05)], [0.018, 0.01], (0.55, 0.56, 0.58), 0.7))
    return facing(parts, {"top": (0.0, 0.925, 0.0), "light": (0.0, 0.4, 0.4)}, 0.6)


def fridge(colour: Colour) -> Figure:
    """A round-shouldered refrigerator, 0.66 m wide and 1.75 m high."""
    parts = [cushion((0, 0.9, 0), (0.66, 1.72, 0.62), colour, 0.14, 0.5)]
    parts.append(slabs([((0, 1.24, 0.3), (0.6, 0.012, 0.03)), ((0, 0.05, 0), (0.56, 0.1, 0.5))], (0.08, 0.08, 0.09)))
    for y0, y1 in ((1.32, 1.52), (0.86, 1.12)):
        parts.append(tube([(-0.24, y0, 0.33), (-0.24, y1, 0.33)], [0.014, 0.014], (0.62, 0.62, 0.64), 0.7))
    notes: tuple[tuple[float, float, Colour], ...] = (
        (0.08, 0.95, (0.8, 0.72, 0.3)),
        (0.16, 1.08, (0.75, 0.3, 0.28)),
        (0.02, 1.1, (0.8, 0.8, 0.78)),
    )
    for x, y, tone in notes:
        parts.append(box((x, y, 0.312), (0.075, 0.085, 0.003), tone))
    return facing(parts, {"top": (0.0, 1.77, 0.0)}, 0.6)


def counter(colour: Colour, wide: float, top: Colour = (0.45, 0.30, 0.17), basin: bool = False) -> Figure:
    """A kitchen cabinet with a worktop, 0.9 m high, perhaps with a sink and tap."""
    parts = [slabs([((0, 0.46, 0), (wide, 0.8, 0.58)), ((0, 0.05, -0.03), (wide, 0.1, 0.5))], colour, 0.12)]
    parts.append(slabs([((0, 0.88, 0.01), (wide + 0.01, 0.04, 0.64))], top, 0.25))
    count = max(1, round(wide / 0.5))
    for index in range(count):
        x = -wide / 2 + wide * (index + 0.5) / count
        w = wide / count - 0.05
        parts.append(
            slabs(
                [((x, 0.4, 0.295), (w, 0.56, 0.02)), ((x, 0.765, 0.295), (w, 0.11, 0.02))], _dimmed(colour, 1.15), 0.15
            )
        )
        parts.append(slabs([((x, 0.4, 0.31), (w - 0.12, 0.44, 0.008))], _dimmed(colour, 0.95), 0.15))
        parts += [ball((x, y, 0.315), 0.014, BRASS, 0.5, segments=10) for y in (0.66, 0.765)]
    if basin:
        parts.append(slabs([((0, 0.895, 0.04), (0.56, 0.015, 0.42))], (0.75, 0.75, 0.74), 0.6))
        parts.append(slabs([((0, 0.9, 0.04), (0.48, 0.012, 0.34))], (0.16, 0.165, 0.17), 0.6))
        tap = [(0.0, 0.9, -0.2), (0.0, 1.16, -0.2), (0.0, 1.22, -0.13), (0.0, 1.16, -0.04), (0.0, 1.12, -0.03)]
        parts.append(tube(tap, [0.016, 0.014, 0.014, 0.013, 0.014], (0.66, 0.67, 0.68), 0.8))
    return facing(parts, {"top": (0.0, 0.905, 0.0)}, wide)


def blackboard(colour: Colour) -> Figure:
    """A blackboard on a stand, 1.6 m wide, with chalk on it."""
    parts = [
        slabs([((0, 1.3, 0), (1.7, 1.1, 0.04))], DARK_WOOD),
        slabs([((0, 1.3, 0.022), (1.58, 0.98, 0.006))], colour),
    ]
    parts.append(slabs([((0, 0.74, 0.05), (1.7, 0.03, 0.1))], DARK_WOOD))
    for side in (-1, 1):
        parts.append(
            tube([(side * 0.75, 0.0, 0.25), (side * 0.75, 1.3, -0.03), (side * 0.75, 0.0, -0.3)], [0.03] * 3, DARK_WOOD)
        )
    parts += chalk(1.5, 0.9, (0.0, 1.3, 0.028))
    return facing(parts, {"top": (0.0, 1.86, 0.0)}, 1.6)


def chalk(wide: float, high: float, at: tuple[float, float, float]) -> list[Mesh]:
    """Writing and a drawing in chalk over a board that faces +z with its middle at `at`."""
    x, y, z = at
    rng = np.random.default_rng(8)
    strokes = []
    for line in range(4):
        along = -wide * 0.45
        while along < -wide * 0.02:
            length = float(rng.uniform(0.03, 0.09)) * wide
            top = y + high * (0.32 - 0.17 * line)
            beats = np.arange(0, length, 0.014)
            for beat in beats:
                tall = float(rng.uniform(0.012, 0.05))
                strokes.append(((x + along + beat, top + tall / 2, z), (0.005, tall, 0.002)))
            strokes.append(((x + along + length / 2, top, z), (length, 0.006, 0.002)))
            along += length + 0.035 * wide
    white: Colour = (0.62, 0.64, 0.62)
    parts = [slabs(strokes, white)]
    cx, cy, r = x + wide * 0.25, y, min(wide, high) * 0.25
    ring = [(cx + r * float(np.cos(a)), cy + r * float(np.sin(a)), z) for a in np.linspace(0, 2 * np.pi, 30)]
    parts.append(tube(ring, [0.004] * 30, white, sides=4))
    corner = [
        (cx + r * float(np.cos(a)), cy + r * float(np.sin(a)), z) for a in np.arange(4) * 2 * np.pi / 3 + np.pi / 2
    ]
    for one, two in zip(corner[:-1], corner[1:], strict=True):
        parts.append(tube([one, two], [0.004, 0.004], (0.68, 0.55, 0.25), sides=4))
    return parts


def easel(seed: int) -> Figure:
    """A painter's easel with a canvas, 1.75 m."""
    parts = []
    for x in (-0.3, 0.3):
        parts.append(tube([(x, 0.0, 0.12), (x * 0.2, 1.75, -0.12)], [0.022, 0.018], (0.36, 0.2, 0.09)))
    parts.append(tube([(0.0, 1.6, -0.1), (0.0, 0.0, -0.55)], [0.02, 0.022], (0.36, 0.2, 0.09)))
    tilt = np.array([[1, 0, 0], [0, np.cos(-0.135), -np.sin(-0.135)], [0, np.sin(-0.135), np.cos(-0.135)]], np.float32)
    parts.append(box((0, 0.72, 0.07), (0.62, 0.035, 0.09), (0.36, 0.2, 0.09)))
    parts += [_tilted(part, tilt, (0.0, 1.16, 0.035)) for part in painted(0.72, 0.84, seed)]
    return facing(parts, {"top": (0.0, 1.75, 0.0)}, 0.7)


def _tilted(mesh: Mesh, turn: Floats, at: tuple[float, float, float]) -> Mesh:
    vertices = mesh.vertices @ turn.T + np.asarray(at, np.float32)
    return Mesh(
        vertices.astype(np.float32), mesh.faces, (mesh.normals @ turn.T).astype(np.float32), mesh.colours, mesh.gloss
    )


def painted(wide: float, high: float, seed: int) -> list[Mesh]:
    """A small painting facing +z, its middle at the origin: a landscape, the sea, a portrait or shapes, by `seed`."""
    rng = np.random.default_rng(seed + 3)
    rows, columns = 44, max(20, round(44 * wide / high))
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    u, v = x / (columns - 1), 1 - y / (rows - 1)
    kinds = (_hills, _sea, _portrait, _shapes) if high > wide * 0.9 else (_hills, _sea, _shapes, _hills)
    tone = kinds[seed % 4](u, v, rng, wide / high)
    tone = tone * rng.uniform(0.9, 1.1, (rows, columns, 1))
    points = np.stack([(u - 0.5) * wide, (v - 0.5) * high, np.full_like(u, 0.008)], -1).reshape(-1, 3)
    a = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)[None]).reshape(-1)
    faces = np.concatenate([np.stack([a, a + columns, a + columns + 1], 1), np.stack([a, a + columns + 1, a + 1], 1)])
    normals = np.tile(np.array((0.0, 0.0, 1.0), np.float32), (len(points), 1))
    colours = np.clip(tone.reshape(-1, 3), 0, 1).astype(np.float32)
    canvas = Mesh(points.astype(np.float32), faces.astype(np.int32), normals, colours)
    return [canvas, box((0, 0, -0.006), (wide + 0.006, high + 0.006, 0.024), (0.75, 0.71, 0.62))]


def _sky_tones(v: Floats, rng: np.random.Generator) -> Floats:
    skies: tuple[Colour, ...] = ((0.36, 0.50, 0.66), (0.76, 0.46, 0.24), (0.50, 0.56, 0.50), (0.16, 0.20, 0.36))
    tone: Floats = np.asarray(skies[int(rng.integers(4))], np.float32) * (0.75 + 0.5 * (1 - v))[..., None]
    return tone


def _hills(u: Floats, v: Floats, rng: np.random.Generator, shape: float) -> Floats:
    tone = _sky_tones(v, rng)
    sun = np.exp(-(((u - rng.uniform(0.25, 0.75)) * 8 * shape) ** 2 + ((v - 0.74) * 8) ** 2))
    tone = tone + sun[..., None] * (np.array((0.9, 0.74, 0.42), np.float32) - tone)
    greens: tuple[Colour, ...] = ((0.22, 0.28, 0.30), (0.14, 0.22, 0.12), (0.28, 0.26, 0.09), (0.10, 0.13, 0.05))
    for index, green in enumerate(greens):
        edge = 0.56 - 0.13 * index + 0.07 * np.sin(u * rng.uniform(3, 9) + rng.uniform(0, 6))
        tone = np.where((v < edge)[..., None], np.asarray(green, np.float32), tone)
    return tone


def _sea(u: Floats, v: Floats, rng: np.random.Generator, shape: float) -> Floats:
    tone = _sky_tones(v, rng)
    water = np.array((0.05, 0.16, 0.22), np.float32) * (1 + 0.5 * np.sin(v * 90 + np.sin(u * 17) * 1.5) * (0.5 - v))[..., None]
    tone = np.where((v < 0.42)[..., None], water, tone)
    at = float(rng.uniform(0.35, 0.65))
    x, y = (u - at) * shape, v - 0.4
    hull = (np.abs(x) < 0.13 - 0.4 * np.clip(-y, 0, 1)) & (np.abs(y) < 0.03)
    sail = (x > -0.1) & (x < 0.1 - y * 0.24) & (y > 0.03) & (y < 0.4) & (np.abs(x + 0.02) > 0.012)
    tone = np.where(sail[..., None], np.array((0.8, 0.76, 0.64), np.float32), tone)
    return np.where(hull[..., None], np.array((0.16, 0.07, 0.03), np.float32), tone)


def _portrait(u: Floats, v: Floats, rng: np.random.Generator, shape: float) -> Floats:
    tone = np.array((0.10, 0.075, 0.05), np.float32) * (1.3 - np.hypot(u - 0.5, v - 0.6))[..., None]
    x, y = (u - 0.5) * shape, v
    cloths: tuple[Colour, ...] = ((0.30, 0.04, 0.04), (0.05, 0.10, 0.16), (0.13, 0.10, 0.05))

    def over(mask: Floats, colour: Colour, light: float = 0.0) -> None:
        nonlocal tone
        lit = np.asarray(colour, np.float32) * (1 - light * x * 4)[..., None]
        tone = np.where(mask[..., None], lit, tone)

    over(np.hypot(x * 0.8, (y + 0.02) * 1.0) < 0.36, cloths[int(rng.integers(3))], 0.5)
    over(np.hypot(x, (y - 0.62) * 0.8) < 0.165, (0.07, 0.035, 0.02))
    over((np.abs(x) < 0.055) & (y > 0.3) & (y < 0.5), (0.50, 0.32, 0.22), 1.0)
    over(np.hypot(x, (y - 0.57) * 0.78) < 0.118, (0.66, 0.44, 0.32), 1.2)
    over(np.hypot(x, (y - 0.69) * 1.6) < 0.115, (0.07, 0.035, 0.02))
    for side in (-1, 1):
        over(np.hypot(x - side * 0.045, (y - 0.585) * 1.5) < 0.013, (0.05, 0.03, 0.02))
    over((np.abs(x) < 0.035) & (np.abs(y - 0.487) < 0.008), (0.40, 0.12, 0.10))
    return tone


def _shapes(u: Floats, v: Floats, rng: np.random.Generator, shape: float) -> Floats:
    tone: Floats = np.broadcast_to(np.array((0.74, 0.68, 0.56), np.float32), (*u.shape, 3)).copy()
    colours: tuple[Colour, ...] = ((0.62, 0.07, 0.04), (0.05, 0.14, 0.40), (0.82, 0.55, 0.06), (0.03, 0.03, 0.035), (0.10, 0.32, 0.26))
    for index in range(9):
        cx, cy, r = rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9), rng.uniform(0.06, 0.2)
        x, y = (u - cx) * shape, v - cy
        if index % 3 == 0:
            mask = np.hypot(x, y) < r
        elif index % 3 == 1:
            mask = (np.abs(x) < r * 1.4) & (np.abs(y) < r * 0.5)
        else:
            mask = np.abs(x * rng.uniform(-1, 1) + y) < 0.018
        tone = np.where(mask[..., None], np.asarray(colours[int(rng.integers(5))], np.float32), tone)
    return tone


def picture_frame(wide: float, high: float, seed: int, gilt: Colour = (0.50, 0.33, 0.10)) -> Figure:
    """A framed painting to hang on a wall; its origin is the lower edge."""
    rim = 0.05 + 0.03 * min(wide, high)
    bars = [((side * (wide + rim) / 2, 0.0, 0.01), (rim, high + 2 * rim, 0.05)) for side in (-1, 1)]
    bars += [((0.0, side * (high + rim) / 2, 0.01), (wide + 2 * rim, rim, 0.05)) for side in (-1, 1)]
    inner = [((side * (wide) / 2, 0.0, 0.025), (0.018, high, 0.04)) for side in (-1, 1)]
    inner += [((0.0, side * high / 2, 0.025), (wide, 0.018, 0.04)) for side in (-1, 1)]
    return facing([*painted(wide, high, seed), slabs(bars, gilt, 0.35), slabs(inner, _dimmed(gilt, 1.3), 0.4)], {})


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
    around = np.linspace(0, 2 * np.pi, 40)
    parts = [
        tube(
            [(0.17 * float(np.cos(a)), 0.18 + 0.17 * float(np.sin(a)), 0.02) for a in around], [0.02] * 40, colour, 0.4
        )
    ]
    face = lathe([(0.165, 0.0), (0.0, 0.001)], (0.85, 0.83, 0.77), 0.2, 40)
    turn = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], np.float32)
    parts.append(_tilted(face, turn, (0.0, 0.18, 0.012)))
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
    deepest = _dimmed(colour, 0.5)
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
