"""Joints: where a knee or an elbow goes, and frames that parts hang in."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Point, turned
from imagined.engines.illustrator.mesh import Floats


def joint(start: Point, end: Point, upper: float, lower: float, towards: Point) -> Point:
    """The middle joint of a two-bone limb from `start` to `end`, bent towards the direction `towards`.

    When the limb is too short to reach, it is stretched straight.
    """
    a, b, aim = (np.asarray(value, np.float64) for value in (start, end, towards))
    line = b - a
    length = max(float(np.linalg.norm(line)), 1e-6)
    line /= length
    along = (length * length + upper * upper - lower * lower) / (2 * length)
    along = float(np.clip(along, 0.1 * length, 0.9 * length))
    bend = aim - line * float(aim @ line)
    bend /= max(float(np.linalg.norm(bend)), 1e-6)
    height = np.sqrt(max(upper * upper - along * along, 0.0))
    x, y, z = a + line * along + bend * height
    return (float(x), float(y), float(z))


def add(a: Point, b: Point) -> Point:
    """The sum of two points."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def mixed(a: Point, b: Point, t: float) -> Point:
    """The point a share `t` of the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


class Frame:
    """A place, a direction and a unit of length: a head, described in head radii whatever way it looks."""

    def __init__(self, origin: Point, unit: float, pitch: float = 0.0, yaw: float = 0.0, roll: float = 0.0) -> None:
        self.origin = origin
        self.unit = unit
        self.turn = turned(pitch, yaw, roll)

    def at(self, x: float, y: float, z: float) -> Point:
        """A point given in units: x forward, y up, z to the right-hand side of the viewer."""
        local = self.turn * (np.array([x, y, z], np.float32) * np.float32(self.unit))
        px, py, pz = local.sum(1)
        return (self.origin[0] + float(px), self.origin[1] + float(py), self.origin[2] + float(pz))

    def direction(self, x: float, y: float, z: float) -> Floats:
        """A unit vector given in the frame."""
        local = (self.turn * np.array([x, y, z], np.float32)).sum(1)
        result: Floats = (local / np.linalg.norm(local)).astype(np.float32)
        return result

    def size(self, x: float, y: float, z: float) -> Point:
        """Lengths given in units, in metres."""
        return (x * self.unit, y * self.unit, z * self.unit)


def smoothed(points: list[Point], values: list[float], count: int) -> tuple[list[Point], list[float]]:
    """A curve through `points` with a value at each (a radius), both resampled to `count` and free of corners."""
    line = np.column_stack([np.asarray(points, np.float64), values])
    ends = np.concatenate([2 * line[:1] - line[1:2], line, 2 * line[-1:] - line[-2:-1]])
    at = np.linspace(0, len(points) - 1, count)
    index = np.minimum(at.astype(int), len(points) - 2)
    t = (at - index)[:, None]
    a, b, c, d = (ends[index + k] for k in range(4))
    curve = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return [(float(x), float(y), float(z)) for x, y, z, _ in curve], [max(float(r), 1e-4) for r in curve[:, 3]]
