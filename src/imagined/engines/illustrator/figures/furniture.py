"""Furniture to sit on, sleep in, eat and work at, and to keep things in; metres."""

import numpy as np

from imagined.engines.illustrator.figures.carpentry import (
    BRASS,
    IRON,
    LINEN,
    books,
    boxes,
    cushion,
    facing,
    ring,
    slabs,
    turned_leg,
)
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.solids import ball, box, flat, lathe, tube
from imagined.engines.illustrator.mesh import Mesh


def _shaded(colour: Colour, by: float) -> Colour:
    return (min(colour[0] * by, 1.0), min(colour[1] * by, 1.0), min(colour[2] * by, 1.0))


def chair(colour: Colour, padded: bool = False) -> Figure:
    """A kitchen chair with a slatted back, seat at 0.46 m."""
    parts = [cushion((0.0, 0.445, 0.0), (0.44, 0.045, 0.43), colour, 0.2, 0.15)]
    for x in (-0.185, 0.185):
        parts.append(turned_leg(x, 0.175, 0.44, 0.021, colour))
        parts.append(tube([(x, 0.0, -0.2), (x, 0.45, -0.19), (x * 0.97, 0.93, -0.27)], [0.018, 0.021, 0.015], colour))
    for x in (-0.1, 0.0, 0.1):
        parts.append(tube([(x, 0.46, -0.19), (x, 0.86, -0.255)], [0.011, 0.011], colour))
    parts.append(cushion((0.0, 0.9, -0.265), (0.42, 0.12, 0.03), colour, 0.35, 0.15))
    parts.append(slabs([((0.0, 0.2, 0.175), (0.37, 0.02, 0.02)), ((0.0, 0.26, -0.195), (0.37, 0.02, 0.02))], colour))
    if padded:
        parts.append(cushion((0.0, 0.475, 0.01), (0.4, 0.05, 0.39), (0.42, 0.06, 0.05), 0.4))
    return facing(parts, {"seat": (0.0, 0.47, 0.0), "top": (0.0, 0.47, 0.0)})


def stool(colour: Colour) -> Figure:
    """A round stool, 0.62 m high."""
    parts = [lathe([(0.0, 0.58), (0.17, 0.58), (0.18, 0.60), (0.17, 0.63), (0.0, 0.635)], colour, 0.2, 32)]
    for angle in np.arange(4) * np.pi / 2 + np.pi / 4:
        c, s = float(np.cos(angle)), float(np.sin(angle))
        parts.append(tube([(0.2 * c, 0.0, 0.2 * s), (0.12 * c, 0.59, 0.12 * s)], [0.016, 0.018], colour))
    parts.append(ring(0.165, 0.009, BRASS, 0.4).moved((0.0, 0.2, 0.0)))
    return facing(parts, {"seat": (0.0, 0.635, 0.0), "top": (0.0, 0.635, 0.0)})


def bench(colour: Colour) -> Figure:
    """A slatted bench with iron sides, 1.5 m wide, seat at 0.45 m."""
    seat = [((0.0, 0.44, z), (1.5, 0.035, 0.085)) for z in (-0.16, -0.06, 0.04, 0.14)]
    parts = [slabs(seat, colour, 0.1)]
    for y, z in ((0.58, -0.225), (0.69, -0.245), (0.8, -0.265)):
        parts.append(slabs([((0.0, y, z), (1.5, 0.085, 0.03))], colour, 0.1))
    for x in (-0.64, 0.64):
        parts.append(tube([(x, 0.0, -0.26), (x, 0.43, -0.2), (x, 0.86, -0.29)], [0.022] * 3, IRON, 0.3))
        parts.append(tube([(x, 0.0, 0.22), (x, 0.43, 0.18), (x, 0.62, 0.17)], [0.022] * 3, IRON, 0.3))
        parts.append(tube([(x, 0.62, 0.2), (x, 0.62, -0.24)], [0.022, 0.022], IRON, 0.3))
    return facing(parts, {"seat": (0.0, 0.46, -0.02), "top": (0.0, 0.46, 0.0)}, 1.2)


def armchair(colour: Colour) -> Figure:
    """A wing chair, 0.85 m wide, seat at 0.45 m."""
    return facing(_upholstered(0.56, colour, 1, 0.62), {"seat": (0.0, 0.47, -0.04), "top": (0.0, 1.0, -0.3)}, 0.6)


