"""One rig for all that is shaped to swim: fish, sharks, dolphins and whales."""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, Tint
from imagined.engines.illustrator.figures.fins import bent, blade, flattened, swayed
from imagined.engines.illustrator.figures.limbs import smoothed
from imagined.engines.illustrator.figures.model import Figure, eye, furry, gathered, noise3
from imagined.engines.illustrator.figures.solids import tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined

Markings = Literal["plain", "bands", "koi", "orca", "tang", "speckles"]


@dataclass(frozen=True)
class Swimmer:
    """A body of revolution, squeezed, with fins. Lengths are shares of `length`."""

    length: float
    """Nose to the root of the tail fin, metres."""
    profile: tuple[tuple[float, float, float], ...]
    """Along the body, 0 at the nose to 1 at the tail: (place, radius, height of the middle)."""
    wide: float
    """Width of the body over its height."""
    back: Colour
    belly: Colour
    fin: Colour
    fins: tuple[tuple[float, float, float, float], ...] = ()
    """On the back: (from, to, height, sweep)."""
    under: tuple[tuple[float, float, float, float], ...] = ()
    pectoral: tuple[float, float, float] = (0.3, 0.25, 0.5)
    """Place, length, sweep of the side fins."""
    tail: float = 0.2
    flukes: bool = False
    """The tail lies flat, as a mammal's."""
    fork: float = 0.5
    markings: Markings = "plain"
    mark: Colour = (0.9, 0.9, 0.88)
    eye: tuple[float, float, float] = (0.12, 0.02, 0.03)
    """Place, height and radius."""
    white: bool = False
    """A round white eye, as picture books give to fish."""
    mouth: tuple[float, float] = (0.12, -0.02)
    """How far back it reaches, and its height."""
    tusk: float = 0.0
    leaps: bool = False
    """Jumps unless it is ``swimming``."""


def swimmer(kind: Swimmer, pose: str, step: float) -> Figure:
    """The animal level, its lowest point at 0; ``jumping`` it arches out of the water, and so do those that leap."""
    body = Clay(blend=kind.length * 0.02)
    size = kind.length
    places, radii = smoothed(
        [((0.5 - at) * size, high * size, 0.0) for at, _, high in kind.profile],
        [r * size for _, r, _ in kind.profile],
        18,
    )
    body.chain(places, radii, kind.back)
    parts = _face(body, kind)
    skin = body.mesh(body.step_for(5_000, step), _tint(kind))
    whole = flattened(joined([skin]), kind.wide)
    mesh = joined([whole, *parts, *_fins(kind, places, radii)])
    if not kind.flukes:
        mesh = swayed(mesh, size * 0.16, size)
    anchors = {"back": (0.0, max(y + r for (_, y, _), r in zip(places, radii, strict=True)), 0.0), "head": places[1]}
    if pose == "jumping" or (kind.leaps and pose != "swimming"):
        mesh = bent(mesh, 0.85 / size, 0.42)
        figure = gathered([mesh], anchors, size * 0.2)
        return Figure(figure.mesh.moved((0.0, -0.1 * size, 0.0)), figure.anchors, figure.girth)
    return gathered([mesh], anchors, size * 0.2)


