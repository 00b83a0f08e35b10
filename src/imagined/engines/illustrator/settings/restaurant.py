"""A restaurant: tables under white cloths with candles and wine, dark walls, a chandelier, windows to the street."""

import numpy as np

from imagined.engines.illustrator.figures import Figure, Order, figure
from imagined.engines.illustrator.figures.furnishings import plant_pot
from imagined.engines.illustrator.figures.furniture import chair, round_table
from imagined.engines.illustrator.figures.lights import candle, chandelier
from imagined.engines.illustrator.figures.paintings import picture_frame
from imagined.engines.illustrator.figures.tableware import plate, wine_glass
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import Vector, World

_WALLS: tuple[Vector, ...] = ((0.26, 0.05, 0.045), (0.06, 0.12, 0.16), (0.10, 0.16, 0.10))
_LINEN: Vector = (0.80, 0.78, 0.73)


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a restaurant scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    wall = _WALLS[int(rng.integers(len(_WALLS)))]
    second = (wall[0] * 1.35 + 0.02, wall[1] * 1.35 + 0.015, wall[2] * 1.35 + 0.01)
    cast = indoors(scene, stage, "chair", tone_of(scene).power > 0.3, tables=True)
    camera = view_of(scene, cast, wide=4.8, tall=2.7, least=1.5, empty=(0.0, 1.15))
    side = 1.0 if rng.random() < 0.5 else -1.0
    room = Room(
        scene,
        cast,
        camera,
        left=-3.8,
        right=3.8,
        back=-2.9,
        height=3.3,
        floor=Finish(Cover("parquet", (0.28, 0.14, 0.06), (0.21, 0.10, 0.04), 0.4, 0.35)),
        walls=Finish(
            Cover("damask", wall, second, 0.36), Cover("panels", (0.15, 0.07, 0.03), size=0.7, gloss=0.15), 1.0
        ),
        ceiling=(0.50, 0.43, 0.33),
        skirting=(0.12, 0.055, 0.025),
        windows=tuple(
            Window("back", at, 1.15, 0.8, 2.75, (2, 3), (0.2, 0.1, 0.045), drapes=(0.50, 0.33, 0.12))
            for at in (-side * 1.9, side * 1.9)
        ),
        town=True,
        sun_from=-side * 0.45,
    )
    for x, z in ((-side * 1.75, -1.5), (side * 1.85, -1.6), (0.1, -1.9), (-side * 2.75, 0.25), (side * 2.8, 0.15)):
        _laid(room, x, z)
    if not cast.placed:
        _laid(room, 0.0, 0.35)
    for placed in cast.placed:
        if placed.order.noun == "cafe_table":
            light = candle(_LINEN, True)
            room.lights.append(light.mesh.moved((placed.x, 0.745, placed.z - 0.12)))
            room.put(round_table((0.2, 0.1, 0.05), 0.85, _LINEN), placed.x, placed.z, always=True)
            room.shine((placed.x, 0.95, placed.z - 0.12), (1.0, 0.6, 0.25), 0.55, 0.7, False)
    room.on_wall(picture_frame(0.8, 0.95, scene.seed % 67), 0.0, 1.75)
    room.put(plant_pot((0.35, 0.15, 0.08), 21, 1.3), -side * 3.4, room.back + 0.5)
    room.put_light(chandelier(True, 0.9), 0.0, -0.9, 2.4, strength=0.0)
    level = max(room.tone.power, 0.5) / room.tone.power
    room.shine((0.0, 2.45, -0.6), (1.0, 0.63, 0.30), 0.85 * level, 2.0)
    room.shine((side * 1.5, 2.4, 1.6), (1.0, 0.63, 0.30), 0.5 * level, 2.0)
    return room.world()


def _laid(room: Room, x: float, z: float) -> None:
    """A table with cloth, two places, wine and a candle."""
    if not room.put(round_table((0.2, 0.1, 0.05), 0.85, _LINEN), x, z):
        return
    seat = chair((0.12, 0.055, 0.025), True)
    room.put(seat, x - 0.72, z + 0.05, 1.3)
    room.put(seat, x + 0.72, z - 0.05, -1.3)
    for dx in (-0.22, 0.22):
        room.put(Figure(plate()), x + dx, z, y=0.75)
        room.put(Figure(wine_glass()), x + dx * 0.8, z - 0.22, y=0.75)
    light = candle(_LINEN, True)
    mesh = light.mesh.moved((x, 0.75, z))
    room.lights.append(mesh)
    if room.lit:
        room.shine((x, 1.0, z), (1.0, 0.58, 0.22), 0.4, 0.6, False)
    room.put(figure(Order("apple", colour=(0.6, 0.1, 0.05))), x + 0.05, z + 0.18, y=0.75)
