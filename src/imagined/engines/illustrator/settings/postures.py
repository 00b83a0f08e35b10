"""Who flies, who is ridden, and how a person sits or stands on what carries it."""

from typing import Final

from imagined.engines.illustrator.settings.menagerie import FLYING, RIDDEN

RIDEABLE: Final = frozenset(
    {
        "horse",
        "camel",
        "elephant",
        "cow",
        "zebra",
        "unicorn",
        "deer",
        "giraffe",
        "pig",
        "bear",
        "polar_bear",
        "lion",
        "tiger",
        "dog",
        "wolf",
        "eagle",
        "swan",
        "whale",
    }
    | RIDDEN
)
FLIERS: Final = frozenset(
    {
        "bird",
        "seagull",
        "eagle",
        "owl",
        "duck",
        "swan",
        "parrot",
        "flamingo",
        "butterfly",
        "aeroplane",
        "rocket",
        "balloon",
    }
    | FLYING
)
RIDDEN_AS: Final = {
    "bicycle": "cycling",
    "motorcycle": "motorcycling",
    "scooter": "motorcycling",
    "skateboard": "skating",
    "surfboard": "surfing",
    "bench": "seated",
    "sleigh": "sitting",
    "rowing_boat": "seated",
    "canoe": "sitting",
    **dict.fromkeys(("tractor", "carriage"), "seated"),
    "drum": "drumming",
}
"""How a person sits or stands on what is no animal."""
SEATED: Final = frozenset({"riding", "cycling", "motorcycling", "seated", "seated_reading", "keys", "drumming"})
"""Poses whose seat, not whose feet, rests on the host."""
FLYING_PEOPLE: Final = frozenset({"superhero", "astronaut", "witch", "robot"})
