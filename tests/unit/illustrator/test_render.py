import itertools
from dataclasses import replace

import numpy as np
import pytest

from imagined.engines.illustrator import crew, foreign
from imagined.engines.illustrator.editing import change_mask, composited
from imagined.engines.illustrator.grade import finished
from imagined.engines.illustrator.looks import LOOKS, with_looks
from imagined.engines.illustrator.mesh import Mesh, joined
from imagined.engines.illustrator.moves import path_of
from imagined.engines.illustrator.noise import hashed, noise_tile, sample_tile
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.render import Renderer, render_world
from imagined.engines.illustrator.scene import Addition, Scene
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.sound import ambience
from imagined.engines.illustrator.world import Ambient, Body, Camera, Fog, Grade, Light, Sky, Water, World

CITY = Scene(seed=4, setting="city", time="night", traits=("futuristic",), aspect_ratio="4:3")


def cube(x=0.0, z=0.0, size=2.0, colour=(0.6, 0.1, 0.1)) -> Mesh:
    corners = np.array([[a, b, c] for a in (-1, 1) for b in (0, 2) for c in (-1, 1)], np.float32) * size / 2
    corners += np.array([x, 0, z], np.float32)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    outwards = [(-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)]
    vertices = np.concatenate([corners[list(quad)] for quad in quads])
    faces = np.concatenate([np.array([[0, 1, 2], [0, 2, 3]]) + 4 * k for k in range(6)]).astype(np.int32)
    return Mesh(
        vertices=vertices,
        faces=faces,
        normals=np.repeat(np.array(outwards, np.float32), 4, axis=0),
        colours=np.tile(np.array(colour, np.float32), (24, 1)),
    )


def plain_world(**changes) -> World:
    world = World(
        bodies=(Body(joined([cube(), cube(3.0, -2.0)])),),
        camera=Camera((0.0, 3.0, 12.0), (0.0, 1.0, 0.0)),
        fog=Fog(density=0.0),
        ambient=Ambient(occlusion=0.0),
    )
    return replace(world, **changes)


def test_the_buffers_say_what_is_where():
    picture = render_world(plain_world(), plain_world().camera, 96, 64)
    assert set(np.unique(picture.body)) == {-1, 0}
    assert np.isinf(picture.depth[picture.body == -1]).all()
    assert picture.depth[picture.body == 0].min() == pytest.approx(10.9, abs=0.6)
    lengths = np.linalg.norm(picture.normal[picture.body == 0], axis=1)
    assert np.allclose(lengths, 1.0, atol=1e-3)
    red = picture.light[picture.body == 0].mean(axis=0)
    assert red[0] > 2 * red[1]


def test_a_world_without_bodies_is_sky():
    picture = render_world(World(bodies=(), camera=plain_world().camera), plain_world().camera, 32, 24)
    assert (picture.body == -1).all()
    assert np.isfinite(picture.light).all()


def test_a_point_projects_to_the_pixel_whose_ray_meets_it():
    lens = Lens.of(Camera((3.0, 4.0, 9.0), (0.0, 2.0, -5.0), 50.0, (0.1, 0.3)), 320, 200)
    x, y = np.array([12.5, 200.0, 311.0], np.float32), np.array([7.5, 120.0, 180.0], np.float32)
    points = lens.eye + lens.directions(x, y) * 25.0
    back_x, back_y, depth = lens.project(points.astype(np.float32))
    assert np.allclose(back_x, x, atol=0.05)
    assert np.allclose(back_y, y, atol=0.05)
    assert (depth > 0).all()


def test_shadows_fall_away_from_the_light():
    ground = cube(0.0, 0.0, 1.0, (0.5, 0.5, 0.5))
    floor = replace(ground, vertices=ground.vertices * np.array([60, 0.001, 60], np.float32))
    world = plain_world(bodies=(Body(cube()), Body(floor)), light=Light(direction=(1.0, 1.0, 0.0)))
    camera = Camera((0.0, 14.0, 0.2), (0.0, 0.0, 0.0))
    picture = render_world(world, camera, 120, 120, "draft")
    left = picture.light[60, 32]
    right = picture.light[60, 88]
    assert right.mean() > 1.5 * left.mean()


def test_water_mirrors_what_stands_above_it():
    bright = replace(cube(0.0, -6.0, 6.0), emission=np.tile(np.array([0, 4, 0], np.float32), (24, 1)))
    world = plain_world(
        bodies=(Body(bright),),
        water=Water(level=-0.5, choppiness=0.002),
        sky=Sky(),
        camera=Camera((0, 2, 14), (0, 2, 0)),
    )
    picture = render_world(world, world.camera, 128, 96, "draft")
    wet = picture.body == -2
    column = picture.light[:, 64][wet[:, 64]]
    edge = picture.light[:, 2][wet[:, 2]]
    assert column[..., 1].max() > 1.5 * edge[..., 1].max()


def test_tiles_do_not_show(monkeypatch):
    from imagined.engines.illustrator import render

    world = plain_world()
    one = Renderer(world).view(world.camera, 150, 90).light
    monkeypatch.setattr(render, "_TILE", 31)
    two = Renderer(world).view(world.camera, 150, 90).light
    assert np.allclose(one, two, atol=1e-4)


def test_grading_is_the_same_at_any_size():
    light = np.full((64, 96, 3), 0.3, np.float32)
    large = np.full((128, 192, 3), 0.3, np.float32)
    assert abs(float(finished(light, Grade()).mean()) - float(finished(large, Grade()).mean())) < 0.6


