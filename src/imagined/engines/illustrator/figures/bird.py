"""One rig for birds, standing or with wings spread, by proportions and plumage."""

import numpy as np

from imagined.engines.illustrator.figures.birds import Bird
from imagined.engines.illustrator.figures.clay import Clay, Colour, Point
from imagined.engines.illustrator.figures.fins import blade
from imagined.engines.illustrator.figures.heads import lid
from imagined.engines.illustrator.figures.limbs import Frame, add, smoothed
from imagined.engines.illustrator.figures.model import Figure, eye, furry, gathered
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.figures.wings import fan, spread_wing
from imagined.engines.illustrator.mesh import Floats, Mesh


def bird(kind: Bird, pose: str, step: float) -> Figure:
    """The bird; ``flying`` spreads its wings, ``eating`` bends to the ground; others stand, or float if it swims."""
    flying = pose in ("flying", "running", "jumping")
    tilt = 0.12 if flying else -0.35 if pose == "eating" else kind.upright
    low = kind.swims or pose in ("sitting", "lying", "sleeping", "swimming")
    rise = (0.0 if low else kind.legs) + kind.girth * 1.05 + kind.length * 0.4 * abs(float(np.sin(tilt)))
    frame = Frame((0.0, rise, 0.0), 1.0, pitch=tilt)
    body = Clay(blend=kind.girth * 0.45)
    half, girth = kind.length / 2, kind.girth
    body.cone(frame.at(half * 0.5, 0, 0), frame.at(-half * 0.7, 0, 0), girth, girth * 0.62, kind.back)
    body.ball(frame.at(half * 0.25, -girth * 0.1, 0), (girth * 1.15, girth * 1.05, girth), kind.back, turn=frame.turn)
    breast = (kind.length * 0.6, girth * 1.0, girth * 0.8)
    body.paint(frame.at(half * 0.35, -girth * 0.85, 0), breast, kind.breast, girth * 0.3, frame.turn)
    parts = _head(body, kind, frame.at(half * 0.72, girth * 0.45, 0), flying, pose)
    parts += _wings(kind, frame, flying, step) + _tail(kind, frame, flying)
    if not flying and not low:
        parts += _legs(kind, frame.at(-kind.length * 0.02, 0, 0), pose == "walking")
    skin = body.mesh(body.step_for(5_000, step), furry(0.09, 5.0 / girth))
    anchors = {"head": frame.at(half, girth, 0), "back": frame.at(0, girth, 0)}
    return gathered([skin, *parts], anchors, girth * 2)


def _neck(kind: Bird, root: Point, flying: bool, pose: str) -> tuple[list[Point], list[float]]:
    """Points and radii from the shoulders to the skull."""
    size, neck = kind.head, kind.neck
    thick, thin = kind.girth * 0.62, size * 0.62
    if pose == "eating":
        drop = min(neck + size, root[1] - size * 0.9)
        line = [
            root,
            add(root, (neck * 0.45 + size, -drop * 0.35, 0.0)),
            add(root, (neck * 0.55 + size * 1.2, -drop, 0.0)),
        ]
        return smoothed(line, [thick, size * 0.85, thin], 8)
    if neck and flying and "hunched" not in kind.extras:
        return [root, add(root, (neck * 0.9, neck * 0.18, 0.0))], [thick, thin]
    if neck > 3 * size:
        line = [root, add(root, (neck * 0.34, neck * 0.2, 0.0)), add(root, (neck * 0.2, neck * 0.6, 0.0)),
                add(root, (neck * 0.06, neck * 0.92, 0.0)), add(root, (neck * 0.22, neck * 1.08, 0.0))]  # fmt: skip
        return smoothed(line, [thick, size * 0.95, size * 0.68, thin, thin], 14)
    return [root, add(root, (neck * 0.3 + size * 0.4, neck + size * 0.7, 0.0))], [thick, thin]


def _head(body: Clay, kind: Bird, root: Point, flying: bool, pose: str) -> list[Mesh]:
    size, colour = kind.head, kind.head_colour or kind.back
    bends, radii = _neck(kind, root, flying, pose)
    body.blend = size * 0.4
    body.chain(bends, radii, colour if kind.neck else kind.back)
    frame = Frame(bends[-1], size, pitch=-0.5 if pose == "eating" else 0.0, yaw=0.0 if flying else -0.4)
    body.ball(frame.at(0.05, 0.1, 0), frame.size(1.04, 0.98, 0.95), colour)
    body.paint(frame.at(0, 0.15, 0), frame.size(1.25, 1.2, 1.2), colour, size * 0.3)
    if kind.face is not None:
        for side in (1, -1):
            body.paint(frame.at(0.75, 0.15, side * 0.45), frame.size(0.45, 0.5, 0.45), kind.face, size * 0.12)
    parts: list[Mesh] = []
    eye_size = kind.eye_size * size
    wide = 0.5 if kind.upright > 1.2 and kind.iris[0] > 0.5 else 0.62
    places = body.snapped([frame.at(0.68, 0.25, side * wide) for side in (1, -1)], eye_size * 0.4)
    for place, side in zip(places, (1, -1), strict=True):
        look = frame.direction(1.0, 0.05, side * 0.55)
        parts += [lid(place, look, eye_size)] if pose == "sleeping" else eye(place, look, eye_size, kind.iris)
    return parts + _beak(kind, frame) + _ornaments(kind, frame)


