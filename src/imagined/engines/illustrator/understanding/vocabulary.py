"""Words and phrases to all that they can mean."""

import re
from functools import cache
from typing import Final, cast

from imagined.engines.illustrator import lexicon
from imagined.engines.illustrator.lexicon import Meaning, Sort
from imagined.engines.illustrator.understanding.tables import drawn, named_apart, rows

Phrase = tuple[str, ...]

_IRREGULAR: Final = {
    "children": "child",
    "people": "person",
    "men": "man",
    "women": "woman",
    "mice": "mouse",
    "geese": "goose",
    "feet": "foot",
    "teeth": "tooth",
    "oxen": "ox",
    "dice": "dice",
    "cacti": "cactus",
    "octopi": "octopus",
    "koi": "koi",
}
_ALWAYS_PLURAL: Final = frozenset({"people", "cattle"})
_NEVER_PLURAL: Final = frozenset(
    {"jeans", "trousers", "glasses", "sunglasses", "scissors", "binoculars", "headphones", "chess", "pyjamas", "sweets"}
)
_DOUBLED: Final = re.compile(
    r"run|jog|skip|hop|sit|nap|squat|sun|chop|stir|hug|pet|swim|spin|knit|cut|grab|wag|dig|strut|rub|drag|hit|sip|trot"
    r"|wrap|unwrap|step"
)
"""Verbs that double their last letter before "ing"."""
_PAST: Final = {
    "sit": "seated",
    "lie": "lain",
    "hold": "held",
    "curl": "curled",
    "ride": "ridden",
    "park": "parked",
    "fly": "flown",
}


def singulars(word: str) -> tuple[str, ...]:
    """What singulars a plural may stand for, likeliest first; none when the word does not look like a plural."""
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if word in _NEVER_PLURAL or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return (word.removesuffix("men") + "man",) if word.endswith("men") and len(word) > 4 else ()
    found = [word[:-1]]
    if word.endswith("ies"):
        found.insert(0, word[:-3] + "y")
    elif word.endswith("ves"):
        found = [word[:-1], word[:-3] + "f", word[:-3] + "fe"]
    elif word.endswith("es"):
        found.append(word[:-2])
    return tuple(found)


def _forms(verb: str) -> list[str]:
    """The forms of a verb that are used in descriptions, the bare one last."""
    stem = verb.removesuffix("e") if verb.endswith("e") and not verb.endswith("ee") else verb
    if verb in ("lie",):
        stem = "ly"
    doubled = stem + stem[-1] if _DOUBLED.fullmatch(verb) else stem
    third = verb + "es" if verb.endswith(("s", "sh", "ch", "x", "o")) else verb + "s"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third = verb[:-1] + "ies"
    return [doubled + "ing", third, verb]


def _verbs() -> list[tuple[Phrase, Meaning]]:
    found: list[tuple[Phrase, Meaning]] = []
    for _, head, verbs in rows("verbs.txt"):
        pose, kind = head.split()
        for written in verbs:
            phrase, _, _ = written.partition("+")
            forms = _forms(phrase)
            if phrase in _PAST:
                forms.insert(2, _PAST[phrase])
            for form in forms:
                sort: Sort = "bare" if form == phrase else "verb"
                found.append(((form,), Meaning(sort, f"{pose} {kind} {phrase}")))
    return found


def _split(words: list[str]) -> list[Phrase]:
    return [tuple(word.split("+")) for word in words]


def _entries() -> list[tuple[Phrase, Meaning]]:
    """Every phrase with a meaning. Of two nouns for the same words the first wins: figures, lexicon, tables."""
    found = [(tuple(name.split("_")), Meaning("noun", name)) for name in sorted(drawn()) if name not in named_apart()]
    found += lexicon.entries()
    for section, head, words in rows("nouns.txt"):
        name = head.partition("@")[0].partition("~")[0].strip()
        sort: Sort = {"garment": "worn", "part": "part"}.get(section, "noun")  # type: ignore[assignment]
        found += [(phrase, Meaning(sort, " ".join(phrase) if sort != "noun" else name)) for phrase in _split(words)]
    for _, value, words in rows("places.txt"):
        found += [(phrase, Meaning("setting", value)) for phrase in _split(words)]
    for section, value, words in rows("grammar.txt"):
        found += [(phrase, Meaning(cast(Sort, section), value or " ".join(phrase))) for phrase in _split(words)]
    return found + _posed(_verbs())


def _posed(verbs: list[tuple[Phrase, Meaning]]) -> list[tuple[Phrase, Meaning]]:
    """The verbs with the poses that the lexicon gives them, and its further phrases."""
    told = dict(lexicon.poses())
    found = []
    for words, meaning in verbs:
        if words in told:
            pose = told.pop(words)
            meaning = meaning._replace(value=" ".join((pose, *meaning.value.split()[1:])))
        found.append((words, meaning))
    return found + [(words, Meaning("verb", f"{pose} none {words[0]}")) for words, pose in told.items()]


@cache
def phrases() -> dict[Phrase, tuple[Meaning, ...]]:
    """Words of a phrase to everything it says, at most one meaning of a sort."""
    found: dict[Phrase, dict[str, Meaning]] = {}
    for words, meaning in _entries():
        senses = found.setdefault(words, {})
        senses.setdefault(meaning.sort if meaning.sort != "trait" else f"trait {meaning.value}", meaning)
    return {words: tuple(senses.values()) for words, senses in found.items()}


@cache
def longest() -> dict[str, int]:
    """The length of the longest phrase that begins with a word."""
    found: dict[str, int] = {}
    for words in phrases():
        found[words[0]] = max(found.get(words[0], 1), len(words))
    return found


def meanings(words: Phrase) -> tuple[Meaning, ...]:
    """What the words say as one phrase, in the plural if the last is one; nothing if they are not known."""
    table = phrases()
    if words[-1] not in _ALWAYS_PLURAL and words in table:
        known = table[words]
        if not all(meaning.sort in ("plain", "verb", "bare") for meaning in known):
            return known
    else:
        known = ()
    for last in singulars(words[-1]):
        single = table.get((*words[:-1], last), ())
        plural = tuple(
            meaning._replace(plural=True)
            for meaning in single
            if meaning.sort not in ("verb", "bare", "plain", "article", "relation", "number")
        )
        if plural:
            return (*known, *plural)
    return known
