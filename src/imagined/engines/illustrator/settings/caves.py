"""Caves: rock all round, stalactites over a pool, crystals that glow, and daylight at the mouth."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.model import noise3
from imagined.engines.illustrator.figures.solids import flat, lathe
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.world import Ambient, Camera, Lamp, Vector, Water, World

_HUES: tuple[Vector, ...] = ((0.10, 0.62, 0.80), (0.46, 0.16, 0.80), (0.12, 0.70, 0.46), (0.80, 0.26, 0.52))


def cave(scene: Scene, rng: np.random.Generator) -> World:
    """A hall of rock seen towards its mouth."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    wide = 9.0

    def height(x: Floats, z: Floats) -> Floats:
        rough = rolling(x / 5 + shift[0], z / 5, seed, 4) * 0.35
        pool = -1.6 * np.exp(-(((x - 2.5) / 3.4) ** 2) - ((z + 13) / 5.5) ** 2)
        return (rough + pool + 0.05 * x * x * np.clip(np.abs(x) / wide, 0, 1) * (z > -60)).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, -1.0, 4.0)
        return Camera(eye=(-1.0, y + 1.9, 4.5), target=(0.5, y + 2.7, -14.0), fov=54.0)

    cover = Cover(
        low=(0.20, 0.175, 0.155),
        second=(0.14, 0.125, 0.115),
        rock=(0.19, 0.17, 0.15),
        second_rock=(0.11, 0.10, 0.095),
        bump=0.6,
    )
    water = Water(level=-0.62, choppiness=0.004, wavelength=0.9)
    country = begin(scene, rng, height, cover, view, water, rise=0.2)
    size = max(country.cast.size, 1.8)
    scale = max(1.0, size / 4.0, country.eye[1] / 9.0 if country.cast.placed else 1.0)
    country.add(_hall(rng, wide * scale, 6.6 * scale, 12.0 * scale + country.eye[1], -46.0 * scale))
    lamps = _crystals(country, wide * scale, scale)
    _drips(country, wide * scale, 6.6 * scale, scale)
    country.stones(40, 3.0, 36.0 * scale, 0.3, 1.4, (0.17, 0.155, 0.14))
    red, green, blue = country.hour.ambient.above
    mouth = Lamp((0.0, 4.0 * scale, -40.0 * scale), (red + 0.05, green + 0.05, blue + 0.05), 9.0 * scale)
    torch = Lamp((0.8 * size, 1.5 * size + 0.4, 1.6 * size), (0.66, 0.46, 0.27), 1.6 * size)
    world = country.world(near=None if country.cast.placed else 0.6)
    return replace(
        world,
        ambient=Ambient(above=(0.10, 0.11, 0.135), below=(0.06, 0.062, 0.075), occlusion=0.9),
        light=replace(world.light, direction=(0.15, 0.42, -1.0)),
        lamps=(*world.lamps, *lamps, mouth, torch),
        fog=replace(world.fog, density=0.004, colour=(red * 0.5, green * 0.5, blue * 0.5), low_colour=None),
        falling="none",
        water=None if world.water is None else replace(world.water, colour=(0.004, 0.012, 0.016)),
        grade=replace(world.grade, exposure=1.9, bloom=0.14, vignette=0.30),
    )


def _hall(rng: np.random.Generator, wide: float, tall: float, near: float, far: float) -> Mesh:
    """Walls and roof as one rough tube along z, open at the far end and narrowing towards it."""
    rows, columns = 150, 96
    turn = np.linspace(-0.25, np.pi + 0.25, columns)[None, :]
    z = np.linspace(near, far, rows)[:, None]
    t = (z - near) / (far - near)
    close = 1 - 0.42 * np.clip((t - 0.72) / 0.28, 0, 1) ** 1.5
    bend = np.sin(t * 3.3 + float(rng.uniform(0, 0.6))) * wide * 0.10
    x = bend + np.cos(turn) * wide * close
    y = np.sin(turn) * tall * close - 0.4
    points = np.stack([x, y + 0 * z, np.broadcast_to(z, x.shape)], -1).reshape(-1, 3).astype(np.float32)
    offset = float(rng.uniform(0, 90))
    rough = sum(
        noise3(points / np.float32(wide * s) + np.float32(offset)) * np.float32(wide * a)
        for s, a in ((0.45, 0.16), (0.18, 0.085), (0.075, 0.04), (0.03, 0.014))
    )
    inwards = -np.stack([np.cos(turn) + 0 * z, np.sin(turn) + 0 * z, np.zeros_like(x)], -1).reshape(-1, 3)
    points = points + (inwards * np.asarray(rough)[:, None]).astype(np.float32)
    grid = points.reshape(rows, columns, 3)
    normal = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
    normal *= np.where((normal * inwards.reshape(rows, columns, 3)).sum(-1, keepdims=True) < 0, -1, 1)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (i * columns + j).reshape(-1)
    faces = np.concatenate([np.stack([a, a + 1, a + columns + 1], 1), np.stack([a, a + columns + 1, a + columns], 1)])
    tone = 0.17 * (1 + 0.35 * noise3(points * np.float32(0.9)) + 0.2 * noise3(points * np.float32(3.1)))
    hue = np.array([1.06, 0.96, 0.86], np.float32)
    colours = np.clip(tone[:, None] * hue, 0.02, 1).astype(np.float32)
    return Mesh(points.astype(np.float32), faces.astype(np.int32), normal.reshape(-1, 3).astype(np.float32), colours)


