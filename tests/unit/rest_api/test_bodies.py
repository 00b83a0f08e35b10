"""Refusals of a body's form: status, content type and the exact bytes."""

import json
from typing import Any

import httpx2
import pytest

from imagined.contract.errors import ApiError
from imagined.rest_api.image_messages import ImageGeneration
from imagined.rest_api.json_bodies import decode
from imagined.rest_api.json_spans import find_span, position
from tests.unit.rest_api.conftest import Rest

GENERATIONS = "/v1/images/generations"
EDITS = "/v1/images/edits"
VIDEOS = "/v1/videos/generations"
VIDEO_EDITS = "/v1/videos/edits"
FILES = "/v1/files/file_x/public-url"
SCHEMA = "Failed to deserialize the JSON body into the target type: "
SYNTAX = "Failed to parse the request body as JSON: "
RATIOS = "`1:1`, `16:9`, `9:16`, `4:3`, `3:4`, `3:2`, `2:3`"

MISFITS = [
    (GENERATIONS, "{}", "missing field `prompt` at line 1 column 2"),
    (GENERATIONS, '{"model": "m"}', "missing field `prompt` at line 1 column 14"),
    (GENERATIONS, '{\n  "n": 1\n}', "missing field `prompt` at line 3 column 1"),
    (GENERATIONS, '{"prompt": null}', "prompt: invalid type: null, expected a string at line 1 column 15"),
    (GENERATIONS, '{"prompt": 7}', "prompt: invalid type: integer `7`, expected a string at line 1 column 12"),
    (GENERATIONS, '{"prompt": {"a": 1}}', "prompt: invalid type: map, expected a string at line 1 column 11"),
    (GENERATIONS, '{"prompt": ["a"]}', "prompt: invalid type: sequence, expected a string at line 1 column 11"),
    (
        GENERATIONS,
        '{"prompt": "x", "n": 1.5}',
        "n: invalid type: floating point `1.5`, expected i32 at line 1 column 24",
    ),
    (GENERATIONS, '{"prompt": "x", "n": "2"}', 'n: invalid type: string "2", expected i32 at line 1 column 24'),
    (GENERATIONS, '{"prompt": "x", "n": true}', "n: invalid type: boolean `true`, expected i32 at line 1 column 25"),
    (
        GENERATIONS,
        '{"prompt": "x", "resolution": "4k"}',
        "resolution: unknown variant `4k`, expected one of `1k`, `1.5k`, `2k` at line 1 column 34",
    ),
    (
        GENERATIONS,
        '{"prompt": "x",\n "response_format": "png"}',
        "response_format: unknown variant `png`, expected `url` or `b64_json` at line 2 column 25",
    ),
    (
        GENERATIONS,
        '{"prompt": "x", "resolution": 1024}',
        "resolution: invalid type: integer `1024`, expected a string at line 1 column 34",
    ),
    (
        GENERATIONS,
        '{"prompt": "x", "storage_options": {}}',
        "storage_options: missing field `filename` at line 1 column 37",
    ),
    (
        GENERATIONS,
        '{"prompt": "x", "storage_options": {"filename": "a", "public_url": 1}}',
        "storage_options.public_url: invalid type: integer `1`, expected a boolean or struct PublicUrlOptions "
        "at line 1 column 68",
    ),
    (EDITS, '{"prompt": "x", "image": {"foo": 1}}', "image: missing field `url` at line 1 column 35"),
    (EDITS, '{"prompt": "x", "image": {"url": null}}', "image: missing field `url` at line 1 column 38"),
    (
        EDITS,
        '{"prompt": "x", "image": "http://e.org/a"}',
        'image: invalid type: string "http://e.org/a", expected struct Source at line 1 column 41',
    ),
    (
        EDITS,
        '{"prompt": "x", "images": [{"url": "a"}, {"url": 3}]}',
        "images[1].url: invalid type: integer `3`, expected a string at line 1 column 50",
    ),
    (EDITS, '{"prompt": "x", "images": {}}', "images: invalid type: map, expected a sequence at line 1 column 26"),
    (EDITS, '{"prompt": "x", "images": [{}]}', "images[0]: missing field `url` at line 1 column 29"),
    (
        VIDEOS,
        '{"prompt": "x", "aspect_ratio": "auto"}',
        f"aspect_ratio: unknown variant `auto`, expected one of {RATIOS} at line 1 column 38",
    ),
    (
        VIDEOS,
        '{"prompt": "\\"q\\\\", "seconds": "ten"}',
        'seconds: invalid type: string "ten", expected an integer, a number or a numeric string at line 1 column 36',
    ),
    (
        VIDEOS,
        '{"duration": [3]}',
        "duration: invalid type: sequence, expected i32 or f32 or a string at line 1 column 13",
    ),
    (
        VIDEOS,
        '{"keyframes": [{"image": {"url": "a"}}]}',
        "keyframes[0]: missing field `timestamp_s` at line 1 column 38",
    ),
    (
        VIDEOS,
        '{"generate_audio": "no"}',
        'generate_audio: invalid type: string "no", expected a boolean at line 1 column 23',
    ),
    (VIDEOS, '{"reference_audios": [{}]}', "reference_audios[0]: missing field `voice_id` at line 1 column 24"),
    (VIDEO_EDITS, '{"prompt": "x"}', "missing field `video` at line 1 column 15"),
    (VIDEO_EDITS, '{"prompt": "x", "video": {}}', "video: missing field `url` at line 1 column 27"),
    (GENERATIONS, "[1]", "invalid type: sequence, expected struct ImageGeneration at line 1 column 0"),
    (GENERATIONS, '"text"', 'invalid type: string "text", expected struct ImageGeneration at line 1 column 6'),
    (
        FILES,
        '{"expires_after": "soon"}',
        'expires_after: invalid type: string "soon", expected i32 at line 1 column 24',
    ),
]

