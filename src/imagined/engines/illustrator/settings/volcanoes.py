"""A volcano: lava down its sides, fire and smoke over its crater."""

from dataclasses import dataclass, replace

import numpy as np

from imagined.engines.illustrator.figures.solids import ball
from imagined.engines.illustrator.mesh import Floats, Mesh, joined
from imagined.engines.illustrator.noise import noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.greenery import beside, spaced, trees
from imagined.engines.illustrator.settings.land import Land
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.world import Body, Camera, Hits, Light, Shaded, Vector, Water, World

_WANDER = noise_tile(256, 91, 0.9, 3)


@dataclass(frozen=True)
class Lava:
    """Land with glowing streams down a cone."""

    land: Land
    x: float
    z: float
    reach: float
    strength: float
    streams: tuple[float, ...]

    def shade(self, hits: Hits) -> Shaded:
        """The land, darkened to ash on the cone, with lava in the gullies."""
        plain = self.land.shade(hits)
        dx, dz = hits.position[:, 0] - np.float32(self.x), hits.position[:, 2] - np.float32(self.z)
        away = np.hypot(dx, dz)
        turn = np.arctan2(dx, dz)
        ash = (1 - smoothstep(self.reach * 0.65, self.reach * 1.1, away))[:, None]
        colour = plain.colour * (1 - ash) + (plain.colour * 0.30 + np.array([0.02, 0.014, 0.012], np.float32)) * ash
        glow = np.zeros(len(away), np.float32)
        wander = sample_tile(_WANDER, away * np.float32(1 / 420), turn * np.float32(0.3))
        for index, stream in enumerate(self.streams):
            bend = turn - np.float32(stream) - wander * np.float32(0.07)
            long = self.reach * (0.95 - 0.16 * (index % 3))
            width = np.float32(5.0) + away * np.float32(0.022)
            line = np.exp(-((bend * away / width) ** 2)) * (1 - smoothstep(long * 0.6, long, away))
            glow = np.maximum(glow, line)
        crater = 1 - smoothstep(30.0, 62.0, away)
        glow = np.maximum(glow, crater) * np.float32(self.strength)
        light = glow[:, None] * np.array([2.6, 0.55, 0.06], np.float32) + (glow**3)[:, None] * np.array(
            [1.2, 0.9, 0.2], np.float32
        )
        return Shaded(colour.astype(np.float32), light.astype(np.float32), plain.gloss, plain.normal)


