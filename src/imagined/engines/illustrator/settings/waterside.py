"""Sea, beach and arctic: open water with what stands in it and beside it."""

from dataclasses import replace

import msgspec
import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.figures.facets import iceberg
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.greenery import beside, trees
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.world import Camera, Water, World


def sea(scene: Scene, rng: np.random.Generator) -> World:
    """Open water with distant islands; a lake among mountains if the scene has them."""
    mountains, lake = "mountains" in scene.traits, bool({"lake", "river"} & set(scene.traits))
    stormy = scene.weather in ("storm", "rain")
    water = Water(
        level=0.0,
        choppiness=0.11 if stormy else 0.013 if lake else 0.045,
        wavelength=16.0 if stormy else 3.0 if lake else 7.0,
        foam=0.7 if scene.weather == "storm" else 0.0,
    )
    height = _islands(rng, mountains or lake, "island" in scene.traits)

    def view(ground: Height) -> Camera:
        del ground
        return Camera(eye=(0.0, 4.2, 0.0), target=(0.0, 3.4, -60.0), fov=40.0)

    country = begin(scene, rng, height, grassy(scene, 420.0), view, water, rise=2.2, fill=0.6, into_sun=True)
    country.cover = _with_shore(country.cover)
    _wooded_shores(country)
    if not country.cast.placed:
        country.add(_sail(country, -34.0 if rng.random() < 0.5 else 30.0, -120.0))
        country.travel = 60.0
    elif country.cast.afloat is False and not country.cast.aloft:
        country.stones(24, 3.0, 60.0, 0.4, 1.6)
    return country.world(near=None if country.cast.placed else 2.0)


def _with_shore(cover: Cover) -> Cover:
    return Cover(
        low=cover.low,
        second=cover.second,
        snow=cover.snow,
        snow_depth=cover.snow_depth,
        shore=1.2,
        sand=(0.46, 0.39, 0.28),
        forest=200.0 if cover.snow_depth == 0 else -1e9,
    )


def _islands(rng: np.random.Generator, ringed: bool, near: bool) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    count = 5 if not ringed else 3
    places = [
        (float(rng.uniform(-0.62, 0.62)), float(rng.uniform(900, 3800)), float(rng.uniform(150, 520)))
        for _ in range(count)
    ]
    if near:
        places.append((float(rng.choice([-0.24, 0.24])), 320.0, 120.0))

    def height(x: Floats, z: Floats) -> Floats:
        y = np.full_like(x, -9.0)
        relief = worn(x / 900 + shift[0], z / 900 + shift[1], seed)
        for angle, away, size in places:
            cx, cz = away * np.sin(angle), -away * np.cos(angle)
            bell = np.exp(-(((x - cx) / size) ** 2) - ((z - cz) / (size * 0.7)) ** 2)
            y = np.maximum(y, -9 + bell * (40 + size * 0.5) * (0.35 + relief))
        if ringed:
            rim = smoothstep(500.0, 2600.0, np.hypot(x, z * 0.8))
            y = np.maximum(y, -9 + rim * (30 + 1700 * relief * smoothstep(900.0, 4200.0, np.hypot(x, z))))
        return y.astype(np.float32)

    return height


def _wooded_shores(country: Country) -> None:
    spots = country.spots(200.0, 2600.0, 5000, half=0.75)
    y = country.height(spots[:, 0], spots[:, 1])
    country.plant(trees("far", country.foliage, 0.1), spots[(y > 3) & (y < 170)], 6.0, 13.0)


def _sail(country: Country, x: float, z: float) -> Mesh:
    made = figure(Order("sailing_boat", season=country.scene.season, seed=1))
    return made.mesh.moved((x, 0.0, z), yaw=-0.5, scale=1.5)


def beach(scene: Scene, rng: np.random.Generator) -> World:
    """A shore seen along the sand, water on one side; with the trait ``cliff`` rocky and high."""
    side = float(rng.choice([-1.0, 1.0]))
    cliff = "cliff" in scene.traits
    height = _shore(rng, side, cliff)
    water = Water(
        level=0.0,
        choppiness=0.10 if scene.weather == "storm" else 0.035,
        wavelength=6.0,
        foam=0.5 if scene.weather == "storm" else 0.1,
    )
    snowy = scene.season == "winter" or scene.weather == "snow"
    green = grassy(scene)
    sandy = Cover(
        low=green.low,
        second=green.second,
        shore=5.5,
        sand=(0.62, 0.51, 0.36),
        ripples=0.08,
        bump=0.12,
        steep=0.60,
        snow_depth=0.9 if snowy else 0.0,
        grain=0.5,
    )
    rocky = Cover(
        low=green.low,
        second=green.second,
        snow_depth=green.snow_depth,
        shore=1.4,
        sand=(0.30, 0.26, 0.21),
        steep=0.80,
        strata=0.25,
    )

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 0.0) + (7.0 if cliff else 2.2)
        return Camera(eye=(0.0, y, 0.0), target=(side * 8.0, y - 1.2, -40.0), fov=42.0)

    country = begin(
        scene, rng, height, rocky if cliff else sandy, view, water, rise=3.5 if cliff else 1.0, into_sun=True
    )
    _behind_the_beach(country, side, cliff)
    return country.world(near=None if country.cast.placed else 1.0)


def cliffs(scene: Scene, rng: np.random.Generator) -> World:
    """A rocky coast: `beach` with cliffs."""
    return beach(msgspec.structs.replace(scene, traits=tuple(dict.fromkeys([*scene.traits, "cliff"]))), rng)


