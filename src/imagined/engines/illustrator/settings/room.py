"""A living room: sofa, armchair, rug, shelves, a window with drapes, lamps, a fire in the hearth."""

import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.figures.furnishings import plant_pot, rug
from imagined.engines.illustrator.figures.lights import floor_lamp, table_lamp
from imagined.engines.illustrator.figures.paintings import picture_frame
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import Vector, World

_PANELS = Cover("panels", (0.68, 0.65, 0.58), size=0.62)
_MOODS: tuple[tuple[Finish, Vector, Vector, Vector], ...] = (
    (
        Finish(Cover("damask", (0.34, 0.40, 0.34), (0.42, 0.48, 0.41), 0.34), _PANELS, 0.86),
        (0.40, 0.13, 0.05),
        (0.48, 0.34, 0.16),
        (0.36, 0.06, 0.045),
    ),
    (
        Finish(Cover("stripes", (0.66, 0.54, 0.38), (0.58, 0.44, 0.28), 0.2), _PANELS, 0.86),
        (0.09, 0.19, 0.20),
        (0.40, 0.10, 0.07),
        (0.12, 0.20, 0.30),
    ),
    (
        Finish(Cover("plaster", (0.62, 0.46, 0.34), (0.50, 0.36, 0.26))),
        (0.34, 0.30, 0.24),
        (0.16, 0.26, 0.22),
        (0.42, 0.16, 0.06),
    ),
)  # fmt: skip
"""Walls, sofa, drapes and rug that go together."""


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a living-room scene."""
    walls, seat, drapes, woven = _MOODS[int(rng.integers(len(_MOODS)))]
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    lit = tone_of(scene).power > 0.3
    cast = indoors(scene, stage, "armchair", lit)
    camera = view_of(scene, cast, wide=3.6, tall=2.3, least=1.25)
    side = 1.0 if rng.random() < 0.5 else -1.0
    room = Room(
        scene, cast, camera, walls=walls, windows=(Window("back", side * 1.15, 1.5, 0.75, 2.3, (2, 3), drapes=drapes),)
    )
    room.on_wall(picture_frame(0.62, 0.46, scene.seed % 97), -side * 0.75, 1.62)
    room.put(rug(woven, 3.0, 2.0), 0.0, 0.35, always=True)
    if not room.put("sofa", -side * 0.15, -0.3 if not cast.placed else room.back + 0.62, colour=seat):
        room.put("bookshelf", -side * 0.2, room.back + 0.2)
    room.put("bookshelf", -side * 2.45, room.back + 0.2)
    if "lamp" not in room.named:
        room.put_light(
            floor_lamp((0.80, 0.62, 0.38), room.lit), -side * 1.55, room.back + 0.55, strength=1.15, reach=1.35
        )
    room.put(plant_pot((0.48, 0.19, 0.09), scene.seed % 31, 1.15), side * 2.35, room.back + 0.5)
    room.put("armchair", -side * 2.3, -0.1, -side * 0.9, colour=drapes)
    if not cast.placed:
        room.put("coffee_table", 0.1, 0.95)
        room.put(figure(Order("vase")), 0.3, 0.92, y=0.42)
        room.put(figure(Order("book", colour=(0.08, 0.2, 0.3))), -0.15, 1.0, 0.3, y=0.42)
    if "fireplace" not in room.named:
        room.put("drawers", side * 2.9, 0.3, -side * np.pi / 2)
        room.put_light(table_lamp((0.82, 0.70, 0.5), room.lit), side * 2.9, 0.35, 0.8, strength=0.8, reach=1.2)
    hearth = next((placed for placed in cast.placed if placed.order.noun == "fireplace"), None)
    if hearth is not None:
        room.shine((hearth.x, 0.42, hearth.z + 0.38), (1.5, 0.56, 0.14), max(0.6, 0.5 / room.tone.power), 1.2)
    room.shine((0.0, 2.45, 1.6), (1.0, 0.66, 0.36), 0.42, 2.6, shadows=True)
    return room.world()
