"""Styles drawn in lines: ink, pencil, blueprint and neon."""

from typing import Final

import numpy as np

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.styles.canvas import (
    margin,
    over,
    paper,
    pixels_of,
    places,
    shifted,
    soft,
    texture,
    vivid,
)
from imagined.engines.illustrator.styles.notes import dimensions
from imagined.engines.illustrator.styles.plate import Plate

_INK: Final = (0.075, 0.07, 0.085)
_INK_PAPER: Final = (0.965, 0.950, 0.915)
_GRAPHITE: Final = (0.17, 0.17, 0.19)
_PENCIL_PAPER: Final = (0.955, 0.950, 0.935)
_BLUE: Final = (0.055, 0.190, 0.430)
_CHALK: Final = (0.90, 0.95, 1.0)
_NIGHT: Final = (0.018, 0.014, 0.045)


def ink(plate: Plate) -> Pixels:
    """Black lines at outlines and creases; hatching that thickens where less light falls."""
    rows, columns = plate.rows, plate.columns
    tone = _hatched_tone(plate, 2.2)
    wobble = texture(rows, columns, plate.seed + 3, 1.0, 4)
    bend = soft(plate.bend * _steady(plate), 2.0) + wobble * np.float32(0.16)
    x, y = places(rows, columns)
    cover = np.zeros((rows, columns), np.float32)
    for angle, period, below in ((0.72, 7.5, 0.66), (2.3, 7.5, 0.40), (1.35, 6.5, 0.22)):
        phase = (x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))) * np.float32(1 / period) + bend
        wave = np.abs(phase - np.floor(phase) - np.float32(0.5)) * np.float32(2)
        width = np.clip((np.float32(below) - tone) * np.float32(1.5), 0, 0.55)
        # A line can be no sharper than a pixel.
        blunt = np.float32(max(0.16, 1.1 / (period * plate.unit)))
        cover = np.maximum(cover, np.clip((width - wave) / blunt + np.float32(0.5), 0, 1) * smoothstep(0, 0.05, width))
    cover = np.maximum(cover, 1 - smoothstep(0.03, 0.12, tone))
    lines = np.maximum(smoothstep(0.25, 0.62, plate.outline), smoothstep(0.35, 0.8, plate.detail) * np.float32(0.75))
    cover = np.maximum(cover, lines)
    grain = paper(rows, columns, plate.seed) * np.float32(0.012)
    return pixels_of(over(np.asarray(_INK_PAPER, np.float32), np.asarray(_INK, np.float32), cover) + grain)


def _steady(plate: Plate) -> Floats:
    """(H, W) 1 where hatching may follow the way surfaces face."""
    return smoothstep(0.55, 0.98, soft(plate.calm, 5))


def _hatched_tone(plate: Plate, radius: float) -> Floats:
    """(H, W) tones smoothed by `radius` mils, in thickets by more: leaf by leaf they would flicker in a film."""
    light = _light_of(plate)
    broad = soft(light, 14)
    tone: Floats = broad + (soft(light, radius) - broad) * plate.calm
    return tone


def _light_of(plate: Plate) -> Floats:
    """(H, W) the tones of a drawing: what is there, lightened in the sky, where a drawing leaves the paper."""
    tone: Floats = plate.tone * np.float32(0.62) + plate.shade * np.float32(0.30) + np.float32(0.08)
    bare = plate.sky * smoothstep(0.12, 0.5, soft(plate.tone, 4))
    tone = tone + (np.float32(0.97) - tone) * bare * np.float32(0.85)
    # What is behind the main things is drawn lighter, so that they stand out.
    lifted: Floats = tone + (np.float32(0.95) - tone) * (1 - plate.closely) * np.float32(0.34)
    return lifted


def pencil(plate: Plate) -> Pixels:
    """Graphite: soft hatching in two directions on grainy paper, fading out towards the border."""
    rows, columns = plate.rows, plate.columns
    grain = paper(rows, columns, plate.seed)
    tone = _hatched_tone(plate, 1.6)
    dark = np.clip(1 - tone, 0, 1)
    fade = smoothstep(8, 95, margin(rows, columns) + texture(rows, columns, plate.seed + 5, 1.0, 3) * np.float32(26))
    rubbed = np.clip(dark * np.float32(0.72) + grain * np.float32(0.075) - np.float32(0.06), 0, 1)
    hatch = _strokes(plate, 0.80) * smoothstep(0.10, 0.75, dark) * np.float32(0.95)
    cross = _strokes(plate, 2.15) * smoothstep(0.45, 0.9, dark) * np.float32(0.8)
    cover = rubbed * np.float32(0.5) + np.maximum(hatch, cross) * np.float32(0.75)
    cover *= np.float32(1) - smoothstep(0.8, 1.0, tone) * np.float32(0.7)
    lines = np.maximum(soft(plate.outline, 0.5), plate.detail * np.float32(0.55))
    # A second, looser line beside the first, as one searches for the form.
    lines = np.maximum(lines, shifted(plate.outline, 2.4, -2.0) * np.float32(0.35))
    tooth = np.clip(np.float32(0.85) + grain * np.float32(0.22), 0.25, 1.1)
    cover = np.maximum(cover * fade, lines * smoothstep(0, 60, margin(rows, columns))) * tooth
    cover = np.clip(cover, 0, 0.96)
    shown = over(np.asarray(_PENCIL_PAPER, np.float32), np.asarray(_GRAPHITE, np.float32), cover)
    return pixels_of(shown + grain * np.float32(0.012))


