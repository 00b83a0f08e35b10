"""Models and key information."""

from collections.abc import Callable, Sequence

from starlette.responses import Response

from imagined.contract.cards import ModelCard
from imagined.contract.errors import ApiError, model_not_found
from imagined.rest_api import model_messages
from imagined.rest_api.answers import json_answer
from imagined.rest_api.model_messages import ImageModels, ModelList, NoModels, VideoModels
from imagined.rest_api.services import Call


async def list_models(call: Call) -> Response:
    """`GET /v1/models`."""
    return json_answer(ModelList(data=[model_messages.from_card(card) for card in _cards(call)]))


async def get_model(call: Call) -> Response:
    """`GET /v1/models/{model_id}`; an alias answers with the model it means."""
    return json_answer(model_messages.from_card(_card(call, lambda _: True)))


async def list_image_models(call: Call) -> Response:
    """`GET /v1/image-generation-models`."""
    cards = [card for card in _cards(call) if _is_image(card)]
    return json_answer(
        ImageModels(models=[model_messages.from_image_card(card, call.services.prices) for card in cards])
    )


async def get_image_model(call: Call) -> Response:
    """`GET /v1/image-generation-models/{model_id}`."""
    return json_answer(model_messages.from_image_card(_card(call, _is_image), call.services.prices))


async def list_video_models(call: Call) -> Response:
    """`GET /v1/video-generation-models`."""
    cards = [card for card in _cards(call) if _is_video(card)]
    return json_answer(VideoModels(models=[model_messages.from_video_card(card) for card in cards]))


async def get_video_model(call: Call) -> Response:
    """`GET /v1/video-generation-models/{model_id}`."""
    return json_answer(model_messages.from_video_card(_card(call, _is_video)))


async def list_no_models(call: Call) -> Response:
    """Kinds of models that are not served: an empty list."""
    del call
    return json_answer(NoModels(models=[]))


async def get_no_model(call: Call) -> Response:
    """Kinds of models that are not served: never found."""
    raise _not_found(call)


async def get_api_key(call: Call) -> Response:
    """`GET /v1/api-key`."""
    return json_answer(model_messages.from_caller(call.caller))


async def get_me(call: Call) -> Response:
    """`GET /v1/me`."""
    return json_answer(model_messages.from_caller_as_me(call.caller))


def _cards(call: Call) -> Sequence[ModelCard]:
    return call.services.catalogue.cards_of(call.caller)


def _card(call: Call, fits: Callable[[ModelCard], bool]) -> ModelCard:
    card = call.services.catalogue.card_of(call.caller, call.http.path_params["model_id"])
    if card is None or not fits(card):
        raise _not_found(call)
    return card


def _not_found(call: Call) -> ApiError:
    return model_not_found(call.http.path_params["model_id"][:80], call.team_id)


def _is_image(card: ModelCard) -> bool:
    return card.image is not None


def _is_video(card: ModelCard) -> bool:
    return card.video is not None
