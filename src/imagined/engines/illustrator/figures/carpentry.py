"""What furniture is put together from: many boxes at once, cushions, turned legs, books. Metres, y up.

Furniture is built with its front towards +z and its width along x, and turned by `facing` to look along +x as every
figure does.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.solids import ball, lathe
from imagined.engines.illustrator.mesh import Floats, Mesh, joined

DARK_WOOD: Colour = (0.135, 0.062, 0.028)
WOOD: Colour = (0.27, 0.135, 0.06)
PALE_WOOD: Colour = (0.50, 0.32, 0.165)
BRASS: Colour = (0.62, 0.42, 0.14)
IRON: Colour = (0.045, 0.045, 0.05)
LINEN: Colour = (0.80, 0.76, 0.68)

_CORNERS = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)], np.float32)
_SIDES = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
_NORMALS = np.array([[-1, 0, 0], [1, 0, 0], [0, -1, 0], [0, 1, 0], [0, 0, -1], [0, 0, 1]], np.float32)


def boxes(centres: Floats, sizes: Floats, colours: Floats, gloss: float = 0.0, glow: Colour | None = None) -> Mesh:
    """`N` upright boxes as one mesh; all three arrays are (N, 3)."""
    centres, sizes = np.asarray(centres, np.float32), np.asarray(sizes, np.float32)
    count = len(centres)
    corners = _CORNERS[_SIDES].reshape(1, 24, 3) * sizes[:, None] + centres[:, None]
    quads = np.arange(count * 6, dtype=np.int32)[:, None] * 4
    faces = np.stack([quads + np.array(corner) for corner in ((0, 1, 2), (0, 2, 3))], 1).reshape(-1, 3)
    points = corners.reshape(-1, 3).astype(np.float32)
    tones = np.broadcast_to(np.asarray(colours, np.float32), (count, 3))
    return Mesh(
        points,
        faces.astype(np.int32),
        np.tile(_NORMALS.repeat(4, 0), (count, 1)),
        np.clip(tones.repeat(24, 0), 0, 1),
        np.full(len(points), gloss, np.float32),
        np.zeros((0, 3), np.float32) if glow is None else np.full((len(points), 3), glow, np.float32),
    )


def slabs(rows: Sequence[tuple[Point, Point]], colour: Colour, gloss: float = 0.0) -> Mesh:
    """Boxes of one colour, each given by its centre and full size."""
    return boxes(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]), np.asarray(colour), gloss)


def cushion(
    centre: Point, size: Point, colour: Colour, round_: float = 0.35, gloss: float = 0.0, segments: int = 28
) -> Mesh:
    """A soft box of full `size`: 1 is an ellipsoid, towards 0 its edges get hard."""
    sphere = ball((0.0, 0.0, 0.0), 1.0, colour, gloss, segments=segments)
    unit = sphere.vertices
    shaped = np.sign(unit) * np.abs(unit) ** np.float32(round_)
    reach = np.asarray(size, np.float32) / 2
    power = np.float32(2 / round_ - 1)
    normals = np.sign(shaped) * np.abs(shaped) ** power / reach
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    vertices = shaped * reach + np.asarray(centre, np.float32)
    return Mesh(vertices.astype(np.float32), sphere.faces, normals.astype(np.float32), sphere.colours, sphere.gloss)


def turned_leg(x: float, z: float, height: float, radius: float, colour: Colour) -> Mesh:
    """A leg from the lathe."""
    r = radius
    profile = [(r * 0.6, 0.0), (r * 0.85, height * 0.1), (r * 0.55, height * 0.2), (r, height * 0.62), (r, height)]
    return lathe(profile, colour, 0.2, 14, crease=1.2).moved((x, 0.0, z))


def ring(radius: float, thick: float, colour: Colour, gloss: float = 0.0) -> Mesh:
    """A level ring about the origin, `thick` in its own radius."""
    turn = np.linspace(np.pi, -np.pi, 9)
    profile = [(radius + thick * float(np.cos(a)), thick * float(np.sin(a))) for a in turn]
    return lathe(profile[::-1], colour, gloss, 48, crease=1.2)


def books(
    rng: np.random.Generator, left: float, right: float, y: float, z: float, tall: float, full: float = 0.95
) -> Mesh:
    """A row of books standing from `left` to `right` on height `y`, spines at about `z` towards +z."""
    count = max(1, int((right - left) / 0.036 * full))
    thick = rng.uniform(0.018, 0.055, count)
    ends = left + np.cumsum(thick)
    keep = ends < right
    thick, middle = thick[keep], (ends - thick / 2)[keep]
    # Now and then a gap, where one was taken out.
    here = rng.random(len(thick)) < 0.5 + full / 2
    thick, middle = thick[here], middle[here]
    high = tall * rng.uniform(0.62, 0.95, len(thick))
    deep = rng.uniform(0.15, 0.2, len(thick))
    palette = np.array(_BINDINGS, np.float32)
    # Neighbours are often of one set.
    which = np.repeat(rng.integers(0, len(palette), len(thick)), rng.integers(1, 5, len(thick)))[: len(thick)]
    tones = palette[which] * rng.uniform(0.75, 1.2, (len(thick), 1))
    front = np.full(len(thick), z) - rng.uniform(0, 0.025, len(thick))
    centres = np.stack([middle, y + high / 2, front - deep / 2], 1)
    bodies = boxes(centres, np.stack([thick * 0.94, high, deep], 1), tones, 0.12)
    band = np.flatnonzero(rng.random(len(thick)) < 0.45)
    if not len(band):
        return bodies
    gilt = np.concatenate([
        np.stack([middle[band], y + high[band] * share, front[band]], 1) for share in (0.8, 0.22)
    ])  # fmt: skip
    size = np.stack([thick[band] * 0.95, np.full(len(band), 0.008), np.full(len(band), 0.002)], 1)
    return joined([bodies, boxes(gilt, np.tile(size, (2, 1)), np.array((0.66, 0.48, 0.18)), 0.3)])


_BINDINGS: tuple[Colour, ...] = (
    (0.26, 0.045, 0.035),
    (0.36, 0.10, 0.04),
    (0.12, 0.055, 0.03),
    (0.05, 0.10, 0.06),
    (0.035, 0.07, 0.16),
    (0.42, 0.27, 0.10),
    (0.20, 0.13, 0.07),
    (0.50, 0.42, 0.30),
    (0.30, 0.16, 0.07),
    (0.08, 0.16, 0.18),
    (0.16, 0.04, 0.07),
)


def facing(parts: list[Mesh], anchors: Mapping[str, Point], girth: float = 0.6) -> Figure:
    """The parts, built with their front towards +z, as a figure that looks along +x."""
    turned = [part.moved((0.0, 0.0, 0.0), yaw=np.pi / 2) for part in parts]
    return gathered(turned, {name: (z, y, -x) for name, (x, y, z) in anchors.items()}, girth)
