"""Light on surfaces, and the air in front of them."""

from typing import NamedTuple

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.optics import Lens, as_unit
from imagined.engines.illustrator.sky import SkyPainter
from imagined.engines.illustrator.trace import Nearest, Tracer
from imagined.engines.illustrator.vectors import dot, picked, placed, times, toward
from imagined.engines.illustrator.world import Hits, Lamp, Shaded, Vector, World

_NEGLIGIBLE = 0.05
"""A distant light dimmer than this casts no visible shadow and is not worth rays."""


_FAINT = 0.004
"""Light of a lamp that is too weak for its shadow to show."""


def _colour(vector: Vector) -> Floats:
    return np.asarray(vector, np.float32)


class Lit(NamedTuple):
    """Points of surfaces in their light."""

    light: Floats
    """(N, 3) radiance."""
    normal: Floats
    """(N, 3) unit vectors."""
    colour: Floats
    """(N, 3) linear reflectance."""


class Shader:
    """Evaluates the light that points of the world's bodies send to the eye."""

    def __init__(self, world: World, tracer: Tracer, sky: SkyPainter) -> None:
        self.world, self.tracer, self.sky = world, tracer, sky
        self._light = as_unit(world.light.direction)
        self._light_colour = _colour(world.light.colour)
        self._shadows = float(max(world.light.colour)) > _NEGLIGIBLE

    def light(
        self,
        origin: Floats,
        ray: Floats,
        found: Nearest,
        footprint: Floats,
        time: float,
        openness: Floats,
        lamps: tuple[Lamp, ...],
    ) -> Lit:
        """The points found (all of them hits) as they send light to the eye.

        `openness` (N,) is the share of the surroundings that is not hidden by nearby things.
        """
        position = ray * found.distance[:, None]
        position += origin
        shaded = self._material(position, ray, found, footprint, time)
        light = self._lit(position, shaded, openness, lamps)
        light += shaded.emission
        return Lit(self._with_reflection(light, ray, shaded), shaded.normal, shaded.colour)

    def _material(self, position: Floats, ray: Floats, found: Nearest, footprint: Floats, time: float) -> Shaded:
        raw = self.tracer.attributes(found.face, found.u, found.v)
        # Faces seen from behind are shaded as if from the front: normals always face the viewer.
        normal = raw.normal * -np.sign(dot(raw.normal, ray))[:, None]
        shaded = Shaded(raw.colour, raw.emission, raw.gloss, normal)
        bodies = self.tracer.face_body.take(found.face)
        for index in np.unique(bodies):
            surface = self.world.bodies[index].surface
            if surface is None:
                continue
            at = np.flatnonzero(bodies == index)
            if len(at) == len(bodies):
                whole: Shaded = surface.shade(
                    Hits(position, normal, ray, footprint, raw.colour, raw.gloss, raw.emission, raw.uv, raw.part, time)
                )
                return whole
            result = surface.shade(
                Hits(
                    position=picked(position, at),
                    normal=picked(normal, at),
                    ray=picked(ray, at),
                    footprint=footprint.take(at),
                    colour=picked(raw.colour, at),
                    gloss=raw.gloss.take(at),
                    emission=picked(raw.emission, at),
                    uv=picked(raw.uv, at),
                    part=raw.part.take(at),
                    time=time,
                )
            )
            placed(shaded.colour, at, result.colour)
            placed(shaded.emission, at, result.emission)
            shaded.gloss[at] = result.gloss
            placed(shaded.normal, at, result.normal)
        return shaded

    def _lit(self, position: Floats, shaded: Shaded, openness: Floats, lamps: tuple[Lamp, ...]) -> Floats:
        ambient = self.world.ambient
        normal = shaded.normal
        half = np.float32(0.5) + np.float32(0.5) * normal[:, 1]
        fall = times(half, _colour(ambient.above) - _colour(ambient.below)) + _colour(ambient.below)
        fall *= openness[:, None]
        if any(ambient.street):
            low = np.exp(np.maximum(position[:, 1], np.float32(0.0)) * np.float32(-1.0 / ambient.street_height))
            low *= np.float32(0.75) - np.float32(0.25) * normal[:, 1]
            fall += times(low, ambient.street)
        if any(self.world.light.colour):
            facing = np.clip(normal @ self._light, 0.0, 1.0)
            if self._shadows:
                facing = facing * self._unshadowed(position, normal, facing)
            fall += times(facing, self._light_colour)
        for lamp in lamps:
            _add_lamp(fall, position, normal, lamp, self.tracer)
        fall *= shaded.colour
        return fall

    def _unshadowed(self, position: Floats, normal: Floats, facing: Floats) -> Floats:
        open_: Floats = np.ones(len(position), np.float32)
        lit = np.flatnonzero(facing > 0.0)
        start = picked(position, lit) + picked(normal, lit) * np.float32(0.03)
        direction = np.broadcast_to(self._light, start.shape)
        open_[lit] = np.float32(1.0) - self.tracer.blocked(start, direction)
        return open_

    def _with_reflection(self, light: Floats, ray: Floats, shaded: Shaded) -> Floats:
        shiny = np.flatnonzero(shaded.gloss > 0.02)
        if not len(shiny):
            return light
        gloss = shaded.gloss.take(shiny)
        normal = picked(shaded.normal, shiny)
        view = picked(ray, shiny)
        cosine = dot(normal, view)
        mirrored = view - normal * (np.float32(2.0) * cosine)[:, None]
        grazing = np.clip(np.float32(1.0) + cosine, 0.0, 1.0)
        grazing *= grazing
        share = gloss * (np.float32(0.10) + np.float32(0.80) * grazing * grazing)
        seen = self.sky.gradient(mirrored)
        # Low reflections meet the surroundings rather than the sky.
        hidden = np.float32(1.0) - smoothstep(-0.05, 0.30, mirrored[:, 1])
        around = (_colour(self.world.fog.colour) + _colour(self.world.ambient.below)) * np.float32(0.35)
        seen += (around - seen) * (hidden * np.float32(0.75))[:, None]
        placed(light, shiny, toward(picked(light, shiny), seen, share))
        return light

    def through_air(self, light: Floats, origin: Floats, ray: Floats, distance: Floats) -> Floats:
        """`light` from `distance` metres away, dimmed and veiled by the fog; `origin` is (3,) or (N, 3)."""
        fog = self.world.fog
        if fog.density <= 0:
            return light
        start = origin[..., 1]
        end = start + ray[:, 1] * distance
        if fog.height < 1e5:
            low = np.minimum(start, end)
            rise = np.abs(end - start)
            scale = np.float32(1.0 / fog.height)
            thickness = (np.float32(1.0) - np.exp(-rise * scale)) / np.maximum(rise * scale, np.float32(1e-4))
            thickness = np.exp(-np.maximum(low, 0.0) * scale) * np.where(
                rise * scale < 1e-3, np.float32(1.0), thickness
            )
        else:
            thickness = np.ones_like(distance)
        kept = np.exp(distance * thickness * np.float32(-fog.density))
        return toward(self._air(start, end, ray), light, kept)

    def _air(self, start: Floats, end: Floats, ray: Floats) -> Floats:
        fog = self.world.fog
        air = times(np.ones(len(ray), np.float32), fog.colour)
        if fog.low_colour is not None:
            low = np.exp(
                np.maximum(end * np.float32(0.8) + start * np.float32(0.2), 0.0) * np.float32(-1.0 / fog.low_height)
            )
            air += (_colour(fog.low_colour) - air) * low[:, None]
        if any(self.world.sky.sun_glow):
            off = np.float32(1.0) - ray @ self._light
            air += times(np.exp(off * np.float32(-3.0)) * np.float32(0.35), self.world.sky.sun_glow)
        return air


