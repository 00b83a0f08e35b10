"""Who stands on two legs: proportions and clothes by noun."""

from typing import Final

from imagined.engines.illustrator.figures.biped import Person

_WHITE = (0.82, 0.82, 0.84)
_STEEL = (0.46, 0.48, 0.52)

PEOPLE: Final[dict[str, Person]] = {
    "man": Person(),
    "woman": Person(
        height=1.66, build=0.9, hair=(0.16, 0.06, 0.025), long_hair=True, shirt=(0.55, 0.07, 0.09), robe=(0.55, 0.07, 0.09),
        robe_length=0.62, trousers=(0.70, 0.43, 0.30), trim=(0.85, 0.72, 0.5),
    ),
    "boy": Person(height=1.18, heads=4.7, build=1.05, shirt=(0.75, 0.38, 0.05), trousers=(0.09, 0.16, 0.34), shoes=(0.62, 0.08, 0.06)),
    "girl": Person(
        height=1.15, heads=4.6, build=1.0, hair=(0.42, 0.22, 0.07), long_hair=True, shirt=(0.85, 0.62, 0.10), robe=(0.85, 0.60, 0.08),
        robe_length=0.55, trousers=(0.72, 0.44, 0.30), shoes=(0.55, 0.06, 0.08), trim=(0.88, 0.84, 0.76),
    ),
    "old_man": Person(hair=(0.72, 0.72, 0.72), beard=(0.75, 0.75, 0.74), shirt=(0.28, 0.20, 0.13), trousers=(0.13, 0.11, 0.10), build=1.05),
    "astronaut": Person(
        heads=5.4, build=1.42, hair=None, shirt=_WHITE, trousers=_WHITE, shoes=(0.40, 0.41, 0.44), gloves=(0.42, 0.43, 0.47),
        hat="bubble", trim=(0.72, 0.24, 0.05), extras=("backpack",), skin=_WHITE,
    ),
    "robot": Person(
        heads=4.9, build=1.25, skin=(0.66, 0.68, 0.71), hair=None, shirt=(0.18, 0.42, 0.55), trousers=(0.55, 0.57, 0.60),
        shoes=(0.24, 0.25, 0.28), gloves=(0.24, 0.25, 0.28), metal=True, face="robot",
    ),
    "knight": Person(
        heads=5.8, build=1.2, skin=_STEEL, hair=None, shirt=_STEEL, trousers=(0.38, 0.40, 0.44), shoes=_STEEL, gloves=_STEEL, metal=True,
        face="visor", hat="knight", hat_colour=_STEEL, trim=(0.62, 0.05, 0.05), cape=(0.50, 0.03, 0.035), extras=("sword", "shield"),
    ),
    "wizard": Person(
        heads=5.4, hair=(0.78, 0.78, 0.78), long_hair=True, beard=(0.82, 0.82, 0.82), shirt=(0.10, 0.07, 0.34), robe=(0.10, 0.07, 0.34),
        hat="wizard", hat_colour=(0.10, 0.07, 0.34), extras=("staff",),
    ),
    "witch": Person(
        height=1.66, heads=5.4, build=0.92, hair=(0.30, 0.08, 0.03), long_hair=True, shirt=(0.045, 0.035, 0.055), robe=(0.05, 0.04, 0.065),
        hat="wizard", hat_colour=(0.045, 0.035, 0.055), trim=(0.40, 0.12, 0.50),
    ),
    "king": Person(
        heads=5.6, build=1.15, hair=(0.30, 0.17, 0.07), beard=(0.30, 0.17, 0.07), shirt=(0.45, 0.03, 0.05), robe=(0.45, 0.03, 0.05),
        cape=(0.28, 0.04, 0.30), hat="crown",
    ),
    "princess": Person(
        height=1.64, heads=5.5, build=0.88, hair=(0.62, 0.40, 0.12), long_hair=True, shirt=(0.85, 0.42, 0.55), robe=(0.85, 0.42, 0.55),
        hat="crown", trim=(0.90, 0.82, 0.65),
    ),
    "chef": Person(heads=5.6, build=1.15, shirt=_WHITE, trousers=(0.12, 0.13, 0.15), hat="chef", trim=(0.6, 0.1, 0.08)),
    "farmer": Person(heads=5.8, shirt=(0.55, 0.10, 0.07), trousers=(0.10, 0.17, 0.34), hat="straw", hat_colour=(0.74, 0.56, 0.24), trim=(0.45, 0.08, 0.06)),
    "pirate": Person(heads=5.6, hair=(0.06, 0.04, 0.03), beard=(0.06, 0.04, 0.03), shirt=(0.45, 0.05, 0.05), hat="straw", hat_colour=(0.05, 0.045, 0.045), trim=(0.72, 0.52, 0.16), extras=("sword",)),
    "superhero": Person(heads=6.6, build=1.15, shirt=(0.06, 0.14, 0.55), trousers=(0.06, 0.14, 0.55), shoes=(0.62, 0.04, 0.04), gloves=(0.62, 0.04, 0.04), cape=(0.68, 0.03, 0.03)),
    "elf": Person(height=1.2, heads=4.6, shirt=(0.10, 0.34, 0.09), trousers=(0.32, 0.20, 0.10), hat="pointed", hat_colour=(0.55, 0.05, 0.05), trim=(0.85, 0.84, 0.8)),
    "gnome": Person(height=0.8, heads=3.4, build=1.5, hair=(0.8, 0.8, 0.8), beard=(0.84, 0.84, 0.84), shirt=(0.09, 0.20, 0.45), trousers=(0.28, 0.17, 0.09), hat="pointed", hat_colour=(0.62, 0.05, 0.04), trim=(0.62, 0.05, 0.04)),
}
"""By noun of the lexicon."""
