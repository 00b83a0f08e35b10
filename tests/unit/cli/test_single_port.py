"""One port for HTTP and gRPC: told apart at any pace, neither end outrun, nothing kept open for nothing."""

import asyncio
import contextlib
import socket
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
import uvicorn

from imagined.cli.single_port import PREFACE, Backend, Limits, SinglePortError, protocol_class
from imagined.grpc_api.options import MAX_MESSAGE_BYTES, SERVER_OPTIONS
from imagined.grpc_api.peers import peer_host

uvloop = pytest.importorskip("uvloop", reason="there is none for Windows, and no unix socket either")

MIB = 1024 * 1024
SETTINGS_FRAME = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
CLIENT_OPTIONS = [("grpc.max_receive_message_length", MAX_MESSAGE_BYTES), ("grpc.use_local_subchannel_pool", 1)]
Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the request's method, path and the length of its body."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = f"{scope['method']} {scope['path']} {size} {scope['client'][0]}".encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Echo(grpc.GenericRpcHandler):  # type: ignore[misc]
    """``/test/Echo`` repeats, ``/test/Peer`` says who calls, ``/test/Count`` streams as many MiB as it is asked for."""

    def service(self, details: Any) -> Any:
        async def echo(request: bytes, _: Any) -> bytes:
            return request

        async def peer(_: bytes, context: Any) -> bytes:
            return peer_host(context.peer()).encode()

        async def count(request: bytes, _: Any) -> AsyncIterator[bytes]:
            for number in range(int(request)):
                yield bytes([number % 256]) * MIB

        return {
            "/test/Echo": grpc.unary_unary_rpc_method_handler(echo),
            "/test/Peer": grpc.unary_unary_rpc_method_handler(peer),
            "/test/Count": grpc.unary_stream_rpc_method_handler(count),
        }.get(details.method)


@dataclass
class Front:
    """A running front."""

    port: int
    server: uvicorn.Server

    async def connect(self) -> tuple[Reader, Writer]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    def channel(self) -> Any:
        return grpc.aio.insecure_channel(f"localhost:{self.port}", options=CLIENT_OPTIONS)


