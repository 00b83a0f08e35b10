"""The city: a skyline across a basin, and a canal between towers that the camera can draw back through.

The far bank lies at z < 0; the basin reaches to `_BASIN`; behind it, where the camera starts, two near banks line a
canal. Towers that a picture does not show still stand there: a moving camera finds them.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.city_light import Hour, hour_of
from imagined.engines.illustrator.settings.facade import Style
from imagined.engines.illustrator.settings.masonry import Masonry, rectangle
from imagined.engines.illustrator.settings.neon import with_neon
from imagined.engines.illustrator.settings.towers import (
    FUTURISTIC,
    MODERN,
    Plot,
    Raise,
    house,
    needle,
    tapered,
    twisted,
)
from imagined.engines.illustrator.world import Body, Camera, Sky, Vector, World

_QUAY: Final = 3.0
_BASIN: Final = 250.0
_CANAL: Final = 36.0
_EYE: Final = 9.0
_START: Final = 236.0
_HERO: Final = -205.0
"""Where the tallest tower stands."""
_ACCENTS: Final[tuple[Vector, ...]] = (
    (0.10, 0.85, 1.00), (1.00, 0.16, 0.62), (0.48, 0.28, 1.00),
    (1.00, 0.52, 0.14), (0.20, 1.00, 0.72), (0.30, 0.50, 1.00),
)  # fmt: skip
_WARM: Final[tuple[Vector, ...]] = ((1.0, 0.66, 0.30), (1.0, 0.76, 0.46), (1.0, 0.86, 0.64), (1.0, 0.58, 0.24))
_COOL: Final[tuple[Vector, ...]] = ((0.72, 0.88, 1.0), (0.50, 0.80, 1.0), (0.86, 0.92, 1.0))


@dataclass(frozen=True)
class City:
    """A built city before its world: what edits need to hang things on it."""

    masonry: Masonry
    world: World


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a city scene, with what edits added to it."""
    city = build_city(scene, rng)
    world = city.world
    for addition in scene.additions:
        if addition.kind == "neon_signs":
            world = with_neon(city.masonry, world, addition)
    return world


def build_city(scene: Scene, rng: np.random.Generator) -> City:
    """The city with its walls, on which signs can hang. Time, weather and season do not move a single tower."""
    futuristic = "futuristic" in scene.traits or not scene.traits
    hour = hour_of(scene, np.random.default_rng([scene.seed & 0x7FFFFFFF, 3]))
    city = Masonry(hour.power)
    skyline = _Skyline(rng)
    camera = _camera(scene.aspect_ratio, skyline.height * 1.26)
    _far_bank(city, skyline, hour, futuristic, rng)
    _near_banks(city, hour, futuristic, rng)
    _quays(city, np.random.default_rng([scene.seed & 0x7FFFFFFF, 5]))
    if futuristic:
        _traffic(city, np.random.default_rng([scene.seed & 0x7FFFFFFF, 7]))
    snowy = scene.weather == "snow" or scene.season == "winter"
    bodies = (*city.bodies(), Body(_ground(snowy)))
    falling = {"rain": "rain", "storm": "rain", "snow": "snow"}.get(scene.weather, "none")
    world = World(
        bodies=bodies,
        camera=camera,
        sky=_with_moon_in(hour.sky, camera, scene.aspect_ratio),
        light=hour.light,
        ambient=hour.ambient,
        fog=hour.fog,
        water=hour.water,
        glows=city.glows(),
        falling=falling,  # type: ignore[arg-type]  # the values are those of the Literal
        grade=hour.grade,
        travel=170.0,
        seed=scene.seed & 0x7FFFFFFF,
    )
    return City(city, world)


def _camera(aspect_ratio: str, top: float) -> Camera:
    """Level, from a boat on the basin, so low that the skyline doubles in the water; `top` metres must fit in."""
    across, down = (float(part) for part in aspect_ratio.split(":"))
    shape = across / down
    # Tall pictures show more sky and water.
    horizon = float(np.interp(shape, [0.5, 1.0, 1.9], [0.34, 0.30, 0.28]))
    shift = (0.5 - horizon) * 2
    needed = (top - _EYE) / (_START - _HERO) / (0.95 * (1.0 + shift))
    fov = float(np.interp(shape, [0.5, 0.75, 1.0, 1.5, 1.9, 2.4], [68.0, 58.0, 48.0, 42.0, 38.0, 32.0]))
    return Camera(
        (0.0, _EYE, _START), (0.0, _EYE, 0.0), max(fov, 2 * float(np.degrees(np.arctan(needed)))), (0.0, shift)
    )