def sofa(colour: Colour) -> Figure:
    """A sofa for three, 2.1 m wide, seat at 0.45 m."""
    parts = _upholstered(1.74, colour, 3, 0.46)
    lively: tuple[Colour, ...] = ((0.70, 0.42, 0.10), (0.62, 0.56, 0.44))
    for x, shade, lean in ((-0.72, lively[0], 0.5), (0.74, lively[1], -0.4)):
        pillow = cushion((0.0, 0.0, 0.0), (0.42, 0.38, 0.15), shade, 0.55)
        parts.append(pillow.moved((x, 0.65, -0.13), yaw=lean * 0.5))
    return facing(parts, {"seat": (0.0, 0.46, 0.08), "top": (0.0, 0.86, -0.33)}, 0.6)


def _upholstered(wide: float, colour: Colour, seats: int, back: float) -> list[Mesh]:
    dark = _shaded(colour, 0.8)
    parts = [cushion((0.0, 0.24, 0.0), (wide + 0.2, 0.26, 0.8), dark, 0.16)]
    each = wide / seats
    for index in range(seats):
        x = -wide / 2 + each * (index + 0.5)
        parts.append(cushion((x, 0.395, 0.07), (each * 0.99, 0.17, 0.66), colour, 0.28))
        parts.append(cushion((x, 0.43 + back / 2, -0.27), (each * 0.97, back, 0.2), colour, 0.3))
    parts.append(cushion((0.0, 0.36 + back / 2, -0.36), (wide + 0.2, back + 0.1, 0.16), dark, 0.18))
    for side in (-1, 1):
        x = side * (wide / 2 + 0.09)
        parts.append(cushion((x, 0.36, 0.03), (0.19, 0.46, 0.82), dark, 0.2))
        parts.append(cushion((x, 0.59, 0.03), (0.23, 0.15, 0.86), colour, 0.45))
        if seats == 1:
            parts.append(cushion((side * (wide / 2 + 0.04), 0.82, -0.24), (0.13, 0.46, 0.3), dark, 0.5))
        for z in (-0.32, 0.34):
            parts.append(lathe([(0.016, 0.0), (0.03, 0.12)], (0.09, 0.045, 0.02), 0.2, 12).moved((x * 0.93, 0.0, z)))
    return parts


def bed(colour: Colour) -> Figure:
    """A double bed, 1.6 by 2.1 m, with its foot at the front."""
    wood: Colour = (0.22, 0.105, 0.045)
    parts = [slabs([((0, 0.24, 0), (1.62, 0.2, 2.04)), ((0, 0.66, -1.04), (1.7, 0.72, 0.07))], wood, 0.15)]
    parts.append(slabs([((0, 0.32, 1.04), (1.7, 0.36, 0.06))], wood, 0.15))
    parts.append(slabs([((x, 0.1, z), (0.09, 0.2, 0.09)) for x in (-0.8, 0.8) for z in (-1.0, 1.0)], wood, 0.15))
    parts.append(cushion((0, 1.02, -1.04), (1.72, 0.09, 0.1), wood, 0.4, 0.2))
    parts.append(cushion((0, 0.43, 0.0), (1.58, 0.22, 2.0), LINEN, 0.14))
    parts.append(cushion((0, 0.485, 0.27), (1.72, 0.22, 1.5), colour, 0.16))
    parts.append(cushion((0, 0.53, -0.4), (1.7, 0.16, 0.3), _shaded(LINEN, 1.05), 0.35))
    for side in (-1, 1):
        parts.append(cushion((side * 0.39, 0.63, -0.76), (0.68, 0.2, 0.42), (0.86, 0.84, 0.80), 0.5))
    return facing(parts, {"seat": (0.0, 0.6, 0.3), "top": (0.0, 0.6, 0.3)}, 1.2)


def round_table(colour: Colour, wide: float = 0.72, cloth: Colour | None = None) -> Figure:
    """A small table on one foot, 0.74 m high, perhaps under a cloth."""
    r = wide / 2
    parts = [lathe([(0.0, 0.705), (r, 0.705), (r + 0.008, 0.72), (r, 0.74), (0.0, 0.74)], colour, 0.25, 48)]
    foot = [(0.24, 0.0), (0.23, 0.025), (0.06, 0.05), (0.028, 0.12), (0.028, 0.6), (0.07, 0.705)]
    parts.append(lathe(foot, IRON, 0.35, 28, crease=1.0))
    if cloth is not None:
        turn = np.linspace(0, 2 * np.pi, 49)
        parts.append(lathe([(r + 0.03, 0.735), (r + 0.012, 0.747), (0.0, 0.748)], cloth, 0.0, 48, crease=1.4))
        drop = 0.3 + 0.03 * np.cos(turn * 8)
        out = r + 0.035 + 0.022 * (1 + np.cos(turn * 8))
        parts.append(_skirt(turn, r + 0.03, out, 0.735, drop, cloth))
    return facing(parts, {"top": (0.0, 0.75 if cloth else 0.74, 0.0)}, wide)


