"""Every noun that can be drawn: which rig draws it, how large it is, and where it belongs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from imagined.engines.illustrator.figures import (
    buildings,
    cars,
    furnishings,
    furniture,
    kitchenware,
    lights,
    paintings,
    plants,
    things,
    vehicles,
)
from imagined.engines.illustrator.figures.anatomy import Animal
from imagined.engines.illustrator.figures.animals import ANIMALS as _COMMON
from imagined.engines.illustrator.figures.aviary import BIRDS
from imagined.engines.illustrator.figures.biped import biped
from imagined.engines.illustrator.figures.bird import bird
from imagined.engines.illustrator.figures.carried import HELD, POSED
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.creatures import CREATURES, Creature
from imagined.engines.illustrator.figures.flora import FLORA, SEASONAL
from imagined.engines.illustrator.figures.gestures import GESTURES
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.figures.people import PEOPLE, someone
from imagined.engines.illustrator.figures.quadruped import quadruped
from imagined.engines.illustrator.figures.spooks import skeleton_figure
from imagined.engines.illustrator.figures.swimmers import SWIMMERS, swimmer
from imagined.engines.illustrator.figures.upright import UPRIGHT, upright
from imagined.engines.illustrator.figures.wares import WARES, Ware
from imagined.engines.illustrator.figures.wildlife import WILDLIFE

ANIMALS: Final = _COMMON | WILDLIFE
Habitat = Literal["ground", "water", "air", "space", "indoors"]


@dataclass(frozen=True)
class Order:
    """One figure asked for."""

    noun: str
    pose: str = "standing"
    colour: Colour | None = None
    season: str = "summer"
    lit: bool = False
    """Windows and lamps are on."""
    seed: int = 0
    girth: float = 0.55
    """Width of what is ridden, metres."""
    detail: int = 120
    """Triangles along the longest side, about."""
    held: str = ""
    """Noun of `carried.HELD` that a person holds."""
    held_colour: Colour | None = None


@dataclass(frozen=True)
class Kind:
    """What is known of a noun before it is drawn."""

    size: float
    """Longest side, metres."""
    habitat: Habitat
    draw: Callable[[Order, float], Figure]
    """Given the order and the length of a triangle."""
    colour: Colour | None = None
    """Used when the prompt names none."""
    family: str = "thing"
    """``animal``, ``person``, ``bird``, ``vehicle``, ``building``, ``plant`` or ``thing``."""
    yaw: float = -0.75
    """How far it turns from +x towards the viewer, radians."""


def _mixed(colour: Colour, other: Colour, t: float) -> Colour:
    red, green, blue = (a + (b - a) * t for a, b in zip(colour, other, strict=True))
    return (red, green, blue)


def _dyed(kind: Animal, colour: Colour | None) -> Animal:
    """The animal in the colour asked for, with markings that go with it."""
    if colour is None:
        return kind
    pale = _mixed(colour, (0.9, 0.88, 0.84), 0.55)
    keep = kind.hooves or max(kind.dark) < 0.12
    feet = kind.dark if keep else _mixed(colour, pale, 0.4)
    if kind.pattern == "scales":
        feet = _mixed(colour, (0.0, 0.0, 0.0), 0.4)
    own = kind.pattern in ("tabby", "scales")
    marks = _mixed(colour, (0.0, 0.0, 0.0), 0.6) if own else kind.pattern_colour
    return replace(kind, coat=colour, light=pale, dark=feet, pattern_colour=marks)


def _animal(order: Order, step: float) -> Figure:
    return quadruped(_dyed(ANIMALS[order.noun], order.colour), order.pose, step)


def _upright(order: Order, step: float) -> Figure:
    kind = UPRIGHT[order.noun]
    return upright(replace(kind, animal=_dyed(kind.animal, order.colour)), order.pose, step)


def _swimmer(order: Order, step: float) -> Figure:
    kind = SWIMMERS[order.noun]
    if order.colour is not None:
        pale = _mixed(order.colour, (0.9, 0.9, 0.9), 0.4)
        kind = replace(kind, back=order.colour, belly=pale, fin=_mixed(order.colour, pale, 0.3))
    return swimmer(kind, order.pose, step)


_EITHER: Final[dict[str, tuple[str, str]]] = {"person": ("man", "woman"), "child": ("girl", "boy")}
"""Nouns that leave it open: the order's seed decides, so that several differ."""
_NEAREST: Final = {"jumping": "running", "sleeping": "lying", "swimming": "lying"}
"""Poses of animals and the nearest that people have."""


