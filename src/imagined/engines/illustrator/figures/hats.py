"""What the biped rig wears on its head, in head radii about the y axis."""

from typing import TYPE_CHECKING

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.limbs import Frame
from imagined.engines.illustrator.figures.shapes import loft, ring, slab, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Person


def _stacked(frame: Frame, parts: list[Mesh]) -> list[Mesh]:
    """Parts made about the y axis in head radii, put on the head and turned with it."""
    return [turned_by(part, frame.turn, frame.origin, frame.unit) for part in parts]


def hat(person: "Person", frame: Frame) -> list[Mesh]:
    """What the person wears on the head; nothing for a hat that is not known."""
    make = _HATS.get(person.hat)
    return _stacked(frame, make(person.hat_colour, person.trim)) if make is not None else []


def _wizard(colour: Colour, trim: Colour) -> list[Mesh]:
    rim = [(0.7, 0.52), (1.75, 0.40), (1.8, 0.46), (0.95, 0.60), (0.92, 0.74), (0.62, 1.55), (0.34, 2.35), (0.02, 3.1)]
    cone = lathe(rim, [colour, colour, colour, trim, colour, colour, colour])
    bent = cone.vertices.copy()
    rise = np.maximum(bent[:, 1] - 0.9, 0)
    bent[:, 0] -= 0.16 * rise * rise
    return [Mesh(bent, cone.faces, cone.normals, cone.colours, cone.gloss)]


def _pointed(colour: Colour, trim: Colour) -> list[Mesh]:
    return [lathe([(1.0, 0.38), (0.97, 0.55), (0.5, 1.4), (0.02, 2.2)], [trim, colour, colour])]


def _brimmed(colour: Colour, trim: Colour, wide: float, high: float, top: float, curl: float = 0.0) -> list[Mesh]:
    rim = [
        (0.7, 0.5),
        (wide, 0.42),
        (wide, 0.47),
        (0.95, 0.58),
        (0.93, 0.78),
        (top, high),
        (top * 0.6, high + 0.1),
        (0.0, high - 0.02 if curl else high + 0.12),
    ]
    made = lathe(rim, [colour, colour, colour, trim, colour, colour, colour])
    bent = made.vertices.copy()
    out = np.maximum(np.abs(bent[:, 2]) - 0.95, 0)
    bent[:, 1] += curl * out * out
    return [Mesh(bent, made.faces, made.normals, made.colours, made.gloss)]


def _cap(colour: Colour, trim: Colour) -> list[Mesh]:
    dome = lathe([(1.0, 0.36), (0.99, 0.55), (0.88, 0.85), (0.6, 1.12), (0.0, 1.22)], colour, 0.05, 28, crease=1.2)
    peak = loft(
        [(0.6, 0.44, 0), (1.0, 0.44, 0), (1.4, 0.38, 0), (1.62, 0.30, 0)],
        [0.88, 0.80, 0.62, 0.25],
        [0.05] * 4,
        trim,
        0.1,
        16,
    )
    return [_leant(dome), peak, ball((-0.1, 1.2, 0), 0.07, trim, segments=8)]


def _leant(mesh: Mesh) -> Mesh:
    return mesh.moved((-0.1, 0.0, 0.0))


def _peaked(colour: Colour, trim: Colour) -> list[Mesh]:
    """A flat-topped service cap: police, captain, pilot."""
    crown = lathe(
        [(1.0, 0.42), (0.98, 0.66), (1.22, 0.98), (1.18, 1.06), (0.0, 1.12)],
        [(0.02, 0.02, 0.025), colour, colour, colour],
        0.08,
        32,
    )
    peak = loft(
        [(0.6, 0.46, 0), (1.0, 0.42, 0), (1.35, 0.30, 0), (1.45, 0.24, 0)],
        [0.85, 0.75, 0.5, 0.2],
        [0.04] * 4,
        (0.015, 0.015, 0.018),
        0.7,
        16,
    )
    badge = ball((1.04, 0.80, 0), (0.06, 0.16, 0.15), trim, 0.7, segments=12)
    return [_leant(crown), peak, badge]


