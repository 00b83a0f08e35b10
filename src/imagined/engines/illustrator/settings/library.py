"""A library: walls of books to the ceiling, a ladder, reading tables with lamps, tall windows."""

import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.figures.furnishings import ladder, rug
from imagined.engines.illustrator.figures.furniture import bookshelf
from imagined.engines.illustrator.figures.lights import banker_lamp, chandelier
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import World

_WOOD = (0.20, 0.095, 0.04)


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a library scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = indoors(scene, stage, "armchair", tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=4.6, tall=2.9, least=1.3, empty=(0.0, 1.45))
    side = 1.0 if rng.random() < 0.5 else -1.0
    room = Room(
        scene,
        cast,
        camera,
        left=-3.4,
        right=3.4,
        back=-2.6,
        height=4.0,
        floor=Finish(Cover("parquet", (0.30, 0.15, 0.065), (0.22, 0.10, 0.04), 0.36, 0.3)),
        walls=Finish(Cover("plaster", (0.30, 0.22, 0.14), (0.24, 0.17, 0.10))),
        ceiling=(0.32, 0.22, 0.13),
        skirting=None,
        windows=(Window("back", side * 0.9, 1.15, 0.9, 3.3, (2, 5), (0.22, 0.11, 0.05)),),
    )
    _shelves(room, side, int(rng.integers(1 << 12)))
    room.put(rug((0.30, 0.05, 0.045), 3.4, 2.2), 0.0, 0.4, always=True)
    room.put(ladder(2.7, (0.36, 0.18, 0.07)), -side * 0.75, room.back + 0.38)
    for x in (-1, 1):
        room.put_light(
            banker_lamp(room.lit),
            x * 2.15 + 0.45,
            -0.45,
            0.756,
            colour=(0.95, 0.72, 0.36),
            strength=0.55,
            reach=0.8,
            shadows=False,
        )
        room.put("dining_table", x * 2.15, -0.4, np.pi / 2)
        room.put(figure(Order("book", colour=(0.3, 0.05, 0.04))), x * 2.0, -0.1, 0.4, y=0.755)
        room.put(figure(Order("book", colour=(0.05, 0.12, 0.2))), x * 2.02, -0.12, 0.1, y=0.8)
    if not cast.placed:
        room.put("dining_table", 0.0, 0.0)
        room.put_light(banker_lamp(room.lit), 0.25, -0.05, 0.756, colour=(0.95, 0.72, 0.36), strength=0.7, reach=0.8)
        room.put(figure(Order("book")), -0.35, 0.1, 0.5, y=0.756)
        room.put("chair", -0.5, 0.75, np.pi)
        room.put("chair", 0.55, 0.72, np.pi)
    room.put_light(chandelier(True, 1.2), 0.0, -0.6, 2.75, strength=0.0)
    power = max(room.tone.power, 0.55) / room.tone.power
    room.shine((0.0, 2.6, 0.2), (1.0, 0.62, 0.27), 0.85 * power, 2.0)
    room.shine((-1.9, 1.9, 1.3), (1.0, 0.66, 0.34), 0.62 * power, 1.7)
    return room.world()


def _shelves(room: Room, side: float, seed: int) -> None:
    """Bookcases along the back wall but for the window, and along both side walls."""
    window = next((w.at for w in room.windows if w.wall == "back"), None)
    x = room.left + 0.35
    number = 0
    while x < room.right - 0.5:
        if window is None or abs(x + 0.6 - window) > 1.22:
            room.put(bookshelf(_WOOD, seed + number, 1.2, 3.4), x + 0.6, room.back + 0.17)
            number += 1
            x += 1.22
        else:
            x += 0.2
    z = room.back + 1.1
    while z < room.camera.eye[2] - 1.6:
        for wall, turn in ((room.left + 0.18, np.pi / 2), (room.right - 0.18, -np.pi / 2)):
            room.put(bookshelf(_WOOD, seed + number, 1.3, 3.4), wall, z, turn)
            number += 1
        z += 1.34
    del side
