"""What holds for every HTTP call: keys, ids, errors, CORS, gzip, the log, health."""

import gzip
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from imagined.contract import errors
from imagined.contract.errors import ApiError, ErrorKind
from imagined.rest_api.app import build_rest_app
from tests.support.fake_services import FILE_ID, KEY, FakeAuthenticator
from tests.unit.rest_api.conftest import Rest, client_of

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
FILE = f"/v1/files/{FILE_ID}"
NESTED = (
    b'{"error":{"code":404,"message":"The requested resource was not found. '
    b"Please check the URL; this server's routes are listed at /docs.\"}}"
)
KINDS: dict[str, tuple[ErrorKind, bytes]] = {
    "invalid": (errors.INVALID_ARGUMENT, b'{"code":"invalid-argument","error":"A sentence."}'),
    "unsupported": (errors.UNSUPPORTED_ARGUMENT, b'{"code":"400","error":"A sentence."}'),
    "schema": (errors.SCHEMA, b"A sentence."),
    "malformed": (errors.MALFORMED_JSON, b"A sentence."),
    "no-credentials": (errors.NO_CREDENTIALS, b'{"code":"unauthenticated:no-credentials","error":"A sentence."}'),
    "wrong-key": (errors.WRONG_KEY, b'{"code":"invalid-argument","error":"A sentence."}'),
    "permission": (errors.PERMISSION_DENIED, b'{"code":"permission-denied","error":"A sentence."}'),
    "not-found": (errors.NOT_FOUND, b'{"code":"not-found","error":"A sentence."}'),
    "unknown-path": (errors.UNKNOWN_PATH, b'{"error":{"code":404,"message":"A sentence."}}'),
    "method": (errors.METHOD_NOT_ALLOWED, b""),
    "conflict": (errors.CONFLICT, b'{"code":"conflict","error":"A sentence."}'),
    "key-reused": (errors.KEY_REUSED, b'{"code":"idempotency-key-reused","error":"A sentence."}'),
    "precondition": (errors.FAILED_PRECONDITION, b'{"code":"failed-precondition","error":"A sentence."}'),
    "too-large": (errors.TOO_LARGE, b'{"code":"payload-too-large","error":"A sentence."}'),
    "media-type": (errors.UNSUPPORTED_MEDIA_TYPE, b'{"code":"unsupported-media-type","error":"A sentence."}'),
    "exhausted": (errors.RESOURCE_EXHAUSTED, b'{"code":"resource-exhausted","error":"A sentence."}'),
    "moderated": (errors.CONTENT_MODERATED, b'{"code":"imagine:content-moderated","error":"A sentence."}'),
    "unimplemented": (errors.UNIMPLEMENTED, b'{"code":"unimplemented","error":"A sentence."}'),
    "internal": (errors.INTERNAL, b'{"code":"internal","error":"A sentence."}'),
    "unavailable": (errors.UNAVAILABLE, b'{"code":"unavailable","error":"A sentence."}'),
}


def test_the_table_is_complete() -> None:
    catalogue = [kind for kind in vars(errors).values() if isinstance(kind, ErrorKind)]
    assert [kind for kind, _ in KINDS.values()] == catalogue


@pytest.mark.parametrize("name", KINDS)
async def test_every_kind_of_error_has_its_body(client: httpx2.AsyncClient, rest: Rest, name: str) -> None:
    kind, body = KINDS[name]
    rest.files.raises = ApiError(kind, "A sentence.")
    answer = await client.get(FILE)
    assert (answer.status_code, answer.content) == (kind.http, body)


