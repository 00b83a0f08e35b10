"""Every field of every endpoint, sent once over REST, gRPC and by the official SDK; and the page that says so.

``make compatibility`` writes the page from what this run saw. A field that is declared and was never answered fails
here, and so does a page that says anything else.
"""

import http.server
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import httpx2
import pytest
import xai_sdk
from xai_sdk.proto import batch_pb2, files_pb2, image_pb2

from imagined.cli.server_process import ServerProcess
from tests.support.compatibility import (
    DESCRIPTION,
    GROUPS,
    METHODS,
    OPERATIONS,
    Seen,
    Watcher,
    missing,
    render,
    sent_rest,
)
from tests.support.scripted import scripted_server

PAGE = Path(__file__).parents[2] / "docs" / "compatibility.md"
BEGIN, END = "<!-- The tables below are written by `make compatibility`. -->\n", "<!-- The end of the tables. -->\n"
IMAGE, CLASSIC, NEWER = "grok-imagine-image", "grok-imagine-video", "grok-imagine-video-1.5"
QUICKLY: Any = {"interval": timedelta(milliseconds=50), "timeout": timedelta(seconds=60)}
STORAGE = {"filename": "a", "expires_after": 7200, "public_url": {"expires_after": 3600}}
JPEG = b"\xff\xd8\xff\xe0 enough of a picture to be taken for one"


class Sink(http.server.BaseHTTPRequestHandler):
    """Takes what is PUT."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quietly."""


