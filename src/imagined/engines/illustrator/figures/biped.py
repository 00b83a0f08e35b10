"""One rig for everything on two legs: proportions, clothes and pose make the person, robot or knight."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.faces import face
from imagined.engines.illustrator.figures.gestures import GESTURES, Gesture, Grip
from imagined.engines.illustrator.figures.limbs import Frame, add, joint, mixed
from imagined.engines.illustrator.figures.model import Figure, furry, gathered
from imagined.engines.illustrator.figures.shapes import loft, turned_by
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined

HairKind = Literal[
    "short", "long", "bob", "bun", "ponytail", "curly", "afro", "spiky", "braids", "bald", "sides", "mohawk", "topknot"
]
Top = Literal["sweater", "tee", "shirt", "jacket", "coat", "vest", "overalls", "bare", "robe", "plate"]


@dataclass(frozen=True)
class Person:
    """Proportions and clothes; colours are linear reflectances."""

    height: float = 1.74
    heads: float = 5.7
    """Height in head heights: 7.5 is a grown-up by the book, 4.5 a small child; a little large reads well."""
    build: float = 1.0
    """Girth of trunk and limbs."""
    curve: float = 0.0
    """0 a man's waist and hips, 1 a woman's."""
    skin: Colour = (0.78, 0.51, 0.38)
    hair: Colour | None = (0.10, 0.05, 0.025)
    hair_kind: HairKind = "short"
    beard: Colour | None = None
    beard_kind: Literal["full", "long", "moustache", "goatee"] = "full"
    top: Top = "sweater"
    shirt: Colour = (0.12, 0.26, 0.45)
    under: Colour = (0.80, 0.80, 0.80)
    """What shows at the neck of a jacket, coat, vest or overalls."""
    sleeves: float = 1.0
    """Share of the arm that is covered."""
    tie: Colour | None = None
    trousers: Colour = (0.07, 0.085, 0.13)
    legs: float = 1.0
    """Share of the leg that the trousers cover."""
    shoes: Colour = (0.10, 0.06, 0.04)
    boots: bool = False
    gloves: Colour | None = None
    robe: Colour | None = None
    """A dress or robe from the chest to near the ground."""
    robe_length: float = 0.92
    """Share of the way from the hips to the ground."""
    flare: float = 1.0
    cape: Colour | None = None
    belt: Colour | None = (0.12, 0.07, 0.04)
    trim: Colour = (0.80, 0.58, 0.18)
    hat: str = "none"
    hat_colour: Colour = (0.10, 0.08, 0.30)
    metal: bool = False
    """Armour or casing: glossy, no cloth folds."""
    face: Literal["human", "robot", "visor", "clown", "zombie", "alien"] = "human"
    eyes: Colour = (0.16, 0.09, 0.04)
    lips: Colour | None = None
    extras: tuple[str, ...] = ()
    """What is worn or carried: names of `worn.WORN` and `carried.HELD`."""
    tail: Colour | None = None
    """A fish's tail instead of legs."""


@dataclass(frozen=True)
class Joints:
    """The skeleton in its pose, metres; right before left."""

    hips: Point
    waist: Point
    chest: Point
    neck: Point
    head: Frame
    shoulders: tuple[Point, Point]
    elbows: tuple[Point, Point]
    hands: tuple[Point, Point]
    knees: tuple[Point, Point]
    feet: tuple[Point, Point]
    toes: tuple[float, float]
    height: float


def biped(
    person: Person,
    pose: str,
    step: float,
    girth: float = 0.55,
    props: tuple[str, ...] = (),
    colour: Colour | None = None,
) -> Figure:
    """The person in a pose of `GESTURES` (others stand); a rider's legs reach round a mount `girth` metres wide.

    `props` are held or worn besides what the person brings, in `colour` where they have one to choose.
    """
    from imagined.engines.illustrator.figures.carried import carried
    from imagined.engines.illustrator.figures.wardrobe import dress_up

    gesture = GESTURES.get(pose, GESTURES["standing"])
    bent = pose in (
        "sitting",
        "riding",
        "seated",
        "seated_reading",
        "cycling",
        "motorcycling",
        "keys",
        "drumming",
        "kneeling",
        "swimming",
        "lying",
    )
    if pose in ("seated", "seated_reading", "keys"):
        person = replace(person, extras=tuple(extra for extra in person.extras if extra != "staff"))
    if person.robe is not None and bent:
        # A seated skirt is drawn as cloth over the thighs: a bell round bent legs looks like a balloon.
        short = 0.62 if person.robe_length < 0.75 else 0.95
        person = replace(person, robe=None, shirt=person.robe, trousers=person.robe, legs=short)
    if person.tail is not None:
        gesture = replace(GESTURES["sitting"], hip=0.30, hands=gesture.hands, grips=gesture.grips)
    gap = max(girth * 0.5 + 0.06, 0.2) if pose == "riding" else 0.0
    joints = skeleton(person, gesture, gap)
    coarse = step * 2.1
    head = Clay(blend=0.03)
    parts = _head(head, person, joints, step)
    body = _trunk(person, joints)
    cloth = furry(0.03 if person.metal else 0.06, 40.0)
    parts.append(body.mesh(coarse, cloth))
    parts += _bare_arms(person, joints)
    for index in (0, 1):
        parts += _hand(person, joints, index, gesture.grips[index])
    parts += (
        _tail(person, person.tail, joints, coarse) if person.tail is not None else _legs(person, joints, coarse, cloth)
    )
    parts += dress_up(body, person, joints)
    parts += carried(body, person, joints, (*person.extras, *props), colour)
    return _settled(person, gesture, joints, parts)


