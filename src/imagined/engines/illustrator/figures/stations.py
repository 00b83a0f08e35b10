"""What stands about a person at work or play: easels, pianos, drums, skis, boards."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from imagined.engines.illustrator.figures import instruments
from imagined.engines.illustrator.figures.clay import Colour, Point, turned
from imagined.engines.illustrator.figures.limbs import add, mixed
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, slab, turned_by
from imagined.engines.illustrator.figures.solids import ball
from imagined.engines.illustrator.mesh import Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Joints

from imagined.engines.illustrator.figures.worn import Wearer


def fist(joints: "Joints", hand: int) -> Point:
    """The middle of the closed hand, or between both."""
    if hand == 2:
        return mixed(fist(joints, 0), fist(joints, 1), 0.5)
    return mixed(joints.elbows[hand], joints.hands[hand], 1.17)


def _easel(on: Wearer) -> list[Mesh]:
    """A brush and a palette in the hands, a canvas on an easel before them."""
    from imagined.engines.illustrator.figures.street import easel

    brush, left = fist(on.joints, 1), fist(on.joints, 0)
    parts = [
        rod(add(brush, (-0.06, -0.03, 0.08)), add(brush, (0.06, 0.05, -0.14)), 0.006, (0.4, 0.22, 0.08), 0.3),
        ball(add(brush, (0.064, 0.053, -0.15)), (0.012, 0.012, 0.025), (0.1, 0.25, 0.6)),
    ]
    board = [(float(0.17 * np.cos(a)), float(0.12 * np.sin(a))) for a in np.linspace(0, 2 * np.pi, 20, endpoint=False)]
    lay = turned(roll=-np.pi / 2 + 0.35)
    parts.append(turned_by(slab(board, 0.012, (0.45, 0.26, 0.10), 0.3), lay, add(left, (0.04, 0.02, 0))))
    dabs: tuple[Colour, ...] = (
        (0.7, 0.05, 0.04),
        (0.85, 0.6, 0.05),
        (0.1, 0.4, 0.12),
        (0.06, 0.2, 0.6),
        (0.85, 0.84, 0.8),
    )
    parts += [
        turned_by(
            ball((-0.1 + 0.05 * k, 0.05 + 0.02 * (k % 2), 0.01), (0.02, 0.018, 0.008), c, 0.4, segments=8),
            lay,
            add(left, (0.04, 0.02, 0)),
        )
        for k, c in enumerate(dabs)
    ]
    parts.append(
        easel((0.36, 0.18, 0.08)).mesh.moved(
            (brush[0] - 0.08, 0.0, brush[2] - 0.52), yaw=-0.62, scale=on.person.height / 1.74
        )
    )
    return parts


def _at_piano(on: Wearer) -> list[Mesh]:
    made = instruments.grand_piano((0.012, 0.012, 0.014))
    hand = fist(on.joints, 0)
    return [made.mesh.moved((hand[0] - made.anchors["keys"][0] + 0.02, min(hand[1] - 0.83, 0.06), 0.0))]


def _at_drums(on: Wearer) -> list[Mesh]:
    made = instruments.drums((0.55, 0.03, 0.03))
    parts = [made.mesh.moved((-made.anchors["seat"][0], 0.0, 0.0))]
    for index, side in enumerate((1, -1)):
        at = fist(on.joints, index)
        parts.append(
            rod(
                add(at, (-0.08, 0.0, 0.0)),
                add(at, (0.32, 0.06 - 0.10 * index, -side * 0.04)),
                0.009,
                (0.72, 0.52, 0.28),
                0.2,
                6,
                0.7,
            )
        )
    return parts


def _skis(on: Wearer) -> list[Mesh]:
    h, parts = on.person.height, []
    low = min(on.joints.feet[0][1], on.joints.feet[1][1]) - 0.045 * h
    for index, side in enumerate((1, -1)):
        x, _, z = on.joints.feet[index]
        line = [
            (x - 0.42 * h, low, z),
            (x + 0.4 * h, low, z),
            (x + 0.52 * h, low + 0.01 * h, z),
            (x + 0.6 * h, low + 0.06 * h, z),
        ]
        parts.append(
            loft(line, [0.028 * h, 0.028 * h, 0.027 * h, 0.012 * h], [0.007 * h] * 4, (0.75, 0.12, 0.05), 0.6, 10)
        )
        hand = fist(on.joints, index)
        tip = (hand[0] - 0.42 * h, low + 0.02 * h, hand[2] + side * 0.07 * h)
        parts += [
            rod(mixed(hand, tip, -0.08), tip, 0.007 * h, (0.1, 0.1, 0.11), 0.5),
            ring(mixed(hand, tip, 0.92), 0.03 * h, 0.03 * h, 0.004 * h, (0.1, 0.1, 0.11)),
        ]
    return parts


def _surfboard(on: Wearer) -> list[Mesh]:
    from imagined.engines.illustrator.figures.street import surfboard

    low = min(on.joints.feet[0][1], on.joints.feet[1][1]) - 0.045 * on.person.height
    return [surfboard((0.86, 0.55, 0.06), lying=True).mesh.moved((0.0, low - 0.055, 0.0))]


def _skateboard(on: Wearer) -> list[Mesh]:
    from imagined.engines.illustrator.figures.bikes import skateboard

    low = min(on.joints.feet[0][1], on.joints.feet[1][1]) - 0.045 * on.person.height
    return [skateboard((0.65, 0.1, 0.06)).mesh.moved((0.0, low - 0.115, 0.0))]


STATIONS: Final[dict[str, Callable[[Wearer], list[Mesh]]]] = {
    "easel": _easel,
    "at_piano": _at_piano,
    "at_drums": _at_drums,
    "skis": _skis,
    "surfboard": _surfboard,
    "skateboard": _skateboard,
}
"""By name."""
