"""`/x/webhooks`: wire types, their translation, and what is sent to endpoints."""

import datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract.requests import Operation
from imagined.contract.results import RequestView
from imagined.rest_api import image_messages, video_messages
from imagined.rest_api.common_messages import JobError, Usage, or_unset, seconds_or_unset
from imagined.rest_api.image_messages import ImageItem
from imagined.webhooks import service
from imagined.webhooks.ports import Delivery, EventType, Webhook

EndEvent = Literal["request.done", "request.failed", "request.cancelled"]


class NewWebhook(msgspec.Struct, kw_only=True):
    """Where to send events: those of one request, or of every request of the calling key that ends from now on."""

    url: str
    request_id: str | None = None
    events: list[EndEvent] | None = None
    description: str | None = None


class WebhookBody(msgspec.Struct, kw_only=True):
    """An endpoint. `secret` is shown when it is created or rotated, and never again. Times are unix seconds."""

    id: str
    url: str
    scope: Literal["key", "request"]
    request_id: str | UnsetType = UNSET
    events: tuple[EventType, ...]
    description: str
    created_at: int
    rotated_at: int | UnsetType = UNSET
    disabled_at: int | UnsetType = UNSET
    disabled_reason: str | UnsetType = UNSET
    secret: str | UnsetType = UNSET


class WebhookList(msgspec.Struct, kw_only=True):
    """One page of endpoints, the newest first."""

    data: list[WebhookBody]
    pagination_token: str | UnsetType = UNSET


class WebhookDeleted(msgspec.Struct, kw_only=True):
    """The endpoint is gone."""

    id: str
    deleted: bool = True


class DeliveryBody(msgspec.Struct, kw_only=True):
    """One event on its way to one endpoint. `event_id` is the `webhook-id` that the receiver sees.

    A pending one without `next_attempt_at` is being sent.
    """

    id: str
    webhook_id: str
    event_id: str
    type: EventType
    request_id: str | UnsetType = UNSET
    state: Literal["pending", "delivered", "failed"]
    attempts: int
    last_status: int | UnsetType = UNSET
    last_error: str | UnsetType = UNSET
    created_at: int
    last_attempt_at: int | UnsetType = UNSET
    next_attempt_at: int | UnsetType = UNSET
    ended_at: int | UnsetType = UNSET


class DeliveryList(msgspec.Struct, kw_only=True):
    """One page of an endpoint's log, the newest first."""

    data: list[DeliveryBody]
    pagination_token: str | UnsetType = UNSET


class ImageState(msgspec.Struct, kw_only=True):
    """The end of an image request: the fields of the call's answer, or an error, in the form that videos have."""

    status: Literal["done", "failed"]
    model: str
    data: list[ImageItem] | UnsetType = UNSET
    usage: Usage | UnsetType = UNSET
    error: JobError | UnsetType = UNSET


def from_webhook(webhook: Webhook, secret: str | UnsetType = UNSET) -> WebhookBody:
    """An endpoint as it is shown."""
    return WebhookBody(
        id=webhook.id,
        url=webhook.url,
        scope="key" if webhook.request_id is None else "request",
        request_id=or_unset(webhook.request_id),
        events=webhook.events,
        description=webhook.description,
        created_at=int(webhook.created_at),
        rotated_at=seconds_or_unset(webhook.rotated_at),
        disabled_at=seconds_or_unset(webhook.disabled_at),
        disabled_reason=or_unset(webhook.disabled_reason),
        secret=secret,
    )


def from_webhooks(page: service.WebhookPage) -> WebhookList:
    """One page of endpoints."""
    return WebhookList(
        data=[from_webhook(webhook) for webhook in page.webhooks], pagination_token=or_unset(page.next_token)
    )


def from_delivery(delivery: Delivery) -> DeliveryBody:
    """A delivery as it is shown."""
    return DeliveryBody(
        id=delivery.id,
        webhook_id=delivery.webhook_id,
        event_id=delivery.event_id,
        type=delivery.type,
        request_id=or_unset(delivery.request_id),
        state=delivery.state,
        attempts=delivery.attempts,
        last_status=UNSET if delivery.status is None else delivery.status,
        last_error=or_unset(delivery.reason),
        created_at=int(delivery.created_at),
        last_attempt_at=seconds_or_unset(delivery.attempted_at),
        next_attempt_at=seconds_or_unset(None if delivery.holder else delivery.next_attempt_at),
        ended_at=seconds_or_unset(delivery.ended_at),
    )


def from_deliveries(page: service.DeliveryPage) -> DeliveryList:
    """One page of a log."""
    return DeliveryList(
        data=[from_delivery(delivery) for delivery in page.deliveries], pagination_token=or_unset(page.next_token)
    )


def payload(delivery: Delivery, operation: Operation | None, view: RequestView | None) -> bytes:
    """What is sent, a `PayloadBuilder`: `type`, `timestamp` and `data`, which is what a poll of the request answers."""
    if operation is None or view is None:
        data: dict[str, Any] = {"webhook_id": delivery.webhook_id}
    else:
        data = {"request_id": view.request_id, "operation": operation} | msgspec.to_builtins(_state(operation, view))
    moment = datetime.datetime.fromtimestamp(delivery.occurred_at, datetime.UTC)
    timestamp = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return msgspec.json.encode({"type": delivery.type, "timestamp": timestamp, "data": data})


def _state(operation: Operation, view: RequestView) -> msgspec.Struct:
    state = video_messages.from_view(view)
    if operation.endswith("_video"):
        return state
    if view.state != "done":
        return ImageState(status="failed", model=view.model, error=state.error)
    answer = image_messages.from_view(view, None)
    return ImageState(status="done", model=view.model, data=answer.data, usage=answer.usage)
