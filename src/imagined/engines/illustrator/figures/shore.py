"""Animals of the shore: seals and walruses, turtles, crabs, lobsters, snails and starfish."""

from dataclasses import replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures.anatomy import Animal
from imagined.engines.illustrator.figures.animals import ANIMALS
from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, Tint
from imagined.engines.illustrator.figures.coats import coat_tint
from imagined.engines.illustrator.figures.fins import blade
from imagined.engines.illustrator.figures.heads import head
from imagined.engines.illustrator.figures.limbs import Frame, smoothed
from imagined.engines.illustrator.figures.model import Figure, eye, furry, gathered, noise3
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

SEALS: Final[dict[str, Animal]] = {
    "seal": replace(
        ANIMALS["bear"], length=1.25, chest=0.25, belly=0.27, head=0.155, snout=0.35, muzzle=0.52, leg=0.05,
        coat=(0.36, 0.38, 0.40), light=(0.66, 0.66, 0.64), dark=(0.26, 0.27, 0.29), ear="none", eye_size=0.24,
        height=0.7,
        pattern="cheetah", pattern_colour=(0.20, 0.21, 0.23), extras=(),
    ),
    "sea_lion": replace(
        ANIMALS["bear"], length=1.6, chest=0.27, belly=0.28, head=0.16, snout=0.5, muzzle=0.46, leg=0.06,
        coat=(0.17, 0.10, 0.06), light=(0.28, 0.18, 0.11), dark=(0.08, 0.05, 0.035), ear="round", ear_size=0.35,
        eye_size=0.2,
        height=0.8, extras=(),
    ),
    "walrus": replace(
        ANIMALS["bear"], length=2.2, chest=0.55, belly=0.58, head=0.27, snout=0.35, muzzle=0.72, leg=0.11,
        coat=(0.34, 0.19, 0.12), light=(0.52, 0.34, 0.24), dark=(0.22, 0.12, 0.08), ear="none", eye_size=0.13,
        height=1.3,
        pattern="hide", extras=("long_tusks", "nostrils"), neck_width=0.8,
    ),
}  # fmt: skip


def seal(animal: Animal, pose: str, step: float) -> Figure:
    """Lying on its belly with the head up; asleep with it down; ``swimming`` straight."""
    size, swims = animal.length, pose == "swimming"
    rise = animal.height * (0.25 if swims or pose in ("sleeping", "lying") else 0.85)
    body = Clay(blend=animal.leg)
    line: list[Point] = [(0.42 * size, rise, 0.0), (0.3 * size, max(rise * 0.62, animal.chest * 0.8), 0.0),
                         (0.05 * size, animal.belly * 0.92, 0.0), (-0.35 * size, animal.belly * 0.5, 0.0),
                         (-0.58 * size, animal.leg, 0.05 * size)]  # fmt: skip
    points, radii = smoothed(
        line, [animal.head * 0.9, animal.chest * 0.9, animal.belly, animal.belly * 0.5, animal.leg * 0.9], 12
    )
    body.chain(points, radii, animal.coat)
    low = (0.1 * size, animal.belly * 0.2, 0.0)
    body.paint(low, (size * 0.45, animal.belly * 0.5, animal.belly * 0.8), animal.light, animal.belly * 0.5)
    frame = Frame((0.45 * size, rise + animal.head * 0.35, 0.0), animal.head, pitch=0.02, yaw=-0.4)
    parts = head(body, animal, frame, pose == "sleeping")
    for side in (1, -1):
        shoulder = (0.22 * size, animal.chest * 0.62, side * animal.chest * 0.8)
        tip = (0.14 * size, animal.leg * 0.3, side * (animal.chest * 1.05 + size * 0.16))
        front, back = (shoulder[0] + size * 0.07, *shoulder[1:]), (shoulder[0] - size * 0.07, *shoulder[1:])
        parts.append(blade(front, back, tip, animal.dark, bulge=(0.3, 0.25), thickness=0.14))
        root = (-0.56 * size, animal.leg, 0.05 * size)
        far = (-0.74 * size, animal.leg * 0.8, 0.05 * size + side * size * 0.11)
        parts.append(
            blade(
                (root[0] + 0.03 * size, *root[1:]),
                (root[0] - 0.05 * size, *root[1:]),
                far,
                animal.dark,
                bulge=(0.25, 0.2),
                thickness=0.1,
            )
        )
        parts += _whiskers(frame, animal, side)
        if "long_tusks" in animal.extras:
            tusk = [
                frame.at(1.0, -0.6, side * 0.34),
                frame.at(1.12, -1.4, side * 0.4),
                frame.at(0.98, -2.3, side * 0.42),
            ]
            parts.append(
                tube(tusk, [0.14 * animal.head, 0.12 * animal.head, 0.03 * animal.head], (0.88, 0.84, 0.72), 0.3)
            )
    skin = body.mesh(body.step_for(8_000, step), coat_tint(animal.pattern, animal.pattern_colour, animal.height))
    return gathered([skin, *parts], {"head": frame.origin, "back": (0.0, animal.belly * 1.9, 0.0)}, animal.belly * 2)


