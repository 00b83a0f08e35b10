"""The outbox, on the database port.

A claim makes a delivery due again later, so that nothing has to notice a server that died with it: the next look finds
it. What a holder writes carries its name and the number of its attempt.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import and_, bindparam, delete, literal_column, select, update

from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.tables import requests
from imagined.storage.database.webhook_tables import webhook_deliveries, webhooks
from imagined.storage.database.webhooks import REMOVED, delivery_of, webhook_of
from imagined.webhooks.ports import Delivery, Due, Outcome, Parcel, Webhook

_W: Final = webhooks.c
_D: Final = webhook_deliveries.c
# Spelled out, not a parameter: a partial index is used only where the text of its condition is seen.
_PENDING: Final = _D.state == literal_column("'pending'")

_DUE: Final = Statement(
    select(_D.id, _D.team_id, _D.host)
    .where(
        _PENDING,
        _D.next_attempt_at <= bindparam("now"),
        _D.host.not_in(bindparam("hosts", expanding=True)),
        _D.team_id.not_in(bindparam("teams", expanding=True)),
    )
    .order_by(_D.next_attempt_at)
    .limit(bindparam("count"))
)
_CLAIM: Final = Statement(
    update(webhook_deliveries)
    .where(_D.id == bindparam("delivery"), _PENDING, _D.next_attempt_at <= bindparam("now"))
    .values(
        attempts=_D.attempts + 1,
        holder=bindparam("by"),
        attempted_at=bindparam("now"),
        next_attempt_at=bindparam("until"),
    )
)
_PARCEL: Final = Statement(
    select(
        *(_D[name].label(f"d_{name}") for name in Delivery.__struct_fields__),
        *(_W[name].label(f"w_{name}") for name in Webhook.__struct_fields__),
    )
    .select_from(webhook_deliveries.join(webhooks, _W.id == _D.webhook_id))
    .where(_D.id == bindparam("delivery"), _W.team_id != REMOVED)
)
_DROP: Final = Statement(delete(webhook_deliveries).where(_D.id == bindparam("delivery")))
_HELD: Final = and_(
    _D.id == bindparam("delivery"),
    _PENDING,
    _D.holder == bindparam("by"),
    _D.attempts == bindparam("attempt"),
)
_SETTLE: Final = Statement(
    update(webhook_deliveries)
    .where(_HELD)
    .values(
        state=bindparam("outcome"),
        status=bindparam("answered"),
        reason=bindparam("because"),
        next_attempt_at=bindparam("next"),
        ended_at=bindparam("ended"),
        holder=None,
    )
)
_RELEASE: Final = Statement(
    update(webhook_deliveries)
    .where(_HELD)
    .values(attempts=_D.attempts - 1, next_attempt_at=bindparam("now"), holder=None)
)
_RECOVER: Final = Statement(
    update(webhook_deliveries)
    .where(_PENDING, _D.holder.startswith(bindparam("prefix")))
    .values(next_attempt_at=bindparam("now"), holder=None)
)
_WORKS: Final = Statement(
    update(webhooks).where(_W.id == bindparam("webhook"), _W.failing_since.is_not(None)).values(failing_since=None)
)
_FAILS: Final = Statement(
    update(webhooks)
    .where(_W.id == bindparam("webhook"), _W.failing_since.is_(None))
    .values(failing_since=bindparam("now"))
)
_DISABLE: Final = Statement(
    update(webhooks)
    .where(_W.id == bindparam("webhook"), _W.disabled_at.is_(None))
    .values(disabled_at=bindparam("now"), disabled_reason=bindparam("because"))
)
_FAIL_REST: Final = Statement(
    update(webhook_deliveries)
    .where(_D.webhook_id == bindparam("webhook"), _PENDING)
    .values(state="failed", reason=bindparam("because"), next_attempt_at=None, ended_at=bindparam("now"), holder=None)
)
_FORGET: Final = Statement(
    delete(webhook_deliveries).where(
        _D.id.in_(select(_D.id).where(_D.ended_at <= bindparam("before")).limit(bindparam("count")))
    )
)
_ARE_REMOVED: Final = _W.team_id == literal_column(f"'{REMOVED}'")
_FORGET_REMOVED_LOGS: Final = Statement(
    delete(webhook_deliveries).where(
        _D.id.in_(select(_D.id).where(_D.webhook_id.in_(select(_W.id).where(_ARE_REMOVED))).limit(bindparam("count")))
    )
)
_NO_LOG: Final = ~select(_D.id).where(_D.webhook_id == _W.id).exists()
_REQUEST_FORGOTTEN: Final = and_(
    _W.request_id.is_not(None), ~select(requests.c.id).where(requests.c.id == _W.request_id).exists()
)
_FORGET_REMOVED: Final = Statement(delete(webhooks).where(_ARE_REMOVED, _NO_LOG))
_FORGET_SPENT: Final = Statement(
    delete(webhooks).where(_W.id.in_(select(_W.id).where(_REQUEST_FORGOTTEN, _NO_LOG).limit(bindparam("count"))))
)


class SqlOutbox:
    """The `Outbox` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(
        self, now: float, limit: int, *, hosts: Collection[str] = (), teams: Collection[str] = ()
    ) -> Sequence[Due]:
        """Deliveries that are due."""
        # Idle servers ask all the time, and the index answers at once; a busy host's backlog has to be passed over.
        # No list is empty: that is another statement, and a slower one.
        passed = {"hosts": ["", *hosts], "teams": ["", *teams]}
        rows = await self._database.read(
            lambda tx: tx.all(_DUE, now=now, count=limit, **passed),
            brief=not (hosts or teams),
        )
        return [Due(**row) for row in rows]

    async def claim(self, delivery_ids: Sequence[str], holder: str, now: float, lease_s: float) -> Sequence[Parcel]:
        """Take those that are still due."""

        async def work(tx: Transaction) -> list[Parcel]:
            taken = []
            for name in delivery_ids:
                if not await tx.run(_CLAIM, delivery=name, by=holder, now=now, until=now + lease_s):
                    continue
                row = await tx.one(_PARCEL, delivery=name)
                if row is None:
                    # Its endpoint was removed, and nobody can see it any more.
                    await tx.run(_DROP, delivery=name)
                else:
                    taken.append(_parcel(row))
            return taken

        return await self._database.write(work)

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Write down what became of an attempt."""
        webhook_id = parcel.webhook.id
        ended = None if outcome.state == "pending" else outcome.at

        async def work(tx: Transaction) -> bool:
            if not await tx.run(
                _SETTLE,
                **_fence(parcel),
                outcome=outcome.state,
                answered=outcome.status,
                because=outcome.reason,
                next=outcome.next_attempt_at,
                ended=ended,
            ):
                return False
            if outcome.state == "delivered":
                await tx.run(_WORKS, webhook=webhook_id)
            elif outcome.is_receivers:
                await tx.run(_FAILS, webhook=webhook_id, now=outcome.at)
            if outcome.disable is not None:
                await tx.run(_DISABLE, webhook=webhook_id, now=outcome.at, because=outcome.disable)
                await tx.run(_FAIL_REST, webhook=webhook_id, now=outcome.at, because=outcome.disable)
            return True

        return await self._database.write(work)

    async def release(self, parcel: Parcel, now: float) -> None:
        """Give an attempt back uncounted."""
        await self._database.write(lambda tx: tx.run(_RELEASE, **_fence(parcel), now=now))

    async def recover(self, holder_prefix: str, now: float) -> int:
        """Make due what a dead server held."""
        return await self._database.write(lambda tx: tx.run(_RECOVER, prefix=holder_prefix, now=now))

    async def purge(self, before: float, limit: int) -> int:
        """Forget a portion of what is over."""

        async def work(tx: Transaction) -> int:
            return (
                await tx.run(_FORGET, before=before, count=limit)
                or await tx.run(_FORGET_REMOVED_LOGS, count=limit)
                or await tx.run(_FORGET_REMOVED)
                or await tx.run(_FORGET_SPENT, count=limit)
            )

        return await self._database.write(work)


def _parcel(row: Row) -> Parcel:
    return Parcel(delivery=delivery_of(_part(row, "d_")), webhook=webhook_of(_part(row, "w_")))


def _part(row: Row, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}


def _fence(parcel: Parcel) -> dict[str, Any]:
    return {"delivery": parcel.delivery.id, "by": parcel.delivery.holder, "attempt": parcel.delivery.attempts}
