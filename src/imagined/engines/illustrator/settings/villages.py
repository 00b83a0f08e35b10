"""Villages: houses along a lane, a church, gardens and hills; under snow; and a castle on a hill above one."""

from dataclasses import replace

import msgspec
import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.figures.solids import lathe
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import SLATES, STONE
from imagined.engines.illustrator.settings.greenery import clear_of, spaced, trees
from imagined.engines.illustrator.settings.ground import Line, Patchwork, Way
from imagined.engines.illustrator.settings.houses import of_village, raise_house
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.outfit import fence, stone_wall, street_lamp
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.world import Camera, Vector, World

FIELDS: tuple[Vector, ...] = (
    (0.16, 0.20, 0.05),
    (0.10, 0.17, 0.04),
    (0.40, 0.33, 0.12),
    (0.13, 0.19, 0.045),
    (0.30, 0.25, 0.09),
    (0.22, 0.24, 0.06),
)


def lane(z: Floats) -> Floats:
    """The middle of the village street."""
    bend: Floats = (4.5 * np.sin(z / 24) * smoothstep(4.0, 40.0, -z)).astype(np.float32)
    return bend


def _heights(rng: np.random.Generator, ranges: bool) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z + 30)
        near = rolling(x / 60 + shift[0], z / 60, seed, 3, 0.4) * (0.5 + 5 * smoothstep(60.0, 220.0, away))
        rise = 9.0 * smoothstep(0.0, 130.0, -z)
        hills = (26 + 60 * rolling(x / 700 + shift[1], z / 700, seed + 4, 4, 0.45)) * smoothstep(160.0, 900.0, away)
        y = near + rise + hills
        if ranges:
            y = y + worn(x / 2300 + shift[0], z / 2300, seed + 9) * 1900 * smoothstep(900.0, 4200.0, away)
        return np.asarray(y, np.float32)

    return height


def _view(height: Height) -> Camera:
    y = at(height, 0.0, 22.0)
    return Camera(eye=(1.5, y + 4.6, 24.0), target=(-1.0, y + 5.4, -30.0), fov=44.0)


def village(scene: Scene, rng: np.random.Generator) -> World:
    """A village of the country or, in the winter, one under snow."""
    if scene.season == "winter" or scene.weather == "snow":
        return snow_village(scene, rng)
    ranges = "mountains" in scene.traits
    country = begin(scene, rng, _heights(rng, ranges), replace(grassy(scene, 600.0), forest=90.0), _view)
    country.layers += [Patchwork(FIELDS, 110.0, 130.0), Way(lane, 4.6, "gravel", (0.40, 0.35, 0.27), 0.5)]
    _houses(country, None)
    _church(country, (0.62, 0.56, 0.46))
    _green(country, "broadleaf")
    country.sward(16000, None if country.cast.placed else 0.18, 1200 if scene.season != "autumn" else 100)
    return country.world(near=None if country.cast.placed else 0.8)


def snow_village(scene: Scene, rng: np.random.Generator) -> World:
    """Wooden houses and firs deep in snow, windows and lamps warm at night, mountains behind."""
    scene = replace_winter(scene)
    country = begin(scene, rng, _heights(rng, True), grassy(scene, 300.0), _view)
    country.layers.append(Way(lane, 4.2, "gravel", (0.55, 0.56, 0.58), 0.8))
    _houses(country, "alpine")
    _church(country, (0.72, 0.70, 0.66))
    _green(country, "conifer")
    return country.world(near=None if country.cast.placed else 0.8)


def replace_winter(scene: Scene) -> Scene:
    """The scene in winter, whatever its season."""
    return msgspec.structs.replace(scene, season="winter")


def without(scene: Scene, noun: str) -> Scene:
    """The scene without the subjects that are part of the place itself; relations to them go with them."""
    kept = [index for index, subject in enumerate(scene.subjects) if subject.noun != noun]
    place = {old: new for new, old in enumerate(kept)}
    subjects = []
    for index in kept:
        subject = scene.subjects[index]
        target = place.get(subject.target) if subject.target is not None else None
        relation = subject.relation if target is not None else None
        subjects.append(msgspec.structs.replace(subject, target=target, relation=relation))
    return msgspec.structs.replace(scene, subjects=tuple(subjects))


