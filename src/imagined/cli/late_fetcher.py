"""The guarded fetcher, imported when the first URL is fetched: an HTTP client is a fifth of the time to start."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING

from imagined.imagine.ports import PostAnswer

if TYPE_CHECKING:
    from imagined.imagine.fetch import GuardedFetcher


class LateFetcher:
    """`Fetcher`, `Putter` and `Poster` that become a `GuardedFetcher` at their first use."""

    def __init__(self, *, allow_private_networks: bool) -> None:
        self._allow_private_networks = allow_private_networks
        self._fetcher: GuardedFetcher | None = None

    async def fetch(self, url: str, path: str, *, max_bytes: int, deadline_s: float) -> str:
        """Write the body to `path` and return its declared content type; raises `FetchError`."""
        return await self._opened().fetch(url, path, max_bytes=max_bytes, deadline_s=deadline_s)

    async def put(
        self, url: str, body: Callable[[], AsyncIterator[bytes]], *, size: int, content_type: str, deadline_s: float
    ) -> int:
        """Send `body` and return the status of the answer; raises `FetchError`."""
        return await self._opened().put(url, body, size=size, content_type=content_type, deadline_s=deadline_s)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, deadline_s: float) -> PostAnswer:
        """Send `body` and return how it was answered; raises `FetchError`."""
        return await self._opened().post(url, body, headers, deadline_s=deadline_s)

    async def close(self) -> None:
        """Close what is open."""
        if self._fetcher is not None:
            await self._fetcher.close()

    def _opened(self) -> "GuardedFetcher":
        if self._fetcher is None:
            from imagined.imagine.fetch import GuardedFetcher

            self._fetcher = GuardedFetcher(allow_private_networks=self._allow_private_networks)
        return self._fetcher
