"""Calls that clients name: one suite for every adapter of `IdempotencyStore`."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from imagined.access.ports import CallAnswer, IdempotencyStore, KeyedCall
from imagined.storage.database import idempotency
from imagined.storage.database.idempotency import SqlIdempotencyStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.statement import Statement
from imagined.testing.memory_calls import MemoryIdempotencyStore

NOW, DAY, LEASE = 1_796_083_200.0, 86_400.0, 30.0
ANSWER = CallAnswer(status=200, request_id="r", headers=(("content-type", "text/plain"),), body=b"\0answer")


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[IdempotencyStore]:
    if request.param == "memory":
        yield MemoryIdempotencyStore()
        return
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    yield SqlIdempotencyStore(database)
    await database.close()


def call(turn: str, now: float = NOW, **changes: Any) -> KeyedCall:
    fields: dict[str, Any] = {
        "team_id": "team",
        "key_hash": "hash",
        "fingerprint": "a body",
        "call_id": f"call of {turn}",
        "owner": "here:1",
        "turn": turn,
        "held_until": now + LEASE,
        "created_at": now,
        "expires_at": now + DAY,
    }
    return KeyedCall(**(fields | changes))


async def test_the_first_has_the_key(store: IdempotencyStore) -> None:
    assert await store.begin(call("1")) == call("1")
    assert await store.begin(call("2", NOW + 1)) == call("1")
    assert await store.begin(call("3", NOW + LEASE - 1, fingerprint="another")) == call("1")


async def test_of_many_at_once_one_has_it(store: IdempotencyStore) -> None:
    rows = await asyncio.gather(*(store.begin(call(str(number))) for number in range(50)))
    assert len({row.turn for row in rows if row is not None}) == 1
    assert None not in rows


async def test_teams_and_keys_are_apart(store: IdempotencyStore) -> None:
    calls = [call("1"), call("2", team_id="other"), call("3", key_hash="other")]
    assert [await store.begin(one) for one in calls] == calls


async def test_an_answer_stays_for_the_day(store: IdempotencyStore) -> None:
    await store.begin(call("1"))
    assert await store.answer(call("1"), ANSWER)
    for later in (NOW + 1, NOW + LEASE, NOW + DAY - 1):
        found = await store.begin(call("2", later))
        assert found is not None and (found.turn, found.answer) == ("1", ANSWER)
    assert await store.begin(call("3", NOW + DAY)) == call("3", NOW + DAY)


@pytest.mark.parametrize("body", [None, b"", b"x" * 100_000])
async def test_bodies(store: IdempotencyStore, body: bytes | None) -> None:
    await store.begin(call("1"))
    answer = CallAnswer(status=503, request_id="r", body=body)
    assert await store.answer(call("1"), answer)
    found = await store.begin(call("2"))
    assert found is not None and found.answer == answer


async def test_a_freed_key_is_anyones(store: IdempotencyStore) -> None:
    await store.begin(call("1"))
    assert await store.free(call("1"))
    assert await store.begin(call("2", fingerprint="another")) == call("2", fingerprint="another")


@pytest.mark.parametrize("how", ["lapsed", "lease over", "owner dead"])
async def test_what_was_cut_short_is_run_again_as_the_same_call(store: IdempotencyStore, how: str) -> None:
    await store.begin(call("1"))
    later = NOW + 1
    if how == "lapsed":
        assert await store.lapse(call("1"))
    elif how == "owner dead":
        assert await store.abandon("here:") == 1
    else:
        later = NOW + LEASE
    other = await store.begin(call("2", later, fingerprint="another"))
    assert other is not None and other.turn == "1"
    heir = await store.begin(call("3", later, owner="here:2"))
    assert heir == call(
        "3", later, owner="here:2", call_id="call of 1", created_at=NOW, expires_at=NOW + DAY, held_until=later + LEASE
    )
    # The first one is still alive somewhere, and no longer counts.
    assert not await store.answer(call("1"), ANSWER)
    assert not await store.free(call("1"))
    assert not await store.lapse(call("1"))
    assert await store.answer(heir, ANSWER)


async def test_a_call_that_is_held_is_nobody_elses(store: IdempotencyStore) -> None:
    await store.begin(call("1"))
    await store.begin(call("2", key_hash="other"))
    assert await store.hold([call("1"), call("gone", key_hash="gone")], NOW + 100) == 1
    found = await store.begin(call("3", NOW + 99))
    assert found is not None and found.turn == "1"
    found = await store.begin(call("3", NOW + 99, key_hash="other"))
    assert found is not None and found.turn == "3"


async def test_only_dead_owners_are_abandoned(store: IdempotencyStore) -> None:
    await store.begin(call("1", owner="there:1"))
    await store.begin(call("2", key_hash="answered"))
    await store.answer(call("2", key_hash="answered"), ANSWER)
    assert await store.abandon("here:") == 0


async def test_an_answer_is_final(store: IdempotencyStore) -> None:
    await store.begin(call("1"))
    assert await store.answer(call("1"), ANSWER)
    assert not await store.answer(call("1"), CallAnswer(status=500, request_id="x", body=b""))
    assert not await store.free(call("1"))
    assert not await store.lapse(call("1"))
    assert await store.hold([call("1")], NOW) == 0


async def test_what_is_over_is_purged(store: IdempotencyStore) -> None:
    for number in range(3):
        name = str(number)
        await store.begin(call(name, key_hash=name))
        await store.answer(call(name, key_hash=name), ANSWER)
    await store.begin(call("running", key_hash="running", held_until=NOW + DAY + 1))
    assert await store.purge(NOW + DAY - 1, 10) == 0
    assert await store.purge(NOW + DAY, 2) == 2
    assert await store.purge(NOW + DAY, 2) == 1
    assert await store.purge(NOW + DAY, 2) == 0
    assert await store.purge(NOW + DAY + 1, 2) == 1


def test_both_dialects_know_every_statement() -> None:
    statements = {name: value for name, value in vars(idempotency).items() if isinstance(value, Statement)}
    assert len(statements) == 8
    for statement in statements.values():
        for dialect in ("sqlite", "postgresql"):
            text, _ = statement.render(dialect, {})  # type: ignore[arg-type]
            assert "keyed_calls" in text.sql
