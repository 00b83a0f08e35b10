"""Soft animals of the sea: octopus, squid, jellyfish, seahorse, ray."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.fins import blade
from imagined.engines.illustrator.figures.limbs import smoothed
from imagined.engines.illustrator.figures.model import Figure, eye, furry, gathered
from imagined.engines.illustrator.figures.solids import ball, lathe, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined


def _pale(colour: Colour, share: float = 0.5) -> Colour:
    red, green, blue = (c + (0.92 - c) * share for c in colour)
    return (red, green, blue)


def octopus(colour: Colour, pose: str, step: float) -> Figure:
    """An octopus, 0.7 m wide, arms curled on the ground, or trailing as it swims."""
    body = Clay(blend=0.035)
    body.ball((-0.03, 0.31, 0.0), (0.15, 0.17, 0.145), colour)
    body.cone((0.0, 0.24, 0.0), (0.02, 0.15, 0.0), 0.12, 0.1, colour)
    body.paint((0.09, 0.17, 0.0), (0.12, 0.07, 0.12), _pale(colour, 0.25), 0.05)
    parts: list[Mesh] = []
    for index in range(8):
        angle = (index + 0.5) * np.pi / 4
        c, s = float(np.cos(angle)), float(np.sin(angle))
        if pose == "swimming":
            line = [
                (0.03, 0.16, 0.05 * s),
                (0.1 * c, 0.04, 0.12 * s),
                (0.16 * c - 0.1, -0.14, 0.16 * s),
                (0.12 * c - 0.2, -0.3, 0.1 * s),
            ]
        else:
            curl = 0.06 if index % 2 else -0.06
            line = [
                (0.05 * c, 0.13, 0.05 * s),
                (0.15 * c, 0.05, 0.15 * s),
                (0.27 * c - curl * s, 0.025, 0.27 * s + curl * c),
                (0.36 * c + curl * s, 0.03, 0.36 * s - curl * c),
                (0.33 * c + curl * s * 1.8, 0.085, 0.33 * s - curl * c * 1.8),
            ]
        points, radii = smoothed(line, np.linspace(0.05, 0.012, len(line)).tolist(), 11)
        body.chain(points, radii, colour)
        for at, radius in list(zip(points, radii, strict=True))[3:9]:
            x, y, z = at
            parts.append(
                ball(
                    (x + 0.4 * radius * c, y + radius * 0.1, z + radius * 0.86 * (1 if s > 0 else -1)),
                    radius * 0.36,
                    _pale(colour, 0.6),
                    segments=8,
                )
            )
    for place, side in zip(body.snapped([(0.12, 0.235, s * 0.065) for s in (1, -1)], 0.006), (1, -1), strict=True):
        parts += eye(place, np.array([0.9, 0.1, 0.42 * side], np.float32), 0.032, white=True)
    smile = body.snapped([(0.12, 0.17, 0.045), (0.14, 0.155, 0.0), (0.12, 0.17, -0.045)])
    parts.append(tube(smile, [0.005] * 3, (0.12, 0.03, 0.04)))
    return gathered(
        [body.mesh(body.step_for(8_000, step), furry(0.16, 26)), *parts],
        {"head": (0.0, 0.31, 0.0), "top": (0.0, 0.48, 0.0)},
        0.3,
    )


def squid(colour: Colour, step: float) -> Figure:
    """A squid, 0.8 m long, swimming level, tail fins behind."""
    body = Clay(blend=0.02)
    body.chain([(-0.38, 0.2, 0.0), (-0.2, 0.2, 0.0), (0.06, 0.2, 0.0)], [0.015, 0.075, 0.085], colour)
    body.ball((0.13, 0.2, 0.0), (0.075, 0.062, 0.07), _pale(colour, 0.12))
    parts: list[Mesh] = []
    for side in (1, -1):
        parts.append(
            blade(
                (-0.16, 0.2, side * 0.05),
                (-0.37, 0.2, 0.0),
                (-0.33, 0.22, side * 0.22),
                colour,
                bulge=(0.35, 0.1),
                thickness=0.06,
            )
        )
        parts += eye((0.135, 0.21, side * 0.064), np.array([0.25, 0.1, 0.96 * side], np.float32), 0.03, white=True)
    for index in range(8):
        angle = index * np.pi / 4 + 0.3
        c, s = float(np.cos(angle)) * 0.045, float(np.sin(angle)) * 0.045
        long = 0.46 if index in (1, 5) else 0.3
        line = [
            (0.17, 0.2 + c, s),
            (0.17 + long * 0.4, 0.2 + c * 1.5, s * 1.7 + 0.01),
            (0.17 + long, 0.19 + c * 2.6, s * 2.2 - 0.02),
        ]
        points, radii = smoothed(line, [0.019, 0.013, 0.004], 9)
        parts.append(tube(points, radii, _pale(colour, 0.15), 0.2))
        if long > 0.4:
            parts.append(ball(points[-1], (0.04, 0.018, 0.02), colour, 0.2))
    return gathered([body.mesh(body.step_for(6_000, step), furry(0.2, 40)), *parts], {"back": (0.0, 0.29, 0.0)}, 0.17)


def jellyfish(colour: Colour, seed: int) -> Figure:
    """A jellyfish, 0.3 m wide, that gives off a little light."""
    glow = (colour[0] * 0.22, colour[1] * 0.22, colour[2] * 0.22)
    bell = [(0.125, 0.4), (0.148, 0.425), (0.15, 0.46), (0.135, 0.51), (0.1, 0.55), (0.055, 0.572), (0.0, 0.58)]
    pale = _pale(colour, 0.35)
    tones = [pale, colour, colour, _pale(colour, 0.12), _pale(colour, 0.25), pale]
    parts = [lathe(bell, tones, 0.5, 32, glow), lathe([(0.0, 0.47), (0.1, 0.45), (0.125, 0.4)], pale, 0.2, 32, glow)]
    rng = np.random.default_rng(seed)
    for index in range(14):
        angle = index * 2 * np.pi / 14
        c, s = float(np.cos(angle)), float(np.sin(angle))
        low = float(rng.uniform(0.0, 0.12))
        line = [
            (0.12 * c, 0.41, 0.12 * s),
            (0.125 * c + 0.02 * s, 0.28, 0.125 * s),
            (0.09 * c - 0.02 * s, 0.16, 0.1 * s),
            (0.1 * c, low, 0.09 * s),
        ]
        points, radii = smoothed(line, [0.005, 0.004, 0.003, 0.001], 9)
        parts.append(tube(points, radii, pale, 0.3, sides=5, glow=glow))
    for index in range(4):
        angle = index * np.pi / 2 + 0.5
        c, s = float(np.cos(angle)), float(np.sin(angle))

        def frill(u: Floats, v: Floats, c: float = c, s: float = s) -> tuple[Floats, Floats, Floats]:
            wave = np.sin(u * 17 + v * 2) * 0.022 * (0.3 + v)
            out = 0.02 + 0.05 * v * (1 - 0.4 * u)
            return c * out - s * wave, 0.45 - 0.3 * u, s * out + c * wave

        parts.append(sheet(frill, _pale(colour, 0.55), 0.004, 24, 4, 0.2))
    return gathered(parts, {"top": (0.0, 0.58, 0.0)}, 0.3)


def seahorse(colour: Colour, step: float) -> Figure:
    """A seahorse, 0.2 m tall, tail curled."""
    body = Clay(blend=0.008)
    line: list[Point] = [(0.0, 0.166, 0.0), (-0.014, 0.145, 0.0), (0.0, 0.115, 0.0), (0.004, 0.085, 0.0), (-0.014,
        0.05, 0.0),
                         (-0.01, 0.02, 0.0), (0.012, 0.01, 0.0), (0.024, 0.026, 0.0), (0.012, 0.037, 0.0)]  # fmt: skip
    points, radii = smoothed(line, [0.015, 0.013, 0.022, 0.021, 0.0125, 0.009, 0.007, 0.005, 0.003], 26)
    body.chain(points, radii, colour)
    body.ball((0.006, 0.174, 0.0), (0.021, 0.019, 0.017), colour)
    body.chain([(0.018, 0.17, 0.0), (0.045, 0.16, 0.0), (0.052, 0.158, 0.0)], [0.009, 0.006, 0.0075], colour)
    body.paint((0.022, 0.1, 0.0), (0.018, 0.035, 0.02), _pale(colour), 0.012)
    parts: list[Mesh] = []
    for index in range(5):
        parts.append(
            tube(
                [(-0.012 + 0.007 * index, 0.188, 0.0), (-0.017 + 0.009 * index, 0.203 - 0.002 * abs(index - 2), 0.0)],
                [0.005, 0.001],
                colour,
            )
        )
    for x, y in zip(*(np.linspace(a, b, 7) for a, b in ((-0.02, -0.03), (0.14, 0.055))), strict=True):
        (at,) = body.snapped([(float(x) - 0.01, float(y), 0.0)])
        parts.append(ball(at, 0.0045, _pale(colour, 0.3), segments=8))
    parts.append(
        blade(
            (-0.018, 0.115, 0.0),
            (-0.02, 0.085, 0.0),
            (-0.055, 0.1, 0.0),
            _pale(colour, 0.4),
            bulge=(0.5, 0.5),
            thickness=0.06,
        )
    )
    for place, side in zip(body.snapped([(0.014, 0.178, s * 0.018) for s in (1, -1)], 0.002), (1, -1), strict=True):
        parts += eye(place, np.array([0.45, 0.05, 0.89 * side], np.float32), 0.0068, white=True)

    def rings(points: Floats, _: Floats, colours: Floats) -> Floats:
        wave = np.where(points[:, 1] < 0.15, 1 + 0.16 * np.sin(points[:, 1] * 620), 1.0)[:, None]
        result: Floats = (colours * wave).astype(np.float32)
        return result

    return gathered([body.mesh(body.step_for(6_000, step), rings), *parts], {"top": (0.0, 0.2, 0.0)}, 0.05)


def ray(colour: Colour, step: float) -> Figure:
    """A manta-like ray, 2.2 m across, wings raised, gliding."""
    body = Clay(blend=0.12)
    body.ball((0.0, 0.3, 0.0), (0.62, 0.13, 0.42), colour)
    pale = (0.82, 0.83, 0.83)
    parts: list[Mesh] = []
    for side in (1, -1):
        root = [(0.42, 0.3, side * 0.22), (-0.4, 0.3, side * 0.22)]
        tip = (-0.12, 0.52, side * 1.12)
        parts.append(blade(root[0], root[1], tip, colour, bulge=(0.16, -0.1), thickness=0.06))
        body.chain([(0.5, 0.3, side * 0.16), (0.68, 0.28, side * 0.17)], [0.05, 0.03], colour)
        parts += eye((0.47, 0.33, side * 0.27), np.array([0.5, 0.15, 0.85 * side], np.float32), 0.03)
    line, radii = smoothed([(-0.5, 0.3, 0.0), (-0.9, 0.27, 0.04), (-1.35, 0.3, 0.16)], [0.05, 0.02, 0.006], 8)
    parts.append(tube(line, radii, colour))
    body.paint((0.1, 0.16, 0.0), (0.6, 0.1, 0.5), pale, 0.08)
    smile = body.snapped([(0.56, 0.26, 0.13), (0.62, 0.25, 0.0), (0.56, 0.26, -0.13)])
    parts.append(tube(smile, [0.01] * 3, (0.03, 0.03, 0.04)))
    whole = joined([body.mesh(body.step_for(5_000, step), furry(0.12, 5)), *parts])
    # It banks, so that its back is seen from the side.
    turn = turned(0.12, 0.0, 0.55)
    banked = replace(whole, vertices=whole.vertices @ turn.T, normals=whole.normals @ turn.T)
    return gathered([banked], {"back": (0.0, 0.43, 0.0)}, 0.8)
