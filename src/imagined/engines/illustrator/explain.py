"""The scene tree for people: what a prompt was understood to say, line by line."""

from collections.abc import Iterator
from typing import Final

from imagined.engines.illustrator.scene import Scene, Subject

_TOGETHER: Final = {
    "on": "on",
    "in": "in",
    "under": "under",
    "beside": "beside",
    "behind": "behind",
    "riding": "riding",
    "flying": "flying over",
    "over": "over",
    "holding": "holding",
    "between": "between",
    "around": "around",
    "against": "against",
    "through": "through",
    "across": "across",
    "along": "along",
    "front": "in front of",
    "reflected": "reflected in",
}
_SIZES: Final = ((0.6, "tiny"), (0.9, "small"), (1.1, ""), (1.4, "large"), (1.8, "huge"))


def explained(scene: Scene) -> str:
    """The tree as text, without a newline at its end."""
    rows = list(_about(scene))
    wide = max(len(name) for name, _ in rows)
    lines = [f"{name.ljust(wide)}  {value}" for name, value in rows]
    subjects = [_subject(scene, index) for index in range(len(scene.subjects))]
    return "\n".join([*lines, "subjects" if subjects else "subjects".ljust(wide) + "  none", *subjects])


def _about(scene: Scene) -> Iterator[tuple[str, str]]:
    yield "setting", _plain(scene.setting)
    yield "time", scene.time
    yield "weather", scene.weather
    yield "season", scene.season
    yield "style", _plain(scene.style)
    optional = (
        ("light", scene.light and _plain(scene.light)),
        ("framing", scene.framing and _plain(scene.framing)),
        ("mood", ", ".join(scene.mood)),
        ("with", ", ".join(map(_plain, scene.traits))),
        ("without", ", ".join(scene.without)),
        ("lettering", "; ".join(f'"{words.text}" ({words.on})' for words in scene.lettering)),
        ("taken for", ", ".join(f"{taken.word}: {_plain(taken.concept)}" for taken in scene.taken)),
        ("unknown", ", ".join(scene.unknown)),
    )
    for name, value in optional:
        if value:
            yield name, value


def _subject(scene: Scene, index: int) -> str:
    subject = scene.subjects[index]
    size = next((name for most, name in _SIZES if subject.size <= most), "gigantic")
    material = f"of {subject.material}" if subject.material else ""
    name = subject.word or _plain(subject.noun)
    worn = any(subject.colour is not None and subject.colour in garment.split() for garment in subject.wearing)
    colour = "" if worn else subject.colour or ""
    said = [f"{subject.count} ×", size, colour, name, material]
    first = " ".join(word for word in said if word)
    details = [
        ", ".join(subject.attributes),
        subject.action or "",
        _held(subject),
        f"wearing {', '.join(subject.wearing)}" if subject.wearing else "",
        _relation(scene, subject),
    ]
    rest = "; ".join(detail for detail in details if detail)
    return f"  {index + 1}. {first}" + (f": {rest}" if rest else "")


def _held(subject: Subject) -> str:
    if subject.holding is None or any(said.startswith("of ") for said in subject.attributes):
        return ""
    return " ".join(word for word in ("holding", subject.holding_colour, _plain(subject.holding)) if word)


def _relation(scene: Scene, subject: Subject) -> str:
    if subject.relation is None:
        return ""
    words = _TOGETHER[subject.relation]
    if subject.target is None:
        return f"{words} the water" if subject.relation == "reflected" else words
    targets = [subject.target, *([subject.also] if subject.also is not None else [])]
    return f"{words} " + " and ".join(
        f"{at + 1} ({scene.subjects[at].word or scene.subjects[at].noun})" for at in targets
    )


def _plain(name: str) -> str:
    return name.replace("_", " ")
