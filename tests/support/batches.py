"""The batches service over stores in memory, for tests of what stands around it."""

from dataclasses import dataclass, field
from typing import Any

from imagined.contract.access import Caller
from imagined.contract.batches import BatchEntry
from imagined.contract.requests import ImageRequest
from imagined.contract.results import OutputItem
from imagined.files.service import FilesService
from imagined.imagine.batch_admission import Admission
from imagined.imagine.batch_files import FileLimits, Portion
from imagined.imagine.batch_keeper import BatchKeeper, KeeperSettings
from imagined.imagine.batches import BatchService
from imagined.jobs.events import RequestEvents
from imagined.jobs.ports import Claim, Completion, OutputRecord
from imagined.rest_api.batch_messages import parse_line
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_batches import MemoryBatchStore
from imagined.testing.memory_blobs import MemoryBlobs
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore
from tests.support.fake_services import CALLER, catalogue, digest

BASE = "http://127.0.0.1:8080"
LIMITS = FileLimits(file_bytes=20_000, lines=20, line_bytes=1_000)


@dataclass
class BatchHouse:
    """Everything around batches; the engine's part is played by `finish` and `fail`."""

    clock: ManualClock = field(default_factory=ManualClock)
    ids: SeededIds = field(default_factory=SeededIds)
    blobs: MemoryBlobs = field(default_factory=MemoryBlobs)
    file_store: MemoryFileStore = field(default_factory=MemoryFileStore)
    events: RequestEvents = field(default_factory=RequestEvents)

    def __post_init__(self) -> None:
        self.requests: Any = MemoryRequestStore(self.file_store)
        self.store: Any = MemoryBatchStore(self.requests)
        self.files = FilesService(self.file_store, self.blobs, self.clock, self.ids, BASE)
        admission = Admission(catalogue(), self.clock, self.ids)
        self.service = BatchService(self.store, admission, self.files, self.events, self.clock, self.ids, BASE, LIMITS)
        self.keeper = BatchKeeper(
            self.store,
            admission,
            self.blobs,
            parse_line,
            self.events,
            self.clock,
            self.service.file_added,
            LIMITS,
            KeeperSettings(look_s=0.05, end_s=0.05, portion=Portion(lines=2)),
        )

    async def upload(self, data: bytes, caller: Caller = CALLER) -> str:
        """Store a file; its id."""

        async def chunks() -> Any:
            yield data

        return (await self.files.upload(caller.team_id, "requests.jsonl", chunks(), max_bytes=1 << 30)).id

    async def read_files(self) -> None:
        """Read every file to its end."""
        for batch in await self.store.unread(self.clock.now()):
            await self.keeper.read(batch)

    async def claim(self) -> Claim:
        """The next request in the order of the queue."""
        claim = await self.requests.claim("w:1", ("illustrator",), self.clock.now(), 30.0)
        assert claim is not None
        return claim

    async def finish(self, claim: Claim | None = None, cost: int = 7, data: bytes = b"picture") -> Claim:
        """Let a request succeed with one picture."""
        claim = claim or await self.claim()
        now = self.clock.now()
        token = self.ids.token()
        made = OutputRecord(
            token=token,
            request_id=claim.request_id,
            team_id=claim.team_id,
            position=0,
            sha256=digest(data),
            size=len(data),
            content_type="image/jpeg",
            created_at=now,
            expires_at=now + 3600,
        )
        item = OutputItem(
            url=f"/ephemeral/{token}.jpeg",
            content_type="image/jpeg",
            size=len(data),
            sha256=digest(data),
            width=8,
            height=8,
            duration_s=5.0,
        )
        self.blobs.contents[digest(data)] = data
        completion = Completion(items=(item,), outputs=(made,), files=(), cost_in_usd_ticks=cost)
        assert await self.requests.finish(claim, now, completion)
        return claim

    async def fail(self, message: str = "Unable to download provided image_url") -> Claim:
        """Let the next request fail."""
        claim = await self.claim()
        assert await self.requests.fail(claim, self.clock.now(), "invalid_argument", message)
        return claim


def picture(name: str | None = None, prompt: str = "a cat", **fields: Any) -> BatchEntry:
    """A request for a picture."""
    return BatchEntry(batch_request_id=name, request=ImageRequest(prompt=prompt, **fields))
