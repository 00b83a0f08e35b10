"""What may be added to a batch: one set of rules for every store."""

from collections.abc import Iterable, Mapping

from imagined.contract import batches
from imagined.imagine.batch_ports import BatchRecord
from imagined.jobs.ports import NewRequest


def check_open(record: BatchRecord | None, batch_id: str, now: float) -> None:
    """Refuse additions to a batch that is unknown, cancelled, sealed or over; raises `ApiError`."""
    if record is None:
        raise batches.batch_not_found(batch_id)
    if record.cancelled_at is not None or record.refusal is not None:
        raise batches.batch_is_cancelled()
    if record.input_file_id is not None:
        raise batches.batch_is_sealed()
    if record.expires_at <= now:
        raise batches.batch_is_over()


def new_ones(requests: Iterable[NewRequest], known: Mapping[str, str]) -> list[NewRequest]:
    """Those of `requests` that a batch does not have yet; `known` are hashes by id of those it has.

    The same id with the same content again is nothing new; with other content it raises `ApiError` (Batch API: 412).
    """
    hashes, fresh = dict(known), []
    for request in requests:
        name = request.batch_request_id or ""
        before = hashes.get(name)
        if before is None:
            hashes[name] = request.request_hash
            fresh.append(request)
        elif before != request.request_hash:
            raise batches.other_content(name)
    return fresh
