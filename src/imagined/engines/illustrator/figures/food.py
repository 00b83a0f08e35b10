"""Food and drink; metres, standing on the table."""

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


def _bowl(radius: float, high: float, colour: Colour) -> list[Mesh]:
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


def _strewn(count: int, radius: float, seed: int) -> list[tuple[float, float]]:
    """Places spread over a disc as seeds in a sunflower, shaken a little."""
    rng = np.random.default_rng(seed)
    spots = []
    for k in range(count):
        r, a = radius * float(np.sqrt((k + 0.5) / count)), k * 2.39996 + float(rng.uniform(-0.3, 0.3))
        spots.append((r * float(np.cos(a)), r * float(np.sin(a))))
    return spots


def ramen(colour: Colour) -> Figure:
    """A bowl of noodle soup with egg, pork, leeks and steam, chopsticks on the rim."""
    parts = _bowl(0.115, 0.085, colour)
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
    for x, z in _strewn(16, 0.05, 2):
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
    parts = plate(0.13) + [part.moved((0, 0.012, 0)) for part in _bowl(0.10, 0.06, CHINA)]
    parts.append(lathe([(0.088, 0.058), (0.0, 0.0595)], colour, 0.6, 40))
    cream = [
        (0.035 * float(np.cos(a)) * (1 - a / 16), 0.061, 0.035 * float(np.sin(a)) * (1 - a / 16))
        for a in np.linspace(0, 10, 30)
    ]
    parts.append(tube(cream, [0.003] * 30, (0.86, 0.82, 0.72), 0.3, 6))
    parts += [ball((x, 0.062, z), (0.008, 0.002, 0.005), _GREEN, segments=8) for x, z in _strewn(9, 0.05, 4)]
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
    for x, z in _strewn(34, 0.043, 7):
        y = 0.107 - 12.5 * (x * x + z * z)
        parts.append(
            ball((x, y - 0.0005, z), (0.0035, 0.0016, 0.002), (0.86, 0.76, 0.52), 0.2, turned(yaw=x * 300), segments=8)
        )
    return gathered([*parts, *[p.moved((0, -0.013, 0)) for p in plate(0.10)]], {"top": (0, 0.12, 0)})


def cake(colour: Colour) -> Figure:
    """A birthday cake of two tiers with icing, cherries and seven burning candles."""
    sponge, icing = colour, (0.88, 0.86, 0.83)
    parts = [lathe([(0.0, 0.0), (0.07, 0.0), (0.06, 0.025), (0.17, 0.035), (0.17, 0.04), (0.0, 0.04)], CHINA, 0.6, 48)]
    for low, high, radius in ((0.04, 0.13, 0.14), (0.13, 0.20, 0.09)):
        parts.append(
            lathe(
                [(0.0, low), (radius, low), (radius, high - 0.01), (radius - 0.01, high), (0.0, high)],
                sponge,
                0.25,
                56,
                crease=1.0,
            )
        )
        phi = np.linspace(0, 2 * np.pi, 97)
        drip = [
            (
                (radius + 0.002) * float(np.cos(a)),
                high - 0.010 - 0.014 * float(np.abs(np.sin(a * 6 + np.sin(a * 3)))),
                (radius + 0.002) * float(np.sin(a)),
            )
            for a in phi
        ]
        parts.append(tube(drip, [0.010] * 97, icing, 0.4, 8))
        parts.append(lathe([(radius + 0.004, high - 0.012), (radius, high), (0.0, high + 0.003)], icing, 0.3, 56))
        for k in range(int(radius * 170)):
            a = k * 2 * np.pi / int(radius * 170)
            parts.append(
                ball(
                    (radius * 1.03 * float(np.cos(a)), low + 0.008, radius * 1.03 * float(np.sin(a))),
                    0.011,
                    icing,
                    0.3,
                    segments=10,
                )
            )
    for k in range(8):
        a = k * np.pi / 4 + 0.2
        parts.append(
            ball(
                (0.117 * float(np.cos(a)), 0.142, 0.117 * float(np.sin(a))), 0.012, (0.58, 0.02, 0.03), 0.8, segments=12
            )
        )
    tones: tuple[Colour, ...] = ((0.15, 0.45, 0.7), (0.85, 0.35, 0.45), (0.85, 0.65, 0.1), (0.3, 0.6, 0.25))
    for k in range(7):
        a, r = k * 2 * np.pi / 6, 0.0 if k == 6 else 0.058
        x, z = r * float(np.cos(a)), r * float(np.sin(a))
        parts.append(rod((x, 0.20, z), (x, 0.27, z), 0.0045, tones[k % 4], 0.3, 8))
        parts.append(
            lathe(
                [(0.0, 0.272), (0.006, 0.28), (0.0, 0.298)], (1.0, 0.7, 0.3), 0, 10, glow=(2.4, 1.3, 0.4), crease=1.5
            ).moved((x, 0, z))
        )
    return gathered(parts, {"top": (0, 0.2, 0), "grip": (0.0, 0.02, 0.0)})


