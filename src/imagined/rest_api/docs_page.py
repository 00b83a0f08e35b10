"""The description as a page for people: one HTML document, its own style sheet, no script, nothing fetched."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

Document = dict[str, Any]

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2329; --soft: #5b6670; --line: #d9dee3; --paper: #fff; --tint: #f4f6f8;
  --get: #1a6fb5; --post: #2a7d3f; --put: #9a6200; --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --soft: #9aa5b0; --line: #333b44; --paper: #14181c;
  --tint: #1c2228; --get: #6db3ee; --post: #6fcb86; --put: #e0ad55; --delete: #f28b82; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
.page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 76rem; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 1.5rem 1rem;
  font-size: .875rem; }
nav h2 { margin: 1.2rem 0 .3rem; font-size: .8rem; color: var(--soft); font-weight: 600; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .15rem 0; color: inherit; text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
main { padding: 1.5rem; border-left: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.6rem; }
h2.tag { margin: 3rem 0 .2rem; font-size: 1.3rem; }
section { margin: 1.5rem 0; padding: 1rem 1.2rem; border: 1px solid var(--line); border-radius: 8px; }
section:target { outline: 2px solid var(--get); }
h3 { margin: 0 0 .2rem; font-size: 1.05rem; }
h4 { margin: 1.1rem 0 .3rem; font-size: .85rem; color: var(--soft); font-weight: 600; }
.route { font-family: ui-monospace, monospace; font-size: .92rem; overflow-wrap: anywhere; }
.method { font-weight: 700; margin-right: .5rem; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .delete { color: var(--delete); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
td, th { padding: .35rem .8rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
code { font-family: ui-monospace, monospace; font-size: .9em; background: var(--tint); padding: .05em .3em;
  border-radius: 4px; overflow-wrap: anywhere; }
td:first-child code { overflow-wrap: normal; white-space: nowrap; }
pre { background: var(--tint); padding: .8rem 1rem; border-radius: 6px; overflow-x: auto; font-size: .85rem; }
pre code { background: none; padding: 0; }
p { margin: .4rem 0; }
.soft { color: var(--soft); }
@media (max-width: 56rem) { .page { grid-template-columns: 1fr; } nav { position: static; max-height: none; }
  main { border-left: 0; } }
"""

_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
CONTENT_SECURITY_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_METHODS: Final = ("get", "post", "put", "delete")


def docs_page(description: Document) -> str:
    """The page."""
    info = description["info"]
    schemas = description["components"]["schemas"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style></head>"
        f'<body><div class="page"><nav aria-label="Operations">{_navigation(description)}</nav><main>'
        f'<h1>{escape(info["title"])} API</h1><p class="soft">Version {escape(info["version"])} · '
        '<a href="/openapi.json">OpenAPI 3.1 description</a></p>'
        f"<p>{_prose(info['description'])}</p>{_example()}"
        f"{''.join(_tags(description))}"
        f'<h2 class="tag">Objects</h2>{"".join(_object(name, schemas[name]) for name in sorted(schemas))}'
        "</main></div></body></html>"
    )


def _operations(description: Document, tag: str) -> Iterator[tuple[str, str, Document]]:
    for path, item in description["paths"].items():
        for method in _METHODS:
            if method in item and tag in item[method]["tags"]:
                yield method, path, item[method]


def _navigation(description: Document) -> str:
    blocks = []
    for tag in description["tags"]:
        links = "".join(
            f'<li><a href="#{escape(operation["operationId"])}">{escape(operation["summary"])}</a></li>'
            for _, _, operation in _operations(description, tag["name"])
        )
        blocks.append(f"<h2>{escape(tag['name'])}</h2><ul>{links}</ul>")
    return "".join(blocks)


def _example() -> str:
    command = (
        "curl -s $IMAGINED_URL/v1/images/generations \\\n"
        '  -H "Authorization: Bearer $XAI_API_KEY" -H "Content-Type: application/json" \\\n'
        """  -d '{"prompt": "A futuristic city skyline at night", "storage_options": {"filename": "city.jpg"}}'"""
    )
    return f"<pre><code>{escape(command)}</code></pre>"


def _tags(description: Document) -> Iterator[str]:
    for tag in description["tags"]:
        yield f'<h2 class="tag">{escape(tag["name"])}</h2><p class="soft">{_prose(tag["description"])}</p>'
        for method, path, operation in _operations(description, tag["name"]):
            yield _operation(method, path, operation, description["components"]["schemas"])


def _operation(method: str, path: str, operation: Document, schemas: Document) -> str:
    parts = [
        f'<section id="{escape(operation["operationId"])}"><h3>{escape(operation["summary"])}</h3>',
        f'<p class="route"><span class="method {method}">{method.upper()}</span>{escape(path)}</p>',
    ]
    if "description" in operation:
        parts.append(f"<p>{_prose(operation['description'])}</p>")
    if "parameters" in operation:
        rows = "".join(
            _row(parameter["name"], parameter["schema"], parameter["required"], parameter.get("description", ""))
            for parameter in operation["parameters"]
        )
        parts.append(f"<h4>Parameters</h4>{_table(rows)}")
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = content["schema"]
        resolved = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        parts.append(f"<h4>Body, <code>{escape(media_type)}</code></h4>{_properties(resolved)}")
    parts.append(f"<h4>Answers</h4>{_answers(operation['responses'])}</section>")
    return "".join(parts)


def _answers(responses: Document) -> str:
    rows = []
    for status, response in responses.items():
        kinds = ", ".join(
            _type(content["schema"]) if "$ref" in content["schema"] else f"<code>{escape(media_type)}</code>"
            for media_type, content in response.get("content", {}).items()
        )
        rows.append(
            f"<tr><td><code>{status}</code></td><td>{kinds}</td><td>{_prose(response['description'])}</td></tr>"
        )
    return f'<div class="scroll"><table>{"".join(rows)}</table></div>'


def _object(name: str, schema: Document) -> str:
    about = f"<p>{_prose(schema['description'])}</p>" if "description" in schema else ""
    return f'<section id="object-{escape(name)}"><h3>{escape(name)}</h3>{about}{_properties(schema)}</section>'


def _properties(schema: Document) -> str:
    required = schema.get("required", [])
    rows = "".join(
        _row(name, declared, name in required, declared.get("description", ""))
        for name, declared in schema.get("properties", {}).items()
    )
    return _table(rows)


def _table(rows: str) -> str:
    return (
        '<div class="scroll"><table><tr><th scope="col">Name</th><th scope="col">Type</th>'
        f'<th scope="col">Meaning</th></tr>{rows}</table></div>'
    )


def _row(name: str, schema: Document, required: bool, text: str) -> str:
    notes = [_prose(text)] if text else []
    if required:
        notes.append("Required.")
    default = schema.get("default")
    if default is not None and not isinstance(default, dict | list):
        notes.append(
            f"Default <code>{escape(str(default).lower() if isinstance(default, bool) else str(default))}</code>."
        )
    return f"<tr><td><code>{escape(name)}</code></td><td>{_type(schema)}</td><td>{' '.join(notes)}</td></tr>"


def _type(schema: Document) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#object-{escape(name)}">{escape(name)}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(member) for member in schema["anyOf"] if member != {"type": "null"})
    if "enum" in schema:
        return ", ".join(f"<code>{escape(str(word))}</code>" for word in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if schema.get("format") == "binary":
        return "bytes"
    return escape(schema.get("type", "anything"))


def _prose(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
