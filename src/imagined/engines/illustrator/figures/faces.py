"""Faces of the biped rig, in head radii: x forward, y up."""

from typing import TYPE_CHECKING

from imagined.engines.illustrator.figures.clay import Clay, Colour
from imagined.engines.illustrator.figures.hair import beard, hair
from imagined.engines.illustrator.figures.limbs import Frame
from imagined.engines.illustrator.figures.model import eye
from imagined.engines.illustrator.figures.solids import ball, box, tube
from imagined.engines.illustrator.mesh import Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Person


def face(body: Clay, person: "Person", frame: Frame, step: float) -> list[Mesh]:
    """Whatever looks out of the head: a human face with its hair, a robot's lamps or a helmet's slit."""
    if person.face == "robot":
        return _robot_face(frame)
    if person.face == "visor":
        return []
    if person.face == "alien":
        return _alien_face(body, frame)
    parts = _human_face(body, person, frame)
    if person.hair is not None and person.hair_kind != "bald":
        parts += hair(person, person.hair, frame, step)
    if person.beard is not None:
        parts += beard(person, person.beard, body, frame, step)
    return parts


def _tinted(skin: Colour, red: float, rest: float) -> Colour:
    return (min(skin[0] * red, 1.0), skin[1] * rest, skin[2] * rest * 0.97)


def _human_face(body: Clay, person: "Person", frame: Frame) -> list[Mesh]:
    skin, unit = person.skin, frame.unit
    warm = _tinted(skin, 1.06, 0.80)
    clown, dead = person.face == "clown", person.face == "zombie"
    body.cone(frame.at(0.84, 0.0, 0), frame.at(0.94, -0.14, 0), 0.07 * unit, 0.115 * unit, warm)
    for side in (1, -1):
        body.ball(frame.at(-0.08, -0.04, side * 0.82), frame.size(0.14, 0.21, 0.09), warm, turn=frame.turn)
        if not dead:
            body.paint(frame.at(0.66, -0.3, side * 0.5), frame.size(0.24, 0.17, 0.2), warm, 0.25 * unit, frame.turn)
        else:
            body.paint(
                frame.at(0.78, 0.1, side * 0.33),
                frame.size(0.3, 0.26, 0.25),
                (0.10, 0.12, 0.09),
                0.2 * unit,
                frame.turn,
            )
    parts: list[Mesh] = []
    if clown:
        parts.append(ball(body.snapped([frame.at(1.0, -0.12, 0)])[0], 0.19 * unit, (0.72, 0.02, 0.02), 0.5))
        body.paint(frame.at(0.75, -0.52, 0), frame.size(0.35, 0.28, 0.46), (0.85, 0.83, 0.80), 0.05 * unit, frame.turn)
    size = 0.158 * unit
    places = body.snapped([frame.at(0.8, 0.1, side * 0.33) for side in (1, -1)], depth=size * 0.52)
    lid = _tinted(skin, 0.94, 0.82)
    for place, side in zip(places, (1, -1), strict=True):
        look = frame.direction(1.0, 0.0, side * 0.1)
        parts += eye(place, look, size, (0.62, 0.6, 0.5) if dead else person.eyes, white=True)
        up = frame.direction(-0.30, 1.0, side * 0.1)
        shift = 0.47 if not dead else 0.24
        over = (
            place[0] + float(up[0]) * size * shift,
            place[1] + float(up[1]) * size * shift,
            place[2] + float(up[2]) * size * shift,
        )
        parts.append(ball(over, size * 1.02, lid, 0.05))
        if person.curve > 0.4:
            lash = [
                frame.at(0.8, 0.19 + dy, side * z) for dy, z in ((-0.02, 0.17), (0.06, 0.33), (0.0, 0.50), (0.05, 0.56))
            ]
            parts.append(
                tube(
                    body.snapped(lash, depth=-0.06 * unit),
                    [0.018 * unit, 0.028 * unit, 0.025 * unit, 0.008 * unit],
                    (0.02, 0.012, 0.01),
                    0,
                    6,
                )
            )
    brow_colour: Colour = person.hair or person.beard or (0.2, 0.12, 0.08)
    thick = 0.8 if person.curve > 0.4 else 1.15
    for side in (1, -1):
        brow = body.snapped(
            [frame.at(0.8, y, side * z) for y, z in ((0.40, 0.17), (0.45, 0.34), (0.40, 0.53))], depth=-0.01 * unit
        )
        parts.append(tube(brow, [r * unit * thick for r in (0.036, 0.046, 0.02)], brow_colour, 0, 6))
    curve = ((-0.42, 0.26), (-0.5, 0.14), (-0.53, 0.0), (-0.5, -0.14), (-0.42, -0.26))
    if dead:
        curve = ((-0.54, 0.26), (-0.5, 0.14), (-0.49, 0.0), (-0.5, -0.14), (-0.54, -0.26))
    smile = body.snapped([frame.at(0.8, y, z) for y, z in curve])
    lips = person.lips or ((0.65, 0.03, 0.03) if clown else _tinted(skin, 0.62, 0.36))
    full = 1.35 if person.lips is not None or clown else 1.0
    parts.append(tube(smile, [r * unit * full for r in (0.012, 0.032, 0.036, 0.032, 0.012)], lips, 0.15, 8))
    return parts


def _alien_face(body: Clay, frame: Frame) -> list[Mesh]:
    parts = []
    for side in (1, -1):
        place = body.snapped([frame.at(0.8, 0.08, side * 0.4)], depth=0.02 * frame.unit)[0]
        tilt = Frame(place, frame.unit, 0.0, -0.3 - 0.5 * side, side * 0.5)
        parts.append(ball(place, tilt.size(0.16, 0.22, 0.3), (0.01, 0.01, 0.012), 0.95, tilt.turn))
        parts.append(ball(tilt.at(0.14, 0.1, 0.04), 0.05 * frame.unit, (1, 1, 1), glow=(0.8, 0.8, 0.8), segments=8))
    mouth = body.snapped([frame.at(0.8, y, z) for y, z in ((-0.55, 0.14), (-0.58, 0.0), (-0.55, -0.14))])
    return [*parts, tube(mouth, [0.012 * frame.unit, 0.022 * frame.unit, 0.012 * frame.unit], (0.05, 0.08, 0.04))]


def _robot_face(frame: Frame) -> list[Mesh]:
    unit = frame.unit
    parts = [box(frame.at(0.72, 0.1, 0), frame.size(0.35, 0.62, 1.1), (0.03, 0.035, 0.045), 0.7, frame.turn)]
    for side in (1, -1):
        parts.append(ball(frame.at(0.9, 0.13, side * 0.27), 0.15 * unit, (0.1, 0.5, 0.6), 0.5, glow=(0.25, 1.1, 1.4)))
        parts.append(
            ball(frame.at(-0.05, 0.05, side * 0.86), frame.size(0.2, 0.26, 0.12), (0.35, 0.36, 0.4), 0.6, frame.turn)
        )
    for z in (-0.2, -0.1, 0.0, 0.1, 0.2):
        parts.append(box(frame.at(0.74, -0.55, z), frame.size(0.12, 0.16, 0.05), (0.05, 0.05, 0.06), 0.4, frame.turn))
    parts.append(
        tube([frame.at(0, 0.9, 0), frame.at(-0.02, 1.55, 0)], [0.04 * unit, 0.03 * unit], (0.3, 0.3, 0.33), 0.6)
    )
    parts.append(ball(frame.at(-0.02, 1.6, 0), 0.1 * unit, (0.8, 0.1, 0.06), 0.5, glow=(0.9, 0.12, 0.06)))
    return parts
