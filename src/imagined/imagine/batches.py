"""The batches service: what both transports call."""

import asyncio
from collections.abc import Sequence
from typing import Final

import msgspec

from imagined.access.rates import RateLimit
from imagined.contract import batches, errors
from imagined.contract.access import Caller
from imagined.contract.batches import (
    Batch,
    BatchCounts,
    BatchEntry,
    BatchPage,
    EntryDetail,
    EntryInfo,
    EntryInfoPage,
    EntryResult,
    EntryResultPage,
    EntryState,
)
from imagined.contract.environment import Clock, Ids
from imagined.contract.requests import ImageRequest, VideoRequest
from imagined.contract.results import JobError, RequestState, RequestView
from imagined.files.service import FilesService
from imagined.files.sharing import BaseUrl
from imagined.imagine import paging
from imagined.imagine.batch_admission import Admission
from imagined.imagine.batch_files import FileLimits
from imagined.imagine.batch_ports import BatchRecord, BatchStore, EntryRecord, NewBatch, Tally
from imagined.imagine.service import absolute
from imagined.jobs.events import RequestEvents

STATES: Final[dict[RequestState, EntryState]] = {
    "queued": "pending",
    "running": "pending",
    "done": "succeeded",
    "failed": "failed",
    "cancelled": "cancelled",
}
"""A request's state as its batch shows it. Results do not expire one by one: they live as long as their batch."""
ENDED: Final[tuple[RequestState, ...]] = ("done", "failed", "cancelled")
KEPT_AFTER_EXPIRY_S: Final = 86_400
"""How long a batch can still be read after its unfinished requests were cancelled."""
MAX_NAME_LENGTH: Final = 1024
MAX_ADDED: Final = 10_000
"""Requests in one call to add: they become visible in one transaction, which holds up every other one."""
RETRY_WINDOW_S: Final = 60.0
CANCELLED_AT_ONCE: Final = 500
_RENEWED_EARLY_S: Final = 300.0
"""URLs get this much more than promised, so that reading results again and again does not write each time."""


class BatchRates(msgspec.Struct, frozen=True, kw_only=True):
    """How often a team may call; 0: as often as it likes. The defaults are the hosted service's."""

    creations_per_second: int = 2
    additions_per_30_seconds: int = 1000


