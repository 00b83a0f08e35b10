"""What an edit's prompt asks for, as changes of the scene tree and looks of the pixels."""

import re
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from imagined.engines.illustrator.scene import Addition, Scene, Season, Style, TimeOfDay, Weather
from imagined.engines.illustrator.style_words import style_to_make
from imagined.engines.port import EngineError

Value = TypeVar("Value")

UNDERSTOOD: Final = (
    "This engine understands edits that add or remove neon signs; change the time of day (dawn, day, sunset, dusk, "
    "night), the weather (clear, cloudy, rain, snow, fog, storm) or the season; and looks: black and white, sepia, "
    "warmer, cooler, brighter, darker, more contrast, vivid, muted, blurred, sharper, vignette, "
    "inverted, mirrored, upside down; and styles: photo, oil, watercolour, ink, pencil, pixel art, poster, paper cut, "
    "anime, vintage print, neon outlines, isometric, logo, blueprint."
)

_TIMES: Final[tuple[tuple[str, TimeOfDay], ...]] = (
    (r"\b(midnight|night|nighttime|night-time|nocturnal)\b", "night"),
    (r"\b(dusk|twilight|blue hour|evening)\b", "dusk"),
    (r"\b(sunset|golden hour|sundown)\b", "sunset"),
    (r"\b(dawn|sunrise|early morning|morning)\b", "dawn"),
    (r"\b(daytime|daylight|midday|noon|day)\b", "day"),
)
_WEATHERS: Final[tuple[tuple[str, Weather], ...]] = (
    (r"\b(thunder\w*|storm\w*|lightning)\b", "storm"),
    (r"\b(rain\w*|drizzle|downpour|wet)\b", "rain"),
    (r"\b(snow\w*|blizzard)\b", "snow"),
    (r"\b(fog\w*|mist\w*|haze|hazy)\b", "fog"),
    (r"\b(overcast)\b", "overcast"),
    (r"\b(cloud\w*)\b", "cloudy"),
    (r"\b(clear sky|clear skies|clear weather|sunny|cloudless)\b", "clear"),
)
_SEASONS: Final[tuple[tuple[str, Season], ...]] = (
    (r"\b(winter\w*)\b", "winter"),
    (r"\b(autumn\w*|fall colou?rs|fall foliage)\b", "autumn"),
    (r"\b(spring|springtime)\b", "spring"),
    (r"\b(summer\w*)\b", "summer"),
)
_LOOKS: Final = (
    (r"\b(black[- ]and[- ]white|b&w|gr[ea]yscale|monochrome|noir|desaturate)\b", "black_and_white"),
    (r"\b(sepia|old photo\w*|vintage|antique)\b", "sepia"),
    (r"\b(warm|warmer)\b", "warmer"),
    (r"\b(cool|cooler|colder|bluer)\b", "cooler"),
    (r"\b(bright|brighter|brighten|lighter|lighten)\b", "brighter"),
    (r"\b(dark|darker|darken)\b", "darker"),
    (r"\b(contrast\w*|punchy|punchier)\b", "contrast"),
    (r"\b(vivid|vibrant|saturat\w*|colou?rful)\b", "vivid"),
    (r"\b(muted|faded|pastel|washed[- ]out)\b", "muted"),
    (r"\b(blur\w*|out of focus)\b", "blurred"),
    (r"\b(sharp\w*|crisper)\b", "sharper"),
    (r"\b(vignette)\b", "vignette"),
    (r"\b(invert\w*|negative)\b", "inverted"),
    (r"\b(mirror\w*|flip(ped)? horizontally|flip (it|the (picture|image|photo)))\b", "mirrored"),
    (r"\b(upside[- ]down|flip(ped)? vertically)\b", "upside_down"),
)
_COLOURS: Final = ("pink", "cyan", "red", "purple", "green", "yellow", "orange", "blue", "white")
_SAME_COLOUR: Final = {"magenta": "pink", "violet": "purple", "teal": "cyan", "turquoise": "cyan", "gold": "yellow"}
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_QUOTED: Final = re.compile(r"[\"“”«»]([^\"“”«»]{1,40})[\"“”«»]|(?<!\w)['‘]([^'‘’]{1,40})['’](?!\w)")
_SIGNS: Final = re.compile(r"\b(neon\w*|signs?|signage|billboards?)\b")
_TAKE_AWAY: Final = re.compile(r"\b(remove|delete|erase|without|no|take away|get rid of|switch off|turn off)\b")


