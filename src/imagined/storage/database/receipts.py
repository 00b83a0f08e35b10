"""The tables of receipts and of their parents, on the database port.

Both directions of a lineage are index lookups by team and digest. The existence of a need is decided in one place,
`_is_needed`, and decided again inside the transaction that removes.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, insert, or_, select, tuple_
from sqlalchemy.sql import Select

from imagined.contract.receipts import ReceiptParent
from imagined.files.ports import FileRecord
from imagined.jobs.receipts import EphemeralCopy, Made, ReceiptRecord
from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.tables import files, outputs, receipt_parents, receipts

_R: Final = receipts.c
_P: Final = receipt_parents.c
_SUMMARY: Final = tuple(name for name in Made.__struct_fields__ if name != "parents")
_PARENT: Final = ReceiptParent.__struct_fields__
_WORTH_PACKING: Final = 1_024
"""Bytes. A receipt of the illustrator is about 2 KB of JSON."""
_STEPS: Final = (1, 8, 64, 512)
"""Lengths that lists of parameters are filled up to, so that few forms of a statement are compiled."""


def _is_needed() -> ColumnElement[bool]:
    """That something needs the receipt of the enclosing statement."""
    other, child = receipts.alias("other"), receipts.alias("child")
    has_output = select(outputs.c.token).where(outputs.c.request_id == _R.request_id, outputs.c.position == _R.position)
    is_kept = select(files.c.id).where(files.c.id == _R.file_id, files.c.team_id == _R.team_id)
    has_copy = select(files.c.id).where(files.c.sha256 == _R.sha256, files.c.team_id == _R.team_id)
    # Never by itself, nor by an older one: an edit may give the very bytes it was given.
    has_child = (
        select(_P.receipt_id)
        .join(child, child.c.id == _P.receipt_id)
        .where(
            _P.team_id == _R.team_id,
            _P.sha256 == _R.sha256,
            _P.receipt_id != _R.id,
            child.c.created_at >= _R.created_at,
        )
    )
    # The same bytes made again, by a replay for one, need no second receipt for ever.
    is_oldest = ~(
        select(other.c.id)
        .where(
            other.c.team_id == _R.team_id,
            other.c.sha256 == _R.sha256,
            tuple_(other.c.created_at, other.c.id) < tuple_(_R.created_at, _R.id),
        )
        .exists()
    )
    lasting = and_(is_oldest, or_(has_copy.exists(), has_child.exists()))
    return or_(has_output.exists(), is_kept.exists(), lasting)


def _summaries() -> Select[Any]:
    return select(*(_R[name] for name in _SUMMARY))


_DIGESTS: Final[BindParameter[Any]] = bindparam("digests", expanding=True)
_INSERT: Final = Statement(insert(receipts))
_INSERT_PARENT: Final = Statement(insert(receipt_parents))
_SAME: Final = and_(_R.team_id == bindparam("team"), _R.sha256 == bindparam("sha256"))
_NEWEST: Final = Statement(select(_R.body).where(_SAME).order_by(_R.created_at.desc(), _R.id.desc()).limit(1))
_OF_FILE: Final = Statement(
    select(receipts)
    .where(_SAME)
    .order_by((_R.file_id == bindparam("file")).is_(True).desc(), _R.created_at.desc(), _R.id.desc())
    .limit(1)
)
_BY_ID: Final = Statement(select(receipts).where(_R.id == bindparam("receipt"), _R.team_id == bindparam("team")))
_MADE: Final = Statement(
    _summaries()
    .where(_R.team_id == bindparam("team"), _R.sha256.in_(_DIGESTS))
    .order_by(_R.created_at, _R.id)
    .limit(bindparam("count"))
)
_MADE_FROM: Final = Statement(
    _summaries()
    .where(
        _R.team_id == bindparam("team"),
        _R.id.in_(select(_P.receipt_id).where(_P.team_id == bindparam("team"), _P.sha256.in_(_DIGESTS))),
    )
    .order_by(_R.created_at, _R.id)
    .limit(bindparam("count"))
)
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_PARENTS: Final = Statement(
    select(_P.receipt_id, *(_P[name] for name in _PARENT)).where(_P.receipt_id.in_(_IDS)).order_by(_P.place)
)
_FILES: Final = Statement(
    select(files)
    .where(
        files.c.team_id == bindparam("team"),
        files.c.sha256.in_(_DIGESTS),
        or_(files.c.expires_at.is_(None), files.c.expires_at > bindparam("now")),
    )
    .order_by(files.c.created_at, files.c.id)
    .limit(bindparam("count"))
)
_EPHEMERAL: Final = Statement(
    select(outputs.c.token, outputs.c.content_type)
    .where(
        outputs.c.team_id == bindparam("team"),
        outputs.c.sha256 == bindparam("sha256"),
        outputs.c.expires_at > bindparam("now"),
    )
    .order_by(outputs.c.expires_at.desc())
    .limit(1)
)
_PAGE: Final = Statement(
    select(_R.id, _is_needed().label("is_needed"))
    .where(_R.id > bindparam("after"))
    .order_by(_R.id)
    .limit(bindparam("count"))
)
_UNNEEDED: Final = Statement(select(_R.id).where(_R.id.in_(_IDS), ~_is_needed()))
_PARENT_RECEIPTS: Final = Statement(
    select(_R.id).where(tuple_(_R.team_id, _R.sha256).in_(select(_P.team_id, _P.sha256).where(_P.receipt_id.in_(_IDS))))
)
_DROP: Final = Statement(delete(receipts).where(_R.id.in_(_IDS)))
_DROP_PARENTS: Final = Statement(delete(receipt_parents).where(_P.receipt_id.in_(_IDS)))


async def insert_receipts(tx: Transaction, records: Iterable[ReceiptRecord]) -> None:
    """Add rows inside the transaction that publishes their results."""
    for record in records:
        await tx.run(_INSERT, **{name: getattr(record, name) for name in _SUMMARY}, body=packed(record.body))
        for place, parent in enumerate(record.parents):
            values = {name: getattr(parent, name) for name in _PARENT}
            await tx.run(_INSERT_PARENT, receipt_id=record.id, place=place, team_id=record.team_id, **values)


async def newest_body(tx: Transaction, team_id: str, sha256: str) -> bytes | None:
    """The JSON of the newest receipt of these bytes."""
    row = await tx.one(_NEWEST, team=team_id, sha256=sha256)
    return None if row is None else unpacked(bytes(row["body"]))


class SqlReceiptStore:
    """The `ReceiptStore` and `ReceiptKeeper` ports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def receipt(self, team_id: str, sha256: str, file_id: str | None) -> ReceiptRecord | None:
        """That of the result stored as this file, else the newest of these bytes."""
        return await self._record(_OF_FILE, team=team_id, sha256=sha256, file=file_id or "")

    async def of_request(self, team_id: str, request_id: str, position: int) -> ReceiptRecord | None:
        """That of one result of a request."""
        return await self._record(_BY_ID, team=team_id, receipt=receipt_id(request_id, position))

    async def made(self, team_id: str, digests: Sequence[str], limit: int) -> Sequence[Made]:
        """Results that are these bytes, oldest first."""
        return await self._summaries(_MADE, team_id, digests, limit)

    async def made_from(self, team_id: str, digests: Sequence[str], limit: int) -> Sequence[Made]:
        """Results that had some of these bytes as an input, oldest first."""
        return await self._summaries(_MADE_FROM, team_id, digests, limit)

    async def files_of(self, team_id: str, digests: Sequence[str], now: float, limit: int) -> Sequence[FileRecord]:
        """Live stored files of these bytes, oldest first."""

        async def work(tx: Transaction) -> list[Row]:
            found: list[Row] = []
            for some in _portions(digests):
                found += await tx.all(_FILES, team=team_id, digests=some, now=now, count=limit)
            return found

        rows = sorted(await self._database.read(work), key=lambda row: (row["created_at"], row["id"]))
        return [FileRecord(**row) for row in rows[:limit]]

    async def ephemeral_copy(self, team_id: str, sha256: str, now: float) -> EphemeralCopy | None:
        """An unexpired output of these bytes."""
        row = await self._database.read(lambda tx: tx.one(_EPHEMERAL, team=team_id, sha256=sha256, now=now), brief=True)
        return None if row is None else EphemeralCopy(**row)

    async def drop_receipts(self, after: str, limit: int) -> tuple[int, str | None]:
        """Remove what nothing needs among the next `limit` receipts, and ancestors that only they needed."""
        page = await self._database.read(lambda tx: tx.all(_PAGE, after=after, count=limit))
        suspects = [row["id"] for row in page if not row["is_needed"]]
        dropped = await self._database.write(lambda tx: _drop(tx, suspects)) if suspects else 0
        return dropped, page[-1]["id"] if len(page) == limit else None

    async def _record(self, statement: Statement, **parameters: Any) -> ReceiptRecord | None:
        async def work(tx: Transaction) -> ReceiptRecord | None:
            row = await tx.one(statement, **parameters)
            if row is None:
                return None
            parents = await _parents(tx, [row["id"]])
            summary = {name: row[name] for name in _SUMMARY}
            return ReceiptRecord(**summary, parents=parents.get(row["id"], ()), body=unpacked(bytes(row["body"])))

        return await self._database.read(work)

    async def _summaries(self, statement: Statement, team_id: str, digests: Sequence[str], limit: int) -> list[Made]:
        async def work(tx: Transaction) -> list[Made]:
            rows: dict[str, Row] = {}
            for some in _portions(digests):
                found = await tx.all(statement, team=team_id, digests=some, count=limit)
                rows.update((row["id"], row) for row in found)
            listed = sorted(rows.values(), key=lambda row: (row["created_at"], row["id"]))[:limit]
            parents = await _parents(tx, [row["id"] for row in listed])
            return [Made(**row, parents=parents.get(row["id"], ())) for row in listed]

        return await self._database.read(work)


