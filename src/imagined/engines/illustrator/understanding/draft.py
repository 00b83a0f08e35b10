"""What has been read so far: subjects being put together, places, hours, and what was ruled out."""

from dataclasses import dataclass, field
from typing import Final

from imagined.engines.illustrator.scene import Relation
from imagined.engines.illustrator.understanding.tables import concept

MOST_SUBJECTS: Final = 8
MOST_OF_ONE: Final = 12
MOST_UNKNOWN: Final = 32


@dataclass
class Found:
    """A subject being put together."""

    noun: str
    word: str
    count: int = 1
    colour: str | None = None
    size: float = 1.0
    material: str | None = None
    attributes: list[str] = field(default_factory=list)
    pose: str = "standing"
    action: str | None = None
    holding: str | None = None
    holding_colour: str | None = None
    contents: str | None = None
    """What a bowl, basket or vase is said to hold."""
    contents_word: str = ""
    contents_count: int = 1
    wearing: list[str] = field(default_factory=list)
    relation: Relation | None = None
    target: int | None = None
    also: int | None = None

    @property
    def kind(self) -> str:
        """The section of the table: ``animal``, ``person`` ..."""
        return concept(self.noun).kind

    @property
    def alive(self) -> bool:
        """It can do something."""
        return self.kind in ("animal", "bird", "sea", "insect", "person")

    def take(self, noun: str, colour: str | None) -> None:
        """It holds a thing, unless it holds another already."""
        if self.holding is None:
            self.holding, self.holding_colour = noun, colour


@dataclass
class Draft:
    """The scene before it is settled."""

    subjects: list[Found] = field(default_factory=list)
    settings: dict[str, float] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    """Times, weathers, seasons, traits and moods, in their order."""
    banned: dict[str, str] = field(default_factory=dict)
    """Ruled out: concept, setting, hour ... to the word that was written."""
    unknown: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Unknown words that name a thing."""
    stranger_first: bool = False
    """The first thing named is one of them."""
    place_first: bool = False
    """The prompt is about a place, and what it names besides stands in it."""

    def say(self, sort: str, value: str) -> None:
        """Notes an hour, a weather, a season, a trait or a mood."""
        self.said.setdefault(sort, []).append(value)

    def place(self, setting: str, weight: float) -> None:
        """A vote for a setting; of two as strong ones the first named counts more."""
        self.settings[setting] = self.settings.get(setting, 0.0) + weight / (1 + 0.3 * len(self.settings))

    def wonder(self, word: str) -> None:
        """Notes an unknown word, once."""
        if word not in self.unknown and len(self.unknown) < MOST_UNKNOWN:
            self.unknown.append(word[:40])
