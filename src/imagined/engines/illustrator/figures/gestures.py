"""Poses of the biped rig: where hands and feet are."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from imagined.engines.illustrator.figures.clay import Point

Grip = Literal["relaxed", "grip", "open"]
_FEET: Final[tuple[Point, Point]] = ((0.015, 0, 0.05), (-0.02, 0, 0.055))
_SIDE: Final[Point] = (0.02, -0.325, 0.06)


@dataclass(frozen=True)
class Gesture:
    """Where hands and feet are, in heights from the shoulder or hip: (forward, up, outward)."""

    hip: float = 1.0
    """Height of the hips, of the leg's length."""
    feet: tuple[Point, Point] = _FEET
    """Right and left foot from the hips' ground point."""
    hands: tuple[Point, Point] = ((0.045, -0.32, 0.06), _SIDE)
    lean: float = 0.0
    """Forward tilt of the trunk, radians."""
    look: tuple[float, float] = (-0.03, -0.22)
    """Head: up and towards the viewer, radians."""
    grips: tuple[Grip, Grip] = ("relaxed", "relaxed")
    toes: tuple[float, float] = (0.0, 0.0)
    """Pitch of the feet, radians, toes up."""
    tilt: float = 0.0
    """Turn of the whole figure about its side, radians: -1.57 lies on its belly, 1.57 on its back."""
    lift: float = 0.0
    """Above the ground, of the height."""
    elbows: tuple[Point, Point] = ((-0.7, -0.4, 0.25), (-0.7, -0.4, 0.25))
    """Where elbows point; outward is mirrored for the left."""
    knees: float = 0.1
    """How far knees point outward."""


_UP = Gesture()

