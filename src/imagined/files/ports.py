"""What the files service needs from outside: a store for rows and a store for bytes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
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

    async def change(
        self, team_id: str, file_id: str, now: float, edit: Callable[[FileRecord, int], FileRecord]
    ) -> FileRecord | None:
        """Replace name, expiry and public URL of a live row in one transaction; None when it is gone.

        `edit` gets the row and the number of the team's other active public URLs. It may be called again from the
        start, and may refuse with `ApiError`, which changes nothing.
        """
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

    async def newest_like(
        self, team_id: str, filename: str, sha256: str, since: float, now: float
    ) -> FileRecord | None:
        """The newest live row with this name and these bytes that was made at `since` or later."""
        ...


class BlobReference(msgspec.Struct, frozen=True, kw_only=True):
    """A row that needs a blob. `key` orders references of one `kind` and names the row."""

    kind: str
    """``file`` or ``output``."""
    key: str
    sha256: str
    size: int


class References(Protocol):
    """Rows as the keeper of the blobs sees them: all teams, files and ephemeral results alike."""

    async def expire(self, now: float, limit: int) -> int:
        """Remove at most `limit` expired rows of each kind; how many went."""
        ...

    async def referenced(self, names: Collection[str]) -> set[str]:
        """Those of `names` that some row needs."""
        ...

    async def after(self, kind: str, key: str, limit: int) -> list[BlobReference]:
        """The next references of one kind behind `key`, in order of their keys; start with an empty key."""
        ...


class ReceiptKeeper(Protocol):
    """Receipts of all teams, as the sweeper sees them."""

    async def drop_receipts(self, after: str, limit: int) -> tuple[int, str | None]:
        """Look at `limit` receipts behind the key `after` and remove those that nothing needs any more.

        How many went, with ancestors that only they needed, and the key to go on from: None at the end. Start with an
        empty key.
        """
        ...


class BlobInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes at rest."""

    sha256: str
    size: int


class BlobStore(Protocol):
    """Immutable bytes, named by the hex SHA-256 of their content. A second put of the same bytes stores nothing.

    A put holds its blob: the sweeper leaves it alone until `release`, which is called when the row that names it has
    been committed or given up. A forgotten release costs disk for a while, never data.
    """

    async def put(self, chunks: AsyncIterator[bytes], *, max_bytes: int | None = None) -> BlobInfo:
        """Store a stream and hold it; durable on return.

        Raises `BlobTooLarge` past `max_bytes`; then, and when the stream raises, nothing is left behind.
        """
        ...

    async def put_file(self, path: str) -> BlobInfo:
        """Take over a local file (it is moved or copied and then removed) and hold it; durable on return."""
        ...

    def release(self, sha256: str) -> None:
        """End one hold; does nothing when there is none."""
        ...

    def read(self, sha256: str, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Stream `length` bytes from `start`; raises `BlobMissing`."""
        ...

    async def head(self, sha256: str, length: int) -> bytes:
        """The first `length` bytes; raises `BlobMissing`."""
        ...

    async def local_path(self, sha256: str) -> str | None:
        """A read-only local path of the blob, or None when this store has none."""
        ...


class BlobKeeper(Protocol):
    """The rest of a blob store, for the sweeper and the checker."""

    async def names(self, after: str, limit: int) -> list[BlobInfo]:
        """The next blobs behind the name `after`, in order of their names; start with an empty name."""
        ...

    async def reclaim(self, sha256: str, is_needed: Callable[[], Awaitable[bool]]) -> bool:
        """Remove a blob unless it is held or `is_needed` says so; whether it was removed.

        Until this returns, a put of the same bytes waits: no row can come to name a blob that is just being removed.
        """
        ...

    async def verify(self, sha256: str) -> bool:
        """Read a blob whole and compare it with its name; raises `BlobMissing`."""
        ...

    async def set_aside(self, sha256: str) -> str:
        """Move a damaged blob out of the way, where a person can look at it; returns where it is now."""
        ...


class BlobTooLarge(Exception):  # noqa: N818 - reads as what happened
    """A stream went past its limit."""


class BlobMissing(Exception):  # noqa: N818 - reads as what happened
    """No blob of that name."""


class BlobStoreFull(Exception):  # noqa: N818 - reads as what happened
    """No room for the bytes; nothing is left behind."""


class BlobStoreReadOnly(Exception):  # noqa: N818 - reads as what happened
    """The blobs' place may only be read at present."""
