"""The world: all that the renderer needs to draw one picture or video, in metres, y up, z towards the viewer.

A builder in `settings` makes a `World` from a `Scene`; `render.render_world` draws it. Colours are linear light:
reflectances lie between 0 and 1, radiances are relative to a white sheet in full daylight, which is about 1.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats, Mesh

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Camera:
    """A pinhole camera without roll."""

    eye: Vector
    target: Vector
    fov: float = 40.0
    """Vertical field of view, degrees."""
    shift: tuple[float, float] = (0.0, 0.0)
    """The picture's centre away from the optical axis, right and up, in half picture heights. A level camera with
    an upward shift keeps verticals vertical, as architecture is photographed."""


@dataclass(frozen=True)
class Hits:
    """`N` points of one body that the camera sees, with the vertex attributes interpolated."""

    position: Floats
    """(N, 3) metres."""
    normal: Floats
    """(N, 3) unit vectors, facing the viewer."""
    ray: Floats
    """(N, 3) unit vectors from the eye to the point."""
    footprint: Floats
    """(N,) width of one pixel at the point, metres, not counting the slant of the surface."""
    colour: Floats
    """(N, 3)"""
    gloss: Floats
    """(N,)"""
    emission: Floats
    """(N, 3)"""
    uv: Floats
    """(N, 2) metres."""
    part: npt.NDArray[np.intp]
    """(N,)"""
    time: float
    """Seconds since the start of the video; 0 for pictures."""


@dataclass(frozen=True)
class Shaded:
    """What a surface looks like at `N` points, before any light falls on it."""

    colour: Floats
    """(N, 3) linear reflectance."""
    emission: Floats
    """(N, 3) linear light given off."""
    gloss: Floats
    """(N,) 0 matt to 1 mirror-like."""
    normal: Floats
    """(N, 3)"""


class Surface(Protocol):
    """A procedural material: detail that would cost too many triangles, such as windows or grain."""

    def shade(self, hits: Hits) -> Shaded:
        """The surface at the points; detail finer than `hits.footprint` must be averaged, not sampled."""
        ...


@dataclass(frozen=True)
class Body:
    """A mesh and its material; without a `surface` the vertex attributes are taken as they are."""

    mesh: Mesh
    surface: Surface | None = None
    casts_shadow: bool = True


@dataclass(frozen=True)
class Moon:
    """The moon, or another disc in the sky."""

    direction: Vector
    radius: float = 2.2
    """Degrees; the real one has 0.26, but a picture wants to be looked at."""
    phase: float = 0.9
    """0 new to 1 full."""
    colour: Vector = (0.95, 0.93, 0.85)


@dataclass(frozen=True)
class Sky:
    """The sky as a function of direction."""

    zenith: Vector = (0.10, 0.24, 0.60)
    horizon: Vector = (0.55, 0.70, 0.90)
    haze: Vector = (0.0, 0.0, 0.0)
    """Added at the horizon, fading upwards within `haze_height`: city glow, afterglow."""
    haze_height: float = 0.12
    """Height at which the haze has fallen to 37 %, as the sine of the elevation."""
    sun_glow: Vector = (0.0, 0.0, 0.0)
    """Added around the direction of `World.light`."""
    sun_disc: Vector | None = None
    """Radiance of the visible sun, or None when it is hidden or below the horizon."""
    moon: Moon | None = None
    stars: float = 0.0
    """0 none to 1 a desert night; above 1 for space."""
    milky_way: float = 0.0
    clouds: float = 0.0
    """Coverage, 0 to 1."""
    cloud_light: Vector = (1.0, 1.0, 1.0)
    cloud_shade: Vector = (0.55, 0.60, 0.68)
    nebula: tuple[Vector, Vector] | None = None
    """Two colours of glowing gas, for space."""
    below: Vector | None = None
    """Radiance below the horizon where nothing is hit; None repeats the horizon's colour."""


