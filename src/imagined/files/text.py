"""The text of a file, for downloads with ``format=text`` (xAI Files API: download).

Files that are text come back as UTF-8, whatever charset they had. PDFs are read by pypdf in a process of its own with
a limit on memory and time: a hostile PDF can cost that process its life and this one nothing.
"""

import asyncio
import codecs
import sys
from typing import Final

from imagined.contract.errors import ApiError, invalid
from imagined.contract.files import StoredFile
from imagined.files.ports import BlobStore
from imagined.files.types import OCTETS

MAX_SOURCE_BYTES: Final = 50 * 1024 * 1024
MAX_TEXT_BYTES: Final = 20 * 1024 * 1024
PDF_SECONDS: Final = 30.0
_TEXT_APPLICATIONS: Final = frozenset(
    f"application/{name}"
    for name in ("json", "jsonl", "x-ndjson", "xml", "yaml", "toml", "javascript", "sql", "x-sh", "x-yaml")
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_TEXT: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\x1b")


async def extract_text(blobs: BlobStore, file: StoredFile) -> str:
    """The text of a stored file; raises `ApiError` (invalid-argument) that says why there is none."""
    if file.content_type != "application/pdf" and not _may_be_text(file.content_type):
        raise _no_text(file, "it is neither text nor a PDF")
    if file.size > MAX_SOURCE_BYTES:
        raise _no_text(file, f"it is larger than {MAX_SOURCE_BYTES} bytes")
    data = b"".join([chunk async for chunk in blobs.read(file.sha256, 0, file.size)])
    if file.content_type == "application/pdf":
        return await _of_pdf(file, data)
    text = await asyncio.to_thread(decoded, data)
    if text is None:
        raise _no_text(file, "its bytes are not text in a charset that can be told")
    return text


def decoded(data: bytes) -> str | None:
    """Bytes as text: by byte order mark, else UTF-8, else Windows-1252; None for what looks binary."""
    charset = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    for name in (charset,) if charset is not None else ("utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        return None if _NOT_IN_TEXT & set(text) else text
    return None


def _may_be_text(content_type: str) -> bool:
    return (
        content_type.startswith("text/")
        or content_type in _TEXT_APPLICATIONS
        or content_type.endswith(("+json", "+xml"))
        or content_type == OCTETS
    )


def _no_text(file: StoredFile, reason: str) -> ApiError:
    return invalid(
        f"format: no text can be extracted from a file of type {file.content_type}: {reason}. Use format `original`."
    )


async def _of_pdf(file: StoredFile, data: bytes) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "imagined.files.pdf_text"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        text, _ = await asyncio.wait_for(process.communicate(data), PDF_SECONDS)
    except TimeoutError:
        raise _no_text(file, "reading it took too long") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise _no_text(file, "it is damaged, encrypted or too large")
    return text.decode()
