"""What stands around the real parts in a simulation: a database, engines, blobs and one life of a server."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from imagined.contract.requests import Operation
from imagined.contract.tasks import EngineError, EngineEvent, ImageTask, Progress, VideoTask
from imagined.files.sweeper import Sweeper
from imagined.imagine.ports import EngineLostError
from imagined.imagine.runner import RunnerSettings
from imagined.storage.database.port import DatabaseBusyError, Transaction
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.sqlite import SqliteTransaction, drive
from imagined.testing.engines import ScriptedEngine
from imagined.testing.environment import SeededIds
from imagined.testing.memory_blobs import MemoryBlobs
from tests.faults.parts import assemble
from tests.faults.simulation.loop import KilledError, SimLoop, SimTime

T = TypeVar("T")
Watch = Callable[[str, tuple[Any, ...]], None]


class SimClock:
    """Wall clock: the time of the world, and what somebody has set the clock to beside it."""

    def __init__(self, time: SimTime) -> None:
        self._time = time
        self.offset = 1_796_083_200.0

    def now(self) -> float:
        return self._time.now + self.offset


class SimRows:
    """The durable rows: SQLite in memory. Every change of a request that is committed is told to `watch`."""

    def __init__(self, schema: sqlite3.Connection) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)
        schema.backup(self.connection)
        self.connection.row_factory = lambda cursor, values: dict(
            zip((column[0] for column in cursor.description), values, strict=True)
        )
        self.changes: list[tuple[Any, ...]] = []
        self.connection.create_function("changed", 9, lambda *change: self.changes.append(change))
        self.connection.execute(
            "CREATE TEMP TRIGGER watched AFTER UPDATE ON requests BEGIN SELECT changed(OLD.id, OLD.state, NEW.state, "
            "OLD.attempt, NEW.attempt, OLD.worker, NEW.worker, OLD.items IS NEW.items, "
            "OLD.finished_at IS NEW.finished_at); END"
        )

    def commit(self, work: Callable[[Transaction], Awaitable[Any]]) -> tuple[Any, list[tuple[Any, ...]]]:
        """Run a unit as a transaction; its result and the changes of requests that it made."""
        self.changes.clear()
        self.connection.execute("BEGIN")
        try:
            result = drive(work(SqliteTransaction(self.connection)))
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        return result, list(self.changes)

    def all(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return self.connection.execute(sql, values).fetchall()


class SimDatabase:
    """The `Database` port of one server. A commit and the answer to it are two steps: a kill may come in between."""

    def __init__(self, rows: SimRows, worker: str, watch: Watch, dice: random.Random) -> None:
        self._rows = rows
        self._worker = worker
        self._watch = watch
        self._dice = dice
        self.busy = 0.0
        """How often another process keeps the database locked, 0 to 1."""

    async def read(self, work: Callable[[Transaction], Awaitable[T]], *, brief: bool = False) -> T:
        if not brief:
            await asyncio.sleep(0)
        self._alive()
        return drive(work(SqliteTransaction(self._rows.connection)))

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        loop = self._alive()
        outcome: asyncio.Future[T] = loop.create_future()
        loop.call_soon(self._commit, work, outcome)
        # As the real one: who is cancelled meanwhile learns it when the unit has its outcome.
        cancelled: asyncio.CancelledError | None = None
        while not outcome.done():
            try:
                await asyncio.wait({outcome})
            except asyncio.CancelledError as error:
                cancelled = error
                if loop.is_killed:
                    raise
        if cancelled is not None:
            outcome.exception()
            raise cancelled
        return outcome.result()

    async def close(self) -> None:
        pass

    def _commit(self, work: Callable[[Transaction], Awaitable[Any]], outcome: "asyncio.Future[Any]") -> None:
        loop = outcome.get_loop()
        try:
            self._alive()
            if self._dice.random() < self.busy:
                raise DatabaseBusyError("another process keeps the database locked")
            result, changes = self._rows.commit(work)
        except BaseException as error:
            loop.call_soon(_settle, outcome, None, error)
            return
        for change in changes:
            self._watch(self._worker, change)
        loop.call_soon(_settle, outcome, result, None)

    @staticmethod
    def _alive() -> SimLoop:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimLoop)
        if loop.is_killed:
            raise KilledError
        return loop


def _settle(outcome: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if outcome.cancelled():
        return
    if error is not None:
        outcome.set_exception(error)
    else:
        outcome.set_result(result)


class SimPool:
    """The `EnginePool` port: engines that take their time, refuse, hang, die, and now and then do what was asked."""

    def __init__(self, dice: random.Random, loss: float) -> None:
        self._dice = dice
        self._engine = ScriptedEngine()
        self.loss = loss
        self.lost = 0

    def engines(self) -> Sequence[str]:
        return ("illustrator",)

    def capacity(self, engine: str) -> int:
        return 2

    async def run(
        self, engine: str, operation: Operation, task: ImageTask | VideoTask
    ) -> AsyncGenerator[EngineEvent, None]:
        steps = self._dice.randint(1, 4)
        fate = self._dice.random()
        for step in range(1, steps + 1):
            # Now and then longer than a heartbeat, and longer than a lease.
            await asyncio.sleep(self._dice.choice((0.0, 0.1, 1.0, 12.0, 40.0)))
            yield Progress(phase="drawing", step=step, of=steps)
        if fate < self.loss:
            self.lost += 1
            await asyncio.sleep(self._dice.choice((0.0, 60.0)))
            raise EngineLostError("The engine process died.")
        if fate < self.loss * 1.2 + 0.05:
            raise EngineError("invalid_argument", "This cannot be drawn.")
        for event in getattr(self._engine, operation)(task):
            yield event


class Life:
    """One run of a server process, from its start to its end."""

    def __init__(
        self,
        rows: SimRows,
        contents: dict[str, bytes],
        time: SimTime,
        clock: SimClock,
        dice: random.Random,
        watch: Watch,
        work_dir: Path,
        *,
        worker: str,
        loss: float,
        is_alone: bool,
    ) -> None:
        self.worker = worker
        self.loop = SimLoop(time)
        self.frozen_until = 0.0
        self.database = SimDatabase(rows, worker, watch, dice)
        self.blobs = MemoryBlobs()
        self.blobs.contents = contents
        self.pool = SimPool(dice, loss)
        settings = RunnerSettings(drain_s=5.0)
        parts = assemble(
            self.database,
            self.blobs,
            self.pool,
            clock,
            SeededIds(dice.getrandbits(64)),
            work_dir / worker,
            worker=worker,
            settings=settings,
            retention_s=30 * 86_400.0,
        )
        self.service, self.runner, self.files = parts.service, parts.runner, parts.files
        self._start = self.loop.create_task(self.runner.start())
        if is_alone:
            # The one who owns the folder sweeps it, also while results are being stored.
            self.spawn(Sweeper(SqlReferences(self.database), self.blobs, clock).run(20.0))

    @property
    def has_failed(self) -> bool:
        """Whether it could not start, which ends a server."""
        return self._start.done() and self._start.exception() is not None

    def spawn(self, work: Any) -> None:
        self.loop.create_task(work)
