"""One rig for everything on four legs: proportions, coat and pose make the animal."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.coats import Pattern, coat_tint
from imagined.engines.illustrator.figures.limbs import Frame, add, joint, mixed
from imagined.engines.illustrator.figures.model import Figure, eye, gathered
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Mesh

Ear = Literal["flop", "point", "round", "long", "leaf", "fan"]
Tail = Literal["up", "brush", "down", "hair", "stub", "thin", "tuft"]


@dataclass(frozen=True)
class Animal:
    """Proportions in metres for an adult of usual size, and its coat."""

    height: float
    """Ground to the top of the shoulders."""
    length: float
    """Hip joint to shoulder joint."""
    chest: float
    belly: float
    rump: float
    neck: float
    neck_angle: float
    """Degrees above level, standing."""
    head: float
    """Radius of the skull."""
    snout: float
    """Length of the muzzle beyond the skull, in skull radii."""
    muzzle: float
    """Thickness of the muzzle, in skull radii."""
    leg: float
    """Radius of the lower leg."""
    coat: Colour
    light: Colour
    """Belly, muzzle and throat."""
    dark: Colour
    """Paws or hooves."""
    nose: Colour = (0.03, 0.025, 0.025)
    ear: Ear = "point"
    ear_size: float = 1.0
    tail: Tail = "down"
    tail_length: float = 0.3
    neck_width: float = 0.75
    """Of the chest's radius, at the base."""
    hooves: bool = False
    mane: Colour | None = None
    ruff: Colour | None = None
    """A full collar of hair, as lions have."""
    eye_size: float = 0.2
    iris: Colour = (0.03, 0.02, 0.015)
    pattern: Pattern = "plain"
    pattern_colour: Colour = (0.05, 0.04, 0.035)
    extras: tuple[str, ...] = ()
    """``antlers``, ``horns``, ``horn``, ``tusks``, ``trunk``, ``wings``, ``humps``."""


@dataclass(frozen=True)
class Stance:
    """Where the trunk and the feet are; lengths in shoulder heights, angles in degrees."""

    hip: float
    shoulder: float
    spread: float
    """Horizontal distance from hip to shoulder, of the body's length."""
    feet: tuple[tuple[float, float], ...]
    """Forward offset and lift of the feet: front right, front left, hind right, hind left."""
    folded: bool = False
    """Hind legs folded under the body, the shanks on the ground."""
    reclined: bool = False
    """Forelegs stretched out on the ground."""
    neck: float = 0.0
    """Added to the angle of the neck."""


STANCES: dict[str, Stance] = {
    "standing": Stance(1.0, 1.0, 1.0, ((0.03, 0), (-0.03, 0), (0.04, 0), (-0.05, 0))),
    "walking": Stance(0.99, 0.99, 1.0, ((0.22, 0.02), (-0.20, 0), (-0.20, 0.0), (0.17, 0.03))),
    "running": Stance(1.08, 1.1, 1.05, ((0.5, 0.34), (0.38, 0.22), (-0.5, 0.16), (-0.38, 0.08)), neck=-12),
    "sitting": Stance(0.0, 0.97, 0.62, ((0.02, 0), (-0.03, 0), (0, 0), (0, 0)), folded=True, neck=10),
    "lying": Stance(0.0, 0.0, 1.0, ((0, 0), (0, 0), (0, 0), (0, 0)), folded=True, reclined=True),
    "rearing": Stance(0.95, 1.5, 0.72, ((0.32, 0.75), (0.22, 0.6), (0.02, 0), (-0.06, 0)), neck=15),
    "eating": Stance(1.0, 0.98, 1.0, ((0.10, 0), (-0.06, 0), (0.04, 0), (-0.05, 0)), neck=-95),
}