def _settled(person: Person, gesture: Gesture, joints: Joints, parts: list[Mesh]) -> Figure:
    """The parts as one figure, turned over if the pose lies or swims, on the ground or above it."""
    seat = add(joints.hips, (0.0, -0.062 * person.height * person.build, 0.0))
    anchors = {
        "head": joints.head.origin,
        "top": joints.head.at(0, 1.1, 0),
        "seat": (0.0, seat[1], 0.0),
        "hand": joints.hands[0],
        "left_hand": joints.hands[1],
    }
    if not gesture.tilt and not gesture.lift:
        return gathered(parts, anchors)
    turn = turned(pitch=gesture.tilt)
    made = gathered(
        [turned_by(joined(parts), turn)], {k: tuple((turn * np.array(v)).sum(1)) for k, v in anchors.items()}
    )
    up = gesture.lift * person.height
    return Figure(made.mesh.moved((0, up, 0)), {k: (x, y + up, z) for k, (x, y, z) in made.anchors.items()}, made.girth)


def _leg(person: Person) -> float:
    return person.height * (1 - 1 / person.heads) * 0.56


def skeleton(person: Person, gesture: Gesture, gap: float) -> Joints:
    """Where every joint is; hands and feet as the gesture says, elbows and knees between them."""
    h = person.height
    head = h / person.heads / 2
    body, leg = (h - head * 2) / 0.83, _leg(person)
    hips = (0.0, leg * gesture.hip + 0.045 * h, 0.0)
    trunk = h - head * 2 - leg - 0.05 * h
    lean = gesture.lean
    spine = (float(np.sin(lean)) * trunk, float(np.cos(lean)) * trunk, 0.0)
    chest, neck = mixed(hips, add(hips, spine), 0.70), add(hips, spine)
    frame = Frame(add(neck, (0.02 * h, head * 1.06, 0.0)), head, pitch=gesture.look[0], yaw=gesture.look[1], roll=0.03)
    broad = (0.092 - 0.012 * person.curve) * h * person.build**0.6
    bone = 0.2 * h * (1 - 1 / person.heads)
    reach = leg - 0.01 * h
    stride = 0.6 if person.robe is not None and person.robe_length > 0.7 else 1.0
    shoulders, elbows, hands, knees, feet = [], [], [], [], []
    for index, side in enumerate((1, -1)):
        shoulder = add(chest, (spine[0] * 0.15, trunk * 0.15, side * broad))
        forward, up, out = gesture.hands[index]
        hand = np.array((forward * body, up * body, side * out * body))
        hand *= min(1.0, bone * 2.0 / float(np.linalg.norm(hand)))
        wrist = add(shoulder, (float(hand[0]), float(hand[1]), float(hand[2])))
        hint = gesture.elbows[index]
        elbows.append(joint(shoulder, wrist, bone, bone, (hint[0], hint[1], side * hint[2])))
        shoulders.append(shoulder)
        hands.append(wrist)
        x, y, z = gesture.feet[index]
        y *= 0.3 if person.robe is not None and y > 0.05 else 1.0
        foot = (x * body * stride, 0.045 * h + y * body, side * max(z * h, gap))
        top = add(hips, (0.0, -0.01 * h, side * 0.046 * h * person.build))
        knees.append(joint(top, foot, reach * 0.5, reach * 0.5, (1.0, 0.3, side * gesture.knees)))
        feet.append(foot)
    return Joints(
        hips,
        mixed(hips, chest, 0.5),
        chest,
        neck,
        frame,
        (shoulders[0], shoulders[1]),
        (elbows[0], elbows[1]),
        (hands[0], hands[1]),
        (knees[0], knees[1]),
        (feet[0], feet[1]),
        gesture.toes,
        h,
    )