def _person(order: Order, step: float) -> Figure:
    pose = order.pose if order.pose in GESTURES else _NEAREST.get(order.pose, order.pose)
    either = _EITHER.get(order.noun, (order.noun, order.noun))
    order = replace(order, pose=pose, noun=either[order.seed % 2])
    kind = someone(order.noun, order.seed)
    if order.colour is not None:
        worn = {"shirt": order.colour}
        if kind.robe is not None:
            worn["robe"] = order.colour
        if order.noun in ("astronaut", "superhero", "knight", "robot"):
            worn["trousers"] = order.colour
        if order.noun in ("knight", "robot"):
            worn |= {"skin": order.colour, "hat_colour": order.colour}
        if order.noun in ("wizard", "witch"):
            worn["hat_colour"] = order.colour
        kind = replace(kind, **worn)  # type: ignore[arg-type]  # all of these are colours
    pose, props = POSED.get(order.pose, (order.pose, ()))
    if order.held in HELD:
        pose = HELD[order.held].pose if pose in ("standing", "holding") else pose
        props = (*props, order.held)
    if props and pose in ("wind", "guitar", "violin", "keys", "drumming", "painting", "reading", "carrying"):
        # Hands that are busy put down what the trade gave them.
        kind = replace(kind, extras=tuple(name for name in kind.extras if name not in HELD))
    tools = [name for name in kind.extras if name in HELD]
    if tools and pose == "standing":
        pose = HELD[tools[0]].pose
    return biped(kind, pose, step, order.girth, props, order.held_colour)


def _bird(order: Order, step: float) -> Figure:
    kind = BIRDS[order.noun]
    if order.colour is not None:
        pale = _mixed(order.colour, (0.9, 0.88, 0.84), 0.5)
        kind = replace(
            kind, back=order.colour, breast=pale, wing_tip=_mixed(order.colour, (0, 0, 0), 0.5), head_colour=None
        )
    return bird(kind, order.pose, step)


def _colour(order: Order, usual: Colour) -> Colour:
    return order.colour if order.colour is not None else usual


_RED: Final[Colour] = (0.62, 0.03, 0.025)
_STONE: Final[Colour] = (0.58, 0.55, 0.49)
_OAK: Final[Colour] = (0.27, 0.135, 0.06)


def _snowy(order: Order) -> bool:
    return order.season == "winter"


