"""`POST /v1/files`: a multipart body, parsed while it arrives and handed on as a stream.

Nothing is collected but small form fields, so memory stays flat whatever the size of the file, and the client is
read no faster than the bytes are stored. Fields that say something about the file must come before it; the stream
of the file's bytes only ends well when the whole body was well formed, so a late field refuses the upload as if it
had come first.
"""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from imagined.contract import errors
from imagined.contract.errors import ApiError, invalid
from imagined.rest_api.json_bodies import too_large

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MAX_FIELD_BYTES: Final = 64 * 1024
_MAX_FIELDS: Final = 64
MAX_FRAMING_BYTES: Final = 1024 * 1024
"""What a body may have beyond its file: boundaries, headers and fields."""

_EXPIRES_AFTER: Final = ("expires_after", "expires_after[seconds]")
_ANCHOR: Final = "expires_after[anchor]"


@dataclass(frozen=True)
class Upload:
    """What was said before the file's first byte, and the bytes."""

    filename: str
    declared_type: str | None
    expires_after: int | None
    chunks: AsyncIterator[bytes]


@dataclass
class _Part:
    """The head of one part."""

    name: str
    filename: str | None
    content_type: str | None


@dataclass
class _Data:
    """Some bytes of the present part."""

    data: bytes


@dataclass
class _End:
    """The end of the present part."""


_Event = _Part | _Data | _End


@dataclass
class _Events:
    """Collects what the parser calls back about one chunk of the body."""

    queue: deque[_Event] = field(default_factory=deque)
    complete: bool = False
    _name: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _headers: dict[str, str] = field(default_factory=dict)

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._headers.clear,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": lambda data, start, end: self.queue.append(_Data(data[start:end])),
            "on_part_end": lambda: self.queue.append(_End()),
            "on_end": self._end,
        }

    def _header_end(self) -> None:
        try:
            name, value = self._name.decode("ascii").lower(), self._value.decode("utf-8")
        except UnicodeDecodeError:
            raise invalid("The headers of a part must be UTF-8.") from None
        self._headers[name] = value
        self._name.clear()
        self._value.clear()

    def _headers_finished(self) -> None:
        # The library reads header values as latin-1; names arrive in UTF-8, so they go through it byte by byte.
        raw = self._headers.get("content-disposition", "").encode("utf-8").decode("latin-1")
        _, options = parse_options_header(raw)
        filename = options.get(b"filename")
        self.queue.append(
            _Part(
                name=options.get(b"name", b"").decode("utf-8"),
                filename=None if filename is None else filename.decode("utf-8"),
                content_type=self._headers.get("content-type"),
            )
        )

    def _end(self) -> None:
        self.complete = True


async def read_upload(request: Request, *, max_file_bytes: int) -> Upload:
    """Read up to the first byte of the file.

    `max_file_bytes` is the largest limit of any file; the limit of this one is the caller's to enforce.
    Raises `ApiError`: 415 for another content type, 413 when the body's declared length is beyond any limit, 400
    for a body that is malformed or has no named file.
    """
    boundary = _boundary(request.headers.get("content-type", ""))
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > max_file_bytes + MAX_FRAMING_BYTES:
        raise too_large(max_file_bytes)
    events = _parse(request.stream(), boundary)
    fields: dict[str, str] = {}
    async for event in events:
        if not isinstance(event, _Part):
            continue
        if event.name == "file":
            if not event.filename:
                raise invalid("The `file` part must have a filename.")
            return Upload(
                filename=event.filename,
                declared_type=event.content_type,
                expires_after=_expires_after(fields),
                chunks=_file_chunks(events),
            )
        if len(fields) >= _MAX_FIELDS:
            raise invalid("The form has too many fields.")
        fields[event.name] = await _field_value(events, event.name)
    raise invalid("The form has no `file` part.")


async def _file_chunks(events: AsyncIterator[_Event]) -> AsyncIterator[bytes]:
    """The bytes of the file, and then the rest of the form, which may hold nothing about it."""
    async for event in events:
        if isinstance(event, _Data):
            yield event.data
        else:
            break
    async for event in events:
        if isinstance(event, _Part):
            if event.name == "file":
                raise invalid("The form has more than one `file` part.")
            if event.name in (*_EXPIRES_AFTER, _ANCHOR):
                raise invalid(f"`{event.name}` must come before the `file` part.")


async def _field_value(events: AsyncIterator[_Event], name: str) -> str:
    value = bytearray()
    async for event in events:
        if not isinstance(event, _Data):
            break
        value += event.data
        if len(value) > _MAX_FIELD_BYTES:
            raise invalid(f"The field `{name[:40]}` is too long.")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        raise invalid(f"The field `{name[:40]}` must be UTF-8.") from None


def _expires_after(fields: dict[str, str]) -> int | None:
    given = [name for name in _EXPIRES_AFTER if name in fields]
    if fields.get(_ANCHOR, "created_at") != "created_at":
        raise invalid("`expires_after[anchor]` must be `created_at`.")
    if not given:
        return None
    if len(given) > 1:
        raise errors.exclusive(*given)
    text = fields[given[0]].strip()
    if not text.removeprefix("-").isdecimal() or len(text) > 18:
        raise invalid(f"`{given[0]}` must be a whole number of seconds.")
    return int(text)


def _boundary(content_type: str) -> bytes:
    essence, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if essence != b"multipart/form-data":
        raise ApiError(errors.UNSUPPORTED_MEDIA_TYPE, "Expected request with `Content-Type: multipart/form-data`")
    if not boundary:
        raise invalid("The multipart body has no boundary.")
    return boundary


async def _parse(body: AsyncIterator[bytes], boundary: bytes) -> AsyncIterator[_Event]:
    events = _Events()
    try:
        parser = MultipartParser(boundary, events.callbacks())
        async for chunk in body:
            parser.write(chunk)
            while events.queue:
                yield events.queue.popleft()
        parser.finalize()
    except FormParserError:
        raise invalid("The multipart body is malformed.") from None
    if not events.complete:
        raise invalid("The multipart body ends before its last boundary.")
