"""Triangles with colours: the one form in which everything reaches the renderer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
"""Numbers of any precision; everything that is stored or traced is float32."""
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Mesh:
    """`V` vertices and `F` triangles in metres, y up, z towards the viewer; counter-clockwise faces look outwards."""

    vertices: Floats
    """(V, 3) metres."""
    faces: Ints
    """(F, 3) vertex indices."""
    normals: Floats
    """(V, 3) unit vectors; smooth surfaces share vertices, hard edges repeat them."""
    colours: Floats
    """(V, 3) linear reflectance, 0 to 1."""
    gloss: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    """(V,) 0 matt to 1 mirror-like; empty means all 0."""
    emission: Floats = field(default_factory=lambda: np.zeros((0, 3), np.float32))
    """(V, 3) emitted linear light; empty means none."""
    uv: Floats = field(default_factory=lambda: np.zeros((0, 2), np.float32))
    """(V, 2) metres along a surface, for facades and lettering; empty means none."""
    part: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    """(F,) object or material number, meaningful to the builder that made the mesh; empty means all 0."""

    def moved(self, offset: tuple[float, float, float], *, yaw: float = 0.0, scale: float = 1.0) -> "Mesh":
        """The mesh scaled, turned by `yaw` radians about the vertical, then moved by `offset` metres."""
        cosine, sine = np.float32(np.cos(yaw)), np.float32(np.sin(yaw))
        turn = np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]], np.float32)
        vertices = (self.vertices * np.float32(scale)) @ turn.T + np.asarray(offset, np.float32)
        return Mesh(
            vertices=vertices.astype(np.float32),
            faces=self.faces,
            normals=(self.normals @ turn.T).astype(np.float32),
            colours=self.colours,
            gloss=self.gloss,
            emission=self.emission,
            uv=self.uv,
            part=self.part,
        )

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest corner, metres."""
        return self.vertices.min(axis=0), self.vertices.max(axis=0)


def joined(meshes: Iterable[Mesh]) -> Mesh:
    """All meshes as one, in order; optional attributes are filled with their defaults where a mesh has none."""
    parts = list(meshes)
    offsets = np.cumsum([0, *(len(mesh.vertices) for mesh in parts[:-1])])
    return Mesh(
        vertices=np.concatenate([mesh.vertices for mesh in parts]),
        faces=np.concatenate([mesh.faces + np.int32(offset) for mesh, offset in zip(parts, offsets, strict=True)]),
        normals=np.concatenate([mesh.normals for mesh in parts]),
        colours=np.concatenate([mesh.colours for mesh in parts]),
        gloss=np.concatenate([_filled(mesh.gloss, len(mesh.vertices)) for mesh in parts]),
        emission=np.concatenate([_filled(mesh.emission, len(mesh.vertices), 3) for mesh in parts]),
        uv=np.concatenate([_filled(mesh.uv, len(mesh.vertices), 2) for mesh in parts]),
        part=np.concatenate([mesh.part if len(mesh.part) else np.zeros(len(mesh.faces), np.int32) for mesh in parts]),
    )


def _filled(values: Floats, count: int, width: int | None = None) -> Floats:
    if len(values):
        return values
    return np.zeros(count if width is None else (count, width), np.float32)