def test_noise_depends_on_seed_and_place_only():
    assert (hashed(1, np.arange(9)) == hashed(1, np.arange(9))).all()
    assert (hashed(1, np.arange(9)) != hashed(2, np.arange(9))).all()
    tile = noise_tile(64, 5)
    points = np.array([0.2, 1.2, -0.8], np.float32)
    assert np.allclose(sample_tile(tile, points, points * 0), sample_tile(tile, points[:1], points[:1] * 0), atol=1e-3)
    assert abs(float(tile.mean())) < 1e-4


@pytest.mark.parametrize(
    ("time", "weather"), [("day", "clear"), ("dawn", "fog"), ("sunset", "storm"), ("dusk", "snow")]
)
def test_the_hour_does_not_move_a_tower(time, weather):
    from imagined.engines.illustrator.settings import city

    one = build_world(CITY)
    two = city.build(replace_scene(CITY, time=time, weather=weather), np.random.default_rng(CITY.seed))
    assert (one.bodies[0].mesh.vertices == two.bodies[0].mesh.vertices).all()
    assert one.camera == two.camera


def replace_scene(scene: Scene, **changes) -> Scene:
    import msgspec

    return msgspec.structs.replace(scene, **changes)


def test_seeds_build_different_cities():
    one, two = build_world(CITY), build_world(replace_scene(CITY, seed=5))
    assert one.bodies[0].mesh.vertices.shape != two.bodies[0].mesh.vertices.shape


def test_signs_are_lettered_with_the_words_asked_for():
    addition = Addition(kind="neon_signs", seed=1, count=3, colour="red", text=("Zoe's",))
    world = build_world(replace_scene(CITY, additions=(addition,)))
    plain = build_world(CITY)
    assert len(world.bodies) == len(plain.bodies) + 1
    assert len(world.lamps) > len(plain.lamps)


@pytest.mark.parametrize(
    "move", ["pull_back", "push_in", "fly_through", "rise", "pan_left", "pan_right", "tilt_up", "tilt_down", "orbit"]
)
def test_moves_start_where_the_picture_was_taken_and_go_somewhere(move):
    world = build_world(CITY)
    path = path_of(world, world.camera, move)
    assert np.allclose(path(0.0).eye, world.camera.eye)
    assert path(1.0) != path(0.0)
    steps = [np.array(path(k / 50).eye) for k in range(51)]
    lengths = [float(np.linalg.norm(b - a)) for a, b in itertools.pairwise(steps)]
    assert max(lengths) < 0.06 * world.travel


def test_a_static_camera_stays():
    world = build_world(CITY)
    assert path_of(world, world.camera, "static")(1.0) == world.camera


def test_a_crew_draws_what_one_artist_draws(monkeypatch):
    monkeypatch.setattr(crew, "_WORTHWHILE", 0)
    monkeypatch.setattr(crew.os, "cpu_count", lambda: 2)
    shot = crew.Shot(scene=CITY, camera=build_world(CITY).camera, move="pull_back", frames=6, width=64, height=48)
    together = crew.Crew(shot)
    try:
        frames = list(together.frames())
    finally:
        together.close()
    artist = crew.Artist(shot)
    assert len(frames) == 6
    assert all((frame == artist.frame(index)).all() for index, frame in enumerate(frames))


def test_a_lost_helper_is_made_up_for(monkeypatch):
    monkeypatch.setattr(crew, "_WORTHWHILE", 0)
    monkeypatch.setattr(crew.os, "cpu_count", lambda: 2)
    shot = crew.Shot(scene=CITY, camera=build_world(CITY).camera, move="static", frames=5, width=32, height=24)
    together = crew.Crew(shot)
    try:
        frames = together.frames()
        first = next(frames)
        together._helpers[0]._process.kill()
        rest = list(frames)
    finally:
        together.close()
    assert len([first, *rest]) == 5


def test_compression_noise_is_no_change():
    rng = np.random.default_rng(0)
    before = rng.integers(20, 200, (96, 120, 3)).astype(np.uint8)
    noisy = np.clip(before + rng.normal(0, 2, before.shape), 0, 255).astype(np.uint8)
    assert change_mask(before, noisy).max() == 0
    lit = noisy.copy()
    lit[40:60, 40:60, 0] = 255
    result = composited(before, before, lit)
    assert (result[:24] == before[:24]).all()
    assert np.abs(result[45:55, 45:55].astype(int) - lit[45:55, 45:55]).max() <= 1


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_looks_keep_the_size_and_change_the_picture(look):
    pixels = np.random.default_rng(0).integers(0, 255, (60, 80, 3), np.uint8)
    result = with_looks(pixels, [look])
    assert result.shape == pixels.shape
    assert result.dtype == np.uint8
    assert (result != pixels).any()


def test_night_is_darker_than_day():
    from imagined.engines.illustrator.instructions import instructions_of

    pixels = np.random.default_rng(0).integers(60, 180, (64, 64, 3), np.uint8)
    assert foreign.edited(pixels, instructions_of("make it night", 1), 1).mean() < 0.7 * pixels.mean()


def test_night_falls_on_the_border_too():
    from imagined.engines.illustrator.instructions import instructions_of

    pixels = np.full((96, 96, 3), 190, np.uint8)
    night = foreign.edited(pixels, instructions_of("make it night", 1), 1).astype(int)
    assert np.abs(night[48, 0] - night[48, 48]).max() <= 2


@pytest.mark.parametrize("setting", ["city", "sea", "forest", "space", "mountains"])
@pytest.mark.parametrize("weather", ["clear", "rain", "snow"])
def test_ambience_is_stereo_and_never_clips(setting, weather):
    scene = replace_scene(CITY, setting=setting, weather=weather)
    sound = ambience(scene, 1.0)
    assert sound.shape == (2, 48000)
    assert 0.3 < np.abs(sound).max() <= 0.51
    assert (sound == ambience(scene, 1.0)).all()
