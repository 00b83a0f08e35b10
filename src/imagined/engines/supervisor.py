"""The pool: engine processes started on demand, kept warm, replaced when they are lost.

Nothing here trusts an engine: silence, a deadline, garbage and death all end in `EngineLostError` for one attempt of
one request and in a new process for the next. Nothing here blocks the event loop.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Sequence

import structlog

from imagined.contract.requests import Operation
from imagined.contract.tasks import EngineError, EngineEvent, ImageTask, VideoTask
from imagined.engines import kin
from imagined.engines.process import EngineProcess, ProcessSettings
from imagined.engines.registry import EngineRegistry, EngineSpec
from imagined.imagine.ports import EngineLostError

_log = structlog.get_logger("imagined.engines")


def default_processes() -> int:
    """One process a core: engines step back behind the server by their nice value, not by leaving cores idle."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class _Group:
    """The processes of one engine."""

    def __init__(self, spec: EngineSpec, settings: ProcessSettings, size: int) -> None:
        self.size = size
        self._spec = spec
        self._settings = settings
        self._slots = asyncio.Semaphore(size)
        self._idle: list[EngineProcess] = []
        self._busy: set[EngineProcess] = set()
        self._starting = asyncio.Lock()

    async def warm(self) -> None:
        """Have one process ready, so that the first request does not wait for imports."""
        try:
            async with self._slots:
                self._idle.append(await self._take_idle())
        except EngineLostError:
            _log.error("engine does not start", engine=self._spec.name)

    async def take(self) -> EngineProcess:
        await self._slots.acquire()
        try:
            process = await self._take_idle()
        except BaseException:
            self._slots.release()
            raise
        self._busy.add(process)
        return process

    async def give(self, process: EngineProcess) -> None:
        """Take a process back: kept when it is alive, ended otherwise."""
        try:
            if not process.alive:
                await process.kill()
        finally:
            self._busy.discard(process)
            if process.alive:
                self._idle.append(process)
            self._slots.release()

    async def stop(self) -> None:
        processes = [*self._idle, *self._busy]
        self._idle.clear()
        await asyncio.gather(*(process.stop() for process in processes))

    def pids(self) -> list[int]:
        return [process.pid for process in (*self._idle, *self._busy) if process.alive]

    async def _take_idle(self) -> EngineProcess:
        process = await self._pop_idle()
        if process is not None:
            return process
        # One start at a time: a burst of requests must not fork as many imports of numpy at once.
        async with self._starting:
            return await self._pop_idle() or await EngineProcess.start(self._spec, self._settings)

    async def _pop_idle(self) -> EngineProcess | None:
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                return process
            await process.kill()
        return None


class ProcessPool:
    """`EnginePool` over child processes. Belongs to one event loop: `start` first, `stop` at the end."""

    def __init__(self, registry: EngineRegistry, settings: ProcessSettings | None = None, processes: int = 0) -> None:
        self._settings = settings or ProcessSettings()
        size = processes or default_processes()
        self._groups = {spec.name: _Group(spec, self._settings, spec.processes or size) for spec in registry}
        self._warming: set[asyncio.Task[None]] = set()

    async def start(self, *, wait: bool = False) -> None:
        """Warm one process of each engine up, in the background unless `wait` is set.

        What processes of a killed run of the same owner have left behind is ended first.
        """
        if self._settings.owner and (left := await asyncio.to_thread(kin.end_marked, f"{self._settings.owner}.")):
            _log.warning("processes of a killed server ended", count=left)
        self._warming = {asyncio.create_task(group.warm()) for group in self._groups.values()}
        if wait:
            await asyncio.gather(*self._warming)

    async def stop(self) -> None:
        """End every process. Tasks that still run are lost."""
        for task in self._warming:
            task.cancel()
        await asyncio.gather(*self._warming, return_exceptions=True)
        await asyncio.gather(*(group.stop() for group in self._groups.values()))

    def engines(self) -> Sequence[str]:
        """Names of the engines that can be run here."""
        return tuple(self._groups)

    def capacity(self, engine: str) -> int:
        """Tasks that an engine runs at the same time."""
        return self._groups[engine].size

    def pids(self, engine: str) -> list[int]:
        """Process ids of an engine, for the log and for tests that kill."""
        return self._groups[engine].pids()

    async def run(
        self, engine: str, operation: Operation, task: ImageTask | VideoTask
    ) -> AsyncGenerator[EngineEvent, None]:
        """Run one task; closing the generator cancels it, and kills a process that does not obey."""
        group = self._groups[engine]
        process = await group.take()
        events = process.run(operation, task)
        ended = False
        try:
            async for event in events:
                yield event
            ended = True
        except EngineError as error:
            # A refusal leaves the process healthy; `EngineLostError` has marked it as dead already.
            ended = True
            if isinstance(error, EngineLostError):
                _log.warning("engine process lost", engine=engine, pid=process.pid, reason=error.message)
            raise
        finally:
            await events.aclose()
            # Shielded: a cancelled caller must still not get its workdir back while an engine writes to it.
            await asyncio.shield(asyncio.create_task(self._settle(group, process, ended)))

    async def _settle(self, group: _Group, process: EngineProcess, ended: bool) -> None:
        if not ended and process.alive:
            await process.cancel()
        await group.give(process)