def _skirt(turn: np.ndarray, r: float, out: np.ndarray, y: float, drop: np.ndarray, cloth: Colour) -> Mesh:
    """The hanging part of a tablecloth."""
    top = np.stack([np.cos(turn) * r, np.full_like(turn, y), np.sin(turn) * r], 1)
    low = np.stack([np.cos(turn) * out, y - drop, np.sin(turn) * out], 1)
    normal = np.stack([np.cos(turn), np.full_like(turn, 0.15), np.sin(turn)], 1)
    normal[:, 0] += 0.5 * np.sin(turn * 8) * -np.sin(turn)
    normal[:, 2] += 0.5 * np.sin(turn * 8) * np.cos(turn)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    count = len(turn)
    i = np.arange(count - 1)
    faces = np.concatenate([np.stack([i, i + 1, i + count], 1), np.stack([i + 1, i + 1 + count, i + count], 1)])
    points = np.concatenate([top, low]).astype(np.float32)
    return Mesh(
        points,
        faces.astype(np.int32),
        np.concatenate([normal, normal]).astype(np.float32),
        np.full((len(points), 3), cloth, np.float32),
    )


def long_table(colour: Colour, wide: float = 1.7) -> Figure:
    """A heavy table on turned legs, 0.75 m high."""
    parts = [cushion((0, 0.73, 0), (wide, 0.05, 0.86), colour, 0.08, 0.25)]
    parts.append(slabs([((0, 0.65, 0), (wide - 0.2, 0.11, 0.7))], _shaded(colour, 0.85), 0.1))
    for x in (-wide / 2 + 0.13, wide / 2 - 0.13):
        for z in (-0.33, 0.33):
            parts.append(turned_leg(x, z, 0.7, 0.045, colour))
    return facing(parts, {"top": (0.0, 0.755, 0.0)}, wide)


def coffee_table(colour: Colour) -> Figure:
    """A low table, 1.05 m wide and 0.42 m high."""
    parts = [cushion((0, 0.4, 0), (1.05, 0.045, 0.56), colour, 0.1, 0.3)]
    parts.append(slabs([((0, 0.14, 0), (0.92, 0.025, 0.44))], _shaded(colour, 0.9), 0.1))
    parts.append(slabs([((x, 0.19, z), (0.05, 0.38, 0.05)) for x in (-0.47, 0.47) for z in (-0.23, 0.23)], colour, 0.1))
    return facing(parts, {"top": (0.0, 0.423, 0.0), "seat": (0.0, 0.423, 0.0)}, 1.0)


def desk(colour: Colour) -> Figure:
    """A desk with drawers, 1.4 m wide; one sits behind it, at -x."""
    parts = [cushion((0, 0.735, 0), (1.4, 0.045, 0.72), colour, 0.08, 0.25)]
    dark = _shaded(colour, 0.85)
    parts.append(slabs([((-0.47, 0.36, 0), (0.4, 0.7, 0.64)), ((0.66, 0.36, 0), (0.04, 0.7, 0.64))], dark, 0.1))
    parts.append(slabs([((0.1, 0.5, 0.29), (0.8, 0.4, 0.03))], dark, 0.1))
    for y in (0.16, 0.38, 0.59):
        parts.append(slabs([((-0.47, y, -0.325), (0.36, 0.19, 0.02))], colour, 0.15))
        parts.append(ball((-0.47, y, -0.345), 0.015, BRASS, 0.5))
    return facing(parts, {"top": (0.0, 0.758, 0.0)}, 1.2)


def bookshelf(colour: Colour, seed: int, wide: float = 1.1, tall: float = 2.1, full: float = 0.93) -> Figure:
    """A bookcase full of books, 0.32 m deep, its back at -x."""
    rng = np.random.default_rng(seed + 90)
    shelves = max(2, round(tall / 0.36))
    pitch = (tall - 0.16) / shelves
    dark = _shaded(colour, 0.45)
    frame = [((side * (wide / 2 - 0.02), tall / 2, 0.0), (0.04, tall, 0.32)) for side in (-1, 1)]
    frame += [((0.0, 0.08 + pitch * index, 0.0), (wide, 0.028, 0.31)) for index in range(shelves)]
    parts = [slabs(frame, colour, 0.12), slabs([((0, tall / 2, -0.15), (wide - 0.02, tall, 0.02))], dark)]
    parts.append(slabs([((0.0, tall - 0.01, 0.01), (wide + 0.07, 0.075, 0.38))], colour, 0.15))
    parts.append(slabs([((0.0, 0.04, 0.01), (wide + 0.03, 0.08, 0.35))], _shaded(colour, 0.8)))
    for index in range(shelves):
        y = 0.095 + pitch * index
        parts.append(books(rng, -wide / 2 + 0.05, wide / 2 - 0.05, y, 0.12, pitch - 0.035, full))
    return facing(parts, {"top": (0.0, tall + 0.03, 0.0)}, wide)


