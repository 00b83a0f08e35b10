"""Routes of webhooks, this server's own."""

from typing import Final

from imagined.contract import errors
from imagined.rest_api import webhook_messages, webhooks
from imagined.rest_api.operations.kinds import JSON_REFUSALS, Answer, Operation, Parameter

_WEBHOOK_ID: Final = Parameter("webhook_id", "`wh_` and a UUID.", place="path")
_PAGE: Final = (
    Parameter("limit", "Entries per page.", {"type": "integer", "minimum": 1, "maximum": 100, "default": 100}),
    Parameter("pagination_token", "From the page before."),
)
_ONE: Final = {200: Answer("The webhook.", webhook_messages.WebhookBody)}
_WITH_SECRET: Final = {200: Answer("The webhook with its secret.", webhook_messages.WebhookBody)}
_SENT: Final = {200: Answer("It is due now; the log tells what became of it.", webhook_messages.DeliveryBody)}

WEBHOOKS: Final = (
    Operation(
        method="POST",
        path="/x/webhooks",
        handler=webhooks.create_webhook,
        tag="Webhooks",
        summary="Create a webhook",
        description="With `request_id` for that request, due at once if it has ended; else for every request of the "
        "calling key that ends from now on. The secret is shown in this answer only.",
        body=webhook_messages.NewWebhook,
        answers=_WITH_SECRET,
        answers_secret=True,
        refusals=(*JSON_REFUSALS, errors.NOT_FOUND, errors.RESOURCE_EXHAUSTED),
    ),
    Operation(
        method="GET",
        path="/x/webhooks",
        handler=webhooks.list_webhooks,
        tag="Webhooks",
        summary="List webhooks",
        description="The newest first.",
        parameters=_PAGE,
        answers={200: Answer("One page.", webhook_messages.WebhookList)},
        refusals=(errors.INVALID_ARGUMENT,),
    ),
    Operation(
        method="POST",
        path="/x/webhooks/deliveries/{delivery_id}:resend",
        handler=webhooks.resend_delivery,
        tag="Webhooks",
        summary="Send a delivery again",
        description="Now, under the same `webhook-id`, whatever became of it.",
        parameters=(Parameter("delivery_id", "`whd_` and a UUID.", place="path"),),
        answers=_SENT,
        refusals=(errors.NOT_FOUND, errors.FAILED_PRECONDITION),
    ),
    Operation(
        method="GET",
        path="/x/webhooks/{webhook_id}",
        handler=webhooks.get_webhook,
        tag="Webhooks",
        summary="Get a webhook",
        parameters=(_WEBHOOK_ID,),
        answers=_ONE,
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="DELETE",
        path="/x/webhooks/{webhook_id}",
        handler=webhooks.delete_webhook,
        tag="Webhooks",
        summary="Delete a webhook and its log",
        description="Nothing more is sent there.",
        parameters=(_WEBHOOK_ID,),
        answers={200: Answer("It is gone.", webhook_messages.WebhookDeleted)},
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="POST",
        path="/x/webhooks/{webhook_id}:rotate",
        handler=webhooks.rotate_webhook,
        tag="Webhooks",
        summary="Change a webhook's secret",
        description="For 24 hours deliveries are signed by the new secret and by the one before it.",
        parameters=(_WEBHOOK_ID,),
        answers=_WITH_SECRET,
        answers_secret=True,
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="POST",
        path="/x/webhooks/{webhook_id}:enable",
        handler=webhooks.enable_webhook,
        tag="Webhooks",
        summary="Enable a disabled webhook",
        description="It is told of what happens from now on; what it has missed can be sent again from its log.",
        parameters=(_WEBHOOK_ID,),
        answers=_ONE,
        refusals=(errors.NOT_FOUND,),
    ),
    Operation(
        method="POST",
        path="/x/webhooks/{webhook_id}:test",
        handler=webhooks.send_test_event,
        tag="Webhooks",
        summary="Send a test event",
        description="A `webhook.test`, by the same way as every other event.",
        parameters=(_WEBHOOK_ID,),
        answers=_SENT,
        refusals=(errors.NOT_FOUND, errors.FAILED_PRECONDITION),
    ),
    Operation(
        method="GET",
        path="/x/webhooks/{webhook_id}/deliveries",
        handler=webhooks.list_deliveries,
        tag="Webhooks",
        summary="List a webhook's deliveries",
        description="The newest first. They are kept 30 days.",
        parameters=(_WEBHOOK_ID, *_PAGE),
        answers={200: Answer("One page.", webhook_messages.DeliveryList)},
        refusals=(errors.INVALID_ARGUMENT, errors.NOT_FOUND),
    ),
)
