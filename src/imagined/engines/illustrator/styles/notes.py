"""What is written on pictures: dimensions on a blueprint, the name under a logo."""

import numpy as np
import skia

from imagined.engines.illustrator.lettering import glyph, letters
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.styles.plate import Plate

_ADVANCE = 8.2
"""Width of a letter with the space behind it, in units of which a letter is 10 high."""


def lettered(rows: int, columns: int, text: str, middle: tuple[float, float], high: float, weight: float) -> Floats:
    """(rows, columns) opacity of `text` around a point, in pixels, with letters and strokes of that size."""
    surface, canvas, paint = _sheet(rows, columns, weight)
    _write(canvas, paint, text, middle, high)
    return _cover(surface)


def width_of(text: str, high: float) -> float:
    """Pixels that `text` takes with letters of that height."""
    return max(0.0, (len(letters(text)) * _ADVANCE - 2.2) * high / 10)


def dimensions(plate: Plate) -> Floats:
    """(H, W) arrows beside and under the main thing with its measures, and a frame around the sheet."""
    rows, columns, unit = plate.rows, plate.columns, plate.unit
    surface, canvas, paint = _sheet(rows, columns, max(1.0, 1.6 * unit))
    border = 26 * unit
    paint.setStyle(skia.Paint.kStroke_Style)
    canvas.drawRect(skia.Rect.MakeLTRB(border, border, columns - border, rows - border), paint)
    down, across = np.flatnonzero(plate.subject.any(axis=1)), np.flatnonzero(plate.subject.any(axis=0))
    if plate.size_m and len(down) > rows // 12 and len(across) > columns // 12:
        top, bottom, left, right = float(down[0]), float(down[-1]), float(across[0]), float(across[-1])
        x = min(right + 42 * unit, columns - border - 52 * unit)
        y = min(bottom + 42 * unit, rows - border - 26 * unit)
        label = _metres(plate.size_m)
        wide = _metres(plate.size_m * (right - left) / max(bottom - top, 1.0))
        _arrow(canvas, paint, (x, top), (x, bottom), unit)
        _arrow(canvas, paint, (left, y), (right, y), unit)
        for start, end in (((right, top), (x, top)), ((left, bottom), (left, y)), ((right, bottom), (right, y))):
            canvas.drawLine(*start, *end, _thin(paint, unit))
        paint.setStrokeWidth(max(1.0, 2.0 * unit))
        _write(canvas, paint, label, (min(x + 26 * unit, columns - border - 30 * unit), (top + bottom) / 2), 19 * unit)
        _write(canvas, paint, wide, ((left + right) / 2, y - 19 * unit), 19 * unit)
    return _cover(surface) * np.float32(0.85)


def _metres(size: float) -> str:
    return f"{size * 100:.0f} CM" if size < 10 else f"{size:.0f} M"


def _sheet(rows: int, columns: int, weight: float) -> tuple[skia.Surface, skia.Canvas, skia.Paint]:
    surface = skia.Surface(columns, rows)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    paint = skia.Paint(
        AntiAlias=True,
        Color=skia.ColorWHITE,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=weight,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
    return surface, canvas, paint


def _cover(surface: skia.Surface) -> Floats:
    cover: Floats = surface.makeImageSnapshot().toarray()[..., 0].astype(np.float32) * np.float32(1 / 255)
    return cover


def _thin(paint: skia.Paint, unit: float) -> skia.Paint:
    thin = skia.Paint(paint)
    thin.setStrokeWidth(max(0.8, 1.0 * unit))
    return thin


def _arrow(
    canvas: skia.Canvas, paint: skia.Paint, one: tuple[float, float], two: tuple[float, float], unit: float
) -> None:
    canvas.drawLine(*one, *two, paint)
    length = max(float(np.hypot(two[0] - one[0], two[1] - one[1])), 1e-6)
    x, y = (two[0] - one[0]) / length * 11 * unit, (two[1] - one[1]) / length * 11 * unit
    for at, way in ((one, 1.0), (two, -1.0)):
        for side in (0.35, -0.35):
            canvas.drawLine(*at, at[0] + way * x - side * y, at[1] + way * y + side * x, paint)


def _write(canvas: skia.Canvas, paint: skia.Paint, text: str, middle: tuple[float, float], high: float) -> None:
    text, scale = letters(text), high / 10
    left = middle[0] - width_of(text, high) / 2
    for index, letter in enumerate(text):
        for stroke in glyph(letter):
            path = skia.PathBuilder()
            for number, (x, y) in enumerate(stroke):
                point = (left + (index * _ADVANCE + x) * scale, middle[1] + high / 2 - y * scale)
                if number:
                    path.lineTo(*point)
                else:
                    path.moveTo(*point)
            canvas.drawPath(path.detach(), paint)
