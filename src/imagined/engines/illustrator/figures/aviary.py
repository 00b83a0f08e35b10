"""More birds, described by how they differ from those of `birds`."""

from dataclasses import replace
from typing import Final

from imagined.engines.illustrator.figures.birds import BIRDS as _COMMON
from imagined.engines.illustrator.figures.birds import Bird

_SMALL, _GULL, _EAGLE, _SWAN, _HEN = (_COMMON[noun] for noun in ("bird", "seagull", "eagle", "swan", "chicken"))
_PARROT, _FLAMINGO, _DUCK = (_COMMON[noun] for noun in ("parrot", "flamingo", "duck"))
_BLACK, _ORANGE = (0.018, 0.018, 0.024), (0.80, 0.40, 0.04)

_MORE: Final[dict[str, Bird]] = {
    "robin": replace(_SMALL, back=(0.24, 0.17, 0.10), breast=(0.80, 0.24, 0.04), wing_tip=(0.14, 0.10, 0.07),
        face=(0.78, 0.26, 0.05)),
    "sparrow": replace(_SMALL, back=(0.34, 0.21, 0.11), breast=(0.70, 0.62, 0.52), wing_tip=(0.12, 0.08, 0.05)),
    "cardinal": replace(_SMALL, back=(0.66, 0.03, 0.025), breast=(0.72, 0.05, 0.03), wing_tip=(0.34, 0.02, 0.02),
        extras=("crest",), beak_colour=_ORANGE),
    "crow": replace(
        _SMALL, length=0.28, girth=0.09, head=0.07, beak=1.0, legs=0.09, wing=0.45, tail=0.16, back=_BLACK,
        breast=(0.026, 0.026, 0.034), wing_tip=(0.01, 0.01, 0.014), beak_colour=(0.03, 0.03, 0.032),
    ),
    "pigeon": replace(
        _SMALL, length=0.22, girth=0.085, head=0.052, neck=0.04, beak=0.6, legs=0.05, wing=0.32, tail=0.12,
        upright=0.35,
        back=(0.36, 0.39, 0.44), breast=(0.42, 0.42, 0.48), wing_tip=(0.16, 0.17, 0.20), head_colour=(0.20, 0.30, 0.30),
        leg_colour=(0.66, 0.22, 0.20), iris=(0.72, 0.24, 0.04),
    ),
    "dove": replace(
        _SMALL, length=0.2, girth=0.078, head=0.05, neck=0.03, beak=0.55, legs=0.05, wing=0.3, tail=0.13, upright=0.35,
        back=(0.88, 0.88, 0.87), breast=(0.9, 0.9, 0.89), wing_tip=(0.82, 0.82, 0.83), beak_colour=(0.62, 0.36, 0.3),
    ),
    "hummingbird": replace(
        _SMALL, length=0.06, girth=0.02, head=0.019, beak=2.2, legs=0.006, wing=0.07, tail=0.035, beak_kind="long",
        back=(0.02, 0.36, 0.22), breast=(0.74, 0.74, 0.70), wing_tip=(0.08, 0.14, 0.14), face=(0.62, 0.02, 0.14),
        beak_colour=(0.03, 0.03, 0.03),
    ),
    "woodpecker": replace(
        _SMALL, length=0.2, girth=0.065, head=0.05, beak=1.5, beak_kind="long", back=_BLACK, breast=(0.85, 0.83,
        0.78), wing_tip=(0.8, 0.8, 0.78),
        head_colour=(0.68, 0.04, 0.03), extras=("crest",), upright=1.0, wing=0.28,
    ),
    "toucan": replace(
        _PARROT, back=_BLACK, breast=(0.88, 0.84, 0.70), wing_tip=(0.02, 0.02, 0.026), beak=2.5, beak_kind="big",
        beak_colour=(0.88, 0.42, 0.03),
        face=(0.88, 0.86, 0.80), tail=0.2, upright=0.95, iris=(0.04, 0.10, 0.24), leg_colour=(0.2, 0.26, 0.34),
    ),
    "pelican": replace(
        _GULL, length=0.62, girth=0.2, head=0.11, neck=0.38, beak=3.1, beak_kind="pouch", legs=0.2, wing=1.1,
        tail=0.16, back=(0.86, 0.85, 0.83),
        breast=(0.88, 0.87, 0.86), wing_tip=(0.05, 0.05, 0.055), beak_colour=(0.84, 0.58, 0.20), head_colour=(0.88,
        0.86, 0.80),
    ),
    "heron": replace(
        _FLAMINGO, back=(0.30, 0.35, 0.42), breast=(0.82, 0.83, 0.84), wing_tip=(0.07, 0.08, 0.11), beak=2.4,
        beak_kind="long",
        beak_colour=(0.80, 0.54, 0.08), head_colour=(0.86, 0.86, 0.86), extras=("plume", "hunched"),
        leg_colour=(0.40, 0.34, 0.2),
    ),
    "stork": replace(
        _FLAMINGO, back=(0.88, 0.88, 0.87), breast=(0.88, 0.88, 0.87), wing_tip=(0.02, 0.02, 0.024), beak=2.6,
        beak_kind="long",
        beak_colour=(0.74, 0.12, 0.03), neck=0.42,
    ),
    "crane": replace(
        _FLAMINGO, back=(0.88, 0.88, 0.88), breast=(0.88, 0.88, 0.88), wing_tip=(0.025, 0.025, 0.03), beak=1.8,
        beak_kind="long", neck=0.6,
        beak_colour=(0.3, 0.3, 0.24), face=(0.66, 0.05, 0.04), leg_colour=(0.08, 0.08, 0.08),
    ),
    "ostrich": replace(
        _FLAMINGO, length=0.95, girth=0.36, head=0.125, neck=0.95, beak=0.8, beak_kind="flat", legs=1.0, wing=0.8,
        tail=0.25, back=(0.025, 0.024, 0.026),
        breast=(0.05, 0.05, 0.05), wing_tip=(0.84, 0.82, 0.78), head_colour=(0.66, 0.50, 0.42), beak_colour=(0.70,
        0.48, 0.32), eye_size=0.32,
        leg_colour=(0.62, 0.45, 0.36),
    ),
    "peacock": replace(
        _HEN, length=0.42, girth=0.13, head=0.062, neck=0.32, beak=0.8, legs=0.2, wing=0.6, tail=0.9, back=(0.01,
        0.12, 0.50), breast=(0.01, 0.22, 0.52),
        wing_tip=(0.05, 0.30, 0.16), beak_colour=(0.24, 0.22, 0.18), face=(0.86, 0.86, 0.84), extras=("eyed_fan",
        "crown"), upright=0.35,
    ),
    "turkey": replace(
        _HEN, length=0.5, girth=0.22, head=0.07, neck=0.2, legs=0.2, wing=0.6, tail=0.3, back=(0.14, 0.075, 0.04),
        breast=(0.26, 0.14, 0.07),
        wing_tip=(0.10, 0.05, 0.03), head_colour=(0.62, 0.12, 0.10), extras=("fan", "wattle"), upright=0.45,
    ),
    "rooster": replace(
        _HEN, back=(0.58, 0.18, 0.03), breast=(0.10, 0.05, 0.03), wing_tip=(0.02, 0.13, 0.09), head_colour=(0.80,
        0.42, 0.05), length=0.34, legs=0.16,
        tail=0.3, upright=0.55, head=0.075,
    ),
    "chick": Bird(
        0.07, 0.042, 0.04, 0.0, 0.5, 0.022, 0.05, 0.01, (0.90, 0.70, 0.12), (0.92, 0.76, 0.22), (0.86, 0.62, 0.10),
        (0.84, 0.42, 0.06), eye_size=0.24,
    ),
    "duckling": Bird(
        0.09, 0.045, 0.042, 0.01, 0.8, 0.02, 0.06, 0.02, (0.90, 0.70, 0.14), (0.92, 0.78, 0.26), (0.60, 0.42, 0.10),
        (0.80, 0.40, 0.08), None, 0.2,
        "flat", eye_size=0.24, swims=True,
    ),
    "goose": replace(_SWAN, length=0.56, girth=0.2, neck=0.34, head=0.085, wing=0.8, beak_colour=_ORANGE,
        wing_tip=(0.70, 0.70, 0.69)),
    "vulture": replace(_EAGLE, head_colour=(0.66, 0.36, 0.30), neck=0.22, upright=0.75, breast=(0.09, 0.06, 0.045)),
    "hawk": replace(_EAGLE, length=0.42, girth=0.12, head=0.085, wing=0.65, back=(0.22, 0.13, 0.07), breast=(0.72,
        0.62, 0.48), head_colour=(0.24, 0.15, 0.08)),
    "phoenix": replace(
        _EAGLE, back=(0.80, 0.16, 0.02), breast=(0.90, 0.50, 0.05), wing_tip=(0.92, 0.62, 0.06), head_colour=(0.84,
        0.24, 0.02), tail=1.0,
        face=(0.92, 0.66, 0.08), iris=(0.9, 0.7, 0.1), extras=("crest", "train"), beak_colour=(0.88, 0.60, 0.10),
    ),
}  # fmt: skip

BIRDS: Final[dict[str, Bird]] = _COMMON | _MORE
"""By noun of the lexicon."""
