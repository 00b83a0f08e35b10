import asyncio
from collections.abc import Callable

import pytest

from imagined.files import fsck
from imagined.files.ports import BlobReference
from imagined.files.sweeper import Sweeper, Swept
from imagined.jobs.receipts import ReceiptRecord
from imagined.testing.memory_requests import MemoryRequestStore
from tests.unit.files.rig import GIF, JPEG, PNG, TEAM, Rig

HOUR = 3600


@pytest.fixture
def rig() -> Rig:
    return Rig()


def sweeper(rig: Rig, step: int = 2) -> Sweeper:
    return Sweeper(rig.store, rig.blobs, rig.clock, step=step)


async def test_nothing_to_do(rig: Rig) -> None:
    await rig.upload()
    assert await sweeper(rig).sweep() == Swept(rows=0, blobs=0, bytes=0)


async def test_what_is_over_goes_and_the_rest_stays(rig: Rig) -> None:
    kept = await rig.upload(PNG)
    for _ in range(5):
        await rig.upload(JPEG, expires_after=HOUR)
    await rig.upload(PNG, expires_after=HOUR)
    deleted = await rig.upload(GIF)
    await rig.service.delete(TEAM, deleted.id)
    rig.clock.advance(HOUR)
    assert await sweeper(rig).sweep() == Swept(rows=6, blobs=2, bytes=len(JPEG) + len(GIF))
    assert list(rig.blobs.contents) == [kept.sha256]
    assert (await rig.service.get(TEAM, kept.id)) == kept


async def test_results_keep_their_bytes(rig: Rig) -> None:
    file = await rig.upload(PNG)
    rig.store.outputs.append(BlobReference(kind="output", key="t", sha256=file.sha256, size=file.size))
    await rig.service.delete(TEAM, file.id)
    assert (await sweeper(rig).sweep()).blobs == 0
    rig.store.outputs.clear()
    assert (await sweeper(rig).sweep()).blobs == 1


async def test_a_row_that_comes_between_the_look_and_the_removal_saves_its_bytes(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await rig.upload(PNG)
    await rig.service.delete(TEAM, file.id)
    reclaim = rig.blobs.reclaim

    async def late(sha256: str, is_needed: Callable[[], object]) -> bool:
        await rig.upload(PNG)
        return await reclaim(sha256, is_needed)  # type: ignore[arg-type]

    monkeypatch.setattr(rig.blobs, "reclaim", late)
    assert (await sweeper(rig).sweep()).blobs == 0
    assert len(rig.blobs.contents) == 1


async def test_a_failed_run_is_followed_by_the_next(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    done = asyncio.Event()

    async def failing(now: float, limit: int) -> int:
        runs.append(now)
        if len(runs) == 3:
            done.set()
        raise OSError("disk on fire")

    monkeypatch.setattr(rig.store, "expire", failing)
    task = asyncio.ensure_future(sweeper(rig).run(0.0))
    await done.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


class Receipts:
    """A `ReceiptKeeper` over a list of keys; those in capitals are needed."""

    def __init__(self, *keys: str) -> None:
        self.keys = sorted(keys)
        self.looks: list[tuple[str, int]] = []

    async def drop_receipts(self, after: str, limit: int) -> tuple[int, str | None]:
        self.looks.append((after, limit))
        page = [key for key in self.keys if key > after][:limit]
        unneeded = [key for key in page if key.islower()]
        self.keys = [key for key in self.keys if key not in unneeded]
        return len(unneeded), page[-1] if len(page) == limit else None


async def test_receipts_are_looked_through_in_steps_to_the_end(rig: Rig) -> None:
    receipts = Receipts("A", "B", "c", "d", "e")
    sweeping = Sweeper(rig.store, rig.blobs, rig.clock, receipts, step=2)
    assert await sweeping.sweep() == Swept(rows=0, blobs=0, bytes=0, receipts=3)
    assert receipts.looks == [("", 2), ("B", 2), ("d", 2)] and receipts.keys == ["A", "B"]


async def test_a_stored_result_keeps_its_receipt_for_a_day_and_longer(rig: Rig) -> None:
    requests = MemoryRequestStore(rig.store)
    file = await rig.upload(PNG)
    requests.receipts.add([receipt_of(file.sha256)])
    sweeping = Sweeper(rig.store, rig.blobs, rig.clock, requests.receipts)
    rig.clock.advance(25 * HOUR)
    assert (await sweeping.sweep()).receipts == 0
    assert await requests.receipt_of(TEAM, file.sha256) is not None
    await rig.service.delete(TEAM, file.id)
    assert await sweeping.sweep() == Swept(rows=0, blobs=1, bytes=len(PNG), receipts=1)
    assert await requests.receipt_of(TEAM, file.sha256) is None


def receipt_of(sha256: str) -> ReceiptRecord:
    return ReceiptRecord(
        id="r/0",
        team_id=TEAM,
        request_id="r",
        position=0,
        sha256=sha256,
        file_id=None,
        operation="generate_image",
        model="m",
        prompt="p",
        seed=1,
        created_at=0.0,
        body=b"{}",
    )


async def test_fsck_tells_every_kind_of_trouble_and_mends_what_it_may(rig: Rig) -> None:
    healthy, lost, rotten, cut = [await rig.upload(bytes([number]) * 50) for number in range(4)]
    orphan = await rig.upload(b"orphan")
    await rig.service.delete(TEAM, orphan.id)
    del rig.blobs.contents[lost.sha256]
    rig.blobs.contents[rotten.sha256] = b"x" * 50
    rig.blobs.contents[cut.sha256] = b"x" * 10
    seen: list[tuple[int, int]] = []
    report = await fsck.check(rig.store, rig.blobs, progress=lambda done, of: seen.append((done, of)))
    assert (report.checked_rows, report.checked_blobs, report.is_clean) == (4, 4, False)
    assert [row.key for row in report.missing] == [lost.id]
    assert {damage.sha256 for damage in report.damaged} == {rotten.sha256, cut.sha256}
    assert report.orphans == (orphan.sha256,)
    assert report.removed == 0
    assert seen[-1] == (4, 4)
    quick = await fsck.check(rig.store, rig.blobs, verify=False)
    assert (quick.checked_bytes, quick.damaged) == (0, ())
    assert [row.key for row in quick.wrong_size] == [cut.id]

    repaired = await fsck.check(rig.store, rig.blobs, repair=True)
    assert repaired.removed == 1
    assert set(rig.blobs.damaged) == {rotten.sha256, cut.sha256}
    assert {damage.moved_to for damage in repaired.damaged} == {f"damaged/{name}" for name in rig.blobs.damaged}
    after = await fsck.check(rig.store, rig.blobs)
    assert {row.key for row in after.missing} == {lost.id, rotten.id, cut.id}
    assert list(rig.blobs.contents) == [healthy.sha256]
