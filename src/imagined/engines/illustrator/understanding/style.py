"""The style that a prompt asks for."""

import re
from functools import cache
from typing import Final, cast

from imagined.engines.illustrator.scene import Style
from imagined.engines.illustrator.understanding.tables import listed, loose

_MADE: Final = (
    r"(?:\s+(?:painting|drawing|sketch|illustration|picture|portrait|artwork|art|style|print|image|rendering|"
    r"landscape)){0,4}"
)
_THINGS: Final = frozenset({"pencil", "ink", "logo", "photo"})
"""Words of these styles are things too: they count where the sentence says that they are the way it is made."""
_WORD: Final = r"[\w-]{1,24}\s+"
_PLAIN_PICTURE: Final = re.compile(
    r"^\s*(?:please\s+)?(?:(?:draw|paint|create|make|generate|show|render|imagine|design)\s+(?:me\s+)?)?(?:an?\s+|the\s+)?"
    r"(?:[\w-]{1,24}\s+)?(?:picture|image|painting|drawing|illustration|scene|artwork|render(?:ing)?)\s+(?:of|showing|with)\b",
    re.IGNORECASE,
)


@cache
def _styles() -> tuple[tuple[Style, tuple[re.Pattern[str], ...]], ...]:
    found = []
    for _, style, phrases in listed("styles.txt"):
        either = "|".join(loose(phrase) for phrase in sorted(phrases, key=len, reverse=True))
        found.append((cast(Style, style), _patterns(style, either)))
    return tuple(found)


def _patterns(style: str, names: str) -> tuple[re.Pattern[str], ...]:
    kinds = "style|art|drawing|sketch|painting|illustration|design"
    ways = [
        rf"\b(?:an?\s+|the\s+)?(?:{_WORD})??(?:{names}){_MADE}\s+(?:of|showing|depicting)\b",
        rf"\b(?:as|in)\s+(?:an?\s+|the\s+)?(?:style\s+of\s+(?:an?\s+|the\s+)?)?(?:{_WORD})?(?:{names}){_MADE}\b",
        rf"(?:^|[,;.:]\s*)(?:{_WORD})?(?:{names}){_MADE}\s*(?=$|[,;.])",
        rf"\b(?:drawn|painted|rendered|made|done)\s+(?:in|with|as|like)\s+(?:an?\s+|the\s+)?(?:{names}){_MADE}\b",
        rf"\b(?:{names})\s+(?:{kinds})\b",
    ]
    if style not in _THINGS:
        ways.append(rf"\b(?:{names}){_MADE}\b")
    return tuple(re.compile(way, re.IGNORECASE) for way in ways)


def style_of(prompt: str) -> Style:
    """The style that the prompt asks for; ``illustration`` when it names none."""
    return split_style(prompt)[0]


def split_style(prompt: str) -> tuple[Style, str]:
    """The style, and the prompt without the words that only say how the picture is made; the first one named counts."""
    best: tuple[int, Style, int] | None = None
    for style, patterns in _styles():
        for pattern in patterns:
            match = pattern.search(prompt)
            if match and (best is None or match.start() < best[0]):
                best = (match.start(), style, match.end())
    if best is None:
        return "illustration", _PLAIN_PICTURE.sub(" ", prompt)
    return best[1], _PLAIN_PICTURE.sub(" ", f"{prompt[: best[0]]} , {prompt[best[2] :]}".lstrip(" ,"))
