"""Things: fruit, cups, vases, balls, snowmen, planets, mushrooms and the like; metres."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour
from imagined.engines.illustrator.figures.model import Figure, furry, gathered, noise3
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh


def apple(colour: Colour) -> Figure:
    """An apple, 8 cm, with stalk and leaf."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 30)
    radius = 0.04 * np.cos(angle) ** 0.62 * (1 + 0.06 * np.sin(angle))
    height = 0.036 * np.sin(angle) - 0.012 * np.exp(-((radius / 0.012) ** 2)) * np.sign(np.sin(angle))
    body = lathe(list(zip(radius.tolist(), (height + 0.036).tolist(), strict=True)), colour, 0.55, 48, crease=1.4)
    streak = noise3(
        np.column_stack(
            [
                np.arctan2(body.vertices[:, 2], body.vertices[:, 0]) * 5,
                body.vertices[:, 1] * 20,
                body.vertices[:, 0] * 0,
            ]
        ).astype(np.float32)
    )
    warm = np.clip(streak * 0.35 + (body.vertices[:, 1] - 0.045) * 9, 0, 0.5)[:, None]
    tone = body.colours + (np.array((0.80, 0.55, 0.12), np.float32) - body.colours) * warm
    parts = [Mesh(body.vertices, body.faces, body.normals, tone.astype(np.float32), body.gloss)]
    parts.append(
        tube([(0, 0.058, 0), (0.003, 0.07, 0.001), (0.009, 0.083, 0.002)], [0.0022, 0.0018, 0.0022], (0.16, 0.09, 0.04))
    )
    parts.append(ball((0.022, 0.078, 0.004), (0.017, 0.0025, 0.009), (0.12, 0.30, 0.05), 0.2))
    return gathered(parts, {"top": (0.0, 0.08, 0.0)})


def cup(colour: Colour) -> Figure:
    """A mug on a saucer, filled with coffee."""
    profile = [
        (0.0, 0.012),
        (0.026, 0.012),
        (0.038, 0.03),
        (0.042, 0.085),
        (0.044, 0.088),
        (0.040, 0.086),
        (0.037, 0.06),
        (0.0, 0.06),
    ]
    parts = [lathe(profile, colour, 0.6, 56)]
    parts.append(lathe([(0.0388, 0.074), (0.0, 0.0745)], (0.09, 0.035, 0.014), 0.5, 48))
    handle = [(0.038, 0.075, 0), (0.058, 0.076, 0), (0.068, 0.058, 0), (0.06, 0.038, 0), (0.039, 0.034, 0)]
    parts.append(tube(handle, [0.006] * 5, colour, 0.6, 12).moved((0, 0, 0), yaw=-0.7))
    parts.append(
        lathe(
            [(0.0, 0.004), (0.045, 0.004), (0.072, 0.014), (0.074, 0.016), (0.045, 0.009), (0.0, 0.009)],
            colour,
            0.6,
            56,
        )
    )
    return gathered(parts, {"top": (0.0, 0.09, 0.0)})


def vase(colour: Colour) -> Figure:
    """A vase with a bunch of flowers."""
    profile = [
        (0.0, 0.0),
        (0.045, 0.0),
        (0.075, 0.07),
        (0.07, 0.13),
        (0.036, 0.19),
        (0.03, 0.215),
        (0.042, 0.24),
        (0.036, 0.24),
        (0.024, 0.2),
    ]
    parts = [lathe(profile, colour, 0.7, 56, crease=0.9)]
    petals: list[Colour] = [(0.80, 0.10, 0.16), (0.86, 0.52, 0.06), (0.86, 0.80, 0.74), (0.52, 0.18, 0.52)]
    for index in range(11):
        angle, reach = index * 2.4, 0.035 + 0.011 * index**0.9
        x, z = reach * float(np.cos(angle)), reach * float(np.sin(angle))
        y = 0.44 - 0.010 * index
        parts.append(tube([(0, 0.2, 0), (x * 0.5, 0.33, z * 0.5), (x, y, z)], [0.003] * 3, (0.09, 0.22, 0.05)))
        for petal in range(7):
            turn = petal * 2 * np.pi / 7
            parts.append(
                ball(
                    (x + 0.019 * float(np.cos(turn)), y + 0.006, z + 0.019 * float(np.sin(turn))),
                    (0.016, 0.011, 0.016),
                    petals[index % 4],
                    segments=10,
                )
            )
        parts.append(ball((x, y + 0.012, z), 0.012, (0.82, 0.60, 0.10), segments=10))
    return gathered(parts, {"top": (0.0, 0.45, 0.0)})


