"""From linear light to the pixels of a picture: bloom, tone curve, grain against banding."""

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import hashed
from imagined.engines.illustrator.world import Grade

Pixels = npt.NDArray[np.uint8]

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_CURVE_STEPS = 4096
_BAND = 64


def finished(light: Floats, grade: Grade) -> Pixels:
    """(H, W, 3) sRGB pixels of the (H, W, 3) linear radiance; the look does not depend on the size."""
    rows, columns = light.shape[:2]
    glow = _bloom(light) if grade.bloom > 0 else None
    curve = _tone_curve(grade.contrast)
    tint = np.asarray(grade.tint, np.float32) * np.float32(grade.exposure)
    across = (np.arange(columns, dtype=np.float32) + 0.5) / columns * 2 - 1
    pixels = np.empty((rows, columns, 3), np.uint8)
    for top in range(0, rows, _BAND):
        band = slice(top, min(rows, top + _BAND))
        colour = light[band]
        if glow is not None:
            colour = colour + (glow[band] - colour) * np.float32(grade.bloom)
        down = (np.arange(band.start, band.stop, dtype=np.float32) + 0.5) / rows * 2 - 1
        corner = (across[None, :] ** 2 + down[:, None] ** 2) * np.float32(0.5)
        colour = colour * ((np.float32(1.0) - np.float32(grade.vignette) * corner)[..., None] * tint)
        grey = (colour @ _LUMA)[..., None]
        colour = np.maximum(grey + (colour - grey) * np.float32(grade.saturation), np.float32(0.0))
        # The curve is tabulated over the square root, which spends its steps where the eye does.
        place = np.sqrt(np.minimum(colour, np.float32(15.99)) * np.float32(1 / 16.0)) * np.float32(_CURVE_STEPS - 1)
        grain = _grain(band.start, band.stop, columns)[..., None]
        pixels[band] = (curve.take(place.astype(np.int32)) + grain).astype(np.uint8)
    return pixels


def _tone_curve(contrast: float) -> Floats:
    """Filmic curve with sRGB encoding, 0 to 255, over the square root of radiance / 16."""
    x = (np.linspace(0.0, 1.0, _CURVE_STEPS) ** 2) * 16.0
    x = 0.18 * (x / 0.18) ** contrast
    filmic = np.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0)
    encoded = np.where(filmic < 0.0031308, filmic * 12.92, 1.055 * filmic ** (1 / 2.4) - 0.055)
    return (encoded * 254.4).astype(np.float32)


def _grain(top: int, bottom: int, columns: int) -> Floats:
    """Noise of one step, so that dark gradients do not band; the same in every frame, so that it does not crawl."""
    rows = np.arange(top, bottom, dtype=np.int32)[:, None]
    return hashed(rows, np.arange(columns, dtype=np.int32)[None, :]) * np.float32(0.99)


def _bloom(light: Floats) -> Floats:
    """The light spread over ever wider neighbourhoods, as a lens and the eye do; same energy as `light`."""
    rows, columns = light.shape[:2]
    count = max(2, int(np.log2(min(rows, columns))) - 3)
    step = 2**count
    padded = np.pad(np.minimum(light, np.float32(24.0)), ((0, -rows % step), (0, -columns % step), (0, 0)), mode="edge")
    levels = []
    for _ in range(count):
        padded = _halved(padded)
        levels.append(padded)
    weights = np.geomspace(1.0, 0.42, count).astype(np.float32)
    weights /= weights.sum()
    spread = levels[-1] * weights[-1]
    for level, weight in zip(levels[-2::-1], weights[-2::-1], strict=True):
        spread = _doubled(spread) + level * weight
    return _doubled(spread)[:rows, :columns]


def _halved(image: Floats) -> Floats:
    summed = image[0::2] + image[1::2]
    quarter: Floats = (summed[:, 0::2] + summed[:, 1::2]) * np.float32(0.25)
    return quarter


def _doubled(image: Floats) -> Floats:
    """Twice the size by a tent filter, first down then across."""
    for axis in (0, 1):
        before = (
            np.concatenate([image[:1], image[:-1]])
            if axis == 0
            else np.concatenate([image[:, :1], image[:, :-1]], axis=1)
        )
        after = (
            np.concatenate([image[1:], image[-1:]])
            if axis == 0
            else np.concatenate([image[:, 1:], image[:, -1:]], axis=1)
        )
        shape = (image.shape[0] * 2, *image.shape[1:]) if axis == 0 else (image.shape[0], image.shape[1] * 2, 3)
        out = np.empty(shape, np.float32)
        if axis == 0:
            out[0::2] = image * np.float32(0.75) + before * np.float32(0.25)
            out[1::2] = image * np.float32(0.75) + after * np.float32(0.25)
        else:
            out[:, 0::2] = image * np.float32(0.75) + before * np.float32(0.25)
            out[:, 1::2] = image * np.float32(0.75) + after * np.float32(0.25)
        image = out
    return image
