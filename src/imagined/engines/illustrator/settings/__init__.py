"""One builder per setting, found by name and loaded on first use."""

from collections.abc import Callable
from importlib import import_module
from typing import Final

import numpy as np

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.world import World

Builder = Callable[[Scene, np.random.Generator], World]

_MODULES: Final[dict[str, str]] = {
    "city": "city",
}
"""Setting to the module here whose `build(scene, rng)` makes its world."""

_FALLBACK: Final = "city"


def build_world(scene: Scene) -> World:
    """The world of a scene: the same scene always gives the same world."""
    name = _MODULES.get(scene.setting, _MODULES.get("meadow", _FALLBACK))
    module = import_module(f"{__name__}.{name}")
    builder: Builder = module.build
    return builder(scene, np.random.default_rng(scene.seed))