def _face(body: Clay, kind: Swimmer) -> list[Mesh]:
    size = kind.length
    at, high, radius = kind.eye
    parts: list[Mesh] = []
    beside = float(np.interp(at, [p for p, _, _ in kind.profile], [r for _, r, _ in kind.profile])) * size
    places = body.snapped([((0.5 - at) * size, high * size, s * beside) for s in (1, -1)], radius * size * 0.3)
    for (x, y, z), side in zip(places, (1, -1), strict=True):
        look = np.array([0.35, 0.08, side * 0.93], np.float32)
        # The face is brought along with the squeezed side that it sits on.
        aside = (x, y, z * kind.wide)
        parts += eye(aside, look / np.float32(np.linalg.norm(look)), radius * size, white=kind.white)
    back, level = kind.mouth
    for side in (1, -1):
        along = [(t * back, level + 0.012 * t * (1.6 * t - 0.6)) for t in (0.08, 0.4, 0.75, 1.0)]
        wide = [float(np.interp(a, [p for p, _, _ in kind.profile], [r for _, r, _ in kind.profile])) for a, _ in along]
        line = [((0.5 - a) * size, y * size, side * r * size) for (a, y), r in zip(along, wide, strict=True)]
        bow = [(x, y, z * kind.wide) for x, y, z in body.snapped(line)]
        parts.append(tube(bow, [size * 0.004] * 4, (0.03, 0.02, 0.02), sides=5))
    if kind.tusk:
        tip: Point = ((0.5 + kind.tusk) * size, 0.04 * size, 0.0)
        parts.append(tube([(0.45 * size, 0.0, 0.0), tip], [0.014 * size, 0.003 * size], (0.86, 0.80, 0.66), 0.2))
    return parts


def _fins(kind: Swimmer, places: list[Point], radii: list[float]) -> list[Mesh]:
    size, parts = kind.length, []
    soft = (0.5, 0.3) if kind.white else (0.3, -0.12)
    xs = [x for x, _, _ in places]

    def surface(at: float, side: int) -> Point:
        x = (0.5 - at) * size
        index = int(np.argmin([abs(other - x) for other in xs]))
        return (x, places[index][1] + side * radii[index] * 0.9, 0.0)

    for fins, side in ((kind.fins, 1), (kind.under, -1)):
        for start, end, high, sweep in fins:
            a, b = surface(start, side), surface(end, side)
            tip = (b[0] - sweep * size, (a[1] + b[1]) / 2 + side * high * size, 0.0)
            parts.append(blade(a, b, tip, kind.fin, bulge=soft, thickness=0.05))
    at, long, sweep = kind.pectoral
    for side in (1, -1):
        x, y, _ = surface(at, -1)
        index = int(np.argmin([abs(other - x) for other in xs]))
        z = side * radii[index] * kind.wide * 0.82
        y = places[index][1] - radii[index] * 0.4
        tip = (x - long * sweep * size - long * 0.3 * size, y - long * 0.42 * size, z + side * long * 0.75 * size)
        wide = long * 0.36 * size
        parts.append(
            blade((x + wide / 2, y, z), (x - wide / 2, y, z), tip, kind.fin, bulge=(0.2, 0.05), thickness=0.06)
        )
    x, y, _ = places[-1]
    for side in (1, -1):
        reach, back = kind.tail * size, kind.tail * size * (0.35 + kind.fork * 0.6)
        out: Point = (0.0, side * 0.25 * reach, 0.0) if not kind.flukes else (0.0, 0.0, side * 0.25 * reach)
        far: Point = (x - back, y + side * reach, 0.0) if not kind.flukes else (x - back, y, side * reach)
        near: Point = (x + radii[-1] * 2, y - out[1] * 0.2, -out[2] * 0.2)
        notch: Point = (x - back * (1 - kind.fork) - radii[-1], y, 0.0)
        parts.append(
            blade(near, notch, far, kind.fin, bulge=(0.42, 0.2) if kind.white else (0.22, -0.06), thickness=0.05)
        )
    return parts


def _tint(kind: Swimmer) -> Tint:
    texture = furry(0.05, 9.0 / kind.length)
    size = np.float32(kind.length)

    def tint(points: Floats, normals: Floats, colours: Floats) -> Floats:
        at, high = 0.5 - points[:, 0] / size, points[:, 1] / size
        radius = np.interp(at, [p for p, _, _ in kind.profile], [r for _, r, _ in kind.profile])
        middle = np.interp(at, [p for p, _, _ in kind.profile], [h for _, _, h in kind.profile])
        under = np.clip(-(high - middle) / np.maximum(radius, 1e-3) * 2.6 - 0.35, 0, 1)[:, None]
        shade = colours * (1 - under) + np.asarray(kind.belly) * under
        amount = _marked(kind, at, (high - middle) / np.maximum(radius, 1e-3), points / size)[:, None]
        shade = shade * (1 - amount) + np.asarray(kind.mark) * amount
        return texture(points, normals, shade.astype(np.float32))

    return tint


