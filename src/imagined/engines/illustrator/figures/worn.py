"""What the biped rig wears beyond clothes: wings, packs, glasses, badges, armour."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.limbs import add, mixed
from imagined.engines.illustrator.figures.shapes import fronted, loft, patch, ring
from imagined.engines.illustrator.figures.solids import ball, box, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Joints, Person

_RED: Final[Colour] = (0.62, 0.03, 0.025)


class Wearer(NamedTuple):
    """Whom something is put on: the body of cloth, the proportions and the skeleton."""

    body: Clay
    person: "Person"
    joints: "Joints"


def _glasses(on: Wearer) -> list[Mesh]:
    frame, u = on.joints.head, on.joints.head.unit
    turn = (frame.turn @ turned(pitch=-np.pi / 2)).astype(np.float32)
    parts = [
        ring(frame.at(0.93, 0.1, s * 0.34), 0.24 * u, 0.24 * u, 0.035 * u, (0.03, 0.025, 0.02), 0.5, turn, 6, 20)
        for s in (1, -1)
    ]
    parts.append(
        tube(
            [frame.at(0.95, 0.14, 0.12), frame.at(0.98, 0.16, 0), frame.at(0.95, 0.14, -0.12)],
            [0.03 * u] * 3,
            (0.03, 0.025, 0.02),
            0.5,
        )
    )
    parts += [
        tube(
            [frame.at(0.9, 0.12, s * 0.56), frame.at(0.5, 0.12, s * 0.84), frame.at(-0.05, 0.1, s * 0.88)],
            [0.028 * u] * 3,
            (0.03, 0.025, 0.02),
            0.5,
        )
        for s in (1, -1)
    ]
    return parts


def _eyepatch(on: Wearer) -> list[Mesh]:
    frame, u = on.joints.head, on.joints.head.unit
    return [
        ball(frame.at(0.84, 0.1, -0.33), frame.size(0.12, 0.24, 0.22), (0.02, 0.02, 0.02), 0.2, frame.turn),
        tube(
            [frame.at(0.88, 0.18, -0.3), frame.at(0.7, 0.5, 0.4), frame.at(0.1, 0.65, 0.78)],
            [0.03 * u] * 3,
            (0.02, 0.02, 0.02),
        ),
    ]


def _pack(on: Wearer) -> list[Mesh]:
    h = on.person.height
    white = on.person.hat == "bubble"
    colour: Colour = (0.80, 0.80, 0.82) if white else (0.55, 0.16, 0.05)
    soft = Clay(blend=0.02)
    at = add(on.joints.chest, (-0.115 * h, 0.0, 0.0))
    soft.box(at, (0.05 * h, 0.115 * h, 0.088 * h), 0.03 * h, colour, 0.2)
    parts = [soft.mesh(0.014 * h)]
    if white:
        grey: Colour = (0.42, 0.43, 0.46)
        parts.append(box(add(on.joints.chest, (0.083 * h, 0.01 * h, 0)), (0.04 * h, 0.06 * h, 0.08 * h), grey, 0.4))
        for dy, dz, shade in ((0.022, 0.012, (0.7, 0.1, 0.06)), (-0.002, -0.012, (0.1, 0.3, 0.7))):
            parts.append(
                box(add(on.joints.chest, (0.104 * h, dy * h, dz * h)), (0.01, 0.015 * h, 0.02 * h), shade, 0.4)
            )
        return parts
    parts.append(ball(add(at, (-0.045 * h, -0.04 * h, 0)), (0.025 * h, 0.045 * h, 0.06 * h), (0.32, 0.09, 0.03)))
    for side in (1, -1):
        line = [
            add(on.joints.shoulders[0 if side > 0 else 1], (-0.035 * h, 0.02 * h, -side * 0.03 * h)),
            add(on.joints.shoulders[0 if side > 0 else 1], (0.02 * h, 0.04 * h, -side * 0.032 * h)),
        ]
        front = fronted(
            on.body, [add(on.joints.chest, (0.2 * h, dy * h, side * 0.062 * h)) for dy in (0.05, 0.0, -0.05)], 0.006 * h
        )
        parts.append(tube([*line, *front], [0.013 * h] * 5, (0.32, 0.09, 0.03), 0, 6))
    return parts


def _scarf(on: Wearer) -> list[Mesh]:
    h, neck = on.person.height, on.joints.neck
    parts = [ring(add(neck, (0.0, -0.006 * h, 0)), 0.04 * h, 0.042 * h, 0.018 * h, on.person.trim)]
    parts.append(
        loft(
            [
                add(neck, (0.04 * h, -0.01 * h, 0.02 * h)),
                add(neck, (0.085 * h, -0.06 * h, 0.03 * h)),
                add(neck, (0.095 * h, -0.2 * h, 0.035 * h)),
            ],
            [0.02 * h, 0.025 * h, 0.03 * h],
            [0.01 * h] * 3,
            on.person.trim,
            0,
            10,
        )
    )
    return parts


def _wings(on: Wearer) -> list[Mesh]:
    """An angel's wings: rows of feathers from the shoulder blades."""
    h, parts = on.person.height, []
    for side in (1, -1):
        root = add(on.joints.chest, (-0.06 * h, 0.06 * h, side * 0.03 * h))
        arch = [
            root,
            add(root, (-0.06 * h, 0.16 * h, side * 0.13 * h)),
            add(root, (-0.06 * h, 0.13 * h, side * 0.28 * h)),
            add(root, (-0.05 * h, 0.02 * h, side * 0.38 * h)),
        ]
        parts.append(tube(arch, [0.02 * h, 0.026 * h, 0.02 * h, 0.008 * h], (0.88, 0.87, 0.84), 0.1, 8))
        for row, (count, long) in enumerate(((13, 0.42), (10, 0.26))):
            for k in range(count):
                t = 0.06 + 0.92 * k / (count - 1)
                at = np.array([np.interp(t * 3, range(4), [p[a] for p in arch]) for a in range(3)])
                fall = np.array((-0.03, -1.0, side * (0.10 + 0.45 * t)))
                tip = (
                    at
                    + fall / np.linalg.norm(fall) * long * h * (0.75 + 0.35 * np.sin(t * 2.6))
                    + (0.012 * row * h, 0, 0)
                )
                start = at + np.array((0.008 * row * h, 0.0, 0.0))
                parts.append(
                    loft(
                        [tuple(start), tuple(start * 0.5 + tip * 0.5), tuple(tip)],
                        [0.018 * h, 0.026 * h, 0.004 * h],
                        [0.004 * h] * 3,
                        (0.86, 0.86, 0.85),
                        0.05,
                        8,
                        side=(0, 0.2, side),
                    )
                )
    return parts


