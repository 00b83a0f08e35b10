"""Rooms: every one is sound whoever is in it, closed but for its windows, lit, and people sit on what they sit on."""

from typing import get_args

import msgspec
import numpy as np
import pytest

from imagined.engines.illustrator.figures import CATALOGUE, Order, figure
from imagined.engines.illustrator.grade import finished
from imagined.engines.illustrator.render import Renderer
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.settings.finishes import Cover, Finish, Style, covered
from imagined.engines.illustrator.settings.indoor_cast import indoors, view_of
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.settings.staging import SEATED, Cast
from imagined.engines.illustrator.trace import Tracer
from imagined.engines.illustrator.words import understand
from imagined.engines.illustrator.world import Body, Camera, Lamp, World

ROOMS = [
    "room", "bedroom", "kitchen", "library", "cafe", "restaurant", "classroom", "office", "workshop", "stage",
    "museum", "church", "train_interior", "table_top",
]  # fmt: skip
FURNITURE = [noun for noun, kind in CATALOGUE.items() if kind.habitat == "indoors"]
COMPANY: list[tuple[Subject, ...]] = [
    (),
    (Subject(noun="cat", pose="lying", relation="on", target=1), Subject(noun="sofa")),
    (Subject(noun="old_man", pose="reading", relation="beside", target=1), Subject(noun="fireplace")),
    (Subject(noun="castle"), Subject(noun="elephant", count=3)),
    (Subject(noun="person", count=12, pose="sitting"),),
    (Subject(noun="robot", pose="running"), Subject(noun="piano")),
    (Subject(noun="cup", relation="on", target=1), Subject(noun="table"), Subject(noun="woman", count=2)),
    (Subject(noun="balloon"), Subject(noun="whale"), Subject(noun="glorp", relation="on", target=7)),
    (Subject(noun="dog", relation="under", target=1), Subject(noun="table"), Subject(noun="wizard", pose="reading")),
]


def scene_of(setting: str, subjects: tuple[Subject, ...] = (), **rest: object) -> Scene:
    return msgspec.convert(
        {"seed": 3, "setting": setting, "subjects": [msgspec.to_builtins(one) for one in subjects], **rest}, Scene
    )


def sound(world: World) -> None:
    for body in world.bodies:
        mesh = body.mesh
        assert np.isfinite(mesh.vertices).all()
        assert np.isfinite(mesh.normals).all()
        assert mesh.faces.max() < len(mesh.vertices)
        assert 0 <= mesh.colours.min() <= mesh.colours.max() <= 1
    assert sum(len(body.mesh.faces) for body in world.bodies) < 600_000
    assert np.isfinite(world.camera.eye).all()


@pytest.mark.parametrize("setting", ROOMS)
@pytest.mark.parametrize("number", range(len(COMPANY)))
def test_every_room_holds_any_company(setting: str, number: int) -> None:
    time = ("day", "night", "sunset", "dawn", "dusk")[number % 5]
    weather = ("clear", "rain", "snow", "fog", "storm")[number % 5]
    ratio = ("1:1", "9:20", "5:2", "4:3")[number % 4]
    world = build_world(scene_of(setting, COMPANY[number], time=time, weather=weather, aspect_ratio=ratio))
    sound(world)
    assert world.travel > 0


@pytest.mark.parametrize("setting", ROOMS)
def test_a_room_is_the_same_again_and_another_with_another_seed(setting: str) -> None:
    scene = scene_of(setting, (Subject(noun="dog"),))
    build_world.cache_clear()
    one = build_world(scene)
    build_world.cache_clear()
    two = build_world(scene)
    assert one.camera == two.camera
    assert all(np.array_equal(a.mesh.vertices, b.mesh.vertices) for a, b in zip(one.bodies, two.bodies, strict=True))
    others = [build_world(msgspec.structs.replace(scene, seed=seed)) for seed in (4, 5, 6)]
    assert any(_differ(one, other) for other in others)


def _differ(one: World, other: World) -> bool:
    if one.camera != other.camera or len(one.bodies) != len(other.bodies):
        return True
    return any(
        a.mesh.vertices.shape != b.mesh.vertices.shape or not np.array_equal(a.mesh.vertices, b.mesh.vertices)
        for a, b in zip(one.bodies, other.bodies, strict=True)
    )


@pytest.mark.parametrize("setting", ["room", "library", "stage", "table_top"])
@pytest.mark.parametrize("time", ["day", "night"])
def test_a_room_is_neither_black_nor_white(setting: str, time: str) -> None:
    world = build_world(scene_of(setting, (Subject(noun="cat"),), time=time))
    pixels = finished(Renderer(world).view(world.camera, 96, 72, "draft").light, world.grade)
    assert 12 < pixels.mean() < 215
    assert pixels.std() > 15


