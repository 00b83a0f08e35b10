"""Small plants: flowers each of their kind, cactus, fern, pot plants, lily pads, pumpkins and mushrooms."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point
from imagined.engines.illustrator.figures.fins import blade
from imagined.engines.illustrator.figures.limbs import Frame, smoothed
from imagined.engines.illustrator.figures.model import Figure, gathered, noise3
from imagined.engines.illustrator.figures.plants import leaf_cloud
from imagined.engines.illustrator.figures.solids import ball, lathe, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

_GREEN: Colour = (0.09, 0.26, 0.05)
_LIGHT: Colour = (0.22, 0.44, 0.10)


def _stem(points: list[Point], thick: float, colour: Colour = _GREEN) -> Mesh:
    line, radii = smoothed(points, [thick] * len(points), 10)
    return tube(line, radii, colour, 0.05)


def _leaf(root: Point, tip: Point, wide: float, colour: Colour = _GREEN, edge: Colour = _LIGHT) -> Mesh:
    across = np.cross(np.subtract(tip, root), (0.0, 1.0, 0.25))
    across = across / max(float(np.linalg.norm(across)), 1e-9) * wide * 0.25
    front, back = (tuple(float(r + s * a) for r, a in zip(root, across, strict=True)) for s in (1, -1))
    long = float(np.linalg.norm(np.subtract(tip, root)))
    bow = wide / long
    return blade(
        (front[0], front[1], front[2]),
        (back[0], back[1], back[2]),
        tip,
        colour,
        bulge=(bow, bow),
        thickness=0.02,
        edge=edge,
        rows=6,
    )


def _petals(
    frame: Frame, count: int, reach: float, wide: float, lift: float, colour: Colour, edge: Colour, phase: float = 0.0
) -> list[Mesh]:
    """A ring of petals in the plane across the frame's x, bent forward by `lift`."""
    parts = []
    for index in range(count):
        angle = 2 * np.pi * (index + phase) / count
        y, z = float(np.cos(angle)), float(np.sin(angle))
        root = [frame.at(0.0, y * 0.15 - s * z * wide * 0.25, z * 0.15 + s * y * wide * 0.25) for s in (1, -1)]
        tip = frame.at(lift, y * reach, z * reach)
        parts.append(blade(root[0], root[1], tip, colour, bulge=(wide, wide), thickness=0.03, edge=edge, rows=6))
    return parts


def daisy_like(colour: Colour, heart: Colour, high: float, size: float, petals: int, seed: int) -> Figure:
    """A flower with a disc and rays, as daisies and sunflowers are; `size` is its radius, metres."""
    lean = 0.03 * high * (1 if seed % 2 else -1)
    head = Frame((0.06 * high, high, lean), size, pitch=0.35)
    parts = [
        _stem(
            [(0, 0, 0), (0.0, high * 0.5, lean * 1.6), (0.0, high * 0.94, lean), head.at(-0.1, 0, 0)],
            high * 0.014 + size * 0.035,
        )
    ]
    pale = (min(colour[0] * 1.1 + 0.05, 1), min(colour[1] * 1.1 + 0.05, 1), min(colour[2] * 1.1 + 0.03, 1))
    parts += _petals(head, petals, 1.0, 2.1 / petals, 0.02, colour, pale, 0.5)
    parts += _petals(head, petals, 0.92, 2.1 / petals, 0.2, colour, pale)
    parts.append(ball(head.origin, head.size(0.2, 0.42, 0.42), heart, 0.05, head.turn, segments=24))
    for index in range(70):
        angle, far = index * 2.39996, 0.4 * np.sqrt((index + 0.5) / 70)
        at = head.at(0.19 - far * far * 0.5, far * float(np.cos(angle)), far * float(np.sin(angle)))
        tone = 0.75 if index % 3 else 1.45
        parts.append(
            ball(at, size * 0.035, (min(heart[0] * tone, 1), min(heart[1] * tone, 1), heart[2] * tone), segments=6)
        )
    for side, share in ((1, 0.3), (-1, 0.52)):
        reach = max(size * 1.1, high * 0.22)
        parts.append(
            _leaf((0.0, high * share, lean), (reach * 0.5, high * share + reach * 0.3, side * reach), reach * 0.6)
        )
    return gathered(parts, {"top": (0.0, high, 0.0)}, size)


