"""From linear light to the pixels of a picture: bloom, tone curve, grain against banding."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import hashed
from imagined.engines.illustrator.vectors import Indices
from imagined.engines.illustrator.world import Grade

Pixels = npt.NDArray[np.uint8]

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_CURVE_STEPS = 4096
_BAND = 64
_GRAIN = np.float32(0.99)


def finished(light: Floats, grade: Grade, glow: Floats | None = None) -> Pixels:
    """(H, W, 3) sRGB pixels of the (H, W, 3) linear radiance; the look does not depend on the size.

    `glow` is `glow_of(light)` where it is known already.
    """
    rows, columns = light.shape[:2]
    planes = np.ascontiguousarray(light.transpose(2, 0, 1))
    if glow is None and grade.bloom > 0:
        glow = glow_of(light)
    across = _from_middle(np.arange(columns, dtype=np.float32), columns)
    pixels = np.empty((rows, columns, 3), np.uint8)
    for top in range(0, rows, _BAND):
        band = slice(top, min(rows, top + _BAND))
        down = _from_middle(np.arange(band.start, band.stop, dtype=np.float32), rows)
        corner = (across[None, :] + down[:, None]) * np.float32(0.5)
        shown = _toned(planes[:, band], None if glow is None else glow[:, band], corner, grade)
        shown += _grain(band.start, band.stop, columns)
        for k in range(3):
            pixels[band, :, k] = shown[k]
    return pixels


def finished_points(light: Floats, glow: Floats, pixels: Indices, size: tuple[int, int], grade: Grade) -> Pixels:
    """(N, 3) what `finished` makes of single pixels of a picture of `size` (rows, columns), counted row after row.

    `glow` is (3, N), the light that spreads to them.
    """
    rows, columns = size
    row, column = np.divmod(pixels.astype(np.int32), np.int32(columns))
    corner = _from_middle(column.astype(np.float32), columns) + _from_middle(row.astype(np.float32), rows)
    shown = _toned(light.T, glow if grade.bloom > 0 else None, corner * np.float32(0.5), grade)
    shown += hashed(row, column) * _GRAIN
    return shown.astype(np.uint8).T


def glow_of(light: Floats) -> Floats:
    """(3, H, W) the light of an (H, W, 3) picture as lens and eye spread it."""
    return _bloom(np.ascontiguousarray(light.transpose(2, 0, 1)))


def _from_middle(place: Floats, count: int) -> Floats:
    """Squared distance of pixels from the middle; the border has 1."""
    off = (place + np.float32(0.5)) * np.float32(2.0 / count) - np.float32(1.0)
    return off * off


def _toned(planes: Floats, glow: Floats | None, corner: Floats, grade: Grade) -> Floats:
    """(3, ...) 0 to 255, before the grain."""
    colour = planes
    if glow is not None:
        colour = glow - planes
        colour *= np.float32(grade.bloom)
        colour += planes
    shade = np.float32(1.0) - np.float32(grade.vignette) * corner
    # Vignette, exposure, saturation and the inner scale of the curve are one factor a channel and one for the grey.
    tint = np.asarray(grade.tint, np.float32) * np.float32(grade.exposure)
    grey = colour[0] * (_LUMA[0] * tint[0])
    grey += colour[1] * (_LUMA[1] * tint[1])
    grey += colour[2] * (_LUMA[2] * tint[2])
    grey *= np.float32(1.0 - grade.saturation)
    curve = _tone_curve(grade.contrast)
    shown = np.empty(colour.shape, np.float32)
    for k in range(3):
        channel = colour[k] * (tint[k] * np.float32(grade.saturation))
        channel += grey
        channel *= shade
        np.clip(channel, np.float32(0.0), np.float32(15.99), out=channel)
        # The curve is tabulated over the square root, which spends its steps where the eye does.
        np.sqrt(channel, out=channel)
        channel *= np.float32((_CURVE_STEPS - 1) / 4.0)
        curve.take(channel.astype(np.int32), out=shown[k], mode="clip")
    return shown


@lru_cache(maxsize=4)
def _tone_curve(contrast: float) -> Floats:
    """Filmic curve with sRGB encoding, 0 to 255, over the square root of radiance / 16."""
    x = (np.linspace(0.0, 1.0, _CURVE_STEPS) ** 2) * 16.0
    x = 0.18 * (x / 0.18) ** contrast
    filmic = np.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0)
    encoded = np.where(filmic < 0.0031308, filmic * 12.92, 1.055 * filmic ** (1 / 2.4) - 0.055)
    return (encoded * 254.4).astype(np.float32)


@lru_cache(maxsize=64)
def _grain(top: int, bottom: int, columns: int) -> Floats:
    """Noise of one step, so that dark gradients do not band; the same in every frame, so that it does not crawl."""
    rows = np.arange(top, bottom, dtype=np.int32)[:, None]
    return hashed(rows, np.arange(columns, dtype=np.int32)[None, :]) * _GRAIN


def _bloom(planes: Floats) -> Floats:
    """(3, H, W): the light spread over ever wider neighbourhoods, as a lens and the eye do; of the same energy."""
    rows, columns = planes.shape[1:]
    count = max(2, int(np.log2(min(rows, columns))) - 3)
    step = 2**count
    level = np.pad(np.minimum(planes, np.float32(24.0)), ((0, 0), (0, -rows % step), (0, -columns % step)), mode="edge")
    levels = []
    for _ in range(count):
        level = _halved(level)
        levels.append(level)
    weights = np.geomspace(1.0, 0.42, count).astype(np.float32)
    weights /= weights.sum()
    spread = levels[-1] * weights[-1]
    for level, weight in zip(levels[-2::-1], weights[-2::-1], strict=True):
        spread = _doubled(spread) + level * weight
    return _doubled(spread)[:, :rows, :columns]


def _halved(planes: Floats) -> Floats:
    summed = planes[:, 0::2] + planes[:, 1::2]
    quarter: Floats = (summed[..., 0::2] + summed[..., 1::2]) * np.float32(0.25)
    return quarter


def _doubled(planes: Floats) -> Floats:
    """Twice the size by a tent filter, first down then across; plane by plane, to stay in the processor's cache."""
    rows, columns = planes.shape[1:]
    wide = np.empty((3, rows * 2, columns * 2), np.float32)
    tall = np.empty((rows * 2, columns), np.float32)
    for plane, out in zip(planes, wide, strict=True):
        near, far = plane * np.float32(0.75), plane * np.float32(0.25)
        np.add(near[1:], far[:-1], out=tall[2::2])
        np.add(near[:1], far[:1], out=tall[:1])
        np.add(near[:-1], far[1:], out=tall[1:-1:2])
        np.add(near[-1:], far[-1:], out=tall[-1:])
        near, far = tall * np.float32(0.75), tall * np.float32(0.25)
        np.add(near[:, 1:], far[:, :-1], out=out[:, 2::2])
        np.add(near[:, :1], far[:, :1], out=out[:, :1])
        np.add(near[:, :-1], far[:, 1:], out=out[:, 1:-1:2])
        np.add(near[:, -1:], far[:, -1:], out=out[:, -1:])
    return wide
