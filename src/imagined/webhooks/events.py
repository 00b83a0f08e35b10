"""The end of a request as an event tells it: what happened then, whatever has become of it since.

A request's row does not change once it has ended, apart from three things that an event leaves out: that its result
expires, where the result was sent, and the address that this server is reached by, which URLs begin with.
"""

import uuid
from typing import Final, Protocol

import msgspec

from imagined.contract.results import JobError, RequestView
from imagined.imagine.service import absolute
from imagined.jobs.ports import RequestRecord

_DELIVERIES: Final = uuid.UUID("5f0e4d6c-8f0b-4a57-9d0e-6a2f6a1f7c11")


def event_id_of(request_id: str) -> str:
    """The `webhook-id` of a request's end. A request ends once, so this is the same for whoever is told, and when."""
    return f"msg_{request_id}"


def delivery_id_of(webhook_id: str, request_id: str) -> str:
    """The id of a request's end on its way to one endpoint: unguessable, as it takes both ids to know it."""
    return f"whd_{uuid.uuid5(_DELIVERIES, f'{webhook_id} {request_id}')}"


class RequestReader(Protocol):
    """The request table, to be read."""

    async def get(self, team_id: str, request_id: str) -> RequestRecord | None:
        """A row of this team."""
        ...


def ended_view(record: RequestRecord, base_url: str, *, sent_elsewhere: bool) -> RequestView:
    """The request at its end. A result that went to an `upload_url` has an empty URL: that address is a secret."""
    outputs = tuple(absolute(item, base_url) for item in record.items)
    if sent_elsewhere:
        outputs = tuple(msgspec.structs.replace(item, url="") for item in outputs)
    is_done = record.state == "done"
    failed = record.state == "failed"
    return RequestView(
        request_id=record.id,
        state=record.state,
        model=record.model,
        progress=100 if is_done else 0,
        outputs=outputs,
        error=JobError(code=record.error_code or "internal_error", message=record.error_message or "")
        if failed
        else None,
        cost_in_usd_ticks=record.cost_in_usd_ticks,
    )
