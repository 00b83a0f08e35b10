"""The content type of an upload: magic bytes, then what the client declared, then the name (Files API: upload).

A type that has a signature is believed only with it: an HTML page that calls itself ``picture.png`` is no picture.
What cannot be told is ``application/octet-stream``, which nothing ever shows inline.
"""

import re
from typing import Final

from imagined.files.types import BY_EXTENSION, OCTETS, type_by_name

HEAD_BYTES: Final = 64
"""How much of a file's beginning `content_type` wants to see."""

_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
)
_BRANDS: Final = {
    b"qt  ": "video/quicktime",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
}
_MP4_BRANDS: Final = re.compile(rb"iso[m2-9]|mp4[12]|avc1|M4V |dash|f4v |MSNV|cmf[cs]|3g[pr2][0-9a-z]")
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_ZIP_BASED: Final = frozenset(BY_EXTENSION[name] for name in ("docx", "xlsx", "pptx"))
_ALIKE: Final = {
    "application/zip": _ZIP_BASED,
    "video/webm": frozenset({"video/x-matroska"}),
    "video/mp4": frozenset({"audio/mp4"}),
}
"""Types that share a signature: the name or the client may tell them apart."""
_NEED_A_SIGNATURE: Final = frozenset(
    {*(kind for _, kind in _SIGNATURES), *_BRANDS.values(), *_RIFF.values(), *_ZIP_BASED}
    | {"video/mp4", "video/x-matroska"}
)
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}", re.ASCII)


def content_type(head: bytes, declared: str | None, filename: str) -> str:
    """The type of a file that begins with `head`; lower case, without parameters."""
    claims = [claim for claim in (_essence(declared), type_by_name(filename)) if claim is not None]
    found = by_signature(head)
    if found is not None:
        return next((claim for claim in claims if claim in _ALIKE.get(found, ())), found)
    return next((claim for claim in claims if claim not in _NEED_A_SIGNATURE), OCTETS)


def by_signature(head: bytes) -> str | None:
    """The type that the first bytes prove, None when they prove nothing."""
    for magic, kind in _SIGNATURES:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in (0, 15):
        return "audio/mpeg"  # an MPEG frame of layer III, without the tag that usually comes first
    return None


def _by_brand(head: bytes) -> str | None:
    """ISO base media files name their kind in the first box: a major brand, a version, then compatible brands."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
    for brand in brands:
        if brand in _BRANDS:
            return _BRANDS[brand]
        if _MP4_BRANDS.fullmatch(brand):
            return "video/mp4"
    return None


def _essence(declared: str | None) -> str | None:
    essence = (declared or "").partition(";")[0].strip().lower()
    return essence if _TYPE.fullmatch(essence) and essence != OCTETS else None
