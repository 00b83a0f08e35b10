"""One rig for everything on two legs: proportions, clothes and pose make the person, robot or knight."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point
from imagined.engines.illustrator.figures.faces import face
from imagined.engines.illustrator.figures.limbs import Frame, add, joint, mixed
from imagined.engines.illustrator.figures.model import Figure, furry, gathered
from imagined.engines.illustrator.figures.wardrobe import bubble_helmet, dress_up
from imagined.engines.illustrator.mesh import Mesh

Hat = Literal["none", "wizard", "knight", "chef", "crown", "cap", "straw", "bubble", "pointed", "hood"]


@dataclass(frozen=True)
class Person:
    """Proportions and clothes; colours are linear reflectances."""

    height: float = 1.74
    heads: float = 6.2
    """Height in head heights: 7.5 is a grown-up by the book, 4.5 a small child; a little large reads well."""
    build: float = 1.0
    """Girth of trunk and limbs."""
    skin: Colour = (0.78, 0.51, 0.38)
    hair: Colour | None = (0.10, 0.05, 0.025)
    long_hair: bool = False
    beard: Colour | None = None
    shirt: Colour = (0.12, 0.26, 0.45)
    trousers: Colour = (0.07, 0.085, 0.13)
    shoes: Colour = (0.10, 0.06, 0.04)
    gloves: Colour | None = None
    robe: Colour | None = None
    """A dress or robe from the chest to near the ground."""
    robe_length: float = 0.92
    """Share of the way from the hips to the ground."""
    cape: Colour | None = None
    trim: Colour = (0.80, 0.58, 0.18)
    hat: Hat = "none"
    hat_colour: Colour = (0.10, 0.08, 0.30)
    metal: bool = False
    """Armour or casing: glossy, no cloth folds."""
    face: Literal["human", "robot", "visor"] = "human"
    extras: tuple[str, ...] = ()
    """``backpack``, ``staff``, ``sword``, ``shield``, ``antenna``, ``scarf``, ``wings``, ``book``."""


@dataclass(frozen=True)
class Gesture:
    """Where hands and feet are, in heights from the shoulder or hip: (forward, up, outward)."""

    hip: float
    """Height of the hips, of the leg's length."""
    feet: tuple[Point, Point]
    """Right and left foot from the hips' ground point."""
    hands: tuple[Point, Point]
    lean: float = 0.0
    """Forward tilt of the trunk, radians."""


GESTURES: dict[str, Gesture] = {
    "standing": Gesture(0.99, ((0.02, 0, 0.055), (-0.03, 0, 0.06)), ((0.05, -0.36, 0.09), (0.03, -0.36, 0.09))),
    "walking": Gesture(
        0.97, ((0.17, 0.015, 0.03), (-0.16, 0.035, 0.03)), ((-0.13, -0.34, 0.06), (0.18, -0.31, 0.05)), 0.05
    ),
    "running": Gesture(
        1.0, ((0.26, 0.12, 0.03), (-0.30, 0.17, 0.03)), ((-0.17, -0.20, 0.07), (0.22, -0.10, 0.04)), 0.22
    ),
    "sitting": Gesture(0.13, ((0.36, 0, 0.06), (0.33, 0, 0.07)), ((0.22, -0.27, 0.04), (0.2, -0.28, 0.05)), -0.06),
    "riding": Gesture(0.5, ((0.07, 0.0, 0.16), (0.05, 0.0, 0.16)), ((0.25, -0.22, -0.03), (0.24, -0.21, -0.03)), 0.04),
    "waving": Gesture(0.99, ((0.02, 0, 0.055), (-0.03, 0, 0.06)), ((0.10, 0.27, 0.15), (0.03, -0.36, 0.08))),
    "dancing": Gesture(0.97, ((0.12, 0.12, 0.10), (-0.03, 0, 0.04)), ((0.10, 0.22, 0.20), (0.0, 0.05, 0.30)), -0.05),
    "flying": Gesture(1.0, ((-0.10, 0.02, 0.05), (-0.17, 0.06, 0.07)), ((0.24, 0.16, 0.10), (-0.02, -0.16, 0.24)), 0.2),
    "reading": Gesture(0.99, ((0.02, 0, 0.055), (-0.03, 0, 0.06)), ((0.20, -0.15, -0.01), (0.20, -0.15, -0.01))),
    "holding": Gesture(0.99, ((0.02, 0, 0.055), (-0.03, 0, 0.06)), ((0.19, -0.14, 0.06), (0.03, -0.36, 0.09))),
}
GESTURES["lying"] = GESTURES["sitting"]
_SEATED = frozenset({"seated", "seated_reading", "keys"})
_ON_A_CHAIR = ((0.20, 0.0, 0.06), (0.18, 0.0, 0.07))
GESTURES["seated"] = Gesture(0.64, _ON_A_CHAIR, ((0.19, -0.24, 0.0), (0.18, -0.24, 0.01)), 0.02)
GESTURES["seated_reading"] = Gesture(0.64, _ON_A_CHAIR, ((0.22, -0.13, -0.02), (0.22, -0.13, -0.02)), 0.04)
GESTURES["keys"] = Gesture(0.64, _ON_A_CHAIR, ((0.30, -0.15, 0.02), (0.30, -0.16, 0.04)), 0.08)


