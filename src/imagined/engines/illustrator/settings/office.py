"""An office: desks with screens, office chairs, binders, a wide window over the town."""

import numpy as np

from imagined.engines.illustrator.figures import Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import cushion, facing
from imagined.engines.illustrator.figures.furnishings import clock, plant_pot
from imagined.engines.illustrator.figures.furniture import bookshelf
from imagined.engines.illustrator.figures.lights import banker_lamp, monitor
from imagined.engines.illustrator.figures.solids import lathe, tube
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import World


def swivel_chair() -> Figure:
    """An office chair on castors."""
    dark = (0.03, 0.033, 0.04)
    parts = [
        cushion((0, 0.48, 0.0), (0.5, 0.09, 0.48), dark, 0.35),
        cushion((0, 0.86, -0.24), (0.46, 0.56, 0.08), dark, 0.4),
    ]
    parts.append(lathe([(0.03, 0.1), (0.03, 0.45)], (0.4, 0.4, 0.42), 0.5, 14))
    for angle in np.arange(5) * 2 * np.pi / 5:
        tip = (0.28 * float(np.cos(angle)), 0.05, 0.28 * float(np.sin(angle)))
        parts.append(tube([(0, 0.12, 0), tip], [0.022, 0.018], (0.05, 0.05, 0.055), 0.3))
    for x in (-0.27, 0.27):
        parts.append(tube([(x, 0.5, -0.1), (x, 0.68, -0.1), (x, 0.69, 0.14)], [0.015, 0.018, 0.02], dark, 0.2))
    return facing(parts, {"seat": (0.0, 0.52, 0.0)})


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of an office scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = indoors(scene, stage, "chair", tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=4.6, tall=2.5, least=1.5, empty=(0.0, 1.15))
    side = 1.0 if rng.random() < 0.5 else -1.0
    room = Room(
        scene,
        cast,
        camera,
        left=-3.4,
        right=3.4,
        back=-2.5,
        floor=Finish(Cover("carpet", (0.17, 0.20, 0.24), (0.13, 0.15, 0.19))),
        walls=Finish(Cover("plaster", (0.66, 0.66, 0.63), (0.58, 0.58, 0.55))),
        windows=(Window("back", -side * 0.5, 3.6, 0.8, 2.45, (4, 1), (0.28, 0.29, 0.31)),),
        town=True,
        sun_from=-side * 0.4,
    )
    for x, z, turn in (
        (-side * 1.75, room.back + 1.15, 0.0),
        (side * 0.6, room.back + 1.0, 0.0),
        (side * 2.5, 0.2, -side * np.pi / 2),
    ):
        _desk(room, x, z, turn)
    if not cast.placed:
        _desk(room, -side * 0.35, 0.35, 0.5 * side)
    room.put(bookshelf((0.62, 0.60, 0.56), 7, 1.2, 1.9), side * 2.35, room.back + 0.2)
    room.put(plant_pot((0.62, 0.62, 0.6), 3, 1.35), -side * 2.95, room.back + 0.6)
    room.on_wall(clock((0.05, 0.05, 0.06)), side * 1.55, 2.15)
    for x in (-1.2, 1.2):
        room.shine((x, 2.6, -0.2), (1.0, 0.88, 0.72), 0.62, 2.0)
    room.shine((0.0, 2.5, 1.9), (1.0, 0.88, 0.72), 0.4, 2.2)
    return room.world()


def _desk(room: Room, x: float, z: float, turn: float) -> None:
    """A desk with screen, lamp and chair; with `turn` 0 its user looks to the back wall and sits before us."""
    if not room.put(figure(Order("desk", colour=(0.46, 0.29, 0.15))), x, z, turn + np.pi):
        return
    c, s = float(np.cos(turn)), float(np.sin(turn))

    def at(right: float, nearer: float) -> tuple[float, float]:
        return x + c * right + s * nearer, z - s * right + c * nearer

    sx, sz = at(0.05, -0.16)
    room.put(monitor(True), sx, sz, turn, y=0.758)
    lx, lz = at(0.52, -0.12)
    room.put(banker_lamp(room.lit), lx, lz, turn, y=0.758)
    cx, cz = at(-0.45, 0.0)
    room.put(figure(Order("cup")), cx, cz, turn, y=0.758)
    hx, hz = at(-0.05, 0.72)
    room.put(swivel_chair(), hx, hz, turn + np.pi + 0.4)
    room.shine((sx, 1.15, sz + 0.35), (0.4, 0.62, 0.95), 0.16, 0.7, False)
