"""Tools that every style works with: planes of colour, blur, noise and paper, all measured in mils.

A mil is a thousandth of the picture's short side. Whatever is measured in mils and drawn from a seed is the same at
every size, which makes a style independent of resolution; nothing here depends on the frame of a film.
"""

from functools import lru_cache
from typing import Any, Final

import numpy as np
from PIL import Image

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import noise_tile, smoothstep

LUMA: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)
_BROAD: Final = 11
"""Pixels from which a brush is computed at half the size."""
_GRID: Final = 512
"""Cells of a texture along the short side of the picture."""


def planes_of(pixels: Pixels) -> Floats:
    """(3, H, W) 0 to 1 of (H, W, 3) bytes."""
    planes: Floats = np.ascontiguousarray(pixels.transpose(2, 0, 1)).astype(np.float32)
    planes *= np.float32(1 / 255)
    return planes


def pixels_of(planes: Floats) -> Pixels:
    """(H, W, 3) bytes of (3, H, W) from 0 to 1; what lies outside is cut off."""
    done = np.empty((*planes.shape[1:], 3), np.uint8)
    for k in range(3):
        done[..., k] = np.clip(planes[k] * np.float32(255) + np.float32(0.5), 0, 255)
    return done


def grey_of(planes: Floats) -> Floats:
    """(H, W) brightness."""
    grey: Floats = planes[0] * LUMA[0]
    grey += planes[1] * LUMA[1]
    grey += planes[2] * LUMA[2]
    return grey


def mils(shape: tuple[int, ...]) -> float:
    """Pixels in a mil of a picture whose last two axes are rows and columns."""
    return min(shape[-2:]) / 1000


def scaled(plane: Floats, rows: int, columns: int, how: Image.Resampling = Image.Resampling.BICUBIC) -> Floats:
    """(rows, columns) of an (H, W) plane, antialiased."""
    if plane.shape == (rows, columns):
        return plane
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(image.resize((columns, rows), how), np.float32)


