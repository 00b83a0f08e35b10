"""Where rays of a camera go, and where points of the world fall in its picture."""

from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.vectors import dot, planar
from imagined.engines.illustrator.world import Camera, Vector

_UP = np.array([0.0, 1.0, 0.0])


@dataclass(frozen=True)
class Lens:
    """A camera with its picture size: maps pixels to rays and points to pixels."""

    eye: Floats
    right: Floats
    up: Floats
    forward: Floats
    slope: float
    """Tangent of half the vertical field of view."""
    shift: tuple[float, float]
    width: int
    height: int

    @classmethod
    def of(cls, camera: Camera, width: int, height: int) -> "Lens":
        """The lens for a picture of `width` by `height` pixels."""
        eye = np.asarray(camera.eye, float)
        forward = unit(np.asarray(camera.target, float) - eye)
        if abs(forward[1]) > 0.9999:
            forward = unit(forward + np.array([0.0, 0.0, -0.02]))
        right = unit(np.cross(forward, _UP))
        up = np.cross(right, forward)
        return cls(
            eye=eye.astype(np.float32),
            right=right.astype(np.float32),
            up=up.astype(np.float32),
            forward=forward.astype(np.float32),
            slope=float(np.tan(np.radians(camera.fov) / 2)),
            shift=camera.shift,
            width=width,
            height=height,
        )

    @property
    def focal(self) -> float:
        """Focal length in pixels."""
        return self.height / (2.0 * self.slope)

    @property
    def pixel_angle(self) -> float:
        """Angle of one pixel at the optical axis, radians."""
        return 1.0 / self.focal

    def directions(self, x: Floats, y: Floats) -> Floats:
        """(N, 3) unit vectors through the points `x`, `y` in pixels from the top left corner, each (N,)."""
        scale = np.float32(2.0 * self.slope / self.height)
        across = (x - np.float32(self.width / 2)) * scale + np.float32(self.shift[0] * self.slope)
        above = (np.float32(self.height / 2) - y) * scale + np.float32(self.shift[1] * self.slope)
        rays = planar(len(x))
        for k in range(3):
            rays[:, k] = across * self.right[k] + above * self.up[k] + self.forward[k]
        rays *= (np.float32(1.0) / np.sqrt(dot(rays, rays)))[:, None]
        return rays

    def project(self, points: Floats) -> tuple[Floats, Floats, Floats]:
        """Pixel x, pixel y and depth along the axis in metres (negative behind the eye) of (N, 3) points."""
        offset = points - self.eye
        depth = offset @ self.forward
        safe = np.where(np.abs(depth) < 1e-6, np.float32(1e-6), depth) * np.float32(self.slope)
        across = (offset @ self.right) / safe - np.float32(self.shift[0])
        above = (offset @ self.up) / safe - np.float32(self.shift[1])
        half = np.float32(self.height / 2)
        return across * half + np.float32(self.width / 2), half - above * half, depth

    @property
    def horizon_row(self) -> float:
        """Pixel row of the horizon; outside 0 to `height` when it is not in the picture."""
        above = -float(self.forward[1]) / (self.slope * max(float(self.up[1]), 1e-6)) - self.shift[1]
        return (1.0 - above) / 2.0 * self.height


def unit(
    vector: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The vector at length 1."""
    length = float(np.linalg.norm(vector))
    return vector / (length if length > 1e-12 else 1.0)


def as_unit(vector: Vector) -> Floats:
    """A tuple as a unit vector."""
    return unit(np.asarray(vector, float)).astype(np.float32)
