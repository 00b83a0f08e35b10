"""Things smaller than a pixel that still shine: stars, street lamps, the lights of aircraft."""

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.sky import SkyPainter
from imagined.engines.illustrator.world import Fog, Glows

_LARGEST = 9


def draw_stars(light: Floats, depth: Floats, lens: Lens, sky: SkyPainter, time: float) -> None:
    """Adds the stars to the sky pixels of `light` (H, W, 3) in place."""
    if not len(sky.star_directions):
        return
    x, y, along = lens.project(lens.eye + sky.star_directions * np.float32(1000.0))
    seen = (along > 0) & (x > -2) & (x < lens.width + 2) & (y > -2) & (y < lens.height + 2)
    where = np.flatnonzero(seen)
    if not len(where):
        return
    directions = sky.star_directions[where]
    cover, _ = sky.clouds(directions, time)
    clear = (np.float32(1.0) - cover) ** 2
    if sky.sky.below is None:
        clear = clear * np.clip(directions[:, 1] * np.float32(3.5), 0.0, 1.0)
    moon = sky.sky.moon
    if moon is not None:
        towards = np.asarray(moon.direction, np.float32)
        towards = towards / np.linalg.norm(towards)
        clear = clear * (directions @ towards < np.cos(np.radians(moon.radius * 1.3)))
    twinkle = np.float32(1.0) + np.float32(0.25) * np.sin(
        np.float32(time * 3.0) + where.astype(np.float32) * np.float32(1.7)
    )
    colours = sky.star_colours[where] * (clear * twinkle)[:, None]
    sigma = np.full(len(where), 0.55 * max(1.0, lens.height / 1100), np.float32)
    mask = np.isinf(depth)
    _stamp(light, x[where], y[where], colours, sigma, mask)


def draw_glows(
    light: Floats,
    depth: Floats,
    lens: Lens,
    glows: Glows,
    fog: Fog,
    time: float,
    mirror: tuple[float, float, float] | None = None,
) -> None:
    """Adds the small lights to `light` in place, where `depth` does not hide them.

    `mirror` is (water level, first row, scale) when `light` is the mirror image of water instead of the picture.
    """
    position = glows.position
    if len(glows.velocity):
        position = position + glows.velocity * np.float32(time)
    scale = 1.0
    if mirror is not None:
        position = position.copy()
        position[:, 1] = np.float32(2.0 * mirror[0]) - position[:, 1]
        scale = mirror[2]
    x, y, along = lens.project(position)
    if mirror is not None:
        y = y - np.float32(mirror[1])
    x, y = x * np.float32(scale), y * np.float32(scale)
    rows, columns = depth.shape
    inside = (along > 1.0) & (x >= -8) & (x < columns + 8) & (y >= -8) & (y < rows + 8)
    where = np.flatnonzero(inside)
    if not len(where):
        return
    x, y = x[where], y[where]
    distance = np.linalg.norm(position[where] - lens.eye, axis=1).astype(np.float32)
    core = glows.size[where] * np.float32(lens.focal * scale) / distance
    sigma = np.clip(core, 0.62, _LARGEST / 2.2).astype(np.float32)
    # A light smaller than a pixel keeps its energy but not its brightness; the eye is kinder than that.
    dimming = np.clip(core / sigma, 0.0, 1.0) ** 1.2
    strength = dimming * _visible(depth, x, y, distance) * np.exp(distance * np.float32(-0.6 * fog.density))
    if len(glows.blink):
        beat = glows.blink[where]
        wave = np.sin(np.float32(2 * np.pi) * (beat * np.float32(time)) + where.astype(np.float32))
        strength = strength * np.where(beat > 0, np.clip(wave * 3 + 1.2, 0.15, 1.0), np.float32(1.0))
    _stamp(light, x, y, glows.colour[where] * strength[:, None], sigma, None)


def _visible(depth: Floats, x: Floats, y: Floats, distance: Floats) -> Floats:
    """Share of the pixels around each point that do not lie in front of it."""
    rows, columns = depth.shape
    total = np.zeros(len(x), np.float32)
    column, row = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    for down, right in ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0)):
        at_row = np.clip(row + down, 0, rows - 1)
        at_column = np.clip(column + right, 0, columns - 1)
        total += depth[at_row, at_column] > distance * np.float32(0.992) - np.float32(0.8)
    return total * np.float32(0.2)


def _stamp(
    light: Floats,
    x: Floats,
    y: Floats,
    colours: Floats,
    sigma: Floats,
    mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None,
) -> None:
    """Adds a Gaussian spot at each point; `mask` limits the pixels that may be lit."""
    rows, columns = light.shape[:2]
    reaches = np.ceil(sigma * np.float32(2.4)).astype(np.int32)
    for reach in np.unique(reaches):
        group = np.flatnonzero(reaches == reach)
        down, right = (grid.reshape(1, -1) for grid in np.mgrid[-reach : reach + 1, -reach : reach + 1])
        column = np.floor(x[group]).astype(np.int32)[:, None] + right
        row = np.floor(y[group]).astype(np.int32)[:, None] + down
        off_x = column + np.float32(0.5) - x[group][:, None]
        off_y = row + np.float32(0.5) - y[group][:, None]
        weight = np.exp((off_x * off_x + off_y * off_y) * (np.float32(-0.5) / sigma[group] ** 2)[:, None])
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        if mask is not None:
            inside &= mask[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
        which, _ = np.nonzero(inside)
        for k in range(3):
            values = (colours[group[which], k] * weight[inside]).astype(np.float32)
            np.add.at(light[..., k], (row[inside], column[inside]), values)
