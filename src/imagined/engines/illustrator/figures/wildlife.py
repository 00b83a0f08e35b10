"""More animals on four legs, by how they differ from those of `animals`: breeds, the wild and the imagined."""

from dataclasses import replace
from typing import Final

from imagined.engines.illustrator.figures.anatomy import Animal, scaled
from imagined.engines.illustrator.figures.animals import ANIMALS

_DOG, _CAT, _BEAR, _COW, _HORSE = (ANIMALS[noun] for noun in ("dog", "cat", "bear", "cow", "horse"))
_DEER, _SHEEP, _TIGER, _FOX, _WOLF = (ANIMALS[noun] for noun in ("deer", "sheep", "tiger", "fox", "wolf"))
_RABBIT, _PIG, _ELEPHANT = (ANIMALS[noun] for noun in ("rabbit", "pig", "elephant"))

_DOGS: Final[dict[str, Animal]] = {
    "husky": scaled(
        _WOLF, 0.78, head=0.125, ear_size=0.75, tail="curl", tail_length=0.36, coat=(0.09, 0.095, 0.11),
        light=(0.86, 0.85, 0.84), dark=(0.80, 0.79, 0.78), iris=(0.16, 0.42, 0.72), eye_size=0.19, extras=("husky",),
    ),
    "dachshund": replace(
        _DOG, height=0.25, length=0.36, chest=0.085, belly=0.078, rump=0.08, neck=0.11, head=0.08, leg=0.024,
        snout=0.95, muzzle=0.36, coat=(0.24, 0.08, 0.025), light=(0.44, 0.2, 0.08), dark=(0.34, 0.14, 0.05),
        tail="down", tail_length=0.16, ear_size=1.15, eye_size=0.22,
    ),
    "corgi": replace(
        _FOX, height=0.30, length=0.34, chest=0.105, belly=0.1, rump=0.1, neck=0.1, head=0.098, leg=0.028, snout=0.6,
        muzzle=0.34, coat=(0.66, 0.32, 0.09), light=(0.88, 0.85, 0.80), dark=(0.86, 0.83, 0.78), tail="stub",
        tail_length=0.035, ear_size=0.85, eye_size=0.22, iris=(0.03, 0.02, 0.015), extras=("blaze", "husky"),
    ),
    "poodle": replace(
        _DOG, height=0.5, length=0.36, head=0.1, snout=0.95, muzzle=0.3, coat=(0.80, 0.76, 0.70),
        light=(0.82, 0.78, 0.72), dark=(0.74, 0.68, 0.62), pattern="wool", extras=("topknot", "poms"), tail_length=0.16,
        chest=0.125, neck_angle=62, ear_size=1.1,
    ),
    "dalmatian": replace(
        _DOG, coat=(0.88, 0.87, 0.85), light=(0.88, 0.87, 0.85), dark=(0.86, 0.85, 0.83), pattern="dapples",
        pattern_colour=(0.025, 0.025, 0.028), tail="down", tail_length=0.32, extras=("black_ears",),
    ),
    "shepherd": replace(
        _WOLF, height=0.64, length=0.56, head=0.125, chest=0.15, belly=0.125, rump=0.125, leg=0.038,
        coat=(0.50, 0.27, 0.09), light=(0.62, 0.40, 0.18), dark=(0.46, 0.25, 0.09), ear_size=0.95, pattern="saddle",
        pattern_colour=(0.03, 0.027, 0.025), iris=(0.06, 0.03, 0.015), eye_size=0.18, extras=("dark_muzzle",),
    ),
    "pug": replace(
        _DOG, height=0.3, length=0.24, chest=0.09, belly=0.085, rump=0.08, neck=0.05, head=0.1, snout=0.2,
        muzzle=0.52, leg=0.027, coat=(0.68, 0.52, 0.33), light=(0.05, 0.04, 0.035), dark=(0.64, 0.48, 0.3),
        tail="stub", tail_length=0.04, ear_size=0.35, eye_size=0.28, extras=("dark_ears", "dark_muzzle"),
    ),
}  # fmt: skip

