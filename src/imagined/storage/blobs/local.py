"""Blobs in a local folder.

Layout: ``tmp/`` for what is being written, ``sha256/ab/cd/abcd...`` for blobs, ``damaged/`` for what a check set aside.

A put is: temporary file, fsync, rename, fsync of the folder; only then may a row name the blob. A removal is the other
way round: the row goes first, the blob later. Between them lies the one dangerous race of a store that keeps equal
bytes once: the sweeper finds a blob that no row names, somebody puts the same bytes again and is told "already here",
the sweeper removes them, and then the row is committed. Three things close it, in the one process that owns the folder:

* Placing and removing a blob of one name exclude each other (a lock by name).
* A put holds its blob, from inside that lock until its row has been committed or given up (`release`).
* `reclaim` asks for rows inside that lock too. So either the put came first, and its hold or its row is seen; or the
  removal came first, and the put finds nothing and places its own bytes.
"""

import asyncio
import errno
import hashlib
import os
import re
import shutil
import threading
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final
from weakref import WeakValueDictionary

from imagined.files.ports import BlobInfo, BlobMissing, BlobStoreFull, BlobStoreReadOnly, BlobTooLarge
from imagined.testing import faults

CHUNK: Final = 1024 * 1024
INLINE: Final = 64 * 1024
"""Reads up to this size are done at once: a hand-over to a thread costs more than they do."""
_HOLD_S: Final = 86_400.0
"""After this a forgotten hold ends by itself; no request lives that long between its blob and its row."""
_DIGEST: Final = re.compile("[0-9a-f]{64}", re.ASCII)
_DIRECTORY_MODE: Final = 0o700
_BLOB_MODE: Final = 0o400


