"""Dishes and plates; metres, standing on the table."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.model import Figure, gathered, noise3
from imagined.engines.illustrator.figures.shapes import loft, ring, rod, steam, turned_by
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh

CHINA: Colour = (0.85, 0.84, 0.81)
_CRUST: Colour = (0.56, 0.30, 0.09)
_GREEN: Colour = (0.10, 0.34, 0.06)


def mottled(mesh: Mesh, strength: float, scale: float) -> Mesh:
    """The mesh with blotches: crusts, peel, cheese."""
    shade = 1 + np.float32(strength) * (
        noise3(mesh.vertices * np.float32(scale)) + 0.5 * noise3(mesh.vertices * np.float32(scale * 2.7))
    )
    colours = np.clip(mesh.colours * shade[:, None], 0.005, 1).astype(np.float32)
    return Mesh(mesh.vertices, mesh.faces, mesh.normals, colours, mesh.gloss, mesh.emission)


def curved(profile: list[tuple[float, float]], times: int = 4) -> list[tuple[float, float]]:
    """A profile with points between, along a curve through all of them; radii stay positive."""
    points = np.asarray(profile, np.float64)
    ends = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    made: list[tuple[float, float]] = []
    for k in range(1, len(points)):
        p0, p1, p2, p3 = ends[k - 1 : k + 3]
        for t in np.linspace(0, 1, times, endpoint=False):
            x, y = 0.5 * (
                2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
            made.append((max(float(x), 0.0), float(y)))
    return [*made, profile[-1]]


def plate(radius: float = 0.13, colour: Colour = CHINA) -> list[Mesh]:
    """A plate."""
    r = radius
    return [
        lathe(
            [
                (0.0, 0.004),
                (r * 0.55, 0.004),
                (r * 0.62, 0.0),
                (r * 0.7, 0.008),
                (r, 0.020),
                (r, 0.024),
                (r * 0.68, 0.014),
                (0.0, 0.012),
            ],
            colour,
            0.6,
            48,
        )
    ]


def bowl_of(radius: float, high: float, colour: Colour) -> list[Mesh]:
    """A round bowl on a foot."""
    r, h = radius, high
    return [
        lathe(
            [
                (0.0, 0.0),
                (r * 0.45, 0.0),
                (r * 0.45, h * 0.08),
                (r * 0.78, h * 0.36),
                (r * 0.97, h * 0.75),
                (r, h),
                (r * 0.95, h),
                (r * 0.9, h * 0.75),
                (r * 0.7, h * 0.4),
                (0.0, h * 0.2),
            ],
            colour,
            0.6,
            48,
            crease=0.8,
        )
    ]


def strewn(count: int, radius: float, seed: int) -> list[tuple[float, float]]:
    """Places spread over a disc as seeds in a sunflower, shaken a little."""
    rng = np.random.default_rng(seed)
    spots = []
    for k in range(count):
        r, a = radius * float(np.sqrt((k + 0.5) / count)), k * 2.39996 + float(rng.uniform(-0.3, 0.3))
        spots.append((r * float(np.cos(a)), r * float(np.sin(a))))
    return spots


def ramen(colour: Colour) -> Figure:
    """A bowl of noodle soup with egg, pork, leeks and steam, chopsticks on the rim."""
    parts = bowl_of(0.115, 0.085, colour)
    top = 0.066
    parts.append(lathe([(0.102, top), (0.0, top + 0.002)], (0.46, 0.22, 0.06), 0.7, 40))
    rng = np.random.default_rng(5)
    for k in range(16):
        a, r = k * 0.55, 0.03 + 0.05 * float(rng.random())
        line = [
            (
                r * float(np.cos(a + t)) * (1 - 0.15 * t),
                top + 0.006 + 0.006 * float(np.sin(t * 4 + k)),
                r * float(np.sin(a + t)) * (1 - 0.1 * t) + 0.012,
            )
            for t in np.linspace(0, 2.4, 9)
        ]
        parts.append(tube(line, [0.0032] * 9, (0.84, 0.66, 0.28), 0.3, 6))
    for x, z in ((-0.045, -0.02), (-0.012, -0.055)):
        parts.append(
            turned_by(
                ball((0, 0, 0), (0.027, 0.012, 0.021), (0.86, 0.84, 0.78), 0.4), turned(roll=0.4), (x, top + 0.010, z)
            )
        )
        parts.append(
            turned_by(
                ball((0, 0.006, 0), (0.013, 0.009, 0.013), (0.88, 0.45, 0.03), 0.6),
                turned(roll=0.4),
                (x, top + 0.010, z),
            )
        )
    for x, z in ((0.052, -0.03), (0.060, 0.012)):
        parts.append(
            turned_by(
                mottled(
                    lathe(
                        [(0.0, 0), (0.030, 0), (0.032, 0.004), (0.030, 0.008), (0.0, 0.008)],
                        (0.55, 0.26, 0.15),
                        0.4,
                        24,
                    ),
                    0.25,
                    120,
                ),
                turned(roll=0.35, pitch=-0.2),
                (x, top + 0.006, z),
            )
        )
    parts.append(
        box((0.0, top + 0.035, -0.085), (0.075, 0.075, 0.002), (0.02, 0.05, 0.03), 0.3, turned(roll=-0.25, yaw=0.3))
    )
    for x, z in strewn(16, 0.05, 2):
        parts.append(
            turned_by(
                ring((0, 0, 0), 0.006, 0.006, 0.002, (0.25, 0.52, 0.10), 0.3, count=10, sides=5),
                turned(roll=x * 8),
                (x + 0.005, top + 0.016, z * 0.6 + 0.03),
            )
        )
    for k in (0, 1):
        parts.append(
            rod(
                (-0.13, 0.092 + 0.002 * k, 0.03 + 0.012 * k),
                (0.14, 0.09, 0.055 + 0.02 * k),
                0.0035,
                (0.40, 0.12, 0.06),
                0.4,
                8,
                0.6,
            )
        )
    return gathered([*parts, *steam((0, 0.085, 0), 0.16, 0.008)], {"top": (0, 0.09, 0)})


def soup(colour: Colour) -> Figure:
    """A bowl of tomato soup with herbs and steam, a spoon beside it."""
    parts = plate(0.13) + [part.moved((0, 0.012, 0)) for part in bowl_of(0.10, 0.06, CHINA)]
    parts.append(lathe([(0.088, 0.058), (0.0, 0.0595)], colour, 0.6, 40))
    cream = [
        (0.035 * float(np.cos(a)) * (1 - a / 16), 0.061, 0.035 * float(np.sin(a)) * (1 - a / 16))
        for a in np.linspace(0, 10, 30)
    ]
    parts.append(tube(cream, [0.003] * 30, (0.86, 0.82, 0.72), 0.3, 6))
    parts += [ball((x, 0.062, z), (0.008, 0.002, 0.005), _GREEN, segments=8) for x, z in strewn(9, 0.05, 4)]
    return gathered([*parts, *steam((0, 0.07, 0), 0.14, 0.008)], {"top": (0, 0.07, 0)})


def pizza(colour: Colour) -> Figure:
    """A pizza, 0.32 m, with salami, basil and one slice drawn out."""
    del colour
    parts = []
    for k in range(8):
        a0, a1 = k * np.pi / 4 + 0.02, (k + 1) * np.pi / 4 - 0.02
        mid = (a0 + a1) / 2
        out = 0.05 if k == 1 else 0.0
        shift: Point = (out * float(np.cos(mid)), 0.0, out * float(np.sin(mid)))
        fan = np.linspace(a0, a1, 8)
        for radius, y, colours in (
            (0.155, 0.010, (0.72, 0.48, 0.20)),
            (0.138, 0.014, (0.62, 0.10, 0.03)),
            (0.134, 0.017, (0.88, 0.62, 0.18)),
        ):
            outline = [(0.0, 0.0), *[(radius * float(np.cos(a)), -radius * float(np.sin(a))) for a in fan[::-1]]]
            piece = turned_by(prism(outline, y, colours, 0.15), turned(roll=-np.pi / 2), (shift[0], y / 2, shift[2]))
            parts.append(mottled(piece, 0.12, 90))
        crust = [(0.149 * float(np.cos(a)) + shift[0], 0.014, 0.149 * float(np.sin(a)) + shift[2]) for a in fan]
        parts.append(mottled(tube(crust, [0.014] * 8, _CRUST, 0.1, 10), 0.3, 60))
        for r, da in ((0.10, 0.12), (0.06, -0.1)):
            at = (r * float(np.cos(mid + da)) + shift[0], 0.018, r * float(np.sin(mid + da)) + shift[2])
            parts.append(
                mottled(
                    lathe(
                        [(0.018, 0.0), (0.019, 0.002), (0.014, 0.003), (0.0, 0.002)], (0.55, 0.07, 0.04), 0.3, 20
                    ).moved(at),
                    0.2,
                    200,
                )
            )
        leaf = (0.085 * float(np.cos(mid - 0.22)) + shift[0], 0.021, 0.085 * float(np.sin(mid - 0.22)) + shift[2])
        parts.append(ball(leaf, (0.014, 0.004, 0.008), _GREEN, 0.3, turned(yaw=float(k)), segments=10))
    board = [
        lathe([(0.0, 0.0), (0.185, 0.0), (0.185, 0.012), (0.0, 0.012)], (0.42, 0.24, 0.10), 0.15, 48).moved(
            (0, -0.012, 0)
        )
    ]
    return gathered([*parts, *board], {"top": (0, 0.02, 0)})


def burger(colour: Colour) -> Figure:
    """A hamburger with cheese, salad and tomato under a bun with sesame."""
    del colour
    bun: Colour = (0.66, 0.33, 0.08)
    parts = [
        lathe(
            [(0.0, 0.0), (0.046, 0.0), (0.053, 0.008), (0.053, 0.020), (0.0, 0.022)],
            [(0.6, 0.35, 0.12), bun, bun, (0.8, 0.66, 0.4)],
            0.15,
            40,
            crease=1.2,
        )
    ]
    phi = np.linspace(0, 2 * np.pi, 73)
    frill = [
        (
            (0.057 + 0.004 * float(np.sin(9 * a))) * float(np.cos(a)),
            0.025 + 0.004 * float(np.sin(13 * a)),
            (0.057 + 0.004 * float(np.sin(9 * a))) * float(np.sin(a)),
        )
        for a in phi
    ]
    parts.append(tube(frill, [0.005] * 73, (0.22, 0.52, 0.08), 0.2, 6))
    parts.append(
        mottled(
            lathe(
                [(0.0, 0.025), (0.052, 0.026), (0.057, 0.034), (0.053, 0.043), (0.0, 0.044)],
                (0.20, 0.08, 0.035),
                0.25,
                40,
                crease=1.2,
            ),
            0.35,
            140,
        )
    )
    parts.append(box((0, 0.046, 0), (0.086, 0.004, 0.086), (0.90, 0.55, 0.04), 0.4, turned(yaw=0.4)))
    for k in range(4):
        a = 0.4 + np.pi / 4 + k * np.pi / 2
        parts.append(
            prism([(-0.014, 0.0), (0.0, -0.018), (0.014, 0.0)], 0.003, (0.90, 0.55, 0.04), 0.4).moved(
                (0.058 * float(np.cos(a)), 0.046, -0.058 * float(np.sin(a))), yaw=a + np.pi / 2
            )
        )
    parts.append(
        lathe([(0.0, 0.049), (0.05, 0.049), (0.052, 0.053), (0.05, 0.057), (0.0, 0.057)], (0.66, 0.07, 0.03), 0.5, 36)
    )
    parts.append(
        lathe(
            [(0.0, 0.058), (0.052, 0.058), (0.056, 0.066), (0.05, 0.085), (0.032, 0.10), (0.0, 0.107)],
            [(0.8, 0.66, 0.4), bun, bun, bun, bun],
            0.35,
            40,
            crease=1.3,
        )
    )
    for x, z in strewn(34, 0.043, 7):
        y = 0.107 - 12.5 * (x * x + z * z)
        parts.append(
            ball((x, y - 0.0005, z), (0.0035, 0.0016, 0.002), (0.86, 0.76, 0.52), 0.2, turned(yaw=x * 300), segments=8)
        )
    return gathered([*parts, *[p.moved((0, -0.013, 0)) for p in plate(0.10)]], {"top": (0, 0.12, 0)})


def sushi(colour: Colour) -> Figure:
    """A board with salmon nigiri, rolls and wasabi."""
    parts = [
        box((0, 0.012, 0), (0.30, 0.016, 0.14), (0.30, 0.16, 0.07), 0.2),
        *[box((x, 0.002, 0), (0.03, 0.012, 0.13), (0.26, 0.13, 0.06)) for x in (-0.11, 0.11)],
    ]
    for k, fish in enumerate((colour, colour, (0.66, 0.07, 0.07))):
        x = -0.11 + 0.07 * k
        parts.append(mottled(ball((x, 0.034, -0.025), (0.020, 0.017, 0.036), (0.88, 0.87, 0.83), 0.1), 0.06, 400))
        slice_ = loft(
            [(x, 0.040, -0.068), (x, 0.052, -0.05), (x, 0.056, -0.025), (x, 0.052, 0.0), (x, 0.040, 0.018)],
            [0.014, 0.022, 0.022, 0.022, 0.014],
            [0.005] * 5,
            fish,
            0.5,
            14,
            side=(1, 0, 0),
        )
        bands = (np.sin(slice_.vertices[:, 2] * 420 + slice_.vertices[:, 0] * 120) > 0.55)[:, None]
        parts.append(
            Mesh(
                slice_.vertices,
                slice_.faces,
                slice_.normals,
                np.where(bands, np.minimum(slice_.colours * 1.5 + 0.12, 0.95), slice_.colours).astype(np.float32),
                slice_.gloss,
            )
        )
    for k in range(4):
        x, z = 0.085 + 0.045 * (k % 2), -0.03 + 0.055 * (k // 2)
        parts.append(
            lathe([(0.0, 0.02), (0.021, 0.02), (0.022, 0.052), (0.0, 0.052)], [(0.02, 0.04, 0.025)] * 3, 0.3, 26).moved(
                (x, 0, z)
            )
        )
        parts.append(lathe([(0.019, 0.0525), (0.0, 0.054)], (0.88, 0.87, 0.83), 0.05, 24).moved((x, 0, z)))
        parts.append(
            lathe([(0.009, 0.0535), (0.0, 0.055)], (0.88, 0.36, 0.10) if k % 2 else (0.3, 0.55, 0.15), 0.3, 16).moved(
                (x, 0, z)
            )
        )
    parts += [
        ball((-0.03, 0.026, 0.045), (0.014, 0.010, 0.012), (0.35, 0.55, 0.14)),
        *[
            rod((-0.13, 0.026, 0.045 + 0.012 * k), (0.02 - 0.1, 0.026, 0.05 + 0.012 * k), 0.003, (0.1, 0.03, 0.02), 0.4)
            for k in (0, 1)
        ],
    ]
    return gathered(parts, {"top": (0, 0.05, 0)})


def cheese(colour: Colour) -> Figure:
    """A wedge of cheese with holes."""
    wedge = Clay(blend=0.006)
    wedge.box((0, 0.035, 0), (0.08, 0.035, 0.06), 0.006, colour, 0.25)
    for side in (1, -1):
        wedge.box(
            (0.05, 0.035, side * 0.098), (0.2, 0.08, 0.06), 0.0, colour, 0.25, turned(yaw=side * 0.36), carved=True
        )
    for x, y, z, r in (
        (0.0, 0.03, 0.04, 0.015),
        (-0.04, 0.045, 0.048, 0.011),
        (-0.03, 0.018, 0.05, 0.008),
        (0.035, 0.05, 0.026, 0.009),
        (-0.02, 0.07, 0.0, 0.014),
        (0.03, 0.07, 0.005, 0.008),
        (-0.055, 0.07, -0.02, 0.01),
    ):
        wedge.ball((x, y, z), (r, r, r), (0.7, 0.42, 0.03), carved=True)
    return gathered([wedge.mesh(0.0035)], {"top": (0, 0.07, 0)})


def fried_eggs(colour: Colour) -> Figure:
    """Two fried eggs and bacon on a plate."""
    parts = plate(0.13)
    for x, z in ((-0.035, 0.0), (0.035, 0.03)):
        white = Clay(blend=0.02)
        for k in range(5):
            a = k * 1.3 + x * 40
            white.ball(
                (x + 0.02 * float(np.cos(a)), 0.016, z + 0.02 * float(np.sin(a))),
                (0.022, 0.006, 0.02),
                (0.88, 0.87, 0.84),
                0.4,
            )
        parts += [white.mesh(0.004), ball((x, 0.024, z), (0.019, 0.014, 0.019), colour, 0.7)]
    for k in range(2):
        line = [(-0.07 + 0.012 * t, 0.018 + 0.004 * float(np.sin(t * 1.9)), -0.045 - 0.028 * k) for t in range(12)]
        parts.append(loft(line, [0.011] * 12, [0.002] * 12, (0.45, 0.10, 0.06), 0.4, 8))
    return gathered(parts, {"top": (0, 0.03, 0)})


def sandwich(colour: Colour) -> Figure:
    """A sandwich cut across, on a plate."""
    parts = plate(0.13)
    stack: list[tuple[Colour, float]] = [
        (colour, 0.016),
        ((0.22, 0.5, 0.08), 0.006),
        ((0.82, 0.46, 0.42), 0.006),
        ((0.90, 0.60, 0.08), 0.005),
        ((0.62, 0.06, 0.03), 0.006),
        (colour, 0.016),
    ]
    for x, z, yaw in ((-0.02, -0.02, 0.3), (0.03, 0.035, 0.9)):
        y = 0.014
        for k, (shade, high) in enumerate(stack):
            grow = 1.0 if k in (0, 5) else 1.04
            slice_ = turned_by(
                prism(
                    [(-0.06 * grow, -0.03 * grow), (0.06 * grow, -0.03 * grow), (0.0, 0.045 * grow)], high, shade, 0.15
                ),
                turned(yaw=yaw) @ turned(roll=-np.pi / 2),
                (x, y + high / 2, z),
            )
            parts.append(mottled(slice_, 0.06, 200))
            y += high
    return gathered(parts, {"top": (0, 0.07, 0)})


def salad(colour: Colour) -> Figure:
    """A bowl of salad with tomatoes and cucumber."""
    parts = bowl_of(0.12, 0.07, CHINA)
    rng = np.random.default_rng(6)
    for k, (x, z) in enumerate(strewn(46, 0.10, 3)):
        y = 0.062 + 0.035 * (1 - (x * x + z * z) / 0.01) + 0.008 * float(rng.random())
        tone: Colour = ((0.16, 0.44, 0.06), (0.30, 0.56, 0.10), (0.10, 0.32, 0.05), colour)[k % 4]
        parts.append(
            ball(
                (x, y, z),
                (0.026, 0.007, 0.018),
                tone,
                0.25,
                turned(float(rng.uniform(-0.6, 0.6)), float(rng.uniform(0, 6)), float(rng.uniform(-0.6, 0.6))),
                segments=10,
            )
        )
    for k, (x, z) in enumerate(strewn(9, 0.075, 8)):
        y = 0.082 + 0.028 * (1 - (x * x + z * z) / 0.01)
        if k % 2:
            parts.append(
                turned_by(
                    lathe(
                        [(0.0, 0), (0.017, 0), (0.018, 0.003), (0.017, 0.006), (0.0, 0.006)],
                        [(0.6, 0.75, 0.4), (0.08, 0.3, 0.06), (0.08, 0.3, 0.06), (0.66, 0.78, 0.45)],
                        0.3,
                        20,
                    ),
                    turned(roll=x * 6, pitch=z * 6),
                    (x, y, z),
                )
            )
        else:
            parts.append(ball((x, y, z), 0.015, (0.70, 0.05, 0.03), 0.7))
    return gathered(parts, {"top": (0, 0.1, 0)})
