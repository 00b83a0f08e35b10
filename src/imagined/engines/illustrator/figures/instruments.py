"""Musical instruments; metres. Those that are held stand upright with a ``grip`` where the right hand goes."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import ring, rod, turned_by, upright
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh

_BRASS: Colour = (0.80, 0.54, 0.12)
_DARK: Colour = (0.05, 0.03, 0.02)
_STEEL: Colour = (0.62, 0.63, 0.66)


def _waisted(high: float, wide: float, waist: float, deep: float, colour: Colour, edge: Colour) -> list[Mesh]:
    """The body of a guitar or violin standing on its end: two bouts with a waist, a lighter top towards +z."""
    t = np.linspace(0, 1, 25)
    lower, upper = (
        np.sin(np.pi * np.clip(t / 0.62, 0, 1)) ** 0.55,
        0.78 * np.sin(np.pi * np.clip((t - 0.45) / 0.55, 0, 1)) ** 0.55,
    )
    half = np.maximum(np.maximum(lower, upper), waist * np.sin(np.pi * np.clip(t, 0.02, 0.98)) ** 0.3) * wide / 2
    half[0] = half[-1] = 0.004
    parts = []
    for depth, scale, shade, gloss in ((deep, 1.0, edge, 0.4), (deep * 1.03, 0.965, colour, 0.6)):
        for index in range(24):
            y0, y1, a, b = t[index] * high, t[index + 1] * high, half[index] * scale, half[index + 1] * scale
            parts.append(prism([(-a, y0), (a, y0), (b, y1), (-b, y1)], depth, shade, gloss))
    return parts


def _strings(x: float, low: float, high: float, z: float, count: int) -> list[Mesh]:
    return [
        rod(
            ((k / (count - 1) - 0.5) * x, low, z),
            ((k / (count - 1) - 0.5) * x * 0.8, high, z),
            0.0009,
            (0.75, 0.74, 0.7),
            0.6,
            4,
        )
        for k in range(count)
    ]


def guitar(colour: Colour) -> Figure:
    """An acoustic guitar, one metre, standing on its end with its face towards +z."""
    parts = _waisted(0.48, 0.38, 0.64, 0.10, colour, (colour[0] * 0.35, colour[1] * 0.3, colour[2] * 0.3))
    parts.append(upright(lathe([(0.055, -0.004), (0.0, 0.004)], _DARK, 0.1, 28)).moved((0, 0.28, 0.054)))
    parts.append(
        turned_by(
            ring((0, 0, 0), 0.055, 0.055, 0.006, (0.25, 0.10, 0.03), 0.4), turned(roll=np.pi / 2), (0, 0.28, 0.052)
        )
    )
    parts.append(box((0, 0.14, 0.056), (0.15, 0.022, 0.012), (0.12, 0.05, 0.02), 0.3))
    parts.append(box((0, 0.63, 0.046), (0.05, 0.44, 0.022), (0.13, 0.06, 0.03), 0.3))
    parts += [box((0, 0.46 + 0.38 * (1 - 0.9**k) * 1.2, 0.058), (0.05, 0.003, 0.003), _STEEL, 0.6) for k in range(12)]
    parts.append(box((0, 0.92, 0.040), (0.075, 0.15, 0.018), (0.16, 0.07, 0.03), 0.4, turned(roll=-0.2)))
    parts += [
        ball((s * 0.05, 0.88 + 0.04 * k, 0.04), (0.016, 0.010, 0.010), _STEEL, 0.7, segments=8)
        for s in (1, -1)
        for k in range(3)
    ]
    parts += _strings(0.036, 0.14, 0.87, 0.064, 6)
    return gathered(parts, {"top": (0, 0.98, 0), "grip": (0.0, 0.24, 0.06), "neck": (0.0, 0.74, 0.05)})


def violin(colour: Colour) -> Figure:
    """A violin with its bow beside it, 0.6 m, face towards +z."""
    parts = _waisted(0.355, 0.205, 0.52, 0.045, colour, (colour[0] * 0.4, colour[1] * 0.35, colour[2] * 0.35))
    parts.append(box((0, 0.09, 0.03), (0.036, 0.12, 0.012), _DARK, 0.5))
    parts.append(box((0, 0.165, 0.034), (0.045, 0.006, 0.028), (0.6, 0.42, 0.2)))
    parts.append(box((0, 0.40, 0.028), (0.025, 0.26, 0.014), _DARK, 0.4))
    parts += [
        tube(
            [(s * 0.045, 0.13, 0.0255), (s * 0.035, 0.17, 0.0265), (s * 0.045, 0.21, 0.0255)],
            [0.002, 0.004, 0.002],
            _DARK,
        )
        for s in (1, -1)
    ]
    parts.append(
        turned_by(ring((0, 0, 0), 0.014, 0.014, 0.010, colour, 0.5), turned(pitch=np.pi / 2), (0, 0.575, 0.012))
    )
    parts += [rod((-0.03, 0.50 + 0.02 * k, 0.02), (0.03, 0.50 + 0.02 * k, 0.02), 0.004, _DARK, 0.4) for k in range(3)]
    parts += _strings(0.02, 0.10, 0.53, 0.042, 4)
    return gathered(parts, {"top": (0, 0.59, 0), "grip": (0.0, 0.47, 0.0), "chin": (0.0, 0.03, 0.02)})


def bow() -> list[Mesh]:
    """A violin's bow along +x from its grip."""
    return [
        tube([(-0.06, 0, 0), (0.1, 0.0, 0), (0.62, 0.012, 0)], [0.005, 0.004, 0.003], (0.2, 0.08, 0.03), 0.4),
        rod((-0.03, -0.016, 0), (0.62, 0.0, 0), 0.0025, (0.85, 0.83, 0.78)),
        box((-0.04, -0.009, 0), (0.04, 0.018, 0.01), _DARK),
    ]


