"""The two request tables side by side through any history: what one says, the other says, and both keep the table."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from imagined.contract.results import RequestState, RequestStep
from imagined.jobs import machine
from imagined.jobs.ports import Claim, Completion
from imagined.storage.database.migrations import migrate
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore
from tests.contract.test_request_store import LEASE, NOW, item, new, output

TEAMS = ("red", "green", "blue")
STEPS = {(before, after) for (before, _), after in machine.TRANSITIONS.items()}


class Lockstep(RuleBasedStateMachine):
    """Both stores get every call; clock and workers are the test's."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        migrate(self.folder / "imagined.db")
        self.database = SqliteDatabase(self.folder / "imagined.db")
        self.stores = (MemoryRequestStore(MemoryFileStore()), SqlRequestStore(self.database))
        self.now = NOW
        self.ids: dict[str, str] = {}
        self.states: dict[str, RequestState] = {}
        self.finished: dict[str, int] = {}
        self.tokens = 0

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def both(self, call: str, *arguments: Any, **named: Any) -> Any:
        first, second = (
            self.loop.run_until_complete(getattr(store, call)(*arguments, **named)) for store in self.stores
        )
        assert first == second, f"{call}: memory says {first!r}, the database {second!r}"
        return first

    @rule(team=st.sampled_from(TEAMS), priority=st.sampled_from((0, 0, -1)), cost=st.sampled_from((1.0, 8.0)))
    def accept(self, team: str, priority: int, cost: float) -> None:
        self.now += 0.001
        name = f"r{len(self.ids):04d}"
        self.ids[name] = team
        self.both(
            "accept",
            new(name, team_id=team, priority=priority, cost=cost, created_at=self.now, max_attempts=2),
        )

    @rule(target=claims, worker=st.sampled_from(("here:1", "there:1")), most=st.sampled_from((0, 0, 1)))
    def claim(self, worker: str, most: int) -> Any:
        claim = self.both("claim", worker, ("illustrator",), self.now, LEASE, running_per_team=most)
        return multiple() if claim is None else claim

    @rule(claim=claims, progress=st.integers(0, 99))
    def heartbeat(self, claim: Claim, progress: int) -> None:
        self.both(
            "heartbeat", claim, self.now, LEASE, RequestStep(percent=progress, phase="drawing", step=progress, of=99)
        )

    @rule(claim=claims)
    def finish(self, claim: Claim) -> None:
        self.tokens += 1
        token = f"{claim.request_id}-{self.tokens}"
        made = output(claim.request_id, token, team_id=claim.team_id, expires_at=self.now + 50)
        result = Completion(items=(item(),), outputs=(made,), files=(), cost_in_usd_ticks=7)
        if self.both("finish", claim, self.now, result):
            self.finished[claim.request_id] = self.finished.get(claim.request_id, 0) + 1
            assert self.both("output", token, self.now) == made
        else:
            assert self.both("output", token, self.now) is None

    @rule(claim=claims)
    def fail(self, claim: Claim) -> None:
        self.both("fail", claim, self.now, "internal_error", "x")

    @rule(claim=claims)
    def lose(self, claim: Claim) -> None:
        self.both("lose", claim, self.now, "internal_error", "died")

    @rule(claim=claims)
    def release(self, claim: Claim) -> None:
        self.both("release", claim)

    @rule(claim=claims)
    def cancel(self, claim: Claim) -> None:
        self.both("cancel", claim.team_id, claim.request_id, self.now)

    @rule(seconds=st.sampled_from((1.0, 20.0, 31.0)))
    def reap(self, seconds: float) -> None:
        self.now += seconds
        self.both("reap", self.now)

    @rule(prefix=st.sampled_from(("here:", "there:")))
    def recover(self, prefix: str) -> None:
        self.both("recover", prefix, self.now)

    @invariant()
    def rows_agree_and_walk_the_table(self) -> None:
        for name, team in self.ids.items():
            record = self.both("get", team, name)
            before = self.states.get(name, "queued")
            assert record.state == before or (before, record.state) in STEPS
            assert record.attempt <= 2
            self.states[name] = record.state
            assert (self.both("place", team, name) is None) == (record.state != "queued")
        assert all(count == 1 for count in self.finished.values())
        first, second = (self.loop.run_until_complete(store.depths()) for store in self.stores)
        assert sorted(map(str, first)) == sorted(map(str, second))
        for team in TEAMS:
            self.both("page", team, ("generate_image",), ("queued", "running", "done"), None, 5)


Lockstep.TestCase.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLockstep = Lockstep.TestCase
