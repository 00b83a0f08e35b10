"""The batch routes."""

from typing import Final, get_args

from starlette.responses import Response

from imagined.contract import batches
from imagined.contract.batches import EntryResult, EntryState
from imagined.rest_api import batch_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.batch_messages import BatchResult, BatchResultList, NewBatch, NewBatchRequests
from imagined.rest_api.common_messages import to_choices, to_limit
from imagined.rest_api.images import read_outputs
from imagined.rest_api.json_bodies import read_json
from imagined.rest_api.services import Call

INLINE_BYTES: Final = 32 * 1024 * 1024
"""Pictures inside one page of results; the rest comes with the next page."""
_STATES: Final[tuple[EntryState, ...]] = get_args(EntryState)


async def create_batch(call: Call) -> Response:
    """`POST /v1/batches`."""
    asked = await read_json(call.http, NewBatch, lambda wire: wire, limit=call.services.limits.json_body_bytes)
    batch = await call.services.batches.create(
        call.caller, asked.name, asked.input_file_id or None, is_retry=call.is_retry
    )
    return json_answer(batch_messages.from_batch(batch))


async def list_batches(call: Call) -> Response:
    """`GET /v1/batches`."""
    page = await call.services.batches.list_batches(call.caller, _limit(call), _token(call))
    return json_answer(batch_messages.from_page(page))


async def get_batch(call: Call) -> Response:
    """`GET /v1/batches/{batch_id}`."""
    return json_answer(batch_messages.from_batch(await call.services.batches.get(call.caller, _batch_id(call))))


async def add_batch_requests(call: Call) -> Response:
    """`POST /v1/batches/{batch_id}/requests`: the answer is ``null``."""
    limit = call.services.limits.json_body_bytes
    entries = await read_json(call.http, NewBatchRequests, batch_messages.to_entries, limit=limit)
    await call.services.batches.add(call.caller, _batch_id(call), entries)
    return Response(b"null", media_type="application/json")


async def list_batch_requests(call: Call) -> Response:
    """`GET /v1/batches/{batch_id}/requests`."""
    page = await call.services.batches.list_entries(
        call.caller, _batch_id(call), _limit(call), _token(call), _states(call)
    )
    return json_answer(batch_messages.from_entries(page))


async def list_batch_results(call: Call) -> Response:
    """`GET /v1/batches/{batch_id}/results`."""
    page = await call.services.batches.list_results(
        call.caller, _batch_id(call), _limit(call), _token(call), inline_bytes=INLINE_BYTES
    )
    results = [await _result(call, result) for result in page.results]
    return json_answer(BatchResultList(results=results, pagination_token=page.next_token))


async def cancel_batch(call: Call) -> Response:
    """`POST /v1/batches/{batch_id}:cancel`."""
    return json_answer(batch_messages.from_batch(await call.services.batches.cancel(call.caller, _batch_id(call))))


async def _result(call: Call, result: EntryResult) -> BatchResult:
    pictures = await read_outputs(call.services.blobs, result.view) if result.as_base64 else None
    return batch_messages.from_result(result, pictures)


def _batch_id(call: Call) -> str:
    return str(call.http.path_params["batch_id"])


def _limit(call: Call) -> int:
    return to_limit(call.http.query_params.get("limit"), batches.MAX_LIST_LIMIT, batches.LIST_LIMIT)


def _token(call: Call) -> str | None:
    return call.http.query_params.get("pagination_token") or None


def _states(call: Call) -> list[EntryState]:
    return to_choices(call.http.query_params.getlist("status"), _STATES, "status")
