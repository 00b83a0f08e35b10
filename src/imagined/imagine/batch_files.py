"""Input files of batches: JSON Lines, read as a stream, one line in memory at a time (Batch API: 200 MB, 50,000 lines,
25 MB a line)."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Final

import msgspec

from imagined.contract.batches import BatchEntry, line_refusal

_BOM: Final = b"\xef\xbb\xbf"

LineParser = Callable[[bytes], BatchEntry]
"""Reads one line; raises `ApiError`. The REST transport knows how: a line holds the body of one of its calls."""


Portions = AsyncGenerator["list[Line]", None]


class FileLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What an input file may hold."""

    file_bytes: int = 200_000_000
    lines: int = 50_000
    line_bytes: int = 25_000_000


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """How many lines are read, checked and committed in one step, so that others get their turn in between."""

    lines: int = 250
    bytes: int = 4 * 1024 * 1024


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line that is not blank; `number` counts all lines from 1."""

    number: int
    text: bytes


class BadLineError(Exception):
    """The file cannot be used; the message is what the batch says of it."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(line_refusal(number, reason))


async def read_lines(chunks: AsyncIterator[bytes], limits: FileLimits) -> AsyncIterator[Line]:
    """The lines of a file that arrives in pieces; raises `BadLineError` past a limit and for a file without any."""
    number, found = 0, 0
    async for text in _split(chunks, limits.line_bytes):
        number += 1
        stripped = (text.removeprefix(_BOM) if number == 1 else text).strip()
        if not stripped:
            continue
        found += 1
        if found > limits.lines:
            raise BadLineError(number, f"a file may have at most {limits.lines} requests.")
        yield Line(number=number, text=stripped)
    if not found:
        raise BadLineError(1, "the file has no requests.")


async def portions(lines: AsyncIterator[Line], portion: Portion) -> Portions:
    """Lines in groups that are handled in one step."""
    group: list[Line] = []
    size = 0
    async for line in lines:
        group.append(line)
        size += len(line.text)
        if len(group) >= portion.lines or size >= portion.bytes:
            yield group
            group, size = [], 0
    if group:
        yield group


async def _split(chunks: AsyncIterator[bytes], longest: int) -> AsyncIterator[bytes]:
    """Lines without their ends. What is kept of an unfinished line never exceeds `longest` and one piece."""
    number, held, size = 1, list[bytes](), 0
    async for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            held.append(piece)
            _check_length(number, size + len(piece), longest)
            yield b"".join(held)
            number, held, size = number + 1, [], 0
        if rest:
            held.append(rest)
            size += len(rest)
            _check_length(number, size, longest)
    if held:
        yield b"".join(held)


def _check_length(number: int, size: int, longest: int) -> None:
    if size > longest:
        raise BadLineError(number, f"a line may have at most {longest} bytes.")
