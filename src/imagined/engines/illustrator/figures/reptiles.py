"""Low animals: crocodiles, lizards and chameleons, snakes, frogs; caterpillars and worms crawl here too."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, Tint
from imagined.engines.illustrator.figures.coats import coat_tint
from imagined.engines.illustrator.figures.limbs import Frame, smoothed
from imagined.engines.illustrator.figures.model import Figure, eye, furry, gathered
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Floats, Mesh


@dataclass(frozen=True)
class Saurian:
    """A long body on bent legs; metres, for a length of 1 from nose to tail."""

    length: float
    girth: float
    rise: float
    """Of the trunk's middle above the ground."""
    snout: float
    belly: Colour
    crest: float = 0.0
    curled: bool = False
    """The tail is a coil, as a chameleon's."""
    teeth: bool = False
    bulging: float = 0.02
    """Radius of the eyes."""


SAURIANS: Final[dict[str, Saurian]] = {
    "crocodile": Saurian(3.6, 0.072, 0.085, 0.16, (0.62, 0.60, 0.36), crest=0.02, teeth=True, bulging=0.013),
    "lizard": Saurian(0.32, 0.05, 0.07, 0.06, (0.72, 0.74, 0.40), bulging=0.018),
    "iguana": Saurian(1.1, 0.065, 0.095, 0.05, (0.55, 0.62, 0.36), crest=0.045, bulging=0.015),
    "chameleon": Saurian(0.32, 0.085, 0.17, 0.06, (0.72, 0.78, 0.36), crest=0.02, curled=True, bulging=0.034),
}  # fmt: skip


def saurian(kind: Saurian, colour: Colour, pose: str, step: float) -> Figure:
    """Standing, walking, or flat on its belly."""
    size, girth = kind.length, kind.girth
    rise = girth * 0.95 if pose in ("lying", "sleeping", "swimming") else kind.rise
    body = Clay(blend=girth * 0.4)
    tail = [(-0.12, rise, 0.0), (-0.28, rise * 0.75, 0.015), (-0.45, rise * 0.3, 0.07), (-0.6, 0.012, 0.02)]
    widths = [girth * 0.85, girth * 0.5, girth * 0.28, 0.006]
    if kind.curled:
        tail = [
            (-0.12, rise, 0.0),
            (-0.24, rise * 0.85, 0.0),
            (-0.33, rise * 0.5, 0.0),
            (-0.27, rise * 0.3, 0.0),
            (-0.22, rise * 0.5, 0.0),
            (-0.26, rise * 0.58, 0.0),
        ]
        widths = [girth * 0.7, girth * 0.4, girth * 0.25, 0.016, 0.012, 0.008]
    points, radii = smoothed(tail, widths, 14)
    points = [(x, max(y, r), z) for (x, y, z), r in zip(points, radii, strict=True)]
    body.chain(points, radii, colour)
    back = [(-0.12, rise, 0.0), (0.02, rise * 1.04, 0.0), (0.15, rise * 1.05, 0.0), (0.25, rise * 1.12, 0.0)]
    trunk, thick = smoothed(back, [girth * 0.85, girth * 1.02, girth * 0.85, girth * 0.62], 8)
    body.chain(trunk, thick, colour)
    body.paint((0.0, rise - girth, 0.0), (0.4, girth * 0.55, girth * 0.8), kind.belly, girth * 0.3)
    frame = Frame((0.29, rise * 1.15, 0.0), girth * 0.72, yaw=-0.3)
    body.ball(frame.at(0.1, 0.05, 0), frame.size(1.1, 0.82, 0.95), colour)
    tip = 1.0 + kind.snout / frame.unit
    body.cone(frame.at(0.5, -0.08, 0), frame.at(tip, -0.15, 0), 0.62 * frame.unit, 0.38 * frame.unit, colour)
    body.paint(
        frame.at(tip * 0.7, -0.75, 0), frame.size(tip * 0.75, 0.5, 1.0), kind.belly, 0.3 * frame.unit, frame.turn
    )
    _legs(body, kind, colour, rise, pose)
    parts = _face(body, kind, frame, tip, colour)
    if kind.crest:
        line = body.snapped([(x, y + girth * 1.2, 0.0) for x, y, _ in [*trunk[::-1], *points[1:9]]])
        for x, y, z in line:
            spike: list[Point] = [(x, y - 0.01, z), (x - kind.crest * 0.35, y + kind.crest, z)]
            parts.append(
                tube(
                    spike,
                    [kind.crest * 0.42, kind.crest * 0.05],
                    (colour[0] * 0.6, colour[1] * 0.6, colour[2] * 0.6),
                    sides=5,
                )
            )
    dark = (colour[0] * 0.4, colour[1] * 0.42, colour[2] * 0.4)
    skin = body.mesh(body.step_for(9_000, step / size), coat_tint("scales", dark, 0.45))
    made = gathered([skin, *parts], {"back": (0.0, rise + girth, 0.0), "head": frame.origin}, girth * 2)
    anchors = {name: (x * size, y * size, z * size) for name, (x, y, z) in made.anchors.items()}
    return Figure(made.mesh.moved((0.0, 0.0, 0.0), scale=size), anchors, girth * 2 * size)


