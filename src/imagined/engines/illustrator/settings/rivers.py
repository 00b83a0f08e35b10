"""Rivers and lakes: water between wooded banks, a stone bridge or a suspension bridge over it, mountains mirrored."""

import itertools
from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import BOARDS, STONE
from imagined.engines.illustrator.settings.framing import shape_of
from imagined.engines.illustrator.settings.greenery import beside, spaced, trees
from imagined.engines.illustrator.settings.ground import Patchwork
from imagined.engines.illustrator.settings.houses import of_village, raise_house
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.outfit import IRON, WOOD, rowing_boat, street_lamp
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.settings.villages import FIELDS
from imagined.engines.illustrator.world import Camera, Vector, Water, World


def _valley(rng: np.random.Generator, wide: float, shift_x: float, ranges: bool) -> Height:
    """Land with a river of half width `wide` that comes out of the distance; its middle is near x = `shift_x`."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        middle = (
            shift_x
            + 11 * np.sin(z / 46) * smoothstep(20.0, 70.0, -z)
            + 40 * np.sin(z / 260) * smoothstep(80.0, 400.0, -z)
        )
        off = np.abs(x - middle) - wide - rolling(x / 15 + shift[0], z / 15, seed, 3) * 1.6
        bank = np.where(off > 0, 1.5 * (1 - np.exp(-off / 3.5)), np.maximum(off * 0.4, -2.6))
        meadow = smoothstep(3.0, 60.0, off) * (2.2 + 3.0 * rolling(x / 70 + shift[1], z / 70, seed + 3, 4, 0.42))
        hills = smoothstep(90.0, 700.0, off) * (40 + 46 * rolling(x / 420, z / 420 + shift[0], seed + 6, 5, 0.45))
        y = bank + meadow + hills
        if ranges:
            y = y + worn(x / 2300 + shift[0], z / 2300, seed + 9) * 1900 * smoothstep(
                600.0, 3600.0, np.hypot(x * 1.5, z)
            )
        return y.astype(np.float32)

    return height


def river(scene: Scene, rng: np.random.Generator) -> World:
    """A river that winds out of the hills; what does not float stands on the bank."""
    return _riverside(scene, rng, None)


def bridge(scene: Scene, rng: np.random.Generator) -> World:
    """A bridge across a river: of stone with arches, or hung from towers if the scene is of today."""
    return _riverside(scene, rng, "hung" if {"modern", "futuristic", "suspension"} & set(scene.traits) else "stone")


def _riverside(scene: Scene, rng: np.random.Generator, crossing: str | None) -> World:
    side = float(rng.choice([-1.0, 1.0]))
    hung = crossing == "hung"
    wide = 60.0 if hung else 11.0
    ashore = bool(scene.subjects)
    where = side * (wide + 2.5) if ashore and not _floats(scene) else 0.0
    fast = scene.weather == "storm"
    water = Water(level=0.0, choppiness=0.05 if fast else 0.022, wavelength=2.2, foam=0.1 if fast else 0.0)

    def view(ground: Height) -> Camera:
        if hung:
            return Camera(
                eye=(side * 40.0, 6.0, 60.0),
                target=(-side * 80.0 if shape_of(scene) < 0.8 else 0.0, 24.0, -130.0),
                fov=46.0,
            )
        y = max(at(ground, side * 2.0, 14.0), 0.0)
        return Camera(eye=(side * 2.0, y + 2.4, 16.0), target=(-side * 1.0, 3.2, -30.0), fov=44.0)

    ranges = "mountains" in scene.traits or (crossing is None and not ashore) or scene.seed % 3 == 0
    country = begin(
        scene,
        rng,
        _valley(rng, wide, where, ranges),
        replace(
            grassy(scene, 650.0),
            shore=0.35,
            sand=(0.28, 0.24, 0.18),
            forest=200.0 if scene.season != "winter" else -1e9,
        ),
        view,
        water,
        rise=0.9,
        into_sun=True,
    )
    far = -30.0 - (1.5 * country.cast.reach if country.cast.placed else 0.0)
    if crossing == "stone":
        span = country.kit.frame(where, 0, far, -side * 0.16)
        stone_bridge(span, 2 * wide + 26.0, 3)
        _hamlet(country, where, wide, far, side)
    elif hung:
        hung_bridge(country.kit.frame(where, 0, min(far, -130.0), -side * 0.22), 350.0)
    elif not country.cast.placed:
        rowing_boat(country.kit.frame(side * 5.0, 0.2, -4.0, 0.5), (0.16, 0.30, 0.24), False, 4.4)
    _banks(country, crossing, where, wide, far)
    return country.world(near=None if country.cast.placed else 1.0)


def _floats(scene: Scene) -> bool:
    return any(
        subject.noun in ("sailing_boat", "ship", "duck", "swan", "fish", "whale", "rowing_boat", "canoe")
        for subject in scene.subjects
    )


def _banks(country: Country, crossing: str | None, where: float, wide: float, far: float) -> None:
    """Willows and alders at the water, woods further off, reeds and stones."""
    away = country.eye[1] if country.cast.placed else 14.0
    spots = spaced(country.spots(max(16.0, 1.9 * away), 240.0, 620, half=0.8, room=1.6), 6.0)
    y = country.height(spots[:, 0], spots[:, 1])
    spots = spots[(y > 0.9)]
    if crossing is not None:
        spots = spots[(spots[:, 1] < far - 9.0) | (np.abs(spots[:, 0] - where) > wide + 9.0)]
    stand = rolling(spots[:, 0] / 60, spots[:, 1] / 60, 81, 3)
    spots = beside(spots[stand > -0.05], country.eye, 60.0, 0.10)
    distance = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    country.plant(trees("broadleaf", country.foliage, 0.22), spots[distance < 70][:14], 6.0, 10.0)
    country.plant(trees("broadleaf", country.foliage, 0.022), spots[distance >= 70][:170], 7.0, 12.0, 0.12)
    rest = country.spots(240.0, 2600.0, 3600, half=0.75)
    rest = rest[country.height(rest[:, 0], rest[:, 1]) > 1.5]
    woods = rest[rolling(rest[:, 0] / 260, rest[:, 1] / 260, 83, 3) > 0.05]
    country.plant(trees("broadleaf", country.foliage, 0.004), woods[:800], 8.0, 14.0, 0.15)
    country.layers.append(Patchwork(FIELDS, 140.0, 240.0))
    country.stones(46, 4.0, 90.0, 0.3, 1.2, (0.26, 0.25, 0.235))
    country.sward(
        24000,
        None if country.cast.placed else 0.32,
        900 if not country.winter and country.scene.season != "autumn" else 0,
    )


def _hamlet(country: Country, where: float, wide: float, far: float, side: float) -> None:
    """A few houses where the bridge comes to land."""
    rng = country.rng
    for index, (out, back) in enumerate(((10.0, 10.0), (21.0, 17.0), (14.0, 30.0), (30.0, 8.0), (26.0, 34.0))):
        x, z = where - side * (wide + out), far - back
        house = replace(of_village(rng), boxes=index < 1)
        raise_house(country.kit.frame(x, at(country.height, x, z), z, side * float(rng.uniform(0.2, 0.8))), house, rng)


def stone_bridge(at_: Frame, long: float, arches: int, colour: Vector = (0.46, 0.42, 0.35)) -> None:
    """A stone bridge along local x over `arches` arches that grow towards the middle; a parapet and lamps on it."""
    half, deck, wide = long / 2, 2.5, 4.4

    def top(x: float) -> float:
        return deck + 2.2 * (1 - (x / half) ** 2)

    span = long * 0.72 / arches
    pier = 1.5
    cuts: list[tuple[float, float]] = [(-half, -2.5)]
    for index in range(arches):
        middle = (index - (arches - 1) / 2) * span
        reach = span / 2 - pier / 2
        rise = min(top(middle) - 0.9, reach)
        cuts.append((middle - reach - 1e-3, -2.5))
        cuts += [
            (middle - reach * float(np.cos(a)), -0.3 + (rise + 0.3) * float(np.sin(a)))
            for a in np.linspace(0, np.pi, 15)
        ]
        cuts.append((middle + reach + 1e-3, -2.5))
    cuts.append((half, -2.5))
    edge = (colour[0] * 1.12, colour[1] * 1.12, colour[2] * 1.1)
    for (a, la), (b, lb) in itertools.pairwise(cuts):
        for z, turn in ((wide / 2, 1), (-wide / 2, -1)):
            face = [(a, la, z), (b, lb, z), (b, top(b) + 0.1, z), (a, top(a) + 0.1, z)]
            at_.panel(face if turn > 0 else face[::-1], colour, STONE)
        at_.panel(
            [(a, la, -wide / 2), (b, lb, -wide / 2), (b, lb, wide / 2), (a, la, wide / 2)],
            (colour[0] * 0.8, colour[1] * 0.8, colour[2] * 0.8),
            STONE,
        )
        if lb > -1 or la > -1:
            at_.beam((a, la + 0.16, wide / 2 + 0.02), (b, lb + 0.16, wide / 2 + 0.02), 0.34, edge)
    steps = np.linspace(-half, half, 19)
    for a, b in itertools.pairwise(steps):
        one, two = top(float(a)), top(float(b))
        at_.slab(
            [
                (float(a), one, wide / 2),
                (float(b), two, wide / 2),
                (float(b), two, -wide / 2),
                (float(a), one, -wide / 2),
            ],
            0.3,
            (0.40, 0.37, 0.32),
            STONE,
        )
        for z in (wide / 2 - 0.15, -wide / 2 + 0.15):
            at_.slab(
                [
                    (float(a), one + 0.95, z + 0.2),
                    (float(b), two + 0.95, z + 0.2),
                    (float(b), two + 0.95, z - 0.2),
                    (float(a), one + 0.95, z - 0.2),
                ],
                0.95,
                colour,
                STONE,
                colour,
            )
    for x in (-half * 0.55, 0.0, half * 0.55):
        street_lamp(at_.placed(x, top(x) + 0.4, -wide / 2 + 0.15), 3.0, 2.6)
    for index in range(arches + 1):
        x = (index - arches / 2) * span
        at_.box(x, -2.5, wide / 2 + 0.35, pier, 3.2, 0.9, colour, STONE)


def hung_bridge(at_: Frame, long: float, colour: Vector = (0.46, 0.075, 0.035)) -> None:
    """A suspension bridge along local x: two towers, two cables, hangers and a deck with lamps."""
    deck, tall, tower, wide = 17.0, 62.0, long * 0.27, 10.0
    at_.box(0, deck - 1.6, 0, long * 1.3, 1.6, wide, colour)
    at_.box(0, deck, 0, long * 1.3, 0.1, wide - 1.0, (0.12, 0.12, 0.13))
    for x in (-tower, tower):
        for z in (-wide / 2, wide / 2):
            at_.box(x, -6, z, 3.4, tall + 6, 2.0, colour)
        for y in (deck - 7, deck + 13, deck + 27, tall - 3.0):
            at_.box(x, y, 0, 2.8, 2.6, wide, colour)
        at_.box(x, -6, 0, 10.0, 9.0, wide + 8.0, (0.40, 0.38, 0.35))
    for z in (-wide / 2, wide / 2):
        for left, right in ((-tower, tower), (-tower * 2.2, -tower), (tower, tower * 2.2)):
            line = []
            for t in np.linspace(0, 1, 29):
                x = left + (right - left) * float(t)
                if left == -tower:
                    y = deck + 2.0 + (tall - deck - 2.0) * (2 * float(t) - 1) ** 2
                else:
                    u = float(t) if left < 0 else 1 - float(t)
                    y = deck + (tall - deck) * u**1.35
                line.append((x, y, z))
                at_.beam((x, deck, z), (x, y, z), 0.16, colour)
            at_.rope(line, 0.8, colour)
        for x in np.arange(-long * 0.6, long * 0.6, 18.0):
            at_.kit.glow(at_.point(float(x), deck + 4.0, z), (3.0, 2.0, 0.9), 0.35) if at_.kit.lit else None
        at_.box(0, deck, z, long * 1.3, 1.1, 0.15, colour)


def lake(scene: Scene, rng: np.random.Generator) -> World:
    """A still lake in the mountains, which it mirrors; a jetty, firs along the shores."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    side = float(rng.choice([-1.0, 1.0]))
    floats = _floats(scene)

    def height(x: Floats, z: Floats) -> Floats:
        far = np.hypot(x * 0.8, z + 230) / 245 + rolling(x / 160 + shift[0], z / 160, seed, 3) * 0.10
        rim = smoothstep(0.86, 1.12, far)
        beach = -5 + 6.2 * smoothstep(0.84, 1.0, far) + rim * 2.0
        woods = 46 * smoothstep(1.0, 2.2, far) * (0.6 + 0.5 * rolling(x / 330, z / 330 + shift[1], seed + 3, 4))
        peaks = (
            worn(x / 1700 + shift[0], z / 1700 + shift[1], seed + 9)
            * 2300
            * smoothstep(520.0, 2300.0, np.hypot(x * 0.9, z + 200))
        )
        gap = 1 - 0.35 * np.exp(-((x / (180 + 0.20 * np.abs(z))) ** 2))
        return (beach + woods + peaks * gap * smoothstep(0.0, 300.0, -z)).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = max(at(ground, 0.0, 14.0), 0.4)
        return Camera(eye=(0.0, y + 1.8, 14.0), target=(0.0, y + 4.5, -60.0), fov=44.0)

    water = Water(level=0.0, choppiness=0.05 if scene.weather == "storm" else 0.007, wavelength=2.5)
    cover = replace(
        grassy(scene, 330.0 if scene.season == "winter" else 470.0),
        shore=0.8,
        sand=(0.30, 0.28, 0.24),
        forest=260.0 if scene.season != "winter" else -1e9,
        steep=0.83,
        strata=0.2,
    )
    country = begin(scene, rng, height, cover, view, water, rise=0.9, into_sun=False)
    if not floats:
        back = max(2.5, 1.3 * country.cast.reach + 1.0) if country.cast.placed else -4.0
        jetty(country.kit.frame(side * max(4.2, country.cast.width * 0.8), 0, -back, side * 0.12), 15.0)
        if not country.cast.placed:
            rowing_boat(country.kit.frame(side * 6.8, 0.18, -9.0, 1.9), (0.40, 0.07, 0.05), False, 4.4)
    _shores(country)
    return country.world(near=None if country.cast.placed else 1.0)


