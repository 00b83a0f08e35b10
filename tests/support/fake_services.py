"""Services that answer from tables, so that a transport can be tested for what it says and hears."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from msgspec import UNSET, UnsetType

from imagined.access.idempotency import IdempotencySettings, IdempotentCalls
from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.environment import Clock
from imagined.contract.errors import ApiError
from imagined.contract.files import FileOutput, FilePage, ListQuery, PublicUrl, Revocation, StoredFile
from imagined.contract.requests import ImageRequest, VideoRequest
from imagined.contract.results import OutputItem, RequestView
from imagined.engines.cards import builtin_cards
from imagined.imagine.catalogue import Catalogue
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_calls import MemoryIdempotencyStore

KEY = "xai-key-of-the-tests"
REQUEST_ID = "3f0c2a7e-55d1-4c0b-9e57-6a1b8c9d0e2f"
FILE_ID = "file_6f0b2f5e-6f6f-4d1b-bb36-0d9f1a2c3b4d"
PICTURE = b"\xff\xd8\xffpicture"
NOW = 1_796_083_200.5

CALLER = Caller(
    team_id="team",
    key_id="key-id",
    name="tests",
    redacted_key="xai-...sts",
    user_id="user",
    created_at=NOW,
    modified_at=NOW + 1,
)


def catalogue() -> Catalogue:
    return Catalogue(
        builtin_cards(), default_image_model="grok-imagine-image-quality", default_video_model="grok-imagine-video"
    )


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def output(data: bytes = PICTURE, **changes: Any) -> OutputItem:
    fields = {
        "url": "http://127.0.0.1:8080/media/token/picture.jpeg",
        "content_type": "image/jpeg",
        "size": len(data),
        "sha256": digest(data),
        "width": 1024,
        "height": 1024,
    }
    return OutputItem(**(fields | changes))


FILE_OUTPUT = FileOutput(
    file_id=FILE_ID,
    filename="city.jpg",
    expires_at=NOW + 7200,
    public_url="http://127.0.0.1:8080/public/token/city.jpg",
    public_url_expires_at=NOW + 3600,
)


def view(state: str = "done", **changes: Any) -> RequestView:
    fields: dict[str, Any] = {
        "request_id": REQUEST_ID,
        "state": state,
        "model": "grok-imagine-image-quality",
        "progress": 100 if state == "done" else 0,
        "outputs": (output(),) if state == "done" else (),
        "cost_in_usd_ticks": 500_000_000 if state == "done" else 0,
    }
    return RequestView(**(fields | changes))


def stored(file_id: str = FILE_ID, **changes: Any) -> StoredFile:
    fields = {
        "id": file_id,
        "team_id": "team",
        "filename": "notes.txt",
        "size": 5,
        "content_type": "text/plain",
        "sha256": digest(b"words"),
        "created_at": NOW,
    }
    return StoredFile(**(fields | changes))


class FakeAuthenticator:
    """Knows one key; open mode lets everybody in."""

    def __init__(self, *, is_open: bool = False) -> None:
        self.is_open = is_open

    async def authenticate(self, key: str | None) -> Caller:
        if self.is_open:
            return CALLER
        if key is None:
            raise errors.no_credentials()
        if key != KEY:
            raise errors.wrong_key()
        return CALLER


def keyed_calls(clock: Clock | None = None, **settings: Any) -> IdempotentCalls:
    """Idempotency over a dictionary."""
    return IdempotentCalls(
        MemoryIdempotencyStore(), clock or ManualClock(), SeededIds(), settings=IdempotencySettings(**settings)
    )


class FakeImagine:
    """Accepts everything, unless told what to raise; `ends` is how each request ends."""

    def __init__(self) -> None:
        self.ends: RequestView = view()
        self.raises: Exception | None = None
        self.requests: list[ImageRequest | VideoRequest] = []
        self.retries: list[bool] = []
        self.call_ids: list[str] = []
        self.waiting = asyncio.Event()
        self.never_ends = False
        self.left = False
        """Whether a wait was given up."""
        self.abandoned: list[str] = []
        self.cancelled: list[str] = []
        self.listed: list[tuple[tuple[str, ...], int, str | None]] = []

    async def start_image(
        self, caller: Caller, request: ImageRequest, *, is_retry: bool = False, call_id: str = ""
    ) -> str:
        self.call_ids.append(call_id)
        return self._start(caller, request, is_retry)

    async def start_video(
        self, caller: Caller, request: VideoRequest, *, is_retry: bool = False, call_id: str = ""
    ) -> str:
        self.call_ids.append(call_id)
        return self._start(caller, request, is_retry)

    async def get(self, caller: Caller, request_id: str) -> RequestView:
        assert caller.team_id == CALLER.team_id
        if request_id != REQUEST_ID:
            raise errors.request_not_found(request_id)
        if self.raises:
            raise self.raises
        return self.ends

    look = get

    async def list_requests(
        self, caller: Caller, states: Sequence[str], limit: int, token: str | None
    ) -> tuple[list[RequestView], str | None]:
        self.listed.append((tuple(states), limit, token))
        return [self.ends], "more" if token is None else None

    async def cancel(self, caller: Caller, request_id: str) -> RequestView:
        self.cancelled.append(request_id)
        return await self.get(caller, request_id)

    async def abandon(self, caller: Caller, request_id: str) -> None:
        self.abandoned.append(request_id)

    async def wait(self, caller: Caller, request_id: str) -> RequestView:
        self.waiting.set()
        if self.never_ends:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.left = True
                raise
        return await self.get(caller, request_id)

    def _start(self, caller: Caller, request: ImageRequest | VideoRequest, is_retry: bool) -> str:
        assert caller.team_id == CALLER.team_id
        if self.raises:
            raise self.raises
        self.requests.append(request)
        self.retries.append(is_retry)
        return REQUEST_ID


class FakeFiles:
    """Keeps files in a dictionary."""

    def __init__(self) -> None:
        self.files: dict[str, StoredFile] = {FILE_ID: stored()}
        self.contents: dict[str, bytes] = {FILE_ID: b"words"}
        self.queries: list[ListQuery] = []
        self.uploads: list[dict[str, Any]] = []
        self.next_token: str | None = None
        self.raises: Exception | None = None
        self.chunk_sizes: list[int] = []

    async def upload(
        self, team_id: str, filename: str, chunks: AsyncIterator[bytes], *, max_bytes: int, **options: Any
    ) -> StoredFile:
        assert team_id == "team"
        if self.raises:
            raise self.raises
        data = bytearray()
        async for chunk in chunks:
            self.chunk_sizes.append(len(chunk))
            data += chunk
            if len(data) > max_bytes:
                raise ApiError(errors.TOO_LARGE, f"The file is larger than the allowed {max_bytes} bytes.")
        self.uploads.append({"filename": filename, "data": bytes(data), "max_bytes": max_bytes, **options})
        file = stored(filename=filename, size=len(data), sha256=digest(bytes(data)))
        self.files[file.id], self.contents[file.id] = file, bytes(data)
        return file

    async def list_files(self, team_id: str, query: ListQuery) -> FilePage:
        self.queries.append(query)
        return FilePage(files=tuple(self.files.values()), next_token=self.next_token)

    async def get(self, team_id: str, file_id: str) -> StoredFile:
        if self.raises:
            raise self.raises
        if file_id not in self.files:
            raise errors.file_not_found(file_id)
        return self.files[file_id]

    async def update(
        self, team_id: str, file_id: str, *, filename: str | None = None, expires_after: int | UnsetType | None = UNSET
    ) -> StoredFile:
        file = await self.get(team_id, file_id)
        ends = None if expires_after is None else NOW + expires_after if expires_after is not UNSET else file.expires_at
        changed = stored(file_id, filename=filename or file.filename, expires_at=ends)
        self.files[file_id] = changed
        return changed

    async def delete(self, team_id: str, file_id: str) -> None:
        await self.get(team_id, file_id)
        del self.files[file_id]

    async def content(self, file: StoredFile, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        yield self.contents[file.id]

    async def text(self, file: StoredFile) -> str:
        if not file.content_type.startswith("text/"):
            raise errors.invalid(f"No text in {file.content_type}.")
        return self.contents[file.id].decode()

    async def create_public_url(self, team_id: str, file_id: str, expires_after: int | None = None) -> PublicUrl:
        await self.get(team_id, file_id)
        expires = None if expires_after is None else NOW + expires_after
        return PublicUrl(url=f"http://127.0.0.1:8080/public/token/{file_id}.txt", expires_at=expires)

    async def revoke_public_url(self, team_id: str, file_id: str) -> Revocation:
        if file_id not in self.files:
            return Revocation(file_id=file_id, revoked=False)
        return Revocation(file_id=file_id, revoked=True, public_url="http://127.0.0.1:8080/public/token/x.txt")


class FakeBlobs:
    """Bytes by digest; only reading."""

    def __init__(self, *contents: bytes) -> None:
        self.contents = {digest(data): data for data in contents or (PICTURE,)}

    async def read(self, sha256: str, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        data = self.contents[sha256]
        yield data[:2]
        yield data[2:]
