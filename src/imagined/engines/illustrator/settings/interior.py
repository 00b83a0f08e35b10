"""Rooms: a shell with openings, what stands in it, and the light that falls through windows and comes from lamps.

The subjects stand about the origin on the floor, the camera looks towards -z, and the shell closes behind it, so that
daylight enters through the openings only. Metres, y up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.figures import Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import slabs
from imagined.engines.illustrator.figures.furnishings import curtain
from imagined.engines.illustrator.figures.solids import box, flat
from imagined.engines.illustrator.mesh import Floats, Ints, Mesh, joined
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.daylight import hour_of
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.framing import shape_of
from imagined.engines.illustrator.settings.indoor_cast import AGAINST_WALL
from imagined.engines.illustrator.settings.outlook import Outlook, screen
from imagined.engines.illustrator.settings.staging import Cast
from imagined.engines.illustrator.world import (
    Ambient,
    Body,
    Camera,
    Fog,
    Grade,
    Lamp,
    Light,
    Sky,
    Vector,
    World,
)

Wall = Literal["back", "left", "right"]


@dataclass(frozen=True)
class Window:
    """A hole in a wall, with frame and bars; `at` is its middle along x, or along z in a side wall."""

    wall: Wall
    at: float
    wide: float
    low: float = 0.85
    high: float = 2.25
    panes: tuple[int, int] = (2, 3)
    frame: Vector = (0.80, 0.78, 0.73)
    drapes: Vector | None = None
    arched: bool = False
    coloured: bool = False


@dataclass(frozen=True)
class Tone:
    """The light of a room at one hour."""

    sun: Vector
    slope: float
    """How steeply the sun falls in: its height over its way across."""
    glow: Vector
    """Soft daylight that a window gives."""
    above: Vector
    below: Vector
    power: float
    """Of the lamps, 0 off to 1."""
    exposure: float = 1.0


_TONES: Final[dict[str, Tone]] = {
    "day": Tone((1.75, 1.50, 1.14), 0.82, (0.64, 0.69, 0.75), (0.335, 0.32, 0.30), (0.245, 0.215, 0.18), 0.22, 1.06),
    "dawn": Tone((1.65, 1.02, 0.64), 0.42, (0.58, 0.50, 0.46), (0.22, 0.205, 0.22), (0.17, 0.14, 0.12), 0.35, 1.05),
    "sunset": Tone((2.1, 0.98, 0.34), 0.36, (0.66, 0.40, 0.24), (0.20, 0.165, 0.165), (0.17, 0.12, 0.085), 0.45, 1.05),
    "dusk": Tone((0.16, 0.17, 0.30), 0.6, (0.16, 0.18, 0.34), (0.10, 0.095, 0.125), (0.085, 0.065, 0.055), 0.95, 1.1),
    "night": Tone((0.26, 0.34, 0.58), 0.75, (0.035, 0.05, 0.1), (0.075, 0.062, 0.066), (0.06, 0.045, 0.035), 1.0, 1.15),
}  # fmt: skip


def tone_of(scene: Scene) -> Tone:
    """The light of the hour and weather."""
    tone = _TONES[scene.time]
    if scene.time == "night" and "moonlit" in scene.traits:
        tone = replace(
            tone, sun=_scaled(tone.sun, 1.9), glow=(0.08, 0.12, 0.24), above=(0.075, 0.075, 0.11), power=0.62
        )
    if scene.weather in ("clear", "cloudy"):
        return tone
    dull = 0.55 if scene.weather == "storm" else 0.8
    grey = sum(tone.glow) / 3 * dull
    return replace(
        tone,
        sun=(0.0, 0.0, 0.0),
        glow=(grey * 0.96, grey, grey * 1.08),
        above=_scaled(tone.above, 0.8),
        below=_scaled(tone.below, 0.8),
        power=max(tone.power, 0.75),
    )


_SHINES: Final[dict[str, tuple[float, float]]] = {"candle": (0.75, 0.75), "lamp": (0.5, 1.3)}
"""Subjects that light what is near, with their strength and reach; they are lit at any hour."""


@dataclass
class Room:
    """A room being furnished."""

    scene: Scene
    cast: Cast
    camera: Camera
    left: float = -3.2
    right: float = 3.2
    back: float = -2.4
    margin: float = 0.95
    """Room for furniture between the subjects and the back wall."""
    height: float = 2.8
    floor: Finish = field(
        default_factory=lambda: Finish(Cover("boards", (0.30, 0.165, 0.08), (0.22, 0.11, 0.05), 0.14, 0.22))
    )
    walls: Finish = field(default_factory=lambda: Finish(Cover("plaster", (0.62, 0.56, 0.46), (0.52, 0.46, 0.37))))
    back_wall: Finish | None = None
    ceiling: Vector | None = (0.74, 0.72, 0.67)
    beams: Vector = (0.24, 0.13, 0.06)
    skirting: Vector | None = (0.72, 0.69, 0.62)
    windows: tuple[Window, ...] = ()
    town: bool = False
    sun_from: float | None = None
    """Where along x the sun stands, over its way in z; None: by the first window."""
    solids: list[Mesh] = field(default_factory=list)
    lights: list[Mesh] = field(default_factory=list)
    """Lamps, shades and other things whose shadow would swallow the light inside them."""
    lamps: list[Lamp] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tone = tone_of(self.scene)
        self.named = {placed.order.noun for placed in self.cast.placed}
        self._boxes = [placed.mesh().bounds for placed in self.cast.placed]
        for low, high in self._boxes:
            self.left, self.right = min(self.left, float(low[0]) - 0.6), max(self.right, float(high[0]) + 0.6)
            self.back = min(self.back, float(low[2]) - self.margin)
            self.height = max(self.height, float(high[1]) + 0.3)
        if any(placed.order.noun in AGAINST_WALL and placed.y < 0.01 for placed in self.cast.placed):
            self.back = min(float(low[2]) for low, _ in self._boxes) - 0.004
        self.windows = tuple(self._unhidden(window) for window in self.windows)
        self.front = self.camera.eye[2] + 1.5
        self.left, self.right = min(self.left, self.camera.eye[0] - 0.5), max(self.right, self.camera.eye[0] + 0.5)
        for placed in self.cast.placed:
            if placed.order.noun in _SHINES and "light" in placed.figure.anchors:
                height = placed.y + placed.figure.anchors["light"][1] * placed.scale
                strength, reach = _SHINES[placed.order.noun]
                self.shine((placed.x, height, placed.z), (1.0, 0.58, 0.22), strength / self.tone.power, reach)

    @property
    def lit(self) -> bool:
        """Whether lamps are on to be seen."""
        return self.tone.power > 0.3

    def _unhidden(self, window: Window) -> Window:
        """The window, moved along its wall or to a side wall if a subject with its back to the wall hides it."""
        if window.wall != "back":
            return window
        half = window.wide / 2 + 0.45
        hides = [
            (float(low[0]) - half, float(high[0]) + half)
            for low, high in self._boxes
            if float(low[2]) < self.back + 0.35 and float(high[1]) > window.low + 0.15
        ]
        for at in (window.at, window.at + 0.5, window.at - 0.5, window.at + 1.0, window.at - 1.0):
            inside = self.left + half < at < self.right - half
            if inside and not any(low < at < high for low, high in hides):
                return replace(window, at=at)
        wide = min(window.wide, 1.6)
        return replace(window, wall="left" if window.at < 0 else "right", at=min(self.back + 1.7, 0.2), wide=wide)

    def put(
        self,
        made: Figure | str,
        x: float,
        z: float,
        turn: float = 0.0,
        y: float = 0.0,
        colour: Vector | None = None,
        always: bool = False,
    ) -> bool:
        """Stands a figure at a place; with `turn` 0 it faces the viewer, and turns anticlockwise seen from above.

        What stands in the subjects' place or right before the camera is left out, as is another of what was named,
        unless it is there `always`. Returns whether it was put.
        """
        if isinstance(made, str):
            if made in self.named and not always:
                return False
            made = figure(Order(made, colour=colour, lit=self.lit, seed=len(self.solids)))
        mesh = made.mesh.moved((x, y, z), yaw=-np.pi / 2 + turn)
        if not always and not self._clear(mesh):
            return False
        self.solids.append(mesh)
        return True

    def _clear(self, mesh: Mesh) -> bool:
        low, high = mesh.bounds
        if high[2] > self.camera.eye[2] - 0.7 and low[1] < 2.0:
            return False
        for there_low, there_high in self._boxes:
            if all(low[k] < there_high[k] - 0.02 and high[k] > there_low[k] + 0.02 for k in range(3)):
                return False
        return not self._hides(low, high)

    def _hides(self, low: Floats, high: Floats) -> bool:
        """Whether something between these corners stands between the camera and the subjects."""
        if not self._boxes or high[1] < 0.3:
            return False
        eye = self.camera.eye
        left, right = min(float(box[0][0]) for box in self._boxes), max(float(box[1][0]) for box in self._boxes)
        rear = min(float(box[0][2]) for box in self._boxes)
        top = max(float(box[1][1]) for box in self._boxes)
        z = float(high[2])
        if float(low[2]) < rear + 0.3 or z >= eye[2]:
            return False
        part = (eye[2] - z) / max(eye[2] - rear, 0.1)
        first, last = (eye[0] + (edge - eye[0]) * part for edge in (left, right))
        over = eye[1] + (top - eye[1]) * part
        return bool(low[0] < last and high[0] > first and low[1] < over)

    def on_wall(self, made: Figure, along: float, y: float, wall: Wall = "back") -> None:
        """Hangs a figure on a wall, its back to it, its origin at height `y`."""
        x, z, turn = {
            "back": (along, self.back + 0.02, 0.0),
            "left": (self.left + 0.02, along, np.pi / 2),
            "right": (self.right - 0.02, along, -np.pi / 2),
        }[wall]
        self.put(made, x, z, turn, y)

    def put_light(
        self,
        made: Figure,
        x: float,
        z: float,
        y: float = 0.0,
        *,
        colour: Vector = (1.0, 0.60, 0.27),
        strength: float = 0.9,
        reach: float = 1.5,
        shadows: bool = True,
    ) -> None:
        """Stands a lamp at a place, and lets it shine from its anchor ``light`` as strongly as the hour asks."""
        mesh = made.mesh.moved((x, y, z), yaw=-np.pi / 2)
        if not self._clear(mesh):
            return
        self.lights.append(mesh)
        ax, ay, az = made.anchors.get("light", (0.0, 0.2, 0.0))
        # The same quarter turn that `moved` makes.
        self.shine((x - az, y + ay, z + ax), colour, strength, reach, shadows)

    def shine(self, at: Vector, colour: Vector, strength: float, reach: float, shadows: bool = True) -> None:
        """Light from a point, as strong as the hour asks for lamps."""
        level = strength * self.tone.power
        if level > 0.02:
            self.lamps.append(Lamp(at, _scaled(colour, level), reach, shadows))

    def world(self, grade: Grade | None = None, bodies: Sequence[Body] = ()) -> World:
        """The finished world; `bodies` are the subjects, if they are not the cast as it stands."""
        tone = self.tone
        hour = hour_of(self.scene, 1.0)
        bodies = bodies or [part for body in self.cast.bodies(lambda _x, _z: 0.0) for part in _unshadowing(body)]
        outlook = Outlook(self.scene, hour, self.town)
        made = [*self._shell(), Body(joined(self.solids))] if self.solids else self._shell()
        if self.lights:
            made.append(Body(joined(self.lights), casts_shadow=False))
        for wall in dict.fromkeys(window.wall for window in self.windows):
            made.append(screen(outlook, wall, self.left, self.right, self.back))
        above = tone.above
        return World(
            bodies=(*made, *bodies),
            camera=self.camera,
            sky=Sky(zenith=_scaled(above, 1.2), horizon=_scaled(above, 1.5), below=_scaled(tone.below, 0.8)),
            light=Light(self._sun(), tone.sun if self.windows else (0.0, 0.0, 0.0), 0.02),
            ambient=Ambient(above=above, below=tone.below, occlusion=1.0),
            fog=Fog(colour=above, density=1e-9),
            lamps=(*self._window_light(), *self.lamps),
            grade=grade
            or Grade(exposure=tone.exposure, saturation=1.08, bloom=0.09 if self.lit else 0.05, vignette=0.2),
            travel=1.2,
            seed=self.scene.seed & 0x7FFFFFFF,
        )

    def _sun(self) -> Vector:
        """Towards the sun: through the first window, to the floor about the origin."""
        if not self.windows:
            return (0.3, 0.8, 0.4)
        window = self.windows[0]
        if self.sun_from is not None:
            return (self.sun_from, self.tone.slope, -1.0)
        if window.wall == "back":
            return (0.45 if window.at > 0 else -0.45, self.tone.slope, -0.85)
        side = 1.0 if window.wall == "right" else -1.0
        return (side * 0.9, self.tone.slope * 0.9, -0.38 if window.at < 0.4 else 0.25)

    def _window_light(self) -> list[Lamp]:
        glow = self.tone.glow
        if max(glow) < 0.12:
            return []
        lamps = []
        for window in self.windows[:3]:
            size = window.wide * (window.high - window.low)
            reach = 1.15 * float(np.sqrt(size)) + 0.5
            share = 0.95 / (0.6 + 0.4 * len(self.windows))
            middle = (window.low + window.high) / 2
            if window.wall == "back":
                places: list[Vector] = [
                    (window.at + s * window.wide * 0.3, middle + 0.2 * s, self.back + 0.5) for s in (-1, 1)
                ]
            else:
                x = self.left + 0.5 if window.wall == "left" else self.right - 0.5
                places = [(x, middle + 0.2 * s, window.at + s * window.wide * 0.3) for s in (-1, 1)]
            lamps += [Lamp(place, _scaled(glow, share * 0.6), reach, True) for place in places]
        return lamps

    def _shell(self) -> list[Body]:
        made = [Body(self._level(0.0, True), self.floor)]
        sides = []
        for wall in ("left", "right"):
            sides.append(_pierced(self._plane(wall), [_hole(w) for w in self.windows if w.wall == wall]))
        back = _pierced(self._plane("back"), [_hole(w) for w in self.windows if w.wall == "back"])
        if self.back_wall is None:
            made.append(Body(joined([*sides, back]), self.walls))
        else:
            made += [Body(joined(sides), self.walls), Body(back, self.back_wall)]
        # Behind the camera nobody looks, but no sun may come in there either.
        made.append(
            Body(
                box(
                    ((self.left + self.right) / 2, self.height / 2, self.front + 0.1),
                    (self.right - self.left, self.height, 0.2),
                    (0.4, 0.37, 0.33),
                )
            )
        )
        if self.ceiling is not None:
            made.append(Body(self._level(self.height, False)))
            if shape_of(self.scene) < 0.9:
                made.append(Body(self._beams()))
        trim = [part for window in self.windows for part in self._joinery(window)]
        trim += self._skirting()
        if trim:
            made.append(Body(joined(trim)))
        return made

    def _beams(self) -> Mesh:
        """Beams under the ceiling, of which tall pictures show much."""
        wide, middle = self.right - self.left, (self.left + self.right) / 2
        places = np.arange(self.back + 0.5, self.front, 0.95)
        rows = [((middle, self.height - 0.08, float(z)), (wide, 0.16, 0.14)) for z in places]
        return slabs(rows, self.beams, 0.05)

    def _level(self, y: float, up: bool) -> Mesh:
        a, b, c, d = (
            (self.left, y, self.front),
            (self.right, y, self.front),
            (self.right, y, self.back),
            (self.left, y, self.back),
        )
        order = [(a, b, c), (a, c, d)] if up else [(a, c, b), (a, d, c)]
        return flat(np.array(order, np.float32), self.ceiling or (0.5, 0.5, 0.5))

    def _plane(self, wall: str) -> tuple[Floats, Floats, float, float, float]:
        """Origin of a wall, its direction along, and its limits along and up."""
        if wall == "back":
            return np.array([0, 0, self.back]), np.array([1.0, 0, 0]), self.left, self.right, self.height
        x = self.left if wall == "left" else self.right
        return np.array([x, 0, 0.0]), np.array([0, 0, 1.0]), self.back, self.front, self.height

    def _skirting(self) -> list[Mesh]:
        if self.skirting is None:
            return []
        deep = self.front - self.back
        middle = (self.front + self.back) / 2
        wide = self.right - self.left
        rows = [
            ((self.left + 0.012, 0.06, middle), (0.024, 0.12, deep)),
            ((self.right - 0.012, 0.06, middle), (0.024, 0.12, deep)),
        ]
        rows.append((((self.left + self.right) / 2, 0.06, self.back + 0.012), (wide, 0.12, 0.024)))
        if self.ceiling is not None:
            top = self.height - 0.04
            rows += [
                ((self.left + 0.03, top, middle), (0.06, 0.08, deep)),
                ((self.right - 0.03, top, middle), (0.06, 0.08, deep)),
            ]
            rows.append((((self.left + self.right) / 2, top, self.back + 0.03), (wide, 0.08, 0.06)))
        return [slabs(rows, self.skirting, 0.1)]

    def _joinery(self, window: Window) -> list[Mesh]:
        """Frame, bars, sill and drapes, built for the back wall and turned into place."""
        high = window.high - window.low
        columns, rows = window.panes
        bars = [((side * window.wide / 2, high / 2, -0.06), (0.07, high + 0.07, 0.22)) for side in (-1, 1)]
        bars += [((0.0, y, -0.06), (window.wide + 0.07, 0.07, 0.22)) for y in (0.0, high)]
        bars += [
            ((-window.wide / 2 + window.wide * i / columns, high / 2, -0.08), (0.04, high, 0.05))
            for i in range(1, columns)
        ]
        bars += [((0.0, high * i / rows, -0.08), (window.wide, 0.035, 0.05)) for i in range(1, rows)]
        parts = [slabs(bars, window.frame, 0.15)]
        if window.low > 0.3:
            parts.append(slabs([((0.0, -0.04, 0.05), (window.wide + 0.22, 0.045, 0.24))], window.frame, 0.2))
        if window.drapes is not None:
            reach = min(0.32, window.wide * 0.3)
            fall = window.low - 0.06 if window.low < 1.3 else 0.35
            for side in (-1, 1):
                cloth = curtain(window.drapes, reach * 1.7, high + fall + 0.14, 0.45, 5.0).mesh
                cloth = cloth.moved((0.0, 0.0, 0.0), yaw=-np.pi / 2)
                flip = np.array([-side, 1, 1], np.float32)
                cloth = replace(cloth, vertices=cloth.vertices * flip, normals=cloth.normals * flip)
                parts.append(cloth.moved((side * (window.wide / 2 + 0.08), -fall, 0.12)))
            parts.append(
                slabs([((0.0, high + 0.12, 0.12), (window.wide + 0.9, 0.035, 0.035))], (0.30, 0.17, 0.07), 0.3)
            )
        yaw = {"back": 0.0, "left": np.pi / 2, "right": -np.pi / 2}[window.wall]
        at = {
            "back": (window.at, window.low, self.back),
            "left": (self.left, window.low, window.at),
            "right": (self.right, window.low, window.at),
        }[window.wall]
        return [part.moved(at, yaw=yaw) for part in parts]


def _unshadowing(body: Body) -> list[Body]:
    """The body, with what glows of it as another that casts no shadow: flames do not stand in their own light."""
    mesh = body.mesh
    if not len(mesh.emission):
        return [body]
    glows = (mesh.emission.max(axis=1) > 0.5)[mesh.faces[:, 0]]
    if not glows.any():
        return [body]
    return [
        replace(body, mesh=replace(mesh, faces=mesh.faces[~glows], part=_some(mesh.part, ~glows))),
        replace(body, mesh=replace(mesh, faces=mesh.faces[glows], part=_some(mesh.part, glows)), casts_shadow=False),
    ]


def _some(part: Ints, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Ints:
    return part[chosen] if len(part) else part


def _hole(window: Window) -> tuple[float, float, float, float]:
    return window.at - window.wide / 2, window.at + window.wide / 2, window.low, window.high


def _pierced(plane: tuple[Floats, Floats, float, float, float], holes: list[tuple[float, float, float, float]]) -> Mesh:
    """A wall with rectangular holes."""
    origin, along, first, last, height = plane
    across = sorted({first, last, *(min(max(edge, first), last) for hole in holes for edge in hole[:2])})
    upward = sorted({0.0, height, *(min(max(edge, 0.0), height) for hole in holes for edge in hole[2:])})
    triangles = []
    for a, b in pairwise(across):
        for c, d in pairwise(upward):
            u, v = (a + b) / 2, (c + d) / 2
            if any(hole[0] < u < hole[1] and hole[2] < v < hole[3] for hole in holes):
                continue
            corner = [origin + along * p + np.array([0.0, q, 0.0]) for p, q in ((a, c), (b, c), (b, d), (a, d))]
            triangles += [[corner[0], corner[1], corner[2]], [corner[0], corner[2], corner[3]]]
    return flat(np.array(triangles, np.float32), (0.5, 0.5, 0.5))


def _scaled(colour: Vector, by: float) -> Vector:
    return (colour[0] * by, colour[1] * by, colour[2] * by)
