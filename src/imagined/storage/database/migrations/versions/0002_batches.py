"""Batches, and requests that belong to one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table, and to requests what ties them to it."""
    for column in (
        sa.Column("batch_id", sa.String),
        sa.Column("batch_request_id", sa.String().with_variant(sa.String(collation="C"), "postgresql")),
        sa.Column("as_base64", sa.Boolean),
    ):
        op.add_column("requests", column)
    # A team's place in the queue is counted for each priority: its batches do not push back what it waits for.
    op.drop_index("requests_queued_by_team", "requests")
    _partial_index("requests_queued_by_team", "requests", ["team_id", "priority", "vt"], "state = 'queued'")
    counted = ["batch_id", "state", "operation", "cost_in_usd_ticks"]
    _partial_index("requests_by_batch", "requests", counted, "batch_id IS NOT NULL")
    named = ["batch_id", "batch_request_id"]
    _partial_index("requests_by_batch_request_id", "requests", named, "batch_id IS NOT NULL", unique=True)
    _batches()


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("key_id", sa.String, nullable=False),
        sa.Column("acls", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
        sa.Column("forgotten_at", sa.Double, nullable=False),
        sa.Column("input_file_id", sa.String),
        sa.Column("input_sha256", sa.String),
        sa.Column("cancelled_at", sa.Double),
        sa.Column("refusal", sa.Text),
        sa.Column("lines_read", sa.Integer),
    )
    op.create_index("batches_by_team", "batches", ["team_id", "created_at", "id"])
    op.create_index("batches_by_forgotten_at", "batches", ["forgotten_at"])
    _partial_index("batches_unread", "batches", ["input_sha256"], "lines_read IS NOT NULL")