def quadruped(animal: Animal, pose: str, step: float) -> Figure:
    """The animal in a pose of `STANCES` (others stand), meshed in triangles of `step` metres."""
    stance = STANCES.get(pose, STANCES["standing"])
    if stance.folded and animal.hooves and not stance.reclined:
        stance = STANCES["standing"]
    if stance.reclined:
        stance = replace(stance, hip=animal.rump * 0.98 / animal.height, shoulder=animal.chest * 1.05 / animal.height)
    body = Clay(blend=min(animal.chest * 0.6, animal.leg * 1.4))
    hip, shoulder = _trunk(body, animal, stance)
    _legs(body, animal, stance, hip, shoulder)
    hard = _tail(body, animal, stance, hip, step)
    body.blend = animal.head * 0.5
    frame = _neck(body, animal, stance, shoulder)
    body.blend = animal.head * 0.2
    _muzzle(body, animal, frame)
    _ears(body, animal, frame)
    hard += _extras(body, animal, frame, hip, shoulder)
    hard += _face(body, animal, frame)
    if animal.mane is not None:
        hard.append(_mane(animal, shoulder, frame, step))
    skin = body.mesh(step, coat_tint(animal.pattern, animal.pattern_colour, animal.height))
    middle = mixed(hip, shoulder, 0.52)
    rise = 0.12 if "humps" in animal.extras else 0.0
    anchors = {
        "back": (middle[0], middle[1] + animal.belly * 1.02 + rise, 0.0),
        "head": frame.origin,
        "top": frame.at(0, 1.0, 0),
    }
    return gathered([skin, *hard], anchors, girth=animal.belly * 2)


def _trunk(body: Clay, animal: Animal, stance: Stance) -> tuple[Point, Point]:
    """Hips, belly, chest; returns the centres of hips and shoulders."""
    shoulder_y = animal.height * stance.shoulder - animal.chest
    hip_y = animal.height * stance.hip - animal.chest * 0.95
    if stance.folded:
        hip_y = animal.rump * 0.92
    if stance.reclined:
        shoulder_y = animal.chest * 0.92
    half = animal.length * stance.spread / 2
    hip, shoulder = (-half, hip_y, 0.0), (half, shoulder_y, 0.0)
    waist = add(mixed(hip, shoulder, 0.42), (0.0, -animal.belly * 0.06, 0.0))
    body.chain([hip, waist, shoulder], [animal.rump, animal.belly, animal.chest * 0.96], animal.coat)
    drop = -animal.chest * 0.22
    body.ball(
        add(shoulder, (animal.chest * 0.18, drop, 0.0)),
        (animal.chest * 0.92, animal.chest, animal.chest * 0.86),
        animal.coat,
    )
    pitch = np.arctan2(shoulder_y - hip_y, 2 * half)
    low = add(mixed(hip, shoulder, 0.55), (0.0, -animal.belly * 0.95, 0.0))
    body.paint(
        low,
        (animal.length * 0.55, animal.belly * 0.55, animal.belly * 0.75),
        animal.light,
        animal.belly * 0.5,
        turned(pitch),
    )
    throat = add(shoulder, (animal.chest * 0.95, -animal.chest * 0.25, 0.0))
    body.paint(throat, (animal.chest * 0.6, animal.chest * 0.9, animal.chest * 0.55), animal.light, animal.chest * 0.4)
    return hip, shoulder


def _legs(body: Clay, animal: Animal, stance: Stance, hip: Point, shoulder: Point) -> None:
    for index, (side, front) in enumerate(((1, True), (-1, True), (1, False), (-1, False))):
        forward, lift = stance.feet[index]
        if front:
            _foreleg(body, animal, stance, shoulder, side, forward, lift)
        elif stance.folded:
            _folded_leg(body, animal, hip, side)
        else:
            _hind_leg(body, animal, hip, side, forward, lift)


def _foreleg(
    body: Clay, animal: Animal, stance: Stance, shoulder: Point, side: int, forward: float, lift: float
) -> None:
    h, leg = animal.height, animal.leg
    wide = side * animal.chest * 0.62
    top = add(shoulder, (animal.chest * 0.1, -animal.chest * 0.35, wide))
    if stance.reclined:
        elbow = (top[0] - h * 0.06, leg * 1.5, wide * 1.25)
        paw = (top[0] + h * 0.36, leg * 0.9, wide * 1.05)
        body.chain([top, elbow, paw], [leg * 1.9, leg * 1.35, leg * 0.95], animal.coat)
        _foot(body, animal, paw, side, 0.0)
        return
    paw = (top[0] + forward * h - animal.chest * 0.05, leg * 0.8 + lift * h, wide * 0.98)
    upper = max(top[1], h * 0.3) * 0.5
    towards = (1.0, 0.2, 0.0) if lift > 0.3 else (-1.0, 0.0, 0.0) if forward < -0.1 else (1.0, 0.0, 0.0)
    reach = float(np.hypot(top[0] - paw[0], top[1] - paw[1]))
    slack = 1.25 if lift > 0.3 else 1.012
    knee = joint(top, paw, max(upper, reach * 0.5) * slack, reach * 0.5 * slack, towards)
    fetlock = mixed(knee, paw, 0.82)
    body.chain([top, knee, fetlock, paw], [leg * 1.95, leg * 1.12, leg * 0.86, leg * 0.9], animal.coat)
    _foot(body, animal, paw, side, -0.8 if lift > 0.3 else 0.0)


