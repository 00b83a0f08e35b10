"""Tokens to items: the longest known phrases, with all that each can mean."""

from dataclasses import dataclass, field
from typing import Final

from imagined.engines.illustrator.lexicon import Meaning, Sort
from imagined.engines.illustrator.understanding.vocabulary import longest, meanings, phrases, singulars

_STOPS: Final = frozenset(".;:!?\n,")

HEADS: Final = frozenset[Sort]({"noun", "setting", "worn", "part"})
"""What a noun phrase can be about."""
SCENERY: Final = frozenset[Sort]({"time", "weather", "season"})
MODIFIERS: Final = frozenset[Sort]({"number", "size", "colour", "material", "attribute", "mood", "trait", "plain"})
CLOSERS: Final = frozenset[Sort](
    {"relation", "passive", "back", "with", "wearing", "of", "like", "not", "says", "join"}
)
"""What ends a noun phrase."""


@dataclass(frozen=True)
class Item:
    """A phrase of the prompt that is read as one."""

    words: tuple[str, ...]
    senses: dict[Sort, Meaning] = field(default_factory=dict)
    traits: tuple[str, ...] = ()
    possessive: bool = False

    @property
    def text(self) -> str:
        """As it was written, in lower case."""
        return " ".join(self.words)

    @property
    def stop(self) -> bool:
        """It is punctuation."""
        return self.words[0] in _STOPS

    @property
    def plural(self) -> bool:
        """It was read as a plural."""
        return any(meaning.plural for meaning in self.senses.values())

    @property
    def singular(self) -> str:
        """As it was written, in the singular."""
        if self.plural:
            for last in singulars(self.words[-1]):
                if (*self.words[:-1], last) in phrases():
                    return " ".join((*self.words[:-1], last))
        return self.text

    def any(self, sorts: frozenset[Sort]) -> bool:
        """It may be one of these sorts."""
        return not sorts.isdisjoint(self.senses)

    @property
    def unknown(self) -> bool:
        """Nobody here knows it."""
        return not self.senses and not self.stop and not self.possessive


def items_of(tokens: list[str]) -> list[Item]:
    """The items of a prompt, in their order."""
    found = []
    at = 0
    while at < len(tokens):
        item = _item(tokens, at)
        found.append(item)
        at += len(item.words)
    return found


def _item(tokens: list[str], at: int) -> Item:
    word = tokens[at]
    if word in _STOPS:
        return Item((word,))
    if word == "&":
        return Item((word,), {"join": Meaning("join", "and")})
    for length in range(min(longest().get(word, 1), len(tokens) - at), 0, -1):
        words = tuple(tokens[at : at + length])
        known = meanings(words)
        if known:
            traits = tuple(meaning.value for meaning in known if meaning.sort == "trait")
            return Item(words, {meaning.sort: meaning for meaning in reversed(known)}, traits)
    if word.isdecimal():
        return Item((word,), {"number": Meaning("number", str(min(max(int(word[:4]), 1), 999)))})
    if word.endswith(("'s", "s'")):
        return Item((word,), possessive=True)
    return _hyphened(word)


def _hyphened(word: str) -> Item:
    """ "Snow-covered" and "red-haired" describe; "tree-house" is what its parts are."""
    parts = tuple(word.split("-"))
    if len(parts) > 1:
        joined = meanings(parts) or meanings(("".join(parts),))
        if joined:
            return Item((word,), {meaning.sort: meaning for meaning in reversed(joined)})
        if parts[-1].endswith(("ed", "ing", "like", "style", "shaped", "sized", "free")) or meanings(parts[-1:]):
            return Item((word,), {"attribute": Meaning("attribute", word)})
    if word.endswith("ly") and len(word) > 4:
        return Item((word,), {"plain": Meaning("plain", word)})
    return Item((word,))
