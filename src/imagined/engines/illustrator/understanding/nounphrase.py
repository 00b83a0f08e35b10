"""Noun phrases: what is said of a thing before it is named, and the name, whose last noun decides."""

from dataclasses import dataclass, field
from typing import Final, cast

from imagined.engines.illustrator.lexicon import Sort
from imagined.engines.illustrator.understanding.items import CLOSERS, HEADS, MODIFIERS, SCENERY, Item

_DESCRIBES: Final = frozenset[Sort]({"size", "colour", "material", "attribute", "mood"})
_QUANTITIES: Final = frozenset[Sort]({"group", "picture"})
_CARVED: Final = frozenset({"statue", "sculpture", "figurine", "carving"})


@dataclass
class NounPhrase:
    """One thing, or several alike, as they were named."""

    head: Item | None = None
    count: int | None = None
    colour: str | None = None
    size: float = 1.0
    material: str | None = None
    attributes: list[str] = field(default_factory=list)
    mood: list[str] = field(default_factory=list)
    verb: str | None = None
    """The value of a participle in front: "a sleeping fox"."""
    opened: bool = False
    """It begins with an article or a number."""
    modifiers: list[Item] = field(default_factory=list)
    """Nouns before the head: the "kitchen" of a kitchen table."""
    scenery: list[Item] = field(default_factory=list)
    traits: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unknown_head: str | None = None
    """The name, where nobody knows it."""
    sealed: bool = False

    @property
    def empty(self) -> bool:
        """It says nothing that could be seen."""
        return self.head is None and not self.scenery and self.unknown_head is None


def noun_phrase(items: list[Item], at: int, free: bool) -> tuple[NounPhrase, int]:
    """The noun phrase at a place and where it ends; `free`: no verb can be meant, since nothing was named before."""
    phrase = NounPhrase()
    start = at
    while at < len(items):
        item = items[at]
        following = items[at + 1] if at + 1 < len(items) else None
        if item.stop or _ends(phrase, items, at, free, started=at > start):
            break
        if not phrase.sealed and _quantity(phrase, item, following):
            at += 2
            continue
        _take(phrase, item, following)
        at += 1
        if phrase.unknown_head is not None:
            break
    return phrase, max(at, start)


def _ends(phrase: NounPhrase, items: list[Item], at: int, free: bool, started: bool) -> bool:
    item = items[at]
    senses = item.senses
    headed = phrase.head is not None
    following = items[at + 1] if at + 1 < len(items) else None
    if not headed and item.any(_QUANTITIES) and following is not None and following.text == "of":
        return False
    if "article" in senses:
        return headed or bool(phrase.scenery)
    if item.any(HEADS):
        return _parted(phrase, item, following) and (headed or not (free or started))
    if "join" in senses:
        return not _joins_modifiers(items, at, headed, started)
    if "verb" in senses and "attribute" not in senses:
        return headed or not ((phrase.opened or free or bool(phrase.attributes)) and _leads_to_noun(items, at + 1))
    if "bare" in senses:
        return headed or not item.any(MODIFIERS)
    if "number" in senses and headed:
        return True
    if item.any(CLOSERS):
        return True
    return item.unknown and headed


def _parted(phrase: NounPhrase, item: Item, following: Item | None) -> bool:
    """A second noun is no part of the name: after a plural, or where it is a verb with an object of its own."""
    if phrase.sealed or (phrase.head is not None and phrase.head.plural):
        return True
    return "verb" in item.senses and following is not None and "article" in following.senses


def _joins_modifiers(items: list[Item], at: int, headed: bool, started: bool) -> bool:
    """ "Black and white cat": both describe."""
    if headed or not started or at + 1 >= len(items):
        return False
    return items[at - 1].any(_DESCRIBES) and items[at + 1].any(_DESCRIBES) and _leads_to_noun(items, at + 1)


def _leads_to_noun(items: list[Item], at: int) -> bool:
    """From here on a noun comes before anything else but what describes it."""
    for item in items[at : at + 6]:
        if item.any(HEADS):
            return True
        if not (item.any(MODIFIERS | SCENERY) or item.unknown or item.possessive) or item.any(CLOSERS - {"join"}):
            return False
    return False


def _quantity(phrase: NounPhrase, item: Item, following: Item | None) -> bool:
    """ "A herd of", "a statue of": what follows is the thing."""
    if following is None or "of" not in following.senses or following.text != "of" or phrase.head is not None:
        return False
    if "group" in item.senses and not ("setting" in item.senses and item.text != "field"):
        if "setting" in item.senses:
            return False
        value = int(item.senses["group"].value)
        phrase.count = value if not phrase.count or phrase.count == 1 else min(phrase.count * value, 12)
        phrase.opened = True
        return True
    if "picture" in item.senses:
        if item.singular in _CARVED:
            phrase.attributes.append("statue")
            phrase.material = phrase.material or "stone"
        phrase.count = None
        return True
    return False


def _take(phrase: NounPhrase, item: Item, following: Item | None) -> None:
    senses = item.senses
    phrase.traits += item.traits
    if "article" in senses or item.possessive:
        phrase.opened = True
    elif item.unknown:
        _take_unknown(phrase, item, following)
    elif _is_head(item, following):
        if phrase.head is not None:
            phrase.modifiers.append(phrase.head)
        phrase.head = item
        if item.any(SCENERY):
            phrase.scenery.append(item)
    elif item.any(SCENERY):
        phrase.scenery.append(item)
        phrase.sealed = phrase.sealed or phrase.head is not None
    else:
        _describe(phrase, item)
        phrase.sealed = phrase.sealed or phrase.head is not None


def _is_head(item: Item, following: Item | None) -> bool:
    """A noun; one that also is a colour or a material only where no other noun follows it."""
    if not item.any(HEADS):
        return False
    if not item.any(frozenset({"colour", "material", "attribute"})):
        return True
    return following is None or not (following.any(HEADS | SCENERY | _DESCRIBES) or following.unknown)


def _take_unknown(phrase: NounPhrase, item: Item, following: Item | None) -> None:
    phrase.unknown.append(item.text)
    describes = following is not None and (
        following.any(HEADS | SCENERY | _DESCRIBES) or following.unknown or "plain" in following.senses
    )
    if following is not None and following.any(CLOSERS) and not following.any(HEADS):
        describes = False
    if not describes:
        phrase.unknown_head = " ".join(phrase.unknown)


def _describe(phrase: NounPhrase, item: Item) -> None:
    senses = item.senses
    if "number" in senses:
        phrase.count, phrase.opened = min(max(int(senses["number"].value), 1), 999), True
    if "size" in senses:
        phrase.size = float(senses["size"].value)
    if "colour" in senses:
        phrase.colour = phrase.colour or senses["colour"].value
    if "material" in senses:
        phrase.material = phrase.material or senses["material"].value
    if "mood" in senses:
        phrase.mood.append(senses["mood"].value)
    if "attribute" in senses and item.text not in phrase.attributes:
        phrase.attributes.append(item.text)
    if "verb" in senses and phrase.head is None:
        phrase.verb = senses["verb"].value


def sense(item: Item, sort: str) -> str | None:
    """What an item means as that sort."""
    meaning = item.senses.get(cast(Sort, sort))
    return meaning.value if meaning else None
