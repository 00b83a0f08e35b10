"""Roads to the horizon, through country, desert or along a coast; and a railway over a viaduct with its train."""

import itertools
from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.solids import ball, lathe
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import STONE
from imagined.engines.illustrator.settings.fields import swells
from imagined.engines.illustrator.settings.greenery import beside, rocks, spaced, trees
from imagined.engines.illustrator.settings.ground import Line, Patchwork, Way
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.outfit import IRON
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.settings.villages import FIELDS, without
from imagined.engines.illustrator.world import Camera, Vector, Water, World


def road(scene: Scene, rng: np.random.Generator) -> World:
    """An empty road with its lines, seen from the middle of it."""
    coast = bool({"beach", "sea", "cliff", "cliff_coast"} & set(scene.traits))
    dry = "desert" in scene.traits
    side = float(rng.choice([-1.0, 1.0]))
    line = _straight(dry, side) if not coast else _coastal(side)
    ground = _levelled(_land(rng, dry, coast, side), line, 5.0)

    def view(height: Height) -> Camera:
        x = float(line(np.array([6.0], np.float32))[0])
        y = at(height, x, 6.0)
        ahead = float(line(np.array([-60.0], np.float32))[0])
        return Camera(
            eye=(x - 0.6, y + 1.75, 7.0), target=(ahead * 0.55, y + 1.9 + (0.0 if coast else 0.8), -60.0), fov=48.0
        )

    cover = grassy(scene, 600.0)
    if dry:
        cover = Cover(
            low=(0.44, 0.29, 0.17),
            second=(0.52, 0.37, 0.23),
            rock=(0.40, 0.20, 0.12),
            second_rock=(0.28, 0.14, 0.09),
            strata=0.35,
            steep=0.78,
            snow_depth=cover.snow_depth,
        )
    elif coast:
        cover = replace(cover, shore=0.8, sand=(0.34, 0.29, 0.22), steep=0.84, strata=0.2)
    water = Water(level=0.0, choppiness=0.04, wavelength=6.0, foam=0.1) if coast else None
    country = begin(scene, rng, ground, cover, view, water, rise=1.0, into_sun=True)
    if not dry and not coast:
        country.layers.append(Patchwork(FIELDS, 120.0, 90.0))
    country.layers.append(Way(line, 6.6, "asphalt", (0.10, 0.10, 0.105), 0.1))
    _verges(country, line, side, dry, coast)
    if not country.cast.placed:
        country.travel = 40.0
    return country.world(near=None if country.cast.placed else 0.6)


def _straight(dry: bool, side: float) -> Line:
    def middle(z: Floats) -> Floats:
        bend = 0.0 if dry else side * (16 * smoothstep(30.0, 200.0, -z) - 40 * smoothstep(200.0, 600.0, -z))
        return np.asarray(np.zeros_like(z) + bend, np.float32)

    return middle


def _coastal(side: float) -> Line:
    def middle(z: Floats) -> Floats:
        bend: Floats = (side * (11 * (1 - np.cos(np.minimum(z, 0) / 52)) + 0.05 * np.minimum(z, 0))).astype(np.float32)
        return bend

    return middle


def _land(rng: np.random.Generator, dry: bool, coast: bool, side: float) -> Height:
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    if dry:

        def desert(x: Floats, z: Floats) -> Floats:
            away = np.hypot(x, z)
            mesas = worn(x / 900 + shift[0], z / 900, seed)
            tables = smoothstep(0.50, 0.58, mesas) * 150 + smoothstep(0.60, 0.66, mesas) * 90
            flat = rolling(x / 60 + shift[1], z / 60, seed + 2, 3) * 0.5
            open_ = smoothstep(90.0, 500.0, np.abs(x)) + smoothstep(1500.0, 2600.0, -z)
            return (flat + tables * smoothstep(380.0, 1100.0, away) * np.clip(open_, 0, 1)).astype(np.float32)

        return desert
    if not coast:
        return swells(rng, 1.0, 0.8)

    def cliffs(x: Floats, z: Floats) -> Floats:
        off = side * (x - _coastal(side)(z))
        rough = rolling(x / 14 + shift[0], z / 14, seed, 4)
        sea = -5 + 17 * smoothstep(-24.0, -5.5, off + rough * 3.0)
        hill = smoothstep(4.0, 120.0, off) * (46 + 20 * rough) + 60 * smoothstep(80.0, 500.0, off) * worn(
            x / 300, z / 300, seed + 3
        )
        return (sea + hill).astype(np.float32)

    return cliffs