def _hard(colour: Colour, trim: Colour) -> list[Mesh]:
    del trim
    dome = lathe([(1.04, 0.38), (1.03, 0.55), (0.9, 0.95), (0.55, 1.22), (0.0, 1.32)], colour, 0.5, 28, crease=1.2)
    brim = loft(
        [(-1.1, 0.40, 0), (-0.6, 0.40, 0), (0.4, 0.40, 0), (1.1, 0.38, 0), (1.38, 0.33, 0)],
        [0.3, 1.02, 1.12, 0.85, 0.35],
        [0.05] * 5,
        colour,
        0.5,
        24,
    )
    ridge = ring(
        (-0.08, 0.42, 0), 0.06, 0.9, 0.09, colour, 0.5, np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]], np.float32)
    )
    return [_leant(dome), brim, ridge]


def _fire(colour: Colour, trim: Colour) -> list[Mesh]:
    brim = loft(
        [(-1.75, 0.22, 0), (-1.2, 0.36, 0), (0.0, 0.44, 0), (1.0, 0.44, 0), (1.3, 0.42, 0)],
        [0.35, 0.95, 1.2, 0.95, 0.4],
        [0.05] * 5,
        colour,
        0.4,
        24,
    )
    dome = lathe([(1.02, 0.42), (0.95, 0.8), (0.7, 1.2), (0.0, 1.42)], colour, 0.4, 28, crease=1.2)
    shield = slab([(-0.26, -0.3), (0.26, -0.3), (0.3, 0.3), (0.0, 0.45), (-0.3, 0.3)], 0.08, trim, 0.5).moved(
        (1.0, 0.85, 0), yaw=np.pi / 2
    )
    return [brim, _leant(dome), shield]


def _sailor(colour: Colour, trim: Colour) -> list[Mesh]:
    return [
        lathe(
            [(0.92, 0.55), (1.06, 0.6), (1.1, 0.9), (0.98, 0.92), (0.9, 1.05), (0.0, 1.15)],
            [colour, trim, colour, colour, colour],
            0.05,
            28,
        )
    ]


def _beret(colour: Colour, trim: Colour) -> list[Mesh]:
    del trim
    return [
        lathe([(0.9, 0.55), (1.22, 0.72), (1.2, 0.86), (0.7, 1.04), (0.0, 1.08)], colour, 0, 28, crease=1.3).moved(
            (-0.1, 0, 0.16)
        ),
        ball((-0.1, 1.1, 0.16), 0.07, colour),
    ]


def _santa(colour: Colour, trim: Colour) -> list[Mesh]:
    rim = ring((-0.1, 0.52, 0), 0.9, 0.95, 0.2, (0.88, 0.87, 0.85))
    cone = tube(
        [(-0.1, 0.5, 0), (-0.12, 1.0, 0), (-0.3, 1.5, 0.15), (-0.65, 1.75, 0.45), (-0.95, 1.45, 0.8)],
        [0.95, 0.8, 0.5, 0.3, 0.12],
        colour,
        0,
        16,
    )
    del trim
    return [rim, cone, ball((-0.97, 1.35, 0.85), 0.22, (0.88, 0.87, 0.85))]


def _tricorn(colour: Colour, trim: Colour) -> list[Mesh]:
    dome = lathe([(0.98, 0.45), (0.92, 0.8), (0.6, 1.1), (0.0, 1.2)], colour, 0, 24, crease=1.2)
    phi = np.linspace(0, 2 * np.pi, 37)
    wide = 1.35 + 0.35 * np.cos(3 * phi)
    high = 0.72 - 0.34 * np.cos(3 * phi)
    brim = np.stack(
        [
            np.stack([r * np.cos(phi), y, r * np.sin(phi)], 1)
            for r, y in (
                (0.9 + 0 * phi, 0.45 + 0 * phi),
                (wide, high + 0.1),
                (wide * 0.98, high + 0.2),
                (0.88 + 0 * phi, 0.55 + 0 * phi),
            )
        ]
    )
    from imagined.engines.illustrator.figures.shapes import woven

    skull = [
        ball((0.98, 0.86, 0), (0.1, 0.17, 0.16), (0.85, 0.83, 0.78)),
        box((1.02, 0.66, 0), (0.1, 0.12, 0.18), (0.85, 0.83, 0.78)),
    ]
    edge = [
        (float(1.02 * w * np.cos(p)), float(y + 0.18), float(1.02 * w * np.sin(p)))
        for p, w, y in zip(phi, wide, high, strict=True)
    ]
    return [_leant(dome), woven(brim[::-1], colour, round_=False), *skull, tube(edge, [0.05] * 37, trim, 0.3, 6)]


