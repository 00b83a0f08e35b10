"""Places built by people and by nature: sound in every weather, lit after dark, with what is named standing right."""

from typing import get_args

import msgspec
import numpy as np
import pytest

from imagined.engines.illustrator.render import Renderer
from imagined.engines.illustrator.scene import Scene, Season, Setting, Subject, TimeOfDay, Weather
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.settings.crops import CROPS, prototypes, vine
from imagined.engines.illustrator.settings.fabric import BRICK, COBBLES, TILES, Fabric, course_tone
from imagined.engines.illustrator.settings.fields import crop_of
from imagined.engines.illustrator.settings.ground import Way
from imagined.engines.illustrator.settings.houses import House, of_town, of_village, raise_house
from imagined.engines.illustrator.settings.kit import Kit
from imagined.engines.illustrator.settings.villages import without
from imagined.engines.illustrator.world import Hits, World

PLACES = [
    "street", "village", "harbour", "park", "japanese_garden", "garden", "field", "farm", "road", "bridge", "river",
    "lake", "waterfall", "canyon", "valley", "volcano", "jungle", "ruins", "underwater", "market", "railway",
    "cliff_coast", "snow_village", "playground", "rooftop", "cave", "vineyard", "castle_hill",
]  # fmt: skip
CASTS = {
    "empty": (),
    "dog": (Subject(noun="dog"),),
    "boat": (Subject(noun="sailing_boat"),),
    "castle": (Subject(noun="castle"), Subject(noun="knight", relation="beside", target=0)),
    "fish": (Subject(noun="fish", count=5),),
    "balloon": (Subject(noun="balloon"),),
    "flowers": (Subject(noun="cat", relation="under", target=1), Subject(noun="flower", count=3)),
}
RATIOS = ["9:20", "1:1", "4:3", "5:2"]