def _levelled(height: Height, line: Line, half: float) -> Height:
    """The ground with a level bed for the road."""

    def bedded(x: Floats, z: Floats) -> Floats:
        middle = line(z)
        on = 1 - smoothstep(half - 1.2, half + 5.0, np.abs(x - middle))
        bed = height(middle, z)
        return (height(x, z) * (1 - on) + bed * on).astype(np.float32)

    return bedded


def _verges(country: Country, line: Line, side: float, dry: bool, coast: bool) -> None:
    """Poles or a barrier along the road, grass, trees or scrub beyond."""

    def x_at(z: float) -> float:
        return float(line(np.array([z], np.float32))[0])

    start = -1.4 * country.cast.reach if country.cast.placed else 2.0
    if coast:
        for z in np.arange(start - 1.0, -150.0, -2.5):
            x = x_at(float(z)) - side * 4.3
            country.kit.frame(x, at(country.height, x, float(z)) - 0.3, float(z)).box(
                0, 0, 0, 0.16, 1.05, 0.16, (0.62, 0.60, 0.56)
            )
        points = [
            (x_at(float(z)) - side * 4.25, at(country.height, x_at(float(z)) - side * 4.3, float(z)) + 0.6, float(z))
            for z in np.arange(start, -152.0, -2.5)
        ]
        country.kit.frame().rope(points, 0.22, (0.60, 0.61, 0.62))
    else:
        wires: list[tuple[float, float, float]] = []
        for z in np.arange(start - 6.0, -420.0, -34.0):
            x = x_at(float(z)) + side * 7.0
            y = at(country.height, x, float(z))
            pole = country.kit.frame(x, y, float(z))
            pole.box(0, -0.5, 0, 0.24, 8.0, 0.24, (0.17, 0.12, 0.08))
            pole.box(0, 6.7, 0, 1.9, 0.14, 0.12, (0.17, 0.12, 0.08))
            wires.append((x, y + 6.85, float(z)))
        for (a, b, c), (d, e, f) in itertools.pairwise(wires):
            for shift in (-0.85, 0.85):
                sag = [
                    (a + (d - a) * t + shift, b + (e - b) * t - 3.2 * t * (1 - t), c + (f - c) * t)
                    for t in (0, 0.25, 0.5, 0.75, 1)
                ]
                country.kit.frame().rope(sag, 0.035, IRON)
    spots = spaced(country.spots(9.0, 240.0, 500, half=0.8), 5.0)
    off = np.abs(spots[:, 0] - line(spots[:, 1]))
    if dry:
        country.plant(
            trees("broadleaf", "autumn" if not country.winter else "winter", 0.02),
            spots[off > 6.0][:170],
            0.8,
            1.9,
            0.42,
        )
        country.plant(rocks((0.40, 0.25, 0.16)), spots[off > 5.0][170:250], 0.3, 1.2, 0.1)
        return
    inland = spots[(off > 9.5) & ((side * (spots[:, 0] - line(spots[:, 1])) > 0) | (not coast))]
    inland = beside(inland, country.eye, 40.0, 0.08)
    distance = np.hypot(inland[:, 0] - country.eye[0], inland[:, 1] - country.eye[1])
    country.plant(trees("broadleaf", country.foliage, 0.2), inland[distance < 60][:7], 6.0, 9.0)
    country.plant(trees("broadleaf", country.foliage, 0.03), inland[distance >= 60][:50], 7.0, 12.0, 0.1)
    far = country.spots(240.0, 2800.0, 2600, half=0.75)
    high = country.height(far[:, 0], far[:, 1])
    woods = far[
        (rolling(far[:, 0] / 260, far[:, 1] / 260, 95, 3) > 0.12)
        & (np.abs(far[:, 0] - line(far[:, 1])) > 14)
        & (high > 2)
    ]
    country.plant(trees("broadleaf", country.foliage, 0.004), woods[:600], 9.0, 15.0, 0.15)
    country.sward(
        24000, 0.2 if country.cast.height > 1.0 or not country.cast.placed else None, 700 if not country.winter else 0
    )


