"""The file routes."""

from starlette.responses import PlainTextResponse, Response

from imagined.contract.errors import invalid
from imagined.contract.files import StoredFile
from imagined.rest_api import file_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.file_messages import FileDeleted, FileUpdate, PublicUrlRequest
from imagined.rest_api.json_bodies import read_json
from imagined.rest_api.services import Call, RestLimits
from imagined.rest_api.uploads import read_upload


async def upload_file(call: Call) -> Response:
    """`POST /v1/files`."""
    limits = call.services.limits
    upload = await read_upload(call.http, max_file_bytes=limits.any_upload_bytes)
    file = await call.services.files.upload(
        call.team_id,
        upload.filename,
        upload.chunks,
        max_bytes=_upload_limit(upload.filename, limits),
        expires_after=upload.expires_after,
        declared_type=upload.declared_type,
    )
    return json_answer(file_messages.from_file(file))


async def list_files(call: Call) -> Response:
    """`GET /v1/files`."""
    query = file_messages.to_list_query(call.http.query_params)
    return json_answer(file_messages.from_page(await call.services.files.list_files(call.team_id, query)))


async def get_file(call: Call) -> Response:
    """`GET /v1/files/{file_id}`."""
    return json_answer(file_messages.from_file(await _file(call)))


async def update_file(call: Call) -> Response:
    """`PUT /v1/files/{file_id}`."""
    change = await read_json(call.http, FileUpdate, lambda wire: wire, limit=call.services.limits.json_body_bytes)
    file = await call.services.files.update(
        call.team_id,
        call.http.path_params["file_id"],
        filename=change.filename,
        expires_after=change.expires_after,
    )
    return json_answer(file_messages.from_file(file))


async def delete_file(call: Call) -> Response:
    """`DELETE /v1/files/{file_id}`."""
    file_id = call.http.path_params["file_id"]
    await call.services.files.delete(call.team_id, file_id)
    return json_answer(FileDeleted(id=file_id))


async def get_content(call: Call) -> Response:
    """`GET /v1/files/{file_id}/content`."""
    form = call.http.query_params.get("format") or "original"
    if form not in ("original", "text"):
        raise invalid("format: must be one of original, text.")
    file = await _file(call)
    if form == "text":
        return PlainTextResponse(await call.services.files.text(file))
    return call.services.respond_with_file(call.http, file)


async def create_public_url(call: Call) -> Response:
    """`POST /v1/files/{file_id}/public-url`."""
    asked = await read_json(
        call.http,
        PublicUrlRequest,
        lambda wire: wire,
        limit=call.services.limits.json_body_bytes,
        may_be_empty=True,
    )
    public = await call.services.files.create_public_url(
        call.team_id, call.http.path_params["file_id"], asked.expires_after
    )
    return json_answer(file_messages.from_public_url(public))


async def revoke_public_url(call: Call) -> Response:
    """`POST /v1/files/{file_id}/public-url/revoke`."""
    revocation = await call.services.files.revoke_public_url(call.team_id, call.http.path_params["file_id"])
    return json_answer(file_messages.from_revocation(revocation))


async def _file(call: Call) -> StoredFile:
    return await call.services.files.get(call.team_id, call.http.path_params["file_id"])


def _upload_limit(filename: str, limits: RestLimits) -> int:
    return limits.jsonl_upload_bytes if filename.lower().endswith(".jsonl") else limits.upload_bytes
