"""Who stands on two legs: proportions and clothes by noun."""

from dataclasses import replace
from typing import Final

from imagined.engines.illustrator.figures.biped import HairKind, Person
from imagined.engines.illustrator.figures.clay import Colour

_WHITE: Final[Colour] = (0.82, 0.82, 0.84)
_STEEL: Final[Colour] = (0.46, 0.48, 0.52)
_BLACK: Final[Colour] = (0.025, 0.025, 0.028)
_GOLD: Final[Colour] = (0.80, 0.58, 0.18)
_RED: Final[Colour] = (0.60, 0.04, 0.04)
_BARE: Final[Colour] = (0.78, 0.51, 0.38)
_GREY: Final[Colour] = (0.72, 0.72, 0.72)

SKINS: Final[tuple[Colour, ...]] = (
    (0.80, 0.55, 0.43), (0.78, 0.51, 0.38), (0.64, 0.38, 0.24), (0.44, 0.23, 0.13), (0.25, 0.12, 0.065), (0.72, 0.46, 0.31),
)
HAIRS: Final[tuple[Colour, ...]] = (
    (0.03, 0.02, 0.015), (0.10, 0.05, 0.025), (0.20, 0.09, 0.035), (0.52, 0.31, 0.10), (0.40, 0.13, 0.04), (0.06, 0.035, 0.02),
)
_MENS: Final[tuple[HairKind, ...]] = ("short", "short", "curly", "spiky", "short", "sides")
_WOMENS: Final[tuple[HairKind, ...]] = ("long", "bob", "ponytail", "bun", "curly", "long")
_GIRLS: Final[tuple[HairKind, ...]] = ("long", "braids", "ponytail", "bob", "curly")

_MAN: Final = Person()
_WOMAN: Final = Person(height=1.66, heads=5.6, build=0.9, curve=1.0, hair=(0.16, 0.06, 0.025), hair_kind="long", shoes=(0.30, 0.06, 0.06), lips=(0.55, 0.12, 0.12))
_DRESS: Final = replace(_WOMAN, shirt=(0.55, 0.07, 0.09), robe=(0.55, 0.07, 0.09), robe_length=0.60, sleeves=0.32, legs=0.0, trim=(0.85, 0.72, 0.5))
_BOY: Final = Person(height=1.18, heads=4.4, build=1.05, top="tee", sleeves=0.34, shirt=(0.75, 0.38, 0.05), trousers=(0.09, 0.16, 0.34), legs=0.52, shoes=(0.62, 0.08, 0.06), extras=("sneakers",))
_GIRL: Final = Person(height=1.15, heads=4.35, curve=0.5, hair=(0.42, 0.22, 0.07), hair_kind="long", shirt=(0.85, 0.60, 0.08), robe=(0.85, 0.60, 0.08), robe_length=0.52, sleeves=0.30, legs=0.0, shoes=(0.55, 0.06, 0.08), trim=(0.88, 0.84, 0.76))