def tulip(colour: Colour, seed: int) -> Figure:
    """A tulip, 0.4 m."""
    parts = [_stem([(0, 0, 0), (0.006, 0.18, 0.004), (0.0, 0.32, 0.0)], 0.0055, _LIGHT)]
    pale = (colour[0] * 0.8 + 0.18, colour[1] * 0.8 + 0.16, colour[2] * 0.8 + 0.12)
    for ring, (out, tone) in enumerate(((0.030, colour), (0.024, pale))):
        for index in range(3):
            angle = 2 * np.pi * (index + 0.5 * ring) / 3 + seed
            c, s = float(np.cos(angle)), float(np.sin(angle))
            turn = Frame((0, 0, 0), 1, yaw=-angle).turn @ Frame((0, 0, 0), 1, pitch=-0.12).turn
            parts.append(
                ball(
                    (out * 0.55 * c, 0.355 + 0.004 * ring, out * 0.55 * s),
                    (0.016, 0.046, 0.027),
                    tone,
                    0.15,
                    turn,
                    segments=20,
                )
            )
            parts.append(
                _leaf_tip((out * 0.62 * c, 0.38, out * 0.62 * s), (out * 0.62 * c, 0.418, out * 0.62 * s), tone)
            )
    for side, angle in ((1, 0.4), (-1, 2.6), (1, 4.4)):
        c, s = float(np.cos(angle)), float(np.sin(angle))
        parts.append(_leaf((0.0, 0.005, 0.0), (0.075 * c, 0.24 + 0.02 * side, 0.075 * s), 0.075, _GREEN, _LIGHT))
    return gathered(parts, {"top": (0.0, 0.41, 0.0)}, 0.06)


def _leaf_tip(root: Point, tip: Point, colour: Colour) -> Mesh:
    return tube([root, tip], [0.012, 0.002], colour, 0.15, sides=10)


def rose(colour: Colour, seed: int) -> Figure:
    """A rose, 0.45 m, petals wound round its heart."""
    head = Frame((0.02, 0.42, 0.0), 0.075, pitch=0.55)
    parts = [_stem([(0, 0, 0), (0.008, 0.2, 0.008), (0.0, 0.37, 0.0), head.at(-0.5, 0, 0)], 0.005)]
    deep = (colour[0] * 0.72, colour[1] * 0.62, colour[2] * 0.66)
    for ring, (count, reach, lift) in enumerate(((6, 1.0, 0.1), (5, 0.8, 0.42), (5, 0.58, 0.68), (4, 0.36, 0.85))):
        for index in range(count):
            angle = 2 * np.pi * (index + 0.37 * ring) / count + seed
            y, z = float(np.cos(angle)), float(np.sin(angle))
            tone = colour if ring < 2 else deep
            shade = 1.0 - 0.07 * ((index + ring) % 2)
            turn = head.turn @ Frame((0, 0, 0), 1, roll=-angle).turn @ Frame((0, 0, 0), 1, pitch=0.5 + 0.22 * ring).turn
            at = head.at(lift * 0.42, y * reach * 0.58, z * reach * 0.58)
            parts.append(
                ball(
                    at,
                    head.size(0.07, 0.48 - 0.05 * ring, 0.5 - 0.08 * ring),
                    (tone[0] * shade, tone[1] * shade, tone[2] * shade),
                    0.12,
                    turn,
                    segments=16,
                )
            )
    parts.append(ball(head.at(0.38, 0, 0), head.size(0.3, 0.2, 0.2), deep, 0.1, head.turn))
    for index in range(5):
        angle = index * 2 * np.pi / 5
        parts.append(
            _leaf(head.at(-0.35, 0, 0), head.at(-0.2, float(np.cos(angle)) * 0.85, float(np.sin(angle)) * 0.85), 0.02)
        )
    for side, y in ((1, 0.13), (-1, 0.22), (1, 0.29)):
        joint = (0.03, y + 0.02, side * 0.04)
        parts.append(tube([(0.005, y, 0.0), joint], [0.003, 0.002], _GREEN))
        for dx, dz in ((0.06, 0.03), (0.005, 0.06), (0.045, -0.02)):
            parts.append(_leaf(joint, (joint[0] + dx, y + 0.04, joint[2] + side * dz), 0.032))
    return gathered(parts, {"top": (0.0, 0.46, 0.0)}, 0.1)


