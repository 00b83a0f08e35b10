"""Wild places: waterfall, canyon, volcano, jungle, and the ruins of a temple."""

from dataclasses import dataclass, replace

import msgspec
import numpy as np

from imagined.engines.illustrator.figures.solids import flat
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.noise import noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.forest import grown
from imagined.engines.illustrator.settings.greenery import beside, clear_of, spaced, trees
from imagined.engines.illustrator.settings.land import Cover
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.world import Body, Camera, Hits, Shaded, Vector, Water, World


class Falls:
    """Falling water: white streaks that run down, whiter the further they fell."""

    def __init__(self, seed: int, bright: Vector) -> None:
        self._streaks = noise_tile(256, seed + 5, 1.1, 6)
        self._bright = np.asarray(bright, np.float32)

    def shade(self, hits: Hits) -> Shaded:
        """Streaks along `uv`, which runs across and down."""
        u, v = hits.uv[:, 0], hits.uv[:, 1]
        run = v - np.float32(7.0) * np.float32(hits.time)
        thin = sample_tile(self._streaks, u * np.float32(0.21), run * np.float32(0.010))
        wide = sample_tile(self._streaks, u * np.float32(0.06) + np.float32(0.4), run * np.float32(0.012))
        white = np.clip(np.float32(0.60) + np.float32(0.20) * thin + np.float32(0.16) * wide, 0.12, 1)[:, None]
        colour = (
            np.array([0.20, 0.32, 0.37], np.float32) * (1 - white) + np.array([0.86, 0.90, 0.92], np.float32) * white
        )
        return Shaded(colour.astype(np.float32), (colour * self._bright).astype(np.float32), hits.gloss, hits.normal)


