"""`imagined exec`: run a script that names no host against a running server."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from imagined.cli.targets import Target

LOCAL_KEY = "xai-local-development-key-any-value-will-do"
"""The SDKs insist on a key; a server in open mode accepts any."""


def redirected_environment(target: Target, environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` with the official SDK, the OpenAI SDK and our own commands pointed at `target`.

    A key that is set stays. The script's own text and arguments are untouched.
    """
    changed = dict(environment)
    folder = str(Path(str(files("imagined.cli"))) / "redirect")
    paths = [folder, *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
    changed["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    changed["IMAGINED_URL"] = target.url
    changed["IMAGINED_GRPC"] = target.grpc
    changed["OPENAI_BASE_URL"] = f"{target.url}/v1"
    key = environment.get("XAI_API_KEY") or environment.get("OPENAI_API_KEY") or LOCAL_KEY
    changed.setdefault("XAI_API_KEY", key)
    changed["OPENAI_API_KEY"] = changed["XAI_API_KEY"]
    return changed


def run(command: Sequence[str], target: Target) -> int:
    """Run `command` redirected, with this terminal, and return its exit status (127 when there is no such program)."""
    try:
        return subprocess.run(list(command), env=redirected_environment(target, os.environ), check=False).returncode  # noqa: S603
    except FileNotFoundError:
        return 127
    except KeyboardInterrupt:
        return 130
