"""What the biped rig holds in its hands, and the poses that go with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from imagined.engines.illustrator.figures import handheld, instruments, tabletop
from imagined.engines.illustrator.figures.clay import Clay, Colour, turned
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.shapes import turned_by
from imagined.engines.illustrator.figures.stations import STATIONS, fist
from imagined.engines.illustrator.figures.worn import WORN, Wearer
from imagined.engines.illustrator.mesh import Mesh

if TYPE_CHECKING:
    from imagined.engines.illustrator.figures.biped import Joints, Person

_RED: Final[Colour] = (0.62, 0.03, 0.025)


@dataclass(frozen=True)
class Hold:
    """How something is held."""

    pose: str
    make: Callable[[Colour], Figure]
    colour: Colour
    turn: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Pitch, yaw and roll, radians."""
    hand: int = 0
    """0 right, 1 left, 2 between both."""
    grip: str = "grip"
    """The anchor that is in the hand."""


HELD: Final[dict[str, Hold]] = {
    "umbrella": Hold("raising", handheld.umbrella, (0.62, 0.03, 0.03), (0.10, 0, 0.06)),
    "toy_balloon": Hold("raising", handheld.toy_balloon, _RED),
    "kite": Hold("raising", lambda c: handheld.kite(c, 1.6), _RED, (-0.25, 0, 0)),
    "lantern": Hold("holding", handheld.lantern, (0.12, 0.10, 0.08)),
    "sword": Hold("holding", handheld.sword, (0.72, 0.52, 0.18), (-0.35, 0, 0.1)),
    "katana": Hold("fighting", handheld.katana, (0.06, 0.06, 0.16), (-0.5, 0, 0)),
    "shield": Hold("holding", handheld.shield, (0.45, 0.04, 0.04), (0, 0, 0), 1),
    "staff": Hold("raising", handheld.staff, (0.3, 0.7, 0.9)),
    "spear": Hold("raising", handheld.spear, _RED),
    "trident": Hold("raising", handheld.trident, (0.75, 0.55, 0.15)),
    "hammer": Hold("holding", handheld.hammer, (0.55, 0.08, 0.05), (-0.5, 0, 0)),
    "axe": Hold("carrying", handheld.axe, (0.5, 0.5, 0.52), (-0.7, 0, 0.3)),
    "shovel": Hold("dangling", handheld.shovel, (0.3, 0.12, 0.05)),
    "broom": Hold("carrying", handheld.broom, (0.66, 0.48, 0.20), (0.2, 0, 0.3)),
    "wrench": Hold("holding", handheld.wrench, (0.55, 0.56, 0.6), (-0.6, 0, 0)),
    "saw": Hold("holding", handheld.saw, (0.45, 0.20, 0.06), (-0.2, 0, 0)),
    "torch": Hold("raising", handheld.torch, _RED),
    "camera": Hold("wind", handheld.camera, (0.03, 0.03, 0.033), (0, 0, 0), 2),
    "phone": Hold("reading", handheld.phone, (0.03, 0.03, 0.035), (0.3, np.pi, 0), 0),
    "microphone": Hold("singing", handheld.microphone, (0.04, 0.04, 0.045), (0.5, 0, 0)),
    "book": Hold("reading", handheld.open_book, (0.45, 0.05, 0.04), (-0.6, 0, 0), 2),
    "guitar": Hold("guitar", instruments.guitar, (0.72, 0.40, 0.13), (-1.12, np.pi / 2, 0), 0),
    "violin": Hold("violin", instruments.violin, (0.42, 0.14, 0.04), (0, -1.32, -1.4), 1),
    "trumpet": Hold("wind", instruments.trumpet, (0.80, 0.54, 0.12), (0.1, 0, 0), 2),
    "saxophone": Hold("sax", instruments.saxophone, (0.80, 0.54, 0.12), (0.25, 0, 0), 0),
    "fishing_rod": Hold("fishing", handheld.fishing_rod, (0.7, 0.06, 0.04), (0, 0, 0), 2),
    "pan": Hold("cooking", handheld.pan, (0.05, 0.05, 0.055)),
    "flower": Hold("holding", tabletop.bloom, (0.74, 0.06, 0.10)),
    "bouquet": Hold("carrying", tabletop.bouquet, (0.80, 0.36, 0.48), (-0.25, 0, 0), 2),
    "cup": Hold("holding", tabletop.mug, (0.80, 0.77, 0.70)),
    "wine_glass": Hold("holding", tabletop.wine_glass, (0.35, 0.02, 0.05)),
    "ice_cream": Hold("holding", tabletop.ice_cream, (0.86, 0.45, 0.52)),
    "gift": Hold("carrying", tabletop.gift_small, _RED, (0, 0, 0), 2),
    "teddy_bear": Hold("carrying", tabletop.teddy_small, (0.42, 0.22, 0.08), (0, np.pi, 0), 2),
    "cake": Hold("carrying", tabletop.cake_small, (0.86, 0.62, 0.62), (0, 0, 0), 2),
    "tray": Hold("raising", tabletop.tray, (0.6, 0.61, 0.64)),
    "ball": Hold("carrying", tabletop.football, (0.85, 0.84, 0.82), (0, 0, 0), 2),
    "suitcase": Hold("dangling", tabletop.suitcase, (0.36, 0.16, 0.06)),
    "briefcase": Hold("dangling", tabletop.briefcase, (0.10, 0.05, 0.025)),
    "letter": Hold("reading", tabletop.letter, (0.85, 0.82, 0.74), (0.5, 0, 0), 2),
    "map": Hold("reading", tabletop.paper_map, (0.78, 0.68, 0.48), (0.5, 0, 0), 2),
    "apple": Hold("holding", tabletop.held_apple, _RED),
    "flag": Hold("raising", tabletop.flag, _RED),
    "candle": Hold("holding", tabletop.candle_held, (0.86, 0.82, 0.72)),
    "skull": Hold("holding", tabletop.held_skull, (0.82, 0.78, 0.68)),
    "plate": Hold("carrying", tabletop.plate_held, (0.85, 0.84, 0.82), (0, 0, 0), 2),
    "basket": Hold("dangling", tabletop.basket, (0.5, 0.32, 0.14)),
    "watering_can": Hold("holding", tabletop.watering_can, (0.10, 0.34, 0.22), (-0.25, 0, 0)),
    "magnifier": Hold("holding", tabletop.magnifier, (0.5, 0.36, 0.12), (-0.3, 0, 0)),
    "flask": Hold("holding", tabletop.flask, (0.1, 0.6, 0.25)),
}
"""What can be held, with the pose that goes with it."""

