"""The engine process: ``python -m imagined.engines.child --engine NAME --entry MODULE:CLASS``.

It holds one engine, takes tasks from its standard input one after the other and answers on its standard output.
Both pipes are moved away before the engine is imported, so that whatever a library prints goes to the log (standard
error) and cannot garble a frame. The process ends when its input closes or its parent dies, whatever it is doing.
"""

import argparse
import contextlib
import ctypes
import errno
import importlib
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from imagined.engines import wire
from imagined.engines.port import Engine, EngineError, EngineEvent, Produced

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_NO_ROOM = "The engine could not write its result: the server's disk is full."
_UNWRITABLE = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: "The engine's result is larger than this server allows.",
    errno.EROFS: "The engine could not write its result: the server's data folder may only be read.",
    errno.EACCES: "The engine could not write its result: the server's data folder may only be read.",
}


class Conversation:
    """The two pipes. A thread reads, so that a cancel or a closed pipe is noticed while the engine works."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._tasks: queue.SimpleQueue[wire.RunImage | wire.RunVideo] = queue.SimpleQueue()
        self._cancelled = 0
        threading.Thread(target=self._listen, name="listener", daemon=True).start()

    def tasks(self) -> Iterator[wire.RunImage | wire.RunVideo]:
        """Tasks as they come; never ends by itself."""
        while True:
            yield self._tasks.get()

    def is_cancelled(self, task: int) -> bool:
        """Whether this task, or a later one, was cancelled."""
        return self._cancelled >= task

    def send(self, message: wire.FromEngine) -> None:
        """Send a frame; a server that is gone ends the process."""
        try:
            self._outgoing.write(wire.frame(message))
            self._outgoing.flush()
        except OSError:
            os._exit(0)

    def _listen(self) -> None:
        # Nothing is worth finishing without a server: it would run the task again elsewhere.
        with contextlib.suppress(OSError, wire.GarbledFrameError):
            while header := self._read(wire.HEADER.size):
                message = wire.to_engine(self._read(wire.body_length(header, wire.MAX_TASK)))
                if isinstance(message, wire.Cancel):
                    self._cancelled = max(self._cancelled, message.id)
                else:
                    self._tasks.put(message)
        os._exit(0)

    def _read(self, length: int) -> bytes:
        return self._incoming.read(length)


def serve(engine: Engine, conversation: Conversation) -> None:
    """Run tasks until the pipe closes."""
    conversation.send(wire.Ready(name=engine.name, digest=engine.digest))
    for message in conversation.tasks():
        conversation.send(_answer(engine, conversation, message))


def _answer(
    engine: Engine, conversation: Conversation, message: wire.RunImage | wire.RunVideo
) -> wire.Finished | wire.Failed:
    try:
        with contextlib.closing(_begin(engine, message)) as events:
            for event in events:
                if conversation.is_cancelled(message.id):
                    break
                conversation.send(wire.Reported(id=message.id, event=_signed(event, engine)))
    except EngineError as error:
        return wire.Failed(id=message.id, code=error.code, message=error.message)
    except MemoryError:
        return wire.Failed(id=message.id, code="internal_error", message="The engine ran out of memory.", lost=True)
    except OSError as error:
        traceback.print_exc()
        reason = _UNWRITABLE.get(error.errno or 0, "The engine failed.")
        return wire.Failed(id=message.id, code="internal_error", message=reason)
    except Exception:
        traceback.print_exc()
        return wire.Failed(id=message.id, code="internal_error", message="The engine failed.")
    return wire.Finished(id=message.id)


def _signed(event: EngineEvent, engine: Engine) -> EngineEvent:
    """A result with who made it in its receipt, whatever the engine wrote there itself."""
    if not isinstance(event, Produced):
        return event
    receipt = {**event.receipt, "engine": engine.name, "digest": engine.digest}
    return msgspec.structs.replace(event, receipt=receipt)


def _begin(engine: Engine, message: wire.RunImage | wire.RunVideo) -> "_Events":
    return _Events(getattr(engine, message.operation)(message.task))


class _Events:
    """An engine's iterator with a `close`, also when it is not a generator."""

    def __init__(self, events: Iterator[EngineEvent]) -> None:
        self._events = events

    def __iter__(self) -> Iterator[EngineEvent]:
        return self._events

    def close(self) -> None:
        close = getattr(self._events, "close", None)
        if close is not None:
            close()


def _take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb")


def _die_with(parent: int) -> None:
    """Have the kernel end this process with its parent, where it can; a closed pipe does it everywhere else."""
    if sys.platform == "linux":
        kernel = ctypes.CDLL(None)
        kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # Grandchildren whose parent has gone stay in this process's family, where their memory is counted.
        kernel.prctl(_PR_SET_CHILD_SUBREAPER, 1)
        if os.getppid() != parent:
            os._exit(0)


def _limit(memory_bytes: int, file_bytes: int, nice: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    if nice:
        os.nice(nice)
    for kind, most in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, file_bytes)):
        if most:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def load(entry: str) -> Engine:
    """Import ``module:Class`` and construct it."""
    module, _, name = entry.partition(":")
    engine: Engine = getattr(importlib.import_module(module), name)()
    return engine


def main(arguments: list[str] | None = None) -> None:
    """Run one engine until the server hangs up."""
    parser = argparse.ArgumentParser(prog="imagined.engines.child", description="One engine, driven over its pipes.")
    parser.add_argument("--engine", required=True, help="name, for the process list")
    parser.add_argument("--entry", required=True, help="module:Class of the engine")
    parser.add_argument("--parent", type=int, required=True, help="process id of the server")
    parser.add_argument("--memory-bytes", type=int, default=0, help="address space, 0 for no limit")
    parser.add_argument("--file-bytes", type=int, default=0, help="longest file it may write, 0 for no limit")
    parser.add_argument("--nice", type=int, default=0, help="how far to step back behind the server")
    options = parser.parse_args(arguments)
    _die_with(options.parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = _take_over_pipes()
    _limit(options.memory_bytes, options.file_bytes, options.nice)
    serve(load(options.entry), Conversation(incoming, outgoing))


if __name__ == "__main__":
    main()
