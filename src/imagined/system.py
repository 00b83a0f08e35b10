"""The real clock and the real dice."""

import secrets
import time
import uuid


class SystemClock:
    """Time of this machine."""

    def now(self) -> float:
        """Unix time, seconds."""
        return time.time()


class SystemIds:
    """Names from the operating system's random source."""

    def uuid(self) -> str:
        """A random UUID in its usual 36-character form."""
        return str(uuid.uuid4())

    def token(self) -> str:
        """22 url-safe characters, 128 random bits."""
        return secrets.token_urlsafe(16)

    def secret(self) -> str:
        """A new API key: ``xai-`` and 43 url-safe characters, 256 random bits."""
        return f"xai-{secrets.token_urlsafe(32)}"

    def seed(self) -> int:
        """A seed for an engine, 0 to 2**63-1."""
        return secrets.randbits(63)
