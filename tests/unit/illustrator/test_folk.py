"""People, vehicles and things: every pose and prop builds, stands on the ground, and is held where the hand is."""

import numpy as np
import pytest

from imagined.engines.illustrator.figures import CATALOGUE, Order, figure
from imagined.engines.illustrator.figures.biped import Person, biped, skeleton
from imagined.engines.illustrator.figures.carried import HELD, POSED, carried
from imagined.engines.illustrator.figures.catalogue import draw
from imagined.engines.illustrator.figures.clay import Clay
from imagined.engines.illustrator.figures.gestures import GESTURES
from imagined.engines.illustrator.figures.people import PEOPLE, SKINS, someone
from imagined.engines.illustrator.figures.shapes import fronted, loft, patch, ring, turned_by
from imagined.engines.illustrator.figures.wares import WARES
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.settings.staging import Placed, cast_of

OFF_THE_GROUND = {"jumping", "running"}


def sound(mesh: Mesh) -> None:
    assert np.isfinite(mesh.vertices).all()
    assert np.isfinite(mesh.normals).all()
    assert mesh.faces.min() >= 0
    assert mesh.faces.max() < len(mesh.vertices)
    assert mesh.colours.min() >= 0
    assert mesh.colours.max() <= 1


@pytest.mark.parametrize("pose", sorted({*GESTURES, *POSED}))
@pytest.mark.parametrize("noun", ["man", "princess", "girl", "knight"])
def test_every_pose_builds_and_stands(noun: str, pose: str) -> None:
    made = draw(Order(noun, pose, detail=45))
    sound(made.mesh)
    low = float(made.mesh.bounds[0][1])
    assert low == pytest.approx(0, abs=0.02 if pose not in OFF_THE_GROUND else 0.3)
    assert {"head", "top", "seat", "hand", "left_hand"} <= set(made.anchors)


@pytest.mark.parametrize("noun", sorted(PEOPLE))
def test_people_are_their_height_and_differ_by_seed(noun: str) -> None:
    person = PEOPLE[noun]
    made = draw(Order(noun, detail=45))
    tall = float(made.mesh.bounds[1][1])
    if person.tail is None:
        assert 0.93 * person.height < tall < person.height * 1.75
    if noun in ("man", "woman", "nurse", "farmer"):
        skins = {someone(noun, seed).skin for seed in range(1, 40)}
        assert len(skins) == len(SKINS)
    assert someone(noun, 0) == person


