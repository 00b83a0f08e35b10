"""Desert: dunes of sand; the red plains of Mars and the grey ones of the moon."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.things import planet
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin
from imagined.engines.illustrator.settings.greenery import trees
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.terrain import Height, at, dunes, rolling, worn
from imagined.engines.illustrator.world import Camera, Water, World

_SAND = Cover(
    low=(0.60, 0.38, 0.17),
    second=(0.68, 0.46, 0.23),
    rock=(0.56, 0.34, 0.15),
    second_rock=(0.60, 0.39, 0.19),
    steep=0.35,
    ripples=0.13,
    bump=0.05,
    grain=0.3,
)
_MARS = Cover(
    low=(0.33, 0.135, 0.065),
    second=(0.42, 0.195, 0.10),
    rock=(0.24, 0.095, 0.05),
    second_rock=(0.34, 0.15, 0.08),
    steep=0.82,
    bump=0.45,
    strata=0.3,
)
_MOON = Cover(
    low=(0.17, 0.17, 0.168),
    second=(0.23, 0.228, 0.222),
    rock=(0.14, 0.14, 0.14),
    second_rock=(0.20, 0.20, 0.195),
    steep=0.70,
    bump=0.55,
)


def _sands(rng: np.random.Generator) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    turn = float(rng.uniform(-0.6, 0.6))

    def height(x: Floats, z: Floats) -> Floats:
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        a, b = x * c - z * s, x * s + z * c
        away = np.hypot(x, z)
        large = dunes(a / 230 + shift[0], b / 230 + shift[1], seed) * 62 * smoothstep(20.0, 360.0, away)
        small = dunes(a / 70 + shift[1], b / 70, seed + 3) * 8.0 * (1 - 0.6 * smoothstep(100.0, 500.0, away))
        return (large + small + rolling(x / 900, z / 900, seed + 8, 3) * 22).astype(np.float32)

    return height


def _plains(rng: np.random.Generator, craters: int, tall: float) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    holes = [
        (float(rng.uniform(-1.0, 1.0)), float(rng.uniform(60, 900)), float(rng.uniform(0.16, 0.34)))
        for _ in range(craters)
    ]

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z)
        y = rolling(x / 70 + shift[0], z / 70 + shift[1], seed, 6, 0.5) * 1.9
        mesas = worn(x / 1500 + shift[1], z / 1500, seed + 9)
        stepped = smoothstep(0.36, 0.50, mesas) * 0.55 + smoothstep(0.55, 0.66, mesas) * 0.45 + mesas * 0.35
        y = y + stepped * tall * smoothstep(320.0, 2600.0, away)
        for angle, reach, share in holes:
            radius = reach * share
            r = np.hypot(x - reach * np.sin(angle), z + reach * np.cos(angle)) / radius
            bowl = np.where(r < 1, (r * r - 1) * 0.22, 0.0) + 0.12 * np.exp(-(((r - 1.05) / 0.22) ** 2))
            y = y + bowl * radius
        result: Floats = y.astype(np.float32)
        return result

    return height


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a desert scene."""
    mars, moon = "mars" in scene.traits, "moon" in scene.traits
    height = _plains(rng, 14, 330.0) if mars else _plains(rng, 34, 260.0) if moon else _sands(rng)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 0.0) + 5.0
        return Camera(eye=(0.0, y, 0.0), target=(0.0, y - 1.0, -60.0), fov=40.0)

    country = begin(scene, rng, height, _MARS if mars else _MOON if moon else _SAND, view, rise=0.0)
    if not mars and not moon and scene.time == "day":
        # Dunes are modelled by a low sun; at noon they would be flat.
        x, _, z = country.hour.light.direction
        country.hour = replace(country.hour, light=replace(country.hour.light, direction=(x * 1.5, 0.42, z * 0.25)))
    away = float(np.hypot(*country.eye)) if country.cast.placed else 12.0
    if mars or moon:
        stone = (0.26, 0.105, 0.055) if mars else (0.19, 0.19, 0.188)
        country.stones(240, max(away * 0.45, 1.5), 260.0, 0.12, 1.1, stone)
        country.stones(30, max(away * 1.6, 12.0), 300.0, 0.8, 3.2, stone)
    elif "lake" in scene.traits or "tropical" in scene.traits:
        _oasis(country)
    if moon:
        country.add(
            planet((0.07, 0.20, 0.42), False, 3).mesh.moved((-2900.0, 1900.0, -9000.0), scale=52.0), casts_shadow=False
        )
    return country.world(near=None if country.cast.placed else 1.2)


def _oasis(country: Country) -> None:
    country.water = Water(
        level=at(country.height, 0.0, -60.0) + 0.5, choppiness=0.012, wavelength=2.0, colour=country.hour.water
    )
    spots = country.spots(40.0, 90.0, 40, half=0.4)
    country.plant(trees("palm", "summer", 1.0), spots[:16], 6.0, 10.0)
