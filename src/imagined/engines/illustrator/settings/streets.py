"""Streets: houses on both sides, pavements, lamps and shop windows; wet and shining in the rain."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy, thinned
from imagined.engines.illustrator.settings.framing import shape_of
from imagined.engines.illustrator.settings.greenery import trees
from imagined.engines.illustrator.settings.ground import Way
from imagined.engines.illustrator.settings.houses import House, of_town, raise_house
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.outfit import bench, street_lamp
from imagined.engines.illustrator.settings.terrain import Height
from imagined.engines.illustrator.world import Camera, Water, World


def _flat(x: Floats, z: Floats) -> Floats:
    # Hollows of a few millimetres, in which rain stands.
    hollow = np.sin(x * 1.3 + np.sin(z * 0.7) * 1.4) * np.sin(z * 0.43 + np.sin(x * 0.9) * 1.2)
    return np.asarray(np.float32(0.006) * hollow, np.float32)


def _is_old(scene: Scene) -> bool:
    return not {"futuristic", "modern"} & set(scene.traits)


def street(scene: Scene, rng: np.random.Generator) -> World:
    """A street to its vanishing point; what the scene is about stands in it, or at a house wall if it has to."""
    old = _is_old(scene)
    wet = scene.weather in ("rain", "storm")
    water = Water(level=0.001, choppiness=0.006, wavelength=0.7) if wet and scene.season != "winter" else None
    half = 3.0 if old else 5.5
    shape = shape_of(scene)
    walk = 1.7 if old else 3.0

    def view(ground: Height) -> Camera:
        del ground
        side = half * 0.35
        return Camera(eye=(side, 1.9, 8.0), target=(-side * 0.4, 2.6 if shape > 0.9 else 3.4, -20.0), fov=52.0)

    cover = replace(grassy(scene), low=(0.26, 0.24, 0.22), second=(0.30, 0.28, 0.25), bump=0.15)
    country = begin(scene, rng, _flat, cover, view, water, deck=0.0)
    country.hour = replace(country.hour, fog=thinned(country.hour.fog, 3.0))
    cast = country.cast
    if cast.placed and "wall" in scene.traits:
        # The house front runs across the picture, close behind what leans on it.
        _house_front(country, old, 1.0 if rng.random() < 0.5 else -1.0)
    elif cast.placed:
        x = float(rng.choice([-1.0, 1.0])) * min(half * 0.45, 0.6 * cast.size)
        half = max(half, cast.width * 0.62)
        _street(country, country.kit.frame(x), old, half, walk)
    else:
        _street(country, country.kit.frame(), old, half, walk)
        country.travel = 18.0
    return country.world(near=None if cast.placed else 0.6)


def _street(country: Country, at: Frame, old: bool, half: float, walk: float) -> None:
    rng = country.rng
    x = at.origin[0]
    country.layers.append(_way(x, half, old))
    near = max(14.0, country.eye[1] + 8.0)
    for side in (-1.0, 1.0):
        z = near
        at.box(side * (half + walk / 2), -0.3, near - 90.0, walk, 0.42, 180.0, (0.42, 0.40, 0.36), 9)
        at.box(side * (half - 0.06), -0.3, near - 90.0, 0.16, 0.43, 180.0, (0.50, 0.49, 0.46))
        lamp = z - 5.0
        while z > -130.0:
            width = float(rng.uniform(5.0, 8.5)) if old else float(rng.uniform(10.0, 16.0))
            step = float(rng.uniform(-0.15, 0.1)) if old else 0.0
            house = of_town(rng, width, old)
            _turn_up(country, at, house, side * (half + walk - step), z - width / 2, -side * np.pi / 2)
            z -= width
        index = 0
        while lamp > -110.0:
            street_lamp(at.placed(side * (half + 0.35), 0.12, lamp - (4.0 if side > 0 else 0.0)))
            if not old and index % 2 == 0:
                _street_tree(country, at, side * (half + 0.9), lamp - 7.0)
            lamp -= 13.0 if lamp > -30 else 22.0
            index += 1
    if old and not country.cast.placed:
        bench(at.placed(-half - walk + 0.5, 0.12, -4.0, np.pi / 2))
    _close(country, at, half)


def _turn_up(country: Country, at: Frame, house: House, x: float, z: float, yaw: float) -> None:
    """Far houses are plainer: nobody sees their flower boxes."""
    if z < -45.0:
        house = replace(house, boxes=False, shutters=None if z < -70 else house.shutters)
    raise_house(at.placed(x, 0.1, z, yaw), house, country.rng)


def _street_tree(country: Country, at: Frame, x: float, z: float) -> None:
    made = trees("broadleaf", country.foliage, 0.35)[int(country.rng.integers(3))]
    at.mesh(made, x, 0.1, z, yaw=float(country.rng.uniform(0, 6)), scale=float(country.rng.uniform(5.5, 7.0)))


def _close(country: Country, at: Frame, half: float) -> None:
    """The far end: a church tower over a cross street."""
    rng = country.rng
    for x in (-9.0, 0.0, 9.0):
        raise_house(at.placed(x, 0.1, -134.0), replace(of_town(rng, 9.0), boxes=False, shutters=None), rng)
    tower = at.placed(half * 0.3, 0, -150.0)
    tower.box(0, 0, 0, 7.0, 26.0, 7.0, (0.50, 0.46, 0.40), 3)
    corners = [(-3.9, 26.0, 3.9), (3.9, 26.0, 3.9), (3.9, 26.0, -3.9), (-3.9, 26.0, -3.9)]
    for index in range(4):
        tower.panel([corners[index], corners[(index + 1) % 4], (0, 43.0, 0)], (0.12, 0.20, 0.17), 7)
    glow = (1.6, 1.2, 0.6) if at.kit.lit else (0.0, 0.0, 0.0)
    tower.box(0, 19.0, 3.5, 2.4, 2.4, 0.2, (0.75, 0.73, 0.66), glow=glow)


def _way(x: float, half: float, old: bool) -> Way:
    def middle(z: Floats) -> Floats:
        return np.full_like(z, x)

    if old:
        return Way(middle, half * 2, "cobbles", (0.30, 0.285, 0.265), 0.02)
    return Way(middle, half * 2, "asphalt", (0.085, 0.085, 0.09), 0.02)


def _house_front(country: Country, old: bool, side: float) -> None:
    """A street seen across: one row of houses runs behind the cast, with the street out of the picture's other side."""
    rng = country.rng
    cast = country.cast
    deep = max((placed.half[2] for placed in cast.placed), default=0.4)
    turn = side * 0.22
    row = country.kit.frame(0.0, 0.0, -(deep + 0.25), -turn)
    country.layers.append(Way(lambda z: np.zeros_like(z), 400.0, "cobbles", (0.34, 0.32, 0.29), 0.02))
    x = -26.0
    while x < 30.0:
        width = float(rng.uniform(6.0, 8.0))
        house = replace(of_town(rng, width, old), shop=None)
        if abs(x + width / 2) < 5:
            house = replace(house, boxes=True, shutters=house.shutters or (0.07, 0.20, 0.16), timber=False)
        raise_house(row.placed(x + width / 2, 0.0, 0.0), house, rng)
        x += width
    street_lamp(row.placed(-side * max(3.2, cast.width * 1.1), 0, 0.9))
    row.lamp(side * 1.2, 2.6, 1.5, (0.8, 0.5, 0.22), 2.2)
