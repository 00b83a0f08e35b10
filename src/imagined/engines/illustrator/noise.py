"""Noise that depends on its seed and its place only: tiles, hashes and look-ups in tiles."""

from functools import lru_cache

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Ints

_SCALE = np.float32(1.0 / (1 << 24))


@lru_cache(maxsize=16)
def noise_tile(size: int, seed: int, roughness: float = 1.0, coarsest: int = 2) -> Floats:
    """A (size, size) tile that repeats seamlessly, mean 0 and deviation 1.

    `roughness` is the share of fine detail (1 clouds, 0.6 hills); features are at most 1 / `coarsest` tile wide.
    """
    rng = np.random.default_rng([seed & 0x7FFFFFFF, size])
    across = np.fft.fftfreq(size)[:, None] * size
    down = np.fft.rfftfreq(size)[None, :] * size
    frequency = np.hypot(across, down)
    amplitude = np.where(frequency < coarsest, 0.0, np.maximum(frequency, 1.0) ** (-1.0 - 0.8 / roughness))
    shape = amplitude.shape
    spectrum = amplitude * (rng.standard_normal(shape) + 1j * rng.standard_normal(shape))
    tile = np.fft.irfft2(spectrum, (size, size))
    tile = ((tile - tile.mean()) / tile.std()).astype(np.float32)
    tile.setflags(write=False)
    done: Floats = tile
    return done


def sample_tile(tile: Floats, across: Floats, down: Floats) -> Floats:
    """The tile, repeated over the plane in unit squares, at (N,) points, interpolated linearly."""
    size = np.int32(tile.shape[0])
    mask = size - np.int32(1)
    x = across * np.float32(size)
    y = down * np.float32(size)
    left = np.floor(x)
    top = np.floor(y)
    part_x = x - left
    part_y = y - top
    column = left.astype(np.int32) & mask
    row = (top.astype(np.int32) & mask) * size
    next_column = (column + np.int32(1)) & mask
    next_row = (row + size) & np.int32(tile.size - 1)
    flat = tile.reshape(-1)
    upper = _between(flat, row + column, row + next_column, part_x)
    lower = _between(flat, next_row + column, next_row + next_column, part_x)
    lower -= upper
    lower *= part_y
    lower += upper
    return lower


def _between(flat: Floats, one: Ints, two: Ints, part: Floats) -> Floats:
    value: Floats = flat.take(one)
    other = flat.take(two)
    other -= value
    other *= part
    value += other
    return value


def hashed(*keys: Ints | int) -> Floats:
    """A number from 0 up to 1 for each combination of whole-number keys, which are broadcast together."""
    state: np.ndarray[tuple[int, ...], np.dtype[np.uint32]] = np.zeros(1, np.uint32) + np.uint32(0x9E3779B9)
    for key in keys:
        number = np.asarray(key)
        state = (state ^ number.astype(np.uint32)) * np.uint32(0x85EBCA6B)
        state ^= state >> np.uint32(13)
    state = state * np.uint32(0xC2B2AE35)
    state ^= state >> np.uint32(16)
    value: Floats = (state >> np.uint32(8)).astype(np.float32) * _SCALE
    return value


def smoothstep(low: float, high: float, value: Floats) -> Floats:
    """0 below `low`, 1 above `high`, smooth between."""
    part = np.clip((value - np.float32(low)) * np.float32(1.0 / (high - low)), 0.0, 1.0)
    smooth: Floats = part * part * (np.float32(3.0) - np.float32(2.0) * part)
    return smooth
