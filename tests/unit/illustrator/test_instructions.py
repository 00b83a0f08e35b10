import pytest

from imagined.engines.illustrator.instructions import instructions_of
from imagined.engines.illustrator.scene import Addition, Scene
from imagined.engines.port import EngineError


@pytest.mark.parametrize(
    ("prompt", "field", "value"),
    [
        ("Make it night", "time", "night"),
        ("Turn day into night", "time", "night"),
        ("change it from night to day", "time", "day"),
        ("golden hour please", "time", "sunset"),
        ("Let it snow", "weather", "snow"),
        ("Add some fog", "weather", "fog"),
        ("remove the rain", "weather", "clear"),
        ("make it winter", "season", "winter"),
        ("Black and white", "looks", ("black_and_white",)),
        ("sepia and brighter", "looks", ("sepia", "brighter")),
        ("Remove the neon signs", "remove_signs", True),
    ],
)
def test_what_is_understood(prompt, field, value):
    assert getattr(instructions_of(prompt, 1), field) == value


def test_signs_take_their_colour_count_and_words():
    signs = instructions_of('Add three magenta neon signs saying "Noodle Bar" and "24h"', 9).signs
    assert (signs.count, signs.colour, signs.text) == (3, "pink", ("Noodle Bar", "24h"))


def test_words_on_a_sign_are_not_instructions():
    wanted = instructions_of('Add a neon sign that says "NIGHT RAIN"', 9)
    assert (wanted.time, wanted.weather, wanted.signs.count) == (None, None, 1)


def test_an_edit_keeps_what_it_does_not_speak_of():
    scene = Scene(seed=3, setting="city", time="dusk", additions=(Addition(kind="neon_signs", seed=1),))
    changed = instructions_of("make it rain", 1).applied(scene)
    assert (changed.time, changed.weather, changed.additions) == ("dusk", "rain", scene.additions)
    assert instructions_of("remove the neon signs", 1).applied(scene).additions == ()


def test_nothing_understood_is_an_error_that_says_what_is():
    with pytest.raises(EngineError, match="understands"):
        instructions_of("give the cat a hat", 1)


@pytest.mark.parametrize(
    ("prompt", "style", "looks"),
    [
        ("make it a watercolour", "watercolour", ()),
        ("as a pencil sketch, and brighter", "pencil", ("brighter",)),
        ("turn it into pixel art", "pixel_art", ()),
        ("a cartoon please", "anime", ()),
        ("make it a vintage print", "print", ()),
        ("draw it in neon outlines", "neon", ()),
        ("back to a plain illustration", "illustration", ()),
        ("make the photo warmer", None, ("warmer",)),
    ],
)
def test_styles_are_understood_and_are_no_looks(prompt, style, looks):
    wanted = instructions_of(prompt, 1)
    assert (wanted.style, wanted.looks, wanted.signs) == (style, looks, None)
    assert wanted.changes_world == (style is not None)


def test_a_sign_with_a_logo_is_a_sign():
    wanted = instructions_of("add a neon sign with a logo", 1)
    assert wanted.style is None and wanted.signs is not None


def test_a_style_replaces_the_one_before():
    scene = Scene(seed=3, setting="city", style="ink")
    assert instructions_of("make it an oil painting", 1).applied(scene).style == "oil"
    assert instructions_of("make it night", 1).applied(scene).style == "ink"
