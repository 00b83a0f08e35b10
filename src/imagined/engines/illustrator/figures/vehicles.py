"""Cars, boats, rockets, balloons and aeroplanes; metres, facing +x."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, Tint, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.solids import ball, box, lathe, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

_GLASS: Colour = (0.03, 0.045, 0.06)
_RUBBER: Colour = (0.025, 0.025, 0.028)
_CHROME: Colour = (0.62, 0.63, 0.66)


def _upright(mesh: Mesh) -> Mesh:
    """A solid turned about y laid on its side, its axis along z."""
    swap = [0, 2, 1]
    flip = np.array([1, 1, -1], np.float32)
    return Mesh(
        mesh.vertices[:, swap] * flip, mesh.faces, mesh.normals[:, swap] * flip, mesh.colours, mesh.gloss, mesh.emission
    )


def _wheel(x: float, z: float, radius: float, wide: float) -> list[Mesh]:
    tyre = [
        (radius * 0.62, -wide / 2),
        (radius * 0.94, -wide / 2),
        (radius, -wide * 0.35),
        (radius, wide * 0.35),
        (radius * 0.94, wide / 2),
        (radius * 0.62, wide / 2),
    ]
    parts = [_upright(lathe(tyre, _RUBBER, 0.1, 36)).moved((x, radius, z))]
    rim = [(radius * 0.64, -wide * 0.4), (radius * 0.64, wide * 0.4)]
    parts.append(
        _upright(lathe([(0.0, -wide * 0.22), (radius * 0.64, -wide * 0.22)], (0.10, 0.10, 0.11), 0.3, 36)).moved(
            (x, radius, z)
        )
    )
    parts.append(_upright(lathe(rim, _CHROME, 0.7, 36)).moved((x, radius, z)))
    for spoke in np.linspace(0, 2 * np.pi, 5, endpoint=False):
        tip = (
            x + radius * 0.6 * float(np.cos(spoke)),
            radius + radius * 0.6 * float(np.sin(spoke)),
            z + float(np.sign(z)) * wide * 0.34,
        )
        parts.append(
            tube([(x, radius, z + float(np.sign(z)) * wide * 0.40), tip], [radius * 0.13, radius * 0.09], _CHROME, 0.7)
        )
    return parts


def car(colour: Colour, sporty: bool, step: float) -> Figure:
    """A car, 4.3 m long: a low sports car or a friendly small one."""
    body = Clay(blend=0.12)
    h = 1.0 if sporty else 1.22
    long = 2.12 if sporty else 1.85
    paint = 0.85
    body.box((0, 0.50 * h, 0), (long, 0.20 * h, 0.84), 0.16, colour, paint)
    body.box((0.15 if sporty else 0.1, 0.60 * h, 0), (long * 0.82, 0.17 * h, 0.74), 0.12, colour, paint)
    body.ball((-long * 0.62, 0.68 * h, 0), (long * 0.36, 0.2 * h, 0.78), colour, paint)
    body.ball((long * 0.62, 0.58 * h, 0), (long * 0.40, 0.19 * h, 0.74), colour, paint)
    for x in (-long * 0.62, long * 0.63):
        for side in (1, -1):
            body.ball((x, 0.46 * h, side * 0.70), (0.48, 0.36 * h, 0.19), colour, paint)
    body.blend = 0.05
    top = (-0.25, 0.88 * h, 0.0)
    body.ball(top, (1.08 if sporty else 1.12, 0.37 * h, 0.66), colour, paint)
    radius = 0.335 if sporty else 0.33
    body.blend = 0.02
    for x in (-long * 0.62, long * 0.63):
        body.cone((x, radius, 0.66), (x, radius, 1.1), radius * 1.17, radius * 1.17, colour, carved=True)
        body.cone((x, radius, -0.66), (x, radius, -1.1), radius * 1.17, radius * 1.17, colour, carved=True)
    shell = body.mesh(step, _car_paint(colour, top, h, sporty))
    glossy = Mesh(
        shell.vertices, shell.faces, shell.normals, shell.colours, np.full(len(shell.vertices), 0.6, np.float32)
    )
    parts = [glossy, box((0, 0.34 * h, 0), (long * 1.75, 0.2 * h, 1.3), (0.02, 0.02, 0.022))]
    for x in (-long * 0.62, long * 0.63):
        for side in (1, -1):
            parts += _wheel(x, side * 0.76, radius, 0.24)
    parts += _car_trim(body, long, h)
    return gathered(parts, {"top": (-0.25, 1.22 * h, 0.0), "seat": (-0.2, 0.75 * h, 0.0)})


def _car_paint(colour: Colour, top: Point, h: float, sporty: bool) -> Tint:
    def tint(points: Floats, normals: Floats, colours: Floats) -> Floats:
        x, y, z = points.T

        def edge(*depths: Floats) -> Floats:
            """1 where all depths are positive, fading over a few centimetres."""
            result: Floats = np.clip(0.5 + np.minimum.reduce(depths) / np.float32(0.03), 0, 1)[:, None]
            return result

        inside = 0.70 - np.abs(z), 1.02 - np.abs(x - top[0]), y - 0.85 * h, 1.15 * h - y
        pillar = np.maximum(np.abs(x - top[0] + 0.12) - 0.05, 0.45 - np.abs(z))
        corner = np.maximum(np.abs(np.abs(z) - 0.42) - 0.05, np.abs(normals[:, 2]) - 0.85)
        glass = edge(*inside, pillar, corner)
        grille = edge(x - 1.72, 0.45 - np.abs(z), 0.47 * h - y, y - 0.36 * h)
        door = np.minimum(np.abs(x - 0.52), np.abs(x + 0.55))
        seam = edge(0.012 - door, np.abs(z) - 0.6, y - 0.38 * h, 0.84 * h - y)
        sill = edge(0.36 * h - y)
        dark = np.asarray((0.02, 0.02, 0.02) if sporty else colour, np.float32) * np.float32(0.3)
        out = colours + (dark - colours) * np.maximum(seam * 0.8, sill)
        result: Floats = (out + (np.asarray(_GLASS, np.float32) - out) * np.maximum(glass, grille)).astype(np.float32)
        return result

    return tint


def _car_trim(body: Clay, long: float, h: float) -> list[Mesh]:
    parts = []
    lamps = body.snapped([(long * 0.95, 0.58 * h, side * 0.58) for side in (1, -1)], 0.04)
    parts += [ball(lamp, (0.13, 0.075, 0.17), (0.85, 0.85, 0.82), 0.8, glow=(0.8, 0.76, 0.6)) for lamp in lamps]
    tails = body.snapped([(-long * 0.98, 0.62 * h, side * 0.55) for side in (1, -1)], 0.03)
    parts += [ball(tail, (0.07, 0.06, 0.2), (0.6, 0.02, 0.02), 0.6, glow=(0.5, 0.02, 0.02)) for tail in tails]
    mirrors = [(0.55, 0.86 * h, side * 0.83) for side in (1, -1)]
    parts += [ball(mirror, (0.07, 0.07, 0.11), (0.03, 0.03, 0.035), 0.5) for mirror in mirrors]
    handles = [(-0.42, 0.72 * h, side * 0.86) for side in (1, -1)]
    return parts + [box(handle, (0.16, 0.025, 0.03), _CHROME, 0.6) for handle in handles]


def sailing_boat(colour: Colour, old: bool) -> Figure:
    """A boat under sail, 7 m long, or a three-masted ship of 26 m; origin at the waterline."""
    scale = 3.4 if old else 1.0
    hull_colour = (0.20, 0.10, 0.045) if old else colour
    parts = [_hull(hull_colour, scale, old)]
    masts = ((-2.0, 6.0), (0.2, 7.4), (2.1, 6.2)) if old else ((0.45, 7.6),)
    wood: Colour = (0.30, 0.17, 0.08)
    for x, high in masts:
        parts.append(
            tube(
                [(x * scale, 0.2 * scale, 0), (x * scale, high * scale * (0.62 if old else 1.0), 0)],
                [0.075 * scale, 0.035 * scale],
                wood,
                0.2,
            )
        )
    if old:
        for x, high in masts:
            for low, up, wide in ((0.26, 0.58, 1.9), (0.60, 0.82, 1.5), (0.84, 0.98, 1.05)):
                parts.append(
                    _square_sail(
                        x * scale, low * high * 0.62 * scale + 0.7, up * high * 0.62 * scale + 0.6, wide * scale
                    )
                )
                parts.append(
                    tube(
                        [
                            (x * scale, up * high * 0.62 * scale + 0.6, -wide * scale),
                            (x * scale, up * high * 0.62 * scale + 0.6, wide * scale),
                        ],
                        [0.12, 0.12],
                        wood,
                    )
                )
        parts.append(tube([(3.2 * scale, 0.9 * scale, 0), (4.9 * scale, 1.5 * scale, 0)], [0.2, 0.1], wood))
        parts.append(box((-2.75 * scale, 0.95 * scale, 0), (1.5 * scale, 0.7 * scale, 1.7 * scale), (0.26, 0.13, 0.06)))
    else:
        parts += [_main_sail(), _jib(), tube([(0.45, 1.35, 0), (-2.6, 1.25, 0.62)], [0.05, 0.04], wood)]
        parts.append(box((-0.6, 0.78, 0), (1.6, 0.3, 0.9), (0.86, 0.85, 0.82), 0.2))
    return gathered_afloat(parts, {"top": (0.0, 0.8 * scale, 0.0), "seat": (-1.8 * scale, 0.75 * scale, 0.0)})


def gathered_afloat(parts: list[Mesh], anchors: dict[str, Point]) -> Figure:
    """Parts as they are: the origin lies at the waterline, not at the lowest point."""
    lowest = min(float(part.vertices[:, 1].min()) for part in parts)
    figure = gathered(parts, {name: (x, y, z) for name, (x, y, z) in anchors.items()})
    return Figure(figure.mesh.moved((0.0, lowest, 0.0)), anchors)


def _hull(colour: Colour, scale: float, old: bool) -> Mesh:
    """A closed hull: a fan of ribs from stern to bow, with a deck."""
    u = np.linspace(-1, 1, 41)
    v = np.linspace(0, 1, 13)
    half = 3.4 * scale
    beam = (
        (0.92 if old else 1.05) * scale * np.clip(1 - np.clip(u, 0, 1) ** 2.3 - 0.22 * np.clip(-u, 0, 1) ** 3, 0.0, 1)
    )
    sheer = (0.62 + 0.22 * np.clip(u, 0, 1) ** 2 + (0.45 if old else 0.08) * np.clip(-u, 0, 1) ** 2) * scale
    angle = v * np.pi / 2
    x = (u[:, None] + 0.05 * np.clip(u[:, None], 0, 1) * (1 - v[None])) * half * np.ones_like(v)[None]
    y = -0.55 * scale + (sheer[:, None] + 0.55 * scale) * (1 - np.cos(angle))[None] ** 0.85
    z = beam[:, None] * np.sin(angle)[None] ** 0.7
    right = np.stack([x, y, z], -1)
    left = right[:, ::-1] * np.array([1, 1, -1])
    inner = np.stack([x[:, -1:], y[:, -1:] - 0.12 * scale, z[:, -1:] * 0.0], -1)
    ring = np.concatenate([left, right[:, 1:], inner], 1).astype(np.float32)
    rows, columns = ring.shape[:2]
    normal = np.cross(np.gradient(ring, axis=0), np.gradient(ring, axis=1))
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    # At the bow the ribs shrink to a line, which looks ahead.
    normal = np.where(length < 1e-6, np.array([1.0, 0.0, 0.0]), normal / np.maximum(length, 1e-9))
    out = np.sign((normal * (ring - np.array([0, 0.3 * scale, 0]))).sum(-1, keepdims=True))
    normal = normal * np.where(out == 0, 1, out)
    normal[:, -1] = (0, 1, 0)
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns), indexing="ij")
    a, b = i * columns + j, i * columns + (j + 1) % columns
    quad = np.stack([a, b, b + columns, a + columns], -1).reshape(-1, 4)
    faces = np.concatenate([quad[:, [0, 2, 1]], quad[:, [0, 3, 2]]]).astype(np.int32)
    points = ring.reshape(-1, 3)
    shade = np.broadcast_to(np.asarray(colour, np.float32), points.shape).copy()
    height = points[:, 1] / scale
    shade[(height < 0.12)] = (0.34, 0.05, 0.04) if not old else (0.10, 0.05, 0.03)
    band = (height > 0.42) & (height < 0.56)
    shade[band] = (0.05, 0.10, 0.22) if not old else (0.55, 0.36, 0.12)
    shade[columns - 1 :: columns] = (0.42, 0.26, 0.13)
    return Mesh(points, faces, normal.reshape(-1, 3).astype(np.float32), shade, np.full(len(points), 0.25, np.float32))


_CANVAS: Colour = (0.86, 0.83, 0.75)


def _main_sail() -> Mesh:
    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        wide = (1 - u) * v * 2.9
        belly = np.sin(v * np.pi * 0.9) * np.sin((0.15 + u * 0.8) * np.pi) * 0.42
        return 0.36 - wide, 1.45 + u * 6.0 - v * (1 - u) * 0.12, belly + wide * 0.2

    return sheet(shape, _CANVAS, 0.03, 16, 14)


def _jib() -> Mesh:
    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        foot = 3.25 + (0.7 - 3.25) * v
        x = foot * (1 - u) + 0.55 * u
        belly = np.sin(v * np.pi) * np.sin((0.1 + u * 0.85) * np.pi) * 0.4
        return x, 1.0 * (1 - u) + 5.9 * u + v * 0.1, belly

    return sheet(shape, (0.82, 0.79, 0.72), 0.03, 16, 12)


def _square_sail(x: float, low: float, high: float, wide: float) -> Mesh:
    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        belly = np.sin(v * np.pi) * np.sin(u * np.pi * 0.85 + 0.25) * wide * 0.28
        across = (v - 0.5) * 2 * wide * (1 - 0.12 * u)
        return x + 0.2 + belly, low + u * (high - low) + 0.06 * wide * np.sin(v * np.pi) * (1 - u), across

    return sheet(shape, _CANVAS, 0.06, 10, 14)


def rocket(colour: Colour, pose: str, step: float) -> Figure:
    """A storybook rocket, 9 m tall, upright; ``flying`` adds its fire."""
    white: Colour = (0.84, 0.84, 0.85)
    profile = [(0.55, 0.9), (0.95, 1.5), (1.22, 3.0), (1.24, 4.6), (1.02, 6.4), (0.62, 7.9), (0.22, 8.9), (0.0, 9.3)]
    parts = [lathe(profile, [white, white, white, white, colour, colour, colour], 0.45, 56, crease=0.9)]
    parts.append(lathe([(0.34, 0.9), (0.62, 0.25), (0.5, 0.25), (0.3, 0.9)], (0.16, 0.16, 0.18), 0.5))
    for band in (2.0, 5.3):
        parts.append(
            lathe([(1.06 if band < 3 else 1.2, band), (1.1 if band < 3 else 1.18, band + 0.16)], colour, 0.4, 56)
        )
    for angle in (0.5, 0.5 + 2 * np.pi / 3, 0.5 + 4 * np.pi / 3):
        fin = Clay(blend=0.1)
        fin.chain([(0.9, 2.6, 0), (1.7, 1.5, 0), (2.05, 0.2, 0)], [0.17, 0.16, 0.1], colour, 0.4)
        fin.chain([(0.75, 1.4, 0), (1.45, 1.0, 0), (2.0, 0.2, 0)], [0.17, 0.2, 0.1], colour, 0.4)
        fin.ball((1.3, 1.45, 0), (0.5, 0.62, 0.1), colour, 0.4)
        parts.append(fin.mesh(max(step, 0.06)).moved((0, 0, 0), yaw=float(angle)))
    for y, size in ((5.0, 0.42), (3.7, 0.3)):
        rim = float(np.interp(y, [3.0, 4.6, 6.4], [1.22, 1.24, 1.02]))
        for angle in (-0.9,):
            place = (rim * float(np.cos(angle)) * 0.97, y, -rim * float(np.sin(angle)) * 0.97)
            out = turned(0.0, angle)
            parts.append(ball(place, (0.13, size, size), (0.55, 0.42, 0.16), 0.7, out, segments=28))
            centre = (place[0] * 1.05, y, place[2] * 1.05)
            parts.append(
                ball(
                    centre,
                    (0.13, size * 0.76, size * 0.76),
                    (0.08, 0.25, 0.42),
                    0.9,
                    out,
                    glow=(0.06, 0.12, 0.16),
                    segments=28,
                )
            )
    if pose == "flying":
        parts += _flame()
    return gathered(parts, {"top": (0.0, 9.3, 0.0)}, 2.4)


def _flame() -> list[Mesh]:
    outer = [(0.0, -4.6), (0.3, -3.4), (0.62, -1.6), (0.6, -0.4), (0.4, 0.4)]
    inner = [(0.0, -2.8), (0.22, -1.8), (0.4, -0.6), (0.3, 0.35)]
    return [
        lathe(outer, (0.9, 0.3, 0.05), 0.0, 28, glow=(3.2, 1.0, 0.12)),
        lathe(inner, (1.0, 0.8, 0.4), 0.0, 28, glow=(5.0, 3.6, 1.6)).moved((0.12, 0.0, 0.3)),
    ]


def balloon(colour: Colour, seed: int) -> Figure:
    """A hot-air balloon, 18 m tall, in gores of two colours with a basket."""
    angle = np.linspace(-1.17, np.pi / 2, 44)
    profile = [(0.9, 4.6)] + [(6.4 * float(np.cos(a)), 11.6 + 6.6 * float(np.sin(a))) for a in angle]
    profile[-1] = (0.0, profile[-1][1])
    envelope = lathe(profile, colour, 0.15, 120, crease=1.2)
    around = np.arctan2(envelope.vertices[:, 2], envelope.vertices[:, 0])
    gore = np.floor((around + np.pi) / (2 * np.pi) * 12 + 0.25).astype(int) % 12
    palette = _balloon_colours(colour, seed)
    shade = palette[gore % len(palette)]
    band = (envelope.vertices[:, 1] > 10.3) & (envelope.vertices[:, 1] < 12.4)
    shade[band] = palette[(gore[band] + 1) % len(palette)]
    bulge = 1 + 0.028 * np.abs(np.sin(around * 6 + 0.8))[:, None] * np.array([1, 0, 1])
    parts = [
        Mesh((envelope.vertices * bulge).astype(np.float32), envelope.faces, envelope.normals, shade, envelope.gloss)
    ]
    wicker: Colour = (0.36, 0.20, 0.08)
    parts.append(
        lathe(
            [(0.0, 0.0), (0.75, 0.0), (0.95, 1.3), (1.02, 1.3), (1.02, 1.42), (0.85, 1.42), (0.7, 0.2)],
            [wicker] * 3 + [(0.16, 0.08, 0.04)] * 3,
        )
    )
    for a in np.linspace(0.3, 2 * np.pi + 0.3, 6, endpoint=False):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            tube([(0.9 * c, 1.3, 0.9 * s), (1.05 * c, 4.9, 1.05 * s)], [0.035, 0.035], (0.12, 0.09, 0.06), sides=5)
        )
    parts.append(ball((0, 2.9, 0), (0.22, 0.3, 0.22), (0.9, 0.5, 0.1), glow=(2.0, 1.0, 0.25)))
    return gathered(parts, {"seat": (0.0, 0.4, 0.0), "top": (0.0, 18.2, 0.0)}, 6.0)


def _balloon_colours(colour: Colour, seed: int) -> Floats:
    seconds = ((0.88, 0.84, 0.74), (0.90, 0.62, 0.08), (0.08, 0.28, 0.52), (0.86, 0.84, 0.80))
    return np.array([colour, seconds[seed % 4], colour, seconds[(seed // 4) % 4]], np.float32)


def aeroplane(colour: Colour, step: float) -> Figure:
    """A small propeller aeroplane, 8 m long."""
    body = Clay(blend=0.25)
    body.chain([(2.9, 1.4, 0), (0.8, 1.5, 0), (-3.8, 1.75, 0)], [0.52, 0.68, 0.2], (0.86, 0.86, 0.84), 0.4)
    body.ball((0.3, 2.05, 0), (1.0, 0.42, 0.48), _GLASS, 0.8)
    body.blend = 0.12
    body.ball((0.7, 1.35, 0), (0.72, 0.11, 5.0), colour, 0.4)
    body.ball((-3.7, 1.85, 0), (0.48, 0.08, 1.7), colour, 0.4)
    body.ball((-3.85, 2.45, 0), (0.45, 0.85, 0.08), colour, 0.4)
    parts = [body.mesh(max(step, 0.05)), ball((3.5, 1.4, 0), (0.3, 0.22, 0.22), colour, 0.5)]
    parts.append(ball((3.55, 1.4, 0), (0.03, 1.15, 0.12), (0.06, 0.05, 0.05), 0.3, turned(roll=0.6)))
    for x, z in ((1.5, 0.9), (1.5, -0.9), (-3.5, 0.0)):
        parts.append(tube([(x, 1.2, z * 0.5), (x, 0.25, z)], [0.05, 0.05], _CHROME))
        parts += _wheel(x, z + 0.01, 0.25, 0.14)
    return gathered(parts, {"seat": (0.3, 1.9, 0.0), "top": (0.0, 2.4, 0.0)}, 1.4)