@pytest.mark.parametrize("setting", [name for name in ROOMS if name not in ("stage", "table_top")])
def test_the_eye_is_inside_and_rooms_are_closed(setting: str) -> None:
    world = build_world(scene_of(setting, (Subject(noun="dog"),)))
    rng = np.random.default_rng(1)
    ways = rng.normal(size=(400, 3)).astype(np.float32)
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    eye = np.broadcast_to(np.asarray(world.camera.eye, np.float32), ways.shape)
    assert (Tracer(world.bodies).nearest(eye, ways).face >= 0).all()


@pytest.mark.parametrize("noun", FURNITURE)
def test_furniture_stands_on_the_ground_and_is_as_large_as_it_says(noun: str) -> None:
    made = figure(Order(noun))
    low, high = made.mesh.bounds
    assert low[1] == pytest.approx(0, abs=1e-5)
    size = float((high - low).max())
    assert 0.6 < size / CATALOGUE[noun].size < 1.5
    assert np.allclose(np.linalg.norm(made.mesh.normals, axis=1), 1, atol=1e-3)


@pytest.mark.parametrize(
    ("prompt", "seat"),
    [
        ("a woman sitting on a sofa in a living room", "sofa"),
        ("a man reading in a library", "armchair"),
        ("a girl sitting in a classroom", "chair"),
    ],
)
def test_people_sit_on_seats(prompt: str, seat: str) -> None:
    scene = understand(prompt, 4, "1:1")
    cast = indoors(scene, np.random.default_rng(4), seat, lit=True)
    who = next(placed for placed in cast.placed if placed.order.pose in SEATED)
    host = next(placed for placed in cast.placed if placed.order.noun == seat)
    resting = who.y + who.figure.anchors["seat"][1] * who.scale
    assert resting == pytest.approx(host.figure.anchors["seat"][1] * host.scale, abs=0.02)
    assert np.hypot(who.x - host.x, who.z - host.z) < 0.3
    assert abs(float(who.mesh().bounds[0][1])) < 0.35


def test_guests_of_a_cafe_sit_two_to_a_table_and_face_each_other() -> None:
    scene = understand("two people drinking coffee in a cafe", 5, "1:1")
    cast = indoors(scene, np.random.default_rng(5), "chair", lit=True, tables=True)
    nouns = [placed.order.noun for placed in cast.placed]
    assert nouns.count("cafe_table") == 1
    assert nouns.count("chair") == nouns.count("person") == nouns.count("cup") == 2
    left, right = (placed for placed in cast.placed if placed.order.noun == "person")
    assert left.x < 0 < right.x
    assert np.cos(left.yaw) > 0 > np.cos(right.yaw)


def test_a_player_sits_at_the_piano() -> None:
    scene = understand("a robot playing the piano on a stage", 5, "1:1")
    piano, stool, robot = indoors(scene, np.random.default_rng(5), "stool", lit=True).placed
    assert (piano.order.noun, stool.order.noun, robot.order.pose) == ("piano", "stool", "keys")
    assert robot.x < piano.x


def test_what_stands_at_a_wall_decides_where_the_wall_is() -> None:
    scene = understand("a fireplace in a living room", 5, "1:1")
    cast = indoors(scene, np.random.default_rng(5), "armchair", lit=True)
    room = Room(scene, cast, Camera((0, 1.4, 4), (0, 1, 0)), windows=(Window("back", 0.0, 1.4),))
    hearth = cast.placed[0].mesh().bounds
    assert room.back == pytest.approx(float(hearth[0][2]), abs=0.01)
    hidden = room.windows[0]
    assert hidden.wall != "back" or abs(hidden.at) > 0.4


def test_small_things_get_a_table_and_lie_side_by_side_on_it() -> None:
    scene = scene_of("kitchen", (Subject(noun="apple"), Subject(noun="cup"), Subject(noun="vase"), Subject(noun="dog")))
    cast = indoors(scene, np.random.default_rng(5), "chair", lit=True)
    table = next(placed for placed in cast.placed if placed.order.noun == "table")
    things = [placed for placed in cast.placed if placed.order.noun in ("apple", "cup", "vase")]
    assert [thing.y for thing in things] == pytest.approx([table.half[1]] * 3, abs=0.02)
    for index, one in enumerate(things):
        for other in things[:index]:
            apart = max(
                abs(one.x - other.x) - one.half[0] - other.half[0], abs(one.z - other.z) - one.half[0] - other.half[2]
            )
            assert apart > -1e-6
    dog = next(placed for placed in cast.placed if placed.order.noun == "dog")
    assert dog.y == 0