def _beak(kind: Bird, frame: Frame) -> list[Mesh]:
    unit, long, colour = frame.unit, kind.beak, kind.beak_colour
    if kind.beak_kind == "flat":
        shape = frame.size(long * 0.62, 0.14, 0.36)
        return [ball(frame.at(0.8 + long * 0.45, -0.12, 0), shape, colour, 0.3, frame.turn)]
    courses: dict[str, tuple[list[tuple[float, float]], list[float]]] = {
        "cone": ([(0.75, 0.05), (0.9 + long * 0.45, 0.0), (0.92 + long * 0.85, -0.1)], [0.34, 0.22, 0.03]),
        "hook": ([(0.75, 0.1), (0.9 + long * 0.5, 0.05), (0.95 + long * 0.65, -0.35)], [0.3, 0.25, 0.03]),
        "long": ([(0.75, 0.05), (0.9 + long * 0.5, -0.05), (0.9 + long, -0.15)], [0.24, 0.13, 0.02]),
        "big": (
            [(0.6, 0.05), (0.9 + long * 0.4, 0.2), (0.9 + long * 0.8, 0.05), (0.9 + long, -0.35)],
            [0.5, 0.5, 0.34, 0.06],
        ),
        "pouch": ([(0.75, 0.05), (0.9 + long * 0.5, -0.05), (0.9 + long, -0.2)], [0.26, 0.14, 0.05]),
    }
    line, widths = courses[kind.beak_kind]
    points, radii = smoothed([frame.at(x, y, 0) for x, y in line], [w * unit for w in widths], 8)
    parts = [tube(points, radii, colour, 0.35, sides=12)]
    if kind.beak_kind == "pouch":
        turn = frame.turn @ Frame((0, 0, 0), 1, pitch=-0.15).turn
        parts.append(
            ball(
                frame.at(0.85 + long * 0.45, -0.42, 0),
                frame.size(long * 0.46, 0.42, 0.22),
                (0.86, 0.52, 0.16),
                0.2,
                turn,
            )
        )
    if kind.beak_kind == "big":
        parts.append(ball(points[-1], 0.12 * unit, (0.03, 0.03, 0.03), 0.3))
    return parts


def _ornaments(kind: Bird, frame: Frame) -> list[Mesh]:
    parts: list[Mesh] = []
    red: Colour = (0.70, 0.04, 0.03)
    if "comb" in kind.extras:
        spots = ((0.4, 1.0), (0.05, 1.15), (-0.3, 1.0))
        parts += [ball(frame.at(x, y, 0), frame.size(0.26, 0.34, 0.12), red) for x, y in spots]
    if "comb" in kind.extras or "wattle" in kind.extras:
        parts.append(ball(frame.at(0.95, -0.55, 0), frame.size(0.16, 0.36, 0.14), red))
    if "crest" in kind.extras:
        for index in range(5):
            lean = -0.15 - 0.28 * index
            tip = frame.at(lean - 0.5, 1.75 - 0.14 * index, 0.05 * (index - 2))
            parts.append(
                blade(
                    frame.at(lean + 0.3, 0.9, 0),
                    frame.at(lean, 0.9, 0),
                    tip,
                    kind.face or kind.back,
                    bulge=(0.15, 0.2),
                    thickness=0.08,
                )
            )
    if "crown" in kind.extras:
        for index in range(5):
            end = frame.at(-0.1 - 0.25 * index, 1.75, 0.16 * (index - 2))
            parts.append(
                tube([frame.at(-0.1, 0.95, 0), end], [0.04 * frame.unit, 0.03 * frame.unit], kind.back, sides=5)
            )
            parts.append(ball(end, 0.11 * frame.unit, kind.back, 0.3, segments=8))
    if "plume" in kind.extras:
        line, radii = smoothed(
            [frame.at(-0.2, 0.7, 0.3), frame.at(-1.2, 0.7, 0.4), frame.at(-2.2, 0.1, 0.4)],
            [0.16 * frame.unit, 0.14 * frame.unit, 0.02 * frame.unit],
            8,
        )
        parts.append(tube(line, radii, kind.wing_tip))
    return parts


