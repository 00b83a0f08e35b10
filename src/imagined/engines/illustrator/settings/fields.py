"""Fields of a crop, farms with barn and furrows, vineyards."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures import Order, figure
from imagined.engines.illustrator.figures.solids import lathe
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.crops import CROPS, TULIPS, Crop, prototypes, vine
from imagined.engines.illustrator.settings.greenery import Spots, clear_of, copies, instanced, spaced, trees
from imagined.engines.illustrator.settings.ground import Patchwork, Rows, Way
from imagined.engines.illustrator.settings.houses import of_village, raise_house
from imagined.engines.illustrator.settings.outfit import fence_over
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.settings.villages import FIELDS, without
from imagined.engines.illustrator.world import Camera, Vector, World

_STUBBLE: tuple[Vector, Vector] = ((0.60, 0.60, 0.60), (0.06, 0.045, 0.03))
_SOIL: tuple[Vector, Vector] = ((0.12, 0.15, 0.045), (0.27, 0.21, 0.13))
_PLANTS = ("flower", "sunflower", "tulip", "poppy", "lavender", "wheat", "corn")


def swells(rng: np.random.Generator, relief: float = 1.0, near: float = 0.6) -> Height:
    """Farmland: level near the viewer, soft hills further off."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z)
        low = rolling(x / 130 + shift[0], z / 130, seed, 3, 0.38) * (near + 5 * smoothstep(50.0, 300.0, away)) * relief
        far = (
            (24 + 60 * rolling(x / 800 + shift[1], z / 800, seed + 4, 4, 0.45))
            * smoothstep(260.0, 1800.0, away)
            * relief
        )
        return (low + far).astype(np.float32)

    return height


def crop_of(scene: Scene) -> str:
    """The crop that the scene names, or one that suits the season."""
    for name in CROPS:
        if name in scene.traits:
            return name
    nouns = {subject.noun for subject in scene.subjects}
    for noun, name in (
        ("sunflower", "sunflowers"),
        ("tulip", "tulips"),
        ("poppy", "poppies"),
        ("lavender", "lavender"),
    ):
        if noun in nouns:
            return name
    if "flowers" in scene.traits:
        return ("poppies", "tulips", "lavender")[scene.seed % 3]
    return {"spring": "rape", "summer": "wheat", "autumn": "wheat"}.get(scene.season, "wheat")


def field(scene: Scene, rng: np.random.Generator) -> World:
    """A field to the horizon, of whatever is named; what the scene is about stands in a clearing of it."""
    name = crop_of(scene)
    crop = CROPS[name]
    for noun in _PLANTS:
        scene = without(scene, noun)
    high = 1.0 + 1.35 * crop.tall

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 0.0) + high
        return Camera(eye=(0.0, y, 0.0), target=(0.0, y + 0.4, -40.0), fov=44.0)

    snowy = scene.season == "winter"
    country = begin(scene, rng, swells(rng), grassy(scene), view)
    yaw = float(rng.uniform(-0.16, 0.16))
    edge = 190.0

    def region(x: Floats, z: Floats) -> Floats:
        inside: Floats = 1 - smoothstep(edge - 4.0, edge, np.hypot(x, z))
        return inside

    def distant(x: Floats, z: Floats) -> Floats:
        # Near by the plants themselves have the colour of the crop, and the ground that of soil.
        away = np.hypot(x - np.float32(country.eye[0]), z - np.float32(country.eye[1]))
        return np.asarray(region(x, z) * smoothstep(16.0, 60.0, away), np.float32)

    near = _STUBBLE if snowy else crop.far if name in ("wheat", "rape") else _SOIL
    country.layers += [
        Patchwork((*FIELDS, crop.far[0]), 120.0, 90.0),
        Rows(0.9 if snowy else crop.pitch, yaw, *near, region),
    ]
    if not snowy:
        country.layers.append(Rows(crop.pitch, yaw, *crop.far, distant))
    if not snowy:
        _sow(country, name, crop, yaw, edge)
    _edges(country)
    if rng.random() < 0.7:
        x = float(rng.choice([-1.0, 1.0])) * 52.0
        house = replace(of_village(rng), boxes=False)
        raise_house(country.kit.frame(x, at(country.height, x, -215.0), -215.0, -0.3 * np.sign(x)), house, rng)
    return country.world(near=None if country.cast.placed else 0.8)