_MADE: Final[dict[str, Kind]] = {
    "car": Kind(3.9, "ground", lambda o, s: cars.car(_colour(o, (0.72, 0.42, 0.04)), False, s), family="vehicle"),
    "sports_car": Kind(4.3, "ground", lambda o, s: cars.car(_colour(o, _RED), True, s), family="vehicle"),
    "sailing_boat": Kind(
        8.0,
        "water",
        lambda o, _: vehicles.sailing_boat(_colour(o, (0.84, 0.84, 0.82)), False),
        family="vehicle",
        yaw=-0.5,
    ),
    "ship": Kind(
        28.0,
        "water",
        lambda o, _: vehicles.sailing_boat(_colour(o, (0.2, 0.1, 0.05)), True),
        family="vehicle",
        yaw=-0.55,
    ),
    "rocket": Kind(9.5, "air", lambda o, s: vehicles.rocket(_colour(o, _RED), o.pose, s), family="vehicle", yaw=0.0),
    "balloon": Kind(
        18.0,
        "air",
        lambda o, _: vehicles.balloon(_colour(o, _BALLOONS[o.seed % len(_BALLOONS)]), o.seed),
        family="vehicle",
        yaw=0.0,
    ),
    "aeroplane": Kind(10.0, "air", lambda o, s: vehicles.aeroplane(_colour(o, _RED), s), family="vehicle", yaw=-0.55),
    "house": Kind(
        8.0,
        "ground",
        lambda o, _: buildings.house(_colour(o, (0.78, 0.73, 0.60)), o.lit, _snowy(o)),
        family="building",
        yaw=0.42,
    ),
    "barn": Kind(
        9.0,
        "ground",
        lambda o, _: buildings.barn(_colour(o, (0.42, 0.05, 0.035)), o.lit, _snowy(o)),
        family="building",
        yaw=-1.1,
    ),
    "castle": Kind(
        25.0, "ground", lambda o, _: buildings.castle(_colour(o, _STONE), o.lit), family="building", yaw=-1.25
    ),
    "lighthouse": Kind(
        18.0, "ground", lambda o, s: buildings.lighthouse(_colour(o, _RED), o.lit, s), family="building", yaw=0.3
    ),
    "windmill": Kind(
        14.0,
        "ground",
        lambda o, _: buildings.windmill(_colour(o, (0.80, 0.76, 0.68)), o.lit),
        family="building",
        yaw=-1.0,
    ),
    "tent": Kind(
        2.8, "ground", lambda o, _: things.tent(_colour(o, (0.72, 0.33, 0.04)), o.lit), family="building", yaw=-1.0
    ),
    "tree": Kind(8.0, "ground", lambda o, _: plants.tree(o.noun, o.season, o.seed), family="plant", yaw=0.0),
    "pine": Kind(9.0, "ground", lambda o, _: plants.tree(o.noun, o.season, o.seed), family="plant", yaw=0.0),
    "palm": Kind(8.0, "ground", lambda o, _: plants.tree(o.noun, o.season, o.seed), family="plant", yaw=0.0),
    "cherry_tree": Kind(8.0, "ground", lambda o, _: plants.tree(o.noun, o.season, o.seed), family="plant", yaw=0.0),
    "christmas_tree": Kind(3.3, "ground", lambda o, _: plants.tree(o.noun, o.season, o.seed), family="plant", yaw=0.0),
    "flower": Kind(
        0.5,
        "ground",
        lambda o, _: plants.flower(_colour(o, _PETALS[o.seed % len(_PETALS)]), o.seed),
        family="plant",
        yaw=-1.3,
    ),
    "mushroom": Kind(0.3, "ground", lambda o, s: things.mushroom(_colour(o, _RED), s), family="plant"),
    "snowman": Kind(2.05, "ground", lambda o, s: things.snowman(_colour(o, _RED), s), yaw=-1.15),
    "planet": Kind(
        10.0,
        "space",
        lambda o, _: things.planet(
            _colour(o, _WORLDS[o.seed % len(_WORLDS)]), o.seed % 2 == 0 or o.noun == "saturn", o.seed
        ),
        yaw=0.0,
    ),
    "moon": Kind(10.0, "space", lambda o, _: things.planet(_colour(o, (0.52, 0.51, 0.49)), False, o.seed), yaw=0.0),
    "rock": Kind(1.9, "ground", lambda o, s: buildings.boulder(o.seed, s)),
    "apple": Kind(0.085, "indoors", lambda o, _: things.apple(_colour(o, _RED))),
    "cup": Kind(0.15, "indoors", lambda o, _: things.cup(_colour(o, (0.80, 0.77, 0.70)))),
    "vase": Kind(0.45, "indoors", lambda o, _: things.vase(_colour(o, (0.05, 0.16, 0.38)))),
    "ball": Kind(0.4, "ground", lambda o, _: things.plain_ball(_colour(o, _RED))),
    "table": Kind(1.4, "indoors", lambda o, _: things.table(_colour(o, (0.34, 0.18, 0.08))), yaw=0.35),
    "chair": Kind(0.93, "indoors", lambda o, _: furniture.chair(_colour(o, _OAK)), yaw=-0.9),
    "armchair": Kind(1.05, "indoors", lambda o, _: furniture.armchair(_colour(o, (0.30, 0.07, 0.05))), yaw=-1.0),
    "sofa": Kind(2.1, "indoors", lambda o, _: furniture.sofa(_colour(o, (0.10, 0.20, 0.21))), yaw=-1.45),
    "stool": Kind(0.64, "indoors", lambda o, _: furniture.stool(_colour(o, _OAK)), yaw=-0.9),
    "bed": Kind(2.1, "indoors", lambda o, _: furniture.bed(_colour(o, (0.16, 0.26, 0.38))), yaw=-1.2),
    "cafe_table": Kind(0.75, "indoors", lambda o, _: furniture.round_table(_colour(o, (0.22, 0.11, 0.05))), yaw=-1.57),
    "dining_table": Kind(1.7, "indoors", lambda o, _: furniture.long_table(_colour(o, (0.25, 0.125, 0.055))), yaw=-1.4),
    "coffee_table": Kind(
        1.05, "indoors", lambda o, _: furniture.coffee_table(_colour(o, (0.24, 0.12, 0.055))), yaw=-1.4
    ),
    "desk": Kind(1.4, "indoors", lambda o, _: furniture.desk(_colour(o, (0.26, 0.13, 0.06))), yaw=-1.3),
    "bookshelf": Kind(
        2.1, "indoors", lambda o, _: furniture.bookshelf(_colour(o, (0.20, 0.10, 0.045)), o.seed), yaw=-1.57
    ),
    "shelf": Kind(2.1, "indoors", lambda o, _: furniture.bookshelf(_colour(o, (0.20, 0.10, 0.045)), o.seed), yaw=-1.57),
    "bench": Kind(1.5, "ground", lambda o, _: furniture.bench(_colour(o, _OAK)), yaw=-1.2),
    "cupboard": Kind(1.97, "indoors", lambda o, _: furniture.cupboard(_colour(o, (0.30, 0.36, 0.33))), yaw=-1.57),
    "wardrobe": Kind(2.0, "indoors", lambda o, _: furniture.wardrobe(_colour(o, (0.24, 0.12, 0.055))), yaw=-1.57),
    "drawers": Kind(
        0.8, "indoors", lambda o, _: furniture.drawers(_colour(o, (0.26, 0.13, 0.06)), 0.85, 0.8), yaw=-1.4
    ),
    "piano": Kind(2.0, "indoors", lambda o, _: furniture.piano(_colour(o, (0.018, 0.018, 0.02))), yaw=0.3),
    "lamp": Kind(1.6, "indoors", lambda o, _: lights.floor_lamp(_colour(o, (0.80, 0.66, 0.44)), True), yaw=-1.4),
    "candle": Kind(0.2, "indoors", lambda o, _: lights.candle(_colour(o, (0.84, 0.78, 0.64)), True), yaw=-1.4),
    "fireplace": Kind(1.7, "indoors", lambda o, _: lights.fireplace(_colour(o, (0.50, 0.46, 0.40)), True), yaw=-1.57),
    "stove": Kind(0.95, "indoors", lambda o, _: kitchenware.stove(_colour(o, (0.72, 0.70, 0.64)), True), yaw=-1.57),
    "fridge": Kind(1.77, "indoors", lambda o, _: kitchenware.fridge(_colour(o, (0.56, 0.74, 0.70))), yaw=-1.57),
    "sink": Kind(
        1.2, "indoors", lambda o, _: kitchenware.counter(_colour(o, (0.40, 0.47, 0.44)), 1.2, basin=True), yaw=-1.57
    ),
    "blackboard": Kind(
        1.86, "indoors", lambda o, _: paintings.blackboard(_colour(o, (0.035, 0.075, 0.055))), yaw=-1.57
    ),
    "easel": Kind(1.75, "indoors", lambda o, _: paintings.easel(o.seed), yaw=-1.2),
    "plant_pot": Kind(
        0.9, "indoors", lambda o, _: furnishings.plant_pot(_colour(o, (0.50, 0.20, 0.10)), o.seed), yaw=-1.2
    ),
    "clock": Kind(
        2.05, "indoors", lambda o, _: furnishings.grandfather_clock(_colour(o, (0.20, 0.09, 0.04))), yaw=-1.57
    ),
    "mirror": Kind(1.72, "indoors", lambda o, _: furnishings.mirror(_colour(o, (0.50, 0.33, 0.10))), yaw=-1.2),
    "rug": Kind(2.4, "indoors", lambda o, _: furnishings.rug(_colour(o, (0.42, 0.06, 0.05))), yaw=-1.57),
    "book": Kind(0.25, "indoors", lambda o, _: things.book(_colour(o, (0.45, 0.05, 0.04)))),
}

