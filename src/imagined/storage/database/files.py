"""The file table, and what the keeper of the blobs asks about rows, on the database port."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, select, tuple_, update

from imagined.contract.files import ListQuery, Order, SortBy
from imagined.files.filter import parse_filter
from imagined.files.paging import PageEnds, Position, page_limit, position_after, read_token, unknown_after
from imagined.files.ports import FileRecord, RecordPage
from imagined.storage.database.filter_sql import condition
from imagined.storage.database.narrowing import Narrowing, narrowed, narrowest
from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.tables import files

_C: Final = files.c
_FIELDS: Final = FileRecord.__struct_fields__


def _live() -> ColumnElement[bool]:
    return or_(_C.expires_at.is_(None), _C.expires_at > bindparam("now"))


def _shared() -> ColumnElement[bool]:
    return and_(
        _C.public_token.is_not(None),
        or_(_C.public_expires_at.is_(None), _C.public_expires_at > bindparam("now")),
    )


_INSERT: Final = Statement(insert(files))
_ONE: Final = and_(_C.team_id == bindparam("team"), _C.id == bindparam("file"), _live())
_GET: Final = Statement(select(files).where(_ONE))
_DELETE: Final = Statement(delete(files).where(_ONE))
_CHANGEABLE: Final = ("filename", "expires_at", "public_token", "public_expires_at")
_UPDATE: Final = Statement(update(files).where(_ONE).values({name: bindparam(f"new_{name}") for name in _CHANGEABLE}))
_BY_TOKEN: Final = Statement(select(files).where(_C.public_token == bindparam("token"), _live(), _shared()))
_COUNT: Final = Statement(
    select(func.count().label("active")).where(
        _C.team_id == bindparam("team"), _C.id != bindparam("except_file"), _live(), _shared()
    )
)
_RECENT: Final = Statement(
    select(files)
    .where(
        _C.sha256 == bindparam("sha256"),
        _C.team_id == bindparam("team"),
        _C.filename == bindparam("filename"),
        _C.created_at >= bindparam("since"),
        _live(),
    )
    .order_by(_C.created_at.desc())
    .limit(1)
)


async def insert_file(tx: Transaction, record: FileRecord) -> None:
    """Add a row inside a transaction, such as the one that ends a request. The blob must be durable before."""
    await tx.run(_INSERT, **{name: getattr(record, name) for name in _FIELDS})


class SqlFileStore:
    """The `FileStore` port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._page_ends = PageEnds()

    async def insert(self, record: FileRecord) -> None:
        """Add a row in a transaction of its own."""
        await self._database.write(lambda tx: insert_file(tx, record))

    async def get(self, team_id: str, file_id: str, now: float) -> FileRecord | None:
        """A live row of this team."""
        row = await self._database.read(lambda tx: tx.one(_GET, team=team_id, file=file_id, now=now), brief=True)
        return _record(row)

    async def page(self, team_id: str, query: ListQuery, now: float) -> RecordPage:
        """One page by key; raises `ApiError` for a bad filter, token or `after`."""
        limit = page_limit(query.limit)
        parse_filter(query.filter or "")
        position = await self._start(team_id, query, now)
        place = {} if position is None else {"key": position.key, "file": position.file_id}
        text = query.filter or ""

        async def work(tx: Transaction) -> Sequence[Row]:
            narrowing = await narrowest(tx, text, query.sort_by, team_id, now)
            statement = page_statement(text, query.sort_by, query.order, position is not None, narrowing)
            return await tx.all(statement, team=team_id, now=now, count=limit + 1, **place)

        rows = await self._database.read(work)
        records = tuple(FileRecord(**row) for row in rows[:limit])
        more = len(rows) > limit
        if more:
            self._page_ends.remember(records[-1])
        return RecordPage(records=records, more=more)

    async def change(
        self, team_id: str, file_id: str, now: float, edit: Callable[[FileRecord, int], FileRecord]
    ) -> FileRecord | None:
        """Read, edit and write a row in one transaction."""

        async def work(tx: Transaction) -> FileRecord | None:
            record = _record(await tx.one(_GET, team=team_id, file=file_id, now=now))
            if record is None:
                return None
            changed = edit(record, await _count(tx, team_id, now, except_file=file_id))
            if changed != record:
                values = {f"new_{name}": getattr(changed, name) for name in _CHANGEABLE}
                await tx.run(_UPDATE, team=team_id, file=file_id, now=now, **values)
            return changed

        return await self._database.write(work)

    async def delete(self, team_id: str, file_id: str, now: float) -> bool:
        """Remove a live row."""
        return await self._database.write(lambda tx: tx.run(_DELETE, team=team_id, file=file_id, now=now)) > 0

    async def by_public_token(self, token: str, now: float) -> FileRecord | None:
        """The live file whose unexpired public URL has this token."""
        return _record(await self._database.read(lambda tx: tx.one(_BY_TOKEN, token=token, now=now), brief=True))

    async def count_public(self, team_id: str, now: float) -> int:
        """Active public URLs of a team."""
        return await self._database.read(lambda tx: _count(tx, team_id, now))

    async def newest_like(
        self, team_id: str, filename: str, sha256: str, since: float, now: float
    ) -> FileRecord | None:
        """The newest live row with this name and these bytes that was made at `since` or later."""
        sought = {"team": team_id, "filename": filename, "sha256": sha256, "since": since, "now": now}
        return _record(await self._database.read(lambda tx: tx.one(_RECENT, **sought), brief=True))

    async def _start(self, team_id: str, query: ListQuery, now: float) -> Position | None:
        if query.pagination_token:
            return read_token(query)
        if not query.after:
            return None
        record = await self.get(team_id, query.after, now) or self._page_ends.find(team_id, query.after)
        if record is None:
            raise unknown_after()
        return position_after(record, query)


@lru_cache(maxsize=512)
def page_statement(
    filter_text: str, sort_by: SortBy, order: Order, has_position: bool, narrowing: Narrowing | None = None
) -> Statement:
    """The statement of a page; one more row than the page has is fetched, to learn whether more follow."""
    key = {"created_at": _C.created_at, "filename": _C.filename, "size": _C.size}[sort_by]
    wanted = [_C.team_id == bindparam("team")] if narrowing is None else narrowed(narrowing)
    wanted.append(_live())
    node = parse_filter(filter_text)
    if node is not None:
        wanted.append(condition(node, _shared(), sort_by if narrowing is None else None))
    if has_position:
        here, place = tuple_(key, _C.id), tuple_(bindparam("key", type_=key.type), bindparam("file"))
        wanted.append(here > place if order == "asc" else here < place)
    both = (key.asc(), _C.id.asc()) if order == "asc" else (key.desc(), _C.id.desc())
    return Statement(select(files).where(*wanted).order_by(*both).limit(bindparam("count")))


async def _count(tx: Transaction, team_id: str, now: float, except_file: str = "") -> int:
    row = await tx.one(_COUNT, team=team_id, now=now, except_file=except_file)
    return int(row["active"]) if row is not None else 0


def _record(row: Row | None) -> FileRecord | None:
    return None if row is None else FileRecord(**row)
