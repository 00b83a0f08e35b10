"""Edits of pictures this engine did not draw: by what can be measured in their pixels."""

from typing import Final, Literal

import numpy as np
from PIL import Image

from imagined.engines.illustrator.falling import with_falling
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.instructions import Instructions
from imagined.engines.illustrator.looks import with_looks
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.scene import Addition
from imagined.engines.illustrator.settings.neon import flat_sign, sign_texture
from imagined.engines.illustrator.styles import styled_pixels
from imagined.engines.port import EngineError

_LUMA: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)
_CELL: Final = 24
_SIGNS: Final = 12

_HOURS: Final[dict[str, tuple[float, tuple[float, float, float], tuple[float, float, float]]]] = {
    # exposure, tint of the light, colour added towards the top
    "night": (0.16, (0.55, 0.75, 1.30), (0.002, 0.004, 0.016)),
    "dusk": (0.42, (0.80, 0.78, 1.20), (0.030, 0.016, 0.050)),
    "sunset": (0.85, (1.28, 0.90, 0.62), (0.110, 0.030, 0.000)),
    "dawn": (0.95, (1.12, 0.96, 0.92), (0.060, 0.030, 0.035)),
    "day": (1.35, (1.03, 1.00, 0.96), (0.000, 0.004, 0.012)),
}


def edited(pixels: Pixels, wanted: Instructions, seed: int, time: float = 0.0) -> Pixels:
    """`pixels` at another hour, in other weather or with signs; style and looks are left to the caller."""
    if wanted.time:
        pixels = _at_hour(pixels, wanted.time)
    if wanted.season == "winter" and not wanted.weather:
        pixels = _encoded(_faded(_linear(pixels), 0.55) * np.array([0.98, 1.02, 1.08], np.float32))
    if wanted.season == "autumn":
        pixels = _encoded(_linear(pixels) * np.array([1.16, 0.96, 0.72], np.float32))
    if wanted.weather:
        pixels = _in_weather(pixels, wanted.weather, seed, time)
    if wanted.signs:
        pixels = with_signs(pixels, wanted.signs)
    return pixels


def redrawn(pixels: Pixels, wanted: Instructions, seed: int, time: float = 0.0) -> Pixels:
    """`pixels` with all that was asked for: `edited`, then drawn in the style, then with looks.

    Raises `EngineError` for what takes more than pixels.
    """
    if wanted.style == "isometric":
        raise EngineError("invalid_argument", "Only pictures that this engine drew can be seen isometrically.")
    pixels = edited(pixels, wanted, seed, time)
    if wanted.style:
        pixels = styled_pixels(pixels, wanted.style, seed)
    return with_looks(pixels, wanted.looks)


def with_signs(pixels: Pixels, addition: Addition) -> Pixels:
    """`pixels` with glowing panels where walls with structure are, and their glow; the rest is not touched."""
    rows, columns = pixels.shape[:2]
    rng = np.random.default_rng([addition.seed & 0x7FFFFFFF, 71])
    unit = min(rows, columns)
    light = _linear(pixels)
    added = np.zeros_like(light)
    for index, (x, y, tall) in enumerate(_walls(pixels, addition.count or _SIGNS)):
        sign = flat_sign(addition, rng, index, upright=tall)
        size = unit * float(rng.uniform(0.10, 0.17))
        height = size if tall else size * sign.height / sign.width
        width = size * sign.width / sign.height if tall else size
        _put(light, added, sign_texture(sign), x, y, width, height, columns)
    glow = _spread(added, unit)
    # The glow also lights what is there: bright walls show it more than black sky.
    lit = light + glow * (np.float32(0.25) + np.float32(0.9) * _faded(light, 1.0))
    changed = np.clip(glow.max(axis=2) * np.float32(40.0) - np.float32(0.12), 0.0, 1.0)[..., None]
    mixed = pixels + (_encoded(lit).astype(np.float32) - pixels) * changed
    done: Pixels = np.clip(mixed + np.float32(0.5), 0, 255).astype(np.uint8)
    return done


