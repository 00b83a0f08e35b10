"""From the draft to the scene's subjects: what was ruled out goes, what has no figure gets the nearest that has one."""

from typing import Final

from imagined.engines.illustrator.scene import Subject, Taken
from imagined.engines.illustrator.understanding.draft import Draft, Found
from imagined.engines.illustrator.understanding.tables import concept, drawn, stand_in

_MOST_WORDS: Final = 6
_POSES: Final = {
    "cheer": "cheering",
    "cook": "cooking",
    "drink": "drinking",
    "fight": "fighting",
    "fish": "fishing",
    "hug": "hugging",
    "jump": "jumping",
    "kneel": "kneeling",
    "leap": "jumping",
    "paint": "painting",
    "photograph": "photographing",
    "point": "pointing",
    "pray": "praying",
    "sing": "singing",
    "skate": "skating",
    "skateboard": "skateboarding",
    "ski": "skiing",
    "surf": "surfing",
    "sweep": "sweeping",
    "swim": "swimming",
    "water": "gardening",
}
"""Actions that look like themselves only with people."""


def settled(draft: Draft) -> tuple[tuple[Subject, ...], tuple[Taken, ...]]:
    """The subjects that were not ruled out, with relations that point at those that are left."""
    _unpack(draft)
    bare = {kind for kind in ("person", "animal") if kind in draft.banned}
    kept = [
        index for index, found in enumerate(draft.subjects) if found.noun not in draft.banned and found.kind not in bare
    ]
    place = {old: new for new, old in enumerate(kept)}
    taken: dict[str, Taken] = {}
    subjects = []
    for index in kept:
        found = draft.subjects[index]
        near = stand_in(found.noun)
        if near is not None and near != found.noun:
            taken.setdefault(found.word, Taken(word=found.word, concept=near))
        target, also = (place.get(at) if at is not None else None for at in (found.target, found.also))
        subjects.append(_subject(found, near, None if target == place[index] else target, also))
    return tuple(subjects), tuple(taken.values())


def _unpack(draft: Draft) -> None:
    """ "A basket of apples": without a figure of a basket it is apples; of a cup and its coffee it is the cup."""
    for found in draft.subjects:
        if found.contents is None:
            continue
        inside = concept(found.contents)
        if found.noun not in drawn() and found.contents in drawn() and inside.kind in ("food", "plant"):
            found.attributes.append(f"{found.word} of")
            found.noun, found.word, found.count = (
                found.contents,
                found.contents_word,
                max(found.count, found.contents_count),
            )
        else:
            found.attributes.append(f"of {found.contents_word}")
            found.holding = found.contents


def _pose(found: Found) -> str:
    """The pose a person takes for what it does; rigs without that pose stand."""
    if found.kind != "person" or found.action is None or found.pose in ("riding", "flying"):
        return found.pose
    action = found.action.split()[-1]
    if action == "play" and found.holding is not None:
        return f"playing_{found.holding}" if concept(found.holding).kind == "instrument" else found.pose
    if action == "fly" and found.holding == "kite":
        return "flying_kite"
    return _POSES.get(action, found.pose)


def _subject(found: Found, near: str | None, target: int | None, also: int | None) -> Subject:
    lost = found.relation == "riding" and target is None
    return Subject(
        noun=near or found.noun,
        concept=found.noun if near not in (None, found.noun) else None,
        count=found.count,
        colour=found.colour,
        size=found.size,
        pose="standing" if lost else _pose(found),
        relation=found.relation if target is not None or found.relation == "reflected" else None,
        target=target,
        also=also if target is not None else None,
        word=found.word[:60],
        material=found.material,
        attributes=tuple(dict.fromkeys(found.attributes))[:_MOST_WORDS],
        action=found.action if not lost else None,
        holding=found.holding,
        holding_colour=found.holding_colour,
        wearing=tuple(dict.fromkeys(found.wearing))[:_MOST_WORDS],
    )
