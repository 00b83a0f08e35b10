"""An index of parts of file names, for filters such as ``name:"harbour"``."""

import sqlite3

from alembic import op

revision = "0005"
down_revision = "0004"

# Numbers of its own: SQLite may give the rows of `files` other ones when it copies a database, and then the index would
# name other files.
_NUMBERS = "CREATE TABLE file_names_numbers (number INTEGER PRIMARY KEY, file_id TEXT NOT NULL UNIQUE)"
# Only which files a trigram is in: not where in the name, nor the name itself. What the index finds is checked against
# the row anyway.
_INDEX = (
    "CREATE VIRTUAL TABLE file_names USING fts5(filename, content='', columnsize=0, detail=none, tokenize='trigram')"
)
_ADDED = """
CREATE TRIGGER file_names_added AFTER INSERT ON files BEGIN
    INSERT INTO file_names_numbers (file_id) VALUES (new.id);
    INSERT INTO file_names (rowid, filename) VALUES (last_insert_rowid(), new.filename);
END"""
_REMOVED = """
CREATE TRIGGER file_names_removed AFTER DELETE ON files BEGIN
    INSERT INTO file_names (file_names, rowid, filename)
        SELECT 'delete', number, old.filename FROM file_names_numbers WHERE file_id = old.id;
    DELETE FROM file_names_numbers WHERE file_id = old.id;
END"""
_CHANGED = """
CREATE TRIGGER file_names_changed AFTER UPDATE OF filename ON files WHEN old.filename <> new.filename BEGIN
    INSERT INTO file_names (file_names, rowid, filename)
        SELECT 'delete', number, old.filename FROM file_names_numbers WHERE file_id = old.id;
    INSERT INTO file_names (rowid, filename)
        SELECT number, new.filename FROM file_names_numbers WHERE file_id = old.id;
END"""
_FILL = (
    "INSERT INTO file_names_numbers (file_id) SELECT id FROM files ORDER BY created_at, id",
    "INSERT INTO file_names (rowid, filename) "
    "SELECT number, filename FROM file_names_numbers JOIN files ON files.id = file_id ORDER BY number",
)


def upgrade() -> None:
    """Add the index, filled with what is there, and what keeps it in step.

    Elsewhere than on SQLite, and where SQLite was built without FTS5, there is none: lists are the same, only slower.
    """
    if op.get_bind().dialect.name != "sqlite" or not _has_trigrams():
        return
    for statement in (_NUMBERS, _INDEX, _ADDED, _REMOVED, _CHANGED, *_FILL):
        op.execute(statement)


def _has_trigrams() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(_INDEX)
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
