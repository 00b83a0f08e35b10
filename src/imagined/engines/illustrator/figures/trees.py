"""Trees of their own kind: birch, willow, bamboo, bonsai."""

from itertools import pairwise

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point
from imagined.engines.illustrator.figures.fins import blade
from imagined.engines.illustrator.figures.limbs import mixed, smoothed
from imagined.engines.illustrator.figures.model import Figure, gathered, noise3
from imagined.engines.illustrator.figures.plants import leaf_cloud
from imagined.engines.illustrator.figures.solids import box, tube
from imagined.engines.illustrator.mesh import Floats, Mesh

_TONES: dict[str, tuple[Colour, Colour]] = {
    "spring": ((0.16, 0.30, 0.06), (0.34, 0.48, 0.12)),
    "summer": ((0.10, 0.22, 0.04), (0.26, 0.38, 0.09)),
    "autumn": ((0.66, 0.36, 0.03), (0.84, 0.58, 0.08)),
    "winter": ((0.72, 0.76, 0.82), (0.86, 0.88, 0.92)),
}


def _at(value: Floats) -> Point:
    return (float(value[0]), float(value[1]), float(value[2]))


def birch(season: str, seed: int) -> Figure:
    """Two or three slim white trunks with a light crown, 9 m."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    tips: list[Floats] = []
    for x, z, high in ((0.0, 0.0, 8.6), (0.6, 0.35, 7.4), (-0.55, 0.3, 6.6)):
        lean = np.array([x * 1.3 + rng.normal() * 0.2, 0.0, z * 1.3 + rng.normal() * 0.2])
        spine = [_at(np.array([x, 0, z]) + lean * u * u + np.array([0, high * u, 0])) for u in np.linspace(0, 1, 26)]
        radii = (0.14 * (high / 8.6) * (1 - np.linspace(0, 0.88, 26))).tolist()
        trunk = tube(spine, radii, (0.84, 0.83, 0.79), 0.05, sides=12)
        bark = noise3(trunk.vertices * np.array([2.2, 9.0, 2.2], np.float32) + np.float32(seed % 17))
        dark = (bark > 0.33)[:, None]
        trunk.colours[:] = np.where(dark, np.float32(0.05), trunk.colours)
        parts.append(trunk)
        for k in range(11):
            u = 0.35 + 0.6 * k / 10
            base = np.asarray(spine[int(u * 25)])
            angle = k * 2.4 + rng.normal() * 0.3
            reach = high * 0.2 * (1.15 - u) + 0.3
            tip = base + np.array([np.cos(angle) * reach, reach * 0.75, np.sin(angle) * reach])
            parts.append(
                tube(
                    [_at(base), _at((base + tip) / 2 + np.array([0, 0.1, 0])), _at(tip)],
                    [0.04, 0.025, 0.008],
                    (0.50, 0.47, 0.43),
                    sides=5,
                )
            )
            tips += [tip.astype(np.float32), ((base + 2 * tip) / 3).astype(np.float32)]
    centres = np.stack(tips)
    count, spread = (1900, 0.62) if season != "winter" else (260, 0.4)
    parts.append(leaf_cloud(rng, centres, np.full(len(tips), spread, np.float32), count, 0.11, _TONES[season]))
    return gathered(parts, {"top": (0.0, 8.8, 0.0)}, 1.0)


def willow(season: str, seed: int) -> Figure:
    """A weeping willow, 7 m: a short trunk under curtains of leaves."""
    rng = np.random.default_rng(seed)
    bark: Colour = (0.16, 0.115, 0.075)
    parts: list[Mesh] = [tube([(0, 0, 0), (0.05, 0.6, 0), (0.0, 2.6, 0.05)], [0.55, 0.38, 0.3], bark, sides=12)]
    dark, light = (np.asarray(tone) for tone in _TONES[season])
    ends: list[Point] = []
    blades: list[Floats] = []
    tones: list[Floats] = []
    for index in range(15):
        angle = index * 2.4 + float(rng.normal()) * 0.15
        c, s = float(np.cos(angle)), float(np.sin(angle))
        far = float(rng.uniform(0.9, 2.5))
        high = 6.7 - far * 0.62 + float(rng.normal()) * 0.15
        limb, radii = smoothed(
            [(0.0, 2.5, 0.0), (far * 0.35 * c, 2.5 + (high - 2.5) * 0.7, far * 0.35 * s), (far * c, high, far * s)],
            [0.2, 0.12, 0.05],
            9,
        )
        parts.append(tube(limb, radii, bark, sides=6))
        ends += [limb[-1], limb[6]]
        for _ in range(11):
            start = np.asarray(limb[int(rng.integers(5, 9))]) + rng.normal(size=3) * np.array([0.3, 0.12, 0.3])
            out = np.array([start[0], 0.0, start[2]]) * 0.16 + np.array([c, 0, s]) * float(rng.uniform(0.15, 0.5))
            fall = min(float(rng.uniform(2.0, 4.3)), start[1] - 0.3)
            u = np.linspace(0, 1, 22)[:, None]
            line = (
                start
                + out * np.sin(u * 1.5) * 1.1
                + np.array([0, 0.28, 0]) * np.sin(u * np.pi) * (1 - u)
                - np.array([0, fall, 0]) * u**1.35
            )
            side = rng.normal(size=(22, 3)) * np.array([1.0, 0.25, 1.0])
            side /= np.linalg.norm(side, axis=1, keepdims=True)
            long = 0.17
            hang = np.array([0, -0.26, 0]) + side * 0.1
            blades.append(
                np.stack(
                    [line, line + side * long * 0.3 + hang * 0.5, line + hang, line - side * long * 0.3 + hang * 0.5], 1
                )
            )
            mix = np.clip(rng.uniform(0, 0.9) + 0.25 * (1 - u), 0, 1)
            tones.append(dark * (1 - mix) + light * mix)
    crown = np.array(ends, np.float32)
    parts.append(leaf_cloud(rng, crown, np.full(len(crown), 0.75, np.float32), 1600, 0.13, _TONES[season]))
    parts.append(_curtains(np.concatenate(blades), np.concatenate(tones)))
    return gathered(parts, {"top": (0.0, 6.8, 0.0)}, 2.0)


def _curtains(corners: Floats, tones: Floats) -> Mesh:
    """Leaves of four corners each (N, 4, 3) with their colours (N, 3), shaded as one crown."""
    normal = corners[:, 0] - np.array([0.0, 2.8, 0.0])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    faces = ((np.arange(len(corners)) * 4)[:, None, None] + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
    return Mesh(
        corners.reshape(-1, 3).astype(np.float32),
        faces.astype(np.int32),
        normal.repeat(4, 0).astype(np.float32),
        tones.repeat(4, 0).astype(np.float32),
    )


def bamboo(colour: Colour, seed: int) -> Figure:
    """A clump of bamboo, 5 m, jointed stems with narrow leaves."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    pale = (colour[0] * 1.5 + 0.05, colour[1] * 1.25 + 0.04, colour[2] * 1.3)
    for index in range(7):
        angle, out = index * 2.4, 0.1 + 0.07 * index
        x, z = out * float(np.cos(angle)), out * float(np.sin(angle))
        high = float(rng.uniform(3.6, 5.0))
        lean = rng.normal(size=2) * 0.25
        joints = 10
        places = [(x + float(lean[0]) * u * u, high * u, z + float(lean[1]) * u * u) for u in np.linspace(0, 1, joints)]
        for k, (low, up) in enumerate(pairwise(places)):
            thick = 0.052 * (1 - 0.07 * k)
            shade = float(rng.uniform(0.85, 1.1))
            parts.append(
                tube(
                    [low, mixed(low, up, 0.06), mixed(low, up, 0.94), up],
                    [thick * 1.12, thick, thick * 0.96, thick * 1.12],
                    (colour[0] * shade, colour[1] * shade, colour[2] * shade),
                    0.25,
                )
            )
            if k < 4:
                continue
            for _ in range(2):
                way = float(rng.uniform(0, 2 * np.pi))
                c, s = float(np.cos(way)), float(np.sin(way))
                twig = (up[0] + 0.3 * c, up[1] + 0.16, up[2] + 0.3 * s)
                for spread in (-0.5, 0.1, 0.6):
                    tip = (
                        twig[0] + 0.34 * float(np.cos(way + spread)),
                        twig[1] - 0.12 - 0.1 * abs(spread),
                        twig[2] + 0.34 * float(np.sin(way + spread)),
                    )
                    root = (
                        (twig[0] - 0.012 * s, twig[1], twig[2] + 0.012 * c),
                        (twig[0] + 0.012 * s, twig[1], twig[2] - 0.012 * c),
                    )
                    parts.append(blade(*root, tip, colour, bulge=(0.07, 0.07), thickness=0.01, edge=pale, rows=3))
                parts.append(tube([up, twig], [0.008, 0.004], pale, sides=4))
    return gathered(parts, {"top": (0.0, 4.8, 0.0)}, 0.8)