def _trunk(person: Person, joints: Joints) -> Clay:
    """Chest, belly and sleeves as one body of cloth or skin."""
    h, girth, curve = person.height, person.build, person.curve
    gloss = 0.55 if person.metal else 0.0
    colour = person.robe or (person.skin if person.top == "bare" else person.shirt)
    thick = 1.06 if person.top in ("jacket", "coat", "robe") else 1.0
    body = Clay(blend=0.045 * h / 1.74)
    slim = 1 - 0.16 * curve
    body.ball(
        joints.chest,
        (0.066 * h * girth * thick, 0.088 * h, 0.092 * h * girth * thick * (1 - 0.1 * curve)),
        colour,
        gloss,
    )
    body.ball(
        joints.waist, (0.062 * h * girth * thick * slim, 0.085 * h, 0.076 * h * girth * thick * slim), colour, gloss
    )
    body.ball(
        add(joints.hips, (0, 0.012 * h, 0)),
        (0.066 * h * girth * thick, 0.05 * h, 0.082 * h * girth * thick),
        colour,
        gloss,
    )
    body.cone(joints.shoulders[0], joints.shoulders[1], 0.036 * h * girth, 0.036 * h * girth, colour, gloss)
    if curve > 0.3:
        for side in (1, -1):
            body.ball(add(joints.chest, (0.042 * h, 0.0, side * 0.036 * h)), (0.036 * h,) * 3, colour, gloss)
    if person.sleeves > 0.05 and person.top != "bare":
        for index in (0, 1):
            _sleeve(body, person, joints, index, thick, gloss)
    if person.face == "robot":
        body.box(add(joints.chest, (0.01 * h, 0, 0)), (0.075 * h, 0.1 * h, 0.11 * h), 0.03 * h, colour, gloss)
    return body


def _sleeve(body: Clay, person: Person, joints: Joints, index: int, thick: float, gloss: float) -> None:
    h, girth = person.height, person.build
    colour = person.under if person.top in ("vest", "overalls") else (person.robe or person.shirt)
    shoulder, elbow, hand = joints.shoulders[index], joints.elbows[index], joints.hands[index]
    upper = min(person.sleeves * 2, 1.0)
    end = mixed(shoulder, elbow, upper)
    wide = 0.036 * h * girth * thick
    body.cone(shoulder, end, wide, wide * (1.05 if upper < 1 else 0.84), colour, gloss)
    if person.sleeves > 0.5:
        loose = 1.7 if person.top == "robe" or (person.robe is not None and person.robe_length > 0.85) else 1.0
        tip = mixed(elbow, hand, min(person.sleeves * 2 - 1, 0.93))
        body.cone(elbow, tip, wide * 0.84, 0.024 * h * girth * thick * loose, colour, gloss)


def _bare_arms(person: Person, joints: Joints) -> list[Mesh]:
    h, girth = person.height, person.build
    if person.sleeves > 0.95 and person.top != "bare":
        return []
    parts = []
    for index in (0, 1):
        s, e, w = joints.shoulders[index], joints.elbows[index], joints.hands[index]
        line = [
            s,
            mixed(s, e, 0.5),
            mixed(s, e, 0.88),
            mixed(mixed(s, e, 0.97), mixed(e, w, 0.03), 0.5),
            mixed(e, w, 0.12),
            mixed(e, w, 0.45),
            w,
        ]
        radii = [0.030, 0.030, 0.026, 0.0255, 0.0255, 0.024, 0.017]
        parts.append(tube(line, [r * h * girth for r in radii], person.skin, 0.05, 12))
    return parts


