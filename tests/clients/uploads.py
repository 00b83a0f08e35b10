"""Bytes to store, for tests."""

import hashlib
import random
import struct
import zlib
from pathlib import Path

MIB = 1024 * 1024


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
    + _chunk(b"IEND", b"")
)
"""One red pixel."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def random_file(path: Path, size: int, seed: int = 1) -> Path:
    """A file of pseudo-random bytes, written piece by piece."""
    source = random.Random(seed)
    block = source.randbytes(MIB)
    with path.open("wb") as sink:
        for number in range(0, size, MIB):
            # One random block, made different each time: random bytes are slow to come by.
            piece = number.to_bytes(8, "big") + block[8:]
            sink.write(piece[: size - number])
    return path


def sha256_of(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
