"""The key table in memory."""

from collections.abc import Sequence

import msgspec

from imagined.access.ports import KeyRecord


class MemoryKeyStore:
    """`KeyStore` over a dictionary."""

    def __init__(self) -> None:
        self._records: dict[str, KeyRecord] = {}

    async def insert(self, record: KeyRecord) -> None:
        """Add a key, once."""
        self._records.setdefault(record.id, record)

    async def by_hash(self, key_hash: str) -> KeyRecord | None:
        """The key with this hash, revoked or not."""
        return next((record for record in self._records.values() if record.key_hash == key_hash), None)

    async def all(self) -> Sequence[KeyRecord]:
        """Every key, oldest first."""
        return sorted(self._records.values(), key=lambda record: (record.created_at, record.id))

    async def revoke(self, key_id: str, now: float) -> bool:
        """End a key."""
        record = self._records.get(key_id)
        if record is None or record.revoked_at is not None:
            return False
        self._records[key_id] = msgspec.structs.replace(record, revoked_at=now, modified_at=now)
        return True

    async def set_disabled(self, key_id: str, disabled: bool, now: float) -> bool:
        """Lock a key out, or let it in again."""
        record = self._records.get(key_id)
        if record is None:
            return False
        self._records[key_id] = msgspec.structs.replace(record, disabled=disabled, modified_at=now)
        return True