def railway(scene: Scene, rng: np.random.Generator) -> World:
    """A stone viaduct across a green valley with a train on it."""
    side = float(rng.choice([-1.0, 1.0]))
    steam = not {"modern", "futuristic"} & set(scene.traits)
    scene = without(scene, "train")
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    deck = 21.0

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z)
        rise = 24 * smoothstep(46.0, 120.0, np.abs(x)) * smoothstep(20.0, 90.0, -z)

        hills = (26 + 60 * rolling(x / 420 + shift[0], z / 420, seed, 4, 0.45)) * smoothstep(130.0, 700.0, away)
        far = worn(x / 2300 + shift[1], z / 2300, seed + 9) * 1500 * smoothstep(1200.0, 4600.0, away)
        stream = -2.2 * np.exp(-(((x - 7 * np.sin(z / 24)) / 6.0) ** 2))
        rough = rolling(x / 60 + shift[1], z / 60, seed + 2, 3) * 0.8
        return np.asarray(rough + rise + hills + far + stream, np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, side * 12.0, 12.0)
        return Camera(eye=(side * 12.0, y + 4.0, 12.0), target=(0.0, y + 13.5, -84.0), fov=42.0)

    water = Water(level=-1.6, choppiness=0.02, wavelength=1.5)
    country = begin(
        scene,
        rng,
        height,
        replace(grassy(scene, 650.0), forest=260.0 if scene.season != "winter" else -1e9),
        view,
        water,
        rise=0.6,
    )
    back = -84.0 - (1.5 * country.cast.reach if country.cast.placed else 0.0)
    at_ = country.kit.frame(0, 0, back, -side * 0.2)
    viaduct(at_, 320.0, deck, 13.0)
    train = at_.placed(-side * 26.0, deck + 0.55, 0, 0.0 if side < 0 else np.pi)
    _steam_train(train) if steam else _express(train)
    spots = spaced(country.spots(24.0, 300.0, 700, half=0.8, room=1.5), 6.0)
    stand = rolling(spots[:, 0] / 50, spots[:, 1] / 50, 97, 3)
    wet = country.height(spots[:, 0], spots[:, 1]) < -0.6
    spots = beside(spots[(stand > 0.05) & ~wet & (np.abs(spots[:, 1] - back) > 14)], country.eye, 95.0, 0.34)
    distance = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    country.plant(trees("broadleaf", country.foliage, 0.2), spots[distance < 70][:10], 6.0, 9.0)
    country.plant(trees("broadleaf", country.foliage, 0.025), spots[distance >= 70][:150], 7.0, 12.0, 0.1)
    far = country.spots(300.0, 2800.0, 3200, half=0.75)
    woods = far[rolling(far[:, 0] / 240, far[:, 1] / 240, 99, 3) > 0.0]
    country.plant(trees("far", country.foliage, 0.1), woods, 9.0, 15.0)
    country.stones(30, 6.0, 80.0, 0.3, 1.1)
    country.sward(22000, None if country.cast.placed else 0.26, 1500 if not country.winter else 0)
    return country.world(near=None if country.cast.placed else 0.8)


