"""Architecture: each function raises one tower on a plot, out of prisms."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.settings.facade import Style
from imagined.engines.illustrator.settings.masonry import Masonry, Plan, rectangle, ring, turned
from imagined.engines.illustrator.world import Vector

_STEEL: Final = (0.10, 0.10, 0.12)
_RED: Final = (3.4, 0.16, 0.10)


@dataclass(frozen=True)
class Plot:
    """Where a tower stands and how big it may be, metres."""

    x: float
    z: float
    width: float
    depth: float
    height: float
    ground: float = 3.0
    yaw: float = 0.0

    def at(self, plan: Plan) -> Plan:
        """The plan moved here."""
        moved: Plan = turned(plan, self.yaw) + np.array([self.x, self.z])
        return moved


Raise = Callable[[Masonry, Plot, Style, np.random.Generator], None]


def setback(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """Tiers that step back, each smaller than the one it stands on."""
    tiers = int(rng.integers(2, 6))
    width, depth = plot.width, plot.depth
    cut = float(rng.choice([0.0, 0.0, 0.12, 0.22])) * min(width, depth)
    shares = np.sort(rng.uniform(0.35, 0.95, tiers - 1))
    levels = [0.0, *(float(share) for share in shares), 1.0]
    seed = int(rng.integers(1 << 30))
    for low, high in itertools.pairwise(levels):
        plan = plot.at(rectangle(width, depth, cut))
        bottom, top = plot.ground + low * plot.height, plot.ground + high * plot.height
        tier = style if high == 1.0 else replace(style, crown_height=style.crown_height * 0.4)
        city.prism(plan, plan, bottom, top, tier, seed, base=plot.ground)
        width *= float(rng.uniform(0.66, 0.86))
        depth *= float(rng.uniform(0.66, 0.86))
        cut *= 0.8
    _top(city, plot, width, rng)


def slab(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """A plain block, flat or with a slanted top."""
    plan = plot.at(rectangle(plot.width, plot.depth))
    top = plot.ground + plot.height
    seed = int(rng.integers(1 << 30))
    if rng.random() < 0.45:
        low = top - float(rng.uniform(0.25, 0.7)) * plot.width
        tops = [low, top, top, low] if rng.random() < 0.5 else [top, low, low, top]
        city.prism(plan, plan, plot.ground, tops, style, seed, base=plot.ground)
        return
    city.prism(plan, plan, plot.ground, top, style, seed, base=plot.ground)
    _clutter(city, plot, rng)
    if rng.random() < 0.5:
        _top(city, plot, plot.width * 0.5, rng)


def tapered(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """An obelisk with a spire."""
    sides = int(rng.choice([4, 4, 6, 8]))
    radius = min(plot.width, plot.depth) / 2 * (1.25 if sides == 4 else 1.0)
    yaw = 0.0 if sides == 4 else float(rng.uniform(0, 1))
    body = float(rng.uniform(0.78, 0.9))
    foot = plot.at(turned(ring(sides, radius), yaw))
    neck = float(rng.uniform(0.3, 0.55))
    shoulder = plot.at(turned(ring(sides, radius * neck), yaw))
    seed = int(rng.integers(1 << 30))
    at = plot.ground + plot.height * body
    city.prism(foot, shoulder, plot.ground, at, style, seed, base=plot.ground)
    tip = plot.at(ring(sides, radius * 0.03))
    city.prism(
        shoulder,
        tip,
        at,
        plot.ground + plot.height * 1.04,
        replace(style, lit=style.lit * 0.3, crown_height=style.crown_height * 2.2),
        seed + 5,
        base=plot.ground,
    )
    _antenna(city, plot, plot.ground + plot.height * 1.03, plot.height * float(rng.uniform(0.08, 0.2)), rng)


def round_tower(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """A tower of circular or elliptic plan whose width swells and narrows."""
    radius = min(plot.width, plot.depth) / 2
    depth = radius * float(rng.choice([1.0, 1.0, 0.65]))
    kind = int(rng.integers(4))
    levels = np.linspace(0.0, 1.0, 15)
    profile = (
        np.ones_like(levels),
        0.78 + 0.30 * np.sin(np.pi * (levels * 0.9 + 0.15)),
        1.0 - 0.34 * np.sin(np.pi * levels * 0.92),
        np.sqrt(np.clip(1.0 - (levels * 0.985) ** 3.2, 0.0, 1.0)),
    )[kind]
    seed = int(rng.integers(1 << 30))
    style = replace(style, edge_width=0.0, fin_every=0)
    # The profile must not leave a facade of less than a storey.
    for low, high, one, two in zip(levels[:-1], levels[1:], profile[:-1], profile[1:], strict=True):
        foot = plot.at(ring(28, radius * float(one), depth * float(one)))
        head = plot.at(ring(28, radius * float(two), depth * float(two)))
        tier = style if high == 1.0 else replace(style, crown_height=0.0)
        city.prism(
            foot,
            head,
            plot.ground + low * plot.height,
            plot.ground + high * plot.height,
            tier,
            seed,
            rounded=True,
            base=plot.ground,
        )
    if kind < 3:
        _halo(city, plot, radius * float(profile[-1]), depth * float(profile[-1]), style)
        _top(city, plot, radius, rng)
    else:
        _antenna(city, plot, plot.ground + plot.height * 0.985, plot.height * 0.16, rng)


def twisted(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """A square tower that turns as it rises."""
    turn = float(rng.uniform(0.6, 1.5)) * float(rng.choice([-1, 1]))
    levels = np.linspace(0.0, 1.0, 22)
    half = min(plot.width, plot.depth) * 0.92
    seed = int(rng.integers(1 << 30))
    shrink = float(rng.uniform(0.1, 0.35))
    for low, high in itertools.pairwise(levels):
        foot = plot.at(turned(rectangle(half, half, half * 0.12), turn * low) * (1 - shrink * low))
        head = plot.at(turned(rectangle(half, half, half * 0.12), turn * high) * (1 - shrink * high))
        tier = style if high == 1.0 else replace(style, crown_height=0.0)
        city.prism(
            foot, head, plot.ground + low * plot.height, plot.ground + high * plot.height, tier, seed, base=plot.ground
        )
    _top(city, plot, half * 0.5, rng)


def twins(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """Two slim towers joined by bridges."""
    seed = int(rng.integers(1 << 30))
    gap = plot.width * 0.30
    for side, share in ((-1, 1.0), (1, float(rng.uniform(0.82, 1.0)))):
        height = plot.height * share
        shaft = rectangle(plot.width * 0.36, plot.depth * 0.8, plot.width * 0.05) + np.array([side * gap, 0.0])
        head = shaft.copy()
        head[:, 0] -= side * plot.width * 0.04
        city.prism(
            plot.at(shaft), plot.at(head), plot.ground, plot.ground + height, style, seed + side, base=plot.ground
        )
        centre = plot.at(np.array([[side * gap * 0.9, 0.0]]))[0]
        _mast(city, float(centre[0]), plot.ground + height, float(centre[1]), height * 0.12)
    bridge = plot.at(rectangle(plot.width * 0.5, plot.depth * 0.3))
    for share in (0.45, 0.72):
        low = plot.ground + plot.height * share
        city.prism(bridge, bridge, low, low + 8.0, replace(style, lit=0.95, edge_width=0.0), seed + 9, base=low)


def needle(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """A slender shaft with a lit disc and a mast."""
    radius = min(plot.width, plot.depth) * 0.16
    seed = int(rng.integers(1 << 30))
    plain = replace(style, edge_width=0.0, fin_every=0, crown_height=0.0, lit=0.25)
    disc = plot.ground + plot.height * 0.78
    city.prism(
        plot.at(ring(16, radius * 1.6)), plot.at(ring(16, radius * 0.7)), plot.ground, disc, plain, seed, rounded=True
    )
    bright = replace(style, lit=1.0, rows=1.0, edge_width=0.0, fin_every=0, crown_height=0.0, window_height=0.75)
    rims = ((0.7, 0.0), (3.2, 5.0), (3.4, 10.0), (2.1, 15.0), (0.6, 22.0))
    for (one, low), (two, high) in itertools.pairwise(rims):
        foot, head = plot.at(ring(28, radius * one)), plot.at(ring(28, radius * two))
        city.prism(foot, head, disc + low, disc + high, bright, seed + 3, rounded=True, base=disc)
    _halo(city, replace(plot, height=disc + 10.0 - plot.ground), radius * 3.45, radius * 3.45, style)
    _antenna(city, plot, disc + 22.0, plot.height * 0.24, rng)


def sail(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """A tower with one straight and one bowed side."""
    seed = int(rng.integers(1 << 30))
    side = float(rng.choice([-1.0, 1.0]))
    levels = np.linspace(0.0, 1.0, 16)
    for low, high in itertools.pairwise(levels):
        plans = []
        for level in (low, high):
            width = plot.width * (1.0 - 0.88 * level**2.2)
            plan = rectangle(max(width, 0.6), plot.depth * (1 - 0.5 * level))
            plan[:, 0] += side * (plot.width - width) / 2
            plans.append(plot.at(plan))
        tier = style if high == 1.0 else replace(style, crown_height=0.0)
        city.prism(
            plans[0],
            plans[1],
            plot.ground + low * plot.height,
            plot.ground + high * plot.height,
            tier,
            seed,
            base=plot.ground,
        )
    tip = plot.at(np.array([[side * plot.width * 0.46, 0.0]]))[0]
    _mast(city, float(tip[0]), plot.ground + plot.height, float(tip[1]), plot.height * 0.14)


def house(city: Masonry, plot: Plot, style: Style, rng: np.random.Generator) -> None:
    """A low building with roof clutter, for the rows at the front."""
    plan = plot.at(rectangle(plot.width, plot.depth))
    top = plot.ground + plot.height
    city.prism(plan, plan, plot.ground, top, style, int(rng.integers(1 << 30)), base=plot.ground)
    _clutter(city, plot, rng)


FUTURISTIC: Final[tuple[tuple[Raise, float], ...]] = (
    (setback, 0.20), (slab, 0.16), (tapered, 0.14), (round_tower, 0.18),
    (twisted, 0.10), (twins, 0.08), (needle, 0.03), (sail, 0.11),
)  # fmt: skip
"""Towers of a city of the future, with their shares."""

MODERN: Final[tuple[tuple[Raise, float], ...]] = (
    (setback, 0.36), (slab, 0.40), (tapered, 0.08), (round_tower, 0.10), (twins, 0.03), (sail, 0.03),
)  # fmt: skip
"""Towers of a city of today."""


def _top(city: Masonry, plot: Plot, width: float, rng: np.random.Generator) -> None:
    if plot.height > 60 and rng.random() < 0.75:
        _antenna(city, plot, plot.ground + plot.height, max(8.0, plot.height * float(rng.uniform(0.06, 0.22))), rng)
        return
    city.block((plot.x, plot.ground + plot.height, plot.z), (width * 0.5, 4.0, width * 0.4), _STEEL)
    if plot.height > 50:
        city.glow((plot.x, plot.ground + plot.height + 5.0, plot.z), _RED, 0.36, 0.5)


def _antenna(city: Masonry, plot: Plot, bottom: float, length: float, rng: np.random.Generator) -> None:
    radius = max(0.35, length * 0.022)
    centre = np.array([plot.x, plot.z])
    top = bottom + length
    city.spike(ring(5, radius) + centre, ring(5, 0.12) + centre, bottom - 1.0, top, _STEEL)
    if rng.random() < 0.5:
        city.block((plot.x, bottom, plot.z), (radius * 5, length * 0.12, radius * 5), _STEEL)
    city.glow((plot.x, top, plot.z), _RED, 0.48, 0.5 if rng.random() < 0.6 else 0.0)
    if length > 25:
        city.glow((plot.x, bottom + length * 0.5, plot.z), _RED, 0.36)


def _mast(city: Masonry, x: float, bottom: float, z: float, length: float) -> None:
    centre = np.array([x, z])
    city.spike(ring(5, 0.5) + centre, ring(5, 0.12) + centre, bottom - 2.0, bottom + length, _STEEL)
    city.glow((x, bottom + length, z), _RED, 0.42, 0.5)


def _halo(city: Masonry, plot: Plot, radius: float, depth: float, style: Style) -> None:
    """A ring of light around the top of a round tower."""
    colour = style.crown if any(style.crown) else tuple(value * 1.6 for value in style.light)
    height = plot.ground + plot.height
    plan = plot.at(ring(28, radius * 1.03, depth * 1.03))
    shown: Vector = (colour[0], colour[1], colour[2])
    city.spike(plan, plan, height - 1.4, height + 0.5, _STEEL, shown)
    city.polygon([(float(x), height + 0.52, float(z)) for x, z in plan], (0, 1, 0), (0.04, 0.04, 0.05))


def _clutter(city: Masonry, plot: Plot, rng: np.random.Generator) -> None:
    """Machine rooms, tanks and masts on a flat roof."""
    top = plot.ground + plot.height
    for _ in range(int(rng.integers(1, 4))):
        across, along = rng.uniform(-0.32, 0.32, 2)
        spot = plot.at(np.array([[across * plot.width, along * plot.depth]]))[0]
        size = rng.uniform(0.1, 0.25, 2) * np.array([plot.width, plot.depth])
        city.block(
            (float(spot[0]), top, float(spot[1])),
            (float(size[0]), float(rng.uniform(2, 5)), float(size[1])),
            (0.07, 0.07, 0.08),
            yaw=plot.yaw,
        )
    if rng.random() < 0.3:
        spot = plot.at(np.array([[0.2 * plot.width, 0.1 * plot.depth]]))[0]
        _mast(city, float(spot[0]), top + 2.0, float(spot[1]), float(rng.uniform(6, 14)))
