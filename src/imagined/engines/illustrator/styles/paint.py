"""Styles drawn with a brush: oil and watercolour."""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import skia

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import noise_tile, smoothstep
from imagined.engines.illustrator.styles.canvas import (
    grey_of,
    margin,
    over,
    paper,
    pixels_of,
    planes_of,
    settled,
    soft,
    stepped,
    texture,
    vivid,
    wobbled,
)
from imagined.engines.illustrator.styles.plate import Plate

_BRUSHES: Final = ((170.0, 1.3), (92.0, 1.1), (50.0, 1.0), (27.0, 0.9), (15.0, 0.8))
"""Length of the strokes of each layer, mils, and how many of them there are relative to what covers the canvas."""
_SPRITE: Final = 64
_SPRITES: Final = 6


def oil(plate: Plate) -> Pixels:
    """Strokes from coarse to fine that run around forms; paint stands up in ridges that catch the light."""
    rows, columns, unit = plate.rows, plate.columns, plate.unit
    colour, relief = skia.Surface(columns, rows), skia.Surface(columns, rows)
    _covered(colour, pixels_of(vivid(soft(plate.planes, 16), 1.1)))
    relief.getCanvas().clear(skia.ColorSetRGB(110, 110, 110))
    cosine, sine = plate.flow
    busy = _busyness(plate)
    for layer, (length, amount) in enumerate(_BRUSHES):
        rng = np.random.default_rng([plate.seed, 300 + layer])
        step = length * 0.42 * unit
        high, wide = int(rows / step) + 2, int(columns / step) + 2
        count = int(high * wide * amount)
        order = rng.permutation(count) % (high * wide)
        x = (order % wide + rng.uniform(-0.35, 1.35, count)) * step
        y = (order // wide + rng.uniform(-0.35, 1.35, count)) * step
        column, row = np.clip(x, 0, columns - 1).astype(int), np.clip(y, 0, rows - 1).astype(int)
        # Fine strokes go only where there is something fine to say, and go thin before they vanish.
        need = np.ones(count, np.float32) if layer < 1 else _need(layer, busy[row, column])
        angle = 0.5 * np.arctan2(sine[row, column], cosine[row, column]) + rng.normal(0, 0.16, count)
        tint = vivid(soft(plate.planes, length * 0.10), 1.16)[:, row, column] * rng.uniform(0.93, 1.07, count)
        tint = np.clip(tint + rng.normal(0, 0.018, (3, count)), 0, 1)
        scale = length * unit / _SPRITE * rng.uniform(0.8, 1.25, count) * (0.55 + 0.45 * need)
        sprite = rng.integers(0, _SPRITES, count)
        shown = np.flatnonzero(need > 0.04)
        _stroke(colour, relief, (x, y, angle, scale), tint, need, sprite, shown)
    shown_paint = planes_of(_bytes_of(colour))
    height = planes_of(_bytes_of(relief))[0]
    return pixels_of(_lit(shown_paint, height, plate))


def _need(layer: int, busy: Floats) -> Floats:
    """How much a place needs strokes of a layer, 0 to 1, by how busy it is."""
    begin = (0.0, -0.2, 0.10, 0.26, 0.50)[layer]
    return smoothstep(begin, begin + 0.22, busy)


def _busyness(plate: Plate) -> Floats:
    """(H, W) how much fine detail there is, 0 to 1."""
    detail = np.abs(plate.grey - soft(plate.grey, 7)) * np.float32(4.5)
    busy = soft(np.maximum(detail, plate.outline * np.float32(0.55)), 7)
    return np.clip(busy * np.float32(1.5) + soft(plate.subject, 6) * np.float32(0.22), 0, 1)


def _stroke(
    colour: skia.Surface,
    relief: skia.Surface,
    where: tuple[Floats, Floats, Floats, Floats],
    tint: Floats,
    need: Floats,
    sprite: npt.NDArray[np.int64],
    shown: npt.NDArray[np.intp],
) -> None:
    """Draws the same strokes as paint and as height."""
    x, y, angle, scale = (values[shown] for values in where)
    cosine, sine = np.cos(angle) * scale, np.sin(angle) * scale
    # Sprites are laid down by their middle.
    half, quarter = _SPRITE / 2, _SPRITE / 6
    left, top = x - cosine * half + sine * quarter, y - sine * half - cosine * quarter
    forms = [skia.RSXform(*values) for values in zip(*(v.tolist() for v in (cosine, sine, left, top)), strict=True)]
    rects = [skia.Rect.MakeXYWH(0, int(k) * (_SPRITE / 3), _SPRITE, _SPRITE / 3) for k in range(_SPRITES)]
    tex = [rects[k] for k in sprite[shown].tolist()]
    alpha = (np.clip(need[shown] * 1.6, 0, 1) * 235).astype(np.uint32)
    bytes_ = (np.clip(tint[:, shown], 0, 1) * 255).astype(np.uint32)
    packed = ((alpha << 24) | (bytes_[0] << 16) | (bytes_[1] << 8) | bytes_[2]).tolist()
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    paint_sprites, height_sprites = _sprites()
    colour.getCanvas().drawAtlas(paint_sprites, forms, tex, packed, skia.BlendMode.kModulate, smooth)
    faded = (alpha << 24 | np.uint32(0x00FFFFFF)).tolist()
    relief.getCanvas().drawAtlas(height_sprites, forms, tex, faded, skia.BlendMode.kModulate, smooth)


@lru_cache(maxsize=1)
def _sprites() -> tuple[skia.Image, skia.Image]:
    """Brush strokes below each other: as opacity with bristles, and as the height of the paint."""
    wide, high = _SPRITE, _SPRITE // 3
    u = ((np.arange(wide) + 0.5) / wide * 2 - 1).astype(np.float32)[None, :]
    v = ((np.arange(high) + 0.5) / high * 2 - 1).astype(np.float32)[:, None]
    flat = np.zeros((high * _SPRITES, wide, 4), np.uint8)
    tall = flat.copy()
    for index in range(_SPRITES):
        rng = np.random.default_rng([index, 77])
        bristles = rng.normal(0, 1, (high, 1)).astype(np.float32)
        rough = noise_tile(64, 90 + index, 2.0, 4)[:high, :wide]
        arc = v - np.float32(rng.uniform(-0.25, 0.25)) * (1 - u * u)
        body = 1 - smoothstep(0.62, 0.95, np.abs(arc) + rough * np.float32(0.06))
        ends = 1 - smoothstep(0.70, 0.98, np.abs(u) + bristles * np.float32(0.07) + rough * np.float32(0.04))
        cover = body * ends * np.clip(np.float32(0.94) + bristles * np.float32(0.10), 0.5, 1)
        light = np.clip(np.float32(0.94) + bristles * np.float32(0.045) + rough * np.float32(0.015), 0, 1)
        # Paint is pushed to the sides and to the end of a stroke.
        ridge = (
            np.float32(0.34)
            + np.float32(0.22) * arc * arc
            + bristles * np.float32(0.10)
            + smoothstep(0.4, 0.9, u) * np.float32(0.25)
        )
        band = slice(index * high, (index + 1) * high)
        for layer, value in ((flat, light), (tall, np.clip(ridge, 0, 1))):
            layer[band, :, :3] = (np.broadcast_to(value, cover.shape) * cover * 255)[..., None]
            layer[band, :, 3] = cover * 255
    kind, alpha = skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
    images = [skia.Image.fromarray(layer, kind, alpha, copy=True) for layer in (flat, tall)]
    return images[0], images[1]


def _covered(surface: skia.Surface, pixels: Pixels) -> None:
    full = np.concatenate([pixels, np.full((*pixels.shape[:2], 1), 255, np.uint8)], axis=2)
    surface.getCanvas().drawImage(skia.Image.fromarray(full, skia.ColorType.kRGBA_8888_ColorType), 0, 0)


def _bytes_of(surface: skia.Surface) -> Pixels:
    shown: Pixels = np.ascontiguousarray(
        surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)[..., :3]
    )
    return shown


