"""The SDK's messages without the SDK: its package imports every client it has, which takes a second at start.

`defer` makes ``xai_sdk`` a package that runs its own ``__init__`` only when somebody asks it for
something other than a submodule. ``import xai_sdk`` and ``from xai_sdk import Client`` keep working in this process.
"""

import importlib.util
import sys
from typing import Any

_NAME = "xai_sdk"


def defer() -> None:
    """Put the package off, unless this process has imported it already."""
    if _NAME in sys.modules:
        return
    spec = importlib.util.find_spec(_NAME)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {_NAME!r}", name=_NAME)
    module = importlib.util.module_from_spec(spec)
    loader = spec.loader

    def run_and_look_again(attribute: str) -> Any:
        # A submodule that is already imported is no reason to run the rest.
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        del module.__dict__["__getattr__"]
        loader.exec_module(module)
        return getattr(module, attribute)

    module.__dict__["__getattr__"] = run_and_look_again
    sys.modules[_NAME] = module
