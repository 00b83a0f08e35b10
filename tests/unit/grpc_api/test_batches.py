"""`BatchMgmt` by the official SDK over stores in memory."""

from typing import Any

import grpc
import pytest
import xai_sdk
from xai_sdk.proto import batch_pb2, image_pb2, video_pb2

from imagined.contract.batches import EntryDetail
from imagined.contract.requests import Keyframe, MediaSource, VideoRequest
from imagined.grpc_api import batch_messages, image_messages, request_messages, video_messages
from tests.support.batches import picture
from tests.support.fake_services import view
from tests.unit.grpc_api.conftest import Rpc

IMAGE, VIDEO = "grok-imagine-image", "grok-imagine-video"
State = batch_pb2.BatchRequestMetadata.State


async def status_of(call: Any) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await call
    return refused.value.code(), str(refused.value.details())


async def made(sdk: xai_sdk.AsyncClient, *names: str) -> str:
    batch = await sdk.batch.create("posters")
    prepared = [sdk.image.prepare(prompt="a cat", model=IMAGE, batch_request_id=name) for name in names]
    if prepared:
        await sdk.batch.add(batch.batch_id, prepared)
    return str(batch.batch_id)


async def test_a_new_batch(sdk: xai_sdk.AsyncClient) -> None:
    batch = await sdk.batch.create("posters")
    assert batch.name == "posters" and batch.create_api_key_id == "key-id"
    assert batch.expire_time.seconds - batch.create_time.seconds == 30 * 86_400
    for field in ("cancel_time", "cancel_by_xai_message", "input_file_id"):
        assert not batch.HasField(field)
    assert batch.HasField("state") and batch.state.num_requests == 0


async def test_every_kind_is_added(sdk: xai_sdk.AsyncClient) -> None:
    batch_id = await made(sdk)
    film = {"video_url": "https://a.example/v.mp4"}
    await sdk.batch.add(
        batch_id,
        [
            sdk.image.prepare(prompt="x", model=IMAGE, batch_request_id="a"),
            sdk.image.prepare(prompt="x", model=IMAGE, image_url="https://a.example/p.png", batch_request_id="b"),
            sdk.video.prepare(prompt="x", model=VIDEO, batch_request_id="c"),
            sdk.video.prepare(prompt="x", model=VIDEO, batch_request_id="d", **film),
            sdk.video.prepare_extension(prompt="x", model=VIDEO, batch_request_id="e", **film),
            sdk.image.prepare(prompt="x", model=IMAGE),
        ],
    )
    listed = (await sdk.batch.list_batch_requests(batch_id)).batch_request_metadata
    assert [
        entry.endpoint.rpartition("/")[2] for entry in sorted(listed, key=lambda entry: entry.batch_request_id)
    ] == [
        *("GenerateImage", "GenerateImage", "GenerateImage"),
        *("GenerateVideo", "GenerateVideo", "ExtendVideo"),
    ]


async def test_additions_that_are_refused(sdk: xai_sdk.AsyncClient) -> None:
    batch_id = await made(sdk)
    chat = batch_pb2.BatchRequest(batch_request_id="c")
    chat.completion_request.model = "grok-4"
    good = sdk.image.prepare(prompt="x", model=IMAGE)
    for wrong, words in (
        (chat, "batch_requests[1] (c): completion_request is not supported in batches"),
        (batch_pb2.BatchRequest(), "batch_requests[1]: must have image_request"),
        (sdk.image.prepare(prompt="", model=IMAGE), "batch_requests[1]: Prompt cannot be empty"),
    ):
        code, details = await status_of(sdk.batch.add(batch_id, [good, wrong]))
        assert code is grpc.StatusCode.INVALID_ARGUMENT and details.startswith(words)
    assert (await sdk.batch.get(batch_id)).state.num_requests == 0


