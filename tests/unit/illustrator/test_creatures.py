"""Animals and plants: every noun in every pose is sound, stands on the ground, is cheap, and as large as in life."""

from typing import Final

import numpy as np
import pytest

from imagined.engines.illustrator.bestiary import HOMES, SAVANNA
from imagined.engines.illustrator.figures import CATALOGUE, Order, figure
from imagined.engines.illustrator.figures.aviary import BIRDS
from imagined.engines.illustrator.figures.catalogue import ANIMALS
from imagined.engines.illustrator.figures.clay import Clay
from imagined.engines.illustrator.figures.creatures import CREATURES
from imagined.engines.illustrator.figures.fins import bent, blade, flattened, swayed
from imagined.engines.illustrator.figures.flora import FLORA, SEASONAL
from imagined.engines.illustrator.figures.limbs import smoothed
from imagined.engines.illustrator.figures.solids import ball
from imagined.engines.illustrator.figures.swimmers import SWIMMERS
from imagined.engines.illustrator.figures.upright import UPRIGHT
from imagined.engines.illustrator.settings.staging import cast_of
from imagined.engines.illustrator.words import understand

FURRED: Final = sorted({**ANIMALS, **UPRIGHT})
OTHERS: Final = sorted({**CREATURES, **SWIMMERS})
PLANTS: Final = sorted({**FLORA, **SEASONAL})
POSES: Final = (
    "standing", "walking", "running", "sitting", "lying", "sleeping", "eating", "jumping", "swimming", "flying",
    "rearing",
)  # fmt: skip

# The longest side of an adult, metres: smallest and largest that a zoo would show, tail and horns included.
LIFE: Final[dict[str, tuple[float, float]]] = {
    "mouse": (0.06, 0.25), "squirrel": (0.18, 0.45), "hedgehog": (0.15, 0.35), "rabbit": (0.25, 0.6),
    "cat": (0.4, 0.9),
    "fox": (0.6, 1.3), "raccoon": (0.5, 1.0), "badger": (0.6, 1.0), "skunk": (0.4, 0.8), "otter": (0.8, 1.4),
    "beaver": (0.8, 1.3), "dachshund": (0.5, 0.9), "husky": (0.8, 1.4), "wolf": (1.1, 1.9), "koala": (0.5, 0.9),
    "monkey": (0.5, 1.2), "gorilla": (1.1, 1.9), "kangaroo": (1.3, 2.4), "sloth": (0.5, 0.8), "goat": (0.9, 1.6),
    "donkey": (1.3, 2.2), "horse": (2.0, 2.9), "bison": (2.2, 3.6), "rhinoceros": (2.8, 4.2),
    "hippopotamus": (2.6, 4.5),
    "elephant": (3.2, 6.0), "giraffe": (4.3, 6.0), "leopard": (1.2, 2.4), "cheetah": (1.2, 2.2), "hyena": (1.1, 1.8),
    "t_rex": (3.8, 12.0), "long_neck": (9.0, 25.0), "triceratops": (5.0, 9.0), "bat": (0.15, 0.6), "frog": (0.06, 0.2),
    "turtle": (0.25, 0.6), "sea_turtle": (0.8, 1.8), "crocodile": (2.5, 5.0), "snake": (0.35, 0.9),
    "snail": (0.05, 0.15),
    "crab": (0.15, 0.5), "octopus": (0.4, 1.2), "jellyfish": (0.3, 0.8), "starfish": (0.12, 0.3),
    "seahorse": (0.1, 0.3),
    "ray": (1.5, 4.0), "shark": (2.8, 6.0), "dolphin": (1.8, 4.0), "whale": (8.0, 18.0), "orca": (5.0, 9.0),
    "seal": (1.2, 2.2), "walrus": (2.2, 3.6), "clownfish": (0.08, 0.16), "goldfish": (0.1, 0.25), "koi": (0.4, 0.8),
    "bee": (0.015, 0.05), "ladybird": (0.005, 0.015), "dragonfly": (0.05, 0.12), "spider": (0.03, 0.12),
    "ant": (0.005, 0.025), "butterfly": (0.05, 0.15), "ostrich": (2.0, 3.2), "flamingo": (1.1, 1.7),
    "heron": (0.9, 1.7),
    "pelican": (0.9, 1.6), "peacock": (0.8, 2.2), "crow": (0.3, 0.6), "pigeon": (0.25, 0.45),
    "hummingbird": (0.07, 0.15),
    "cactus": (2.0, 5.0), "bonsai": (0.3, 0.8), "bamboo": (3.5, 8.0), "willow": (5.0, 12.0), "birch": (6.0, 14.0),
    "rose": (0.3, 0.8), "sunflower": (1.1, 2.2), "tulip": (0.3, 0.6), "pumpkin": (0.25, 0.5),
}  # fmt: skip