def bread(colour: Colour) -> Figure:
    """A loaf with cuts across its crust."""
    loaf = Clay(blend=0.03)
    loaf.box((0, 0.05, 0), (0.13, 0.05, 0.055), 0.05, colour)
    loaf.ball((0, 0.075, 0), (0.13, 0.045, 0.06), colour)
    for k in range(4):
        x = -0.075 + 0.05 * k
        loaf.paint((x, 0.125, 0), (0.010, 0.03, 0.05), (0.84, 0.66, 0.38), 0.012, turned(yaw=0.5))
    return gathered([mottled(loaf.mesh(0.006), 0.16, 45)], {"top": (0, 0.11, 0)})


def croissant(colour: Colour) -> Figure:
    """A croissant."""
    parts = []
    for k in range(9):
        a = -1.9 + 3.8 * k / 8
        size = 0.034 * (1 - (abs(k - 4) / 4.6) ** 1.6) + 0.008
        turn = turned(yaw=-a)
        parts.append(
            ball(
                (0.075 * float(np.cos(a)) - 0.02, size * 0.9, 0.075 * float(np.sin(a))),
                (size * 1.05, size * 0.92, 0.022),
                colour,
                0.3,
                turn,
                segments=18,
            )
        )
    return gathered([mottled(part, 0.18, 90) for part in parts], {"top": (0, 0.05, 0)})


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


def ice_cream(colour: Colour) -> Figure:
    """Two scoops in a wafer cone, upright in the air as it is held."""
    cone = lathe([(0.002, 0.0), (0.028, 0.105), (0.030, 0.115), (0.0, 0.11)], (0.72, 0.46, 0.18), 0.1, 28)
    around = np.arctan2(cone.vertices[:, 2], cone.vertices[:, 0])
    parts = [cone]
    for k in range(8):
        for way in (1, -1):
            line = [
                (
                    (0.0015 + 0.028 * t) * float(np.cos(k * np.pi / 4 + way * t * 1.2)),
                    0.105 * t + 0.001,
                    (0.0015 + 0.028 * t) * float(np.sin(k * np.pi / 4 + way * t * 1.2)),
                )
                for t in np.linspace(0.1, 1, 7)
            ]
            parts.append(tube(line, [0.0013] * 7, (0.50, 0.28, 0.09), 0, 4))
    del around
    second: Colour = (0.86, 0.80, 0.66)
    for y, radius, shade in ((0.13, 0.036, colour), (0.178, 0.031, second)):
        parts.append(mottled(ball((0, y, 0), (radius, radius * 0.95, radius), shade, 0.25, segments=28), 0.10, 90))
        parts += [
            ball(
                ((radius * 0.98) * float(np.cos(a)), y - radius * 0.62, radius * 0.98 * float(np.sin(a))),
                radius * 0.28,
                shade,
                0.25,
                segments=8,
            )
            for a in np.linspace(0, 2 * np.pi, 11, endpoint=False)
        ]
    parts += [
        ball((0.0, 0.214, 0), 0.011, (0.6, 0.02, 0.03), 0.8, segments=14),
        tube([(0, 0.222, 0), (0.006, 0.24, 0)], [0.0012, 0.001], (0.15, 0.08, 0.03)),
    ]
    return gathered(parts, {"top": (0, 0.2, 0), "grip": (0, 0.06, 0)})


