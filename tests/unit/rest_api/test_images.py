import base64
import json
from typing import Any

import httpx2
import pytest

from imagined.contract.errors import CONTENT_MODERATED, ApiError
from imagined.contract.files import FileOutput, StorageOptions
from imagined.contract.requests import ImageRequest, MediaSource
from imagined.contract.results import JobError
from imagined.contract.sizes import IMAGE_ASPECT_RATIOS, IMAGE_RESOLUTIONS
from imagined.rest_api import image_messages
from tests.support.fake_services import FILE_OUTPUT, PICTURE, REQUEST_ID, output, view
from tests.unit.rest_api.conftest import Rest

GENERATIONS = "/v1/images/generations"
EDITS = "/v1/images/edits"
USAGE = {
    "cost_in_usd_ticks": 500_000_000,
    "input_tokens": 0,
    "input_tokens_details": {"cached_tokens": 0, "image_tokens": 0, "text_tokens": 0},
    "output_tokens": 0,
    "output_tokens_details": {"image_tokens": 0, "reasoning_tokens": 0, "text_tokens": 0},
    "total_tokens": 0,
}


async def test_a_generation_answers_with_a_url(client: httpx2.AsyncClient, rest: Rest) -> None:
    answer = await client.post(GENERATIONS, json={"prompt": "a harbour"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-request-id"] == REQUEST_ID
    assert answer.json() == {
        "data": [
            {
                "url": "http://127.0.0.1:8080/media/token/picture.jpeg",
                "mime_type": "image/jpeg",
                "revised_prompt": "",
                "respect_moderation": True,
            }
        ],
        "model": "grok-imagine-image-quality",
        "usage": USAGE,
    }
    assert rest.imagine.requests == [ImageRequest(prompt="a harbour")]


async def test_base64_is_bare(client: httpx2.AsyncClient) -> None:
    answer = await client.post(GENERATIONS, json={"prompt": "a harbour", "response_format": "b64_json"})
    item = answer.json()["data"][0]
    assert "url" not in item
    assert base64.b64decode(item["b64_json"], validate=True) == PICTURE


async def test_stored_results(client: httpx2.AsyncClient, rest: Rest) -> None:
    private = FileOutput(file_id="file_1", filename="a", public_url_error="quota")
    outputs = (output(file_output=FILE_OUTPUT), output(storage_error="disk full"), output(file_output=private))
    rest.imagine.ends = view(outputs=outputs)
    first, second, third = (await client.post(GENERATIONS, json={"prompt": "x", "n": 2})).json()["data"]
    assert first["file_output"] == {
        "file_id": FILE_OUTPUT.file_id,
        "filename": "city.jpg",
        "expires_at": 1_796_090_400,
        "public_url": FILE_OUTPUT.public_url,
        "public_url_expires_at": 1_796_086_800,
    }
    assert third["file_output"] == {"file_id": "file_1", "filename": "a", "public_url_error": "quota"}
    assert second["storage_error"] == "disk full"
    assert "file_output" not in second


async def test_every_field_arrives(client: httpx2.AsyncClient, rest: Rest) -> None:
    body = {
        "prompt": "x",
        "model": "grok-imagine-image",
        "n": 3,
        "image": {"url": "https://example.org/a.png", "type": "image_url"},
        "images": [{"file_id": "file_1"}, {"url": "data:image/png;base64,AA=="}],
        "aspect_ratio": "21:9",
        "resolution": "1.5k",
        "quality": "high",
        "storage_options": {"filename": "a.jpg", "expires_after": 3600, "public_url": {"expires_after": 4000}},
        "user": "u",
    }
    await client.post(EDITS, json=body)
    assert rest.imagine.requests == [
        ImageRequest(
            prompt="x",
            model="grok-imagine-image",
            n=3,
            image=MediaSource(url="https://example.org/a.png"),
            images=(MediaSource(file_id="file_1"), MediaSource(url="data:image/png;base64,AA==")),
            is_edit=True,
            aspect_ratio="21:9",
            resolution="1.5k",
            quality="high",
            storage=StorageOptions(
                filename="a.jpg", expires_after=3600, public_url=True, public_url_expires_after=4000
            ),
            user="u",
        )
    ]


@pytest.mark.parametrize(
    ("public_url", "asked"), [(True, True), (False, False), (None, False), ({}, True), ({"expires_after": None}, True)]
)
async def test_public_url_words(client: httpx2.AsyncClient, rest: Rest, public_url: Any, asked: bool) -> None:
    await client.post(GENERATIONS, json={"prompt": "x", "storage_options": {"filename": "a", "public_url": public_url}})
    storage = rest.imagine.requests[0].storage
    assert storage == StorageOptions(filename="a", public_url=asked)


async def test_nulls_and_unknown_fields_are_as_if_absent(client: httpx2.AsyncClient, rest: Rest) -> None:
    names = [
        "model",
        "n",
        "aspect_ratio",
        "resolution",
        "quality",
        "response_format",
        "storage_options",
        "user",
        "size",
    ]
    extra = {"seed": 3, "stream": False, "sync_mode": True, "output_format": "png", "nested": {"a": [1, {}]}}
    answer = await client.post(GENERATIONS, json={"prompt": "x", **dict.fromkeys(names), **extra})
    assert answer.status_code == 200
    assert rest.imagine.requests == [ImageRequest(prompt="x")]


async def test_image_url_is_another_name_of_image(client: httpx2.AsyncClient, rest: Rest) -> None:
    await client.post(EDITS, json={"prompt": "x", "image_url": {"file_id": "file_1"}})
    request = rest.imagine.requests[0]
    assert isinstance(request, ImageRequest)
    assert request.image == MediaSource(file_id="file_1")
    both = {"prompt": "x", "image": {"file_id": "a"}, "image_url": {"file_id": "b"}}
    refused = await client.post(EDITS, json=both)
    assert refused.json() == {
        "code": "invalid-argument",
        "error": "Only one of `image` or `image_url` can be set for a request.",
    }


@pytest.mark.parametrize(
    ("code", "status", "word"),
    [
        ("invalid_argument", 400, "invalid-argument"),
        ("permission_denied", 403, "permission-denied"),
        ("failed_precondition", 412, "failed-precondition"),
        ("service_unavailable", 503, "unavailable"),
        ("internal_error", 500, "internal"),
        ("something_new", 500, "internal"),
    ],
)
async def test_a_failed_request_is_an_error(
    client: httpx2.AsyncClient, rest: Rest, code: str, status: int, word: str
) -> None:
    rest.imagine.ends = view("failed", error=JobError(code=code, message="It did not work."))
    answer = await client.post(GENERATIONS, json={"prompt": "x"})
    assert (answer.status_code, answer.json()) == (status, {"code": word, "error": "It did not work."})
    assert answer.headers["x-request-id"] == REQUEST_ID


@pytest.mark.parametrize(("state", "status"), [("cancelled", 412), ("expired", 404), ("failed", 500)])
async def test_other_ends(client: httpx2.AsyncClient, rest: Rest, state: str, status: int) -> None:
    rest.imagine.ends = view(state)
    assert (await client.post(GENERATIONS, json={"prompt": "x"})).status_code == status


async def test_a_billed_failure_says_what_it_cost(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.raises = ApiError(
        CONTENT_MODERATED, "Generated image rejected by content moderation.", cost_in_usd_ticks=200_000_000
    )
    answer = await client.post(GENERATIONS, json={"prompt": "x"})
    assert answer.status_code == 400
    assert answer.content == (
        b'{"code":"imagine:content-moderated","error":"Generated image rejected by content moderation.",'
        b'"usage":{"cost_in_usd_ticks":200000000}}'
    )


def test_the_words_are_those_of_the_contract() -> None:
    words = {name: getattr(image_messages, name).__args__ for name in ("AspectRatio", "Resolution")}
    assert words == {"AspectRatio": IMAGE_ASPECT_RATIOS, "Resolution": IMAGE_RESOLUTIONS}


async def test_size_is_refused(client: httpx2.AsyncClient) -> None:
    answer = await client.post(
        GENERATIONS,
        content=json.dumps({"prompt": "x", "size": "1024x1024"}),
        headers={"content-type": "application/json; charset=utf-8"},
    )
    assert answer.status_code == 400
    assert answer.content == b'{"code":"400","error":"Argument not supported: size"}'
