"""A flat picture in motion: layers by guessed depth, moved against each other."""

import numpy as np

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.scene import CameraMove

_REACH = 0.22
"""How far the camera goes in a shot, as a share of the distance to the far plane."""


class Relief:
    """A picture with a depth guessed from height and detail; `frame(0)` is the picture itself."""

    def __init__(self, pixels: Pixels, move: CameraMove) -> None:
        self.pixels, self.move = pixels, move
        rows, columns = pixels.shape[:2]
        self._y, self._x = np.mgrid[0:rows, 0:columns].astype(np.float32)
        self._nearness = _nearness(pixels)
        self._margin = int(0.34 * max(rows, columns)) if move == "pull_back" else int(0.12 * max(rows, columns))
        self._wide = np.pad(
            pixels.astype(np.float32), ((self._margin,) * 2, (self._margin,) * 2, (0, 0)), mode="reflect"
        )
        self._soften_margin()

    def _soften_margin(self) -> None:
        """What was made up around the picture is blurred outwards, so that it reads as out of focus."""
        rows, columns = self.pixels.shape[:2]
        wide = self._wide
        step = 8
        small = wide[: wide.shape[0] // step * step, : wide.shape[1] // step * step]
        small = small.reshape(small.shape[0] // step, step, small.shape[1] // step, step, 3).mean(axis=(1, 3))
        y = np.minimum(np.arange(wide.shape[0]) // step, small.shape[0] - 1)
        x = np.minimum(np.arange(wide.shape[1]) // step, small.shape[1] - 1)
        soft = small[y][:, x]
        off_y = np.maximum(self._margin - np.arange(wide.shape[0]), np.arange(wide.shape[0]) - self._margin - rows + 1)
        off_x = np.maximum(
            self._margin - np.arange(wide.shape[1]), np.arange(wide.shape[1]) - self._margin - columns + 1
        )
        outside = np.maximum(off_y[:, None], off_x[None, :]).astype(np.float32)
        weight = smoothstep(0.0, 0.4 * self._margin, outside)[..., None] * np.float32(0.85)
        self._wide = wide + (soft - wide) * weight

    def frame(self, share: float) -> Pixels:
        """The picture `share` (0 to 1) of the way through the move."""
        if share <= 0:
            return self.pixels
        x, y = self._sources(share)
        margin = np.float32(self._margin)
        return _sampled(self._wide, x + margin, y + margin)

    def _sources(self, share: float) -> tuple[Floats, Floats]:
        rows, columns = self.pixels.shape[:2]
        near = self._nearness
        offset_x = self._x - np.float32(columns / 2)
        offset_y = self._y - np.float32(rows / 2)
        reach = _REACH * share
        match self.move:
            case "pull_back":
                scale = np.float32(1.0) + np.float32(reach) * (np.float32(0.7) + near)
            case "pan_left" | "pan_right" | "orbit":
                way = np.float32((-1 if self.move == "pan_left" else 1) * 0.24 * reach * columns)
                scale = np.float32(1.0 - 0.35 * reach) + np.zeros_like(near)
                offset_x = offset_x + way * (np.float32(0.35) + near)
            case "tilt_up" | "rise":
                scale = np.float32(1.0 - 0.35 * reach) + np.zeros_like(near)
                offset_y = offset_y - np.float32(0.2 * reach * rows) * (np.float32(0.35) + near)
            case "tilt_down":
                scale = np.float32(1.0 - 0.35 * reach) + np.zeros_like(near)
                offset_y = offset_y + np.float32(0.2 * reach * rows) * (np.float32(0.35) + near)
            case "static":
                scale = np.float32(1.0 - 0.03 * share) + np.zeros_like(near)
            case _:
                scale = np.float32(1.0) / (np.float32(1.0) + np.float32(reach) * (np.float32(0.5) + near))
        return offset_x * scale + np.float32(columns / 2), offset_y * scale + np.float32(rows / 2)


def _nearness(pixels: Pixels) -> Floats:
    """(H, W) 0 far to 1 near, smooth: the ground comes nearer downwards, the middle stands before the edges."""
    rows, columns = pixels.shape[:2]
    y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    ground = smoothstep(0.35, 1.0, y) * np.float32(0.75)
    middle = (
        np.exp(-(x * x) * np.float32(2.2)) * np.exp(-((y - np.float32(0.58)) ** 2) * np.float32(7.0)) * np.float32(0.35)
    )
    near: Floats = np.clip(ground + middle, 0.0, 1.0)
    return near


def _sampled(image: Floats, x: Floats, y: Floats) -> Pixels:
    rows, columns = image.shape[:2]
    x = np.clip(x, 0, columns - 1.001)
    y = np.clip(y, 0, rows - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    across, down = (x - left.astype(np.float32))[..., None], (y - top.astype(np.float32))[..., None]
    flat = image.reshape(-1, 3)
    start = top * np.int32(columns) + left
    upper = flat.take(start, axis=0)
    upper += (flat.take(start + 1, axis=0) - upper) * across
    lower = flat.take(start + columns, axis=0)
    lower += (flat.take(start + columns + 1, axis=0) - lower) * across
    mixed = upper + (lower - upper) * down
    done: Pixels = np.clip(mixed + np.float32(0.5), 0, 255).astype(np.uint8)
    return done