def _whiskers(frame: Frame, animal: Animal, side: int) -> list[Mesh]:
    at = 0.72 + animal.snout
    lines = [
        [frame.at(at, -0.3 - 0.1 * k, side * 0.4), frame.at(at + 0.1, -0.4 - 0.2 * k, side * 1.0)] for k in range(3)
    ]
    return [tube(line, [0.018 * frame.unit, 0.008 * frame.unit], (0.75, 0.72, 0.66), sides=4) for line in lines]


def turtle(colour: Colour, pose: str, marine: bool, step: float) -> Figure:
    """A tortoise 0.35 m long, or a sea turtle of 0.9 m with flippers."""
    skin: Colour = (0.34, 0.42, 0.17) if not marine else (0.24, 0.38, 0.32)
    shell = Clay(blend=0.02)
    shell.ball((0.0, 0.11, 0.0), (0.15, 0.088, 0.125), colour)
    shell.ball((0.0, 0.085, 0.0), (0.165, 0.028, 0.14), (colour[0] * 0.75, colour[1] * 0.75, colour[2] * 0.7))
    shell.ball((0.0, 0.03, 0.0), (0.13, 0.03, 0.1), (0.70, 0.62, 0.36), carved=True)
    hard = shell.mesh(shell.step_for(5_000, step), _plated(colour))
    body = Clay(blend=0.016)
    body.ball((0.0, 0.075, 0.0), (0.13, 0.03, 0.1), (0.66, 0.60, 0.36))
    body.chain([(0.1, 0.08, 0.0), (0.17, 0.105, 0.0), (0.2, 0.125, 0.0)], [0.03, 0.026, 0.027], skin)
    frame = Frame((0.21, 0.13, 0.0), 0.034, yaw=-0.35)
    body.ball(frame.at(0.2, 0.05, 0), frame.size(1.15, 0.95, 0.92), skin)
    body.cone((-0.13, 0.07, 0.0), (-0.2, 0.055, 0.0), 0.015, 0.004, skin)
    parts: list[Mesh] = []
    stride = 0.02 if pose in ("walking", "running") else 0.0
    for side in (1, -1):
        for front in (1, -1):
            top = (front * 0.1, 0.07, side * 0.09)
            if marine:
                tip = (
                    front * 0.1 - 0.12 if front > 0 else -0.24,
                    0.02 if front < 0 else 0.04,
                    side * (0.3 if front > 0 else 0.16),
                )
                edges = ((top[0] + 0.035, *top[1:]), (top[0] - 0.035, *top[1:]))
                parts.append(blade(*edges, tip, skin, bulge=(0.35, 0.1), thickness=0.08, edge=(0.14, 0.24, 0.2)))
            else:
                foot = (front * 0.115 + stride * side * front, 0.016, side * 0.115)
                body.chain([top, foot], [0.032, 0.024], skin)
    for place, side in zip(body.snapped([frame.at(0.8, 0.35, s * 0.6) for s in (1, -1)], 0.002), (1, -1), strict=True):
        parts += eye(place, frame.direction(0.7, 0.2, side * 0.7), 0.0085)
    smile = [
        frame.at(0.85, -0.2, 0.75),
        frame.at(1.25, -0.28, 0.3),
        frame.at(1.3, -0.28, -0.3),
        frame.at(0.85, -0.2, -0.75),
    ]
    parts.append(tube(body.snapped(smile), [0.0011] * 4, (0.05, 0.06, 0.02)))
    made = gathered(
        [hard, body.mesh(body.step_for(5_000, step), furry(0.12, 90)), *parts],
        {"head": frame.origin, "back": (0.0, 0.2, 0.0)},
        0.25,
    )
    return made if not marine else Figure(made.mesh.moved((0, 0, 0), scale=2.5), {"back": (0.0, 0.5, 0.0)}, 0.6)


