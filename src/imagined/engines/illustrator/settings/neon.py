"""Neon signs: lettered panels that hang on the walls of a city, and the light they throw on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import skia

from imagined.engines.illustrator.lettering import ICONS, Stroke, glyph, letters
from imagined.engines.illustrator.mesh import Floats, Mesh
from imagined.engines.illustrator.optics import Lens
from imagined.engines.illustrator.scene import Addition
from imagined.engines.illustrator.settings.masonry import Masonry, Wall
from imagined.engines.illustrator.trace import Tracer
from imagined.engines.illustrator.world import Body, Camera, Hits, Lamp, Shaded, Vector, World

_HUES: Final[dict[str, Vector]] = {
    "pink": (1.00, 0.10, 0.50), "cyan": (0.05, 0.80, 1.00), "red": (1.00, 0.07, 0.06), "purple": (0.52, 0.14, 1.00),
    "green": (0.10, 1.00, 0.34), "yellow": (1.00, 0.72, 0.08), "orange": (1.00, 0.33, 0.04), "blue": (0.10, 0.26, 1.00),
    "white": (0.95, 0.95, 1.00),
}  # fmt: skip
_WORDS: Final = (
    "HOTEL", "BAR", "NOODLES", "SUSHI", "CLUB", "24H", "CINEMA", "NEON", "ORBIT", "RAMEN", "NOVA", "JAZZ", "ARCADE",
    "LUNA", "ZEN", "PULSE", "METRO", "EDEN", "KARAOKE", "TEA", "GALAXY", "OPEN",
    "ラーメン", "ホテル", "バー", "カフエ", "ネオン", "サケ", "スシ",
)  # fmt: skip
_TEXELS: Final = 30
"""Of the texture, for one letter's height."""


@dataclass(frozen=True)
class Sign:
    """One panel: its middle, the way its front faces, its size in metres, and what is written on it."""

    centre: Vector
    outwards: tuple[float, float]
    width: float
    height: float
    text: str
    upright: bool
    tube: Vector
    frame: Vector
    icon: str
    both_sides: bool = False


def with_neon(city: Masonry, world: World, addition: Addition) -> World:
    """The city's world with signs on its walls, most of them where the composed view sees them."""
    rng = np.random.default_rng([addition.seed & 0x7FFFFFFF, 61])
    signs = [*_signs_in_view(city, world, addition, rng), *_signs_along_canal(city, addition, rng)]
    if not signs:
        return world
    panels, surface = _panels(signs)
    lamps = tuple(_lamp(sign) for sign in signs)
    return replace(
        world, bodies=(*world.bodies, Body(panels, surface, casts_shadow=False)), lamps=(*world.lamps, *lamps)
    )


def _signs_in_view(city: Masonry, world: World, addition: Addition, rng: np.random.Generator) -> list[Sign]:
    """The most visible walls of the composed view get one each, spread over the picture."""
    wanted = addition.count or 22
    tracer = Tracer(world.bodies)
    candidates = [wall for wall in city.walls if _scores(wall, world.camera)]
    candidates.sort(key=lambda wall: -_scores(wall, world.camera) * float(rng.uniform(0.5, 1.0)))
    signs: list[Sign] = []
    taken: list[tuple[float, float]] = []
    lens = Lens.of(world.camera, 1000, 1000)
    for wall in candidates:
        if len(signs) >= wanted:
            break
        # Another height or another sign may be seen where the first is hidden.
        for _ in range(3):
            sign = _on_wall(wall, addition, rng, len(signs))
            x, y, _depth = lens.project(np.array([sign.centre], np.float32))
            place = (float(x[0]), float(y[0]))
            free = all(abs(place[0] - a) >= 42 or abs(place[1] - b) >= 72 for a, b in taken)
            if free and _seen(tracer, world.camera, sign):
                signs.append(sign)
                taken.append(place)
                break
    return signs


def _scores(wall: Wall, camera: Camera) -> float:
    """How large and how squarely the wall is seen; 0 when a sign on it would be lost."""
    eye = np.array(camera.eye)
    towards = eye - np.array(wall.centre)
    distance = float(np.linalg.norm(towards))
    facing = float(towards[0] * wall.outwards[0] + towards[2] * wall.outwards[1]) / distance
    if facing < 0.4 or wall.width < 8 or wall.height < 12 or distance > 620 or wall.centre[2] > camera.eye[2] - 40:
        return 0.0
    return float(min(wall.width, 26.0) * min(wall.height, 70.0) ** 0.5 * facing / distance)


