"""Wire types that several routes share, and their translation.

Fields that a client may leave out take null for the same thing. Answers leave a field out with `UNSET`.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract import files, results
from imagined.contract.errors import invalid
from imagined.contract.requests import MediaSource
from imagined.rest_api.json_bodies import missing_field
from imagined.rest_api.json_spans import Path

Choice = TypeVar("Choice", bound=str)


class Source(msgspec.Struct, kw_only=True):
    """An input picture or video: exactly one of `url` (http, https or data URL) and `file_id`."""

    url: str | None = None
    file_id: str | None = None
    type: Any = None
    """Tolerated; `image_url` in many examples."""


class PublicUrlOptions(msgspec.Struct, kw_only=True):
    """Lifetime of a public URL in seconds, 3600 to 2592000; absent: that of the file, or without end."""

    expires_after: int | None = None


class StorageOptions(msgspec.Struct, kw_only=True):
    """Keep the result in Files under `filename`, and publish it when `public_url` is true or an object."""

    filename: str
    expires_after: int | None = None
    public_url: bool | PublicUrlOptions | None = None


class FileOutput(msgspec.Struct, kw_only=True):
    """Where a result was kept. Times are unix seconds."""

    file_id: str
    filename: str
    expires_at: int | UnsetType = UNSET
    public_url: str | UnsetType = UNSET
    public_url_expires_at: int | UnsetType = UNSET
    public_url_error: str | UnsetType = UNSET


class UsageBody(msgspec.Struct, kw_only=True):
    """What a failed request cost, in ticks of 1e-10 US dollars."""

    cost_in_usd_ticks: int


class InputTokenDetails(msgspec.Struct, frozen=True, kw_only=True):
    """Always zero: pictures are not counted in tokens here."""

    cached_tokens: int = 0
    image_tokens: int = 0
    text_tokens: int = 0


class OutputTokenDetails(msgspec.Struct, frozen=True, kw_only=True):
    """Always zero: pictures are not counted in tokens here."""

    image_tokens: int = 0
    reasoning_tokens: int = 0
    text_tokens: int = 0


class Usage(msgspec.Struct, kw_only=True):
    """The cost in ticks of 1e-10 US dollars, and token counts, which are zero for media."""

    cost_in_usd_ticks: int
    input_tokens: int = 0
    input_tokens_details: InputTokenDetails = InputTokenDetails()
    output_tokens: int = 0
    output_tokens_details: OutputTokenDetails = OutputTokenDetails()
    total_tokens: int = 0


class JobError(msgspec.Struct, kw_only=True):
    """Why a request failed: `invalid_argument`, `permission_denied`, `failed_precondition`, `service_unavailable`
    or `internal_error`, and a sentence."""

    code: str
    message: str


class ErrorBody(msgspec.Struct, kw_only=True):
    """A refusal: a short code for programs and a sentence for people."""

    code: str
    error: str
    usage: UsageBody | UnsetType = UNSET


class NestedError(msgspec.Struct, kw_only=True):
    """The HTTP status and a sentence."""

    code: int
    message: str


class NestedErrorBody(msgspec.Struct, kw_only=True):
    """The answer for a path that does not exist."""

    error: NestedError


def to_choices(words: Sequence[str], allowed: Sequence[Choice], name: str) -> list[Choice]:
    """The chosen ones of `allowed`, in their order; raises `ApiError` for other words."""
    chosen = [choice for choice in allowed if choice in words]
    if len(chosen) != len(set(words)):
        raise invalid(f"{name}: must be one of {', '.join(allowed)}.")
    return chosen


def to_limit(text: str | None, most: int, default: int) -> int:
    """A page's size from the query: `default` when absent; raises `ApiError` for what is no integer."""
    limit = text or str(default)
    if not (limit.isascii() and limit.removeprefix("-").isdecimal()) or len(limit) > 9:
        raise invalid(f"limit: must be an integer from 1 to {most}.")
    return int(limit)


def to_source(wire: Source, at: Path) -> MediaSource:
    """A source with something in it; with neither kind set the body does not fit its schema."""
    if wire.url is None and wire.file_id is None:
        raise missing_field(at, "url")
    return MediaSource(url=wire.url, file_id=wire.file_id)


def to_sources(wire: list[Source] | None, name: str) -> tuple[MediaSource, ...]:
    """A list of sources; absent is empty."""
    return tuple(to_source(source, (name, index)) for index, source in enumerate(wire or ()))


def to_storage(wire: StorageOptions | None) -> files.StorageOptions | None:
    """Storage options; `public_url` as an object, even an empty one, asks for a public URL."""
    if wire is None:
        return None
    options = wire.public_url if isinstance(wire.public_url, PublicUrlOptions) else None
    return files.StorageOptions(
        filename=wire.filename,
        expires_after=wire.expires_after,
        public_url=options is not None or wire.public_url is True,
        public_url_expires_after=options.expires_after if options else None,
    )


def from_file_output(output: files.FileOutput | None) -> FileOutput | UnsetType:
    """Where a result was kept, or nothing."""
    if output is None:
        return UNSET
    return FileOutput(
        file_id=output.file_id,
        filename=output.filename,
        expires_at=seconds_or_unset(output.expires_at),
        public_url=or_unset(output.public_url),
        public_url_expires_at=seconds_or_unset(output.public_url_expires_at),
        public_url_error=or_unset(output.public_url_error),
    )


def from_job_error(error: results.JobError | None) -> JobError:
    """A job's error; a failed job always has one on the wire."""
    if error is None:
        return JobError(code="internal_error", message="An internal error occurred.")
    return JobError(code=error.code, message=error.message)


def or_unset(text: str | None) -> str | UnsetType:
    """A field that is left out when there is nothing to say."""
    return UNSET if text is None else text


def seconds(time: float | None) -> int | None:
    """A time in whole unix seconds, or null."""
    return None if time is None else int(time)


def seconds_or_unset(time: float | None) -> int | UnsetType:
    """A time in whole unix seconds, or nothing."""
    return UNSET if time is None else int(time)
