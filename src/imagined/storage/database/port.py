"""One way to write a transaction for SQLite and PostgreSQL.

A unit of work is an ``async def work(tx)`` that awaits `Transaction` calls only. On SQLite those never really wait:
the writer thread drives the coroutine to its end inside a savepoint, many units to one commit. On PostgreSQL they
await the network. A unit may be run again from its start, so it must have no effect outside the transaction.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from imagined.contract import errors
from imagined.contract.errors import StorageUnavailableError
from imagined.storage.database.statement import Statement

__all__ = [
    "ConstraintError",
    "Database",
    "DatabaseBusyError",
    "DatabaseClosedError",
    "DatabaseError",
    "DatabaseUnwritableError",
    "Row",
    "Statement",
    "Transaction",
]

T = TypeVar("T")
Row = Mapping[str, Any]


class Transaction(Protocol):
    """Inside a unit of work."""

    async def all(self, statement: Statement, /, **parameters: Any) -> Sequence[Row]:
        """Every row of the result."""
        ...

    async def one(self, statement: Statement, /, **parameters: Any) -> Row | None:
        """The first row, or None."""
        ...

    async def run(self, statement: Statement, /, **parameters: Any) -> int:
        """Rows that were changed."""
        ...


class Database(Protocol):
    """A database with one writer."""

    async def read(self, work: Callable[[Transaction], Awaitable[T]], *, brief: bool = False) -> T:
        """Run a unit that changes nothing, on a snapshot.

        `brief` promises one statement that looks up a few rows by an index: an embedded database then answers at once
        on the calling thread, which costs less than a hand-over to another one.
        """
        ...

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit and commit it; durable on return, rolled back alone when it raises.

        When this raises, cancellation included, the unit has its outcome: nothing of it comes to pass later.
        """
        ...

    async def close(self) -> None:
        """Finish what was handed in, then close."""
        ...


class DatabaseError(Exception):
    """The database could not do what was asked; nothing of the unit was kept."""


class DatabaseUnwritableError(DatabaseError, StorageUnavailableError):
    """No room on the disk, or a folder that may only be read. Uncaught, it is the refusal that clients see."""

    def __init__(self, reason: str) -> None:
        StorageUnavailableError.__init__(self, errors.INTERNAL, errors.STORAGE_FAILED)
        # What is logged; clients read the message.
        self.args = (reason,)


class DatabaseBusyError(DatabaseError, StorageUnavailableError):
    """Another process kept the database locked for too long. Uncaught, it is the refusal that clients see."""

    def __init__(self, reason: str) -> None:
        StorageUnavailableError.__init__(self, errors.UNAVAILABLE, errors.STORAGE_BUSY, retry_after_s=2.0)
        # What is logged; clients read the message.
        self.args = (reason,)


class DatabaseClosedError(DatabaseError):
    """Used after `close`."""


class ConstraintError(DatabaseError):
    """A unique key or a NOT NULL was broken."""
