"""A filter's tree as a SQL condition; means what `imagined.files.matching` says, and a test holds both together."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, false, func, literal_column, not_, or_, true
from sqlalchemy.sql import operators

from imagined.contract.files import SortBy
from imagined.files.filter import And, Comparison, Field, Node, Not, Operator, Or, Time, lowered, named_by_url
from imagined.files.matching import second_of, whole_type
from imagined.storage.database.tables import files

COMPARE: Final[dict[str, Callable[[Any, Any], ColumnElement[bool]]]] = {
    "=": operators.eq,
    ">": operators.gt,
    ">=": operators.ge,
    "<": operators.lt,
    "<=": operators.le,
}
"""The operators that a database has."""


def condition(node: Node, shared: ColumnElement[bool], sort_by: SortBy | None) -> ColumnElement[bool]:
    """The condition on a row of the file table, for a list that is read along the index of `sort_by`; None: along none.

    `shared` is true where the public URL is active. No part of the result is ever NULL, so that NOT keeps its plain
    meaning.
    """
    return _Translation(shared, sort_by).of(node)


class _Translation:
    def __init__(self, shared: ColumnElement[bool], sort_by: SortBy | None) -> None:
        self._shared = shared
        self._sort_by = sort_by

    def of(self, node: Node) -> ColumnElement[bool]:
        match node:
            case And(parts):
                return and_(*map(self.of, parts))
            case Or(parts):
                return or_(*map(self.of, parts))
            case Not(part):
                return not_(self.of(part))
            case Comparison(field, "!=", None) if field.kind == "url":
                # Spelled without NOT, as the index of the shared rows asks for.
                return self._shared
            case Comparison(field, "!=", value):
                return not_(self._comparison(Comparison(field, "=", value)))
            case Comparison():
                return self._comparison(node)

    def _comparison(self, node: Comparison) -> ColumnElement[bool]:
        field, wanted = node.field, node.value
        if field.kind == "constant":
            return true() if field.constant == wanted else false()
        column: ColumnElement[Any] = files.c[field.attribute]
        if wanted is None:
            return self._absent(field, column)
        if field.kind == "url":
            named = named_by_url(str(wanted))
            return false() if named is None else and_(self._shared, column == named[0], files.c.id == named[1])
        if isinstance(wanted, Time):
            return self._present(field, column, at(node.operator, self._in_order(field, column), wanted))
        if isinstance(wanted, int):
            return COMPARE[node.operator](self._in_order(field, column), wanted)
        if field.kind == "text" or (field.kind == "type" and not whole_type(node)):
            return func.lower(column).contains(lowered(wanted), autoescape=True)
        if field.kind == "type":
            return self._of_type(column, lowered(wanted))
        return column == wanted

    def _in_order(self, field: Field, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The column; made unfit for an index unless it is the one that the list is sorted by.

        A page is the first rows that match in the list's order. An index of another column would give all that match,
        and then sort them: half a team's files, where a hundred are asked for.
        """
        return column if field.attribute == self._sort_by else column + literal_column("0")

    def _of_type(self, column: ColumnElement[Any], content_type: str) -> ColumnElement[bool]:
        # The index of types goes on in the order of creation, which helps no other order.
        return (column if self._sort_by == "created_at" else column + literal_column("''")) == content_type

    def _absent(self, field: Field, column: ColumnElement[Any]) -> ColumnElement[bool]:
        if field.kind == "url":
            return not_(self._shared)
        if not column.nullable:
            return false()
        if field.attribute == "public_expires_at":
            return or_(not_(self._shared), column.is_(None))
        return column.is_(None)

    def _present(self, field: Field, column: ColumnElement[Any], holds: ColumnElement[bool]) -> ColumnElement[bool]:
        """A condition on a column that may be NULL, made false there."""
        if field.attribute == "public_expires_at":
            return and_(self._shared, column.is_not(None), holds)
        return and_(column.is_not(None), holds) if column.nullable else holds


def at(operation: Operator, column: ColumnElement[Any], wanted: Time) -> ColumnElement[bool]:
    """A comparison of a column with a time literal, which may mean a whole second."""
    low, high = second_of(wanted)
    if not wanted.whole:
        return COMPARE[operation](column, low)
    match operation:
        case "=":
            return and_(column >= low, column < high)
        case ">":
            return column >= high
        case "<=":
            return column < high
        case _:
            return COMPARE[operation](column, low)