def _wings(kind: Bird, frame: Frame, flying: bool, step: float) -> list[Mesh]:
    parts: list[Mesh] = []
    girth = kind.girth
    for side in (1, -1):
        if flying:
            span, lift = kind.wing, kind.wing * (-0.10 if side > 0 else 0.46)
            root = frame.at(kind.length * 0.22, girth * 0.5, side * girth * 0.5)
            wrist = frame.at(kind.length * 0.22 + span * 0.1, girth * 0.5 + lift, side * span * 0.45)
            tip = frame.at(kind.length * 0.05, girth * 0.5 + lift * 1.1, side * span * 0.86)
            parts += spread_wing(root, wrist, tip, span * 0.44, kind.back, kind.wing_tip)
            continue
        wing = Clay(blend=girth * 0.16)
        start, end = (
            frame.at(kind.length * 0.2, girth * 0.2, side * girth * 0.9),
            frame.at(-kind.length * 0.62, -girth * 0.15, side * girth * 0.62),
        )
        x, y, z = ((a + b) / 2 for a, b in zip(start, end, strict=True))
        reach = float(np.linalg.norm(np.subtract(end, start))) / 2
        wing.ball((x, y, z), (reach * 1.1, girth * 0.68, girth * 0.2), kind.back, turn=frame.turn)
        wing.paint(end, (reach * 0.9, girth * 0.9, girth), kind.wing_tip, reach * 0.5, frame.turn)

        def feathers(points: Floats, _normals: Floats, colours: Floats) -> Floats:
            bars = np.sin(points[:, 0] * np.float32(5.2 / girth)) * 0.12
            result: Floats = (colours * (1 + bars)[:, None]).astype(np.float32)
            return result

        parts.append(wing.mesh(wing.step_for(1_200, step * 0.7), feathers))
    return parts


def _tail(kind: Bird, frame: Frame, flying: bool) -> list[Mesh]:
    """Feathers fanned flat behind, or an upright fan, or a train on the ground."""
    half, girth = kind.length / 2, kind.girth
    root = frame.at(-half * 0.75, girth * 0.15, 0)
    if not flying and "eyed_fan" in kind.extras:
        gold, blue, dark = (0.72, 0.50, 0.10), (0.02, 0.30, 0.55), (0.01, 0.03, 0.14)
        return fan(root, kind.length * 2.3, (0.03, 0.22, 0.10), (0.10, 0.36, 0.12), (gold, blue, dark))
    if not flying and "fan" in kind.extras:
        return fan(root, kind.length * 1.0, kind.wing_tip, kind.breast, tilt=0.35)
    parts: list[Mesh] = []
    long = kind.tail + half * 0.4
    droop = -0.75 * kind.length if "train" in kind.extras and not flying else 0.0
    for index in range(7):
        t = (index - 3) / 3
        spread = (0.55 if flying else 0.26) * long * t
        tip = frame.at(
            -half * 0.75 - long * (1 - 0.12 * t * t), droop * 0.4 - girth * 0.08 + 0.02 * long * (1 - abs(t)), spread
        )
        tip = (tip[0], max(tip[1], girth * 0.05), tip[2])
        wide = girth * 0.24
        centre = frame.at(-half * 0.75, girth * (0.15 - 0.06 * abs(t)), girth * 0.3 * t)
        front, back = add(centre, (0.0, 0.0, wide)), add(centre, (0.0, 0.0, -wide))
        parts.append(blade(front, back, tip, kind.back, bulge=(0.12, 0.12), thickness=0.05, edge=kind.wing_tip, rows=6))
    return parts


def _legs(kind: Bird, hips: Point, walking: bool) -> list[Mesh]:
    parts = []
    colour = kind.leg_colour or kind.beak_colour
    thick = max(kind.girth * 0.085, 0.003)
    for side in (1, -1):
        wide = side * kind.girth * 0.42
        stride = side * kind.legs * 0.4 if walking else 0.0
        top = (hips[0], hips[1] - kind.girth * 0.3, wide)
        foot = (hips[0] + kind.girth * 0.1 + stride, thick, wide)
        knee = ((top[0] + foot[0]) / 2 - kind.legs * 0.08, (top[1] + foot[1]) / 2, wide)
        parts.append(tube([top, knee, foot], [thick * 1.6, thick, thick], colour))
        for spread in (-0.55, 0.0, 0.55, np.pi):
            reach = kind.girth * 0.5
            toe = (foot[0] + reach * float(np.cos(spread)), thick * 0.6, foot[2] + reach * float(np.sin(spread)))
            parts.append(tube([foot, toe], [thick, thick * 0.5], colour))
    return parts
