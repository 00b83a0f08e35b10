"""The matrix of endpoints and fields: what is declared, what a run of the tests saw answered, and its page.

Fields are declared by the OpenAPI description and by the SDK's message descriptors; both are flattened to paths such
as ``images[].url``. A field was seen when a request that carried it was answered without an error.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import grpc
from google.protobuf.descriptor import Descriptor
from xai_sdk.proto import auth_pb2, batch_pb2, files_pb2, image_pb2, models_pb2, video_pb2

from imagined.rest_api.description import describe

DESCRIPTION: Final = describe()
MODULES: Final = (image_pb2, video_pb2, files_pb2, batch_pb2, models_pb2, auth_pb2)
METHODS: Final = {
    f"{service.name}.{method.name}": method
    for module in MODULES
    for service in module.DESCRIPTOR.services_by_name.values()
    for method in service.methods
}
RENAMED: Final = {
    ("ImageUrlContent", "image_url"): "url",
    ("GenerateImageRequest", "format"): "response_format",
    ("GetModelRequest", "name"): "model_id",
    ("UploadFileInit", "name"): "file",
    ("ListBatchRequestMetadataRequest", "status"): "status",
}
"""Fields that have another name over gRPC than over REST."""
WHOLE: Final = ("batch_request", "image_request", "video_request", "video_extension_request", "completion_request")
"""Requests inside a request; their fields stand in their own tables."""
NOT_FIELDS: Final = ("data",)
"""A file's bytes, which gRPC sends in messages of their own."""
REFUSED: Final = {
    ("generate_images", "size"): "refused: use `aspect_ratio` and `resolution`",
    ("edit_images", "size"): "refused: use `aspect_ratio` and `resolution`",
    ("generate_video", "reference_audios[].url"): "refused: use `voice_id`",
    ("add_batch_requests", "batch_requests[].completion_request"): "refused: no language models here",
}
NEVER_FOUND: Final = ("get_no_model", "get_no_model_2")
"""Operations that are served and answer 404 to everything."""
IGNORED: Final = ("detail", "type", "purpose", "team_id", "user")
"""Fields that are taken and change nothing in the answer."""
COLUMNS: Final = ("REST", "gRPC", "SDK")


@dataclass(frozen=True)
class Group:
    """One table: an operation of REST, the gRPC method for the same, and what tells its fields apart."""

    operation: str
    method: str | None = None
    without: tuple[str, ...] = ()
    """Beginnings of gRPC fields that belong to another table of the same method."""
    only: tuple[str, ...] = ()