PEOPLE: Final[dict[str, Person]] = {
    "man": replace(_MAN, top="shirt"),
    "woman": _DRESS,
    "boy": _BOY,
    "girl": _GIRL,
    "baby": Person(height=0.78, heads=3.5, build=1.25, hair=(0.35, 0.2, 0.08), hair_kind="sides", top="tee", shirt=(0.55, 0.72, 0.80), trousers=(0.55, 0.72, 0.80), shoes=_WHITE, sleeves=0.9, legs=0.9),
    "old_man": replace(_MAN, hair=_GREY, hair_kind="sides", beard=(0.75, 0.75, 0.74), top="vest", shirt=(0.28, 0.20, 0.13), under=(0.75, 0.73, 0.68), trousers=(0.13, 0.11, 0.10), build=1.05, extras=("glasses",)),
    "old_woman": replace(_DRESS, height=1.58, hair=_GREY, hair_kind="bun", build=1.05, shirt=(0.30, 0.22, 0.42), robe=(0.30, 0.22, 0.42), robe_length=0.78, sleeves=1.0, trim=(0.8, 0.78, 0.72), extras=("glasses",), lips=None),
    "hiker": replace(_MAN, top="shirt", shirt=(0.55, 0.14, 0.06), trousers=(0.26, 0.22, 0.13), boots=True, hat="straw", hat_colour=(0.42, 0.32, 0.18), trim=(0.2, 0.12, 0.06), extras=("backpack",)),
    "astronaut": Person(heads=5.2, build=1.42, hair=None, shirt=_WHITE, trousers=_WHITE, shoes=(0.40, 0.41, 0.44), gloves=(0.42, 0.43, 0.47), hat="bubble", trim=(0.72, 0.24, 0.05), extras=("backpack",), skin=_WHITE, boots=True),
    "robot": Person(heads=4.9, build=1.25, skin=(0.66, 0.68, 0.71), hair=None, shirt=(0.18, 0.42, 0.55), trousers=(0.55, 0.57, 0.60), shoes=(0.24, 0.25, 0.28), gloves=(0.24, 0.25, 0.28), metal=True, face="robot", boots=True),
    "knight": Person(heads=5.6, build=1.12, skin=_STEEL, hair=None, top="plate", belt=None, shirt=_STEEL, trousers=(0.38, 0.40, 0.44), shoes=_STEEL, gloves=_STEEL, metal=True, face="visor", hat="knight", hat_colour=_STEEL, trim=(0.62, 0.05, 0.05), cape=(0.50, 0.03, 0.035), extras=("armour", "sword", "shield"), boots=True),
    "wizard": Person(heads=5.2, hair=(0.78, 0.78, 0.78), hair_kind="long", beard=(0.82, 0.82, 0.82), beard_kind="long", shirt=(0.10, 0.07, 0.34), robe=(0.10, 0.07, 0.34), hat="wizard", hat_colour=(0.10, 0.07, 0.34), extras=("staff",)),
    "witch": replace(_DRESS, heads=5.3, hair=(0.30, 0.08, 0.03), shirt=(0.045, 0.035, 0.055), robe=(0.05, 0.04, 0.065), robe_length=0.92, sleeves=1.0, hat="wizard", hat_colour=(0.045, 0.035, 0.055), trim=(0.40, 0.12, 0.50), extras=("broom",)),
    "king": Person(heads=5.4, build=1.15, hair=(0.30, 0.17, 0.07), beard=(0.30, 0.17, 0.07), shirt=(0.45, 0.03, 0.05), robe=(0.45, 0.03, 0.05), cape=(0.28, 0.04, 0.30), hat="crown"),
    "queen": replace(_DRESS, heads=5.4, shirt=(0.28, 0.05, 0.34), robe=(0.28, 0.05, 0.34), robe_length=0.97, flare=1.25, sleeves=1.0, hat="crown", trim=_GOLD, cape=(0.45, 0.03, 0.06), hair_kind="bun"),
    "princess": replace(_DRESS, height=1.64, hair=(0.62, 0.40, 0.12), shirt=(0.85, 0.42, 0.55), robe=(0.85, 0.42, 0.55), robe_length=0.97, flare=1.3, hat="crown", trim=(0.90, 0.82, 0.65)),
    "chef": Person(heads=5.4, build=1.12, top="shirt", shirt=_WHITE, trousers=(0.12, 0.13, 0.15), hat="chef", trim=_WHITE, extras=("apron",), beard=(0.05, 0.03, 0.02), beard_kind="moustache"),
    "farmer": Person(heads=5.5, top="overalls", shirt=(0.55, 0.10, 0.07), under=(0.55, 0.10, 0.07), trousers=(0.10, 0.17, 0.34), hat="straw", hat_colour=(0.74, 0.56, 0.24), trim=_GOLD, boots=True),
    "cowboy": replace(_MAN, top="vest", shirt=(0.26, 0.13, 0.05), under=(0.62, 0.55, 0.42), trousers=(0.09, 0.14, 0.28), boots=True, shoes=(0.22, 0.10, 0.04), hat="cowboy", hat_colour=(0.24, 0.12, 0.05), trim=_RED, extras=("scarf",)),
    "pirate": Person(heads=5.4, hair=(0.06, 0.04, 0.03), hair_kind="long", beard=(0.06, 0.04, 0.03), top="coat", shirt=(0.45, 0.05, 0.05), under=(0.80, 0.78, 0.72), hat="pirate", hat_colour=(0.05, 0.045, 0.045), trim=(0.72, 0.52, 0.16), extras=("eyepatch", "sword"), boots=True),
    "superhero": Person(heads=6.2, build=1.18, shirt=(0.06, 0.14, 0.55), trousers=(0.06, 0.14, 0.55), shoes=(0.62, 0.04, 0.04), gloves=(0.62, 0.04, 0.04), cape=(0.68, 0.03, 0.03), belt=(0.8, 0.6, 0.1), top="plate", boots=True, trim=_GOLD),
    "elf": Person(height=1.2, heads=4.4, shirt=(0.10, 0.34, 0.09), trousers=(0.32, 0.20, 0.10), hat="pointed", hat_colour=(0.55, 0.05, 0.05), trim=(0.85, 0.84, 0.8), top="shirt"),
    "gnome": Person(height=0.8, heads=3.3, build=1.4, hair=(0.8, 0.8, 0.8), beard=(0.84, 0.84, 0.84), beard_kind="long", shirt=(0.09, 0.20, 0.45), trousers=(0.28, 0.17, 0.09), hat="pointed", hat_colour=(0.62, 0.05, 0.04), trim=(0.62, 0.05, 0.04), boots=True),
    "doctor": replace(_MAN, top="coat", shirt=_WHITE, under=(0.20, 0.42, 0.55), trousers=(0.14, 0.16, 0.20), extras=("stethoscope", "glasses"), trim=(0.6, 0.6, 0.6)),
    "nurse": replace(_WOMAN, top="shirt", sleeves=0.35, shirt=(0.30, 0.60, 0.66), trousers=(0.30, 0.60, 0.66), shoes=_WHITE, hair_kind="bun", hat="nurse", hat_colour=_WHITE, trim=_RED, belt=None, extras=("stethoscope",)),
    "teacher": replace(_WOMAN, top="jacket", shirt=(0.30, 0.16, 0.10), under=_WHITE, trousers=(0.12, 0.12, 0.15), hair_kind="bun", extras=("glasses", "book")),
    "police_officer": replace(_MAN, top="shirt", shirt=(0.05, 0.10, 0.26), trousers=(0.03, 0.04, 0.09), shoes=_BLACK, hat="police", hat_colour=(0.04, 0.08, 0.22), trim=_GOLD, tie=_BLACK, belt=_BLACK, extras=("badge",)),
    "firefighter": replace(_MAN, top="jacket", build=1.12, shirt=(0.66, 0.44, 0.06), under=(0.66, 0.44, 0.06), trousers=(0.66, 0.44, 0.06), boots=True, shoes=_BLACK, gloves=_BLACK, hat="fire", hat_colour=_RED, trim=_GOLD, extras=("bands",)),
    "builder": replace(_MAN, top="vest", shirt=(0.85, 0.36, 0.03), under=(0.12, 0.2, 0.36), trousers=(0.10, 0.14, 0.26), boots=True, shoes=(0.45, 0.28, 0.10), hat="hard", hat_colour=(0.85, 0.62, 0.04), extras=("bands", "hammer"), beard=(0.10, 0.05, 0.025)),
    "artist": replace(_MAN, top="shirt", shirt=(0.30, 0.42, 0.52), trousers=(0.16, 0.12, 0.10), hat="beret", hat_colour=(0.5, 0.05, 0.05), trim=(0.80, 0.76, 0.66), beard=(0.10, 0.05, 0.025), beard_kind="goatee", extras=("apron",)),
    "musician": replace(_MAN, top="vest", shirt=(0.05, 0.05, 0.06), under=_WHITE, trousers=_BLACK, hat="fedora", hat_colour=(0.05, 0.05, 0.06), trim=_RED, shoes=_BLACK),
    "singer": replace(_DRESS, shirt=(0.60, 0.05, 0.30), robe=(0.60, 0.05, 0.30), robe_length=0.9, sleeves=0.0, hair_kind="curly", trim=_GOLD),
    "ballerina": replace(_WOMAN, build=0.84, top="plate", belt=None, sleeves=0.0, shirt=(0.86, 0.55, 0.62), trousers=(0.86, 0.66, 0.60), legs=0.06, shoes=(0.86, 0.55, 0.62), hair_kind="bun", trim=(0.90, 0.68, 0.72), extras=("tutu",)),
    "dancer": replace(_DRESS, build=0.86, shirt=(0.66, 0.05, 0.05), robe=(0.66, 0.05, 0.05), robe_length=0.7, flare=1.5, sleeves=0.0, hair_kind="bun", trim=_BLACK),
    "sailor": replace(_MAN, shirt=_WHITE, trousers=_WHITE, hat="sailor", hat_colour=_WHITE, trim=(0.04, 0.09, 0.30), shoes=_BLACK, extras=("sailor_collar",)),
    "captain": replace(_MAN, top="jacket", shirt=(0.03, 0.05, 0.15), under=_WHITE, tie=_BLACK, trousers=_WHITE, shoes=_BLACK, hat="police", hat_colour=_WHITE, trim=_GOLD, beard=_GREY, hair=_GREY),
    "soldier": replace(_MAN, top="shirt", shirt=(0.14, 0.17, 0.07), trousers=(0.14, 0.17, 0.07), boots=True, shoes=(0.08, 0.06, 0.04), hat="army", hat_colour=(0.12, 0.15, 0.06), belt=(0.2, 0.16, 0.08), extras=("backpack",)),
    "samurai": replace(_MAN, build=1.05, skin=SKINS[5], hair=HAIRS[0], top="plate", belt=None, shirt=(0.09, 0.03, 0.03), trousers=(0.05, 0.05, 0.09), shoes=_BLACK, hat="samurai", hat_colour=(0.09, 0.04, 0.04), trim=(0.55, 0.05, 0.04), extras=("lamellar", "katana"), eyes=(0.05, 0.03, 0.02)),
    "ninja": replace(_MAN, build=0.95, shirt=_BLACK, trousers=_BLACK, shoes=_BLACK, gloves=_BLACK, hair=None, hat="mask", hat_colour=_BLACK, trim=(0.5, 0.03, 0.03), top="robe", extras=("katana",)),
    "viking": replace(_MAN, build=1.2, hair=(0.55, 0.27, 0.08), hair_kind="long", beard=(0.55, 0.27, 0.08), beard_kind="long", top="robe", shirt=(0.25, 0.15, 0.08), trim=(0.5, 0.4, 0.28), trousers=(0.2, 0.16, 0.12), boots=True, hat="viking", hat_colour=_STEEL, cape=(0.22, 0.15, 0.10), extras=("axe",)),
    "detective": replace(_MAN, top="coat", shirt=(0.48, 0.36, 0.20), under=_WHITE, tie=(0.25, 0.04, 0.04), trousers=(0.16, 0.14, 0.12), hat="fedora", hat_colour=(0.30, 0.21, 0.11), trim=(0.05, 0.04, 0.03), extras=("magnifier",)),
    "scientist": replace(_MAN, top="coat", shirt=_WHITE, under=(0.42, 0.14, 0.14), trousers=(0.14, 0.14, 0.16), hair=_GREY, hair_kind="curly", extras=("glasses", "flask"), trim=(0.6, 0.6, 0.6)),
    "businessman": replace(_MAN, top="jacket", shirt=(0.05, 0.06, 0.10), under=_WHITE, tie=_RED, trousers=(0.05, 0.06, 0.10), shoes=_BLACK, extras=("briefcase",)),
    "businesswoman": replace(_WOMAN, top="jacket", shirt=(0.05, 0.06, 0.10), under=_WHITE, trousers=(0.05, 0.06, 0.10), shoes=_BLACK, hair_kind="bob"),
    "bride": replace(_DRESS, shirt=_WHITE, robe=(0.86, 0.85, 0.83), robe_length=0.99, flare=1.45, sleeves=0.2, hat="veil", hat_colour=(0.86, 0.86, 0.86), trim=(0.84, 0.82, 0.78), hair_kind="bun", extras=("bouquet",)),
    "groom": replace(_MAN, top="jacket", shirt=_BLACK, under=_WHITE, tie=_BLACK, trousers=_BLACK, shoes=_BLACK),
    "athlete": replace(_MAN, build=0.98, top="tee", sleeves=0.0, shirt=_RED, trousers=(0.05, 0.05, 0.06), legs=0.30, shoes=(0.85, 0.45, 0.05), extras=("sneakers",), trim=_WHITE),
    "footballer": replace(_MAN, top="tee", sleeves=0.36, shirt=(0.04, 0.16, 0.52), trousers=_WHITE, legs=0.4, shoes=_BLACK, trim=_WHITE),
    "cyclist": replace(_MAN, top="tee", sleeves=0.35, shirt=(0.84, 0.60, 0.04), trousers=_BLACK, legs=0.46, hat="helmet", hat_colour=_WHITE, trim=_RED, extras=("sneakers",)),
    "skier": replace(_MAN, top="jacket", shirt=(0.06, 0.24, 0.55), under=(0.06, 0.24, 0.55), trousers=(0.10, 0.10, 0.12), boots=True, gloves=_BLACK, hat="beanie", hat_colour=_RED, trim=_WHITE, extras=("scarf",)),
    "surfer": replace(_MAN, top="bare", sleeves=0.0, trousers=(0.05, 0.35, 0.52), legs=0.42, shoes=_BARE, hair=(0.62, 0.42, 0.14), hair_kind="spiky"),
    "swimmer": replace(_MAN, top="bare", sleeves=0.0, trousers=(0.05, 0.12, 0.45), legs=0.16, shoes=_BARE, hat="swim", hat_colour=_RED, trim=_BLACK),
    "diver": replace(_MAN, shirt=_BLACK, trousers=_BLACK, shoes=(0.8, 0.5, 0.04), hat="swim", hat_colour=_BLACK, gloves=_BLACK, extras=("tank",)),
    "gardener": replace(_WOMAN, top="overalls", shirt=(0.20, 0.34, 0.12), under=(0.80, 0.72, 0.40), trousers=(0.20, 0.30, 0.14), boots=True, shoes=(0.12, 0.3, 0.14), gloves=(0.62, 0.5, 0.3), hat="sun", hat_colour=(0.76, 0.60, 0.30), trim=(0.4, 0.5, 0.2), extras=("watering_can",)),
    "fisherman": replace(_MAN, top="jacket", shirt=(0.75, 0.52, 0.05), under=(0.10, 0.16, 0.3), trousers=(0.75, 0.52, 0.05), boots=True, shoes=(0.10, 0.22, 0.14), hat="beanie", hat_colour=(0.08, 0.14, 0.28), trim=(0.08, 0.14, 0.28), beard=_GREY, hair=_GREY),
    "waiter": replace(_MAN, top="vest", shirt=_BLACK, under=_WHITE, trousers=_BLACK, shoes=_BLACK, tie=_BLACK, trim=_WHITE, extras=("tray",)),
    "barista": replace(_WOMAN, top="shirt", shirt=(0.10, 0.10, 0.11), trousers=(0.10, 0.12, 0.2), trim=(0.30, 0.16, 0.08), hair_kind="ponytail", extras=("apron", "cup")),
    "clown": Person(heads=5.0, build=1.15, skin=(0.86, 0.78, 0.74), hair=None, top="shirt", shirt=(0.85, 0.60, 0.06), trousers=(0.10, 0.30, 0.62), shoes=_RED, hat="clown", hat_colour=(0.80, 0.16, 0.05), trim=(0.15, 0.5, 0.3), face="clown", tie=_RED, gloves=_WHITE),
    "angel": replace(_DRESS, hair=(0.66, 0.46, 0.16), shirt=(0.86, 0.86, 0.84), robe=(0.86, 0.86, 0.84), robe_length=0.96, sleeves=1.0, hat="halo", trim=(0.85, 0.7, 0.3), extras=("wings",), shoes=_BARE),
    "fairy": replace(_DRESS, height=1.5, heads=4.9, build=0.82, hair=(0.62, 0.36, 0.10), hair_kind="ponytail", shirt=(0.30, 0.62, 0.34), robe=(0.30, 0.62, 0.34), robe_length=0.42, flare=1.5, sleeves=0.0, hat="tiara", trim=(0.80, 0.78, 0.4), extras=("fairy_wings",)),
    "santa": Person(heads=5.0, build=1.4, hair=(0.84, 0.84, 0.84), beard=(0.86, 0.86, 0.86), beard_kind="long", top="jacket", shirt=(0.58, 0.03, 0.03), under=(0.86, 0.86, 0.84), trousers=(0.58, 0.03, 0.03), boots=True, shoes=_BLACK, gloves=_BLACK, hat="santa", hat_colour=(0.58, 0.03, 0.03), trim=_GOLD),
    "zombie": replace(_MAN, skin=(0.28, 0.36, 0.22), hair=(0.07, 0.06, 0.04), hair_kind="spiky", top="shirt", shirt=(0.22, 0.18, 0.13), trousers=(0.12, 0.12, 0.13), legs=0.82, sleeves=0.7, face="zombie", belt=None),
    "vampire": replace(_MAN, skin=(0.70, 0.64, 0.62), hair=_BLACK, top="vest", shirt=(0.30, 0.02, 0.03), under=_WHITE, trousers=_BLACK, shoes=_BLACK, cape=(0.05, 0.01, 0.015), lips=(0.5, 0.02, 0.03), eyes=(0.5, 0.02, 0.02), trim=_GOLD),
    "alien": Person(height=1.45, heads=3.9, build=0.72, skin=(0.30, 0.56, 0.24), hair=None, shirt=(0.45, 0.48, 0.54), trousers=(0.45, 0.48, 0.54), shoes=(0.45, 0.48, 0.54), top="plate", belt=None, face="alien", metal=False),
    "mermaid": replace(_WOMAN, top="plate", belt=None, sleeves=0.0, shirt=(0.42, 0.12, 0.42), hair=(0.55, 0.10, 0.05), tail=(0.05, 0.42, 0.40), trim=(0.5, 0.2, 0.5)),
    "monk": Person(hair=None, hair_kind="bald", shirt=(0.62, 0.22, 0.03), robe=(0.62, 0.22, 0.03), trim=(0.5, 0.3, 0.05), shoes=(0.3, 0.18, 0.08)),
    "geisha": replace(_DRESS, skin=(0.84, 0.72, 0.68), hair=_BLACK, hair_kind="bun", shirt=(0.60, 0.04, 0.14), robe=(0.60, 0.04, 0.14), robe_length=0.97, flare=0.7, sleeves=1.0, trim=(0.80, 0.62, 0.24)),
}
"""By noun of the lexicon."""

_OPEN: Final = frozenset({"man", "woman", "boy", "girl"})
_FIXED: Final = frozenset({"astronaut", "robot", "knight", "superhero", "samurai", "ninja", "viking", "clown", "santa", "zombie", "vampire", "alien", "geisha", "wizard", "gnome", "surfer"})
_SHIRTS: Final[tuple[Colour, ...]] = (
    (0.12, 0.26, 0.45), (0.52, 0.09, 0.07), (0.14, 0.32, 0.18), (0.70, 0.52, 0.16), (0.36, 0.18, 0.42), (0.60, 0.58, 0.54),
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
