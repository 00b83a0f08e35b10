"""A server as a child process: for the demo, for tests, and for whoever wants one inside a script."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from imagined.cli.targets import Target, sdk_host


class ServerStartError(Exception):
    """The server ended before it was ready; the message says where its log is."""


class ServerProcess:
    """``imagined serve`` on free ports of this machine, its log in a file, stopped by its own process id.

    Use it as a context manager, or call `start` and `stop`; `kill` is ``kill -9``. After either one it can be
    started again on the same folder. `module` is what is run instead of `imagined`, with the same arguments.
    """

    def __init__(
        self,
        data_dir: Path,
        log: Path,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        module: str = "imagined",
    ) -> None:
        self.data_dir = data_dir
        self.log = log
        self._arguments = list(arguments)
        self._environment = {**os.environ, **(environment or {})}
        self._module = module
        self._process: subprocess.Popen[str] | None = None
        self._target: Target | None = None

    @property
    def target(self) -> Target:
        """Where it listens."""
        assert self._target is not None, "the server was not started"
        return self._target

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None, "the server was not started"
        return self._process.pid

    def start(self) -> Target:
        """Start it and wait for its ``ready`` line."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [sys.executable, "-m", self._module, "serve", "--data-dir", str(self.data_dir)]
        command += ["--port", "0", "--grpc-port", "0", *self._arguments]
        with self.log.open("ab") as sink:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command, stdout=subprocess.PIPE, stderr=sink, text=True, env=self._environment
            )
        try:
            self._target = self._ready()
        except BaseException:
            self.kill()
            raise
        return self._target

    def stop(self, timeout_s: float = 60.0) -> int:
        """Ask it to drain, wait until it has ended, and return its exit status."""
        if self._process is None:
            return 0
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=timeout_s)
        return self.kill()

    def kill(self) -> int:
        """End it at once, as a power failure would, and return its exit status."""
        if self._process is None:
            return 0
        self._process.kill()
        status = self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
        return status

    def _ready(self) -> Target:
        assert self._process is not None and self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("ready "):
                words = dict(word.split("=", 1) for word in line.split()[1:])
                return Target(words["http"], sdk_host(words["grpc"], tls=words["http"].startswith("https:")))
        raise ServerStartError(f"The server did not start; its log is in {self.log}.")

    def __enter__(self) -> "ServerProcess":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
