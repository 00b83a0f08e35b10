"""What the contract suite cannot see of receipts: their room, their plans, and how those of an older schema come."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest

from imagined.contract.receipts import Receipt, ReceiptParent
from imagined.storage.database import receipts
from imagined.storage.database.migrations import migrate
from imagined.storage.database.port import Statement
from imagined.storage.database.receipts import SqlReceiptStore, packed, unpacked
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase


@pytest.mark.parametrize("body", [b"{}", b'{"a":1}' * 50, b'{"tower":' + b"1234567890" * 500 + b"}"])
def test_bodies_come_back_as_they_were(body: bytes) -> None:
    assert unpacked(packed(body)) == body


def test_long_bodies_take_less_room() -> None:
    body = json.dumps({"scene": [{"noun": "tower", "size": number / 7} for number in range(60)]}).encode()
    assert len(packed(body)) < len(body) / 2


PLANS = {
    "newest": (receipts._NEWEST, {"team": "t", "sha256": "a"}),
    "of file": (receipts._OF_FILE, {"team": "t", "sha256": "a", "file": "f"}),
    "made": (receipts._MADE, {"team": "t", "digests": ["a", "b"], "count": 9}),
    "made from": (receipts._MADE_FROM, {"team": "t", "digests": ["a", "b"], "count": 9}),
    "parents": (receipts._PARENTS, {"ids": ["a", "b"]}),
    "files": (receipts._FILES, {"team": "t", "digests": ["a", "b"], "now": 1.0, "count": 9}),
    "ephemeral": (receipts._EPHEMERAL, {"team": "t", "sha256": "a", "now": 1.0}),
    "page": (receipts._PAGE, {"after": "", "count": 9}),
    "unneeded": (receipts._UNNEEDED, {"ids": ["a", "b"]}),
    "parent receipts": (receipts._PARENT_RECEIPTS, {"ids": ["a", "b"]}),
}


@pytest.mark.parametrize("name", PLANS)
def test_no_statement_reads_a_whole_table(tmp_path: Path, name: str) -> None:
    migrate(tmp_path / "imagined.db")
    statement, parameters = PLANS[name]
    rendered, values = statement.render("sqlite", parameters)
    connection = sqlite3.connect(tmp_path / "imagined.db")
    steps = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {rendered.sql}", values)]
    connection.close()
    scans = [step for step in steps if step.startswith("SCAN") and "SUBQUERY" not in step]
    assert steps and not scans, steps


@pytest.mark.parametrize("name", PLANS)
def test_every_statement_is_also_one_of_postgresql(name: str) -> None:
    statement, parameters = PLANS[name]
    assert isinstance(statement, Statement)
    rendered, values = statement.render("postgresql", parameters)
    assert set(rendered.order) <= set(values)


OLD_RECEIPT = {
    "engine": "illustrator",
    "digest": "d1",
    "scene": {"setting": "city"},
    "seed": 2**63 - 1,
    "request": {
        "id": "r", "attempt": 2, "operation": "edit_image", "model": "m", "engine": "illustrator", "seed": 2**63 - 1,
        "parameters": {"prompt": "neon " * 200, "n": 1},
        "parents": [{"file_id": "file_in", "sha256": "aa"}, {"file_id": None, "sha256": "bb"}],
        "accepted_at": 1.0, "claimed_at": 2.0, "started_at": 3.0, "finished_at": 4.0,
    },
}  # fmt: skip


def _old_output(connection: sqlite3.Connection, token: str, receipt: Any, request_id: str = "r") -> None:
    values = (token, request_id, "team", 0, f"sha of {token}", 1, "image/jpeg", 4.0, 5.0, json.dumps(receipt).encode())
    connection.execute(f"INSERT INTO outputs VALUES ({', '.join('?' * len(values))})", values)


async def test_receipts_of_present_outputs_come_along(tmp_path: Path) -> None:
    path = tmp_path / "imagined.db"
    migrate(path, to="0005")
    connection = sqlite3.connect(path)
    _old_output(connection, "t", OLD_RECEIPT)
    _old_output(connection, "bare", {}, "elsewhere")
    for number in range(450):
        _old_output(connection, f"u{number}", OLD_RECEIPT, f"r{number}")
    items = json.dumps([{"file_output": {"file_id": "file_out"}}]).encode()
    columns = (
        "id, team_id, key_id, operation, model, engine, payload, request_hash, seed, priority, vt, state, attempt, "
    )
    columns += "max_attempts, run_after, progress, cancel_requested, created_at, updated_at, cost_in_usd_ticks, items"
    row = ("r", "team", "k", "edit_image", "m", "e", b"", "h", 1, 0, 0.0, "done", 1, 3, 0.0, 100, False, 1.0, 1.0, 0)
    connection.execute(f"INSERT INTO requests ({columns}) VALUES ({', '.join('?' * 21)})", (*row, items))
    connection.commit()
    connection.close()

    migrate(path)
    database = SqliteDatabase(path)
    store = SqlReceiptStore(database)
    record = await store.receipt("team", "sha of t", "file_out")
    assert record is not None
    assert (record.file_id, record.operation, record.seed, len(record.prompt)) == (
        "file_out",
        "edit_image",
        2**63 - 1,
        500,
    )
    assert record.parents == (
        ReceiptParent(role="image", origin="file", sha256="aa", file_id="file_in"),
        ReceiptParent(role="image", origin="data", sha256="bb"),
    )
    receipt = msgspec.json.decode(record.body, type=Receipt)
    assert receipt.made["scene"] == {"setting": "city"} and "request" not in receipt.made
    assert (receipt.engine_digest, receipt.attempt, receipt.finished_at) == ("d1", 2, 4.0)
    assert receipt.parameters["prompt"] == "neon " * 200
    assert await store.receipt("team", "sha of bare", None) is None
    assert len(await store.made_from("team", ["bb"], 1_000)) == 451
    assert await SqlRequestStore(database).receipt_of("team", "sha of t") == record.body
    await database.close()
