"""What somebody who watches a request is told: its present state at once, then each change, until it has ended.

An event is a snapshot of the row, and its id says which. Whoever comes back with the last id that he saw is told what
is different by then, after a restart or at another server too: nothing but the row has to be remembered.
"""

from collections.abc import AsyncGenerator
from typing import Final, NamedTuple

from imagined.contract.access import Caller
from imagined.contract.results import RequestView
from imagined.imagine.service import LOOK_AGAIN_S, PENDING, ImagineService, looked_again
from imagined.jobs.events import RequestEvents, ShownPreview

KEEP_ALIVE_S: Final = 15.0
"""Longest silence: proxies close connections that say nothing."""


class Snapshot(NamedTuple):
    """A request as it is now. `id` is another one whenever something is different."""

    id: str
    view: RequestView

    @property
    def is_last(self) -> bool:
        """Whether nothing follows."""
        return self.view.state not in PENDING


class KeepAlive(NamedTuple):
    """Nothing has changed."""


Sight = Snapshot | ShownPreview | KeepAlive


class Follower:
    """Watches requests of this server."""

    def __init__(self, service: ImagineService, events: RequestEvents) -> None:
        self._service = service
        self._events = events

    async def snapshot(self, caller: Caller, request_id: str) -> Snapshot:
        """The present state; `not-found` for unknown ids and other teams'."""
        view = await self._service.look(caller, request_id)
        return Snapshot(_identity(view), view)

    async def follow(self, caller: Caller, request_id: str, seen: str | None = None) -> AsyncGenerator[Sight, None]:
        """Changes from now on, the first one at once unless `seen` is its id; ends with the request or the server."""
        with self._events.subscribe(request_id) as changed:
            previews, silence = 0, 0.0
            while True:
                changed.clear()
                snapshot = await self.snapshot(caller, request_id)
                if snapshot.id != seen:
                    seen, silence = snapshot.id, 0.0
                    yield snapshot
                if snapshot.is_last or self._events.is_closed:
                    return
                shown = self._events.preview(request_id)
                if shown is not None and shown.number != previews:
                    previews, silence = shown.number, 0.0
                    yield shown
                if silence >= KEEP_ALIVE_S:
                    silence = 0.0
                    yield KeepAlive()
                await looked_again(changed, LOOK_AGAIN_S)
                silence += 0.0 if changed.is_set() else LOOK_AGAIN_S


def _identity(view: RequestView) -> str:
    """Words, so that a reader of the stream can tell what changed: state, attempt, phase and steps, or the place."""
    if view.state == "queued":
        return f"{view.state}-{view.attempt}-{view.place or 0}"
    if view.state == "running":
        step = view.step
        return f"{view.state}-{view.attempt}-{step.phase}-{step.step}-{step.of}-{step.percent}"
    return f"{view.state}-{view.attempt}"
