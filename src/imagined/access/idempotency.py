"""Calls that a client names by a key of its own: the same call again is answered as the first one was.

The rules of the two transports meet here. A transport makes a fingerprint of a call, asks `IdempotentCalls.begin` for
the turn to run it, runs it, and says how it ended: `keep` its answer, `free` the key as if nothing had been sent, or
`lapse`, after which the same call may run again and another one may not.
"""

import asyncio
import contextlib
import hashlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

import msgspec
import structlog

from imagined.access.ports import CallAnswer, IdempotencyStore, KeyedCall
from imagined.contract import errors
from imagined.contract.environment import Clock, Ids
from imagined.jobs.events import RequestEvents

_log = structlog.get_logger("imagined.idempotency")
T = TypeVar("T")

HEADERS: Final = ("idempotency-key", "x-idempotency-key")
"""Names under which a client may send its key, the first one first; over gRPC they are metadata."""
REPLAYED: Final = "idempotency-replayed"
"""The header, or trailing metadata, of an answer that an earlier call got first."""
LONGEST_KEY: Final = 255
LARGEST_KEPT: Final = 65_536
"""Bytes of an answer that are kept. A longer one that tells of a request is made again from that request's row."""
_PURGED_AT_ONCE: Final = 500
_TOO_MANY: Final = 429


class IdempotencySettings(msgspec.Struct, frozen=True, kw_only=True):
    """Times, in seconds."""

    keep_s: float = 86_400.0
    """How long a key means its first call, from when that was first sent."""
    lease_s: float = 30.0
    """A call whose server was silent this long may be run by another."""
    heartbeat_s: float = 10.0
    look_again_s: float = 1.0
    """How often a waiting call looks for what another server did."""
    purge_s: float = 60.0


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The right to run a call, held by one of those that are equal."""

    call: KeyedCall
    is_resumed: bool = False
    """The call ran before and was cut short, or its answer has to be made again."""
    is_replay: bool = False
    """Its answer is settled and was too long to keep."""


class CallerLeftError(Exception):
    """Nobody waits for the answer of a call that was waiting for another's."""


def key_of(headers: Callable[[str], str | None]) -> tuple[str, str]:
    """The header that names a call and the key in it, or two empty texts; raises `ApiError` for a key too long."""
    for header in HEADERS:
        key = headers(header) or ""
        if len(key) > LONGEST_KEY:
            raise errors.key_too_long(header, LONGEST_KEY)
        if key:
            return header, key
    return "", ""


def is_settled(status: int, *, is_end: bool) -> bool:
    """Whether an answer of this HTTP status is what the same call shall get again.

    Not what another try may change: too many calls, a server that is going down, a full disk, a bug. But the end of
    an accepted request is its end, whatever it is.
    """
    return is_end or (status < 500 and status != _TOO_MANY)