def viaduct(at_: Frame, long: float, deck: float, span: float, colour: Vector = (0.42, 0.38, 0.32)) -> None:
    """Tall arches along local x that carry a track at `deck` metres."""
    pier, wide = span * 0.24, 5.0
    reach = (span - pier) / 2
    top = deck - 1.6
    count = int(long / span)
    for index in range(count + 1):
        x = (index - count / 2) * span
        at_.box(x, -12, 0, pier, top - reach + 12.0, wide, colour, STONE)
        at_.box(
            x, top - reach - 0.3, 0, pier + 0.5, 0.5, wide + 0.5, (colour[0] * 1.1, colour[1] * 1.1, colour[2] * 1.1)
        )
        if index == count:
            break
        middle = x + span / 2
        arc = [
            (middle - reach * float(np.cos(a)), top - reach + reach * float(np.sin(a)))
            for a in np.linspace(0, np.pi, 13)
        ]
        arc = [(middle - span / 2, top - reach), *arc, (middle + span / 2, top - reach)]
        for (a, la), (b, lb) in itertools.pairwise(arc):
            for z in (wide / 2, -wide / 2):
                face = [(a, la, z), (b, lb, z), (b, deck, z), (a, deck, z)]
                at_.panel(face if z > 0 else face[::-1], colour, STONE)
            at_.panel(
                [(a, la, -wide / 2), (b, lb, -wide / 2), (b, lb, wide / 2), (a, la, wide / 2)],
                (colour[0] * 0.8, colour[1] * 0.8, colour[2] * 0.8),
                STONE,
            )
    at_.box(0, deck, 0, long, 0.4, wide + 0.7, (colour[0] * 1.05, colour[1] * 1.05, colour[2] * 1.05), STONE)
    for z in (-wide / 2 - 0.2, wide / 2 + 0.2):
        at_.box(0, deck + 0.4, z, long, 0.75, 0.3, colour, STONE)
    for z in (-0.75, 0.75):
        at_.box(0, deck + 0.42, z, long, 0.14, 0.1, (0.22, 0.17, 0.14))


def _wheels(at_: Frame, places: list[tuple[float, float]]) -> None:
    for x, radius in places:
        for z in (-0.85, 0.85):
            disc = lathe([(0.0, -0.07), (radius, -0.07), (radius, 0.07), (0.0, 0.07)], (0.28, 0.04, 0.03), 0.2, 16)
            vertices, normals = disc.vertices[:, [0, 2, 1]], disc.normals[:, [0, 2, 1]]
            at_.mesh(replace(disc, vertices=vertices, normals=normals, faces=disc.faces[:, ::-1]), x, radius, z)


def _steam_train(at_: Frame) -> None:
    """A steam engine, its tender and five carriages; its front towards local +x, the engine at the origin."""
    black, red = (0.025, 0.028, 0.030), (0.40, 0.03, 0.025)
    boiler = lathe(
        [(0.0, 0), (0.92, 0), (0.95, 0.1), (0.95, 5.0), (0.9, 5.15), (0.0, 5.2)], (0.03, 0.075, 0.05), 0.5, 24
    )
    turned = replace(
        boiler,
        vertices=boiler.vertices[:, [1, 0, 2]] * np.array([1, 1, -1], np.float32),
        normals=boiler.normals[:, [1, 0, 2]] * np.array([1, 1, -1], np.float32),
    )
    at_.mesh(turned, -0.6, 2.0, 0)
    at_.box(0.8, 0.75, 0, 8.6, 0.35, 2.3, red)
    at_.box(-1.8, 0.9, 0, 2.4, 2.6, 2.5, (0.03, 0.075, 0.05), gloss=0.3)
    at_.box(-1.9, 3.5, 0, 3.1, 0.16, 2.8, black)
    glow = (1.4, 0.8, 0.3) if at_.kit.lit else (0.0, 0.0, 0.0)
    for z in (-1.27, 1.27):
        at_.box(-1.8, 2.3, z, 1.0, 0.8, 0.04, (0.05, 0.06, 0.07), gloss=0.6, glow=glow)
    at_.mesh(lathe([(0.26, 0), (0.24, 0.9), (0.36, 1.3), (0.30, 1.35)], black, 0.3, 14), 3.7, 2.85, 0)
    at_.mesh(lathe([(0.36, 0), (0.36, 0.3), (0.0, 0.6)], (0.60, 0.40, 0.10), 0.6, 14), 1.9, 2.85, 0)
    at_.mesh(
        lathe(
            [(0.0, 0), (0.24, 0.0), (0.24, 0.2), (0.0, 0.2)],
            (0.8, 0.75, 0.6),
            0.5,
            14,
            glow=(3.0, 2.4, 1.4) if at_.kit.lit else None,
        ),
        4.9,
        2.9,
        0,
    )
    at_.lamp(6.5, 2.2, 0, (0.8, 0.6, 0.3), 2.5, 0.2)
    _wheels(at_, [(-1.6, 0.78), (0.2, 0.78), (2.0, 0.78), (3.7, 0.45), (4.6, 0.45)])
    at_.box(-5.0, 0.75, 0, 3.4, 2.2, 2.5, (0.03, 0.075, 0.05))
    at_.box(-5.0, 2.7, 0, 3.0, 0.5, 2.0, (0.02, 0.02, 0.02))
    _wheels(at_, [(-6.0, 0.5), (-4.2, 0.5)])
    _smoke(at_.placed(3.7, 4.4, 0))
    for index in range(5):
        _carriage(at_.placed(-12.8 - 11.6 * index, 0, 0), (0.36, 0.055, 0.045), (0.70, 0.62, 0.46))


