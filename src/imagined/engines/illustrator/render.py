"""The renderer: a `World` seen by a `Camera` becomes linear light and buffers."""

from dataclasses import dataclass
from typing import Literal

from imagined.engines.illustrator.mesh import Floats, Ints
from imagined.engines.illustrator.world import Camera, World

Quality = Literal["draft", "fine"]


@dataclass(frozen=True)
class Picture:
    """One rendered view; all arrays are `H` rows by `W` columns, top row first."""

    light: Floats
    """(H, W, 3) linear radiance, before bloom and grading."""
    depth: Floats
    """(H, W) metres along the ray, infinity where the sky is."""
    normal: Floats
    """(H, W, 3) unit vectors, 0 where the sky is."""
    body: Ints
    """(H, W) index into `World.bodies`, -1 sky, -2 water."""


def render_world(
    world: World, camera: Camera, width: int, height: int, quality: Quality = "fine", *, time: float = 0.0
) -> Picture:
    """The world `time` seconds in, seen by the camera. ``draft`` leaves out antialiasing and ambient rays."""
    raise NotImplementedError
