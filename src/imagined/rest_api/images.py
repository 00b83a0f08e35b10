"""The image routes: accept, wait, answer with URLs or base64."""

from collections.abc import Callable

import msgspec
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from imagined.contract.outcomes import refusal
from imagined.contract.results import RequestView
from imagined.files.ports import BlobStore
from imagined.rest_api import image_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.image_messages import ImageCall, ImageEdit, ImageGeneration
from imagined.rest_api.json_bodies import Wire, read_json
from imagined.rest_api.leaving import unless_left
from imagined.rest_api.services import Call


async def generate_images(call: Call) -> Response:
    """`POST /v1/images/generations`."""
    return await _answer(call, ImageGeneration, image_messages.to_generation)


async def edit_images(call: Call) -> Response:
    """`POST /v1/images/edits`."""
    return await _answer(call, ImageEdit, image_messages.to_edit)


async def _answer(call: Call, wire_type: type[Wire], translate: Callable[[Wire], ImageCall]) -> Response:
    limit = call.services.limits.json_body_bytes
    image = await read_json(call.http, wire_type, translate, limit=limit)
    request_id = await call.services.imagine.start_image(call.caller, image.request, call_id=call.call_id)
    call.http.state.request_id = request_id
    view = await unless_left(call.services.imagine.wait(call.caller, request_id), call.http)
    if view is None:
        # Nobody reads the answer. A result that is kept, or that another call with this key may ask for, is finished.
        if image.request.storage is None and not call.call_id:
            await call.services.imagine.abandon(call.caller, request_id)
        raise ClientDisconnect
    if view.state != "done":
        raise refusal(view)
    pictures = await read_outputs(call.services.blobs, view) if image.as_base64 else None
    answer: msgspec.Struct = image_messages.from_view(view, pictures)
    return json_answer(answer)


async def read_outputs(blobs: BlobStore, view: RequestView) -> list[bytes]:
    """The bytes of every result of a request."""
    return [b"".join([chunk async for chunk in blobs.read(output.sha256)]) for output in view.outputs]
