"""What batches change for rows that others look after: older databases, results that are swept, input files."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imagined.storage.database.batches import SqlBatchStore
from imagined.storage.database.migrations import head, migrate
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from tests.contract.test_batch_store import batch, entry, file_batch
from tests.contract.test_request_store import NOW, claimed, completion, new

LATER = NOW + 86_400.0


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    yield database
    await database.close()


async def test_requests_of_the_release_before_go_on(tmp_path: Path) -> None:
    path = tmp_path / "imagined.db"
    migrate(path, to="0001")
    old = sqlite3.connect(path)
    row = {
        **{"id": "old", "team_id": "team", "key_id": "key", "operation": "generate_image", "model": "m"},
        **{"engine": "illustrator", "payload": b"{}", "request_hash": "h", "seed": 1, "priority": 0, "vt": 1.0},
        **{"state": "queued", "attempt": 0, "max_attempts": 3, "run_after": 0.0, "progress": 0},
        **{"cancel_requested": 0, "created_at": NOW, "updated_at": NOW, "cost_in_usd_ticks": 0},
    }
    old.execute(f"INSERT INTO requests ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    old.commit()
    old.close()
    assert migrate(path) == head()
    database = SqliteDatabase(path)
    store = SqlRequestStore(database)
    claim = await claimed(store)
    assert (claim.request_id, claim.batch_id) == ("old", None)
    assert await store.finish(claim, NOW, completion("old"))
    await database.close()


async def test_results_of_a_batch_are_kept_with_it(database: SqliteDatabase) -> None:
    batches, requests, references = SqlBatchStore(database), SqlRequestStore(database), SqlReferences(database)
    await batches.create(batch())
    await requests.accept(new("alone"))
    await requests.finish(await claimed(requests), NOW, completion("alone", token="alone"))
    await batches.add("team", "b", [entry("a")], NOW)
    await requests.finish(await claimed(requests), NOW, completion("b/a", token="kept"))
    assert await references.expire(LATER, 10) == 1
    assert await references.referenced(["a" * 64]) == {"a" * 64}
    await batches.renew_urls(["b/a"], LATER + 60)
    assert await requests.output("kept", LATER) is not None
    over = LATER + 40 * 86_400
    while await batches.forget(over, 10):
        pass
    assert await references.expire(over, 10) == 1
    assert await references.referenced(["a" * 64]) == set()


async def test_an_input_file_is_kept_until_it_is_read(database: SqliteDatabase) -> None:
    batches, references = SqlBatchStore(database), SqlReferences(database)
    await batches.create(file_batch())
    assert await references.referenced(["c" * 64, "d" * 64]) == {"c" * 64}
    await batches.fill("b", (0, None), [])
    assert await references.referenced(["c" * 64]) == set()
