"""`xai_api.Files`: messages to `contract.files`, and back."""

from collections.abc import AsyncIterator
from typing import Final, Literal

from xai_sdk.proto import files_pb2

from imagined.contract.errors import invalid
from imagined.contract.files import FilePage, ListQuery, Order, PublicUrl, Revocation, SortBy, StoredFile
from imagined.grpc_api.wire import Message, optional, set_timestamp, timestamp

ORDERS: Final[dict[int, Order]] = {files_pb2.ASCENDING: "asc", files_pb2.DESCENDING: "desc"}
SORT_KEYS: Final[dict[int, SortBy]] = {
    files_pb2.FILES_SORT_BY_CREATED_AT: "created_at",
    files_pb2.FILES_SORT_BY_FILENAME: "filename",
    files_pb2.FILES_SORT_BY_SIZE: "size",
}
DOWNLOAD_FORMATS: Final[dict[int, Literal["original", "text"]]] = {
    files_pb2.DOWNLOAD_FORMAT_UNKNOWN: "original",
    files_pb2.DOWNLOAD_FORMAT_ORIGINAL: "original",
    files_pb2.DOWNLOAD_FORMAT_TEXT: "text",
}
CHUNK_BYTES: Final = 3 * 1024 * 1024


def to_list_query(message: Message) -> ListQuery:
    """A `ListFilesRequest`; unlike REST, the oldest file comes first unless something else is asked."""
    if message.order not in ORDERS:
        raise invalid(f"order: unknown value {message.order}, expected one of {', '.join(ORDERS.values())}.")
    if message.sort_by not in SORT_KEYS:
        raise invalid(f"sort_by: unknown value {message.sort_by}, expected one of {', '.join(SORT_KEYS.values())}.")
    return ListQuery(
        limit=message.limit,
        order=ORDERS[message.order],
        sort_by=SORT_KEYS[message.sort_by],
        pagination_token=optional(message, "pagination_token") or None,
        filter=optional(message, "filter") or None,
    )


def to_download_format(message: Message) -> Literal["original", "text"]:
    """The form that a `RetrieveFileContentRequest` asks for."""
    if message.format not in DOWNLOAD_FORMATS:
        raise invalid(f"format: unknown value {message.format}, expected one of original, text.")
    return DOWNLOAD_FORMATS[message.format]


async def to_upload_init(chunks: AsyncIterator[Message]) -> Message:
    """The `UploadFileInit` that every upload begins with."""
    async for chunk in chunks:
        if chunk.WhichOneof("chunk") != "init":
            break
        return chunk.init
    raise invalid("The first message of an upload must be `init`.")


async def to_upload_data(chunks: AsyncIterator[Message]) -> AsyncIterator[bytes]:
    """The bytes of an upload; raises `ApiError` when anything but data follows the first message."""
    async for chunk in chunks:
        kind = chunk.WhichOneof("chunk")
        if kind == "init":
            raise invalid("`init` must be sent exactly once, as the first message of an upload.")
        if kind != "data":
            raise invalid("A message of an upload must have `data`.")
        yield chunk.data


async def from_chunks(chunks: AsyncIterator[bytes]) -> AsyncIterator[Message]:
    """Bytes as messages of at most 3 MiB, in order."""
    async for chunk in chunks:
        for start in range(0, len(chunk), CHUNK_BYTES):
            yield files_pb2.FileContentChunk(data=bytes(chunk[start : start + CHUNK_BYTES]))


def from_file(file: StoredFile) -> Message:
    """A file's metadata."""
    message = files_pb2.File(id=file.id, filename=file.filename, size=file.size, created_at=timestamp(file.created_at))
    set_timestamp(message, "expires_at", file.expires_at)
    if file.public_url is not None:
        message.public_url = file.public_url.url
        set_timestamp(message, "public_url_expires_at", file.public_url.expires_at)
    return message


def from_page(page: FilePage) -> Message:
    """A page of files; the token is left out on the last one."""
    message = files_pb2.ListFilesResponse(data=[from_file(file) for file in page.files])
    if page.next_token is not None:
        message.pagination_token = page.next_token
    return message


def from_public_url(public: PublicUrl) -> Message:
    """A created or updated public URL."""
    message = files_pb2.CreatePublicUrlResponse(public_url=public.url)
    set_timestamp(message, "expires_at", public.expires_at)
    return message


def from_revocation(revocation: Revocation) -> Message:
    """What a revoke did."""
    message = files_pb2.RevokePublicUrlResponse(file_id=revocation.file_id, revoked=revocation.revoked)
    if revocation.public_url is not None:
        message.public_url = revocation.public_url
    return message
