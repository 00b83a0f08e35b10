"""Receipts, lineages and replays on the wire. Times are unix seconds."""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract.files import StoredFile
from imagined.contract.receipts import Receipt, ReceiptParent
from imagined.imagine import lineage
from imagined.imagine.lineage import Node, NodeState
from imagined.imagine.replay import Replay, Verdict


class FileReceipt(msgspec.Struct, kw_only=True):
    """How the bytes of a file were made.

    The engine's digest, the seed, the parameters and the bytes of the parents decide them where the model's card says
    `deterministic`; `made` is the engine's own part. Of an input's URL only the host is kept.
    """

    object: Literal["receipt"] = "receipt"
    file_id: str
    sha256: str
    version: int
    request_id: str
    position: int
    attempt: int
    operation: str
    model: str
    model_version: str
    model_fingerprint: str
    engine: str
    engine_digest: str
    seed: int
    parameters: dict[str, Any]
    parents: tuple[ReceiptParent, ...]
    accepted_at: float
    claimed_at: float
    started_at: float
    finished_at: float
    made: dict[str, Any]


class LineageNode(msgspec.Struct, kw_only=True):
    """A result, an upload or a foreign input.

    `file_id` is null unless it is a stored file today: `state` says whether it was one once, was never kept, or only
    ever was an input. What was not made here has no request. A prompt is cut after 500 characters.
    """

    sha256: str
    state: NodeState
    file_id: str | None
    filename: str | None
    created_at: float | None
    request_id: str | None
    position: int | None
    operation: str | None
    model: str | None
    prompt: str | None
    seed: int | None
    other_file_ids: list[str]
    """More files of the same bytes."""


class Ancestor(LineageNode, kw_only=True):
    """An input, what it was an input as, and its own inputs. A repeated one stands elsewhere with its parents."""

    roles: list[str]
    repeated: bool
    parents: list["Ancestor"]


class Descendant(LineageNode, kw_only=True):
    """A result, what the node above was to it, and what was made from it. A repeated one stands elsewhere in full."""

    roles: list[str]
    repeated: bool
    children: list["Descendant"]


class Lineage(msgspec.Struct, kw_only=True):
    """A file between what it was made from and what was made from it: at most 50 generations and 1,000 nodes each."""

    object: Literal["lineage"] = "lineage"
    file: LineageNode
    ancestors: list[Ancestor]
    descendants: list[Descendant]
    truncated: bool


class ReplayResult(msgspec.Struct, kw_only=True):
    """What the replay made in the place of the file, at an ephemeral URL."""

    url: str
    content_type: str
    size: int
    sha256: str
    engine_digest: str


class ReplayError(msgspec.Struct, kw_only=True):
    """Why the request failed."""

    code: str
    message: str


ReplayStatus = Literal["pending", "done", "failed", "cancelled", "expired"]


class FileReplay(msgspec.Struct, kw_only=True):
    """A file made once more. `verdict` is there once `status` is done, and `reasons` when the bytes differ."""

    object: Literal["replay"] = "replay"
    request_id: str
    status: ReplayStatus
    progress: int
    file_id: str
    sha256: str
    operation: str
    model: str
    position: int
    seed: int
    engine_digest: str
    deterministic: bool
    verdict: Verdict | UnsetType = UNSET
    reasons: list[str] | UnsetType = UNSET
    result: ReplayResult | UnsetType = UNSET
    error: ReplayError | UnsetType = UNSET


def from_receipt(file: StoredFile, receipt: Receipt) -> FileReceipt:
    """A receipt under the file it belongs to."""
    return FileReceipt(file_id=file.id, sha256=file.sha256, **msgspec.structs.asdict(receipt))


def from_lineage(found: lineage.Lineage) -> Lineage:
    """Both trees."""
    return Lineage(
        file=LineageNode(**_shown(found.file)),
        ancestors=[_ancestor(node) for node in found.ancestors],
        descendants=[_descendant(node) for node in found.descendants],
        truncated=found.is_truncated,
    )


def from_replay(replay: Replay) -> FileReplay:
    """A replay as it stands."""
    view, receipt, output, error = replay.view, replay.receipt, replay.output, replay.view.error
    return FileReplay(
        request_id=view.request_id,
        status="pending" if view.state == "queued" or view.state == "running" else view.state,
        progress=view.progress,
        file_id=replay.file_id,
        sha256=replay.sha256,
        operation=receipt.operation,
        model=receipt.model,
        position=receipt.position,
        seed=receipt.seed,
        engine_digest=receipt.engine_digest,
        deterministic=replay.is_deterministic,
        verdict=replay.verdict or UNSET,
        reasons=list(replay.reasons) or UNSET,
        result=UNSET
        if output is None
        else ReplayResult(
            url=output.url,
            content_type=output.content_type,
            size=output.size,
            sha256=output.sha256,
            engine_digest=replay.engine_digest or "",
        ),
        error=UNSET if error is None else ReplayError(code=error.code, message=error.message),
    )


def _ancestor(node: Node) -> Ancestor:
    parents = [_ancestor(parent) for parent in node.branches]
    return Ancestor(**_shown(node), roles=node.roles, repeated=node.is_repeated, parents=parents)


def _descendant(node: Node) -> Descendant:
    children = [_descendant(child) for child in node.branches]
    return Descendant(**_shown(node), roles=node.roles, repeated=node.is_repeated, children=children)


def _shown(node: Node) -> dict[str, Any]:
    file, made = node.file, node.made
    created = file.created_at if file is not None else made.created_at if made is not None else None
    told = ("request_id", "position", "operation", "model", "prompt", "seed")
    return {
        "sha256": node.sha256,
        "state": node.state,
        "file_id": file.id if file is not None else None,
        "filename": file.filename if file is not None else None,
        "created_at": created,
        **{name: getattr(made, name) if made is not None else None for name in told},
        "other_file_ids": node.other_file_ids,
    }
