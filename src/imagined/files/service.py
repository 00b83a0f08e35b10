"""The files service: what both transports, the command line and the imagine service call."""

from collections.abc import AsyncIterator

from imagined.contract.environment import Clock, Ids
from imagined.contract.files import FilePage, ListQuery, PublicUrl, Revocation, StoredFile
from imagined.files.ports import BlobStore, FileRecord, FileStore


class FilesService:
    """Files of a team. Unknown, deleted, expired and other teams' files are all `not-found`."""

    def __init__(self, store: FileStore, blobs: BlobStore, clock: Clock, ids: Ids, public_base_url: str) -> None:
        self._store = store
        self._blobs = blobs
        self._clock = clock
        self._ids = ids
        self._public_base_url = public_base_url

    async def upload(
        self,
        team_id: str,
        filename: str,
        chunks: AsyncIterator[bytes],
        *,
        max_bytes: int,
        expires_after: int | None = None,
        declared_type: str | None = None,
        is_retry: bool = False,
    ) -> StoredFile:
        """Store a stream as a new file.

        Raises `ApiError`: bad name or lifetime (before a byte is read), too large (nothing is left behind).
        `is_retry` marks a call that the client's transport repeats: the file of the first try is returned when it
        was stored in the last minute with the same name and bytes.
        """
        raise NotImplementedError

    async def list_files(self, team_id: str, query: ListQuery) -> FilePage:
        """One page of a team's files."""
        raise NotImplementedError

    async def get(self, team_id: str, file_id: str) -> StoredFile:
        """A file's metadata."""
        raise NotImplementedError

    async def delete(self, team_id: str, file_id: str) -> None:
        """Delete a file; its public URL answers 404 from now on."""
        raise NotImplementedError

    def content(self, file: StoredFile, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """The bytes of a file that `get` returned."""
        raise NotImplementedError

    async def create_public_url(self, team_id: str, file_id: str, expires_after: int | None = None) -> PublicUrl:
        """Share a file, or move the expiry of its URL; the token stays until it is revoked."""
        raise NotImplementedError

    async def revoke_public_url(self, team_id: str, file_id: str) -> Revocation:
        """Stop sharing; safe for any id."""
        raise NotImplementedError

    async def by_public_token(self, token: str, name: str) -> StoredFile | None:
        """The file behind `/public/{token}/{name}`, or None: checked anew at each request."""
        raise NotImplementedError

    def stored(self, record: FileRecord) -> StoredFile:
        """The view of a row, with its public URL while that is active."""
        raise NotImplementedError
