"""Turns: who runs a call, who waits, and what becomes of a key."""

import asyncio
from typing import Any

import pytest

from imagined.access.idempotency import (
    LARGEST_KEPT,
    CallerLeftError,
    IdempotencySettings,
    IdempotentCalls,
    Turn,
    is_settled,
    key_hash,
    key_of,
)
from imagined.access.ports import CallAnswer, KeyedCall
from imagined.contract.errors import ApiError
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_calls import MemoryIdempotencyStore

ANSWER = CallAnswer(status=200, request_id="r", body=b"answer")
QUICKLY = {"look_again_s": 0.01, "heartbeat_s": 0.01, "purge_s": 0.01}


class Desk:
    """Two servers on one store."""

    def __init__(self) -> None:
        self.clock, self.store = ManualClock(), MemoryIdempotencyStore()
        self.here, self.there = self.server(1), self.server(2)

    def server(self, seed: int, owner: str = "here") -> IdempotentCalls:
        settings = IdempotencySettings(**QUICKLY)
        return IdempotentCalls(self.store, self.clock, SeededIds(seed), owner=owner, settings=settings)

    async def turn(self, server: IdempotentCalls | None = None, body: str = "body", key: str = "key") -> Turn:
        found = await (server or self.here).begin("team", "idempotency-key", key, body)
        assert isinstance(found, Turn)
        return found

    def waiter(self, server: IdempotentCalls, **options: Any) -> "asyncio.Task[Turn | CallAnswer]":
        return asyncio.create_task(server.begin("team", "idempotency-key", "key", "body", **options))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("which", ["here", "there"])
async def test_others_wait_and_get_the_answer(desk: Desk, which: str) -> None:
    turn = await desk.turn()
    waiting = [desk.waiter(getattr(desk, which)) for _ in range(3)]
    await asyncio.sleep(0)
    await desk.here.keep(turn, ANSWER)
    assert await asyncio.gather(*waiting) == [ANSWER] * 3


async def test_one_of_those_who_wait_runs_what_the_first_gave_up(desk: Desk) -> None:
    turn = await desk.turn()
    waiting = [desk.waiter(desk.here) for _ in range(3)]
    await asyncio.sleep(0)
    await desk.here.free(turn)
    done, rest = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    (heir,) = [task.result() for task in done]
    assert isinstance(heir, Turn) and not heir.is_resumed and len(rest) == 2
    await desk.here.keep(heir, ANSWER)
    assert await asyncio.gather(*rest) == [ANSWER] * 2


async def test_what_was_cut_short_is_resumed(desk: Desk) -> None:
    turn = await desk.turn()
    await desk.here.lapse(turn)
    heir = await desk.turn(desk.there)
    assert heir.is_resumed and heir.call.call_id == turn.call.call_id


async def test_another_body_is_refused_while_it_runs_and_afterwards(desk: Desk) -> None:
    turn = await desk.turn()
    for _ in range(2):
        with pytest.raises(ApiError, match=r"^idempotency-key: this key was sent before") as refused:
            await desk.turn(body="another")
        assert refused.value.kind.http == 409
        await desk.here.keep(turn, ANSWER)


async def test_who_waits_may_leave(desk: Desk) -> None:
    await desk.turn()

    async def is_gone() -> bool:
        return True

    with pytest.raises(CallerLeftError):
        await desk.waiter(desk.here, is_gone=is_gone)


async def test_a_long_answer_of_a_request_is_made_again(desk: Desk) -> None:
    long = CallAnswer(status=200, request_id="r", body=b"x" * (LARGEST_KEPT + 1))
    turn, other = await desk.turn(), await desk.turn(key="other")
    await desk.here.keep(turn, long, is_made_again=True)
    await desk.here.keep(other, long)
    again = await desk.turn()
    assert again.is_replay and again.is_resumed and again.call.call_id == turn.call.call_id
    # Whatever becomes of it, the call stays settled.
    await desk.here.free(again)
    await desk.here.lapse(again)
    await desk.here.keep(again, ANSWER)
    assert (await desk.turn()).is_replay
    assert await desk.here.begin("team", "idempotency-key", "other", "body") == long


async def test_a_server_that_lives_keeps_its_calls_and_a_dead_one_does_not(desk: Desk) -> None:
    elsewhere = desk.server(3, owner="elsewhere")
    await elsewhere.start()
    await desk.turn(elsewhere)
    waiting = desk.waiter(desk.here)
    for _ in range(20):
        desk.clock.advance(10)
        await held(desk, desk.clock.now() + 20)
    assert not waiting.done()
    await elsewhere.stop()
    desk.clock.advance(31)
    heir = await waiting
    assert isinstance(heir, Turn) and heir.is_resumed


async def held(desk: Desk, until: float) -> KeyedCall:
    while True:
        (row,) = desk.store.rows.values()
        if row.held_until >= until:
            return row
        await asyncio.sleep(0)


async def test_the_next_server_of_a_folder_knows_its_predecessors_calls(desk: Desk) -> None:
    turn = await desk.turn()
    await desk.there.start()
    heir = await desk.turn(desk.there)
    assert heir.is_resumed and heir.call.call_id == turn.call.call_id
    await desk.there.stop()


async def test_a_call_is_carried_through_when_its_caller_is_cancelled(desk: Desk) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    ends: list[str] = []

    async def work() -> None:
        begun.set()
        try:
            await go_on.wait()
            ends.append("finished")
        except asyncio.CancelledError:
            ends.append("cut short")
            raise

    for end in ("finished", "cut short"):
        begun.clear()
        go_on.clear()
        caller = asyncio.create_task(desk.here.carry_through(work()))
        await begun.wait()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        if end == "finished":
            go_on.set()
            while not ends:
                await asyncio.sleep(0)
        else:
            await desk.here.stop()
    assert ends == ["finished", "cut short"]


async def test_a_day_later_the_key_is_forgotten(desk: Desk) -> None:
    await desk.here.keep(await desk.turn(), ANSWER)
    desk.clock.advance(86_400)
    assert not (await desk.turn(body="another")).is_resumed
    desk.clock.advance(2 * 86_400)
    await desk.here.purge()
    assert desk.store.rows == {}


def test_keys_are_kept_as_hashes_of_their_team() -> None:
    assert len({key_hash("a", "key"), key_hash("b", "key"), key_hash("a", "other")}) == 3
    assert "key" not in key_hash("a", "key")


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({}, ("", "")),
        ({"idempotency-key": ""}, ("", "")),
        ({"idempotency-key": "", "x-idempotency-key": "b"}, ("x-idempotency-key", "b")),
        ({"idempotency-key": "a", "x-idempotency-key": "b"}, ("idempotency-key", "a")),
        ({"idempotency-key": "a" * 255}, ("idempotency-key", "a" * 255)),
    ],
)
def test_where_a_key_stands(headers: dict[str, str], found: tuple[str, str]) -> None:
    assert key_of(headers.get) == found


@pytest.mark.parametrize("header", ["idempotency-key", "x-idempotency-key"])
def test_a_key_has_an_end(header: str) -> None:
    with pytest.raises(ApiError, match=f"^{header}: must have at most 255 characters"):
        key_of({header: "a" * 256}.get)


@pytest.mark.parametrize(
    ("status", "is_end", "kept"),
    [
        *[(200, False, True), (404, False, True), (429, False, False), (500, False, False), (503, False, False)],
        *[(500, True, True), (503, True, True), (412, True, True)],
    ],
)
def test_what_is_settled(status: int, is_end: bool, kept: bool) -> None:
    assert is_settled(status, is_end=is_end) is kept