def _legs(body: Clay, kind: Saurian, colour: Colour, rise: float, pose: str) -> None:
    girth = kind.girth
    stride = 0.035 if pose in ("walking", "running") else 0.01
    for side in (1, -1):
        for front, x in ((1, 0.17), (-1, -0.1)):
            swing = stride * side * front
            top = (x, rise * 0.95, side * girth * 0.7)
            knee = (x - 0.02 * front + swing * 0.5, max(rise * 0.72, 0.03), side * girth * 1.75)
            foot = (x + 0.015 + swing, 0.012, side * girth * 1.7)
            body.chain([top, knee, foot], [girth * 0.42, girth * 0.3, girth * 0.2], colour)
            for spread in (-0.5, 0.0, 0.5):
                toe = (
                    foot[0] + 0.032 * float(np.cos(spread)),
                    0.008,
                    foot[2] + 0.032 * float(np.sin(spread + 0.3 * side)),
                )
                body.cone(foot, toe, girth * 0.16, 0.006, colour)


def _face(body: Clay, kind: Saurian, frame: Frame, tip: float, colour: Colour) -> list[Mesh]:
    parts: list[Mesh] = []
    iris: Colour = (0.80, 0.58, 0.06)
    for side in (1, -1):
        (place,) = body.snapped([frame.at(0.4, 0.75, side * 0.6)], kind.bulging * 0.1)
        look = frame.direction(0.55, 0.3, side * 0.78)
        if kind.curled:
            parts.append(ball(place, kind.bulging * 1.15, (colour[0] * 0.8, colour[1] * 0.9, colour[2] * 0.7)))
            spot = tuple(np.asarray(place) + look * kind.bulging * 0.75)
            parts += eye((float(spot[0]), float(spot[1]), float(spot[2])), look, kind.bulging * 0.6, iris)
        else:
            parts += eye(place, look, kind.bulging, iris)
        (hole,) = body.snapped([frame.at(tip + 0.25, 0.1, side * 0.18)])
        parts.append(ball(hole, frame.unit * 0.07, (0.03, 0.03, 0.02), segments=8))
        line = [
            frame.at(x, -0.32 + 0.12 * (x < 0.3), side * z)
            for x, z in ((0.1, 0.95), (0.6, 0.7), (tip * 0.75, 0.5), (tip + 0.25, 0.18))
        ]
        mouth = body.snapped(line)
        parts.append(tube(mouth, [0.04 * frame.unit] * 4, (0.05, 0.05, 0.03), sides=5))
        if kind.teeth:
            for t in np.linspace(0.1, 0.95, 7):
                x = 0.6 + (tip - 0.55) * float(t)
                (at,) = body.snapped([frame.at(x, -0.32, side * (0.66 - 0.3 * float(t)))])
                parts.append(
                    tube(
                        [at, (at[0], at[1] - 0.16 * frame.unit, at[2])],
                        [0.07 * frame.unit, 0.01 * frame.unit],
                        (0.88, 0.86, 0.78),
                        sides=5,
                    )
                )
    return parts