POSED: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "reading": ("reading", ("book",)),
    "playing_guitar": ("guitar", ("guitar",)),
    "playing_violin": ("violin", ("violin",)),
    "playing_trumpet": ("wind", ("trumpet",)),
    "playing_saxophone": ("sax", ("saxophone",)),
    "playing_piano": ("keys", ("at_piano",)),
    "playing_drums": ("drumming", ("at_drums",)),
    "playing_drum": ("drumming", ("at_drums",)),
    "painting": ("painting", ("easel",)),
    "fishing": ("fishing", ("fishing_rod",)),
    "cooking": ("cooking", ("pan",)),
    "skiing": ("skiing", ("skis",)),
    "surfing": ("surfing", ("surfboard",)),
    "skateboarding": ("skating", ("skateboard",)),
    "flying_kite": ("raising", ("kite",)),
    "singing": ("singing", ("microphone",)),
    "photographing": ("wind", ("camera",)),
    "drinking": ("holding", ("cup",)),
    "gardening": ("holding", ("watering_can",)),
    "sweeping": ("carrying", ("broom",)),
}
"""Poses of the prompt that bring something along: the gesture and the props."""


def carried(
    body: Clay, person: "Person", joints: "Joints", names: tuple[str, ...], colour: Colour | None = None
) -> list[Mesh]:
    """Everything named that `WORN`, `STATIONS` or `HELD` know; other names are passed over."""
    parts: list[Mesh] = []
    for name in dict.fromkeys(names):
        make = WORN.get(name) or STATIONS.get(name)
        if make is not None:
            parts += make(Wearer(body, person, joints))
        elif name in HELD:
            parts += _held(HELD[name], joints, colour if name not in person.extras else None)
            parts += _with(name, joints)
    return parts


def _held(hold: Hold, joints: "Joints", colour: Colour | None) -> list[Mesh]:
    made = hold.make(colour or hold.colour)
    scale = float(np.clip(joints.height / 1.6, 0.72, 1.0))
    turn = turned(*hold.turn)
    x, y, z = (turn * np.asarray(made.anchors.get(hold.grip, (0.0, 0.0, 0.0)), np.float32)).sum(1) * scale
    at = fist(joints, hold.hand)
    return [turned_by(made.mesh, turn, (at[0] - float(x), at[1] - float(y), at[2] - float(z)), scale)]


def _with(name: str, joints: "Joints") -> list[Mesh]:
    """What else goes with a thing: a bow to a violin."""
    if name != "violin":
        return []
    right, left = fist(joints, 0), fist(joints, 1)
    to = np.array((left[0] - 0.24 - right[0], left[1] + 0.09 - right[1], left[2] + 0.05 - right[2]))
    to /= max(float(np.linalg.norm(to)), 1e-6)
    turn = turned(pitch=float(np.arcsin(to[1])), yaw=float(-np.arctan2(to[2], to[0])))
    return [turned_by(part, turn, right) for part in instruments.bow()]


"""Worn things and stations, by name."""
