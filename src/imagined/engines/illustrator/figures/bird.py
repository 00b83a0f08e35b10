"""One rig for birds, standing or with wings spread, by proportions and plumage."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point
from imagined.engines.illustrator.figures.limbs import Frame, add
from imagined.engines.illustrator.figures.model import Figure, eye, furry, gathered
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Floats, Mesh


@dataclass(frozen=True)
class Bird:
    """Proportions in metres and plumage."""

    length: float
    """Breast to rump."""
    girth: float
    """Radius of the body."""
    head: float
    neck: float
    """Length; 0 for a head that sits on the body."""
    beak: float
    """Length, in head radii."""
    legs: float
    wing: float
    """Length of one spread wing."""
    tail: float
    back: Colour
    breast: Colour
    wing_tip: Colour
    beak_colour: Colour = (0.75, 0.42, 0.06)
    head_colour: Colour | None = None
    upright: float = 0.6
    """Tilt of the standing body, radians."""
    beak_kind: Literal["cone", "hook", "flat"] = "cone"
    face: Colour | None = None
    """A pale disc round the eyes, as owls and penguins have."""
    iris: Colour = (0.02, 0.015, 0.01)
    eye_size: float = 0.22
    swims: bool = False


BIRDS: Final[dict[str, Bird]] = {
    "bird": Bird(
        0.15,
        0.055,
        0.046,
        0.0,
        0.75,
        0.05,
        0.19,
        0.1,
        (0.16, 0.24, 0.42),
        (0.78, 0.36, 0.12),
        (0.06, 0.08, 0.13),
        (0.10, 0.08, 0.06),
    ),
    "seagull": Bird(
        0.36,
        0.10,
        0.07,
        0.05,
        1.0,
        0.1,
        0.62,
        0.16,
        (0.46, 0.49, 0.53),
        (0.88, 0.88, 0.87),
        (0.04, 0.04, 0.045),
        (0.80, 0.50, 0.05),
        (0.88, 0.88, 0.87),
        0.35,
    ),
    "eagle": Bird(
        0.62,
        0.17,
        0.115,
        0.08,
        0.95,
        0.14,
        1.0,
        0.32,
        (0.11, 0.065, 0.035),
        (0.14, 0.085, 0.05),
        (0.05, 0.03, 0.02),
        (0.82, 0.55, 0.05),
        (0.87, 0.85, 0.80),
        0.85,
        "hook",
        None,
        (0.5, 0.4, 0.08),
        0.2,
    ),
    "owl": Bird(
        0.34,
        0.15,
        0.14,
        0.0,
        0.38,
        0.05,
        0.5,
        0.12,
        (0.28, 0.18, 0.10),
        (0.62, 0.48, 0.32),
        (0.14, 0.085, 0.05),
        (0.16, 0.13, 0.1),
        None,
        1.25,
        "hook",
        (0.74, 0.64, 0.48),
        (0.75, 0.42, 0.04),
        0.3,
    ),
    "duck": Bird(
        0.34,
        0.12,
        0.075,
        0.1,
        1.15,
        0.07,
        0.42,
        0.1,
        (0.34, 0.26, 0.19),
        (0.60, 0.54, 0.46),
        (0.12, 0.16, 0.32),
        (0.80, 0.55, 0.06),
        (0.03, 0.20, 0.09),
        0.1,
        "flat",
        swims=True,
    ),
    "swan": Bird(
        0.72,
        0.24,
        0.1,
        0.62,
        1.1,
        0.12,
        1.0,
        0.2,
        (0.88, 0.88, 0.87),
        (0.88, 0.88, 0.87),
        (0.86, 0.86, 0.86),
        (0.80, 0.34, 0.05),
        None,
        0.08,
        "flat",
        swims=True,
    ),
    "chicken": Bird(
        0.3,
        0.13,
        0.07,
        0.1,
        0.75,
        0.13,
        0.3,
        0.16,
        (0.62, 0.30, 0.12),
        (0.72, 0.42, 0.20),
        (0.12, 0.08, 0.05),
        (0.78, 0.50, 0.10),
        None,
        0.25,
    ),
    "penguin": Bird(
        0.5,
        0.17,
        0.125,
        0.0,
        0.75,
        0.03,
        0.42,
        0.1,
        (0.025, 0.03, 0.04),
        (0.88, 0.88, 0.86),
        (0.03, 0.035, 0.045),
        (0.75, 0.36, 0.06),
        (0.02, 0.022, 0.028),
        1.42,
        "cone",
        (0.86, 0.62, 0.16),
    ),
    "parrot": Bird(
        0.26,
        0.085,
        0.08,
        0.0,
        0.7,
        0.05,
        0.4,
        0.34,
        (0.66, 0.04, 0.03),
        (0.72, 0.06, 0.04),
        (0.04, 0.14, 0.58),
        (0.05, 0.045, 0.04),
        None,
        1.1,
        "hook",
        (0.84, 0.82, 0.78),
        (0.6, 0.5, 0.2),
    ),
    "flamingo": Bird(
        0.42,
        0.14,
        0.075,
        0.6,
        1.1,
        0.62,
        0.65,
        0.14,
        (0.86, 0.36, 0.36),
        (0.88, 0.44, 0.44),
        (0.10, 0.03, 0.04),
        (0.10, 0.06, 0.06),
        None,
        0.15,
        "hook",
    ),
}
"""By noun of the lexicon."""


def bird(kind: Bird, pose: str, step: float) -> Figure:
    """The bird; ``flying`` spreads its wings, any other pose stands, or floats if it swims."""
    flying = pose in ("flying", "running")
    tilt = 0.12 if flying else kind.upright
    rise = kind.legs + kind.girth * 1.05 + kind.length * 0.4 * float(np.sin(tilt))
    frame = Frame((0.0, rise, 0.0), 1.0, pitch=tilt)
    body = Clay(blend=kind.girth * 0.45)
    half = kind.length / 2
    body.cone(frame.at(half * 0.5, 0, 0), frame.at(-half * 0.7, 0, 0), kind.girth, kind.girth * 0.62, kind.back)
    body.ball(
        frame.at(half * 0.25, -kind.girth * 0.1, 0),
        (kind.girth * 1.15, kind.girth * 1.05, kind.girth),
        kind.back,
        turn=frame.turn,
    )
    body.cone(
        frame.at(-half * 0.8, kind.girth * 0.1, 0),
        frame.at(-half - kind.tail, 0.0, 0),
        kind.girth * 0.4,
        kind.girth * 0.1,
        kind.wing_tip,
    )
    body.paint(
        frame.at(half * 0.35, -kind.girth * 0.85, 0),
        (kind.length * 0.6, kind.girth * 1.0, kind.girth * 0.8),
        kind.breast,
        kind.girth * 0.3,
        frame.turn,
    )
    parts = _bird_head(body, kind, frame.at(half * 0.72, kind.girth * 0.45, 0), flying)
    parts += _wings(kind, frame, flying, step)
    if not flying:
        parts += _bird_legs(kind, frame.at(-kind.length * 0.02, 0, 0))
    skin = body.mesh(step, furry(0.09, 5.0 / kind.girth))
    anchors = {"head": frame.at(half, kind.girth, 0), "back": frame.at(0, kind.girth, 0)}
    return gathered([skin, *parts], anchors, kind.girth * 2)


def _bird_head(body: Clay, kind: Bird, root: Point, flying: bool) -> list[Mesh]:
    size, colour = kind.head, kind.head_colour or kind.back
    if kind.neck and flying:
        bends = [root, add(root, (kind.neck * 0.9, kind.neck * 0.18, 0.0))]
    elif kind.neck > 3 * size:
        t = np.linspace(0, 1, 9)
        curve = np.sin(t * np.pi * 1.55) * 0.33 + t * 0.12
        bends = [
            add(root, (kind.neck * float(c), kind.neck * 1.1 * float(u), 0.0)) for c, u in zip(curve, t, strict=True)
        ]
    else:
        bends = [root, add(root, (kind.neck * 0.3 + size * 0.4, kind.neck + size * 0.7, 0.0))]
    radii = [kind.girth * 0.62, *np.linspace(size * 0.95, size * 0.6, len(bends) - 1).tolist()]
    body.blend = size * 0.4
    body.chain(bends, radii, colour if kind.neck else kind.back)
    frame = Frame(bends[-1], size, yaw=0.0 if flying else -0.4, roll=0.0)
    body.ball(frame.at(0.05, 0.1, 0), frame.size(1.04, 0.98, 0.95), colour)
    body.paint(frame.at(0, 0.15, 0), frame.size(1.25, 1.2, 1.2), colour, size * 0.3)
    if kind.face is not None:
        for side in (1, -1):
            body.paint(frame.at(0.75, 0.15, side * 0.45), frame.size(0.45, 0.5, 0.45), kind.face, size * 0.12)
    parts: list[Mesh] = []
    eye_size = kind.eye_size * size
    wide = 0.5 if kind.upright > 1.2 and kind.iris[0] > 0.5 else 0.62
    for place, side in zip(
        body.snapped([frame.at(0.68, 0.25, side * wide) for side in (1, -1)], eye_size * 0.4), (1, -1), strict=True
    ):
        parts += eye(place, frame.direction(1.0, 0.05, side * 0.55), eye_size, kind.iris)
    return parts + _beak(kind, frame)


def _beak(kind: Bird, frame: Frame) -> list[Mesh]:
    unit, long, colour = frame.unit, kind.beak, kind.beak_colour
    if kind.beak_kind == "flat":
        return [
            ball(frame.at(0.8 + long * 0.45, -0.12, 0), frame.size(long * 0.62, 0.14, 0.36), colour, 0.3, frame.turn)
        ]
    points = [frame.at(0.75, 0.05, 0), frame.at(0.9 + long * 0.45, 0.0, 0), frame.at(0.92 + long * 0.85, -0.1, 0)]
    radii = [0.34 * unit, 0.22 * unit, 0.03 * unit]
    if kind.beak_kind == "hook":
        points = [frame.at(0.75, 0.1, 0), frame.at(0.9 + long * 0.5, 0.05, 0), frame.at(0.95 + long * 0.65, -0.35, 0)]
        radii = [0.3 * unit, 0.25 * unit, 0.03 * unit]
    parts = [tube(points, radii, colour, 0.35, sides=12)]
    if kind.back == BIRDS["chicken"].back:
        parts += [
            ball(frame.at(x, y, 0), frame.size(0.26, 0.34, 0.12), (0.70, 0.04, 0.03))
            for x, y in ((0.4, 1.0), (0.05, 1.15), (-0.3, 1.0))
        ]
        parts.append(ball(frame.at(0.95, -0.5, 0), frame.size(0.14, 0.3, 0.14), (0.70, 0.04, 0.03)))
    return parts


def _wings(kind: Bird, frame: Frame, flying: bool, step: float) -> list[Mesh]:
    """Each wing is its own clay: an arm with feathers fanned from it."""
    parts = []
    for side in (1, -1):
        wing = Clay(blend=kind.girth * 0.16)
        if flying:
            _spread_wing(wing, kind, frame, side)
        else:
            root, tip = (
                frame.at(kind.length * 0.2, kind.girth * 0.2, side * kind.girth * 0.9),
                frame.at(-kind.length * 0.62, -kind.girth * 0.15, side * kind.girth * 0.62),
            )
            middle = tuple((np.asarray(root) + np.asarray(tip)) / 2)
            reach = float(np.linalg.norm(np.asarray(tip) - np.asarray(root))) / 2
            wing.ball(
                (float(middle[0]), float(middle[1]), float(middle[2])),
                (reach * 1.1, kind.girth * 0.68, kind.girth * 0.2),
                kind.back,
                turn=frame.turn,
            )
            wing.paint(tip, (reach * 0.9, kind.girth * 0.9, kind.girth), kind.wing_tip, reach * 0.5, frame.turn)

        def feathers(points: Floats, _normals: Floats, colours: Floats) -> Floats:
            bars = np.sin(points[:, 0] * np.float32(26 / kind.girth * 0.2)) * 0.12
            result: Floats = (colours * (1 + bars)[:, None]).astype(np.float32)
            return result

        parts.append(wing.mesh(step * (1.0 if flying else 0.7), feathers))
    return parts


def _spread_wing(wing: Clay, kind: Bird, frame: Frame, side: int) -> None:
    span, lift = kind.wing, kind.wing * (0.22 if side > 0 else 0.34)
    root = frame.at(kind.length * 0.15, kind.girth * 0.5, side * kind.girth * 0.4)
    wrist = frame.at(kind.length * 0.22, kind.girth * 0.5 + lift, side * span * 0.48)
    tip = frame.at(-kind.length * 0.15, kind.girth * 0.5 + lift * 1.15, side * span)
    thick = max(kind.girth * 0.13, span * 0.017)
    wing.chain([root, wrist, tip], [thick * 1.9, thick * 1.5, thick * 0.6], kind.back)
    for index in range(13):
        t = index / 12
        arm = (
            np.asarray(root) * (1 - 2 * t) + np.asarray(wrist) * 2 * t
            if t < 0.5
            else np.asarray(wrist) * (2 - 2 * t) + np.asarray(tip) * (2 * t - 1)
        )
        chord = span * (0.34 - 0.1 * t)
        sweep = max(t - 0.45, 0) * 1.5
        end = arm + np.array([-chord * (1 - sweep * 0.35), -chord * 0.06, side * chord * sweep])
        colour = (
            kind.back
            if t < 0.5
            else tuple(np.asarray(kind.back) * (1.6 - 1.2 * t) + np.asarray(kind.wing_tip) * (1.2 * t - 0.6))
        )
        a, b = (float(arm[0]), float(arm[1]), float(arm[2])), (float(end[0]), float(end[1]), float(end[2]))
        wing.cone(a, b, thick * 1.25, thick * 0.75, (float(colour[0]), float(colour[1]), float(colour[2])))
        far: Point = (a[0] * 0.35 + b[0] * 0.65, a[1] * 0.35 + b[1] * 0.65, a[2] * 0.35 + b[2] * 0.65)
        wing.ball(far, (chord * 0.45, thick * 0.7, span * 0.06), (float(colour[0]), float(colour[1]), float(colour[2])))
    wing.paint(tip, (span * 0.3, span * 0.3, span * 0.24), kind.wing_tip, span * 0.1)


def _bird_legs(kind: Bird, hips: Point) -> list[Mesh]:
    if kind.swims:
        return []
    parts = []
    thick = max(kind.girth * 0.075, 0.004)
    for side in (1, -1):
        wide = side * kind.girth * 0.42
        top, foot = (hips[0], hips[1] - kind.girth * 0.3, wide), (hips[0] + kind.girth * 0.1, thick, wide)
        knee = ((top[0] + foot[0]) / 2 - kind.legs * 0.08, (top[1] + foot[1]) / 2, wide)
        parts.append(tube([top, knee, foot], [thick * 1.3, thick, thick], kind.beak_colour))
        for spread in (-0.55, 0.0, 0.55, np.pi):
            toe = (
                foot[0] + kind.girth * 0.55 * float(np.cos(spread)),
                thick * 0.6,
                foot[2] + kind.girth * 0.55 * float(np.sin(spread)),
            )
            parts.append(tube([foot, toe], [thick, thick * 0.5], kind.beak_colour))
    return parts