def _drips(country: Country, wide: float, tall: float, scale: float) -> None:
    """Stalactites and, under some of them, stalagmites."""
    rng = country.rng
    for _ in range(90):
        x, z = float(rng.uniform(-0.85, 0.85)) * wide, -float(rng.uniform(2.0, 40.0)) * scale
        roof = tall * float(np.sqrt(max(1 - (x / wide) ** 2, 0.05))) * 0.98
        long, thick = float(rng.uniform(0.6, 2.6)) * scale, float(rng.uniform(0.10, 0.30)) * scale
        tone = float(rng.uniform(0.16, 0.26))
        shade = (tone * 1.08, tone * 0.98, tone * 0.86)
        cone = [(0.0, -long), (thick * 0.25, -long * 0.7), (thick * 0.6, -long * 0.3), (thick * 1.5, 0.6 * scale)]
        country.add(lathe(cone, shade, 0.15, 9).moved((x, roof, z)))
        if rng.random() < 0.35 and abs(x) > country.cast.width * 0.7 + 0.8 and z < -country.cast.reach - 1:
            base = at(country.height, x, z)
            country.add(
                lathe(
                    [(thick * 1.6, -0.3), (thick * 0.8, long * 0.25), (thick * 0.4, long * 0.55), (0.0, long * 0.7)],
                    shade,
                    0.15,
                    9,
                ).moved((x, base, z))
            )


def _crystals(country: Country, wide: float, scale: float) -> tuple[Lamp, ...]:
    """Clusters of glowing crystals at the foot of the walls."""
    rng = country.rng
    lamps = []
    for index in range(7):
        side = 1.0 if index % 2 else -1.0
        x, z = side * wide * float(rng.uniform(0.52, 0.72)), -(2.5 + 5.2 * index) * scale
        if country.cast.placed:
            x = side * max(abs(x), country.cast.width * 0.6 + 1.0)
        hue = _HUES[(index // 2 + int(rng.integers(2))) % len(_HUES)]
        base = at(country.height, x, z)
        for _ in range(7):
            lean = rng.normal(size=2) * 0.45
            country.add(
                _prism(
                    rng,
                    (x + float(rng.normal()) * 0.4 * scale, base - 0.1, z + float(rng.normal()) * 0.4 * scale),
                    float(rng.uniform(0.5, 1.5)) * scale,
                    lean,
                    hue,
                )
            )
        lamps.append(
            Lamp(
                (x - side * 0.6 * scale, base + 0.9 * scale, z + 0.5 * scale),
                (hue[0] * 0.9, hue[1] * 0.9, hue[2] * 0.9),
                2.4 * scale,
            )
        )
    return tuple(lamps)


def _prism(rng: np.random.Generator, foot: Vector, tall: float, lean: Floats, hue: Vector) -> Mesh:
    reach = tall * 0.13
    turn = np.linspace(0, 2 * np.pi, 7)[:-1] + float(rng.random())
    root = np.asarray(foot, np.float32)
    way = np.array([lean[0], 1.0, lean[1]], np.float32)
    way /= np.linalg.norm(way)
    ring = np.stack([np.cos(turn) * reach, np.zeros(6), np.sin(turn) * reach], 1).astype(np.float32)
    low, high, tip = root + ring, root + ring + way * tall * 0.8, root + way * tall
    faces = []
    for i in range(6):
        j = (i + 1) % 6
        faces += [[low[i], high[j], low[j]], [low[i], high[i], high[j]], [high[i], tip, high[j]]]
    dim = float(rng.uniform(0.35, 0.8))
    return flat(np.array(faces, np.float32), hue, 0.7, (hue[0] * dim, hue[1] * dim, hue[2] * dim))