def snake(colour: Colour, step: float) -> Figure:
    """A snake coiled once with its head raised, 0.6 m across."""
    body = Clay(blend=0.01)
    turn = np.linspace(0, 3.6 * np.pi, 34)
    reach = 0.24 - 0.012 * turn
    high = 0.035 + 0.010 * np.maximum(turn - 5.0, 0) ** 1.25
    line: list[Point] = [
        (float(r * np.cos(-a)), float(y), float(r * np.sin(-a) * 0.85))
        for a, r, y in zip(turn, reach, high, strict=True)
    ]
    x, y, z = line[-1]
    line += [(x + 0.05, y + 0.09, z + 0.0), (x + 0.03, y + 0.2, 0.0), (x + 0.1, y + 0.27, 0.0)]
    radii = [float(r) for r in np.interp(np.linspace(0, 1, len(line)), [0, 0.2, 0.8, 1], [0.005, 0.034, 0.04, 0.03])]
    body.chain(line, radii, colour)
    frame = Frame(line[-1], 0.042, yaw=-0.5)
    body.ball(frame.at(0.35, 0.05, 0), frame.size(1.3, 0.68, 0.95), colour)
    pale = (min(colour[0] * 0.6 + 0.4, 1), min(colour[1] * 0.6 + 0.38, 1), colour[2] * 0.6 + 0.2)
    body.paint(frame.at(0.6, -0.6, 0), frame.size(1.2, 0.5, 0.9), pale, 0.02, frame.turn)
    parts: list[Mesh] = []
    for place, side in zip(body.snapped([frame.at(0.75, 0.5, s * 0.62) for s in (1, -1)], 0.003), (1, -1), strict=True):
        parts += eye(place, frame.direction(0.8, 0.15, side * 0.6), 0.0125, (0.75, 0.55, 0.05))
    smile = body.snapped(
        [frame.at(0.9, -0.12, 0.9), frame.at(1.6, -0.2, 0.3), frame.at(1.6, -0.2, -0.3), frame.at(0.9, -0.12, -0.9)]
    )
    parts.append(tube(smile, [0.0016] * 4, (0.04, 0.05, 0.02)))
    for side in (1, -1):
        tongue = [frame.at(1.55, -0.2, 0), frame.at(2.3, -0.25, 0), frame.at(2.7, -0.2, 0.18 * side)]
        parts.append(tube(tongue, [0.003, 0.003, 0.001], (0.70, 0.05, 0.06), sides=5))
    return gathered([body.mesh(body.step_for(9_000, step), _banded(colour, line)), *parts], {"head": frame.origin}, 0.4)


def _banded(colour: Colour, line: list[Point]) -> Tint:
    """Bands across a long body that lies along `line`."""
    spine = np.asarray(line, np.float32)
    lengths = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(spine, axis=0), axis=1))]).astype(np.float32)
    dark = np.asarray(colour) * 0.3

    def tint(points: Floats, normals: Floats, colours: Floats) -> Floats:
        away = ((points[:, None] - spine[None]) ** 2).sum(-1)
        nearest = away.argmin(1)
        along = spine[np.minimum(nearest + 1, len(spine) - 1)] - spine[np.maximum(nearest - 1, 0)]
        along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
        at = lengths[nearest] + ((points - spine[nearest]) * along).sum(1)
        amount = (np.clip((np.sin(at * 62) - 0.25) * 5, 0, 1) * np.clip(normals[:, 1] * 2 + 0.6, 0, 1))[:, None]
        result: Floats = (colours * (1 - amount) + dark * amount).astype(np.float32)
        return result

    return tint


