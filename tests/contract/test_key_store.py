"""The key table: one suite for every adapter of `KeyStore`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imagined.access.ports import KeyRecord, KeyStore
from imagined.storage.database.keys import SqlKeyStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.testing.memory_keys import MemoryKeyStore


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[KeyStore]:
    if request.param == "memory":
        yield MemoryKeyStore()
        return
    path = tmp_path / "imagined.db"
    migrate(path)
    database = SqliteDatabase(path)
    yield SqlKeyStore(database)
    await database.close()


def key(key_id: str, created_at: float = 1.0) -> KeyRecord:
    return KeyRecord(
        id=key_id,
        team_id="team",
        name="laptop",
        key_hash=f"hash of {key_id}",
        redacted_key="xai-...abcd",
        created_at=created_at,
        modified_at=created_at,
    )


async def test_a_key_is_found_by_its_hash(store: KeyStore) -> None:
    await store.insert(key("a"))
    assert await store.by_hash("hash of a") == key("a")
    assert await store.by_hash("hash of b") is None


async def test_a_second_insert_changes_nothing(store: KeyStore) -> None:
    await store.insert(key("a"))
    await store.revoke("a", 2.0)
    await store.insert(key("a"))
    (record,) = await store.all()
    assert record.revoked_at == 2.0


async def test_keys_are_listed_oldest_first(store: KeyStore) -> None:
    await store.insert(key("b", 2.0))
    await store.insert(key("a", 1.0))
    assert [record.id for record in await store.all()] == ["a", "b"]


async def test_a_key_is_revoked_once_and_stays_on_record(store: KeyStore) -> None:
    await store.insert(key("a"))
    assert await store.revoke("a", 5.0)
    assert not await store.revoke("a", 6.0)
    assert not await store.revoke("b", 6.0)
    record = await store.by_hash("hash of a")
    assert record is not None and record.revoked_at == record.modified_at == 5.0


async def test_a_key_is_disabled_and_enabled(store: KeyStore) -> None:
    await store.insert(key("a"))
    assert await store.set_disabled("a", True, 3.0)
    record = await store.by_hash("hash of a")
    assert record is not None and record.disabled is True and record.modified_at == 3.0
    assert await store.set_disabled("a", False, 4.0)
    record = await store.by_hash("hash of a")
    assert record is not None and record.disabled is False
    assert not await store.set_disabled("b", True, 5.0)
