"""Model lists and key information: wire types and their translation."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from imagined.contract.access import Caller
from imagined.contract.cards import ModelCard
from imagined.imagine.pricing import PriceTable

OWNER = "xai"
"""The vendor word of the API's model entries; clients compare nothing with it, some require it to be a string."""


class Model(msgspec.Struct, kw_only=True):
    """A model as OpenAI clients list it."""

    id: str
    created: int
    object: Literal["model"] = "model"
    owned_by: str = OWNER


class ModelList(msgspec.Struct, kw_only=True):
    """All models."""

    data: list[Model]
    object: Literal["list"] = "list"


class VideoModel(msgspec.Struct, kw_only=True):
    """A video model's card."""

    id: str
    fingerprint: str
    created: int
    object: Literal["model"] = "model"
    owned_by: str = OWNER
    version: str
    input_modalities: list[str]
    output_modalities: list[str]
    aliases: list[str]


class Price(msgspec.Struct, kw_only=True):
    """Ticks of 1e-10 US dollars for one picture of a quality and resolution."""

    quality: str
    resolution: str
    price_per_image: int


class ImageModel(VideoModel, kw_only=True):
    """An image model's card. `image_price` is in ticks of 1e-10 US dollars; `pricing` says more where the quality
    or the resolution changes it."""

    max_prompt_length: int
    image_price: int
    pricing: list[Price] | UnsetType = UNSET


class ImageModels(msgspec.Struct, kw_only=True):
    """All image models."""

    models: list[ImageModel]


class VideoModels(msgspec.Struct, kw_only=True):
    """All video models."""

    models: list[VideoModel]


class NoModels(msgspec.Struct, kw_only=True):
    """A kind of model that this server does not have: the list is always empty."""

    models: list[Model]


class ApiKey(msgspec.Struct, kw_only=True):
    """What is known of the key that was sent. Times are RFC 3339."""

    redacted_api_key: str
    user_id: str
    name: str
    create_time: str
    modify_time: str
    modified_by: str
    team_id: str
    acls: list[str]
    api_key_id: str
    team_blocked: bool
    api_key_blocked: bool
    api_key_disabled: bool


class Me(msgspec.Struct, kw_only=True):
    """Who is calling."""

    api_key: ApiKey
    oauth: None
    team_blocked: bool
    team_id: str
    user_id: str
    zdr_status: str


def from_card(card: ModelCard) -> Model:
    """A model as OpenAI clients list it."""
    return Model(id=card.id, created=card.created)


def from_video_card(card: ModelCard) -> VideoModel:
    """A video model's entry."""
    return VideoModel(
        id=card.id,
        fingerprint=card.fingerprint,
        created=card.created,
        version=card.version,
        input_modalities=list(card.input_modalities),
        output_modalities=list(card.output_modalities),
        aliases=list(card.aliases),
    )


def from_image_card(card: ModelCard, prices: PriceTable) -> ImageModel:
    """An image model's entry."""
    listed = prices.images.get(card.id)
    return ImageModel(
        id=card.id,
        fingerprint=card.fingerprint,
        created=card.created,
        version=card.version,
        input_modalities=list(card.input_modalities),
        output_modalities=list(card.output_modalities),
        aliases=list(card.aliases),
        max_prompt_length=card.max_prompt_length,
        image_price=prices.list_price(card.id),
        pricing=UNSET if listed is None else _pricing(listed.per_image),
    )


def from_caller(caller: Caller) -> ApiKey:
    """Key information."""
    return ApiKey(
        redacted_api_key=caller.redacted_key,
        user_id=caller.user_id,
        name=caller.name,
        create_time=_rfc3339(caller.created_at),
        modify_time=_rfc3339(caller.modified_at),
        modified_by=caller.user_id,
        team_id=caller.team_id,
        acls=list(caller.acls),
        api_key_id=caller.key_id,
        team_blocked=False,
        api_key_blocked=False,
        api_key_disabled=caller.disabled,
    )


def from_caller_as_me(caller: Caller) -> Me:
    """Who is calling."""
    return Me(
        api_key=from_caller(caller),
        oauth=None,
        team_blocked=False,
        team_id=caller.team_id,
        user_id=caller.user_id,
        zdr_status="disabled",
    )


def _pricing(per_image: Mapping[str, int]) -> list[Price] | UnsetType:
    listed = []
    for name, ticks in per_image.items():
        quality, slash, resolution = name.partition("/")
        if slash:
            listed.append(Price(quality=quality, resolution=resolution, price_per_image=ticks))
    return listed or UNSET


def _rfc3339(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
