"""One suite for every file table, and for what the keeper of the blobs asks of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from imagined.contract.errors import ApiError
from imagined.contract.files import ListQuery, Order, SortBy
from imagined.files.paging import token_after
from imagined.files.ports import FileRecord, FileStore
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.testing.memory_files import MemoryFileStore

NOW = 1_800_000_000.0


class Rig:
    """A store with its references."""

    def __init__(self, database: SqliteDatabase | None) -> None:
        memory = MemoryFileStore()
        self.files: FileStore = memory if database is None else SqlFileStore(database)
        self.references = memory if database is None else SqlReferences(database)


@pytest.fixture(params=["memory", "sqlite"])
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    if request.param == "memory":
        yield Rig(None)
        return
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    yield Rig(database)
    await database.close()


def record(number: int, **changes: object) -> FileRecord:
    plain = FileRecord(
        id=f"file_00000000-0000-4000-8000-{number:012x}",
        team_id="team",
        filename=f"{number}.png",
        size=number,
        content_type="image/png",
        sha256=f"{number:064x}",
        created_at=NOW + number,
    )
    return msgspec.structs.replace(plain, **changes)


async def fill(rig: Rig, *records: FileRecord) -> None:
    for each in records:
        await rig.files.insert(each)


async def listed(rig: Rig, query: ListQuery, now: float = NOW + 1000) -> list[str]:
    """File names over all pages."""
    names: list[str] = []
    while True:
        page = await rig.files.page("team", query, now)
        names += [each.filename for each in page.records]
        if not page.more:
            return names
        query = msgspec.structs.replace(query, pagination_token=token_after(page.records[-1], query))


async def test_a_row_comes_back_as_it_went_in(rig: Rig) -> None:
    full = record(
        1,
        filename="ä 漢 \U0001f600.png",
        size=2**40,
        expires_at=NOW + 9.25,
        public_token="t",
        public_expires_at=NOW + 5.5,
    )
    await fill(rig, full, record(2))
    assert await rig.files.get("team", full.id, NOW) == full
    assert await rig.files.get("team", record(2).id, NOW) == record(2)


async def test_other_teams_and_expired_rows_are_not_there(rig: Rig) -> None:
    await fill(rig, record(1, expires_at=NOW + 10, public_token="a" * 22), record(2, team_id="other"))
    assert await rig.files.get("other", record(1).id, NOW) is None
    assert await rig.files.get("team", record(2).id, NOW) is None
    assert await rig.files.by_public_token("a" * 22, NOW + 9.9) is not None
    for call in (
        rig.files.get("team", record(1).id, NOW + 10),
        rig.files.by_public_token("a" * 22, NOW + 10),
        rig.files.change("team", record(1).id, NOW + 10, lambda row, _: row),
        rig.files.newest_like("team", "1.png", record(1).sha256, NOW, NOW + 10),
    ):
        assert await call is None
    assert not await rig.files.delete("team", record(1).id, NOW + 10)
    assert await listed(rig, ListQuery(), NOW + 10) == []
    assert await rig.files.count_public("team", NOW + 10) == 0


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort_by", ["created_at", "filename", "size"])
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
async def test_every_order_over_pages_of_every_size(rig: Rig, sort_by: SortBy, order: Order, limit: int) -> None:
    names = ["b", "B", "a", "ä", "Z", "\U0001f600", "a", "10", "9", "a"]
    rows = [
        record(number, filename=name, size=number % 3, created_at=NOW + number // 2)
        for number, name in enumerate(names)
    ]
    await fill(rig, *rows)
    expected = sorted(rows, key=lambda row: (getattr(row, sort_by), row.id), reverse=order == "desc")
    assert await listed(rig, ListQuery(sort_by=sort_by, order=order, limit=limit)) == [row.filename for row in expected]


async def test_limits_are_clamped(rig: Rig) -> None:
    await fill(rig, *(record(number) for number in range(130)))
    for limit, expected in ((0, 100), (-5, 100), (1000, 100), (100, 100), (1, 1)):
        page = await rig.files.page("team", ListQuery(limit=limit), NOW)
        assert (len(page.records), page.more) == (expected, True)


async def test_pages_stay_whole_while_files_come_and_go(rig: Rig) -> None:
    await fill(rig, *(record(number) for number in range(0, 20, 2)))
    query = ListQuery(order="asc", limit=3)
    first = await rig.files.page("team", query, NOW + 1000)
    assert [row.size for row in first.records] == [0, 2, 4]
    # The last file of the page goes, one before the place comes, one behind it comes.
    await rig.files.delete("team", record(4).id, NOW)
    await fill(rig, record(1), record(5))
    query = msgspec.structs.replace(query, pagination_token=token_after(first.records[-1], query))
    assert [row.size for row in (await rig.files.page("team", query, NOW + 1000)).records] == [5, 6, 8]


async def test_after_continues_behind_a_file_even_when_it_was_deleted(rig: Rig) -> None:
    await fill(rig, *(record(number) for number in range(6)))
    seen: list[int] = []
    after = None
    while page := (await rig.files.page("team", ListQuery(limit=2, after=after), NOW + 10)).records:
        for row in page:
            seen.append(row.size)
            await rig.files.delete("team", row.id, NOW)
        after = page[-1].id
        if len(seen) == 6:
            break
    assert seen == [5, 4, 3, 2, 1, 0]
    with pytest.raises(ApiError, match="after"):
        await rig.files.page("team", ListQuery(after=record(99).id), NOW)


async def test_a_token_belongs_to_its_list(rig: Rig) -> None:
    await fill(rig, record(1), record(2))
    query = ListQuery(limit=1, filter='name:"png"')
    token = token_after((await rig.files.page("team", query, NOW)).records[0], query)
    good = msgspec.structs.replace(query, pagination_token=token)
    assert len((await rig.files.page("team", good, NOW)).records) == 1
    for change in ({"order": "asc"}, {"sort_by": "size"}, {"filter": None}, {"filter": "size_bytes > 1"}):
        with pytest.raises(ApiError, match="another order, sort_by or filter"):
            await rig.files.page("team", msgspec.structs.replace(good, **change), NOW)
    for bad in ("x", "file_1", "AAAA", token[:-4], token + "?", "x" * 10_000, "\u2028"):
        with pytest.raises(ApiError, match="pagination_token"):
            await rig.files.page("team", msgspec.structs.replace(good, pagination_token=bad), NOW)


async def test_change_is_one_step_and_a_refusal_changes_nothing(rig: Rig) -> None:
    await fill(rig, record(1), record(2, public_token="other"), record(3, public_token="over", public_expires_at=NOW))

    def edit(row: FileRecord, others: int) -> FileRecord:
        assert others == 1
        return msgspec.structs.replace(
            row, filename="new", expires_at=NOW + 50, public_token="t", public_expires_at=None
        )

    changed = await rig.files.change("team", record(1).id, NOW, edit)
    assert changed == await rig.files.get("team", record(1).id, NOW)
    assert changed is not None
    assert (changed.filename, changed.public_token) == ("new", "t")
    # The row's own URL does not count against it.
    await rig.files.change("team", record(1).id, NOW, edit)

    def refuse(row: FileRecord, _: int) -> FileRecord:
        raise LookupError

    with pytest.raises(LookupError):
        await rig.files.change("team", record(1).id, NOW, refuse)
    assert await rig.files.get("team", record(1).id, NOW) == changed
    assert await rig.files.change("other", record(1).id, NOW, edit) is None


async def test_public_urls_are_counted_and_found_while_they_live(rig: Rig) -> None:
    await fill(
        rig,
        record(1, public_token="forever"),
        record(2, public_token="short", public_expires_at=NOW + 10),
        record(3),
        record(4, public_token="foreign", team_id="other"),
    )
    assert await rig.files.count_public("team", NOW) == 2
    assert await rig.files.count_public("team", NOW + 10) == 1
    found = await rig.files.by_public_token("short", NOW + 9)
    assert found is not None
    assert found.id == record(2).id
    assert await rig.files.by_public_token("short", NOW + 10) is None
    assert await rig.files.by_public_token("", NOW) is None
    await rig.files.delete("team", record(1).id, NOW)
    assert await rig.files.by_public_token("forever", NOW) is None


async def test_newest_like(rig: Rig) -> None:
    same = {"filename": "a", "sha256": "0" * 64}
    await fill(rig, record(1, **same), record(5, **same), record(9, filename="b", sha256="0" * 64))
    found = await rig.files.newest_like("team", "a", "0" * 64, NOW, NOW + 10)
    assert found is not None
    assert found.id == record(5).id
    assert await rig.files.newest_like("team", "a", "0" * 64, NOW + 6, NOW + 10) is None
    assert await rig.files.newest_like("other", "a", "0" * 64, NOW, NOW + 10) is None


async def test_references(rig: Rig) -> None:
    await fill(rig, *(record(number, expires_at=NOW + number) for number in range(1, 6)), record(7))
    assert await rig.references.referenced([]) == set()
    names = {record(number).sha256 for number in (1, 7, 8)}
    assert await rig.references.referenced(names) == {record(1).sha256, record(7).sha256}
    first = await rig.references.after("file", "", 4)
    rest = await rig.references.after("file", first[-1].key, 4)
    assert [row.size for row in (*first, *rest)] == [1, 2, 3, 4, 5, 7]
    assert await rig.references.after("output", "", 4) == []
    assert await rig.references.expire(NOW + 4, 3) == 3
    assert await rig.references.expire(NOW + 4, 3) == 1
    assert await rig.references.expire(NOW + 4, 3) == 0
    assert [row.size for row in await rig.references.after("file", "", 9)] == [5, 7]