class BatchService:
    """Batches of a caller's team. Other teams' batches, unknown and forgotten ones are all `not-found`."""

    def __init__(
        self,
        store: BatchStore,
        admission: Admission,
        files: FilesService,
        events: RequestEvents,
        clock: Clock,
        ids: Ids,
        public_base_url: str | BaseUrl,
        limits: FileLimits | None = None,
        rates: BatchRates | None = None,
    ) -> None:
        self._store = store
        self._admission = admission
        self._files = files
        self._events = events
        self._clock = clock
        self._ids = ids
        self._base_url: BaseUrl = public_base_url if callable(public_base_url) else lambda: str(public_base_url)
        self._limits = limits or FileLimits()
        rates = rates or BatchRates()
        self._creations = RateLimit("Batch Creations", rates.creations_per_second, 1.0, clock)
        self._additions = RateLimit("Batch Additions", rates.additions_per_30_seconds, 30.0, clock)
        self._draining = False
        self.file_added = asyncio.Event()
        """Set when a batch with an input file was made, for whoever reads the files."""

    async def create(
        self, caller: Caller, name: str, input_file_id: str | None = None, *, is_retry: bool = False
    ) -> Batch:
        """A new batch: open, or sealed and filled from a JSON Lines file, which is read after this returns.

        Raises `ApiError`: a name that is too long, a file that is not the team's or too large, too many batches in one
        second. `is_retry` marks a
        call that the client's transport repeats: the first one's batch is returned.
        """
        self._check_draining()
        if len(name) > MAX_NAME_LENGTH:
            raise errors.invalid(f"name: must have at most {MAX_NAME_LENGTH} characters.")
        digest = None
        if input_file_id is not None:
            file = await self._files.get(caller.team_id, input_file_id)
            if file.size > self._limits.file_bytes:
                raise errors.invalid(f"input_file_id: the file may have at most {self._limits.file_bytes} bytes.")
            digest = file.sha256
        now = self._clock.now()
        batch = NewBatch(
            id=f"batch_{self._ids.uuid()}",
            team_id=caller.team_id,
            key_id=caller.key_id,
            acls=caller.acls,
            name=name,
            created_at=now,
            expires_at=now + batches.LIFETIME_S,
            forgotten_at=now + batches.LIFETIME_S + KEPT_AFTER_EXPIRY_S,
            input_file_id=input_file_id,
            input_sha256=digest,
        )
        earlier = await self._store.newest_like(batch, now - RETRY_WINDOW_S) if is_retry else None
        if earlier is not None:
            return await self.get(caller, earlier)
        self._creations.check(caller.team_id)
        await self._store.create(batch)
        if input_file_id is not None:
            self.file_added.set()
        return await self.get(caller, batch.id)

    async def get(self, caller: Caller, batch_id: str) -> Batch:
        """A batch's present state."""
        return self._batch(await self._record(caller, batch_id))

    async def list_batches(self, caller: Caller, limit: int, token: str | None) -> BatchPage:
        """One page of the team's batches, the newest first."""
        listed = paging.list_name("batches")
        position = paging.position(token, listed)
        page = await self._store.page(caller.team_id, self._clock.now(), batches.page_limit(limit), position)
        last = page.records[-1] if page.more else None
        return BatchPage(
            batches=tuple(map(self._batch, page.records)),
            next_token=None if last is None else paging.make_token(listed, (last.created_at, last.id)),
        )

    async def add(self, caller: Caller, batch_id: str, entries: Sequence[BatchEntry]) -> None:
        """Add requests to an open batch, all of them or none.

        Adding the same request under the same id again does nothing, so a call may be repeated. Raises `ApiError`:
        403 for a cancelled batch, 412 for a sealed one and for an id with other content, 429 for too many calls,
        and what is wrong with the first request that cannot be accepted.
        """
        self._check_draining()
        await self._record(caller, batch_id)
        if not entries:
            raise errors.invalid("batch_requests: must have at least one request.")
        if len(entries) > MAX_ADDED:
            raise errors.invalid(f"batch_requests: at most {MAX_ADDED} can be added in one call.")
        self._additions.check(caller.team_id)
        admitted = await asyncio.to_thread(self._admission.admit_all, caller, batch_id, list(entries))
        if await self._store.add(caller.team_id, batch_id, admitted, self._clock.now()):
            self._events.queued()

    async def cancel(self, caller: Caller, batch_id: str) -> Batch:
        """Cancel what has not begun. What runs already goes on, and may still succeed."""
        if not await self._store.cancel(caller.team_id, batch_id, self._clock.now()):
            raise batches.batch_not_found(batch_id)
        while await self._store.cancel_queued(batch_id, self._clock.now(), CANCELLED_AT_ONCE):
            pass
        return await self.get(caller, batch_id)

    async def list_entries(
        self, caller: Caller, batch_id: str, limit: int, token: str | None, states: Sequence[EntryState] = ()
    ) -> EntryInfoPage:
        """One page of what is in a batch, of these states or of all."""
        await self._record(caller, batch_id)
        listed = paging.list_name("requests", batch_id, states)
        wanted = [state for state, shown in STATES.items() if not states or shown in states]
        after = paging.entry_position(token, listed)
        page = await self._store.entries(batch_id, wanted, after, batches.page_limit(limit))
        last = page.records[-1].batch_request_id if page.more else None
        return EntryInfoPage(
            entries=tuple(map(_info, page.records)),
            next_token=None if last is None else paging.make_token(listed, last),
        )

    async def list_results(
        self, caller: Caller, batch_id: str, limit: int, token: str | None, *, inline_bytes: int
    ) -> EntryResultPage:
        """One page of what has ended, before the batch is complete too.

        A page is shorter than `limit` where the pictures that go inside it are more than `inline_bytes`; it always
        has one result at least. URLs in it live an hour from now.
        """
        await self._record(caller, batch_id)
        listed = paging.list_name("results", batch_id)
        after = paging.entry_position(token, listed)
        page = await self._store.entries(batch_id, ENDED, after, batches.page_limit(limit))
        records = _that_fit(page.records, inline_bytes)
        await self._renew(records)
        more = page.more or len(records) < len(page.records)
        return EntryResultPage(
            results=tuple(map(self._result, records)),
            next_token=paging.make_token(listed, records[-1].batch_request_id) if more else None,
        )

    async def get_entry(self, caller: Caller, batch_id: str, batch_request_id: str) -> EntryDetail:
        """One request of a batch, with its result if it has ended."""
        await self._record(caller, batch_id)
        found = await self._store.entry(batch_id, batch_request_id)
        if found is None:
            raise batches.entry_not_found(batch_request_id)
        record, payload = found
        await self._renew([record])
        return EntryDetail(
            batch_request_id=batch_request_id,
            request=msgspec.json.decode(payload, type=ImageRequest | VideoRequest) if payload else None,
            as_base64=record.as_base64,
            result=self._result(record) if record.state in ENDED else None,
        )

    def drain(self) -> None:
        """Take nothing new from now on; batches can still be read and cancelled."""
        self._draining = True

    def _check_draining(self) -> None:
        if self._draining:
            raise errors.unavailable("The server is shutting down.")

    async def _record(self, caller: Caller, batch_id: str) -> BatchRecord:
        record = await self._store.get(caller.team_id, batch_id, self._clock.now())
        if record is None:
            raise batches.batch_not_found(batch_id)
        return record

    async def _renew(self, records: Sequence[EntryRecord]) -> None:
        now = self._clock.now()
        promised = now + batches.URL_LIFETIME_S
        ending = [record.request_id for record in records if (record.urls_until or promised) < promised]
        if ending:
            await self._store.renew_urls(ending, promised + _RENEWED_EARLY_S)

    def _batch(self, record: BatchRecord) -> Batch:
        # While a file is being read nobody shall take the first of its requests for all of them.
        tallies = record.tallies if record.lines_read is None else ()
        done = [(tally.operation, tally.count, tally.cost_in_usd_ticks) for tally in tallies if tally.state == "done"]
        return Batch(
            id=record.id,
            name=record.name,
            key_id=record.key_id,
            created_at=record.created_at,
            expires_at=record.expires_at,
            cancelled_at=record.cancelled_at,
            refusal=record.refusal,
            input_file_id=record.input_file_id,
            counts=_counts(tallies),
            costs=batches.costs_of(done),
            calculated_at=self._clock.now(),
        )

    def _result(self, record: EntryRecord) -> EntryResult:
        error = JobError(code=record.error_code or "internal_error", message=record.error_message or "")
        is_done = record.state == "done"
        view = RequestView(
            request_id=record.request_id,
            state=record.state,
            model=record.model,
            progress=100 if is_done else 0,
            outputs=tuple(absolute(item, self._base_url()) for item in record.items) if is_done else (),
            error=error if record.state == "failed" else None,
            cost_in_usd_ticks=record.cost_in_usd_ticks,
        )
        return EntryResult(
            batch_request_id=record.batch_request_id,
            operation=record.operation,
            view=view,
            as_base64=record.as_base64,
        )


def _counts(tallies: Sequence[Tally]) -> BatchCounts:
    def count(state: EntryState) -> int:
        return sum(tally.count for tally in tallies if STATES[tally.state] == state)

    return BatchCounts(
        total=sum(tally.count for tally in tallies),
        pending=count("pending"),
        succeeded=count("succeeded"),
        failed=count("failed"),
        cancelled=count("cancelled"),
    )


def _info(record: EntryRecord) -> EntryInfo:
    return EntryInfo(
        batch_request_id=record.batch_request_id,
        endpoint=batches.ENDPOINTS[record.operation],
        model=record.model,
        state=STATES[record.state],
        created_at=record.created_at,
        finished_at=record.finished_at,
    )


def _that_fit(records: Sequence[EntryRecord], inline_bytes: int) -> list[EntryRecord]:
    """As many of the first records as carry pictures of `inline_bytes` at most, and one at least."""
    fitting: list[EntryRecord] = []
    room = inline_bytes
    for record in records:
        if record.as_base64:
            room -= sum(item.size for item in record.items)
        if room < 0 and fitting:
            break
        fitting.append(record)
    return fitting
