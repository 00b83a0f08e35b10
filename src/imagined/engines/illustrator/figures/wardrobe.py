"""Clothes of the biped rig: skirts, collars, lapels, belts, capes."""

from typing import TYPE_CHECKING

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point
from imagined.engines.illustrator.figures.hats import hat
from imagined.engines.illustrator.figures.limbs import add, mixed
from imagined.engines.illustrator.figures.shapes import fronted, loft, patch, ring, woven
from imagined.engines.illustrator.figures.solids import ball, box, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Joints, Person


def dress_up(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    """Everything over the plain body, as parts of their own."""
    parts: list[Mesh] = []
    if person.robe is not None:
        parts.append(_robe(person, person.robe, joints))
    if person.cape is not None:
        parts.append(_cape(person, person.cape, joints))
    if person.top != "bare" and person.face != "robot":
        parts += _hem(person, joints)
        parts += _neckline(body, person, joints)
        parts += _cuffs(person, joints)
    return parts + hat(person, joints.head)


def _shaded(colour: Colour, by: float) -> Colour:
    return (colour[0] * by, colour[1] * by, colour[2] * by)


def _hem(person: "Person", joints: "Joints") -> list[Mesh]:
    """What parts top and trousers: a belt, a ribbed hem, or the skirts of a jacket."""
    h, g = person.height, person.build
    up = mixed(joints.hips, joints.chest, 0.16)
    thick = 1.06 if person.top in ("jacket", "coat", "robe") else 1.0
    wide, deep = 0.086 * h * g * thick, 0.070 * h * g * thick
    if person.robe is not None:
        waist = mixed(joints.hips, joints.chest, 0.44)
        slim = 1 - 0.14 * person.curve
        return [_band(waist, 0.016 * h, 0.079 * h * g * slim, 0.067 * h * g * slim, person.trim)]
    if person.top in ("jacket", "coat", "robe"):
        return [_skirts(person, joints)]
    belted = person.belt is not None and person.top in ("shirt", "plate", "vest")
    if belted and person.belt is not None:
        buckle = box(add(up, (deep * 1.04, -0.006 * h, 0)), (0.008 * h, 0.026 * h, 0.03 * h), person.trim, 0.7)
        return [_band(add(up, (0, -0.006 * h, 0)), 0.012 * h, wide, deep, person.belt), buckle]
    if person.top == "overalls":
        return []
    return [_band(add(joints.hips, (0, 0.0, 0)), 0.014 * h, wide * 1.045, deep * 1.06, _shaded(person.shirt, 0.8))]


def _band(at: Point, half: float, wide: float, deep: float, colour: Colour) -> Mesh:
    line = [add(at, (0, dy * half, 0)) for dy in (-1, -0.8, 0.8, 1)]
    return loft(line, [wide * s for s in (0.97, 1, 1, 0.97)], [deep * s for s in (0.97, 1, 1, 0.97)], colour, 0.1, 24)


def _skirts(person: "Person", joints: "Joints") -> Mesh:
    """The lower part of a jacket or coat, open in front."""
    h, g = person.height, person.build
    long = {"jacket": 0.10, "coat": 0.36, "robe": 0.42}[person.top] * h
    open_ = 0.22 if person.top != "robe" else 0.02
    top = mixed(joints.hips, joints.chest, 0.42)
    rows = np.linspace(0, 1, 7)
    phi = np.linspace(open_, 2 * np.pi - open_, 33)
    drop = joints.hips[1] - long
    grid = []
    for t in rows:
        y = top[1] + (max(drop, 0.08 * h) - top[1]) * t
        flare = (0.88 + 0.24 * t) if person.top == "jacket" else (0.86 + 0.42 * t)
        fold = 1 + 0.035 * t * np.sin(phi * 9)
        wide, deep = 0.088 * h * g * flare, 0.078 * h * g * flare
        x0 = top[0] + (joints.hips[0] - top[0]) * min(t * 2, 1)
        grid.append(np.stack([x0 + deep * np.cos(phi) * fold, np.full(len(phi), y), wide * np.sin(phi) * fold], 1))
    return woven(np.stack(grid), person.shirt, round_=False)


def _neckline(body: Clay, person: "Person", joints: "Joints") -> list[Mesh]:
    h, g, neck = person.height, person.build, joints.neck
    wide = 0.036 * h * g**0.5
    at = add(neck, (0.006 * h, -0.020 * h, 0))
    chest_x, top, low = joints.chest[0] + 0.2 * h, neck[1] - 0.025 * h, joints.waist[1]
    rise = top - low
    colour = person.robe or person.shirt
    parts: list[Mesh] = []
    if person.top in ("jacket", "coat"):
        v = [
            (top, -0.036 * h, 0.036 * h),
            (top - 0.35 * rise, -0.026 * h, 0.026 * h),
            (top - 0.8 * rise, -0.004 * h, 0.004 * h),
        ]
        parts.append(patch(body, v, person.under, 0.003 * h, chest_x))
        for side in (1, -1):
            lapel = [
                (top + 0.004 * h, side * 0.026 * h, side * 0.052 * h),
                (top - 0.3 * rise, side * 0.024 * h, side * 0.066 * h),
                (top - 0.42 * rise, side * 0.02 * h, side * 0.045 * h),
                (top - 0.82 * rise, side * 0.002 * h, side * 0.008 * h),
            ]
            parts.append(patch(body, lapel, _shaded(colour, 0.72), 0.008 * h, chest_x, 4))
        parts += _buttons(body, chest_x, [low - 0.02 * h, low - 0.06 * h], person.trim, h)
        parts.append(ring(at, wide, wide * 0.95, 0.008 * h, person.under))
    elif person.top in ("vest", "overalls"):
        outline = [
            (top - 0.3 * rise, -0.05 * h, 0.05 * h),
            (low, -0.062 * h, 0.062 * h),
            (joints.hips[1], -0.07 * h, 0.07 * h),
        ]
        if person.top == "overalls":
            parts.append(patch(body, outline, person.trousers, 0.004 * h, chest_x, 7))
            parts.append(
                patch(
                    body,
                    [(low + 0.05 * h, -0.025 * h, 0.025 * h), (low + 0.01 * h, -0.025 * h, 0.025 * h)],
                    _shaded(person.trousers, 0.75),
                    0.007 * h,
                    chest_x,
                    3,
                )
            )
            for side in (1, -1):
                parts.append(
                    patch(
                        body,
                        [
                            (neck[1] + 0.002 * h, side * 0.038 * h, side * 0.054 * h),
                            (top - 0.32 * rise, side * 0.036 * h, side * 0.05 * h),
                        ],
                        person.trousers,
                        0.005 * h,
                        chest_x,
                        3,
                    )
                )
            parts += _buttons(body, chest_x, [top - 0.33 * rise], person.trim, h, (0.042 * h, -0.042 * h))
        else:
            v = [(top, -0.03 * h, 0.03 * h), (top - 0.55 * rise, -0.003 * h, 0.003 * h)]
            parts.append(patch(body, v, person.under, 0.003 * h, chest_x))
            parts += _buttons(body, chest_x, [low + 0.02 * h, low - 0.01 * h, low - 0.04 * h], person.trim, h)
        parts.append(ring(at, wide, wide * 0.95, 0.008 * h, person.under))
    elif person.top == "shirt":
        parts.append(
            patch(
                body,
                [(top, -0.006 * h, 0.006 * h), (low - 0.02 * h, -0.006 * h, 0.006 * h)],
                _shaded(colour, 0.86),
                0.003 * h,
                chest_x,
                3,
            )
        )
        parts += _buttons(
            body,
            chest_x,
            [top - rise * t for t in (0.18, 0.42, 0.66, 0.9)],
            _shaded(colour, 0.5) if max(colour) > 0.5 else (0.8, 0.8, 0.78),
            h,
        )
        for side in (1, -1):
            flap = [
                (neck[1] + 0.006 * h, side * 0.002 * h, side * 0.036 * h),
                (top - 0.02 * h, side * 0.012 * h, side * 0.04 * h),
                (top - 0.035 * h, side * 0.024 * h, side * 0.03 * h),
            ]
            parts.append(patch(body, flap, _shaded(colour, 1.0), 0.007 * h, chest_x, 4))
        parts.append(ring(at, wide, wide * 0.95, 0.010 * h, colour))
    elif person.top == "robe":
        for side in (1, -1):
            parts.append(
                patch(
                    body,
                    [(neck[1], side * 0.036 * h, side * 0.05 * h), (low, side * -0.012 * h, side * 0.006 * h)],
                    person.trim,
                    0.006 * h,
                    chest_x,
                    3,
                )
            )
    else:
        low_cut = (person.robe is not None and person.robe_length < 0.8) or person.sleeves < 0.9
        thick = 0.0055 if low_cut else 0.009
        parts.append(ring(at, wide * 1.12, wide * 1.05, thick * h, _shaded(colour, 0.82)))
    return parts + _tie(body, person, chest_x, top, rise)


def _tie(body: Clay, person: "Person", chest_x: float, top: float, rise: float) -> list[Mesh]:
    h, parts = person.height, list[Mesh]()
    if person.tie is not None:
        tie = [
            (top + 0.004 * h, -0.007 * h, 0.007 * h),
            (top - 0.1 * rise, -0.006 * h, 0.006 * h),
            (top - 0.55 * rise, -0.014 * h, 0.014 * h),
            (top - 0.68 * rise, -0.002 * h, 0.002 * h),
        ]
        parts.append(patch(body, tie, person.tie, 0.006 * h, chest_x, 3))
        parts.append(
            ball(fronted(body, [(chest_x, top + 0.006 * h, 0.0)], 0.002 * h)[0], 0.011 * h, person.tie, segments=10)
        )
    return parts


def _buttons(
    body: Clay, x: float, heights: list[float], colour: Colour, h: float, across: tuple[float, ...] = (0.0,)
) -> list[Mesh]:
    at = fronted(body, [(x, y, z) for y in heights for z in across], 0.005 * h)
    return [ball(point, (0.004 * h, 0.006 * h, 0.006 * h), colour, 0.4, segments=8) for point in at]


def _cuffs(person: "Person", joints: "Joints") -> list[Mesh]:
    h, g = person.height, person.build
    if person.sleeves <= 0.05 or person.gloves is not None:
        return []
    colour = person.under if person.top in ("vest", "overalls") else (person.robe or person.shirt)
    colour = person.under if person.top in ("jacket",) else _shaded(colour, 0.8)
    parts = []
    for index in (0, 1):
        s, e, w = joints.shoulders[index], joints.elbows[index], joints.hands[index]
        if person.sleeves > 0.5:
            share = person.sleeves * 2 - 1
            line = [mixed(e, w, share * t) for t in (0.86, 0.89, 0.97, 1.0)]
            radius = 0.027 + 0.01 * (1 - share)
        else:
            line = [mixed(s, e, person.sleeves * 2 * t) for t in (0.94, 0.96, 1.03, 1.06)]
            radius = 0.039
        loose = 1.7 if person.top == "robe" or (person.robe is not None and person.robe_length > 0.85) else 1.06
        parts.append(tube(line, [radius * h * g * loose] * 4, colour, 0, 14))
    return parts


def _robe(person: "Person", colour: Colour, joints: "Joints") -> Mesh:
    """A skirt from the waist down, falling in folds."""
    h, g = person.height, person.build
    floor = max(joints.hips[1] * (1 - person.robe_length), 0.012 * h)
    waist = mixed(joints.hips, joints.chest, 0.44)
    slim = 1 - 0.14 * person.curve
    phi = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    spread = (0.075 + 0.07 * person.robe_length) * person.flare
    stride = max(joints.feet[0][0], joints.feet[1][0]) - min(joints.feet[0][0], joints.feet[1][0])
    middle = (joints.feet[0][0] + joints.feet[1][0]) / 2
    grid = []
    for t in (0.0, 0.06, 0.14, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97, 1.0):
        y = waist[1] + (floor - waist[1]) * t
        out = 0.065 + (0.022 + 0.02 * person.curve) * min(t * 5, 1) + spread * t**0.9
        deep = (0.060 * slim if t < 0.05 else out * 0.92) * h * g + stride * 0.3 * t
        wide = (0.074 * slim if t < 0.05 else out * 1.06) * h * g
        fold = 1 + (0.10 * t * np.sin(phi * 8 + 0.6) + 0.03 * t * np.sin(phi * 13)) * (1 if t < 1 else 0.97)
        x = waist[0] + (middle * 0.7 - waist[0]) * t
        grid.append(
            np.stack(
                [
                    x + deep * np.cos(phi) * fold,
                    np.full(48, y) + 0.008 * h * t * np.sin(phi * 8 + 0.6),
                    wide * np.sin(phi) * fold,
                ],
                1,
            )
        )
    grid.append(np.stack([np.full(48, waist[0] + middle * 0.6), np.full(48, floor + 0.03 * h), np.zeros(48)], 1))
    colours = np.broadcast_to(np.asarray(colour, np.float32), (len(grid), 48, 3)).copy()
    colours[-3:-1] = person.trim
    colours[-1] = _shaded(colour, 0.4)
    return woven(np.stack(grid), colours)


def _cape(person: "Person", colour: Colour, joints: "Joints") -> Mesh:
    h, top, hips = person.height, joints.neck, joints.hips
    fall = min((top[1] - hips[1]) * 2.35, top[1] - 0.05 * h)

    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        side = (v - 0.5) * 2
        wide = (0.085 + u**0.8 * 0.12) * h * person.build**0.5
        x = (
            top[0]
            - 0.03 * h
            - u * (0.13 + 0.018 * np.sin(v * 22)) * h
            - (1 - np.abs(side) ** 2) * (0.05 - 0.02 * u) * h
        )
        y = top[1] - 0.02 * h - u * fall - np.abs(side) * 0.025 * h * (1 - u)
        return x, np.maximum(y, 0.03 * h), side * wide

    return sheet(shape, colour, 0.012, 12, 30)
