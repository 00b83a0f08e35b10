"""JSON request bodies: read under a cap, decoded to a wire type, refused in the words of the hosted service.

A body that is JSON but does not fit is a 422 in plain text: the field's path, what is wrong, and where
(contract: errors, section 1). The happy path is one msgspec call; the sentence is worked out only on failure.
"""

import json
import re
import types
import typing
from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from starlette.requests import Request

from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.rest_api.json_spans import Path, find_span, position

Wire = TypeVar("Wire")
Translated = TypeVar("Translated")

_SCHEMA_PREFIX: Final = "Failed to deserialize the JSON body into the target type: "
_SYNTAX_PREFIX: Final = "Failed to parse the request body as JSON: "
_SHOWN_CHARACTERS: Final = 80
_MISSING: Final = re.compile(r"Object missing required field `([^`]+)`")
_PLACE: Final = re.compile(r" - at `\$([^`]*)`$")
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_BYTE: Final = re.compile(r"^(?:JSON is malformed: )?(.*?)(?: \(byte (\d+)\))?$", re.DOTALL)
_EXPECTED: Final[dict[Any, str]] = {
    str: "a string",
    int: "i32",
    float: "f32",
    bool: "a boolean",
}


class SchemaMismatchError(Exception):
    """A body that decodes but still does not fit its schema, found while it is translated."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(text)
        self.path = path
        self.text = text


def missing_field(path: Path, name: str) -> SchemaMismatchError:
    """An object without a field it must have."""
    return SchemaMismatchError(path, f"missing field `{name}`")


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body; raises `ApiError` (413) as soon as it is longer than `limit` bytes."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise too_large(limit)
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        pieces.append(piece)
    return b"".join(pieces)


def too_large(limit: int) -> ApiError:
    """A body above its cap."""
    return ApiError(errors.TOO_LARGE, f"The request body is larger than the allowed {limit} bytes.")


async def read_json(
    request: Request,
    wire_type: type[Wire],
    translate: Callable[[Wire], Translated],
    *,
    limit: int,
    may_be_empty: bool = False,
) -> Translated:
    """The request that a JSON body describes.

    Raises `ApiError`: 415 for another content type, 413 above `limit` bytes, 400 for malformed JSON, 422 for JSON
    of another shape, and whatever `translate` refuses. With `may_be_empty` no body at all is an empty object.
    """
    body = await read_body(request, limit)
    if may_be_empty and not body.strip():
        body = b"{}"
    elif not _is_json(request.headers.get("content-type", "")):
        raise ApiError(errors.UNSUPPORTED_MEDIA_TYPE, "Expected request with `Content-Type: application/json`")
    return translated(body, wire_type, translate)


def translated(body: bytes, wire_type: type[Wire], translate: Callable[[Wire], Translated]) -> Translated:
    """What a JSON text of a `wire_type` means; raises `ApiError` as `read_json` does once it has the text."""
    wire = decode(body, wire_type)
    try:
        return translate(wire)
    except SchemaMismatchError as problem:
        raise _located(body, problem.path, problem.text) from None


def decode(body: bytes, wire_type: type[Wire]) -> Wire:
    """`body` as a `wire_type`; raises `ApiError` with the hosted service's plain texts."""
    try:
        return msgspec.json.decode(body, type=wire_type)
    except msgspec.ValidationError as error:
        raise _schema_error(body, str(error), wire_type) from None
    except msgspec.DecodeError as error:
        raise _syntax_error(body, str(error)) from None
    except UnicodeDecodeError:
        raise ApiError(errors.MALFORMED_JSON, f"{_SYNTAX_PREFIX}invalid unicode code point") from None
    except RecursionError:
        raise ApiError(errors.MALFORMED_JSON, f"{_SYNTAX_PREFIX}recursion limit exceeded") from None


def _is_json(content_type: str) -> bool:
    essence = content_type.partition(";")[0].strip().lower()
    return essence == "application/json" or (essence.startswith("application/") and essence.endswith("+json"))


