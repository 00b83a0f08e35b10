import asyncio
import errno
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imagined.files.ports import BlobStoreFull
from imagined.storage.blobs.local import LocalBlobs


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def files_under(path: Path) -> list[Path]:
    return [each for each in path.rglob("*") if each.is_file()]


async def test_only_the_owner_reads_and_nobody_writes(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "data" / "blobs")
    path = Path(await blobs.local_path((await blobs.put(stream(b"x"))).sha256) or "")
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert {stat.S_IMODE(parent.stat().st_mode) for parent in path.parents[:4]} == {0o700}
    assert path.parts[-4:-1] == ("sha256", path.name[:2], path.name[2:4])


async def test_what_a_killed_process_was_writing_is_removed_at_start(tmp_path: Path) -> None:
    root = tmp_path / "blobs"
    await LocalBlobs(root).put(stream(b"kept"))
    (root / "tmp" / "stale").write_bytes(b"half")
    LocalBlobs(root, owner=False)
    assert (root / "tmp" / "stale").exists()
    LocalBlobs(root)
    assert [path.read_bytes() for path in files_under(root)] == [b"kept"]


async def test_a_cancelled_put_leaves_nothing(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    begun = asyncio.Event()

    async def stalled() -> AsyncIterator[bytes]:
        yield b"x" * 3_000_000
        begun.set()
        await asyncio.Event().wait()

    put = asyncio.ensure_future(blobs.put(stalled()))
    await begun.wait()
    assert files_under(tmp_path)
    put.cancel()
    with pytest.raises(asyncio.CancelledError):
        await put
    assert files_under(tmp_path) == []


async def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BlobStoreFull):
        await blobs.put(stream(b"x"))
    assert files_under(tmp_path) == []


async def test_bytes_folder_and_name_are_synced_in_this_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    steps: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def noted_fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "bytes")
        fsync(descriptor)

    def noted_rename(self: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "rename", noted_rename)
    await blobs.put(stream(b"new"))
    assert steps == ["bytes", "folder", "folder", "rename", "folder"]
    steps.clear()
    await blobs.put(stream(b"new"))
    assert steps == ["bytes", "folder"]


async def test_a_blob_that_was_cut_short_is_replaced(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    path = Path(await blobs.local_path((await blobs.put(stream(b"good bytes"))).sha256) or "")
    path.chmod(0o600)
    path.write_bytes(b"good")
    await blobs.put(stream(b"good bytes"))
    assert path.read_bytes() == b"good bytes"


async def test_a_file_with_a_second_name_is_copied(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    source, second = tmp_path / "source", tmp_path / "second"
    source.write_bytes(b"bytes")
    second.hardlink_to(source)
    name = (await blobs.put_file(str(source))).sha256
    second.write_bytes(b"other")
    assert await blobs.verify(name)
    assert not source.exists()


async def test_a_link_is_not_followed(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic links"):
        await blobs.put_file(str(tmp_path / "link"))
    assert await blobs.names("", 10) == []


async def test_reading_goes_on_while_the_blob_is_removed(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    data = os.urandom(3 * 1024 * 1024)
    name = (await blobs.put(stream(data))).sha256
    blobs.release(name)
    chunks = aiter(blobs.read(name))
    first = await anext(chunks)

    async def unneeded() -> bool:
        return False

    assert await blobs.reclaim(name, unneeded)
    assert first + b"".join([chunk async for chunk in chunks]) == data


async def test_a_forgotten_hold_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    name = (await blobs.put(stream(b"x"))).sha256
    monkeypatch.setattr("imagined.storage.blobs.local.time.monotonic", lambda: 1e12)

    async def unneeded() -> bool:
        return False

    assert await blobs.reclaim(name, unneeded)