def _lit(planes: Floats, height: Floats, plate: Plate) -> Floats:
    """Paint with its ridges in light from the upper left, on canvas."""
    weave = texture(plate.rows, plate.columns, plate.seed + 4, 4.0, 90) * np.float32(0.018)
    down, right = np.gradient(soft(height, 1.3) + weave)
    slope = (down + right) * np.float32(plate.unit)
    light = np.clip(slope * np.float32(3.2), -0.24, 0.30)
    # Wet highlights only on what rises steeply towards the light.
    shine = smoothstep(0.12, 0.34, light) * np.float32(0.07)
    lit: Floats = planes * (np.float32(1) + light * np.float32(0.55)) + shine
    return lit


def watercolour(plate: Plate) -> Pixels:
    """Washes on rough paper that pool along borders and leave the sheet white around the picture."""
    rows, columns = plate.rows, plate.columns
    tooth = paper(rows, columns, plate.seed)
    cloud = texture(rows, columns, plate.seed + 21, 1.0, 3)
    fine = texture(rows, columns, plate.seed + 22, 1.2, 14)
    wash = _washes(plate)
    light = grey_of(wash)
    # Pigment lies thicker at borders, in hollows of the paper, and where the water stood.
    border = np.maximum(soft(plate.outline, 1.2), soft(plate.detail, 1.0) * np.float32(0.6))
    pooled = np.clip(border * np.float32(0.85) + soft(plate.outline, 6) * np.float32(0.55), 0, 1)
    edge = np.clip(np.abs(light - soft(light, 4)) * np.float32(3.2), 0, 0.5)
    amount = np.float32(1) + pooled * np.float32(0.55) + edge * np.float32(0.55)
    amount = amount + cloud * np.float32(0.22) + fine * np.float32(0.08) + tooth * np.float32(0.06)
    amount = np.clip(amount, 0.35, 2.6)
    pigment = -np.log(np.clip(wash, 0.035, 0.99))
    shown = np.exp(-pigment * amount)
    # Where the brush ran dry over the grain, and where the washes end.
    sheet = np.array((0.972, 0.962, 0.938), np.float32)
    reach = margin(rows, columns) + texture(rows, columns, plate.seed + 23, 0.5, 3) * np.float32(15)
    kept = smoothstep(33, 43, reach)
    rim = smoothstep(34, 43, reach) * (1 - smoothstep(43, 58, reach))
    shown = shown * (np.float32(1) - rim * np.float32(0.16))
    dry = smoothstep(0.86, 0.99, light) * smoothstep(0.2, 1.2, tooth) * np.float32(0.5)
    shown = over(sheet, shown, kept * (1 - dry))
    return pixels_of(shown * (np.float32(1) + tooth * np.float32(0.014)))


def _washes(plate: Plate) -> Floats:
    """(3, H, W) few light tones with soft runs inside and clear borders."""
    broad = settled(settled(plate.planes, 16), 8)
    broad = wobbled(broad, plate.seed, 4.5)
    close = plate.closely if float(plate.closely.min()) < 0.99 else np.full_like(plate.grey, 0.75)
    base = over(broad, settled(plate.planes, 6), close)
    grey = grey_of(base)
    # Watercolour is light: darks become half tones, and the paper shines through.
    tone = plate.toned(base) ** np.float32(0.8)
    level = stepped(tone, 6, 1.8) * np.float32(0.65) + tone * np.float32(0.35)
    wanted = np.float32(0.25) + np.float32(0.73) * level
    ratio = wanted / np.maximum(grey, np.float32(0.04))
    bright = base * np.minimum(ratio, np.float32(1.03) / np.maximum(base.max(axis=0), np.float32(0.06)))
    washes: Floats = np.clip(vivid(bright, 1.12), 0.06, 0.985)
    return washes