@dataclass(frozen=True)
class Light:
    """The one distant light: the sun, or at night the moon."""

    direction: Vector = (0.4, 0.7, 0.5)
    """Towards the light; need not be a unit vector."""
    colour: Vector = (0.95, 0.90, 0.80)
    """Radiance it gives a white surface that faces it."""
    softness: float = 0.02
    """Half the angle under which the light is seen, radians; wide lights cast soft shadows."""


@dataclass(frozen=True)
class Ambient:
    """Light from all around."""

    above: Vector = (0.30, 0.36, 0.45)
    below: Vector = (0.16, 0.15, 0.13)
    street: Vector = (0.0, 0.0, 0.0)
    """Added near the ground, fading upwards within `street_height`: lit streets."""
    street_height: float = 25.0
    occlusion: float = 1.0
    """How strongly corners darken, 0 to 1; 0 skips the rays for it."""


@dataclass(frozen=True)
class Fog:
    """Air. Its colour at a distance; 37 % of what is behind is left after 1 / `density` metres."""

    colour: Vector = (0.60, 0.70, 0.85)
    density: float = 0.00015
    height: float = 1e6
    """Metres in which the density falls to 37 % upwards."""
    low_colour: Vector | None = None
    """Colour of the air near the ground, for lit streets and mist; None means `colour`."""
    low_height: float = 40.0


@dataclass(frozen=True)
class Water:
    """A level surface with waves, as wide as the eye can see wherever no mesh stands above it."""

    level: float = 0.0
    colour: Vector = (0.010, 0.030, 0.045)
    """Light scattered back from the depth, with the light of the hour already in it."""
    choppiness: float = 0.03
    """Root mean square slope of the waves: 0.01 a pond, 0.03 a harbour, 0.12 a windy sea."""
    wavelength: float = 6.0
    """Metres, of the longest waves."""
    foam: float = 0.0


@dataclass(frozen=True)
class Glows:
    """Small lights, drawn as points with a halo; `N` of them."""

    position: Floats
    """(N, 3) metres."""
    colour: Floats
    """(N, 3) radiance of the core."""
    size: Floats
    """(N,) radius of the core, metres."""
    blink: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    """(N,) blinks a second, 0 for steady; empty means all steady."""
    velocity: Floats = field(default_factory=lambda: np.zeros((0, 3), np.float32))
    """(N, 3) metres a second; empty means all still."""


@dataclass(frozen=True)
class Lamp:
    """A local light that falls on the surfaces around it."""

    position: Vector
    colour: Vector
    """Radiance it gives a white surface one `reach` away that faces it."""
    reach: float
    """Metres."""
    shadows: bool = False
    """Whether bodies in between keep its light off; costs a ray for each point it reaches."""


@dataclass(frozen=True)
class Grade:
    """The look of the finished picture."""

    exposure: float = 1.0
    contrast: float = 1.0
    saturation: float = 1.05
    tint: Vector = (1.0, 1.0, 1.0)
    bloom: float = 0.06
    """Share of the light that spreads: 0.03 by day, 0.15 at night."""
    vignette: float = 0.18


@dataclass(frozen=True)
class World:
    """One world, ready to be rendered from `camera` or from anywhere else."""

    bodies: tuple[Body, ...]
    camera: Camera
    """The view that the builder composed for the scene's aspect ratio."""
    sky: Sky = field(default_factory=Sky)
    light: Light = field(default_factory=Light)
    ambient: Ambient = field(default_factory=Ambient)
    fog: Fog = field(default_factory=Fog)
    water: Water | None = None
    glows: Glows | None = None
    lamps: tuple[Lamp, ...] = ()
    falling: Literal["none", "rain", "snow"] = "none"
    fall_amount: float = 1.0
    grade: Grade = field(default_factory=Grade)
    travel: float = 100.0
    """Metres the camera may move in one shot without leaving what was built or running into it."""
    moving: Callable[[float], tuple[Body, ...]] | None = None
    """Bodies whose shape depends on the time in seconds, given for one moment."""
    seed: int = 0
    """Decides clouds, stars and waves."""
