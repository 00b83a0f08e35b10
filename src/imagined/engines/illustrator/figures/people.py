"""Who stands on two legs, by noun, and how one of them differs from the next."""

from dataclasses import replace
from typing import Final

from imagined.engines.illustrator.figures.biped import HairKind, Person
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.folk import (
    FOLK,
    HAIRS,
    SKINS,
)
from imagined.engines.illustrator.figures.trades import TRADES

PEOPLE: Final[dict[str, Person]] = {**FOLK, **TRADES}
"""By noun of the lexicon."""
_MENS: Final[tuple[HairKind, ...]] = ("short", "short", "curly", "spiky", "short", "sides")
_WOMENS: Final[tuple[HairKind, ...]] = ("long", "bob", "ponytail", "bun", "curly", "long")
_GIRLS: Final[tuple[HairKind, ...]] = ("long", "braids", "ponytail", "bob", "curly")

_OPEN: Final = frozenset({"man", "woman", "boy", "girl"})
_FIXED: Final = frozenset(
    {
        "astronaut",
        "robot",
        "knight",
        "superhero",
        "samurai",
        "ninja",
        "viking",
        "clown",
        "santa",
        "zombie",
        "vampire",
        "alien",
        "geisha",
        "wizard",
        "gnome",
        "surfer",
    }
)
_SHIRTS: Final[tuple[Colour, ...]] = (
    (0.12, 0.26, 0.45),
    (0.52, 0.09, 0.07),
    (0.14, 0.32, 0.18),
    (0.70, 0.52, 0.16),
    (0.36, 0.18, 0.42),
    (0.60, 0.58, 0.54),
)


def someone(noun: str, seed: int) -> Person:
    """One of the noun: `seed` decides skin and hair, and of people without a trade also what they wear."""
    person = PEOPLE[noun]
    if seed == 0 or noun in _FIXED:
        return person
    skin = SKINS[seed // 2 % len(SKINS)]
    grey = person.hair is not None and min(person.hair) > 0.5
    hair = person.hair if grey or person.hair is None else HAIRS[(seed // 2 + seed // 7) % len(HAIRS)]
    if hair is not None and not grey and max(skin) < 0.5:
        hair = HAIRS[0]
    changes: dict[str, object] = {"skin": skin, "hair": hair}
    changes["beard"] = hair if person.beard is not None and not grey else person.beard
    if person.shoes == person.skin:
        changes["shoes"] = skin
    if person.lips is not None:
        changes["lips"] = (min(skin[0] * 0.78, 0.6), skin[1] * 0.3, skin[2] * 0.34)
    kinds = _GIRLS if person.height < 1.3 else _WOMENS
    if person.curve > 0.4 and not grey and noun != "ballerina":
        changes["hair_kind"] = kinds[seed // 3 % len(kinds)]
    elif noun in _OPEN:
        changes["hair_kind"] = _MENS[seed // 3 % 5 if noun == "boy" else seed // 3 % len(_MENS)]
    if noun in _OPEN:
        shirt = _SHIRTS[seed // 5 % len(_SHIRTS)]
        changes |= {"shirt": shirt, "robe": shirt if person.robe is not None else None}
    if noun == "man":
        changes["top"] = ("shirt", "sweater", "jacket", "tee", "shirt")[seed // 11 % 5]
        changes["sleeves"] = 0.35 if changes["top"] == "tee" else 1.0
        changes["beard"] = hair if seed // 13 % 3 == 0 else None
        changes["build"] = (0.94, 1.0, 1.08, 1.2)[seed // 17 % 4]
    return replace(person, **changes)  # type: ignore[arg-type]  # each is of its field's kind
