"""What the biped rig wears beyond clothes or holds: wings, packs, glasses; tools and instruments in its hands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from imagined.engines.illustrator.figures import handheld, instruments, tabletop
from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.limbs import add, mixed
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.shapes import fronted, loft, patch, ring, rod, slab, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Joints, Person

_RED: Final[Colour] = (0.62, 0.03, 0.025)


@dataclass(frozen=True)
class Hold:
    """How something is held."""

    pose: str
    make: Callable[[Colour], Figure]
    colour: Colour
    turn: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Pitch, yaw and roll, radians."""
    hand: int = 0
    """0 right, 1 left, 2 between both."""
    grip: str = "grip"
    """The anchor that is in the hand."""


HELD: Final[dict[str, Hold]] = {
    "umbrella": Hold("raising", handheld.umbrella, (0.62, 0.03, 0.03), (0.10, 0, 0.06)),
    "toy_balloon": Hold("raising", handheld.toy_balloon, _RED),
    "kite": Hold("raising", lambda c: handheld.kite(c, 1.6), _RED, (-0.25, 0, 0)),
    "lantern": Hold("holding", handheld.lantern, (0.12, 0.10, 0.08)),
    "sword": Hold("holding", handheld.sword, (0.72, 0.52, 0.18), (-0.35, 0, 0.1)),
    "katana": Hold("fighting", handheld.katana, (0.06, 0.06, 0.16), (-0.5, 0, 0), 2),
    "shield": Hold("holding", handheld.shield, (0.45, 0.04, 0.04), (0, 0, 0), 1),
    "staff": Hold("raising", handheld.staff, (0.3, 0.7, 0.9)),
    "spear": Hold("raising", handheld.spear, _RED),
    "trident": Hold("raising", handheld.trident, (0.75, 0.55, 0.15)),
    "hammer": Hold("holding", handheld.hammer, (0.55, 0.08, 0.05), (-0.5, 0, 0)),
    "axe": Hold("carrying", handheld.axe, (0.5, 0.5, 0.52), (-0.7, 0, 0.3)),
    "shovel": Hold("dangling", handheld.shovel, (0.3, 0.12, 0.05)),
    "broom": Hold("carrying", handheld.broom, (0.66, 0.48, 0.20), (0.2, 0, 0.3)),
    "wrench": Hold("holding", handheld.wrench, (0.55, 0.56, 0.6), (-0.6, 0, 0)),
    "saw": Hold("holding", handheld.saw, (0.45, 0.20, 0.06), (-0.2, 0, 0)),
    "torch": Hold("raising", handheld.torch, _RED),
    "camera": Hold("wind", handheld.camera, (0.03, 0.03, 0.033), (0, 0, 0), 2),
    "phone": Hold("reading", handheld.phone, (0.03, 0.03, 0.035), (0.3, np.pi, 0), 0),
    "microphone": Hold("singing", handheld.microphone, (0.04, 0.04, 0.045), (0.5, 0, 0)),
    "book": Hold("reading", handheld.open_book, (0.45, 0.05, 0.04), (-0.6, 0, 0), 2),
    "guitar": Hold("guitar", instruments.guitar, (0.72, 0.40, 0.13), (-1.12, np.pi / 2, 0), 0),
    "violin": Hold("violin", instruments.violin, (0.42, 0.14, 0.04), (0, -1.32, -1.4), 1),
    "trumpet": Hold("wind", instruments.trumpet, (0.80, 0.54, 0.12), (0.1, 0, 0), 2),
    "saxophone": Hold("sax", instruments.saxophone, (0.80, 0.54, 0.12), (0.25, 0, 0), 0),
    "fishing_rod": Hold("fishing", handheld.fishing_rod, (0.7, 0.06, 0.04), (0, 0, 0), 2),
    "pan": Hold("cooking", handheld.pan, (0.05, 0.05, 0.055)),
    "flower": Hold("holding", tabletop.bloom, (0.74, 0.06, 0.10)),
    "bouquet": Hold("carrying", tabletop.bouquet, (0.80, 0.36, 0.48), (-0.25, 0, 0), 2),
    "cup": Hold("holding", tabletop.mug, (0.80, 0.77, 0.70)),
    "wine_glass": Hold("holding", tabletop.wine_glass, (0.35, 0.02, 0.05)),
    "ice_cream": Hold("holding", tabletop.ice_cream, (0.86, 0.45, 0.52)),
    "gift": Hold("carrying", tabletop.gift_small, _RED, (0, 0, 0), 2),
    "teddy_bear": Hold("carrying", tabletop.teddy_small, (0.42, 0.22, 0.08), (0, np.pi, 0), 2),
    "cake": Hold("carrying", tabletop.cake_small, (0.86, 0.62, 0.62), (0, 0, 0), 2),
    "tray": Hold("raising", tabletop.tray, (0.6, 0.61, 0.64)),
    "ball": Hold("carrying", tabletop.football, (0.85, 0.84, 0.82), (0, 0, 0), 2),
    "suitcase": Hold("dangling", tabletop.suitcase, (0.36, 0.16, 0.06)),
    "briefcase": Hold("dangling", tabletop.briefcase, (0.10, 0.05, 0.025)),
    "letter": Hold("reading", tabletop.letter, (0.85, 0.82, 0.74), (0.5, 0, 0), 2),
    "map": Hold("reading", tabletop.paper_map, (0.78, 0.68, 0.48), (0.5, 0, 0), 2),
    "apple": Hold("holding", tabletop.held_apple, _RED),
    "flag": Hold("raising", tabletop.flag, _RED),
    "candle": Hold("holding", tabletop.candle_held, (0.86, 0.82, 0.72)),
    "skull": Hold("holding", tabletop.held_skull, (0.82, 0.78, 0.68)),
    "plate": Hold("carrying", tabletop.plate_held, (0.85, 0.84, 0.82), (0, 0, 0), 2),
    "basket": Hold("dangling", tabletop.basket, (0.5, 0.32, 0.14)),
    "watering_can": Hold("holding", tabletop.watering_can, (0.10, 0.34, 0.22), (-0.25, 0, 0)),
    "magnifier": Hold("holding", tabletop.magnifier, (0.5, 0.36, 0.12), (-0.3, 0, 0)),
    "flask": Hold("holding", tabletop.flask, (0.1, 0.6, 0.25)),
}
"""What can be held, with the pose that goes with it."""

