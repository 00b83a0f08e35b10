"""Webhooks: endpoints, and the outbox of what is sent to them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    text = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=text, postgresql_where=text)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("key_id", sa.String, nullable=False),
        sa.Column("request_id", sa.String),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("rotated_at", sa.Double),
        sa.Column("failing_since", sa.Double),
        sa.Column("disabled_at", sa.Double),
        sa.Column("disabled_reason", sa.Text),
    )
    op.create_index("webhooks_by_subject", "webhooks", ["subject", "team_id"])
    op.create_index("webhooks_by_team", "webhooks", ["team_id", "created_at", "id"])
    _partial_index("webhooks_of_requests", "webhooks", ["request_id"], "request_id IS NOT NULL")
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("webhook_id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("event_id", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("request_id", sa.String),
        sa.Column("sent_elsewhere", sa.Boolean, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("reason", sa.Text),
        sa.Column("occurred_at", sa.Double, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("due_since", sa.Double, nullable=False),
        sa.Column("next_attempt_at", sa.Double),
        sa.Column("attempted_at", sa.Double),
        sa.Column("ended_at", sa.Double),
        sa.Column("holder", sa.String),
    )
    _partial_index(
        "webhook_deliveries_due",
        "webhook_deliveries",
        ["next_attempt_at", "host", "team_id", "id", "state"],
        "state = 'pending'",
    )
    op.create_index("webhook_deliveries_by_webhook", "webhook_deliveries", ["webhook_id", "created_at", "id"])
    _partial_index("webhook_deliveries_ended", "webhook_deliveries", ["ended_at"], "ended_at IS NOT NULL")
