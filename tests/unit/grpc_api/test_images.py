import asyncio
import base64
from typing import Any

import grpc
import pytest
import xai_sdk
from xai_sdk.proto import image_pb2, image_pb2_grpc

from imagined.contract.files import FileOutput, StorageOptions
from imagined.contract.requests import ImageRequest, MediaSource
from imagined.contract.results import JobError
from imagined.grpc_api import image_messages
from tests.support.fake_services import FILE_OUTPUT, PICTURE, REQUEST_ID, output, view
from tests.unit.grpc_api.conftest import METADATA, Rpc

MODEL = "grok-imagine-image-quality"


async def test_a_url(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    image = await sdk.image.sample("a harbour", MODEL)
    assert image.url == "http://127.0.0.1:8080/media/token/picture.jpeg"
    assert image.respect_moderation is True
    assert image.model == MODEL
    assert image.cost_usd == pytest.approx(0.05)
    assert image.file_output is None
    assert image.storage_error is None
    assert rpc.imagine.requests == [ImageRequest(prompt="a harbour", model=MODEL, n=1, default_aspect_ratio="1:1")]


async def test_base64_is_a_data_url(sdk: xai_sdk.AsyncClient) -> None:
    image = await sdk.image.sample("a harbour", MODEL, image_format="base64")
    head, _, text = image.base64.partition(",")
    assert head == "data:image/jpeg;base64"
    assert base64.b64decode(text, validate=True) == PICTURE


async def test_every_argument_of_the_sdk(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.imagine.ends = view(outputs=(output(), output(), output()))
    images = await sdk.image.sample_batch(
        "x",
        MODEL,
        3,
        image_urls=["https://example.org/a.png"],
        image_file_ids=["file_1"],
        aspect_ratio="9:19.5",
        resolution="2k",
        quality="low",
        user="u",
        storage_options={"filename": "a.jpg", "expires_after": 7200, "public_url": {"expires_after": 3600}},
    )
    assert len(images) == 3
    assert rpc.imagine.requests == [
        ImageRequest(
            prompt="x",
            model=MODEL,
            n=3,
            images=(MediaSource(file_id="file_1"), MediaSource(url="https://example.org/a.png")),
            is_edit=True,
            aspect_ratio="9:19.5",
            resolution="2k",
            quality="low",
            user="u",
            storage=StorageOptions(
                filename="a.jpg", expires_after=7200, public_url=True, public_url_expires_after=3600
            ),
            default_aspect_ratio="1:1",
        )
    ]


@pytest.mark.parametrize(("public_url", "asked"), [(True, True), (False, False), ({}, True)])
async def test_an_empty_public_url_message_means_yes(
    sdk: xai_sdk.AsyncClient, rpc: Rpc, public_url: Any, asked: bool
) -> None:
    await sdk.image.sample("x", MODEL, storage_options={"filename": "a", "public_url": public_url})
    assert rpc.imagine.requests[0].storage == StorageOptions(filename="a", public_url=asked)


async def test_stored_results(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.imagine.ends = view(outputs=(output(file_output=FILE_OUTPUT), output(storage_error="disk full")))
    first, second = await sdk.image.sample_batch("x", MODEL, 2)
    kept = first.file_output
    assert (kept.file_id, kept.filename, kept.public_url) == (
        FILE_OUTPUT.file_id,
        "city.jpg",
        FILE_OUTPUT.public_url,
    )
    assert (kept.expires_at.seconds, kept.public_url_expires_at.ToMilliseconds()) == (
        1_796_090_400,
        1_796_086_800_500,
    )
    assert not kept.HasField("public_url_error")
    assert second.storage_error == "disk full"
    private = FileOutput(file_id="file_1", filename="a", public_url_error="quota")
    rpc.imagine.ends = view(outputs=(output(file_output=private),))
    kept = (await sdk.image.sample("x", MODEL)).file_output
    assert (kept.public_url_error, kept.HasField("public_url"), kept.HasField("expires_at")) == ("quota", False, False)


async def test_words_that_grpc_does_not_have(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        stub = image_pb2_grpc.ImageStub(channel)
        for field, words in (
            ("aspect_ratio", "1:1, 3:4, 4:3, 9:16, 16:9, 2:3, 3:2, auto, 9:19.5, 19.5:9, 9:20, 20:9, 1:2, 2:1"),
            ("resolution", "1k, 2k"),
            ("quality", "low, medium, high"),
            ("format", "base64, url"),
        ):
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await stub.GenerateImage(image_pb2.GenerateImageRequest(prompt="x", **{field: 99}), metadata=METADATA)
            assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
            assert refused.value.details() == f"{field}: unknown value 99, expected one of {words}."


async def test_zero_is_not_set(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        message = image_pb2.GenerateImageRequest(prompt="x", aspect_ratio=0, resolution=0, quality=0, format=0)
        answer = await image_pb2_grpc.ImageStub(channel).GenerateImage(message, metadata=METADATA)
    assert answer.images[0].WhichOneof("image") == "url"
    assert rpc.imagine.requests == [ImageRequest(prompt="x", default_aspect_ratio="1:1")]


async def test_a_source_without_content(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        message = image_pb2.GenerateImageRequest(prompt="x", images=[image_pb2.ImageUrlContent(detail=1)])
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await image_pb2_grpc.ImageStub(channel).GenerateImage(message, metadata=METADATA)
    assert refused.value.details() == "images[0]: exactly one of `url` and `file_id` must be set."


async def test_the_request_id_is_in_the_trailer(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        call = image_pb2_grpc.ImageStub(channel).GenerateImage(
            image_pb2.GenerateImageRequest(prompt="x"), metadata=METADATA
        )
        await call
        assert dict(await call.trailing_metadata())["x-request-id"] == REQUEST_ID


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("invalid_argument", grpc.StatusCode.INVALID_ARGUMENT),
        ("permission_denied", grpc.StatusCode.PERMISSION_DENIED),
        ("failed_precondition", grpc.StatusCode.FAILED_PRECONDITION),
        ("service_unavailable", grpc.StatusCode.UNAVAILABLE),
        ("internal_error", grpc.StatusCode.INTERNAL),
    ],
)
async def test_a_failed_request_is_a_status(rpc: Rpc, code: str, status: grpc.StatusCode) -> None:
    rpc.imagine.ends = view("failed", error=JobError(code=code, message="It did not work."))
    async with rpc.channel() as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await image_pb2_grpc.ImageStub(channel).GenerateImage(
                image_pb2.GenerateImageRequest(prompt="x"), metadata=METADATA
            )
    assert (refused.value.code(), refused.value.details()) == (status, "It did not work.")


async def test_base64_that_no_client_could_receive(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.imagine.ends = view(outputs=tuple(output(size=2_000_000) for _ in range(10)))
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sdk.image.sample_batch("x", MODEL, 10, image_format="base64")
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "Ask for format url" in refused.value.details()


async def test_an_answer_of_almost_the_limit_arrives(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    picture = bytes(15_700_000)
    rpc.blobs.contents = {output(picture).sha256: picture}
    rpc.imagine.ends = view(outputs=(output(picture),))
    image = await sdk.image.sample("x", MODEL, image_format="base64")
    assert len(image.base64) > 20_900_000


async def test_an_input_of_almost_the_limit_arrives(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    url = "data:image/png;base64," + "A" * 20_000_000
    await sdk.image.sample("x", MODEL, image_url=url)
    assert rpc.imagine.requests[0].image == MediaSource(url=url)


@pytest.mark.parametrize("is_stored", [False, True])
async def test_a_client_that_leaves_cancels_what_is_kept_nowhere(rpc: Rpc, is_stored: bool) -> None:
    rpc.imagine.never_ends = True
    storage = image_pb2.StorageOptions(filename="a.jpg") if is_stored else None
    async with rpc.channel() as channel:
        # As a stream of answers, a call shows its first metadata before it ends; on the wire both are the same.
        method = channel.unary_stream(
            "/xai_api.Image/GenerateImage",
            image_pb2.GenerateImageRequest.SerializeToString,
            image_pb2.ImageResponse.FromString,
        )
        call = method(image_pb2.GenerateImageRequest(prompt="x", storage_options=storage), metadata=METADATA)
        assert dict(await call.initial_metadata())["x-request-id"] == REQUEST_ID
        await rpc.imagine.waiting.wait()
        call.cancel()
        while not (rpc.imagine.left if is_stored else rpc.imagine.abandoned):
            await asyncio.sleep(0.01)
    assert rpc.imagine.abandoned == ([] if is_stored else [REQUEST_ID])
    assert len(rpc.imagine.requests) == 1


def test_every_enum_value_has_a_word() -> None:
    for enum, words in (
        (image_pb2.ImageAspectRatio, image_messages.ASPECT_RATIOS),
        (image_pb2.ImageResolution, image_messages.RESOLUTIONS),
        (image_pb2.ImageQuality, image_messages.QUALITIES),
        (image_pb2.ImageFormat, image_messages.FORMATS),
    ):
        assert set(enum.values()) == {0, *words}
