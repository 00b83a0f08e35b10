"""Receipts as rows: written with the result they are of, kept as long as something needs them.

A receipt is needed while its result is an ephemeral output, while its team stores a file of the same bytes, and while
a later receipt that is kept names those bytes as an input, so that a deleted file in the middle cuts no lineage.
"""

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from imagined.contract.receipts import ReceiptParent
from imagined.contract.requests import Operation
from imagined.files.ports import FileRecord

PROMPT_SHOWN: Final = 500
"""Characters of a prompt that a `Made` keeps; the receipt has it whole."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """One result in the history of a team: what a lineage shows of it."""

    id: str
    """Request and position."""
    team_id: str
    request_id: str
    position: int
    sha256: str
    file_id: str | None
    """The file it was stored as in the same request, kept or not."""
    operation: Operation
    model: str
    prompt: str
    """Its first `PROMPT_SHOWN` characters."""
    seed: int
    created_at: float
    parents: tuple[ReceiptParent, ...] = ()


class ReceiptRecord(Made, frozen=True, kw_only=True):
    """A whole row."""

    body: bytes
    """JSON of the `contract.receipts.Receipt`."""


class EphemeralCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A result that still has its URL."""

    token: str
    content_type: str


class ReceiptStore(Protocol):
    """The history of a team's results. No method ever shows another team's."""

    async def receipt(self, team_id: str, sha256: str, file_id: str | None) -> ReceiptRecord | None:
        """That of the result stored as this file, else the newest of these bytes."""
        ...

    async def of_request(self, team_id: str, request_id: str, position: int) -> ReceiptRecord | None:
        """That of one result of a request."""
        ...

    async def made(self, team_id: str, digests: Sequence[str], limit: int) -> Sequence[Made]:
        """Results that are these bytes, oldest first."""
        ...

    async def made_from(self, team_id: str, digests: Sequence[str], limit: int) -> Sequence[Made]:
        """Results that had some of these bytes as an input, oldest first."""
        ...

    async def files_of(self, team_id: str, digests: Sequence[str], now: float, limit: int) -> Sequence[FileRecord]:
        """Live stored files of these bytes, oldest first."""
        ...

    async def ephemeral_copy(self, team_id: str, sha256: str, now: float) -> EphemeralCopy | None:
        """An unexpired output of these bytes, the one that lives longest."""
        ...
