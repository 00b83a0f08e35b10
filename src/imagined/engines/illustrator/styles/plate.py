"""What a style works from: a finished picture with what is known or guessed of its edges, light and distances.

`Plate` guesses them from pixels, so that any picture can be drawn in any style; `BuiltPlate` takes them from the
renderer's buffers, where lines are outlines and creases and every region is a thing.
"""

from functools import cached_property
from typing import Any

import numpy as np
from PIL import Image

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.noise import smoothstep
from imagined.engines.illustrator.render import Picture
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.styles.canvas import grey_of, mils, planes_of, scaled, soft
from imagined.engines.illustrator.styles.isometric import things_of
from imagined.engines.illustrator.world import World

_FAR = np.float32(4000.0)


class Plate:
    """A picture of which only the pixels are known."""

    def __init__(self, pixels: Pixels, seed: int, words: str = "") -> None:
        self.planes = planes_of(pixels)
        """(3, H, W) sRGB, 0 to 1."""
        self.seed = seed & 0x7FFFFFFF
        self.words = words
        """What the picture is to be called."""
        self.rows, self.columns = pixels.shape[:2]
        self.unit = mils(pixels.shape[:2])

    @cached_property
    def grey(self) -> Floats:
        """(H, W) brightness, 0 to 1."""
        return grey_of(self.planes)

    @cached_property
    def tone(self) -> Floats:
        """(H, W) brightness stretched to the whole range, as an artist chooses the tones of a drawing."""
        return self._stretched(self.grey)

    def _stretched(self, grey: Floats) -> Floats:
        low, high = self._range
        stretched: Floats = np.clip((grey - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
        return stretched

    @cached_property
    def _range(self) -> tuple[float, float]:
        """What counts as black and as white: means, so that it hardly moves from frame to frame."""
        small = np.sort(scaled(self.grey, 48, 64, Image.Resampling.BOX).reshape(-1))
        return min(float(small[90:190].mean()), 0.30), max(float(small[-190:-90].mean()), 0.42)

    def toned(self, planes: Floats) -> Floats:
        """(H, W) `tone` as it is for a smoothed version of the picture."""
        return self._stretched(grey_of(planes))

    @cached_property
    def outline(self) -> Floats:
        """(H, W) strong lines, 0 to 1, about two mils wide."""
        return self._drawn_lines(1.6, 3.2)

    @cached_property
    def detail(self) -> Floats:
        """(H, W) fine lines, 0 to 1."""
        return self._drawn_lines(0.9, 1.8)

    @cached_property
    def distance(self) -> Floats:
        """(H, W) 0 at the nearest to 1 at the sky; a guess that what is lower in a picture is nearer."""
        down = np.linspace(1, 0, self.rows, dtype=np.float32)[:, None]
        guess = down * np.float32(0.6) + soft(self.grey, 12) * np.float32(0.4)
        return np.clip(guess, 0, 1)

    @cached_property
    def sky(self) -> Floats:
        """(H, W) 1 where the sky is, as far as is known."""
        return np.zeros((self.rows, self.columns), np.float32)

    @cached_property
    def subject(self) -> Floats:
        """(H, W) 1 where the things are that the picture is about."""
        x = np.linspace(-1, 1, self.columns, dtype=np.float32)[None, :]
        y = np.linspace(-1, 1, self.rows, dtype=np.float32)[:, None]
        return 1 - smoothstep(0.75, 0.80, np.hypot(x, y))

    @cached_property
    def calm(self) -> Floats:
        """(H, W) 1 where surfaces are even, 0 in thickets of leaves and grass, which a line cannot follow."""
        return np.ones((self.rows, self.columns), np.float32)

    @cached_property
    def closely(self) -> Floats:
        """(H, W) 1 where a drawing goes into detail, less where it is to stay simple."""
        return np.ones((self.rows, self.columns), np.float32)

    @cached_property
    def shade(self) -> Floats:
        """(H, W) how much light falls, 0 shadow to 1 full light; a guess."""
        return smoothstep(0.15, 0.75, soft(self.tone, 6))

    @cached_property
    def bend(self) -> Floats:
        """(H, W) moves hatching over the forms, in periods of it."""
        return np.zeros((self.rows, self.columns), np.float32)

    @cached_property
    def flow(self) -> tuple[Floats, Floats]:
        """(H, W) twice: cosine and sine of twice the angle in which strokes run."""
        grey = soft(self.grey, 4)
        down, right = np.gradient(grey)
        tensor = soft(np.stack([right * right - down * down, np.float32(2) * right * down]), 10)
        strength = np.hypot(tensor[0], tensor[1]) + np.float32(1e-9)
        return -tensor[0] / strength, -tensor[1] / strength

    @cached_property
    def size_m(self) -> float | None:
        """Height of the main thing in metres, if known."""
        return None

    def _drawn_lines(self, narrow: float, wide: float) -> Floats:
        """Where a narrow blur is darker than a wide one, or one hue meets another."""
        inner, outer = soft(self.grey, narrow), soft(self.grey, wide)
        lines = smoothstep(0.018, 0.075, (outer - inner) / (outer + np.float32(0.12)))
        # In grass and leaves every blade has a line: there are to be few.
        lines = lines * (1 - smoothstep(0.14, 0.42, soft(lines, 16)) * np.float32(0.9))
        hues = self._hue_borders
        return np.maximum(lines, hues * (1 - smoothstep(0.3, 0.6, soft(hues, 16)) * np.float32(0.9)))

    @cached_property
    def _hue_borders(self) -> Floats:
        """(H, W) borders between colours, be they equally bright."""
        steep = np.zeros_like(self.grey)
        for channel in (self.planes[0], self.planes[2]):
            down, right = np.gradient(soft(channel - self.grey, 1.4))
            steep = np.maximum(steep, np.hypot(down, right))
        return smoothstep(0.03, 0.08, steep * np.float32(self.unit)) * np.float32(0.8)


class BuiltPlate(Plate):
    """A picture that the renderer drew, with its buffers."""

    def __init__(self, pixels: Pixels, picture: Picture, scene: Scene, world: World, words: str = "") -> None:
        super().__init__(pixels, scene.seed, words)
        self.picture, self.scene, self.world = picture, scene, world
        self._step = max(1, round(self.unit))
        depth = np.minimum(picture.depth, _FAR)
        self.near: Floats = np.where(depth < _FAR, np.float32(1) / depth, np.float32(0))
        """(H, W) 1 / metres, 0 where the sky is: straight over flat surfaces."""

    @cached_property
    def _apart(self) -> Floats:
        """(H, W) how suddenly the distance changes: 0 on flat things."""
        near, strongest = self.near, np.zeros_like(self.near)
        for one, middle, two in self._triples(near):
            turn = np.abs(one + two - np.float32(2) * middle)
            turn /= np.maximum(np.maximum(one, two), np.float32(2e-4))
            strongest = np.maximum(strongest, turn)
        return strongest

    @cached_property
    def _borders(self) -> tuple[Floats, Floats]:
        """Outlines and creases, each about one pixel wide, before they get their weight."""
        body, normal = self.picture.body, self.picture.normal
        differs, turned = np.zeros(body.shape, bool), np.zeros(body.shape, np.float32)
        for one, _, two in self._triples(body):
            differs |= one != two
        for k in range(3):
            for one, _, two in self._triples(normal[..., k]):
                turned += np.square(one - two)
        strong = np.maximum(smoothstep(0.05, 0.12, self._apart), differs.astype(np.float32) * np.float32(0.9))
        crease = smoothstep(0.35, 0.9, turned) * (body >= 0)
        return strong, crease

    @cached_property
    def outline(self) -> Floats:
        """(H, W) outlines of things; few in thickets, where every leaf has one."""
        strong, _ = self._borders
        strong = strong * self._calm(strong, 0.065, 0.16)
        if self.unit < 0.7:
            # In a small picture lines of two pixels are too broad: the nearer one of the two sides has them.
            (one, _, two), (three, _, four) = self._triples(self.near)
            sides = np.maximum(np.maximum(one, two), np.maximum(three, four))
            sides = sides + np.minimum(np.minimum(one, two), np.minimum(three, four))
            strong = strong * (self.near * np.float32(2) >= sides * np.float32(0.9999))
        wide = soft(strong, 0.75)
        lines: Floats = np.clip(wide * np.float32(1.9), 0, 1)
        return lines

    @cached_property
    def calm(self) -> Floats:
        """(H, W) 1 where surfaces are even, 0 in thickets of leaves and grass, which a line cannot follow."""
        strong, crease = self._borders
        return self._calm(np.maximum(strong, crease), 0.06, 0.16)

    def _calm(self, lines: Floats, few: float, many: float) -> Floats:
        """(H, W) the weight of lines: less in thickets, but the main things keep theirs."""
        # The width of lines in pixels is known, in mils it depends on the size.
        crowd = soft(lines, 14) * np.float32(self.unit / self._step)
        weight = 1 - smoothstep(few, many, crowd) * np.float32(0.94)
        kept: Floats = np.maximum(weight, np.clip(soft(self.subject, 3) * np.float32(2), 0, 1))
        return kept

    @cached_property
    def detail(self) -> Floats:
        """(H, W) creases, and borders of colour on a thing."""
        strong, crease = self._borders
        colour = np.sqrt(np.clip(self.picture.colour, 0, 1))
        apart = np.zeros_like(self.near)
        for k in range(3):
            for one, _, two in self._triples(colour[..., k]):
                apart = np.maximum(apart, np.abs(one - two))
        lines = np.maximum(np.maximum(crease, smoothstep(0.10, 0.24, apart)), strong)
        weight = self._calm(lines, 0.040, 0.13)
        if self.things:
            weight = weight * (np.float32(0.55) + np.float32(0.45) * soft(self.subject, 2))
        shown: Floats = np.clip(soft(lines * weight, 0.6) * np.float32(1.5), 0, 1)
        return shown

    def _triples(self, plane: Any) -> list[tuple[Any, Any, Any]]:
        """Each pixel between its neighbours above and below, and left and right."""
        step, wide = self._step, np.pad(plane, self._step, mode="edge")
        inner = slice(step, -step)
        return [
            (wide[: -2 * step, inner], plane, wide[2 * step :, inner]),
            (wide[inner, : -2 * step], plane, wide[inner, 2 * step :]),
        ]

    @cached_property
    def distance(self) -> Floats:
        """(H, W) 0 at the nearest to 1 at the sky, by the logarithm of the distance."""
        depth = np.log(np.minimum(self.picture.depth, _FAR))
        small = np.sort(scaled(depth, 48, 64, Image.Resampling.BOX).reshape(-1))
        low = float(small[40:120].mean())
        # The sky is farther than anything, but not so far that all else falls into one layer.
        land = small[small < float(np.log(_FAR)) - 0.4]
        high = max(float(land[-60:].mean()) if len(land) > 200 else float(np.log(_FAR)), low + 0.5)
        spread: Floats = np.clip((depth - np.float32(low)) * np.float32(0.9 / (high - low)), 0, 0.93)
        distance: Floats = np.where(self.picture.body == -1, np.float32(1), spread)
        return distance

    @cached_property
    def sky(self) -> Floats:
        """(H, W) 1 where the sky is."""
        sky: Floats = (self.picture.body == -1).astype(np.float32)
        return sky

    @cached_property
    def things(self) -> list[int]:
        """Bodies the picture is about."""
        return things_of(self.world, self.scene)

    @cached_property
    def subject(self) -> Floats:
        """(H, W) 1 where the things are that the picture is about; 0 everywhere in a picture of a place."""
        return np.isin(self.picture.body, self.things).astype(np.float32)

    @cached_property
    def closely(self) -> Floats:
        """(H, W) 1 at the main things, and everywhere in a picture of a place."""
        if float(self.subject.mean()) < 0.002:
            return np.ones_like(self.subject)
        close: Floats = np.clip(soft(self.subject, 2.5) * np.float32(1.6), 0, 1)
        return close

    @cached_property
    def shade(self) -> Floats:
        """(H, W) how much light falls on surfaces, 0 shadow to 1 full light."""
        colour = grey_of(np.clip(self.picture.colour.transpose(2, 0, 1), 0, 4))
        light = grey_of(self.picture.light.transpose(2, 0, 1))
        sun = max(max(self.world.light.colour), 0.3) + max(self.world.ambient.above) * 0.5
        fall = light / np.maximum(colour, np.float32(0.03)) * np.float32(1 / sun)
        shade = np.clip(fall, 0, 1)
        return np.where(self.picture.body >= 0, shade, np.float32(1)).astype(np.float32)

    @cached_property
    def bend(self) -> Floats:
        """(H, W) hatching follows the way surfaces face."""
        normal = self.picture.normal
        return normal[..., 0] * np.float32(1.6) - normal[..., 1] * np.float32(2.2)

    @cached_property
    def flow(self) -> tuple[Floats, Floats]:
        """(H, W) twice: strokes run around forms, across the way they face; elsewhere along the picture's edges."""
        cosine, sine = super().flow
        right = soft(self.picture.normal[..., 0], 5)
        up = soft(self.picture.normal[..., 1], 5)
        # Twice the angle of the way around a form, which is square to the way it faces.
        square = right * right + up * up
        around, across = (up * up - right * right), np.float32(2) * right * up
        weight = np.where(self.picture.body >= 0, square, np.float32(0)) * np.float32(1.4)
        cosine, sine = cosine * np.float32(0.7) + around * weight, sine * np.float32(0.7) + across * weight
        length = np.hypot(cosine, sine) + np.float32(1e-9)
        return cosine / length, sine / length

    @cached_property
    def size_m(self) -> float | None:
        """Height of the tallest thing, metres."""
        heights = [self.world.bodies[index].mesh.bounds for index in self.things]
        return max((float(high[1] - low[1]) for low, high in heights), default=None)
