"""Uploads over gRPC, which takes files ten times as large as REST does."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from imagined.cli.remote_errors import Advance, RemoteError
from imagined.cli.targets import Target

_CHUNK: Final = 2 * 1024 * 1024


def upload(
    target: Target,
    key: str | None,
    name: str,
    source: BinaryIO,
    *,
    expires_after: int | None,
    advance: Advance,
) -> dict[str, Any]:
    """Store what `source` gives and return a REST file object; raises `RemoteError`.

    The call is made without the SDK's client, whose plain-text channels leave the key out of uploads. The channel is
    encrypted when the HTTP address is.
    """
    from imagined.grpc_api import sdk

    sdk.defer()
    import grpc
    from xai_sdk.proto import files_pb2_grpc

    secure = target.url.startswith("https:")
    channel: Any = (
        grpc.secure_channel(target.grpc, grpc.ssl_channel_credentials())
        if secure
        else grpc.insecure_channel(target.grpc)
    )
    metadata = [("authorization", f"Bearer {key}")] if key else []
    with channel:
        try:
            stub = files_pb2_grpc.FilesStub(channel)
            file = stub.UploadFile(_messages(name, source, expires_after, advance), metadata=metadata)
        except grpc.RpcError as error:
            raise RemoteError(_sentence(error, target)) from None
    return _object(file)


def _messages(name: str, source: BinaryIO, expires_after: int | None, advance: Advance) -> Iterator[Any]:
    from xai_sdk.proto import files_pb2

    yield files_pb2.UploadFileChunk(init=files_pb2.UploadFileInit(name=name, expires_after=expires_after))
    while data := source.read(_CHUNK):
        yield files_pb2.UploadFileChunk(data=data)
        advance(len(data))


def _sentence(error: Any, target: Target) -> str:
    import grpc

    if error.code() is grpc.StatusCode.UNAVAILABLE:
        return f"No server answers gRPC at {target.grpc}, which large files need; name its address with --grpc."
    return str(error.details() or error.code().name)


def _object(file: Any) -> dict[str, Any]:
    """The message in the words of REST."""

    def seconds(field: str) -> int | None:
        return getattr(file, field).seconds if file.HasField(field) else None

    return {
        "id": file.id,
        "object": "file",
        "bytes": file.size,
        "created_at": file.created_at.seconds,
        "expires_at": seconds("expires_at"),
        "filename": file.filename,
        "purpose": "",
        "public_url": file.public_url if file.HasField("public_url") else None,
        "public_url_expires_at": seconds("public_url_expires_at"),
    }
