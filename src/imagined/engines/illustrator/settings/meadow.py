"""Meadow: rolling hills with grass, flowers and trees; also savanna, park and garden."""

import numpy as np

from imagined.engines.illustrator.figures.plants import leaf_cloud
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.greenery import trees
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.world import Camera, Water, World


def _heights(rng: np.random.Generator, flat: bool, hill: bool, ranges: bool) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    high = 0.25 if flat else 1.0

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z)
        hills = (
            rolling(x / 170 + shift[0], z / 170 + shift[1], seed, 4, 0.42)
            * (3.2 + 7 * smoothstep(40.0, 400.0, away))
            * high
        )
        far = rolling(x / 900 + shift[1], z / 900, seed + 40, 5, 0.45) * 85 * smoothstep(300.0, 2400.0, away) * high
        y = hills + far + 30 * smoothstep(500.0, 4000.0, away) * high
        if hill:
            y = y + 9 * np.exp(-((x / 46) ** 2) - (z / 46) ** 2)
        if ranges:
            y = y + worn(x / 2600 + shift[0], z / 2600, seed + 7) * 1500 * smoothstep(2200.0, 6500.0, away)
        return np.asarray(y, np.float32)

    return height


def _view(height: Height) -> Camera:
    eye = (0.0, at(height, 0.0, 0.0) + 2.6, 0.0)
    return Camera(eye=eye, target=(0.0, eye[1] - 1.0, -60.0), fov=40.0)


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a meadow scene."""
    savanna = "savanna" in scene.traits
    height = _heights(rng, savanna, "hill" in scene.traits, "mountains" in scene.traits)
    pond = "lake" in scene.traits or "river" in scene.traits
    water = Water(level=-3.4, choppiness=0.012, wavelength=2.0) if pond else None
    country = begin(scene, rng, height, grassy(scene, snow=700.0), _view, water, rise=0.8)
    _trees(country, savanna)
    many = "flowers" in scene.traits
    flowers = (
        0 if country.winter or savanna else 9000 if many else 2200 if scene.season in ("spring", "summer") else 300
    )
    country.sward(30000, None if country.cast.placed else 0.28, flowers)
    country.stones(14, 8.0, 120.0, 0.3, 1.2)
    if scene.season == "autumn":
        country.add(_fallen(country), casts_shadow=False)
    return country.world(near=None if country.cast.placed else 0.8)


def _trees(country: Country, savanna: bool) -> None:
    foliage = country.foliage
    if "japanese" in country.scene.traits and foliage != "winter":
        foliage = "cherry" if country.scene.season in ("spring", "summer") else "autumn"
    away = abs(country.eye[1])
    near = max(28.0, 1.7 * away) if country.cast.placed else 30.0
    groves = country.spots(near, 600.0, 90 if savanna else 240, half=0.72)
    stand = rolling(groves[:, 0] / 90, groves[:, 1] / 90, 31, 2)
    groves = groves[stand > (0.2 if savanna else 0.05)]
    if country.water is not None:
        groves = groves[country.height(groves[:, 0], groves[:, 1]) > country.water.level + 0.5]
    distance = np.hypot(groves[:, 0] - country.eye[0], groves[:, 1] - country.eye[1])
    close = groves[distance < 90][:9]
    country.plant(trees("broadleaf", foliage, 0.7), close, 7.0, 12.0)
    country.plant(trees("broadleaf", foliage, 0.028), groves[distance >= 90], 8.0, 14.0)
    far = country.spots(500.0, 3500.0, 2600, half=0.7)
    woods = far[rolling(far[:, 0] / 420, far[:, 1] / 420, 33, 3) > 0.12]
    country.plant(trees("broadleaf", foliage, 0.004), woods[:700], 9.0, 16.0)


def _fallen(country: Country) -> Mesh:
    """Leaves lying about."""
    spots = country.spots(max(abs(country.eye[1]) * 0.25, 0.6), max(abs(country.eye[1]) * 2.5, 14.0), 5000, room=0.2)
    y = country.height(spots[:, 0], spots[:, 1])
    size = float(np.clip(country.cast.height * 0.035, 0.012, 0.07)) if country.cast.placed else 0.05
    centres = np.stack([spots[:, 0], y + size * 0.5, spots[:, 1]], 1).astype(np.float32)
    return leaf_cloud(
        country.rng,
        centres,
        np.full(len(centres), size * 0.4, np.float32),
        len(centres),
        size,
        ((0.50, 0.12, 0.02), (0.74, 0.42, 0.05)),
    )