def _marked(kind: Swimmer, at: Floats, high: Floats, points: Floats) -> Floats:
    amount: Floats = np.zeros(len(at), np.float32)
    if kind.markings == "bands":
        amount = np.max(
            [np.clip(1.3 - np.abs(at + 0.05 * high * high - c) * 26, 0, 1) for c in (0.24, 0.54, 0.86)], axis=0
        )
    if kind.markings == "koi":
        amount = np.clip(noise3((points * np.array([5.0, 4.0, 4.0])).astype(np.float32) + 3.1) * 7 - 0.4, 0, 1)
    if kind.markings == "orca":
        spot = np.clip(1.5 - np.hypot((at - 0.2) * 14, (high - 0.32) * 3.2) * 1.4, 0, 1)
        amount = np.maximum(spot, np.clip(1.5 - np.hypot((at - 0.62) * 7, (high + 0.45) * 2.2) * 1.5, 0, 1))
    if kind.markings == "tang":
        ring = np.abs(np.hypot((at - 0.52) * 2.6, (high - 0.1) * 1.0) - 0.62)
        amount = np.clip(1.4 - ring * 7, 0, 1) * np.clip(at * 8 - 1.4, 0, 1)
    if kind.markings == "speckles":
        amount = np.clip(noise3((points * 34).astype(np.float32)) * 5 - 2, 0, 1) * np.clip(high * 3 + 0.5, 0, 1)
    return amount


_ROUND: Final = (
    (0.0, 0.06, 0.0),
    (0.1, 0.17, 0.0),
    (0.3, 0.27, 0.0),
    (0.55, 0.25, 0.0),
    (0.8, 0.12, 0.0),
    (1.0, 0.05, 0.0),
)
_SLIM: Final = (
    (0.0, 0.03, 0.0),
    (0.1, 0.085, 0.0),
    (0.35, 0.135, 0.0),
    (0.65, 0.115, 0.0),
    (0.88, 0.055, 0.0),
    (1.0, 0.03, 0.0),
)
_DOLPHIN: Final = (
    (0.0, 0.014, -0.028), (0.07, 0.028, -0.028), (0.1, 0.065, 0.0), (0.17, 0.095, 0.008), (0.4, 0.125, 0.0),
    (0.65, 0.095, 0.01), (0.87, 0.045, 0.01), (1.0, 0.02, 0.0),
)  # fmt: skip
_WHALE: Final = (
    (0.0, 0.07, 0.0), (0.08, 0.125, 0.0), (0.25, 0.165, 0.0), (0.45, 0.16, 0.01), (0.7, 0.1, 0.03), (0.9, 0.045, 0.05),
    (1.0, 0.025, 0.055),
)  # fmt: skip

_FISH: Final = Swimmer(
    0.22, _ROUND, 0.46, (0.86, 0.30, 0.03), (0.90, 0.44, 0.08), (0.88, 0.34, 0.04),
    fins=((0.28, 0.75, 0.22, 0.06),), under=((0.62, 0.8, 0.16, 0.1),), pectoral=(0.34, 0.2, 0.6), tail=0.27, fork=0.35,
    eye=(0.14, 0.06, 0.05), white=True, mouth=(0.1, -0.06),
)  # fmt: skip