def _with_moon_in(sky: Sky, camera: Camera, aspect_ratio: str) -> Sky:
    """The sky with its moon where `Hour` wants it in the picture of this camera."""
    if sky.moon is None:
        return sky
    across, down = (float(part) for part in aspect_ratio.split(":"))
    lens = Lens.of(camera, round(1000 * across / down), 1000)
    x = lens.width / 2 * (1 + sky.moon.direction[0])
    ray = lens.directions(np.array([x], np.float32), np.array([sky.moon.direction[1] * 1000], np.float32))[0]
    return replace(sky, moon=replace(sky.moon, direction=(float(ray[0]), float(ray[1]), float(ray[2]))))


class _Skyline:
    """Heights: one main peak off the middle, a lesser one across from it, foothills between."""

    def __init__(self, rng: np.random.Generator) -> None:
        side = float(rng.choice([-1.0, 1.0]))
        self.peak = side * float(rng.uniform(15, 55))
        self.second = -side * float(rng.uniform(90, 150))
        self.spread = float(rng.uniform(55, 85))
        self.height = float(rng.uniform(200, 235))
        self.lesser = float(rng.uniform(0.55, 0.75))

    def at(self, x: float) -> float:
        """Metres that the roofs reach around `x`."""
        one = np.exp(-(((x - self.peak) / self.spread) ** 2))
        two = self.lesser * np.exp(-(((x - self.second) / (self.spread * 0.8)) ** 2))
        return float(self.height * (0.30 + 0.70 * max(one, two)))


_ROWS: Final = (
    # z, spacing, lowest and highest share of the skyline, shares of simple buildings
    (-22.0, 27.0, 0.12, 0.30, 0.75),
    (-58.0, 31.0, 0.22, 0.55, 0.25),
    (-100.0, 35.0, 0.40, 0.85, 0.05),
    (-150.0, 40.0, 0.55, 1.10, 0.0),
    (-215.0, 48.0, 0.60, 1.20, 0.1),
    (-300.0, 56.0, 0.60, 1.25, 0.3),
    (-410.0, 64.0, 0.55, 1.20, 0.6),
    (-560.0, 74.0, 0.60, 1.25, 0.8),
    (-760.0, 86.0, 0.65, 1.35, 0.9),
)


def _far_bank(city: Masonry, skyline: _Skyline, hour: Hour, futuristic: bool, rng: np.random.Generator) -> None:
    kinds = FUTURISTIC if futuristic else MODERN
    for z, spacing, low, high, simple in _ROWS:
        reach = (430.0 - z) * 1.02
        x = -reach + float(rng.uniform(0, spacing))
        while x < reach:
            width = spacing * float(rng.uniform(0.52, 0.84))
            # Narrow picks of the range make the outline jagged rather than a hill.
            share = low + (high - low) * float(rng.beta(1.3, 1.7))
            height = max(16.0, skyline.at(x * 400.0 / (400.0 - z)) * share)
            plot = Plot(x, z + float(rng.uniform(-6, 6)), width, width * float(rng.uniform(0.7, 1.0)), height, _QUAY)
            raiser = house if rng.random() < simple or abs(x) > 420 else _pick(kinds, rng)
            raiser(city, plot, clad(rng, hour, futuristic, height), rng)
            x += spacing * float(rng.uniform(0.82, 1.25))
    _heroes(city, skyline, hour, futuristic, rng)


