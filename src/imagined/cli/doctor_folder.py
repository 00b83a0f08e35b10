"""What `imagined doctor` looks at in a data folder. It writes one empty file and removes it."""

import contextlib
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from imagined.cli.findings import CheckError, Findings
from imagined.storage.lock import LOCK_FILE, FolderLock, FolderLockedError

_DATABASE_FILE: Final = "imagined.db"
_ENGINE_MODULE: Final = b"imagined.engines.child"
_LEAST_FREE: Final = 2 * 1024**3
"""A few videos, their database rows, and the time that an operator needs to notice."""
_OLDEST_SQLITE: Final = (3, 35, 0)
"""The first with RETURNING, by which requests are claimed."""


def check_folder(findings: Findings, folder: Path) -> None:
    """Report on `folder`."""
    findings.check("SQLite", _sqlite)
    if not findings.check("data folder", lambda: _writable(folder)):
        return
    findings.check("permissions", lambda: _private(folder))
    findings.check("free space", lambda: _free(folder))
    if (folder / _DATABASE_FILE).is_file():
        findings.check("database", lambda: _database(folder))
    else:
        findings.skip("database", "no server has used the folder yet")
    holder = _holder(folder)
    if holder is None:
        findings.skip("engine process", "no server uses the folder now")
    elif not Path("/proc/self/stat").exists():
        findings.skip("engine process", f"process {holder} uses the folder; this system does not show its children")
    else:
        findings.check("engine process", lambda: _engines(holder))


def _sqlite() -> str:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise CheckError(f"SQLite {sqlite3.sqlite_version} is too old.", "Use a Python with SQLite 3.35 or newer.")
    return f"version {sqlite3.sqlite_version}"


def _writable(folder: Path) -> str:
    if not folder.is_dir():
        raise CheckError(f"{folder} is no folder.", "Name the one that `imagined serve` uses.")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CheckError(
            f"{folder} cannot be written to: {error.strerror}.",
            "Run this as the server's user; if that is what you did, give the folder to that user.",
        ) from None
    return f"{folder} can be written to"


def _private(folder: Path) -> str:
    if os.name == "nt":
        return "left to Windows"
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o007:
        raise CheckError(f"Every user of this machine can look into it (mode {mode:o}).", f"Run: chmod 700 {folder}")
    return f"mode {mode:o}"


def _free(folder: Path) -> str:
    usage = shutil.disk_usage(folder)
    free = f"{usage.free / 1024**3:.1f} GiB free of {usage.total / 1024**3:.0f}"
    if usage.free < _LEAST_FREE:
        raise CheckError(f"{free}.", "Free some space or move the folder: uploads and results will soon be refused.")
    return free


def _database(folder: Path) -> str:
    path = folder / _DATABASE_FILE
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as found:
            tables = found.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    except sqlite3.Error as error:
        raise CheckError(f"{path} cannot be read: {error}.", "Restore it from a backup; keep the file.") from None
    return f"{tables} tables, {path.stat().st_size / 1024**2:.0f} MiB; `imagined fsck` compares it with the bytes"


def _holder(folder: Path) -> int | None:
    """The process id of the server that uses the folder."""
    lock = FolderLock(folder)
    try:
        lock.acquire()
    except FolderLockedError:
        text = (folder / LOCK_FILE).read_text(encoding="ascii", errors="replace").strip()
        return int(text) if text.isdecimal() else -1
    lock.release()
    return None


def _engines(server: int) -> str:
    running = [child for child in _children(server) if _ENGINE_MODULE in _command(child)]
    if not running:
        raise CheckError(
            f"The server, process {server}, has none.",
            "It may have just started; else its log says why, under `engine process`.",
        )
    return f"{len(running)} of the server, process {server}"


def _children(parent: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError, IndexError):
                # The name in parentheses may hold anything, spaces and parentheses too.
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
                if int(fields[1]) == parent:
                    yield int(entry.name)


def _command(process: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""