@dataclass(frozen=True)
class Joints:
    """The skeleton in its pose, metres."""

    hips: Point
    chest: Point
    neck: Point
    head: Frame
    shoulders: tuple[Point, Point]
    hands: tuple[Point, Point]
    feet: tuple[Point, Point]


def biped(person: Person, pose: str, step: float, girth: float = 0.55) -> Figure:
    """The person in a pose of `GESTURES` (others stand); a rider's legs reach round a mount `girth` metres wide."""
    gesture = GESTURES.get(pose, GESTURES["standing"])
    if pose in _SEATED:
        person = replace(person, extras=tuple(extra for extra in person.extras if extra != "staff"))
    if person.robe is not None and (pose in ("sitting", "riding", "lying") or pose in _SEATED):
        # A seated skirt is drawn as cloth over the thighs: a bell round bent legs looks like a balloon.
        person = replace(person, robe=None, shirt=person.robe, trousers=person.robe)
    elif person.robe is not None and person.robe_length > 0.8:
        person = replace(person, trousers=person.robe)
    body = Clay(blend=0.05 * person.height / 1.74)
    gap = max(girth * 0.5 + 0.06, 0.2) if pose == "riding" else 0.0
    joints = _skeleton(person, gesture, gap)
    _trunk(body, person, joints)
    _arms(body, person, joints)
    _legs(body, person, joints, pose)
    parts = _head(body, person, joints.head, step)
    parts += dress_up(body, person, joints, step)
    cloth = furry(0.03 if person.metal else 0.07, 40.0)
    skin = body.mesh(step, cloth)
    seat = joints.hips[1] - 0.075 * person.height * person.build
    anchors = {
        "head": joints.head.origin,
        "top": joints.head.at(0, 1.1, 0),
        "seat": (0.0, seat, 0.0),
        "hand": joints.hands[0],
    }
    return gathered([skin, *parts], anchors)


def _skeleton(person: Person, gesture: Gesture, gap: float) -> Joints:
    h = person.height
    head = h / person.heads / 2
    body = (h - head * 2) / 0.83
    leg = _leg_length(person)
    hips = (0.0, leg * gesture.hip + 0.035 * h, 0.0)
    trunk = h - head * 2 - leg - 0.05 * h
    lean = gesture.lean
    chest = add(hips, (float(np.sin(lean)) * trunk * 0.72, float(np.cos(lean)) * trunk * 0.72, 0.0))
    neck = add(hips, (float(np.sin(lean)) * trunk * 1.02, float(np.cos(lean)) * trunk * 1.02, 0.0))
    frame = Frame(add(neck, (0.015 * h, head * 1.05, 0.0)), head, pitch=-0.05, yaw=-0.30, roll=0.04)
    stride = 0.55 if person.robe is not None else 1.0
    shoulders, hands, feet = [], [], []
    for index, side in enumerate((1, -1)):
        shoulder = add(chest, (0.0, trunk * 0.14, side * 0.105 * h * person.build**0.7))
        forward, up, out = gesture.hands[index]
        shoulders.append(shoulder)
        hands.append(add(shoulder, (forward * body, up * body, side * out * body)))
        x, y, z = gesture.feet[index]
        feet.append((x * body * stride, 0.035 * h + y * body, side * max(z * h, gap)))
    return Joints(hips, chest, neck, frame, (shoulders[0], shoulders[1]), (hands[0], hands[1]), (feet[0], feet[1]))


