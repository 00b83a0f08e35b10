"""Rows of the request table as they are read: one, a team's, and what stands in the queue."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Float, String, and_, bindparam, func, literal_column, or_, select
from sqlalchemy.sql import Select

from imagined.contract.results import PLACES, OutputItem, RequestState, RequestStep
from imagined.jobs.ports import QueueDepth, RequestRecord
from imagined.storage.database.port import Row, Statement, Transaction
from imagined.storage.database.tables import outputs, requests

_C = requests.c


def in_state(state: RequestState) -> ColumnElement[bool]:
    """The condition that a row is in this state."""
    # Spelled out, not a parameter: a partial index is used only where the text of its condition is seen.
    return _C.state == literal_column(f"'{state}'")


_RESULTS_END: Final = (
    select(func.max(outputs.c.expires_at)).where(outputs.c.request_id == _C.id).scalar_subquery().label("results_end")
)


_PLAIN: Final = ("id", "team_id", "operation", "model", "state", "attempt", "created_at", "finished_at")


def records() -> Select[Any]:
    """Rows, each with the end of its results; `record` reads one."""
    read = (*_PLAIN, "progress", "phase", "step", "steps")
    ended = ("items", "error_code", "error_message", "cost_in_usd_ticks", "upload_url")
    return select(*(_C[name] for name in (*read, *ended)), _RESULTS_END)


GET: Final = Statement(records().where(_C.id == bindparam("request_id"), _C.team_id == bindparam("team")))
_OF_HASH: Final = (
    records()
    .where(_C.team_id == bindparam("team"), _C.request_hash == bindparam("request_hash"))
    .order_by(_C.created_at.desc())
    .limit(1)
)
FIRST: Final = Statement(_OF_HASH)
RETRIED: Final = Statement(
    _OF_HASH.where(
        _C.state != literal_column("'cancelled'"),
        or_(_C.finished_at.is_(None), _C.finished_at > bindparam("since")),
    )
)
_LISTED: Final = and_(
    _C.team_id == bindparam("team"),
    _C.operation.in_(bindparam("operations", expanding=True)),
    _C.state.in_(bindparam("states", expanding=True)),
    _C.batch_id.is_(None),
)
_NEWEST: Final = (_C.created_at.desc(), _C.id.desc())
_FIRST_PAGE: Final = Statement(records().where(_LISTED).order_by(*_NEWEST).limit(bindparam("count")))
_NEXT_PAGE: Final = Statement(
    records()
    .where(
        _LISTED,
        _C.created_at <= bindparam("at", type_=Float),
        or_(_C.created_at < bindparam("at", type_=Float), _C.id < bindparam("name", type_=String)),
    )
    .order_by(*_NEWEST)
    .limit(bindparam("count"))
)
_PLACED: Final = Statement(
    select(_C.priority, _C.vt, _C.created_at, _C.engine).where(
        _C.id == bindparam("request_id"), _C.team_id == bindparam("team"), in_state("queued")
    )
)


def _counted(*conditions: ColumnElement[bool]) -> Statement:
    """How many queued rows of an engine are so, counted to `PLACES` at most."""
    here = (in_state("queued"), *conditions, _C.engine == bindparam("on_engine"))
    first: Select[Any] = select(literal_column("1")).where(*here)
    return Statement(select(func.count().label("count")).select_from(first.limit(PLACES).subquery()))


# Two counts, each a range of the index that claims go by; an OR of both conditions would be none.
_AHEAD_BY_PRIORITY: Final = _counted(_C.priority > bindparam("own_priority"))
_AHEAD_BY_TIME: Final = _counted(
    _C.priority == bindparam("own_priority"),
    _C.vt <= bindparam("own_vt"),
    or_(_C.vt < bindparam("own_vt"), _C.created_at < bindparam("own_time")),
)
_DEPTHS: Final = Statement(
    select(_C.team_id, _C.engine, func.count().label("count"))
    .where(in_state("queued"), _C.priority >= literal_column("0"))
    .group_by(_C.team_id, _C.engine)
)


async def place(tx: Transaction, team_id: str, request_id: str) -> int | None:
    """How many queued rows of the same engine are claimed before this one; None for a row that is not queued."""
    own = await tx.one(_PLACED, request_id=request_id, team=team_id)
    if own is None:
        return None
    place = {"own_priority": own["priority"], "on_engine": own["engine"]}
    before = await tx.one(_AHEAD_BY_PRIORITY, **place)
    beside = await tx.one(_AHEAD_BY_TIME, **place, own_vt=own["vt"], own_time=own["created_at"])
    assert before is not None and beside is not None
    return min(PLACES, int(before["count"]) + int(beside["count"]))


async def page(tx: Transaction, wanted: dict[str, Any], before: tuple[float, str] | None) -> Sequence[RequestRecord]:
    """A team's rows, the newest first, those of batches left out."""
    if before is None:
        rows = await tx.all(_FIRST_PAGE, **wanted)
    else:
        rows = await tx.all(_NEXT_PAGE, **wanted, at=before[0], name=before[1])
    return [record(row) for row in rows]


async def depths(tx: Transaction) -> Sequence[QueueDepth]:
    """How many interactive rows wait, by team and engine."""
    return [msgspec.convert(dict(row), QueueDepth) for row in await tx.all(_DEPTHS)]


def record(row: Row) -> RequestRecord:
    """A row of `records`."""
    items = row["items"]
    ended = row["results_end"]
    if ended is None and row["state"] == "done":
        # Swept: the outputs are gone, so their retention is over.
        ended = row["finished_at"]
    return RequestRecord(
        **{name: row[name] for name in (*_PLAIN, "error_code", "error_message", "cost_in_usd_ticks", "upload_url")},
        items=() if items is None else msgspec.json.decode(bytes(items), type=tuple[OutputItem, ...]),
        result_expires_at=ended,
        step=RequestStep(percent=row["progress"], phase=row["phase"] or "waiting", step=row["step"], of=row["steps"]),
    )
