"""Frames between drawn frames: what a drawn frame nearby shows is moved to where the camera now sees it.

From one frame to the next the world moves by a few pixels, and how is known: a pixel's distance and the two cameras
say where the drawn frame shows the same point. What the nearer of the two drawn frames does not show is looked for in
the other, and what neither shows is drawn. Water is drawn anew, since it moves in its own way, with a mirror image
between theirs; stars and small lights, which are points, and the light that lenses spread are always the frame's own.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imagined.engines.illustrator.mesh import Floats, Ints
from imagined.engines.illustrator.occlusion import Occlusion
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.render import MOTION_EDGES, Picture, Renderer, View
from imagined.engines.illustrator.vectors import Indices
from imagined.engines.illustrator.water import Mirror
from imagined.engines.illustrator.world import Camera

Flags = npt.NDArray[np.bool_]

_BLOCKS = 30
"""Blocks in a picture's height. For each is asked what passes in front of what, and a row of them is done at once."""
_REACH = 2
"""Blocks by which things may move between a drawn frame and one made of it: even the nearest wall moves less."""
_PASSING = 1.2
"""Pixels by which things in a block must move unlike each other for a closer look."""
_SHARPENING = np.float32(0.6)
"""Measured: with it, frames between are as sharp as drawn ones."""
_NOTHING = np.float32(1e-7)
"""Nearness that differs by less is the same: both are far away."""
_LIKE = np.float32(0.03)


@dataclass(frozen=True)
class Key:
    """What the neighbours of a drawn frame need of it; pixels are counted row after row."""

    lens: Lens
    occlusion: Occlusion
    mirror: Mirror | None
    planes: Floats
    """(3, pixels) its light without stars and small lights."""
    sharp: Floats
    """(3, pixels) the same before edges were smoothed."""
    nearness: Floats
    """(pixels,) 1 / depth along the axis, 0 for the sky."""
    wet: Flags
    piece: Ints
    edge: Flags
    """Pixels with smoothed edges."""
    body: Ints
    guide: Floats
    """(6, pixels) normals and reflectances, for styles that look at them; (0, 0) where none does."""


def drawn_key(
    renderer: Renderer, camera: Camera, width: int, height: int, time: float, *, guided: bool = False
) -> tuple[Key, Picture]:
    """A frame drawn in full; with `guided`, frames made of it have all buffers too, not light and depth alone."""
    view = View(renderer, Lens.of(camera, width, height), time)
    edge = view.draw_all(MOTION_EDGES).reshape(-1) > 0
    planes = view.light.transpose(2, 0, 1).reshape(3, -1).copy()
    sharp = view.sharp.transpose(2, 0, 1).reshape(3, -1)
    nearness = (_slants(view.lens) / view.depth).reshape(-1)
    view.finish()
    piece = view.piece.reshape(-1)
    body, wet = view.body.reshape(-1), view.wet().reshape(-1)
    guide = np.concatenate([view.normal.transpose(2, 0, 1), view.colour.transpose(2, 0, 1)]).reshape(6, -1)
    guide = guide if guided else np.zeros((0, 0), np.float32)
    key = Key(view.lens, view.occlusion, view.mirror, planes, sharp, nearness, wet, piece, edge, body, guide)
    return key, view.picture()


def between(renderer: Renderer, near: Key, far: Key, share: float, camera: Camera, time: float) -> Picture:
    """The frame of `camera`, `share` of the way from one drawn frame to another that is not nearer."""
    lens = Lens.of(camera, near.lens.width, near.lens.height)
    mirror = near.mirror.mixed(far.mirror, share) if near.mirror and far.mirror else None
    view = View(renderer, lens, time, occlusion=near.occlusion, mirror=mirror)
    view.body[:], view.normal[:], view.colour[:] = -1, 0.0, 0.0
    moved = _Moved(view, near)
    view.light.transpose(2, 0, 1).reshape(3, -1)[:] = near.planes
    moved.fetch_all(far, np.float32(share))
    moved.overtake(near)
    missing = np.flatnonzero(~moved.sure)
    if len(missing):
        moved = _Moved(view, far, moved)
        moved.fetch(missing, moved.nearness.take(missing))
        moved.overtake(far)
    with np.errstate(divide="ignore"):
        depth = _slants(lens) / moved.nearness.reshape(lens.height, lens.width)
    view.depth[:] = np.where(depth < np.float32(1e6), depth, np.float32(np.inf))
    view.redraw_water(np.flatnonzero(moved.wet & moved.sure))
    view.redraw(np.flatnonzero(~moved.sure))
    moved.sharpen()
    view.smooth(np.flatnonzero(moved.outlines()), MOTION_EDGES)
    view.finish()
    return view.picture()


