"""Draws the prompts of bench/prompts and lays the pictures out on contact sheets, to be judged by looking.

    python -m bench.sheet [--category food] [--half tune|fresh] [--size 384] [--style ink] [--limit N] [--jobs 2]

Sheets go to build/sheets, one for each category, with the prompt and what must be visible under each picture. Prints
the processor time of each category's pictures: median and slowest, of reading the prompt, building and drawing. A
picture that fails is shown as a red field with its error, and the exit status is 1.
"""

import argparse
import multiprocessing
import statistics
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec
from PIL import Image, ImageDraw, ImageFont

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.picture import Stage
from imagined.engines.illustrator.scene import Style
from imagined.engines.illustrator.words import understand

PROMPTS = Path(__file__).parent / "prompts"
SHEETS = Path("build") / "sheets"
MOST_JOBS = 2
COLUMNS = 4
_RATIO = "4:3"
_SEED = 1
_GAP = 12


@dataclass(frozen=True)
class Prompt:
    """One line of a file in bench/prompts."""

    category: str
    text: str
    visible: str
    """What a person must be able to see in the picture."""


@dataclass(frozen=True)
class Drawn:
    """A prompt's picture, or why there is none."""

    prompt: Prompt
    pixels: Pixels | None
    seconds: float
    """Processor time."""
    error: str = ""


def categories() -> list[str]:
    """The names of the files."""
    return sorted(path.stem for path in PROMPTS.glob("*.txt"))


def prompts_of(category: str, half: str | None = None) -> list[Prompt]:
    """The prompts of a file. Illustrators are tuned on one half, every other line from the first, and judged by the
    `fresh` one."""
    lines = [line for line in (PROMPTS / f"{category}.txt").read_text().splitlines() if line.strip()]
    chosen = {None: lines, "tune": lines[0::2], "fresh": lines[1::2]}[half]
    prompts = []
    for line in chosen:
        text, parted, visible = line.partition(" :: ")
        if not parted:
            raise ValueError(f"{category}.txt: no ' :: ' in {line!r}")
        prompts.append(Prompt(category, text.strip(), visible.strip()))
    return prompts


def draw(prompt: Prompt, size: int, style: str | None) -> Drawn:
    """The picture of a prompt, `size` pixels wide; whatever goes wrong is part of the result."""
    started = time.process_time()
    try:
        scene = understand(prompt.text, _SEED, _RATIO)
        if style:
            scene = msgspec.structs.replace(scene, style=style)
        stage = Stage(scene)
        steps = stage.picture(stage.world.camera, size, size * 3 // 4)
        while True:
            next(steps)
    except StopIteration as finished:
        return Drawn(prompt, finished.value, time.process_time() - started)
    except Exception as error:
        return Drawn(prompt, None, time.process_time() - started, f"{type(error).__name__}: {error}")


def sheet(drawn: Sequence[Drawn], size: int) -> Image.Image:
    """All pictures in rows of four, with their words under them."""
    font = ImageFont.load_default(max(10, size // 26))
    high, line = size * 3 // 4, max(13, size // 20)
    cell_high = high + 4 * line + _GAP
    columns = min(COLUMNS, max(1, len(drawn)))
    rows = -(-len(drawn) // columns)
    image = Image.new("RGB", (columns * (size + _GAP) + _GAP, rows * cell_high + _GAP), (246, 246, 244))
    pen = ImageDraw.Draw(image)
    for index, one in enumerate(drawn):
        left, top = _GAP + index % columns * (size + _GAP), _GAP + index // columns * cell_high
        if one.pixels is None:
            pen.rectangle((left, top, left + size - 1, top + high - 1), (150, 30, 30))
            pen.multiline_text((left + 8, top + 8), textwrap.fill(one.error, 40), (255, 255, 255), font)
        else:
            image.paste(Image.fromarray(one.pixels), (left, top))
        words = textwrap.wrap(one.prompt.text, 48)[:2] + textwrap.wrap(f"[{one.prompt.visible}]", 48)[:2]
        for number, text in enumerate(words):
            colour = (110, 110, 110) if text in textwrap.wrap(f"[{one.prompt.visible}]", 48) else (20, 20, 20)
            pen.text((left, top + high + 4 + number * line), text, colour, font)
    return image


def drawn_all(prompts: Sequence[Prompt], size: int, style: str | None, jobs: int) -> Iterator[Drawn]:
    """The pictures in the order of the prompts, drawn by so many processes."""
    if jobs <= 1:
        yield from (draw(prompt, size, style) for prompt in prompts)
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, MOST_JOBS), mp_context=fresh) as pool:
        count = len(prompts)
        yield from pool.map(draw, prompts, [size] * count, [style] * count)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.sheet", description=__doc__.splitlines()[0])
    parser.add_argument("--category", action="append", choices=categories(), help="may be repeated; default: all")
    parser.add_argument("--half", choices=("tune", "fresh"), help="default: both")
    parser.add_argument("--size", type=int, default=384, help="width of a picture, pixels")
    parser.add_argument("--style", choices=get_args(Style), help="default: what the prompt says")
    parser.add_argument("--limit", type=int, help="only the first prompts of each category")
    parser.add_argument("--jobs", type=int, default=MOST_JOBS, help=f"processes, at most {MOST_JOBS}")
    parser.add_argument("--out", type=Path, default=SHEETS, help=f"folder, default {SHEETS}")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    chosen = [
        prompt
        for category in options.category or categories()
        for prompt in prompts_of(category, options.half)[: options.limit]
    ]
    print(f"{'category':<12}{'pictures':>9}{'median':>9}{'slowest':>9}", flush=True)
    everything: list[Drawn] = []
    latest: list[Drawn] = []
    for one in drawn_all(chosen, max(64, options.size), options.style, options.jobs):
        if latest and latest[0].prompt.category != one.prompt.category:
            _finished(latest, options)
            latest = []
        latest.append(one)
        everything.append(one)
    _finished(latest, options)
    _row("all", everything)
    failed = [one for one in everything if one.pixels is None]
    for one in failed:
        print(f"failed: {one.prompt.text}: {one.error}", file=sys.stderr)
    return 1 if failed else 0


def _finished(drawn: Sequence[Drawn], options: argparse.Namespace) -> None:
    """Writes the sheet of one category, and its row of the table."""
    name = "-".join(part for part in (drawn[0].prompt.category, options.half, options.style) if part)
    path = options.out / f"{name}.jpg"
    sheet(drawn, max(64, options.size)).save(path, quality=90)
    _row(drawn[0].prompt.category, drawn, str(path))


def _row(name: str, drawn: Sequence[Drawn], where: str = "") -> None:
    times = [one.seconds for one in drawn]
    slowest = max(drawn, key=lambda one: one.seconds)
    about = where or f"slowest: {slowest.prompt.text}"
    print(f"{name:<12}{len(drawn):>9}{statistics.median(times):>8.2f}s{max(times):>8.2f}s  {about}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
