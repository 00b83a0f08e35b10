"""What a filter means, said in Python: for stores that hold their rows in memory, and as the measure of the SQL.

Comparing a value that is not set: only ``= null`` and ``!=`` are true.
"""

import operator
from collections.abc import Callable
from typing import Any, Final

from imagined.files.filter import And, Comparison, Field, Node, Not, Operator, Or, Time, lowered, named_by_url
from imagined.files.ports import FileRecord
from imagined.files.types import is_known_type

_COMPARE: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def matches(node: Node, record: FileRecord, now: float) -> bool:
    """Whether a row is in the filtered list at the time `now`."""
    match node:
        case And(parts):
            return all(matches(part, record, now) for part in parts)
        case Or(parts):
            return any(matches(part, record, now) for part in parts)
        case Not(part):
            return not matches(part, record, now)
        case Comparison(field, "!=", value):
            return not matches(Comparison(field, "=", value), record, now)
        case Comparison():
            return _holds(node, _value(node.field, record, now), record)


def is_shared(record: FileRecord, now: float) -> bool:
    """Whether the row has a public URL that still works."""
    return record.public_token is not None and (record.public_expires_at is None or record.public_expires_at > now)


def _value(field: Field, record: FileRecord, now: float) -> Any:
    if field.kind == "constant":
        return field.constant
    if field.attribute.startswith("public_") and not is_shared(record, now):
        return None
    return getattr(record, field.attribute)


def _holds(node: Comparison, actual: Any, record: FileRecord) -> bool:
    wanted = node.value
    if wanted is None or actual is None:
        return wanted is None and actual is None
    if isinstance(wanted, Time):
        return _holds_at(node.operator, actual, wanted)
    if isinstance(wanted, int):
        return _COMPARE[node.operator](actual, wanted)
    if node.field.kind == "url":
        return named_by_url(wanted) == (actual, record.id)
    if node.field.kind == "text" or (node.field.kind == "type" and not whole_type(node)):
        return lowered(wanted) in lowered(actual)
    return bool(actual == (lowered(wanted) if node.field.kind == "type" else wanted))


def whole_type(node: Comparison) -> bool:
    """Whether a content type is compared as a whole: `=` with a type that we know, rather than with a part of one."""
    return node.operator != ":" and is_known_type(lowered(str(node.value)))


def _holds_at(operation: Operator, actual: float, wanted: Time) -> bool:
    low, high = second_of(wanted)
    match operation:
        case "=":
            return low <= actual < high if wanted.whole else actual == low
        case ">":
            return actual >= high if wanted.whole else actual > low
        case ">=":
            return actual >= low
        case "<":
            return actual < low
        case _:
            return actual < high if wanted.whole else actual <= low


def second_of(time: Time) -> tuple[float, float]:
    """The start of a literal's second and of the next one."""
    return time.at, time.at + 1
