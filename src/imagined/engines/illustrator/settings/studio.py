"""Studio: a table top or a sweep of paper under soft light, for still lifes and portraits."""

from dataclasses import replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.noise import noise_tile, sample_tile
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.framing import framing
from imagined.engines.illustrator.settings.staging import cast_of
from imagined.engines.illustrator.world import (
    Ambient,
    Body,
    Camera,
    Fog,
    Grade,
    Hits,
    Light,
    Shaded,
    Sky,
    Vector,
    World,
)

_PAPERS: Final[tuple[Vector, ...]] = (
    (0.62, 0.55, 0.46),
    (0.36, 0.48, 0.54),
    (0.66, 0.48, 0.40),
    (0.42, 0.50, 0.40),
    (0.60, 0.57, 0.52),
)
_SUBJECTS: Final = ("vase", "apple", "cup")


class _Wood:
    """Boards of wood seen from above."""

    def __init__(self, scale: float) -> None:
        self._grain = noise_tile(512, 41, 1.2, 3)
        self._scale = np.float32(1.0 / scale)

    def shade(self, hits: Hits) -> Shaded:
        """Grain along x, a dark joint between boards."""
        x, z = hits.position[:, 0] * self._scale, hits.position[:, 2] * self._scale
        board = np.floor(z / np.float32(0.45))
        bend = sample_tile(self._grain, x * np.float32(0.22) + board * np.float32(0.37), z * np.float32(0.35))
        lines = sample_tile(
            self._grain, x * np.float32(0.12) + board * np.float32(0.61), z * np.float32(3.4) + bend * np.float32(0.05)
        )
        tone = 1 + 0.16 * lines + 0.06 * bend + 0.10 * np.sin(board * 2.4)
        joint = np.abs(z / np.float32(0.45) - board - 0.5) > 0.492
        tone = np.where(joint, tone * 0.55, tone).astype(np.float32)
        colour = np.array((0.36, 0.20, 0.10), np.float32) * tone[:, None]
        return Shaded(np.clip(colour, 0, 1), hits.emission, np.full(len(tone), 0.12, np.float32), hits.normal)


def _sweep(size: float, colour: Vector, curved: bool) -> Mesh:
    """A floor that bends up into a wall behind, `size` metres deep in front of the bend."""
    turn = np.linspace(0, np.pi / 2, 14)
    bend = size * 1.2
    z = [size * 12, -size * 1.6, *(-size * 1.6 - bend * np.sin(turn)), -size * 1.6 - bend]
    y = [0.0, 0.0, *(bend * (1 - np.cos(turn))), size * 26]
    if not curved:
        z, y = [size * 12, -size * 4.0], [0.0, 0.0]
    x = np.array([-size * 26, size * 26])
    points = np.stack(
        [
            np.broadcast_to(x[None], (len(z), 2)),
            np.repeat(np.array(y)[:, None], 2, 1),
            np.repeat(np.array(z)[:, None], 2, 1),
        ],
        -1,
    )
    along = np.gradient(points[:, 0], axis=0)
    normal = np.stack([np.zeros(len(z)), -along[:, 2], along[:, 1]], 1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    i = np.arange(len(z) - 1)
    quads = np.stack([2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2], 1)
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]).astype(np.int32)
    vertices = points.reshape(-1, 3).astype(np.float32)
    return Mesh(
        vertices, faces, np.repeat(normal, 2, 0).astype(np.float32), np.full((len(vertices), 3), colour, np.float32)
    )


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a studio scene; with nothing named, a still life."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = cast_of(scene, stage)
    table = [index for index, placed in enumerate(cast.placed) if placed.order.noun == "table"]
    bodies: list[Body] = []
    if not cast.placed or (table and len(cast.placed) == len(table)):
        bodies += _still_life(stage)
        from_size, camera = 0.42, Camera(eye=(0.05, 0.36, 1.25), target=(0.0, 0.19, 0.0), fov=30.0)
        small = True
    else:
        bodies += cast.bodies(lambda _x, _z: 0.0)
        from_size = max(cast.size, 1.3 if table else 0.0)
        camera = framing(cast, scene, 0.0, stage, fill=0.52, fov=28.0)
        small = from_size < 0.8 and not table
    paper = _PAPERS[int(rng.integers(len(_PAPERS)))]
    back = _sweep(from_size, paper, True)
    if small:
        bodies.append(Body(_sweep(from_size, paper, False).moved((0, 0, 0)), _Wood(max(from_size, 0.25))))
        back = back.moved((0.0, -from_size * 0.6, -from_size * 3.2))
    bodies.append(Body(back))
    return _lit(scene, rng, tuple(bodies), camera, paper, from_size)


def _lit(
    scene: Scene, rng: np.random.Generator, bodies: tuple[Body, ...], camera: Camera, paper: Vector, size: float
) -> World:
    side = float(rng.choice([-1.0, 1.0]))
    warmth: dict[str, tuple[Vector, float]] = {
        "day": ((1.0, 0.95, 0.86), 1.0),
        "dawn": ((1.0, 0.80, 0.66), 0.9),
        "sunset": ((1.1, 0.66, 0.36), 0.9),
        "dusk": ((0.62, 0.62, 0.90), 0.55),
        "night": ((0.95, 0.66, 0.36), 0.42),
    }
    tint, level = warmth[scene.time]
    height = 0.75 if scene.time in ("day", "night") else 0.42
    light = Light(
        direction=(side * 0.7, height, 0.55),
        colour=(tint[0] * 1.05 * level, tint[1] * 1.05 * level, tint[2] * 1.05 * level),
        softness=0.22,
    )
    above = (0.36 * level * tint[0], 0.37 * level * tint[1], 0.40 * level * (tint[2] + 0.1))
    sky = Sky(zenith=above, horizon=(paper[0] * level, paper[1] * level, paper[2] * level))
    return World(
        bodies=bodies,
        camera=camera,
        sky=sky,
        light=light,
        ambient=Ambient(above=above, below=(above[0] * 0.6, above[1] * 0.55, above[2] * 0.5), occlusion=1.0),
        fog=Fog(colour=above, density=1e-9),
        grade=replace(Grade(), bloom=0.03, vignette=0.22, saturation=1.06),
        travel=size * 0.6,
        seed=scene.seed & 0x7FFFFFFF,
    )


def _still_life(rng: np.random.Generator) -> list[Body]:
    places = ((0.0, -0.02, "vase"), (0.17, 0.10, "apple"), (-0.18, 0.09, "cup"), (0.25, 0.03, "apple"))
    bodies = []
    for x, z, noun in places:
        made = figure(Order(noun, seed=int(rng.integers(100))))
        bodies.append(Body(made.mesh.moved((x, 0.0, z), yaw=float(rng.uniform(-0.5, 0.5)))))
    return bodies
