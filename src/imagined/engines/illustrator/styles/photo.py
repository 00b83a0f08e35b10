"""Photo-like light: depth of field when something is close, a soft tone curve, halation and grain."""

import numpy as np

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.styles.canvas import pixels_of, places, soft, texture
from imagined.engines.illustrator.styles.plate import BuiltPlate, Plate

_CLOSE_M = 26.0
"""Metres beyond which a lens has everything in focus."""


def photo(plate: Plate) -> Pixels:
    """The picture as a camera takes it."""
    # Light spreads before it is turned into pixels, so bright things out of focus stay bright.
    light = np.clip(plate.planes, 0, 1) ** np.float32(2.2)
    if isinstance(plate, BuiltPlate):
        light = _focused(light, plate)
    spread = soft(np.clip(light - np.float32(0.55), 0, 1), 20)
    light = light + spread * np.array((0.42, 0.26, 0.16), np.float32).reshape(3, 1, 1)
    shown = np.clip(light, 0, 1.3) ** np.float32(1 / 2.2)
    # A film's curve: blacks a little lifted, a long shoulder, warm lights and cool shadows.
    shown = np.float32(0.022) + shown * np.float32(0.965)
    turn = (np.clip(shown, 0, 1) - np.float32(0.5)) * np.float32(2 * np.pi)
    shown = shown + np.float32(0.047) * np.sin(turn)
    split = (shown - np.float32(0.45)) * np.float32(0.040)
    shown = shown + split * np.array((1.0, 0.15, -1.0), np.float32).reshape(3, 1, 1)
    x, y = places(plate.rows, plate.columns)
    corner = np.square(x / x[0, -1]) + np.square(y / y[-1, 0])
    shown = shown * (np.float32(1) - corner * corner * np.float32(0.05))
    grain = texture(plate.rows, plate.columns, plate.seed + 51, 6.0, 90) * np.float32(0.016)
    return pixels_of(shown + grain * (np.float32(1.1) - np.clip(shown, 0, 1)))


def _focused(light: Floats, plate: BuiltPlate) -> Floats:
    """`light` with what lies before and behind the main thing out of focus."""
    near = np.maximum(plate.near, np.float32(1e-4))
    weight = _attention(plate)
    focus = float((near * weight).sum() / max(float(weight.sum()), 1e-6))
    strength = float(np.clip(np.log(_CLOSE_M * focus) * 0.55, 0.0, 1.0))
    if strength <= 0.02:
        return light
    # The blur of a lens is proportional to the difference of nearness, relative to the focus.
    off = np.abs(near - np.float32(focus)) * np.float32(1 / focus)
    circle = np.clip((off - np.float32(0.14)) * np.float32(1.35), 0, 1) * np.float32(strength)
    in_front = near > np.float32(focus * 1.1)
    spill = np.where(in_front, soft(circle, 6), circle)
    shown = light
    for radius, begin in ((2.2, 0.06), (5.5, 0.28), (11.0, 0.60)):
        share = smoothstep(begin, begin + 0.32, spill)
        # What is in focus does not bleed into what is not.
        allowed = np.clip(spill * np.float32(4), 0.004, 1)
        blurred = soft(light * allowed, radius) / soft(allowed, radius)
        shown = shown + (blurred - shown) * share
    return shown


def _attention(plate: BuiltPlate) -> Floats:
    """(H, W) where the lens is focused: on the main things, else on the middle of the picture."""
    if float(plate.subject.mean()) > 0.004:
        return plate.subject
    x = np.linspace(-1, 1, plate.columns, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, plate.rows, dtype=np.float32)[:, None]
    return np.exp((x * x + (y - np.float32(0.15)) ** 2) * np.float32(-12))