def _sow(country: Country, name: str, crop: Crop, yaw: float, edge: float) -> None:
    rng = country.rng
    cast = country.cast
    away = country.eye[1] if cast.placed else 2.0
    spots = country.spots(max(0.45 * away, 1.3), edge, crop.count, half=0.75, room=1.1)
    if cast.placed:
        spots = clear_of(spots, (0.0, 0.0), cast.reach + 0.5)
    if crop.rows:
        spots = spaced(_in_rows(spots, crop.pitch, yaw), 0.28 * crop.tall)
        if cast.placed:
            # Moved into a row, some have come before the cast again.
            way = (country.eye[0], country.eye[1], cast.width * 0.62 + 0.25)
            spots = clear_of(spots, (0.0, 0.0), cast.reach + 0.3, way)
    spots = spots[rng.permutation(len(spots))]
    distance = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    # Far plants stand for several: larger, so that the rows close.
    size = crop.tall * rng.uniform(0.88, 1.1, len(spots)) * (1 + distance / 160)
    if cast.placed:
        size = size * min(1.0, (0.5 if crop.tall < 1.2 else 1.0) * max(cast.height, 0.3) / crop.tall)
    if name == "tulips":
        band = np.floor((spots[:, 0] * np.cos(yaw) + spots[:, 1] * np.sin(yaw)) / (crop.pitch * 4)).astype(int)
        for tint in range(len(TULIPS)):
            some = band % len(TULIPS) == tint
            _flowers(country, name, tint, spots[some], size[some], distance[some])
        _bands(country, crop, yaw, edge)
        return
    if name == "sunflowers":
        _flowers(country, name, 0, spots, size, distance)
        return
    made = instanced(prototypes(name), spots, country.height, rng, size.astype(np.float32))
    country.add(made, casts_shadow=name == "lavender")
    if name == "poppies":
        country.sward(24000, 0.42, 700, (2, 5))


def _flowers(country: Country, name: str, tint: int, spots: Spots, size: Floats, distance: Floats) -> None:
    """Flowers that all look one way, towards the viewer more or less; far ones in a few triangles."""
    rng = country.rng
    near = distance < (26.0 if name == "sunflowers" else 14.0)
    for far in (False, True):
        models = prototypes(name, tint, far)
        which = rng.integers(0, len(models), len(spots))
        for index, model in enumerate(models):
            some = np.flatnonzero((near != far) & (which == index))
            if not len(some):
                continue
            y = country.height(spots[some, 0], spots[some, 1])
            yaw = (rng.normal(size=len(some)) * 0.35 + 0.25).astype(np.float32)
            tone = rng.uniform(0.85, 1.12, len(some)).astype(np.float32)
            made = copies(model, spots[some], y, yaw, size[some].astype(np.float32), tone)
            country.add(made, casts_shadow=False)


def _in_rows(spots: Spots, pitch: float, yaw: float) -> Spots:
    c, s = np.float32(np.cos(yaw)), np.float32(np.sin(yaw))
    across, along = spots[:, 0] * c + spots[:, 1] * s, spots[:, 1] * c - spots[:, 0] * s
    across = np.round(across / pitch) * np.float32(pitch)
    result: Spots = np.stack([across * c - along * s, across * s + along * c], 1).astype(np.float32)
    return result


def _bands(country: Country, crop: Crop, yaw: float, edge: float) -> None:
    """Under the tulips the ground has their colours too."""
    wide = crop.pitch * 4

    def of(tint: int) -> Rows:
        def region(x: Floats, z: Floats) -> Floats:
            band = np.floor((x * np.float32(np.cos(yaw)) + z * np.float32(np.sin(yaw))) / np.float32(wide)) % len(
                TULIPS
            )
            far = smoothstep(8.0, 40.0, np.hypot(x, z)) * (1 - smoothstep(edge - 4, edge, np.hypot(x, z)))
            inside: Floats = ((band == tint) * far * np.float32(0.9)).astype(np.float32)
            return inside

        return Rows(crop.pitch, yaw, TULIPS[tint], (0.09, 0.15, 0.04), region)

    country.layers += [of(tint) for tint in range(len(TULIPS))]


def _edges(country: Country) -> None:
    """Trees along the far edge of the field and on the hills."""
    spots = spaced(country.spots(200.0, 420.0, 300, half=0.75), 9.0)
    stand = rolling(spots[:, 0] / 70, spots[:, 1] / 70, 91, 2)
    country.plant(trees("broadleaf", country.foliage, 0.03), spots[stand > 0.1][:70], 8.0, 13.0, 0.1)
    far = country.spots(420.0, 3200.0, 2800, half=0.75)
    woods = far[rolling(far[:, 0] / 320, far[:, 1] / 320, 93, 3) > 0.12]
    country.plant(trees("broadleaf", country.foliage, 0.004), woods[:700], 9.0, 15.0, 0.15)


