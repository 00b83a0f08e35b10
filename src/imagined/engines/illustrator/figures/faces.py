"""Faces and hair of the biped rig, in head radii: x forward, y up."""

from typing import TYPE_CHECKING

from imagined.engines.illustrator.figures.clay import Clay, Colour
from imagined.engines.illustrator.figures.coats import coat_tint
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
    parts = _human_face(body, person, frame)
    if person.hair is not None:
        parts.append(_hair(person, person.hair, frame, step))
    if person.beard is not None:
        parts.append(_beard(person.beard, frame, step))
    return parts


def _human_face(body: Clay, person: "Person", frame: Frame) -> list[Mesh]:
    skin, unit = person.skin, frame.unit
    warm = (min(skin[0] * 1.08, 1.0), skin[1] * 0.78, skin[2] * 0.74)
    body.cone(frame.at(0.84, 0.05, 0), frame.at(0.98, -0.12, 0), 0.08 * unit, 0.13 * unit, warm)
    for side in (1, -1):
        body.ball(frame.at(-0.08, -0.02, side * 0.82), frame.size(0.14, 0.22, 0.09), warm, turn=frame.turn)
        body.paint(frame.at(0.66, -0.28, side * 0.5), frame.size(0.26, 0.2, 0.22), warm, 0.22 * unit, frame.turn)
    parts: list[Mesh] = []
    size = 0.165 * unit
    places = body.snapped([frame.at(0.8, 0.12, side * 0.32) for side in (1, -1)], depth=size * 0.45)
    for place, side in zip(places, (1, -1), strict=True):
        parts += eye(place, frame.direction(1.0, 0.0, side * 0.12), size, (0.10, 0.06, 0.03), white=True)
    brow_colour: Colour = person.hair or person.beard or (0.2, 0.12, 0.08)
    for side in (1, -1):
        brow = body.snapped([frame.at(0.8, y, side * z) for y, z in ((0.36, 0.17), (0.41, 0.33), (0.34, 0.49))])
        parts.append(tube(brow, [0.035 * unit, 0.05 * unit, 0.025 * unit], brow_colour))
    smile = body.snapped(
        [frame.at(0.8, y, z) for y, z in ((-0.40, 0.3), (-0.5, 0.15), (-0.53, 0.0), (-0.5, -0.15), (-0.40, -0.3))]
    )
    parts.append(tube(smile, [0.02 * unit, 0.034 * unit, 0.04 * unit, 0.034 * unit, 0.02 * unit], (0.32, 0.07, 0.06)))
    return parts


def _hair(person: "Person", colour: Colour, frame: Frame, step: float) -> Mesh:
    hair = Clay(blend=frame.unit * 0.25)
    hair.ball(frame.at(-0.2, 0.28, 0), frame.size(0.92, 0.92, 0.92), colour, turn=frame.turn)
    for side in (1, -1):
        hair.cone(
            frame.at(0.45, 0.78, side * 0.1),
            frame.at(0.36, 0.48, side * 0.72),
            frame.unit * 0.26,
            frame.unit * 0.16,
            colour,
        )
    if person.long_hair:
        for side in (1, -1):
            hair.cone(
                frame.at(-0.15, 0.3, side * 0.72),
                frame.at(-0.25, -1.15, side * 0.82),
                frame.unit * 0.34,
                frame.unit * 0.16,
                colour,
            )
        hair.cone(frame.at(-0.6, 0.1, 0), frame.at(-0.75, -1.3, 0), frame.unit * 0.6, frame.unit * 0.4, colour)
    # The face is kept free of the cap of hair.
    hair.ball(frame.at(0.78, -0.22, 0), frame.size(0.62, 0.72, 0.72), colour, turn=frame.turn, carved=True)
    return hair.mesh(step * 0.8, coat_tint("strands", colour, person.height * 0.5))


def _beard(colour: Colour, frame: Frame, step: float) -> Mesh:
    beard = Clay(blend=frame.unit * 0.2)
    for side in (1, -1):
        beard.cone(
            frame.at(0.2, -0.35, side * 0.68),
            frame.at(0.55, -0.85, side * 0.22),
            frame.unit * 0.2,
            frame.unit * 0.3,
            colour,
        )
        beard.cone(
            frame.at(0.9, -0.33, side * 0.05),
            frame.at(0.72, -0.48, side * 0.42),
            frame.unit * 0.11,
            frame.unit * 0.07,
            colour,
        )
    beard.cone(frame.at(0.6, -0.8, 0), frame.at(0.75, -1.75, 0), frame.unit * 0.42, frame.unit * 0.12, colour)
    return beard.mesh(step * 0.8, coat_tint("strands", colour, 0.9))


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
