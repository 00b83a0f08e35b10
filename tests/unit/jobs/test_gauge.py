"""Full queues: nobody too many, and nobody refused for what is over."""

import asyncio

import pytest

from imagined.contract.errors import RESOURCE_EXHAUSTED, ApiError
from imagined.jobs.gauge import QueueGauge, QueueLimits
from imagined.testing.environment import ManualClock
from imagined.testing.memory_requests import MemoryRequestStore
from tests.contract.test_request_store import ENGINES, NOW, new


class House:
    """A gauge and what it is about; `accept` commits as slowly as it is told."""

    def __init__(self, **limits: int) -> None:
        self.store = MemoryRequestStore()
        self.clock = ManualClock(NOW)
        self.gauge = QueueGauge(self.store, self.clock, QueueLimits(**limits))
        self.counts = 0
        self.made = 0
        depths = self.store.depths

        async def counted() -> object:
            self.counts += 1
            found = await depths()
            await asyncio.sleep(0)
            return found

        self.store.depths = counted  # type: ignore[method-assign,assignment]

    async def accept(self, team: str = "team", engine: str = "illustrator", after: int = 0, **fields: object) -> bool:
        try:
            async with self.gauge.admitted(team, engine):
                for _ in range(after):
                    await asyncio.sleep(0)
                self.made += 1
                await self.store.accept(new(f"r{self.made}", team_id=team, engine=engine, **fields))
        except ApiError as error:
            assert error.kind is RESOURCE_EXHAUSTED and error.retry_after_s == 5
            return False
        return True


async def test_a_team_that_has_enough_waiting_is_refused_and_others_are_not() -> None:
    house = House(per_team=2)
    assert [await house.accept() for _ in range(4)] == [True, True, False, False]
    assert await house.accept("other")
    with pytest.raises(ApiError, match=r"^Team team has 2 requests waiting, and 2 is the limit\.$"):
        async with house.gauge.admitted("team", "illustrator"):
            pass


async def test_what_has_begun_makes_room_at_once() -> None:
    house = House(per_team=1)
    assert await house.accept() and not await house.accept()
    await house.store.claim("here:1", ENGINES, NOW, 30)
    assert await house.accept() and not await house.accept()


async def test_an_engine_has_a_queue_for_all_teams() -> None:
    house = House(per_engine=2)
    assert [await house.accept(team) for team in ("one", "two", "three")] == [True, True, False]
    assert await house.accept("three", "another")
    with pytest.raises(ApiError, match=r"^The server has 2 requests waiting"):
        async with house.gauge.admitted("four", "illustrator"):
            pass


@pytest.mark.parametrize("after", [0, 1, 5])
async def test_calls_side_by_side_are_never_too_many(after: int) -> None:
    house = House(per_team=7)
    answers = await asyncio.gather(*(house.accept(after=after + number % 3) for number in range(40)))
    assert sum(answers) == 7


async def test_counting_meanwhile_loses_nobody() -> None:
    house = House(per_team=10)
    answers = []
    for number in range(60):
        house.clock.advance(0.4)
        answers += await asyncio.gather(house.accept(after=number % 4), house.accept())
    assert sum(answers) == 10


async def test_a_request_that_is_not_accepted_leaves_its_place() -> None:
    house = House(per_team=1)
    with pytest.raises(OSError):
        async with house.gauge.admitted("team", "illustrator"):
            raise OSError("no room on the disk")
    assert await house.accept()


async def test_a_long_queue_is_not_counted_at_each_call() -> None:
    house = House()
    for _ in range(50):
        assert await house.accept()
    assert house.counts == 1
    house.clock.advance(1)
    assert await house.accept()
    assert house.counts == 2


async def test_batches_take_no_place_and_zero_is_no_limit() -> None:
    house = House(per_team=0, per_engine=0)
    for number in range(5):
        await house.store.accept(new(f"b{number}", priority=-1, batch_id="batch_1", batch_request_id=str(number)))
    assert all([await house.accept() for _ in range(100)])
