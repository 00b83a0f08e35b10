"""Facades: windows, mullions, light bands and crowns worked out per point, averaged where they are too fine to see.

Each face of a tower is a part with a row in the table; `uv` runs from the middle of the face, and from the ground
or the tier's foot upwards, in metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Ints
from imagined.engines.illustrator.noise import hashed
from imagined.engines.illustrator.vectors import Indices, dot, picked, placed, toward
from imagined.engines.illustrator.world import Hits, Shaded, Vector


@dataclass(frozen=True)
class Style:
    """How a tower is clad and lit. Lengths in metres, colours linear."""

    floor: float = 3.8
    bay: float = 3.0
    window_width: float = 0.7
    """Share of the bay."""
    window_height: float = 0.6
    """Share of the floor."""
    wall: Vector = (0.10, 0.10, 0.12)
    glass: Vector = (0.03, 0.04, 0.06)
    gloss: float = 0.7
    """Of the glass."""
    lit: float = 0.4
    """Share of windows with light."""
    rows: float = 0.5
    """0 single windows are lit, 1 whole floors are."""
    light: Vector = (1.0, 0.72, 0.38)
    second_light: Vector = (0.75, 0.88, 1.0)
    mix: float = 0.25
    """Share of windows in the second light."""
    brightness: float = 1.0
    edge: Vector = (0.0, 0.0, 0.0)
    """Light strips on the corners."""
    edge_width: float = 0.0
    band: Vector = (0.0, 0.0, 0.0)
    """Light bands around the tower."""
    band_every: float = 0.0
    """Metres between bands; 0 for none."""
    crown: Vector = (0.0, 0.0, 0.0)
    """Wash of light under the top of the face."""
    crown_height: float = 0.0
    fin: Vector = (0.0, 0.0, 0.0)
    """Vertical light lines between bays."""
    fin_every: int = 0


# Rows of the transposed face table.
(_FLOOR, _BAY, _WINDOW_WIDTH, _WINDOW_HEIGHT, _GLOSS, _LIT, _ROWS, _MIX, _BRIGHTNESS, _EDGE_WIDTH, _BAND_EVERY,
 _CROWN_HEIGHT, _FIN_EVERY, _HALF_WIDTH, _HEIGHT, _ODD) = range(16)  # fmt: skip
_WALL, _GLASS, _LIGHT, _SECOND, _EDGE, _BAND, _CROWN, _FIN = (slice(start, start + 3) for start in range(16, 40, 3))


@dataclass(frozen=True)
class Face:
    """One flat piece of a facade."""

    style: Style
    width: float
    height: float
    """Metres from `uv` 0 to its top."""
    seed: int
    power: float = 1.0
    """All its lights times this; 0 by day."""
    edges: float = 0.0
    """Width over which the corner strips are found; 0 means `width`."""


def _row(face: Face) -> list[float]:
    style = face.style
    bays = max(1, round(face.width / style.bay))
    return [
        style.floor, face.width / bays, style.window_width, style.window_height, style.gloss, style.lit, style.rows,
        style.mix, style.brightness * face.power, style.edge_width, style.band_every, style.crown_height,
        float(style.fin_every), (face.edges or face.width) / 2, face.height, float(bays % 2),
        *style.wall, *style.glass, *style.light, *style.second_light,
        *(value * face.power for value in (*style.edge, *style.band, *style.crown, *style.fin)),
    ]  # fmt: skip


class _Rows:
    """Rows of the face table for `N` points, fetched when first asked for."""

    def __init__(self, table: Floats, part: Indices) -> None:
        self._table, self._part = table, part
        self._fetched: dict[int, Floats] = {}

    def __getitem__(self, row: int) -> Floats:
        """(N,)"""
        if row not in self._fetched:
            self._fetched[row] = self._table[row].take(self._part)
        return self._fetched[row]

    def colour(self, rows: slice) -> Floats:
        """(N, 3)"""
        found: Floats = self._table[rows].take(self._part, axis=1).T
        return found

    def at(self, some: Indices) -> "_Rows":
        """The rows for some of the points."""
        return _Rows(self._table, self._part.take(some))


class Facades:
    """The surface of all towers of a city."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._table = np.ascontiguousarray(np.array([_row(face) for face in faces], np.float32).T)
        self._seed = np.array([face.seed & 0x7FFFFFFF for face in faces], np.int64).astype(np.int32)

    def shade(self, hits: Hits) -> Shaded:
        """Windows and walls; faces that look up are roofs and left as their mesh colours them."""
        wall = np.flatnonzero(np.abs(hits.normal[:, 1]) < 0.72)
        colour, emission = hits.colour.copy(order="K"), hits.emission.copy(order="K")
        gloss = hits.gloss.copy()
        if len(wall):
            wall_colour, light, wall_gloss = self._facade(hits, wall)
            placed(colour, wall, wall_colour)
            placed(emission, wall, light)
            gloss[wall] = wall_gloss
        return Shaded(colour, emission, gloss, hits.normal)

    def _facade(self, hits: Hits, at: Indices) -> tuple[Floats, Floats, Floats]:
        part = hits.part.take(at)
        row = _Rows(self._table, part)
        u, v = hits.uv[:, 0].take(at), hits.uv[:, 1].take(at)
        across, up = _footprints(picked(hits.ray, at), picked(hits.normal, at), hits.footprint.take(at))
        windows = _Windows(row, self._seed.take(part), u, v, across, up)
        colour = toward(row.colour(_WALL), row.colour(_GLASS), windows.pane)
        light = windows.light()
        self._add_edges(light, row, u, across)
        self._add_bands(light, row, v, up)
        self._add_crowns(light, row, v)
        self._add_fins(light, row, u, across)
        return colour, light, row[_GLOSS] * windows.pane

    def _add_edges(self, light: Floats, row: _Rows, u: Floats, across: Floats) -> None:
        some = np.flatnonzero(row[_EDGE_WIDTH] > 0)
        if len(some):
            half = row[_EDGE_WIDTH].take(some) * np.float32(0.5)
            strip = _cover(np.abs(u.take(some)) - (row[_HALF_WIDTH].take(some) - half), half, across.take(some))
            _add(light, some, row.at(some).colour(_EDGE), strip)

    def _add_bands(self, light: Floats, row: _Rows, v: Floats, up: Floats) -> None:
        some = np.flatnonzero((row[_BAND_EVERY] > 0) & (v > 1.0))
        if len(some):
            every = row[_BAND_EVERY].take(some)
            height = v.take(some)
            near = height - np.round(height / every) * every
            band = _cover(near, np.minimum(np.float32(0.45), every * np.float32(0.2)), up.take(some))
            _add(light, some, row.at(some).colour(_BAND), band)

    def _add_crowns(self, light: Floats, row: _Rows, v: Floats) -> None:
        some = np.flatnonzero(row[_CROWN_HEIGHT] > 0)
        if len(some):
            below = np.maximum(row[_HEIGHT].take(some) - v.take(some), np.float32(0.0))
            crown = np.exp(below * np.float32(-2.6) / row[_CROWN_HEIGHT].take(some))
            _add(light, some, row.at(some).colour(_CROWN), crown)

    def _add_fins(self, light: Floats, row: _Rows, u: Floats, across: Floats) -> None:
        some = np.flatnonzero(row[_FIN_EVERY] > 0)
        if len(some):
            bay = row[_BAY].take(some)
            every = bay * row[_FIN_EVERY].take(some)
            shifted = u.take(some) + row[_ODD].take(some) * np.float32(0.5) * bay
            line = _cover(shifted - np.round(shifted / every) * every, np.float32(0.16), across.take(some))
            _add(light, some, row.at(some).colour(_FIN), line)


