"""Inputs of a request: checked before it is queued, and turned into local files when it runs.

Whatever a source is (a stored file, a data URL, one of our own URLs, somebody else's), it ends as a file on this
machine whose type was read from its bytes, with the receipt of the result those bytes are, if they are one of ours.
"""

import asyncio
import base64
import binascii
import hashlib
import io
import os
import shutil
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec
import structlog

from imagined.contract import errors
from imagined.contract.environment import Clock
from imagined.contract.errors import ApiError, invalid
from imagined.contract.receipts import ParentOrigin
from imagined.contract.receipts import Receipt as WholeReceipt
from imagined.contract.requests import MediaSource
from imagined.contract.tasks import Receipt
from imagined.files.ports import BlobStore
from imagined.files.service import FilesService
from imagined.imagine.headers import Clip, Picture, read_clip, read_picture
from imagined.imagine.own_urls import Ephemeral, OwnUrls, Public
from imagined.imagine.ports import Fetcher, FetchError
from imagined.jobs.ports import OutputStore

_log = structlog.get_logger("imagined.inputs")

MediaKind = Literal["image", "video"]
_HEADER_BYTES: Final = 1024 * 1024
"""How much of a blob without a local path is read to find its header."""
_MEBIBYTE: Final = 1024 * 1024


class InputLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What an input may be, in bytes, pixels and seconds."""

    fetched_image_bytes: int = 10 * _MEBIBYTE
    fetched_video_bytes: int = 100 * _MEBIBYTE
    inline_image_bytes: int = 20 * _MEBIBYTE
    inline_video_bytes: int = 100 * _MEBIBYTE
    pixels: int = 33_000_000
    image_deadline_s: float = 5.0
    video_deadline_s: float = 60.0


class LocalMedia(msgspec.Struct, frozen=True, kw_only=True):
    """An input as a local file."""

    path: str
    content_type: str
    sha256: str
    file_id: str | None = None
    duration_s: float | None = None
    """Of a clip whose header says it."""
    receipt: Receipt | None = None
    """The engine's own part of the receipt of these bytes, where this team made them here."""
    origin: ParentOrigin = "file"
    host: str | None = None
    """Of somebody else's URL."""


class _Given(NamedTuple):
    """How an input was given, and its digest where that is known without reading it."""

    origin: ParentOrigin
    sha256: str | None = None
    file_id: str | None = None
    host: str | None = None


