"""A small program: a PDF on standard input, its text as UTF-8 on standard output. Run under limits, never imported."""

import io
import sys
from typing import Final

from pypdf import PdfReader

from imagined.files.text import MAX_TEXT_BYTES

_MEMORY: Final = 1024 * 1024 * 1024
_CPU_SECONDS: Final = 30
_MAX_PAGES: Final = 2000


def main() -> int:
    """0 with the text, 1 when it is longer than the limit; a damaged file ends in an exception."""
    _limit()
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    pages: list[str] = []
    size = 0
    for page in reader.pages[:_MAX_PAGES]:
        pages.append(page.extract_text())
        size += len(pages[-1].encode("utf-8", "replace"))
        if size > MAX_TEXT_BYTES:
            return 1
    sys.stdout.buffer.write("\n\f\n".join(pages).encode("utf-8", "replace"))
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # only POSIX has it; elsewhere the caller's deadline has to do
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
