"""The isometric camera: from above, a corner towards the viewer, from so far away that lines stay parallel."""

from dataclasses import replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.world import Camera, Vector, World

_FOV: Final = 9.0
"""Degrees; narrow enough that nothing seems to converge."""
_HEIGHT: Final = np.radians(33.0)
_TURN: Final = np.radians(38.0)


_LOOKED_AT: Final = 30_000
"""Points of a place that are asked where its middle is."""


def seen_isometrically(world: World, scene: Scene) -> World:
    """The world with its camera above it; what the old camera showed at its target is shown at the same size."""
    camera = world.camera
    eye, target = np.asarray(camera.eye, float), np.asarray(camera.target, float)
    before = float(np.linalg.norm(target - eye)) * 1.12
    middle = None if things_of(world, scene) else _middle_of_place(world)
    if middle is not None:
        target, before = middle, float(np.linalg.norm(middle - eye)) * 0.9
    away = before * np.tan(np.radians(camera.fov) / 2) / np.tan(np.radians(_FOV) / 2)
    ahead = target - eye
    turn = np.arctan2(-ahead[0], -ahead[2]) + _TURN
    way = np.array([np.sin(turn) * np.cos(_HEIGHT), np.sin(_HEIGHT), np.cos(turn) * np.cos(_HEIGHT)])
    there = Camera(eye=_vector(target + way * away), target=_vector(target), fov=_FOV)
    # There is more air in between than there was, but it should not veil more.
    thin = max(away / max(before, 1e-6), 1.0) * 3.0
    fog = replace(world.fog, density=world.fog.density / thin)
    return replace(world, camera=there, fog=fog, travel=world.travel * 0.4)


def things_of(world: World, scene: Scene) -> list[int]:
    """Bodies the picture is about: what stands where the camera looks and is not as wide as the land.

    A scene without subjects is a place and about none, but in a studio something always stands.
    """
    if not scene.subjects and scene.setting != "studio":
        return []
    eye, target = (np.asarray(point, np.float32) for point in (world.camera.eye, world.camera.target))
    away = float(np.linalg.norm(eye - target)) * world.camera.fov / 32.0
    found = []
    for index, body in enumerate(world.bodies):
        # Grass and flowers cast no shadow.
        if not len(body.mesh.vertices) or not body.casts_shadow:
            continue
        low, high = body.mesh.bounds
        middle, size = (low + high) / 2, float(np.max(high - low))
        if size < 1.3 * away and float(np.linalg.norm(middle - target)) < 0.9 * away and size > 0.02 * away:
            found.append(index)
    return found


def _middle_of_place(world: World) -> Floats | None:
    """Where most of what rises above the ground stands in the old camera's view; None where nothing does."""
    parts = [body.mesh.vertices for body in world.bodies if len(body.mesh.vertices)]
    if not parts:
        return None
    points = np.concatenate(parts)
    points = points[:: max(1, len(points) // _LOOKED_AT)]
    x, y, depth = Lens.of(world.camera, 4, 3).project(points)
    seen = points[(depth > 0) & (x > 0.6) & (x < 3.4) & (y > 0) & (y < 3)]
    if len(seen) < 20:
        return None
    weight = np.clip(seen[:, 1] - np.quantile(seen[:, 1], 0.2), 0, None) + 1e-3
    # What is near counts more, as it does in a picture.
    weight /= np.linalg.norm(seen - np.asarray(world.camera.eye, np.float32), axis=1) + 1.0
    middle: Floats = (seen * weight[:, None]).sum(axis=0) / weight.sum()
    return middle.astype(float)


def _vector(point: Floats) -> Vector:
    return float(point[0]), float(point[1]), float(point[2])
