"""The request table as the services see it. The row is the API's object: a deferred video, an image request.

States and the ways between them stand in `imagined.jobs.machine`. Only the holder of a `Claim` (worker and attempt)
may change a running row, apart from a cancel and from the reaper once its lease has ended.

Whatever writes raises `StorageUnavailableError` when it cannot at present, and has then changed nothing.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from imagined.contract.requests import Operation
from imagined.contract.results import OutputItem, RequestState, RequestStep
from imagined.contract.usage import Consumption
from imagined.files.ports import FileRecord
from imagined.jobs.receipts import ReceiptRecord


class NewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A checked request, to be committed before anything runs."""

    id: str
    team_id: str
    key_id: str
    operation: Operation
    model: str
    """Card id, alias resolved."""
    engine: str
    payload: bytes
    """msgspec JSON of the checked `ImageRequest` or `VideoRequest`."""
    request_hash: str
    seed: int
    created_at: float
    priority: int = 0
    """Higher runs first."""
    cost: float = 1.0
    """How far this request moves its team's virtual time, about the seconds of work it asks for."""
    max_attempts: int = 3
    batch_id: str | None = None
    """The batch that this request belongs to; with it come the next two."""
    batch_request_id: str | None = None
    as_base64: bool | None = None
    upload_url: str | None = None
    """Where the result is to be sent. A secret, so it is kept apart from the payload and forgotten with the result."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """The right to run one attempt, until the lease ends."""

    request_id: str
    team_id: str
    operation: Operation
    model: str
    engine: str
    payload: bytes
    seed: int
    created_at: float
    worker: str
    attempt: int
    batch_id: str | None = None
    upload_url: str | None = None


class OutputRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the output table: an ephemeral result."""

    token: str
    """Names the ephemeral URL."""
    request_id: str
    team_id: str
    position: int
    sha256: str
    size: int
    content_type: str
    created_at: float
    expires_at: float


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that becomes visible when a request is done, in one transaction."""

    items: tuple[OutputItem, ...]
    outputs: tuple[OutputRecord, ...]
    files: tuple[FileRecord, ...]
    receipts: tuple[ReceiptRecord, ...] = ()
    cost_in_usd_ticks: int
    made: Consumption = Consumption()
    """What is added to the team's usage of the day."""


class RequestRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A row as read."""

    id: str
    team_id: str
    operation: Operation
    model: str
    state: RequestState
    attempt: int
    created_at: float
    step: RequestStep = RequestStep()
    finished_at: float | None = None
    result_expires_at: float | None = None
    """When the last ephemeral result ends, or ended; None while there are none."""
    items: tuple[OutputItem, ...] = ()
    error_code: str | None = None
    error_message: str | None = None
    cost_in_usd_ticks: int = 0
    upload_url: str | None = None
    """Where the result went, if it was sent somewhere and that is not forgotten yet."""


class QueueDepth(msgspec.Struct, frozen=True, kw_only=True):
    """Queued rows of a team for an engine, those of batches left out."""

    team_id: str
    engine: str
    count: int


class RequestStore(Protocol):
    """The request table."""

    async def accept(self, request: NewRequest) -> None:
        """Commit a queued row; durable on return.

        Its place among rows of the same priority is its virtual time: its `cost` behind the team's last queued row of
        that priority, and never before the head of the queue. So a team waits for its own backlog, not for another's.
        """
        ...

    async def get(self, team_id: str, request_id: str) -> RequestRecord | None:
        """A row of this team."""
        ...

    async def place(self, team_id: str, request_id: str) -> int | None:
        """How many queued rows of the same engine are claimed before this one, counted up to `results.PLACES`.

        None for a row that is not queued.
        """
        ...

    async def page(
        self,
        team_id: str,
        operations: Sequence[Operation],
        states: Sequence[RequestState],
        before: tuple[float, str] | None,
        limit: int,
    ) -> Sequence[RequestRecord]:
        """The team's rows of these kinds and states, the newest first, from behind (`created_at`, id) on.

        Rows of batches are left out.
        """
        ...

    async def depths(self) -> Sequence[QueueDepth]:
        """How many interactive rows wait, by team and engine."""
        ...

    async def find_retried(self, team_id: str, request_hash: str, since: float | None) -> RequestRecord | None:
        """The newest row with this hash that is unfinished, or was finished after `since` and not cancelled.

        None: however and whenever it ended.
        """
        ...

    async def claim(
        self, worker: str, engines: Sequence[str], now: float, lease_s: float, *, running_per_team: int = 0
    ) -> Claim | None:
        """Take the next queued row of one of `engines`: one attempt more, leased until `now + lease_s`.

        Teams with `running_per_team` running rows are passed over; 0: none is.
        """
        ...

    async def heartbeat(self, claim: Claim, now: float, lease_s: float, step: RequestStep) -> bool:
        """Extend the lease and store how far the work is; False when the claim was lost or the request cancelled."""
        ...

    async def finish(self, claim: Claim, now: float, completion: Completion) -> bool:
        """Publish the result, its outputs, files and receipts in one fenced transaction; False when fenced out.

        The same transaction adds what was made and its cost to the team's usage of the day.
        """
        ...

    async def fail(self, claim: Claim, now: float, code: str, message: str) -> bool:
        """End as failed; False when fenced out."""
        ...

    async def lose(self, claim: Claim, now: float, code: str, message: str) -> RequestState | None:
        """Spend this attempt: queued again, or failed with this error after the last; None when fenced out."""
        ...

    async def release(self, claim: Claim) -> bool:
        """Give the attempt back uncounted (drain): queued again; False when fenced out."""
        ...

    async def reap(self, now: float) -> int:
        """Queue again, or fail after the last attempt, every running row whose lease has ended; how many."""
        ...

    async def recover(self, worker_prefix: str, now: float) -> int:
        """The same, leases aside, for every row that runs under a worker of this name: at start, they are dead."""
        ...

    async def cancel(self, team_id: str, request_id: str, now: float) -> bool:
        """End a queued or running row as cancelled; its holder learns it at the next heartbeat."""
        ...

    async def purge(self, before: float, limit: int) -> int:
        """Forget at most `limit` rows that ended before this time: their ids are unknown from now on. How many.

        Requests of a batch stay: they are forgotten with it.
        """
        ...

    async def forget_upload_urls(self, before: float) -> int:
        """Forget where results of requests that ended before this time were sent; how many.

        Requests that end without a result forget it at once.
        """
        ...


class OutputStore(Protocol):
    """Ephemeral results."""

    async def output(self, token: str, now: float) -> OutputRecord | None:
        """An unexpired output."""
        ...

    async def receipt_of(self, team_id: str, sha256: str) -> bytes | None:
        """The newest receipt of these very bytes, if this team made them here; it outlives the output."""
        ...
