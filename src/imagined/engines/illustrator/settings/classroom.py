"""A classroom: rows of desks before a blackboard, tall windows along one side, a globe, a clock, maps."""

import numpy as np

from imagined.engines.illustrator.figures import Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import DARK_WOOD, PALE_WOOD, facing, slabs
from imagined.engines.illustrator.figures.furnishings import clock
from imagined.engines.illustrator.figures.lights import pendant
from imagined.engines.illustrator.figures.paintings import chalk
from imagined.engines.illustrator.figures.solids import tube
from imagined.engines.illustrator.figures.tableware import globe
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Wall, Window, tone_of
from imagined.engines.illustrator.world import World


def school_desk() -> Figure:
    """A pupil's desk on steel legs, 0.65 m wide."""
    parts = [slabs([((0, 0.7, 0), (0.66, 0.035, 0.48)), ((0, 0.6, -0.02), (0.58, 0.12, 0.4))], PALE_WOOD, 0.25)]
    for x in (-0.28, 0.28):
        parts += [tube([(x, 0.0, z), (x, 0.68, z)], [0.016, 0.016], (0.09, 0.10, 0.11), 0.3) for z in (-0.2, 0.2)]
    return facing(parts, {"top": (0.0, 0.72, 0.0)})


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a classroom scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = indoors(scene, stage, "chair", tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=5.0, tall=2.6, least=1.6, eye=1.65, empty=(0.0, 1.1))
    side = 1.0 if rng.random() < 0.5 else -1.0
    wall: Wall = "right" if side > 0 else "left"
    room = Room(
        scene,
        cast,
        camera,
        left=-3.5,
        right=3.5,
        back=-3.2,
        height=3.2,
        floor=Finish(Cover("boards", (0.40, 0.24, 0.12), (0.30, 0.17, 0.08), 0.11, 0.25)),
        walls=Finish(
            Cover("plaster", (0.66, 0.60, 0.44), (0.58, 0.52, 0.37)), Cover("panels", (0.34, 0.42, 0.36), size=0.8), 1.0
        ),
        windows=tuple(Window(wall, z, 1.35, 0.95, 2.85, (2, 3)) for z in (-0.9, -2.4, 0.75)),
    )
    _front(room, side)
    room.put("desk", side * 1.1, room.back + 1.0, np.pi)
    room.put(Figure(globe()), side * 1.55, room.back + 0.95, y=0.76)
    room.put(figure(Order("apple")), side * 0.8, room.back + 0.9, y=0.76)
    room.put("bookshelf", -side * 3.3, -1.6, side * np.pi / 2)
    _rows(room)
    for x in (-1.3, 1.3):
        room.put_light(
            pendant((0.75, 0.74, 0.7), room.lit, 0.6),
            x,
            -0.6,
            2.6,
            colour=(1.0, 0.80, 0.55),
            strength=0.8,
            reach=1.8,
            shadows=False,
        )
    return room.world()


def _front(room: Room, side: float) -> None:
    """The blackboard, a clock and a chart."""
    board = [
        slabs([((0, 0, 0.0), (3.3, 1.3, 0.05))], DARK_WOOD),
        slabs([((0, 0, 0.026), (3.16, 1.18, 0.008))], (0.03, 0.075, 0.055)),
    ]
    board += chalk(2.6, 1.05, (0.0, 0.02, 0.036))
    board.append(slabs([((0, -0.66, 0.06), (3.3, 0.03, 0.12))], DARK_WOOD))
    room.on_wall(facing(board, {}), 0.0, 0.98)
    room.on_wall(clock((0.05, 0.05, 0.055)), -side * 2.25, 2.15)
    chart = [slabs([((0, 0, 0), (0.9, 1.1, 0.015))], (0.78, 0.74, 0.62))]
    chart += [
        slabs(
            [((-0.2 + 0.11 * (i % 5), 0.3 - 0.13 * i, 0.01), (0.3 - 0.03 * (i % 3), 0.1, 0.01))],
            ((0.3, 0.42, 0.2), (0.5, 0.3, 0.14), (0.2, 0.36, 0.5))[i % 3],
        )
        for i in range(6)
    ]
    room.on_wall(facing(chart, {}), -side * 2.45, 1.2)


def _rows(room: Room) -> None:
    """Three rows of desks with chairs, some with a book on them."""
    for row, z in enumerate((-0.75, 0.55, 1.85)):
        for x in (-1.75, -0.58, 0.58, 1.75):
            if room.put(school_desk(), x, z):
                room.put(figure(Order("chair", colour=PALE_WOOD)), x, z + 0.42, np.pi)
                if (row + int(x * 10)) % 3 == 0:
                    room.put(
                        figure(Order("book", colour=((0.4, 0.06, 0.05), (0.05, 0.16, 0.32))[row % 2])),
                        x,
                        z,
                        0.2,
                        y=0.72,
                    )