def _viking(colour: Colour, trim: Colour) -> list[Mesh]:
    dome = lathe([(1.02, 0.36), (1.0, 0.55), (0.85, 0.95), (0.5, 1.25), (0.0, 1.36)], colour, 0.7, 28, crease=1.2)
    parts = [_leant(dome), ring((-0.1, 0.42, 0), 1.02, 1.02, 0.09, trim, 0.6)]
    for side in (1, -1):
        horn = [
            (-0.1, 0.75, side * 0.9),
            (-0.1, 0.85, side * 1.35),
            (-0.05, 1.15, side * 1.62),
            (0.0, 1.65, side * 1.6),
        ]
        parts.append(tube(horn, [0.26, 0.22, 0.15, 0.02], (0.82, 0.76, 0.62), 0.3, 10))
    return parts


def _samurai(colour: Colour, trim: Colour) -> list[Mesh]:
    dome = lathe([(1.04, 0.36), (0.98, 0.8), (0.65, 1.2), (0.0, 1.36)], colour, 0.6, 28, crease=1.2)
    flare = [
        lathe([(1.05 + 0.16 * i, 0.42 - 0.26 * i), (1.22 + 0.16 * i, 0.16 - 0.26 * i)], colour, 0.5, 28)
        for i in range(3)
    ]
    cut = []
    for part in flare:
        keep = part.vertices[part.faces].mean(1)[:, 0] < 0.45
        cut.append(Mesh(part.vertices, part.faces[keep], part.normals, part.colours, part.gloss))
    horns = [
        tube([(0.95, 0.7, s * 0.1), (1.0, 1.1, s * 0.5), (0.9, 1.75, s * 0.75)], [0.08, 0.1, 0.02], trim, 0.7, 8)
        for s in (1, -1)
    ]
    return [_leant(dome), *cut, *horns, ball((1.0, 0.72, 0), 0.16, trim, 0.7)]


def _army(colour: Colour, trim: Colour) -> list[Mesh]:
    del trim
    return [
        _leant(lathe([(1.18, 0.26), (1.1, 0.5), (0.98, 0.9), (0.6, 1.24), (0.0, 1.36)], colour, 0.1, 28, crease=1.2))
    ]


def _beanie(colour: Colour, trim: Colour) -> list[Mesh]:
    return [
        ring((-0.12, 0.5, 0), 0.86, 0.9, 0.16, trim),
        ball((-0.12, 0.55, 0), (0.94, 0.78, 0.9), colour),
        ball((-0.12, 1.36, 0), 0.2, trim),
    ]


def _hood(colour: Colour, trim: Colour) -> list[Mesh]:
    del trim
    return [
        ball((-0.3, 0.12, 0), (1.02, 1.15, 1.02), colour),
        ring((0.42, 0.10, 0), 0.78, 0.98, 0.14, colour, 0, np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1]], np.float32)),
    ]


def _mask(colour: Colour, trim: Colour) -> list[Mesh]:
    """A ninja's hood: only the eyes are free."""
    top = ball((-0.06, 0.17, 0), (1.0, 1.0, 0.92), colour, segments=24)
    front = top.vertices[top.faces].mean(1)
    keep = ~((front[:, 0] > 0.5) & (np.abs(front[:, 1] - 0.08) < 0.3))
    low = ball((0.12, -0.42, 0), (0.74, 0.6, 0.7), colour, segments=20)
    band = ring((-0.04, 0.52, 0), 0.86, 0.93, 0.08, trim)
    knot = [
        tube([(-0.95, 0.5, 0), (-1.3, 0.3, s * 0.2), (-1.5, -0.2, s * 0.35)], [0.08, 0.13, 0.05], trim) for s in (1, -1)
    ]
    return [Mesh(top.vertices, top.faces[keep], top.normals, top.colours, top.gloss), low, band, *knot]


def _top(colour: Colour, trim: Colour) -> list[Mesh]:
    return [
        lathe(
            [(0.7, 0.5), (1.35, 0.46), (1.35, 0.52), (0.9, 0.58), (0.9, 0.8), (0.98, 1.75), (0.0, 1.76)],
            [colour, colour, colour, trim, colour, colour],
            0.3,
        )
    ]


