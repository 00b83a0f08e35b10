"""Coats: how fur, hide and feathers vary over a body, as tints of its vertices."""

from collections.abc import Callable
from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Tint
from imagined.engines.illustrator.figures.model import furry, noise3
from imagined.engines.illustrator.mesh import Floats

Pattern = Literal[
    "plain",
    "hide",
    "patches",
    "stripes",
    "spots",
    "tabby",
    "panda",
    "strands",
    "wool",
    "zebra",
    "giraffe",
    "cheetah",
    "leopard",
    "dapples",
    "skunk",
    "saddle",
    "scales",
]


def _patches(points: Floats, height: float) -> Floats:
    result: Floats = np.clip(noise3(points * np.float32(3.6 / height) + np.float32(7.3)) * 6 - 0.6, 0, 1)
    return result


def _stripes(points: Floats, height: float, finer: float) -> Floats:
    wobble = noise3(points * np.float32(3 / height)) * 1.3
    wave = np.sin(
        points[:, 0] * np.float32(finer / height) + wobble * 2 + np.abs(points[:, 2]) * np.float32(6 / height)
    )
    above = np.clip((points[:, 1] / height - 0.18) * 4, 0, 1)
    result: Floats = np.clip((wave - 0.35) * 5, 0, 1) * above
    return result


def _spots(points: Floats, height: float) -> Floats:
    result: Floats = np.clip(noise3(points * np.float32(13 / height)) * 5 - 1.6, 0, 1)
    return result


def _cells(points: Floats, size: float) -> tuple[Floats, Floats]:
    """Distances to the nearest and second nearest of scattered seeds, in units of `size` metres."""
    at = (points / np.float32(size)).astype(np.float32)
    cell = np.floor(at)
    best: Floats = np.full((2, len(points)), 9.0, np.float32)
    for corner in np.ndindex(3, 3, 3):
        here = cell + np.array(corner, np.float32) - 1
        key = here @ np.array([[127.1, 269.5, 113.5], [311.7, 183.3, 271.9], [74.7, 246.1, 124.6]], np.float32)
        jitter = np.sin(key) * np.float32(43758.547)
        away = here + 0.15 + 0.7 * (jitter - np.floor(jitter)) - at
        far = np.sqrt((away * away).sum(1))
        best[1] = np.minimum(best[1], np.maximum(best[0], far))
        best[0] = np.minimum(best[0], far)
    return best[0], best[1]


def _zebra(points: Floats, height: float) -> Floats:
    wobble = noise3(points * np.float32(2.6 / height)) * 1.1
    x, y = points[:, 0] / height, points[:, 1] / height
    # Stripes stand upright on the trunk and lie level on the legs.
    legs = np.clip((0.5 - y) * 6, 0, 1)
    phase = (x * 38 + np.abs(points[:, 2]) / height * 5) * (1 - legs) + (y * 52 + x * 6) * legs
    result: Floats = np.clip((np.sin(phase + wobble * 1.6) - 0.05) * 4, 0, 1)
    return result


def _saddle(points: Floats, normals: Floats, height: float) -> Floats:
    wave = noise3(points * np.float32(4 / height)) * 0.25
    result: Floats = np.clip((normals[:, 1] * 0.7 + points[:, 1] / height - 0.92 + wave) * 4, 0, 1)
    return result


def _skunk(points: Floats, normals: Floats, height: float) -> Floats:
    off = np.abs(points[:, 2]) / height
    line = np.clip((0.26 - off) * 14, 0, 1) * np.clip((off - 0.05) * 20 + (points[:, 0] > 0.3 * height), 0, 1)
    result: Floats = line * np.clip(normals[:, 1] * 3 - 0.4, 0, 1)
    return result


def _panda(points: Floats, height: float) -> Floats:
    along = points[:, 0] / height
    legs = np.clip((0.42 - points[:, 1] / height) * 14, 0, 1)
    yoke = np.clip(1 - np.abs(along - 0.36) * 7, 0, 1) * np.clip((0.95 - points[:, 1] / height) * 12, 0, 1)
    result: Floats = np.maximum(legs, np.clip(yoke * 2, 0, 1))
    return result


def _giraffe(points: Floats, height: float) -> Floats:
    near, following = _cells(points, height * 0.105)
    result: Floats = np.clip((following - near - 0.16) * 7, 0, 1) * np.clip(points[:, 1] / height * 4 - 0.9, 0, 1)
    return result


def _leopard(points: Floats, height: float) -> Floats:
    near, _ = _cells(points, height * 0.15)
    result: Floats = np.clip((0.47 - near) * 8, 0, 1) * np.clip((near - 0.17) * 6 + 0.35, 0, 1)
    return result


def _dots(points: Floats, size: float, share: float) -> Floats:
    result: Floats = np.clip((share - _cells(points, size)[0]) * 9, 0, 1)
    return result


def _scales(points: Floats, height: float) -> Floats:
    near, following = _cells(points, height * 0.07)
    result: Floats = np.clip(1 - (following - near) * 3.5, 0, 1) * 0.4
    return result


_MARKINGS: Final[dict[Pattern, Callable[[Floats, Floats, float], Floats]]] = {
    "patches": lambda points, _, height: _patches(points, height),
    "stripes": lambda points, _, height: _stripes(points, height, 26.0),
    "tabby": lambda points, _, height: _stripes(points, height, 34.0) * 0.55,
    "spots": lambda points, _, height: _spots(points, height),
    "panda": lambda points, _, height: _panda(points, height),
    "zebra": lambda points, _, height: _zebra(points, height),
    "giraffe": lambda points, _, height: _giraffe(points, height),
    "cheetah": lambda points, _, height: _dots(points, height * 0.085, 0.40),
    "leopard": lambda points, _, height: _leopard(points, height),
    "dapples": lambda points, _, height: _dots(points, height * 0.17, 0.30),
    "skunk": _skunk,
    "saddle": _saddle,
    "scales": lambda points, _, height: _scales(points, height),
}
"""Points, normals and the animal's height in metres to how much of the second colour shows, 0 to 1."""


def coat_tint(pattern: Pattern, second: Colour, height: float) -> Tint:
    """A tint for an animal `height` metres tall: its markings in the colour `second`, then the texture of hair."""
    scale = 42.0 / max(height, 0.1)
    texture = {"hide": furry(0.06, scale * 0.5), "wool": furry(0.3, scale * 0.7), "strands": furry(0.22, scale)}
    hair = texture.get(pattern, furry(0.13, scale))
    markings = _MARKINGS.get(pattern)
    shade = np.asarray(second, np.float32)

    def tint(points: Floats, normals: Floats, colours: Floats) -> Floats:
        if markings is not None:
            amount = markings(points, normals, height)[:, None]
            colours = colours * (1 - amount) + shade * amount
        return hair(points, normals, colours.astype(np.float32))

    return tint
