"""One builder per setting, found by name and loaded on first use."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Final

import numpy as np

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.styles.isometric import seen_isometrically
from imagined.engines.illustrator.world import World

Builder = Callable[[Scene, np.random.Generator], World]

_MODULES: Final[dict[str, str]] = {
    "arctic": "arctic",
    "beach": "beach",
    "city": "city",
    "desert": "desert",
    "forest": "forest",
    "meadow": "meadow",
    "mountains": "mountains",
    "sea": "sea",
    "sky": "sky",
    "space": "space",
    "studio": "studio",
}
"""Setting to the module here whose `build(scene, rng)` makes its world."""

_FALLBACK: Final = "meadow"


@lru_cache(maxsize=2)
def build_world(scene: Scene) -> World:
    """The world of a scene: the same scene always gives the same world."""
    name = _MODULES.get(scene.setting, _MODULES.get("meadow", _FALLBACK))
    module = import_module(f"{__name__}.{name}")
    builder: Builder = module.build
    world = builder(scene, np.random.default_rng(scene.seed))
    return seen_isometrically(world, scene) if scene.style == "isometric" else world
