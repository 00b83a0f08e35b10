"""Stove, fridge, cabinets with sink and tap, pots; metres."""

from imagined.engines.illustrator.figures.carpentry import BRASS, IRON, cushion, facing, slabs
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.lights import dimmed, vessel
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh


def pot(colour: Colour, at: tuple[float, float, float], size: float = 0.12) -> list[Mesh]:
    """A cooking pot with a lid, `size` in radius, standing at `at`."""
    x, y, z = at
    body = [(0.0, 0.0), (size, 0.0), (size * 1.02, size * 1.05), (size * 0.5, size * 1.25), (0.0, size * 1.28)]
    parts = [lathe(body, colour, 0.55, 32).moved(at), ball((x, y + size * 1.36, z), size * 0.13, IRON, 0.4)]
    parts += [
        tube([(x + s * size, y + size * 0.8, z), (x + s * size * 1.35, y + size * 0.8, z)], [0.013, 0.013], IRON)
        for s in (-1, 1)
    ]
    return parts


def stove(colour: Colour, lit: bool) -> Figure:
    """A cooker with oven, 0.6 m wide, a pot and a kettle on it."""
    parts = [
        slabs([((0, 0.44, 0), (0.6, 0.86, 0.6))], colour, 0.3),
        slabs([((0, 0.89, 0), (0.62, 0.04, 0.62))], IRON, 0.4),
    ]
    parts.append(slabs([((0, 0.4, 0.305), (0.5, 0.42, 0.02))], (0.025, 0.025, 0.03), 0.7))
    if lit:
        parts.append(box((0, 0.4, 0.317), (0.4, 0.26, 0.004), (0.3, 0.1, 0.02), glow=(0.85, 0.32, 0.06)))
    parts.append(tube([(-0.24, 0.66, 0.345), (0.24, 0.66, 0.345)], [0.012, 0.012], (0.6, 0.6, 0.62), 0.6))
    for x in (-0.22, -0.11, 0.0, 0.11, 0.22):
        parts.append(ball((x, 0.785, 0.31), 0.022, (0.08, 0.08, 0.09), 0.4, segments=12))
    for x in (-0.15, 0.15):
        for z in (-0.15, 0.15):
            parts.append(
                lathe([(0.1, 0.912), (0.09, 0.922), (0.0, 0.922)], (0.03, 0.03, 0.032), 0.3, 20).moved((x, 0, z))
            )
    parts += pot((0.50, 0.10, 0.05), (-0.15, 0.922, 0.12), 0.11)
    kettle = ((0.0, 0.0), (0.09, 0.0), (0.1, 0.05), (0.06, 0.12), (0.02, 0.13), (0.018, 0.155), (0.0, 0.16))
    parts.append(vessel(kettle, (0.55, 0.56, 0.58), (0.16, 0.922, -0.1), 0.7))
    parts.append(tube([(0.22, 0.96, -0.08), (0.29, 1.04, -0.05)], [0.018, 0.01], (0.55, 0.56, 0.58), 0.7))
    return facing(parts, {"top": (0.0, 0.925, 0.0), "light": (0.0, 0.4, 0.4)}, 0.6)


def fridge(colour: Colour) -> Figure:
    """A round-shouldered refrigerator, 0.66 m wide and 1.75 m high."""
    parts = [cushion((0, 0.9, 0), (0.66, 1.72, 0.62), colour, 0.14, 0.5)]
    parts.append(slabs([((0, 1.24, 0.3), (0.6, 0.012, 0.03)), ((0, 0.05, 0), (0.56, 0.1, 0.5))], (0.08, 0.08, 0.09)))
    for y0, y1 in ((1.32, 1.52), (0.86, 1.12)):
        parts.append(tube([(-0.24, y0, 0.33), (-0.24, y1, 0.33)], [0.014, 0.014], (0.62, 0.62, 0.64), 0.7))
    notes: tuple[tuple[float, float, Colour], ...] = (
        (0.08, 0.95, (0.8, 0.72, 0.3)),
        (0.16, 1.08, (0.75, 0.3, 0.28)),
        (0.02, 1.1, (0.8, 0.8, 0.78)),
    )
    for x, y, tone in notes:
        parts.append(box((x, y, 0.312), (0.075, 0.085, 0.003), tone))
    return facing(parts, {"top": (0.0, 1.77, 0.0)}, 0.6)


def counter(colour: Colour, wide: float, top: Colour = (0.45, 0.30, 0.17), basin: bool = False) -> Figure:
    """A kitchen cabinet with a worktop, 0.9 m high, perhaps with a sink and tap."""
    parts = [slabs([((0, 0.46, 0), (wide, 0.8, 0.58)), ((0, 0.05, -0.03), (wide, 0.1, 0.5))], colour, 0.12)]
    parts.append(slabs([((0, 0.88, 0.01), (wide + 0.01, 0.04, 0.64))], top, 0.25))
    count = max(1, round(wide / 0.5))
    for index in range(count):
        x = -wide / 2 + wide * (index + 0.5) / count
        w = wide / count - 0.05
        parts.append(
            slabs(
                [((x, 0.4, 0.295), (w, 0.56, 0.02)), ((x, 0.765, 0.295), (w, 0.11, 0.02))], dimmed(colour, 1.15), 0.15
            )
        )
        parts.append(slabs([((x, 0.4, 0.31), (w - 0.12, 0.44, 0.008))], dimmed(colour, 0.95), 0.15))
        parts += [ball((x, y, 0.315), 0.014, BRASS, 0.5, segments=10) for y in (0.66, 0.765)]
    if basin:
        parts.append(slabs([((0, 0.895, 0.04), (0.56, 0.015, 0.42))], (0.75, 0.75, 0.74), 0.6))
        parts.append(slabs([((0, 0.9, 0.04), (0.48, 0.012, 0.34))], (0.16, 0.165, 0.17), 0.6))
        tap = [(0.0, 0.9, -0.2), (0.0, 1.16, -0.2), (0.0, 1.22, -0.13), (0.0, 1.16, -0.04), (0.0, 1.12, -0.03)]
        parts.append(tube(tap, [0.016, 0.014, 0.014, 0.013, 0.014], (0.66, 0.67, 0.68), 0.8))
    return facing(parts, {"top": (0.0, 0.905, 0.0)}, wide)
