"""Around unary calls that change something: a call that carries a key of its client's is run once.

The key comes as metadata. What is kept is the serialized message, or the status and its words. A client that leaves
does not end such a call.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import grpc

from imagined.access.idempotency import CallerLeftError, IdempotentCalls, Turn, is_settled, key_of
from imagined.access.ports import CallAnswer
from imagined.contract.errors import ApiError, ErrorKind
from imagined.grpc_api.calls import Call

_READS: Final = ("Get", "List", "Retrieve", "get_")
_LARGE: Final = 65_536
_OK: Final = 200
_STATUSES: Final = {code.value[0]: code.name for code in grpc.StatusCode}


@dataclass(frozen=True)
class Serialized:
    """A message as it goes over the wire."""

    data: bytes


def key_for(method: str, metadata: dict[str, Any]) -> tuple[str, str]:
    """The metadata that names this call and the key in it, or two empty texts, as for every call that only reads."""
    if method.rpartition("/")[2].startswith(_READS):
        return "", ""
    return key_of(metadata.get)


@dataclass(frozen=True, kw_only=True)
class KeyedCall:
    """One call with a key. `serialize` is the method's own."""

    calls: IdempotentCalls
    call: Call
    method: str
    header: str
    key: str
    request: Any
    serve: Callable[[], Awaitable[Any]]
    serialize: Callable[[Any], bytes]
    is_gone: Callable[[], bool]

    async def answer(self) -> Serialized:
        """The message, the call's own or the one that its key has got before; raises `ApiError` the same way."""
        return await self.calls.carry_through(self._answer())

    async def _answer(self) -> Serialized:
        async def is_gone() -> bool:
            return self.is_gone()

        digest = await _digest(self.method, self.request)
        try:
            found = await self.calls.begin(self.call.caller.team_id, self.header, self.key, digest, is_gone)
        except CallerLeftError:
            raise asyncio.CancelledError from None
        if isinstance(found, CallAnswer):
            return _replayed(self.call, found)
        self.call.call_id, self.call.is_replay = found.call.call_id, found.is_replay
        self.call.is_retry = self.call.is_retry or found.is_resumed
        return await self._run(found)

    async def _run(self, turn: Turn) -> Serialized:
        name = self.call.request_id
        try:
            data = self.serialize(await self.serve())
        except ApiError as refusal:
            await self._refused(turn, refusal, is_accepted=self.call.request_id != name)
            raise
        except BaseException:
            await self.calls.lapse(turn)
            raise
        kept = CallAnswer(status=grpc.StatusCode.OK.value[0], request_id=self.call.request_id, body=data)
        await self.calls.keep(turn, kept, is_made_again=self.call.request_id != name)
        return Serialized(data)

    async def _refused(self, turn: Turn, refusal: ApiError, *, is_accepted: bool) -> None:
        is_final = is_settled(refusal.kind.http, is_end=refusal.is_end)
        self.call.is_replay = self.call.is_replay and is_final
        if is_final:
            status = grpc.StatusCode[refusal.kind.grpc].value[0]
            words = refusal.message.encode()
            await self.calls.keep(turn, CallAnswer(status=status, request_id=self.call.request_id, body=words))
        elif is_accepted:
            await self.calls.lapse(turn)
        else:
            await self.calls.free(turn)


def serializer(serialize: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """`serialize`, for messages that may be serialized already."""

    def to_bytes(message: Any) -> bytes:
        return message.data if isinstance(message, Serialized) else serialize(message)

    return to_bytes


def _replayed(call: Call, found: CallAnswer) -> Serialized:
    call.request_id, call.is_replay = found.request_id, True
    data = found.body or b""
    if found.status == grpc.StatusCode.OK.value[0]:
        return Serialized(data)
    raise ApiError(ErrorKind("", _OK, _STATUSES[found.status]), data.decode())


async def _digest(method: str, request: Any) -> str:
    """Where the call went and what it said, in one hash."""

    def work() -> str:
        return hashlib.sha256(method.encode() + b"\0" + request.SerializeToString(deterministic=True)).hexdigest()

    return await asyncio.to_thread(work) if request.ByteSize() > _LARGE else work()
