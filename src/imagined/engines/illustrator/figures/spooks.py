"""Ghosts and skeletons; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.gestures import GESTURES
from imagined.engines.illustrator.figures.limbs import add, mixed
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import ring, turned_by
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Mesh


def ghost(colour: Colour) -> Figure:
    """A friendly ghost, 1.5 m, hovering a little over the ground."""
    phi = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    from imagined.engines.illustrator.figures.shapes import woven

    rows = []
    for t in np.linspace(0, 1, 20):
        radius = (
            0.36 * np.sqrt(np.clip(1 - (1 - t * 3.2) ** 2, 0.0005, 1))
            if t < 0.3125
            else 0.36 + 0.16 * (t - 0.3125) ** 1.3
        )
        wave = 1 + 0.10 * max(t - 0.35, 0) * 1.6 * np.sin(phi * 7)
        y = 1.55 - 1.35 * t + 0.07 * t**4 * np.sin(phi * 7 + 0.8)
        rows.append(np.stack([radius * wave * np.cos(phi) - 0.18 * t**2, y, radius * wave * np.sin(phi)], 1))
    body = woven(np.stack(rows)[:, ::-1], colour, 0.15, glow=(0.10, 0.11, 0.13))
    parts = [body]
    for s in (1, -1):
        parts += [
            ball((0.31, 1.22, s * 0.115), (0.05, 0.085, 0.058), (0.02, 0.02, 0.03), 0.8, turned(yaw=-s * 0.35)),
            ball((0.352, 1.25, s * 0.115 + 0.012), 0.016, (1, 1, 1), glow=(0.7, 0.7, 0.7), segments=8),
        ]
        parts.append(
            tube(
                [(0.05, 0.98, s * 0.33), (0.16, 0.98, s * 0.5), (0.28, 1.06, s * 0.56)],
                [0.10, 0.085, 0.05],
                colour,
                0.15,
                14,
                glow=(0.10, 0.11, 0.13),
            )
        )
    parts.append(ball((0.335, 1.05, 0), (0.03, 0.055, 0.045), (0.05, 0.02, 0.04), 0.3))
    made = gathered(parts, {})
    return Figure(made.mesh.moved((0, 0.1, 0)), {"head": (0.2, 1.2, 0), "top": (0, 1.5, 0)})


def skeleton_figure(pose: str, colour: Colour) -> Figure:
    """A skeleton, 1.75 m, in a pose of the biped rig."""
    from imagined.engines.illustrator.figures.biped import Person, skeleton
    from imagined.engines.illustrator.figures.objects import skull

    gesture = GESTURES.get(pose, GESTURES["standing"])
    person = Person(heads=6.4)
    joints = skeleton(person, gesture, 0.3 if pose == "riding" else 0.0)
    h, bone = person.height, colour
    parts: list[Mesh] = [
        turned_by(skull(bone).mesh, joints.head.turn, add(joints.head.origin, (-0.02, -0.15, 0)), 1.35)
    ]
    spine = [mixed(joints.hips, joints.neck, t) for t in np.linspace(0.0, 1.06, 15)]
    parts += [ball(p, (0.026, 0.019, 0.028), bone, 0.1, segments=10) for p in spine]
    for k in range(7):
        at = mixed(joints.waist, joints.chest, 0.55 + 0.19 * k)
        wide = (0.075, 0.085, 0.092, 0.094, 0.09, 0.075, 0.055)[k] * h * 0.98
        parts.append(ring(add(at, (0.025, -0.012, 0)), wide, wide * 0.72, 0.010, bone, 0.1, turned(pitch=-0.22), 6, 28))
    parts.append(tube([add(joints.chest, (0.118, dy, 0)) for dy in (0.11, 0.0, -0.10)], [0.02, 0.016, 0.008], bone))
    pelvis = Clay(blend=0.02)
    for s in (1, -1):
        pelvis.ball(add(joints.hips, (0, 0.02, s * 0.075)), (0.04, 0.065, 0.055), bone, turn=turned(roll=s * 0.4))
    pelvis.ball(add(joints.hips, (-0.02, 0.0, 0)), (0.035, 0.06, 0.05), bone)
    parts.append(pelvis.mesh(0.012))
    for index, s in enumerate((1, -1)):
        shoulder, elbow, hand = joints.shoulders[index], joints.elbows[index], joints.hands[index]
        hip = add(joints.hips, (0, -0.01, s * 0.085))
        knee, foot = joints.knees[index], joints.feet[index]
        parts.append(tube([add(joints.neck, (0.02, -0.05, 0)), shoulder], [0.012, 0.012], bone))
        for a, b, r in ((shoulder, elbow, 0.015), (hip, knee, 0.019)):
            parts.append(
                tube(
                    [a, mixed(a, b, 0.08), mixed(a, b, 0.5), mixed(a, b, 0.92), b],
                    [r * 1.9, r, r * 0.85, r, r * 1.9],
                    bone,
                    0.1,
                    8,
                )
            )
        for a, b, r in ((elbow, hand, 0.010), (knee, foot, 0.014)):
            parts += [
                tube([add(a, (0, 0, w * r)), add(b, (0, 0, w * r * 0.8))], [r, r * 0.8], bone, 0.1, 6)
                for w in (1.1, -1.1)
            ]
            parts.append(ball(a, r * 2.1, bone, 0.1, segments=10))
        way = np.asarray(hand) - np.asarray(elbow)
        way /= max(float(np.linalg.norm(way)), 1e-6)
        parts += [
            tube(
                [
                    hand,
                    tuple(np.asarray(hand) + way * 0.09 + (0.0, 0.0, 0.014 * (k - 1.5))),
                    tuple(np.asarray(hand) + way * (0.165 - 0.008 * abs(k - 1.5)) + (0.01, 0.0, 0.022 * (k - 1.5))),
                ],
                [0.009, 0.008, 0.005],
                bone,
                0.1,
                6,
            )
            for k in range(4)
        ]
        parts += [
            tube(
                [foot, add(foot, (0.09, -0.045, s * 0.012 * (k - 1))), add(foot, (0.17, -0.066, s * 0.024 * (k - 1)))],
                [0.013, 0.011, 0.008],
                bone,
                0.1,
                6,
            )
            for k in range(3)
        ]
        parts.append(ball(add(foot, (-0.03, -0.05, 0)), (0.035, 0.026, 0.022), bone, 0.1, segments=10))
    return gathered(
        parts,
        {
            "head": joints.head.origin,
            "top": joints.head.at(0, 1.1, 0),
            "seat": add(joints.hips, (0, -0.07, 0)),
            "hand": joints.hands[0],
            "left_hand": joints.hands[1],
        },
    )
