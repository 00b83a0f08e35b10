"""Space: stars, glowing gas and planets round whatever flies there."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.things import planet
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.framing import framing, shape_of
from imagined.engines.illustrator.settings.staging import cast_of
from imagined.engines.illustrator.world import Ambient, Body, Camera, Fog, Grade, Light, Sky, Vector, World

_GASES: tuple[tuple[Vector, Vector], ...] = (
    ((0.26, 0.05, 0.20), (0.03, 0.13, 0.30)),
    ((0.03, 0.16, 0.20), (0.16, 0.05, 0.26)),
    ((0.30, 0.10, 0.04), (0.10, 0.04, 0.20)),
    ((0.04, 0.10, 0.30), (0.05, 0.20, 0.16)),
)
_WORLDS: tuple[Vector, ...] = (
    (0.42, 0.27, 0.15),
    (0.06, 0.17, 0.36),
    (0.34, 0.11, 0.06),
    (0.12, 0.26, 0.25),
    (0.26, 0.15, 0.36),
)


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a space scene. Metres are as the subjects need them; nothing tells distance here."""
    side = float(rng.choice([-1.0, 1.0]))
    cast = cast_of(scene, np.random.default_rng([scene.seed & 0x7FFFFFFF, 21]))
    named = any(subject.noun in ("planet", "moon") for subject in scene.subjects)
    if cast.placed:
        camera = framing(cast, scene, 0.0, rng, fill=0.52, fov=34.0)
        x, y, z = camera.eye
        camera = replace(camera, eye=(x, y - 0.16 * cast.height, z))
    else:
        camera = Camera(eye=(0.0, 4.0, 40.0), target=(0.0, 4.0, 0.0), fov=36.0)
    bodies = list(cast.bodies(lambda _x, _z: 0.0))
    if not named:
        bodies += _planets(rng, camera, side, scene)
    gas = _GASES[int(rng.integers(len(_GASES)))]
    return World(
        bodies=tuple(bodies) or (Body(planet((0.5, 0.4, 0.3), True, 2).mesh),),
        camera=camera,
        sky=Sky(
            zenith=(0.002, 0.003, 0.008),
            horizon=(0.003, 0.003, 0.010),
            stars=1.5,
            milky_way=0.8,
            nebula=(_faint(gas[0]), _faint(gas[1])),
            below=None,
        ),
        light=Light(direction=(side * 0.9, 0.36, 0.42), colour=(1.15, 1.08, 0.98), softness=0.01),
        ambient=Ambient(above=(0.07, 0.075, 0.11), below=(0.06, 0.045, 0.075), occlusion=0.7),
        fog=Fog(colour=(0.0, 0.0, 0.0), density=1e-9),
        grade=Grade(exposure=1.0, saturation=1.12, bloom=0.12, vignette=0.22),
        travel=max(cast.size * 0.8, 6.0),
        seed=scene.seed & 0x7FFFFFFF,
    )


def _faint(colour: Vector) -> Vector:
    return (colour[0] * 0.2, colour[1] * 0.2, colour[2] * 0.2)


def _planets(rng: np.random.Generator, camera: Camera, side: float, scene: Scene) -> list[Body]:
    """A large planet low on one side, a ringed one or a moon high on the other."""
    eye, target = np.asarray(camera.eye), np.asarray(camera.target)
    ahead = target - eye
    ahead /= np.linalg.norm(ahead)
    across = np.cross(ahead, [0.0, 1.0, 0.0])
    across /= np.linalg.norm(across)
    over = np.cross(across, ahead)
    tangent = float(np.tan(np.radians(camera.fov) / 2))
    shape = shape_of(scene)
    first, second = (int(index) for index in rng.permutation(len(_WORLDS))[:2])
    far = float(np.linalg.norm(target - eye)) * 9 + 200.0
    places = [(-side * 0.60 * shape, -0.62, 0.62, False, first), (side * 0.52 * shape, 0.50, 0.17, True, second)]
    bodies = []
    for x, y, size, ringed, index in places:
        at = eye + (ahead + across * x * tangent + over * y * tangent) * far
        scale = size * far * tangent / 5.0
        made = planet(_WORLDS[index], ringed, index + 3).mesh.moved(
            (float(at[0]), float(at[1]) - 5.0 * scale, float(at[2])), scale=scale
        )
        bodies.append(Body(made, casts_shadow=False))
    return bodies