def _plated(colour: Colour) -> Tint:
    dark = np.asarray(colour) * 0.42

    def tint(points: Floats, _: Floats, colours: Floats) -> Floats:
        x, z = points[:, 0] / 0.056, points[:, 2] / 0.056
        row = np.round(z / 0.87)
        off = x - np.round(x - 0.5 * (row % 2)) - 0.5 * (row % 2)
        away = np.maximum(np.abs(off) * 2, np.abs(z / 0.87 - row) * 2)
        line = np.clip((away - 0.82) * 9, 0, 1)[:, None] * (points[:, 1] > 0.09)[:, None]
        light = colours * (1.25 - 0.35 * away)[:, None]
        result: Floats = (light * (1 - line) + dark * line).astype(np.float32)
        return result

    return tint


def crab(colour: Colour, step: float) -> Figure:
    """A crab 0.3 m wide, claws up."""
    pale = (min(colour[0] * 1.2 + 0.1, 1), colour[1] + 0.14, colour[2] + 0.1)
    body = Clay(blend=0.012)
    body.ball((0.0, 0.07, 0.0), (0.065, 0.04, 0.095), colour, 0.35)
    body.paint((0.05, 0.045, 0.0), (0.05, 0.03, 0.09), pale, 0.02)
    parts: list[Mesh] = []
    for side in (1, -1):
        arm: list[Point] = [(0.035, 0.07, side * 0.075), (0.06, 0.075, side * 0.14), (0.1, 0.12, side * 0.135)]
        body.chain(arm, [0.014, 0.014, 0.017], colour, 0.35)
        body.ball((0.115, 0.155, side * 0.125), (0.022, 0.042, 0.032), colour, 0.35)
        for z, lean in ((0.018, 0.35), (-0.02, -0.3)):
            points: list[Point] = [
                (0.118, 0.175, side * (0.125 + z)),
                (0.122, 0.215, side * (0.125 + z * 1.6)),
                (0.122, 0.245, side * (0.125 + z * lean)),
            ]
            parts.append(tube(points, [0.016, 0.014, 0.003], colour, 0.35))
        for index, x in enumerate((0.03, 0.0, -0.03, -0.055)):
            out = 0.07 + 0.012 * (index % 2)
            leg: list[Point] = [
                (x * 0.8, 0.065, side * 0.08),
                (x * 1.3, 0.1, side * (0.1 + out * 0.4)),
                (x * 1.8, 0.055, side * (0.12 + out)),
                (x * 2.1, 0.0, side * (0.13 + out)),
            ]
            parts.append(tube(leg, [0.013, 0.012, 0.009, 0.002], colour, 0.3))
        parts.append(tube([(0.055, 0.095, side * 0.025), (0.065, 0.135, side * 0.028)], [0.006, 0.005], colour))
        parts += eye((0.068, 0.142, side * 0.028), np.array([0.9, 0.1, 0.42 * side], np.float32), 0.016, white=True)
    (a, b, c) = body.snapped([(0.07, 0.065, 0.035), (0.075, 0.055, 0.0), (0.07, 0.065, -0.035)])
    parts.append(tube([a, b, c], [0.003] * 3, (0.15, 0.02, 0.02)))
    return gathered([body.mesh(body.step_for(5_000, step), furry(0.12, 60)), *parts], {"back": (0.0, 0.11, 0.0)}, 0.2)


