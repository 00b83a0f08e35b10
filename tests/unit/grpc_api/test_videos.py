import datetime
from typing import Any

import grpc
import pytest
import xai_sdk
from xai_sdk.proto import deferred_pb2, video_pb2, video_pb2_grpc
from xai_sdk.video import VideoGenerationError

from imagined.contract.files import StorageOptions
from imagined.contract.requests import Keyframe, MediaSource, VideoRequest
from imagined.contract.results import JobError
from imagined.grpc_api import video_messages
from tests.support.fake_services import FILE_OUTPUT, REQUEST_ID, output, view
from tests.unit.grpc_api.conftest import METADATA, Rpc

MODEL = "grok-imagine-video-1.5"
CLIP = {"url": "http://127.0.0.1/v.mp4", "content_type": "video/mp4", "duration_s": 121 / 24}


def done(**changes: Any) -> Any:
    return view(model=MODEL, outputs=(output(**CLIP, **changes),), cost_in_usd_ticks=4_000_000_000)


async def test_a_video(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.imagine.ends = done()
    video = await sdk.video.generate("waves", MODEL)
    assert (video.url, video.duration, video.respect_moderation) == ("http://127.0.0.1/v.mp4", 5, True)
    assert (video.model, video.cost_usd) == (MODEL, pytest.approx(0.4))
    assert video.file_output is None
    assert rpc.imagine.requests == [VideoRequest(operation="generate_video", prompt="waves", model=MODEL)]


async def test_every_argument_of_the_sdk(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    started = await sdk.video.start(
        "x",
        MODEL,
        image_file_id="file_1",
        last_frame_url="https://example.org/last.png",
        keyframes=[{"image_url": "https://example.org/k.png", "timestamp": 0.7}],
        duration=10,
        aspect_ratio="9:16",
        resolution="720p",
        reference_image_urls=["https://example.org/r.png"],
        reference_image_file_ids=["file_2"],
        reference_audios=[{"voice_id": "ara"}],
        generate_audio=False,
        storage_options={"filename": "v.mp4", "public_url": True},
    )
    assert started.request_id == REQUEST_ID
    assert rpc.imagine.requests == [
        VideoRequest(
            operation="generate_video",
            prompt="x",
            model=MODEL,
            image=MediaSource(file_id="file_1"),
            last_frame=MediaSource(url="https://example.org/last.png"),
            keyframes=(Keyframe(image=MediaSource(url="https://example.org/k.png"), timestamp_s=0.7),),
            reference_images=(MediaSource(file_id="file_2"), MediaSource(url="https://example.org/r.png")),
            voices=("ara",),
            duration=10,
            aspect_ratio="9:16",
            resolution="720p",
            generate_audio=False,
            storage=StorageOptions(filename="v.mp4", public_url=True),
        )
    ]


async def test_a_video_input_makes_it_an_edit(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    await sdk.video.start("rain", MODEL, video_file_id="file_1", duration=5)
    assert rpc.imagine.requests == [
        VideoRequest(
            operation="edit_video", prompt="rain", model=MODEL, video=MediaSource(file_id="file_1"), duration=5
        )
    ]


async def test_an_extension(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    await sdk.video.extend_start(
        "on", MODEL, "https://example.org/v.mp4", duration=4, storage_options={"filename": "v.mp4"}
    )
    assert rpc.imagine.requests == [
        VideoRequest(
            operation="extend_video",
            prompt="on",
            model=MODEL,
            video=MediaSource(url="https://example.org/v.mp4"),
            duration=4,
            storage=StorageOptions(filename="v.mp4"),
        )
    ]


async def test_polling_shows_rising_progress(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    seen = []
    for state, progress in (("queued", 0), ("running", 41), ("running", 100)):
        rpc.imagine.ends = view(state, model=MODEL, progress=progress)
        answer = await sdk.video.get(REQUEST_ID)
        assert answer.status == deferred_pb2.PENDING
        assert not answer.response.HasField("video")
        seen.append(answer.response.progress)
    rpc.imagine.ends = done()
    answer = await sdk.video.get(REQUEST_ID)
    assert answer.status == deferred_pb2.DONE
    assert [*seen, answer.response.progress] == [0, 41, 99, 100]


async def test_the_sdk_waits_through_pending_answers(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.imagine.ends = view("running", model=MODEL, progress=3)
    get = rpc.imagine.get
    polls = 0

    async def ends_at_the_third(*arguments: Any) -> Any:
        nonlocal polls
        polls += 1
        if polls == 3:
            rpc.imagine.ends = done()
        return await get(*arguments)

    rpc.imagine.get = ends_at_the_third  # type: ignore[method-assign]
    video = await sdk.video.generate("x", MODEL, interval=datetime.timedelta(milliseconds=1))
    assert (video.url, polls) == ("http://127.0.0.1/v.mp4", 3)


async def test_stored_results(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.imagine.ends = done(file_output=FILE_OUTPUT)
    assert (await sdk.video.generate("x", MODEL)).file_output.file_id == FILE_OUTPUT.file_id
    rpc.imagine.ends = done(storage_error="disk full")
    assert (await sdk.video.generate("x", MODEL)).storage_error == "disk full"


@pytest.mark.parametrize(
    ("state", "error", "expected"),
    [
        ("failed", JobError(code="invalid_argument", message="No."), ("invalid_argument", "No.")),
        ("failed", None, ("internal_error", "An internal error occurred.")),
        ("cancelled", None, ("failed_precondition", "The request was cancelled before it finished.")),
    ],
)
async def test_failures(
    sdk: xai_sdk.AsyncClient, rpc: Rpc, state: str, error: JobError | None, expected: tuple[str, str]
) -> None:
    rpc.imagine.ends = view(state, error=error)
    with pytest.raises(VideoGenerationError) as failed:
        await sdk.video.generate("x", MODEL)
    assert (failed.value.code, failed.value.message) == expected
    answer = await sdk.video.get(REQUEST_ID)
    assert (answer.response.progress, answer.response.video.url) == (0, "")
    assert answer.response.video.respect_moderation is True


async def test_expired_and_unknown(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.imagine.ends = view("expired")
    with pytest.raises(RuntimeError, match="expired"):
        await sdk.video.generate("x", MODEL)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sdk.video.get("nonsense")
    assert (refused.value.code(), refused.value.details()) == (
        grpc.StatusCode.NOT_FOUND,
        "Request not found: nonsense",
    )


IMAGE = {"image_url": "https://example.org/a.png"}
VIDEO = {"url": "https://example.org/a.mp4"}


@pytest.mark.parametrize(
    ("method", "message", "text"),
    [
        (
            "GenerateVideo",
            video_pb2.GenerateVideoRequest(aspect_ratio=99),
            "aspect_ratio: unknown value 99, expected one of 1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3.",
        ),
        (
            "GenerateVideo",
            video_pb2.GenerateVideoRequest(resolution=99),
            "resolution: unknown value 99, expected one of 480p, 720p, 1080p.",
        ),
        (
            "GenerateVideo",
            video_pb2.GenerateVideoRequest(image=IMAGE, video=VIDEO),
            "Only one of `image` or `video` can be set for a request.",
        ),
        (
            "GenerateVideo",
            video_pb2.GenerateVideoRequest(keyframes=[{"timestamp_s": 1}]),
            "keyframes[0].image: exactly one of `url` and `file_id` must be set.",
        ),
        (
            "GenerateVideo",
            video_pb2.GenerateVideoRequest(reference_audios=[{}]),
            "reference_audios[0]: `voice_id` must be set.",
        ),
        (
            "ExtendVideo",
            video_pb2.ExtendVideoRequest(prompt="x"),
            "video: exactly one of `url` and `file_id` must be set.",
        ),
    ],
)
async def test_refusals(rpc: Rpc, method: str, message: Any, text: str) -> None:
    async with rpc.channel() as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await getattr(video_pb2_grpc.VideoStub(channel), method)(message, metadata=METADATA)
    assert (refused.value.code(), refused.value.details()) == (grpc.StatusCode.INVALID_ARGUMENT, text)
    assert rpc.imagine.requests == []


def test_every_enum_value_has_a_word() -> None:
    assert set(video_pb2.VideoAspectRatio.values()) == {0, *video_messages.ASPECT_RATIOS}
    assert set(video_pb2.VideoResolution.values()) == {0, *video_messages.RESOLUTIONS}
