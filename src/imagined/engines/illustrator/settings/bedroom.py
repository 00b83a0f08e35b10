"""A bedroom: a made bed, bedside lamps, a window with the moon or the morning in it, a wardrobe and a rug."""

import msgspec
import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.figures.furnishings import rug
from imagined.engines.illustrator.figures.furniture import bed, drawers
from imagined.engines.illustrator.figures.lights import table_lamp
from imagined.engines.illustrator.figures.paintings import picture_frame
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import Vector, World

_MOODS: tuple[tuple[Vector, Vector, Vector], ...] = (
    ((0.42, 0.50, 0.56), (0.14, 0.24, 0.38), (0.66, 0.62, 0.54)),
    ((0.62, 0.52, 0.42), (0.46, 0.14, 0.10), (0.60, 0.50, 0.36)),
    ((0.46, 0.52, 0.42), (0.20, 0.30, 0.18), (0.70, 0.66, 0.56)),
)
"""Walls, bedspread and drapes."""


def _abed(scene: Scene) -> Scene:
    """The scene with whoever sleeps, and was given no place for it, on the bed."""
    sleepers = [index for index, one in enumerate(scene.subjects) if one.pose == "lying" and one.target is None]
    if not sleepers:
        return scene
    place = len(scene.subjects)
    subjects = [
        msgspec.structs.replace(one, relation="on", target=place) if index in sleepers else one
        for index, one in enumerate(scene.subjects)
    ]
    return msgspec.structs.replace(scene, subjects=(*subjects, Subject(noun="bed")))


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a bedroom scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    walls, spread, drapes = _MOODS[int(rng.integers(len(_MOODS)))]
    moonlit = "moonlit" in scene.traits
    tone = tone_of(scene)
    cast = indoors(_abed(scene), stage, "armchair", tone.power > 0.3)
    camera = view_of(scene, cast, wide=4.2, tall=2.5, least=1.6, empty=(0.0, 1.0))
    side = 1.0 if rng.random() < 0.5 else -1.0
    second = (walls[0] * 0.88, walls[1] * 0.88, walls[2] * 0.88)
    room = Room(
        scene,
        cast,
        camera,
        back=-2.3,
        margin=0.9 if any(placed.order.noun == "bed" for placed in cast.placed) else 2.3,
        walls=Finish(Cover("stripes", walls, second, 0.16)),
        floor=Finish(Cover("boards", (0.34, 0.20, 0.10), (0.25, 0.13, 0.06), 0.13, 0.2)),
        windows=(Window("back", side * 1.35, 1.45, 0.8, 2.3, (2, 3), drapes=drapes),),
        sun_from=side * 0.5,
    )
    x = -side * 0.75
    room.put(rug((0.55, 0.50, 0.42), 2.2, 1.7, round_=True), side * 1.35, 0.35, always=True)
    if "bed" not in room.named and room.put(bed(spread), x, room.back + 1.12):
        room.on_wall(picture_frame(0.6, 0.42, scene.seed % 89), x, 1.75)
    level = 0.4 if moonlit and scene.time == "night" else 0.85
    for beside in (-1, 1):
        spot = x + beside * 1.18
        if abs(spot) < 2.9 and room.put(drawers((0.26, 0.13, 0.06)), spot, room.back + 0.26):
            room.put_light(
                table_lamp((0.82, 0.68, 0.46), room.lit and level > 0.5),
                spot,
                room.back + 0.26,
                0.56,
                strength=level,
                reach=1.15,
            )
    room.put("wardrobe", -side * 2.85, 0.2, side * np.pi / 2)
    room.put("plant_pot", side * 2.75, room.back + 0.45)
    room.put(figure(Order("armchair", colour=drapes)), side * 2.35, -0.2, -side * 0.8)
    if not moonlit:
        room.shine((0.0, 2.5, 1.8), (1.0, 0.66, 0.38), 0.36, 2.4)
    return room.world()
