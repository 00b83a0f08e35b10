"""`xai_api.Models` and `xai_api.Auth`: cards and callers to messages."""

from typing import Final

from xai_sdk.proto import auth_pb2, models_pb2

from imagined.contract.access import Caller
from imagined.contract.cards import ModelCard
from imagined.grpc_api.wire import Message, timestamp
from imagined.imagine.pricing import TICKS_PER_CENT, PriceTable

_MODALITIES: Final = {"text": models_pb2.TEXT, "image": models_pb2.IMAGE}


def from_image_card(card: ModelCard, prices: PriceTable) -> Message:
    """An image model. `image_price` is in cents, as the message's comment says; REST has ticks."""
    return models_pb2.ImageGenerationModel(
        name=card.id,
        aliases=card.aliases,
        version=card.version,
        input_modalities=[_MODALITIES[word] for word in card.input_modalities if word in _MODALITIES],
        output_modalities=[_MODALITIES[word] for word in card.output_modalities if word in _MODALITIES],
        image_price=prices.list_price(card.id) // TICKS_PER_CENT,
        created=timestamp(card.created),
        max_prompt_length=card.max_prompt_length,
        system_fingerprint=card.fingerprint,
    )


def from_caller(caller: Caller) -> Message:
    """Key information."""
    return auth_pb2.ApiKey(
        redacted_api_key=caller.redacted_key,
        user_id=caller.user_id,
        name=caller.name,
        create_time=timestamp(caller.created_at),
        modify_time=timestamp(caller.modified_at),
        modified_by=caller.user_id,
        team_id=caller.team_id,
        acls=caller.acls,
        api_key_id=caller.key_id,
        disabled=caller.disabled,
    )