def banana(colour: Colour) -> Figure:
    """Three bananas in a hand."""
    parts = []
    for k in range(3):
        line = [
            (0.09 * float(np.cos(a)) - 0.06, 0.095 - 0.09 * float(np.sin(a)) + 0.0, 0.0)
            for a in np.linspace(0.15, 2.3, 12)
        ]
        radii = [0.005, 0.010, 0.0165, 0.0185, 0.019, 0.019, 0.019, 0.0185, 0.017, 0.013, 0.007, 0.005]
        fruit = tube(line, radii, colour, 0.3, 10)
        shade = fruit.colours.copy()
        shade[:20] = (0.2, 0.2, 0.05)
        shade[-20:] = (0.07, 0.05, 0.02)
        parts.append(
            turned_by(
                Mesh(fruit.vertices, fruit.faces, fruit.normals, shade, fruit.gloss),
                turned(yaw=-0.35 + 0.35 * k),
                (0, 0, 0.028 * (k - 1)),
            )
        )
    return gathered(parts, {"top": (0, 0.08, 0)})


def orange(colour: Colour) -> Figure:
    """An orange and half of one."""
    skin = mottled(ball((0, 0.042, 0), (0.044, 0.042, 0.044), colour, 0.35, segments=40), 0.05, 500)
    parts = [
        skin,
        ball((0, 0.084, 0), (0.005, 0.002, 0.005), (0.15, 0.2, 0.05), segments=8),
        ball((0.016, 0.088, 0.0), (0.016, 0.002, 0.008), _GREEN, 0.3, segments=10),
    ]
    half = [
        lathe(
            [(0.0, -0.04), (0.022, -0.035), (0.038, -0.018), (0.042, 0.0), (0.038, 0.001), (0.0, 0.001)],
            [colour, colour, colour, (0.88, 0.72, 0.42), (0.85, 0.36, 0.03)],
            0.3,
            36,
            crease=0.9,
        )
    ]
    half += [
        rod(
            (0, 0.0015, 0),
            (0.036 * float(np.cos(a)), 0.0015, 0.036 * float(np.sin(a))),
            0.0012,
            (0.9, 0.68, 0.34),
            0.2,
            4,
        )
        for a in np.linspace(0, 2 * np.pi, 10, endpoint=False)
    ]
    parts += [turned_by(p, turned(yaw=0.7) @ turned(pitch=-1.15), (0.075, 0.04, 0.035)) for p in half]
    return gathered(parts, {"top": (0, 0.085, 0)})


def lemon(colour: Colour) -> Figure:
    """A lemon with a leaf."""
    parts = [
        mottled(
            lathe(
                curved(
                    [
                        (0.0, -0.052),
                        (0.006, -0.046),
                        (0.022, -0.034),
                        (0.031, 0.0),
                        (0.022, 0.034),
                        (0.007, 0.045),
                        (0.0, 0.053),
                    ]
                ),
                colour,
                0.35,
                32,
                crease=1.4,
            ),
            0.05,
            300,
        )
    ]
    made = [turned_by(p, turned(pitch=1.3), (0, 0.031, 0)) for p in parts]
    return gathered([*made, ball((-0.05, 0.05, 0), (0.02, 0.003, 0.011), _GREEN, 0.3)], {"top": (0, 0.06, 0)})


def grapes(colour: Colour) -> Figure:
    """A bunch of grapes on its side with a leaf."""
    rng = np.random.default_rng(3)
    parts = []
    for k in range(42):
        t = k / 41
        wide = 0.045 * (1 - t) ** 0.7 + 0.004
        a = k * 2.39996
        parts.append(
            ball(
                (
                    0.075 - 0.15 * t,
                    0.016 + 0.030 * (1 - t) * abs(float(np.sin(a))) * 1.2 + 0.004 * float(rng.random()),
                    wide * float(np.cos(a)),
                ),
                0.0135,
                colour,
                0.7,
                segments=14,
            )
        )
    parts.append(
        tube([(0.07, 0.04, 0), (0.10, 0.06, 0.005), (0.12, 0.062, 0.0)], [0.003, 0.003, 0.004], (0.25, 0.2, 0.06))
    )
    parts.append(
        loft(
            [(0.09, 0.058, 0.0), (0.085, 0.068, 0.03), (0.07, 0.062, 0.06), (0.06, 0.05, 0.08)],
            [0.006, 0.03, 0.026, 0.002],
            [0.002] * 4,
            _GREEN,
            0.2,
            12,
            side=(1, 0, 0),
        )
    )
    return gathered(parts, {"top": (0, 0.05, 0)})


