"""Around every handler of a POST: a call that carries a key of its client's is run once.

The decision is made when the whole body is known and before anything comes of it. Small bodies are read first. Bodies
of forms go to their handler while they arrive, and only their end is held back until it is decided: a repeated upload
is read, compared, and dropped before it becomes a file.

A keyed call is run to its end whether or not its client stays: to its handler, no client ever leaves.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Final

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message

from imagined.access.idempotency import REPLAYED, CallerLeftError, Turn, is_settled, key_of
from imagined.access.ports import CallAnswer
from imagined.contract.errors import ApiError
from imagined.rest_api.errors import render
from imagined.rest_api.fingerprints import ContentHash, fingerprint
from imagined.rest_api.json_bodies import too_large
from imagined.rest_api.operations.kinds import Operation
from imagined.rest_api.services import Call
from imagined.rest_api.uploads import MAX_FRAMING_BYTES

_KEPT_HEADERS: Final = ("content-type", "retry-after")


async def answer(operation: Operation, call: Call) -> Response:
    """The handler's answer or, for a call that repeats another, that one's."""
    if operation.method != "POST":
        return await operation.handler(call)
    header, key = key_of(call.http.headers.get)
    if not key:
        return await operation.handler(call)
    return await call.services.calls.carry_through(_Keyed(operation, call, header, key).serve())


class _AnsweredError(Exception):
    """The call repeats one that was answered."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class _Keyed:
    """One call with a key."""

    def __init__(self, operation: Operation, call: Call, header: str, key: str) -> None:
        self._operation = operation
        self._call = call
        self._header = header
        self._key = key
        self._body = _Body(call.http, self._decide)
        self._turn: Turn | None = None
        self._name: str = call.http.state.request_id

    async def serve(self) -> Response:
        """Read, decide, run, keep the answer; raises `ApiError` where nothing was run."""
        try:
            if not self._operation.is_streamed:
                await self._body.hold(self._call.services.limits.json_body_bytes)
            return await self._run()
        except _AnsweredError as answered:
            return answered.response
        except CallerLeftError:
            raise ClientDisconnect from None
        except BaseException:
            if self._turn is not None:
                await self._call.services.calls.lapse(self._turn)
            raise

    async def _run(self) -> Response:
        refusal: ApiError | None = None
        try:
            response = await self._operation.handler(self._inner_call())
        except ApiError as error:
            refusal = error
            response = render(error, wrong_key_status=self._call.services.wrong_key_status)
        # A form that was refused at its beginning is read to its end all the same, to know which call it was.
        await self._body.skip(self._call.services.limits.any_upload_bytes + MAX_FRAMING_BYTES)
        if self._turn is not None:
            await self._conclude(self._turn, response, refusal)
        return response

    def _inner_call(self) -> Call:
        http = Request(self._call.http.scope, self._body.receive)
        if self._turn is None:
            return replace(self._call, http=http)
        turn = self._turn
        return replace(
            self._call, http=http, call_id=turn.call.call_id, is_retry=turn.is_resumed, is_replay=turn.is_replay
        )

    async def _decide(self, content: str) -> None:
        http = self._call.http
        this = fingerprint(http.method, http.url.path, http.scope["query_string"], content)
        found = await self._call.services.calls.begin(
            self._call.team_id, self._header, self._key, this, http.is_disconnected
        )
        if isinstance(found, CallAnswer):
            http.state.request_id = found.request_id
            raise _AnsweredError(_replayed(found))
        self._turn = found

    async def _conclude(self, turn: Turn, response: Response, refusal: ApiError | None) -> None:
        calls, request_id = self._call.services.calls, self._call.http.state.request_id
        is_end = refusal is not None and refusal.is_end
        is_final = is_settled(response.status_code, is_end=is_end)
        if turn.is_replay:
            if is_final:
                response.headers[REPLAYED] = "true"
            return
        # A handler that accepts a request gives the call that request's id.
        is_accepted = request_id != self._name
        body = getattr(response, "body", None)
        if isinstance(body, bytes) and is_final:
            headers = [(name, response.headers[name]) for name in _KEPT_HEADERS if name in response.headers]
            kept = CallAnswer(status=response.status_code, request_id=request_id, headers=tuple(headers), body=body)
            if self._operation.answers_secret and response.status_code == HTTPStatus.OK:
                kept = msgspec.structs.replace(kept, body=None)
            await calls.keep(turn, kept, is_made_again=is_accepted)
        elif refusal is not None and not is_accepted:
            await calls.free(turn)
        else:
            await calls.lapse(turn)


class _Body:
    """What the client sends: hashed on its way, decided about at its end."""

    def __init__(self, http: Request, decide: Callable[[str], Awaitable[None]]) -> None:
        self._http = http
        self._decide = decide
        self._hash = ContentHash(http.headers.get("content-type", ""))
        self._held: deque[Message] = deque()
        self._is_read = False

    async def receive(self) -> Message:
        """The next message for the handler; after the body none comes, as from a client that waits."""
        if self._held:
            return self._held.popleft()
        if self._is_read:
            await asyncio.Event().wait()
        return await self._next()

    async def hold(self, limit: int) -> None:
        """Read everything, for the handler to have it later; raises `ApiError` (413) above `limit` bytes."""
        declared = self._http.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            raise too_large(limit)
        size = 0
        while not self._is_read:
            message = await self._piece()
            size += len(message.get("body", b""))
            if size > limit:
                raise too_large(limit)
            self._held.append(message)

    async def skip(self, limit: int) -> None:
        """Read what the handler did not want, unless that is more than `limit` bytes."""
        size = 0
        while not self._is_read and size <= limit:
            size += len((await self._piece()).get("body", b""))

    async def _piece(self) -> Message:
        message = await self._next()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        return message

    async def _next(self) -> Message:
        message = await self._http.receive()
        if message["type"] == "http.request":
            self._hash.update(message.get("body", b""))
            if not message.get("more_body", False):
                self._is_read = True
                await self._decide(self._hash.hexdigest())
        return message


def _replayed(found: CallAnswer) -> Response:
    headers = dict(found.headers) | {"x-request-id": found.request_id, REPLAYED: "true"}
    return Response(found.body, found.status, headers)
