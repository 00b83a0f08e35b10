from pathlib import Path

from sqlalchemy import insert

from imagined.files.ports import FileRecord
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.port import Statement
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.tables import outputs

NOW = 1_000_000.0


async def test_an_expired_result_goes_though_its_team_has_the_file(tmp_path: Path) -> None:
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    row = {
        "token": "t", "request_id": "r", "team_id": "team", "position": 0, "sha256": "ab", "size": 1,
        "content_type": "image/jpeg", "created_at": NOW, "expires_at": NOW + 10,
    }  # fmt: skip
    await database.write(lambda tx: tx.run(Statement(insert(outputs)), **row))
    kept = FileRecord(
        id="file_1",
        team_id="team",
        filename="f",
        size=1,
        content_type="image/jpeg",
        sha256="ab",
        created_at=NOW,
        expires_at=NOW + 20,
    )
    await SqlFileStore(database).insert(kept)
    references = SqlReferences(database)
    assert await references.expire(NOW + 9, 5) == 0
    assert await references.expire(NOW + 11, 5) == 1
    assert await references.after("output", "", 5) == []
    assert await references.referenced(["ab"]) == {"ab"}
    assert await references.expire(NOW + 21, 5) == 1
    assert await references.referenced(["ab"]) == set()
    await database.close()