@dataclass(frozen=True)
class Instructions:
    """One edit, understood."""

    signs: Addition | None = None
    remove_signs: bool = False
    time: TimeOfDay | None = None
    weather: Weather | None = None
    season: Season | None = None
    looks: tuple[str, ...] = ()
    style: Style | None = None

    @property
    def changes_world(self) -> bool:
        """Whether more than additions and looks change: the whole picture is drawn anew."""
        return bool(self.time or self.weather or self.season or self.style or self.remove_signs)

    @property
    def nothing(self) -> bool:
        """Whether nothing was understood."""
        return not (self.signs or self.looks or self.changes_world)

    def applied(self, scene: Scene) -> Scene:
        """The scene after the edit."""
        additions = () if self.remove_signs else scene.additions
        if self.signs:
            additions = (*additions, self.signs)
        return msgspec.structs.replace(
            scene,
            time=self.time or scene.time,
            weather=self.weather or scene.weather,
            season=self.season or scene.season,
            style=self.style or scene.style,
            additions=additions,
        )


def instructions_of(prompt: str, seed: int) -> Instructions:
    """The edit that `prompt` asks for; `seed` decides the details of what it adds.

    Raises `EngineError("invalid_argument")`, saying what is understood, when nothing of it is.
    """
    quoted = tuple(a or b for a, b in _QUOTED.findall(prompt))
    text = _QUOTED.sub(" ", prompt).lower()
    takes_away = bool(_TAKE_AWAY.search(text))
    style, text = style_to_make(text)
    signs = bool(_SIGNS.search(text))
    if signs and style in ("logo", "poster", "print"):
        # Something that the sign is to look like.
        style = None
    weather = _first(_WEATHERS, text)
    found = Instructions(
        signs=_signs(text, quoted, seed) if signs and not takes_away else None,
        remove_signs=signs and takes_away,
        time=_first(_TIMES, _target(text)),
        weather=weather if not (takes_away and weather) else "clear",
        season=_first(_SEASONS, text),
        looks=tuple(look for pattern, look in _LOOKS if re.search(pattern, text)),
        style=style,
    )
    if found.nothing:
        raise EngineError("invalid_argument", f"The edit was not understood. {UNDERSTOOD}")
    return found


def _target(text: str) -> str:
    """What a change leads to: of "from day to night" only the night."""
    turned = re.search(r"\b(?:in)?to (?:a |an |the )?(.+)$", text)
    return turned.group(1) if turned and any(re.search(pattern, turned.group(1)) for pattern, _ in _TIMES) else text


def _signs(text: str, quoted: tuple[str, ...], seed: int) -> Addition:
    words = re.findall(r"[a-z0-9]+", text)
    colour = next((_SAME_COLOUR.get(word, word) for word in words if word in _COLOURS or word in _SAME_COLOUR), None)
    count = next((_NUMBERS.get(word) or int(word) for word in words if word in _NUMBERS or word.isdecimal()), 0)
    if re.search(r"\b(a|an) (\w+ )*(neon )?sign\b", text):
        count = 1
    return Addition(kind="neon_signs", seed=seed & 0x7FFFFFFF, count=min(count, 60), colour=colour, text=quoted)


def _first(table: tuple[tuple[str, Value], ...], text: str) -> Value | None:
    return next((value for pattern, value in table if re.search(pattern, text)), None)
