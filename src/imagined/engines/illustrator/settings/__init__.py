"""One builder per setting, found by name and loaded on first use."""

from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

import numpy as np

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.world import World

Builder = Callable[[Scene, np.random.Generator], World]

NEAREST: Final[dict[str, tuple[str, ...]]] = {
    "room": ("studio",),
    "bedroom": ("room", "studio"),
    "kitchen": ("room", "studio"),
    "library": ("room", "studio"),
    "cafe": ("restaurant", "room", "studio"),
    "restaurant": ("cafe", "room", "studio"),
    "classroom": ("office", "room", "studio"),
    "office": ("room", "studio"),
    "workshop": ("room", "studio"),
    "stage": ("studio",),
    "museum": ("room", "studio"),
    "church": ("museum", "room", "studio"),
    "train_interior": ("room", "studio"),
    "table_top": ("studio",),
    "street": ("city",),
    "village": ("street", "meadow"),
    "harbour": ("beach", "sea"),
    "castle_hill": ("mountains",),
    "park": ("garden", "meadow"),
    "japanese_garden": ("garden", "forest"),
    "garden": ("park", "meadow"),
    "field": ("farm", "meadow"),
    "farm": ("field", "meadow"),
    "road": ("meadow",),
    "bridge": ("river", "mountains"),
    "river": ("lake", "mountains"),
    "lake": ("river", "mountains"),
    "waterfall": ("river", "forest"),
    "canyon": ("desert",),
    "valley": ("mountains",),
    "volcano": ("mountains",),
    "jungle": ("forest",),
    "ruins": ("desert",),
    "underwater": ("sea",),
    "market": ("street", "city"),
    "railway": ("road", "meadow"),
    "cliff_coast": ("beach",),
    "snow_village": ("village", "mountains"),
    "playground": ("park", "meadow"),
    "rooftop": ("city",),
    "cave": ("canyon", "mountains"),
    "vineyard": ("field", "meadow"),
}
"""Where a setting is built, best first, as long as there is no module of its own name here."""

_FALLBACK: Final = "meadow"


@cache
def builder_name(setting: str) -> str:
    """The module here whose `build(scene, rng)` makes the world of a setting: its own, or the nearest there is."""
    names = (setting, *NEAREST.get(setting, ()))
    return next((name for name in names if find_spec(f"{__name__}.{name}") is not None), _FALLBACK)


@lru_cache(maxsize=2)
def build_world(scene: Scene) -> World:
    """The world of a scene: the same scene always gives the same world."""
    module = import_module(f"{__name__}.{builder_name(scene.setting)}")
    builder: Builder = module.build
    return builder(scene, np.random.default_rng(scene.seed))