def bonsai(season: str, seed: int) -> Figure:
    """A bonsai, 0.5 m: a twisted trunk with flat clouds of leaves, in a shallow tray."""
    rng = np.random.default_rng(seed)
    bark: Colour = (0.20, 0.12, 0.075)
    parts: list[Mesh] = [
        box((0.0, 0.04, 0.0), (0.34, 0.06, 0.22), (0.10, 0.16, 0.26), 0.5),
        box((0.0, 0.072, 0.0), (0.37, 0.016, 0.25), (0.10, 0.16, 0.26), 0.5),
        box((0.0, 0.08, 0.0), (0.33, 0.012, 0.21), (0.14, 0.22, 0.06)),
        *(box((x, 0.006, z), (0.05, 0.024, 0.04), (0.08, 0.12, 0.2)) for x in (-0.12, 0.12) for z in (-0.07, 0.07)),
    ]
    spine, radii = smoothed(
        [(-0.02, 0.08, 0.0), (0.035, 0.15, 0.01), (-0.045, 0.25, -0.01), (0.03, 0.34, 0.02), (0.0, 0.42, 0.0)],
        [0.046, 0.034, 0.026, 0.018, 0.01],
        18,
    )
    parts.append(tube(spine, radii, bark, sides=10))
    clouds = [
        (0.0, 0.46, 0.0, 0.095),
        (0.15, 0.33, 0.04, 0.085),
        (-0.17, 0.29, 0.03, 0.09),
        (0.05, 0.37, -0.11, 0.08),
        (-0.08, 0.40, 0.07, 0.075),
        (0.2, 0.24, -0.02, 0.055),
    ]
    centres: list[tuple[float, float, float]] = []
    for x, y, z, size in clouds:
        start = min(spine, key=lambda p: abs(p[1] - (y - 0.05)))
        parts.append(
            tube(
                [start, ((start[0] + x) / 2, y - 0.03, (start[2] + z) / 2), (x, y - 0.02, z)],
                [0.013, 0.009, 0.006],
                bark,
                sides=6,
            )
        )
        for _ in range(5):
            dx, dz = rng.uniform(-1, 1, 2) * size * 0.62
            centres.append((x + float(dx), y + float(rng.uniform(0, 0.014)), z + float(dz)))
    tones = _TONES[season] if season != "summer" else ((0.04, 0.15, 0.03), (0.14, 0.30, 0.06))
    parts.append(
        leaf_cloud(rng, np.array(centres, np.float32), np.full(len(centres), 0.042, np.float32), 3600, 0.011, tones)
    )
    return gathered(parts, {"top": (0.0, 0.5, 0.0)}, 0.2)
