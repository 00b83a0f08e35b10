"""A server whose engine is scripted: everything real but the drawing, so that a test of the wire waits for nothing.

As a module it is the command itself, ``python -m tests.support.scripted serve ...``, with one engine exchanged. Its
time is what the file named by CLOCK_FILE says, if there is one, and it writes the number of its asyncio tasks to the
file named by TASKS_FILE at each SIGUSR1.
"""

import asyncio
import functools
import os
import signal
import sys
from pathlib import Path

from imagined.cli.server_process import ServerProcess
from imagined.engines.registry import EngineRegistry, EngineSpec
from imagined.testing.environment import FileClock

ENGINE = EngineSpec(name="illustrator", entry="imagined.testing.engines:ScriptedEngine")
ROOT = Path(__file__).parents[2]


def scripted_server(folder: Path, *arguments: str, **settings: str) -> ServerProcess:
    """A server on a folder, not started yet; `settings` are variables of its environment."""
    path = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    # Tests make batches faster than people do; one of rates sets its own.
    unhurried = {"IMAGINED_LIMITS_BATCH_CREATIONS_PER_SECOND": "0"}
    environment = {**unhurried, **settings, "PYTHONPATH": os.pathsep.join(filter(None, path))}
    return ServerProcess(
        folder / "data", folder / "server.log", arguments, environment, module="tests.support.scripted"
    )


def main() -> None:
    from imagined.cli import app, serve
    from imagined.cli.main import main as command

    if clock_file := os.environ.get("CLOCK_FILE"):
        serve.run_server = functools.partial(serve.run_server, clock=FileClock(Path(clock_file)))
    if tasks_file := os.environ.get("TASKS_FILE"):
        signal.signal(signal.SIGUSR1, lambda _number, _frame: _count_tasks(Path(tasks_file)))
    app.EngineRegistry = lambda: EngineRegistry([ENGINE])  # type: ignore[assignment,misc]
    sys.exit(command())


def _count_tasks(file: Path) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(str(len(asyncio.all_tasks(asyncio.get_running_loop()))))
    fresh.replace(file)


if __name__ == "__main__":
    main()
