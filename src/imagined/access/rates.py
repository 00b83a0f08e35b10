"""How often a team may do something: so many times in any window of so many seconds.

Counted in this process and from its start. A deployment of several servers allows each of them as much.
"""

import math
from collections import deque

from imagined.contract.environment import Clock
from imagined.contract.errors import RESOURCE_EXHAUSTED, ApiError

_FORGET_AT = 1024
"""Teams that are remembered before those that have been quiet for a window are looked for."""


class RateLimit:
    """`times` calls of a team in any `window_s` seconds; 0 times means no limit."""

    def __init__(self, what: str, times: int, window_s: float, clock: Clock) -> None:
        self._what = what
        self._times = times
        self._window_s = window_s
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def check(self, team_id: str) -> None:
        """Count a call; raises `ApiError` (429) with the seconds after which the next one is allowed."""
        if not self._times:
            return
        now = self._clock.now()
        if len(self._calls) >= _FORGET_AT:
            self._forget(now)
        calls = self._calls.setdefault(team_id, deque())
        while calls and calls[0] <= now - self._window_s:
            calls.popleft()
        if len(calls) >= self._times:
            raise ApiError(
                RESOURCE_EXHAUSTED,
                f"Too many requests for team {team_id}: rate limit is - {self._what} per {_span(self._window_s)} "
                f"(actual/limit): {len(calls) + 1}/{self._times}.",
                retry_after_s=max(calls[0] + self._window_s - now, 0.0),
            )
        calls.append(now)

    def _forget(self, now: float) -> None:
        quiet = [team for team, calls in self._calls.items() if not calls or calls[-1] <= now - self._window_s]
        for team in quiet:
            del self._calls[team]


def _span(seconds: float) -> str:
    return "Second" if seconds == 1 else f"{math.ceil(seconds)} Seconds"