def _fairy_wings(on: Wearer) -> list[Mesh]:
    h, parts = on.person.height, []
    tone: Colour = (0.62, 0.80, 0.86)
    for side in (1, -1):
        for rise, long, wide in ((0.75, 0.46, 0.15), (-0.35, 0.32, 0.11)):
            root = np.array(add(on.joints.chest, (-0.05 * h, 0.02 * h, side * 0.02 * h)))
            way = np.array((-0.35, rise, side * 0.9))
            way /= np.linalg.norm(way)
            spots = [root + way * long * h * t for t in (0, 0.2, 0.55, 0.85, 1.0)]
            parts.append(
                loft(
                    [tuple(p) for p in spots],
                    [w * wide * h for w in (0.1, 0.55, 1.0, 0.7, 0.1)],
                    [0.003 * h] * 5,
                    tone,
                    0.7,
                    16,
                    side=(0.0, 1.0, -side * 0.8),
                    glow=(0.10, 0.13, 0.15),
                )
            )
    return parts


def _stethoscope(on: Wearer) -> list[Mesh]:
    h, neck = on.person.height, on.joints.neck
    x = on.joints.chest[0] + 0.2 * h
    spots = [
        (neck[1] + 0.0 * h, 0.05),
        (neck[1] - 0.06 * h, 0.05),
        (neck[1] - 0.12 * h, 0.034),
        (neck[1] - 0.14 * h, 0.0),
        (neck[1] - 0.12 * h, -0.034),
        (neck[1] - 0.06 * h, -0.05),
        (neck[1] + 0.0 * h, -0.05),
    ]
    line = fronted(on.body, [(x, y, z * h) for y, z in spots], 0.012 * h)
    low = fronted(on.body, [(x, neck[1] - 0.20 * h, 0.01 * h)], 0.012 * h)[0]
    return [
        tube(line, [0.006 * h] * 7, (0.03, 0.03, 0.035), 0.3, 6),
        tube([line[3], low], [0.006 * h] * 2, (0.03, 0.03, 0.035), 0.3, 6),
        ball(low, (0.008 * h, 0.016 * h, 0.016 * h), (0.7, 0.71, 0.74), 0.7),
    ]


