"""What tells two bodies apart."""

import hashlib
from typing import Final

from python_multipart.multipart import parse_options_header

_MARK: Final = b"\0"


class ContentHash:
    """The hash of a body that arrives in pieces.

    Clients draw a new multipart boundary each time they send a form, a repeated one too, so that the boundary does not
    count. However the body is cut into pieces, the hash is the same.
    """

    def __init__(self, content_type: str) -> None:
        essence, options = parse_options_header(content_type)
        self._boundary = options.get(b"boundary", b"") if essence.startswith(b"multipart/") else b""
        self._hash = hashlib.sha256()
        self._tail = b""

    def update(self, piece: bytes) -> None:
        """Add a piece."""
        if not self._boundary:
            self._hash.update(piece)
            return
        # At C speed for any boundary: one of a single letter may occur in every byte.
        *between, rest = (self._tail + piece).split(self._boundary)
        for part in (_MARK.join(between), _MARK) if between else ():
            self._hash.update(part)
        settled = max(0, len(rest) - len(self._boundary) + 1)
        self._hash.update(rest[:settled])
        self._tail = rest[settled:]

    def hexdigest(self) -> str:
        """The hash of the whole."""
        whole = self._hash.copy()
        whole.update(self._tail)
        return whole.hexdigest()


def fingerprint(method: str, path: str, query: bytes, content: str) -> str:
    """Where a call went and what it said, in one hash."""
    place = b"\0".join((method.encode(), path.encode(errors="surrogatepass"), query, content.encode()))
    return hashlib.sha256(place).hexdigest()
