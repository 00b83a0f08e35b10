"""Shapes between the solids and the figures: lofts, rings, wheels, patches of cloth; metres, y up."""

from collections.abc import Callable, Sequence

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay
from imagined.engines.illustrator.figures.solids import Colour, Point, ball, lathe, prism, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined


def woven(
    grid: Floats, colour: Colour | Floats, gloss: float = 0.0, glow: Colour | None = None, round_: bool = True
) -> Mesh:
    """A grid of points (R, C, 3) as a smooth skin, closed along its columns if `round_`."""
    rows, columns = grid.shape[:2]
    padded = np.concatenate([grid[:, -1:], grid, grid[:, :1]], 1) if round_ else grid
    across = np.gradient(padded, axis=1)[:, 1:-1] if round_ else np.gradient(padded, axis=1)
    normal = np.cross(np.gradient(grid, axis=0), across)
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    # Where a row has shrunk to a point it looks along the run of the skin.
    run = np.gradient(grid.mean(1), axis=0)[:, None]
    run = run * np.where(np.arange(rows) < rows / 2, -1.0, 1.0)[:, None, None]
    run = run / np.maximum(np.linalg.norm(run, axis=-1, keepdims=True), 1e-9)
    normal = np.where(length < 1e-10, run, normal / np.maximum(length, 1e-12))
    normal = np.where(np.linalg.norm(normal, axis=-1, keepdims=True) < 0.5, (0.0, 1.0, 0.0), normal)
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns if round_ else columns - 1), indexing="ij")
    a, b = i * columns + j, i * columns + (j + 1) % columns
    quads = np.stack([a, b, b + columns, a + columns], -1).reshape(-1, 4)
    faces = np.concatenate([quads[:, [0, 3, 2]], quads[:, [0, 2, 1]]]).astype(np.int32)
    count = rows * columns
    return Mesh(
        vertices=grid.reshape(-1, 3).astype(np.float32),
        faces=faces,
        normals=normal.reshape(-1, 3).astype(np.float32),
        colours=np.broadcast_to(np.asarray(colour, np.float32), (rows, columns, 3)).reshape(-1, 3).copy(),
        gloss=np.full(count, gloss, np.float32),
        emission=np.zeros((0, 3), np.float32) if glow is None else np.full((count, 3), glow, np.float32),
    )


def loft(
    points: Sequence[Point],
    across: Sequence[float],
    over: Sequence[float],
    colour: Colour | Floats,
    gloss: float = 0.0,
    sides: int = 16,
    side: Point = (0.0, 0.0, 1.0),
    square: float = 1.0,
    glow: Colour | None = None,
) -> Mesh:
    """Oval sections along `points`, closed at both ends; half-widths `across` along `side` and `over` at right angles.

    `square` under 1 makes the sections boxier.
    """
    line = np.asarray(points, np.float64)
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    a = np.asarray(side, np.float64)[None] - along * (along @ np.asarray(side, np.float64))[:, None]
    a /= np.maximum(np.linalg.norm(a, axis=1, keepdims=True), 1e-9)
    b = np.cross(along, a)
    phi = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    c, s = (np.sign(f(phi)) * np.abs(f(phi)) ** square for f in (np.cos, np.sin))
    wide, high = np.asarray(across, np.float64)[:, None, None], np.asarray(over, np.float64)[:, None, None]
    body = line[:, None] + a[:, None] * wide * c[None, :, None] + b[:, None] * high * s[None, :, None]
    skin = woven(body[:, ::-1], colour, gloss, glow)
    shade = np.asarray(colour, np.float32)
    tints = shade.reshape(-1, 3)
    ends = [
        _cap(body[0], line[0], -along[0], tints[0], gloss, glow),
        _cap(body[-1], line[-1], along[-1], tints[-1], gloss, glow),
    ]
    return joined([skin, *ends])


def _cap(rim: Floats, middle: Floats, way: Floats, colour: Floats, gloss: float, glow: Colour | None) -> Mesh:
    """A fan over the end of a loft, looking along `way`."""
    count = len(rim)
    points = np.concatenate([rim, middle[None]])
    i = np.arange(count)
    faces = np.stack([i, (i + 1) % count, np.full(count, count)], 1)
    facing = np.cross(rim[1] - rim[0], middle - rim[0]) @ way
    return Mesh(
        vertices=points.astype(np.float32),
        faces=(faces if facing > 0 else faces[:, ::-1]).astype(np.int32),
        normals=np.broadcast_to(way, points.shape).astype(np.float32),
        colours=np.broadcast_to(colour, points.shape).astype(np.float32),
        gloss=np.full(count + 1, gloss, np.float32),
        emission=np.zeros((0, 3), np.float32) if glow is None else np.full((count + 1, 3), glow, np.float32),
    )