def lavender(colour: Colour, seed: int) -> Figure:
    """A bush of lavender, 0.5 m."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    for _ in range(26):
        angle, out = rng.uniform(0, 2 * np.pi), rng.uniform(0.03, 0.2)
        high = float(rng.uniform(0.34, 0.48))
        c, s = float(np.cos(angle) * out), float(np.sin(angle) * out)
        parts.append(
            tube(
                [(c * 0.2, 0, s * 0.2), (c * 0.7, high * 0.6, s * 0.7), (c, high, s)],
                [0.003, 0.0025, 0.002],
                (0.24, 0.36, 0.18),
                sides=5,
            )
        )
        for k in range(5):
            parts.append(
                ball(
                    (c, high - 0.018 * k, s),
                    (0.009 + 0.002 * k, 0.011, 0.009 + 0.002 * k),
                    colour if k % 2 else (colour[0] * 0.8, colour[1] * 0.75, colour[2] * 0.85),
                    segments=8,
                )
            )
    green = ((0.16, 0.26, 0.12), (0.30, 0.40, 0.22))
    parts.append(
        leaf_cloud(rng, np.array([[0.0, 0.12, 0.0]], np.float32), np.array([0.16], np.float32), 320, 0.03, green)
    )
    return gathered(parts, {"top": (0.0, 0.48, 0.0)}, 0.3)


def cactus(colour: Colour, seed: int, step: float) -> Figure:
    """A saguaro, 3 m, ribbed, with arms and a flower."""
    rng = np.random.default_rng(seed)
    body = Clay(blend=0.12)
    body.cone((0.0, 0.1, 0.0), (0.0, 2.75, 0.0), 0.25, 0.22, colour)
    arms: list[list[Point]] = []
    for side in (1, -1):
        y = float(rng.uniform(1.0, 1.5))
        top = y + float(rng.uniform(0.75, 1.1))
        z = side * 0.25
        arms.append(
            [
                (0.0, y, side * 0.15),
                (0.0, y + 0.02, side * 0.55),
                (z * 0.0, y + 0.3, side * 0.66),
                (0.0, top, side * 0.66),
            ]
        )
    for arm in arms:
        line, radii = smoothed(arm, [0.15, 0.165, 0.165, 0.145], 10)
        body.chain(line, radii, colour)

    def ribs(points: Floats, normals: Floats, colours: Floats) -> Floats:
        angle = np.arctan2(normals[:, 2], normals[:, 0])
        wave = 0.5 + 0.5 * np.cos(angle * 13)
        grain = noise3(points * np.float32(30)) * 0.06
        result: Floats = (colours * (0.62 + 0.5 * wave + grain)[:, None]).astype(np.float32)
        return result

    mesh = body.mesh(body.step_for(8_000, step), ribs)
    parts = [mesh]
    for tip in ((0.0, 2.98, 0.0), *((a[-1][0], a[-1][1] + 0.15, a[-1][2]) for a in arms)):
        frame = Frame(tip, 0.11, pitch=np.pi / 2)
        parts += _petals(frame, 8, 0.9, 0.3, 0.5, (0.86, 0.30, 0.45), (0.92, 0.62, 0.66))
        parts.append(ball(frame.at(0.15, 0, 0), 0.035, (0.88, 0.66, 0.12), segments=10))
    picked = rng.choice(len(mesh.vertices), 120, replace=False)
    for index in picked:
        at, out = mesh.vertices[index], mesh.normals[index]
        end = at + out * 0.06 + np.array([0, 0.01, 0])
        parts.append(tube([_at(at), _at(end)], [0.006, 0.001], (0.80, 0.74, 0.56), sides=3))
    return gathered(parts, {"top": (0.0, 3.0, 0.0)}, 0.5)


def _at(value: Floats) -> Point:
    return (float(value[0]), float(value[1]), float(value[2]))


def pot(radius: float, high: float, colour: Colour) -> list[Mesh]:
    """A flower pot with its soil, standing at the origin."""
    profile = [
        (radius * 0.62, 0.0),
        (radius * 0.9, high * 0.8),
        (radius, high * 0.8),
        (radius, high),
        (radius * 0.88, high),
        (radius * 0.86, high * 0.9),
    ]
    soil = lathe([(radius * 0.87, high * 0.9), (0.0, high * 0.94)], (0.10, 0.06, 0.035), segments=24)
    return [lathe(profile, colour, 0.1, 32), soil]


_CLAY: Colour = (0.56, 0.22, 0.10)


def pot_cactus(colour: Colour) -> Figure:
    """A round cactus in a pot, 0.25 m."""
    parts = pot(0.075, 0.1, _CLAY)
    for index in range(14):
        angle = index * 2 * np.pi / 14
        c, s = float(np.cos(angle)), float(np.sin(angle))
        shade = 1.0 if index % 2 else 0.82
        line, radii = smoothed(
            [
                (0.02 * c, 0.09, 0.02 * s),
                (0.056 * c, 0.13, 0.056 * s),
                (0.045 * c, 0.185, 0.045 * s),
                (0.006 * c, 0.207, 0.006 * s),
            ],
            [0.012, 0.02, 0.018, 0.008],
            9,
        )
        parts.append(tube(line, radii, (colour[0] * shade, colour[1] * shade, colour[2] * shade), 0.1))
        for x, y, z in line[2:8:2]:
            parts.append(
                tube(
                    [(x + 0.014 * c, y, z + 0.014 * s), (x + 0.034 * c, y + 0.008, z + 0.034 * s)],
                    [0.0016, 0.0004],
                    (0.86, 0.82, 0.66),
                    sides=4,
                )
            )
    frame = Frame((0.0, 0.214, 0.0), 0.03, pitch=np.pi / 2)
    parts += _petals(frame, 9, 1.0, 0.28, 0.6, (0.86, 0.22, 0.42), (0.92, 0.55, 0.62))
    return gathered(parts, {"top": (0.0, 0.23, 0.0)}, 0.15)


def fern(colour: Colour, seed: int) -> Figure:
    """A fern, 0.7 m, of arching fronds."""
    rng = np.random.default_rng(seed)
    pale = (colour[0] * 1.6 + 0.05, colour[1] * 1.3 + 0.05, colour[2] * 1.4)
    parts: list[Mesh] = []
    for index in range(13):
        angle = index * 2.4 + float(rng.normal()) * 0.15
        c, s = float(np.cos(angle)), float(np.sin(angle))
        long, rise = float(rng.uniform(0.38, 0.55)), float(rng.uniform(0.28, 0.5))
        line, radii = smoothed(
            [
                (0, 0, 0),
                (long * 0.35 * c, rise, long * 0.35 * s),
                (long * 0.8 * c, rise * 0.95, long * 0.8 * s),
                (long * 1.1 * c, rise * 0.5, long * 1.1 * s),
            ],
            [0.006, 0.005, 0.003, 0.001],
            15,
        )
        parts.append(tube(line, radii, colour, sides=5))
        for k in range(2, 15):
            x, y, z = line[k]
            reach = 0.15 * float(np.sin((k - 0.5) / 14.5 * np.pi) ** 0.8) + 0.012
            for side in (1, -1):
                tip = (x + reach * (0.45 * c - side * s), y - reach * 0.28, z + reach * (0.45 * s + side * c))
                parts.append(
                    blade(
                        (x + 0.008 * c, y, z + 0.008 * s),
                        (x - 0.008 * c, y, z - 0.008 * s),
                        tip,
                        colour,
                        bulge=(0.08, 0.12),
                        thickness=0.02,
                        edge=pale,
                        rows=3,
                    )
                )
    return gathered(parts, {"top": (0.0, 0.5, 0.0)}, 0.6)


def pot_plant(colour: Colour, kind: str, seed: int) -> Figure:
    """A plant in a pot: broad leaves, or ``ivy`` that trails over the rim."""
    rng = np.random.default_rng(seed)
    parts = pot(0.11, 0.18, (0.80, 0.77, 0.72) if kind == "plant" else _CLAY)
    pale = (colour[0] * 1.7 + 0.04, colour[1] * 1.4 + 0.05, colour[2] * 1.5 + 0.02)
    if kind == "plant":
        for index in range(15):
            angle = index * 2.4
            c, s = float(np.cos(angle)), float(np.sin(angle))
            out, high = 0.08 + 0.13 * float(rng.random()), 0.3 + 0.3 * float(rng.random())
            root = (out * c, high, out * s)
            parts.append(_stem([(0.02 * c, 0.16, 0.02 * s), (out * 0.5 * c, high * 0.8, out * 0.5 * s), root], 0.004))
            parts.append(_leaf(root, (root[0] + 0.19 * c, high - 0.04, root[2] + 0.19 * s), 0.13, colour, pale))
        return gathered(parts, {"top": (0.0, 0.6, 0.0)}, 0.3)
    for index in range(13):
        angle = index * 2.4
        c, s = float(np.cos(angle)), float(np.sin(angle))
        drop = -0.02 + 0.16 * float(rng.random())
        line, radii = smoothed(
            [
                (0.03 * c, 0.17, 0.03 * s),
                (0.09 * c, 0.24, 0.09 * s),
                (0.135 * c, 0.19, 0.135 * s),
                (0.15 * c, max(drop, 0.01), 0.15 * s),
            ],
            [0.003, 0.003, 0.0025, 0.001],
            9,
        )
        parts.append(tube(line, radii, _GREEN, sides=5))
        for k in range(1, 9):
            x, y, z = line[k]
            side = 1 if k % 2 else -1
            tip = (x + 0.05 * (c - side * 0.7 * s), y + 0.02, z + 0.05 * (s + side * 0.7 * c))
            parts.append(_leaf((x, y, z), tip, 0.045, colour, pale))
    return gathered(parts, {"top": (0.0, 0.26, 0.0)}, 0.3)


def lily_pad(colour: Colour, seed: int) -> Figure:
    """Lily pads round an open flower, 1 m across, to float on water."""
    parts: list[Mesh] = []
    for x, z, size in ((-0.02, 0.02, 0.3), (0.34, -0.2, 0.19), (-0.36, 0.14, 0.17), (0.26, 0.3, 0.14)):
        turn = np.linspace(0.2, 2 * np.pi - 0.2, 26) + seed
        rim = np.stack([x + size * np.cos(turn), 0.022 + 0.006 * np.sin(turn * 3), z + size * np.sin(turn)], 1)
        heart = np.array([x, 0.012, z])
        points = np.concatenate([[heart], rim]).astype(np.float32)
        faces = np.array([[0, k + 1, k] for k in range(1, 26)], np.int32)
        shade = np.concatenate(
            [[(0.28, 0.48, 0.12)], np.tile([(0.06, 0.25, 0.05), (0.09, 0.31, 0.07)], (13, 1))]
        ).astype(np.float32)
        up = np.broadcast_to(np.array([0, 1, 0], np.float32), points.shape).copy()
        parts.append(Mesh(points, faces, up, shade, np.full(len(points), 0.35, np.float32)))
        parts.append(tube([_at(p) for p in rim], [0.004] * len(rim), (0.10, 0.32, 0.07), sides=5))
    frame = Frame((0.36, 0.03, -0.2), 0.15, pitch=np.pi / 2)
    pale = (colour[0] * 0.4 + 0.55, colour[1] * 0.4 + 0.53, colour[2] * 0.4 + 0.54)
    for ring, (reach, lift) in enumerate(((0.95, 0.35), (0.78, 0.68), (0.5, 0.9))):
        parts += _petals(frame, 9 - ring, reach, 0.3, lift, pale, colour, 0.5 * ring)
    parts.append(ball(frame.at(0.35, 0, 0), frame.size(0.2, 0.2, 0.2), (0.88, 0.62, 0.06), 0.1))
    return gathered(parts, {"top": (0.0, 0.04, 0.0)}, 0.6)


def pumpkin(colour: Colour, face: bool) -> Figure:
    """A pumpkin, 0.35 m, ribbed; with `face` a lantern lit from inside."""
    skin = ball((0.0, 0.125, 0.0), (0.17, 0.125, 0.17), colour, 0.25, segments=64)
    x, z = skin.vertices[:, 0], skin.vertices[:, 2]
    angle = np.arctan2(z, x)
    rib = 1 - 0.11 * (1 - np.abs(np.cos(angle * 5))) ** 1.5
    dip = np.clip(1 - np.hypot(x, z) / 0.07, 0, 1)
    points = skin.vertices * np.stack([rib, np.ones_like(rib), rib], 1)
    points[:, 1] = np.where(points[:, 1] > 0.125, points[:, 1] - 0.035 * dip, points[:, 1] + 0.02 * dip)
    shade = skin.colours * (0.72 + 0.28 * np.abs(np.cos(angle * 5)))[:, None]
    parts = [replace(skin, vertices=points.astype(np.float32), colours=shade.astype(np.float32))]
    line, radii = smoothed([(0.0, 0.205, 0.0), (0.005, 0.25, 0.005), (-0.02, 0.285, 0.02)], [0.026, 0.016, 0.018], 8)
    parts.append(tube(line, radii, (0.20, 0.26, 0.08), sides=6))
    if face:
        fire: Colour = (0.95, 0.62, 0.10)
        glow = (2.0, 1.1, 0.2)
        for y, z_, size in ((0.155, 0.055, 0.03), (0.155, -0.055, 0.03), (0.118, 0.0, 0.016)):
            bow = float(np.sqrt(max(0.0268 - z_ * z_ - (y - 0.125) ** 2 * 1.6, 0.0)))
            parts.append(
                ball((bow, y, z_), (0.02, size, size * 0.85), fire, 0.0, glow=glow, segments=3 if size > 0.02 else 12)
            )
        mouth: list[Point] = []
        for t in np.linspace(-1, 1, 9):
            z_ = 0.095 * float(t)
            y = 0.072 + 0.026 * float(t * t)
            mouth.append((float(np.sqrt(max(0.0235 - z_ * z_, 0.0))), y, z_))
        parts.append(tube(mouth, [0.004, 0.012, 0.017, 0.012, 0.018, 0.012, 0.017, 0.012, 0.004], fire, glow=glow))
    return gathered(parts, {"top": (0.0, 0.24, 0.0)}, 0.3)


def mushrooms(colour: Colour) -> Figure:
    """A cluster of brown mushrooms, 0.2 m."""
    cream: Colour = (0.82, 0.75, 0.62)
    gills: Colour = (0.66, 0.55, 0.42)
    pale = (colour[0] * 0.75 + 0.2, colour[1] * 0.75 + 0.16, colour[2] * 0.75 + 0.12)
    parts: list[Mesh] = []
    for x, z, high, wide in (
        (0.0, 0.0, 0.13, 0.068),
        (0.045, 0.085, 0.075, 0.045),
        (-0.03, -0.09, 0.095, 0.05),
        (0.075, -0.035, 0.045, 0.032),
    ):
        stem = [(wide * 0.42, 0.0), (wide * 0.3, high * 0.3), (wide * 0.26, high), (0.0, high)]
        cap = [(0.0, high * 0.98), (wide * 0.85, high * 0.96), (wide, high + wide * 0.1), (wide * 0.92,
        high + wide * 0.38),
               (wide * 0.7, high + wide * 0.64), (wide * 0.36, high + wide * 0.8), (0.0,
               high + wide * 0.84)]  # fmt: skip
        tones = [gills, gills, colour, colour, colour, pale]
        parts += [
            lathe(part, shade, gloss, 28).moved((x, 0.0, z))
            for part, shade, gloss in ((stem, cream, 0.0), (cap, tones, 0.25))
        ]
    return gathered(parts, {"top": (0.0, 0.18, 0.0)}, 0.15)
