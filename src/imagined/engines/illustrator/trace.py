"""Rays against the world's triangles, through Embree."""

from dataclasses import dataclass

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh

from imagined.engines.illustrator.mesh import Floats, Ints, Mesh, joined
from imagined.engines.illustrator.vectors import Indices, dot, unit_rows
from imagined.engines.illustrator.world import Body

_FAR = np.float32(1e30)
_MANY = 0.1
"""Share of the faces."""


@dataclass(frozen=True)
class Nearest:
    """The nearest triangle along `N` rays."""

    face: Indices
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
    part: Indices


class Tracer:
    """All bodies as one Embree scene. Ray queries release the interpreter lock and may run in several threads."""

    def __init__(self, bodies: tuple[Body, ...]) -> None:
        # Bodies that cast shadows come first: their faces are one scene, the others' another behind it.
        solid = [index for index, body in enumerate(bodies) if len(body.mesh.faces) and body.casts_shadow]
        self._casters = sum(len(bodies[index].mesh.faces) for index in solid)
        solid += [index for index, body in enumerate(bodies) if len(body.mesh.faces) and not body.casts_shadow]
        self._scenes: list[tuple[int, rtcore_scene.EmbreeScene]] = []
        """Each with the number of its first face."""
        self._shadows: rtcore_scene.EmbreeScene | None = None
        self.face_body: Ints = np.zeros(0, np.int32)
        self.surface: Ints = np.zeros(0, np.int32)
        """(F,) the same number for faces that are one flat piece of one material."""
        if not solid:
            return
        mesh = joined(bodies[index].mesh for index in solid)
        counts = [len(bodies[index].mesh.faces) for index in solid]
        self.face_body = np.repeat(np.asarray(solid, np.int32), counts)
        self._part = mesh.part.astype(np.intp)
        self.surface = _surfaces(mesh, self.face_body)
        corners = np.ascontiguousarray(mesh.faces.T, np.intp)
        columns = (*mesh.normals.T, *mesh.colours.T, mesh.gloss, *mesh.emission.T, *mesh.uv.T)
        self._channels = [_Channel(np.ascontiguousarray(column, np.float32), corners) for column in columns]
        # A few faces more or less are not worth a second look for every ray; many are not worth building twice.
        apart = len(mesh.faces) - self._casters > _MANY * len(mesh.faces)
        for first, last in ((0, self._casters), (self._casters, len(mesh.faces))) if apart else ((0, len(mesh.faces)),):
            if first < last:
                self._scenes.append((first, _scene_of(mesh.vertices, mesh.faces[first:last])))
        if apart or self._casters == len(mesh.faces):
            self._shadows = self._scenes[0][1]
        else:
            self._caster_mesh = (mesh.vertices, mesh.faces[: self._casters])

    def nearest(self, origins: Floats, directions: Floats) -> Nearest:
        """The first triangle each ray meets; both arrays (N, 3)."""
        count = len(origins)
        result = Nearest(
            face=np.full(count, -1, np.intp),
            distance=np.full(count, np.inf, np.float32),
            u=np.zeros(count, np.float32),
            v=np.zeros(count, np.float32),
        )
        if not count:
            return result
        origins, directions = np.asarray(origins, np.float32), np.asarray(directions, np.float32)
        for first, scene in self._scenes:
            if first == 0:
                found = scene.run(origins, directions, output=True)
                missed = found["geomID"] < 0
                result = Nearest(found["primID"].astype(np.intp), found["tfar"], found["u"], found["v"])
                result.face[missed], result.distance[missed] = -1, np.inf
                continue
            # What lies behind what has been met already is not looked for.
            found = scene.run(origins, directions, np.minimum(result.distance, _FAR), output=True)
            hit = found["geomID"] >= 0
            np.copyto(result.face, found["primID"] + np.intp(first), where=hit)
            for ours, theirs in ((result.distance, "tfar"), (result.u, "u"), (result.v, "v")):
                np.copyto(ours, found[theirs], where=hit)
        return result

    def reaches(self, origins: Floats, directions: Floats, limits: Floats) -> Floats:
        """(N,) metres to the first triangle along each ray, or its limit. Cheaper than `nearest` for short limits."""
        found = limits.copy()
        if len(origins):
            origins, directions = np.asarray(origins, np.float32), np.asarray(directions, np.float32)
            for _, scene in self._scenes:
                # The limits are overwritten with what is found.
                scene.run(origins, directions, found, query="DISTANCE")
        return found

    def blocked(self, origins: Floats, directions: Floats, reach: float | None = None) -> Floats:
        """1.0 where something that casts shadows lies along the ray (within `reach` metres), else 0.0."""
        if not self._casters or len(origins) == 0:
            return np.zeros(len(origins), np.float32)
        limits = np.full(len(origins), _FAR if reach is None else reach, np.float32)
        if self._shadows is None:
            # Many worlds have no light that casts shadows; the others build this when the first one falls.
            self._shadows = _scene_of(*self._caster_mesh)
        hit = self._shadows.run(
            np.ascontiguousarray(origins, np.float32),
            np.ascontiguousarray(directions, np.float32),
            limits,
            query="OCCLUDED",
        )
        shadow: Floats = (hit == 0).astype(np.float32)
        return shadow

    def attributes(self, face: Indices, u: Floats, v: Floats) -> Attributes:
        """The vertex attributes inside the faces at barycentric `u`, `v`; all (N,)."""
        values = np.empty((len(self._channels), len(face)), np.float32)
        for row, channel in zip(values, self._channels, strict=True):
            channel.write(row, face, u, v)
        return Attributes(
            normal=unit_rows(values[0:3].T),
            colour=values[3:6].T,
            gloss=values[6],
            emission=values[7:10].T,
            uv=values[10:12].T,
            part=self._part.take(face),
        )