_INPUT: Final = ("image", "images")
GROUPS: Final = (
    Group("generate_images", "Image.GenerateImage", without=_INPUT),
    Group("edit_images", "Image.GenerateImage"),
    Group("generate_video", "Video.GenerateVideo", without=("video",)),
    Group("edit_video", "Video.GenerateVideo", only=("prompt", "model", "video", "storage_options")),
    Group("extend_video", "Video.ExtendVideo"),
    Group("get_video", "Video.GetDeferredVideo"),
    Group("cancel_video"),
    Group("upload_file", "Files.UploadFile"),
    Group("list_files", "Files.ListFiles"),
    Group("get_file", "Files.RetrieveFile"),
    Group("update_file"),
    Group("delete_file", "Files.DeleteFile"),
    Group("get_content", "Files.RetrieveFileContent"),
    Group("create_public_url", "Files.CreatePublicUrl"),
    Group("revoke_public_url", "Files.RevokePublicUrl"),
    Group("create_batch", "BatchMgmt.CreateBatch"),
    Group("list_batches", "BatchMgmt.ListBatches"),
    Group("get_batch", "BatchMgmt.GetBatch"),
    Group("add_batch_requests", "BatchMgmt.AddBatchRequests"),
    Group("list_batch_requests", "BatchMgmt.ListBatchRequestMetadata"),
    Group("list_batch_results", "BatchMgmt.ListBatchResults"),
    Group("", "BatchMgmt.GetBatchRequestResult"),
    Group("cancel_batch", "BatchMgmt.CancelBatch"),
    Group("list_models"),
    Group("get_model"),
    Group("list_image_models", "Models.ListImageGenerationModels"),
    Group("get_image_model", "Models.GetImageGenerationModel"),
    Group("list_video_models"),
    Group("get_video_model"),
    Group("list_no_models", "Models.ListLanguageModels"),
    Group("get_no_model", "Models.GetLanguageModel"),
    Group("list_no_models_2", "Models.ListEmbeddingModels"),
    Group("get_no_model_2", "Models.GetEmbeddingModel"),
    Group("get_api_key", "Auth.get_api_key_info"),
    Group("get_me"),
    Group("get_usage"),
)
OPERATIONS: Final[dict[str, tuple[str, str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in DESCRIPTION["paths"].items()
    for method, operation in item.items()
    # What no client of the hosted API would call has pages and tests of its own.
    if operation["tags"] not in (["Service"], ["Requests"], ["Lineage"], ["Webhooks"])
}


def declared_rest(operation: str) -> list[str]:
    """Paths, query parameters and body fields of an operation, in the order of the description."""
    if not operation:
        return []
    _, _, described = OPERATIONS[operation]
    found = [parameter["name"] for parameter in described.get("parameters", ())]
    for content in described.get("requestBody", {}).get("content", {}).values():
        found += _schema_fields(content["schema"], "")
    return list(dict.fromkeys(found))


def declared_grpc(group: Group) -> list[str]:
    """Fields of the message of a group's method."""
    if group.method is None:
        return []
    fields = _message_fields(METHODS[group.method].input_type, "")
    return [name for name in fields if belongs(group, name)]


def belongs(group: Group, name: str) -> bool:
    """Whether a gRPC field stands in this table."""
    top = name.partition(".")[0].removesuffix("[]")
    return top not in group.without and (not group.only or top in group.only)


def sent_rest(value: Any, prefix: str = "") -> Iterator[str]:
    """The fields that a JSON body carries."""
    if isinstance(value, list):
        for item in value:
            yield from sent_rest(item, f"{prefix}[]")
    elif isinstance(value, dict) and not prefix.endswith(WHOLE):
        if prefix.endswith("public_url"):
            yield prefix
        for name, inner in value.items():
            yield from sent_rest(inner, f"{prefix}.{name}" if prefix else name)
    elif prefix:
        yield prefix


def sent_grpc(message: Any, prefix: str = "") -> Iterator[str]:
    """The fields that a message carries."""
    for descriptor, value in message.ListFields():
        path = _path(prefix, descriptor)
        if descriptor.message_type is None or descriptor.name in WHOLE:
            yield path
            continue
        if descriptor.name == "public_url":
            yield path
        for item in value if descriptor.is_repeated else [value]:
            yield from sent_grpc(item, path)


def _schema_fields(schema: Any, prefix: str) -> list[str]:
    if "$ref" in schema:
        schema = DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if prefix.endswith(WHOLE):
        return [prefix]
    if schema.get("type") == "null":
        return []
    found: list[str] = []
    for member in schema.get("anyOf", ()):
        found += _schema_fields(member, prefix)
    if "items" in schema:
        found += _schema_fields(schema["items"], f"{prefix}[]")
    for name, inner in schema.get("properties", {}).items():
        found += _schema_fields(inner, f"{prefix}.{name}" if prefix else name)
    is_scalar = not found or prefix.endswith("public_url")
    return list(dict.fromkeys([prefix] * is_scalar + found)) if prefix else found


def _message_fields(descriptor: Descriptor, prefix: str) -> list[str]:
    found = []
    for inner in descriptor.fields:
        path = _path(prefix, inner)
        if inner.name in NOT_FIELDS:
            continue
        if inner.message_type is None or inner.name in WHOLE:
            found.append(path)
        else:
            found += [path] if inner.name == "public_url" else []
            found += _message_fields(inner.message_type, path)
    return found


def _path(prefix: str, descriptor: Any) -> str:
    renamed = RENAMED.get((descriptor.containing_type.name, descriptor.name))
    name = renamed or (f"{descriptor.name}[]" if descriptor.is_repeated else descriptor.name)
    # The first message of an upload is no field of its own.
    return f"{prefix}.{name}" if prefix and prefix != "init" else name


@dataclass
class Seen:
    """What was answered: fields by table and column. The empty field is the call itself."""

    fields: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def rest(self, operation: str, names: Iterator[str] | list[str]) -> None:
        """An operation answered a request with these fields."""
        self.fields[f"{operation}/", "REST"] |= {"", *names}

    def grpc(self, method: str, message: Any, column: str) -> None:
        """A method answered a message. Which table it belongs to is decided by what the message is about."""
        group = _group(method, message)
        names = {"", *(name for name in sent_grpc(message) if belongs(group, name))}
        for name in {column, "gRPC"}:
            self.fields[f"{group.operation}/{'' if group.operation else group.method}", name] |= names

    def of(self, group: Group, column: str) -> set[str]:
        """The fields of a table that were seen."""
        return self.fields[f"{group.operation}/{'' if group.operation else group.method}", column]


def _group(method: str, message: Any) -> Group:
    candidates = [group for group in GROUPS if group.method == method]
    if method == "Image.GenerateImage":
        return candidates[bool(message.images) or message.HasField("image")]
    if method == "Video.GenerateVideo":
        return candidates[message.HasField("video")]
    return candidates[0]


class Watcher(grpc.UnaryUnaryClientInterceptor, grpc.StreamUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor):  # type: ignore[misc]
    """Notes what a client sends and gets an answer to."""

    def __init__(self, seen: Seen, column: str) -> None:
        self._seen = seen
        self._column = column

    def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        call = continuation(details, request)
        if call.code() is grpc.StatusCode.OK:
            self._note(details, request)
        return call

    def intercept_stream_unary(self, continuation: Any, details: Any, requests: Any) -> Any:
        sent = list(requests)
        call = continuation(details, iter(sent))
        if call.code() is grpc.StatusCode.OK:
            self._note(details, sent[0])
        return call

    def intercept_unary_stream(self, continuation: Any, details: Any, request: Any) -> Any:
        call = continuation(details, request)
        yield from call
        self._note(details, request)

    def _note(self, details: Any, message: Any) -> None:
        method = details.method
        name = method.decode() if isinstance(method, bytes) else method
        self._seen.grpc(name.removeprefix("/xai_api.").replace("/", "."), message, self._column)


def render(seen: Seen) -> str:
    """The tables of the page."""
    return "\n".join(_table(group, seen) for group in GROUPS)


def _table(group: Group, seen: Seen) -> str:
    rest, rpc = declared_rest(group.operation), declared_grpc(group)
    method, path, described = OPERATIONS.get(group.operation, ("", "", {"summary": "Get one result of a batch"}))
    names = [f"`{method} {path}`"] if path else []
    names += [f"`{group.method}`"] if group.method else []
    lines = [f"### {described['summary']}", "", " · ".join(names), ""]
    lines += ["| Field | REST | gRPC | SDK |", "|---|---|---|---|"]
    has = {"REST": bool(path), "gRPC": bool(group.method), "SDK": bool(group.method)}
    lines.append(_line("the call", "", group, seen, has))
    for name in dict.fromkeys([*rest, *rpc]):
        declared = {"REST": name in rest, "gRPC": name in rpc, "SDK": name in rpc}
        lines.append(_line(f"`{name}`", name, group, seen, declared))
    return "\n".join([*lines, ""])


def _line(shown: str, name: str, group: Group, seen: Seen, declared: dict[str, bool]) -> str:
    note = ", ignored" if name.rpartition(".")[2] in IGNORED else ""
    cells = []
    for column in COLUMNS:
        if declared[column] and group.operation in NEVER_FOUND:
            cells.append("404: there are none")
        elif declared[column] and (group.operation, name) in REFUSED and column != "SDK":
            cells.append(REFUSED[group.operation, name])
        else:
            cells.append(f"yes{note}" if name in seen.of(group, column) else "–")
    return f"| {shown} | {' | '.join(cells)} |"


def missing(seen: Seen) -> list[str]:
    """Declared fields and calls that were neither answered nor are listed as refused."""
    found = []
    for group in GROUPS:
        columns = {"REST": declared_rest(group.operation), "gRPC": declared_grpc(group)}
        present = {"REST": group.operation, "gRPC": group.method}
        for column, names in columns.items():
            if not present[column] or group.operation in NEVER_FOUND:
                continue
            wanted = {"", *(name for name in names if (group.operation, name) not in REFUSED)}
            label = group.operation or group.method
            found += [f"{column} {label} {name}".strip() for name in sorted(wanted - seen.of(group, column))]
    return found
