"""Time and chance as things that are passed in, so that tests can decide them."""

from typing import Protocol


class Clock(Protocol):
    """The present."""

    def now(self) -> float:
        """Unix time, seconds."""
        ...


class Ids(Protocol):
    """Unguessable names."""

    def uuid(self) -> str:
        """A random UUID in its usual 36-character form."""
        ...

    def token(self) -> str:
        """22 url-safe characters, 128 random bits."""
        ...

    def secret(self) -> str:
        """A new API key: ``xai-`` and at least 40 url-safe characters."""
        ...

    def seed(self) -> int:
        """A seed for an engine, 0 to 2**63-1."""
        ...
