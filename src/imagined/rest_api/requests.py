"""Requests of every kind, as rows: list, look, watch, cancel. This server's own routes."""

import re
from collections.abc import AsyncIterator
from typing import Final, get_args

from starlette.responses import Response, StreamingResponse

from imagined.access.permissions import check_endpoint, endpoint_of
from imagined.contract import errors
from imagined.contract.results import RequestState
from imagined.imagine.following import KeepAlive, Sight, Snapshot
from imagined.rest_api import request_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.common_messages import to_choices, to_limit
from imagined.rest_api.services import Call

MOST_LISTED: Final = 1000
LISTED: Final = 100
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_STATES: Final[tuple[RequestState, ...]] = get_args(RequestState)
_STREAM: Final = {"cache-control": "no-store", "x-accel-buffering": "no"}


async def list_requests(call: Call) -> Response:
    """`GET /x/requests`."""
    query = call.http.query_params
    states = to_choices(query.getlist("status"), _STATES, "status") or list(_STATES)
    limit = to_limit(query.get("limit"), MOST_LISTED, LISTED)
    views, token = await call.services.imagine.list_requests(
        call.caller, states, min(max(limit, 1), MOST_LISTED), query.get("pagination_token")
    )
    return json_answer(request_messages.from_page(views, token))


async def get_request(call: Call) -> Response:
    """`GET /x/requests/{request_id}`."""
    return json_answer(request_messages.from_view((await _snapshot(call)).view))


async def cancel_request(call: Call) -> Response:
    """`POST /x/requests/{request_id}:cancel`."""
    request_id = (await _snapshot(call)).view.request_id
    return json_answer(request_messages.from_view(await call.services.imagine.cancel(call.caller, request_id)))


async def watch_request(call: Call) -> Response:
    """`GET /x/requests/{request_id}/events`: server-sent events until the request has ended.

    Whoever has seen the last one is told by a 204, which a browser's EventSource takes for "do not come back".
    """
    snapshot = await _snapshot(call)
    seen = call.http.headers.get("last-event-id")
    if snapshot.is_last and seen == snapshot.id:
        return Response(status_code=204)
    sights = call.services.follower.follow(call.caller, snapshot.view.request_id, seen)
    return StreamingResponse(_told(sights), media_type="text/event-stream", headers=_STREAM)


async def _snapshot(call: Call) -> Snapshot:
    request_id = call.http.path_params["request_id"]
    if not _UUID.fullmatch(request_id):
        raise errors.malformed_request_id()
    snapshot = await call.services.follower.snapshot(call.caller, request_id)
    check_endpoint(call.caller, endpoint_of(snapshot.view.operation))
    return snapshot


async def _told(sights: AsyncIterator[Sight]) -> AsyncIterator[bytes]:
    async for sight in sights:
        match sight:
            case Snapshot():
                yield request_messages.event(sight)
            case KeepAlive():
                yield b": still here\n\n"
            case _:
                yield request_messages.preview_event(sight)
