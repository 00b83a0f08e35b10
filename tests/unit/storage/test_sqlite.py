import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, delete, func, insert, select, update

from imagined.storage.database.migrations import migrate
from imagined.storage.database.port import (
    ConstraintError,
    DatabaseBusyError,
    DatabaseClosedError,
    DatabaseUnwritableError,
    Statement,
    Transaction,
)
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.tables import outputs

INSERT = Statement(insert(outputs))
COUNT = Statement(select(func.count().label("rows")).select_from(outputs))
GET = Statement(select(outputs).where(outputs.c.token == bindparam("token")))
RENAME = Statement(
    update(outputs)
    .where(outputs.c.token == bindparam("old"))
    .values(token=bindparam("new"))
    .returning(outputs.c.token, outputs.c.size)
)
AMONG = Statement(
    select(outputs.c.token)
    .where(outputs.c.token.in_(bindparam("tokens", expanding=True)), outputs.c.team_id.in_(["team"]))
    .order_by(outputs.c.token)
)


def row(token: str, size: int = 1) -> dict[str, object]:
    return {
        "token": token,
        "request_id": "r",
        "team_id": "team",
        "position": 0,
        "sha256": "00",
        "size": size,
        "content_type": "image/png",
        "created_at": 1.5,
        "expires_at": 2.5,
    }


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    yield database
    await database.close()


async def add(tx: Transaction, token: str, size: int = 1) -> int:
    return await tx.run(INSERT, **row(token, size))


async def count(database: SqliteDatabase) -> int:
    async def work(tx: Transaction) -> int:
        found = await tx.one(COUNT)
        assert found is not None
        return int(found["rows"])

    return await database.read(work)


async def test_values_come_back_as_they_went_in(database: SqliteDatabase) -> None:
    await database.write(lambda tx: add(tx, "a", 2**40))
    for brief in (True, False):
        assert await database.read(lambda tx: tx.one(GET, token="a"), brief=brief) == row("a", 2**40)
        assert await database.read(lambda tx: tx.one(GET, token="b"), brief=brief) is None


async def test_returning_and_lists_of_any_length(database: SqliteDatabase) -> None:
    for token in "abc":
        await database.write(lambda tx, token=token: add(tx, token))
    assert await database.write(lambda tx: tx.one(RENAME, old="b", new="d")) == {"token": "d", "size": 1}
    for tokens in ([], ["a"], ["a", "b", "c"], ["d", "c"]):
        found = await database.read(lambda tx, tokens=tokens: tx.all(AMONG, tokens=tokens))
        assert [each["token"] for each in found] == sorted(set(tokens) & set("acd"))


async def test_a_unit_that_raises_is_rolled_back_alone(database: SqliteDatabase) -> None:
    async def failing(tx: Transaction) -> None:
        await add(tx, "lost")
        raise LookupError("no")

    results = await asyncio.gather(
        database.write(lambda tx: add(tx, "a")),
        database.write(failing),
        database.write(lambda tx: add(tx, "a")),
        database.write(lambda tx: add(tx, "b")),
        return_exceptions=True,
    )
    assert results[0] == results[3] == 1
    assert isinstance(results[1], LookupError)
    assert isinstance(results[2], ConstraintError)
    assert await count(database) == 2


async def test_units_gather_in_one_commit(database: SqliteDatabase) -> None:
    gate = threading.Event()
    commits: list[str] = []
    database._writer.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)

    async def blocking(tx: Transaction) -> None:
        gate.wait()

    first = asyncio.ensure_future(database.write(blocking))
    rest = [asyncio.ensure_future(database.write(lambda tx, n=n: add(tx, f"t{n}"))) for n in range(100)]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *rest)
    assert await count(database) == 100
    assert len(commits) <= 3


async def test_a_read_sees_one_snapshot(database: SqliteDatabase) -> None:
    reading, written = threading.Event(), threading.Event()

    async def work(tx: Transaction) -> tuple[int, int]:
        first = await tx.all(COUNT)
        reading.set()
        written.wait()
        second = await tx.all(COUNT)
        return first[0]["rows"], second[0]["rows"]

    read = asyncio.ensure_future(database.read(work))
    await asyncio.to_thread(reading.wait)
    await database.write(lambda tx: add(tx, "a"))
    written.set()
    assert await read == (0, 0)
    assert await count(database) == 1


async def test_a_read_cannot_write(database: SqliteDatabase) -> None:
    with pytest.raises(Exception, match="readonly"):
        await database.read(lambda tx: add(tx, "a"))


async def test_a_unit_may_not_wait_for_anything_else(database: SqliteDatabase) -> None:
    async def waits(tx: Transaction) -> None:
        await add(tx, "a")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="transaction only"):
        await database.write(waits)
    assert await count(database) == 0


async def test_close_keeps_what_was_handed_in(tmp_path: Path) -> None:
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    writes = [asyncio.ensure_future(database.write(lambda tx, n=n: add(tx, f"t{n}"))) for n in range(600)]
    await asyncio.sleep(0)
    await database.close()
    await database.close()
    assert sum(await asyncio.gather(*writes)) == 600
    with pytest.raises(DatabaseClosedError):
        await database.write(lambda tx: add(tx, "late"))
    with pytest.raises(DatabaseClosedError):
        await database.read(lambda tx: tx.all(COUNT))


async def test_a_full_disk_fails_its_unit_only(database: SqliteDatabase) -> None:
    pages = database._writer.execute("PRAGMA page_count").fetchone()["page_count"]
    database._writer.execute(f"PRAGMA max_page_count={pages + 4}")

    async def huge(tx: Transaction) -> int:
        return await tx.run(INSERT, **{**row("huge"), "content_type": "x" * 1_000_000})

    results = await asyncio.gather(
        database.write(lambda tx: add(tx, "a")),
        database.write(huge),
        database.write(lambda tx: add(tx, "b")),
        return_exceptions=True,
    )
    assert results[0] == results[2] == 1
    assert isinstance(results[1], DatabaseUnwritableError)
    assert await count(database) == 2


async def test_a_lock_of_another_process_is_waited_for_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imagined.storage.database.sqlite._BUSY_TIMEOUT_S", 0.05)
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    other = sqlite3.connect(tmp_path / "imagined.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusyError):
        await database.write(lambda tx: add(tx, "a"))
    other.execute("ROLLBACK")
    assert await database.write(lambda tx: add(tx, "a")) == 1
    other.close()
    await database.close()


async def test_a_cancelled_write_ends_only_with_its_outcome(database: SqliteDatabase) -> None:
    gate = threading.Event()

    async def slow(tx: Transaction) -> None:
        gate.wait()
        await add(tx, "a")

    write = asyncio.ensure_future(database.write(slow))
    await asyncio.sleep(0)
    for _ in range(3):
        write.cancel()
        await asyncio.sleep(0)
        assert not write.done()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await write
    assert await count(database) == 1


async def test_a_missing_parameter_is_an_error_not_a_null(database: SqliteDatabase) -> None:
    with pytest.raises(Exception, match="token"):
        await database.write(lambda tx: tx.run(Statement(delete(outputs).where(outputs.c.token == bindparam("token")))))


def test_postgresql_text_has_numbered_parameters_in_order() -> None:
    text, values = AMONG.render("postgresql", {"tokens": ["x", "y"]})
    assert "$1" in text.sql
    assert ":" not in text.sql.replace("::", "")
    assert [values[name] for name in text.order] == ["x", "y", "team"]