def cherry(colour: Colour) -> Figure:
    """Two cherries on one stalk."""
    parts = [ball((x, 0.013, z), 0.0135, colour, 0.85, segments=24) for x, z in ((-0.015, 0.004), (0.016, -0.004))]
    parts += [
        tube([(x, 0.025, z), (x * 0.7, 0.05, 0), (0.0, 0.075, 0)], [0.001, 0.001, 0.0015], (0.2, 0.3, 0.06), 0, 6)
        for x, z in ((-0.015, 0.004), (0.016, -0.004))
    ]
    parts.append(
        loft(
            [(0, 0.075, 0), (0.012, 0.08, 0.006), (0.028, 0.074, 0.012), (0.036, 0.066, 0.014)],
            [0.001, 0.009, 0.008, 0.001],
            [0.001] * 4,
            _GREEN,
            0.3,
            10,
        )
    )
    return gathered(parts, {"top": (0, 0.026, 0)})


def strawberry(colour: Colour) -> Figure:
    """A strawberry with seeds and a green crown."""
    profile = [(0.0, 0.0), (0.008, 0.003), (0.018, 0.016), (0.023, 0.030), (0.019, 0.040), (0.008, 0.043), (0.0, 0.042)]
    parts = [lathe(curved(profile), colour, 0.5, 32, crease=1.4)]
    for k in range(60):
        t = (k + 0.5) / 60
        y = 0.004 + 0.034 * t
        r = float(np.interp(y, [p[1] for p in profile[:5]], [p[0] for p in profile[:5]]))
        parts.append(
            ball(
                (r * float(np.cos(k * 2.39996)), y, r * float(np.sin(k * 2.39996))),
                (0.0009, 0.0013, 0.0009),
                (0.86, 0.66, 0.2),
                segments=6,
            )
        )
    for a in np.linspace(0, 2 * np.pi, 7, endpoint=False):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            loft(
                [(0, 0.043, 0), (0.009 * c, 0.046, 0.009 * s), (0.020 * c, 0.041, 0.020 * s)],
                [0.001, 0.005, 0.0006],
                [0.0008] * 3,
                _GREEN,
                0.2,
                8,
                side=(-s, 0, c),
            )
        )
    lean = [turned_by(p, turned(pitch=0.35), (0, 0.0, 0)) for p in parts]
    return gathered([*lean, rod((-0.015, 0.04, 0), (-0.024, 0.056, 0), 0.0012, _GREEN)], {"top": (0, 0.043, 0)})


