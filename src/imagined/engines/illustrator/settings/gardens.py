"""Parks and gardens: lawns, paths, benches, beds and hedges; and Japanese gardens round a pond."""

import itertools
from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.plants import leaf_cloud
from imagined.engines.illustrator.figures.solids import ball, lathe
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import BOARDS, TILES
from imagined.engines.illustrator.settings.greenery import blossoms, boulders, clear_of, rocks, spaced, trees
from imagined.engines.illustrator.settings.ground import Line, Raked, Way
from imagined.engines.illustrator.settings.houses import of_village, raise_house
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.outfit import bench, bush, fence, street_lamp
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.world import Camera, Vector, Water, World

_LEVEL = -0.55


def _lawn(seed: int, pond: tuple[float, float, float, float] | None, relief: float = 0.35) -> Height:
    """Mown ground with an oval pond of middle x and z and half axes."""

    def height(x: Floats, z: Floats) -> Floats:
        y = rolling(x / 34, z / 34, seed, 3, 0.4) * np.float32(relief)
        away = np.hypot(x, z + 40)
        y = y + (10 + 8 * rolling(x / 160, z / 160, seed + 3, 3)) * smoothstep(110.0, 420.0, away)
        if pond is not None:
            px, pz, rx, rz = pond
            bend = 0.16 * np.sin(np.arctan2(z - pz, x - px) * 3 + seed % 7)
            inside = np.hypot((x - px) / rx, (z - pz) / rz) + bend
            y = y * smoothstep(0.9, 1.6, inside) - 1.5 * (1 - smoothstep(0.72, 1.06, inside))
        return y.astype(np.float32)

    return height


def _behind(country: Country) -> float:
    """The distance behind the cast from which on wide things may stand."""
    return max(4.0, 1.5 * country.cast.reach + 2.0) if country.cast.placed else 0.0


def park(scene: Scene, rng: np.random.Generator) -> World:
    """A park: lawns under tall trees, a gravel path with benches and lamps, a pond, beds of flowers."""
    side = float(rng.choice([-1.0, 1.0]))
    pond = (side * 15.0, -30.0, 12.0, 13.0)
    water = Water(level=_LEVEL, choppiness=0.008, wavelength=1.4)

    def path(z: Floats) -> Floats:
        bend: Floats = (-side * (2.2 + 3.0 * np.sin(z / 19 + 0.6) * smoothstep(0.0, 20.0, -z))).astype(np.float32)
        return bend

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 9.0)
        return Camera(eye=(side * 0.5, y + 2.0, 9.0), target=(side * 1.2, y + 2.6, -26.0), fov=46.0)

    country = begin(scene, rng, _lawn(int(rng.integers(1 << 20)), pond), grassy(scene), view, water, rise=0.5)
    country.layers.append(Way(path, 2.6, "gravel", (0.52, 0.44, 0.32), 0.12))
    clear = _behind(country)
    for index, z in enumerate((2.0, -9.0, -21.0, -36.0, -54.0)):
        if z > -clear and country.cast.placed:
            z = -clear - 2.0 * index
        x = float(path(np.array([z], np.float32))[0])
        y = at(country.height, x - side * 2.2, z)
        street_lamp(country.kit.frame(x - side * 1.9, y, z - 3.0), 3.6, 2.8)
        bench(country.kit.frame(x - side * 2.3, y, z, side * 1.25))
    if not country.winter:
        _beds(country, side, clear)
    _park_trees(country, path, pond)
    country.sward(
        26000,
        0.075 if country.cast.height > 0.6 or not country.cast.placed else 0.03,
        260 if scene.season in ("spring", "summer") else 0,
    )
    if scene.season == "autumn":
        _leaves(country)
    return country.world(near=None if country.cast.placed else 0.7)


