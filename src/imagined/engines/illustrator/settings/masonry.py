"""Solids of a city: prisms with facades, caps and lights, gathered into a few meshes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats, Ints, Mesh
from imagined.engines.illustrator.settings.facade import Facades, Face, Style
from imagined.engines.illustrator.world import Body, Glows, Vector

Plan = npt.NDArray[np.float64]
"""(K, 2) corners in x and z, metres, in the order that makes walls look outwards."""

_UP = (0.0, 1.0, 0.0)
_DARK: Vector = (0.0, 0.0, 0.0)


class _Triangles:
    """Batches of vertices and faces that grow into one mesh."""

    def __init__(self) -> None:
        self._vertices: list[Floats] = []
        self._normals: list[Floats] = []
        self._colours: list[Floats] = []
        self._emission: list[Floats] = []
        self._uv: list[Floats] = []
        self._faces: list[Ints] = []
        self._part: list[Ints] = []
        self.count = 0

    def add(
        self, vertices: Any, normals: Any, colour: Vector, emission: Vector, uv: Any, faces: Any, part: Any
    ) -> None:
        """Adds vertices (V, 3) with one colour; `faces` count from the first of them."""
        count = len(vertices)
        self._vertices.append(np.asarray(vertices, np.float32))
        self._normals.append(np.broadcast_to(np.asarray(normals, np.float32), (count, 3)))
        self._colours.append(np.broadcast_to(np.asarray(colour, np.float32), (count, 3)))
        self._emission.append(np.broadcast_to(np.asarray(emission, np.float32), (count, 3)))
        self._uv.append(np.broadcast_to(np.asarray(uv, np.float32), (count, 2)))
        self._faces.append(np.asarray(faces, np.int32) + np.int32(self.count))
        self._part.append(np.broadcast_to(np.asarray(part, np.int32), len(faces)))
        self.count += count

    def mesh(self) -> Mesh:
        """Everything added so far; there must be something."""
        return Mesh(
            vertices=np.concatenate(self._vertices),
            faces=np.concatenate(self._faces),
            normals=np.concatenate(self._normals),
            colours=np.concatenate(self._colours),
            emission=np.concatenate(self._emission),
            uv=np.concatenate(self._uv),
            part=np.concatenate(self._part),
        )


@dataclass(frozen=True)
class Wall:
    """A flat upright face that a sign may hang on."""

    centre: Vector
    """Middle of the face, metres."""
    outwards: tuple[float, float]
    """Unit vector in x and z."""
    width: float
    height: float


class Masonry:
    """Collects the pieces of a city; `power` scales every light."""

    def __init__(self, power: float = 1.0) -> None:
        self.power = power
        self.walls: list[Wall] = []
        self._clad, self._plain = _Triangles(), _Triangles()
        self._faces: list[Face] = []
        self._glows: list[tuple[Vector, Vector, float, float, Vector]] = []

    def prism(
        self,
        foot: Plan,
        head: Plan,
        bottom: float,
        top: float | Sequence[float],
        style: Style,
        seed: int,
        *,
        roof: Vector = (0.05, 0.05, 0.055),
        rounded: bool = False,
        base: float = 0.0,
    ) -> None:
        """A solid between the plans `foot` at `bottom` and `head` at `top` (one height, or one for each corner).

        `rounded` shades the sides as one curved surface. `base` is the height at which `uv` starts, so that floors
        of stacked pieces go on.
        """
        count = len(foot)
        heights = np.broadcast_to(np.asarray(top, float), count)
        following = np.roll(np.arange(count), -1)
        # (count, 4, 3): each side's corners, counter-clockwise from the bottom left as seen from outside.
        corners = np.empty((count, 4, 3))
        corners[:, 0, ::2], corners[:, 1, ::2] = foot, foot[following]
        corners[:, 2, ::2], corners[:, 3, ::2] = head[following], head
        corners[:, :2, 1] = bottom
        corners[:, 2, 1], corners[:, 3, 1] = heights[following], heights
        low = np.hypot(*(foot[following] - foot).T)
        high = np.hypot(*(head[following] - head).T)
        width = np.maximum(np.maximum(low, high), 1e-6)
        flat = _flat_normals(corners)
        normals = np.repeat(flat[:, None], 4, axis=1)
        if rounded:
            normals = _round_normals(foot, head, following, flat)
        uv = np.empty((count, 4, 2))
        # A rounded wall is one wall: its bays are counted all the way round.
        around = np.cumsum(low) - low + width / 2 if rounded else np.zeros(count)
        for k, (sign, length) in enumerate(((-1, low), (1, low), (1, high), (-1, high))):
            uv[:, k, 0] = around + sign * length / 2
        uv[:, :, 1] = corners[:, :, 1] - base
        start = np.arange(count)[:, None, None] * 4
        faces = (start + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
        part = np.repeat(np.arange(count) * (0 if rounded else 1) + len(self._faces), 2)
        self._clad.add(
            corners.reshape(-1, 3), normals.reshape(-1, 3), style.wall, _DARK, uv.reshape(-1, 2), faces, part
        )
        self._add_faces(style, width, float(heights.max()) - base, seed, rounded)
        if not rounded:
            self._add_walls(corners, flat, low, high)
        self._cap(corners[:, 3], roof)

    def _add_faces(self, style: Style, width: Plan, height: float, seed: int, rounded: bool) -> None:
        if rounded:
            self._faces.append(Face(style, style.bay, height, seed, self.power, 2e4))
            return
        for index, value in enumerate(width):
            self._faces.append(Face(style, float(value), height, seed + index * 7919, self.power))

    def _add_walls(self, corners: Plan, flat: Plan, low: Plan, high: Plan) -> None:
        """Notes the faces that are upright and wide enough for a sign."""
        middle = corners.mean(axis=1)
        width = np.minimum(low, high)
        height = corners[:, 2:, 1].min(axis=1) - corners[:, 0, 1]
        for i in np.flatnonzero((np.abs(flat[:, 1]) < 0.2) & (width > 7)):
            length = float(np.hypot(flat[i, 0], flat[i, 2]))
            self.walls.append(
                Wall(
                    (float(middle[i, 0]), float(middle[i, 1]), float(middle[i, 2])),
                    (float(flat[i, 0]) / length, float(flat[i, 2]) / length),
                    float(width[i]),
                    float(height[i]),
                )
            )

    def _cap(self, rim: Plan, roof: Vector) -> None:
        if len(rim) < 3 or float(np.ptp(rim[:, 0]) * np.ptp(rim[:, 2])) < 0.01:
            return
        normal = np.cross(rim[1] - rim[0], rim[-1] - rim[0])
        length = float(np.linalg.norm(normal))
        self.polygon(rim, _UP if length < 1e-9 else normal / length * np.sign(normal[1] or 1.0), roof)

    def polygon(self, points: Any, normal: Any, colour: Vector, emission: Vector = _DARK) -> None:
        """A flat convex piece without windows, its corners (K, 3) counter-clockwise from outside."""
        shining = (emission[0] * self.power, emission[1] * self.power, emission[2] * self.power)
        fan = [(0, k, k + 1) for k in range(1, len(points) - 1)]
        self._plain.add(points, normal, colour, shining, (0.0, 0.0), fan, 0)

    def block(self, centre: Vector, size: Vector, colour: Vector, emission: Vector = _DARK, yaw: float = 0.0) -> None:
        """A box without windows; `centre` is the middle of its foot, `size` is width, height and depth."""
        half_x, half_z = size[0] / 2, size[2] / 2
        plan = turned(rectangle(2 * half_x, 2 * half_z), yaw) + np.array([centre[0], centre[2]])
        self.spike(plan, plan, centre[1], centre[1] + size[1], colour, emission)

    def spike(
        self, foot: Plan, head: Plan, bottom: float, top: float, colour: Vector, emission: Vector = _DARK
    ) -> None:
        """A plain solid between two plans: an antenna, a mast, a trim."""
        count = len(foot)
        following = np.roll(np.arange(count), -1)
        corners = np.empty((count, 4, 3))
        corners[:, 0, ::2], corners[:, 1, ::2] = foot, foot[following]
        corners[:, 2, ::2], corners[:, 3, ::2] = head[following], head
        corners[:, :2, 1], corners[:, 2:, 1] = bottom, top
        normals = np.repeat(_flat_normals(corners)[:, None], 4, axis=1).reshape(-1, 3)
        faces = (np.arange(count)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
        shining = (emission[0] * self.power, emission[1] * self.power, emission[2] * self.power)
        self._plain.add(
            corners.reshape(-1, 3), normals, colour, shining, (0.0, 0.0), faces, np.repeat(np.arange(count), 2)
        )
        self.polygon(corners[:, 3], _UP, colour, emission)

    def glow(
        self, position: Vector, colour: Vector, size: float, blink: float = 0.0, velocity: Vector = (0.0, 0.0, 0.0)
    ) -> None:
        """A small light of `size` metres; moving ones have a `velocity` in metres a second."""
        shown = tuple(value * self.power for value in colour)
        self._glows.append((position, (shown[0], shown[1], shown[2]), size, blink, velocity))

    def bodies(self) -> tuple[Body, ...]:
        """Everything solid so far: the clad walls and the plain rest."""
        return Body(self._clad.mesh(), Facades(self._faces)), Body(self.plain())

    def plain(self) -> Mesh:
        """The pieces without windows alone."""
        return self._plain.mesh()

    def glows(self) -> Glows | None:
        """All small lights so far."""
        if not self._glows:
            return None
        position, colour, size, blink, velocity = zip(*self._glows, strict=True)
        return Glows(
            position=np.array(position, np.float32),
            colour=np.array(colour, np.float32),
            size=np.array(size, np.float32),
            blink=np.array(blink, np.float32),
            velocity=np.array(velocity, np.float32),
        )


def _flat_normals(corners: Plan) -> Plan:
    """(K, 3) outward unit normals of quadrilaterals (K, 4, 3), of which one edge may have shrunk to a point."""
    normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    unit: Plan = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    return unit


def _round_normals(foot: Plan, head: Plan, following: npt.NDArray[np.intp], flat: Plan) -> Plan:
    """(K, 4, 3) level normals away from the axis, as a curved wall has them."""
    normals = np.zeros((len(foot), 4, 3))
    for plan, ends in ((foot, (0, 1)), (head, (3, 2))):
        out = plan - plan.mean(axis=0)
        length = np.hypot(*out.T)[:, None]
        level = np.zeros((len(plan), 3))
        level[:, ::2] = np.where(length > 1e-6, out / np.maximum(length, 1e-6), flat[:, ::2])
        normals[:, ends[0]], normals[:, ends[1]] = level, level[following]
    return normals


def rectangle(width: float, depth: float, cut: float = 0.0) -> Plan:
    """A rectangle about the origin; `cut` metres are taken off its corners."""
    x, z = width / 2, depth / 2
    if cut <= 0:
        return np.array([[-x, z], [x, z], [x, -z], [-x, -z]])
    return np.array(
        [
            [-x + cut, z],
            [x - cut, z],
            [x, z - cut],
            [x, -z + cut],
            [x - cut, -z],
            [-x + cut, -z],
            [-x, -z + cut],
            [-x, z - cut],
        ]
    )


def ring(count: int, radius: float, depth: float | None = None) -> Plan:
    """A regular polygon, or an ellipse when `depth` (the other radius) is given."""
    angle = -np.linspace(0.0, 2 * np.pi, count, endpoint=False) + np.pi / 2 + np.pi / count
    return np.stack([np.cos(angle) * radius, np.sin(angle) * (radius if depth is None else depth)], axis=1)


def turned(plan: Plan, yaw: float) -> Plan:
    """The plan turned by `yaw` radians."""
    cosine, sine = np.cos(yaw), np.sin(yaw)
    result: Plan = plan @ np.array([[cosine, sine], [-sine, cosine]])
    return result


def facing(wall: Wall) -> Floats:
    """The wall's outward unit vector in space."""
    return np.array([wall.outwards[0], 0.0, wall.outwards[1]], np.float32)
