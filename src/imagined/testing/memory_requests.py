"""The request table in memory: the same promises as the database's, without its durability."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from imagined.contract.requests import Operation
from imagined.contract.results import PLACES, OutputItem, RequestState, RequestStep
from imagined.contract.usage import DailyUsage, day_of, plus
from imagined.jobs import machine
from imagined.jobs.ports import Claim, Completion, NewRequest, OutputRecord, QueueDepth, RequestRecord
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_receipts import MemoryReceiptStore


@dataclass
class RequestRow:
    """A row as it is kept."""

    request: NewRequest
    vt: float
    state: RequestState = machine.INITIAL
    worker: str | None = None
    attempt: int = 0
    lease_until: float = 0.0
    step: RequestStep = field(default_factory=RequestStep)
    finished_at: float | None = None
    result_expires_at: float | None = None
    items: tuple[OutputItem, ...] = ()
    error: tuple[str | None, str | None] = (None, None)
    cost: int = 0
    upload_url: str | None = None
    outputs: tuple[OutputRecord, ...] = field(default=())


class MemoryRequestStore:
    """`RequestStore`, `OutputStore` and `UsageStore` over dictionaries."""

    def __init__(self, files: MemoryFileStore | None = None) -> None:
        self._files = files
        self.receipts = MemoryReceiptStore(files, self._outputs)
        self.rows: dict[str, RequestRow] = {}
        self.usage: dict[tuple[str, str], DailyUsage] = {}
        self.announce: Callable[[RequestRow, float], None] = lambda _, __: None
        """Told of each row that ends, as part of its end."""

    async def accept(self, request: NewRequest) -> None:
        """Add a queued row."""
        queued = [row for row in self.rows.values() if row.state == "queued"]
        peers = [row for row in queued if row.request.priority == request.priority]
        own = [row.vt for row in peers if row.request.team_id == request.team_id]
        vt = max(min((row.vt for row in peers), default=0.0), max(own, default=0.0) + request.cost)
        self.rows[request.id] = RequestRow(request, vt, upload_url=request.upload_url)

    async def get(self, team_id: str, request_id: str) -> RequestRecord | None:
        """A row of this team."""
        row = self.rows.get(request_id)
        return _record(row) if row is not None and row.request.team_id == team_id else None

    async def place(self, team_id: str, request_id: str) -> int | None:
        """How many queued rows of the same engine are claimed before this one."""
        own = self.rows.get(request_id)
        if own is None or own.request.team_id != team_id or own.state != "queued":
            return None
        queued = [row for row in self.rows.values() if row.state == "queued"]
        beside = [row for row in queued if row.request.engine == own.request.engine]
        return min(PLACES, sum(_order(row) < _order(own) for row in beside))

    async def page(
        self,
        team_id: str,
        operations: Sequence[Operation],
        states: Sequence[RequestState],
        before: tuple[float, str] | None,
        limit: int,
    ) -> Sequence[RequestRecord]:
        """The team's rows of these kinds and states, the newest first."""
        shown = [row.request for row in self.rows.values() if row.state in states and row.request.batch_id is None]
        wanted = [one for one in shown if one.team_id == team_id and one.operation in operations]
        places = sorted(((one.created_at, one.id) for one in wanted), reverse=True)
        return [_record(self.rows[name]) for at, name in places if before is None or (at, name) < before][:limit]

    async def depths(self) -> Sequence[QueueDepth]:
        """How many interactive rows wait, by team and engine."""
        waiting = [row.request for row in self.rows.values() if row.state == "queued" and row.request.priority >= 0]
        counts = Counter((request.team_id, request.engine) for request in waiting)
        return [QueueDepth(team_id=team, engine=engine, count=count) for (team, engine), count in counts.items()]

    async def find_retried(self, team_id: str, request_hash: str, since: float | None) -> RequestRecord | None:
        """The newest row with this hash that is unfinished or was finished after `since`."""
        found = [
            row
            for row in self.rows.values()
            if row.request.team_id == team_id
            and row.request.request_hash == request_hash
            and (since is None or (row.state != "cancelled" and (row.finished_at or math.inf) > since))
        ]
        return _record(max(found, key=lambda row: row.request.created_at)) if found else None

    async def claim(
        self, worker: str, engines: Sequence[str], now: float, lease_s: float, *, running_per_team: int = 0
    ) -> Claim | None:
        """Take the next queued row of one of `engines`."""
        running = Counter(row.request.team_id for row in self.rows.values() if row.state == "running")
        busy = {team for team, count in running.items() if running_per_team and count >= running_per_team}
        queued = [row for row in self.rows.values() if row.state == "queued" and row.request.engine in engines]
        free = [row for row in queued if row.request.team_id not in busy]
        if not free:
            return None
        row = min(free, key=_order)
        row.step = RequestStep(percent=row.step.percent, phase="loading")
        row.state = machine.step(row.state, "claim")
        row.worker, row.attempt, row.lease_until = worker, row.attempt + 1, now + lease_s
        request = row.request
        return Claim(
            request_id=request.id,
            team_id=request.team_id,
            operation=request.operation,
            model=request.model,
            engine=request.engine,
            payload=request.payload,
            seed=request.seed,
            created_at=request.created_at,
            worker=worker,
            attempt=row.attempt,
            batch_id=request.batch_id,
            upload_url=row.upload_url,
        )

    async def heartbeat(self, claim: Claim, now: float, lease_s: float, step: RequestStep) -> bool:
        """Extend the lease and store how far the work is."""
        row = self._held(claim)
        if row is None:
            return False
        row.lease_until = now + lease_s
        row.step = msgspec.structs.replace(step, percent=max(row.step.percent, step.percent))
        return True

    async def finish(self, claim: Claim, now: float, completion: Completion) -> bool:
        """Publish the result."""
        row = self._held(claim)
        if row is None:
            return False
        row.state = machine.step(row.state, "finish")
        row.finished_at, row.items, row.cost = now, completion.items, completion.cost_in_usd_ticks
        row.outputs, row.step = completion.outputs, msgspec.structs.replace(row.step, percent=100)
        row.result_expires_at = max((output.expires_at for output in completion.outputs), default=None)
        for record in completion.files:
            if self._files is None:
                raise AssertionError("this store was made without files")
            await self._files.insert(record)
        self.receipts.add(completion.receipts)
        day = (claim.team_id, day_of(now))
        so_far = self.usage.get(day, DailyUsage(day=day[1]))
        self.usage[day] = plus(so_far, completion.made, completion.cost_in_usd_ticks)
        self.announce(row, now)
        return True

    async def fail(self, claim: Claim, now: float, code: str, message: str) -> bool:
        """End as failed."""
        row = self._held(claim)
        if row is None:
            return False
        row.state = machine.step(row.state, "fail")
        row.finished_at, row.error, row.upload_url = now, (code, message), None
        row.step = msgspec.structs.replace(row.step, percent=0)
        self.announce(row, now)
        return True

    async def lose(self, claim: Claim, now: float, code: str, message: str) -> RequestState | None:
        """Spend this attempt."""
        row = self._held(claim)
        return None if row is None else self._spend(row, now, code, message)

    async def release(self, claim: Claim) -> bool:
        """Give the attempt back uncounted."""
        row = self._held(claim)
        if row is None:
            return False
        row.state = machine.step(row.state, "release")
        row.attempt -= 1
        row.worker = None
        return True

    async def reap(self, now: float) -> int:
        """Spend the attempt of every running row whose lease has ended."""
        return self._lose_all([row for row in self.rows.values() if row.lease_until <= now], now)

    async def recover(self, worker_prefix: str, now: float) -> int:
        """Spend the attempt of every row that runs under this name."""
        return self._lose_all([row for row in self.rows.values() if (row.worker or "").startswith(worker_prefix)], now)

    async def cancel(self, team_id: str, request_id: str, now: float) -> bool:
        """End as cancelled."""
        row = self.rows.get(request_id)
        if row is None or row.request.team_id != team_id or row.state not in machine.sources("cancel"):
            return False
        row.state = machine.step(row.state, "cancel")
        row.finished_at, row.upload_url = now, None
        self.announce(row, now)
        return True

    async def purge(self, before: float, limit: int) -> int:
        """Forget rows that ended before this time."""
        ended = [row for row in self.rows.values() if row.finished_at is not None and row.request.batch_id is None]
        past = [row.request.id for row in ended if (row.finished_at or 0.0) <= before][:limit]
        for name in past:
            del self.rows[name]
        return len(past)

    async def forget_upload_urls(self, before: float) -> int:
        """Forget where results were sent."""
        ended = [row for row in self.rows.values() if row.finished_at is not None and row.finished_at <= before]
        known = [row for row in ended if row.upload_url is not None]
        for row in known:
            row.upload_url = None
        return len(known)

    async def days(self, team_id: str, first: str, last: str) -> Sequence[DailyUsage]:
        """Days with usage, in order."""
        return [self.usage[key] for key in sorted(self.usage) if key[0] == team_id and first <= key[1] <= last]

    async def teams(self) -> Sequence[str]:
        """Teams that have ever finished a request."""
        return sorted({team for team, _ in self.usage})

    async def output(self, token: str, now: float) -> OutputRecord | None:
        """An unexpired output."""
        outputs = self._outputs()
        return next((output for output in outputs if output.token == token and output.expires_at > now), None)

    async def receipt_of(self, team_id: str, sha256: str) -> bytes | None:
        """The newest receipt of these bytes."""
        return self.receipts.newest_body(team_id, sha256)

    def _outputs(self) -> Iterator[OutputRecord]:
        return (output for row in self.rows.values() for output in row.outputs)

    def _held(self, claim: Claim) -> RequestRow | None:
        row = self.rows.get(claim.request_id)
        if row is None or (row.worker, row.attempt, row.state) != (claim.worker, claim.attempt, "running"):
            return None
        return row

    def _spend(self, row: RequestRow, now: float, code: str, message: str) -> RequestState:
        state = _lose(row, now, code, message)
        if state == "failed":
            self.announce(row, now)
        return state

    def _lose_all(self, rows: list[RequestRow], now: float) -> int:
        running = [row for row in rows if row.state == "running"]
        for row in running:
            self._spend(row, now, "internal_error", machine.given_up(row.attempt))
        return len(running)


def _order(row: RequestRow) -> tuple[float, float, float]:
    return -row.request.priority, row.vt, row.request.created_at


def _lose(row: RequestRow, now: float, code: str, message: str) -> RequestState:
    event = machine.event_of_loss(row.attempt, row.request.max_attempts)
    row.state = machine.step(row.state, event)
    row.worker = None
    if event == "give_up":
        row.finished_at, row.error, row.upload_url = now, (code, message), None
        row.step = msgspec.structs.replace(row.step, percent=0)
    return row.state


def _record(row: RequestRow) -> RequestRecord:
    return RequestRecord(
        id=row.request.id,
        team_id=row.request.team_id,
        operation=row.request.operation,
        model=row.request.model,
        state=row.state,
        attempt=row.attempt,
        step=row.step,
        created_at=row.request.created_at,
        finished_at=row.finished_at,
        result_expires_at=row.result_expires_at,
        items=row.items,
        error_code=row.error[0],
        error_message=row.error[1],
        cost_in_usd_ticks=row.cost,
        upload_url=row.upload_url,
    )