def plain_ball(colour: Colour) -> Figure:
    """A beach ball with panels, 40 cm."""
    sphere = ball((0, 0.2, 0), 0.2, colour, 0.6, segments=72)
    around = np.floor(
        (np.arctan2(sphere.vertices[:, 2], sphere.vertices[:, 0]) + np.pi) / (2 * np.pi) * 6 + 1e-4
    ).astype(int)
    tone = np.where((around % 2)[:, None], np.array((0.86, 0.85, 0.82), np.float32), sphere.colours)
    return gathered(
        [Mesh(sphere.vertices, sphere.faces, sphere.normals, tone.astype(np.float32), sphere.gloss)],
        {"top": (0.0, 0.4, 0.0)},
    )


def table(colour: Colour) -> Figure:
    """A wooden table, 1.4 by 0.8 m."""
    parts = [box((0, 0.72, 0), (1.4, 0.05, 0.85), colour, 0.2)]
    for x in (-0.62, 0.62):
        for z in (-0.34, 0.34):
            parts.append(box((x, 0.35, z), (0.07, 0.7, 0.07), colour))
    return gathered(parts, {"top": (0.0, 0.745, 0.0), "seat": (0.0, 0.745, 0.0)}, 1.0)


def book(colour: Colour) -> Figure:
    """A closed book lying flat, 24 cm."""
    parts = [box((0, 0.022, 0), (0.165, 0.034, 0.23), (0.84, 0.80, 0.70))]
    for y in (0.003, 0.041):
        parts.append(box((0.0, y, 0), (0.18, 0.006, 0.25), colour, 0.2))
    parts.append(box((-0.087, 0.022, 0), (0.008, 0.044, 0.25), colour, 0.2))
    return gathered(parts, {"top": (0.0, 0.044, 0.0)})


def snowman(colour: Colour, step: float) -> Figure:
    """Three balls of snow, 1.75 m, with hat, scarf, carrot and twigs."""
    white: Colour = (0.86, 0.88, 0.92)
    snow = Clay(blend=0.06)
    for y, radius in ((0.42, 0.48), (1.05, 0.35), (1.52, 0.25)):
        snow.ball((0, y, 0), (radius, radius * 0.95, radius), white)
    parts = [snow.mesh(step, furry(0.04, 25.0))]
    for y in (0.92, 1.08, 1.22):
        parts.append(ball((0.335 - abs(y - 1.05) * 0.25, y, 0.06), 0.035, (0.02, 0.02, 0.022)))
    for side in (1, -1):
        parts.append(ball((0.215, 1.6, side * 0.085 + 0.04), 0.034, (0.02, 0.02, 0.022), 0.4))
        arm = [(0.0, 1.12, side * 0.3), (0.08, 1.3, side * 0.62), (0.12, 1.5, side * 0.78)]
        parts.append(tube(arm, [0.022, 0.018, 0.01], (0.13, 0.075, 0.035)))
        parts.append(tube([arm[1], (0.2, 1.42, side * 0.66)], [0.014, 0.006], (0.13, 0.075, 0.035)))
    parts.append(tube([(0.22, 1.52, 0.03), (0.46, 1.5, 0.07)], [0.045, 0.005], (0.85, 0.32, 0.03)))
    for y, z in ((1.42, -0.09), (1.405, -0.045), (1.4, 0.02), (1.405, 0.085), (1.42, 0.13)):
        parts.append(ball((0.235, y, z), 0.016, (0.02, 0.02, 0.022)))
    ring = [(0.235 * float(np.cos(a)), 1.325, 0.235 * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 24)]
    parts.append(tube(ring, [0.06] * 24, colour))
    parts.append(tube([(0.22, 1.32, 0.12), (0.33, 1.1, 0.16), (0.37, 0.9, 0.15)], [0.05, 0.055, 0.05], colour))
    hat = [(0.36, 1.70), (0.36, 1.73), (0.2, 1.735), (0.2, 1.8), (0.215, 2.05), (0.0, 2.06)]
    parts.append(lathe(hat, [(0.025, 0.025, 0.03)] * 2 + [colour, (0.025, 0.025, 0.03), (0.025, 0.025, 0.03)], 0.2))
    return gathered(parts, {"top": (0.0, 2.05, 0.0), "head": (0.0, 1.52, 0.0)})


