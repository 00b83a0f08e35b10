"""Admission against a model: what any sequence of calls may put into batches, on every adapter at once."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from imagined.contract.errors import ApiError
from imagined.storage.database.batches import SqlBatchStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.testing.memory_batches import MemoryBatchStore
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore
from tests.contract.test_batch_store import ALL, DAY, batch, entry, file_batch
from tests.contract.test_request_store import NOW, completion

CALLS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xy")), min_size=1, max_size=4)
BATCHES = st.sampled_from(("b0", "b1", "b2", "nobody's"))


class Modelled:
    """A batch as it should be."""

    def __init__(self, *, sealed: bool, ends: float) -> None:
        self.sealed = sealed
        self.unread = sealed
        self.lines = 0
        self.cancelled = False
        self.ends = ends
        self.content: dict[str, str] = {}
        self.states: dict[str, str] = {}

    def put(self, call: list[tuple[str, str]]) -> int:
        """Add what is new, or raise for other content."""
        merged = dict(self.content)
        for name, content in call:
            if merged.setdefault(name, content) != content:
                raise ValueError(name)
        added = merged.keys() - self.content.keys()
        self.content = merged
        self.states |= dict.fromkeys(added, "queued")
        return len(added)


class Admission(RuleBasedStateMachine):
    """Both stores get every call; the model says how each ends."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        migrate(self.folder / "imagined.db")
        self.database = SqliteDatabase(self.folder / "imagined.db")
        memory = MemoryRequestStore(MemoryFileStore())
        self.stores = (MemoryBatchStore(memory), SqlBatchStore(self.database))
        self.requests = (memory, SqlRequestStore(self.database))
        self.now = NOW
        self.model: dict[str, Modelled] = {}

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def both(self, call: str, *arguments: Any, of: str = "stores") -> Any:
        first, second = (self.outcome(getattr(store, call), *arguments) for store in getattr(self, of))
        assert first == second, f"{call}: memory says {first!r}, the database {second!r}"
        return first

    def outcome(self, call: Any, *arguments: Any) -> Any:
        try:
            return self.loop.run_until_complete(call(*arguments))
        except ApiError as refusal:
            return refusal.kind.http

    def requests_of(self, batch_id: str, call: list[tuple[str, str]]) -> list[Any]:
        self.now += 0.001
        return [entry(name, batch_id, content=content, created_at=self.now) for name, content in call]

    @precondition(lambda self: len(self.model) < 3)
    @rule(sealed=st.booleans())
    def create(self, sealed: bool) -> None:
        self.now += 1
        name = f"b{len(self.model)}"
        make = file_batch if sealed else batch
        life = {"expires_at": self.now + 30 * DAY, "forgotten_at": self.now + 10_000 * DAY}
        self.both("create", make(name, created_at=self.now, **life))
        self.model[name] = Modelled(sealed=sealed, ends=self.now + 30 * DAY)

    @rule(batch_id=BATCHES, call=CALLS)
    def add(self, batch_id: str, call: list[tuple[str, str]]) -> None:
        got = self.both("add", "team", batch_id, self.requests_of(batch_id, call), self.now)
        model = self.model.get(batch_id)
        if model is None:
            assert got == 404
        elif model.cancelled:
            assert got == 403
        elif model.sealed or model.ends <= self.now:
            assert got == 412
        else:
            try:
                assert got == model.put(call)
            except ValueError:
                assert got == 412

    @rule(batch_id=BATCHES, call=CALLS, stale=st.booleans())
    def fill(self, batch_id: str, call: list[tuple[str, str]], stale: bool) -> None:
        model = self.model.get(batch_id)
        before = (model.lines if model else 0) - stale
        distinct = list(dict(call).items())
        if model is not None:
            # A file with one id for two requests is refused when it is checked, before anything of it is added.
            distinct = [(name, model.content.get(name, content)) for name, content in distinct]
        lines = (before, before + len(call))
        got = self.both("fill", batch_id, lines, self.requests_of(batch_id, distinct))
        if model is None or not model.unread or stale:
            assert got is False
        else:
            assert got is True
            model.put(distinct)
            model.lines = lines[1]

    @rule(batch_id=BATCHES)
    def seal(self, batch_id: str) -> None:
        model = self.model.get(batch_id)
        got = self.both("fill", batch_id, (model.lines if model else 0, None), [])
        assert got is bool(model and model.unread)
        if model:
            model.unread = False

    @rule(batch_id=BATCHES, left=st.integers(0, 3))
    def cancel(self, batch_id: str, left: int) -> None:
        model = self.model.get(batch_id)
        assert self.both("cancel", "team", batch_id, self.now) is (model is not None)
        if model is None:
            return
        model.cancelled, model.unread = True, False
        while self.both("cancel_queued", batch_id, self.now, 1 + left):
            pass
        model.states = {name: "cancelled" if state == "queued" else state for name, state in model.states.items()}

    @rule(succeeds=st.booleans())
    def run(self, succeeds: bool) -> None:
        claim = self.both("claim", "w:1", ("illustrator",), self.now, 30.0, of="requests")
        if claim is None:
            return
        if succeeds:
            made = completion(claim.request_id, token=claim.request_id)
            assert self.both("finish", claim, self.now, made, of="requests")
        else:
            assert self.both("fail", claim, self.now, "internal_error", "x", of="requests")
        batch_id, _, name = claim.request_id.partition("/")
        assert self.model[batch_id].states[name] == "queued"
        self.model[batch_id].states[name] = "done" if succeeds else "failed"

    @rule()
    def wait(self) -> None:
        self.now += 12 * DAY

    @invariant()
    def batches_hold_what_the_model_says(self) -> None:
        for name, model in self.model.items():
            page = self.both("entries", name, ALL, "", 100)
            assert {record.batch_request_id: record.state for record in page.records} == model.states
            record = self.both("get", "team", name, self.now)
            if record is None:
                continue
            assert (record.lines_read is not None) is model.unread
            assert sum(tally.count for tally in record.tallies) == len(model.states)
            for tally in record.tallies:
                assert tally.count == list(model.states.values()).count(tally.state)


Admission.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestAdmission = Admission.TestCase
