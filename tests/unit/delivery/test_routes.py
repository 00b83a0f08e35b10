import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from imagined.contract.files import StoredFile
from imagined.delivery.responses import BlobResponse, Body
from imagined.delivery.routes import content_responder, delivery_routes
from imagined.files.service import FilesService
from imagined.jobs.ports import OutputRecord
from imagined.storage.blobs.local import LocalBlobs
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_files import MemoryFileStore
from tests.unit.files.rig import JPEG, MP4, PDF, PNG, TEAM, stream

HOUR = 3600


class Outputs:
    def __init__(self) -> None:
        self.rows: dict[str, OutputRecord] = {}

    async def output(self, token: str, now: float) -> OutputRecord | None:
        row = self.rows.get(token)
        return row if row is not None and row.expires_at > now else None

    async def receipt_of(self, team_id: str, sha256: str) -> bytes | None:
        return None


class Site:
    """The routes in an application, with a client that speaks to it in this process."""

    def __init__(self, folder: Path, accel_prefix: str = "") -> None:
        self.clock = ManualClock()
        self.blobs = LocalBlobs(folder)
        self.outputs = Outputs()
        self.files = FilesService(MemoryFileStore(), self.blobs, self.clock, SeededIds(3), "http://site")
        respond = content_responder(self.blobs, accel_prefix=accel_prefix)

        async def content(request: Request) -> Any:
            return respond(request, await self.files.get(TEAM, request.path_params["id"]))

        routes = delivery_routes(self.files, self.outputs, self.blobs, self.clock, accel_prefix=accel_prefix)
        self.app = Starlette(routes=[*routes, Route("/content/{id}", content)])
        self.client = httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app), base_url="http://site")

    async def upload(self, data: bytes, name: str = "a.png", **options: Any) -> StoredFile:
        return await self.files.upload(TEAM, name, stream(data), max_bytes=10**9, **options)

    async def share(self, data: bytes, name: str = "a.png", expires_after: int | None = None) -> str:
        file = await self.upload(data, name)
        return (await self.files.create_public_url(TEAM, file.id, expires_after)).url

    async def get(self, url: str, method: str = "GET", **headers: str) -> httpx2.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, url, headers=named)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    site = Site(tmp_path / "blobs")
    yield site
    await site.client.aclose()


async def test_a_public_file(site: Site) -> None:
    answer = await site.get(await site.share(PNG, "harbour.png"))
    assert answer.status_code == 200
    assert answer.content == PNG
    assert dict(answer.headers) == {
        "content-type": "image/png",
        "content-disposition": 'inline; filename="harbour.png"',
        "etag": f'"{hashlib.sha256(PNG).hexdigest()}"',
        "cache-control": "public, no-cache",
        "x-content-type-options": "nosniff",
        "content-security-policy": (
            "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
        ),
        "referrer-policy": "no-referrer",
        "accept-ranges": "bytes",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "content-length, content-range, etag, content-disposition",
        "cross-origin-resource-policy": "cross-origin",
        "content-length": str(len(PNG)),
    }


async def test_head_is_get_without_a_body_and_without_ranges(site: Site) -> None:
    url = await site.share(PNG)
    got, head = await site.get(url), await site.get(url, "HEAD", range="bytes=0-3")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(got.headers)


async def test_no_other_methods(site: Site) -> None:
    url = await site.share(PNG)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert (await site.get(url, method)).status_code == 405


async def test_ranges(site: Site) -> None:
    data = bytes(range(256)) * 10_000
    url = await site.share(PNG + data)
    whole = PNG + data
    for header, start, end in (
        ("bytes=0-0", 0, 1),
        ("bytes=100-2000000", 100, 2_000_001),
        ("bytes=-5", len(whole) - 5, len(whole)),
        ("bytes=5-", 5, len(whole)),
    ):
        answer = await site.get(url, range=header)
        assert answer.status_code == 206
        assert answer.content == whole[start:end]
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole)}"
        assert answer.headers["content-length"] == str(end - start)
    for ignored in ("bytes=5-2", "bytes=0-1,4-5", "x=0-1"):
        answer = await site.get(url, range=ignored)
        assert (answer.status_code, answer.content) == (200, whole)
        assert "content-range" not in answer.headers
    beyond = await site.get(url, range=f"bytes={len(whole)}-")
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(whole)}")


async def test_conditions(site: Site) -> None:
    url = await site.share(PNG)
    etag = (await site.get(url)).headers["etag"]
    unchanged = await site.get(url, if_none_match=etag, range="bytes=0-3")
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"] == etag
    assert unchanged.headers["cache-control"] == "public, no-cache"
    assert "content-length" not in unchanged.headers
    assert (await site.get(url, "HEAD", if_none_match=f"W/{etag}")).status_code == 304
    assert (await site.get(url, if_none_match='"old"')).status_code == 200
    assert (await site.get(url, if_match='"old"')).status_code == 412
    assert (await site.get(url, if_match=etag)).status_code == 200
    assert (await site.get(url, range="bytes=0-3", if_range=etag)).status_code == 206
    assert (await site.get(url, range="bytes=0-3", if_range='"old"')).status_code == 200


async def test_a_revoke_acts_at_the_next_request_even_for_caches(site: Site) -> None:
    file = await site.upload(PNG)
    url = (await site.files.create_public_url(TEAM, file.id)).url
    etag = (await site.get(url)).headers["etag"]
    await site.files.revoke_public_url(TEAM, file.id)
    for answer in (
        await site.get(url),
        await site.get(url, if_none_match=etag),
        await site.get(url, range="bytes=0-1"),
    ):
        assert (answer.status_code, answer.text) == (404, "Not found.\n")
        assert answer.headers["cache-control"] == "no-store"
    head = await site.get(url, "HEAD")
    assert (head.status_code, head.content) == (404, b"")


