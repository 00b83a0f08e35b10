"""HTTP and gRPC on one port, told apart by the first bytes.

Every gRPC client opens with the fixed preface of HTTP/2, which no HTTP/1.1 request begins with. A connection that
opens with anything else becomes uvicorn's in place, without another hop. A gRPC connection is relayed, byte for byte,
to gRPC's own unix socket in a folder that only this user can enter.

With TLS both kinds are offered by ALPN, ``http/1.1`` preferred: browsers, which offer both, speak HTTP/1.1, and gRPC
clients offer nothing but ``h2``.
"""

import asyncio
import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import structlog

from imagined.cli.http_protocol import HttpProtocol

_log = structlog.stdlib.get_logger("imagined.front")

PREFACE: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_LONGEST_NAME: Final = len("[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]:65535")
_SOCKET_PATH_BYTES: Final = 103
"""What fits into a unix socket's address: 104 bytes with the final zero on macOS, 108 on Linux."""


class SinglePortError(Exception):
    """There is no place for the socket between the two halves; the message says what to do."""


class Backend:
    """Where gRPC listens: a unix socket in a private folder. Closing it removes the folder."""

    def __init__(self) -> None:
        if not hasattr(socket, "AF_UNIX"):
            raise SinglePortError("--single-port needs unix sockets, which this system does not have.")
        self._folder = _private_folder()
        self.path = str(self._folder / "grpc")

    @property
    def address(self) -> str:
        """In gRPC's spelling."""
        return f"unix:{self.path}"

    def connect(self, client: str) -> socket.socket:
        """A connection that carries `client`, ``HOST:PORT``, as the name of its own end, for gRPC's log."""
        near = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            near.setblocking(False)
            name = self._folder / client.replace("/", "_")[-_LONGEST_NAME:]
            name.unlink(missing_ok=True)
            near.bind(str(name))
            # Connecting to a unix socket is done or refused at once; the name lives on in the socket.
            try:
                near.connect(self.path)
            finally:
                name.unlink()
        except BaseException:
            near.close()
            raise
        return near

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _private_folder() -> Path:
    """A folder for this user alone whose path leaves room for names in it."""
    for parent in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108
        room = _SOCKET_PATH_BYTES - _LONGEST_NAME - len("/imagined-xxxxxxxx/")
        if parent and len(os.fsencode(parent)) <= room:
            with contextlib.suppress(OSError):
                return Path(tempfile.mkdtemp(prefix="imagined-", dir=parent))
    raise SinglePortError("--single-port needs a folder for a socket: no temporary folder can be written to.")


class Limits:
    """How long and how many; shared by all connections of a port."""

    def __init__(self, *, first_bytes_s: float = 10.0, connections: int = 1000) -> None:
        self.first_bytes_s = first_bytes_s
        """A connection that has not shown what it is within this time is closed."""
        self.connections = connections
        """Of undecided connections and of gRPC's, each; one more is closed at once. They are counted apart, so that
        whoever uses up gRPC's does not shut out HTTP."""
        self.undecided = 0
        self.relayed = 0


def protocol_class(backend: Backend, limits: Limits | None = None) -> type[asyncio.Protocol]:
    """The class for uvicorn's ``http`` option: it makes one for each connection that it accepts."""
    shared = limits or Limits()

    class OnePort(FirstBytes):
        """Bound to one backend."""

        def __init__(self, config: Any, server_state: Any, app_state: Any, _loop: Any = None) -> None:
            def http() -> asyncio.Protocol:
                make: Callable[..., asyncio.Protocol] = HttpProtocol
                return make(config=config, server_state=server_state, app_state=app_state, _loop=_loop)

            super().__init__(backend, shared, http, server_state.connections)

    return OnePort


