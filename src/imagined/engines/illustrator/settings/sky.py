"""Above the clouds: a sea of cloud tops with peaks standing out of it."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import begin
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.terrain import Height, rolling, waves
from imagined.engines.illustrator.world import Camera, Vector, World


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a scene in the sky. The clouds below are ground; nothing stands on them."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        warp = rolling(x / 700, z / 700, seed + 3, 2) * 0.35
        wide = rolling(x / 900 + shift[0], z / 900 + shift[1], seed, 2)
        puffs = np.zeros_like(x)
        for octave, (size, tall) in enumerate(((340.0, 64.0), (150.0, 30.0), (66.0, 13.0), (29.0, 5.5))):
            value, _, _ = waves(x / size + warp + shift[1], z / size - warp, seed + 5 + octave)
            # Round tops with creases between them, as cauliflower has: the square root of a hump.
            puffs += tall * np.sqrt(np.abs(value) + 0.02)
        towers = smoothstep(0.3, 1.2, rolling(x / 1700, z / 1700 + shift[0], seed + 9, 2)) * smoothstep(
            700.0, 3000.0, np.hypot(x, z)
        )
        return (wide * 30 + puffs * (1 + 1.8 * towers) + towers * 260 - 135).astype(np.float32)

    def view(ground: Height) -> Camera:
        del ground
        return Camera(eye=(0.0, 10.0, 0.0), target=(0.0, 5.0, -60.0), fov=42.0)

    cloud = Cover(low=(0.62, 0.64, 0.68), second=(0.68, 0.69, 0.71), steep=-1.0, bump=0.0)
    country = begin(scene, rng, height, cloud, view, into_sun=True)
    country.lift = 0.0
    hour = country.hour
    ambient = replace(
        hour.ambient, above=_scaled(hour.ambient.above, 1.1), below=_scaled(hour.ambient.below, 1.3), occlusion=0.4
    )
    light = replace(hour.light, softness=0.25, colour=_scaled(hour.light.colour, 0.72))
    fog = replace(hour.fog, density=hour.fog.density * 2.6, height=900.0)
    country.hour = replace(hour, ambient=ambient, light=light, fog=fog)
    if country.cast.placed:
        # The cast may be of people or houses: up here everything floats round the origin.
        camera = country.camera
        drop = camera.eye[1] - country.cast.low - 0.5 * country.cast.height
        x, y, z = camera.eye
        country.camera = replace(camera, eye=(x, y - drop, z), target=(camera.target[0], camera.target[1] - drop, 0.0))
        country.cast = replace(country.cast, aloft=True)
    country.travel = max(country.travel, 40.0)
    return country.world(near=6.0)


def _scaled(colour: Vector, scale: float) -> Vector:
    return (colour[0] * scale, colour[1] * scale, colour[2] * scale)
