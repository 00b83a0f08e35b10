"""A painter's workshop: easels, canvases against the walls, pots of paint and brushes, a large north window."""

import numpy as np

from imagined.engines.illustrator.figures import Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import PALE_WOOD, facing
from imagined.engines.illustrator.figures.furnishings import rug
from imagined.engines.illustrator.figures.lights import pendant
from imagined.engines.illustrator.figures.paintings import easel, painted, picture_frame
from imagined.engines.illustrator.figures.solids import ball
from imagined.engines.illustrator.figures.tableware import bottle, jar, paint_jar, shelf_of
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import Vector, World

_PAINTS: tuple[Vector, ...] = (
    (0.60, 0.04, 0.03), (0.85, 0.55, 0.04), (0.05, 0.16, 0.48),
    (0.08, 0.32, 0.10), (0.80, 0.78, 0.72), (0.45, 0.08, 0.3),
)  # fmt: skip


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a workshop scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = indoors(scene, stage, "stool", tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=4.4, tall=2.6, least=1.5, empty=(0.0, 1.2))
    side = 1.0 if rng.random() < 0.5 else -1.0
    room = Room(
        scene,
        cast,
        camera,
        left=-3.3,
        right=3.3,
        back=-2.4,
        height=3.3,
        floor=Finish(Cover("boards", (0.38, 0.25, 0.14), (0.27, 0.16, 0.085), 0.17, 0.08)),
        walls=Finish(Cover("plaster", (0.60, 0.55, 0.46), (0.48, 0.43, 0.35))),
        back_wall=Finish(Cover("brick", (0.44, 0.30, 0.23), (0.50, 0.46, 0.41))),
        skirting=None,
        windows=(Window("back", -side * 0.85, 2.5, 0.85, 2.95, (4, 4), (0.10, 0.11, 0.11)),),
        sun_from=-side * 0.3,
    )
    x = 0.0 if not cast.placed else side * 1.15
    room.put(easel(scene.seed % 13), x, -0.3 if not cast.placed else -0.75, -side * 0.35)
    room.put(easel(scene.seed % 13 + 1), -side * 2.35, -0.9, side * 0.5)
    if not cast.placed:
        room.put("stool", side * 0.8, 0.45)
    room.put("dining_table", side * 2.35, -0.1, -side * np.pi / 2)
    for index in range(9):
        spot = (side * (2.12 + 0.2 * (index % 3)), -0.62 + 0.36 * (index // 3) + 0.05 * (index % 2))
        room.put(Figure(paint_jar(_PAINTS[index % 6], index)), *spot, y=0.755)
    _leaning(room, side)
    things: list[Mesh] = [jar(_PAINTS[i % 6], 0.16) if i % 2 else bottle((0.2, 0.14, 0.06), 0.26) for i in range(9)]
    room.on_wall(Figure(shelf_of(things, 1.6, PALE_WOOD).moved((0, 0, 0), yaw=np.pi / 2)), side * 1.65, 1.75)
    room.on_wall(picture_frame(0.5, 0.36, 31), side * 1.3, 2.3)
    room.on_wall(picture_frame(0.36, 0.46, 12, (0.1, 0.08, 0.06)), side * 2.2, 2.3)
    room.put(rug((0.30, 0.20, 0.10), 2.2, 1.6), 0.0, 0.1, always=True)
    spots = [
        ball((float(a), 0.003, float(b)), (float(c), 0.003, float(c) * 0.8), _PAINTS[i % 6], 0.3, segments=12)
        for i, (a, b, c) in enumerate(
            np.column_stack(
                [stage.uniform(-1.8, 1.8, 26), stage.uniform(-1.2, 1.8, 26), stage.uniform(0.015, 0.05, 26)]
            )
        )
    ]
    room.solids += [spot.moved((0.0, 0.012, 0.0)) for spot in spots]
    for px in (-1.2, 1.2):
        room.put_light(pendant((0.05, 0.055, 0.05), room.lit, 0.9), px, -0.2, 2.4, strength=0.85, reach=1.6)
    return room.world()


def _leaning(room: Room, side: float) -> None:
    """Canvases on the floor, leaning on the back wall."""
    for index, (x, wide, high) in enumerate(
        ((side * 0.75, 0.62, 0.8), (side * 1.15, 0.8, 0.6), (-side * 2.6, 0.9, 1.15), (-side * 2.1, 0.6, 0.5))
    ):
        canvas = facing([part.moved((0.0, high / 2 + 0.01, 0.0)) for part in painted(wide, high, 40 + index)], {})
        mesh = canvas.mesh
        lean = np.float32(0.16)
        vertices = mesh.vertices.copy()
        vertices[:, 0] -= vertices[:, 1] * lean
        room.put(
            Figure(type(mesh)(vertices, mesh.faces, mesh.normals, mesh.colours)),
            x,
            room.back + 0.22 + 0.07 * index,
            0.05 * index,
        )
    room.put(figure(Order("plant_pot")), -side * 3.0, 0.5)