async def test_results_of_every_end(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    batch_id = await made(sdk, "a", "b", "c")
    video = sdk.video.prepare(prompt="x", model=VIDEO, batch_request_id="v")
    await sdk.batch.add(batch_id, [video])
    await rpc.house.finish()
    await rpc.house.fail("no such picture")
    claim = await rpc.house.claim()
    await rpc.house.finish()
    page = await sdk.batch.list_batch_results(batch_id)
    assert [result.batch_request_id for result in page.succeeded] == ["a", "v"]
    assert page.succeeded[0].image_response.url.endswith(".jpeg")
    assert page.succeeded[1].video_response.duration == 5
    (failed,) = page.failed
    assert (failed.error_message, failed.proto.error.code) == ("no such picture", 3)
    pending = await rpc_entry(sdk, batch_id, "c")
    assert pending.request.image_request.prompt == "a cat" and not pending.HasField("result")
    await rpc.house.finish(claim)
    assert (await rpc_entry(sdk, batch_id, "c")).result.response.HasField("image_response")


async def rpc_entry(sdk: xai_sdk.AsyncClient, batch_id: str, name: str) -> Any:
    asked = batch_pb2.GetBatchRequestResultRequest(batch_id=batch_id, batch_request_id=name)
    return await sdk.batch._stub.GetBatchRequestResult(asked)


async def test_cancel_and_states(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    batch_id = await made(sdk, "a", "b")
    await rpc.house.finish()
    batch = await sdk.batch.cancel(batch_id)
    assert (batch.state.num_success, batch.state.num_cancelled) == (1, 1)
    (cancelled,) = (await sdk.batch.list_batch_results(batch_id)).failed
    assert (cancelled.error_message, cancelled.proto.error.code) == ("Batch cancelled", 1)
    asked = batch_pb2.ListBatchRequestMetadataRequest(batch_id=batch_id, status=[State.STATE_SUCCEEDED])
    (entry,) = (await sdk.batch._stub.ListBatchRequestMetadata(asked)).batch_request_metadata
    assert (entry.batch_request_id, entry.HasField("finish_time")) == ("a", True)
    unknown = batch_pb2.ListBatchRequestMetadataRequest(batch_id=batch_id, status=[State.STATE_UNKNOWN])
    code, _ = await status_of(sdk.batch._stub.ListBatchRequestMetadata(unknown))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    late = [sdk.image.prepare(prompt="x", model=IMAGE)]
    assert (await status_of(sdk.batch.add(batch_id, late)))[0] is grpc.StatusCode.PERMISSION_DENIED


async def test_unknown_batches_and_requests(sdk: xai_sdk.AsyncClient) -> None:
    batch_id = await made(sdk)
    for call in (sdk.batch.get("x"), sdk.batch.cancel("x"), sdk.batch.list_batch_results("x")):
        assert (await status_of(call))[0] is grpc.StatusCode.NOT_FOUND
    assert (await status_of(rpc_entry(sdk, batch_id, "x")))[0] is grpc.StatusCode.NOT_FOUND


def test_pictures_that_do_not_fit_come_as_urls() -> None:
    assert batch_messages.fits(view())
    large = view(outputs=tuple(view().outputs) * 10_000)
    assert not batch_messages.fits(large)


def test_requests_come_back_as_they_were_sent() -> None:
    source = {"image_url": "https://a.example/p.png"}
    image = image_pb2.GenerateImageRequest(
        prompt="x",
        model=IMAGE,
        n=2,
        user="u",
        images=[source, {"file_id": "file_1"}],
        format=image_pb2.IMG_FORMAT_BASE64,
        aspect_ratio=image_pb2.IMG_ASPECT_RATIO_3_4,
        resolution=image_pb2.IMG_RESOLUTION_2K,
        quality=image_pb2.IMG_QUALITY_MEDIUM,
        storage_options={"filename": "a.jpg", "expires_after": 4000, "public_url": {"expires_after": 3600}},
    )
    call = image_messages.to_call(image)
    assert request_messages.from_image_request(call.request, as_base64=call.as_base64) == image
    video = video_pb2.GenerateVideoRequest(
        prompt="x",
        model=VIDEO,
        image=source,
        last_frame=source,
        duration=5,
        reference_images=[source],
        reference_audios=[{"voice_id": "ara"}],
        keyframes=[{"image": source, "timestamp_s": 0.5}],
        generate_audio=False,
        aspect_ratio=video_pb2.VIDEO_ASPECT_RATIO_3_2,
        resolution=video_pb2.VIDEO_RESOLUTION_720P,
        storage_options={"filename": "a.mp4", "public_url": {}},
    )
    assert request_messages.from_video_request(video_messages.to_generation(video)) == video
    extension = video_pb2.ExtendVideoRequest(prompt="x", model=VIDEO, video={"file_id": "file_1"}, duration=3)
    assert request_messages.from_extension(video_messages.to_extension(extension)) == extension


def test_a_request_that_was_not_kept_still_has_its_id() -> None:
    detail = EntryDetail(batch_request_id="a", request=None, as_base64=False, result=None)
    assert batch_messages.from_detail(detail) == batch_pb2.BatchRequest(batch_request_id="a")


def test_kinds_of_requests_keep_their_fields() -> None:
    film = MediaSource(url="https://a.example/v.mp4")
    for operation, field in (
        ("generate_video", "video_request"),
        ("edit_video", "video_request"),
        ("extend_video", "video_extension_request"),
    ):
        frames = (Keyframe(image=film, timestamp_s=1.0),) if operation == "generate_video" else ()
        request = VideoRequest(operation=operation, prompt="x", video=film, keyframes=frames)  # type: ignore[arg-type]
        detail = EntryDetail(batch_request_id="a", request=request, as_base64=False, result=None)
        assert batch_messages.from_detail(detail).WhichOneof("request") == field
    image = EntryDetail(batch_request_id="a", request=picture().request, as_base64=True, result=None)
    assert batch_messages.from_detail(image).image_request.format == image_pb2.IMG_FORMAT_BASE64
