"""What everyday prompts are read as, row by row."""

import pytest

from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.understanding.tables import concept
from imagined.engines.illustrator.words import understand
from tests.unit.illustrator.prompt_tables import FRESH, MISREAD, TUNED, Row


def meant(name: str | None, wanted: str) -> bool:
    """The concept is the one that is wanted, or of a kind that the wanted one may stand in for: a husky is a dog."""
    return name is not None and (name == wanted or wanted in concept(name).nearest)


def is_a(subject: Subject, wanted: str) -> bool:
    return meant(subject.concept, wanted) or meant(subject.noun, wanted)


def related(scene: Scene, wanted: str) -> bool:
    relation, thing = wanted.split(" ", 1)
    main = scene.subjects[0]
    if relation == "holding":
        handled = main.pose.partition("_")[2]
        return meant(main.holding, thing) or meant(handled or None, thing)
    if relation == "wearing":
        return thing in main.wearing
    if relation.startswith("<"):
        others = [other for other in scene.subjects[1:] if is_a(other, thing)]
        return any((other.relation, other.target) == (relation[1:], 0) for other in others)
    target = scene.subjects[main.target] if main.target is not None else None
    return main.relation == relation and target is not None and is_a(target, thing)


def wrongs(row: Row) -> list[str]:
    """What was read otherwise than the row says."""
    scene = understand(row.prompt, 7, "1:1")
    found = []
    if row.setting and scene.setting != row.setting:
        found.append(f"setting {scene.setting}")
    main = scene.subjects[0] if scene.subjects else None
    if row.subject and (main is None or not is_a(main, row.subject)):
        found.append(f"subject {(main.concept or main.noun) if main else None}")
    elif main is not None and row.subject and main.count != row.count:
        found.append(f"count {main.count}")
    elif main is not None and row.relation and not related(scene, row.relation):
        found.append(f"{main.relation} {main.target}, holding {main.holding}, wearing {main.wearing}")
    return found


@pytest.mark.parametrize("row", TUNED, ids=lambda row: row.prompt)
def test_everyday_prompts(row: Row) -> None:
    assert wrongs(row) == []


@pytest.mark.parametrize(
    "row",
    [pytest.param(row, marks=pytest.mark.xfail if row.prompt in MISREAD else ()) for row in FRESH],
    ids=lambda row: row.prompt,
)
def test_prompts_that_nothing_was_tuned_for(row: Row) -> None:
    assert wrongs(row) == []
