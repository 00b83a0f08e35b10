"""Worlds of open country: sound, repeatable, with the right things standing in the right places."""

import msgspec
import numpy as np
import pytest

from imagined.engines.illustrator.figures import CATALOGUE
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.settings.framing import framing, shape_of
from imagined.engines.illustrator.settings.staging import Cast, cast_of
from imagined.engines.illustrator.settings.terrain import Stage, at, fan, rolling, waves, worn
from imagined.engines.illustrator.words import understand
from imagined.engines.illustrator.world import World

SETTINGS = ["mountains", "forest", "sea", "desert", "meadow", "beach", "arctic", "space", "sky", "studio"]


def world_of(prompt: str, seed: int = 5, ratio: str = "1:1") -> World:
    return build_world(understand(prompt, seed, ratio))


def staged(prompt: str, seed: int = 5) -> Cast:
    return cast_of(understand(prompt, seed, "1:1"), np.random.default_rng(seed))


def sound(world: World) -> None:
    for body in world.bodies:
        mesh = body.mesh
        assert np.isfinite(mesh.vertices).all()
        assert np.isfinite(mesh.normals).all()
        assert mesh.faces.max() < len(mesh.vertices)
        assert mesh.colours.min() >= 0
        assert mesh.colours.max() <= 1
    assert world.camera.eye != world.camera.target


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("time", ["dawn", "night"])
def test_every_setting_is_sound_empty(setting: str, time: str) -> None:
    sound(build_world(Scene(seed=3, setting=setting, time=time)))  # type: ignore[arg-type]


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_holds_a_subject(setting: str) -> None:
    scene = Scene(seed=3, subjects=(Subject(noun="dog"),), season="winter", weather="snow")
    world = build_world(msgspec.structs.replace(scene, setting=setting))
    sound(world)
    assert world.travel > 0


def test_the_same_scene_gives_the_same_world_and_another_seed_another() -> None:
    one, two, other = (
        world_of("two dogs in a meadow"),
        world_of("two dogs in a meadow"),
        world_of("two dogs in a meadow", 6),
    )
    assert len(one.bodies) == len(two.bodies)
    for a, b in zip(one.bodies, two.bodies, strict=True):
        assert np.array_equal(a.mesh.vertices, b.mesh.vertices)
        assert np.array_equal(a.mesh.colours, b.mesh.colours)
    assert one.camera == two.camera
    assert not np.array_equal(one.bodies[0].mesh.vertices, other.bodies[0].mesh.vertices)


@pytest.mark.parametrize("setting", ["meadow", "mountains", "desert", "forest", "arctic", "beach"])
def test_subjects_stand_on_the_ground(setting: str) -> None:
    scene = Scene(seed=9, setting=setting, subjects=(Subject(noun="horse"),))  # type: ignore[arg-type]
    world = build_world(scene)
    ground, horse = world.bodies[0].mesh, world.bodies[-1].mesh
    feet = horse.vertices[horse.vertices[:, 1] < horse.vertices[:, 1].min() + 0.05]
    near = np.hypot(ground.vertices[:, 0] - feet[:, 0].mean(), ground.vertices[:, 2] - feet[:, 2].mean()) < 1.2
    assert near.any()
    assert float(horse.vertices[:, 1].min()) == pytest.approx(float(ground.vertices[near, 1].mean()), abs=0.35)


def test_boats_float_and_what_stands_at_sea_stands_on_rock() -> None:
    boat = world_of("a sailing boat at sea")
    assert boat.water is not None
    low, high = boat.bodies[-1].mesh.bounds
    assert low[1] < boat.water.level < high[1]
    tower = world_of("a lighthouse on an island in the sea")
    assert tower.water is not None
    assert tower.bodies[-1].mesh.bounds[0][1] > tower.water.level - 0.5


def test_what_flies_is_off_the_ground() -> None:
    world = world_of("a hot air balloon over a meadow")
    ground = world.bodies[0].mesh
    below = ground.vertices[np.hypot(ground.vertices[:, 0], ground.vertices[:, 2]) < 30, 1].max()
    assert float(world.bodies[-1].mesh.bounds[0][1]) > below + 5


@pytest.mark.parametrize(
    ("prompt", "count"), [("one cow", 1), ("four sheep", 4), ("seven penguins", 7), ("a dozen ducks", 6)]
)
def test_counts_are_kept(prompt: str, count: int) -> None:
    assert len(staged(prompt).placed) == count


