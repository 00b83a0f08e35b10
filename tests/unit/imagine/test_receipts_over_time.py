"""Days pass: what becomes of receipts in a real database, with the sweeper at work."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from imagined.files.service import FilesService
from imagined.files.sweeper import Sweeper
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.port import Statement
from imagined.storage.database.receipts import SqlReceiptStore
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.tables import receipt_parents, receipts
from tests.unit.imagine.house import BASE, CALLER, RETENTION_S, House
from tests.unit.imagine.test_lineage import FILM, by, file_of, picture, shape


class DurableHouse(House):
    """The house on SQLite."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "work")
        migrate(folder / "imagined.db")
        self.database = SqliteDatabase(folder / "imagined.db")
        self.store = SqlRequestStore(self.database)
        self.store.receipts = SqlReceiptStore(self.database)
        self.files = FilesService(SqlFileStore(self.database), self.blobs, self.clock, self.ids, BASE)
        self.build()

    async def a_day_later(self) -> None:
        """Ephemeral results end, rows of requests are forgotten, and the sweeper passes by."""
        self.clock.advance(RETENTION_S + 1)
        await self.store.purge(self.clock.now(), 1_000)
        sweeper = Sweeper(SqlReferences(self.database), self.blobs, self.clock, self.store.receipts, step=2)
        await sweeper.sweep()

    async def rows(self) -> tuple[int, int]:
        """Receipts and edges."""
        made = await self.database.read(lambda tx: tx.all(Statement(select(receipts.c.id))))
        edges = await self.database.read(lambda tx: tx.all(Statement(select(receipt_parents.c.place))))
        return len(made), len(edges)


@pytest.fixture
async def durable(tmp_path: Path) -> AsyncIterator[DurableHouse]:
    house = DurableHouse(tmp_path)
    await house.runner.start()
    yield house
    await house.runner.stop()
    await house.database.close()


async def test_an_edit_days_later_still_goes_on_from_the_receipt(durable: DurableHouse) -> None:
    city = await picture(durable, "a city")
    await durable.image("never kept")
    for _ in range(3):
        await durable.a_day_later()
    assert await durable.rows() == (1, 0)
    neon = await picture(durable, "neon", city)
    source = durable.pool.tasks[-1].inputs[0]
    assert source.receipt is not None and source.receipt["prompt"] == "a city"
    durable.clock.advance(1)
    started = await durable.replays.start(CALLER, neon)
    await durable.service.wait(CALLER, started.view.request_id)
    assert (await durable.replays.get(CALLER, neon, started.view.request_id)).verdict == "identical"
    await durable.a_day_later()
    assert await durable.rows() == (2, 1), "the replay has left nothing"


async def test_a_tree_stays_whole_until_its_last_file_goes(durable: DurableHouse) -> None:
    city = await picture(durable, "a city")
    durable.clock.advance(1)
    neon = await picture(durable, "neon", city)
    durable.clock.advance(1)
    film = file_of(await durable.video("pull back", image=by(neon), storage=FILM))
    for file_id in (city, neon):
        await durable.files.delete(CALLER.team_id, file_id)
        await durable.a_day_later()
        assert shape((await durable.lineage.lineage(CALLER, film)).ancestors) == [["neon", "a city"]]
    assert len(durable.blobs.contents) == 1
    await durable.files.delete(CALLER.team_id, film)
    await durable.a_day_later()
    assert await durable.rows() == (0, 0) and not durable.blobs.contents
