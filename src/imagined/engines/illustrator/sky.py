"""The sky: light from every direction in which nothing stands."""

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.optics import as_unit
from imagined.engines.illustrator.vectors import picked, placed, times, toward
from imagined.engines.illustrator.world import Moon, Vector, World

_TILE = 512
_MOON_HALO = 9.0


def _colour(vector: Vector) -> Floats:
    return np.asarray(vector, np.float32)


class SkyPainter:
    """Evaluates `World.sky` for directions; clouds drift with the time."""

    def __init__(self, world: World) -> None:
        self.sky = world.sky
        self._light = as_unit(world.light.direction)
        self._seed = world.seed
        self._clouds = noise_tile(_TILE, world.seed * 7 + 1, 1.0, 2) if world.sky.clouds > 0 else None
        self._warp = noise_tile(256, world.seed * 7 + 2, 0.8, 2)
        self._fine = noise_tile(256, world.seed * 7 + 3, 1.4, 6)
        self.star_directions, self.star_colours = _stars(world)

    def gradient(self, directions: Floats) -> Floats:
        """(N, 3) the clear sky without discs, clouds or stars; cheap, for reflections and fog."""
        sky = self.sky
        up = np.maximum(directions[:, 1], np.float32(0.0))
        low = np.exp(up * np.float32(-4.2))
        light = times(low, _colour(sky.horizon) - _colour(sky.zenith)) + _colour(sky.zenith)
        if any(sky.haze):
            light += times(np.exp(up * np.float32(-1.0 / sky.haze_height)), sky.haze)
        if any(sky.sun_glow):
            off = np.float32(1.0) - directions @ self._light
            glow = np.float32(0.35) * np.exp(off * np.float32(-3.0)) + np.float32(0.65) * np.exp(
                off * np.float32(-18.0)
            )
            light += times(glow, sky.sun_glow)
        if sky.below is not None:
            under = smoothstep(0.0, 0.06, -directions[:, 1])
            light += (_colour(sky.below) - light) * under[:, None]
        return light

    def radiance(self, directions: Floats, time: float = 0.0) -> Floats:
        """(N, 3) the whole sky but the stars, which are drawn as points."""
        light = self.gradient(directions)
        sky = self.sky
        if sky.nebula is not None:
            light += self._nebula(directions)
        if sky.milky_way > 0:
            light += self._milky_way(directions)
        if sky.sun_disc is not None:
            off = np.float32(1.0) - directions @ self._light
            disc = np.exp(off * np.float32(-900.0)) + smoothstep(-0.00016, -0.00010, -off)
            light += times(disc, sky.sun_disc)
        if sky.moon is not None:
            light = self._with_moon(light, directions, sky.moon)
        if self._clouds is not None:
            cover, colour = self.clouds(directions, time)
            light = toward(light, colour, cover)
        return light

    def clouds(self, directions: Floats, time: float = 0.0) -> tuple[Floats, Floats]:
        """(N,) opacity and (N, 3) colour of the clouds."""
        if self._clouds is None:
            nothing = np.zeros(len(directions), np.float32)
            return nothing, np.zeros((len(directions), 3), np.float32)
        up = directions[:, 1]
        flat = np.float32(0.16) / (np.maximum(up, np.float32(0.0)) + np.float32(0.14))
        drift = np.float32(0.0035 * time)
        x = directions[:, 0] * flat + drift
        z = directions[:, 2] * flat * np.float32(1.25) + np.float32(0.3)
        bend = sample_tile(self._warp, x * np.float32(0.9), z * np.float32(0.9)) * np.float32(0.045)
        body = sample_tile(self._clouds, x + bend, z + bend)
        wisps = sample_tile(self._fine, x * np.float32(3.1) - drift, z * np.float32(3.1) + bend)
        thickness = body + wisps * np.float32(0.22)
        edge = 1.35 - 2.7 * self.sky.clouds
        cover = smoothstep(edge - 0.55, edge + 0.95, thickness)
        cover *= smoothstep(-0.01, 0.10, up)
        lit = sample_tile(
            self._clouds,
            x + bend + np.float32(0.035 * self._light[0]),
            z + bend + np.float32(0.035 * self._light[2]),
        )
        shade = np.clip(np.float32(0.52) + (body - lit) * np.float32(0.55) - wisps * np.float32(0.06), 0.0, 1.0)
        near_light = np.clip(directions @ self._light, 0.0, 1.0) ** 6
        shade = np.clip(shade + near_light * np.float32(0.35) * (np.float32(1.0) - cover), 0.0, 1.0)
        colour = times(shade, _colour(self.sky.cloud_light) - _colour(self.sky.cloud_shade))
        colour += _colour(self.sky.cloud_shade)
        return cover * np.float32(0.94), colour

    def _with_moon(self, light: Floats, directions: Floats, moon: Moon) -> Floats:
        towards = as_unit(moon.direction)
        cosine = directions @ towards
        radius = np.radians(moon.radius)
        angle = np.sqrt(np.maximum(np.float32(2.0) - np.float32(2.0) * cosine, np.float32(0.0)))
        reach = np.float32(1.0 / radius)
        halo = np.exp(np.minimum(np.float32(1.0) - angle * reach, 0.0) * np.float32(0.55)) * np.float32(0.10)
        halo += np.exp(angle * np.float32(-_MOON_HALO)) * np.float32(0.05)
        light += times(halo * np.float32(moon.phase), moon.colour)
        inside = np.flatnonzero(angle < radius * 1.25)
        if len(inside):
            disc = _moon_disc(
                picked(light, inside), picked(directions, inside), towards, radius, moon, self._warp, self._fine
            )
            placed(light, inside, disc)
        return light

    def _milky_way(self, directions: Floats) -> Floats:
        axis = as_unit((0.55, 0.6, 0.58))
        across = directions @ axis
        along = directions @ as_unit((0.8, -0.2, -0.55))
        dust = sample_tile(self._fine, along * np.float32(0.8), across * np.float32(0.9))
        wide = sample_tile(self._warp, along * np.float32(0.4), across * np.float32(0.5))
        band = np.exp(-((across + np.float32(0.06) * wide) ** 2) * np.float32(16.0))
        glow = band * np.clip(np.float32(0.65) + np.float32(0.28) * dust - np.float32(0.25) * wide, 0.05, 2.0)
        return times(glow * np.float32(0.085 * self.sky.milky_way), (0.80, 0.86, 1.15))

    def _nebula(self, directions: Floats) -> Floats:
        assert self.sky.nebula is not None
        depth = np.float32(1.35) + np.abs(directions[:, 2])
        x = directions[:, 0] / depth * np.float32(0.8)
        y = directions[:, 1] / depth * np.float32(0.8)
        bend = sample_tile(self._warp, x * np.float32(1.3), y * np.float32(1.3)) * np.float32(0.07)
        first = sample_tile(self._warp, x + bend, y - bend)
        fine = sample_tile(self._fine, x * np.float32(2.0) + bend * np.float32(2.0), y * np.float32(2.0))
        second = sample_tile(self._warp, y - bend + np.float32(0.37), x + bend)
        one = np.clip(first + np.float32(0.35) * fine + np.float32(0.1), 0.0, None) ** 2
        two = np.clip(second + np.float32(0.30) * fine - np.float32(0.1), 0.0, None) ** 2
        light: Floats = times(one, self.sky.nebula[0]) + times(two, self.sky.nebula[1])
        return light


