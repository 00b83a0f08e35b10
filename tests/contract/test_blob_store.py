"""One suite for every place that blobs can be kept."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from imagined.files.ports import BlobInfo, BlobMissing, BlobTooLarge
from imagined.storage.blobs.local import LocalBlobs
from imagined.testing.memory_blobs import MemoryBlobs

Blobs = LocalBlobs | MemoryBlobs
MEBI = 1024 * 1024


@pytest.fixture(params=["local", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return LocalBlobs(tmp_path / "blobs") if request.param == "local" else MemoryBlobs()


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def whole(blobs: Blobs, sha256: str, start: int = 0, length: int | None = None) -> bytes:
    return b"".join([chunk async for chunk in blobs.read(sha256, start, length)])


async def needed() -> bool:
    return True


async def unneeded() -> bool:
    return False


def info(data: bytes) -> BlobInfo:
    return BlobInfo(sha256=hashlib.sha256(data).hexdigest(), size=len(data))


@pytest.mark.parametrize("data", [b"", b"x", b"abc" * MEBI, bytes(range(256)) * 300])
async def test_bytes_come_back_under_the_name_of_their_hash(blobs: Blobs, data: bytes) -> None:
    chunks = [data[at : at + 700_001] for at in range(0, len(data), 700_001)]
    assert await blobs.put(stream(*chunks)) == info(data)
    name = info(data).sha256
    assert await whole(blobs, name) == data
    assert await blobs.head(name, 10) == data[:10]
    assert await blobs.verify(name)


async def test_parts(blobs: Blobs) -> None:
    data = bytes(range(256)) * 8192
    name = (await blobs.put(stream(data))).sha256
    for start, length in ((0, 1), (5, 100), (MEBI - 1, 2), (len(data) - 1, 1), (3, len(data) - 3), (len(data), 0)):
        assert await whole(blobs, name, start, length) == data[start : start + length]


async def test_the_same_bytes_are_kept_once(blobs: Blobs) -> None:
    first = await blobs.put(stream(b"same"))
    assert await blobs.put(stream(b"sa", b"me")) == first
    assert await blobs.names("", 10) == [first]


async def test_a_limit_is_counted_while_streaming_and_leaves_nothing(blobs: Blobs) -> None:
    sent = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            sent.append(1)
            yield b"x" * 1000

    with pytest.raises(BlobTooLarge):
        await blobs.put(endless(), max_bytes=2500)
    assert len(sent) == 3
    assert await blobs.names("", 10) == []
    assert (await blobs.put(stream(b"x" * 2500), max_bytes=2500)).size == 2500


async def test_a_stream_that_breaks_leaves_nothing(blobs: Blobs) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * MEBI
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        await blobs.put(broken())
    assert await blobs.names("", 10) == []


async def test_a_file_is_taken_over(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / "result.png"
    path.write_bytes(b"pixels")
    assert await blobs.put_file(str(path)) == info(b"pixels")
    assert not path.exists()
    assert await whole(blobs, info(b"pixels").sha256) == b"pixels"


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
async def test_unknown_names(blobs: Blobs, name: str) -> None:
    with pytest.raises(BlobMissing):
        await whole(blobs, name)
    with pytest.raises(BlobMissing):
        await blobs.head(name, 1)
    with pytest.raises(BlobMissing):
        await blobs.local_path(name)
    with pytest.raises(BlobMissing):
        await blobs.verify(name)


async def test_reading_past_the_end_is_an_error_not_a_short_answer(blobs: Blobs) -> None:
    name = (await blobs.put(stream(b"short"))).sha256
    with pytest.raises(BlobMissing):
        await whole(blobs, name, 0, 6)


async def test_names_come_in_order_and_in_pages(blobs: Blobs) -> None:
    made = sorted([await blobs.put(stream(f"{n}".encode())) for n in range(40)], key=lambda blob: blob.sha256)
    listed: list[BlobInfo] = []
    while page := await blobs.names(listed[-1].sha256 if listed else "", 7):
        assert len(page) <= 7
        listed += page
    assert listed == made


async def test_reclaim_spares_what_is_held_or_needed(blobs: Blobs) -> None:
    name = (await blobs.put(stream(b"bytes"))).sha256
    await blobs.put(stream(b"bytes"))
    assert not await blobs.reclaim(name, unneeded)
    blobs.release(name)
    assert not await blobs.reclaim(name, unneeded)
    blobs.release(name)
    assert not await blobs.reclaim(name, needed)
    assert await blobs.reclaim(name, unneeded)
    assert not await blobs.reclaim(name, unneeded)
    assert await blobs.names("", 10) == []


async def test_release_without_a_hold_is_harmless(blobs: Blobs) -> None:
    blobs.release("0" * 64)
    name = (await blobs.put(stream(b"bytes"))).sha256
    assert not await blobs.reclaim(name, unneeded)


async def test_a_put_waits_for_a_removal_of_the_same_bytes(blobs: Blobs) -> None:
    name = (await blobs.put(stream(b"bytes"))).sha256
    blobs.release(name)
    asked, answer = asyncio.Event(), asyncio.Event()

    async def is_needed() -> bool:
        asked.set()
        await answer.wait()
        return False

    removal = asyncio.ensure_future(blobs.reclaim(name, is_needed))
    await asked.wait()
    put = asyncio.ensure_future(blobs.put(stream(b"bytes")))
    if isinstance(blobs, LocalBlobs):
        await blobs.put(stream(b"other bytes do not wait"))
    assert not put.done()
    answer.set()
    assert await removal
    assert (await put).sha256 == name
    assert await whole(blobs, name) == b"bytes"


@pytest.mark.parametrize("order", [1, 2, 3])
async def test_puts_and_removals_in_any_order_lose_nothing(blobs: Blobs, order: int) -> None:
    rows: list[str] = []

    async def store() -> None:
        name = (await blobs.put(stream(b"shared"))).sha256
        for _ in range(order):
            await asyncio.sleep(0)
        rows.append(name)
        blobs.release(name)

    async def sweep() -> None:
        async def is_needed() -> bool:
            await asyncio.sleep(0)
            return bool(rows)

        await blobs.reclaim(info(b"shared").sha256, is_needed)

    def tasks(*kinds: Callable[[], object]) -> list[asyncio.Future[None]]:
        return [asyncio.ensure_future(kind()) for kind in kinds]  # type: ignore[arg-type]

    await asyncio.gather(*tasks(sweep, store, sweep, sweep, store, sweep, store, sweep, sweep))
    assert await whole(blobs, rows[0]) == b"shared"


async def test_damaged_bytes_are_set_aside(blobs: Blobs, tmp_path: Path) -> None:
    name = (await blobs.put(stream(b"bytes"))).sha256
    if isinstance(blobs, MemoryBlobs):
        blobs.contents[name] = b"rot"
    else:
        path = Path(await blobs.local_path(name) or "")
        path.chmod(0o600)
        path.write_bytes(b"rotten")
    assert not await blobs.verify(name)
    assert name in await blobs.set_aside(name)
    with pytest.raises(BlobMissing):
        await blobs.verify(name)
    # Good bytes can come again.
    await blobs.put(stream(b"bytes"))
    assert await blobs.verify(name)
