"""Conditions and ranges of a request for bytes (RFC 9110, sections 13 and 14), for resources with a strong ETag."""

import re
from typing import Final, NamedTuple

_TAG: Final = re.compile(r'(W/)?("[^"]*")')
_RANGE: Final = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


class Span(NamedTuple):
    """A part of a resource: `start` inclusive, `end` exclusive."""

    start: int
    end: int


class UnsatisfiableRangeError(Exception):
    """A well-formed range that lies outside of the resource."""


def is_unchanged(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has these very bytes (weak comparison)."""
    return if_none_match is not None and _is_listed(if_none_match, etag, weak=True)


def fails_match(if_match: str | None, etag: str) -> bool:
    """Whether the client insists on other bytes (strong comparison)."""
    return if_match is not None and not _is_listed(if_match, etag, weak=False)


def asked_range(header: str | None, if_range: str | None, etag: str, size: int) -> Span | None:
    """The one range to send, None for everything.

    Several ranges, other units and malformed ones are ignored, as the RFC allows; so is a range of a resource that
    changed (`if_range`; a date never matches, as nothing here has one). Raises `UnsatisfiableRangeError`.
    """
    found = _RANGE.fullmatch(header.strip()) if header is not None else None
    if found is None or (if_range is not None and if_range.strip() != etag):
        return None
    first, last = found.groups()
    if not first:
        if not last:
            return None
        if int(last) == 0 or size == 0:
            raise UnsatisfiableRangeError
        return Span(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise UnsatisfiableRangeError
    return Span(int(first), min(size, int(last) + 1) if last else size)


def _is_listed(header: str, etag: str, *, weak: bool) -> bool:
    if header.strip() == "*":
        return True
    return any(tag == etag and (weak or not mark) for mark, tag in _TAG.findall(header))
