"""Pages of a team's files among one million rows on SQLite, with and without a filter.

    python bench/files_list.py [ROWS]

Prints the median and the 95th percentile for each query, and the query plan. The rows are made once, in a temporary
folder: half of them belong to one team.
"""

import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from imagined.contract.files import ListQuery
from imagined.files.paging import token_after
from imagined.storage.database.files import SqlFileStore, page_statement
from imagined.storage.database.migrations import migrate
from imagined.storage.database.narrowing import narrowest
from imagined.storage.database.sqlite import SqliteDatabase

NOW = 1_800_000_000.0
DAY = 86_400
TYPES = ["image/jpeg"] * 80 + ["image/png"] * 14 + ["video/mp4"] * 5 + ["application/pdf"]
WORDS = ["harbour", "city", "neon", "mountain", "lagoon", "portrait", "draft", "final"]
QUERIES = {
    "newest": ListQuery(),
    "by name": ListQuery(sort_by="filename", order="asc"),
    "by size": ListQuery(sort_by="size"),
    "common type": ListQuery(filter='content_type = "image/png"'),
    "rare type": ListQuery(filter='content_type = "application/pdf"'),
    "name contains": ListQuery(filter='name:"harbour"'),
    "large pictures": ListQuery(filter='size_bytes > 1048576 AND content_type = "image/png"'),
    "shared": ListQuery(filter="public_url != null"),
    "of one week": ListQuery(filter='created_at > "2026-12-24T00:00:00Z" AND created_at < "2026-12-31T00:00:00Z"'),
    "ending soon": ListQuery(filter=f'expires_at < "{time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW + DAY))}"'),
    "ending in minutes": ListQuery(
        filter=f'expires_at < "{time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW + DAY / 144))}"'
    ),
    "rare word": ListQuery(filter='name:"lagoon-4711"'),
    "rare word by size": ListQuery(filter='name:"lagoon-4711"', sort_by="size"),
    "not one word": ListQuery(filter='name:"no such name"'),
    "part of a type": ListQuery(filter='content_type:"pdf"'),
    "no such type": ListQuery(filter='content_type:"audio"'),
    "two letters": ListQuery(filter='name:"zz"'),
}


def rows(count: int) -> Iterator[tuple[object, ...]]:
    dice = random.Random(1)
    for number in range(count):
        created = NOW - 365 * DAY * (1 - number / count)
        ends = NOW + dice.uniform(1, 30 * DAY) if dice.random() < 0.05 else None
        token = f"{number:022d}" if dice.random() < 0.002 else None
        kind = dice.choice(TYPES)
        yield (
            f"file_{dice.getrandbits(64):016x}-{number:08x}",
            "team" if number % 2 else f"team{number % 97}",
            f"{dice.choice(WORDS)}-{dice.randrange(100_000)}.{kind.rpartition('/')[2]}",
            int(dice.lognormvariate(13, 1.5)),
            kind,
            f"{number:064x}",
            created,
            ends,
            token,
            None,
        )


async def measure(store: SqlFileStore, query: ListQuery) -> tuple[list[float], int]:
    """Milliseconds of first and following pages, and how many rows the pages had."""
    times, found = [], 0
    for _ in range(4):
        page_of = query
        for _ in range(6):
            begun = time.perf_counter()
            page = await store.page("team", page_of, NOW)
            times.append((time.perf_counter() - begun) * 1000)
            found += len(page.records)
            if not page.more:
                break
            page_of = msgspec.structs.replace(query, pagination_token=token_after(page.records[-1], query))
    return times, found


async def plan(database: SqliteDatabase, path: Path, query: ListQuery) -> str:
    text = query.filter or ""
    narrowing = await database.read(lambda tx: narrowest(tx, text, query.sort_by, "team", NOW))
    statement = page_statement(text, query.sort_by, query.order, False, narrowing)
    text, values = statement.render("sqlite", {"team": "team", "now": NOW, "count": 101})
    connection = sqlite3.connect(path)
    steps = connection.execute(f"EXPLAIN QUERY PLAN {text.sql}", values).fetchall()
    connection.close()
    return "; ".join(step[3] for step in steps)


async def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="imagined-bench-") as folder:
        path = Path(folder) / "imagined.db"
        # The index of names is made afterwards, as for a database of an earlier release: that is much quicker.
        migrate(path, to="0004")
        begun = time.perf_counter()
        connection = sqlite3.connect(path)
        with connection:
            connection.executemany("INSERT INTO files VALUES (?,?,?,?,?,?,?,?,?,?)", rows(count))
        connection.close()
        print(f"{count} rows in {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 2**20:.0f} MiB")
        begun = time.perf_counter()
        migrate(path)
        print(f"their names indexed in {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 2**20:.0f} MiB\n")
        database = SqliteDatabase(path)
        store = SqlFileStore(database)
        print(f"{'query':<16}{'p50 ms':>9}{'p95 ms':>9}{'rows':>7}  plan")
        for name, query in QUERIES.items():
            times, found = await measure(store, query)
            p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            print(f"{name:<16}{p50:>9.2f}{p95:>9.2f}{found:>7}  {await plan(database, path, query)}")
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