def _on_wall(wall: Wall, addition: Addition, rng: np.random.Generator, index: int) -> Sign:
    upright = bool(rng.random() < 0.58) and wall.height > 24
    text = _text(addition, rng, index, 8 if upright else 7)
    tube, frame = _hues(addition, rng)
    shown = max(2, len(text))
    # Signs on far walls are larger, or they could not be read.
    far = float(np.clip(abs(wall.centre[2]) / 110.0, 0.65, 1.5))
    if upright:
        letter = min(7.2 * far, (wall.height * 0.72) / (shown + 1.2), wall.width * 0.62)
        width, height = letter * 1.35, letter * (shown + (1.6 if shown < 6 else 0.7))
    else:
        letter = min(8.0 * far, wall.width * 0.90 / (shown * 0.86 + 0.6), wall.height * 0.4)
        width, height = letter * (shown * 0.86 + 0.6), letter * 1.6
    slack_across = max(0.0, (wall.width - width) / 2 - 0.6)
    slack_up = max(0.0, (wall.height - height) / 2 - 2.0)
    across = float(rng.uniform(-1, 1)) * slack_across
    up = float(rng.uniform(-0.1, 0.9)) * slack_up
    out = wall.outwards
    centre = (
        wall.centre[0] + out[1] * across + out[0] * 1.0,
        wall.centre[1] + up,
        wall.centre[2] - out[0] * across + out[1] * 1.0,
    )
    icon = str(rng.choice(sorted(ICONS))) if upright and shown < 6 else ""
    return Sign(centre, out, width, height, text, upright, tube, frame, icon)


def _signs_along_canal(city: Masonry, addition: Addition, rng: np.random.Generator) -> list[Sign]:
    """Blades that stand out from the walls along the canal, for cameras that draw back."""
    signs: list[Sign] = []
    for wall in city.walls:
        inner = (
            abs(wall.centre[0]) < 62
            and wall.centre[2] > 255
            and wall.outwards[0] * wall.centre[0] < -0.5 * abs(wall.centre[0])
        )
        if not inner or wall.height < 22 or rng.random() < 0.25:
            continue
        text = _text(addition, rng, len(signs), 7)
        tube, frame = _hues(addition, rng)
        letter = float(min(rng.uniform(2.6, 4.2), wall.height * 0.7 / (len(text) + 1.5)))
        width, height = letter * 1.4, letter * (len(text) + 1.7)
        top = 3.0 + 6.0 + height + float(rng.uniform(0, max(0.5, min(wall.height * 0.5, 30.0))))
        y = min(top - height / 2, wall.centre[1] + wall.height / 2 - height / 2 - 1.0)
        side = wall.outwards[0]
        along = float(rng.uniform(-0.3, 0.3)) * wall.width
        centre = (wall.centre[0] + side * (width / 2 + 0.8), y, wall.centre[2] + along)
        icon = str(rng.choice(sorted(ICONS)))
        signs.append(Sign(centre, (0.0, -1.0), width, height, text, True, tube, frame, icon, both_sides=True))
    return signs


def flat_sign(addition: Addition, rng: np.random.Generator, index: int, *, upright: bool) -> Sign:
    """A sign that hangs nowhere yet, its letters one metre high; for pictures without a world."""
    text = _text(addition, rng, index, 7)
    tube, frame = _hues(addition, rng)
    count = max(2, len(text))
    icon = str(rng.choice(sorted(ICONS)))
    if upright:
        return Sign((0, 0, 0), (0, 1), 1.35, count + 1.6, text, True, tube, frame, icon)
    return Sign((0, 0, 0), (0, 1), count * 0.86 + 0.6, 1.6, text, False, tube, frame, "")


def _text(addition: Addition, rng: np.random.Generator, index: int, longest: int) -> str:
    own = [letters(text) for text in addition.text]
    own = [text for text in own if text]
    if own:
        rng.random()
        return own[index % len(own)][:14]
    words = [word for word in _WORDS if len(word) <= longest]
    return str(words[int(rng.integers(len(words)))])


def _hues(addition: Addition, rng: np.random.Generator) -> tuple[Vector, Vector]:
    names = list(_HUES)[:-1]
    weights = np.array([1.5, 1.5, 0.9, 1.1, 0.7, 0.8, 0.9, 0.7])
    tube, frame = rng.choice(names, 2, replace=False, p=weights / weights.sum())
    if addition.colour in _HUES:
        return _HUES[addition.colour], _HUES[addition.colour]
    return _HUES[str(tube)], _HUES[str(frame)]


