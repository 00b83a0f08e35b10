"""The endpoints and their log, on the database port."""

from collections.abc import Sequence
from typing import Any, Final, cast

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, tuple_, update
from sqlalchemy.sql import Select

from imagined.contract import errors
from imagined.contract.requests import Operation
from imagined.storage.database.announcements import announce, insert_delivery
from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.tables import requests
from imagined.storage.database.webhook_tables import webhook_deliveries, webhooks
from imagined.webhooks import rules
from imagined.webhooks.ports import Delivery, Place, Scope, Webhook

_W: Final = webhooks.c
_D: Final = webhook_deliveries.c

REMOVED: Final = ""
"""The team of an endpoint that is removed and whose log is not purged yet."""
WEBHOOK: Final = tuple(_W[name] for name in Webhook.__struct_fields__)
DELIVERY: Final = tuple(_D[name] for name in Delivery.__struct_fields__)


def _seen() -> ColumnElement[bool]:
    """What a scope sees; an empty key means every key of the team."""
    of_key = or_(bindparam("key") == "", _W.key_id == bindparam("key"))
    return and_(_W.team_id == bindparam("team"), of_key)


def _pages(rows: Select[Any], time: Any, name: Any) -> tuple[Statement, Statement]:
    """The first page and the others, the newest row first."""
    ordered = rows.order_by(time.desc(), name.desc()).limit(bindparam("count"))
    behind = tuple_(time, name) < tuple_(bindparam("time", type_=time.type), bindparam("last"))
    return Statement(ordered), Statement(ordered.where(behind))


_REQUEST: Final = Statement(
    select(requests.c.id, requests.c.batch_id, requests.c.finished_at, requests.c.operation)
    .where(requests.c.id == bindparam("request"), requests.c.team_id == bindparam("team"))
    # On PostgreSQL: the end of the request comes before this transaction, which then sees it, or after it, and sees us.
    .with_for_update()
)
_OPERATION: Final = Statement(
    select(requests.c.operation).where(requests.c.id == bindparam("request"), requests.c.team_id == bindparam("team"))
)
_COUNT: Final = Statement(
    select(func.count().label("count")).select_from(webhooks).where(_W.subject == bindparam("subject"))
)
_INSERT: Final = Statement(insert(webhooks))
_GET: Final = Statement(select(*WEBHOOK).where(_W.id == bindparam("webhook"), _seen()))
_FIRST_PAGE, _PAGE = _pages(select(*WEBHOOK).where(_seen()), _W.created_at, _W.id)
# Belonging to nobody it is seen by nobody, and told of nothing; a long log is removed in portions, by the purge.
_REMOVE: Final = Statement(
    update(webhooks)
    .where(_W.id == bindparam("webhook"), _seen())
    .values(team_id=REMOVED, subject=REMOVED, request_id=None, url="", description="")
)
_ROTATE: Final = Statement(
    update(webhooks)
    .where(_W.id == bindparam("webhook"), _seen())
    .values(generation=_W.generation + 1, rotated_at=bindparam("now"))
    .returning(*WEBHOOK)
)
_ENABLE: Final = Statement(
    update(webhooks)
    .where(_W.id == bindparam("webhook"), _seen())
    .values(disabled_at=None, disabled_reason=None, failing_since=None)
    .returning(*WEBHOOK)
)
_FIRST_LOG, _LOG = _pages(select(*DELIVERY).where(_D.webhook_id == bindparam("webhook")), _D.created_at, _D.id)
_PENDING_TEST: Final = Statement(
    select(*DELIVERY).where(_D.webhook_id == bindparam("webhook"), _D.type == rules.TEST, _D.state == "pending")
)
_HOST: Final = Statement(select(_W.host).where(_W.id == bindparam("webhook")))
_ONE_DELIVERY: Final = Statement(
    select(*DELIVERY, _W.disabled_at)
    .select_from(webhook_deliveries.join(webhooks, _W.id == _D.webhook_id))
    .where(_D.id == bindparam("delivery"), _seen())
)
_SEND_NOW: Final = Statement(
    update(webhook_deliveries)
    .where(_D.id == bindparam("delivery"), _D.state == "pending", _D.holder.is_(None))
    .values(next_attempt_at=bindparam("now"))
)
_SEND_AGAIN: Final = Statement(
    update(webhook_deliveries)
    .where(_D.id == bindparam("delivery"), _D.state != "pending")
    .values(
        state="pending",
        attempts=0,
        due_since=bindparam("now"),
        next_attempt_at=bindparam("now"),
        ended_at=None,
        holder=None,
    )
)


