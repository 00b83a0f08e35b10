"""Arithmetic on (N, 3) arrays that lie in memory as three runs of N.

numpy works through such arrays about ten times as fast as through N runs of three, which is what decides how long a
frame takes. Everything here returns them; ordinary arrays are taken as well.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats

Indices = npt.NDArray[np.intp]


def planar(count: int) -> Floats:
    """An uninitialised (count, 3) array."""
    return np.empty((3, count), np.float32).T


def dot(one: Floats, two: Floats) -> Floats:
    """(N,) row by row."""
    product: Floats = one[:, 0] * two[:, 0]
    product += one[:, 1] * two[:, 1]
    product += one[:, 2] * two[:, 2]
    return product


def times(weights: Floats, colour: Any) -> Floats:
    """(N, 3): the same colour or vector, weighted differently at each of N points."""
    result: Floats = (np.asarray(colour, np.float32)[:, None] * weights).T
    return result


def picked(values: Floats, at: Indices) -> Floats:
    """(M, 3) the rows `at`."""
    rows: Floats = values.T.take(at, axis=1).T
    return rows


def placed(values: Floats, at: Indices, rows: Floats) -> None:
    """Writes `rows` to the rows `at` of `values`."""
    for k in range(3):
        values[:, k][at] = rows[:, k]


def toward(base: Floats, other: Floats, share: Floats) -> Floats:
    """(N, 3): `base` moved to `other` by the (N,) share, in place where `base` allows."""
    result: Floats = other - base
    result *= share[:, None]
    result += base
    return result


def unit_rows(values: Floats) -> Floats:
    """The rows at length 1."""
    length = np.sqrt(dot(values, values))
    rows: Floats = values * (np.float32(1.0) / np.maximum(length, np.float32(1e-9)))[:, None]
    return rows
