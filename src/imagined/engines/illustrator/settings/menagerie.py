"""Animals on the stage: which are ridden and which fly, how they are seen in water, and how small ones are shown."""

from typing import Final

import numpy as np

from imagined.engines.illustrator.figures import CATALOGUE
from imagined.engines.illustrator.figures.aviary import BIRDS
from imagined.engines.illustrator.figures.swimmers import SWIMMERS
from imagined.engines.illustrator.scene import Scene, Subject

RIDDEN: Final = frozenset(
    {"donkey", "pony", "pegasus", "dragon", "bull", "bison", "moose", "reindeer", "llama", "rhinoceros", "ostrich"}
    | {"hippopotamus", "dolphin", "orca", "sea_turtle", "turtle", "long_neck", "triceratops", "stegosaurus", "goat"}
)
"""Animals that may carry a rider."""
FLYING: Final = frozenset(
    (frozenset(BIRDS) - {"penguin", "ostrich", "chick", "chicken"})
    | {"bat", "bee", "wasp", "fly", "ladybird", "dragonfly", "dragon", "pegasus"}
)
"""Animals that fly when they are asked to."""
_TINY, _SHARE, _LARGEST = 0.3, 0.2, 0.45
"""Metres up to which an animal may grow, the share of its host that it grows to, and its largest size, metres."""


def pose_in_water(scene: Scene, subject: Subject, pose: str) -> str:
    """The pose in which a water animal is seen: it swims under water; at the surface fish are seen when they leap."""
    if CATALOGUE[subject.noun].habitat != "water" or pose != "standing":
        return pose
    if str(scene.setting) == "underwater":
        return "swimming"
    return "jumping" if subject.noun in SWIMMERS and scene.setting == "sea" else pose


def enlarged(subject: Subject, beside: float) -> float:
    """How much a small animal grows to be seen beside a thing of `beside` metres, as in a picture book; 1 or more."""
    kind = CATALOGUE[subject.noun]
    own = kind.size * subject.size
    if kind.family not in ("animal", "bird") or own > _TINY:
        return 1.0
    return float(np.clip(_SHARE * beside / own, 1.0, max(1.0, _LARGEST / own)))
