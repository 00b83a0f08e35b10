"""The tables, for every dialect. Times are unix seconds as doubles; bytes columns hold msgspec JSON.

A change here needs a numbered migration beside it; a test compares both. Conditions of partial indices are SQLite's
only: naming PostgreSQL's here would import its dialect, a tenth of a second at every start; the migrations have both.
"""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata: Final = MetaData()

_NAME = String().with_variant(String(collation="C"), "postgresql")
"""Text in code point order on every dialect, as the list's sort by file name promises."""

files: Final = Table(
    "files",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", String, nullable=False),
    Column("filename", _NAME, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content_type", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double),
    Column("public_token", String),
    Column("public_expires_at", Double),
)
# One index for each order of the list, with the id as the last key that makes the order total.
Index("files_by_created_at", files.c.team_id, files.c.created_at, files.c.id)
Index("files_by_filename", files.c.team_id, files.c.filename, files.c.id)
Index("files_by_size", files.c.team_id, files.c.size, files.c.id)
Index("files_by_content_type", files.c.team_id, files.c.content_type, files.c.created_at, files.c.id)
Index("files_by_sha256", files.c.sha256)
Index("files_by_public_token", files.c.public_token, unique=True)
Index(
    "files_shared",
    files.c.team_id,
    files.c.created_at,
    files.c.id,
    sqlite_where=files.c.public_token.is_not(None),
)
Index(
    "files_ending",
    files.c.team_id,
    files.c.created_at,
    files.c.id,
    sqlite_where=files.c.expires_at.is_not(None),
)
Index(
    "files_expiring",
    files.c.expires_at,
    sqlite_where=files.c.expires_at.is_not(None),
)

requests: Final = Table(
    "requests",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("operation", String, nullable=False),
    Column("model", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("request_hash", String, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("vt", Double, nullable=False),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("max_attempts", Integer, nullable=False),
    Column("worker", String),
    Column("lease_until", Double),
    Column("run_after", Double, nullable=False),
    Column("progress", Integer, nullable=False),
    Column("phase", String),
    Column("step", Integer, nullable=False, server_default="0"),
    Column("steps", Integer, nullable=False, server_default="0"),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
    Column("finished_at", Double),
    Column("items", LargeBinary),
    Column("error_code", String),
    Column("error_message", Text),
    Column("cost_in_usd_ticks", BigInteger, nullable=False),
    # The next three are set on requests of a batch only.
    Column("batch_id", String),
    Column("batch_request_id", _NAME),
    Column("as_base64", Boolean),
    # A secret of the client's: kept only as long as the result it belongs to is shown.
    Column("upload_url", Text),
)
_QUEUED = requests.c.state == "queued"
_RUNNING = requests.c.state == "running"
# The order of claims, over what can be claimed only: its size is the queue's, not the history's.
Index(
    "requests_queued",
    requests.c.priority.desc(),
    requests.c.vt,
    requests.c.created_at,
    sqlite_where=_QUEUED,
)
Index("requests_leased", requests.c.lease_until, sqlite_where=_RUNNING)
Index("requests_running_by_team", requests.c.team_id, sqlite_where=_RUNNING)
Index("requests_by_hash", requests.c.team_id, requests.c.request_hash, requests.c.created_at)
Index("requests_by_team", requests.c.team_id, requests.c.created_at, requests.c.id)
# Also how many wait, by team and engine: counted from the index alone.
Index(
    "requests_queued_by_team",
    requests.c.team_id,
    requests.c.priority,
    requests.c.vt,
    requests.c.engine,
    sqlite_where=_QUEUED,
)
_IN_BATCH = requests.c.batch_id.is_not(None)
# Everything that a batch counts, so that counting reads the index alone.
Index(
    "requests_by_batch",
    requests.c.batch_id,
    requests.c.state,
    requests.c.operation,
    requests.c.cost_in_usd_ticks,
    sqlite_where=_IN_BATCH,
)
Index(
    "requests_by_batch_request_id",
    requests.c.batch_id,
    requests.c.batch_request_id,
    unique=True,
    sqlite_where=_IN_BATCH,
)
_UPLOADED = requests.c.upload_url.is_not(None)
Index("requests_with_upload_url", requests.c.finished_at, sqlite_where=_UPLOADED)

usage: Final = Table(
    "usage",
    metadata,
    Column("team_id", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("requests", BigInteger, nullable=False),
    Column("images", BigInteger, nullable=False),
    Column("video_seconds", Double, nullable=False),
    Column("input_images", BigInteger, nullable=False),
    Column("cost_in_usd_ticks", BigInteger, nullable=False),
)

batches: Final = Table(
    "batches",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("acls", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("forgotten_at", Double, nullable=False),
    Column("input_file_id", String),
    Column("input_sha256", String),
    Column("cancelled_at", Double),
    Column("refusal", Text),
    Column("lines_read", Integer),
)
Index("batches_by_team", batches.c.team_id, batches.c.created_at, batches.c.id)
Index("batches_by_forgotten_at", batches.c.forgotten_at)
_UNREAD = batches.c.lines_read.is_not(None)
Index("batches_unread", batches.c.input_sha256, sqlite_where=_UNREAD)

outputs: Final = Table(
    "outputs",
    metadata,
    Column("token", String, primary_key=True),
    Column("request_id", String, nullable=False),
    Column("team_id", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content_type", String, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
)
Index("outputs_by_sha256", outputs.c.sha256, outputs.c.team_id, outputs.c.created_at)
Index("outputs_by_request", outputs.c.request_id, outputs.c.position)
Index("outputs_expiring", outputs.c.expires_at)

# How each result was made. Rows outlive their output while something needs them: see `imagined.jobs.receipts`.
receipts: Final = Table(
    "receipts",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", String, nullable=False),
    Column("request_id", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("file_id", String),
    Column("operation", String, nullable=False),
    Column("model", String, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("created_at", Double, nullable=False),
    # Last, so that reading the others never touches its overflow pages.
    Column("body", LargeBinary, nullable=False),
)
Index("receipts_by_sha256", receipts.c.team_id, receipts.c.sha256, receipts.c.created_at, receipts.c.id)

receipt_parents: Final = Table(
    "receipt_parents",
    metadata,
    Column("receipt_id", String, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("team_id", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("role", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("file_id", String),
    Column("host", String),
    Column("timestamp_s", Double),
)
Index("receipt_parents_by_sha256", receipt_parents.c.team_id, receipt_parents.c.sha256, receipt_parents.c.receipt_id)

api_keys: Final = Table(
    "api_keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", String, nullable=False),
    Column("user_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("key_hash", String, nullable=False),
    Column("redacted_key", String, nullable=False),
    Column("acls", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("modified_at", Double, nullable=False),
    Column("revoked_at", Double),
)
Index("api_keys_by_hash", api_keys.c.key_hash, unique=True)
Index("api_keys_by_team", api_keys.c.team_id, api_keys.c.created_at)

# Calls that clients name by a key; only its hash is kept.
keyed_calls: Final = Table(
    "keyed_calls",
    metadata,
    Column("team_id", String, primary_key=True),
    Column("key_hash", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("state", String, nullable=False),
    Column("call_id", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("turn", String, nullable=False),
    Column("held_until", Double, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    # The rest is set once it is answered; no body means that it was too long to keep.
    Column("status", Integer),
    Column("headers", LargeBinary),
    Column("body", LargeBinary),
    Column("request_id", String),
)
Index("keyed_calls_expiring", keyed_calls.c.expires_at)
Index("keyed_calls_running", keyed_calls.c.owner, sqlite_where=keyed_calls.c.state == "running")
