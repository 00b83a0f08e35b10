"""Keepsakes and treasures: gifts, keys, gems, skulls, trophies; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import ring, rod, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, flat, lathe, prism, tube
from imagined.engines.illustrator.mesh import Floats

WOOD: Colour = (0.33, 0.18, 0.08)
IRON: Colour = (0.035, 0.04, 0.045)
BRASS: Colour = (0.78, 0.55, 0.16)
STONE: Colour = (0.52, 0.50, 0.46)
_PAPER: Colour = (0.82, 0.76, 0.62)
_LAID = turned(roll=np.pi / 2)
_FACE_X = turned(pitch=-np.pi / 2)


def gift(colour: Colour) -> Figure:
    """A present with a ribbon and a bow, 0.25 m."""
    ribbon: Colour = (0.86, 0.66, 0.16) if colour[0] > 0.4 else (0.7, 0.05, 0.05)
    parts = [
        box((0, 0.085, 0), (0.22, 0.17, 0.22), colour, 0.35),
        box((0, 0.178, 0), (0.235, 0.045, 0.235), colour, 0.35),
        box((0, 0.1, 0), (0.04, 0.202, 0.238), ribbon, 0.5),
        box((0, 0.1, 0), (0.238, 0.202, 0.04), ribbon, 0.5),
    ]
    for a in (0.3, 2.0, 3.5, 5.1):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            tube(
                [
                    (0, 0.205, 0),
                    (0.045 * c, 0.245, 0.045 * s),
                    (0.085 * c, 0.235, 0.085 * s),
                    (0.05 * c, 0.21, 0.05 * s),
                    (0, 0.205, 0),
                ],
                [0.009, 0.014, 0.014, 0.012, 0.009],
                ribbon,
                0.5,
                8,
            )
        )
    return gathered([*parts, ball((0, 0.212, 0), 0.018, ribbon, 0.5)], {"top": (0, 0.2, 0)})


def key(colour: Colour) -> Figure:
    """An old key, 0.12 m, standing on its bow as if shown."""
    parts = [
        ring((0, 0.095, 0), 0.018, 0.018, 0.005, colour, 0.8, _LAID),
        rod((0, 0.0, 0), (0, 0.078, 0), 0.005, colour, 0.8),
        box((0.014, 0.012, 0), (0.024, 0.009, 0.006), colour, 0.8),
        box((0.011, 0.026, 0), (0.018, 0.008, 0.006), colour, 0.8),
        ring((0, 0.072, 0), 0.007, 0.007, 0.003, colour, 0.8),
    ]
    return gathered(parts, {"top": (0, 0.115, 0)})


def _sound(triangles: Floats) -> Floats:
    """The triangles that have an area."""
    cross = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    result: Floats = triangles[np.linalg.norm(cross, axis=1) > 1e-9]
    return result


def crystal(colour: Colour) -> Figure:
    """A cluster of crystals, 0.3 m, faintly glowing."""
    rng = np.random.default_rng(12)
    glow = (colour[0] * 0.28, colour[1] * 0.28, colour[2] * 0.28)
    parts = []
    for k in range(11):
        big = 1.0 if k == 0 else float(rng.uniform(0.3, 0.72))
        r, high = 0.045 * big + 0.006, 0.27 * big
        spike = lathe(
            [(0.0, -0.02), (r * 0.85, -0.02), (r, high * 0.72), (0.0, high)], colour, 0.9, 6, glow=glow, crease=0.01
        )
        tri = _sound(spike.vertices[spike.faces])
        facet = flat(
            tri,
            np.clip(np.asarray(colour, np.float32) * rng.uniform(0.75, 1.2, (len(tri), 1)).astype(np.float32), 0, 1),
            0.9,
            glow,
        )
        a = k * 2.39996
        lean = 0.0 if k == 0 else float(rng.uniform(0.3, 0.75))
        parts.append(
            turned_by(
                facet,
                turned(yaw=a) @ turned(pitch=-lean),
                (0.05 * float(np.cos(a)) * (k > 0), 0.01, -0.05 * float(np.sin(a)) * (k > 0)),
            )
        )
    return gathered(parts, {"top": (0, 0.25, 0)})


def gem(colour: Colour) -> Figure:
    """A cut gem, 0.1 m, on its point."""
    solid = lathe([(0.0, 0.0), (0.05, 0.045), (0.05, 0.05), (0.03, 0.065), (0.0, 0.065)], colour, 0.95, 12)
    tri = _sound(solid.vertices[solid.faces])
    rng = np.random.default_rng(2)
    facet = flat(
        tri,
        np.clip(np.asarray(colour, np.float32) * rng.uniform(0.6, 1.6, (len(tri), 1)).astype(np.float32), 0, 1),
        0.95,
        (colour[0] * 0.12, colour[1] * 0.12, colour[2] * 0.12),
    )
    return gathered([facet], {"top": (0, 0.065, 0)})


def skull(colour: Colour) -> Figure:
    """A human skull, 0.2 m, facing +x."""
    bone = Clay(blend=0.02)
    bone.ball((-0.015, 0.125, 0), (0.092, 0.078, 0.072), colour, 0.15)
    bone.ball((0.05, 0.075, 0), (0.045, 0.04, 0.05), colour, 0.15)
    bone.box((0.06, 0.03, 0), (0.028, 0.03, 0.034), 0.015, colour, 0.15)
    for side in (1, -1):
        bone.cone((0.06, 0.085, side * 0.05), (0.0, 0.085, side * 0.066), 0.013, 0.011, colour)
        bone.cone((0.07, 0.015, side * 0.02), (0.01, 0.055, side * 0.055), 0.016, 0.012, colour)
    bone.blend = 0.008
    for side in (1, -1):
        bone.ball((0.088, 0.105, side * 0.032), (0.026, 0.023, 0.024), colour, carved=True)
        bone.paint((0.072, 0.105, side * 0.032), (0.024, 0.023, 0.024), (0.02, 0.015, 0.012), 0.006)
    bone.ball((0.102, 0.072, 0), (0.014, 0.018, 0.011), colour, carved=True)
    bone.paint((0.092, 0.072, 0), (0.016, 0.018, 0.012), (0.03, 0.02, 0.015), 0.004)
    parts = [bone.mesh(0.005)]
    parts += [
        box((0.090 - 0.010 * abs(k) * abs(k) * 0.16, y, k * 0.0095), (0.010, 0.014, 0.0085), (0.86, 0.82, 0.70), 0.3)
        for k in range(-3, 4)
        for y in (0.046, 0.030)
    ]
    return gathered(parts, {"top": (0, 0.2, 0)})


def snow_globe(colour: Colour) -> Figure:
    """A snow globe with a little house and a tree, 0.16 m."""
    parts = [lathe([(0.0, 0.0), (0.065, 0.0), (0.062, 0.03), (0.05, 0.04), (0.0, 0.04)], colour, 0.4, 36)]
    parts.append(ball((0, 0.044, 0), (0.048, 0.012, 0.048), (0.88, 0.89, 0.91)))
    parts += [
        box((0.0, 0.066, 0.012), (0.03, 0.026, 0.03), (0.62, 0.3, 0.16)),
        turned_by(
            prism([(-0.02, 0.0), (0.02, 0.0), (0.0, 0.02)], 0.036, (0.86, 0.87, 0.9)),
            turned(yaw=np.pi / 2),
            (0.0, 0.078, 0.012),
        ),
        box((0.016, 0.064, 0.012), (0.002, 0.014, 0.009), (0.9, 0.7, 0.2), glow=(1.2, 0.8, 0.2)),
    ]
    parts += [
        lathe([(0.016 - 0.004 * k, 0.055 + 0.012 * k), (0.0, 0.073 + 0.013 * k)], (0.06, 0.24, 0.10), 0, 12).moved(
            (0.01, 0, -0.022)
        )
        for k in range(3)
    ]
    rng = np.random.default_rng(3)
    parts += [
        ball(
            (float(p[0]) * 0.05, 0.095 + float(p[1]) * 0.045, float(p[2]) * 0.05),
            0.0016,
            (0.95, 0.95, 0.97),
            glow=(0.4, 0.4, 0.4),
            segments=6,
        )
        for p in rng.uniform(-0.75, 0.75, (34, 3))
    ]
    parts += [
        ring((0, 0.095, 0), 0.06, 0.06, 0.0012, (0.75, 0.82, 0.86), 0.95, turn, 5, 48)
        for turn in (_LAID, _FACE_X, turned(yaw=0.8) @ _LAID, None)
    ]
    parts.append(ball((0.028, 0.128, 0.028), (0.010, 0.010, 0.010), (0.95, 0.95, 0.97), 0.5, glow=(0.7, 0.7, 0.7)))
    return gathered(parts, {"top": (0, 0.155, 0)})


def lamp_magic(colour: Colour) -> Figure:
    """A genie's lamp, 0.3 m."""
    body = lathe(
        [
            (0.0, 0.0),
            (0.05, 0.0),
            (0.045, 0.012),
            (0.018, 0.025),
            (0.03, 0.04),
            (0.07, 0.06),
            (0.075, 0.075),
            (0.05, 0.095),
            (0.02, 0.105),
            (0.01, 0.125),
            (0.014, 0.135),
            (0.0, 0.145),
        ],
        colour,
        0.85,
        36,
        crease=0.9,
    )
    return gathered(
        [
            body,
            tube(
                [(0.06, 0.07, 0), (0.12, 0.075, 0), (0.17, 0.10, 0), (0.19, 0.115, 0)],
                [0.03, 0.02, 0.012, 0.014],
                colour,
                0.85,
                12,
            ),
            tube(
                [(-0.065, 0.08, 0), (-0.12, 0.11, 0), (-0.14, 0.07, 0), (-0.10, 0.05, 0), (-0.065, 0.06, 0)],
                [0.008] * 5,
                colour,
                0.85,
            ),
        ],
        {"top": (0, 0.14, 0)},
    )


def trophy(colour: Colour) -> Figure:
    """A cup for the winner, 0.35 m."""
    parts = [
        lathe([(0.0, 0.0), (0.07, 0.0), (0.07, 0.05), (0.0, 0.05)], WOOD, 0.4, 28),
        lathe(
            [
                (0.05, 0.05),
                (0.02, 0.075),
                (0.014, 0.12),
                (0.03, 0.14),
                (0.08, 0.2),
                (0.092, 0.33),
                (0.086, 0.33),
                (0.07, 0.22),
                (0.0, 0.16),
            ],
            colour,
            0.9,
            36,
            crease=0.9,
        ),
    ]
    parts += [
        tube(
            [(0, 0.30, s * 0.09), (0, 0.31, s * 0.14), (0, 0.24, s * 0.145), (0, 0.20, s * 0.08)],
            [0.008] * 4,
            colour,
            0.85,
        )
        for s in (1, -1)
    ]
    return gathered(parts, {"top": (0, 0.33, 0), "grip": (0, 0.1, 0)})
