"""A whole imagine service in one process: stores in memory, an engine on a thread, no network."""

import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from imagined.contract.access import Caller
from imagined.contract.files import StoredFile
from imagined.contract.requests import ImageRequest, VideoRequest
from imagined.contract.results import RequestView
from imagined.engines.cards import builtin_cards
from imagined.files.service import FilesService
from imagined.imagine.attempts import AttemptSettings
from imagined.imagine.catalogue import Catalogue
from imagined.imagine.inputs import InputLimits, InputResolver
from imagined.imagine.lineage import LineageService
from imagined.imagine.own_urls import OwnUrls
from imagined.imagine.ports import EnginePool, FetchError
from imagined.imagine.pricing import PUBLISHED
from imagined.imagine.publishing import Publisher
from imagined.imagine.replay import ReplayService
from imagined.imagine.runner import Runner, RunnerSettings
from imagined.imagine.service import ImagineService
from imagined.imagine.uploads import Uploader, UploadSettings
from imagined.jobs.events import RequestEvents
from imagined.testing.engines import ScriptedEngine
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_blobs import MemoryBlobs
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore
from imagined.testing.pool import InProcessPool

BASE = "http://127.0.0.1:8080"
CALLER = Caller(team_id="team", key_id="key", name="tests", redacted_key="xai-...abcd")
OTHER = Caller(team_id="other", key_id="key2", name="tests", redacted_key="xai-...efgh")
RETENTION_S = 86_400.0


class TableFetcher:
    """`Fetcher` from a dictionary, and `Putter` that answers from a list."""

    def __init__(self) -> None:
        self.puts: list[tuple[str, str, bytes]] = []
        self.statuses: list[int | FetchError] = []
        """Answers to puts; 200 once they are used up."""
        self.bodies: dict[str, bytes] = {}
        self.asked: list[str] = []

    async def fetch(self, url: str, path: str, *, max_bytes: int, deadline_s: float) -> str:
        self.asked.append(url)
        if url not in self.bodies:
            raise FetchError(f"{url} leads to 10.0.0.1, which is not public")
        if len(self.bodies[url]) > max_bytes:
            raise FetchError("too large")
        Path(path).write_bytes(self.bodies[url])
        return "application/octet-stream"

    async def put(
        self, url: str, body: Callable[[], AsyncIterator[bytes]], *, size: int, content_type: str, deadline_s: float
    ) -> int:
        data = b"".join([chunk async for chunk in body()])
        assert len(data) == size
        self.puts.append((url, content_type, data))
        answer = self.statuses.pop(0) if self.statuses else 200
        if isinstance(answer, FetchError):
            raise answer
        return answer


class House:
    """Everything, wired as the server wires it."""

    def __init__(self, work_dir: Path, pool: EnginePool | None = None, **settings: Any) -> None:
        self.clock = ManualClock()
        self.ids = SeededIds()
        self.file_store = MemoryFileStore()
        self.blobs = MemoryBlobs()
        self.store: Any = MemoryRequestStore(self.file_store)
        self.files = FilesService(self.file_store, self.blobs, self.clock, self.ids, BASE)
        self.fetcher = TableFetcher()
        self.events = RequestEvents()
        self.pool = pool or InProcessPool(ScriptedEngine())
        self.work_dir = work_dir
        self.settings = RunnerSettings(
            attempt=AttemptSettings(heartbeat_s=0.05, progress_s=0.01),
            poll_s=0.05,
            **settings,
        )
        self.build()

    def build(self) -> None:
        """Wire anew around the present stores, as a restarted server does."""
        own_urls = OwnUrls(BASE, "http://localhost:8080")
        self.inputs = InputResolver(
            self.files, self.blobs, self.store, self.fetcher, own_urls, self.clock, InputLimits(pixels=4_000_000)
        )
        catalogue = Catalogue(
            builtin_cards(), default_image_model="grok-imagine-image-quality", default_video_model="grok-imagine-video"
        )
        self.publisher = Publisher(self.files, self.blobs, self.clock, self.ids, PUBLISHED, RETENTION_S, catalogue)
        self.runner = Runner(
            self.store,
            self.pool,
            self.inputs,
            self.publisher,
            Uploader(self.fetcher, self.blobs, UploadSettings(pause_s=0)),
            self.events,
            self.clock,
            work_dir=self.work_dir,
            worker="here",
            settings=self.settings,
        )
        self.service = ImagineService(
            self.store, catalogue, self.inputs, self.events, self.clock, self.ids, BASE, max_attempts=3
        )
        self.lineage = LineageService(self.files, self.store.receipts, self.clock)
        self.replays = ReplayService(self.service, self.lineage, self.store.receipts, catalogue, self.clock, BASE)

    async def image(self, prompt: str, **fields: Any) -> RequestView:
        """Ask for pictures and wait for the end."""
        request_id = await self.service.start_image(CALLER, ImageRequest(prompt=prompt, **fields))
        return await self.service.wait(CALLER, request_id)

    async def video(self, prompt: str, operation: Any = "generate_video", **fields: Any) -> RequestView:
        """Ask for a video and wait for the end."""
        request = VideoRequest(operation=operation, prompt=prompt, **fields)
        return await self.service.wait(CALLER, await self.service.start_video(CALLER, request))

    async def upload(self, data: bytes, name: str = "a.jpg", caller: Caller = CALLER) -> StoredFile:
        """Store a file."""

        async def chunks() -> AsyncIterator[bytes]:
            yield data

        return await self.files.upload(caller.team_id, name, chunks(), max_bytes=1 << 30)

    def data(self, sha256: str) -> bytes:
        """The bytes of a blob, checked."""
        data = self.blobs.contents[sha256]
        assert hashlib.sha256(data).hexdigest() == sha256
        return data
