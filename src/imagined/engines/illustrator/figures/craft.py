"""What flies and floats: helicopters, jets, airships, canoes, liners, submarines; metres, facing +x."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.roads import CHROME, DARK, GLASS
from imagined.engines.illustrator.figures.shapes import loft, rod, turned_by, tyre
from imagined.engines.illustrator.figures.solids import ball, box, lathe, prism, tube
from imagined.engines.illustrator.mesh import Mesh

_WHITE: Colour = (0.84, 0.85, 0.86)
_WOOD: Colour = (0.34, 0.18, 0.08)
_ALONG = turned(pitch=-np.pi / 2)


def _wing(
    root: tuple[float, float, float],
    tip: tuple[float, float, float],
    chords: tuple[float, float],
    thick: float,
    colour: Colour,
) -> Mesh:
    """A wing from root to tip, its chord along x."""
    spots = [tuple(root[a] + (tip[a] - root[a]) * t for a in range(3)) for t in (0.0, 0.5, 0.97, 1.0)]
    wide = [chords[0] / 2, (chords[0] + chords[1]) / 4, chords[1] / 2, chords[1] / 5]
    return loft(spots, wide, [thick, thick * 0.8, thick * 0.5, thick * 0.2], colour, 0.6, 18, side=(1, 0, 0))  # type: ignore[arg-type]


def helicopter(colour: Colour) -> Figure:
    """A helicopter, 9 m."""
    parts = [
        loft(
            [
                (2.3, 1.35, 0),
                (2.1, 1.4, 0),
                (1.5, 1.55, 0),
                (0.6, 1.65, 0),
                (-0.5, 1.7, 0),
                (-1.4, 1.85, 0),
                (-2.0, 2.0, 0),
            ],
            [0.15, 0.5, 0.78, 0.88, 0.82, 0.5, 0.22],
            [0.12, 0.42, 0.78, 0.9, 0.85, 0.5, 0.22],
            colour,
            0.8,
            32,
            square=0.8,
        )
    ]
    parts.append(
        loft(
            [(2.2, 1.62, 0), (1.95, 1.72, 0), (1.4, 1.86, 0), (0.9, 1.95, 0)],
            [0.25, 0.55, 0.76, 0.80],
            [0.22, 0.45, 0.60, 0.55],
            GLASS,
            0.95,
            24,
        )
    )
    parts += [box((0.1, 1.85, 0), (0.9, 0.6, 1.72), GLASS, 0.95), box((-0.1, 1.36, 0), (1.9, 0.10, 1.77), _WHITE, 0.6)]
    parts += [
        loft([(-1.6, 2.0, 0), (-3.0, 2.15, 0), (-5.2, 2.35, 0)], [0.3, 0.2, 0.11], [0.32, 0.22, 0.12], colour, 0.8, 16),
        prism([(-5.4, 2.2), (-4.7, 2.3), (-5.3, 3.3), (-5.7, 3.3)], 0.08, colour, 0.6),
        _wing((-4.6, 2.3, 0), (-4.7, 2.3, 0.9), (0.5, 0.4), 0.04, colour),
        _wing((-4.6, 2.3, 0), (-4.7, 2.3, -0.9), (0.5, 0.4), 0.04, colour),
    ]
    parts += [lathe([(0.4, 2.45), (0.25, 2.7), (0.08, 2.75), (0.07, 3.05), (0.0, 3.1)], DARK, 0.4, 20)]
    parts += [
        box(
            (2.35 * float(np.cos(a)), 3.02, 2.35 * float(np.sin(a))),
            (4.7, 0.03, 0.24),
            DARK,
            0.3,
            turned(yaw=-float(a)),
        )
        for a in np.linspace(0.4, 2 * np.pi + 0.4, 4, endpoint=False)
    ]
    parts += [
        box((-5.35, 2.75, 0.12), (0.1, 1.5, 0.03), DARK, 0.3, turned(pitch=float(a))) for a in (0.5, 0.5 + np.pi / 2)
    ]
    for s in (1, -1):
        parts += [
            tube([(1.9, 0.18, s * 0.95), (1.6, 0.05, s * 0.95), (-1.5, 0.05, s * 0.95)], [0.05] * 3, CHROME, 0.6),
            *[rod((x, 0.05, s * 0.95), (x, 0.95, s * 0.5), 0.04, CHROME, 0.6) for x in (0.9, -0.8)],
        ]
    return gathered(parts, {"top": (0, 3.1, 0), "seat": (0.4, 1.6, 0)})


def airliner(colour: Colour) -> Figure:
    """A passenger jet, 34 m."""
    xs = [17.0, 16.6, 15.6, 14.0, 11.5, 0.0, -8.0, -12.5, -16.0, -17.0]
    rs = [0.15, 0.7, 1.35, 1.8, 2.0, 2.0, 1.95, 1.4, 0.55, 0.2]
    ys = [3.9, 4.0, 4.15, 4.3, 4.4, 4.4, 4.5, 4.9, 5.4, 5.6]
    parts = [loft([(x, y, 0) for x, y in zip(xs, ys, strict=True)], rs, rs, _WHITE, 0.8, 36)]
    parts.append(
        loft([(15.9, 4.75, 0), (15.3, 5.05, 0), (14.7, 5.4, 0)], [0.5, 1.0, 0.9], [0.3, 0.45, 0.25], GLASS, 0.95, 20)
    )
    for side in (1, -1):
        parts += [box((x, 4.85, side * 1.93), (0.28, 0.42, 0.12), GLASS, 0.9) for x in np.arange(-9.0, 12.5, 0.85)]
        parts += [
            _wing((2.0, 3.6, side * 1.5), (-4.5, 4.6, side * 16.0), (6.0, 1.6), 0.38, (0.66, 0.68, 0.71)),
            _wing((-14.2, 5.4, side * 0.4), (-16.5, 5.8, side * 5.8), (3.2, 1.3), 0.16, (0.66, 0.68, 0.71)),
        ]
        engine = lathe(
            [(0.0, -2.0), (0.5, -1.9), (0.85, -1.0), (1.0, 0.6), (0.98, 1.6), (0.86, 1.75), (0.8, 1.5), (0.0, 1.4)],
            [DARK, CHROME, colour, colour, CHROME, CHROME, DARK],
            0.7,
            28,
        )
        parts.append(turned_by(engine, _ALONG, (1.8, 2.7, side * 5.2)))
        parts += [part for x in (-1.2,) for part in tyre(x, side * 2.6, 0.6, 0.45)] + [
            rod((-1.2, 0.6, side * 2.6), (-1.0, 3.4, side * 2.4), 0.14, CHROME, 0.6)
        ]
    parts += [
        prism([(-16.9, 5.7), (-12.6, 6.1), (-15.2, 11.2), (-17.3, 11.2)], 0.34, colour, 0.7),
        box((-0.5, 4.1, 0), (22, 0.30, 4.03), colour, 0.7),
        *tyre(12.5, 0.001, 0.5, 0.5),
        rod((12.5, 0.5, 0), (12.5, 2.8, 0), 0.12, CHROME),
    ]
    return gathered(parts, {"top": (0, 6.4, 0), "seat": (0, 6.4, 0)})


def fighter(colour: Colour) -> Figure:
    """A fighter jet, 15 m."""
    xs, rs = [7.8, 6.6, 5.0, 3.0, 0.0, -4.0, -6.6], [0.04, 0.32, 0.58, 0.80, 0.95, 0.85, 0.6]
    parts = [loft([(x, 1.9, 0) for x in xs], [r * 1.15 for r in rs], rs, colour, 0.5, 28)]
    parts.append(
        loft(
            [(5.2, 2.35, 0), (4.4, 2.72, 0), (3.4, 2.85, 0), (2.2, 2.6, 0)],
            [0.1, 0.34, 0.38, 0.12],
            [0.1, 0.32, 0.36, 0.12],
            GLASS,
            0.95,
            20,
        )
    )
    for s in (1, -1):
        parts.append(
            turned_by(
                prism(
                    [(3.4, 0.7 * s), (-4.6, 0.7 * s), (-4.8, 4.9 * s), (-3.2, 4.9 * s)][:: 1 if s < 0 else -1],
                    0.14,
                    colour,
                    0.4,
                ),
                turned(roll=np.pi / 2),
                (0, 1.85, 0),
            )
        )
        parts.append(
            turned_by(
                prism(
                    [(-4.8, 0.7 * s), (-7.2, 0.7 * s), (-7.4, 2.7 * s), (-6.4, 2.7 * s)][:: 1 if s < 0 else -1],
                    0.10,
                    colour,
                    0.4,
                ),
                turned(roll=np.pi / 2),
                (0, 1.9, 0),
            )
        )
        parts.append(
            turned_by(
                prism([(-7.2, 0.0), (-4.6, 0.0), (-6.2, 2.3), (-7.4, 2.3)], 0.12, colour, 0.4),
                turned(roll=s * 0.3),
                (0, 2.4, s * 0.6),
            )
        )
        parts += [
            box((1.6, 1.75, s * 1.0), (3.6, 0.85, 0.5), colour, 0.4),
            box((3.42, 1.75, s * 1.0), (0.05, 0.7, 0.42), DARK),
            turned_by(
                lathe([(0.0, -0.5), (0.42, -0.5), (0.48, 0.4), (0.0, 0.4)], DARK, 0.5, 20), _ALONG, (-6.9, 1.9, s * 0.5)
            ),
            ball((-7.45, 1.9, s * 0.5), (0.35, 0.30, 0.30), (1, 0.5, 0.15), glow=(2.2, 0.9, 0.25)),
        ]
    return gathered(parts, {"top": (0, 2.9, 0), "seat": (3.3, 2.4, 0)})


def biplane(colour: Colour) -> Figure:
    """A biplane, 7 m."""
    cream: Colour = (0.82, 0.76, 0.58)
    parts = [
        loft(
            [(2.5, 1.5, 0), (2.3, 1.5, 0), (1.2, 1.52, 0), (-0.8, 1.55, 0), (-3.6, 1.75, 0)],
            [0.42, 0.52, 0.56, 0.48, 0.1],
            [0.42, 0.52, 0.58, 0.5, 0.16],
            colour,
            0.6,
            24,
        )
    ]
    for s in (1, -1):
        parts += [
            _wing((1.1, 1.15, 0), (1.1, 1.35, s * 4.4), (1.3, 1.2), 0.06, cream),
            _wing((1.4, 2.75, 0), (1.4, 2.85, s * 4.7), (1.35, 1.25), 0.06, cream),
        ]
        parts += [rod((x, 1.3, s * 3.0), (x + 0.3, 2.8, s * 3.0), 0.035, _WOOD) for x in (0.8, 1.5)] + [
            rod((1.2 + x, 1.9, s * 0.4), (1.4 + x, 2.75, s * 0.6), 0.03, _WOOD) for x in (-0.3, 0.4)
        ]
        parts += [
            rod((1.1, 1.25, s * 3.0), (1.4, 2.75, s * 0.6), 0.012, DARK),
            _wing((-3.2, 1.75, 0), (-3.3, 1.8, s * 1.4), (0.9, 0.6), 0.04, cream),
            *tyre(1.5, s * 0.7, 0.32, 0.12),
            rod((1.2, 1.1, s * 0.3), (1.5, 0.32, s * 0.62), 0.04, DARK),
        ]
    parts += [
        prism([(-3.9, 1.7), (-3.0, 1.8), (-3.2, 2.6), (-3.8, 2.7)], 0.07, colour, 0.5),
        ball((2.6, 1.5, 0), (0.2, 0.18, 0.18), CHROME, 0.8),
        ball((2.66, 1.5, 0), (0.03, 1.15, 0.12), _WOOD, 0.5, turned(roll=0.6)),
    ]
    parts += [
        turned_by(
            lathe([(0.0, 0.0), (0.16, 0.0), (0.18, 0.34), (0.0, 0.36)], DARK, 0.5, 14),
            turned(roll=float(a)),
            (2.1, 1.5 + 0.3 * float(np.cos(a)), 0.3 * float(np.sin(a))),
        )
        for a in np.linspace(0, 2 * np.pi, 7, endpoint=False)
    ]
    parts += [
        ball((-0.3, 2.05, 0), (0.4, 0.1, 0.3), DARK),
        box((0.15, 2.2, 0), (0.03, 0.3, 0.4), GLASS, 0.9, turned(pitch=0.4)),
    ]
    return gathered(parts, {"top": (0, 2.9, 0), "seat": (-0.3, 2.0, 0)})


def airship(colour: Colour) -> Figure:
    """An airship, 40 m."""
    t = np.linspace(0, 1, 18)
    xs = 20 - 40 * t
    rs = 5.2 * np.sin(np.pi * np.clip(t, 0.004, 0.996) ** 0.72) ** 0.75
    hull = loft([(float(x), 9.0, 0) for x in xs], rs.tolist(), rs.tolist(), colour, 0.5, 40)
    around = np.arctan2(hull.vertices[:, 2], hull.vertices[:, 1] - 9.0)
    tone = np.where((np.sin(around * 8) > 0.86)[:, None], hull.colours * 0.75, hull.colours).astype(np.float32)
    parts = [Mesh(hull.vertices, hull.faces, hull.normals, tone, hull.gloss)]
    for a in np.linspace(np.pi / 4, 2 * np.pi + np.pi / 4, 4, endpoint=False):
        fin = prism([(-19.0, 1.2), (-12.5, 3.2), (-15.0, 6.0), (-19.0, 6.2)], 0.3, (0.62, 0.06, 0.05), 0.4)
        parts.append(turned_by(fin, turned(roll=float(a)), (0, 9.0, 0)))
    parts += [
        loft(
            [(6.0, 3.2, 0), (5.0, 3.1, 0), (-2.0, 3.1, 0), (-3.5, 3.4, 0)],
            [0.4, 1.1, 1.1, 0.3],
            [0.5, 1.0, 1.0, 0.4],
            _WHITE,
            0.6,
            20,
            square=0.6,
        ),
        *[box((4.0 - 1.1 * k, 3.3, 0), (0.7, 0.5, 2.18), GLASS, 0.9) for k in range(6)],
        *[ball((-3.0, 4.6, s * 4.0), (1.1, 0.5, 0.5), DARK, 0.5) for s in (1, -1)],
    ]
    return gathered(parts, {"top": (0, 14.2, 0)})


def ufo(colour: Colour) -> Figure:
    """A flying saucer, 8 m across, its lamps lit."""
    parts = [
        lathe(
            [(0.0, 0.0), (1.4, 0.0), (1.6, 0.2), (3.9, 1.05), (4.0, 1.2), (3.8, 1.35), (1.9, 1.9), (0.0, 2.0)],
            colour,
            0.9,
            64,
        )
    ]
    parts.append(
        lathe(
            [(1.75, 1.88), (1.65, 2.5), (1.2, 3.05), (0.6, 3.3), (0.0, 3.36)],
            (0.20, 0.52, 0.48),
            0.95,
            40,
            glow=(0.05, 0.25, 0.2),
            crease=1.3,
        )
    )
    tones: tuple[tuple[float, float, float], ...] = ((1.8, 0.5, 0.1), (0.2, 1.6, 0.5), (0.3, 0.7, 2.0))
    parts += [
        ball(
            (3.45 * float(np.cos(a)), 1.0, 3.45 * float(np.sin(a))),
            0.2,
            (0.9, 0.85, 0.6),
            0.5,
            glow=tones[k % 3],
            segments=10,
        )
        for k, a in enumerate(np.linspace(0, 2 * np.pi, 14, endpoint=False))
    ]
    parts.append(lathe([(1.35, -0.02), (0.0, -0.06)], (0.7, 0.95, 0.8), 0, 32, glow=(0.6, 1.8, 1.2)))
    return gathered(parts, {"top": (0, 3.36, 0)})


def launch_pad(colour: Colour, step: float) -> Figure:
    """A rocket on its pad with a tower, 12 m."""
    from imagined.engines.illustrator.figures.vehicles import rocket

    parts = [
        rocket(colour, "standing", max(step, 0.06)).mesh.moved((0, 0.6, 0)),
        lathe([(0.0, 0.0), (3.6, 0.0), (3.4, 0.5), (1.5, 0.5), (1.5, 0.6), (0.0, 0.6)], (0.42, 0.42, 0.43), 0, 40),
    ]
    red: Colour = (0.55, 0.08, 0.05)
    corner = [(-2.2 + a * 0.45, b * 0.45) for a in (1, -1) for b in (1, -1)]
    parts += [rod((x, 0.4, z), (x, 11.2, z), 0.07, red) for x, z in corner]
    for k in range(10):
        y = 0.9 + 1.05 * k
        parts += [rod((-2.65, y, s * 0.45), (-1.75, y + 1.0, s * 0.45), 0.04, red) for s in (1, -1)] + [
            rod((-2.65, y, s * 0.45), (-1.75, y, s * 0.45), 0.04, red) for s in (1, -1)
        ]
    parts += [box((-1.35, y, 0), (1.2, 0.2, 0.4), (0.6, 0.6, 0.6)) for y in (4.6, 7.4)]
    return gathered(parts, {"top": (0, 9.9, 0)})


def _boat(
    long: float, half: float, high: float, colour: Colour, inner: Colour, upturn: float, double: bool
) -> list[Mesh]:
    """An open hull whose inside is seen; both ends pointed if `double`. Its keel is at the waterline less a third."""
    from imagined.engines.illustrator.figures.shapes import woven

    u = np.linspace(-1, 1, 25)
    taper = 1 - np.abs(u) ** 2.4 if double else np.where(u > 0, 1 - np.clip(u, 0, 1) ** 2.4, 1 - 0.25 * np.abs(u) ** 3)
    sheer = high + upturn * np.abs(u) ** 2.5
    psi = np.linspace(-1, 1, 17)
    shells = []
    for inset, shade in ((0.0, colour), (0.035, inner)):
        grid = []
        for k in range(len(u)):
            wide = max(float(half * taper[k]) - inset, 0.004)
            y = -high * 0.35 + inset + (sheer[k] + high * 0.35 - inset) * np.abs(psi) ** 2.2
            grid.append(
                np.stack([np.full(17, u[k] * (long / 2 - inset)), y, wide * np.sign(psi) * np.abs(psi) ** 0.75], 1)
            )
        made = np.stack(grid)
        shells.append(woven(made if inset else made[:, ::-1], shade, 0.3, round_=False))
    parts = shells
    for side in (1, -1):
        rim = [
            (float(u[k] * long / 2), float(sheer[k]), side * float(max(half * taper[k], 0.004))) for k in range(len(u))
        ]
        parts.append(tube(rim, [0.03] * len(rim), inner, 0.2, 8))
    if not double:
        parts.append(box((-long / 2, high * 0.4, 0), (0.05, high * 1.3, half * 1.45), colour, 0.3))
    return parts


def _afloat(parts: list[Mesh], anchors: dict[str, tuple[float, float, float]]) -> Figure:
    lowest = min(float(part.vertices[:, 1].min()) for part in parts)
    made = gathered(parts, {})
    return Figure(made.mesh.moved((0.0, lowest, 0.0)), anchors, 0.5)


def canoe(colour: Colour) -> Figure:
    """A canoe with its paddle, 4.6 m; origin at the waterline."""
    parts = _boat(4.6, 0.44, 0.30, colour, (0.50, 0.32, 0.16), 0.30, True)
    parts += [box((x, 0.22, 0), (0.24, 0.03, 0.62), (0.50, 0.32, 0.16)) for x in (-1.0, 0.9)]
    parts += [
        rod((-0.5, 0.34, 0.50), (0.9, 0.42, 0.1), 0.018, _WOOD),
        loft(
            [(0.9, 0.42, 0.1), (1.1, 0.43, 0.04), (1.4, 0.45, -0.04)],
            [0.02, 0.08, 0.06],
            [0.012] * 3,
            _WOOD,
            0.2,
            10,
            side=(0.2, 1, 0.5),
        ),
    ]
    return _afloat(parts, {"seat": (-0.2, 0.10, 0), "top": (0, 0.3, 0)})


def rowing_boat(colour: Colour) -> Figure:
    """A rowing boat with oars, 3.4 m; origin at the waterline."""
    parts = _boat(3.4, 0.68, 0.42, colour, (0.50, 0.33, 0.17), 0.20, False)
    parts += [box((x, 0.28, 0), (0.26, 0.04, 0.98), (0.46, 0.29, 0.14)) for x in (-1.1, 0.0, 0.9)]
    for s in (1, -1):
        parts += [
            rod((-0.25, 0.55, s * 0.15), (0.5, -0.02, s * 1.7), 0.022, _WOOD),
            loft(
                [(0.45, 0.02, s * 1.6), (0.6, -0.08, s * 1.9), (0.7, -0.15, s * 2.1)],
                [0.03, 0.09, 0.08],
                [0.014] * 3,
                _WOOD,
                0.2,
                10,
                side=(1, 0.4, 0),
            ),
        ]
    return _afloat(parts, {"seat": (0.0, 0.31, 0), "top": (0, 0.42, 0)})


def _hull(long: float, half: float, high: float, draught: float, colour: Colour, belt: Colour) -> list[Mesh]:
    """A ship's hull: vertical sides, a raked bow, a flat deck."""
    xs = np.linspace(-1, 1, 21)
    wide = half * np.where(
        xs > 0.3, np.sqrt(np.clip(1 - ((xs - 0.3) / 0.72) ** 2, 0.0004, 1)), np.where(xs < -0.85, 0.85, 1.0)
    )
    parts = []
    for low, top, shade in ((-draught, 0.15 * high, belt), (0.15 * high, high, colour)):
        from imagined.engines.illustrator.figures.shapes import woven

        rows = []
        for k in range(21):
            rake = 0.10 * np.clip(xs[k], 0, 1) ** 3 * long / 2
            rows.append(
                [
                    (
                        xs[k] * long / 2 - rake + rake * (y / high if y > 0 else 0),
                        y + (0.12 * high * max(xs[k], 0) ** 3 if y == high else 0),
                        z,
                    )
                    for y, z in ((low, wide[k] * 0.9), (top, wide[k]), (top, -wide[k]), (low, -wide[k] * 0.9))
                ]
            )
        parts.append(woven(np.asarray(rows), shade, 0.4))
        parts.append(box((-long / 2, (low + top) / 2, 0), (0.1, top - low, wide[0] * 1.9), shade, 0.4))
    return parts


