"""Public URLs: who may have one, how long it lives, and how it reads (xAI Files API: public URLs).

    file has a lifetime   expires_after   the URL ends
    no                    not sent        never
    no                    N               N seconds from now
    yes                   not sent        with the file
    yes                   N               N seconds from now; refused when that is after the file's end

A second call keeps the token; it moves the end when it sends `expires_after`, and keeps it otherwise.
"""

from collections.abc import Callable
from typing import Final

from imagined.contract.errors import RESOURCE_EXHAUSTED, ApiError, invalid
from imagined.contract.files import PUBLIC_MAX_BYTES, PUBLIC_TYPES, PublicUrl
from imagined.files.matching import is_shared
from imagined.files.ports import FileRecord

PUBLIC_URLS_PER_TEAM: Final = 1000

BaseUrl = Callable[[], str]
"""Gives the address of the server, which may be known only after it was bound."""


def check_shareable(content_type: str, size: int) -> None:
    """Refuse a file that may not have a public URL."""
    if content_type not in PUBLIC_TYPES:
        raise invalid(
            f"file_id: files of type {content_type} cannot have a public URL. "
            f"Supported types: {', '.join(PUBLIC_TYPES)}."
        )
    if size == 0:
        raise invalid("file_id: an empty file cannot have a public URL.")
    if size > PUBLIC_MAX_BYTES:
        raise invalid(f"file_id: files over {PUBLIC_MAX_BYTES} bytes cannot have a public URL; this has {size}.")


def check_quota(active: int, limit: int = PUBLIC_URLS_PER_TEAM) -> None:
    """Refuse one more active URL than a team may have."""
    if active >= limit:
        raise ApiError(
            RESOURCE_EXHAUSTED,
            f"public_url: the team has {active} active public URLs, and {limit} is the limit. "
            "Revoke some, or delete their files.",
        )


def expiry_of_new(file_expires_at: float | None, expires_after: int | None, now: float) -> float | None:
    """When a new URL ends, by the table above; raises `ApiError` when it would outlive its file."""
    if expires_after is None:
        return file_expires_at
    ends = now + expires_after
    if file_expires_at is not None and ends > file_expires_at:
        left = max(0, int(file_expires_at - now))
        raise invalid(f"expires_after: the public URL cannot outlive its file, which ends in {left} seconds.")
    return ends


def public_url(record: FileRecord, base: str, now: float) -> PublicUrl | None:
    """The active URL of a row. Its extension says the stored content type, whatever the name says."""
    if not is_shared(record, now):
        return None
    extension = PUBLIC_TYPES.get(record.content_type, "")
    url = f"{base.rstrip('/')}/public/{record.public_token}/{record.id}{extension}"
    return PublicUrl(url=url, expires_at=record.public_expires_at)
