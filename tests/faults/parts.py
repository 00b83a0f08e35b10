"""The parts of a server that run requests, on real storage: for tests that break them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imagined.contract.access import Caller
from imagined.contract.environment import Clock, Ids
from imagined.contract.requests import ImageRequest
from imagined.contract.results import RequestView
from imagined.engines.cards import builtin_cards
from imagined.engines.process import ProcessSettings
from imagined.engines.registry import EngineRegistry, EngineSpec
from imagined.engines.supervisor import ProcessPool
from imagined.files.ports import BlobStore
from imagined.files.service import FilesService
from imagined.imagine.catalogue import Catalogue
from imagined.imagine.fetch import GuardedFetcher
from imagined.imagine.inputs import InputResolver
from imagined.imagine.own_urls import OwnUrls
from imagined.imagine.ports import EnginePool
from imagined.imagine.pricing import PUBLISHED
from imagined.imagine.publishing import Publisher
from imagined.imagine.runner import Runner, RunnerSettings
from imagined.imagine.service import ImagineService
from imagined.imagine.uploads import Uploader
from imagined.jobs.events import RequestEvents
from imagined.jobs.gauge import QueueLimits
from imagined.storage.blobs.local import LocalBlobs
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.port import Database
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.system import SystemClock, SystemIds

BASE = "http://127.0.0.1:8080"
CALLER = Caller(team_id="team", key_id="key", name="tests", redacted_key="")
SPEC = EngineSpec(name="illustrator", entry="imagined.testing.engines:ScriptedEngine")


@dataclass(frozen=True)
class Parts:
    """What stands between the ports of one server."""

    store: SqlRequestStore
    files: FilesService
    runner: Runner
    service: ImagineService


def assemble(
    database: Database,
    blobs: BlobStore,
    pool: EnginePool,
    clock: Clock,
    ids: Ids,
    work_dir: Path,
    *,
    worker: str = "local",
    settings: RunnerSettings | None = None,
    retention_s: float = 3600.0,
    queue: QueueLimits | None = None,
) -> Parts:
    """A server's request machine over any database, blobs and engines."""
    events, store = RequestEvents(), SqlRequestStore(database)
    files = FilesService(SqlFileStore(database), blobs, clock, ids, BASE)
    inputs = InputResolver(files, blobs, store, GuardedFetcher(), OwnUrls(BASE), clock)
    catalogue = Catalogue(
        builtin_cards(), default_image_model="grok-imagine-image", default_video_model="grok-imagine-video"
    )
    runner = Runner(
        store,
        pool,
        inputs,
        Publisher(files, blobs, clock, ids, PUBLISHED, retention_s, catalogue),
        Uploader(GuardedFetcher(), blobs),
        events,
        clock,
        work_dir=work_dir,
        worker=worker,
        settings=settings or RunnerSettings(drain_s=0.2),
    )
    return Parts(store, files, runner, ImagineService(store, catalogue, inputs, events, clock, ids, BASE, queue=queue))


class Server:
    """The parts of a server that run requests, on a folder, with real engine processes.

    Two servers may share a folder when they are given one `database`, as two servers on PostgreSQL would.
    """

    def __init__(
        self,
        data_dir: Path,
        processes: int = 2,
        *,
        database: SqliteDatabase | None = None,
        worker: str = "local",
        settings: RunnerSettings | None = None,
    ) -> None:
        if database is None:
            migrate(data_dir / "imagined.db")
            database = SqliteDatabase(data_dir / "imagined.db")
        self.database = database
        self.blobs = LocalBlobs(data_dir / "blobs")
        process = ProcessSettings(
            watch_s=0.1, silence_s=2.0, cancel_s=0.5, memory_bytes=1 << 29, workdir_bytes=32 << 20, nice=0
        )
        self.pool = ProcessPool(EngineRegistry([SPEC]), process, processes)
        parts = assemble(
            database,
            self.blobs,
            self.pool,
            SystemClock(),
            SystemIds(),
            data_dir / "work" / worker,
            worker=worker,
            settings=settings,
        )
        self.store, self.files, self.runner, self.service = parts.store, parts.files, parts.runner, parts.service

    async def start(self) -> None:
        await self.pool.start(wait=True)
        await self.runner.start()

    async def stop(self) -> None:
        await self.runner.stop()
        await self.pool.stop()
        await self.database.close()

    async def image(self, prompt: str, **fields: Any) -> str:
        return await self.service.start_image(CALLER, ImageRequest(prompt=prompt, **fields))

    async def ended(self, request_id: str) -> RequestView:
        async with asyncio.timeout(30):
            return await self.service.wait(CALLER, request_id)

    async def attempts(self, request_id: str) -> int:
        record = await self.store.get(CALLER.team_id, request_id)
        assert record is not None
        return record.attempt