def lamps_in_view(
    lamps: tuple[Lamp, ...], lens: Lens, left: int, top: int, right: int, bottom: int
) -> tuple[Lamp, ...]:
    """The lamps whose light may fall on something seen in the given part of the picture, pixels."""
    if not lamps:
        return ()
    points = np.array([lamp.position for lamp in lamps], np.float32)
    x, y, depth = lens.project(points)
    chosen = []
    for i, lamp in enumerate(lamps):
        reach = 4.0 * lamp.reach
        near = float(depth[i]) - reach
        if float(depth[i]) < -reach:
            continue
        if near <= 1.0:
            chosen.append(lamp)
            continue
        radius = reach * lens.focal / near
        inside = left - radius <= x[i] <= right + radius and top - radius <= y[i] <= bottom + radius
        if inside:
            chosen.append(lamp)
    return tuple(chosen)


def _add_lamp(fall: Floats, position: Floats, normal: Floats, lamp: Lamp, tracer: Tracer) -> None:
    """Adds the lamp's light to `fall` in place; it ends smoothly four reaches away."""
    centre = np.asarray(lamp.position, np.float32)
    across = centre - position
    square = dot(across, across)
    reach = np.float32(lamp.reach)
    near = np.flatnonzero(square < np.float32(16.0) * reach * reach)
    if not len(near):
        return
    square = square[near]
    distance = np.sqrt(square)
    facing = dot(picked(across, near), picked(normal, near)) / np.maximum(distance, np.float32(0.05))
    # Wrapped a little round the surface: a sign is wide, not a point.
    facing = np.clip((facing + np.float32(0.35)) * np.float32(1.0 / 1.35), 0.0, 1.0)
    edge = np.clip(np.float32(1.0) - square / (np.float32(16.0) * reach * reach), 0.0, 1.0)
    strength = facing * edge * edge * (reach * reach) / (square + np.float32(0.15) * reach * reach)
    if lamp.shadows:
        lit = np.flatnonzero(strength > _FAINT)
        start = picked(position, near[lit]) + picked(normal, near[lit]) * np.float32(0.008)
        # The ray is as long as the way to the lamp, and ends just short of it.
        strength[lit] *= np.float32(1.0) - tracer.blocked(start, centre - start, 0.97)
    for k in range(3):
        fall[:, k][near] += strength * np.float32(lamp.colour[k])
