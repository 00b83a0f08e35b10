"""Files by the official SDK, both of its clients: everything its docstrings promise."""

import asyncio
import datetime
import io
import time
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
import xai_sdk

from imagined.cli.demo import fetch
from imagined.cli.server_process import ServerProcess
from tests.clients.uploads import MIB, PDF, PNG, random_file

CHUNK = 3 * MIB
"""What the SDK sends at a time, and after which it reports progress."""


class SyncFiles:
    """The files of the synchronous client."""

    def __init__(self, host: str) -> None:
        self._client = xai_sdk.Client(api_key="xai-test", api_host=host)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return getattr(self._client.files, name)  # type: ignore[no-any-return]

    def close(self) -> None:
        self._client.close()


class AsyncFiles:
    """The files of the asynchronous client, called from outside of its loop."""

    def __init__(self, host: str) -> None:
        self._runner = asyncio.Runner()

        async def connect() -> xai_sdk.AsyncClient:
            return xai_sdk.AsyncClient(api_key="xai-test", api_host=host)

        self._client = self._runner.run(connect())

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: self._runner.run(getattr(self._client.files, name)(*args, **kwargs))

    def close(self) -> None:
        self._runner.run(self._client.close())
        self._runner.close()


Files = SyncFiles | AsyncFiles


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("files")
    with ServerProcess(folder / "data", folder / "server.log") as server:
        yield server.target.grpc


@pytest.fixture(params=[SyncFiles, AsyncFiles], ids=["sync", "async"])
def files(request: pytest.FixtureRequest, host: str) -> Iterator[Files]:
    client = request.param(host)
    for file in client.list().data:
        client.delete(file.id)
    yield client
    client.close()


class Bar:
    """Like tqdm."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def update(self, n: int) -> None:
        self.seen.append(n)


@pytest.mark.parametrize("source", ["path", "bytes", "file object", "file object without a length"])
@pytest.mark.parametrize("progress", ["cumulative", "incremental", "bar"])
def test_upload_with_progress(files: Files, tmp_path: Path, source: str, progress: str) -> None:
    path = random_file(tmp_path / "data.bin", 2 * CHUNK + 5)
    data = path.read_bytes()
    pairs: list[tuple[int, int | None]] = []
    steps: list[int] = []
    bar = Bar()
    callback: Any = {
        "cumulative": lambda done, of: pairs.append((done, of)),
        "incremental": lambda n: steps.append(n),
        "bar": bar,
    }[progress]
    with path.open("rb") as opened:
        given: dict[str, Any] = {
            "path": str(path),
            "bytes": data,
            "file object": opened,
            "file object without a length": Pipe(data),
        }
        name = {} if source in ("path", "file object") else {"filename": "data.bin"}
        stored = files.upload(given[source], on_progress=callback, **name)
    assert (stored.filename, stored.size) == ("data.bin", len(data))
    assert stored.id.startswith("file_") and not stored.HasField("expires_at")
    assert abs(stored.created_at.seconds - time.time()) < 60
    assert files.content(stored.id) == data
    total = None if source.endswith("length") else len(data)
    expected = {
        "cumulative": ([(CHUNK, total), (2 * CHUNK, total), (len(data), total)], [], []),
        "incremental": ([], [CHUNK, CHUNK, 5], []),
        "bar": ([], [], [CHUNK, CHUNK, 5]),
    }
    assert (pairs, steps, bar.seen) == expected[progress]


class Pipe:
    """A file object that can only be read."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._data.read(size)


@pytest.mark.parametrize("lifetime", [7200, datetime.timedelta(hours=2)])
def test_a_lifetime(files: Files, lifetime: int | datetime.timedelta) -> None:
    stored = files.upload(b"x", filename="x", expires_after=lifetime)
    assert stored.expires_at.seconds - stored.created_at.seconds == 7200
    assert files.get(stored.id) == stored


def test_an_empty_file(files: Files) -> None:
    stored = files.upload(b"", filename="empty")
    assert (stored.size, files.content(stored.id)) == (0, b"")


def test_batch_upload_of_50(files: Files, tmp_path: Path) -> None:
    paths = []
    for number in range(50):
        path = tmp_path / f"{number:02}.txt"
        path.write_bytes(b"%d" % number * number)
        paths.append(str(path))
    completed: list[tuple[int, str]] = []
    results = files.batch_upload(paths, on_file_complete=lambda index, file, _: completed.append((index, file)))
    assert sorted(results) == list(range(50))
    assert {index: result.filename for index, result in results.items()} == {
        index: f"{index:02}.txt" for index in range(50)
    }
    assert sorted(completed) == list(enumerate(paths))
    assert files.list().data == sorted(results.values(), key=lambda file: (file.created_at.ToNanoseconds(), file.id))
    assert files.content(results[13].id) == b"13" * 13


