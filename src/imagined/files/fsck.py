"""Rows against bytes: what `imagined fsck` finds and mends.

Four things can be wrong. A blob that no row needs (an orphan) is no damage: a kill between the bytes and the row leaves
one, and the sweeper would take it too. A row whose blob is missing, has another size or other bytes than its name says
is lost data: it is reported and never removed, as a person may have a copy; damaged bytes are set aside.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from imagined.files.ports import BlobKeeper, BlobReference, References

_STEP: Final = 500


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """A blob that is not what its name says, and where it was put if it was set aside."""

    sha256: str
    moved_to: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found. `checked_*` count what was looked at."""

    checked_rows: int
    checked_blobs: int
    checked_bytes: int
    missing: tuple[BlobReference, ...]
    """Rows whose blob is not there."""
    wrong_size: tuple[BlobReference, ...]
    """Rows that say another size than their blob has."""
    damaged: tuple[Damage, ...]
    """Blobs whose bytes do not have the hash of their name."""
    orphans: tuple[str, ...]
    """Blobs that no row needs."""
    removed: int
    """Orphans that a repair took away."""

    @property
    def is_clean(self) -> bool:
        """No data is lost and nothing is left over."""
        return not (self.missing or self.wrong_size or self.damaged or len(self.orphans) > self.removed)


class _Findings:
    def __init__(self) -> None:
        self.rows = self.bytes = self.removed = 0
        self.sizes: dict[str, int] = {}
        self.missing: list[BlobReference] = []
        self.wrong_size: list[BlobReference] = []
        self.damaged: list[Damage] = []
        self.orphans: list[str] = []


async def check(
    references: References,
    blobs: BlobKeeper,
    *,
    verify: bool = True,
    repair: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Compare every row with its blob and every blob with its name and its rows.

    `verify` reads all bytes; without it only presence and sizes are compared. `repair` removes orphans and sets damaged
    blobs aside; it needs the data folder for itself, as a running server's unfinished uploads look like orphans.
    `progress` is told blobs done and blobs in all.
    """
    found = _Findings()
    after = ""
    while names := await blobs.names(after, _STEP):
        found.sizes.update((blob.sha256, blob.size) for blob in names)
        after = names[-1].sha256
    await _check_blobs(found, references, blobs, verify, repair, progress)
    for kind in ("file", "output"):
        await _check_rows(found, references, kind)
    return Report(
        checked_rows=found.rows,
        checked_blobs=len(found.sizes),
        checked_bytes=found.bytes,
        missing=tuple(found.missing),
        wrong_size=tuple(found.wrong_size),
        damaged=tuple(found.damaged),
        orphans=tuple(found.orphans),
        removed=found.removed,
    )


async def _check_blobs(
    found: _Findings,
    references: References,
    blobs: BlobKeeper,
    verify: bool,
    repair: bool,
    progress: Callable[[int, int], None] | None,
) -> None:
    for done, (name, size) in enumerate(list(found.sizes.items()), 1):

        async def is_needed(name: str = name) -> bool:
            return bool(await references.referenced([name]))

        if not await is_needed():
            found.orphans.append(name)
            found.removed += repair and await blobs.reclaim(name, is_needed)
        elif verify:
            found.bytes += size
            if not await blobs.verify(name):
                found.damaged.append(Damage(sha256=name, moved_to=await blobs.set_aside(name) if repair else None))
        if progress is not None:
            progress(done, len(found.sizes))


async def _check_rows(found: _Findings, references: References, kind: str) -> None:
    damaged = {damage.sha256 for damage in found.damaged}
    after = ""
    while rows := await references.after(kind, after, _STEP):
        found.rows += len(rows)
        after = rows[-1].key
        for row in rows:
            size = found.sizes.get(row.sha256)
            if size is None:
                found.missing.append(row)
            elif size != row.size and row.sha256 not in damaged:
                found.wrong_size.append(row)
