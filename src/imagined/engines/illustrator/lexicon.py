"""The words of what can be drawn, and the small classes of words; `understanding/data` has those of everything else."""

from typing import Final, Literal, NamedTuple

from imagined.engines.illustrator.bestiary import NOUNS
from imagined.engines.illustrator.wordbook import THINGS

Colour = tuple[float, float, float]

Sort = Literal[
    "noun", "setting", "time", "weather", "season", "trait", "colour", "material", "attribute", "mood", "number",
    "group", "size", "verb", "bare", "relation", "passive", "back", "with", "wearing", "of", "like", "not", "article",
    "join", "says", "picture", "worn", "part", "plain",
]  # fmt: skip
"""``bare`` is a verb without an ending, which may be a noun too; ``picture`` is a word such as "statue of"."""


class Meaning(NamedTuple):
    """What a word or phrase stands for."""

    sort: Sort
    value: str
    plural: bool = False


COLOURS: Final[dict[str, Colour]] = {
    "red": (0.60, 0.025, 0.02),
    "crimson": (0.48, 0.015, 0.04),
    "scarlet": (0.68, 0.04, 0.015),
    "maroon": (0.25, 0.02, 0.03),
    "orange": (0.80, 0.27, 0.02),
    "gold": (0.74, 0.48, 0.08),
    "golden": (0.70, 0.44, 0.14),
    "yellow": (0.84, 0.60, 0.03),
    "green": (0.06, 0.30, 0.05),
    "lime": (0.32, 0.60, 0.05),
    "olive": (0.20, 0.21, 0.05),
    "emerald": (0.02, 0.32, 0.14),
    "mint": (0.42, 0.74, 0.56),
    "teal": (0.02, 0.28, 0.30),
    "turquoise": (0.06, 0.52, 0.52),
    "cyan": (0.06, 0.56, 0.68),
    "blue": (0.03, 0.13, 0.52),
    "navy": (0.015, 0.03, 0.14),
    "azure": (0.10, 0.36, 0.74),
    "indigo": (0.07, 0.03, 0.32),
    "purple": (0.24, 0.05, 0.42),
    "violet": (0.32, 0.12, 0.58),
    "lavender": (0.52, 0.44, 0.72),
    "magenta": (0.58, 0.03, 0.38),
    "pink": (0.84, 0.36, 0.48),
    "rose": (0.74, 0.22, 0.32),
    "peach": (0.88, 0.54, 0.38),
    "brown": (0.20, 0.09, 0.035),
    "tan": (0.52, 0.36, 0.20),
    "beige": (0.70, 0.60, 0.44),
    "cream": (0.84, 0.77, 0.62),
    "ginger": (0.62, 0.26, 0.06),
    "black": (0.022, 0.022, 0.024),
    "grey": (0.24, 0.24, 0.25),
    "silver": (0.54, 0.55, 0.58),
    "white": (0.86, 0.86, 0.85),
    "copper": (0.48, 0.19, 0.08),
    "bronze": (0.36, 0.20, 0.07),
}
"""Linear reflectances."""

_SETTINGS = """
city: city skyline downtown metropolis cityscape town street skyscraper tokyo london paris york manhattan
  shanghai chicago dubai urban
mountains: mountain alps peak summit himalayas valley alpine range highlands mountainside cliff volcano canyon
  everest mount
forest: forest wood woods woodland jungle rainforest grove glade bamboo+forest clearing
sea: sea ocean wave open+water harbour harbor lake pond river bay fjord lagoon seascape water atlantic
  pacific island
desert: desert dune sahara sand+dunes mars martian red+planet lunar on+the+moon moon+surface
  surface+of+the+moon wasteland oasis egypt
meadow: meadow field hill grassland countryside pasture farm garden park lawn grass prairie savanna
  savannah plain plains hillside village hilltop
beach: beach seaside shore coast coastline seashore sandy+beach coastal tropical+island
arctic: arctic antarctic antarctica iceberg glacier tundra north+pole south+pole polar ice+floe icy snowfield
space: space outer+space galaxy nebula cosmos universe orbit interstellar milky+way deep+space stars+and+planets
sky: above+the+clouds in+the+clouds cloudscape in+the+sky in+the+air sea+of+clouds
studio: studio white+background plain+background product+shot product+photo still+life indoors kitchen room
"""