def _add(light: Floats, some: Indices, colour: Floats, strength: Floats) -> None:
    """Adds light at some of the points, in place."""
    for k in range(3):
        light[:, k][some] += colour[:, k] * strength


class _Windows:
    """The window grid at `N` points."""

    def __init__(self, row: _Rows, seed: Ints, u: Floats, v: Floats, across: Floats, up: Floats) -> None:
        self.row, self.seed = row, seed
        floor, bay = row[_FLOOR], row[_BAY]
        x = u / bay + np.float32(0.5) * row[_ODD] + np.float32(200.0)
        y = v / floor
        left, foot = np.floor(x), np.floor(y)
        self.column, self.storey = left.astype(np.int32), foot.astype(np.int32)
        self.inside_x, self.inside_y = x - left - np.float32(0.5), y - foot - np.float32(0.5)
        self.fine_x, self.fine_y = across / bay, up / floor
        wide = _duty(self.inside_x, row[_WINDOW_WIDTH], self.fine_x)
        high = _duty(self.inside_y, row[_WINDOW_HEIGHT], self.fine_y)
        # Parapets and plinths have no windows.
        solid = (v > row[_HEIGHT] - np.float32(0.35) * floor) | (v < np.float32(0.25) * floor)
        self.pane = wide * high * (np.float32(1.0) - solid.astype(np.float32) * (row[_HEIGHT] > 8.0))

    def light(self) -> Floats:
        """(N, 3) light from inside, faded to the average of ever larger groups where windows are too small."""
        size = np.maximum(np.maximum(self.fine_x, self.fine_y) * np.float32(2.3), np.float32(1e-3))
        level = np.clip(np.log2(size), 0.0, 4.999)
        base = level.astype(np.int32)
        everywhere = np.arange(len(level))
        light = self._group(base, everywhere)
        between = np.flatnonzero(level > 0)
        if len(between):
            upper = self._group(base.take(between) + np.int32(1), between)
            share = level.take(between) - base.take(between).astype(np.float32)
            placed(light, between, toward(picked(light, between), upper, share))
        light *= (self.pane * self.row[_BRIGHTNESS])[:, None]
        return light

    def _group(self, level: Ints, at: Indices) -> Floats:
        """Light of the group of 2 ** level by 2 ** level windows that each of some points is in."""
        row, seed, inside_y = self.row.at(at), self.seed.take(at), self.inside_y.take(at)
        column, storey = self.column.take(at) >> level, self.storey.take(at) >> level
        one = hashed(seed, column, storey, level)
        chance = one + (hashed(seed + np.int32(77), storey, level) - one) * row[_ROWS]
        # Of a mixture of two even chances the middle is likelier: spread it back towards an even one.
        middling = np.minimum(row[_ROWS], np.float32(1.0) - row[_ROWS]) * np.float32(0.35) + np.float32(1.0)
        chance = (chance - np.float32(0.5)) * middling + np.float32(0.5)
        on = np.clip((row[_LIT] - chance) * np.float32(40.0), 0.0, 1.0)
        tone = hashed(seed + np.int32(13), column, storey)
        strength = np.float32(0.35) + np.float32(1.25) * tone * tone
        # Groups differ less the larger they are, and none is quite dark.
        spread = _SPREAD.take(level)
        average = row[_LIT] * np.float32(0.77)
        amount = average + (on * strength - average) * spread
        # Ceilings are brighter than floors, where single windows can be told apart.
        amount *= np.float32(1.0) + inside_y * np.float32(0.9) * (level == 0)
        second = np.clip((row[_MIX] - hashed(seed + np.int32(31), column)) * np.float32(1e4), 0.0, 1.0)
        hue = toward(row.colour(_LIGHT), row.colour(_SECOND), second)
        hue *= amount[:, None]
        return hue