POSED: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "reading": ("reading", ("book",)),
    "playing_guitar": ("guitar", ("guitar",)),
    "playing_violin": ("violin", ("violin",)),
    "playing_trumpet": ("wind", ("trumpet",)),
    "playing_saxophone": ("sax", ("saxophone",)),
    "playing_piano": ("keys", ("at_piano",)),
    "playing_drums": ("drumming", ("at_drums",)),
    "playing_drum": ("drumming", ("at_drums",)),
    "painting": ("painting", ("easel",)),
    "fishing": ("fishing", ("fishing_rod",)),
    "cooking": ("cooking", ("pan",)),
    "skiing": ("skiing", ("skis",)),
    "surfing": ("surfing", ("surfboard",)),
    "skateboarding": ("skating", ("skateboard",)),
    "flying_kite": ("raising", ("kite",)),
    "singing": ("singing", ("microphone",)),
    "photographing": ("wind", ("camera",)),
    "drinking": ("holding", ("cup",)),
    "gardening": ("holding", ("watering_can",)),
    "sweeping": ("carrying", ("broom",)),
}
"""Poses of the prompt that bring something along: the gesture and the props."""


def carried(
    body: Clay, person: "Person", joints: "Joints", names: tuple[str, ...], colour: Colour | None = None
) -> list[Mesh]:
    """Everything named: worn things of `EXTRAS`, held things of `HELD`; names of neither are passed over."""
    parts: list[Mesh] = []
    for name in dict.fromkeys(names):
        if name in EXTRAS:
            parts += EXTRAS[name](body, person, joints)
        elif name in HELD:
            parts += _held(HELD[name], joints, colour if name not in person.extras else None)
            parts += _with(name, joints)
    return parts


def _held(hold: Hold, joints: "Joints", colour: Colour | None) -> list[Mesh]:
    made = hold.make(colour or hold.colour)
    scale = float(np.clip(joints.height / 1.6, 0.72, 1.0))
    turn = turned(*hold.turn)
    x, y, z = (turn * np.asarray(made.anchors.get(hold.grip, (0.0, 0.0, 0.0)), np.float32)).sum(1) * scale
    at = _fist(joints, hold.hand)
    return [turned_by(made.mesh, turn, (at[0] - float(x), at[1] - float(y), at[2] - float(z)), scale)]


