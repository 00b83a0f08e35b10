"""The steps of a running request, and indices to count what waits and runs by team."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INDICES = {
    "requests_queued_by_team": (["team_id", "priority", "vt", "engine"], "state = 'queued'"),
    "requests_running_by_team": (["team_id"], "state = 'running'"),
    "requests_by_team": (["team_id", "created_at", "id"], None),
}


def upgrade() -> None:
    """Add the columns and indices; drop a column that nothing ever read."""
    op.drop_index("requests_queued_by_team", "requests")
    op.drop_index("requests_by_team", "requests")
    op.drop_column("requests", "cancel_requested")
    for name in ("step", "steps"):
        op.add_column("requests", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    for index, (columns, state) in _INDICES.items():
        where = None if state is None else sa.text(state)
        op.create_index(index, "requests", columns, sqlite_where=where, postgresql_where=where)
