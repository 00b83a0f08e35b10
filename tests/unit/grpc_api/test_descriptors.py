"""Every field of every request message of the SDK is handled, or is listed here as ignored on purpose.

Messages of the image and video calls and of file lists are tried field by field: setting a field must change the
translation. A field that a new SDK brings changes nothing and so fails here.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass
from xai_sdk.proto import auth_pb2, batch_pb2, files_pb2, image_pb2, models_pb2, video_pb2

from imagined.grpc_api import file_messages, image_messages, video_messages

IGNORED = {
    # How closely a language model should look at a picture; nothing here reads pictures that way.
    ("ImageUrlContent", "detail"),
}

READ_BY_SERVICERS = {
    "UploadFileChunk": {"init", "data"},
    "UploadFileInit": {"name", "expires_after"},
    "RetrieveFileRequest": {"file_id"},
    "DeleteFileRequest": {"file_id"},
    "RetrieveFileContentRequest": {"file_id", "format"},
    "CreatePublicUrlRequest": {"file_id", "expires_after"},
    "RevokePublicUrlRequest": {"file_id"},
    "GetDeferredVideoRequest": {"request_id"},
    "GetModelRequest": {"name"},
    "CreateBatchRequest": {"name", "input_file_id"},
    "GetBatchRequest": {"batch_id"},
    "CancelBatchRequest": {"batch_id"},
    "ListBatchesRequest": {"limit", "pagination_token"},
    # Its requests are those above, a language request, which is refused, and an id.
    "AddBatchRequestsRequest": {"batch_id", "batch_requests"},
    "ListBatchRequestMetadataRequest": {"batch_id", "limit", "pagination_token", "status"},
    "ListBatchResultsRequest": {"batch_id", "limit", "pagination_token"},
    "GetBatchRequestResultRequest": {"batch_id", "batch_request_id"},
    "Empty": set(),
}
"""Messages of one or two plain fields; the tests of their calls show that each field acts."""

TRANSLATED: dict[str, Callable[[Any], Any]] = {
    "GenerateImageRequest": image_messages.to_call,
    "GenerateVideoRequest": video_messages.to_generation,
    "ExtendVideoRequest": video_messages.to_extension,
    "ListFilesRequest": file_messages.to_list_query,
}

MODULES = (image_pb2, video_pb2, files_pb2, batch_pb2, models_pb2, auth_pb2)
REQUESTS: dict[str, Descriptor] = {
    method.input_type.name: method.input_type
    for module in MODULES
    for service in module.DESCRIPTOR.services_by_name.values()
    for method in service.methods
}


def filled(descriptor: Descriptor) -> Any:
    """A message whose fields are all set; of several fields in a oneof, the last wins."""
    message = GetMessageClass(descriptor)()
    for field in descriptor.fields:
        set_field(message, field)
    return message


def set_field(message: Any, field: FieldDescriptor) -> None:
    if field.message_type is not None:
        value = filled(field.message_type)
        target = getattr(message, field.name)
        target.append(value) if field.is_repeated else target.CopyFrom(value)
    elif field.enum_type is not None:
        setattr(message, field.name, 1)
    elif field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        setattr(message, field.name, f"words of {field.name}")
    else:
        setattr(message, field.name, 0 if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL else 7)


def places(descriptor: Descriptor, path: tuple[FieldDescriptor, ...] = ()) -> list[tuple[FieldDescriptor, ...]]:
    """Every field of a message and of the messages in it."""
    found = []
    for field in descriptor.fields:
        found.append((*path, field))
        if field.message_type is not None:
            found += places(field.message_type, (*path, field))
    return found


NEEDED = {"ExtendVideoRequest": "video", "VideoKeyframe": "image", "ImageUrlContent": "image_url"}
"""Fields without which a message is refused whatever else it says."""


def with_only(descriptor: Descriptor, path: tuple[FieldDescriptor, ...], *, last: bool) -> Any:
    """A message of what is needed and the fields on `path`; the last one set or not."""
    message = GetMessageClass(descriptor)()
    current = message
    for field in path:
        needed = NEEDED.get(current.DESCRIPTOR.name)
        if needed is not None and needed != field.name:
            set_field(current, current.DESCRIPTOR.fields_by_name[needed])
        if field is path[-1]:
            break
        inner = getattr(current, field.name)
        current = inner.add() if field.is_repeated else inner
        current.SetInParent()
    if last:
        set_field(current, path[-1])
    return message


def outcome(translate: Callable[[Any], Any], message: Any) -> Any:
    """What a message becomes; a refusal counts as much as a request."""
    try:
        return msgspec.to_builtins(translate(message))
    except Exception as refusal:
        return str(refusal)


CASES = [
    pytest.param(name, path, id=".".join([name, *(field.name for field in path)]))
    for name in TRANSLATED
    for path in places(REQUESTS[name])
]


@pytest.mark.parametrize(("name", "path"), CASES)
def test_every_field_makes_a_difference(name: str, path: tuple[FieldDescriptor, ...]) -> None:
    last = path[-1]
    without = outcome(TRANSLATED[name], with_only(REQUESTS[name], path, last=False))
    with_it = outcome(TRANSLATED[name], with_only(REQUESTS[name], path, last=True))
    if (last.containing_type.name, last.name) in IGNORED:
        assert with_it == without
    else:
        assert with_it != without


def test_every_request_message_is_known() -> None:
    assert set(REQUESTS) == set(TRANSLATED) | (set(READ_BY_SERVICERS) - {"UploadFileInit"})


@pytest.mark.parametrize("name", sorted(READ_BY_SERVICERS))
def test_messages_that_servicers_read(name: str) -> None:
    descriptor = files_pb2.UploadFileInit.DESCRIPTOR if name == "UploadFileInit" else REQUESTS[name]
    assert {field.name for field in descriptor.fields} == READ_BY_SERVICERS[name]


def test_the_kinds_of_requests_in_a_batch_are_known() -> None:
    fields = {field.name for field in batch_pb2.BatchRequest.DESCRIPTOR.fields}
    served = {"image_request", "video_request", "video_extension_request"}
    assert fields == {"batch_request_id", "completion_request", *served}
