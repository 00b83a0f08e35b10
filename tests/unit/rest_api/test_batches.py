"""The batch routes: bodies, words and refusals."""

import base64
from typing import Any

import httpx2
import pytest

from tests.support.batches import BatchHouse, picture
from tests.support.fake_services import CALLER
from tests.unit.rest_api.conftest import Rest

SOURCE = {"url": "https://a.example/p.png"}
FILM = {"url": "https://a.example/v.mp4"}


@pytest.fixture
def house(rest: Rest) -> BatchHouse:
    return rest.house


def shared(rest: Rest) -> Any:
    """The routes read pictures where the house keeps them."""
    return rest.client(blobs=rest.house.blobs)


async def create(client: httpx2.AsyncClient, **body: Any) -> str:
    answer = await client.post("/v1/batches", json={"name": "posters", **body})
    assert answer.status_code == 200, answer.text
    return f"/v1/batches/{answer.json()['batch_id']}"


async def add(client: httpx2.AsyncClient, path: str, kind: str, body: Any, name: str | None = "a") -> httpx2.Response:
    item = {"batch_request_id": name, "batch_request": {kind: body}}
    return await client.post(f"{path}/requests", json={"batch_requests": [item]})


async def test_a_batch_has_these_fields(client: httpx2.AsyncClient) -> None:
    batch = (await client.post("/v1/batches", json={"name": "posters"})).json()
    assert set(batch) == {
        *("batch_id", "name", "create_time", "expire_time", "create_api_key_id"),
        *("cancel_time", "cancel_by_xai_message", "state", "cost_breakdown"),
    }
    assert (batch["create_time"], batch["expire_time"]) == (
        "2026-12-01T00:00:00.000000Z",
        "2026-12-31T00:00:00.000000Z",
    )
    assert batch["create_api_key_id"] == "key-id"
    assert batch["state"] == dict.fromkeys(
        ("num_requests", "num_pending", "num_success", "num_error", "num_cancelled"), 0
    )
    assert (await client.get(f"/v1/batches/{batch['batch_id']}")).json() == batch


async def test_a_file_batch_names_its_file(client: httpx2.AsyncClient, house: BatchHouse) -> None:
    file_id = await house.upload(b"{}")
    path = await create(client, input_file_id=file_id)
    assert (await client.get(path)).json()["input_file_id"] == file_id
    refused = await client.post(f"{path}/requests", json={"batch_requests": []})
    assert refused.status_code == 400
    assert (await add(client, path, "image_generation", {"prompt": "x"})).status_code == 412


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({}, 422, "missing field `name`"),
        ({"name": 5}, 422, "name: invalid type: integer `5`, expected a string"),
        ({"name": "n", "input_file_id": "file_none"}, 404, "File not found: file_none"),
    ],
)
async def test_creations_that_are_refused(client: httpx2.AsyncClient, body: Any, status: int, text: str) -> None:
    answer = await client.post("/v1/batches", json=body)
    assert answer.status_code == status and text in answer.text


@pytest.mark.parametrize(
    ("kind", "body", "endpoint"),
    [
        ("image_generation", {"prompt": "x"}, "xai_api.Image/GenerateImage"),
        ("image_generation", {"prompt": "x", "image": SOURCE}, "xai_api.Image/GenerateImage"),
        ("image_edit", {"prompt": "x", "images": [SOURCE]}, "xai_api.Image/GenerateImage"),
        ("video_generation", {"prompt": "x", "duration": "5"}, "xai_api.Video/GenerateVideo"),
        ("video_edit", {"prompt": "x", "video": FILM}, "xai_api.Video/GenerateVideo"),
        ("video_extension", {"prompt": "x", "video": FILM}, "xai_api.Video/ExtendVideo"),
    ],
)
async def test_every_kind_is_added(client: httpx2.AsyncClient, kind: str, body: Any, endpoint: str) -> None:
    path = await create(client)
    answer = await add(client, path, kind, body)
    assert (answer.status_code, answer.text) == (200, "null")
    (entry,) = (await client.get(f"{path}/requests")).json()["batch_request_metadata"]
    assert (entry["endpoint"], entry["state"], entry["finish_time"]) == (endpoint, "pending", None)


