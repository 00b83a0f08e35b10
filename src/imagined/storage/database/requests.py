"""The request table and the table of ephemeral results, on the database port.

Every change of a running row carries the fence (id, worker, attempt, state) in its WHERE clause; no rows changed means
that somebody else holds the request now. The statements run on SQLite and PostgreSQL alike: on PostgreSQL the claim
skips rows that another server is just claiming, which SQLite's single writer does not need.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from imagined.contract.requests import Operation
from imagined.contract.results import RequestState, RequestStep
from imagined.jobs import machine
from imagined.jobs.ports import Claim, Completion, NewRequest, OutputRecord, QueueDepth, RequestRecord
from imagined.storage.database import request_rows
from imagined.storage.database.announcements import announce
from imagined.storage.database.files import insert_file
from imagined.storage.database.port import (
    Database,
    Row,
    Statement,
    Transaction,
)
from imagined.storage.database.receipts import insert_receipts, newest_body
from imagined.storage.database.request_rows import in_state, record
from imagined.storage.database.tables import outputs, requests
from imagined.storage.database.usage import add_usage

_C = requests.c


_FENCE: Final = and_(
    _C.id == bindparam("held"),
    _C.worker == bindparam("holder"),
    _C.attempt == bindparam("held_attempt"),
    in_state("running"),
)
_APART: Final = ("batch_id", "upload_url")
"""What a claim and a row have beside the request itself."""
_SPENT: Final = _C.attempt >= _C.max_attempts
_LARGEST_KEPT: Final = 65_536
# Pictures that came inside a request are not kept once it has ended: its row would weigh more than its result.
ENDED_VALUES: Final[dict[str, Any]] = {
    "updated_at": bindparam("now"),
    "finished_at": bindparam("now"),
    "payload": case((func.length(_C.payload) > _LARGEST_KEPT, literal_column("''")), else_=_C.payload),
    "upload_url": None,
}


_HEAD: Final = Statement(
    select(func.min(_C.vt).label("vt")).where(in_state("queued"), _C.priority == bindparam("priority"))
)
_OWN_TAIL: Final = Statement(
    select(func.max(_C.vt).label("vt")).where(
        in_state("queued"), _C.team_id == bindparam("team"), _C.priority == bindparam("priority")
    )
)
_ACCEPT: Final = Statement(insert(requests))

_RUNNING: Final = requests.alias("running")
_BUSY_TEAMS: Final = (
    select(_RUNNING.c.team_id)
    .where(_RUNNING.c.state == literal_column("'running'"))
    .group_by(_RUNNING.c.team_id)
    .having(func.count() >= bindparam("most", type_=Integer))
)
_NEXT: Final = (
    select(_C.id)
    .where(
        in_state("queued"),
        _C.run_after <= bindparam("now"),
        _C.engine.in_(bindparam("engines", expanding=True)),
        or_(bindparam("most", type_=Integer) == 0, _C.team_id.not_in(_BUSY_TEAMS)),
    )
    .order_by(_C.priority.desc(), _C.vt, _C.created_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM: Final = Statement(
    update(requests)
    .where(_C.id == _NEXT.scalar_subquery())
    .values(
        state=machine.step("queued", "claim"),
        attempt=_C.attempt + 1,
        worker=bindparam("by"),
        lease_until=bindparam("until"),
        phase="loading",
        step=0,
        steps=0,
        updated_at=bindparam("now"),
    )
    .returning(
        *(_C[name] for name in ("id", "team_id", "operation", "model", "engine", "payload", "seed", "created_at")),
        *(_C[name] for name in ("attempt", "batch_id", "upload_url")),
    )
)
_BEAT: Final = Statement(
    update(requests)
    .where(_FENCE)
    .values(
        lease_until=bindparam("until"),
        progress=case((_C.progress > bindparam("percent"), _C.progress), else_=bindparam("percent")),
        phase=bindparam("shown_phase"),
        step=bindparam("done"),
        steps=bindparam("of"),
        updated_at=bindparam("now"),
    )
)
_FINISH: Final = Statement(
    update(requests)
    .where(_FENCE)
    .values(
        state=machine.step("running", "finish"),
        progress=100,
        items=bindparam("result"),
        cost_in_usd_ticks=bindparam("cost"),
        **(ENDED_VALUES | {"upload_url": _C.upload_url}),
    )
)
_OUTPUT: Final = Statement(insert(outputs))
_FAILURE: Final = {
    "progress": 0,
    "error_code": bindparam("code"),
    "error_message": bindparam("message"),
    **ENDED_VALUES,
}
_FAIL: Final = Statement(update(requests).where(_FENCE).values(state=machine.step("running", "fail"), **_FAILURE))
_GIVE_UP: Final = Statement(
    update(requests).where(_FENCE, _SPENT).values(state=machine.step("running", "give_up"), worker=None, **_FAILURE)
)
_LOSE: Final = Statement(
    update(requests)
    .where(_FENCE, ~_SPENT)
    .values(state=machine.step("running", "lose"), worker=None, lease_until=None, updated_at=bindparam("now"))
)
_LEASE_ENDED: Final = Statement(
    select(_C.id, _C.worker, _C.attempt).where(in_state("running"), _C.lease_until <= bindparam("ended_by")).limit(500)
)
_HELD_BY: Final = Statement(
    select(_C.id, _C.worker, _C.attempt)
    .where(in_state("running"), _C.worker.startswith(bindparam("prefix")))
    .limit(500)
)
_RELEASE: Final = Statement(
    update(requests)
    .where(_FENCE)
    .values(state=machine.step("running", "release"), attempt=_C.attempt - 1, worker=None, lease_until=None)
)
_CANCEL: Final = Statement(
    update(requests)
    .where(
        _C.id == bindparam("request_id"),
        _C.team_id == bindparam("team"),
        _C.state.in_(machine.sources("cancel")),
    )
    .values(state=machine.step("queued", "cancel"), worker=None, **ENDED_VALUES)
)
_PURGE: Final = Statement(
    delete(requests).where(
        _C.id.in_(
            select(_C.id)
            .where(_C.finished_at.is_not(None), _C.finished_at <= bindparam("before"), _C.batch_id.is_(None))
            .limit(bindparam("count"))
        )
    )
)
_FORGET_UPLOAD_URLS: Final = Statement(
    update(requests).where(_C.upload_url.is_not(None), _C.finished_at <= bindparam("before")).values(upload_url=None)
)
_BY_TOKEN: Final = Statement(
    select(outputs).where(outputs.c.token == bindparam("token"), outputs.c.expires_at > bindparam("now"))
)


async def insert_requests(tx: Transaction, new: Sequence[NewRequest]) -> None:
    """Add queued rows of one team and one priority inside a transaction, one behind the other."""
    if not new:
        return
    head = await tx.one(_HEAD, priority=new[0].priority)
    tail = await tx.one(_OWN_TAIL, team=new[0].team_id, priority=new[0].priority)
    front, vt = _number(head), _number(tail)
    for request in new:
        vt = max(front, vt + request.cost)
        await tx.run(_ACCEPT, **_new_row(request, vt))


class SqlRequestStore:
    """`RequestStore` and `OutputStore` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, request: NewRequest) -> None:
        """Commit a queued row; durable on return."""

        async def work(tx: Transaction) -> None:
            await insert_requests(tx, [request])

        await self._database.write(work)

    async def get(self, team_id: str, request_id: str) -> RequestRecord | None:
        """A row of this team."""

        async def work(tx: Transaction) -> Row | None:
            return await tx.one(request_rows.GET, request_id=request_id, team=team_id)

        row = await self._database.read(work, brief=True)
        return None if row is None else record(row)

    async def place(self, team_id: str, request_id: str) -> int | None:
        """How many queued rows of the same engine are claimed before this one."""
        return await self._database.read(lambda tx: request_rows.place(tx, team_id, request_id))

    async def page(
        self,
        team_id: str,
        operations: Sequence[Operation],
        states: Sequence[RequestState],
        before: tuple[float, str] | None,
        limit: int,
    ) -> Sequence[RequestRecord]:
        """The team's rows of these kinds and states, the newest first."""
        wanted = {"team": team_id, "operations": operations, "states": states, "count": limit}
        return await self._database.read(lambda tx: request_rows.page(tx, wanted, before))

    async def depths(self) -> Sequence[QueueDepth]:
        """How many interactive rows wait, by team and engine."""
        return await self._database.read(request_rows.depths)

    async def find_retried(self, team_id: str, request_hash: str, since: float | None) -> RequestRecord | None:
        """The newest row with this hash that is unfinished or was finished after `since`."""

        async def work(tx: Transaction) -> Row | None:
            if since is None:
                return await tx.one(request_rows.FIRST, team=team_id, request_hash=request_hash)
            return await tx.one(request_rows.RETRIED, team=team_id, request_hash=request_hash, since=since)

        row = await self._database.read(work)
        return None if row is None else record(row)

    async def claim(
        self, worker: str, engines: Sequence[str], now: float, lease_s: float, *, running_per_team: int = 0
    ) -> Claim | None:
        """Take the next queued row of one of `engines`."""

        async def work(tx: Transaction) -> Row | None:
            return await tx.one(
                _CLAIM, by=worker, engines=list(engines), now=now, until=now + lease_s, most=running_per_team
            )

        row = await self._database.write(work)
        if row is None:
            return None
        return Claim(
            request_id=row["id"],
            worker=worker,
            **{
                name: row[name]
                for name in ("team_id", "operation", "model", "engine", "seed", "created_at", "attempt", *_APART)
            },
            payload=bytes(row["payload"]),
        )

    async def heartbeat(self, claim: Claim, now: float, lease_s: float, step: RequestStep) -> bool:
        """Extend the lease and store how far the work is."""
        told = {"percent": step.percent, "shown_phase": step.phase, "done": step.step, "of": step.of}
        return await self._fenced(_BEAT, claim, now=now, until=now + lease_s, **told)

    async def finish(self, claim: Claim, now: float, completion: Completion) -> bool:
        """Publish the result, its outputs and its files in one fenced transaction."""

        async def work(tx: Transaction) -> bool:
            result = msgspec.json.encode(completion.items)
            cost = completion.cost_in_usd_ticks
            if not await tx.run(_FINISH, **_fence(claim), now=now, result=result, cost=cost):
                return False
            for output in completion.outputs:
                await tx.run(_OUTPUT, **msgspec.structs.asdict(output))
            for file in completion.files:
                await insert_file(tx, file)
            await insert_receipts(tx, completion.receipts)
            await add_usage(tx, claim.team_id, now, completion.made, cost)
            await announce(tx, claim.request_id, now)
            return True

        return await self._database.write(work)

    async def fail(self, claim: Claim, now: float, code: str, message: str) -> bool:
        """End as failed."""

        async def work(tx: Transaction) -> bool:
            if not await tx.run(_FAIL, **_fence(claim), now=now, code=code, message=message):
                return False
            await announce(tx, claim.request_id, now)
            return True

        return await self._database.write(work)

    async def lose(self, claim: Claim, now: float, code: str, message: str) -> RequestState | None:
        """Spend this attempt: queued again, or failed with this error after the last."""

        async def work(tx: Transaction) -> RequestState | None:
            return await _lose(tx, _fence(claim), now, code, message)

        return await self._database.write(work)

    async def release(self, claim: Claim) -> bool:
        """Give the attempt back uncounted."""
        return await self._fenced(_RELEASE, claim)

    async def reap(self, now: float) -> int:
        """Spend the attempt of every running row whose lease has ended."""
        return await self._lose_all(_LEASE_ENDED, now, ended_by=now)

    async def recover(self, worker_prefix: str, now: float) -> int:
        """Spend the attempt of every row that runs under a worker of this name."""
        return await self._lose_all(_HELD_BY, now, prefix=worker_prefix)

    async def cancel(self, team_id: str, request_id: str, now: float) -> bool:
        """End a queued or running row as cancelled."""

        async def work(tx: Transaction) -> bool:
            if not await tx.run(_CANCEL, request_id=request_id, team=team_id, now=now):
                return False
            await announce(tx, request_id, now)
            return True

        return await self._database.write(work)

    async def purge(self, before: float, limit: int) -> int:
        """Forget rows that ended before this time."""

        async def work(tx: Transaction) -> int:
            return await tx.run(_PURGE, before=before, count=limit)

        return await self._database.write(work)

    async def forget_upload_urls(self, before: float) -> int:
        """Forget where results were sent."""
        return await self._database.write(lambda tx: tx.run(_FORGET_UPLOAD_URLS, before=before))

    async def output(self, token: str, now: float) -> OutputRecord | None:
        """An unexpired output."""

        async def work(tx: Transaction) -> Row | None:
            return await tx.one(_BY_TOKEN, token=token, now=now)

        row = await self._database.read(work, brief=True)
        return None if row is None else msgspec.convert(dict(row), OutputRecord)

    async def receipt_of(self, team_id: str, sha256: str) -> bytes | None:
        """The newest receipt of these very bytes, if this team made them here."""
        return await self._database.read(lambda tx: newest_body(tx, team_id, sha256), brief=True)

    async def _fenced(self, statement: Statement, claim: Claim, **parameters: Any) -> bool:
        async def work(tx: Transaction) -> int:
            return await tx.run(statement, **_fence(claim), **parameters)

        return await self._database.write(work) > 0

    async def _lose_all(self, lost: Statement, now: float, **parameters: Any) -> int:
        async def work(tx: Transaction) -> int:
            rows = await tx.all(lost, **parameters)
            for row in rows:
                fence = {"held": row["id"], "holder": row["worker"], "held_attempt": row["attempt"]}
                await _lose(tx, fence, now, "internal_error", machine.given_up(row["attempt"]))
            return len(rows)

        total = 0
        while count := await self._database.write(work):
            total += count
        return total