_BALLOONS: Final[tuple[Colour, ...]] = (
    (0.62, 0.04, 0.03),
    (0.05, 0.22, 0.52),
    (0.82, 0.50, 0.04),
    (0.07, 0.36, 0.22),
    (0.42, 0.08, 0.40),
)
_PETALS: Final[tuple[Colour, ...]] = (
    (0.74, 0.06, 0.10),
    (0.86, 0.55, 0.05),
    (0.80, 0.28, 0.46),
    (0.40, 0.16, 0.62),
    (0.88, 0.86, 0.80),
)
_WORLDS: Final[tuple[Colour, ...]] = (
    (0.66, 0.48, 0.30),
    (0.16, 0.34, 0.55),
    (0.52, 0.22, 0.14),
    (0.30, 0.48, 0.46),
    (0.46, 0.34, 0.58),
)


def _seasonal(order: Order, _: float) -> Figure:
    return SEASONAL[order.noun][1](order.season, order.seed)


def _creature_kind(made: Creature) -> Kind:
    def drawn(order: Order, step: float) -> Figure:
        colour = order.colour or made.colours[order.seed % len(made.colours)]
        return made.draw(colour, order.pose, order.seed, step)

    return Kind(made.size, made.habitat, drawn, family=made.family, yaw=made.yaw)


