"""The commands. `app.py` is the one place where parts are wired together."""

import sys


def _import_structlog_alone() -> None:
    """Load structlog without rich, which it would import for prettier tracebacks: a tenth of the time to start."""
    if "rich" in sys.modules or "structlog" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # what the import system reads as "there is none"
    try:
        import structlog  # noqa: F401
    finally:
        del sys.modules["rich"]


_import_structlog_alone()
