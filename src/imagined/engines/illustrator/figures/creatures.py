"""Animals with a rig of their own: what each is drawn by, how large it is, where it lives."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from imagined.engines.illustrator.figures import deep, shore
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

    def draw(colour: Colour, pose: str, seed: int, step: float) -> Figure:
        return shore.seal(replace(animal, coat=colour), pose, step)

    return Creature(animal.length * 1.3, "ground", draw, (animal.coat,))


_RED: Final[Colour] = (0.68, 0.07, 0.03)

CREATURES: Final[dict[str, Creature]] = {
    **{noun: _seal(noun) for noun in shore.SEALS},
    "turtle": Creature(0.4, "ground", lambda c, p, _, s: shore.turtle(c, p, False, s), ((0.34, 0.24, 0.08),)),
    "sea_turtle": Creature(1.4, "water", lambda c, p, _, s: shore.turtle(c, p, True, s), ((0.24, 0.20, 0.08),), yaw=-0.55),
    "crab": Creature(0.4, "ground", lambda c, _, __, s: shore.crab(c, s), (_RED,), yaw=-1.25),
    "lobster": Creature(0.5, "ground", lambda c, _, __, s: shore.lobster(c, s), (_RED,), yaw=-0.6),
    "snail": Creature(0.13, "ground", lambda c, _, __, s: shore.snail(c, s), ((0.52, 0.26, 0.10),), yaw=-0.35),
    "starfish": Creature(0.2, "ground", lambda c, _, __, s: shore.starfish(c, s), ((0.85, 0.30, 0.08),), yaw=-1.4),
    "seashell": Creature(
        0.2, "ground", lambda c, _, __, s: shore.shell(c, s), ((0.88, 0.62, 0.52), (0.88, 0.80, 0.66)), "thing", -1.4
    ),
    "octopus": Creature(0.8, "water", lambda c, p, _, s: deep.octopus(c, p, s), ((0.66, 0.18, 0.16), (0.48, 0.16, 0.42)), yaw=-1.1),
    "squid": Creature(0.9, "water", lambda c, _, __, s: deep.squid(c, s), ((0.74, 0.36, 0.34),), yaw=-0.35),
    "jellyfish": Creature(
        0.58, "water", lambda c, _, n, __: deep.jellyfish(c, n), ((0.80, 0.42, 0.62), (0.36, 0.50, 0.86), (0.86, 0.55, 0.34)), yaw=0.0
    ),
    "seahorse": Creature(0.2, "water", lambda c, _, __, s: deep.seahorse(c, s), ((0.86, 0.52, 0.06),), yaw=-0.4),
    "ray": Creature(2.3, "water", lambda c, _, __, s: deep.ray(c, s), ((0.10, 0.15, 0.22),), yaw=-0.7),
}  # fmt: skip
"""By noun of the lexicon."""
