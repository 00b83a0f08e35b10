"""The renderer: a `World` seen by a `Camera` becomes linear light and buffers.

Pictures are drawn in tiles small enough for the processor's cache.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Ints
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.occlusion import Occlusion
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.points import draw_glows, draw_stars
from imagined.engines.illustrator.shade import Lit, Shader, lamps_in_view
from imagined.engines.illustrator.sky import SkyPainter
from imagined.engines.illustrator.trace import Nearest, Tracer
from imagined.engines.illustrator.vectors import Indices, picked, placed, planar, times
from imagined.engines.illustrator.water import Mirror, Waves
from imagined.engines.illustrator.world import Camera, Lamp, Vector, World

Quality = Literal["draft", "motion", "fine"]
"""How edges are smoothed: not at all, for a frame of a video, for a picture."""

_EDGE_SAMPLES: Final[dict[Quality, tuple[tuple[float, float], ...]]] = {
    "draft": (),
    "motion": ((0.20, 0.30), (0.80, 0.20), (0.50, 0.85)),
    "fine": (
        (0.10, 0.40), (0.30, 0.10), (0.65, 0.15), (0.90, 0.35), (0.85, 0.70), (0.60, 0.90), (0.25, 0.85), (0.10, 0.65),
    ),
}  # fmt: skip
MOTION_EDGES: Final = _EDGE_SAMPLES["motion"]
_ROUGH = 0.25
"""Share of pixels with edges from which a picture shows leaves and grass, for which half the samples do."""
_TILE = 256
_REDRAWN = 32_768
"""Single pixels that are drawn at once."""
_MIRROR_MARGIN = 0.16
_SKY, _WATER = -1, -2


@dataclass(frozen=True)
class Picture:
    """One rendered view; all arrays are `H` rows by `W` columns, top row first."""

    light: Floats
    """(H, W, 3) linear radiance, before bloom and grading."""
    depth: Floats
    """(H, W) metres along the ray, infinity where the sky is."""
    normal: Floats
    """(H, W, 3) unit vectors, 0 where the sky is."""
    body: Ints
    """(H, W) index into `World.bodies`, -1 sky, -2 water."""
    colour: Floats
    """(H, W, 3) linear reflectance, 0 where sky or water is."""


@dataclass(frozen=True)
class _Samples:
    light: Floats
    depth: Floats
    normal: Floats
    body: Ints
    colour: Floats
    piece: Ints
    """Flat piece of a surface (`Tracer.surface`), or sky or water."""


class Renderer:
    """A world made ready for many views of it: the acceleration structure and noise tiles are built once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tracer = Tracer(world.bodies)
        self.sky = SkyPainter(world)
        self.shader = Shader(world, self.tracer, self.sky)
        self.waves = Waves(world.water, world.seed) if world.water else None

    def view(self, camera: Camera, width: int, height: int, quality: Quality = "fine", *, time: float = 0.0) -> Picture:
        """The world `time` seconds in."""
        steps = self.drawn(camera, width, height, quality, time=time)
        while True:
            try:
                next(steps)
            except StopIteration as finished:
                picture: Picture = finished.value
                return picture

    def drawn(
        self, camera: Camera, width: int, height: int, quality: Quality = "fine", *, time: float = 0.0
    ) -> Generator[tuple[int, int], None, Picture]:
        """Like `view`, but yields (tiles done, tiles in all) on the way; closing it stops the work."""
        view = View(self, Lens.of(camera, width, height), time)
        tiles = list(_tiles(width, height))
        edges = _EDGE_SAMPLES[quality]
        total = len(tiles) * (2 if edges else 1)
        for done, tile in enumerate(tiles, 1):
            view.draw_tile(tile)
            yield done, total
        if edges:
            marked = view.edges()
            if float(marked.mean()) > _ROUGH:
                edges = edges[::2]
            for done, tile in enumerate(tiles, 1):
                view.smooth_tile(tile, marked, edges)
                yield len(tiles) + done, total
        view.finish()
        return view.picture()


