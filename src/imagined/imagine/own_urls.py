"""The server's own URLs, as clients send them back: taken apart here, never fetched.

Clients feed the `url` of one result straight into the next request. Fetching it would be a request to ourselves, and
to a loopback address that the guard rightly refuses.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


class Public(NamedTuple):
    """``/public/{token}/{name}``: a shared file."""

    token: str
    name: str


class Ephemeral(NamedTuple):
    """``/ephemeral/{token}.ext``: a result."""

    token: str


class OwnUrls:
    """Addresses under which this server is reached."""

    def __init__(self, *bases: str) -> None:
        self._bases: set[tuple[str, str, int, str]] = set()
        for base in bases:
            self.add(base)

    def add(self, base: str) -> None:
        """Add an address, such as ``http://127.0.0.1:8080`` once the port is known."""
        parts = _parts(base)
        if parts is not None:
            self._bases.add(parts)

    def target(self, url: str) -> Public | Ephemeral | None:
        """What a URL names here; None when it is somebody else's, or none of these two kinds."""
        parts = _parts(url)
        if parts is None:
            return None
        for scheme, host, port, prefix in self._bases:
            if parts[:3] == (scheme, host, port) and parts[3].startswith(f"{prefix}/"):
                return _target(parts[3][len(prefix) + 1 :])
        return None


def ephemeral_path(token: str, content_type: str) -> str:
    """The path of a result's URL below the server's base."""
    return f"/ephemeral/{token}{'.mp4' if content_type == 'video/mp4' else '.jpeg'}"


def _parts(url: str) -> tuple[str, str, int, str] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or port is None or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port, parts.path.rstrip("/")


def _target(path: str) -> Public | Ephemeral | None:
    match path.split("/"):
        case ["public", token, name]:
            return Public(token, name)
        case ["ephemeral", name]:
            return Ephemeral(name.partition(".")[0])
    return None