@pytest.mark.parametrize(
    "prompt", ["four sheep", "five cats", "three elephants", "six knights", "a cat and a dog and a horse"]
)
def test_no_two_of_a_group_stand_in_each_other(prompt: str) -> None:
    placed = staged(prompt).placed
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            apart_x = abs(one.x - other.x) - 0.8 * (one.half[0] + other.half[0])
            apart_z = abs(one.z - other.z) - 0.6 * (one.half[2] + other.half[2])
            assert max(apart_x, apart_z) > 0


def test_a_rider_sits_on_the_back_and_moves_with_it() -> None:
    horse, rider = staged("an astronaut riding a horse").placed
    assert rider.order.noun == "astronaut"
    assert rider.order.pose == "riding"
    assert rider.yaw == horse.yaw
    seat = rider.y + rider.figure.anchors["seat"][1] * rider.scale
    assert seat == pytest.approx(horse.figure.anchors["back"][1] * horse.scale, abs=0.02)
    assert np.hypot(rider.x - horse.x, rider.z - horse.z) < 0.4


def test_things_lie_on_tables_and_stand_behind_or_beside() -> None:
    table, apple = staged("an apple on a table").placed
    assert apple.y == pytest.approx(table.figure.anchors["top"][1], abs=0.01)
    barn, cow = staged("a cow behind a barn").placed
    assert cow.z < barn.z
    tree, cat = staged("a cat beside a tree").placed
    assert abs(cat.x - tree.x) > 0.3
    castle, eagle = staged("an eagle flying over a castle").placed
    assert eagle.y > castle.half[1]


@pytest.mark.parametrize("ratio", ["1:1", "16:9", "9:16", "21:9"])
@pytest.mark.parametrize("prompt", ["a dog", "five penguins", "a castle", "an apple"])
def test_the_cast_fills_a_good_part_of_the_frame(prompt: str, ratio: str) -> None:
    scene = understand(prompt, 4, ratio)
    cast = cast_of(scene, np.random.default_rng(4))
    camera = framing(cast, scene, 0.0, np.random.default_rng(4))
    eye, target = np.asarray(camera.eye), np.asarray(camera.target)
    ahead = (target - eye) / np.linalg.norm(target - eye)
    right = np.cross(ahead, [0, 1, 0])
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    points = np.concatenate([placed.mesh().vertices for placed in cast.placed]) - eye
    depth = points @ ahead
    scale = np.tan(np.radians(camera.fov) / 2)
    x, y = points @ right / depth / scale / shape_of(scene), points @ up / depth / scale
    assert depth.min() > 0
    assert max(abs(x).max(), abs(y).max()) < 1.05
    assert max(np.ptp(x), np.ptp(y)) > 0.6


def test_unknown_nouns_leave_the_scene_empty_not_wrong() -> None:
    assert Scene(seed=1, subjects=(Subject(noun="glorp"),)).subjects[0].noun not in CATALOGUE
    assert cast_of(Scene(seed=1, subjects=(Subject(noun="glorp"),)), np.random.default_rng(1)).placed == ()
    sound(build_world(Scene(seed=1, subjects=(Subject(noun="glorp", relation="on", target=7),))))


@pytest.mark.parametrize("ratio", ["auto", "", "0:0", "x:y", "1:1000"])
def test_odd_aspect_ratios_are_survived(ratio: str) -> None:
    assert 0.3 <= shape_of(Scene(seed=1, aspect_ratio=ratio)) <= 3.5


def test_noise_is_smooth_and_its_slopes_are_right() -> None:
    x = np.linspace(-3, 3, 400, dtype=np.float32)
    z = np.full_like(x, 0.37)
    value, slope, _ = waves(x, z, 5)
    assert abs(value).max() <= 1
    assert np.allclose(np.gradient(value, x)[2:-2], slope[2:-2], atol=0.12)
    assert np.array_equal(rolling(x, z, 3), rolling(x, z, 3))
    assert worn(x, z, 3).min() >= 0


def test_the_stage_is_level_and_the_far_ground_is_not() -> None:
    def hills(x: np.ndarray, z: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return np.asarray(rolling(x / 4, z / 4, 8) * 3, np.float32)

    level = Stage(0, 0, 10).levelled(hills)
    angle = np.linspace(0, 6, 30, dtype=np.float32)
    near = level(3 * np.cos(angle), 3 * np.sin(angle))
    assert abs(near - at(level, 0, 0)).max() < 0.6
    assert np.allclose(level(angle * 50 + 60, angle), hills(angle * 50 + 60, angle), atol=1e-3)
    mesh = fan(level, (0.0, 0.0), 1.0, 500.0, 30, 40)
    assert (mesh.normals[:, 1] > 0).all()