def falls(
    x: float, z: float, wide: float, low: float, high: float, seed: int, rows: int = 40, columns: int = 34
) -> Mesh:
    """A sheet of water over a lip at `z`, out and down from `high` to `low` metres."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 1, rows)[:, None]
    s = np.linspace(-1, 1, columns)[None, :]
    ragged = np.cumsum(rng.normal(size=(rows, 1)) * 0.03, axis=0)
    px = x + s * wide / 2 * (1 + 0.16 * t + ragged * np.sign(s) * 0.5)
    py = high - (high - low) * np.where(t < 0.08, t * t / 0.16, t)
    bulge = np.sqrt(np.clip(1 - s * s * 0.9, 0, 1))
    pz = z + 3.2 * np.sqrt(t) + 1.2 * bulge + 0.5 * np.sin(s * 9 + t * 2.0) * (0.3 + t)
    points = np.stack([px, py + 0 * s, pz + 0 * s], -1).astype(np.float32)
    normal = np.cross(np.gradient(points, axis=1), np.gradient(points, axis=0))
    normal *= np.where(normal[..., 2:] < 0, -1, 1)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (i * columns + j).reshape(-1)
    faces = np.concatenate([np.stack([a, a + columns, a + columns + 1], 1), np.stack([a, a + columns + 1, a + 1], 1)])
    uv = np.stack(
        [np.broadcast_to(s * wide / 2, py.shape[:1] + s.shape[1:]), np.broadcast_to(high - py, (rows, columns))], -1
    )
    return Mesh(
        points.reshape(-1, 3),
        faces.astype(np.int32),
        normal.reshape(-1, 3).astype(np.float32),
        np.full((rows * columns, 3), 0.8, np.float32),
        uv=uv.reshape(-1, 2).astype(np.float32),
    )


def waterfall(scene: Scene, rng: np.random.Generator) -> World:
    """A fall over a cliff into a pool, in a green gorge; tropical if the scene is."""
    tropical = bool({"tropical", "jungle", "forest"} & set(scene.traits)) and scene.season != "winter"
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    side = float(rng.choice([-1.0, 1.0]))
    lip, high = -46.0, 30.0

    def height(x: Floats, z: Floats) -> Floats:
        rough = rolling(x / 13 + shift[0], z / 13, seed, 4)
        mid = side * 4 * smoothstep(10.0, 44.0, -z)
        off = np.abs(x - mid)
        bowl = 12.5 + 4.0 * smoothstep(10.0, 40.0, -z) + rough * 1.6
        ground = -3.2 + 4.3 * smoothstep(-2.5, 3.5, off - bowl) + 2.0 * smoothstep(6.0, 20.0, off - bowl)
        front = smoothstep(-1.0, 9.0, z + 2.0) * 4.4 * (1 - smoothstep(0.0, 4.0, off - bowl) * 0.6)
        cliff = smoothstep(0.0, 7.0, lip + 2.5 - z + rough * 1.4 + 0.16 * np.maximum(off - 9, 0))
        walls = smoothstep(16.0, 34.0, off + rough * 3.0 - 0.25 * np.minimum(z, 0) * 0) * smoothstep(2.0, 40.0, -z)
        notch = -2.4 * np.exp(-(((x - mid) / 4.6) ** 2))
        wall = np.maximum(cliff * (high + notch + 3 * rough), walls * (24 + 6 * rough))
        top = smoothstep(70.0, 400.0, -z) * (18 + 60 * worn(x / 260 + shift[1], z / 260, seed + 4))
        return np.asarray(np.maximum(ground + front, wall) + top, np.float32)

    def view(ground: Height) -> Camera:
        y = max(at(ground, -side * 3.0, 15.0), 0.5)
        return Camera(eye=(-side * 3.0, y + 2.2, 15.0), target=(side * 1.0, 12.5, lip), fov=50.0)

    water = Water(level=0.0, choppiness=0.03, wavelength=1.6, foam=0.0)
    cover = grassy(scene)
    cover = replace(
        cover,
        low=(cover.low[0] * 0.75, cover.low[1] * 0.85, cover.low[2] * 0.8),
        steep=0.70,
        rock=(0.17, 0.16, 0.145),
        second_rock=(0.10, 0.10, 0.095),
        strata=0.15,
        shore=0.5,
        sand=(0.22, 0.21, 0.19),
    )
    country = begin(scene, rng, height, cover, view, water, rise=1.0)
    mid = side * 4.0
    glow = max(country.hour.ambient.above) * 0.10
    for x, wide, drop, top in (
        (mid, 8.5, 0.0, high - 1.0),
        (mid + 10.5, 2.2, 0.0, high + 1.0),
        (mid - 9.0, 1.4, 0.0, high + 1.0),
    ):
        country.bodies.append(
            Body(
                falls(x, lip + 3.4, wide, -0.4 + drop, top, seed % 97 + int(x + 50)),
                Falls(seed % 50, (glow, glow, glow)),
                casts_shadow=False,
            )
        )
    _spray(country, mid, lip + 8.0)
    _gorge(country, tropical, mid)
    return country.world(near=None if country.cast.placed else 0.8)


def _spray(country: Country, x: float, z: float) -> None:
    """Mist where the water lands, as bright as the hour."""
    rng = country.rng
    bright = max(country.hour.ambient.above) * 0.16 + max(country.hour.light.colour) * 0.05
    for _ in range(70):
        spot = (x + float(rng.normal()) * 4.2, abs(float(rng.normal())) * 1.7, z + float(rng.normal()) * 1.5)
        country.kit.glow(spot, (bright * 0.9, bright, bright * 1.05), float(rng.uniform(0.5, 1.2)))


def _gorge(country: Country, tropical: bool, mid: float) -> None:
    rng = country.rng
    spots = spaced(country.spots(14.0, 130.0, 900, half=0.95, room=1.5), 3.2)
    y = country.height(spots[:, 0], spots[:, 1])
    slope = np.abs(country.height(spots[:, 0] + 1.5, spots[:, 1]) - y) + np.abs(
        country.height(spots[:, 0], spots[:, 1] + 1.5) - y
    )
    off = np.abs(spots[:, 0] - mid)
    spots = spots[(y > 0.8) & (slope < 2.6) & ((off > 11) | (spots[:, 1] < -60))]
    spots = beside(spots, country.eye, 58.0, 0.22)
    away = np.hypot(spots[:, 0] - country.eye[0], spots[:, 1] - country.eye[1])
    first = "palm" if tropical else "conifer"
    mixed = rng.random(len(spots)) < 0.45
    country.plant(trees(first, country.foliage, 0.4), spots[mixed & (away < 48)][:16], 5.0, 9.0)
    country.plant(trees("broadleaf", country.foliage, 0.14), spots[~mixed & (away < 48)][:14], 4.5, 7.5)
    country.plant(
        trees(first if not tropical else "broadleaf", country.foliage, 0.1 if not tropical else 0.02),
        spots[mixed & (away >= 48)][:120],
        6.0,
        11.0,
    )
    country.plant(trees("broadleaf", country.foliage, 0.02), spots[~mixed & (away >= 48)][:150], 5.0, 9.0, 0.12)
    country.stones(80, 5.0, 75.0, 0.5, 3.2, (0.17, 0.165, 0.15))
    if tropical:
        country.plant(ferns(), _low(country, 4.0, 50.0, 170), 0.7, 1.7)
    country.sward(20000, None if country.cast.placed else 0.30, 500 if not country.winter else 0)


def _low(country: Country, near: float, far: float, count: int) -> Floats:
    """Dry, level places in view."""
    spots = country.spots(max(near, 0.6 * country.eye[1] if country.cast.placed else near), far, count, half=0.85)
    y = country.height(spots[:, 0], spots[:, 1])
    level = country.water.level + 0.3 if country.water is not None else -1e9
    result: Floats = spots[(y > level) & (np.abs(country.height(spots[:, 0] + 1, spots[:, 1]) - y) < 1.0)]
    return result


def ferns() -> tuple[Mesh, ...]:
    """Three plants of long arching leaves, about 1 m."""
    made = []
    for index in range(3):
        rng = np.random.default_rng(70 + index)
        faces, tones = [], []
        broad = index == 2
        for k in range(13 if not broad else 8):
            turn = k * 2.399 + float(rng.normal()) * 0.2
            out, rise = float(rng.uniform(0.6, 1.0)), float(rng.uniform(0.5, 0.95))
            wide = 0.085 if not broad else 0.20
            c, s = np.cos(turn), np.sin(turn)
            spine = [(c * out * t, rise * np.sin(t * 2.3) * 0.95, s * out * t) for t in np.linspace(0, 1, 6)]
            for a, b, t in zip(spine, spine[1:], np.linspace(0, 0.8, 5), strict=False):
                w0, w1 = wide * np.sin(np.pi * min(t + 0.06, 1)), wide * np.sin(np.pi * min(t + 0.22, 1.0))
                l0, r0 = (
                    (a[0] - s * w0, a[1] - w0 * 0.3, a[2] + c * w0),
                    (a[0] + s * w0, a[1] - w0 * 0.3, a[2] - c * w0),
                )
                l1, r1 = (
                    (b[0] - s * w1, b[1] - w1 * 0.3, b[2] + c * w1),
                    (b[0] + s * w1, b[1] - w1 * 0.3, b[2] - c * w1),
                )
                faces += [[a, l0, l1], [a, l1, b], [a, b, r1], [a, r1, r0]]
                tone = 0.7 + 0.5 * t
                tones += [(0.055 * tone, 0.16 * tone, 0.035 * tone)] * 2 + [
                    (0.075 * tone, 0.20 * tone, 0.045 * tone)
                ] * 2
        mesh = flat(np.array(faces, np.float32), np.array(tones, np.float32))
        up = np.where(mesh.normals[:, 1:2] < 0, -mesh.normals, mesh.normals)
        made.append(replace(mesh, normals=up.astype(np.float32)))
    return tuple(made)


def jungle(scene: Scene, rng: np.random.Generator) -> World:
    """A jungle: palms and broad trees, ferns and hanging creepers, damp green light."""
    scene = msgspec.structs.replace(
        scene,
        traits=tuple(dict.fromkeys([*scene.traits, "tropical"])),
        season="summer" if scene.season != "winter" else "winter",
    )
    country = grown(scene, rng)
    hour = country.hour
    country.hour = replace(
        hour,
        fog=replace(
            hour.fog,
            density=hour.fog.density * 1.6,
            colour=(hour.fog.colour[0] * 0.80, hour.fog.colour[1] * 0.98, hour.fog.colour[2] * 0.72),
        ),
    )
    near = 2.5 if not country.cast.placed else 0.95 * country.eye[1]
    spots = country.spots(near, 60.0, 330, half=0.9)
    if not country.cast.placed:
        spots = beside(spots, country.eye, 30.0, 0.10)
    low = min(0.5, 0.4 * country.cast.height) if country.cast.placed else 0.5
    country.plant(ferns(), spots, low, low * 3.6)
    big = beside(spaced(country.spots(9.0, 60.0, 60, half=0.8, room=1.6), 4.0), country.eye, 40.0, 0.16)
    if country.cast.placed:
        big = big[(big[:, 1] < -1.2 * country.cast.reach - 1.0)]
    country.plant(ferns()[2:], clear_of(big, (0, 0), country.cast.reach * 1.5 + 2.5), 2.2, 3.6)
    _creepers(country)
    return country.world(near=None if country.cast.placed else 0.7)


def _creepers(country: Country) -> None:
    rng = country.rng
    away = country.eye[1] if country.cast.placed else 0.0
    for _ in range(26):
        x, z = float(rng.uniform(-14, 14)), -float(rng.uniform(4, 34)) - away * 0.5
        top = at(country.height, x, z) + float(rng.uniform(7, 11))
        span, sag = float(rng.uniform(-7, 7)), float(rng.uniform(2.0, 6.0))
        line = [(x + span * t, top - 4 * sag * t * (1 - t), z + 2.0 * t) for t in np.linspace(0, 1, 9)]
        country.kit.frame().rope([(float(a), float(b), float(c)) for a, b, c in line], 0.07, (0.075, 0.085, 0.03))


@dataclass(frozen=True)
class Bands:
    """Layers of rock on whatever is steep, from red to cream, a few metres each."""

    colours: tuple[Vector, ...]
    thick: float = 5.5

    def over(self, colour: Floats, hits: Hits, x: Floats, z: Floats, noise: Floats) -> Floats:
        """See `ground.Layer`."""
        y = (
            hits.position[:, 1]
            + np.float32(0.5) * noise
            + np.float32(1.6) * np.sin(x * np.float32(0.021) + z * np.float32(0.017))
        )
        level = y / np.float32(self.thick)
        base = np.floor(level)
        palette = np.asarray(self.colours, np.float32)
        one = palette[(base.astype(np.int32) * 5 + 3) % len(palette)]
        two = palette[((base.astype(np.int32) + 1) * 5 + 3) % len(palette)]
        tone = one + (two - one) * smoothstep(0.82, 1.0, level - base)[:, None]
        fine = np.sin(y * np.float32(5.2) + np.sin(y * np.float32(1.9)) * 2) * np.clip(
            np.float32(0.5) / np.maximum(hits.footprint * 3, 1e-6), 0, 1
        )
        tone = tone * (1 + np.float32(0.10) * fine + np.float32(0.05) * noise)[:, None]
        steep = smoothstep(0.10, 0.26, 0.97 - hits.normal[:, 1])[:, None]
        mixed: Floats = colour + (tone - colour) * steep
        return mixed


_LAYERS: tuple[Vector, ...] = (
    (0.50, 0.19, 0.09),
    (0.58, 0.28, 0.14),
    (0.40, 0.13, 0.065),
    (0.66, 0.42, 0.25),
    (0.46, 0.17, 0.08),
    (0.54, 0.24, 0.12),
    (0.34, 0.12, 0.07),
)


def canyon(scene: Scene, rng: np.random.Generator) -> World:
    """A canyon in layers of red rock with a river at its bottom."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)

    def height(x: Floats, z: Floats) -> Floats:
        bend = 30 * np.sin(z / 150) * smoothstep(20.0, 160.0, -z) + 90 * np.sin(z / 470 + 0.5) * smoothstep(
            160.0, 500.0, -z
        )
        rough = rolling(x / 62 + shift[0], z / 62, seed, 5, 0.5)
        off = np.abs(x - bend) + rough * 17 * smoothstep(8.0, 40.0, np.abs(x - bend))
        y = -2.5 + 3.6 * smoothstep(10.0, 17.0, off) + smoothstep(16.0, 60.0, off) * 7
        for start, rise, wide in (
            (34.0, 26.0, 7.0),
            (62.0, 30.0, 8.0),
            (104.0, 22.0, 8.0),
            (150.0, 40.0, 12.0),
            (230.0, 30.0, 14.0),
        ):
            y = y + rise * smoothstep(start, start + wide, off) + 4 * smoothstep(start + wide, start + 3 * wide, off)
        buttes = (
            smoothstep(0.52, 0.60, worn(x / 700 + shift[1], z / 700, seed + 3)) * 70 * smoothstep(180.0, 320.0, off)
        )
        return (y + buttes + rolling(x / 6, z / 6, seed + 5, 3) * 0.35).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = max(at(ground, 15.0, 20.0), 1.0)
        return Camera(eye=(15.0, y + 9.0, 20.0), target=(-2.0, 30.0, -150.0), fov=52.0)

    cover = Cover(
        low=(0.46, 0.25, 0.14),
        second=(0.54, 0.34, 0.20),
        rock=(0.52, 0.20, 0.10),
        second_rock=(0.30, 0.10, 0.055),
        steep=0.86,
        strata=0.55,
        shore=0.6,
        sand=(0.50, 0.34, 0.22),
        snow_depth=0.85 if scene.season == "winter" or scene.weather == "snow" else 0.0,
    )
    water = Water(level=0.0, choppiness=0.02, wavelength=2.0)
    country = begin(scene, rng, height, cover, view, water, rise=1.4, into_sun=True)
    country.layers.append(Bands(_LAYERS))
    scrub = _low(country, 8.0, 190.0, 420)
    scrub = scrub[country.height(scrub[:, 0], scrub[:, 1]) < 14]
    country.plant(trees("broadleaf", country.foliage, 0.02), scrub[:200], 1.0, 2.4, 0.4)
    country.stones(90, 5.0, 150.0, 0.4, 3.0, (0.38, 0.17, 0.09))
    return country.world(near=None if country.cast.placed else 0.9)
