"""What is seen through a window: sky, hills, trees or roofs, painted on a screen behind it."""

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.noise import hashed, noise_tile, sample_tile, smoothstep
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.daylight import Hour
from imagined.engines.illustrator.world import Body, Hits, Shaded, Vector

_AWAY = 9.0
"""Metres from the wall to the screen."""


class Outlook:
    """Light of the world outside, by direction from the middle of the room."""

    def __init__(self, scene: Scene, hour: Hour, town: bool) -> None:
        self._hour, self._town, self._seed = hour, town, scene.seed & 0xFFFF
        self._clouds = noise_tile(256, self._seed + 71, 1.0, 2)
        self._wet = scene.weather in ("rain", "storm")
        self._white = scene.season == "winter" or scene.weather == "snow"
        self._dark = hour.dark or scene.time in ("dusk", "night")

    def shade(self, hits: Hits) -> Shaded:
        """Everything is given off; no light of the room falls on it."""
        x, y, z = (np.ascontiguousarray(hits.position[:, axis]) for axis in range(3))
        along = np.where(np.abs(hits.normal[:, 0]) > np.abs(hits.normal[:, 2]), z, x).astype(np.float32)
        up = (y - np.float32(1.3)) * np.float32(1 / _AWAY)
        light = self._sky(along, up)
        light = self._roofs(light, along, up) if self._town else self._hills(light, along, up)
        if self._wet:
            streak = sample_tile(self._clouds, along * np.float32(0.9) + up, up * np.float32(0.04) + along * 0)
            light *= (0.62 + 0.10 * np.clip(streak, -1, 2))[:, None].astype(np.float32)
        zero = np.zeros_like(light)
        return Shaded(zero, light.astype(np.float32), np.zeros(len(x), np.float32), hits.normal)

    def _sky(self, along: Floats, up: Floats) -> Floats:
        sky = self._hour.sky
        low = np.exp(np.maximum(up, 0) * np.float32(-2.4))[:, None]
        light = _vector(sky.horizon) * low + _vector(sky.zenith) * (1 - low)
        light = light + _vector(sky.haze) * np.exp(np.maximum(up, 0) / np.float32(-max(sky.haze_height, 0.02)))[:, None]
        puff = sample_tile(self._clouds, along * np.float32(0.045), up * np.float32(0.6))
        cover = smoothstep(0.9 - 1.6 * min(sky.clouds, 1.0), 1.7 - 1.2 * min(sky.clouds, 1.0), puff)[:, None]
        light = light + (_vector(sky.cloud_light) * 0.9 - light) * cover * np.float32(0.75)
        if sky.moon is not None and self._dark:
            away = np.hypot(along - np.float32(0.9), (up - np.float32(0.30)) * np.float32(_AWAY))
            disc = smoothstep(-0.36, -0.33, -away)[:, None]
            halo = np.exp(away * np.float32(-0.9))[:, None] * np.float32(0.12)
            light = light + _vector(sky.moon.colour) * (disc * np.float32(1.5) + halo)
            light = light + self._stars(along, up * np.float32(_AWAY))[:, None] * _vector((0.8, 0.9, 1.0))
        result: Floats = light
        return result

    def _stars(self, along: Floats, up: Floats) -> Floats:
        column, row = np.floor(along * 2.2), np.floor(up * 2.2)
        cell = (column.astype(np.int32), row.astype(np.int32))
        x, y = (hashed(*cell, self._seed, k) * np.float32(0.7) + np.float32(0.15) for k in (1, 2))
        away = np.hypot(along * np.float32(2.2) - column - x, up * np.float32(2.2) - row - y)
        bright = hashed(*cell, self._seed, 3)
        result: Floats = (
            np.clip(1 - away / np.float32(0.07), 0, 1) * np.clip(bright - np.float32(0.45), 0, 1) * np.float32(0.9)
        )
        return result

    def _hills(self, light: Floats, along: Floats, up: Floats) -> Floats:
        ground = 0.16 if self._dark else 1.0
        lamp = _vector(self._hour.light.colour) * np.float32(0.55) + _vector(self._hour.ambient.above)
        tones: tuple[Vector, ...] = ((0.16, 0.24, 0.22), (0.10, 0.19, 0.07), (0.07, 0.15, 0.04))
        if self._white:
            tones = ((0.55, 0.60, 0.68), (0.62, 0.66, 0.72), (0.72, 0.74, 0.78))
        for index, tone in enumerate(tones):
            wave = np.sin(along * np.float32(0.5 + 0.31 * index) + self._seed % 7 + index * 2)
            leaf = sample_tile(self._clouds, along * np.float32(0.11 * (index + 1)), up * np.float32(0.2))
            top = np.float32(0.13 - 0.10 * index) + np.float32(0.035) * wave + np.float32(0.03 + 0.012 * index) * leaf
            inside = np.clip((top - up) / np.float32(0.012) + np.float32(0.5), 0, 1)[:, None]
            mottle = sample_tile(self._clouds, along * np.float32(0.23), up * np.float32(1.9))
            air = np.float32(0.55 - 0.22 * index)
            body = _vector(tone) * lamp * (1 + 0.25 * mottle)[:, None] * np.float32(ground * 1.3)
            body = body + (_vector(self._hour.sky.horizon) * np.float32(0.8 if not self._dark else 0.5) - body) * air
            light = light + (body - light) * inside
        return light

    def _roofs(self, light: Floats, along: Floats, up: Floats) -> Floats:
        """The other side of a street: facades with windows."""
        house = np.floor(along / np.float32(3.1)).astype(np.int32)
        inner = along / np.float32(3.1) - house
        tall = np.float32(0.16) + np.float32(0.42) * hashed(house, self._seed)
        inside = np.clip((tall - up) / np.float32(0.01) + np.float32(0.5), 0, 1)[:, None]
        lamp = _vector(self._hour.light.colour) * np.float32(0.35) + _vector(self._hour.ambient.above)
        tint = np.stack([hashed(house, self._seed, k) for k in range(3)], 1)
        wall = (np.float32(0.24) + np.float32(0.13) * tint) * _vector((1.05, 0.88, 0.70)) * lamp
        column, row = inner * 4, (up + np.float32(1.0)) * np.float32(7.5)
        across, above = column - np.floor(column) - 0.5, row - np.floor(row) - 0.5
        pane = (np.abs(across) < 0.22) & (np.abs(above) < 0.3)
        frame = (np.abs(across) < 0.27) & (np.abs(above + 0.02) < 0.36)
        wall = np.where((frame | (above < -0.44))[:, None], wall * np.float32(1.3), wall)
        chance = hashed(house, np.floor(column).astype(np.int32), np.floor(row).astype(np.int32), self._seed)
        lit = chance < (0.5 if self._dark else 0.12)
        sky = (
            _vector(self._hour.sky.horizon) * (np.float32(0.16) + np.float32(0.3) * np.clip(above + 0.3, 0, 1))[:, None]
        )
        evening = _vector((1.0, 0.62, 0.26)) * (0.4 + chance[:, None])
        glass = np.where((lit & (self._dark or self._wet))[:, None], evening, sky)
        if self._wet:
            glass, wall = (
                glass * np.float32(0.75),
                wall * np.float32(0.8) + _vector(self._hour.sky.horizon) * np.float32(0.12),
            )
        body = np.where(pane[:, None], glass, wall)
        result: Floats = light + (body - light) * inside
        return result


def screen(surface: Outlook, wall: str, left: float, right: float, back: float) -> Body:
    """The screen behind the wall of that name of a room with these limits."""
    wide, high, low = 30.0, 16.0, -8.0
    if wall == "back":
        z = back - _AWAY
        corners = [(-wide, low, z), (wide, low, z), (wide, high, z), (-wide, high, z)]
        normal = (0.0, 0.0, 1.0)
    else:
        x = left - _AWAY if wall == "left" else right + _AWAY
        corners = [(x, low, wide), (x, low, -wide), (x, high, -wide), (x, high, wide)]
        normal = (1.0, 0.0, 0.0) if wall == "left" else (-1.0, 0.0, 0.0)
    mesh = Mesh(
        np.array(corners, np.float32),
        np.array([[0, 1, 2], [0, 2, 3]], np.int32),
        np.tile(np.array(normal, np.float32), (4, 1)),
        np.zeros((4, 3), np.float32),
    )
    return Body(mesh, surface, casts_shadow=False)


def _vector(colour: Vector) -> Floats:
    return np.asarray(colour, np.float32)