def _beds(country: Country, side: float, clear: float) -> None:
    """Round beds of flowers on the lawn between the path and the pond."""
    rng = country.rng
    for index, (x, z, reach) in enumerate(
        ((side * 3.8, -8.5, 2.0), (side * 1.6, -24.0, 2.2), (-side * 12.0, -20.0, 2.4))
    ):
        if country.cast.placed and (z > -clear or abs(x) < country.cast.width * 0.4):
            z = z - clear
        turn, out = rng.uniform(0, 2 * np.pi, 420), np.sqrt(rng.uniform(0, 1, 420)) * reach
        spots = np.stack([x + np.cos(turn) * out, z + np.sin(turn) * out], 1).astype(np.float32)
        hue = ((0, 1), (4, 2), (3, 1))[index]
        country.add(blossoms(rng, spots, country.height, country.eye, 0.42, hue), casts_shadow=False)
        low = np.stack([x + np.cos(turn) * reach, z + np.sin(turn) * reach], 1)[:70]
        for bx, bz in low:
            y = at(country.height, float(bx), float(bz))
            country.kit.mesh_of(bush(rng, 0.34).moved((float(bx), y, float(bz))))


def _park_trees(country: Country, path: Line, pond: tuple[float, float, float, float]) -> None:
    away = country.eye[1] if country.cast.placed else 0.0
    spots = spaced(country.spots(max(16.0, 1.8 * away), 150.0, 260, half=0.85, room=1.5), 7.5)
    line = path(spots[:, 1])
    wet = np.hypot((spots[:, 0] - pond[0]) / (pond[2] + 3), (spots[:, 1] - pond[1]) / (pond[3] + 3)) < 1.0
    spots = spots[(np.abs(spots[:, 0] - line) > 4.5) & ~wet]
    distance = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    open_ = (np.abs(spots[:, 0]) > 7.5) | (distance > 62)
    country.plant(trees("broadleaf", country.foliage, 0.22), spots[(distance < 60) & open_][:12], 8.0, 12.0)
    country.plant(trees("broadleaf", country.foliage, 0.035), spots[distance >= 60][:120], 9.0, 14.0, 0.1)
    far = country.spots(140.0, 600.0, 700, half=0.8)
    country.plant(trees("broadleaf", country.foliage, 0.008), far[:320], 10.0, 15.0, 0.16)


def _leaves(country: Country, colours: tuple[Vector, Vector] = ((0.50, 0.12, 0.02), (0.74, 0.42, 0.05))) -> None:
    away = abs(country.eye[1])
    spots = country.spots(max(away * 0.3, 1.5), max(away * 3, 26.0), 4200, room=0.2)
    y = country.height(spots[:, 0], spots[:, 1])
    size = 0.05
    if country.water is not None:
        keep = y > country.water.level + 0.05
        spots, y = spots[keep], y[keep]
    centres = np.stack([spots[:, 0], y + 0.02, spots[:, 1]], 1).astype(np.float32)
    made = leaf_cloud(country.rng, centres, np.full(len(centres), size * 0.3, np.float32), len(centres), size, colours)
    country.add(made, casts_shadow=False)


def garden(scene: Scene, rng: np.random.Generator) -> World:
    """A cottage garden: a flagged path between beds to the house, hedges, a gate and an arch of roses."""

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 9.0)
        return Camera(eye=(0.7, y + 1.9, 9.5), target=(-0.2, y + 1.9, -14.0), fov=46.0)

    country = begin(scene, rng, _lawn(int(rng.integers(1 << 20)), None, 0.1), grassy(scene), view)
    cast = country.cast
    shift = max(0.0, 1.3 * cast.reach - 1.0) if cast.placed else 0.0
    half = max(0.9, cast.width * 0.55) if cast.placed else 0.9
    country.layers.append(Way(lambda z: np.zeros_like(z), 1.7, "flags", (0.46, 0.43, 0.37), 0.06))
    house = replace(of_village(rng, "stone" if rng.random() < 0.5 else "thatch"), width=11.0, shop=None)
    raise_house(country.kit.frame(0.0, 0.0, -24.0 - shift), house, rng)
    _flower_beds(country, half + 0.3, shift)
    for side in (-1.0, 1.0):
        for z in np.arange(4.0, -24.0, -0.8):
            country.kit.mesh_of(
                bush(rng, 2.3, (0.045, 0.095, 0.028)).moved((side * (half + 7.2), 0.0, float(z) - shift))
            )
    _arch(country, -8.5 - shift, half + 0.2)
    spots = np.array([[-9.5, -17.0], [9.0, -13.0], [-13.0, -30.0], [12.0, -31.0], [3.0, -38.0]], np.float32)
    country.plant(trees("broadleaf", country.foliage, 0.2), clear_of(spots, (0, 0), cast.reach + 3.0), 5.0, 8.0)
    far = spaced(country.spots(46.0, 300.0, 300, half=0.8), 8.0)
    country.plant(trees("broadleaf", country.foliage, 0.02), far, 7.0, 12.0)
    country.sward(26000, 0.06 if cast.height > 0.6 or not cast.placed else 0.03, 0)
    return country.world(near=None if cast.placed else 0.7)


