"""The scene tree: what a prompt was understood to say, typed, printable and stored in the receipt of each result.

A scene plus its seed decides the picture: building the world from the same tree gives the same world, so that an
edit changes the tree and re-renders, and a video moves the camera through the world the tree describes.
"""

from typing import Any, Literal

import msgspec

Setting = Literal[
    "city", "mountains", "forest", "sea", "desert", "meadow", "space", "beach", "arctic", "sky", "studio",
    "room", "bedroom", "kitchen", "library", "cafe", "restaurant", "classroom", "office", "workshop", "stage",
    "museum", "church", "train_interior", "table_top", "street", "village", "harbour", "castle_hill", "park",
    "japanese_garden", "garden", "field", "farm", "road", "bridge", "river", "lake", "waterfall", "canyon",
    "valley", "volcano", "jungle", "ruins", "underwater", "market", "railway", "cliff_coast", "snow_village",
    "playground", "rooftop", "cave", "vineyard",
]  # fmt: skip
TimeOfDay = Literal["dawn", "day", "sunset", "dusk", "night"]
Weather = Literal["clear", "cloudy", "overcast", "rain", "snow", "fog", "storm"]
Season = Literal["spring", "summer", "autumn", "winter"]
Relation = Literal[
    "on", "in", "under", "beside", "behind", "riding", "flying", "holding", "between", "around", "against", "through",
    "across", "along", "over", "reflected", "front",
]  # fmt: skip
"""``flying`` is over something in the air; ``over`` is a bridge over a river; ``front`` is in front of."""
Style = Literal[
    "illustration", "photo", "oil", "watercolour", "ink", "pencil", "pixel_art", "poster", "paper_cut", "anime",
    "print", "neon", "isometric", "logo", "blueprint",
]  # fmt: skip
Lighting = Literal[
    "backlit", "candlelight", "firelight", "lamplight", "neon", "golden_hour", "moonlight", "sunlight", "spotlight",
    "soft", "dramatic",
]  # fmt: skip
Framing = Literal[
    "close_up", "portrait", "full_body", "wide", "aerial", "low_angle", "high_angle", "isometric", "macro",
    "over_the_shoulder", "side", "front", "back",
]  # fmt: skip
CameraMove = Literal[
    "static",
    "pull_back",
    "push_in",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "orbit",
    "rise",
    "fly_through",
]


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A thing in the scene: what, how many, what like, doing what, and where."""

    noun: str
    """A concept of the lexicon (``dog``), not the word that was written (``puppy``)."""
    count: int = 1
    colour: str | None = None
    size: float = 1.0
    """Relative to the noun's usual size."""
    pose: str = "standing"
    relation: Relation | None = None
    target: int | None = None
    """Index of the subject that `relation` refers to; None means the ground or setting."""
    also: int | None = None
    """Index of the second subject of ``between``."""
    word: str = ""
    """What was written, in the singular: ``husky`` for a `noun` of ``dog``."""
    concept: str | None = None
    """What was meant, where `noun` is only the nearest thing with a figure: ``tram`` for a ``car``."""
    material: str | None = None
    attributes: tuple[str, ...] = ()
    """Adjectives as they were said: ``old``, ``sleepy``, ``fluffy``."""
    action: str | None = None
    """What it does, in one word, also where no pose shows it: ``feeding``."""
    holding: str | None = None
    """A concept that is held, read, played or eaten: ``book``, ``umbrella``, ``kite``. No subject of its own."""
    holding_colour: str | None = None
    wearing: tuple[str, ...] = ()
    """``red scarf``, ``hat``."""


class Lettering(msgspec.Struct, frozen=True, kw_only=True):
    """Words to be seen in the picture."""

    text: str
    on: str = "sign"
    """``sign``, ``poster``, ``book``, ``cake`` ..., or ``title``: what the prompt is about cannot be drawn, so that
    its words stand in the picture."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A word that has no figure of its own, and the nearest thing that has one."""

    word: str
    concept: str


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """Something an edit put into the scene; `seed` decides its details."""

    kind: str
    """``neon_signs`` and others the editor knows."""
    seed: int
    count: int = 0
    """0: as many as look right."""
    colour: str | None = None
    text: tuple[str, ...] = ()
    """Words to be lettered, from quotes in the instruction."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One understood prompt. Every field has a default, so that old receipts keep loading."""

    seed: int
    prompt: str = ""
    setting: Setting = "meadow"
    time: TimeOfDay = "day"
    weather: Weather = "clear"
    season: Season = "summer"
    traits: tuple[str, ...] = ()
    """Words that colour the setting: ``futuristic``, ``old``, ``foggy``, ``japanese``, ``mars`` ..."""
    subjects: tuple[Subject, ...] = ()
    additions: tuple[Addition, ...] = ()
    style: Style = "illustration"
    """The manner in which it is drawn."""
    aspect_ratio: str = "1:1"
    """Composition depends on it; the size in pixels does not change the picture."""
    unknown: tuple[str, ...] = ()
    """Words nobody here knows; kept so that `explain` and the receipt can say so."""
    light: Lighting | None = None
    framing: Framing | None = None
    mood: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Concepts that the prompt rules out."""
    lettering: tuple[Lettering, ...] = ()
    taken: tuple[Taken, ...] = ()
    version: int = 1


def to_receipt(scene: Scene) -> dict[str, Any]:
    """The scene as plain JSON-compatible data, defaults included."""
    data: dict[str, Any] = msgspec.to_builtins(scene)
    return data


def from_receipt(data: object) -> Scene | None:
    """The scene of a receipt, or None when there is none or it is not one this version understands."""
    try:
        scene = msgspec.convert(data, Scene)
    except msgspec.ValidationError:
        return None
    return scene if scene.version == 1 else None