_CATS: Final[dict[str, Animal]] = {
    "siamese": replace(
        _CAT, coat=(0.78, 0.68, 0.54), light=(0.82, 0.74, 0.62), dark=(0.07, 0.045, 0.035), pattern="plain",
        points=(0.06, 0.04, 0.032), iris=(0.12, 0.36, 0.78), ear_size=1.15, chest=0.058, belly=0.058, rump=0.06,
        nose=(0.05, 0.03, 0.03),
    ),
    "leopard": scaled(
        _TIGER, 0.76, coat=(0.66, 0.40, 0.12), pattern="leopard", pattern_colour=(0.035, 0.02, 0.012), tail_length=0.72,
        iris=(0.30, 0.36, 0.08),
    ),
    "cheetah": scaled(
        _TIGER, 0.8, chest=0.16, belly=0.125, rump=0.14, head=0.125, leg=0.041, snout=0.5, coat=(0.68, 0.46, 0.18),
        pattern="cheetah", pattern_colour=(0.03, 0.022, 0.018), tail_length=0.66, iris=(0.45, 0.27, 0.05),
    ),
    "panther": scaled(
        _TIGER, 0.8, coat=(0.022, 0.022, 0.026), light=(0.03, 0.03, 0.034), dark=(0.02, 0.02, 0.022), pattern="plain",
        iris=(0.62, 0.56, 0.08), eye_size=0.18, extras=(),
    ),
    "lynx": scaled(
        _CAT, 2.1, coat=(0.52, 0.40, 0.27), light=(0.82, 0.76, 0.66), pattern="cheetah", tail="stub", tail_length=0.07,
        pattern_colour=(0.22, 0.14, 0.08), ear_size=1.25, extras=("face",), leg=0.05,
    ),
    "lioness": replace(ANIMALS["lion"], ruff=None, height=0.95),
}  # fmt: skip

_FARM: Final[dict[str, Animal]] = {
    "goat": replace(
        _SHEEP, height=0.75, chest=0.175, belly=0.19, rump=0.175, neck=0.24, neck_angle=48, coat=(0.80, 0.76, 0.68),
        dark=(0.10, 0.08, 0.06), pattern="plain", head=0.11, snout=1.0, muzzle=0.46,
        extras=("goat_horns", "beard", "pale_nose"), nose=(0.3, 0.18, 0.16), leg=0.032, tail_length=0.05,
    ),
    "ram": replace(_SHEEP, extras=("ram_horns", "topknot")),
    "lamb": scaled(_SHEEP, 0.62, head=0.098, leg=0.026, extras=("topknot",), dark=(0.5, 0.36, 0.3), eye_size=0.24),
    "donkey": scaled(
        _HORSE, 0.75, neck=0.38, neck_angle=42, head=0.155, snout=1.3, coat=(0.26, 0.235, 0.22), ear="long",
        light=(0.70, 0.67, 0.63), dark=(0.10, 0.09, 0.085), mane=(0.06, 0.05, 0.045), ear_size=0.66, tail="tuft",
        tail_length=0.5, extras=("pale_nose",), chest=0.24, belly=0.25,
    ),
    "pony": scaled(
        _HORSE, 0.72, head=0.155, snout=1.3, neck=0.38, coat=(0.52, 0.27, 0.10), mane=(0.84, 0.76, 0.60), leg=0.056,
        belly=0.25, chest=0.235, rump=0.24,
    ),
    "bull": replace(
        _COW, height=1.5, chest=0.44, neck_width=0.95, coat=(0.10, 0.055, 0.035), light=(0.14, 0.08, 0.05),
        pattern="plain", extras=("bull_horns", "shoulder_hump"), dark=(0.05, 0.04, 0.035),
    ),
    "highland_cow": replace(
        _COW, coat=(0.48, 0.20, 0.06), light=(0.52, 0.26, 0.10), pattern="wool", extras=("bull_horns", "topknot"),
        height=1.2, leg=0.085,
    ),
    "llama": replace(
        ANIMALS["camel"], height=1.1, length=0.66, chest=0.22, belly=0.24, rump=0.21, neck=0.62, neck_angle=72,
        head=0.12, snout=0.8, leg=0.05, coat=(0.78, 0.66, 0.50), light=(0.84, 0.78, 0.68), dark=(0.44, 0.32, 0.22),
        pattern="wool", ear_size=0.95, extras=("topknot", "pale_nose"), tail="stub", tail_length=0.08, neck_width=0.66,
    ),
}  # fmt: skip

