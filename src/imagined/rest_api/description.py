"""The OpenAPI 3.1 description, generated from the table of routes and the wire types."""

import inspect
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from starlette.routing import BaseRoute, Route

from imagined import __version__
from imagined.contract import errors
from imagined.contract.errors import ErrorKind
from imagined.imagine import fields
from imagined.imagine.fields import Field
from imagined.rest_api.common_messages import ErrorBody, NestedErrorBody
from imagined.rest_api.operations import OPERATIONS, Operation, Parameter

Document = dict[str, Any]

_EVERYWHERE: Final = (
    errors.WRONG_KEY,
    errors.NO_CREDENTIALS,
    errors.PERMISSION_DENIED,
    errors.INTERNAL,
)
_TAGS: Final = {
    "Images": "Prompts and pictures to pictures. The call waits for the result.",
    "Videos": "Prompts, pictures and videos to videos: start a request, then poll it.",
    "Files": "Stored files. Any input may be a file, any output may be kept as one, any file may be published.",
    "Batches": "Many image and video requests in one container, run behind the interactive ones.",
    "Models": "What the server can draw with.",
    "Keys": "Who is calling.",
    "Requests": "Requests of every kind as rows: list, look, watch, cancel. Not part of the hosted API.",
    "Usage": "What was made and what it cost. Not part of the hosted API.",
    "Webhooks": "Where the ends of requests are told. Not part of the hosted API.",
    "Lineage": "How stored results were made, from what and into what. Not part of the hosted API.",
    "Service": "Health, this description, and the bytes behind URLs that need no key.",
}
_ABOUT: Final = (
    "The xAI Imagine and Files APIs, served by imagined. Errors are flat JSON objects, "
    '`{"code": "...", "error": "..."}`, except: a body that is JSON but does not fit its schema (422) and malformed '
    "JSON (400) answer in plain text, a wrong method (405) has no body, an unknown path (404) is nested. Every answer "
    "has an `x-request-id`."
)
FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "ImageGeneration": fields.IMAGE_GENERATION_FIELDS,
    "ImageEdit": fields.IMAGE_EDIT_FIELDS,
    "VideoGeneration": fields.VIDEO_GENERATION_FIELDS,
    "VideoEdit": fields.VIDEO_EDIT_FIELDS,
    "VideoExtension": fields.VIDEO_EXTENSION_FIELDS,
    "StorageOptions": fields.STORAGE_FIELDS,
}
"""What the fields of request bodies mean, where the services say it."""
REST_ONLY_FIELDS: Final = {
    ("ImageGeneration", "size"): "Refused: set `aspect_ratio` and `resolution`.",
    ("ImageEdit", "size"): "Refused: set `aspect_ratio` and `resolution`.",
    ("ImageEdit", "image_url"): "An older name of `image`.",
    ("VideoGeneration", "image_url"): "Another name of `image`.",
    ("VideoGeneration", "input_reference"): "Another name of `image`.",
    ("VideoGeneration", "seconds"): "Another name of `duration`.",
    ("VideoExtension", "seconds"): "Another name of `duration`.",
}
"""Fields that only REST has, and only for compatibility."""
_SERVICE_ROUTES: Final = {
    "/healthz": ("Whether the process answers", "text/plain", {200: "It does."}),
    "/readyz": (
        "Whether new requests are accepted",
        "text/plain",
        {200: "They are.", 503: "The server is starting or going down."},
    ),
    "/openapi.json": ("This description", "application/json", {200: "OpenAPI 3.1."}),
    "/docs": ("This description, for people", "text/html", {200: "A page."}),
}


def describe(extra_routes: Sequence[BaseRoute] = ()) -> Document:
    """The description as plain data. Extra routes are described by their paths and their endpoints' docstrings."""
    types: list[Any] = [ErrorBody, NestedErrorBody]
    for operation in OPERATIONS:
        types += [body for body in (operation.body,) if isinstance(body, type)]
        types += [answer.type for answer in operation.answers.values() if isinstance(answer.type, type)]
    _, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    _explain(components)
    paths: dict[str, Document] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    for path, (summary, media_type, statuses) in _SERVICE_ROUTES.items():
        paths[path] = {"get": _service_route(path, summary, media_type, statuses)}
    for route in extra_routes:
        if isinstance(route, Route) and route.include_in_schema:
            paths.update(_extra_route(route))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "imagined",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "A key made by `imagined keys create`."}
            },
        },
    }


def encoded(description: Document) -> bytes:
    """The description as JSON for reading."""
    return msgspec.json.format(msgspec.json.encode(description), indent=2) + b"\n"


