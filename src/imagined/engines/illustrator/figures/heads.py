"""Heads of the furred and the hoofed: muzzle, face, ears, and what grows on a skull."""

from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.figures.anatomy import Animal
from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.coats import coat_tint
from imagined.engines.illustrator.figures.limbs import Frame, add, mixed, smoothed
from imagined.engines.illustrator.figures.model import eye
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Mesh

_INNER: Colour = (0.62, 0.36, 0.32)
_BONE: Colour = (0.55, 0.44, 0.3)
_HORN: Colour = (0.72, 0.66, 0.52)


def head(body: Clay, animal: Animal, frame: Frame, asleep: bool = False) -> list[Mesh]:
    """The head in its frame, whose unit is the radius of the skull; returns the hard parts."""
    body.blend = animal.head * 0.45
    body.ball(frame.origin, frame.size(1.05, 0.98, 0.92), animal.coat, turn=frame.turn)
    body.blend = animal.head * 0.2
    _muzzle(body, animal, frame)
    _ears(body, animal, frame)
    parts = _headgear(body, animal, frame)
    if animal.ear == "fan":
        parts += [_fan(animal, frame, side) for side in (1, -1)]
    _markings(body, animal, frame)
    return parts + _face(body, animal, frame, asleep)


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
    if animal.hooves and "pale_nose" not in animal.extras:
        body.paint(frame.at(tip, -0.36, 0), frame.size(0.35, 0.6, 0.7), animal.dark, 0.3 * frame.unit, frame.turn)


_Paint = tuple[tuple[float, float, float], tuple[float, float, float], Literal["light", "dark", "black"], float]
_BOTH: Final = frozenset({"badger_stripe", "brow", "black_ears"})
"""Paints that lie on either side of the face."""
_PAINTS: Final[dict[str, _Paint]] = {
    "mask": ((0.72, 0.2, 0), (0.6, 0.3, 1.1), "dark", 0.12),
    "mask_top": ((0.72, 0.56, 0), (0.6, 0.13, 1.0), "light", 0.1),
    "badger": ((0.5, 0.0, 0), (2.4, 1.1, 1.2), "light", 0.15),
    "badger_stripe": ((0.45, 0.3, 0.5), (1.35, 0.75, 0.22), "dark", 0.12),
    "blaze": ((0.8, 0.4, 0), (1.1, 1.0, 0.2), "light", 0.12),
    "husky": ((1.0, -0.25, 0), (0.95, 0.42, 1.0), "light", 0.14),
    "brow": ((0.75, 0.5, 0.36), (0.4, 0.16, 0.16), "light", 0.1),
    "face": ((0.9, -0.12, 0), (0.75, 0.75, 0.72), "light", 0.15),
    "black_ears": ((0.0, 0.1, 1.1), (0.5, 1.2, 0.34), "black", 0.1),
    "dark_face": ((1.35, -0.15, 0), (1.35, 0.85, 1.1), "dark", 0.2),
    "dark_muzzle": ((1.3, -0.35, 0), (0.7, 0.62, 0.8), "black", 0.25),
}
"""Centre, half-axes, colour and softness, in radii of the skull, by the name in `Animal.extras`."""
_WITH: Final = {"mask": ("mask_top",), "badger": ("badger_stripe",), "husky": ("brow",)}


def _markings(body: Clay, animal: Animal, frame: Frame) -> None:
    unit, tip = frame.unit, 0.72 + animal.snout
    shades: dict[str, Colour] = {"light": animal.light, "dark": animal.dark, "black": (0.035, 0.03, 0.03)}
    names = [name for extra in animal.extras if extra in _PAINTS for name in (extra, *_WITH.get(extra, ()))]
    for name in names:
        (x, y, z), (long, high, wide), shade, soft = _PAINTS[name]
        for side in (1, -1) if name in _BOTH else (1,):
            at = frame.at(tip if name == "dark_muzzle" else x, y, side * z)
            body.paint(at, frame.size(long, high, wide), shades[shade], soft * unit, frame.turn)
    if animal.points is not None:
        body.paint(frame.at(tip, -0.1, 0), frame.size(0.75, 0.62, 0.75), animal.points, 0.45 * unit, frame.turn)
        for side in (1, -1):
            body.paint(frame.at(-0.15, 1.25, side * 0.6), frame.size(0.5, 0.6, 0.5), animal.points, 0.3 * unit)