def farm(scene: Scene, rng: np.random.Generator) -> World:
    """A farm: red barn, silo and house, rail fences, furrows on one side and pasture on the other, bales of hay."""
    side = float(rng.choice([-1.0, 1.0]))
    own = not any(subject.noun == "barn" for subject in scene.subjects)

    def track(z: Floats) -> Floats:
        bend: Floats = (side * (0.5 + 5.0 * smoothstep(0.0, 60.0, -z))).astype(np.float32)
        return bend

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 14.0)
        return Camera(eye=(-side * 1.0, y + 2.7, 14.0), target=(side * 2.5, y + 3.4, -30.0), fov=44.0)

    country = begin(scene, rng, swells(rng, 1.0, 0.3), grassy(scene), view)
    shift = 1.3 * country.cast.reach if country.cast.placed else 0.0

    def ploughed(x: Floats, z: Floats) -> Floats:
        off = -side * (x - track(z))
        inside: Floats = (
            smoothstep(4.6, 5.4, off) * (1 - smoothstep(85.0, 88.0, -z)) * (1 - smoothstep(70.0, 72.0, off))
        )
        return inside.astype(np.float32)

    furrow = Rows(0.85, side * 0.05, (0.23, 0.15, 0.085), (0.11, 0.07, 0.042), ploughed)
    country.layers += [Patchwork(FIELDS, 120.0, 110.0), furrow, Way(track, 3.0, "dirt", (0.40, 0.31, 0.20), 0.4)]
    _farmstead(country, side, shift, own)
    fields = country.height
    for offset in (-3.2, 3.4):
        points = [
            (float(track(np.array([z], np.float32))[0]) + offset * side, float(z))
            for z in np.arange(8.0 - shift, -46.0, -3.0)
        ]
        clear = [
            point for point in points if np.hypot(*point) > country.cast.reach + 1.0 and point[1] < -shift * 0.6 + 8.0
        ]
        if len(clear) > 1:
            fence_over(country.kit.frame(), clear, fields)
    spots = np.array(
        [[side * 26.0, -46.0], [side * 5.0, -66.0], [-side * 20.0, -96.0], [side * 40.0, -60.0]], np.float32
    )
    country.plant(trees("broadleaf", country.foliage, 0.25), clear_of(spots, (0, 0), country.cast.reach + 4), 7.0, 11.0)
    _edges(country)
    country.sward(20000, None if country.cast.placed else 0.16, 500 if not country.winter else 0)
    return country.world(near=None if country.cast.placed else 0.8)


def _farmstead(country: Country, side: float, shift: float, own: bool) -> None:
    rng = country.rng
    lit, season = country.hour.dark, "winter" if country.winter else country.scene.season
    if own:
        x, z = side * 17.0, -40.0 - shift
        barn = figure(Order("barn", season=season, lit=lit, seed=1))
        country.add(barn.mesh.moved((x, at(country.height, x, z), z), yaw=-np.pi / 2 - side * 0.45, scale=1.45))
        silo = country.kit.frame(x - side * 10.5, at(country.height, x - side * 10.5, z - 7), z - 7.0)
        dome = (0.80, 0.82, 0.85) if country.winter else (0.44, 0.46, 0.48)
        silo.mesh(lathe([(2.3, -1.0), (2.3, 12.0)], (0.56, 0.57, 0.57), 0.25, 28))
        silo.mesh(lathe([(2.4, 12.0), (2.1, 13.0), (1.2, 14.0), (0.0, 14.4)], dome, 0.3, 28))
        for y in np.arange(1.0, 12.0, 1.6):
            silo.mesh(lathe([(2.33, y), (2.36, y + 0.05), (2.33, y + 0.1)], (0.40, 0.41, 0.41), 0.2, 28))
        if lit:
            country.kit.lamp((x, at(country.height, x, z) + 4.0, z + 6.5), (0.8, 0.45, 0.18), 4.0)
    x, z = side * 1.0, -62.0 - shift
    raise_house(
        country.kit.frame(x, at(country.height, x, z), z, side * 0.3),
        replace(of_village(rng, "wood"), wall=(0.78, 0.77, 0.73)),
        rng,
    )
    for index in range(7):
        bx, bz = side * (9.0 + 4.5 * index + float(rng.uniform(-1, 1))), -13.0 - shift - 5.5 * (index % 3)
        if np.hypot(bx, bz) < country.cast.reach * 1.3 + 2.5:
            continue
        bale = lathe(
            [(0.0, -0.6), (0.75, -0.6), (0.75, 0.6), (0.0, 0.6)],
            ((0.66, 0.50, 0.24), (0.58, 0.43, 0.19), (0.66, 0.50, 0.24)),
            0,
            20,
        )
        vertices = bale.vertices[:, [1, 0, 2]] * np.array([1, 1, -1], np.float32)
        normals = bale.normals[:, [1, 0, 2]] * np.array([1, 1, -1], np.float32)
        country.add(
            replace(bale, vertices=vertices, normals=normals).moved(
                (bx, at(country.height, bx, bz) + 0.7, bz), yaw=float(rng.uniform(0.6, 1.4))
            )
        )


