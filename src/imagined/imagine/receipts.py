"""What is written down of how a result was made, and the request that a receipt tells of."""

from typing import Final

import msgspec

from imagined.contract.cards import ModelCard
from imagined.contract.files import FileOutput
from imagined.contract.receipts import Receipt, ReceiptParent
from imagined.contract.requests import ImageRequest, Keyframe, MediaSource, VideoRequest
from imagined.contract.tasks import Produced
from imagined.imagine import tasks
from imagined.imagine.inputs import LocalMedia
from imagined.jobs.ports import Claim, OutputRecord
from imagined.jobs.receipts import PROMPT_SHOWN, ReceiptRecord

_INPUTS: Final = ("image", "images", "video", "last_frame", "keyframes", "reference_images")
"""Inputs are parents: what a data URL holds, or where a signed URL leads, is no part of a receipt."""
_APART: Final = frozenset((*_INPUTS, "type", "operation", "model", "is_edit", "default_aspect_ratio", "upload_url"))


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What led to a result. Times are unix seconds."""

    claim: Claim
    request: ImageRequest | VideoRequest
    inputs: tuple[LocalMedia, ...]
    """In the order of `tasks.wanted`."""
    workdir: str
    claimed_at: float
    started_at: float


def new_receipt(
    attempt: Attempt, made: Produced, output: OutputRecord, card: ModelCard | None, stored: FileOutput | None
) -> ReceiptRecord:
    """The row of one result. An engine that names no digest of its own has an empty one."""
    claim, request = attempt.claim, attempt.request
    parents = _parents(attempt)
    given = msgspec.to_builtins(request)
    receipt = Receipt(
        request_id=claim.request_id,
        position=made.index,
        attempt=claim.attempt,
        operation=claim.operation,
        model=claim.model,
        model_version=card.version if card else "",
        model_fingerprint=card.fingerprint if card else "",
        engine=claim.engine,
        engine_digest=str(made.receipt.get("digest", "")),
        seed=claim.seed,
        parameters={name: value for name, value in given.items() if name not in _APART and value is not None},
        parents=parents,
        accepted_at=claim.created_at,
        claimed_at=attempt.claimed_at,
        started_at=attempt.started_at,
        finished_at=output.created_at,
        made=made.receipt,
    )
    return ReceiptRecord(
        id=f"{claim.request_id}/{made.index}",
        team_id=claim.team_id,
        request_id=claim.request_id,
        position=made.index,
        sha256=output.sha256,
        file_id=stored.file_id if stored is not None else None,
        operation=claim.operation,
        model=claim.model,
        prompt=request.prompt[:PROMPT_SHOWN],
        seed=claim.seed,
        created_at=output.created_at,
        parents=parents,
        body=msgspec.json.encode(receipt),
    )


def request_of(receipt: Receipt, sources: list[MediaSource]) -> ImageRequest | VideoRequest:
    """The checked request that a receipt tells of, with its inputs in the order of the parents and nothing stored."""
    given = {name: value for name, value in receipt.parameters.items() if name != "storage"}
    if receipt.operation in ("generate_image", "edit_image"):
        single = sources[0] if len(sources) == 1 else None
        return msgspec.structs.replace(
            msgspec.convert({**given, "type": "image", "model": receipt.model}, ImageRequest),
            is_edit=bool(sources),
            image=single,
            images=() if single is not None else tuple(sources),
        )
    whole = {**given, "type": "video", "model": receipt.model, "operation": receipt.operation}
    by_role: dict[str, list[tuple[MediaSource, float]]] = {}
    for parent, source in zip(receipt.parents, sources, strict=True):
        by_role.setdefault(parent.role, []).append((source, parent.timestamp_s or 0.0))

    def one(role: str) -> MediaSource | None:
        return by_role[role][0][0] if role in by_role else None

    return msgspec.structs.replace(
        msgspec.convert(whole, VideoRequest),
        video=one("video"),
        image=one("first_frame"),
        last_frame=one("last_frame"),
        keyframes=tuple(Keyframe(image=source, timestamp_s=at) for source, at in by_role.get("keyframe", ())),
        reference_images=tuple(source for source, _ in by_role.get("reference", ())),
    )


def _parents(attempt: Attempt) -> tuple[ReceiptParent, ...]:
    return tuple(
        ReceiptParent(
            role=one.role,
            origin=media.origin,
            sha256=media.sha256,
            file_id=media.file_id,
            host=media.host,
            timestamp_s=one.timestamp_s,
        )
        for one, media in zip(tasks.wanted(attempt.request), attempt.inputs, strict=True)
    )
