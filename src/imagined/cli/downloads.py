"""`imagined files get`: bytes from a server that is not trusted with the names and places of local files."""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

import httpx2

from imagined.cli.remote_errors import Advance, LocalFileError, RemoteError, printable

_MAX_NAME_BYTES: Final = 200
_UNSAFE: Final = re.compile(r'[<>:"|?*]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DIGEST: Final = re.compile(r'"([0-9a-f]{64})"')


class Contents(Protocol):
    """A server with contents under ids."""

    def content(self, file_id: str, start: int = 0) -> AbstractContextManager[httpx2.Response]:
        """The open answer with the bytes of one, from `start` on; raises `RemoteError`."""
        ...


def local_name(stored_name: str, file_id: str) -> str:
    """A harmless name in one folder for a file that the server calls `stored_name`.

    Only what stands behind its last slash counts. Nothing in it hides the file, moves a terminal's cursor, means a
    device, or is longer than file systems take.
    """
    name = printable(re.split(r"[/\\]", stored_name)[-1]).replace("\N{REPLACEMENT CHARACTER}", "_")
    name = _UNSAFE.sub("_", name).strip()
    # A leading dot hides a file, and may make it somebody's configuration; a leading dash makes it an option.
    name = re.sub(r"^[.\-~]+", "_", name).rstrip(". ")
    if not name.strip("_"):
        name = re.sub(r"^-|[^A-Za-z0-9_-]", "_", file_id)
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    stem, dot, extension = name.rpartition(".")
    room = _MAX_NAME_BYTES - len((dot + extension).encode())
    if not stem or room < 1:
        return name.encode()[:_MAX_NAME_BYTES].decode(errors="ignore")
    return stem.encode()[:room].decode(errors="ignore") + dot + extension


def to_stream(remote: Contents, file_id: str, sink: BinaryIO, advance: Advance) -> None:
    """Write a file's bytes to `sink`."""
    with remote.content(file_id) as answer:
        for chunk in answer.iter_bytes():
            sink.write(chunk)
            advance(len(chunk))
    sink.flush()


def to_file(remote: Contents, file: dict[str, Any], target: Path, *, force: bool, advance: Advance) -> None:
    """Keep a file as `target`, which appears whole or not at all.

    The bytes gather in a hidden file beside it. When the download is cut short that file stays, and the next
    attempt goes on where it ended. An existing file is replaced with `force` only.
    """
    if target.is_dir():
        raise LocalFileError(f"{target} is a folder.")
    if not force and os.path.lexists(target):
        raise _exists(target)
    part = target.parent / f".{local_name(str(file['id']), 'file')}.part"
    try:
        with _only_ours(part) as sink:
            _fill(remote, file, sink, advance)
            os.fsync(sink.fileno())
            _move(part, target, force=force)
    except OSError as error:
        raise LocalFileError(f"{error.filename or target}: {error.strerror or error}") from None


def _fill(remote: Contents, file: dict[str, Any], sink: BinaryIO, advance: Advance) -> None:
    have = os.fstat(sink.fileno()).st_size
    if have >= file["bytes"]:
        # Whole or too long, and yet not renamed: a crash may have left any bytes.
        have = 0
    with remote.content(str(file["id"]), have) as answer:
        have = have if _goes_on(answer, have) else 0
        sink.truncate(have)
        sink.seek(have)
        advance(have)
        for chunk in answer.iter_bytes():
            sink.write(chunk)
            advance(len(chunk))
        sink.flush()
        _check(file, answer, sink)


def _goes_on(answer: httpx2.Response, have: int) -> bool:
    return answer.status_code == 206 and answer.headers.get("content-range", "").startswith(f"bytes {have}-")


def _check(file: dict[str, Any], answer: httpx2.Response, sink: BinaryIO) -> None:
    """The right length, and the right bytes where the server says what they hash to; else begin anew next time."""
    size = os.fstat(sink.fileno()).st_size
    whole = size == file["bytes"]
    digest = _DIGEST.fullmatch(answer.headers.get("etag", ""))
    if whole and digest is not None:
        sink.seek(0)
        whole = hashlib.file_digest(sink, "sha256").hexdigest() == digest[1]  # type: ignore[arg-type]
    if not whole:
        sink.truncate(0)
        raise RemoteError(f"The bytes that arrived for {file['id']} are not those of the file; nothing was kept.")


@contextlib.contextmanager
def _only_ours(part: Path) -> Iterator[BinaryIO]:
    """The growing file, open and locked: two downloads of one file into one folder would garble it."""
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    with os.fdopen(descriptor, "r+b") as sink:
        try:
            import fcntl

            fcntl.flock(sink, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # Windows refuses the second open on its own terms
            pass
        except OSError:
            raise LocalFileError(f"Another download of this file into {part.parent} is running.") from None
        yield sink


def _move(part: Path, target: Path, *, force: bool) -> None:
    if force:
        part.replace(target)
        return
    try:
        # Unlike a rename, a link never replaces what came to be there in the meantime.
        os.link(part, target)
    except FileExistsError:
        raise _exists(target) from None
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise _exists(target) from None
        shutil.move(part, target)
    else:
        part.unlink()


def _exists(target: Path) -> LocalFileError:
    return LocalFileError(f"{target} exists; use --force to replace it, or -o for another name.")
