"""Rows of files in memory: the file table's ports without a database."""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from imagined.contract.files import ListQuery
from imagined.files.filter import parse_filter
from imagined.files.matching import is_shared, matches
from imagined.files.paging import PageEnds, Position, page_limit, position_after, read_token, sort_key, unknown_after
from imagined.files.ports import BlobReference, FileRecord, RecordPage


class MemoryFileStore:
    """The `FileStore` and `References` ports on a dict. `outputs` may be filled in with references of results."""

    def __init__(self) -> None:
        self.rows: dict[str, FileRecord] = {}
        self.outputs: list[BlobReference] = []
        self._page_ends = PageEnds()

    async def insert(self, record: FileRecord) -> None:
        """Add a row."""
        self.rows[record.id] = record

    async def get(self, team_id: str, file_id: str, now: float) -> FileRecord | None:
        """A live row of this team."""
        record = self.rows.get(file_id)
        return record if record is not None and record.team_id == team_id and _is_live(record, now) else None

    async def page(self, team_id: str, query: ListQuery, now: float) -> RecordPage:
        """One page; raises `ApiError` for a bad filter, token or `after`."""
        limit, node = page_limit(query.limit), parse_filter(query.filter or "")
        position = await self._start(team_id, query, now)
        listed = [
            record
            for record in self.rows.values()
            if record.team_id == team_id
            and _is_live(record, now)
            and (node is None or matches(node, record, now))
            and (position is None or _is_behind(record, position))
        ]
        listed.sort(key=lambda record: _place(record, query), reverse=query.order == "desc")
        page = RecordPage(records=tuple(listed[:limit]), more=len(listed) > limit)
        if page.more:
            self._page_ends.remember(page.records[-1])
        return page

    async def change(
        self, team_id: str, file_id: str, now: float, edit: Callable[[FileRecord, int], FileRecord]
    ) -> FileRecord | None:
        """Read, edit and replace a row."""
        record = await self.get(team_id, file_id, now)
        if record is None:
            return None
        changed = edit(record, await self.count_public(team_id, now) - is_shared(record, now))
        self.rows[file_id] = msgspec.structs.replace(
            record,
            filename=changed.filename,
            expires_at=changed.expires_at,
            public_token=changed.public_token,
            public_expires_at=changed.public_expires_at,
        )
        return self.rows[file_id]

    async def delete(self, team_id: str, file_id: str, now: float) -> bool:
        """Remove a live row."""
        if await self.get(team_id, file_id, now) is None:
            return False
        del self.rows[file_id]
        return True

    async def by_public_token(self, token: str, now: float) -> FileRecord | None:
        """The live file with this token in its active public URL."""
        for record in self.rows.values():
            if record.public_token == token and is_shared(record, now) and _is_live(record, now):
                return record
        return None

    async def count_public(self, team_id: str, now: float) -> int:
        """Active public URLs of a team."""
        return sum(
            record.team_id == team_id and is_shared(record, now) and _is_live(record, now)
            for record in self.rows.values()
        )

    async def newest_like(
        self, team_id: str, filename: str, sha256: str, since: float, now: float
    ) -> FileRecord | None:
        """The newest live row with this name and these bytes."""
        alike = [
            record
            for record in self.rows.values()
            if (record.team_id, record.filename, record.sha256) == (team_id, filename, sha256)
            and record.created_at >= since
            and _is_live(record, now)
        ]
        return max(alike, key=lambda record: record.created_at, default=None)

    async def expire(self, now: float, limit: int) -> int:
        """Remove expired rows."""
        expired = [record.id for record in self.rows.values() if not _is_live(record, now)][:limit]
        for file_id in expired:
            del self.rows[file_id]
        return len(expired)

    async def referenced(self, names: Collection[str]) -> set[str]:
        """Those of `names` that some row needs."""
        needed = {record.sha256 for record in self.rows.values()} | {output.sha256 for output in self.outputs}
        return needed & set(names)

    async def after(self, kind: str, key: str, limit: int) -> list[BlobReference]:
        """The next references of one kind."""
        files = [
            BlobReference(kind="file", key=record.id, sha256=record.sha256, size=record.size)
            for record in self.rows.values()
        ]
        rows = [row for row in (*files, *self.outputs) if row.kind == kind and row.key > key]
        return sorted(rows, key=lambda row: row.key)[:limit]

    async def _start(self, team_id: str, query: ListQuery, now: float) -> Position | None:
        if query.pagination_token:
            return read_token(query)
        if not query.after:
            return None
        record = await self.get(team_id, query.after, now) or self._page_ends.find(team_id, query.after)
        if record is None:
            raise unknown_after()
        return position_after(record, query)


def _is_live(record: FileRecord, now: float) -> bool:
    return record.expires_at is None or record.expires_at > now


def _place(record: FileRecord, query: ListQuery) -> tuple[Any, str]:
    return sort_key(record, query.sort_by), record.id


def _is_behind(record: FileRecord, position: Position) -> bool:
    here: tuple[Any, str] = (sort_key(record, position.sort_by), record.id)
    there = (position.key, position.file_id)
    return here > there if position.order == "asc" else here < there
