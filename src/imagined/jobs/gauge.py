"""How much may wait: what a full queue refuses, so that a client learns at once what it would wait for in vain.

Counting on each acceptance what waits would make a long queue slow to join. So what waits is counted now and then, and
what this process accepts meanwhile is added: never too few, and counted anew before anybody is refused.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import msgspec

from imagined.contract.environment import Clock
from imagined.contract.errors import RESOURCE_EXHAUSTED, ApiError
from imagined.jobs.ports import RequestStore

RETRY_AFTER_S: Final = 5.0
_FRESH_S: Final = 1.0

_Place = tuple[str, str]
"""``team`` or ``engine``, and its name."""


class QueueLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Most queued requests, those of batches left out; 0: as many as there is room for."""

    per_team: int = 20_000
    per_engine: int = 100_000


class QueueGauge:
    """Admits requests to the queue. Limits hold to the request in one process, to a second's worth in several."""

    def __init__(self, store: RequestStore, clock: Clock, limits: QueueLimits | None = None) -> None:
        self._store = store
        self._clock = clock
        self._limits = limits or QueueLimits()
        self._counted: Counter[_Place] = Counter()
        self._since: Counter[_Place] = Counter()
        self._arriving: Counter[_Place] = Counter()
        self._counted_at: float | None = None
        self._counting = asyncio.Lock()
        self._begun = 0
        """How many counts were begun."""

    @asynccontextmanager
    async def admitted(self, team_id: str, engine: str) -> AsyncIterator[None]:
        """Around the acceptance of a request; raises `ApiError` (429) before it when the queue is full."""
        begun = self._begun
        if self._counted_at is None or not 0 <= self._clock.now() - self._counted_at < _FRESH_S:
            await self._count(begun)
        if self._refusal(team_id, engine) is not None:
            await self._count(begun)
        refusal = self._refusal(team_id, engine)
        if refusal is not None:
            raise ApiError(RESOURCE_EXHAUSTED, refusal, retry_after_s=RETRY_AFTER_S)
        places = (("team", team_id), ("engine", engine))
        self._arriving.update(places)
        try:
            yield
            self._since.update(places)
        finally:
            self._arriving.subtract(places)

    def _refusal(self, team_id: str, engine: str) -> str | None:
        for place, most, whose in (
            (("team", team_id), self._limits.per_team, f"Team {team_id}"),
            (("engine", engine), self._limits.per_engine, "The server"),
        ):
            waiting = self._counted[place] + self._since[place] + self._arriving[place]
            if most and waiting >= most:
                return f"{whose} has {waiting} requests waiting, and {most} is the limit."
        return None

    async def _count(self, begun: int) -> None:
        """Count what waits, unless that was begun by another call since there were `begun` counts."""
        async with self._counting:
            if self._begun > begun:
                return
            self._begun += 1
            before, now = Counter(self._since), self._clock.now()
            depths = await self._store.depths()
            # What was accepted while the rows were counted may be among them: counted twice rather than not at all.
            self._since.subtract(before)
            self._counted = Counter()
            for depth in depths:
                self._counted[("team", depth.team_id)] += depth.count
                self._counted[("engine", depth.engine)] += depth.count
            self._counted_at = now
