"""What the imagine service needs from outside: engines that run tasks, and a guarded way to fetch URLs."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from imagined.contract.access import Caller
from imagined.contract.cards import ModelCard
from imagined.contract.requests import Operation
from imagined.contract.tasks import EngineError, EngineEvent, ImageTask, VideoTask


class EngineLostError(EngineError):
    """The attempt is lost, not the request: its process died, hung or spoke nonsense. Another attempt may succeed."""

    def __init__(self, message: str) -> None:
        super().__init__("internal_error", message)


class FetchError(Exception):
    """A URL that was not reached. The reason is for the log: telling it would map the network for a client."""

    def __init__(self, reason: str, *, is_transient: bool = False) -> None:
        super().__init__(reason)
        self.is_transient = is_transient
        """Whether another try may go better: the connection broke, or took too long."""


class EnginePool(Protocol):
    """Engine processes. A crash, a hang or a garbled answer is an `EngineError`, never an exception of its own."""

    def run(self, engine: str, operation: Operation, task: ImageTask | VideoTask) -> AsyncGenerator[EngineEvent, None]:
        """Run one task; closing the generator cancels it, and returns when nothing writes to its workdir any more."""
        ...

    def engines(self) -> Sequence[str]:
        """Names of the engines that can be run here."""
        ...

    def capacity(self, engine: str) -> int:
        """Tasks that an engine runs at the same time."""
        ...


class ModelCatalogue(Protocol):
    """The models of this server."""

    def find(self, name: str) -> ModelCard | None:
        """By id or alias."""
        ...

    def cards(self) -> Sequence[ModelCard]:
        """All, in a stable order."""
        ...

    def cards_of(self, caller: Caller) -> Sequence[ModelCard]:
        """Those that the caller's key may use, in the same order."""
        ...

    def card_of(self, caller: Caller, name: str) -> ModelCard | None:
        """By id or alias, among those that the caller's key may use."""
        ...

    @property
    def default_image_model(self) -> str:
        """Used when a request names none."""
        ...

    @property
    def default_video_model(self) -> str:
        """Used when a request names none."""
        ...


class Fetcher(Protocol):
    """Fetches a client's URL behind the connect-time guard."""

    async def fetch(self, url: str, path: str, *, max_bytes: int, deadline_s: float) -> str:
        """Write the body to `path` and return its declared content type.

        Raises `FetchError` for every refusal and failure alike, so that nothing about the network is told.
        """
        ...


class Putter(Protocol):
    """Sends bytes to a client's URL, behind the same guard."""

    async def put(
        self, url: str, body: Callable[[], AsyncIterator[bytes]], *, size: int, content_type: str, deadline_s: float
    ) -> int:
        """PUT a body of `size` bytes and return the status of the answer; redirects are not followed.

        Raises `FetchError` when there is no answer, or the address is refused.
        """
        ...


@dataclass(frozen=True)
class PostAnswer:
    """What a receiver said, apart from a body, which is not read."""

    status: int
    retry_after: str = ""
    """The header's text, if it was sent."""


class Poster(Protocol):
    """Tells a client's server something, behind the same guard."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, deadline_s: float) -> PostAnswer:
        """POST `body`; redirects are not followed.

        Raises `FetchError` when there is no answer, or the address is refused.
        """
        ...
