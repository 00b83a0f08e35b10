"""Styles: what each does to pictures the renderer drew, and to any other pixels."""

from typing import get_args

import msgspec
import numpy as np
import pytest
from PIL import Image

from imagined.engines.illustrator.crew import Artist, Shot
from imagined.engines.illustrator.grade import finished
from imagined.engines.illustrator.picture import Stage
from imagined.engines.illustrator.render import Renderer
from imagined.engines.illustrator.scene import Scene, Style, Subject, from_receipt, to_receipt
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.style_words import style_of, style_to_make
from imagined.engines.illustrator.styles import STYLES, styled, styled_pixels
from imagined.engines.illustrator.styles.canvas import margin, soft, stepped, texture
from imagined.engines.illustrator.styles.names import named
from imagined.engines.illustrator.styles.plate import BuiltPlate

STILL = Scene(
    seed=5,
    prompt='a vase beside an apple, called "Mona"',
    setting="studio",
    subjects=(Subject(noun="vase"), Subject(noun="apple", relation="beside", target=0)),
    aspect_ratio="4:3",
)
SMALL, LARGE = (512, 384), (1024, 768)


class View:
    """One scene drawn once, to be styled often."""

    def __init__(self, scene, size) -> None:
        self.scene, self.world = scene, build_world(scene)
        self.picture = Renderer(self.world).view(self.world.camera, *size, "motion")
        self.pixels = finished(self.picture.light, self.world.grade)

    def styled(self, style, **changes):
        scene = msgspec.structs.replace(self.scene, style=style, **changes)
        return styled(self.pixels, self.picture, scene, self.world)

    def plate(self):
        return BuiltPlate(self.pixels, self.picture, self.scene, self.world)


@pytest.fixture(scope="module")
def small():
    return View(STILL, SMALL)


@pytest.fixture(scope="module")
def large():
    return View(STILL, LARGE)


def alike(one, other):
    """Correlation of two pictures, 1 where they show the same."""
    return float(np.corrcoef(one.reshape(-1).astype(float), other.reshape(-1).astype(float))[0, 1])


def shrunk(pixels, size):
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))


@pytest.mark.parametrize("style", STYLES)
def test_a_style_keeps_the_size_changes_the_picture_and_does_it_the_same_way_each_time(small, style):
    once, again = small.styled(style), small.styled(style)
    assert once.shape == small.pixels.shape and once.dtype == np.uint8
    assert np.array_equal(once, again)
    assert np.abs(once.astype(float) - small.pixels).mean() > 3
    assert once.std() > 4, "a picture of one colour shows nothing"


