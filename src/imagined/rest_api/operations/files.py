"""Routes of stored files and their public URLs."""

from typing import Any, Final

from imagined.contract import errors
from imagined.rest_api import file_messages, files
from imagined.rest_api.operations.kinds import JSON_REFUSALS, Answer, Operation, Parameter

_FILE_ID: Final = Parameter("file_id", "`file_` and a UUID.", place="path")

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

FILES: Final = (
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
