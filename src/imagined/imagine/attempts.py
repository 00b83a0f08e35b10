"""One attempt at one request, from its claim to its fenced end.

The attempt's work is one asyncio task. Beside it a second one keeps the lease alive from this process, which no
engine can block, and ends the work when the lease is lost or the request cancelled. Whatever happens here, the row
decides: a result counts only if the fenced finish says so.
"""

import asyncio
import contextlib
import errno
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

import msgspec
import structlog

from imagined.contract import errors
from imagined.contract.environment import Clock
from imagined.contract.errors import ApiError, StorageUnavailableError
from imagined.contract.requests import ImageRequest, VideoRequest
from imagined.contract.tasks import PREVIEW_BYTES, EngineError, Preview, Produced, Progress
from imagined.imagine import tasks
from imagined.imagine.inputs import InputResolver, LocalMedia
from imagined.imagine.ports import EngineLostError, EnginePool
from imagined.imagine.publishing import Publisher, without_files
from imagined.imagine.receipts import Attempt
from imagined.imagine.uploads import Uploader
from imagined.jobs.events import RequestEvents
from imagined.jobs.ports import Claim, Completion, RequestStore
from imagined.testing import faults

T = TypeVar("T")

_log = structlog.get_logger("imagined.runner")

_JPEG = b"\xff\xd8\xff"
_JOB_CODES = {
    errors.INVALID_ARGUMENT.code: "invalid_argument",
    errors.NOT_FOUND.code: "invalid_argument",
    errors.PERMISSION_DENIED.code: "permission_denied",
    errors.RESOURCE_EXHAUSTED.code: "service_unavailable",
    errors.UNAVAILABLE.code: "service_unavailable",
}

_NO_ROOM = "The server has no room left for results."
_READ_ONLY = "The server's data folder cannot be written."
_DISK_TROUBLE = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}


class AttemptSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Times of an attempt, in seconds."""

    lease_s: float = 30.0
    heartbeat_s: float = 10.0
    progress_s: float = 0.25
    """Progress is written at most this often."""
    fetches_per_team: int = 4
    """Requests of one team whose inputs are fetched from elsewhere at the same time; they hold no engine meanwhile."""
    write_again_s: float = 1.0
    """How long to wait after an end that could not be written down, before it is tried again."""
    waiting: int = 256
    """Requests in hand that wait for somebody else's server. With more, nothing new is begun."""


class Slots:
    """How many attempts each engine has in hand."""

    def __init__(self, pool: EnginePool, events: RequestEvents, settings: AttemptSettings) -> None:
        self._pool = pool
        self._events = events
        self._settings = settings
        self._busy: Counter[str] = Counter()
        self._waiting = 0
        self._teams: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    def free(self) -> list[str]:
        """Engines that can take one more attempt."""
        if self._waiting >= self._settings.waiting:
            return []
        return [engine for engine in self._pool.engines() if self._busy[engine] < self._pool.capacity(engine)]

    def take(self, engine: str) -> None:
        """One attempt more."""
        self._busy[engine] += 1

    def give(self, engine: str) -> None:
        """One attempt less; somebody may be waiting for that."""
        self._busy[engine] -= 1
        self._events.queued()

    @contextlib.asynccontextmanager
    async def lent(self, engine: str, team_id: str) -> AsyncIterator[None]:
        """Let others have the slot while waiting for somebody else's server, then queue up at the engine again.

        A slow server delays only the team that pointed at it.
        """
        turn = self._teams.setdefault(team_id, asyncio.Semaphore(self._settings.fetches_per_team))
        self._waiting += 1
        self.give(engine)
        try:
            async with turn:
                yield
        finally:
            self._waiting -= 1
            self.take(engine)