def cruise_ship(colour: Colour, lit: bool) -> Figure:
    """A white liner with funnels, 90 m; origin at the waterline."""
    parts = _hull(90, 8.0, 7.0, 2.5, (0.06, 0.11, 0.24), (0.40, 0.05, 0.04))
    glow = (1.4, 1.0, 0.5) if lit else None
    for k in range(5):
        long, y = 66 - 5.5 * k, 7.0 + 2.6 * k
        parts.append(
            loft(
                [
                    (-long / 2 - 3, y + 1.2, 0),
                    (long / 2 - 6, y + 1.2, 0),
                    (long / 2 - 2, y + 1.2, 0),
                    (long / 2 + 1.0, y + 1.2, 0),
                ],
                [7.4 - 0.25 * k, 7.4 - 0.25 * k, 6.0 - 0.25 * k, 3.0],
                [1.25] * 4,
                _WHITE,
                0.4,
                28,
                square=0.3,
            )
        )
        parts += [
            box((x, y + 1.3, 0), (1.6, 0.8, 14.96 - 0.5 * k), (0.5, 0.4, 0.22) if lit else GLASS, 0.8, glow=glow)
            for x in np.arange(-long / 2 - 1, long / 2 - 5, 2.6)
        ]
        parts.append(box((-3.5, y + 2.55, 0), (long - 3, 0.14, 15.2 - 0.5 * k), (0.72, 0.70, 0.66)))
    for x in (-4.0, -17.0):
        parts.append(
            loft(
                [(x, 19.5, 0), (x - 0.6, 22, 0), (x - 1.4, 25.5, 0)], [1.7, 1.6, 1.5], [2.6, 2.5, 2.3], colour, 0.5, 24
            )
        )
        parts.append(loft([(x - 1.3, 25.0, 0), (x - 1.6, 26.3, 0)], [1.55, 1.5], [2.4, 2.3], DARK, 0.4, 24))
    for x in np.arange(-26, 18, 8.0):
        parts += [
            loft(
                [(x, 11.0, s * 7.6), (x + 2.2, 10.8, s * 7.6), (x + 4.4, 11.0, s * 7.6)],
                [0.1, 0.8, 0.1],
                [0.1, 0.6, 0.1],
                (0.85, 0.40, 0.05),
                0.4,
                10,
            )
            for s in (1, -1)
        ]
    parts.append(rod((20, 20, 0), (20, 28, 0), 0.25, _WHITE))
    return _afloat(parts, {"top": (0, 20, 0), "seat": (0, 20, 0)})


