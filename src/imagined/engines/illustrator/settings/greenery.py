"""What grows and lies on the ground: grass, flowers, trees and rocks, scattered where the camera looks."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from imagined.engines.illustrator.figures.buildings import rock
from imagined.engines.illustrator.figures.facets import stone
from imagined.engines.illustrator.figures.plants import broadleaf, conifer, palm
from imagined.engines.illustrator.mesh import Floats, Mesh, joined
from imagined.engines.illustrator.settings.terrain import Height

Spots = Floats
"""(N, 2) x and z, metres."""


def in_view(
    rng: np.random.Generator, eye: tuple[float, float], near: float, far: float, count: int, half: float = 0.75
) -> Spots:
    """Places ahead of the camera, `half` radians to either side, as dense in the picture far away as near."""
    reach = near * (far / near) ** rng.random(count)
    angle = rng.uniform(-half, half, count)
    return np.stack([eye[0] + reach * np.sin(angle), eye[1] - reach * np.cos(angle)], 1).astype(np.float32)


def clear_of(
    spots: Spots, middle: tuple[float, float], radius: float, corridor: tuple[float, float, float] | None = None
) -> Spots:
    """The places outside a circle, and outside the line of sight to it.

    The corridor is the camera's x and z, and its half width at the circle.
    """
    keep = np.hypot(spots[:, 0] - middle[0], spots[:, 1] - middle[1]) > radius
    if corridor is not None:
        x, z, wide = corridor
        depth = np.clip((z - spots[:, 1]) / max(z - middle[1], 1e-3), 0, None)
        centre = x + (middle[0] - x) * depth
        keep &= (depth > 1.15) | (np.abs(spots[:, 0] - centre) > wide * np.maximum(depth, 0.25))
    result: Floats = spots[keep]
    return result


def beside(spots: Spots, eye: tuple[float, float], far: float, half: float) -> Spots:
    """The places that leave the middle of the view open: none within `half` radians of it nearer than `far`."""
    away = np.hypot(spots[:, 0] - eye[0], spots[:, 1] - eye[1])
    angle = np.abs(np.arctan2(spots[:, 0] - eye[0], eye[1] - spots[:, 1]))
    result: Floats = spots[(away > far) | (angle > half)]
    return result


def spaced(spots: Spots, apart: float) -> Spots:
    """The places without those that come closer than `apart` metres to an earlier one, about (by cells)."""
    cell = np.floor(spots / np.float32(apart)).astype(np.int64)
    _, first = np.unique(cell[:, 0] * 1_000_003 + cell[:, 1], return_index=True)
    return spots[np.sort(first)]


def instanced(
    prototypes: Sequence[Mesh], spots: Spots, height: Height, rng: np.random.Generator, sizes: Floats, sunk: float = 0.0
) -> Mesh | None:
    """Copies of the prototypes at the places, turned at random and scaled by `sizes` (N,); None for no place."""
    if not len(spots):
        return None
    y = height(spots[:, 0], spots[:, 1]) - np.float32(sunk) * sizes
    yaw = rng.uniform(0, 2 * np.pi, len(spots)).astype(np.float32)
    tone = rng.uniform(0.82, 1.15, len(spots)).astype(np.float32)
    which = rng.integers(0, len(prototypes), len(spots))
    groups = []
    for index, prototype in enumerate(prototypes):
        at = np.flatnonzero(which == index)
        if len(at):
            groups.append(copies(prototype, spots[at], y[at], yaw[at], sizes[at].astype(np.float32), tone[at]))
    return joined(groups)


def copies(mesh: Mesh, spots: Spots, y: Floats, yaw: Floats, size: Floats, tone: Floats) -> Mesh:
    """The mesh at N places of height `y`, turned by `yaw`, scaled by `size` and its colours by `tone`, all (N,)."""
    count, points = len(spots), len(mesh.vertices)
    c, s = np.cos(yaw)[:, None], np.sin(yaw)[:, None]

    def turned(values: Floats) -> Floats:
        vx, vy, vz = values[:, 0][None], values[:, 1][None], values[:, 2][None]
        return np.stack([c * vx + s * vz, np.broadcast_to(vy, (count, points)), c * vz - s * vx], -1).astype(np.float32)

    vertices = turned(mesh.vertices) * size[:, None, None]
    vertices += np.stack([spots[:, 0], y, spots[:, 1]], 1)[:, None, :]
    faces = mesh.faces[None] + (np.arange(count, dtype=np.int32) * points)[:, None, None]
    colours = np.clip(mesh.colours[None] * tone[:, None, None], 0, 1)
    return Mesh(
        vertices.reshape(-1, 3),
        faces.reshape(-1, 3).astype(np.int32),
        turned(mesh.normals).reshape(-1, 3),
        colours.reshape(-1, 3).astype(np.float32),
    )


def grass(
    rng: np.random.Generator,
    spots: Spots,
    height: Height,
    eye: tuple[float, float],
    tall: float,
    tones: tuple[tuple[float, float, float], tuple[float, float, float]],
) -> Mesh | None:
    """Blades about `tall` metres high; those far from the eye are broader, so that fewer do."""
    count = len(spots)
    if not count:
        return None
    away = np.hypot(spots[:, 0] - eye[0], spots[:, 1] - eye[1])
    y = height(spots[:, 0], spots[:, 1])
    angle = rng.uniform(0, 2 * np.pi, count)
    high = (tall * rng.uniform(0.45, 1.25, count) * np.minimum(1.0, 0.6 + 3.0 / np.maximum(away, 0.1))).astype(
        np.float32
    )
    wide = np.maximum(high * 0.055, away * 0.0011).astype(np.float32)
    lean = rng.normal(size=(count, 2)) * 0.32 + np.array([0.14, 0.0])
    side = np.stack([np.cos(angle), np.zeros(count), np.sin(angle)], 1) * wide[:, None]
    root = np.stack([spots[:, 0], y - 0.02 * tall, spots[:, 1]], 1)
    middle = root + np.stack([lean[:, 0] * high * 0.35, high * 0.58, lean[:, 1] * high * 0.35], 1)
    tip = root + np.stack([lean[:, 0] * high, high, lean[:, 1] * high], 1)
    corners = np.stack([root - side, root + side, middle + side * 0.7, middle - side * 0.7, tip], 1)
    base = (np.arange(count) * 5)[:, None, None]
    faces = (base + np.array([[0, 1, 2], [0, 2, 3], [3, 2, 4]])).reshape(-1, 3)
    # Blades are lit like the ground they stand on; their own facets would sparkle.
    normal = np.tile(np.array([[0, 1, 0]], np.float32), (count * 5, 1))
    normal[:, [0, 2]] += np.repeat(lean * 0.5, 5, 0)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    mix = rng.random((count, 1))
    tone = np.asarray(tones[0]) * (1 - mix) + np.asarray(tones[1]) * mix
    shade = np.array([0.55, 0.55, 0.95, 0.95, 1.2])[None, :, None]
    return Mesh(
        corners.reshape(-1, 3).astype(np.float32),
        faces.astype(np.int32),
        normal.astype(np.float32),
        np.clip(tone[:, None] * shade, 0, 1).reshape(-1, 3).astype(np.float32),
    )


_PETALS = (
    (0.80, 0.10, 0.09),
    (0.86, 0.62, 0.06),
    (0.86, 0.84, 0.80),
    (0.46, 0.20, 0.62),
    (0.82, 0.38, 0.52),
    (0.20, 0.28, 0.70),
)


def blossoms(
    rng: np.random.Generator,
    spots: Spots,
    height: Height,
    eye: tuple[float, float],
    tall: float,
    colours: Sequence[int] = (0, 1, 2, 3, 4),
) -> Mesh | None:
    """Wild flowers on stems: discs of petals, larger far away so that drifts of colour stay visible."""
    count = len(spots)
    if not count:
        return None
    away = np.hypot(spots[:, 0] - eye[0], spots[:, 1] - eye[1])
    y = height(spots[:, 0], spots[:, 1]) + tall * rng.uniform(0.75, 1.3, count)
    size = np.maximum(tall * rng.uniform(0.08, 0.14, count), away * 0.0014)
    around = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    rim = np.where(np.arange(10) % 2 == 0, 1.0, 0.74)
    tilt = rng.normal(size=(count, 2)) * 0.35 + np.array([0.0, 0.45])
    ring = np.stack([np.cos(around) * rim, 0 * around, np.sin(around) * rim], 1)
    centre = np.stack([spots[:, 0], y, spots[:, 1]], 1)
    petals = centre[:, None] + ring[None] * size[:, None, None]
    petals[..., 1] -= (ring[None, :, 0] * tilt[:, :1] + ring[None, :, 2] * tilt[:, 1:]) * size[:, None]
    points = np.concatenate([centre[:, None] + np.array([0, 0.06, 0]) * size[:, None, None], petals], 1)
    base = (np.arange(count) * 11)[:, None, None]
    wheel = np.stack([np.zeros(10, int), 1 + (np.arange(10) + 1) % 10, 1 + np.arange(10)], 1)
    palette = np.asarray([_PETALS[index] for index in colours])
    # Neighbours share a colour: flowers grow in drifts.
    drift = np.sin(spots[:, 0] * 0.9 + np.sin(spots[:, 1] * 0.7) * 2) + rng.normal(size=count) * 0.7
    which = np.clip(((drift + 2.2) / 4.4 * len(colours)).astype(int), 0, len(colours) - 1)
    tone = np.repeat(palette[which][:, None] * rng.uniform(0.8, 1.1, (count, 1, 1)), 11, 1)
    tone[:, 0] = (0.66, 0.42, 0.05)
    normal = np.repeat(np.stack([tilt[:, 0], np.ones(count), tilt[:, 1]], 1), 11, 0)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    return Mesh(
        points.reshape(-1, 3).astype(np.float32),
        (base + wheel).reshape(-1, 3).astype(np.int32),
        normal.astype(np.float32),
        np.clip(tone, 0, 1).reshape(-1, 3).astype(np.float32),
    )


@lru_cache(maxsize=24)
def trees(kind: str, foliage: str, detail: float, seed: int = 5) -> tuple[Mesh, ...]:
    """Three trees one metre tall to copy: ``conifer``, ``broadleaf``, ``palm`` or ``far`` (plain cones)."""
    made = []
    for index in range(3):
        rng = np.random.default_rng(seed * 10 + index)
        if kind == "conifer":
            made.append(conifer(rng, 1.0, foliage == "winter", detail))
        elif kind == "palm":
            made.append(palm(rng, 1.0))
        elif kind == "far":
            made.append(_far_conifer(foliage == "winter", index))
        else:
            made.append(broadleaf(rng, 1.0, foliage, detail))
    return tuple(made)


def _far_conifer(snowy: bool, index: int) -> Mesh:
    """Two tilted cones of six sides: enough for a tree a few pixels tall."""
    turn = np.linspace(0, 2 * np.pi, 7)[:-1] + index
    corners, tones = [], []
    for low, high, reach in ((0.05, 0.72, 0.19), (0.38, 1.0, 0.13)):
        ring = np.stack([np.cos(turn) * reach, np.full(6, low), np.sin(turn) * reach], 1)
        tip = np.tile([0.0, high, 0.0], (6, 1))
        corners.append(np.stack([np.roll(ring, -1, 0), ring, tip], 1))
        tones.append(np.tile(np.array([[0.022, 0.05, 0.022], [0.022, 0.05, 0.022], [0.05, 0.095, 0.04]]), (6, 1, 1)))
    points = np.concatenate(corners).reshape(-1, 3).astype(np.float32)
    tone = np.concatenate(tones).reshape(-1, 3)
    if snowy:
        tone = tone * 0.35 + np.array([0.80, 0.83, 0.88]) * np.array([0.25, 0.25, 0.7] * 12)[:, None]
    normal = points * np.array([1, 0, 1], np.float32) + np.array([0, 0.12, 0], np.float32)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    return Mesh(
        points,
        np.arange(len(points), dtype=np.int32).reshape(-1, 3),
        normal.astype(np.float32),
        tone.astype(np.float32),
    )


@lru_cache(maxsize=8)
def rocks(colour: tuple[float, float, float] = (0.30, 0.28, 0.26)) -> tuple[Mesh, ...]:
    """Five stones half a metre in radius."""
    return tuple(stone(seed, colour) for seed in range(5))


@lru_cache(maxsize=8)
def boulders(colour: tuple[float, float, float] = (0.30, 0.28, 0.26)) -> tuple[Mesh, ...]:
    """Three weathered boulders half a metre in radius, for the foreground."""
    return tuple(rock(0.5, seed, 0.05, colour) for seed in (3, 11, 17))
