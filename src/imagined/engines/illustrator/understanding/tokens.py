"""From text to words: quotes are set aside, emoji and words of other languages become English ones."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from imagined.engines.illustrator.understanding.tables import lines
from imagined.engines.illustrator.understanding.vocabulary import meanings

MOST_CHARACTERS: Final = 20_000
"""What of a prompt is read."""
_MOST_TOKENS: Final = 4000
_MARKS: Final = frozenset(".,;:!?&\n")
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[.,;:!?&\n]")
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿]+")
_QUOTED: Final = re.compile(
    r"\"([^\"\n]{1,80})\"|“([^”\n]{1,80})”|«([^»\n]{1,80})»|「([^」\n]{1,80})」|(?<!\w)'([^'\n]{1,60})'(?!\w)"
)
_SAYS: Final = re.compile(
    r"(?:\b(?:say(?:s|ing)?|reads?|reading|text|words?|letter(?:s|ing)|titled?|named?|called|label(?:led|ed)?"
    r"|caption(?:ed)?|written|inscription|spelling|logo|slogan|message)\b[^\w\"“«]*(?:\w+\W+){0,1})$",
    re.IGNORECASE,
)
_CARRIERS: Final = (
    "neon sign", "sign", "signpost", "billboard", "poster", "banner", "book", "cake", "shirt", "t-shirt", "mug", "cup",
    "label", "logo", "card", "flag", "wall", "door", "window", "shop", "cafe", "blackboard", "chalkboard", "board",
    "newspaper", "magazine", "cover", "screen", "letter", "note", "plate",
)  # fmt: skip
_CARRIER: Final = re.compile(rf"\b({'|'.join(sorted(_CARRIERS, key=len, reverse=True))})s?\b", re.IGNORECASE)
_BARE: Final = re.compile(
    r"\b(?:say(?:s|ing)|that reads|with the words?|with the text|with the inscription|titled)[: ]+"
    r"((?:[A-Z0-9][A-Z0-9!?&'\-]*)(?:\s+[A-Z0-9][A-Z0-9!?&'\-]*){0,5})\b"
)


@dataclass(frozen=True)
class Quoted:
    """Words to be lettered."""

    text: str
    on: str


def words_of(prompt: str) -> tuple[list[str], tuple[Quoted, ...]]:
    """The lower-case words and stops of a prompt, and what it wants to be lettered."""
    text = unicodedata.normalize("NFKC", prompt[:MOST_CHARACTERS])
    text, quoted = _unquoted(text)
    text = _spelled(text).lower().replace("’", "'")
    tokens = [match.group(0).strip("'-") for match in _TOKEN.finditer(_segmented(text))][:_MOST_TOKENS]
    return _translated([token for token in tokens if token]), quoted


def _unquoted(text: str) -> tuple[str, tuple[Quoted, ...]]:
    """The text without what is to be lettered. Quotes round a whole prompt, or for emphasis, are only dropped."""
    found: list[Quoted] = []

    def lettered(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None).strip()
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 14]
        near = _CARRIER.findall(before)
        wanted = _SAYS.search(before) or (near[-1:] and len(before.split()) < 12) or _CARRIER.match(after.strip())
        if not inner or not wanted or len(inner) > 0.8 * len(text):
            return f" {inner} "
        following = _CARRIER.match(after.strip())
        carrier = near[-1] if near else following.group(1) if following else "sign"
        found.append(Quoted(inner, carrier.lower()))
        return " "

    text = _QUOTED.sub(lettered, text)
    if not found:
        match = _BARE.search(text)
        if match:
            near = _CARRIER.findall(text[: match.start()])
            found.append(Quoted(match.group(1), near[-1].lower() if near else "sign"))
            text = text[: match.start()] + " , " + text[match.end() :]
    return text, tuple(found[:4])


@cache
def _emoji() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    for line in lines("emoji.txt"):
        signs, _, words = line.partition(" ")
        for sign in _signs(signs):
            table.setdefault(sign, words)
    ordered = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))), table


def _signs(run: str) -> list[str]:
    """Single emoji of a run: a joiner, a selector or a tag belongs to what stands before it."""
    found: list[str] = []
    for character in run:
        joined = bool(found) and (found[-1].endswith("\u200d") or character in "\u200d\ufe0f")
        if joined:
            found[-1] += character
        else:
            found.append(character)
    return found


def _spelled(text: str) -> str:
    """Emoji as words; places and hours, which begin with a preposition, join what stands before them."""
    pattern, table = _emoji()
    text = re.sub("[\U0001f3fb-\U0001f3ff]", "", text)

    def word(match: re.Match[str]) -> str:
        words = table[match.group(0)]
        scenery = words.split()[0] in ("in", "on", "at", "under", "with")
        return f" {words} , " if scenery else f" a {words} , "

    return pattern.sub(word, text)


@cache
def _foreign() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Words by language, and the words of Japanese and Chinese, which are not parted by spaces."""
    spaced: dict[str, dict[str, str]] = {name: {} for name in ("de", "fr", "es", "it")}
    unspaced: dict[str, str] = {}
    for line in lines("foreign.txt"):
        english, *columns = line.split("|")
        for name, column in zip((*spaced, "ja", "zh"), columns, strict=False):
            for form in column.split():
                word = form.replace("+", " ")
                if name in spaced:
                    spaced[name].setdefault(word, english)
                else:
                    unspaced.setdefault(word, english)
    return spaced, unspaced


def _segmented(text: str) -> str:
    """Japanese and Chinese with spaces round the words that are known, which are put into English."""
    table = _foreign()[1]

    def run(match: re.Match[str]) -> str:
        left, at, found = match.group(0), 0, []
        while at < len(left):
            for length in range(min(8, len(left) - at), 0, -1):
                english = table.get(left[at : at + length])
                if english is not None:
                    found.append(f" {english} ")
                    at += length
                    break
            else:
                found.append(left[at])
                at += 1
        return "".join(found)

    return _CJK.sub(run, text)


def _translated(tokens: list[str]) -> list[str]:
    """The tokens in English, if most of those that English lacks are words of one other language."""
    tables = _foreign()[0]
    strange = {token for token in tokens if token not in _MARKS and not meanings((token,))}
    if not strange:
        return tokens
    scores = {name: len(strange & table.keys()) for name, table in tables.items()}
    best = max(scores, key=lambda name: (scores[name], name))
    whole = sum(token in tables[best] for token in tokens)
    if scores[best] == 0 or (scores[best] < 2 and whole * 2 < len(tokens)):
        return tokens
    # French and Italian elide: "d'un", "l'arbre".
    parts = [part for token in tokens for part in re.split(r"(?<=^[dl])'", token)]
    table = tables[best]
    return [word for part in parts for word in (table.get(part) or table.get(part.rstrip("s")) or part).split()]