def _leg_length(person: Person) -> float:
    return person.height * (1 - 1 / person.heads) * 0.56


def _trunk(body: Clay, person: Person, joints: Joints) -> None:
    h, girth = person.height, person.build
    gloss = 0.55 if person.metal else 0.0
    waist = mixed(joints.hips, joints.chest, 0.48)
    body.ball(joints.hips, (0.075 * h * girth, 0.07 * h, 0.092 * h * girth), person.trousers, gloss)
    body.ball(waist, (0.066 * h * girth, 0.09 * h, 0.08 * h * girth), person.shirt, gloss)
    body.ball(joints.chest, (0.076 * h * girth, 0.095 * h, 0.105 * h * girth), person.shirt, gloss)
    body.cone(joints.shoulders[0], joints.shoulders[1], 0.042 * h * girth, 0.042 * h * girth, person.shirt, gloss)
    body.cone(joints.neck, joints.head.at(-0.1, -0.6, 0), 0.034 * h * girth, 0.031 * h, person.skin, gloss)


def _arms(body: Clay, person: Person, joints: Joints) -> None:
    h, girth = person.height, person.build
    gloss = 0.55 if person.metal else 0.0
    for index, side in enumerate((1, -1)):
        shoulder, hand = joints.shoulders[index], joints.hands[index]
        bone = 0.205 * h * (1 - 1 / person.heads)
        elbow = joint(shoulder, hand, bone, bone * 1.04, (-0.7, -0.5, side * 0.5))
        sleeve = person.robe or person.shirt
        body.chain([shoulder, elbow], [0.041 * h * girth, 0.033 * h * girth], sleeve, gloss)
        body.cone(elbow, mixed(elbow, hand, 0.85), 0.033 * h * girth, 0.027 * h * girth, sleeve, gloss)
        skin = person.gloves or person.skin
        palm = mixed(elbow, hand, 1.06)
        body.ball(palm, (0.028 * h, 0.028 * h, 0.022 * h), skin, gloss)
        body.cone(palm, add(palm, (0.03 * h, 0.012 * h, -side * 0.012 * h)), 0.012 * h, 0.009 * h, skin, gloss)


def _legs(body: Clay, person: Person, joints: Joints, pose: str) -> None:
    h, girth = person.height, person.build
    gloss = 0.55 if person.metal else 0.0
    for index, side in enumerate((1, -1)):
        top = add(joints.hips, (0.0, -0.01 * h, side * 0.05 * h * girth))
        foot = joints.feet[index]
        ankle = add(foot, (-0.02 * h, 0.025 * h, 0.0))
        outward = side * (1.2 if pose == "riding" else 0.12)
        bone = _leg_length(person) * 0.492
        knee = joint(top, ankle, bone, bone, (1.0, 0.3, outward))
        body.chain([top, knee, ankle], [0.06 * h * girth, 0.043 * h * girth, 0.03 * h * girth], person.trousers, gloss)
        heel, toe = add(foot, (-0.03 * h, -0.008 * h, 0.0)), add(foot, (0.075 * h, -0.014 * h, side * 0.014 * h))
        body.cone(heel, toe, 0.03 * h * girth**0.5, 0.024 * h * girth**0.5, person.shoes, max(gloss, 0.2))


def _head(body: Clay, person: Person, frame: Frame, step: float) -> list[Mesh]:
    if person.hat == "bubble":
        return bubble_helmet(person, frame)
    wide = body.blend
    body.blend = frame.unit * 0.22
    gloss = 0.6 if person.metal else 0.0
    body.ball(frame.at(-0.06, 0.12, 0), frame.size(0.92, 0.92, 0.82), person.skin, gloss, frame.turn)
    body.ball(frame.at(0.12, -0.42, 0), frame.size(0.66, 0.56, 0.6), person.skin, gloss, frame.turn)
    parts = face(body, person, frame, step)
    body.blend = wide
    return parts
