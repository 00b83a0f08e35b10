"""Thin curved blades: fins, flukes, petals, leaves and wings of insects; and bending of whole bodies."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point
from imagined.engines.illustrator.figures.solids import sheet
from imagined.engines.illustrator.mesh import Floats, Mesh


def blade(
    front: Point,
    back: Point,
    tip: Point,
    colour: Colour,
    *,
    bulge: tuple[float, float] = (0.25, -0.15),
    thickness: float = 0.02,
    edge: Colour | None = None,
    gloss: float = 0.0,
    rows: int = 9,
) -> Mesh:
    """A blade from the root `front`-`back` to `tip`, metres.

    `bulge` bows the front and the back edge outwards, in lengths of the blade; `thickness` is relative to the length;
    towards the tip the colour goes over into `edge`.
    """
    a, b, c = (np.asarray(point, np.float64) for point in (front, back, tip))
    middle = (a + b) / 2
    long = float(np.linalg.norm(c - middle))
    ahead = a - b
    ahead /= max(float(np.linalg.norm(ahead)), 1e-9)
    bends = [(start + c) / 2 + way * ahead * long * bow for start, way, bow in ((a, 1, bulge[0]), (b, -1, bulge[1]))]

    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        t, w = u[..., None] * 0.985, v[..., None]
        edges = [
            start * (1 - t) ** 2 + 2 * bend * t * (1 - t) + c * t * t for start, bend in zip((a, b), bends, strict=True)
        ]
        points = edges[0] * (1 - w) + edges[1] * w
        return points[..., 0], points[..., 1], points[..., 2]

    mesh = sheet(shape, colour, thickness=long * thickness, rows=rows, columns=5 if rows > 6 else 3, gloss=gloss)
    if edge is None:
        return mesh
    share = np.clip(np.linalg.norm(mesh.vertices - middle, axis=1) / long, 0, 1)[:, None] ** 2
    shade = np.asarray(colour) * (1 - share) + np.asarray(edge) * share
    return replace(mesh, colours=shade.astype(np.float32))


def bent(mesh: Mesh, curvature: float, pitch: float = 0.0) -> Mesh:
    """The mesh bent down at both ends along x, `curvature` in 1/m, then turned nose up by `pitch` radians."""
    x, y, z = mesh.vertices.T.astype(np.float64)
    nx, ny, nz = mesh.normals.T.astype(np.float64)
    if abs(curvature) > 1e-6:
        angle, radius = x * curvature, 1 / curvature
        cosine, sine = np.cos(angle), np.sin(angle)
        x, y = (radius + y) * sine, (radius + y) * cosine - radius
        nx, ny = nx * cosine + ny * sine, ny * cosine - nx * sine
    c, s = np.cos(pitch), np.sin(pitch)
    points = np.stack([x * c - y * s, x * s + y * c, z], 1)
    normals = np.stack([nx * c - ny * s, nx * s + ny * c, nz], 1)
    return replace(mesh, vertices=points.astype(np.float32), normals=normals.astype(np.float32))


def swayed(mesh: Mesh, amount: float, length: float) -> Mesh:
    """The mesh with its rear end swung aside like a swimming fish's, `amount` and `length` in metres."""
    t = np.clip(0.15 - mesh.vertices[:, 0] / length, 0, 1)
    shift = np.sin(t * 2.6) * t * np.float32(amount)
    points = mesh.vertices.copy()
    points[:, 2] += shift.astype(np.float32)
    return replace(mesh, vertices=points)


def flattened(mesh: Mesh, z: float) -> Mesh:
    """The mesh squeezed across, its width times `z`."""
    points, normals = mesh.vertices.copy(), mesh.normals.copy()
    points[:, 2] *= np.float32(z)
    normals[:, 2] /= np.float32(z)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return replace(mesh, vertices=points, normals=normals)
