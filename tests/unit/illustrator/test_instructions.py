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