def _smoke(at_: Frame) -> None:
    rng = np.random.default_rng(9)
    for index in range(26):
        t = index / 25
        spot = (
            -22.0 * t**1.1 + float(rng.normal()) * 0.3,
            0.3 + 4.5 * t**0.6 + float(rng.normal()) * 0.4,
            float(rng.normal()) * 0.5 * t,
        )
        size = 0.35 + 1.5 * t
        tone = 0.72 - 0.1 * t
        at_.mesh(ball((0, 0, 0), (size * 1.3, size, size), (tone, tone, tone * 1.02), segments=12), *spot)


def _carriage(at_: Frame, low: Vector, high: Vector) -> None:
    at_.box(0, 0.85, 0, 11.0, 1.1, 2.7, low, gloss=0.3)
    at_.box(0, 1.95, 0, 11.0, 1.25, 2.66, high, gloss=0.2)
    at_.box(0, 3.2, 0, 11.3, 0.16, 2.8, (0.20, 0.20, 0.21))
    at_.box(0, 3.36, 0, 11.3, 0.14, 1.9, (0.22, 0.22, 0.23))
    glow = (1.3, 0.85, 0.4) if at_.kit.lit else (0.0, 0.0, 0.0)
    for x in np.linspace(-4.6, 4.6, 8):
        at_.box(float(x), 2.1, 0, 0.85, 0.9, 2.72, (0.05, 0.065, 0.08), gloss=0.7, glow=glow)
    _wheels(at_, [(-4.0, 0.45), (-3.0, 0.45), (3.0, 0.45), (4.0, 0.45)])


def _express(at_: Frame) -> None:
    """A train of today: white with a red line, windows in a band."""
    glow = (0.8, 0.62, 0.36) if at_.kit.lit else (0.0, 0.0, 0.0)
    for index in range(7):
        car = at_.placed(-index * 13.2, 0, 0)
        car.box(0, 0.5, 0, 12.9, 2.9, 2.8, (0.78, 0.79, 0.80), gloss=0.5)
        car.box(0, 1.75, 0, 12.4, 0.85, 2.84, (0.03, 0.04, 0.05), gloss=0.8, glow=glow)
        car.box(0, 1.05, 0, 12.9, 0.2, 2.83, (0.60, 0.03, 0.03))
        car.box(0, 3.4, 0, 12.0, 0.2, 2.2, (0.60, 0.61, 0.62))
        _wheels(car, [(-4.6, 0.42), (4.6, 0.42)])
    nose = [(6.4, 0.5, 1.4), (9.0, 0.5, 0.9), (9.0, 1.2, 0.9), (6.4, 3.4, 1.3)]
    at_.panel(nose, (0.78, 0.79, 0.80), 0, 0.5)
    at_.panel([(x, y, -z) for x, y, z in nose][::-1], (0.78, 0.79, 0.80), 0, 0.5)
    at_.panel([(9.0, 1.2, 0.9), (9.0, 1.2, -0.9), (6.4, 3.4, -1.3), (6.4, 3.4, 1.3)], (0.05, 0.06, 0.08), 0, 0.8)
    at_.panel([(9.0, 0.5, 0.9), (9.0, 0.5, -0.9), (9.0, 1.2, -0.9), (9.0, 1.2, 0.9)], (0.60, 0.03, 0.03))
    at_.lamp(10.5, 1.2, 0, (0.6, 0.6, 0.5), 2.0, 0.2)
