"""Receipts in memory: the same promises as the database's."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from imagined.files.ports import FileRecord
from imagined.jobs.ports import OutputRecord
from imagined.jobs.receipts import EphemeralCopy, Made, ReceiptRecord
from imagined.testing.memory_files import MemoryFileStore


class MemoryReceiptStore:
    """`ReceiptStore` and `ReceiptKeeper` over a dictionary, beside the files and outputs that keep receipts."""

    def __init__(self, files: MemoryFileStore | None, outputs: Callable[[], Iterable[OutputRecord]]) -> None:
        self._files = files
        self._outputs = outputs
        self.rows: dict[str, ReceiptRecord] = {}

    def add(self, records: Iterable[ReceiptRecord]) -> None:
        """Add rows, when their results are published."""
        self.rows.update((record.id, record) for record in records)

    def newest_body(self, team_id: str, sha256: str) -> bytes | None:
        """The JSON of the newest receipt of these bytes."""
        same = self._same(team_id, [sha256])
        return same[-1].body if same else None

    async def receipt(self, team_id: str, sha256: str, file_id: str | None) -> ReceiptRecord | None:
        """That of the result stored as this file, else the newest of these bytes."""
        same = self._same(team_id, [sha256])
        stored = [record for record in same if file_id is not None and record.file_id == file_id]
        return next(reversed(stored or same), None)

    async def of_request(self, team_id: str, request_id: str, position: int) -> ReceiptRecord | None:
        """That of one result of a request."""
        wanted = (team_id, request_id, position)
        rows = self.rows.values()
        return next((row for row in rows if (row.team_id, row.request_id, row.position) == wanted), None)

    async def made(self, team_id: str, digests: Sequence[str], limit: int) -> Sequence[Made]:
        """Results that are these bytes, oldest first."""
        return [_summary(record) for record in self._same(team_id, digests)[:limit]]

    async def made_from(self, team_id: str, digests: Sequence[str], limit: int) -> Sequence[Made]:
        """Results that had some of these bytes as an input, oldest first."""
        children = [row for row in self.rows.values() if row.team_id == team_id and _names(row, digests)]
        return [_summary(record) for record in sorted(children, key=_age)[:limit]]

    async def files_of(self, team_id: str, digests: Sequence[str], now: float, limit: int) -> Sequence[FileRecord]:
        """Live stored files of these bytes, oldest first."""
        live = [
            record
            for record in self._stored()
            if record.team_id == team_id
            and record.sha256 in digests
            and (record.expires_at is None or record.expires_at > now)
        ]
        return sorted(live, key=lambda record: (record.created_at, record.id))[:limit]

    async def ephemeral_copy(self, team_id: str, sha256: str, now: float) -> EphemeralCopy | None:
        """An unexpired output of these bytes."""
        same = [
            output
            for output in self._outputs()
            if (output.team_id, output.sha256) == (team_id, sha256) and output.expires_at > now
        ]
        longest = max(same, key=lambda output: output.expires_at, default=None)
        return None if longest is None else EphemeralCopy(token=longest.token, content_type=longest.content_type)

    async def drop_receipts(self, after: str, limit: int) -> tuple[int, str | None]:
        """Remove what nothing needs, ancestors included."""
        page = sorted(key for key in self.rows if key > after)[:limit]
        suspects, dropped = page, 0
        while gone := [key for key in suspects if not self._is_needed(self.rows[key])]:
            parents = {parent.sha256 for key in gone for parent in self.rows[key].parents}
            for key in gone:
                del self.rows[key]
            dropped += len(gone)
            suspects = [key for key, row in self.rows.items() if row.sha256 in parents]
        return dropped, page[-1] if len(page) == limit else None

    def _is_needed(self, record: ReceiptRecord) -> bool:
        if any((out.request_id, out.position) == (record.request_id, record.position) for out in self._outputs()):
            return True
        copies = [file.id for file in self._stored() if _same_bytes(file, record)]
        if record.file_id in copies:
            return True
        is_oldest = self._same(record.team_id, [record.sha256])[0].id == record.id
        return is_oldest and (bool(copies) or any(_is_child(row, record) for row in self.rows.values()))

    def _same(self, team_id: str, digests: Sequence[str]) -> list[ReceiptRecord]:
        same = (row for row in self.rows.values() if row.team_id == team_id and row.sha256 in digests)
        return sorted(same, key=_age)

    def _stored(self) -> list[FileRecord]:
        return [] if self._files is None else list(self._files.rows.values())


def _age(record: Made) -> tuple[float, str]:
    return record.created_at, record.id


def _names(record: Made, digests: Sequence[str]) -> bool:
    return any(parent.sha256 in digests for parent in record.parents)


def _same_bytes(file: FileRecord, record: Made) -> bool:
    return (file.team_id, file.sha256) == (record.team_id, record.sha256)


def _is_child(child: Made, record: Made) -> bool:
    related = child.team_id == record.team_id and _names(child, [record.sha256])
    return related and child.id != record.id and child.created_at >= record.created_at


def _summary(record: ReceiptRecord) -> Made:
    return msgspec.convert(msgspec.structs.asdict(record), Made)
