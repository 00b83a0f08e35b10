"""Results that are sent to where the client wants them: `output.upload_url`."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from imagined.contract import errors
from imagined.contract.batches import BatchEntry
from imagined.contract.errors import ApiError
from imagined.contract.files import StorageOptions
from imagined.contract.requests import MediaSource, VideoRequest
from imagined.imagine.batch_admission import Admission
from imagined.imagine.fetch import GuardedFetcher
from imagined.imagine.ports import FetchError
from imagined.imagine.uploads import FAILED, MAX_URL_LENGTH, check_upload_url
from imagined.testing.engines import mp4
from tests.support.fake_services import catalogue
from tests.unit.imagine.house import CALLER, OTHER, RETENTION_S, House
from tests.unit.imagine.test_fetch import HOSTILE, PUBLIC, Names, Network, response

SECRET = "X-Signature=s3cr3t"
URL = f"https://bucket.example/clips/1.mp4?{SECRET}"


async def test_the_video_is_put_there_and_the_answer_says_so(house: House) -> None:
    view = await house.video("draw", upload_url=URL, duration=3)
    (item,) = view.outputs
    assert (view.state, item.url, item.file_output) == ("done", URL, None)
    ((url, content_type, data),) = house.fetcher.puts
    assert (url, content_type) == (URL, "video/mp4")
    assert data == house.data(item.sha256) and len(data) == item.size


@pytest.mark.parametrize("operation", ["edit_video", "extend_video"])
async def test_edits_and_extensions_are_sent_too(house: House, operation: str) -> None:
    file = await house.upload(mp4(4.0), "a.mp4")
    view = await house.video("x", operation, video=MediaSource(file_id=file.id), upload_url=URL)
    assert view.outputs[0].url == URL
    assert len(house.fetcher.puts) == 1


async def test_a_result_may_be_stored_and_sent(house: House) -> None:
    view = await house.video("draw", upload_url=URL, storage=StorageOptions(filename="a.mp4", public_url=True))
    (item,) = view.outputs
    assert item.url == URL
    assert item.file_output is not None and item.file_output.public_url is not None
    file = await house.files.get(CALLER.team_id, item.file_output.file_id)
    assert house.data(file.sha256) == house.fetcher.puts[0][2]


@pytest.mark.parametrize("broken", [500, 503, 429, FetchError("gone", is_transient=True)])
async def test_a_busy_or_broken_server_is_asked_again(house: House, broken: int | FetchError) -> None:
    house.fetcher.statuses = [broken, broken, 201]
    view = await house.video("draw", upload_url=URL)
    assert view.state == "done"
    assert len(house.fetcher.puts) == 3 and len({data for *_, data in house.fetcher.puts}) == 1
    assert len(house.pool.tasks) == 1


@pytest.mark.parametrize(
    ("answers", "tries"),
    [
        ([403], 1),
        ([302], 1),
        ([404], 1),
        ([FetchError("bucket.example leads to 10.0.0.1, which is not public")], 1),
        ([502, 502, 502], 3),
    ],
)
async def test_a_result_that_nobody_takes_is_a_failed_request(
    house: House, answers: list[int | FetchError], tries: int
) -> None:
    house.fetcher.statuses = list(answers)
    with structlog.testing.capture_logs() as logs:
        view = await house.video("draw", upload_url=URL, storage=StorageOptions(filename="a.mp4"))
    assert (view.state, view.outputs, view.cost_in_usd_ticks) == ("failed", (), 0)
    assert view.error is not None
    assert (view.error.code, view.error.message) == ("failed_precondition", FAILED)
    assert len(house.fetcher.puts) == tries
    assert not house.file_store.rows and not +house.blobs._holds
    assert "bucket.example" in str(logs) and SECRET not in str(logs)


async def test_the_address_is_kept_apart_and_only_as_long_as_it_is_needed(house: House) -> None:
    view = await house.video("draw", upload_url=URL)
    row = house.store.rows[view.request_id]
    assert row.upload_url == URL and SECRET.encode() not in row.request.payload
    assert all(SECRET not in output.token for output in row.outputs)
    assert all(SECRET.encode() not in receipt.body for receipt in house.store.receipts.rows.values())
    assert all(SECRET not in item.url for item in row.items)
    assert await house.store.forget_upload_urls(house.clock.now() - 1) == 0
    house.clock.advance(RETENTION_S)
    assert (await house.service.get(CALLER, view.request_id)).outputs == ()
    assert await house.store.forget_upload_urls(house.clock.now() - RETENTION_S) == 1
    assert row.upload_url is None


async def test_nobody_else_sees_the_address(house: House) -> None:
    view = await house.video("draw", upload_url=URL)
    with pytest.raises(ApiError) as caught:
        await house.service.get(OTHER, view.request_id)
    assert caught.value.kind is errors.NOT_FOUND and SECRET not in caught.value.message


async def test_a_cancelled_or_failed_request_forgets_it_at_once(house: House) -> None:
    request = VideoRequest(operation="generate_video", prompt="slow 5", upload_url=URL)
    request_id = await house.service.start_video(CALLER, request)
    await house.service.cancel(CALLER, request_id)
    assert house.store.rows[request_id].upload_url is None
    view = await house.video("refuse no", upload_url=URL)
    assert view.state == "failed" and house.store.rows[view.request_id].upload_url is None
    assert house.fetcher.puts == []


@pytest.mark.parametrize(
    "url",
    [
        *("", "bucket.example/put", "ftp://bucket.example/", "https://", "https:///x", "file:///etc/passwd"),
        *("https://bucket.example:0/", "https://bucket.example:99999/", "https://[::1/", "https://a b.example/"),
        *("https://user:pass@bucket.example/", "https://user@bucket.example/", "https://bücket.example/"),
        *("https://bucket.example/\r\nHost: other", "https://bucket.example/" + "x" * MAX_URL_LENGTH),
    ],
)
async def test_what_is_no_address_is_refused_before_anything_is_queued(house: House, url: str) -> None:
    with pytest.raises(ApiError) as caught:
        await house.service.start_video(CALLER, VideoRequest(operation="generate_video", prompt="x", upload_url=url))
    assert caught.value.kind is errors.INVALID_ARGUMENT
    assert caught.value.message.startswith("output.upload_url: must ")
    assert "bucket" not in caught.value.message
    assert house.store.rows == {}


def test_a_signed_address_of_any_store_is_fine() -> None:
    for url in (URL, "http://10.0.0.1:9000/bucket/a.mp4?sig=%2F%3D", "https://account.blob.example/c/b?sv=1&sig=a%2Bb"):
        check_upload_url(url)


def test_batches_do_not_take_it(house: House) -> None:
    admission = Admission(catalogue(), house.clock, house.ids)
    entry = BatchEntry(request=VideoRequest(operation="generate_video", prompt="x", upload_url=URL))
    with pytest.raises(ApiError, match="not supported in batches"):
        admission.admit(CALLER, "batch_1", entry)


async def put(network: Network, url: str = URL, **changes: Any) -> int:
    async def body() -> AsyncIterator[bytes]:
        yield b"first "
        yield b"second"

    fetcher = GuardedFetcher(
        resolver=Names(bucket_example=[PUBLIC], private_example=["10.0.0.1"], mixed_example=[PUBLIC, "127.0.0.1"]),
        backend=network,
    )
    options = {"size": 12, "content_type": "video/mp4", "deadline_s": 2.0} | changes
    try:
        return await fetcher.put(url, body, **options)
    finally:
        await fetcher.close()


async def test_a_put_has_a_length_and_a_type_and_streams() -> None:
    network = Network(response("200 OK"))
    assert await put(network) == 200
    assert network.dialled == [(PUBLIC, 443)]
    head, _, body = network.streams[0].sent.partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert lines[0].startswith("put /clips/1.mp4?x-signature=s3cr3t http/1.1")
    assert {"content-length: 12", "content-type: video/mp4", "host: bucket.example"} <= set(lines)
    assert not any(line.startswith(("transfer-encoding", "authorization")) for line in lines)
    assert body == b"first second"


@pytest.mark.parametrize("url", [url for url in HOSTILE if url])
async def test_a_hostile_address_gets_nothing(url: str) -> None:
    network = Network()
    with pytest.raises(FetchError) as caught:
        await put(network, url.replace("public.example", "bucket.example"))
    assert network.dialled == []
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "location", ["https://bucket.example/elsewhere", "http://127.0.0.1/", "http://private.example/"]
)
async def test_a_put_follows_no_redirect(location: str) -> None:
    network = Network(response("307 Temporary Redirect", Location=location), response("200 OK"))
    assert await put(network) == 307
    assert len(network.dialled) == 1


async def test_an_endless_answer_is_not_read() -> None:
    network = Network([b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", *([b"x" * 1000] * 1000)])
    assert await put(network) == 200
    assert sum(1 for _ in network.streams[0]._pieces) > 900


async def test_a_server_that_says_nothing_ends_at_the_deadline() -> None:
    with pytest.raises(FetchError, match="within") as caught:
        await put(Network([b"HTTP"] * 100, pause_s=0.05), deadline_s=0.2)
    assert caught.value.is_transient


async def test_an_upload_holds_no_engine(house: House, tmp_path: Path) -> None:
    del tmp_path
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(*_: Any, **__: Any) -> int:
        begun.set()
        await go.wait()
        return 200

    house.fetcher.put = slow  # type: ignore[method-assign]
    waiting = [
        await house.service.start_video(
            CALLER, VideoRequest(operation="generate_video", prompt="draw", upload_url=f"{URL}&n={number}")
        )
        for number in range(4)
    ]
    await begun.wait()
    assert (await house.image("draw")).state == "done"
    go.set()
    for request_id in waiting:
        assert (await house.service.wait(CALLER, request_id)).state == "done"