def _moon_disc(
    light: Floats, directions: Floats, towards: Floats, radius: float, moon: Moon, broad: Floats, fine: Floats
) -> Floats:
    """The sky points near the moon with its disc painted over them."""
    side = np.cross(towards, np.array([0.0, 1.0, 0.0], np.float32))
    side /= max(float(np.linalg.norm(side)), 1e-6)
    above = np.cross(side, towards)
    x = (directions @ side) / np.float32(radius)
    y = (directions @ above) / np.float32(radius)
    reach = np.sqrt(x * x + y * y)
    depth = np.sqrt(np.clip(np.float32(1.0) - reach * reach, 0.0, 1.0))
    # The terminator: light comes from the side by the phase.
    turn = np.float32(np.pi * (1.0 - moon.phase))
    lit = smoothstep(
        -0.12, 0.30, x * np.sin(turn) * np.float32(-0.9) + y * np.sin(turn) * np.float32(0.4) + depth * np.cos(turn)
    )
    spread = np.float32(1.0) / (np.float32(1.3) + depth)
    seas = smoothstep(
        -0.1, 1.1, sample_tile(broad, x * spread * np.float32(0.42) + np.float32(0.2), y * spread * np.float32(0.42))
    )
    grain = sample_tile(fine, x * spread * np.float32(0.55), y * spread * np.float32(0.55))
    tone = np.float32(0.98) - np.float32(0.42) * seas + np.float32(0.05) * grain
    tone *= np.float32(0.72) + np.float32(0.28) * depth
    edge = smoothstep(-1.0, -0.955, -reach)
    disc = times(tone * (np.float32(0.05) + np.float32(1.20) * lit), moon.colour)
    return toward(light, disc + np.float32(0.25) * light, edge)


def _stars(world: World) -> tuple[Floats, Floats]:
    """Unit directions and colours of the stars, most of them faint."""
    count = int(2600 * min(world.sky.stars, 3.0))
    rng = np.random.default_rng([world.seed & 0x7FFFFFFF, 11])
    directions = rng.standard_normal((count, 3))
    if world.sky.below is None and world.sky.nebula is None:
        directions[:, 1] = np.abs(directions[:, 1])
    directions /= np.maximum(np.linalg.norm(directions, axis=1, keepdims=True), 1e-6)
    brightness = 0.05 + 0.9 * rng.random(count) ** 7
    warmth = rng.random(count)[:, None]
    colours = brightness[:, None] * (warmth * np.array([1.0, 0.86, 0.72]) + (1 - warmth) * np.array([0.78, 0.88, 1.1]))
    return directions.astype(np.float32), (colours * min(world.sky.stars, 1.2)).astype(np.float32)
