"""Houses as a grammar: walls of a material, storeys of windows, a door or a shop, a roof of a kind, chimneys."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.settings.fabric import BOARDS, BRICK, PLASTER, SLATES, STONE, THATCH, TILES
from imagined.engines.illustrator.settings.kit import Frame
from imagined.engines.illustrator.world import Vector

_WHITE: Final[Vector] = (0.80, 0.79, 0.75)
_OAK: Final[Vector] = (0.10, 0.060, 0.035)
_GREY: Final[Vector] = (0.36, 0.35, 0.33)
_WARM: Final[Vector] = (0.98, 0.52, 0.17)


@dataclass(frozen=True)
class House:
    """One house; lengths in metres. It stands on its frame with the middle of its front at the origin."""

    width: float = 7.0
    depth: float = 8.0
    storeys: int = 2
    storey: float = 2.8
    wall: Vector = (0.74, 0.66, 0.50)
    material: int = PLASTER
    roof: str = "eaves"
    """``eaves`` (ridge along the front), ``gable`` (across it), ``stepped``, ``hipped`` or ``flat``."""
    pitch: float = 0.9
    """Rise of the roof per metre."""
    tiles: Vector = (0.42, 0.14, 0.08)
    tiling: int = TILES
    trim: Vector = _WHITE
    door: Vector = (0.08, 0.20, 0.17)
    shutters: Vector | None = None
    timber: bool = False
    shop: Vector | None = None
    """Colour of a shop front with its awning."""
    free: bool = False
    """Stands alone: windows on all sides."""
    lit: float = 0.55
    """Share of windows with light after dark."""
    chimney: bool = True
    boxes: bool = False
    """Flower boxes under the windows."""


_PAINTS: Final[tuple[Vector, ...]] = (
    (0.78, 0.60, 0.32), (0.74, 0.44, 0.30), (0.80, 0.74, 0.60), (0.66, 0.33, 0.24), (0.58, 0.66, 0.62),
    (0.46, 0.56, 0.66), (0.80, 0.70, 0.44), (0.72, 0.54, 0.50), (0.78, 0.77, 0.72), (0.55, 0.60, 0.42),
)  # fmt: skip
_SHUTTERS: Final[tuple[Vector, ...]] = (
    (0.07, 0.20, 0.16), (0.10, 0.20, 0.36), (0.34, 0.08, 0.06), (0.20, 0.13, 0.08), (0.28, 0.40, 0.42),
)  # fmt: skip
_CLAYS: Final[tuple[Vector, ...]] = ((0.42, 0.14, 0.08), (0.36, 0.15, 0.09), (0.48, 0.19, 0.10), (0.30, 0.13, 0.09))
_SLATE: Final[Vector] = (0.15, 0.165, 0.19)
_AWNINGS: Final[tuple[Vector, ...]] = (
    (0.52, 0.06, 0.05), (0.05, 0.24, 0.16), (0.08, 0.18, 0.42), (0.60, 0.36, 0.06), (0.30, 0.22, 0.14),
)  # fmt: skip


def of_town(rng: np.random.Generator, width: float, old: bool = True) -> House:
    """A house of a street: tall, narrow, often with a shop."""
    pick, kind, shop = rng.random(3)
    wall = _PAINTS[int(rng.integers(len(_PAINTS)))]
    house = House(
        width=width,
        depth=9.0,
        storeys=int(rng.integers(2, 5)),
        storey=float(rng.uniform(2.75, 3.15)),
        wall=wall,
        roof=("eaves", "eaves", "gable", "stepped")[int(kind * 4)],
        pitch=float(rng.uniform(0.8, 1.25)),
        tiles=_CLAYS[int(rng.integers(len(_CLAYS)))],
        shutters=_SHUTTERS[int(rng.integers(len(_SHUTTERS)))] if rng.random() < 0.55 else None,
        door=_SHUTTERS[int(rng.integers(len(_SHUTTERS)))],
        shop=_AWNINGS[int(rng.integers(len(_AWNINGS)))] if shop < 0.42 else None,
        boxes=rng.random() < 0.35,
        lit=float(rng.uniform(0.35, 0.75)),
    )
    if not old:
        grey = float(rng.uniform(0.25, 0.55))
        bricks = rng.random() < 0.5
        return replace(
            house,
            storeys=int(rng.integers(4, 8)),
            roof="flat",
            shutters=None,
            boxes=False,
            material=BRICK if bricks else PLASTER,
            wall=(0.40, 0.17, 0.11) if bricks else (grey, grey * 0.98, grey * 0.94),
            shop=house.shop or _AWNINGS[int(rng.integers(len(_AWNINGS)))],
        )
    if pick < 0.2:
        return replace(house, material=BRICK, wall=(0.42, 0.17, 0.10), shutters=None)
    if pick < 0.34:
        return replace(house, material=STONE, wall=(0.50, 0.45, 0.37))
    if pick < 0.58:
        return replace(house, timber=True, wall=(0.80, 0.74, 0.62), shutters=None, boxes=True)
    return house


def of_village(rng: np.random.Generator, kind: str | None = None) -> House:
    """A low house that stands alone: plastered, timbered, of stone with slates, or thatched."""
    width = float(rng.uniform(7.5, 11.0))
    kind = kind or ("plaster", "timber", "stone", "thatch", "brick")[int(rng.integers(5))]
    house = House(
        width=width,
        depth=float(rng.uniform(5.8, 7.2)),
        storeys=1 if rng.random() < 0.4 else 2,
        storey=2.5,
        wall=(0.80, 0.76, 0.66) if rng.random() < 0.6 else _PAINTS[int(rng.integers(len(_PAINTS)))],
        roof="eaves" if rng.random() < 0.65 else "gable",
        pitch=float(rng.uniform(0.85, 1.1)),
        tiles=_CLAYS[int(rng.integers(len(_CLAYS)))],
        shutters=_SHUTTERS[int(rng.integers(len(_SHUTTERS)))],
        door=_SHUTTERS[int(rng.integers(len(_SHUTTERS)))],
        free=True,
        lit=0.7,
        boxes=True,
    )
    if kind == "timber":
        return replace(house, timber=True, storeys=2, wall=(0.82, 0.77, 0.66))
    if kind == "stone":
        return replace(house, material=STONE, wall=(0.48, 0.43, 0.35), tiles=_SLATE, tiling=SLATES)
    if kind == "thatch":
        return replace(house, storeys=1, tiles=(0.42, 0.33, 0.18), tiling=THATCH, pitch=1.15)
    if kind == "brick":
        return replace(house, material=BRICK, wall=(0.42, 0.17, 0.10))
    if kind == "wood":
        paint = ((0.40, 0.06, 0.04), (0.66, 0.46, 0.12), (0.74, 0.74, 0.70), (0.12, 0.20, 0.30))[int(rng.integers(4))]
        return replace(house, material=BOARDS, wall=paint, trim=_WHITE, tiles=_SLATE, tiling=SLATES, shutters=None)
    if kind == "chalet":
        return replace(
            house,
            storeys=2,
            material=BOARDS,
            wall=(0.24, 0.12, 0.055),
            roof="gable",
            pitch=0.62,
            tiles=_SLATE,
            tiling=SLATES,
        )
    return house


def raise_house(at: Frame, house: House, rng: np.random.Generator) -> float:
    """Builds the house; returns the height of its ridge."""
    high = house.storeys * house.storey + 0.3
    w, d = house.width, house.depth
    at.box(0, -1.5, -d / 2, w, high + 1.5, d, house.wall, house.material)
    at.box(0, -1.5, -d / 2, w + 0.10, 1.9, d + 0.10, _GREY, STONE)
    _storeys(at, house, rng, w, True)
    if house.free:
        for x, z, yaw, wide in ((w / 2, -d / 2, np.pi / 2, d), (-w / 2, -d / 2, -np.pi / 2, d), (0, -d, np.pi, w)):
            _storeys(at.placed(x, 0, z, float(yaw)), replace(house, boxes=False, shop=None), rng, wide, False)
    top = _roof(at, house, high)
    if house.chimney and house.roof != "flat":
        x = w * (0.28 if rng.random() < 0.5 else -0.28)
        at.box(x, high, -d * 0.62, 0.7, top - high + 0.7, 0.7, (0.36, 0.17, 0.11), BRICK)
        at.box(x, top + 0.7, -d * 0.62, 0.84, 0.14, 0.84, _GREY)
    return top


def _storeys(at: Frame, house: House, rng: np.random.Generator, wide: float, front: bool) -> None:
    count = max(1, round(wide / 2.3))
    pitch = wide / count
    place = int(rng.integers(count))
    for storey in range(house.storeys):
        foot = 0.3 + storey * house.storey
        if storey == 0 and front and house.shop is not None:
            _shop(at, house, rng, wide, foot)
            continue
        for index in range(count):
            x = (index - (count - 1) / 2) * pitch
            lit = at.kit.lit and rng.random() < house.lit
            if storey == 0 and front and index == place:
                _door(at, x, foot, house)
                continue
            tall = 1.35 if storey < 3 else 1.15
            _window(at, x, foot + 0.85, 0.95, tall, house, lit, rng)
    if house.timber:
        _timbers(at, house, wide, count)


def _window(
    at: Frame, x: float, y: float, wide: float, high: float, house: House, lit: bool, rng: np.random.Generator
) -> None:
    warm = float(rng.uniform(0.55, 1.1))
    glow = (_WARM[0] * warm, _WARM[1] * warm, _WARM[2] * warm) if lit else (0.0, 0.0, 0.0)
    glass = (0.5, 0.36, 0.16) if lit else (0.035, 0.045, 0.058)
    at.box(x, y - 0.08, 0.0, wide + 0.2, high + 0.16, 0.10, house.trim)
    at.box(x, y, 0.02, wide, high, 0.11, glass, gloss=0.0 if lit else 0.8, glow=glow)
    at.box(x, y, 0.03, 0.055, high, 0.13, house.trim)
    at.box(x, y + high * 0.62, 0.03, wide, 0.05, 0.13, house.trim)
    at.box(x, y - 0.14, 0.06, wide + 0.3, 0.08, 0.26, _GREY)
    if house.shutters is not None:
        for side in (-1, 1):
            at.box(x + side * (wide / 2 + 0.32), y - 0.06, 0.02, 0.44, high + 0.12, 0.09, house.shutters, BOARDS)
    if house.boxes and not at.kit.snowy:
        at.box(x, y - 0.16, 0.20, wide, 0.18, 0.20, _OAK)
        for t in np.linspace(-0.42, 0.42, 6):
            hue = ((0.66, 0.05, 0.08), (0.72, 0.22, 0.36), (0.10, 0.26, 0.05), (0.74, 0.55, 0.10))[int(rng.integers(4))]
            at.box(x + float(t) * wide, y + 0.0, 0.22 + float(rng.uniform(-0.05, 0.08)), 0.15, 0.17, 0.15, hue)


def _door(at: Frame, x: float, foot: float, house: House) -> None:
    at.box(x, 0.0, 0.0, 1.34, foot + 2.2, 0.14, house.trim)
    at.box(x, 0.0, 0.03, 1.06, foot + 1.75, 0.16, house.door, BOARDS)
    glow = (0.9, 0.5, 0.18) if at.kit.lit else (0.0, 0.0, 0.0)
    at.box(x, foot + 1.78, 0.03, 1.0, 0.3, 0.15, (0.2, 0.16, 0.1), gloss=0.5, glow=glow)
    at.box(x, -0.6, 0.45, 1.5, 0.75, 0.9, _GREY, STONE)


def _shop(at: Frame, house: House, rng: np.random.Generator, wide: float, foot: float) -> None:
    assert house.shop is not None
    paint = house.shop
    glow = (1.0, 0.62, 0.26) if at.kit.lit else (0.012, 0.010, 0.008)
    at.box(0, 0.0, 0.02, wide * 0.92, 2.75, 0.20, paint)
    side = 1.0 if rng.random() < 0.5 else -1.0
    door = side * wide * 0.30
    pane = wide * 0.50
    at.box(
        -side * wide * 0.14,
        foot + 0.35,
        0.06,
        pane,
        1.9,
        0.18,
        (0.30, 0.24, 0.15) if at.kit.lit else (0.05, 0.055, 0.06),
        gloss=0.8,
        glow=glow,
    )
    for t in (-0.5, 0.0, 0.5):
        at.box(-side * wide * 0.14 + t * pane, foot + 0.35, 0.08, 0.07, 1.9, 0.18, paint)
    at.box(
        door,
        0.05,
        0.06,
        0.95,
        foot + 2.05,
        0.18,
        (0.24, 0.18, 0.10),
        gloss=0.5,
        glow=(glow[0] * 0.7, glow[1] * 0.7, glow[2] * 0.7),
    )
    at.box(door, 0.05, 0.08, 0.95, 0.9, 0.18, paint)
    # Goods in the window, against the light.
    for _ in range(7):
        x = -side * wide * 0.14 + float(rng.uniform(-0.45, 0.45)) * pane
        tone = rng.uniform(0.05, 0.5, 3)
        hue = (float(tone[0]), float(tone[1]), float(tone[2]))
        at.box(x, foot + 0.38, 0.10, float(rng.uniform(0.15, 0.35)), float(rng.uniform(0.15, 0.6)), 0.16, hue)
    at.box(0, 2.75, 0.08, wide * 0.94, 0.50, 0.22, (paint[0] * 0.6, paint[1] * 0.6, paint[2] * 0.6))
    for index in range(int(wide * 1.1)):
        x = (index - (int(wide * 1.1) - 1) / 2) * 0.42
        if abs(x) < wide * 0.36:
            at.box(x, 2.90, 0.20, 0.22, 0.24, 0.03, (0.80, 0.70, 0.45))
    stripes = max(6, int(wide * 2))
    for index in range(stripes):
        left, right = (-0.46 + 0.92 * index / stripes) * wide, (-0.46 + 0.92 * (index + 1) / stripes) * wide
        stripe = paint if index % 2 else (0.82, 0.80, 0.74)
        at.slab([(left, 2.35, 1.35), (right, 2.35, 1.35), (right, 2.85, 0.1), (left, 2.85, 0.1)], 0.05, stripe)
        at.panel([(left, 2.16, 1.35), (right, 2.16, 1.35), (right, 2.35, 1.35), (left, 2.35, 1.35)], stripe)
    at.lamp(0.0, 1.9, 1.6, (0.50, 0.29, 0.12), 1.6)


def _timbers(at: Frame, house: House, wide: float, count: int) -> None:
    """Posts, rails and braces in front of the plaster, above the ground floor."""
    high = house.storeys * house.storey + 0.3
    start = 1 if house.storeys > 1 else 0
    for storey in range(start, house.storeys + 1):
        at.box(0, 0.3 + storey * house.storey - 0.12, 0.0, wide, 0.22, 0.10, _OAK, BOARDS)
    pitch = wide / count
    for index in range(count + 1):
        x = np.clip((index - count / 2) * pitch, -wide / 2 + 0.1, wide / 2 - 0.1)
        foot = 0.3 + start * house.storey
        at.box(float(x), foot, 0.0, 0.20, high - foot, 0.10, _OAK, BOARDS)
    for storey in range(start, house.storeys):
        foot = 0.3 + storey * house.storey
        for side in (-1.0, 1.0):
            x = side * (wide / 2 - 0.1)
            at.beam((x, foot + 0.1, 0.01), (x - side * pitch * 0.30, foot + house.storey * 0.9, 0.01), 0.13, _OAK)
        at.box(0, foot + 0.66, -0.01, wide, 0.12, 0.10, _OAK)


def _roof(at: Frame, house: House, high: float) -> float:
    w, d = house.width, house.depth
    if house.roof == "flat":
        at.box(0, high, -d / 2, w + 0.5, 0.35, d + 0.5, house.trim)
        at.box(0, high + 0.35, -d / 2, w, 0.5, d, house.wall, house.material)
        return high + 0.85
    over = 0.42
    if house.roof == "hipped":
        top = high + house.pitch * d / 2
        inner = max(w / 2 - d / 2, 0.3)
        x, near, far = w / 2 + over, over, -d - over
        low = high - over * house.pitch * 0.6
        for points in (
            [(-x, low, near), (x, low, near), (inner, top, -d / 2), (-inner, top, -d / 2)],
            [(x, low, far), (-x, low, far), (-inner, top, -d / 2), (inner, top, -d / 2)],
            [(x, low, near), (x, low, far), (inner, top, -d / 2), (inner, top, -d / 2)],
            [(-x, low, far), (-x, low, near), (-inner, top, -d / 2), (-inner, top, -d / 2)],
        ):
            at.slab(points, 0.14, house.tiles, house.tiling)
        return top
    if house.roof == "eaves":
        return _ridged(at.placed(0, 0, -d / 2), house, w, d, high, over)
    return _ridged(at.placed(0, 0, -d / 2, np.pi / 2), house, d, w, high, over)


def _ridged(at: Frame, house: House, long: float, deep: float, high: float, over: float) -> float:
    """Two slopes with the ridge along local x over the middle, gables at both ends."""
    rise = house.pitch * deep / 2
    top, low = high + rise, high - over * house.pitch
    thick = 0.34 if house.tiling == THATCH else 0.14
    x, z = long / 2 + (0.3 if house.roof != "stepped" else -0.05), deep / 2 + over
    edge = house.tiles if house.tiling == THATCH else house.trim
    up = thick
    front = [(-x, low + up, z), (x, low + up, z), (x, top + up, 0), (-x, top + up, 0)]
    back = [(x, low + up, -z), (-x, low + up, -z), (-x, top + up, 0), (x, top + up, 0)]
    at.slab(front, thick, house.tiles, house.tiling, edge)
    at.slab(back, thick, house.tiles, house.tiling, edge)
    at.box(0, top + up - 0.06, 0, 2 * x, 0.14, 0.26, (house.tiles[0] * 0.8, house.tiles[1] * 0.8, house.tiles[2] * 0.8))
    for side in (-1.0, 1.0):
        end = side * long / 2
        corners = [(end, high - 0.01, deep / 2 * side), (end, high - 0.01, -deep / 2 * side), (end, top, 0.0)]
        at.panel(corners, house.wall, house.material)
        gable = at.placed(end, 0, 0, side * np.pi / 2)
        if house.timber:
            gable.beam((-deep / 2, high, 0.01), (0, top, 0.01), 0.2, _OAK)
            gable.beam((deep / 2, high, 0.01), (0, top, 0.01), 0.2, _OAK)
            gable.box(0, high, 0.0, 0.2, rise, 0.1, _OAK)
        elif rise > 2.2 and (side > 0 or house.free):
            lit = at.kit.lit and house.lit > 0.5
            plain = replace(house, boxes=False, shutters=None)
            _window(gable, 0.0, high + rise * 0.18, 0.7, 0.9, plain, lit, np.random.default_rng(1))
        if house.roof == "stepped":
            steps = max(3, int(deep / 1.1))
            for index in range(steps):
                half = (deep / 2) * (1 - index / steps)
                gable.box(
                    0,
                    high + rise * index / steps,
                    -0.12,
                    2 * half,
                    rise / steps + 0.35,
                    0.4,
                    house.wall,
                    house.material,
                )
                gable.box(0, high + rise * (index + 1) / steps + 0.33, -0.12, 2 * half + 0.1, 0.08, 0.5, house.trim)
    return top + up
