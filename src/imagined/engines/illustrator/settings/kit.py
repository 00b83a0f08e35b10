"""A kit of made things: boxes, slabs and panels of named materials, gathered into one mesh and textured per point."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Mesh, joined
from imagined.engines.illustrator.settings.fabric import PLAIN, Fabric
from imagined.engines.illustrator.world import Body, Glows, Lamp, Vector

_BOX: Final = np.array(
    [
        [[-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]],
        [[1, -1, -1], [-1, -1, -1], [-1, 1, -1], [1, 1, -1]],
        [[1, -1, 1], [1, -1, -1], [1, 1, -1], [1, 1, 1]],
        [[-1, -1, -1], [-1, -1, 1], [-1, 1, 1], [-1, 1, -1]],
        [[-1, 1, 1], [1, 1, 1], [1, 1, -1], [-1, 1, -1]],
        [[-1, -1, -1], [1, -1, -1], [1, -1, 1], [-1, -1, 1]],
    ],
    np.float32,
)


class Kit:
    """Collects quadrilaterals, meshes and lights."""

    def __init__(self, lit: bool = False, snowy: bool = False) -> None:
        self.lit, self.snowy = lit, snowy
        self.lamps: list[Lamp] = []
        self._corners: list[Floats] = []
        self._looks: list[tuple[float, ...]] = []
        self._counts: list[int] = []
        self._meshes: list[Mesh] = []
        self._glows: list[tuple[Vector, Vector, float]] = []

    def frame(self, x: float = 0.0, y: float = 0.0, z: float = 0.0, yaw: float = 0.0) -> "Frame":
        """A place to build at: local x runs right, z towards the front, after a turn by `yaw`."""
        return Frame(self, (x, y, z), yaw)

    def quads(self, corners: Floats, colour: Vector, material: int, gloss: float, glow: Vector) -> None:
        """Adds (K, 4, 3) corners, counter-clockwise from outside, metres."""
        self._corners.append(np.asarray(corners, np.float32))
        self._counts.append(len(corners))
        self._looks.append((*colour, *glow, gloss, float(material)))

    def mesh_of(self, mesh: Mesh) -> None:
        """Adds a mesh as it is."""
        self._meshes.append(mesh)

    def lamp(self, at: Vector, colour: Vector, reach: float, core: float = 0.0) -> None:
        """A light that falls on what is near, with a visible core of `core` metres; nothing by day."""
        if not self.lit:
            return
        self.lamps.append(Lamp(at, colour, reach))
        if core > 0:
            self._glows.append((at, (colour[0] * 4, colour[1] * 4, colour[2] * 4), core))

    def glow(self, at: Vector, colour: Vector, size: float) -> None:
        """A small light that is seen but lights nothing."""
        self._glows.append((at, colour, size))

    @property
    def glows(self) -> Glows | None:
        """All small lights so far."""
        if not self._glows:
            return None
        position, colour, size = zip(*self._glows, strict=True)
        return Glows(np.array(position, np.float32), np.array(colour, np.float32), np.array(size, np.float32))

    def body(self) -> Body | None:
        """Everything built so far with its materials; None when nothing was."""
        parts = list(self._meshes)
        if self._corners:
            parts.append(self._built())
        return Body(joined(parts), Fabric(self.snowy)) if parts else None

    def _built(self) -> Mesh:
        corners = np.concatenate(self._corners)
        looks = np.repeat(np.array(self._looks, np.float32), self._counts, axis=0)
        normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        count = len(corners)
        base = (np.arange(count, dtype=np.int32) * 4)[:, None, None]
        faces = (base + np.array([[0, 1, 2], [0, 2, 3]], np.int32)).reshape(-1, 3)
        return Mesh(
            vertices=corners.reshape(-1, 3),
            faces=faces,
            normals=np.repeat(normal, 4, 0).astype(np.float32),
            colours=np.clip(np.repeat(looks[:, :3], 4, 0), 0, 1),
            gloss=np.repeat(looks[:, 6], 4),
            emission=np.repeat(looks[:, 3:6], 4, 0),
            part=np.repeat(looks[:, 7].astype(np.int32), 2),
        )


_DARK: Final[Vector] = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Frame:
    """A place and a direction in which parts of the kit are put; all measures are local metres."""

    kit: Kit
    origin: Vector
    yaw: float

    def placed(self, x: float, y: float, z: float, yaw: float = 0.0) -> "Frame":
        """A frame inside this one."""
        return Frame(self.kit, self.point(x, y, z), self.yaw + yaw)

    def point(self, x: float, y: float, z: float) -> Vector:
        """The local point in the world."""
        c, s = float(np.cos(self.yaw)), float(np.sin(self.yaw))
        ox, oy, oz = self.origin
        return (ox + c * x + s * z, oy + y, oz - s * x + c * z)

    def _turned(self, points: Floats) -> Floats:
        c, s = float(np.cos(self.yaw)), float(np.sin(self.yaw))
        turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]], np.float32)
        result: Floats = points @ turn.T + np.asarray(self.origin, np.float32)
        return result

    def box(
        self,
        x: float,
        y: float,
        z: float,
        wide: float,
        high: float,
        deep: float,
        colour: Vector,
        material: int = PLAIN,
        gloss: float = 0.0,
        glow: Vector = _DARK,
    ) -> None:
        """A box that stands on the height `y` with the middle of its foot at `x`, `z`."""
        corners = _BOX * np.array([wide / 2, high / 2, deep / 2], np.float32) + np.array([x, y + high / 2, z])
        self.kit.quads(self._turned(corners), colour, material, gloss, glow)

    def panel(
        self,
        points: Sequence[Vector],
        colour: Vector,
        material: int = PLAIN,
        gloss: float = 0.0,
        glow: Vector = _DARK,
    ) -> None:
        """A flat piece of three or four corners, counter-clockwise from outside."""
        corners = np.array([*points, points[-1]][:4], np.float32)
        self.kit.quads(self._turned(corners)[None], colour, material, gloss, glow)

    def slab(
        self,
        points: Sequence[Vector],
        thick: float,
        colour: Vector,
        material: int = PLAIN,
        edge: Vector | None = None,
    ) -> None:
        """A plate under four corners (counter-clockwise from above), `thick` metres down."""
        top = np.array(points, np.float32)
        low = top - np.array([0, thick, 0], np.float32)
        self.kit.quads(self._turned(top)[None], colour, material, 0.0, _DARK)
        sides = [low[::-1]]
        for i in range(4):
            j = (i + 1) % 4
            sides.append(np.stack([low[i], low[j], top[j], top[i]]))
        self.kit.quads(self._turned(np.stack(sides)), edge or colour, PLAIN, 0.0, _DARK)

    def beam(self, start: Vector, end: Vector, thick: float, colour: Vector, material: int = PLAIN) -> None:
        """A square timber between two points."""
        a, b = np.asarray(start, np.float32), np.asarray(end, np.float32)
        along = b - a
        long = float(np.linalg.norm(along))
        if long < 1e-6:
            return
        along = along / long
        side = np.cross(along, [0, 1, 0] if abs(along[1]) < 0.9 else [0, 0, 1])
        side = side / np.linalg.norm(side)
        turn = np.stack([side, np.cross(along, side), along], 1)
        corners = _BOX * np.array([thick / 2, thick / 2, long / 2], np.float32) @ turn.T + (a + b) / 2
        self.kit.quads(self._turned(corners), colour, material, 0.0, _DARK)

    def rope(self, points: Sequence[Vector], thick: float, colour: Vector) -> None:
        """Timbers one after another: a rail, a cable, an arch."""
        for start, end in pairwise(points):
            self.beam(start, end, thick, colour)

    def mesh(
        self, mesh: Mesh, x: float = 0.0, y: float = 0.0, z: float = 0.0, yaw: float = 0.0, scale: float = 1.0
    ) -> None:
        """A mesh moved here."""
        self.kit.mesh_of(mesh.moved(self.point(x, y, z), yaw=self.yaw + yaw, scale=scale))

    def lamp(self, x: float, y: float, z: float, colour: Vector, reach: float, core: float = 0.0) -> None:
        """A light here, as `Kit.lamp`."""
        self.kit.lamp(self.point(x, y, z), colour, reach, core)