class Attempts:
    """Runs claims. Every way out leaves the row in a state that `jobs.machine` knows, or its lease to the reaper."""

    def __init__(
        self,
        store: RequestStore,
        pool: EnginePool,
        inputs: InputResolver,
        publisher: Publisher,
        uploader: Uploader,
        events: RequestEvents,
        clock: Clock,
        slots: Slots,
        work_dir: Path,
        settings: AttemptSettings,
    ) -> None:
        self._store = store
        self._pool = pool
        self._inputs = inputs
        self._publisher = publisher
        self._uploader = uploader
        self._events = events
        self._clock = clock
        self._slots = slots
        self._work_dir = work_dir
        self._settings = settings

    async def run(self, claim: Claim) -> None:
        """Run one claim to its end. Cancelled, it gives the attempt back uncounted."""
        faults.point("request.after_claim")
        self._events.changed(claim.request_id)
        folder = self._work_dir / claim.request_id / str(claim.attempt)
        meter, moved = tasks.Meter(), asyncio.Event()
        with self._events.holding(claim.request_id) as cancelled:
            work = asyncio.create_task(self._work(claim, folder, meter, moved))
            lease = asyncio.create_task(self._keep_lease(claim, meter, moved))
            stop = asyncio.create_task(_set(cancelled))
            try:
                await asyncio.wait({work, lease, stop}, return_when=asyncio.FIRST_COMPLETED)
                if not work.done():
                    reason = "cancelled" if stop.done() else "fenced out"
                    _log.info("attempt stopped", request_id=claim.request_id, attempt=claim.attempt, reason=reason)
            except asyncio.CancelledError:
                await _ended(work)
                await self._store.release(claim)
                raise
            finally:
                await _ended(work, lease, stop)
                await asyncio.to_thread(_remove, folder)
                self._events.changed(claim.request_id)

    async def _work(self, claim: Claim, folder: Path, meter: tasks.Meter, moved: asyncio.Event) -> None:
        try:
            completion = await self._make(claim, folder, meter, moved)
            faults.point("request.after_blobs")
            try:
                await self._send(claim, completion)
                if not await self._finish(claim, completion):
                    _log.warning("result fenced out", request_id=claim.request_id, attempt=claim.attempt)
            finally:
                self._publisher.release(completion)
            faults.point("request.after_finish")
        except EngineLostError as error:
            await self._lose(claim, error.message)
        except EngineError as error:
            await self._fail(claim, error.code, error.message)
        except ApiError as error:
            await self._fail(claim, _JOB_CODES.get(error.kind.code, "internal_error"), error.message)
        except Exception as error:
            _log.exception("attempt broke", request_id=claim.request_id, attempt=claim.attempt)
            reason = _DISK_TROUBLE.get(error.errno or 0) if isinstance(error, OSError) else None
            await self._lose(claim, reason or "An internal error occurred.")

    async def _make(self, claim: Claim, folder: Path, meter: tasks.Meter, moved: asyncio.Event) -> Completion:
        claimed_at = self._clock.now()
        # Pictures inside a request make it megabytes long.
        request = await asyncio.to_thread(msgspec.json.decode, claim.payload, type=ImageRequest | VideoRequest)
        workdir = folder / "out"
        await asyncio.to_thread(workdir.mkdir, parents=True)
        inputs = await self._resolve(claim, request, folder)
        started_at = self._clock.now()
        task = tasks.build(request, inputs, claim.seed, workdir)
        produced: list[Produced] = []
        async with contextlib.aclosing(self._pool.run(claim.engine, claim.operation, task)) as engine_events:
            async for event in engine_events:
                match event:
                    case Produced():
                        produced.append(event)
                    case Preview():
                        if _is_showable(event):
                            self._events.show(claim.request_id, event)
                    case _:
                        meter.add(event)
                        moved.set()
        meter.add(Progress(phase="storing", step=0, of=len(produced)))
        moved.set()
        faults.point("request.after_engine")
        attempt = Attempt(
            claim=claim,
            request=request,
            inputs=tuple(media for _, media in inputs),
            workdir=str(workdir),
            claimed_at=claimed_at,
            started_at=started_at,
        )
        return await self._publisher.completion(attempt, produced)

    async def _resolve(
        self, claim: Claim, request: ImageRequest | VideoRequest, folder: Path
    ) -> list[tuple[tasks.Wanted, LocalMedia]]:
        wanted = tasks.wanted(request)
        if any(self._inputs.is_remote(one.source) for one in wanted):
            async with self._slots.lent(claim.engine, claim.team_id):
                return await self._resolve_all(claim, request, wanted, folder)
        return await self._resolve_all(claim, request, wanted, folder)

    async def _resolve_all(
        self, claim: Claim, request: ImageRequest | VideoRequest, wanted: list[tasks.Wanted], folder: Path
    ) -> list[tuple[tasks.Wanted, LocalMedia]]:
        inputs = []
        for index, one in enumerate(wanted):
            media = await self._inputs.resolve(claim.team_id, one.source, one.kind, str(folder / f"input-{index}"))
            if one.kind == "video":
                tasks.check_clip(request, media)
            inputs.append((one, media))
        return inputs

    async def _send(self, claim: Claim, completion: Completion) -> None:
        """Send the result to where the client wants it, before it is done: a result nobody could take is none."""
        if claim.upload_url is not None:
            async with self._slots.lent(claim.engine, claim.team_id):
                await self._uploader.send(claim.upload_url, completion.outputs[0])

    async def _finish(self, claim: Claim, completion: Completion) -> bool:
        try:
            return await self._written(lambda: self._store.finish(claim, self._clock.now(), completion))
        except Exception:
            if not completion.files:
                raise
            # The result exists; only its files cannot be written down. Clients get the one without the other.
            _log.exception("files not written down", request_id=claim.request_id)
            bare = without_files(completion)
            return await self._written(lambda: self._store.finish(claim, self._clock.now(), bare))

    async def _fail(self, claim: Claim, code: str, message: str) -> None:
        _log.info("request failed", request_id=claim.request_id, code=code, reason=message)
        await self._written(lambda: self._store.fail(claim, self._clock.now(), code, message))

    async def _lose(self, claim: Claim, message: str) -> None:
        state = await self._written(
            lambda: self._store.lose(claim, self._clock.now(), "internal_error", message),
        )
        _log.warning("attempt lost", request_id=claim.request_id, attempt=claim.attempt, reason=message, now=state)
        if state == "queued":
            self._events.queued()

    async def _written(self, end: Callable[[], Awaitable[T]]) -> T:
        """Write an end down, again and again while nothing can be written: it is fenced, so late is harmless."""
        while True:
            try:
                return await end()
            except StorageUnavailableError as error:
                _log.warning("an attempt's end cannot be written down yet", reason=error.message)
                await asyncio.sleep(self._settings.write_again_s)

    async def _keep_lease(self, claim: Claim, meter: tasks.Meter, moved: asyncio.Event) -> None:
        """Beat at each interval and at each progress; returns when the claim is lost."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.heartbeat_s):
                    await moved.wait()
            moved.clear()
            try:
                held = await self._store.heartbeat(claim, self._clock.now(), self._settings.lease_s, meter.latest)
            except StorageUnavailableError as error:
                _log.warning("heartbeat not written", request_id=claim.request_id, reason=error.message)
                held = True
            except Exception:
                # Not knowing is not losing: the work goes on, and its finish is fenced anyway.
                _log.exception("heartbeat not written", request_id=claim.request_id)
                held = True
            if not held:
                return
            self._events.changed(claim.request_id)
            await asyncio.sleep(self._settings.progress_s)


async def _set(event: asyncio.Event) -> None:
    await event.wait()


def _is_showable(preview: Preview) -> bool:
    """Whether what an engine calls a preview may be handed on as a JPEG."""
    return len(preview.data) <= PREVIEW_BYTES and preview.data.startswith(_JPEG)


async def _ended(*running: asyncio.Task[None]) -> None:
    for task in running:
        task.cancel()
    for outcome in await asyncio.gather(*running, return_exceptions=True):
        if isinstance(outcome, Exception):
            # The row could not be written. Its lease ends, and the reaper takes it from there.
            _log.error("attempt not written down", reason=repr(outcome))


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()
