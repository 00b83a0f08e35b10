"""Clothes, hats and things carried, for the biped rig."""

from typing import TYPE_CHECKING

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour
from imagined.engines.illustrator.figures.limbs import Frame, add, mixed
from imagined.engines.illustrator.figures.solids import ball, box, lathe, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Joints, Person


def dress_up(body: Clay, person: "Person", joints: "Joints", step: float) -> list[Mesh]:
    """Everything over the plain body: robe and belt into the clay, the rest as parts of their own."""
    parts: list[Mesh] = []
    if person.robe is not None:
        parts.append(_robe(person, person.robe, joints, step))
    if person.cape is not None:
        parts.append(_cape(person, person.cape, joints))
    if not person.metal and person.robe is None:
        body.paint(
            add(joints.hips, (0, 0.055 * person.height, 0)), (0.2, 0.018 * person.height, 0.3), person.shoes, 0.01
        )
    parts += hat(person, joints.head)
    parts += _carried(person, joints)
    return parts


def _robe(person: "Person", colour: Colour, joints: "Joints", step: float) -> Mesh:
    h, cloth = person.height, Clay(blend=0.05)
    floor = max(joints.hips[1] * (1 - person.robe_length), 0.02 * h)
    waist = mixed(joints.hips, joints.chest, 0.45)
    cloth.cone(joints.chest, waist, 0.095 * h * person.build, 0.088 * h * person.build, colour)
    hem = (joints.hips[0] + 0.03 * h, floor + 0.1 * h, 0.0)
    flare = 0.135 + 0.05 * person.robe_length
    cloth.cone(waist, hem, 0.088 * h * person.build, flare * h * person.build, colour)
    cloth.box((hem[0], floor - 0.2 * h, 0.0), (1.0, 0.2 * h, 1.0), 0.0, colour, carved=True)
    belt = waist
    cloth.paint(belt, (0.3, 0.016 * h, 0.3), person.trim, 0.012)
    cloth.paint((hem[0], floor + 0.02 * h, 0.0), (0.6, 0.025 * h, 0.6), person.trim, 0.012)

    def folds(points: Floats, _normals: Floats, colours: Floats) -> Floats:
        around = np.arctan2(points[:, 2] - hem[2], points[:, 0] - hem[0])
        depth = np.clip((waist[1] - points[:, 1]) / max(waist[1] - floor, 1e-3), 0, 1)
        result: Floats = (colours * (1 + 0.22 * depth * np.sin(around * 11))[:, None]).astype(np.float32)
        return result

    return cloth.mesh(step, folds)


def _cape(person: "Person", colour: Colour, joints: "Joints") -> Mesh:
    h, top, hips = person.height, joints.neck, joints.hips

    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        side = (v - 0.5) * 2
        wide = 0.1 * h + u * 0.12 * h
        x = top[0] - 0.04 * h - u * (0.11 + 0.05 * np.abs(np.sin(v * 9))) * h - (1 - np.abs(side)) * 0.035 * h
        y = top[1] - 0.015 * h - u * (top[1] - hips[1]) * 1.9 - np.abs(side) * 0.03 * h
        return x, np.maximum(y, 0.03 * h), side * wide

    return sheet(shape, colour, 0.012)


def _stacked(frame: Frame, parts: list[Mesh]) -> list[Mesh]:
    """Parts made about the y axis in head radii, put on the head and turned with it."""
    placed = []
    for part in parts:
        vertices = np.stack([part.vertices @ row for row in frame.turn * np.float32(frame.unit)], 1)
        normals = np.stack([part.normals @ row for row in frame.turn], 1)
        moved = Mesh(
            vertices + np.asarray(frame.origin, np.float32),
            part.faces,
            normals,
            part.colours,
            part.gloss,
            part.emission,
        )
        placed.append(moved)
    return placed


