"""Above the clouds: a sea of cloud tops with peaks standing out of it."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import begin
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.terrain import Height, rolling, worn
from imagined.engines.illustrator.world import Camera, World


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a scene in the sky. The clouds below are ground; nothing stands on them."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        warp = rolling(x / 500, z / 500, seed + 3, 3) * 0.5
        wide = rolling(x / 620 + shift[0] + warp, z / 620 + shift[1], seed, 2)
        billow = 1 - np.abs(rolling(x / 210 + warp + shift[1], z / 210, seed + 5, 5, 0.5))
        towers = smoothstep(0.2, 1.1, rolling(x / 1500, z / 1500 + shift[0], seed + 9, 2)) * smoothstep(500.0, 2500.0, np.hypot(x, z))
        return (wide * 34 + billow * 62 * (1 + 2.4 * towers) + towers * 190 - 150 + worn(x / 400, z / 400, seed) * 20).astype(np.float32)

    def view(ground: Height) -> Camera:
        del ground
        return Camera(eye=(0.0, 10.0, 0.0), target=(0.0, 5.0, -60.0), fov=42.0)

    cloud = Cover(low=(0.86, 0.87, 0.89), second=(0.88, 0.88, 0.89), steep=-1.0, bump=0.0)
    country = begin(scene, rng, height, cloud, view)
    country.lift = 0.0
    hour = country.hour
    ambient = replace(hour.ambient, above=_brighter(hour.ambient.above), below=_brighter(hour.ambient.below), occlusion=0.4)
    country.hour = replace(hour, ambient=ambient, fog=replace(hour.fog, density=hour.fog.density * 2.2, height=900.0))
    if country.cast.placed:
        # The cast may be of people or houses: up here everything floats round the origin.
        camera = country.camera
        drop = camera.eye[1] - country.cast.low - 0.5 * country.cast.height
        x, y, z = camera.eye
        country.camera = replace(camera, eye=(x, y - drop, z), target=(camera.target[0], camera.target[1] - drop, 0.0))
        country.cast = replace(country.cast, aloft=True)
    country.travel = max(country.travel, 40.0)
    return country.world(near=6.0)


def _brighter(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    return (colour[0] * 1.25, colour[1] * 1.25, colour[2] * 1.25)