def _face(body: Clay, animal: Animal, frame: Frame, asleep: bool) -> list[Mesh]:
    parts = _eyes(body, animal, frame, asleep)
    if "trunk" in animal.extras:
        return parts
    if "big_nose" in animal.extras:
        (at,) = body.snapped([frame.at(0.72 + animal.snout, -0.1, 0)])
        return [*parts, ball(at, frame.size(0.16, 0.34, 0.22), animal.nose, 0.5, frame.turn)]
    if "fangs" in animal.extras:
        for index in range(12):
            side, along = (1 if index % 2 else -1), 0.35 + 0.14 * (index // 2) * (1 + animal.snout)
            gum = frame.at(along, -0.72, side * (0.62 - 0.05 * (index // 2)))
            (at,) = body.snapped([gum])
            point = add(at, (0.0, -0.2 * frame.unit, 0.0))
            parts.append(tube([at, point], [0.07 * frame.unit, 0.01 * frame.unit], (0.88, 0.84, 0.72), 0.3, sides=6))
    if "teeth" in animal.extras:
        (at,) = body.snapped([frame.at(0.72 + animal.snout + animal.muzzle * 0.25, -0.72, 0)])
        parts.append(ball(at, frame.size(0.07, 0.2, 0.17), (0.86, 0.80, 0.62), 0.3, frame.turn, segments=10))
    tip, thick = 0.72 + animal.snout, animal.muzzle
    if animal.hooves or "nostrils" in animal.extras:
        holes = [frame.at(tip + thick * 0.3, -0.14, side * thick * 0.5) for side in (1, -1)]
        for hole in body.snapped(holes, depth=0.02 * frame.unit):
            parts.append(ball(hole, frame.size(0.09, 0.11, 0.06), animal.nose, turn=frame.turn, segments=10))
    else:
        (end,) = body.snapped([frame.at(tip + thick * 0.3, -0.30 + thick * 0.6, 0)], depth=0.04 * frame.unit)
        parts.append(ball(end, frame.size(0.19, 0.15, 0.08 + thick * 0.34), animal.nose, 0.8, frame.turn))
    low, back = -0.34 - thick * 0.42, tip - thick * 0.6 - animal.snout * 0.6
    line = [
        (back, low + 0.18, thick * 0.98 + 0.1),
        (tip - thick * 0.35, low, thick * 0.9),
        (tip + thick * 0.3, low + 0.06, 0.0),
    ]
    line += [(x, y, -z) for x, y, z in reversed(line[:-1])]
    bow = body.snapped([frame.at(*point) for point in line])
    parts.append(tube(bow, [0.03 * frame.unit] * 5, (0.04, 0.025, 0.02)))
    return parts


def _eyes(body: Clay, animal: Animal, frame: Frame, asleep: bool) -> list[Mesh]:
    size = animal.eye_size * frame.unit
    wide = 0.62 if animal.hooves else 0.42
    places = body.snapped([frame.at(0.80, 0.26, side * wide) for side in (1, -1)], depth=size * 0.35)
    parts: list[Mesh] = []
    if "eye_patches" in animal.extras:
        for place in places:
            body.paint(place, frame.size(0.34, 0.4, 0.3), animal.dark, 0.1 * frame.unit)
    for place, side in zip(places, (1, -1), strict=True):
        look = frame.direction(0.8, 0.12, side * (0.9 if animal.hooves else 0.5))
        if asleep:
            parts.append(lid(place, look, size))
        else:
            parts += eye(place, look, size, animal.iris)
    return parts


def lid(place: Point, look: np.ndarray[tuple[int, ...], np.dtype[np.floating]], size: float) -> Mesh:
    """A closed eye: an arc that hangs."""
    across = np.array([look[2], 0.0, -look[0]]) / max(float(np.hypot(look[0], look[2])), 1e-6)
    centre = np.asarray(place) + look * size * 0.5
    points = []
    for t in np.linspace(-1, 1, 5):
        x, y, z = centre + across * size * 1.1 * t - np.array([0, size * 0.55 * (1 - t * t), 0])
        points.append((float(x), float(y), float(z)))
    return tube(points, [size * 0.12, size * 0.2, size * 0.22, size * 0.2, size * 0.12], (0.03, 0.02, 0.02))


def _ears(body: Clay, animal: Animal, frame: Frame) -> None:
    shapes = {"flop": _flop_ear, "point": _point_ear, "leaf": _leaf_ear, "round": _round_ear, "long": _long_ear}
    shape = shapes.get(animal.ear)
    if shape is not None:
        for side in (1, -1):
            shape(body, animal, frame, side)


def _flop_ear(body: Clay, animal: Animal, frame: Frame, side: int) -> None:
    red, green, blue = animal.coat
    shade = animal.dark if "dark_ears" in animal.extras else (red * 0.62, green * 0.58, blue * 0.55)
    root = frame.at(-0.1, 0.78, side * 0.62)
    line = [root, frame.at(-0.08, 0.45, side * 1.02), frame.at(0.05, -0.45 * animal.ear_size, side * 1.08)]
    body.chain(line, [0.22 * frame.unit, 0.24 * frame.unit, 0.3 * frame.unit], shade)


def _point_ear(body: Clay, animal: Animal, frame: Frame, side: int) -> None:
    size, unit = animal.ear_size, frame.unit
    tip = frame.at(-0.22, 0.75 + 0.95 * size, side * (0.52 + 0.16 * size))
    body.cone(frame.at(-0.12, 0.62, side * 0.5), tip, 0.36 * unit, 0.07 * unit, animal.coat)
    inside = frame.at(0.12, 0.72 + 0.42 * size, side * 0.614)
    body.paint(inside, frame.size(0.16, 0.42 * size, 0.17), _INNER, 0.08 * unit, frame.turn)


def _leaf_ear(body: Clay, animal: Animal, frame: Frame, side: int) -> None:
    """Off to the side, as those of cows, deer and sheep are."""
    size, unit = animal.ear_size, frame.unit
    tip = frame.at(-0.35, 0.62 + 0.35 * size, side * (0.75 + 1.15 * size))
    middle = frame.at(-0.2, 0.62 + 0.25 * size, side * (0.6 + 0.62 * size))
    radii = [0.15 * unit, 0.29 * unit * min(size + 0.3, 1), 0.06 * unit]
    body.chain([frame.at(-0.15, 0.5, side * 0.55), middle, tip], radii, animal.coat)
    inside = frame.at(0.05, 0.55 + 0.25 * size, side * (0.62 + 0.62 * size))
    body.paint(inside, frame.size(0.2, 0.14, 0.42 * size), _INNER, 0.1 * unit, frame.turn)


def _round_ear(body: Clay, animal: Animal, frame: Frame, side: int) -> None:
    size, coat = animal.ear_size, animal.coat
    dark = animal.pattern == "panda" or "dark_ears" in animal.extras
    at = frame.at(-0.15, 0.66 + 0.22 * size, side * (0.46 + 0.26 * size))
    body.ball(at, frame.size(0.2, 0.36 * size, 0.36 * size), animal.dark if dark else coat, turn=frame.turn)
    if not dark:
        front = frame.at(0.06, 0.66 + 0.24 * size, side * (0.48 + 0.27 * size))
        inner = (coat[0] * 0.5 + 0.26, coat[1] * 0.5 + 0.12, coat[2] * 0.5 + 0.1)
        body.paint(front, frame.size(0.12, 0.22 * size, 0.22 * size), inner, 0.1 * frame.unit * size, frame.turn)


def _long_ear(body: Clay, animal: Animal, frame: Frame, side: int) -> None:
    size, unit = animal.ear_size, frame.unit
    line = [
        frame.at(-0.2, 0.6, side * 0.34),
        frame.at(-0.35, 1.6 * size, side * 0.5),
        frame.at(-0.55, 2.5 * size, side * 0.55),
    ]
    body.chain(line, [0.2 * unit, 0.32 * unit, 0.14 * unit], animal.coat)
    inside = frame.at(-0.02, 1.6 * size, side * 0.5)
    body.paint(inside, frame.size(0.2, 0.7 * size, 0.16), _INNER, 0.08 * unit, frame.turn)


def _fan(animal: Animal, frame: Frame, side: int) -> Mesh:
    size, turn = animal.ear_size, frame.turn @ turned(0.0, side * 0.5, side * -0.15)
    return ball(
        frame.at(-0.45, 0.1, side * 1.35),
        frame.size(0.12, 1.15 * size, 0.95 * size),
        animal.coat,
        turn=turn,
        segments=28,
    )


def mane(body: Clay, animal: Animal, base: Point, end: Point, thick: float, frame: Frame) -> Mesh:
    """Hair along the crest of a neck from `base` to `end`, about `thick` metres wide, and a forelock."""
    assert animal.mane is not None
    a, b = np.asarray(base), np.asarray(end)
    along = (b - a) / max(float(np.linalg.norm(b - a)), 1e-6)
    up = np.array([-along[1], along[0], 0.0])
    unit = animal.head
    middles = [a + (b - a) * t for t in np.linspace(-0.05, 1.12, 9)]
    tops = body.snapped([_point(middle + up * thick) for middle in middles])
    falls = body.snapped([_point(m + up * thick * 0.25 - along * unit * 0.3 + (0, 0, thick)) for m in middles])
    others = body.snapped([_point(m + up * thick * 0.45 - along * unit * 0.2 - (0, 0, thick)) for m in middles])
    hair = Clay(blend=unit * 0.2)
    for index, (top, fall, other) in enumerate(zip(tops, falls, others, strict=True)):
        wave = unit * (0.27 + 0.05 * (index % 2))
        between = mixed(top, fall, 0.55)
        hair.chain([top, add(between, (0.0, unit * 0.1, unit * 0.1)), fall], [wave, wave, wave * 0.55], animal.mane)
        hair.cone(top, other, wave, wave * 0.5, animal.mane)
    hair.cone(frame.at(-0.2, 1.0, 0), frame.at(0.75, 0.62, 0.16), unit * 0.26, unit * 0.1, animal.mane)
    return hair.mesh(hair.step_for(1500), coat_tint("strands", animal.mane, animal.height))


def _point(value: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> Point:
    return (float(value[0]), float(value[1]), float(value[2]))


_Horn = tuple[list[tuple[float, float, float]], float, Colour]
_HORNS: Final[dict[str, _Horn]] = {
    "horns": ([(-0.05, 0.72, 0.5), (-0.05, 0.95, 1.0), (0.1, 1.35, 1.15)], 0.17, _HORN),
    "goat_horns": (
        [(0.1, 0.8, 0.3), (-0.15, 1.6, 0.42), (-0.8, 1.95, 0.6), (-1.3, 1.6, 0.75)],
        0.2,
        (0.42, 0.36, 0.28),
    ),
    "ram_horns": (
        [(-0.1, 0.75, 0.5), (-0.7, 0.85, 0.9), (-0.85, 0.1, 1.15), (-0.2, -0.3, 1.3), (0.35, 0.1, 1.4)],
        0.3,
        (0.5, 0.42, 0.3),
    ),
    "bull_horns": ([(-0.1, 0.7, 0.5), (-0.1, 0.95, 1.35), (0.15, 1.75, 1.5)], 0.28, (0.62, 0.56, 0.46)),
    "brow_horns": ([(0.55, 0.7, 0.42), (1.1, 1.5, 0.55), (2.0, 2.1, 0.62)], 0.26, (0.80, 0.74, 0.58)),
    "dragon_horns": (
        [(-0.1, 0.7, 0.45), (-0.8, 1.25, 0.62), (-1.6, 1.4, 0.7), (-2.1, 1.9, 0.75)],
        0.26,
        (0.74, 0.66, 0.48),
    ),
    "tusks": ([(0.75, -0.5, 0.42), (1.3, -0.95, 0.5), (1.85, -0.9, 0.45)], 0.15, (0.86, 0.82, 0.7)),
}
"""Pairs of horns: course, thickness and colour, in radii of the skull."""


def _headgear(body: Clay, animal: Animal, frame: Frame) -> list[Mesh]:
    parts: list[Mesh] = []
    extras = animal.extras
    for side in (1, -1):
        for name in extras:
            if name in _HORNS:
                line, thick, colour = _HORNS[name]
                parts.append(_spike(frame, line, side, thick, colour))
        if "antlers" in extras:
            parts += _antler(frame, side)
        if "ossicones" in extras:
            parts.append(_spike(frame, [(-0.1, 0.8, 0.35), (-0.2, 1.5, 0.42)], side, 0.16, animal.coat))
            parts.append(ball(frame.at(-0.2, 1.5, side * 0.42), 0.17 * frame.unit, animal.dark, segments=12))
    if "frill" in extras:
        parts += _frill(body, animal, frame)
    _tufts(body, animal, frame)
    return parts + _snout_horns(animal, frame)


def _snout_horns(animal: Animal, frame: Frame) -> list[Mesh]:
    tip, extras = 0.72 + animal.snout, animal.extras
    ivory: Colour = (0.86, 0.82, 0.7)
    parts: list[Mesh] = []
    if "horn" in extras:
        parts.append(_spike(frame, [(0.5, 0.75, 0), (1.1, 2.3, 0)], 1, 0.19, (0.9, 0.72, 0.3), 0.6))
    if "nose_horns" in extras:
        for at, high in ((tip - 0.15, 1.5), (tip - 0.9, 0.8)):
            horn = [(at, 0.05, 0.0), (at + 0.12, 0.05 + high * 0.5, 0.0), (at - 0.02, 0.1 + high, 0.0)]
            parts.append(_spike(frame, horn, 1, 0.32, (0.66, 0.61, 0.53)))
    if "small_horn" in extras:
        parts.append(_spike(frame, [(tip - 0.1, 0.0, 0), (tip + 0.15, 0.7, 0)], 1, 0.2, (0.80, 0.74, 0.58)))
    if "short_tusks" in extras:
        tusk = [(tip - 0.3, -0.55, 0.3), (tip - 0.1, -0.2, 0.5), (tip - 0.2, 0.1, 0.55)]
        parts += [_spike(frame, tusk, side, 0.1, ivory) for side in (1, -1)]
    return parts


def _frill(body: Clay, animal: Animal, frame: Frame) -> list[Mesh]:
    """The collar of bone of a triceratops, set with knobs."""
    turn = frame.turn @ turned(0.55, 0.0, 0.0)
    body.ball(frame.at(-0.55, 0.75, 0), frame.size(0.22, 1.5, 1.65), animal.coat, turn=turn)
    body.paint(frame.at(-0.3, 0.95, 0), frame.size(0.4, 1.1, 1.25), animal.light, 0.3 * frame.unit, turn)
    knobs = [(float(np.cos(angle)), float(np.sin(angle))) for angle in np.linspace(-1.5, 1.5, 9)]
    places = [frame.at(-0.62 - 0.8 * y, 0.75 + 1.35 * y, 1.65 * z) for y, z in knobs]
    return [ball(at, 0.2 * frame.unit, (0.74, 0.66, 0.5), segments=10) for at in places]


def _tufts(body: Clay, animal: Animal, frame: Frame) -> None:
    """What is soft: beards, topknots, a trunk."""
    unit, tip, extras = frame.unit, 0.72 + animal.snout, animal.extras
    if "beard" in extras:
        beard = [frame.at(tip - 0.5, -0.6, 0), frame.at(tip - 0.5, -1.1, 0), frame.at(tip - 0.6, -1.6, 0)]
        body.chain(beard, [0.24 * unit, 0.2 * unit, 0.05 * unit], animal.light)
    if "topknot" in extras:
        for y, z in ((1.0, 0.0), (0.85, 0.35), (0.85, -0.35), (1.25, 0.05)):
            body.ball(frame.at(-0.05, y, z), frame.size(0.45, 0.42, 0.42), animal.coat)
    if "trunk" in extras:
        course = [(0.8, -0.1, 0.0), (1.25, -0.9, 0.02), (1.35, -2.1, 0.05), (1.55, -3.0, 0.1), (2.0, -3.25, 0.16)]
        widths = [0.5 * unit, 0.40 * unit, 0.31 * unit, 0.25 * unit, 0.2 * unit]
        line, radii = smoothed([frame.at(*point) for point in course], widths, 10)
        # A trunk rests on the ground when the head is low.
        line = [(x, max(y, radius), z) for (x, y, z), radius in zip(line, radii, strict=True)]
        body.chain(line, radii, animal.coat)


def _antler(frame: Frame, side: int) -> list[Mesh]:
    unit = frame.unit
    beam = [(-0.15, 0.8, 0.35), (-0.5, 1.7, 0.95), (-0.35, 2.7, 1.5), (0.1, 3.4, 1.35)]
    parts = [_spike(frame, beam, side, 0.17, _BONE)]
    for base, end in ((1, (0.45, 2.2, 0.95)), (2, (0.6, 3.0, 1.85)), (2, (-0.75, 3.4, 1.9))):
        x, y, z = beam[base]
        line = [frame.at(x, y, side * z), frame.at(end[0], end[1], side * end[2])]
        parts.append(tube(line, [0.12 * unit, 0.02 * unit], _BONE))
    return parts


def _spike(
    frame: Frame,
    line: list[tuple[float, float, float]],
    side: int,
    thick: float,
    colour: Colour,
    gloss: float = 0.25,
) -> Mesh:
    radii = np.linspace(thick, 0.02, len(line)) * frame.unit
    points, thicknesses = smoothed([frame.at(x, y, side * z) for x, y, z in line], radii.tolist(), 3 * len(line))
    return tube(points, thicknesses, colour, gloss, sides=10)