@contextlib.asynccontextmanager
async def front(backend: Backend, limits: Limits | None = None) -> AsyncIterator[Front]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    config = uvicorn.Config(
        app, http=protocol_class(backend, limits), lifespan="off", log_config=None, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    server.config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup([listener])
    try:
        yield Front(listener.getsockname()[1], server)
    finally:
        await server.shutdown([listener])


@contextlib.asynccontextmanager
async def both() -> AsyncIterator[Front]:
    """A front with gRPC behind it."""
    with contextlib.closing(Backend()) as backend:
        behind = grpc.aio.server(options=SERVER_OPTIONS)
        behind.add_generic_rpc_handlers([Echo()])
        behind.add_insecure_port(backend.address)
        await behind.start()
        async with front(backend) as running:
            yield running
            await behind.stop(0)


@contextlib.asynccontextmanager
async def relayed(
    serve: Callable[[Reader, Writer], Awaitable[None]], limits: Limits | None = None
) -> AsyncIterator[Front]:
    """A front with `serve` in gRPC's place."""
    with contextlib.closing(Backend()) as backend:
        behind = await asyncio.start_unix_server(serve, backend.path)
        async with front(backend, limits) as running:
            yield running
        behind.close()


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(120):
            await scenario()

    uvloop.run(limited())


async def request(front: Front, text: bytes) -> bytes:
    reader, writer = await front.connect()
    writer.write(text)
    answer = await reader.read()
    writer.close()
    return answer


GET = b"GET /here HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"


def test_both_are_served_and_see_their_client() -> None:
    async def scenario() -> None:
        async with both() as front, front.channel() as channel:
            assert (await request(front, GET)).endswith(b"GET /here 0 127.0.0.1")
            assert await channel.unary_unary("/test/Echo")(b"words") == b"words"
            assert await channel.unary_unary("/test/Peer")(b"") == b"127.0.0.1"

    run(scenario)


@pytest.mark.parametrize("method", [b"GET", b"PUT", b"PROPFIND"], ids=bytes.decode)
def test_http_byte_by_byte(method: bytes) -> None:
    async def scenario() -> None:
        async with both() as front:
            reader, writer = await front.connect()
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in GET.replace(b"GET", method):
                writer.write(bytes([byte]))
                await asyncio.sleep(0)
            assert method + b" /here 0" in await reader.read()
            writer.close()

    run(scenario)


def test_the_preface_byte_by_byte() -> None:
    async def scenario() -> None:
        async with both() as front:
            reader, writer = await front.connect()
            for byte in PREFACE + SETTINGS_FRAME:
                writer.write(bytes([byte]))
                await asyncio.sleep(0.001)
            # The first thing a HTTP/2 server says is its settings.
            assert (await reader.readexactly(9))[3] == 4
            writer.close()

    run(scenario)


@pytest.mark.parametrize(
    "garbage",
    [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", b"\x00" * 100, b"PRI\r\n\r\n"],
    ids=["tls hello", "another preface", "zeros", "cut preface"],
)
def test_what_is_neither_is_refused_as_http(garbage: bytes) -> None:
    async def scenario() -> None:
        async with both() as front:
            assert (await request(front, garbage)).startswith(b"HTTP/1.1 400 ")

    run(scenario)


def test_the_largest_message_both_ways_and_a_long_stream() -> None:
    async def scenario() -> None:
        async with both() as front, front.channel() as channel:
            message = bytes(range(256)) * (MAX_MESSAGE_BYTES // 256)
            assert await channel.unary_unary("/test/Echo")(message) == message
            pieces = [piece async for piece in channel.unary_stream("/test/Count")(b"100")]
            assert [piece[:1] for piece in pieces] == [bytes([number]) for number in range(100)]
            assert {len(piece) for piece in pieces} == {MIB}

    run(scenario)


def test_many_connections_of_both_kinds_at_once() -> None:
    async def scenario() -> None:
        async with both() as front:

            async def call(number: int) -> bytes:
                async with front.channel() as channel:
                    return bytes(await channel.unary_unary("/test/Echo")(str(number).encode()))

            answers, echoes = await asyncio.gather(
                asyncio.gather(*(request(front, GET) for _ in range(100))),
                asyncio.gather(*(call(number) for number in range(60))),
            )
            assert all(answer.startswith(b"HTTP/1.1 200 OK") for answer in answers)
            assert echoes == [str(number).encode() for number in range(60)]

    run(scenario)


class Flood:
    """Writes 128 MiB as fast as it is taken."""

    size = 128 * MIB

    def __init__(self) -> None:
        self.written = 0

    async def pour(self, writer: Writer) -> None:
        for _ in range(self.size // MIB):
            writer.write(b"x" * MIB)
            await writer.drain()
            self.written += MIB

    async def stalled(self) -> int:
        """How much was taken when no more is."""
        before = -1
        while before != self.written:
            before = self.written
            await asyncio.sleep(0.3)
        return before


async def drained(reader: Reader) -> int:
    size = 0
    while piece := await reader.read(MIB):
        size += len(piece)
    return size


def test_a_client_that_does_not_read_holds_the_backend_up() -> None:
    async def scenario() -> None:
        flood = Flood()

        async def serve(_: Reader, writer: Writer) -> None:
            await flood.pour(writer)
            writer.close()

        async with relayed(serve) as front:
            reader, writer = await front.connect()
            writer.write(PREFACE)
            assert await flood.stalled() < flood.size // 2
            assert await drained(reader) == flood.size
            writer.close()

    run(scenario)


def test_a_backend_that_does_not_read_holds_the_client_up() -> None:
    async def scenario() -> None:
        flood, read = Flood(), asyncio.Event()

        async def serve(reader: Reader, writer: Writer) -> None:
            await read.wait()
            # Half closed: the client says no more, and is answered all the same.
            writer.write(str(await drained(reader)).encode())
            writer.close()

        async with relayed(serve) as front:
            reader, writer = await front.connect()
            writer.write(PREFACE)
            pouring = asyncio.create_task(flood.pour(writer))
            assert await flood.stalled() < flood.size // 2
            read.set()
            await pouring
            writer.write_eof()
            assert int(await reader.read()) == flood.size + len(PREFACE)
            writer.close()

    run(scenario)


@pytest.mark.parametrize("first", [b"", b"P", PREFACE[:-1]], ids=["nothing", "one byte", "all but one"])
def test_who_does_not_say_what_it_is_is_let_go(first: bytes) -> None:
    async def scenario() -> None:
        async def serve(*_: Any) -> None:
            raise AssertionError("nothing was decided")

        limits = Limits(first_bytes_s=0.05)
        async with relayed(serve, limits) as front:
            reader, writer = await front.connect()
            writer.write(first)
            with contextlib.suppress(ConnectionResetError):
                assert await reader.read() == b""
            writer.close()
            assert limits.undecided == 0

    run(scenario)


def test_one_connection_too_many_is_closed_and_room_comes_back() -> None:
    async def scenario() -> None:
        async def serve(reader: Reader, writer: Writer) -> None:
            writer.write(b"served")
            await reader.read()
            writer.close()

        limits = Limits(connections=2)
        async with relayed(serve, limits) as front:
            silent = [await front.connect() for _ in range(2)]
            assert await request(front, b"") == b""
            for reader, writer in silent:
                writer.write(PREFACE)
                assert await reader.readexactly(6) == b"served"
            assert await request(front, PREFACE) == b""
            # Whoever takes all of gRPC's room leaves HTTP its own.
            assert (await request(front, GET)).startswith(b"HTTP/1.1 200 OK")
            silent[0][1].close()
            while limits.relayed > 1:
                await asyncio.sleep(0.01)
            reader, writer = await front.connect()
            writer.write(PREFACE)
            assert await reader.readexactly(6) == b"served"
            writer.close()
            silent[1][1].close()

    run(scenario)


def test_a_lost_backend_closes_the_client() -> None:
    async def scenario() -> None:
        with contextlib.closing(Backend()) as backend:
            async with front(backend) as running:
                assert await request(running, PREFACE) == b""

    run(scenario)


def test_stopping_closes_what_is_open() -> None:
    async def scenario() -> None:
        async def serve(reader: Reader, writer: Writer) -> None:
            writer.write(b"served")
            await reader.read()
            writer.close()

        async with relayed(serve) as front:
            silent, talking = await front.connect(), await front.connect()
            talking[1].write(PREFACE)
            await talking[0].readexactly(6)
        assert await silent[0].read() == await talking[0].read() == b""
        silent[1].close()
        talking[1].close()

    run(scenario)


def test_nobody_else_can_enter_the_sockets_folder_and_it_goes() -> None:
    backend = Backend()
    folder = Path(backend.path).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    backend.close()
    assert not folder.exists()


def test_a_long_temporary_folder_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with contextlib.closing(Backend()) as backend:
        assert not backend.path.startswith(str(deep))


def test_without_any_folder_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> str:
        raise PermissionError

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(SinglePortError, match="needs a folder for a socket"):
        Backend()


@pytest.mark.parametrize(
    ("peer", "host"),
    [
        ("ipv4:10.0.0.7:5123", "10.0.0.7"),
        ("ipv6:%5B::1%5D:5123", "::1"),
        ("unix:/run/imagined-x/127.0.0.1:5123", "127.0.0.1"),
        ("unix:/run/imagined-x/[fe80::1]:5123", "fe80::1"),
        ("unix:", "unix"),
    ],
)
def test_peers_as_grpc_spells_them(peer: str, host: str) -> None:
    assert peer_host(peer) == host
