"""Where it happens: what the prompt says, else where the things in it are at home."""

from typing import Final, cast

from imagined.engines.illustrator.bestiary import HOMES, SAVANNA
from imagined.engines.illustrator.scene import Setting, Subject
from imagined.engines.illustrator.understanding.draft import Draft
from imagined.engines.illustrator.understanding.tables import concept

_HOMES: Final[dict[str, Setting]] = {
    "sailing_boat": "sea",
    "ship": "sea",
    "whale": "sea",
    "lighthouse": "beach",
    "polar_bear": "arctic",
    "penguin": "arctic",
    "snowman": "meadow",
    "camel": "desert",
    "palm": "beach",
    "seagull": "beach",
    "flamingo": "beach",
    "fox": "forest",
    "wolf": "forest",
    "bear": "forest",
    "deer": "forest",
    "owl": "forest",
    "mushroom": "forest",
    "panda": "forest",
    "gnome": "forest",
    "elf": "forest",
    "rocket": "space",
    "planet": "space",
    "astronaut": "desert",
    "pirate": "beach",
    "castle": "mountains",
    "eagle": "mountains",
    "pine": "mountains",
    "tent": "mountains",
    "knight": "meadow",
}
"""Where a thing is at home that the tables say nothing of, or where it looks better than there."""
_BY_KIND: Final[dict[str, Setting]] = {
    "food": "table_top",
    "vessel": "table_top",
    "furniture": "room",
    "instrument": "room",
}
_AFLOAT: Final = frozenset({"sailing_boat", "ship", "whale", "liner", "rowing_boat", "submarine", "dolphin", "shark"})
_AIRBORNE: Final = frozenset(
    {"aeroplane", "airliner", "airship", "balloon", "biplane", "dragon", "fighter_jet", "helicopter", "pegasus"}
    | {"phoenix", "rocket", "superhero", "ufo"}
)
_WET: Final[frozenset[str]] = frozenset(
    {"sea", "beach", "arctic", "space", "sky", "lake", "river", "harbour", "underwater", "cliff_coast", "bridge"}
    | {"waterfall", "canyon", "jungle", "city", "village", "studio", "table_top", "room", "museum"}
)
"""Settings with water, and those where a boat is a model of one."""
_COMPANY: Final = frozenset({"animal", "bird", "insect", "person", "vehicle"})
_SMALL: Final = frozenset({"food", "vessel"})
_NATURE: Final = frozenset({"mountains", "forest", "meadow", "desert", "valley", "field", "arctic"})
_SPECIFIC: Final = frozenset(
    {"lake", "river", "waterfall", "bridge", "road", "castle_hill", "railway", "vineyard", "village"}
)
_TRAITS: Final[dict[str, str]] = {
    "lake": "lake",
    "river": "river",
    "cliff_coast": "cliff",
    "garden": "garden",
    "park": "garden",
    "road": "road",
    "japanese_garden": "japanese",
    "ruins": "old",
    "jungle": "tropical",
}
"""What the nearest builder is to add, as long as a setting has none of its own."""


def setting_of(draft: Draft, subjects: tuple[Subject, ...], seed: int) -> Setting:
    """The setting; without subjects and places one of three landscapes, by the seed."""
    allowed = {name: weight for name, weight in draft.settings.items() if name not in draft.banned}
    nouns = {subject.noun for subject in subjects} | {subject.word for subject in subjects}
    if allowed:
        best = _adjusted(max(allowed, key=lambda name: allowed[name]), allowed, draft, nouns)
        return "street" if best == "city" and subjects and _is_on_foot(subjects[0]) else best
    for index, subject in enumerate(subjects[:3]):
        # Who comes along does not decide: a lion with a lamb is not on a farm.
        if index > 0 and subject.noun not in _HOMES and concept(subject.noun).kind in _COMPANY:
            continue
        home = _home(subject, subjects)
        if home is not None:
            return home
    if subjects:
        return "meadow"
    if "stars" in draft.said.get("trait", []):
        return "mountains"
    wide: tuple[Setting, ...] = ("mountains", "meadow", "sea")
    return wide[seed % len(wide)]


def _adjusted(best: str, allowed: dict[str, float], draft: Draft, nouns: set[str]) -> Setting:
    # "A lake in the mountains": the lake is where it happens, the mountains stand round it.
    special = [name for name in allowed if name in _SPECIFIC]
    if best in _NATURE and special:
        best = special[0]
    if nouns & _AFLOAT and best not in _WET:
        return "sea"
    if best == "mountains" and "lighthouse" in nouns:
        return "beach"
    snowy = "winter" in draft.said.get("season", []) or "snow" in draft.said.get("weather", [])
    if best == "village" and snowy:
        return "snow_village"
    if best == "forest" and "tropical" in draft.said.get("trait", []):
        return "jungle"
    if best == "garden" and "japanese" in draft.said.get("trait", []):
        return "japanese_garden"
    if "castle" in nouns and draft.said.get("trait", []).count("hill") and best == "meadow":
        return "castle_hill"
    return cast(Setting, best)


def _is_on_foot(subject: Subject) -> bool:
    """Whether it would be lost in a view of a whole city: a person, an animal or a car is in one of its streets."""
    known = concept(subject.concept or subject.noun)
    in_the_air = subject.relation == "flying" or subject.pose == "flying" or subject.noun in _AIRBORNE
    return known.kind in ("person", "animal", "vehicle") and not in_the_air and subject.noun not in _AFLOAT


def _home(subject: Subject, subjects: tuple[Subject, ...]) -> Setting | None:
    for name in dict.fromkeys((subject.concept or subject.noun, subject.noun)):
        known = concept(name)
        home = _HOMES.get(name) or HOMES.get(name) or known.home or _BY_KIND.get(known.kind)
        if known.kind in _SMALL and any(concept(other.noun).kind == "person" for other in subjects):
            continue
        if home is not None:
            return cast(Setting, home)
    return None


def traits_of(draft: Draft, subjects: tuple[Subject, ...], setting: Setting) -> tuple[str, ...]:
    """Words that colour the setting, what was said first."""
    said = [value for value in draft.said.get("trait", []) if value not in draft.banned]
    others = [name for name in draft.settings if name != setting and name not in draft.banned]
    nouns = {subject.noun for subject in subjects}
    if setting == "meadow" and nouns & SAVANNA:
        said.append("savanna")
    if setting == "desert" and not draft.settings and "astronaut" in nouns:
        said.append("moon")
    if setting == "beach" and "cliff" not in said and "lighthouse" in nouns:
        said.append("cliff")
    if any(subject.noun == "flower" and subject.count > 2 for subject in subjects):
        said.append("flowers")
    if setting == "street" and "city" in draft.settings and "old" not in said:
        said.append("modern")
    if setting in _TRAITS:
        said.append(_TRAITS[setting])
    return tuple(dict.fromkeys([*said, *others]))
