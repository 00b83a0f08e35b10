"""How the picture is taken: framing, light, and the moves of a film's camera."""

import re
import unicodedata
from functools import cache
from typing import Final, cast

from imagined.engines.illustrator.scene import CameraMove, Framing, Lighting
from imagined.engines.illustrator.understanding.tables import listed, loose

_VIEW: Final = r"(?:\s+(?:view|shot|photo|photograph|picture|portrait|perspective|angle|image|lens))?(?:\s+of)?\b"
_TIMED: Final = frozenset({"golden_hour", "moonlight", "sunlight"})
"""Lights that say the hour as well: their words stay in the prompt."""


@cache
def _patterns(wanted: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The phrases of one section of the table, the longest first."""
    found = []
    for section, name, phrases in listed("views.txt"):
        if section == wanted:
            ordered = sorted(phrases, key=len, reverse=True)
            either = "|".join(loose(phrase) for phrase in ordered)
            found.append((name, re.compile(rf"\b(?:{either})\b{_VIEW if wanted == 'framing' else ''}", re.IGNORECASE)))
    return tuple(found)


def framing_of(prompt: str) -> tuple[Framing | None, str]:
    """How the subject is framed, and the prompt without the words that say so."""
    for name, pattern in _patterns("framing"):
        if pattern.search(prompt):
            return cast(Framing, name), pattern.sub(" ", prompt)
    return None, prompt


def light_of(prompt: str) -> tuple[Lighting | None, str]:
    """The light that is asked for, and the prompt without the words that say nothing else."""
    for name, pattern in _patterns("light"):
        if pattern.search(prompt):
            return cast(Lighting, name), prompt if name in _TIMED else pattern.sub(" ", prompt)
    return None, prompt


_SLOWLY: Final = r"[- ](?:slowly |gently )?"
_PAN: Final = r"pan(?:s|ning)?(?: the camera)?(?: slowly| gently)?(?: to the)? "
_MOVES: Final[tuple[tuple[CameraMove, tuple[str, ...]], ...]] = (
    (
        "static",
        (
            r"static (?:camera|shot)",
            r"(?:still|fixed) camera",
            r"locked[- ]off",
            r"no camera (?:move|motion)",
            r"camera (?:stays|is) (?:still|fixed)",
        ),
    ),
    (
        "fly_through",
        (
            r"fl(?:y|ies|ying|ight)[- ]?(?:through|over the|by)",
            r"flyover",
            r"drone (?:shot|footage)",
            r"aerial (?:shot|view)",
            r"fpv",
        ),
    ),
    (
        "pull_back",
        (
            rf"pull(?:s|ing|ed)?{_SLOWLY}(?:back|out|away)",
            rf"zoom(?:s|ing)?{_SLOWLY}out",
            r"doll(?:y|ies|ying)[- ]?(?:back|out)",
            r"mov(?:e|es|ing) (?:back|away)",
        ),
    ),
    (
        "push_in",
        (
            rf"push(?:es|ing)?{_SLOWLY}in",
            rf"zoom(?:s|ing)?{_SLOWLY}in",
            r"doll(?:y|ies|ying)[- ]?(?:in|forward)",
            r"mov(?:e|es|ing) (?:closer|forward)",
            r"close[- ]?in on",
        ),
    ),
    ("pan_left", (rf"{_PAN}left",)),
    (
        "pan_right",
        (rf"{_PAN}right", r"camera pans(?! (?:slowly |gently )?(?:to the )?left)", r"panning shot", r"slow pan"),
    ),
    ("tilt_up", (r"tilt(?:s|ing)?(?: slowly| gently)? up(?:ward)?",)),
    ("tilt_down", (r"tilt(?:s|ing)?(?: slowly| gently)? down(?:ward)?",)),
    (
        "orbit",
        (
            r"orbit(?:s|ing)? (?:around|shot|the)",
            r"camera orbits",
            r"circl(?:e|es|ing) (?:around|the)",
            r"rotat(?:e|es|ing) around",
            r"arc shot",
            r"turntable",
        ),
    ),
    (
        "rise",
        (
            r"camera (?:slowly )?(?:rises|ascends|climbs|lifts)",
            r"crane (?:shot|up)",
            r"ris(?:es|ing) (?:shot|camera|above)",
        ),
    ),
)
_COMPILED: Final = tuple((move, re.compile("|".join(patterns))) for move, patterns in _MOVES)


def camera_move(prompt: str) -> CameraMove | None:
    """How the prompt says that the camera moves, or None when it does not say; the first move named counts."""
    text = unicodedata.normalize("NFKC", prompt[:60000]).lower()
    first: tuple[int, CameraMove] | None = None
    for move, pattern in _COMPILED:
        match = pattern.search(text)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), move)
    return first[1] if first else None


_GENTLY: Final = r"(?:\s+(?:slowly|gently))?"
_MOVE_WORDS: Final = re.compile(
    r"\b(?:the\s+)?(?:camera\s+)?(?:slow(?:ly)?\s+|gently\s+)*(?:"
    rf"(?:zoom|push|pull)(?:s|es|ing|ed)?{_GENTLY}[- ](?:in|out|back|away)"
    rf"|pan(?:s|ning)?(?:\s+the\s+camera)?{_GENTLY}(?:\s+to\s+the)?\s+(?:left|right)"
    rf"|doll(?:y|ies|ying)[- ]?(?:in|out|back|forward)|tilt(?:s|ing)?{_GENTLY}\s+(?:up|down)"
    r"|(?:static|locked[- ]off|still|fixed)\s+(?:camera|shot)|drone\s+footage|crane\s+(?:shot|up)"
    r"|orbit(?:s|ing)?\s+(?:around|shot)|arc\s+shot|turntable|fly[- ]?through|flyover|fpv)\b",
    re.IGNORECASE,
)


def without_moves(prompt: str) -> str:
    """The prompt without the words that only move the camera of a film."""
    return _MOVE_WORDS.sub(" , ", prompt)