def sound(noun: str, pose: str) -> None:
    # One pose is made as finely as for a picture; the others need not be.
    mesh = figure(Order(noun, pose, detail=120 if pose == "standing" else 36)).mesh
    assert np.isfinite(mesh.vertices).all()
    assert np.isfinite(mesh.normals).all()
    assert mesh.faces.min() >= 0
    assert mesh.faces.max() < len(mesh.vertices)
    assert mesh.colours.min() >= 0
    assert mesh.colours.max() <= 1
    assert len(mesh.faces) < 15_000
    if not (noun in SWIMMERS and (SWIMMERS[noun].leaps or pose == "jumping")):
        assert abs(float(mesh.bounds[0][1])) < 0.01


def poses_of(noun: str) -> tuple[str, ...]:
    """Standing and three others: over all nouns each pose has its turn many times."""
    start = sum(noun.encode())
    return ("standing", *(POSES[1 + (start + 3 * turn) % (len(POSES) - 1)] for turn in range(3)))


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("noun", ["cat", "horse", "elephant", "t_rex", "squirrel", "owl", "frog", "seal"])
def test_one_of_each_rig_is_sound_in_every_pose(noun: str, pose: str) -> None:
    sound(noun, pose)


@pytest.mark.parametrize("noun", FURRED)
def test_an_animal_with_fur_is_sound_in_every_pose(noun: str) -> None:
    for pose in poses_of(noun):
        sound(noun, pose)


@pytest.mark.parametrize("noun", sorted(BIRDS))
def test_a_bird_is_sound_in_every_pose(noun: str) -> None:
    for pose in poses_of(noun):
        sound(noun, pose)


@pytest.mark.parametrize("noun", OTHERS)
def test_fish_reptiles_and_insects_are_sound(noun: str) -> None:
    for pose in ("standing", "walking", "swimming", "sleeping"):
        sound(noun, pose)


@pytest.mark.parametrize("noun", PLANTS)
def test_plants_are_sound(noun: str) -> None:
    sound(noun, "standing")


@pytest.mark.parametrize("season", ["spring", "autumn", "winter"])
@pytest.mark.parametrize("noun", sorted(SEASONAL))
def test_trees_change_with_the_season(noun: str, season: str) -> None:
    summer, other = (figure(Order(noun, season=name)).mesh for name in ("summer", season))
    assert len(other.faces) != len(summer.faces) or not np.array_equal(other.colours, summer.colours)


@pytest.mark.parametrize("noun", sorted(LIFE))
def test_sizes_are_those_of_life(noun: str) -> None:
    low, high = figure(Order(noun, detail=36)).mesh.bounds
    least, most = LIFE[noun]
    assert least <= float((high - low).max()) <= most


@pytest.mark.parametrize("noun", ["dog", "cat", "horse", "fox", "monkey", "bear"])
def test_one_that_lies_or_sleeps_is_lower_than_one_that_stands(noun: str) -> None:
    stands, lies, sleeps = (figure(Order(noun, pose)) for pose in ("standing", "lying", "sleeping"))
    assert float(lies.mesh.bounds[1][1]) < 0.85 * float(stands.mesh.bounds[1][1])
    assert sleeps.anchors["head"][1] <= lies.anchors["head"][1] < stands.anchors["head"][1]


@pytest.mark.parametrize("noun", ["dolphin", "orca", "whale", "salmon"])
def test_whales_leap_out_of_the_water_but_swim_level(noun: str) -> None:
    leaps, swims = (figure(Order(noun, pose)).mesh for pose in ("standing", "swimming"))
    assert float(np.ptp(leaps.vertices[:, 1])) > 1.1 * float(np.ptp(swims.vertices[:, 1]))
    assert float(leaps.bounds[0][1]) < 0


@pytest.mark.parametrize("noun", ["dragon", "pegasus", "bat", "crow", "phoenix", "pelican"])
def test_what_has_wings_spreads_them_to_fly(noun: str) -> None:
    stands, flies = (figure(Order(noun, pose)).mesh for pose in ("standing", "flying"))
    grows = 0.95 if noun in ("dragon", "bat") else 1.1
    assert float(np.ptp(flies.vertices[:, 2])) > grows * float(np.ptp(stands.vertices[:, 2]))
    assert not np.array_equal(flies.bounds[1], stands.bounds[1])


@pytest.mark.parametrize("noun", ["octopus", "frog", "snake", "parrot", "shark", "tulip", "koala", "husky"])
def test_a_colour_asked_for_is_seen(noun: str) -> None:
    blue = figure(Order(noun, colour=(0.03, 0.13, 0.52))).mesh.colours.mean(axis=0)
    red = figure(Order(noun, colour=(0.60, 0.025, 0.02))).mesh.colours.mean(axis=0)
    assert blue[2] > red[2]
    assert red[0] > blue[0]