def _hind_leg(body: Clay, animal: Animal, hip: Point, side: int, forward: float, lift: float) -> None:
    h, leg = animal.height, animal.leg
    wide = side * animal.rump * 0.58
    top = add(hip, (-animal.rump * 0.05, -animal.rump * 0.1, wide))
    paw = (hip[0] + forward * h - animal.rump * 0.25, leg * 0.8 + lift * h, wide * 0.95)
    hock = add(paw, (-h * 0.075 + min(forward, 0) * h * 0.35, h * 0.24, 0.0))
    reach = float(np.hypot(top[0] - hock[0], top[1] - hock[1]))
    stifle = joint(top, hock, reach * 0.58, reach * 0.58, (1.0, 0.0, 0.0))
    thigh = max(animal.rump * 0.62, leg * 1.9)
    body.cone(top, mixed(top, stifle, 0.75), thigh, leg * 1.75, animal.coat)
    body.chain([mixed(top, stifle, 0.6), stifle, hock, paw], [leg * 1.9, leg * 1.5, leg * 0.98, leg * 0.9], animal.coat)
    _foot(body, animal, paw, side, 0.0)


def _folded_leg(body: Clay, animal: Animal, hip: Point, side: int) -> None:
    h, leg = animal.height, animal.leg
    wide = side * animal.rump * 0.78
    knee = (hip[0] + h * 0.26, max(hip[1] * 1.05, h * 0.16), wide * 1.2)
    hock = (hip[0] - h * 0.02, leg * 1.1, wide * 1.15)
    paw = (hip[0] + h * 0.30, leg * 0.85, wide * 1.2)
    thigh = max(animal.rump * 0.6, leg * 1.9)
    body.cone(add(hip, (0.0, 0.0, wide * 0.6)), knee, thigh, leg * 1.7, animal.coat)
    body.chain([knee, hock, paw], [leg * 1.5, leg * 1.15, leg], animal.coat)
    _foot(body, animal, paw, side, 0.0)


def _foot(body: Clay, animal: Animal, paw: Point, side: int, pitch: float) -> None:
    leg = animal.leg
    if animal.hooves:
        body.cone(
            add(paw, (leg * 0.1, leg * 0.3, 0.0)),
            add(paw, (leg * 0.3, -leg * 0.1, 0.0)),
            leg * 0.85,
            leg * 1.05,
            animal.dark,
        )
        body.paint(add(paw, (leg * 0.2, -leg * 0.3, 0.0)), (leg * 2.0, leg * 1.5, leg * 2.0), animal.dark, leg * 0.4)
        return
    body.ball(
        add(paw, (leg * 0.55, -leg * 0.05, side * leg * 0.05)),
        (leg * 1.5, leg * 0.82, leg * 1.12),
        animal.coat,
        turn=turned(pitch),
    )
    body.paint(add(paw, (leg * 0.5, 0.0, 0.0)), (leg * 2.3, leg * 1.8, leg * 1.8), animal.dark, leg * 1.2)


def _neck(body: Clay, animal: Animal, stance: Stance, shoulder: Point) -> Frame:
    """The neck, and the frame of the head at its end, turned a little to the viewer."""
    angle = np.radians(float(np.clip(animal.neck_angle + stance.neck, -60, 100)))
    base = add(shoulder, (animal.chest * 0.35, animal.chest * 0.28, 0.0))
    end = add(base, (float(np.cos(angle)) * animal.neck, float(np.sin(angle)) * animal.neck, 0.0))
    thick = animal.chest * animal.neck_width
    middle = add(mixed(base, end, 0.55), (-float(np.sin(angle)) * animal.neck * 0.05, 0.0, 0.0))
    body.chain([base, middle, end], [thick, (thick + animal.head * 0.85) / 2, animal.head * 0.78], animal.coat)
    level = -0.18 if stance.neck > -60 else -0.9
    skull = add(end, (animal.head * 0.25, animal.head * 0.22, 0.0))
    frame = Frame(skull, animal.head, pitch=level, yaw=-0.38, roll=0.05)
    body.ball(skull, frame.size(1.05, 0.98, 0.92), animal.coat, turn=frame.turn)
    return frame