@pytest.mark.parametrize(
    ("kind", "body", "status", "text"),
    [
        ("chat_get_completion", {"messages": []}, 400, "chat_get_completion is not supported in batches"),
        ("song", {}, 400, "must have exactly one of image_generation"),
        ("image_generation", {}, 422, "missing field `prompt`"),
        ("image_edit", {"prompt": "x"}, 400, "batch_requests[0] (a): An edit needs at least one input"),
        ("image_edit", {"prompt": "x", "image": {}}, 422, "image_edit.image: missing field `url`"),
        ("image_generation", {"prompt": "x", "size": "1x1"}, 400, "Argument not supported: size"),
        ("video_edit", {"prompt": "x"}, 422, "missing field `video`"),
        ("image_generation", {"prompt": "x", "n": 11}, 400, "batch_requests[0] (a): The number of images"),
    ],
)
async def test_additions_that_are_refused(
    client: httpx2.AsyncClient, kind: str, body: Any, status: int, text: str
) -> None:
    path = await create(client)
    answer = await add(client, path, kind, body)
    assert answer.status_code == status and text in answer.text, answer.text
    assert (await client.get(path)).json()["state"]["num_requests"] == 0


async def test_the_same_id_with_other_content(client: httpx2.AsyncClient) -> None:
    path = await create(client)
    assert (await add(client, path, "image_generation", {"prompt": "x"})).status_code == 200
    assert (await add(client, path, "image_generation", {"prompt": "x"})).status_code == 200
    refused = await add(client, path, "image_generation", {"prompt": "y"})
    assert refused.status_code == 412 and refused.json()["code"] == "failed-precondition"


async def test_a_cancelled_batch(client: httpx2.AsyncClient) -> None:
    path = await create(client)
    await add(client, path, "image_generation", {"prompt": "x"})
    batch = (await client.post(f"{path}:cancel")).json()
    assert batch["cancel_time"] is not None and batch["state"]["num_cancelled"] == 1
    (result,) = (await client.get(f"{path}/results")).json()["results"]
    assert result == {"batch_request_id": "a", "batch_result": {"error": "Batch cancelled"}}
    assert (await add(client, path, "image_generation", {"prompt": "x"}, "b")).status_code == 403


async def test_results_of_every_kind(rest: Rest, house: BatchHouse) -> None:
    async with shared(rest) as client:
        path = await create(client)
        await add(client, path, "image_generation", {"prompt": "x"}, "a")
        await add(client, path, "image_generation", {"prompt": "x", "response_format": "b64_json"}, "b")
        await add(client, path, "video_generation", {"prompt": "x"}, "c")
        await add(client, path, "image_generation", {"prompt": "x"}, "d")
        for _ in range(3):
            await house.finish()
        await house.fail("no such picture")
        answered = (await client.get(f"{path}/results")).json()
    results = {result["batch_request_id"]: result["batch_result"] for result in answered["results"]}
    (item,) = results["a"]["response"]["image_generation"]["data"]
    assert item["url"].startswith("http://127.0.0.1:8080/ephemeral/") and item["mime_type"] == "image/jpeg"
    assert results["a"]["response"]["image_generation"]["usage"]["cost_in_usd_ticks"] == 7
    (item,) = results["b"]["response"]["image_generation"]["data"]
    assert base64.b64decode(item["b64_json"]) == b"picture" and "url" not in item
    assert results["c"]["response"]["video_generation"]["status"] == "done"
    assert results["c"]["response"]["video_generation"]["video"]["duration"] == 5
    assert results["d"] == {"error": "no such picture"}
    assert answered["pagination_token"] is None


async def test_lists_are_paged(client: httpx2.AsyncClient, house: BatchHouse) -> None:
    path = await create(client)
    await create(client)
    await house.service.add(CALLER, path.rpartition("/")[2], [picture(name) for name in "abc"])
    for listed, key in ((f"{path}/requests", "batch_request_metadata"), ("/v1/batches", "batches")):
        first = (await client.get(listed, params={"limit": 1})).json()
        token = first["pagination_token"]
        second = (await client.get(listed, params={"limit": 1, "pagination_token": token})).json()
        assert len(first[key]) == len(second[key]) == 1 and first[key] != second[key]


@pytest.mark.parametrize("query", ["limit=x", "limit=1.5", "limit=%D9%A1", "pagination_token=x"])
async def test_queries_that_are_refused(client: httpx2.AsyncClient, query: str) -> None:
    path = await create(client)
    for listed in ("/v1/batches", f"{path}/requests", f"{path}/results"):
        answer = await client.get(f"{listed}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-argument")
    assert (await client.get(f"{path}/requests?status=done")).status_code == 400


async def test_an_unknown_batch(client: httpx2.AsyncClient) -> None:
    path = "/v1/batches/batch_none"
    calls = [client.get(path), client.get(f"{path}/requests"), client.get(f"{path}/results")]
    calls += [client.post(f"{path}:cancel"), add(client, path, "image_generation", {"prompt": "x"})]
    for call in calls:
        answer = await call
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert (await client.get(f"{path}:cancel")).status_code == 404
    assert (await client.post(path)).status_code == 405
