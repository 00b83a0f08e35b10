"""Clocks that stand still until they are moved, and dice that fall the same way in every run."""

import base64
import random
import uuid
from pathlib import Path


class ManualClock:
    """Time as the test says."""

    def __init__(self, now: float = 1_796_083_200.0) -> None:
        self._now = now

    def now(self) -> float:
        """Unix time, seconds."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds


class FileClock:
    """Time as a file says, in unix seconds: for a server in another process. `set` belongs to whoever moves it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> float:
        """Unix time, seconds."""
        return float(self._path.read_text(encoding="ascii"))

    def set(self, now: float) -> None:
        """Move it, in one step for those who read."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        fresh.write_text(repr(now), encoding="ascii")
        fresh.replace(self._path)


class SeededIds:
    """Names of the right form from one seed."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)

    def uuid(self) -> str:
        """A UUID in its usual 36-character form."""
        return str(uuid.UUID(bytes=self._random.randbytes(16), version=4))

    def token(self) -> str:
        """22 url-safe characters."""
        return self._text(16)

    def secret(self) -> str:
        """``xai-`` and 43 url-safe characters."""
        return f"xai-{self._text(32)}"

    def seed(self) -> int:
        """A seed for an engine, 0 to 2**63-1."""
        return self._random.getrandbits(63)

    def _text(self, length: int) -> str:
        return base64.urlsafe_b64encode(self._random.randbytes(length)).rstrip(b"=").decode()
