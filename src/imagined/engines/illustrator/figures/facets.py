"""Chunks: convex bodies cut by planes, for rocks and ice; cheap enough to strew by the hundred."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.solids import ball, flat
from imagined.engines.illustrator.mesh import Floats, Mesh


def chunk(rng: np.random.Generator, cuts: int, flatness: float, segments: int = 20) -> Floats:
    """Corners (F, 3, 3) of a body about one unit in radius, cut by `cuts` random planes; `flatness` squashes it."""
    sphere = ball((0.0, 0.0, 0.0), 1.0, (1.0, 1.0, 1.0), segments=segments)
    normals = rng.normal(size=(cuts, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    depths = rng.uniform(0.55, 0.95, cuts)
    facing = np.maximum(np.einsum("vc,pc->vp", sphere.vertices.astype(np.float64), normals), 1e-3)
    reach = np.minimum((depths / facing).min(1), 1.15)
    points = sphere.vertices * reach[:, None] * np.array([1.0, 1.0 - flatness, 1.0])
    result: Floats = points[sphere.faces].astype(np.float32)
    return result


def stone(seed: int, colour: Colour) -> Mesh:
    """A small rock, half a metre in radius, lying flat."""
    rng = np.random.default_rng(seed)
    triangles = chunk(rng, 11, 0.35, 14) * np.float32(0.5) + np.array([0, 0.18, 0], np.float32)
    tone = 0.85 + 0.3 * rng.random(len(triangles))
    return flat(triangles, np.asarray(colour, np.float32) * tone[:, None].astype(np.float32))


def iceberg(seed: int, size: float) -> Mesh:
    """An iceberg about `size` metres tall, its foot under the water at 0: snow on top, blue where it is cut."""
    rng = np.random.default_rng(seed)
    pieces = []
    for index in range(5):
        tall = float(rng.uniform(0.5, 1.0)) if index else 1.0
        wide = float(rng.uniform(0.35, 0.6)) * (1.0 if index else 1.25)
        off = np.array([rng.normal() * 0.45, 0.0, rng.normal() * 0.35]) * (index > 0)
        piece = chunk(rng, 9, 0.0, 30) * np.array([wide, tall * 0.8, wide * 0.9]) + np.array([0, tall * 0.1, 0]) + off
        pieces.append(piece)
    triangles = (np.concatenate(pieces) * size).astype(np.float32)
    normal = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    up = normal[:, 1] / np.maximum(np.linalg.norm(normal, axis=1), 1e-9)
    height = triangles[:, :, 1].mean(1) / size
    snow = np.clip(up * 1.8 - 0.1, 0, 1)[:, None]
    deep = np.clip(0.55 - height, 0, 1)[:, None]
    ice = np.array((0.50, 0.68, 0.78)) * (1 - deep) + np.array((0.16, 0.42, 0.56)) * deep
    return flat(triangles, (ice * (1 - snow) + np.array((0.76, 0.80, 0.85)) * snow).astype(np.float32), 0.2)
