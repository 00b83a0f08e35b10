"""What an animal is made of: proportions, coat and what grows on it, the same for every rig of the furred."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.coats import Pattern

Ear = Literal["flop", "point", "round", "long", "leaf", "fan", "none"]
Tail = Literal["up", "brush", "down", "hair", "stub", "thin", "tuft", "curl", "paddle", "heavy", "plume", "none"]


@dataclass(frozen=True)
class Animal:
    """Proportions in metres for an adult of usual size, and its coat."""

    height: float
    """Ground to the top of the shoulders."""
    length: float
    """Hip joint to shoulder joint."""
    chest: float
    belly: float
    rump: float
    neck: float
    neck_angle: float
    """Degrees above level, standing."""
    head: float
    """Radius of the skull."""
    snout: float
    """Length of the muzzle beyond the skull, in skull radii."""
    muzzle: float
    """Thickness of the muzzle, in skull radii."""
    leg: float
    """Radius of the lower leg."""
    coat: Colour
    light: Colour
    """Belly, muzzle and throat."""
    dark: Colour
    """Paws or hooves."""
    nose: Colour = (0.03, 0.025, 0.025)
    ear: Ear = "point"
    ear_size: float = 1.0
    tail: Tail = "down"
    tail_length: float = 0.3
    neck_width: float = 0.75
    """Of the chest's radius, at the base."""
    hooves: bool = False
    mane: Colour | None = None
    ruff: Colour | None = None
    """A full collar of hair, as lions have."""
    eye_size: float = 0.2
    iris: Colour = (0.03, 0.02, 0.015)
    pattern: Pattern = "plain"
    pattern_colour: Colour = (0.05, 0.04, 0.035)
    points: Colour | None = None
    """Ears, mask, feet and tail, where they differ from the coat, as a Siamese cat's do."""
    extras: tuple[str, ...] = ()
    """What `heads` and `growths` know: ``antlers``, ``horns``, ``trunk``, ``wings``, ``humps``, ``spines`` ..."""


_LENGTHS = ("height", "length", "chest", "belly", "rump", "neck", "head", "leg", "tail_length")


def scaled(animal: Animal, factor: float, **changes: Any) -> Animal:
    """The animal at another size; `changes` then replace fields, lengths among them in metres."""
    lengths: dict[str, Any] = {name: getattr(animal, name) * factor for name in _LENGTHS}
    return replace(animal, **(lengths | changes))
