"""The guard against URLs that lead somewhere private. No packet leaves this process: names and sockets are ours."""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import httpcore2
import pytest

from imagined.imagine.addresses import is_public
from imagined.imagine.fetch import GuardedFetcher, resolve
from imagined.imagine.ports import FetchError, PostAnswer

PUBLIC = "93.184.215.14"
PUBLIC_V6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


class Stream(httpcore2.AsyncNetworkStream):
    """A connection that answers with scripted pieces, slowly if asked."""

    def __init__(self, pieces: Iterable[bytes], pause_s: float) -> None:
        self._pieces = iter(pieces)
        self._pause_s = pause_s
        self.sent = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        await asyncio.sleep(self._pause_s)
        return next(self._pieces, b"")

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.sent += buffer

    async def aclose(self) -> None:
        pass

    async def start_tls(self, *_: Any, **__: Any) -> "Stream":
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


class Network(httpcore2.AsyncNetworkBackend):
    """Records what is dialled; answers by address."""

    def __init__(self, *answers: Iterable[bytes], pause_s: float = 0.0) -> None:
        self._answers = iter(answers)
        self._pause_s = pause_s
        self.dialled: list[tuple[str, int]] = []
        self.streams: list[Stream] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        self.dialled.append((host, port))
        stream = Stream(next(self._answers, [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]), self._pause_s)
        self.streams.append(stream)
        return stream


class Names:
    """A resolver with a table; odd spellings of addresses go to the system's, as they would."""

    def __init__(self, **table: Sequence[str] | list[Sequence[str]]) -> None:
        self._table = {name.replace("_", "."): answers for name, answers in table.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self._table.get(host)
        if answers is None:
            return await resolve(host, port)
        if answers and isinstance(answers[0], list):
            return answers.pop(0)  # type: ignore[union-attr,return-value]
        return answers  # type: ignore[return-value]


def response(status: str, body: bytes = b"", **headers: str) -> list[bytes]:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    if "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return ["\r\n".join([*lines, "", ""]).encode() + body]  # type: ignore[list-item]


async def fetch(fetcher: GuardedFetcher, url: str, tmp_path: Path, **changes: Any) -> str:
    options = {"max_bytes": 1000, "deadline_s": 2.0} | changes
    try:
        return await fetcher.fetch(url, str(tmp_path / "body"), **options)
    finally:
        await fetcher.close()


HOSTILE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001:0:7f00:1::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456:789a::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[2001:db8::1]/",
    "http://metadata.google.internal/",
    "http://private.example/",
    "http://mixed.example/",
    "http://mixed6.example/",
    "http://mapped.example/",
    "http://nowhere.example/",
    "http://user:secret@public.example/",
    "http://user@public.example/",
    "http://public.example:22/",
    "http://public.example:8080/",
    "https://public.example:6379/",
    "ftp://public.example/",
    "file:///etc/passwd",
    "gopher://public.example/",
    "//public.example/",
    "public.example",
    "http://",
    "http:///path",
    "http://[::1/",
    "http://public.example:99999/",
    "not a url at all",
    "",
]


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_hostile_url_reaches_nothing(url: str, tmp_path: Path) -> None:
    network = Network()
    names = Names(
        metadata_google_internal=["169.254.169.254"],
        private_example=["10.1.2.3"],
        mixed_example=[PUBLIC, "192.168.0.1"],
        mixed6_example=[PUBLIC_V6, "::1"],
        mapped_example=["::ffff:127.0.0.1"],
        nowhere_example=[],
        public_example=[PUBLIC],
        localhost=["127.0.0.1", "::1"],
    )
    with pytest.raises(FetchError):
        await fetch(GuardedFetcher(resolver=names, backend=network), url, tmp_path)
    assert network.dialled == []


async def test_a_public_url_is_fetched_from_the_address_that_was_checked(tmp_path: Path) -> None:
    network = Network(response("200 OK", b"picture", Content_Type="image/JPEG; charset=x"))
    names = Names(public_example=[PUBLIC])
    fetcher = GuardedFetcher(resolver=names, backend=network)
    assert await fetch(fetcher, "http://public.example/a.jpg?x=1", tmp_path) == "image/jpeg"
    assert network.dialled == [(PUBLIC, 80)]
    assert (tmp_path / "body").read_bytes() == b"picture"
    sent = network.streams[0].sent.decode()
    assert sent.startswith("GET /a.jpg?x=1 HTTP/1.1\r\n")
    assert "host: public.example" in sent.lower()
    assert "user-agent: imagined/" in sent.lower()


async def test_a_rebinding_name_is_asked_once_and_pinned(tmp_path: Path) -> None:
    network = Network()
    names = Names(rebind_example=[[PUBLIC], ["127.0.0.1"]])
    await fetch(GuardedFetcher(resolver=names, backend=network), "http://rebind.example/", tmp_path)
    assert names.asked == ["rebind.example"]
    assert network.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/", "http://private.example/", "//private.example/", "http://public.example:22/", "file:///etc"],
)
async def test_a_redirect_is_checked_again(location: str, tmp_path: Path) -> None:
    network = Network(response("302 Found", Location=location))
    names = Names(public_example=[PUBLIC], private_example=["10.0.0.1"])
    with pytest.raises(FetchError):
        await fetch(GuardedFetcher(resolver=names, backend=network), "http://public.example/", tmp_path)
    assert network.dialled == [(PUBLIC, 80)]


