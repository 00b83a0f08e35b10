"""One engine process as the server sees it: started, spoken to, cancelled, killed."""

import asyncio
import contextlib
import os
import signal
import sys
import uuid
from collections.abc import AsyncGenerator
from typing import Final

import msgspec
import structlog

from imagined.contract.requests import Operation
from imagined.contract.tasks import EngineError, EngineEvent, ImageTask, Produced, VideoTask
from imagined.engines import kin, wire
from imagined.engines.registry import EngineSpec
from imagined.imagine.ports import EngineLostError

_log = structlog.get_logger("imagined.engines")
_LINE_LIMIT: Final = 2_000
_INBOX: Final = 16
"""Events an engine may be ahead of its reader; then its pipe fills up and it waits."""
_MOST_EVENTS: Final = 100_000
"""Of one task. A film of 15 s reports some hundreds."""
_MOST_FAMILY: Final = 64
"""Processes that an engine may be, with all that it starts."""
_LOG_LINES: Final = 100
"""Lines of an engine's output that are logged within a second; the rest of that second is counted only."""


class ProcessSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine process may take, in seconds and bytes."""

    start_s: float = 60.0
    silence_s: float = 60.0
    """Longest time without an event while a task runs."""
    task_s: float = 900.0
    cancel_s: float = 2.0
    """How long a cancelled task may take to its next event before its process is killed."""
    memory_bytes: int = 4 * 1024 * 1024 * 1024
    """Address space of each process, and memory held by an engine and everything it starts together."""
    workdir_bytes: int = 1024 * 1024 * 1024
    """What the results of one task may take on the disk."""
    watch_s: float = 0.5
    """How often a busy process is looked at from outside."""
    owner: str = ""
    """Names who starts processes: at its next start it ends what a killed run of it has left behind."""
    nice: int = 5


class EngineProcess:
    """A child process that holds one engine and runs one task at a time. Make it with `start`."""

    def __init__(
        self, spec: EngineSpec, settings: ProcessSettings, child: asyncio.subprocess.Process, mark: str
    ) -> None:
        self._spec = spec
        self._mark = mark
        self._settings = settings
        self._child = child
        self._inbox: asyncio.Queue[wire.FromEngine | None] = asyncio.Queue(_INBOX)
        self._task = 0
        self._lost = False
        self._excess = ""
        self._readers = [asyncio.create_task(self._read_frames()), asyncio.create_task(self._read_log())]
        self.digest = ""

    @classmethod
    async def start(cls, spec: EngineSpec, settings: ProcessSettings) -> "EngineProcess":
        """Start a process and wait until its engine is constructed; raises `EngineLostError` when it does not."""
        mark = f"{settings.owner}.{uuid.uuid4().hex}"
        try:
            child = await _spawn(spec, settings, mark)
        except OSError as error:
            raise EngineLostError(f"The engine did not start: {error.strerror}.") from None
        process = cls(spec, settings, child, mark)
        try:
            async with asyncio.timeout(settings.start_s):
                first = await process._receive()
        except (TimeoutError, EngineLostError):
            await process.kill()
            raise EngineLostError("The engine did not start.") from None
        except asyncio.CancelledError:
            await process.kill()
            raise
        if not isinstance(first, wire.Ready):
            await process.kill()
            raise EngineLostError("The engine did not start.")
        process.digest = first.digest
        _log.info("engine process started", engine=spec.name, pid=child.pid)
        return process

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it can take a task."""
        return not self._lost and self._child.returncode is None

    async def run(self, operation: Operation, task: ImageTask | VideoTask) -> AsyncGenerator[EngineEvent, None]:
        """Run one task; raises `EngineError` as the engine does, `EngineLostError` when the process is useless."""
        self._task += 1
        await self._send(_run_frame(self._task, operation, task))
        end = asyncio.get_running_loop().time() + self._settings.task_s
        results, wanted = 0, task.n if isinstance(task, ImageTask) else 1
        watching = asyncio.create_task(self._watch(task.workdir))
        try:
            for _ in range(_MOST_EVENTS):
                match await self._next(end):
                    case wire.Reported(id=self._task, event=event):
                        results += isinstance(event, Produced)
                        if results > wanted:
                            break
                        yield event
                    case wire.Finished(id=self._task):
                        return
                    case wire.Failed(id=self._task) as failed if failed.lost:
                        self._lost = True
                        raise EngineLostError(failed.message)
                    case wire.Failed(id=self._task) as failed:
                        raise EngineError(failed.code, failed.message)
                    case _:
                        self._lost = True
                        raise EngineLostError("The engine answered a task it does not have.")
            self._lost = True
            raise EngineLostError("The engine was stopped: it reported more than any task has to say.")
        finally:
            watching.cancel()

    async def cancel(self) -> bool:
        """Stop the running task; True when the process is idle again, False when it has to be killed."""
        try:
            async with asyncio.timeout(self._settings.cancel_s):
                await self._send(wire.Cancel(id=self._task))
                while not isinstance(await self._receive(), wire.Finished | wire.Failed):
                    pass
        except (TimeoutError, EngineLostError):
            self._lost = True
            return False
        return True

    async def kill(self) -> None:
        """End it and everything it started, and wait until it is gone."""
        self._lost = True
        self._strike()
        await self._close()
        await self._child.wait()
        # Also those who left its process group: nothing may write to a folder that is given back.
        await asyncio.to_thread(kin.end_marked, self._mark)

    async def stop(self, grace_s: float = 2.0) -> None:
        """Hang up, which ends an idle child at once, and kill it when that does not help."""
        if self._child.stdin is not None:
            self._child.stdin.close()
        try:
            async with asyncio.timeout(grace_s):
                await self._child.wait()
        except TimeoutError:
            pass
        await self.kill()

    def _strike(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            self._child.kill()

    async def _watch(self, workdir: str) -> None:
        """Look from outside at what it takes, and end it when that is too much."""
        while not self._excess:
            await asyncio.sleep(self._settings.watch_s)
            self._excess = await asyncio.to_thread(_excess, self.pid, workdir, self._settings)
        self._lost = True
        self._strike()

    async def _next(self, end: float) -> wire.FromEngine:
        left = end - asyncio.get_running_loop().time()
        try:
            # Looked at here too: an engine that always has something to say never lets the timeout come to its turn.
            if left <= 0:
                raise TimeoutError
            async with asyncio.timeout(min(left, self._settings.silence_s)):
                return await self._receive()
        except TimeoutError:
            self._lost = True
            past = "its deadline" if left <= self._settings.silence_s else "the longest silence allowed"
            raise EngineLostError(f"The engine was stopped: it went past {past}.") from None

    async def _receive(self) -> wire.FromEngine:
        message = await self._inbox.get()
        if message is None:
            self._lost = True
            self._inbox.put_nowait(None)
            raise EngineLostError(self._excess or "The engine process died.")
        return message

    async def _send(self, message: wire.ToEngine) -> None:
        stdin = self._child.stdin
        assert stdin is not None
        try:
            stdin.write(wire.frame(message))
            await stdin.drain()
        except (OSError, RuntimeError):
            self._lost = True
            raise EngineLostError("The engine process died.") from None

    async def _read_frames(self) -> None:
        stdout = self._child.stdout
        assert stdout is not None
        try:
            while True:
                header = await stdout.readexactly(wire.HEADER.size)
                body = await stdout.readexactly(wire.body_length(header))
                await self._inbox.put(wire.from_engine(body))
        except asyncio.IncompleteReadError:
            pass
        except wire.GarbledFrameError as error:
            _log.warning("engine process sent garbage", engine=self._spec.name, pid=self.pid, error=str(error)[:200])
        self._lost = True
        await self._inbox.put(None)

    async def _read_log(self) -> None:
        stderr = self._child.stderr
        assert stderr is not None
        loop = asyncio.get_running_loop()
        second, lines = 0, 0
        while True:
            try:
                line = await stderr.readline()
            except ValueError:
                # A line longer than the reader's buffer: it was dropped, the next one is read.
                continue
            if not line:
                return
            if (now := int(loop.time())) != second:
                if lines > _LOG_LINES:
                    dropped = lines - _LOG_LINES
                    _log.warning("engine says too much", engine=self._spec.name, pid=self.pid, lines_dropped=dropped)
                second, lines = now, 0
            lines += 1
            if lines <= _LOG_LINES:
                text = line.decode("utf-8", "replace").rstrip()[:_LINE_LIMIT]
                _log.info("engine says", engine=self._spec.name, pid=self.pid, text=text)

    async def _close(self) -> None:
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        if self._child.stdin is not None:
            self._child.stdin.close()
        # asyncio closes the transport by itself only after all pipes have ended, and a pipe nobody reads never does.
        transport = getattr(self._child, "_transport", None)
        if transport is not None:
            transport.close()


def _excess(pid: int, workdir: str, settings: ProcessSettings) -> str:
    """What an engine takes too much of, as the sentence its request ends with; empty when nothing."""
    family = kin.family(pid)
    if len(family) > _MOST_FAMILY:
        return "The engine was stopped: it started too many processes."
    if settings.memory_bytes and kin.resident_bytes(family, settings.memory_bytes) > settings.memory_bytes:
        return "The engine was stopped: it went past its memory limit."
    if settings.workdir_bytes and kin.size_of(workdir) > settings.workdir_bytes:
        return "The engine was stopped: its results are larger than this server allows."
    return ""


async def _spawn(spec: EngineSpec, settings: ProcessSettings, mark: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "imagined.engines.child", "--engine", spec.name, "--entry", spec.entry),
        *("--parent", str(os.getpid())),
        *("--memory-bytes", str(settings.memory_bytes), "--file-bytes", str(settings.workdir_bytes)),
        *("--nice", str(settings.nice)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # A terminal's Ctrl-C must reach the server alone: it drains first.
        start_new_session=True,
        env=_environment() | {kin.MARK: mark},
    )


def _run_frame(number: int, operation: Operation, task: ImageTask | VideoTask) -> wire.ToEngine:
    if isinstance(task, ImageTask):
        return wire.RunImage(id=number, operation=operation, task=task)
    return wire.RunVideo(id=number, operation=operation, task=task)


def _environment() -> dict[str, str]:
    """The server's environment without what an engine has no business knowing."""
    secret = ("KEY", "SECRET", "TOKEN", "PASSWORD", "CREDENTIAL")
    return {name: value for name, value in os.environ.items() if not any(word in name.upper() for word in secret)}
