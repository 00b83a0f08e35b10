"""Plants of their own kind: what each is drawn by, how large it is."""

from typing import Final

from imagined.engines.illustrator.figures import garden, trees
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.creatures import Creature

_GREEN: Final[Colour] = (0.08, 0.28, 0.05)
_YELLOW: Final[Colour] = (0.90, 0.60, 0.02)

FLORA: Final[dict[str, Creature]] = {
    "sunflower": Creature(1.6, "ground", lambda c, _, n, __: garden.daisy_like(c, (0.13, 0.06, 0.02), 1.35, 0.27, 17,
        n), (_YELLOW,), "plant", -0.9),
    "daisy": Creature(
        0.35, "ground", lambda c, _, n, __: garden.daisy_like(c, (0.84, 0.52, 0.03), 0.28, 0.065, 15, n), ((0.90,
        0.90, 0.88),), "plant", -0.9
    ),
    "tulip": Creature(
        0.42, "ground", lambda c, _, n, __: garden.tulip(c, n), ((0.76, 0.05, 0.06), (0.88, 0.60, 0.04), (0.80, 0.24,
        0.42), (0.44, 0.12, 0.46)),
        "plant", 0.0,
    ),
    "rose": Creature(0.48, "ground", lambda c, _, n, __: garden.rose(c, n), ((0.66, 0.02, 0.05), (0.84, 0.36, 0.46)),
        "plant", -0.9),
    "lavender": Creature(0.5, "ground", lambda c, _, n, __: garden.lavender(c, n), ((0.40, 0.22, 0.66),), "plant", 0.0),
    "cactus": Creature(3.1, "ground", lambda c, _, n, s: garden.cactus(c, n, s), ((0.14, 0.34, 0.12),), "plant", -1.2),
    "potted_cactus": Creature(0.24, "ground", lambda c, _, __, ___: garden.pot_cactus(c), ((0.16, 0.38, 0.12),),
        "plant", 0.0),
    "fern": Creature(1.1, "ground", lambda c, _, n, __: garden.fern(c, n), ((0.07, 0.26, 0.04),), "plant", 0.0),
    "potted_plant": Creature(0.62, "ground", lambda c, _, n, __: garden.pot_plant(c, "plant", n), (_GREEN,), "plant",
        0.0),
    "ivy": Creature(0.42, "ground", lambda c, _, n, __: garden.pot_plant(c, "ivy", n), ((0.06, 0.22, 0.05),),
        "plant", 0.0),
    "lily_pad": Creature(1.0, "water", lambda c, _, n, __: garden.lily_pad(c, n), ((0.86, 0.34, 0.52),), "plant", 0.0),
    "pumpkin": Creature(0.34, "ground", lambda c, _, __, ___: garden.pumpkin(c, False), ((0.84, 0.30, 0.02),),
        "plant", 0.0),
    "jack_o_lantern": Creature(0.34, "ground", lambda c, _, __, ___: garden.pumpkin(c, True), ((0.84, 0.30, 0.02),),
        "thing", -1.3),
    "brown_mushroom": Creature(0.2, "ground", lambda c, _, __, ___: garden.mushrooms(c), ((0.46, 0.24, 0.10),),
        "plant", -0.6),
    "bamboo": Creature(5.0, "ground", lambda c, _, n, __: trees.bamboo(c, n), ((0.26, 0.44, 0.08),), "plant", 0.0),
}  # fmt: skip
"""By noun of the lexicon."""

SEASONAL: Final = {"birch": (9.0, trees.birch), "willow": (7.5, trees.willow), "bonsai": (0.5, trees.bonsai)}
"""Longest side in metres, and how it is drawn in a season with a seed."""
