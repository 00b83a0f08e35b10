"""Under water: sand with dancing light, rocks and corals, weeds, shafts of light and shoals of fish."""

import itertools
from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures import CATALOGUE, Order, figure
from imagined.engines.illustrator.figures.solids import ball, flat, lathe, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined
from imagined.engines.illustrator.noise import noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin
from imagined.engines.illustrator.settings.greenery import Spots, clear_of, copies, spaced
from imagined.engines.illustrator.settings.land import Cover, Land
from imagined.engines.illustrator.settings.terrain import Height, at, rolling
from imagined.engines.illustrator.world import (
    Ambient,
    Camera,
    Fog,
    Grade,
    Hits,
    Light,
    Shaded,
    Sky,
    Vector,
    World,
)

_CORALS: tuple[Vector, ...] = (
    (0.78, 0.16, 0.14),
    (0.86, 0.42, 0.10),
    (0.80, 0.26, 0.46),
    (0.46, 0.18, 0.56),
    (0.86, 0.68, 0.20),
    (0.20, 0.50, 0.48),
)


class Seabed:
    """Land under the net of light that waves throw on it."""

    def __init__(self, cover: Cover, seed: int, bright: float) -> None:
        self._land = Land(cover, seed)
        self._net = noise_tile(256, seed + 31, 1.0, 5)
        self._bright = np.float32(bright)

    def shade(self, hits: Hits) -> Shaded:
        """The sand, brighter along the seams of two drifting noises."""
        plain = self._land.shade(hits)
        x, z = hits.position[:, 0], hits.position[:, 2]
        drift = np.float32(0.02 * hits.time)
        one = sample_tile(self._net, x * np.float32(0.09) + drift, z * np.float32(0.09))
        two = sample_tile(self._net, x * np.float32(0.11) - drift, z * np.float32(0.11) + np.float32(0.37))
        seam = np.exp(-np.abs(one + two) * np.float32(3.2)) * np.clip(
            np.float32(0.5) / np.maximum(hits.footprint * 3, 1e-6), 0, 1
        )
        light = plain.colour * (seam * self._bright * np.clip(hits.normal[:, 1], 0, 1))[:, None]
        return Shaded(plain.colour, (plain.emission + light).astype(np.float32), plain.gloss, plain.normal)


