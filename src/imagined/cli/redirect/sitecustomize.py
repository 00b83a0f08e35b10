"""Points the official SDK at a local server, in every Python that starts with this folder on its path.

`imagined exec` puts this folder first on ``PYTHONPATH``. The SDK reads no host from the environment, but the host is
the default of one keyword argument; it is changed when the SDK is imported, so that a script that names no host
reaches the local server and a script that names one is left alone. Nothing here may fail a user's script.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

_HERE = str(Path(__file__).resolve().parent)
_TARGET = "xai_sdk.client"


class _RedirectingLoader(importlib.abc.Loader):
    """Runs the real loader, then changes the default host."""

    def __init__(self, loader: importlib.abc.Loader, host: str) -> None:
        self._loader = loader
        self._host = host

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        client = getattr(module, "BaseClient", None)
        defaults = getattr(getattr(client, "__init__", None), "__kwdefaults__", None)
        if isinstance(defaults, dict) and "api_host" in defaults:
            defaults["api_host"] = self._host
        else:
            sys.stderr.write("imagined exec: this xai_sdk has another shape; pass api_host= in the script.\n")


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the SDK's client module once and wraps its loader."""

    def __init__(self, host: str) -> None:
        self._host = host

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del path, target  # the SDK is found as any import finds it
        if fullname != _TARGET:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _RedirectingLoader(spec.loader, self._host)
        return spec


def _run_the_environments_own() -> None:
    """Python runs only the first `sitecustomize` it finds; run the one that this module hides, if there is one."""
    elsewhere = [entry for entry in sys.path if str(Path(entry or ".").resolve()) != _HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", elsewhere)
    if spec is not None and spec.loader is not None and spec.origin != __file__:
        module = importlib.util.module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


_host = os.environ.get("IMAGINED_GRPC", "")
if _host:
    sys.meta_path.insert(0, _Finder(_host))
_run_the_environments_own()
