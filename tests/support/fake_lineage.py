"""Lineage and replay services that answer from tables."""

import msgspec

from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.files import StoredFile
from imagined.contract.receipts import Receipt, ReceiptParent
from imagined.contract.results import RequestView
from imagined.files.ports import FileRecord
from imagined.imagine.lineage import Lineage, Node
from imagined.imagine.replay import Replay
from imagined.jobs.receipts import Made
from tests.support.fake_services import CALLER, FILE_ID, NOW, REQUEST_ID, output, stored, view

RECEIPT = Receipt(
    request_id=REQUEST_ID,
    position=0,
    attempt=1,
    operation="edit_image",
    model="grok-imagine-image",
    model_version="1.0",
    model_fingerprint="fp_1",
    engine="illustrator",
    engine_digest="d1",
    seed=2**63 - 1,
    parameters={"prompt": "neon", "n": 1},
    parents=(
        ReceiptParent(role="image", origin="file", sha256="aa", file_id="file_in"),
        ReceiptParent(role="image", origin="url", sha256="bb", host="pictures.example"),
    ),
    accepted_at=NOW,
    claimed_at=NOW + 1,
    started_at=NOW + 2,
    finished_at=NOW + 3,
    made={"scene": {"setting": "city"}},
)


def made(name: str, sha256: str) -> Made:
    return Made(
        id=name,
        team_id="team",
        request_id=f"request of {name}",
        position=1,
        sha256=sha256,
        file_id=None,
        operation="generate_image",
        model="grok-imagine-image",
        prompt=name,
        seed=3,
        created_at=NOW - 5,
    )


def node(name: str, state: str = "ephemeral", **changes: object) -> Node:
    fields = {"sha256": f"sha of {name}", "made": made(name, f"sha of {name}"), "state": state, "roles": ["image"]}
    return Node(**(fields | changes))  # type: ignore[arg-type]


class FakeLineage:
    """Knows one file."""

    def __init__(self) -> None:
        record = FileRecord(
            id=FILE_ID, team_id="team", filename="a.jpg", size=1, content_type="image/jpeg", sha256="x", created_at=NOW
        )
        grandparent = Node("cc", state="external", roles=["image", "image"], is_repeated=True)
        self.answer = Lineage(
            file=node("neon", "stored", file=record, other_file_ids=["file_copy"]),
            ancestors=[node("city", "deleted", branches=[grandparent])],
            descendants=[node("film", branches=[node("longer film")])],
            is_truncated=True,
        )

    async def receipt(self, caller: Caller, file_id: str) -> tuple[StoredFile, Receipt]:
        _check(caller, file_id)
        return stored(), RECEIPT

    async def lineage(self, caller: Caller, file_id: str) -> Lineage:
        _check(caller, file_id)
        return self.answer


class FakeReplays:
    """Starts one replay, which ends as `ends`."""

    def __init__(self) -> None:
        self.ends: RequestView = view()

    async def start(self, caller: Caller, file_id: str) -> Replay:
        _check(caller, file_id)
        return self._told(view("queued"))

    async def get(self, caller: Caller, file_id: str, request_id: str) -> Replay:
        _check(caller, file_id)
        if request_id != REQUEST_ID:
            raise errors.request_not_found(request_id)
        return self._told(self.ends)

    def _told(self, state: RequestView) -> Replay:
        replay = Replay(view=state, file_id=FILE_ID, sha256="x", receipt=RECEIPT, is_deterministic=True)
        if state.state != "done":
            return replay
        return msgspec.structs.replace(replay, output=output(), engine_digest="d2")


def _check(caller: Caller, file_id: str) -> None:
    assert caller.team_id == CALLER.team_id
    if file_id != FILE_ID:
        raise errors.file_not_found(file_id)
