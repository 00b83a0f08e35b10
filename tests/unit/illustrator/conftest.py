"""One small city picture, its neon edit and a one-second film of it, drawn once for all tests."""

from pathlib import Path

import numpy as np
import pytest

from imagined.engines.illustrator.engine import Illustrator
from imagined.engines.port import EngineEvent, ImageTask, MediaInput, Produced, Progress, VideoTask

PROMPT = "A futuristic city skyline at night"


def run(events) -> tuple[list[Progress], list[Produced]]:
    """All events of a task, sorted into progress and results."""
    seen: list[EngineEvent] = list(events)
    return [e for e in seen if isinstance(e, Progress)], [e for e in seen if isinstance(e, Produced)]


def as_input(produced: Produced, role: str = "image") -> MediaInput:
    return MediaInput(role=role, path=produced.path, content_type=produced.content_type, receipt=produced.receipt)


@pytest.fixture(scope="session")
def engine() -> Illustrator:
    return Illustrator()


@pytest.fixture(scope="session")
def drawn(engine, tmp_path_factory):
    task = ImageTask(
        model="m", prompt=PROMPT, seed=11, workdir=str(tmp_path_factory.mktemp("drawn")), aspect_ratio="9:20"
    )
    return run(engine.generate_image(task))


@pytest.fixture(scope="session")
def picture(drawn) -> Produced:
    return drawn[1][0]


@pytest.fixture(scope="session")
def edited(engine, picture, tmp_path_factory):
    task = ImageTask(
        model="m",
        prompt="Add neon signs to the buildings",
        seed=12,
        workdir=str(tmp_path_factory.mktemp("edited")),
        inputs=(as_input(picture),),
    )
    return run(engine.edit_image(task))


@pytest.fixture(scope="session")
def film(engine, edited, tmp_path_factory):
    task = VideoTask(
        model="m",
        prompt="A camera pulls back through the city",
        seed=13,
        workdir=str(tmp_path_factory.mktemp("film")),
        duration_s=1,
        aspect_ratio=None,
        inputs=(as_input(edited[1][0], "first_frame"),),
    )
    return run(engine.generate_video(task))


@pytest.fixture
def photo(tmp_path) -> Path:
    """A picture that no engine made: sky, two blocks with windows, ground."""
    from PIL import Image

    rng = np.random.default_rng(3)
    pixels = np.full((480, 640, 3), (120, 150, 190), np.uint8)
    pixels[380:] = (70, 70, 66)
    for left in (90, 360):
        pixels[120:380, left : left + 180] = (90, 80, 76)
        for y in range(130, 370, 20):
            for x in range(left + 8, left + 170, 22):
                pixels[y : y + 10, x : x + 12] = rng.integers(30, 220)
    path = tmp_path / "photo.png"
    Image.fromarray(pixels).save(path)
    return path