def hat(person: "Person", frame: Frame) -> list[Mesh]:
    """What the person wears on the head."""
    colour, trim = person.hat_colour, person.trim
    band = (trim[0] * 0.9, trim[1] * 0.9, trim[2] * 0.9)
    if person.hat == "wizard":
        rim = [
            (0.7, 0.52),
            (1.75, 0.40),
            (1.8, 0.46),
            (0.95, 0.60),
            (0.92, 0.74),
            (0.62, 1.55),
            (0.34, 2.35),
            (0.02, 3.1),
        ]
        cone = lathe(rim, [colour, colour, colour, band, colour, colour, colour])
        bent = cone.vertices.copy()
        rise = np.maximum(bent[:, 1] - 0.9, 0)
        bent[:, 0] -= 0.16 * rise * rise
        return _stacked(frame, [Mesh(bent, cone.faces, cone.normals, cone.colours, cone.gloss)])
    if person.hat == "pointed":
        return _stacked(frame, [lathe([(0.98, 0.42), (0.95, 0.55), (0.5, 1.4), (0.02, 2.2)], [band, colour, colour])])
    if person.hat == "straw":
        return _stacked(
            frame,
            [
                lathe(
                    [
                        (0.7, 0.5),
                        (1.7, 0.42),
                        (1.7, 0.47),
                        (0.95, 0.58),
                        (0.93, 0.75),
                        (0.85, 1.12),
                        (0.5, 1.25),
                        (0.0, 1.28),
                    ],
                    [colour, colour, colour, band, colour, colour, colour],
                )
            ],
        )
    if person.hat == "chef":
        return _stacked(frame, _toque())
    if person.hat == "crown":
        return _stacked(frame, _crown())
    if person.hat == "cap":
        return _stacked(
            frame, [ball((-0.12, 0.46, 0), (0.98, 0.72, 0.9), colour), ball((0.75, 0.55, 0), (0.6, 0.07, 0.6), band)]
        )
    if person.hat == "knight":
        return _stacked(frame, _knight_helmet(colour, trim))
    if person.hat == "hood":
        return _stacked(frame, [ball((-0.3, 0.12, 0), (1.02, 1.15, 1.02), colour)])
    return []


def _crown() -> list[Mesh]:
    gold = (0.88, 0.60, 0.14)
    spikes = [
        lathe([(0.16, 0.0), (0.0, 0.5)], gold, 0.7, 6).moved((float(np.cos(a)) * 0.8, 1.0, float(np.sin(a)) * 0.8))
        for a in np.linspace(0, 2 * np.pi, 8, endpoint=False)
    ]
    return [lathe([(0.86, 0.66), (0.84, 1.1), (0.78, 1.1), (0.78, 0.66)], gold, 0.7), *spikes]


