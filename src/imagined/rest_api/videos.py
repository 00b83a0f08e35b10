"""The video routes: accept, then poll."""

import re
from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from imagined.contract import errors
from imagined.contract.requests import VideoRequest
from imagined.rest_api import video_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.json_bodies import Wire, read_json
from imagined.rest_api.services import Call
from imagined.rest_api.video_messages import Started, VideoEdit, VideoExtension, VideoGeneration

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


async def generate_video(call: Call) -> Response:
    """`POST /v1/videos/generations`."""
    return await _start(call, VideoGeneration, video_messages.to_generation)


async def edit_video(call: Call) -> Response:
    """`POST /v1/videos/edits`."""
    return await _start(call, VideoEdit, video_messages.to_edit)


async def extend_video(call: Call) -> Response:
    """`POST /v1/videos/extensions`."""
    return await _start(call, VideoExtension, video_messages.to_extension)


async def get_video(call: Call) -> Response:
    """`GET /v1/videos/{request_id}`: 202 while pending, 200 for every end."""
    request_id = call.http.path_params["request_id"]
    if not _UUID.fullmatch(request_id):
        raise errors.malformed_request_id()
    state = video_messages.from_view(await call.services.imagine.get(call.caller, request_id))
    return json_answer(state, 202 if state.status == "pending" else 200)


async def cancel_video(call: Call) -> Response:
    """`DELETE /v1/videos/{request_id}`: the state after it; what has ended already stays as it is."""
    request_id = call.http.path_params["request_id"]
    if not _UUID.fullmatch(request_id):
        raise errors.malformed_request_id()
    return json_answer(video_messages.from_view(await call.services.imagine.cancel(call.caller, request_id)))


async def _start(call: Call, wire_type: type[Wire], translate: Callable[[Wire], VideoRequest]) -> Response:
    request = await read_json(call.http, wire_type, translate, limit=call.services.limits.json_body_bytes)
    request_id = await call.services.imagine.start_video(call.caller, request, call_id=call.call_id)
    call.http.state.request_id = request_id
    return json_answer(Started(request_id=request_id))
