"""From a prompt to a scene: known words, in the order they come, with what belongs to them.

Reading is one pass from left to right. Counts, colours and sizes wait for the noun they describe; poses and relations
attach to the nouns before them. Nothing here raises: what is not understood is listed in `Scene.unknown`.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Final, cast

from imagined.engines.illustrator.lexicon import LONGEST, Meaning, Sort, meanings
from imagined.engines.illustrator.scene import CameraMove, Relation, Scene, Season, Setting, Subject, TimeOfDay, Weather

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[.,;:!?&\n]")
_MOST_TOKENS: Final = 4000
_MOST_SUBJECTS: Final = 8
_MOST_OF_ONE: Final = 12
_MOST_UNKNOWN: Final = 32
_STOPS: Final = frozenset(".;:!?\n")


@dataclass
class _Found:
    """A subject being put together."""

    noun: str
    count: int
    colour: str | None
    size: float
    pose: str = "standing"
    relation: Relation | None = None
    target: int | None = None


@dataclass
class _Pending:
    """What has been said of a noun that is still to come."""

    count: int | None = None
    colour: str | None = None
    size: float = 1.0
    pose: str | None = None
    opened: bool = False
    """An article or number has opened a noun phrase."""


@dataclass
class _Reader:
    subjects: list[_Found] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    """The subjects joined by "and" that a verb after them is about."""
    pending: _Pending = field(default_factory=_Pending)
    relation: Relation | None = None
    sources: list[int] = field(default_factory=list)
    negated: bool = False
    ruled_out: bool = False
    """The negation has met its noun, and ends at the next preposition: "without clouds in the sky"."""
    joined: bool = False
    banned: set[str] = field(default_factory=set)
    settings: dict[str, float] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    after_noun: bool = False
    """The token just read was a noun: another one makes a compound, whose head is the last."""
    in_front: bool = False
    """ "In front of": the noun to come stands behind what was named."""
    swallowing: bool = False
    """What is read or held is part of the pose, not a thing of its own."""

    def read(self, tokens: list[str]) -> None:
        at = 0
        while at < len(tokens):
            if tokens[at] in _STOPS:
                self._stop()
                at += 1
                continue
            if tokens[at] == ",":
                self._comma()
                at += 1
                continue
            at += self._phrase(tokens, at)

    def _phrase(self, tokens: list[str], at: int) -> int:
        """Reads the longest known phrase at a place; returns how many tokens it took."""
        for length in range(min(LONGEST, len(tokens) - at), 0, -1):
            known = meanings(tuple(tokens[at : at + length]))
            if known:
                follows = tokens[at + length] if at + length < len(tokens) else ""
                self._mean(known, follows)
                self.after_noun = any(meaning.sort == "noun" for meaning in known)
                return length
        self.after_noun = False
        word = tokens[at]
        if word.isdigit():
            self._number(int(word[:4]))
        elif word.endswith("n't"):
            self.negated = True
        elif len(self.unknown) < _MOST_UNKNOWN and word not in self.unknown:
            self.unknown.append(word[:40])
        return 1

    def _mean(self, known: tuple[Meaning, ...], follows: str) -> None:
        sorts = {meaning.sort: meaning for meaning in known}
        if "noun" in sorts:
            if self.after_noun and self.group:
                self._compound(sorts["noun"])
            else:
                self._noun(sorts["noun"])
        for sort, handle in self._handlers.items():
            if sort in sorts:
                handle(self, sorts[sort].value)
        if "join" in sorts:
            self._join(sorts["join"].value, follows)
        scenery = [meaning for meaning in known if meaning.sort in ("setting", "time", "weather", "season", "trait")]
        for meaning in scenery:
            self._scenery(meaning)
        if scenery and "noun" not in sorts:
            self._close()

    def _scenery(self, meaning: Meaning) -> None:
        if self.negated:
            self.banned.add(meaning.value)
            self.ruled_out = True
            return
        if meaning.sort == "setting":
            # The first place named is where it happens; a relation such as "on" or "in" makes it certain.
            weight = 2.0 if self.relation in ("on", "in") else 1.0
            self.settings[meaning.value] = self.settings.get(meaning.value, 0.0) + weight / (
                1 + 0.3 * len(self.settings)
            )
        self.said.setdefault(meaning.sort, []).append(meaning.value)

    def _compound(self, meaning: Meaning) -> None:
        """ "Wizard cat" and "retriever puppy" are one thing each, and the last word says which."""
        head = self.subjects[self.group[-1]]
        head.noun = meaning.value
        if meaning.plural and head.count == 1:
            head.count = 3

    def _noun(self, meaning: Meaning) -> None:
        if self.negated:
            self.banned.add(meaning.value)
            self.ruled_out = True
            self.pending = _Pending()
            return
        if self.swallowing and self.group:
            self.swallowing = False
            self.pending = _Pending()
            return
        count = self.pending.count or (3 if meaning.plural else 1)
        found = _Found(meaning.value, min(max(count, 1), _MOST_OF_ONE), self.pending.colour, self.pending.size)
        if self.pending.pose is not None:
            found.pose = self.pending.pose
        if len(self.subjects) < _MOST_SUBJECTS:
            self.subjects.append(found)
            index = len(self.subjects) - 1
            if self.in_front and self.group:
                found.relation, found.target = "behind", self.group[0]
                self.in_front = False
            elif self.relation is not None and self.sources:
                for source in self.sources:
                    self.subjects[source].relation = self.relation
                    self.subjects[source].target = index
                self.relation, self.sources = None, []
                self.group = [index]
            elif self.joined:
                self.group.append(index)
            else:
                self.group = [index]
        self.joined = False
        self.pending = _Pending()

    def _number(self, value: int) -> None:
        self.pending.count = min(max(value, 1), _MOST_OF_ONE)
        self.pending.opened = True

    def _count(self, value: str) -> None:
        self._number(int(value))

    def _colour(self, value: str) -> None:
        self.pending.colour = value

    def _size(self, value: str) -> None:
        self.pending.size = float(value)

    def _pose(self, value: str) -> None:
        self.swallowing = value in ("reading", "holding")
        if self.pending.opened or not self.group:
            self.pending.pose = value
            return
        for index in self.group:
            self.subjects[index].pose = value

    def _relation(self, value: str) -> None:
        self.swallowing = False
        if value == "front":
            self.in_front = bool(self.group)
            self.pending = _Pending()
            return
        relation = cast(Relation, value)
        self.negated = self.negated and not self.ruled_out
        if relation == "flying" and not self.group:
            return
        self.relation, self.sources = relation, list(self.group)
        if relation in ("riding", "flying"):
            for index in self.group:
                self.subjects[index].pose = relation
        self.pending = _Pending()

    def _article(self, value: str) -> None:
        del value
        kept = self.pending.count if self.pending.opened else None
        self.pending = _Pending(count=kept, opened=True)

    def _not(self, value: str) -> None:
        del value
        self.negated, self.ruled_out = True, False
        self.pending = _Pending()

    def _worn(self, value: str) -> None:
        del value
        if self.pending.colour is not None and self.group:
            self.subjects[self.group[-1]].colour = self.pending.colour
        self.pending = _Pending()

    def _join(self, value: str, follows: str) -> None:
        self.joined = True
        if self.negated and value == "and" and follows in ("a", "an", "the", "with"):
            self.negated = False

    def _comma(self) -> None:
        self.joined = True
        self.negated = False
        self.relation, self.sources = None, []
        self.in_front = self.swallowing = self.after_noun = False
        self.pending = _Pending()

    def _close(self) -> None:
        """A place or hour ends a relation: "on the beach" needs no further noun."""
        self.relation, self.sources = None, []
        self.pending = _Pending()

    def _stop(self) -> None:
        self._comma()
        self.joined = False
        self.group = []

    _handlers: ClassVar[dict[Sort, Callable[["_Reader", str], None]]] = {
        "number": _count,
        "colour": _colour,
        "size": _size,
        "pose": _pose,
        "relation": _relation,
        "article": _article,
        "not": _not,
        "worn": _worn,
    }


def understand(prompt: str, seed: int, aspect_ratio: str) -> Scene:
    """The scene a prompt describes. Any text gives one; the same text, seed and ratio give the same."""
    text = unicodedata.normalize("NFKC", prompt[:60000]).lower().replace("’", "'")
    tokens = [match.group(0).strip("'-") for match in _TOKEN.finditer(text)][:_MOST_TOKENS]
    reader = _Reader()
    reader.read([token for token in tokens if token])
    subjects = _settled(reader)
    setting = _setting(reader, subjects, seed)
    return Scene(
        seed=seed,
        prompt=prompt,
        setting=setting,
        time=cast(TimeOfDay, _last(reader, "time", "day")),
        weather=cast(Weather, _last(reader, "weather", "clear")),
        season=_season(reader, setting),
        traits=_traits(reader, subjects, setting),
        subjects=subjects,
        aspect_ratio=aspect_ratio,
        unknown=tuple(reader.unknown),
    )


def _settled(reader: _Reader) -> tuple[Subject, ...]:
    """The subjects that were not ruled out, with relations pointing at the ones that are left."""
    people = {"person", "man", "woman", "child", "boy", "girl", "old_man"} if "person" in reader.banned else set[str]()
    banned = reader.banned | people
    kept = [index for index, found in enumerate(reader.subjects) if found.noun not in banned]
    place = {old: new for new, old in enumerate(kept)}
    subjects = []
    for index in kept:
        found = reader.subjects[index]
        target = place.get(found.target) if found.target is not None else None
        if target == place[index]:
            target = None
        lost = found.relation == "riding" and target is None
        subjects.append(
            Subject(
                noun=found.noun,
                count=found.count,
                colour=found.colour,
                size=found.size,
                pose="standing" if lost else found.pose,
                relation=found.relation if target is not None else None,
                target=target,
            )
        )
    return tuple(subjects)


_HOMES: Final[dict[str, Setting]] = {
    "sailing_boat": "sea",
    "ship": "sea",
    "whale": "sea",
    "fish": "sea",
    "lighthouse": "beach",
    "polar_bear": "arctic",
    "penguin": "arctic",
    "snowman": "meadow",
    "camel": "desert",
    "palm": "beach",
    "seagull": "beach",
    "flamingo": "beach",
    "fox": "forest",
    "wolf": "forest",
    "bear": "forest",
    "deer": "forest",
    "owl": "forest",
    "mushroom": "forest",
    "panda": "forest",
    "gnome": "forest",
    "elf": "forest",
    "rocket": "space",
    "planet": "space",
    "astronaut": "desert",
    "apple": "studio",
    "cup": "studio",
    "vase": "studio",
    "table": "studio",
    "book": "studio",
    "pirate": "beach",
    "castle": "mountains",
    "eagle": "mountains",
    "pine": "mountains",
    "tent": "mountains",
    "knight": "meadow",
    "ramen": "studio",
    "soup": "studio",
    "pizza": "studio",
    "burger": "studio",
    "cake": "studio",
    "bread": "studio",
    "croissant": "studio",
    "sushi": "studio",
    "ice_cream": "studio",
    "fruit_bowl": "studio",
    "banana": "studio",
    "orange_fruit": "studio",
    "lemon": "studio",
    "grapes": "studio",
    "cherries": "studio",
    "strawberry": "studio",
    "watermelon": "studio",
    "pear": "studio",
    "pineapple": "studio",
    "cheese": "studio",
    "egg": "studio",
    "pancake": "studio",
    "doughnut": "studio",
    "cupcake": "studio",
    "sandwich": "studio",
    "salad": "studio",
    "teapot": "studio",
    "wine_glass": "studio",
    "bottle": "studio",
    "violin": "studio",
    "trumpet": "studio",
    "saxophone": "studio",
    "hammer": "studio",
    "saw": "studio",
    "wrench": "studio",
    "axe": "studio",
    "shovel": "studio",
    "sword": "studio",
    "camera": "studio",
    "phone": "studio",
    "microphone": "studio",
    "teddy_bear": "studio",
    "blocks": "studio",
    "toy_car": "studio",
    "doll": "studio",
    "rocking_horse": "studio",
    "toy_robot": "studio",
    "candle": "studio",
    "clock": "studio",
    "key": "studio",
    "hat": "studio",
    "top_hat": "studio",
    "shoe": "studio",
    "backpack": "studio",
    "suitcase": "studio",
    "crown": "studio",
    "globe": "studio",
    "hourglass": "studio",
    "map": "studio",
    "letter": "studio",
    "gift": "studio",
    "laptop": "studio",
    "television": "studio",
    "gramophone": "studio",
    "typewriter": "studio",
    "microscope": "studio",
    "crystal": "studio",
    "gem": "studio",
    "skull": "studio",
    "snow_globe": "studio",
    "basket": "studio",
    "magic_lamp": "studio",
    "trophy": "studio",
    "plate": "studio",
    "pasta": "studio",
    "flask": "studio",
    "katana": "studio",
    "spear": "studio",
    "magnifier": "studio",
    "briefcase": "studio",
    "bouquet": "studio",
    "canoe": "sea",
    "rowing_boat": "sea",
    "liner": "sea",
    "submarine": "sea",
    "mermaid": "beach",
    "surfer": "beach",
    "diver": "sea",
    "swimmer": "beach",
    "sailor": "sea",
    "captain": "sea",
    "surfboard": "beach",
    "treasure_chest": "beach",
    "barrel": "beach",
    "skier": "mountains",
    "sleigh": "mountains",
    "santa": "mountains",
    "airship": "mountains",
    "ufo": "desert",
    "alien": "desert",
    "helicopter": "sky",
    "airliner": "sky",
    "fighter_jet": "sky",
    "biplane": "sky",
    "viking": "mountains",
    "guitar": "studio",
    "piano": "studio",
    "drum": "studio",
    "harp": "studio",
    "telescope": "studio",
}
"""Where a thing is at home when the prompt names no place."""


def _setting(reader: _Reader, subjects: tuple[Subject, ...], seed: int) -> Setting:
    allowed = {name: weight for name, weight in reader.settings.items() if name not in reader.banned}
    if allowed:
        best = max(allowed, key=lambda name: allowed[name])
        # "A boat on a lake in the mountains": water with mountains round it is still water.
        floating = any(_HOMES.get(subject.noun) == "sea" for subject in subjects)
        if floating and best not in ("sea", "beach", "arctic", "space"):
            return "sea"
        by_the_sea = any(subject.noun == "lighthouse" for subject in subjects) and best == "mountains"
        return "beach" if by_the_sea else cast(Setting, best)
    for subject in subjects:
        if subject.noun in _HOMES:
            return _HOMES[subject.noun]
    if subjects:
        return "meadow"
    wide: tuple[Setting, ...] = ("mountains", "meadow", "sea")
    return wide[seed % len(wide)]


def _last(reader: _Reader, sort: str, usual: str) -> str:
    said = [value for value in reader.said.get(sort, []) if value not in reader.banned]
    return said[-1] if said else usual


def _season(reader: _Reader, setting: Setting) -> Season:
    usual = "winter" if setting == "arctic" or "snow" in reader.said.get("weather", []) else "summer"
    return cast(Season, _last(reader, "season", usual))


_WILD: Final = frozenset({"elephant", "lion", "giraffe", "zebra"})


def _traits(reader: _Reader, subjects: tuple[Subject, ...], setting: Setting) -> tuple[str, ...]:
    said = [value for value in reader.said.get("trait", []) if value not in reader.banned]
    others = [name for name in reader.settings if name != setting and name not in reader.banned]
    if setting == "meadow" and any(subject.noun in _WILD for subject in subjects):
        said.append("savanna")
    if setting == "desert" and not reader.settings and any(subject.noun == "astronaut" for subject in subjects):
        said.append("moon")
    if setting == "beach" and "cliff" not in said and any(subject.noun == "lighthouse" for subject in subjects):
        said.append("cliff")
    flowers = any(subject.noun == "flower" and subject.count > 2 for subject in subjects)
    if flowers:
        said.append("flowers")
    return tuple(dict.fromkeys([*said, *others]))


_SLOWLY: Final = r"[- ](?:slowly |gently )?"
_PAN: Final = r"pan(?:s|ning)?(?: the camera)?(?: slowly| gently)?(?: to the)? "
_MOVES: Final[tuple[tuple[CameraMove, tuple[str, ...]], ...]] = (
    (
        "static",
        (
            r"static (?:camera|shot)",
            r"(?:still|fixed) camera",
            r"locked[- ]off",
            r"no camera (?:move|motion)",
            r"camera (?:stays|is) (?:still|fixed)",
        ),
    ),
    (
        "fly_through",
        (
            r"fl(?:y|ies|ying|ight)[- ]?(?:through|over the|by)",
            r"flyover",
            r"drone (?:shot|footage)",
            r"aerial (?:shot|view)",
            r"fpv",
        ),
    ),
    (
        "pull_back",
        (
            rf"pull(?:s|ing|ed)?{_SLOWLY}(?:back|out|away)",
            rf"zoom(?:s|ing)?{_SLOWLY}out",
            r"doll(?:y|ies|ying)[- ]?(?:back|out)",
            r"mov(?:e|es|ing) (?:back|away)",
        ),
    ),
    (
        "push_in",
        (
            rf"push(?:es|ing)?{_SLOWLY}in",
            rf"zoom(?:s|ing)?{_SLOWLY}in",
            r"doll(?:y|ies|ying)[- ]?(?:in|forward)",
            r"mov(?:e|es|ing) (?:closer|forward)",
            r"close[- ]?in on",
        ),
    ),
    ("pan_left", (rf"{_PAN}left",)),
    (
        "pan_right",
        (rf"{_PAN}right", r"camera pans(?! (?:slowly |gently )?(?:to the )?left)", r"panning shot", r"slow pan"),
    ),
    ("tilt_up", (r"tilt(?:s|ing)?(?: slowly| gently)? up(?:ward)?",)),
    ("tilt_down", (r"tilt(?:s|ing)?(?: slowly| gently)? down(?:ward)?",)),
    (
        "orbit",
        (
            r"orbit(?:s|ing)? (?:around|shot|the)",
            r"camera orbits",
            r"circl(?:e|es|ing) (?:around|the)",
            r"rotat(?:e|es|ing) around",
            r"arc shot",
            r"turntable",
        ),
    ),
    (
        "rise",
        (
            r"camera (?:slowly )?(?:rises|ascends|climbs|lifts)",
            r"crane (?:shot|up)",
            r"ris(?:es|ing) (?:shot|camera|above)",
        ),
    ),
)
_COMPILED: Final = tuple((move, re.compile("|".join(patterns))) for move, patterns in _MOVES)


def camera_move(prompt: str) -> CameraMove | None:
    """How the prompt says that the camera moves, or None when it does not say; the first move named counts."""
    text = unicodedata.normalize("NFKC", prompt[:60000]).lower()
    first: tuple[int, CameraMove] | None = None
    for move, pattern in _COMPILED:
        match = pattern.search(text)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), move)
    return first[1] if first else None
