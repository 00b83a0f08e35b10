"""The table of routes: what is served where, and everything that the description says about it.

The application and `/openapi.json` are both made from this table, so no route can be missing from either.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from imagined.access.permissions import Endpoint
from imagined.contract import errors
from imagined.contract.errors import ErrorKind
from imagined.rest_api import (
    batch_messages,
    batches,
    file_messages,
    files,
    image_messages,
    images,
    model_messages,
    models,
    usage,
    video_messages,
    videos,
)
from imagined.rest_api.services import Handler


@dataclass(frozen=True)
class Parameter:
    """A query parameter, the one in a path, or a header."""

    name: str
    description: str
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})
    place: Literal["query", "path", "header"] = "query"


@dataclass(frozen=True)
class Answer:
    """A successful answer. No type: bytes."""

    description: str
    type: Any = None
    media: tuple[str, ...] = ("application/json",)
    """Content types; none where there is no body."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    handler: Handler
    tag: str
    summary: str
    description: str = ""
    body: Any = None
    """A wire type, or the schema of a form."""
    body_media_type: str = "application/json"
    body_required: bool = True
    parameters: tuple[Parameter, ...] = ()
    answers: dict[int, Answer]
    refusals: tuple[ErrorKind, ...] = ()
    """Beyond those that every operation has."""

    @property
    def endpoint(self) -> Endpoint | None:
        """The part of the API that a key must be allowed to use; None: every key may."""
        return _ENDPOINTS.get(self.tag)

    @property
    def name(self) -> str:
        """The handler's name: unique, and stable for generated clients."""
        return self.handler.__name__ + ("_2" if self.path.startswith("/v1/embedding") else "")


_ENDPOINTS: Final[dict[str, Endpoint]] = {
    "Images": "image",
    "Videos": "video",
    "Files": "files",
    "Batches": "batch",
    "Models": "models",
}
JSON_REFUSALS: Final = (
    errors.INVALID_ARGUMENT,
    errors.MALFORMED_JSON,
    errors.TOO_LARGE,
    errors.UNSUPPORTED_MEDIA_TYPE,
    errors.SCHEMA,
)
START_REFUSALS: Final = (*JSON_REFUSALS, errors.NOT_FOUND, errors.RESOURCE_EXHAUSTED, errors.UNAVAILABLE)

_SAME_CALL: Final = (
    Parameter(
        "Idempotency-Key",
        "A name for this call: a second one with the same name and body, while the first runs or within a minute "
        "of its end, answers with the first one's request. `X-Idempotency-Key` is read too.",
        place="header",
    ),
)
_FILE_ID: Final = Parameter("file_id", "`file_` and a UUID.", place="path")
_MODEL_ID: Final = Parameter("model_id", "An id or an alias.", place="path")
_REQUEST_ID: Final = Parameter(
    "request_id", "What the POST answered.", {"type": "string", "format": "uuid"}, place="path"
)

UPLOAD_FORM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "expires_after": {
            "type": "integer",
            "minimum": 3600,
            "maximum": 2592000,
            "description": "Lifetime in seconds from the upload. Must come before `file`.",
        },
        "expires_after[anchor]": {
            "type": "string",
            "enum": ["created_at"],
            "description": "With `expires_after[seconds]`, another spelling of `expires_after`.",
        },
        "expires_after[seconds]": {"type": "integer", "minimum": 3600, "maximum": 2592000},
        "purpose": {"type": "string", "description": "Accepted and ignored."},
        "team_id": {"type": "string", "description": "Accepted and ignored; the key decides."},
        "file": {
            "type": "string",
            "format": "binary",
            "description": "The bytes. The part must carry a filename, which becomes the file's name.",
        },
    },
}

_IMAGES: Final = (
    Operation(
        method="POST",
        path="/v1/images/generations",
        handler=images.generate_images,
        tag="Images",
        summary="Generate images",
        description="Answers when the images are there. The `x-request-id` header is the id of the request.",
        body=image_messages.ImageGeneration,
        parameters=_SAME_CALL,
        answers={200: Answer("The images.", image_messages.ImageAnswer)},
        refusals=(*START_REFUSALS, errors.CONTENT_MODERATED),
    ),
    Operation(
        method="POST",
        path="/v1/images/edits",
        handler=images.edit_images,
        tag="Images",
        summary="Edit images",
        description="Changes `image`, or combines `images`, by the prompt. One input keeps its shape.",
        body=image_messages.ImageEdit,
        parameters=_SAME_CALL,
        answers={200: Answer("The images.", image_messages.ImageAnswer)},
        refusals=(*START_REFUSALS, errors.CONTENT_MODERATED),
    ),
)