class InputResolver:
    """Checks and fetches the inputs of a team's requests."""

    def __init__(
        self,
        files: FilesService,
        blobs: BlobStore,
        outputs: OutputStore,
        fetcher: Fetcher,
        own_urls: OwnUrls,
        clock: Clock,
        limits: InputLimits | None = None,
    ) -> None:
        self._files = files
        self._blobs = blobs
        self._outputs = outputs
        self._fetcher = fetcher
        self._own_urls = own_urls
        self._clock = clock
        self._limits = limits or InputLimits()

    async def check(self, team_id: str, source: MediaSource, kind: MediaKind, *, inline: bool) -> None:
        """Refuse a stored file that is not this team's or not of this kind; with `inline`, a bad data URL too.

        Raises `ApiError`. URLs are not fetched here.
        """
        if source.file_id is not None:
            file = await self._files.get(team_id, source.file_id)
            await self._read_blob(file.sha256, kind, f"File {file.id}")
        elif inline and source.url is not None and _is_data_url(source.url):
            data = await asyncio.to_thread(_decoded, source.url, kind, self._inline_bytes(kind))
            self._judge(_header(io.BytesIO(data), kind), kind, f"The provided {kind}")

    def is_remote(self, source: MediaSource) -> bool:
        """Whether resolving this source waits for somebody else's server."""
        url = source.url
        return url is not None and not _is_data_url(url) and self._own_urls.target(url) is None

    async def resolve(self, team_id: str, source: MediaSource, kind: MediaKind, path: str) -> LocalMedia:
        """Make a source a local file at `path`; raises `ApiError` with what the failed job is to say."""
        if source.file_id is not None:
            file = await self._files.get(team_id, source.file_id)
            await self._place(file.sha256, path)
            return await self._described(team_id, path, kind, f"File {file.id}", _Given("file", file.sha256, file.id))
        url = source.url or ""
        if _is_data_url(url):
            await asyncio.to_thread(_write_decoded, url, kind, self._inline_bytes(kind), path)
            given = _Given("data")
        elif target := self._own_urls.target(url):
            given = await self._own(team_id, target, kind)
            await self._place(given.sha256 or "", path)
        else:
            await self._fetch(url, kind, path)
            given = _Given("url", host=urlsplit(url).hostname)
        return await self._described(team_id, path, kind, f"The provided {kind}", given)

    async def _described(self, team_id: str, path: str, kind: MediaKind, what: str, given: _Given) -> LocalMedia:
        header = await asyncio.to_thread(_header_of, path, kind)
        self._judge(header, kind, what)
        assert header is not None
        digest = given.sha256 if given.sha256 is not None else await asyncio.to_thread(_digest_of, path)
        receipt = await self._outputs.receipt_of(team_id, digest)
        return LocalMedia(
            path=path,
            content_type=header.content_type,
            sha256=digest,
            file_id=given.file_id,
            duration_s=header.duration_s if isinstance(header, Clip) else None,
            receipt=msgspec.json.decode(receipt, type=WholeReceipt).made if receipt is not None else None,
            origin=given.origin,
            host=given.host,
        )

    async def _own(self, team_id: str, target: Public | Ephemeral, kind: MediaKind) -> _Given:
        if isinstance(target, Public):
            file = await self._files.by_public_token(target.token, target.name)
            if file is not None:
                # Another team's file may be shared, but its id is nobody else's business.
                return _Given("own", file.sha256, file.id if file.team_id == team_id else None)
        else:
            output = await self._outputs.output(target.token, self._clock.now())
            if output is not None:
                return _Given("own", output.sha256)
        raise download_failed(kind)

    async def _fetch(self, url: str, kind: MediaKind, path: str) -> None:
        limits = self._limits
        is_image = kind == "image"
        try:
            await self._fetcher.fetch(
                url,
                path,
                max_bytes=limits.fetched_image_bytes if is_image else limits.fetched_video_bytes,
                deadline_s=limits.image_deadline_s if is_image else limits.video_deadline_s,
            )
        except FetchError as error:
            _log.info("input not fetched", kind=kind, reason=str(error))
            raise download_failed(kind) from None

    async def _place(self, sha256: str, path: str) -> None:
        """Put a blob at `path`: a second name of the same bytes, so that deleting the file cannot pull them away."""
        local = await self._blobs.local_path(sha256)
        if local is not None:
            await asyncio.to_thread(_link, local, path)
            return
        with await asyncio.to_thread(Path(path).open, "wb") as file:
            async for chunk in self._blobs.read(sha256):
                await asyncio.to_thread(file.write, chunk)

    async def _read_blob(self, sha256: str, kind: MediaKind, what: str) -> None:
        local = await self._blobs.local_path(sha256)
        if local is not None:
            header = await asyncio.to_thread(_header_of, local, kind)
        else:
            header = _header(io.BytesIO(await self._blobs.head(sha256, _HEADER_BYTES)), kind)
        self._judge(header, kind, what)

    def _judge(self, header: Picture | Clip | None, kind: MediaKind, what: str) -> None:
        if header is None:
            raise errors.not_a_picture(what) if kind == "image" else errors.not_a_video(what)
        if isinstance(header, Picture) and header.width * header.height > self._limits.pixels:
            raise invalid(f"{what} is too large: at most {self._limits.pixels // 1_000_000} megapixels are supported.")

    def _inline_bytes(self, kind: MediaKind) -> int:
        return self._limits.inline_image_bytes if kind == "image" else self._limits.inline_video_bytes


def download_failed(kind: MediaKind) -> ApiError:
    """The one sentence for every URL that did not become a file."""
    return invalid(f"Unable to download provided {kind}_url")


def _is_data_url(url: str) -> bool:
    return url[:5].lower() == "data:"


def _decoded(url: str, kind: MediaKind, max_bytes: int) -> bytes:
    head, comma, body = url.partition(",")
    if not comma or not head.lower().endswith(";base64"):
        raise download_failed(kind)
    if len(body) > max_bytes * 4 // 3 + 4:
        raise invalid(f"The provided {kind} is larger than {max_bytes} bytes.")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise download_failed(kind) from None


def _write_decoded(url: str, kind: MediaKind, max_bytes: int, path: str) -> None:
    Path(path).write_bytes(_decoded(url, kind, max_bytes))


def _link(source: str, path: str) -> None:
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)


def _digest_of(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _header_of(path: str, kind: MediaKind) -> Picture | Clip | None:
    with Path(path).open("rb") as file:
        return _header(file, kind)


def _header(file: BinaryIO, kind: MediaKind) -> Picture | Clip | None:
    return read_picture(file) if kind == "image" else read_clip(file)
