"""A files service on memory, and small helpers."""

from collections.abc import AsyncIterator

from imagined.contract.files import StoredFile
from imagined.files.service import FilesService
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_blobs import MemoryBlobs
from imagined.testing.memory_files import MemoryFileStore

TEAM = "team"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40
MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isommp41" + b"\0" * 40
PDF = b"%PDF-1.7\n" + b"\0" * 40
GIF = b"GIF89a" + b"\0" * 40
WEBP = b"RIFF\x20\0\0\0WEBPVP8 " + b"\0" * 40


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


class Rig:
    """The parts, and the service on them."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.blobs = MemoryBlobs()
        self.store = MemoryFileStore()
        self.service = FilesService(self.store, self.blobs, self.clock, SeededIds(7), "http://127.0.0.1:8080")

    async def upload(self, data: bytes = PNG, filename: str = "a.png", **options: object) -> StoredFile:
        options.setdefault("max_bytes", 1000)
        return await self.service.upload(TEAM, filename, stream(data), **options)  # type: ignore[arg-type]
