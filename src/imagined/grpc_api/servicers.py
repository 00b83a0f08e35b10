"""The services, on the bases that the official SDK generates. Each method translates, calls one service, translates."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from xai_sdk.proto import (
    auth_pb2_grpc,
    deferred_pb2,
    files_pb2,
    files_pb2_grpc,
    image_pb2_grpc,
    models_pb2,
    models_pb2_grpc,
    video_pb2_grpc,
)

from imagined.contract.cards import ModelCard
from imagined.contract.errors import ApiError, model_not_found
from imagined.contract.outcomes import refusal
from imagined.contract.requests import VideoRequest
from imagined.contract.results import OutputItem
from imagined.files.ports import BlobStore
from imagined.files.service import FilesService
from imagined.grpc_api import file_messages, image_messages, model_messages, video_messages
from imagined.grpc_api.calls import current_call
from imagined.grpc_api.wire import Message, optional
from imagined.imagine.batches import BatchService
from imagined.imagine.ports import ModelCatalogue
from imagined.imagine.pricing import FREE, PriceTable
from imagined.imagine.service import ImagineService

_HEARD_OUT_S: Final = 1.0
_HEARD_OUT_BYTES: Final = 16 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class GrpcServices:
    """The services behind the calls, and what a deployment may choose."""

    imagine: ImagineService
    batches: BatchService
    files: FilesService
    blobs: BlobStore
    catalogue: ModelCatalogue
    prices: PriceTable = FREE
    upload_bytes: int = 512 * 1024 * 1024


class Image(image_pb2_grpc.ImageServicer):  # type: ignore[misc]  # generated without types, as all bases here
    """Generation and editing; the call ends when the pictures are there."""

    def __init__(self, services: GrpcServices) -> None:
        self._services = services

    async def GenerateImage(self, request: Message, context: Any) -> Message:  # noqa: N802
        """Accept, wait, answer. A client that leaves cancels what would be kept nowhere."""
        call, imagine = current_call(), self._services.imagine
        image = image_messages.to_call(request)
        call.request_id = await imagine.start_image(
            call.caller, image.request, is_retry=call.is_retry, call_id=call.call_id
        )
        # Sent now, so that the client can watch the request while it waits.
        await context.send_initial_metadata((("x-request-id", call.request_id),))
        try:
            view = await imagine.wait(call.caller, call.request_id)
        except asyncio.CancelledError:
            if image.request.storage is None:
                await imagine.abandon(call.caller, call.request_id)
            raise
        if view.state != "done":
            raise refusal(view)
        if not image.as_base64:
            return image_messages.from_view(view, None)
        image_messages.check_base64_fits(view)
        return image_messages.from_view(view, [await self._read(output) for output in view.outputs])

    async def _read(self, output: OutputItem) -> bytes:
        return b"".join([chunk async for chunk in self._services.blobs.read(output.sha256)])


class Video(video_pb2_grpc.VideoServicer):  # type: ignore[misc]
    """Deferred requests."""

    def __init__(self, services: GrpcServices) -> None:
        self._services = services

    async def GenerateVideo(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Start a generation or an edit."""
        return await self._start(video_messages.to_generation(request))

    async def ExtendVideo(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Start an extension."""
        return await self._start(video_messages.to_extension(request))

    async def GetDeferredVideo(self, request: Message, _: Any) -> Message:  # noqa: N802
        """A request's present state."""
        call = current_call()
        return video_messages.from_view(await self._services.imagine.get(call.caller, request.request_id))

    async def _start(self, video: VideoRequest) -> Message:
        call = current_call()
        call.request_id = await self._services.imagine.start_video(
            call.caller, video, is_retry=call.is_retry, call_id=call.call_id
        )
        return deferred_pb2.StartDeferredResponse(request_id=call.request_id)


class Files(files_pb2_grpc.FilesServicer):  # type: ignore[misc]
    """Stored files and their public URLs."""

    def __init__(self, services: GrpcServices) -> None:
        self._files = services.files
        self._upload_bytes = services.upload_bytes

    async def UploadFile(self, chunks: AsyncIterator[Message], _: Any) -> Message:  # noqa: N802
        """Store a stream of `init` and then data."""
        call, messages = current_call(), aiter(chunks)
        try:
            init = await file_messages.to_upload_init(messages)
            file = await self._files.upload(
                call.caller.team_id,
                init.name,
                file_messages.to_upload_data(messages),
                max_bytes=self._upload_bytes,
                expires_after=optional(init, "expires_after"),
                is_retry=call.is_retry,
            )
        except ApiError:
            await _heard_out(messages)
            raise
        return file_messages.from_file(file)

    async def ListFiles(self, request: Message, _: Any) -> Message:  # noqa: N802
        """One page."""
        return file_messages.from_page(await self._files.list_files(_team(), file_messages.to_list_query(request)))

    async def RetrieveFile(self, request: Message, _: Any) -> Message:  # noqa: N802
        """A file's metadata."""
        return file_messages.from_file(await self._files.get(_team(), request.file_id))

    async def DeleteFile(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Delete a file."""
        await self._files.delete(_team(), request.file_id)
        return files_pb2.DeleteFileResponse(id=request.file_id, deleted=True)

    async def RetrieveFileContent(self, request: Message, _: Any) -> AsyncIterator[Message]:  # noqa: N802
        """A file's bytes."""
        form = file_messages.to_download_format(request)
        file = await self._files.get(_team(), request.file_id)
        text = (await self._files.text(file)).encode() if form == "text" else None
        chunks = self._files.content(file) if text is None else _once(text)
        async for message in file_messages.from_chunks(chunks):
            yield message

    async def CreatePublicUrl(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Publish a file, or move the expiry of its URL."""
        public = await self._files.create_public_url(_team(), request.file_id, optional(request, "expires_after"))
        return file_messages.from_public_url(public)

    async def RevokePublicUrl(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Stop sharing."""
        return file_messages.from_revocation(await self._files.revoke_public_url(_team(), request.file_id))


class Models(models_pb2_grpc.ModelsServicer):  # type: ignore[misc]
    """Model lists; language and embedding models are always none."""

    def __init__(self, services: GrpcServices) -> None:
        self._catalogue = services.catalogue
        self._prices = services.prices

    async def ListImageGenerationModels(self, _: Message, __: Any) -> Message:  # noqa: N802
        """All image models."""
        cards = [card for card in self._catalogue.cards_of(current_call().caller) if card.image is not None]
        return models_pb2.ListImageGenerationModelsResponse(models=[self._message(card) for card in cards])

    async def GetImageGenerationModel(self, request: Message, _: Any) -> Message:  # noqa: N802
        """An image model by id or alias."""
        card = self._catalogue.card_of(current_call().caller, request.name)
        if card is None or card.image is None:
            raise _no_model(request)
        return self._message(card)

    async def ListLanguageModels(self, _: Message, __: Any) -> Message:  # noqa: N802
        """None."""
        return models_pb2.ListLanguageModelsResponse()

    async def ListEmbeddingModels(self, _: Message, __: Any) -> Message:  # noqa: N802
        """None."""
        return models_pb2.ListEmbeddingModelsResponse()

    async def GetLanguageModel(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Never found."""
        raise _no_model(request)

    async def GetEmbeddingModel(self, request: Message, _: Any) -> Message:  # noqa: N802
        """Never found."""
        raise _no_model(request)

    def _message(self, card: ModelCard) -> Message:
        return model_messages.from_image_card(card, self._prices)


class Auth(auth_pb2_grpc.AuthServicer):  # type: ignore[misc]
    """Key information."""

    async def get_api_key_info(self, _: Message, __: Any) -> Message:
        """The key that was sent, redacted."""
        return model_messages.from_caller(current_call().caller)


async def _heard_out(messages: AsyncIterator[Message]) -> None:
    """Let a client that is being refused send the little that it has left.

    gRPC for Python tells a client whose sending is cut off of an internal error instead of the refusal.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_HEARD_OUT_S):
            heard = 0
            async for message in messages:
                heard += len(message.data)
                if heard > _HEARD_OUT_BYTES:
                    return


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


def _team() -> str:
    return current_call().caller.team_id


def _no_model(request: Message) -> ApiError:
    return model_not_found(request.name[:80], _team())