def jetty(at_: Frame, long: float) -> None:
    """A wooden jetty that runs from its frame away from the viewer, half a metre over the water."""
    at_.box(0, 0.55, -long / 2, 1.7, 0.10, long, (0.30, 0.22, 0.14), BOARDS)
    for z in np.arange(0.0, long + 0.1, 2.5):
        for x in (-0.85, 0.85):
            at_.box(x, -4, -float(z), 0.2, 5.1, 0.2, WOOD)
    at_.box(0.85, 1.0, -long / 2, 0.03, 0.03, long, IRON)


def _shores(country: Country) -> None:
    away = country.eye[1] if country.cast.placed else 14.0
    spots = spaced(country.spots(max(20.0, 1.6 * away), 320.0, 900, half=0.85, room=1.6), 4.5)
    spots = spots[country.height(spots[:, 0], spots[:, 1]) > 1.2]
    spots = beside(spots, country.eye, 150.0, 0.30)
    distance = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    country.plant(trees("conifer", country.foliage, 0.8), spots[distance < 75][:24], 8.0, 15.0)
    country.plant(trees("conifer", country.foliage, 0.15), spots[distance >= 75][:240], 8.0, 15.0)
    far = country.spots(300.0, 2200.0, 9000, half=0.75)
    y = country.height(far[:, 0], far[:, 1])
    step = np.float32(6.0)
    slope = np.abs(country.height(far[:, 0] + step, far[:, 1]) - y) / step
    country.plant(trees("far", country.foliage, 0.1), far[(y > 1.5) & (y < 230) & (slope < 0.9)], 9.0, 17.0)
    country.stones(40, 3.0, 60.0, 0.3, 1.3, (0.28, 0.27, 0.26))
    country.sward(
        18000,
        None if country.cast.placed else 0.22,
        700 if not country.winter and country.scene.season != "autumn" else 0,
    )


