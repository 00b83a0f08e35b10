"""Forest: trunks all round, a path between them and light falling through; also jungle."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin
from imagined.engines.illustrator.settings.greenery import beside, clear_of, instanced, spaced, trees
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.world import Camera, Vector, Water, World


def _heights(rng: np.random.Generator) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        off = np.abs(x) - 3
        banks = 1.3 * smoothstep(0.0, 14.0, off) + 10 * smoothstep(20.0, 160.0, np.hypot(x, z + 20))
        return (rolling(x / 32 + shift[0], z / 32 + shift[1], seed, 5, 0.45) * 0.8 + banks).astype(np.float32)

    return height


def _view(height: Height) -> Camera:
    eye = (0.0, at(height, 0.0, 0.0) + 1.75, 0.0)
    return Camera(eye=eye, target=(0.0, eye[1] + 1.4, -18.0), fov=46.0)


def _cover(scene: Scene) -> Cover:
    floors: dict[str, tuple[Vector, Vector]] = {
        "spring": ((0.075, 0.120, 0.030), (0.130, 0.125, 0.050)),
        "summer": ((0.055, 0.085, 0.024), (0.110, 0.090, 0.045)),
        "autumn": ((0.300, 0.130, 0.032), (0.380, 0.220, 0.050)),
        "winter": ((0.130, 0.105, 0.070), (0.170, 0.140, 0.100)),
    }
    low, second = floors[scene.season]
    snowy = scene.season == "winter" or scene.weather == "snow"
    return Cover(
        low=low, second=second, snow_depth=0.97 if snowy else 0.0, path=None if scene.subjects else (0.0, 2.2), bump=0.5
    )


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a forest scene."""
    country = grown(scene, rng)
    return country.world(near=None if country.cast.placed else 0.7)


def grown(scene: Scene, rng: np.random.Generator) -> Country:
    """A forest to which more may be added."""
    water = Water(level=-1.2, choppiness=0.01, wavelength=1.5) if {"lake", "river"} & set(scene.traits) else None
    country = begin(scene, rng, _heights(rng), _cover(scene), _view, water, rise=0.5)
    # Light under leaves comes from all sides, and green; a camera opens up for it.
    hour = country.hour
    above, below = hour.ambient.above, hour.ambient.below
    ambient = replace(
        hour.ambient,
        above=(above[0] * 1.5, above[1] * 1.65, above[2] * 1.35),
        below=(below[0] * 1.5, below[1] * 1.6, below[2] * 1.2),
        occlusion=0.6,
    )
    fog = replace(hour.fog, density=max(hour.fog.density * 5, 0.004), height=60.0)
    country.hour = replace(
        hour, ambient=ambient, fog=fog, grade=replace(hour.grade, exposure=hour.grade.exposure * 1.25)
    )
    _stand(country)
    _undergrowth(country)
    return country


def _stand(country: Country) -> None:
    """Mixed trees, close enough to close the view within a hundred metres."""
    tropical = "tropical" in country.scene.traits
    away = float(np.hypot(*country.eye)) if country.cast.placed else 0.0
    near = max(10.0, away * 0.75)
    spots = spaced(country.spots(near, 150.0, 420, half=0.9, room=1.8), 5.0)
    if country.cast.placed:
        spots = clear_of(spots, (0.0, 0.0), max(4.0, 1.3 * country.cast.reach))
    else:
        spots = beside(spots, country.eye, 48.0, 0.20)
    fir = rolling(spots[:, 0] / 40, spots[:, 1] / 40, 19, 2) + country.rng.normal(size=len(spots)) * 0.4 > 0.1
    first, second = ("palm", "broadleaf") if tropical else ("conifer", "broadleaf")
    distance = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    border = max(30.0, away * 1.8)
    close = np.flatnonzero(distance < border)[:12]
    for kind, stand in ((first, fir), (second, ~fir)):
        country.plant(trees(kind, country.foliage, 1.2), spots[close][stand[close]], 8.0, 14.0)
        country.plant(
            trees(kind, country.foliage, 0.2 if kind != "broadleaf" else 0.05),
            spots[(distance >= border) & stand],
            10.0,
            18.0,
        )


def _undergrowth(country: Country) -> None:
    away = float(np.hypot(*country.eye)) if country.cast.placed else 6.0
    country.stones(22, max(away * 0.6, 6.0), 50.0, 0.3, 1.2)
    bushes = country.spots(max(away * 0.9, 6.0), 70.0, 46, half=0.8)
    if not country.cast.placed:
        bushes = beside(bushes, country.eye, 40.0, 0.12)
    sizes = country.rng.uniform(2.0, 4.2, len(bushes)).astype(np.float32)
    # Sunk to the crown, a small tree is a bush.
    country.add(
        instanced(trees("broadleaf", country.foliage, 0.16, seed=9), bushes, country.height, country.rng, sizes, 0.42)
    )
    colours = (2, 3) if country.scene.season == "spring" else (2,)
    flowers = 0 if country.winter else 900 if country.scene.season in ("spring", "summer") else 100
    tall = float(np.clip(country.cast.height * 0.13, 0.03, 0.3)) if country.cast.placed else 0.22
    country.sward(15000, tall, flowers, colours)