def submarine(colour: Colour) -> Figure:
    """A submarine, 12 m; origin at the waterline."""
    t = np.linspace(0, 1, 16)
    rs = 1.35 * np.sin(np.pi * np.clip(t, 0.01, 0.985) ** 0.7) ** 0.6
    parts = [loft([(6 - 12 * float(v), 0.15, 0) for v in t], rs.tolist(), rs.tolist(), colour, 0.7, 32)]
    parts += [
        loft([(0.4, 1.2, 0), (0.4, 2.6, 0), (0.35, 2.75, 0)], [0.5, 0.45, 0.2], [1.3, 1.15, 0.6], colour, 0.7, 20),
        tube([(0.3, 2.7, 0), (0.3, 3.6, 0), (0.55, 3.75, 0)], [0.07, 0.07, 0.09], CHROME, 0.7),
    ]
    for s in (1, -1):
        parts += [
            ball((3.2 - 1.5 * k, 0.55, s * 1.12), (0.32, 0.32, 0.14), (0.72, 0.56, 0.2), 0.7) for k in range(4)
        ] + [
            ball((3.2 - 1.5 * k, 0.55, s * 1.20), (0.22, 0.22, 0.12), (0.5, 0.75, 0.8), 0.9, glow=(0.25, 0.3, 0.2))
            for k in range(4)
        ]
        parts += [_wing((-4.9, 0.15, 0), (-5.4, 0.15, s * 1.7), (1.2, 0.8), 0.07, colour)]
    parts += [
        prism([(-6.0, -1.0), (-4.7, -1.0), (-5.0, 1.6), (-5.9, 1.6)], 0.14, colour, 0.6),
        *[
            box((-6.15, 0.15, 0), (0.05, 1.5, 0.22), (0.72, 0.56, 0.2), 0.7, turned(roll=float(a)))
            for a in (0.3, 1.35, 2.4)
        ],
    ]
    return _afloat(parts, {"top": (0.4, 2.7, 0), "seat": (0.4, 2.7, 0)})