class LocalBlobs:
    """The `BlobStore` and `BlobKeeper` ports on a folder that this process owns.

    With `owner` False nothing is tidied up at start: for a look from another process (`imagined fsck --dry-run`).
    """

    def __init__(self, root: str | Path, *, owner: bool = True) -> None:
        self._root = Path(root)
        self._tmp = self._root / "tmp"
        self._blobs = self._root / "sha256"
        self._prefix = str(self._blobs)
        self._damaged = self._root / "damaged"
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._holds: dict[str, list[float]] = {}
        for folder in (self._root, self._tmp, self._blobs):
            folder.mkdir(mode=_DIRECTORY_MODE, parents=True, exist_ok=True)
        if owner:
            # What a killed process was writing; nobody was told of it.
            for stale in self._tmp.iterdir():
                stale.unlink()

    async def put(self, chunks: AsyncIterator[bytes], *, max_bytes: int | None = None) -> BlobInfo:
        """Store a stream: hashed and counted on its way to a temporary file. Memory holds about one chunk."""
        writer = _Writer(self._tmp / uuid.uuid4().hex)
        try:
            pending: list[bytes] = []
            waiting = 0
            async for chunk in chunks:
                writer.size += len(chunk)
                if max_bytes is not None and writer.size > max_bytes:
                    raise BlobTooLarge(f"more than {max_bytes} bytes")
                pending.append(chunk)
                waiting += len(chunk)
                if waiting >= CHUNK:
                    await asyncio.to_thread(writer.write, pending)
                    pending, waiting = [], 0
            await asyncio.to_thread(writer.finish, pending)
            faults.point("blob.after_temporary")
            return await self._place(writer.path, writer.info())
        except BaseException as error:
            # Also on cancellation; a thread may still be writing, and `abort` waits for it.
            await asyncio.shield(asyncio.to_thread(writer.abort))
            raise _translated(error) from error

    async def put_file(self, path: str) -> BlobInfo:
        """Take over a local file. It is copied when it lies on another disk or has a second name."""
        temporary = self._tmp / uuid.uuid4().hex
        try:
            info = await asyncio.to_thread(_take_over, Path(path), temporary)
            faults.point("blob.after_temporary")
            return await self._place(temporary, info)
        except BaseException as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise _translated(error) from error

    def release(self, sha256: str) -> None:
        """End one hold of a put."""
        holds = self._holds.get(sha256)
        if holds:
            holds.pop(0)
        if not holds:
            self._holds.pop(sha256, None)

    async def read(self, sha256: str, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Stream a blob or a part of it in chunks of 1 MiB.

        Raises `BlobMissing` before the first chunk, or later when the blob is shorter than what was asked for.
        """
        file = self._open(sha256)
        try:
            left = length if length is not None else max(0, os.fstat(file.fileno()).st_size - start)
            file.seek(start)
            if left <= INLINE:
                yield _read(file, left)
                return
            while left:
                chunk = await asyncio.to_thread(_read, file, min(left, CHUNK))
                left -= len(chunk)
                yield chunk
        finally:
            file.close()

    async def head(self, sha256: str, length: int) -> bytes:
        """The first `length` bytes, or all of a shorter blob."""
        descriptor = self._open_descriptor(sha256)
        try:
            return os.pread(descriptor, length, 0)
        finally:
            os.close(descriptor)

    async def local_path(self, sha256: str) -> str | None:
        """Where the blob lies; raises `BlobMissing`. Not to be written to: other files may share the bytes."""
        path = self._path(sha256)
        if not path.is_file():
            raise BlobMissing(sha256)
        return str(path)

    async def names(self, after: str, limit: int) -> list[BlobInfo]:
        """The next blobs in order of their names."""
        return await asyncio.to_thread(_listed, self._blobs, after, limit)

    async def reclaim(self, sha256: str, is_needed: Callable[[], Awaitable[bool]]) -> bool:
        """Remove a blob that nobody holds and no row needs."""
        doomed = self._tmp / uuid.uuid4().hex
        async with self._lock(sha256):
            if self._is_held(sha256) or await is_needed():
                return False
            faults.point("sweep.before_blob")
            # No await from here on: a cancelled removal must not come to pass after the lock was given back. A rename
            # is quick whatever the size; the folder for temporary files is emptied at start.
            try:
                self._path(sha256).rename(doomed)
            except FileNotFoundError:
                return False
        await asyncio.to_thread(doomed.unlink, missing_ok=True)
        return True

    async def verify(self, sha256: str) -> bool:
        """Whether the bytes still have the hash that names them."""
        return await asyncio.to_thread(_digest, self._open(sha256)) == sha256

    async def set_aside(self, sha256: str) -> str:
        """Move a damaged blob to ``damaged/``."""
        self._damaged.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)
        target = self._damaged / f"{sha256}.{uuid.uuid4().hex[:8]}"
        async with self._lock(sha256):
            self._path(sha256).rename(target)
        return str(target)

    async def _place(self, temporary: Path, info: BlobInfo) -> BlobInfo:
        async with self._lock(info.sha256):
            self._holds.setdefault(info.sha256, []).append(time.monotonic() + _HOLD_S)
            try:
                await asyncio.to_thread(_move_into_place, temporary, self._path(info.sha256), info.size)
            except BaseException:
                self.release(info.sha256)
                raise
        faults.point("blob.after_rename")
        return info

    def _is_held(self, sha256: str) -> bool:
        now = time.monotonic()
        holds = [end for end in self._holds.get(sha256, ()) if end > now]
        if holds:
            self._holds[sha256] = holds
        else:
            self._holds.pop(sha256, None)
        return bool(holds)

    def _lock(self, sha256: str) -> asyncio.Lock:
        lock = self._locks.get(sha256)
        if lock is None:
            lock = self._locks[sha256] = asyncio.Lock()
        return lock

    def _path(self, sha256: str) -> Path:
        return Path(self._path_text(sha256))

    def _path_text(self, sha256: str) -> str:
        # Names come from rows, but a path is built from them: nothing but a digest may pass.
        if _DIGEST.fullmatch(sha256) is None:
            raise BlobMissing("not the name of a blob")
        return f"{self._prefix}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def _open_descriptor(self, sha256: str) -> int:
        try:
            return os.open(self._path_text(sha256), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise BlobMissing(sha256) from None

    def _open(self, sha256: str) -> BinaryIO:
        return os.fdopen(self._open_descriptor(sha256), "rb", buffering=0)


class _Writer:
    """A temporary file that is hashed while it grows. Its methods run in threads, one at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._hash = hashlib.sha256()
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None

    def write(self, chunks: list[bytes]) -> None:
        """Append."""
        with self._lock:
            if self._file is None:
                self._file = open(self.path, "xb", buffering=0, opener=_private)  # noqa: SIM115
            assert self._file is not None
            for chunk in chunks:
                self._hash.update(chunk)
                _write_all(self._file, chunk)

    def finish(self, chunks: list[bytes]) -> None:
        """Append the rest and make all of it durable."""
        self.write(chunks)
        with self._lock:
            assert self._file is not None
            _seal(self._file)
            self._file.close()

    def abort(self) -> None:
        """Remove what was written."""
        with self._lock:
            if self._file is not None:
                self._file.close()
            # A disk that may only be read says so even of a file that is not there.
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def info(self) -> BlobInfo:
        """Name and size."""
        return BlobInfo(sha256=self._hash.hexdigest(), size=self.size)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _write_all(file: BinaryIO, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[file.write(view) :]


def _seal(file: BinaryIO) -> None:
    os.fchmod(file.fileno(), _BLOB_MODE)
    os.fsync(file.fileno())


def _read(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) == length:
        return data
    parts = [data]
    while (left := length - sum(map(len, parts))) > 0:
        part = file.read(left)
        if not part:
            raise BlobMissing("shorter than its row says")
        parts.append(part)
    return b"".join(parts)


def _digest(file: BinaryIO) -> str:
    with file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _take_over(source: Path, temporary: Path) -> BlobInfo:
    """Make `source` the file `temporary`, sealed; the source is gone afterwards."""
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        moved = False
        if os.fstat(file.fileno()).st_nlink == 1:
            # Another disk; shutil copies then.
            with suppress(OSError):
                source.rename(temporary)
                moved = True
        if not moved:
            with open(temporary, "xb", opener=_private) as copy:
                shutil.copyfileobj(file, copy, CHUNK)
    with temporary.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        _seal(file)
        size = os.fstat(file.fileno()).st_size
    source.unlink(missing_ok=True)
    return BlobInfo(sha256=digest, size=size)


def _move_into_place(temporary: Path, path: Path, size: int) -> None:
    """Rename, or drop the temporary when the blob is there already; durable afterwards in both cases."""
    folder = path.parent
    for missing in (folder.parent, folder):
        if not missing.is_dir():
            missing.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)
            _sync_folder(missing.parent)
    if path.is_file() and path.stat().st_size == size:
        temporary.unlink()
    else:
        # Not there, or cut short by a failing disk: these bytes are good.
        temporary.rename(path)
    # Also for a blob that was there: the process that renamed it may have died before this step.
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _listed(blobs: Path, after: str, limit: int) -> list[BlobInfo]:
    found: list[BlobInfo] = []
    for first in _subfolders(blobs, after[:2]):
        for second in _subfolders(first, after[2:4] if first.name == after[:2] else ""):
            for entry in sorted(os.scandir(second), key=lambda entry: entry.name):
                if entry.name > after:
                    with suppress(FileNotFoundError):
                        found.append(BlobInfo(sha256=entry.name, size=entry.stat().st_size))
                    if len(found) >= limit:
                        return found
    return found


def _subfolders(folder: Path, start: str) -> Iterator[Path]:
    yield from sorted(path for path in folder.iterdir() if path.name >= start)


def _translated(error: BaseException) -> Any:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BlobStoreFull("no room left for blobs")
    if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return BlobStoreReadOnly("the blobs' folder cannot be written")
    return error
