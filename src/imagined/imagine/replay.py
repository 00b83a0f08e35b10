"""Replays: the request behind a stored file made once more, to see whether the same bytes come out.

A replay is a request like any other, with the seed of the first one; it is queued, counted and paid like any other,
and stores nothing. Inputs are taken by their digest from what the team still has: bytes that came inside a request or
from somebody else's URL are not held for this, so a replay needs them to be stored as a file.
"""

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from imagined.access.permissions import check_endpoint
from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.environment import Clock
from imagined.contract.errors import ApiError
from imagined.contract.receipts import ParentOrigin, Receipt, ReceiptParent
from imagined.contract.requests import MediaSource
from imagined.contract.results import OutputItem, RequestView
from imagined.files.sharing import BaseUrl
from imagined.imagine.lineage import LineageService
from imagined.imagine.own_urls import ephemeral_path
from imagined.imagine.ports import ModelCatalogue
from imagined.imagine.receipts import request_of
from imagined.imagine.service import ImagineService
from imagined.jobs.receipts import ReceiptStore

Verdict = Literal["identical", "differs"]


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """A replay as it stands."""

    view: RequestView
    file_id: str
    sha256: str
    """Of the file."""
    receipt: Receipt
    """Of the file."""
    is_deterministic: bool
    """Whether the model's card promises the same bytes."""
    output: OutputItem | None = None
    """The result that corresponds to the file, once the request is done."""
    engine_digest: str | None = None
    """Of the engine that made that result."""

    @property
    def verdict(self) -> Verdict | None:
        """None before there is a result."""
        if self.output is None:
            return None
        return "identical" if self.output.sha256 == self.sha256 else "differs"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the bytes may differ; empty unless they do."""
        if self.verdict != "differs":
            return ()
        reasons = []
        if self.engine_digest != self.receipt.engine_digest:
            then, now = self.receipt.engine_digest or "unknown", self.engine_digest or "unknown"
            reasons.append(f"The engine has changed: {then} then, {now} now.")
        if not self.is_deterministic:
            reasons.append(f"The model {self.receipt.model} is not deterministic.")
        return tuple(reasons or ["The engine is the same. Another kind of processor may round differently."])


class ReplayService:
    """Starts replays of a caller's files and tells how they went."""

    def __init__(
        self,
        imagine: ImagineService,
        lineage: LineageService,
        receipts: ReceiptStore,
        catalogue: ModelCatalogue,
        clock: Clock,
        public_base_url: str | BaseUrl,
    ) -> None:
        self._imagine = imagine
        self._lineage = lineage
        self._receipts = receipts
        self._catalogue = catalogue
        self._clock = clock
        self._base_url: BaseUrl = public_base_url if callable(public_base_url) else lambda: str(public_base_url)

    async def start(self, caller: Caller, file_id: str) -> Replay:
        """Queue the request behind a file once more.

        Raises `ApiError`: no such file, no receipt, an input that is gone, or what any request may be refused for.
        """
        file, receipt = await self._lineage.receipt(caller, file_id)
        check_endpoint(caller, "image" if receipt.operation in ("generate_image", "edit_image") else "video")
        sources = [await self._source(caller, place, parent) for place, parent in enumerate(receipt.parents)]
        request_id = await self._imagine.start_again(caller, request_of(receipt, sources), receipt.seed)
        return await self._told(caller, file.id, file.sha256, receipt, request_id)

    async def get(self, caller: Caller, file_id: str, request_id: str) -> Replay:
        """How a replay of a file stands; `not-found` for a request that was none."""
        file, receipt = await self._lineage.receipt(caller, file_id)
        return await self._told(caller, file.id, file.sha256, receipt, request_id)

    async def _told(self, caller: Caller, file_id: str, sha256: str, receipt: Receipt, request_id: str) -> Replay:
        view = await self._imagine.get(caller, request_id)
        card = self._catalogue.find(receipt.model)
        replay = Replay(
            view=view,
            file_id=file_id,
            sha256=sha256,
            receipt=receipt,
            is_deterministic=card is not None and card.deterministic,
        )
        if view.state != "done":
            return replay
        made = await self._receipts.of_request(caller.team_id, request_id, receipt.position)
        again = None if made is None else msgspec.json.decode(made.body, type=Receipt)
        if again is None or again.seed != receipt.seed or receipt.position >= len(view.outputs):
            raise errors.request_not_found(request_id)
        output = view.outputs[receipt.position]
        return msgspec.structs.replace(replay, output=output, engine_digest=again.engine_digest)

    async def _source(self, caller: Caller, place: int, parent: ReceiptParent) -> MediaSource:
        """The bytes of an input wherever the team still has them: as some file, or as a result whose URL still works.

        Another team's copy is never used: that it exists is nobody's business.
        """
        now = self._clock.now()
        copies = await self._receipts.files_of(caller.team_id, [parent.sha256], now, 20)
        if copies:
            same = [copy for copy in copies if copy.id == parent.file_id]
            return MediaSource(file_id=(same or copies)[0].id)
        result = await self._receipts.ephemeral_copy(caller.team_id, parent.sha256, now)
        if result is None:
            raise input_gone(place, parent)
        return MediaSource(url=self._base_url() + ephemeral_path(result.token, result.content_type))


_GIVEN: Final[Mapping[ParentOrigin, str]] = {
    "file": "a stored file",
    "own": "by a URL of this server",
    "data": "inside the request",
    "url": "by a URL of another server",
}


def input_gone(place: int, parent: ReceiptParent) -> ApiError:
    """An input whose bytes the team does not have any more."""
    name = parent.file_id or f"SHA-256 {parent.sha256}"
    return ApiError(
        errors.FAILED_PRECONDITION,
        f"This file cannot be made again: input {place} ({parent.role}, {_GIVEN[parent.origin]}: {name}) is gone. "
        "Store the same bytes as a file and try again.",
    )
