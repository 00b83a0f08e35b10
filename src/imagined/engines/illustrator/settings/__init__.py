"""One builder per setting, found by name and loaded on first use."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Final

import numpy as np

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.nearest import NEAREST
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
    "room": "room",
    "bedroom": "bedroom",
    "kitchen": "kitchen",
    "library": "library",
    "cafe": "cafe",
    "restaurant": "restaurant",
    "classroom": "classroom",
    "office": "office",
    "workshop": "workshop",
    "stage": "stage",
    "museum": "museum",
    "church": "church",
    "train_interior": "train_interior",
    "table_top": "table_top",
    "street": "streets.street",
    "village": "villages.village",
    "snow_village": "villages.snow_village",
    "castle_hill": "villages.castle_hill",
    "harbour": "harbours.harbour",
    "park": "gardens.park",
    "garden": "gardens.garden",
    "japanese_garden": "gardens.japanese_garden",
    "river": "rivers.river",
    "bridge": "rivers.bridge",
    "lake": "rivers.lake",
    "valley": "rivers.valley",
    "cliff_coast": "waterside.cliffs",
    "waterfall": "wilds.waterfall",
    "canyon": "wilds.canyon",
    "volcano": "volcanoes.volcano",
    "jungle": "wilds.jungle",
    "ruins": "temples.ruins",
    "underwater": "depths.underwater",
    "market": "markets.market",
    "playground": "markets.playground",
    "rooftop": "rooftops.rooftop",
    "cave": "caves.cave",
    "field": "fields.field",
    "farm": "fields.farm",
    "vineyard": "fields.vineyard",
    "road": "roads.road",
    "railway": "roads.railway",
}
"""Setting to the module here whose `build(scene, rng)`, or the function named, makes its world."""

_FALLBACK: Final = "meadow"


def built(setting: str) -> str:
    """The setting whose builder makes this one: itself, or the nearest that has a builder."""
    return next((name for name in (setting, *NEAREST.get(setting, ())) if name in _MODULES), _FALLBACK)


@lru_cache(maxsize=2)
def build_world(scene: Scene) -> World:
    """The world of a scene: the same scene always gives the same world."""
    where, _, function = _MODULES[built(scene.setting)].partition(".")
    builder: Builder = getattr(import_module(f"{__name__}.{where}"), function or "build")
    world = builder(scene, np.random.default_rng(scene.seed))
    return seen_isometrically(world, scene) if scene.style == "isometric" else world
