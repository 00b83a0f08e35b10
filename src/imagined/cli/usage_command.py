"""`imagined usage`: what teams have used, read from a data folder, whether or not a server runs on it."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer

from imagined.contract.errors import ApiError
from imagined.contract.usage import DailyUsage, day_of
from imagined.imagine.usage import UsageStore, span, summed
from imagined.settings import default_data_dir
from imagined.storage.database.migrations import migrate
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.usage import SqlUsageStore
from imagined.storage.lock import FolderLock, FolderLockedError
from imagined.system import SystemClock

DATABASE_FILE: Final = "imagined.db"
_TICKS_PER_DOLLAR: Final = 10_000_000_000


class _Line(msgspec.Struct, frozen=True):
    """A team's day."""

    team_id: str
    usage: DailyUsage


def usage(
    team: Annotated[str | None, typer.Option(help="One team; left out, all of them.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD; the default is 30 days.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD; the default is today, UTC.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
    data_dir: Annotated[str | None, typer.Option(help="The server's data folder.")] = None,
) -> None:
    """Show what teams have used and what it cost, by day."""
    folder = Path(data_dir or os.environ.get("IMAGINED_SERVER_DATA_DIR") or default_data_dir())
    if not (folder / DATABASE_FILE).is_file():
        typer.echo(f"imagined: there is no server's data in {folder}.", err=True)
        raise typer.Exit(2)
    try:
        begin, end = span(first, last, day_of(SystemClock().now()))
    except ApiError as error:
        typer.echo(f"imagined: --{error.message}", err=True)
        raise typer.Exit(2) from None
    lines = asyncio.run(_read(folder, team, begin, end))
    if as_json:
        for line in lines:
            row = {"team_id": line.team_id} | msgspec.structs.asdict(line.usage)
            typer.echo(msgspec.json.encode(row).decode())
        return
    _print(lines)


async def _read(folder: Path, team: str | None, first: str, last: str) -> list[_Line]:
    async with _opened(folder) as store:
        teams = await store.teams() if team is None else [team]
        return [_Line(name, day) for name in teams for day in await store.days(name, first, last)]


@contextlib.asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[UsageStore]:
    """The folder's sums. A running server's database is up to date; another one's may be of an old release."""
    lock = FolderLock(folder)
    with contextlib.suppress(FolderLockedError):
        lock.acquire()
        try:
            migrate(folder / DATABASE_FILE)
        finally:
            lock.release()
    database = SqliteDatabase(folder / DATABASE_FILE)
    try:
        yield SqlUsageStore(database)
    finally:
        await database.close()


def _print(lines: list[_Line]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("day", "team", box=None, pad_edge=False)
    for name in ("requests", "images", "video s", "input images", "USD"):
        table.add_column(name, justify="right")
    for line in lines:
        table.add_row(line.usage.day, line.team_id, *_numbers(line.usage))
    if len(lines) > 1:
        table.add_row("total", "", *_numbers(summed(line.usage for line in lines)))
    # A pipe has no width of its own; rows must not be folded for it.
    Console(width=None if Console().is_terminal else 200).print(table)


def _numbers(usage: DailyUsage) -> tuple[str, ...]:
    dollars = f"{usage.cost_in_usd_ticks / _TICKS_PER_DOLLAR:.4f}"
    return str(usage.requests), str(usage.images), f"{usage.video_seconds:g}", str(usage.input_images), dollars
