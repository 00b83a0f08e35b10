"""From a prompt to a scene. `understanding` has the parts; nothing here raises, whatever the text."""

import re
from typing import Final, cast

from imagined.engines.illustrator.scene import Lettering, Scene, Season, Setting, Subject, TimeOfDay, Weather
from imagined.engines.illustrator.understanding.camera import camera_move, framing_of, light_of, without_moves
from imagined.engines.illustrator.understanding.draft import Draft
from imagined.engines.illustrator.understanding.items import items_of
from imagined.engines.illustrator.understanding.places import setting_of, traits_of
from imagined.engines.illustrator.understanding.reader import Reader
from imagined.engines.illustrator.understanding.settle import settled
from imagined.engines.illustrator.understanding.style import split_style, style_of
from imagined.engines.illustrator.understanding.tables import drawn
from imagined.engines.illustrator.understanding.tokens import MOST_CHARACTERS, Quoted, words_of

__all__ = ["camera_move", "understand"]

_CARD_CHARACTERS: Final = 64


def understand(prompt: str, seed: int, aspect_ratio: str) -> Scene:
    """The scene a prompt describes. Any text gives one; the same text, seed and ratio give the same."""
    whole = without_moves(re.sub(r"[^\S\n]+", " ", prompt[:MOST_CHARACTERS]))
    style = style_of(whole)
    framing, text = framing_of(whole)
    light, text = light_of(split_style(text)[1])
    tokens, quoted = words_of(text)
    draft = Reader().read(items_of(tokens))
    subjects, taken = settled(draft)
    setting = setting_of(draft, subjects, seed)
    return Scene(
        seed=seed,
        prompt=prompt,
        setting=setting,
        time=cast(TimeOfDay, _last(draft, "time", "night" if light == "moonlight" else "day")),
        weather=cast(Weather, _last(draft, "weather", "clear")),
        season=_season(draft, setting),
        traits=traits_of(draft, subjects, setting),
        subjects=subjects,
        aspect_ratio=aspect_ratio,
        unknown=tuple(draft.unknown),
        style=style,
        light=light,
        framing=framing,
        mood=tuple(dict.fromkeys(draft.said.get("mood", [])))[:4],
        without=tuple(dict.fromkeys(draft.banned.values()))[:16],
        lettering=_lettering(prompt, draft, subjects, quoted),
        taken=taken,
    )


def _last(draft: Draft, sort: str, usual: str) -> str:
    said = [value for value in draft.said.get(sort, []) if value not in draft.banned]
    return said[-1] if said else usual


def _season(draft: Draft, setting: Setting) -> Season:
    wintry = setting in ("arctic", "snow_village") or "snow" in draft.said.get("weather", [])
    return cast(Season, _last(draft, "season", "winter" if wintry else "summer"))


def _lettering(
    prompt: str, draft: Draft, subjects: tuple[Subject, ...], quoted: tuple[Quoted, ...]
) -> tuple[Lettering, ...]:
    """What was put in quotes; and where what it is about cannot be drawn, its name or the prompt."""
    found = tuple(Lettering(text=words.text, on=words.on) for words in quoted)
    if found:
        return found
    first = subjects[0] if subjects else None
    stranger = draft.stranger_first or (first is not None and first.noun not in drawn())
    silent = not subjects and not draft.settings and not draft.said and bool(re.search(r"\w", prompt))
    if draft.place_first or not (stranger or silent):
        return ()
    named = draft.strangers[0] if draft.stranger_first else first.word if first else prompt
    return (Lettering(text=_short(prompt if silent else named), on="title"),)


def _short(text: str) -> str:
    """The beginning of a text, cut between words."""
    words = " ".join(text.split())
    if len(words) <= _CARD_CHARACTERS:
        return words
    return words[:_CARD_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:-") + " ..."
