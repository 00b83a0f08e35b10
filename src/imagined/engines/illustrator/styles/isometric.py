"""The isometric camera: from above, a corner towards the viewer, from so far away that lines stay parallel."""

from dataclasses import replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.world import Camera, World

_FOV: Final = 9.0
"""Degrees; narrow enough that nothing seems to converge."""
_HEIGHT: Final = np.radians(33.0)
_TURN: Final = np.radians(38.0)


def seen_isometrically(world: World) -> World:
    """The world with its camera above it; what the old camera showed at its target is shown at the same size."""
    camera = world.camera
    eye, target = np.asarray(camera.eye, float), np.asarray(camera.target, float)
    before = float(np.linalg.norm(target - eye))
    away = before * np.tan(np.radians(camera.fov) / 2) / np.tan(np.radians(_FOV) / 2) * 1.12
    ahead = target - eye
    turn = np.arctan2(-ahead[0], -ahead[2]) + _TURN
    way = np.array([np.sin(turn) * np.cos(_HEIGHT), np.sin(_HEIGHT), np.cos(turn) * np.cos(_HEIGHT)])
    place = target + way * away
    there = Camera(eye=(float(place[0]), float(place[1]), float(place[2])), target=camera.target, fov=_FOV)
    # There is more air in between than there was, but it should not veil more.
    thin = max(away / max(before, 1e-6), 1.0) * 3.0
    fog = replace(world.fog, density=world.fog.density / thin)
    return replace(world, camera=there, fog=fog, travel=world.travel * 0.4)
