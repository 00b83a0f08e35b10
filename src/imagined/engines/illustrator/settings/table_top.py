"""A table seen close: food and small things on wood or linen, the room behind them soft with its window and lamps."""

from dataclasses import dataclass, replace
from typing import Final

import msgspec
import numpy as np

from imagined.engines.illustrator.figures import CATALOGUE, Order, figure
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.noise import hashed
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.settings.daylight import hour_of
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.framing import framing
from imagined.engines.illustrator.settings.interior import Tone, tone_of
from imagined.engines.illustrator.settings.staging import cast_of
from imagined.engines.illustrator.world import (
    Ambient,
    Body,
    Camera,
    Fog,
    Grade,
    Hits,
    Lamp,
    Light,
    Shaded,
    Sky,
    Vector,
    World,
)

_TABLES: Final = frozenset({"table", "dining_table", "coffee_table", "cafe_table", "desk"})


@dataclass(frozen=True)
class _Behind:
    """A room out of focus: wall, a bright window, round lights."""

    wall: Vector
    window: Vector
    lamp: Vector
    scale: float
    """Metres from the eye to the wall."""
    side: float
    seed: int

    def shade(self, hits: Hits) -> Shaded:
        """Everything is given off, in soft shapes."""
        x, y = hits.position[:, 0] / np.float32(self.scale), hits.position[:, 1] / np.float32(self.scale)
        light = (
            np.asarray(self.wall, np.float32)
            * (np.float32(0.75) + np.float32(0.3) * np.clip(y + 0.2, -0.6, 0.8))[:, None]
        )
        light = _over(
            light,
            self.window,
            _soft(np.abs(x + np.float32(0.26 * self.side)) - 0.17, 0.05)
            * _soft(np.abs(y - np.float32(0.15)) - 0.2, 0.05),
        )
        bar = _soft(np.abs(x + np.float32(0.26 * self.side)) - 0.012, 0.02) + _soft(
            np.abs(y - np.float32(0.15)) - 0.010, 0.02
        )
        inside = _soft(np.abs(x + np.float32(0.26 * self.side)) - 0.17, 0.05) * _soft(
            np.abs(y - np.float32(0.15)) - 0.2, 0.05
        )
        light = _over(light, self.wall, np.clip(bar, 0, 1) * inside * np.float32(0.7))
        shelf = _soft(np.abs(y - np.float32(0.12)) - 0.012, 0.02) * _soft(
            np.abs(x - np.float32(0.42 * self.side)) - 0.26, 0.04
        )
        light = _over(light, (self.wall[0] * 0.4, self.wall[1] * 0.33, self.wall[2] * 0.28), shelf)
        for index in range(16):
            fate = [float(hashed(index, self.seed, k)[0]) for k in range(4)]
            at = ((fate[0] - 0.5) * 0.9, 0.0 + fate[1] * 0.3)
            away = np.hypot(x - np.float32(at[0]), y - np.float32(at[1]))
            disc = _soft(away - np.float32(0.018 + 0.026 * fate[2]), 0.008) * np.float32(0.10 + 0.4 * fate[3])
            light = _over(light, self.lamp, disc)
        zero = np.zeros_like(light)
        return Shaded(zero, light.astype(np.float32), np.zeros(len(x), np.float32), hits.normal)


def _soft(distance: Floats, reach: float) -> Floats:
    t = np.clip(np.float32(0.5) - distance / np.float32(2 * reach), 0, 1)
    result: Floats = t * t * (3 - 2 * t)
    return result


def _over(light: Floats, colour: Vector, share: Floats) -> Floats:
    result: Floats = light + (np.asarray(colour, np.float32) - light) * share[:, None]
    return result


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a table top; with nothing to stand on it, a still life."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cast = cast_of(_cleared(scene), stage, True)
    bodies: list[Body] = []
    if cast.placed:
        bodies += cast.bodies(lambda _x, _z: 0.0)
        size = max(cast.size, 0.12)
        camera = framing(cast, scene, 0.0, stage, fill=0.44, fov=30.0)
    else:
        for x, z, noun in (
            (0.0, -0.02, "vase"),
            (0.17, 0.10, "apple"),
            (-0.18, 0.09, "cup"),
            (0.25, 0.02, "apple"),
            (-0.32, -0.05, "candle"),
        ):
            made = figure(Order(noun, lit=True, seed=int(stage.integers(100))))
            bodies.append(Body(made.mesh.moved((x, 0.0, z), yaw=float(stage.uniform(-0.5, 0.5)))))
        size, camera = 0.46, Camera(eye=(0.05, 0.40, 1.3), target=(0.0, 0.19, 0.0), fov=32.0)
    # The eye looks a little down on the table, as somebody who sits at it.
    x, y, z = camera.eye
    camera = replace(camera, eye=(x, y + 0.16 * z, z))
    side = 1.0 if rng.random() < 0.5 else -1.0
    return _lit(scene, tuple(bodies), camera, size, side, int(rng.integers(1 << 12)))


