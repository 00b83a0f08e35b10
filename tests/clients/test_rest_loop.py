"""The same loop by curl, and the OpenAI SDK where it fits."""

import base64
import json
import subprocess
import time
from typing import Any

import openai

from imagined.cli.server_process import ServerProcess
from tests.clients.media import clip, picture, untouched_difference
from tests.clients.test_loop import CITY, IMAGE, NEON, PULL_BACK, VIDEO


def curl(server: ServerProcess, path: str, body: dict[str, Any] | None = None, *options: str) -> bytes:
    command = ["curl", "--silent", "--show-error", "--fail-with-body", *options]
    if body is not None:
        command += ["-H", "Content-Type: application/json", "--data-binary", "@-"]
    url = path if path.startswith("http") else server.target.url + path
    sent = json.dumps(body).encode() if body is not None else None
    return subprocess.run([*command, url], input=sent, capture_output=True, check=True).stdout


def test_the_loop_by_curl(server: ServerProcess) -> None:
    made = json.loads(
        curl(
            server,
            "/v1/images/generations",
            {"prompt": CITY, "model": IMAGE, "aspect_ratio": "1:1", "storage_options": {"filename": "city.jpg"}},
        )
    )
    assert made["model"] == IMAGE
    assert made["usage"]["cost_in_usd_ticks"] == 500_000_000
    city = made["data"][0]["file_output"]["file_id"]
    edited = json.loads(
        curl(
            server,
            "/v1/images/edits",
            {
                "prompt": NEON,
                "model": IMAGE,
                "image": {"file_id": city},
                "storage_options": {"filename": "city-neon.jpg", "public_url": True},
            },
        )
    )
    before = curl(server, made["data"][0]["url"])
    after = curl(server, edited["data"][0]["file_output"]["public_url"])
    assert untouched_difference(picture(before), picture(after)) < 2

    neon = edited["data"][0]["file_output"]["file_id"]
    request = {"prompt": PULL_BACK, "model": VIDEO, "duration": 5, "image": {"file_id": neon}}
    started = json.loads(curl(server, "/v1/videos/generations", request))
    while (status := json.loads(curl(server, f"/v1/videos/{started['request_id']}")))["status"] == "pending":
        time.sleep(0.2)
    assert status["status"] == "done"
    assert (status["progress"], status["video"]["duration"]) == (100, 5)
    assert clip(curl(server, status["video"]["url"])).frames == 121

    shared = json.loads(curl(server, f"/v1/files/{city}/public-url", {}))["public_url"]
    assert curl(server, shared) == before
    assert json.loads(curl(server, f"/v1/files/{city}/public-url/revoke", {}))["revoked"] is True
    status_code = curl(server, "/v1/models", None, "-o", "/dev/null", "-w", "%{http_code}")
    assert status_code == b"200"
    gone = subprocess.run(
        ["curl", "--silent", "-o", "/dev/null", "-w", "%{http_code}", shared], capture_output=True, check=True
    )
    assert gone.stdout == b"404"


def test_own_urls_and_data_urls_are_inputs(server: ServerProcess) -> None:
    made = json.loads(curl(server, "/v1/images/generations", {"prompt": CITY, "aspect_ratio": "9:16"}))
    url = made["data"][0]["url"]
    data_url = "data:image/jpeg;base64," + base64.b64encode(curl(server, url)).decode()
    for source in (url, data_url):
        edited = json.loads(
            curl(
                server,
                "/v1/images/edits",
                {"prompt": "make it black and white", "image": {"url": source}, "response_format": "b64_json"},
            )
        )
        pixels = picture(base64.b64decode(edited["data"][0]["b64_json"], validate=True))
        assert pixels.shape == (1408, 768, 3)
        assert abs(pixels.astype(int).max(axis=2) - pixels.astype(int).min(axis=2)).mean() < 3


def test_the_openai_sdk(server: ServerProcess) -> None:
    client = openai.OpenAI(api_key="xai-test", base_url=f"{server.target.url}/v1")
    made = client.images.generate(
        model=IMAGE,
        prompt=CITY,
        response_format="b64_json",
        extra_body={"aspect_ratio": "1:1", "storage_options": {"filename": "city.jpg"}},
    )
    assert made.data is not None and made.data[0].b64_json is not None
    assert picture(base64.b64decode(made.data[0].b64_json)).shape == (1024, 1024, 3)

    uploaded = client.files.create(file=("notes.txt", b"words"), purpose="assistants")
    try:
        assert client.files.retrieve(uploaded.id).filename == "notes.txt"
        assert client.files.content(uploaded.id).read() == b"words"
        assert uploaded.id in [file.id for file in client.files.list(limit=1)]
    finally:
        assert client.files.delete(uploaded.id).deleted
    assert IMAGE in [model.id for model in client.models.list()]
