"""What webhooks need from outside: the table of endpoints, the outbox, and a way to build what is sent.

Rows of the outbox are written by the request table itself, in the transaction that ends a request, so that an event is
due exactly when its result is there.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Literal, Protocol

import msgspec

from imagined.contract.requests import Operation
from imagined.contract.results import RequestView

EventType = Literal["request.done", "request.failed", "request.cancelled", "webhook.test"]
DeliveryState = Literal["pending", "delivered", "failed"]
Place = tuple[float, str]
"""Where a page ends: a time of creation and an id."""


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint. Its secret is not here: it follows from the id, the generation and the server's key."""

    id: str
    team_id: str
    key_id: str
    """The key that made it and, without `request_id`, whose requests it is told of."""
    request_id: str | None = None
    url: str
    host: str
    """The URL's host in lower case: receivers are slowed down by host."""
    events: tuple[EventType, ...]
    description: str = ""
    generation: int = 1
    created_at: float
    rotated_at: float | None = None
    failing_since: float | None = None
    """The first failed attempt after the last success."""
    disabled_at: float | None = None
    disabled_reason: str | None = None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One event on its way to one endpoint: a row of the outbox, and of the log afterwards."""

    id: str
    webhook_id: str
    team_id: str
    event_id: str
    """The `webhook-id` that receivers see; the same at every attempt, and at other endpoints."""
    type: EventType
    request_id: str | None = None
    sent_elsewhere: bool = False
    """Whether the request's result went to an `upload_url`, which is nobody else's to know."""
    state: DeliveryState = "pending"
    attempts: int = 0
    """Since it was made or sent again."""
    status: int | None = None
    """HTTP status of the last answer."""
    reason: str | None = None
    """Why the last attempt failed, one of a few sentences."""
    occurred_at: float
    """When the event happened."""
    created_at: float
    due_since: float
    """When it was made or sent again: attempts go on for a day from here."""
    next_attempt_at: float | None = None
    attempted_at: float | None = None
    ended_at: float | None = None
    holder: str | None = None
    """Who makes an attempt right now; `next_attempt_at` is the end of its lease then."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that can be claimed now."""

    id: str
    team_id: str
    host: str


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """The right to make one attempt, until its lease ends; `delivery` counts this one and names its holder."""

    delivery: Delivery
    webhook: Webhook


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an attempt. Pending: it is made again at `next_attempt_at`."""

    state: DeliveryState
    at: float
    status: int | None = None
    reason: str | None = None
    next_attempt_at: float | None = None
    is_receivers: bool = True
    """Whether a failure is the receiver's, and counts against its endpoint."""
    disable: str | None = None
    """The reason to disable the endpoint with it."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Whose endpoints a call sees: a team's, or only those that one key made."""

    team_id: str
    key_id: str | None = None


class WebhookStore(Protocol):
    """The endpoints and their log."""

    async def add(self, webhook: Webhook, limit: int) -> None:
        """Commit an endpoint; durable on return.

        One for a request that has ended has its event due at once, in the same transaction: it is told exactly once,
        whichever of the two came first. Raises `ApiError`: no such request of the team, a request of a batch, or
        `limit` endpoints for that key or request already; the disk is full.
        """
        ...

    async def operation_of(self, team_id: str, request_id: str) -> Operation | None:
        """What kind of request this is, if the team has it."""
        ...

    async def get(self, scope: Scope, webhook_id: str) -> Webhook | None:
        """An endpoint."""
        ...

    async def page(self, scope: Scope, limit: int, after: Place | None) -> tuple[Sequence[Webhook], bool]:
        """One page, the newest first, and whether more follow."""
        ...

    async def remove(self, scope: Scope, webhook_id: str) -> bool:
        """End an endpoint: nothing more is sent there, and its log is gone."""
        ...

    async def rotate(self, scope: Scope, webhook_id: str, now: float) -> Webhook | None:
        """Move to the next generation of the secret."""
        ...

    async def enable(self, scope: Scope, webhook_id: str) -> Webhook | None:
        """Let a disabled endpoint be told again, of what happens from now on."""
        ...

    async def log(self, webhook_id: str, limit: int, after: Place | None) -> tuple[Sequence[Delivery], bool]:
        """One page of an endpoint's deliveries, the newest first, and whether more follow."""
        ...

    async def post_test(self, delivery: Delivery) -> Delivery:
        """Add a test event; one that is still pending for this endpoint is returned instead."""
        ...

    async def resend(self, scope: Scope, delivery_id: str, now: float) -> Delivery | None:
        """Make a delivery due now, whatever became of it; for one that has ended, attempts and the day begin anew.

        Raises `ApiError` when its endpoint is disabled.
        """
        ...


class Outbox(Protocol):
    """What is to be sent. Several servers may share it."""

    async def due(
        self, now: float, limit: int, *, hosts: Collection[str] = (), teams: Collection[str] = ()
    ) -> Sequence[Due]:
        """Deliveries that are due, the longest waiting first, without those to these hosts and of these teams."""
        ...

    async def claim(self, delivery_ids: Sequence[str], holder: str, now: float, lease_s: float) -> Sequence[Parcel]:
        """Take those that are still due: one attempt more, due again after `lease_s` if nothing is settled."""
        ...

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Write down what became of an attempt; False when somebody else has made another since.

        Disabling an endpoint fails everything that is pending for it.
        """
        ...

    async def release(self, parcel: Parcel, now: float) -> None:
        """Give an attempt back uncounted (drain): due at once."""
        ...

    async def recover(self, holder_prefix: str, now: float) -> int:
        """Make due what a dead server of this name held; how many."""
        ...

    async def purge(self, before: float, limit: int) -> int:
        """Forget a portion of the deliveries that ended before this time, of those whose endpoint is removed, and of
        the endpoints whose request is forgotten; how many."""
        ...


PayloadBuilder = Callable[[Delivery, Operation | None, RequestView | None], bytes]
"""The JSON that tells an event: the same bytes for the same arguments. A test event has neither operation nor view."""
