"""Wings and fans of feathers: blades laid over each other."""

from collections.abc import Sequence

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, Point
from imagined.engines.illustrator.figures.fins import blade
from imagined.engines.illustrator.figures.limbs import Frame, smoothed
from imagined.engines.illustrator.figures.solids import ball, tube
from imagined.engines.illustrator.mesh import Floats, Mesh


def _tuple(value: Floats) -> Point:
    return (float(value[0]), float(value[1]), float(value[2]))


def _between(a: Colour, b: Colour, t: float) -> Colour:
    red, green, blue = (x + (y - x) * t for x, y in zip(a, b, strict=True))
    return (red, green, blue)


def spread_wing(root: Point, wrist: Point, tip: Point, chord: float, back: Colour, edge: Colour) -> list[Mesh]:
    """One wing spread: flight feathers along an arm that bends at the wrist, and two rows of coverts over them.

    `chord` is the length of the inner flight feathers, metres; feathers go from `back` to `edge` along the wing.
    """
    arm, _ = smoothed([root, wrist, tip], [0.0, 0.0, 0.0], 15)
    line = np.asarray(arm)
    out = line[-1] - line[0]
    out /= np.linalg.norm(out)
    parts: list[Mesh] = []
    for row, (share, lift) in enumerate(((1.0, 0.0), (0.6, 0.035), (0.32, 0.06))):
        for index in range(len(line) - 1):
            t = index / (len(line) - 2)
            at = line[index] + np.array([0.0, lift * chord, 0.0])
            sweep = max(t - 0.35, 0) / 0.65
            aim = np.array([-1.0, -0.06, 0.0]) * (1 - 0.72 * sweep**1.5) + out * sweep**1.5 * 0.95 + out * 0.12
            aim /= np.linalg.norm(aim)
            long = chord * share * (1.0 + 0.35 * np.sin(min(t * 1.25, 1.0) * np.pi) + 0.15 * t)
            wide = float(np.linalg.norm(line[index + 1] - line[index])) * 0.85
            front, behind = at + out * wide * 1.15, at - out * wide * 1.15
            tone = _between(back, edge, float(np.clip(t * 1.5 - 0.45, 0, 1)) if row == 0 else 0.0)
            tone = _between(tone, (0.0, 0.0, 0.0), 0.06 * (index % 2) + 0.05 * (row == 1))
            tips = edge if row == 0 else _between(tone, (1, 1, 1), 0.12)
            parts.append(
                blade(
                    _tuple(front),
                    _tuple(behind),
                    _tuple(at + aim * long),
                    tone,
                    bulge=(0.12, 0.2),
                    thickness=0.03,
                    edge=tips,
                    rows=6,
                )
            )
    thick = chord * 0.1
    radii = np.linspace(thick, thick * 0.35, len(arm)).tolist()
    parts.append(tube(arm, radii, back, sides=8))
    return parts


def fan(
    root: Point, radius: float, colour: Colour, edge: Colour, eyes: Sequence[Colour] = (), tilt: float = 0.25
) -> list[Mesh]:
    """A tail spread upright as a fan behind the bird; with `eyes`, a spot of such rings on every feather."""
    parts: list[Mesh] = []
    frame = Frame(root, radius, pitch=tilt)
    for row, reach in enumerate((1.0, 0.76, 0.52) if eyes else (1.0, 0.62)):
        count = 15 - 3 * row
        for index in range(count):
            angle = (index - (count - 1) / 2) / (count - 1) * 2 * 1.72
            y, z = float(np.cos(angle)), float(np.sin(angle))
            x = 0.04 * row
            wide = 0.10
            tip = frame.at(x - 0.1, y * reach, z * reach)
            sides = [frame.at(x, s * wide * -z * 0.5, s * wide * y * 0.5) for s in (1, -1)]
            parts.append(blade(sides[0], sides[1], tip, colour, bulge=(0.13, 0.13), thickness=0.02, edge=edge, rows=4))
            for ring, tone in enumerate(eyes if row < 2 else ()):
                size = (0.06 - 0.02 * ring) * radius
                at = frame.at(x - 0.08 + 0.012 * ring, y * reach * 0.88, z * reach * 0.88)
                parts.append(ball(at, (size * 0.25, size, size), tone, 0.2, frame.turn, segments=6))
    return parts
