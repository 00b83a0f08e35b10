"""Files by the OpenAI SDK, which knows less than the API and pages in its own way."""

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from imagined.cli.server_process import ServerProcess
from tests.clients.uploads import MIB, random_file, sha256_of


@pytest.fixture
def client(server: ServerProcess) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(api_key="xai-test", base_url=f"{server.target.url}/v1", max_retries=0) as client:
        for file in client.files.list():
            client.files.delete(file.id)
        yield client


def test_create_retrieve_content_delete(client: openai.OpenAI, tmp_path: Path) -> None:
    path = random_file(tmp_path / "data.bin", 5 * MIB)
    with path.open("rb") as opened:
        stored = client.files.create(file=opened, purpose="user_data")
    assert (stored.object, stored.filename, stored.bytes, stored.purpose) == ("file", "data.bin", 5 * MIB, "")
    assert stored.expires_at is None
    assert client.files.retrieve(stored.id) == stored
    with client.files.with_streaming_response.content(stored.id) as answer:
        answer.stream_to_file(tmp_path / "copy.bin")
    assert sha256_of(tmp_path / "copy.bin") == sha256_of(path)
    deleted = client.files.delete(stored.id)
    assert (deleted.id, deleted.object, deleted.deleted) == (stored.id, "file", True)
    for call in (client.files.retrieve, client.files.delete, client.files.content):
        with pytest.raises(openai.NotFoundError) as missing:
            call(stored.id)
        assert stored.id in missing.value.response.text


def test_expires_after(client: openai.OpenAI) -> None:
    stored = client.files.create(
        file=("a.txt", b"words"), purpose="assistants", expires_after={"anchor": "created_at", "seconds": 3600}
    )
    assert stored.expires_at == stored.created_at + 3600
    with pytest.raises(openai.BadRequestError) as refused:
        client.files.create(
            file=("a.txt", b"words"), purpose="assistants", expires_after={"anchor": "created_at", "seconds": 5}
        )
    assert "between 3600 and 2592000" in str(refused.value.body)


def test_auto_paging_sees_each_file_once_and_ends(client: openai.OpenAI) -> None:
    stored = [client.files.create(file=(f"{n}.txt", b"x"), purpose="batch").id for n in range(7)]
    for limit in (1, 3, 7, 100):
        for order, expected in (("asc", stored), ("desc", stored[::-1])):
            found = itertools.islice(client.files.list(limit=limit, order=order), 20)
            assert [file.id for file in found] == expected
    page = client.files.list(limit=3, order="asc")
    assert page.has_more and not client.files.list(limit=7).has_more
    assert [file.id for file in client.files.list(after=stored[4], order="asc")] == stored[5:]


def test_paging_survives_a_file_that_goes(client: openai.OpenAI) -> None:
    stored = [client.files.create(file=(f"{n}.txt", b"x"), purpose="batch").id for n in range(4)]
    listed = iter(client.files.list(limit=2, order="asc"))
    first = [next(listed).id, next(listed).id]
    client.files.delete(first[1])
    assert first + [file.id for file in listed] == stored


def test_the_async_client(server: ServerProcess, client: openai.OpenAI) -> None:
    async def work() -> None:
        async with openai.AsyncOpenAI(api_key="xai-test", base_url=f"{server.target.url}/v1") as other:
            made = await asyncio.gather(
                *(other.files.create(file=(f"{n}.txt", b"%d" % n), purpose="assistants") for n in range(5))
            )
            assert {file.id async for file in other.files.list(limit=2)} == {file.id for file in made}
            assert (await other.files.content(made[3].id)).read() == b"3"

    asyncio.run(work())


def test_too_large_and_unnamed(client: openai.OpenAI) -> None:
    with pytest.raises(openai.APIStatusError) as refused:
        client.files.create(file=("a.bin", bytes(51 * MIB)), purpose="assistants")
    assert refused.value.status_code == 413
    with pytest.raises(openai.BadRequestError):
        client.files.create(file=('a"b\\.bin', b"x"), purpose="assistants")
    assert list(client.files.list()) == []
