"""Trees, flowers and grass: branching by recursion, leaves in clouds, all as plain triangles."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.solids import ball, lathe, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined

Foliage = Literal["summer", "spring", "autumn", "winter"]

_LEAVES: dict[str, tuple[Colour, Colour]] = {
    "summer": ((0.06, 0.15, 0.025), (0.16, 0.29, 0.05)),
    "spring": ((0.14, 0.27, 0.05), (0.30, 0.42, 0.09)),
    "autumn": ((0.50, 0.13, 0.02), (0.72, 0.40, 0.04)),
    "winter": ((0.72, 0.76, 0.82), (0.86, 0.88, 0.92)),
    "cherry": ((0.74, 0.38, 0.46), (0.90, 0.68, 0.72)),
}


@dataclass(frozen=True)
class _Limb:
    start: Floats
    end: Floats
    thick: float
    thin: float


def _limbs(rng: np.random.Generator, height: float, depth: int, spread: float) -> tuple[list[_Limb], list[Floats]]:
    """Branches of a broad-leaved tree, and the tips that leaves grow round."""
    limbs: list[_Limb] = []
    tips: list[Floats] = []
    trunk = np.array([rng.normal() * 0.03, 0.36, rng.normal() * 0.03]) * height
    limbs.append(_Limb(np.zeros(3, np.float32), trunk.astype(np.float32), height * 0.042, height * 0.030))
    queue = [(trunk, np.array([0.0, 1.0, 0.0]), height * 0.24, height * 0.030, 0)]
    while queue:
        base, heading, length, thick, level = queue.pop(0)
        children = int(rng.integers(4, 6)) if level == 0 else int(rng.integers(2, 4))
        start = float(rng.uniform(0, 2 * np.pi))
        for child in range(children):
            angle = start + 2 * np.pi * child / children + rng.normal() * 0.25
            tilt = spread * rng.uniform(0.6, 1.15)
            side = np.array([np.cos(angle), 0.15, np.sin(angle)])
            aim = heading * np.cos(tilt) + side * np.sin(tilt) + np.array([0, 0.18, 0])
            aim /= np.linalg.norm(aim)
            end = base + aim * length * rng.uniform(0.8, 1.15)
            limbs.append(_Limb(base.astype(np.float32), end.astype(np.float32), thick * 0.72, thick * 0.42))
            if level + 1 >= depth:
                tips.append(end.astype(np.float32))
            else:
                tips.append(((base + end * 2) / 3).astype(np.float32))
                queue.append((end, aim, length * 0.72, thick * 0.5, level + 1))
    return limbs, tips


def leaf_cloud(
    rng: np.random.Generator, centres: Floats, radii: Floats, count: int, size: float, tones: tuple[Colour, Colour]
) -> Mesh:
    """`count` leaf blades, each two triangles of about `size` metres, in balls round `centres` (N, 3).

    Blades lie roughly on the balls' shells; normals point away from the crown's heart so that it shades as a mass.
    """
    owner = rng.integers(0, len(centres), count)
    out = rng.normal(size=(count, 3)).astype(np.float32)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    reach = rng.uniform(0.55, 1.0, count).astype(np.float32)
    at = centres[owner] + out * (radii[owner] * reach)[:, None] * np.array([1, 0.8, 1], np.float32)
    along = rng.normal(size=(count, 3)).astype(np.float32) + np.array([0, -0.3, 0], np.float32)
    along -= out * (along * out).sum(1, keepdims=True) * 0.6
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(out, along)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-6)
    length = (size * rng.uniform(0.7, 1.3, count)).astype(np.float32)[:, None]
    corners = np.stack(
        [at - along * length, at + across * length * 0.55, at + along * length, at - across * length * 0.55], 1
    )
    heart = centres.mean(0)
    normal = out * 0.7 + (at - heart) / max(float(np.linalg.norm(at - heart, axis=1).max()), 1e-3)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    # Depth inside the crown darkens: cheaper than rays, and it gives the crown its volume.
    shade = (0.55 + 0.45 * reach) * (0.85 + 0.3 * rng.random(count, dtype=np.float32))
    mix = np.clip(0.5 + 0.4 * normal[:, 1] + 0.25 * rng.normal(size=count), 0, 1).astype(np.float32)[:, None]
    tone = np.asarray(tones[0], np.float32) * (1 - mix) + np.asarray(tones[1], np.float32) * mix
    base = (np.arange(count) * 4)[:, None, None]
    faces = (base + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
    return Mesh(
        corners.reshape(-1, 3).astype(np.float32),
        faces.astype(np.int32),
        normal.repeat(4, 0).astype(np.float32),
        np.clip(tone * shade[:, None], 0, 1).repeat(4, 0).astype(np.float32),
    )


def broadleaf(rng: np.random.Generator, height: float, foliage: str, detail: float = 1.0) -> Mesh:
    """An oak-like tree; `detail` 1 for the foreground, 0.15 far away. ``winter`` is bare, with snow on its limbs."""
    depth = 3 if detail >= 0.3 else 2
    limbs, tips = _limbs(rng, height, depth, 0.72)
    bark: Colour = (0.15, 0.10, 0.065)
    parts = []
    for index, limb in enumerate(limbs):
        if index and detail < 0.03:
            break
        if limb.thin * 2 < height * 0.006 and detail < 0.5 and foliage != "winter":
            continue
        parts.append(
            tube(
                [tuple(limb.start), tuple((limb.start + limb.end) / 2 + (0, 0.012 * height, 0)), tuple(limb.end)],
                [limb.thick, (limb.thick + limb.thin) / 2, limb.thin],
                bark,
                sides=(16 if index == 0 else 8) if detail >= 0.5 else 5 if index == 0 else 4,
            )
        )
    parts.append(
        lathe(
            [(height * 0.085, -0.05 * height), (height * 0.055, height * 0.03), (height * 0.042, height * 0.1)],
            bark,
            segments=10 if detail >= 0.01 else 5,
        )
    )
    centres = np.stack(tips)
    if foliage == "winter":
        radii = np.full(len(tips), height * 0.07, np.float32)
        parts.append(leaf_cloud(rng, centres, radii, int(500 * detail) + 20, height * 0.011, _LEAVES["winter"]))
        if detail >= 0.1:
            parts += _twigs(rng, limbs, height, bark)
        return joined(parts)
    radii = (height * rng.uniform(0.085, 0.14, len(tips))).astype(np.float32)
    count = int(8000 * detail) + (70 if detail >= 0.01 else 36)
    # Fewer leaves are larger, so that a crown keeps its cover however far away it is drawn.
    size = height * 0.0155 * (8000 / count) ** 0.46
    parts.append(leaf_cloud(rng, centres, radii, count, size, _LEAVES[foliage]))
    return joined(parts)


def _twigs(rng: np.random.Generator, limbs: list[_Limb], height: float, bark: Colour) -> list[Mesh]:
    twigs = []
    for limb in limbs[1:]:
        for _ in range(3):
            at = limb.start + (limb.end - limb.start) * np.float32(rng.uniform(0.4, 1.0))
            aim = (
                (limb.end - limb.start) * 0.4
                + rng.normal(size=3).astype(np.float32) * height * 0.04
                + np.array([0, height * 0.03, 0])
            )
            twigs.append(tube([tuple(at), tuple(at + aim)], [limb.thin * 0.5, limb.thin * 0.12], bark, sides=4))
    return twigs


def conifer(rng: np.random.Generator, height: float, snowy: bool, detail: float = 1.0) -> Mesh:
    """A spruce: whorls of drooping boughs made of needle fans."""
    bark: Colour = (0.13, 0.08, 0.05)
    trunk = lathe(
        [(height * 0.028, -0.03 * height), (height * 0.02, height * 0.15), (height * 0.002, height * 0.98)],
        bark,
        segments=7,
    )
    tiers = int(10 + 22 * detail)
    boughs = int(7 + 9 * detail)
    corners, tones, normals = [], [], []
    dark, light = np.array((0.018, 0.060, 0.024)), np.array((0.05, 0.13, 0.045))
    tint = rng.uniform(0.8, 1.25)
    for tier in range(tiers):
        t = tier / tiers
        y = height * (0.1 + 0.88 * t)
        reach = height * 0.23 * (1 - t) ** 0.9 + height * 0.012
        angle = rng.uniform(0, 2 * np.pi) + np.arange(boughs) * 2 * np.pi / boughs + rng.normal(size=boughs) * 0.12
        long = reach * rng.uniform(0.75, 1.12, boughs)
        droop = long * rng.uniform(0.28, 0.5, boughs)
        wide = long * np.pi / boughs * 1.15 + height * 0.008
        c, s = np.cos(angle), np.sin(angle)
        out = np.stack([c, 0 * c, s], 1)
        side = np.stack([-s, 0 * s, c], 1)
        root = np.stack([0 * c, np.full(boughs, y + height * 0.045), 0 * c], 1)
        middle = root + out * (long * 0.6)[:, None] - np.array([0, 1, 0]) * (droop * 0.6 + height * 0.02)[:, None]
        tip = root + out * long[:, None] - np.array([0, 1, 0]) * (droop + height * 0.045)[:, None]
        left, right = middle + side * wide[:, None], middle - side * wide[:, None]
        left[:, 1] -= wide * 0.35
        right[:, 1] -= wide * 0.35
        corners.append(np.stack([root, left, middle, root, middle, right, left, tip, middle, middle, tip, right], 1))
        bend = out * 0.75 + np.array([0, 0.65, 0])
        tilted = bend + np.array([0, 0.5, 0])
        left_bend, right_bend = bend + side * 0.5, bend - side * 0.5
        normals.append(
            np.stack(
                [tilted, left_bend, bend, bend, bend, right_bend, left_bend, bend, bend, bend, bend, right_bend], 1
            )
        )
        mix = rng.uniform(0.2, 1.0, (boughs, 1))
        inner, outer = dark * tint * 0.65, (dark * (1 - mix) + light * mix) * tint
        if snowy:
            outer = outer * 0.25 + np.array((0.80, 0.83, 0.88)) * 0.75
        tones.append(np.stack([np.broadcast_to(inner, outer.shape) if k in (0, 3) else outer for k in range(12)], 1))
    points = np.concatenate(corners).reshape(-1, 3).astype(np.float32)
    normal = np.concatenate(normals).reshape(-1, 3)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    fans = Mesh(
        points,
        np.arange(len(points), dtype=np.int32).reshape(-1, 3),
        normal.astype(np.float32),
        np.clip(np.concatenate(tones).reshape(-1, 3), 0, 1).astype(np.float32),
    )
    return joined([trunk, fans])


def palm(rng: np.random.Generator, height: float) -> Mesh:
    """A coconut palm with a leaning, ringed trunk."""
    lean = rng.uniform(0.1, 0.22) * height
    t = np.linspace(0, 1, 12)
    spine: list[Point] = [(float(lean * u * u), float(height * u), 0.0) for u in t]
    parts = [
        tube(
            spine,
            [height * (0.032 - 0.014 * float(u)) * (1 + 0.1 * (i % 2)) for i, u in enumerate(t)],
            (0.30, 0.22, 0.14),
            sides=9,
        )
    ]
    crown = np.array(spine[-1])
    frond_tones = (np.array((0.05, 0.14, 0.03)), np.array((0.14, 0.26, 0.05)))
    for index in range(15):
        angle = index * 2.4 + rng.normal() * 0.1
        rise = rng.uniform(-0.15, 0.65)
        long = height * rng.uniform(0.34, 0.44)
        out = np.array([np.cos(angle), 0, np.sin(angle)])
        u = np.linspace(0, 1, 15)[:, None]
        rib = (
            crown
            + out * long * u * (1 - 0.15 * u)
            + np.array([0, 1, 0]) * long * (rise * u * 1.2 - u * u * (0.75 + rise * 0.4))
        )
        side = np.array([-out[2], 0, out[0]])
        wide = long * 0.22 * np.sin(np.clip(u * 1.05 + 0.1, 0, 1) * np.pi) ** 0.7 + 0.01
        for hand in (1, -1):
            edge = rib + side * hand * wide - np.array([0, 1, 0]) * wide * 0.55 + out * wide * 0.4
            a, b, c = rib[:-1], rib[1:], edge[1:]
            points = np.stack([a, b, c], 1).reshape(-1, 3).astype(np.float32)
            tone = frond_tones[0] + (frond_tones[1] - frond_tones[0]) * rng.uniform(0.2, 1)
            normal = np.cross(points[1::3] - points[::3], points[2::3] - points[::3])
            normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
            normal *= np.where(normal[:, 1:2] < 0, -1, 1)
            parts.append(
                Mesh(
                    points,
                    np.arange(len(points), dtype=np.int32).reshape(-1, 3),
                    normal.repeat(3, 0).astype(np.float32),
                    np.broadcast_to(tone, points.shape).astype(np.float32),
                )
            )
    for index in range(3):
        nut = crown + np.array([np.cos(index * 2.1), -0.35, np.sin(index * 2.1)]) * height * 0.028
        parts.append(
            ball((float(nut[0]), float(nut[1]), float(nut[2])), height * 0.024, (0.22, 0.13, 0.05), segments=10)
        )
    return joined(parts)


def tree(kind: str, foliage: str, seed: int) -> Figure:
    """A tree as a subject: ``tree``, ``pine``, ``palm``, ``cherry_tree`` or ``christmas_tree``."""
    rng = np.random.default_rng(seed)
    if kind in ("pine", "christmas_tree"):
        height = 9.0 if kind == "pine" else 3.2
        parts = [conifer(rng, height, foliage == "winter" and kind == "pine")]
        if kind == "christmas_tree":
            parts += _baubles(rng, height)
        return gathered(parts, {"top": (0.0, height, 0.0)})
    if kind == "palm":
        return gathered([palm(rng, 8.0)], {"top": (1.0, 8.0, 0.0)})
    shade = "cherry" if kind == "cherry_tree" else foliage
    return gathered([broadleaf(rng, 8.0, shade)], {"top": (0.0, 8.0, 0.0)})


def _baubles(rng: np.random.Generator, height: float) -> list[Mesh]:
    colours: list[Colour] = [(0.70, 0.03, 0.03), (0.85, 0.58, 0.10), (0.05, 0.16, 0.55), (0.75, 0.76, 0.80)]
    parts = []
    for index in range(46):
        t = rng.uniform(0.02, 0.85)
        reach = height * (0.225 * (1 - t) ** 0.9)
        angle = index * 2.4
        at = (reach * float(np.cos(angle)), height * (0.08 + 0.85 * t), reach * float(np.sin(angle)))
        parts.append(
            ball(
                at,
                height * 0.017,
                colours[index % 4],
                0.8,
                glow=(1.4, 0.9, 0.3) if index % 3 == 0 else None,
                segments=12,
            )
        )
    star = (0.0, height * 1.0, 0.0)
    parts.append(ball(star, height * 0.028, (0.9, 0.7, 0.2), 0.5, glow=(2.2, 1.5, 0.4)))
    return parts


def flower(colour: Colour, seed: int) -> Figure:
    """A single large flower on its stem, 0.45 m tall, with leaves."""
    rng = np.random.default_rng(seed)
    high = 0.42
    stem = [(0.0, 0.0, 0.0), (0.012, high * 0.5, 0.01), (0.03, high, 0.0)]
    green: Colour = (0.10, 0.24, 0.05)
    parts = [tube(stem, [0.009, 0.008, 0.008], green)]
    centre = np.array([0.045, high + 0.012, 0.012])
    for ring, (count, reach, lift) in enumerate(((9, 0.088, 0.1), (9, 0.07, 0.45))):
        for index in range(count):
            angle = 2 * np.pi * (index + 0.5 * ring) / count + rng.normal() * 0.05
            c, s = float(np.cos(angle)), float(np.sin(angle))
            at = centre + np.array([0.35 * s * reach + 0.01 * ring + lift * 0.03, c * reach, s * reach * 0.94])
            axis = np.array([0.12, c, s])
            axis /= np.linalg.norm(axis)
            face = np.array([1.0, 0.12, 0.0])
            across = np.cross(axis, face)
            across /= np.linalg.norm(across)
            turn = np.stack([np.cross(across, axis), axis, across], 1).astype(np.float32)
            shade = 1.0 - 0.16 * (1 - ring)
            parts.append(
                ball(
                    (float(at[0]), float(at[1]), float(at[2])),
                    (0.009, reach * 0.74, reach * 0.36),
                    (colour[0] * shade, colour[1] * shade, colour[2] * shade),
                    0.05,
                    turn,
                )
            )
    parts.append(
        ball((float(centre[0]) + 0.014, float(centre[1]), float(centre[2])), (0.022, 0.04, 0.04), (0.75, 0.46, 0.04))
    )
    for side, at in ((1, 0.16), (-1, 0.26)):
        axis = np.array([0.25, 0.55, side * 0.8])
        axis /= np.linalg.norm(axis)
        across = np.cross(axis, [1.0, 0.2, 0.0])
        across /= np.linalg.norm(across)
        turn = np.stack([np.cross(across, axis), axis, across], 1).astype(np.float32)
        parts.append(ball((0.02, at + 0.03, side * 0.055), (0.006, 0.075, 0.026), green, 0.1, turn))
    return gathered(parts, {"top": (0.0, high, 0.0)})