async def test_three_redirects_are_followed_and_a_fourth_is_not(tmp_path: Path) -> None:
    hop = response("301 Moved", Location="/again")
    names = Names(public_example=[PUBLIC])
    network = Network(hop, hop, hop, response("200 OK", b"there"))
    await fetch(GuardedFetcher(resolver=names, backend=network), "http://public.example/", tmp_path)
    assert (tmp_path / "body").read_bytes() == b"there"
    endless = Network(hop, hop, hop, hop, hop)
    with pytest.raises(FetchError, match="redirects"):
        await fetch(GuardedFetcher(resolver=names, backend=endless), "http://public.example/", tmp_path)
    assert len(endless.dialled) == 4


@pytest.mark.parametrize(
    "answer",
    [
        response("200 OK", b"x" * 1001),
        response("200 OK", b"", Content_Length="1001"),
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"64\r\n" + b"x" * 100 + b"\r\n"] * 100)],
        response("200 OK", b"zip", Content_Encoding="gzip"),
        response("404 Not Found", b"no"),
        response("204 No Content"),
        [b"this is not http\r\n\r\n"],
        [b""],
    ],
)
async def test_a_bad_answer_is_refused(answer: list[bytes], tmp_path: Path) -> None:
    fetcher = GuardedFetcher(resolver=Names(public_example=[PUBLIC]), backend=Network(answer))
    with pytest.raises(FetchError):
        await fetch(fetcher, "http://public.example/", tmp_path)


async def test_a_slow_body_ends_at_the_deadline(tmp_path: Path) -> None:
    drops = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"1\r\nx\r\n"] * 1000)]
    fetcher = GuardedFetcher(resolver=Names(public_example=[PUBLIC]), backend=Network(drops, pause_s=0.05))
    with pytest.raises(FetchError, match="within"):
        await fetch(fetcher, "http://public.example/", tmp_path, deadline_s=0.2)


async def test_the_next_address_is_tried_when_one_does_not_answer(tmp_path: Path) -> None:
    class OneDead(Network):
        async def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> Any:
            stream = await super().connect_tcp(host, port, *rest, **more)
            if host == PUBLIC_V6:
                raise httpcore2.ConnectError("no route")
            return stream

    network = OneDead()
    fetcher = GuardedFetcher(resolver=Names(public_example=[PUBLIC_V6, PUBLIC]), backend=network)
    await fetch(fetcher, "https://public.example/", tmp_path)
    assert [address for address, _ in network.dialled] == [PUBLIC_V6, PUBLIC]


async def test_a_laboratory_may_allow_its_own_network(tmp_path: Path) -> None:
    network = Network()
    fetcher = GuardedFetcher(allow_private_networks=True, resolver=Names(), backend=network)
    await fetch(fetcher, "http://127.0.0.1:9000/x", tmp_path)
    assert network.dialled == [("127.0.0.1", 9000)]


@pytest.mark.parametrize(
    "address", [PUBLIC, PUBLIC_V6, "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "public.example", "1.2.3", "fe80::1%eth0"])
def test_what_is_no_global_address_is_not_public(address: str) -> None:
    assert not is_public(address)


async def post(fetcher: GuardedFetcher, url: str) -> PostAnswer:
    try:
        return await fetcher.post(url, b"{}", {"webhook-id": "msg_1"}, deadline_s=2.0)
    finally:
        await fetcher.close()


async def test_a_post_tells_status_and_retry_after_and_reads_no_body() -> None:
    network = Network(response("503 Busy", b"x" * 10, Retry_After="60"))
    fetcher = GuardedFetcher(resolver=Names(hooks_example=[PUBLIC]), backend=network)
    assert await post(fetcher, "http://hooks.example/a?b=c") == PostAnswer(503, "60")
    assert network.dialled == [(PUBLIC, 80)]
    sent = network.streams[0].sent
    assert sent.startswith(b"POST /a?b=c HTTP/1.1\r\n") and sent.endswith(b"\r\n\r\n{}")
    for line in (b"Host: hooks.example", b"webhook-id: msg_1", b"content-length: 2", b"user-agent: imagined/"):
        assert line in sent


async def test_a_post_follows_no_redirect() -> None:
    network = Network(response("307 Elsewhere", Location="http://hooks.example/b"))
    fetcher = GuardedFetcher(resolver=Names(hooks_example=[PUBLIC]), backend=network)
    assert (await post(fetcher, "http://hooks.example/a")).status == 307
    assert len(network.streams) == 1


@pytest.mark.parametrize("url", [*HOSTILE, "http://hooks.example:8080/", "ftp://hooks.example/", "http://a@b.example/"])
async def test_a_post_goes_to_public_addresses_only(url: str) -> None:
    network = Network()
    fetcher = GuardedFetcher(resolver=Names(hooks_example=["10.0.0.1"]), backend=network)
    with pytest.raises(FetchError):
        await post(fetcher, url)
    assert network.dialled == []


async def test_a_name_that_turns_private_after_its_creation_is_not_dialled() -> None:
    network = Network()
    names = Names(hooks_example=[[PUBLIC], ["127.0.0.1"]])
    fetcher = GuardedFetcher(resolver=names, backend=network)
    assert (await fetcher.post("http://hooks.example/", b"{}", {}, deadline_s=2.0)).status == 200
    with pytest.raises(FetchError):
        await post(fetcher, "http://hooks.example/")
    assert network.dialled == [(PUBLIC, 80)]


async def test_a_receiver_that_drips_is_left_at_the_deadline() -> None:
    network = Network([b"H"] * 100, pause_s=0.05)
    fetcher = GuardedFetcher(resolver=Names(hooks_example=[PUBLIC]), backend=network)
    with pytest.raises(FetchError) as failed:
        await fetcher.post("http://hooks.example/", b"{}", {}, deadline_s=0.2)
    assert failed.value.is_transient
    await fetcher.close()