_SPREAD = np.exp2(np.arange(8) * -0.6).astype(np.float32)


def _footprints(ray: Floats, normal: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    """Widths of a pixel along the face and up it, metres."""
    cosine = np.maximum(np.abs(dot(ray, normal)), np.float32(0.03))
    stretch = np.float32(1.0) / cosine - np.float32(1.0)
    flat = np.maximum(np.hypot(normal[:, 0], normal[:, 2]), np.float32(1e-3))
    along = (ray[:, 0] * normal[:, 2] - ray[:, 2] * normal[:, 0]) / flat
    plane = np.maximum(np.float32(1.0) - cosine * cosine, np.float32(1e-6))
    sideways = np.clip(along * along / plane, 0.0, 1.0)
    return footprint * (np.float32(1.0) + stretch * sideways), footprint * (
        np.float32(1.0) + stretch * (np.float32(1.0) - sideways)
    )


def _cover(offset: Floats, half: Floats | np.float32, width: Floats) -> Floats:
    """Share of a pixel of the given `width` at `offset` from the middle of a strip that the strip covers."""
    share = np.clip((half - np.abs(offset)) / width + np.float32(0.5), 0.0, 1.0)
    covered: Floats = share * np.minimum(np.float32(1.0), np.float32(2.0) * half / width)
    return covered


def _duty(offset: Floats, share: Floats, width: Floats) -> Floats:
    """Cover by a repeating strip `share` of a cell wide, `offset` from its middle, in cells."""
    sharp = np.clip(
        (share * np.float32(0.5) - np.abs(offset)) / np.maximum(width, np.float32(1e-4)) + np.float32(0.5), 0, 1
    )
    blend = np.clip(width * np.float32(1.6) - np.float32(0.5), 0.0, 1.0)
    mixed: Floats = sharp + (share - sharp) * blend
    return mixed
