import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import grpc
import pytest
import xai_sdk
from xai_sdk.proto import files_pb2, files_pb2_grpc

from imagined.contract.errors import invalid
from imagined.contract.files import ListQuery, PublicUrl
from tests.support.fake_services import FILE_ID, NOW, stored
from tests.unit.grpc_api.conftest import METADATA, UPLOAD_LIMIT, Rpc

UNKNOWN = "file_00000000-0000-4000-8000-000000000000"


def init(name: str = "a.bin", **fields: Any) -> Any:
    return files_pb2.UploadFileChunk(init=files_pb2.UploadFileInit(name=name, **fields))


def data(content: bytes) -> Any:
    return files_pb2.UploadFileChunk(data=content)


async def upload(rpc: Rpc, messages: Iterable[Any], metadata: Any = METADATA) -> Any:
    async with rpc.channel() as channel:
        return await files_pb2_grpc.FilesStub(channel).UploadFile(iter(messages), metadata=metadata)


async def test_an_upload_by_the_sdk(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    content = bytes(range(256)) * 20_000
    file = await sdk.files.upload(content, filename="noise.bin")
    assert (file.filename, file.size, file.created_at.ToMilliseconds()) == ("noise.bin", len(content), 1796083200500)
    assert not file.HasField("expires_at")
    assert not file.HasField("public_url")
    (seen,) = rpc.files.uploads
    assert seen == {
        "filename": "noise.bin",
        "data": content,
        "max_bytes": UPLOAD_LIMIT,
        "expires_after": None,
        "is_retry": False,
    }


async def test_an_upload_with_a_lifetime(rpc: Rpc) -> None:
    await upload(rpc, [init(expires_after=0), data(b"a"), data(b""), data(b"b")])
    assert rpc.files.uploads[0]["expires_after"] == 0
    assert rpc.files.uploads[0]["data"] == b"ab"


async def test_an_empty_upload_reaches_the_service(rpc: Rpc) -> None:
    await upload(rpc, [init()])
    assert rpc.files.uploads[0]["data"] == b""


@pytest.mark.parametrize(
    ("messages", "text"),
    [
        ([], "The first message of an upload must be `init`."),
        ([data(b"a"), init()], "The first message of an upload must be `init`."),
        ([files_pb2.UploadFileChunk()], "The first message of an upload must be `init`."),
        ([init(), init()], "`init` must be sent exactly once, as the first message of an upload."),
        (
            [init(), data(b"a"), init(), data(b"b")],
            "`init` must be sent exactly once, as the first message of an upload.",
        ),
        ([init(), files_pb2.UploadFileChunk()], "A message of an upload must have `data`."),
    ],
)
async def test_messages_out_of_order(rpc: Rpc, messages: list[Any], text: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await upload(rpc, messages)
    assert (refused.value.code(), refused.value.details()) == (grpc.StatusCode.INVALID_ARGUMENT, text)
    assert rpc.files.uploads == []


async def test_too_large(rpc: Rpc) -> None:
    piece = bytes(3 * 1024 * 1024)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await upload(rpc, [init(), *[data(piece)] * 4])
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_an_upload_over_an_insecure_channel_has_no_key(rpc: Rpc) -> None:
    async with rpc.sdk(insecure=True) as client:
        assert (await client.files.list()).data
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await client.files.upload(b"a", filename="a")
        assert refused.value.code() is grpc.StatusCode.UNAUTHENTICATED
        rpc.authenticator.is_open = True
        assert (await client.files.upload(b"a", filename="a")).size == 1


async def test_listing(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    answer = await sdk.files.list()
    assert [file.id for file in answer.data] == [FILE_ID]
    assert not answer.HasField("pagination_token")
    rpc.files.next_token = "next"
    answer = await sdk.files.list(limit=5, order="desc", sort_by="size", pagination_token="t", filter="size_bytes > 1")
    assert answer.pagination_token == "next"
    # The SDK's own default is descending; the message's is ascending.
    assert rpc.files.queries[1] == ListQuery(
        limit=5, order="desc", sort_by="size", pagination_token="t", filter="size_bytes > 1"
    )


async def test_the_message_lists_the_oldest_first(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        await files_pb2_grpc.FilesStub(channel).ListFiles(files_pb2.ListFilesRequest(), metadata=METADATA)
    assert rpc.files.queries == [ListQuery(limit=0, order="asc", sort_by="created_at")]


async def test_metadata_shows_expiry_and_url(sdk: xai_sdk.AsyncClient, rpc: Rpc) -> None:
    rpc.files.files[FILE_ID] = stored(
        expires_at=NOW + 7200, public_url=PublicUrl(url="http://x/p", expires_at=NOW + 3600)
    )
    file = await sdk.files.get(FILE_ID)
    assert (file.public_url, file.expires_at.seconds, file.public_url_expires_at.seconds) == (
        "http://x/p",
        1_796_090_400,
        1_796_086_800,
    )


async def test_content_comes_in_chunks_of_at_most_3_mib(rpc: Rpc) -> None:
    content = bytes(range(250)) * 32_768
    rpc.files.contents[FILE_ID] = content
    async with rpc.channel() as channel:
        stub = files_pb2_grpc.FilesStub(channel)
        chunks = [
            chunk.data
            async for chunk in stub.RetrieveFileContent(
                files_pb2.RetrieveFileContentRequest(file_id=FILE_ID), metadata=METADATA
            )
        ]
    assert b"".join(chunks) == content
    assert [len(chunk) for chunk in chunks] == [3 * 1024 * 1024, 3 * 1024 * 1024, 1_900_544]


async def test_content_by_the_sdk(sdk: xai_sdk.AsyncClient) -> None:
    assert await sdk.files.content(FILE_ID) == b"words"


async def test_content_as_text(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        stub = files_pb2_grpc.FilesStub(channel)
        message = files_pb2.RetrieveFileContentRequest(file_id=FILE_ID, format=files_pb2.DOWNLOAD_FORMAT_TEXT)
        assert [chunk.data async for chunk in stub.RetrieveFileContent(message, metadata=METADATA)] == [b"words"]
        rpc.files.files[FILE_ID] = stored(content_type="image/png")
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            _ = [chunk async for chunk in stub.RetrieveFileContent(message, metadata=METADATA)]
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "image/png" in refused.value.details()


async def test_delete(sdk: xai_sdk.AsyncClient) -> None:
    answer = await sdk.files.delete(FILE_ID)
    assert (answer.id, answer.deleted) == (FILE_ID, True)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sdk.files.delete(FILE_ID)
    assert refused.value.details() == f"File not found: {FILE_ID}"


@pytest.mark.parametrize("method", ["get", "delete", "content", "create_public_url"])
async def test_unknown_files(sdk: xai_sdk.AsyncClient, method: str) -> None:
    if method == "create_public_url":
        call = sdk.files._stub.CreatePublicUrl(files_pb2.CreatePublicUrlRequest(file_id=UNKNOWN))
    else:
        call = getattr(sdk.files, method)(UNKNOWN)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await call
    assert (refused.value.code(), refused.value.details()) == (
        grpc.StatusCode.NOT_FOUND,
        f"File not found: {UNKNOWN}",
    )


async def test_public_urls(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        stub = files_pb2_grpc.FilesStub(channel)
        created = await stub.CreatePublicUrl(files_pb2.CreatePublicUrlRequest(file_id=FILE_ID), metadata=METADATA)
        assert created.public_url.endswith(f"{FILE_ID}.txt")
        assert not created.HasField("expires_at")
        created = await stub.CreatePublicUrl(
            files_pb2.CreatePublicUrlRequest(file_id=FILE_ID, expires_after=3600), metadata=METADATA
        )
        assert created.expires_at.ToMilliseconds() == 1_796_086_800_500
        revoked = await stub.RevokePublicUrl(files_pb2.RevokePublicUrlRequest(file_id=FILE_ID), metadata=METADATA)
        assert (revoked.file_id, revoked.revoked, revoked.HasField("public_url")) == (FILE_ID, True, True)
        never = await stub.RevokePublicUrl(files_pb2.RevokePublicUrlRequest(file_id=UNKNOWN), metadata=METADATA)
        assert (never.file_id, never.revoked, never.HasField("public_url")) == (UNKNOWN, False, False)


@pytest.mark.parametrize(
    ("method", "message", "text"),
    [
        ("ListFiles", files_pb2.ListFilesRequest(order=9), "order: unknown value 9, expected one of asc, desc."),
        (
            "ListFiles",
            files_pb2.ListFilesRequest(sort_by=9),
            "sort_by: unknown value 9, expected one of created_at, filename, size.",
        ),
    ],
)
async def test_unknown_words(rpc: Rpc, method: str, message: Any, text: str) -> None:
    async with rpc.channel() as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await getattr(files_pb2_grpc.FilesStub(channel), method)(message, metadata=METADATA)
    assert (refused.value.code(), refused.value.details()) == (grpc.StatusCode.INVALID_ARGUMENT, text)


async def test_an_unknown_download_format(rpc: Rpc) -> None:
    async with rpc.channel() as channel:
        message = files_pb2.RetrieveFileContentRequest(file_id=FILE_ID, format=9)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            _ = [c async for c in files_pb2_grpc.FilesStub(channel).RetrieveFileContent(message, metadata=METADATA)]
    assert refused.value.details() == "format: unknown value 9, expected one of original, text."


async def test_a_refusal_waits_until_the_client_has_sent_what_it_has(rpc: Rpc) -> None:
    heard: list[int] = []
    rpc.files.raises = invalid("filename: must not be empty.")

    async def chunks() -> AsyncIterator[files_pb2.UploadFileChunk]:
        yield files_pb2.UploadFileChunk(init=files_pb2.UploadFileInit(name=""))
        for number in range(20):
            await asyncio.sleep(0.005)
            heard.append(number)
            yield files_pb2.UploadFileChunk(data=b"x")

    async with rpc.channel() as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await files_pb2_grpc.FilesStub(channel).UploadFile(chunks(), metadata=METADATA)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert len(heard) == 20
