"""One rig for animals that stand or sit upright: apes, squirrels, kangaroos, teddy bears, the tyrant lizard."""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.figures.anatomy import Animal
from imagined.engines.illustrator.figures.animals import ANIMALS
from imagined.engines.illustrator.figures.clay import Clay, Point
from imagined.engines.illustrator.figures.coats import coat_tint
from imagined.engines.illustrator.figures.growths import leather_wings, tail
from imagined.engines.illustrator.figures.heads import head
from imagined.engines.illustrator.figures.limbs import Frame, add, joint, mixed
from imagined.engines.illustrator.figures.model import Figure, gathered

Hind = Literal["plain", "crouched", "digits"]


@dataclass(frozen=True)
class Upright:
    """Proportions in metres. Of `animal` the head, the coat, the tail and the girths are used; its `length` is that
    of the trunk and its `leg` the radius of arms and shins."""

    animal: Animal
    legs: float
    """Hip above the ground, standing."""
    arms: float
    pitch: float = 0.15
    """How far the trunk leans forward, radians."""
    hind: Hind = "plain"
    foot: float = 0.1
    """Length of the foot."""
    held: bool = False
    """Hands before the chest, not hanging."""
    turn: float = -0.38
    rests: bool = False
    """Sits unless told otherwise."""


def upright(kind: Upright, pose: str, step: float) -> Figure:
    """The animal standing, or in one of the poses of a four-legged one; what it does not know it stands."""
    animal = kind.animal
    if kind.rests and pose == "standing":
        pose = "sitting"
    pitch, rise = kind.pitch, kind.legs
    if pose in ("lying", "sleeping"):
        pitch, rise = 1.32, animal.rump * 0.95
    elif pose == "sitting" and kind.hind != "digits":
        pitch, rise = kind.pitch * 0.6, animal.rump * 0.92
    elif pose in ("running", "jumping"):
        pitch = min(kind.pitch + 0.35, 1.3)
    along = (float(np.sin(pitch)), float(np.cos(pitch)), 0.0)
    hip: Point = (-along[0] * animal.length * 0.5, rise, 0.0)
    shoulder = add(hip, (along[0] * animal.length, along[1] * animal.length, 0.0))
    body = Clay(blend=animal.leg * 1.3)
    _torso(body, animal, hip, shoulder, pitch)
    _hind_legs(body, kind, hip, pose)
    _arms(body, kind, shoulder, hip, pose)
    root = add(hip, (-animal.rump * (0.85 if pitch < 1 else 0.6), animal.rump * 0.1, 0.0))
    hard = tail(body, animal, root, pose in ("sitting", "lying", "sleeping"))
    reach = animal.neck + animal.head * 0.45
    lean = 0.5 if pitch > 1 else 1.0
    skull = add(shoulder, (animal.head * 0.35 + along[0] * reach, along[1] * reach * lean + animal.head * 0.55, 0.0))
    skull = (skull[0], max(skull[1], animal.head * 0.95), 0.0)
    body.cone(shoulder, skull, animal.chest * animal.neck_width, animal.head * 0.62, animal.coat)
    frame = Frame(skull, animal.head, pitch=-0.1, yaw=kind.turn, roll=0.05)
    hard += head(body, animal, frame, pose == "sleeping")
    if "bat_wings" in animal.extras:
        hard += leather_wings(animal, shoulder, animal.height, pose == "flying", animal.dark, animal.light)
    skin = body.mesh(body.step_for(9_000, step), coat_tint(animal.pattern, animal.pattern_colour, animal.height))
    anchors = {
        "back": add(mixed(hip, shoulder, 0.6), (-animal.belly, 0.0, 0.0)),
        "head": skull,
        "top": frame.at(0, 1, 0),
    }
    return gathered([skin, *hard], anchors, animal.belly * 2)


