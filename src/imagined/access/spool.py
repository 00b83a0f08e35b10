"""How `imagined keys` reaches a running server: one small file a change, in a folder that the server reads.

The database has one writing process, and while a server runs that is the server. The command line therefore leaves a
note (the hash of a new key, or the id of a revoked one; never a key), and the server takes notes over before it
recognises the next caller: the folder's time of change says when there is something new.
"""

import contextlib
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import structlog

from imagined.access.ports import KeyRecord, KeyStore

_log = structlog.get_logger("imagined.access")
FOLDER: Final = "keys.d"
_SUFFIX: Final = ".json"
_TICK_NS: Final = 2_000_000_000


class Created(msgspec.Struct, frozen=True, kw_only=True, tag="created"):
    """A new key."""

    record: KeyRecord


class Revoked(msgspec.Struct, frozen=True, kw_only=True, tag="revoked"):
    """A key that ends."""

    key_id: str
    at: float


class Disabled(msgspec.Struct, frozen=True, kw_only=True, tag="disabled"):
    """A key that is locked out, or let in again."""

    key_id: str
    disabled: bool
    at: float


Note = Created | Revoked | Disabled


class KeySpool:
    """The folder ``keys.d`` of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER
        self._seen: int | None = None

    def write(self, note: Note) -> None:
        """Leave a note; it is complete and durable on return, readable by its owner only."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=self._folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(note))
            file.flush()
            os.fsync(file.fileno())
        # Named by its place among the notes: a revocation must not overtake the key it ends.
        Path(path).rename(self._folder / f"{self._next():08d}-{os.urandom(4).hex()}{_SUFFIX}")
        _sync(self._folder)

    def pending(self) -> Sequence[Note]:
        """Notes nobody has taken over yet, in order."""
        return [note for _, note in self._notes()]

    def changed(self) -> bool:
        """Whether the folder was changed since `take_over` read it last. One look-up of a file's times."""
        return self._stamp() != self._seen

    async def take_over(self, store: KeyStore) -> int:
        """Write every note into the table, then remove it; how many. Taking one over twice changes nothing."""
        stamp = self._stamp()
        count = 0
        for path, note in self._notes():
            await apply(note, store)
            path.unlink(missing_ok=True)
            count += 1
        # Removing notes changes the folder itself, and a file system's clock ticks coarsely: only a time that is past
        # says that nothing can have come since.
        self._seen = stamp if count == 0 and time.time_ns() - stamp > _TICK_NS else None
        return count

    def _notes(self) -> list[tuple[Path, Note]]:
        notes: list[tuple[Path, Note]] = []
        with contextlib.suppress(FileNotFoundError):
            for path in sorted(self._folder.iterdir()):
                if path.suffix != _SUFFIX or path.name.startswith("."):
                    continue
                try:
                    notes.append((path, msgspec.json.decode(path.read_bytes(), type=Note)))
                except (OSError, msgspec.DecodeError):
                    _log.exception("unreadable note about a key", file=path.name)
        return notes

    def _next(self) -> int:
        numbers = [int(path.name[:8]) for path in self._folder.glob(f"[0-9]*{_SUFFIX}")]
        return max(numbers, default=0) + 1

    def _stamp(self) -> int:
        try:
            return self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            return 0


async def apply(note: Note, store: KeyStore) -> None:
    """Make a change in the table. Making it twice changes nothing."""
    match note:
        case Created(record=record):
            await store.insert(record)
        case Revoked(key_id=key_id, at=at):
            await store.revoke(key_id, at)
        case Disabled(key_id=key_id, disabled=disabled, at=at):
            await store.set_disabled(key_id, disabled, at)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
