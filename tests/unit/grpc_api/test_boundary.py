"""What holds for every call: keys, statuses, retries, the log, and services that are not served."""

import asyncio
from typing import Any

import grpc
import pytest
import structlog
import xai_sdk
from xai_sdk import proto
from xai_sdk.proto import image_pb2, image_pb2_grpc, models_pb2, models_pb2_grpc

from imagined.contract import errors
from imagined.contract.errors import ApiError, ErrorKind
from imagined.grpc_api.boundary import SERVED
from tests.support.fake_services import KEY, REQUEST_ID
from tests.unit.grpc_api.conftest import METADATA, Rpc

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, ErrorKind)]


async def generate(rpc: Rpc, metadata: Any = METADATA) -> Any:
    async with rpc.channel() as channel:
        return await image_pb2_grpc.ImageStub(channel).GenerateImage(
            image_pb2.GenerateImageRequest(prompt="x"), metadata=metadata
        )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.http}-{kind.code}")
async def test_every_kind_of_error_has_its_status(rpc: Rpc, kind: ErrorKind) -> None:
    rpc.imagine.raises = ApiError(kind, "A sentence.")
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await generate(rpc)
    assert refused.value.code() is grpc.StatusCode[kind.grpc]
    assert refused.value.details() == "A sentence."