def _flower_beds(country: Country, half: float, shift: float) -> None:
    """Two beds along the path, taller towards the back, in drifts of colour."""
    rng = country.rng
    if country.winter:
        return
    count = 2600
    side = rng.choice([-1.0, 1.0], count)
    out = half + 2.6 * rng.random(count)
    z = 4.5 - 26.0 * rng.random(count) - shift
    if country.cast.placed:
        z = np.minimum(z, -0.4 * country.cast.reach - 0.3)
    spots = np.stack([side * out, z], 1).astype(np.float32)
    for low, high, tall, hues in (
        (0.0, 0.9, 0.26, (2, 4, 5)),
        (0.9, 1.8, 0.48, (0, 4, 1)),
        (1.8, 2.7, 0.85, (3, 4, 2)),
    ):
        band = spots[(out - half >= low) & (out - half < high)]
        country.add(blossoms(rng, band, country.height, country.eye, tall, hues), casts_shadow=False)
        centres = np.stack([band[:, 0], np.full(len(band), tall * 0.42), band[:, 1]], 1).astype(np.float32)
        leaves = ((0.05, 0.11, 0.03), (0.11, 0.20, 0.05))
        country.add(leaf_cloud(rng, centres, np.full(len(band), tall * 0.35, np.float32), len(band) * 7, 0.09, leaves))


def _arch(country: Country, z: float, half: float) -> None:
    """A wooden arch grown with roses, and a picket fence to either side."""
    rng = country.rng
    at_ = country.kit.frame(0.0, 0.0, z)
    ring = [(half * 1.05 * float(np.cos(a)), 1.9 + 0.75 * float(np.sin(a)), 0.0) for a in np.linspace(0, np.pi, 10)]
    for deep in (-0.35, 0.35):
        at_.rope(
            [(half * 1.05, 0.0, deep), *((x, y, deep) for x, y, _ in ring), (-half * 1.05, 0.0, deep)],
            0.08,
            (0.72, 0.71, 0.67),
        )
    for side in (-1.0, 1.0):
        fence(at_.placed(half * 1.1 if side > 0 else -half * 1.1 - 5.0, 0, 0), 5.0)
    if country.winter:
        return
    turn = rng.uniform(-0.25, np.pi + 0.25, 260)
    x, y = (
        half * 1.06 * np.cos(turn),
        np.where(np.sin(turn) < 0.0, rng.uniform(0.3, 1.9, 260), 1.9 + 0.78 * np.sin(turn)),
    )
    centres = np.stack([x, y, z + rng.uniform(-0.4, 0.4, 260)], 1).astype(np.float32)
    country.add(
        leaf_cloud(rng, centres, np.full(260, 0.16, np.float32), 2200, 0.10, ((0.04, 0.10, 0.025), (0.10, 0.19, 0.05)))
    )
    for bx, by, bz in centres[:90]:
        hue = ((0.80, 0.30, 0.40), (0.82, 0.70, 0.66), (0.66, 0.06, 0.12))[int(rng.integers(3))]
        country.kit.mesh_of(ball((float(bx), float(by), float(bz) + 0.12), 0.085, hue, segments=8))


