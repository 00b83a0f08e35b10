"""A supervisor that is stopped past its lease, while another takes its request over, and then goes on."""

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from imagined.contract.files import StorageOptions
from imagined.files import fsck
from imagined.files.sweeper import Sweeper
from imagined.imagine.attempts import AttemptSettings
from imagined.imagine.runner import RunnerSettings
from imagined.storage.database.port import Statement
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.tables import files, outputs
from imagined.system import SystemClock
from tests.faults.parts import CALLER, Server

T = TypeVar("T")
_OUTPUTS = Statement(select(outputs.c.token, outputs.c.request_id))
_FILES = Statement(select(files.c.id))
LEASES = RunnerSettings(
    poll_s=0.05, reap_s=0.1, drain_s=5.0, attempt=AttemptSettings(lease_s=0.6, heartbeat_s=0.1, progress_s=0.05)
)


class Elsewhere:
    """An event loop on a thread of its own, that can be stopped between any two of its steps: with it everything that
    supervises there stands still, as under SIGSTOP, and its engine processes go on."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._go_on = threading.Event()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self._go_on.wait)

    def go_on(self) -> None:
        self._go_on.set()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The outcome of something that runs there."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


async def started(folder: Path, database: SqliteDatabase) -> Server:
    server = Server(folder, 1, settings=LEASES, worker="zombie", database=database)
    await server.start()
    return server


async def test_a_zombie_changes_nothing_that_anybody_sees(tmp_path: Path) -> None:
    heir = Server(tmp_path, 1, settings=LEASES, worker="heir")
    elsewhere = Elsewhere()
    zombie = await elsewhere.run(started(tmp_path, heir.database))
    kept = StorageOptions(filename="kept.jpg")
    request_id = await heir.image("slow 0.5", n=3, storage=kept)
    await elsewhere.run(_claimed(zombie))
    elsewhere.stop()
    await heir.start()
    view = await heir.ended(request_id)
    assert view.state == "done" and len(view.outputs) == 3
    assert await heir.attempts(request_id) == 2
    elsewhere.go_on()
    # Its engine had long finished: now it stores its results, and tries to say that it is done.
    await elsewhere.run(_idle(zombie))
    assert await heir.service.get(CALLER, request_id) == view
    shown = {item.url.split("/")[-1].split(".")[0] for item in view.outputs}
    rows = await heir.database.read(lambda tx: tx.all(_OUTPUTS))
    assert {row["token"] for row in rows if row["request_id"] == request_id} == shown
    assert len(await heir.database.read(lambda tx: tx.all(_FILES))) == 3
    references = SqlReferences(heir.database)
    await Sweeper(references, heir.blobs, SystemClock()).sweep()
    assert (await fsck.check(references, heir.blobs)).is_clean
    await elsewhere.run(zombie.runner.stop())
    await elsewhere.run(zombie.pool.stop())
    elsewhere.close()
    await heir.stop()


async def _claimed(server: Server) -> None:
    while not server.runner._running:
        await asyncio.sleep(0.01)


async def _idle(server: Server) -> None:
    if server.runner._running:
        await asyncio.wait(server.runner._running)
