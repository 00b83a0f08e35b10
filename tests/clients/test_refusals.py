"""What a client may get wrong: the contract's error, before anything runs, over both transports."""

import json
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
import xai_sdk

from imagined.cli.server_process import ServerProcess
from tests.clients.test_loop import IMAGE, VIDEO

UNKNOWN = "file_00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class World:
    """A server with keys, two teams, and files that are no pictures."""

    server: ServerProcess
    key: str
    files: dict[str, str]

    @property
    def sdk(self) -> xai_sdk.Client:
        return xai_sdk.Client(api_key=self.key, api_host=self.server.target.grpc)

    def post(self, path: str, body: dict[str, Any], key: str | None = None) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key or self.key}"}
        request = urllib.request.Request(self.server.target.url + path, json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("refusals")
    create = [sys.executable, "-m", "imagined", "keys", "create", "--data-dir", str(folder / "data")]
    keys = [
        subprocess.run([*create, "--name", team, "--team", team], capture_output=True, text=True, check=True).stdout
        for team in ("ours", "theirs")
    ]
    keys = [key.strip() for key in keys]
    with ServerProcess(folder / "data", folder / "server.log", ["--auth", "keys"]) as server:
        files = {}
        for name, content, key in (
            ("text", b"just words", keys[0]),
            ("stub.jpg", b"\xff\xd8\xff", keys[0]),
            ("foreign", b"their words", keys[1]),
        ):
            with xai_sdk.Client(api_key=key, api_host=server.target.grpc) as client:
                files[name] = client.files.upload(content, filename=name).id
        yield World(server, keys[0], files | {"unknown": UNKNOWN})


def image(world: World, **fields: Any) -> Callable[[], Any]:
    return lambda: world.sdk.image.sample(**({"prompt": "a red barn", "model": IMAGE} | fields))


def batch(world: World, n: int) -> Callable[[], Any]:
    return lambda: world.sdk.image.sample_batch("a red barn", IMAGE, n)


def video(world: World, **fields: Any) -> Callable[[], Any]:
    return lambda: world.sdk.video.start(**({"prompt": "a red barn", "model": VIDEO} | fields))


N_TEXT = "The number of images to generate (n) must be between 1 and 10 inclusive."


@pytest.mark.parametrize("name", ["unknown", "foreign"])
@pytest.mark.parametrize(("path", "call"), [("/v1/images/edits", image), ("/v1/videos/generations", video)])
def test_files_that_are_not_ours_do_not_exist(world: World, name: str, path: str, call: Any) -> None:
    file_id = world.files[name]
    status, body = world.post(path, {"prompt": "x", "image": {"file_id": file_id}})
    assert (status, json.loads(body)) == (404, {"code": "not-found", "error": f"File not found: {file_id}"})
    with pytest.raises(grpc.RpcError) as refused:
        call(world, image_file_id=file_id)()
    assert refused.value.code() is grpc.StatusCode.NOT_FOUND
    assert refused.value.details() == f"File not found: {file_id}"


@pytest.mark.parametrize("name", ["text", "stub.jpg"])
@pytest.mark.parametrize(("path", "call"), [("/v1/images/edits", image), ("/v1/videos/generations", video)])
def test_files_that_are_no_pictures_are_refused(world: World, name: str, path: str, call: Any) -> None:
    file_id = world.files[name]
    status, body = world.post(path, {"prompt": "x", "image": {"file_id": file_id}})
    refusal = json.loads(body)
    assert (status, refusal["code"]) == (400, "invalid-argument")
    assert file_id in refusal["error"]
    assert "image/jpeg, image/png, image/webp" in refusal["error"]
    with pytest.raises(grpc.RpcError) as refused:
        call(world, image_file_id=file_id)()
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert refused.value.details() == refusal["error"]


def test_an_unknown_model(world: World) -> None:
    text = "The model flux does not exist or your team ours does not have access to it."
    for path in ("/v1/images/generations", "/v1/videos/generations"):
        status, body = world.post(path, {"prompt": "x", "model": "flux"})
        refusal = json.loads(body)
        assert (status, refusal["code"]) == (404, "not-found")
        assert refusal["error"].startswith(text)
    for call in (image(world, model="flux"), video(world, model="flux")):
        with pytest.raises(grpc.RpcError) as refused:
            call()
        assert refused.value.code() is grpc.StatusCode.NOT_FOUND
        assert refused.value.details().startswith(text)


@pytest.mark.parametrize("n", [0, 11, -1])
def test_n_out_of_range(world: World, n: int) -> None:
    status, body = world.post("/v1/images/generations", {"prompt": "x", "n": n})
    assert (status, json.loads(body)) == (400, {"code": "invalid-argument", "error": N_TEXT})
    with pytest.raises(grpc.RpcError) as refused:
        batch(world, n)()
    assert (refused.value.code(), refused.value.details()) == (grpc.StatusCode.INVALID_ARGUMENT, N_TEXT)


def test_a_duration_out_of_range(world: World) -> None:
    text = "Duration must be between 1 and 15 seconds"
    status, body = world.post("/v1/videos/generations", {"prompt": "x", "duration": 99})
    assert (status, json.loads(body)) == (400, {"code": "invalid-argument", "error": text})
    with pytest.raises(grpc.RpcError) as refused:
        video(world, duration=99)()
    assert (refused.value.code(), refused.value.details()) == (grpc.StatusCode.INVALID_ARGUMENT, text)


def test_image_together_with_images(world: World) -> None:
    from xai_sdk.proto import image_pb2, image_pb2_grpc

    source = {"url": "https://example.org/a.png"}
    status, body = world.post("/v1/images/edits", {"prompt": "x", "image": source, "images": [source]})
    refusal = json.loads(body)
    assert (status, refusal["code"]) == (400, "invalid-argument")
    content = image_pb2.ImageUrlContent(image_url=source["url"])
    request = image_pb2.GenerateImageRequest(prompt="x", model=IMAGE, image=content, images=[content])
    with grpc.insecure_channel(world.server.target.grpc) as channel, pytest.raises(grpc.RpcError) as refused:
        stub = image_pb2_grpc.ImageStub(channel)
        stub.GenerateImage(request, metadata=(("authorization", f"Bearer {world.key}"),))
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert refused.value.details() == refusal["error"]
    assert "image" in refusal["error"] and "images" in refusal["error"]


def test_keys(world: World) -> None:
    status, body = world.post("/v1/images/generations", {"prompt": "x"}, key="xai-wrong")
    assert (status, json.loads(body)["code"]) == (400, "invalid-argument")
    with pytest.raises(grpc.RpcError) as refused:
        xai_sdk.Client(api_key="xai-wrong", api_host=world.server.target.grpc).files.list()
    assert refused.value.code() is grpc.StatusCode.UNAUTHENTICATED
    info = world.sdk.auth.get_api_key_info()
    assert (info.team_id, info.name, info.disabled) == ("ours", "ours", False)
    assert world.key not in info.redacted_api_key


def test_services_that_are_not_ours_say_so(world: World) -> None:
    from xai_sdk.chat import user

    chat = world.sdk.chat.create(model="grok-4", messages=[user("hello")])
    with pytest.raises(grpc.RpcError) as refused:
        chat.sample()
    assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED
    assert "chat" in refused.value.details().lower()


def test_nothing_was_queued_and_no_key_was_logged(world: World) -> None:
    database = next(Path(world.server.data_dir).glob("*.db"))
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT count(*) FROM requests").fetchone() == (0,)
    for path in [world.server.log, *Path(world.server.data_dir).rglob("*")]:
        if path.is_file():
            assert world.key.encode() not in path.read_bytes(), f"{path} holds a key"
