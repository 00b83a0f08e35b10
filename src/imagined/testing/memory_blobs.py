"""Blobs in memory: the blob ports without a disk."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final

from imagined.files.ports import BlobInfo, BlobMissing, BlobTooLarge

_CHUNK: Final = 1024 * 1024


class MemoryBlobs:
    """The `BlobStore` and `BlobKeeper` ports on a dict."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.damaged: dict[str, bytes] = {}
        self._holds: Counter[str] = Counter()
        self._lock = asyncio.Lock()

    async def put(self, chunks: AsyncIterator[bytes], *, max_bytes: int | None = None) -> BlobInfo:
        """Store a stream and hold it; raises `BlobTooLarge`."""
        data = bytearray()
        async for chunk in chunks:
            data += chunk
            if max_bytes is not None and len(data) > max_bytes:
                raise BlobTooLarge(f"more than {max_bytes} bytes")
        return await self._keep(bytes(data))

    async def put_file(self, path: str) -> BlobInfo:
        """Take over a local file and hold it."""
        data = await asyncio.to_thread(Path(path).read_bytes)
        info = await self._keep(data)
        await asyncio.to_thread(Path(path).unlink)
        return info

    def release(self, sha256: str) -> None:
        """End one hold."""
        if self._holds[sha256] > 0:
            self._holds[sha256] -= 1

    async def read(self, sha256: str, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Stream a part; raises `BlobMissing`."""
        data = self._data(sha256)
        end = len(data) if length is None else start + length
        if end > len(data):
            raise BlobMissing("shorter than its row says")
        for at in range(start, end, _CHUNK):
            yield data[at : min(at + _CHUNK, end)]

    async def head(self, sha256: str, length: int) -> bytes:
        """The first bytes."""
        return self._data(sha256)[:length]

    async def local_path(self, sha256: str) -> str | None:
        """None: there is no file."""
        self._data(sha256)
        return None

    async def names(self, after: str, limit: int) -> list[BlobInfo]:
        """The next blobs in order of their names."""
        names = sorted(name for name in self.contents if name > after)[:limit]
        return [BlobInfo(sha256=name, size=len(self.contents[name])) for name in names]

    async def reclaim(self, sha256: str, is_needed: Callable[[], Awaitable[bool]]) -> bool:
        """Remove a blob that nobody holds and no row needs."""
        async with self._lock:
            if self._holds[sha256] > 0 or await is_needed():
                return False
            return self.contents.pop(sha256, None) is not None

    async def verify(self, sha256: str) -> bool:
        """Whether the bytes still have the hash that names them."""
        return hashlib.sha256(self._data(sha256)).hexdigest() == sha256

    async def set_aside(self, sha256: str) -> str:
        """Move a damaged blob to `damaged`."""
        self.damaged[sha256] = self.contents.pop(sha256)
        return f"damaged/{sha256}"

    async def _keep(self, data: bytes) -> BlobInfo:
        info = BlobInfo(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        async with self._lock:
            self.contents.setdefault(info.sha256, data)
            self._holds[info.sha256] += 1
        return info

    def _data(self, sha256: str) -> bytes:
        try:
            return self.contents[sha256]
        except KeyError:
            raise BlobMissing(sha256) from None