def _syntax_error(body: bytes, message: str) -> ApiError:
    if message.startswith("Input data was truncated"):
        return ApiError(
            errors.MALFORMED_JSON, f"{_SYNTAX_PREFIX}EOF while parsing a value at {position(body, len(body))}"
        )
    match = _BYTE.match(message)
    reason, offset = (match[1], match[2]) if match else (message, None)
    end = min(int(offset) + 1, len(body)) if offset else len(body)
    return ApiError(errors.MALFORMED_JSON, f"{_SYNTAX_PREFIX}{reason} at {position(body, end)}")


def _schema_error(body: bytes, message: str, wire_type: type[Any]) -> ApiError:
    place = _PLACE.search(message)
    path: Path = tuple(key or int(index) for key, index in (_STEP.findall(place[1]) if place else []))
    missing = _MISSING.match(message)
    if missing:
        return _located(body, path, f"missing field `{missing[1]}`")
    start, end = find_span(body, path)
    return _located(body, path, _mismatch(_value(body[start:end]), _type_at(wire_type, path)))


def _value(text: bytes) -> object:
    """A scalar's value; of an array or object only the kind, for its rest was not read and may be anything."""
    empty: dict[bytes, object] = {b"[": [], b"{": {}}
    return empty[text[:1]] if text[:1] in empty else json.loads(text)


def _located(body: bytes, path: Path, text: str) -> ApiError:
    start, end = find_span(body, path)
    # The service stops reading in front of an array or object it did not want, and behind anything else.
    stops_in_front = body[start : start + 1] in (b"{", b"[") and text.startswith("invalid type")
    where = position(body, start if stops_in_front else end)
    return ApiError(errors.SCHEMA, f"{_SCHEMA_PREFIX}{_shown_path(path)}{text} at {where}")


def _shown_path(path: Path) -> str:
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
    return f"{shown}: " if shown else ""


def _mismatch(value: object, expected: Any) -> str:
    words = _words(expected)
    if words and isinstance(value, str):
        listed = [f"`{word}`" for word in words]
        choice = " or ".join(listed) if len(listed) <= 2 else f"one of {', '.join(listed)}"
        return f"unknown variant `{_clipped(value)}`, expected {choice}"
    return f"invalid type: {_unexpected(value)}, expected {_expectation(expected)}"


def _type_at(wire_type: Any, path: Path) -> Any:
    """The declared type of the field at `path`, without its null."""
    current: Any = wire_type
    for step in path:
        if isinstance(step, int):
            current = get_args(_of_origin(current, list))[0]
        else:
            struct = next(member for member in _members(current) if hasattr(member, "__struct_fields__"))
            current = typing.get_type_hints(struct)[step]
    return current


def _members(declared: Any) -> list[Any]:
    if get_origin(declared) in (Union, types.UnionType):
        return [member for member in get_args(declared) if member is not types.NoneType]
    return [declared]


def _of_origin(declared: Any, origin: type) -> Any:
    return next(member for member in _members(declared) if get_origin(member) is origin)


def _words(declared: Any) -> tuple[str, ...]:
    members = _members(declared)
    return get_args(members[0]) if len(members) == 1 and get_origin(members[0]) is Literal else ()


def _expectation(declared: Any) -> str:
    return " or ".join(_one_expectation(member) for member in _members(declared))


def _one_expectation(member: Any) -> str:
    if hasattr(member, "__struct_fields__"):
        return f"struct {member.__name__}"
    if get_origin(member) is list:
        return "a sequence"
    return _EXPECTED.get(member, "a string")


def _unexpected(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return f"boolean `{str(value).lower()}`"
        case int():
            return f"integer `{value}`"
        case float():
            return f"floating point `{value}`"
        case str():
            return f"string {json.dumps(_clipped(value), ensure_ascii=False)}"
        case list():
            return "sequence"
    return "map"


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "..."
