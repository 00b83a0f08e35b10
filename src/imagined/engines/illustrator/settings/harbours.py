"""Harbours: a quay with tall houses, fishing boats in front of it, hills behind, everything doubled in the water."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import BOARDS, FLAGS, STONE
from imagined.engines.illustrator.settings.greenery import trees
from imagined.engines.illustrator.settings.houses import of_town, of_village, raise_house
from imagined.engines.illustrator.settings.outfit import IRON, WOOD, rowing_boat, street_lamp
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.world import Camera, Vector, Water, World

_QUAY, _FAR = 1.5, -42.0
_HULLS: tuple[Vector, ...] = (
    (0.06, 0.18, 0.40),
    (0.50, 0.06, 0.05),
    (0.06, 0.28, 0.20),
    (0.74, 0.72, 0.66),
    (0.10, 0.36, 0.46),
    (0.62, 0.34, 0.06),
)


def harbour(scene: Scene, rng: np.random.Generator) -> World:
    """A harbour seen over its water; what does not float stands on the near quay."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        land = 1 - smoothstep(_FAR - 9.0, _FAR - 2.0, z)
        hills = (34 + 34 * rolling(x / 260 + shift[0], z / 260, seed, 5, 0.45)) * (1 - smoothstep(-330.0, -60.0, z))
        out = smoothstep(150.0, 330.0, x * (1 if shift[1] > 150 else -1))
        return (-8 + (9.2 + hills) * land * (1 - out)).astype(np.float32)

    def view(ground: Height) -> Camera:
        del ground
        return Camera(eye=(0.0, 3.6, 12.0), target=(0.0, 4.8, _FAR), fov=36.0)

    water = Water(level=0.0, choppiness=0.05 if scene.weather == "storm" else 0.018, wavelength=2.4)
    cover = replace(grassy(scene), shore=1.0, sand=(0.20, 0.18, 0.15))
    country = begin(scene, rng, height, cover, view, water, deck=_QUAY, into_sun=True)
    _far_quay(country)
    _fleet(country)
    _hills(country)
    if country.cast.placed and not country.cast.afloat and not country.cast.aloft:
        _near_quay(country)
    if not country.cast.placed:
        country.travel = 14.0
    return country.world(near=None if country.cast.placed else 2.0)


def _far_quay(country: Country) -> None:
    rng = country.rng
    at_ = country.kit.frame(0, 0, _FAR)
    at_.box(0, -4, -10.0, 300.0, 4 + _QUAY, 20.0, (0.38, 0.36, 0.32), STONE)
    at_.box(0, _QUAY, -0.3, 300.0, 0.16, 0.7, (0.48, 0.46, 0.41))
    x = -78.0
    while x < 78.0:
        width = float(rng.uniform(5.2, 8.2))
        house = replace(of_town(rng, width), storeys=int(rng.integers(2, 5)))
        if rng.random() < 0.45:
            house = replace(house, roof="gable")
        raise_house(at_.placed(x + width / 2, _QUAY, -7.5), house, rng)
        x += width + (2.5 if rng.random() < 0.12 else 0.0)
    for x in np.arange(-72.0, 73.0, 12.0):
        street_lamp(at_.placed(float(x), _QUAY, -1.2), 4.2, 3.2)
    for x in np.arange(-70.0, 71.0, 5.0):
        at_.box(float(x), _QUAY, -0.6, 0.3, 0.5, 0.3, IRON)
        at_.box(float(x), -4.0, 0.1, 0.3, 4.0 + _QUAY * 0.8, 0.3, (0.10, 0.08, 0.06))
    for x in (-26.0, -9.0, 13.0, 31.0):
        _goods(country, x)
    mole = country.kit.frame(58.0, 0, -20.0)
    mole.box(0, -5, 0, 5.0, 7.0, 60.0, (0.36, 0.34, 0.30), STONE)
    beacon = figure(Order("lighthouse", lit=country.hour.dark, seed=2, detail=60))
    country.add(beacon.mesh.moved((58.0, 1.2, 8.0), scale=0.62))