_TIMES = """
dawn: dawn sunrise daybreak early+morning morning first+light
day: day daytime noon midday afternoon sunny sunshine sunlit daylight sunlight bright+day sunny+day
sunset: sunset sundown golden+hour evening setting+sun golden+light
dusk: dusk twilight blue+hour nightfall gloaming
night: night midnight nighttime moonlit moonlight starry starlit starlight stars starry+night night+sky moon
  full+moon aurora northern+lights aurora+borealis fireflies
"""

_WEATHERS = """
clear: clear cloudless clear+sky blue+sky
cloudy: cloudy clouds cloud partly+cloudy
overcast: overcast gloomy grey+sky gray+sky dull moody
rain: rain rainy raining drizzle shower downpour
snow: snowing snowfall blizzard snowstorm falling+snow snowflakes
fog: fog foggy mist misty haze hazy
storm: storm stormy thunder thunderstorm lightning hurricane tempest
"""

_SEASONS = """
spring: spring springtime blossoms cherry+blossom cherry+blossoms blooming
summer: summer summertime
autumn: autumn autumnal fall+leaves fall+colours fall+colors in+fall in+the+fall autumn+leaves october
winter: winter wintry snow snowy frost frosty christmas snow-covered snowcapped snow-capped frozen december
"""

_TRAITS = """
futuristic: futuristic cyberpunk sci-fi scifi future neon
old: ancient medieval ruined abandoned weathered
japanese: japanese zen japan
mars: mars martian red+planet
moon: on+the+moon lunar moon+surface surface+of+the+moon
moonlit: moon full+moon moonlit moonlight
lake: lake pond lagoon
river: river stream
cliff: cliff
island: island tropical+island
iceberg: iceberg ice+floe
tropical: tropical jungle rainforest exotic
savanna: savanna savannah africa african safari
aurora: aurora northern+lights aurora+borealis
snowy: snow snowy snow-covered snow-capped snowcapped snowfield icy
flowers: wildflowers flowery flower+field lavender+field field+of+flowers flower+meadow
road: road highway path
hill: hill hilltop
stormy: storm stormy tempest
garden: garden park
modern: modern
wall: wall
sunflowers: sunflower
lavender: lavender lavender+field
tulips: tulip
wheat: wheat barley corn cornfield wheatfield rye
poppies: poppy
suspension: suspension+bridge hanging+bridge
"""

_POSES = """
running: running run runs galloping gallop gallops racing chasing sprinting playing
jumping: jumping leaping jumps leaps hopping hops
swimming: swimming swims
walking: walking walk walks strolling hiking wandering marching trotting exploring
sitting: sitting sits sit seated resting
lying: lying lies lounging
sleeping: sleeping sleeps asleep curled napping
flying: flying flies soaring gliding hovering floating launching blasting
standing: standing stands stand posing parked
rearing: rearing
eating: eating grazing eats grazes drinking
waving: waving waves+hello greeting
dancing: dancing dances
reading: reading reads
holding: holding
jumping: jumping leaping jumps leaps
playing_guitar: playing+guitar playing+a+guitar playing+the+guitar plays+guitar plays+the+guitar
  strumming+a+guitar with+a+guitar
playing_violin: playing+violin playing+a+violin playing+the+violin plays+the+violin plays+violin
playing_piano: playing+piano playing+a+piano playing+the+piano plays+the+piano plays+piano playing+a+grand+piano
playing_drums: playing+drums playing+the+drums plays+the+drums drumming
playing_trumpet: playing+trumpet playing+a+trumpet playing+the+trumpet plays+the+trumpet
playing_saxophone: playing+saxophone playing+a+saxophone playing+the+saxophone plays+the+saxophone
painting: painting+a+picture painting+at+an+easel painting+on+a+canvas at+an+easel at+the+easel
fishing: fishing fishes+with+a+rod
cooking: cooking cooks
skiing: skiing skis
surfing: surfing surfs riding+a+wave
skateboarding: skateboarding skates
flying_kite: flying+a+kite flies+a+kite flying+kites
singing: singing sings
photographing: taking+a+photo taking+photos taking+a+picture photographing
drinking: drinking+coffee drinking+tea
gardening: gardening watering+flowers watering+plants
sweeping: sweeping
swimming: swimming swims
looking_up: looking+up gazing+up stargazing looking+at+the+stars looking+at+the+sky
hugging: hugging hugs embracing
kneeling: kneeling kneels
praying: praying meditating+standing
cheering: cheering celebrating
fighting: fighting duelling
"""