def _shore(rng: np.random.Generator, side: float, cliff: bool) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        bay = 15 * np.sin(z / 90 + 0.6) + rolling(x / 300, z / 130 + shift[0], seed, 3) * 9 + 9
        inland = -side * x + bay + np.float32(0.10) * np.minimum(z, 0)
        sand = np.where(inland > 0, 1.25 * (1 - np.exp(-np.maximum(inland, 0) / 12)) + inland * 0.012, inland * 0.11)
        dunes = smoothstep(16.0, 42.0, inland) * (2.6 + rolling(x / 22 + shift[1], z / 22, seed + 9, 4) * 1.3)
        hills = smoothstep(90.0, 420.0, inland) * (26 + 70 * worn(x / 500 + shift[0], z / 500, seed + 20))
        y = sand + dunes + hills + rolling(x / 5, z / 5, seed + 3, 3) * 0.05
        if cliff:
            wall = smoothstep(-3.0, 6.0, inland + rolling(x / 16, z / 16, seed + 31, 4) * 7)
            y = (
                -4
                + wall * (13 + 5 * worn(x / 60, z / 60, seed + 33))
                + hills * 1.4
                + rolling(x / 4, z / 4, seed + 35, 4) * 0.5 * wall
            )
        headland = np.exp(-(((z + 620) / 170) ** 2)) * smoothstep(-180.0, 120.0, inland)
        return (y + headland * (44 + 80 * worn(x / 300, z / 300, seed + 44))).astype(np.float32)

    return height


def _behind_the_beach(country: Country, side: float, cliff: bool) -> None:
    warm = country.scene.season in ("summer", "spring") and not country.winter and not cliff
    away = float(np.hypot(*country.eye)) if country.cast.placed else 10.0
    spots = country.spots(max(away * 1.3, 12.0), 160.0, 260, half=0.8, room=1.6)
    y = country.height(spots[:, 0], spots[:, 1])
    inland = spots[(y > (1.25 if not cliff else 6.0)) & (spots[:, 0] * side < -2)]
    inland = beside(inland, country.eye, 60.0, 0.12)
    if warm:
        country.plant(trees("palm", "summer", 1.0), inland[:26], 6.5, 10.5)
    else:
        country.plant(trees("conifer", country.foliage, 0.4), inland[:30], 5.0, 10.0)
    far = country.spots(220.0, 1500.0, 1800, half=0.75)
    y = country.height(far[:, 0], far[:, 1])
    country.plant(trees("far", country.foliage, 0.1), far[(y > 8) & (y < 130)], 6.0, 12.0)
    country.stones(40 if cliff else 16, 3.0, 90.0, 0.3, 2.6 if cliff else 1.1, (0.26, 0.24, 0.22))
    if cliff:
        country.sward(16000, 0.2, 300 if not country.winter else 0, (2, 4))


def arctic(scene: Scene, rng: np.random.Generator) -> World:
    """Snowfields and cold water with icebergs; what the scene is about stands on ice."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        drifts = rolling(x / 60 + shift[0], z / 60 + shift[1], seed, 5, 0.4) * 1.5
        floe = drifts + 0.4 - 5 * smoothstep(16.0, 44.0, -z + 8 * np.sin(x / 21)) + 7 * smoothstep(900.0, 1500.0, -z)
        ranges = worn(x / 1900 + shift[1], z / 1900, seed + 5) * 1050 * smoothstep(1900.0, 4800.0, np.hypot(x, z))
        return (floe + ranges).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = max(at(ground, 0.0, 0.0), 0.0) + 3.2
        return Camera(eye=(0.0, y, 6.0), target=(0.0, y + 0.6, -50.0), fov=42.0)

    cover = Cover(
        low=(0.62, 0.70, 0.78),
        second=(0.72, 0.78, 0.84),
        rock=(0.16, 0.17, 0.19),
        second_rock=(0.24, 0.25, 0.27),
        snow=-500.0,
        snow_depth=0.95,
        steep=0.66,
        bump=0.22,
    )
    water = Water(level=0.0, choppiness=0.02, wavelength=4.0)
    country = begin(scene, rng, height, cover, view, water, rise=1.4, into_sun=True)
    # Snow from horizon to horizon throws so much light back that the eye, and the camera, close down.
    grade = country.hour.grade
    country.hour = replace(country.hour, grade=replace(grade, exposure=grade.exposure * 0.86, contrast=1.1))
    _bergs(country)
    return country.world(near=None if country.cast.placed else 1.0)


def _bergs(country: Country) -> None:
    rng = country.rng
    for index in range(6):
        away = 75.0 * 1.7**index + (3 * country.cast.size if country.cast.placed else 0.0)
        angle = (-1.0) ** index * float(rng.uniform(0.08, 0.42))
        x, z = country.eye[0] + away * float(np.sin(angle)), -away * float(np.cos(angle))
        country.add(
            iceberg(index + country.scene.seed % 50, 6.0 + 0.07 * away).moved(
                (x, 0.0, z), yaw=float(rng.uniform(0, 6.3))
            )
        )
    for _ in range(16):
        away = float(rng.uniform(45, 260)) + country.cast.size
        angle = float(rng.uniform(-0.6, 0.6))
        x, z = country.eye[0] + away * float(np.sin(angle)), -away * float(np.cos(angle))
        if at(country.height, x, z) < -0.5:
            floe = iceberg(99, 2.6).moved((x, -0.75, z), yaw=float(rng.uniform(0, 6.3)))
            country.add(floe)
