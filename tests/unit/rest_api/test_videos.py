from typing import Any

import httpx2
import pytest

from imagined.contract import errors
from imagined.contract.files import StorageOptions
from imagined.contract.requests import Keyframe, MediaSource, VideoRequest
from imagined.contract.results import JobError
from imagined.contract.sizes import VIDEO_ASPECT_RATIOS, VIDEO_RESOLUTIONS
from imagined.rest_api import video_messages
from tests.support.fake_services import FILE_OUTPUT, REQUEST_ID, output, view
from tests.unit.rest_api.conftest import Rest
from tests.unit.rest_api.test_images import USAGE

GENERATIONS = "/v1/videos/generations"
MODEL = "grok-imagine-video-1.5"
POLL = f"/v1/videos/{REQUEST_ID}"
CLIP = {"url": "http://127.0.0.1/v.mp4", "content_type": "video/mp4", "duration_s": 121 / 24}


async def test_a_start_answers_with_the_id(client: httpx2.AsyncClient) -> None:
    answer = await client.post(GENERATIONS, json={"prompt": "waves"})
    assert answer.status_code == 200
    assert answer.content == b'{"request_id":"3f0c2a7e-55d1-4c0b-9e57-6a1b8c9d0e2f"}'
    assert answer.headers["x-request-id"] == REQUEST_ID


async def test_every_field_arrives(client: httpx2.AsyncClient, rest: Rest) -> None:
    body = {
        "prompt": "x",
        "model": MODEL,
        "image": {"file_id": "file_1"},
        "last_frame": {"url": "https://example.org/l.png"},
        "keyframes": [{"image": {"url": "https://example.org/k.png"}, "timestamp_s": 2}],
        "reference_images": [{"url": "https://example.org/r.png", "type": "image_url"}, {"file_id": "file_2"}],
        "reference_audios": [{"voice_id": "ara"}],
        "generate_audio": False,
        "duration": 10,
        "aspect_ratio": "9:16",
        "resolution": "720p",
        "storage_options": {"filename": "v.mp4", "public_url": True},
        "output": {"upload_url": "https://example.org/put"},
        "user": "u",
        "video": {"url": "ignored on this route"},
        "mode": "custom",
        "fps": 24,
        "seed": 1,
    }
    await client.post(GENERATIONS, json=body)
    assert rest.imagine.requests == [
        VideoRequest(
            operation="generate_video",
            prompt="x",
            model=MODEL,
            image=MediaSource(file_id="file_1"),
            last_frame=MediaSource(url="https://example.org/l.png"),
            keyframes=(Keyframe(image=MediaSource(url="https://example.org/k.png"), timestamp_s=2.0),),
            reference_images=(MediaSource(url="https://example.org/r.png"), MediaSource(file_id="file_2")),
            voices=("ara",),
            generate_audio=False,
            duration=10,
            aspect_ratio="9:16",
            resolution="720p",
            storage=StorageOptions(filename="v.mp4", public_url=True),
            upload_url="https://example.org/put",
            user="u",
        )
    ]


@pytest.mark.parametrize("name", ["image", "image_url", "input_reference"])
async def test_names_of_the_first_frame(client: httpx2.AsyncClient, rest: Rest, name: str) -> None:
    await client.post(GENERATIONS, json={"prompt": "x", name: {"file_id": "file_1"}})
    assert rest.imagine.requests == [
        VideoRequest(operation="generate_video", prompt="x", image=MediaSource(file_id="file_1"))
    ]


@pytest.mark.parametrize("name", ["duration", "seconds"])
@pytest.mark.parametrize(("given", "meant"), [(5, 5), (5.0, 5), ("5", 5), ("5.0", 5), (0, 0), (99, 99), (None, None)])
async def test_spellings_of_a_duration(
    client: httpx2.AsyncClient, rest: Rest, name: str, given: Any, meant: int | None
) -> None:
    await client.post(GENERATIONS, json={"prompt": "x", name: given})
    assert rest.imagine.requests == [VideoRequest(operation="generate_video", prompt="x", duration=meant)]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"duration": 5.5}, "duration: must be a whole number of seconds."),
        ({"duration": "nan"}, "duration: must be a whole number of seconds."),
        ({"seconds": "inf"}, "seconds: must be a whole number of seconds."),
        ({"duration": 5, "seconds": 5}, "Only one of `duration` or `seconds` can be set for a request."),
        (
            {"image": {"url": "a"}, "input_reference": {"url": "b"}},
            "Only one of `image` or `input_reference` can be set for a request.",
        ),
        (
            {"reference_audios": [{"url": "https://example.org/a.mp3"}]},
            "`reference_audios[].url` is not supported by this server; use `voice_id`.",
        ),
    ],
)
async def test_refusals(client: httpx2.AsyncClient, fields: dict[str, Any], text: str) -> None:
    answer = await client.post(GENERATIONS, json={"prompt": "x", **fields})
    assert (answer.status_code, answer.json()) == (400, {"code": "invalid-argument", "error": text})


