"""PostgreSQL takes the tables, their indices and every statement: prepared there, each is parsed, typed and planned."""

import asyncio
import importlib
import pkgutil
from collections.abc import Iterator

import asyncpg
import pytest
from sqlalchemy.dialects import postgresql as dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from imagined.storage import database
from imagined.storage.database.statement import Statement
from imagined.storage.database.tables import metadata
from tests.support.postgresql import USER, postgresql

SQLITE_ONLY = {"narrowing"}
"""Its index of parts of names is SQLite's own; PostgreSQL would have another."""


def statements() -> Iterator[tuple[str, Statement]]:
    for module in pkgutil.iter_modules(database.__path__):
        if module.name not in SQLITE_ONLY:
            for name, value in vars(importlib.import_module(f"{database.__name__}.{module.name}")).items():
                if isinstance(value, Statement):
                    yield f"{module.name}.{name}", value


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as folder:
        yield folder


async def test_every_statement_is_one_of_postgresql(server: str) -> None:
    found = dict(statements())
    connection = await asyncpg.connect(host=server, user=USER, database=USER)
    try:
        for table in metadata.sorted_tables:
            await connection.execute(str(CreateTable(table).compile(dialect=dialect.dialect())))
            for index in table.indexes:
                await connection.execute(str(CreateIndex(index).compile(dialect=dialect.dialect())))
        refused = {}
        for name, statement in found.items():
            lists = {parameter: ["a", "b"] for parameter in statement._lists}
            text, _ = statement.render("postgresql", dict.fromkeys(statement._names) | lists)
            try:
                await connection.prepare(text.sql)
            except asyncpg.PostgresError as error:
                refused[name] = f"{error}: {text.sql}"
        assert refused == {}
        assert len(found) > 100
    finally:
        await connection.close()


async def test_two_servers_never_claim_the_same_request(server: str) -> None:
    claim = next(statement for name, statement in statements() if name == "requests._CLAIM")
    text, values = claim.render("postgresql", {"engines": ["e"], "by": "w", "now": 2.0, "until": 9.0, "most": 0})
    first, second = [await asyncpg.connect(host=server, user=USER, database=USER) for _ in range(2)]
    row = {
        **dict.fromkeys(column.name for column in metadata.tables["requests"].columns),
        **{"team_id": "t", "key_id": "k", "operation": "generate_image", "model": "m", "engine": "e", "payload": b""},
        **{
            "request_hash": "h",
            "seed": 1,
            "priority": 0,
            "vt": 0.0,
            "state": "queued",
            "attempt": 0,
            "max_attempts": 3,
        },
        **{"run_after": 0.0, "progress": 0, "step": 0, "steps": 0, "created_at": 1.0, "updated_at": 1.0},
        "cost_in_usd_ticks": 0,
    }
    try:
        names = ", ".join(row)
        for number in range(2):
            marks = ", ".join(f"${place}" for place in range(1, len(row) + 1))
            await first.execute(
                f"INSERT INTO requests ({names}) VALUES ({marks})", *(row | {"id": str(number)}).values()
            )
        arguments = [values[name] for name in text.order]
        async with first.transaction(), second.transaction():
            # Both before either has committed: the second passes over what the first has locked, and waits for nothing.
            async with asyncio.timeout(10):
                taken = [await one.fetchrow(text.sql, *arguments) for one in (first, second)]
        assert {record["id"] for record in taken} == {"0", "1"}
        assert await first.fetchrow(text.sql, *arguments) is None
    finally:
        await first.close()
        await second.close()