def _animal_kind(noun: str) -> Kind:
    kind = ANIMALS[noun]
    long = kind.length + kind.chest + kind.neck * 0.6 + kind.head * (1 + kind.snout)
    if kind.tail == "heavy":
        long += kind.tail_length * 0.7
    return Kind(max(long, kind.height * 1.25 + kind.neck * 0.5), "ground", _animal, family="animal")


def _upright_kind(noun: str) -> Kind:
    kind = UPRIGHT[noun]
    tall = kind.legs + kind.animal.length * 0.9 + kind.animal.neck + kind.animal.head * 2.2
    if kind.animal.tail == "heavy":
        tall += kind.animal.tail_length * 0.5
    if "bat_wings" in kind.animal.extras:
        tall = kind.animal.height * 1.7
    return Kind(tall, "ground", _upright, family="animal")


def _bird_kind(noun: str) -> Kind:
    kind = BIRDS[noun]
    tall = kind.length + kind.girth + kind.neck + kind.legs + kind.head
    return Kind(tall, "water" if kind.swims else "ground", _bird, family="bird")


def _ware_kind(ware: Ware) -> Kind:
    def made(order: Order, _step: float) -> Figure:
        return ware.make(_colour(order, ware.colour), order.lit)

    return Kind(ware.size, ware.habitat, made, family=ware.family, yaw=ware.yaw)


CATALOGUE: Final[dict[str, Kind]] = {
    **{noun: _animal_kind(noun) for noun in ANIMALS},
    **{noun: Kind(kind.length * 1.2, "water", _swimmer, family="animal", yaw=-0.45) for noun, kind in SWIMMERS.items()},
    **{noun: _creature_kind(made) for noun, made in (CREATURES | FLORA).items()},
    **{noun: Kind(size, "ground", _seasonal, family="plant", yaw=0.0) for noun, (size, _) in SEASONAL.items()},
    **{noun: _upright_kind(noun) for noun in UPRIGHT},
    **{noun: _bird_kind(noun) for noun in BIRDS},
    **{noun: Kind(person.height, "ground", _person, family="person", yaw=-1.1) for noun, person in PEOPLE.items()},
    **{
        noun: Kind(PEOPLE[pair[0]].height, "ground", _person, family="person", yaw=-1.1)
        for noun, pair in _EITHER.items()
    },
    "skeleton": Kind(
        1.75, "ground", lambda o, _: skeleton_figure(o.pose, _colour(o, (0.80, 0.76, 0.66))), family="person", yaw=-1.1
    ),
    **{noun: _ware_kind(ware) for noun, ware in WARES.items()},
    **_MADE,
}
"""By noun of the lexicon."""


def draw(order: Order) -> Figure:
    """The figure asked for; the noun must be in the catalogue."""
    kind = CATALOGUE[order.noun]
    size = kind.size
    if kind.family == "bird" and order.pose == "flying" and order.noun in BIRDS:
        size = BIRDS[order.noun].wing * 2
    return kind.draw(order, size / order.detail)
