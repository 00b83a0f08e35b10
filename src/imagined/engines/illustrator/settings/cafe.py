"""A cafe: a counter with its coffee machine, small round tables, hanging lamps, a large window to the street."""

import numpy as np

from imagined.engines.illustrator.figures import Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import DARK_WOOD, facing, slabs
from imagined.engines.illustrator.figures.furnishings import plant_pot
from imagined.engines.illustrator.figures.lights import pendant
from imagined.engines.illustrator.figures.paintings import chalk
from imagined.engines.illustrator.figures.tableware import bottle, cake_stand, coffee_machine, jar, shelf_of
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import Vector, World


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a cafe scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = indoors(scene, stage, "chair", tone_of(scene).power > 0.3, tables=True)
    camera = view_of(scene, cast, wide=4.8, tall=2.6, least=1.5, empty=(0.0, 1.2))
    side = 1.0 if rng.random() < 0.5 else -1.0
    room = Room(
        scene,
        cast,
        camera,
        left=-3.7,
        right=3.7,
        back=-2.7,
        height=3.1,
        floor=Finish(Cover("boards", (0.27, 0.14, 0.065), (0.20, 0.095, 0.04), 0.16, 0.25)),
        walls=Finish(
            Cover("plaster", (0.52, 0.42, 0.30), (0.44, 0.34, 0.24)),
            Cover("panels", (0.075, 0.13, 0.115), size=0.7, gloss=0.1),
            1.05,
        ),
        back_wall=Finish(Cover("brick", (0.36, 0.155, 0.095), (0.40, 0.35, 0.30))),
        ceiling=(0.34, 0.28, 0.21),
        skirting=(0.10, 0.07, 0.05),
        windows=(
            Window("back", -side * 1.55, 2.9, 0.7, 2.6, (4, 2), (0.06, 0.085, 0.08)),
            Window("left" if side > 0 else "right", 0.4, 2.4, 0.7, 2.6, (3, 2), (0.06, 0.085, 0.08)),
        ),
        town=True,
        sun_from=-side * 0.45,
    )
    _bar(room, side)
    for x, z in ((-side * 2.2, -1.35), (-side * 0.55, -1.55), (-side * 2.7, 0.6), (side * 2.6, 0.7)):
        _place_setting(room, x, z)
    if not cast.placed:
        _place_setting(room, -side * 0.75, 0.35)
    room.put(plant_pot((0.5, 0.2, 0.1), 8, 1.25), -side * 3.3, room.back + 0.5)
    for x, z in (
        (-side * 2.1, -1.3),
        (-side * 0.3, -0.9),
        (side * 1.5, room.back + 0.95),
        (side * 2.4, room.back + 0.95),
    ):
        room.put_light(
            pendant((0.03, 0.05, 0.045), room.lit or scene.time != "day", 1.0), x, z, 2.12, strength=0.85, reach=1.35
        )
    room.shine((0.0, 2.5, 1.4), (1.0, 0.66, 0.36), 0.5, 2.3)
    return room.world()


def _bar(room: Room, side: float) -> None:
    """The counter, and shelves and a slate with the day's offer behind it."""
    x, z = side * 2.0, room.back + 0.85
    front: Vector = (0.085, 0.14, 0.125)
    rows = [((0.0, 0.53, 0.0), (2.5, 1.02, 0.6))]
    desk = [slabs(rows, front, 0.1), slabs([((0.0, 1.06, 0.02), (2.64, 0.05, 0.72))], (0.32, 0.17, 0.075), 0.35)]
    desk.append(slabs([((-1.0 + 0.5 * i, 0.52, 0.31), (0.4, 0.78, 0.02)) for i in range(5)], (0.11, 0.175, 0.155), 0.1))
    desk.append(slabs([((0.0, 0.06, 0.0), (2.5, 0.12, 0.56))], (0.04, 0.035, 0.03)))
    if not room.put(facing(desk, {}), x, z):
        return
    goods = (
        (coffee_machine(), 0.55),
        (cake_stand(), -0.25),
        (cake_stand(), -0.62),
        (jar((0.36, 0.18, 0.07), 0.24), -0.95),
    )
    for thing, at in goods:
        room.put(Figure(thing.moved((0, 0, 0), yaw=np.pi / 2)), x + at * side, z, y=1.085)
    tones: tuple[Vector, ...] = (
        (0.05, 0.16, 0.07),
        (0.35, 0.13, 0.03),
        (0.5, 0.36, 0.16),
        (0.06, 0.07, 0.12),
        (0.7, 0.66, 0.58),
    )
    for y in (1.65, 2.1):
        things: list[Mesh] = [
            bottle(tones[i % 5], 0.27 + 0.02 * (i % 3)) if (i + int(y * 10)) % 3 else jar(tones[(i + 3) % 5], 0.17)
            for i in range(11)
        ]
        room.on_wall(Figure(shelf_of(things, 1.5, DARK_WOOD).moved((0, 0, 0), yaw=np.pi / 2)), side * 2.55, y)
    board = [
        slabs([((0, 0, 0.0), (0.92, 0.94, 0.04))], DARK_WOOD),
        slabs([((0, 0, 0.022), (0.84, 0.86, 0.006))], (0.035, 0.04, 0.038)),
    ]
    board += chalk(0.8, 0.8, (0.0, 0.0, 0.03))
    slate = facing(board, {})
    room.on_wall(slate, side * 1.2, 1.55)


def _place_setting(room: Room, x: float, z: float) -> None:
    """A small table with two chairs and a cup."""
    if not room.put(figure(Order("cafe_table")), x, z):
        return
    room.put(figure(Order("chair", colour=(0.16, 0.075, 0.03))), x - 0.62, z, 1.35)
    room.put(figure(Order("chair", colour=(0.16, 0.075, 0.03))), x + 0.62, z - 0.05, -1.35)
    room.put(figure(Order("cup")), x + 0.12, z + 0.1, 0.7, y=0.74)