def _goods(country: Country, x: float) -> None:
    """Crates, barrels and nets on the quay."""
    rng = country.rng
    for _ in range(6):
        size = float(rng.uniform(0.5, 1.0))
        spot = (x + float(rng.uniform(-1.8, 1.8)), _QUAY, _FAR - float(rng.uniform(1.6, 3.6)))
        country.kit.frame(*spot, float(rng.uniform(0, 3))).box(
            0, 0, 0, size, size * 0.8, size, (0.34, 0.23, 0.12), BOARDS
        )


def _fleet(country: Country) -> None:
    """Boats along the quay and at moorings, none in front of the cast."""
    rng = country.rng
    cast = country.cast
    for index in range(9):
        x = -46.0 + 11.0 * index + float(rng.uniform(-2.5, 2.5))
        colour = _HULLS[int(rng.integers(len(_HULLS)))]
        yaw = float(rng.choice([0.0, np.pi])) + float(rng.normal()) * 0.06
        rowing_boat(
            country.kit.frame(x, 0.25, _FAR + 3.0, yaw), colour, rng.random() < 0.7, float(rng.uniform(6.5, 9.5))
        )
    if cast.placed:
        open_ = max(0.7 * cast.width + 3.0, 4.0)
        far = -max(7.0, 1.6 * cast.reach)
        spots = [(-open_ - 4, far - 8, 7.5), (open_ + 4.5, far - 12, 8.0), (-open_ - 13, far - 3, 6.0)]
    else:
        spots = [(-6.5, -9.0, 7.6), (6.0, -15.0, 8.4), (-11.0, -22.0, 8.0), (13.5, -6.0, 5.2), (2.0, -27.0, 7.0)]
    for index, (x, z, long) in enumerate(spots):
        if z < _FAR + 7:
            continue
        yaw = float(rng.choice([0.5, 2.7, -0.45, 3.6]))
        rowing_boat(country.kit.frame(x, 0.25, z, yaw), _HULLS[(index + int(rng.integers(3))) % 6], long > 5.5, long)
    for x in (-17.0, 18.5):
        pier = country.kit.frame(x, 0, _FAR + 9.0)
        pier.box(0, 0.9, 0, 2.0, 0.12, 18.0, WOOD, BOARDS)
        for z in np.arange(-8.0, 9.0, 3.0):
            for side in (-0.9, 0.9):
                pier.box(side, -3, float(z), 0.24, 4.6, 0.24, (0.12, 0.09, 0.06))


def _near_quay(country: Country) -> None:
    deep = max(1.4, max(placed.half[2] for placed in country.cast.placed) + 1.0)
    at_ = country.kit.frame(0, 0, -deep)
    at_.box(0, -4, 30.0, 160.0, 4 + _QUAY, 60.0, (0.40, 0.385, 0.35), FLAGS)
    at_.box(0, _QUAY, 0.35, 160.0, 0.10, 0.7, (0.50, 0.48, 0.43))
    side = max(2.2, country.cast.width * 1.1)
    for x in (-side - 0.6, side + 1.2):
        at_.box(x, _QUAY, 0.7, 0.34, 0.5, 0.34, IRON)
        at_.box(x, _QUAY + 0.5, 0.7, 0.46, 0.12, 0.46, IRON)
    street_lamp(at_.placed(side + 1.9, _QUAY, 0.9))


def _hills(country: Country) -> None:
    rng = country.rng
    for _ in range(46):
        x, z = float(rng.uniform(-150, 150)), float(rng.uniform(-190, -72))
        house = replace(of_village(rng), boxes=False, shutters=None, free=False)
        raise_house(country.kit.frame(x, at(country.height, x, z), z, float(rng.uniform(-0.4, 0.4))), house, rng)
    spots = country.spots(95.0, 420.0, 900, half=0.8)
    spots = spots[(spots[:, 1] < _FAR - 24) & (country.height(spots[:, 0], spots[:, 1]) > 2.0)]
    country.plant(trees("broadleaf", country.foliage, 0.02), spots[:380], 4.5, 8.0)