def _hand(person: Person, joints: Joints, index: int, grip: Grip) -> list[Mesh]:
    """A palm, four fingers and a thumb, at the end of the forearm."""
    h, side = person.height, 1 - 2 * index
    skin, size = person.gloves or person.skin, person.height * (1.12 if person.heads < 5 else 1.0)
    elbow, wrist = np.asarray(joints.elbows[index]), np.asarray(joints.hands[index])
    along = (wrist - elbow) / max(float(np.linalg.norm(wrist - elbow)), 1e-6)
    inward = np.array((0.0, 0.0, -side)) - along * (-side * along[2])
    if float(np.linalg.norm(inward)) < 0.35:
        inward = np.array((0.0, 1.0, 0.0)) - along * along[1]
    inward /= np.linalg.norm(inward)
    across = np.cross(along, inward) * side
    frame = np.stack([along, across, inward], 1)

    def at(a: float, b: float, c: float) -> Point:
        x, y, z = wrist + (frame * (np.array((a, b, c)) * size)).sum(1)
        return (float(x), float(y), float(z))

    parts = [ball(at(0.022, 0, 0), (0.026 * size, 0.022 * size, 0.013 * size), skin, 0.05, frame, segments=12)]
    curl = {"relaxed": (0.014, 0.012), "open": (0.030, -0.002), "grip": (0.004, 0.022)}[grip]
    for number in range(4):
        b, long = (number - 1.5) * 0.0105, (0.9, 1.05, 1.0, 0.8)[number]
        spread = 1.35 if grip == "open" else 1.0
        knuckle, middle = at(0.042, b, 0.0), at(0.042 + 0.02 * long, b * spread, 0.004)
        tip = at(0.050 + (0.012 + curl[0]) * long if grip != "grip" else 0.052, b * spread * 1.1, curl[1] + 0.004)
        parts.append(
            tube(
                [at(0.03, b, 0), knuckle, middle, tip],
                [0.0075 * size, 0.0075 * size, 0.007 * size, 0.0055 * size],
                skin,
                0.05,
                6,
            )
        )
    thumb = [at(0.008, 0.016, 0.002), at(0.026, 0.028, 0.010), at(0.042, 0.024 if grip == "grip" else 0.034, 0.018)]
    parts.append(tube(thumb, [0.009 * size, 0.0085 * size, 0.006 * size], skin, 0.05, 6))
    if person.gloves is not None:
        cuff = [mixed(joints.elbows[index], joints.hands[index], t) for t in (0.8, 0.9, 1.0)]
        parts.append(tube(cuff, [0.031 * h, 0.029 * h, 0.022 * h], skin, 0.3 if person.metal else 0.05, 12))
    return parts


def _legs(person: Person, joints: Joints, step: float, cloth: object) -> list[Mesh]:
    h, girth = person.height, person.build
    gloss = 0.55 if person.metal else 0.0
    body, parts = Clay(blend=0.045 * h / 1.74), list[Mesh]()
    wear = person.trousers if person.legs > 0.02 else person.skin
    body.ball(
        add(joints.hips, (-0.004 * h, -0.012 * h, 0)),
        (0.068 * h * girth, 0.056 * h, (0.083 + 0.006 * person.curve) * h * girth),
        wear,
        gloss,
    )
    for index, side in enumerate((1, -1)):
        top = add(joints.hips, (0.0, -0.01 * h, side * 0.046 * h * girth))
        knee, foot = joints.knees[index], joints.feet[index]
        thigh = min(person.legs * 2, 1.0)
        body.cone(
            top, mixed(top, knee, thigh), 0.054 * h * girth, (0.041 if thigh == 1 else 0.05) * h * girth, wear, gloss
        )
        if person.legs > 0.5:
            shin = min(person.legs * 2 - 1, 0.97)
            body.cone(knee, mixed(knee, foot, shin), 0.041 * h * girth, 0.030 * h * girth, wear, gloss)
        if person.legs < 0.95:
            parts.append(_bare_leg(person, top, knee, foot))
        parts += _shoe(person, joints, index)
    parts.append(body.mesh(step, cloth))  # type: ignore[arg-type]  # a tint
    return parts


def _bare_leg(person: Person, top: Point, knee: Point, foot: Point) -> Mesh:
    scale = person.height * person.build
    ankle = mixed(knee, foot, 1.0)
    line = [
        top,
        mixed(top, knee, 0.6),
        mixed(top, knee, 0.92),
        mixed(knee, ankle, 0.08),
        mixed(knee, ankle, 0.35),
        mixed(knee, ankle, 0.8),
        ankle,
    ]
    skin = person.skin if "tights" not in person.extras else person.trousers
    return tube(line, [r * scale for r in (0.045, 0.040, 0.034, 0.033, 0.033, 0.021, 0.02)], skin, 0.05, 14)


