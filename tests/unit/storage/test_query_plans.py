"""Every page walks an index in the order of the list, so that it ends after a page's worth of rows."""

import sqlite3
from pathlib import Path

import pytest

from imagined.contract.files import Order, SortBy
from imagined.storage.database.files import page_statement
from imagined.storage.database.migrations import migrate

FILTERS = [
    "",
    'name:"harbour"',
    "size_bytes > 1048576",
    'content_type = "image/png"',
    'size_bytes > 1048576 AND content_type = "image/png"',
    'created_at > "2026-12-24T00:00:00Z"',
    'expires_at < "2026-12-24T00:00:00Z" OR expires_at = null',
    "public_url != null",
    'NOT (name:"a" OR size_bytes < 5)',
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plans") / "imagined.db"
    migrate(path)
    return path


def plan(path: Path, text: str, sort_by: SortBy, order: Order, paged: bool) -> list[str]:
    statement = page_statement(text, sort_by, order, paged)
    place = {"key": "a" if sort_by == "filename" else 1, "file": "file_"} if paged else {}
    rendered, values = statement.render("sqlite", {"team": "team", "now": 1.0, "count": 101, **place})
    connection = sqlite3.connect(path)
    try:
        return [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {rendered.sql}", values)]
    finally:
        connection.close()


@pytest.mark.parametrize("paged", [False, True])
@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort_by", ["created_at", "filename", "size"])
@pytest.mark.parametrize("text", FILTERS)
def test_pages(path: Path, text: str, sort_by: SortBy, order: Order, paged: bool) -> None:
    steps = plan(path, text, sort_by, order, paged)
    assert len(steps) == 1, steps
    assert steps[0].startswith("SEARCH files USING INDEX files_")
    assert "team_id=?" in steps[0]


def test_files_that_end_are_found_among_themselves(path: Path) -> None:
    [step] = plan(path, 'expires_at < "2026-12-24T00:00:00Z"', "created_at", "desc", True)
    assert "files_ending" in step


def test_the_index_of_types_is_used_where_it_keeps_the_order(path: Path) -> None:
    [step] = plan(path, 'content_type = "image/png"', "created_at", "desc", True)
    assert "files_by_content_type (team_id=? AND content_type=? AND (created_at" in step
