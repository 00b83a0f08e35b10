"""The animals on four legs: proportions in metres and coats in linear light."""

from typing import Final

from imagined.engines.illustrator.figures.quadruped import Animal

ANIMALS: Final[dict[str, Animal]] = {
    "dog": Animal(
        height=0.6, length=0.46, chest=0.135, belly=0.112, rump=0.118, neck=0.17, neck_angle=52, head=0.115, snout=0.72,
        muzzle=0.46, leg=0.037, coat=(0.62, 0.36, 0.14), light=(0.80, 0.62, 0.38), dark=(0.66, 0.44, 0.22), ear="flop",
        tail="up", tail_length=0.27, eye_size=0.17,
    ),
    "cat": Animal(
        height=0.30, length=0.28, chest=0.066, belly=0.068, rump=0.068, neck=0.05, neck_angle=45, head=0.068, snout=0.28,
        muzzle=0.36, leg=0.02, coat=(0.60, 0.33, 0.13), light=(0.85, 0.78, 0.68), dark=(0.80, 0.70, 0.58), nose=(0.55, 0.22, 0.2),
        ear="point", ear_size=0.95, tail="thin", tail_length=0.24, eye_size=0.25, iris=(0.35, 0.42, 0.06), pattern="tabby",
        pattern_colour=(0.20, 0.09, 0.03),
    ),
    "fox": Animal(
        height=0.40, length=0.37, chest=0.085, belly=0.075, rump=0.08, neck=0.11, neck_angle=45, head=0.082, snout=0.95,
        muzzle=0.26, leg=0.022, coat=(0.68, 0.24, 0.05), light=(0.88, 0.84, 0.78), dark=(0.06, 0.045, 0.04), ear="point",
        ear_size=1.1, tail="brush", tail_length=0.42, eye_size=0.16, iris=(0.25, 0.12, 0.02),
    ),
    "wolf": Animal(
        height=0.78, length=0.66, chest=0.18, belly=0.14, rump=0.15, neck=0.2, neck_angle=35, head=0.135, snout=0.9,
        muzzle=0.36, leg=0.045, coat=(0.24, 0.235, 0.24), light=(0.62, 0.60, 0.57), dark=(0.30, 0.29, 0.28), ear="point",
        ear_size=0.7, tail="brush", tail_length=0.44, eye_size=0.13, iris=(0.45, 0.33, 0.08), neck_width=0.9,
    ),
    "bear": Animal(
        height=1.05, length=0.86, chest=0.34, belly=0.34, rump=0.33, neck=0.2, neck_angle=22, head=0.225, snout=0.62,
        muzzle=0.48, leg=0.105, coat=(0.16, 0.085, 0.04), light=(0.28, 0.17, 0.09), dark=(0.09, 0.05, 0.03), ear="round",
        tail="stub", tail_length=0.07, eye_size=0.11, neck_width=0.82,
    ),
    "polar_bear": Animal(
        height=1.1, length=0.98, chest=0.34, belly=0.33, rump=0.34, neck=0.32, neck_angle=20, head=0.205, snout=0.85,
        muzzle=0.46, leg=0.11, coat=(0.86, 0.83, 0.74), light=(0.90, 0.88, 0.82), dark=(0.80, 0.77, 0.70), ear="round",
        ear_size=0.8, tail="stub", tail_length=0.07, eye_size=0.12, neck_width=0.74,
    ),
    "panda": Animal(
        height=0.85, length=0.66, chest=0.30, belly=0.31, rump=0.29, neck=0.14, neck_angle=30, head=0.23, snout=0.42,
        muzzle=0.46, leg=0.09, coat=(0.86, 0.85, 0.81), light=(0.88, 0.87, 0.84), dark=(0.03, 0.03, 0.032), ear="round",
        ear_size=1.1, tail="stub", tail_length=0.06, eye_size=0.12, pattern="panda", pattern_colour=(0.03, 0.03, 0.032),
        extras=("eye_patches",),
    ),
    "horse": Animal(
        height=1.6, length=1.12, chest=0.30, belly=0.29, rump=0.30, neck=0.62, neck_angle=50, head=0.165, snout=1.75,
        muzzle=0.56, leg=0.062, coat=(0.26, 0.11, 0.045), light=(0.30, 0.14, 0.06), dark=(0.06, 0.04, 0.03), ear="point",
        ear_size=0.75, tail="hair", tail_length=0.85, hooves=True, mane=(0.045, 0.028, 0.02), eye_size=0.16, neck_width=0.74,
    ),
    "cow": Animal(
        height=1.42, length=1.22, chest=0.36, belly=0.39, rump=0.35, neck=0.36, neck_angle=24, head=0.205, snout=1.15,
        muzzle=0.62, leg=0.068, coat=(0.84, 0.81, 0.76), light=(0.80, 0.68, 0.62), dark=(0.07, 0.055, 0.05), nose=(0.35, 0.2, 0.18),
        ear="leaf", ear_size=0.55, tail="tuft", tail_length=0.8, hooves=True, eye_size=0.15, pattern="patches",
        pattern_colour=(0.045, 0.035, 0.03), extras=("horns",),
    ),
    "deer": Animal(
        height=1.1, length=0.78, chest=0.19, belly=0.17, rump=0.175, neck=0.42, neck_angle=58, head=0.108, snout=1.2,
        muzzle=0.42, leg=0.036, coat=(0.36, 0.18, 0.075), light=(0.72, 0.58, 0.42), dark=(0.06, 0.045, 0.035), ear="leaf",
        ear_size=0.85, tail="stub", tail_length=0.07, hooves=True, eye_size=0.19, extras=("antlers",), neck_width=0.66,
    ),
    "sheep": Animal(
        height=0.78, length=0.58, chest=0.24, belly=0.26, rump=0.24, neck=0.16, neck_angle=35, head=0.11, snout=0.85,
        muzzle=0.52, leg=0.034, coat=(0.84, 0.80, 0.70), light=(0.80, 0.75, 0.65), dark=(0.06, 0.05, 0.045), ear="leaf",
        ear_size=0.55, tail="stub", tail_length=0.06, hooves=True, eye_size=0.16, pattern="wool", extras=("wool",),
    ),
    "pig": Animal(
        height=0.72, length=0.62, chest=0.235, belly=0.25, rump=0.235, neck=0.1, neck_angle=15, head=0.17, snout=0.75,
        muzzle=0.5, leg=0.05, coat=(0.80, 0.48, 0.42), light=(0.84, 0.56, 0.50), dark=(0.45, 0.26, 0.22), nose=(0.30, 0.12, 0.11),
        ear="leaf", ear_size=0.5, tail="stub", tail_length=0.04, hooves=True, eye_size=0.12, pattern="hide", neck_width=0.85,
    ),
    "rabbit": Animal(
        height=0.24, length=0.17, chest=0.062, belly=0.075, rump=0.082, neck=0.035, neck_angle=48, head=0.056, snout=0.32,
        muzzle=0.4, leg=0.016, coat=(0.42, 0.30, 0.19), light=(0.84, 0.79, 0.70), dark=(0.55, 0.43, 0.30), nose=(0.5, 0.22, 0.2),
        ear="long", tail="stub", tail_length=0.032, eye_size=0.24,
    ),
    "lion": Animal(
        height=1.05, length=0.92, chest=0.225, belly=0.19, rump=0.2, neck=0.24, neck_angle=34, head=0.17, snout=0.68,
        muzzle=0.5, leg=0.064, coat=(0.58, 0.36, 0.14), light=(0.76, 0.60, 0.38), dark=(0.60, 0.42, 0.22), ear="round",
        ear_size=0.75, tail="tuft", tail_length=0.72, mane=None, ruff=(0.20, 0.085, 0.03), eye_size=0.13, iris=(0.45, 0.28, 0.05),
    ),
    "tiger": Animal(
        height=0.98, length=0.95, chest=0.225, belly=0.2, rump=0.205, neck=0.2, neck_angle=28, head=0.17, snout=0.62,
        muzzle=0.5, leg=0.064, coat=(0.70, 0.30, 0.06), light=(0.88, 0.84, 0.76), dark=(0.74, 0.48, 0.24), ear="round",
        ear_size=0.75, tail="down", tail_length=0.75, eye_size=0.13, iris=(0.45, 0.36, 0.08), pattern="stripes",
        pattern_colour=(0.03, 0.02, 0.015),
    ),
    "elephant": Animal(
        height=2.9, length=1.75, chest=0.78, belly=0.84, rump=0.76, neck=0.42, neck_angle=28, head=0.52, snout=0.1,
        muzzle=0.5, leg=0.24, coat=(0.24, 0.225, 0.215), light=(0.26, 0.24, 0.23), dark=(0.22, 0.205, 0.20), ear="fan",
        tail="tuft", tail_length=1.1, eye_size=0.075, pattern="hide", extras=("trunk", "tusks"), neck_width=0.8,
    ),
    "zebra": Animal(
        height=1.4, length=1.0, chest=0.27, belly=0.27, rump=0.27, neck=0.5, neck_angle=48, head=0.15, snout=1.6,
        muzzle=0.54, leg=0.054, coat=(0.86, 0.85, 0.82), light=(0.86, 0.85, 0.82), dark=(0.05, 0.045, 0.04), ear="point",
        ear_size=0.8, tail="hair", tail_length=0.6, hooves=True, mane=(0.05, 0.045, 0.04), eye_size=0.16, pattern="stripes",
        pattern_colour=(0.03, 0.028, 0.026),
    ),
    "camel": Animal(
        height=1.85, length=1.15, chest=0.32, belly=0.34, rump=0.3, neck=0.72, neck_angle=42, head=0.165, snout=1.15,
        muzzle=0.56, leg=0.062, coat=(0.55, 0.36, 0.18), light=(0.58, 0.40, 0.22), dark=(0.30, 0.19, 0.10), ear="point",
        ear_size=0.4, tail="tuft", tail_length=0.6, hooves=True, eye_size=0.16, extras=("humps",), neck_width=0.6,
    ),
    "giraffe": Animal(
        height=2.9, length=1.15, chest=0.40, belly=0.36, rump=0.36, neck=2.0, neck_angle=66, head=0.2, snout=1.35,
        muzzle=0.5, leg=0.085, coat=(0.74, 0.56, 0.28), light=(0.78, 0.64, 0.42), dark=(0.20, 0.12, 0.06), ear="leaf",
        ear_size=0.6, tail="tuft", tail_length=0.9, hooves=True, eye_size=0.16, pattern="spots", pattern_colour=(0.30, 0.13, 0.04),
        neck_width=0.62, extras=("horns",),
    ),
}
ANIMALS["unicorn"] = Animal(
    height=1.6, length=1.1, chest=0.29, belly=0.28, rump=0.29, neck=0.62, neck_angle=55, head=0.16, snout=1.65,
    muzzle=0.54, leg=0.06, coat=(0.88, 0.87, 0.88), light=(0.90, 0.88, 0.88), dark=(0.62, 0.52, 0.36), ear="point",
    ear_size=0.8, tail="hair", tail_length=0.9, hooves=True, mane=(0.78, 0.52, 0.68), eye_size=0.17, extras=("horn",),
)
"""By noun of the lexicon."""
