import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

import imagined.storage.database.webhook_tables  # noqa: F401 - its tables belong to the same metadata
from imagined.storage.database import migrations
from imagined.storage.database.tables import metadata


def schema(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL ORDER BY name"
        ).fetchall()
    finally:
        connection.close()


def test_an_empty_file_becomes_what_the_tables_say(tmp_path: Path) -> None:
    path = tmp_path / "data" / "imagined.db"
    assert migrations.migrate(path) == migrations.head()
    engine = create_engine(f"sqlite:///{path}")

    def is_portable(name: str | None, kind: str, _: object) -> bool:
        return not (kind == "table" and str(name).startswith("file_names"))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_portable})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_indexes_are_the_tables_word_for_word(tmp_path: Path) -> None:
    # Alembic compares an index by its columns; the condition of a partial one has to be compared as text.
    migrated, created = tmp_path / "migrated.db", tmp_path / "created.db"
    migrations.migrate(migrated)
    engine = create_engine(f"sqlite:///{created}")
    metadata.create_all(engine)
    engine.dispose()

    def indexes(path: Path) -> list[tuple[str, str]]:
        return [(name, sql) for name, sql in schema(path) if sql.startswith("CREATE INDEX")]

    assert indexes(migrated) == indexes(created)


def test_a_second_start_changes_nothing_and_does_not_load_alembic(tmp_path: Path) -> None:
    path = tmp_path / "imagined.db"
    migrations.migrate(path)
    before = schema(path)
    script = (
        "import sys; from imagined.storage.database.migrations import migrate;"
        "migrate(sys.argv[1]); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    assert schema(path) == before


def test_every_revision_names_its_number_and_its_parent() -> None:
    paths = sorted((Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))
    parent = "None"
    for path in paths:
        text = path.read_text()
        assert f'revision = "{path.name[:4]}"' in text
        assert f"down_revision = {parent}" in text
        parent = f'"{path.name[:4]}"'


def test_a_newer_file_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "imagined.db"
    migrations.migrate(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(migrations.NewerSchemaError, match="newer release"):
        migrations.migrate(path)


def test_two_processes_that_start_together_agree(tmp_path: Path) -> None:
    path = tmp_path / "imagined.db"
    script = "import sys; from imagined.storage.database.migrations import migrate; migrate(sys.argv[1])"
    processes = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    path = tmp_path / "data" / "imagined.db"
    migrations.migrate(path)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
