"""Results sent to a client's own server, keys with limits, and results that end: on a real server, over the wire."""

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import grpc
import pytest
import xai_sdk

from imagined.cli.server_process import ServerProcess
from tests.support.scripted import scripted_server

SECRET = "signature=8e1f0c5a7d"


class Bucket:
    """A server that takes signed PUTs; its first answers may be others than 200."""

    def __init__(self) -> None:
        self.puts: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        bucket = self

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                bucket.puts.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(bucket.answers.pop(0) if bucket.answers else 200)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/clips/a.mp4?{SECRET}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    bucket = Bucket()
    yield bucket
    bucket.server.shutdown()
    bucket.server.server_close()


@pytest.fixture(scope="module")
def open_guard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that may reach private networks, where the bucket is."""
    folder = tmp_path_factory.mktemp("uploads")
    config = folder / "imagined.toml"
    config.write_text('[network]\nallow_private_networks = true\n[log]\nlevel = "debug"\n')
    with scripted_server(folder, "--config", str(config)) as running:
        yield running


def call(server: ServerProcess, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.target.url + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def ended(server: ServerProcess, path: str, body: Any) -> dict[str, Any]:
    status, started = call(server, path, body)
    assert status == 200, started
    while True:
        _, state = call(server, f"/v1/videos/{started['request_id']}")
        if state["status"] != "pending":
            return dict(state)
        time.sleep(0.05)


def test_a_video_is_put_to_the_clients_server(open_guard: ServerProcess, bucket: Bucket) -> None:
    body = {"prompt": "waves", "duration": 2, "output": {"upload_url": bucket.url}}
    state = ended(open_guard, "/v1/videos/generations", body | {"storage_options": {"filename": "waves.mp4"}})
    assert (state["status"], state["video"]["url"]) == ("done", bucket.url)
    ((path, headers, data),) = bucket.puts
    assert path == f"/clips/a.mp4?{SECRET}"
    assert (headers["content-type"], int(headers["content-length"])) == ("video/mp4", len(data))
    assert "authorization" not in headers
    with xai_sdk.Client(api_key="xai-test", api_host=open_guard.target.grpc) as client:
        assert client.files.content(state["video"]["file_output"]["file_id"]) == data
    film = {"prompt": "on", "video": {"file_id": state["video"]["file_output"]["file_id"]}}
    for path in ("edits", "extensions"):
        made = ended(open_guard, f"/v1/videos/{path}", film | {"output": {"upload_url": bucket.url}})
        assert made["video"]["url"] == bucket.url
    assert len(bucket.puts) == 3


def test_a_busy_bucket_is_asked_again_and_one_that_redirects_is_not(open_guard: ServerProcess, bucket: Bucket) -> None:
    body = {"prompt": "waves", "duration": 1, "output": {"upload_url": bucket.url}}
    bucket.answers = [503, 200]
    assert ended(open_guard, "/v1/videos/generations", body)["status"] == "done"
    assert len(bucket.puts) == 2
    bucket.answers = [307]
    state = ended(open_guard, "/v1/videos/generations", body)
    assert (state["status"], state["video"]["url"]) == ("failed", "")
    assert state["error"] == {
        "code": "failed_precondition",
        "message": "Unable to upload the video to the provided output.upload_url",
    }
    assert len(bucket.puts) == 3


def test_the_guard_is_closed_by_default(scripted: ServerProcess, bucket: Bucket) -> None:
    body = {"prompt": "waves", "duration": 1, "output": {"upload_url": bucket.url}}
    state = ended(scripted, "/v1/videos/generations", body)
    assert state["error"]["code"] == "failed_precondition" and bucket.puts == []
    assert SECRET not in scripted.log.read_text()


def test_a_bad_address_is_refused_at_once(scripted: ServerProcess) -> None:
    for url in ("ftp://bucket.example/", f"https://me:{SECRET}@bucket.example/", ""):
        status, body = call(scripted, "/v1/videos/generations", {"prompt": "x", "output": {"upload_url": url}})
        assert (status, body["code"]) == (400, "invalid-argument")
        assert body["error"].startswith("output.upload_url: must ") and SECRET not in body["error"]


def test_the_address_is_in_no_log(open_guard: ServerProcess, bucket: Bucket) -> None:
    bucket.answers = [403]
    body = {"prompt": "waves", "duration": 1, "output": {"upload_url": bucket.url}}
    assert ended(open_guard, "/v1/videos/generations", body)["status"] == "failed"
    log = open_guard.log.read_text()
    assert "result not uploaded" in log and SECRET not in log


def test_limited_and_disabled_keys_on_a_running_server(tmp_path: Path) -> None:
    def keys(*arguments: str) -> str:
        command = [sys.executable, "-m", "imagined", "keys", *arguments, "--data-dir", str(tmp_path / "data")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with scripted_server(tmp_path, "--auth", "keys") as server:
        key = keys("create", "--name", "narrow", "--model", "grok-imagine-image", "--endpoint", "image")
        prompt = {"prompt": "a barn"}
        assert call(server, "/v1/images/generations", prompt | {"model": "grok-imagine-image"}, key)[0] == 200
        status, body = call(server, "/v1/images/generations", prompt, key)
        assert (status, body) == (
            403,
            {
                "code": "permission-denied",
                "error": "The API key has no permission for the model grok-imagine-image-quality.",
            },
        )
        assert call(server, "/v1/files", key=key)[0] == 403
        assert call(server, "/v1/videos/generations", prompt, key)[0] == 403
        with xai_sdk.Client(api_key=key, api_host=server.target.grpc) as client:
            assert client.image.sample("a barn", "grok-imagine-image").url
            for denied in (
                lambda: client.image.sample("a barn", "grok-imagine-image-2.0"),
                lambda: client.video.start("a barn", "grok-imagine-video"),
                lambda: client.files.list(),
                lambda: client.files.upload(b"words", filename="a.txt"),
            ):
                with pytest.raises(grpc.RpcError) as refused:
                    denied()
                assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
            wide = keys("create", "--name", "models", "--model", "grok-imagine-image")
            for path, shown in (
                ("models", "data"),
                ("image-generation-models", "models"),
                ("video-generation-models", "models"),
            ):
                names = [entry["id"] for entry in call(server, f"/v1/{path}", key=wide)[1][shown]]
                assert names == ([] if path.startswith("video") else ["grok-imagine-image"])
                assert call(server, f"/v1/{path}/grok-imagine-video", key=wide)[0] == 404
            with xai_sdk.Client(api_key=wide, api_host=server.target.grpc) as other:
                assert [model.name for model in other.models.list_image_generation_models()] == ["grok-imagine-image"]
                with pytest.raises(grpc.RpcError) as hidden:
                    other.models.get_image_generation_model("grok-imagine-image-2.0")
                assert hidden.value.code() is grpc.StatusCode.NOT_FOUND
            info = client.auth.get_api_key_info()
            assert list(info.acls) == ["api-key:model:grok-imagine-image", "api-key:endpoint:image"]
            key_id = next(line for line in keys("list").splitlines() if "narrow" in line).split()[0]
            keys("disable", key_id)
            with pytest.raises(grpc.RpcError) as refused:
                client.auth.get_api_key_info()
            assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
            assert call(server, "/v1/me", key=key) == (
                403,
                {"code": "permission-denied", "error": "The API key is disabled."},
            )
            keys("enable", key_id)
            assert client.auth.get_api_key_info().api_key_id == key_id
        assert call(server, "/x/usage", key=key)[1]["total"]["requests"] == 2


def test_results_end_when_the_settings_say(tmp_path: Path) -> None:
    config = tmp_path / "imagined.toml"
    config.write_text("[retention]\nephemeral_seconds = 2\n")
    with scripted_server(tmp_path, "--config", str(config)) as server:
        state = ended(server, "/v1/videos/generations", {"prompt": "waves", "duration": 1})
        url = state["video"]["url"]
        _, started = call(server, "/v1/videos/generations", {"prompt": "waves", "duration": 1})
        while (last := call(server, f"/v1/videos/{started['request_id']}")[1])["status"] in ("pending", "done"):
            time.sleep(0.1)
        assert last == {"status": "expired", "progress": 0, "model": "grok-imagine-video"}
        with pytest.raises(urllib.error.HTTPError) as gone:
            urllib.request.urlopen(url, timeout=60)
        gone.value.close()
        assert gone.value.code == 404