async def test_expiry_delete_and_wrong_names_are_404(site: Site) -> None:
    url = await site.share(PNG, expires_after=HOUR)
    assert (await site.get(url.replace(".png", ".html"))).status_code == 404
    assert (await site.get(url.rsplit("/", 1)[0])).status_code == 404
    assert (await site.get("/public/" + "A" * 22 + "/x.png")).status_code == 404
    assert (await site.get("/public/" + "A" * 5000 + "/x.png")).status_code == 404
    site.clock.advance(HOUR - 1)
    assert (await site.get(url)).status_code == 200
    site.clock.advance(1)
    assert (await site.get(url)).status_code == 404
    file = await site.upload(PNG)
    shared = (await site.files.create_public_url(TEAM, file.id)).url
    await site.files.delete(TEAM, file.id)
    assert (await site.get(shared)).status_code == 404


@pytest.mark.parametrize(
    ("data", "content_type"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (MP4, "video/mp4"), (PDF, "application/pdf")],
)
async def test_the_stored_type_decides_not_the_name(site: Site, data: bytes, content_type: str) -> None:
    answer = await site.get(await site.share(data, "page.html"))
    assert answer.headers["content-type"] == content_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_content_is_always_saved(site: Site) -> None:
    for data, name in ((b"<html><script>alert(1)</script>", "page.html"), (PNG, "../../a.png"), (b"<svg/>", "x.svg")):
        file = await site.upload(data, name, declared_type="text/html")
        answer = await site.get(f"/content/{file.id}")
        assert answer.content == data
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert "/" not in answer.headers["content-disposition"].partition("filename")[2].partition("*")[0]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "access-control-allow-origin" not in answer.headers


async def test_results(site: Site) -> None:
    blob = await site.blobs.put(stream(JPEG))
    site.outputs.rows["tok"] = OutputRecord(
        token="tok",
        request_id="r1",
        team_id=TEAM,
        position=2,
        sha256=blob.sha256,
        size=blob.size,
        content_type="image/jpeg",
        created_at=0.0,
        expires_at=site.clock.now() + HOUR,
    )
    answer = await site.get("/ephemeral/tok.jpeg")
    assert (answer.status_code, answer.content) == (200, JPEG)
    for other in ("/ephemeral/tok", "/ephemeral/tok.exe"):
        assert (await site.get(other)).headers["content-disposition"] == 'inline; filename="r1-2.jpg"'
    assert (await site.get("/ephemeral/other.jpeg")).status_code == 404
    site.clock.advance(HOUR)
    assert (await site.get("/ephemeral/tok.jpeg")).status_code == 404


async def test_an_empty_file(site: Site) -> None:
    file = await site.upload(b"", "empty")
    answer = await site.get(f"/content/{file.id}")
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "0")
    assert (await site.get(f"/content/{file.id}", range="bytes=0-")).status_code == 416


async def test_missing_bytes_are_never_a_success(site: Site) -> None:
    file = await site.upload(PNG)
    await site.blobs.set_aside(file.sha256)
    answer = await site.get(f"/content/{file.id}")
    assert answer.status_code == 500
    assert answer.text == "The stored bytes are missing.\n"


async def test_nginx_sends_the_bytes_when_told_to(tmp_path: Path) -> None:
    site = Site(tmp_path / "blobs", "/_blobs/")
    url = await site.share(PNG)
    answer = await site.get(url, range="bytes=0-3")
    name = hashlib.sha256(PNG).hexdigest()
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["x-accel-redirect"] == f"/_blobs/{name[:2]}/{name[2:4]}/{name}"
    assert answer.headers["content-type"] == "image/png"
    assert (tmp_path / "blobs" / "sha256" / answer.headers["x-accel-redirect"].removeprefix("/_blobs/")).exists()
    await site.client.aclose()


class Wire:
    """A bare ASGI server's end of one call."""

    def __init__(self, **extensions: Any) -> None:
        self.scope = {"type": "http", "method": "GET", "headers": [], "extensions": extensions}
        self.sent: list[Any] = []
        self.leave_after = 10**9

    async def receive(self) -> Any:
        while len(self.sent) < self.leave_after:
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)


async def answered(site: Site, wire: Wire, data: bytes) -> None:
    blob = await site.blobs.put(stream(data))
    body = Body(sha256=blob.sha256, size=blob.size, content_type="image/png", filename="a")
    await BlobResponse(site.blobs, body)(wire.scope, wire.receive, wire.send)


async def test_the_server_is_given_a_path_where_it_takes_one(site: Site) -> None:
    wire = Wire(**{"http.response.pathsend": {}})
    await answered(site, wire, PNG)
    assert [message["type"] for message in wire.sent] == ["http.response.start", "http.response.pathsend"]
    assert Path(wire.sent[1]["path"]).read_bytes() == PNG


async def test_nothing_more_is_read_for_a_client_that_left(site: Site) -> None:
    wire = Wire()
    wire.leave_after = 3

    await answered(site, wire, bytes(40 * 1024 * 1024))
    assert 3 <= len(wire.sent) < 12


async def test_chunks_are_large_and_the_last_one_says_so(site: Site) -> None:
    wire = Wire()
    await answered(site, wire, bytes(5 * 1024 * 1024 + 7))
    bodies = wire.sent[1:]
    assert [len(message["body"]) for message in bodies] == [1024 * 1024] * 5 + [7]
    assert [message["more_body"] for message in bodies] == [True] * 5 + [False]
