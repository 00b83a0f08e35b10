"""Figures: closed, sound, alike for alike orders, the right size and standing on the ground."""

import numpy as np
import pytest

from imagined.engines.illustrator.figures import CATALOGUE, Order, build, figure
from imagined.engines.illustrator.figures.catalogue import draw
from imagined.engines.illustrator.figures.clay import Clay
from imagined.engines.illustrator.figures.limbs import joint
from imagined.engines.illustrator.figures.nets import surface
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.scene import Subject

NOUNS = sorted(CATALOGUE)


def closed(mesh: Mesh) -> bool:
    """Every edge is walked once in each direction."""
    edges = np.concatenate([mesh.faces[:, [0, 1]], mesh.faces[:, [1, 2]], mesh.faces[:, [2, 0]]]).astype(np.int64)
    there = np.sort(edges[:, 0] * len(mesh.vertices) + edges[:, 1])
    back = np.sort(edges[:, 1] * len(mesh.vertices) + edges[:, 0])
    return bool((there == back).all())


def test_surface_nets_of_a_ball() -> None:
    at = np.stack(np.meshgrid(*([np.arange(24, dtype=np.float32)] * 3), indexing="ij"), -1) - 11.5
    points, faces = surface((np.linalg.norm(at, axis=-1) - 8).astype(np.float32))
    reach = np.linalg.norm(points - 11.5, axis=1)
    assert abs(reach - 8).max() < 0.2
    a, b, c = (points[faces[:, k]] - 11.5 for k in range(3))
    volume = float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum()) / 6
    assert volume == pytest.approx(4 / 3 * np.pi * 512, rel=0.03)


def test_clay_is_closed_smooth_and_faces_outwards() -> None:
    clay = Clay(blend=0.1)
    clay.cone((0, 0, 0), (0.5, 0.3, 0), 0.2, 0.1, (1, 0, 0))
    clay.box((0.1, 0.3, 0.1), (0.2, 0.1, 0.2), 0.03, (0, 1, 0))
    clay.ball((0.3, 0.0, 0.2), (0.2, 0.1, 0.1), (0, 0, 1), carved=True)
    mesh = clay.mesh(0.02)
    assert closed(mesh)
    assert abs(clay.distance(np.ascontiguousarray(mesh.vertices.T))).max() < 0.02
    v, f = mesh.vertices, mesh.faces
    facing = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    assert (np.einsum("ij,ij->i", facing, mesh.normals[f[:, 0]]) > 0).mean() > 0.99
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)


def test_paint_colours_only_what_it_covers() -> None:
    clay = Clay(blend=0.02)
    clay.ball((0, 0, 0), (0.5, 0.5, 0.5), (1.0, 1.0, 1.0))
    clay.paint((0.5, 0, 0), (0.2, 0.2, 0.2), (1.0, 0.0, 0.0), 0.02)
    mesh = clay.mesh(0.05)
    front = mesh.vertices[:, 0] > 0.48
    assert mesh.colours[front, 1].max() < 0.1
    assert mesh.colours[mesh.vertices[:, 0] < 0, 1].min() > 0.9


def test_joints_keep_the_lengths_of_bones() -> None:
    knee = np.array(joint((0, 1, 0), (0.1, 0, 0), 0.55, 0.6, (1, 0, 0)))
    assert np.linalg.norm(knee - (0, 1, 0)) == pytest.approx(0.55, abs=1e-6)
    assert np.linalg.norm(knee - (0.1, 0, 0)) == pytest.approx(0.6, abs=1e-6)
    assert knee[0] > 0.1


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_makes_a_sound_mesh_of_its_size(noun: str) -> None:
    made = figure(Order(noun, detail=40))
    mesh, kind = made.mesh, CATALOGUE[noun]
    assert mesh.faces.min() >= 0
    assert mesh.faces.max() < len(mesh.vertices)
    assert np.isfinite(mesh.vertices).all()
    assert mesh.colours.min() >= 0
    assert mesh.colours.max() <= 1
    low, high = mesh.bounds
    assert 0.45 * kind.size < float((high - low).max()) < 2.1 * kind.size
    if kind.habitat != "water":
        assert float(low[1]) == pytest.approx(0, abs=0.12 * kind.size)
    assert float(np.linalg.norm(mesh.normals, axis=1).min()) > 0.9


@pytest.mark.parametrize("pose", ["walking", "running", "sitting", "lying", "rearing", "eating"])
def test_four_legged_poses(pose: str) -> None:
    dog = figure(Order("dog", pose, detail=40))
    low, high = dog.mesh.bounds
    assert float(low[1]) == 0
    assert {"back", "head", "top"} <= set(dog.anchors)
    stands = figure(Order("dog", detail=40))
    assert (float(high[1]) < 0.85 * float(stands.mesh.bounds[1][1])) == (pose == "lying")
    assert (dog.anchors["head"][1] < 0.8 * stands.anchors["head"][1]) == (pose in ("lying", "eating"))


@pytest.mark.parametrize("pose", ["walking", "running", "sitting", "riding", "waving", "dancing", "flying", "reading"])
def test_two_legged_poses(pose: str) -> None:
    man = figure(Order("man", pose, detail=40))
    assert 0.8 < float(man.mesh.bounds[1][1]) < 2.3
    assert "seat" in man.anchors


def test_a_wide_mount_spreads_the_riders_legs() -> None:
    narrow, wide = (figure(Order("man", "riding", girth=girth, detail=40)).mesh for girth in (0.4, 1.2))
    assert float(np.ptp(wide.vertices[:, 2])) > float(np.ptp(narrow.vertices[:, 2])) + 0.4


def test_wings_spread_to_fly() -> None:
    stands, flies = (figure(Order("eagle", pose, detail=40)).mesh for pose in ("standing", "flying"))
    assert float(np.ptp(flies.vertices[:, 2])) > 2.5 * float(np.ptp(stands.vertices[:, 2]))


@pytest.mark.parametrize("noun", ["horse", "wizard", "owl", "sports_car", "tree", "castle"])
def test_the_same_order_gives_the_same_arrays(noun: str) -> None:
    order = Order(noun, seed=3, detail=40)
    one, two = draw(order).mesh, draw(order).mesh
    assert np.array_equal(one.vertices, two.vertices)
    assert np.array_equal(one.colours, two.colours)
    assert np.array_equal(one.faces, two.faces)


def test_colour_and_size_of_a_subject_are_heeded() -> None:
    rng = np.random.default_rng(1)
    black = build(Subject(noun="cat", colour="black"), rng)
    white = build(Subject(noun="cat", colour="white", size=2.0), rng)
    assert black.colours.mean() < 0.25 < white.colours.mean()
    assert float(np.ptp(white.vertices[:, 0])) == pytest.approx(2 * float(np.ptp(black.vertices[:, 0])), rel=0.02)
