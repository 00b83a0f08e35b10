"""A roof terrace over a city: decking, plants, strings of lights, and towers all round."""

import itertools
from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.solids import ball, lathe
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.city import clad
from imagined.engines.illustrator.settings.city_light import hour_of as city_hour
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import BOARDS, BRICK
from imagined.engines.illustrator.settings.greenery import trees
from imagined.engines.illustrator.settings.masonry import Masonry
from imagined.engines.illustrator.settings.outfit import WOOD, bush
from imagined.engines.illustrator.settings.terrain import Height
from imagined.engines.illustrator.settings.towers import MODERN, Plot, Raise, house
from imagined.engines.illustrator.world import Camera, Glows, World

_DROP = -42.0


def _streets(x: Floats, z: Floats) -> Floats:
    return np.full_like(x + z, _DROP, dtype=np.float32)


def rooftop(scene: Scene, rng: np.random.Generator) -> World:
    """The roof of a high house; what the scene is about stands on it, the skyline behind."""

    def view(ground: Height) -> Camera:
        del ground
        return Camera(eye=(1.0, 2.0, 4.6), target=(-0.6, 2.7, -20.0), fov=48.0)

    cover = replace(grassy(scene), low=(0.10, 0.10, 0.105), second=(0.14, 0.135, 0.13), bump=0.0)
    country = begin(scene, rng, _streets, cover, view, deck=0.0, into_sun=True)
    city = Masonry(1.0 if country.hour.dark else 0.0)
    _skyline(country, city)
    country.bodies += list(city.bodies())
    _terrace(country)
    world = country.world(near=30.0)
    lights = city.glows()
    own = world.glows
    if lights is not None and own is not None:
        lights = Glows(
            np.concatenate([lights.position, own.position]),
            np.concatenate([lights.colour, own.colour]),
            np.concatenate([lights.size, own.size]),
        )
    return replace(world, glows=lights or own)


def _skyline(country: Country, city: Masonry) -> None:
    rng = country.rng
    hour = city_hour(country.scene, np.random.default_rng([country.scene.seed & 0x7FFFFFFF, 3]))
    start = 34.0 + 1.4 * country.cast.reach
    for row, (deep, spacing) in enumerate(((0, 24), (34, 26), (80, 30), (140, 34), (220, 40), (330, 48), (470, 60))):
        z = -start - deep
        reach = 40 + (deep + start) * 1.1
        x = -reach + float(rng.uniform(0, spacing))
        while x < reach:
            wide = spacing * float(rng.uniform(0.55, 0.85))
            low, high = (26, 44) if row == 0 else (30, 62) if row == 1 else (36, 130)
            tall = low + (high - low) * float(rng.beta(1.1, 2.2))
            raiser: Raise = house
            if row > 1 and tall > 75:
                shares = np.array([share for _, share in MODERN])
                raiser = MODERN[int(rng.choice(len(MODERN), p=shares / shares.sum()))][0]
            raiser(
                city,
                Plot(x, z + float(rng.uniform(-5, 5)), wide, wide * 0.8, tall, _DROP),
                clad(rng, hour, False, tall),
                rng,
            )
            x += spacing * float(rng.uniform(0.8, 1.2))


