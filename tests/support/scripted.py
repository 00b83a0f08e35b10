"""A server whose engine is scripted: everything real but the drawing, so that a test of the wire waits for nothing.

As a module it is the command itself, ``python -m tests.support.scripted serve ...``, with one engine exchanged. With
CLOCK_FILE in its environment, its time is what that file says.
"""

import functools
import os
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

    app.EngineRegistry = lambda: EngineRegistry([ENGINE])  # type: ignore[assignment,misc]
    if "CLOCK_FILE" in os.environ:
        clock = FileClock(Path(os.environ["CLOCK_FILE"]))
        serve.run_server = functools.partial(serve.run_server, clock=clock)
    sys.exit(command())


if __name__ == "__main__":
    main()