async def test_retry_after(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.files.raises = errors.unavailable("The server is going down.", retry_after_s=1.2)
    answer = await client.get(FILE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


WRONG = (
    b'{"code":"%b","error":"Incorrect API key provided. You can obtain an API key from the operator of this server '
    b'(`imagined keys create`)."}'
)


@pytest.mark.parametrize("header", [None, "Basic abc", "xai-key"])
async def test_no_credentials(rest: Rest, header: str | None) -> None:
    async with rest.client() as client:
        del client.headers["authorization"]
        answer = await client.get(FILE, headers={} if header is None else {"authorization": header})
    assert answer.status_code == 401
    assert answer.content == b'{"code":"unauthenticated:no-credentials","error":"No credentials presented."}'
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("status", "code"), [(400, b"invalid-argument"), (401, b"unauthenticated:bad-credentials")])
async def test_a_wrong_key(rest: Rest, status: int, code: bytes) -> None:
    async with rest.client(wrong_key_status=status) as client:
        answer = await client.get(FILE, headers={"authorization": "Bearer xai-wrong"})
    assert (answer.status_code, answer.content) == (status, WRONG % code)


async def test_open_mode(rest: Rest) -> None:
    async with rest.client(authenticator=FakeAuthenticator(is_open=True)) as client:
        del client.headers["authorization"]
        assert (await client.get(FILE)).status_code == 200


async def test_keys_are_asked_before_anything_is_read(rest: Rest) -> None:
    async with rest.client() as client:
        del client.headers["authorization"]
        for method, path in (("POST", "/v1/images/generations"), ("GET", "/v1/videos/abc"), ("POST", "/v1/files")):
            assert (await client.request(method, path, content=b"{")).status_code == 401


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/nothing", "/v1/images", "/v2/models", "/v1/files/"])
async def test_unknown_paths(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert answer.content == NESTED


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/images/edits"), ("DELETE", "/v1/models"), ("PATCH", FILE), ("POST", "/healthz")]
)
async def test_wrong_methods(client: httpx2.AsyncClient, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.content) == (405, b"")
    assert "allow" in answer.headers


async def test_a_bug_is_logged_and_not_told(client: httpx2.AsyncClient, rest: Rest) -> None:
    rest.files.raises = ZeroDivisionError("a secret of the house")
    with structlog.testing.capture_logs() as logs:
        answer = await client.get(FILE)
    assert answer.status_code == 500
    assert answer.content == b'{"code":"internal","error":"An internal error occurred."}'
    unexpected, line = logs
    assert (unexpected["event"], line["status"]) == ("unexpected error", 500)
    assert unexpected["request_id"] == line["request_id"] == answer.headers["x-request-id"]


async def test_every_answer_has_an_id_and_cors(client: httpx2.AsyncClient) -> None:
    seen = set()
    for path in ("/healthz", "/v1/models", "/v1/nothing", "/openapi.json", "/docs", FILE):
        answer = await client.get(path)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-zero-data-retention"] == "false"
        assert "x-request-id" in answer.headers["access-control-expose-headers"]
        seen.add(answer.headers["x-request-id"])
    assert len(seen) == 6


async def test_preflight(client: httpx2.AsyncClient) -> None:
    answer = await client.options("/v1/images/generations", headers={"origin": "https://example.org"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]


async def test_one_line_for_each_call_and_no_key_or_query_in_it(client: httpx2.AsyncClient) -> None:
    with structlog.testing.capture_logs() as logs:
        answer = await client.get("/v1/files?filter=secret")
    (line,) = logs
    assert (line["method"], line["path"], line["status"]) == ("GET", "/v1/files", 200)
    assert line["request_id"] == answer.headers["x-request-id"]
    assert KEY not in str(logs)
    assert "secret" not in str(logs)


async def raw(client: httpx2.AsyncClient, path: str, accept: str, method: str = "GET") -> tuple[Any, bytes]:
    async with client.stream(method, path, headers={"accept-encoding": accept}) as answer:
        return answer.headers, b"".join([chunk async for chunk in answer.aiter_raw()])


@pytest.mark.parametrize("accept", ["gzip", "br, gzip;q=0.5", "GZIP, deflate"])
async def test_gzip_when_asked(client: httpx2.AsyncClient, accept: str) -> None:
    plain = (await client.get("/openapi.json")).content
    headers, packed = await raw(client, "/openapi.json", accept)
    assert headers["content-encoding"] == "gzip"
    assert headers["content-length"] == str(len(packed))
    assert "accept-encoding" in headers["vary"].lower()
    assert gzip.decompress(packed) == plain


@pytest.mark.parametrize(
    ("path", "accept", "method"),
    [
        ("/openapi.json", "identity", "GET"),
        ("/openapi.json", "gzip;q=0", "GET"),
        ("/openapi.json", "gzip", "HEAD"),
        ("/healthz", "gzip", "GET"),
        (f"{FILE}/content", "gzip", "GET"),
    ],
)
async def test_no_gzip(client: httpx2.AsyncClient, path: str, accept: str, method: str) -> None:
    headers, _ = await raw(client, path, accept, method)
    assert "content-encoding" not in headers


async def test_health(client: httpx2.AsyncClient, rest: Rest) -> None:
    del client.headers["authorization"]
    assert (await client.get("/healthz")).text == "ok\n"
    assert ((await client.get("/readyz")).status_code, (await client.get("/readyz")).text) == (200, "ready\n")
    rest.ready = False
    assert ((await client.get("/readyz")).status_code, (await client.get("/healthz")).status_code) == (503, 200)


async def served_token(request: Request) -> Response:
    """A file behind a token."""
    return PlainTextResponse(request.path_params["name"], headers={"access-control-allow-origin": "https://own"})


async def test_extra_routes_are_served_without_a_key_and_logged_without_their_token(rest: Rest) -> None:
    routes = [Route("/public/{token}/{name}", served_token), Route("/ephemeral/{name}", served_token)]
    app = build_rest_app(rest.services, routes)
    async with client_of(app) as client:
        del client.headers["authorization"]
        with structlog.testing.capture_logs() as logs:
            answer = await client.get("/public/abcdefghijklmnop/a.jpg")
            await client.get("/ephemeral/qrstuvwxyz.jpeg")
    assert answer.text == "a.jpg"
    assert answer.headers["access-control-allow-origin"] == "https://own"
    assert [line["path"] for line in logs] == ["/public/abcd.../a.jpg", "/ephemeral/qrst..."]


async def broken(_: Request) -> Response:
    """No answer."""
    raise ZeroDivisionError("a secret of the house")


async def half(_: Request) -> Response:
    """Half an answer."""

    async def chunks() -> AsyncIterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    return StreamingResponse(chunks())


async def test_bugs_of_extra_routes(rest: Rest) -> None:
    app = build_rest_app(rest.services, [Route("/broken", broken), Route("/half", half)])
    async with client_of(app) as client:
        answer = await client.get("/broken")
        assert answer.content == b'{"code":"internal","error":"An internal error occurred."}'
        assert (answer.status_code, "x-request-id" in answer.headers) == (500, True)
        with pytest.raises(ZeroDivisionError):
            await client.get("/half")


async def teapot(_: Request) -> Response:
    """A refusal in the framework's form."""
    raise HTTPException(418, "I am a teapot.")


async def test_refusals_in_the_frameworks_form_get_ours(rest: Rest) -> None:
    async with client_of(build_rest_app(rest.services, [Route("/tea", teapot)])) as client:
        answer = await client.get("/tea")
    assert (answer.status_code, answer.json()["error"]) == (400, "I am a teapot.")


async def test_a_client_that_leaves_in_the_middle_of_its_body(rest: Rest) -> None:
    messages = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    scope = {
        **{"type": "http", "method": "POST", "path": "/v1/images/generations", "query_string": b""},
        "headers": [(b"authorization", f"Bearer {KEY}".encode()), (b"content-type", b"application/json")],
    }
    sent = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    with structlog.testing.capture_logs() as logs:
        await rest.app()(scope, receive, send)
    assert [line["event"] for line in logs] == ["request"]
    assert sent[0]["status"] == 499
    assert rest.imagine.requests == []


async def test_models(client: httpx2.AsyncClient) -> None:
    answer = (await client.get("/v1/models")).json()
    assert answer["object"] == "list"
    assert {"id": "grok-imagine-video", "created": 1_769_558_400, "object": "model", "owned_by": "xai"} in answer[
        "data"
    ]
    assert len(answer["data"]) == 6
    one = (await client.get("/v1/models/grok-imagine-image-pro")).json()
    assert one["id"] == "grok-imagine-image-quality"


async def test_image_models(client: httpx2.AsyncClient) -> None:
    answer = (await client.get("/v1/image-generation-models")).json()["models"]
    assert [model["id"] for model in answer] == [
        "grok-imagine-image",
        "grok-imagine-image-2.0",
        "grok-imagine-image-quality",
    ]
    model = (await client.get("/v1/image-generation-models/grok-imagine-image-2.0")).json()
    assert model in answer
    fingerprint = model.pop("fingerprint")
    assert fingerprint.startswith("fp_")
    pricing = model.pop("pricing")
    assert pricing[0] == {"quality": "low", "resolution": "1k", "price_per_image": 400_000_000}
    assert model == {
        "id": "grok-imagine-image-2.0",
        "max_prompt_length": 64_000,
        "created": 1_786_147_200,
        "object": "model",
        "owned_by": "xai",
        "version": "1.0",
        "input_modalities": ["text", "image"],
        "output_modalities": ["image"],
        "image_price": 600_000_000,
        "aliases": [],
    }
    assert "pricing" not in answer[0]


async def test_video_models(client: httpx2.AsyncClient) -> None:
    answer = (await client.get("/v1/video-generation-models")).json()["models"]
    assert [model["id"] for model in answer] == [
        "grok-imagine-video",
        "grok-imagine-video-1.5",
        "grok-imagine-video-1.5-lite",
    ]
    model = (await client.get("/v1/video-generation-models/grok-imagine-video-1.5-preview")).json()
    assert model["id"] == "grok-imagine-video-1.5"
    assert set(model) == {
        *("id", "fingerprint", "created", "object", "owned_by", "version"),
        *("input_modalities", "output_modalities", "aliases"),
    }


@pytest.mark.parametrize("kind", ["language", "embedding"])
async def test_models_of_other_kinds(client: httpx2.AsyncClient, kind: str) -> None:
    assert (await client.get(f"/v1/{kind}-models")).content == b'{"models":[]}'
    assert (await client.get(f"/v1/{kind}-models/grok-4")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "models/flux",
        "image-generation-models/grok-imagine-video",
        "video-generation-models/grok-imagine-image",
        "models/a/b",
    ],
)
async def test_unknown_models(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.get(f"/v1/{path}")
    name = path.partition("/")[2]
    assert (answer.status_code, answer.json()) == (
        404,
        {
            "code": "not-found",
            "error": f"The model {name} does not exist or your team team does not have access to it. "
            "Please ensure you're using the correct API key.",
        },
    )


KEY_INFORMATION = {
    "redacted_api_key": "xai-...sts",
    "user_id": "user",
    "name": "tests",
    "create_time": "2026-12-01T00:00:00.500Z",
    "modify_time": "2026-12-01T00:00:01.500Z",
    "modified_by": "user",
    "team_id": "team",
    "acls": ["api-key:model:*", "api-key:endpoint:*"],
    "api_key_id": "key-id",
    "team_blocked": False,
    "api_key_blocked": False,
    "api_key_disabled": False,
}


async def test_key_information(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/v1/api-key")).json() == KEY_INFORMATION
    me = (await client.get("/v1/me")).json()
    assert me.pop("api_key") == KEY_INFORMATION
    assert me == {"oauth": None, "team_blocked": False, "team_id": "team", "user_id": "user", "zdr_status": "disabled"}
