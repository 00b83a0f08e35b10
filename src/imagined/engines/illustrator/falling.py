"""Rain and snow in front of the camera."""

import numpy as np
import skia

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats

_LAYERS = ((0.35, 420, 0.35), (0.65, 220, 0.55), (1.0, 90, 0.8))
"""Size, number and strength of the drops of far, middle and near air."""


def with_falling(pixels: Pixels, kind: str, amount: float, seed: int, time: float) -> Pixels:
    """`pixels` with rain or snow, `time` seconds into its fall; other kinds change nothing."""
    if kind not in ("rain", "snow"):
        return pixels
    rows, columns = pixels.shape[:2]
    cover = _layer(kind, amount, seed, time, columns, rows)[..., None]
    # Drops are seen by the light around them: bright before dark things, faint before bright ones.
    around = float(pixels.mean())
    tone = np.array([0.92, 0.96, 1.0], np.float32) * np.float32(
        min(250.0, around * 0.8 + (90 if kind == "rain" else 150))
    )
    mixed = pixels + (tone - pixels) * cover
    shown: Pixels = np.clip(mixed, 0, 255).astype(np.uint8)
    return shown


def _layer(kind: str, amount: float, seed: int, time: float, columns: int, rows: int) -> Floats:
    """(H, W) opacity."""
    surface = skia.Surface(columns, rows)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 97])
    unit = rows / 480
    for size, number, strength in _LAYERS:
        count = int(number * amount * max(0.6, columns / rows))
        x, y, phase, own = rng.random((4, count))
        paint = skia.Paint(AntiAlias=True, Color=skia.ColorWHITE, StrokeCap=skia.Paint.kRound_Cap)
        if kind == "rain":
            fall = (y + time * (1.5 + size) * (0.9 + 0.2 * own)) % 1.25 - 0.12
            length, slant = 26 * size * unit, 0.12
            paint.setAlphaf(0.30 * strength)
            paint.setStrokeWidth(max(0.8, 1.3 * size * unit))
            across = (x + fall * slant * rows / columns) % 1.1 - 0.05
            for left, top in zip(across * columns, fall * rows, strict=True):
                canvas.drawLine(float(left), float(top), float(left + slant * length), float(top + length), paint)
            continue
        fall = (y + time * (0.07 + 0.13 * size) * (0.7 + 0.6 * own)) % 1.1 - 0.05
        sway = np.sin(time * (0.8 + own) + phase * 6.28) * 0.012 * size
        across = (x + sway + time * 0.012) % 1.06 - 0.03
        paint.setAlphaf(0.85 * strength)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.5 * size * unit + 0.2))
        for left, top, scale in zip(across * columns, fall * rows, own, strict=True):
            canvas.drawCircle(float(left), float(top), float((0.9 + 1.3 * scale) * size * unit * 1.5), paint)
    image = surface.makeImageSnapshot().toarray()[..., 0]
    cover: Floats = image.astype(np.float32) * np.float32(1 / 255)
    return cover