def _houses(country: Country, kind: str | None) -> None:
    """Both sides of the lane, closer together further off, each turned a little towards the viewer."""
    rng = country.rng
    cast = country.cast
    start = 4.0 if not cast.placed else -max(3.0, 1.2 * cast.reach)
    room = max(8.5, cast.width * 0.75 + 5.0) if cast.placed else 8.5
    for side in (-1.0, 1.0):
        z = start - (4.0 if side > 0 else 0.0)
        index = 0
        while z > -120.0:
            style = kind if kind != "alpine" else ("chalet", "wood", "chalet", "timber")[int(rng.integers(4))]
            house = of_village(rng, style)
            if index > 4:
                house = replace(house, boxes=False)
            out = room + float(rng.uniform(0.0, 3.5)) + (0.0 if index < 3 else float(rng.uniform(0, 9)))
            x = float(lane(np.array([z], np.float32))[0]) + side * out
            yaw = -side * (np.pi / 2 - float(rng.uniform(0.35, 0.75)))
            y = at(country.height, x, z)
            raise_house(country.kit.frame(x, y, z, yaw), house, rng)
            near = country.kit.frame(x - side * 2.6, y - 0.05, z + 5.5, -side * 0.15)
            if index < 4:
                _yard(country, near, kind)
            if index < 5 and (index + (side > 0)) % 2:
                lamp = x - side * (out - 3.0)
                street_lamp(country.kit.frame(lamp, at(country.height, lamp, z + 4), z + 4), 3.4, 2.8)
            if kind is None and index % 2 == 0:
                _second_row(country, x + side * 15.0, z - 6.0, side)
            z -= float(rng.uniform(11.5, 15.5))
            index += 1


def _second_row(country: Country, x: float, z: float, side: float) -> None:
    house = replace(of_village(country.rng), boxes=False)
    yaw = -side * float(country.rng.uniform(0.2, 1.3))
    raise_house(country.kit.frame(x, at(country.height, x, z), z, yaw), house, country.rng)


def _yard(country: Country, at_: Frame, kind: str | None) -> None:
    if country.rng.random() < 0.5 and kind is None:
        stone_wall(at_.placed(-3.0, 0, 0), 6.0, 0.8)
    else:
        fence(at_.placed(-3.0, 0, 0), 6.0, "picket")


def _church(country: Country, wall: Vector) -> None:
    x, z = 10.0, -128.0
    at_ = country.kit.frame(x, at(country.height, x, z), z, 0.25)
    at_.box(0, -3, 0, 5.6, 21.0, 5.6, wall, STONE)
    for y in (8.0, 13.5):
        glow = (0.9, 0.55, 0.2) if at_.kit.lit else (0.0, 0.0, 0.0)
        at_.box(0, y, 2.8, 0.9, 2.4, 0.1, (0.05, 0.05, 0.06), glow=glow)
    roof = (0.16, 0.17, 0.20)
    base = [(-3.2, 18.0, 3.2), (3.2, 18.0, 3.2), (3.2, 18.0, -3.2), (-3.2, 18.0, -3.2)]
    for index in range(4):
        at_.panel([base[index], base[(index + 1) % 4], (0, 34.0, 0)], roof, SLATES)
    at_.mesh(lathe([(0.12, 33.5), (0.1, 35.5), (0.0, 35.6)], (0.6, 0.45, 0.12), 0.5, 6))
    at_.box(-9.5, -3, -1.0, 14.0, 10.0, 7.0, wall, STONE)
    for side in (1, -1):
        edge = [(-17.0, 6.6, 4.2 * side - 1), (-2.0, 6.6, 4.2 * side - 1), (-2.0, 12.0, -1), (-17.0, 12.0, -1)]
        at_.slab(edge if side > 0 else [edge[1], edge[0], edge[3], edge[2]], 0.2, roof, SLATES)
    at_.panel([(-16.5, 7, 2.5), (-16.5, 7, -4.5), (-16.5, 12, -1)], wall, STONE)


def _green(country: Country, kind: str) -> None:
    """Trees between and behind the houses, woods on the hills."""
    cast = country.cast
    spots = spaced(country.spots(max(20.0, 2.2 * country.eye[1] if cast.placed else 0), 190.0, 260, half=0.8), 7.0)
    off = np.abs(spots[:, 0] - lane(spots[:, 1]))
    gap = np.where(spots[:, 1] > -125, 20.0, 8.0)
    behind = spots[(off > gap) & ((off > 32) | (spots[:, 1] < -100))]
    country.plant(trees(kind, country.foliage, 0.3 if kind == "conifer" else 0.06), behind[:34], 6.0, 10.0)
    close = clear_of(
        np.array([[-5.6, -9.0], [6.0, -22.0], [-6.4, -38.0]], np.float32), (0.0, 0.0), cast.reach * 1.4 + 2.0
    )
    country.plant(trees(kind, country.foliage, 0.6 if kind == "conifer" else 0.25), close, 4.5, 6.0)
    far = country.spots(210.0, 2600.0, 4200, half=0.75)
    stand = rolling(far[:, 0] / 210, far[:, 1] / 210, 61, 3)
    woods = far[stand > (0.16 if kind == "broadleaf" else -0.1)]
    if kind == "conifer":
        country.plant(trees("far", country.foliage, 0.1), woods, 8.0, 15.0)
    else:
        country.plant(trees("broadleaf", country.foliage, 0.004), woods[:900], 8.0, 14.0)


