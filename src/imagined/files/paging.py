"""Pages by key: where the next page starts is a place in the order, not a number of rows, so that files which come
and go between two pages make none repeat and none go missing."""

import base64
import binascii
import hashlib
from collections import OrderedDict
from typing import Final

import msgspec

from imagined.contract.errors import ApiError, invalid
from imagined.contract.files import LIST_LIMIT, ListQuery, Order, SortBy
from imagined.files.ports import FileRecord

Key = float | int | str


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Behind the file `file_id`, whose sort key is `key`, in the list that a token was made for."""

    sort_by: SortBy
    order: Order
    filter_digest: str
    key: Key
    file_id: str


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Position)
_KEY_TYPES: Final[dict[str, type | tuple[type, ...]]] = {"created_at": (float, int), "filename": str, "size": int}
_MAX_TOKEN: Final = 2048


def page_limit(limit: int) -> int:
    """The limit of a list call: 0 and negative mean 100, above 100 is 100 (xAI Files API: list)."""
    return LIST_LIMIT if limit <= 0 else min(limit, LIST_LIMIT)


def sort_key(record: FileRecord, sort_by: SortBy) -> Key:
    """What a row is sorted by, before its id."""
    key: Key = getattr(record, sort_by)
    return key


def position_after(record: FileRecord, query: ListQuery) -> Position:
    """Behind this row in the list that `query` asks for."""
    return Position(query.sort_by, query.order, _digest(query.filter), sort_key(record, query.sort_by), record.id)


def token_after(record: FileRecord, query: ListQuery) -> str:
    """The opaque token of the page behind this row."""
    return base64.urlsafe_b64encode(_ENCODER.encode(position_after(record, query))).decode().rstrip("=")


def read_token(query: ListQuery) -> Position:
    """The place that `query.pagination_token` names.

    Raises `ApiError`: not a token, or one of a list with another order, sort or filter, where its place means nothing.
    """
    token = query.pagination_token or ""
    try:
        if len(token) > _MAX_TOKEN:
            raise ValueError
        position = _DECODER.decode(base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True))
        if not isinstance(position.key, _KEY_TYPES[position.sort_by]) or isinstance(position.key, bool):
            raise ValueError
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise invalid("pagination_token: is not a token that this server made.") from None
    if position != Position(query.sort_by, query.order, _digest(query.filter), position.key, position.file_id):
        raise invalid("pagination_token: belongs to a list with another order, sort_by or filter.")
    return position


def unknown_after() -> ApiError:
    """`after` names no file of the team."""
    return invalid("after: names no file of this team. Use pagination_token to continue a list.")


def _digest(text: str | None) -> str:
    return hashlib.sha256((text or "").strip().encode("utf-8", "surrogatepass")).hexdigest()[:16]


class PageEnds:
    """The last rows of pages given out lately.

    Clients that continue with `after` name the last file they saw. One that deletes each file as it lists would name
    a file that is gone; its place in the order is remembered here, for the last `size` pages.
    """

    def __init__(self, size: int = 4096) -> None:
        self._size = size
        self._rows: OrderedDict[tuple[str, str], FileRecord] = OrderedDict()

    def remember(self, record: FileRecord) -> None:
        """Keep the last row of a page."""
        key = (record.team_id, record.id)
        self._rows[key] = record
        self._rows.move_to_end(key)
        if len(self._rows) > self._size:
            self._rows.popitem(last=False)

    def find(self, team_id: str, file_id: str) -> FileRecord | None:
        """The row, as it was when its page was given out."""
        return self._rows.get((team_id, file_id))
