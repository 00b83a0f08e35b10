"""Looks: changes of all pixels alike, for any picture or frame, whoever made it."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def with_looks(pixels: Pixels, looks: Sequence[str]) -> Pixels:
    """`pixels` with each look applied in turn; unknown names are passed over, so that old receipts keep working."""
    for look in looks:
        if look in LOOKS:
            pixels = LOOKS[look](pixels)
    return pixels


def _bytes(values: Floats) -> Pixels:
    done: Pixels = np.clip(values + np.float32(0.5), 0, 255).astype(np.uint8)
    return done


def _grey(pixels: Pixels) -> Floats:
    grey: Floats = pixels.astype(np.float32) @ _LUMA
    return grey


def _black_and_white(pixels: Pixels) -> Pixels:
    grey = _grey(pixels)
    return np.repeat(_bytes((grey - 128) * np.float32(1.08) + 128)[..., None], 3, axis=2)


def _sepia(pixels: Pixels) -> Pixels:
    grey = _grey(pixels)[..., None] * np.float32(1 / 255)
    tones = np.array([1.06, 0.90, 0.68], np.float32) * grey ** np.array([0.92, 1.0, 1.12], np.float32)
    return _bytes(tones * 250 + np.array([8, 5, 0], np.float32))


def _scaled(*factors: float) -> Callable[[Pixels], Pixels]:
    def apply(pixels: Pixels) -> Pixels:
        return _bytes(pixels.astype(np.float32) * np.array(factors, np.float32))

    return apply


def _curved(power: float) -> Callable[[Pixels], Pixels]:
    table = (np.linspace(0, 1, 256) ** power * 255 + 0.5).astype(np.uint8)
    return lambda pixels: table[pixels]


def _enhanced(kind: Callable[[Image.Image], ImageEnhance._Enhance], amount: float) -> Callable[[Pixels], Pixels]:
    return lambda pixels: np.asarray(kind(Image.fromarray(pixels)).enhance(amount), np.uint8)


def _blurred(pixels: Pixels) -> Pixels:
    radius = max(1.0, min(pixels.shape[:2]) / 160)
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(radius)), np.uint8)


def _sharpened(pixels: Pixels) -> Pixels:
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.UnsharpMask(2.0, 130, 2)), np.uint8)


def _sketched(pixels: Pixels) -> Pixels:
    grey = ImageOps.autocontrast(Image.fromarray(pixels).convert("L"), cutoff=1)
    soft = grey.filter(ImageFilter.GaussianBlur(max(2.0, min(pixels.shape[:2]) / 120)))
    one, two = np.asarray(grey, np.float32), np.asarray(soft, np.float32)
    lines = np.clip(one * 255 / np.maximum(two, 8.0), 0, 255)
    sheet = _bytes(lines * 0.86 + one * 0.14)
    return np.repeat(sheet[..., None], 3, axis=2)


def _pixelated(pixels: Pixels) -> Pixels:
    rows, columns = pixels.shape[:2]
    block = max(4, min(rows, columns) // 120)
    small = Image.fromarray(pixels).resize((max(1, columns // block), max(1, rows // block)), Image.Resampling.BOX)
    few = small.quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    return np.asarray(few.resize((columns, rows), Image.Resampling.NEAREST), np.uint8)


def _posterised(pixels: Pixels) -> Pixels:
    smooth = Image.fromarray(pixels).filter(ImageFilter.MedianFilter(5))
    flat = np.asarray(ImageEnhance.Color(ImageOps.posterize(smooth, 3)).enhance(1.4), np.float32)
    outline = np.asarray(smooth.convert("L").filter(ImageFilter.FIND_EDGES), np.float32)
    return _bytes(flat * (1 - np.clip((outline - 24) / 60, 0, 0.85))[..., None])


def _vignetted(pixels: Pixels) -> Pixels:
    rows, columns = pixels.shape[:2]
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    return _bytes(pixels * (1 - 0.45 * np.clip((x * x + y * y) / 2, 0, 1) ** 1.2)[..., None].astype(np.float32))


LOOKS: Final[dict[str, Callable[[Pixels], Pixels]]] = {
    "black_and_white": _black_and_white,
    "sepia": _sepia,
    "warmer": _scaled(1.10, 1.01, 0.86),
    "cooler": _scaled(0.88, 0.99, 1.12),
    "brighter": _curved(0.72),
    "darker": _curved(1.45),
    "contrast": _enhanced(ImageEnhance.Contrast, 1.35),
    "vivid": _enhanced(ImageEnhance.Color, 1.5),
    "muted": _enhanced(ImageEnhance.Color, 0.55),
    "blurred": _blurred,
    "sharper": _sharpened,
    "sketch": _sketched,
    "pixel_art": _pixelated,
    "poster": _posterised,
    "vignette": _vignetted,
    "inverted": lambda pixels: np.subtract(255, pixels, dtype=np.uint8),
    "mirrored": lambda pixels: np.ascontiguousarray(pixels[:, ::-1]),
    "upside_down": lambda pixels: np.ascontiguousarray(pixels[::-1]),
}
"""Name to function; each keeps the size."""