def _heroes(city: Masonry, skyline: _Skyline, hour: Hour, futuristic: bool, rng: np.random.Generator) -> None:
    """The few towers that the eye goes to: tall, slim, in front of the mass, with every light on."""
    kinds: tuple[Raise, ...] = (tapered, twisted, tapered) if futuristic else (tapered,)
    spots: tuple[tuple[float, float, float], ...] = (
        (skyline.peak, _HERO, 1.06),
        (skyline.peak + 48.0 * np.sign(-skyline.peak), -128.0, 0.80),
    )
    spots += ((skyline.second, -175.0, 0.90),)
    for index, (x, z, share) in enumerate(spots):
        if not futuristic and index:
            break
        height = skyline.height * share
        width = height * float(rng.uniform(0.13, 0.16))
        style = clad(rng, hour, futuristic, height)
        accent = _ACCENTS[int(rng.integers(len(_ACCENTS)))]
        if futuristic:
            style = replace(
                style, edge=_scaled(accent, 1.5), edge_width=1.1, crown=_scaled(accent, 1.5), crown_height=26.0
            )
        raiser = kinds[index % len(kinds)]
        raiser(city, Plot(float(x), z, width, width, height, _QUAY), style, rng)
    if futuristic and rng.random() < 0.6:
        x = skyline.second * float(rng.uniform(0.3, 0.7))
        needle(city, Plot(x, -42.0, 40.0, 40.0, skyline.height * 0.62, _QUAY), clad(rng, hour, True, 150.0), rng)


def _near_banks(city: Masonry, hour: Hour, futuristic: bool, rng: np.random.Generator) -> None:
    """Both sides of the canal behind the first view, and the ends of the near bank."""
    kinds = FUTURISTIC if futuristic else MODERN
    for side in (-1.0, 1.0):
        for row, distance in enumerate((16.0, 54.0, 100.0)):
            z = _BASIN + 12.0 + float(rng.uniform(0, 10))
            while z < 760.0:
                depth = float(rng.uniform(19, 29))
                height = float(rng.uniform(34, 105)) * (1.0 + 0.35 * row)
                plot = Plot(side * (_CANAL + distance), z, float(rng.uniform(20, 28)), depth, height, _QUAY)
                raiser = house if rng.random() < 0.35 else _pick(kinds, rng)
                raiser(city, plot, clad(rng, hour, futuristic, height), rng)
                z += depth + float(rng.uniform(5, 14))


def _pick(kinds: tuple[tuple[Raise, float], ...], rng: np.random.Generator) -> Raise:
    shares = np.array([share for _, share in kinds])
    return kinds[int(rng.choice(len(kinds), p=shares / shares.sum()))][0]


def clad(rng: np.random.Generator, hour: Hour, futuristic: bool, height: float) -> Style:
    """A cladding with lights; the draws do not depend on the hour, so that an edit of the hour keeps the city."""
    tone = float(rng.uniform(0.5, 1.4))
    hue = rng.normal(0, 0.012, 3)
    dark = futuristic or rng.random() < 0.5
    grey = 0.085 if dark else 0.28
    wall = tuple(
        float(np.clip(hour.pale * (grey * tone + v + (0.01 if i == 2 else 0.0)), 0.02, 0.75)) for i, v in enumerate(hue)
    )
    cladding = rng.random()
    warm = rng.random() < (0.56 if futuristic else 0.8)
    lights = _WARM if warm else _COOL
    accent = _ACCENTS[int(rng.integers(len(_ACCENTS)))]
    second = accent if futuristic and rng.random() < 0.35 else (_COOL if warm else _WARM)[int(rng.integers(3))]
    curtain = cladding < 0.45
    ribbon = 0.45 <= cladding < 0.65
    strips, bands, crowns, fins, brightness, share = rng.random(6)
    style = Style(
        floor=float(rng.uniform(2.9, 3.7)),
        bay=float(rng.uniform(1.3, 2.1)) if curtain else float(rng.uniform(1.8, 3.0)),
        window_width=0.90 if curtain else (1.0 if ribbon else float(rng.uniform(0.45, 0.72))),
        window_height=0.84 if curtain else float(rng.uniform(0.42, 0.62)),
        wall=wall,  # type: ignore[arg-type]
        glass=(0.020, 0.030, 0.042),
        gloss=float(rng.uniform(0.55, 0.95)),
        lit=float(0.20 + 0.42 * share) * hour.lit,
        rows=float(rng.choice([0.0, 0.15, 0.4, 0.75])),
        light=lights[int(rng.integers(len(lights)))],
        second_light=second,
        mix=float(rng.uniform(0.05, 0.3)),
        brightness=float(0.75 + 1.15 * brightness),
    )
    if not futuristic:
        return (
            replace(style, crown=_scaled(lights[0], 0.9), crown_height=12.0) if crowns < 0.22 and height > 70 else style
        )
    return replace(
        style,
        edge=_scaled(accent, 1.4),
        edge_width=0.9 if strips < 0.24 else 0.0,
        band=_scaled(accent, 1.5),
        band_every=style.floor * float(rng.integers(5, 14)) if bands < 0.20 else 0.0,
        crown=_scaled(accent, 1.25),
        crown_height=float(rng.uniform(9, 26)) if crowns < 0.34 and height > 50 else 0.0,
        fin=_scaled(accent, 1.3),
        fin_every=int(rng.integers(3, 7)) if fins < 0.10 else 0,
    )