def lobster(colour: Colour, step: float) -> Figure:
    """A lobster 0.45 m long with its feelers."""
    body = Clay(blend=0.008)
    body.chain([(0.1, 0.05, 0.0), (0.02, 0.055, 0.0)], [0.026, 0.036], colour, 0.4)
    for index in range(6):
        body.ball(
            (-0.02 - index * 0.026, 0.05 - index * 0.004, 0.0),
            (0.02, 0.032 - index * 0.002, 0.036 - index * 0.002),
            colour,
            0.4,
        )
    parts: list[Mesh] = []
    for side in (1, -1):
        body.chain(
            [(0.07, 0.045, side * 0.025), (0.11, 0.05, side * 0.075), (0.15, 0.05, side * 0.07)],
            [0.01, 0.01, 0.013],
            colour,
            0.4,
        )
        body.ball((0.19, 0.052, side * 0.068), (0.045, 0.016, 0.026), colour, 0.4)
        for z, lean in ((0.013, 0.2), (-0.013, -0.5)):
            claw: list[Point] = [
                (0.215, 0.052, side * (0.068 + z)),
                (0.25, 0.053, side * (0.068 + z * 1.7)),
                (0.285, 0.053, side * (0.068 + z * lean)),
            ]
            parts.append(tube(claw, [0.013, 0.011, 0.002], colour, 0.4))
        for x in (0.06, 0.035, 0.01):
            leg: list[Point] = [(x, 0.045, side * 0.03), (x, 0.062, side * 0.07), (x - 0.01, 0.0, side * 0.1)]
            parts.append(tube(leg, [0.007, 0.006, 0.002], colour, 0.3))
        feeler, radii = smoothed(
            [(0.12, 0.06, side * 0.012), (0.2, 0.14, side * 0.05), (0.1, 0.2, side * 0.14), (-0.08, 0.2, side * 0.2)],
            [0.004, 0.003, 0.002, 0.001],
            12,
        )
        parts.append(tube(feeler, radii, colour, sides=5))
        fan = ((-0.165, 0.032, side * 0.004), (-0.17, 0.03, side * 0.028), (-0.225, 0.028, side * 0.042))
        parts.append(blade(*fan, colour, bulge=(0.3, 0.3), thickness=0.1))
        parts += eye((0.122, 0.074, side * 0.018), np.array([0.7, 0.4, 0.6 * side], np.float32), 0.008)
    return gathered([body.mesh(body.step_for(6_000, step), furry(0.14, 60)), *parts], {"back": (0.0, 0.09, 0.0)}, 0.1)


