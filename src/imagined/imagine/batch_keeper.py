"""What happens to batches without anybody asking: their files are read, and in time they end and are forgotten.

A file is read twice. The first reading checks every line and changes nothing, so that a bad line leaves a batch
without any request. The second makes rows of the lines, a portion to a transaction that also says how far it came: a
server that stops in between goes on from there, and nothing is made twice.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
import structlog

from imagined.contract.access import Caller
from imagined.contract.batches import line_refusal
from imagined.contract.environment import Clock
from imagined.contract.errors import ApiError
from imagined.files.ports import BlobMissing, BlobStore
from imagined.imagine import batch_files
from imagined.imagine.batch_admission import Admission
from imagined.imagine.batch_files import BadLineError, FileLimits, Line, LineParser, Portion
from imagined.imagine.batch_ports import BatchKeeping, BatchRecord
from imagined.imagine.batch_rules import new_ones
from imagined.imagine.batches import CANCELLED_AT_ONCE
from imagined.jobs.events import RequestEvents
from imagined.jobs.ports import NewRequest

_log = structlog.get_logger("imagined.batches")
_FORGOTTEN_AT_ONCE: Final = 500


class KeeperSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Times of the keeper in seconds, and how much it does in one step."""

    look_s: float = 10.0
    """How often to look for files that nobody in this process announced."""
    end_s: float = 60.0
    """How often to look for batches that are over."""
    files_at_once: int = 2
    portion: Portion = Portion()


class BatchKeeper:
    """Reads files and ends batches: `start` first, `stop` may come at any moment.

    `file_added` wakes it for a new file.
    """

    def __init__(
        self,
        store: BatchKeeping,
        admission: Admission,
        blobs: BlobStore,
        parse_line: LineParser,
        events: RequestEvents,
        clock: Clock,
        file_added: asyncio.Event,
        limits: FileLimits | None = None,
        settings: KeeperSettings | None = None,
    ) -> None:
        self._store = store
        self._admission = admission
        self._blobs = blobs
        self._parse_line = parse_line
        self._events = events
        self._clock = clock
        self._file_added = file_added
        self._limits = limits or FileLimits()
        self._settings = settings or KeeperSettings()
        self._turns = asyncio.Semaphore(self._settings.files_at_once)
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Go on with what an earlier server left, then wait for more."""
        self._tasks = [asyncio.create_task(self._read_forever()), asyncio.create_task(self._end_forever())]

    async def stop(self) -> None:
        """Stop where it is; the next start goes on from there."""
        running = [*self._tasks, *self._reading.values()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._tasks = []

    async def end(self) -> None:
        """Cancel what is left of batches that are over, and forget batches whose time is over."""
        now = self._clock.now()
        for batch_id in await self._store.stopped(now):
            await self._cancel_queued(batch_id)
        while await self._store.forget(now, _FORGOTTEN_AT_ONCE):
            pass

    async def read(self, batch: BatchRecord) -> None:
        """Read one file to its end. Raises whatever the stores raise; it may be called again after that."""
        try:
            if batch.lines_read == 0:
                await self._check(batch)
            await self._fill(batch)
        except BadLineError as error:
            await self._refuse(batch, str(error))
        except BlobMissing:
            await self._refuse(batch, line_refusal(1, "the file was deleted before it could be read."))

    async def _read_forever(self) -> None:
        while True:
            await _attempt(self._begin_all)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.look_s):
                    await self._file_added.wait()
            self._file_added.clear()

    async def _begin_all(self) -> None:
        for batch in await self._store.unread(self._clock.now()):
            if batch.id not in self._reading:
                task = asyncio.create_task(self._read_in_turn(batch))
                self._reading[batch.id] = task
                task.add_done_callback(lambda _, batch_id=batch.id: self._reading.pop(batch_id))  # type: ignore[misc]

    async def _read_in_turn(self, batch: BatchRecord) -> None:
        async with self._turns:
            await _attempt(lambda: self.read(batch))

    async def _end_forever(self) -> None:
        while True:
            await _attempt(self.end)
            await asyncio.sleep(self._settings.end_s)

    async def _check(self, batch: BatchRecord) -> None:
        hashes: dict[str, str] = {}
        async with contextlib.aclosing(self._portions(batch)) as portions:
            async for portion in portions:
                await asyncio.to_thread(self._check_portion, batch, portion, hashes)

    async def _fill(self, batch: BatchRecord) -> None:
        read = batch.lines_read or 0
        async with contextlib.aclosing(self._portions(batch)) as portions:
            async for portion in portions:
                left = [line for line in portion if line.number > read]
                if not left:
                    continue
                requests = await asyncio.to_thread(self._admitted, batch, left)
                if not await self._store.fill(batch.id, (read, left[-1].number), requests):
                    return
                read = left[-1].number
                self._events.queued()
        if await self._store.fill(batch.id, (read, None), ()):
            _log.info("batch filled", batch_id=batch.id, lines=read)

    def _check_portion(self, batch: BatchRecord, portion: list[Line], hashes: dict[str, str]) -> None:
        """Check lines and keep their ids; raises `BadLineError`."""
        for line in portion:
            (request,) = self._admitted(batch, [line])
            try:
                new_ones([request], hashes)
            except ApiError as error:
                raise BadLineError(line.number, error.message) from None
            hashes[request.batch_request_id or ""] = request.request_hash

    def _admitted(self, batch: BatchRecord, portion: list[Line]) -> list[NewRequest]:
        """Rows of lines; raises `BadLineError` for the first that is wrong."""
        caller = Caller(team_id=batch.team_id, key_id=batch.key_id, name="", redacted_key="", acls=batch.acls)
        admitted = []
        for line in portion:
            try:
                admitted.append(self._admission.admit(caller, batch.id, self._parse_line(line.text)))
            except ApiError as error:
                raise BadLineError(line.number, error.message) from None
        return admitted

    def _portions(self, batch: BatchRecord) -> batch_files.Portions:
        lines = batch_files.read_lines(self._blobs.read(batch.input_sha256 or ""), self._limits)
        return batch_files.portions(lines, self._settings.portion)

    async def _refuse(self, batch: BatchRecord, message: str) -> None:
        if await self._store.refuse(batch.id, message):
            _log.info("batch refused", batch_id=batch.id, reason=message)
            await self._cancel_queued(batch.id)

    async def _cancel_queued(self, batch_id: str) -> None:
        while await self._store.cancel_queued(batch_id, self._clock.now(), CANCELLED_AT_ONCE):
            pass


async def _attempt(work: Callable[[], Awaitable[None]]) -> None:
    """One try; what breaks is tried again at the next round."""
    try:
        await work()
    except Exception:
        _log.exception("keeping batches failed")
