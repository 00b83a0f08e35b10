"""Routes of this server's own that tell how files were made."""

from typing import Final

from imagined.contract import errors
from imagined.rest_api import lineage, lineage_messages
from imagined.rest_api.operations.kinds import REQUEST_ID, Answer, Operation, Parameter

_FILE_ID: Final = Parameter("file_id", "`file_` and a UUID.", place="path")

LINEAGE: Final = (
    Operation(
        method="GET",
        path="/x/files/{file_id}/receipt",
        handler=lineage.get_receipt,
        tag="Lineage",
        summary="How a file was made",
        description="404 for files that were not made here, such as uploads of foreign pictures.",
        parameters=(_FILE_ID,),
        answers={200: Answer("The receipt.", lineage_messages.FileReceipt)},
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="GET",
        path="/x/files/{file_id}/lineage",
        handler=lineage.get_lineage,
        tag="Lineage",
        summary="What a file was made from, and what was made from it",
        description="Both trees follow bytes as well as file ids, and go on through files that were deleted.",
        parameters=(_FILE_ID,),
        answers={200: Answer("The file between its ancestors and its descendants.", lineage_messages.Lineage)},
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="POST",
        path="/x/files/{file_id}:replay",
        handler=lineage.start_replay,
        tag="Lineage",
        summary="Make a file once more",
        description=(
            "Queues a request with the seed, the parameters and the very inputs of the one that made the file. "
            "The result is ephemeral. 412 when an input's bytes are gone."
        ),
        parameters=(_FILE_ID,),
        answers={202: Answer("The replay, queued.", lineage_messages.FileReplay)},
        refusals=(
            errors.NOT_FOUND,
            errors.INVALID_ARGUMENT,
            errors.FAILED_PRECONDITION,
            errors.RESOURCE_EXHAUSTED,
            errors.UNAVAILABLE,
        ),
    ),
    Operation(
        method="GET",
        path="/x/files/{file_id}/replays/{request_id}",
        handler=lineage.get_replay,
        tag="Lineage",
        summary="How a replay stands",
        parameters=(_FILE_ID, REQUEST_ID),
        answers={200: Answer("The replay; with a verdict once it is done.", lineage_messages.FileReplay)},
        refusals=(errors.NOT_FOUND,),
    ),
)
