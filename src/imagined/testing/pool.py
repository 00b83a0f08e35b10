"""An engine pool without processes: engines run on threads of this one. For tests of everything around engines."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence

from imagined.contract.requests import Operation
from imagined.contract.tasks import EngineEvent, ImageTask, VideoTask
from imagined.engines.port import Engine


class InProcessPool:
    """`EnginePool` over engines of this process, which a crashing engine takes with it: use real pools for those."""

    def __init__(self, engine: Engine, name: str = "illustrator", size: int = 2) -> None:
        self._engine = engine
        self._name = name
        self._size = size
        self.tasks: list[ImageTask | VideoTask] = []
        """Every task that was begun, in order."""
        self.running = 0
        self.most_running = 0

    def engines(self) -> Sequence[str]:
        """The one engine."""
        return (self._name,)

    def capacity(self, engine: str) -> int:
        """As it was made."""
        assert engine == self._name
        return self._size

    async def run(
        self, engine: str, operation: Operation, task: ImageTask | VideoTask
    ) -> AsyncGenerator[EngineEvent, None]:
        """Run one task step by step; closing the generator stops it at the next."""
        assert engine == self._name
        self.tasks.append(task)
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        events: Iterator[EngineEvent] = getattr(self._engine, operation)(task)
        try:
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                yield event
        finally:
            self.running -= 1
