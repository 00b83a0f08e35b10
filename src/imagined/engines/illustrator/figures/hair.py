"""Hair and beards of the biped rig, in head radii: x forward, y up."""

from typing import TYPE_CHECKING

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour
from imagined.engines.illustrator.figures.coats import coat_tint
from imagined.engines.illustrator.figures.limbs import Frame
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Person

_COVERED = frozenset(
    {
        "cap",
        "helmet",
        "hard",
        "police",
        "chef",
        "straw",
        "sailor",
        "fire",
        "beret",
        "santa",
        "pirate",
        "top",
        "viking",
        "samurai",
        "fedora",
        "wizard",
        "pointed",
        "army",
        "beanie",
        "turban",
        "cowboy",
        "hood",
        "mask",
    }
)
"""Hats under which hair lies flat."""


def hair(person: "Person", colour: Colour, frame: Frame, step: float) -> list[Mesh]:
    """A volume of hair of the person's kind; under a hat only what hangs out."""
    kind, u = person.hair_kind, frame.unit
    hat = person.hat in _COVERED
    clay = Clay(blend=u * 0.22)
    if kind != "mohawk":
        puff = 0.04 if hat or kind in ("sides", "bun", "ponytail", "topknot", "braids") else 0.0
        clay.ball(frame.at(-0.2, 0.26, 0), frame.size(0.92 - puff, 0.92 - puff, 0.92 - puff), colour, turn=frame.turn)
    if kind in ("short", "spiky", "long", "bob", "mohawk") and not hat:
        _fringe(clay, kind, colour, frame)
    parts = _tied(clay, kind, colour, person.trim, frame, hat)
    if kind in ("curly", "afro") and not hat:
        parts += _curls(kind, colour, frame)
    _bare_face(clay, kind, colour, frame)
    return [clay.mesh(step * 1.35, coat_tint("strands", colour, person.height * 0.5)), *parts]


def _tied(clay: Clay, kind: str, colour: Colour, trim: Colour, frame: Frame, hat: bool) -> list[Mesh]:
    """Long hair, loose or tied: tails, buns and braids."""
    parts: list[Mesh] = []
    u = frame.unit
    if kind in ("bun", "ponytail", "braids", "topknot") and not hat:
        for side in (1, -1):
            clay.cone(frame.at(0.55, 0.70, side * 0.06), frame.at(0.28, 0.42, side * 0.76), u * 0.15, u * 0.12, colour)
    if kind in ("long", "bob"):
        low = -1.35 if kind == "long" else -0.55
        for side in (1, -1):
            clay.cone(frame.at(-0.12, 0.3, side * 0.74), frame.at(-0.18, low, side * 0.80), u * 0.32, u * 0.19, colour)
        clay.cone(frame.at(-0.55, 0.1, 0), frame.at(-0.68, low, 0), u * 0.58, u * 0.44, colour)
    if kind == "ponytail":
        clay.chain(
            [frame.at(-1.0, 0.5, 0), frame.at(-1.45, 0.3, 0), frame.at(-1.45, -0.5, 0), frame.at(-1.25, -1.2, 0)],
            [u * 0.2, u * 0.3, u * 0.26, u * 0.08],
            colour,
        )
        parts.append(ball(frame.at(-1.08, 0.48, 0), u * 0.22, trim))
    if kind in ("bun", "topknot"):
        at = frame.at(-0.75, 0.95, 0) if kind == "bun" else frame.at(-0.35, 1.22, 0)
        clay.ball(at, frame.size(0.4, 0.36, 0.4) if kind == "bun" else frame.size(0.26, 0.24, 0.2), colour)
    if kind == "braids":
        for side in (1, -1):
            for number in range(6):
                at = frame.at(-0.1 - 0.02 * number, -0.25 - 0.26 * number, side * (0.88 + 0.03 * number))
                parts.append(ball(at, u * (0.19 - 0.012 * number), colour, segments=12))
            parts.append(ball(frame.at(-0.2, -1.72, side * 1.03), u * 0.13, trim, segments=10))
    return parts