@dataclass
class Walk:
    """A client of each kind, the things they speak of, and what was seen."""

    server: ServerProcess
    seen: Seen
    http: httpx2.Client
    sink: str
    url: str = ""
    picture: str = ""
    film: str = ""
    film_url: str = ""
    request: str = ""

    def rest(self, operation: str, ids: dict[str, str] | None = None, **sent: Any) -> Any:
        """Call an operation and note its fields; a video is waited for."""
        method, path, _ = OPERATIONS[operation]
        params, body = sent.get("params", {}), sent.get("json")
        headers = {"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}
        answer = self.http.request(method, path.format(**(ids or {})), headers=headers, **sent)
        assert answer.is_success, answer.text
        if operation in ("generate_video", "edit_video", "extend_video"):
            self.finished(answer.json()["request_id"])
        form = [*(name for name, _ in sent.get("files", ()))]
        self.seen.rest(operation, [*(ids or {}), *params, *headers, *form, *sent_rest(body)])
        return answer

    def finished(self, request_id: str) -> Any:
        while (answer := self.http.get(f"/v1/videos/{request_id}").json())["status"] == "pending":
            pass
        assert answer["status"] == "done", answer
        return answer

    def channel(self) -> Any:
        return grpc.intercept_channel(grpc.insecure_channel(self.server.target.grpc), Watcher(self.seen, "gRPC"))

    def sdk(self) -> xai_sdk.Client:
        client: Any = xai_sdk.Client(api_key="xai-test", api_host=self.server.target.grpc)
        channel = grpc.intercept_channel(client._api_channel, Watcher(self.seen, "SDK"))
        for room in ("auth", "batch", "files", "image", "models", "video"):
            setattr(client, room, type(getattr(client, room))(channel))
        return client


@pytest.fixture(scope="module")
def sink() -> Iterator[str]:
    """Where videos can be sent."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with closing(server.socket):
        yield f"http://127.0.0.1:{server.server_port}/put"
        server.shutdown()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, sink: str) -> Iterator[Walk]:
    """Everything has been called once."""
    folder = tmp_path_factory.mktemp("compatibility")
    with (
        scripted_server(folder, IMAGINED_NETWORK_ALLOW_PRIVATE_NETWORKS="true") as server,
        httpx2.Client(base_url=server.target.url, timeout=60) as client,
    ):
        walk = Walk(server, Seen(), client, sink)
        make_inputs(walk)
        for drive in (rest_images, rest_videos, rest_files, rest_batches, rest_lists):
            drive(walk)
        with walk.sdk() as sdk:
            for drive_sdk in (sdk_images, sdk_videos, sdk_files, sdk_batches, sdk_models):
                drive_sdk(walk, sdk)
        raw_calls(walk)
        yield walk


def make_inputs(walk: Walk) -> None:
    storage = {"filename": "a"}
    made = walk.http.post("/v1/images/generations", json={"prompt": "x", "storage_options": storage}).json()
    walk.url, walk.picture = made["data"][0]["url"], made["data"][0]["file_output"]["file_id"]
    body = {"prompt": "x", "duration": 2, "storage_options": storage}
    walk.request = walk.http.post("/v1/videos/generations", json=body).json()["request_id"]
    video = walk.finished(walk.request)["video"]
    walk.film, walk.film_url = video["file_output"]["file_id"], video["url"]


def by_url(walk: Walk) -> dict[str, str]:
    return {"url": walk.url, "type": "image_url"}


def by_file(walk: Walk) -> dict[str, str]:
    return {"file_id": walk.picture}


def rest_images(walk: Walk) -> None:
    body = {
        **{"prompt": "x", "model": IMAGE, "n": 2, "aspect_ratio": "1:2", "resolution": "1k", "quality": "low"},
        **{"response_format": "b64_json", "storage_options": STORAGE, "user": "u"},
    }
    walk.rest("generate_images", json=body)
    url, file = by_url(walk), by_file(walk)
    walk.rest("edit_images", json=body | {"image": url})
    for change in ({"image": file}, {"image_url": url}, {"image_url": file}, {"images": [url, file]}):
        walk.rest("edit_images", json={"prompt": "x", **change})


def rest_videos(walk: Walk) -> None:
    url, file = by_url(walk), by_file(walk)
    common = {"prompt": "x", "storage_options": STORAGE, "output": {"upload_url": walk.sink}, "user": "u"}
    size = {"duration": 2, "aspect_ratio": "9:16", "resolution": "480p", "generate_audio": False}
    walk.rest("generate_video", json=common | size | {"model": CLASSIC})
    for change in (
        *({name: source} for name in ("image", "image_url", "input_reference") for source in (url, file)),
        *({"last_frame": source} for source in (url, file)),
        *({"keyframes": [{"image": source, "timestamp_s": 0.5}]} for source in (url, file)),
        {"reference_images": [url, file], "reference_audios": [{"voice_id": "ara"}]},
    ):
        walk.rest("generate_video", json={"prompt": "x", "seconds": 1, "model": NEWER, **change})
    for number, film in enumerate(({"url": walk.film_url, "type": "video_url"}, {"file_id": walk.film})):
        walk.rest("edit_video", json=common | {"model": CLASSIC, "video": film})
        length = {("duration", "seconds")[number]: 1}
        walk.rest("extend_video", json=common | {"model": CLASSIC, "video": film} | length)
    walk.rest("get_video", {"request_id": walk.request})
    walk.rest("cancel_video", {"request_id": walk.request})


def rest_files(walk: Walk) -> None:
    part = ("a.jpg", JPEG)
    file = walk.rest("upload_file", files=[("expires_after", (None, "7200")), ("file", part)]).json()["id"]
    named = [
        ("expires_after[anchor]", "created_at"),
        ("expires_after[seconds]", "7200"),
        ("purpose", "x"),
        ("team_id", "x"),
    ]
    walk.rest("upload_file", files=[*((name, (None, value)) for name, value in named), ("file", part)])
    page = {"limit": "1", "order": "asc", "sort_by": "size", "filter": "size_bytes > 1"}
    token = walk.rest("list_files", params=page).json()["pagination_token"]
    walk.rest("list_files", params=page | {"pagination_token": token})
    walk.rest("list_files", params={"after": file})
    ids = {"file_id": file}
    walk.rest("get_file", ids)
    walk.rest("update_file", ids, json={"filename": "b.jpg", "expires_after": 7200})
    walk.rest("get_content", ids, params={"format": "original"})
    walk.rest("create_public_url", ids, json={"expires_after": 3600})
    walk.rest("revoke_public_url", ids)
    walk.rest("delete_file", ids)


def rest_batches(walk: Walk) -> None:
    line = b'{"custom_id":"a","url":"/v1/images/generations","body":{"prompt":"x"}}\n'
    file = walk.http.post("/v1/files", files={"file": ("a.jsonl", line)}).json()["id"]
    walk.rest("create_batch", json={"name": "a", "input_file_id": file})
    ids = {"batch_id": walk.rest("create_batch", json={"name": "a"}).json()["batch_id"]}
    entries = [
        {"batch_request_id": str(number), "batch_request": {"image_generation": {"prompt": "x"}}} for number in range(3)
    ]
    walk.rest("add_batch_requests", ids, json={"batch_requests": entries})
    for operation, page in (("list_batches", {}), ("list_batch_requests", ids), ("list_batch_results", ids)):
        params: dict[str, str] = {"limit": "1"}
        while not (token := walk.rest(operation, page, params=params).json()["pagination_token"]):
            pass
        walk.rest(operation, page, params=params | {"pagination_token": token})
    walk.rest("list_batch_requests", ids, params={"status": "succeeded"})
    walk.rest("get_batch", ids)
    walk.rest("cancel_batch", ids)


def rest_lists(walk: Walk) -> None:
    for operation, (method, path, described) in OPERATIONS.items():
        if described["tags"][0] in ("Models", "Keys") and not operation.startswith("get_no_model"):
            assert method == "GET"
            name = CLASSIC if "video" in path else IMAGE
            walk.rest(operation, {"model_id": name} if "{" in path else None)
        elif operation.startswith("get_no_model"):
            assert walk.http.get(path.format(model_id="grok-4")).status_code == 404
    walk.rest("get_usage", params={"from": "2026-01-01", "to": "2026-01-02"})


def sdk_images(walk: Walk, sdk: Any) -> None:
    choices = {"aspect_ratio": "1:2", "resolution": "1k", "quality": "low", "image_format": "base64", "user": "u"}
    sdk.image.sample_batch("x", IMAGE, 2, storage_options=STORAGE, **choices)
    for source in ({"image_url": walk.url}, {"image_file_id": walk.picture}):
        sdk.image.sample("x", IMAGE, storage_options=STORAGE, **source, **choices)
    sdk.image.sample("x", IMAGE, image_urls=[walk.url], image_file_ids=[walk.picture])


def sdk_videos(walk: Walk, sdk: Any) -> None:
    size = {"duration": 2, "aspect_ratio": "9:16", "resolution": "480p", "generate_audio": True}
    sdk.video.generate("x", CLASSIC, storage_options=STORAGE, **size, **QUICKLY)
    for name in ("url", "file_id"):
        source = {"url": walk.url, "file_id": walk.picture}[name]
        frames = {f"image_{name}": source, f"last_frame_{name}": source}
        keyframes = [{"image_url" if name == "url" else "image_file_id": source, "timestamp": 0.5}]
        sdk.video.generate("x", NEWER, duration=1, keyframes=keyframes, **frames, **QUICKLY)
        references = {f"reference_image_{name}s": [source], "reference_audios": [{"voice_id": "ara"}]}
        sdk.video.generate("x", NEWER, duration=1, **references, **QUICKLY)
        film = {f"video_{name}": {"url": walk.film_url, "file_id": walk.film}[name], "storage_options": STORAGE}
        sdk.video.generate("x", CLASSIC, **film, **QUICKLY)
        sdk.video.extend("x", CLASSIC, duration=1, **film, **QUICKLY)


def sdk_files(walk: Walk, sdk: Any) -> None:
    file = sdk.files.upload(JPEG, filename="a.jpg", expires_after=7200).id
    page = sdk.files.list(limit=1, order="desc", sort_by="size")
    sdk.files.list(limit=1, order="desc", sort_by="size", pagination_token=page.pagination_token)
    if "filter" in sdk.files.list.__kwdefaults__:
        sdk.files.list(filter="size_bytes > 1")
    sdk.files.get(file)
    sdk.files.content(file)
    sdk.files.create_public_url(file, expires_after=3600)
    sdk.files.revoke_public_url(file)
    sdk.files.delete(file)


def sdk_batches(walk: Walk, sdk: Any) -> None:
    batch = sdk.batch.create("a").batch_id
    requests = [
        sdk.image.prepare("x", IMAGE, batch_request_id="a"),
        sdk.video.prepare("x", CLASSIC, batch_request_id="b", duration=1),
        sdk.video.prepare_extension("x", CLASSIC, walk.film_url, batch_request_id="c", duration=1),
    ]
    sdk.batch.add(batch, requests)
    while sdk.batch.get(batch).state.num_pending:
        pass
    for listing in (sdk.batch.list, sdk.batch.list_batch_requests, sdk.batch.list_batch_results):
        of = () if listing == sdk.batch.list else (batch,)
        page = listing(*of, limit=1)
        listing(*of, limit=1, pagination_token=page.pagination_token)
    sdk.batch.cancel(batch)


def sdk_models(_: Walk, sdk: Any) -> None:
    for get in (sdk.models.get_language_model, sdk.models.get_embedding_model):
        with pytest.raises(grpc.RpcError, match="NOT_FOUND"):
            get("grok-4")
    sdk.models.list_image_generation_models()
    sdk.models.list_language_models()
    sdk.models.list_embedding_models()
    sdk.models.get_image_generation_model(IMAGE)
    sdk.auth.get_api_key_info()


def raw_calls(walk: Walk) -> None:
    """What messages have and the SDK never sends."""
    channel = walk.channel()

    def call(method: str, message: Any, kind: str = "unary_unary") -> bytes:
        invoke = getattr(channel, kind)(f"/xai_api.{method}", lambda sent: sent.SerializeToString(), bytes)
        answer = invoke(message, timeout=60)
        return bytes(answer if kind == "unary_unary" else b"".join(answer))

    listing = files_pb2.ListFilesRequest(limit=1, order=1, sort_by=1, filter="size_bytes > 1")
    call("Files/ListFiles", listing)
    content = files_pb2.RetrieveFileContentRequest(file_id=walk.picture, format=files_pb2.DOWNLOAD_FORMAT_ORIGINAL)
    call("Files/RetrieveFileContent", content, "unary_stream")
    file = walk.http.post("/v1/files", files={"file": ("a.jsonl", b"\n")}).json()["id"]
    call("BatchMgmt/CreateBatch", batch_pb2.CreateBatchRequest(name="a", input_file_id=file))
    batch = batch_pb2.Batch.FromString(call("BatchMgmt/CreateBatch", batch_pb2.CreateBatchRequest(name="a"))).batch_id
    entry = batch_pb2.BatchRequest(batch_request_id="a", image_request=image_pb2.GenerateImageRequest(prompt="x"))
    call("BatchMgmt/AddBatchRequests", batch_pb2.AddBatchRequestsRequest(batch_id=batch, batch_requests=[entry]))
    states = batch_pb2.ListBatchRequestMetadataRequest(batch_id=batch, status=[1])
    call("BatchMgmt/ListBatchRequestMetadata", states)
    one = batch_pb2.GetBatchRequestResultRequest(batch_id=batch, batch_request_id="a")
    while call("BatchMgmt/GetBatchRequestResult", one) == b"x":
        pass
    channel.close()


def test_every_operation_and_method_has_a_table() -> None:
    assert {group.operation for group in GROUPS} - {""} == set(OPERATIONS)
    assert {group.method for group in GROUPS} - {None} == set(METHODS)
    assert DESCRIPTION["openapi"] == "3.1.0"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/images/generations", {"size": "1x1"}),
        ("/v1/images/edits", {"size": "1x1"}),
        ("/v1/videos/generations", {"reference_audios": [{"url": "https://example.org/a.mp3"}]}),
    ],
)
def test_what_the_page_calls_refused(walk: Walk, path: str, body: dict[str, Any]) -> None:
    assert walk.http.post(path, json={"prompt": "x", **body}).status_code == 400


def test_language_requests_in_batches_are_refused(walk: Walk) -> None:
    batch = walk.http.post("/v1/batches", json={"name": "a"}).json()["batch_id"]
    request = batch_pb2.AddBatchRequestsRequest(batch_id=batch)
    request.batch_requests.add(batch_request_id="a").completion_request.SetInParent()
    with grpc.insecure_channel(walk.server.target.grpc) as channel:
        call = channel.unary_unary("/xai_api.BatchMgmt/AddBatchRequests", lambda sent: sent.SerializeToString(), bytes)
        with pytest.raises(grpc.RpcError, match="INVALID_ARGUMENT"):
            call(request, timeout=60)


def test_every_declared_field_is_answered(walk: Walk) -> None:
    assert missing(walk.seen) == []


def test_the_page_says_what_was_seen(walk: Walk) -> None:
    head, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, end, tail = rest.partition(END)
    assert begin and end
    page = f"{head}{BEGIN}\n{render(walk.seen)}\n{END}{tail}"
    if os.environ.get("WRITE_COMPATIBILITY"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "run `make compatibility`"
