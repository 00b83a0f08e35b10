"""Sends a finished video to the address that its client gave, `output.upload_url`.

The address is a secret (whoever has it may write there), and what answers behind it is none of the client's business
beyond yes or no: the log gets the host and a reason, the client one sentence for every failure.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urlsplit

import msgspec
import structlog

from imagined.contract.errors import invalid
from imagined.contract.tasks import EngineError
from imagined.files.ports import BlobStore
from imagined.imagine.ports import FetchError, Putter
from imagined.jobs.ports import OutputRecord

_log = structlog.get_logger("imagined.uploads")

MAX_URL_LENGTH: Final = 8_192
FAILED: Final = "Unable to upload the video to the provided output.upload_url"


class UploadSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How hard to try."""

    tries: int = 3
    pause_s: float = 0.5
    """Before the second try; twice as long before each further one."""
    deadline_s: float = 120.0
    """For one try."""


class Uploader:
    """Puts results where clients want them."""

    def __init__(self, putter: Putter, blobs: BlobStore, settings: UploadSettings | None = None) -> None:
        self._putter = putter
        self._blobs = blobs
        self._settings = settings or UploadSettings()

    async def send(self, url: str, output: OutputRecord) -> None:
        """Put one result; raises `EngineError` when nobody took it.

        A server that is busy or broken is asked again. The same bytes may arrive twice, under the same address.
        """
        reason = ""
        for number in range(self._settings.tries):
            if number:
                await asyncio.sleep(self._settings.pause_s * 2 ** (number - 1))
            try:
                status = await self._put(url, output)
            except FetchError as error:
                reason = str(error)
                if not error.is_transient:
                    break
                continue
            if 200 <= status < 300:
                return
            reason = f"status {status}"
            if status < 500 and status != 429:
                break
        _log.info("result not uploaded", request_id=output.request_id, host=_host(url), reason=reason)
        raise EngineError("failed_precondition", FAILED)

    async def _put(self, url: str, output: OutputRecord) -> int:
        def body() -> AsyncIterator[bytes]:
            return self._blobs.read(output.sha256)

        return await self._putter.put(
            url, body, size=output.size, content_type=output.content_type, deadline_s=self._settings.deadline_s
        )


def check_upload_url(url: str) -> None:
    """Refuse what is no plain http or https URL; raises `ApiError`. Nothing of the URL is in the sentence."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine or not url.isascii() or not url.isprintable() or " " in url:
        raise invalid("output.upload_url: must be an http or https URL.")
    if "@" in parts.netloc:
        raise invalid("output.upload_url: must not carry a user name or password.")
    if len(url) > MAX_URL_LENGTH:
        raise invalid(f"output.upload_url: must have at most {MAX_URL_LENGTH} characters.")


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