class _Channel:
    """One attribute number of all faces; most are the same at all corners, many are 0 everywhere."""

    def __init__(self, numbers: Floats, corners: Indices) -> None:
        """`numbers` of the vertices; `corners` (3, F) says which three belong to each face."""
        self._empty = not numbers.any()
        self._flat = True
        if self._empty:
            return
        self._first = numbers.take(corners[0])
        self._second, self._third = numbers.take(corners[1]), numbers.take(corners[2])
        self._second -= self._first
        self._third -= self._first
        self._flat = not (self._second.any() or self._third.any())

    def write(self, row: Floats, face: Indices, u: Floats, v: Floats) -> None:
        """The channel inside the faces, into `row`."""
        if self._empty:
            row[:] = 0.0
            return
        self._first.take(face, out=row, mode="clip")
        if not self._flat:
            row += self._second.take(face) * u
            row += self._third.take(face) * v


def _surfaces(mesh: Mesh, body: Ints) -> Ints:
    planes = np.ascontiguousarray(mesh.vertices.T, np.float32)
    first, second, third = (planes.take(corner, axis=1).T for corner in np.ascontiguousarray(mesh.faces.T, np.intp))
    one, two = second - first, third - first
    normal = unit_rows(
        np.stack([
            one[:, 1] * two[:, 2] - one[:, 2] * two[:, 1],
            one[:, 2] * two[:, 0] - one[:, 0] * two[:, 2],
            one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0],
        ]).T
    )  # fmt: skip
    # Faces of one flat piece follow each other: a new piece starts where plane, body or part change.
    offset = dot(normal, first)
    turned = dot(normal[1:], normal[:-1]) < 0.9999
    moved = np.abs(offset[1:] - offset[:-1]) > 1e-3 * (1.0 + np.abs(offset[1:]))
    starts = turned | moved | (body[1:] != body[:-1]) | (mesh.part[1:] != mesh.part[:-1])
    pieces: Ints = np.concatenate([[0], np.cumsum(starts)]).astype(np.int32)
    return pieces


def _scene_of(vertices: Floats, faces: Ints) -> rtcore_scene.EmbreeScene:
    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(vertices, np.float32), np.ascontiguousarray(faces, np.int32))
    return scene