def valley(scene: Scene, rng: np.random.Generator) -> World:
    """A wide valley between high mountains, seen from a slope over it: river, fields, a village."""
    heights = _valley(rng, 7.0, -30.0, True)
    seed = int(rng.integers(1 << 20))

    def height(x: Floats, z: Floats) -> Floats:
        knoll = 52 * np.exp(-((x / 75) ** 2) - ((z - 40) / 80) ** 2)
        walls = (
            worn(x / 900, z / 900, seed)
            * 560
            * smoothstep(260.0, 900.0, np.abs(x + 30))
            * smoothstep(-100.0, 500.0, -z)
        )
        return np.asarray(heights(x, z) * (1 - smoothstep(0.0, 30.0, knoll)) + knoll + walls, np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 12.0)
        return Camera(eye=(0.0, y + 2.5, 12.0), target=(-6.0, y - 4.0, -60.0), fov=46.0)

    cover = replace(grassy(scene, 560.0), steep=0.80, strata=0.2, forest=330.0 if scene.season != "winter" else -1e9)
    water = Water(level=0.0, choppiness=0.02, wavelength=2.0)
    country = begin(scene, rng, height, cover, view, water, rise=1.0, into_sun=True)
    country.layers.append(Patchwork(FIELDS, 95.0, 110.0))
    for _ in range(26):
        x, z = -30.0 + float(rng.normal()) * 34.0 + 48.0, -330.0 + float(rng.normal()) * 34.0
        if at(height, x, z) > 1.0:
            house = replace(of_village(rng), boxes=False, shutters=None)
            raise_house(country.kit.frame(x, at(height, x, z), z, float(rng.uniform(-0.8, 0.8))), house, rng)
    spire = country.kit.frame(20.0, at(height, 20.0, -332.0), -332.0)
    spire.box(0, -2, 0, 5.0, 20.0, 5.0, (0.70, 0.67, 0.60), STONE)
    for index in range(4):
        corner = [(-2.8, 18.0, 2.8), (2.8, 18.0, 2.8), (2.8, 18.0, -2.8), (-2.8, 18.0, -2.8)]
        spire.panel([corner[index], corner[(index + 1) % 4], (0, 32.0, 0)], (0.20, 0.11, 0.09))
    far = country.spots(120.0, 2600.0, 7000, half=0.75)
    y = country.height(far[:, 0], far[:, 1])
    stand = rolling(far[:, 0] / 120, far[:, 1] / 120, 87, 3)
    country.plant(
        trees("far", country.foliage, 0.1), far[(y > 1.0) & (y < 380) & ((stand > 0.32) | (y > 60))], 9.0, 16.0
    )
    country.stones(26, 4.0, 60.0, 0.3, 1.6)
    country.sward(
        22000, None if country.cast.placed else 0.26, 2600 if not country.winter and scene.season != "autumn" else 0
    )
    return country.world(near=None if country.cast.placed else 0.9)
