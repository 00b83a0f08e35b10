"""The list filter: a subset of AIP-160, parsed by hand into a small tree (xAI Files API: list, `filter`).

    expression = sequence { "AND" sequence }        sequence = factor { factor }      (side by side means AND)
    factor     = term { "OR" term }                 term     = [ "NOT" ] ( comparison | "(" expression ")" )
    comparison = field operator ( "string" | integer | null )

As in AIP-160, OR binds tighter than AND: ``a AND b OR c`` is ``a AND (b OR c)``. Every refusal names the column where
the expression went wrong, counted in characters from 1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from imagined.contract.errors import ApiError, invalid

MAX_BYTES: Final = 4096
MAX_COMPARISONS: Final = 50
MAX_DEPTH: Final = 20
_MAX_DIGITS: Final = 18  # what fits a signed 64-bit column

Operator = Literal["=", "!=", ">", ">=", "<", "<=", ":"]
Kind = Literal["id", "text", "type", "integer", "time", "url", "constant"]


@dataclass(frozen=True)
class Field:
    """A field of the filter: where its value comes from, and what may be done with it."""

    attribute: str
    """Of `FileRecord`; empty for the fields that no file here has, or that are the same for all."""
    kind: Kind
    operators: tuple[Operator, ...]
    constant: str | None = None
    """The one value of a `constant` field; None reads as null."""


_EQUAL: Final[tuple[Operator, ...]] = ("=", "!=")
_WORDS: Final[tuple[Operator, ...]] = ("=", "!=", ":")
_ORDERED: Final[tuple[Operator, ...]] = ("=", "!=", ">", ">=", "<", "<=")

FIELDS: Final[dict[str, Field]] = {
    "file_id": Field("id", "id", _EQUAL),
    "name": Field("filename", "text", _WORDS),
    "file_name": Field("filename", "text", _WORDS),
    "size_bytes": Field("size", "integer", _ORDERED),
    "content_type": Field("content_type", "type", _WORDS),
    "created_at": Field("created_at", "time", _ORDERED),
    "expires_at": Field("expires_at", "time", _ORDERED),
    "upload_status": Field("", "constant", _EQUAL, "Complete"),
    "user_defined_id": Field("", "constant", _EQUAL, None),
    "public_url": Field("public_token", "url", _EQUAL),
    "public_url_expires_at": Field("public_expires_at", "time", _ORDERED),
}


class Time(NamedTuple):
    """A time literal in unix seconds; a `whole` one means that second, as answers show no fractions."""

    at: float
    whole: bool


Value = str | int | Time | None


@dataclass(frozen=True)
class Comparison:
    """`field operator value`; None is null."""

    field: Field
    operator: Operator
    value: Value


@dataclass(frozen=True)
class Not:
    """Negation. Comparisons are never unknown, so this is plain two-valued logic."""

    part: "Node"


@dataclass(frozen=True)
class And:
    """All parts hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    """One part holds."""

    parts: tuple["Node", ...]


Node = Comparison | Not | And | Or


class _Token(NamedTuple):
    kind: Literal["word", "string", "integer", "operator", "open", "close", "end"]
    text: str
    column: int


