"""A museum: large gilded paintings on a deep wall, marble busts and vases on pedestals, light from above."""

import numpy as np

from imagined.engines.illustrator.figures import Figure
from imagined.engines.illustrator.figures.carpentry import BRASS, cushion, facing, slabs
from imagined.engines.illustrator.figures.furnishings import amphora, bust, column
from imagined.engines.illustrator.figures.paintings import picture_frame
from imagined.engines.illustrator.figures.solids import ball, lathe, tube
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, tone_of
from imagined.engines.illustrator.world import Vector, World

_WALLS: tuple[tuple[Vector, Vector], ...] = (
    ((0.30, 0.055, 0.05), (0.27, 0.05, 0.045)),
    ((0.07, 0.16, 0.14), (0.06, 0.14, 0.12)),
    ((0.10, 0.13, 0.22), (0.09, 0.115, 0.20)),
)


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a museum scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    first, second = _WALLS[int(rng.integers(len(_WALLS)))]
    cast = indoors(scene, stage, "chair", tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=5.4, tall=3.0, least=1.7, empty=(0.0, 1.5))
    room = Room(
        scene,
        cast,
        camera,
        left=-4.2,
        right=4.2,
        back=-2.6,
        height=4.4,
        floor=Finish(Cover("parquet", (0.42, 0.25, 0.12), (0.33, 0.18, 0.08), 0.42, 0.4)),
        walls=Finish(
            Cover("damask", first, second, 0.5), Cover("panels", (0.16, 0.08, 0.04), size=0.9, gloss=0.15), 0.75
        ),
        ceiling=(0.70, 0.66, 0.58),
        skirting=(0.62, 0.56, 0.44),
    )
    _hang(room)
    room.put(bust((0.72, 0.70, 0.66)), -1.35, -1.35, 0.3)
    room.put(amphora((0.48, 0.17, 0.05)), 1.35, -1.3)
    for x in (-3.6, 3.6):
        room.put(column(4.4, 0.2, (0.62, 0.57, 0.48)), x, -2.1)
    for x in (-2.3, -0.8, 0.8, 2.3):
        room.put(_post(), x, -1.75 if abs(x) < 2 else -1.8)
    if not cast.placed:
        bench = [cushion((0, 0.44, 0), (1.5, 0.12, 0.5), (0.07, 0.045, 0.035), 0.25, 0.3)]
        bench.append(
            slabs([((x, 0.19, z), (0.05, 0.38, 0.05)) for x in (-0.65, 0.65) for z in (-0.18, 0.18)], BRASS, 0.5)
        )
        room.put(facing(bench, {}), 0.0, 0.45)
    level = max(room.tone.power, 0.72) / room.tone.power
    for x in (-2.0, 0.0, 2.0):
        room.shine((x, 3.7, -1.1), (1.0, 0.82, 0.58), 0.75 * level, 1.7, x == 0.0)
    room.shine((0.3, 3.9, 1.4), (1.0, 0.84, 0.64), 0.7 * level, 2.4)
    return room.world()


def _post() -> Figure:
    """A brass post that keeps visitors off."""
    parts = [lathe([(0.0, 0.0), (0.15, 0.0), (0.14, 0.02), (0.02, 0.05), (0.02, 0.9), (0.0, 0.9)], BRASS, 0.6, 20)]
    parts.append(ball((0.0, 0.93, 0.0), 0.04, BRASS, 0.6))
    return facing([*parts, tube([(0.0, 0.86, 0.0), (0.0, 0.8, 0.0)], [0.03, 0.03], (0.4, 0.03, 0.04))], {})


def _hang(room: Room) -> None:
    """Paintings on all walls."""
    number = room.scene.seed % 41
    for x, wide, high, y in (
        (0.0, 1.75, 1.2, 1.3),
        (-2.05, 0.9, 1.15, 1.35),
        (2.05, 0.95, 1.2, 1.3),
        (-3.4, 0.8, 0.6, 1.7),
        (3.4, 0.75, 0.95, 1.5),
        (-2.05, 1.0, 0.6, 2.95),
        (2.05, 0.9, 0.6, 2.95),
    ):
        room.on_wall(picture_frame(wide, high, number), x, y)
        number += 1
    for z in (-1.0, 0.8):
        room.on_wall(picture_frame(1.2, 0.9, number), z, 1.5, "left")
        room.on_wall(picture_frame(1.0, 1.2, number + 1), z, 1.4, "right")
        number += 2
