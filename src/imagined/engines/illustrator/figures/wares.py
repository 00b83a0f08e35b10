"""The nouns of things and vehicles that need no more than a colour: how large, where at home, how made."""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from imagined.engines.illustrator.figures import (
    baking,
    bikes,
    cars,
    craft,
    desk,
    drinks,
    food,
    fruit,
    gear,
    handheld,
    instruments,
    objects,
    railways,
    roads,
    spooks,
    street,
    tabletop,
    toys,
)
from imagined.engines.illustrator.figures.clay import Colour
from imagined.engines.illustrator.figures.model import Figure, gathered

RED: Final[Colour] = (0.62, 0.03, 0.025)
_WOOD: Final[Colour] = (0.34, 0.18, 0.08)
_GOLD: Final[Colour] = (0.80, 0.56, 0.16)
_IRON: Final[Colour] = (0.035, 0.04, 0.045)


class Ware(NamedTuple):
    """One noun."""

    size: float
    """Longest side, metres."""
    make: Callable[[Colour, bool], Figure]
    """Of a colour, with its lamps on or off."""
    colour: Colour
    habitat: Literal["ground", "water", "air", "space", "indoors"] = "ground"
    family: str = "thing"
    yaw: float = -0.75


def _plain(make: Callable[[Colour], Figure]) -> Callable[[Colour, bool], Figure]:
    return lambda colour, _lit: make(colour)


def _inside(size: float, make: Callable[[Colour], Figure], colour: Colour, yaw: float = -0.9) -> Ware:
    return Ware(size, _plain(make), colour, "indoors", "thing", yaw)


def _outside(size: float, make: Callable[[Colour], Figure], colour: Colour, yaw: float = -0.9) -> Ware:
    return Ware(size, _plain(make), colour, "ground", "thing", yaw)


def _laid(size: float, make: Callable[[Colour], Figure], colour: Colour) -> Ware:
    return Ware(size, lambda shade, _lit: handheld.laid(make(shade)), colour, "indoors", "thing", -0.6)


def _rides(size: float, make: Callable[[Colour, bool], Figure], colour: Colour, yaw: float = -0.7) -> Ware:
    return Ware(size, make, colour, "ground", "vehicle", yaw)


