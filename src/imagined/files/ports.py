"""What the files service needs from outside: a store for rows and a store for bytes."""

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from imagined.contract.files import ListQuery


class FileRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the file table. Times are unix seconds."""

    id: str
    team_id: str
    filename: str
    size: int
    content_type: str
    sha256: str
    created_at: float
    expires_at: float | None = None
    public_token: str | None = None
    """22 url-safe characters while the file is shared."""
    public_expires_at: float | None = None


class RecordPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one page, and whether more follow."""

    records: tuple[FileRecord, ...]
    more: bool


class FileStore(Protocol):
    """The file table. Every read takes `now` and never shows an expired row; every row belongs to a team."""

    async def insert(self, record: FileRecord) -> None:
        """Add a row; durable on return. The blob must be durable before."""
        ...

    async def get(self, team_id: str, file_id: str, now: float) -> FileRecord | None:
        """A live row of this team."""
        ...

    async def page(self, team_id: str, query: ListQuery, now: float) -> RecordPage:
        """One page in the order asked; raises `ApiError` for a bad filter or token."""
        ...

    async def update(self, record: FileRecord, now: float) -> bool:
        """Replace name, expiry and public URL fields of a live row; False when it is gone."""
        ...

    async def delete(self, team_id: str, file_id: str, now: float) -> bool:
        """Remove the row, and with it its public URL; False when it was not there. The blob goes later."""
        ...

    async def by_public_token(self, token: str, now: float) -> FileRecord | None:
        """The live file whose unexpired public URL has this token."""
        ...

    async def count_public(self, team_id: str, now: float) -> int:
        """Active public URLs of a team."""
        ...


class BlobInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes at rest."""

    sha256: str
    size: int


class BlobStore(Protocol):
    """Immutable bytes, named by the hex SHA-256 of their content. A second put of the same bytes stores nothing."""

    async def put(self, chunks: AsyncIterator[bytes], *, max_bytes: int | None = None) -> BlobInfo:
        """Store a stream; durable on return. Raises `BlobTooLarge` past `max_bytes`, leaving nothing behind."""
        ...

    async def put_file(self, path: str) -> BlobInfo:
        """Take over a local file (it is moved or copied and then removed); durable on return."""
        ...

    def read(self, sha256: str, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Stream `length` bytes from `start`; raises `BlobMissing`."""
        ...

    async def head(self, sha256: str, length: int) -> bytes:
        """The first `length` bytes."""
        ...

    async def local_path(self, sha256: str) -> str | None:
        """A read-only local path of the blob, or None when this store has none."""
        ...

    async def delete(self, sha256: str) -> bool:
        """Remove the bytes; False when they were not there."""
        ...


class BlobTooLarge(Exception):
    """A stream went past its limit."""


class BlobMissing(Exception):
    """No blob of that name."""