_RELATIONS = """
on: on on+top+of atop upon onto
in: in inside within into
under: under beneath below underneath
beside: beside by near next+to alongside
behind: behind
front: in+front+of
riding: astride on+the+back+of mounted+on
flying: flying+over flies+over soaring+over flying+above hovering+over hovering+above soaring+above
"""

_SIZES = """
0.5: tiny miniature
0.78: small little young
1.25: big large tall
1.6: huge massive enormous great
2.0: giant gigantic colossal
"""

_NUMBERS = """
1: one single lone solitary
2: two twin both
3: three few
4: four several
5: five some
6: six dozen
7: seven many
8: eight
9: nine
10: ten
11: eleven
12: twelve
"""

_ARTICLES = "a an the this that these those his her their its my our your another each every"
_PLAIN = """
of to is are was were be been being at for from as it he she they we you i me him them there here who which
what when where while during
wearing dressed having has have had do does did can will would should could may might must let make create
draw paint generate show give
render picture image photo photograph photography illustration painting drawing sketch art artwork scene view
landscape portrait style
poster wallpaper background foreground closeup close-up close shot wide angle lens camera cinematic dramatic
beautiful pretty lovely cute
happy sad angry friendly majestic serene calm peaceful quiet cozy cosy magical epic stunning amazing gorgeous
adorable fluffy furry soft
bright dark colorful colourful vivid detailed highly ultra very really realistic photorealistic hyperrealistic
4k 8k hd uhd high quality
masterpiece resolution sharp focus light lighting lit glow glowing sun sky air ground horizon reflection
reflections shadow shadows
watercolor watercolour oil acrylic pencil ink pastel charcoal pixel anime manga cartoon comic vector flat
minimalist abstract impressionist
up down out off away around through across between along toward towards then than so but if because just only
also too more most much
front back left right top bottom middle center centre side far distance distant overlooking looking facing
full long old new fresh
please prompt zoom pan tilt orbit slowly slow fast gently video clip animation moving moves move pulls pull
push pushes rising rises vibrant
scenic nature natural rolling lush deep warm cold hot cool soft gentle wild tranquil sandy rocky grassy wooden
mighty brave shiny
"""


def _table(text: str, sort: Sort) -> list[tuple[tuple[str, ...], Meaning]]:
    """Rows of ``value: word word``; lines without a value go on with the row before."""
    rows = []
    value = ""
    for line in text.strip().splitlines():
        head, colon, tail = line.partition(":")
        value, words = (head, tail) if colon else (value, head)
        rows += [(tuple(word.split("+")), Meaning(sort, value)) for word in words.split()]
    return rows


def _listed(text: str, sort: Sort) -> list[tuple[tuple[str, ...], Meaning]]:
    return [((word,), Meaning(sort, word)) for word in text.split()]


def entries() -> list[tuple[tuple[str, ...], Meaning]]:
    """Every phrase of these tables with its meaning, but for the poses."""
    found = [
        *_table(THINGS, "noun"),
        *_table(NOUNS, "noun"),
        *_table(_TIMES, "time"),
        *_table(_WEATHERS, "weather"),
        *_table(_SEASONS, "season"),
        *_table(_TRAITS, "trait"),
        *_table(_RELATIONS, "relation"),
        *_table(_SIZES, "size"),
        *_table(_NUMBERS, "number"),
        *_listed(_ARTICLES, "article"),
        *_listed(_PLAIN, "plain"),
        (("gray",), Meaning("colour", "grey")),
    ]
    return found + [((name,), Meaning("colour", name)) for name in COLOURS]


def poses() -> list[tuple[tuple[str, ...], str]]:
    """Every phrase that says how something is posed, with the pose."""
    return [(words, meaning.value) for words, meaning in _table(_POSES, "verb")]