def _strokes(plate: Plate, angle: float) -> Floats:
    """(H, W) 0 to 1: the streaks of a pencil moved to and fro at an angle."""
    x, y = places(plate.rows, plate.columns)
    along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    across = y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle))
    across = across + soft(plate.bend * _steady(plate), 4) * np.float32(5)
    tile = noise_tile(256, 61, 2.6, 14)
    streaks = sample_tile(
        tile, (along * np.float32(1 / 1500)).reshape(-1), (across * np.float32(1 / 190)).reshape(-1)
    ).reshape(plate.rows, plate.columns)
    return smoothstep(-0.45, 1.1, streaks)


def blueprint(plate: Plate) -> Pixels:
    """White lines on blue paper with a grid, and the dimensions of the main thing."""
    rows, columns = plate.rows, plate.columns
    x, y = places(rows, columns)
    ground = np.float32(1) + texture(rows, columns, plate.seed + 2, 1.0, 2) * np.float32(0.05)
    ground = ground + paper(rows, columns, plate.seed) * np.float32(0.018)
    base = np.asarray(_BLUE, np.float32).reshape(3, 1, 1) * ground
    width = max(1.1, 0.9 / plate.unit)
    grid = np.float32(0.10) * np.maximum(_ruled(x, 25, width), _ruled(y, 25, width))
    grid = np.maximum(grid, np.float32(0.24) * np.maximum(_ruled(x, 125, width), _ruled(y, 125, width)))
    lines = np.maximum(
        smoothstep(0.2, 0.65, plate.outline) * np.float32(0.95), smoothstep(0.25, 0.8, plate.detail) * np.float32(0.55)
    )
    lines = lines * (np.float32(0.35) + np.float32(0.65) * plate.closely)
    phase = (x + y) * np.float32(1 / 11)
    wave = np.abs(phase - np.floor(phase) - np.float32(0.5)) * np.float32(2)
    dark = np.clip(np.float32(0.55) - plate.shade, 0, 1) * (1 - plate.sky)
    hatch = 1 - smoothstep(0.12, 0.42, wave)
    cover = np.maximum(lines, hatch * smoothstep(0.05, 0.4, soft(dark, 2)) * np.float32(0.3))
    # Things stand out a little from the sheet.
    if plate.size_m:
        cover = np.maximum(cover, soft(plate.subject, 1) * np.float32(0.06))
    cover = np.maximum(np.maximum(cover, grid), dimensions(plate))
    return pixels_of(over(base, np.asarray(_CHALK, np.float32), np.clip(cover, 0, 1)))


def _ruled(place: Floats, every: float, width: float) -> Floats:
    """1 at lines `every` mils apart, `width` mils wide."""
    off = np.abs((place / np.float32(every) + np.float32(0.5)) % np.float32(1) - np.float32(0.5)) * np.float32(every)
    return 1 - smoothstep(width * 0.4, width * 1.1, off)


def neon(plate: Plate) -> Pixels:
    """Darkness in which every outline glows in the colour of what it borders."""
    rows, columns = plate.rows, plate.columns
    lines = np.maximum(smoothstep(0.2, 0.7, plate.outline), smoothstep(0.3, 0.85, plate.detail) * np.float32(0.6))
    lines = lines * (np.float32(0.55) + np.float32(0.45) * plate.closely)
    x, y = places(rows, columns)
    # Where things have no colour of their own the tube has that of its place: cyan to the left, pink to the right.
    turn = smoothstep(-520, 520, x + y * np.float32(0.45) + texture(rows, columns, plate.seed + 8, 1.0, 2) * 120)
    tube = over(np.array((0.05, 0.85, 1.0), np.float32), np.array((1.0, 0.12, 0.62), np.float32), turn)
    own = soft(plate.planes, 5)
    strength = own.max(axis=0) - own.min(axis=0)
    bright = np.clip(vivid(own / np.maximum(own.max(axis=0), np.float32(0.08)), 2.2), 0, 1)
    colour = tube + (bright - tube) * smoothstep(0.16, 0.45, strength)
    light = colour * lines
    glow = np.zeros_like(light)
    for radius, weight in ((4.0, 0.9), (13.0, 0.9), (42.0, 0.8)):
        glow += soft(light, radius) * np.float32(weight * radius**0.42)
    shown = np.asarray(_NIGHT, np.float32).reshape(3, 1, 1) + plate.planes * np.float32(0.07)
    shown = shown + glow * np.float32(0.62) + light * np.float32(0.75)
    core = smoothstep(0.55, 0.95, lines)
    shown = shown + core * np.float32(0.55)
    return pixels_of(np.float32(1) - np.exp(shown * np.float32(-1.35)))
