"""Calls with a key in their metadata: run once, answered the same."""

import asyncio
from typing import Any

import grpc
import pytest
from xai_sdk.proto import (
    batch_pb2,
    batch_pb2_grpc,
    files_pb2,
    files_pb2_grpc,
    image_pb2,
    image_pb2_grpc,
    video_pb2,
    video_pb2_grpc,
)

from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.errors import ApiError
from imagined.contract.results import JobError
from imagined.grpc_api.idempotency import key_for
from tests.support.compatibility import METHODS
from tests.support.fake_services import FILE_ID, REQUEST_ID, output, view
from tests.unit.grpc_api.conftest import METADATA, Rpc

KEYED = (*METADATA, ("idempotency-key", "a"))


async def start(rpc: Rpc, prompt: str = "x", metadata: Any = KEYED) -> tuple[Any, dict[str, Any]]:
    """The message, or the status and its words, and the trailing metadata."""
    async with rpc.channel() as channel:
        call = video_pb2_grpc.VideoStub(channel).GenerateVideo(
            video_pb2.GenerateVideoRequest(prompt=prompt), metadata=metadata
        )
        try:
            answer: Any = await call
        except grpc.aio.AioRpcError as refused:
            answer = (refused.code(), refused.details())
        return answer, dict(await call.trailing_metadata())


async def image(rpc: Rpc, prompt: str = "x", **fields: Any) -> Any:
    async with rpc.channel() as channel:
        return await image_pb2_grpc.ImageStub(channel).GenerateImage(
            image_pb2.GenerateImageRequest(prompt=prompt, **fields), metadata=KEYED
        )


@pytest.mark.parametrize("name", ["idempotency-key", "x-idempotency-key"])
async def test_the_same_call_again(rpc: Rpc, name: str) -> None:
    first, second = [await start(rpc, metadata=(*METADATA, (name, "a"))) for _ in range(2)]
    assert first == (second[0], {"x-request-id": REQUEST_ID})
    assert second[1] == {"x-request-id": REQUEST_ID, "idempotency-replayed": "true"}
    assert first[0].request_id == REQUEST_ID and len(rpc.imagine.requests) == 1


async def test_another_call_with_the_key(rpc: Rpc) -> None:
    await start(rpc)
    (status, words), trailing = await start(rpc, "y")
    assert status is grpc.StatusCode.ALREADY_EXISTS
    assert words.startswith("idempotency-key: this key was sent before")
    assert "idempotency-replayed" not in trailing
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await image(rpc)
    assert refused.value.code() is grpc.StatusCode.ALREADY_EXISTS
    assert len(rpc.imagine.requests) == 1


async def test_a_key_too_long(rpc: Rpc) -> None:
    (status, words), _ = await start(rpc, metadata=(*METADATA, ("idempotency-key", "a" * 256)))
    assert (status, words) == (grpc.StatusCode.INVALID_ARGUMENT, "idempotency-key: must have at most 255 characters.")


async def test_refusals_are_answers(rpc: Rpc) -> None:
    rpc.imagine.raises = errors.duration_out_of_range()
    first, _ = await start(rpc)
    rpc.imagine.raises = None
    second, trailing = await start(rpc)
    assert second == first == (grpc.StatusCode.INVALID_ARGUMENT, "Duration must be between 1 and 15 seconds")
    assert trailing["idempotency-replayed"] == "true"


async def test_a_failed_request_is_an_answer(rpc: Rpc) -> None:
    rpc.imagine.ends = view("failed", error=JobError(code="internal_error", message="It could not be drawn."))
    statuses = []
    for _ in range(2):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await image(rpc)
        statuses.append((refused.value.code(), refused.value.details()))
        rpc.imagine.ends = view()
    assert statuses == [(grpc.StatusCode.INTERNAL, "It could not be drawn.")] * 2


@pytest.mark.parametrize(
    "error",
    [
        ApiError(errors.RESOURCE_EXHAUSTED, "Too many."),
        ApiError(errors.INTERNAL, errors.STORAGE_FAILED),
        ZeroDivisionError("a bug"),
    ],
)
async def test_what_another_try_may_change_is_none(rpc: Rpc, error: Exception) -> None:
    rpc.imagine.raises = error
    (status, _), _ = await start(rpc)
    assert status in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.INTERNAL)
    rpc.imagine.raises = None
    answer, _ = await start(rpc)
    assert answer.request_id == REQUEST_ID


async def test_a_client_that_leaves_is_answered_when_it_comes_back(rpc: Rpc) -> None:
    ended = asyncio.Event()

    async def wait(caller: Caller, request_id: str) -> Any:
        rpc.imagine.waiting.set()
        await ended.wait()
        return view()

    rpc.imagine.wait = wait  # type: ignore[method-assign]
    first = asyncio.create_task(image(rpc))
    await rpc.imagine.waiting.wait()
    first.cancel()
    second = asyncio.create_task(image(rpc))
    ended.set()
    assert (await second).images[0].url
    assert len(rpc.imagine.requests) == 1


async def test_long_answers_are_made_again(rpc: Rpc) -> None:
    picture = b"\xff\xd8" + bytes(100_000)
    rpc.imagine.ends = view(outputs=(output(picture),))
    rpc.blobs.contents[output(picture).sha256] = picture
    first, second = [await image(rpc, format=image_pb2.IMG_FORMAT_BASE64) for _ in range(2)]
    assert first == second and len(first.SerializeToString()) > 100_000
    assert len(set(rpc.imagine.call_ids)) == 1


async def test_files_and_batches(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        batches, files = batch_pb2_grpc.BatchMgmtStub(channel), files_pb2_grpc.FilesStub(channel)
        made = [await batches.CreateBatch(batch_pb2.CreateBatchRequest(name="a"), metadata=KEYED) for _ in range(2)]
        assert made[0] == made[1]
        key = (*METADATA, ("idempotency-key", "delete"))
        request = files_pb2.DeleteFileRequest(file_id=FILE_ID)
        gone = [await files.DeleteFile(request, metadata=key) for _ in range(2)]
        assert gone[0] == gone[1] and gone[0].deleted


def test_reading_calls_have_no_key() -> None:
    changing = {
        name for name, method in METHODS.items() if key_for(f"/xai_api.{name}".replace(".", "/"), dict(KEYED))[1]
    }
    assert changing == {
        *("Image.GenerateImage", "Video.GenerateVideo", "Video.ExtendVideo"),
        *("Files.UploadFile", "Files.DeleteFile", "Files.CreatePublicUrl", "Files.RevokePublicUrl"),
        *("BatchMgmt.CreateBatch", "BatchMgmt.AddBatchRequests", "BatchMgmt.CancelBatch"),
    }
