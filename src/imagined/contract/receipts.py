"""Receipts: how a result was made, in enough detail to make it again. Times are unix seconds.

A receipt never holds a secret: no key, no address that a result was sent to, and of an input's URL only the host.
"""

from typing import Any, Final, Literal

import msgspec

from imagined.contract.requests import Operation
from imagined.contract.tasks import InputRole

RECEIPT_VERSION: Final = 1

ParentOrigin = Literal["file", "own", "data", "url"]
"""How an input was given: by `file_id`, by a URL of this server, inside the request, by somebody else's URL."""


class ReceiptParent(msgspec.Struct, frozen=True, kw_only=True):
    """One input of a request."""

    role: InputRole
    origin: ParentOrigin
    sha256: str
    """Hex digest of the very bytes that were used."""
    file_id: str | None = None
    """The team's stored file that was named, or that a public URL of this server led to."""
    host: str | None = None
    """Of somebody else's URL; paths and queries are often secrets."""
    timestamp_s: float | None = None
    """Of a keyframe."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """How one result was made."""

    version: int = RECEIPT_VERSION
    request_id: str
    position: int
    """From 0 among the results of the request."""
    attempt: int
    """1 unless an earlier attempt was lost."""
    operation: Operation
    model: str
    model_version: str
    model_fingerprint: str
    engine: str
    engine_digest: str
    """Names the code and data that decide the output; the same digest, seed, parameters and parents: the same bytes."""
    seed: int
    """0 to 2**63-1, of the whole request; an engine derives that of each result from it."""
    parameters: dict[str, Any]
    """The request's own, defaults filled in, without its inputs."""
    parents: tuple[ReceiptParent, ...]
    """In the order an engine gets them."""
    accepted_at: float
    claimed_at: float
    started_at: float
    """Inputs were at hand, the engine began."""
    finished_at: float
    made: dict[str, Any]
    """The engine's own part, which it reads when the result is edited or animated; the illustrator's scene, for one."""
