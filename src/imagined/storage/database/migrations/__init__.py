"""Numbered, forward-only changes of the schema, shipped with the program and applied at start.

A revision is named by its number, ``versions/0001_....py`` holds revision ``0001``. `migrate` brings a SQLite file to
the newest one and costs one query when it is there already: Alembic is imported only to change something.
"""

import os
import sqlite3
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
PRIVATE_DIRECTORY: Final = 0o700
PRIVATE_FILE: Final = 0o600


class NewerSchemaError(Exception):
    """The database was written by a newer release of this program."""


def head() -> str:
    """The number of the newest revision."""
    return max(path.name[:4] for path in (_HERE / "versions").glob("[0-9]*.py"))


def migrate(path: str | Path, *, to: str | None = None) -> str:
    """Create the SQLite file at `path` if needed and bring it to revision `to` (default: the newest).

    The folder is made readable by its owner only, the file too: rows hold file names and key hashes. Returns the
    revision. Raises `NewerSchemaError` for a file of a newer release; an interrupted migration leaves the old schema.
    """
    target = to or head()
    file = Path(path)
    file.parent.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
    current = _current(file)
    if current is not None and current > head():
        raise NewerSchemaError(
            f"{file} has schema {current}, and this release knows schemas up to {head()}. Use a newer release."
        )
    if current is None or current < target:
        _upgrade(file, target)
    return target


def _current(file: Path) -> str | None:
    connection = sqlite3.connect(file)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    finally:
        connection.close()
    return None if row is None else str(row[0])


def _upgrade(file: Path, target: str) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def take_the_lock(connection: object) -> None:
        # Two processes that start together on one folder: the second one waits, then finds nothing to do.
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: object, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, target)
    finally:
        engine.dispose()