def _seen(tracer: Tracer, camera: Camera, sign: Sign) -> bool:
    """Whether the whole panel is inside the view and nothing stands before its middle and corners."""
    corners = np.array([sign.centre, *_corners(sign)], np.float32)
    lens = Lens.of(camera, 1000, 1000)
    x, y, depth = lens.project(corners)
    if (depth < 5).any() or (y < 25).any() or (y > 1000).any() or (np.abs(x - 500) > 485).any():
        return False
    eye = np.broadcast_to(np.array(camera.eye, np.float32), corners.shape)
    return not tracer.nearest(eye, corners - eye).distance.min() < 0.998


def _corners(sign: Sign) -> list[tuple[float, float, float]]:
    x, y, z = sign.centre
    across = (sign.outwards[1] * sign.width / 2, -sign.outwards[0] * sign.width / 2)
    half = sign.height / 2
    return [
        (x - across[0], y - half, z - across[1]),
        (x + across[0], y - half, z + across[1]),
        (x + across[0], y + half, z + across[1]),
        (x - across[0], y + half, z - across[1]),
    ]


def _lamp(sign: Sign) -> Lamp:
    size = float(np.sqrt(sign.width * sign.height))
    out = 0.0 if sign.both_sides else size * 0.45
    centre = (sign.centre[0] + sign.outwards[0] * out, sign.centre[1], sign.centre[2] + sign.outwards[1] * out)
    strength = 1.5
    red, green, blue = (0.7 * a + 0.3 * b for a, b in zip(sign.tube, sign.frame, strict=True))
    return Lamp(centre, (red * strength, green * strength, blue * strength), size * 0.8)