async def test_edits_and_extensions(client: httpx2.AsyncClient, rest: Rest) -> None:
    body = {"prompt": "x", "video": {"file_id": "file_1"}, "duration": 4, "aspect_ratio": "nonsense", "resolution": 3}
    for path in ("/v1/videos/edits", "/v1/videos/extensions"):
        assert (await client.post(path, json=body)).status_code == 200
    video = MediaSource(file_id="file_1")
    assert rest.imagine.requests == [
        VideoRequest(operation="edit_video", prompt="x", video=video),
        VideoRequest(operation="extend_video", prompt="x", video=video, duration=4),
    ]


async def test_deleting_cancels(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view("cancelled", model=MODEL)
    answer = await client.delete(POLL)
    assert (answer.status_code, answer.json()["status"]) == (200, "failed")
    assert rest.imagine.cancelled == [REQUEST_ID]


async def test_pending(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view("running", model=MODEL, progress=41)
    answer = await client.get(POLL)
    assert answer.status_code == 202
    assert answer.content == b'{"status":"pending","progress":41,"model":"grok-imagine-video-1.5"}'


async def test_done(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view(model=MODEL, outputs=(output(**CLIP),), cost_in_usd_ticks=500_000_000)
    answer = await client.get(POLL)
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "done",
        "progress": 100,
        "model": MODEL,
        "video": {"url": "http://127.0.0.1/v.mp4", "duration": 5, "respect_moderation": True},
        "usage": USAGE,
    }
    rest.imagine.ends = view(outputs=(output(**CLIP, file_output=FILE_OUTPUT),))
    assert (await client.get(POLL)).json()["video"]["file_output"]["file_id"] == FILE_OUTPUT.file_id
    rest.imagine.ends = view(outputs=(output(**CLIP, storage_error="disk full"),))
    assert (await client.get(POLL)).json()["video"]["storage_error"] == "disk full"


@pytest.mark.parametrize(
    ("state", "error", "shown"),
    [
        ("failed", JobError(code="invalid_argument", message="No."), ("invalid_argument", "No.")),
        ("failed", None, ("internal_error", "An internal error occurred.")),
        ("cancelled", None, ("failed_precondition", "The request was cancelled before it finished.")),
    ],
)
async def test_failed(
    client: httpx2.AsyncClient, rest: Rest, state: str, error: JobError | None, shown: tuple[str, str]
) -> None:
    rest.imagine.ends = view(state, model=MODEL, error=error)
    answer = await client.get(POLL)
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "failed",
        "progress": 0,
        "model": MODEL,
        "video": {"url": "", "duration": 0, "respect_moderation": True},
        "error": {"code": shown[0], "message": shown[1]},
    }


async def test_expired(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.ends = view("expired", model=MODEL)
    assert (await client.get(POLL)).json() == {"status": "expired", "progress": 0, "model": MODEL}


MALFORMED = b'{"code":"invalid-argument","error":"Malformed request ID"}'


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/v1/videos/abc", 400, MALFORMED),
        ("GET", GENERATIONS, 400, MALFORMED),
        ("GET", "/v1/videos/edits", 400, MALFORMED),
        (
            "GET",
            "/v1/videos/00000000-0000-4000-8000-000000000000",
            404,
            b'{"code":"not-found","error":"Request not found: 00000000-0000-4000-8000-000000000000"}',
        ),
        ("POST", "/v1/videos/abc", 405, b""),
        ("DELETE", "/v1/videos/abc", 400, b'{"code":"invalid-argument","error":"Malformed request ID"}'),
        ("PUT", POLL, 405, b""),
    ],
)
async def test_other_words_behind_videos(
    client: httpx2.AsyncClient, method: str, path: str, status: int, body: bytes
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.content) == (status, body)


async def test_the_services_refusal_is_rendered(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.imagine.raises = errors.duration_out_of_range()
    answer = await client.post(GENERATIONS, json={"prompt": "x", "duration": 99})
    assert answer.status_code == 400
    assert answer.content == (b'{"code":"invalid-argument","error":"Duration must be between 1 and 15 seconds"}')


def test_the_words_are_those_of_the_contract() -> None:
    words = {name: getattr(video_messages, name).__args__ for name in ("AspectRatio", "Resolution")}
    assert words == {"AspectRatio": VIDEO_ASPECT_RATIOS, "Resolution": VIDEO_RESOLUTIONS}
