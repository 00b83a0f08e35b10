"""The request table and the table of ephemeral results, on the database port.

Every change of a running row carries the fence (id, worker, attempt, state) in its WHERE clause; no rows changed means
that somebody else holds the request now. The statements run on SQLite and PostgreSQL alike: on PostgreSQL the claim
skips rows that another server is just claiming, which SQLite's single writer does not need.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
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
from sqlalchemy.sql import Select

from imagined.contract.results import OutputItem, RequestState
from imagined.jobs import machine
from imagined.jobs.ports import Claim, Completion, NewRequest, OutputRecord, RequestRecord
from imagined.storage.database.files import insert_file
from imagined.storage.database.port import (
    Database,
    Row,
    Statement,
    Transaction,
)
from imagined.storage.database.tables import outputs, requests
from imagined.storage.database.usage import add_usage

_C = requests.c


def in_state(state: RequestState) -> ColumnElement[bool]:
    """The condition that a row is in this state."""
    # Spelled out, not a parameter: a partial index is used only where the text of its condition is seen.
    return _C.state == literal_column(f"'{state}'")


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

_RESULTS_END: Final = (
    select(func.max(outputs.c.expires_at)).where(outputs.c.request_id == _C.id).scalar_subquery().label("results_end")
)


def _records() -> Select[Any]:
    read = ("id", "team_id", "operation", "model", "state", "attempt", "progress", "created_at", "finished_at")
    ended = ("items", "error_code", "error_message", "cost_in_usd_ticks", "upload_url")
    return select(*(_C[name] for name in (*read, *ended)), _RESULTS_END)


_GET: Final = Statement(_records().where(_C.id == bindparam("request_id"), _C.team_id == bindparam("team")))
_RETRIED: Final = Statement(
    _records()
    .where(
        _C.team_id == bindparam("team"),
        _C.request_hash == bindparam("request_hash"),
        _C.state != literal_column("'cancelled'"),
        or_(_C.finished_at.is_(None), _C.finished_at > bindparam("since")),
    )
    .order_by(_C.created_at.desc())
    .limit(1)
)
_NEXT: Final = (
    select(_C.id)
    .where(
        in_state("queued"),
        _C.run_after <= bindparam("now"),
        _C.engine.in_(bindparam("engines", expanding=True)),
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
_RECEIPT: Final = Statement(
    select(outputs.c.receipt)
    .where(outputs.c.sha256 == bindparam("sha256"), outputs.c.team_id == bindparam("team"))
    .order_by(outputs.c.created_at.desc())
    .limit(1)
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
            return await tx.one(_GET, request_id=request_id, team=team_id)

        row = await self._database.read(work, brief=True)
        return None if row is None else _record(row)

    async def find_retried(self, team_id: str, request_hash: str, since: float) -> RequestRecord | None:
        """The newest row with this hash that is unfinished or was finished after `since`."""

        async def work(tx: Transaction) -> Row | None:
            return await tx.one(_RETRIED, team=team_id, request_hash=request_hash, since=since)

        row = await self._database.read(work)
        return None if row is None else _record(row)

    async def claim(self, worker: str, engines: Sequence[str], now: float, lease_s: float) -> Claim | None:
        """Take the next queued row of one of `engines`."""

        async def work(tx: Transaction) -> Row | None:
            return await tx.one(_CLAIM, by=worker, engines=list(engines), now=now, until=now + lease_s)

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

    async def heartbeat(self, claim: Claim, now: float, lease_s: float, progress: int) -> bool:
        """Extend the lease and store progress."""
        return await self._fenced(_BEAT, claim, now=now, until=now + lease_s, percent=progress)

    async def finish(self, claim: Claim, now: float, completion: Completion) -> bool:
        """Publish the result, its outputs and its files in one fenced transaction."""

        async def work(tx: Transaction) -> bool:
            result = msgspec.json.encode(completion.items)
            cost = completion.cost_in_usd_ticks
            if not await tx.run(_FINISH, **_fence(claim), now=now, result=result, cost=cost):
                return False
            for output in completion.outputs:
                await tx.run(_OUTPUT, **msgspec.structs.asdict(output))
            for record in completion.files:
                await insert_file(tx, record)
            await add_usage(tx, claim.team_id, now, completion.made, cost)
            return True

        return await self._database.write(work)

    async def fail(self, claim: Claim, now: float, code: str, message: str) -> bool:
        """End as failed."""
        return await self._fenced(_FAIL, claim, now=now, code=code, message=message)

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

        async def work(tx: Transaction) -> int:
            return await tx.run(_CANCEL, request_id=request_id, team=team_id, now=now)

        return await self._database.write(work) > 0

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

        async def work(tx: Transaction) -> Row | None:
            return await tx.one(_RECEIPT, team=team_id, sha256=sha256)

        row = await self._database.read(work, brief=True)
        return None if row is None else bytes(row["receipt"])

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
        "progress": 0,
        "cost_in_usd_ticks": 0,
        "cancel_requested": False,
        "run_after": 0.0,
        "updated_at": request.created_at,
    }


def _fence(claim: Claim) -> dict[str, Any]:
    return {"held": claim.request_id, "holder": claim.worker, "held_attempt": claim.attempt}


def _number(row: Row | None) -> float:
    return 0.0 if row is None or row["vt"] is None else float(row["vt"])


def _record(row: Row) -> RequestRecord:
    kept = ("id", "team_id", "operation", "model", "state", "attempt", "progress", "created_at", "finished_at")
    items = row["items"]
    ended = row["results_end"]
    if ended is None and row["state"] == "done":
        # Swept: the outputs are gone, so their retention is over.
        ended = row["finished_at"]
    return RequestRecord(
        **{name: row[name] for name in (*kept, "error_code", "error_message", "cost_in_usd_ticks", "upload_url")},
        items=() if items is None else msgspec.json.decode(bytes(items), type=tuple[OutputItem, ...]),
        result_expires_at=ended,
    )