_STARTED: Final = {200: Answer("The request is accepted and durable.", video_messages.Started)}
_VIDEOS: Final = (
    Operation(
        method="POST",
        path="/v1/videos/generations",
        handler=videos.generate_video,
        tag="Videos",
        summary="Start a video",
        description="From text, or from a first frame, references, a last frame or keyframes. Poll for the result.",
        body=video_messages.VideoGeneration,
        parameters=_SAME_CALL,
        answers=_STARTED,
        refusals=START_REFUSALS,
    ),
    Operation(
        method="POST",
        path="/v1/videos/edits",
        handler=videos.edit_video,
        tag="Videos",
        summary="Start a video edit",
        body=video_messages.VideoEdit,
        parameters=_SAME_CALL,
        answers=_STARTED,
        refusals=START_REFUSALS,
    ),
    Operation(
        method="POST",
        path="/v1/videos/extensions",
        handler=videos.extend_video,
        tag="Videos",
        summary="Start a video extension",
        description="The result is one file: the input and what follows it.",
        body=video_messages.VideoExtension,
        parameters=_SAME_CALL,
        answers=_STARTED,
        refusals=START_REFUSALS,
    ),
    Operation(
        method="GET",
        path="/v1/videos/{request_id}",
        handler=videos.get_video,
        tag="Videos",
        summary="Poll a video request",
        parameters=(_REQUEST_ID,),
        answers={
            200: Answer("The request has ended: done, failed or expired.", video_messages.VideoState),
            202: Answer("Still pending.", video_messages.VideoState),
        },
        refusals=(errors.INVALID_ARGUMENT, errors.NOT_FOUND),
    ),
)

_FILES: Final = (
    Operation(
        method="POST",
        path="/v1/files",
        handler=files.upload_file,
        tag="Files",
        summary="Upload a file",
        description="The body is streamed; a Content-Length is not needed.",
        body=UPLOAD_FORM,
        body_media_type="multipart/form-data",
        answers={200: Answer("The stored file.", file_messages.File)},
        refusals=(errors.INVALID_ARGUMENT, errors.TOO_LARGE, errors.UNSUPPORTED_MEDIA_TYPE),
    ),
    Operation(
        method="GET",
        path="/v1/files",
        handler=files.list_files,
        tag="Files",
        summary="List files",
        parameters=(
            Parameter("limit", "Files per page.", {"type": "integer", "minimum": 1, "maximum": 100, "default": 100}),
            Parameter("order", "Direction.", {"type": "string", "enum": ["asc", "desc"], "default": "desc"}),
            Parameter(
                "sort_by",
                "Key.",
                {"type": "string", "enum": ["created_at", "filename", "size"], "default": "created_at"},
            ),
            Parameter("pagination_token", "From the page before, with the same order and key."),
            Parameter("after", "A file id: the page starts behind it."),
            Parameter("filter", 'An AIP-160 expression, for example `size_bytes > 1048576 AND name:"harbour"`.'),
        ),
        answers={200: Answer("One page.", file_messages.FileList)},
        refusals=(errors.INVALID_ARGUMENT,),
    ),
    Operation(
        method="GET",
        path="/v1/files/{file_id}",
        handler=files.get_file,
        tag="Files",
        summary="Get a file's metadata",
        parameters=(_FILE_ID,),
        answers={200: Answer("The file.", file_messages.File)},
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="PUT",
        path="/v1/files/{file_id}",
        handler=files.update_file,
        tag="Files",
        summary="Rename a file or move its expiry",
        body=file_messages.FileUpdate,
        parameters=(_FILE_ID,),
        answers={200: Answer("The file.", file_messages.File)},
        refusals=(*JSON_REFUSALS, errors.NOT_FOUND),
    ),
    Operation(
        method="DELETE",
        path="/v1/files/{file_id}",
        handler=files.delete_file,
        tag="Files",
        summary="Delete a file and its public URL",
        parameters=(_FILE_ID,),
        answers={200: Answer("It is gone.", file_messages.FileDeleted)},
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="GET",
        path="/v1/files/{file_id}/content",
        handler=files.get_content,
        tag="Files",
        summary="Download a file",
        parameters=(
            _FILE_ID,
            Parameter(
                "format",
                "`text` only for files that are text.",
                {"type": "string", "enum": ["original", "text"], "default": "original"},
            ),
        ),
        answers={
            200: Answer("The bytes, or their text.", media=("application/octet-stream", "text/plain")),
            206: Answer("The range that was asked for.", media=("application/octet-stream",)),
            304: Answer("Not modified.", media=()),
            412: Answer("A condition on the content does not hold.", media=()),
            416: Answer("The range lies outside the content.", media=()),
        },
        refusals=(errors.INVALID_ARGUMENT, errors.NOT_FOUND),
    ),
    Operation(
        method="POST",
        path="/v1/files/{file_id}/public-url",
        handler=files.create_public_url,
        tag="Files",
        summary="Publish a file, or move the expiry of its URL",
        body=file_messages.PublicUrlRequest,
        body_required=False,
        parameters=(_FILE_ID,),
        answers={200: Answer("The URL, the same one at each call until it is revoked.", file_messages.PublicUrl)},
        refusals=(*JSON_REFUSALS, errors.NOT_FOUND, errors.RESOURCE_EXHAUSTED),
    ),
    Operation(
        method="POST",
        path="/v1/files/{file_id}/public-url/revoke",
        handler=files.revoke_public_url,
        tag="Files",
        summary="Revoke a file's public URL",
        description="Safe for any id. The URL answers 404 at once.",
        parameters=(_FILE_ID,),
        answers={200: Answer("What was done.", file_messages.Revoked)},
    ),
)