_WILD: Final[dict[str, Animal]] = {
    "bison": replace(
        _COW, height=1.75, length=1.35, chest=0.55, belly=0.46, rump=0.38, neck=0.2, neck_angle=0, head=0.34,
        snout=0.85, coat=(0.15, 0.075, 0.035), light=(0.13, 0.065, 0.03), pattern="wool", ruff=(0.065, 0.035, 0.02),
        dark=(0.04, 0.03, 0.025), extras=("bull_horns", "shoulder_hump", "beard"), neck_width=0.9, tail_length=0.6,
    ),
    "moose": scaled(
        _DEER, 1.65, head=0.19, snout=1.5, muzzle=0.6, coat=(0.13, 0.075, 0.045), light=(0.18, 0.11, 0.07),
        neck_angle=35, chest=0.38, belly=0.33, neck=0.5, extras=("antlers", "shoulder_hump", "pale_nose"), leg=0.06,
    ),
    "reindeer": scaled(
        _DEER, 1.05, coat=(0.30, 0.24, 0.19), light=(0.76, 0.72, 0.66), chest=0.22, belly=0.2, neck_angle=46, leg=0.043,
    ),
    "fawn": scaled(
        _DEER, 0.58, head=0.088, leg=0.025, pattern="dapples", pattern_colour=(0.82, 0.72, 0.58), extras=(),
        coat=(0.44, 0.22, 0.085), eye_size=0.28,
    ),
    "boar": replace(
        _PIG, coat=(0.12, 0.085, 0.06), light=(0.18, 0.13, 0.09), dark=(0.05, 0.04, 0.035), snout=1.1, pattern="wool",
        extras=("short_tusks",), chest=0.26, nose=(0.2, 0.12, 0.1),
    ),
    "raccoon": replace(
        _FOX, height=0.3, length=0.3, chest=0.105, belly=0.115, rump=0.11, neck=0.06, neck_angle=30, head=0.088,
        snout=0.62, coat=(0.26, 0.25, 0.24), light=(0.80, 0.78, 0.74), dark=(0.035, 0.03, 0.03), ear="round",
        ear_size=0.9, extras=("mask", "ringed"), eye_size=0.22, iris=(0.05, 0.03, 0.02), tail_length=0.32, leg=0.027,
    ),
    "red_panda": replace(
        _FOX, height=0.28, length=0.3, chest=0.1, belly=0.1, rump=0.1, neck=0.05, head=0.095, snout=0.4,
        coat=(0.50, 0.14, 0.035), light=(0.86, 0.82, 0.74), dark=(0.05, 0.03, 0.025), ear="point", ear_size=0.7,
        extras=("ringed", "husky"), eye_size=0.22, tail_length=0.42, leg=0.03, iris=(0.04, 0.02, 0.015),
    ),
    "badger": replace(
        _FOX, height=0.3, length=0.42, chest=0.125, belly=0.13, rump=0.13, neck=0.09, neck_angle=8, head=0.085,
        snout=1.0, muzzle=0.32, coat=(0.24, 0.235, 0.23), light=(0.86, 0.85, 0.82), dark=(0.03, 0.028, 0.028),
        ear="round", ear_size=0.6, extras=("badger",), tail="stub", tail_length=0.07, eye_size=0.16, leg=0.034,
        iris=(0.03, 0.02, 0.015),
    ),
    "skunk": replace(
        _FOX, height=0.22, length=0.27, chest=0.075, belly=0.085, rump=0.085, neck=0.05, neck_angle=25, head=0.062,
        snout=0.7, coat=(0.025, 0.025, 0.028), light=(0.86, 0.85, 0.83), dark=(0.02, 0.02, 0.022), ear="round",
        ear_size=0.6, pattern="skunk", pattern_colour=(0.86, 0.85, 0.83), tail="plume", tail_length=0.24, leg=0.019,
        extras=("blaze", "black_belly"), eye_size=0.22, iris=(0.03, 0.02, 0.015),
    ),
    "hyena": replace(
        _WOLF, height=0.82, length=0.58, rump=0.12, coat=(0.48, 0.37, 0.24), light=(0.54, 0.44, 0.30),
        dark=(0.14, 0.10, 0.075), ear="round", ear_size=1.05, pattern="cheetah", pattern_colour=(0.10, 0.065, 0.04),
        tail="tuft", tail_length=0.3, neck=0.28, extras=("dark_muzzle",), neck_angle=32,
    ),
    "rhinoceros": replace(
        _ELEPHANT, height=1.75, length=1.65, chest=0.58, belly=0.62, rump=0.56, neck=0.42, neck_angle=4, head=0.33,
        snout=1.35, muzzle=0.58, leg=0.17, coat=(0.27, 0.26, 0.25), light=(0.30, 0.285, 0.27), ear="point",
        ear_size=0.45,
        extras=("nose_horns", "nostrils"), tail_length=0.6, eye_size=0.13, neck_width=0.85,
    ),
    "hippopotamus": replace(
        _ELEPHANT, height=1.5, length=1.7, chest=0.62, belly=0.68, rump=0.62, neck=0.25, neck_angle=8, head=0.4,
        snout=1.0, muzzle=0.78, leg=0.19, coat=(0.30, 0.22, 0.225), light=(0.50, 0.36, 0.34), ear="round",
        ear_size=0.5, extras=("nostrils",), tail="stub", tail_length=0.1, eye_size=0.14, neck_width=0.85,
        dark=(0.22, 0.16, 0.17),
    ),
    "mouse": scaled(
        _RABBIT, 0.34, coat=(0.34, 0.30, 0.27), ear="round", ear_size=1.7, tail="thin", tail_length=0.085, snout=0.5,
        muzzle=0.3, head=0.024, leg=0.0048, points=None, light=(0.76, 0.70, 0.65), dark=(0.74, 0.46, 0.42), length=0.05,
        extras=("pink_tail",),
    ),
    "hedgehog": replace(
        _RABBIT, height=0.13, length=0.11, chest=0.05, belly=0.06, rump=0.058, neck=0.025, neck_angle=5, head=0.036,
        snout=0.85, muzzle=0.26, leg=0.011, coat=(0.44, 0.30, 0.19), light=(0.74, 0.60, 0.44), dark=(0.17, 0.11, 0.07),
        ear="round", ear_size=0.75, tail="none", extras=("spines", "face"), nose=(0.03, 0.025, 0.025), eye_size=0.24,
    ),
    "beaver": replace(
        _RABBIT, height=0.36, length=0.38, chest=0.14, belly=0.165, rump=0.16, neck=0.06, neck_angle=25, head=0.105,
        snout=0.5, muzzle=0.46, leg=0.035, coat=(0.20, 0.105, 0.05), light=(0.32, 0.19, 0.10), dark=(0.07, 0.055, 0.05),
        ear="round", ear_size=0.5, tail="paddle", tail_length=0.36, nose=(0.03, 0.025, 0.025), eye_size=0.19,
        extras=("teeth",),
    ),
    "otter": replace(
        _FOX, height=0.27, length=0.48, chest=0.095, belly=0.1, rump=0.1, neck=0.14, neck_angle=34, head=0.078,
        snout=0.42, muzzle=0.5, leg=0.028, coat=(0.21, 0.12, 0.065), light=(0.62, 0.48, 0.34), dark=(0.13, 0.08, 0.05),
        ear="round", ear_size=0.45, tail="heavy", tail_length=0.4, eye_size=0.21, iris=(0.03, 0.02, 0.015),
        neck_width=0.85, extras=("face",),
    ),
    "guinea_pig": scaled(
        _RABBIT, 0.75, ear="flop", ear_size=0.5, tail="none", coat=(0.55, 0.30, 0.11), pattern="patches", height=0.14,
        pattern_colour=(0.86, 0.83, 0.78), leg=0.01, length=0.15, neck_angle=15, neck=0.02,
    ),
}  # fmt: skip

