"""The webhooks service: what the routes call."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from imagined.access.permissions import check_endpoint, is_unlimited
from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.environment import Clock, Ids
from imagined.contract.errors import ApiError
from imagined.imagine.paging import list_name, make_token, position
from imagined.webhooks import rules
from imagined.webhooks.ports import Delivery, Place, Scope, Webhook, WebhookStore
from imagined.webhooks.signing import KEY_MISSING, MissingKeyError, Secrets

LIST_LIMIT: Final = 100
_CALLS: Final = uuid.UUID("0d1c4b0e-5a55-4f0f-9a63-0c1a2f7c9e42")


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint with its secret, which is shown at this moment only."""

    webhook: Webhook
    secret: str


class WebhookPage(msgspec.Struct, frozen=True, kw_only=True):
    """Endpoints, and how to go on."""

    webhooks: Sequence[Webhook]
    next_token: str | None


class DeliveryPage(msgspec.Struct, frozen=True, kw_only=True):
    """Deliveries, and how to go on."""

    deliveries: Sequence[Delivery]
    next_token: str | None


class WebhookService:
    """Endpoints of a caller.

    A key whose access list allows every endpoint manages all those of its team; a limited one those that it made.
    """

    def __init__(
        self,
        store: WebhookStore,
        secrets: Secrets,
        clock: Clock,
        ids: Ids,
        *,
        per_key: int = 20,
        allow_private_networks: bool = False,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._secrets = secrets
        self._clock = clock
        self._ids = ids
        self._per_key = per_key
        self._allow_private_networks = allow_private_networks
        self._wake = wake

    async def create(
        self,
        caller: Caller,
        url: str,
        *,
        request_id: str | None = None,
        events: Sequence[str] | None = None,
        description: str = "",
        call_id: str = "",
        is_replay: bool = False,
    ) -> Made:
        """A new endpoint: for one request, or for every request of the caller's key that ends from now on.

        A call that has a `call_id` of its client's makes one endpoint, however often it is run; `is_replay` says that
        it was run to its end before. Raises `ApiError`: a bad field, an unknown request, one that the key may not
        read, too many endpoints.
        """
        webhook_id = f"wh_{uuid.uuid5(_CALLS, call_id) if call_id else self._ids.uuid()}"
        earlier = await self._store.get(_scope(caller), webhook_id) if call_id else None
        if is_replay or earlier is not None:
            return self._shown(_found(earlier, webhook_id))
        host = rules.check_url(url, allow_private_networks=self._allow_private_networks)
        webhook = Webhook(
            id=webhook_id,
            team_id=caller.team_id,
            key_id=caller.key_id,
            request_id=request_id,
            url=url,
            host=host,
            events=rules.check_events(events),
            description=rules.check_description(description),
            created_at=self._clock.now(),
        )
        if request_id is not None:
            await self._check_readable(caller, request_id)
        await self._make_key()
        await self._store.add(webhook, self._per_key)
        self._wake()
        return self._shown(webhook)

    async def get(self, caller: Caller, webhook_id: str) -> Webhook:
        """An endpoint; `not-found` for unknown ones and those of others."""
        return _found(await self._store.get(_scope(caller), webhook_id), webhook_id)

    async def list_webhooks(self, caller: Caller, limit: int = LIST_LIMIT, token: str | None = None) -> WebhookPage:
        """One page, the newest first."""
        listed = list_name("webhooks")
        webhooks, more = await self._store.page(_scope(caller), _limit(limit), position(token, listed))
        return WebhookPage(webhooks=webhooks, next_token=_token(listed, webhooks, more))

    async def delete(self, caller: Caller, webhook_id: str) -> None:
        """End an endpoint: nothing more is sent there."""
        if not await self._store.remove(_scope(caller), webhook_id):
            raise errors.webhook_not_found(webhook_id)

    async def rotate(self, caller: Caller, webhook_id: str, *, is_replay: bool = False) -> Made:
        """A new secret; for a day the one before it signs as well. `is_replay`: it was made, and is shown again."""
        webhook = await self.get(caller, webhook_id)
        if is_replay:
            return self._shown(webhook)
        await self._make_key()
        rotated = await self._store.rotate(_scope(caller), webhook_id, self._clock.now())
        return self._shown(_found(rotated, webhook_id))

    async def enable(self, caller: Caller, webhook_id: str) -> Webhook:
        """Let a disabled endpoint be told again."""
        return _found(await self._store.enable(_scope(caller), webhook_id), webhook_id)

    async def test(self, caller: Caller, webhook_id: str) -> Delivery:
        """Send a `webhook.test` event through the same outbox; one that is pending already is not doubled."""
        webhook = await self.get(caller, webhook_id)
        if webhook.disabled_at is not None:
            raise rules.disabled()
        now = self._clock.now()
        delivery = await self._store.post_test(
            Delivery(
                id=f"whd_{self._ids.uuid()}",
                webhook_id=webhook.id,
                team_id=webhook.team_id,
                event_id=f"msg_{self._ids.uuid()}",
                type=rules.TEST,
                occurred_at=now,
                created_at=now,
                due_since=now,
                next_attempt_at=now,
            )
        )
        self._wake()
        return delivery

    async def deliveries(
        self, caller: Caller, webhook_id: str, limit: int = LIST_LIMIT, token: str | None = None
    ) -> DeliveryPage:
        """One page of an endpoint's log, the newest first."""
        webhook = await self.get(caller, webhook_id)
        listed = list_name("deliveries", webhook.id)
        deliveries, more = await self._store.log(webhook.id, _limit(limit), position(token, listed))
        return DeliveryPage(deliveries=deliveries, next_token=_token(listed, deliveries, more))

    async def resend(self, caller: Caller, delivery_id: str) -> Delivery:
        """Send a delivery again, now, whatever became of it."""
        delivery = await self._store.resend(_scope(caller), delivery_id, self._clock.now())
        if delivery is None:
            raise errors.delivery_not_found(delivery_id)
        self._wake()
        return delivery

    def _shown(self, webhook: Webhook) -> Made:
        return Made(webhook=webhook, secret=self._secrets.secret(webhook))

    async def _make_key(self) -> None:
        try:
            await asyncio.to_thread(self._secrets.make)
        except OSError:
            raise ApiError(errors.INTERNAL, errors.STORAGE_FAILED) from None
        except MissingKeyError:
            raise ApiError(errors.INTERNAL, KEY_MISSING) from None

    async def _check_readable(self, caller: Caller, request_id: str) -> None:
        """The event carries the result: it goes only where the caller's key could have read it."""
        operation = await self._store.operation_of(caller.team_id, request_id)
        if operation is None:
            raise errors.request_not_found(request_id)
        check_endpoint(caller, "video" if operation.endswith("_video") else "image")


def _scope(caller: Caller) -> Scope:
    return Scope(team_id=caller.team_id, key_id=None if is_unlimited(caller) else caller.key_id)


def _found(webhook: Webhook | None, webhook_id: str) -> Webhook:
    if webhook is None:
        raise errors.webhook_not_found(webhook_id)
    return webhook


def _limit(limit: int) -> int:
    if not 1 <= limit <= LIST_LIMIT:
        raise ApiError(errors.INVALID_ARGUMENT, f"limit: must be an integer from 1 to {LIST_LIMIT}.")
    return limit


def _token(listed: str, rows: Sequence[Webhook] | Sequence[Delivery], more: bool) -> str | None:
    if not more:
        return None
    place: Place = (rows[-1].created_at, rows[-1].id)
    return make_token(listed, place)
