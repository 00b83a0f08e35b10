"""What everyday prompts are read as, row by row."""

import pytest

from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.words import understand
from tests.unit.illustrator.prompt_tables import TUNED, Row


def meant(subject: Subject) -> str:
    """The concept that was understood, whether or not it has a figure yet."""
    return subject.concept or subject.noun


def related(scene: Scene, wanted: str) -> bool:
    relation, thing = wanted.split(" ", 1)
    main = scene.subjects[0]
    if relation == "holding":
        return main.holding == thing
    if relation == "wearing":
        return thing in main.wearing
    if relation.startswith("<"):
        others = [other for other in scene.subjects[1:] if meant(other) == thing]
        return any((other.relation, other.target) == (relation[1:], 0) for other in others)
    target = scene.subjects[main.target] if main.target is not None else None
    return main.relation == relation and target is not None and meant(target) == thing


def wrongs(row: Row) -> list[str]:
    """What was read otherwise than the row says."""
    scene = understand(row.prompt, 7, "1:1")
    found = []
    if row.setting and scene.setting != row.setting:
        found.append(f"setting {scene.setting}")
    main = scene.subjects[0] if scene.subjects else None
    if row.subject and (main is None or meant(main) != row.subject):
        found.append(f"subject {meant(main) if main else None}")
    elif main is not None and row.subject and main.count != row.count:
        found.append(f"count {main.count}")
    elif main is not None and row.relation and not related(scene, row.relation):
        found.append(f"{main.relation} {main.target}, holding {main.holding}, wearing {main.wearing}")
    return found


@pytest.mark.parametrize("row", TUNED, ids=lambda row: row.prompt)
def test_everyday_prompts(row: Row) -> None:
    assert wrongs(row) == []
