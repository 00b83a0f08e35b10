"""uvicorn's HTTP protocol, with the head of an answer sent together with the beginning of its body.

uvicorn writes them one after the other: two system calls, two packets, and a client that is woken for a head without a
body. For small files that is a large part of what an answer costs.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Transport:
    """Holds the first piece that is written back until the next one comes, or until the loop's next turn."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write now what was held and `data`, or hold `data`."""
        if self._held:
            held, self._held = self._held, b""
            self._transport.writelines((held, data))
        elif data:
            self._held = data
            self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Write what was held."""
        if self._held:
            held, self._held = self._held, b""
            self._transport.write(held)

    def close(self) -> None:
        """Close after what was written."""
        self.flush()
        self._transport.close()


class HttpProtocol(HttpToolsProtocol):
    """One connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, with the holding transport in front of the real one."""
        super().connection_made(Transport(transport, self.loop))  # type: ignore[arg-type]
