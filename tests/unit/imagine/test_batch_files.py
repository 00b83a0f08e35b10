"""Input files of batches as a stream of lines."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagined.imagine.batch_files import BadLineError, FileLimits, Line, Portion, portions, read_lines

LIMITS = FileLimits(lines=4, line_bytes=10)


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    for piece in data:
        yield piece


async def read(*data: bytes, limits: FileLimits = LIMITS) -> list[tuple[int, bytes]]:
    return [(line.number, line.text) async for line in read_lines(pieces(*data), limits)]


async def refusal(*data: bytes, limits: FileLimits = LIMITS) -> str:
    with pytest.raises(BadLineError) as refused:
        await read(*data, limits=limits)
    return str(refused.value)


async def test_lines_are_numbered_as_an_editor_does() -> None:
    assert await read(b"\xef\xbb\xbf{1}\r\n\n  \n{4}\n{5}") == [(1, b"{1}"), (4, b"{4}"), (5, b"{5}")]


@given(st.lists(st.binary(max_size=5), max_size=8), st.integers(1, 7))
async def test_pieces_make_no_difference(lines: list[bytes], size: int) -> None:
    data = b"\n".join([b"first", *lines])
    cut = [data[start : start + size] for start in range(0, len(data), size)]
    limits = FileLimits(lines=1000)
    assert await read(*cut, limits=limits) == await read(data, limits=limits)


async def test_limits_hold_to_the_byte() -> None:
    assert await read(b"x" * 10) == [(1, b"x" * 10)]
    assert "line 2: a line may have at most 10 bytes" in await refusal(b"a\n", b"x" * 6, b"x" * 5)
    assert "line 1: a line may have" in await refusal(b"x" * 11 + b"\n")
    assert len(await read(b"\n".join([b"a"] * 4))) == 4
    assert "line 5: a file may have at most 4 requests" in await refusal(b"\n".join([b"a"] * 5))


async def test_a_line_without_end_is_never_held_whole() -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 4

    with pytest.raises(BadLineError):
        async for _ in read_lines(endless(), LIMITS):
            pass
    assert taken == 3


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \r\n"])
async def test_a_file_without_requests(data: bytes) -> None:
    assert await refusal(data) == "JSONL file validation failed: line 1: the file has no requests."


async def test_portions_end_at_either_limit() -> None:
    async def lines() -> AsyncIterator[Line]:
        for number in range(1, 8):
            yield Line(number=number, text=b"x" * number)

    sizes = [[line.number for line in group] async for group in portions(lines(), Portion(lines=3, bytes=9))]
    assert sizes == [[1, 2, 3], [4, 5], [6, 7]]
