"""Wake-ups inside one process: somebody waits for a request to change, somebody else says that it did.

Notices are hints, not truth: a waiter reads the row again, and also looks by itself from time to time, because
another process may have changed it. Previews are shown here and nowhere else: they are not kept.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from imagined.contract.tasks import Preview


class ShownPreview(NamedTuple):
    """The newest preview of a running request, and its number, which tells it from the one before."""

    number: int
    preview: Preview


class RequestEvents:
    """Waiters by request id, and one bell for workers that wait for new rows. Belongs to one event loop."""

    def __init__(self) -> None:
        self._waiters: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._awaited: Counter[str] = Counter()
        self._held: dict[str, asyncio.Event] = {}
        self._previews: dict[str, ShownPreview] = {}
        self._bell = asyncio.Event()
        self.is_closed = False
        """Whether the server goes down: nobody should wait here any longer."""

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

    @contextmanager
    def awaiting(self, request_id: str) -> Iterator[asyncio.Event]:
        """The same, for a call that answers with the request's result and not only looks at it."""
        self._awaited[request_id] += 1
        try:
            with self.subscribe(request_id) as event:
                yield event
        finally:
            self._awaited[request_id] -= 1
            if not self._awaited[request_id]:
                del self._awaited[request_id]

    @contextmanager
    def holding(self, request_id: str) -> Iterator[asyncio.Event]:
        """For the worker that runs a request here: an event that is set when it was cancelled."""
        event = self._held[request_id] = asyncio.Event()
        try:
            yield event
        finally:
            if self._held.get(request_id) is event:
                del self._held[request_id]
                self._previews.pop(request_id, None)

    def changed(self, request_id: str) -> None:
        """Wake everyone who waits for this request."""
        for event in self._waiters.get(request_id, ()):
            event.set()

    def cancelled(self, request_id: str) -> None:
        """Wake them, and the worker that runs it."""
        if request_id in self._held:
            self._held[request_id].set()
        self.changed(request_id)

    def show(self, request_id: str, preview: Preview) -> None:
        """Keep a preview of a request that runs here, as long as it runs, and wake who waits for it."""
        before = self._previews.get(request_id)
        self._previews[request_id] = ShownPreview(before.number + 1 if before else 1, preview)
        self.changed(request_id)

    def preview(self, request_id: str) -> ShownPreview | None:
        """The newest preview of a request that runs here."""
        return self._previews.get(request_id)

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

    def close(self) -> None:
        """The server goes down: wake everyone."""
        self.is_closed = True
        for request_id in self.list_waiters():
            self.changed(request_id)

    def list_waiters(self) -> tuple[str, ...]:
        """Requests that somebody waits for."""
        return tuple(self._waiters)

    def is_awaited(self, request_id: str) -> bool:
        """Whether a call that answers with this request's result waits here; who watches it does not count."""
        return request_id in self._awaited