def frog(colour: Colour, pose: str, step: float) -> Figure:
    """A frog 0.12 m long, squatting with a smile; ``jumping`` it stretches."""
    pale = (0.80, 0.82, 0.52)
    leaps = pose in ("jumping", "running", "swimming")
    rise, pitch = (0.07, 0.45) if leaps else (0.038, 0.5)
    body = Clay(blend=0.012)
    frame = Frame((0.0, rise, 0.0), 0.04, pitch=pitch)
    body.ball(frame.at(-0.2, 0.0, 0), frame.size(1.25, 0.8, 0.95), colour, 0.3, frame.turn)
    crown = Frame(frame.at(0.75, 0.2, 0), 0.04, pitch=0.05, yaw=-0.3)
    body.ball(crown.origin, crown.size(0.8, 0.62, 0.95), colour, 0.3, crown.turn)
    body.paint(crown.at(0.55, -0.55, 0), crown.size(1.0, 0.42, 1.1), pale, 0.012, crown.turn)
    body.paint(frame.at(0.2, -0.75, 0), frame.size(1.1, 0.5, 0.8), pale, 0.015, frame.turn)
    parts: list[Mesh] = []
    for side in (1, -1):
        bump = crown.at(0.2, 0.55, side * 0.55)
        body.ball(bump, (0.0135, 0.0135, 0.0135), colour, 0.3)
        look = crown.direction(0.7, 0.15, side * 0.7)
        spot = np.asarray(bump) + look * 0.005
        parts += eye((float(spot[0]), float(spot[1]), float(spot[2])), look, 0.0115, (0.80, 0.60, 0.05))
        legs = _frog_legs(frame, leaps, side)
        for leg, thick in zip(legs, (0.0135, 0.009), strict=True):
            body.chain(leg, np.linspace(thick, thick * 0.42, len(leg)).tolist(), colour, 0.3)
            x, y, z = leg[-1]
            for spread in (-0.5, 0.0, 0.5):
                toe = (x + 0.018 * float(np.cos(spread)), max(y - 0.001, 0.003), z + 0.018 * float(np.sin(spread)))
                parts.append(tube([leg[-1], toe], [0.004, 0.003], colour, 0.3, sides=6))
                parts.append(ball(toe, 0.0042, colour, 0.3, segments=8))
    smile = body.snapped(
        [
            crown.at(x, y, z)
            for x, y, z in (
                (0.3, -0.02, 0.95),
                (0.75, -0.16, 0.5),
                (0.85, -0.2, 0.0),
                (0.75, -0.16, -0.5),
                (0.3, -0.02, -0.95),
            )
        ]
    )
    parts.append(tube(smile, [0.0014] * 5, (0.05, 0.06, 0.02)))
    return gathered(
        [body.mesh(body.step_for(7_000, step), furry(0.2, 130)), *parts],
        {"head": crown.origin, "back": frame.at(-0.3, 0.8, 0)},
        0.07,
    )


def _frog_legs(frame: Frame, leaps: bool, side: int) -> list[list[Point]]:
    """The hind and the fore leg of one side: stretched in a leap, else folded with the feet on the ground."""
    if leaps:
        hind = [(-0.9, -0.2, 0.6), (-2.0, 0.0, 1.3), (-3.0, -0.5, 0.8), (-4.0, -0.2, 1.0)]
        fore = [(0.4, -0.5, 0.7), (1.1, -0.6, 1.2), (1.9, -0.3, 1.1)]
        return [[frame.at(x, y, side * z) for x, y, z in leg] for leg in (hind, fore)]
    shank: list[Point] = [(0.018, 0.04, side * 0.06), (-0.035, 0.009, side * 0.062), (0.022, 0.005, side * 0.076)]
    forearm: list[Point] = [(0.028, 0.02, side * 0.054), (0.04, 0.005, side * 0.046)]
    return [[frame.at(-0.7, -0.2, side * 0.6), *shank], [frame.at(0.5, -0.4, side * 0.75), *forearm]]


def caterpillar(colour: Colour) -> Figure:
    """A caterpillar 0.08 m long, humped in the middle, with a round face."""
    parts: list[Mesh] = []
    count = 9
    dark = (colour[0] * 0.55, colour[1] * 0.62, colour[2] * 0.5)
    for index in range(count):
        t = index / (count - 1)
        at = (-0.036 + 0.064 * t, 0.0085 + 0.011 * float(np.sin(t * np.pi)) ** 2, 0.0)
        parts.append(ball(at, (0.0072, 0.0085, 0.0085), colour if index % 2 else dark, 0.2))
        for side in (1, -1):
            foot: Point = (at[0], max(at[1] - 0.009, 0.0015), side * 0.005)
            parts.append(ball(foot, 0.0024, (0.45, 0.20, 0.06), segments=8))
    frame = Frame((0.038, 0.0175, 0.0), 0.0115, yaw=-0.4)
    parts.append(ball(frame.origin, 0.0115, colour, 0.2))
    for side in (1, -1):
        parts += eye(frame.at(0.82, 0.3, side * 0.4), frame.direction(0.9, 0.1, side * 0.35), 0.0036, white=True)
        parts.append(tube([frame.at(0.1, 0.9, side * 0.35), frame.at(0.3, 1.7, side * 0.6)], [0.0009, 0.0007], dark))
        parts.append(ball(frame.at(0.3, 1.7, side * 0.6), 0.0018, (0.75, 0.24, 0.05), segments=8))
    smile = [frame.at(0.88, -0.25, 0.42), frame.at(0.95, -0.42, 0.0), frame.at(0.88, -0.25, -0.42)]
    parts.append(tube(smile, [0.0007] * 3, (0.08, 0.03, 0.02)))
    return gathered(parts, {"top": frame.at(0, 1, 0)}, 0.02)
