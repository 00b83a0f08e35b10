"""Sentences to a draft of the scene: noun phrases in their order, and what ties one to another."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from imagined.engines.illustrator.scene import Relation
from imagined.engines.illustrator.understanding.draft import MOST_OF_ONE, MOST_SUBJECTS, Draft, Found
from imagined.engines.illustrator.understanding.items import SCENERY, Item
from imagined.engines.illustrator.understanding.nounphrase import NounPhrase, noun_phrase, sense
from imagined.engines.illustrator.understanding.tables import concept

_PLACED: Final = frozenset({"in", "on", "through", "across", "along", "over", "around", "flying", "reflected"})
"""After these a word that can be a place is one."""
_FULL_DRESS: Final = re.compile(
    r"shirt|dress|(?:over|rain)?coat|jacket|suit|robe|clothes|outfit|uniform|armou?r|cloak|hoodie|sweater|costume|gown"
    r"|kimono|overalls|jumper|cardigan|tuxedo|blouse|tunic|cape|t-?shirt|vest|swimsuit|bikini|parka|spacesuit|skirt"
)
"""Garments that are large enough to give a figure its colour."""
_STANDING: Final = frozenset({"piano", "drum", "harp"})
"""Instruments that stand beside whoever plays them."""
_HANDY: Final = frozenset({"thing", "tool", "instrument", "food", "vessel", "plant", "toy"})


@dataclass
class _Link:
    """What the next noun is to the subjects before it."""

    kind: Literal["relation", "object", "with", "of", "wearing", "passive", "like"]
    value: str = ""
    sources: list[int] = field(default_factory=list)
    word: str = ""


class Reader:
    """Reads items into a draft. Nothing here raises."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._group: list[int] = []
        """What a preposition after it is about."""
        self._actors: list[int] = []
        """What a verb after it is about."""
        self._link: _Link | None = None
        self._negated = False
        self._ruled_out = False
        self._joined = False
        self._waiting: tuple[Relation, int] | None = None
        """ "On a hill stands a castle": the relation comes first."""
        self._between: int | None = None

    def read(self, items: list[Item]) -> Draft:
        """The draft of all the items."""
        at = 0
        while at < len(items):
            item = items[at]
            if item.stop:
                self._stop(item.text)
                at += 1
                continue
            phrase, after = noun_phrase(items, at, free=not self._group)
            if phrase.empty:
                self._leftovers(phrase)
            if after > at:
                if not phrase.empty:
                    self._place(phrase, items[after] if after < len(items) else None)
                at = after
                continue
            self._connect(items, at)
            at += 1
        return self.draft

    # what stands between noun phrases

    def _connect(self, items: list[Item], at: int) -> None:
        item, senses = items[at], items[at].senses
        following = items[at + 1] if at + 1 < len(items) else None
        if "not" in senses:
            self._negated, self._ruled_out, self._link = True, False, None
        elif "join" in senses:
            self._join(item, following)
        elif "passive" in senses:
            self._bind(_Link("passive", senses["passive"].value, list(self._group)))
        elif "verb" in senses or "bare" in senses:
            self._verb((senses.get("verb") or senses["bare"]).value, "bare" in senses)
        elif "relation" in senses:
            self._bind(_Link("relation", senses["relation"].value, list(self._group), item.text))
        elif "back" in senses:
            self._behind()
        elif "with" in senses or "wearing" in senses or "like" in senses or "of" in senses:
            kinds: tuple[Literal["wearing", "with", "of", "like"], ...] = ("wearing", "with", "of", "like")
            kind = next(sort for sort in kinds if sort in senses)
            if kind == "of" and self._link is not None and self._link.kind == "of":
                return
            sources = self._actors if kind == "wearing" and self._actors else self._group
            self._bind(_Link(kind, item.text, list(sources[-1:] if kind == "of" else sources)))
        elif item.unknown:
            self.draft.wonder(item.text)

    def _bind(self, link: _Link) -> None:
        self._negated = self._negated and not self._ruled_out
        self._link, self._joined = link, False
        if link.kind == "relation" and link.value == "flying":
            for index in link.sources:
                self.draft.subjects[index].pose, self.draft.subjects[index].action = "flying", "fly"

    def _stop(self, mark: str) -> None:
        self._negated, self._link, self._between = False, None, None
        self._joined = mark == ","
        if mark != ",":
            self._group, self._actors = [], []

    def _join(self, item: Item, following: Item | None) -> None:
        self._joined = True
        ends = following is None or bool({"article", "with", "verb"} & following.senses.keys())
        if self._negated and item.text in ("and", "plus", "&") and ends:
            self._negated = False

    def _behind(self) -> None:
        if self._group and self._group[0] != 0 and self.draft.subjects[self._group[0]].relation in (None, "beside"):
            for index in self._group:
                self.draft.subjects[index].relation, self.draft.subjects[index].target = "behind", 0

    def _verb(self, value: str, bare: bool) -> None:
        pose, kind, lemma = value.split()
        if self._negated:
            self._negated = False
            return
        doers = self._doers(kind, pose)
        if not doers:
            self._link = None
            return
        del bare
        for index in doers:
            found = self.draft.subjects[index]
            found.action = f"{found.action} and {lemma}" if self._joined and found.action else lemma
            if kind != "none" or pose != "standing" or found.pose == "standing":
                found.pose = pose
        self._group = doers
        self._link = None if kind == "none" else _Link("object", kind, list(doers), lemma)
        self._joined = False

    def _doers(self, kind: str, pose: str) -> list[int]:
        """Whom a verb is about: what was named last, unless it could not do that."""
        subjects = self.draft.subjects
        group = self._group
        if not group or self._actors == group:
            return list(group)
        able = all(subjects[index].alive for index in group)
        if kind in ("hold", "ride") and not all(subjects[index].kind == "person" for index in group):
            return list(self._actors or group)
        moving = pose in ("flying", "running", "walking") and subjects[group[0]].kind == "vehicle"
        return list(group if able or moving else self._actors or group)

    # noun phrases in their places

    def _leftovers(self, phrase: NounPhrase) -> None:
        """Describing words without a noun: "a house, red and old" speaks of the house."""
        for word in phrase.unknown:
            self.draft.wonder(word)
        if self._negated:
            return
        self._scenic(phrase)
        if self._group and (phrase.colour or phrase.attributes):
            found = self.draft.subjects[self._group[-1]]
            found.colour = found.colour or phrase.colour
            found.attributes += [word for word in phrase.attributes if word not in found.attributes]

    def _scenic(self, phrase: NounPhrase) -> None:
        """Hours, weathers, seasons, traits, moods and places that stand in front of the noun."""
        for mood in phrase.mood:
            self.draft.say("mood", mood)
        for item in phrase.modifiers:
            if setting := sense(item, "setting"):
                self.draft.place(setting, 0.8)
        for item in phrase.scenery:
            for sort in SCENERY:
                if value := sense(item, sort):
                    self.draft.say(sort, value)
        for trait in phrase.traits:
            self.draft.say("trait", trait)

    def _ban(self, phrase: NounPhrase) -> None:
        self._ruled_out = True
        items = [*phrase.scenery, *([phrase.head] if phrase.head else [])]
        for item in items:
            for sort in ("noun", "setting", "time", "weather", "season", "trait"):
                if value := sense(item, sort):
                    self.draft.banned.setdefault(value, item.text)
            if not item.senses.keys() & {"noun", "setting", "time", "weather", "season"}:
                self.draft.banned.setdefault(item.text, item.text)
        if phrase.unknown_head is not None:
            self.draft.banned.setdefault(phrase.unknown_head, phrase.unknown_head)

    def _place(self, phrase: NounPhrase, following: Item | None) -> None:
        for word in phrase.unknown:
            self.draft.wonder(word)
        if self._negated:
            self._ban(phrase)
            return
        if self._link is not None and self._link.kind == "like":
            self._link = None
            return
        self._scenic(phrase)
        if phrase.head is None:
            self._place_nothing(phrase)
            return
        dressed = "worn" in phrase.head.senses and self._dress(phrase, phrase.head)
        if dressed or ("part" in phrase.head.senses and self._equip(phrase, phrase.head)):
            return
        if self._is_place(phrase, phrase.head, following):
            self._set(phrase, phrase.head, following)
        else:
            self._thing(phrase, phrase.head)

    def _place_nothing(self, phrase: NounPhrase) -> None:
        if phrase.unknown_head is not None:
            named = self._link is None or self._link.kind in ("object", "of")
            if named and (phrase.opened or not self.draft.subjects):
                self.draft.stranger_first = self.draft.stranger_first or not self.draft.subjects
                self.draft.strangers.append(phrase.unknown_head)
        self._link = None

    def _dress(self, phrase: NounPhrase, head: Item) -> bool:
        """Clothes belong to whoever wears them; False where nobody does."""
        link, wearers = self._link, self._link.sources if self._link else []
        if not wearers and self._joined and self._group:
            wearers = self._group
        if not wearers or (link is not None and link.kind == "relation" and link.value not in ("in", "under")):
            return False
        words = [*phrase.attributes, phrase.colour or "", phrase.material or "", head.singular]
        for index in wearers:
            found = self.draft.subjects[index]
            found.wearing.append(" ".join(word for word in words if word))
            if _FULL_DRESS.fullmatch(head.singular.split()[-1]) and phrase.colour is not None:
                found.colour = phrase.colour
        self._group = list(wearers)
        return True

    def _equip(self, phrase: NounPhrase, head: Item) -> bool:
        """Parts describe what they belong to; "on his shoulder" means him."""
        link = self._link
        if link is None or not link.sources:
            if link is None and self._joined and self._group:
                self._attribute(self._group, phrase, head)
                return True
            self._link = None
            return bool(self.draft.subjects)
        if link.kind == "relation":
            self._on_body(link)
        elif link.kind != "object":
            self._attribute(link.sources, phrase, head)
        self._link = None
        return True

    def _attribute(self, sources: list[int], phrase: NounPhrase, head: Item) -> None:
        words = [*phrase.attributes, phrase.colour or "", head.text]
        for index in sources:
            found = self.draft.subjects[index]
            found.attributes.append(" ".join(word for word in words if word))

    def _on_body(self, link: _Link) -> None:
        """ "A pirate with a parrot on his shoulder": what was named last is on whom it was named with."""
        subjects = self.draft.subjects
        last = len(subjects) - 1
        if last > max(link.sources) and subjects[last].target in link.sources:
            guests, owner = [last], subjects[last].target
        else:
            guests = link.sources
            owner = next((index for index in range(min(guests) - 1, -1, -1) if subjects[index].alive), None)
        if owner is None:
            return
        for index in guests:
            subjects[index].relation, subjects[index].target = cast(Relation, link.value), owner
        self._group = [owner]

    def _is_place(self, phrase: NounPhrase, head: Item, following: Item | None) -> bool:
        if "setting" not in head.senses:
            return False
        if "noun" not in head.senses:
            return True
        link = self._link
        if following is not None and following.text == "of":
            return True
        return link is not None and link.kind == "relation" and link.value in _PLACED and phrase.count is None

    def _set(self, phrase: NounPhrase, head: Item, following: Item | None) -> None:
        """The phrase says where it happens."""
        link = self._link
        value = head.senses["setting"].value
        if value == "sea" and link is not None and link.value == "beside":
            value = "beach"
        certain = link is not None and link.kind == "relation" and link.value in _PLACED
        first = link is None and not self.draft.subjects
        self.draft.place_first = self.draft.place_first or (first and not self.draft.stranger_first)
        spanned = link is not None and link.value == "over" and "bridge" in self.draft.settings
        self.draft.place(value, 0.8 if spanned else 2.0 if certain or not self.draft.settings else 1.0)
        for word in (*phrase.attributes, *phrase.modifiers):
            if word in ("old", "ancient", "ruined", "abandoned", "medieval"):
                self.draft.say("trait", "old")
        if link is not None and link.kind == "relation" and link.value == "reflected":
            for index in link.sources:
                self.draft.subjects[index].relation = "reflected"
        if phrase.colour is not None:
            self.draft.say("trait", f"{phrase.colour} {head.singular}")
        self._link = _Link("of", "of") if following is not None and following.text == "of" else None
        self._joined = False

    def _thing(self, phrase: NounPhrase, head: Item) -> None:
        link, self._link = self._link, None
        noun = sense(head, "noun") or head.singular
        if link is not None and link.kind == "object" and self._held(link, phrase, noun):
            return
        if link is not None and link.kind in ("with", "wearing") and self._carried(link, phrase, noun):
            return
        if link is not None and link.kind == "of" and self._contained(link, phrase, head, noun):
            return
        if len(self.draft.subjects) >= MOST_SUBJECTS:
            return
        index = self._add(phrase, head, noun)
        if link is not None and link.sources:
            self._tie(link, index)
        elif link is not None and link.kind == "relation":
            if link.value not in ("front", "reflected"):
                self._waiting = (cast(Relation, link.value), index)
            self._group = [index]
        else:
            self._stand_alone(index)
        self._joined = False

    def _stand_alone(self, index: int) -> None:
        if self._between is not None and self._joined:
            self.draft.subjects[self._between].also = index
            self._between = None
            return
        if self._waiting is not None:
            found = self.draft.subjects[index]
            found.relation, found.target = self._waiting
            self._waiting = None
        if self._joined and self._group:
            # Joined nouns stand where the first of them stands: "on a table and a chair" is one place.
            self._group = [*self._group, index]
            self._actors = [*self._actors, index] if self._actors else list(self._group)
        else:
            self._group, self._actors = [index], [index]

    def _add(self, phrase: NounPhrase, head: Item, noun: str) -> int:
        usual = 3 if head.plural else 1
        if "group" in head.senses and not head.plural:
            usual = int(head.senses["group"].value)
        found = Found(
            noun=noun,
            word=" ".join((*(item.text for item in phrase.modifiers), head.singular)),
            count=min(max(phrase.count or usual, usual if phrase.count == 1 and head.plural else 1), MOST_OF_ONE),
            colour=phrase.colour,
            size=phrase.size,
            material=phrase.material,
            attributes=list(phrase.attributes),
        )
        if phrase.verb is not None:
            found.pose, _, found.action = phrase.verb.split()
        self.draft.subjects.append(found)
        return len(self.draft.subjects) - 1

    def _tie(self, link: _Link, index: int) -> None:
        """Ties the subject just named to those before it."""
        subjects = self.draft.subjects
        made = subjects[index]
        if link.kind in ("object", "with", "passive", "wearing", "of"):
            value = link.value if link.kind == "passive" else "riding" if link.value == "ride" else "beside"
            if link.value == "ride":
                self._relate(link.sources, "riding", index)
                self._group = [index]
                return
            made.relation, made.target = cast(Relation, value), link.sources[0]
            if value == "riding":
                made.pose = "riding"
            self._group = list(link.sources)
            return
        if link.value == "front":
            made.relation, made.target = "behind", link.sources[0]
            self._group = [index]
            return
        self._relate(link.sources, self._precisely(link, made), index)
        self._between = link.sources[0] if link.value == "between" and made.count == 1 else None
        self._group = [index]

    def _precisely(self, link: _Link, target: Found) -> Relation:
        """What a preposition means between these two."""
        first = self.draft.subjects[link.sources[0]]
        if link.value == "over":
            airborne = first.pose == "flying" or first.kind in ("bird", "insect")
            airborne = airborne or concept(first.noun).home in ("sky", "space") or first.noun == "balloon"
            return "flying" if airborne else "over"
        if link.word == "at" or (link.value == "in" and target.kind == "furniture" and target.noun == "table"):
            return "beside"
        if link.value in ("on", "in") and first.kind == "person" and target.noun in ("horse", "camel", "elephant"):
            return "riding"
        return cast(Relation, link.value)

    def _relate(self, sources: list[int], relation: Relation, target: int) -> None:
        for source in sources:
            found = self.draft.subjects[source]
            if found.relation is not None and found.relation != "reflected":
                continue
            found.relation, found.target = relation, target
            if relation in ("riding", "flying"):
                found.pose = relation

    def _held(self, link: _Link, phrase: NounPhrase, noun: str) -> bool:
        """The object of a verb that is in the doer's hands."""
        noun = "toy_balloon" if noun == "balloon" else noun
        kind = concept(noun).kind
        kite = link.word == "fly"
        if link.value != "hold" or (kite and noun not in ("kite", "toy_balloon")):
            return False
        if kind in ("animal", "bird", "person", "building", "vehicle", "furniture") or noun in _STANDING:
            return False
        for index in link.sources:
            found = self.draft.subjects[index]
            found.take(noun, phrase.colour)
            if kite:
                found.pose = "standing"
            elif link.word == "play":
                found.pose = "holding" if kind == "instrument" else "sitting"
        self._group = list(link.sources)
        return True

    def _carried(self, link: _Link, phrase: NounPhrase, noun: str) -> bool:
        """ "A man with an umbrella" has it in his hand."""
        noun = "toy_balloon" if noun == "balloon" else noun
        people = [index for index in link.sources if self.draft.subjects[index].kind == "person"]
        if not people or phrase.count not in (None, 1) or concept(noun).kind not in _HANDY:
            return False
        for index in people:
            found = self.draft.subjects[index]
            found.take(noun, phrase.colour)
            if found.pose == "standing":
                found.pose = "holding"
        self._group = list(link.sources)
        return True

    def _contained(self, link: _Link, phrase: NounPhrase, head: Item, noun: str) -> bool:
        """ "A bowl of ramen", and "a field of sunflowers", which is a place with many of them."""
        if not link.sources:
            self._add(phrase, head, noun)
            found = self.draft.subjects[-1]
            if phrase.count is None and head.plural:
                found.count = MOST_OF_ONE
            self._stand_alone(len(self.draft.subjects) - 1)
            return True
        for index in link.sources:
            found = self.draft.subjects[index]
            if found.kind in ("vessel", "furniture", "food") or found.noun in ("cup", "vase", "box"):
                found.contents, found.contents_word = noun, head.text
                found.contents_count = phrase.count or (5 if head.plural else 1)
            else:
                found.attributes.append(f"of {head.text}")
        return True
