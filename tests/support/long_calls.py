"""Calls of minutes by the official SDK, each on its own thread, against a server whose engine only sleeps."""

import asyncio
import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import xai_sdk

from tests.support.scripted import scripted_server

SECONDS = float(os.environ.get("IMAGINED_LONG_SECONDS", "170"))
"""Longer than the 150 s after which a server without the right ping policy cuts the connection."""
MODEL = "grok-imagine-image"


class LongCalls:
    """One call of the client and one of the async client, with every option of their channels as they come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.server = scripted_server(folder)
        self._threads = ThreadPoolExecutor(2)
        self.answers: dict[str, Future[Any]] = {}

    def entered(self, name: str) -> int:
        """How often an engine was entered for a call."""
        return len(self._note(name).read_text(encoding="utf-8").splitlines())

    def _note(self, name: str) -> Path:
        return self._folder / f"{name}.note"

    def _prompt(self, name: str) -> str:
        return f"note {self._note(name)} {SECONDS:g}"

    def _sync(self) -> Any:
        with xai_sdk.Client(api_key="xai-test", api_host=self.server.target.grpc) as client:
            return client.image.sample(self._prompt("sync"), MODEL)

    def _async(self) -> Any:
        async def call() -> Any:
            async with xai_sdk.AsyncClient(api_key="xai-test", api_host=self.server.target.grpc) as client:
                return await client.image.sample(self._prompt("async"), MODEL)

        return asyncio.run(call())

    def __enter__(self) -> "LongCalls":
        self.server.start()
        self.answers = {"sync": self._threads.submit(self._sync), "async": self._threads.submit(self._async)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A call that still waits ends with its server, at once: nobody wants its answer any more.
        self.server.kill()
        self._threads.shutdown(wait=False, cancel_futures=True)
