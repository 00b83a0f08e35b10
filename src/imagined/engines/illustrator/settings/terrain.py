"""Ground: heights from noise, meshed finely near the camera and coarsely far away."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.noise import hashed

Height = Callable[[Floats, Floats], Floats]
"""(N,) x and z, metres, to (N,) heights, metres."""


def waves(x: Floats, z: Floats, seed: int) -> tuple[Floats, Floats, Floats]:
    """Smooth noise, about -1 to 1 with features of one unit, and its slopes along x and z."""
    left, top = np.floor(x), np.floor(z)
    fx, fz = (x - left).astype(np.float32), (z - top).astype(np.float32)
    i, j = left.astype(np.int32), top.astype(np.int32)
    a, b, c, d = (hashed(i + di, j + dj, seed) for di, dj in ((0, 0), (1, 0), (0, 1), (1, 1)))
    ux, uz = fx * fx * fx * (fx * (fx * 6 - 15) + 10), fz * fz * fz * (fz * (fz * 6 - 15) + 10)
    dux, duz = 30 * fx * fx * (fx * (fx - 2) + 1), 30 * fz * fz * (fz * (fz - 2) + 1)
    k1, k2, k3 = b - a, c - a, a - b - c + d
    value = 2 * (a + k1 * ux + k2 * uz + k3 * ux * uz) - 1
    return value, 2 * dux * (k1 + k3 * uz), 2 * duz * (k2 + k3 * ux)


def rolling(x: Floats, z: Floats, seed: int, octaves: int = 5, roughness: float = 0.5) -> Floats:
    """Soft hills: octaves of noise, about -1 to 1, the widest features one unit across."""
    total = np.zeros_like(x, dtype=np.float32)
    amplitude, scale = 1.0, 1.0
    for octave in range(octaves):
        # Turning each octave hides the grid that the noise is built on.
        c, s = np.float32(np.cos(octave * 0.7)), np.float32(np.sin(octave * 0.7))
        value, _, _ = waves((x * c - z * s) * np.float32(scale), (x * s + z * c) * np.float32(scale), seed + octave)
        total += np.float32(amplitude) * value
        amplitude *= roughness
        scale *= 2.03
    return total


def worn(x: Floats, z: Floats, seed: int, octaves: int = 9) -> Floats:
    """Mountains as water leaves them, about 0 to 1: slopes hold detail back, so that ridges branch."""
    total = np.zeros_like(x, dtype=np.float32)
    slope_x, slope_z = np.zeros_like(total), np.zeros_like(total)
    amplitude = np.float32(0.5)
    px, pz = x.astype(np.float32), z.astype(np.float32)
    for octave in range(octaves):
        value, dx, dz = waves(px, pz, seed + octave * 7)
        slope_x += dx
        slope_z += dz
        ridge = 1 - np.abs(value)
        total += (
            amplitude * (ridge * ridge * 0.62 + (value * 0.5 + 0.5) * 0.38) / (1 + 0.22 * (slope_x**2 + slope_z**2))
        )
        amplitude *= np.float32(0.5)
        px, pz = np.float32(1.6) * px - np.float32(1.2) * pz, np.float32(1.2) * px + np.float32(1.6) * pz
    return total


def dunes(x: Floats, z: Floats, seed: int) -> Floats:
    """Sand dunes, about 0 to 1: long windward slopes and sharp crests that wander."""
    bend = rolling(x * np.float32(0.35), z * np.float32(0.35), seed, 3)
    phase = z * np.float32(0.9) + x * np.float32(0.35) + bend * np.float32(1.5)
    part = phase - np.floor(phase)
    crest = np.where(part < 0.72, part / np.float32(0.72), (1 - part) / np.float32(0.28))
    crest = crest * crest * (3 - 2 * crest) * np.float32(0.35) + crest * np.float32(0.65)
    high = np.clip(
        rolling(x * np.float32(0.23) + 9, z * np.float32(0.23), seed + 50, 3) * np.float32(0.5) + np.float32(0.55),
        0.08,
        1.2,
    )
    result: Floats = (crest * high).astype(np.float32)
    return result


@dataclass(frozen=True)
class Stage:
    """A level place in the ground for what stands in the foreground."""

    x: float
    z: float
    radius: float

    def levelled(self, height: Height, share: float = 0.92) -> Height:
        """The same ground, smoothed towards its height at the middle inside the radius."""
        middle = float(height(np.array([self.x], np.float32), np.array([self.z], np.float32))[0])

        def flatter(x: Floats, z: Floats) -> Floats:
            away = ((x - np.float32(self.x)) ** 2 + (z - np.float32(self.z)) ** 2) / np.float32(self.radius**2)
            near = np.float32(share) * np.exp(-(away * away))
            return (height(x, z) * (1 - near) + np.float32(middle) * near).astype(np.float32)

        return flatter


def at(height: Height, x: float, z: float) -> float:
    """The height at one point."""
    return float(height(np.array([x], np.float32), np.array([z], np.float32))[0])


def fan(height: Height, eye: tuple[float, float], near: float, far: float, rings: int = 250, spokes: int = 350) -> Mesh:
    """The ground round the point `eye` (x, z) from `near` to `far` metres, all round but finest towards -z.

    Triangles grow with distance, so that each covers about the same part of the picture.
    """
    u = np.linspace(-1, 1, spokes, endpoint=False, dtype=np.float32)
    angle = np.float32(np.pi) * (np.float32(0.28) * u + np.float32(0.72) * u * u * u * u * u)
    reach = (near * (far / near) ** np.linspace(0, 1, rings)).astype(np.float32)
    x = np.float32(eye[0]) + reach[:, None] * np.sin(angle)[None]
    z = np.float32(eye[1]) - reach[:, None] * np.cos(angle)[None]
    y = height(x.reshape(-1), z.reshape(-1)).reshape(x.shape)
    middle = np.array([[eye[0], float(y[0].mean()), eye[1]]], np.float32)
    points = np.stack([x, y, z], -1)
    normal = _normals(points)
    i, j = np.meshgrid(np.arange(rings - 1), np.arange(spokes), indexing="ij")
    a, b = i * spokes + j, i * spokes + (j + 1) % spokes
    quads = np.stack([a, b, b + spokes, a + spokes], -1).reshape(-1, 4)
    hub = np.stack([np.full(spokes, rings * spokes), (np.arange(spokes) + 1) % spokes, np.arange(spokes)], 1)
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]], hub]).astype(np.int32)
    vertices = np.concatenate([points.reshape(-1, 3), middle])
    normals = np.concatenate([normal.reshape(-1, 3), np.array([[0, 1, 0]], np.float32)])
    return Mesh(vertices, faces, normals, np.full((len(vertices), 3), 0.3, np.float32))


def _normals(points: Floats) -> Floats:
    """Unit normals of a polar grid (R, S, 3) that is closed along its spokes."""
    across = np.roll(points, -1, 1) - np.roll(points, 1, 1)
    out = np.gradient(points, axis=0)
    normal = np.cross(across, out)
    normal *= np.where(normal[..., 1:2] < 0, -1, 1)
    result: Floats = (normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)).astype(np.float32)
    return result
