"""Clay: soft primitives blended into one body by signed distances, then meshed once.

A `Clay` collects round cones, ellipsoids and boxes, may have some carved away, and is coloured by the primitive
nearest to each vertex and by paints laid over it. Distances are evaluated only in blocks of the grid that the
surface passes through, and each primitive only where it can matter.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.figures.nets import surface
from imagined.engines.illustrator.mesh import Floats, Mesh

Point = tuple[float, float, float]
Colour = tuple[float, float, float]
Distance = Callable[[Floats], Floats]
"""Points (3, N) to signed distances (N,), metres; coordinates apart, as numpy is fastest that way."""
Tint = Callable[[Floats, Floats, Floats], Floats]
"""Points (N, 3), normals (N, 3) and colours (N, 3) to new colours."""

_BLOCK = 8


@dataclass(frozen=True)
class _Part:
    distance: Distance
    centre: Floats
    radius: float
    colour: Colour
    gloss: float
    carved: bool
    blend: float


@dataclass(frozen=True)
class _Paint:
    distance: Distance
    colour: Colour
    soft: float


def turned(pitch: float = 0.0, yaw: float = 0.0, roll: float = 0.0) -> Floats:
    """A rotation matrix: roll about x, then pitch about z (nose up), then yaw about y; radians."""
    cr, sr, cp, sp, cy, sy = (f(a) for a in (roll, pitch, yaw) for f in (np.cos, np.sin))
    about_x = np.array([[1, 0, 0], [0, cr, -sr], [0, sr, cr]])
    about_z = np.array([[cp, -sp, 0], [sp, cp, 0], [0, 0, 1]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    result: Floats = (about_y @ about_z @ about_x).astype(np.float32)
    return result


def _turn(q: Floats, turn: Floats | None) -> Floats:
    """Offsets (3, N) seen from inside a turned primitive; written out, as BLAS results may vary with threads."""
    if turn is None:
        return q
    x, y, z = q
    return np.stack([x * turn[0, i] + y * turn[1, i] + z * turn[2, i] for i in range(3)])


def _cone(a: Floats, b: Floats, r1: float, r2: float) -> Distance:
    axis = b - a
    length = max(float(np.linalg.norm(axis)), 1e-6)
    axis = axis / np.float32(length)
    narrowing = np.float32((r1 - r2) / length)
    sine = float(np.clip((r1 - r2) / length, -0.98, 0.98))
    slope = np.float32(sine / np.sqrt(1 - sine * sine))

    def distance(p: Floats) -> Floats:
        x, y, z = p[0] - a[0], p[1] - a[1], p[2] - a[2]
        along = x * axis[0] + y * axis[1] + z * axis[2]
        across2 = np.maximum(x * x + y * y + z * z - along * along, 0)
        t = np.clip(along - np.sqrt(across2) * slope, 0, np.float32(length))
        along -= t
        reach: Floats = np.sqrt(across2 + along * along) + t * narrowing - np.float32(r1)
        return reach

    return distance


def _ball(centre: Floats, radii: Floats, turn: Floats | None) -> Distance:
    smallest = np.float32(radii.min())

    def distance(p: Floats) -> Floats:
        x, y, z = _turn(p - centre[:, None], turn)
        x, y, z = x / radii[0], y / radii[1], z / radii[2]
        k0 = np.sqrt(x * x + y * y + z * z)
        x, y, z = x / radii[0], y / radii[1], z / radii[2]
        k1 = np.sqrt(x * x + y * y + z * z)
        near: Floats = k0 * (k0 - 1) / np.maximum(k1, np.float32(1e-6))
        # The estimate loses its footing at the very centre, where any negative number will do.
        return np.where(k0 < 0.05, -smallest, near)

    return distance


def _box(centre: Floats, half: Floats, rounding: float, turn: Floats | None) -> Distance:
    inner = np.maximum(half - np.float32(rounding), 0)

    def distance(p: Floats) -> Floats:
        q = np.abs(_turn(p - centre[:, None], turn)) - inner[:, None]
        x, y, z = np.maximum(q, 0)
        reach: Floats = np.sqrt(x * x + y * y + z * z) + np.minimum(q.max(0), 0) - np.float32(rounding)
        return reach

    return distance


def _vector(value: Point | Floats) -> Floats:
    return np.asarray(value, np.float32)


class Clay:
    """One body of blended primitives."""

    def __init__(self, blend: float = 0.04) -> None:
        self.blend = blend
        """How far, in metres, primitives added from now on run into what is there."""
        self._parts: list[_Part] = []
        self._paints: list[_Paint] = []

    def cone(
        self, a: Point, b: Point, r1: float, r2: float, colour: Colour, gloss: float = 0.0, carved: bool = False
    ) -> None:
        """A round cone from `a` with radius `r1` to `b` with radius `r2`, metres."""
        va, vb = _vector(a), _vector(b)
        radius = float(np.linalg.norm(vb - va)) / 2 + max(r1, r2)
        self._parts.append(_Part(_cone(va, vb, r1, r2), (va + vb) / 2, radius, colour, gloss, carved, self.blend))

    def ball(
        self,
        centre: Point,
        radii: Point,
        colour: Colour,
        gloss: float = 0.0,
        turn: Floats | None = None,
        carved: bool = False,
    ) -> None:
        """An ellipsoid with half-axes `radii`, metres, turned by the matrix `turn`."""
        at, size = _vector(centre), _vector(radii)
        self._parts.append(_Part(_ball(at, size, turn), at, float(size.max()), colour, gloss, carved, self.blend))

    def box(
        self,
        centre: Point,
        half: Point,
        rounding: float,
        colour: Colour,
        gloss: float = 0.0,
        turn: Floats | None = None,
        carved: bool = False,
    ) -> None:
        """A box with half sizes `half` and rounded edges, metres."""
        at, size = _vector(centre), _vector(half)
        reach = float(np.linalg.norm(size))
        self._parts.append(_Part(_box(at, size, rounding, turn), at, reach, colour, gloss, carved, self.blend))

    def chain(self, points: list[Point], radii: list[float], colour: Colour, gloss: float = 0.0) -> None:
        """Round cones through `points`: a limb, a tail, a trunk."""
        for a, b, r1, r2 in zip(points[:-1], points[1:], radii[:-1], radii[1:], strict=True):
            self.cone(a, b, r1, r2, colour, gloss)

    def paint(self, centre: Point, radii: Point, colour: Colour, soft: float, turn: Floats | None = None) -> None:
        """Colour whatever of the body lies inside an ellipsoid, fading out over `soft` metres."""
        self._paints.append(_Paint(_ball(_vector(centre), _vector(radii), turn), colour, soft))

    def mesh(self, step: float, tint: Tint | None = None) -> Mesh:
        """The body as triangles about `step` metres long, smooth, closed, coloured."""
        low, values = self._grid(step)
        points, faces = surface(values)
        points = low + points * np.float32(step)
        normals, distance = self._slope(points, step)
        # One Newton step takes out the staircase of the grid; its length is held back where blends are steep.
        points = points - normals * np.clip(distance, -0.6 * step, 0.6 * step)[:, None]
        colours, gloss = self._coloured(points)
        if tint is not None:
            colours = tint(points, normals, colours)
        return Mesh(
            vertices=points.astype(np.float32),
            faces=faces,
            normals=normals,
            colours=np.clip(colours, 0, 1).astype(np.float32),
            gloss=gloss,
        )

    def step_for(self, triangles: int, finest: float = 0.0) -> float:
        """The length of a triangle, metres, at which the body has about so many; not under `finest`."""
        solid = [part for part in self._parts if not part.carved]
        low = np.min([part.centre - part.radius for part in solid], axis=0)
        high = np.max([part.centre + part.radius for part in solid], axis=0)
        trial = float((high - low).max()) / 22
        _, values = self._grid(trial)
        inside = values < 0
        crossings = sum(int((inside != np.roll(inside, 1, axis)).sum()) for axis in range(3))
        # Each edge of the grid that leaves the body makes one quad.
        return max(trial * float(np.sqrt(2 * max(crossings, 8) / triangles)), finest)

    def snapped(self, points: list[Point], depth: float = 0.0) -> list[Point]:
        """The points moved onto the surface, or `depth` metres under it."""
        at = np.asarray(points, np.float32)
        for _ in range(4):
            slope, distance = self._slope(at, 0.01 * self._widest + 1e-4)
            at = at - slope * (distance + np.float32(depth))[:, None]
        return [(float(x), float(y), float(z)) for x, y, z in at]

    @property
    def _widest(self) -> float:
        return max(part.blend for part in self._parts)

    def _grid(self, step: float) -> tuple[Floats, Floats]:
        """The corner of a grid round the body, metres, and distances on it; exact near the surface only."""
        solid = [part for part in self._parts if not part.carved]
        pad = self._widest * 0.3 + 2.5 * step
        low = np.min([part.centre - part.radius for part in solid], axis=0) - np.float32(pad)
        high = np.max([part.centre + part.radius for part in solid], axis=0) + np.float32(pad)
        blocks = np.ceil((high - low) / (step * _BLOCK)).astype(int)
        corner = np.stack(np.meshgrid(*(np.arange(n) for n in blocks), indexing="ij"), -1).reshape(-1, 3)
        centres = (low + (corner + 0.5 - 0.5 / _BLOCK) * np.float32(step * _BLOCK)).astype(np.float32)
        reach = np.float32(step * _BLOCK * 0.9)
        centres = np.ascontiguousarray(centres.T)
        coarse = self.distance(centres)
        near = np.abs(coarse) < reach + np.float32(self._widest * 0.25)
        cube = np.stack(np.meshgrid(*([np.arange(_BLOCK)] * 3), indexing="ij"), -1).reshape(-1, 3)
        start = low + corner[near] * np.float32(step * _BLOCK)
        fine = self._in_blocks(start.astype(np.float32), (cube * step).astype(np.float32), centres[:, near], reach)
        filled = np.where(coarse < 0, np.float32(-step), np.float32(step))[:, None].repeat(_BLOCK**3, 1)
        filled[near] = fine
        shape = (*blocks, _BLOCK, _BLOCK, _BLOCK)
        values = filled.reshape(shape).transpose(0, 3, 1, 4, 2, 5).reshape(blocks * _BLOCK)
        return low.astype(np.float32), np.pad(values, 1, constant_values=step)[1:, 1:, 1:]

    def _in_blocks(self, start: Floats, cube: Floats, centres: Floats, reach: np.float32) -> Floats:
        total = np.full((len(start), len(cube)), 1e3, np.float32)
        for part in self._in_order():
            far = part.distance(centres)
            use = np.flatnonzero(far < 2 * reach + np.float32(part.blend))
            if not len(use):
                continue
            points = (start[use].T[:, :, None] + cube.T[:, None, :]).reshape(3, -1)
            total[use] = self._merged(part, total[use], part.distance(points).reshape(len(use), -1))
        return total

    def _in_order(self) -> list[_Part]:
        return sorted(self._parts, key=lambda part: part.carved)

    def _merged(self, part: _Part, total: Floats, new: Floats) -> Floats:
        k = np.float32(max(part.blend, 1e-6))
        if part.carved:
            k = k * np.float32(0.5)
            h = np.maximum(k - np.abs(total + new), 0)
            cut: Floats = np.maximum(total, -new) + h * h * (np.float32(0.25) / k)
            return cut
        h = np.maximum(k - np.abs(total - new), 0)
        union: Floats = np.minimum(total, new) - h * h * (np.float32(0.25) / k)
        return union

    def distance(self, points: Floats) -> Floats:
        """Signed distance, metres, of points (3, N): negative inside."""
        total = np.full(points.shape[1], 1e3, np.float32)
        for part in self._in_order():
            total = self._merged(part, total, part.distance(points))
        return total

    def _near(self, points: Floats) -> Floats:
        """`distance`, for points at the surface: a primitive is asked only about the points it can reach."""
        total = np.full(points.shape[1], 1e3, np.float32)
        for part in self._in_order():
            x, y, z = points - part.centre[:, None]
            use = np.flatnonzero(x * x + y * y + z * z < (part.radius + self._widest * 2) ** 2)
            if len(use):
                total[use] = self._merged(part, total[use], part.distance(points[:, use]))
        return total

    def _slope(self, points: Floats, step: float) -> tuple[Floats, Floats]:
        """Unit gradient (N, 3) and distance (N,), from four samples at the corners of a tetrahedron."""
        size = np.float32(step * 0.35)
        corners = np.array([(1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)], np.float32)
        columns = np.ascontiguousarray(points.T)
        samples = np.stack([self._near(columns + (corner * size)[:, None]) for corner in corners])
        slope = np.einsum("sn,sc->nc", samples, corners)
        length = np.linalg.norm(slope, axis=1, keepdims=True)
        return (slope / np.maximum(length, 1e-9)).astype(np.float32), samples.mean(0)

    def _coloured(self, points: Floats) -> tuple[Floats, Floats]:
        columns = np.ascontiguousarray(points.T)
        colours = np.zeros((len(points), 3), np.float32)
        gloss = np.zeros(len(points), np.float32)
        weight = np.full(len(points), 1e-12, np.float32)
        for part in self._parts:
            if part.carved:
                continue
            sharp = np.float32(5.0 / max(part.blend, 0.004))
            near = np.exp(-np.maximum(part.distance(columns), 0) * sharp)
            colours += near[:, None] * np.asarray(part.colour, np.float32)
            gloss += near * np.float32(part.gloss)
            weight += near
        colours /= weight[:, None]
        for paint in self._paints:
            t = np.clip(0.5 - paint.distance(columns) / np.float32(paint.soft), 0, 1)[:, None]
            t = t * t * (3 - 2 * t)
            colours = colours * (1 - t) + t * np.asarray(paint.colour, np.float32)
        return colours.astype(np.float32), (gloss / weight).astype(np.float32)
