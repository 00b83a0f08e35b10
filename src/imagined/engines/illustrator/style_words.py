"""The style that a prompt or an instruction asks for, by name."""

import re
from typing import Final

from imagined.engines.illustrator.scene import Style

_STYLES: Final[tuple[tuple[Style, str], ...]] = (
    ("watercolour", r"water[- ]?colou?rs?|aquarelle?s?|gouache"),
    ("pixel_art", r"pixel[- ]?art|pixelat\w*|8[- ]bit|16[- ]bit"),
    ("paper_cut", r"paper[- ]?cut(?:[- ]?outs?)?|papercraft|cut paper|layered paper"),
    ("blueprint", r"blue[- ]?prints?|technical drawing|cyanotype"),
    ("logo", r"logos?|emblem of|brand mark"),
    ("isometric", r"isometric(?:ally)?"),
    (
        "print",
        r"(?:vintage|screen|old|retro|riso\w*|woodblock|wood[- ]?cut|lino\w*) ?prints?|halftone|risograph|woodblock",
    ),
    ("poster", r"(?:travel |minimalist |flat |art deco |movie )?posters?|flat design|vector art"),
    ("oil", r"(?:in )?oils?(?: on canvas| paint(?:ing|ed)?)|oil[- ]painted|impasto|impressionis\w*|in oil"),
    ("pencil", r"pencil|graphite|charcoal|sketch(?:ed|es)?"),
    ("ink", r"(?:pen and |black |in )?ink(?: drawing| sketch| illustration)?|line (?:art|drawing)|etching|engraving"),
    ("anime", r"anime|manga|cel[- ]shad\w+|ghibli"),
    ("neon", r"neon (?:outlines?|lines?|style|art|glow|drawing)|outlined in neon|as neon|synthwave"),
    ("photo", r"photo(?:s|graph|graphs|graphy|graphic|[- ]?realistic)?|dslr|35 ?mm"),
)
_COMPILED: Final = tuple((style, re.compile(rf"\b(?:{pattern})\b")) for style, pattern in _STYLES)
_FOR_EDITS: Final[tuple[tuple[Style, str], ...]] = (
    ("photo", r"photo[- ]?realis\w+|photographic|(?:like|as|into) an? (?:real )?photo(?:graph)?"),
    ("poster", r"posteri[sz]ed?"),
    ("anime", r"cartoon\w*|comic\w*"),
    ("illustration", r"(?:an?|the) (?:plain |normal |original )?illustration(?: again)?"),
)
"""Words that name a style only where a picture is told to change, and that replace those for prompts: an instruction
may well speak of "the photo"."""
_REPLACED: Final = {"photo", "illustration"}
_TO_MAKE: Final = tuple(
    (style, re.compile(rf"\b(?:{pattern})\b"))
    for style, pattern in (*(row for row in _STYLES if row[0] not in _REPLACED), *_FOR_EDITS)
)


def style_to_make(text: str) -> tuple[Style | None, str]:
    """The style that an instruction, in small letters, asks for, and the text without the words for it."""
    for style, pattern in _TO_MAKE:
        if pattern.search(text):
            return style, pattern.sub(" ", text)
    return None, text


def style_of(text: str) -> Style | None:
    """The style named in `text`, or None."""
    lowered = text.lower()
    return next((style for style, pattern in _COMPILED if pattern.search(lowered)), None)
