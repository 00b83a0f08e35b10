"""File routes, and uploads in every order and every cut."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imagined.contract.files import ListQuery, PublicUrl
from tests.support.fake_services import FILE_ID, NOW, stored
from tests.unit.rest_api.conftest import Rest

UNKNOWN = "file_00000000-0000-4000-8000-000000000000"
BOUNDARY = "x-boundary-x"
FORM = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
NOT_FOUND = {"code": "not-found", "error": f"File not found: {UNKNOWN}"}


def part(name: str, value: bytes, *, filename: str | None = None, content_type: str | None = None) -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"'
    if filename is not None:
        head += f'; filename="{filename}"'
    if content_type is not None:
        head += f"\r\nContent-Type: {content_type}"
    return b"\r\n".join([f"--{BOUNDARY}".encode(), head.encode(), b"", value, b""])


def form(*parts: bytes, end: bytes = f"--{BOUNDARY}--\r\n".encode()) -> bytes:
    return b"".join(parts) + end


FILE = part("file", b"\x00\r\n--not it\r\nwords", filename="nötes.txt", content_type="text/plain")
CONTENT = b"\x00\r\n--not it\r\nwords"


async def upload(client: httpx2.AsyncClient, body: Any, headers: dict[str, str] = FORM) -> httpx2.Response:
    return await client.post("/v1/files", content=body, headers=headers)


async def test_an_upload(client: httpx2.AsyncClient, rest: Rest) -> None:
    answer = await upload(client, form(part("purpose", b"assistants"), FILE))
    assert answer.status_code == 200
    assert answer.json() == {
        "id": FILE_ID,
        "object": "file",
        "bytes": len(CONTENT),
        "created_at": 1_796_083_200,
        "expires_at": None,
        "filename": "nötes.txt",
        "purpose": "",
        "public_url": None,
        "public_url_expires_at": None,
    }
    assert rest.files.uploads == [
        {
            "filename": "nötes.txt",
            "data": CONTENT,
            "max_bytes": 1000,
            "expires_after": None,
            "declared_type": "text/plain",
        }
    ]


@pytest.mark.parametrize(
    ("before", "after", "expires_after"),
    [
        ([], [], None),
        ([part("expires_after", b"3600")], [], 3600),
        ([part("expires_after", b" 0 ")], [], 0),
        ([part("expires_after", b"-5")], [], -5),
        ([part("expires_after[anchor]", b"created_at"), part("expires_after[seconds]", b"7200")], [], 7200),
        ([part("expires_after[seconds]", b"7200"), part("expires_after[anchor]", b"created_at")], [], 7200),
        ([], [part("purpose", b"assistants"), part("team_id", b"t")], None),
        ([part("team_id", b"t"), part("expires_after", b"3600")], [part("purpose", b"")], 3600),
        ([part("anything", b"else")], [], None),
    ],
)
async def test_parts_in_any_documented_order(
    client: httpx2.AsyncClient, rest: Rest, before: list[bytes], after: list[bytes], expires_after: int | None
) -> None:
    answer = await upload(client, form(*before, FILE, *after))
    assert answer.status_code == 200
    assert (rest.files.uploads[0]["expires_after"], rest.files.uploads[0]["data"]) == (expires_after, CONTENT)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (form(), "The form has no `file` part."),
        (form(part("purpose", b"x")), "The form has no `file` part."),
        (form(part("file", b"words")), "The `file` part must have a filename."),
        (form(part("file", b"words", filename="")), "The `file` part must have a filename."),
        (form(FILE, part("expires_after", b"3600")), "`expires_after` must come before the `file` part."),
        (
            form(FILE, part("expires_after[seconds]", b"3600")),
            "`expires_after[seconds]` must come before the `file` part.",
        ),
        (form(FILE, FILE), "The form has more than one `file` part."),
        (form(part("expires_after", b"soon"), FILE), "`expires_after` must be a whole number of seconds."),
        (form(part("expires_after", b""), FILE), "`expires_after` must be a whole number of seconds."),
        (form(part("expires_after", b"9" * 30), FILE), "`expires_after` must be a whole number of seconds."),
        (form(part("expires_after[anchor]", b"now"), FILE), "`expires_after[anchor]` must be `created_at`."),
        (
            form(part("expires_after", b"3600"), part("expires_after[seconds]", b"3600"), FILE),
            "Only one of `expires_after` or `expires_after[seconds]` can be set for a request.",
        ),
        (form(part("purpose", b"x" * 70_000), FILE), "The field `purpose` is too long."),
        (form(part("purpose", b"\xff"), FILE), "The field `purpose` must be UTF-8."),
        (form(*[part(f"f{n}", b"") for n in range(65)], FILE), "The form has too many fields."),
        (form(FILE, end=b""), "The multipart body ends before its last boundary."),
        (form(FILE)[:90], "The multipart body ends before its last boundary."),
        (b"", "The multipart body ends before its last boundary."),
        (b"words", "The multipart body is malformed."),
        (form(FILE).replace(b"n\xc3\xb6tes", b"n\xf6tes"), "The headers of a part must be UTF-8."),
    ],
)
async def test_forms_that_are_refused(client: httpx2.AsyncClient, rest: Rest, body: bytes, text: str) -> None:
    answer = await upload(client, body)
    assert (answer.status_code, answer.json()) == (400, {"code": "invalid-argument", "error": text})
    assert rest.files.uploads == []


@pytest.mark.parametrize("content_type", ["application/json", "multipart/mixed; boundary=x", "text/plain"])
async def test_other_content_types(client: httpx2.AsyncClient, content_type: str) -> None:
    assert (await upload(client, b"{}", {"content-type": content_type})).status_code == 415


async def test_no_boundary(client: httpx2.AsyncClient) -> None:
    answer = await upload(client, b"", {"content-type": "multipart/form-data"})
    assert (answer.status_code, answer.json()["error"]) == (400, "The multipart body has no boundary.")


async def cut(body: bytes, sizes: list[int]) -> AsyncIterator[bytes]:
    start = 0
    for size in sizes:
        yield body[start : start + size]
        start += size
    yield body[start:]


async def test_a_body_of_single_bytes(client: httpx2.AsyncClient, rest: Rest) -> None:
    body = form(part("expires_after", b"3600"), FILE, part("purpose", b"x"))
    answer = await upload(client, cut(body, [1] * len(body)))
    assert answer.status_code == 200
    assert rest.files.uploads[0]["data"] == CONTENT
    assert rest.files.uploads[0]["expires_after"] == 3600


@settings(deadline=None, database=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=200) | st.text("\r\n-x boundary", max_size=60).map(str.encode),
    sizes=st.lists(st.integers(0, 40), max_size=30),
    before=st.lists(st.sampled_from(["purpose", "team_id", "other"]), max_size=3),
    after=st.lists(st.sampled_from(["purpose", "team_id", "other"]), max_size=3),
)
async def test_any_cut_of_any_content(
    rest: Rest, content: bytes, sizes: list[int], before: list[str], after: list[str]
) -> None:
    if f"\r\n--{BOUNDARY}".encode() in b"\r\n" + content:
        return
    body = form(
        *[part(name, b"value") for name in before],
        part("file", content, filename="a.bin"),
        *[part(name, b"value") for name in after],
    )
    async with rest.client() as client:
        answer = await upload(client, cut(body, sizes))
    assert answer.status_code == 200
    assert rest.files.uploads[-1]["data"] == content


async def test_a_body_without_a_length_is_passed_on_as_it_comes(client: httpx2.AsyncClient, rest: Rest) -> None:
    body = form(part("file", b"x" * 900, filename="a.txt"))
    await upload(client, cut(body, [300, 300, 300]))
    assert len(rest.files.chunk_sizes) >= 3
    assert max(rest.files.chunk_sizes) <= 300


@pytest.mark.parametrize(
    ("filename", "size", "status"),
    [
        ("a.txt", 1000, 200),
        ("a.txt", 1001, 413),
        ("a.jsonl", 2000, 200),
        ("A.JSONL", 2000, 200),
        ("a.jsonl", 2001, 413),
    ],
)
async def test_limits(client: httpx2.AsyncClient, rest: Rest, filename: str, size: int, status: int) -> None:
    answer = await upload(client, form(part("file", b"x" * size, filename=filename)))
    assert answer.status_code == status
    assert len(rest.files.uploads) == (status == 200)


async def test_a_declared_length_beyond_any_limit_is_refused_unread(client: httpx2.AsyncClient, rest: Rest) -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    answer = await upload(client, unread(), {**FORM, "content-length": "900000000"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "payload-too-large"


async def test_httpx_and_openai_style_forms(client: httpx2.AsyncClient, rest: Rest) -> None:
    answer = await client.post(
        "/v1/files",
        data={"purpose": "batch", "expires_after[anchor]": "created_at", "expires_after[seconds]": "3600"},
        files={"file": ("b.jsonl", b"{}\n", "application/jsonl")},
    )
    assert answer.status_code == 200
    assert rest.files.uploads[0]["expires_after"] == 3600
    assert rest.files.uploads[0]["max_bytes"] == 2000


async def test_listing(client: httpx2.AsyncClient, rest: Rest) -> None:
    answer = (await client.get("/v1/files")).json()
    assert [file["id"] for file in answer.pop("data")] == [FILE_ID]
    assert answer == {"object": "list", "has_more": False, "pagination_token": None}
    rest.files.next_token = "next"
    answer = (
        await client.get(
            "/v1/files?limit=5&order=asc&sort_by=size&pagination_token=t&after=file_1&filter=size_bytes%20%3E%201"
        )
    ).json()
    assert (answer["has_more"], answer["pagination_token"]) == (True, "next")
    assert rest.files.queries == [
        ListQuery(),
        ListQuery(limit=5, order="asc", sort_by="size", pagination_token="t", after="file_1", filter="size_bytes > 1"),
    ]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("limit=many", "limit: must be an integer from 1 to 100."),
        ("limit=1.5", "limit: must be an integer from 1 to 100."),
        ("order=up", "order: must be one of asc, desc."),
        ("sort_by=colour", "sort_by: must be one of created_at, filename, size."),
    ],
)
async def test_bad_list_queries(client: httpx2.AsyncClient, query: str, text: str) -> None:
    answer = await client.get(f"/v1/files?{query}")
    assert (answer.status_code, answer.json()) == (400, {"code": "invalid-argument", "error": text})


async def test_metadata(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.files.files[FILE_ID] = stored(
        expires_at=NOW + 7200, public_url=PublicUrl(url="http://x/p", expires_at=NOW + 3600)
    )
    answer = (await client.get(f"/v1/files/{FILE_ID}")).json()
    assert (answer["expires_at"], answer["public_url"], answer["public_url_expires_at"]) == (
        1_796_090_400,
        "http://x/p",
        1_796_086_800,
    )


async def test_update(client: httpx2.AsyncClient, rest: Rest) -> None:
    answer = await client.put(f"/v1/files/{FILE_ID}", json={"filename": "b.txt", "expires_after": 3600})
    assert (answer.json()["filename"], answer.json()["expires_at"]) == ("b.txt", 1_796_086_800)
    answer = await client.put(f"/v1/files/{FILE_ID}", json={"filename": None})
    assert (answer.json()["filename"], answer.json()["expires_at"]) == ("b.txt", 1_796_086_800)
    answer = await client.put(f"/v1/files/{FILE_ID}", json={"expires_after": None})
    assert (answer.json()["filename"], answer.json()["expires_at"]) == ("b.txt", None)


async def test_content(client: httpx2.AsyncClient, rest: Rest) -> None:
    answer = await client.get(f"/v1/files/{FILE_ID}/content")
    assert (answer.content, answer.headers["content-type"]) == (b"words", "application/octet-stream")
    answer = await client.get(f"/v1/files/{FILE_ID}/content?format=text")
    assert (answer.text, answer.headers["content-type"]) == ("words", "text/plain; charset=utf-8")
    rest.files.files[FILE_ID] = stored(content_type="image/png")
    assert (await client.get(f"/v1/files/{FILE_ID}/content?format=text")).status_code == 400
    answer = await client.get(f"/v1/files/{FILE_ID}/content?format=html")
    assert answer.json()["error"] == "format: must be one of original, text."


async def test_delete(client: httpx2.AsyncClient) -> None:
    answer = await client.delete(f"/v1/files/{FILE_ID}")
    assert answer.json() == {"id": FILE_ID, "deleted": True, "object": "file"}
    assert (await client.delete(f"/v1/files/{FILE_ID}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PUT", ""),
        ("DELETE", ""),
        ("GET", "/content"),
        ("POST", "/public-url"),
    ],
)
async def test_unknown_files(client: httpx2.AsyncClient, method: str, path: str) -> None:
    answer = await client.request(method, f"/v1/files/{UNKNOWN}{path}", json={})
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    ("body", "expires_at"),
    [(b"", None), (b"{}", None), (b'{"expires_after": null}', None), (b'{"expires_after": 3600}', 1_796_086_800)],
)
async def test_publishing(client: httpx2.AsyncClient, body: bytes, expires_at: int | None) -> None:
    headers = {"content-type": "application/json"} if body else {}
    answer = await client.post(f"/v1/files/{FILE_ID}/public-url", content=body, headers=headers)
    expected: dict[str, Any] = {"public_url": f"http://127.0.0.1:8080/public/token/{FILE_ID}.txt"}
    if expires_at is not None:
        expected["expires_at"] = expires_at
    assert (answer.status_code, answer.json()) == (200, expected)


async def test_revoking(client: httpx2.AsyncClient) -> None:
    answer = await client.post(f"/v1/files/{FILE_ID}/public-url/revoke")
    assert answer.json() == {
        "id": FILE_ID,
        "revoked": True,
        "public_url": "http://127.0.0.1:8080/public/token/x.txt",
    }
    answer = await client.post(f"/v1/files/{UNKNOWN}/public-url/revoke", json={})
    assert (answer.status_code, answer.content) == (200, b'{"id":"%b","revoked":false}' % UNKNOWN.encode())