def _fist(joints: "Joints", hand: int) -> Point:
    """The middle of the closed hand, or between both."""
    if hand == 2:
        return mixed(_fist(joints, 0), _fist(joints, 1), 0.5)
    return mixed(joints.elbows[hand], joints.hands[hand], 1.17)


def _with(name: str, joints: "Joints") -> list[Mesh]:
    """What else goes with a thing: a bow to a violin."""
    if name != "violin":
        return []
    right, left = _fist(joints, 0), _fist(joints, 1)
    to = np.array((left[0] - 0.24 - right[0], left[1] + 0.09 - right[1], left[2] + 0.05 - right[2]))
    to /= max(float(np.linalg.norm(to)), 1e-6)
    turn = turned(pitch=float(np.arcsin(to[1])), yaw=float(-np.arctan2(to[2], to[0])))
    return [turned_by(part, turn, right) for part in instruments.bow()]


def _glasses(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    frame, u = joints.head, joints.head.unit
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


def _eyepatch(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    frame, u = joints.head, joints.head.unit
    return [
        ball(frame.at(0.84, 0.1, -0.33), frame.size(0.12, 0.24, 0.22), (0.02, 0.02, 0.02), 0.2, frame.turn),
        tube(
            [frame.at(0.88, 0.18, -0.3), frame.at(0.7, 0.5, 0.4), frame.at(0.1, 0.65, 0.78)],
            [0.03 * u] * 3,
            (0.02, 0.02, 0.02),
        ),
    ]


def _pack(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h = person.height
    white = person.hat == "bubble"
    colour: Colour = (0.80, 0.80, 0.82) if white else (0.55, 0.16, 0.05)
    soft = Clay(blend=0.02)
    at = add(joints.chest, (-0.115 * h, 0.0, 0.0))
    soft.box(at, (0.05 * h, 0.115 * h, 0.088 * h), 0.03 * h, colour, 0.2)
    parts = [soft.mesh(0.014 * h)]
    if white:
        grey: Colour = (0.42, 0.43, 0.46)
        parts.append(box(add(joints.chest, (0.083 * h, 0.01 * h, 0)), (0.04 * h, 0.06 * h, 0.08 * h), grey, 0.4))
        for dy, dz, shade in ((0.022, 0.012, (0.7, 0.1, 0.06)), (-0.002, -0.012, (0.1, 0.3, 0.7))):
            parts.append(box(add(joints.chest, (0.104 * h, dy * h, dz * h)), (0.01, 0.015 * h, 0.02 * h), shade, 0.4))
        return parts
    parts.append(ball(add(at, (-0.045 * h, -0.04 * h, 0)), (0.025 * h, 0.045 * h, 0.06 * h), (0.32, 0.09, 0.03)))
    for side in (1, -1):
        line = [
            add(joints.shoulders[0 if side > 0 else 1], (-0.035 * h, 0.02 * h, -side * 0.03 * h)),
            add(joints.shoulders[0 if side > 0 else 1], (0.02 * h, 0.04 * h, -side * 0.032 * h)),
        ]
        front = fronted(
            body, [add(joints.chest, (0.2 * h, dy * h, side * 0.062 * h)) for dy in (0.05, 0.0, -0.05)], 0.006 * h
        )
        parts.append(tube([*line, *front], [0.013 * h] * 5, (0.32, 0.09, 0.03), 0, 6))
    return parts


def _scarf(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h, neck = person.height, joints.neck
    parts = [ring(add(neck, (0.0, -0.006 * h, 0)), 0.04 * h, 0.042 * h, 0.018 * h, person.trim)]
    parts.append(
        loft(
            [
                add(neck, (0.04 * h, -0.01 * h, 0.02 * h)),
                add(neck, (0.085 * h, -0.06 * h, 0.03 * h)),
                add(neck, (0.095 * h, -0.2 * h, 0.035 * h)),
            ],
            [0.02 * h, 0.025 * h, 0.03 * h],
            [0.01 * h] * 3,
            person.trim,
            0,
            10,
        )
    )
    return parts


def _wings(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    """An angel's wings: rows of feathers from the shoulder blades."""
    h, parts = person.height, []
    for side in (1, -1):
        root = add(joints.chest, (-0.06 * h, 0.06 * h, side * 0.03 * h))
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
                start = at + (0.008 * row * h, 0, 0)
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


def _fairy_wings(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h, parts = person.height, []
    tone: Colour = (0.62, 0.80, 0.86)
    for side in (1, -1):
        for rise, long, wide in ((0.75, 0.46, 0.15), (-0.35, 0.32, 0.11)):
            root = np.array(add(joints.chest, (-0.05 * h, 0.02 * h, side * 0.02 * h)))
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


def _stethoscope(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h, neck = person.height, joints.neck
    x = joints.chest[0] + 0.2 * h
    spots = [
        (neck[1] + 0.0 * h, 0.05),
        (neck[1] - 0.06 * h, 0.05),
        (neck[1] - 0.12 * h, 0.034),
        (neck[1] - 0.14 * h, 0.0),
        (neck[1] - 0.12 * h, -0.034),
        (neck[1] - 0.06 * h, -0.05),
        (neck[1] + 0.0 * h, -0.05),
    ]
    line = fronted(body, [(x, y, z * h) for y, z in spots], 0.012 * h)
    low = fronted(body, [(x, neck[1] - 0.20 * h, 0.01 * h)], 0.012 * h)[0]
    return [
        tube(line, [0.006 * h] * 7, (0.03, 0.03, 0.035), 0.3, 6),
        tube([line[3], low], [0.006 * h] * 2, (0.03, 0.03, 0.035), 0.3, 6),
        ball(low, (0.008 * h, 0.016 * h, 0.016 * h), (0.7, 0.71, 0.74), 0.7),
    ]


def _apron(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h = person.height
    x, top, hips = joints.chest[0] + 0.2 * h, joints.chest[1] + 0.03 * h, joints.hips[1]
    parts = [
        patch(
            body,
            [(top, -0.04 * h, 0.04 * h), (joints.waist[1], -0.062 * h, 0.062 * h), (hips, -0.075 * h, 0.075 * h)],
            person.trim,
            0.010 * h,
            x,
            7,
        )
    ]

    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        across = (v - 0.5) * 2 * (0.078 + 0.02 * u) * h
        deep = joints.hips[0] + 0.092 * h * np.cos(across / h * 8) ** 0.8 + 0.03 * u * h
        return deep, hips + 0.006 * h - u * 0.26 * h, across

    return [*parts, sheet(shape, person.trim, 0.004, 6, 10)]


def _bands(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    """Bright bands round a workman's chest and shoulders."""
    h, g = person.height, person.build
    light: Colour = (0.78, 0.80, 0.72)
    parts = []
    for t in (0.45, 0.85):
        at = mixed(joints.hips, joints.chest, t)
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
                body,
                [
                    (joints.neck[1] - 0.02 * h, side * 0.046 * h, side * 0.062 * h),
                    (joints.waist[1], side * 0.046 * h, side * 0.060 * h),
                ],
                light,
                0.005 * h,
                joints.chest[0] + 0.2 * h,
                3,
            )
        )
    return parts


def _badge(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h = person.height
    at = fronted(body, [(joints.chest[0] + 0.2 * h, joints.chest[1] + 0.02 * h, 0.045 * h)], 0.004 * h)[0]
    return [ball(at, (0.006 * h, 0.017 * h, 0.014 * h), (0.85, 0.65, 0.18), 0.8, segments=10)]


def _stripes(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    for k in range(8):
        body.paint(
            add(joints.waist, (0, (-0.09 + 0.034 * k) * person.height, 0)),
            (0.4, 0.008 * person.height, 0.13 * person.height),
            person.trim,
            0.012,
        )
    return []


def _sailor_collar(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h, neck = person.height, joints.neck
    x = joints.chest[0] + 0.2 * h
    parts = [
        patch(
            body,
            [
                (neck[1] + 0.0 * h, s * 0.03 * h, s * 0.07 * h),
                (neck[1] - 0.07 * h, s * 0.014 * h, s * 0.05 * h),
                (neck[1] - 0.11 * h, s * 0.0 * h, s * 0.012 * h),
            ],
            person.trim,
            0.007 * h,
            x,
            4,
        )
        for s in (1, -1)
    ]
    parts.append(box(add(neck, (-0.072 * h, -0.06 * h, 0)), (0.012 * h, 0.11 * h, 0.15 * h), person.trim))
    knot = fronted(body, [(x, neck[1] - 0.12 * h, 0)], 0.008 * h)[0]
    parts += [
        ball(knot, 0.012 * h, _RED),
        *[tube([knot, add(knot, (0.01 * h, -0.06 * h, s * 0.025 * h))], [0.008 * h, 0.014 * h], _RED) for s in (1, -1)],
    ]
    return parts


def _tutu(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h = person.height
    phi = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    from imagined.engines.illustrator.figures.shapes import woven

    parts = []
    for layer in range(3):
        rows = []
        for t in (0.0, 0.35, 0.7, 1.0):
            radius = (0.07 + 0.19 * t) * h
            y = (
                joints.hips[1]
                + (0.012 - 0.014 * layer - 0.03 * t * (layer + 0.6)) * h
                + 0.012 * h * t * np.sin(phi * 15 + layer)
            )
            rows.append(np.stack([joints.hips[0] + radius * np.cos(phi), y, radius * np.sin(phi)], 1))
        parts.append(woven(np.stack(rows), person.trim))
    return parts


def _armour(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    """Plates on shoulders, knees and the skirt of a suit of armour."""
    h, colour, parts = person.height, person.shirt, []
    for index, side in enumerate((1, -1)):
        for k in range(3):
            at = add(
                mixed(joints.shoulders[index], joints.elbows[index], 0.06 + 0.16 * k), (0, 0.012 * h, side * 0.006 * h)
            )
            parts.append(
                ball(at, ((0.05 - 0.004 * k) * h, (0.030) * h, (0.05 - 0.004 * k) * h), colour, 0.7, segments=14)
            )
        parts.append(ball(add(joints.knees[index], (0.012 * h, 0, 0)), 0.042 * h, colour, 0.7, segments=14))
        parts.append(ball(joints.elbows[index], 0.034 * h, colour, 0.7, segments=14))
        parts.append(
            tube(
                [mixed(joints.knees[index], joints.feet[index], t) for t in (0.15, 0.5, 0.95)],
                [0.044 * h, 0.042 * h, 0.034 * h],
                colour,
                0.7,
                14,
            )
        )
    for k in range(3):
        at = add(joints.hips, (0, (0.012 - 0.028 * k) * h, 0))
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
    parts.append(ring(add(joints.neck, (0, -0.012 * h, 0)), 0.045 * h, 0.045 * h, 0.014 * h, colour, 0.7))
    return parts


def _lamellar(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    """A samurai's laced armour: shoulder boards, chest bands, hanging skirt plates."""
    h, parts = person.height, []
    lace = person.trim
    for index, side in enumerate((1, -1)):
        for k in range(4):
            at = add(joints.shoulders[index], (0, (0.02 - 0.032 * k) * h, side * (0.03 + 0.008 * k) * h))
            parts.append(
                box(
                    at,
                    (0.12 * h, 0.026 * h, 0.016 * h),
                    person.shirt if k % 2 else lace,
                    0.4,
                    turned(roll=-side * 0.35),
                )
            )
    for k in range(4):
        at = mixed(joints.hips, joints.chest, 0.2 + 0.26 * k)
        wide = (0.088 + 0.004 * k) * h
        parts.append(
            loft(
                [add(at, (0, dy * h, 0)) for dy in (-0.02, 0.02)],
                [wide * 1.04, wide],
                [wide * 0.9, wide * 0.86],
                person.shirt if k % 2 else lace,
                0.4,
                20,
            )
        )
    for k in range(7):
        a = k * 2 * np.pi / 7 + 0.2
        at = add(joints.hips, (0.10 * h * float(np.cos(a)), -0.085 * h, 0.115 * h * float(np.sin(a))))
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
                    person.shirt if row % 2 else lace,
                    0.4,
                    turned(yaw=-a),
                )
            )
    return parts


def _tank(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h, at = person.height, add(joints.chest, (-0.12 * h, 0.0, 0.0))
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


def _easel(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    """A brush and a palette in the hands, a canvas on an easel before them."""
    from imagined.engines.illustrator.figures.objects import easel

    brush, left = _fist(joints, 1), _fist(joints, 0)
    parts = [
        rod(add(brush, (-0.06, -0.03, 0.08)), add(brush, (0.06, 0.05, -0.14)), 0.006, (0.4, 0.22, 0.08), 0.3),
        ball(add(brush, (0.064, 0.053, -0.15)), (0.012, 0.012, 0.025), (0.1, 0.25, 0.6)),
    ]
    board = [(float(0.17 * np.cos(a)), float(0.12 * np.sin(a))) for a in np.linspace(0, 2 * np.pi, 20, endpoint=False)]
    lay = turned(roll=-np.pi / 2 + 0.35)
    parts.append(turned_by(slab(board, 0.012, (0.45, 0.26, 0.10), 0.3), lay, add(left, (0.04, 0.02, 0))))
    dabs: tuple[Colour, ...] = (
        (0.7, 0.05, 0.04),
        (0.85, 0.6, 0.05),
        (0.1, 0.4, 0.12),
        (0.06, 0.2, 0.6),
        (0.85, 0.84, 0.8),
    )
    parts += [
        turned_by(
            ball((-0.1 + 0.05 * k, 0.05 + 0.02 * (k % 2), 0.01), (0.02, 0.018, 0.008), c, 0.4, segments=8),
            lay,
            add(left, (0.04, 0.02, 0)),
        )
        for k, c in enumerate(dabs)
    ]
    parts.append(
        easel((0.36, 0.18, 0.08)).mesh.moved(
            (brush[0] - 0.08, 0.0, brush[2] - 0.52), yaw=-0.62, scale=person.height / 1.74
        )
    )
    return parts


def _at_piano(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    made = instruments.grand_piano((0.012, 0.012, 0.014))
    hand = _fist(joints, 0)
    return [made.mesh.moved((hand[0] - made.anchors["keys"][0] + 0.02, min(hand[1] - 0.83, 0.06), 0.0))]


def _at_drums(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    made = instruments.drums((0.55, 0.03, 0.03))
    parts = [made.mesh.moved((-made.anchors["seat"][0], 0.0, 0.0))]
    for index, side in enumerate((1, -1)):
        at = _fist(joints, index)
        parts.append(
            rod(
                add(at, (-0.08, 0.0, 0.0)),
                add(at, (0.32, 0.06 - 0.10 * index, -side * 0.04)),
                0.009,
                (0.72, 0.52, 0.28),
                0.2,
                6,
                0.7,
            )
        )
    return parts


def _skis(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h, parts = person.height, []
    low = min(joints.feet[0][1], joints.feet[1][1]) - 0.045 * h
    for index, side in enumerate((1, -1)):
        x, _, z = joints.feet[index]
        line = [
            (x - 0.42 * h, low, z),
            (x + 0.4 * h, low, z),
            (x + 0.52 * h, low + 0.01 * h, z),
            (x + 0.6 * h, low + 0.06 * h, z),
        ]
        parts.append(
            loft(line, [0.028 * h, 0.028 * h, 0.027 * h, 0.012 * h], [0.007 * h] * 4, (0.75, 0.12, 0.05), 0.6, 10)
        )
        hand = _fist(joints, index)
        tip = (hand[0] - 0.42 * h, low + 0.02 * h, hand[2] + side * 0.07 * h)
        parts += [
            rod(mixed(hand, tip, -0.08), tip, 0.007 * h, (0.1, 0.1, 0.11), 0.5),
            ring(mixed(hand, tip, 0.92), 0.03 * h, 0.03 * h, 0.004 * h, (0.1, 0.1, 0.11)),
        ]
    return parts


def _surfboard(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    from imagined.engines.illustrator.figures.objects import surfboard

    low = min(joints.feet[0][1], joints.feet[1][1]) - 0.045 * person.height
    return [surfboard((0.86, 0.55, 0.06), lying=True).mesh.moved((0.0, low - 0.055, 0.0))]


def _skateboard(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    from imagined.engines.illustrator.figures.bikes import skateboard

    low = min(joints.feet[0][1], joints.feet[1][1]) - 0.045 * person.height
    return [skateboard((0.65, 0.1, 0.06)).mesh.moved((0.0, low - 0.115, 0.0))]


EXTRAS: Final[dict[str, Callable[[Clay, "Person", "Joints"], list[Mesh]]]] = {
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
    "easel": _easel,
    "at_piano": _at_piano,
    "at_drums": _at_drums,
    "skis": _skis,
    "surfboard": _surfboard,
    "skateboard": _skateboard,
}
"""Worn things and stations, by name."""
