"""Camera moves: where the camera is at each moment of a shot."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.scene import CameraMove
from imagined.engines.illustrator.world import Camera, Vector, World

Path = Callable[[float], Camera]
"""From 0 (the first frame) to 1 (the last)."""

_WHOLE_S: Final = 5.0
"""Seconds that a whole move takes."""
_PAN: Final = 0.45
_ORBIT: Final = 0.35
"""Angles of whole moves, radians."""


def path_of(world: World, start: Camera, move: CameraMove, seconds: float = _WHOLE_S) -> Path:
    """The move through the world from `start`; it starts and ends gently and stays where the world was built.

    Shots shorter than five seconds go less far, not faster.
    """
    moved = _MOVES.get(move)
    if moved is None:
        return lambda _: start
    extent = min(1.0, seconds / _WHOLE_S)
    return lambda share: moved(world, start, extent * _eased(share))


def _eased(share: float) -> float:
    """0 to 1 with a soft start, a steady middle and a soft end."""
    ramp = 0.22
    total = 1.0 - ramp
    if share < ramp:
        return share * share / (2 * ramp) / total
    if share > 1.0 - ramp:
        return 1.0 - (1.0 - share) ** 2 / (2 * ramp) / total
    return (share - ramp / 2) / total


def _heading(camera: Camera) -> tuple[float, float]:
    x, z = camera.target[0] - camera.eye[0], camera.target[2] - camera.eye[2]
    length = max(float(np.hypot(x, z)), 1e-9)
    return x / length, z / length


def _moved(camera: Camera, step: Vector) -> Camera:
    eye = (camera.eye[0] + step[0], camera.eye[1] + step[1], camera.eye[2] + step[2])
    target = (camera.target[0] + step[0], camera.target[1] + step[1], camera.target[2] + step[2])
    return replace(camera, eye=eye, target=target)


def _shifted(camera: Camera, ahead: float, up: float) -> Camera:
    """Along the ground in the direction of view, `ahead` metres, and `up` metres."""
    x, z = _heading(camera)
    return _moved(camera, (x * ahead, up, z * ahead))


def _tilted(camera: Camera, up: float) -> Camera:
    """Looking `up` half picture heights higher, with verticals kept upright."""
    return replace(camera, shift=(camera.shift[0], camera.shift[1] + up))


def _risen(camera: Camera, up: float) -> Camera:
    """Straight up, with the horizon let down a little so that the ground comes into view."""
    moved = _moved(camera, (0.0, up, 0.0))
    return replace(moved, shift=(camera.shift[0], camera.shift[1] - 0.0016 * up))


def _panned(camera: Camera, angle: float) -> Camera:
    """Turned to the left by `angle` radians."""
    cosine, sine = float(np.cos(angle)), float(np.sin(angle))
    x, z = camera.target[0] - camera.eye[0], camera.target[2] - camera.eye[2]
    target = (camera.eye[0] + x * cosine + z * sine, camera.target[1], camera.eye[2] - x * sine + z * cosine)
    return replace(camera, target=target)


def _orbited(world: World, camera: Camera, angle: float) -> Camera:
    """Around a point ahead, at the distance the world allows."""
    x, z = _heading(camera)
    distance = min(world.travel, float(np.hypot(camera.target[0] - camera.eye[0], camera.target[2] - camera.eye[2])))
    centre = (camera.eye[0] + x * distance, camera.eye[2] + z * distance)
    cosine, sine = float(np.cos(angle)), float(np.sin(angle))
    out_x, out_z = camera.eye[0] - centre[0], camera.eye[2] - centre[1]
    eye = (centre[0] + out_x * cosine + out_z * sine, camera.eye[1], centre[1] - out_x * sine + out_z * cosine)
    look = (camera.target[1] - camera.eye[1]) / max(
        1e-6, float(np.hypot(camera.target[0] - camera.eye[0], camera.target[2] - camera.eye[2]))
    )
    return replace(camera, eye=eye, target=(centre[0], camera.eye[1] + look * distance, centre[1]))


_Moved = Callable[[World, Camera, float], Camera]

_MOVES: Final[dict[CameraMove, _Moved]] = {
    "pull_back": lambda world, start, part: _shifted(start, -world.travel * part, 0.045 * world.travel * part),
    "push_in": lambda world, start, part: _shifted(start, 0.62 * world.travel * part, 0.02 * world.travel * part),
    "fly_through": lambda world, start, part: _shifted(start, 1.15 * world.travel * part, 0.3 * world.travel * part),
    "rise": lambda world, start, part: _risen(start, 0.42 * world.travel * part),
    "pan_left": lambda _, start, part: _panned(start, _PAN * part),
    "pan_right": lambda _, start, part: _panned(start, -_PAN * part),
    "tilt_up": lambda _, start, part: _tilted(start, 0.55 * part),
    "tilt_down": lambda _, start, part: _tilted(start, -0.45 * part),
    "orbit": lambda world, start, part: _orbited(world, start, _ORBIT * part),
}
"""How each move has changed the camera when `part` of it (0 to 1) is done; a static camera has no entry."""