def _apron(on: Wearer) -> list[Mesh]:
    h = on.person.height
    x, top, hips = on.joints.chest[0] + 0.2 * h, on.joints.chest[1] + 0.03 * h, on.joints.hips[1]
    parts = [
        patch(
            on.body,
            [(top, -0.04 * h, 0.04 * h), (on.joints.waist[1], -0.062 * h, 0.062 * h), (hips, -0.075 * h, 0.075 * h)],
            on.person.trim,
            0.010 * h,
            x,
            7,
        )
    ]

    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        across = (v - 0.5) * 2 * (0.078 + 0.02 * u) * h
        deep = on.joints.hips[0] + 0.092 * h * np.cos(across / h * 8) ** 0.8 + 0.03 * u * h
        return deep, hips + 0.006 * h - u * 0.26 * h, across

    return [*parts, sheet(shape, on.person.trim, 0.004, 6, 10)]


def _bands(on: Wearer) -> list[Mesh]:
    """Bright bands round a workman's chest and shoulders."""
    h, g = on.person.height, on.person.build
    light: Colour = (0.78, 0.80, 0.72)
    parts = []
    for t in (0.45, 0.85):
        at = mixed(on.joints.hips, on.joints.chest, t)
        wide = (0.083 + 0.014 * t) * h * g
        parts.append(
            loft(
                [add(at, (0, dy * h, 0)) for dy in (-0.010, 0.010)],
                [wide] * 2,
                [wide * (0.82 - 0.02 * t)] * 2,
                light,
                0.4,
                24,
            )
        )
    for side in (1, -1):
        parts.append(
            patch(
                on.body,
                [
                    (on.joints.neck[1] - 0.02 * h, side * 0.046 * h, side * 0.062 * h),
                    (on.joints.waist[1], side * 0.046 * h, side * 0.060 * h),
                ],
                light,
                0.005 * h,
                on.joints.chest[0] + 0.2 * h,
                3,
            )
        )
    return parts


def _badge(on: Wearer) -> list[Mesh]:
    h = on.person.height
    at = fronted(on.body, [(on.joints.chest[0] + 0.2 * h, on.joints.chest[1] + 0.02 * h, 0.045 * h)], 0.004 * h)[0]
    return [ball(at, (0.006 * h, 0.017 * h, 0.014 * h), (0.85, 0.65, 0.18), 0.8, segments=10)]


def _stripes(on: Wearer) -> list[Mesh]:
    for k in range(8):
        on.body.paint(
            add(on.joints.waist, (0, (-0.09 + 0.034 * k) * on.person.height, 0)),
            (0.4, 0.008 * on.person.height, 0.13 * on.person.height),
            on.person.trim,
            0.012,
        )
    return []


def _sailor_collar(on: Wearer) -> list[Mesh]:
    h, neck = on.person.height, on.joints.neck
    x = on.joints.chest[0] + 0.2 * h
    parts = [
        patch(
            on.body,
            [
                (neck[1] + 0.0 * h, s * 0.03 * h, s * 0.07 * h),
                (neck[1] - 0.07 * h, s * 0.014 * h, s * 0.05 * h),
                (neck[1] - 0.11 * h, s * 0.0 * h, s * 0.012 * h),
            ],
            on.person.trim,
            0.007 * h,
            x,
            4,
        )
        for s in (1, -1)
    ]
    parts.append(box(add(neck, (-0.072 * h, -0.06 * h, 0)), (0.012 * h, 0.11 * h, 0.15 * h), on.person.trim))
    knot = fronted(on.body, [(x, neck[1] - 0.12 * h, 0)], 0.008 * h)[0]
    parts += [
        ball(knot, 0.012 * h, _RED),
        *[tube([knot, add(knot, (0.01 * h, -0.06 * h, s * 0.025 * h))], [0.008 * h, 0.014 * h], _RED) for s in (1, -1)],
    ]
    return parts


def _tutu(on: Wearer) -> list[Mesh]:
    h = on.person.height
    phi = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    from imagined.engines.illustrator.figures.shapes import woven

    parts = []
    for layer in range(3):
        rows = []
        for t in (0.0, 0.35, 0.7, 1.0):
            radius = (0.07 + 0.19 * t) * h
            y = (
                on.joints.hips[1]
                + (0.012 - 0.014 * layer - 0.03 * t * (layer + 0.6)) * h
                + 0.012 * h * t * np.sin(phi * 15 + layer)
            )
            rows.append(np.stack([on.joints.hips[0] + radius * np.cos(phi), y, radius * np.sin(phi)], 1))
        parts.append(woven(np.stack(rows), on.person.trim))
    return parts