def cupboard(colour: Colour) -> Figure:
    """A dresser with glasses and plates, 1.2 m wide and 1.95 m high."""
    parts = [slabs([((0, 0.46, 0), (1.2, 0.86, 0.44))], colour, 0.1), slabs([((0, 0.9, 0), (1.26, 0.04, 0.5))], colour)]
    panels = [((x, 0.42, 0.225), (0.5, 0.66, 0.02)) for x in (-0.29, 0.29)]
    parts.append(slabs(panels, _shaded(colour, 1.2), 0.12))
    parts += [ball((x, 0.46, 0.245), 0.016, BRASS, 0.5) for x in (-0.06, 0.06)]
    parts.append(slabs([((0, 1.42, -0.2), (1.16, 1.0, 0.03))], _shaded(colour, 0.75)))
    upper = [((side * 0.58, 1.42, -0.07), (0.04, 1.0, 0.28)) for side in (-1, 1)]
    upper += [((0, y, -0.07), (1.16, 0.03, 0.28)) for y in (1.22, 1.55, 1.9)]
    parts.append(slabs(upper, colour, 0.1))
    parts.append(slabs([((0, 1.94, -0.05), (1.26, 0.06, 0.36))], colour, 0.1))
    china: Colour = (0.80, 0.80, 0.78)
    for y in (0.92, 1.235, 1.565):
        for index in range(6):
            x = -0.46 + index * 0.185
            if (index + int(y * 10)) % 3 == 0:
                jar = [(0.0, 0.0), (0.05, 0.0), (0.06, 0.06), (0.05, 0.14), (0.03, 0.16), (0.0, 0.165)]
                tone: Colour = ((0.16, 0.26, 0.38), (0.55, 0.30, 0.12), china)[index % 3]
                parts.append(lathe(jar, tone, 0.5, 20, crease=1.0).moved((x, y, -0.04)))
            elif y > 1.0:
                plate = cushion((x, y + 0.1, -0.15), (0.19, 0.19, 0.02), china, 0.9, 0.4, 20)
                parts.append(plate)
    return facing(parts, {"top": (0.0, 1.97, 0.0)}, 1.2)


def wardrobe(colour: Colour) -> Figure:
    """A wardrobe, 1.15 m wide and 2 m high."""
    parts = [slabs([((0, 1.0, 0), (1.15, 1.9, 0.55))], colour, 0.1)]
    parts.append(slabs([((0, 1.97, 0.01), (1.24, 0.08, 0.64)), ((0, 0.05, 0.01), (1.2, 0.1, 0.6))], colour, 0.1))
    doors = [((x, y, 0.285), (0.48, h, 0.02)) for x in (-0.275, 0.275) for y, h in ((1.42, 0.86), (0.56, 0.66))]
    parts.append(slabs(doors, _shaded(colour, 1.25), 0.15))
    parts += [ball((x, 1.0, 0.3), 0.02, BRASS, 0.5) for x in (-0.04, 0.04)]
    return facing(parts, {"top": (0.0, 2.01, 0.0)}, 1.1)


def drawers(colour: Colour, wide: float = 0.5, tall: float = 0.55) -> Figure:
    """A chest of drawers or bedside table."""
    parts = [slabs([((0, tall / 2 + 0.02, 0), (wide, tall - 0.06, 0.4))], colour, 0.1)]
    parts.append(cushion((0, tall - 0.01, 0), (wide + 0.05, 0.035, 0.45), colour, 0.1, 0.2))
    count = max(2, round(tall / 0.24))
    for index in range(count):
        y = 0.06 + (tall - 0.12) * (index + 0.5) / count
        parts.append(slabs([((0, y, 0.205), (wide - 0.07, (tall - 0.12) / count - 0.03, 0.02))], _shaded(colour, 1.2)))
        parts.append(ball((0, y, 0.225), 0.014, BRASS, 0.5))
    parts.append(
        slabs([((x, 0.03, z), (0.05, 0.06, 0.05)) for x in (-wide / 2.3, wide / 2.3) for z in (-0.16, 0.16)], colour)
    )
    return facing(parts, {"top": (0.0, tall + 0.01, 0.0)}, wide)


