"""Where a value stands in a JSON text, for error messages that end in ``at line L column C``.

Lines and columns are counted as the hosted service counts them: both from 1, columns in bytes, and a position is
that of the last byte read.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

Path = tuple[str | int, ...]
"""Keys and indices from the root to a value."""

_TOKEN: Final = re.compile(rb'\s*("[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+)', re.DOTALL)
_Token = tuple[bytes, int, int]


def find_span(text: bytes, path: Path) -> tuple[int, int]:
    """Byte offsets of the start and the end of the value at `path`; the whole text when there is none."""
    try:
        return _descend(_tokens(text), path)
    except StopIteration:
        return 0, len(text)


def position(text: bytes, end: int) -> str:
    """``line L column C`` of the last byte before offset `end`."""
    before = text[:end]
    return f"line {before.count(10) + 1} column {end - (before.rfind(10) + 1)}"


def _tokens(text: bytes) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        yield match[1], match.start(1), match.end(1)


def _descend(tokens: Iterator[_Token], path: Path) -> tuple[int, int]:
    for step in path:
        opening = next(tokens)
        if opening[0] == b"{" and isinstance(step, str):
            _enter_object(tokens, step)
        elif opening[0] == b"[" and isinstance(step, int):
            for _ in range(step):
                _value(tokens)
                next(tokens)
        else:
            raise StopIteration
    return _value(tokens)


def _enter_object(tokens: Iterator[_Token], key: str) -> None:
    """Read up to the value of `key`."""
    while True:
        name = next(tokens)[0]
        if not name.startswith(b'"'):
            raise StopIteration
        next(tokens)
        if json.loads(name) == key:
            return
        _value(tokens)
        next(tokens)


def _value(tokens: Iterator[_Token]) -> tuple[int, int]:
    token, start, end = next(tokens)
    depth = int(token in (b"{", b"["))
    while depth:
        following = next(tokens, None)
        if following is None:
            # What follows a misfit was never parsed, so the text may end anywhere.
            break
        token, _, end = following
        depth += (token in (b"{", b"[")) - (token in (b"}", b"]"))
    return start, end