def _muzzle(body: Clay, animal: Animal, frame: Frame) -> None:
    snout, thick = animal.snout, animal.muzzle
    tip = 0.72 + snout
    body.cone(
        frame.at(0.45, -0.22, 0),
        frame.at(tip - thick * 0.6, -0.30, 0),
        0.66 * frame.unit,
        thick * frame.unit,
        animal.coat,
    )
    body.cone(
        frame.at(0.3, -0.42, 0),
        frame.at(tip - thick * 0.95, -0.30 - thick * 0.52, 0),
        0.42 * frame.unit,
        thick * 0.62 * frame.unit,
        animal.coat,
    )
    for side in (1, -1):
        body.ball(frame.at(0.25, -0.28, side * 0.5), frame.size(0.5, 0.46, 0.4), animal.coat, turn=frame.turn)
    reach = max(snout * 0.75, 0.5)
    body.paint(frame.at(tip, -0.62, 0), frame.size(reach + 0.15, 0.5, 0.85), animal.light, 0.3 * frame.unit, frame.turn)
    if animal.hooves:
        body.paint(frame.at(tip, -0.36, 0), frame.size(0.35, 0.6, 0.7), animal.dark, 0.3 * frame.unit, frame.turn)


def _face(body: Clay, animal: Animal, frame: Frame) -> list[Mesh]:
    parts: list[Mesh] = []
    tip, thick = 0.72 + animal.snout, animal.muzzle
    size = animal.eye_size * frame.unit
    wide = 0.62 if animal.hooves else 0.42
    places = body.snapped([frame.at(0.80, 0.26, side * wide) for side in (1, -1)], depth=size * 0.35)
    for place, side in zip(places, (1, -1), strict=True):
        look = frame.direction(0.8, 0.12, side * (0.9 if animal.hooves else 0.5))
        parts += eye(place, look, size, animal.iris)
    if "eye_patches" in animal.extras:
        for place in places:
            body.paint(place, frame.size(0.34, 0.4, 0.3), animal.dark, 0.1 * frame.unit)
    if "trunk" in animal.extras:
        return parts
    if animal.hooves:
        holes = [frame.at(tip + thick * 0.3, -0.14, side * thick * 0.5) for side in (1, -1)]
        for hole in body.snapped(holes, depth=0.02 * frame.unit):
            parts.append(ball(hole, frame.size(0.09, 0.11, 0.06), animal.nose, turn=frame.turn))
    else:
        (end,) = body.snapped([frame.at(tip + thick * 0.3, -0.30 + thick * 0.6, 0)], depth=0.04 * frame.unit)
        parts.append(ball(end, frame.size(0.19, 0.15, 0.08 + thick * 0.34), animal.nose, 0.8, frame.turn))
    low, back = -0.34 - thick * 0.42, tip - thick * 0.6 - animal.snout * 0.6
    line = [
        (back, low + 0.14, thick * 0.98 + 0.1),
        (tip - thick * 0.35, low, thick * 0.9),
        (tip + thick * 0.3, low + 0.04, 0.0),
    ]
    line += [(x, y, -z) for x, y, z in reversed(line[:-1])]
    bow = body.snapped([frame.at(*point) for point in line])
    parts.append(tube(bow, [0.03 * frame.unit] * 5, (0.04, 0.025, 0.02)))
    return parts


