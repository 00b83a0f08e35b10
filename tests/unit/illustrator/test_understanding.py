"""The parts of reading: styles, framing, light, lettering, clothes, other languages, emoji, and what is not known."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imagined.engines.illustrator.scene import Lettering, Scene, from_receipt, to_receipt
from imagined.engines.illustrator.understanding import tables
from imagined.engines.illustrator.understanding.style import style_of
from imagined.engines.illustrator.words import understand


def read(prompt: str) -> Scene:
    return understand(prompt, 7, "1:1")


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("an oil painting of a ship at sea", "oil"),
        ("a cat in the style of a woodcut", "print"),
        ("ukiyo-e wave", "print"),
        ("pencil sketch of a horse", "pencil"),
        ("8-bit castle", "pixel_art"),
        ("flat vector illustration of a fox", "poster"),
        ("technical drawing of a rocket", "blueprint"),
        ("a watercolor of poppies", "watercolour"),
        ("ein Fuchs, aquarelle", "watercolour"),
        ("a dragon, pen and ink", "ink"),
        ("layered paper cut-out of mountains", "paper_cut"),
        ("anime girl under a cherry tree", "anime"),
        ("a logo of a lighthouse", "logo"),
        ("isometric bedroom", "isometric"),
        ("a car, synthwave", "neon"),
        ("photo of a dog", "photo"),
        ("a pencil on a desk", "illustration"),
        ("a man taking a photo", "illustration"),
        ("a dog on a beach", "illustration"),
    ],
)
def test_styles(prompt: str, style: str) -> None:
    assert style_of(prompt) == style
    assert read(prompt).style == style


def test_words_of_the_style_are_no_subjects() -> None:
    assert [subject.noun for subject in read("pencil sketch of a horse").subjects] == ["horse"]
    assert read("a watercolor painting of a lake at dawn").subjects == ()


@pytest.mark.parametrize(
    ("prompt", "framing"),
    [
        ("close-up of a cat", "close_up"),
        ("portrait of a king", "portrait"),
        ("bird's eye view of a village", "aerial"),
        ("a low-angle shot of a tower", "low_angle"),
        ("macro photo of a butterfly", "macro"),
        ("wide shot of a valley", "wide"),
        ("over the shoulder shot of a knight", "over_the_shoulder"),
        ("a dog in profile", "side"),
        ("a dog", None),
        ("a wide river", None),
    ],
)
def test_framing(prompt: str, framing: str | None) -> None:
    assert read(prompt).framing == framing


@pytest.mark.parametrize(
    ("prompt", "light"),
    [
        ("a backlit horse", "backlit"),
        ("a monk reading by candlelight", "candlelight"),
        ("an alley lit by neon signs", "neon"),
        ("a field at golden hour", "golden_hour"),
        ("a lake in moonlight", "moonlight"),
        ("a dancer in the spotlight", "spotlight"),
        ("a bowl of fruit, dramatic lighting", "dramatic"),
        ("a lake", None),
    ],
)
def test_light(prompt: str, light: str | None) -> None:
    assert read(prompt).light == light


def test_moonlight_is_at_night() -> None:
    assert read("a lake in moonlight").time == "night"
    assert read("a field at golden hour").time == "sunset"


@pytest.mark.parametrize(
    ("prompt", "lettering"),
    [
        ('a sign that says "OPEN" in a cafe', (Lettering(text="OPEN", on="sign"),)),
        ("a cake with the words 'Happy Birthday' on it", (Lettering(text="Happy Birthday", on="cake"),)),
        ("a billboard saying GREAT COFFEE above a street", (Lettering(text="GREAT COFFEE", on="billboard"),)),
        ("a poster titled “Moon Trip”", (Lettering(text="Moon Trip", on="poster"),)),
        ('"a cat on a mat"', ()),
        ("the old dog's bowl and the cats' basket", ()),
    ],
)
def test_quoted_words_are_lettered(prompt: str, lettering: tuple[Lettering, ...]) -> None:
    scene = read(prompt)
    assert tuple(words for words in scene.lettering if words.on != "title") == lettering


def test_quotes_round_a_whole_prompt_are_no_lettering() -> None:
    assert [subject.noun for subject in read('"a cat on a mat"').subjects][:1] == ["cat"]


def test_clothes_belong_to_whoever_wears_them() -> None:
    (girl,) = read("a girl in a yellow raincoat and a red hat, holding a blue umbrella").subjects
    assert girl.wearing == ("yellow raincoat", "red hat")
    assert girl.colour == "yellow"
    assert (girl.holding, girl.holding_colour) == ("umbrella", "blue")
    (snowman,) = read("a snowman with a red scarf").subjects
    assert (snowman.wearing, snowman.colour) == (("red scarf",), None)


def test_parts_are_attributes() -> None:
    (cat,) = read("a white cat with green eyes and a long tail").subjects
    assert cat.colour == "white"
    assert cat.attributes == ("green eyes", "long tail")


def test_between_has_two_targets() -> None:
    cat, house, tree = read("a cat between a house and a tree").subjects
    assert (cat.relation, cat.target, cat.also) == ("between", 1, 2)
    assert (house.relation, tree.relation) == (None, None)


def test_a_place_that_comes_first_still_places() -> None:
    scene = read("On a rock stands a lonely lighthouse")
    rock, lighthouse = scene.subjects
    assert rock.noun == "rock"
    assert (lighthouse.noun, lighthouse.relation, lighthouse.target) == ("lighthouse", "on", 0)


def test_a_thing_and_a_place_of_the_same_name() -> None:
    assert read("a castle on a hill").subjects[0].noun == "castle"
    assert read("a cat in a library").setting == "library"
    assert read("a boat on a lake in the mountains").setting == "lake"


@pytest.mark.parametrize(
    ("prompt", "nobody"),
    [
        ("an empty street, no people", "people"),
        ("a beach without any dogs", "dogs"),
        ("a street with no cars or buses", "cars"),
    ],
)
def test_what_is_ruled_out_is_said(prompt: str, nobody: str) -> None:
    scene = read(prompt)
    assert nobody in scene.without
    assert scene.subjects == ()


@pytest.mark.parametrize(
    ("prompt", "noun", "setting"),
    [
        ("ein roter Fuchs im Wald", "fox", "forest"),
        ("un chat noir sur la plage", "cat", "beach"),
        ("dos perros en el bosque", "dog", "forest"),
        ("un cavallo nel campo", "horse", "field"),
        ("森の中の狐", "fox", "forest"),
        ("一只猫在海滩", "cat", "beach"),
    ],
)
def test_other_languages(prompt: str, noun: str, setting: str) -> None:
    scene = read(prompt)
    assert (scene.subjects[0].noun, scene.setting) == (noun, setting)


def test_counts_and_colours_of_other_languages() -> None:
    assert [(fox.noun, fox.count, fox.colour) for fox in read("zwei schwarze Katzen").subjects] == [("cat", 2, "black")]


@pytest.mark.parametrize(
    ("prompt", "nouns", "setting"),
    [("🦊🌲", ["fox", "pine"], "forest"), ("🐶 🏖️", ["dog"], "beach"), ("👩‍🚀🐎", ["astronaut", "horse"], "desert")],
)
def test_emoji(prompt: str, nouns: list[str], setting: str) -> None:
    scene = read(prompt)
    assert [subject.noun for subject in scene.subjects] == nouns
    assert scene.setting == setting


def test_the_nearest_thing_stands_in_and_the_tree_says_so() -> None:
    names = {concept.name: concept for concept in tables.concepts().values()}
    strange = next(name for name in sorted(names) if tables.stand_in(name) not in (None, name))
    word = next(words[0] for _, head, words in tables.rows("nouns.txt") if head.split()[0] == strange and words)
    scene = read(f"a {word.replace('+', ' ')}")
    assert scene.subjects[0].noun == tables.stand_in(strange)
    assert [taken.concept for taken in scene.taken] == [tables.stand_in(strange)]


def test_what_nothing_is_near_to_is_lettered() -> None:
    assert read("a zorblax on a quiet hill").lettering == (Lettering(text="zorblax", on="title"),)
    assert read("democracy").lettering == (Lettering(text="democracy", on="title"),)
    assert read("a dog and a zorblax").lettering == ()
    assert read("mountains with a zorblax").lettering == ()
    long = read("flumph " * 40).lettering[0].text
    assert len(long) <= 70
    assert long.endswith(" ...")


def test_nothing_is_lettered_for_an_empty_prompt() -> None:
    assert read("").lettering == read(" ,. ").lettering == ()


def test_nothing_stands_in_for_itself() -> None:
    assert [concept.name for concept in tables.concepts().values() if concept.name in concept.nearest] == []


def test_places_filled_with_things_have_many_of_them() -> None:
    samurai, poppies = read("a samurai standing in a field of poppies").subjects
    assert (samurai.attributes, poppies.word, poppies.count) == ((), "poppy", 12)


def test_no_animals_at_all() -> None:
    assert read("a farm with cows and a barn, no animals").subjects[0].noun == "barn"


_TEMPLATES = st.sampled_from(
    [
        "a {a} {v} a {b}",
        "two {a}s on a {b} without {c}",
        "{a} and {b} in front of {c}",
        "a {a} of {b} between a {b} and a {c}",
        'a {a} that says "{b}" in a {c}',
        "no {a}, not {b}, a {c}",
        "a {a} with {b} reflected in {c}, {v}",
    ]
)
_KNOWN = st.sampled_from(
    sorted({" ".join(word.split("+")) for _, _, words in tables.rows("nouns.txt") for word in words})
    + sorted({" ".join(word.split("+")) for _, _, words in tables.rows("places.txt") for word in words})
)
_VERBS = st.sampled_from(["riding", "holding", "eating", "chased by", "over"])
_ANYTHING = st.one_of(_KNOWN, st.text(max_size=8), st.text(string.ascii_lowercase, min_size=2, max_size=9))


@settings(max_examples=150, deadline=None)
@given(
    _TEMPLATES, _ANYTHING, _ANYTHING, _ANYTHING, st.sampled_from(["riding", "holding", "eating", "chased by", "over"])
)
def test_any_sentence_is_a_sound_tree(template: str, a: str, b: str, c: str, v: str) -> None:
    scene = read(template.format(a=a, b=b, c=c, v=v))
    assert from_receipt(to_receipt(scene)) == scene
    for index, subject in enumerate(scene.subjects):
        assert 1 <= subject.count <= 12
        for target in (subject.target, subject.also):
            assert target is None or (0 <= target < len(scene.subjects) and target != index)
        assert subject.noun in tables.drawn() or tables.stand_in(subject.noun) is None
    assert len(scene.lettering) <= 4


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(text: str) -> None:
    assert read(text) == read(text)


def test_a_digit_that_is_no_decimal_number_is_a_word() -> None:
    assert understand("❶ ² cats", 7, "1:1").subjects[0].noun == "cat"


@pytest.mark.parametrize("breed", ["husky", "corgi", "dachshund", "dalmatian", "poodle", "pug"])
def test_a_breed_with_a_figure_of_its_own_is_a_dog(breed: str) -> None:
    assert tables.concept(breed).nearest == ("dog",)
    assert understand(f"a {breed} on a beach", 7, "1:1").subjects[0].noun == breed
