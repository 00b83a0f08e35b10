"""Files by curl: forms as they come, ranges and conditions of public URLs, and what no SDK offers."""

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imagined.cli.server_process import ServerProcess
from tests.clients.uploads import MIB, PNG, random_file


class Answer:
    """What curl got."""

    def __init__(self, output: bytes) -> None:
        head, _, self.body = output.partition(b"\r\n\r\n")
        while head.startswith(b"HTTP/1.1 100"):
            head, _, self.body = self.body.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(status.split()[1])
        self.headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Curl = Callable[..., Answer]


@pytest.fixture
def curl(server: ServerProcess) -> Curl:
    def run(path: str, *options: str, stdin: bytes | None = None) -> Answer:
        url = path if path.startswith("http") else server.target.url + path
        done = subprocess.run(
            ["curl", "--silent", "--show-error", "--include", "--max-time", "60", *options, url],
            input=stdin,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()
        return Answer(done.stdout)

    return run


@pytest.fixture
def shared(curl: Curl, tmp_path: Path) -> tuple[str, bytes]:
    """A public URL and its bytes: a picture of more than one chunk."""
    path = random_file(tmp_path / "tail", 3 * MIB)
    data = PNG + path.read_bytes()
    (tmp_path / "picture.png").write_bytes(data)
    stored = curl("/v1/files", "-F", f"file=@{tmp_path / 'picture.png'}").json
    return curl(f"/v1/files/{stored['id']}/public-url", "-X", "POST").json["public_url"], data


def test_a_form(curl: Curl, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    stored = curl("/v1/files", "-F", "purpose=assistants", "-F", "expires_after=3600", "-F", f"file=@{tmp_path}/a.txt")
    assert stored.status == 200
    assert stored.headers["content-type"] == "application/json"
    assert {**stored.json, "id": "", "created_at": 0, "expires_at": 0} == {
        "id": "",
        "object": "file",
        "bytes": 5,
        "created_at": 0,
        "expires_at": 0,
        "filename": "a.txt",
        "purpose": "",
        "public_url": None,
        "public_url_expires_at": None,
    }
    assert stored.json["expires_at"] == stored.json["created_at"] + 3600


def test_fields_after_the_file(curl: Curl, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    file = ("-F", f"file=@{tmp_path}/a.txt;filename=late-field.txt")
    assert curl("/v1/files", *file, "-F", "purpose=assistants").status == 200
    late = curl("/v1/files", *file, "-F", "expires_after=3600")
    assert (late.status, late.json["code"]) == (400, "invalid-argument")
    assert "before" in late.json["error"]
    listed = curl("/v1/files?filter=name%3A%22late-field%22").json["data"]
    assert len(listed) == 1, "the refused one was not stored"
    unnamed = curl("/v1/files", "-F", "file=words")
    assert unnamed.status == 400


@pytest.mark.parametrize("size", [0, 1, 70_000, 5 * MIB + 3])
def test_chunked_without_a_length(curl: Curl, tmp_path: Path, size: int) -> None:
    path = random_file(tmp_path / "a.bin", size)
    stored = curl("/v1/files", "-H", "Transfer-Encoding: chunked", "-F", f"file=@{path};filename=chunked.bin")
    assert (stored.status, stored.json["bytes"]) == (200, size)
    content = curl(f"/v1/files/{stored.json['id']}/content")
    assert content.body == path.read_bytes()
    assert content.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("length", [(), ("-H", "Transfer-Encoding: chunked")])
def test_too_large(curl: Curl, tmp_path: Path, length: tuple[str, ...]) -> None:
    path = random_file(tmp_path / "large.bin", 50 * MIB + 1)
    # Without "Expect" curl sends at once; the answer has to survive that the rest of the body is not read.
    refused = curl("/v1/files", *length, "-H", "Expect:", "-F", f"file=@{path}")
    assert refused.status == 413
    assert curl("/v1/files?filter=name%20%3D%20%22large.bin%22").json["data"] == []


def test_names_in_utf_8(curl: Curl, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    for name in ("hafen-größe 🏙.png", "../../etc/passwd", "שלום.txt", "n" * 255):
        assert curl("/v1/files", "-F", f'file=@{tmp_path}/a;filename="{name}"').json["filename"] == name
    assert curl("/v1/files", "-F", f'file=@{tmp_path}/a;filename="{"n" * 256}"').status == 400


def test_head_and_headers_of_a_public_url(curl: Curl, shared: tuple[str, bytes]) -> None:
    url, data = shared
    whole, head = curl(url), curl(url, "--head")
    assert (whole.status, whole.body) == (200, data)
    assert (head.status, head.body) == (200, b"")
    for name in ("content-length", "content-type", "etag", "cache-control", "accept-ranges", "content-disposition"):
        assert head.headers[name] == whole.headers[name]
    assert whole.headers["content-type"] == "image/png"
    assert whole.headers["content-length"] == str(len(data))
    assert whole.headers["etag"] == f'"{hashlib.sha256(data).hexdigest()}"'
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.headers["access-control-allow-origin"] == "*"
    assert whole.headers["content-disposition"] == 'inline; filename="picture.png"'


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("0-0", 0, 1),
        ("5-9", 5, 10),
        ("1048570-1048590", 1048570, 1048591),
        ("-7", -7, None),
        ("3000000-", 3000000, None),
    ],
)
def test_ranges(curl: Curl, shared: tuple[str, bytes], asked: str, start: int, end: int | None) -> None:
    url, data = shared
    part = curl(url, "--range", asked)
    assert (part.status, part.body) == (206, data[start:end])
    first = start % len(data)
    assert part.headers["content-range"] == f"bytes {first}-{first + len(part.body) - 1}/{len(data)}"
    assert part.headers["content-length"] == str(len(part.body))


def test_ranges_that_cannot_be(curl: Curl, shared: tuple[str, bytes]) -> None:
    url, data = shared
    beyond = curl(url, "--range", f"{len(data)}-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{len(data)}")
    for ignored in ("bytes=9-5", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6"):
        assert curl(url, "-H", f"Range: {ignored}").body == data
    etag = curl(url, "--head").headers["etag"]
    assert curl(url, "--range", "0-4", "-H", f"If-Range: {etag}").status == 206
    assert curl(url, "--range", "0-4", "-H", 'If-Range: "other"').body == data


def test_conditions(curl: Curl, shared: tuple[str, bytes]) -> None:
    url, _ = shared
    etag = curl(url, "--head").headers["etag"]
    for header in (etag, f'"x", W/{etag}', "*"):
        unchanged = curl(url, "-H", f"If-None-Match: {header}")
        assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, b"", etag)
    assert curl(url, "-H", 'If-None-Match: "other"').status == 200
    assert curl(url, "-H", 'If-Match: "other"').status == 412
    assert curl(url, "-H", f"If-Match: {etag}").status == 200


def test_a_revoked_url_is_404_whatever_is_asked(curl: Curl, shared: tuple[str, bytes]) -> None:
    url, _ = shared
    etag = curl(url, "--head").headers["etag"]
    file_id = url.rpartition("/")[2].removesuffix(".png")
    assert curl(url.replace(file_id, "file_00000000-0000-4000-8000-000000000000")).status == 404
    assert curl(f"/v1/files/{file_id}/public-url/revoke", "-X", "POST").json == {
        "id": file_id,
        "revoked": True,
        "public_url": url,
    }
    for options in ((), ("--head",), ("--range", "0-1"), ("-H", f"If-None-Match: {etag}")):
        assert curl(url, *options).status == 404
    assert curl(f"/v1/files/{file_id}/public-url/revoke", "-X", "POST").json == {"id": file_id, "revoked": False}


def test_rename_and_move_the_expiry(curl: Curl, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    file_id = curl("/v1/files", "-F", f"file=@{tmp_path}/a.png").json["id"]
    url = curl(f"/v1/files/{file_id}/public-url", "-X", "POST").json["public_url"]

    def put(body: str) -> Answer:
        return curl(f"/v1/files/{file_id}", "-X", "PUT", "-H", "Content-Type: application/json", "-d", body)

    renamed = put('{"filename": "b c.png"}')
    assert (renamed.status, renamed.json["filename"], renamed.json["public_url"]) == (200, "b c.png", url)
    assert curl(url).headers["content-disposition"] == 'inline; filename="b c.png"'
    ends = put('{"expires_after": 3600}').json
    assert ends["filename"] == "b c.png"
    assert ends["public_url_expires_at"] == ends["expires_at"], "a URL does not outlive its file"
    for body in ('{"filename": ""}', '{"filename": "a\\u0000b"}', '{"expires_after": 5}', "{"):
        assert put(body).status == 400
    assert put("[]").status == 422
    assert curl(f"/v1/files/{file_id}").json == ends
    missing = "/v1/files/file_00000000-0000-4000-8000-000000000000"
    assert curl(missing, "-X", "PUT", "-H", "Content-Type: application/json", "-d", "{}").status == 404
