"""Sends what is in the outbox: claims what is due, makes one attempt, writes down what became of it.

Every delivery is made at least once, under the same `webhook-id`: a crash between the send and the note about it sends
again. A receiver that hangs holds one of two places of its host and one of eight of its team; others do not notice.
"""

import asyncio
import contextlib
import email.utils
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import structlog

from imagined.contract.environment import Clock, Ids
from imagined.files.sharing import BaseUrl
from imagined.imagine.ports import FetchError, PostAnswer, Poster
from imagined.testing import faults
from imagined.webhooks import rules
from imagined.webhooks.events import RequestReader, ended_view
from imagined.webhooks.ports import Delivery, Due, Outbox, Outcome, Parcel, PayloadBuilder
from imagined.webhooks.signing import KEY_MISSING, MissingKeyError, Secrets

_log = structlog.get_logger("imagined.webhooks")
_LUCK: Final = float(2**63)
_PURGED_AT_ONCE: Final = 500

NO_ANSWER: Final = "The receiver could not be reached, or did not answer in time."
NOT_ACCEPTED: Final = "The receiver answered with another status than 2xx."
REDIRECTED: Final = "The receiver answered with a redirect, and redirects are not followed."
GONE: Final = "The receiver answered 410 Gone."
FORGOTTEN: Final = "The request is forgotten, so there is nothing left to tell."
BROKEN: Final = "The server could not send this; its log has the reason."
ALWAYS_FAILED: Final = "No delivery has succeeded for 5 days."


class DelivererSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Times in seconds, and how much at once."""

    at_once: int = 32
    """A place that waits for an answer costs next to nothing; few of them would let a handful of hanging receivers
    hold up everybody."""
    per_host: int = 2
    per_team: int = 8
    deadline_s: float = 15.0
    lease_s: float = 60.0
    poll_s: float = 0.5
    """How often to look for what is due."""
    drain_s: float = 5.0
    """How long attempts under way may take to finish once the server stops."""
    keep_s: float = 30 * rules.DAY_S
    """How long the log of a delivery is kept after its end."""
    purge_s: float = 600.0


class Deliverer:
    """Delivers for one server: `start` first, `stop` drains.

    `worker` names the data folder for good, as it does for the runner: what a dead server of the same folder held is
    due again at once.
    """

    def __init__(
        self,
        outbox: Outbox,
        requests: RequestReader,
        poster: Poster,
        secrets: Secrets,
        build: PayloadBuilder,
        base_url: str | BaseUrl,
        clock: Clock,
        ids: Ids,
        *,
        worker: str,
        settings: DelivererSettings | None = None,
    ) -> None:
        self._outbox = outbox
        self._requests = requests
        self._poster = poster
        self._secrets = secrets
        self._build = build
        self._base_url: BaseUrl = base_url if callable(base_url) else lambda: str(base_url)
        self._clock = clock
        self._ids = ids
        self._worker = worker
        self._holder = f"{worker}:{ids.uuid()}"
        self._settings = settings or DelivererSettings()
        self._hosts: Counter[str] = Counter()
        self._teams: Counter[str] = Counter()
        self._under_way: dict[asyncio.Task[None], Parcel] = {}
        self._bell = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Take back what a dead server of this folder held, then begin to deliver."""
        recovered = await self._outbox.recover(f"{self._worker}:", self._clock.now())
        if recovered:
            _log.info("deliveries recovered", count=recovered)
        self._loops = [asyncio.create_task(self._deliver_forever()), asyncio.create_task(self._purge_forever())]

    async def stop(self) -> None:
        """Claim nothing more, let attempts under way finish for `drain_s`, and give the rest back."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._loops = []
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self._settings.drain_s)
        left = dict(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def wake(self) -> None:
        """Look now: something may be due."""
        self._bell.set()

    async def _deliver_forever(self) -> None:
        while True:
            try:
                await self._begin_due()
            except Exception:
                _log.exception("outbox not read")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.poll_s):
                    await self._bell.wait()
            self._bell.clear()

    async def _begin_due(self) -> None:
        """Begin as many attempts as there are places for."""
        while room := self._settings.at_once - len(self._under_way):
            hosts = [host for host, count in self._hosts.items() if count >= self._settings.per_host]
            teams = [team for team, count in self._teams.items() if count >= self._settings.per_team]
            due = await self._outbox.due(self._clock.now(), 2 * room, hosts=hosts, teams=teams)
            chosen = self._chosen(due, room)
            if not chosen:
                return
            names = [one.id for one in chosen]
            parcels = await self._outbox.claim(names, self._holder, self._clock.now(), self._settings.lease_s)
            faults.point("webhook.after_claim")
            for parcel in parcels:
                self._begin(parcel)
            if not parcels:
                # Another server was quicker; its work must not become our busy loop.
                return

    def _chosen(self, due: Sequence[Due], room: int) -> list[Due]:
        hosts, teams = self._hosts.copy(), self._teams.copy()
        chosen = []
        for one in due:
            if hosts[one.host] < self._settings.per_host and teams[one.team_id] < self._settings.per_team:
                hosts[one.host] += 1
                teams[one.team_id] += 1
                chosen.append(one)
        return chosen[:room]

    def _begin(self, parcel: Parcel) -> None:
        self._hosts[parcel.webhook.host] += 1
        self._teams[parcel.webhook.team_id] += 1
        task = asyncio.create_task(self._attempt(parcel))
        self._under_way[task] = parcel
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        parcel = self._under_way.pop(task)
        for counter, name in ((self._hosts, parcel.webhook.host), (self._teams, parcel.webhook.team_id)):
            counter[name] -= 1
            if not counter[name]:
                del counter[name]
        if not task.cancelled() and task.exception() is not None:
            # The row could not be written; its lease ends, and the delivery is made again.
            _log.error("delivery not written down", delivery_id=parcel.delivery.id, reason=repr(task.exception()))
        self._bell.set()

    async def _attempt(self, parcel: Parcel) -> None:
        try:
            outcome = await self._outcome(parcel)
        except asyncio.CancelledError:
            await self._outbox.release(parcel, self._clock.now())
            raise
        except Exception:
            _log.exception("delivery broke", delivery_id=parcel.delivery.id)
            outcome = self._later(parcel, reason=BROKEN, is_receivers=False)
        faults.point("webhook.after_send")
        await self._outbox.settle(parcel, outcome)
        _log.info(
            "webhook sent" if outcome.state == "delivered" else "webhook not delivered",
            webhook_id=parcel.webhook.id,
            delivery_id=parcel.delivery.id,
            attempt=parcel.delivery.attempts,
            status=outcome.status,
            now=outcome.state,
        )
        if outcome.disable:
            _log.warning("webhook disabled", webhook_id=parcel.webhook.id, reason=outcome.disable)

    async def _outcome(self, parcel: Parcel) -> Outcome:
        delivery = parcel.delivery
        body = await self._body(delivery)
        if body is None:
            return Outcome(state="failed", at=self._clock.now(), reason=FORGOTTEN, is_receivers=False)
        try:
            headers = await asyncio.to_thread(self._headers, parcel, body)
        except MissingKeyError as error:
            _log.error("webhooks cannot be signed", reason=str(error))
            return self._later(parcel, reason=KEY_MISSING, is_receivers=False)
        try:
            answer = await self._poster.post(parcel.webhook.url, body, headers, deadline_s=self._settings.deadline_s)
        except FetchError as error:
            # For the log of the server only: telling it to a client would map the network.
            _log.info("webhook not sent", delivery_id=delivery.id, host=parcel.webhook.host, reason=str(error))
            return self._later(parcel, reason=NO_ANSWER)
        return self._judged(parcel, answer)

    def _judged(self, parcel: Parcel, answer: PostAnswer) -> Outcome:
        now, status = self._clock.now(), answer.status
        if 200 <= status < 300:
            return Outcome(state="delivered", at=now, status=status)
        if status == 410:
            return Outcome(state="failed", at=now, status=status, reason=GONE, disable=GONE)
        reason = REDIRECTED if 300 <= status < 400 else NOT_ACCEPTED
        asked = _seconds(answer.retry_after, now) if status in (429, 503) else 0.0
        return self._later(parcel, reason=reason, status=status, retry_after_s=asked)

    def _later(self, parcel: Parcel, *, retry_after_s: float = 0.0, **outcome: Any) -> Outcome:
        """Another attempt, or the end of a delivery whose day is over."""
        delivery, now = parcel.delivery, self._clock.now()
        luck = self._ids.seed() / _LUCK
        at = rules.next_attempt(delivery.attempts, now, delivery.due_since, luck, retry_after_s)
        if at is not None:
            return Outcome(state="pending", at=now, next_attempt_at=at, **outcome)
        since = parcel.webhook.failing_since
        disable = ALWAYS_FAILED if since is not None and now - since >= rules.FAILING_S else None
        return Outcome(state="failed", at=now, disable=disable, **outcome)

    async def _body(self, delivery: Delivery) -> bytes | None:
        if delivery.request_id is None:
            return self._build(delivery, None, None)
        record = await self._requests.get(delivery.team_id, delivery.request_id)
        if record is None:
            return None
        view = ended_view(record, self._base_url(), sent_elsewhere=delivery.sent_elsewhere)
        return self._build(delivery, record.operation, view)

    def _headers(self, parcel: Parcel, body: bytes) -> dict[str, str]:
        now, event_id = self._clock.now(), parcel.delivery.event_id
        return {
            "content-type": "application/json",
            "webhook-id": event_id,
            "webhook-timestamp": str(int(now)),
            "webhook-signature": self._secrets.signatures(parcel.webhook, event_id, int(now), body, now),
        }

    async def _purge_forever(self) -> None:
        while True:
            await asyncio.sleep(self._settings.purge_s)
            try:
                while await self._outbox.purge(self._clock.now() - self._settings.keep_s, _PURGED_AT_ONCE):
                    pass
            except Exception:
                _log.exception("outbox not purged")


def _seconds(retry_after: str, now: float) -> float:
    """How long a Retry-After header asks to wait; 0 for what is none."""
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - now)
    except (ValueError, OverflowError):
        return 0.0
