"""A theatre stage: boards, red curtains with gold, footlights, and one spotlight that finds the subject."""

from dataclasses import replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures.carpentry import BRASS, boxes
from imagined.engines.illustrator.figures.furnishings import curtain
from imagined.engines.illustrator.figures.solids import ball, box, flat, sheet
from imagined.engines.illustrator.mesh import Floats, Mesh, joined
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.framing import shape_of
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.world import Ambient, Body, Fog, Glows, Grade, Lamp, Light, Sky, Vector, World

_CLOTH: Final[tuple[Vector, ...]] = ((0.42, 0.018, 0.022), (0.32, 0.015, 0.05), (0.05, 0.07, 0.26))
_TOP = 9.0
"""Height of the lid whose hole makes the beam round, metres."""


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a scene on a stage."""
    cast = indoors(scene, np.random.default_rng([scene.seed & 0x7FFFFFFF, 21]), "stool", True)
    wide = shape_of(scene) > 0.8
    camera = view_of(scene, cast, wide=6.2, tall=3.4, least=1.7, eye=1.2, fill=0.58 if wide else 0.42, empty=(0.0, 1.6))
    camera = replace(camera, eye=(0.35 * camera.eye[0], camera.eye[1], camera.eye[2] + 0.6))
    cloth = _CLOTH[int(rng.integers(len(_CLOTH)) * (rng.random() < 0.4))]
    half = max(2.35, cast.width / 2 + 0.55) if wide else max(1.0, cast.width / 2 + 0.3)
    high = max(3.3, cast.low + cast.height + 1.2, 3.1 / min(shape_of(scene), 1.0))
    bodies = [
        Body(
            flat(_floor(), (0.3, 0.15, 0.06)),
            Finish(Cover("boards", (0.34, 0.18, 0.075), (0.24, 0.115, 0.045), 0.15, 0.35)),
        ),
        Body(joined(_draped(cloth, half, high))),
        Body(_lid(max(1.25, cast.width * 0.5 + 0.55, cast.reach + 0.2), cast.middle)),
    ]
    lamps, glows = _footlights(half)
    bodies.append(Body(joined([part for part, _ in glows]), casts_shadow=False))
    points = np.array([spot for _, spot in glows], np.float32)
    spot = (1.9, 1.72, 1.38) if scene.time != "night" else (1.75, 1.62, 1.5)
    return World(
        bodies=(*bodies, *cast.bodies(lambda _x, _z: 0.0)),
        camera=camera,
        sky=Sky(zenith=(0.01, 0.008, 0.01), horizon=(0.05, 0.02, 0.02), below=(0.01, 0.006, 0.004)),
        light=Light((-0.28, 1.0, 0.42), spot, 0.03),
        ambient=Ambient(above=(0.075, 0.05, 0.055), below=(0.075, 0.042, 0.03), occlusion=1.0),
        fog=Fog(colour=(0.05, 0.03, 0.03), density=1e-9),
        lamps=lamps,
        glows=Glows(
            points,
            np.tile(np.array((2.2, 1.5, 0.7), np.float32), (len(points), 1)),
            np.full(len(points), 0.035, np.float32),
        ),
        grade=Grade(exposure=1.05, saturation=1.08, bloom=0.12, vignette=0.32),
        travel=1.0,
        seed=scene.seed & 0x7FFFFFFF,
    )


def _floor() -> Floats:
    a, b, c, d = (-12.0, 0.0, 12.0), (12.0, 0.0, 12.0), (12.0, 0.0, -7.0), (-12.0, 0.0, -7.0)
    return np.array([(a, b, c), (a, c, d)], np.float32)


def _draped(cloth: Vector, half: float, high: float) -> list[Mesh]:
    """Curtains at both sides, more behind, and a scalloped valance with a fringe."""
    parts = []
    for side in (-1, 1):
        for x, z, wide, gather in ((half + 0.55, -0.1, 2.1, 0.42), (half + 1.9, 0.35, 2.6, 0.1)):
            drape = curtain(cloth, wide, high + 1.4, gather, 7.0).mesh.moved((0, 0, 0), yaw=-np.pi / 2)
            flip = np.array([-side, 1, 1], np.float32)
            drape = replace(drape, vertices=drape.vertices * flip, normals=drape.normals * flip)
            parts.append(drape.moved((side * x, 0.0, z)))
        tie = ball((side * (half + 1.15), 0.4 * (high + 1.4), 0.02), (0.4, 0.05, 0.1), BRASS, 0.4)
        parts.append(tie)
    back = (cloth[0] * 0.62, cloth[1] * 0.62 + 0.004, cloth[2] * 0.62 + 0.006)
    wide = half * 2 + 5.0
    parts.append(curtain(back, wide, high + 2.5, 0.0, 26.0).mesh.moved((0.0, 0.0, -2.6), yaw=-np.pi / 2))
    swags = max(3, round(half * 1.4)) | 1
    each = (half * 2 + 2.4) / swags
    for index in range(swags):
        x = -half - 1.2 + each * (index + 0.5)
        parts += _swag(cloth, x, high, each)
    parts.append(
        box((0.0, high + 1.0, 0.1), (half * 2 + 4.5, 1.2, 0.3), (cloth[0] * 0.7, cloth[1] * 0.7, cloth[2] * 0.7))
    )
    return parts


def _swag(cloth: Vector, x: float, high: float, wide: float) -> list[Mesh]:
    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        bow = np.sin(v * np.pi)
        y = high + 0.5 - u * (0.22 + 0.5 * bow)
        z = 0.3 + 0.10 * bow * np.sin(u * 9.0) * u + 0.08 * bow
        return x + (v - 0.5) * wide * 1.04, y, z

    def hem(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        bow = np.sin(v * np.pi)
        y = high + 0.5 - (0.22 + 0.5 * bow) - u * 0.09
        return x + (v - 0.5) * wide * 1.04, y, 0.3 + 0.10 * bow * np.sin(9.0) + 0.08 * bow + 0.012 * np.sin(v * 90)

    return [sheet(shape, cloth, 0.012, 16, 18), sheet(hem, (0.62, 0.42, 0.12), 0.012, 3, 40, 0.2)]


def _lid(radius: float, middle: float) -> Mesh:
    """A dark ceiling with a round hole over the stage: what falls through it is the spotlight."""
    # The beam comes from above, left and the front: the hole lies that way from what it lights.
    cx, cz = middle - 0.28 * _TOP, 0.42 * _TOP
    turn = np.linspace(0, 2 * np.pi, 49)
    inner = np.stack([cx + radius * 1.04 * np.cos(turn), np.full(49, _TOP), cz + radius * np.sin(turn)], 1)
    outer = np.stack([cx + 60 * np.cos(turn), np.full(49, _TOP), cz + 60 * np.sin(turn)], 1)
    triangles = np.concatenate([
        np.stack([inner[:-1], outer[:-1], outer[1:]], 1), np.stack([inner[:-1], outer[1:], inner[1:]], 1)
    ])  # fmt: skip
    return flat(triangles.astype(np.float32), (0.02, 0.02, 0.02))


def _footlights(half: float) -> tuple[tuple[Lamp, ...], list[tuple[Mesh, Vector]]]:
    """Lamps along the front edge, and the light that they and the wings give."""
    xs = np.linspace(-half - 0.6, half + 0.6, 9)
    made = []
    for x in xs:
        shell = boxes(np.array([(x, 0.05, 1.28)]), np.array([(0.22, 0.1, 0.1)]), np.array((0.10, 0.075, 0.04)), 0.3)
        made.append((shell, (float(x), 0.11, 1.22)))
    lamps = [Lamp((x, 0.3, 1.0), (0.34, 0.19, 0.085), 1.2, False) for x in (-half * 0.8, 0.0, half * 0.8)]
    lamps += [Lamp((side * (half + 0.4), 2.6, 0.9), (0.34, 0.17, 0.10), 1.7, False) for side in (-1, 1)]
    lamps.append(Lamp((0.0, 3.4, -1.4), (0.20, 0.08, 0.10), 2.0, False))
    return tuple(lamps), made
