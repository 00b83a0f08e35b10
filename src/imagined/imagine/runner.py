"""The worker of this server: claims queued requests as engines become free, reaps what others left, and drains."""

import asyncio
import contextlib
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import msgspec
import structlog

from imagined.contract.environment import Clock
from imagined.contract.errors import StorageUnavailableError
from imagined.imagine.attempts import Attempts, AttemptSettings, Slots
from imagined.imagine.inputs import InputResolver
from imagined.imagine.ports import EnginePool
from imagined.imagine.publishing import Publisher
from imagined.imagine.uploads import Uploader
from imagined.jobs.events import RequestEvents
from imagined.jobs.ports import Claim, RequestStore

_log = structlog.get_logger("imagined.runner")
_PURGED_AT_ONCE: Final = 500


class RunnerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Times of the worker, in seconds."""

    attempt: AttemptSettings = AttemptSettings()
    poll_s: float = 1.0
    """How often to look for work that nobody in this process announced."""
    reap_s: float = 5.0
    purge_s: float = 600.0
    """How often to look for rows that have passed `keep_s`."""
    keep_s: float = 30 * 86_400.0
    """How long the row of an ended request is kept; then its id is unknown."""
    upload_url_s: float = 86_400.0
    """How long after its end a request still knows where its result was sent: as long as the result is shown."""
    running_per_team: int = 0
    """Requests of a team that run at the same time, on all servers together; 0: as many as engines take."""
    drain_s: float = 20.0
    """How long running attempts may take to finish once the server stops."""


class Runner:
    """Runs requests of one server: `start` first, `stop` drains.

    `worker` names the data folder for good; each start adds its own suffix, so that rows left behind by a dead server
    of the same folder are recognised at once instead of after their lease.
    """

    def __init__(
        self,
        store: RequestStore,
        pool: EnginePool,
        inputs: InputResolver,
        publisher: Publisher,
        uploader: Uploader,
        events: RequestEvents,
        clock: Clock,
        *,
        work_dir: Path,
        worker: str,
        settings: RunnerSettings | None = None,
    ) -> None:
        self._store = store
        self._events = events
        self._clock = clock
        self._work_dir = work_dir
        self._worker = worker
        self._settings = settings or RunnerSettings()
        self._slots = Slots(pool, events, self._settings.attempt)
        self._attempts = Attempts(
            store, pool, inputs, publisher, uploader, events, clock, self._slots, work_dir, self._settings.attempt
        )
        self._running: set[asyncio.Task[None]] = set()
        self._claiming: asyncio.Task[None] | None = None
        self._keeping: list[asyncio.Task[None]] = []
        self._draining = False

    async def start(self) -> None:
        """Take back what a dead server of this folder left, then begin to claim."""
        await asyncio.to_thread(_empty, self._work_dir)
        recovered = await self._store.recover(f"{self._worker}:", self._clock.now())
        if recovered:
            _log.info("requests recovered", count=recovered)
        self._claiming = asyncio.create_task(self._claim_forever())
        self._keeping = [
            asyncio.create_task(self._forever(self._settings.reap_s, self._reap)),
            asyncio.create_task(self._forever(self._settings.purge_s, self._purge)),
        ]

    async def stop(self) -> None:
        """Claim nothing more, let running attempts finish for `drain_s`, and give the rest back to the queue."""
        if self._claiming is None:
            return
        self._draining = True
        self._events.queued()
        # Not cancelled: a claim that is on its way to the disk would be lost with its answer.
        await asyncio.gather(self._claiming, return_exceptions=True)
        if self._running:
            await asyncio.wait(self._running, timeout=self._settings.drain_s)
        ending = [*self._running, *self._keeping]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        self._claiming = None

    async def _claim_forever(self) -> None:
        worker = f"{self._worker}:{id(self):x}"
        while not self._draining:
            try:
                claim = await self._claim(worker)
            except Exception as error:
                if isinstance(error, StorageUnavailableError):
                    _log.warning("nothing could be claimed", reason=error.message)
                else:
                    _log.exception("nothing could be claimed")
                await asyncio.sleep(self._settings.poll_s)
                continue
            if claim is None:
                await self._events.work(self._settings.poll_s)
            else:
                self._begin(claim)

    async def _claim(self, worker: str) -> Claim | None:
        engines = self._slots.free()
        if not engines:
            return None
        return await self._store.claim(
            worker,
            engines,
            self._clock.now(),
            self._settings.attempt.lease_s,
            running_per_team=self._settings.running_per_team,
        )

    def _begin(self, claim: Claim) -> None:
        self._slots.take(claim.engine)
        attempt = asyncio.create_task(self._attempts.run(claim))
        self._running.add(attempt)
        attempt.add_done_callback(lambda task: self._ended(claim, task))

    def _ended(self, claim: Claim, attempt: asyncio.Task[None]) -> None:
        self._running.discard(attempt)
        self._slots.give(claim.engine)
        if not attempt.cancelled() and attempt.exception() is not None:
            _log.error("attempt not written down", request_id=claim.request_id, reason=repr(attempt.exception()))

    async def _forever(self, interval_s: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(interval_s)
            try:
                await work()
            except StorageUnavailableError as error:
                _log.warning("housekeeping put off", reason=error.message)
            except Exception:
                _log.exception("housekeeping failed")

    async def _reap(self) -> None:
        reaped = await self._store.reap(self._clock.now())
        if reaped:
            _log.warning("leases ended", count=reaped)
            self._events.queued()

    async def _purge(self) -> None:
        now = self._clock.now()
        await self._store.forget_upload_urls(now - self._settings.upload_url_s)
        while await self._store.purge(now - self._settings.keep_s, _PURGED_AT_ONCE):
            pass


def _empty(work_dir: Path) -> None:
    work_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in work_dir.iterdir():
        with contextlib.suppress(OSError):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
