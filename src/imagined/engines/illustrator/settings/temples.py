"""The ruins of a temple."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.solids import lathe
from imagined.engines.illustrator.mesh import Floats, Mesh, joined
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.country import Country, begin, grassy
from imagined.engines.illustrator.settings.fabric import STONE
from imagined.engines.illustrator.settings.greenery import spaced, trees
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.settings.terrain import Height, at, rolling, worn
from imagined.engines.illustrator.world import Camera, Vector, World


def ruins(scene: Scene, rng: np.random.Generator) -> World:
    """The columns of a temple on a grassy rise, some fallen; trees and far hills."""
    seed = int(rng.integers(1 << 20))
    shift = rng.uniform(0, 300, 2).astype(np.float32)
    side = float(rng.choice([-1.0, 1.0]))

    def height(x: Floats, z: Floats) -> Floats:
        away = np.hypot(x, z)
        knoll = 3.4 * smoothstep(6.0, 26.0, -z) * (1 - smoothstep(50.0, 120.0, away))
        hills = (24 + 60 * rolling(x / 620 + shift[0], z / 620, seed, 4, 0.45)) * smoothstep(150.0, 1100.0, away)
        far = worn(x / 2300 + shift[1], z / 2300, seed + 9) * 1100 * smoothstep(1400.0, 5200.0, away)
        return (rolling(x / 50 + shift[1], z / 50, seed + 3, 3) * 0.5 + knoll + hills + far).astype(np.float32)

    def view(ground: Height) -> Camera:
        y = at(ground, 0.0, 10.0)
        return Camera(eye=(side * 5.0, y + 2.2, 11.0), target=(-side * 0.5, y + 6.0, -24.0), fov=48.0)

    country = begin(scene, rng, height, grassy(scene, 700.0), view, into_sun=True)
    back = -24.0 - (1.3 * country.cast.reach if country.cast.placed else 0.0)
    _temple(country, side, back)
    country.stones(46, 4.0, 70.0, 0.3, 1.3, (0.46, 0.42, 0.34))
    spots = spaced(country.spots(46.0, 300.0, 260, half=0.8), 8.0)
    country.plant(trees("broadleaf", country.foliage, 0.04), spots[rng.random(len(spots)) < 0.5][:60], 5.0, 9.0, 0.05)
    country.sward(
        26000, None if country.cast.placed else 0.26, 1800 if not country.winter and scene.season != "autumn" else 0
    )
    return country.world(near=None if country.cast.placed else 0.8)


def _column(tall: float, whole: bool) -> Mesh:
    """A fluted column of 0.6 m radius, with its capital if it is whole."""
    stone: Vector = (0.60, 0.54, 0.43)
    shaft = lathe([(0.74, 0.0), (0.74, 0.3), (0.62, 0.45), (0.60, tall * 0.4), (0.50, tall)], stone, 0, 40)
    angle = np.arctan2(shaft.vertices[:, 2], shaft.vertices[:, 0])
    reach = np.where(shaft.vertices[:, 1] > 0.4, 1 - 0.05 * np.abs(np.sin(angle * 10)), 1.0)
    flutes = shaft.vertices * np.stack([reach, np.ones_like(reach), reach], 1).astype(np.float32)
    tone = shaft.colours * np.where(shaft.vertices[:, 1:2] > 0.4, 1 - 0.25 * np.abs(np.sin(angle * 10))[:, None], 1.0)
    parts = [replace(shaft, vertices=flutes.astype(np.float32), colours=tone.astype(np.float32))]
    if whole:
        parts.append(lathe([(0.50, tall), (0.78, tall + 0.32), (0.82, tall + 0.42), (0.0, tall + 0.42)], stone, 0, 24))
    return joined(parts)


def _temple(country: Country, side: float, back: float) -> None:
    rng = country.rng
    y = at(country.height, 0.0, back)
    at_ = country.kit.frame(0.0, y, back, side * 0.38)
    stone: Vector = (0.60, 0.54, 0.43)
    for index in range(3):
        at_.box(0, -2.5 + 0.32 * index, -7.0, 25.0 - 1.4 * index, 2.9, 18.0 - 1.4 * index, stone, STONE)
    floor, tall = 1.04, 7.6
    whole: dict[tuple[int, int], bool] = {}
    for row in range(2):
        for index in range(7):
            x, z = -9.6 + 3.2 * index, -0.6 - 12.8 * row
            stands = not (row == 0 and index in (4,)) and ((row == 0 and index < 4) or rng.random() < 0.75)
            high = tall if stands else float(rng.uniform(0.8, 4.0))
            whole[row, index] = stands
            at_.mesh(_column(high, stands), x, floor, z, yaw=float(rng.uniform(0, 1)))
    for index in (1, 2):
        for end in (-9.6, 9.6):
            stands = rng.random() < 0.7
            at_.mesh(_column(tall if stands else 2.4, stands), end, floor, -0.6 - 4.3 * index)
    for row in range(2):
        for index in range(6):
            if whole[row, index] and whole[row, index + 1]:
                at_.box(-8.0 + 3.2 * index, floor + tall + 0.42, -0.6 - 12.8 * row, 3.2, 0.9, 1.3, stone, STONE)
                at_.box(-8.0 + 3.2 * index, floor + tall + 1.32, -0.6 - 12.8 * row, 3.2, 0.3, 1.6, (0.64, 0.58, 0.47))
    _drums(country, at_, side)


def _drums(country: Country, at_: Frame, side: float) -> None:
    """Pieces of fallen columns before the steps."""
    rng = country.rng
    stone: Vector = (0.60, 0.54, 0.43)
    for index in range(6):
        drum = lathe([(0.0, -0.6), (0.56, -0.6), (0.56, 0.6), (0.0, 0.6)], stone, 0, 18)
        laid = replace(
            drum,
            vertices=drum.vertices[:, [1, 0, 2]] * np.array([1, 1, -1], np.float32),
            normals=drum.normals[:, [1, 0, 2]] * np.array([1, 1, -1], np.float32),
        )
        px, pz = 5.0 + 1.5 * index - 4.0 * (index > 3), 5.2 + 0.4 * (index % 2) + 1.8 * (index > 3)
        wx, _, wz = at_.point(px * side, 0, pz)
        if np.hypot(wx, wz) > country.cast.reach * 1.3 + 1.2:
            country.add(laid.moved((wx, at(country.height, wx, wz) + 0.45, wz), yaw=float(rng.uniform(-0.5, 0.5))))