def grand_piano(colour: Colour) -> Figure:
    """A grand piano with its lid up and a stool, keys towards -x."""
    outline: list[tuple[float, float]] = [
        (-0.75, -0.74),
        (0.15, -0.74),
        (0.62, -0.66),
        (0.86, -0.42),
        (0.86, -0.2),
        (0.72, 0.0),
        (0.42, 0.2),
        (0.20, 0.45),
        (0.05, 0.74),
        (-0.75, 0.74),
    ]
    from imagined.engines.illustrator.figures.shapes import slab

    lay = turned(roll=-np.pi / 2)
    flat = [(x, -z) for x, z in outline][::-1]
    parts = [turned_by(slab(flat, 0.27, colour, 0.85), lay, (0, 0.80, 0))]
    parts.append(
        turned_by(
            slab([(x * 0.93 - 0.01, z * 0.93) for x, z in flat], 0.01, (0.55, 0.36, 0.10), 0.5), lay, (0.0, 0.938, 0)
        )
    )
    lid = slab([(x, z - 0.74) for x, z in flat], 0.025, colour, 0.85)
    lid = turned_by(lid, lay)
    parts.append(turned_by(lid, turned(roll=-0.62), (0.0, 0.95, -0.74)))
    parts.append(rod((0.1, 0.93, 0.45), (0.1, 1.50, 0.16), 0.012, colour, 0.5))
    parts.append(box((-0.83, 0.72, 0), (0.22, 0.08, 1.48), colour, 0.8))
    parts.append(box((-0.84, 0.765, 0), (0.15, 0.02, 1.26), (0.86, 0.85, 0.80), 0.5))
    for key in range(36):
        z = -0.61 + key * 1.22 / 35
        if key % 7 not in (2, 6):
            parts.append(box((-0.81, 0.782, z + 0.017), (0.09, 0.02, 0.016), (0.01, 0.01, 0.012), 0.6))
    parts += [box((-0.84, 0.80, s * 0.69), (0.2, 0.1, 0.10), colour, 0.8) for s in (1, -1)]
    parts.append(box((-0.58, 1.06, 0), (0.02, 0.22, 0.7), colour, 0.8, turned(pitch=-0.25)))
    parts.append(box((-0.60, 1.07, 0), (0.02, 0.2, 0.42), (0.85, 0.83, 0.78), 0.0, turned(pitch=-0.25)))
    for x, z in ((-0.6, 0.6), (-0.6, -0.6), (0.6, -0.42)):
        parts.append(lathe([(0.03, 0.0), (0.035, 0.04), (0.05, 0.4), (0.06, 0.68)], colour, 0.7, 16).moved((x, 0, z)))
    parts.append(rod((-0.5, 0.05, 0), (-0.5, 0.66, 0), 0.03, colour, 0.7))
    parts.append(box((-1.35, 0.47, 0), (0.36, 0.08, 0.62), (0.06, 0.02, 0.02), 0.2))
    parts += [
        rod((-1.35 + a * 0.14, 0.43, b * 0.26), (-1.35 + a * 0.15, 0, b * 0.27), 0.022, colour, 0.5)
        for a in (1, -1)
        for b in (1, -1)
    ]
    return gathered(parts, {"top": (0.0, 0.95, 0.0), "seat": (-1.35, 0.51, 0.0), "keys": (-0.86, 0.79, 0)}, 0.6)