def piano(colour: Colour) -> Figure:
    """A grand piano, 1.5 m wide and 1.7 m long; its keys at the left (-x), so that a player is seen from the side."""
    turn = np.linspace(0, 1, 26)
    edge = [(-0.75, -0.72), (-0.75, 0.72)]
    bend = np.stack([-0.35 + 1.35 * turn, 0.72 - 0.85 * np.clip((turn - 0.15) / 0.55, 0, 1) ** 1.5], 1)
    tail = np.stack([1.0 + 0.2 * np.sin(turn * np.pi), -0.13 - 0.59 * turn], 1)[1:]
    outline = np.concatenate([np.array(edge), bend, tail])
    parts = [_slab(outline, 0.62, 0.94, colour, 0.75), _lid(outline, 0.955, 0.62, colour)]
    parts.append(slabs([((-0.82, 0.72, 0.0), (0.3, 0.07, 1.46)), ((-0.66, 0.84, 0), (0.04, 0.24, 1.46))], colour, 0.7))
    parts.append(slabs([((-0.82, 0.78, z), (0.3, 0.1, 0.06)) for z in (-0.7, 0.7)], colour, 0.7))
    keys = np.linspace(-0.63, 0.63, 44)
    parts.append(slabs([((-0.855, 0.765, 0.0), (0.17, 0.025, 1.3))], (0.82, 0.80, 0.74), 0.5))
    black = np.array([z for index, z in enumerate(keys) if index % 7 not in (2, 6)]) + 0.0145
    centres = np.stack([np.full_like(black, -0.815), np.full_like(black, 0.785), black], 1)
    parts.append(boxes(centres, np.full((len(black), 3), (0.1, 0.02, 0.013)), np.array((0.02, 0.02, 0.02)), 0.5))
    parts.append(box((-0.55, 1.1, 0.0), (0.03, 0.24, 0.62), colour, 0.6))
    parts.append(box((-0.575, 1.11, 0.0), (0.006, 0.2, 0.4), (0.84, 0.82, 0.76)))
    for x, z in ((-0.6, -0.6), (-0.6, 0.6), (0.95, -0.4)):
        parts.append(turned_leg(x, z, 0.63, 0.065, colour))
    parts.append(tube([(-0.45, 0.62, 0), (-0.5, 0.15, 0)], [0.03, 0.03], BRASS, 0.4))
    parts.append(tube([(0.05, 0.94, -0.4), (0.0, 1.35, -0.15)], [0.012, 0.012], colour, 0.5))
    return gathered(parts, {"top": (0.0, 0.95, 0.0), "keys": (-1.25, 0.0, 0.0)}, 1.2)


def _slab(outline: np.ndarray, low: float, high: float, colour: Colour, gloss: float) -> Mesh:
    """An outline of (x, z) drawn up from `low` to `high`, closed by fans about its middle."""
    following = np.roll(outline, -1, 0)
    middle = outline.mean(0)

    def at(points: np.ndarray, y: float) -> np.ndarray:
        return np.stack([points[:, 0], np.full(len(points), y), points[:, 1]], 1)

    centre = np.broadcast_to(middle, outline.shape)
    triangles = [
        np.stack([at(outline, low), at(following, low), at(following, high)], 1),
        np.stack([at(outline, low), at(following, high), at(outline, high)], 1),
        np.stack([at(centre, high), at(outline, high), at(following, high)], 1),
        np.stack([at(centre, low), at(following, low), at(outline, low)], 1),
    ]
    return flat(np.concatenate(triangles).astype(np.float32), colour, gloss)


def _lid(outline: np.ndarray, y: float, lift: float, colour: Colour) -> Mesh:
    """The lid, hinged at its far side (-z) and held open."""
    lid = _slab(outline[2:] if len(outline) > 3 else outline, 0.0, 0.02, colour, 0.8)
    c, s = np.cos(lift), np.sin(lift)
    turn = np.array([[1, 0, 0], [0, c, s], [0, -s, c]], np.float32)
    hinge = np.array([0.0, 0.0, -0.72], np.float32)
    vertices = (lid.vertices - hinge) @ turn.T + hinge + np.array([0.0, y, 0.0], np.float32)
    return Mesh(
        vertices.astype(np.float32), lid.faces, (lid.normals @ turn.T).astype(np.float32), lid.colours, lid.gloss
    )
