"""A market on a town square, and a playground in a park."""

import itertools
from dataclasses import replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.figures.solids import ball, lathe, tube
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import BOARDS
from imagined.engines.illustrator.settings.greenery import spaced, trees
from imagined.engines.illustrator.settings.ground import Floor, Way
from imagined.engines.illustrator.settings.houses import of_town, raise_house
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.outfit import WOOD, bench, fence, street_lamp
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.world import Camera, Vector, World

_STRIPES: Final[tuple[Vector, ...]] = (
    (0.60, 0.06, 0.05),
    (0.06, 0.30, 0.16),
    (0.72, 0.46, 0.06),
    (0.08, 0.22, 0.46),
    (0.56, 0.20, 0.08),
)
_GOODS: Final[tuple[Vector, ...]] = (
    (0.62, 0.05, 0.04),
    (0.80, 0.38, 0.03),
    (0.80, 0.64, 0.08),
    (0.16, 0.34, 0.06),
    (0.30, 0.08, 0.26),
    (0.62, 0.44, 0.22),
    (0.74, 0.72, 0.62),
)


def _level(x: Floats, z: Floats) -> Floats:
    return (np.float32(0.0) * (x + z)).astype(np.float32)


def market(scene: Scene, rng: np.random.Generator) -> World:
    """Stalls in two rows under striped awnings, people between them, old houses round the square."""

    def view(ground: Height) -> Camera:
        del ground
        return Camera(eye=(0.3, 2.1, 7.5), target=(-0.2, 2.0, -14.0), fov=50.0)

    cover = replace(grassy(scene), low=(0.30, 0.28, 0.25), second=(0.34, 0.31, 0.28), bump=0.1)
    country = begin(scene, rng, _level, cover, view, deck=0.0)
    country.layers.append(Way(lambda z: np.zeros_like(z), 400.0, "cobbles", (0.34, 0.32, 0.29), 0.02))
    cast = country.cast
    half = max(2.6, cast.width * 0.6 + 0.6) if cast.placed else 2.6
    start = 3.0 if not cast.placed else min(1.0, -0.4 * cast.reach)
    for side in (-1.0, 1.0):
        z = start - (0.0 if side < 0 else 0.8)
        for index in range(8):
            _stall(country.kit.frame(side * (half + 1.1), 0, z, -side * np.pi / 2), rng, index + (side > 0) * 2)
            z -= 3.9
    for index in range(5):
        x = -half - 12.0 + 7.0 * index
        if abs(x) > half + 3:
            _stall(country.kit.frame(x, 0, -36.0, 0.0), rng, index)
    _square(country, half)
    _shoppers(country, half, start)
    return country.world(near=None if cast.placed else 0.6)


