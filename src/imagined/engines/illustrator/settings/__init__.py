"""One builder per setting, found by name and loaded on first use."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Final

import numpy as np

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.nearest import NEAREST
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


def built(setting: str) -> str:
    """The setting whose builder makes this one: itself, or the nearest that has a builder."""
    return next((name for name in (setting, *NEAREST.get(setting, ())) if name in _MODULES), _FALLBACK)


@lru_cache(maxsize=2)
def build_world(scene: Scene) -> World:
    """The world of a scene: the same scene always gives the same world."""
    name = _MODULES[built(scene.setting)]
    module = import_module(f"{__name__}.{name}")
    builder: Builder = module.build
    return builder(scene, np.random.default_rng(scene.seed))
