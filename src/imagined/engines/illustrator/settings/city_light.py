"""How a city looks at each hour and in each weather: sky, light, air and the share of windows that are lit."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.world import Ambient, Fog, Grade, Light, Moon, Sky, Vector, Water


@dataclass(frozen=True)
class Hour:
    """Everything about a city that changes with the hour.

    The moon's direction says where in the picture it stands: x from -1 (left edge) to 1, y from 0 (top) to 1.
    """

    sky: Sky
    light: Light
    ambient: Ambient
    fog: Fog
    water: Water
    grade: Grade
    power: float
    """Brightness of windows and lamps, 0 to 1."""
    lit: float
    """Share of the windows that are lit, relative to a busy evening."""
    pale: float = 1.0
    """Lightness of the walls. By night they are darker than stone is, so that the windows carry the picture."""


_NIGHT_AIR: Final[tuple[tuple[Vector, Vector, Vector], ...]] = (
    ((0.095, 0.032, 0.120), (0.018, 0.018, 0.055), (0.34, 0.11, 0.30)),
    ((0.020, 0.080, 0.105), (0.010, 0.024, 0.050), (0.07, 0.26, 0.34)),
    ((0.130, 0.062, 0.034), (0.018, 0.020, 0.050), (0.42, 0.19, 0.08)),
    ((0.060, 0.040, 0.130), (0.012, 0.018, 0.060), (0.20, 0.14, 0.44)),
)
"""Glow over the roofs, horizon of the clear sky, and air between the streets, of four moods."""


def hour_of(scene: Scene, rng: np.random.Generator) -> Hour:
    """The hour of the scene with its weather."""
    makers = {"night": _night, "dusk": _dusk, "sunset": _sunset, "dawn": _dawn, "day": _day}
    return _weathered(makers[scene.time](rng, "futuristic" in scene.traits), scene)


def _night(rng: np.random.Generator, futuristic: bool) -> Hour:
    glow, horizon, street = _NIGHT_AIR[int(rng.integers(4))] if futuristic else _NIGHT_AIR[2]
    side = float(rng.choice([-1.0, 1.0]))
    moon = Moon((side * float(rng.uniform(0.35, 0.75)), float(rng.uniform(0.10, 0.20)), -1.0), radius=1.9, phase=0.86)
    return Hour(
        sky=Sky(
            zenith=(0.0035, 0.0065, 0.0210),
            horizon=horizon,
            haze=glow,
            haze_height=0.20,
            moon=moon,
            stars=0.75,
            clouds=0.44,
            cloud_light=(glow[0] * 0.42 + 0.028, glow[1] * 0.42 + 0.030, glow[2] * 0.42 + 0.044),
            cloud_shade=(0.007, 0.008, 0.018),
        ),
        light=Light(direction=(side * 0.8, 0.6, 0.25), colour=(0.020, 0.026, 0.042)),
        ambient=Ambient(
            above=(0.016, 0.020, 0.040),
            below=(0.014 + glow[0] * 0.25, 0.014 + glow[1] * 0.25, 0.016 + glow[2] * 0.25),
            street=(street[0] * 1.5 + 0.08, street[1] * 1.5 + 0.06, street[2] * 1.3 + 0.03),
            street_height=26.0,
            occlusion=0.0,
        ),
        fog=Fog(
            colour=(glow[0] * 0.75 + 0.006, glow[1] * 0.75 + 0.008, glow[2] * 0.75 + 0.018),
            density=0.00105,
            height=260.0,
            low_colour=(street[0] * 0.62 + 0.02, street[1] * 0.62 + 0.02, street[2] * 0.62 + 0.02),
            low_height=34.0,
        ),
        water=Water(colour=(0.0025, 0.0045, 0.0095), choppiness=0.017, wavelength=7.0),
        grade=Grade(exposure=1.15, contrast=1.0, saturation=1.12, bloom=0.17, vignette=0.26),
        power=1.0,
        lit=1.0,
    )


def _dusk(rng: np.random.Generator, futuristic: bool) -> Hour:
    side = float(rng.choice([-1.0, 1.0]))
    street = (0.30, 0.16, 0.10)
    return Hour(
        sky=Sky(
            zenith=(0.020, 0.038, 0.115),
            horizon=(0.20, 0.16, 0.30),
            haze=(0.52, 0.20, 0.13),
            haze_height=0.15,
            stars=0.18,
            clouds=0.42,
            cloud_light=(0.42, 0.20, 0.24),
            cloud_shade=(0.065, 0.065, 0.135),
        ),
        light=Light(direction=(side * 0.9, 0.25, 0.25), colour=(0.05, 0.05, 0.10)),
        ambient=Ambient(
            above=(0.10, 0.12, 0.24), below=(0.09, 0.06, 0.07), street=street, street_height=22.0, occlusion=0.0
        ),
        fog=Fog(
            colour=(0.26, 0.16, 0.24), density=0.0008, height=300.0, low_colour=(0.36, 0.20, 0.18), low_height=40.0
        ),
        water=Water(colour=(0.010, 0.016, 0.032), choppiness=0.017, wavelength=7.0),
        grade=Grade(exposure=1.05, saturation=1.12, bloom=0.13, vignette=0.22),
        power=0.9,
        lit=0.85 if futuristic else 0.75,
    )


def _sunset(rng: np.random.Generator, futuristic: bool) -> Hour:
    side = float(rng.choice([-1.0, 1.0]))
    return Hour(
        sky=Sky(
            zenith=(0.105, 0.175, 0.40),
            horizon=(0.78, 0.42, 0.30),
            haze=(0.75, 0.26, 0.05),
            haze_height=0.10,
            sun_glow=(1.5, 0.62, 0.16),
            sun_disc=(9.0, 5.0, 1.8),
            clouds=0.46,
            cloud_light=(1.25, 0.52, 0.28),
            cloud_shade=(0.26, 0.19, 0.29),
        ),
        light=Light(direction=(side * 0.55, 0.20, -1.0), colour=(1.05, 0.52, 0.22)),
        ambient=Ambient(above=(0.24, 0.22, 0.32), below=(0.17, 0.11, 0.09), street=(0.08, 0.05, 0.03), occlusion=0.5),
        fog=Fog(colour=(0.62, 0.34, 0.25), density=0.00075, height=320.0),
        water=Water(colour=(0.030, 0.030, 0.045), choppiness=0.02, wavelength=7.0),
        grade=Grade(exposure=0.92, saturation=1.10, bloom=0.10, vignette=0.18),
        power=0.55,
        lit=0.45 if futuristic else 0.35,
        pale=2.2 if futuristic else 1.2,
    )


def _dawn(rng: np.random.Generator, futuristic: bool) -> Hour:
    side = float(rng.choice([-1.0, 1.0]))
    return Hour(
        sky=Sky(
            zenith=(0.16, 0.25, 0.46),
            horizon=(0.72, 0.56, 0.56),
            haze=(0.50, 0.28, 0.20),
            haze_height=0.12,
            sun_glow=(0.75, 0.42, 0.28),
            clouds=0.38,
            cloud_light=(0.98, 0.66, 0.60),
            cloud_shade=(0.34, 0.33, 0.45),
        ),
        light=Light(direction=(side * 0.85, 0.24, -0.35), colour=(0.85, 0.55, 0.40)),
        ambient=Ambient(above=(0.28, 0.30, 0.42), below=(0.17, 0.14, 0.14), occlusion=0.5),
        fog=Fog(
            colour=(0.62, 0.50, 0.52), density=0.0010, height=170.0, low_colour=(0.70, 0.58, 0.58), low_height=40.0
        ),
        water=Water(colour=(0.040, 0.050, 0.070), choppiness=0.010, wavelength=7.0),
        grade=Grade(exposure=0.95, saturation=1.05, bloom=0.08, vignette=0.15),
        power=0.45,
        lit=0.3 if futuristic else 0.22,
        pale=2.6 if futuristic else 1.3,
    )


def _day(rng: np.random.Generator, futuristic: bool) -> Hour:
    side = float(rng.choice([-1.0, 1.0]))
    return Hour(
        sky=Sky(
            zenith=(0.075, 0.200, 0.560),
            horizon=(0.50, 0.66, 0.88),
            haze=(0.10, 0.08, 0.06),
            haze_height=0.07,
            sun_glow=(0.16, 0.13, 0.08),
            clouds=0.46,
            cloud_light=(1.02, 1.00, 0.97),
            cloud_shade=(0.50, 0.56, 0.66),
        ),
        light=Light(direction=(side * 0.75, 0.72, 0.55), colour=(1.20, 1.08, 0.90)),
        ambient=Ambient(above=(0.30, 0.37, 0.48), below=(0.17, 0.16, 0.15), occlusion=0.7),
        fog=Fog(colour=(0.54, 0.67, 0.85), density=0.00042, height=500.0),
        water=Water(colour=(0.018, 0.060, 0.082), choppiness=0.024, wavelength=7.0),
        grade=Grade(exposure=0.92, contrast=1.06, saturation=1.10, bloom=0.035, vignette=0.12),
        power=0.35 if futuristic else 0.25,
        lit=0.10,
        pale=3.4 if futuristic else 1.5,
    )


_DULL: Final[dict[str, tuple[float, float, float]]] = {
    "cloudy": (0.35, 0.72, 1.3),
    "overcast": (0.75, 1.0, 2.0),
    "rain": (0.80, 1.0, 1.9),
    "snow": (0.70, 0.95, 2.2),
    "fog": (0.85, 0.0, 3.0),
    "storm": (0.92, 1.0, 1.7),
}
"""How far the colours go grey, cloud coverage, and how much thicker the air is."""


def _weathered(hour: Hour, scene: Scene) -> Hour:
    if scene.weather not in _DULL:
        return hour
    grey, clouds, thicker = _DULL[scene.weather]
    sky, dark = hour.sky, 0.34 if scene.weather == "storm" else 0.9
    night = scene.time in ("night", "dusk")
    veil = tuple(a * 0.6 + b * 0.4 for a, b in zip(sky.horizon, hour.fog.colour, strict=True))
    dull = _mixed((veil[0], veil[1], veil[2]), _greyed(sky.horizon, 0.8), 0.5)
    top = _mixed(sky.zenith, _scaled(dull, 0.45 if night else 0.8), grey)
    fog_colour = _scaled(_mixed(hour.fog.colour, _greyed(hour.fog.colour, 1.0), 0.0 if night else grey * 0.7), dark)
    wet = scene.weather in ("rain", "storm")
    return replace(
        hour,
        sky=replace(
            sky,
            zenith=_scaled(top, dark),
            horizon=_scaled(_mixed(sky.horizon, dull, grey), dark),
            haze=_scaled(sky.haze, 1.0 - 0.35 * grey),
            sun_glow=_scaled(sky.sun_glow, 1.0 - 0.85 * grey),
            sun_disc=None if grey > 0.5 else sky.sun_disc,
            moon=None if grey > 0.6 else sky.moon,
            stars=sky.stars * (1.0 - grey) ** 2,
            clouds=clouds,
            cloud_light=_scaled(_mixed(sky.cloud_light, _greyed(sky.cloud_light, 0.8), grey * 0.8), dark),
            cloud_shade=_scaled(sky.cloud_shade, dark),
        ),
        light=replace(hour.light, colour=_scaled(hour.light.colour, 1.0 - 0.93 * grey)),
        ambient=replace(hour.ambient, above=_scaled(hour.ambient.above, dark), below=_scaled(hour.ambient.below, dark)),
        fog=replace(hour.fog, colour=fog_colour, density=hour.fog.density * thicker, height=hour.fog.height * 1.2),
        water=replace(hour.water, choppiness=hour.water.choppiness * (1.6 if wet else 1.0)),
        power=max(hour.power, 0.55),
        lit=max(hour.lit, 0.3),
    )


def _greyed(colour: Vector, scale: float) -> Vector:
    grey = (0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]) * scale
    return (grey, grey * 1.02, grey * 1.06)


def _mixed(one: Vector, two: Vector, share: float) -> Vector:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, two, strict=True))
    return (red, green, blue)


def _scaled(colour: Vector, scale: float) -> Vector:
    return (colour[0] * scale, colour[1] * scale, colour[2] * scale)
