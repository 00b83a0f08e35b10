"""Picture edits: through the scene tree where the picture is ours, on its pixels where it is not."""

from collections.abc import Generator
from typing import Any

import numpy as np

from imagined.contract.sizes import edited_image_size, image_size, nearest_aspect_ratio
from imagined.engines.illustrator import foreign
from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.instructions import Instructions, instructions_of
from imagined.engines.illustrator.looks import with_looks
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.picture import Origin, Stage, described, origin_of
from imagined.engines.illustrator.settings import build_world
from imagined.engines.media import covering, load_picture, resized
from imagined.engines.port import EngineError, ImageTask

Steps = Generator[tuple[int, int], None, tuple[Pixels, dict[str, Any]]]
"""Yields (steps done, steps in all); returns the pixels and what the receipt should say beyond the task."""


def edited_picture(task: ImageTask, seed: int) -> Steps:
    """The edit of `task` with one seed. Raises `EngineError` when it is not understood or an input is broken."""
    pictures = [load_picture(given.path) for given in task.inputs]
    if len(pictures) > 1:
        return (yield from _combined(task, pictures, seed))
    wanted = instructions_of(task.prompt, seed)
    rows, columns = pictures[0].shape[:2]
    width, height = edited_image_size((columns, rows), task.resolution)
    origin = origin_of(task.inputs[0].receipt)
    same_code = origin is not None and (columns, rows) == (width, height)
    picture = resized(pictures[0], width, height)
    if origin is None or (wanted.signs and origin.scene.setting != "city"):
        yield 0, 1
        return foreign.redrawn(picture, wanted, seed), {"looks": list(wanted.looks)}
    return (yield from _through_tree(picture, origin, wanted, exact=same_code))


def _through_tree(picture: Pixels, origin: Origin, wanted: Instructions, *, exact: bool) -> Steps:
    """The edited scene; where only things were added, every pixel they do not touch stays as it came."""
    rows, columns = picture.shape[:2]
    scene = wanted.applied(origin.scene)
    looks = tuple(dict.fromkeys((*origin.looks, *wanted.looks)))
    camera = origin.camera
    if scene.style != origin.scene.style and "isometric" in (scene.style, origin.scene.style):
        camera = build_world(scene).camera
    about = described(scene, camera, looks, origin.time)
    if scene == origin.scene:
        yield 0, 1
        return with_looks(picture, wanted.looks), about
    stage = Stage(scene, origin.looks)
    drawn = yield from stage.picture(camera, columns, rows, time=origin.time)
    if not wanted.changes_world:
        before = picture
        if not exact:
            before = yield from Stage(origin.scene, origin.looks).picture(
                origin.camera, columns, rows, time=origin.time
            )
        drawn = composited(picture, before, drawn)
    return with_looks(drawn, wanted.looks), about


def composited(picture: Pixels, before: Pixels, after: Pixels) -> Pixels:
    """`after` where it differs from `before`, softly bordered; elsewhere the very bytes of `picture`."""
    mask = change_mask(before, after)[..., None]
    mixed = picture + (after.astype(np.float32) - picture) * mask + np.float32(0.5)
    done: Pixels = np.where(mask > 0, np.clip(mixed, 0, 255).astype(np.uint8), picture)
    return done


def change_mask(before: Pixels, after: Pixels) -> Floats:
    """(H, W) 0 where nothing changed to 1 where something did; compression noise does not count as change."""
    rows, columns = before.shape[:2]
    difference = after.astype(np.float32) - before
    # Noise has both signs and averages out over a block; light that was added does not.
    pad = [(0, -rows % 8), (0, -columns % 8), (0, 0)]
    blocks = np.pad(difference, pad, mode="edge")
    high, wide = blocks.shape[0] // 8, blocks.shape[1] // 8
    mean = np.abs(blocks.reshape(high, 8, wide, 8, 3).mean(axis=(1, 3))).max(axis=2)
    spread = _grown(mean)
    coarse = smoothstep(1.6, 5.0, spread)
    return _enlarged(coarse, rows, columns)


def _grown(mean: Floats) -> Floats:
    """Each block takes the average of itself and its strongest neighbours, so that borders lie in calm areas."""
    padded = np.pad(mean, 1, mode="edge")
    high, wide = mean.shape
    around = [padded[i : i + high, j : j + wide] for i in range(3) for j in range(3)]
    strongest: Floats = np.maximum.reduce(around)
    return strongest


def _enlarged(coarse: Floats, rows: int, columns: int) -> Floats:
    """Blocks of eight interpolated to pixels."""
    y = np.clip((np.arange(rows) + 0.5) / 8 - 0.5, 0, coarse.shape[0] - 1)
    x = np.clip((np.arange(columns) + 0.5) / 8 - 0.5, 0, coarse.shape[1] - 1)
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    bottom, right = np.minimum(top + 1, coarse.shape[0] - 1), np.minimum(left + 1, coarse.shape[1] - 1)
    down, across = (y - top).astype(np.float32)[:, None], (x - left).astype(np.float32)[None, :]
    upper = coarse[top][:, left] * (1 - across) + coarse[top][:, right] * across
    lower = coarse[bottom][:, left] * (1 - across) + coarse[bottom][:, right] * across
    full: Floats = (upper * (1 - down) + lower * down).astype(np.float32)
    return full


def _combined(task: ImageTask, pictures: list[Pixels], seed: int) -> Steps:
    """Several pictures in one: dissolved into each other or side by side, then edited as far as the prompt says."""
    ratio = task.aspect_ratio
    if ratio == "auto":
        rows, columns = pictures[0].shape[:2]
        ratio = nearest_aspect_ratio(columns, rows)
    width, height = image_size(ratio, task.resolution)
    words = task.prompt.lower()
    blend = any(word in words for word in ("blend", "mix", "merge", "double exposure", "overlay", "dissolve", "morph"))
    yield 0, 2
    canvas = _dissolved(pictures, width, height) if blend else _beside(pictures, width, height)
    yield 1, 2
    try:
        wanted = instructions_of(task.prompt, seed)
    except EngineError:
        return canvas, {"looks": []}
    return foreign.redrawn(canvas, wanted, seed), {"looks": list(wanted.looks)}


def _dissolved(pictures: list[Pixels], width: int, height: int) -> Pixels:
    """Each picture fades into the next from left to right."""
    place = np.linspace(0, len(pictures) - 1, width, dtype=np.float32)
    total = np.zeros((height, width, 3), np.float32)
    for index, picture in enumerate(pictures):
        weight = np.clip(1.0 - np.abs(place - index), 0.0, 1.0)
        weight = weight * weight * (3 - 2 * weight)
        total += covering(picture, width, height) * weight[None, :, None]
    done: Pixels = np.clip(total + np.float32(0.5), 0, 255).astype(np.uint8)
    return done


def _beside(pictures: list[Pixels], width: int, height: int) -> Pixels:
    """The pictures next to each other along the longer side, parted by thin white lines."""
    count = len(pictures)
    gap = max(4, min(width, height) // 100)
    canvas = np.full((height, width, 3), 255, np.uint8)
    long = width if width >= height else height
    edges = np.linspace(0, long, count + 1).round().astype(int)
    for index, picture in enumerate(pictures):
        start = int(edges[index]) + (gap // 2 if index else 0)
        stop = int(edges[index + 1]) - (gap // 2 if index < count - 1 else 0)
        if width >= height:
            canvas[:, start:stop] = covering(picture, stop - start, height)
        else:
            canvas[start:stop] = covering(picture, width, stop - start)
    return canvas