WARES: Final[dict[str, Ware]] = {
    "bicycle": _rides(1.75, _plain(bikes.bicycle), (0.06, 0.30, 0.42), -0.35),
    "motorcycle": _rides(2.1, _plain(bikes.motorcycle), RED, -0.45),
    "scooter": _rides(1.75, _plain(bikes.scooter), (0.42, 0.72, 0.62), -0.45),
    "skateboard": _rides(0.84, _plain(bikes.skateboard), RED, -0.6),
    "bus": _rides(9.4, roads.bus, (0.10, 0.36, 0.62)),
    "double_decker": _rides(9.4, lambda c, lit: roads.bus(c, lit, True), RED),
    "school_bus": _rides(9.4, roads.bus, (0.86, 0.52, 0.03)),
    "truck": _rides(7.5, _plain(roads.truck), (0.08, 0.26, 0.52)),
    "pickup": _rides(5.0, _plain(roads.pickup), (0.50, 0.06, 0.04)),
    "van": _rides(4.4, _plain(roads.van), (0.12, 0.46, 0.52)),
    "fire_engine": _rides(7.3, _plain(roads.fire_engine), RED),
    "tractor": _rides(3.3, _plain(roads.tractor), (0.07, 0.34, 0.08)),
    "tank": _rides(7.0, _plain(roads.tank), (0.17, 0.19, 0.09)),
    "carriage": _rides(3.5, _plain(roads.carriage), (0.62, 0.66, 0.78)),
    "cart": _rides(3.0, _plain(roads.cart), _WOOD),
    "sleigh": _rides(1.3, _plain(roads.sled), (0.55, 0.28, 0.10)),
    "steam_train": _rides(18.0, railways.steam_train, (0.05, 0.16, 0.10), -0.6),
    "train": _rides(25.0, railways.express, (0.05, 0.18, 0.50), -0.6),
    "tram": _rides(9.0, railways.tram, RED, -0.7),
    "taxi": _rides(3.9, lambda c, _: cars.car(c, False, kind="taxi"), (0.86, 0.58, 0.03)),
    "police_car": _rides(3.9, lambda c, _: cars.car(c, False, kind="police"), (0.03, 0.04, 0.07)),
    "helicopter": Ware(9.4, _plain(craft.helicopter), RED, "air", "vehicle", -0.55),
    "airliner": Ware(34.0, _plain(craft.airliner), (0.06, 0.20, 0.52), "air", "vehicle", -0.55),
    "fighter_jet": Ware(15.0, _plain(craft.fighter), (0.36, 0.38, 0.41), "air", "vehicle", -0.6),
    "biplane": Ware(9.4, _plain(craft.biplane), RED, "air", "vehicle", -0.55),
    "airship": Ware(40.0, _plain(craft.airship), (0.70, 0.71, 0.73), "air", "vehicle", -0.5),
    "ufo": Ware(8.0, _plain(craft.ufo), (0.52, 0.54, 0.58), "air", "vehicle", 0.0),
    "launch_pad": Ware(12.0, lambda c, _: craft.launch_pad(c, 0.06), RED, "ground", "vehicle", 0.3),
    "canoe": Ware(4.6, _plain(craft.canoe), (0.52, 0.07, 0.04), "water", "vehicle", -0.5),
    "rowing_boat": Ware(4.2, _plain(craft.rowing_boat), (0.10, 0.34, 0.46), "water", "vehicle", -0.6),
    "liner": Ware(90.0, craft.cruise_ship, (0.62, 0.06, 0.05), "water", "vehicle", -0.5),
    "submarine": Ware(12.0, _plain(craft.submarine), (0.80, 0.54, 0.05), "water", "vehicle", -0.5),
    "ramen": _inside(0.26, food.ramen, (0.10, 0.14, 0.28)),
    "soup": _inside(0.26, food.soup, (0.70, 0.14, 0.03)),
    "pizza": _inside(0.37, food.pizza, (0.9, 0.6, 0.2), -0.3),
    "burger": _inside(0.2, food.burger, (0.66, 0.33, 0.08)),
    "cake": _inside(0.34, baking.cake, (0.86, 0.50, 0.56)),
    "bread": _inside(0.26, baking.bread, (0.56, 0.30, 0.10), -0.35),
    "croissant": _inside(0.2, baking.croissant, (0.66, 0.38, 0.12), -1.2),
    "sushi": _inside(0.3, food.sushi, (0.88, 0.34, 0.14), -0.3),
    "ice_cream": _inside(0.24, baking.ice_cream, (0.86, 0.45, 0.52)),
    "fruit_bowl": _inside(0.34, fruit.fruit_bowl, (0.82, 0.80, 0.74)),
    "banana": _inside(0.2, fruit.banana, (0.88, 0.64, 0.06), -0.5),
    "orange_fruit": _inside(0.14, fruit.orange, (0.86, 0.36, 0.03), -1.0),
    "lemon": _inside(0.11, fruit.lemon, (0.88, 0.70, 0.06)),
    "grapes": _inside(0.2, fruit.grapes, (0.24, 0.05, 0.24), -0.5),
    "cherries": _inside(0.09, fruit.cherry, (0.52, 0.015, 0.03), -1.2),
    "strawberry": _inside(0.055, fruit.strawberry, (0.72, 0.03, 0.03)),
    "watermelon": _inside(0.28, fruit.watermelon, (0.80, 0.08, 0.08), 0.4),
    "pear": _inside(0.12, fruit.pear, (0.60, 0.60, 0.12)),
    "pineapple": _inside(0.37, fruit.pineapple, (0.72, 0.46, 0.08)),
    "cheese": _inside(0.17, food.cheese, (0.88, 0.62, 0.12), -0.2),
    "egg": _inside(0.26, food.fried_eggs, (0.88, 0.50, 0.03), -0.6),
    "pancake": _inside(0.26, baking.pancakes, (0.62, 0.34, 0.10)),
    "doughnut": _inside(0.11, baking.donut, (0.86, 0.36, 0.50)),
    "cupcake": _inside(0.1, baking.cupcake, (0.88, 0.56, 0.64)),
    "sandwich": _inside(0.26, food.sandwich, (0.80, 0.62, 0.36)),
    "salad": _inside(0.26, food.salad, (0.46, 0.20, 0.42)),
    "teapot": _inside(0.28, drinks.teapot, (0.10, 0.30, 0.42), -0.4),
    "wine_glass": _inside(0.2, drinks.wine_glass, (0.35, 0.01, 0.04)),
    "bottle": _inside(0.31, drinks.bottle, (0.02, 0.10, 0.035)),
    "guitar": _outside(1.0, instruments.guitar, (0.72, 0.40, 0.13), 0.35),
    "violin": _inside(0.6, instruments.violin, (0.42, 0.14, 0.04), 0.35),
    "piano": _outside(2.3, instruments.grand_piano, (0.012, 0.012, 0.014), 0.55),
    "drum": _outside(1.9, instruments.drums, RED, -1.1),
    "trumpet": _inside(0.53, instruments.trumpet, _GOLD, -0.5),
    "saxophone": _inside(0.75, instruments.saxophone, _GOLD, -0.5),
    "harp": _outside(1.8, instruments.harp, _GOLD, -0.4),
    "hammer": _laid(0.34, handheld.hammer, RED),
    "saw": _inside(0.55, handheld.saw, (0.45, 0.20, 0.06), -0.3),
    "wrench": _laid(0.26, handheld.wrench, (0.55, 0.56, 0.60)),
    "axe": _laid(0.77, handheld.axe, (0.42, 0.43, 0.46)),
    "shovel": _laid(1.16, handheld.shovel, (0.3, 0.12, 0.05)),
    "sword": _laid(0.96, handheld.sword, _GOLD),
    "shield": _outside(0.8, handheld.shield, (0.45, 0.04, 0.04), -0.9),
    "umbrella": _outside(1.1, handheld.umbrella, RED),
    "toy_balloon": _outside(1.4, handheld.toy_balloon, RED),
    "kite": Ware(2.4, lambda c, _: handheld.kite(c, 0.4), RED, "air", "thing", -1.2),
    "lantern": Ware(0.37, lambda c, _: handheld.lantern(c), (0.12, 0.10, 0.08), "ground", "thing", -0.9),
    "camera": _inside(0.15, handheld.camera, (0.03, 0.03, 0.033), -1.0),
    "phone": _inside(0.15, handheld.phone, (0.03, 0.03, 0.035), -1.2),
    "microphone": _inside(0.22, handheld.microphone, (0.04, 0.04, 0.045)),
    "broom": _outside(1.5, handheld.broom, (0.66, 0.48, 0.20)),
    "teddy_bear": Ware(0.35, lambda c, _: toys.teddy_bear(c, 0.0096), (0.42, 0.22, 0.08), "indoors", "thing", -1.1),
    "blocks": _inside(0.25, toys.blocks, RED),
    "toy_car": _inside(0.2, toys.toy_car, RED, -0.7),
    "doll": Ware(0.4, lambda c, _: toys.doll(c, 0.0035), (0.62, 0.30, 0.42), "indoors", "thing", -1.1),
    "rocking_horse": _inside(1.1, toys.rocking_horse, (0.66, 0.46, 0.24), -0.5),
    "toy_robot": _inside(0.26, toys.toy_robot, RED, -1.1),
    "football": _outside(0.22, tabletop.football, (0.85, 0.84, 0.82)),
    "telescope": _outside(1.55, street.telescope, (0.80, 0.80, 0.80), -0.5),
    "candle": Ware(0.23, lambda c, _: desk.candle(c), (0.86, 0.82, 0.72), "indoors", "thing", -0.9),
    "clock": _inside(0.25, desk.clock, (0.55, 0.08, 0.06), -1.1),
    "key": _inside(0.12, objects.key, _GOLD, -1.2),
    "hat": _inside(0.33, gear.hat, (0.30, 0.20, 0.11)),
    "top_hat": _inside(0.31, gear.top_hat, (0.02, 0.02, 0.022)),
    "shoe": _inside(0.29, gear.shoe, RED, -0.7),
    "backpack": _inside(0.55, gear.backpack, (0.12, 0.30, 0.20), -0.9),
    "suitcase": _inside(0.61, gear.suitcase, (0.36, 0.16, 0.06), -0.35),
    "crown": _inside(0.34, gear.crown, _GOLD),
    "treasure_chest": _outside(0.8, gear.treasure_chest, (0.28, 0.13, 0.05), -0.8),
    "globe": _inside(0.39, desk.globe, (0.06, 0.26, 0.46), -1.0),
    "hourglass": _inside(0.25, desk.hourglass, _WOOD),
    "map": _inside(0.45, desk.paper_map, (0.78, 0.68, 0.48), -1.2),
    "letter": _inside(0.22, desk.envelope, (0.84, 0.80, 0.70), -1.2),
    "mailbox": _outside(1.28, street.mailbox, (0.10, 0.22, 0.46), -0.8),
    "bench": _outside(1.6, street.bench, (0.40, 0.20, 0.08), -1.1),
    "street_lamp": Ware(3.7, street.street_lamp, _IRON, "ground", "thing", -0.9),
    "fountain": _outside(3.3, street.fountain, (0.56, 0.54, 0.50)),
    "statue": _outside(3.0, street.statue, (0.62, 0.60, 0.56), -1.1),
    "sign": _outside(2.1, street.sign, (0.52, 0.34, 0.16), -1.3),
    "gift": _inside(0.25, objects.gift, RED),
    "laptop": _inside(0.34, desk.laptop, (0.62, 0.63, 0.65), -1.0),
    "television": _inside(0.86, desk.television, (0.40, 0.20, 0.08), -1.0),
    "gramophone": _inside(0.7, desk.gramophone, _GOLD, -0.8),
    "typewriter": _inside(0.44, desk.typewriter, (0.08, 0.24, 0.24), -0.9),
    "microscope": _inside(0.35, desk.microscope, (0.80, 0.80, 0.79), -0.5),
    "crystal": _inside(0.28, objects.crystal, (0.42, 0.20, 0.72)),
    "gem": _inside(0.1, objects.gem, (0.05, 0.30, 0.75)),
    "skull": _inside(0.21, objects.skull, (0.82, 0.78, 0.68), -0.8),
    "snow_globe": _inside(0.16, objects.snow_globe, (0.30, 0.14, 0.06)),
    "easel": _outside(1.7, street.easel, _WOOD, -1.1),
    "surfboard": _outside(2.0, street.surfboard, (0.86, 0.55, 0.06), 0.3),
    "watering_can": _outside(0.4, street.watering_can, (0.10, 0.34, 0.22), -0.4),
    "basket": _inside(0.34, street.basket, (0.50, 0.32, 0.14)),
    "magic_lamp": _inside(0.33, objects.lamp_magic, _GOLD, -0.4),
    "trophy": _inside(0.34, objects.trophy, _GOLD, -0.2),
    "barrel": _outside(0.9, street.barrel, (0.40, 0.22, 0.09)),
    "box": _outside(0.8, street.crate, (0.50, 0.33, 0.16)),
    "plate": _inside(0.26, lambda c: gathered(food.plate(0.13, c), {"top": (0.0, 0.014, 0.0)}), food.CHINA),
    "pasta": _inside(0.26, tabletop.plate_held, food.CHINA),
    "flask": _inside(0.145, tabletop.flask, (0.1, 0.6, 0.25)),
    "katana": _laid(1.0, handheld.katana, (0.06, 0.06, 0.16)),
    "spear": _laid(1.9, handheld.spear, RED),
    "staff": _outside(1.6, handheld.staff, (0.3, 0.7, 0.9)),
    "torch": _outside(0.7, handheld.torch, RED),
    "magnifier": _laid(0.26, tabletop.magnifier, (0.5, 0.36, 0.12)),
    "briefcase": _inside(0.42, tabletop.briefcase, (0.16, 0.08, 0.035), -0.35),
    "flag": _outside(1.55, tabletop.flag, RED, 2.6),
    "ghost": Ware(1.6, _plain(spooks.ghost), (0.86, 0.87, 0.90), "ground", "thing", -1.1),
    "bouquet": _inside(0.35, tabletop.bouquet, (0.80, 0.36, 0.48)),
}
"""By noun of the lexicon."""