async def _parents(tx: Transaction, ids: Sequence[str]) -> dict[str, tuple[ReceiptParent, ...]]:
    found: dict[str, tuple[ReceiptParent, ...]] = {}
    for some in _portions(ids):
        for row in await tx.all(_PARENTS, ids=some):
            parent = ReceiptParent(**{name: row[name] for name in _PARENT})
            found[row["receipt_id"]] = (*found.get(row["receipt_id"], ()), parent)
    return found


async def _drop(tx: Transaction, suspects: list[str]) -> int:
    """Remove those of `suspects` that nothing needs, then those of their parents that nothing needs without them."""
    dropped = 0
    while suspects:
        gone: list[str] = []
        for some in _portions(suspects):
            gone += [row["id"] for row in await tx.all(_UNNEEDED, ids=some)]
        parents: set[str] = set()
        for some in _portions(gone):
            parents |= {row["id"] for row in await tx.all(_PARENT_RECEIPTS, ids=some)}
            await tx.run(_DROP_PARENTS, ids=some)
            dropped += await tx.run(_DROP, ids=some)
        suspects = sorted(parents - set(gone))
    return dropped


def receipt_id(request_id: str, position: int) -> str:
    """The key of a receipt: a request ends once, so each result of it has one."""
    return f"{request_id}/{position}"


def packed(body: bytes) -> bytes:
    """JSON as it is kept: compressed where that pays. JSON objects and zlib streams begin with different bytes."""
    if len(body) < _WORTH_PACKING:
        return body
    small = zlib.compress(body)
    return small if len(small) < len(body) else body


def unpacked(kept: bytes) -> bytes:
    """What `packed` was given."""
    return kept if kept[:1] == b"{" else zlib.decompress(kept)


def _portions(values: Iterable[str]) -> Iterator[list[str]]:
    """Distinct values in lists of few lengths: the last one is filled up by repeating a value."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), _STEPS[-1]):
        some = distinct[start : start + _STEPS[-1]]
        length = next(step for step in _STEPS if len(some) <= step)
        yield some + some[-1:] * (length - len(some))