def soft(planes: Floats, radius: float) -> Floats:
    """`planes`, (H, W) or (N, H, W), blurred by a bell of `radius` mils."""
    if planes.ndim == 3:
        return np.stack([soft(plane, radius) for plane in planes])
    sigma = radius * mils(planes.shape)
    if sigma < 0.3:
        return planes
    rows, columns = planes.shape
    step = int(max(1, min(sigma / 1.6, min(rows, columns) / 4)))
    small = planes
    if step > 1:
        small = scaled(planes, max(2, -(-rows // step)), max(2, -(-columns // step)), Image.Resampling.BOX)
    small = _bell(_bell(small, sigma / step, 0), sigma / step, 1)
    return scaled(small, rows, columns)


def _bell(plane: Floats, sigma: float, axis: int) -> Floats:
    reach = max(1, int(np.ceil(sigma * 2.4)))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    edge = [(0, 0), (0, 0)]
    edge[axis] = (reach, reach)
    wide = np.pad(plane, edge, mode="edge")
    count = plane.shape[axis]
    total = np.zeros_like(plane)
    for index, weight in enumerate(weights):
        total += (wide[index : index + count] if axis == 0 else wide[:, index : index + count]) * weight
    return total


def shifted(plane: Floats, down: float, right: float) -> Floats:
    """The plane moved by mils; what comes in repeats the border."""
    unit = mils(plane.shape)
    y, x = round(down * unit), round(right * unit)
    rows = np.clip(np.arange(plane.shape[-2]) - y, 0, plane.shape[-2] - 1)
    columns = np.clip(np.arange(plane.shape[-1]) - x, 0, plane.shape[-1] - 1)
    return plane.take(rows, axis=-2).take(columns, axis=-1)


@lru_cache(maxsize=24)
def texture(rows: int, columns: int, seed: int, roughness: float = 1.0, coarsest: int = 2) -> Floats:
    """(rows, columns) noise of mean 0 and deviation about 1, the same picture at every size."""
    tile = noise_tile(_GRID, seed & 0xFFFF, roughness, coarsest)
    short = min(rows, columns)
    high, wide = (max(2, round(side * _GRID / short)) for side in (rows, columns))
    whole = np.tile(tile, (-(-high // _GRID), -(-wide // _GRID)))[:high, :wide]
    done = scaled(np.ascontiguousarray(whole), rows, columns)
    done.setflags(write=False)
    return done


def wobbled(planes: Floats, seed: int, reach: float) -> Floats:
    """(3, H, W) with borders that waver by about `reach` mils, as a hand draws them."""
    rows, columns = planes.shape[1:]
    far = np.float32(reach * mils(planes.shape))
    moved = [texture(rows, columns, seed + k, 0.8, 10) * far for k in (61, 62)]
    down = np.clip(np.arange(rows, dtype=np.float32)[:, None] + moved[0], 0, rows - 1).astype(np.int32)
    right = np.clip(np.arange(columns, dtype=np.float32)[None, :] + moved[1], 0, columns - 1).astype(np.int32)
    at = (down * np.int32(columns) + right).reshape(-1)
    taken: Floats = planes.reshape(3, -1).take(at, axis=1).reshape(planes.shape)
    return taken


@lru_cache(maxsize=4)
def places(rows: int, columns: int) -> tuple[Floats, Floats]:
    """Mils from the middle of each pixel to the picture's middle: (1, W) right, (H, 1) down."""
    scale = np.float32(1000 / min(rows, columns))
    x = (np.arange(columns, dtype=np.float32) + np.float32(0.5 - columns / 2)) * scale
    y = (np.arange(rows, dtype=np.float32) + np.float32(0.5 - rows / 2)) * scale
    return x[None, :], y[:, None]


def paper(rows: int, columns: int, seed: int) -> Floats:
    """(rows, columns) the relief of rough paper, mean 0, deviation about 1."""
    fine = texture(rows, columns, seed + 11, 4.0, 60)
    return fine * np.float32(0.8) + texture(rows, columns, seed + 12, 1.0, 12) * np.float32(0.35)


def margin(rows: int, columns: int) -> Floats:
    """(rows, columns) mils to the nearest border of the picture."""
    x, y = places(rows, columns)
    scale = 1000 / min(rows, columns)
    inside: Floats = np.minimum(np.float32(columns / 2 * scale) - np.abs(x), np.float32(rows / 2 * scale) - np.abs(y))
    return inside


def stepped(value: Floats, steps: int, sharpness: float = 6.0) -> Floats:
    """0 to 1 in `steps` even levels with short smooth rises between them."""
    place = np.clip(value, 0, 1) * np.float32(steps - 1)
    whole = np.floor(place)
    rise = smoothstep(0.5 - 0.5 / sharpness, 0.5 + 0.5 / sharpness, place - whole)
    level: Floats = (whole + rise) * np.float32(1 / (steps - 1))
    return level


def vivid(planes: Floats, amount: float) -> Floats:
    """Colours `amount` times as far from grey."""
    grey = grey_of(planes)
    return grey + (planes - grey) * np.float32(amount)


def over(base: Any, top: Any, cover: Floats) -> Floats:
    """(3, H, W): `top` laid over `base` where (H, W) `cover` is 1; either may be one colour."""
    below, above = (
        np.asarray(side, np.float32).reshape(3, 1, 1) if np.ndim(side) == 1 else np.asarray(side, np.float32)
        for side in (base, top)
    )
    mixed: Floats = below + (above - below) * cover
    return mixed


def settled(planes: Floats, radius: float) -> Floats:
    """(3, H, W) smoothed by `radius` mils where it is even, sharp where areas meet, as a broad brush leaves it.

    Each pixel takes the mean of the four quarters around it, the more the more even a quarter is.
    """
    rows, columns = planes.shape[1:]
    reach = max(1, round(radius * mils(planes.shape)))
    if reach >= _BROAD and min(rows, columns) > 4 * _BROAD:
        # A brush that broad needs no single pixels.
        half = np.stack([scaled(plane, rows // 2, columns // 2, Image.Resampling.BOX) for plane in planes])
        return np.stack([scaled(plane, rows, columns, Image.Resampling.BILINEAR) for plane in settled(half, radius)])
    grey = grey_of(planes)
    sums = [_boxed(plane, reach) for plane in (*planes, grey, grey * grey)]
    total, out = np.zeros((rows, columns), np.float32), np.zeros_like(planes)
    for down in (0, reach):
        for right in (0, reach):
            part = (slice(down, down + rows), slice(right, right + columns))
            mean = sums[3][part]
            weight = np.maximum(sums[4][part] - mean * mean, np.float32(0)) + np.float32(0.0006)
            weight = np.float32(1e-6) / (weight * weight)
            weight *= weight
            total += weight
            for k in range(3):
                out[k] += sums[k][part] * weight
    out /= total
    return out


def _boxed(plane: Floats, reach: int) -> Floats:
    """(H + reach, W + reach) means of the squares of `reach` + 1 pixels that end at each place."""
    width = reach + 1
    for axis in (0, 1):
        edge = [(0, 0), (0, 0)]
        edge[axis] = (reach + 1, reach)
        total = np.cumsum(np.pad(plane, edge, mode="edge"), axis=axis, dtype=np.float64)
        later = total[width:] if axis == 0 else total[:, width:]
        earlier = total[:-width] if axis == 0 else total[:, :-width]
        plane = ((later - earlier) * (1.0 / width)).astype(np.float32)
    return plane
