"""Usage by team and day, and where a result is to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both. Usage begins now: what finished before is not summed."""
    op.add_column("requests", sa.Column("upload_url", sa.Text))
    condition = sa.text("upload_url IS NOT NULL")
    op.create_index(
        "requests_with_upload_url",
        "requests",
        ["finished_at"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
    op.create_table(
        "usage",
        sa.Column("team_id", sa.String, primary_key=True, nullable=False),
        sa.Column("day", sa.String, primary_key=True, nullable=False),
        sa.Column("requests", sa.BigInteger, nullable=False),
        sa.Column("images", sa.BigInteger, nullable=False),
        sa.Column("video_seconds", sa.Double, nullable=False),
        sa.Column("input_images", sa.BigInteger, nullable=False),
        sa.Column("cost_in_usd_ticks", sa.BigInteger, nullable=False),
    )
