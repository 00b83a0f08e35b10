"""The models of this server: found by id or alias, listed in a stable order."""

from collections.abc import Iterable, Sequence

from imagined.access.permissions import check_model, may_use
from imagined.contract.access import Caller
from imagined.contract.cards import ModelCard
from imagined.contract.errors import invalid, model_not_found


class Catalogue:
    """`ModelCatalogue` over cards. Ids and aliases are unique; a configuration that repeats one is refused."""

    def __init__(self, cards: Iterable[ModelCard], *, default_image_model: str, default_video_model: str) -> None:
        self._cards = tuple(cards)
        self._by_name: dict[str, ModelCard] = {}
        for card in self._cards:
            for name in (card.id, *card.aliases):
                if name in self._by_name:
                    raise ValueError(f"two models are called {name!r}")
                self._by_name[name] = card
        self._default_image_model = self._checked(default_image_model, "image")
        self._default_video_model = self._checked(default_video_model, "video")

    def find(self, name: str) -> ModelCard | None:
        """By id or alias."""
        return self._by_name.get(name)

    def cards(self) -> Sequence[ModelCard]:
        """All, images first as they were given."""
        return self._cards

    def cards_of(self, caller: Caller) -> Sequence[ModelCard]:
        """Those that the caller's key may use."""
        return [card for card in self._cards if may_use(caller, (card.id, *card.aliases))]

    def card_of(self, caller: Caller, name: str) -> ModelCard | None:
        """By id or alias, among those that the caller's key may use."""
        card = self.find(name)
        return card if card is not None and may_use(caller, (card.id, *card.aliases)) else None

    @property
    def default_image_model(self) -> str:
        """Used when a request names none."""
        return self._default_image_model

    @property
    def default_video_model(self) -> str:
        """Used when a request names none."""
        return self._default_video_model

    def image_card(self, caller: Caller, name: str | None) -> ModelCard:
        """The card for an image request; raises `ApiError`: no such model, a video model, not allowed to the key."""
        card = self._required(caller, name or self._default_image_model)
        if card.image is None:
            raise invalid(f"The model {card.id} does not generate images.")
        return card

    def video_card(self, caller: Caller, name: str | None) -> ModelCard:
        """The card for a video request; raises `ApiError`: no such model, an image model, not allowed to the key."""
        card = self._required(caller, name or self._default_video_model)
        if card.video is None:
            raise invalid(f"The model {card.id} does not generate videos.")
        return card

    def _required(self, caller: Caller, name: str) -> ModelCard:
        card = self.find(name)
        if card is None:
            raise model_not_found(name, caller.team_id)
        check_model(caller, (card.id, *card.aliases))
        return card

    def _checked(self, name: str, output: str) -> str:
        card = self.find(name)
        if card is None or output not in card.output_modalities:
            raise ValueError(f"the default {output} model {name!r} is not an {output} model of this server")
        return card.id