def _panels(signs: Sequence[Sign]) -> tuple[Mesh, "NeonSurface"]:
    masonry = Masonry()
    textures: list[Floats] = []
    parts: list[int] = []
    uv: list[tuple[float, float]] = []
    for sign in signs:
        textures.append(sign_texture(sign))
        facings = [sign.outwards] + ([(-sign.outwards[0], -sign.outwards[1])] if sign.both_sides else [])
        for out in facings:
            front = replace(sign, outwards=out)
            shifted = [(x + out[0] * 0.2, y, z + out[1] * 0.2) for x, y, z in _corners(front)]
            masonry.polygon(shifted, (out[0], 0.0, out[1]), (0.02, 0.02, 0.025))
            parts += [len(textures) - 1] * 2
            uv += [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    mesh = masonry.plain()
    return replace(mesh, part=np.array(parts, np.int32), uv=np.array(uv, np.float32)), NeonSurface(signs, textures)


class NeonSurface:
    """Looks the signs' textures up, at the coarseness the distance asks for."""

    def __init__(self, signs: Sequence[Sign], textures: Sequence[Floats]) -> None:
        self._pyramids = [_pyramid(texture) for texture in textures]
        self._texel = [sign.height / texture.shape[0] for sign, texture in zip(signs, textures, strict=True)]

    def shade(self, hits: Hits) -> Shaded:
        """Glowing tubes on a dark panel."""
        emission = np.zeros_like(hits.colour)
        for part in np.unique(hits.part):
            at = np.flatnonzero(hits.part == part)
            pyramid = self._pyramids[part]
            cosine = np.maximum(np.abs(np.einsum("ij,ij->i", hits.ray[at], hits.normal[at])), np.float32(0.1))
            coarse = hits.footprint[at] / np.sqrt(cosine) / np.float32(self._texel[part])
            level = np.clip(np.log2(np.maximum(coarse, np.float32(1e-3))), 0.0, len(pyramid) - 1.001).astype(np.float32)
            base = level.astype(np.int32)
            found = np.zeros((len(at), 3), np.float32)
            for low in np.unique(base):
                some = np.flatnonzero(base == low)
                u, v = hits.uv[at[some]].T
                share = (level[some] - np.float32(low))[:, None]
                found[some] = _look_up(pyramid[low], u, v) * (1 - share) + _look_up(pyramid[low + 1], u, v) * share
            emission[at] = found
        return Shaded(hits.colour, emission, hits.gloss, hits.normal)


def _look_up(image: Floats, u: Floats, v: Floats) -> Floats:
    rows, columns = image.shape[:2]
    x = np.clip(u * np.float32(columns) - np.float32(0.5), 0, columns - 1.001)
    y = np.clip((np.float32(1.0) - v) * np.float32(rows) - np.float32(0.5), 0, rows - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    right, down = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
    across, below = (x - left.astype(np.float32))[:, None], (y - top.astype(np.float32))[:, None]
    upper = image[top, left] * (1 - across) + image[top, right] * across
    lower = image[down, left] * (1 - across) + image[down, right] * across
    mixed: Floats = (upper * (1 - below) + lower * below).astype(np.float32)
    return mixed


def _pyramid(texture: Floats) -> list[Floats]:
    levels = [texture]
    while min(levels[-1].shape[:2]) > 3:
        image = levels[-1]
        image = np.pad(image, ((0, image.shape[0] % 2), (0, image.shape[1] % 2), (0, 0)), mode="edge")
        levels.append(
            (image[0::2, 0::2] + image[1::2, 0::2] + image[0::2, 1::2] + image[1::2, 1::2]) * np.float32(0.25)
        )
    levels.append(levels[-1])
    return levels


def sign_texture(sign: Sign) -> Floats:
    """(rows, columns, 3) linear light of the panel's front."""
    letter = sign.width / 1.35 if sign.upright else sign.height / 1.6
    scale = _TEXELS / letter
    columns, rows = max(8, round(sign.width * scale)), max(8, round(sign.height * scale))
    tubes = _tubes(sign, columns, rows)
    border = _border(columns, rows)
    light = _glowing(tubes, columns, rows, sign.tube, 3.6) + _glowing([border], columns, rows, sign.frame, 2.2)
    backing = np.array([0.02, 0.02, 0.03], np.float32) + np.float32(0.05) * np.array(sign.tube, np.float32)
    combined: Floats = (light + backing).astype(np.float32)
    return combined


def _tubes(sign: Sign, columns: int, rows: int) -> list[list[tuple[float, float]]]:
    """The strokes of text and icon in texels."""
    placed: list[list[tuple[float, float]]] = []

    def put(strokes: tuple[Stroke, ...], left: float, bottom: float, width: float, height: float) -> None:
        for stroke in strokes:
            placed.append([(left + x / 6 * width, rows - (bottom + y / 10 * height)) for x, y in stroke])

    if sign.upright:
        icon = bool(sign.icon)
        slots = len(sign.text) + (1.2 if icon else 0.0)
        step = (rows - 0.5 * _TEXELS) / max(slots, 1)
        size = min(_TEXELS * 0.74, step * 0.78)
        left = (columns - size * 0.72) / 2
        top = rows - 0.25 * _TEXELS
        for letter in sign.text:
            strokes = glyph(letter)
            # A long-vowel bar stands upright in upright writing.
            if letter == "ー":
                strokes = (((3.0, 0.5), (3.0, 9.5)),)
            put(strokes, left, top - step / 2 - size / 2, size * 0.72, size)
            top -= step
        if icon:
            put(ICONS[sign.icon], left - size * 0.05, top - step * 0.6 - size / 2, size * 0.82, size)
        return placed
    step = (columns - 0.5 * _TEXELS) / max(len(sign.text), 1)
    size = min(_TEXELS * 0.86, step * 1.2)
    left = 0.25 * _TEXELS
    for letter in sign.text:
        put(glyph(letter), left + step / 2 - size * 0.33, (rows - size) / 2, size * 0.66, size)
        left += step
    return placed


def _border(columns: int, rows: int) -> list[tuple[float, float]]:
    gap = 3.0
    return [(gap, gap), (columns - gap, gap), (columns - gap, rows - gap), (gap, rows - gap), (gap, gap)]


def _glowing(tubes: list[list[tuple[float, float]]], columns: int, rows: int, hue: Vector, strength: float) -> Floats:
    """Tubes with a hot core and a halo on the panel, in linear light."""
    halo = _drawn(tubes, columns, rows, 5.0, 4.0)
    body = _drawn(tubes, columns, rows, 2.6, 0.7)
    core = _drawn(tubes, columns, rows, 1.1, 0.4)
    colour = np.asarray(hue, np.float32)
    light = halo[..., None] * colour * np.float32(0.32 * strength) + body[..., None] * colour * np.float32(strength)
    combined: Floats = light + core[..., None] * (np.float32(0.35) + colour * np.float32(0.65)) * np.float32(
        strength * 0.9
    )
    return combined


def _drawn(tubes: list[list[tuple[float, float]]], columns: int, rows: int, width: float, blur: float) -> Floats:
    """(rows, columns) coverage, 0 to 1, by strokes of the given width in texels, blurred."""
    surface = skia.Surface(columns, rows)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    paint = skia.Paint(
        AntiAlias=True,
        Color=skia.ColorWHITE,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
        PathEffect=skia.CornerPathEffect.Make(3.0),
        MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur),
    )
    for tube in tubes:
        builder = skia.PathBuilder()
        builder.moveTo(*tube[0])
        for point in tube[1:]:
            builder.lineTo(*point)
        canvas.drawPath(builder.detach(), paint)
    pixels = surface.makeImageSnapshot().toarray()[..., 0]
    coverage: Floats = pixels.astype(np.float32) * np.float32(1 / 255)
    return coverage
