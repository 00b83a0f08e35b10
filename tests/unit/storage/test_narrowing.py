"""A filter that few files pass reads those few, by an index of its own, and gives what reading along the list gives."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from imagined.contract.files import ListQuery, SortBy
from imagined.files.ports import FileRecord
from imagined.storage.database import narrowing
from imagined.storage.database.files import SqlFileStore, page_statement
from imagined.storage.database.migrations import migrate
from imagined.storage.database.narrowing import FEW, narrowest
from imagined.storage.database.sqlite import SqliteDatabase

NOW = 1_800_000_000.0
ROW = FileRecord(
    id="file_0",
    team_id="team",
    filename="harbour.png",
    size=10,
    content_type="image/png",
    sha256="0" * 64,
    created_at=NOW - 10,
    expires_at=None,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    migrate(tmp_path / "imagined.db")
    return tmp_path / "imagined.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(path)
    yield database
    await database.close()


async def found(store: SqlFileStore, text: str) -> set[str]:
    return {record.id for record in (await store.page("team", ListQuery(filter=text), NOW)).records}


@pytest.mark.parametrize(
    ("text", "sort_by", "index"),
    [
        ('name:"bour"', "created_at", "file_names VIRTUAL TABLE"),
        ('name:"bour"', "size", "file_names VIRTUAL TABLE"),
        ('expires_at = null AND NOT name:"x" AND file_name = "bour"', "filename", "file_names VIRTUAL TABLE"),
        ('name:"bour" OR content_type:"pdf"', "created_at", "file_names VIRTUAL TABLE"),
        ('content_type:"pdf"', "created_at", "files_by_content_type (team_id=? AND content_type=?)"),
        ('content_type = "image/png"', "size", "files_by_content_type (team_id=? AND content_type=?)"),
        ("size_bytes < 5", "created_at", "files_by_size (team_id=? AND size<?)"),
        ('created_at > "2027-01-01T00:00:00Z"', "size", "files_by_created_at (team_id=? AND created_at>?)"),
        ('expires_at < "2027-02-01T00:00:00Z"', "created_at", "files_expiring (expires_at>? AND expires_at<?)"),
        ("public_url != null", "filename", "files_shared (team_id=?)"),
        ('public_url_expires_at < "2027-02-01T00:00:00Z"', "created_at", "files_shared (team_id=?)"),
        ('file_id = "file_1"', "size", "sqlite_autoindex_files_1 (id=?)"),
    ],
)
async def test_plans(path: Path, database: SqliteDatabase, text: str, sort_by: SortBy, index: str) -> None:
    few = await database.read(lambda tx: narrowest(tx, text, sort_by, "team", NOW))
    statement = page_statement(text, sort_by, "desc", True, few)
    rendered, values = statement.render("sqlite", {"team": "team", "now": NOW, "count": 101, "key": 1, "file": "file_"})
    connection = sqlite3.connect(path)
    steps = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {rendered.sql}", values)]
    connection.close()
    assert steps[0] == "SEARCH files USING INDEX sqlite_autoindex_files_1 (id=?)"
    assert any(index in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN files")]


@pytest.mark.parametrize(
    ("text", "sort_by"),
    [
        ("", "created_at"),
        ('name:"bo"', "created_at"),
        ('name != "harbour"', "created_at"),
        ('NOT name:"harbour"', "created_at"),
        ('name:"harbour" OR size_bytes != 5', "created_at"),
        ("expires_at = null", "created_at"),
        ("name != null", "created_at"),
        ("public_url != null", "created_at"),
        ('content_type = "image/png"', "created_at"),
        ("size_bytes > 5", "size"),
    ],
)
async def test_what_is_not_narrowed(database: SqliteDatabase, text: str, sort_by: SortBy) -> None:
    assert await database.read(lambda tx: narrowest(tx, text, sort_by, "team", NOW)) is None


async def test_what_many_files_pass_is_read_along_the_list(path: Path, database: SqliteDatabase) -> None:
    connection = sqlite3.connect(path)
    with connection:
        rows = ((f"file_{number}", f"harbour-{number}.png") for number in range(FEW + 1))
        connection.executemany(
            "INSERT INTO files VALUES (?, 'team', ?, 1, 'image/png', '', 1.0, NULL, NULL, NULL)", rows
        )
    connection.close()
    for text, many in (('name:"harbour"', True), (f'name:"harbour-{FEW}"', False), ("size_bytes = 1", True)):
        few = await database.read(lambda tx, text=text: narrowest(tx, text, "created_at", "team", NOW))
        assert (few is None) is many, text


async def test_the_index_of_names_follows_the_files(database: SqliteDatabase) -> None:
    store = SqlFileStore(database)
    names = ["Harbour.png", 'say "bour"', "ÄÖÜ-bour", "b our", "BOUR%_"]
    for number, name in enumerate(names):
        await store.insert(msgspec.structs.replace(ROW, id=f"file_{number}", filename=name))
    await store.insert(msgspec.structs.replace(ROW, id="file_other", team_id="other"))
    assert await found(store, 'name:"bour"') == {"file_0", "file_1", "file_2", "file_4"}
    assert await found(store, 'name:"ÄÖÜ"') == {"file_2"}
    assert await found(store, 'name:"äöü"') == set()
    assert await found(store, r'name:"\"bour\""') == {"file_1"}
    assert await found(store, 'name:"r%_"') == {"file_4"}

    def renamed(record: FileRecord, _: int) -> FileRecord:
        return msgspec.structs.replace(record, filename="lagoon")

    await store.change("team", "file_0", NOW, renamed)
    await store.delete("team", "file_1", NOW)
    assert await found(store, 'name:"bour"') == {"file_2", "file_4"}
    assert await found(store, 'name:"lagoon"') == {"file_0"}


async def test_files_of_an_earlier_release_are_indexed(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, to="0004")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("INSERT INTO files VALUES ('f', 'team', 'lagoon', 1, 'a/b', '', 1.0, NULL, NULL, NULL)")
    connection.close()
    migrate(path)
    database = SqliteDatabase(path)
    assert await found(SqlFileStore(database), 'name:"agoo"') == {"f"}
    await database.close()


async def test_a_database_without_the_index_reads_along_the_list(path: Path) -> None:
    connection = sqlite3.connect(path)
    for trigger in ("added", "removed", "changed"):
        connection.execute(f"DROP TRIGGER file_names_{trigger}")
    connection.execute("DROP TABLE file_names")
    connection.close()
    database = SqliteDatabase(path)
    store = SqlFileStore(database)
    await store.insert(ROW)
    assert await found(store, 'name:"bour"') == {"file_0"}
    assert narrowing.narrowings('name:"bour"', "created_at", None) == ()
    await database.close()