@pytest.mark.parametrize(
    ("metadata", "details"),
    [
        ((), "No credentials presented."),
        ((("authorization", "Basic abc"),), "No credentials presented."),
        (
            (("authorization", "Bearer xai-wrong"),),
            "Incorrect API key provided. You can obtain an API key from the operator of this server "
            "(`imagined keys create`).",
        ),
    ],
)
async def test_keys(rpc: Rpc, metadata: Any, details: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await generate(rpc, metadata)
    assert (refused.value.code(), refused.value.details()) == (grpc.StatusCode.UNAUTHENTICATED, details)


async def test_a_bug_is_logged_and_not_told(rpc: Rpc) -> None:
    rpc.imagine.raises = ZeroDivisionError("a secret of the house")
    with structlog.testing.capture_logs() as logs, pytest.raises(grpc.aio.AioRpcError) as refused:
        await generate(rpc)
    assert (refused.value.code(), refused.value.details()) == (
        grpc.StatusCode.INTERNAL,
        "An internal error occurred.",
    )
    unexpected, line = logs
    assert unexpected["event"] == "unexpected error"
    assert isinstance(unexpected["exc_info"], ZeroDivisionError)
    assert line["status"] == "INTERNAL"
    assert unexpected["request_id"] == line["request_id"] == dict(refused.value.trailing_metadata())["x-request-id"]


async def test_one_line_for_each_call_and_no_key_in_it(rpc: Rpc) -> None:
    with structlog.testing.capture_logs() as logs:
        await generate(rpc)
    (line,) = logs
    assert (line["method"], line["status"], line["request_id"]) == ("/xai_api.Image/GenerateImage", "OK", REQUEST_ID)
    assert KEY not in str(logs)


async def test_the_sdk_repeats_a_call_and_the_server_sees_that(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    start, attempts = rpc.imagine.start_image, 0

    async def unavailable_once(*arguments: Any, is_retry: bool, call_id: str) -> str:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise errors.unavailable("The server is going down.")
        return await start(*arguments, is_retry=is_retry, call_id=call_id)

    rpc.imagine.start_image = unavailable_once  # type: ignore[method-assign]
    assert (await sdk.image.sample("x", "grok-imagine-image")).url
    assert (attempts, rpc.imagine.retries) == (2, [True])
    assert (await sdk.image.sample("x", "grok-imagine-image")).url
    assert rpc.imagine.retries == [True, False]


def services_of_the_sdk() -> dict[str, list[Any]]:
    modules = [module for name, module in vars(proto).items() if name.endswith("_pb2")]
    return {
        service.full_name: list(service.methods)
        for module in modules
        for service in module.DESCRIPTOR.services_by_name.values()
    }


def test_the_sdk_has_the_services_we_serve() -> None:
    assert {f"xai_api.{name}" for name in SERVED} < set(services_of_the_sdk())


async def test_every_other_method_of_the_sdk_says_that_it_is_not_served(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        for service, methods in services_of_the_sdk().items():
            if service.rpartition(".")[2] in SERVED:
                continue
            for method in methods:
                call = channel.unary_unary(f"/{service}/{method.name}")
                with pytest.raises(grpc.aio.AioRpcError) as refused:
                    await call(b"")
                assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED
                assert refused.value.details().endswith(
                    "is not part of this server; it serves the Imagine and Files APIs"
                )


async def test_sentences_of_what_is_not_served(rpc: Rpc) -> None:
    sentences = {}
    async with rpc.channel() as channel:
        for method in ("xai_api.Chat/GetCompletion", "xai_api.Embedder/Embed", "xai_api.Image/Dream", "a.B/C"):
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await channel.unary_unary(f"/{method}")(b"")
            sentences[method] = refused.value.details()
    rest = " is not part of this server; it serves the Imagine and Files APIs"
    assert sentences == {
        "xai_api.Chat/GetCompletion": "chat" + rest,
        "xai_api.Embedder/Embed": "embedding" + rest,
        "xai_api.Image/Dream": "Dream is not a method of xai_api.Image on this server.",
        "a.B/C": "b" + rest,
    }


async def test_a_streamed_call_that_is_not_served(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        call = channel.unary_stream("/xai_api.Chat/GetCompletionChunk")(b"")
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            _ = [message async for message in call]
    assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def test_models(sdk: xai_sdk.AsyncClient) -> None:
    models = await sdk.models.list_image_generation_models()
    assert [model.name for model in models] == [
        "grok-imagine-image",
        "grok-imagine-image-2.0",
        "grok-imagine-image-quality",
    ]
    assert [model.image_price for model in models] == [2, 6, 5]
    assert await sdk.models.list_language_models() == []
    assert await sdk.models.list_embedding_models() == []
    model = await sdk.models.get_image_generation_model("grok-imagine-image-pro")
    assert model.name == "grok-imagine-image-quality"
    assert model.input_modalities == [models_pb2.TEXT, models_pb2.IMAGE]
    assert model.output_modalities == [models_pb2.IMAGE]
    assert (model.created.seconds, model.max_prompt_length, model.version) == (1_775_174_400, 16_000, "1.0")


@pytest.mark.parametrize("kind", ["ImageGeneration", "Language", "Embedding"])
@pytest.mark.parametrize("name", ["flux", "grok-imagine-video"])
async def test_models_that_are_not_there(rpc: Rpc, kind: str, name: str) -> None:
    async with rpc.channel() as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await getattr(models_pb2_grpc.ModelsStub(channel), f"Get{kind}Model")(
                models_pb2.GetModelRequest(name=name), metadata=METADATA
            )
    assert refused.value.code() is grpc.StatusCode.NOT_FOUND
    assert refused.value.details().startswith(f"The model {name} does not exist or your team team")


async def test_key_information(sdk: xai_sdk.AsyncClient) -> None:
    key = await sdk.auth.get_api_key_info()
    assert (key.redacted_api_key, key.user_id, key.name, key.team_id, key.api_key_id) == (
        "xai-...sts",
        "user",
        "tests",
        "team",
        "key-id",
    )
    assert list(key.acls) == ["api-key:model:*", "api-key:endpoint:*"]
    assert key.create_time.ToMilliseconds() == 1_796_083_200_500
    assert (key.api_key_blocked, key.team_blocked, key.disabled) == (False, False, False)


async def test_the_synchronous_client(rpc: Rpc) -> None:
    def use() -> tuple[str, int]:
        with xai_sdk.Client(api_key=KEY, api_host=rpc.address) as client:
            return client.image.sample("x", "grok-imagine-image").url, client.files.upload(b"12345", filename="a").size

    url, size = await asyncio.to_thread(use)
    assert (url.startswith("http"), size) == (True, 5)