def underwater(scene: Scene, rng: np.random.Generator) -> World:
    """A reef; what swims hangs in the water over it, everything else stands on the sand."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    known = [subject for subject in scene.subjects if subject.noun in CATALOGUE]
    swims = any(CATALOGUE[subject.noun].habitat == "water" for subject in known)
    size = max((CATALOGUE[subject.noun].size * subject.size for subject in known), default=1.0)
    depth = 0.75 * size + 0.25 if swims else 0.0

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z)
        scale = np.clip(away / max(size * 4, 6.0), 0.05, 1.0)
        dunes = rolling(x / 14 + shift[0], z / 14, seed, 4, 0.4) * 0.9 * scale
        reef = (
            smoothstep(5.0, 26.0, np.abs(x))
            * smoothstep(4.0, 30.0, -z)
            * (3.0 + 3.5 * rolling(x / 12, z / 12 + shift[1], seed + 3, 4))
        )
        return (dunes + np.maximum(reef, 0) * smoothstep(size * 2, size * 2 + 12, away) - depth).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 4.0)
        return Camera(eye=(0.0, y + 1.7, 5.0), target=(0.0, y + 2.6, -14.0), fov=54.0)

    dark = {"night": 0.16, "dusk": 0.45}.get(scene.time, 1.0)
    cover = Cover(
        low=(0.58, 0.52, 0.40),
        second=(0.50, 0.46, 0.36),
        rock=(0.20, 0.21, 0.21),
        second_rock=(0.13, 0.14, 0.15),
        steep=0.74,
        ripples=0.16,
        bump=0.2,
        grain=0.5,
    )
    country = begin(scene, rng, height, cover, view, deck=0.0 if swims else None, fill=0.5)
    _reef(country)
    _shoals(country)
    _shafts(country, dark)
    world = country.world(near=None if country.cast.placed else 0.5)
    ground = replace(world.bodies[0], surface=Seabed(cover, scene.seed & 0xFFFF, 1.5 * dark))
    clear = 0.045 / max(1.0, size / 6.0)
    blue = (0.010 * dark, 0.110 * dark, 0.190 * dark)
    return replace(
        world,
        bodies=(ground, *world.bodies[1:]),
        sky=Sky(
            zenith=(0.16 * dark, 0.56 * dark, 0.68 * dark),
            horizon=blue,
            sun_glow=(0.16 * dark, 0.28 * dark, 0.28 * dark),
            below=(blue[0] * 0.7, blue[1] * 0.7, blue[2] * 0.75),
        ),
        light=Light(direction=(0.22, 1.0, -0.12), colour=(0.50 * dark, 0.80 * dark, 0.80 * dark), softness=0.1),
        ambient=Ambient(
            above=(0.20 * dark, 0.38 * dark, 0.44 * dark), below=(0.14 * dark, 0.22 * dark, 0.24 * dark), occlusion=0.8
        ),
        fog=Fog(colour=blue, density=clear),
        water=None,
        falling="none",
        grade=Grade(exposure=1.05 if dark > 0.3 else 1.5, saturation=1.12, bloom=0.08, vignette=0.26),
    )


def _branching(rng: np.random.Generator, colour: Vector) -> Mesh:
    """A coral of forking twigs, about 1 m."""
    parts: list[Mesh] = []

    def grow(root: Floats, way: Floats, long: float, thick: float, depth: int) -> None:
        tip = root + way * long
        bend = (root + tip) / 2 + rng.normal(size=3) * long * 0.08
        points = [tuple(float(v) for v in p) for p in (root, bend, tip)]
        parts.append(tube(points, [thick, thick * 0.9, thick * 0.75], colour, sides=5))  # type: ignore[arg-type]
        if depth == 0:
            parts.append(ball(points[2], thick * 0.95, tuple(min(v * 1.35, 1) for v in colour), segments=6))  # type: ignore[arg-type]
            return
        for _ in range(3 if depth > 1 else 2):
            turned = way + rng.normal(size=3) * 0.55 + np.array([0, 0.25, 0])
            grow(tip, turned / np.linalg.norm(turned), long * 0.74, thick * 0.74, depth - 1)

    for _ in range(3):
        way = rng.normal(size=3) * 0.5 + np.array([0, 1.0, 0])
        grow(np.zeros(3), way / np.linalg.norm(way), 0.34, 0.055, 2)
    return joined(parts)


def _brain(rng: np.random.Generator, colour: Vector) -> Mesh:
    made = ball((0, 0.18, 0), (0.5, 0.42, 0.5), colour, segments=40)
    p = made.vertices * 15
    groove = np.sin(p[:, 0] + 2.2 * np.sin(p[:, 2] * 0.6 + float(rng.random()))) * np.sin(
        p[:, 2] + 2.0 * np.sin(p[:, 1] * 0.7)
    )
    return replace(made, colours=np.clip(made.colours * (0.82 + 0.30 * groove[:, None]), 0, 1).astype(np.float32))


def _fan(rng: np.random.Generator, colour: Vector) -> Mesh:
    """A sea fan: ribs in one plane."""
    parts = []
    for angle in np.linspace(-1.05, 1.05, 13):
        line: list[tuple[float, float, float]] = [(0, 0, 0)]
        for t in (0.25, 0.5, 0.75, 1.0):
            a = float(angle) * (0.4 + 0.6 * t)
            line.append((np.sin(a) * t * 0.85, np.cos(a) * t * 0.95, float(rng.normal()) * 0.02))
        parts.append(tube(line, [0.035, 0.022, 0.018, 0.014, 0.008], colour, sides=4))
    for t in (0.35, 0.5, 0.65, 0.8, 0.93):
        ring = [(np.sin(a) * t * 0.85, np.cos(a) * t * 0.95, 0.0) for a in np.linspace(-1.0, 1.0, 14) * (0.4 + 0.6 * t)]
        parts.append(tube(ring, [0.010] * 14, colour, sides=3))
    return joined(parts)


def _tubes(rng: np.random.Generator, colour: Vector) -> Mesh:
    parts = []
    for _ in range(6):
        x, z, tall = float(rng.normal()) * 0.16, float(rng.normal()) * 0.16, float(rng.uniform(0.4, 0.95))
        dark = (colour[0] * 0.25, colour[1] * 0.25, colour[2] * 0.25)
        parts.append(
            lathe([(0.07, 0), (0.10, tall), (0.075, tall), (0.05, tall * 0.8)], (colour, colour, dark), 0, 12).moved(
                (x, 0, z)
            )
        )
    return joined(parts)


def _weed(rng: np.random.Generator) -> Mesh:
    """A tuft of ribbons, 1 m tall."""
    faces, tones = [], []
    for _ in range(7):
        x, z = (float(v) for v in rng.normal(size=2) * 0.10)
        phase, sway = float(rng.uniform(0, 6)), float(rng.uniform(0.04, 0.11))
        tall = float(rng.uniform(0.6, 1.0))
        line = [
            (x + sway * np.sin(phase + t * 5) * t + 0.1 * t, tall * t, z + sway * np.cos(phase + t * 4) * t)
            for t in np.linspace(0, 1, 9)
        ]
        for (a, b), t in zip(itertools.pairwise(line), np.linspace(0, 0.9, 8), strict=False):
            wide = 0.035 * (1 - t * 0.75)
            faces += [[(a[0] - wide, a[1], a[2]), (a[0] + wide, a[1], a[2]), (b[0] + wide, b[1], b[2])]]
            faces += [[(a[0] - wide, a[1], a[2]), (b[0] + wide, b[1], b[2]), (b[0] - wide, b[1], b[2])]]
            tones += [(0.10 + 0.10 * t, 0.26 + 0.16 * t, 0.07)] * 2
    return flat(np.array(faces, np.float32), np.array(tones, np.float32))


def _reef(country: Country) -> None:
    """Rocks with corals on and between them, weeds behind; small ones near small subjects."""
    rng = country.rng
    kinds = (_branching, _brain, _fan, _tubes)
    away = float(np.hypot(*country.eye)) if country.cast.placed else 5.0
    small = float(np.clip(away / 5.0, 0.10, 3.0))
    country.stones(34, max(away * 0.8, 0.6), away * 12 + 20, 0.5 * small, 2.6 * small, (0.22, 0.22, 0.22))
    spots = country.spots(max(away * 0.72, 0.5), away * 9 + 14, 260, half=0.8, room=1.1)
    spots = spaced(spots, 0.24 * small)
    spots = clear_of(spots, (0, 0), country.cast.reach * 0.9 + 0.1 * small)
    y = country.height(spots[:, 0], spots[:, 1])
    for index in range(16):
        kind, colour = kinds[index % 4], _CORALS[(index * 5 + int(rng.integers(6))) % 6]
        some = np.flatnonzero(np.arange(len(spots)) % 16 == index)
        if len(some):
            scale = (rng.uniform(0.6, 1.5, len(some)) * small).astype(np.float32)
            yaw = rng.uniform(-0.8, 0.8, len(some)).astype(np.float32)
            country.add(
                copies(
                    kind(rng, colour),
                    spots[some],
                    y[some] - 0.03 * small,
                    yaw,
                    scale,
                    rng.uniform(0.8, 1.15, len(some)).astype(np.float32),
                )
            )
    weeds = clear_of(
        country.spots(max(away * 0.9, 0.8), away * 9 + 16, 130, half=0.8, room=1.3), (0, 0), country.cast.reach * 1.3
    )
    tall = min(small, 1.6)
    country.plant(tuple(_weed(rng) for _ in range(3)), weeds, 0.7 * tall, 2.3 * tall)


def _shoals(country: Country) -> None:
    """Small fish in the distance, each shoal heading one way."""
    rng = country.rng
    away = float(np.hypot(*country.eye)) if country.cast.placed else 5.0
    for index in range(4):
        colour = ((0.80, 0.62, 0.10), (0.30, 0.42, 0.62), (0.70, 0.72, 0.72), (0.78, 0.30, 0.10))[index]
        made = figure(Order("fish", colour=colour, detail=22, seed=index)).mesh
        length = float(made.bounds[1][0] - made.bounds[0][0])
        unit = made.moved((0, 0, 0), scale=1.0 / max(length, 1e-3))
        count = 12
        side = -1.0 if index % 2 else 1.0
        deep = away * (1.1 + 0.5 * index) + 2.0
        middle = np.array(
            [
                side * (0.20 + 0.07 * index) * (away + deep) + (0.6 * country.cast.width) * side,
                country.eye[1] - away - deep,
            ]
        )
        spots: Spots = (middle + rng.normal(size=(count, 2)) * np.array([0.11, 0.06]) * (away + deep)).astype(
            np.float32
        )
        y = (
            at(country.height, 0.0, 0.0)
            + (0.22 + 0.10 * index) * (away + deep)
            + rng.normal(size=count) * 0.05 * (away + deep)
        ).astype(np.float32)
        yaw = (np.full(count, 0.0 if side < 0 else np.pi) + rng.normal(size=count) * 0.2).astype(np.float32)
        fish = (rng.uniform(0.75, 1.2, count) * 0.05 * (away + deep)).astype(np.float32)
        country.add(copies(unit, spots, y, yaw, fish, rng.uniform(0.85, 1.1, count).astype(np.float32)))


def _shafts(country: Country, bright: float) -> None:
    """Light that falls in beams from the surface, and bubbles."""
    rng = country.rng
    away = float(np.hypot(*country.eye)) if country.cast.placed else 5.0
    for index in range(7):
        deep = away * float(rng.uniform(1.3, 3.2)) + 2.0
        x = (-1.0 + 2.0 * (index + 0.5) / 7 + float(rng.normal()) * 0.06) * 0.8 * deep
        base = at(country.height, 0.0, 0.0)
        for t in np.linspace(0, 1, 26):
            up = base + deep * (0.08 + 1.25 * float(t))
            glow = 0.11 * bright * (0.35 + float(t)) * float(rng.uniform(0.8, 1.2))
            country.kit.glow(
                (x + 0.22 * deep * float(t), up, country.eye[1] - deep), (glow * 0.6, glow, glow), 0.075 * deep
            )
    for _ in range(60):
        deep = away * float(rng.uniform(0.8, 3.0))
        spot = (
            float(rng.uniform(-0.7, 0.7)) * deep,
            at(country.height, 0, 0) + float(rng.uniform(0, 1.2)) * deep,
            country.eye[1] - deep,
        )
        country.kit.glow(spot, (0.20 * bright, 0.30 * bright, 0.32 * bright), 0.004 * deep)
