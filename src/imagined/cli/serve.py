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
from imagined.cli.http_protocol import HttpProtocol
from imagined.cli.single_port import Backend, SinglePortError, protocol_class
from imagined.cli.targets import LOOPBACK, bracketed, sdk_host
from imagined.cli.tls import H2, HTTP1, ServerTls, TlsError
from imagined.contract.environment import Clock
from imagined.contract.errors import StorageUnavailableError
from imagined.settings import Settings
from imagined.storage.lock import FolderLock, FolderLockedError

_log = structlog.get_logger("imagined.serve")
_BACKLOG = 1024


class StartError(Exception):
    """The server cannot start; the message tells the operator what to do."""


def run_server(settings: Settings, clock: Clock | None = None) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status. `clock` is for tests that let time pass."""
    logs.configure(settings.log)
    try:
        mode = auth_mode(settings)
        with _locked(Path(settings.server.data_dir)), asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(settings, mode, clock))
    except (StartError, FolderLockedError, TlsError, SinglePortError) as error:
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


async def _serve(settings: Settings, mode: Any, clock: Clock | None = None) -> None:
    stop = _stop_on_signals()
    tls = ServerTls(settings.server.tls_cert, settings.server.tls_key) if settings.server.tls_cert else None
    with contextlib.ExitStack() as places:
        backend = places.enter_context(contextlib.closing(Backend())) if settings.server.single_port else None
        listener = _listen(settings.server.host, settings.server.port)
        host, port = bracketed(settings.server.host), listener.getsockname()[1]
        http = f"{'https' if tls else 'http'}://{host}:{port}"
        with _usable(settings.server.data_dir):
            application = Application(
                settings, mode, settings.server.public_base_url.rstrip("/") or http, own_addresses=(http,), clock=clock
            )
        grpc_server = application.grpc_server()
        grpc_port = _add_port(grpc_server, settings, tls, backend) or port
        http_server = _http_server(application, tls, backend)
        with _usable(settings.server.data_dir):
            await application.start()
        await grpc_server.start()
        serving = asyncio.create_task(http_server.serve(sockets=[listener]))
        await _first(serving, http_server.listening.wait())
        application.is_ready = True
        if tls:
            _reload_on_hangup(tls)
        _announce(http, f"{host}:{grpc_port}", mode, tls)
        # What was imported and built stays; the collector need not look at it again and again.
        gc.freeze()
        await _first(serving, stop.wait())
        await _drain(application, grpc_server, http_server, serving)


def _http_server(application: Application, tls: ServerTls | None, backend: Backend | None) -> _HttpServer:
    """uvicorn, which on a single port makes connections that may turn out to be gRPC's."""
    protocols = [HTTP1, H2] if backend else [HTTP1]
    return _HttpServer(
        uvicorn.Config(
            application.http_app(),
            http=protocol_class(backend) if backend else HttpProtocol,
            ssl_context_factory=(lambda *_: tls.context(protocols)) if tls else None,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=5,
            proxy_headers=False,
        )
    )


@contextlib.contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    lock = FolderLock(data_dir)
    with _usable(str(data_dir)):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _usable(data_dir: str) -> Iterator[None]:
    """A data folder that cannot be written, or is full, or whose database is locked, as a sentence."""
    try:
        yield
    except StorageUnavailableError as error:
        raise StartError(f"Cannot use the data folder {data_dir}. {error.message}") from None
    except OSError as error:
        raise StartError(f"Cannot use the data folder {data_dir}: {error.strerror}.") from None


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


def _add_port(grpc_server: Any, settings: Settings, tls: ServerTls | None, backend: Backend | None) -> int:
    """Where gRPC listens; 0 on a single port, where it has none of its own."""
    if backend:
        # The front has taken TLS off; nobody else can enter the socket's folder.
        grpc_server.add_insecure_port(backend.address)
        return 0
    address = f"{bracketed(settings.server.host)}:{settings.server.grpc_port}"
    try:
        if tls:
            return int(grpc_server.add_secure_port(address, tls.grpc_credentials()))
        return int(grpc_server.add_insecure_port(address))
    except RuntimeError:
        raise StartError(f"Cannot listen on {address} for gRPC: is the port in use?") from None


def _reload_on_hangup(tls: ServerTls) -> None:
    """A renewed certificate is taken over by SIGHUP; connections that stand are not touched."""

    def reload() -> None:
        try:
            tls.reload()
        except TlsError as error:
            _log.error("the certificate was not reloaded", error=str(error))
        else:
            _log.info("certificate reloaded", names=tls.certificate.names, expires_at=tls.certificate.expires_at)

    if hasattr(signal, "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reload)


def _announce(http: str, grpc: str, mode: str, tls: ServerTls | None) -> None:
    """The ready line, for programs, and two lines for the user's shell."""
    url, rpc = (_by_name(address, tls) for address in (http, grpc))
    lines = (
        f"ready http={http} grpc={grpc}",
        f"export IMAGINED_URL={url} IMAGINED_GRPC={sdk_host(rpc, tls=tls is not None)} OPENAI_BASE_URL={url}/v1",
        "imagined exec -- python your_script.py",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    _log.info("ready", http=http, grpc=grpc, auth=mode)


def _by_name(address: str, tls: ServerTls | None) -> str:
    """`address` with a name that the certificate has: by any other, clients would refuse the connection."""
    head, slashes, place = address.rpartition("//")
    host, _, port = place.rpartition(":")
    names = [name for name in (tls.certificate.names if tls else ()) if not name.startswith("*")]
    if names and host.strip("[]") not in names:
        host = bracketed(names[0])
    return f"{head}{slashes}{host}:{port}"
