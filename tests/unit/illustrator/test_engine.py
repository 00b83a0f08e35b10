from pathlib import Path

import numpy as np
import pytest

from imagined.engines.illustrator.picture import origin_of
from imagined.engines.media import load_picture
from imagined.engines.port import Engine, EngineError, ImageTask, MediaInput
from tests.unit.illustrator.conftest import PROMPT, as_input, run


def test_is_an_engine(engine):
    checked: Engine = engine
    assert checked.name == "illustrator"
    assert len(checked.digest) == 16


def test_a_picture_has_the_listed_size_and_a_receipt_to_go_on_from(picture):
    pixels = load_picture(picture.path)
    assert (picture.width, picture.height) == (576, 1280) == pixels.shape[1::-1]
    assert picture.content_type == "image/jpeg"
    assert Path(picture.path).read_bytes()[:2] == b"\xff\xd8"
    assert {"engine", "digest", "model", "seed", "prompt", "operation", "scene", "camera"} <= picture.receipt.keys()
    assert origin_of(picture.receipt).scene.setting == "city"


def test_progress_only_grows_and_never_passes_its_end(drawn, edited, film):
    for progress, results in (drawn, edited, film):
        assert len(results) == 1
        steps = [event.step for event in progress if event.phase == "drawing"]
        assert steps == sorted(steps)
        assert all(0 <= event.step <= event.of for event in progress)


def test_the_same_task_gives_the_same_bytes(engine, picture, tmp_path):
    task = ImageTask(model="m", prompt=PROMPT, seed=11, workdir=str(tmp_path), aspect_ratio="9:20")
    _, (again,) = run(engine.generate_image(task))
    assert Path(again.path).read_bytes() == Path(picture.path).read_bytes()


def test_the_pictures_of_one_task_are_different_cities(engine, tmp_path):
    task = ImageTask(model="m", prompt=PROMPT, seed=11, n=2, workdir=str(tmp_path), aspect_ratio="9:20")
    _, results = run(engine.generate_image(task))
    assert [result.index for result in results] == [0, 1]
    one, two = (load_picture(result.path).astype(int) for result in results)
    assert np.abs(one - two).mean() > 10


def test_neon_changes_what_it_lights_and_nothing_else(picture, edited):
    before = load_picture(picture.path).astype(int)
    after = load_picture(edited[1][0].path).astype(int)
    difference = np.abs(after - before).max(axis=2)
    assert (difference > 60).sum() > 2000
    untouched = difference < 12
    assert untouched.mean() > 0.5
    assert difference[untouched].mean() < 1.0
    # The sky has no signs and keeps its pixels.
    assert difference[: before.shape[0] // 10].mean() < 1.0


def test_an_edit_remembers_what_it_added(edited):
    scene = origin_of(edited[1][0].receipt).scene
    assert [addition.kind for addition in scene.additions] == ["neon_signs"]


@pytest.mark.parametrize("prompt", ["Add a unicorn beside the lake", "", "asdf qwer"])
def test_an_edit_that_is_not_understood_says_what_is(engine, picture, tmp_path, prompt):
    task = ImageTask(model="m", prompt=prompt, seed=1, workdir=str(tmp_path), inputs=(as_input(picture),))
    with pytest.raises(EngineError) as raised:
        run(engine.edit_image(task))
    assert raised.value.code == "invalid_argument"
    assert "neon signs" in raised.value.message


def test_a_look_keeps_the_scene_for_later(engine, picture, tmp_path):
    task = ImageTask(
        model="m", prompt="Make it black and white", seed=1, workdir=str(tmp_path), inputs=(as_input(picture),)
    )
    _, (result,) = run(engine.edit_image(task))
    pixels = load_picture(result.path).astype(int)
    assert np.abs(pixels[..., 0] - pixels[..., 1]).max() <= 2
    assert origin_of(result.receipt).looks == ("black_and_white",)


def test_signs_on_a_foreign_picture_glow_on_its_walls(engine, photo, tmp_path):
    given = MediaInput(role="image", path=str(photo), content_type="image/png")
    task = ImageTask(model="m", prompt="Add neon signs", seed=5, workdir=str(tmp_path), inputs=(given,))
    _, (result,) = run(engine.edit_image(task))
    from imagined.engines.media import resized

    pixels = load_picture(result.path)
    before = resized(load_picture(str(photo)), result.width, result.height).astype(int)
    difference = np.abs(pixels.astype(int) - before).max(axis=2)
    assert (difference > 80).sum() > 1000
    assert difference[: result.height // 12].mean() < 3
    assert origin_of(result.receipt) is None


def test_several_pictures_stand_side_by_side(engine, photo, picture, tmp_path):
    given = (MediaInput(role="image", path=str(photo), content_type="image/png"), as_input(picture))
    task = ImageTask(model="m", prompt="Both together", seed=5, workdir=str(tmp_path), aspect_ratio="2:1", inputs=given)
    _, (result,) = run(engine.edit_image(task))
    pixels = load_picture(result.path).astype(int)
    assert (result.width, result.height) == (1408, 704)
    assert np.abs(pixels[:, :600].mean((0, 1)) - pixels[:, 800:].mean((0, 1))).max() > 20


def test_a_broken_picture_is_refused(engine, tmp_path):
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 not really")
    given = MediaInput(role="image", path=str(path), content_type="image/jpeg")
    task = ImageTask(model="m", prompt="Make it sepia", seed=5, workdir=str(tmp_path), inputs=(given,))
    with pytest.raises(EngineError, match="could not be decoded"):
        run(engine.edit_image(task))


def test_auto_is_wide_for_a_skyline(engine, tmp_path):
    task = ImageTask(model="m", prompt=PROMPT, seed=3, workdir=str(tmp_path), aspect_ratio="auto")
    _, (result,) = run(engine.generate_image(task))
    assert (result.width, result.height) == (1408, 768)


def test_closing_a_task_stops_it(engine, tmp_path):
    task = ImageTask(model="m", prompt=PROMPT, seed=3, workdir=str(tmp_path), aspect_ratio="9:20")
    events = engine.generate_image(task)
    next(events)
    next(events)
    events.close()
    assert not list(tmp_path.iterdir())
