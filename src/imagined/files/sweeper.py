"""The sweeper: removes rows whose time is over, then the receipts and the bytes that no row needs any more.

It works in small steps, so that neither the database's writer nor the disk is taken for long, and it keeps nothing
between its runs: killed anywhere, the next run finds what is left. Bytes go last, and only by `BlobKeeper.reclaim`,
which excludes a put of the same bytes until the decision is carried out.
"""

import asyncio
from typing import Final

import msgspec
import structlog

from imagined.contract.environment import Clock
from imagined.files.ports import BlobKeeper, ReceiptKeeper, References
from imagined.testing import faults

_log = structlog.get_logger("imagined.sweeper")
STEP: Final = 200


class Swept(msgspec.Struct, frozen=True, kw_only=True):
    """What one run removed."""

    rows: int
    blobs: int
    bytes: int
    receipts: int = 0


_NOTHING: Final = Swept(rows=0, blobs=0, bytes=0)


class Sweeper:
    """Removes what is over. One runs per data folder, in the process that owns it."""

    def __init__(
        self,
        references: References,
        blobs: BlobKeeper,
        clock: Clock,
        receipts: ReceiptKeeper | None = None,
        *,
        step: int = STEP,
    ) -> None:
        """Without `receipts` none is removed."""
        self._references = references
        self._receipts = receipts
        self._blobs = blobs
        self._clock = clock
        self._step = step

    async def run(self, interval_s: float, *, pause_s: float = 0.01) -> None:
        """Sweep for ever, `interval_s` seconds after each run, until cancelled. A failed run is logged and repeated."""
        while True:
            try:
                swept = await self.sweep(pause_s=pause_s)
                if swept != _NOTHING:
                    _log.info("swept", **msgspec.structs.asdict(swept))
            except Exception:
                _log.exception("sweep failed")
            await asyncio.sleep(interval_s)

    async def sweep(self, *, pause_s: float = 0.0) -> Swept:
        """One run over all rows and all blobs, with a pause between its steps."""
        rows = 0
        while removed := await self._references.expire(self._clock.now(), self._step):
            rows += removed
            faults.point("sweep.after_rows")
            await asyncio.sleep(pause_s)
        receipts = await self._drop_receipts(pause_s)
        blobs, size, after = 0, 0, ""
        while names := await self._blobs.names(after, self._step):
            needed = await self._references.referenced([blob.sha256 for blob in names])
            for blob in names:
                if blob.sha256 not in needed and await self._reclaimed(blob.sha256):
                    faults.point("sweep.after_blob")
                    blobs += 1
                    size += blob.size
            after = names[-1].sha256
            await asyncio.sleep(pause_s)
        return Swept(rows=rows, blobs=blobs, bytes=size, receipts=receipts)

    async def _drop_receipts(self, pause_s: float) -> int:
        dropped, after = 0, "" if self._receipts is not None else None
        while self._receipts is not None and after is not None:
            removed, after = await self._receipts.drop_receipts(after, self._step)
            dropped += removed
            await asyncio.sleep(pause_s)
        return dropped

    async def _reclaimed(self, sha256: str) -> bool:
        async def is_needed() -> bool:
            return bool(await self._references.referenced([sha256]))

        return await self._blobs.reclaim(sha256, is_needed)
