"""A request of a batch becomes a row: checked against its model's card as any other, and put behind interactive ones.

What is looked at here is the request alone. The media it names are looked at when it runs, and fail that one request:
a picture that was deleted does not keep out the 49,999 others.
"""

import hashlib
from typing import Final

import msgspec

from imagined.contract import batches, errors
from imagined.contract.access import Caller
from imagined.contract.batches import BatchEntry
from imagined.contract.environment import Clock, Ids
from imagined.contract.requests import ImageRequest, Operation, VideoRequest
from imagined.imagine import validation
from imagined.imagine.catalogue import Catalogue
from imagined.imagine.service import virtual_cost
from imagined.jobs.ports import NewRequest

PRIORITY: Final = -1
"""Below 0, the priority of interactive requests."""
MAX_ID_LENGTH: Final = 256


class Admission:
    """Checks entries and makes rows of them. Pure computing, so it may run on any thread."""

    def __init__(self, catalogue: Catalogue, clock: Clock, ids: Ids, *, max_attempts: int = 3) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._ids = ids
        self._max_attempts = max_attempts

    def admit(self, caller: Caller, batch_id: str, entry: BatchEntry) -> NewRequest:
        """The row of an entry; raises `ApiError` for a request that would be refused if it were sent alone."""
        name = entry.batch_request_id or f"batch_request_{self._ids.uuid()}"
        if len(name) > MAX_ID_LENGTH:
            raise errors.invalid(f"The id of a request in a batch has at most {MAX_ID_LENGTH} characters.")
        checked: ImageRequest | VideoRequest
        operation: Operation
        if isinstance(entry.request, ImageRequest):
            card = self._catalogue.image_card(caller, entry.request.model)
            checked = validation.check_image(entry.request, card)
            operation = "edit_image" if checked.is_edit else "generate_image"
        else:
            card = self._catalogue.video_card(caller, entry.request.model)
            checked = validation.check_video(entry.request, card)
            operation = checked.operation
            if checked.upload_url is not None:
                # Signed addresses live for an hour or so, and a batch may take a day.
                raise errors.invalid("`output.upload_url` is not supported in batches; use `storage_options`.")
        return NewRequest(
            id=self._ids.uuid(),
            team_id=caller.team_id,
            key_id=caller.key_id,
            operation=operation,
            model=card.id,
            engine=card.engine,
            payload=msgspec.json.encode(checked),
            request_hash=_content_hash(entry),
            seed=self._ids.seed(),
            created_at=self._clock.now(),
            priority=PRIORITY,
            cost=virtual_cost(checked),
            max_attempts=self._max_attempts,
            batch_id=batch_id,
            batch_request_id=name,
            as_base64=entry.as_base64,
        )

    def admit_all(self, caller: Caller, batch_id: str, entries: list[BatchEntry]) -> list[NewRequest]:
        """The rows of one call's entries, or the refusal of the first that is wrong, which says where it stands."""
        admitted = []
        for index, entry in enumerate(entries):
            try:
                admitted.append(self.admit(caller, batch_id, entry))
            except errors.ApiError as error:
                raise batches.at_entry(index, entry.batch_request_id, error) from None
        return admitted


def _content_hash(entry: BatchEntry) -> str:
    """The same for the same request. Never that of an interactive one, whose repeated calls look for theirs."""
    form = b"base64" if entry.as_base64 else b"url"
    return f"batch:{hashlib.sha256(form + msgspec.json.encode(entry.request)).hexdigest()}"