def _torso(body: Clay, animal: Animal, hip: Point, shoulder: Point, pitch: float) -> None:
    body.chain([hip, mixed(hip, shoulder, 0.4), shoulder], [animal.rump, animal.belly, animal.chest], animal.coat)
    front = (float(np.cos(pitch)), -float(np.sin(pitch)), 0.0)
    middle = mixed(hip, shoulder, 0.45)
    at = add(middle, (front[0] * animal.belly, front[1] * animal.belly, 0.0))
    turn = Frame((0.0, 0.0, 0.0), 1.0, pitch=np.pi / 2 - pitch).turn
    body.paint(
        at, (animal.length * 0.62, animal.belly * 0.5, animal.belly * 0.72), animal.light, animal.belly * 0.3, turn
    )


def _hind_legs(body: Clay, kind: Upright, hip: Point, pose: str) -> None:
    animal, leg = kind.animal, kind.animal.leg
    stride = {"walking": 0.34, "running": 0.6, "jumping": -0.25}.get(pose, 0.0)
    low = pose in ("sitting", "lying", "sleeping")
    for side in (1, -1):
        wide = side * animal.rump * 0.68
        top = add(hip, (0.0, 0.0, wide))
        forward = stride * kind.legs * (side if pose != "jumping" else 1.0)
        thigh = animal.rump * 0.62
        lift = kind.legs * 0.12 if forward < 0 and pose != "standing" else 0.0
        if low and kind.hind == "plain":
            knee = add(
                top, (kind.legs * 0.55, animal.rump * 0.1 if pose == "sitting" else 0.0, side * kind.legs * 0.22)
            )
            foot = (knee[0] + kind.legs * 0.42, leg * 1.1, knee[2] + side * kind.legs * 0.02)
            body.chain([top, knee, foot], [thigh, leg * 1.25, leg], animal.coat)
        elif kind.hind == "digits":
            toe = (hip[0] + forward + kind.legs * 0.1, leg * 0.8 + lift, wide * 1.05)
            hock = add(toe, (-kind.legs * 0.28, kind.legs * 0.36, 0.0))
            knee = joint(top, hock, kind.legs * 0.48, kind.legs * 0.44, (1.0, 0.1, 0.0))
            body.chain([top, knee, hock, toe], [thigh, leg * 1.7, leg * 1.05, leg], animal.coat)
            foot = toe
        elif kind.hind == "crouched":
            foot = (hip[0] + kind.foot * 0.15 + forward, leg * 0.9 + lift, wide * 1.2)
            knee = (hip[0] + kind.foot * 0.75 + forward * 0.5, max(hip[1] * 0.85, leg * 2), wide * 1.25)
            body.chain([top, knee, foot], [thigh * 1.25, leg * 1.9, leg * 1.1], animal.coat)
        else:
            foot = (hip[0] + forward + leg * 0.2, leg * 0.9 + lift, wide * 1.15)
            knee = joint(top, foot, kind.legs * 0.56, kind.legs * 0.5, (1.0, 0.0, side * 0.35))
            body.chain([top, knee, foot], [thigh, leg * 1.3, leg], animal.coat)
        flat = (kind.foot * 0.5, leg * 0.85, leg * 1.25)
        body.ball(add(foot, (kind.foot * 0.32, -leg * 0.1, 0.0)), flat, animal.coat)
        body.paint(
            add(foot, (kind.foot * 0.35, -leg * 0.1, 0.0)), (kind.foot * 0.7, leg * 1.3, leg * 1.9), animal.dark, leg
        )