def watermelon(colour: Colour) -> Figure:
    """A slice of watermelon with seeds, and the half behind it."""
    parts = []
    for radius, shade, deep in (
        (0.14, (0.03, 0.16, 0.04), 0.045),
        (0.131, (0.78, 0.84, 0.62), 0.0455),
        (0.122, colour, 0.046),
    ):
        outline = [
            (radius * float(np.cos(a)), 0.14 + radius * float(np.sin(a))) for a in np.linspace(np.pi, 2 * np.pi, 28)
        ]
        parts.append(prism(outline, deep, shade, 0.3))
    for k in range(15):
        a, r = np.pi + 0.3 + (k % 8) * 0.36, 0.055 + 0.03 * (k // 8) + 0.008 * (k % 3)
        parts += [
            ball(
                (r * float(np.cos(a)), 0.14 + r * float(np.sin(a)), s * 0.023),
                (0.0035, 0.006, 0.0015),
                (0.02, 0.015, 0.01),
                0.6,
                segments=8,
            )
            for s in (1, -1)
        ]
    return gathered(parts, {"top": (0, 0.14, 0)})


def pear(colour: Colour) -> Figure:
    """A pear."""
    body = lathe(
        curved(
            [
                (0.0, 0.0),
                (0.02, 0.002),
                (0.036, 0.022),
                (0.038, 0.038),
                (0.028, 0.062),
                (0.017, 0.084),
                (0.008, 0.096),
                (0.0, 0.097),
            ]
        ),
        colour,
        0.4,
        36,
        crease=1.4,
    )
    return gathered(
        [
            mottled(body, 0.08, 60),
            tube([(0, 0.095, 0), (0.004, 0.115, 0.002)], [0.0018, 0.0022], (0.16, 0.09, 0.04)),
            ball((0.018, 0.105, 0), (0.018, 0.002, 0.009), _GREEN),
        ],
        {"top": (0, 0.097, 0)},
    )


def pineapple(colour: Colour) -> Figure:
    """A pineapple with its crown."""
    parts = [ball((0, 0.10, 0), (0.06, 0.10, 0.06), colour, 0.2, segments=24)]
    for row in range(9):
        y = 0.018 + 0.0205 * row
        r = 0.06 * float(np.sqrt(max(1 - ((y - 0.1) / 0.1) ** 2, 0.02)))
        for k in range(11):
            a = (k + 0.5 * (row % 2)) * 2 * np.pi / 11
            parts.append(
                ball(
                    (r * float(np.cos(a)), y, r * float(np.sin(a))),
                    (0.013, 0.011, 0.013),
                    (colour[0], colour[1] * (0.85 + 0.3 * (k % 2)), colour[2]),
                    0.25,
                    segments=8,
                )
            )
    for k in range(22):
        a, t = k * 2.39996, k / 21
        c, s = float(np.cos(a)), float(np.sin(a))
        out, high = 0.075 * (1 - t) + 0.01, 0.21 + 0.12 * t + 0.03
        parts.append(
            loft(
                [
                    (0.012 * c, 0.195, 0.012 * s),
                    (out * 0.6 * c, 0.22 + 0.06 * t, out * 0.6 * s),
                    (out * c, high, out * s),
                ],
                [0.008, 0.009, 0.001],
                [0.002] * 3,
                (0.10, 0.30, 0.12),
                0.2,
                6,
                side=(-s, 0, c),
            )
        )
    return gathered(parts, {"top": (0, 0.2, 0)})


def fruit_bowl(colour: Colour) -> Figure:
    """A bowl heaped with apples, an orange, bananas, a pear and grapes."""
    from imagined.engines.illustrator.figures.things import apple

    parts = _bowl(0.16, 0.085, colour)
    red = apple((0.62, 0.03, 0.025)).mesh
    for x, y, z, mesh in (
        (-0.07, 0.05, 0.05, red),
        (0.075, 0.05, 0.05, apple((0.28, 0.46, 0.06)).mesh),
        (0.0, 0.05, 0.085, orange((0.86, 0.36, 0.03)).mesh),
        (0.02, 0.085, -0.01, pear((0.62, 0.60, 0.14)).mesh),
        (-0.05, 0.06, -0.06, red),
    ):
        keep = mesh
        if mesh is not red and z == 0.085:
            keep = ball((0, 0.042, 0), (0.044, 0.042, 0.044), (0.86, 0.36, 0.03), 0.35, segments=32)
        parts.append(keep.moved((x, y, z), yaw=x * 20))
    parts.append(turned_by(banana((0.88, 0.64, 0.06)).mesh, turned(yaw=0.5), (0.03, 0.085, -0.075)))
    parts += [
        ball(
            (0.10 + 0.02 * (k % 3) - 0.02, 0.085 + 0.012 * (k % 2) - 0.008 * (k // 3), -0.01 + 0.02 * (k // 3)),
            0.0135,
            (0.24, 0.04, 0.22),
            0.7,
            segments=12,
        )
        for k in range(9)
    ]
    return gathered(parts, {"top": (0, 0.15, 0)})


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


def pancakes(colour: Colour) -> Figure:
    """A stack of pancakes with butter and syrup."""
    parts = plate(0.13)
    for k in range(5):
        y, r = 0.014 + 0.015 * k, 0.082 - 0.001 * k
        dx = 0.004 * float(np.sin(k * 2.1))
        edge: Colour = (0.84, 0.66, 0.36)
        parts.append(
            mottled(
                lathe(
                    [
                        (0.0, y),
                        (r - 0.004, y),
                        (r, y + 0.004),
                        (r, y + 0.010),
                        (r - 0.006, y + 0.014),
                        (0.0, y + 0.0145),
                    ],
                    [colour, edge, edge, colour, colour],
                    0.15,
                    44,
                    crease=1.2,
                ),
                0.08,
                60,
            ).moved((dx, 0, 0.003 * float(np.cos(k * 1.7))))
        )
    top = 0.0895
    syrup: Colour = (0.42, 0.16, 0.02)
    parts.append(ball((0, top, 0), (0.055, 0.004, 0.05), syrup, 0.9, segments=32))
    for a, low in ((0.4, 0.03), (1.3, 0.05), (2.4, 0.02), (4.6, 0.045)):
        c, s = float(np.cos(a)), float(np.sin(a))
        parts.append(
            tube(
                [
                    (0.045 * c, top + 0.001, 0.042 * s),
                    (0.08 * c, top - 0.002, 0.08 * s),
                    (0.086 * c, top - 0.02, 0.086 * s),
                    (0.087 * c, low, 0.087 * s),
                ],
                [0.009, 0.007, 0.006, 0.007],
                syrup,
                0.9,
                8,
            )
        )
    parts.append(box((0.0, top + 0.012, 0.0), (0.03, 0.016, 0.03), (0.90, 0.78, 0.36), 0.4, turned(yaw=0.5)))
    return gathered(parts, {"top": (0, top, 0)})


def donut(colour: Colour) -> Figure:
    """A doughnut with icing and sprinkles."""
    parts = [ring((0, 0.020, 0), 0.034, 0.034, 0.0205, (0.66, 0.36, 0.12), 0.15, sides=18, count=44)]
    icing = ring((0, 0.0235, 0), 0.034, 0.034, 0.0195, colour, 0.6, sides=18, count=60)
    around = np.arctan2(icing.vertices[:, 2], icing.vertices[:, 0])
    floor = 0.020 + 0.004 * np.sin(around * 7) + 0.002 * np.sin(around * 11)
    keep = (icing.vertices[:, 1] > floor)[icing.faces].any(1)
    parts.append(Mesh(icing.vertices, icing.faces[keep], icing.normals, icing.colours, icing.gloss))
    tones: tuple[Colour, ...] = (
        (0.85, 0.84, 0.8),
        (0.1, 0.45, 0.7),
        (0.88, 0.65, 0.08),
        (0.25, 0.6, 0.2),
        (0.6, 0.1, 0.4),
    )
    rng = np.random.default_rng(9)
    for k in range(46):
        a, b = k * 2.39996, float(rng.uniform(-1.0, 1.0))
        r, y = 0.034 + 0.0195 * float(np.sin(b)), 0.0238 + 0.0195 * float(np.cos(b))
        parts.append(
            ball(
                (r * float(np.cos(a)), y, r * float(np.sin(a))),
                (0.0035, 0.0011, 0.0011),
                tones[k % 5],
                0.3,
                turned(yaw=float(rng.uniform(0, 3))),
                segments=6,
            )
        )
    return gathered(parts, {"top": (0, 0.043, 0)})


def cupcake(colour: Colour) -> Figure:
    """A cupcake with a swirl of icing and a cherry."""
    phi = np.linspace(0, 2 * np.pi, 56, endpoint=False)
    from imagined.engines.illustrator.figures.shapes import woven

    pleat = 1 + 0.035 * np.sign(np.sin(phi * 14))
    rows = [
        np.stack([r * pleat * np.cos(phi), np.full(56, y), r * pleat * np.sin(phi)], 1)
        for r, y in ((0.001, 0.0), (0.024, 0.0), (0.034, 0.04), (0.001, 0.042))
    ]
    parts = [woven(np.stack(rows)[::-1], (0.25, 0.45, 0.62), 0.2)]
    turns = np.linspace(0, 3.2 * 2 * np.pi, 60)
    swirl = [
        (
            0.026 * (1 - t / turns[-1]) ** 0.8 * float(np.cos(t)),
            0.046 + 0.036 * t / turns[-1],
            0.026 * (1 - t / turns[-1]) ** 0.8 * float(np.sin(t)),
        )
        for t in turns
    ]
    parts.append(tube(swirl, np.linspace(0.0125, 0.006, 60).tolist(), colour, 0.3, 10))
    parts += [ball((0, 0.056, 0), (0.02, 0.02, 0.02), colour, 0.3), ball((0, 0.092, 0), 0.008, (0.6, 0.02, 0.03), 0.8)]
    return gathered(parts, {"top": (0, 0.085, 0)})


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
    parts = _bowl(0.12, 0.07, CHINA)
    rng = np.random.default_rng(6)
    for k, (x, z) in enumerate(_strewn(46, 0.10, 3)):
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
    for k, (x, z) in enumerate(_strewn(9, 0.075, 8)):
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