def _terrace(country: Country) -> None:
    rng = country.rng
    reach = country.cast.reach if country.cast.placed else 0.0
    half, back = max(9.0, 1.7 * reach + 4), -max(7.5, 1.5 * reach + 4.0)
    at_ = country.kit.frame()
    long = 40.0 + country.eye[1]
    at_.box(0, _DROP, back + long / 2, 2 * half, -_DROP - 0.12, long, (0.40, 0.17, 0.11), BRICK)
    at_.box(0, -0.12, back + long / 2, 2 * half, 0.12, long, (0.34, 0.23, 0.14), BOARDS)
    for x in (-half, half):
        at_.box(x, 0, back + long / 2, 0.3, 1.0, long, (0.40, 0.17, 0.11), BRICK)
    at_.box(0, 0, back, 2 * half, 1.0, 0.3, (0.40, 0.17, 0.11), BRICK)
    at_.box(0, 1.0, back, 2 * half + 0.4, 0.1, 0.5, (0.50, 0.48, 0.44))
    for index, x in enumerate(np.linspace(-half + 1.0, half - 1.0, 7)):
        if abs(x) < country.cast.width * 0.5:
            continue
        tall = 0.55 + 0.1 * (index % 2)
        at_.mesh(
            lathe([(0.26, 0), (0.36, tall), (0.30, tall), (0.0, tall - 0.06)], (0.44, 0.20, 0.12), 0, 18),
            float(x),
            0,
            back + 0.9,
        )
        if index % 2:
            made = trees("broadleaf", country.foliage, 0.12)[index % 3]
            at_.mesh(made, float(x), tall - 0.1, back + 0.9, scale=2.0)
        else:
            at_.mesh(bush(rng, 0.95), float(x), tall - 0.12, back + 0.9)
    _lights(country, half, back)
    if not country.cast.placed:
        _seats(country, back)
    tank = country.kit.frame(half - 2.4, 0, back + 4.0)
    for x in (-0.8, 0.8):
        for z in (-0.8, 0.8):
            tank.box(x, 0, z, 0.14, 2.4, 0.14, (0.12, 0.10, 0.09))
    snow = (0.78, 0.81, 0.86)
    tank.mesh(lathe([(1.3, 2.4), (1.3, 4.8)], (0.28, 0.18, 0.11), 0, 22))
    tank.mesh(lathe([(1.45, 4.8), (0.0, 5.8)], snow if country.winter else (0.20, 0.20, 0.21), 0, 22))


def _seats(country: Country, back: float) -> None:
    """Two sofas round a low table on a rug."""
    at_ = country.kit.frame(-2.6, 0, back + 3.6)
    at_.box(0, 0.0, 0.3, 4.4, 0.02, 3.0, (0.42, 0.13, 0.09))
    at_.box(0, 0.02, 0.3, 3.9, 0.02, 2.5, (0.60, 0.50, 0.34))
    for x, z, yaw in ((0.0, -1.0, 0.0), (-2.2, 0.5, np.pi / 2)):
        sofa = at_.placed(x, 0, z, yaw)
        sofa.box(0, 0.1, 0, 2.2, 0.3, 0.85, WOOD, BOARDS)
        sofa.box(0, 0.4, 0.05, 2.1, 0.16, 0.75, (0.62, 0.58, 0.50))
        sofa.box(0, 0.5, -0.36, 2.1, 0.45, 0.16, (0.62, 0.58, 0.50))
        for side, hue in ((-0.7, (0.10, 0.30, 0.34)), (0.75, (0.70, 0.34, 0.10))):
            sofa.box(side, 0.56, -0.22, 0.42, 0.36, 0.14, hue)
    at_.box(0.3, 0.32, 0.5, 1.2, 0.07, 0.7, WOOD, BOARDS)
    for x in (-0.2, 0.8):
        at_.box(x, 0, 0.5, 0.08, 0.32, 0.5, WOOD)
    at_.mesh(
        lathe(
            [(0.05, 0), (0.06, 0.12), (0.0, 0.12)],
            (0.8, 0.7, 0.5),
            0.3,
            10,
            glow=(2.4, 1.3, 0.5) if at_.kit.lit else None,
        ),
        0.3,
        0.4,
        0.5,
    )
    at_.lamp(0.3, 0.65, 0.6, (0.6, 0.34, 0.13), 1.3, 0.05)


def _lights(country: Country, half: float, back: float) -> None:
    """Strings of bulbs between poles."""
    at_ = country.kit.frame()
    poles = [(-half + 0.6, back + 0.6), (0.0, back + 0.4), (half - 0.6, back + 0.6)]
    for x, z in poles:
        at_.box(x, 0, z, 0.08, 3.4, 0.08, WOOD)
    for (ax, az), (bx, bz) in itertools.pairwise(poles):
        line = [(ax + (bx - ax) * t, 3.35 - 2.2 * t * (1 - t), az + (bz - az) * t) for t in np.linspace(0, 1, 13)]
        at_.rope(line, 0.02, (0.03, 0.03, 0.03))
        glow = (3.0, 1.9, 0.8) if country.kit.lit else (0.25, 0.2, 0.12)
        for x, y, z in line[1:-1]:
            at_.mesh(ball((0, 0, 0), 0.085, (0.8, 0.7, 0.5), 0.4, glow=glow, segments=8), x, y - 0.08, z)
        for x, y, z in line[3:-1:4]:
            at_.lamp(x, y - 0.15, z + 0.2, (0.55, 0.34, 0.14), 1.5, 0.05)
