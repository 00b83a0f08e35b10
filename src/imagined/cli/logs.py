"""The log: structured, on stderr, never with a secret in it."""

import json
import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import msgspec
import structlog

from imagined.settings import Log

_SECRET_NAMES = ("authorization", "api_key", "key", "token", "secret", "password")
_LEVELS: Mapping[str, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def hide_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank out values whose name says that they are secret: the last wall, for a line that should not exist."""
    for name in event:
        if name.lower() in _SECRET_NAMES:
            event[name] = "***"
    return event


def _encoded(event: Any, default: Any = repr, **_: Any) -> str:
    """JSON, several times faster than the standard library's: every request has its line."""
    try:
        return msgspec.json.encode(event, enc_hook=default).decode()
    except (ValueError, TypeError, OverflowError):  # half of a surrogate pair, for one
        return json.dumps(event, default=default)


def configure(settings: Log) -> None:
    """Send structlog and the standard library's loggers to stderr in the chosen form."""
    as_json = settings.format == "json" or (settings.format == "auto" and not sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    renderer: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_encoded)]
        if as_json
        # Tracebacks without local variables: those hold prompts, and bodies of requests.
        else [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    )
    level = _LEVELS[settings.level]
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
