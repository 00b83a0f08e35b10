"""The batch table, on the database port.

Nothing of a batch's progress is stored: its counts are read from the rows of its requests, by an index that holds all
that is counted, in the snapshot that its own row is read in. So they are exact at every moment.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, tuple_, update

from imagined.contract.results import OutputItem, RequestState
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
from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.request_rows import in_state
from imagined.storage.database.requests import ENDED_VALUES, insert_requests
from imagined.storage.database.tables import batches, outputs, requests

_B: Final = batches.c
_C: Final = requests.c

_CREATE: Final = Statement(insert(batches))
_VISIBLE: Final = and_(_B.team_id == bindparam("team"), _B.forgotten_at > bindparam("now"))
_GET: Final = Statement(select(batches).where(_B.id == bindparam("batch"), _VISIBLE))
_NEWEST: Final = _B.created_at.desc(), _B.id.desc()
_ALIKE: Final = Statement(
    select(_B.id)
    .where(
        _B.team_id == bindparam("team"),
        _B.key_id == bindparam("key"),
        _B.name == bindparam("called"),
        func.coalesce(_B.input_file_id, "") == bindparam("file"),
        _B.created_at >= bindparam("since"),
    )
    .order_by(*_NEWEST)
    .limit(1)
)
_FIRST_PAGE: Final = Statement(select(batches).where(_VISIBLE).order_by(*_NEWEST).limit(bindparam("count")))
_PAGE: Final = Statement(
    select(batches)
    .where(
        _VISIBLE,
        tuple_(_B.created_at, _B.id) < tuple_(bindparam("time", type_=_B.created_at.type), bindparam("last")),
    )
    .order_by(*_NEWEST)
    .limit(bindparam("count"))
)
_TALLY: Final = Statement(
    select(
        _C.operation,
        _C.state,
        func.count().label("count"),
        func.sum(_C.cost_in_usd_ticks).label("cost_in_usd_ticks"),
    )
    .where(_C.batch_id == bindparam("batch"))
    .group_by(_C.state, _C.operation)
)
_HASH: Final = Statement(
    select(_C.request_hash).where(_C.batch_id == bindparam("batch"), _C.batch_request_id == bindparam("called"))
)
_CANCEL: Final = Statement(
    update(batches)
    .where(_B.id == bindparam("batch"), _B.cancelled_at.is_(None), _B.refusal.is_(None))
    .values(cancelled_at=bindparam("time"), lines_read=None)
)
_CANCEL_QUEUED: Final = Statement(
    update(requests)
    .where(
        _C.id.in_(select(_C.id).where(_C.batch_id == bindparam("batch"), in_state("queued")).limit(bindparam("count")))
    )
    .values(state=machine.step("queued", "cancel"), worker=None, **ENDED_VALUES)
)
_URLS_UNTIL: Final = (
    select(func.min(outputs.c.expires_at)).where(outputs.c.request_id == _C.id).scalar_subquery().label("urls_until")
)
_ENTRY_FIELDS: Final = (
    *("batch_request_id", "operation", "model", "state", "created_at", "finished_at"),
    *("items", "error_code", "error_message", "cost_in_usd_ticks", "as_base64"),
)
_ENTRY: Final = (*(_C[name] for name in _ENTRY_FIELDS), _C.id.label("request_id"), _URLS_UNTIL)
_ENTRIES: Final = Statement(
    select(*_ENTRY)
    .where(
        _C.batch_id == bindparam("batch"),
        _C.batch_request_id > bindparam("after"),
        _C.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(_C.batch_request_id)
    .limit(bindparam("count"))
)
_ONE_ENTRY: Final = Statement(
    select(*_ENTRY, _C.payload).where(_C.batch_id == bindparam("batch"), _C.batch_request_id == bindparam("called"))
)
_RENEW: Final = Statement(
    update(outputs)
    .where(outputs.c.request_id == bindparam("request"), outputs.c.expires_at < bindparam("until"))
    .values(expires_at=bindparam("until"))
)
_UNREAD: Final = Statement(
    select(batches).where(_B.lines_read.is_not(None), _B.expires_at > bindparam("now")).order_by(_B.created_at)
)
_ADVANCE: Final = Statement(
    update(batches)
    .where(_B.id == bindparam("batch"), _B.lines_read == bindparam("read_before"))
    .values(lines_read=bindparam("read_now"))
)
_REFUSE: Final = Statement(
    update(batches)
    .where(_B.id == bindparam("batch"), _B.lines_read.is_not(None))
    .values(refusal=bindparam("message"), lines_read=None)
)
_STOPPED: Final = Statement(
    select(_B.id).where(
        or_(_B.cancelled_at.is_not(None), _B.refusal.is_not(None), _B.expires_at <= bindparam("now")),
        select(_C.id).where(_C.batch_id == _B.id, in_state("queued")).exists(),
    )
)
_FORGOTTEN: Final = _B.forgotten_at <= bindparam("now")
_FORGET_REQUESTS: Final = Statement(
    delete(requests).where(
        _C.id.in_(select(_C.id).where(_C.batch_id.in_(select(_B.id).where(_FORGOTTEN))).limit(bindparam("count")))
    )
)
_FORGET_BATCHES: Final = Statement(
    delete(batches).where(_FORGOTTEN, ~select(_C.id).where(_C.batch_id == _B.id).exists())
)


class SqlBatchStore:
    """The `BatchStore` and `BatchKeeping` ports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, batch: NewBatch) -> None:
        """Commit a batch."""
        row = msgspec.structs.asdict(batch) | {"acls": msgspec.json.encode(batch.acls).decode()}
        unread = 0 if batch.input_file_id is not None else None
        row |= {"cancelled_at": None, "refusal": None, "lines_read": unread}
        await self._database.write(lambda tx: tx.run(_CREATE, **row))

    async def get(self, team_id: str, batch_id: str, now: float) -> BatchRecord | None:
        """A batch of this team with its counts."""

        async def work(tx: Transaction) -> BatchRecord | None:
            row = await tx.one(_GET, team=team_id, batch=batch_id, now=now)
            return None if row is None else await _counted(tx, row)

        return await self._database.read(work)

    async def newest_like(self, batch: NewBatch, since: float) -> str | None:
        """A batch that an earlier try of the same call made."""
        sought = {"team": batch.team_id, "key": batch.key_id, "called": batch.name, "since": since}
        file = batch.input_file_id or ""
        row = await self._database.read(lambda tx: tx.one(_ALIKE, **sought, file=file))
        return None if row is None else str(row["id"])

    async def page(self, team_id: str, now: float, limit: int, after: tuple[float, str] | None) -> BatchRecordPage:
        """One page, the newest first."""

        async def work(tx: Transaction) -> BatchRecordPage:
            if after is None:
                rows = await tx.all(_FIRST_PAGE, team=team_id, now=now, count=limit + 1)
            else:
                rows = await tx.all(_PAGE, team=team_id, now=now, count=limit + 1, time=after[0], last=after[1])
            records = [await _counted(tx, row) for row in rows[:limit]]
            return BatchRecordPage(records=tuple(records), more=len(rows) > limit)

        return await self._database.read(work)

    async def add(self, team_id: str, batch_id: str, requests: Sequence[NewRequest], now: float) -> int:
        """Check and add in one transaction."""

        async def work(tx: Transaction) -> int:
            row = await tx.one(_GET, team=team_id, batch=batch_id, now=now)
            batch_rules.check_open(None if row is None else _record(row, ()), batch_id, now)
            fresh = batch_rules.new_ones(requests, await _hashes(tx, batch_id, requests))
            await insert_requests(tx, fresh)
            return len(fresh)

        return await self._database.write(work)

    async def cancel(self, team_id: str, batch_id: str, now: float) -> bool:
        """Mark as cancelled."""

        async def work(tx: Transaction) -> bool:
            if await tx.one(_GET, team=team_id, batch=batch_id, now=now) is None:
                return False
            await tx.run(_CANCEL, batch=batch_id, time=now)
            return True

        return await self._database.write(work)

    async def cancel_queued(self, batch_id: str, now: float, limit: int) -> int:
        """Cancel a portion of what has not begun."""
        return await self._database.write(lambda tx: tx.run(_CANCEL_QUEUED, batch=batch_id, now=now, count=limit))

    async def entries(self, batch_id: str, states: Sequence[RequestState], after: str, limit: int) -> EntryRecordPage:
        """One page in the order of the ids."""
        sought = {"batch": batch_id, "states": list(states), "after": after, "count": limit + 1}
        rows = await self._database.read(lambda tx: tx.all(_ENTRIES, **sought))
        return EntryRecordPage(records=tuple(map(_entry, rows[:limit])), more=len(rows) > limit)

    async def entry(self, batch_id: str, batch_request_id: str) -> tuple[EntryRecord, bytes] | None:
        """One request and its payload."""
        row = await self._database.read(lambda tx: tx.one(_ONE_ENTRY, batch=batch_id, called=batch_request_id))
        return None if row is None else (_entry(row), _payload(row["payload"]))

    async def renew_urls(self, request_ids: Sequence[str], until: float) -> None:
        """Let URLs live longer."""

        async def work(tx: Transaction) -> None:
            for request_id in request_ids:
                await tx.run(_RENEW, request=request_id, until=until)

        await self._database.write(work)

    async def unread(self, now: float) -> Sequence[BatchRecord]:
        """Batches whose files are still to be read."""
        rows = await self._database.read(lambda tx: tx.all(_UNREAD, now=now))
        return [_record(row, ()) for row in rows]

    async def fill(self, batch_id: str, lines: tuple[int, int | None], requests: Sequence[NewRequest]) -> bool:
        """Add what some lines hold, and say that they are read, in one transaction."""

        async def work(tx: Transaction) -> bool:
            before, now = lines
            if not await tx.run(_ADVANCE, batch=batch_id, read_before=before, read_now=now):
                return False
            fresh = batch_rules.new_ones(requests, await _hashes(tx, batch_id, requests))
            await insert_requests(tx, fresh)
            return True

        return await self._database.write(work)

    async def refuse(self, batch_id: str, message: str) -> bool:
        """End the reading of a file that cannot be used."""
        return await self._database.write(lambda tx: tx.run(_REFUSE, batch=batch_id, message=message)) > 0

    async def stopped(self, now: float) -> Sequence[str]:
        """Batches that are over and still have queued requests."""
        rows = await self._database.read(lambda tx: tx.all(_STOPPED, now=now))
        return [row["id"] for row in rows]

    async def forget(self, now: float, limit: int) -> int:
        """Remove a portion of what is forgotten: requests first, so that a batch never counts too few."""

        async def work(tx: Transaction) -> int:
            return await tx.run(_FORGET_REQUESTS, now=now, count=limit) or await tx.run(_FORGET_BATCHES, now=now)

        return await self._database.write(work)


