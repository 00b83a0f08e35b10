"""Styles: the manner in which a finished scene is drawn, from its colours, distances, normals and bodies."""

from collections.abc import Callable
from typing import Final

from imagined.engines.illustrator.grade import Pixels
from imagined.engines.illustrator.render import Picture
from imagined.engines.illustrator.scene import Scene, Style
from imagined.engines.illustrator.styles.flat import anime, paper_cut, pixel_art, poster, vintage_print
from imagined.engines.illustrator.styles.line import blueprint, ink, neon, pencil
from imagined.engines.illustrator.styles.logo import logo
from imagined.engines.illustrator.styles.names import named
from imagined.engines.illustrator.styles.paint import oil, watercolour
from imagined.engines.illustrator.styles.photo import photo
from imagined.engines.illustrator.styles.plate import BuiltPlate, Plate
from imagined.engines.illustrator.world import World

STYLES: Final[dict[Style, Callable[[Plate], Pixels]]] = {
    "photo": photo,
    "oil": oil,
    "watercolour": watercolour,
    "ink": ink,
    "pencil": pencil,
    "pixel_art": pixel_art,
    "poster": poster,
    "paper_cut": paper_cut,
    "anime": anime,
    "print": vintage_print,
    "neon": neon,
    "logo": logo,
    "blueprint": blueprint,
}
"""Styles that redraw the pixels; illustration leaves them alone, and isometric is a camera (`isometric`)."""


def styled(pixels: Pixels, picture: Picture, scene: Scene, world: World) -> Pixels:
    """The finished `pixels` of `picture` in the scene's style, of the same size."""
    style = STYLES.get(scene.style)
    return style(BuiltPlate(pixels, picture, scene, world, named(scene))) if style else pixels


def styled_pixels(pixels: Pixels, style: str, seed: int) -> Pixels:
    """Any picture in a style, by what can be guessed from its pixels; unknown styles change nothing."""
    function = next((function for name, function in STYLES.items() if name == style), None)
    return function(Plate(pixels, seed)) if function else pixels