def _toque() -> list[Mesh]:
    white = (0.88, 0.88, 0.86)
    puffs = [
        ball((np.cos(a) * 0.55, 1.6, np.sin(a) * 0.55), (0.5, 0.42, 0.5), white)
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    return [lathe([(0.86, 0.5), (0.84, 1.4), (0.0, 1.6)], white), *puffs, ball((0, 1.75, 0), (0.6, 0.42, 0.6), white)]


def _knight_helmet(colour: Colour, trim: Colour) -> list[Mesh]:
    steel = lathe([(0.88, -0.8), (1.0, -0.5), (1.02, 0.3), (0.9, 0.8), (0.55, 1.12), (0.0, 1.25)], colour, 0.75)
    slit = [box((0.95, 0.18, side * 0.36), (0.3, 0.12, 0.5), (0.01, 0.01, 0.012)) for side in (1, -1)]
    ridge = box((0.99, 0.0, 0.0), (0.16, 1.3, 0.1), colour, 0.7)
    holes = [
        box((0.98, y, z), (0.1, 0.07, 0.07), (0.01, 0.01, 0.012))
        for y in (-0.25, -0.45)
        for z in (-0.35, -0.2, 0.2, 0.35)
    ]
    plume = [ball((0.35 - 0.3 * i, 1.28 + 0.2 * float(np.sin(i * 0.6)), 0), (0.32, 0.3, 0.16), trim) for i in range(6)]
    return [steel, *slit, ridge, *holes, *plume]


def bubble_helmet(person: "Person", frame: Frame) -> list[Mesh]:
    """A space helmet: a white shell, a golden visor and a rim between them."""
    shell = [ball((0, 0.05, 0), (1.34, 1.3, 1.28), (0.88, 0.88, 0.90), 0.35, segments=40)]
    shell.append(ball((0.3, 0.05, 0), (1.12, 0.86, 1.08), (0.55, 0.56, 0.60), 0.5, segments=40))
    shell.append(ball((0.36, 0.05, 0), (1.13, 0.78, 1.0), (0.60, 0.34, 0.07), 1.0, segments=48))
    shell += [lathe([(0.95, -1.3), (1.0, -1.05), (0.9, -0.95)], (0.45, 0.46, 0.5), 0.5)]
    for side in (1, -1):
        shell.append(ball((-0.1, 0.0, side * 1.24), (0.34, 0.34, 0.14), person.trim, 0.4))
    return _stacked(frame, shell)


def _carried(person: "Person", joints: "Joints") -> list[Mesh]:
    h, parts = person.height, list[Mesh]()
    grey: Colour = (0.42, 0.43, 0.46)
    if "backpack" in person.extras:
        pack = add(joints.chest, (-0.125 * h, 0.02 * h, 0.0))
        soft = Clay(blend=0.02)
        soft.box(pack, (0.055 * h, 0.13 * h, 0.105 * h), 0.03 * h, (0.80, 0.80, 0.82), 0.3)
        parts.append(soft.mesh(0.012 * h))
        parts.append(box(add(joints.chest, (0.078 * h, 0.02 * h, 0)), (0.04 * h, 0.06 * h, 0.08 * h), grey, 0.4))
        parts.append(
            box(add(joints.chest, (0.1 * h, 0.032 * h, 0.012 * h)), (0.01, 0.015 * h, 0.02 * h), (0.7, 0.1, 0.06), 0.4)
        )
        parts.append(
            box(add(joints.chest, (0.1 * h, 0.008 * h, -0.012 * h)), (0.01, 0.015 * h, 0.02 * h), (0.1, 0.3, 0.7), 0.4)
        )
    hand = joints.hands[0]
    if "staff" in person.extras:
        top = add(hand, (0.04 * h, 0.5 * h, 0.0))
        parts.append(
            tube(
                [(hand[0] + 0.02 * h, 0.02, hand[2]), add(hand, (0.03 * h, 0, 0)), top],
                [0.014 * h, 0.016 * h, 0.02 * h],
                (0.22, 0.12, 0.06),
            )
        )
        parts.append(ball(top, 0.045 * h, (0.3, 0.7, 0.9), 0.6, glow=(0.35, 0.8, 1.1)))
    if "sword" in person.extras:
        tip = add(hand, (0.28 * h, 0.42 * h, 0.0))
        grip = mixed(hand, tip, 0.14)
        parts.append(tube([mixed(hand, tip, -0.1), grip], [0.014 * h, 0.014 * h], (0.2, 0.1, 0.05)))
        parts.append(
            tube([grip, mixed(hand, tip, 0.9), tip], [0.02 * h, 0.016 * h, 0.003 * h], (0.75, 0.77, 0.8), 0.8, sides=4)
        )
        parts.append(
            tube(
                [add(grip, (0.03 * h, -0.05 * h, 0.02)), add(grip, (-0.03 * h, 0.05 * h, -0.02))],
                [0.012 * h] * 2,
                person.trim,
                0.6,
            )
        )
    if "shield" in person.extras:
        left = add(joints.hands[1], (0.03 * h, 0.04 * h, -0.03 * h))
        parts.append(ball(left, (0.15 * h, 0.19 * h, 0.025 * h), person.trim, 0.5))
        parts.append(ball(add(left, (0, 0, -0.012 * h)), (0.125 * h, 0.16 * h, 0.025 * h), person.hat_colour, 0.6))
    return parts
