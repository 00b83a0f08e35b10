"""A filter's tree as a SQL condition; means what `imagined.files.matching` says, and a test holds both together."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true
from sqlalchemy.sql import operators

from imagined.files.filter import And, Comparison, Field, Node, Not, Operator, Or, Time, lowered, named_by_url
from imagined.files.matching import second_of, whole_type
from imagined.storage.database.tables import files

_COMPARE: Final[dict[str, Callable[[Any, Any], ColumnElement[bool]]]] = {
    "=": operators.eq,
    ">": operators.gt,
    ">=": operators.ge,
    "<": operators.lt,
    "<=": operators.le,
}


def condition(node: Node, shared: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition on a row of the file table; `shared` is true where the public URL is active.

    No part of it is ever NULL, so that NOT keeps its plain meaning.
    """
    match node:
        case And(parts):
            return and_(*(condition(part, shared) for part in parts))
        case Or(parts):
            return or_(*(condition(part, shared) for part in parts))
        case Not(part):
            return not_(condition(part, shared))
        case Comparison(field, "!=", value):
            return _unequal(Comparison(field, "=", value), shared)
        case Comparison():
            return _comparison(node, shared)


def _unequal(equal: Comparison, shared: ColumnElement[bool]) -> ColumnElement[bool]:
    if equal.field.kind == "url" and equal.value is None:
        return shared
    return not_(_comparison(equal, shared))


def _comparison(node: Comparison, shared: ColumnElement[bool]) -> ColumnElement[bool]:
    field, wanted = node.field, node.value
    if field.kind == "constant":
        return true() if field.constant == wanted else false()
    column: ColumnElement[Any] = files.c[field.attribute]
    if wanted is None:
        return _absent(field, column, shared)
    if field.kind == "url":
        named = named_by_url(str(wanted))
        return false() if named is None else and_(shared, column == named[0], files.c.id == named[1])
    if isinstance(wanted, Time):
        return _present(field, column, shared, _at(node.operator, column, wanted))
    if isinstance(wanted, int):
        return _COMPARE[node.operator](column, wanted)
    if field.kind == "text" or (field.kind == "type" and not whole_type(node)):
        return func.lower(column).contains(lowered(wanted), autoescape=True)
    return column == (lowered(wanted) if field.kind == "type" else wanted)


def _absent(field: Field, column: ColumnElement[Any], shared: ColumnElement[bool]) -> ColumnElement[bool]:
    if field.kind == "url":
        return not_(shared)
    if not column.nullable:
        return false()
    if field.attribute == "public_expires_at":
        return or_(not_(shared), column.is_(None))
    return column.is_(None)


def _present(
    field: Field, column: ColumnElement[Any], shared: ColumnElement[bool], holds: ColumnElement[bool]
) -> ColumnElement[bool]:
    """A condition on a column that may be NULL, made false there."""
    if field.attribute == "public_expires_at":
        return and_(shared, column.is_not(None), holds)
    return and_(column.is_not(None), holds) if column.nullable else holds


def _at(operation: Operator, column: ColumnElement[Any], wanted: Time) -> ColumnElement[bool]:
    low, high = second_of(wanted)
    if not wanted.whole:
        return _COMPARE[operation](column, low)
    match operation:
        case "=":
            return and_(column >= low, column < high)
        case ">":
            return column >= high
        case "<=":
            return column < high
        case _:
            return _COMPARE[operation](column, low)
