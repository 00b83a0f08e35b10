"""Wake-ups inside one process."""

import asyncio

from imagined.jobs.events import RequestEvents


async def test_a_subscriber_is_woken_by_its_request_only() -> None:
    events = RequestEvents()
    with events.subscribe("a") as mine, events.subscribe("b") as other:
        events.changed("a")
        await asyncio.wait_for(mine.wait(), 1)
        assert not other.is_set()
        assert set(events.list_waiters()) == {"a", "b"}
    assert events.list_waiters() == ()
    events.changed("a")


async def test_every_subscriber_of_a_request_is_woken() -> None:
    events = RequestEvents()
    with events.subscribe("a") as first, events.subscribe("a") as second:
        events.changed("a")
        assert first.is_set() and second.is_set()


async def test_the_bell_rings_for_work_that_came_before_the_wait() -> None:
    events = RequestEvents()
    events.queued()
    assert await events.work(1)
    assert not await events.work(0.01)


async def test_the_bell_wakes_a_waiting_worker() -> None:
    events = RequestEvents()
    waiting = asyncio.create_task(events.work(5))
    await asyncio.sleep(0)
    events.queued()
    assert await waiting
