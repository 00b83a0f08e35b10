"""Routes of requests as rows: this server's own."""

from typing import Final

from imagined.contract import errors
from imagined.rest_api import request_messages, requests
from imagined.rest_api.operations.kinds import REQUEST_ID, Answer, Operation, Parameter

_ID: Final = (REQUEST_ID,)
_REFUSALS: Final = (errors.INVALID_ARGUMENT, errors.NOT_FOUND)
REQUESTS: Final = (
    Operation(
        method="GET",
        path="/x/requests",
        handler=requests.list_requests,
        tag="Requests",
        summary="List requests",
        description="Image and video requests of the caller's team, the newest first. Those of batches are listed "
        "with their batch.",
        parameters=(
            Parameter(
                "status",
                "Only those in this state; may be repeated.",
                {"type": "string", "enum": ["queued", "running", "done", "failed", "cancelled", "expired"]},
            ),
            Parameter("limit", "Entries per page.", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
            Parameter("pagination_token", "From the page before."),
        ),
        answers={200: Answer("One page.", request_messages.RequestList)},
        refusals=(errors.INVALID_ARGUMENT,),
    ),
    Operation(
        method="GET",
        path="/x/requests/{request_id}",
        handler=requests.get_request,
        tag="Requests",
        summary="Look at a request",
        description="With the phase and step that its engine is at, or its place in the queue.",
        parameters=_ID,
        answers={200: Answer("The request.", request_messages.RequestDetail)},
        refusals=_REFUSALS,
    ),
    Operation(
        method="GET",
        path="/x/requests/{request_id}/events",
        handler=requests.watch_request,
        tag="Requests",
        summary="Watch a request",
        description="Server-sent events: `progress` at each change, `preview` with a small picture where the engine "
        "has one, and at the end `done`, `failed`, `cancelled` or `expired`. The data are those of the request.",
        parameters=(
            *_ID,
            Parameter("Last-Event-ID", "The id of the last event that was seen: it is not sent again.", place="header"),
        ),
        answers={
            200: Answer("The stream.", {"type": "string"}, ("text/event-stream",)),
            204: Answer("The last event was seen; there will be no other.", None, ()),
        },
        refusals=_REFUSALS,
    ),
    Operation(
        method="POST",
        path="/x/requests/{request_id}:cancel",
        handler=requests.cancel_request,
        tag="Requests",
        summary="Cancel a request",
        description="It stops at its engine's next step. What has ended stays as it is.",
        parameters=_ID,
        answers={200: Answer("The request after it.", request_messages.RequestDetail)},
        refusals=_REFUSALS,
    ),
)
