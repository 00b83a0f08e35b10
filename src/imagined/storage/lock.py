"""One server a data folder: an advisory lock that ends with its process, however that ends."""

import os
from pathlib import Path
from types import TracebackType
from typing import Final

LOCK_FILE: Final = "lock"


class FolderLockedError(Exception):
    """Another process holds the data folder."""


class FolderLock:
    """The lock of a data folder: `acquire` and `release`, or a with statement."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / LOCK_FILE
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock at once; raises `FolderLockedError` with the holder's process id."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(handle)
        except OSError:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
            os.close(handle)
            raise FolderLockedError(
                f"Another imagined server{f' (process {holder})' if holder else ''} uses the folder "
                f"{self._path.parent}. Stop it, or choose another folder with --data-dir."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle

    def release(self) -> None:
        """Give it back; the file stays, since removing it would let two processes lock two files of one name."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> "FolderLock":
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