def japanese_garden(scene: Scene, rng: np.random.Generator) -> World:
    """A pond with a red bridge, stone lanterns, maples and clipped pines, raked gravel and a tea house."""
    side = float(rng.choice([-1.0, 1.0]))
    pond = (0.0, -15.0, 17.0, 10.5)
    water = Water(level=_LEVEL, choppiness=0.005, wavelength=1.1)
    seed = int(rng.integers(1 << 20))
    afloat = any(subject.noun in ("fish", "duck", "swan", "koi", "sailing_boat") for subject in scene.subjects)
    if afloat:
        pond = (0.0, -6.0, 20.0, 11.0)

    def view(ground: Height) -> Camera:
        del ground
        return Camera(eye=(side * 1.5, 2.3, 3.5), target=(-side * 0.6, 0.75, -16.0), fov=48.0)

    cover = replace(grassy(scene), shore=-0.35, sand=(0.20, 0.19, 0.16))
    if scene.season in ("spring", "summer"):
        cover = replace(cover, low=(0.085, 0.135, 0.03), second=(0.13, 0.165, 0.04))
    elif scene.season == "autumn":
        cover = replace(cover, low=(0.12, 0.14, 0.035), second=(0.22, 0.17, 0.05))
    country = begin(scene, rng, _lawn(seed, pond, 0.25), cover, view, water, rise=0.5, fill=0.5)
    deep = pond[1]
    _pond_stones(country, pond)
    _gravel(country, side, pond)
    arched_bridge(country.kit.frame(-side * 3.0, -0.15, deep - 4.0, side * 0.42), 9.0, 1.9, (0.52, 0.05, 0.03))
    for x, z, scale in ((side * 6.6, deep + 8.6, 1.15), (-side * 9.5, deep + 3.0, 1.0), (side * 8.5, deep - 12.0, 1.2)):
        if np.hypot(x, z) > country.cast.reach * 1.3 + 1.0:
            stone_lantern(country.kit.frame(x, at(country.height, x, z), z), scale)
    _tea_house(country.kit.frame(side * 9.0, 0.2, deep - 17.0, -side * 0.35))
    _japanese_trees(country, side, pond)
    _lilies(country, pond)
    if scene.season == "autumn":
        _leaves(country, ((0.46, 0.04, 0.015), (0.70, 0.20, 0.03)))
    return country.world(near=None if country.cast.placed else 0.6)


def _pond_stones(country: Country, pond: tuple[float, float, float, float]) -> None:
    """Stones along the water's edge."""
    rng = country.rng
    px, pz, rx, rz = pond
    turn = np.linspace(0, 2 * np.pi, 54, endpoint=False) + rng.uniform(-0.05, 0.05, 54)
    out = 1.0 + rng.uniform(-0.06, 0.05, 54)
    spots = np.stack([px + np.cos(turn) * rx * out, pz + np.sin(turn) * rz * out], 1).astype(np.float32)
    spots = clear_of(spots, (0.0, 0.0), country.cast.reach + 0.4)
    big = rng.random(len(spots)) < 0.3
    tone = (0.27, 0.265, 0.25)
    country.plant(boulders(tone), spots[big][:9], 0.8, 1.7, 0.1)
    country.plant(rocks(tone), spots[~big], 0.5, 1.1, 0.05)


def _gravel(country: Country, side: float, pond: tuple[float, float, float, float]) -> None:
    """A court of raked gravel with three stones, beside the pond."""
    x, z = -side * 9.0, pond[1] + 13.0
    stones = [(x - 1.5, z - 1.0, 0.9), (x + 2.2, z + 0.6, 0.7), (x + side * 4.5, z - 2.5, 0.8)]

    def region(px: Floats, pz: Floats) -> Floats:
        inside: Floats = (smoothstep(-7.6, -7.3, -np.abs(px - x)) * smoothstep(-3.6, -3.3, -np.abs(pz - z))).astype(
            np.float32
        )
        return inside

    country.layers.append(Raked(stones, region))
    spots = np.array([[a, b] for a, b, _ in stones], np.float32)
    country.plant(boulders((0.27, 0.265, 0.25)), clear_of(spots, (0.0, 0.0), country.cast.reach + 0.5), 0.9, 1.4, 0.1)