@pytest.mark.parametrize("style", STYLES)
def test_the_same_seed_is_the_same_picture_at_every_size(small, large, style):
    few = 4
    size = (SMALL[0] // few, SMALL[1] // few)
    # Single dots and grains may differ: what is seen from a step away must not.
    assert alike(shrunk(small.styled(style), size), shrunk(large.styled(style), size)) > 0.93


@pytest.mark.parametrize("style", ["oil", "watercolour", "paper_cut", "pencil"])
def test_another_seed_lays_other_strokes(small, style):
    assert not np.array_equal(small.styled(style), small.styled(style, seed=6))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("shape", [(96, 40), (40, 96), (64, 64)])
def test_any_pixels_can_be_drawn_in_any_style(style, shape):
    rng = np.random.default_rng(2)
    noise = rng.integers(0, 256, (*shape, 3)).astype(np.uint8)
    with np.errstate(invalid="raise", divide="raise"):
        for pixels in (noise, np.zeros_like(noise), np.full_like(noise, 255)):
            done = styled_pixels(pixels, style, 3)
            assert done.shape == pixels.shape and done.dtype == np.uint8


@pytest.mark.parametrize("style", STYLES)
def test_foreign_pixels_change_without_buffers(small, style):
    done = styled_pixels(small.pixels, style, 3)
    assert np.abs(done.astype(float) - small.pixels).mean() > 3
    assert np.array_equal(done, styled_pixels(small.pixels, style, 3))


def test_unknown_and_plain_styles_leave_pixels_alone(small):
    assert styled_pixels(small.pixels, "fresco", 1) is small.pixels
    assert small.styled("illustration") is small.pixels
    assert set(STYLES) == set(get_args(Style)) - {"illustration", "isometric"}


@pytest.mark.parametrize("setting", ["city", "sky", "space", "sea"])
@pytest.mark.parametrize("style", STYLES)
def test_every_style_draws_places_without_a_main_thing(setting, style):
    stage = Stage(Scene(seed=2, setting=setting, style=style, time="night", weather="rain"))
    picture = stage.renderer.view(stage.world.camera, 72, 48, "draft")
    assert stage.developed(picture, 0.0).shape == (48, 72, 3)


def test_lines_follow_outlines_and_not_even_walls(large):
    plate = large.plate()
    edge = plate.subject.astype(int)
    border = np.abs(np.diff(edge, axis=1))[:-1, :] > 0
    assert plate.outline[:-1, :-1][border].mean() > 0.5
    assert plate.outline[: LARGE[1] // 6].mean() < 0.02


def test_the_main_things_are_known_from_the_land(small):
    plate = small.plate()
    assert len(plate.things) == 2 and 0.01 < plate.subject.mean() < 0.4
    assert plate.size_m is not None and 0.1 < plate.size_m < 0.8
    assert plate.distance.min() >= 0 and plate.distance.max() <= 1


def test_ink_is_black_on_paper_and_blueprints_are_blue(small):
    ink, blueprint = small.styled("ink").astype(float), small.styled("blueprint").astype(float)
    assert np.abs(ink[..., 0] - ink[..., 2]).max() < 40
    assert (ink.mean(axis=2) > 215).mean() > 0.5 and (ink.mean(axis=2) < 70).mean() > 0.01
    assert blueprint[..., 2].mean() > 2 * blueprint[..., 0].mean()


def test_pixel_art_has_few_colours_in_large_squares(large):
    done = large.styled("pixel_art")
    assert len(np.unique(done.reshape(-1, 3), axis=0)) < 100
    same = (done[:, 1:] == done[:, :-1]).all(axis=2)
    assert same.mean() > 0.75


def test_a_logo_is_called_what_the_prompt_quotes():
    assert named(STILL) == "MONA"
    assert named(Scene(seed=1, setting="city")) == "CITY"
    assert named(msgspec.structs.replace(STILL, prompt="a vase")) == "VASE"


def test_photos_of_close_things_have_a_soft_background(small):
    photo, before = small.styled("photo").astype(float), small.pixels.astype(float)
    behind = (slice(0, 60), slice(0, 500))
    assert np.abs(np.diff(photo[behind], n=2, axis=1)).mean() < 12
    assert abs(photo.mean() - before.mean()) < 40


def test_frames_between_have_the_buffers_that_styles_look_at():
    scene = msgspec.structs.replace(STILL, style="ink")
    stage = Stage(scene)
    shot = Shot(scene=scene, camera=stage.world.camera, move="push_in", frames=13, width=240, height=180)
    artist, seen = Artist(shot, stage), []
    developed = stage.developed

    def kept(picture, time):
        seen.append(picture)
        return developed(picture, time)

    stage.developed = kept
    frames = [artist.frame(index) for index in (2, 3)]
    full, between = seen[0], seen[-1]
    assert set(np.unique(between.body)) == set(np.unique(full.body))
    assert (between.body == full.body).mean() > 0.95
    length = np.linalg.norm(between.normal[between.body >= 0], axis=1)
    assert np.allclose(length, 1.0, atol=0.02)
    assert np.abs(frames[0].astype(float) - frames[1]).mean() < 12


@pytest.mark.parametrize("style", ["watercolour", "ink"])
def test_styles_do_not_flicker(style):
    frames, plain = [], []
    stage = Stage(msgspec.structs.replace(STILL, style=style))
    shot = Shot(scene=stage.scene, camera=stage.world.camera, move="pan_left", frames=49, width=320, height=240)
    developed = stage.developed

    def both(picture, time):
        plain.append(finished(picture.light, stage.world.grade))
        return developed(picture, time)

    stage.developed = both
    artist = Artist(shot, stage)
    for index in (24, 30):
        frames.append(artist.frame(index))
    unstyled = np.abs(plain[0].astype(float) - plain[-1]).mean()
    assert np.abs(frames[0].astype(float) - frames[1]).mean() < 1.5 * unstyled + 1.0


def test_the_isometric_camera_looks_down_on_the_same_thing():
    plain, above = build_world(STILL), build_world(msgspec.structs.replace(STILL, style="isometric"))
    assert above.camera.target == plain.camera.target and above.camera.fov < 12
    drop = above.camera.eye[1] - above.camera.target[1]
    away = np.hypot(above.camera.eye[0] - above.camera.target[0], above.camera.eye[2] - above.camera.target[2])
    assert 25 < np.degrees(np.arctan2(drop, away)) < 40


@pytest.mark.parametrize("setting", ["city", "mountains", "sea", "space", "sky", "forest"])
def test_the_isometric_camera_finds_the_middle_of_a_place(setting):
    world = build_world(Scene(seed=4, setting=setting, style="isometric"))
    assert np.isfinite([*world.camera.eye, *world.camera.target]).all()
    assert world.camera.eye[1] > world.camera.target[1]


def test_a_style_is_part_of_the_receipt_and_old_receipts_have_none():
    scene = msgspec.structs.replace(STILL, style="oil")
    data = to_receipt(scene)
    assert from_receipt(data) == scene
    del data["style"]
    assert from_receipt(data).style == "illustration"


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("watercolor painting of a village by a lake", "watercolour"),
        ("oil painting of sunflowers in a vase", "oil"),
        ("pencil sketch of an old oak tree", "pencil"),
        ("a fox, ink drawing", "ink"),
        ('logo for a coffee roastery called "Ember"', "logo"),
        ("a vintage print of a fern", "print"),
        ("a woodblock print of mountains", "print"),
        ("isometric view of a small bakery", "isometric"),
        ("photorealistic photo of a wet road", "photo"),
        ("a pink house by an oil lamp", None),
        ("neon signs in a rainy street", None),
    ],
)
def test_prompts_name_their_style(prompt, style):
    assert style_of(prompt) == style


def test_instructions_that_speak_of_the_photo_do_not_ask_for_one():
    assert style_to_make("make the photo darker") == (None, "make the photo darker")
    assert style_to_make("make it photorealistic")[0] == "photo"
    assert style_to_make("turn the photo into a comic")[0] == "anime"


def test_the_tools_do_not_depend_on_the_size():
    small, large = texture(200, 300, 4, 1.0, 3), texture(400, 600, 4, 1.0, 3)
    assert alike(small, np.asarray(Image.fromarray(large).resize((300, 200), Image.Resampling.BOX))) > 0.98
    assert margin(200, 300).max() == pytest.approx(500, abs=5) == margin(400, 600).max()
    step = np.zeros((100, 100), np.float32)
    step[:, 50:] = 1
    assert 0.05 < soft(step, 40)[50, 45] < 0.45
    levels = np.unique(stepped(np.linspace(0, 1, 1001, dtype=np.float32), 4, 1000).round(2))
    assert set(np.float32([0, 0.33, 0.67, 1])) <= set(levels)