def _walls(pixels: Pixels, wanted: int) -> list[tuple[float, float, bool]]:
    """Middles of patches with upright and level edges, as facades have, best first; and whether they are tall."""
    rows, columns = pixels.shape[:2]
    scale = 480 / max(rows, columns)
    small = Image.fromarray(pixels).resize((max(48, round(columns * scale)), max(48, round(rows * scale))))
    grey = np.asarray(small, np.float32) @ _LUMA
    level_edges = np.abs(np.diff(grey, axis=0, append=grey[-1:]))
    upright_edges = np.abs(np.diff(grey, axis=1, append=grey[:, -1:]))
    high, wide = grey.shape[0] // _CELL, grey.shape[1] // _CELL
    cut = (slice(0, high * _CELL), slice(0, wide * _CELL))
    # A facade has both kinds of edges; leaves have diagonal ones as well, sky and water have few.
    both = np.sqrt(np.minimum(level_edges, 40.0) * np.minimum(upright_edges, 40.0))
    upright = np.clip(upright_edges - 0.5 * level_edges, 0, 40)
    strength = (both + 0.6 * upright)[cut].reshape(high, _CELL, wide, _CELL).mean(axis=(1, 3))
    level = level_edges[cut].reshape(high, _CELL, wide, _CELL).mean(axis=(1, 3))
    across = upright_edges[cut].reshape(high, _CELL, wide, _CELL).mean(axis=(1, 3))
    place = (np.arange(high) + 0.5) / high
    strength *= np.interp(place, [0.0, 0.15, 0.35, 0.6, 0.72, 0.88, 1.0], [0.25, 0.7, 1.0, 1.0, 0.6, 0.3, 0.1])[:, None]
    # Under a line of water the picture repeats itself weaker; nothing hangs there.
    order = np.argsort(-strength, axis=None)
    chosen: list[tuple[int, int]] = []
    for index in order:
        row, column = divmod(int(index), wide)
        if all(abs(row - a) + abs(column - b) >= 3 and abs(column - b) >= 1 for a, b in chosen):
            chosen.append((row, column))
        if len(chosen) >= wanted:
            break
    return [
        (
            (column + 0.5) * columns / wide,
            (row + 0.5) * rows / high,
            bool(across[row, column] >= 0.8 * level[row, column]),
        )
        for row, column in chosen
    ]


def _put(
    light: Floats, added: Floats, texture: Floats, x: float, y: float, width: float, height: float, columns: int
) -> None:
    """Draws the panel into `light` and its shine into `added`, both in place; walls off the middle lean away."""
    across, down = max(6, round(width)), max(6, round(height))
    left, top = round(x - across / 2), round(y - down / 2)
    rows_all, columns_all = light.shape[:2]
    left = int(np.clip(left, 2, max(2, columns_all - across - 3)))
    top = int(np.clip(top, 2, max(2, rows_all - down - 3)))
    lean = 0.10 * (x / columns - 0.5) * 2
    image = [
        np.asarray(Image.fromarray(texture[..., k]).resize((across, down), Image.Resampling.BOX)) for k in range(3)
    ]
    panel = np.stack(image, axis=2)
    for column in range(across):
        shift = round((column - across / 2) * lean)
        start, stop = max(0, top + shift), min(rows_all, top + shift + down)
        part = panel[start - top - shift : stop - top - shift, column]
        if left + column < columns_all and len(part):
            light[start:stop, left + column] = light[start:stop, left + column] * np.float32(0.06) + part
            added[start:stop, left + column] += part


def _spread(added: Floats, unit: int) -> Floats:
    """The shine spread around, in three widths."""
    total = np.zeros_like(added)
    for share, weight in ((0.012, 0.55), (0.035, 0.50), (0.085, 0.45)):
        total += _blurred(added, max(1, int(unit * share)), beyond="constant") * np.float32(weight)
    return total


def _blurred(image: Floats, radius: int, *, beyond: Literal["constant", "edge"]) -> Floats:
    """`image` blurred twice by boxes; beyond its border lies nothing (``constant``) or more of the same (``edge``)."""
    for axis in (0, 1, 0, 1):
        padding = [(0, 0), (0, 0), (0, 0)]
        padding[axis] = (radius + 1, radius)
        total = np.cumsum(np.pad(image, padding, mode=beyond), axis=axis, dtype=np.float64)
        width = 2 * radius + 1
        later = np.take(total, np.arange(width, total.shape[axis]), axis=axis)
        earlier = np.take(total, np.arange(0, total.shape[axis] - width), axis=axis)
        image = ((later - earlier) * (1.0 / width)).astype(np.float32)
    return image