def _explain(components: dict[str, Document]) -> None:
    """Add to the schemas what msgspec cannot know of their fields: meaning, bounds and effective defaults."""
    for name, listed in FIELDS.items():
        properties = components[name]["properties"]
        for field in listed:
            properties[field.name]["description"] = field.about
            if field.default is not None:
                properties[field.name]["default"] = field.default
            bounds = {"minimum": field.minimum, "maximum": field.maximum}
            for member in properties[field.name].get("anyOf", ()):
                if member.get("type") in ("integer", "number"):
                    member.update({bound: value for bound, value in bounds.items() if value is not None})
    for (name, alias), text in REST_ONLY_FIELDS.items():
        components[name]["properties"][alias]["description"] = text


def _described(operation: Operation) -> Document:
    described: Document = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
    }
    if operation.description:
        described["description"] = operation.description
    if operation.all_parameters:
        described["parameters"] = [_parameter(parameter) for parameter in operation.all_parameters]
    if operation.body is not None:
        described["requestBody"] = {
            "required": operation.body_required,
            "content": {operation.body_media_type: {"schema": _schema(operation.body)}},
        }
    described["responses"] = {
        **{
            str(status): {
                "description": answer.description,
                "headers": {"x-request-id": {"schema": {"type": "string", "format": "uuid"}}},
                "content": {kind: {"schema": _schema(answer.type) if answer.type else _BYTES} for kind in answer.media},
            }
            for status, answer in operation.answers.items()
        },
        **_refusals((*operation.all_refusals, *_EVERYWHERE)),
    }
    return described


_BYTES: Final[Document] = {"type": "string", "format": "binary"}
_TEXT: Final[Document] = {"type": "string"}


def _schema(wire_type: Any) -> Document:
    if isinstance(wire_type, dict):
        return wire_type
    return {"$ref": f"#/components/schemas/{wire_type.__name__}"}


def _parameter(parameter: Parameter) -> Document:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.place == "path",
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _refusals(kinds: tuple[ErrorKind, ...]) -> dict[str, Document]:
    """One response for each status; several kinds may share one."""
    by_status: dict[int, list[ErrorKind]] = {}
    for kind in kinds:
        by_status.setdefault(kind.http, []).append(kind)
    described = {}
    for status, same in sorted(by_status.items()):
        content: Document = {}
        codes = sorted({kind.code for kind in same if kind.body == "json"})
        if codes:
            content["application/json"] = {"schema": _schema(ErrorBody)}
        if any(kind.body == "text" for kind in same):
            content["text/plain"] = {"schema": _TEXT}
        listed = f" (`code`: {', '.join(f'`{code}`' for code in codes)})" if codes else ""
        described[str(status)] = {"description": f"{HTTPStatus(status).phrase}{listed}", "content": content}
    return described


def _service_route(path: str, summary: str, media_type: str, statuses: dict[int, str]) -> Document:
    schema = {"type": "object"} if media_type == "application/json" else _TEXT
    return {
        "operationId": re.sub(r"\W", "_", path.strip("/")),
        "tags": ["Service"],
        "summary": summary,
        "security": [],
        "responses": {
            str(status): {"description": text, "content": {media_type: {"schema": schema}}}
            for status, text in statuses.items()
        },
    }


def _extra_route(route: Route) -> dict[str, Document]:
    path = re.sub(r"{(\w+):\w+}", r"{\1}", route.path)
    text = inspect.getdoc(route.endpoint) or route.name
    summary, _, rest = text.partition("\n")
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    described = {
        method.lower(): {
            "operationId": f"{method.lower()}_{re.sub(r'[^a-zA-Z0-9]+', '_', path).strip('_') or 'root'}",
            "tags": ["Service"],
            "summary": summary.rstrip("."),
            **({"description": rest.strip()} if rest.strip() else {}),
            **({"parameters": parameters} if parameters else {}),
            "security": [],
            "responses": {
                "200": {"description": "The content.", "content": {"*/*": {"schema": _BYTES}}},
                "206": {"description": "The range that was asked for.", "content": {"*/*": {"schema": _BYTES}}},
                "304": {"description": "Not modified."},
                "404": {
                    "description": "Unknown, expired or revoked.",
                    "content": {"text/plain": {"schema": _TEXT}},
                },
                "412": {"description": "A condition on the content does not hold."},
                "416": {"description": "The range lies outside the content."},
            },
        }
        for method in sorted(route.methods or ())
        if method != "HEAD"
    }
    return {path: described}