async def _lose(tx: Transaction, fence: dict[str, Any], now: float, code: str, message: str) -> RequestState | None:
    if await tx.run(_GIVE_UP, **fence, now=now, code=code, message=message):
        await announce(tx, fence["held"], now)
        return "failed"
    return "queued" if await tx.run(_LOSE, **fence, now=now) else None


def _new_row(request: NewRequest, vt: float) -> dict[str, Any]:
    kept = ("id", "team_id", "key_id", "operation", "model", "engine", "payload", "request_hash", "seed")
    batch = ("batch_request_id", "as_base64")
    return {
        **{name: getattr(request, name) for name in (*kept, "created_at", "priority", "max_attempts", *batch, *_APART)},
        **dict.fromkeys(("worker", "lease_until", "phase", "finished_at", "items", "error_code", "error_message")),
        "vt": vt,
        "state": machine.INITIAL,
        "attempt": 0,
        **dict.fromkeys(("progress", "step", "steps", "cost_in_usd_ticks"), 0),
        "run_after": 0.0,
        "updated_at": request.created_at,
    }


def _fence(claim: Claim) -> dict[str, Any]:
    return {"held": claim.request_id, "holder": claim.worker, "held_attempt": claim.attempt}


def _number(row: Row | None) -> float:
    return 0.0 if row is None or row["vt"] is None else float(row["vt"])
