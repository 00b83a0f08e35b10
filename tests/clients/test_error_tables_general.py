"""Every other way in which a request is refused: keys, paths, bodies, files, public URLs, batches, models."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.empty_pb2 import Empty
from xai_sdk.proto import batch_pb2, files_pb2, image_pb2, models_pb2

from tests.support.refusals import Message, Rest, Row, Rpc, World, check, post, schema
from tests.support.scripted import scripted_server

UPLOAD_BYTES = 52 * 1024 * 1024
JPEG = b"\xff\xd8\xff\xe0 enough of a picture to be taken for one"
UNKNOWN = "file_00000000-0000-4000-8000-000000000000"
NO_BATCH = "batch_00000000-0000-4000-8000-000000000000"
TEXT = "text/plain; charset=utf-8"
WRONG_KEY = (
    "Incorrect API key provided. You can obtain an API key from the operator of this server (`imagined keys create`)."
)
LIFE = "must be between 3600 and 2592000 seconds, and is 5."
NAME = (
    "must not contain control characters, line separators, double quotes, semicolons or backslashes; "
    "character 2 is U+003B."
)
PARSING = "Failed to parse the request body as JSON: "
GENERATE = "/v1/images/generations"


def form(*parts: tuple[str, bytes]) -> bytes:
    """A multipart body; each part is the rest of its disposition, and its content."""
    pieces = [b"--XX\r\ncontent-disposition: form-data; " + head.encode() + b"\r\n\r\n" + body for head, body in parts]
    return b"\r\n".join([*pieces, b"--XX--\r\n"])


def multipart(*parts: tuple[str, bytes]) -> Rest:
    return Rest(path="/v1/files", body=form(*parts), headers={"content-type": "multipart/form-data; boundary=XX"})


def upload(name: str = "a.txt", data: bytes = b"words", **init: Any) -> Rpc:
    def messages(_: Any) -> Iterator[Any]:
        yield files_pb2.UploadFileChunk(init=files_pb2.UploadFileInit(name=name, **init))
        for start in range(0, len(data), 1 << 20):
            yield files_pb2.UploadFileChunk(data=data[start : start + (1 << 20)])

    return Rpc(method="Files/UploadFile", message=messages, kind="upload")


def file(file_id: str, path: str = "", method: str = "GET", body: Any = None) -> Rest:
    return Rest(path=f"/v1/files/{file_id}{path}", method=method, body=body)


def about(method: str, kind: Any, file_id: str, **fields: Any) -> Rpc:
    message: Message = lambda known: kind(file_id=file_id.format(**known), **fields)  # noqa: E731
    return Rpc(method=f"Files/{method}", message=message)


def sharing(file_id: str, status: int, error: str, life: int | None = None, **row: Any) -> Row:
    body = {} if life is None else {"expires_after": life}
    return Row(
        rest=file(file_id, "/public-url", "POST", body),
        status=status,
        error=error,
        rpc=about("CreatePublicUrl", files_pb2.CreatePublicUrlRequest, file_id, expires_after=life),
        **row,
    )


def batch(batch_id: str, prompt: str, model: str = "grok-imagine-image") -> tuple[Rest, Rpc]:
    """Adding a request under the id `a`."""
    body = {"batch_request_id": "a", "batch_request": {"image_generation": {"prompt": prompt, "model": model}}}

    def message(known: Any) -> Any:
        request = image_pb2.GenerateImageRequest(prompt=prompt, model=model, n=1)
        entry = batch_pb2.BatchRequest(batch_request_id="a", image_request=request)
        return batch_pb2.AddBatchRequestsRequest(batch_id=batch_id.format(**known), batch_requests=[entry])

    return (
        post(f"/v1/batches/{batch_id}/requests", {"batch_requests": [body]}),
        Rpc(method="BatchMgmt/AddBatchRequests", message=message),
    )


def adding(batch_id: str, prompt: str, status: int, error: str, **row: Any) -> Row:
    rest, rpc = batch(batch_id, prompt, row.pop("model", "grok-imagine-image"))
    return Row(rest=rest, rpc=rpc, status=status, error=error, **row)


KEY_INFO = Rest(path="/v1/api-key", method="GET")


def key(value: str, status: int, code: str, error: str, name: str) -> Row:
    return Row(
        rest=Rest(path="/v1/models", method="GET", headers={"authorization": value}),
        status=status,
        code=code,
        error=error,
        rpc=Rpc(
            method="Models/ListImageGenerationModels",
            message=Empty(),
            metadata=(("authorization", value),) if value else (),
        ),
        grpc=name,
    )


NOT_FOUND: dict[str, Any] = {"status": 404, "code": "not-found", "grpc": "NOT_FOUND"}
NO_FILE = f"File not found: {UNKNOWN}"

GENERAL = {
    "no credentials": key("", 401, "unauthenticated:no-credentials", "No credentials presented.", "UNAUTHENTICATED"),
    "a wrong key": key("Bearer xai-wrong", 400, "invalid-argument", WRONG_KEY, "UNAUTHENTICATED"),
    "malformed JSON": Row(
        rest=Rest(path=GENERATE, body='{"prompt": x}'),
        status=400,
        body=f"{PARSING}invalid character at line 1 column 12".encode(),
        content_type=TEXT,
    ),
    "half a JSON": Row(
        rest=Rest(path=GENERATE, body='{"prompt":\n"x'),
        status=400,
        body=f"{PARSING}EOF while parsing a value at line 2 column 2".encode(),
        content_type=TEXT,
    ),
    "a wrong content type": Row(
        rest=Rest(path=GENERATE, body=b"prompt=x", headers={"content-type": "application/x-www-form-urlencoded"}),
        status=415,
        code="unsupported-media-type",
        error="Expected request with `Content-Type: application/json`",
    ),
    "a multipart edit": Row(
        rest=Rest(path="/v1/images/edits", body=form(), headers={"content-type": "multipart/form-data; boundary=XX"}),
        status=415,
        code="unsupported-media-type",
        error="Expected request with `Content-Type: application/json`",
    ),
    "a wrong method": Row(rest=Rest(path=GENERATE, method="GET"), status=405, body=b"", content_type=""),
    "a word behind videos": Row(rest=Rest(path="/v1/videos/x", body={}), status=405, body=b"", content_type=""),
    "an unknown path": Row(
        rest=Rest(path="/v1/nothing", method="GET"),
        status=404,
        body=b'{"error":{"code":404,"message":"The requested resource was not found. Please check the URL; this '
        b"server's routes are listed at /docs.\"}}",
    ),
    "an unknown model": Row(
        rest=Rest(path="/v1/models/flux", method="GET"),
        error="The model flux does not exist or your team ours does not have access to it. "
        "Please ensure you're using the correct API key.",
        rpc=Rpc(method="Models/GetImageGenerationModel", message=models_pb2.GetModelRequest(name="flux")),
        **NOT_FOUND,
    ),
}

FILES = {
    "no file": Row(rest=multipart(('name="purpose"', b"x")), status=400, error="The form has no `file` part."),
    "no name": Row(
        rest=multipart(('name="file"', b"x")),
        status=400,
        error="The `file` part must have a filename.",
        rpc=upload(""),
        details="filename: must not be empty.",
    ),
    "a bad name": Row(
        rest=multipart(('name="file"; filename="a;b"', b"x")), status=400, error=f"filename: {NAME}", rpc=upload("a;b")
    ),
    "a long name": Row(
        rest=multipart((f'name="file"; filename="{"a" * 256}"', b"x")),
        status=400,
        error="filename: must be at most 255 characters long, and has 256.",
        rpc=upload("a" * 256),
    ),
    "a short life": Row(
        rest=multipart(('name="expires_after"', b"5"), ('name="file"; filename="a"', b"x")),
        status=400,
        error=f"expires_after: {LIFE}",
        rpc=upload(expires_after=5),
    ),
    "a life after the file": Row(
        rest=multipart(('name="file"; filename="a"', b"x"), ('name="expires_after"', b"3600")),
        status=400,
        error="`expires_after` must come before the `file` part.",
    ),
    "too large": Row(
        rest=multipart(('name="file"; filename="a"', bytes(UPLOAD_BYTES + 1))),
        status=413,
        code="payload-too-large",
        error=f"file: is larger than {UPLOAD_BYTES} bytes, the limit for uploads.",
        rpc=upload(data=bytes(UPLOAD_BYTES + 1)),
        grpc="RESOURCE_EXHAUSTED",
    ),
    "not a form": Row(
        rest=post("/v1/files", {}),
        status=415,
        code="unsupported-media-type",
        error="Expected request with `Content-Type: multipart/form-data`",
    ),
    "get": Row(
        rest=file(UNKNOWN),
        error=NO_FILE,
        rpc=about("RetrieveFile", files_pb2.RetrieveFileRequest, UNKNOWN),
        **NOT_FOUND,
    ),
    "get another team's": Row(
        rest=file("{foreign}"),
        error="File not found: {foreign}",
        rpc=about("RetrieveFile", files_pb2.RetrieveFileRequest, "{foreign}"),
        **NOT_FOUND,
    ),
    "delete": Row(
        rest=file(UNKNOWN, method="DELETE"),
        error=NO_FILE,
        rpc=about("DeleteFile", files_pb2.DeleteFileRequest, UNKNOWN),
        **NOT_FOUND,
    ),
    "delete again": Row(
        rest=file("{deleted}", method="DELETE"),
        error="File not found: {deleted}",
        rpc=about("DeleteFile", files_pb2.DeleteFileRequest, "{deleted}"),
        **NOT_FOUND,
    ),
    "update": Row(rest=file(UNKNOWN, method="PUT", body={"filename": "a"}), error=NO_FILE, **NOT_FOUND),
    "update to a bad name": Row(
        rest=file("{text}", method="PUT", body={"filename": "a;"}), status=400, error=f"filename: {NAME}"
    ),
    "content": Row(
        rest=file(UNKNOWN, "/content"),
        error=NO_FILE,
        rpc=Rpc(
            method="Files/RetrieveFileContent",
            message=files_pb2.RetrieveFileContentRequest(file_id=UNKNOWN),
            kind="download",
        ),
        **NOT_FOUND,
    ),
    "list a word": Row(
        rest=Rest(path="/v1/files?limit=all", method="GET"),
        status=400,
        error="limit: must be an integer from 1 to 100.",
    ),
    "list by a bad word": Row(
        rest=Rest(path="/v1/files?sort_by=age", method="GET"),
        status=400,
        error="sort_by: must be one of created_at, filename, size.",
        rpc=Rpc(method="Files/ListFiles", message=files_pb2.ListFilesRequest(sort_by=99, limit=1)),
        details="sort_by: unknown value 99, expected one of created_at, filename, size.",
    ),
    "share what is unknown": sharing(UNKNOWN, error=NO_FILE, **NOT_FOUND),
    "share what is no picture": sharing(
        "{text}",
        400,
        "file_id: files of type application/octet-stream cannot have a public URL. "
        "Supported types: image/png, image/jpeg, video/mp4, application/pdf.",
    ),
    "share a large file": sharing(
        "{large}", 400, f"file_id: files over 52428800 bytes cannot have a public URL; this has {UPLOAD_BYTES - 1}."
    ),
    "share briefly": sharing("{shared}", 400, f"expires_after: {LIFE}", 5),
    "share past the quota": sharing(
        "{picture}",
        429,
        "public_url: the team has 1 active public URLs, and 1 is the limit. Revoke some, or delete their files.",
        code="resource-exhausted",
        grpc="RESOURCE_EXHAUSTED",
    ),
    "share by a word": schema(
        Rest(path="/v1/files/{picture}/public-url", body={"expires_after": "soon"}),
        'expires_after: invalid type: string "soon", expected i32 at line 1 column 24',
    ),
}

BATCHES = {
    "no name": schema(Rest(path="/v1/batches", body="{}"), "missing field `name` at line 1 column 2"),
    "an unknown file": Row(
        rest=post("/v1/batches", {"name": "a", "input_file_id": UNKNOWN}),
        error=NO_FILE,
        rpc=Rpc(
            method="BatchMgmt/CreateBatch",
            message=batch_pb2.CreateBatchRequest(name="a", input_file_id=UNKNOWN),
        ),
        **NOT_FOUND,
    ),
    "an unknown batch": Row(
        rest=Rest(path=f"/v1/batches/{NO_BATCH}", method="GET"),
        error=f"Batch not found: {NO_BATCH}",
        rpc=Rpc(method="BatchMgmt/GetBatch", message=batch_pb2.GetBatchRequest(batch_id=NO_BATCH)),
        **NOT_FOUND,
    ),
    "the same id with other content": adding(
        "{open}",
        "another",
        412,
        "The batch already has a request with the id a and other content.",
        code="failed-precondition",
        grpc="FAILED_PRECONDITION",
    ),
    "a batch of a file": adding(
        "{sealed}",
        "x",
        412,
        "The batch was created from an input file. Requests cannot be added to it.",
        code="failed-precondition",
        grpc="FAILED_PRECONDITION",
    ),
    "a cancelled batch": adding(
        "{cancelled}",
        "x",
        403,
        "The batch has been cancelled. Requests can no longer be added to it.",
        code="permission-denied",
        grpc="PERMISSION_DENIED",
    ),
}


def _send(world: World, rest: Rest) -> Any:
    status, _, body = world.rest(rest)
    assert status == 200, body
    return json.loads(body)


def _stored(world: World, data: bytes) -> str:
    return str(_send(world, multipart(('name="file"; filename="a"', data)))["id"])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("refusals")
    create = [sys.executable, "-m", "imagined", "keys", "create", "--data-dir", str(folder / "data")]
    keys = {
        name: subprocess.run(
            [*create, "--name", name, *more], capture_output=True, text=True, check=True
        ).stdout.strip()
        for name, more in {
            "ours": ["--team", "ours"],
            "theirs": ["--team", "theirs"],
            "limited": ["--team", "ours", "--endpoint", "files", "--model", "grok-imagine-video"],
        }.items()
    }
    limits = {
        "IMAGINED_SERVER_DRAIN_SECONDS": "0",
        "IMAGINED_LIMITS_PUBLIC_URLS_PER_TEAM": "1",
        "IMAGINED_LIMITS_REST_UPLOAD_BYTES": str(UPLOAD_BYTES),
        "IMAGINED_LIMITS_GRPC_UPLOAD_BYTES": str(UPLOAD_BYTES),
    }
    with scripted_server(folder, "--auth", "keys", **limits) as server:
        ours = World(server, keys["ours"])
        known = {
            "limited": keys["limited"],
            "foreign": _stored(World(server, keys["theirs"]), b"theirs"),
            "text": _stored(ours, b"words"),
            "picture": _stored(ours, JPEG),
            "shared": _stored(ours, JPEG),
            "large": _stored(ours, JPEG + bytes(UPLOAD_BYTES - 1 - len(JPEG))),
            "deleted": _stored(ours, b"gone"),
        }
        _send(ours, file(known["shared"], "/public-url", "POST"))
        _send(ours, file(known["deleted"], method="DELETE"))
        for name in ("open", "cancelled"):
            known[name] = _send(ours, post("/v1/batches", {"name": name}))["batch_id"]
        _send(ours, batch(known["open"], "one")[0])
        _send(ours, Rest(path=f"/v1/batches/{known['cancelled']}:cancel"))
        lines = _stored(ours, b'{"custom_id":"a","url":"/v1/images/generations","body":{"prompt":"slow 1"}}\n')
        known["sealed"] = _send(ours, post("/v1/batches", {"name": "file", "input_file_id": lines}))["batch_id"]
        yield World(server, keys["ours"], known)


@pytest.mark.parametrize("name", GENERAL)
def test_keys_paths_and_bodies(world: World, name: str) -> None:
    check(world, GENERAL[name])


@pytest.mark.parametrize("name", FILES)
def test_files(world: World, name: str) -> None:
    check(world, FILES[name])


@pytest.mark.parametrize("name", BATCHES)
def test_batches(world: World, name: str) -> None:
    check(world, BATCHES[name])


@pytest.mark.parametrize(
    ("model", "what"), [("grok-imagine-image", "endpoint image"), ("grok-imagine-image-2.0", "endpoint image")]
)
def test_a_key_without_permission(world: World, model: str, what: str) -> None:
    limited = World(world.server, world.known["limited"])
    row = Row(
        rest=post(GENERATE, {"prompt": "x", "model": model}),
        status=403,
        code="permission-denied",
        error=f"The API key has no permission for the {what}.",
        rpc=Rpc(method="Image/GenerateImage", message=image_pb2.GenerateImageRequest(prompt="x", model=model)),
        grpc="PERMISSION_DENIED",
    )
    check(limited, row)


@pytest.mark.parametrize("name", ["text", "shared", "deleted", "foreign"])
def test_revoking_is_always_safe(world: World, name: str) -> None:
    path = f"/v1/files/{world.known[name]}/public-url/revoke"
    status, _, body = world.rest(Rest(path=path))
    assert (status, json.loads(body)["revoked"]) == (200, name == "shared")
    request = about("RevokePublicUrl", files_pb2.RevokePublicUrlRequest, world.known[name])
    assert world.rpc(request) == ("OK", "")


def test_a_request_that_is_not_ready(world: World) -> None:
    request_id = _send(world, post("/v1/videos/generations", {"prompt": "slow 30"}))["request_id"]
    status, _, body = world.rest(Rest(path=f"/v1/videos/{request_id}", method="GET"))
    assert (status, json.loads(body)["status"]) == (202, "pending")


def test_the_folder_holds_no_key(world: World) -> None:
    for path in [world.server.log, *Path(world.server.data_dir).rglob("*")]:
        if path.is_file() and path.stat().st_size < 1 << 20:
            assert world.key.encode() not in path.read_bytes(), f"{path} holds a key"