def _ears(body: Clay, animal: Animal, frame: Frame) -> None:
    size = animal.ear_size
    inner: Colour = (0.62, 0.36, 0.32)
    for side in (1, -1):
        if animal.ear == "flop":
            shade = (animal.coat[0] * 0.62, animal.coat[1] * 0.58, animal.coat[2] * 0.55)
            root = frame.at(-0.1, 0.78, side * 0.62)
            body.chain(
                [root, frame.at(-0.08, 0.45, side * 1.02), frame.at(0.05, -0.45 * size, side * 1.08)],
                [0.22 * frame.unit, 0.24 * frame.unit, 0.3 * frame.unit],
                shade,
            )
        elif animal.ear in ("point", "leaf"):
            out = 0.55 if animal.ear == "leaf" else 0.16
            root, tip = (
                frame.at(-0.12, 0.62, side * 0.5),
                frame.at(-0.22, 0.75 + 0.95 * size, side * (0.52 + out * size)),
            )
            body.cone(root, tip, 0.34 * frame.unit, 0.07 * frame.unit, animal.coat)
            body.paint(
                frame.at(0.12, 0.72 + 0.42 * size, side * (0.55 + out * 0.4)),
                frame.size(0.16, 0.42 * size, 0.16),
                inner,
                0.08 * frame.unit,
                frame.turn,
            )
        elif animal.ear == "round":
            body.ball(
                frame.at(-0.15, 0.86, side * 0.7),
                frame.size(0.2, 0.36 * size, 0.36 * size),
                animal.dark if animal.pattern == "panda" else animal.coat,
                turn=frame.turn,
            )
        elif animal.ear == "long":
            root, tip = frame.at(-0.2, 0.6, side * 0.34), frame.at(-0.55, 2.5 * size, side * 0.55)
            body.chain(
                [root, frame.at(-0.35, 1.6 * size, side * 0.5), tip],
                [0.2 * frame.unit, 0.32 * frame.unit, 0.14 * frame.unit],
                animal.coat,
            )
            body.paint(
                frame.at(-0.02, 1.6 * size, side * 0.5),
                frame.size(0.2, 0.7 * size, 0.16),
                inner,
                0.08 * frame.unit,
                frame.turn,
            )
        else:
            body.ball(
                frame.at(-0.45, 0.1, side * 1.35),
                frame.size(0.16, 1.15 * size, 0.95 * size),
                animal.coat,
                turn=frame.turn @ turned(0.0, side * 0.5, side * -0.15),
            )


def _tail(body: Clay, animal: Animal, stance: Stance, hip: Point, step: float) -> list[Mesh]:
    root = add(hip, (-animal.rump * 0.85, animal.rump * (0.25 if stance.folded else 0.45), 0.0))
    length, kind = animal.tail_length, animal.tail
    low = animal.leg * 1.2
    if kind == "stub":
        body.ball(add(root, (-animal.rump * 0.1, 0.0, 0.0)), (length, length, length), animal.light)
    elif kind == "up":
        bend, tip = add(root, (-length * 0.35, length * 0.45, 0.0)), add(root, (-length * 0.2, length, length * 0.1))
        body.chain([root, bend, tip], [animal.leg * 0.8, animal.leg * 0.85, animal.leg * 0.35], animal.coat)
        body.paint(tip, (length * 0.4,) * 3, animal.light, length * 0.2)
    elif kind in ("brush", "down"):
        wide = animal.leg * (2.0 if kind == "brush" else 1.1)
        middle = (root[0] - length * 0.55, max(root[1] - length * 0.4, low + wide), length * 0.1)
        tip = (root[0] - length * 0.95, max(root[1] - length * 0.55, low), length * 0.28)
        body.chain([root, middle, tip], [animal.leg * 0.8, wide, wide * 0.4], animal.coat)
        if kind == "brush":
            body.paint(tip, (length * 0.34,) * 3, animal.light, length * 0.12)
    elif kind == "hair":
        colour = animal.mane or animal.dark
        strand = Clay(blend=animal.leg * 0.6)
        points = [
            root,
            add(root, (-length * 0.22, -length * 0.1, 0.0)),
            add(root, (-length * 0.34, -length * 0.5, 0.03)),
            add(root, (-length * 0.3, -length, 0.06)),
        ]
        strand.chain(points, [animal.leg * 0.6, animal.leg * 0.9, animal.leg * 1.25, animal.leg * 0.25], colour)
        return [strand.mesh(step, coat_tint("strands", colour, animal.height))]
    else:
        points = [
            root,
            add(root, (-length * 0.25, -length * 0.3, 0.0)),
            add(root, (-length * 0.3, -length * 0.75, 0.04)),
        ]
        if kind == "thin" and animal.hooves is False:
            points = [
                root,
                (root[0] - length * 0.5, max(root[1] - length * 0.15, low), 0.0),
                (root[0] - length * 0.8, max(root[1] + length * 0.2, low), length * 0.1),
                (root[0] - length * 0.75, root[1] + length * 0.55, length * 0.12),
            ]
        body.chain(points, [animal.leg * 0.55] * len(points), animal.coat)
        if kind == "tuft":
            body.ball(points[-1], (animal.leg * 0.9, animal.leg * 1.8, animal.leg * 0.9), animal.mane or animal.dark)
    return []


