"""The files service: what both transports, the command line and the imagine service call."""

from collections.abc import AsyncIterator, Callable
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract.environment import Clock, Ids
from imagined.contract.errors import INTERNAL, RESOURCE_EXHAUSTED, STORAGE_FAILED, TOO_LARGE, ApiError, file_not_found
from imagined.contract.files import (
    FileOutput,
    FilePage,
    ListQuery,
    PublicUrl,
    Revocation,
    StorageOptions,
    StoredFile,
)
from imagined.files import sniff
from imagined.files.paging import token_after
from imagined.files.ports import (
    BlobInfo,
    BlobStore,
    BlobStoreFull,
    BlobStoreReadOnly,
    BlobTooLarge,
    FileRecord,
    FileStore,
)
from imagined.files.rules import check_expires_after, check_filename
from imagined.files.sharing import (
    PUBLIC_URLS_PER_TEAM,
    BaseUrl,
    check_quota,
    check_shareable,
    expiry_of_new,
    public_url,
)
from imagined.files.text import extract_text
from imagined.testing import faults

_RETRY_WINDOW_S: Final = 60.0


class FilesService:
    """Files of a team. Unknown, deleted, expired and other teams' files are all `not-found`."""

    def __init__(
        self,
        store: FileStore,
        blobs: BlobStore,
        clock: Clock,
        ids: Ids,
        public_base_url: str | BaseUrl,
        *,
        public_urls_per_team: int = PUBLIC_URLS_PER_TEAM,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._clock = clock
        self._ids = ids
        self._public_urls = public_urls_per_team
        self._base_url: BaseUrl = public_base_url if callable(public_base_url) else lambda: str(public_base_url)

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

        Raises `ApiError`: bad name or lifetime (before a byte is read), too large or no room (nothing is left
        behind). `is_retry` marks a call that the client's transport repeats: the file of the first try is returned
        when it was stored in the last minute with the same name and bytes.
        """
        check_filename(filename)
        check_expires_after(expires_after)
        head = _Head(chunks)
        try:
            blob = await self._blobs.put(head.pass_on(), max_bytes=max_bytes)
        except BlobTooLarge:
            raise ApiError(TOO_LARGE, f"file: is larger than {max_bytes} bytes, the limit for uploads.") from None
        except BlobStoreFull:
            raise ApiError(RESOURCE_EXHAUSTED, "The server has no room left for files.") from None
        except BlobStoreReadOnly:
            raise ApiError(INTERNAL, STORAGE_FAILED) from None
        faults.point("upload.after_blob")
        try:
            now = self._clock.now()
            if is_retry:
                first = await self._store.newest_like(team_id, filename, blob.sha256, now - _RETRY_WINDOW_S, now)
                if first is not None:
                    return self.stored(first)
            record = FileRecord(
                id=f"file_{self._ids.uuid()}",
                team_id=team_id,
                filename=filename,
                size=blob.size,
                content_type=sniff.content_type(head.data, declared_type, filename),
                sha256=blob.sha256,
                created_at=now,
                expires_at=None if expires_after is None else now + expires_after,
            )
            await self._store.insert(record)
        finally:
            self._blobs.release(blob.sha256)
        faults.point("upload.after_row")
        return self.stored(record)

    async def list_files(self, team_id: str, query: ListQuery) -> FilePage:
        """One page of a team's files; raises `ApiError` for a bad filter, token or `after`."""
        page = await self._store.page(team_id, query, self._clock.now())
        token = token_after(page.records[-1], query) if page.more else None
        return FilePage(files=tuple(map(self.stored, page.records)), next_token=token)

    async def get(self, team_id: str, file_id: str) -> StoredFile:
        """A file's metadata."""
        record = await self._store.get(team_id, file_id, self._clock.now())
        if record is None:
            raise file_not_found(file_id)
        return self.stored(record)

    async def update(
        self,
        team_id: str,
        file_id: str,
        *,
        filename: str | None = None,
        expires_after: int | UnsetType | None = UNSET,
    ) -> StoredFile:
        """Rename a file (None keeps the name), or let it end `expires_after` seconds from now (None: keep it for good).

        A public URL that would outlive its file then ends with it.
        """
        if filename is not None:
            check_filename(filename)
        if expires_after is not UNSET:
            check_expires_after(expires_after)
        now = self._clock.now()

        def edit(record: FileRecord, _: int) -> FileRecord:
            changed = record if filename is None else msgspec.structs.replace(record, filename=filename)
            if expires_after is UNSET:
                return changed
            ends = None if expires_after is None else now + expires_after
            public_ends = record.public_expires_at
            if record.public_token is not None and ends is not None:
                public_ends = ends if public_ends is None else min(public_ends, ends)
            return msgspec.structs.replace(changed, expires_at=ends, public_expires_at=public_ends)

        return self.stored(await self._changed(team_id, file_id, now, edit))

    async def delete(self, team_id: str, file_id: str) -> None:
        """Delete a file; its public URL answers 404 from now on."""
        if not await self._store.delete(team_id, file_id, self._clock.now()):
            raise file_not_found(file_id)
        faults.point("delete.after_row")

    def content(self, file: StoredFile, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """The bytes of a file that `get` returned, `length` of them from `start`."""
        return self._blobs.read(file.sha256, start, file.size - start if length is None else length)

    async def text(self, file: StoredFile) -> str:
        """The text of a file that `get` returned; raises `ApiError` for types and sizes that have none to give."""
        return await extract_text(self._blobs, file)

    async def create_public_url(self, team_id: str, file_id: str, expires_after: int | None = None) -> PublicUrl:
        """Share a file, or move the expiry of its URL; the token stays until it is revoked.

        Raises `ApiError`: type or size that cannot be shared, bad lifetime, the team's quota.
        """
        check_expires_after(expires_after)
        now = self._clock.now()
        token = self._ids.token()

        def edit(record: FileRecord, others: int) -> FileRecord:
            check_shareable(record.content_type, record.size)
            active = public_url(record, "", now) is not None
            if active and expires_after is None:
                return record
            if not active:
                check_quota(others, self._public_urls)
            return msgspec.structs.replace(
                record,
                public_token=record.public_token if active else token,
                public_expires_at=expiry_of_new(record.expires_at, expires_after, now),
            )

        shared = public_url(await self._changed(team_id, file_id, now, edit), self._base_url(), now)
        faults.point("publish.after_row")
        assert shared is not None
        return shared

    async def revoke_public_url(self, team_id: str, file_id: str) -> Revocation:
        """Stop sharing; safe for any id: never shared, already revoked, deleted and unknown files are fine."""
        now = self._clock.now()
        before: list[FileRecord] = []

        def edit(record: FileRecord, _: int) -> FileRecord:
            before[:] = [record]
            return msgspec.structs.replace(record, public_token=None, public_expires_at=None)

        await self._store.change(team_id, file_id, now, edit)
        faults.point("revoke.after_row")
        revoked = public_url(before[0], self._base_url(), now) if before else None
        return Revocation(
            file_id=file_id, revoked=revoked is not None, public_url=None if revoked is None else revoked.url
        )

    async def by_public_token(self, token: str, name: str) -> StoredFile | None:
        """The file behind `/public/{token}/{name}`, or None: checked anew at each request."""
        now = self._clock.now()
        record = await self._store.by_public_token(token, now)
        if record is None:
            return None
        url = public_url(record, "", now)
        # The name is part of the URL: a right token with another name is no URL that was ever given out.
        return self.stored(record) if url is not None and url.url.endswith(f"/{name}") else None

    async def new_output_file(
        self,
        team_id: str,
        storage: StorageOptions,
        blob: BlobInfo,
        content_type: str,
        *,
        shared_before: int = 0,
    ) -> tuple[FileRecord, FileOutput]:
        """The row of a result that is to be kept, for the transaction that ends its request, and what is told of it.

        A public URL that cannot be made leaves the file alone and says why in `public_url_error` (Imagine API:
        storage_options). `shared_before` counts URLs of the same transaction, which the quota cannot see yet. Raises
        `ApiError` for a name or lifetime that was not checked before.
        """
        check_filename(storage.filename, "storage_options.filename")
        check_expires_after(storage.expires_after, "storage_options.expires_after")
        now = self._clock.now()
        record = FileRecord(
            id=f"file_{self._ids.uuid()}",
            team_id=team_id,
            filename=storage.filename,
            size=blob.size,
            content_type=content_type,
            sha256=blob.sha256,
            created_at=now,
            expires_at=None if storage.expires_after is None else now + storage.expires_after,
        )
        error: str | None = None
        if storage.public_url:
            try:
                record = await self._published(record, storage.public_url_expires_after, now, shared_before)
            except ApiError as refusal:
                error = refusal.message
        shared = public_url(record, self._base_url(), now)
        return record, FileOutput(
            file_id=record.id,
            filename=record.filename,
            expires_at=record.expires_at,
            public_url=shared.url if shared is not None else None,
            public_url_expires_at=shared.expires_at if shared is not None else None,
            public_url_error=error,
        )

    def stored(self, record: FileRecord) -> StoredFile:
        """The view of a row, with its public URL while that is active."""
        return StoredFile(
            id=record.id,
            team_id=record.team_id,
            filename=record.filename,
            size=record.size,
            content_type=record.content_type,
            sha256=record.sha256,
            created_at=record.created_at,
            expires_at=record.expires_at,
            public_url=public_url(record, self._base_url(), self._clock.now()),
        )

    async def _changed(
        self, team_id: str, file_id: str, now: float, edit: Callable[[FileRecord, int], FileRecord]
    ) -> FileRecord:
        changed = await self._store.change(team_id, file_id, now, edit)
        if changed is None:
            raise file_not_found(file_id)
        return changed

    async def _published(
        self, record: FileRecord, expires_after: int | None, now: float, shared_before: int
    ) -> FileRecord:
        check_expires_after(expires_after, "storage_options.public_url.expires_after")
        check_shareable(record.content_type, record.size)
        ends = expiry_of_new(record.expires_at, expires_after, now)
        check_quota(await self._store.count_public(record.team_id, now) + shared_before, self._public_urls)
        return msgspec.structs.replace(record, public_token=self._ids.token(), public_expires_at=ends)


class _Head:
    """The beginning of a stream, seen on its way."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self.data = b""

    async def pass_on(self) -> AsyncIterator[bytes]:
        """The stream as it is."""
        async for chunk in self._chunks:
            if len(self.data) < sniff.HEAD_BYTES:
                self.data = (self.data + chunk)[: sniff.HEAD_BYTES]
            yield chunk
