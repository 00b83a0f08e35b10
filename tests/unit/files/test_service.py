import re
from collections.abc import AsyncIterator

import msgspec
import pytest

from imagined.contract.errors import INVALID_ARGUMENT, NOT_FOUND, RESOURCE_EXHAUSTED, TOO_LARGE, ApiError
from imagined.contract.files import PUBLIC_MAX_BYTES, ListQuery, StorageOptions
from imagined.files import sharing
from imagined.files.ports import BlobInfo, BlobStoreFull, FileRecord
from imagined.files.service import FilesService
from imagined.testing.environment import SeededIds
from tests.unit.files.rig import GIF, JPEG, MP4, PDF, PNG, TEAM, WEBP, Rig, stream

HOUR, DAY, MONTH = 3600, 86_400, 2_592_000


@pytest.fixture
def rig() -> Rig:
    return Rig()


async def refused(call: object) -> ApiError:
    with pytest.raises(ApiError) as error:
        await call  # type: ignore[misc]
    return error.value


async def unread() -> AsyncIterator[bytes]:
    raise AssertionError("a byte was read")
    yield b""


async def test_upload(rig: Rig) -> None:
    file = await rig.upload(PNG, "harbour.png", expires_after=HOUR)
    assert re.fullmatch(r"file_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", file.id)
    assert (file.filename, file.size, file.content_type) == ("harbour.png", len(PNG), "image/png")
    assert (file.created_at, file.expires_at) == (rig.clock.now(), rig.clock.now() + HOUR)
    assert file.public_url is None
    assert await rig.service.get(TEAM, file.id) == file
    assert b"".join([chunk async for chunk in rig.service.content(file)]) == PNG
    assert b"".join([chunk async for chunk in rig.service.content(file, 1, 3)]) == b"PNG"


async def test_equal_names_and_bytes_are_two_files_on_one_blob(rig: Rig) -> None:
    first, second = await rig.upload(), await rig.upload()
    assert first.id != second.id
    assert len(rig.blobs.contents) == 1
    await rig.service.delete(TEAM, first.id)
    assert b"".join([chunk async for chunk in rig.service.content(second)]) == PNG


@pytest.mark.parametrize(
    "name",
    ["", "x" * 256, "a\0b", "a\rb", "a\nb", "a\x7fb", "a\x85b", "a\u2028b", "a\u2029b", 'a"b', "a;b", "a\\b", "\ud800"],
)
async def test_bad_names_are_refused_before_a_byte_is_read(rig: Rig, name: str) -> None:
    error = await refused(rig.service.upload(TEAM, name, unread(), max_bytes=10))
    assert error.kind is INVALID_ARGUMENT
    assert error.message.startswith("filename: ")


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "x" * 255,
        "\U0001f600" * 255,
        "../../etc/passwd",
        "..",
        "a b",
        "مرحبا\u202e.png",
        "漢字.png",
        ".hidden",
        "a/b",
    ],
)
async def test_odd_names_are_only_labels(rig: Rig, name: str) -> None:
    assert (await rig.upload(PNG, name)).filename == name


@pytest.mark.parametrize("lifetime", [0, -1, 1, HOUR - 1, MONTH + 1, 2**62])
async def test_bad_lifetimes_are_refused_before_a_byte_is_read(rig: Rig, lifetime: int) -> None:
    error = await refused(rig.service.upload(TEAM, "a", unread(), max_bytes=10, expires_after=lifetime))
    assert error.kind is INVALID_ARGUMENT
    assert "expires_after: must be between 3600 and 2592000 seconds" in error.message


async def test_too_large_leaves_nothing(rig: Rig) -> None:
    error = await refused(rig.upload(b"x" * 1001))
    assert error.kind is TOO_LARGE
    assert "1000 bytes" in error.message
    assert rig.blobs.contents == {}
    assert (await rig.upload(b"x" * 1000)).size == 1000


async def test_no_room_is_told(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object, **__: object) -> None:
        raise BlobStoreFull("no room")

    monkeypatch.setattr(rig.blobs, "put", full)
    assert (await refused(rig.upload())).kind is RESOURCE_EXHAUSTED


