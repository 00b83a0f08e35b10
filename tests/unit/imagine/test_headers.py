"""Headers of pictures and clips, real and hostile. Pillow and PyAV write the real ones."""

import io
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from imagined.imagine.headers import read_clip, read_picture
from imagined.testing.engines import jpeg, mp4


def written(kind: str, size: tuple[int, int] = (40, 24), mode: str = "RGB", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 100).save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (written("JPEG"), "image/jpeg"),
        (written("JPEG", progressive=True), "image/jpeg"),
        (written("JPEG", mode="L"), "image/jpeg"),
        (written("JPEG", comment=b"x" * 60_000, exif=b"Exif\0\0" + b"y" * 60_000), "image/jpeg"),
        (written("PNG"), "image/png"),
        (written("PNG", mode="RGBA"), "image/png"),
        (written("WEBP"), "image/webp"),
        (written("WEBP", lossless=True), "image/webp"),
        (written("WEBP", mode="RGBA", exif=b"Exif\0\0MM"), "image/webp"),
    ],
)
def test_pictures_that_are_accepted(data: bytes, content_type: str) -> None:
    assert read_picture(io.BytesIO(data)) == (content_type, 40, 24)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0",
        b"hello, I am a text file\n",
        written("GIF", mode="P"),
        written("BMP"),
        written("TIFF"),
        written("JPEG")[:20],
        written("PNG")[:20],
        written("WEBP")[:18],
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0",
        b"\xff\xd8" + b"\xff\xfe\0\2" * 2000 + b"\xff\xd9",
        b"\xff\xd8\xff\xfe\0\0",
        b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 20,
        b"%PDF-1.7",
        mp4(1.0),
    ],
)
def test_what_is_no_accepted_picture(data: bytes) -> None:
    assert read_picture(io.BytesIO(data)) is None


def clip(path: Path, seconds: float, **options: Any) -> bytes:
    with av.open(str(path), "w", format="mp4", **options) as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(round(24 * seconds)):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path.read_bytes()


@pytest.mark.parametrize("options", [{}, {"options": {"movflags": "faststart"}}])
def test_a_clip_tells_its_length(options: dict[str, Any], tmp_path: Path) -> None:
    found = read_clip(io.BytesIO(clip(tmp_path / "a.mp4", 2.0, **options)))
    assert found is not None
    assert found.duration_s == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0\x18ftypisom",
        mp4(2.0)[:40],
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x18ftypavif\0\0\0\0avifmif1",
        b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + mp4(1.0)[32:],
        b"\x1aE\xdf\xa3webm",
        mp4(1.0)[28:],
        b"\0\0\0\0ftyp" + b"isom" * 10,
        b"\0\0\0\x01ftyp" + b"\xff" * 16,
        jpeg(4, 4),
    ],
)
def test_what_is_no_clip(data: bytes) -> None:
    assert read_clip(io.BytesIO(data)) is None


def test_a_clip_of_unknown_length_is_a_clip() -> None:
    found = read_clip(io.BytesIO(mp4(0.0)))
    assert found is not None and found.duration_s is None


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", mp4(1.0)[:60], jpeg(9, 9)]))
def test_no_bytes_break_the_parsers(tail: bytes, start: bytes) -> None:
    read_picture(io.BytesIO(start + tail))
    read_clip(io.BytesIO(start + tail))
