"""Mountains: worn ranges behind a valley with firs, perhaps a lake."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.greenery import beside, spaced, trees
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.world import Camera, Water, World


def _heights(rng: np.random.Generator, lake: bool) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 400, 2).astype(np.float32)
    bend = float(rng.uniform(-0.25, 0.25))

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z + 120)
        peaks = worn(x / 2300 + shift[0], z / 2300 + shift[1], seed)
        valley = np.abs(x - bend * z) / (420 + 0.34 * np.abs(z))
        walls = smoothstep(0.3, 1.7, valley) * 0.7 + smoothstep(1900.0, 4600.0, away) * 1.0
        ranges = peaks * (walls * smoothstep(350.0, 2600.0, away)) * 2700
        hills = rolling(x / 420 + shift[1], z / 420, seed + 90, 6, 0.48) * (10 + 26 * smoothstep(60.0, 500.0, away))
        knoll = 34 * np.exp(-(((x) / 160) ** 2) - ((z - 10) / 130) ** 2)
        floor = -40 * smoothstep(60.0, 700.0, away) * (1 - smoothstep(0.5, 1.6, valley)) if lake else 0.0
        result: Floats = (ranges + hills + knoll + floor).astype(np.float32)
        return result

    return height


def _view(height: Height) -> Camera:
    eye = (0.0, at(height, 0.0, 0.0) + 9.0, 0.0)
    return Camera(eye=eye, target=(0.0, eye[1] + 60.0, -620.0), fov=42.0)


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a mountain scene."""
    lake = "lake" in scene.traits or "sea" in scene.traits or "river" in scene.traits
    height = _heights(rng, lake)
    water = Water(level=-20.0, choppiness=0.012, wavelength=3.0) if lake else None
    cover = grassy(scene, snow=250.0 if scene.season == "winter" else 700.0 if scene.season != "summer" else 850.0)
    cover = replace(cover, steep=0.79, forest=420.0 if cover.snow_depth == 0 else -1e9, strata=0.15)
    country = begin(scene, rng, height, cover, _view, water, rise=1.0)
    _firs(country)
    country.stones(46, 6.0, 160.0, 0.5, 2.6)
    country.sward(
        20000, None if country.cast.placed else 0.24, flowers=0 if country.winter or scene.season == "autumn" else 1400
    )
    country.travel = max(country.travel, 60.0) if not country.cast.placed else country.travel
    return country.world(near=None if country.cast.placed else 1.6)


def _firs(country: Country) -> None:
    near = 26.0 if not country.cast.placed else max(2.4 * country.eye[1], 30.0)
    line = country.cover.snow - 120

    def grows(spots: Floats) -> Floats:
        y = country.height(spots[:, 0], spots[:, 1])
        step = np.float32(6.0)
        slope = np.abs(country.height(spots[:, 0] + step, spots[:, 1]) - y) / step
        stand = rolling(spots[:, 0] / 130, spots[:, 1] / 130, 77, 3)
        keep = (y < line) & (slope < 0.85) & (stand > -0.15)
        if country.water is not None:
            keep &= y > country.water.level + 0.6
        return spots[keep]

    spots = spaced(grows(country.spots(near, 300.0, 500)), 5.0)
    if not country.cast.placed:
        spots = beside(spots, country.eye, 150.0, 0.20)
    away = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    country.plant(trees("conifer", country.foliage, 1.0), spots[away < 75], 8.0, 18.0)
    country.plant(trees("conifer", country.foliage, 0.2), spots[away >= 75], 8.0, 18.0)
    far = grows(country.spots(240.0, 3400.0, 9000, half=0.75))
    country.plant(trees("far", country.foliage, 0.1), far, 9.0, 20.0)