def _cleared(scene: Scene) -> Scene:
    """The scene without its table, which is the ground here."""
    if all(subject.noun in _TABLES for subject in scene.subjects):
        return msgspec.structs.replace(scene, subjects=())
    kept: list[Subject] = []
    place: dict[int, int] = {}
    for index, subject in enumerate(scene.subjects):
        if subject.noun not in _TABLES and subject.noun in CATALOGUE:
            place[index] = len(kept)
            kept.append(subject)
    subjects = []
    for subject in kept:
        target = place.get(subject.target) if subject.target is not None else None
        subjects.append(
            msgspec.structs.replace(subject, target=target, relation=subject.relation if target is not None else None)
        )
    return msgspec.structs.replace(scene, subjects=tuple(subjects))


def _top(size: float) -> Mesh:
    """The table: wide, its far edge behind what stands on it, with a rounded rim."""
    wide, far, near = size * 14 + 1.0, -size * 1.9 - 0.25, size * 14 + 1.0
    points = np.array(
        [
            (-wide, 0, near),
            (wide, 0, near),
            (wide, 0, far),
            (-wide, 0, far),
            (wide, -0.06, far - 0.01),
            (-wide, -0.06, far - 0.01),
        ],
        np.float32,
    )
    faces = np.array([[0, 1, 2], [0, 2, 3], [3, 2, 4], [3, 4, 5]], np.int32)
    return Mesh(points, faces, np.tile(np.array((0, 1, 0), np.float32), (6, 1)), np.full((6, 3), 0.3, np.float32))


def _lamps(tone: Tone, size: float, side: float, sunny: bool) -> tuple[Lamp, ...]:
    """The glow of the window; without sun a lamp as well."""
    red, green, blue = tone.glow
    reach = size * 2.2 + 0.3
    window = Lamp((-side * size * 2.2, size * 1.5 + 0.2, -size), (red * 0.6, green * 0.6, blue * 0.6), reach)
    if sunny:
        return (window,)
    level = 0.55 + 0.45 * tone.power
    at = (side * size * 1.6, size * 2.2 + 0.25, size * 1.2 + 0.1)
    return (Lamp(at, (level, 0.68 * level, 0.38 * level), size * 2.0 + 0.3, True), window)


def _lit(scene: Scene, bodies: tuple[Body, ...], camera: Camera, size: float, side: float, seed: int) -> World:
    tone = tone_of(scene)
    hour = hour_of(scene, 1.0)
    away = camera.eye[2] + size * 5 + 2.0
    z = camera.eye[2] - away
    wall = (
        tone.above[0] * 0.9 + 0.10 * tone.power,
        tone.above[1] * 0.74 + 0.055 * tone.power,
        tone.above[2] * 0.58 + 0.02,
    )
    outside = (hour.sky.horizon[0] * 1.1 + 0.02, hour.sky.horizon[1] * 1.1 + 0.03, hour.sky.horizon[2] * 1.05 + 0.05)
    behind = _Behind(wall, outside, (1.3, 0.78, 0.34), away, side, seed)
    reach = away * 3
    screen = Mesh(
        np.array([(-reach, -reach, z), (reach, -reach, z), (reach, reach, z), (-reach, reach, z)], np.float32),
        np.array([[0, 1, 2], [0, 2, 3]], np.int32),
        np.tile(np.array((0, 0, 1), np.float32), (4, 1)),
        np.zeros((4, 3), np.float32),
    )
    covers = (
        Cover("boards", (0.34, 0.185, 0.09), (0.25, 0.125, 0.055), max(0.11, size * 0.22), 0.16),
        Cover("boards", (0.20, 0.10, 0.045), (0.14, 0.065, 0.03), max(0.13, size * 0.26), 0.2),
        Cover("boards", (0.52, 0.36, 0.20), (0.44, 0.29, 0.15), max(0.12, size * 0.24), 0.12),
    )
    sun = tone.sun if scene.time in ("day", "dawn", "sunset") else (0.0, 0.0, 0.0)
    key = Light((-side * 0.85, tone.slope * 0.7 + 0.2, -0.15), (sun[0] * 0.78, sun[1] * 0.78, sun[2] * 0.78), 0.1)
    return World(
        bodies=(*bodies, Body(_top(size), Finish(covers[seed % 3])), Body(screen, behind, casts_shadow=False)),
        camera=camera,
        sky=Sky(zenith=tone.above, horizon=(wall[0] * 1.5, wall[1] * 1.5, wall[2] * 1.5)),
        light=key,
        ambient=Ambient(above=tone.above, below=tone.below, occlusion=1.0),
        fog=Fog(colour=wall, density=1e-9),
        lamps=_lamps(tone, size, side, any(sun)),
        grade=Grade(exposure=tone.exposure, saturation=1.1, bloom=0.06, vignette=0.24),
        travel=size * 0.6,
        seed=scene.seed & 0x7FFFFFFF,
    )
