"""Usage and cost, summed by team and day, for whoever pays."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

import msgspec

from imagined.contract.access import Caller
from imagined.contract.environment import Clock
from imagined.contract.errors import invalid, shown
from imagined.contract.usage import DailyUsage, day_of

MAX_DAYS: Final = 366
DEFAULT_DAYS: Final = 30
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class UsageStore(Protocol):
    """The table of daily sums. It grows in the transaction that finishes a request, and outlives the request's row."""

    async def days(self, team_id: str, first: str, last: str) -> Sequence[DailyUsage]:
        """Days with usage from `first` to `last`, both included, in order."""
        ...

    async def teams(self) -> Sequence[str]:
        """Teams that have ever finished a request, sorted."""
        ...


class UsageReport(msgspec.Struct, frozen=True, kw_only=True):
    """A team's usage over a span of days, both ends included; days without any are left out."""

    team_id: str
    first: str
    last: str
    days: tuple[DailyUsage, ...]

    @property
    def total(self) -> DailyUsage:
        """All days together, under an empty day."""
        return summed(self.days)


class UsageService:
    """Reads what a caller's team has used."""

    def __init__(self, store: UsageStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def report(self, caller: Caller, first: str | None = None, last: str | None = None) -> UsageReport:
        """Usage from day `first` to day `last`; left out, the last 30 days. Raises `ApiError` for what is no span."""
        begin, end = span(first, last, day_of(self._clock.now()))
        days = await self._store.days(caller.team_id, begin, end)
        return UsageReport(team_id=caller.team_id, first=begin, last=end, days=tuple(days))


def span(first: str | None, last: str | None, today: str) -> tuple[str, str]:
    """First and last day of a report; raises `ApiError`."""
    end = datetime.date.fromisoformat(today) if last is None else _parsed("to", last)
    days_before = min(DEFAULT_DAYS - 1, end.toordinal() - 1)
    begin = end - datetime.timedelta(days=days_before) if first is None else _parsed("from", first)
    if begin > end:
        raise invalid("from: must not be later than to.")
    if (end - begin).days >= MAX_DAYS:
        raise invalid(f"from: at most {MAX_DAYS} days can be reported at once.")
    return begin.isoformat(), end.isoformat()


def summed(days: Iterable[DailyUsage]) -> DailyUsage:
    """Several days together, under an empty day."""
    listed = list(days)
    return DailyUsage(
        day="",
        requests=sum(day.requests for day in listed),
        images=sum(day.images for day in listed),
        video_seconds=sum(day.video_seconds for day in listed),
        input_images=sum(day.input_images for day in listed),
        cost_in_usd_ticks=sum(day.cost_in_usd_ticks for day in listed),
    )


def _parsed(name: str, text: str) -> datetime.date:
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise invalid(f"{name}: {shown(text)} is no day; write it as YYYY-MM-DD.")
