"""The webhook routes, this server's own."""

from starlette.responses import Response

from imagined.contract.errors import invalid
from imagined.rest_api import webhook_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.json_bodies import read_json
from imagined.rest_api.services import Call
from imagined.rest_api.webhook_messages import NewWebhook, WebhookDeleted
from imagined.webhooks.service import LIST_LIMIT

_BODY_BYTES = 64 * 1024


async def create_webhook(call: Call) -> Response:
    """`POST /x/webhooks`."""
    asked = await read_json(call.http, NewWebhook, lambda wire: wire, limit=_BODY_BYTES)
    made = await call.services.webhooks.create(
        call.caller,
        asked.url,
        request_id=asked.request_id,
        events=asked.events,
        description=asked.description or "",
        call_id=call.call_id,
        is_replay=call.is_replay,
    )
    return json_answer(webhook_messages.from_webhook(made.webhook, made.secret))


async def list_webhooks(call: Call) -> Response:
    """`GET /x/webhooks`."""
    page = await call.services.webhooks.list_webhooks(call.caller, _limit(call), _token(call))
    return json_answer(webhook_messages.from_webhooks(page))


async def get_webhook(call: Call) -> Response:
    """`GET /x/webhooks/{webhook_id}`."""
    return json_answer(
        webhook_messages.from_webhook(await call.services.webhooks.get(call.caller, _path(call, "webhook_id")))
    )


async def delete_webhook(call: Call) -> Response:
    """`DELETE /x/webhooks/{webhook_id}`."""
    webhook_id = _path(call, "webhook_id")
    await call.services.webhooks.delete(call.caller, webhook_id)
    return json_answer(WebhookDeleted(id=webhook_id))


async def rotate_webhook(call: Call) -> Response:
    """`POST /x/webhooks/{webhook_id}:rotate`."""
    made = await call.services.webhooks.rotate(call.caller, _path(call, "webhook_id"), is_replay=call.is_replay)
    return json_answer(webhook_messages.from_webhook(made.webhook, made.secret))


async def enable_webhook(call: Call) -> Response:
    """`POST /x/webhooks/{webhook_id}:enable`."""
    webhook = await call.services.webhooks.enable(call.caller, _path(call, "webhook_id"))
    return json_answer(webhook_messages.from_webhook(webhook))


async def send_test_event(call: Call) -> Response:
    """`POST /x/webhooks/{webhook_id}:test`."""
    delivery = await call.services.webhooks.test(call.caller, _path(call, "webhook_id"))
    return json_answer(webhook_messages.from_delivery(delivery))


async def list_deliveries(call: Call) -> Response:
    """`GET /x/webhooks/{webhook_id}/deliveries`."""
    page = await call.services.webhooks.deliveries(call.caller, _path(call, "webhook_id"), _limit(call), _token(call))
    return json_answer(webhook_messages.from_deliveries(page))


async def resend_delivery(call: Call) -> Response:
    """`POST /x/webhooks/deliveries/{delivery_id}:resend`."""
    delivery = await call.services.webhooks.resend(call.caller, _path(call, "delivery_id"))
    return json_answer(webhook_messages.from_delivery(delivery))


def _path(call: Call, name: str) -> str:
    return str(call.http.path_params[name])


def _limit(call: Call) -> int:
    limit = call.http.query_params.get("limit") or str(LIST_LIMIT)
    if not (limit.isascii() and limit.removeprefix("-").isdecimal()) or len(limit) > 9:
        raise invalid(f"limit: must be an integer from 1 to {LIST_LIMIT}.")
    return int(limit)


def _token(call: Call) -> str | None:
    return call.http.query_params.get("pagination_token") or None
