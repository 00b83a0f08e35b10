"""SQLite with one writer thread and group commit.

Many connections that write take turns through file locks and fail when two of them read before they write. One
thread that owns the only writing connection needs no lock: it takes what has gathered in its queue, runs each unit in
a savepoint, and commits once for all of them, so that one fsync serves many callers. Reads see committed data only,
through connections of their own.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from imagined.storage.database.port import (
    ConstraintError,
    DatabaseBusyError,
    DatabaseClosedError,
    DatabaseError,
    DatabaseUnwritableError,
    Row,
    Transaction,
)
from imagined.storage.database.statement import Statement

T = TypeVar("T")
Work = Callable[[Transaction], Awaitable[Any]]

_MAX_BATCH: Final = 256
_READERS: Final = 4
_BUSY_TIMEOUT_S: Final = 10.0
"""How long to wait for another process, such as `imagined keys create`, to end its transaction."""
_UNWRITABLE: Final = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)


class _Unit:
    """A unit of work on its way through the writer thread."""

    __slots__ = ("error", "future", "loop", "result", "since", "work")

    def __init__(self, work: Work, loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None
        self.since = time.monotonic()

    def settle(self) -> None:
        """Hand the outcome over; runs on the loop of the caller."""
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


async def _outcome(unit: _Unit) -> Any:
    cancelled: asyncio.CancelledError | None = None
    while not unit.future.done():
        try:
            await asyncio.wait({unit.future})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        unit.future.exception()
        raise cancelled
    return unit.future.result()


class SqliteDatabase:
    """The `Database` port on one file. `path` must have been migrated (`migrations.migrate`)."""

    def __init__(self, path: str | Path) -> None:
        self._path = str(path)
        self._queue: queue.SimpleQueue[_Unit | None] = queue.SimpleQueue()
        self._closed = False
        self._writer = _connect(self._path)
        self._brief = _connect(self._path, query_only=True)
        self._brief_lock = threading.Lock()
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._pool = ThreadPoolExecutor(_READERS, thread_name_prefix="imagined-read")
        self._thread = threading.Thread(target=self._write_loop, name="imagined-write", daemon=True)
        self._thread.start()

    async def read(self, work: Callable[[Transaction], Awaitable[T]], *, brief: bool = False) -> T:
        """Run a unit on a snapshot; `brief` ones at once on this thread, others on a thread of a small pool."""
        if self._closed:
            raise DatabaseClosedError("the database is closed")
        if brief:
            with self._brief_lock:
                # One statement is a snapshot by itself.
                return drive(work(SqliteTransaction(self._brief)))
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read_in_thread, work)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit in the writer thread; returns when its batch is on disk.

        A caller that is cancelled meanwhile learns it only when the unit has its outcome: what follows a write, such as
        giving up the hold on a blob that the row names, must not run before the row is there or is known not to be.
        """
        if self._closed:
            raise DatabaseClosedError("the database is closed")
        unit = _Unit(work, asyncio.get_running_loop())
        self._queue.put(unit)
        result: T = await _outcome(unit)
        return result

    async def close(self) -> None:
        """Commit what was handed in, then close every connection."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._pool.shutdown)
        for connection in (*self._readers, self._brief, self._writer):
            connection.close()

    def _read_in_thread(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = _connect(self._path, query_only=True)
            self._readers.append(connection)
        return _snapshot(connection, work)

    def _write_loop(self) -> None:
        stopping = was_busy = False
        while not stopping:
            first = self._queue.get()
            stopping = first is None
            batch = [] if first is None else [first]
            with suppress(queue.Empty):
                while len(batch) < _MAX_BATCH:
                    unit = self._queue.get_nowait()
                    if unit is None:
                        stopping = True
                        break
                    batch.append(unit)
            if was_busy and batch:
                # They waited while the batch before them did: nobody waits longer than once.
                left = _BUSY_TIMEOUT_S - (time.monotonic() - min(unit.since for unit in batch))
                _set_busy_timeout(self._writer, max(0.0, left))
            _commit_batch(self._writer, batch)
            is_busy = any(isinstance(unit.error, DatabaseBusyError) for unit in batch)
            if was_busy and not is_busy:
                _set_busy_timeout(self._writer, _BUSY_TIMEOUT_S)
            was_busy = is_busy
            for loop in {unit.loop for unit in batch}:
                settled = [unit for unit in batch if unit.loop is loop]
                # The loop of a caller that did not wait for its answer may be closed by now.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(_settle, settled)


def _set_busy_timeout(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}").close()


def _settle(units: Sequence[_Unit]) -> None:
    for unit in units:
        unit.settle()


def _commit_batch(connection: sqlite3.Connection, batch: list[_Unit]) -> None:
    """Run every unit in its savepoint and commit once; outcomes are left in the units.

    Some failures (a full disk above all) make SQLite roll the whole transaction back. The unit that met one is left
    out with its error and the others start again: units have no effect outside of the transaction.
    """
    pending = batch
    while pending:
        culprit = _try_batch(connection, pending)
        if culprit is None:
            return
        pending = [unit for unit in pending if unit is not culprit]


def _try_batch(connection: sqlite3.Connection, batch: list[_Unit]) -> _Unit | None:
    """One attempt at a batch; the unit that lost the transaction, or None when everything has its outcome."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        _fail_all(batch, _translated(error))
        return None
    transaction = SqliteTransaction(connection)
    for unit in batch:
        unit.result, unit.error = None, None
        connection.execute("SAVEPOINT unit")
        try:
            unit.result = drive(unit.work(transaction))
        except BaseException as error:
            unit.error = error
            if not connection.in_transaction:
                return unit
            connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        _fail_all(batch, _translated(error))
    return None


