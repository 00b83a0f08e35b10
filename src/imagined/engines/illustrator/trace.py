"""Rays against the world's triangles, through Embree."""

from dataclasses import dataclass

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh

from imagined.engines.illustrator.mesh import Floats, Ints, joined
from imagined.engines.illustrator.world import Body

_FAR = np.float32(1e30)
_ATTRIBUTES = 12


@dataclass(frozen=True)
class Nearest:
    """The nearest triangle along `N` rays."""

    face: Ints
    """(N,) -1 where nothing is hit."""
    distance: Floats
    """(N,) in lengths of the direction; infinity where nothing is hit."""
    u: Floats
    v: Floats


@dataclass(frozen=True)
class Attributes:
    """Vertex attributes interpolated at `N` points."""

    normal: Floats
    colour: Floats
    gloss: Floats
    emission: Floats
    uv: Floats
    part: Ints


class Tracer:
    """All bodies as one Embree scene. Ray queries release the interpreter lock and may run in several threads."""

    def __init__(self, bodies: tuple[Body, ...]) -> None:
        solid = [index for index, body in enumerate(bodies) if len(body.mesh.faces)]
        self._scene = None
        self._casters = None
        self.face_body: Ints = np.zeros(0, np.int32)
        if not solid:
            return
        mesh = joined(bodies[index].mesh for index in solid)
        counts = [len(bodies[index].mesh.faces) for index in solid]
        self.face_body = np.repeat(np.asarray(solid, np.int32), counts)
        self._part = np.ascontiguousarray(mesh.part)
        corners = np.concatenate(
            [mesh.normals, mesh.colours, mesh.gloss[:, None], mesh.emission, mesh.uv], axis=1
        ).astype(np.float32)
        # The three corners of a face lie side by side: one look-up fetches them all.
        self._corners = np.ascontiguousarray(corners[mesh.faces].reshape(len(mesh.faces), 3 * _ATTRIBUTES))
        self._scene = _scene_of(mesh.vertices, mesh.faces)
        shadows = np.array([bodies[index].casts_shadow for index in self.face_body])
        if shadows.all():
            self._casters = self._scene
        elif shadows.any():
            self._casters = _scene_of(mesh.vertices, mesh.faces[shadows])

    def nearest(self, origins: Floats, directions: Floats) -> Nearest:
        """The first triangle each ray meets; both arrays (N, 3)."""
        count = len(origins)
        if self._scene is None or count == 0:
            nothing = np.zeros(count, np.float32)
            return Nearest(
                face=np.full(count, -1, np.int32),
                distance=np.full(count, np.inf, np.float32),
                u=nothing,
                v=nothing,
            )
        found = self._scene.run(
            np.ascontiguousarray(origins, np.float32), np.ascontiguousarray(directions, np.float32), output=True
        )
        face: Ints = np.where(found["geomID"] < 0, np.int32(-1), found["primID"])
        distance: Floats = np.where(face < 0, np.float32(np.inf), found["tfar"])
        return Nearest(face=face, distance=distance, u=found["u"], v=found["v"])

    def blocked(self, origins: Floats, directions: Floats, reach: float | None = None) -> Floats:
        """1.0 where something that casts shadows lies along the ray (within `reach` metres), else 0.0."""
        if self._casters is None or len(origins) == 0:
            return np.zeros(len(origins), np.float32)
        limits = np.full(len(origins), _FAR if reach is None else reach, np.float32)
        hit = self._casters.run(
            np.ascontiguousarray(origins, np.float32),
            np.ascontiguousarray(directions, np.float32),
            limits,
            query="OCCLUDED",
        )
        shadow: Floats = (hit == 0).astype(np.float32)
        return shadow

    def attributes(self, face: Ints, u: Floats, v: Floats) -> Attributes:
        """The vertex attributes inside the faces at barycentric `u`, `v`; all (N,)."""
        corners = self._corners.take(face, axis=0)
        mixed = corners[:, :_ATTRIBUTES] * (np.float32(1.0) - u - v)[:, None]
        mixed += corners[:, _ATTRIBUTES : 2 * _ATTRIBUTES] * u[:, None]
        mixed += corners[:, 2 * _ATTRIBUTES :] * v[:, None]
        normal = mixed[:, 0:3]
        normal = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), np.float32(1e-6))
        return Attributes(
            normal=normal,
            colour=mixed[:, 3:6],
            gloss=mixed[:, 6],
            emission=mixed[:, 7:10],
            uv=mixed[:, 10:12],
            part=self._part.take(face),
        )


def _scene_of(vertices: Floats, faces: Ints) -> rtcore_scene.EmbreeScene:
    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(vertices, np.float32), np.ascontiguousarray(faces, np.int32))
    return scene
