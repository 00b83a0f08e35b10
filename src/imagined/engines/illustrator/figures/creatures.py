"""Animals with a rig of their own: what each is drawn by, how large it is, where it lives."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from imagined.engines.illustrator.figures import deep, insects, reptiles, shore
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.model import Figure


class Creature(NamedTuple):
    """What is known of an animal or plant before it is drawn."""

    size: float
    """Longest side, metres."""
    habitat: Literal["ground", "water", "air"]
    draw: Callable[[Colour, str, int, float], Figure]
    """Given a colour, a pose, a seed and the length of a triangle, metres."""
    colours: tuple[Colour, ...]
    """The seed picks one when the prompt names none."""
    family: str = "animal"
    yaw: float = -0.75


def _seal(noun: str) -> Creature:
    animal = shore.SEALS[noun]

    def draw(colour: Colour, pose: str, _: int, step: float) -> Figure:
        return shore.seal(replace(animal, coat=colour), pose, step)

    return Creature(animal.length * 1.3, "ground", draw, (animal.coat,))


def _saurian(noun: str, size: float, *colours: Colour) -> Creature:
    kind = reptiles.SAURIANS[noun]
    return Creature(size, "ground", lambda c, p, _, s: reptiles.saurian(kind, c, p, s), colours, yaw=-0.6)


def _insect(noun: str, colour: Colour, habitat: Literal["ground", "air"] = "ground", yaw: float = -0.6) -> Creature:
    kind = insects.INSECTS[noun]
    wide = max([1.0, kind.reach * 2 + 0.3, *(2 * span for span, _, _ in kind.wings)])
    return Creature(kind.length * wide, habitat, lambda c, p, _, __: insects.insect(kind, c, p), (colour,), yaw=yaw)


_RED: Final[Colour] = (0.68, 0.07, 0.03)

CREATURES: Final[dict[str, Creature]] = {
    **{noun: _seal(noun) for noun in shore.SEALS},
    "turtle": Creature(0.4, "ground", lambda c, p, _, s: shore.turtle(c, p, False, s), ((0.34, 0.24, 0.08),)),
    "sea_turtle": Creature(1.4, "water", lambda c, p, _, s: shore.turtle(c, p, True, s), ((0.24, 0.20, 0.08),),
        yaw=-0.55),
    "crab": Creature(0.4, "ground", lambda c, _, __, s: shore.crab(c, s), (_RED,), yaw=-1.25),
    "lobster": Creature(0.5, "ground", lambda c, _, __, s: shore.lobster(c, s), (_RED,), yaw=-0.6),
    "snail": Creature(0.13, "ground", lambda c, _, __, s: shore.snail(c, s), ((0.52, 0.26, 0.10),), yaw=-0.35),
    "starfish": Creature(0.2, "ground", lambda c, _, __, s: shore.starfish(c, s), ((0.85, 0.30, 0.08),), yaw=-1.4),
    "seashell": Creature(
        0.2, "ground", lambda c, _, __, ___: shore.shell(c), ((0.88, 0.62, 0.52), (0.88, 0.80, 0.66)), "thing", -1.4
    ),
    "octopus": Creature(0.8, "water", lambda c, p, _, s: deep.octopus(c, p, s), ((0.66, 0.18, 0.16), (0.48, 0.16,
        0.42)), yaw=-1.1),
    "squid": Creature(0.9, "water", lambda c, _, __, s: deep.squid(c, s), ((0.74, 0.36, 0.34),), yaw=-0.35),
    "jellyfish": Creature(
        0.58, "water", lambda c, _, n, __: deep.jellyfish(c, n), ((0.80, 0.42, 0.62), (0.36, 0.50, 0.86), (0.86,
        0.55, 0.34)), yaw=0.0
    ),
    "seahorse": Creature(0.2, "water", lambda c, _, __, s: deep.seahorse(c, s), ((0.86, 0.52, 0.06),), yaw=-0.4),
    "crocodile": _saurian("crocodile", 3.4, (0.17, 0.24, 0.09)),
    "lizard": _saurian("lizard", 0.3, (0.16, 0.42, 0.10), (0.30, 0.24, 0.10)),
    "iguana": _saurian("iguana", 1.0, (0.20, 0.36, 0.10)),
    "chameleon": _saurian("chameleon", 0.25, (0.14, 0.48, 0.09)),
    "snake": Creature(0.55, "ground", lambda c, _, __, s: reptiles.snake(c, s), ((0.22, 0.42, 0.08), (0.62, 0.42,
        0.12)), yaw=-0.9),
    "frog": Creature(0.16, "ground", lambda c, p, _, s: reptiles.frog(c, p, s), ((0.16, 0.50, 0.07),), yaw=-0.85),
    "caterpillar": Creature(0.09, "ground", lambda c, _, __, ___: reptiles.caterpillar(c), ((0.34, 0.62, 0.08),),
        yaw=-0.45),
    "bee": _insect("bee", (0.86, 0.56, 0.03)),
    "wasp": _insect("wasp", (0.86, 0.62, 0.03)),
    "fly": _insect("fly", (0.06, 0.12, 0.12)),
    "ant": _insect("ant", (0.20, 0.06, 0.03)),
    "dragonfly": _insect("dragonfly", (0.04, 0.36, 0.52), "air", -0.9),
    "spider": _insect("spider", (0.12, 0.08, 0.06), yaw=-1.0),
    "grasshopper": _insect("grasshopper", (0.24, 0.48, 0.07)),
    "ladybird": Creature(0.01, "ground", lambda c, p, _, __: insects.ladybird(c, p), ((0.72, 0.04, 0.02),), yaw=-0.7),
    "butterfly": Creature(
        0.09, "air", lambda c, p, _, __: insects.butterfly(c, p), ((0.88, 0.36, 0.03), (0.10, 0.36, 0.80)), "bird", -0.9
    ),
    "ray": Creature(2.3, "water", lambda c, _, __, s: deep.ray(c, s), ((0.10, 0.15, 0.22),), yaw=-0.7),
}  # fmt: skip
"""By noun of the lexicon."""
