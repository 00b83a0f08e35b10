"""What access needs from outside: a table of keys."""

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
