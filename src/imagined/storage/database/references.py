"""Which blobs some row needs, and the end of rows whose time is over; on the database port."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, delete, select

from imagined.files.ports import BlobReference
from imagined.storage.database.port import Database, Row, Statement, Transaction
from imagined.storage.database.tables import batches, files, outputs, requests

_C: Final = files.c
_EXPIRED_FILES: Final = Statement(
    delete(files).where(
        _C.id.in_(
            select(_C.id)
            .where(_C.expires_at.is_not(None), _C.expires_at <= bindparam("now"))
            .order_by(_C.expires_at)
            .limit(bindparam("count"))
        )
    )
)
# Results of a batch are kept with it: their URLs are short and are made anew whenever the results are read.
_EXPIRED_OUTPUTS: Final = Statement(
    delete(outputs).where(
        outputs.c.token.in_(
            select(outputs.c.token)
            .where(
                outputs.c.expires_at <= bindparam("now"),
                ~select(requests.c.id)
                .where(requests.c.id == outputs.c.request_id, requests.c.batch_id.is_not(None))
                .exists(),
            )
            .order_by(outputs.c.expires_at)
            .limit(bindparam("count"))
        )
    )
)
_REFERENCED: Final = Statement(
    select(_C.sha256)
    .where(_C.sha256.in_(bindparam("names", expanding=True)))
    .union(
        select(outputs.c.sha256).where(outputs.c.sha256.in_(bindparam("names", expanding=True))),
        # An input file may be deleted while it is being read.
        select(batches.c.input_sha256).where(
            batches.c.lines_read.is_not(None), batches.c.input_sha256.in_(bindparam("names", expanding=True))
        ),
    )
)
_FILES_AFTER: Final = Statement(
    select(_C.id, _C.sha256, _C.size).where(_C.id > bindparam("after")).order_by(_C.id).limit(bindparam("count"))
)
_OUTPUTS_AFTER: Final = Statement(
    select(outputs.c.token.label("id"), outputs.c.sha256, outputs.c.size)
    .where(outputs.c.token > bindparam("after"))
    .order_by(outputs.c.token)
    .limit(bindparam("count"))
)
_AFTER: Final = {"file": _FILES_AFTER, "output": _OUTPUTS_AFTER}


class SqlReferences:
    """The `References` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def expire(self, now: float, limit: int) -> int:
        """Remove at most `limit` expired files and as many expired results, in one transaction."""

        async def work(tx: Transaction) -> int:
            return await tx.run(_EXPIRED_FILES, now=now, count=limit) + await tx.run(
                _EXPIRED_OUTPUTS, now=now, count=limit
            )

        return await self._database.write(work)

    async def referenced(self, names: Collection[str]) -> set[str]:
        """Those of `names` that a file or a result needs."""
        rows = await self._database.read(lambda tx: tx.all(_REFERENCED, names=list(names)))
        return {row["sha256"] for row in rows}

    async def after(self, kind: str, key: str, limit: int) -> list[BlobReference]:
        """The next references of one kind."""

        async def work(tx: Transaction) -> list[Row]:
            return list(await tx.all(_AFTER[kind], after=key, count=limit))

        rows = await self._database.read(work)
        return [BlobReference(kind=kind, key=row["id"], sha256=row["sha256"], size=row["size"]) for row in rows]
