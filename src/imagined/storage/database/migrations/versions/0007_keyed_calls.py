"""Calls that clients name by a key of their own, and how they were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table. Calls that were named before are known by their requests alone, and no longer by name."""
    op.create_table(
        "keyed_calls",
        sa.Column("team_id", sa.String, primary_key=True, nullable=False),
        sa.Column("key_hash", sa.String, primary_key=True, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("call_id", sa.String, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("turn", sa.String, nullable=False),
        sa.Column("held_until", sa.Double, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.LargeBinary),
        sa.Column("body", sa.LargeBinary),
        sa.Column("request_id", sa.String),
    )
    op.create_index("keyed_calls_expiring", "keyed_calls", ["expires_at"])
    running = sa.text("state = 'running'")
    op.create_index("keyed_calls_running", "keyed_calls", ["owner"], sqlite_where=running, postgresql_where=running)
