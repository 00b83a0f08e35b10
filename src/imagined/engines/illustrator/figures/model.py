"""What a figure is: a mesh with its origin where it touches the ground, facing +x, and points to attach others to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point, Tint
from imagined.engines.illustrator.figures.solids import ball
from imagined.engines.illustrator.mesh import Floats, Mesh, joined


@dataclass(frozen=True)
class Figure:
    """One figure in its pose, metres."""

    mesh: Mesh
    anchors: Mapping[str, Point] = field(default_factory=dict)
    """Where things attach: ``back`` and ``seat`` to sit on, ``head`` for the face, ``top`` to stand on."""
    girth: float = 0.3
    """Width across the back, for the legs of a rider."""


def gathered(parts: list[Mesh], anchors: Mapping[str, Point], girth: float = 0.3) -> Figure:
    """The parts as one figure, dropped so that its lowest point is at y = 0."""
    mesh = joined(parts)
    low = float(mesh.vertices[:, 1].min())
    lifted = {name: (x, y - low, z) for name, (x, y, z) in anchors.items()}
    return Figure(mesh.moved((0.0, -low, 0.0)), lifted, girth)


def eye(at: Point, look: Floats, size: float, iris: Colour = (0.03, 0.02, 0.015), white: bool = False) -> list[Mesh]:
    """An eye of radius `size` looking along the unit vector `look`: a glossy ball, pupil and a catch of light."""
    centre = np.asarray(at, np.float32)
    glint = centre + (look * 0.72 + np.array([0.1, 0.55, 0.1], np.float32)) * size
    parts = [ball(tuple(glint), size * 0.24, (1.0, 1.0, 1.0), 0.0, glow=(0.9, 0.9, 0.9), segments=10)]
    if white:
        parts.append(ball(at, size, (0.88, 0.87, 0.84), 0.6))
        parts.append(ball(tuple(centre + look * size * 0.5), size * 0.66, iris, 0.8))
        parts.append(ball(tuple(centre + look * size * 0.78), size * 0.43, (0.01, 0.01, 0.01), 0.9))
        return parts
    parts.append(ball(at, size, iris, 0.9))
    if sum(iris) > 0.3:
        parts.append(ball(tuple(centre + look * size * 0.5), size * 0.6, (0.01, 0.01, 0.01), 0.9))
    return parts


def furry(strength: float = 0.16, scale: float = 60.0) -> Tint:
    """A tint that mottles a coat: darker and lighter tufts, longer along the fall of the hair."""

    def tint(points: Floats, normals: Floats, colours: Floats) -> Floats:
        tuft = noise3(points * np.array([scale, scale * 0.35, scale], np.float32))
        patch = noise3(points * np.float32(scale * 0.12))
        shade = 1 + np.float32(strength) * (tuft + patch) + np.float32(0.08) * normals[:, 1]
        return (colours * shade[:, None]).astype(np.float32)

    return tint


def noise3(points: Floats) -> Floats:
    """Smooth value noise of points (N, 3), about -1 to 1, feature size one unit; the same on every machine."""
    cell = np.floor(points).astype(np.int64)
    f = (points - cell).astype(np.float32)
    f = f * f * (3 - 2 * f)
    total = np.zeros(len(points), np.float32)
    for corner in range(8):
        offset = np.array([corner & 1, corner >> 1 & 1, corner >> 2], np.int64)
        weight = np.where(offset, f, 1 - f).prod(1)
        total += weight * _hashed(cell + offset)
    return total


def _hashed(cell: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Floats:
    key = (cell[:, 0] * 374761393 + cell[:, 1] * 668265263 + cell[:, 2] * 2147483647).astype(np.uint64)
    key ^= key >> np.uint64(13)
    key *= np.uint64(0x9E3779B97F4A7C15)
    key ^= key >> np.uint64(31)
    return ((key & np.uint64(0xFFFF)).astype(np.float32) / np.float32(32767.5) - 1).astype(np.float32)
