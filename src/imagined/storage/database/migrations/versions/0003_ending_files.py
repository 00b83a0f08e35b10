"""Files that end, in the order of the list, for filters on `expires_at`."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index; few files have an end, so that it is small."""
    ends = sa.text("expires_at IS NOT NULL")
    op.create_index("files_ending", "files", ["team_id", "created_at", "id"], sqlite_where=ends, postgresql_where=ends)
