"""Hard and simple solids straight to triangles: boxes, balls, turned profiles, tubes, prisms. Metres, y up."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats, Mesh

Point = tuple[float, float, float]
Colour = tuple[float, float, float]


def _mesh(
    points: Floats,
    faces: npt.NDArray[np.int64],
    normals: Floats,
    colour: Colour | Floats,
    gloss: float,
    glow: Colour | None,
) -> Mesh:
    count = len(points)
    return Mesh(
        vertices=points.astype(np.float32),
        faces=faces.astype(np.int32),
        normals=normals.astype(np.float32),
        colours=np.broadcast_to(np.asarray(colour, np.float32), (count, 3)).copy(),
        gloss=np.full(count, gloss, np.float32),
        emission=np.zeros((0, 3), np.float32) if glow is None else np.full((count, 3), glow, np.float32),
    )


def flat(triangles: Floats, colour: Colour | Floats, gloss: float = 0.0, glow: Colour | None = None) -> Mesh:
    """Facets: (F, 3, 3) corners, metres, each facet with its own vertices and normal; `colour` one or (F, 3)."""
    normal = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    normal = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    shade = np.asarray(colour, np.float32)
    shade = shade.repeat(3, 0) if shade.ndim == 2 else shade
    faces = np.arange(len(triangles) * 3).reshape(-1, 3)
    return _mesh(triangles.reshape(-1, 3), faces, normal.repeat(3, 0), shade, gloss, glow)


def box(
    centre: Point,
    size: Point,
    colour: Colour,
    gloss: float = 0.0,
    turn: Floats | None = None,
    glow: Colour | None = None,
) -> Mesh:
    """A sharp-edged box of full `size`, turned by the matrix `turn`."""
    unit = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32) / 2
    quads = []
    for axis in range(3):
        for side in (-0.5, 0.5):
            quad = np.zeros((4, 3), np.float32)
            quad[:, axis] = side
            quad[:, (axis + 1) % 3], quad[:, (axis + 2) % 3] = unit[:, 0], unit[:, 1]
            quads.append(quad if side > 0 else quad[::-1])
    corners: Floats = np.stack(quads) * np.asarray(size, np.float32)
    if turn is not None:
        corners = corners @ turn.T
    corners = corners + np.asarray(centre, np.float32)
    triangles = np.concatenate([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]])
    return flat(triangles, colour, gloss, glow)


def ball(
    centre: Point,
    radii: Point | float,
    colour: Colour,
    gloss: float = 0.0,
    turn: Floats | None = None,
    glow: Colour | None = None,
    segments: int = 16,
) -> Mesh:
    """An ellipsoid, smooth."""
    size = np.broadcast_to(np.asarray(radii, np.float32), 3)
    rings = max(segments // 2, 4)
    theta = np.linspace(0, np.pi, rings + 1)[:, None]
    phi = np.linspace(0, 2 * np.pi, segments, endpoint=False)[None]
    unit = np.stack([np.sin(theta) * np.cos(phi), np.cos(theta) + 0 * phi, np.sin(theta) * np.sin(phi)], -1).reshape(
        -1, 3
    )
    points: Floats = unit * size
    normals: Floats = unit / size
    if turn is not None:
        points, normals = points @ turn.T, normals @ turn.T
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    faces = _lattice(rings + 1, segments)[:, ::-1]
    return _mesh(points + np.asarray(centre, np.float32), faces, normals, colour, gloss, glow)


def _lattice(rows: int, columns: int) -> npt.NDArray[np.int64]:
    """Triangles of a grid of points that is closed along its columns."""
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns), indexing="ij")
    a, b = i * columns + j, i * columns + (j + 1) % columns
    quads = np.stack([a, b, b + columns, a + columns], -1).reshape(-1, 4)
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def lathe(
    profile: Sequence[tuple[float, float]],
    colours: Sequence[Colour] | Colour,
    gloss: float = 0.0,
    segments: int = 40,
    glow: Colour | None = None,
    crease: float = 0.7,
) -> Mesh:
    """A profile of (radius, height), bottom to top, turned about the y axis.

    `colours` is one, or one per stretch between profile points. Corners sharper than `crease` radians stay sharp.
    """
    line = np.asarray(profile, np.float64)
    step = np.diff(line, axis=0)
    normal = np.stack([step[:, 1], -step[:, 0]], 1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    shades = np.asarray(colours, np.float32)
    shades = np.broadcast_to(shades, (len(step), 3)) if shades.ndim == 1 else shades
    phi = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    parts = []
    for index in range(len(step)):
        ends = [normal[index], normal[index]]
        for side, other in ((0, index - 1), (1, index + 1)):
            if 0 <= other < len(step) and float(normal[index] @ normal[other]) > np.cos(crease):
                mixed = normal[index] + normal[other]
                ends[side] = mixed / np.linalg.norm(mixed)
        points, normals = [], []
        for (radius, height), (across, up) in zip(line[index : index + 2], ends, strict=True):
            points.append(np.stack([radius * np.cos(phi), np.full(segments, height), radius * np.sin(phi)], 1))
            normals.append(np.stack([across * np.cos(phi), np.full(segments, up), across * np.sin(phi)], 1))
        faces = _lattice(2, segments)[:, ::-1]
        parts.append((np.concatenate(points), np.concatenate(normals), faces + index * 2 * segments, shades[index]))
    shade = np.concatenate([np.broadcast_to(part[3], (len(part[0]), 3)) for part in parts])
    return _mesh(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        shade,
        gloss,
        glow,
    )


def tube(
    points: Sequence[Point],
    radii: Sequence[float],
    colour: Colour,
    gloss: float = 0.0,
    sides: int = 8,
    glow: Colour | None = None,
) -> Mesh:
    """A smooth pipe through `points`, closed at both ends by running to a point."""
    line = np.asarray(points, np.float64)
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    # A reference direction well away from the overall run keeps the frame from flipping.
    run = line[-1] - line[0]
    looped = float(np.linalg.norm(run)) < 0.05 * float(np.linalg.norm(np.ptp(line, axis=0)))
    reference = np.eye(3)[int(np.argmin(np.abs(along).max(0) if looped else np.abs(run)))]
    across = np.cross(along, reference)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    over = np.cross(along, across)
    phi = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    ring = across[:, None] * np.cos(phi)[None, :, None] + over[:, None] * np.sin(phi)[None, :, None]
    body = line[:, None] + ring * np.asarray(radii, np.float64)[:, None, None]
    grid = np.concatenate([np.repeat(line[:1, None], sides, 1), body, np.repeat(line[-1:, None], sides, 1)])
    normals = np.concatenate([np.repeat(-along[:1, None], sides, 1), ring, np.repeat(along[-1:, None], sides, 1)])
    faces = _lattice(len(grid), sides)
    return _mesh(grid.reshape(-1, 3), faces, normals.reshape(-1, 3), colour, gloss, glow)


def prism(outline: Sequence[tuple[float, float]], depth: float, colour: Colour, gloss: float = 0.0) -> Mesh:
    """A convex outline of (x, y), counter-clockwise, drawn out `depth` metres along z about z = 0."""
    line = np.asarray(outline, np.float32)
    front = np.column_stack([line, np.full(len(line), depth / 2, np.float32)])
    back = front * np.array([1, 1, -1], np.float32)
    fan = [[front[0], front[i], front[i + 1]] for i in range(1, len(line) - 1)]
    fan += [[back[0], back[i + 1], back[i]] for i in range(1, len(line) - 1)]
    for i in range(len(line)):
        j = (i + 1) % len(line)
        fan += [[front[i], back[i], back[j]], [front[i], back[j], front[j]]]
    return flat(np.asarray(fan, np.float32), colour, gloss)


def sheet(
    shape: Callable[[Floats, Floats], tuple[Floats, Floats, Floats]],
    colour: Colour,
    thickness: float = 0.01,
    rows: int = 10,
    columns: int = 14,
    gloss: float = 0.0,
) -> Mesh:
    """A thin closed slab over a surface given for u, v in 0..1: a sail, a wing, a flag."""
    u, v = np.meshgrid(
        np.linspace(0, 1, rows, dtype=np.float32), np.linspace(0, 1, columns, dtype=np.float32), indexing="ij"
    )
    surface = np.stack(shape(u, v), -1)
    normal = np.cross(np.gradient(surface, axis=0), np.gradient(surface, axis=1))
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    # Where an edge shrinks to a point there is no slope; the sheet's own mean serves.
    mean = normal.sum((0, 1)) / max(float(np.linalg.norm(normal.sum((0, 1)))), 1e-12)
    normal = np.where(length > 1e-12, normal / np.maximum(length, 1e-12), mean).astype(np.float32)
    points = np.concatenate(
        [(surface + normal * thickness / 2).reshape(-1, 3), (surface - normal * thickness / 2).reshape(-1, 3)]
    )
    normals = np.concatenate([normal.reshape(-1, 3), -normal.reshape(-1, 3)])
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1].ravel(), index[1:, :-1].ravel(), index[1:, 1:].ravel(), index[:-1, 1:].ravel()
    top = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    under = top[:, ::-1] + rows * columns
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[-2::-1, -1], index[0, -2:0:-1]])
    after = np.roll(rim, -1)
    low = rim + rows * columns
    side = np.concatenate([np.stack([after, rim, low], 1), np.stack([after, low, after + rows * columns], 1)])
    return _mesh(points, np.concatenate([top, under, side]), normals, colour, gloss, None)