class SqlWebhookStore:
    """The `WebhookStore` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, webhook: Webhook, limit: int) -> None:
        """Check and commit an endpoint, and what it is to be told at once."""
        subject = webhook.request_id or webhook.key_id
        row = msgspec.structs.asdict(webhook) | {"events": ",".join(webhook.events), "subject": subject}

        async def work(tx: Transaction) -> None:
            ended = False
            if webhook.request_id is not None:
                found = await tx.one(_REQUEST, request=webhook.request_id, team=webhook.team_id)
                if found is None:
                    raise errors.request_not_found(webhook.request_id)
                rules.check_request(found["batch_id"])
                ended = found["finished_at"] is not None
            count = await tx.one(_COUNT, subject=subject)
            if count is not None and count["count"] >= limit:
                raise rules.too_many(limit, for_request=webhook.request_id is not None)
            await tx.run(_INSERT, **row)
            if ended and webhook.request_id is not None:
                await announce(tx, webhook.request_id, webhook.created_at, only=webhook.id)

        await self._database.write(work)

    async def operation_of(self, team_id: str, request_id: str) -> Operation | None:
        """What kind of request this is."""
        row = await self._database.read(lambda tx: tx.one(_OPERATION, request=request_id, team=team_id), brief=True)
        return None if row is None else cast(Operation, row["operation"])

    async def get(self, scope: Scope, webhook_id: str) -> Webhook | None:
        """An endpoint."""
        row = await self._database.read(lambda tx: tx.one(_GET, webhook=webhook_id, **_sight(scope)), brief=True)
        return None if row is None else webhook_of(row)

    async def page(self, scope: Scope, limit: int, after: Place | None) -> tuple[Sequence[Webhook], bool]:
        """One page, the newest first."""
        rows = await self._rows(_FIRST_PAGE, _PAGE, limit, after, **_sight(scope))
        return [webhook_of(row) for row in rows[:limit]], len(rows) > limit

    async def remove(self, scope: Scope, webhook_id: str) -> bool:
        """End an endpoint. Its deliveries are not found without it, and are purged later."""
        return await self._database.write(lambda tx: tx.run(_REMOVE, webhook=webhook_id, **_sight(scope))) > 0

    async def rotate(self, scope: Scope, webhook_id: str, now: float) -> Webhook | None:
        """Move to the next generation."""
        row = await self._database.write(lambda tx: tx.one(_ROTATE, webhook=webhook_id, now=now, **_sight(scope)))
        return None if row is None else webhook_of(row)

    async def enable(self, scope: Scope, webhook_id: str) -> Webhook | None:
        """Let a disabled endpoint be told again."""
        row = await self._database.write(lambda tx: tx.one(_ENABLE, webhook=webhook_id, **_sight(scope)))
        return None if row is None else webhook_of(row)

    async def log(self, webhook_id: str, limit: int, after: Place | None) -> tuple[Sequence[Delivery], bool]:
        """One page of deliveries, the newest first."""
        rows = await self._rows(_FIRST_LOG, _LOG, limit, after, webhook=webhook_id)
        return [delivery_of(row) for row in rows[:limit]], len(rows) > limit

    async def post_test(self, delivery: Delivery) -> Delivery:
        """Add a test event unless one is pending."""

        async def work(tx: Transaction) -> Delivery:
            pending = await tx.one(_PENDING_TEST, webhook=delivery.webhook_id)
            if pending is not None:
                return delivery_of(pending)
            endpoint = await tx.one(_HOST, webhook=delivery.webhook_id)
            if endpoint is None:
                raise errors.webhook_not_found(delivery.webhook_id)
            await insert_delivery(tx, msgspec.structs.asdict(delivery) | {"host": endpoint["host"]})
            return delivery

        return await self._database.write(work)

    async def resend(self, scope: Scope, delivery_id: str, now: float) -> Delivery | None:
        """Make a delivery due now."""

        async def work(tx: Transaction) -> Delivery | None:
            row = await tx.one(_ONE_DELIVERY, delivery=delivery_id, **_sight(scope))
            if row is None:
                return None
            if row["disabled_at"] is not None:
                raise rules.disabled()
            await tx.run(_SEND_NOW, delivery=delivery_id, now=now)
            await tx.run(_SEND_AGAIN, delivery=delivery_id, now=now)
            changed = await tx.one(_ONE_DELIVERY, delivery=delivery_id, **_sight(scope))
            return None if changed is None else delivery_of(changed)

        return await self._database.write(work)

    async def _rows(
        self, first: Statement, other: Statement, limit: int, after: Place | None, **sought: Any
    ) -> Sequence[Row]:
        if after is None:
            return await self._database.read(lambda tx: tx.all(first, count=limit + 1, **sought))
        place = {"time": after[0], "last": after[1]}
        return await self._database.read(lambda tx: tx.all(other, count=limit + 1, **place, **sought))


def webhook_of(row: Row) -> Webhook:
    """A row as an endpoint."""
    fields: dict[str, Any] = {name: row[name] for name in Webhook.__struct_fields__}
    return Webhook(**(fields | {"events": tuple(row["events"].split(","))}))


def delivery_of(row: Row) -> Delivery:
    """A row as a delivery."""
    fields: dict[str, Any] = {name: row[name] for name in Delivery.__struct_fields__}
    return Delivery(**(fields | {"sent_elsewhere": bool(row["sent_elsewhere"])}))


def _sight(scope: Scope) -> dict[str, str]:
    return {"team": scope.team_id, "key": scope.key_id or ""}
