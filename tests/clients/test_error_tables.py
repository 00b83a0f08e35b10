"""Every way in which an image or video request is refused: status and body over REST, status and words over gRPC.

Nothing is drawn for any of them. What only happens where there is moderation, a blocked picture, is a row of the
transports' own tests, since this server has none.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from xai_sdk.proto import image_pb2, video_pb2

from imagined.cli.server_process import ServerProcess
from imagined.contract.sizes import IMAGE_ASPECT_RATIOS, VIDEO_ASPECT_RATIOS
from imagined.imagine.fields import PRESET_VOICES
from tests.support.refusals import Rest, Row, Rpc, World, check, post, schema

GENERATE, EDIT = "/v1/images/generations", "/v1/images/edits"
FILM, EDIT_FILM, EXTEND = "/v1/videos/generations", "/v1/videos/edits", "/v1/videos/extensions"
IMAGE, CLASSIC, NEWER, LITE = (
    *("grok-imagine-image", "grok-imagine-video"),
    *("grok-imagine-video-1.5", "grok-imagine-video-1.5-lite"),
)
URL = "https://example.org/a.png"
SOURCE = {"url": URL}
PICTURE = image_pb2.ImageUrlContent(image_url=URL)
CLIP = video_pb2.VideoUrlContent(url="https://example.org/a.mp4")
NO_MODEL = (
    "The model flux does not exist or your team default does not have access to it. "
    "Please ensure you're using the correct API key."
)
N = "The number of images to generate (n) must be between 1 and 10 inclusive."
LENGTH = "Duration must be between 1 and 15 seconds"
EMPTY = "Prompt cannot be empty. Please provide a prompt."


def words(choices: tuple[str, ...]) -> str:
    return ", ".join(f"`{choice}`" for choice in choices)


def image(**fields: Any) -> Rpc:
    message = image_pb2.GenerateImageRequest(**({"prompt": "x", "model": IMAGE} | fields))
    return Rpc(method="Image/GenerateImage", message=message)


def video(**fields: Any) -> Rpc:
    message = video_pb2.GenerateVideoRequest(**({"prompt": "x", "model": NEWER} | fields))
    return Rpc(method="Video/GenerateVideo", message=message)


def extension(**fields: Any) -> Rpc:
    message = video_pb2.ExtendVideoRequest(**({"prompt": "x", "model": CLASSIC, "video": CLIP} | fields))
    return Rpc(method="Video/ExtendVideo", message=message)


def film(body: dict[str, Any], model: str = NEWER) -> Rest:
    return post(FILM, {"prompt": "x", "model": model, **body})


def storage(options: dict[str, Any], error: str, **proto: Any) -> Row:
    return Row(
        rest=post(GENERATE, {"prompt": "x", "storage_options": options}),
        status=400,
        error=error,
        rpc=image(storage_options=image_pb2.StorageOptions(**proto)),
    )


def pictures(count: int) -> list[Any]:
    return [PICTURE] * count


def voices(*names: str) -> list[Any]:
    return [video_pb2.AudioUrlContent(voice_id=name) for name in names]


def keyframe(time: float) -> dict[str, Any]:
    return {"image": SOURCE, "timestamp_s": time}


def frame(time: float) -> Any:
    return video_pb2.VideoKeyframe(image=PICTURE, timestamp_s=time)


IMAGES = {
    "n too small": Row(rest=post(GENERATE, {"prompt": "x", "n": 0}), status=400, error=N, rpc=image(n=0)),
    "n too large": Row(rest=post(GENERATE, {"prompt": "x", "n": 11}), status=400, error=N, rpc=image(n=11)),
    "n too large in an edit": Row(
        rest=post(EDIT, {"prompt": "x", "image": SOURCE, "n": 11}), status=400, error=N, rpc=image(image=PICTURE, n=11)
    ),
    "unknown ratio": schema(
        Rest(path=GENERATE, body='{"prompt":"x","aspect_ratio":"7:5"}'),
        f"aspect_ratio: unknown variant `7:5`, expected one of {words(IMAGE_ASPECT_RATIOS)} at line 1 column 34",
        rpc=image(aspect_ratio=99),
        details="aspect_ratio: unknown value 99, expected one of 1:1, 3:4, 4:3, 9:16, 16:9, 2:3, 3:2, auto, "
        "9:19.5, 19.5:9, 9:20, 20:9, 1:2, 2:1.",
    ),
    "unknown resolution": schema(
        Rest(path=GENERATE, body='{"prompt":"x","resolution":"4k"}'),
        "resolution: unknown variant `4k`, expected one of `1k`, `1.5k`, `2k` at line 1 column 31",
        rpc=image(resolution=99),
        details="resolution: unknown value 99, expected one of 1k, 2k.",
    ),
    "a number as resolution": schema(
        Rest(path=GENERATE, body='{"prompt":"x","resolution":1024}'),
        "resolution: invalid type: integer `1024`, expected a string at line 1 column 31",
    ),
    "unknown quality": schema(
        Rest(path=GENERATE, body='{"prompt":"x","quality":"best"}'),
        "quality: unknown variant `best`, expected one of `low`, `medium`, `high`, `auto` at line 1 column 30",
        rpc=image(quality=99),
        details="quality: unknown value 99, expected one of low, medium, high.",
    ),
    "unknown format": schema(
        Rest(path=GENERATE, body='{"prompt":"x",\n"response_format":"png"}'),
        "response_format: unknown variant `png`, expected `url` or `b64_json` at line 2 column 23",
        rpc=image(format=99),
        details="format: unknown value 99, expected one of base64, url.",
    ),
    "no prompt": schema(
        Rest(path=GENERATE, body='{"model":null}'),
        "missing field `prompt` at line 1 column 14",
        rpc=image(prompt=""),
        details=EMPTY,
    ),
    "empty prompt": Row(rest=post(GENERATE, {"prompt": " "}), status=400, error=EMPTY, rpc=image(prompt=" ")),
    "high quality": Row(
        rest=post(GENERATE, {"prompt": "x", "quality": "high"}),
        status=400,
        error="Quality high is not supported. Supported values: low, medium, auto.",
        rpc=image(quality=image_pb2.IMG_QUALITY_HIGH),
    ),
    "long prompt": Row(
        rest=post(GENERATE, {"prompt": "x" * 16_001}),
        status=400,
        error="Prompt length exceeds the maximum allowed length of 16000",
        rpc=image(prompt="x" * 16_001),
    ),
    "size": Row(
        rest=post(GENERATE, {"prompt": "x", "size": "1024x1024"}),
        status=400,
        code="400",
        error="Argument not supported: size",
    ),
    "storage without a name": storage({"filename": ""}, "storage_options.filename: must not be empty."),
    "storage with a bad name": storage(
        {"filename": 'a"'},
        "storage_options.filename: must not contain control characters, line separators, double quotes, semicolons or "
        "backslashes; character 2 is U+0022.",
        filename='a"',
    ),
    "storage too short": storage(
        {"filename": "a", "expires_after": 5},
        "storage_options.expires_after: must be between 3600 and 2592000 seconds, and is 5.",
        filename="a",
        expires_after=5,
    ),
    "a URL that outlives its file": storage(
        {"filename": "a", "expires_after": 3600, "public_url": {"expires_after": 3601}},
        "storage_options.public_url.expires_after: must not be longer than storage_options.expires_after.",
        filename="a",
        expires_after=3600,
        public_url=image_pb2.PublicUrlOptions(expires_after=3601),
    ),
    "storage without the field": schema(
        Rest(path=GENERATE, body='{"prompt":"x","storage_options":{}}'),
        "storage_options: missing field `filename` at line 1 column 34",
    ),
    "unknown model": Row(
        rest=post(GENERATE, {"prompt": "x", "model": "flux"}),
        status=404,
        code="not-found",
        error=NO_MODEL,
        rpc=image(model="flux"),
        grpc="NOT_FOUND",
    ),
    "too many inputs": Row(
        rest=post(EDIT, {"prompt": "x", "images": [SOURCE] * 6}),
        status=400,
        error="This model supports at most 5 input image(s), but 6 were provided.",
        rpc=image(images=pictures(6)),
    ),
    "inputs come before n": Row(
        rest=post(EDIT, {"prompt": "x", "images": [SOURCE] * 6, "n": 11}),
        status=400,
        error="This model supports at most 5 input image(s), but 6 were provided.",
        rpc=image(images=pictures(6), n=11),
    ),
    "an input that says nothing": schema(
        Rest(path=EDIT, body='{"prompt":"x","image":{"foo":1}}'),
        "image: missing field `url` at line 1 column 31",
        rpc=image(image=image_pb2.ImageUrlContent()),
        details="image: exactly one of `url` and `file_id` must be set.",
    ),
    "an input that says both": Row(
        rest=post(EDIT, {"prompt": "x", "image": {"url": URL, "file_id": "file_1"}}),
        status=400,
        error="image: exactly one of `url` and `file_id` must be set.",
    ),
    "an input that is a string": schema(
        Rest(path=EDIT, body='{"prompt":"x","image":"https://example.org/a.png"}'),
        'image: invalid type: string "https://example.org/a.png", expected struct Source at line 1 column 49',
    ),
    "image and images": Row(
        rest=post(EDIT, {"prompt": "x", "image": SOURCE, "images": [SOURCE]}),
        status=400,
        error="Only one of `image` or `images` can be set for a request.",
        rpc=image(image=PICTURE, images=pictures(1)),
    ),
    "an edit of nothing": Row(
        rest=post(EDIT, {"prompt": "x"}),
        status=400,
        error="An edit needs at least one input: set `image` or `images`.",
    ),
    "a video model": Row(
        rest=post(GENERATE, {"prompt": "x", "model": CLASSIC}),
        status=400,
        error="The model grok-imagine-video does not generate images.",
        rpc=image(model=CLASSIC),
    ),
}

VIDEOS = {
    "too short": Row(rest=film({"duration": 0}), status=400, error=LENGTH, rpc=video(duration=0)),
    "too long": Row(rest=film({"duration": 16}), status=400, error=LENGTH, rpc=video(duration=16)),
    "too long for references": Row(
        rest=film({"duration": 16, "reference_images": [SOURCE]}),
        status=400,
        error="Duration 16s exceeds the maximum allowed for reference-to-video, which is 15s.",
        rpc=video(duration=16, reference_images=pictures(1)),
    ),
    "too long for references of the classic model": Row(
        rest=film({"duration": 11, "reference_images": [SOURCE]}, CLASSIC),
        status=400,
        error="Duration 11s exceeds the maximum allowed for reference-to-video, which is 10s.",
        rpc=video(duration=11, reference_images=pictures(1), model=CLASSIC),
    ),
    "too many references": Row(
        rest=film({"reference_images": [SOURCE] * 15}),
        status=400,
        error="Too many reference images: 15. Maximum allowed is 14.",
        rpc=video(reference_images=pictures(15)),
    ),
    "large references": Row(
        rest=film({"reference_images": [SOURCE], "resolution": "1080p"}),
        status=400,
        error="1080p video resolution is not supported for reference-to-video requests.",
        rpc=video(reference_images=pictures(1), resolution=video_pb2.VIDEO_RESOLUTION_1080P),
    ),
    "voices of a model without": Row(
        rest=film({"reference_images": [SOURCE], "reference_audios": [{"voice_id": "ara"}]}, CLASSIC),
        status=400,
        error="`reference_audios` is not supported for this model.",
        rpc=video(reference_images=pictures(1), reference_audios=voices("ara"), model=CLASSIC),
    ),
    "references of lite": Row(
        rest=film({"reference_images": [SOURCE]}, LITE),
        status=400,
        error="`reference_images` is not supported for this model",
        rpc=video(reference_images=pictures(1), model=LITE),
    ),
    "too many voices": Row(
        rest=film({"reference_audios": [{"voice_id": "ara"}] * 4}),
        status=400,
        error="Too many reference audio clips: 4. Maximum allowed is 3.",
        rpc=video(reference_audios=voices("ara", "ara", "ara", "ara")),
    ),
    "unknown voice": Row(
        rest=film({"reference_audios": [{"voice_id": "hal"}]}),
        status=400,
        error=f'Unknown voice_id "hal". Available voices: {", ".join(PRESET_VOICES)}.',
        rpc=video(reference_audios=voices("hal")),
    ),
    "a clip as voice": Row(
        rest=film({"reference_audios": [{"url": "https://example.org/a.mp3"}]}),
        status=400,
        error="`reference_audios[].url` is not supported by this server; use `voice_id`.",
    ),
    "1080p of the classic model": Row(
        rest=film({"resolution": "1080p"}, CLASSIC),
        status=400,
        error="1080p video resolution is not available for your team.",
        rpc=video(resolution=video_pb2.VIDEO_RESOLUTION_1080P, model=CLASSIC),
    ),
    "long prompt": Row(
        rest=film({"prompt": "x" * 4097}),
        status=400,
        error="Prompt length exceeds the maximum allowed length of 4096",
        rpc=video(prompt="x" * 4097),
    ),
    "empty prompt": Row(rest=film({"prompt": ""}), status=400, error=EMPTY, rpc=video(prompt="")),
    "unknown ratio": schema(
        Rest(path=FILM, body='{"prompt":"x","aspect_ratio":"auto"}'),
        f"aspect_ratio: unknown variant `auto`, expected one of {words(VIDEO_ASPECT_RATIOS)} at line 1 column 35",
        rpc=video(aspect_ratio=99),
        details="aspect_ratio: unknown value 99, expected one of 1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3.",
    ),
    "unknown resolution": schema(
        Rest(path=FILM, body='{"prompt":"x","resolution":"4k"}'),
        "resolution: unknown variant `4k`, expected one of `480p`, `720p`, `1080p` at line 1 column 31",
        rpc=video(resolution=99),
        details="resolution: unknown value 99, expected one of 480p, 720p, 1080p.",
    ),
    "unknown model": Row(
        rest=film({}, "flux"), status=404, code="not-found", error=NO_MODEL, rpc=video(model="flux"), grpc="NOT_FOUND"
    ),
    "an image model": Row(
        rest=film({}, IMAGE),
        status=400,
        error="The model grok-imagine-image does not generate videos.",
        rpc=video(model=IMAGE),
    ),
    "a last frame of the classic model": Row(
        rest=film({"last_frame": SOURCE}, CLASSIC),
        status=400,
        error="`last_frame` is not supported for this model.",
        rpc=video(last_frame=PICTURE, model=CLASSIC),
    ),
    "keyframes of the classic model": Row(
        rest=film({"keyframes": [keyframe(1)]}, CLASSIC),
        status=400,
        error="`keyframes` is not supported for this model.",
        rpc=video(keyframes=[frame(1)], model=CLASSIC),
    ),
    "a first frame beside references of the classic model": Row(
        rest=film({"image": SOURCE, "reference_images": [SOURCE]}, CLASSIC),
        status=400,
        error="Only one of `image` or `reference_images` can be set for a request.",
        rpc=video(image=PICTURE, reference_images=pictures(1), model=CLASSIC),
    ),
    "too many keyframes": Row(
        rest=film({"keyframes": [keyframe(time) for time in range(1, 6)]}),
        status=400,
        error="Too many keyframes: 5. Maximum allowed is 4.",
        rpc=video(keyframes=[frame(time) for time in range(1, 6)]),
    ),
    "a keyframe at the end": Row(
        rest=film({"keyframes": [keyframe(8)]}),
        status=400,
        error="Keyframe timestamp_s must be greater than 0 and less than the duration (8s).",
        rpc=video(keyframes=[frame(8)]),
    ),
    "keyframes in one slot": Row(
        rest=film({"keyframes": [keyframe(1), keyframe(1.1)]}),
        status=400,
        error="Two keyframes are less than 1/3 s apart.",
        rpc=video(keyframes=[frame(1), frame(1.1)]),
    ),
    "an edit without a video": schema(
        Rest(path=EDIT_FILM, body='{"prompt":"x"}'), "missing field `video` at line 1 column 14"
    ),
    "an edit of a string": schema(
        Rest(path=EDIT_FILM, body='{"prompt":"x","video":"a.mp4"}'),
        'video: invalid type: string "a.mp4", expected struct Source at line 1 column 29',
    ),
    "an edit by a newer model": Row(
        rest=post(EDIT_FILM, {"prompt": "x", "model": NEWER, "video": SOURCE}),
        status=400,
        error="Video editing is not supported for this model.",
        rpc=video(video=CLIP),
    ),
    "an edit without a prompt": schema(
        Rest(path=EDIT_FILM, body='{"video":{"url":"a"}}'),
        "missing field `prompt` at line 1 column 21",
        rpc=video(prompt="", video=CLIP, model=CLASSIC),
        details=EMPTY,
    ),
    "an extension by a newer model": Row(
        rest=post(EXTEND, {"prompt": "x", "model": NEWER, "video": SOURCE}),
        status=400,
        error="Video extension is not supported for this model.",
        rpc=extension(model=NEWER),
    ),
    "an extension by nothing": Row(
        rest=post(EXTEND, {"prompt": "x", "video": SOURCE, "duration": 0}),
        status=400,
        error=LENGTH,
        rpc=extension(duration=0),
    ),
    "an extension by too much": Row(
        rest=post(EXTEND, {"prompt": "x", "video": SOURCE, "duration": 16}),
        status=400,
        error=LENGTH,
        rpc=extension(duration=16),
    ),
    "an extension of nothing": schema(
        Rest(path=EXTEND, body='{"prompt":"x"}'),
        "missing field `video` at line 1 column 14",
        rpc=extension(video=None),
        details="video: exactly one of `url` and `file_id` must be set.",
    ),
    "a malformed id": Row(
        rest=Rest(path="/v1/videos/generation", method="GET"), status=400, error="Malformed request ID"
    ),
    "an unknown id": Row(
        rest=Rest(path="/v1/videos/00000000-0000-4000-8000-000000000000", method="GET"),
        status=404,
        code="not-found",
        error="Request not found: 00000000-0000-4000-8000-000000000000",
        rpc=Rpc(
            method="Video/GetDeferredVideo",
            message=video_pb2.GetDeferredVideoRequest(request_id="00000000-0000-4000-8000-000000000000"),
        ),
        grpc="NOT_FOUND",
    ),
}


@pytest.fixture(scope="module")
def world(scripted: ServerProcess) -> Iterator[World]:
    yield World(scripted, "xai-test")


@pytest.mark.parametrize("name", IMAGES)
def test_images(world: World, name: str) -> None:
    check(world, IMAGES[name])


@pytest.mark.parametrize("name", VIDEOS)
def test_videos(world: World, name: str) -> None:
    check(world, VIDEOS[name])


@pytest.mark.parametrize(
    ("path", "body"), [(GENERATE, {"prompt": "x", "n": 11}), (FILM, {"prompt": "x", "duration": 16})]
)
def test_a_null_is_no_value(world: World, path: str, body: dict[str, Any]) -> None:
    nulls = dict.fromkeys(["model", "aspect_ratio", "resolution", "storage_options", "user"])
    assert world.rest(post(path, {**body, **nulls})) == world.rest(post(path, body))
    assert json.loads(world.rest(post(path, body))[2])["code"] == "invalid-argument"