class _Moved:
    """What is known of the pixels of a new frame from drawn ones."""

    def __init__(self, view: View, key: Key, known: "_Moved | None" = None) -> None:
        self.view, self.key = view, key
        count = len(key.nearness)
        self._block = max(16, view.lens.height // _BLOCKS)
        self.nearness: Floats = known.nearness if known else np.zeros(count, np.float32)
        self.sure: Flags = known.sure if known else np.zeros(count, bool)
        self.wet: Flags = known.wet if known else np.zeros(count, bool)
        self._edge: Flags = known._edge if known else np.zeros(count, bool)
        self._passed: Flags = known._passed if known else np.zeros(count, bool)
        self._blur: Floats = known._blur if known else np.zeros(count, np.float32)
        self._planes = view.light.transpose(2, 0, 1).reshape(3, -1)
        self._guide = [
            plane.reshape(-1) for buffer in (view.normal, view.colour) for plane in buffer.transpose(2, 0, 1)
        ]
        self._there, self._back = _Way(view.lens, key.lens), _Way(key.lens, view.lens)

    def fetch_all(self, far: Key, share: np.float32) -> None:
        """Looks all pixels up, with a closer look where things at different distances move past each other.

        Sky that stays dissolves into that of the other drawn frame, `far`, by `share`: clouds drift.
        """
        width, height = self.view.lens.width, self.view.lens.height
        nearest, passing = self._passing()
        # A camera that does not turn leaves the sky where it is.
        still = (nearest == 0) & (self._blocks(far).max(axis=(1, 3)) == 0) & self._there.straight
        for top in range(0, height, self._block):
            row = top // self._block
            pixels = np.arange(top * width, min(height, top + self._block) * width, dtype=np.intp).reshape(-1, width)
            for first, last in _runs(still[row]):
                columns = slice(first * self._block, min(width, last * self._block))
                self._keep(far, share, slice(top, top + len(pixels)), columns)
            kinds = np.repeat(np.where(still[row], 2, passing[row]), self._block)[:width]
            self.fetch(pixels[:, kinds == 0].reshape(-1))
            # What may have come in front from nearby is tried first: if it has not, the search ends behind it.
            guess = np.repeat(nearest[row], self._block)[:width][kinds == 1]
            self.fetch(pixels[:, kinds == 1].reshape(-1), np.tile(guess, len(pixels)))

    def _keep(self, far: Key, share: np.float32, rows: slice, columns: slice) -> None:
        """Takes over a piece of the sky."""
        shape = (self.view.lens.height, self.view.lens.width)
        self.sure.reshape(shape)[rows, columns] = True
        self.view.piece[rows, columns] = self.key.piece.reshape(shape)[rows, columns]
        ours, theirs = (key.planes.reshape(3, *shape)[:, rows, columns] for key in (self.key, far))
        self.view.light.transpose(2, 0, 1)[:, rows, columns] = ours + (theirs - ours) * share

    def _blocks(self, key: Key) -> Floats:
        """(rows, height of one, columns, width of one) nearness by blocks."""
        lens = key.lens
        edges = ((0, -lens.height % self._block), (0, -lens.width % self._block))
        blocks = np.pad(key.nearness.reshape(lens.height, lens.width), edges, mode="edge")
        shape = (blocks.shape[0] // self._block, self._block, blocks.shape[1] // self._block, self._block)
        return blocks.reshape(shape)

    def _passing(self) -> tuple[Floats, Flags]:
        """For each block of pixels, how near things are in and around it, and whether they move unlike each other."""
        blocks = self._blocks(self.key)
        # Rows first: that is the way they lie in memory.
        high, low = blocks.max(axis=1).max(axis=2), blocks.min(axis=1).min(axis=2)
        high, low = _spread(high, np.maximum), _spread(low, np.minimum)
        rows, columns = (np.arange(count, dtype=np.float32) + np.float32(0.5) for count in high.shape)
        x, y = np.meshgrid(columns * np.float32(self._block), rows * np.float32(self._block))
        x_one, y_one, _ = self._there.moved(x, y, high)
        x_two, y_two, _ = self._there.moved(x, y, low)
        return high, np.hypot(x_one - x_two, y_one - y_two) > _PASSING

    def fetch(self, pixels: Indices, guess: Floats | None = None) -> None:
        """Looks the pixels up in the drawn frame, beginning at a nearness that is their own there or a guess."""
        if not len(pixels):
            return
        width, height = self.view.lens.width, self.view.lens.height
        row, column = np.divmod(pixels.astype(np.int32), np.int32(width))
        x, y = column.astype(np.float32) + np.float32(0.5), row.astype(np.float32) + np.float32(0.5)
        near = self.key.nearness.take(pixels) if guess is None else guess
        # Where a point is seen depends on its distance, which depends on where it is looked up.
        for _ in range(2 if guess is None else 3):
            there_x, there_y, _ = self._there.moved(x, y, near)
            at = _clipped(there_y, height) * width + _clipped(there_x, width)
            before = near
            near = self.key.nearness.take(at)
            near = near / self._back.depth(there_x, there_y, near)
        sure = np.abs(near - before) <= near * _LIKE + _NOTHING
        there_x, there_y, _ = self._there.moved(x, y, near)
        sure &= (there_x > 0) & (there_x < width) & (there_y > 0) & (there_y < height)
        wet = self.key.wet.take(at)
        self.nearness[pixels], self.sure[pixels], self.wet[pixels] = near, sure, wet
        self.view.piece.reshape(-1)[pixels], self._edge[pixels] = self.key.piece.take(at), self.key.edge.take(at)
        if len(self.key.guide):
            self.view.body.reshape(-1)[pixels] = self.key.body.take(at)
            for plane, guide in zip(self._guide, self.key.guide, strict=True):
                plane[pixels] = guide.take(at)
        # Smoothed edges keep the colour of what they stood before: where things pass each other they are made anew.
        self._passed[pixels] = guess is not None
        planes = self.key.planes if guess is None else self.key.sharp
        there_x -= np.float32(0.5)
        there_y -= np.float32(0.5)
        # The light of water is not fetched.
        dry = np.flatnonzero(~wet)
        if len(dry) < len(pixels):
            pixels, there_x, there_y = pixels.take(dry), there_x.take(dry), there_y.take(dry)
        self._take(planes, pixels, there_x, there_y)

    def _take(self, planes: Floats, pixels: Indices, x: Floats, y: Floats) -> None:
        """Light between the pixels of the drawn frame."""
        width, height = self.view.lens.width, self.view.lens.height
        x, y = np.clip(x, 0.0, width - 1.001), np.clip(y, 0.0, height - 1.001)
        left, top = x.astype(np.int32), y.astype(np.int32)
        right, down = x - left.astype(np.float32), y - top.astype(np.float32)
        at = (top * np.int32(width) + left).astype(np.intp)
        # Between pixels, fine detail is averaged away: the more, the farther from the middle of a pixel.
        off = np.minimum(right, np.float32(1.0) - right)
        off += np.minimum(down, np.float32(1.0) - down)
        self._blur[pixels] = off * _SHARPENING
        for plane, out in zip(planes, self._planes, strict=True):
            above = plane.take(at)
            other = plane[1:].take(at)
            other -= above
            other *= right
            above += other
            below = plane[width:].take(at)
            other = plane[width + 1 :].take(at)
            other -= below
            other *= right
            below += other
            below -= above
            below *= down
            below += above
            out[pixels] = below

    def sharpen(self) -> None:
        """Gives back what looking up between pixels has blurred."""
        shape = (self.view.lens.height, self.view.lens.width)
        blur = np.where(self.sure & ~self.wet, self._blur, np.float32(0.0)).reshape(shape)[1:-1, 1:-1]
        for flat in self._planes:
            plane = flat.reshape(shape)
            detail = plane[:-2, 1:-1] + plane[2:, 1:-1]
            detail += plane[1:-1, :-2]
            detail += plane[1:-1, 2:]
            detail *= np.float32(-0.25)
            inner = plane[1:-1, 1:-1]
            detail += inner
            detail *= blur
            inner += detail
            np.maximum(inner, np.float32(0.0), out=inner)

    def outlines(self) -> Flags:
        """Pixels to be smoothed: those that were drawn, and outlines of what passes in front of something."""
        outline = self._edge.reshape(self.view.lens.height, self.view.lens.width).copy()
        near = self.nearness.reshape(outline.shape)
        for one, two in (
            ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
            ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ):
            apart = np.abs(near[one] - near[two]) > _LIKE * np.maximum(near[one], near[two]) + _NOTHING
            outline[one] |= apart
            outline[two] |= apart
        return outline.reshape(-1) & self._passed | ~self.sure

    def overtake(self, key: Key) -> None:
        """Drops what an edge of the drawn frame now stands in front of: something thin had been missed there."""
        lens, edges = self.view.lens, np.flatnonzero(key.edge)
        row, column = np.divmod(edges.astype(np.int32), np.int32(lens.width))
        near = key.nearness.take(edges)
        x, y, scale = self._back.moved(
            column.astype(np.float32) + np.float32(0.5), row.astype(np.float32) + np.float32(0.5), near
        )
        inside = (x >= 0) & (x < lens.width) & (y >= 0) & (y < lens.height) & (scale > 0.05)
        at = y[inside].astype(np.int32) * np.int32(lens.width) + x[inside].astype(np.int32)
        hidden = near[inside] / scale[inside] > self.nearness.take(at) * (np.float32(1.0) + _LIKE) + _NOTHING
        self.sure[at[hidden]] = False


class _Way:
    """From the pixels of one lens to those of another."""

    def __init__(self, here: Lens, there: Lens) -> None:
        into = np.linalg.inv(_ways(there))
        self._turn = (into @ _ways(here)).astype(np.float32)
        self.straight = bool(np.abs(self._turn - np.eye(3, dtype=np.float32)).max() < 1e-6)
        """Whether the other lens looks the same way, so that what is far away stays where it is."""
        self._step = (into @ (np.asarray(here.eye, float) - np.asarray(there.eye, float))).astype(np.float32)

    def moved(self, x: Floats, y: Floats, near: Floats) -> tuple[Floats, Floats, Floats]:
        """Where points seen at `x`, `y` are seen there, and their depth there as a multiple of the one here."""
        scale = self.depth(x, y, near)
        turn, step, inverse = self._turn, self._step, np.float32(1.0) / scale
        there_x = x * turn[0, 0] + y * turn[0, 1] + turn[0, 2]
        there_x += near * step[0]
        there_x *= inverse
        there_y = x * turn[1, 0] + y * turn[1, 1] + turn[1, 2]
        there_y += near * step[1]
        there_y *= inverse
        return there_x, there_y, scale

    def depth(self, x: Floats, y: Floats, near: Floats) -> Floats:
        """Depth there as a multiple of the one here."""
        turn = self._turn
        scale: Floats = near * self._step[2]
        scale += turn[2, 2]
        if abs(turn[2, 0]) + abs(turn[2, 1]) > 1e-9:
            scale += x * turn[2, 0] + y * turn[2, 1]
        return scale


def _spread(blocks: Floats, of: np.ufunc) -> Floats:
    """The extreme among each block and those in reach of it."""
    for _ in range(_REACH):
        wide = np.pad(blocks, 1, mode="edge")
        tall = of(of(wide[:-2], wide[1:-1]), wide[2:])
        blocks = of(of(tall[:, :-2], tall[:, 1:-1]), tall[:, 2:])
    return blocks


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First and last but one of each run of true flags."""
    steps = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(steps > 0).tolist(), np.flatnonzero(steps < 0).tolist(), strict=True))


def _clipped(place: Floats, count: int) -> Indices:
    pixel: Indices = np.clip(place, 0.0, count - 0.5).astype(np.intp)
    return pixel


def _ways(lens: Lens) -> npt.NDArray[np.float64]:
    """The matrix from (pixel x, pixel y, 1) to the way there, 1 long along the axis."""
    scale = 2.0 * lens.slope / lens.height
    right, up, ahead = (np.asarray(vector, float) for vector in (lens.right, lens.up, lens.forward))
    left = lens.shift[0] * lens.slope - lens.width / 2 * scale
    top = lens.shift[1] * lens.slope + lens.height / 2 * scale
    return np.stack([right * scale, up * -scale, ahead + right * left + up * top], axis=1)


def _slants(lens: Lens) -> Floats:
    """(H, W) length of a ray that reaches 1 metre along the axis."""
    scale = np.float32(2.0 * lens.slope / lens.height)
    x = (np.arange(lens.width, dtype=np.float32) + np.float32(0.5 - lens.width / 2)) * scale
    y = (np.float32(lens.height / 2 - 0.5) - np.arange(lens.height, dtype=np.float32)) * scale
    x, y = x + np.float32(lens.shift[0] * lens.slope), y + np.float32(lens.shift[1] * lens.slope)
    slants: Floats = np.sqrt((x * x + np.float32(1.0))[None, :] + (y * y)[:, None])
    return slants