def mushroom(colour: Colour, step: float) -> Figure:
    """A spotted toadstool, 0.3 m."""
    cap = lathe(
        [(0.03, 0.165), (0.15, 0.15), (0.165, 0.17), (0.14, 0.235), (0.08, 0.28), (0.0, 0.295)],
        [(0.80, 0.74, 0.62), colour, colour, colour, colour],
        0.4,
        48,
        crease=0.9,
    )
    stem = Clay(blend=0.03)
    stem.chain([(0, 0.02, 0), (0.0, 0.1, 0), (0, 0.18, 0)], [0.06, 0.042, 0.035], (0.84, 0.80, 0.70))
    parts = [cap, stem.mesh(max(step, 0.006), furry(0.08, 60))]
    for index in range(12):
        angle, rise = index * 2.4, 0.18 + 0.10 * ((index * 5) % 12) / 12
        radius = float(np.interp(rise, [0.17, 0.235, 0.28, 0.295], [0.165, 0.14, 0.08, 0.0]))
        parts.append(
            ball(
                (radius * float(np.cos(angle)), rise, radius * float(np.sin(angle))),
                0.017,
                (0.87, 0.85, 0.80),
                segments=10,
            )
        )
    return gathered(parts, {"top": (0.0, 0.295, 0.0)})


def planet(colour: Colour, ringed: bool, seed: int) -> Figure:
    """A banded or mottled planet of radius 5 m, perhaps with rings; scaled as the scene asks."""
    sphere = ball((0, 5.0, 0), 5.0, colour, 0.1, segments=160)
    unit = (sphere.vertices - np.array((0, 5, 0), np.float32)) / 5.0
    offset = np.float32(seed % 97)
    swirl = noise3(unit * np.array([2.5, 5, 2.5], np.float32) + offset)
    if ringed:
        value = (
            np.sin(unit[:, 1] * 15 + swirl * 1.3) * 0.5
            + noise3(unit * np.array([3, 22, 3], np.float32) + offset) * 0.35
        )
    else:
        value = swirl * 0.7 + noise3(unit * 6 + offset) * 0.4 + noise3(unit * 14 + offset) * 0.2
    tone = sphere.colours * (1 + 0.5 * value)[:, None]
    tone += np.clip(value - 0.25, 0, 1)[:, None] * np.array((0.25, 0.2, 0.14), np.float32)
    parts = [
        Mesh(sphere.vertices, sphere.faces, sphere.normals, np.clip(tone, 0.01, 1).astype(np.float32), sphere.gloss)
    ]
    if ringed:
        parts.append(_rings(colour))
    return gathered(parts, {"top": (0.0, 10.0, 0.0)})


def _rings(colour: Colour) -> Mesh:
    edges = np.linspace(6.4, 10.2, 22)
    shades = []
    for index in range(21):
        band = 0.45 + 0.5 * abs(float(np.sin(index * 1.9))) * (0.25 if index in (12, 13) else 1.0)
        shades.append(
            (min(colour[0] * band + 0.08, 1), min(colour[1] * band + 0.07, 1), min(colour[2] * band + 0.06, 1))
        )
    rings = lathe([(float(r), 0.0) for r in edges], shades, 0.0, 120)
    tilt, lean = 0.38, 0.22
    c, s = np.cos(tilt), np.sin(tilt)
    about_x = np.array([[1, 0, 0], [0, c, -s], [0, s, c]], np.float32)
    c, s = np.cos(lean), np.sin(lean)
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], np.float32) @ about_x
    flat = np.ascontiguousarray((rings.vertices @ turn.T) + np.array((0, 5, 0), np.float32))
    return Mesh(flat.astype(np.float32), rings.faces, (rings.normals @ turn.T).astype(np.float32), rings.colours)


def tent(colour: Colour, lit: bool) -> Figure:
    """A ridge tent, 2.6 m long, open at the front."""
    outline = [(-1.2, 0.0), (1.2, 0.0), (0.0, 1.6)]
    parts = [prism(outline, 2.6, colour)]
    flap = prism([(-0.55, 0.0), (0.55, 0.0), (0.0, 1.2)], 0.04, (0.5, 0.3, 0.1) if lit else (0.05, 0.04, 0.03)).moved(
        (0, 0, 1.31)
    )
    if lit:
        glow = np.full((len(flap.vertices), 3), (1.5, 0.8, 0.25), np.float32)
        flap = Mesh(flap.vertices, flap.faces, flap.normals, flap.colours, flap.gloss, glow)
    parts.append(flap)
    turned = [part.moved((0, 0, 0), yaw=np.pi / 2) for part in parts]
    return gathered(turned, {"top": (0.0, 1.6, 0.0)})