MALFORMED = [
    ("", "EOF while parsing a value at line 1 column 0"),
    ('{"prompt": "x"', "EOF while parsing a value at line 1 column 14"),
    ('{"prompt": "x",}', "trailing comma in object at line 1 column 16"),
    ('{"prompt": "x"} x', "trailing characters at line 1 column 17"),
    ("{'prompt': 1}", "object keys must be strings at line 1 column 2"),
    ('{"prompt":\n NaN}', "invalid character at line 2 column 2"),
]


async def post(client: httpx2.AsyncClient, path: str, body: str | bytes) -> httpx2.Response:
    return await client.post(path, content=body, headers={"content-type": "application/json"})


@pytest.mark.parametrize(("path", "body", "text"), MISFITS, ids=[text[:60] for _, _, text in MISFITS])
async def test_a_body_that_does_not_fit(client: httpx2.AsyncClient, path: str, body: str, text: str) -> None:
    answer = await post(client, path, body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/plain; charset=utf-8")
    assert answer.content == (SCHEMA + text).encode()


@pytest.mark.parametrize(("body", "text"), MALFORMED)
async def test_a_body_that_is_not_json(client: httpx2.AsyncClient, body: str, text: str) -> None:
    answer = await post(client, GENERATIONS, body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert answer.text == SYNTAX + text


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        (b'{"prompt": "\xff"}', 400, SYNTAX + "invalid unicode code point"),
        (b"[" * 4000, 422, SCHEMA + "invalid type: sequence, expected struct ImageGeneration at line 1 column 0"),
        (b'{"prompt": tru', 400, SYNTAX),
        (b'{"prompt": [', 422, SCHEMA + "prompt: invalid type: sequence, expected a string"),
    ],
)
async def test_bodies_that_no_parser_should_meet(
    client: httpx2.AsyncClient, body: bytes, status: int, text: str
) -> None:
    answer = await post(client, GENERATIONS, body)
    assert answer.status_code == status
    assert answer.text.startswith(text)


def test_nesting_that_would_exhaust_the_stack() -> None:
    with pytest.raises(ApiError, match="recursion limit exceeded"):
        decode(b'{"a": ' * 5000 + b"1" + b"}" * 5000, ImageGeneration)


async def test_long_values_are_not_repeated_in_full(client: httpx2.AsyncClient) -> None:
    answer = await post(client, EDITS, json.dumps({"prompt": "x", "image": "data:image/png;base64," + "A" * 3000}))
    assert answer.status_code == 422
    assert len(answer.text) < 300


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_other_content_types(client: httpx2.AsyncClient, content_type: str) -> None:
    answer = await client.post(GENERATIONS, content=b'{"prompt": "x"}', headers={"content-type": content_type})
    assert answer.status_code == 415
    assert answer.content == (
        b'{"code":"unsupported-media-type","error":"Expected request with `Content-Type: application/json`"}'
    )


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8", "application/x+json"])
async def test_content_types_that_are_json(client: httpx2.AsyncClient, content_type: str) -> None:
    answer = await client.post(GENERATIONS, content=b'{"prompt": "x"}', headers={"content-type": content_type})
    assert answer.status_code == 200


async def chunks(size: int) -> Any:
    for _ in range(size):
        yield b" " * 100


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_body_above_its_cap(client: httpx2.AsyncClient, streamed: bool) -> None:
    content = chunks(50) if streamed else b" " * 5000
    answer = await client.post(GENERATIONS, content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.json() == {
        "code": "payload-too-large",
        "error": "The request body is larger than the allowed 4096 bytes.",
    }


async def test_nothing_was_started(client: httpx2.AsyncClient, rest: Rest) -> None:
    for path, body, _ in MISFITS:
        await post(client, path, body)
    assert rest.imagine.requests == []


SPANS: list[tuple[str, tuple[str | int, ...], str]] = [
    ('{"a": 1, "b": [true, {"c": "x,]}"}]}', ("b", 1, "c"), '"x,]}"'),
    ('{"a": {"b": 2}, "b": 3}', ("b",), "3"),
    ('{"\\u0061": "\\"", "b": -1.5e3 }', ("a",), '"\\""'),
    ('{"\\u0061": "\\"", "b": -1.5e3 }', ("b",), "-1.5e3"),
    ("[[1, 2], [3]]", (1, 0), "3"),
    ('{"a": 1}', ("b",), '{"a": 1}'),
    ('{"a": 1}', (0,), '{"a": 1}'),
]


@pytest.mark.parametrize(("text", "path", "expected"), SPANS)
def test_spans(text: str, path: tuple[str | int, ...], expected: str) -> None:
    start, end = find_span(text.encode(), path)
    assert text.encode()[start:end] == expected.encode()


def test_columns_count_bytes() -> None:
    assert position("ä\nöx".encode(), len("ä\nöx".encode())) == "line 2 column 3"
