"""The endpoints and the outbox in memory, beside the request table in memory."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from imagined.contract import errors
from imagined.contract.requests import Operation
from imagined.testing.memory_requests import MemoryRequestStore, RequestRow
from imagined.webhooks import rules
from imagined.webhooks.events import delivery_id_of, event_id_of
from imagined.webhooks.ports import Delivery, Due, Outcome, Parcel, Place, Scope, Webhook

_Row = TypeVar("_Row", Webhook, Delivery)


class MemoryWebhookStore:
    """The `WebhookStore` and `Outbox` ports on dictionaries; it listens to the request table it is given."""

    def __init__(self, requests: MemoryRequestStore) -> None:
        self._requests = requests
        self.webhooks: dict[str, Webhook] = {}
        self.deliveries: dict[str, Delivery] = {}
        requests.announce = self._announce

    async def add(self, webhook: Webhook, limit: int) -> None:
        """Check and add an endpoint, and what it is to be told at once."""
        row = None
        if webhook.request_id is not None:
            row = self._requests.rows.get(webhook.request_id)
            if row is None or row.request.team_id != webhook.team_id:
                raise errors.request_not_found(webhook.request_id)
            rules.check_request(row.request.batch_id)
        alike = [one for one in self.webhooks.values() if _subject(one) == _subject(webhook)]
        if len(alike) >= limit:
            raise rules.too_many(limit, for_request=webhook.request_id is not None)
        self.webhooks[webhook.id] = webhook
        if row is not None and row.finished_at is not None:
            self._tell(webhook, row, webhook.created_at)

    async def operation_of(self, team_id: str, request_id: str) -> Operation | None:
        """What kind of request this is."""
        row = self._requests.rows.get(request_id)
        return row.request.operation if row is not None and row.request.team_id == team_id else None

    async def get(self, scope: Scope, webhook_id: str) -> Webhook | None:
        """An endpoint."""
        webhook = self.webhooks.get(webhook_id)
        return webhook if webhook is not None and _sees(scope, webhook) else None

    async def page(self, scope: Scope, limit: int, after: Place | None) -> tuple[Sequence[Webhook], bool]:
        """One page, the newest first."""
        return _page((one for one in self.webhooks.values() if _sees(scope, one)), limit, after)

    async def remove(self, scope: Scope, webhook_id: str) -> bool:
        """End an endpoint and its log."""
        if await self.get(scope, webhook_id) is None:
            return False
        del self.webhooks[webhook_id]
        return True

    async def rotate(self, scope: Scope, webhook_id: str, now: float) -> Webhook | None:
        """Move to the next generation."""
        webhook = await self.get(scope, webhook_id)
        if webhook is None:
            return None
        return self._change(webhook_id, generation=webhook.generation + 1, rotated_at=now)

    async def enable(self, scope: Scope, webhook_id: str) -> Webhook | None:
        """Let a disabled endpoint be told again."""
        if await self.get(scope, webhook_id) is None:
            return None
        return self._change(webhook_id, disabled_at=None, disabled_reason=None, failing_since=None)

    async def log(self, webhook_id: str, limit: int, after: Place | None) -> tuple[Sequence[Delivery], bool]:
        """One page of deliveries, the newest first."""
        return _page((one for one in self.deliveries.values() if one.webhook_id == webhook_id), limit, after)

    async def post_test(self, delivery: Delivery) -> Delivery:
        """Add a test event unless one is pending."""
        for one in self.deliveries.values():
            if (one.webhook_id, one.type, one.state) == (delivery.webhook_id, rules.TEST, "pending"):
                return one
        if delivery.webhook_id not in self.webhooks:
            raise errors.webhook_not_found(delivery.webhook_id)
        self.deliveries[delivery.id] = delivery
        return delivery

    async def resend(self, scope: Scope, delivery_id: str, now: float) -> Delivery | None:
        """Make a delivery due now."""
        delivery = self.deliveries.get(delivery_id)
        webhook = await self.get(scope, delivery.webhook_id) if delivery is not None else None
        if delivery is None or webhook is None:
            return None
        if webhook.disabled_at is not None:
            raise rules.disabled()
        if delivery.state != "pending":
            fresh = {"state": "pending", "attempts": 0, "due_since": now, "ended_at": None}
            return self._rewrite(delivery_id, next_attempt_at=now, **fresh)
        return delivery if delivery.holder else self._rewrite(delivery_id, next_attempt_at=now)

    async def due(
        self, now: float, limit: int, *, hosts: Collection[str] = (), teams: Collection[str] = ()
    ) -> Sequence[Due]:
        """Deliveries that are due."""
        found = [one for one in self.deliveries.values() if _is_due(one, now) and one.team_id not in teams]
        found.sort(key=lambda one: one.next_attempt_at or 0.0)
        listed = [Due(id=one.id, team_id=one.team_id, host=self._host(one)) for one in found]
        return [one for one in listed if one.host not in hosts][:limit]

    async def claim(self, delivery_ids: Sequence[str], holder: str, now: float, lease_s: float) -> Sequence[Parcel]:
        """Take those that are still due."""
        taken = []
        for name in delivery_ids:
            delivery = self.deliveries.get(name)
            if delivery is None or not _is_due(delivery, now):
                continue
            webhook = self.webhooks.get(delivery.webhook_id)
            if webhook is None:
                del self.deliveries[name]
                continue
            claimed = self._rewrite(
                name, attempts=delivery.attempts + 1, attempted_at=now, next_attempt_at=now + lease_s, holder=holder
            )
            taken.append(Parcel(delivery=claimed, webhook=webhook))
        return taken

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Write down what became of an attempt."""
        if not self._is_held(parcel):
            return False
        ended = None if outcome.state == "pending" else outcome.at
        self._rewrite(
            parcel.delivery.id,
            state=outcome.state,
            status=outcome.status,
            reason=outcome.reason,
            next_attempt_at=outcome.next_attempt_at,
            ended_at=ended,
            holder=None,
        )
        webhook = self.webhooks.get(parcel.webhook.id)
        if webhook is None:
            return True
        if outcome.state == "delivered":
            self._change(webhook.id, failing_since=None)
        elif outcome.is_receivers and webhook.failing_since is None:
            self._change(webhook.id, failing_since=outcome.at)
        if outcome.disable is not None:
            self._disable(webhook, outcome.at, outcome.disable)
        return True

    async def release(self, parcel: Parcel, now: float) -> None:
        """Give an attempt back uncounted."""
        if self._is_held(parcel):
            attempts = parcel.delivery.attempts - 1
            self._rewrite(parcel.delivery.id, attempts=attempts, next_attempt_at=now, holder=None)

    async def recover(self, holder_prefix: str, now: float) -> int:
        """Make due what a dead server held."""
        held = [one.id for one in self.deliveries.values() if (one.holder or "").startswith(holder_prefix)]
        for name in held:
            self._rewrite(name, next_attempt_at=now, holder=None)
        return len(held)

    async def purge(self, before: float, limit: int) -> int:
        """Forget a portion of what is over."""
        over = [
            one.id
            for one in self.deliveries.values()
            if one.webhook_id not in self.webhooks or (one.ended_at is not None and one.ended_at <= before)
        ][:limit]
        for name in over:
            del self.deliveries[name]
        logged = {one.webhook_id for one in self.deliveries.values()}
        spent = [
            one.id
            for one in self.webhooks.values()
            if one.request_id is not None and one.request_id not in self._requests.rows and one.id not in logged
        ]
        if over:
            return len(over)
        for name in spent[:limit]:
            del self.webhooks[name]
        return len(spent[:limit])

    def _announce(self, row: RequestRow, now: float) -> None:
        for webhook in list(self.webhooks.values()):
            if webhook.disabled_at is None and _subject(webhook) in (row.request.id, row.request.key_id):
                self._tell(webhook, row, now)

    def _tell(self, webhook: Webhook, row: RequestRow, now: float) -> None:
        kind: Any = f"request.{row.state}"
        request = row.request
        if kind not in webhook.events or request.team_id != webhook.team_id or request.batch_id is not None:
            return
        delivery = Delivery(
            id=delivery_id_of(webhook.id, request.id),
            webhook_id=webhook.id,
            team_id=request.team_id,
            event_id=event_id_of(request.id),
            type=kind,
            request_id=request.id,
            sent_elsewhere=row.upload_url is not None,
            occurred_at=row.finished_at or now,
            created_at=now,
            due_since=now,
            next_attempt_at=now,
        )
        self.deliveries[delivery.id] = delivery

    def _disable(self, webhook: Webhook, now: float, reason: str) -> None:
        self._change(webhook.id, disabled_at=now, disabled_reason=reason)
        for one in list(self.deliveries.values()):
            if one.webhook_id == webhook.id and one.state == "pending":
                ended = {"next_attempt_at": None, "ended_at": now, "holder": None}
                self._rewrite(one.id, state="failed", reason=reason, **ended)

    def _host(self, delivery: Delivery) -> str:
        webhook = self.webhooks.get(delivery.webhook_id)
        return webhook.host if webhook is not None else ""

    def _is_held(self, parcel: Parcel) -> bool:
        delivery = self.deliveries.get(parcel.delivery.id)
        if delivery is None or delivery.holder is None:
            return False
        return (delivery.holder, delivery.attempts) == (parcel.delivery.holder, parcel.delivery.attempts)

    def _change(self, webhook_id: str, **changes: Any) -> Webhook:
        self.webhooks[webhook_id] = msgspec.structs.replace(self.webhooks[webhook_id], **changes)
        return self.webhooks[webhook_id]

    def _rewrite(self, delivery_id: str, **changes: Any) -> Delivery:
        self.deliveries[delivery_id] = msgspec.structs.replace(self.deliveries[delivery_id], **changes)
        return self.deliveries[delivery_id]


def _subject(webhook: Webhook) -> str:
    return webhook.request_id or webhook.key_id


def _sees(scope: Scope, webhook: Webhook) -> bool:
    return webhook.team_id == scope.team_id and scope.key_id in (None, webhook.key_id)


def _is_due(delivery: Delivery, now: float) -> bool:
    return delivery.next_attempt_at is not None and delivery.next_attempt_at <= now


def _page(rows: Iterable[_Row], limit: int, after: Place | None) -> tuple[Sequence[_Row], bool]:
    found = sorted((row for row in rows if after is None or _place(row) < after), key=_place, reverse=True)
    return found[:limit], len(found) > limit


def _place(row: Webhook | Delivery) -> Place:
    return row.created_at, row.id
