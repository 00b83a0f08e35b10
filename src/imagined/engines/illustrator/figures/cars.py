"""Cars: a low sports car and a friendly small one, as taxi and police car too; metres, facing +x."""

import numpy as np

from imagined.engines.illustrator.figures.clay import Colour, turned
from imagined.engines.illustrator.figures.model import Figure, gathered
from imagined.engines.illustrator.figures.shapes import loft, tyre, upright
from imagined.engines.illustrator.figures.solids import ball, box, lathe, tube
from imagined.engines.illustrator.mesh import Mesh

_GLASS: Colour = (0.03, 0.045, 0.06)
_DARK: Colour = (0.02, 0.02, 0.022)
_CHROME: Colour = (0.62, 0.63, 0.66)
Section = tuple[float, float, float]
"""Place along x, height and half-width of a body's section, metres."""

_SPORTS_BODY: tuple[Section, ...] = (
    (-2.12, 0.72, 0.62),
    (-2.06, 0.84, 0.80),
    (-1.75, 0.92, 0.92),
    (-1.3, 0.94, 0.97),
    (-0.75, 0.86, 0.93),
    (0.0, 0.79, 0.90),
    (0.6, 0.79, 0.91),
    (1.1, 0.81, 0.96),
    (1.55, 0.73, 0.94),
    (1.9, 0.60, 0.84),
    (2.1, 0.48, 0.62),
    (2.16, 0.40, 0.45),
)
_SPORTS_CABIN: tuple[Section, ...] = (
    (-1.75, 0.86, 0.50),
    (-1.3, 1.02, 0.58),
    (-0.8, 1.15, 0.63),
    (-0.3, 1.20, 0.655),
    (0.1, 1.17, 0.66),
    (0.5, 1.02, 0.68),
    (0.95, 0.76, 0.70),
)
_SMALL_BODY: tuple[Section, ...] = (
    (-1.92, 0.74, 0.62),
    (-1.87, 0.92, 0.76),
    (-1.6, 0.99, 0.84),
    (-1.1, 1.00, 0.87),
    (-0.3, 0.98, 0.84),
    (0.6, 0.98, 0.84),
    (1.1, 0.96, 0.86),
    (1.5, 0.90, 0.84),
    (1.8, 0.78, 0.76),
    (1.92, 0.60, 0.62),
    (1.96, 0.50, 0.5),
)
_SMALL_CABIN: tuple[Section, ...] = (
    (-1.82, 0.96, 0.60),
    (-1.6, 1.24, 0.64),
    (-1.2, 1.43, 0.67),
    (-0.6, 1.50, 0.685),
    (0.0, 1.49, 0.69),
    (0.45, 1.38, 0.70),
    (0.8, 1.17, 0.72),
    (1.08, 0.94, 0.74),
)