def _mane(animal: Animal, shoulder: Point, frame: Frame, step: float) -> Mesh:
    """Hair along the crest of the neck, with a forelock."""
    assert animal.mane is not None
    hair = Clay(blend=animal.head * 0.3)
    start = add(shoulder, (animal.chest * 0.1, animal.chest * 0.95, 0.0))
    crown = frame.at(-0.3, 0.98, 0)
    for index, t in enumerate(np.linspace(0, 1, 9)):
        top = add(
            mixed(start, crown, float(t)), (-animal.head * 0.05, animal.head * 0.05 * float(np.sin(t * np.pi)), 0.0)
        )
        fall = add(top, (-animal.head * 0.2, -animal.head * (1.15 - 0.25 * float(t)), animal.head * 0.62))
        wave = animal.head * (0.24 + 0.05 * (index % 2))
        hair.cone(top, fall, wave, wave * 0.45, animal.mane)
        hair.cone(top, mixed(top, add(fall, (0.0, 0.0, -animal.head * 1.24)), 0.6), wave, wave * 0.5, animal.mane)
    hair.cone(crown, frame.at(0.55, 0.75, 0.1), animal.head * 0.24, animal.head * 0.1, animal.mane)
    return hair.mesh(step, coat_tint("strands", animal.mane, animal.height))


def _extras(body: Clay, animal: Animal, frame: Frame, hip: Point, shoulder: Point) -> list[Mesh]:
    if animal.ruff is not None:
        for angle in np.linspace(0, 2 * np.pi, 12, endpoint=False):
            y, z = float(np.cos(angle)), float(np.sin(angle))
            body.ball(frame.at(-0.5, y * 1.0 - 0.15, z * 1.0), frame.size(0.55, 0.62, 0.62), animal.ruff)
        body.ball(frame.at(-0.85, -1.1, 0), frame.size(0.8, 1.0, 0.9), animal.ruff)
    if "humps" in animal.extras:
        hump = add(mixed(hip, shoulder, 0.5), (0.0, animal.belly * 0.95, 0.0))
        body.ball(hump, (animal.belly * 0.75, animal.belly * 0.8, animal.belly * 0.5), animal.coat)
    return _headgear(body, animal, frame)


def _headgear(body: Clay, animal: Animal, frame: Frame) -> list[Mesh]:
    parts: list[Mesh] = []
    bone: Colour = (0.55, 0.44, 0.3)
    unit = frame.unit
    for side in (1, -1):
        if "antlers" in animal.extras:
            beam = [
                frame.at(-0.15, 0.8, side * 0.35),
                frame.at(-0.5, 1.7, side * 0.95),
                frame.at(-0.35, 2.7, side * 1.5),
                frame.at(0.1, 3.4, side * 1.35),
            ]
            parts.append(tube(beam, [0.15 * unit, 0.13 * unit, 0.1 * unit, 0.03 * unit], bone))
            for base, tip in ((1, (0.45, 2.0, 0.95)), (2, (0.55, 2.75, 1.75)), (2, (-0.75, 3.3, 1.9))):
                parts.append(
                    tube([beam[base], frame.at(tip[0], tip[1], side * tip[2])], [0.1 * unit, 0.02 * unit], bone)
                )
        if "horns" in animal.extras:
            horn = [
                frame.at(-0.05, 0.72, side * 0.5),
                frame.at(-0.05, 0.95, side * 1.0),
                frame.at(0.1, 1.35, side * 1.15),
            ]
            parts.append(tube(horn, [0.17 * unit, 0.14 * unit, 0.02 * unit], (0.72, 0.66, 0.52)))
        if "tusks" in animal.extras:
            tusk = [
                frame.at(0.75, -0.5, side * 0.42),
                frame.at(1.3, -0.95, side * 0.5),
                frame.at(1.85, -0.9, side * 0.45),
            ]
            parts.append(tube(tusk, [0.13 * unit, 0.11 * unit, 0.02 * unit], (0.86, 0.82, 0.7), 0.3))
    if "horn" in animal.extras:
        parts.append(
            tube([frame.at(0.5, 0.75, 0), frame.at(1.1, 2.1, 0)], [0.17 * unit, 0.02 * unit], (0.9, 0.72, 0.3), 0.6)
        )
    if "trunk" in animal.extras:
        trunk = [
            frame.at(0.85, -0.15, 0),
            frame.at(1.25, -0.85, 0.02),
            frame.at(1.4, -2.1, 0.05),
            frame.at(1.55, -3.1, 0.1),
            frame.at(1.95, -3.4, 0.15),
        ]
        body.chain(trunk, [0.5 * unit, 0.40 * unit, 0.31 * unit, 0.25 * unit, 0.2 * unit], animal.coat)
    return parts
