"""Stored files and their public URLs, wire-neutral. Times are unix seconds."""

from typing import Final, Literal

import msgspec

SortBy = Literal["created_at", "filename", "size"]
Order = Literal["asc", "desc"]

MIN_EXPIRES_AFTER_S: Final = 3_600
MAX_EXPIRES_AFTER_S: Final = 2_592_000
LIST_LIMIT: Final = 100

PUBLIC_TYPES: Final[dict[str, str]] = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}
"""Content types that may get a public URL, with the extension of its path."""
PUBLIC_MAX_BYTES: Final = 50 * 1024 * 1024


class PublicUrl(msgspec.Struct, frozen=True, kw_only=True):
    """An active, unauthenticated URL of a file."""

    url: str
    expires_at: float | None = None


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a team."""

    id: str
    """``file_`` and a UUID."""
    team_id: str
    filename: str
    size: int
    content_type: str
    sha256: str
    """Hex digest of the bytes; names the blob."""
    created_at: float
    expires_at: float | None = None
    public_url: PublicUrl | None = None
    """Only while it is active."""


class ListQuery(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a team's files."""

    limit: int = LIST_LIMIT
    """Clamped to 1..100; 0 and negative mean 100."""
    order: Order = "desc"
    sort_by: SortBy = "created_at"
    pagination_token: str | None = None
    after: str | None = None
    """A file id; the page starts behind it. The token wins when both are given."""
    filter: str | None = None


class FilePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page; `next_token` is None on the last one."""

    files: tuple[StoredFile, ...]
    next_token: str | None


class Revocation(msgspec.Struct, frozen=True, kw_only=True):
    """What a revoke did; `public_url` is set only when there was one."""

    file_id: str
    revoked: bool
    public_url: str | None = None


class StorageOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a result is to be kept."""

    filename: str
    expires_after: int | None = None
    public_url: bool = False
    public_url_expires_after: int | None = None


class FileOutput(msgspec.Struct, frozen=True, kw_only=True):
    """Where a result was kept."""

    file_id: str
    filename: str
    expires_at: float | None = None
    public_url: str | None = None
    public_url_expires_at: float | None = None
    public_url_error: str | None = None
