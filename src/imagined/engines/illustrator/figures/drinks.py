"""Teapots, glasses and bottles; metres, standing on the table."""

from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import ring, steam
from imagined.engines.illustrator.figures.solids import lathe, tube


def teapot(colour: Colour) -> Figure:
    """A teapot."""
    parts = [
        lathe(
            [
                (0.0, 0.0),
                (0.05, 0.0),
                (0.052, 0.008),
                (0.078, 0.035),
                (0.084, 0.06),
                (0.07, 0.095),
                (0.045, 0.112),
                (0.0, 0.112),
            ],
            colour,
            0.7,
            44,
            crease=0.9,
        )
    ]
    parts.append(
        lathe(
            [
                (0.046, 0.110),
                (0.044, 0.118),
                (0.02, 0.128),
                (0.006, 0.130),
                (0.006, 0.136),
                (0.013, 0.146),
                (0.0, 0.155),
            ],
            colour,
            0.7,
            32,
            crease=1.0,
        )
    )
    parts.append(
        tube(
            [(0.07, 0.04, 0), (0.105, 0.055, 0), (0.12, 0.085, 0), (0.145, 0.11, 0)],
            [0.022, 0.016, 0.011, 0.009],
            colour,
            0.7,
            14,
        )
    )
    parts.append(
        tube(
            [(-0.07, 0.09, 0), (-0.11, 0.10, 0), (-0.13, 0.07, 0), (-0.115, 0.04, 0), (-0.078, 0.03, 0)],
            [0.009] * 5,
            colour,
            0.7,
            12,
        )
    )
    parts.append(ring((0, 0.075, 0), 0.0815, 0.0815, 0.0025, (0.85, 0.65, 0.25), 0.7, count=44))
    return gathered([*parts, *steam((0.15, 0.11, 0), 0.08, 0.005)], {"top": (0, 0.13, 0)})


def wine_glass(colour: Colour) -> Figure:
    """A glass of wine."""
    glass: Colour = (0.66, 0.70, 0.72)
    parts = [
        lathe(
            [(0.034, 0.0), (0.034, 0.003), (0.006, 0.008), (0.004, 0.02), (0.004, 0.085), (0.010, 0.094)],
            glass,
            0.9,
            36,
            crease=1.0,
        )
    ]
    parts.append(
        lathe([(0.004, 0.09), (0.024, 0.10), (0.037, 0.122), (0.039, 0.14), (0.0, 0.14)], colour, 0.85, 36, crease=0.9)
    )
    bowl = lathe(
        [(0.040, 0.14), (0.039, 0.165), (0.034, 0.195), (0.033, 0.195), (0.037, 0.165), (0.038, 0.142)],
        glass,
        0.95,
        36,
        crease=1.0,
    )
    parts.append(bowl)
    return gathered(parts, {"top": (0, 0.195, 0), "grip": (0, 0.06, 0)})


def bottle(colour: Colour) -> Figure:
    """A bottle with a label and a cork."""
    parts = [
        lathe(
            [
                (0.0, 0.0),
                (0.036, 0.0),
                (0.038, 0.01),
                (0.038, 0.18),
                (0.032, 0.205),
                (0.015, 0.23),
                (0.0135, 0.285),
                (0.016, 0.287),
                (0.016, 0.297),
                (0.0, 0.297),
            ],
            colour,
            0.9,
            36,
            crease=0.6,
        )
    ]
    parts.append(lathe([(0.0385, 0.06), (0.0385, 0.15)], (0.84, 0.79, 0.66), 0.1, 36))
    parts.append(lathe([(0.0388, 0.075), (0.0388, 0.085)], (0.5, 0.08, 0.05), 0.1, 36))
    parts.append(lathe([(0.011, 0.295), (0.012, 0.312), (0.0, 0.313)], (0.52, 0.34, 0.18), 0, 16))
    return gathered(parts, {"top": (0, 0.31, 0), "grip": (0, 0.2, 0)})
