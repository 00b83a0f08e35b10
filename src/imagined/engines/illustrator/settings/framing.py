"""Framing: the camera that gives the cast its share of the picture."""

import numpy as np

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.staging import Cast
from imagined.engines.illustrator.world import Camera


def shape_of(scene: Scene) -> float:
    """Width over height of the picture."""
    try:
        across, down = (float(part) for part in scene.aspect_ratio.split(":"))
    except ValueError:
        return 1.0
    return min(max(across / down, 0.3), 3.5) if across > 0 and down > 0 else 1.0


def framing(
    cast: Cast, scene: Scene, ground: float, rng: np.random.Generator, fill: float = 0.62, fov: float = 32.0
) -> Camera:
    """A camera in front of the cast that gives it `fill` of the picture, the horizon behind its upper part."""
    shape = shape_of(scene)
    tangent = float(np.tan(np.radians(fov) / 2))
    by_height = cast.height / (2 * tangent * min(fill, 0.66))
    by_width = cast.width / (2 * tangent * shape * min(fill + 0.12, 0.8))
    away = max(by_height, by_width, 0.35 * cast.size) + 0.25 * cast.size
    side = float(rng.uniform(-0.10, 0.10))
    centre = cast.low + cast.height * 0.5
    rise = 0.08 * away if not cast.aloft else -0.10 * away
    eye = (cast.middle + side * away, ground + cast.low + cast.height * 0.42 + rise, away)
    # What is wider than high stands in the lower part of the picture, with the sky over it.
    slack = max(away * tangent - cast.height / 2, 0.0)
    lift = 0.22 * slack if not cast.aloft else 0.0
    drop = 0.04 * cast.height if not cast.aloft else -0.04 * cast.height
    return Camera(eye=eye, target=(cast.middle, ground + centre + drop + lift, 0.0), fov=fov)
