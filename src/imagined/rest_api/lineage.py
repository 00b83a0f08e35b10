"""How files were made: routes of this server's own."""

from starlette.responses import Response

from imagined.rest_api import lineage_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.services import Call


async def get_receipt(call: Call) -> Response:
    """`GET /x/files/{file_id}/receipt`."""
    file, receipt = await call.services.lineage.receipt(call.caller, _file_id(call))
    return json_answer(lineage_messages.from_receipt(file, receipt))


async def get_lineage(call: Call) -> Response:
    """`GET /x/files/{file_id}/lineage`."""
    return json_answer(lineage_messages.from_lineage(await call.services.lineage.lineage(call.caller, _file_id(call))))


async def start_replay(call: Call) -> Response:
    """`POST /x/files/{file_id}:replay`."""
    replay = await call.services.replays.start(call.caller, _file_id(call))
    call.http.state.request_id = replay.view.request_id
    return json_answer(lineage_messages.from_replay(replay), 202)


async def get_replay(call: Call) -> Response:
    """`GET /x/files/{file_id}/replays/{request_id}`."""
    replay = await call.services.replays.get(call.caller, _file_id(call), call.http.path_params["request_id"])
    return json_answer(lineage_messages.from_replay(replay))


def _file_id(call: Call) -> str:
    return str(call.http.path_params["file_id"])