def _shoe(person: Person, joints: Joints, index: int) -> list[Mesh]:
    """A shoe with a sole, pitched as the gesture says; its ankle is the foot's joint."""
    h, side = person.height, 1 - 2 * index
    size = h * person.build**0.4
    turn = turned(pitch=joints.toes[index], yaw=-side * 0.14)
    foot = joints.feet[index]
    xs = [-0.040, -0.036, -0.02, 0.01, 0.04, 0.07, 0.088, 0.094]
    tops = [0.012, 0.030, 0.040, 0.036, 0.024, 0.018, 0.012, 0.004]
    wides = [0.012, 0.024, 0.029, 0.029, 0.032, 0.033, 0.024, 0.008]
    bare = person.shoes == person.skin
    upper = loft(
        [(x * size, (-0.036 + t / 2) * size, 0.0) for x, t in zip(xs, tops, strict=True)],
        [w * size for w in wides],
        [t * size * 0.62 for t in tops],
        person.shoes,
        0.5 if person.metal else 0.22,
        12,
    )
    parts = [upper]
    if not bare:
        sole: Colour = (0.03, 0.03, 0.03) if max(person.shoes) > 0.3 or person.boots else (0.025, 0.02, 0.018)
        sole = (0.8, 0.79, 0.76) if "sneakers" in person.extras else sole
        parts.append(
            loft(
                [(x * size, -0.040 * size, 0.0) for x in xs],
                [w * size * 1.07 for w in wides],
                [0.006 * size] * 8,
                sole,
                0.1,
                12,
            )
        )
    placed = [turned_by(part, turn, foot) for part in parts]
    shaft = 0.5 if person.boots else 0.9
    knee = joints.knees[index]
    if not bare:
        shin = [mixed(knee, foot, shaft), mixed(knee, foot, (shaft + 1) / 2), foot]
        wide = [0.039 if person.boots else 0.028, 0.031 if person.boots else 0.028, 0.029]
        wide = [max(w, (0.042 if person.boots else 0.0) * person.build) for w in wide[:2]] + wide[2:]
        placed.append(tube(shin, [w * size for w in wide], person.shoes, 0.5 if person.metal else 0.2, 14))
    return placed


def _tail(person: Person, colour: Colour, joints: Joints, step: float) -> list[Mesh]:
    """A fish's tail from the hips, curled on the ground, with a fin."""
    h = person.height
    tail = Clay(blend=0.05)
    line = [
        joints.hips,
        add(joints.hips, (0.10 * h, -0.10 * h, 0)),
        (0.30 * h, 0.09 * h, 0.02 * h),
        (0.48 * h, 0.05 * h, 0.06 * h),
        (0.62 * h, 0.10 * h, 0.12 * h),
    ]
    tail.chain(line, [r * h for r in (0.082, 0.085, 0.062, 0.04, 0.022)], colour, 0.4)

    def scales(points: Floats, _normals: Floats, colours: Floats) -> Floats:
        wave = np.sin(points[:, 0] * 90) * np.sin(points[:, 1] * 90 + points[:, 2] * 90)
        return (colours * (1 + 0.28 * wave)[:, None]).astype(np.float32)

    parts = [tail.mesh(step * 0.7, scales)]
    tip = line[-1]
    for way in (1, -1):
        end = add(tip, (0.10 * h, 0.06 * h + 0.02 * h * way, way * 0.11 * h))
        parts.append(
            loft(
                [tip, mixed(tip, end, 0.5), end],
                [0.02 * h, 0.05 * h, 0.004 * h],
                [0.012 * h, 0.008 * h, 0.003 * h],
                colour,
                0.4,
                12,
                side=(-0.5, 1, 0),
            )
        )
    return parts


def _head(body: Clay, person: Person, joints: Joints, step: float) -> list[Mesh]:
    from imagined.engines.illustrator.figures.hats import bubble_helmet

    frame, h = joints.head, person.height
    if person.hat == "bubble":
        return bubble_helmet(person, frame)
    gloss = 0.6 if person.metal else 0.04
    body.blend = frame.unit * 0.22
    wide = 1.12 if person.face == "alien" else 1.0
    body.ball(frame.at(-0.06, 0.14, 0), frame.size(0.92, 0.92 * wide, 0.82 * wide), person.skin, gloss, frame.turn)
    jaw = 0.60 if person.face != "alien" else 0.42
    body.ball(
        frame.at(0.12, -0.42, 0),
        frame.size(0.64, 0.54, jaw * (1 - 0.06 * person.curve)),
        person.skin,
        gloss,
        frame.turn,
    )
    body.cone(
        add(joints.neck, (0, -0.03 * h, 0)),
        frame.at(-0.1, -0.6, 0),
        0.031 * h * person.build**0.5,
        0.028 * h * person.build**0.5,
        person.skin,
        gloss,
    )
    parts = face(body, person, frame, step)
    parts.append(body.mesh(step * 1.15))
    return parts
