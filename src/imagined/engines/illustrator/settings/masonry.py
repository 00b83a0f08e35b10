"""Solids of a city: prisms with facades, caps and lights, gathered into a few meshes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.settings.facade import Face, Facades, Style
from imagined.engines.illustrator.world import Body, Glows, Vector

Plan = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
"""(K, 2) corners in x and z, metres, in the order that makes walls look outwards."""

_UP = (0.0, 1.0, 0.0)


@dataclass
class _Triangles:
    vertices: list[Sequence[float]] = field(default_factory=list)
    normals: list[Sequence[float]] = field(default_factory=list)
    colours: list[Sequence[float]] = field(default_factory=list)
    emission: list[Sequence[float]] = field(default_factory=list)
    uv: list[Sequence[float]] = field(default_factory=list)
    faces: list[tuple[int, int, int]] = field(default_factory=list)
    part: list[int] = field(default_factory=list)

    def mesh(self) -> Mesh:
        return Mesh(
            vertices=np.array(self.vertices, np.float32).reshape(-1, 3),
            faces=np.array(self.faces, np.int32).reshape(-1, 3),
            normals=np.array(self.normals, np.float32).reshape(-1, 3),
            colours=np.array(self.colours, np.float32).reshape(-1, 3),
            emission=np.array(self.emission, np.float32).reshape(-1, 3),
            uv=np.array(self.uv, np.float32).reshape(-1, 2),
            part=np.array(self.part, np.int32),
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
        heights = [float(top)] * count if isinstance(top, (int, float)) else [float(height) for height in top]
        middle = foot.mean(axis=0)
        around = 0.0
        for i in range(count):
            j = (i + 1) % count
            width = float(np.linalg.norm(foot[j] - foot[i]))
            narrow = float(np.linalg.norm(head[j] - head[i]))
            if max(width, narrow) < 0.05:
                continue
            self._side(foot, head, i, j, bottom, heights, style, seed, rounded, middle, base, around)
            around += width
        self._cap(head, heights, roof)

    def _side(
        self,
        foot: Plan,
        head: Plan,
        i: int,
        j: int,
        bottom: float,
        heights: list[float],
        style: Style,
        seed: int,
        rounded: bool,
        middle: Plan,
        base: float,
        around: float,
    ) -> None:
        corners = np.array(
            [
                [foot[i, 0], bottom, foot[i, 1]],
                [foot[j, 0], bottom, foot[j, 1]],
                [head[j, 0], heights[j], head[j, 1]],
                [head[i, 0], heights[i], head[i, 1]],
            ]
        )
        flat = np.cross(corners[1] - corners[0], corners[3] - corners[0])
        if float(np.linalg.norm(flat)) < 1e-9:
            flat = np.cross(corners[2] - corners[1], corners[0] - corners[1])
        flat /= max(float(np.linalg.norm(flat)), 1e-9)
        width = max(float(np.linalg.norm(foot[j] - foot[i])), float(np.linalg.norm(head[j] - head[i])))
        narrow = float(np.linalg.norm(head[j] - head[i])) / width / 2
        wide = float(np.linalg.norm(foot[j] - foot[i])) / width / 2
        rise = [bottom - base, bottom - base, heights[j] - base, heights[i] - base]
        shares = [-wide, wide, narrow, -narrow]
        # A rounded wall is one wall: its bays are counted all the way round.
        offset = around + width / 2 if rounded else 0.0
        start = len(self._clad.vertices)
        for k, corner in enumerate(corners):
            plan = foot if k < 2 else head
            at = (i, j, j, i)[k]
            outwards = plan[at] - (middle if k < 2 else head.mean(axis=0))
            length = float(np.linalg.norm(outwards))
            curved = rounded and length > 1e-6
            normal = np.array([outwards[0] / length, 0.0, outwards[1] / length]) if curved else flat
            self._clad.vertices.append(corner)
            self._clad.normals.append(normal)
            self._clad.colours.append(style.wall)
            self._clad.emission.append((0.0, 0.0, 0.0))
            self._clad.uv.append((shares[k] * width + offset, rise[k]))
        part = len(self._faces)
        face_width = width if not rounded else style.bay * 1.0
        half = width if not rounded else 1e4
        self._faces.append(
            Face(style, face_width, max(heights) - base, seed + (0 if rounded else i * 7919), self.power, half)
        )
        self._clad.faces += [(start, start + 1, start + 2), (start, start + 2, start + 3)]
        self._clad.part += [part, part]
        if not rounded and abs(flat[1]) < 0.2 and width > 7:
            centre = corners.mean(axis=0)
            length = float(np.hypot(flat[0], flat[2]))
            self.walls.append(
                Wall(
                    (float(centre[0]), float(centre[1]), float(centre[2])),
                    (float(flat[0]) / length, float(flat[2]) / length),
                    2 * width * min(wide, narrow),
                    min(heights[i], heights[j]) - bottom,
                )
            )

    def _cap(self, head: Plan, heights: list[float], roof: Vector) -> None:
        points = [(float(x), height, float(z)) for (x, z), height in zip(head, heights, strict=True)]
        if len(points) < 3:
            return
        first, second, last = (np.array(points[k]) for k in (0, 1, -1))
        normal = np.cross(second - first, last - first)
        length = float(np.linalg.norm(normal))
        unit = (
            (0.0, 1.0, 0.0)
            if length < 1e-9
            else tuple(float(value) for value in normal / length * np.sign(normal[1] or 1))
        )
        self.polygon(points, unit, roof)

    def polygon(
        self, points: Sequence[Vector], normal: Sequence[float], colour: Vector, emission: Vector = (0.0, 0.0, 0.0)
    ) -> None:
        """A flat convex piece without windows."""
        start = len(self._plain.vertices)
        for point in points:
            self._plain.vertices.append(point)
            self._plain.normals.append(normal)
            self._plain.colours.append(colour)
            self._plain.emission.append(tuple(value * self.power for value in emission))
            self._plain.uv.append((0.0, 0.0))
        for k in range(1, len(points) - 1):
            self._plain.faces.append((start, start + k, start + k + 1))
            self._plain.part.append(0)

    def block(
        self, centre: Vector, size: Vector, colour: Vector, emission: Vector = (0.0, 0.0, 0.0), yaw: float = 0.0
    ) -> None:
        """A box without windows; `centre` is the middle of its foot, `size` is width, height and depth."""
        half_x, half_z = size[0] / 2, size[2] / 2
        plan = turned(rectangle(2 * half_x, 2 * half_z), yaw) + np.array([centre[0], centre[2]])
        self.spike(plan, plan, centre[1], centre[1] + size[1], colour, emission)

    def spike(
        self, foot: Plan, head: Plan, bottom: float, top: float, colour: Vector, emission: Vector = (0.0, 0.0, 0.0)
    ) -> None:
        """A plain solid between two plans: an antenna, a mast, a trim."""
        for i in range(len(foot)):
            j = (i + 1) % len(foot)
            points = [
                (float(foot[i, 0]), bottom, float(foot[i, 1])),
                (float(foot[j, 0]), bottom, float(foot[j, 1])),
                (float(head[j, 0]), top, float(head[j, 1])),
                (float(head[i, 0]), top, float(head[i, 1])),
            ]
            along = foot[j] - foot[i]
            normal = (float(-along[1]), 0.0, float(along[0]))
            length = max(float(np.hypot(normal[0], normal[2])), 1e-9)
            self.polygon(points, (normal[0] / length, 0.0, normal[2] / length), colour, emission)
        self.polygon([(float(x), top, float(z)) for x, z in head], _UP, colour, emission)

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
    return plan @ np.array([[cosine, sine], [-sine, cosine]])


def facing(wall: Wall) -> Floats:
    """The wall's outward unit vector in space."""
    return np.array([wall.outwards[0], 0.0, wall.outwards[1]], np.float32)