_IMAGINED: Final[dict[str, Animal]] = {
    "pegasus": replace(
        ANIMALS["unicorn"], mane=(0.80, 0.78, 0.74), dark=(0.6, 0.55, 0.5), extras=("wings", "pale_nose"),
    ),
    "dragon": Animal(
        height=2.1, length=1.9, chest=0.48, belly=0.50, rump=0.46, neck=1.2, neck_angle=56, head=0.44, snout=1.05,
        muzzle=0.52, leg=0.15, coat=(0.08, 0.33, 0.13), light=(0.74, 0.64, 0.30), dark=(0.05, 0.20, 0.09),
        ear="none", tail="heavy", tail_length=2.6, neck_width=0.8, eye_size=0.2, iris=(0.85, 0.50, 0.05),
        pattern="scales", pattern_colour=(0.03, 0.15, 0.07), extras=("bat_wings", "dragon_horns", "crest", "nostrils"),
    ),
    "triceratops": replace(
        _ELEPHANT, height=2.1, length=2.3, chest=0.68, belly=0.76, rump=0.72, neck=0.42, neck_angle=6, head=0.5,
        snout=0.95, muzzle=0.5, leg=0.2, coat=(0.22, 0.28, 0.15), light=(0.60, 0.52, 0.32), dark=(0.15, 0.18, 0.10),
        ear="none", tail="heavy", tail_length=2.4, extras=("brow_horns", "small_horn", "frill", "nostrils"),
        pattern="scales", pattern_colour=(0.13, 0.17, 0.09), eye_size=0.15, iris=(0.5, 0.35, 0.06),
    ),
    "long_neck": replace(
        _ELEPHANT, height=3.6, length=3.3, chest=0.95, belly=1.1, rump=1.02, neck=4.4, neck_angle=52, head=0.46,
        snout=0.72, muzzle=0.55, leg=0.33, coat=(0.20, 0.34, 0.30), light=(0.58, 0.58, 0.42), dark=(0.14, 0.24, 0.21),
        ear="none", tail="heavy", tail_length=5.2, extras=("nostrils",), pattern="scales", neck_width=0.72,
        pattern_colour=(0.11, 0.22, 0.2), eye_size=0.22, iris=(0.04, 0.03, 0.02),
    ),
    "stegosaurus": replace(
        _ELEPHANT, height=1.9, length=2.3, chest=0.55, belly=0.8, rump=0.75, neck=0.75, neck_angle=-4, head=0.3,
        snout=0.8, muzzle=0.5, leg=0.18, coat=(0.42, 0.30, 0.14), light=(0.66, 0.56, 0.36), dark=(0.3, 0.2, 0.1),
        ear="none", tail="heavy", tail_length=2.6, extras=("crest", "nostrils", "big_crest"), pattern="hide",
        pattern_colour=(0.52, 0.14, 0.05), eye_size=0.2,
    ),
}  # fmt: skip

WILDLIFE: Final[dict[str, Animal]] = _DOGS | _CATS | _FARM | _WILD | _IMAGINED
"""By noun of the lexicon."""
