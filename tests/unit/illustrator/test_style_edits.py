"""Styles by instruction: of pictures that this engine drew, and of any others."""

import msgspec
import numpy as np
import pytest

from imagined.engines.illustrator import foreign
from imagined.engines.illustrator.editing import edited_picture
from imagined.engines.illustrator.instructions import instructions_of
from imagined.engines.illustrator.picture import Stage, described, origin_of
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.media import load_picture, save_jpeg
from imagined.engines.port import EngineError, ImageTask, MediaInput

from .conftest import run

SCENE = Scene(seed=5, setting="studio", subjects=(Subject(noun="apple"),), aspect_ratio="1:1")


def finished(steps):
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return ended.value


@pytest.fixture
def own(tmp_path):
    """A small picture of ours and its receipt."""

    def make(scene):
        stage = Stage(scene)
        pixels = finished(stage.picture(stage.world.camera, 160, 160))
        path = tmp_path / "own.jpg"
        save_jpeg(pixels, path)
        receipt = {"engine": "illustrator", **described(scene, stage.world.camera, ())}
        return MediaInput(role="image", path=str(path), content_type="image/jpeg", receipt=receipt)

    return make


def edit(given, prompt, tmp_path):
    task = ImageTask(model="m", prompt=prompt, seed=1, workdir=str(tmp_path), inputs=(given,))
    pixels, about = finished(edited_picture(task, 1))
    return pixels, origin_of({"engine": "illustrator", **about})


def test_own_pictures_are_drawn_again_in_the_style(own, tmp_path):
    given = own(SCENE)
    pixels, origin = edit(given, "make it a pencil sketch", tmp_path)
    assert origin.scene == msgspec.structs.replace(SCENE, style="pencil")
    assert np.abs(pixels[..., 0].astype(int) - pixels[..., 2]).max() < 40
    assert origin.camera.fov == origin_of(given.receipt).camera.fov


def test_a_style_stays_when_something_else_changes_and_can_be_taken_back(own, tmp_path):
    inked = msgspec.structs.replace(SCENE, style="ink")
    _, night = edit(own(inked), "make it night", tmp_path)
    assert (night.scene.style, night.scene.time) == ("ink", "night")
    _, plain = edit(own(inked), "back to a plain illustration", tmp_path)
    assert plain.scene == SCENE


def test_isometric_moves_the_camera_there_and_back(own, tmp_path):
    before = origin_of(own(SCENE).receipt).camera
    _, above = edit(own(SCENE), "show it isometrically", tmp_path)
    assert above.camera.fov < before.fov and above.camera.eye[1] > before.eye[1]
    _, back = edit(own(above.scene), "make it a watercolour", tmp_path)
    assert back.camera == before


def test_foreign_pictures_become_watercolours(engine, photo, tmp_path):
    given = MediaInput(role="image", path=str(photo), content_type="image/png")
    task = ImageTask(model="m", prompt="Make it a watercolour", seed=5, workdir=str(tmp_path), inputs=(given,))
    _, (result,) = run(engine.edit_image(task))
    pixels = load_picture(result.path).astype(int)
    assert pixels[:8].mean() > 225, "the sheet stays white around the picture"
    middle = pixels[result.height // 3 : result.height // 2].reshape(-1, 3)
    assert middle.std(axis=0).max() > 15
    assert origin_of(result.receipt) is None


def test_foreign_pictures_have_no_other_side(photo):
    wanted = instructions_of("make it isometric", 1)
    with pytest.raises(EngineError, match="isometrically"):
        foreign.redrawn(load_picture(str(photo)), wanted, 1)


def test_one_instruction_may_change_style_weather_and_look(own, tmp_path):
    pixels, origin = edit(own(SCENE), "make it a foggy oil painting in sepia", tmp_path)
    assert (origin.scene.style, origin.scene.weather, origin.looks) == ("oil", "fog", ("sepia",))
    assert pixels[..., 0].mean() > pixels[..., 2].mean() + 10
