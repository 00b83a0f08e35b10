"""Styles of flat colour: poster, paper cut, anime, vintage print, pixel art and logo."""

from functools import lru_cache
from typing import Final

import numpy as np
from PIL import Image

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.styles.canvas import (
    grey_of,
    margin,
    over,
    paper,
    pixels_of,
    places,
    scaled,
    settled,
    shifted,
    soft,
    stepped,
    texture,
    vivid,
    wobbled,
)
from imagined.engines.illustrator.styles.plate import BuiltPlate, Plate

_CREAM: Final = (0.945, 0.905, 0.820)
_CELLS: Final = 150
"""Squares of pixel art along the short side."""
_BAYER: Final = (
    np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) + np.float32(0.5)
) / np.float32(16) - np.float32(0.5)


def _retoned(planes: Floats, level: Floats) -> Floats:
    """`planes` with the brightness of (H, W) `level`, their hue kept."""
    grey = np.maximum(grey_of(planes), np.float32(0.03))
    ratio = np.minimum(level / grey, np.float32(5))
    # A hue that cannot get brighter gets paler, but only half as bright as asked for: orange is not to turn yellow.
    most = np.float32(1) / np.maximum(planes.max(axis=0), np.float32(0.1))
    lifted = planes * np.minimum(ratio, most)
    missing = np.clip(ratio - most, 0, 4) * grey * np.float32(0.5)
    retoned: Floats = np.clip(lifted + missing, 0, 1)
    return retoned


def _simple(plate: Plate, radius: float) -> Floats:
    """(3, H, W) the picture in broad shapes; what is not the main thing in broader ones."""
    main = settled(settled(plate.planes, radius), radius * 0.7)
    if float(plate.closely.min()) > 0.99:
        return main
    broad = settled(settled(soft(plate.planes, radius * 1.6), radius * 3), radius * 2)
    return over(wobbled(broad, plate.seed, radius * 0.45), main, plate.closely)


def poster(plate: Plate) -> Pixels:
    """A few flat tones of strong colour in large shapes, in a frame of paper."""
    base = _simple(plate, 10)
    tone = plate.toned(base) ** np.float32(0.72)
    level = np.float32(0.13) + np.float32(0.78) * stepped(tone, 4, 36)
    shown = np.clip(vivid(_retoned(base, level), 1.55), 0, 1)
    # Shadows lean to blue and lights to cream: inks of one family.
    shown = over(shown, np.array((0.10, 0.13, 0.30), np.float32), (1 - smoothstep(0.08, 0.3, level)) * np.float32(0.45))
    shown = over(shown, np.asarray(_CREAM, np.float32), smoothstep(0.72, 0.92, level) * np.float32(0.45))
    inside = smoothstep(36, 37.5 if plate.unit > 0.7 else 39, margin(plate.rows, plate.columns))
    grain = texture(plate.rows, plate.columns, plate.seed + 31, 5.0, 120) * np.float32(0.010)
    return pixels_of(over(np.asarray(_CREAM, np.float32), shown, inside) + grain)


def paper_cut(plate: Plate) -> Pixels:
    """Sheets of coloured paper, one for each distance, that throw soft shadows on those behind."""
    rows, columns = plate.rows, plate.columns
    layers = 7
    far = np.clip(soft(plate.distance, 1.0), 0, 1)
    sheet = stepped(far, layers, 24)
    base = _simple(plate, 9)
    tone = plate.toned(base)
    own = np.float32(0.16) + np.float32(0.72) * (stepped(tone, 3, 12) * np.float32(0.7) + tone * np.float32(0.3))
    # Each sheet has one colour, which hardly changes over it; the main things have their own.
    even = _even(vivid(base, 1.15), tone, sheet, layers)
    plain = np.float32(0.55) if float(plate.closely.min()) > 0.99 else np.float32(0.88)
    keep = (1 - plain) * np.ones_like(sheet)
    if isinstance(plate, BuiltPlate):
        keep = np.maximum(plate.subject, keep)
    shown = over(even, np.clip(vivid(_retoned(base, own), 1.3), 0, 1), soft(keep, 0.5))
    shadow, rim = np.zeros((rows, columns), np.float32), np.zeros((rows, columns), np.float32)
    near = _heights(plate, sheet)
    for reach, blur, weight in ((7.0, 3.0, 0.5), (16.0, 9.0, 0.45)):
        above = soft(shifted(near, reach, reach * 0.7), blur) - near
        shadow = np.maximum(shadow, smoothstep(0.02, 0.16, above) * np.float32(weight))
    rim = smoothstep(0.02, 0.08, near - shifted(near, 2.0, 1.6))
    shown = shown * (np.float32(1) - shadow)
    shown = over(shown, np.array((1.0, 0.99, 0.96), np.float32), soft(rim, 0.6) * np.float32(0.25))
    fibre = paper(rows, columns, plate.seed) * np.float32(0.020) + texture(
        rows, columns, plate.seed + 6, 1.0, 8
    ) * np.float32(0.012)
    return pixels_of(shown * (np.float32(1) + fibre))