def snail(colour: Colour, step: float) -> Figure:
    """A garden snail, 0.09 m long, with a spiral on its shell."""
    skin: Colour = (0.62, 0.48, 0.30)
    body = Clay(blend=0.008)
    line: list[Point] = [
        (-0.055, 0.004, 0.0),
        (-0.02, 0.009, 0.0),
        (0.02, 0.011, 0.0),
        (0.042, 0.026, 0.0),
        (0.047, 0.043, 0.0),
    ]
    points, radii = smoothed(line, [0.003, 0.009, 0.0115, 0.0105, 0.0095], 10)
    body.chain(points, radii, skin, 0.3)
    parts: list[Mesh] = []
    for side in (1, -1):
        parts.append(tube([(0.05, 0.05, side * 0.004), (0.062, 0.07, side * 0.011)], [0.0024, 0.002], skin))
        parts += eye((0.063, 0.073, side * 0.0115), np.array([0.75, 0.2, 0.6 * side], np.float32), 0.0052, white=True)
        parts.append(tube([(0.054, 0.04, side * 0.004), (0.064, 0.037, side * 0.007)], [0.002, 0.0012], skin))
    smile = body.snapped([(0.054, 0.037, 0.006), (0.057, 0.034, 0.0), (0.054, 0.037, -0.006)])
    parts.append(tube(smile, [0.0007] * 3, (0.16, 0.09, 0.05)))
    turns = np.linspace(0, 2.6 * 2 * np.pi, 64)
    reach = 0.004 + 0.0155 * (turns / turns[-1]) ** 1.2
    spiral = [
        (-0.012 + float(r * np.cos(a - 0.7)), 0.036 + float(r * np.sin(a - 0.7)), 0.0)
        for a, r in zip(turns, reach, strict=True)
    ]
    shell = tube(spiral, (reach * 0.62).tolist(), colour, 0.35, sides=12)
    shade = 1 - 0.45 * np.clip(np.sin(np.arange(len(shell.vertices)) // 12 * 0.8), 0, 1)[:, None]
    parts.append(replace(shell, colours=(shell.colours * shade).astype(np.float32)))
    return gathered(
        [body.mesh(body.step_for(4_000, step), furry(0.1, 600)), *parts], {"back": (-0.012, 0.064, 0.0)}, 0.03
    )


def starfish(colour: Colour, step: float) -> Figure:
    """A starfish, 0.2 m wide, leaning so that its five arms are seen, with a face."""
    body = Clay(blend=0.025)
    body.ball((0.0, 0.1, 0.0), (0.02, 0.035, 0.035), colour)
    for arm in range(5):
        y, z = float(np.cos(arm * 2 * np.pi / 5)), float(np.sin(arm * 2 * np.pi / 5))
        body.chain(
            [(0.0, 0.1, 0.0), (-0.004, 0.1 + y * 0.05, z * 0.05), (-0.006, 0.1 + y * 0.098, z * 0.098)],
            [0.024, 0.02, 0.008],
            colour,
        )

    def bumps(points: Floats, _: Floats, colours: Floats) -> Floats:
        spots = np.clip(noise3(points * np.float32(170)) * 4 - 1.2, 0, 1)[:, None]
        result: Floats = (colours * (1 - spots * 0.6) + spots * 0.6 * np.array([0.95, 0.8, 0.55])).astype(np.float32)
        return result

    parts: list[Mesh] = []
    for place, side in zip(body.snapped([(0.03, 0.112, s * 0.014) for s in (1, -1)], 0.002), (1, -1), strict=True):
        parts += eye(place, np.array([0.95, 0.1, side * 0.2], np.float32), 0.0075, white=True)
    smile = body.snapped([(0.03, 0.094, 0.014), (0.03, 0.088, 0.0), (0.03, 0.094, -0.014)])
    parts.append(tube(smile, [0.0014] * 3, (0.2, 0.05, 0.03)))
    return gathered([body.mesh(body.step_for(5_000, step), bumps), *parts], {"top": (0.0, 0.2, 0.0)}, 0.1)


def shell(colour: Colour) -> Figure:
    """A scallop shell, 0.12 m, standing on its hinge."""
    parts: list[Mesh] = []
    for rib in range(11):
        angle = (rib - 5) * 0.19
        y, z = float(np.cos(angle)), float(np.sin(angle))
        tip = (0.006, 0.012 + y * 0.1, z * 0.1)
        shade = 1 - 0.14 * (rib % 2)
        tone = (colour[0] * shade, colour[1] * shade, colour[2] * shade)
        parts.append(
            tube(
                [(0.0, 0.012, z * 0.012), (0.016, 0.012 + y * 0.055, z * 0.055), tip], [0.005, 0.012, 0.0115], tone, 0.3
            )
        )
    parts.append(ball((0.0, 0.012, 0.0), (0.008, 0.012, 0.026), colour, 0.3))
    return gathered(parts, {"top": (0.0, 0.12, 0.0)}, 0.1)