def test_nothing_is_put_where_a_subject_is_nor_twice() -> None:
    scene = understand("a sofa in a living room", 5, "1:1")
    cast = indoors(scene, np.random.default_rng(5), "armchair", lit=True)
    room = Room(scene, cast, Camera((0, 1.4, 4), (0, 1, 0)))
    assert not room.put("sofa", 2.0, -1.5)
    assert not room.put("armchair", 0.0, 0.0)
    assert room.put("armchair", 2.3, -1.0)


def test_a_dog_under_a_table_lies_between_its_legs() -> None:
    dog_and_table = indoors(
        understand("a dog under the table in a kitchen", 5, "1:1"), np.random.default_rng(5), "chair", lit=True
    )
    table = next(placed for placed in dog_and_table.placed if placed.order.noun == "table")
    dog = next(placed for placed in dog_and_table.placed if placed.order.noun == "dog")
    assert dog.order.pose == "lying"
    assert dog.half[1] < table.half[1]
    assert abs(dog.x - table.x) < table.half[0]
    assert abs(dog.z - table.z) < table.half[2]


@pytest.mark.parametrize("ratio", ["9:20", "1:1", "5:2"])
def test_the_cast_is_in_the_frame(ratio: str) -> None:
    scene = understand("a man reading in a library", 5, ratio)
    cast = indoors(scene, np.random.default_rng(5), "armchair", lit=True)
    camera = view_of(scene, cast)
    eye, target = np.asarray(camera.eye), np.asarray(camera.target)
    ahead = (target - eye) / np.linalg.norm(target - eye)
    right = np.cross(ahead, [0, 1, 0])
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    points = np.concatenate([placed.mesh().vertices for placed in cast.placed]) - eye
    depth = points @ ahead
    scale = np.tan(np.radians(camera.fov) / 2)
    across, down = (float(part) for part in ratio.split(":"))
    assert abs(points @ right / depth / scale / (across / down)).max() < 1.02
    assert abs(points @ up / depth / scale).max() < 1.0


def test_dull_weather_puts_the_sun_out_and_the_lamps_on() -> None:
    clear, rainy = (tone_of(Scene(seed=1, setting="cafe", weather=weather)) for weather in ("clear", "rain"))  # type: ignore[arg-type]
    assert max(clear.sun) > 1
    assert max(rainy.sun) == 0
    assert rainy.power > clear.power


@pytest.mark.parametrize("style", get_args(Style))
def test_coverings_are_averaged_where_a_pixel_is_wide(style: str) -> None:
    rng = np.random.default_rng(2)
    u, v = rng.uniform(-3, 3, (2, 4000)).astype(np.float32)
    cover = Cover(style, (0.6, 0.5, 0.4), (0.1, 0.1, 0.1), 0.3)  # type: ignore[arg-type]
    near, gloss = covered(cover, u, v, np.full(4000, 0.001, np.float32))
    far, _ = covered(cover, u, v, np.full(4000, 0.5, np.float32))
    assert np.isfinite(near).all()
    assert gloss.min() >= 0
    assert float(far.std()) <= float(near.std()) + 0.03


def test_a_lamp_with_shadows_is_hidden_by_what_stands_before_it() -> None:
    floor = figure(Order("rug")).mesh.moved((0, 0, 0), scale=3)
    block = figure(Order("stool")).mesh.moved((0, 0, 0))
    lamp = Lamp((0.0, 2.0, 0.0), (1.0, 1.0, 1.0), 2.0, shadows=True)

    def seen(shadows: bool) -> float:
        world = World(
            bodies=(Body(floor), Body(block)),
            camera=Camera((0.9, 1.2, 0.0), (0.05, 0.0, 0.0), 14.0),
            lamps=(Lamp(lamp.position, lamp.colour, lamp.reach, shadows),),
        )
        light = Renderer(world).view(world.camera, 32, 32, "draft").light
        return float(light.mean())

    assert seen(True) < seen(False) - 0.01


def test_a_candle_on_a_table_lights_it() -> None:
    scene = understand("a candle on a table in a living room at night", 5, "1:1")
    cast = indoors(scene, np.random.default_rng(5), "armchair", lit=True)
    room = Room(scene, cast, Camera((0, 1.4, 4), (0, 1, 0)))
    candle = next(placed for placed in cast.placed if placed.order.noun == "candle")
    (lamp,) = room.lamps
    assert lamp.position[0] == pytest.approx(candle.x)
    assert lamp.position[1] > candle.y + 0.1
    shadowless = [body for body in room.world().bodies if not body.casts_shadow]
    assert any(body.mesh.emission.max(initial=0) > 1 for body in shadowless)


def test_an_empty_cast_is_a_view_of_the_whole_room() -> None:
    camera = view_of(Scene(seed=1, setting="room"), Cast())
    assert camera.eye[2] > 3
    assert Finish(Cover("plaster", (0.5, 0.5, 0.5))).wainscot is None
