"""Fetches what clients point at and sends what they want sent, behind a guard that sits where a connection is made.

Checking a URL and then handing it to an HTTP client leaves a gap in which a name can change its address. Here the
check is the connection's: a name is resolved once, every answer must be public, and the very address that was checked
is dialled. Redirects pass the same place, and PUT and POST follow none. Proxies of the environment are not used: they
would resolve anew.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import httpcore2
import httpx2

from imagined import __version__
from imagined.imagine.addresses import is_public
from imagined.imagine.ports import FetchError, PostAnswer

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

_MAX_REDIRECTS: Final = 3
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = frozenset({80, 443})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


async def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a name, by the system's resolver, which also reads odd spellings of addresses."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in answers]


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to public addresses only, and to no other than the one it checked."""

    def __init__(
        self, inner: httpcore2.AsyncNetworkBackend, resolver: Resolver, *, allow_private_networks: bool
    ) -> None:
        self._inner = inner
        self._resolver = resolver
        self._allow_private_networks = allow_private_networks

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Resolve, check every answer, dial the first that accepts."""
        try:
            addresses = await self._resolver(host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host} was not resolved: {error}") from None
        if not addresses:
            raise FetchError(f"{host} has no address")
        # One private answer among public ones is how a rebinding name looks: the whole answer is refused.
        refused = [address for address in addresses if not (self._allow_private_networks or is_public(address))]
        if refused:
            raise FetchError(f"{host} leads to {refused[0]}, which is not public")
        for address in addresses:
            with contextlib.suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout, OSError):
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
        raise FetchError(f"{host} accepts no connection", is_transient=True)

    async def sleep(self, seconds: float) -> None:
        """Wait, between retries of the connection pool."""
        await asyncio.sleep(seconds)


class GuardedFetcher:
    """`Fetcher` over HTTP. Every refusal and every failure is a `FetchError`."""

    def __init__(
        self,
        *,
        allow_private_networks: bool = False,
        ports: frozenset[int] = _PORTS,
        resolver: Resolver = resolve,
        backend: httpcore2.AsyncNetworkBackend | None = None,
        max_connections: int = 32,
    ) -> None:
        # Laboratories serve on odd ports; the internet does not have to.
        self._ports = None if allow_private_networks else ports
        self._backend = GuardedBackend(
            backend or httpcore2.AnyIOBackend(), resolver, allow_private_networks=allow_private_networks
        )
        self._max_connections = max_connections
        self._pool: httpcore2.AsyncConnectionPool | None = None
        self._opening = asyncio.Lock()

    async def fetch(self, url: str, path: str, *, max_bytes: int, deadline_s: float) -> str:
        """Write the body to `path` and return its declared content type; raises `FetchError`."""
        with _failures(deadline_s):
            async with asyncio.timeout(deadline_s):
                return await self._follow(url, path, max_bytes)

    async def put(
        self, url: str, body: Callable[[], AsyncIterator[bytes]], *, size: int, content_type: str, deadline_s: float
    ) -> int:
        """Send `body` and return the status of the answer, whose own body is not read; raises `FetchError`."""
        headers = ((b"content-type", content_type.encode("ascii")), (b"content-length", str(size).encode("ascii")))
        return (await self._send("PUT", url, headers, body(), deadline_s)).status

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, deadline_s: float) -> PostAnswer:
        """Send `body` and return how it was answered; raises `FetchError`."""
        given = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        length = (b"content-length", str(len(body)).encode("ascii"))
        return await self._send("POST", url, (*given, length), body, deadline_s)

    async def close(self) -> None:
        """Close what is open."""
        if self._pool is not None:
            await self._pool.aclose()

    async def _send(
        self,
        method: str,
        url: str,
        headers: Sequence[tuple[bytes, bytes]],
        content: bytes | AsyncIterator[bytes],
        deadline_s: float,
    ) -> PostAnswer:
        target = self._checked(url)
        with _failures(deadline_s):
            async with asyncio.timeout(deadline_s):
                pool = await self._opened()
                sent = (_USER_AGENT, *headers)
                async with pool.stream(method, _core_url(target), headers=sent, content=content) as response:
                    return PostAnswer(response.status, _header(response, b"retry-after"))

    async def _follow(self, url: str, path: str, max_bytes: int) -> str:
        pool = await self._opened()
        for _ in range(_MAX_REDIRECTS + 1):
            target = self._checked(url)
            async with pool.stream("GET", _core_url(target), headers=_HEADERS) as response:
                location = _header(response, b"location")
                if response.status in _REDIRECTS and location:
                    url = _joined(target, location)
                    continue
                if response.status != 200:
                    raise FetchError(f"status {response.status}")
                return await _saved(response, path, max_bytes)
        raise FetchError("too many redirects")

    def _checked(self, url: str) -> httpx2.URL:
        try:
            target = httpx2.URL(url)
        except (httpx2.InvalidURL, TypeError, ValueError):
            # Without the parser's words: they quote the URL, and the query may be a secret.
            raise FetchError("not a URL") from None
        if target.scheme not in _DEFAULT_PORTS or not target.host:
            raise FetchError("not an http or https URL")
        if target.userinfo:
            raise FetchError("credentials in a URL are not sent")
        port = target.port or _DEFAULT_PORTS[target.scheme]
        if self._ports is not None and port not in self._ports:
            raise FetchError(f"port {port} is not allowed")
        return target

    async def _opened(self) -> httpcore2.AsyncConnectionPool:
        async with self._opening:
            if self._pool is None:
                self._pool = httpcore2.AsyncConnectionPool(
                    # Reading the trust store takes long enough to be felt on the event loop.
                    ssl_context=await asyncio.to_thread(httpx2.create_ssl_context, trust_env=False),
                    max_connections=self._max_connections,
                    max_keepalive_connections=0,
                    network_backend=self._backend,
                )
            return self._pool


_USER_AGENT: Final = (b"user-agent", f"imagined/{__version__}".encode())
_HEADERS: Final = (
    _USER_AGENT,
    (b"accept", b"image/jpeg, image/png, image/webp, video/mp4, */*;q=0.1"),
    # A compressed body could be small on the wire and huge in memory; pictures gain nothing from it anyway.
    (b"accept-encoding", b"identity"),
)


@contextlib.contextmanager
def _failures(deadline_s: float) -> Iterator[None]:
    """Every way in which a connection fails, as one error."""
    try:
        yield
    except TimeoutError:
        raise FetchError(f"not done within {deadline_s:g} s", is_transient=True) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, ssl.SSLError) as error:
        is_transient = not isinstance(error, ssl.SSLError)
        raise FetchError(f"{type(error).__name__}: {error}", is_transient=is_transient) from None


async def _saved(response: httpcore2.Response, path: str, max_bytes: int) -> str:
    if _header(response, b"content-encoding") not in ("", "identity"):
        raise FetchError("a compressed body")
    declared = _header(response, b"content-length")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise FetchError(f"{declared} bytes are more than {max_bytes}")
    received = 0
    with await asyncio.to_thread(Path(path).open, "wb") as file:
        async for chunk in response.aiter_stream():
            received += len(chunk)
            if received > max_bytes:
                raise FetchError(f"more than {max_bytes} bytes")
            await asyncio.to_thread(file.write, chunk)
    return _header(response, b"content-type").partition(";")[0].strip().lower()


def _core_url(url: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _joined(base: httpx2.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(f"a redirect to no URL: {error}") from None


def _header(response: httpcore2.Response, name: bytes) -> str:
    for key, value in response.headers:
        if key.lower() == name:
            return value.decode("latin-1").strip()
    return ""
