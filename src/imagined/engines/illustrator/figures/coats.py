"""Coats: how fur, hide and feathers vary over a body, as tints of its vertices."""

from typing import Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Tint
from imagined.engines.illustrator.figures.model import furry, noise3
from imagined.engines.illustrator.mesh import Floats

Pattern = Literal["plain", "hide", "patches", "stripes", "spots", "tabby", "panda", "strands", "wool"]


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


def _panda(points: Floats, height: float) -> Floats:
    along = points[:, 0] / height
    legs = np.clip((0.42 - points[:, 1] / height) * 14, 0, 1)
    yoke = np.clip(1 - np.abs(along - 0.36) * 7, 0, 1) * np.clip((0.95 - points[:, 1] / height) * 12, 0, 1)
    result: Floats = np.maximum(legs, np.clip(yoke * 2, 0, 1))
    return result


def coat_tint(pattern: Pattern, second: Colour, height: float) -> Tint:
    """A tint for an animal `height` metres tall: its markings in the colour `second`, then the texture of hair."""
    scale = 42.0 / max(height, 0.1)
    texture = {"hide": furry(0.06, scale * 0.5), "wool": furry(0.3, scale * 0.7), "strands": furry(0.22, scale)}
    hair = texture.get(pattern, furry(0.13, scale))

    def tint(points: Floats, normals: Floats, colours: Floats) -> Floats:
        amount = np.zeros(len(points), np.float32)
        if pattern == "patches":
            amount = _patches(points, height)
        elif pattern == "stripes":
            amount = _stripes(points, height, 26.0)
        elif pattern == "tabby":
            amount = _stripes(points, height, 34.0) * 0.55
        elif pattern == "spots":
            amount = _spots(points, height)
        elif pattern == "panda":
            amount = _panda(points, height)
        shade = np.asarray(second, np.float32)
        marked = colours * (1 - amount[:, None]) + shade * amount[:, None]
        return hair(points, normals, marked.astype(np.float32))

    return tint
