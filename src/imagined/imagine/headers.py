"""Reads just enough of a picture or a clip to know what it is and how large, without decoding it.

The bytes are hostile: every length is checked against the file, every loop is bounded, and nothing but the accepted
formats is parsed. A file that passes may still be broken further in; the engine process finds that out.
"""

import struct
from typing import BinaryIO, Final, NamedTuple

_MAX_PARTS: Final = 1_000
"""JPEG segments or MP4 boxes to walk; files with more are not what cameras and encoders write."""
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_CLIP_BRANDS: Final = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso3",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"av01",
        b"M4V ",
        b"MSNV",
        b"dash",
    }
)


class Picture(NamedTuple):
    """A JPEG, PNG or WebP."""

    content_type: str
    width: int
    height: int


class Clip(NamedTuple):
    """An MP4; `duration_s` is None when its header does not say."""

    content_type: str
    duration_s: float | None


def read_picture(file: BinaryIO) -> Picture | None:
    """What a seekable file holds, or None when it is no picture of an accepted type."""
    try:
        file.seek(0)
        start = file.read(16)
        if start.startswith(b"\xff\xd8\xff"):
            size, content_type = _jpeg(file), "image/jpeg"
        elif start.startswith(b"\x89PNG\r\n\x1a\n") and start[12:16] == b"IHDR":
            size, content_type = struct.unpack(">II", _exactly(file, 8)), "image/png"
        elif start.startswith(b"RIFF") and start[8:12] == b"WEBP":
            size, content_type = _webp(file, start[12:16]), "image/webp"
        else:
            return None
    except (EOFError, struct.error):
        return None
    width, height = size
    return Picture(content_type, width, height) if width > 0 and height > 0 else None


def read_clip(file: BinaryIO) -> Clip | None:
    """What a seekable file holds, or None when it is no MP4 with a movie header."""
    try:
        length = file.seek(0, 2)
        movie = None
        for number, (kind, start, end) in enumerate(_boxes(file, 0, length)):
            if number == 0:
                if kind != b"ftyp" or not _is_clip_brand(file, start, end):
                    return None
            elif kind == b"moov":
                movie = (start, end)
                break
        if movie is None:
            return None
        for kind, start, end in _boxes(file, *movie):
            if kind == b"mvhd":
                return Clip("video/mp4", _duration(file, start, end))
    except (EOFError, struct.error):
        pass
    return None


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    file.seek(2)
    for _ in range(_MAX_PARTS):
        if _exactly(file, 1) != b"\xff":
            raise EOFError
        marker = 0xFF
        while marker == 0xFF:
            marker = _exactly(file, 1)[0]
        if marker in _BARE_MARKERS:
            continue
        (length,) = struct.unpack(">H", _exactly(file, 2))
        if length < 2 or marker in (0xD9, 0xDA):
            raise EOFError
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack(">xHH", _exactly(file, 5))
            return width, height
        file.seek(length - 2, 1)
    raise EOFError


def _webp(file: BinaryIO, kind: bytes) -> tuple[int, int]:
    file.seek(20)
    if kind == b"VP8X":
        data = _exactly(file, 10)
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L":
        data = _exactly(file, 5)
        bits = int.from_bytes(data[1:5], "little")
        if data[0] != 0x2F:
            raise EOFError
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        data = _exactly(file, 10)
        if data[3:6] != b"\x9d\x01\x2a":
            raise EOFError
        width, height = struct.unpack("<HH", data[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise EOFError


def _boxes(file: BinaryIO, start: int, end: int) -> list[tuple[bytes, int, int]]:
    """Kind, first and last offset of the content of each box between two offsets."""
    found: list[tuple[bytes, int, int]] = []
    while start + 8 <= end and len(found) < _MAX_PARTS:
        file.seek(start)
        size, kind = struct.unpack(">I4s", _exactly(file, 8))
        content = start + 8
        if size == 1:
            (size,) = struct.unpack(">Q", _exactly(file, 8))
            content += 8
        stop = end if size == 0 else start + size
        if stop < content or stop > end:
            break
        found.append((kind, content, stop))
        start = stop
    return found


def _is_clip_brand(file: BinaryIO, start: int, end: int) -> bool:
    if end - start < 8 or end - start > 1_024:
        return False
    file.seek(start)
    data = _exactly(file, end - start)
    brands = {data[:4], *(data[at : at + 4] for at in range(8, len(data) - 3, 4))}
    return bool(brands & _CLIP_BRANDS)


def _duration(file: BinaryIO, start: int, end: int) -> float | None:
    file.seek(start)
    data = _exactly(file, min(end - start, 32))
    scale, length = struct.unpack(">20xIQ", data[:32]) if data[0] == 1 else struct.unpack(">12xII", data[:20])
    return float(length / scale) if scale and length else None


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise EOFError
    return data
