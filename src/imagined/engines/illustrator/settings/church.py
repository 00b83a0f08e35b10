"""A church: a nave between columns and round arches, stained glass over the altar, pews, candles, stone."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures import Figure
from imagined.engines.illustrator.figures.carpentry import BRASS, DARK_WOOD, facing, slabs
from imagined.engines.illustrator.figures.furnishings import column, rug
from imagined.engines.illustrator.figures.lights import candle, chandelier
from imagined.engines.illustrator.figures.solids import flat
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.noise import hashed
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.world import Body, Hits, Shaded, World

_STONE = (0.52, 0.47, 0.39)
_PANES = np.array(
    [
        (0.75, 0.10, 0.06),
        (0.06, 0.16, 0.72),
        (0.85, 0.52, 0.08),
        (0.10, 0.46, 0.20),
        (0.42, 0.12, 0.52),
        (0.16, 0.42, 0.70),
    ],
    np.float32,
)


class Glass:
    """Stained glass that daylight stands behind; patterns about the pane's middle."""

    def __init__(self, level: float, seed: int) -> None:
        self._level, self._seed = np.float32(level), seed

    def shade(self, hits: Hits) -> Shaded:
        """Rings of coloured pieces between leads."""
        x, y = hits.uv[:, 0], hits.uv[:, 1]
        away, angle = np.hypot(x, y * np.float32(0.62)), np.arctan2(y, x)
        ring = np.floor(away / np.float32(0.2)).astype(np.int32)
        count = np.maximum(6 * ring, 6).astype(np.float32)
        turn = (angle / np.float32(2 * np.pi) + np.float32(0.5)) * count + np.float32(0.5) * (ring % 2)
        piece = np.floor(turn).astype(np.int32) % np.maximum(6 * ring, 6)
        which = (hashed(ring, piece % 3, self._seed) * np.float32(5.99)).astype(np.int32)
        lead = np.minimum(
            np.abs(turn - np.round(turn)) / count * np.maximum(away, 0.05) * np.float32(6.28),
            np.abs(away / np.float32(0.2) - np.round(away / np.float32(0.2))) * np.float32(0.2),
        )
        clear = np.clip((lead - np.float32(0.009)) / np.maximum(hits.footprint, 0.004) + np.float32(0.5), 0.03, 1)
        tone = np.float32(0.75) + np.float32(0.5) * hashed(ring, piece, self._seed)
        light = _PANES[which] * (clear * tone * self._level)[:, None]
        return Shaded(np.full_like(light, 0.02), light.astype(np.float32), np.zeros(len(x), np.float32), hits.normal)


def _pane(x: float, z: float, wide: float, low: float, high: float, yaw: float = 0.0) -> Mesh:
    """A pane with a round top, facing +z before it is turned."""
    r = wide / 2
    turn = np.linspace(0, np.pi, 17)
    rim = np.concatenate(
        [np.array([(-r, low), (r, low)]), np.stack([r * np.cos(turn), high - r + r * np.sin(turn)], 1)]
    )
    middle = np.array((0.0, (low + high) / 2))
    following = np.roll(rim, -1, 0)
    corners = np.stack([np.broadcast_to(middle, rim.shape), rim, following], 1)
    points = np.concatenate([corners, np.zeros((*corners.shape[:2], 1))], -1).astype(np.float32)
    mesh = flat(points, (0.1, 0.1, 0.1))
    uv = mesh.vertices[:, :2] - np.asarray(middle, np.float32)
    return replace(mesh, uv=uv.astype(np.float32)).moved((x, 0.0, z), yaw=yaw)


