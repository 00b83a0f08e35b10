"""The imagine service: what both transports call."""

import asyncio
import contextlib
import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple, get_args

import msgspec
import structlog

from imagined.access.permissions import endpoint_of, may_use_endpoint
from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.cards import ModelCard
from imagined.contract.environment import Clock, Ids
from imagined.contract.requests import ImageRequest, Operation, VideoRequest
from imagined.contract.results import JobError, OutputItem, RequestState, RequestStep, RequestView
from imagined.files.sharing import BaseUrl
from imagined.imagine import paging, tasks, validation
from imagined.imagine.catalogue import Catalogue
from imagined.imagine.inputs import InputResolver
from imagined.jobs import machine
from imagined.jobs.events import RequestEvents
from imagined.jobs.gauge import QueueGauge, QueueLimits
from imagined.jobs.ports import NewRequest, RequestRecord, RequestStore
from imagined.testing import faults

_log = structlog.get_logger("imagined.imagine")
RETRY_WINDOW_S: Final = 60.0
"""A call that gRPC repeats by itself gets the first one's request if that has not ended longer ago than this."""
LOOK_AGAIN_S: Final = 1.0
_LARGE: Final = 65_536
PENDING: Final = ("queued", "running")


class ImagineService:
    """Image and video requests of a caller. Each request is a committed row before anything runs."""

    def __init__(
        self,
        store: RequestStore,
        catalogue: Catalogue,
        inputs: InputResolver,
        events: RequestEvents,
        clock: Clock,
        ids: Ids,
        public_base_url: str | BaseUrl,
        *,
        max_attempts: int = 3,
        queue: QueueLimits | None = None,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._inputs = inputs
        self._events = events
        self._clock = clock
        self._ids = ids
        self._max_attempts = max_attempts
        self._base_url: BaseUrl = public_base_url if callable(public_base_url) else lambda: str(public_base_url)
        self._gauge = QueueGauge(store, clock, queue)
        self._draining = False

    async def start_image(
        self, caller: Caller, request: ImageRequest, *, is_retry: bool = False, call_id: str = ""
    ) -> str:
        """Check and accept an image request and return its id.

        Raises `ApiError` before anything is queued: shape, model, inputs, storage options, a full queue.
        `is_retry` marks a call that the client's transport repeats: the first one's request is returned. `call_id`
        names a call that is run once: what it accepted in an earlier run that was cut short is returned.
        """
        card = self._catalogue.image_card(caller, request.model)
        checked = validation.check_image(request, card)
        operation: Operation = "edit_image" if checked.is_edit else "generate_image"
        return await self._start(caller, request, checked, card, operation, _Repetition(is_retry, call_id))

    async def start_video(
        self, caller: Caller, request: VideoRequest, *, is_retry: bool = False, call_id: str = ""
    ) -> str:
        """Check and accept a video request and return its id.

        Stored files are checked here; URLs are fetched once it runs, and fail the job then.
        """
        card = self._catalogue.video_card(caller, request.model)
        checked = validation.check_video(request, card)
        repetition = _Repetition(is_retry, call_id)
        return await self._start(caller, request, checked, card, checked.operation, repetition)

    async def start_again(self, caller: Caller, checked: ImageRequest | VideoRequest, seed: int) -> str:
        """Accept a request that passed the checks once before, with the seed it had then; its inputs are checked anew.

        No transport lets a client choose a seed: this is for replays.
        """
        if isinstance(checked, ImageRequest):
            card = self._catalogue.image_card(caller, checked.model)
            operation: Operation = "edit_image" if checked.is_edit else "generate_image"
        else:
            card = self._catalogue.video_card(caller, checked.model)
            operation = checked.operation
        return await self._start(caller, checked, checked, card, operation, _Repetition(False, ""), seed)

    async def get(self, caller: Caller, request_id: str) -> RequestView:
        """A request's present state; `not-found` for unknown ids and other teams'."""
        record = await self._store.get(caller.team_id, request_id)
        if record is None:
            raise errors.request_not_found(request_id)
        return self._view(record)

    async def wait(self, caller: Caller, request_id: str) -> RequestView:
        """Wait until a request has ended. Raises `ApiError` when the server goes down first: the request goes on."""
        with self._events.awaiting(request_id) as changed:
            while True:
                changed.clear()
                view = await self.get(caller, request_id)
                if view.state not in PENDING:
                    return view
                if self._events.is_closed:
                    raise errors.unavailable("The server is shutting down.")
                await looked_again(changed, LOOK_AGAIN_S)

    async def look(self, caller: Caller, request_id: str) -> RequestView:
        """The same as `get`, with the request's place in the queue."""
        view = await self.get(caller, request_id)
        if view.state != "queued":
            return view
        return msgspec.structs.replace(view, place=await self._store.place(caller.team_id, request_id))

    async def list_requests(
        self, caller: Caller, states: Sequence[RequestState], limit: int, token: str | None
    ) -> tuple[list[RequestView], str | None]:
        """One page of the team's requests in these states, the newest first, and the token of the next one.

        Of the kinds that the key may use. Requests of batches are listed with their batch.
        """
        listed = paging.list_name("requests", "", states)
        before = paging.position(token, listed)
        operations = [kind for kind in get_args(Operation) if may_use_endpoint(caller, endpoint_of(kind))]
        # An expired one is done in its row: the clock decides.
        kept = {"done" if state == "expired" else state for state in states}
        found = await self._store.page(caller.team_id, operations, sorted(kept), before, limit + 1)
        views = [view for view in map(self._view, found[:limit]) if view.state in states]
        last = found[limit - 1] if len(found) > limit else None
        return views, None if last is None else paging.make_token(listed, (last.created_at, last.id))

    async def cancel(self, caller: Caller, request_id: str) -> RequestView:
        """End a pending request; one that has ended stays as it is. Its engine stops at its next step."""
        if await self._store.cancel(caller.team_id, request_id, self._clock.now()):
            self._events.cancelled(request_id)
        return await self.get(caller, request_id)

    async def abandon(self, caller: Caller, request_id: str) -> None:
        """The client that waited for a result that is kept nowhere has left: cancel, unless somebody else waits."""
        if not self._events.is_awaited(request_id) and not self._events.is_closed:
            _log.info("client left", request_id=request_id)
            await self.cancel(caller, request_id)

    def drain(self) -> None:
        """Refuse new requests from now on; running ones can still be read."""
        self._draining = True

    async def _start(
        self,
        caller: Caller,
        sent: ImageRequest | VideoRequest,
        checked: ImageRequest | VideoRequest,
        card: ModelCard,
        operation: Operation,
        repetition: "_Repetition",
        seed: int | None = None,
    ) -> str:
        if self._draining:
            raise errors.unavailable("The server is shutting down.")
        if _is_large(checked):
            digest, payload = await asyncio.to_thread(_packed, sent, checked, repetition.call_id)
        else:
            digest, payload = _packed(sent, checked, repetition.call_id)
        now = self._clock.now()
        if repetition.is_possible:
            since = None if repetition.call_id else now - RETRY_WINDOW_S
            earlier = await self._store.find_retried(caller.team_id, digest, since)
            if earlier is not None:
                return earlier.id
        # Data URLs of image requests are judged now; those of videos fail the job, as URLs do.
        for one in tasks.wanted(checked):
            inline = isinstance(checked, ImageRequest)
            await self._inputs.check(caller.team_id, one.source, one.kind, inline=inline)
        request = NewRequest(
            id=self._ids.uuid(),
            team_id=caller.team_id,
            key_id=caller.key_id,
            operation=operation,
            model=card.id,
            engine=card.engine,
            payload=payload,
            request_hash=digest,
            seed=self._ids.seed() if seed is None else seed,
            created_at=now,
            cost=virtual_cost(checked),
            max_attempts=self._max_attempts,
            upload_url=checked.upload_url if isinstance(checked, VideoRequest) else None,
        )
        async with self._gauge.admitted(caller.team_id, card.engine):
            await self._store.accept(request)
        faults.point("request.after_row")
        self._events.queued()
        return request.id

    def _view(self, record: RequestRecord) -> RequestView:
        state = machine.shown(record.state, record.result_expires_at, self._clock.now())
        failed = state == "failed"
        step = RequestStep(percent=record.step.percent) if state == "queued" else record.step
        return RequestView(
            request_id=record.id,
            state=state,
            model=record.model,
            operation=record.operation,
            progress=100 if state == "done" else step.percent if state in PENDING else 0,
            step=step,
            attempt=record.attempt,
            created_at=record.created_at,
            finished_at=record.finished_at,
            outputs=self._outputs(record) if state == "done" else (),
            error=JobError(code=record.error_code or "internal_error", message=record.error_message or "")
            if failed
            else None,
            cost_in_usd_ticks=record.cost_in_usd_ticks,
        )

    def _outputs(self, record: RequestRecord) -> tuple[OutputItem, ...]:
        items = tuple(absolute(item, self._base_url()) for item in record.items)
        if record.upload_url is None:
            return items
        return tuple(msgspec.structs.replace(item, url=record.upload_url) for item in items)


def absolute(item: OutputItem, base_url: str) -> OutputItem:
    """A result with whole URLs: rows hold paths, or the address of then, and servers come back at other addresses."""
    output = item.file_output
    if output is not None and output.public_url is not None:
        _, slash, path = output.public_url.rpartition("/public/")
        output = msgspec.structs.replace(output, public_url=f"{base_url}{slash}{path}")
    return msgspec.structs.replace(item, url=base_url + item.url, file_output=output)


async def looked_again(changed: asyncio.Event, timeout_s: float) -> None:
    """Wait for a change, and after `timeout_s` all the same: another process may have made one."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(timeout_s):
            await changed.wait()


def _is_large(request: ImageRequest | VideoRequest) -> bool:
    """Whether pictures inside the request make it too long to write and hash on the event loop."""
    return any(len(one.source.url or "") > _LARGE for one in tasks.wanted(request))


class _Repetition(NamedTuple):
    """What is known of a call's being one that was made before."""

    is_retry: bool
    call_id: str

    @property
    def is_possible(self) -> bool:
        return self.is_retry or bool(self.call_id)


def _packed(sent: ImageRequest | VideoRequest, checked: ImageRequest | VideoRequest, call_id: str) -> tuple[str, bytes]:
    """The hash that a repeated call has too, and what the row keeps, without the address to send the result to."""
    if isinstance(checked, VideoRequest):
        checked = msgspec.structs.replace(checked, upload_url=None)
    digest = hashlib.sha256(msgspec.json.encode(sent))
    if call_id:
        digest.update(b"\0" + call_id.encode())
    return digest.hexdigest(), msgspec.json.encode(checked)


def virtual_cost(request: ImageRequest | VideoRequest) -> float:
    """How far a request moves its team's virtual time: pictures, or seconds of video, which take about as long."""
    if isinstance(request, ImageRequest):
        return float(request.n or 1)
    return float(request.duration or 8)
