"""Random lives of files: the service on SQLite and a folder against a dict, with a clock that is moved and restarts."""

import asyncio
import hashlib
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from imagined.contract.errors import ApiError
from imagined.contract.files import ListQuery, StoredFile
from imagined.files import fsck
from imagined.files.service import FilesService
from imagined.files.sweeper import Sweeper
from imagined.storage.blobs.local import LocalBlobs
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.testing.environment import ManualClock, SeededIds
from tests.support.file_model import (
    CONTENTS,
    DAY,
    FILTERS,
    HOUR,
    KEYS,
    LIVES,
    NAMES,
    ORDERS,
    PICK,
    SHAREABLE,
    SORTS,
    Expected,
)
from tests.unit.files.rig import TEAM, stream

T = TypeVar("T")


class Lives(RuleBasedStateMachine):
    """The machine: every rule does the same to both, and compares what comes back."""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="imagined-lives-"))
        self.clock, self.ids = ManualClock(), SeededIds(1)
        self.model: list[Expected] = []
        self.dead_urls: list[str] = []
        self.open()

    def open(self) -> None:
        migrate(self.folder / "imagined.db")
        self.database = SqliteDatabase(self.folder / "imagined.db")
        self.blobs = LocalBlobs(self.folder / "blobs")
        self.references = SqlReferences(self.database)
        self.files = FilesService(SqlFileStore(self.database), self.blobs, self.clock, self.ids, "http://site")

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            report = self.wait(fsck.check(self.references, self.blobs))
            assert not report.missing
            assert not report.damaged
            assert not report.wrong_size
            self.wait(self.database.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def wait(self, call: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(call)

    def outcome(self, call: Coroutine[Any, Any, T]) -> T | str:
        try:
            return self.wait(call)
        except ApiError as refusal:
            return refusal.kind.code

    @property
    def now(self) -> float:
        return self.clock.now()

    def pick(self, number: int) -> Expected:
        """One of the last two files most of the time, so that one file meets many rules in a row."""
        among = self.model if number % 8 == 0 else self.model[-2:]
        return among[number % len(among)]

    def same(self, file: StoredFile, expected: Expected) -> None:
        url = file.public_url
        assert (file.id, file.filename, file.size, file.created_at, file.expires_at) == (
            expected.id, expected.name, len(expected.data), expected.made, expected.ends,
        )  # fmt: skip
        if expected.shared(self.now):
            assert url is not None
            assert (url.url, url.expires_at) == (expected.url, expected.url_ends)
        else:
            assert url is None

    @rule(name=NAMES, data=CONTENTS, life=LIVES)
    def upload(self, name: str, data: bytes, life: int | None) -> None:
        file = self.wait(self.files.upload(TEAM, name, stream(data[:5], data[5:]), max_bytes=100, expires_after=life))
        ends = None if life is None else self.now + life
        self.model.append(Expected(file.id, name, data, self.now, ends))
        self.same(file, self.model[-1])

    @rule(name=st.sampled_from(["", "a;b", "x" * 300, "a"]), life=st.sampled_from([None, 5]))
    def upload_badly(self, name: str, life: int | None) -> None:
        """A bad name, a bad lifetime, or, when both are good, too many bytes."""
        call = self.files.upload(TEAM, name, stream(b"x" * 101), max_bytes=100, expires_after=life)
        good = name == "a" and life is None
        assert self.outcome(call) == ("payload-too-large" if good else "invalid-argument")

    @precondition(lambda self: self.model)
    @rule(number=PICK)
    def get(self, number: int) -> None:
        expected = self.pick(number)
        file = self.outcome(self.files.get(TEAM, expected.id))
        assert self.outcome(self.files.get("other", expected.id)) == "not-found"
        if not expected.lives(self.now):
            assert file == "not-found"
            return
        assert isinstance(file, StoredFile)
        self.same(file, expected)

        async def content() -> bytes:
            return b"".join([chunk async for chunk in self.files.content(file)])

        assert self.wait(content()) == expected.data

    @rule(sort_by=SORTS, order=ORDERS, limit=st.integers(1, 4), text=st.sampled_from(list(FILTERS)))
    def list_all(self, sort_by: Any, order: Any, limit: int, text: str) -> None:
        listed: list[StoredFile] = []
        query = ListQuery(sort_by=sort_by, order=order, limit=limit, filter=text)
        while True:
            page = self.wait(self.files.list_files(TEAM, query))
            listed += page.files
            assert len(page.files) <= limit
            if page.next_token is None:
                break
            query = msgspec.structs.replace(query, pagination_token=page.next_token)
        wanted = [file for file in self.model if file.lives(self.now) and FILTERS[text](file, self.now)]
        wanted.sort(key=lambda file: (KEYS[sort_by](file), file.id), reverse=order == "desc")
        assert [file.id for file in listed] == [file.id for file in wanted]
        for file, expected in zip(listed, wanted, strict=True):
            self.same(file, expected)

    @precondition(lambda self: self.model)
    @rule(number=PICK, life=st.sampled_from([None, HOUR, HOUR, DAY]))
    def publish(self, number: int, life: int | None) -> None:
        expected = self.pick(number)
        outcome = self.outcome(self.files.create_public_url(TEAM, expected.id, life))
        if not expected.lives(self.now):
            assert outcome == "not-found"
            return
        ends = expected.ends if life is None else self.now + life
        too_long = life is not None and expected.ends is not None and self.now + life > expected.ends
        if expected.data not in SHAREABLE or too_long:
            assert outcome == "invalid-argument"
            return
        assert not isinstance(outcome, str)
        if expected.shared(self.now):
            assert outcome.url == expected.url
            ends = expected.url_ends if life is None else ends
        else:
            assert outcome.url not in self.dead_urls
            if expected.url is not None:
                self.dead_urls.append(expected.url)
        expected.url, expected.url_ends = outcome.url, ends
        assert outcome.expires_at == ends

    @precondition(lambda self: self.model)
    @rule(number=PICK)
    def revoke(self, number: int) -> None:
        expected = self.pick(number)
        revocation = self.wait(self.files.revoke_public_url(TEAM, expected.id))
        shared = expected.shared(self.now)
        assert (revocation.file_id, revocation.revoked) == (expected.id, shared)
        assert revocation.public_url == (expected.url if shared else None)
        if expected.url is not None:
            self.dead_urls.append(expected.url)
        expected.url = expected.url_ends = None

    @precondition(lambda self: self.model)
    @rule(number=PICK, name=NAMES)
    def rename(self, number: int, name: str) -> None:
        expected = self.pick(number)
        outcome = self.outcome(self.files.update(TEAM, expected.id, filename=name))
        assert (outcome == "not-found") is not expected.lives(self.now)
        expected.name = name if isinstance(outcome, StoredFile) else expected.name

    @precondition(lambda self: self.model)
    @rule(number=PICK, life=LIVES)
    def move_the_end(self, number: int, life: int | None) -> None:
        expected = self.pick(number)
        outcome = self.outcome(self.files.update(TEAM, expected.id, expires_after=life))
        if not expected.lives(self.now):
            assert outcome == "not-found"
            return
        expected.ends = None if life is None else self.now + life
        if expected.shared(self.now) and expected.ends is not None:
            expected.url_ends = min(expected.ends, expected.url_ends or expected.ends)
        assert isinstance(outcome, StoredFile)
        self.same(outcome, expected)

    @precondition(lambda self: self.model)
    @rule(number=PICK)
    def delete(self, number: int) -> None:
        expected = self.pick(number)
        outcome = self.outcome(self.files.delete(TEAM, expected.id))
        assert outcome == (None if expected.lives(self.now) else "not-found")
        expected.deleted = True

    @rule(seconds=st.sampled_from([0.25, 1, HOUR - 1, HOUR, DAY]))
    def let_time_pass(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule()
    def sweep(self) -> None:
        self.wait(Sweeper(self.references, self.blobs, self.clock, step=3).sweep())
        kept = {hashlib.sha256(file.data).hexdigest() for file in self.model if file.lives(self.now)}
        assert {blob.sha256 for blob in self.wait(self.blobs.names("", 100))} == kept
        report = self.wait(fsck.check(self.references, self.blobs))
        assert report.is_clean
        assert report.checked_rows == sum(file.lives(self.now) for file in self.model)

    @rule()
    def restart(self) -> None:
        self.wait(self.database.close())
        self.open()

    @invariant()
    def urls_work_exactly_while_they_should(self) -> None:
        for expected in getattr(self, "model", ()):
            if expected.url is not None:
                found = self.wait(self.files.by_public_token(*expected.url.split("/")[-2:]))
                assert (found is not None) is expected.shared(self.now)
        for url in getattr(self, "dead_urls", ()):
            assert self.wait(self.files.by_public_token(*url.split("/")[-2:])) is None


Lives.TestCase.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLives = Lives.TestCase