GESTURES: Final[dict[str, Gesture]] = {
    "standing": _UP,
    "walking": Gesture(
        0.97,
        ((0.15, 0.012, 0.03), (-0.17, 0.045, 0.03)),
        ((-0.13, -0.30, 0.05), (0.17, -0.28, 0.03)),
        0.04,
        toes=(0.2, -0.55),
    ),
    "running": Gesture(
        0.99,
        ((0.19, 0.17, 0.03), (-0.31, 0.17, 0.03)),
        ((-0.16, -0.19, 0.06), (0.17, -0.10, 0.02)),
        0.20,
        toes=(0.15, -1.1),
        lift=0.015,
        grips=("grip", "grip"),
    ),
    "sitting": Gesture(
        0.10,
        ((0.36, 0, 0.06), (0.33, 0, 0.07)),
        ((0.20, -0.21, 0.02), (0.19, -0.21, 0.02)),
        -0.05,
    ),
    "seated": Gesture(
        0.52,
        ((0.25, 0, 0.06), (0.22, 0, 0.06)),
        ((0.19, -0.24, 0.0), (0.18, -0.24, 0.0)),
        0.0,
    ),
    "seated_reading": Gesture(
        0.52,
        ((0.25, 0, 0.06), (0.22, 0, 0.06)),
        ((0.19, -0.14, -0.035), (0.19, -0.14, -0.035)),
        0.0,
        look=(-0.05, -0.35),
    ),
    "riding": Gesture(
        0.5,
        ((0.07, 0.0, 0.16), (0.05, 0.0, 0.16)),
        ((0.25, -0.20, -0.04), (0.24, -0.19, -0.04)),
        0.04,
        grips=("grip", "grip"),
        knees=1.2,
    ),
    "cycling": Gesture(
        1.02,
        ((0.09, 0.03, 0.05), (0.17, 0.20, 0.05)),
        ((0.25, -0.17, 0.045), (0.25, -0.17, 0.045)),
        0.38,
        look=(0.12, -0.3),
        grips=("grip", "grip"),
        toes=(0.0, 0.0),
    ),
    "motorcycling": Gesture(
        0.77,
        ((0.10, 0.06, 0.09), (0.10, 0.06, 0.09)),
        ((0.30, -0.14, 0.09), (0.30, -0.14, 0.09)),
        0.16,
        look=(0.05, -0.3),
        grips=("grip", "grip"),
        knees=0.6,
    ),
    "waving": replace(
        _UP, hands=((0.06, 0.22, 0.15), _SIDE), grips=("open", "relaxed"), elbows=((0.0, -0.6, 0.9), (-0.7, -0.4, 0.25))
    ),
    "cheering": replace(
        _UP,
        hands=((0.03, 0.27, 0.12), (0.03, 0.27, 0.12)),
        grips=("open", "open"),
        look=(0.12, -0.22),
        elbows=((0.0, -0.3, 0.9), (0.0, -0.3, 0.9)),
    ),
    "pointing": replace(_UP, hands=((0.31, 0.06, 0.06), _SIDE), grips=("grip", "relaxed")),
    "dancing": Gesture(
        0.98,
        ((0.13, 0.20, 0.10), (-0.02, 0, 0.02)),
        ((0.06, 0.26, 0.10), (0.0, 0.03, 0.30)),
        -0.06,
        look=(0.08, -0.3),
        toes=(-0.8, 0.0),
        grips=("open", "open"),
        elbows=((-0.2, -0.3, 0.8), (-0.6, -0.6, 0.2)),
    ),
    "ballet": Gesture(
        1.06,
        ((-0.36, 0.34, 0.05), (0.0, 0.04, 0.0)),
        ((0.13, 0.26, 0.05), (-0.03, 0.02, 0.31)),
        0.05,
        look=(0.1, -0.25),
        toes=(-1.3, -1.1),
        grips=("open", "open"),
        elbows=((0.1, -0.2, 0.9), (-0.6, -0.6, 0.2)),
    ),
    "jumping": Gesture(
        1.0,
        ((0.10, 0.18, 0.10), (-0.20, 0.14, 0.06)),
        ((0.05, 0.25, 0.14), (-0.03, 0.2, 0.2)),
        0.04,
        look=(0.12, -0.25),
        toes=(-0.3, -0.9),
        lift=0.16,
        grips=("open", "open"),
        elbows=((0.0, -0.3, 0.9), (0.0, -0.3, 0.9)),
    ),
    "flying": Gesture(
        1.0,
        ((-0.03, 0.02, 0.035), (-0.10, 0.05, 0.04)),
        ((0.10, 0.31, 0.02), (-0.04, -0.28, 0.10)),
        0.0,
        look=(0.5, -0.25),
        tilt=-0.95,
        toes=(-1.2, -1.2),
        grips=("grip", "grip"),
    ),
    "floating": Gesture(
        0.98,
        ((0.12, 0.10, 0.07), (-0.06, 0.05, 0.08)),
        ((0.14, 0.06, 0.22), (0.03, -0.10, 0.26)),
        -0.05,
        look=(0.1, -0.3),
        tilt=0.15,
        toes=(-0.6, -0.7),
        grips=("open", "open"),
        knees=0.3,
    ),
    "swimming": Gesture(
        1.0,
        ((-0.03, 0.02, 0.035), (0.05, 0.05, 0.04)),
        ((0.06, 0.32, 0.03), (0.1, -0.26, 0.08)),
        0.0,
        look=(0.75, -0.3),
        tilt=-1.45,
        toes=(-1.3, -1.3),
        grips=("open", "open"),
    ),
    "lying": Gesture(
        1.0,
        ((0.06, 0.02, 0.05), (-0.01, 0.0, 0.05)),
        ((0.05, 0.14, 0.09), (0.06, -0.27, 0.04)),
        0.0,
        look=(0.12, -0.2),
        tilt=1.5,
        toes=(0.1, 0.2),
        elbows=((-0.4, 0.3, 0.9), (-0.4, -0.3, 0.9)),
    ),
    "kneeling": Gesture(
        0.55,
        ((0.24, 0, 0.05), (-0.26, 0.03, 0.05)),
        ((0.22, -0.22, 0.0), (0.2, -0.22, 0.0)),
        0.1,
        toes=(0.0, -1.1),
    ),
    "reading": replace(
        _UP,
        hands=((0.19, -0.14, -0.035), (0.19, -0.14, -0.035)),
        look=(-0.28, -0.12),
        grips=("grip", "grip"),
        elbows=((-0.5, -0.9, 0.2), (-0.5, -0.9, 0.2)),
    ),
    "looking_up": replace(_UP, look=(0.55, -0.25)),
    "holding": replace(
        _UP,
        hands=((0.18, -0.13, 0.03), _SIDE),
        grips=("grip", "relaxed"),
        elbows=((-0.6, -0.9, 0.25), (-0.7, -0.4, 0.25)),
    ),
    "raising": replace(
        _UP,
        hands=((0.14, 0.02, 0.03), _SIDE),
        grips=("grip", "relaxed"),
        elbows=((-0.1, -1.0, 0.4), (-0.7, -0.4, 0.25)),
    ),
    "carrying": replace(
        _UP,
        hands=((0.19, -0.15, -0.02), (0.19, -0.15, -0.02)),
        grips=("grip", "grip"),
        elbows=((-0.6, -0.8, 0.35), (-0.6, -0.8, 0.35)),
    ),
    "dangling": replace(_UP, hands=((0.03, -0.325, 0.07), _SIDE), grips=("grip", "relaxed")),
    "guitar": replace(
        _UP,
        hands=((0.15, -0.21, -0.05), (0.19, -0.09, 0.13)),
        grips=("grip", "grip"),
        look=(-0.15, -0.2),
        elbows=((-0.7, -0.5, 0.5), (-0.1, -1.0, 0.2)),
    ),
    "violin": replace(
        _UP,
        hands=((0.22, -0.05, -0.03), (0.21, 0.01, 0.07)),
        grips=("grip", "grip"),
        look=(-0.1, 0.25),
        elbows=((-0.1, -0.7, 0.7), (0.1, -1.0, 0.1)),
    ),
    "sax": replace(
        _UP,
        hands=((0.14, -0.23, -0.05), (0.12, -0.10, -0.07)),
        grips=("grip", "grip"),
        look=(-0.06, -0.22),
        elbows=((-0.4, -0.9, 0.5), (-0.2, -1.0, 0.5)),
    ),
    "wind": replace(
        _UP,
        hands=((0.14, 0.075, -0.075), (0.17, 0.065, -0.07)),
        grips=("grip", "grip"),
        elbows=((-0.2, -1.0, 0.4), (-0.2, -1.0, 0.4)),
    ),
    "keys": Gesture(
        0.56, ((0.24, 0, 0.06), (0.22, 0, 0.06)), ((0.26, -0.21, 0.02), (0.25, -0.21, 0.02)), 0.06, look=(-0.12, -0.25)
    ),
    "drumming": Gesture(
        0.56,
        ((0.22, 0, 0.09), (0.22, 0, 0.09)),
        ((0.20, -0.10, 0.05), (0.19, -0.17, 0.05)),
        0.04,
        grips=("grip", "grip"),
        knees=0.5,
    ),
    "painting": replace(
        _UP,
        hands=((0.17, -0.15, 0.0), (0.14, -0.01, 0.17)),
        grips=("open", "grip"),
        look=(-0.03, 0.2),
        elbows=((-0.2, -1.0, 0.4), (-0.5, -0.9, 0.3)),
    ),
    "fishing": replace(
        _UP,
        hands=((0.19, -0.16, 0.0), (0.15, -0.20, 0.0)),
        grips=("grip", "grip"),
        elbows=((-0.5, -0.8, 0.4), (-0.5, -0.8, 0.4)),
    ),
    "cooking": replace(
        _UP,
        hands=((0.19, -0.13, 0.02), (0.12, -0.19, 0.06)),
        grips=("grip", "grip"),
        look=(-0.18, -0.2),
        elbows=((-0.5, -0.9, 0.3), (-0.5, -0.9, 0.3)),
    ),
    "skiing": Gesture(
        0.84,
        ((0.04, 0, 0.06), (-0.01, 0, 0.06)),
        ((0.17, -0.12, 0.11), (0.16, -0.14, 0.11)),
        0.34,
        look=(0.2, -0.25),
        grips=("grip", "grip"),
        knees=0.15,
    ),
    "surfing": Gesture(
        0.78,
        ((0.19, 0, 0.03), (-0.20, 0, 0.03)),
        ((0.22, 0.02, 0.12), (-0.17, 0.04, 0.22)),
        0.22,
        look=(0.1, -0.35),
        grips=("open", "open"),
        knees=0.7,
        elbows=((-0.3, -0.6, 0.5), (-0.3, -0.8, 0.5)),
    ),
    "skating": Gesture(
        0.9,
        ((0.10, 0, 0.03), (-0.10, 0, 0.03)),
        ((0.14, -0.12, 0.2), (-0.10, -0.10, 0.22)),
        0.14,
        grips=("open", "open"),
        knees=0.4,
    ),
    "hugging": replace(
        _UP,
        hands=((0.24, -0.02, 0.01), (0.23, -0.05, 0.03)),
        lean=0.06,
        look=(0.02, -0.3),
        grips=("open", "open"),
        elbows=((0.0, -0.8, 0.7), (0.0, -0.8, 0.7)),
    ),
    "fighting": Gesture(
        0.93,
        ((0.13, 0, 0.06), (-0.14, 0, 0.07)),
        ((0.19, -0.06, 0.05), (0.12, -0.12, 0.02)),
        0.05,
        grips=("grip", "grip"),
        knees=0.3,
    ),
    "casting": replace(_UP, hands=((0.2, 0.08, 0.08), (0.12, -0.14, 0.16)), grips=("open", "open")),
    "singing": replace(
        _UP,
        hands=((0.13, 0.005, -0.05), (0.12, -0.14, 0.2)),
        grips=("grip", "open"),
        look=(0.05, -0.25),
        elbows=((-0.2, -1.0, 0.5), (-0.5, -0.9, 0.3)),
    ),
    "praying": replace(
        _UP,
        hands=((0.16, -0.08, -0.085), (0.16, -0.08, -0.085)),
        grips=("open", "open"),
        look=(-0.2, -0.1),
        elbows=((-0.4, -0.9, 0.5), (-0.4, -0.9, 0.5)),
    ),
}
"""By pose; other poses stand."""
