"""Open country: puts terrain, greenery, water, the cast and the hour together into a world."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.daylight import Hour, falling, hour_of
from imagined.engines.illustrator.settings.framing import framing, shape_of
from imagined.engines.illustrator.settings.greenery import (
    Spots,
    blossoms,
    boulders,
    clear_of,
    grass,
    in_view,
    instanced,
    rocks,
)
from imagined.engines.illustrator.settings.ground import Layer, Shaped, Way
from imagined.engines.illustrator.settings.kit import Kit
from imagined.engines.illustrator.settings.land import Cover, Land
from imagined.engines.illustrator.settings.staging import Cast, cast_of
from imagined.engines.illustrator.settings.terrain import Height, Stage, at, fan
from imagined.engines.illustrator.world import Body, Camera, Fog, Lamp, Vector, Water, World

_FAR: Final = 14000.0
_MASK: Final = 0x7FFFFFFF


@dataclass
class Country:
    """A landscape being composed; builders add bodies to it."""

    scene: Scene
    rng: np.random.Generator
    hour: Hour
    cast: Cast
    height: Height
    camera: Camera
    cover: Cover
    water: Water | None = None
    bodies: list[Body] = field(default_factory=list)
    travel: float = 30.0
    layers: list[Layer] = field(default_factory=list)
    """What people have made of the ground: roads, furrows."""
    deck: float | None = None
    """Height of a made floor that the cast stands on instead of the ground, metres."""
    _kit: Kit | None = None

    @property
    def eye(self) -> tuple[float, float]:
        """The camera's x and z, metres."""
        return self.camera.eye[0], self.camera.eye[2]

    @property
    def kit(self) -> Kit:
        """What is built here, lit after dark."""
        if self._kit is None:
            self._kit = Kit(self.hour.dark, self.winter)
        return self._kit

    @property
    def winter(self) -> bool:
        """Snow lies on the ground."""
        return self.scene.season == "winter" or self.scene.weather == "snow"

    @property
    def foliage(self) -> str:
        """The season of the leaves."""
        return "winter" if self.winter else self.scene.season

    def add(self, mesh: Mesh | None, casts_shadow: bool = True) -> None:
        """A mesh with its own colours; None is left out."""
        if mesh is not None:
            self.bodies.append(Body(mesh, casts_shadow=casts_shadow))

    def spots(self, near: float, far: float, count: int, half: float = 0.8, room: float = 1.15) -> Spots:
        """Places ahead of the camera that neither touch the cast nor hide it."""
        found = in_view(self.rng, self.eye, near, far, count, half)
        if not self.cast.placed:
            return found
        wide = self.cast.width * 0.62 + 0.1 * self.cast.size
        found = clear_of(found, (0.0, 0.0), self.cast.reach * room, (self.eye[0], self.eye[1], wide))
        for placed in self.cast.placed:
            deep = max(placed.half[0], placed.half[2])
            found = clear_of(found, (placed.x, placed.z), deep * room)
        return found

    def plant(self, prototypes: tuple[Mesh, ...], spots: Spots, low: float, high: float, sunk: float = 0.02) -> None:
        """Copies of the prototypes, scaled to between `low` and `high` metres."""
        sizes = self.rng.uniform(low, high, len(spots)).astype(np.float32)
        self.add(instanced(prototypes, spots, self.height, self.rng, sizes, sunk))

    def sward(
        self,
        blades: int = 26000,
        tall: float | None = None,
        flowers: int = 0,
        colours: tuple[int, ...] = (0, 1, 2, 3, 4),
    ) -> None:
        """Grass and flowers near the camera, kept low enough to leave the cast in sight."""
        size = self.cast.height if self.cast.placed else 3.0
        away = float(np.hypot(self.camera.eye[0], self.camera.eye[2])) if self.cast.placed else 12.0
        reach = tall if tall is not None else float(np.clip(size * 0.13, 0.025, 0.26))
        near, far = max(away * 0.22, reach * 3), max(away * 3.2, 14.0)
        spots = in_view(self.rng, self.eye, near, far, blades, 0.85)
        above = self._dry(spots)
        tones = _BLADES[self.foliage]
        self.add(grass(self.rng, above, self.height, self.eye, reach, tones), casts_shadow=False)
        if flowers:
            spots = self._dry(in_view(self.rng, self.eye, near * 1.2, far * 2.5, flowers, 0.85))
            self.add(blossoms(self.rng, spots, self.height, self.eye, reach * 1.15, colours), casts_shadow=False)

    def _dry(self, spots: Spots) -> Spots:
        for layer in self.layers:
            if isinstance(layer, Way):
                spots = spots[~layer.covers(spots[:, 0], spots[:, 1])]
        if self.water is None:
            return spots
        return spots[self.height(spots[:, 0], spots[:, 1]) > self.water.level + 0.35]

    def stones(
        self, count: int, near: float, far: float, low: float, high: float, colour: Vector | None = None
    ) -> None:
        """Boulders strewn about."""
        tone = (0.30, 0.28, 0.26) if colour is None else colour
        spots = self.spots(near, far, count, room=1.3)
        few = min(7, len(spots) // 4)
        self.plant(boulders(tone), spots[:few], low, high, sunk=0.12)
        self.plant(rocks(tone), spots[few:], low, high, sunk=0.1)

    def world(self, near: float | None = None) -> World:
        """Everything composed so far, with the ground under it."""
        level = self.water.level if self.water is not None else 0.0
        floor = level if self.cast.afloat else self.deck
        away = float(np.hypot(self.camera.eye[0], self.camera.eye[2])) if self.cast.placed else 20.0
        ground = fan(self.height, self.eye, near or max(away * 0.12, 0.05), _FAR)
        seed = self.scene.seed & 0xFFFF
        surface = Shaped(self.cover, seed, self.layers) if self.layers else Land(self.cover, seed)
        built = self.kit.body()
        bodies = [Body(ground, surface), *self.bodies, *((built,) if built is not None else ())]
        bodies += self.cast.bodies(lambda x, z: floor if floor is not None else at(self.height, x, z), self.lift)
        return World(
            bodies=tuple(bodies),
            camera=self.camera,
            sky=self.hour.sky,
            light=self.hour.light,
            ambient=self.hour.ambient,
            fog=self.hour.fog,
            water=self.water,
            glows=self.kit.glows,
            lamps=(*self._lamps(), *self.kit.lamps),
            falling=falling(self.scene),
            grade=self.hour.grade,
            travel=self.travel,
            seed=self.scene.seed & _MASK,
        )

    lift: float = 0.0

    def _lamps(self) -> tuple[Lamp, ...]:
        """Light from windows and lamp rooms falls on the ground before them."""
        if not self.hour.dark:
            return ()
        lamps = []
        for placed in self.cast.placed:
            if placed.order.noun == "wizard":
                top = at(self.height, placed.x, placed.z) + placed.y + 1.55 * placed.scale
                lamps.append(Lamp((placed.x, top, placed.z + 0.9), (0.30, 0.62, 0.80), 1.1))
        for placed in self.cast.placed:
            if placed.order.noun in ("house", "barn", "tent", "windmill", "castle"):
                wide, _, deep = placed.half
                base = at(self.height, placed.x, placed.z)
                lamps.append(
                    Lamp(
                        (placed.x + wide * 0.2, base + 1.4 * placed.scale, placed.z + deep + 0.9),
                        (0.9, 0.48, 0.16),
                        2.4 * placed.scale,
                    )
                )
        return tuple(lamps)


_BLADES: Final[dict[str, tuple[Vector, Vector]]] = {
    "spring": ((0.10, 0.21, 0.035), (0.24, 0.34, 0.07)),
    "summer": ((0.075, 0.150, 0.028), (0.21, 0.26, 0.06)),
    "autumn": ((0.20, 0.15, 0.045), (0.40, 0.30, 0.10)),
    "winter": ((0.50, 0.46, 0.38), (0.70, 0.70, 0.70)),
}


def grassy(scene: Scene, snow: float = 1e9) -> Cover:
    """Grass in the colours of the season, under snow in winter."""
    tones: dict[str, tuple[Vector, Vector]] = {
        "spring": ((0.105, 0.200, 0.036), (0.170, 0.260, 0.055)),
        "summer": ((0.085, 0.150, 0.032), (0.150, 0.195, 0.048)),
        "autumn": ((0.200, 0.150, 0.050), (0.270, 0.190, 0.060)),
        "winter": ((0.200, 0.180, 0.110), (0.240, 0.210, 0.130)),
    }
    low, second = tones[scene.season]
    if "savanna" in scene.traits:
        low, second = (0.36, 0.27, 0.11), (0.46, 0.35, 0.15)
    depth = 0.97 if scene.season == "winter" or scene.weather == "snow" else 0.0
    return Cover(low=low, second=second, snow=snow, snow_depth=depth)


def begin(
    scene: Scene,
    rng: np.random.Generator,
    height: Height,
    cover: Cover,
    view: Callable[[Height], Camera],
    water: Water | None = None,
    rise: float = 0.0,
    fill: float = 0.62,
    into_sun: bool = False,
    deck: float | None = None,
) -> Country:
    """Hour, cast and camera for a landscape.

    `height` is the bare ground; it is levelled under the cast, and raised there to `rise` metres above the water.
    `view` frames the landscape when nothing stands in it; a low sun is then in the picture if `into_sun`. What does
    not float stands on the `deck`, if there is one: a quay or a bridge, built by the caller.
    """
    # Separate streams: the same subjects stand alike whatever the place, and the land does not depend on them.
    stage_rng = np.random.default_rng([scene.seed & _MASK, 21])
    side = float(stage_rng.choice([-1.0, 1.0]))
    hour = hour_of(scene, side, in_frame=into_sun and not scene.subjects)
    cast = cast_of(scene, stage_rng, hour.dark)
    if not cast.placed:
        camera = _above(_opened(view(height), scene), height, water)
        return Country(scene, rng, hour, cast, height, camera, cover, _tinted(water, hour))
    radius = max(cast.reach * 1.5, cast.size * 1.6, 1.5)
    ground = Stage(0.0, 0.0, radius).levelled(height)
    lift = 0.0
    if cast.aloft:
        lift = at(height, 0.0, 0.0) + max(2.2 * cast.size, 9.0)
    elif water is not None and (deck is None or cast.afloat):
        ground = _relative(ground, radius, water.level, -6.0 if cast.afloat else rise)
    level = lift if cast.aloft else water.level if water is not None and cast.afloat else at(ground, 0.0, 0.0)
    if deck is not None and not cast.aloft and (water is None or not cast.afloat):
        level = deck
    camera = _above(framing(cast, scene, level, stage_rng, fill), ground, water)
    country = Country(scene, rng, hour, cast, ground, camera, cover, _tinted(water, hour))
    country.lift = lift
    country.deck = deck
    country.travel = max(0.5 * float(np.hypot(camera.eye[0], camera.eye[2])), 0.3)
    return country


def _opened(camera: Camera, scene: Scene) -> Camera:
    """The camera with a wider lens for upright pictures, which else show a slice of the place only."""
    wider = max(1.0, 1.0 / shape_of(scene)) ** 0.5
    return replace(camera, fov=2 * float(np.degrees(np.arctan(np.tan(np.radians(camera.fov) / 2) * wider))))


def _relative(ground: Height, radius: float, level: float, rise: float) -> Height:
    """The ground with the place round the origin at `rise` metres above the water."""
    middle = at(ground, 0.0, 0.0)
    change = level + rise - middle
    if (rise > 0 and middle >= level + rise) or (rise < 0 and middle <= level + rise):
        return ground

    def moved(x: Floats, z: Floats) -> Floats:
        away = (x * x + z * z) / np.float32((radius * 1.15) ** 2)
        return (ground(x, z) + np.float32(change) * np.exp(-away)).astype(np.float32)

    return moved


def _above(camera: Camera, height: Height, water: Water | None) -> Camera:
    """The camera raised clear of the ground it would stand in, still looking at its target."""
    x, y, z = camera.eye
    floor = at(height, x, z)
    if water is not None:
        floor = max(floor, water.level)
    distance = float(np.linalg.norm(np.subtract(camera.eye, camera.target)))
    least = floor + min(max(0.10 * distance, 0.04), 1.6)
    return camera if y >= least else replace(camera, eye=(x, least, z))


def _tinted(water: Water | None, hour: Hour) -> Water | None:
    return None if water is None else replace(water, colour=hour.water)


def thinned(fog: Fog, share: float) -> Fog:
    """The same air, `share` as dense."""
    return replace(fog, density=fog.density * share)
