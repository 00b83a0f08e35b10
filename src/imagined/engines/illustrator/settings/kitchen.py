"""A kitchen: cupboards and worktops along the wall, tiles, stove, sink under a window, shelves with jars and pans."""

import numpy as np

from imagined.engines.illustrator.figures import Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import facing
from imagined.engines.illustrator.figures.furnishings import plant_pot, rug
from imagined.engines.illustrator.figures.kitchenware import counter, pot
from imagined.engines.illustrator.figures.lights import pendant
from imagined.engines.illustrator.figures.solids import box, tube
from imagined.engines.illustrator.figures.tableware import bottle, jar, plate, shelf_of
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import Vector, World

_PAINTS: tuple[tuple[Vector, Vector], ...] = (
    ((0.34, 0.46, 0.42), (0.70, 0.72, 0.68)),
    ((0.62, 0.58, 0.48), (0.36, 0.50, 0.56)),
    ((0.14, 0.22, 0.32), (0.74, 0.72, 0.66)),
)
"""Cupboards and tiles."""


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a kitchen scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    paint, tiles = _PAINTS[int(rng.integers(len(_PAINTS)))]
    cast = indoors(scene, stage, "chair", tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=4.2, tall=2.5, least=1.5, empty=(0.0, 1.2))
    side = 1.0 if rng.random() < 0.5 else -1.0
    room = Room(
        scene,
        cast,
        camera,
        left=-2.9,
        right=2.9,
        back=-1.6,
        floor=Finish(Cover("checker", (0.62, 0.58, 0.50), (0.20, 0.19, 0.18), 0.4, 0.3)),
        walls=Finish(
            Cover("plaster", (0.66, 0.60, 0.48), (0.58, 0.52, 0.40)),
            Cover("tiles", tiles, (0.62, 0.60, 0.55), 0.1, 0.35),
            1.55,
        ),
        skirting=None,
        windows=(Window("back", -side * 0.55, 1.25, 1.12, 2.25, (2, 2)),),
        sun_from=-side * 0.35,
    )
    z = room.back + 0.32
    top = (0.42, 0.25, 0.12)
    room.put(counter(paint, 1.5, top, basin=True), -side * 0.55, z)
    room.put("stove", side * 0.52, z)
    room.put(counter(paint, 1.0, top), side * 1.34, z)
    room.put("fridge", side * 2.25, z)
    room.put(counter(paint, 0.95, top), -side * 1.8, z)
    _hung(room, side)
    for index, x in enumerate((1.1, 1.25, 1.45)):
        room.put(
            Figure(jar(((0.5, 0.2, 0.06), (0.62, 0.56, 0.4), (0.12, 0.24, 0.1))[index], 0.2 - 0.03 * index)),
            side * x,
            z - 0.1,
            y=0.9,
        )
    room.put(plant_pot((0.5, 0.22, 0.1), 4, 0.42), -side * 1.05, room.back + 0.16, y=1.12)
    room.put(figure(Order("apple")), -side * 1.75, z, y=0.9)
    room.put(figure(Order("apple", colour=(0.3, 0.42, 0.06))), -side * 1.85, z + 0.08, y=0.9)
    if not cast.placed:
        room.put(rug((0.16, 0.26, 0.30), 1.9, 1.0), 0.0, 0.2, always=True)
        room.put("dining_table", -side * 0.5, 0.7, 0.0)
        room.put(figure(Order("vase")), -side * 0.4, 0.65, y=0.755)
    for x in (-0.9, 0.9):
        room.put_light(pendant((0.46, 0.10, 0.06), room.lit, 0.85), x, 0.15, 1.98, strength=0.75, reach=1.45)
    room.shine((0.0, 2.4, 1.7), (1.0, 0.72, 0.44), 0.3, 2.4)
    return room.world()


def _hung(room: Room, side: float) -> None:
    """Shelves with jars and plates, and pans on a rail."""
    tones: tuple[Vector, ...] = (
        (0.55, 0.25, 0.08),
        (0.7, 0.62, 0.42),
        (0.12, 0.24, 0.12),
        (0.4, 0.05, 0.04),
        (0.78, 0.76, 0.7),
    )
    jars = [jar(tones[index % 5], 0.14 + 0.03 * (index % 3)) for index in range(7)]
    bottles = [
        bottle(tones[(index + 2) % 5], 0.26 + 0.02 * (index % 2)) if index % 2 else plate().moved((0.0, 0.02, 0.0))
        for index in range(6)
    ]
    for y, things in ((1.72, jars), (2.12, bottles)):
        room.on_wall(Figure(shelf_of(things, 1.15, (0.30, 0.16, 0.07)).moved((0, 0, 0), yaw=np.pi / 2)), side * 1.5, y)
    rail = [tube([(-0.45, 0.0, 0.04), (0.45, 0.0, 0.04)], [0.01, 0.01], (0.5, 0.5, 0.52), 0.5)]
    for index in range(4):
        x, size = -0.36 + 0.24 * index, 0.11 - 0.014 * index
        rail.append(box((x, -0.1, 0.05), (0.02, 0.2, 0.008), (0.06, 0.06, 0.06)))
        pan = pot((0.48, 0.20, 0.08), (0.0, 0.0, 0.0), size)[0]
        turned = pan.vertices[:, [0, 2, 1]] * np.array([1, 1, 0.35], np.float32) + np.array(
            [x, -0.2 - size, 0.03], np.float32
        )
        normals = pan.normals[:, [0, 2, 1]]
        rail.append(
            type(pan)(turned.astype(np.float32), pan.faces[:, ::-1], normals.astype(np.float32), pan.colours, pan.gloss)
        )
    room.on_wall(facing(rail, {}), -side * 1.85, 1.9)
