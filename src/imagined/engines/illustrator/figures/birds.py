"""Birds: proportions in metres and plumage."""

from dataclasses import dataclass
from typing import Final, Literal

from imagined.engines.illustrator.figures.clay import Colour


@dataclass(frozen=True)
class Bird:
    """Proportions in metres and plumage."""

    length: float
    """Breast to rump."""
    girth: float
    """Radius of the body."""
    head: float
    neck: float
    """Length; 0 for a head that sits on the body."""
    beak: float
    """Length, in head radii."""
    legs: float
    wing: float
    """Length of one spread wing."""
    tail: float
    back: Colour
    breast: Colour
    wing_tip: Colour
    beak_colour: Colour = (0.75, 0.42, 0.06)
    head_colour: Colour | None = None
    upright: float = 0.6
    """Tilt of the standing body, radians."""
    beak_kind: Literal["cone", "hook", "flat", "long", "big", "pouch"] = "cone"
    face: Colour | None = None
    """A pale disc round the eyes, as owls and penguins have."""
    iris: Colour = (0.02, 0.015, 0.01)
    eye_size: float = 0.22
    swims: bool = False
    leg_colour: Colour | None = None
    extras: tuple[str, ...] = ()
    """``comb``, ``crest``, ``fan``, ``eyed_fan``, ``wattle``, ``train``."""


BIRDS: Final[dict[str, Bird]] = {
    "bird": Bird(
        0.15,
        0.055,
        0.046,
        0.0,
        0.75,
        0.05,
        0.19,
        0.1,
        (0.16, 0.24, 0.42),
        (0.78, 0.36, 0.12),
        (0.06, 0.08, 0.13),
        (0.10, 0.08, 0.06),
    ),
    "seagull": Bird(
        0.36,
        0.10,
        0.07,
        0.05,
        1.0,
        0.1,
        0.62,
        0.16,
        (0.46, 0.49, 0.53),
        (0.88, 0.88, 0.87),
        (0.04, 0.04, 0.045),
        (0.80, 0.50, 0.05),
        (0.88, 0.88, 0.87),
        0.35,
    ),
    "eagle": Bird(
        0.62,
        0.17,
        0.115,
        0.08,
        0.95,
        0.14,
        1.0,
        0.32,
        (0.11, 0.065, 0.035),
        (0.14, 0.085, 0.05),
        (0.05, 0.03, 0.02),
        (0.82, 0.55, 0.05),
        (0.87, 0.85, 0.80),
        0.85,
        "hook",
        None,
        (0.5, 0.4, 0.08),
        0.2,
    ),
    "owl": Bird(
        0.34,
        0.15,
        0.14,
        0.0,
        0.38,
        0.05,
        0.5,
        0.12,
        (0.28, 0.18, 0.10),
        (0.62, 0.48, 0.32),
        (0.14, 0.085, 0.05),
        (0.16, 0.13, 0.1),
        None,
        1.25,
        "hook",
        (0.74, 0.64, 0.48),
        (0.75, 0.42, 0.04),
        0.3,
    ),
    "duck": Bird(
        0.34,
        0.12,
        0.075,
        0.1,
        1.15,
        0.07,
        0.42,
        0.1,
        (0.34, 0.26, 0.19),
        (0.60, 0.54, 0.46),
        (0.12, 0.16, 0.32),
        (0.80, 0.55, 0.06),
        (0.03, 0.20, 0.09),
        0.1,
        "flat",
        swims=True,
    ),
    "swan": Bird(
        0.72,
        0.24,
        0.1,
        0.62,
        1.1,
        0.12,
        1.0,
        0.2,
        (0.88, 0.88, 0.87),
        (0.88, 0.88, 0.87),
        (0.86, 0.86, 0.86),
        (0.80, 0.34, 0.05),
        None,
        0.08,
        "flat",
        swims=True,
    ),
    "chicken": Bird(
        0.3,
        0.13,
        0.07,
        0.1,
        0.75,
        0.13,
        0.3,
        0.16,
        (0.62, 0.30, 0.12),
        (0.72, 0.42, 0.20),
        (0.12, 0.08, 0.05),
        (0.78, 0.50, 0.10),
        None,
        0.25,
        extras=("comb",),
    ),
    "penguin": Bird(
        0.5,
        0.17,
        0.125,
        0.0,
        0.75,
        0.03,
        0.42,
        0.1,
        (0.025, 0.03, 0.04),
        (0.88, 0.88, 0.86),
        (0.03, 0.035, 0.045),
        (0.75, 0.36, 0.06),
        (0.02, 0.022, 0.028),
        1.42,
        "cone",
        (0.86, 0.62, 0.16),
    ),
    "parrot": Bird(
        0.26,
        0.085,
        0.08,
        0.0,
        0.7,
        0.05,
        0.4,
        0.34,
        (0.66, 0.04, 0.03),
        (0.72, 0.06, 0.04),
        (0.04, 0.14, 0.58),
        (0.05, 0.045, 0.04),
        None,
        1.1,
        "hook",
        (0.84, 0.82, 0.78),
        (0.6, 0.5, 0.2),
    ),
    "flamingo": Bird(
        0.42,
        0.14,
        0.075,
        0.6,
        1.1,
        0.62,
        0.65,
        0.14,
        (0.86, 0.36, 0.36),
        (0.88, 0.44, 0.44),
        (0.10, 0.03, 0.04),
        (0.10, 0.06, 0.06),
        None,
        0.15,
        "hook",
    ),
}
"""By noun of the lexicon."""
