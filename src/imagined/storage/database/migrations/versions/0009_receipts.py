"""Receipts in a table of their own, with an index of the inputs that they name."""

import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_SAME = ("attempt", "operation", "model", "engine", "seed", "accepted_at", "claimed_at", "started_at", "finished_at")


def upgrade() -> None:
    """Add both tables, move the receipts of present outputs there, and take the column away."""
    receipts = op.create_table(
        "receipts",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("file_id", sa.String),
        sa.Column("operation", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    parents = op.create_table(
        "receipt_parents",
        sa.Column("receipt_id", sa.String, primary_key=True, nullable=False),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("file_id", sa.String),
        sa.Column("host", sa.String),
        sa.Column("timestamp_s", sa.Double),
    )
    _move(receipts, parents)
    op.create_index("receipts_by_sha256", "receipts", ["team_id", "sha256", "created_at", "id"])
    op.create_index("receipt_parents_by_sha256", "receipt_parents", ["team_id", "sha256", "receipt_id"])
    op.drop_column("outputs", "receipt")


def _move(receipts: sa.Table, parents: sa.Table) -> None:
    """One after the other: receipts may be many, and each is read whole."""
    bind = op.get_bind()
    after = ""
    page = sa.text(
        "SELECT token, request_id, team_id, position, sha256, created_at, receipt FROM outputs "
        "WHERE token > :after ORDER BY token LIMIT 200"
    )
    while rows := bind.execute(page, {"after": after}).mappings().all():
        for row in rows:
            _insert(bind, receipts, parents, dict(row))
        after = rows[-1]["token"]


def _insert(bind: sa.Connection, receipts: sa.Table, parents: sa.Table, row: dict[str, Any]) -> None:
    old = json.loads(bytes(row["receipt"]))
    request = old.pop("request", None)
    if not isinstance(request, dict) or not {*_SAME, "parameters"} <= request.keys():
        # Written before there was enough to tell.
        return
    key = f"{row['request_id']}/{row['position']}"
    given = [_parent(request, place, parent) for place, parent in enumerate(request.get("parents", []))]
    body = json.dumps(_body(row, old, request, given), separators=(",", ":")).encode()
    bind.execute(
        receipts.insert(),
        {
            **{name: row[name] for name in ("team_id", "request_id", "position", "sha256", "created_at")},
            **{name: request[name] for name in ("operation", "model", "seed")},
            "id": key,
            "file_id": _file_of(bind, row),
            "prompt": str(request["parameters"].get("prompt", ""))[:500],
            "body": zlib.compress(body),
        },
    )
    for place, parent in enumerate(given):
        values = {**parent, "receipt_id": key, "place": place, "team_id": row["team_id"]}
        bind.execute(parents.insert(), {"host": None, "timestamp_s": None, **values})


def _body(
    row: dict[str, Any], old: dict[str, Any], request: dict[str, Any], parents: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "version": 1,
        "request_id": row["request_id"],
        "position": row["position"],
        **{name: request[name] for name in _SAME},
        "model_version": "",
        "model_fingerprint": "",
        "engine_digest": str(old.get("digest", "")),
        "parameters": request["parameters"],
        "parents": parents,
        "made": old,
    }


def _parent(request: dict[str, Any], place: int, parent: dict[str, Any]) -> dict[str, Any]:
    """What used to be kept said neither role nor origin: both are told as far as the operation tells them."""
    operation = request["operation"]
    if operation in ("edit_video", "extend_video"):
        role = "video"
    elif operation == "generate_video":
        role = "reference" if place or request["parameters"].get("aspect_ratio") else "first_frame"
    else:
        role = "image"
    file_id = parent.get("file_id")
    return {"role": role, "origin": "file" if file_id else "data", "sha256": parent["sha256"], "file_id": file_id}


def _file_of(bind: sa.Connection, row: dict[str, Any]) -> str | None:
    """The file a result was stored as: its request's items say so, while they are kept."""
    found = bind.execute(sa.text("SELECT items FROM requests WHERE id = :id"), {"id": row["request_id"]}).scalar()
    items = json.loads(bytes(found)) if found else []
    if row["position"] >= len(items):
        return None
    stored = items[row["position"]].get("file_output") or {}
    return stored.get("file_id")
