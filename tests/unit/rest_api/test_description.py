"""The OpenAPI description and its page say everything that the application serves."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import httpx2
import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from imagined.contract.sizes import IMAGE_ASPECT_RATIOS
from imagined.rest_api.app import build_rest_app
from imagined.rest_api.description import FIELDS, REST_ONLY_FIELDS, describe
from imagined.rest_api.docs_page import CONTENT_SECURITY_POLICY, docs_page
from imagined.rest_api.operations import OPERATIONS
from tests.unit.rest_api.conftest import Rest

DESCRIPTION = describe()


def plain(path: str) -> str:
    return re.sub(r"{(\w+):\w+}", r"{\1}", path)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, item[method]) for path, item in DESCRIPTION["paths"].items() for method in item]


def test_every_route_of_the_application_is_described(rest: Rest) -> None:
    served = {
        (plain(route.path), method.lower())
        for route in rest.app().routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert served == {(path, method) for path, method, _ in operations()}


async def test_routes_of_others_are_described_too(rest: Rest) -> None:
    async def public(request: Request) -> Response:
        """A published file.

        Answers 404 as soon as it is revoked.
        """
        return PlainTextResponse("")

    route = Route("/public/{token}/{name:path}", public)
    described = describe([route])["paths"]["/public/{token}/{name}"]["get"]
    assert described["summary"] == "A published file"
    assert described["description"] == "Answers 404 as soon as it is revoked."
    assert [parameter["name"] for parameter in described["parameters"]] == ["token", "name"]
    assert described["security"] == []
    assert build_rest_app(rest.services, [route]) is not None


def test_every_operation_says_how_it_is_refused() -> None:
    for path, method, operation in operations():
        responses = operation["responses"]
        assert all(response["description"] for response in responses.values())
        if path.startswith("/v1/"):
            assert {"200", "400", "401", "403", "500"} <= set(responses), path
            assert "404" in responses or "{" not in path or path.endswith("/revoke"), path
        if method == "post" and path.startswith(("/v1/images", "/v1/videos")):
            assert {"404", "413", "415", "422", "429", "503"} <= set(responses), path
            assert set(responses["400"]["content"]) == {"application/json", "text/plain"}
            assert set(responses["422"]["content"]) == {"text/plain"}


def test_answers_have_the_type_that_is_sent() -> None:
    document = DESCRIPTION["paths"]["/openapi.json"]["get"]["responses"]["200"]["content"]
    assert document == {"application/json": {"schema": {"type": "object"}}}
    route = Route("/public/{token}", lambda _: Response(), name="public")
    delivered = describe([route])["paths"]["/public/{token}"]["get"]["responses"]
    assert set(delivered["404"]["content"]) == {"text/plain"}
    content = DESCRIPTION["paths"]["/v1/files/{file_id}/content"]["get"]["responses"]
    assert set(content["200"]["content"]) == {"application/octet-stream", "text/plain"}
    for responses in (delivered, content):
        assert {"206", "304", "412", "416"} <= set(responses)


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(ids)) == len(ids)


def test_parameters_of_paths_are_described() -> None:
    for path, _, operation in operations():
        named = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


def test_references_lead_somewhere() -> None:
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(DESCRIPTION)))
    assert references <= set(DESCRIPTION["components"]["schemas"])


def test_schemas_are_those_of_the_wire_types() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    for operation in OPERATIONS:
        for wire_type in [operation.body, *(answer.type for answer in operation.answers.values())]:
            if isinstance(wire_type, type) and issubclass(wire_type, msgspec.Struct):
                assert set(schemas[wire_type.__name__]["properties"]) == set(wire_type.__struct_fields__)
    ratios = schemas["ImageGeneration"]["properties"]["aspect_ratio"]["anyOf"][0]["enum"]
    assert set(ratios) == set(IMAGE_ASPECT_RATIOS)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_a_request_is_explained(name: str) -> None:
    properties = DESCRIPTION["components"]["schemas"][name]["properties"]
    assert set(properties) == {field.name for field in FIELDS[name]} | {
        field for of, field in REST_ONLY_FIELDS if of == name
    }
    assert all(schema["description"] for schema in properties.values())


def test_defaults_and_bounds_are_the_effective_ones() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    duration = schemas["VideoGeneration"]["properties"]["duration"]
    assert duration["default"] == 8
    assert {"type": "integer", "minimum": 1, "maximum": 15} in duration["anyOf"]
    assert schemas["VideoExtension"]["properties"]["duration"]["default"] == 6
    assert schemas["ImageGeneration"]["properties"]["aspect_ratio"]["default"] == "auto"


async def test_the_document_is_served(client: httpx2.AsyncClient) -> None:
    del client.headers["authorization"]
    answer = await client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == DESCRIPTION
    assert answer.json()["openapi"] == "3.1.0"


class Page(HTMLParser):
    """What a page fetches, where it leads, and whether its tags are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "meta":
            self.open.append(tag)
        for name, value in attributes:
            self.attributes.add(name)
            if name == "id":
                self.ids.add(value or "")
            elif name == "href":
                self.links.add(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


async def test_the_page_is_self_contained(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; style-src 'sha256-")
    page = Page(answer.text)
    assert page.open == []
    assert not page.tags & {"script", "link", "img", "iframe", "form"}
    assert "style" not in page.attributes
    assert page.links - {f"#{name}" for name in page.ids} == {"/openapi.json"}


def test_the_page_has_everything() -> None:
    text = docs_page(DESCRIPTION)
    page = Page(text)
    for path, method, operation in operations():
        assert operation["operationId"] in page.ids
        assert f'<span class="method {method}">{method.upper()}</span>{path}' in text
    for name in DESCRIPTION["components"]["schemas"]:
        assert f"object-{name}" in page.ids


def test_text_cannot_become_markup() -> None:
    description = describe()
    description["info"]["description"] = "<script>`<b>`"
    assert "&lt;script&gt;<code>&lt;b&gt;</code>" in docs_page(description)