def drums(colour: Colour) -> Figure:
    """A drum kit: bass, snare, toms, cymbals; the player sits towards -x."""
    skin: Colour = (0.84, 0.82, 0.76)

    def drum(at: Point, radius: float, deep: float, pitch: float) -> list[Mesh]:
        shell = lathe(
            [(0.0, 0), (radius * 0.97, 0), (radius, 0.01), (radius, deep - 0.01), (radius * 0.97, deep), (0.0, deep)],
            [skin, _STEEL, colour, _STEEL, skin],
            0.5,
            36,
        )
        return [turned_by(shell, turned(pitch=pitch), at)]

    parts = drum((0.42, 0.29, 0), 0.29, 0.42, np.pi / 2)
    parts += drum((-0.35, 0.52, 0.42), 0.18, 0.16, 0.1) + drum((-0.38, 0.32, -0.5), 0.22, 0.34, 0.0)
    parts += drum((0.12, 0.66, 0.2), 0.16, 0.2, 0.3) + drum((0.12, 0.66, -0.2), 0.17, 0.22, 0.3)
    for x, y, z, r in ((0.15, 1.1, 0.65, 0.24), (0.2, 1.18, -0.6, 0.27), (-0.1, 0.85, 0.72, 0.18)):
        disc = lathe([(r, 0.0), (r * 0.3, 0.025), (r * 0.25, 0.05), (0.0, 0.06)], _BRASS, 0.75, 36, crease=1.0)
        parts.append(turned_by(disc, turned(pitch=0.22, roll=0.12), (x, y, z)))
        parts.append(rod((x, 0.0, z), (x, y + 0.03, z), 0.012, _STEEL, 0.6))
        parts += [
            rod((x, 0.25, z), (x + 0.18 * float(np.cos(a)), 0.0, z + 0.18 * float(np.sin(a))), 0.009, _STEEL, 0.6)
            for a in (0.5, 2.6, 4.7)
        ]
    for z in (0.2, -0.2):
        parts.append(rod((0.2, 0.5, z * 0.4), (0.12, 0.7, z), 0.012, _STEEL, 0.6))
    parts.append(rod((-0.35, 0.0, 0.42), (-0.35, 0.52, 0.42), 0.014, _STEEL, 0.6))
    parts += [
        lathe([(0.0, 0.46), (0.17, 0.46), (0.18, 0.50), (0.15, 0.54), (0.0, 0.55)], (0.04, 0.04, 0.045), 0.2, 24).moved(
            (-0.85, 0, 0)
        ),
        rod((-0.85, 0, 0), (-0.85, 0.48, 0), 0.025, _STEEL, 0.6),
    ]
    parts += [
        rod((-0.85, 0.15, 0), (-0.85 + 0.2 * float(np.cos(a)), 0, 0.2 * float(np.sin(a))), 0.012, _STEEL, 0.6)
        for a in (0.4, 2.5, 4.6)
    ]
    return gathered(parts, {"top": (0.0, 1.0, 0.0), "seat": (-0.85, 0.55, 0.0)}, 0.4)


