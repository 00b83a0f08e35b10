"""`imagined keys`: make, list, limit, disable and revoke API keys, whether or not a server runs on the folder."""

import asyncio
import contextlib
import datetime
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from imagined.access.permissions import ENDPOINTS, acls
from imagined.access.ports import KeyRecord
from imagined.access.service import DEFAULT_TEAM, KeyService
from imagined.access.spool import KeySpool
from imagined.settings import default_data_dir
from imagined.storage.database.keys import SqlKeyStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.lock import FolderLock, FolderLockedError
from imagined.system import SystemClock, SystemIds

DATABASE_FILE = "imagined.db"
T = TypeVar("T")

app = typer.Typer(help="Make, list, disable and revoke API keys.", no_args_is_help=True)

DataDir = Annotated[str | None, typer.Option("--data-dir", help="The server's data folder.")]
KeyId = Annotated[str, typer.Argument(help="The id that `imagined keys list` shows.")]


@app.command()
def create(
    name: Annotated[str, typer.Option(help="What the key is for.")],
    team: Annotated[str, typer.Option(help="The team whose files and requests it sees.")] = DEFAULT_TEAM,
    model: Annotated[list[str] | None, typer.Option(help="A model it may use; repeat it. Default: all.")] = None,
    endpoint: Annotated[
        list[str] | None, typer.Option(help=f"What it may use of {', '.join(ENDPOINTS)}; repeat it. Default: all.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a key and print it, alone, this once."""
    for given in endpoint or ():
        if given not in (*ENDPOINTS, "*"):
            typer.echo(f"imagined: there is no endpoint {given}; there are: {', '.join(ENDPOINTS)}.", err=True)
            raise typer.Exit(2)

    async def work(service: KeyService) -> str:
        key, _ = await service.create(name, team, acls(model or (), endpoint or ()))
        return key

    typer.echo(asyncio.run(_with_service(data_dir, work)))


@app.command(name="list")
def list_keys(data_dir: DataDir = None) -> None:
    """List the keys, only their ends shown."""

    async def work(service: KeyService) -> Sequence[KeyRecord]:
        return await service.list_keys()

    from rich.console import Console
    from rich.table import Table

    table = Table("id", "key", "team", "name", "created", "state", "may use", box=None, pad_edge=False)
    for record in asyncio.run(_with_service(data_dir, work)):
        created = datetime.datetime.fromtimestamp(record.created_at, datetime.UTC).isoformat(timespec="seconds")
        table.add_row(
            record.id, record.redacted_key, record.team_id, record.name, created, _state(record), _limits(record)
        )
    # A pipe has no width of its own; rows must not be folded for it.
    Console(width=None if Console().is_terminal else 200).print(table)


@app.command()
def revoke(key_id: KeyId, data_dir: DataDir = None) -> None:
    """End a key; the very next request with it is refused."""
    _change(key_id, data_dir, lambda service: service.revoke(key_id))


@app.command()
def disable(key_id: KeyId, data_dir: DataDir = None) -> None:
    """Lock a key out until it is enabled again."""
    _change(key_id, data_dir, lambda service: service.disable(key_id))


@app.command()
def enable(key_id: KeyId, data_dir: DataDir = None) -> None:
    """Let a disabled key in again."""
    _change(key_id, data_dir, lambda service: service.disable(key_id, False))


def _change(key_id: str, data_dir: str | None, change: Callable[[KeyService], Awaitable[None]]) -> None:
    async def work(service: KeyService) -> bool:
        if key_id not in {record.id for record in await service.list_keys()}:
            return False
        await change(service)
        return True

    if not asyncio.run(_with_service(data_dir, work)):
        typer.echo(f"imagined: there is no key with the id {key_id}; `imagined keys list` shows them.", err=True)
        raise typer.Exit(2)


def _state(record: KeyRecord) -> str:
    if record.revoked_at is not None:
        return "revoked"
    return "disabled" if record.disabled else "active"


def _limits(record: KeyRecord) -> str:
    limits = [entry.removeprefix("api-key:") for entry in record.acls if not entry.endswith(":*")]
    return ", ".join(limits) or "everything"


async def _with_service(data_dir: str | None, work: Callable[[KeyService], Awaitable[T]]) -> T:
    """Run `work` on the folder's keys: in the database when nobody else holds it, else through the spool."""
    folder = Path(data_dir or os.environ.get("IMAGINED_SERVER_DATA_DIR") or default_data_dir())
    lock = FolderLock(folder)
    try:
        lock.acquire()
    except FolderLockedError:
        # The server writes the database; here it is only read, and changes are left for the server to take over.
        async with _opened(folder) as store:
            return await work(KeyService(SystemClock(), SystemIds(), store=store, spool=KeySpool(folder)))
    try:
        migrate(folder / DATABASE_FILE)
        async with _opened(folder) as store:
            await KeySpool(folder).take_over(store)
            return await work(KeyService(SystemClock(), SystemIds(), store=store))
    finally:
        lock.release()


@contextlib.asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[SqlKeyStore]:
    database = SqliteDatabase(folder / DATABASE_FILE)
    try:
        yield SqlKeyStore(database)
    finally:
        await database.close()