def _arms(body: Clay, kind: Upright, shoulder: Point, hip: Point, pose: str) -> None:
    animal, leg, reach = kind.animal, kind.animal.leg, kind.arms
    body.blend = leg * 0.7
    thick = leg * (0.8 if kind.held else 1.0)
    swing = {"walking": 0.4, "running": 0.7}.get(pose, 0.0)
    for side in (1, -1):
        wide = side * animal.chest * 0.85
        top = add(shoulder, (0.0, -animal.chest * 0.25, wide))
        if pose in ("lying", "sleeping"):
            hand = (top[0] + reach * 0.6, leg, wide * 1.15)
        elif pose == "eating":
            hand = add(
                shoulder,
                (animal.chest * 0.9 + animal.head * (0.5 + animal.snout), animal.head * 0.15, side * leg * 1.2),
            )
        elif pose == "jumping":
            hand = add(top, (reach * 0.7, reach * 0.35, wide * 0.4))
        elif kind.held:
            hand = add(top, (animal.chest * 0.75 + reach * 0.35, -reach * 0.35, -wide * 0.45))
        elif pose == "sitting":
            hand = (hip[0] + reach * 0.42, max(hip[1] - animal.rump * 0.1, leg), wide * 1.3)
        else:
            drop = min(reach * 0.96, top[1] - leg)
            hand = (top[0] + reach * (0.1 - swing * side), top[1] - drop, wide * 1.5 + side * leg * 1.6)
        span = float(np.linalg.norm(np.subtract(hand, top)))
        bone = max(reach, span) * 0.52
        elbow = joint(top, hand, bone, bone, (-1.0, -0.3, side * 0.6))
        body.chain([top, elbow, hand], [thick * 1.45, thick * 1.1, thick * 0.9], animal.coat)
        body.ball(hand, (thick * 1.15, thick * 1.15, thick * 1.05), animal.coat)
        body.paint(hand, (thick * 1.9,) * 3, animal.dark, thick)


_BEAR, _FOX = ANIMALS["bear"], ANIMALS["fox"]

_APE: Final = replace(
    _BEAR, length=0.3, chest=0.115, belly=0.12, rump=0.11, neck=0.0, head=0.12, snout=0.3, muzzle=0.5, leg=0.032,
    coat=(0.20, 0.10, 0.045), light=(0.72, 0.50, 0.34), dark=(0.60, 0.40, 0.27), ear="round", ear_size=1.15,
    tail="thin", tail_length=0.42, eye_size=0.2, nose=(0.30, 0.17, 0.11), extras=("face", "nostrils"), height=0.7,
)  # fmt: skip

