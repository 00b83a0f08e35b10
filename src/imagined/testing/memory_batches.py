"""The batch table in memory, beside the request table in memory."""

from collections.abc import Sequence

import msgspec

from imagined.contract.results import RequestState
from imagined.imagine import batch_rules
from imagined.imagine.batch_ports import (
    BatchRecord,
    BatchRecordPage,
    EntryRecord,
    EntryRecordPage,
    NewBatch,
    Tally,
)
from imagined.jobs import machine
from imagined.jobs.ports import NewRequest
from imagined.testing.memory_requests import MemoryRequestStore, RequestRow


class MemoryBatchStore:
    """The `BatchStore` and `BatchKeeping` ports on dictionaries."""

    def __init__(self, requests: MemoryRequestStore) -> None:
        self._requests = requests
        self.rows: dict[str, BatchRecord] = {}

    async def create(self, batch: NewBatch) -> None:
        """Add a batch."""
        unread = 0 if batch.input_file_id is not None else None
        self.rows[batch.id] = BatchRecord(**msgspec.structs.asdict(batch), lines_read=unread)

    async def get(self, team_id: str, batch_id: str, now: float) -> BatchRecord | None:
        """A batch of this team."""
        row = self.rows.get(batch_id)
        return self._counted(row) if row is not None and row.team_id == team_id and row.forgotten_at > now else None

    async def newest_like(self, batch: NewBatch, since: float) -> str | None:
        """A batch that an earlier try of the same call made."""
        alike = [
            row
            for row in self.rows.values()
            if (row.team_id, row.key_id, row.name, row.input_file_id)
            == (batch.team_id, batch.key_id, batch.name, batch.input_file_id)
            and row.created_at >= since
        ]
        return max(alike, key=_place).id if alike else None

    async def page(self, team_id: str, now: float, limit: int, after: tuple[float, str] | None) -> BatchRecordPage:
        """One page, the newest first."""
        rows = [
            row
            for row in self.rows.values()
            if row.team_id == team_id and row.forgotten_at > now and (after is None or _place(row) < after)
        ]
        rows.sort(key=_place, reverse=True)
        return BatchRecordPage(records=tuple(map(self._counted, rows[:limit])), more=len(rows) > limit)

    async def add(self, team_id: str, batch_id: str, requests: Sequence[NewRequest], now: float) -> int:
        """Check and add."""
        batch_rules.check_open(await self.get(team_id, batch_id, now), batch_id, now)
        return await self._insert(batch_id, requests)

    async def cancel(self, team_id: str, batch_id: str, now: float) -> bool:
        """Mark as cancelled."""
        row = await self.get(team_id, batch_id, now)
        if row is None:
            return False
        if row.cancelled_at is None and row.refusal is None:
            self._change(batch_id, cancelled_at=now, lines_read=None)
        return True

    async def cancel_queued(self, batch_id: str, now: float, limit: int) -> int:
        """Cancel a portion of what has not begun."""
        queued = [row for row in self._of(batch_id) if row.state == "queued"][:limit]
        for row in queued:
            row.state = machine.step(row.state, "cancel")
            row.finished_at = now
        return len(queued)

    async def entries(self, batch_id: str, states: Sequence[RequestState], after: str, limit: int) -> EntryRecordPage:
        """One page in the order of the ids."""
        found = [_entry(row) for row in self._of(batch_id) if row.state in states]
        listed = sorted((entry for entry in found if entry.batch_request_id > after), key=_name)
        return EntryRecordPage(records=tuple(listed[:limit]), more=len(listed) > limit)

    async def entry(self, batch_id: str, batch_request_id: str) -> tuple[EntryRecord, bytes] | None:
        """One request and its payload."""
        for row in self._of(batch_id):
            if row.request.batch_request_id == batch_request_id:
                return _entry(row), row.request.payload
        return None

    async def renew_urls(self, request_ids: Sequence[str], until: float) -> None:
        """Let URLs live longer."""
        for request_id in request_ids:
            row = self._requests.rows[request_id]
            row.outputs = tuple(
                msgspec.structs.replace(output, expires_at=max(output.expires_at, until)) for output in row.outputs
            )

    async def unread(self, now: float) -> Sequence[BatchRecord]:
        """Batches whose files are still to be read."""
        rows = [row for row in self.rows.values() if row.lines_read is not None and row.expires_at > now]
        return sorted(rows, key=lambda row: row.created_at)

    async def fill(self, batch_id: str, lines: tuple[int, int | None], requests: Sequence[NewRequest]) -> bool:
        """Add what some lines hold."""
        if batch_id not in self.rows or self.rows[batch_id].lines_read != lines[0]:
            return False
        await self._insert(batch_id, requests)
        self._change(batch_id, lines_read=lines[1])
        return True

    async def refuse(self, batch_id: str, message: str) -> bool:
        """End the reading of a file that cannot be used."""
        if self.rows[batch_id].lines_read is None:
            return False
        self._change(batch_id, refusal=message, lines_read=None)
        return True

    async def stopped(self, now: float) -> Sequence[str]:
        """Batches that are over and still have queued requests."""
        over = [
            row.id
            for row in self.rows.values()
            if row.cancelled_at is not None or row.refusal is not None or row.expires_at <= now
        ]
        return [batch_id for batch_id in over if any(row.state == "queued" for row in self._of(batch_id))]

    async def forget(self, now: float, limit: int) -> int:
        """Remove a portion of what is forgotten."""
        forgotten = [row.id for row in self.rows.values() if row.forgotten_at <= now]
        requests = [row.request.id for batch_id in forgotten for row in self._of(batch_id)][:limit]
        for request_id in requests:
            del self._requests.rows[request_id]
        gone = [] if requests else forgotten
        for batch_id in gone:
            del self.rows[batch_id]
        return len(requests) or len(gone)

    async def _insert(self, batch_id: str, requests: Sequence[NewRequest]) -> int:
        known = {row.request.batch_request_id or "": row.request.request_hash for row in self._of(batch_id)}
        fresh = batch_rules.new_ones(requests, known)
        for request in fresh:
            await self._requests.accept(request)
        return len(fresh)

    def _of(self, batch_id: str) -> list[RequestRow]:
        return [row for row in self._requests.rows.values() if row.request.batch_id == batch_id]

    def _change(self, batch_id: str, **changes: object) -> None:
        self.rows[batch_id] = msgspec.structs.replace(self.rows[batch_id], **changes)

    def _counted(self, record: BatchRecord) -> BatchRecord:
        rows = self._of(record.id)
        kinds = sorted({(row.state, row.request.operation) for row in rows})
        tallies = []
        for state, operation in kinds:
            alike = [row for row in rows if (row.state, row.request.operation) == (state, operation)]
            cost = sum(row.cost for row in alike)
            tallies.append(Tally(operation=operation, state=state, count=len(alike), cost_in_usd_ticks=cost))
        return msgspec.structs.replace(record, tallies=tuple(tallies))


def _place(record: BatchRecord) -> tuple[float, str]:
    return record.created_at, record.id


def _name(entry: EntryRecord) -> str:
    return entry.batch_request_id


def _entry(row: RequestRow) -> EntryRecord:
    return EntryRecord(
        batch_request_id=row.request.batch_request_id or "",
        request_id=row.request.id,
        operation=row.request.operation,
        model=row.request.model,
        state=row.state,
        created_at=row.request.created_at,
        finished_at=row.finished_at,
        items=row.items,
        error_code=row.error[0],
        error_message=row.error[1],
        cost_in_usd_ticks=row.cost,
        as_base64=bool(row.request.as_base64),
        urls_until=min((output.expires_at for output in row.outputs), default=None),
    )