def _halo(colour: Colour, trim: Colour) -> list[Mesh]:
    del colour, trim
    return [ring((-0.2, 1.45, 0), 0.62, 0.62, 0.07, (0.9, 0.72, 0.2), 0.6, glow=(0.9, 0.65, 0.15))]


def _tiara(colour: Colour, trim: Colour) -> list[Mesh]:
    del colour
    return [
        ring((-0.05, 0.82, 0), 0.72, 0.74, 0.05, trim, 0.7),
        *[
            ball((0.66 - 0.1 * abs(i), 0.98 + 0.1 * (2 - abs(i)), i * 0.2), 0.08, (0.85, 0.9, 0.95), 0.8, segments=8)
            for i in range(-2, 3)
        ],
    ]


def _veil(colour: Colour, trim: Colour) -> list[Mesh]:
    cloth = loft(
        [(-0.25, 1.15, 0), (-0.6, 0.9, 0), (-0.95, 0.0, 0), (-1.15, -1.6, 0), (-1.5, -3.6, 0)],
        [0.3, 0.75, 0.95, 1.1, 1.35],
        [0.2, 0.3, 0.22, 0.16, 0.12],
        colour,
        0.1,
        20,
    )
    return [cloth, *[ball((0.35, 1.0 - 0.12 * abs(i), i * 0.24), 0.12, trim, segments=8) for i in range(-3, 4)]]


def _swim(colour: Colour, trim: Colour) -> list[Mesh]:
    goggles = [ball((0.86, 0.14, s * 0.32), (0.13, 0.18, 0.22), (0.05, 0.12, 0.2), 0.9) for s in (1, -1)]
    return [
        ball((-0.12, 0.3, 0), (0.95, 0.92, 0.9), colour, 0.4, segments=24),
        *goggles,
        ring((-0.05, 0.14, 0), 0.85, 0.9, 0.05, trim),
    ]


def _helmet(colour: Colour, trim: Colour) -> list[Mesh]:
    """A sports helmet with a stripe and a strap."""
    shell = ball((-0.14, 0.36, 0), (1.1, 0.92, 1.0), colour, 0.6, segments=28)
    keep = shell.vertices[shell.faces].mean(1)
    keep = (keep[:, 1] > 0.3) | (keep[:, 0] < -0.1)
    stripe = ring(
        (-0.14, 0.36, 0), 0.08, 1.06, 0.09, trim, 0.5, np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]], np.float32)
    )
    cut = stripe.vertices[stripe.faces].mean(1)[:, 1] > 0.4
    straps = [
        tube([(0.05, 0.3, s * 0.95), (0.2, -0.5, s * 0.72), (0.4, -0.9, 0)], [0.04] * 3, (0.03, 0.03, 0.03))
        for s in (1, -1)
    ]
    return [
        Mesh(shell.vertices, shell.faces[keep], shell.normals, shell.colours, shell.gloss),
        Mesh(stripe.vertices, stripe.faces[cut], stripe.normals, stripe.colours, stripe.gloss),
        *straps,
    ]


