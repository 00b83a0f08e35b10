"""The tables of webhooks, beside those of `tables`, with the same `metadata`."""

from typing import Final

from sqlalchemy import Boolean, Column, Double, Index, Integer, String, Table, Text

from imagined.storage.database.tables import metadata

webhooks: Final = Table(
    "webhooks",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("request_id", String),
    # The request's id, or else the key's: one look-up at the end of a request finds both kinds.
    Column("subject", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("host", String, nullable=False),
    Column("events", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("rotated_at", Double),
    Column("failing_since", Double),
    Column("disabled_at", Double),
    Column("disabled_reason", Text),
)
Index("webhooks_by_subject", webhooks.c.subject, webhooks.c.team_id)
Index("webhooks_by_team", webhooks.c.team_id, webhooks.c.created_at, webhooks.c.id)
Index("webhooks_of_requests", webhooks.c.request_id, sqlite_where=webhooks.c.request_id.is_not(None))

webhook_deliveries: Final = Table(
    "webhook_deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("webhook_id", String, nullable=False),
    Column("team_id", String, nullable=False),
    Column("host", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("type", String, nullable=False),
    Column("request_id", String),
    Column("sent_elsewhere", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),
    Column("reason", Text),
    Column("occurred_at", Double, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("due_since", Double, nullable=False),
    Column("next_attempt_at", Double),
    Column("attempted_at", Double),
    Column("ended_at", Double),
    Column("holder", String),
)
_PENDING = webhook_deliveries.c.state == "pending"
# All that choosing looks at, so that passing over the backlog of a busy host reads the index alone.
Index(
    "webhook_deliveries_due",
    webhook_deliveries.c.next_attempt_at,
    webhook_deliveries.c.host,
    webhook_deliveries.c.team_id,
    webhook_deliveries.c.id,
    webhook_deliveries.c.state,
    sqlite_where=_PENDING,
)
Index(
    "webhook_deliveries_by_webhook",
    webhook_deliveries.c.webhook_id,
    webhook_deliveries.c.created_at,
    webhook_deliveries.c.id,
)
Index(
    "webhook_deliveries_ended", webhook_deliveries.c.ended_at, sqlite_where=webhook_deliveries.c.ended_at.is_not(None)
)
