import io
import subprocess
import sys
import zipfile
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from imagined.contract.errors import INVALID_ARGUMENT, ApiError
from imagined.files import text
from tests.unit.files.rig import MP4, PNG, Rig


def pdf(words: str, pages: int = 1) -> bytes:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for _ in range(pages):
        page = writer.add_blank_page(200, 200)
        fonts = DictionaryObject({NameObject("/F"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(f"BT /F 12 Tf 20 100 Td ({words}) Tj ET".encode())
        page[NameObject("/Contents")] = content
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


async def text_of(data: bytes, name: str, declared: str | None = None) -> str:
    rig = Rig()
    file = await rig.upload(data, name, declared_type=declared, max_bytes=10**8)
    return await rig.service.text(file)


async def refusal(data: bytes, name: str) -> str:
    with pytest.raises(ApiError) as refused:
        await text_of(data, name)
    assert refused.value.kind is INVALID_ARGUMENT
    assert refused.value.message.startswith("format: no text can be extracted")
    return refused.value.message


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"plain", "a.txt", "plain"),
        ("grün".encode(), "a.md", "grün"),
        ("grün".encode("cp1252"), "a.csv", "grün"),
        ("\ufeffgrün".encode(), "a.txt", "grün"),
        ("\ufeffgrün".encode("utf-16-le"), "a.txt", "grün"),
        ("\ufeffgrün".encode("utf-16-be"), "a.txt", "grün"),
        (b'{"a": 1}', "a.json", '{"a": 1}'),
        (b"<svg/>", "a.svg", "<svg/>"),
        (b"no extension", "README", "no extension"),
        (b"", "empty", ""),
    ],
)
async def test_text_in_any_charset(data: bytes, name: str, expected: str) -> None:
    assert await text_of(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (PNG, "a.txt", "image/png: it is neither text nor a PDF"),
        (MP4, "a.mp4", "video/mp4"),
        (b"\0\1\2\3", "a.txt", "not text in a charset"),
        (b"a\0b", "blob", "not text in a charset"),
        (b"%PDF-1.7 but then nothing", "a.pdf", "damaged, encrypted or too large"),
    ],
)
async def test_what_has_no_text_says_why(data: bytes, name: str, reason: str) -> None:
    assert reason in await refusal(data, name)


async def test_a_pdf() -> None:
    assert await text_of(pdf("Harbour at night", 2), "a.pdf") == "Harbour at night\n\f\nHarbour at night"


async def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "PDF_SECONDS", 0.0)
    assert "took too long" in await refusal(pdf("slow"), "a.pdf")


async def test_sizes_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_SOURCE_BYTES", 10)
    assert "larger than 10 bytes" in await refusal(b"x" * 11, "a.txt")


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    return file.getvalue()


def pdf_bomb() -> bytes:
    """A small PDF whose one page unpacks to hundreds of megabytes."""
    packed = zlib.compress(b"BT /F 12 Tf (x) Tj ET\n" * 6_000_000, 1)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\n%%%%EOF"
    ) % (len(packed), packed)


async def test_a_zip_bomb_is_stored_as_it_is_and_never_unpacked() -> None:
    data = zip_bomb()
    assert len(data) < 100_000
    assert "application/zip" in await refusal(data, "bomb.txt")


async def test_a_pdf_bomb_costs_its_own_process_only() -> None:
    assert "damaged, encrypted or too large" in await refusal(pdf_bomb(), "bomb.pdf")


async def test_a_pixel_bomb_is_only_bytes_here() -> None:
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    rig = Rig()
    stored = await rig.upload(file.getvalue(), "bomb.png", max_bytes=10**7)
    assert stored.content_type == "image/png"


async def test_a_stream_of_single_bytes_is_typed_like_one_piece() -> None:
    rig = Rig()

    async def single() -> AsyncIterator[bytes]:
        for at in range(len(PNG)):
            yield PNG[at : at + 1]

    assert (await rig.service.upload("team", "x", single(), max_bytes=1000)).content_type == "image/png"


def test_the_server_never_loads_the_pdf_library() -> None:
    code = "import sys, imagined.files.service; assert not any(name.startswith('pypdf') for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3] / "src")