def ring(
    centre: Point,
    across: float,
    over: float,
    thick: float,
    colour: Colour,
    gloss: float = 0.0,
    turn: Floats | None = None,
    sides: int = 8,
    count: int = 24,
    glow: Colour | None = None,
) -> Mesh:
    """A torus round the y axis, `across` along z and `over` along x, turned by the matrix `turn`."""
    phi = np.linspace(0, 2 * np.pi, count, endpoint=False)
    psi = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    out = np.stack([np.cos(phi), np.zeros(count), np.sin(phi)], 1)
    spine = out * (over, 0.0, across)
    grid = spine[:, None] + thick * (
        out[:, None] * np.cos(psi)[None, :, None] + np.array((0.0, 1.0, 0.0)) * np.sin(psi)[None, :, None]
    )
    grid = np.concatenate([grid, grid[:1]])
    if turn is not None:
        grid = grid @ np.asarray(turn, np.float64).T
    return woven(grid[::-1] + np.asarray(centre), colour, gloss, glow)


def rod(
    a: Point, b: Point, radius: float, colour: Colour, gloss: float = 0.0, sides: int = 8, tip: float = 1.0
) -> Mesh:
    """A straight bar from `a` to `b`, its far end `tip` times as thick."""
    return tube([a, b], [radius, radius * tip], colour, gloss, sides)


def upright(mesh: Mesh) -> Mesh:
    """A solid turned about y laid on its side, its axis along z."""
    swap, flip = [0, 2, 1], np.array([1, 1, -1], np.float32)
    return Mesh(
        mesh.vertices[:, swap] * flip, mesh.faces, mesh.normals[:, swap] * flip, mesh.colours, mesh.gloss, mesh.emission
    )


def turned_by(mesh: Mesh, turn: Floats, at: Point = (0.0, 0.0, 0.0), scale: float = 1.0) -> Mesh:
    """The mesh scaled, turned by a rotation matrix and moved."""
    matrix = np.asarray(turn, np.float32)
    points = np.stack([mesh.vertices @ row for row in matrix * np.float32(scale)], 1) + np.asarray(at, np.float32)
    normals = np.stack([mesh.normals @ row for row in matrix], 1)
    return Mesh(
        points.astype(np.float32), mesh.faces, normals.astype(np.float32), mesh.colours, mesh.gloss, mesh.emission
    )


def slab(
    outline: Sequence[tuple[float, float]], depth: float, colour: Colour, gloss: float = 0.0, z: float = 0.0
) -> Mesh:
    """A star-shaped outline of (x, y), counter-clockwise about its middle, `depth` thick along z."""
    line = np.asarray(outline, np.float64)
    middle = line.mean(0)
    wedges = []
    for index in range(len(line)):
        after = (index + 1) % len(line)
        wedges.append(prism([tuple(middle), tuple(line[index]), tuple(line[after])], depth, colour, gloss))
    return joined(wedges).moved((0.0, 0.0, z))


def fronted(body: Clay, points: Sequence[Point], lift: float) -> list[Point]:
    """The points moved along -x until they lie `lift` metres before the front of a clay body."""
    at = np.asarray(points, np.float32).T.copy()
    start = at[0].copy()
    for _ in range(14):
        at[0] -= np.clip(body.distance(at) - np.float32(lift), -0.02, 0.2)
    # What passes the body by stays about where the rest met it.
    met = np.abs(body.distance(at) - np.float32(lift)) < 0.01
    depth = np.float32(at[0][met].min()) if met.any() else start.min()
    at[0] = np.where(met, at[0], depth)
    return [(float(x), float(y), float(z)) for x, y, z in at.T]


def patch(
    body: Clay,
    rows: Sequence[tuple[float, float, float]],
    colour: Colour,
    lift: float,
    x: float,
    columns: int = 5,
    gloss: float = 0.0,
) -> Mesh:
    """Cloth laid on the front of a clay body: rows of (y, z from, z to), seen from +x, `lift` metres proud of it."""
    line = np.asarray(rows, np.float64)
    stops = np.linspace(0, len(rows) - 1, max(len(rows), 9))
    table = np.stack([np.interp(stops, np.arange(len(rows)), line[:, k]) for k in range(3)], 1)
    count = len(table)
    y = np.repeat(table[:, 0], columns)
    share = np.tile(np.linspace(0, 1, columns), count)
    z = np.repeat(table[:, 1], columns) * (1 - share) + np.repeat(table[:, 2], columns) * share
    at = fronted(body, [(x, float(b), float(c)) for b, c in zip(y, z, strict=True)], lift)
    grid = np.asarray(at, np.float64).reshape(count, columns, 3)
    mesh = woven(grid, colour, gloss, round_=False)
    # Seen from in front whichever way the rows ran.
    flip = np.where(mesh.normals[:, :1] < 0, -1.0, 1.0)
    return Mesh(mesh.vertices, mesh.faces, (mesh.normals * flip).astype(np.float32), mesh.colours, mesh.gloss)


