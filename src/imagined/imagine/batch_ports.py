"""The batch table as the services see it.

A request in a batch is a row of the request table that also carries its batch's id, so that claims, leases, fences and
retries are those of every other request. What a batch shows of its progress is counted from those rows.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from imagined.contract.requests import Operation
from imagined.contract.results import OutputItem, RequestState
from imagined.jobs.ports import NewRequest


class NewBatch(msgspec.Struct, frozen=True, kw_only=True):
    """A batch to be made. With an input file it is sealed, and its file is still to be read."""

    id: str
    team_id: str
    key_id: str
    acls: tuple[str, ...]
    """Of the key, for requests that are admitted later from the file."""
    name: str
    created_at: float
    expires_at: float
    forgotten_at: float
    """From then on it is unknown."""
    input_file_id: str | None = None
    input_sha256: str | None = None


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many requests of one operation are in one state, and what they cost together."""

    operation: Operation
    state: RequestState
    count: int
    cost_in_usd_ticks: int


class BatchRecord(NewBatch, frozen=True, kw_only=True):
    """A batch as read, its requests counted in the same snapshot."""

    cancelled_at: float | None = None
    refusal: str | None = None
    lines_read: int | None = None
    """How many lines of the input file have become requests; None when there is nothing (more) to read."""
    tallies: tuple[Tally, ...] = ()


class BatchRecordPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one page, and whether more follow."""

    records: tuple[BatchRecord, ...]
    more: bool


class EntryRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A request of a batch as read."""

    batch_request_id: str
    request_id: str
    operation: Operation
    model: str
    state: RequestState
    created_at: float
    finished_at: float | None = None
    items: tuple[OutputItem, ...] = ()
    error_code: str | None = None
    error_message: str | None = None
    cost_in_usd_ticks: int = 0
    as_base64: bool = False
    urls_until: float | None = None
    """When the first of its URLs ends."""


class EntryRecordPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one page, and whether more follow."""

    records: tuple[EntryRecord, ...]
    more: bool


class BatchStore(Protocol):
    """Batches of a team. Every read takes `now` and never shows a forgotten one."""

    async def create(self, batch: NewBatch) -> None:
        """Commit a batch; durable on return."""
        ...

    async def get(self, team_id: str, batch_id: str, now: float) -> BatchRecord | None:
        """A batch of this team."""
        ...

    async def newest_like(self, batch: NewBatch, since: float) -> str | None:
        """The id of the newest batch of the same key, name and input file that was made at `since` or later."""
        ...

    async def page(self, team_id: str, now: float, limit: int, after: tuple[float, str] | None) -> BatchRecordPage:
        """The newest first; `after` is creation time and id of the last batch of the page before."""
        ...

    async def add(self, team_id: str, batch_id: str, requests: Sequence[NewRequest], now: float) -> int:
        """Add requests to an open batch, all or none; how many were new.

        Raises `ApiError` as `batch_rules` says: unknown, cancelled, sealed or expired batch, an id with other content.
        """
        ...

    async def cancel(self, team_id: str, batch_id: str, now: float) -> bool:
        """Mark as cancelled and end the reading of its file; False when there is no such batch.

        A batch that was cancelled before, by its owner or the service, stays as it is.
        """
        ...

    async def cancel_queued(self, batch_id: str, now: float, limit: int) -> int:
        """Cancel at most `limit` of its requests that have not begun; how many. Running ones go on."""
        ...

    async def entries(self, batch_id: str, states: Sequence[RequestState], after: str, limit: int) -> EntryRecordPage:
        """Requests in these states whose ids come after `after`, in the order of the ids."""
        ...

    async def entry(self, batch_id: str, batch_request_id: str) -> tuple[EntryRecord, bytes] | None:
        """One request and its payload, which is empty once it has ended and was too large to keep."""
        ...

    async def renew_urls(self, request_ids: Sequence[str], until: float) -> None:
        """Let the URLs of these requests' results live at least until then."""
        ...


class BatchKeeping(Protocol):
    """Batches of all teams, for the part of the server that reads their files and ends them in time."""

    async def unread(self, now: float) -> Sequence[BatchRecord]:
        """Batches whose files are still to be read, the oldest first, without tallies."""
        ...

    async def fill(self, batch_id: str, lines: tuple[int, int | None], requests: Sequence[NewRequest]) -> bool:
        """Add what lines `lines[0]` + 1 to `lines[1]` hold; with None as the second, that was all.

        False, and nothing is added, unless exactly `lines[0]` lines had been read: the batch was cancelled, or
        somebody else is reading. Requests whose ids the batch has already are left out.
        """
        ...

    async def refuse(self, batch_id: str, message: str) -> bool:
        """The service cancels a batch whose file is still being read; False when it is not."""
        ...

    async def stopped(self, now: float) -> Sequence[str]:
        """Cancelled, refused and expired batches that still have queued requests."""
        ...

    async def cancel_queued(self, batch_id: str, now: float, limit: int) -> int:
        """As in `BatchStore`."""
        ...

    async def forget(self, now: float, limit: int) -> int:
        """Remove at most `limit` requests of forgotten batches, and the batches that have none left; how many rows."""
        ...
