"""The logo: one thing, simplified to a few tones of one ink, in a disc, with its name under it."""

import colorsys
from typing import Final

import numpy as np
from PIL import Image

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.styles.canvas import grey_of, over, pixels_of, scaled, settled, soft
from imagined.engines.illustrator.styles.notes import lettered, width_of
from imagined.engines.illustrator.styles.plate import BuiltPlate, Plate

_SHEET: Final = (0.975, 0.970, 0.955)
_BADGE: Final = 400
"""Cells of the simplified picture along its side."""
_TONES: Final = (0.44, 0.70, 0.95)


def logo(plate: Plate) -> Pixels:
    """A badge in the middle of a clean sheet."""
    rows, columns = plate.rows, plate.columns
    short = min(rows, columns)
    named = bool(plate.words)
    centre_y = rows / 2 - (0.085 * short if named else 0)
    radius = short * (0.33 if named else 0.38)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) + np.float32(0.5)
    off = np.hypot(x - columns / 2, y - centre_y)
    sharp = max(1.0, 0.0015 * short)
    level, cover, ink = _simplified(plate)
    side = 2 * radius * (0.80 if cover is not None else 1.0)
    box = (columns / 2 - side / 2, centre_y - side / 2, side)
    tones = np.array([_inked(ink, tone) for tone in _TONES], np.float32)
    picture = np.stack([np.interp(level, (0.0, 0.5, 1.0), tones[:, k]) for k in range(3)]).astype(np.float32)
    placed = np.stack([_put(plane, box, rows, columns) for plane in picture])
    disc = 1 - smoothstep(radius - sharp, radius + sharp, off)
    ground = np.asarray(_inked(ink, 0.17), np.float32)
    shown = over(np.asarray(_SHEET, np.float32), ground, disc)
    inside = disc if cover is None else disc * smoothstep(0.42, 0.58, _put(cover, box, rows, columns))
    shown = over(shown, placed, inside)
    dark = np.asarray(_inked(ink, 0.22), np.float32)
    ring = 1 - smoothstep(0.006 * short, 0.006 * short + 2 * sharp, np.abs(off - radius - 0.02 * short))
    shown = over(shown, dark, ring)
    if named:
        high = min(0.088 * short, 0.088 * short * 0.84 * columns / max(width_of(plate.words, 0.088 * short), 1.0))
        word = lettered(rows, columns, plate.words, (columns / 2, centre_y + radius + 0.125 * short), high, high * 0.15)
        shown = over(shown, dark, word)
    return pixels_of(shown)


def _simplified(plate: Plate) -> tuple[Floats, Floats | None, float]:
    """A square of three tones, where in it the main thing is (None: everywhere), and the hue of the ink."""
    cover: Floats | None = plate.subject if isinstance(plate, BuiltPlate) and plate.subject.mean() > 0.008 else None
    across, down = np.arange(plate.columns), np.arange(plate.rows)
    if cover is not None:
        across, down = np.flatnonzero(cover.any(axis=0)), np.flatnonzero(cover.any(axis=1))
    middle = ((across[0] + across[-1] + 1) / 2, (down[0] + down[-1] + 1) / 2)
    side = max(across[-1] - across[0], down[-1] - down[0]) + 1.0
    if cover is None:
        side = min(plate.rows, plate.columns)
    base = np.stack([_cut(plane, middle, side, 0.5) for plane in plate.planes])
    base = settled(settled(base, 14), 10) if cover is not None else settled(base, 6)
    grey = grey_of(base)
    shape = _cut(cover, middle, side, 0.0) if cover is not None else np.ones_like(grey)
    within = grey[shape > 0.5] if (shape > 0.5).any() else grey.reshape(-1)
    low, high = np.quantile(within, 0.30), np.quantile(within, 0.72)
    span = max(float(high - low) * 0.06, 0.01)
    level = smoothstep(float(low) - span, float(low) + span, grey) * np.float32(0.5)
    level = level + smoothstep(float(high) - span, float(high) + span, grey) * np.float32(0.5)
    return level, (soft(shape, 4) if cover is not None else None), _hue(base, shape)


def _hue(base: Floats, shape: Floats) -> float:
    """Hue of the strongest colour, 0 to 1; a dark blue where there is none."""
    part = base[:, shape > 0.5] if (shape > 0.5).any() else base.reshape(3, -1)
    strength = part.max(axis=0) - part.min(axis=0)
    mean = (part * strength * strength).sum(axis=1) / max(float((strength * strength).sum()), 1e-6)
    hue, saturation, _ = colorsys.rgb_to_hsv(*(float(np.clip(value, 0, 1)) for value in mean))
    return hue if saturation > 0.12 else 0.61


def _inked(hue: float, tone: float) -> tuple[float, float, float]:
    # Dark yellow is olive; a designer takes brown.
    warm = 0.055 * max(0.0, 1 - abs(hue - 0.13) / 0.07) * max(0.0, 1 - tone / 0.6)
    return colorsys.hls_to_rgb(hue - warm, tone, 0.62)


def _cut(plane: Floats, middle: tuple[float, float], side: float, beyond: float) -> Floats:
    """A square of the plane around a point, `side` pixels wide, as `_BADGE` by `_BADGE` cells."""
    pad = int(side) + 2
    wide = np.pad(plane, pad, mode="constant", constant_values=beyond) if side > 1 else plane
    image = Image.fromarray(wide)
    left, top = middle[0] - side / 2 + pad, middle[1] - side / 2 + pad
    box = (left, top, left + side, top + side)
    return np.asarray(image.resize((_BADGE, _BADGE), Image.Resampling.BOX, box=box), np.float32)


def _put(square: Floats, box: tuple[float, float, float], rows: int, columns: int) -> Floats:
    """(rows, columns) with the square at left, top, side; 0 around it."""
    done = np.zeros((rows, columns), np.float32)
    left, top, side = round(box[0]), round(box[1]), max(2, round(box[2]))
    small = scaled(square, side, side)
    first_row, first_column = max(0, -top), max(0, -left)
    last_row, last_column = min(side, rows - top), min(side, columns - left)
    if last_row > first_row and last_column > first_column:
        done[top + first_row : top + last_row, left + first_column : left + last_column] = small[
            first_row:last_row, first_column:last_column
        ]
    return done