def _fringe(clay: Clay, kind: str, colour: Colour, frame: Frame) -> None:
    u = frame.unit
    if kind in ("spiky", "mohawk"):
        spots = [
            (0.55 - 0.32 * i, 0.9 + 0.12 * float(np.sin(i * 0.8 + 0.4)), z)
            for i in range(5)
            for z in ((0.0,) if kind == "mohawk" else (-0.4, 0.0, 0.4))
        ]
        for x, y, z in spots:
            clay.cone(
                frame.at(x * 0.8, y - 0.2, z),
                frame.at(x * 1.15 + 0.08, y + (0.55 if kind == "mohawk" else 0.32), z * 1.3),
                u * 0.22,
                u * 0.03,
                colour,
            )
        return
    # Swept to one side, from a parting.
    clay.cone(frame.at(0.42, 0.80, -0.34), frame.at(0.62, 0.62, 0.28), u * 0.20, u * 0.19, colour)
    clay.cone(frame.at(0.62, 0.62, 0.28), frame.at(0.34, 0.36, 0.74), u * 0.19, u * 0.12, colour)
    clay.cone(frame.at(0.42, 0.80, -0.34), frame.at(0.34, 0.44, -0.74), u * 0.20, u * 0.12, colour)


def _bare_face(clay: Clay, kind: str, colour: Colour, frame: Frame) -> None:
    """Carves the face, the ears of short hair, and the crown of a bald head free."""
    clay.blend = frame.unit * 0.14
    clay.ball(frame.at(0.80, -0.2, 0), frame.size(0.62, 0.70, 0.74), colour, turn=frame.turn, carved=True)
    if kind not in ("long", "bob"):
        clay.ball(frame.at(0.1, -0.75, 0), frame.size(0.95, 0.62, 1.3), colour, turn=frame.turn, carved=True)
    if kind == "sides":
        clay.ball(frame.at(0.15, 1.0, 0), frame.size(1.15, 0.72, 0.78), colour, turn=frame.turn, carved=True)


def _curls(kind: str, colour: Colour, frame: Frame) -> list[Mesh]:
    big = 1.18 if kind == "afro" else 0.98
    parts, count = [], 46 if kind == "afro" else 34
    for index in range(count):
        height = 1 - 1.25 * (index + 0.5) / count
        around = index * 2.39996
        wide = float(np.sqrt(max(1 - height * height, 0)))
        x, z = wide * float(np.cos(around)), wide * float(np.sin(around))
        if x > 0.45 and height < 0.62:
            continue
        size = (0.34 if kind == "afro" else 0.26) * (1 + 0.15 * float(np.sin(index * 3.1)))
        parts.append(
            ball(
                frame.at(-0.18 + x * 0.84 * big, 0.30 + height * 0.82 * big, z * 0.86 * big),
                frame.unit * size,
                colour,
                0.05,
                segments=10,
            )
        )
    return parts


def beard(person: "Person", colour: Colour, body: Clay, frame: Frame, step: float) -> list[Mesh]:
    """A beard or moustache of the person's kind."""
    u, kind = frame.unit, person.beard_kind
    parts = []
    if kind != "goatee":
        for side in (1, -1):
            line = body.snapped(
                [frame.at(0.9, y, side * z) for y, z in ((-0.32, 0.02), (-0.36, 0.2), (-0.42, 0.38))], depth=-0.02 * u
            )
            parts.append(tube(line, [0.085 * u, 0.08 * u, 0.02 * u], colour, 0, 8))
    if kind == "moustache":
        return parts
    clay = Clay(blend=u * 0.2)
    if kind in ("full", "long"):
        for side in (1, -1):
            clay.cone(frame.at(0.02, -0.2, side * 0.74), frame.at(0.42, -0.80, side * 0.30), u * 0.13, u * 0.24, colour)
    clay.cone(frame.at(0.56, -0.80, 0.06), frame.at(0.56, -0.80, -0.06), u * 0.27, u * 0.27, colour)
    if kind == "long":
        clay.cone(frame.at(0.5, -0.85, 0), frame.at(0.66, -1.75, 0), u * 0.42, u * 0.1, colour)
    elif kind == "goatee":
        clay.cone(frame.at(0.62, -0.78, 0), frame.at(0.72, -1.05, 0), u * 0.2, u * 0.08, colour)
    return [*parts, clay.mesh(step * 1.35, coat_tint("strands", colour, 0.9))]
