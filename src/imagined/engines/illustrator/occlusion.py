"""Ambient occlusion: how much of its surroundings each place sees, traced at half the picture's size."""

from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import hashed
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.trace import Tracer

_RAYS = 6
_STEP = 2


@dataclass(frozen=True)
class Occlusion:
    """Openness at half size with the depth it belongs to; without arrays everything is open."""

    openness: Floats | None
    depth: Floats | None

    @classmethod
    def of(cls, tracer: Tracer, lens: Lens, strength: float) -> "Occlusion":
        """Traces the openness of what the lens sees; nothing to do when `strength` is 0."""
        if strength <= 0:
            return cls(None, None)
        columns, rows = (lens.width + _STEP - 1) // _STEP, (lens.height + _STEP - 1) // _STEP
        openness = np.ones((rows, columns), np.float32)
        depth = np.full((rows, columns), np.inf, np.float32)
        for top in range(0, rows, 32):
            bottom = min(rows, top + 32)
            x, y = np.meshgrid(np.arange(columns), np.arange(top, bottom))
            opened, distance = _trace(tracer, lens, x.reshape(-1), y.reshape(-1))
            openness[top:bottom] = opened.reshape(-1, columns)
            depth[top:bottom] = distance.reshape(-1, columns)
        smooth = _smoothed(openness, depth)
        return cls((1.0 - np.float32(strength) * (1.0 - smooth)).astype(np.float32), depth)

    def at(self, x: Floats, y: Floats, distance: Floats) -> Floats:
        """(N,) openness at picture points, taken from the neighbours at a like distance."""
        if self.openness is None or self.depth is None:
            return np.ones(len(x), np.float32)
        rows, columns = self.openness.shape
        place_x = np.clip(x / np.float32(_STEP) - np.float32(0.5), 0, columns - 1.001)
        place_y = np.clip(y / np.float32(_STEP) - np.float32(0.5), 0, rows - 1.001)
        left, top = place_x.astype(np.int32), place_y.astype(np.int32)
        right_part, down_part = place_x - left.astype(np.float32), place_y - top.astype(np.float32)
        total = np.zeros_like(x)
        weights = np.zeros_like(x)
        for down in (0, 1):
            for right in (0, 1):
                index = np.minimum(top + down, rows - 1) * columns + np.minimum(left + right, columns - 1)
                weight = (right_part if right else 1 - right_part) * (down_part if down else 1 - down_part)
                apart = np.abs(self.depth.reshape(-1).take(index) - distance) / distance
                weight = (weight + np.float32(1e-3)) * np.exp(np.maximum(apart * np.float32(-25.0), np.float32(-60.0)))
                weight += np.float32(1e-12)
                total += weight * self.openness.reshape(-1).take(index)
                weights += weight
        value: Floats = total / weights
        return value


def _trace(tracer: Tracer, lens: Lens, column: np.ndarray, row: np.ndarray) -> tuple[Floats, Floats]:
    x = column.astype(np.float32) * _STEP + np.float32(_STEP / 2)
    y = row.astype(np.float32) * _STEP + np.float32(_STEP / 2)
    ray = lens.directions(x, y)
    origin = np.broadcast_to(lens.eye, ray.shape)
    found = tracer.nearest(origin, ray)
    openness = np.ones(len(x), np.float32)
    hit = np.flatnonzero(found.face >= 0)
    if not len(hit):
        return openness, found.distance
    normal = tracer.attributes(found.face[hit], found.u[hit], found.v[hit]).normal
    normal = np.where((np.einsum("ij,ij->i", normal, ray[hit]) > 0)[:, None], -normal, normal)
    distance = found.distance[hit]
    start = (
        origin[hit] + ray[hit] * distance[:, None] + normal * (distance * np.float32(4e-4) + np.float32(2e-3))[:, None]
    )
    # Distant things are judged on a larger scale, or their corners would be finer than a pixel.
    reach = np.clip(distance * np.float32(0.12), 0.15, 60.0)
    total = np.zeros(len(hit), np.float32)
    turn = hashed(column[hit], row[hit]) * np.float32(2 * np.pi)
    for index in range(_RAYS):
        direction = _hemisphere(normal, index, turn)
        near = tracer.reaches(start, direction, reach)
        total += np.clip(near / reach, 0.0, 1.0) ** np.float32(0.7)
    openness[hit] = total * np.float32(1.0 / _RAYS)
    return openness, found.distance


def _hemisphere(normal: Floats, index: int, turn: Floats) -> Floats:
    """Directions around the normals, spread by their cosine, each turned by `turn` radians."""
    height = np.float32(1.0 - 2.0 * (index + 0.5) / _RAYS)
    around = np.sqrt(np.float32(1.0) - height * height)
    angle = turn + np.float32(index * 2.399963)
    ball = np.stack([np.cos(angle) * around, np.full_like(angle, height), np.sin(angle) * around], axis=1)
    direction = normal + ball * np.float32(0.98)
    direction /= np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), np.float32(1e-6))
    result: Floats = direction.astype(np.float32)
    return result


def _smoothed(openness: Floats, depth: Floats) -> Floats:
    """Averages out the grain of the few rays among neighbours at a like distance."""
    total = openness.copy()
    weights = np.ones_like(openness)
    inverse = np.float32(1.0) / depth
    for down, right in (
        (0, 1),
        (0, -1),
        (1, 0),
        (-1, 0),
        (1, 1),
        (-1, -1),
        (1, -1),
        (-1, 1),
        (0, 2),
        (0, -2),
        (2, 0),
        (-2, 0),
    ):
        other = np.roll(openness, (down, right), (0, 1))
        there = np.roll(inverse, (down, right), (0, 1))
        like = np.abs(there - inverse) < np.float32(0.03) * np.maximum(inverse, np.float32(1e-9))
        weight = like.astype(np.float32)
        total += weight * other
        weights += weight
    smooth: Floats = total / weights
    return smooth