SWIMMERS: Final[dict[str, Swimmer]] = {
    "fish": _FISH,
    "clownfish": replace(_FISH, length=0.1, markings="bands", back=(0.88, 0.24, 0.015), belly=(0.88, 0.30, 0.03),
        tail=0.2, fork=0.1),
    "goldfish": replace(_FISH, length=0.12, back=(0.90, 0.34, 0.02), belly=(0.92, 0.58, 0.16), fin=(0.93, 0.50,
        0.14), tail=0.42, fork=0.75),
    "koi": replace(
        _FISH, length=0.5, profile=_SLIM, wide=0.85, back=(0.88, 0.86, 0.82), belly=(0.9, 0.88, 0.85), fin=(0.9,
        0.84, 0.78),
        markings="koi", mark=(0.82, 0.13, 0.02), fins=((0.38, 0.66, 0.1, 0.06),), tail=0.2, fork=0.6, eye=(0.09,
        0.03, 0.017),
        mouth=(0.05, -0.02), pectoral=(0.24, 0.17, 0.5),
    ),
    "tropical_fish": replace(
        _FISH, length=0.24, wide=0.36, back=(0.03, 0.16, 0.68), belly=(0.05, 0.24, 0.75), fin=(0.90, 0.66, 0.03),
        markings="tang",
        mark=(0.01, 0.015, 0.05), fins=((0.24, 0.9, 0.13, 0.02),), under=((0.5, 0.9, 0.1, 0.02),), fork=0.5,
    ),
    "salmon": replace(
        _FISH, length=0.75, profile=_SLIM, wide=0.66, back=(0.24, 0.30, 0.33), belly=(0.80, 0.72, 0.68), fin=(0.30,
        0.30, 0.31),
        markings="speckles", mark=(0.07, 0.08, 0.09), fins=((0.42, 0.58, 0.09, 0.04),), tail=0.14, fork=0.6,
        eye=(0.08, 0.025, 0.015), mouth=(0.1, -0.015), pectoral=(0.22, 0.1, 0.6), leaps=True,
    ),
    "shark": Swimmer(
        3.4, _SLIM, 0.95, (0.17, 0.21, 0.26), (0.80, 0.80, 0.78), (0.15, 0.19, 0.24), fins=((0.38, 0.52, 0.17, 0.05),
        (0.82, 0.88, 0.04, 0.02)),
        under=((0.78, 0.84, 0.05, 0.03),), pectoral=(0.34, 0.26, 0.55), tail=0.24, fork=0.62, eye=(0.1, 0.02, 0.014),
        mouth=(0.15, -0.045),
    ),
    "dolphin": Swimmer(
        2.3, _DOLPHIN, 0.92, (0.24, 0.33, 0.42), (0.80, 0.82, 0.83), (0.19, 0.27, 0.36), fins=((0.46, 0.6, 0.11,
        0.05),),
        pectoral=(0.29, 0.17, 0.6), tail=0.15, flukes=True, fork=0.4, eye=(0.145, 0.0, 0.013), mouth=(0.13, -0.03),
        leaps=True,
    ),
    "orca": Swimmer(
        6.0, _WHALE, 0.94, (0.02, 0.022, 0.028), (0.86, 0.86, 0.85), (0.02, 0.022, 0.028), fins=((0.4, 0.54, 0.2,
        0.03),),
        pectoral=(0.28, 0.19, 0.3), tail=0.17, flukes=True, fork=0.4, markings="orca", eye=(0.13, 0.0, 0.008),
        mouth=(0.13, -0.045), leaps=True,
    ),
    "whale": Swimmer(
        11.0, _WHALE, 1.0, (0.07, 0.13, 0.21), (0.70, 0.74, 0.77), (0.06, 0.12, 0.19), fins=((0.66, 0.74, 0.035,
        0.03),),
        pectoral=(0.27, 0.3, 0.45), tail=0.21, flukes=True, fork=0.45, eye=(0.17, -0.01, 0.012), mouth=(0.2, -0.02),
        leaps=True,
    ),
    "narwhal": Swimmer(
        4.2, _WHALE, 1.0, (0.38, 0.43, 0.48), (0.82, 0.83, 0.83), (0.30, 0.34, 0.39), pectoral=(0.28, 0.14, 0.4),
        tail=0.17, flukes=True,
        markings="speckles", mark=(0.12, 0.14, 0.17), eye=(0.12, 0.0, 0.012), mouth=(0.09, -0.03), tusk=0.55,
        leaps=True,
    ),
}  # fmt: skip
"""By noun of the lexicon."""
