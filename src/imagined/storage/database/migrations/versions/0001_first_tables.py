"""Files, requests with their outputs, and keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything in an empty database."""
    _files()
    _requests()
    _outputs()
    _api_keys()


def _partial_index(name: str, table: str, columns: list[sa.ColumnElement[object] | str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("filename", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content_type", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("expires_at", sa.Double),
        sa.Column("public_token", sa.String),
        sa.Column("public_expires_at", sa.Double),
    )
    op.create_index("files_by_created_at", "files", ["team_id", "created_at", "id"])
    op.create_index("files_by_filename", "files", ["team_id", "filename", "id"])
    op.create_index("files_by_size", "files", ["team_id", "size", "id"])
    op.create_index("files_by_content_type", "files", ["team_id", "content_type", "created_at", "id"])
    op.create_index("files_by_sha256", "files", ["sha256"])
    op.create_index("files_by_public_token", "files", ["public_token"], unique=True)
    _partial_index("files_shared", "files", ["team_id", "created_at", "id"], "public_token IS NOT NULL")
    _partial_index("files_expiring", "files", ["expires_at"], "expires_at IS NOT NULL")


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("key_id", sa.String, nullable=False),
        sa.Column("operation", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("request_hash", sa.String, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("vt", sa.Double, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("max_attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.String),
        sa.Column("lease_until", sa.Double),
        sa.Column("run_after", sa.Double, nullable=False),
        sa.Column("progress", sa.Integer, nullable=False),
        sa.Column("phase", sa.String),
        sa.Column("cancel_requested", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("updated_at", sa.Double, nullable=False),
        sa.Column("finished_at", sa.Double),
        sa.Column("items", sa.LargeBinary),
        sa.Column("error_code", sa.String),
        sa.Column("error_message", sa.Text),
        sa.Column("cost_in_usd_ticks", sa.BigInteger, nullable=False),
    )
    in_order: list[sa.ColumnElement[object] | str] = [sa.literal_column("priority DESC"), "vt", "created_at"]
    _partial_index("requests_queued", "requests", in_order, "state = 'queued'")
    _partial_index("requests_leased", "requests", ["lease_until"], "state = 'running'")
    op.create_index("requests_by_hash", "requests", ["team_id", "request_hash", "created_at"])
    op.create_index("requests_by_team", "requests", ["team_id", "created_at"])
    _partial_index("requests_queued_by_team", "requests", ["team_id", "vt"], "state = 'queued'")


def _outputs() -> None:
    op.create_table(
        "outputs",
        sa.Column("token", sa.String, primary_key=True, nullable=False),
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content_type", sa.String, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
        sa.Column("receipt", sa.LargeBinary, nullable=False),
    )
    op.create_index("outputs_by_sha256", "outputs", ["sha256", "team_id", "created_at"])
    op.create_index("outputs_by_request", "outputs", ["request_id", "position"])
    op.create_index("outputs_expiring", "outputs", ["expires_at"])


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("user_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("key_hash", sa.String, nullable=False),
        sa.Column("redacted_key", sa.String, nullable=False),
        sa.Column("acls", sa.Text, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("modified_at", sa.Double, nullable=False),
        sa.Column("revoked_at", sa.Double),
    )
    op.create_index("api_keys_by_hash", "api_keys", ["key_hash"], unique=True)
    op.create_index("api_keys_by_team", "api_keys", ["team_id", "created_at"])
