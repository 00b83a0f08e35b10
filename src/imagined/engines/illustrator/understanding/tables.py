"""The tables of words that come with the package, read once in a process."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from imagined.engines.illustrator.lexicon import entries

_FOLDER: Final = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Concept:
    """A thing that words can mean."""

    name: str
    kind: str
    """``animal``, ``person``, ``vehicle``, ``food`` ...: the section of the table."""
    nearest: tuple[str, ...] = ()
    """Concepts that may stand in for it, best first."""
    home: str | None = None
    """The setting it belongs to when the prompt names none."""


def lines(name: str) -> Iterator[str]:
    """The lines of a table without comments and empty ones."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _sections(name: str) -> Iterator[tuple[str, str, str]]:
    section = ""
    for line in lines(name):
        if line.startswith("["):
            section = line.strip("[] ")
            continue
        value, _, words = line.partition(":")
        yield section, value.strip(), words


def rows(name: str) -> Iterator[tuple[str, str, list[str]]]:
    """(section, value, words) of each line ``value: word word+word`` under ``[section]``."""
    return ((section, value, words.split()) for section, value, words in _sections(name))


def listed(name: str) -> Iterator[tuple[str, str, list[str]]]:
    """(section, value, phrases) of each line ``value: a phrase, another``."""
    for section, value, phrases in _sections(name):
        yield section, value, [phrase.strip() for phrase in phrases.split(",")]


def loose(phrase: str) -> str:
    """A pattern for a phrase, in which a space may be a hyphen or be left out."""
    return r"[\s-]{0,2}".join(re.escape(word) for word in phrase.split())


@cache
def concepts() -> dict[str, Concept]:
    """Every concept by its name: those of the table, and those that only have a figure."""
    found: dict[str, Concept] = {}
    for kind, head, _ in rows("nouns.txt"):
        rest, _, home = head.partition("@")
        name, _, nearest = (part.strip() for part in rest.partition("~"))
        known = found.get(name)
        found[name] = Concept(
            name,
            known.kind if known else kind,
            tuple(nearest.split()) or (known.nearest if known else ()),
            home.strip() or (known.home if known else None),
        )
    for name in sorted(drawn() - found.keys()):
        found[name] = _of_the_word(name, found)
    return found


def _of_the_word(name: str, known: dict[str, Concept]) -> Concept:
    """A figure of a special kind, such as a husky: of the kind of what the tables say that its word is."""
    word = tuple(name.split("_"))
    general = next(
        (said.value for words, said in entries() if words == word and said.sort == "noun" and said.value != name), None
    )
    for _, head, words in rows("nouns.txt"):
        if general is None and "+".join(word) in words:
            general = head.partition("@")[0].partition("~")[0].strip()
    like = known.get(general or "")
    return Concept(name, like.kind, (like.name,), like.home) if like else Concept(name, "thing")


@cache
def named_apart() -> frozenset[str]:
    """Concepts with a row of their own, which says all their words; others are called by their name as well."""
    return frozenset(head.partition("@")[0].partition("~")[0].strip() for _, head, _ in rows("nouns.txt"))


@cache
def drawn() -> frozenset[str]:
    """The concepts that have a figure. `make explain` writes the list, which a test holds to the catalogue."""
    return frozenset(lines("drawn.txt"))


@cache
def concept(name: str) -> Concept:
    """The concept of that name; a plain thing if no table has it."""
    return concepts().get(name) or Concept(name, "thing")


@cache
def stand_in(name: str) -> str | None:
    """The concept that is drawn for it: itself, else the nearest with a figure, else None."""
    if name in drawn():
        return name
    seen, waiting = {name}, list(concept(name).nearest)
    while waiting:
        near = waiting.pop(0)
        if near in drawn():
            return near
        if near not in seen:
            seen.add(near)
            waiting += concept(near).nearest
    return None
