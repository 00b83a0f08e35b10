"""The imagine service: what both transports call."""

from imagined.contract.access import Caller
from imagined.contract.requests import ImageRequest, VideoRequest
from imagined.contract.results import RequestView


class ImagineService:
    """Image and video requests of a caller. Each request is a committed row before anything runs."""

    async def start_image(self, caller: Caller, request: ImageRequest, *, is_retry: bool = False) -> str:
        """Check and accept an image request and return its id.

        Raises `ApiError` before anything is queued: shape, model, inputs, storage options.
        `is_retry` marks a call that the client's transport repeats: the first one's request is returned.
        """
        raise NotImplementedError

    async def start_video(self, caller: Caller, request: VideoRequest, *, is_retry: bool = False) -> str:
        """Check and accept a video request and return its id."""
        raise NotImplementedError

    async def get(self, caller: Caller, request_id: str) -> RequestView:
        """A request's present state; `not-found` for unknown ids and other teams'."""
        raise NotImplementedError

    async def wait(self, caller: Caller, request_id: str) -> RequestView:
        """Wait until a request has ended."""
        raise NotImplementedError
