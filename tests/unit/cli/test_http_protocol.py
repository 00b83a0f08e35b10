"""The head of an answer goes out with the beginning of its body, and never waits for one."""

import asyncio
from typing import Any

from imagined.cli.http_protocol import Transport


class Wire:
    """A transport that keeps what was written, one entry a system call."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def writelines(self, pieces: Any) -> None:
        self.sent.append(b"".join(pieces))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


async def test_head_and_body_go_together() -> None:
    wire = Wire()
    transport = Transport(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
    transport.write(b"head ")
    transport.write(b"body")
    assert wire.sent == [b"head body"]
    await asyncio.sleep(0)
    assert wire.sent == [b"head body"], "nothing is sent twice"


async def test_a_head_without_a_body_waits_for_one_turn_of_the_loop() -> None:
    wire = Wire()
    transport = Transport(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
    transport.write(b"head")
    await asyncio.sleep(0)
    assert wire.sent == [b"head"]
    transport.write(b"later")
    transport.write(b"")
    assert wire.sent == [b"head", b"later"]


async def test_closing_sends_what_was_held_first() -> None:
    wire = Wire()
    transport = Transport(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
    transport.write(b"last")
    transport.close()
    assert (wire.sent, transport.is_closing()) == ([b"last"], True)