def arched_bridge(at_: Frame, long: float, wide: float, colour: Vector) -> None:
    """A wooden bridge that rises in a bow along local x, with railings."""
    bow = [(float(t) * long / 2, 0.9 * (1 - float(t) ** 2) + 0.35, 0.0) for t in np.linspace(-1, 1, 15)]
    plank = (0.26, 0.16, 0.09)
    for (a, ay, _), (b, by, _) in itertools.pairwise(bow):
        at_.slab([(a, ay, wide / 2), (b, by, wide / 2), (b, by, -wide / 2), (a, ay, -wide / 2)], 0.12, plank, BOARDS)
    for side in (-1.0, 1.0):
        z = side * wide / 2
        at_.rope([(x, y - 0.1, z) for x, y, _ in bow], 0.24, colour)
        at_.rope([(x, y + 0.86, z) for x, y, _ in bow], 0.11, colour)
        at_.rope([(x, y + 0.48, z) for x, y, _ in bow], 0.07, colour)
        for x, y, _ in bow[::2]:
            at_.box(x, y - 0.1, z, 0.13, 1.12, 0.13, colour)
            at_.box(x, y + 1.0, z, 0.17, 0.08, 0.17, (0.06, 0.05, 0.04))
    for x, y, _ in (bow[4], bow[10]):
        for side in (-1.0, 1.0):
            at_.box(x, -2.0, side * wide * 0.4, 0.2, 2.0 + y, 0.2, (colour[0] * 0.6, colour[1] * 0.6, colour[2] * 0.6))


def stone_lantern(at_: Frame, scale: float = 1.0) -> None:
    """A stone lantern, about 1.7 m, with a light in it after dark."""
    s, tone = scale, (0.40, 0.39, 0.36)
    at_.mesh(
        lathe(
            [
                (0.34 * s, 0),
                (0.34 * s, 0.14 * s),
                (0.15 * s, 0.26 * s),
                (0.13 * s, 0.78 * s),
                (0.30 * s, 0.92 * s),
                (0.30 * s, 1.0 * s),
            ],
            tone,
            0,
            6,
        )
    )
    glow = (1.6, 0.85, 0.3) if at_.kit.lit else (0.0, 0.0, 0.0)
    at_.box(0, 1.0 * s, 0, 0.34 * s, 0.32 * s, 0.34 * s, tone)
    for w, d in ((0.18, 0.36), (0.36, 0.18)):
        at_.box(0, 1.05 * s, 0, w * s, 0.22 * s, d * s, (0.10, 0.08, 0.06), glow=glow)
    at_.mesh(
        lathe(
            [
                (0.50 * s, 1.30 * s),
                (0.46 * s, 1.36 * s),
                (0.12 * s, 1.56 * s),
                (0.09 * s, 1.60 * s),
                (0.11 * s, 1.68 * s),
                (0.0, 1.80 * s),
            ],
            (0.62, 0.65, 0.70) if at_.kit.snowy else tone,
            0,
            6,
        )
    )
    at_.lamp(0, 1.15 * s, 0.35 * s, (0.70, 0.40, 0.16), 1.7, 0.05)


def _tea_house(at_: Frame) -> None:
    wood, paper = (0.15, 0.08, 0.045), (0.78, 0.74, 0.64)
    glow = (0.75, 0.46, 0.18) if at_.kit.lit else (0.0, 0.0, 0.0)
    at_.box(0, 0, -3.0, 9.0, 0.6, 7.0, wood, BOARDS)
    at_.box(0, 0.6, -3.2, 7.4, 2.6, 5.0, paper, glow=glow)
    for x in np.linspace(-3.7, 3.7, 9):
        at_.box(float(x), 0.6, -0.7, 0.12, 2.6, 0.12, wood)
    for y in (0.6, 1.5, 2.4, 3.1):
        at_.box(0, y, -0.7, 7.5, 0.10, 0.10, wood)
    for x in (-4.3, 4.3):
        for z in (0.2, -6.2):
            at_.box(x, 0.6, z, 0.18, 2.6, 0.18, wood)
    slate = (0.13, 0.14, 0.155)
    for low, high, out, inner in ((3.1, 4.5, 5.4, 2.8), (4.5, 5.5, 2.8, 2.2)):
        d0, d1 = (out - 1.1, 1.4) if low < 4 else (1.4, 0.05)
        z = -3.0
        pts = [(-out, low, z + d0), (out, low, z + d0), (inner, high, z + d1), (-inner, high, z + d1)]
        at_.slab(pts, 0.16, slate, TILES)
        at_.slab(
            [(out, low, z - d0), (-out, low, z - d0), (-inner, high, z - d1), (inner, high, z - d1)], 0.16, slate, TILES
        )
        at_.slab(
            [(out, low, z + d0), (out, low, z - d0), (inner, high, z - d1), (inner, high, z + d1)], 0.16, slate, TILES
        )
        at_.slab(
            [(-out, low, z - d0), (-out, low, z + d0), (-inner, high, z + d1), (-inner, high, z - d1)],
            0.16,
            slate,
            TILES,
        )
    at_.box(0, 5.45, -3.0, 4.8, 0.25, 0.35, slate)


