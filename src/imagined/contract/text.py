"""Which files can be downloaded in the form ``text``: those that already are text."""

from typing import Final

from imagined.contract.errors import invalid

_TEXT_APPLICATIONS: Final = frozenset(
    {
        "application/json",
        "application/x-ndjson",
        "application/jsonl",
        "application/xml",
        "application/yaml",
        "application/toml",
        "application/javascript",
    }
)


def require_text(content_type: str) -> None:
    """Raise `ApiError` unless a file of this content type is text."""
    essence = content_type.partition(";")[0].strip().lower()
    if essence.startswith("text/") or essence in _TEXT_APPLICATIONS or essence.endswith(("+json", "+xml")):
        return
    raise invalid(f"Text cannot be extracted from a file of type {essence}. Use format `original`.")