def _stall(at_: Frame, rng: np.random.Generator, index: int) -> None:
    """A stall 3.2 m wide whose front looks along local z."""
    hue = _STRIPES[index % len(_STRIPES)]
    for x in (-1.6, 1.6):
        at_.box(x, 0, 0.75, 0.08, 2.15, 0.08, WOOD)
        at_.box(x, 0, -1.0, 0.08, 2.75, 0.08, WOOD)
    at_.box(0, 0.0, 0.15, 3.2, 0.82, 1.1, (0.34, 0.24, 0.14), BOARDS)
    for stripe in range(8):
        left, right = -1.85 + 3.7 * stripe / 8, -1.85 + 3.7 * (stripe + 1) / 8
        tone = hue if stripe % 2 == 0 else (0.82, 0.80, 0.74)
        at_.slab([(left, 2.1, 1.25), (right, 2.1, 1.25), (right, 2.85, -1.15), (left, 2.85, -1.15)], 0.05, tone)
        at_.panel([(left, 1.86, 1.26), (right, 1.86, 1.26), (right, 2.1, 1.26), (left, 2.1, 1.26)], tone)
    for column in range(4):
        for row in range(2):
            x, z = -1.2 + 0.8 * column, 0.42 - 0.55 * row
            goods = _GOODS[int(rng.integers(len(_GOODS)))]
            lift = 0.84 + 0.16 * row
            at_.box(x, lift - 0.02, z, 0.70, 0.16, 0.48, (0.40, 0.28, 0.15), BOARDS)
            size = float(rng.uniform(0.055, 0.085))
            for k in range(16):
                px, pz = x - 0.26 + 0.17 * (k % 4), z - 0.17 + 0.115 * (k // 4)
                at_.mesh(
                    ball((0, 0, 0), size, goods, 0.25, segments=6),
                    px + float(rng.uniform(-0.02, 0.02)),
                    lift + 0.17,
                    pz,
                )
    for x in (-1.9, 2.0):
        if rng.random() < 0.6:
            at_.box(x, 0, 1.1, 0.6, 0.45, 0.6, (0.40, 0.28, 0.15), BOARDS)
            for _ in range(7):
                spot = (x + float(rng.uniform(-0.22, 0.22)), 0.5, 1.1 + float(rng.uniform(-0.22, 0.22)))
                at_.mesh(ball((0, 0, 0), 0.10, _GOODS[index % 7], 0.2, segments=8), *spot)
    glow = (2.2, 1.4, 0.6) if at_.kit.lit else (0.3, 0.28, 0.22)
    at_.mesh(
        lathe([(0.0, 0.0), (0.09, 0.05), (0.07, 0.16), (0.0, 0.2)], (0.7, 0.6, 0.4), 0.3, 10, glow=glow), 0, 1.85, 0.5
    )
    at_.lamp(0, 1.8, 0.6, (0.70, 0.42, 0.17), 1.7, 0.07)


def _square(country: Country, half: float) -> None:
    rng = country.rng
    for side in (-1.0, 1.0):
        z = 12.0
        while z > -64.0:
            width = float(rng.uniform(6.0, 9.0))
            house = of_town(rng, width)
            raise_house(country.kit.frame(side * (half + 13.0), 0, z - width / 2, -side * np.pi / 2), house, rng)
            z -= width
    x = -half - 16.0
    while x < half + 16.0:
        width = float(rng.uniform(6.0, 9.0))
        raise_house(country.kit.frame(x + width / 2, 0, -58.0), replace(of_town(rng, width), boxes=False), rng)
        x += width
    tower = country.kit.frame(6.0, 0, -74.0)
    tower.box(0, 0, 0, 7.0, 25.0, 7.0, (0.52, 0.47, 0.39), 3)
    rim = [(-3.9, 25.0, 3.9), (3.9, 25.0, 3.9), (3.9, 25.0, -3.9), (-3.9, 25.0, -3.9)]
    for index in range(4):
        tower.panel([rim[index], rim[(index + 1) % 4], (0, 40.0, 0)], (0.14, 0.22, 0.19), 7)
    for x in (-half - 6.0, half + 6.0):
        street_lamp(country.kit.frame(x, 0, -30.0), 4.0, 3.0)


def _shoppers(country: Country, half: float, start: float) -> None:
    """A few people between the stalls, none before the cast."""
    rng = country.rng
    back = start - 4.0 if not country.cast.placed else min(start - 4.0, -1.6 * country.cast.reach - 2.0)
    for index in range(7):
        noun = ("woman", "man", "girl", "old_man", "woman", "boy", "man")[index]
        order = Order(noun, "walking" if index % 2 else "standing", None, country.scene.season, False, index, detail=44)
        x, z = float(rng.uniform(-0.75, 0.75)) * half, back - 2.6 * index
        country.add(
            figure(order).mesh.moved(
                (x, 0.0, z), yaw=float(rng.choice([-1.2, 1.9, 0.3, 3.4])) + float(rng.normal()) * 0.3
            )
        )


def playground(scene: Scene, rng: np.random.Generator) -> World:
    """A playground: swings, a slide, a climbing frame, a seesaw and a sandpit on a lawn with trees."""
    seed = int(rng.integers(1 << 20))

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z + 10)
        return (
            rolling(x / 40, z / 40, seed, 3, 0.4) * 0.25 * smoothstep(10.0, 40.0, away)
            + 8 * smoothstep(90.0, 400.0, away)
        ).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 9.0)
        return Camera(eye=(1.0, y + 2.2, 4.6), target=(0.0, y + 1.5, -9.0), fov=46.0)

    country = begin(scene, rng, height, grassy(scene), view)
    back = -5.0 - (1.5 * country.cast.reach if country.cast.placed else 0.0)
    country.layers.append(Floor(-3.0, 3.4, back + 3.0, back - 2.2, "sand", (0.66, 0.55, 0.38)))
    _slide(country.kit.frame(-4.6, 0, back - 2.0, 0.5))
    _swings(country.kit.frame(5.2, 0, back - 2.5, -0.35))
    _climber(country.kit.frame(0.6, 0, back - 8.5, 0.3))
    _seesaw(country.kit.frame(0.6, 0, back + 0.4, 0.25))
    country.kit.frame(0.2, 0, back + 3.0).box(0, 0, 0, 6.6, 0.22, 0.18, WOOD)
    country.kit.frame(0.2, 0, back - 2.2).box(0, 0, 0, 6.6, 0.22, 0.18, WOOD)
    for x in (-12.0, -6.0, 0.0, 6.0):
        fence(country.kit.frame(x, 0, back - 13.5), 6.0, "picket", (0.30, 0.44, 0.56))
    bench(country.kit.frame(-8.2, 0, back + 0.5, 0.9))
    street_lamp(country.kit.frame(8.6, 0, back - 6.0), 3.8, 3.0)
    street_lamp(country.kit.frame(-7.4, 0, back - 7.0), 3.8, 3.0)
    spots = spaced(country.spots(26.0 + country.eye[1], 120.0, 160, half=0.85), 8.0)
    away = np.hypot(spots[:, 0], spots[:, 1])
    country.plant(trees("broadleaf", country.foliage, 0.2), spots[away < 45][:9], 7.0, 11.0)
    country.plant(trees("broadleaf", country.foliage, 0.03), spots[away >= 45], 8.0, 13.0, 0.1)
    country.sward(20000, 0.06, 0)
    return country.world(near=None if country.cast.placed else 0.7)


