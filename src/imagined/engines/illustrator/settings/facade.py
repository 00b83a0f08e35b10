"""Facades: windows, mullions, light bands and crowns worked out per point, averaged where they are too fine to see.

Each face of a tower is a part with a row in the table; `uv` runs from the middle of the face, and from the ground
or the tier's foot upwards, in metres.
"""

from dataclasses import dataclass

import numpy as np

from imagined.engines.illustrator.mesh import Floats, Ints
from imagined.engines.illustrator.noise import hashed
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
_WALL, _GLASS, _LIGHT, _SECOND, _EDGE = (slice(start, start + 3) for start in range(16, 31, 3))


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
        *style.wall, *style.glass, *style.light, *style.second_light, *(value * face.power for value in style.edge),
    ]  # fmt: skip


class Facades:
    """The surface of all towers of a city."""

    def __init__(self, faces: list[Face]) -> None:
        self._table = np.array([_row(face) for face in faces], np.float32).reshape(len(faces), -1)
        self._seed = np.array([face.seed & 0x7FFFFFFF for face in faces], np.int64).astype(np.int32)
        accents = [
            [
                *(c * f.power for c in f.style.band),
                *(c * f.power for c in f.style.crown),
                *(c * f.power for c in f.style.fin),
            ]
            for f in faces
        ]
        self._accents = np.array(accents, np.float32).reshape(len(faces), -1)
        self._accented = np.array([any(row) for row in accents]) if accents else np.zeros(0, bool)

    def shade(self, hits: Hits) -> Shaded:
        """Windows and walls; faces that look up are roofs and left as their mesh colours them."""
        colour, emission = hits.colour.copy(), hits.emission.copy()
        gloss = hits.gloss.copy()
        wall = np.flatnonzero(np.abs(hits.normal[:, 1]) < 0.72)
        if len(wall):
            colour[wall], emission[wall], gloss[wall] = self._facade(hits, wall)
        return Shaded(colour, emission, gloss, hits.normal)

    def _facade(self, hits: Hits, at: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> tuple[Floats, Floats, Floats]:
        part = hits.part[at]
        row = self._table.take(part, axis=0).T
        seed = self._seed.take(part)
        u, v = hits.uv[at].T
        across, up = _footprints(hits.ray[at], hits.normal[at], hits.footprint[at])
        windows = _Windows(row, seed, u, v, across, up)
        pane = windows.pane
        keep = (np.float32(1.0) - pane)[:, None]
        colour = row[_WALL].T * keep + row[_GLASS].T * pane[:, None]
        light = windows.light()
        emission = light
        edge = row[_EDGE_WIDTH]
        if edge.any():
            strip = _cover(np.abs(u) - (row[_HALF_WIDTH] - edge * np.float32(0.5)), edge * np.float32(0.5), across)
            emission = emission + (strip * (edge > 0))[:, None] * row[_EDGE].T
        if self._accented.any():
            emission = emission + self._lines(part, row, u, v, across, up)
        return colour, emission, row[_GLOSS] * pane

    def _lines(self, part: Ints, row: Floats, u: Floats, v: Floats, across: Floats, up: Floats) -> Floats:
        light = np.zeros((len(u), 3), np.float32)
        some = np.flatnonzero(self._accented.take(part))
        if not len(some):
            return light
        row, u, v, across, up = row[:, some], u[some], v[some], across[some], up[some]
        accents = self._accents.take(part[some], axis=0)
        every = np.maximum(row[_BAND_EVERY], np.float32(1e-3))
        near = v - np.round(v / every) * every
        band = (
            _cover(near, np.minimum(np.float32(0.45), every * np.float32(0.2)), up) * (row[_BAND_EVERY] > 0) * (v > 1.0)
        )
        below = row[_HEIGHT] - v
        height = np.maximum(row[_CROWN_HEIGHT], np.float32(1e-3))
        crown = np.exp(np.maximum(below, 0.0) * np.float32(-2.6) / height) * (row[_CROWN_HEIGHT] > 0)
        bay = np.maximum(row[_BAY] * np.maximum(row[_FIN_EVERY], 1.0), np.float32(1e-3))
        shifted = u + row[_ODD] * np.float32(0.5) * row[_BAY]
        line = _cover(shifted - np.round(shifted / bay) * bay, np.float32(0.16), across) * (row[_FIN_EVERY] > 0)
        found = band[:, None] * accents[:, 0:3] + crown[:, None] * accents[:, 3:6] + line[:, None] * accents[:, 6:9]
        light[some] = found
        return light


class _Windows:
    """The window grid at `N` points."""

    def __init__(self, row: Floats, seed: Ints, u: Floats, v: Floats, across: Floats, up: Floats) -> None:
        self.row, self.seed = row, seed
        floor, bay = row[_FLOOR], row[_BAY]
        x = u / bay + np.float32(0.5) * row[_ODD] + np.float32(200.0)
        y = v / floor
        self.column, self.storey = np.floor(x), np.floor(y)
        self.inside_x, self.inside_y = x - self.column - np.float32(0.5), y - self.storey - np.float32(0.5)
        self.fine_x, self.fine_y = across / bay, up / floor
        wide = _duty(self.inside_x, row[_WINDOW_WIDTH], self.fine_x)
        high = _duty(self.inside_y, row[_WINDOW_HEIGHT], self.fine_y)
        # Parapets and plinths have no windows.
        solid = (v > row[_HEIGHT] - np.float32(0.35) * floor) | (v < np.float32(0.25) * floor)
        self.pane = wide * high * (np.float32(1.0) - solid.astype(np.float32) * (row[_HEIGHT] > 8.0))

    def light(self) -> Floats:
        """(N, 3) light from inside, faded to the average of ever larger groups where windows are too small."""
        size = np.maximum(np.maximum(self.fine_x, self.fine_y) * np.float32(1.15), np.float32(1e-3))
        level = np.clip(np.log2(size) + np.float32(1.0), 0.0, 4.999)
        base = np.floor(level)
        part = (level - base)[:, None]
        lower = self._group(base.astype(np.int32))
        light = lower
        mixed = np.flatnonzero(level > 0)
        if len(mixed):
            upper = self._group(base.astype(np.int32) + 1)
            light = lower + (upper - lower) * part
        return light * (self.pane * self.row[_BRIGHTNESS])[:, None]

    def _group(self, level: Ints) -> Floats:
        """Light of the group of 2 ** level by 2 ** level windows that each point is in."""
        row = self.row
        column = self.column.astype(np.int32) >> level
        storey = self.storey.astype(np.int32) >> level
        single = hashed(self.seed, column, storey, level)
        whole = hashed(self.seed + np.int32(77), storey, level)
        chance = single * (np.float32(1.0) - row[_ROWS]) + whole * row[_ROWS]
        # Of a mixture of two even chances the middle is likelier: spread it back to an even one.
        chance = np.clip(
            (chance - np.float32(0.5))
            * (np.float32(1.0) + np.float32(0.35) * np.minimum(row[_ROWS], np.float32(1.0) - row[_ROWS]))
            + np.float32(0.5),
            0,
            1,
        )
        tone = hashed(self.seed + np.int32(13), column, storey, level)
        strength = np.float32(0.35) + np.float32(1.25) * tone * tone
        on = np.clip((row[_LIT] - chance) * np.float32(40.0), 0.0, 1.0)
        # Groups differ less the larger they are, and none is quite dark.
        spread = np.exp2(level.astype(np.float32) * np.float32(-0.6))
        average = row[_LIT] * np.float32(0.77)
        amount = average + (on * strength - average) * spread
        ceiling = np.float32(1.0) + (self.inside_y * np.float32(0.9)) * (level == 0)
        second = (hashed(self.seed + np.int32(31), column, storey) < row[_MIX])[:, None]
        hue = np.where(second, row[_SECOND].T, row[_LIGHT].T)
        result: Floats = (amount * ceiling)[:, None] * hue
        return result


def _footprints(ray: Floats, normal: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    """Widths of a pixel along the face and up it, metres."""
    cosine = np.maximum(np.abs(np.einsum("ij,ij->i", ray, normal)), np.float32(0.03))
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