def scene_of(setting: str, number: int, cast: str) -> Scene:
    """A scene whose hour, weather, season and shape follow from a number, so that many numbers meet many mixtures."""
    times, weathers, seasons = get_args(TimeOfDay), get_args(Weather), get_args(Season)
    return Scene(
        seed=number * 7 + 1,
        setting=setting,  # type: ignore[arg-type]
        time=times[number % len(times)],
        weather=weathers[(number * 3 + 1) % len(weathers)],
        season=seasons[(number // 2) % len(seasons)],
        traits=(("modern",), ("tulips",), ("wall", "sea"), (), ("mountains", "desert"))[number % 5],
        subjects=CASTS[cast],
        aspect_ratio=RATIOS[number % len(RATIOS)],
    )


def sound(world: World) -> None:
    for body in world.bodies:
        mesh = body.mesh
        assert np.isfinite(mesh.vertices).all()
        assert np.isfinite(mesh.normals).all()
        assert mesh.faces.max() < len(mesh.vertices)
        assert mesh.faces.min() >= 0
        assert mesh.colours.min() >= 0
        assert mesh.colours.max() <= 1
        assert len(mesh.part) in (0, len(mesh.faces))
    assert np.isfinite(world.camera.eye).all()
    assert world.camera.eye != world.camera.target
    if world.glows is not None:
        assert len(world.glows.position) == len(world.glows.colour) == len(world.glows.size)


def test_every_setting_that_a_scene_may_name_can_be_built() -> None:
    assert set(PLACES) <= set(get_args(Setting))


MIXED = [
    (setting, list(CASTS)[(number + k * 2) % len(CASTS)]) for number, setting in enumerate(PLACES) for k in range(3)
]
"""Three casts for every place, other ones for the next."""


@pytest.mark.parametrize(("setting", "cast"), MIXED)
def test_places_are_sound_whatever_stands_in_them(setting: str, cast: str) -> None:
    number = PLACES.index(setting) * 3 + list(CASTS).index(cast) * 5
    sound(build_world(scene_of(setting, number, cast)))


@pytest.mark.parametrize("setting", PLACES)
def test_places_are_the_same_for_the_same_seed_and_fit_the_renderer(setting: str) -> None:
    scene = Scene(seed=4, setting=setting, subjects=CASTS["dog"])  # type: ignore[arg-type]
    one = build_world(scene)
    build_world.cache_clear()
    two = build_world(scene)
    assert one.camera == two.camera
    for a, b in zip(one.bodies, two.bodies, strict=True):
        assert np.array_equal(a.mesh.vertices, b.mesh.vertices)
    assert sum(len(body.mesh.faces) for body in one.bodies) < 1_200_000


@pytest.mark.parametrize("setting", ["street", "harbour", "japanese_garden", "underwater", "canyon", "cave"])
def test_a_small_picture_of_a_place_has_light_and_depth(setting: str) -> None:
    world = build_world(scene_of(setting, 0, "empty"))
    picture = Renderer(world).view(world.camera, 48, 36, "draft", time=0.0)
    assert np.isfinite(picture.light).all()
    assert picture.light.min() >= 0
    assert float(picture.light.mean()) > 0.003
    assert (picture.body >= 0).mean() > 0.2


@pytest.mark.parametrize("setting", ["street", "village", "harbour", "market", "rooftop", "park", "snow_village"])
def test_lamps_burn_after_dark_only(setting: str) -> None:
    scene = Scene(seed=4, setting=setting)  # type: ignore[arg-type]
    assert build_world(scene).lamps == ()
    night = build_world(msgspec.structs.replace(scene, time="night"))
    assert len(night.lamps) >= 3
    assert night.glows is not None


def test_rain_stands_in_the_hollows_of_a_street_but_not_when_it_is_dry() -> None:
    assert build_world(Scene(seed=4, setting="street")).water is None
    wet = build_world(Scene(seed=4, setting="street", weather="rain"))
    assert wet.water is not None
    near = wet.bodies[0].mesh.vertices
    near = near[np.hypot(near[:, 0], near[:, 2]) < 20, 1]
    assert 0.2 < (near < wet.water.level).mean() < 0.8


def test_boats_float_in_the_harbour_and_people_stand_on_its_quay() -> None:
    boat = build_world(Scene(seed=4, setting="harbour", subjects=CASTS["boat"]))
    assert boat.water is not None
    low, high = boat.bodies[-1].mesh.bounds
    assert low[1] < boat.water.level < high[1]
    dog = build_world(Scene(seed=4, setting="harbour", subjects=CASTS["dog"]))
    assert float(dog.bodies[-1].mesh.bounds[0][1]) == pytest.approx(1.5, abs=0.02)


def test_what_swims_hangs_over_the_sea_floor_and_what_walks_stands_on_it() -> None:
    for noun, lowest in (("fish", 0.1), ("dog", -0.4)):
        world = build_world(Scene(seed=4, setting="underwater", subjects=(Subject(noun=noun),)))
        ground = world.bodies[0].mesh.vertices
        below = ground[np.hypot(ground[:, 0], ground[:, 2]) < 0.4, 1].max()
        assert float(world.bodies[-1].mesh.bounds[0][1]) - float(below) > lowest
        assert world.falling == "none"


@pytest.mark.parametrize(("noun", "setting"), [("castle", "castle_hill"), ("train", "railway"), ("flower", "field")])
def test_what_a_place_has_of_itself_does_not_stand_in_it_twice(noun: str, setting: str) -> None:
    subjects = (Subject(noun=noun), Subject(noun="dog", relation="beside", target=0))
    left = without(Scene(seed=1, setting=setting, subjects=subjects), noun).subjects  # type: ignore[arg-type]
    assert left == (Subject(noun="dog"),)


def test_relations_follow_their_subjects_when_one_is_left_out() -> None:
    subjects = (Subject(noun="flower"), Subject(noun="table"), Subject(noun="cat", relation="on", target=1))
    left = without(Scene(seed=1, subjects=subjects), "flower").subjects
    assert left[1].target == 0
    assert left[1].relation == "on"


@pytest.mark.parametrize("name", CROPS)
def test_crops_are_as_tall_as_they_say_and_named_by_traits(name: str) -> None:
    for tint in (0, 1):
        for far in (False, True):
            for mesh in prototypes(name, tint, far):
                assert 0.6 < float(mesh.bounds[1][1]) < 1.3
                assert float(mesh.bounds[0][1]) > -0.4
    assert crop_of(Scene(seed=1, setting="field", traits=(name,))) == name
    assert crop_of(Scene(seed=1, setting="field")) in CROPS


def test_vines_lose_their_leaves_in_winter() -> None:
    assert len(vine("winter")[0].faces) < len(vine("summer")[0].faces)


@pytest.mark.parametrize("kind", ["plaster", "timber", "stone", "thatch", "brick", "wood", "chalet"])
def test_houses_of_every_kind_have_a_roof_over_their_walls(kind: str) -> None:
    kit = Kit(lit=True)
    house = of_village(np.random.default_rng(3), kind)
    top = raise_house(kit.frame(), house, np.random.default_rng(3))
    assert top > house.storeys * house.storey
    body = kit.body()
    assert body is not None
    assert float(body.mesh.emission.max()) > 0
    low, high = body.mesh.bounds
    assert high[0] - low[0] >= house.width
    assert float(high[1]) >= top


@pytest.mark.parametrize("roof", ["eaves", "gable", "stepped", "hipped", "flat"])
def test_every_roof_can_be_built_and_dark_houses_have_dark_windows(roof: str) -> None:
    kit = Kit(lit=False)
    raise_house(kit.frame(2.0, 1.0, 3.0, 0.4), House(roof=roof, shop=(0.5, 0.1, 0.1)), np.random.default_rng(1))
    body = kit.body()
    assert body is not None
    assert float(body.mesh.emission.max()) < 0.05
    assert kit.lamps == []


def test_town_houses_differ_and_those_of_today_are_flat_and_high() -> None:
    rng = np.random.default_rng(2)
    assert len({of_town(rng, 6.0).wall for _ in range(20)}) > 4
    modern = [of_town(rng, 6.0, old=False) for _ in range(10)]
    assert all(house.roof == "flat" and house.storeys >= 4 for house in modern)


def test_frames_turn_and_move_what_is_built_in_them() -> None:
    kit = Kit()
    kit.frame(10.0, 1.0, 0.0, np.pi / 2).box(2.0, 0.0, 0.0, 1.0, 3.0, 0.5, (0.5, 0.5, 0.5))
    body = kit.body()
    assert body is not None
    low, high = body.mesh.bounds
    assert np.allclose((low + high) / 2, (10.0, 2.5, -2.0), atol=1e-5)
    assert np.allclose(high - low, (0.5, 3.0, 1.0), atol=1e-5)
    outwards = (body.mesh.vertices - (low + high) / 2) * body.mesh.normals
    assert (outwards.sum(1) > 0).all()
    assert Kit().body() is None
    assert Kit().glows is None


def hits(position: np.ndarray, normal: tuple[float, float, float], part: int, footprint: float) -> Hits:  # type: ignore[type-arg]
    count = len(position)
    return Hits(
        position=position.astype(np.float32),
        normal=np.tile(np.asarray(normal, np.float32), (count, 1)),
        ray=np.tile(np.array([0, 0, -1], np.float32), (count, 1)),
        footprint=np.full(count, footprint, np.float32),
        colour=np.full((count, 3), 0.5, np.float32),
        gloss=np.zeros(count, np.float32),
        emission=np.zeros((count, 3), np.float32),
        uv=np.zeros((count, 2), np.float32),
        part=np.full(count, part),
        time=0.0,
    )


@pytest.mark.parametrize("material", [BRICK, COBBLES, TILES])
def test_courses_are_seen_near_by_and_fade_into_their_average_far_away(material: int) -> None:
    rng = np.random.default_rng(1)
    u, v = (rng.uniform(0, 30, 4000).astype(np.float32) for _ in range(2))
    near = course_tone(material, u, v, np.full(4000, 0.002, np.float32))
    far = course_tone(material, u, v, np.full(4000, 2.0, np.float32))
    assert near.std() > 0.05
    assert far.std() < 1e-6
    assert abs(float(near.mean()) - float(far.mean())) < 0.2


def test_snow_lies_on_roofs_and_not_on_walls() -> None:
    places = np.random.default_rng(1).uniform(0, 9, (50, 3))
    snowy = Fabric(snowy=True)
    assert snowy.shade(hits(places, (0.0, 1.0, 0.0), TILES, 0.01)).colour.mean() > 0.7
    assert snowy.shade(hits(places, (0.0, 0.0, 1.0), BRICK, 0.01)).colour.mean() < 0.6


def test_a_way_covers_its_width_and_nothing_beyond() -> None:
    way = Way(lambda z: z * np.float32(0.0) + np.float32(3.0), 4.0, "asphalt", (0.1, 0.1, 0.1), 0.05)
    x = np.array([3.0, 4.5, 6.0], np.float32)
    z = np.array([3.0, 3.0, 3.0], np.float32)
    assert way.covers(x, z).tolist() == [True, True, False]
    places = np.stack([x, x * 0, z], 1)
    plain = np.full((3, 3), 0.5, np.float32)
    painted = way.over(plain, hits(places, (0.0, 1.0, 0.0), 0, 0.01), x, z, x * 0)
    assert np.allclose(painted[2], 0.5)
    assert float(painted[1].max()) < 0.2