def test_a_batch_with_failures_keeps_the_rest(files: Files, tmp_path: Path) -> None:
    good = tmp_path / "good"
    good.write_bytes(b"good")
    (tmp_path / 'b"d').write_bytes(b"bad")
    results = files.batch_upload([str(good), str(tmp_path / "absent"), str(tmp_path / 'b"d')], batch_size=2)
    assert results[0].filename == "good"
    assert isinstance(results[1], FileNotFoundError)
    assert isinstance(results[2], grpc.RpcError) and results[2].code() is grpc.StatusCode.INVALID_ARGUMENT


def names(answer: Any) -> list[str]:
    return [file.filename for file in answer.data]


def pages(files: Files, limit: int, **query: Any) -> list[list[str]]:
    found = []
    token: str | None = None
    while True:
        page = files.list(limit=limit, pagination_token=token, **query)
        found.append(names(page))
        if not page.HasField("pagination_token"):
            return found
        token = page.pagination_token


SIZES = {"b": 30, "A": 10, "c": 20, "a": 20, "\u00e9": 5}
SORTED = {
    "created_at": ["b", "A", "c", "a", "\u00e9"],
    "filename": ["A", "a", "b", "c", "\u00e9"],
    "size": ["\u00e9", "A", {"a", "c"}, "b"],
}