def test_a_small_guest_grows_to_be_seen_on_a_large_host() -> None:
    cast = cast_of(understand("a bee on a sunflower", 7, "1:1"), np.random.default_rng(1))
    scale = {placed.order.noun: placed.scale for placed in cast.placed}
    assert scale["bee"] > 3
    assert scale["sunflower"] == 1


def test_fish_leap_at_the_surface() -> None:
    cast = cast_of(understand("a salmon in the sea", 7, "1:1"), np.random.default_rng(1))
    assert [placed.order.pose for placed in cast.placed] == ["jumping"]


def test_every_noun_that_has_a_home_can_be_drawn() -> None:
    assert set(HOMES) <= set(CATALOGUE)
    assert set(CATALOGUE) >= SAVANNA


@pytest.mark.parametrize(
    ("prompt", "noun", "setting"),
    [
        ("a red panda", "red_panda", "forest"),
        ("an octopus", "octopus", "underwater"),
        ("a saguaro", "cactus", "desert"),
        ("a German shepherd", "shepherd", "meadow"),
        ("a walrus", "walrus", "arctic"),
        ("a T-Rex", "t_rex", "forest"),
        ("a teddy bear", "teddy_bear", "studio"),
        ("a manta ray", "ray", "underwater"),
        ("a hummingbird in a garden", "hummingbird", "garden"),
    ],
)
def test_words_for_animals_are_known_and_so_are_their_homes(prompt: str, noun: str, setting: str) -> None:
    scene = understand(prompt, 7, "1:1")
    assert [subject.noun for subject in scene.subjects] == [noun]
    assert scene.setting == setting
    assert not scene.unknown


def test_a_body_keeps_to_its_budget_of_triangles() -> None:
    clay = Clay(blend=0.05)
    clay.cone((0, 0, 0), (1.0, 0.4, 0), 0.3, 0.1, (1, 0, 0))
    clay.ball((0.2, 0.5, 0.1), (0.2, 0.1, 0.3), (0, 1, 0))
    for budget in (1_000, 8_000):
        assert 0.7 * budget < len(clay.mesh(clay.step_for(budget)).faces) < 1.4 * budget
    assert clay.step_for(1_000_000, finest=0.05) == 0.05


def test_a_smooth_curve_goes_through_its_points() -> None:
    line, radii = smoothed([(0, 0, 0), (1, 0, 0), (1, 1, 0)], [0.3, 0.2, 0.1], 9)
    assert np.allclose(line[0], (0, 0, 0))
    assert np.allclose(line[4], (1, 0, 0))
    assert np.allclose(line[8], (1, 1, 0))
    assert radii == sorted(radii, reverse=True)


def test_a_blade_runs_from_its_root_to_its_tip_and_changes_colour() -> None:
    made = blade((0.1, 0, 0), (-0.1, 0, 0), (0, 1, 0), (1.0, 0, 0), edge=(0, 0, 1.0))
    assert float(made.vertices[:, 1].max()) == pytest.approx(0.985, abs=0.03)
    tip = made.vertices[:, 1] > 0.9
    assert made.colours[tip, 2].min() > 0.7
    assert made.colours[made.vertices[:, 1] < 0.1, 0].min() > 0.9


def test_bending_keeps_lengths_and_normals_outward() -> None:
    straight = ball((0, 0, 0), (1.0, 0.1, 0.1), (1, 1, 1), segments=24)
    curved = bent(straight, 0.8, 0.3)
    assert float(np.ptp(curved.vertices[:, 1])) > 2 * float(np.ptp(straight.vertices[:, 1]))
    assert np.allclose(np.linalg.norm(curved.normals, axis=1), 1, atol=1e-4)
    middle = np.abs(straight.vertices[:, 0]) < 0.05
    assert np.allclose(curved.normals[middle] @ (np.sin(-0.3), np.cos(0.3), 0), straight.normals[middle, 1], atol=0.1)


def test_a_fish_is_squeezed_and_sways() -> None:
    whole = ball((0, 0, 0), 0.5, (1, 1, 1), segments=24)
    thin = flattened(whole, 0.4)
    assert float(np.ptp(thin.vertices[:, 2])) == pytest.approx(0.4, abs=0.01)
    assert np.allclose(np.linalg.norm(thin.normals, axis=1), 1, atol=1e-4)
    swung = swayed(thin, 0.3, 1.0)
    assert np.array_equal(swung.vertices[thin.vertices[:, 0] > 0.2], thin.vertices[thin.vertices[:, 0] > 0.2])
    assert not np.array_equal(swung.vertices, thin.vertices)