def _smooth(sections: tuple[Section, ...], times: int = 3) -> list[Section]:
    """Sections with others between them, along a curve through all of them."""
    points = np.asarray(sections, np.float64)
    ends = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    made: list[Section] = []
    for k in range(1, len(points)):
        p0, p1, p2, p3 = ends[k - 1 : k + 3]
        for t in np.linspace(0, 1, times, endpoint=False):
            value = 0.5 * (
                2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
            made.append((float(value[0]), float(value[1]), float(value[2])))
    return [*made, sections[-1]]


def _lofted(sections: list[Section], base: float, colour: Colour, gloss: float, square: float) -> Mesh:
    line = [(x, (top + base) / 2, 0.0) for x, top, _ in sections]
    return loft(
        line,
        [half for *_, half in sections],
        [(top - base) / 2 for _, top, _ in sections],
        colour,
        gloss,
        40,
        square=square,
    )


def car(colour: Colour, sporty: bool, step: float = 0.04, kind: str = "") -> Figure:
    """A car, 4.3 m long: a low sports car or a friendly small one; `kind` may be ``taxi`` or ``police``."""
    del step
    body, cabin = (_SPORTS_BODY, _SPORTS_CABIN) if sporty else (_SMALL_BODY, _SMALL_CABIN)
    smooth, high = _smooth(body), max(top for _, top, _ in cabin)
    parts = [_lofted(smooth, 0.24, colour, 0.85, 0.52), _lofted(_smooth(cabin), body[0][1] - 0.2, _GLASS, 0.95, 0.7)]
    parts += _roof(cabin, colour if kind != "police" else (0.86, 0.86, 0.85))
    xs = (-1.3, 1.28) if sporty else (-1.17, 1.2)
    radius, half = (0.37, 0.95) if sporty else (0.35, 0.865)
    for x in xs:
        for side in (1, -1):
            inner, outer = sorted((side * (half - 0.16), side * (half - 0.01)))
            arch = lathe([(0.0, inner), (radius * 1.12, inner), (radius * 1.12, outer), (0.0, outer)], _DARK, 0, 30)
            parts.append(upright(arch).moved((x, radius * 1.02, 0)))
        for side in (1, -1):
            parts += tyre(x, side * (half - 0.085), radius, 0.24, _CHROME, 10 if sporty else 5)
    parts += _details(smooth, sporty, half)
    if kind:
        parts += _service(kind, high, half)
    return gathered(parts, {"top": (-0.3, high, 0.0), "seat": (-0.2, 0.75, 0.0)})


def _roof(cabin: tuple[Section, ...], colour: Colour) -> list[Mesh]:
    """The painted roof over the glass, and the pillars that carry it."""
    high = max(top for _, top, _ in cabin)
    flat = [s for s in _smooth(cabin) if s[1] > high - 0.10]
    line = [(x, top - 0.018, 0.0) for x, top, _ in flat]
    parts = [loft(line, [half * 0.90 for *_, half in flat], [0.030] * len(flat), colour, 0.85, 28, square=0.6)]
    front, rear = flat[-1], flat[0]
    for side in (1, -1):
        ahead = [
            (front[0], front[1] - 0.01, side * front[2] * 0.84),
            (cabin[-2][0], cabin[-2][1] - 0.02, side * cabin[-2][2] * 0.90),
            (cabin[-1][0] + 0.06, cabin[-1][1] - 0.02, side * cabin[-1][2] * 0.99),
        ]
        behind = [
            (rear[0], rear[1] - 0.01, side * rear[2] * 0.84),
            (cabin[1][0], cabin[1][1] - 0.03, side * cabin[1][2] * 0.90),
            (cabin[0][0] - 0.04, cabin[0][1] - 0.05, side * cabin[0][2] * 1.0),
        ]
        rail = [(x, top - 0.035, side * half * 0.87) for x, top, half in flat]
        for pillar, thick in ((ahead, 0.034), (behind, 0.06), (rail, 0.03)):
            parts.append(tube(pillar, [thick] * len(pillar), colour, 0.85))
        middle = (rear[0] + front[0]) / 2 - 0.12
        parts.append(
            tube(
                [
                    (middle, high - 0.04, side * 0.60),
                    (middle - 0.02, high - 0.22, side * 0.675),
                    (middle - 0.04, cabin[-1][1], side * 0.74),
                ],
                [0.03, 0.032, 0.035],
                _DARK,
                0.5,
            )
        )
    return parts


def _details(body: list[Section], sporty: bool, half: float) -> list[Mesh]:
    front, back = body[-1][0], body[0][0]
    y = 0.62 if sporty else 0.76
    parts: list[Mesh] = []
    for side in (1, -1):
        at = (front - (0.27 if sporty else 0.12), y, side * (0.66 if sporty else 0.56))
        turn = turned(pitch=0.35, yaw=-side * 0.35) if sporty else turned()
        parts.append(
            ball(
                at,
                (0.20, 0.055, 0.13) if sporty else (0.07, 0.12, 0.12),
                (0.88, 0.88, 0.84),
                0.9,
                turn,
                (0.8, 0.78, 0.66),
            )
        )
        parts.append(
            ball(
                (back + 0.03, y + 0.12, side * 0.58), (0.05, 0.05, 0.17), (0.6, 0.02, 0.02), 0.6, glow=(0.6, 0.02, 0.02)
            )
        )
        parts.append(
            ball(
                (0.72 if sporty else 0.78, 0.93 if sporty else 1.08, side * (half - 0.02)),
                (0.08, 0.06, 0.10),
                _DARK,
                0.6,
            )
        )
        parts.append(box((-0.45, 0.70 if sporty else 0.84, side * (half - 0.035)), (0.17, 0.025, 0.04), _CHROME, 0.7))
        parts.append(box((0.0, 0.27, side * (half - 0.06)), (2.0, 0.09, 0.08), _DARK, 0.3))
        if sporty:
            parts.append(ball((-0.72, 0.62, side * 0.90), (0.24, 0.10, 0.05), _DARK, 0.4, turned(pitch=0.25)))
            parts.append(box((-1.9, 1.02, side * 0.6), (0.10, 0.20, 0.03), _DARK, 0.5))
        for seam in (0.62, -0.72):
            parts.append(box((seam, 0.62 if sporty else 0.7, side * (half - 0.052)), (0.012, 0.30, 0.03), _DARK))
    if sporty:
        parts.append(
            loft(
                [(-1.98, 1.11, 0), (-1.9, 1.14, 0), (-1.76, 1.12, 0)],
                [0.82, 0.84, 0.82],
                [0.010, 0.018, 0.008],
                _DARK,
                0.7,
                14,
            )
        )
        parts.append(box((front - 0.10, 0.34, 0), (0.10, 0.13, 0.95), _DARK))
    else:
        parts += [
            box((front - 0.03, 0.62, 0), (0.05, 0.12, 0.72), _DARK),
            box((front - 0.0, 0.42, 0), (0.10, 0.12, 1.25), _CHROME, 0.8),
            box((back + 0.02, 0.45, 0), (0.10, 0.12, 1.25), _CHROME, 0.8),
        ]
    parts += [
        box((front + 0.045 if not sporty else front - 0.05, 0.46, 0), (0.02, 0.09, 0.4), (0.84, 0.84, 0.82), 0.2),
        box((back - 0.02, 0.58, 0), (0.03, 0.10, 0.42), (0.84, 0.84, 0.82), 0.2),
    ]
    return parts


def _service(kind: str, high: float, half: float) -> list[Mesh]:
    if kind == "taxi":
        parts = [box((-0.4, high + 0.09, 0), (0.22, 0.16, 0.6), (0.9, 0.78, 0.3), 0.4, glow=(0.9, 0.7, 0.2))]
        for side in (1, -1):
            for k in range(14):
                parts.append(
                    box(
                        (-0.85 + 0.11 * k, 0.80 + 0.055 * (k % 2), side * (half - 0.03)),
                        (0.11, 0.055, 0.02),
                        _DARK,
                        0.3,
                    )
                )
        return parts
    parts = [box((-0.35, high + 0.03, 0), (0.2, 0.05, 1.0), _DARK)]
    for side, shade, glow in ((1, (0.1, 0.2, 0.8), (0.1, 0.35, 1.8)), (-1, (0.8, 0.05, 0.05), (1.8, 0.08, 0.06))):
        parts.append(box((-0.35, high + 0.10, side * 0.28), (0.24, 0.12, 0.44), shade, 0.7, glow=glow))
        parts.append(box((-0.05, 0.68, side * (half - 0.045)), (1.25, 0.40, 0.03), (0.86, 0.86, 0.85), 0.5))
        parts += [ball((0.2, 0.70, side * (half - 0.03)), (0.11, 0.11, 0.014), (0.80, 0.60, 0.15), 0.6)]
    return parts
