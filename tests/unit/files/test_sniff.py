import io
import zipfile

import pytest
from PIL import Image

from imagined.files.sniff import HEAD_BYTES, content_type
from tests.unit.files.rig import GIF, JPEG, MP4, PDF, PNG, WEBP


def picture(form: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, form)
    return file.getvalue()[:HEAD_BYTES]


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        # A fixed time: the bytes name the tests, and every worker must name them alike.
        target.writestr(zipfile.ZipInfo("a"), "b")
    return file.getvalue()[:HEAD_BYTES]


def box(*brands: bytes) -> bytes:
    return (16 + 4 * (len(brands) - 1)).to_bytes(4, "big") + b"ftyp" + brands[0] + b"\0\0\2\0" + b"".join(brands[1:])


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (picture("GIF"), "image/gif"),
        (picture("AVIF"), "image/avif"),
        (picture("TIFF"), "image/tiff"),
        (archive(), "application/zip"),
        (PDF, "application/pdf"),
        (MP4, "video/mp4"),
        (box(b"mp42"), "video/mp4"),
        (box(b"iso5"), "video/mp4"),
        (box(b"XAVC", b"mp42"), "video/mp4"),
        (box(b"qt  "), "video/quicktime"),
        (box(b"M4A ", b"mp42"), "audio/mp4"),
        (box(b"heic", b"mif1"), "image/heic"),
        (box(b"avif", b"mif1"), "image/avif"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\4\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
    ],
)
def test_signatures_win_over_every_claim(head: bytes, expected: str) -> None:
    assert content_type(head, None, "a") == expected
    assert content_type(head, "text/html", "a.svg") == expected


@pytest.mark.parametrize(
    ("head", "declared", "name", "expected"),
    [
        (b"<html><script>", "image/png", "page.png", "application/octet-stream"),
        (b"<html><script>", None, "page.png", "application/octet-stream"),
        (b"<html><script>", "text/html", "page.png", "text/html"),
        (b"<svg onload=x>", None, "a.svg", "image/svg+xml"),
        (b"hello", "text/plain; charset=utf-8", "a", "text/plain"),
        (b"hello", "TEXT/CSV", "a.txt", "text/csv"),
        (b"hello", "application/octet-stream", "a.txt", "text/plain"),
        (b"hello", "not a type", "a.md", "text/markdown"),
        (b"hello", "a/b\r\nx: y", "a", "application/octet-stream"),
        (b"{}", None, "a.jsonl", "application/jsonl"),
        (b"", None, "a.mp4", "application/octet-stream"),
        (b"\xff\xd8\xff"[:2], "image/jpeg", "a.jpg", "application/octet-stream"),
        (archive(), None, "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (archive(), None, "a.png", "application/zip"),
        (b"\x1aE\xdf\xa3", None, "a.mkv", "video/x-matroska"),
        (b"\xff\xfeh\0i\0", None, "a.txt", "text/plain"),
        (b"RIFF\0\0\0\0AVI ", None, "a.webp", "application/octet-stream"),
        (box(b"abcd"), None, "a.mp4", "application/octet-stream"),
        (b"", None, "noextension", "application/octet-stream"),
    ],
)
def test_claims(head: bytes, declared: str | None, name: str, expected: str) -> None:
    assert content_type(head, declared, name) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<script>alert(1)</script>%PDF-1.7", "application/octet-stream"),
        (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "image/gif"),
        (b"%PDF-1.7<script>", "application/pdf"),
    ],
)
def test_polyglots_are_what_they_begin_with(head: bytes, expected: str) -> None:
    assert content_type(head, None, "a.pdf") == expected


def test_every_signature_fits_into_the_head() -> None:
    for data in (PNG, JPEG, GIF, WEBP, MP4, PDF):
        assert content_type(data[:HEAD_BYTES], None, "a") != "application/octet-stream"
