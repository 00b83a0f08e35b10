"""Words in the picture: a printed card for what cannot be drawn, and a board for words that were put in quotes."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.scene import Lettering

_Colour = tuple[int, int, int]


@dataclass(frozen=True)
class _Look:
    """How a card is printed; lengths are parts of the picture's short side."""

    paper: _Colour
    ink: _Colour
    line: _Colour
    spacing: float
    """Between letters, in their height."""
    capitals: bool
    posts: bool = False


_LOOKS: Final[dict[str, _Look]] = {
    "title": _Look((247, 242, 230), (45, 40, 36), (150, 128, 96), 0.10, False),
    "sign": _Look((44, 62, 58), (244, 236, 214), (206, 176, 112), 0.08, True, posts=True),
    "neon sign": _Look((20, 18, 30), (255, 120, 190), (90, 230, 250), 0.10, True, posts=True),
}
_MOST_WIDE: Final = 0.72
"""Of the picture's width."""


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    """The typeface that comes with Pillow: the same letters on every machine."""
    font = ImageFont.load_default(pixels)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


@cache
def _missing() -> bytes:
    return bytes(_font(24).getmask("\uffff"))


def printable(text: str) -> str:
    """The text in the letters that the typeface has, accents dropped where need be, single spaces between words."""
    kept = "".join(letter if letter.isspace() else _closest(letter) for letter in text)
    return " ".join(kept.split())


def _closest(letter: str) -> str:
    if _has(letter):
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if _has(part))


def _has(letter: str) -> bool:
    return letter.isprintable() and bytes(_font(24).getmask(letter)) != _missing()


def with_lettering(pixels: Pixels, lettering: tuple[Lettering, ...]) -> Pixels:
    """The picture with its first lettering on it; as it is when there is none that can be printed."""
    for words in lettering:
        text = printable(words.text)
        if text:
            look = _LOOKS.get(words.on, _LOOKS["title" if words.on == "title" else "sign"])
            return _printed(pixels, text.upper() if look.capitals else text, look)
    return pixels


def _printed(pixels: Pixels, text: str, look: _Look) -> Pixels:
    rows, columns = pixels.shape[:2]
    short = min(rows, columns)
    size = max(round(short * 0.062), 7)
    lines = _broken(text, size, look, columns * _MOST_WIDE)
    while len(lines) > 3 and size > 7:
        size = max(round(size * 0.85), 7)
        lines = _broken(text, size, look, columns * _MOST_WIDE)
    wide = max(_length(line, size, look) for line in lines[:4])
    pad = size * 1.1
    high = len(lines[:4]) * size * 1.32
    middle = columns / 2
    foot = rows - short * (0.13 if look.posts else 0.075)
    box = (middle - wide / 2 - pad * 1.3, foot - high - pad * 1.3, middle + wide / 2 + pad * 1.3, foot)
    picture = Image.fromarray(pixels).convert("RGB")
    picture = _shadowed(picture, box, look, size)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle(box, radius=size * 0.22, fill=look.paper)
    edge = size * 0.3
    inner = (box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge)
    draw.rounded_rectangle(inner, radius=size * 0.12, outline=look.line, width=max(round(size * 0.055), 1))
    top = box[1] + pad * 0.65
    for number, line in enumerate(lines[:4]):
        _write(draw, line, (middle, top + (number + 0.5) * size * 1.32), size, look)
    return np.asarray(picture, np.uint8)


def _shadowed(picture: Image.Image, box: tuple[float, float, float, float], look: _Look, size: int) -> Image.Image:
    """The picture with the card's shadow, and the posts of a board."""
    shade = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(shade)
    drop = size * 0.28
    draw.rounded_rectangle((box[0], box[1] + drop, box[2], box[3] + drop), radius=size * 0.3, fill=120)
    shade = shade.filter(ImageFilter.GaussianBlur(size * 0.4))
    picture = Image.composite(Image.new("RGB", picture.size, (12, 12, 18)), picture, shade)
    if look.posts:
        posts = ImageDraw.Draw(picture)
        for along in (0.16, 0.84):
            x = box[0] + (box[2] - box[0]) * along
            posts.rectangle((x - size * 0.16, box[3] - size, x + size * 0.16, picture.height), fill=(74, 58, 44))
            posts.rectangle((x + size * 0.04, box[3] - size, x + size * 0.16, picture.height), fill=(54, 42, 33))
    return picture


def _length(line: str, size: int, look: _Look) -> float:
    return float(_font(size).getlength(line)) + max(len(line) - 1, 0) * size * look.spacing


def _broken(text: str, size: int, look: _Look, room: float) -> list[str]:
    """The text in lines that fit."""
    lines: list[str] = []
    for word in text.split():
        while _length(word, size, look) > room and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or _length(word[:n], size, look) <= room)
            lines.append(word[:cut])
            word = word[cut:]
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _length(joined, size, look) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _write(draw: ImageDraw.ImageDraw, line: str, middle: tuple[float, float], size: int, look: _Look) -> None:
    x = middle[0] - _length(line, size, look) / 2
    for letter in line:
        draw.text((x, middle[1]), letter, font=_font(size), fill=look.ink, anchor="lm")
        x += float(_font(size).getlength(letter)) + size * look.spacing
