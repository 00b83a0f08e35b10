"""Ten thousand kills at seeded steps of the request machine (a thousand in the short form)."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import ColumnElement, bindparam

from imagined.storage.database import requests
from imagined.storage.database.migrations import migrate
from imagined.storage.database.statement import Statement
from tests.faults.extent import FULL, SEED
from tests.faults.simulation.world import BrokenPromiseError, Report, World

KILLS = 10_000 if FULL else 1_000
HELD = requests.requests.c.id == bindparam("held")


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("schema") / "imagined.db"
    migrate(path)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A killed server complains a lot, and ten thousand of them drown a terminal."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    yield
    structlog.reset_defaults()


def live(seed: int, schema: sqlite3.Connection, folder: Path) -> Report:
    try:
        return World(seed, schema, folder).run()
    except BrokenPromiseError as error:
        raise BrokenPromiseError(f"in the world of IMAGINED_FAULTS_SEED={seed}: {error}") from None


def test_every_promise_holds_wherever_a_server_is_killed(schema: sqlite3.Connection, tmp_path: Path) -> None:
    kills, freezes, losses, seed = 0, 0, 0, SEED
    states: Counter[str] = Counter()
    while kills < KILLS:
        report = live(seed, schema, tmp_path)
        kills, freezes, losses = kills + report.kills, freezes + report.freezes, losses + report.losses
        states += report.states
        seed += 1
    print(f"seeds {SEED} to {seed - 1}: {kills} kills, {freezes} freezes, {losses} engines lost, {dict(states)}")
    # Not worth much if hardly anything ever got anywhere, or nothing ever went wrong.
    assert states["done"] > kills // 4 and states["failed"] > kills // 20 and states["cancelled"] > kills // 50
    assert freezes > kills // 10 and losses > kills // 50


def test_a_seed_gives_the_same_world_again(schema: sqlite3.Connection, tmp_path: Path) -> None:
    for seed in range(SEED, SEED + 5):
        assert live(seed, schema, tmp_path) == live(seed, schema, tmp_path)


@pytest.mark.parametrize(
    ("statement", "condition", "first_seed"),
    [
        ("_FINISH", HELD, 0),
        ("_FAIL", HELD, 40),
        ("_RELEASE", HELD, 10),
        ("_CANCEL", requests.requests.c.id == bindparam("request_id"), 0),
    ],
)
def test_a_statement_without_its_fence_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
    schema: sqlite3.Connection,
    tmp_path: Path,
    statement: str,
    condition: ColumnElement[bool],
    first_seed: int,
) -> None:
    monkeypatch.setattr(requests, statement, _guarded_by(getattr(requests, statement), condition))
    with pytest.raises(BrokenPromiseError):
        for seed in range(first_seed, first_seed + 300):
            World(seed, schema, tmp_path).run()


def _guarded_by(statement: Statement, condition: ColumnElement[bool]) -> Statement:
    clause: Any = statement.clause
    bare = clause._clone()
    bare._where_criteria = (condition,)
    return Statement(bare)
