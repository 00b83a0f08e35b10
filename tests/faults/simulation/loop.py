"""An event loop that a test steps by hand: one callback at a time, in a time that moves only when it is told to."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from typing import Any


class SimTime:
    """Seconds since the start of the world; what every loop of it reads."""

    def __init__(self) -> None:
        self.now = 0.0


class KilledError(Exception):
    """Whatever a killed process would have done next is not done."""


class SimTask(asyncio.Task[Any]):
    """A task whose place in a set does not depend on where it lies in memory: the same seed, the same order."""

    def __init__(self, *arguments: Any, number: int, **options: Any) -> None:
        self._number = number
        super().__init__(*arguments, **options)

    def __hash__(self) -> int:
        return self._number


class SimLoop(asyncio.BaseEventLoop):
    """Runs callbacks in their order, one a `step`. Work for threads is done between two steps, by the only thread."""

    def __init__(self, time: SimTime) -> None:
        super().__init__()
        self._time = time
        self.is_killed = False
        numbers = itertools.count()
        self.set_task_factory(lambda loop, work, **more: SimTask(work, loop=loop, number=next(numbers), **more))
        self.set_exception_handler(lambda _loop, _context: None)

    def time(self) -> float:
        return self._time.now

    def step(self) -> bool:
        """Run the next callback; False when there is none before the next timer."""
        while self._scheduled and self._scheduled[0]._when <= self._time.now:
            handle = heapq.heappop(self._scheduled)
            handle._scheduled = False
            self._ready.append(handle)
        if not self._ready:
            return False
        handle = self._ready.popleft()
        if not handle._cancelled:
            asyncio._set_running_loop(self)
            try:
                handle._run()
            finally:
                asyncio._set_running_loop(None)
        return True

    def next_timer(self) -> float | None:
        """When there is something to do again, if nothing else happens."""
        while self._scheduled and self._scheduled[0]._cancelled:
            heapq.heappop(self._scheduled)._scheduled = False
        return self._scheduled[0]._when if self._scheduled else None

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:
        """The work itself is a step of its own, so that a kill may come before and after it."""
        future = self.create_future()

        def work() -> None:
            if future.cancelled():
                return
            if self.is_killed:
                future.set_exception(KilledError())
                return
            try:
                result = func(*args)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        self.call_soon(work)
        return future

    def kill(self) -> None:
        """End it: its tasks are unwound, and nothing they still try has an effect."""
        self.is_killed = True
        for _ in range(20):
            tasks = asyncio.all_tasks(self)
            if not tasks:
                break
            for task in tasks:
                task.cancel()
            while self.step():
                pass
        self._ready.clear()
        self._scheduled.clear()
        self.close()

    def _process_events(self, event_list: Any) -> None:
        raise AssertionError("nothing here waits for the outside")

    def _write_to_self(self) -> None:
        pass