@pytest.mark.parametrize("sort_by", ["created_at", "filename", "size"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_sorting_and_paging(files: Files, sort_by: str, order: str) -> None:
    for name, size in SIZES.items():
        files.upload(b"x" * size, filename=name)
    listed = names(files.list(sort_by=sort_by, order=order))
    expected: list[Any] = SORTED[sort_by] if order == "asc" else SORTED[sort_by][::-1]
    at = 0
    for each in expected:
        # Equal sizes come in the order of their ids, which nobody chose.
        group = each if isinstance(each, set) else {each}
        assert set(listed[at : at + len(group)]) == group
        at += len(group)
    for limit in (1, 2, 5):
        found = pages(files, limit, sort_by=sort_by, order=order)
        assert [len(page) for page in found] == [limit] * (5 // limit) + ([5 % limit] if 5 % limit else [])
        assert [name for page in found for name in page] == listed
    assert names(files.list()) == SORTED["created_at"], "ascending by creation unless asked otherwise"


def test_limits_are_clamped(files: Files) -> None:
    for number in range(3):
        files.upload(b"x", filename=str(number))
    for limit in (0, -5, 101, 1_000_000):
        assert names(files.list(limit=limit)) == ["0", "1", "2"]


def test_a_token_is_good_for_its_order_only(files: Files) -> None:
    for name in "abc":
        files.upload(b"x", filename=name)
    token = files.list(limit=1, sort_by="filename").pagination_token
    assert names(files.list(limit=1, sort_by="filename", pagination_token=token)) == ["b"]
    for query in ({"sort_by": "size"}, {"sort_by": "filename", "order": "desc"}, {"sort_by": "filename", "t": "x"}):
        query["pagination_token"] = query.pop("t", token)
        with pytest.raises(grpc.RpcError) as refused:
            files.list(**query)
        assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_every_filter_of_the_docstring(files: Files) -> None:
    stored = {
        "report.pdf": files.upload(PDF, filename="report.pdf"),
        "harbour.png": files.upload(PNG, filename="harbour.png", expires_after=7200),
        "large.bin": files.upload(bytes(MIB + 1), filename="large.bin"),
    }
    files.create_public_url(stored["harbour.png"].id, expires_after=3600)
    pdf = stored["report.pdf"].id
    soon = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    everything = sorted(stored)
    for expression, expected in {
        'content_type = "application/pdf"': ["report.pdf"],
        'name = "report.pdf"': ["report.pdf"],
        "size_bytes > 1048576": ["large.bin"],
        "public_url != null": ["harbour.png"],
        'content_type = "image/png" AND created_at > "2026-03-15T00:00:00Z"': ["harbour.png"],
        f'file_id = "{pdf}"': ["report.pdf"],
        f'file_id != "{pdf}"': ["harbour.png", "large.bin"],
        'file_name = "report.pdf"': ["report.pdf"],
        'name:"harb"': ["harbour.png"],
        "size_bytes <= 1048576 AND size_bytes >= 1": ["harbour.png", "report.pdf"],
        f"size_bytes = {len(PNG)} OR size_bytes = {len(PDF)}": ["harbour.png", "report.pdf"],
        'NOT content_type = "image/png"': ["large.bin", "report.pdf"],
        f'created_at < "{soon}"': everything,
        f'expires_at < "{soon}"': ["harbour.png"],
        "expires_at = null": ["large.bin", "report.pdf"],
        'upload_status = "Complete"': everything,
        "user_defined_id = null": everything,
        "public_url = null": ["large.bin", "report.pdf"],
        f'public_url_expires_at < "{soon}"': ["harbour.png"],
        "public_url_expires_at = null": ["large.bin", "report.pdf"],
        '(name = "report.pdf" OR name = "large.bin") AND NOT (size_bytes > 1000)': ["report.pdf"],
        "": everything,
    }.items():
        assert names(files.list(filter=expression, sort_by="filename")) == expected, expression
    with pytest.raises(grpc.RpcError) as refused:
        files.list(filter='name = "a" AND colour = "red"')
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "column 16" in refused.value.details()


def test_a_deleted_file_is_gone_for_every_call(files: Files) -> None:
    stored = files.upload(PNG, filename="a.png")
    url = files.create_public_url(stored.id).public_url
    answer = files.delete(stored.id)
    assert (answer.id, answer.deleted) == (stored.id, True)
    for call in (files.delete, files.get, files.content, files.create_public_url):
        with pytest.raises(grpc.RpcError) as refused:
            call(stored.id)
        assert refused.value.code() is grpc.StatusCode.NOT_FOUND
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(url)
    assert not files.revoke_public_url(stored.id).revoked, "safe for any id"


EXPIRY = {
    "for good": (None, None, None),
    "its own": (None, 3600, 3600),
    "the file's": (7200, None, 7200),
    "earlier than the file's": (7200, datetime.timedelta(hours=1), 3600),
}


@pytest.mark.parametrize("row", EXPIRY)
def test_the_expiry_of_public_urls(files: Files, row: str) -> None:
    lifetime, asked, left = EXPIRY[row]
    stored = files.upload(PNG, filename="a.png", expires_after=lifetime)
    shared = files.create_public_url(stored.id, expires_after=asked)
    assert shared.HasField("expires_at") == (left is not None)
    if left is not None:
        assert abs(shared.expires_at.seconds - stored.created_at.seconds - left) <= 30
    seen = files.get(stored.id)
    assert (seen.public_url, seen.public_url_expires_at) == (shared.public_url, shared.expires_at)
    assert fetch(shared.public_url) == PNG
    assert shared.public_url.endswith(f"/{stored.id}.png")


def test_a_public_url_cannot_outlive_its_file(files: Files) -> None:
    stored = files.upload(PNG, filename="a.png", expires_after=3600)
    for asked in (7200, 3599, 2_592_001):
        with pytest.raises(grpc.RpcError) as refused:
            files.create_public_url(stored.id, expires_after=asked)
        assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert not files.get(stored.id).HasField("public_url")


def test_creating_again_and_revoking(files: Files) -> None:
    stored = files.upload(PNG, filename="a.png")
    first = files.create_public_url(stored.id)
    assert files.create_public_url(stored.id) == first
    moved = files.create_public_url(stored.id, expires_after=3600)
    assert moved.public_url == first.public_url and moved.HasField("expires_at")
    revoked = files.revoke_public_url(stored.id)
    assert (revoked.file_id, revoked.revoked, revoked.public_url) == (stored.id, True, first.public_url)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(first.public_url)
    again = files.revoke_public_url(stored.id)
    assert not again.revoked and not again.HasField("public_url")
    assert not files.get(stored.id).HasField("public_url")
    assert files.create_public_url(stored.id).public_url != first.public_url


@pytest.mark.parametrize(("name", "data"), [("page.png", b"<html>"), ("empty.png", b""), ("x.txt", b"words")])
def test_what_cannot_be_shared(files: Files, name: str, data: bytes) -> None:
    stored = files.upload(data, filename=name)
    with pytest.raises(grpc.RpcError) as refused:
        files.create_public_url(stored.id)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
