"""Recognising callers."""

from typing import Protocol

from imagined.contract.access import Caller


class Authenticator(Protocol):
    """Turns a bearer key into a caller."""

    async def authenticate(self, key: str | None) -> Caller:
        """The caller of `key`; None means no credentials were sent.

        Raises `ApiError`: no credentials, wrong key, disabled key.
        """
        ...
