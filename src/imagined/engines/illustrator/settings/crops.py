"""Crops in rows: sunflowers, lavender, tulips, poppies, wheat and vines, as small prototypes to copy."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures.solids import ball, flat, lathe, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined
from imagined.engines.illustrator.world import Vector

_GREEN: Final[Vector] = (0.09, 0.19, 0.045)
_DEEP: Final[Vector] = (0.055, 0.125, 0.03)


@dataclass(frozen=True)
class Crop:
    """One crop; lengths in metres."""

    tall: float
    pitch: float
    """Between rows."""
    far: tuple[Vector, Vector]
    """Colours of a row and of the ground between, from a distance."""
    count: int = 5200
    rows: bool = True


CROPS: Final[dict[str, Crop]] = {
    "sunflowers": Crop(1.55, 1.0, ((0.60, 0.38, 0.03), (0.09, 0.13, 0.03)), 3000),
    "lavender": Crop(0.62, 1.5, ((0.28, 0.16, 0.46), (0.30, 0.24, 0.14)), 2300),
    "tulips": Crop(0.50, 0.62, ((0.17, 0.18, 0.05), (0.09, 0.13, 0.035)), 6000),
    "poppies": Crop(0.55, 0.5, ((0.36, 0.12, 0.05), (0.16, 0.19, 0.05)), 4200, False),
    "wheat": Crop(0.85, 0.22, ((0.58, 0.42, 0.14), (0.48, 0.34, 0.11)), 15000, False),
    "rape": Crop(0.9, 0.5, ((0.66, 0.52, 0.03), (0.40, 0.36, 0.04)), 9000, False),
}
"""By trait of the scene."""

TULIPS: Final[tuple[Vector, ...]] = (
    (0.64, 0.03, 0.04),
    (0.84, 0.52, 0.03),
    (0.80, 0.26, 0.42),
    (0.82, 0.80, 0.74),
    (0.32, 0.06, 0.38),
    (0.84, 0.28, 0.03),
)


def _leaf(root: Vector, out: float, turn: float, wide: float, rise: float, colour: Vector) -> Mesh:
    c, s = float(np.cos(turn)), float(np.sin(turn))
    x, y, z = root
    tip = (x + c * out, y + rise, z + s * out)
    mid = (x + c * out * 0.55, y + rise * 0.9 + 0.02, z + s * out * 0.55)
    one = (mid[0] - s * wide, mid[1], mid[2] + c * wide)
    two = (mid[0] + s * wide, mid[1], mid[2] - c * wide)
    return flat(np.array([[root, one, tip], [root, tip, two]], np.float32), colour)


@lru_cache(maxsize=16)
def prototypes(name: str, tint: int = 0, far: bool = False) -> tuple[Mesh, ...]:
    """Three plants of a crop; tulips in the colour `tint`; `far` ones are a few triangles."""
    if far and name in ("sunflowers", "tulips"):
        return (_dot(name, tint),)
    makers = {"sunflowers": _sunflower, "lavender": _lavender, "poppies": _poppy, "wheat": _wheat, "rape": _rape}
    made = []
    for index in range(3):
        rng = np.random.default_rng(100 + index)
        made.append(_tulip(rng, TULIPS[tint % len(TULIPS)]) if name == "tulips" else makers[name](rng))
    return tuple(made)


def _dot(name: str, tint: int) -> Mesh:
    """A flower from afar: its head as a flat star and its stem as a sliver."""
    hue = TULIPS[tint % len(TULIPS)] if name == "tulips" else (0.80, 0.46, 0.02)
    reach = 0.12 if name == "tulips" else 0.13
    around = np.linspace(0, 2 * np.pi, 7)[:-1]
    rim = [(reach * float(np.cos(a)), 0.9 + reach * float(np.sin(a)), 0.02) for a in around]
    faces = [[(0, 0.9, 0.03), a, b] for a, b in zip(rim, [*rim[1:], rim[0]], strict=True)]
    tones = [hue] * 6
    if name == "sunflowers":
        faces.append([(-0.05, 0.87, 0.05), (0.05, 0.87, 0.05), (0, 0.96, 0.05)])
        tones.append((0.085, 0.042, 0.016))
    faces += [[(-0.16, 0.1, 0), (0.16, 0.1, 0), (0, 0.8, 0)]]
    tones.append(_GREEN)
    return flat(np.array(faces, np.float32), np.array(tones, np.float32))


def _sunflower(rng: np.random.Generator) -> Mesh:
    """Height 1; heads look towards +z and a little up."""
    lean = float(rng.normal()) * 0.04
    head = np.array([lean, 0.97, 0.05], np.float32)
    parts = [tube([(0, 0, 0), (lean * 0.5, 0.5, 0), (lean, 0.95, 0)], [0.014, 0.012, 0.010], _GREEN, sides=4)]
    for index, y in enumerate((0.25, 0.42, 0.58, 0.72)):
        parts.append(_leaf((lean * y, y, 0), 0.26 - 0.12 * y, index * 2.1 + float(rng.random()), 0.075, -0.05, _GREEN))
        parts.append(_leaf((lean * y, y, 0), 0.26 - 0.12 * y, index * 2.1 + 3.1, 0.075, -0.05, _DEEP))
    tilt = float(rng.uniform(-0.2, 0.35))
    around = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    c, s = np.cos(tilt), np.sin(tilt)
    turn = np.array([[1, 0, 0], [0, c, s], [0, -s, c]], np.float32)

    def at(radius: float, angle: float, out: float) -> Floats:
        point: Floats = np.array([radius * np.cos(angle), radius * np.sin(angle), out], np.float32) @ turn + head
        return point

    disc = [
        np.stack([at(0, 0, 0.035), at(0.05, a, 0.02), at(0.05, b, 0.02)])
        for a, b in zip(around, np.roll(around, -1), strict=True)
    ]
    parts.append(flat(np.stack(disc), (0.085, 0.042, 0.016)))
    petals = []
    for a in around:
        petals += [np.stack([at(0.046, a - 0.26, 0.015), at(0.15, a, 0.0), at(0.046, a + 0.26, 0.015)])]
        petals += [np.stack([at(0.042, a + 0.0, 0.010), at(0.135, a + 0.22, -0.005), at(0.042, a + 0.45, 0.010)])]
    tones = np.array([(0.84, 0.50, 0.02), (0.76, 0.42, 0.015)] * len(around), np.float32)
    parts.append(flat(np.stack(petals), tones))
    return joined(parts)


def _lavender(rng: np.random.Generator) -> Mesh:
    """A round bush of spikes, height 1."""
    parts = [ball((0, 0.28, 0), (0.62, 0.36, 0.62), (0.17, 0.20, 0.12), segments=8)]
    for _ in range(20):
        turn, out = float(rng.uniform(0, 2 * np.pi)), float(np.sqrt(rng.random())) * 0.55
        x, z = out * np.cos(turn), out * np.sin(turn)
        tip = (x * 1.75, 0.72 + 0.28 * (1 - out) + float(rng.uniform(-0.08, 0.05)), z * 1.75)
        mid = (x * 1.4, tip[1] * 0.62, z * 1.4)
        wide = 0.055
        hue = (0.30, 0.16, 0.52) if rng.random() < 0.6 else (0.42, 0.26, 0.62)
        faces = []
        for a, b in ((wide, 0.0), (0.0, wide)):
            left, right = (mid[0] - a, mid[1] + 0.12, mid[2] - b), (mid[0] + a, mid[1] + 0.12, mid[2] + b)
            faces += [[mid, right, tip], [mid, tip, left]]
        parts.append(flat(np.array(faces, np.float32), hue))
    return joined(parts)


def _tulip(rng: np.random.Generator, colour: Vector) -> Mesh:
    """Height 1."""
    lean = float(rng.normal()) * 0.05
    parts = [tube([(0, 0, 0), (lean, 0.75, 0)], [0.018, 0.016], _GREEN, sides=3)]
    for turn in (0.4, 2.4, 4.4):
        parts.append(_leaf((0, 0.02, 0), 0.22, turn + float(rng.random()), 0.05, 0.5, _GREEN))
    cup = lathe([(0.03, 0.72), (0.115, 0.80), (0.125, 0.90), (0.085, 1.0)], colour, 0.15, 6)
    return joined([*parts, cup.moved((lean, 0, 0))])


def _poppy(rng: np.random.Generator) -> Mesh:
    lean = float(rng.normal()) * 0.1
    parts = [tube([(0, 0, 0), (lean, 0.94, 0)], [0.010, 0.008], _GREEN, sides=3)]
    for turn in (0.2, 2.2, 4.1):
        parts.append(_leaf((0, 0.1, 0), 0.22, turn, 0.03, 0.25, _GREEN))
    bowl = lathe([(0.02, 0.93), (0.10, 0.95), (0.14, 1.0)], (0.62, 0.035, 0.015), 0.1, 7)
    return joined([*parts, bowl.moved((lean, 0, 0)), ball((lean, 0.965, 0), 0.032, (0.02, 0.02, 0.02), segments=6)])


def _wheat(rng: np.random.Generator) -> Mesh:
    """A tuft of ears, height 1."""
    faces, tones = [], []
    for _ in range(7):
        x, z, dx, dz = (float(v) for v in rng.normal(size=4) * np.array([0.07, 0.07, 0.05, 0.04]))
        neck, tip = (x + dx * 0.8, 0.78, z + dz * 0.8), (x + dx * 1.5, float(rng.uniform(0.9, 1.02)), z + dz * 1.5)
        faces += [[(x - 0.006, 0, z), (x + 0.006, 0, z), neck]]
        mid = tuple((a + b) / 2 for a, b in zip(neck, tip, strict=True))
        faces += [[neck, (mid[0] + 0.012, mid[1], mid[2]), tip], [neck, tip, (mid[0] - 0.012, mid[1], mid[2])]]
        tones += [(0.42, 0.31, 0.10), (0.70, 0.50, 0.17), (0.60, 0.42, 0.13)]
    return flat(np.array(faces, np.float32), np.array(tones, np.float32))


def _rape(rng: np.random.Generator) -> Mesh:
    faces, tones = [], []
    for _ in range(9):
        x, z = (float(v) for v in rng.normal(size=2) * 0.13)
        y = float(rng.uniform(0.75, 1.0))
        for turn in (0.0, 1.57):
            c, s = 0.05 * np.cos(turn), 0.05 * np.sin(turn)
            faces += [[(x - c, y, z - s), (x + c, y, z + s), (x, y + 0.10, z)]]
            tones += [(0.82, 0.66, 0.03)]
    parts = [flat(np.array(faces, np.float32), np.array(tones, np.float32))]
    return joined([*parts, tube([(0, 0, 0), (0, 0.85, 0)], [0.012, 0.01], _GREEN, sides=3)])


@lru_cache(maxsize=8)
def vine(foliage: str, far: bool = False) -> tuple[Mesh, ...]:
    """Three lengths of trellised vine, 1 m along x and 1.5 m high; of few and large leaves if `far`."""
    made = []
    tones = {"autumn": ((0.44, 0.15, 0.03), (0.62, 0.36, 0.05)), "winter": ((0.20, 0.14, 0.09), (0.26, 0.19, 0.12))}
    low, high = tones.get(foliage, ((0.06, 0.135, 0.03), (0.14, 0.24, 0.055)))
    for index in range(3):
        rng = np.random.default_rng(40 + index)
        parts = [tube([(0, 0, 0), (0.04, 0.4, 0.02), (0, 0.8, 0)], [0.05, 0.04, 0.03], (0.13, 0.085, 0.05), sides=4)]
        count = 10 if foliage == "winter" else 9 if far else 40
        centre = rng.uniform([-0.55, 0.55, -0.2], [0.55, 1.5, 0.2], (count, 3))
        a, b = rng.normal(size=(2, count, 3)) * (0.26 if far else 0.12)
        faces = np.stack([centre - a, centre + a * 0.5 + b, centre + a * 0.5 - b], 1).astype(np.float32)
        mix = rng.random((count, 1)) * (centre[:, 1:2] / 1.5)
        parts.append(flat(faces, (np.asarray(low) * (1 - mix) + np.asarray(high) * mix).astype(np.float32)))
        if foliage in ("summer", "autumn") and not far:
            for _ in range(2):
                spot = (float(rng.uniform(-0.4, 0.4)), float(rng.uniform(0.6, 0.8)), 0.2)
                parts.append(ball(spot, (0.06, 0.10, 0.06), (0.10, 0.03, 0.12), 0.3, segments=6))
        made.append(joined(parts))
    return tuple(made)
