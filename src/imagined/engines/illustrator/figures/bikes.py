"""What one person rides: bicycles, motorcycles, scooters, skateboards; metres, facing +x."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, spoked, tyre, upright
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube

_RUBBER: Colour = (0.025, 0.025, 0.028)
_CHROME: Colour = (0.62, 0.63, 0.66)
_LEATHER: Colour = (0.22, 0.10, 0.04)
_LAY = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], np.float32)


def bicycle(colour: Colour) -> Figure:
    """A town bicycle, 1.75 m long."""
    parts = spoked(-0.52, 0.34, _RUBBER) + spoked(0.53, 0.34, _RUBBER)
    crank, seat, head = (-0.08, 0.29, 0.0), (-0.24, 0.83, 0.0), (0.34, 0.86, 0.0)
    low = (0.38, 0.70, 0.0)
    for a, b, r in ((crank, seat, 0.017), (crank, low, 0.019), ((-0.21, 0.74, 0), head, 0.017), (head, low, 0.021)):
        parts.append(rod(a, b, r, colour, 0.7, 10))
    for z in (0.06, -0.06):
        parts += [
            rod((crank[0], crank[1], z * 0.5), (-0.52, 0.34, z), 0.010, colour, 0.7),
            rod((-0.21, 0.74, z * 0.4), (-0.52, 0.34, z), 0.009, colour, 0.7),
        ]
        parts.append(
            tube([(0.385, 0.68, z * 0.5), (0.44, 0.5, z), (0.53, 0.34, z)], [0.014, 0.012, 0.010], colour, 0.7)
        )
    parts += [
        rod(seat, (-0.265, 0.95, 0), 0.013, _CHROME, 0.7),
        loft(
            [(-0.40, 0.97, 0), (-0.33, 0.985, 0), (-0.24, 0.975, 0), (-0.12, 0.97, 0)],
            [0.05, 0.085, 0.055, 0.018],
            [0.02, 0.03, 0.024, 0.014],
            _LEATHER,
            0.3,
            14,
        ),
    ]
    parts += [rod(head, (0.315, 0.99, 0), 0.014, _CHROME, 0.7)]
    for s in (1, -1):
        parts.append(
            tube(
                [(0.33, 1.01, 0), (0.36, 1.04, s * 0.10), (0.32, 1.05, s * 0.23), (0.20, 1.03, s * 0.27)],
                [0.012] * 4,
                _CHROME,
                0.7,
            )
        )
        parts.append(rod((0.28, 1.045, s * 0.25), (0.17, 1.025, s * 0.275), 0.018, _LEATHER, 0.2))
        parts.append(box((-0.08 + s * 0.10, 0.29 - s * 0.13, s * 0.15), (0.09, 0.02, 0.06), _RUBBER))
        parts.append(
            rod((crank[0], crank[1], s * 0.07), (-0.08 + s * 0.10, 0.29 - s * 0.13, s * 0.09), 0.010, _CHROME, 0.7)
        )
    parts.append(ring((crank[0], crank[1], 0.07), 0.085, 0.085, 0.008, _CHROME, 0.7, _LAY, 6, 28))
    parts += [
        rod((crank[0], crank[1] + y, 0.07), (-0.52, 0.34 + y * 0.5, 0.07), 0.005, (0.15, 0.15, 0.16), 0.5, 5)
        for y in (0.085, -0.085)
    ]
    for x in (-0.52, 0.53):
        arc = [
            (x + 0.375 * float(np.cos(a)), 0.34 + 0.375 * float(np.sin(a)), 0.0)
            for a in np.linspace(0.5 if x < 0 else 0.9, 3.2 if x < 0 else 2.9, 12)
        ]
        parts.append(loft(arc, [0.028] * 12, [0.006] * 12, colour, 0.7, 8))
    parts += [
        ball((0.47, 0.90, 0), (0.05, 0.045, 0.045), _CHROME, 0.8, glow=(0.2, 0.18, 0.12)),
        rod((0.36, 0.86, 0), (0.45, 0.90, 0), 0.009, _CHROME),
    ]
    parts += [
        box((-0.58, 0.76, 0), (0.32, 0.015, 0.13), (0.1, 0.1, 0.11)),
        rod((-0.62, 0.75, 0.05), (-0.53, 0.36, 0.07), 0.007, (0.1, 0.1, 0.11)),
        rod((-0.62, 0.75, -0.05), (-0.53, 0.36, -0.07), 0.007, (0.1, 0.1, 0.11)),
    ]
    return gathered(parts, {"seat": (-0.25, 1.00, 0.0), "top": (0, 1.0, 0)}, 0.12)


def motorcycle(colour: Colour) -> Figure:
    """A motorcycle, 2.1 m long."""
    parts = [*tyre(-0.68, 0.001, 0.33, 0.17, _CHROME, 7), *tyre(0.74, 0.001, 0.32, 0.13, _CHROME, 7)]
    body = Clay(blend=0.06)
    body.chain([(0.30, 0.86, 0), (-0.02, 0.84, 0)], [0.16, 0.13], colour, 0.8)
    body.chain([(-0.62, 0.80, 0), (-0.88, 0.84, 0)], [0.10, 0.05], colour, 0.8)
    parts.append(body.mesh(0.03))
    parts.append(
        loft(
            [(-0.12, 0.80, 0), (-0.3, 0.80, 0), (-0.6, 0.87, 0), (-0.72, 0.93, 0)],
            [0.09, 0.14, 0.12, 0.07],
            [0.05, 0.05, 0.05, 0.03],
            (0.03, 0.025, 0.025),
            0.4,
            14,
        )
    )
    parts += [
        box((0.03, 0.42, 0), (0.36, 0.28, 0.24), (0.12, 0.12, 0.13), 0.5),
        *[
            box((0.10 - 0.02 * k, 0.52 + 0.022 * k, 0), (0.2, 0.012, 0.30), _CHROME, 0.7, turned(pitch=0.3))
            for k in range(6)
        ],
    ]
    for z in (0.09, -0.09):
        parts += [
            rod((0.42, 0.95, z), (0.74, 0.32, z), 0.026, _CHROME, 0.8),
            rod((-0.2, 0.5, z), (-0.68, 0.33, z), 0.028, (0.1, 0.1, 0.11), 0.5),
            rod((-0.35, 0.75, z * 1.3), (-0.62, 0.40, z * 1.3), 0.03, _CHROME, 0.7),
        ]
    for y, z in ((0.30, 0.15), (0.38, 0.17)):
        parts.append(
            tube(
                [(0.2, 0.5, z), (0.28, y, z), (0.0, y - 0.06, z), (-0.5, y, z), (-0.95, y + 0.06, z)],
                [0.035, 0.035, 0.035, 0.045, 0.055],
                _CHROME,
                0.9,
                12,
            )
        )
    parts += [
        tube([(0.38, 1.0, 0), (0.36, 1.06, s * 0.15), (0.22, 1.08, s * 0.36)], [0.016] * 3, _CHROME, 0.8)
        for s in (1, -1)
    ]
    parts += [rod((0.30, 1.07, s * 0.28), (0.20, 1.085, s * 0.39), 0.023, _RUBBER) for s in (1, -1)]
    parts += [
        ball((0.52, 0.95, 0), (0.11, 0.10, 0.10), _CHROME, 0.8),
        ball((0.57, 0.95, 0), (0.075, 0.085, 0.085), (0.9, 0.88, 0.75), 0.7, glow=(0.8, 0.75, 0.55)),
        ball((-0.92, 0.82, 0), (0.04, 0.035, 0.06), (0.6, 0.02, 0.02), 0.6, glow=(0.5, 0.02, 0.02)),
    ]
    for x, r, lo, hi in ((-0.68, 0.37, 0.6, 2.6), (0.74, 0.36, 0.9, 2.5)):
        arc = [(x + r * float(np.cos(a)), 0.33 + r * float(np.sin(a)), 0.0) for a in np.linspace(lo, hi, 10)]
        parts.append(loft(arc, [0.10 if x < 0 else 0.08] * 10, [0.012] * 10, colour, 0.8, 8))
    parts += [
        rod((-0.25, 0.3, 0.1), (-0.05, 0.02, 0.25), 0.012, (0.1, 0.1, 0.1)),
        rod((0.05, 0.30, -0.28), (0.05, 0.30, 0.28), 0.015, _CHROME),
    ]
    return gathered(parts, {"seat": (-0.32, 0.85, 0.0), "top": (0, 0.9, 0)}, 0.3)


def scooter(colour: Colour) -> Figure:
    """A motor scooter, 1.75 m long."""
    parts = [*tyre(-0.52, 0.001, 0.24, 0.12), *tyre(0.6, 0.001, 0.24, 0.12)]
    body = Clay(blend=0.05)
    body.ball((-0.48, 0.50, 0), (0.42, 0.24, 0.21), colour, 0.8)
    body.box((0.08, 0.27, 0), (0.36, 0.03, 0.19), 0.03, colour, 0.8)
    body.chain([(0.40, 0.30, 0), (0.50, 0.62, 0), (0.42, 0.92, 0)], [0.10, 0.11, 0.08], colour, 0.8)
    body.box((0.42, 0.58, 0), (0.03, 0.28, 0.20), 0.03, colour, 0.8, turned(pitch=0.2))
    body.ball((0.58, 0.36, 0), (0.22, 0.13, 0.10), colour, 0.8)
    body.ball((0.40, 0.98, 0), (0.12, 0.10, 0.13), colour, 0.8)
    body.blend = 0.01
    body.cone((-0.52, 0.22, -0.3), (-0.52, 0.22, 0.3), 0.27, 0.27, colour, carved=True)
    parts.append(body.mesh(0.026))
    parts.append(
        loft(
            [(-0.86, 0.76, 0), (-0.72, 0.80, 0), (-0.35, 0.78, 0), (-0.16, 0.74, 0)],
            [0.08, 0.15, 0.14, 0.09],
            [0.05] * 4,
            (0.16, 0.08, 0.04),
            0.4,
            14,
        )
    )
    parts += [
        tube(
            [(0.40, 1.02, 0), (0.36, 1.05, s * 0.14), (0.28, 1.03, s * 0.32)],
            [0.018, 0.018, 0.022],
            _CHROME if s else _RUBBER,
            0.7,
        )
        for s in (1, -1)
    ]
    parts += [
        ball((0.50, 0.99, 0), (0.05, 0.075, 0.075), (0.9, 0.88, 0.75), 0.8, glow=(0.7, 0.65, 0.5)),
        ball((-0.88, 0.55, 0), (0.03, 0.04, 0.06), (0.6, 0.02, 0.02), 0.6),
        *[rod((0.36, 1.04, s * 0.2), (0.38, 1.2, s * 0.27), 0.006, _CHROME) for s in (1, -1)],
        *[ball((0.38, 1.22, s * 0.28), (0.015, 0.045, 0.05), _CHROME, 0.9) for s in (1, -1)],
    ]
    return gathered(parts, {"seat": (-0.42, 0.82, 0.0), "top": (0, 0.8, 0)}, 0.3)


def skateboard(colour: Colour) -> Figure:
    """A skateboard, 0.8 m."""
    parts = [
        loft(
            [
                (-0.42, 0.15, 0),
                (-0.36, 0.125, 0),
                (-0.28, 0.105, 0),
                (0.28, 0.105, 0),
                (0.36, 0.125, 0),
                (0.42, 0.15, 0),
            ],
            [0.05, 0.085, 0.10, 0.10, 0.085, 0.05],
            [0.009] * 6,
            colour,
            0.3,
            14,
            square=0.8,
        )
    ]
    for x in (-0.24, 0.24):
        parts += [
            box((x, 0.075, 0), (0.06, 0.05, 0.08), _CHROME, 0.6),
            rod((x, 0.04, -0.09), (x, 0.04, 0.09), 0.012, _CHROME, 0.6),
        ]
        parts += [
            upright(
                lathe(
                    [(0.0, -0.02), (0.034, -0.02), (0.037, 0.0), (0.034, 0.02), (0.0, 0.02)], (0.86, 0.62, 0.1), 0.3, 20
                )
            ).moved((x, 0.037, s * 0.085))
            for s in (1, -1)
        ]
    return gathered(parts, {"seat": (0, 0.115, 0), "top": (0, 0.115, 0)}, 0.2)