async def test_a_row_that_fails_gives_its_blob_up(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(_: FileRecord) -> None:
        raise RuntimeError

    async def unneeded() -> bool:
        return False

    monkeypatch.setattr(rig.store, "insert", failing)
    with pytest.raises(RuntimeError):
        await rig.upload()
    [name] = rig.blobs.contents
    assert await rig.blobs.reclaim(name, unneeded)


async def test_a_retried_upload_is_the_same_file_within_a_minute(rig: Rig) -> None:
    first = await rig.upload(PNG, "a.png")
    assert (await rig.upload(PNG, "a.png", is_retry=True)).id == first.id
    assert (await rig.upload(PNG, "b.png", is_retry=True)).id != first.id
    assert (await rig.upload(JPEG, "a.png", is_retry=True)).id != first.id
    assert (await rig.upload(PNG, "a.png")).id != first.id
    rig.clock.advance(61)
    late = await rig.upload(PNG, "a.png", is_retry=True)
    assert late.created_at == rig.clock.now()


async def test_expired_means_gone_for_every_call(rig: Rig) -> None:
    file = await rig.upload(expires_after=HOUR)
    url = await rig.service.create_public_url(TEAM, file.id)
    rig.clock.advance(HOUR)
    service = rig.service
    for call in (
        service.get(TEAM, file.id),
        service.update(TEAM, file.id, filename="b"),
        service.delete(TEAM, file.id),
        service.create_public_url(TEAM, file.id),
    ):
        assert (await refused(call)).kind is NOT_FOUND
    assert (await service.list_files(TEAM, ListQuery())).files == ()
    assert await service.by_public_token(*url.url.split("/")[-2:]) is None
    assert not (await service.revoke_public_url(TEAM, file.id)).revoked


async def test_other_teams_see_nothing(rig: Rig) -> None:
    file = await rig.upload()
    await rig.service.create_public_url(TEAM, file.id)
    service = rig.service
    for call in (
        service.get("other", file.id),
        service.update("other", file.id, filename="b"),
        service.delete("other", file.id),
        service.create_public_url("other", file.id),
    ):
        assert (await refused(call)).kind is NOT_FOUND
    assert not (await service.revoke_public_url("other", file.id)).revoked
    assert (await service.get(TEAM, file.id)).public_url is not None


async def test_delete_once(rig: Rig) -> None:
    file = await rig.upload()
    await rig.service.delete(TEAM, file.id)
    assert (await refused(rig.service.delete(TEAM, file.id))).kind is NOT_FOUND
    assert (await refused(rig.service.get(TEAM, file.id))).message == f"File not found: {file.id}"


async def test_update(rig: Rig) -> None:
    file = await rig.upload(expires_after=HOUR)
    renamed = await rig.service.update(TEAM, file.id, filename="b.png")
    assert (renamed.filename, renamed.expires_at) == ("b.png", file.expires_at)
    rig.clock.advance(100)
    moved = await rig.service.update(TEAM, file.id, expires_after=DAY)
    assert (moved.filename, moved.expires_at) == ("b.png", rig.clock.now() + DAY)
    kept = await rig.service.update(TEAM, file.id, expires_after=None)
    assert kept.expires_at is None
    assert await rig.service.get(TEAM, file.id) == kept
    assert (await refused(rig.service.update(TEAM, file.id, filename="a;b"))).kind is INVALID_ARGUMENT
    assert (await refused(rig.service.update(TEAM, file.id, expires_after=1))).kind is INVALID_ARGUMENT


async def test_a_public_url_never_outlives_a_file_whose_end_is_moved(rig: Rig) -> None:
    file = await rig.upload()
    await rig.service.create_public_url(TEAM, file.id)
    shorter = await rig.service.update(TEAM, file.id, expires_after=HOUR)
    assert shorter.public_url is not None
    assert shorter.public_url.expires_at == rig.clock.now() + HOUR
    for life in (DAY, None):
        longer = await rig.service.update(TEAM, file.id, expires_after=life)
        assert longer.public_url == shorter.public_url


@pytest.mark.parametrize(
    ("file_life", "asked", "url_life"),
    [
        (None, None, None),
        (None, DAY, DAY),
        (DAY, None, DAY),
        (DAY, HOUR, HOUR),
        (DAY, DAY, DAY),
        (DAY, DAY + 1, "refused"),
    ],
)
async def test_the_expiry_table(rig: Rig, file_life: int | None, asked: int | None, url_life: int | str | None) -> None:
    file = await rig.upload(expires_after=file_life)
    call = rig.service.create_public_url(TEAM, file.id, asked)
    if url_life == "refused":
        error = await refused(call)
        assert error.kind is INVALID_ARGUMENT
        assert "cannot outlive its file" in error.message
        return
    url = await call
    expected = rig.clock.now() + url_life if isinstance(url_life, int) else None
    assert url.expires_at == expected
    assert (await rig.service.get(TEAM, file.id)).public_url == url


async def test_a_second_create_keeps_the_url_and_moves_its_end(rig: Rig) -> None:
    file = await rig.upload()
    first = await rig.service.create_public_url(TEAM, file.id, DAY)
    assert await rig.service.create_public_url(TEAM, file.id) == first
    rig.clock.advance(50)
    moved = await rig.service.create_public_url(TEAM, file.id, HOUR)
    assert moved.url == first.url
    assert moved.expires_at == rig.clock.now() + HOUR


async def test_a_url_is_new_after_a_revoke_and_after_its_end(rig: Rig) -> None:
    file = await rig.upload()
    first = await rig.service.create_public_url(TEAM, file.id, HOUR)
    revoked = await rig.service.revoke_public_url(TEAM, file.id)
    assert (revoked.file_id, revoked.revoked, revoked.public_url) == (file.id, True, first.url)
    again = await rig.service.revoke_public_url(TEAM, file.id)
    assert (again.revoked, again.public_url) == (False, None)
    second = await rig.service.create_public_url(TEAM, file.id, HOUR)
    assert second.url != first.url
    assert await rig.service.by_public_token(*first.url.split("/")[-2:]) is None
    rig.clock.advance(HOUR)
    assert (await rig.service.get(TEAM, file.id)).public_url is None
    assert not (await rig.service.revoke_public_url(TEAM, file.id)).revoked
    third = await rig.service.create_public_url(TEAM, file.id)
    assert third.url not in (first.url, second.url)


@pytest.mark.parametrize("file_id", ["file_unknown", "", "x" * 5000, "\0"])
async def test_revoke_is_safe_for_any_id(rig: Rig, file_id: str) -> None:
    revocation = await rig.service.revoke_public_url(TEAM, file_id)
    assert (revocation.file_id, revocation.revoked) == (file_id, False)


@pytest.mark.parametrize(("data", "extension"), [(PNG, ".png"), (JPEG, ".jpg"), (MP4, ".mp4"), (PDF, ".pdf")])
async def test_the_urls_extension_says_the_stored_type(rig: Rig, data: bytes, extension: str) -> None:
    file = await rig.upload(data, "misleading.txt")
    url = (await rig.service.create_public_url(TEAM, file.id)).url
    assert re.fullmatch(rf"http://127\.0\.0\.1:8080/public/[A-Za-z0-9_-]{{22}}/{file.id}\{extension}", url)
    token, name = url.split("/")[-2:]
    found = await rig.service.by_public_token(token, name)
    assert found is not None
    assert found.id == file.id
    for wrong in ("x", f"{file.id}.exe", "", name[1:]):
        assert await rig.service.by_public_token(token, wrong) is None


@pytest.mark.parametrize("data", [GIF, WEBP, b"text", b""])
async def test_types_that_cannot_be_shared(rig: Rig, data: bytes) -> None:
    file = await rig.upload(data, "a.png")
    error = await refused(rig.service.create_public_url(TEAM, file.id))
    assert error.kind is INVALID_ARGUMENT
    assert "image/png, image/jpeg, video/mp4, application/pdf" in error.message


def test_sizes_that_cannot_be_shared() -> None:
    sharing.check_shareable("image/png", 1)
    sharing.check_shareable("image/png", PUBLIC_MAX_BYTES)
    for size in (0, PUBLIC_MAX_BYTES + 1):
        with pytest.raises(ApiError):
            sharing.check_shareable("image/png", size)


async def test_the_quota(rig: Rig) -> None:
    service = FilesService(rig.store, rig.blobs, rig.clock, SeededIds(), "http://site", public_urls_per_team=2)
    first, second, third = [await rig.upload() for _ in range(3)]
    await service.create_public_url(TEAM, first.id)
    await service.create_public_url(TEAM, second.id, HOUR)
    error = await refused(service.create_public_url(TEAM, third.id))
    assert error.kind is RESOURCE_EXHAUSTED
    assert "2 is the limit" in error.message
    # At the limit an active URL can still be moved.
    await service.create_public_url(TEAM, first.id, DAY)
    rig.clock.advance(HOUR)
    await service.create_public_url(TEAM, third.id)


async def test_the_base_of_urls_may_be_known_late(rig: Rig) -> None:
    base = ["http://unknown"]
    service = FilesService(rig.store, rig.blobs, rig.clock, SeededIds(), lambda: base[0])
    file = await service.upload(TEAM, "a.png", stream(PNG), max_bytes=100)
    base[0] = "https://files.example/"
    assert (await service.create_public_url(TEAM, file.id)).url.startswith("https://files.example/public/")


async def test_pages_carry_a_token_until_the_last(rig: Rig) -> None:
    for number in range(5):
        await rig.upload(PNG, f"{number}.png")
        rig.clock.advance(1)
    seen: list[str] = []
    query = ListQuery(limit=2, order="asc", filter='name:"png"')
    while True:
        page = await rig.service.list_files(TEAM, query)
        seen += [file.filename for file in page.files]
        if page.next_token is None:
            break
        query = msgspec.structs.replace(query, pagination_token=page.next_token)
    assert seen == [f"{number}.png" for number in range(5)]


BLOB = BlobInfo(sha256="0" * 64, size=5000)


async def test_an_output_becomes_a_file(rig: Rig) -> None:
    options = StorageOptions(filename="city.jpg", expires_after=DAY, public_url=True, public_url_expires_after=HOUR)
    record, output = await rig.service.new_output_file(TEAM, options, BLOB, "image/jpeg")
    await rig.store.insert(record)
    file = await rig.service.get(TEAM, output.file_id)
    assert (file.filename, file.size, file.content_type) == ("city.jpg", 5000, "image/jpeg")
    assert (output.filename, output.expires_at) == ("city.jpg", rig.clock.now() + DAY)
    assert file.public_url is not None
    assert (output.public_url, output.public_url_expires_at) == (file.public_url.url, rig.clock.now() + HOUR)
    assert output.public_url_error is None


async def test_an_output_without_a_public_url(rig: Rig) -> None:
    record, output = await rig.service.new_output_file(TEAM, StorageOptions(filename="a"), BLOB, "image/jpeg")
    assert (record.public_token, output.public_url, output.public_url_error, output.expires_at) == (None,) * 4


@pytest.mark.parametrize(
    ("content_type", "size", "life", "url_life", "shared", "what"),
    [
        ("image/webp", 5, None, None, 0, "image/webp cannot have a public URL"),
        ("video/mp4", PUBLIC_MAX_BYTES + 1, None, None, 0, "over 52428800 bytes"),
        ("image/png", 5, HOUR, DAY, 0, "cannot outlive its file"),
        ("image/png", 5, None, None, 1000, "1000 is the limit"),
        ("image/png", 5, None, 1, 0, "storage_options.public_url.expires_after"),
    ],
)
async def test_a_public_url_that_cannot_be_leaves_the_file(
    rig: Rig, content_type: str, size: int, life: int | None, url_life: int | None, shared: int, what: str
) -> None:
    options = StorageOptions(filename="a", expires_after=life, public_url=True, public_url_expires_after=url_life)
    blob = BlobInfo(sha256="0" * 64, size=size)
    record, output = await rig.service.new_output_file(TEAM, options, blob, content_type, shared_before=shared)
    assert record.public_token is None
    assert output.public_url is None
    assert what in (output.public_url_error or "")


async def test_an_output_with_a_bad_name_is_refused(rig: Rig) -> None:
    error = await refused(rig.service.new_output_file(TEAM, StorageOptions(filename="a;b"), BLOB, "image/png"))
    assert error.message.startswith("storage_options.filename: ")