def _listing(path: str, handler: Handler, summary: str, answer: Any) -> Operation:
    return Operation(
        method="GET", path=path, handler=handler, tag="Models", summary=summary, answers={200: Answer("All.", answer)}
    )


def _entry(path: str, handler: Handler, summary: str, answer: Any) -> Operation:
    return Operation(
        method="GET",
        path=path + "/{model_id}",
        handler=handler,
        tag="Models",
        summary=summary,
        parameters=(_MODEL_ID,),
        answers={200: Answer("The model.", answer)},
        refusals=(errors.NOT_FOUND,),
    )


_MODELS: Final = (
    _listing("/v1/models", models.list_models, "List models", model_messages.ModelList),
    _entry("/v1/models", models.get_model, "Get a model", model_messages.Model),
    _listing("/v1/image-generation-models", models.list_image_models, "List image models", model_messages.ImageModels),
    _entry("/v1/image-generation-models", models.get_image_model, "Get an image model", model_messages.ImageModel),
    _listing("/v1/video-generation-models", models.list_video_models, "List video models", model_messages.VideoModels),
    _entry("/v1/video-generation-models", models.get_video_model, "Get a video model", model_messages.VideoModel),
    _listing("/v1/language-models", models.list_no_models, "No language models", model_messages.NoModels),
    _entry("/v1/language-models", models.get_no_model, "No language model", model_messages.Model),
    _listing("/v1/embedding-models", models.list_no_models, "No embedding models", model_messages.NoModels),
    _entry("/v1/embedding-models", models.get_no_model, "No embedding model", model_messages.Model),
)

_KEYS: Final = (
    Operation(
        method="GET",
        path="/v1/api-key",
        handler=models.get_api_key,
        tag="Keys",
        summary="Information on the key that was sent",
        answers={200: Answer("The key, redacted.", model_messages.ApiKey)},
    ),
    Operation(
        method="GET",
        path="/v1/me",
        handler=models.get_me,
        tag="Keys",
        summary="Who is calling",
        answers={200: Answer("The caller.", model_messages.Me)},
    ),
)

_BATCH_ID: Final = Parameter("batch_id", "`batch_` and a UUID.", place="path")
_PAGE: Final = (
    Parameter("limit", "Entries per page.", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
    Parameter("pagination_token", "From the page before."),
)
_BATCHES: Final = (
    Operation(
        method="POST",
        path="/v1/batches",
        handler=batches.create_batch,
        tag="Batches",
        summary="Create a batch",
        description="Open, or filled from a stored JSON Lines file, which is read after the answer.",
        body=batch_messages.NewBatch,
        answers={200: Answer("The batch.", batch_messages.Batch)},
        refusals=(*JSON_REFUSALS, errors.NOT_FOUND, errors.UNAVAILABLE),
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

_DAY: Final[dict[str, Any]] = {"type": "string", "format": "date"}
_OWN: Final = (
    Operation(
        method="GET",
        path="/x/usage",
        handler=usage.get_usage,
        tag="Usage",
        summary="What the caller's team has used, day by day",
        description="A route of this server's own. Without days: the last 30. Days are UTC.",
        parameters=(
            Parameter("from", "The first day; 366 at most are reported at once.", _DAY),
            Parameter("to", "The last day; today when it is left out.", _DAY),
        ),
        answers={200: Answer("Days with usage, and their sum.", usage.TeamUsage)},
        refusals=(errors.INVALID_ARGUMENT,),
    ),
)

OPERATIONS: Final[tuple[Operation, ...]] = (*_IMAGES, *_VIDEOS, *_FILES, *_BATCHES, *_MODELS, *_KEYS, *_OWN)