def _scaled(colour: Vector, scale: float) -> Vector:
    return (colour[0] * scale, colour[1] * scale, colour[2] * scale)


def _quays(city: Masonry, rng: np.random.Generator) -> None:
    """Lamps and a strip of light along the water, which is where reflections start."""
    lamp = (5.2, 3.4, 1.7) if rng.random() < 0.7 else (3.0, 4.2, 5.2)
    for x in np.arange(-520.0, 521.0, 13.0):
        city.glow((float(x), _QUAY + 5.0, -3.0), lamp, 0.42)
        city.block((float(x), _QUAY, -3.0), (0.16, 5.0, 0.16), (0.05, 0.05, 0.05))
    for side in (-1.0, 1.0):
        for z in np.arange(_BASIN + 10.0, 760.0, 15.0):
            city.glow((side * (_CANAL + 2.5), _QUAY + 5.0, float(z)), lamp, 0.36)
            city.block((side * (_CANAL + 2.5), _QUAY, float(z)), (0.16, 5.0, 0.16), (0.05, 0.05, 0.05))
    # Shop windows and cars between the front row and the quay.
    for _ in range(260):
        x, z = float(rng.uniform(-480, 480)), float(rng.uniform(-9.0, -4.0))
        warm = rng.random()
        colour = (2.4, 1.5 + 0.7 * warm, 0.7 + 1.4 * warm) if rng.random() < 0.75 else (2.6, 0.35, 0.2)
        speed = float(rng.choice([-1.0, 1.0]) * rng.uniform(5, 12))
        city.glow((x, _QUAY + 0.8, z), colour, 0.22, 0.0, (speed, 0.0, 0.0))


def _traffic(city: Masonry, rng: np.random.Generator) -> None:
    """Flying cars in lanes between the towers."""
    for _ in range(9):
        height, depth = float(rng.uniform(40, 105)), float(rng.uniform(-170, -10))
        heading = float(rng.choice([-1.0, 1.0]))
        for _ in range(int(rng.integers(6, 15))):
            x = float(rng.uniform(-420, 420))
            colour = (2.6, 2.6, 3.0) if heading > 0 else (3.2, 0.5, 0.25)
            lift = float(rng.normal(0, 1.5))
            city.glow((x, height + lift, depth), colour, 0.34, 0.0, (heading * float(rng.uniform(14, 22)), 0.0, 0.0))


def _ground(snowy: bool) -> Mesh:
    """The banks: quay walls and streets."""
    city = Masonry()
    colour = (0.62, 0.65, 0.70) if snowy else (0.055, 0.055, 0.06)
    wall = (0.10, 0.10, 0.11)
    banks: tuple[tuple[float, float, float, float], ...] = (
        (0.0, -2000.0, 8000.0, 4000.0),
        (-2000.0 - _CANAL, _BASIN + 2000.0, 4000.0, 4000.0),
    )
    banks += ((2000.0 + _CANAL, _BASIN + 2000.0, 4000.0, 4000.0),)
    for x, z, width, depth in banks:
        plan = rectangle(width, depth) + np.array([x, z])
        city.spike(plan, plan, -3.0, _QUAY - 0.4, wall)
        city.polygon([(float(a), _QUAY, float(b)) for a, b in plan], (0, 1, 0), colour)
        lip = [(float(a), _QUAY - 0.4, float(b)) for a, b in plan]
        for i in range(4):
            one, two = lip[i], lip[(i + 1) % 4]
            city.polygon([one, two, (two[0], _QUAY, two[2]), (one[0], _QUAY, one[2])], (0, 0, 1), wall)
    return city.plain()