def _japanese_trees(country: Country, side: float, pond: tuple[float, float, float, float]) -> None:
    """Maples and cherries round the pond, clipped bushes between, dark woods behind."""
    rng = country.rng
    season = country.foliage
    maple = {"spring": "cherry", "autumn": "autumn"}.get(season, season)
    px, pz, rx, rz = pond
    near = np.array(
        [
            [-side * 11.5, pz - 5.0],
            [side * 12.5, pz + 2.5],
            [-side * 15.5, pz + 6.5],
            [side * 4.0, pz - 14.5],
            [-side * 4.5, pz - 16.0],
        ],
        np.float32,
    )
    near = clear_of(near, (0.0, 0.0), country.cast.reach * 1.4 + 2.5)
    maples = trees("broadleaf", maple, 0.45)
    country.plant(_reddened(maples) if season == "autumn" else maples, near, 4.6, 6.6)
    country.plant(
        trees("conifer", season, 0.4),
        np.array([[side * 16.5, pz - 8.0], [-side * 18.0, pz - 10.0]], np.float32),
        6.5,
        9.0,
    )
    green = (0.055, 0.105, 0.035) if season != "autumn" else (0.10, 0.11, 0.04)
    for _ in range(34):
        turn, out = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(1.15, 1.6))
        x, z = px + np.cos(turn) * rx * out, pz + np.sin(turn) * rz * out
        if np.hypot(x, z) < country.cast.reach + 1.8 or (z > pz + rz and abs(x) < 6):
            continue
        tone = (0.42, 0.07, 0.03) if season == "autumn" and rng.random() < 0.35 else green
        country.kit.mesh_of(
            bush(rng, float(rng.uniform(0.9, 1.8)), (0.7, 0.74, 0.79) if country.winter else tone).moved(
                (x, at(country.height, x, z) - 0.1, z)
            )
        )
    woods = spaced(country.spots(32.0, 150.0, 420, half=0.85), 5.0)
    woods = woods[woods[:, 1] < pz - 22.0]
    mixed = rng.random(len(woods))
    back = trees("broadleaf", maple, 0.03)
    country.plant(_reddened(back) if season == "autumn" else back, woods[mixed < 0.5], 7.0, 10.0, 0.1)
    country.plant(trees("conifer", season, 0.12), woods[mixed >= 0.5], 9.0, 14.0)


def _reddened(made: tuple[Mesh, ...]) -> tuple[Mesh, ...]:
    """Japanese maples turn redder than other trees."""
    red = np.array([0.92, 0.30, 0.45], np.float32)
    return tuple(replace(mesh, colours=mesh.colours * np.where(mesh.colours[:, :1] > 0.2, red, 1.0)) for mesh in made)


def _lilies(country: Country, pond: tuple[float, float, float, float]) -> None:
    if country.winter:
        return
    rng = country.rng
    for cx, cz in ((0.35, 0.35), (-0.5, 0.1), (0.1, -0.5)):
        for _ in range(14):
            x = pond[0] + pond[2] * (cx + float(rng.normal()) * 0.09)
            z = pond[1] + pond[3] * (cz + float(rng.normal()) * 0.09)
            if np.hypot(x, z) < country.cast.reach * 1.1 or at(country.height, x, z) > _LEVEL - 0.1:
                continue
            size = float(rng.uniform(0.16, 0.30))
            country.kit.mesh_of(
                lathe([(size, 0.0), (size, 0.015), (0.0, 0.02)], (0.06, 0.15, 0.05), 0.25, 10).moved(
                    (x, _LEVEL + 0.01, z)
                )
            )
            if rng.random() < 0.2:
                country.kit.mesh_of(ball((x, _LEVEL + 0.1, z), (0.11, 0.09, 0.11), (0.82, 0.50, 0.62), segments=8))