def tyre(
    x: float,
    z: float,
    radius: float,
    wide: float,
    rim: Colour = (0.62, 0.63, 0.66),
    spokes: int = 5,
    rubber: Colour = (0.025, 0.025, 0.028),
    y: float | None = None,
) -> list[Mesh]:
    """A wheel standing on the ground at (x, z), its axle along z."""
    high = radius if y is None else y
    half = wide / 2
    profile = [
        (radius * 0.66, -half),
        (radius * 0.93, -half),
        (radius, -half * 0.6),
        (radius, half * 0.6),
        (radius * 0.93, half),
        (radius * 0.66, half),
    ]
    dark: Colour = (0.09, 0.09, 0.10)
    parts = [upright(lathe(profile, rubber, 0.1, 32)).moved((x, high, z))]
    parts.append(
        upright(
            lathe(
                [(0.0, -half * 0.5), (radius * 0.67, -half * 0.5), (radius * 0.67, half * 0.5), (0.0, half * 0.5)],
                dark,
                0.3,
                24,
            )
        ).moved((x, high, z))
    )
    out = float(np.sign(z)) or 1.0
    parts.append(
        upright(
            lathe(
                [
                    (radius * 0.67, -half * 0.9),
                    (radius * 0.58, -half * 0.7),
                    (radius * 0.58, half * 0.7),
                    (radius * 0.67, half * 0.9),
                ],
                rim,
                0.6,
                32,
            )
        ).moved((x, high, z))
    )
    for angle in np.linspace(0.3, 2 * np.pi + 0.3, spokes, endpoint=False):
        tip = (
            x + radius * 0.6 * float(np.cos(angle)),
            high + radius * 0.6 * float(np.sin(angle)),
            z + out * half * 0.6,
        )
        parts.append(rod((x, high, z + out * half * 0.75), tip, radius * 0.1, rim, 0.6, 6, 0.7))
    parts.append(
        ball((x, high, z + out * half * 0.7), (radius * 0.16, radius * 0.16, half * 0.3), rim, 0.6, segments=10)
    )
    return parts


def spoked(
    x: float, radius: float, colour: Colour, thick: float = 0.018, z: float = 0.0, spokes: int = 14
) -> list[Mesh]:
    """A thin wheel with wire spokes, standing on the ground: bicycles and carriages."""
    lay = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], np.float32)
    parts = [ring((x, radius, z), radius - thick, radius - thick, thick, colour, 0.1, lay, 8, 40)]
    parts.append(
        ring((x, radius, z), radius - thick * 2.4, radius - thick * 2.4, thick * 0.5, (0.6, 0.6, 0.62), 0.6, lay, 6, 40)
    )
    for angle in np.linspace(0, 2 * np.pi, spokes, endpoint=False):
        tip = (x + (radius - thick * 2) * float(np.cos(angle)), radius + (radius - thick * 2) * float(np.sin(angle)), z)
        parts.append(rod((x, radius, z), tip, thick * 0.16, (0.6, 0.6, 0.62), 0.5, 4))
    parts.append(ball((x, radius, z), (thick * 1.5, thick * 1.5, thick * 2), (0.5, 0.5, 0.52), 0.6, segments=10))
    return parts


def steam(at: Point, high: float, thick: float) -> list[Mesh]:
    """Three curls of steam rising from a hot dish."""
    parts = []
    for index, (dx, dz) in enumerate(((0.0, 0.0), (-0.5, 0.35), (0.55, 0.3))):
        rise = np.linspace(0, 1, 12)
        line = [
            (
                at[0] + high * (0.3 * dx + 0.09 * float(np.sin(t * 6.5 + index * 2)) * (0.3 + t)),
                at[1] + high * float(t) * (1.0 - 0.15 * index),
                at[2] + high * 0.3 * dz,
            )
            for t in rise
        ]
        radii = (thick * np.sin(np.pi * np.clip(rise * 0.92 + 0.08, 0, 1)) ** 0.7 + thick * 0.03).tolist()
        parts.append(tube(line, radii, (0.86, 0.87, 0.88), 0.0, 6, glow=(0.22, 0.22, 0.23)))
    return parts


def sheet_of(
    shape: Callable[[Floats, Floats], tuple[object, object, object]], colour: Colour, thickness: float = 0.006
) -> Mesh:
    """A sheet over u, v in 0..1 whose coordinates may be plain numbers."""

    def whole(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        x, y, z = (np.asarray(value, np.float32) + np.zeros_like(u) for value in shape(u, v))
        return x, y, z

    return sheet(whole, colour, thickness)