class FirstBytes(asyncio.Protocol):
    """A connection until it has shown what it is; for gRPC, also after that.

    It stands among uvicorn's own connections, so that a server that stops closes it too.
    """

    def __init__(
        self, backend: Backend, limits: Limits, http: Callable[[], asyncio.Protocol], connections: set[Any]
    ) -> None:
        self._backend = backend
        self._limits = limits
        self._http = http
        self._connections = connections
        self._transport: Any = None
        """Of asyncio or uvloop, which share no base class."""
        self._seen = b""
        self._is_decided = False
        self._deadline: asyncio.TimerHandle | None = None
        self._relay: Relay | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Accept, or close at once when there are too many."""
        self._transport = transport
        self._connections.add(self)
        self._limits.undecided += 1
        if self._limits.undecided > self._limits.connections:
            self._refuse()
            return
        self._deadline = asyncio.get_running_loop().call_later(self._limits.first_bytes_s, self._too_slow)

    def data_received(self, data: bytes) -> None:
        """Decide, at the first byte that tells."""
        if self._relay is not None:
            self._relay.to_backend(data)
            return
        self._seen += data
        if self._seen.startswith(PREFACE):
            self._decide()
            self._become_grpc()
        elif not PREFACE.startswith(self._seen):
            self._decide()
            self._become_http()

    def eof_received(self) -> bool:
        """The client sends no more; gRPC may still answer."""
        return self._relay is not None and self._relay.client_ended()

    def connection_lost(self, _: Exception | None) -> None:
        """The end."""
        self._decide()
        self._connections.discard(self)
        if self._relay is not None:
            self._limits.relayed -= 1
            self._relay.client_lost()

    def pause_writing(self) -> None:
        """The client reads slowly: so does the relay."""
        if self._relay is not None:
            self._relay.pause_backend()

    def resume_writing(self) -> None:
        """The client has caught up."""
        if self._relay is not None:
            self._relay.resume_backend()

    def shutdown(self) -> None:
        """uvicorn's word to each connection when it stops."""
        self._transport.close()

    def _become_http(self) -> None:
        self._connections.discard(self)
        http = self._http()
        self._transport.set_protocol(http)
        http.connection_made(self._transport)
        http.data_received(self._seen)

    def _become_grpc(self) -> None:
        if self._limits.relayed >= self._limits.connections:
            self._refuse()
            return
        self._limits.relayed += 1
        self._relay = Relay(self._transport)
        self._relay.start(self._backend, self._seen)
        self._seen = b""

    def _decide(self) -> None:
        """Undecided no more, because of what came or because nothing will."""
        if not self._is_decided:
            self._is_decided = True
            self._limits.undecided -= 1
        if self._deadline is not None:
            self._deadline.cancel()

    def _refuse(self) -> None:
        _log.warning("too many connections", limit=self._limits.connections)
        self._transport.close()

    def _too_slow(self) -> None:
        self._transport.abort()


class Relay(asyncio.Protocol):
    """The far half of a gRPC connection. Neither direction is read faster than the other end writes."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._far: Any = None
        """The transport to gRPC, once it stands."""
        self._early: list[bytes] = []
        self._connecting: asyncio.Task[None] | None = None

    def start(self, backend: Backend, first: bytes) -> None:
        """Connect and pass the first bytes on; until then the client is not read."""
        self._early.append(first)
        _pause(self._client)
        self._connecting = asyncio.get_running_loop().create_task(self._connect(backend))

    async def _connect(self, backend: Backend) -> None:
        try:
            near = backend.connect(_shown(self._client.get_extra_info("peername")))
            await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=near)
        except OSError as error:
            # gRPC no longer listens, because the server is stopping, or its queue of connections is full.
            _log.warning("no connection to gRPC", error=str(error))
            self._client.close()

    def to_backend(self, data: bytes) -> None:
        """From the client."""
        if self._far is None:
            self._early.append(data)
        else:
            self._far.write(data)

    def client_ended(self) -> bool:
        """The client's end of file, passed on; whether the connection stays open for the answer."""
        # TLS knows no half-closed connections: what is left of it goes with the client.
        if self._far is None or self._client.get_extra_info("sslcontext") is not None:
            return False
        if not self._far.is_closing():
            self._far.write_eof()
        return True

    def client_lost(self) -> None:
        """The client's connection is gone."""
        if self._far is not None:
            self._far.close()

    def pause_backend(self) -> None:
        """Read no more from gRPC for now."""
        _pause(self._far)

    def resume_backend(self) -> None:
        """Go on."""
        _resume(self._far)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection to gRPC stands; the client may have left meanwhile."""
        self._far = transport
        self._far.writelines(self._early)
        self._early.clear()
        if self._client.is_closing():
            self._far.close()
        else:
            _resume(self._client)

    def data_received(self, data: bytes) -> None:
        """From gRPC."""
        self._client.write(data)

    def connection_lost(self, _: Exception | None) -> None:
        """gRPC hung up; what it has written still reaches the client."""
        self._client.close()

    def pause_writing(self) -> None:
        """gRPC reads slowly: so does the relay."""
        _pause(self._client)

    def resume_writing(self) -> None:
        """gRPC has caught up."""
        _resume(self._client)


def _pause(transport: Any) -> None:
    # A transport that is closing refuses both.
    if transport is not None and not transport.is_closing():
        transport.pause_reading()


def _resume(transport: Any) -> None:
    if transport is not None and not transport.is_closing():
        transport.resume_reading()


def _shown(peer: Any) -> str:
    """``HOST:PORT`` of a socket's address."""
    if not isinstance(peer, tuple):
        return "unknown"
    host = f"[{peer[0]}]" if ":" in peer[0] else peer[0]
    return f"{host}:{peer[1]}"
