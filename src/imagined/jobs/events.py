"""Wake-ups inside one process: somebody waits for a request to change, somebody else says that it did.

Notices are hints, not truth: a waiter reads the row again, and also looks by itself from time to time, because
another process may have changed it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class RequestEvents:
    """Waiters by request id, and one bell for workers that wait for new rows. Belongs to one event loop."""

    def __init__(self) -> None:
        self._waiters: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._bell = asyncio.Event()

    @contextmanager
    def subscribe(self, request_id: str) -> Iterator[asyncio.Event]:
        """An event that is set at each change from now on; clear it before reading the row again."""
        event = asyncio.Event()
        self._waiters[request_id].add(event)
        try:
            yield event
        finally:
            self._waiters[request_id].discard(event)
            if not self._waiters[request_id]:
                del self._waiters[request_id]

    def changed(self, request_id: str) -> None:
        """Wake everyone who waits for this request."""
        for event in self._waiters.get(request_id, ()):
            event.set()

    def queued(self) -> None:
        """Wake the workers: a row can be claimed."""
        self._bell.set()

    async def work(self, timeout: float) -> bool:
        """Wait until a row was queued, at most `timeout` seconds; whether the bell rang."""
        try:
            await asyncio.wait_for(self._bell.wait(), timeout)
        except TimeoutError:
            return False
        self._bell.clear()
        return True

    def list_waiters(self) -> tuple[str, ...]:
        """Requests that somebody waits for."""
        return tuple(self._waiters)
