"""Clients that leave before their answer is there."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

T = TypeVar("T")


async def unless_left(work: Coroutine[Any, Any, T], http: Request) -> T | None:
    """The result of `work`, or None as soon as the client has left; its body must have been read."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(http))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, leaving):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task


async def _left(http: Request) -> None:
    while (await http.receive())["type"] != "http.disconnect":
        pass
