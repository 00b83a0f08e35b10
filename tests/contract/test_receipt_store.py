"""Receipts: one suite for every adapter of `ReceiptStore` and `ReceiptKeeper`, beside the stores they live with."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from imagined.contract.receipts import ReceiptParent
from imagined.files.ports import FileRecord, ReceiptKeeper
from imagined.jobs.ports import Completion, NewRequest, OutputRecord
from imagined.jobs.receipts import EphemeralCopy, Made, ReceiptRecord, ReceiptStore
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.receipts import SqlReceiptStore
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_receipts import MemoryReceiptStore
from imagined.testing.memory_requests import MemoryRequestStore

NOW = 1_796_083_200.0
ENDS = NOW + 86_400


class Rig:
    """Stores that share their rows."""

    def __init__(self, database: SqliteDatabase | None) -> None:
        self.requests: MemoryRequestStore | SqlRequestStore
        self.files: MemoryFileStore | SqlFileStore
        self.receipts: MemoryReceiptStore | SqlReceiptStore
        self._references: SqlReferences | None = None
        if database is None:
            self.files = MemoryFileStore()
            self.requests = MemoryRequestStore(self.files)
            self.receipts = self.requests.receipts
        else:
            self.files, self.requests = SqlFileStore(database), SqlRequestStore(database)
            self.receipts, self._references = SqlReceiptStore(database), SqlReferences(database)
        # A type checker sees here that both adapters are what the ports ask for.
        self.store: ReceiptStore = self.receipts
        self.keeper: ReceiptKeeper = self.receipts

    async def make(
        self,
        request_id: str,
        sha256: str,
        *parents: str,
        at: float = NOW,
        file_id: str | None = None,
        team: str = "team",
        **changes: object,
    ) -> ReceiptRecord:
        """Finish a request whose one result is these bytes, made of those of `parents`."""
        request = NewRequest(
            id=request_id,
            team_id=team,
            key_id="key",
            operation="generate_image",
            model="model",
            engine="engine",
            payload=b"{}",
            request_hash=request_id,
            seed=7,
            created_at=at,
        )
        await self.requests.accept(request)
        claim = await self.requests.claim("here", ["engine"], at, 30)
        assert claim is not None and claim.request_id == request_id
        fields = {
            "id": f"{request_id}/0",
            "team_id": team,
            "request_id": request_id,
            "position": 0,
            "sha256": sha256,
            "file_id": file_id,
            "operation": "generate_image",
            "model": "model",
            "prompt": f"prompt of {request_id}",
            "seed": 2**63 - 1,
            "created_at": at,
            "parents": tuple(ReceiptParent(role="image", origin="file", sha256=parent) for parent in parents),
            "body": b'{"of":"%s"}' % request_id.encode(),
        }
        record = msgspec.convert(fields | changes, ReceiptRecord)
        output = OutputRecord(
            token=f"token of {request_id}",
            request_id=request_id,
            team_id=team,
            position=0,
            sha256=sha256,
            size=1,
            content_type="image/jpeg",
            created_at=at,
            expires_at=ENDS,
        )
        files = (file(file_id, sha256, team=team, at=at),) if file_id else ()
        done = Completion(items=(), outputs=(output,), files=files, receipts=(record,), cost_in_usd_ticks=0)
        assert await self.requests.finish(claim, at, done)
        return record

    async def end_outputs(self) -> None:
        """The ephemeral results end, as they do after a day."""
        if self._references is not None:
            while await self._references.expire(ENDS, 100):
                pass
        elif isinstance(self.requests, MemoryRequestStore):
            for row in self.requests.rows.values():
                row.outputs = ()

    async def sweep(self, step: int = 2) -> int:
        """Drop what nothing needs; how many."""
        dropped, after = 0, ""
        while True:
            some, following = await self.keeper.drop_receipts(after, step)
            dropped += some
            if following is None:
                return dropped
            after = following

    async def left(self, *digests: str) -> list[str]:
        return [made.request_id for made in await self.store.made("team", digests, 100)]


@pytest.fixture(params=["memory", "sqlite"])
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    if request.param == "memory":
        yield Rig(None)
        return
    migrate(tmp_path / "imagined.db")
    database = SqliteDatabase(tmp_path / "imagined.db")
    yield Rig(database)
    await database.close()


def file(file_id: str, sha256: str, *, team: str = "team", at: float = NOW, ends: float | None = None) -> FileRecord:
    return FileRecord(
        id=file_id,
        team_id=team,
        filename=f"{file_id}.jpg",
        size=1,
        content_type="image/jpeg",
        sha256=sha256,
        created_at=at,
        expires_at=ends,
    )


async def test_a_receipt_comes_with_its_result_and_is_read_whole(rig: Rig) -> None:
    parent = ReceiptParent(
        role="keyframe", origin="url", sha256="p", file_id=None, host="pictures.example", timestamp_s=1.25
    )
    large = b'{"scene":"' + b"tower " * 2_000 + b'"}'
    record = await rig.make("r", "a", file_id="file_1", parents=(parent,), body=large)
    assert await rig.store.receipt("team", "a", "file_1") == record
    assert await rig.store.of_request("team", "r", 0) == record
    assert await rig.requests.receipt_of("team", "a") == large
    for found in (
        await rig.store.receipt("other", "a", "file_1"),
        await rig.store.receipt("team", "b", "file_1"),
        await rig.store.of_request("other", "r", 0),
        await rig.store.of_request("team", "r", 1),
        await rig.requests.receipt_of("other", "a"),
    ):
        assert found is None


async def test_nothing_is_written_by_an_attempt_that_lost_its_claim(rig: Rig) -> None:
    record = await rig.make("r", "a")
    await rig.requests.accept(
        NewRequest(
            id="s", team_id="team", key_id="k", operation="generate_image", model="m", engine="engine",
            payload=b"", request_hash="s", seed=1, created_at=NOW,
        )
    )  # fmt: skip
    claim = await rig.requests.claim("here", ["engine"], NOW, 30)
    assert claim is not None and await rig.requests.cancel("team", "s", NOW)
    late = msgspec.structs.replace(record, id="s/0", request_id="s", sha256="late")
    done = Completion(items=(), outputs=(), files=(), receipts=(late,), cost_in_usd_ticks=0)
    assert not await rig.requests.finish(claim, NOW, done)
    assert await rig.left("late") == []


async def test_the_receipt_of_a_file_is_its_own_and_else_the_newest_of_its_bytes(rig: Rig) -> None:
    await rig.make("first", "a", at=NOW, file_id="file_1")
    await rig.make("second", "a", at=NOW + 1, file_id="file_2")
    await rig.make("third", "a", at=NOW + 2)
    for file_id, request_id in (("file_1", "first"), ("file_2", "second"), ("file_9", "third"), (None, "third")):
        found = await rig.store.receipt("team", "a", file_id)
        assert found is not None and found.request_id == request_id
    assert await rig.requests.receipt_of("team", "a") == b'{"of":"third"}'


async def test_both_directions_are_found_by_bytes(rig: Rig) -> None:
    await rig.make("city", "a")
    await rig.make("neon", "b", "a", at=NOW + 1)
    await rig.make("both", "c", "b", "a", "a", at=NOW + 2)
    await rig.make("theirs", "d", "a", at=NOW + 3, team="other")
    made = await rig.store.made("team", ["c", "b"], 10)
    assert [(one.request_id, [parent.sha256 for parent in one.parents]) for one in made] == [
        ("neon", ["a"]),
        ("both", ["b", "a", "a"]),
    ]
    assert all(type(one) is Made for one in made)
    assert [one.request_id for one in await rig.store.made_from("team", ["a"], 10)] == ["neon", "both"]
    assert [one.request_id for one in await rig.store.made_from("team", ["a"], 1)] == ["neon"]
    assert [one.request_id for one in await rig.store.made_from("other", ["a", "b"], 10)] == ["theirs"]
    assert await rig.store.made_from("team", [], 10) == []


async def test_many_digests_are_asked_for_at_once(rig: Rig) -> None:
    for number in range(9):
        await rig.make(f"r{number}", f"bytes {number}", "root", at=NOW + number)
    wanted = [f"bytes {number}" for number in range(1_200)]
    assert await rig.left(*wanted) == [f"r{number}" for number in range(9)]


async def test_files_and_results_of_these_bytes(rig: Rig) -> None:
    await rig.files.insert(file("file_2", "a", at=NOW + 1))
    await rig.files.insert(file("file_1", "a", ends=NOW + 10))
    await rig.files.insert(file("file_3", "a", team="other"))
    await rig.files.insert(file("file_4", "b"))

    async def found(now: float, *digests: str, limit: int = 10) -> list[str]:
        return [record.id for record in await rig.store.files_of("team", digests, now, limit)]

    assert await found(NOW, "a") == ["file_1", "file_2"]
    assert await found(NOW, "a", limit=1) == ["file_1"]
    assert await found(NOW + 10, "a", "b") == ["file_4", "file_2"]
    await rig.make("r", "c")
    assert await rig.store.ephemeral_copy("team", "c", NOW) == EphemeralCopy(
        token="token of r", content_type="image/jpeg"
    )
    assert await rig.store.ephemeral_copy("team", "c", ENDS) is None
    assert await rig.store.ephemeral_copy("other", "c", NOW) is None


async def test_a_receipt_goes_with_its_last_output(rig: Rig) -> None:
    await rig.make("r", "a")
    assert await rig.sweep() == 0
    await rig.end_outputs()
    assert await rig.sweep() == 1
    assert await rig.left("a") == []


async def test_a_receipt_stays_with_a_stored_file_and_goes_with_the_last(rig: Rig) -> None:
    await rig.make("r", "a", file_id="file_1")
    await rig.files.insert(file("file_2", "a"))
    await rig.files.insert(file("file_3", "a", team="other"))
    await rig.end_outputs()
    for file_id in ("file_1", "file_2"):
        assert await rig.sweep() == 0
        assert await rig.requests.receipt_of("team", "a") == b'{"of":"r"}'
        assert await rig.files.delete("team", file_id, NOW)
    assert await rig.sweep() == 1


async def test_ancestors_stay_with_a_kept_descendant_and_go_with_it(rig: Rig) -> None:
    await rig.make("one", "a", at=NOW)
    await rig.make("two", "b", "a", at=NOW + 1)
    await rig.make("three", "c", "b", at=NOW + 2, file_id="file_c")
    await rig.make("aside", "d", "a", at=NOW + 3)
    await rig.end_outputs()
    assert await rig.sweep() == 1
    assert await rig.left("a", "b", "c", "d") == ["one", "two", "three"]
    await rig.files.delete("team", "file_c", NOW)
    # All of them in one go, whatever their keys' order, and whatever the step.
    assert await rig.sweep(step=1) == 3


async def test_the_same_bytes_made_again_leave_one_receipt(rig: Rig) -> None:
    await rig.make("first", "a", at=NOW, file_id="file_1")
    for number in range(3):
        await rig.make(f"again{number}", "a", at=NOW + 1 + number)
    await rig.make("kept", "a", at=NOW + 9, file_id="file_2")
    await rig.end_outputs()
    assert await rig.sweep() == 3
    assert await rig.left("a") == ["first", "kept"]
    await rig.files.delete("team", "file_1", NOW)
    assert await rig.sweep() == 0, "the oldest stays for whoever has these bytes"


async def test_bytes_that_come_out_of_themselves_are_not_kept_for_ever(rig: Rig) -> None:
    await rig.make("same", "a", "a", at=NOW)
    await rig.make("there", "c", "b", at=NOW + 1)
    await rig.make("back", "b", "c", at=NOW + 2)
    await rig.end_outputs()
    assert await rig.sweep() == 3
