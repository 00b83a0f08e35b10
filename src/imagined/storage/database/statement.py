"""Statements are built with SQLAlchemy Core and run as text: building is slow and done once, text is fast."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import BindParameter
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement, visitors

DialectName = Literal["sqlite", "postgresql"]


@functools.cache
def _dialect(name: DialectName) -> Dialect:
    # Each is a large import, and a server needs one of them. SQLAlchemy's dialect classes are not annotated.
    if name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.dialect(paramstyle="named")
    from sqlalchemy.dialects import postgresql

    return postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class CompiledText:
    """SQL text for one dialect.

    SQLite's has ``:name`` parameters; PostgreSQL's has ``$1``, in the order of `order`.
    """

    sql: str
    constants: Mapping[str, Any]
    """Values that stand in the statement itself."""
    order: tuple[str, ...]


class Statement:
    """A SQLAlchemy Core statement, compiled once for each dialect.

    Parameters are ``bindparam("name")``; an ``insert(table)`` without values has one for each column. A parameter of
    ``column.in_(bindparam("names", expanding=True))`` takes a list, whose last item is repeated up to a power of two:
    so there are few lengths, for each of which the text is compiled and kept, here and by every connection.
    Only plain types are used in the tables (numbers, text, bytes), so that no value needs converting on its way.
    """

    def __init__(self, clause: ClauseElement) -> None:
        self.clause = clause
        self._texts: dict[tuple[str, tuple[int, ...]], CompiledText] = {}
        binds = [element for element in visitors.iterate(clause) if isinstance(element, BindParameter)]
        self._names = frozenset(bind.key for bind in binds if bind.required)
        self._lists = tuple(sorted({bind.key for bind in binds if bind.expanding and bind.required}))

    def render(self, dialect: DialectName, parameters: Mapping[str, Any]) -> tuple[CompiledText, dict[str, Any]]:
        """Text for `dialect`, and every value it needs."""
        if not self._lists:
            text = self._texts.get((dialect, ())) or self._compile(dialect, (), {})
            return text, {**text.constants, **parameters}
        values = dict(parameters)
        lists = {name: _padded(list(values.pop(name))) for name in self._lists}
        lengths = tuple(len(lists[name]) for name in self._lists)
        compiled = self._texts.get((dialect, lengths))
        if compiled is None:
            compiled = self._compile(dialect, lengths, lists)
        for name, items in lists.items():
            values.update({f"{name}_{position}": item for position, item in enumerate(items, 1)})
        return compiled, {**compiled.constants, **values}

    def _compile(self, dialect: DialectName, lengths: tuple[int, ...], lists: Mapping[str, list[Any]]) -> CompiledText:
        compiled = _filled(self.clause, lists).compile(
            dialect=_dialect(dialect), compile_kwargs={"render_postcompile": True}
        )
        columns = {bind.key for bind in compiled.binds.values() if bind.required}  # type: ignore[attr-defined]
        listed = {
            f"{name}_{position}"
            for name, length in zip(self._lists, lengths, strict=True)
            for position in range(1, length + 1)
        }
        given = columns | listed | self._names
        constants = {name: value for name, value in compiled.params.items() if name not in given}
        order = tuple(getattr(compiled, "positiontup", None) or ())
        text = CompiledText(sql=str(compiled), constants=constants, order=order)
        self._texts[(dialect, lengths)] = text
        return text


def _padded(items: list[Any]) -> list[Any]:
    """The same set, with one of few lengths."""
    return items + items[-1:] * ((1 << (len(items) - 1).bit_length()) - len(items)) if items else items


def _filled(clause: ClauseElement, lists: Mapping[str, list[Any]]) -> ClauseElement:
    """The clause with its lists filled in, which fixes how many markers the text has.

    Other parameters lose their "required" mark: SQLAlchemy would ask for their values while it compiles a list.
    """

    def replacement(element: Any, **_: Any) -> Any:
        if not isinstance(element, BindParameter) or not element.required:
            return None
        if element.key in lists:
            return BindParameter(element.key, lists[element.key], element.type, expanding=True)
        return BindParameter(element.key, None, element.type, required=False)

    return cast(ClauseElement, visitors.replacement_traverse(clause, {}, replacement))