_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<word>[A-Za-z_][A-Za-z0-9_.]*)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<integer>-?[0-9]+(?![A-Za-z0-9_.]))
    |(?P<operator><=|>=|!=|[=<>:])
    |(?P<open>\()
    |(?P<close>\))""",
    re.VERBOSE | re.DOTALL,
)
_RFC_3339: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?P<fraction>\.\d{1,9})?(?P<zone>[Zz]|[+-]\d{2}:\d{2})", re.ASCII
)


def _refused(what: str, column: int) -> ApiError:
    return invalid(f"filter: {what} at column {column}.")


@lru_cache(maxsize=256)
def parse_filter(text: str) -> Node | None:
    """The tree of an expression, None for a blank one.

    Raises `ApiError` (invalid-argument) that points at the column: unknown field, operator that the field does not
    have, literal of the wrong kind, unbalanced parentheses, or more than the caps allow.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise invalid(f"filter: must be at most {MAX_BYTES} bytes long.")
    if not text.strip():
        return None
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_scan(text))
        self._at = 0
        self._comparisons = 0

    def parse(self) -> Node:
        node = self._expression(1)
        token = self._peek()
        if token.kind != "end":
            raise _refused("unexpected `)`" if token.kind == "close" else f"unexpected `{token.text}`", token.column)
        return node

    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _keyword(self, word: str) -> bool:
        token = self._peek()
        if token.kind == "word" and token.text == word:
            self._at += 1
            return True
        return False

    def _expression(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _refused(f"nested more than {MAX_DEPTH} levels deep", self._peek().column)
        parts = [self._factor(depth)]
        while True:
            if self._keyword("AND") or self._starts_a_factor():
                parts.append(self._factor(depth))
            else:
                return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _starts_a_factor(self) -> bool:
        token = self._peek()
        return token.kind == "open" or (token.kind == "word" and token.text not in ("AND", "OR"))

    def _factor(self, depth: int) -> Node:
        parts = [self._term(depth)]
        while self._keyword("OR"):
            parts.append(self._term(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _term(self, depth: int) -> Node:
        if self._keyword("NOT"):
            if depth >= MAX_DEPTH:
                raise _refused(f"nested more than {MAX_DEPTH} levels deep", self._peek().column)
            return Not(self._term(depth + 1))
        token = self._peek()
        if token.kind != "open":
            return self._comparison()
        self._next()
        node = self._expression(depth + 1)
        closing = self._next()
        if closing.kind != "close":
            raise _refused(f"`(` of column {token.column} is not closed; expected `)`", closing.column)
        return node

    def _comparison(self) -> Node:
        name = self._next()
        if name.kind != "word" or name.text in ("AND", "OR", "NOT"):
            found = "the expression ends" if name.kind == "end" else f"found `{name.text}`"
            raise _refused(f"expected a field name, {found}", name.column)
        field = FIELDS.get(name.text)
        if field is None:
            raise _refused(f"unknown field `{name.text}` (fields: {', '.join(FIELDS)})", name.column)
        self._comparisons += 1
        if self._comparisons > MAX_COMPARISONS:
            raise _refused(f"more than {MAX_COMPARISONS} comparisons", name.column)
        token = self._next()
        allowed = " ".join(field.operators)
        operator = next((each for each in field.operators if token.kind == "operator" and each == token.text), None)
        if operator is None:
            raise _refused(f"expected an operator of `{name.text}` ({allowed})", token.column)
        return Comparison(field, operator, self._value(name.text, field, operator))

    def _value(self, name: str, field: Field, operator: Operator) -> Value:
        token = self._next()
        if token.kind == "word" and token.text == "null":
            if operator not in _EQUAL:
                raise _refused("null can be compared with = and != only", token.column)
            return None
        if field.kind == "integer":
            if token.kind != "integer":
                raise _refused(f"expected an integer or null for `{name}`", token.column)
            if len(token.text.lstrip("-")) > _MAX_DIGITS:
                raise _refused("integer out of range", token.column)
            return int(token.text)
        if token.kind != "string":
            raise _refused(f'expected a "quoted string" or null for `{name}`', token.column)
        text = re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
        return _time(text, token.column) if field.kind == "time" else text


def _scan(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or "\0" in found.group():
            what = "unterminated string" if text[at] == '"' else "unexpected character"
            raise _refused(what, at + 1)
        if found.lastgroup != "space":
            yield _Token(found.lastgroup, found.group(), at + 1)  # type: ignore[arg-type]
        at = found.end()
    yield _Token("end", "", len(text) + 1)


def _time(text: str, column: int) -> Time:
    found = _RFC_3339.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        at = datetime.fromisoformat(text.upper()).timestamp()
    except (ValueError, OverflowError):
        raise _refused('expected an RFC 3339 time such as "2026-03-15T00:00:00Z"', column) from None
    return Time(at, found["fraction"] is None)


_PUBLIC_URL: Final = re.compile(r"/public/([A-Za-z0-9_-]+)/(file_[0-9a-f-]{36})\.[a-z0-9]+$", re.ASCII)


def named_by_url(url: str) -> tuple[str, str] | None:
    """Token and file id of one of our public URLs."""
    found = _PUBLIC_URL.search(url)
    return (found[1], found[2]) if found else None


def lowered(text: str) -> str:
    """A to Z in lower case and nothing else, as databases fold text that has code point order."""
    return text.translate(_LOWER)


_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