def _armour(on: Wearer) -> list[Mesh]:
    """Plates on shoulders, knees and the skirt of a suit of armour."""
    h, colour, parts = on.person.height, on.person.shirt, []
    for index, side in enumerate((1, -1)):
        for k in range(3):
            at = add(
                mixed(on.joints.shoulders[index], on.joints.elbows[index], 0.06 + 0.16 * k),
                (0, 0.012 * h, side * 0.006 * h),
            )
            parts.append(
                ball(at, ((0.05 - 0.004 * k) * h, (0.030) * h, (0.05 - 0.004 * k) * h), colour, 0.7, segments=14)
            )
        parts.append(ball(add(on.joints.knees[index], (0.012 * h, 0, 0)), 0.042 * h, colour, 0.7, segments=14))
        parts.append(ball(on.joints.elbows[index], 0.034 * h, colour, 0.7, segments=14))
        parts.append(
            tube(
                [mixed(on.joints.knees[index], on.joints.feet[index], t) for t in (0.15, 0.5, 0.95)],
                [0.044 * h, 0.042 * h, 0.034 * h],
                colour,
                0.7,
                14,
            )
        )
    for k in range(3):
        at = add(on.joints.hips, (0, (0.012 - 0.028 * k) * h, 0))
        parts.append(
            loft(
                [add(at, (0, dy * h, 0)) for dy in (0.016, -0.018)],
                [(0.094 + 0.006 * k) * h, (0.102 + 0.006 * k) * h],
                [(0.082 + 0.006 * k) * h, (0.09 + 0.006 * k) * h],
                colour,
                0.7,
                20,
            )
        )
    parts.append(ring(add(on.joints.neck, (0, -0.012 * h, 0)), 0.045 * h, 0.045 * h, 0.014 * h, colour, 0.7))
    return parts


def _lamellar(on: Wearer) -> list[Mesh]:
    """A samurai's laced armour: shoulder boards, chest bands, hanging skirt plates."""
    h, parts = on.person.height, []
    lace = on.person.trim
    for index, side in enumerate((1, -1)):
        for k in range(4):
            at = add(on.joints.shoulders[index], (0, (0.02 - 0.032 * k) * h, side * (0.03 + 0.008 * k) * h))
            parts.append(
                box(
                    at,
                    (0.12 * h, 0.026 * h, 0.016 * h),
                    on.person.shirt if k % 2 else lace,
                    0.4,
                    turned(roll=-side * 0.35),
                )
            )
    for k in range(4):
        at = mixed(on.joints.hips, on.joints.chest, 0.2 + 0.26 * k)
        wide = (0.088 + 0.004 * k) * h
        parts.append(
            loft(
                [add(at, (0, dy * h, 0)) for dy in (-0.02, 0.02)],
                [wide * 1.04, wide],
                [wide * 0.9, wide * 0.86],
                on.person.shirt if k % 2 else lace,
                0.4,
                20,
            )
        )
    for k in range(7):
        a = k * 2 * np.pi / 7 + 0.2
        at = add(on.joints.hips, (0.10 * h * float(np.cos(a)), -0.085 * h, 0.115 * h * float(np.sin(a))))
        for row in range(3):
            parts.append(
                box(
                    add(
                        at,
                        (
                            0.02 * h * row * float(np.cos(a)) * 0.5,
                            (0.045 - 0.045 * row) * h,
                            0.02 * h * row * float(np.sin(a)) * 0.5,
                        ),
                    ),
                    (0.014 * h, 0.038 * h, 0.085 * h),
                    on.person.shirt if row % 2 else lace,
                    0.4,
                    turned(yaw=-a),
                )
            )
    return parts


def _tank(on: Wearer) -> list[Mesh]:
    h = on.person.height
    at = add(on.joints.chest, (-0.12 * h, 0.0, 0.0))
    return [
        tube(
            [add(at, (0, dy * h, z * h)) for dy in (-0.14, -0.12, 0.1, 0.14)],
            [0.02 * h, 0.036 * h, 0.036 * h, 0.012 * h],
            (0.75, 0.55, 0.05),
            0.5,
            14,
        )
        for z in (0.04, -0.04)
    ]


WORN: Final[dict[str, Callable[[Wearer], list[Mesh]]]] = {
    "backpack": _pack,
    "glasses": _glasses,
    "eyepatch": _eyepatch,
    "scarf": _scarf,
    "wings": _wings,
    "fairy_wings": _fairy_wings,
    "stethoscope": _stethoscope,
    "apron": _apron,
    "bands": _bands,
    "badge": _badge,
    "stripes": _stripes,
    "sailor_collar": _sailor_collar,
    "tutu": _tutu,
    "armour": _armour,
    "lamellar": _lamellar,
    "tank": _tank,
}
"""Worn things by name."""
