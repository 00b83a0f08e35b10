"""One rig for everything on four legs: proportions, coat and pose make the animal."""

from dataclasses import dataclass, replace

import numpy as np

from imagined.engines.illustrator.figures.anatomy import Animal
from imagined.engines.illustrator.figures.clay import Clay, Point, turned
from imagined.engines.illustrator.figures.coats import coat_tint
from imagined.engines.illustrator.figures.growths import crest, plates, ruff, spines, tail, trunk_growths
from imagined.engines.illustrator.figures.heads import head, mane
from imagined.engines.illustrator.figures.limbs import Frame, add, joint, mixed
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.mesh import Mesh

_TRIANGLES = 8_500
"""Of the body of one animal."""


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
    asleep: bool = False


STANCES: dict[str, Stance] = {
    "standing": Stance(1.0, 1.0, 1.0, ((0.03, 0), (-0.03, 0), (0.04, 0), (-0.05, 0))),
    "walking": Stance(0.99, 0.99, 1.0, ((0.22, 0.02), (-0.20, 0), (-0.20, 0.0), (0.17, 0.03))),
    "running": Stance(1.08, 1.1, 1.05, ((0.5, 0.34), (0.38, 0.22), (-0.5, 0.16), (-0.38, 0.08)), neck=-12),
    "sitting": Stance(0.0, 0.97, 0.62, ((0.02, 0), (-0.03, 0), (0, 0), (0, 0)), folded=True, neck=10),
    "lying": Stance(0.0, 0.0, 1.0, ((0, 0), (0, 0), (0, 0), (0, 0)), folded=True, reclined=True),
    "sleeping": Stance(
        0.0, 0.0, 1.0, ((0, 0), (0, 0), (0, 0), (0, 0)), folded=True, reclined=True, neck=-70, asleep=True
    ),
    "jumping": Stance(1.0, 1.42, 0.95, ((0.42, 0.72), (0.34, 0.62), (-0.42, 0.05), (-0.5, 0.0)), neck=0),
    "swimming": Stance(1.0, 1.08, 1.0, ((0.34, 0.30), (-0.12, 0.16), (-0.34, 0.22), (0.1, 0.12)), neck=6),
    "flying": Stance(1.08, 1.2, 1.05, ((0.42, 0.50), (0.30, 0.34), (-0.5, 0.26), (-0.42, 0.14)), neck=-6),
    "rearing": Stance(0.95, 1.5, 0.72, ((0.32, 0.75), (0.22, 0.6), (0.02, 0), (-0.06, 0)), neck=15),
    "eating": Stance(1.0, 0.98, 1.0, ((0.10, 0), (-0.06, 0), (0.04, 0), (-0.05, 0)), neck=-95),
}


def quadruped(animal: Animal, pose: str, step: float) -> Figure:
    """The animal in a pose of `STANCES` (others stand), meshed in triangles of at least `step` metres."""
    stance = STANCES.get(pose, STANCES["standing"])
    if stance.folded and animal.hooves and not stance.reclined:
        stance = STANCES["lying"]
    if stance.reclined:
        stance = replace(stance, hip=animal.rump * 0.98 / animal.height, shoulder=animal.chest * 1.05 / animal.height)
    body = Clay(blend=min(animal.chest * 0.6, animal.leg * 1.4))
    hip, shoulder = _trunk(body, animal, stance)
    _legs(body, animal, stance, hip, shoulder)
    root = add(hip, (-animal.rump * 0.85, animal.rump * (0.25 if stance.folded else 0.45), 0.0))
    hard = tail(body, animal, root, stance.folded)
    body.blend = animal.head * 0.5
    frame, hair = _neck(body, animal, stance, shoulder)
    if animal.ruff is not None:
        ruff(body, animal, frame)
    hard += head(body, animal, frame, stance.asleep)
    hard += trunk_growths(body, animal, hip, shoulder, pose in ("flying", "rearing", "jumping"))
    if "spines" in animal.extras:
        hard.append(spines(body, animal, hip, shoulder))
    if "crest" in animal.extras:
        hard.append(_crest(body, animal, hip, shoulder, frame))
    skin = body.mesh(body.step_for(_TRIANGLES, step), coat_tint(animal.pattern, animal.pattern_colour, animal.height))
    middle = mixed(hip, shoulder, 0.52)
    rise = 0.12 if "humps" in animal.extras else 0.0
    anchors = {
        "back": (middle[0], middle[1] + animal.belly * 1.02 + rise, 0.0),
        "head": frame.origin,
        "top": frame.at(0, 1.0, 0),
    }
    return gathered([skin, *hard, *hair], anchors, girth=animal.belly * 2)


def _crest(body: Clay, animal: Animal, hip: Point, shoulder: Point, frame: Frame) -> Mesh:
    nape = add(frame.origin, (-animal.head * 1.0, animal.head * 0.8, 0.0))
    aim = [nape, *(add(mixed(shoulder, hip, t), (0.0, animal.belly * 1.1, 0.0)) for t in np.linspace(-0.2, 1.25, 8))]
    if "big_crest" in animal.extras:
        sizes = [animal.head * k for k in (0.45, 0.8, 1.2, 1.5, 1.6, 1.45, 1.15, 0.85, 0.6)]
        return plates(body.snapped(aim), sizes, animal.pattern_colour)
    size = animal.head * 0.6
    return crest(
        body.snapped(aim), [size * 0.8, *([size] * 5), size * 0.9, size * 0.75, size * 0.6], animal.pattern_colour
    )


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
    if "black_belly" in animal.extras:
        return hip, shoulder
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


def _neck(body: Clay, animal: Animal, stance: Stance, shoulder: Point) -> tuple[Frame, list[Mesh]]:
    """The neck, the frame of the head at its end, turned a little to the viewer, and the mane."""
    angle = np.radians(float(np.clip(animal.neck_angle + stance.neck, -62, 100)))
    base = add(shoulder, (animal.chest * 0.35, animal.chest * 0.28, 0.0))
    end = add(base, (float(np.cos(angle)) * animal.neck, float(np.sin(angle)) * animal.neck, 0.0))
    # A head may not sink into the ground.
    end = (end[0], max(end[1], animal.head * (0.75 + 0.35 * animal.snout)), end[2])
    thick = animal.chest * animal.neck_width
    middle = add(mixed(base, end, 0.55), (-float(np.sin(angle)) * animal.neck * 0.05, 0.0, 0.0))
    body.chain([base, middle, end], [thick, (thick + animal.head * 0.85) / 2, animal.head * 0.78], animal.coat)
    level = -0.18 if stance.neck > -40 else -0.5 if stance.asleep else -0.9
    skull = add(end, (animal.head * 0.25, animal.head * 0.22, 0.0))
    frame = Frame(skull, animal.head, pitch=level, yaw=-0.38, roll=0.05)
    hair = [] if animal.mane is None else [mane(body, animal, base, end, thick, frame)]
    return frame, hair
