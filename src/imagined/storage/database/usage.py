"""Usage summed by team and day, on the database port."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import bindparam, select, text

from imagined.contract.usage import Consumption, DailyUsage, day_of
from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.tables import usage

_C: Final = usage.c
_SUMMED: Final = ("requests", "images", "video_seconds", "input_images", "cost_in_usd_ticks")

# SQLite and PostgreSQL write this alike; SQLAlchemy has a construct of its own for each.
_ADD: Final = Statement(
    text(
        f"INSERT INTO usage (team_id, day, {', '.join(_SUMMED)}) "  # noqa: S608 - names from above
        f"VALUES (:team_id, :day, {', '.join(f':{name}' for name in _SUMMED)}) "
        "ON CONFLICT (team_id, day) DO UPDATE SET "
        + ", ".join(f"{name} = usage.{name} + excluded.{name}" for name in _SUMMED)
    )
)
_DAYS: Final = Statement(
    select(*(_C[name] for name in ("day", *_SUMMED)))
    .where(_C.team_id == bindparam("team"), _C.day >= bindparam("first"), _C.day <= bindparam("last"))
    .order_by(_C.day)
)
_TEAMS: Final = Statement(select(_C.team_id).distinct().order_by(_C.team_id))


async def add_usage(tx: Transaction, team_id: str, now: float, made: Consumption, cost_in_usd_ticks: int) -> None:
    """Count one finished request, inside the transaction that finishes it."""
    row = msgspec.structs.asdict(made) | {"requests": 1, "cost_in_usd_ticks": cost_in_usd_ticks}
    await tx.run(_ADD, team_id=team_id, day=day_of(now), **row)


class SqlUsageStore:
    """`UsageStore` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def days(self, team_id: str, first: str, last: str) -> Sequence[DailyUsage]:
        """Days with usage, in order."""

        async def work(tx: Transaction) -> Sequence[Row]:
            return await tx.all(_DAYS, team=team_id, first=first, last=last)

        return [msgspec.convert(dict(row), DailyUsage) for row in await self._database.read(work)]

    async def teams(self) -> Sequence[str]:
        """Teams that have ever finished a request."""

        async def work(tx: Transaction) -> Sequence[Row]:
            return await tx.all(_TEAMS)

        return [str(row["team_id"]) for row in await self._database.read(work)]
