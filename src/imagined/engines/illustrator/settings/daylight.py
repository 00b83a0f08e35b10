"""How open country looks at each hour and in each weather: sky, light, air and the colour of water."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.world import Ambient, Fog, Grade, Light, Moon, Sky, Vector


@dataclass(frozen=True)
class Hour:
    """Everything in the open that changes with the hour and the weather."""

    sky: Sky
    light: Light
    ambient: Ambient
    fog: Fog
    grade: Grade
    water: Vector
    """Light scattered back from deep water."""

    @property
    def dark(self) -> bool:
        """Lamps and windows would be lit."""
        return max(self.light.colour) < 0.45


def hour_of(scene: Scene, side: float, in_frame: bool = True) -> Hour:
    """The hour of the scene with its weather.

    `side` is 1 for a sun on the right, -1 on the left; a low sun stands in the picture if `in_frame`, else beside it,
    where it models what stands in the foreground.
    """
    back = -1.0 if in_frame else -0.12
    wide = 0.42 if in_frame else 0.85
    makers = {"day": _day, "dawn": _dawn, "sunset": _sunset, "dusk": _dusk, "night": _night}
    hour = makers[scene.time](side, wide, back)
    if scene.weather in _DULL:
        hour = _weathered(hour, scene)
    if "mars" in scene.traits:
        hour = _martian(hour)
    if "moon" in scene.traits and scene.setting == "desert":
        hour = _airless(hour, side)
    if "aurora" in scene.traits and scene.time in ("night", "dusk"):
        green, violet = (0.008, 0.060, 0.034), (0.014, 0.008, 0.030)
        hour = replace(hour, sky=replace(hour.sky, nebula=(green, violet), stars=1.0, clouds=0.0))
    return hour


def _day(side: float, wide: float, back: float) -> Hour:
    del wide, back
    return Hour(
        sky=Sky(
            zenith=(0.070, 0.200, 0.580),
            horizon=(0.46, 0.64, 0.88),
            haze=(0.14, 0.12, 0.09),
            haze_height=0.08,
            sun_glow=(0.12, 0.10, 0.06),
            clouds=0.44,
            cloud_light=(1.02, 1.00, 0.97),
            cloud_shade=(0.52, 0.58, 0.68),
        ),
        light=Light(direction=(side * 0.62, 0.70, 0.50), colour=(1.28, 1.14, 0.92)),
        ambient=Ambient(above=(0.30, 0.37, 0.50), below=(0.17, 0.165, 0.14), occlusion=0.9),
        fog=Fog(colour=(0.50, 0.63, 0.82), density=0.00011, height=1400.0),
        grade=Grade(exposure=0.92, contrast=1.06, saturation=1.10, bloom=0.03, vignette=0.12),
        water=(0.012, 0.055, 0.075),
    )


def _dawn(side: float, wide: float, back: float) -> Hour:
    return Hour(
        sky=Sky(
            zenith=(0.17, 0.27, 0.50),
            horizon=(0.76, 0.58, 0.56),
            haze=(0.62, 0.34, 0.20),
            haze_height=0.10,
            sun_glow=(1.0, 0.55, 0.32),
            sun_disc=(5.0, 3.4, 2.2),
            clouds=0.36,
            cloud_light=(1.02, 0.68, 0.60),
            cloud_shade=(0.36, 0.35, 0.48),
        ),
        light=Light(direction=(side * wide, 0.20, back * 0.9), colour=(1.10, 0.68, 0.44), softness=0.03),
        ambient=Ambient(above=(0.40, 0.41, 0.54), below=(0.24, 0.20, 0.18), occlusion=0.8),
        fog=Fog(
            colour=(0.66, 0.53, 0.54), density=0.00016, height=420.0, low_colour=(0.80, 0.64, 0.58), low_height=60.0
        ),
        grade=Grade(exposure=0.98, saturation=1.08, bloom=0.08, vignette=0.15),
        water=(0.035, 0.050, 0.070),
    )


def _sunset(side: float, wide: float, back: float) -> Hour:
    return Hour(
        sky=Sky(
            zenith=(0.10, 0.17, 0.40),
            horizon=(0.80, 0.42, 0.29),
            haze=(0.85, 0.30, 0.05),
            haze_height=0.10,
            sun_glow=(1.7, 0.70, 0.18),
            sun_disc=(9.0, 5.0, 1.8),
            clouds=0.46,
            cloud_light=(1.30, 0.52, 0.27),
            cloud_shade=(0.27, 0.19, 0.30),
        ),
        light=Light(direction=(side * wide, 0.17, back), colour=(1.35, 0.66, 0.27), softness=0.03),
        ambient=Ambient(above=(0.40, 0.35, 0.45), below=(0.26, 0.17, 0.13), occlusion=0.8),
        fog=Fog(colour=(0.64, 0.35, 0.25), density=0.00019, height=600.0),
        grade=Grade(exposure=0.98, saturation=1.10, bloom=0.10, vignette=0.18),
        water=(0.030, 0.030, 0.045),
    )


def _dusk(side: float, wide: float, back: float) -> Hour:
    del back
    return Hour(
        sky=Sky(
            zenith=(0.024, 0.046, 0.140),
            horizon=(0.22, 0.18, 0.34),
            haze=(0.58, 0.24, 0.16),
            haze_height=0.13,
            stars=0.30,
            clouds=0.36,
            cloud_light=(0.44, 0.22, 0.26),
            cloud_shade=(0.075, 0.075, 0.155),
        ),
        light=Light(direction=(side * max(wide, 0.7), 0.45, 0.35), colour=(0.17, 0.17, 0.28), softness=0.2),
        ambient=Ambient(above=(0.15, 0.17, 0.32), below=(0.11, 0.08, 0.09), occlusion=0.9),
        fog=Fog(
            colour=(0.25, 0.18, 0.28), density=0.00020, height=500.0, low_colour=(0.30, 0.22, 0.30), low_height=50.0
        ),
        grade=Grade(exposure=1.15, saturation=1.12, bloom=0.10, vignette=0.20),
        water=(0.010, 0.018, 0.036),
    )


def _night(side: float, wide: float, back: float) -> Hour:
    del wide, back
    return Hour(
        sky=Sky(
            zenith=(0.0045, 0.0095, 0.0300),
            horizon=(0.020, 0.034, 0.072),
            haze=(0.020, 0.028, 0.046),
            haze_height=0.16,
            moon=Moon((side * 0.30, 0.34, -1.0), radius=2.1, phase=0.95),
            stars=1.0,
            milky_way=0.7,
            clouds=0.22,
            cloud_light=(0.085, 0.095, 0.140),
            cloud_shade=(0.012, 0.016, 0.032),
        ),
        light=Light(direction=(side * 0.75, 0.62, 0.35), colour=(0.150, 0.185, 0.300), softness=0.03),
        ambient=Ambient(above=(0.036, 0.050, 0.096), below=(0.018, 0.020, 0.030), occlusion=0.8),
        fog=Fog(colour=(0.026, 0.038, 0.074), density=0.00016, height=600.0),
        grade=Grade(exposure=1.6, saturation=1.08, bloom=0.12, vignette=0.24),
        water=(0.003, 0.007, 0.015),
    )


_DULL: Final[dict[str, tuple[float, float, float]]] = {
    "cloudy": (0.25, 0.66, 1.2),
    "overcast": (0.75, 1.0, 2.2),
    "rain": (0.80, 1.0, 5.0),
    "snow": (0.65, 0.95, 5.0),
    "fog": (0.70, 0.75, 22.0),
    "storm": (0.88, 1.0, 4.0),
}
"""How far the colours go grey, cloud coverage, and how much thicker the air is."""


def _weathered(hour: Hour, scene: Scene) -> Hour:
    grey, clouds, thicker = _DULL[scene.weather]
    sky = hour.sky
    dim = 0.55 if scene.weather == "storm" else 0.92
    flat = _mixed(_greyed(sky.horizon), _greyed(sky.cloud_light), 0.35)
    air = _scaled(_mixed(hour.fog.colour, flat, grey * 0.6), dim)
    shadowless = 1.0 - 0.86 * grey
    return replace(
        hour,
        sky=replace(
            sky,
            zenith=_scaled(_mixed(sky.zenith, _scaled(flat, 0.75), grey), dim),
            horizon=_scaled(_mixed(sky.horizon, flat, grey), dim),
            haze=_scaled(sky.haze, (1.0 - 0.7 * grey) * dim),
            sun_glow=_scaled(sky.sun_glow, 1.0 - 0.8 * grey),
            sun_disc=None if grey > 0.5 else sky.sun_disc,
            moon=None if grey > 0.7 else sky.moon,
            stars=sky.stars * (1.0 - grey) ** 2,
            milky_way=sky.milky_way * (1.0 - grey) ** 2,
            clouds=clouds,
            cloud_light=_scaled(_mixed(sky.cloud_light, _greyed(sky.cloud_light), grey * 0.7), dim),
            cloud_shade=_scaled(_mixed(sky.cloud_shade, _greyed(sky.cloud_shade), grey * 0.5), dim),
        ),
        light=replace(hour.light, colour=_scaled(hour.light.colour, shadowless), softness=0.06 + 0.3 * grey),
        ambient=replace(
            hour.ambient,
            above=_scaled(hour.ambient.above, (1 + 0.5 * grey) * dim),
            below=_scaled(hour.ambient.below, dim),
        ),
        fog=replace(
            hour.fog, colour=air, low_colour=None, density=hour.fog.density * thicker, height=hour.fog.height * 1.3
        ),
        water=_scaled(_mixed(hour.water, _greyed(hour.water), 0.4 * grey), dim),
    )


def _martian(hour: Hour) -> Hour:
    """Dust in the air: everything that was blue is butterscotch."""
    rust = (1.30, 0.80, 0.48)

    def dusty(colour: Vector) -> Vector:
        grey = _greyed(colour)
        return (grey[0] * rust[0], grey[1] * rust[1], grey[2] * rust[2])

    sky = hour.sky
    return replace(
        hour,
        sky=replace(
            sky,
            zenith=_scaled(dusty(sky.zenith), 1.25),
            horizon=dusty(sky.horizon),
            haze=dusty(sky.haze),
            clouds=0.0 if sky.clouds < 0.6 else sky.clouds,
            cloud_light=dusty(sky.cloud_light),
            cloud_shade=dusty(sky.cloud_shade),
        ),
        ambient=replace(hour.ambient, above=_scaled(dusty(hour.ambient.above), 0.95), below=dusty(hour.ambient.below)),
        fog=replace(hour.fog, colour=dusty(hour.fog.colour), low_colour=None, density=hour.fog.density * 1.5),
    )


def _airless(hour: Hour, side: float) -> Hour:
    """The surface of the moon: a black sky over a hard sun."""
    return replace(
        hour,
        sky=Sky(
            zenith=(0.001, 0.001, 0.002), horizon=(0.002, 0.002, 0.004), stars=1.3, milky_way=0.6, below=(0.0, 0.0, 0.0)
        ),
        light=Light(direction=(side * 0.75, 0.42, 0.35), colour=(1.5, 1.46, 1.38), softness=0.006),
        ambient=Ambient(above=(0.035, 0.037, 0.045), below=(0.10, 0.098, 0.092), occlusion=0.8),
        fog=Fog(colour=(0.0, 0.0, 0.0), density=1e-7),
        grade=replace(hour.grade, exposure=0.95, saturation=0.95, bloom=0.04),
    )


def falling(scene: Scene) -> Literal["none", "rain", "snow"]:
    """What falls from the sky in the scene's weather."""
    if scene.weather in ("rain", "storm"):
        return "rain"
    return "snow" if scene.weather == "snow" else "none"


def _greyed(colour: Vector) -> Vector:
    grey = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    return (grey * 0.98, grey, grey * 1.05)


def _mixed(one: Vector, two: Vector, share: float) -> Vector:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, two, strict=True))
    return (red, green, blue)


def _scaled(colour: Vector, scale: float) -> Vector:
    return (colour[0] * scale, colour[1] * scale, colour[2] * scale)
