"""Batches by the official SDK and by plain HTTP against a real server."""

import asyncio
import base64
import json
import time
from collections.abc import Callable
from typing import Any

import grpc
import httpx2
import pytest
import xai_sdk
from xai_sdk.chat import user
from xai_sdk.proto import batch_pb2

from imagined.cli.demo import fetch
from imagined.cli.server_process import ServerProcess
from tests.clients.media import clip, picture

IMAGE, VIDEO = "grok-imagine-image", "grok-imagine-video"


@pytest.fixture
def sdk(server: ServerProcess) -> Any:
    with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as client:
        yield client


@pytest.fixture
def rest(server: ServerProcess) -> Any:
    with httpx2.Client(base_url=server.target.url, timeout=60) as client:
        yield client


def until(look: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """Look again and again until it is as wanted."""
    while not wanted(seen := look()):
        time.sleep(0.1)
    return seen


def complete(state: Any) -> bool:
    return bool(state.num_requests) and not state.num_pending


def code_of(call: Callable[[], Any]) -> grpc.StatusCode:
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return refused.value.code()


def test_a_batch_from_beginning_to_end(sdk: xai_sdk.Client) -> None:
    batch = sdk.batch.create("posters")
    requests = [
        sdk.image.prepare(prompt="a red ball", model=IMAGE, batch_request_id="ball"),
        sdk.image.prepare(prompt="a blue cube", model=IMAGE, batch_request_id="inline", image_format="base64"),
        sdk.image.prepare(prompt="x", model=IMAGE, batch_request_id="lost", image_file_id="file_none"),
        sdk.video.prepare(prompt="a red ball rolls", model=VIDEO, duration=1, batch_request_id="rolls"),
    ]
    sdk.batch.add(batch.batch_id, requests[:2])
    sdk.batch.add(batch.batch_id, requests)
    listed = sdk.batch.list_batch_requests(batch.batch_id, limit=3)
    assert [entry.batch_request_id for entry in listed.batch_request_metadata] == ["ball", "inline", "lost"]
    rest = sdk.batch.list_batch_requests(batch.batch_id, pagination_token=listed.pagination_token)
    assert [entry.batch_request_id for entry in rest.batch_request_metadata] == ["rolls"]
    assert rest.batch_request_metadata[0].endpoint == "xai_api.Video/GenerateVideo"
    assert not rest.HasField("pagination_token")

    done = until(lambda: sdk.batch.get(batch.batch_id), lambda batch: complete(batch.state))
    assert (done.state.num_requests, done.state.num_success, done.state.num_error) == (4, 3, 1)
    results = {result.batch_request_id: result for result in sdk.batch.list_batch_results(batch.batch_id).results}
    assert picture(fetch(results["ball"].image_response.url)).shape == (1024, 1024, 3)
    head, _, inline = results["inline"].image_response.base64.partition(",")
    assert head == "data:image/jpeg;base64"
    assert picture(base64.b64decode(inline)).shape == (1024, 1024, 3)
    assert clip(fetch(results["rolls"].video_response.url)).frames == 25
    assert results["lost"].has_error and "file_none" in str(results["lost"].error_message)
    costs = {cost.endpoint: cost.cost_usd_ticks for cost in done.cost_breakdown.endpoint_costs}
    assert costs == {"xai_api.Image/GenerateImage": 400_000_000, "xai_api.Video/GenerateVideo": 500_000_000}
    assert done.cost_breakdown.total_cost_usd_ticks == sum(costs.values())

    asked = batch_pb2.GetBatchRequestResultRequest(batch_id=batch.batch_id, batch_request_id="rolls")
    detail = sdk.batch._stub.GetBatchRequestResult(asked)
    assert (detail.request.video_request.prompt, detail.request.video_request.duration) == ("a red ball rolls", 1)
    assert detail.result.response.video_response.model == VIDEO


def test_a_cancelled_batch(sdk: xai_sdk.Client) -> None:
    batch = sdk.batch.create("cancelled")
    sdk.batch.add(batch.batch_id, [sdk.image.prepare(prompt=f"cube {n}", model=IMAGE) for n in range(8)])
    cancelled = sdk.batch.cancel(batch.batch_id)
    assert cancelled.HasField("cancel_time") and cancelled.state.num_cancelled > 0
    add = [sdk.image.prepare(prompt="late", model=IMAGE)]
    assert code_of(lambda: sdk.batch.add(batch.batch_id, add)) is grpc.StatusCode.PERMISSION_DENIED
    ended = until(lambda: sdk.batch.get(batch.batch_id), lambda batch: complete(batch.state)).state
    assert ended.num_success + ended.num_cancelled == ended.num_requests == 8
    page = sdk.batch.list_batch_results(batch.batch_id)
    assert {result.error_message for result in page.failed} == {"Batch cancelled"}
    assert {result.proto.error.code for result in page.failed} == {1}
    assert len(page.succeeded) == ended.num_success


def test_what_the_sdk_is_refused(sdk: xai_sdk.Client) -> None:
    batch_id = sdk.batch.create("refused").batch_id
    chat = sdk.chat.create(model="grok-4", batch_request_id="words")
    chat.append(user("hello"))
    good = sdk.image.prepare(prompt="a cat", model=IMAGE, batch_request_id="a")
    other = sdk.image.prepare(prompt="a dog", model=IMAGE, batch_request_id="a")
    assert code_of(lambda: sdk.batch.add(batch_id, [good, chat])) is grpc.StatusCode.INVALID_ARGUMENT
    assert code_of(lambda: sdk.batch.add(batch_id, [good, other])) is grpc.StatusCode.FAILED_PRECONDITION
    assert code_of(lambda: sdk.batch.get("batch_none")) is grpc.StatusCode.NOT_FOUND
    assert code_of(lambda: sdk.batch.create("x", input_file_id="file_none")) is grpc.StatusCode.NOT_FOUND
    assert sdk.batch.get(batch_id).state.num_requests == 0


def test_batches_are_listed_newest_first(sdk: xai_sdk.Client) -> None:
    made = [sdk.batch.create(f"list {number}").batch_id for number in range(3)]
    first = sdk.batch.list(limit=2)
    second = sdk.batch.list(limit=1, pagination_token=first.pagination_token)
    assert [batch.batch_id for batch in (*first.batches, *second.batches)] == made[::-1]


def test_the_async_client(server: ServerProcess) -> None:
    async def run() -> None:
        client = xai_sdk.AsyncClient(api_key="xai-test", api_host=server.target.grpc)
        lines = [{"custom_id": "one", "url": "/v1/images/generations", "body": {"prompt": "a cone", "model": IMAGE}}]
        data = "\n".join(map(json.dumps, lines)).encode()
        file = await client.files.upload(data, filename="requests.jsonl")
        batch = await client.batch.create("from a file", input_file_id=file.id)
        assert (batch.input_file_id, batch.state.num_requests) == (file.id, 0)
        while not complete((await client.batch.get(batch.batch_id)).state):
            await asyncio.sleep(0.1)
        (entry,) = (await client.batch.list_batch_requests(batch.batch_id)).batch_request_metadata
        assert entry.state == batch_pb2.BatchRequestMetadata.State.STATE_SUCCEEDED
        (result,) = (await client.batch.list_batch_results(batch.batch_id)).succeeded
        assert result.image_response.url.endswith(".jpeg")
        assert (await client.batch.list(limit=1)).batches[0].batch_id == batch.batch_id
        late = client.image.prepare(prompt="late", model=IMAGE)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await client.batch.add(batch.batch_id, [late])
        assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
        open_one = await client.batch.create("open")
        await client.batch.add(open_one.batch_id, [late])
        assert (await client.batch.cancel(open_one.batch_id)).HasField("cancel_time")
        await client.close()

    asyncio.run(run())


def test_a_batch_over_rest(rest: httpx2.Client) -> None:
    batch = rest.post("/v1/batches", json={"name": "posters"}).json()
    path = f"/v1/batches/{batch['batch_id']}"
    picture_of = {"image_generation": {"prompt": "a lighthouse", "model": IMAGE, "aspect_ratio": "3:4"}}
    added = {"batch_requests": [{"batch_request_id": "poster-1", "batch_request": picture_of}]}
    answer = rest.post(f"{path}/requests", json=added)
    assert (answer.status_code, answer.json()) == (200, None)
    done = until(lambda: rest.get(path).json(), lambda batch: not batch["state"]["num_pending"])
    assert done["state"] == {"num_requests": 1, "num_pending": 0, "num_success": 1, "num_error": 0, "num_cancelled": 0}
    answered = rest.get(f"{path}/results").json()
    assert answered["pagination_token"] is None
    (result,) = answered["results"]
    made = result["batch_result"]["response"]["image_generation"]
    assert picture(fetch(made["data"][0]["url"])).shape == (1280, 896, 3)
    assert made["usage"]["cost_in_usd_ticks"] == 200_000_000
    (entry,) = rest.get(f"{path}/requests", params={"status": "succeeded"}).json()["batch_request_metadata"]
    assert (entry["batch_request_id"], entry["state"], entry["model"]) == ("poster-1", "succeeded", IMAGE)
    assert rest.post(f"{path}:cancel").json()["cancel_time"] is not None
    assert rest.post(f"{path}/requests", json=added).status_code == 403


def test_a_bad_file_over_rest(rest: httpx2.Client) -> None:
    lines = b'{"custom_id": "a", "url": "/v1/images/generations", "body": {"prompt": "a cat"}}\n{"custom_id": "b"}\n'
    file = rest.post("/v1/files", files={"file": ("requests.jsonl", lines)}).json()
    batch = rest.post("/v1/batches", json={"name": "bad", "input_file_id": file["id"]}).json()
    path = f"/v1/batches/{batch['batch_id']}"
    refused = until(lambda: rest.get(path).json(), lambda batch: batch["cancel_by_xai_message"])
    assert refused["cancel_by_xai_message"].startswith("JSONL file validation failed: line 2: ")
    assert refused["state"]["num_requests"] == 0
    assert rest.get(f"{path}/results").json() == {"results": [], "pagination_token": None}


def test_a_file_is_read_to_its_end_after_a_kill(own_server: ServerProcess) -> None:
    """Killed somewhere between the answer and the last line, the server makes one request of each line."""
    own_server.start()
    body = {"prompt": "a cat", "model": IMAGE}
    lines = [json.dumps({"custom_id": f"{n:05}", "url": "/v1/images/generations", "body": body}) for n in range(20_000)]
    with xai_sdk.Client(api_key="xai-test", api_host=own_server.target.grpc) as client:
        file = client.files.upload("\n".join(lines).encode(), filename="requests.jsonl")
        batch_id = client.batch.create("large", input_file_id=file.id).batch_id
        listed = until(lambda: client.batch.list_batch_requests(batch_id), lambda page: page.batch_request_metadata)
        assert len(listed.batch_request_metadata) > 0
    own_server.kill()
    own_server.start()
    with xai_sdk.Client(api_key="xai-test", api_host=own_server.target.grpc) as client:
        state = until(lambda: client.batch.get(batch_id), lambda batch: batch.state.num_requests).state
        assert state.num_requests == 20_000
        seen: list[str] = []
        token = None
        while True:
            page = client.batch.list_batch_requests(batch_id, limit=1000, pagination_token=token)
            seen += [entry.batch_request_id for entry in page.batch_request_metadata]
            token = page.pagination_token
            if not token:
                break
        assert seen == [f"{number:05}" for number in range(20_000)]
        cancelled = client.batch.cancel(batch_id).state
        assert cancelled.num_cancelled >= 19_900 and cancelled.num_requests == 20_000