@dataclass(frozen=True)
class _Seen:
    found: Nearest
    wet: Floats
    """(N,) metres to water, infinity where there is none in front."""
    piece: Ints


class View:
    """One picture being drawn. A view beside one already drawn may take over how open its surroundings are, and a
    mirror image."""

    def __init__(
        self,
        renderer: Renderer,
        lens: Lens,
        time: float,
        *,
        occlusion: Occlusion | None = None,
        mirror: Mirror | None = None,
    ) -> None:
        self.renderer, self.lens, self.time = renderer, lens, time
        shape = (lens.height, lens.width)
        # Three planes in memory, seen as one array of colours: see `vectors`.
        self.light: Floats = np.empty((3, *shape), np.float32).transpose(1, 2, 0)
        self.depth: Floats = np.empty(shape, np.float32)
        self.normal: Floats = np.empty((3, *shape), np.float32).transpose(1, 2, 0)
        self.body: Ints = np.empty(shape, np.int32)
        self.colour: Floats = np.empty((3, *shape), np.float32).transpose(1, 2, 0)
        self.piece: Ints = np.empty(shape, np.int32)
        """(H, W) flat piece of a surface (`Tracer.surface`), or sky or water."""
        self.sharp: Floats = self.light
        """(H, W, 3) `light` before edges were smoothed."""
        world = renderer.world
        self.occlusion = occlusion or Occlusion.of(renderer.tracer, lens, world.ambient.occlusion)
        heading = np.array([lens.forward[0], lens.forward[2]], np.float32)
        self._heading = heading / max(float(np.linalg.norm(heading)), 1e-6)
        self.mirror = mirror or self._mirror()

    def draw_all(self, offsets: tuple[tuple[float, float], ...]) -> Floats:
        """Everything but the points of `finish`; returns which pixels have smoothed edges."""
        tiles = list(_tiles(self.lens.width, self.lens.height))
        for tile in tiles:
            self.draw_tile(tile)
        marked = self.edges()
        for tile in tiles:
            self.smooth_tile(tile, marked, offsets)
        return marked

    def picture(self) -> Picture:
        """What has been drawn."""
        return Picture(self.light, self.depth, self.normal, self.body, self.colour)

    def wet(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """(H, W) where water is seen."""
        wet: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = self.body == _WATER
        return wet

    def redraw_water(self, pixels: Indices) -> None:
        """Draws pixels, given by their numbers row after row, of which it is known that they show water."""
        for start in range(0, len(pixels), _REDRAWN):
            some = pixels[start : start + _REDRAWN]
            x, y = self._middles(some)
            ray = self.lens.directions(x, y)
            distance = self._water_distance(ray, np.full(len(ray), np.inf, np.float32))
            # On the horizon itself a ray may just miss.
            meets = np.flatnonzero(np.isfinite(distance))
            x, y, ray, distance = x.take(meets), y.take(meets), picked(ray, meets), distance.take(meets)
            self._put(some.take(meets), self._water(x, y, ray, distance), distance)

    def redraw(self, pixels: Indices) -> None:
        """Draws single pixels with one sample each."""
        lamps = self._lamps()
        for start in range(0, len(pixels), _REDRAWN):
            some = pixels[start : start + _REDRAWN]
            x, y = self._middles(some)
            samples = self.sample(x, y, lamps)
            self._put(some, samples.light, samples.depth)
            self.piece.reshape(-1)[some] = samples.piece
            self.body.reshape(-1)[some] = samples.body
            for buffer, values in ((self.normal, samples.normal), (self.colour, samples.colour)):
                for k, plane in enumerate(buffer.transpose(2, 0, 1)):
                    plane.reshape(-1)[some] = values[:, k]

    def smooth(self, pixels: Indices, offsets: tuple[tuple[float, float], ...]) -> None:
        """Smooths single pixels, once the whole picture has been drawn with one sample a pixel."""
        self.sharp = self.light.copy(order="K")
        lamps = self._lamps()
        for start in range(0, len(pixels), _REDRAWN):
            rows, columns = np.divmod(pixels[start : start + _REDRAWN], self.lens.width)
            self._smooth(rows, columns, lamps, offsets)

    def _lamps(self) -> tuple[Lamp, ...]:
        return lamps_in_view(self.renderer.world.lamps, self.lens, 0, 0, self.lens.width, self.lens.height)

    def _middles(self, pixels: Indices) -> tuple[Floats, Floats]:
        rows, columns = np.divmod(pixels.astype(np.int32), np.int32(self.lens.width))
        return columns.astype(np.float32) + np.float32(0.5), rows.astype(np.float32) + np.float32(0.5)

    def _put(self, pixels: Indices, light: Floats, depth: Floats) -> None:
        planes = self.light.transpose(2, 0, 1)
        for k in range(3):
            planes[k].reshape(-1)[pixels] = light[:, k]
        self.depth.reshape(-1)[pixels] = depth

    def draw_tile(self, tile: tuple[int, int, int, int]) -> None:
        """Draws one sample for each pixel of the tile."""
        left, top, right, bottom = tile
        x, y = np.meshgrid(
            np.arange(left, right, dtype=np.float32) + np.float32(0.5),
            np.arange(top, bottom, dtype=np.float32) + np.float32(0.5),
        )
        lamps = lamps_in_view(self.renderer.world.lamps, self.lens, *tile)
        samples = self.sample(x.reshape(-1), y.reshape(-1), lamps)
        shape = x.shape
        for k in range(3):
            self.light[top:bottom, left:right, k] = samples.light[:, k].reshape(shape)
            self.normal[top:bottom, left:right, k] = samples.normal[:, k].reshape(shape)
            self.colour[top:bottom, left:right, k] = samples.colour[:, k].reshape(shape)
        self.depth[top:bottom, left:right] = samples.depth.reshape(shape)
        self.piece[top:bottom, left:right] = samples.piece.reshape(shape)
        self.body[top:bottom, left:right] = samples.body.reshape(shape)

    def edges(self) -> Floats:
        """(H, W) 1.0 at pixels next to an outline or a crease, whose one sample does not stand for the pixel."""
        marked = np.zeros(self.depth.shape, bool)
        # From here on `light` is overwritten; neighbours must still be read as they were.
        self.sharp = self.light.copy(order="K")
        inverse = np.float32(1.0) / self.depth
        for axis in (0, 1):
            one = (slice(None, -1), slice(None)) if axis == 0 else (slice(None), slice(None, -1))
            two = (slice(1, None), slice(None)) if axis == 0 else (slice(None), slice(1, None))
            differs = self.body[one] != self.body[two]
            near, far = inverse[one], inverse[two]
            differs |= (np.abs(near - far) > np.float32(0.03) * np.maximum(near, far)) & (self.body[one] != _WATER)
            turn = np.einsum("ijk,ijk->ij", self.normal[one], self.normal[two])
            differs |= (turn < np.float32(0.8)) & (self.body[one] >= 0)
            marked[one] |= differs
            marked[two] |= differs
        return marked.astype(np.float32)

    def smooth_tile(
        self, tile: tuple[int, int, int, int], marked: Floats, offsets: tuple[tuple[float, float], ...]
    ) -> None:
        """Smooths the marked pixels of the tile."""
        left, top, right, bottom = tile
        rows, columns = np.nonzero(marked[top:bottom, left:right])
        if not len(rows):
            return
        rows, columns = rows + top, columns + left
        self._smooth(rows, columns, lamps_in_view(self.renderer.world.lamps, self.lens, *tile), offsets)

    def _smooth(
        self, rows: Indices, columns: Indices, lamps: tuple[Lamp, ...], offsets: tuple[tuple[float, float], ...]
    ) -> None:
        # All samples at once; the one already there counts as another.
        count = len(offsets)
        x = (columns[None, :] + np.array([[offset[0]] for offset in offsets])).astype(np.float32).reshape(-1)
        y = (rows[None, :] + np.array([[offset[1]] for offset in offsets])).astype(np.float32).reshape(-1)
        light = self._resampled(np.tile(rows, count), np.tile(columns, count), x, y, lamps)
        for k in range(3):
            total = light[:, k].reshape(count, -1).sum(axis=0) + self.sharp[rows, columns, k]
            self.light[rows, columns, k] = total * np.float32(1.0 / (count + 1))

    def _resampled(self, rows: Indices, columns: Indices, x: Floats, y: Floats, lamps: tuple[Lamp, ...]) -> Floats:
        """Light at points near pixels. Where one of the pixels around shows the same piece, its light is taken."""
        ray = self.lens.directions(x, y)
        seen = self._seen(ray)
        high, wide = self.depth.shape
        light = np.zeros((3, len(x)), np.float32).T
        open_: Indices = np.arange(len(x))
        planes = self.sharp.transpose(2, 0, 1).reshape(3, -1)
        pieces = self.piece.reshape(-1)
        for down, right in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)):
            there = np.clip(rows[open_] + down, 0, high - 1) * wide + np.clip(columns[open_] + right, 0, wide - 1)
            same = pieces.take(there) == seen.piece.take(open_)
            found = open_[same]
            placed(light, found, planes.take(there[same], axis=1).T)
            open_ = open_[~same]
        if len(open_):
            some = _Seen(_some(seen.found, open_), seen.wet.take(open_), seen.piece.take(open_))
            samples = self._shaded(x.take(open_), y.take(open_), picked(ray, open_), some, lamps)
            placed(light, open_, samples.light)
        return light

    def finish(self) -> None:
        """Stars and small lights, which are points and not surfaces."""
        draw_stars(self.light, self.depth, self.lens, self.renderer.sky, self.time)
        glows = self.renderer.world.glows
        if glows is not None:
            draw_glows(self.light, self.depth, self.lens, glows, self.renderer.world.fog, self.time)

    def sample(self, x: Floats, y: Floats, lamps: tuple[Lamp, ...]) -> _Samples:
        """What is seen at the picture points `x`, `y` (pixels)."""
        ray = self.lens.directions(x, y)
        return self._shaded(x, y, ray, self._seen(ray), lamps)

    def _seen(self, ray: Floats) -> _Seen:
        """What the rays from the eye meet first."""
        tracer = self.renderer.tracer
        found = tracer.nearest(np.broadcast_to(self.lens.eye, ray.shape), ray)
        wet = self._water_distance(ray, found.distance)
        piece: Ints = np.full(len(ray), _SKY, np.int32)
        if len(tracer.surface):
            piece = np.where(found.face >= 0, tracer.surface.take(found.face, mode="clip"), np.int32(_SKY))
        return _Seen(found, wet, np.where(np.isfinite(wet), np.int32(_WATER), piece))

    def _shaded(self, x: Floats, y: Floats, ray: Floats, seen: _Seen, lamps: tuple[Lamp, ...]) -> _Samples:
        found, wet = seen.found, seen.wet
        count = len(x)
        samples = _Samples(
            light=planar(count),
            depth=found.distance.copy(),
            normal=np.zeros((3, count), np.float32).T,
            body=np.full(count, _SKY, np.int32),
            colour=np.zeros((3, count), np.float32).T,
            piece=seen.piece,
        )
        hit = np.flatnonzero((found.face >= 0) & ~np.isfinite(wet))
        water = np.flatnonzero(np.isfinite(wet))
        open_sky = np.flatnonzero((found.face < 0) & ~np.isfinite(wet))
        if len(open_sky):
            placed(samples.light, open_sky, self.renderer.sky.radiance(picked(ray, open_sky), self.time))
        if len(hit):
            openness = self.occlusion.at(x[hit], y[hit], found.distance[hit])
            samples.body[hit] = self.renderer.tracer.face_body.take(found.face[hit])
            lit = self._surface(picked(ray, hit), _some(found, hit), openness, lamps)
            placed(samples.light, hit, lit.light)
            placed(samples.normal, hit, lit.normal)
            placed(samples.colour, hit, lit.colour)
        if len(water):
            samples.body[water] = _WATER
            samples.depth[water] = wet[water]
            samples.normal[:, 1][water] = 1.0
            wet_light = self._water(x[water], y[water], picked(ray, water), wet[water])
            placed(samples.light, water, wet_light)
        return samples

    def _surface(self, ray: Floats, found: Nearest, openness: Floats, lamps: tuple[Lamp, ...]) -> Lit:
        shader = self.renderer.shader
        footprint = found.distance * np.float32(self.lens.pixel_angle)
        lit = shader.light(np.broadcast_to(self.lens.eye, ray.shape), ray, found, footprint, self.time, openness, lamps)
        return lit._replace(light=shader.through_air(lit.light, self.lens.eye, ray, found.distance))

    def _water_distance(self, ray: Floats, distance: Floats) -> Floats:
        """Metres to the water where it is nearer than anything else, else infinity."""
        water = self.renderer.world.water
        height = 0.0 if water is None else float(self.lens.eye[1]) - water.level
        if water is None or height <= 0:
            return np.full(len(ray), np.inf, np.float32)
        down = np.maximum(-ray[:, 1], np.float32(1e-7))
        wet = np.float32(height) / down
        nowhere: Floats = np.where((ray[:, 1] < -1e-5) & (wet < distance), wet, np.float32(np.inf))
        return nowhere

    def _water(self, x: Floats, y: Floats, ray: Floats, distance: Floats) -> Floats:
        water = self.renderer.world.water
        assert water is not None and self.renderer.waves is not None and self.mirror is not None
        down = np.maximum(-ray[:, 1], np.float32(1e-5))
        near = distance * np.float32(self.lens.pixel_angle)
        point_x = self.lens.eye[0] + ray[:, 0] * distance
        point_z = self.lens.eye[2] + ray[:, 2] * distance
        slopes = self.renderer.waves.slopes(point_x, point_z, self._heading, near, near / down, self.time)
        focal = np.float32(2.0 * self.lens.focal)
        # A little more blur than is lost keeps steep ripples close by from folding the image into curls.
        blur = (slopes.lost + np.float32(0.16 * water.choppiness)) * focal
        # Waves seen at a grazing angle hide their far sides: what is left leans towards the eye.
        lift = slopes.toward * focal + blur * np.float32(0.35)
        sideways = slopes.across * focal * np.minimum(down * np.float32(1.5), np.float32(1.0))
        seen = self.mirror.look_up(x + sideways, y + lift, blur)
        cosine = np.clip(down + slopes.toward * np.float32(0.8), 0.0, 1.0)
        share = np.float32(0.03) + np.float32(0.97) * (np.float32(1.0) - cosine) ** 5
        light = seen * share[:, None] + times(np.float32(1.0) - share, water.colour)
        if water.foam > 0:
            crest = smoothstep(1.3, 2.6, slopes.toward * np.float32(1.0 / max(water.choppiness, 1e-4)))
            light += (self._foam_colour() - light) * (crest * np.float32(water.foam))[:, None]
        return self.renderer.shader.through_air(light, self.lens.eye, ray, distance)

    def _foam_colour(self) -> Floats:
        world = self.renderer.world
        colour: Floats = np.asarray(world.ambient.above, np.float32) + np.float32(0.5) * np.asarray(
            world.light.colour, np.float32
        )
        return colour

    def _mirror(self) -> Mirror | None:
        """The reflected world in picture pixels; the part of it that can show in the water."""
        water = self.renderer.world.water
        lens = self.lens
        if water is None or lens.eye[1] <= water.level:
            return None
        first = max(lens.horizon_row, -_MIRROR_MARGIN * lens.height)
        last = lens.height * (1.0 + _MIRROR_MARGIN)
        if first >= lens.height:
            return None
        scale = 0.42 if lens.width * lens.height < 600_000 else 0.5
        rows, columns = max(2, int((last - first) * scale)), max(2, int(lens.width * scale))
        image = np.empty((3, rows, columns), np.float32).transpose(1, 2, 0)
        depth = np.empty((rows, columns), np.float32)
        for left, top, right, bottom in _tiles(columns, rows):
            x, y = np.meshgrid(
                (np.arange(left, right, dtype=np.float32) + np.float32(0.5)) / np.float32(scale),
                (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5)) / np.float32(scale) + np.float32(first),
            )
            lamps = lamps_in_view(self._mirrored_lamps(water.level), lens, x[0, 0], y[0, 0], x[-1, -1], y[-1, -1])
            real = tuple(replace(lamp, position=_upside_down(lamp.position, water.level)) for lamp in lamps)
            light, distance = self._reflected(x.reshape(-1), y.reshape(-1), water.level, scale, real)
            for k in range(3):
                image[top:bottom, left:right, k] = light[:, k].reshape(x.shape)
            depth[top:bottom, left:right] = distance.reshape(x.shape)
        glows = self.renderer.world.glows
        if glows is not None:
            draw_glows(image, depth, lens, glows, self.renderer.world.fog, self.time, (water.level, first, scale))
        return Mirror(image, first, scale)

    def _mirrored_lamps(self, level: float) -> tuple[Lamp, ...]:
        lamps = self.renderer.world.lamps
        return tuple(replace(lamp, position=_upside_down(lamp.position, level)) for lamp in lamps)

    def _reflected(
        self, x: Floats, y: Floats, level: float, scale: float, lamps: tuple[Lamp, ...]
    ) -> tuple[Floats, Floats]:
        """Radiance and whole path length of the flat reflection at picture points below the horizon."""
        renderer, lens = self.renderer, self.lens
        ray = lens.directions(x, y)
        down = np.maximum(-ray[:, 1], np.float32(2e-4))
        there = np.float32(float(lens.eye[1]) - level) / down
        origin = ray * there[:, None]
        origin += lens.eye
        origin[:, 1] = level + 0.02
        mirrored = ray.copy(order="K")
        mirrored[:, 1] *= np.float32(-1.0)
        found = renderer.tracer.nearest(origin, mirrored)
        light = renderer.sky.radiance(mirrored, self.time)
        hit = np.flatnonzero(found.face >= 0)
        if len(hit):
            part = _some(found, hit)
            footprint = (there[hit] + part.distance) * np.float32(lens.pixel_angle / scale)
            openness = np.ones(len(hit), np.float32)
            start, way = picked(origin, hit), picked(mirrored, hit)
            lit = renderer.shader.light(start, way, part, footprint, self.time, openness, lamps)
            placed(light, hit, renderer.shader.through_air(lit.light, start, way, part.distance))
        return light, there + found.distance


def render_world(
    world: World, camera: Camera, width: int, height: int, quality: Quality = "fine", *, time: float = 0.0
) -> Picture:
    """The world `time` seconds in, seen by the camera."""
    return Renderer(world).view(camera, width, height, quality, time=time)


def _tiles(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of the tiles, pixels."""
    for top in range(0, height, _TILE):
        for left in range(0, width, _TILE):
            yield left, top, min(width, left + _TILE), min(height, top + _TILE)


def _upside_down(point: Vector, level: float) -> Vector:
    return (point[0], 2.0 * level - point[1], point[2])


def _some(found: Nearest, at: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Nearest:
    return Nearest(face=found.face[at], distance=found.distance[at], u=found.u[at], v=found.v[at])
