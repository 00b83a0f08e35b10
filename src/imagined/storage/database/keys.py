"""The key table on the database port."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import bindparam, insert, select, update

from imagined.access.ports import KeyRecord
from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.tables import api_keys

_C: Final = api_keys.c

_INSERT: Final = Statement(insert(api_keys))
_BY_ID: Final = Statement(select(_C.id).where(_C.id == bindparam("key_id")))
_BY_HASH: Final = Statement(select(api_keys).where(_C.key_hash == bindparam("key_hash")))
_ALL: Final = Statement(select(api_keys).order_by(_C.created_at, _C.id))
_REVOKE: Final = Statement(
    update(api_keys)
    .where(_C.id == bindparam("key_id"), _C.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"), modified_at=bindparam("now"))
)
_DISABLE: Final = Statement(
    update(api_keys)
    .where(_C.id == bindparam("key_id"))
    .values(disabled=bindparam("locked"), modified_at=bindparam("now"))
)


class SqlKeyStore:
    """`KeyStore` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, record: KeyRecord) -> None:
        """Add a key, once."""
        row = msgspec.structs.asdict(record) | {"acls": msgspec.json.encode(record.acls).decode()}

        async def work(tx: Transaction) -> None:
            if await tx.one(_BY_ID, key_id=record.id) is None:
                await tx.run(_INSERT, **row)

        await self._database.write(work)

    async def by_hash(self, key_hash: str) -> KeyRecord | None:
        """The key with this hash, revoked or not."""

        async def work(tx: Transaction) -> Row | None:
            return await tx.one(_BY_HASH, key_hash=key_hash)

        row = await self._database.read(work, brief=True)
        return None if row is None else _record(row)

    async def all(self) -> Sequence[KeyRecord]:
        """Every key, oldest first."""

        async def work(tx: Transaction) -> Sequence[Row]:
            return await tx.all(_ALL)

        return [_record(row) for row in await self._database.read(work)]

    async def revoke(self, key_id: str, now: float) -> bool:
        """End a key."""

        async def work(tx: Transaction) -> int:
            return await tx.run(_REVOKE, key_id=key_id, now=now)

        return await self._database.write(work) > 0

    async def set_disabled(self, key_id: str, disabled: bool, now: float) -> bool:
        """Lock a key out, or let it in again."""

        async def work(tx: Transaction) -> int:
            return await tx.run(_DISABLE, key_id=key_id, locked=disabled, now=now)

        return await self._database.write(work) > 0


def _record(row: Row) -> KeyRecord:
    fields: dict[str, Any] = {**row} | {
        "acls": msgspec.json.decode(row["acls"], type=tuple[str, ...]),
        "disabled": bool(row["disabled"]),
    }
    return KeyRecord(**fields)