def _even(base: Floats, tone: Floats, sheet: Floats, layers: int) -> Floats:
    """(3, H, W) the mean colour of each sheet around each place, darker in front than behind."""
    rows, columns = sheet.shape
    small = [scaled(plane, max(2, rows // 6), max(2, columns // 6), Image.Resampling.BOX) for plane in (*base, tone)]
    coarse = scaled(sheet, max(2, rows // 6), max(2, columns // 6), Image.Resampling.BOX)
    shown = np.zeros_like(base)
    for index in range(layers):
        place = index / (layers - 1)
        here, part = (_share(plane, place, layers) for plane in (sheet, coarse))
        if float(here.max()) < 0.5:
            continue
        total = soft(part, 120) + np.float32(1e-4)
        means = np.stack([scaled(soft(plane * part, 120) / total, rows, columns) for plane in small])
        level = np.float32(0.20 + 0.34 * place) + means[3] * np.float32(0.36)
        shown += np.clip(vivid(_retoned(means[:3], level), 1.25), 0, 1) * here
    return shown


def _share(sheet: Floats, place: float, layers: int) -> Floats:
    """How much of each place lies on the sheet at `place`."""
    share: Floats = np.clip(1 - np.abs(sheet - np.float32(place)) * np.float32(layers - 1), 0, 1)
    return share


def _heights(plate: Plate, sheet: Floats) -> Floats:
    """(H, W) how high paper lies: nearer sheets above farther ones, things above the sheet they stand on."""
    height = np.float32(1) - sheet
    if isinstance(plate, BuiltPlate):
        height = height + plate.subject * np.float32(0.10)
    return height


def anime(plate: Plate) -> Pixels:
    """Cel shading: two or three clear tones, thin dark lines, a bright sky."""
    shown = settled(plate.planes, 3.2)
    fall = np.clip(soft(plate.shade, 2.0), 0, 1)
    tones = smoothstep(0.24, 0.28, fall) + smoothstep(0.56, 0.61, fall)
    ratio = np.clip(
        (np.float32(0.52) + np.float32(0.30) * tones) / (np.float32(0.42) + np.float32(0.78) * fall), 0.6, 1.6
    )
    ratio = np.where(plate.sky > 0, np.float32(1), ratio)
    # Shadows are cool and full of colour, not grey.
    cool = (1 - smoothstep(0.24, 0.30, fall)) * (1 - plate.sky)
    shown = vivid(np.clip(shown, 0, 1) ** np.float32(0.80) * ratio, 1.42)
    shown = shown * over(np.ones(3, np.float32), np.array((0.90, 0.90, 1.12), np.float32), cool)
    shown = _bright_sky(plate, shown)
    fine = smoothstep(0.5, 0.95, plate.detail) * np.float32(0.55)
    lines = np.maximum(smoothstep(0.3, 0.75, plate.outline) * np.float32(0.88), fine)
    shown = np.clip(over(shown, np.array((0.11, 0.07, 0.13), np.float32), lines), 0, 1)
    return pixels_of(shown + soft(np.clip(shown - np.float32(0.78), 0, 1), 14) * np.float32(0.45))


def _bright_sky(plate: Plate, planes: Floats) -> Floats:
    """A clear blue sky with white clouds where it is bright and not warm."""
    bright = plate.sky * smoothstep(0.25, 0.7, soft(plate.grey, 6))
    cold = 1 - smoothstep(0.02, 0.10, soft(plate.planes[0] - plate.planes[2], 30))
    high = np.broadcast_to(np.linspace(1, -0.25, plate.rows, dtype=np.float32)[:, None], plate.grey.shape)
    blue = over(np.array((0.80, 0.94, 1.0)), np.array((0.22, 0.55, 0.96)), np.clip(high, 0, 1))
    white = smoothstep(0.74, 0.84, plate.planes.min(axis=0))
    return over(planes, over(blue, np.ones(3), white), bright * cold * np.float32(0.62))


def vintage_print(plate: Plate) -> Pixels:
    """Three inks in dots, not quite in register, on old paper."""
    rows, columns = plate.rows, plate.columns
    base = settled(plate.planes, 3.0)
    tone = plate.toned(base)
    base = np.clip(vivid(_retoned(base, np.float32(0.08) + np.float32(0.90) * tone ** np.float32(0.75)), 1.8), 0, 1)
    # What all three inks would share is left to the dark one.
    base = base + (np.float32(1) - base.max(axis=0)) * np.float32(0.62)
    inks = (
        ((0.05, 0.36, 0.47), (1 - base[0]) * np.float32(1.3), 0.27, (0.0, 0.0), 7.0),
        ((0.85, 0.24, 0.20), (1 - base[1]) * np.float32(0.86), 1.31, (2.2, 3.2), 7.0),
        ((0.96, 0.76, 0.24), 1 - base[2], 0.02, (-2.0, 1.6), 7.0),
    )
    mottle = texture(rows, columns, plate.seed + 41, 3.0, 30) * np.float32(0.06)
    sheet = np.asarray(_CREAM, np.float32).reshape(3, 1, 1) * (
        np.float32(1) + texture(rows, columns, plate.seed + 42, 1.0, 2) * np.float32(0.022)
    )
    shown = sheet + paper(rows, columns, plate.seed) * np.float32(0.012)
    inside = smoothstep(30, 32, margin(rows, columns))
    for colour, amount, angle, (down, right), period in inks:
        cover = shifted(_dots(np.clip(amount, 0, 1) * np.float32(0.96), angle, period, plate), down, right)
        cover = np.clip(cover * (np.float32(0.90) + mottle), 0, 1) * shifted(inside, down, right)
        shown = shown * over(np.ones(3, np.float32), np.asarray(colour, np.float32), cover)
    dark = _dots(1 - smoothstep(0.02, 0.42, tone), 0.79, 6.0, plate)
    key = np.maximum(smoothstep(0.35, 0.8, plate.outline) * np.float32(0.75), dark)
    key = shifted(key * inside, 1.2, -1.0) * np.float32(0.85)
    return pixels_of(over(shown, np.array((0.13, 0.11, 0.16), np.float32), key))


def _dots(amount: Floats, angle: float, period: float, plate: Plate) -> Floats:
    """(H, W) dots of ink that together cover the share `amount`."""
    x, y = places(plate.rows, plate.columns)
    cosine, sine = np.float32(np.cos(angle) * np.pi / period), np.float32(np.sin(angle) * np.pi / period)
    one, two = x * cosine + y * sine, y * cosine - x * sine
    # The product of two waves has the spread of a screen: its quantiles are close to even.
    screen = np.float32(0.5) + np.float32(0.25) * (np.cos(one * 2) + np.cos(two * 2))
    blunt = np.float32(max(0.11, 0.55 / (period * plate.unit)))
    amount = amount * (np.float32(1) + blunt) - blunt * np.float32(0.5)
    dots: Floats = np.clip((amount - (np.float32(1) - screen)) / blunt + np.float32(0.5), 0, 1)
    return dots


def pixel_art(plate: Plate) -> Pixels:
    """Large square pixels of a small palette, dithered, with dark outlines."""
    rows, columns = plate.rows, plate.columns
    short = min(rows, columns)
    high, wide = max(1, round(rows * _CELLS / short)), max(1, round(columns * _CELLS / short))
    base = np.clip(plate.planes, 0, 1) ** np.float32(0.88)
    cells = np.stack([scaled(plane, high, wide, Image.Resampling.BOX) for plane in vivid(base, 1.35)])
    lines = scaled(plate.outline, high, wide, Image.Resampling.BOX)
    cells = cells * (np.float32(1) - smoothstep(0.30, 0.60, lines) * np.float32(0.62))
    cells = np.float32(0.5) + (cells - np.float32(0.5)) * np.float32(1.14)
    dither = np.tile(_BAYER, (-(-high // 4), -(-wide // 4)))[:high, :wide]
    wanted = np.clip(cells + dither * np.float32(0.060), 0, 1).reshape(3, -1)
    palette = _palette()
    # Brightness counts most, as it does for the eye.
    weight = np.array((0.70, 0.85, 0.55), np.float32)[:, None]
    nearest = (
        np.square(palette * weight.T).sum(axis=1)[:, None] - np.float32(2) * (palette * np.square(weight).T) @ wanted
    ).argmin(axis=0)
    small = (palette[nearest].reshape(high, wide, 3) * 255).astype(np.uint8)
    down = np.arange(rows) * high // rows
    across = np.arange(columns) * wide // columns
    return np.ascontiguousarray(small[down][:, across])


@lru_cache(maxsize=1)
def _palette() -> Floats:
    """(N, 3) strong and muted ramps of fourteen hues, and greys; the same for every picture."""
    colours = [(grey, grey, min(1.0, grey + 0.05)) for grey in (0.04, 0.15, 0.29, 0.47, 0.68, 0.86, 0.97)]
    strong = ((0.24, 0.70), (0.42, 0.80), (0.62, 0.85), (0.82, 0.90), (0.99, 0.92))
    muted = ((0.34, 0.35), (0.58, 0.35), (0.80, 0.32), (0.97, 0.30))
    for hue in (0.0, 0.045, 0.08, 0.11, 0.145, 0.22, 0.33, 0.44, 0.52, 0.58, 0.65, 0.74, 0.83, 0.92):
        wheel = np.clip(np.abs((np.array([0.0, 2 / 3, 1 / 3]) + hue) % 1.0 * 6 - 3) - 1, 0, 1)
        for value, strength in strong + muted:
            mixed = value * (1 - strength * (1 - wheel))
            colours.append((float(mixed[0]), float(mixed[1]), float(mixed[2])))
    return np.array(colours, np.float32)