async def _counted(tx: Transaction, row: Row) -> BatchRecord:
    tallies = await tx.all(_TALLY, batch=row["id"])
    return _record(
        row, tuple(Tally(**{**tally, "cost_in_usd_ticks": int(tally["cost_in_usd_ticks"])}) for tally in tallies)
    )


async def _hashes(tx: Transaction, batch_id: str, new: Sequence[NewRequest]) -> dict[str, str]:
    """Hashes of those of the new requests whose ids the batch has already."""
    known = {}
    for request in new:
        name = request.batch_request_id or ""
        row = await tx.one(_HASH, batch=batch_id, called=name)
        if row is not None:
            known[name] = str(row["request_hash"])
    return known


def _record(row: Row, tallies: tuple[Tally, ...]) -> BatchRecord:
    values: dict[str, Any] = {**row, "acls": msgspec.json.decode(row["acls"], type=tuple[str, ...])}
    return BatchRecord(**values, tallies=tallies)


def _entry(row: Row) -> EntryRecord:
    items = row["items"]
    return EntryRecord(
        **{name: row[name] for name in _ENTRY_FIELDS if name not in ("items", "as_base64")},
        request_id=row["request_id"],
        items=() if items is None else msgspec.json.decode(bytes(items), type=tuple[OutputItem, ...]),
        as_base64=bool(row["as_base64"]),
        urls_until=row["urls_until"],
    )


def _payload(value: bytes | str) -> bytes:
    # A payload that was too large to keep was replaced by an empty text.
    return value.encode() if isinstance(value, str) else bytes(value)
