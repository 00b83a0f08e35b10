"""What can go wrong between this machine and a server, and how text of a server is shown. Light to import."""

import re
from collections.abc import Callable
from typing import Final

Advance = Callable[[int], None]
"""Told how many bytes more have gone over the wire."""

_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """`text` without what would move a terminal's cursor or turn its writing direction."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class RemoteError(Exception):
    """The server refused, or could not be reached; the message is the server's own sentence where there is one."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(printable(message))
        self.status = status


class LocalFileError(Exception):
    """The bytes cannot be kept where they should be; the message says why."""