def _arch(wide: float, deep: float, spring: float, top: float) -> Mesh:
    """The wall over a round arch between two columns, `wide` along z, its faces towards +x and -x."""
    r = wide / 2
    turn = np.linspace(0, np.pi, 25)
    z, y = -r * np.cos(turn), spring + r * np.sin(turn)
    triangles: list[tuple[tuple[float, float, float], ...]] = []
    for i in range(24):
        for x in (-deep / 2, deep / 2):
            a, b = (x, y[i], z[i]), (x, y[i + 1], z[i + 1])
            c, d = (x, top, z[i + 1]), (x, top, z[i])
            triangles += [(a, b, c), (a, c, d)] if x > 0 else [(a, c, b), (a, d, c)]
        a, b = (-deep / 2, y[i], z[i]), (-deep / 2, y[i + 1], z[i + 1])
        c, d = (deep / 2, y[i + 1], z[i + 1]), (deep / 2, y[i], z[i])
        triangles += [(a, b, c), (a, c, d)]
    return flat(np.array(triangles, np.float32), _STONE)


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a church scene."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = indoors(scene, stage, "chair", tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=5.0, tall=4.4, least=1.9, empty=(0.0, 2.5), fill=0.46)
    camera = replace(camera, target=(camera.target[0], camera.target[1] + (0.25 if cast.placed else 0.0), 0.0))
    back = -6.5
    room = Room(
        scene,
        cast,
        camera,
        left=-4.6,
        right=4.6,
        back=back,
        height=7.5,
        floor=Finish(Cover("checker", (0.46, 0.42, 0.36), (0.24, 0.21, 0.19), 0.55, 0.35)),
        walls=Finish(Cover("stone", (0.50, 0.45, 0.37), (0.42, 0.37, 0.30), 0.45)),
        ceiling=(0.40, 0.35, 0.28),
        skirting=None,
        windows=(Window("right", -1.4, 1.1, 2.4, 5.4, (2, 6), (0.12, 0.11, 0.10)),),
    )
    for z in np.arange(back + 0.8, camera.eye[2] + 3.0, 2.3):
        for x in (-2.75, 2.75):
            room.put(column(3.7, 0.24, _STONE), x, float(z), always=True)
            room.solids.append(_arch(2.3, 0.5, 3.7, 7.5).moved((x, 0.0, float(z) + 1.15)))
    room.put(rug((0.36, 0.03, 0.04), 1.3, 14.0), 0.0, 0.0, always=True)
    _sanctuary(room, back)
    for z in np.arange(-3.6, camera.eye[2] - 0.9, 1.15):
        for x in (-1.75, 1.75):
            room.put(_pew(), x, float(z))
    room.put_light(chandelier(True, 4.0), 0.0, -1.6, 3.9, strength=0.0)
    _light(room, back)
    world = room.world()
    level = {"day": 1.25, "dawn": 1.1, "sunset": 1.2, "dusk": 0.3, "night": 0.055}[scene.time]
    panes = [(0.0, back + 0.03, 1.9, 2.1, 6.2), (-2.0, back + 0.03, 1.0, 2.4, 5.0), (2.0, back + 0.03, 1.0, 2.4, 5.0)]
    glass = [Body(_pane(*pane), Glass(level, number), casts_shadow=False) for number, pane in enumerate(panes)]
    sides = [
        Body(_pane(-4.55, float(z), 1.0, 2.4, 5.2, np.pi / 2), Glass(level * 0.8, 5), casts_shadow=False)
        for z in (-4.2, -1.9, 0.4)
    ]
    del rng
    return replace(world, bodies=(*glass, *sides, *world.bodies))


def _sanctuary(room: Room, back: float) -> None:
    """Steps, the altar with cloth, cross and candles."""
    room.solids.append(
        slabs([((0, 0.09, back + 1.3), (5.0, 0.18, 2.6)), ((0, 0.27, back + 1.05), (3.8, 0.18, 2.1))], _STONE)
    )
    room.solids.append(slabs([((0, 0.8, back + 1.0), (2.0, 0.9, 0.8))], (0.62, 0.58, 0.50)))
    room.solids.append(
        slabs(
            [((0, 1.27, back + 1.0), (2.14, 0.05, 0.9)), ((0, 0.95, back + 1.43), (0.8, 0.62, 0.02))],
            (0.80, 0.77, 0.70),
        )
    )
    room.solids.append(
        slabs([((0, 1.75, back + 0.8), (0.07, 0.95, 0.05)), ((0, 1.92, back + 0.8), (0.5, 0.07, 0.05))], BRASS, 0.5)
    )
    for x in (-0.75, -0.5, 0.5, 0.75):
        light = candle((0.84, 0.8, 0.7), True).mesh.moved((x, 1.29, back + 1.0), scale=1.7)
        room.lights.append(light)


def _pew() -> Figure:
    """A wooden bench with its back towards the viewer."""
    parts = [
        slabs(
            [
                ((0, 0.44, 0), (1.7, 0.05, 0.42)),
                ((0, 0.72, 0.22), (1.7, 0.5, 0.04)),
                ((0, 0.98, 0.22), (1.74, 0.05, 0.09)),
            ],
            DARK_WOOD,
            0.25,
        )
    ]
    parts.append(slabs([((x, 0.5, 0.02), (0.06, 1.0, 0.5)) for x in (-0.85, 0.85)], (0.17, 0.08, 0.035), 0.25))
    return facing(parts, {"seat": (0.0, 0.465, 0.0)})


def _light(room: Room, back: float) -> None:
    warm = (1.0, 0.64, 0.30)
    level = max(room.tone.power, 0.4) / room.tone.power
    room.shine((0.0, 2.6, back + 2.4), warm, 0.8 * level, 2.2)
    room.shine((0.0, 4.4, -1.2), warm, 0.7 * level, 2.8)
    room.shine((0.6, 4.2, 2.6), warm, 0.5 * level, 2.6)
