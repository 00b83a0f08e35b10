"""What access needs from outside: a table of keys, and one of the calls that clients name."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

DEFAULT_ACLS = ("api-key:model:*", "api-key:endpoint:*")


class KeyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One key as it is kept: never the key itself. Times are unix seconds."""

    id: str
    team_id: str
    user_id: str = ""
    name: str
    key_hash: str
    """Hex SHA-256 of the key. A key has over 200 random bits, so a slow hash would protect nothing more."""
    redacted_key: str
    acls: tuple[str, ...] = DEFAULT_ACLS
    disabled: bool = False
    created_at: float
    modified_at: float
    revoked_at: float | None = None


class KeyStore(Protocol):
    """The key table. Revoked keys stay, so that what they made can be told."""

    async def insert(self, record: KeyRecord) -> None:
        """Add a key; durable on return. A second insert of the same id changes nothing."""
        ...

    async def by_hash(self, key_hash: str) -> KeyRecord | None:
        """The key with this hash, revoked or not."""
        ...

    async def all(self) -> Sequence[KeyRecord]:
        """Every key, oldest first."""
        ...

    async def revoke(self, key_id: str, now: float) -> bool:
        """End a key; False when there is none of this id that is not revoked yet."""
        ...

    async def set_disabled(self, key_id: str, disabled: bool, now: float) -> bool:
        """Lock a key out, or let it in again; False when there is none of this id."""
        ...


class CallAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a call was answered. The numbers and names are the transport's that it came by."""

    status: int
    request_id: str
    """The ``x-request-id`` that went with it."""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    """None: too long to keep, and made again from the request that the call was for."""


class KeyedCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that its client named. Times are unix seconds."""

    team_id: str
    key_hash: str
    """With the team, what the row is found by; the key itself is not kept."""
    fingerprint: str
    """Hex SHA-256 of what makes two calls the same: where they went and what they said."""
    call_id: str
    """Stays when the call is run again, and ties it to the request that it accepted."""
    owner: str
    """The server that runs it."""
    turn: str
    """Which run it is: only its holder may end it."""
    held_until: float
    created_at: float
    expires_at: float
    answer: CallAnswer | None = None
    """None while it runs."""


class IdempotencyStore(Protocol):
    """Calls by team and key hash, at most one row for each."""

    async def begin(self, call: KeyedCall) -> KeyedCall | None:
        """Give the key to this call if nobody has it, in one step, and return the row as it is then.

        The key is had by whoever came first, until `expires_at`. Before that an equal call takes over one that has no
        answer and is held by nobody any more, and keeps its `call_id` and its times. The caller has won if the row has
        its `turn`. `call.created_at` is the present. None: the row went away meanwhile; ask again. Raises `ApiError`
        when the disk is full.
        """
        ...

    async def answer(self, call: KeyedCall, answer: CallAnswer) -> bool:
        """End the call with an answer; False when its turn is over."""
        ...

    async def free(self, call: KeyedCall) -> bool:
        """Forget the call; False when its turn is over."""
        ...

    async def lapse(self, call: KeyedCall) -> bool:
        """Stop holding the call, without an answer; False when its turn is over."""
        ...

    async def hold(self, calls: Sequence[KeyedCall], until: float) -> int:
        """Hold these calls until then, those of them whose turn is not over; how many."""
        ...

    async def abandon(self, owner_prefix: str) -> int:
        """Stop holding what owners of this name run: they are dead. How many."""
        ...

    async def purge(self, now: float, limit: int) -> int:
        """Forget at most `limit` calls whose time is over and that nobody holds; how many."""
        ...