def castle_hill(scene: Scene, rng: np.random.Generator) -> World:
    """A castle on a steep hill over woods and a village; what the scene is about stands in front."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    side = float(rng.choice([-1.0, 1.0]))
    scene = without(scene, "castle")
    # Behind a figure the hill stands further off, so that the castle is in the picture with it.
    far_off = 2.3 if scene.subjects else 1.0
    peak = (side * 26.0 * far_off, -170.0 * far_off)

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x - peak[0], (z - peak[1]) * 1.1)
        base = rolling(x / 110 + shift[0], z / 110, seed, 4, 0.42) * (0.6 + 4 * smoothstep(30.0, 200.0, np.hypot(x, z)))
        hill = 58 * (1 - smoothstep(18.0, 120.0 * far_off**0.4, away)) ** 1.4
        crags = (
            worn(x / 60 + shift[1], z / 60, seed + 2)
            * 9
            * smoothstep(20.0, 34.0, away)
            * (1 - smoothstep(60.0, 110.0, away))
        )
        far = worn(x / 2200 + shift[0], z / 2200, seed + 9) * 900 * smoothstep(1200.0, 4800.0, np.hypot(x, z))
        mild = (20 + 50 * rolling(x / 600 + shift[1], z / 600, seed + 4, 4)) * smoothstep(260.0, 1200.0, np.hypot(x, z))
        return np.asarray(base + hill + crags + far + mild, np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 10.0)
        return Camera(eye=(0.0, y + 5.0, 10.0), target=(peak[0] * 0.35, y + 40.0, -170.0), fov=38.0)

    cover = replace(grassy(scene, 700.0), steep=0.74, forest=300.0 if scene.season != "winter" else -1e9)
    country = begin(scene, rng, height, cover, view)
    country.layers += [Patchwork(FIELDS, 120.0, 330.0), Way(_road(*peak), 3.4, "dirt", (0.42, 0.34, 0.24), 0.5)]
    order = Order("castle", season=scene.season, lit=country.hour.dark, seed=1)
    country.add(
        figure(order).mesh.moved(
            (peak[0], at(country.height, *peak) - 3.0, peak[1]), yaw=-np.pi / 2 + 0.35 * side, scale=1.75
        )
    )
    _castle_light(country, peak)
    _hill_woods(country, peak)
    for index in range(9):
        x = peak[0] * 0.3 - side * (14.0 + 9.0 * (index % 5)) + float(rng.uniform(-3, 3))
        z = -84.0 * far_off - 14.0 * (index // 5) + float(rng.uniform(-4, 4))
        house = replace(of_village(rng), boxes=False)
        raise_house(country.kit.frame(x, at(country.height, x, z), z, float(rng.uniform(-0.7, 0.7))), house, rng)
    country.sward(20000, None if country.cast.placed else 0.24, 1500 if scene.season in ("spring", "summer") else 0)
    return country.world(near=None if country.cast.placed else 0.8)


def _road(x: float, z_end: float) -> Line:
    def middle(z: Floats) -> Floats:
        t = np.clip(z / (z_end * 0.7), 0, 1)
        bend: Floats = (x * 0.55 * t + 7 * np.sin(z / 17) * t + 1.5).astype(np.float32)
        return bend

    return middle


def _castle_light(country: Country, peak: tuple[float, float]) -> None:
    """After dark the walls are lit from below."""
    base = at(country.height, *peak)
    for dx in (-20.0, 0.0, 20.0):
        country.kit.lamp((peak[0] + dx, base + 4.0, peak[1] + 24.0), (0.85, 0.55, 0.24), 13.0)


def _hill_woods(country: Country, peak: tuple[float, float]) -> None:
    spots = spaced(country.spots(45.0, 420.0, 1600, half=0.7), 5.0)
    away = np.hypot(spots[:, 0] - peak[0], spots[:, 1] - peak[1])
    stand = rolling(spots[:, 0] / 50, spots[:, 1] / 50, 71, 3)
    way = np.abs(spots[:, 0] - _road(*peak)(spots[:, 1]))
    town = (spots[:, 1] > peak[1] * 0.64) & (spots[:, 1] < peak[1] * 0.36)
    keep = (away > 40) & (stand > -0.1) & ((way > 5) | (spots[:, 1] < peak[1] * 0.77)) & ~town
    spots = spots[keep]
    near = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1]) < 90
    country.plant(trees("broadleaf", country.foliage, 0.12), spots[near][:12], 6.0, 10.0)
    rest = spots[~near]
    country.plant(trees("broadleaf", country.foliage, 0.02), rest[::2], 7.0, 11.0)
    country.plant(trees("conifer", country.foliage, 0.1), rest[1::2][:200], 9.0, 14.0)
    far = country.spots(420.0, 3000.0, 3000, half=0.7)
    woods = far[rolling(far[:, 0] / 240, far[:, 1] / 240, 73, 3) > 0.05]
    country.plant(trees("far", country.foliage, 0.1), woods, 9.0, 15.0)