def _from_edges(mesh: Mesh, point: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """Distance of a point from the nearest edge of a mesh, metres."""
    a = mesh.vertices[mesh.faces].reshape(-1, 3)
    b = mesh.vertices[np.roll(mesh.faces, -1, axis=1)].reshape(-1, 3)
    run = b - a
    t = np.clip(((point - a) * run).sum(1) / np.maximum((run * run).sum(1), 1e-12), 0, 1)
    return float(np.linalg.norm(a + run * t[:, None] - point, axis=1).min())


@pytest.mark.parametrize("noun", sorted(HELD))
def test_what_is_held_is_at_the_hand(noun: str) -> None:
    person = Person()
    joints = skeleton(person, GESTURES[HELD[noun].pose], 0.0)
    parts = carried(Clay(), person, joints, (noun,))
    assert min(_from_edges(part, np.asarray(hand)) for part in parts for hand in joints.hands) < 0.16
    sound(draw(Order("man", held=noun, detail=45)).mesh)


def test_held_things_take_the_colour_asked_for() -> None:
    plain, blue = (
        draw(Order("girl", held="umbrella", held_colour=colour, detail=45)).mesh for colour in (None, (0.0, 0.0, 0.9))
    )
    bluest = [float((mesh.colours[:, 2] - mesh.colours[:, 0]).max()) for mesh in (plain, blue)]
    assert bluest[0] < 0.5 < bluest[1]
    assert np.array_equal(plain.vertices, blue.vertices)


def test_hands_that_play_put_down_their_tools() -> None:
    with_hammer = draw(Order("builder", detail=45)).mesh
    playing = draw(Order("builder", "playing_guitar", detail=45)).mesh
    guitar = draw(Order("man", "playing_guitar", detail=45)).mesh
    assert len(with_hammer.vertices) != len(playing.vertices)
    assert abs(len(playing.faces) - len(guitar.faces)) < 6000


def test_seated_people_have_bent_knees_and_lying_ones_are_low() -> None:
    person = Person()
    seated = skeleton(person, GESTURES["seated"], 0.0)
    assert seated.knees[0][0] > seated.hips[0] + 0.3
    assert seated.hips[1] < 0.6
    assert float(biped(person, "lying", 0.04).mesh.bounds[1][1]) < 0.7
    assert float(biped(person, "swimming", 0.04).mesh.bounds[1][1]) < 0.9


@pytest.mark.parametrize("noun", ["man", "bride", "angel", "samurai", "steam_train", "ramen", "burger", "tank"])
def test_figures_are_cheap(noun: str) -> None:
    assert len(figure(Order(noun)).mesh.faces) < 24_000


@pytest.mark.parametrize("noun", sorted(WARES))
def test_things_take_a_colour_and_stand(noun: str) -> None:
    ware = WARES[noun]
    made = draw(Order(noun, colour=(0.1, 0.2, 0.9), lit=True))
    sound(made.mesh)
    assert len(made.mesh.faces) < 30_000
    if ware.habitat not in ("water", "air"):
        assert float(made.mesh.bounds[0][1]) == pytest.approx(0, abs=0.11)


@pytest.mark.parametrize("noun", ["canoe", "rowing_boat", "liner", "submarine"])
def test_boats_float_in_the_water_not_on_it(noun: str) -> None:
    low, high = draw(Order(noun)).mesh.bounds
    assert float(low[1]) < -0.08
    assert float(high[1]) > 0.25


def _cast(*subjects: Subject) -> tuple[Placed, ...]:
    return cast_of(Scene(seed=1, subjects=subjects), np.random.default_rng(1)).placed


@pytest.mark.parametrize(
    ("mount", "pose"), [("bicycle", "cycling"), ("motorcycle", "motorcycling"), ("skateboard", "skating")]
)
def test_riders_sit_on_what_they_ride(mount: str, pose: str) -> None:
    placed = _cast(Subject(noun="man", relation="riding", target=1, pose="riding"), Subject(noun=mount))
    rider = next(one for one in placed if one.order.noun == "man")
    host = next(one for one in placed if one.order.noun == mount)
    assert rider.order.pose == pose
    assert rider.yaw == host.yaw
    low = float(rider.mesh().bounds[0][1])
    assert -0.05 < low < 0.45


def test_a_bench_is_sat_on_with_feet_near_the_ground() -> None:
    placed = _cast(Subject(noun="old_man", relation="on", target=1, pose="sitting"), Subject(noun="bench"))
    sitter = next(one for one in placed if one.order.noun == "old_man")
    assert sitter.order.pose == "seated"
    assert float(sitter.mesh().bounds[0][1]) == pytest.approx(0, abs=0.2)


def test_the_subject_says_what_is_held() -> None:
    (holder,) = _cast(Subject(noun="girl", pose="holding", holding="toy_balloon", holding_colour="red"))
    assert holder.order.held == "toy_balloon"
    assert float(holder.mesh().bounds[1][1]) > 1.25 * PEOPLE["girl"].height


def test_what_flies_of_the_wares_is_placed_in_the_air() -> None:
    (helicopter,) = _cast(Subject(noun="helicopter"))
    assert helicopter.y > 1


def test_lofts_and_rings_face_outwards() -> None:
    for mesh in (
        loft([(0, 0, 0), (0, 0.5, 0), (0, 1, 0)], [0.3, 0.4, 0.3], [0.2, 0.3, 0.2], (1, 1, 1)),
        ring((0, 0, 0), 1.0, 1.0, 0.2, (1, 1, 1)),
    ):
        v, f = mesh.vertices, mesh.faces
        facing = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
        large = np.linalg.norm(facing, axis=1) > 1e-9
        assert (np.einsum("ij,ij->i", facing, mesh.normals[f[:, 0]])[large] > 0).mean() > 0.97
        volume = float(np.einsum("ij,ij->i", v[f[:, 0]], np.cross(v[f[:, 1]], v[f[:, 2]])).sum()) / 6
        assert volume > 0


def test_patches_lie_just_before_the_body() -> None:
    body = Clay(blend=0.02)
    body.ball((0, 1, 0), (0.2, 0.4, 0.3), (1, 1, 1))
    ((x, y, z),) = fronted(body, [(0.6, 1.0, 0.0)], 0.01)
    assert (y, z) == (1.0, 0.0)
    assert x == pytest.approx(0.21, abs=0.004)
    cloth = patch(body, [(1.1, -0.05, 0.05), (0.9, -0.08, 0.08)], (1, 0, 0), 0.01, 0.6)
    reach = body.distance(np.ascontiguousarray(cloth.vertices.T))
    assert reach.min() > 0.002
    assert reach.max() < 0.02
    assert (cloth.normals[:, 0] > 0.5).all()


def test_turning_keeps_lengths() -> None:
    mesh = figure(Order("cup")).mesh
    turned = turned_by(mesh, np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]], np.float32), (1.0, 2.0, 3.0), 2.0)
    assert np.ptp(turned.vertices[:, 1]) == pytest.approx(2 * np.ptp(mesh.vertices[:, 1]), rel=1e-5)


def test_every_ware_is_in_the_catalogue() -> None:
    assert set(WARES) <= set(CATALOGUE)
