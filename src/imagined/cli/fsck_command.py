"""`imagined fsck`: do the rows and the bytes of a data folder fit each other, and are the bytes what they were?"""

import asyncio
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from imagined.cli.remote_errors import printable
from imagined.files.fsck import Report
from imagined.settings import default_data_dir
from imagined.storage.lock import FolderLock, FolderLockedError

DATABASE_FILE = "imagined.db"
_SHOWN = 20
"""Rows and blobs named one by one; of more than that only the number is told."""


def fsck(
    data_dir: Annotated[str | None, typer.Option("--data-dir", help="The server's data folder.")] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Remove bytes that no row needs, set damaged ones aside.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what --repair would do.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Compare presence and sizes; read no bytes.")] = False,
) -> None:
    """Check a data folder; status 0 when it is sound, 1 when something is wrong with it.

    While a server uses the folder it is only looked at.
    """
    folder = Path(data_dir or os.environ.get("IMAGINED_SERVER_DATA_DIR") or default_data_dir())
    if not (folder / DATABASE_FILE).is_file():
        _refuse(f"There is no data in {folder}; name the server's folder with --data-dir.")
    repair = repair and not dry_run
    with _lock(folder) as is_ours:
        if repair and not is_ours:
            _refuse(f"A server uses {folder}, and what it is just storing looks like waste. Stop it to repair.")
        report = asyncio.run(_check(folder, repair=repair, verify=not quick, is_ours=is_ours))
    _print(report, is_running=not is_ours, is_repair=repair, is_quick=quick)
    raise typer.Exit(0 if _is_sound(report, is_running=not is_ours) else 1)


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[bool]:
    """Hold the folder if nobody else does; gives whether we do."""
    lock = FolderLock(folder)
    try:
        lock.acquire()
    except FolderLockedError:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


async def _check(folder: Path, *, repair: bool, verify: bool, is_ours: bool) -> Report:
    from imagined.cli.transfer_bars import counting_bar
    from imagined.files import fsck as library
    from imagined.storage.blobs.local import LocalBlobs
    from imagined.storage.database.migrations import migrate
    from imagined.storage.database.references import SqlReferences
    from imagined.storage.database.sqlite import SqliteDatabase

    if is_ours:
        # Nothing at all when the schema is the present one; a running server has seen to it.
        migrate(folder / DATABASE_FILE)
    database = SqliteDatabase(folder / DATABASE_FILE)
    try:
        with counting_bar("checking") as bars:
            bar = bars.add_task("", total=None)
            return await library.check(
                SqlReferences(database),
                LocalBlobs(folder / "blobs", owner=repair),
                verify=verify,
                repair=repair,
                progress=lambda done, of: bars.update(bar, completed=done, total=of),
            )
    finally:
        await database.close()


def _is_sound(report: Report, *, is_running: bool) -> bool:
    """Whether nothing is wrong. What a running server has stored and not yet named is no waste."""
    if is_running:
        return not (report.missing or report.wrong_size or report.damaged)
    return report.is_clean


def _print(report: Report, *, is_running: bool, is_repair: bool, is_quick: bool) -> None:
    read = "sizes compared, no bytes read" if is_quick else f"{report.checked_bytes} bytes read"
    typer.echo(f"{report.checked_rows} rows, {report.checked_blobs} blobs, {read}.")
    _section("rows whose bytes are missing", [f"{row.kind} {row.key}: {row.sha256}" for row in report.missing])
    _section(
        "rows that say another size than their bytes have",
        [f"{row.kind} {row.key}: {row.size} bytes in the row, {row.sha256}" for row in report.wrong_size],
    )
    _section(
        "damaged: bytes that are no longer what they were",
        [f"{found.sha256}{f', moved to {found.moved_to}' if found.moved_to else ''}" for found in report.damaged],
    )
    _section(_orphans_title(report, is_running=is_running, is_repair=is_repair), report.orphans)
    if is_running:
        typer.echo("A server uses the folder: it was only looked at, and may have changed meanwhile.")
    if report.is_clean:
        typer.echo("Sound.")
    elif not is_repair and not is_running and (report.orphans or report.damaged):
        typer.echo("`imagined fsck --repair` removes what no row needs and sets damaged bytes aside.")
    if report.missing or report.wrong_size or report.damaged:
        typer.echo("Rows are never removed here: put a copy of the bytes back, or delete the files.")


def _orphans_title(report: Report, *, is_running: bool, is_repair: bool) -> str:
    if is_repair:
        return f"that no row needs, {report.removed} of them removed"
    return "that no row needs yet" if is_running else "that no row needs"


def _section(title: str, lines: "list[str] | tuple[str, ...]") -> None:
    if not lines:
        return
    typer.echo(f"{len(lines)} {title}:")
    for line in lines[:_SHOWN]:
        typer.echo(f"  {printable(line)}")
    if len(lines) > _SHOWN:
        typer.echo(f"  and {len(lines) - _SHOWN} more")


def _refuse(message: str) -> None:
    typer.echo(f"imagined: {message}", err=True)
    raise typer.Exit(2)
