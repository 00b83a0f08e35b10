"""The `BatchMgmt` service."""

from typing import Any, Final

from google.protobuf.empty_pb2 import Empty
from xai_sdk.proto import batch_pb2, batch_pb2_grpc

from imagined.contract.access import Caller
from imagined.contract.batches import EntryResult
from imagined.files.ports import BlobStore
from imagined.grpc_api import batch_messages
from imagined.grpc_api.calls import current_call
from imagined.grpc_api.options import MAX_MESSAGE_BYTES
from imagined.grpc_api.wire import Message, optional
from imagined.imagine.batches import BatchService

_INLINE_BYTES: Final = MAX_MESSAGE_BYTES // 2
"""Pictures inside one page of results. Base64 makes them a third larger, and a page has more than pictures."""


class BatchMgmt(batch_pb2_grpc.BatchMgmtServicer):  # type: ignore[misc]  # generated without types
    """Batches, what is in them, and their results."""

    def __init__(self, batches: BatchService, blobs: BlobStore) -> None:
        self._batches = batches
        self._blobs = blobs

    async def CreateBatch(self, request: Message, _: Any) -> Message:  # noqa: N802
        """A new batch."""
        call = current_call()
        batch = await self._batches.create(
            call.caller, request.name, request.input_file_id or None, is_retry=call.is_retry
        )
        return batch_messages.from_batch(batch)

    async def GetBatch(self, request: Message, _: Any) -> Message:  # noqa: N802
        """A batch's present state."""
        return batch_messages.from_batch(await self._batches.get(_caller(), request.batch_id))

    async def ListBatches(self, request: Message, _: Any) -> Message:  # noqa: N802
        """One page."""
        token = optional(request, "pagination_token")
        return batch_messages.from_page(await self._batches.list_batches(_caller(), request.limit, token))

    async def CancelBatch(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Cancel what has not begun."""
        return batch_messages.from_batch(await self._batches.cancel(_caller(), request.batch_id))

    async def AddBatchRequests(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Add requests, all or none."""
        await self._batches.add(_caller(), request.batch_id, batch_messages.to_entries(request))
        return Empty()

    async def ListBatchRequestMetadata(self, request: Message, _: Any) -> Message:  # noqa: N802
        """One page of what is in a batch."""
        token, states = optional(request, "pagination_token"), batch_messages.to_states(request)
        page = await self._batches.list_entries(_caller(), request.batch_id, request.limit, token, states)
        return batch_pb2.ListBatchRequestMetadataResponse(
            batch_request_metadata=[batch_messages.from_entry(entry) for entry in page.entries],
            pagination_token=page.next_token,
        )

    async def ListBatchResults(self, request: Message, _: Any) -> Message:  # noqa: N802
        """One page of what has ended."""
        token = optional(request, "pagination_token")
        page = await self._batches.list_results(
            _caller(), request.batch_id, request.limit, token, inline_bytes=_INLINE_BYTES
        )
        return batch_pb2.ListBatchResultsResponse(
            results=[await self._result(result) for result in page.results], pagination_token=page.next_token
        )

    async def GetBatchRequestResult(self, request: Message, _: Any) -> Message:  # noqa: N802
        """One request with its result; a pending one has none."""
        detail = await self._batches.get_entry(_caller(), request.batch_id, request.batch_request_id)
        return batch_pb2.GetBatchRequestResultResponse(
            request=batch_messages.from_detail(detail),
            result=None if detail.result is None else await self._result(detail.result),
        )

    async def _result(self, result: EntryResult) -> Message:
        if not result.as_base64 or not batch_messages.fits(result.view):
            return batch_messages.from_result(result, None)
        outputs = result.view.outputs
        pictures = [b"".join([chunk async for chunk in self._blobs.read(output.sha256)]) for output in outputs]
        return batch_messages.from_result(result, pictures)


def _caller() -> Caller:
    return current_call().caller