def _fail_all(batch: Sequence[_Unit], error: DatabaseError) -> None:
    for unit in batch:
        unit.error = unit.error or error


def _snapshot(connection: sqlite3.Connection, work: Callable[[Transaction], Awaitable[T]]) -> T:
    """Run a reading unit inside one transaction, which in WAL mode is one snapshot."""
    connection.execute("BEGIN")
    try:
        return drive(work(SqliteTransaction(connection)))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def drive(work: Awaitable[T]) -> T:
    """Run an awaitable that never really waits, here and now."""
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as end:
        result: T = end.value
        return result
    raise RuntimeError("a unit of work may await the transaction only")


class SqliteTransaction:
    """The `Transaction` port on a connection that is inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def all(self, statement: Statement, /, **parameters: Any) -> Sequence[Row]:
        """Every row."""
        try:
            return self._execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            raise _translated(error) from error

    async def one(self, statement: Statement, /, **parameters: Any) -> Row | None:
        """The first row."""
        try:
            cursor = self._execute(statement, parameters)
            row: Row | None = cursor.fetchone()
            cursor.close()
        except sqlite3.Error as error:
            raise _translated(error) from error
        return row

    async def run(self, statement: Statement, /, **parameters: Any) -> int:
        """Changed rows."""
        try:
            return self._execute(statement, parameters).rowcount
        except sqlite3.Error as error:
            raise _translated(error) from error

    def _execute(self, statement: Statement, parameters: dict[str, Any]) -> sqlite3.Cursor:
        text, values = statement.render("sqlite", parameters)
        return self._connection.execute(text.sql, values)


def _connect(path: str, *, query_only: bool = False) -> sqlite3.Connection:
    try:
        return _open(path, query_only=query_only)
    except sqlite3.Error as error:
        raise _translated(error) from error


def _open(path: str, *, query_only: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    connection.row_factory = _as_mapping
    # WAL keeps readers and the writer apart; FULL makes a commit survive a power cut.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-32768")
    if query_only:
        connection.execute("PRAGMA query_only=ON")
    return connection


def _as_mapping(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}


def _translated(error: sqlite3.Error) -> DatabaseError:
    """The port's exception for SQLite's, without the values that SQLite may quote."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    if primary in _UNWRITABLE:
        return DatabaseUnwritableError(f"{name}: {error}")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusyError("another process keeps the database locked")
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return ConstraintError(f"{name}: {error}")
    return DatabaseError(f"{name}: {error}")
