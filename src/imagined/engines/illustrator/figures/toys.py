"""Toys; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.model import Figure, eye, furry, gathered
from imagined.engines.illustrator.figures.shapes import rod, tyre
from imagined.engines.illustrator.figures.solids import ball, box, tube

_BRIGHT: tuple[Colour, ...] = (
    (0.66, 0.05, 0.04),
    (0.06, 0.24, 0.60),
    (0.88, 0.62, 0.05),
    (0.08, 0.42, 0.12),
    (0.86, 0.36, 0.04),
)


def teddy_bear(colour: Colour, step: float) -> Figure:
    """A sitting teddy bear, 0.35 m, with a bow, facing +x."""
    pale: Colour = (min(colour[0] * 1.7, 0.9), min(colour[1] * 1.9, 0.85), min(colour[2] * 2.2, 0.8))
    bear = Clay(blend=0.02)
    bear.ball((0, 0.10, 0), (0.075, 0.09, 0.08), colour)
    bear.ball((0.015, 0.245, 0), (0.075, 0.07, 0.08), colour)
    for side in (1, -1):
        bear.ball((0.0, 0.305, side * 0.062), (0.020, 0.030, 0.030), colour)
        bear.chain([(0.02, 0.155, side * 0.06), (0.07, 0.11, side * 0.10)], [0.030, 0.032], colour)
        bear.chain([(0.03, 0.045, side * 0.055), (0.13, 0.04, side * 0.085)], [0.042, 0.040], colour)
        bear.paint((0.175, 0.04, side * 0.087), (0.02, 0.026, 0.026), pale, 0.008)
        bear.paint((0.03, 0.305, side * 0.062), (0.018, 0.018, 0.018), pale, 0.008)
    bear.ball((0.08, 0.225, 0), (0.035, 0.030, 0.038), pale)
    bear.paint((0.075, 0.10, 0), (0.04, 0.06, 0.05), pale, 0.012)
    parts = [
        bear.mesh(max(step * 0.8, 0.006), furry(0.16, 160)),
        ball((0.115, 0.236, 0), (0.010, 0.010, 0.014), (0.03, 0.02, 0.015), 0.5),
    ]
    for side in (1, -1):
        parts += eye((0.078, 0.265, side * 0.032), np.array((0.92, 0.05, side * 0.35), np.float32), 0.011)
        parts.append(
            tube(
                [(0.117, 0.222, 0), (0.110, 0.212, side * 0.010), (0.104, 0.213, side * 0.02)],
                [0.0025] * 3,
                (0.05, 0.03, 0.02),
                0,
                6,
            )
        )
        parts.append(ball((0.07, 0.182, side * 0.03), (0.014, 0.022, 0.028), (0.62, 0.04, 0.05), 0.2))
    parts.append(ball((0.078, 0.182, 0), 0.014, (0.62, 0.04, 0.05), 0.2))
    return gathered(parts, {"head": (0.01, 0.24, 0), "top": (0, 0.3, 0)})


def blocks(colour: Colour) -> Figure:
    """Building blocks, stacked, with raised faces."""
    parts = []
    for k, (x, y, z, yaw) in enumerate(
        (
            (-0.035, 0, 0, 0.2),
            (0.035, 0, 0.01, -0.15),
            (0.0, 0.06, 0.0, 0.4),
            (0.11, 0, 0.05, 0.7),
            (0.005, 0.12, 0.0, 0.1),
        )
    ):
        turn, shade = turned(yaw=yaw), colour if k == 0 else _BRIGHT[k % 5]
        parts.append(box((x, y + 0.03, z), (0.06, 0.06, 0.06), (0.78, 0.62, 0.40), 0.1, turn))
        for size in ((0.062, 0.046, 0.046), (0.046, 0.062, 0.046), (0.046, 0.046, 0.062)):
            parts.append(box((x, y + 0.03, z), size, shade, 0.3, turn))
        for size in ((0.064, 0.030, 0.010), (0.064, 0.010, 0.030), (0.030, 0.010, 0.064), (0.010, 0.030, 0.064)):
            parts.append(box((x, y + 0.03, z), size, (0.86, 0.84, 0.78), 0.2, turn))
    return gathered(parts, {"top": (0, 0.18, 0)})


def toy_car(colour: Colour) -> Figure:
    """A wooden toy car, 0.2 m."""
    body = Clay(blend=0.01)
    body.box((0, 0.045, 0), (0.10, 0.022, 0.045), 0.02, colour, 0.5)
    body.box((-0.01, 0.08, 0), (0.052, 0.03, 0.04), 0.022, colour, 0.5)
    parts = [body.mesh(0.005)]
    parts += [
        box((-0.01, 0.083, 0), (0.08, 0.028, 0.083), (0.62, 0.78, 0.84), 0.7),
        box((-0.01, 0.083, 0), (0.107, 0.028, 0.06), (0.62, 0.78, 0.84), 0.7),
    ]
    for x in (-0.058, 0.058):
        for z in (0.045, -0.045):
            parts += tyre(x, z, 0.028, 0.02, (0.86, 0.62, 0.1), 3)
    parts += [ball((0.1, 0.05, z), 0.010, (0.9, 0.88, 0.7), 0.5) for z in (0.028, -0.028)]
    return gathered(parts, {"top": (0, 0.11, 0)})


def doll(colour: Colour, step: float) -> Figure:
    """A rag doll in a dress, standing, 0.4 m."""
    from imagined.engines.illustrator.figures.biped import Person, biped

    return biped(
        Person(
            height=0.4,
            heads=3.3,
            build=1.0,
            curve=0.6,
            hair=(0.55, 0.18, 0.04),
            hair_kind="braids",
            robe=colour,
            shirt=colour,
            robe_length=0.55,
            flare=1.4,
            legs=0.0,
            sleeves=0.4,
            shoes=(0.05, 0.05, 0.06),
            trim=(0.86, 0.84, 0.8),
            lips=(0.6, 0.06, 0.06),
        ),
        "standing",
        max(step, 0.0035),
    )


def rocking_horse(colour: Colour) -> Figure:
    """A wooden rocking horse, 0.9 m."""
    parts = []
    for side in (1, -1):
        line = [
            (0.55 * float(np.sin(a)), 0.72 - 0.70 * float(np.cos(a)), side * 0.17) for a in np.linspace(-0.75, 0.75, 14)
        ]
        parts.append(tube(line, [0.022] * 14, (0.55, 0.06, 0.04), 0.4))
        parts += [rod((x, 0.42, side * 0.07), (x * 1.25, 0.05, side * 0.17), 0.026, colour, 0.3) for x in (-0.22, 0.22)]
    horse = Clay(blend=0.05)
    horse.chain([(-0.25, 0.47, 0), (0.2, 0.47, 0)], [0.12, 0.11], colour, 0.3)
    horse.chain([(0.22, 0.52, 0), (0.36, 0.78, 0)], [0.10, 0.075], colour, 0.3)
    horse.chain([(0.34, 0.80, 0), (0.52, 0.72, 0)], [0.075, 0.05], colour, 0.3)
    horse.cone((0.32, 0.86, 0.04), (0.32, 0.93, 0.05), 0.02, 0.008, colour)
    horse.cone((0.32, 0.86, -0.04), (0.32, 0.93, -0.05), 0.02, 0.008, colour)
    parts.append(horse.mesh(0.02))
    hair: Colour = (0.10, 0.05, 0.03)
    parts += [ball((0.30 - 0.026 * k, 0.86 - 0.06 * k, 0), (0.045, 0.05, 0.025), hair, segments=10) for k in range(6)]
    parts.append(tube([(-0.35, 0.50, 0), (-0.46, 0.48, 0), (-0.5, 0.3, 0)], [0.03, 0.05, 0.015], hair))
    for side in (1, -1):
        parts += eye((0.40, 0.80, side * 0.055), np.array((0.3, 0.1, side), np.float32) / np.float32(1.05), 0.016)
    parts += [
        ball((-0.04, 0.575, 0), (0.13, 0.03, 0.10), (0.55, 0.06, 0.04), 0.4),
        rod((0.30, 0.70, -0.12), (0.30, 0.70, 0.12), 0.012, (0.7, 0.5, 0.2), 0.5),
    ]
    return gathered(parts, {"seat": (-0.03, 0.60, 0), "head": (0.4, 0.78, 0), "top": (0, 0.6, 0)}, 0.25)


def toy_robot(colour: Colour) -> Figure:
    """A tin robot, 0.25 m."""
    grey: Colour = (0.55, 0.57, 0.6)
    parts = [
        box((0, 0.115, 0), (0.07, 0.09, 0.09), colour, 0.6),
        box((0, 0.195, 0), (0.055, 0.055, 0.065), grey, 0.6),
        box((0.036, 0.115, 0), (0.004, 0.05, 0.06), (0.05, 0.06, 0.07), 0.6),
    ]
    for k, shade in enumerate(_BRIGHT[:3]):
        parts.append(
            ball(
                (0.038, 0.128, 0.018 * (k - 1)),
                0.006,
                shade,
                0.6,
                glow=(shade[0] * 0.4, shade[1] * 0.4, shade[2] * 0.4),
            )
        )
    for side in (1, -1):
        parts += [
            ball((0.028, 0.203, side * 0.016), 0.011, (0.85, 0.7, 0.1), 0.6, glow=(0.8, 0.6, 0.1)),
            rod((0, 0.15, side * 0.05), (0.015, 0.09, side * 0.066), 0.012, grey, 0.6),
            ball((0.018, 0.08, side * 0.068), 0.015, colour, 0.6),
        ]
        parts += [
            box((0, 0.04, side * 0.024), (0.04, 0.07, 0.03), grey, 0.6),
            box((0.008, 0.01, side * 0.024), (0.065, 0.02, 0.038), colour, 0.6),
        ]
    parts += [
        rod((0, 0.22, 0), (0, 0.25, 0), 0.003, grey, 0.6),
        ball((0, 0.255, 0), 0.008, (0.66, 0.05, 0.04), 0.6),
        box((0.029, 0.180, 0), (0.003, 0.008, 0.035), (0.04, 0.04, 0.05)),
    ]
    return gathered(parts, {"head": (0, 0.2, 0), "top": (0, 0.25, 0)})
