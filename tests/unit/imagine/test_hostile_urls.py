"""Hostile URLs through the whole service: nothing is reached, and a client reads the same words for each."""

import base64
from collections.abc import Iterable
from pathlib import Path

import pytest

from imagined.contract.requests import MediaSource
from imagined.imagine.fetch import GuardedFetcher
from imagined.imagine.inputs import InputLimits, InputResolver
from imagined.imagine.own_urls import OwnUrls
from imagined.testing.engines import jpeg
from tests.unit.imagine.house import BASE, House
from tests.unit.imagine.test_fetch import HOSTILE, PUBLIC, Names, Network, response

PICTURE_WORDS = ("invalid_argument", "Unable to download provided image_url")
VIDEO_WORDS = ("invalid_argument", "Unable to download provided video_url")
MORE = [
    "http://%6c%6f%63%61%6c%68%6f%73%74/",
    "http://127.0.0.1.:80/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://169.254.169.254.nip.example/latest/meta-data/",
    "http://metadata/computeMetadata/v1/",
    "http://instance-data/latest/",
    "http://rebind.example/",
    "https://mixed.example/",
    "http://017700000001/",
    "http://0x7f.1/",
    "jar:http://public.example!/",
    "http://127.0.0.1:8080/../public/x/y",
    "http://127.0.0.1:8080/v1/files/file_x/content",
    "http://127.0.0.1:50051/",
]
URLS = [url for url in (*HOSTILE, *MORE) if url]

NAMES = {
    "metadata_google_internal": ["169.254.169.254"],
    "metadata": ["169.254.169.254"],
    "instance-data": ["169.254.169.254"],
    "169_254_169_254_nip_example": ["169.254.169.254"],
    "private_example": ["10.1.2.3"],
    "mixed_example": [PUBLIC, "192.168.0.1"],
    "mixed6_example": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::1"],
    "mapped_example": ["::ffff:127.0.0.1"],
    "nowhere_example": [],
    "public_example": [PUBLIC],
    "localhost": ["127.0.0.1", "::1"],
    "rebind_example": ["127.0.0.1"],
}


def guarded(house: House, network: Network, deadline_s: float = 30.0) -> None:
    """Fetch as a server does, on a network of our own."""
    house.fetcher = GuardedFetcher(resolver=Names(**NAMES), backend=network)  # type: ignore[assignment]
    own_urls = OwnUrls(BASE, "http://localhost:8080")
    limits = InputLimits(
        fetched_image_bytes=1_000, fetched_video_bytes=1_000, image_deadline_s=1.0, video_deadline_s=1.0
    )
    house.inputs = InputResolver(house.files, house.blobs, house.store, house.fetcher, own_urls, house.clock, limits)
    house.runner._attempts._inputs = house.inputs


def test_there_are_more_than_thirty() -> None:
    assert len(set(URLS)) >= 70


@pytest.mark.parametrize("url", URLS)
async def test_a_hostile_url_reaches_nothing_and_learns_nothing(house: House, url: str) -> None:
    network = Network()
    guarded(house, network)
    for view, words in (
        (await house.image("x", image=MediaSource(url=url)), PICTURE_WORDS),
        (await house.video("x", image=MediaSource(url=url)), PICTURE_WORDS),
        (await house.video("x", "edit_video", video=MediaSource(url=url)), VIDEO_WORDS),
    ):
        assert view.error is not None
        assert (view.error.code, view.error.message) == words
    assert network.dialled == []


async def test_a_name_that_moves_between_two_requests_is_caught_at_the_second(house: House) -> None:
    network = Network(response("200 OK", jpeg(10, 10)))
    guarded(house, network)
    house.fetcher._backend._resolver = Names(rebind_example=[[PUBLIC], ["127.0.0.1"]])  # type: ignore[attr-defined]
    source = MediaSource(url="http://rebind.example/a.jpg")
    assert (await house.image("x", image=source)).state == "done"
    view = await house.image("x", image=source)
    assert view.error is not None and view.error.message == PICTURE_WORDS[1]
    assert network.dialled == [(PUBLIC, 80)]


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "pause_s"),
    [
        (response("302 Found", Location="http://private.example/"), 0.0),
        (response("302 Found", Location="http://169.254.169.254/latest/"), 0.0),
        (response("307 Temporary Redirect", Location="http://[::1]/"), 0.0),
        (response("301 Moved", Location="file:///etc/passwd"), 0.0),
        (response("301 Moved", Location="http://public.example:6379/"), 0.0),
        (response("200 OK", b"x" * 1_001), 0.0),
        (response("200 OK", Content_Length="99999999999"), 0.0),
        ([CHUNKED, *([b"64\r\n" + b"x" * 100 + b"\r\n"] * 10_000)], 0.0),
        ([CHUNKED, *([b"1\r\nx\r\n"] * 10_000)], 0.05),
        ([b"HTTP/1.1 200 OK\r\n", *([b"X-More: 1\r\n"] * 100_000)], 0.0),
        ([b"H"] * 10_000, 0.05),
        (response("500 Internal Server Error", b"redis_version:7"), 0.0),
        (response("401 Unauthorized", b"who are you"), 0.0),
        ([b"-ERR unknown command 'GET'\r\n"], 0.0),
        (response("200 OK", b"zip", Content_Encoding="gzip"), 0.0),
    ],
)
async def test_a_hostile_server_learns_and_tells_nothing(house: House, answer: Iterable[bytes], pause_s: float) -> None:
    network = Network(answer, pause_s=pause_s)
    guarded(house, network, deadline_s=1.0 if pause_s else 30.0)
    view = await house.image("x", image=MediaSource(url="http://public.example/a.jpg"))
    assert view.error is not None
    assert (view.error.code, view.error.message) == PICTURE_WORDS
    assert {address for address, _ in network.dialled} == {PUBLIC}


async def test_every_input_of_a_request_passes_the_guard(house: House, tmp_path: Path) -> None:
    del tmp_path
    network = Network()
    guarded(house, network)
    fine = MediaSource(url=f"data:image/jpeg;base64,{base64.b64encode(jpeg(10, 10)).decode()}")
    bad = MediaSource(url="http://169.254.169.254/")
    for fields in ({"images": (fine, fine, bad)}, {"images": (bad, fine)}):
        view = await house.image("x", **fields)
        assert view.error is not None and view.error.message == PICTURE_WORDS[1]
    for fields in ({"last_frame": bad}, {"reference_images": (fine, bad)}):
        view = await house.video("x", model="grok-imagine-video-1.5", **fields)
        assert view.error is not None and view.error.message == PICTURE_WORDS[1]
    assert network.dialled == []


async def test_own_urls_still_work_beside_all_this(house: House) -> None:
    network = Network()
    guarded(house, network)
    item = (await house.image("a city")).outputs[0]
    assert (await house.image("neon", image=MediaSource(url=item.url))).state == "done"
    assert (await house.video("pull back", image=MediaSource(url=item.url))).state == "done"
    assert network.dialled == []