class IdempotentCalls:
    """Turns and answers of keyed calls. Belongs to one event loop.

    `owner` names the data folder for good; each start adds its own suffix, so that calls of a dead server of the same
    folder are recognised at once instead of after their lease.
    """

    def __init__(
        self,
        store: IdempotencyStore,
        clock: Clock,
        ids: Ids,
        *,
        owner: str = "here",
        settings: IdempotencySettings | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._prefix = f"{owner}:"
        self._owner = f"{owner}:{ids.uuid()}"
        self._settings = settings or IdempotencySettings()
        self._events = RequestEvents()
        self._held: dict[str, KeyedCall] = {}
        self._running: set[asyncio.Task[Any]] = set()
        self._is_stopping = False
        self._keeping: list[asyncio.Task[None]] = []

    async def begin(
        self,
        team_id: str,
        header: str,
        key: str,
        fingerprint: str,
        is_gone: Callable[[], Awaitable[bool]] | None = None,
    ) -> Turn | CallAnswer:
        """The turn to run the call, or the answer of the equal one that ran before; waits for one that is running.

        Raises `ApiError` when the key names another call, and `CallerLeftError` when `is_gone` says so meanwhile.
        """
        name = key_hash(team_id, key)
        while True:
            wanted = self._call(team_id, name, fingerprint)
            with self._events.subscribe(name) as changed:
                found = await self._store.begin(wanted)
                if found is not None and found.turn == wanted.turn:
                    self._held[found.turn] = found
                    return Turn(call=found, is_resumed=found.call_id != wanted.call_id)
                if found is not None and found.fingerprint != fingerprint:
                    raise errors.key_reused(header)
                if found is not None and found.answer is not None:
                    is_kept = found.answer.body is not None
                    return found.answer if is_kept else Turn(call=found, is_resumed=True, is_replay=True)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._settings.look_again_s):
                        await changed.wait()
            if is_gone is not None and await is_gone():
                raise CallerLeftError

    async def keep(self, turn: Turn, answer: CallAnswer, *, is_made_again: bool = False) -> None:
        """Settle the call: equal ones get this answer. `is_made_again`: a long one need not be kept."""
        if turn.is_replay:
            return
        if is_made_again and len(answer.body or b"") > LARGEST_KEPT:
            answer = msgspec.structs.replace(answer, body=None)
        await self._settle(turn, self._store.answer(turn.call, answer))

    async def free(self, turn: Turn) -> None:
        """Nothing came of the call: its key may name another."""
        if not turn.is_replay:
            await self._settle(turn, self._store.free(turn.call))

    async def lapse(self, turn: Turn) -> None:
        """The call was cut short and may have left something: the same one may run again, under the same id."""
        if not turn.is_replay:
            await self._settle(turn, self._store.lapse(turn.call))

    async def carry_through(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a call to its end even when its client leaves and the caller is cancelled.

        Raises `ApiError` (503) when `stop` cuts it short.
        """
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled() and self._is_stopping:
                raise errors.unavailable("The server is shutting down. Send the same call again.") from None
            raise

    async def start(self) -> None:
        """Take back what a dead server of this folder left, then say from time to time that this one is alive."""
        abandoned = await self._store.abandon(self._prefix)
        if abandoned:
            _log.info("calls abandoned", count=abandoned)
        self._keeping = [
            asyncio.create_task(_forever(self._settings.heartbeat_s, self._hold)),
            asyncio.create_task(_forever(self._settings.purge_s, self.purge)),
        ]

    async def stop(self, grace_s: float = 0.0) -> None:
        """Let calls end for `grace_s` and cut short the rest, which the next server lets be tried again."""
        self._is_stopping = True
        if self._running and grace_s:
            await asyncio.wait(self._running, timeout=grace_s)
        ending = [*self._running, *self._keeping]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def purge(self) -> None:
        """Forget keys whose time is over."""
        while await self._store.purge(self._clock.now(), _PURGED_AT_ONCE):
            pass

    async def _hold(self) -> None:
        if self._held:
            await self._store.hold([*self._held.values()], self._clock.now() + self._settings.lease_s)

    async def _settle(self, turn: Turn, change: Awaitable[bool]) -> None:
        self._held.pop(turn.call.turn, None)
        try:
            if not await change:
                _log.warning("a call outlived its lease", call_id=turn.call.call_id)
        except Exception:
            # The caller's answer is worth more than its record: without one, the same call runs again.
            _log.exception("the end of a call could not be kept")
        self._events.changed(turn.call.key_hash)

    def _call(self, team_id: str, name: str, fingerprint: str) -> KeyedCall:
        now = self._clock.now()
        return KeyedCall(
            team_id=team_id,
            key_hash=name,
            fingerprint=fingerprint,
            call_id=self._ids.uuid(),
            owner=self._owner,
            turn=self._ids.uuid(),
            held_until=now + self._settings.lease_s,
            created_at=now,
            expires_at=now + self._settings.keep_s,
        )

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Whoever waits for it is told; when nobody does, this is the only trace.
            _log.debug("call failed", reason=repr(error))


def key_hash(team_id: str, key: str) -> str:
    """What is kept of a key: clients may put into it what is nobody's business. Another team's equal key is another."""
    return hashlib.sha256(f"{team_id}\0{key}".encode(errors="surrogatepass")).hexdigest()


async def _forever(interval_s: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(interval_s)
        try:
            await work()
        except Exception:
            _log.exception("housekeeping failed")