def vineyard(scene: Scene, rng: np.random.Generator) -> World:
    """Rows of vines over a hillside, cypresses and a farmhouse above them."""
    side = float(rng.choice([-1.0, 1.0]))
    seed = int(rng.integers(1 << 20))

    def height(x: Floats, z: Floats) -> Floats:
        slope = 15 * smoothstep(10.0, 120.0, -z) + side * x * np.float32(0.035) * smoothstep(5.0, 60.0, -z)
        far = (36 + 60 * rolling(x / 620, z / 620, seed, 4, 0.45)) * smoothstep(170.0, 1100.0, np.hypot(x, z))
        return (rolling(x / 90, z / 90, seed + 3, 3) * 0.8 + slope + far).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 6.0)
        return Camera(eye=(-side * 2.0, y + 3.0, 6.0), target=(side * 4.0, y + 5.0, -40.0), fov=46.0)

    country = begin(scene, rng, height, replace(grassy(scene), low=(0.17, 0.17, 0.05), second=(0.24, 0.19, 0.09)), view)
    yaw, pitch = side * 0.22, 2.4
    clear = 1.4 * country.cast.reach + 1.0 if country.cast.placed else 0.0
    spots: list[tuple[float, float]] = []
    for row in range(-28, 29):
        for along in np.arange(2.0, 92.0, 1.0):
            x, z = row * pitch * np.cos(yaw) + along * np.sin(yaw), -along * np.cos(yaw) + row * pitch * np.sin(yaw)
            if abs(x) < 8.0 + 0.75 * (6 - z) and (np.hypot(x, z) > clear):
                spots.append((float(x), float(z)))
    places = np.array(spots, np.float32)
    if country.cast.placed:
        places = clear_of(places, (0, 0), clear, (country.eye[0], country.eye[1], country.cast.width * 0.7 + 0.3))
    _vines(country, places, yaw)
    house = replace(
        of_village(rng, "stone"),
        wall=(0.62, 0.50, 0.34),
        tiles=(0.46, 0.20, 0.11),
        tiling=5,
        pitch=0.55,
        width=13.0,
        storeys=2,
    )
    x, z = side * 9.0, -101.0
    raise_house(country.kit.frame(x, at(height, x, z), z, -side * 0.25), house, rng)
    _cypresses(country, side)
    _edges(country)
    return country.world(near=None if country.cast.placed else 0.8)


def _vines(country: Country, places: Spots, yaw: float) -> None:
    foliage = "winter" if country.winter else country.scene.season
    away = np.hypot(places[:, 0] - country.eye[0], places[:, 1] - country.eye[1])
    y = country.height(places[:, 0], places[:, 1])
    turn = np.full(len(places), np.pi / 2 - yaw, np.float32)
    which = np.arange(len(places)) % 3
    for far in (False, True):
        for index, model in enumerate(vine(foliage, far)):
            some = np.flatnonzero(((away > 26.0) == far) & (which == index))
            if len(some):
                one = np.ones(len(some), np.float32)
                tone = country.rng.uniform(0.85, 1.15, len(some)).astype(np.float32)
                country.add(copies(model, places[some], y[some], turn[some], one, tone))


def _cypresses(country: Country, side: float) -> None:
    tone: Vector = (0.03, 0.058, 0.026)
    for x, z, tall in (
        (20.0, -99.0, 11.0),
        (23.5, -96.0, 9.0),
        (-2.0, -103.0, 12.0),
        (-5.0, -106.0, 10.0),
        (-30.0, -98.0, 10.0),
        (-34.0, -96.0, 8.0),
    ):
        made = lathe(
            [(0.3, 0.0), (1.0, 1.2), (1.15, tall * 0.4), (0.6, tall * 0.8), (0.0, tall)],
            (0.76, 0.79, 0.84) if country.winter else tone,
            0,
            12,
        )
        country.add(made.moved((side * x, at(country.height, side * x, z) - 0.3, z)))
