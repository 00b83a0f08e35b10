"""What an engine made becomes results: checked, stored as blobs, and written down as outputs, files and a cost."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import structlog

from imagined.contract.batches import URL_LIFETIME_S
from imagined.contract.environment import Clock, Ids
from imagined.contract.errors import ApiError
from imagined.contract.files import StorageOptions
from imagined.contract.requests import ImageRequest
from imagined.contract.results import OutputItem
from imagined.contract.tasks import EngineError, Produced
from imagined.contract.usage import Consumption
from imagined.files.ports import BlobInfo, BlobStore, BlobStoreFull, BlobStoreReadOnly, FileRecord
from imagined.files.service import FilesService
from imagined.imagine.headers import Picture, read_clip, read_picture
from imagined.imagine.own_urls import ephemeral_path
from imagined.imagine.ports import ModelCatalogue
from imagined.imagine.pricing import PriceTable
from imagined.imagine.receipts import Attempt, new_receipt
from imagined.jobs.ports import Completion, OutputRecord
from imagined.jobs.receipts import ReceiptRecord

_log = structlog.get_logger("imagined.publishing")
STORAGE_ERROR = "The result could not be stored."
_INEXACT_S: Final = 1.0
"""How far a film's length may be from the whole seconds that are paid for: frames, and the sound's last packet."""


class Publisher:
    """Turns produced files into a `Completion`. Nothing is visible before the request's fenced finish.

    The blobs of a completion are held until `release`: no row names them yet.
    """

    def __init__(
        self,
        files: FilesService,
        blobs: BlobStore,
        clock: Clock,
        ids: Ids,
        prices: PriceTable,
        retention_s: float,
        catalogue: ModelCatalogue,
    ) -> None:
        self._files = files
        self._blobs = blobs
        self._clock = clock
        self._ids = ids
        self._prices = prices
        self._retention_s = retention_s
        self._catalogue = catalogue

    async def completion(self, attempt: Attempt, produced: Sequence[Produced]) -> Completion:
        """Store every result. Raises `EngineError` for results that are not what was asked, and for a full disk."""
        produced = await asyncio.to_thread(_checked, attempt, produced)
        held: list[BlobInfo] = []
        try:
            for one in produced:
                held.append(await self._blobs.put_file(one.path))
            return await self._written_down(attempt, list(zip(produced, held, strict=True)))
        except BlobStoreFull:
            self._release(held)
            raise EngineError("internal_error", "The server has no room left for results.") from None
        except BlobStoreReadOnly:
            self._release(held)
            raise EngineError("internal_error", "The server's data folder cannot be written.") from None
        except BaseException:
            self._release(held)
            raise

    def release(self, completion: Completion) -> None:
        """End the holds: the completion was committed, or given up."""
        self._release(completion.outputs)

    def _release(self, blobs: Sequence[BlobInfo | OutputRecord]) -> None:
        for blob in blobs:
            self._blobs.release(blob.sha256)

    async def _written_down(self, attempt: Attempt, stored: list[tuple[Produced, BlobInfo]]) -> Completion:
        items: list[OutputItem] = []
        outputs: list[OutputRecord] = []
        files: list[FileRecord] = []
        receipts: list[ReceiptRecord] = []
        card = self._catalogue.find(attempt.claim.model)
        for one, blob in stored:
            output = self._output(attempt, one, blob)
            item = OutputItem(
                url=ephemeral_path(output.token, one.content_type),
                content_type=one.content_type,
                size=blob.size,
                sha256=blob.sha256,
                width=one.width,
                height=one.height,
                duration_s=one.duration_s,
            )
            if attempt.request.storage is not None:
                item, record = await self._kept(attempt, item, attempt.request.storage, len(files))
                files += [record] if record is not None else []
            items.append(item)
            outputs.append(output)
            receipts.append(new_receipt(attempt, one, output, card, item.file_output))
        made = [one for one, _ in stored]
        return Completion(
            items=tuple(items),
            outputs=tuple(outputs),
            files=tuple(files),
            receipts=tuple(receipts),
            cost_in_usd_ticks=self._cost(attempt, made),
            made=_consumption(attempt, made),
        )

    async def _kept(
        self, attempt: Attempt, item: OutputItem, storage: StorageOptions, stored_before: int
    ) -> tuple[OutputItem, FileRecord | None]:
        """A result that is also a file. When that fails the result stands, and says so."""
        try:
            record, output = await self._files.new_output_file(
                attempt.claim.team_id,
                storage,
                BlobInfo(sha256=item.sha256, size=item.size),
                item.content_type,
                shared_before=stored_before if storage.public_url else 0,
            )
        except ApiError as error:
            return msgspec.structs.replace(item, storage_error=error.message), None
        except Exception:
            _log.exception("result not stored", request_id=attempt.claim.request_id)
            return msgspec.structs.replace(item, storage_error=STORAGE_ERROR), None
        return msgspec.structs.replace(item, file_output=output), record

    def _output(self, attempt: Attempt, one: Produced, blob: BlobInfo) -> OutputRecord:
        now = self._clock.now()
        # Reading the results of a batch makes their short URLs longer; until then nobody has them.
        lives_s = self._retention_s if attempt.claim.batch_id is None else URL_LIFETIME_S
        return OutputRecord(
            token=self._ids.token(),
            request_id=attempt.claim.request_id,
            team_id=attempt.claim.team_id,
            position=one.index,
            sha256=blob.sha256,
            size=blob.size,
            content_type=one.content_type,
            created_at=now,
            expires_at=now + lives_s,
        )

    def _cost(self, attempt: Attempt, produced: Sequence[Produced]) -> int:
        request = attempt.request
        if isinstance(request, ImageRequest):
            return self._prices.image_cost(request, len(produced))
        resolution = request.resolution or "480p"
        seconds, input_seconds = request.duration or 0, 0.0
        if request.operation != "generate_video":
            input_seconds = sum(media.duration_s or 0.0 for media in attempt.inputs)
            # The size is the input's: charged as what it came out as.
            resolution = "480p" if min(produced[0].width, produced[0].height) <= 480 else "720p"
        if request.operation == "edit_video":
            seconds = round(produced[0].duration_s or input_seconds)
        return self._prices.video_cost(request, resolution=resolution, seconds=seconds, input_seconds=input_seconds)


def _consumption(attempt: Attempt, made: Sequence[Produced]) -> Consumption:
    pictures = sum(media.content_type.startswith("image/") for media in attempt.inputs)
    if isinstance(attempt.request, ImageRequest):
        return Consumption(images=len(made), input_images=pictures)
    return Consumption(video_seconds=sum(one.duration_s or 0.0 for one in made), input_images=pictures)


def without_files(completion: Completion) -> Completion:
    """The same results when their files cannot be written down."""
    items = tuple(
        msgspec.structs.replace(item, file_output=None, storage_error=STORAGE_ERROR) if item.file_output else item
        for item in completion.items
    )
    receipts = tuple(msgspec.structs.replace(receipt, file_id=None) for receipt in completion.receipts)
    return msgspec.structs.replace(completion, items=items, files=(), receipts=receipts)


def _checked(attempt: Attempt, produced: Sequence[Produced]) -> list[Produced]:
    """Results in order, each a readable file of the attempt's own folder that is what the engine says it is."""
    request = attempt.request
    count = (request.n or 1) if isinstance(request, ImageRequest) else 1
    ordered = sorted(produced, key=lambda one: one.index)
    if [one.index for one in ordered] != list(range(count)):
        raise _unusable(attempt, f"{len(ordered)} results instead of {count}")
    return [_checked_file(attempt, one) for one in ordered]


def _checked_file(attempt: Attempt, one: Produced) -> Produced:
    path = Path(one.path)
    inside = os.path.realpath(attempt.workdir)
    if os.path.dirname(os.path.realpath(path)) != inside or not path.is_file():  # noqa: PTH120
        raise _unusable(attempt, "a result outside the workdir")
    with path.open("rb") as file:
        header = read_picture(file) if isinstance(attempt.request, ImageRequest) else read_clip(file)
    if header is None or header.content_type != one.content_type:
        raise _unusable(attempt, f"a result that is no {one.content_type}")
    if isinstance(header, Picture):
        return msgspec.structs.replace(one, width=header.width, height=header.height)
    if header.duration_s is not None and not abs((one.duration_s or 0.0) - header.duration_s) < _INEXACT_S:
        raise _unusable(attempt, f"a film of {header.duration_s:.1f} s that is said to last {one.duration_s} s")
    return one


def _unusable(attempt: Attempt, reason: str) -> EngineError:
    _log.error("unusable result", request_id=attempt.claim.request_id, engine=attempt.claim.engine, reason=reason)
    return EngineError("internal_error", "The engine returned an unusable result.")
