"""Naive surface nets: a grid of signed distances to a closed mesh, in plain numpy."""

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats, Ints

_CORNERS = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.int32)
_EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if int(np.abs(_CORNERS[a] - _CORNERS[b]).sum()) == 1]


def surface(values: Floats) -> tuple[Floats, Ints]:
    """The zero level of `values` (X, Y, Z), negative inside, as vertices in grid steps and outward triangles.

    The border of the grid must be outside (positive); the mesh is then closed.
    """
    cells = np.array(values.shape) - 1
    inside = values < 0
    corner_count = np.zeros(cells, np.uint8)
    for x, y, z in _CORNERS:
        corner_count += inside[x : x + cells[0], y : y + cells[1], z : z + cells[2]]
    active = np.argwhere((corner_count > 0) & (corner_count < 8)).astype(np.int32)
    index = np.full(cells, -1, np.int32)
    index[tuple(active.T)] = np.arange(len(active), dtype=np.int32)
    return _cell_points(values, active), _quads(inside, index)


def _cell_points(values: Floats, active: Ints) -> Floats:
    """One point per active cell: the mean of where the surface crosses the cell's edges."""
    at = active[:, None, :] + _CORNERS[None]
    corner = values[at[..., 0], at[..., 1], at[..., 2]]
    total = np.zeros((len(active), 3), np.float32)
    crossings = np.zeros((len(active), 1), np.float32)
    for a, b in _EDGES:
        va, vb = corner[:, a], corner[:, b]
        crossed = (va < 0) != (vb < 0)
        t = np.where(crossed, va / np.where(crossed, va - vb, 1), 0)[:, None]
        point = _CORNERS[a] + t * (_CORNERS[b] - _CORNERS[a])
        total += np.where(crossed[:, None], point, 0)
        crossings += crossed[:, None]
    return (active + total / np.maximum(crossings, 1)).astype(np.float32)


def _quads(inside: npt.NDArray[np.bool_], index: Ints) -> Ints:
    """Two triangles round every grid edge whose ends lie on different sides."""
    faces = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        turned = np.moveaxis(inside, (axis, u, v), (0, 1, 2))
        cells = np.moveaxis(index, (axis, u, v), (0, 1, 2))
        low, high = turned[:-1, 1:-1, 1:-1], turned[1:, 1:-1, 1:-1]
        i, j, k = np.nonzero(low != high)
        flip = ~low[i, j, k]
        quad = np.stack([cells[i, j, k], cells[i, j + 1, k], cells[i, j + 1, k + 1], cells[i, j, k + 1]], 1)
        quad[flip] = quad[flip][:, ::-1]
        faces += [quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]]
    return np.concatenate(faces).astype(np.int32)
