"""Pages of requests, of batches and of what is in them, by key: what comes and goes between two pages neither repeats
nor hides a row. A token holds the place where its page ended and the list it belongs to."""

import base64
import binascii
from collections.abc import Sequence
from typing import Final

import msgspec

from imagined.contract.errors import ApiError, invalid

Key = tuple[float, str] | str


class _Token(msgspec.Struct, frozen=True, array_like=True):
    listed: str
    key: tuple[float, str] | str


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Token)
_MAX_TOKEN: Final = 4096


def list_name(kind: str, batch_id: str = "", states: Sequence[str] = ()) -> str:
    """What a token belongs to: a place in one list means nothing in another."""
    return "/".join((kind, batch_id, *sorted(set(states))))


def make_token(listed: str, key: Key) -> str:
    """The token of the page behind `key`."""
    return base64.urlsafe_b64encode(_ENCODER.encode(_Token(listed, key))).decode().rstrip("=")


def position(token: str | None, listed: str) -> tuple[float, str] | None:
    """Where a page in order of time starts; None at the front. Raises `ApiError` for what is no token of this list."""
    key = _key(token, listed)
    if isinstance(key, str):
        raise _wrong()
    return key


def entry_position(token: str | None, listed: str) -> str:
    """The id behind which a page starts; empty at the front. Raises `ApiError` for what is no token of this list."""
    key = _key(token, listed)
    if isinstance(key, tuple):
        raise _wrong()
    return key or ""


def _key(token: str | None, listed: str) -> Key | None:
    if not token:
        return None
    try:
        if len(token) > _MAX_TOKEN:
            raise ValueError
        read = _DECODER.decode(base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True))
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise _wrong() from None
    if read.listed != listed:
        raise invalid("pagination_token: belongs to another list.")
    return read.key


def _wrong() -> ApiError:
    return invalid("pagination_token: is not a token that this server made.")
