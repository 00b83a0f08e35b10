"""Requests on a real server: watched while they run, resumed, cancelled, left, listed, and too many."""

import base64
import io
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import httpx2
import pytest
import xai_sdk
from PIL import Image
from xai_sdk.proto import image_pb2

from imagined.cli.server_process import ServerProcess
from tests.support.scripted import scripted_server

FILMS, PICTURES = "/v1/videos/generations", "/v1/images/generations"
Event = dict[str, Any]


@pytest.fixture
def http(scripted: ServerProcess) -> Iterator[httpx2.Client]:
    with client(scripted) as http:
        yield http


def client(server: ServerProcess) -> httpx2.Client:
    return httpx2.Client(base_url=server.target.url, timeout=60, trust_env=False)


def started(http: httpx2.Client, prompt: str) -> str:
    return str(http.post(FILMS, json={"prompt": prompt, "duration": 1}).raise_for_status().json()["request_id"])


def events(http: httpx2.Client, request_id: str, seen: str | None = None) -> Iterator[Event]:
    headers = {} if seen is None else {"last-event-id": seen}
    with http.stream("GET", f"/x/requests/{request_id}/events", headers=headers) as answer:
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/event-stream")
        event: Event = {}
        for line in answer.iter_lines():
            if line.startswith(":"):
                continue
            if line:
                name, _, value = line.partition(": ")
                event[name] = json.loads(value) if name == "data" else value
            elif event:
                yield event
                event = {}


def state(http: httpx2.Client, request_id: str) -> Event:
    return dict(http.get(f"/x/requests/{request_id}").raise_for_status().json())


def newest(http: httpx2.Client, prompt_count: int) -> list[str]:
    """Ids of requests, once there are so many."""
    while len(data := http.get("/x/requests").json()["data"]) < prompt_count:
        time.sleep(0.01)
    return [entry["request_id"] for entry in data]


def test_a_life_is_watched_to_its_end_with_previews(http: httpx2.Client) -> None:
    seen = list(events(http, started(http, "show 0.6")))
    assert [event["event"] for event in seen if event["event"] != "progress"][-1] == "done"
    steps = [event["data"] for event in seen if event["event"] == "progress"]
    assert {step["phase"] for step in steps} >= {"drawing"}
    drawn = [step for step in steps if step["phase"] == "drawing"]
    assert drawn[-1]["of"] == 12 and [step["step"] for step in drawn] == sorted(step["step"] for step in drawn)
    previews = [event["data"] for event in seen if event["event"] == "preview"]
    assert previews and all(base64.b64decode(preview["b64_json"]).startswith(b"\xff\xd8\xff") for preview in previews)
    assert seen[-1]["data"]["outputs"][0]["mime_type"] == "video/mp4"


def test_a_broken_stream_goes_on_after_a_restart(tmp_path: Path) -> None:
    server = scripted_server(tmp_path)
    server.start()
    try:
        with client(server) as http:
            request_id = started(http, "slow 1.5")
            seen = next(event for event in events(http, request_id) if event["data"].get("phase") == "drawing")
        server.kill()
        server.start()
        with client(server) as http:
            rest = list(events(http, request_id, seen["id"]))
            assert rest[-1]["event"] == "done" and rest[-1]["data"]["attempt"] == 2
            assert seen["id"] not in [event.get("id") for event in rest]
            last = http.get(f"/x/requests/{request_id}/events", headers={"last-event-id": rest[-1]["id"]})
            assert (last.status_code, last.content) == (204, b"")
    finally:
        server.kill()


@pytest.mark.parametrize("way", ["delete", "post"])
def test_a_cancel_takes_effect_at_the_next_step(http: httpx2.Client, way: str) -> None:
    request_id = started(http, "slow 60")
    watching = events(http, request_id)
    assert any(event["data"].get("phase") == "drawing" for event in watching)
    if way == "delete":
        answer = http.delete(f"/v1/videos/{request_id}").json()
        assert (answer["status"], answer["error"]["code"]) == ("failed", "failed_precondition")
    else:
        assert http.post(f"/x/requests/{request_id}:cancel").json()["status"] == "cancelled"
    assert list(watching)[-1]["event"] == "cancelled"
    # Its engine is free again: requests that need every engine process there is are not held up for a minute.
    ids = [started(http, "slow 0.2") for _ in range(4)]
    assert [list(events(http, one))[-1]["event"] for one in ids] == ["done"] * 4
    again = http.delete(f"/v1/videos/{ids[0]}").json()
    assert again["status"] == "done", "what has ended stays as it is"


