"""The outbox's side of the end of a request: events are written in the transaction that ends it."""

from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from imagined.storage.database.port import Row, Statement, Transaction
from imagined.storage.database.tables import requests
from imagined.storage.database.webhook_tables import webhook_deliveries, webhooks
from imagined.webhooks.events import delivery_id_of, event_id_of

_R: Final = requests.c
_W: Final = webhooks.c

_LISTENERS: Final = Statement(
    select(
        *(_R[name] for name in ("team_id", "state", "finished_at", "upload_url")),
        *(_W[name] for name in ("host", "events")),
        _W.id.label("webhook_id"),
    )
    .select_from(requests.join(webhooks, _W.subject.in_((_R.id, _R.key_id))))
    .where(
        _R.id == bindparam("ended"),
        _R.batch_id.is_(None),
        _W.team_id == _R.team_id,
        _W.disabled_at.is_(None),
    )
)
_INSERT: Final = Statement(insert(webhook_deliveries))


async def announce(tx: Transaction, request_id: str, now: float, *, only: str | None = None) -> None:
    """Make the end of a request due at every endpoint that is to be told of it, or at `only` one.

    Call it in the transaction that has just ended the request. Where nobody listens it is one look-up by two keys.
    """
    for row in await tx.all(_LISTENERS, ended=request_id):
        kind = f"request.{row['state']}"
        if kind in row["events"].split(",") and only in (None, row["webhook_id"]):
            await insert_delivery(tx, _delivery(row, request_id, kind, now))


async def insert_delivery(tx: Transaction, values: dict[str, Any]) -> None:
    """Add a row that was never attempted."""
    fresh = {"state": "pending", "attempts": 0}
    later = dict.fromkeys(("status", "reason", "attempted_at", "ended_at", "holder"))
    await tx.run(_INSERT, **(values | fresh | later))


def _delivery(row: Row, request_id: str, kind: str, now: float) -> dict[str, Any]:
    return {
        "id": delivery_id_of(row["webhook_id"], request_id),
        "webhook_id": row["webhook_id"],
        "team_id": row["team_id"],
        "host": row["host"],
        "event_id": event_id_of(request_id),
        "type": kind,
        "request_id": request_id,
        "sent_elsewhere": row["upload_url"] is not None,
        "occurred_at": row["finished_at"],
        "created_at": now,
        "due_since": now,
        "next_attempt_at": now,
    }
