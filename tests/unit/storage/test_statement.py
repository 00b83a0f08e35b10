"""Statements with lists: few texts for many lengths."""

import sqlite3

import pytest
from sqlalchemy import bindparam, select

from imagined.storage.database.statement import Statement
from imagined.storage.database.tables import files

ALL = Statement(select(files.c.id).where(files.c.sha256.in_(bindparam("names", expanding=True))).order_by(files.c.id))


@pytest.fixture
def rows() -> sqlite3.Connection:
    rows = sqlite3.connect(":memory:")
    rows.execute("CREATE TABLE files (id TEXT, sha256 TEXT)")
    rows.executemany("INSERT INTO files VALUES (?, ?)", [(f"{number:03}", f"{number:03}") for number in range(300)])
    return rows


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5, 8, 9, 200])
def test_a_list_of_any_length_finds_what_it_names(rows: sqlite3.Connection, length: int) -> None:
    names = [f"{number:03}" for number in range(length)]
    text, values = ALL.render("sqlite", {"names": names})
    assert [name for (name,) in rows.execute(text.sql, values)] == names
    rows.close()


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_lists_of_similar_lengths_share_a_text(dialect: str) -> None:
    texts = {ALL.render(dialect, {"names": ["x"] * length})[0].sql for length in range(1, 201)}  # type: ignore[arg-type]
    # Each is kept, compiled and prepared, by every connection for as long as the server runs.
    assert len(texts) == len({1, 2, 4, 8, 16, 32, 64, 128, 256})
