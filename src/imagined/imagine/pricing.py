"""What a request costs, in ticks of 1e-10 USD.

The default is the hosted service's published table, so that a client's own accounting sees numbers it knows; `FREE`
says zero everywhere. Input pictures are charged once per request, not per output.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from imagined.contract.requests import ImageRequest, VideoRequest

TICKS_PER_CENT: Final = 100_000_000


class ImagePrice(msgspec.Struct, frozen=True, kw_only=True):
    """Ticks for one model's pictures."""

    per_image: Mapping[str, int]
    """By ``quality/resolution``, or by resolution alone where quality does not matter."""
    per_input: int = 0


class VideoPrice(msgspec.Struct, frozen=True, kw_only=True):
    """Ticks for one model's seconds."""

    per_second: Mapping[str, int]
    """By resolution."""
    per_input_image: int = 0
    per_input_second: int = 0


class PriceTable(msgspec.Struct, frozen=True, kw_only=True):
    """Prices by model id; a model that is not listed is free."""

    images: Mapping[str, ImagePrice] = {}
    videos: Mapping[str, VideoPrice] = {}

    def image_cost(self, request: ImageRequest, made: int) -> int:
        """Cost of `made` pictures for a checked request."""
        price = self.images.get(request.model or "")
        if price is None:
            return 0
        return made * self.price_per_image(request) + len(request.sources) * price.per_input

    def price_per_image(self, request: ImageRequest) -> int:
        """Ticks for one output of a checked request."""
        price = self.images[request.model or ""].per_image
        return price.get(f"{request.quality}/{request.resolution}", price.get(request.resolution or "1k", 0))

    def list_price(self, model: str) -> int:
        """Ticks for one picture of an image model at its usual quality and 1k, as model lists show it."""
        price = self.images.get(model)
        return 0 if price is None else price.per_image.get("medium/1k", price.per_image.get("1k", 0))

    def video_cost(self, request: VideoRequest, *, resolution: str, seconds: int, input_seconds: float = 0.0) -> int:
        """Cost of `seconds` new seconds at `resolution`, made from a clip of `input_seconds`.

        An edit makes as many seconds as it is given; an extension is charged for the new ones only.
        """
        price = self.videos.get(request.model or "")
        if price is None:
            return 0
        pictures = sum(source is not None for source in (request.image, request.last_frame))
        pictures += len(request.reference_images) + len(request.keyframes)
        return (
            seconds * price.per_second.get(resolution, 0)
            + pictures * price.per_input_image
            + round(input_seconds) * price.per_input_second
        )


def _cents(value: float) -> int:
    return round(value * TICKS_PER_CENT)


PUBLISHED: Final = PriceTable(
    images={
        "grok-imagine-image-2.0": ImagePrice(
            per_image={
                **{"low/1k": _cents(4), "low/1.5k": _cents(5), "low/2k": _cents(6)},
                **{"medium/1k": _cents(6), "medium/1.5k": _cents(7), "medium/2k": _cents(8)},
            },
            per_input=_cents(1),
        ),
        "grok-imagine-image": ImagePrice(
            per_image={"1k": _cents(2), "1.5k": _cents(2), "2k": _cents(2)}, per_input=_cents(0.2)
        ),
        "grok-imagine-image-quality": ImagePrice(
            per_image={"1k": _cents(5), "1.5k": _cents(6), "2k": _cents(7)}, per_input=_cents(1)
        ),
    },
    videos={
        "grok-imagine-video": VideoPrice(
            per_second={"480p": _cents(5), "720p": _cents(7)}, per_input_image=_cents(0.2), per_input_second=_cents(1)
        ),
        "grok-imagine-video-1.5": VideoPrice(
            per_second={"480p": _cents(8), "720p": _cents(14), "1080p": _cents(25)}, per_input_image=_cents(1)
        ),
        "grok-imagine-video-1.5-lite": VideoPrice(
            per_second={"480p": _cents(2), "720p": _cents(3), "1080p": _cents(14)}, per_input_image=_cents(1)
        ),
    },
)
FREE: Final = PriceTable()
