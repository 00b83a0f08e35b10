"""`imagined serve`: sockets, signals and the order in which things start and end."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import structlog
import uvicorn

from imagined.cli import logs
from imagined.cli.app import Application
from imagined.cli.targets import LOOPBACK, sdk_host
from imagined.settings import Settings
from imagined.storage.lock import FolderLock, FolderLockedError

_log = structlog.get_logger("imagined.serve")
_BACKLOG = 1024


class StartError(Exception):
    """The server cannot start; the message tells the operator what to do."""


def run_server(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status."""
    logs.configure(settings.log)
    try:
        mode = auth_mode(settings)
        with FolderLock(Path(settings.server.data_dir)), asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(settings, mode))
    except (StartError, FolderLockedError) as error:
        sys.stderr.write(f"imagined: {error}\n")
        return 1
    return 0


def auth_mode(settings: Settings) -> Any:
    """``open`` or ``keys``; raises `StartError` for an open server that others could reach."""
    host = settings.server.host
    on_loopback = host in LOOPBACK or host.startswith("127.")
    mode = settings.server.auth or ("open" if on_loopback else "keys")
    if mode == "open" and not on_loopback:
        raise StartError(
            f"--auth open takes any key and is refused on {host}, which others can reach. "
            "Use --auth keys and make keys with `imagined keys create`, or listen on 127.0.0.1."
        )
    return mode


def _loop_factory() -> Any:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return None
    return uvloop.new_event_loop


class _HttpServer(uvicorn.Server):
    """uvicorn without signal handlers of its own: the signals belong to the whole process."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        self.listening.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


async def _serve(settings: Settings, mode: Any) -> None:
    stop = _stop_on_signals()
    listener = _listen(settings.server.host, settings.server.port)
    http = f"http://{_shown(settings.server.host)}:{listener.getsockname()[1]}"
    application = Application(
        settings, mode, settings.server.public_base_url.rstrip("/") or http, own_addresses=(http,)
    )
    grpc_server = application.grpc_server()
    grpc_port = _add_port(grpc_server, settings)
    http_server = _HttpServer(
        uvicorn.Config(
            application.http_app(),
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=5,
            proxy_headers=False,
        )
    )
    await application.start()
    await grpc_server.start()
    serving = asyncio.create_task(http_server.serve(sockets=[listener]))
    await _first(serving, http_server.listening.wait())
    application.is_ready = True
    _announce(http, f"{_shown(settings.server.host)}:{grpc_port}", mode)
    # What was imported and built stays; the collector need not look at it again and again.
    gc.freeze()
    await _first(serving, stop.wait())
    await _drain(application, grpc_server, http_server, serving)


async def _first(serving: "asyncio.Task[None]", wanted: Coroutine[Any, Any, Any]) -> None:
    """Wait for what is wanted, or for a server that ended by itself, whose error is raised."""
    waiting = asyncio.ensure_future(wanted)
    await asyncio.wait([serving, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if serving.done():
        serving.result()


async def _drain(application: Application, grpc_server: Any, http_server: uvicorn.Server, serving: Any) -> None:
    """Refuse what is new, let what runs finish or go back to the queue, answer who waits, then close."""
    _log.info("draining")
    application.is_ready = False
    await application.drain()
    await grpc_server.stop(grace=2.0)
    http_server.should_exit = True
    with contextlib.suppress(asyncio.CancelledError):
        await serving
    await application.close()
    _log.info("stopped")


def _stop_on_signals() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; bound before anything is built, so that port 0 is known to whoever makes URLs."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise StartError(f"Cannot listen on {host}:{port} for HTTP: {error.strerror}.") from None
    listener.setblocking(False)
    return listener


def _add_port(grpc_server: Any, settings: Settings) -> int:
    address = f"{_shown(settings.server.host)}:{settings.server.grpc_port}"
    try:
        return int(grpc_server.add_insecure_port(address))
    except RuntimeError:
        raise StartError(f"Cannot listen on {address} for gRPC: is the port in use?") from None


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _announce(http: str, grpc: str, mode: str) -> None:
    """The ready line, for programs, and two lines for the user's shell."""
    lines = (
        f"ready http={http} grpc={grpc}",
        f"export IMAGINED_URL={http} IMAGINED_GRPC={sdk_host(grpc)} OPENAI_BASE_URL={http}/v1",
        "imagined exec -- python your_script.py",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    _log.info("ready", http=http, grpc=grpc, auth=mode)
