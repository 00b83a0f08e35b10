"""Pictures in frames, on canvas and on slate; metres, facing +z."""

from itertools import pairwise

import numpy as np

from imagined.engines.illustrator.figures.carpentry import DARK_WOOD, facing, slabs
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.lights import dimmed
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.solids import box, tube
from imagined.engines.illustrator.mesh import Floats, Mesh


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
    for one, two in pairwise(corner):
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
    parts += [tilted(part, tilt, (0.0, 1.16, 0.035)) for part in painted(0.72, 0.84, seed)]
    return facing(parts, {"top": (0.0, 1.75, 0.0)}, 0.7)


def tilted(mesh: Mesh, turn: Floats, at: tuple[float, float, float]) -> Mesh:
    """The mesh turned by a matrix, then moved."""
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
    water = (
        np.array((0.05, 0.16, 0.22), np.float32)
        * (1 + 0.5 * np.sin(v * 90 + np.sin(u * 17) * 1.5) * (0.5 - v))[..., None]
    )
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
    finished: Floats = tone
    return finished


def _shapes(u: Floats, v: Floats, rng: np.random.Generator, shape: float) -> Floats:
    tone: Floats = np.broadcast_to(np.array((0.74, 0.68, 0.56), np.float32), (*u.shape, 3)).copy()
    colours: tuple[Colour, ...] = (
        (0.62, 0.07, 0.04),
        (0.05, 0.14, 0.40),
        (0.82, 0.55, 0.06),
        (0.03, 0.03, 0.035),
        (0.10, 0.32, 0.26),
    )
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
    return facing([*painted(wide, high, seed), slabs(bars, gilt, 0.35), slabs(inner, dimmed(gilt, 1.3), 0.4)], {})
