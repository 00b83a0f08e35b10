"""Routes of batches."""

from typing import Final

from imagined.contract import errors
from imagined.rest_api import batch_messages, batches
from imagined.rest_api.operations.kinds import JSON_REFUSALS, START_REFUSALS, Answer, Operation, Parameter

_BATCH_ID: Final = Parameter("batch_id", "`batch_` and a UUID.", place="path")
_PAGE: Final = (
    Parameter("limit", "Entries per page.", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
    Parameter("pagination_token", "From the page before."),
)
BATCHES: Final = (
    Operation(
        method="POST",
        path="/v1/batches",
        handler=batches.create_batch,
        tag="Batches",
        summary="Create a batch",
        description="Open, or filled from a stored JSON Lines file, which is read after the answer.",
        body=batch_messages.NewBatch,
        answers={200: Answer("The batch.", batch_messages.Batch)},
        refusals=(*JSON_REFUSALS, errors.NOT_FOUND, errors.RESOURCE_EXHAUSTED, errors.UNAVAILABLE),
    ),
    Operation(
        method="GET",
        path="/v1/batches",
        handler=batches.list_batches,
        tag="Batches",
        summary="List batches",
        description="The newest first.",
        parameters=_PAGE,
        answers={200: Answer("One page.", batch_messages.BatchList)},
        refusals=(errors.INVALID_ARGUMENT,),
    ),
    Operation(
        method="GET",
        path="/v1/batches/{batch_id}",
        handler=batches.get_batch,
        tag="Batches",
        summary="Get a batch",
        parameters=(_BATCH_ID,),
        answers={200: Answer("The batch, counted at this moment.", batch_messages.Batch)},
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="POST",
        path="/v1/batches/{batch_id}/requests",
        handler=batches.add_batch_requests,
        tag="Batches",
        summary="Add requests to an open batch",
        description="All or none. The same request under the same id again does nothing.",
        body=batch_messages.NewBatchRequests,
        parameters=(_BATCH_ID,),
        answers={200: Answer("They are accepted and durable.", {"type": "null"})},
        refusals=(*START_REFUSALS, errors.FAILED_PRECONDITION),
    ),
    Operation(
        method="GET",
        path="/v1/batches/{batch_id}/requests",
        handler=batches.list_batch_requests,
        tag="Batches",
        summary="List what is in a batch",
        parameters=(
            _BATCH_ID,
            *_PAGE,
            Parameter(
                "status",
                "Only those in this state; may be repeated.",
                {"type": "string", "enum": ["pending", "succeeded", "cancelled", "failed"]},
            ),
        ),
        answers={200: Answer("One page.", batch_messages.BatchRequestList)},
        refusals=(errors.INVALID_ARGUMENT, errors.NOT_FOUND),
    ),
    Operation(
        method="GET",
        path="/v1/batches/{batch_id}/results",
        handler=batches.list_batch_results,
        tag="Batches",
        summary="List the results of a batch",
        description="What has ended so far. URLs in it live an hour.",
        parameters=(_BATCH_ID, *_PAGE),
        answers={200: Answer("One page.", batch_messages.BatchResultList)},
        refusals=(errors.INVALID_ARGUMENT, errors.NOT_FOUND),
    ),
    Operation(
        method="POST",
        path="/v1/batches/{batch_id}:cancel",
        handler=batches.cancel_batch,
        tag="Batches",
        summary="Cancel what has not begun",
        parameters=(_BATCH_ID,),
        answers={200: Answer("The batch.", batch_messages.Batch)},
        refusals=(errors.NOT_FOUND,),
    ),
)