_RED: Final[Vector] = (0.62, 0.05, 0.04)
_BLUE: Final[Vector] = (0.05, 0.20, 0.50)
_YELLOW: Final[Vector] = (0.82, 0.56, 0.04)


def _slide(at_: Frame) -> None:
    for x in (-0.55, 0.55):
        for z in (-0.7, 0.5):
            at_.box(x, 0, z, 0.10, 3.0, 0.10, _BLUE)
    at_.box(0, 1.75, -0.1, 1.2, 0.10, 1.3, WOOD, BOARDS)
    for y in np.arange(0.3, 1.8, 0.3):
        at_.box(0, float(y), -0.72, 1.1, 0.06, 0.08, _YELLOW)
    roof = [(-0.8, 2.9, 0.75), (0.8, 2.9, 0.75), (0.8, 2.9, -0.95), (-0.8, 2.9, -0.95)]
    for index in range(4):
        at_.panel([roof[index], roof[(index + 1) % 4], (0, 3.8, -0.1)], _RED)
    chute = [(0.0, 1.8, 0.55), (0.0, 1.25, 1.5), (0.0, 0.6, 2.5), (0.0, 0.3, 3.2), (0.0, 0.28, 3.8)]
    for (_, ay, az), (_, by, bz) in itertools.pairwise(chute):
        at_.slab([(-0.32, by, bz), (0.32, by, bz), (0.32, ay, az), (-0.32, ay, az)], 0.06, _YELLOW)
        for x in (-0.34, 0.34):
            at_.beam((x, ay + 0.12, az), (x, by + 0.12, bz), 0.12, _RED)
    at_.box(0, 0, 3.3, 0.5, 0.28, 0.08, _BLUE)


def _swings(at_: Frame) -> None:
    for x in (-2.0, 2.0):
        for z in (-0.9, 0.9):
            at_.beam((x, 0, z), (x, 2.5, 0), 0.11, _RED)
    at_.beam((-2.2, 2.5, 0), (2.2, 2.5, 0), 0.12, _BLUE)
    for x, swing in ((-0.9, 0.25), (0.9, -0.15)):
        for side in (-0.24, 0.24):
            at_.beam((x + side, 2.45, 0), (x + side, 0.55, swing), 0.025, (0.3, 0.3, 0.3))
        at_.box(x, 0.50, swing, 0.56, 0.05, 0.24, _YELLOW)


def _climber(at_: Frame) -> None:
    """A dome of bars."""
    rings = [(2.0, 0.0), (1.85, 0.7), (1.45, 1.35), (0.8, 1.8)]
    turn = np.linspace(0, 2 * np.pi, 11)
    for index, (reach, y) in enumerate(rings):
        ring = [(reach * float(np.cos(a)), y, reach * float(np.sin(a))) for a in turn]
        if index:
            at_.mesh(tube(ring, [0.035] * 11, (_RED, _BLUE, _YELLOW)[index % 3], 0.2, 5))
        if index < 3:
            above, high = rings[index + 1]
            for k, a in enumerate(turn[:-1]):
                b = a + np.pi / 10 * (1 if k % 2 else -1)
                at_.beam(
                    (reach * float(np.cos(a)), y, reach * float(np.sin(a))),
                    (above * float(np.cos(b)), high, above * float(np.sin(b))),
                    0.055,
                    _YELLOW if index % 2 else _BLUE,
                )


def _seesaw(at_: Frame) -> None:
    at_.beam((-1.7, 0.30, 0), (1.7, 0.85, 0), 0.16, _YELLOW)
    at_.box(0, 0, 0, 0.22, 0.52, 0.4, _BLUE)
    for x, y in ((-1.45, 0.42), (1.45, 0.90)):
        at_.box(x, y, 0, 0.34, 0.06, 0.28, _RED)
        inner = x - 0.28 * np.sign(x)
        at_.box(float(inner), y, 0, 0.04, 0.32, 0.34, _RED)