def _clown(colour: Colour, trim: Colour) -> list[Mesh]:
    tufts = [
        ball((-0.2 + 0.2 * (i % 2), 0.35 + 0.28 * (i // 2), s * (0.95 - 0.05 * i)), 0.36, colour, segments=10)
        for s in (1, -1)
        for i in range(4)
    ]
    cone = lathe([(0.42, 0.95), (0.02, 1.95)], trim, 0.1, 20)
    return [*tufts, cone, ball((0, 1.95, 0), 0.15, colour)]


def _nurse(colour: Colour, trim: Colour) -> list[Mesh]:
    band = loft(
        [(-0.2, 0.95, 0), (-0.1, 1.15, 0), (-0.05, 1.32, 0)], [0.62, 0.66, 0.6], [0.35, 0.3, 0.2], colour, 0.05, 20
    )
    cross = [box((0.2, 1.17, 0), size, trim) for size in ((0.06, 0.22, 0.07), (0.06, 0.07, 0.22))]
    return [band, *cross]


def _crown(colour: Colour, trim: Colour) -> list[Mesh]:
    del colour, trim
    gold = (0.88, 0.60, 0.14)
    spikes = [
        lathe([(0.16, 0.0), (0.0, 0.5)], gold, 0.7, 6).moved((float(np.cos(a)) * 0.8, 1.0, float(np.sin(a)) * 0.8))
        for a in np.linspace(0, 2 * np.pi, 8, endpoint=False)
    ]
    return [lathe([(0.86, 0.66), (0.84, 1.1), (0.78, 1.1), (0.78, 0.66)], gold, 0.7), *spikes]


def _toque(colour: Colour, trim: Colour) -> list[Mesh]:
    del colour, trim
    white = (0.88, 0.88, 0.86)
    puffs = [
        ball((np.cos(a) * 0.55, 1.6, np.sin(a) * 0.55), (0.5, 0.42, 0.5), white)
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    return [lathe([(0.86, 0.5), (0.84, 1.4), (0.0, 1.6)], white), *puffs, ball((0, 1.75, 0), (0.6, 0.42, 0.6), white)]


def _knight_helmet(colour: Colour, trim: Colour) -> list[Mesh]:
    steel = lathe([(0.88, -0.8), (1.0, -0.5), (1.02, 0.3), (0.9, 0.8), (0.55, 1.12), (0.0, 1.25)], colour, 0.75)
    slit = [box((0.95, 0.18, side * 0.36), (0.3, 0.12, 0.5), (0.01, 0.01, 0.012)) for side in (1, -1)]
    ridge = box((0.99, 0.0, 0.0), (0.16, 1.3, 0.1), colour, 0.7)
    holes = [
        box((0.98, y, z), (0.1, 0.07, 0.07), (0.01, 0.01, 0.012))
        for y in (-0.25, -0.45)
        for z in (-0.35, -0.2, 0.2, 0.35)
    ]
    plume = [ball((0.35 - 0.3 * i, 1.28 + 0.2 * float(np.sin(i * 0.6)), 0), (0.32, 0.3, 0.16), trim) for i in range(6)]
    return [steel, *slit, ridge, *holes, *plume]


def bubble_helmet(person: "Person", frame: Frame) -> list[Mesh]:
    """A space helmet: a white shell, a golden visor and a rim between them."""
    shell = [ball((0, 0.05, 0), (1.34, 1.3, 1.28), (0.88, 0.88, 0.90), 0.35, segments=40)]
    shell.append(ball((0.3, 0.05, 0), (1.12, 0.86, 1.08), (0.55, 0.56, 0.60), 0.5, segments=40))
    shell.append(ball((0.36, 0.05, 0), (1.13, 0.78, 1.0), (0.60, 0.34, 0.07), 1.0, segments=48))
    shell += [lathe([(0.95, -1.3), (1.0, -1.05), (0.9, -0.95)], (0.45, 0.46, 0.5), 0.5)]
    for side in (1, -1):
        shell.append(ball((-0.1, 0.0, side * 1.24), (0.34, 0.34, 0.14), person.trim, 0.4))
    return _stacked(frame, shell)


_HATS = {
    "wizard": _wizard,
    "pointed": _pointed,
    "straw": lambda c, t: _brimmed(c, t, 1.75, 1.15, 0.86),
    "fedora": lambda c, t: _brimmed(c, t, 1.42, 1.22, 0.8, 0.25),
    "cowboy": lambda c, t: _brimmed(c, t, 1.75, 1.3, 0.78, 0.55),
    "sun": lambda c, t: _brimmed(c, t, 2.0, 1.1, 0.8, -0.25),
    "conical": lambda c, t: [
        lathe([(1.9, 0.2), (1.9, 0.24), (0.0, 1.35)], [c, c], 0.05),
        ring((0, 0.24, 0), 1.88, 1.88, 0.04, t),
    ],
    "chef": _toque,
    "crown": _crown,
    "cap": _cap,
    "police": _peaked,
    "hard": _hard,
    "fire": _fire,
    "sailor": _sailor,
    "beret": _beret,
    "santa": _santa,
    "pirate": _tricorn,
    "viking": _viking,
    "samurai": _samurai,
    "army": _army,
    "beanie": _beanie,
    "hood": _hood,
    "mask": _mask,
    "top": _top,
    "halo": _halo,
    "tiara": _tiara,
    "veil": _veil,
    "swim": _swim,
    "helmet": _helmet,
    "clown": _clown,
    "nurse": _nurse,
    "knight": _knight_helmet,
}