def test_leaving_an_image_call_cancels_it_unless_it_is_stored(tmp_path: Path) -> None:
    with scripted_server(tmp_path) as server, client(server) as http:
        for body, end in (({"prompt": "slow 2"}, "cancelled"), ({"prompt": "slow 2", **KEPT}, "done")):
            before = len(http.get("/x/requests").json()["data"])
            with pytest.raises(httpx2.ReadTimeout), client(server) as other:
                other.post(PICTURES, json=body, timeout=0.5)
            request_id = newest(http, before + 1)[0]
            assert list(events(http, request_id))[-1]["event"] == end
        assert [file["filename"] for file in http.get("/v1/files").json()["data"]] == ["kept.jpg"]


KEPT = {"storage_options": {"filename": "kept.jpg"}}


def test_leaving_a_grpc_call_cancels_it_too(scripted: ServerProcess, http: httpx2.Client) -> None:
    with grpc.insecure_channel(scripted.target.grpc) as channel:
        method = channel.unary_stream(
            "/xai_api.Image/GenerateImage",
            image_pb2.GenerateImageRequest.SerializeToString,
            image_pb2.ImageResponse.FromString,
        )
        call = method(image_pb2.GenerateImageRequest(prompt="slow 60", n=1), timeout=60)
        request_id = str(dict(call.initial_metadata())["x-request-id"])
        assert state(http, request_id)["status"] in ("queued", "running")
        call.cancel()
    assert list(events(http, request_id))[-1]["event"] == "cancelled"


def test_places_lists_and_full_queues(tmp_path: Path) -> None:
    with (
        scripted_server(
            tmp_path,
            IMAGINED_ENGINES_PROCESSES="1",
            IMAGINED_LIMITS_QUEUED_PER_TEAM="3",
            IMAGINED_SERVER_DRAIN_SECONDS="0",
        ) as server,
        client(server) as http,
    ):
        running = started(http, "slow 30")
        while state(http, running)["status"] != "running":
            time.sleep(0.01)
        waiting = [started(http, f"slow 30 {number}") for number in range(3)]
        assert [state(http, one)["place"] for one in waiting] == [0, 1, 2]
        full = http.post(FILMS, json={"prompt": "one more"})
        error = "Team default has 3 requests waiting, and 3 is the limit."
        assert (full.status_code, full.json()) == (429, {"code": "resource-exhausted", "error": error})
        assert int(full.headers["retry-after"]) > 0
        with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as sdk:
            with pytest.raises(grpc.RpcError) as refused:
                sdk.image.sample("one more", "grok-imagine-image")
            assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
            assert dict(refused.value.trailing_metadata())["retry-after"] == full.headers["retry-after"]
        http.post(f"/x/requests/{waiting[0]}:cancel")
        waiting.append(started(http, "there is room again"))
        page = http.get("/x/requests", params={"status": "queued", "limit": 2}).json()
        assert [entry["request_id"] for entry in page["data"]] == waiting[:1:-1]
        rest = http.get(
            "/x/requests", params={"status": "queued", "limit": 2, "pagination_token": page["pagination_token"]}
        ).json()
        assert ([entry["request_id"] for entry in rest["data"]], rest["pagination_token"]) == ([waiting[1]], None)


def test_who_waits_when_the_server_stops_is_told_so(tmp_path: Path) -> None:
    with scripted_server(tmp_path, IMAGINED_SERVER_DRAIN_SECONDS="0") as server, client(server) as http:
        answers: list[httpx2.Response] = []
        waiting = threading.Thread(target=lambda: answers.append(http.post(PICTURES, json={"prompt": "slow 60"})))
        waiting.start()
        with client(server) as other:
            request_id = newest(other, 1)[0]
            assert any(event["data"].get("phase") == "drawing" for event in events(other, request_id))
            os.kill(server.pid, signal.SIGTERM)
            waiting.join()
        assert (answers[0].status_code, answers[0].json()["error"]) == (503, "The server is shutting down.")
        server.stop()
        server.start()
        with client(server) as other:
            assert state(other, request_id)["status"] in ("queued", "running"), "it goes on at the next server"
            other.post(f"/x/requests/{request_id}:cancel")


def test_the_illustrator_shows_what_it_draws(server: ServerProcess) -> None:
    with client(server) as http:
        request_id = started(http, "A lighthouse at dusk")
        seen = list(events(http, request_id))
        assert seen[-1]["event"] == "done"
        phases = [event["data"]["phase"] for event in seen if event["event"] == "progress"]
        assert phases[-1] in ("drawing", "encoding", "storing") and "drawing" in phases
        preview = next(event["data"] for event in seen if event["event"] == "preview")
        with Image.open(io.BytesIO(base64.b64decode(preview["b64_json"]))) as picture:
            picture.load()
            assert picture.size == (preview["width"], preview["height"]) and max(picture.size) <= 320
