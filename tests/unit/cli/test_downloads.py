"""`imagined files get`: names of a server never lead out of the folder, and files appear whole or not at all."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imagined.cli.downloads import local_name, to_file
from imagined.cli.remote_errors import LocalFileError, RemoteError, printable

DATA = b"0123456789" * 1000
ID = "file_00000000-0000-4000-8000-000000000000"


class Remote:
    """A server that sends `data`, and may break off after some bytes or not know ranges."""

    def __init__(self, data: bytes = DATA, *, knows_ranges: bool = True, etag: str | None = None) -> None:
        self.data = data
        self.knows_ranges = knows_ranges
        self.etag = etag or f'"{hashlib.sha256(DATA).hexdigest()}"'
        self.breaks_after: int | None = None
        self.starts: list[int] = []

    @contextmanager
    def content(self, file_id: str, start: int = 0) -> Iterator[httpx2.Response]:
        self.starts.append(start)
        headers, begin = {"etag": self.etag}, start if self.knows_ranges else 0
        if begin:
            headers["content-range"] = f"bytes {begin}-{len(self.data) - 1}/{len(self.data)}"
        yield httpx2.Response(206 if begin else 200, headers=headers, content=self._sent(self.data[begin:]))

    def _sent(self, data: bytes) -> Iterator[bytes]:
        for at in range(0, len(data), 1000):
            if self.breaks_after is not None and at >= self.breaks_after:
                raise RemoteError("cut")
            yield data[at : at + 1000]


def fetch(remote: Any, target: Path, *, force: bool = False, size: int = len(DATA)) -> int:
    counts: list[int] = []
    to_file(remote, {"id": ID, "bytes": size}, target, force=force, advance=counts.append)
    return sum(counts)


def test_a_file_appears_under_its_name_and_nothing_else_is_left(tmp_path: Path) -> None:
    assert fetch(Remote(), tmp_path / "a") == len(DATA)
    assert (tmp_path / "a").read_bytes() == DATA
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_an_existing_file_is_replaced_with_force_only(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    remote = Remote()
    for name in ("a", "link"):
        with pytest.raises(LocalFileError, match="exists; use --force"):
            fetch(remote, tmp_path / name)
    assert remote.starts == [], "nothing was fetched for nothing"
    assert (tmp_path / "a").read_bytes() == b"mine"
    fetch(remote, tmp_path / "a", force=True)
    assert (tmp_path / "a").read_bytes() == DATA


def test_a_file_that_came_to_be_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    class Slow(Remote):
        def _sent(self, data: bytes) -> Iterator[bytes]:
            (tmp_path / "a").write_bytes(b"mine")
            yield data

    with pytest.raises(LocalFileError, match="exists"):
        fetch(Slow(), tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"mine"


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_a_download_that_was_cut_goes_on(tmp_path: Path, knows_ranges: bool) -> None:
    remote = Remote(knows_ranges=knows_ranges)
    remote.breaks_after = 4000
    with pytest.raises(RemoteError, match="cut"):
        fetch(remote, tmp_path / "a")
    assert not (tmp_path / "a").exists()
    remote.breaks_after = None
    assert fetch(remote, tmp_path / "a") == len(DATA)
    assert remote.starts == [0, 4000]
    assert (tmp_path / "a").read_bytes() == DATA
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("left", [DATA, b"x" * len(DATA), b"x" * 4000, DATA + b"too much"])
def test_what_an_earlier_attempt_left_is_checked(tmp_path: Path, left: bytes) -> None:
    (tmp_path / f".{ID}.part").write_bytes(left)
    remote = Remote()
    for _ in range(2):
        try:
            fetch(remote, tmp_path / "a")
            break
        except RemoteError:
            assert not (tmp_path / "a").exists()
    assert (tmp_path / "a").read_bytes() == DATA


@pytest.mark.parametrize("data", [DATA[:-1], DATA + b"x", b"y" * len(DATA)])
def test_other_bytes_than_promised_are_not_kept(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(RemoteError, match="are not those of the file"):
        fetch(Remote(data), tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_link_in_place_of_the_growing_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / f".{ID}.part").symlink_to(tmp_path / "victim")
    with pytest.raises(LocalFileError):
        fetch(Remote(), tmp_path / "a")
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LocalFileError, match="No such file or directory"):
        fetch(Remote(), tmp_path / "no" / "a")
    with pytest.raises(LocalFileError, match="is a folder"):
        fetch(Remote(), tmp_path)


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("city.jpg", "city.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system.ini", "system.ini"),
        (".bashrc", "_bashrc"),
        ("..", "file_x"),
        ("", "file_x"),
        ("a/", "file_x"),
        ("-rf", "_rf"),
        ("~root", "_root"),
        ("nul.txt", "_nul.txt"),
        ("a\x1b[2Jb\nc.txt", "a_[2Jb_c.txt"),
        ("gpj.\u202eexe", "gpj._exe"),
        ("ends. ", "ends"),
        ("🏙 city.png", "🏙 city.png"),
        ("ä" * 255 + ".png", "ä" * 98 + ".png"),
        ("ä" * 255, "ä" * 100),
    ],
)
def test_stored_names(stored: str, kept: str) -> None:
    assert local_name(stored, "file_x") == kept


@given(st.text(max_size=300), st.text(max_size=60))
@example("", "-")
def test_every_name_is_one_harmless_name(stored: str, file_id: str) -> None:
    name = local_name(stored, file_id or "x")
    assert name and Path(name).name == name
    assert not name.startswith((".", "-")) and len(name.encode()) <= 201
    assert printable(name) == name