def trumpet(colour: Colour) -> Figure:
    """A trumpet, half a metre, lying along +x with its bell in front."""
    parts = [
        tube(
            [(-0.25, 0.11, 0), (0.0, 0.11, 0), (0.10, 0.11, 0), (0.18, 0.11, 0), (0.225, 0.11, 0), (0.25, 0.11, 0)],
            [0.006, 0.007, 0.010, 0.020, 0.038, 0.062],
            colour,
            0.8,
            24,
        )
    ]
    parts.append(
        tube(
            [
                (0.0, 0.115, 0.012),
                (0.14, 0.1, 0.012),
                (0.17, 0.07, 0.012),
                (0.14, 0.04, 0.012),
                (-0.08, 0.04, 0.012),
                (-0.11, 0.07, 0.012),
                (-0.08, 0.1, 0.012),
            ],
            [0.007] * 7,
            colour,
            0.8,
            10,
        )
    )
    parts += [rod((x, 0.02, 0.006), (x, 0.15, 0.006), 0.012, colour, 0.8, 12) for x in (-0.02, 0.015, 0.05)]
    parts += [
        ball((x, 0.158, 0.006), (0.010, 0.006, 0.010), (0.85, 0.83, 0.8), 0.7, segments=8) for x in (-0.02, 0.015, 0.05)
    ]
    parts.append(lathe([(0.006, 0), (0.013, 0.03), (0.012, 0.032), (0.0, 0.02)], colour, 0.8, 14).moved((0, 0, 0)))
    parts[-1] = turned_by(parts[-1], turned(pitch=np.pi / 2), (-0.24, 0.11, 0))
    return gathered(parts, {"top": (0, 0.16, 0), "grip": (0.015, 0.07, 0.0), "mouth": (-0.28, 0.11, 0)})


def saxophone(colour: Colour) -> Figure:
    """A saxophone, 0.75 m, upright, its bell towards +x."""
    line = [
        (-0.10, 0.70, 0),
        (-0.05, 0.735, 0),
        (0.0, 0.70, 0),
        (0.0, 0.5, 0),
        (0.0, 0.22, 0),
        (0.02, 0.09, 0),
        (0.09, 0.045, 0),
        (0.16, 0.09, 0),
        (0.19, 0.2, 0),
        (0.22, 0.33, 0),
        (0.25, 0.40, 0),
    ]
    radii = [0.008, 0.010, 0.013, 0.019, 0.029, 0.036, 0.042, 0.046, 0.052, 0.068, 0.095]
    parts = [tube(line, radii, colour, 0.85, 20), rod((-0.10, 0.70, 0), (-0.17, 0.675, 0), 0.013, _DARK, 0.5, 10, 0.5)]
    for k in range(7):
        y = 0.22 + 0.06 * k
        parts.append(ball((0.012, y, 0.03 + 0.002 * (7 - k)), (0.018, 0.018, 0.007), (0.9, 0.7, 0.3), 0.8, segments=10))
    parts += [
        rod((0.02, 0.18, -0.03), (0.01, 0.62, -0.02), 0.004, _STEEL, 0.7),
        rod((0.03, 0.2, 0.034), (0.02, 0.6, 0.024), 0.003, _STEEL, 0.7),
    ]
    return gathered(parts, {"top": (0, 0.73, 0), "grip": (0.0, 0.30, 0.0), "mouth": (-0.17, 0.675, 0)})


def harp(colour: Colour) -> Figure:
    """A concert harp, 1.75 m."""
    parts = [tube([(0.45, 0.1, 0), (0.46, 0.9, 0), (0.47, 1.7, 0)], [0.045, 0.036, 0.045], colour, 0.6, 14)]
    parts.append(
        tube(
            [(0.47, 1.68, 0), (0.3, 1.74, 0), (0.12, 1.5, 0), (-0.1, 1.36, 0), (-0.30, 1.48, 0), (-0.36, 1.40, 0)],
            [0.05, 0.05, 0.042, 0.04, 0.045, 0.03],
            colour,
            0.6,
            14,
        )
    )
    sound = Clay(blend=0.04)
    sound.cone((0.40, 0.14, 0), (-0.34, 1.40, 0), 0.15, 0.05, colour, 0.5)
    parts.append(sound.mesh(0.03))
    parts.append(lathe([(0.26, 0.0), (0.27, 0.06), (0.2, 0.12), (0.0, 0.12)], colour, 0.5, 28).moved((0.36, 0, 0)))
    parts.append(ball((0.47, 1.75, 0), 0.06, (0.85, 0.6, 0.15), 0.7))
    for k in range(22):
        t = (k + 1) / 24
        x = -0.30 + 0.72 * t
        low = 1.40 - 1.25 * ((x + 0.34) / 0.74) + 0.02
        high = float(np.interp(x, [-0.36, -0.1, 0.12, 0.3, 0.47], [1.40, 1.34, 1.48, 1.7, 1.66]))
        parts.append(
            rod(
                (x, low, 0), (x + 0.02, high, 0), 0.0025, (0.8, 0.2, 0.15) if k % 7 == 0 else (0.85, 0.83, 0.76), 0.3, 4
            )
        )
    return gathered(parts, {"top": (0.4, 1.75, 0.0)})