UPRIGHT: Final[dict[str, Upright]] = {
    "monkey": Upright(_APE, legs=0.27, arms=0.36, foot=0.11, pitch=0.12),
    "chimpanzee": Upright(
        replace(_APE, length=0.42, chest=0.17, belly=0.165, rump=0.15, head=0.145, leg=0.045, coat=(0.03, 0.026, 0.024),
                tail="none", height=1.1, ear_size=1.3), legs=0.36, arms=0.66, foot=0.16, pitch=0.3,
    ),
    "gorilla": Upright(
        replace(_APE, length=0.62, chest=0.34, belly=0.31, rump=0.25, head=0.2, leg=0.09, coat=(0.035, 0.036, 0.042),
                light=(0.07, 0.066, 0.066), dark=(0.05, 0.048, 0.048), tail="none", height=1.6, ear_size=0.45,
                eye_size=0.17, snout=0.4, nose=(0.02, 0.02, 0.02), iris=(0.12, 0.05, 0.02)),
        legs=0.44, arms=0.98, foot=0.26, pitch=0.75,
    ),
    "orangutan": Upright(
        replace(_APE, length=0.46, chest=0.23, belly=0.25, rump=0.19, head=0.17, leg=0.06, coat=(0.55, 0.18, 0.04),
                light=(0.42, 0.27, 0.18), dark=(0.32, 0.2, 0.13), tail="none", height=1.2, ear_size=0.5,
                pattern="strands"), legs=0.32, arms=0.85, foot=0.2, pitch=0.35,
    ),
    "koala": Upright(
        replace(_APE, length=0.28, chest=0.13, belly=0.15, rump=0.15, head=0.145, snout=0.3, muzzle=0.42, leg=0.043,
                coat=(0.36, 0.37, 0.39), light=(0.82, 0.81, 0.79), dark=(0.30, 0.30, 0.31), ear_size=1.7, tail="none",
                nose=(0.03, 0.03, 0.035), extras=("big_nose",), height=0.65, eye_size=0.17), legs=0.17, arms=0.28,
        hind="crouched", foot=0.14, pitch=0.2,
    ),
    "sloth": Upright(
        replace(_APE, length=0.34, chest=0.12, belly=0.14, rump=0.13, head=0.11, snout=0.3, leg=0.038,
                coat=(0.36, 0.27, 0.18), light=(0.78, 0.68, 0.53), dark=(0.16, 0.11, 0.075), ear="none", tail="none",
                pattern="strands", extras=("face", "mask"), height=0.7, nose=(0.05, 0.035, 0.03)),
        legs=0.17, arms=0.46, foot=0.12, pitch=0.25, hind="crouched",
    ),
    "kangaroo": Upright(
        replace(_FOX, length=0.66, chest=0.135, belly=0.19, rump=0.21, neck=0.14, head=0.11, snout=0.95, muzzle=0.34,
                leg=0.05, coat=(0.46, 0.27, 0.13), light=(0.76, 0.62, 0.45), dark=(0.24, 0.14, 0.08), ear="long",
                ear_size=0.62, tail="heavy", tail_length=1.0, height=1.5, eye_size=0.2, iris=(0.03, 0.02, 0.015)),
        legs=0.48, arms=0.34, hind="crouched", foot=0.42, pitch=0.38, held=True,
    ),
    "squirrel": Upright(
        replace(ANIMALS["rabbit"], length=0.115, chest=0.038, belly=0.05, rump=0.052, neck=0.01, head=0.042, snout=0.5,
                muzzle=0.34, leg=0.0115, coat=(0.52, 0.19, 0.05), light=(0.88, 0.82, 0.72), dark=(0.38, 0.13, 0.035),
                ear="point", ear_size=0.75, tail="plume", tail_length=0.2, height=0.2, eye_size=0.27,
                nose=(0.05, 0.03, 0.025), extras=("plain_tail",)),
        legs=0.055, arms=0.07, hind="crouched", foot=0.05, pitch=0.3, held=True,
    ),
    "meerkat": Upright(
        replace(_FOX, length=0.18, chest=0.04, belly=0.048, rump=0.048, neck=0.02, head=0.038, snout=0.85, muzzle=0.3,
                leg=0.012, coat=(0.56, 0.40, 0.22), light=(0.76, 0.64, 0.46), dark=(0.14, 0.09, 0.06), ear="round",
                ear_size=0.6, tail="thin", tail_length=0.16, height=0.3, extras=("eye_patches",), eye_size=0.2),
        legs=0.06, arms=0.08, foot=0.04, pitch=0.05, held=True,
    ),
    "teddy_bear": Upright(
        replace(_BEAR, length=0.17, chest=0.082, belly=0.095, rump=0.085, neck=0.0, head=0.095, snout=0.28, muzzle=0.42,
                leg=0.036, coat=(0.56, 0.32, 0.13), light=(0.80, 0.63, 0.42), dark=(0.70, 0.48, 0.26), tail="none",
                height=0.45, eye_size=0.15, ear_size=1.1), legs=0.13, arms=0.17, foot=0.06, pitch=0.0, rests=True,
    ),
    "t_rex": Upright(
        replace(_BEAR, length=1.75, chest=0.56, belly=0.68, rump=0.7, neck=0.45, head=0.58, snout=1.05, muzzle=0.6,
                leg=0.2, coat=(0.22, 0.33, 0.10), light=(0.70, 0.66, 0.40), dark=(0.14, 0.19, 0.07), ear="none",
                tail="heavy", tail_length=3.1, height=3.6, eye_size=0.15, iris=(0.80, 0.52, 0.05), pattern="scales",
                pattern_colour=(0.10, 0.16, 0.05), extras=("nostrils", "fangs"), neck_width=0.85, nose=(0.05, 0.06,
                0.03)),
        legs=1.75, arms=0.62, hind="digits", foot=0.75, pitch=0.98, held=True,
    ),
    "bat": Upright(
        replace(_FOX, length=0.05, chest=0.026, belly=0.026, rump=0.022, neck=0.0, head=0.03, snout=0.4, muzzle=0.4,
                leg=0.005, coat=(0.11, 0.075, 0.06), light=(0.20, 0.10, 0.09), dark=(0.07, 0.045, 0.04), ear="point",
                ear_size=1.5, tail="none", height=0.2, eye_size=0.22, iris=(0.03, 0.02, 0.015), extras=("bat_wings",)),
        legs=0.025, arms=0.02, foot=0.018, pitch=0.2, held=True,
    ),
}  # fmt: skip
"""By noun of the lexicon."""