def volcano(scene: Scene, rng: np.random.Generator) -> World:
    """A volcano over a plain with a lake: lava down its sides, a column of smoke lit from below."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    side = float(rng.choice([-1.0, 1.0]))
    x0, z0, reach, tall = side * 90.0, -950.0, 620.0, 400.0

    def height(x: Floats, z: Floats) -> Floats:
        dx, dz = x - x0, z - z0
        away = np.hypot(dx, dz)
        gully = rolling(np.arctan2(dx, dz) * 5 + shift[0], away / 300, seed, 4) * 13 * smoothstep(60.0, 260.0, away)
        cone = tall * np.exp(-away / 235) * 1.28 * (1 - smoothstep(reach, reach * 1.7, away)) + gully * (
            1 - smoothstep(300.0, reach, away)
        )
        cone = np.minimum(cone, tall - 6 + rolling(x / 25, z / 25, seed + 2, 3) * 9) - 46 * (
            1 - smoothstep(20.0, 60.0, away)
        )
        plain = rolling(x / 130 + shift[1], z / 130, seed + 4, 4, 0.45) * (
            0.8 + 5 * smoothstep(40.0, 300.0, np.hypot(x, z))
        )
        lake = -9 * np.exp(-(((x + side * 20) / 150) ** 2) - ((z + 190) / 90) ** 2)
        return np.asarray(np.maximum(cone, 0) + plain + lake, np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 0.0)
        return Camera(eye=(0.0, y + 7.0, 0.0), target=(x0 * 0.45, y + 165.0, z0), fov=44.0)

    cover = replace(
        grassy(scene, 900.0),
        low=(0.085, 0.095, 0.04),
        second=(0.14, 0.125, 0.06),
        rock=(0.12, 0.10, 0.09),
        second_rock=(0.07, 0.06, 0.055),
        steep=0.74,
    )
    water = Water(level=-3.0, choppiness=0.012, wavelength=2.5)
    country = begin(scene, rng, height, cover, view, water, rise=1.0)
    dark = country.hour.dark
    if dark:
        # The fire lights the smoke, and the smoke the land.
        ambient = country.hour.ambient
        above = (ambient.above[0] * 1.7 + 0.035, ambient.above[1] * 1.5 + 0.012, ambient.above[2] * 1.4)
        country.hour = replace(country.hour, ambient=replace(ambient, above=above))
    strength = 1.0 if dark else 0.75
    _eruption(country, x0, tall - 20.0, z0, strength)
    spots = spaced(country.spots(30.0, 420.0, 900, half=0.75), 6.0)
    spots = beside(spots[country.height(spots[:, 0], spots[:, 1]) > -2.2], country.eye, 120.0, 0.18)
    away = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    country.plant(trees("conifer", country.foliage, 0.5), spots[away < 110][:40], 6.0, 11.0)
    country.plant(trees("far", country.foliage, 0.1), spots[away >= 110], 7.0, 13.0)
    country.stones(50, 5.0, 120.0, 0.4, 2.2, (0.11, 0.10, 0.095))
    country.sward(16000, None if country.cast.placed else 0.22, 200 if not country.winter else 0)
    world = country.world(near=None if country.cast.placed else 0.9)
    ground = world.bodies[0]
    land = Land(cover, scene.seed & 0xFFFF)
    streams = tuple(float(v) for v in rng.uniform(-1.1, 1.1, 5))
    lava = Lava(land, x0, z0, reach, strength, streams)
    lights = world.light if not dark else Light(direction=(x0, 420.0, z0), colour=(0.46, 0.20, 0.09), softness=0.25)
    return replace(world, bodies=(Body(ground.mesh, lava), *world.bodies[1:]), light=lights)


def _eruption(country: Country, x: float, y: float, z: float, strength: float) -> None:
    """The column of smoke, glowing at its foot, with sparks thrown out of the crater."""
    rng = country.rng
    drift = float(rng.choice([-1.0, 1.0]))
    puffs = []
    for index in range(150):
        t = index / 149
        spread = 16 + 120 * t**1.2
        px = x + drift * 170 * t**1.7 + float(rng.normal()) * spread * 0.55
        py = y + 520 * t**0.85 + float(rng.normal()) * spread * 0.25
        pz = z + float(rng.normal()) * spread * 0.5
        size = float(rng.uniform(0.45, 0.9)) * spread
        tone = float(rng.uniform(0.13, 0.24)) + 0.10 * t
        heat = strength * float(np.exp(-t * 7.5)) * float(rng.uniform(0.4, 1.0))
        glow = (0.9 * heat, 0.20 * heat, 0.035 * heat)
        puffs.append(_puff(rng, (px, py, pz), size, (tone, tone * 0.97, tone * 0.95), glow))
    country.add(joined(puffs), casts_shadow=False)
    for _ in range(190):
        turn, up = float(rng.uniform(0, 6.3)), float(rng.beta(1.2, 2.2))
        out = float(rng.uniform(5, 70)) * (0.3 + up)
        spot = (x + np.cos(turn) * out, y + 8 + 150 * up, z + 22 + np.sin(turn) * out * 0.3)
        heat = float(rng.uniform(0.5, 1.6)) * (1.2 - 0.7 * up)
        country.kit.glow(
            (float(spot[0]), float(spot[1]), float(spot[2])),
            (6.0 * heat, 1.5 * heat, 0.25 * heat),
            float(rng.uniform(0.8, 2.4)),
        )


def _puff(rng: np.random.Generator, centre: Vector, size: float, colour: Vector, glow: Vector) -> Mesh:
    """A lump of smoke: a ball with bulges, its glow on the underside."""
    made = ball((0, 0, 0), 1.0, colour, segments=18)
    a, b = rng.uniform(0, 6, 3), rng.uniform(2.2, 4.2, 3)
    p = made.vertices
    bulge = 1 + 0.11 * (
        np.sin(p[:, 0] * b[0] * 1.6 + a[0]) + np.sin(p[:, 1] * b[1] * 1.6 + a[1]) + np.sin(p[:, 2] * b[2] * 1.6 + a[2])
    )
    under = np.clip(0.6 - 0.5 * p[:, 1:2], 0.05, 1.0)
    emission = np.asarray(glow, np.float32) * under
    vertices = p * bulge[:, None] * size + np.asarray(centre, np.float32)
    return replace(made, vertices=vertices.astype(np.float32), emission=emission.astype(np.float32))
