"""Keys: made once, recognised by hash, revoked at once, and handed to a running server through its folder."""

import os
import stat
from pathlib import Path

import pytest

from imagined.access.service import KeyAuthenticator, KeyService, key_hash, redacted
from imagined.access.spool import FOLDER, KeySpool
from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_keys import MemoryKeyStore


@pytest.fixture
def store() -> MemoryKeyStore:
    return MemoryKeyStore()


@pytest.fixture
def keys(store: MemoryKeyStore) -> KeyService:
    return KeyService(ManualClock(), SeededIds(), store=store)


@pytest.fixture
def authenticator(store: MemoryKeyStore) -> KeyAuthenticator:
    return KeyAuthenticator(store, "keys")


async def refusal(authenticator: KeyAuthenticator, key: str | None) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await authenticator.authenticate(key)
    return caught.value


async def test_a_new_key_is_recognised(keys: KeyService, authenticator: KeyAuthenticator) -> None:
    key, record = await keys.create("laptop", "studio")
    assert key.startswith("xai-") and len(key) >= 44
    caller = await authenticator.authenticate(key)
    assert (caller.team_id, caller.key_id, caller.name) == ("studio", record.id, "laptop")
    assert caller.redacted_key == f"xai-...{key[-4:]}"


async def test_the_key_itself_is_kept_nowhere(keys: KeyService, store: MemoryKeyStore) -> None:
    key, _ = await keys.create("laptop")
    (record,) = await store.all()
    assert record.key_hash == key_hash(key)
    assert key not in repr(record) and key[8:-8] not in repr(record)


async def test_no_key_and_a_wrong_key_are_refused(keys: KeyService, authenticator: KeyAuthenticator) -> None:
    key, _ = await keys.create("laptop")
    assert (await refusal(authenticator, None)).kind is errors.NO_CREDENTIALS
    assert (await refusal(authenticator, "")).kind is errors.NO_CREDENTIALS
    for wrong in (key[:-1], key + "x", key.upper(), "xai-" + "0" * 43, "\0", "ключ"):
        error = await refusal(authenticator, wrong)
        assert error.kind is errors.WRONG_KEY and error.message.startswith("Incorrect API key provided.")
        assert wrong not in error.message or wrong == "\0"


async def test_a_revoked_key_is_wrong_and_a_disabled_one_denied(
    keys: KeyService, authenticator: KeyAuthenticator
) -> None:
    key, record = await keys.create("laptop")
    await keys.disable(record.id)
    assert (await refusal(authenticator, key)).kind is errors.PERMISSION_DENIED
    await keys.disable(record.id, False)
    assert (await authenticator.authenticate(key)).key_id == record.id
    await keys.revoke(record.id)
    assert (await refusal(authenticator, key)).kind is errors.WRONG_KEY


@pytest.mark.parametrize("key", [None, "", "anything", "xai-" + "k" * 43])
async def test_open_mode_takes_any_key_or_none(store: MemoryKeyStore, key: str | None) -> None:
    caller = await KeyAuthenticator(store, "open").authenticate(key)
    assert caller.team_id == "default"
    assert not key or key not in caller.redacted_key


def test_a_short_key_is_not_shown_at_all() -> None:
    assert redacted("xai-short") == "..."
    assert redacted("xai-" + "a" * 39 + "wxyz") == "xai-...wxyz"


async def test_a_running_server_takes_notes_over_before_the_next_request(store: MemoryKeyStore, tmp_path: Path) -> None:
    authenticator = KeyAuthenticator(store, "keys", KeySpool(tmp_path))
    beside = KeyService(ManualClock(), SeededIds(), spool=KeySpool(tmp_path))
    key, record = await beside.create("laptop")
    assert (await authenticator.authenticate(key)).key_id == record.id
    assert list((tmp_path / FOLDER).iterdir()) == []
    await beside.revoke(record.id)
    assert (await refusal(authenticator, key)).kind is errors.WRONG_KEY


async def test_a_key_that_was_made_and_revoked_meanwhile_ends_revoked(store: MemoryKeyStore, tmp_path: Path) -> None:
    beside = KeyService(ManualClock(), SeededIds(), spool=KeySpool(tmp_path))
    key, record = await beside.create("laptop")
    await beside.revoke(record.id)
    authenticator = KeyAuthenticator(store, "keys", KeySpool(tmp_path))
    assert (await refusal(authenticator, key)).kind is errors.WRONG_KEY


async def test_notes_hold_no_key_and_are_private(tmp_path: Path) -> None:
    key, _ = await KeyService(ManualClock(), SeededIds(), spool=KeySpool(tmp_path)).create("laptop")
    (note,) = (tmp_path / FOLDER).iterdir()
    assert key.encode() not in note.read_bytes()
    assert stat.S_IMODE(os.stat(note).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(note.parent).st_mode) == 0o700


async def test_a_broken_note_does_not_lock_anybody_out(keys: KeyService, store: MemoryKeyStore, tmp_path: Path) -> None:
    key, _ = await keys.create("laptop")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "00000001-x.json").write_bytes(b"{ half a no")
    assert (await KeyAuthenticator(store, "keys", KeySpool(tmp_path)).authenticate(key)).name == "laptop"


async def test_a_list_shows_the_store_and_what_waits_for_the_server(
    keys: KeyService, store: MemoryKeyStore, tmp_path: Path
) -> None:
    _, first = await keys.create("first")
    beside = KeyService(ManualClock(2e9), SeededIds(1), store=store, spool=KeySpool(tmp_path))
    await beside.create("second")
    await beside.revoke(first.id)
    listed = await beside.list_keys()
    assert [(record.name, record.revoked_at is not None) for record in listed] == [("first", True), ("second", False)]
    assert [record.name for record in await store.all()] == ["first"]


async def test_taking_notes_over_twice_changes_nothing(store: MemoryKeyStore, tmp_path: Path) -> None:
    spool = KeySpool(tmp_path)
    await KeyService(ManualClock(), SeededIds(), spool=spool).create("laptop")
    (note,) = (tmp_path / FOLDER).iterdir()
    kept = note.read_bytes()
    assert await spool.take_over(store) == 1
    note.write_bytes(kept)
    assert spool.changed()
    assert await spool.take_over(store) == 1
    assert len(await store.all()) == 1