def _at_hour(pixels: Pixels, hour: str) -> Pixels:
    exposure, tint, veil = _HOURS[hour]
    light = _linear(pixels)
    rows = light.shape[0]
    if hour in ("night", "dusk"):
        # What is brighter than its surroundings shines on: lamps and lit windows keep their light.
        grey = light @ _LUMA
        around = _blurred(light, max(2, min(light.shape[:2]) // 24), beyond="edge") @ _LUMA
        shining = np.clip((grey - np.float32(1.7) * around - np.float32(0.10)) * np.float32(4.0), 0, 1)[..., None]
        dark = _faded(light, 0.55) ** np.float32(1.12) * np.float32(exposure) * np.asarray(tint, np.float32)
        warm = light * np.array([1.25, 0.95, 0.55], np.float32)
        light = dark + (warm - dark) * shining
    else:
        light = light * np.float32(exposure) * np.asarray(tint, np.float32)
    up = np.linspace(1.0, 0.0, rows, dtype=np.float32)[:, None, None]
    return _encoded(light + up * np.asarray(veil, np.float32))


def _in_weather(pixels: Pixels, weather: str, seed: int, time: float) -> Pixels:
    light = _linear(pixels)
    grey = float(np.median(light @ _LUMA))
    rows = light.shape[0]
    # Without depth, air is thickest about the middle of the picture, where things are usually farthest.
    height = np.linspace(0.0, 1.0, rows, dtype=np.float32)[:, None, None]
    depth = np.clip(np.float32(1.0) - np.abs(height - np.float32(0.42)) * np.float32(1.5), 0.15, 1.0)
    veil, fade = {
        "fog": (0.75, 0.5),
        "snow": (0.35, 0.5),
        "rain": (0.30, 0.6),
        "storm": (0.30, 0.75),
        "cloudy": (0.1, 0.7),
    }.get(weather, (0.15, 0.6))
    if weather == "clear":
        return _encoded(np.clip(light * np.float32(1.12), 0, 4) + (light - _faded(light, 0.0)) * np.float32(0.15))
    air = np.array([0.94, 0.98, 1.05], np.float32) * np.float32(min(0.75, grey * 1.5 + 0.06))
    dark = {"storm": 0.45, "rain": 0.75, "overcast": 0.85}.get(weather, 1.0)
    light = _faded(light, fade) * np.float32(dark)
    light = light + (air * np.float32(dark) - light) * (depth * np.float32(veil))
    kind = {"rain": "rain", "storm": "rain", "snow": "snow"}.get(weather, "none")
    return with_falling(_encoded(light), kind, 1.0, seed, time)


def _faded(light: Floats, keep: float) -> Floats:
    """`light` with its colourfulness times `keep`."""
    grey = (light @ _LUMA)[..., None]
    faded: Floats = grey + (light - grey) * np.float32(keep)
    return np.maximum(faded, np.float32(0.0))


_DECODE: Final[Floats] = np.where(
    np.arange(256) <= 10, np.arange(256) / 255 / 12.92, ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4
).astype(np.float32)


def _linear(pixels: Pixels) -> Floats:
    light: Floats = _DECODE[pixels]
    return light


def _encoded(light: Floats) -> Pixels:
    bright = np.maximum(light, np.float32(0.0))
    # A soft shoulder: lights may be far brighter than paper.
    bright = np.where(
        bright > 0.8, np.float32(0.8) + np.float32(0.2) * np.tanh((bright - np.float32(0.8)) * np.float32(2.0)), bright
    )
    coded = np.where(
        bright < 0.0031308,
        bright * np.float32(12.92),
        np.float32(1.055) * bright ** np.float32(1 / 2.4) - np.float32(0.055),
    )
    done: Pixels = np.clip(coded * np.float32(255.0) + np.float32(0.5), 0, 255).astype(np.uint8)
    return done
