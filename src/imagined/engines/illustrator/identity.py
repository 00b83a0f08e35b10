"""What decides the illustrator's bytes, as one digest: its own code, the libraries that draw, and the kind of machine.

The same digest, task and inputs give the same bytes. Processors of one kind may still differ in the last bit of a
float where a library chooses other instructions for them; nothing cheap can tell that beforehand.
"""

import functools
import hashlib
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Final

import imagined
from imagined.contract import sizes
from imagined.engines import media

_LIBRARIES: Final = ("av", "embreex", "numpy", "pillow", "skia-python")
_PACKAGE: Final = Path(__file__).parent


@functools.cache
def digest() -> str:
    """16 hex characters; read from disk once in a process, which takes a few milliseconds."""
    whole = hashlib.sha256()
    for part in (*_versions(), *_sources()):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()[:16]


def _versions() -> list[bytes]:
    machine = (platform.machine(), sys.platform, f"python {sys.version_info.major}.{sys.version_info.minor}")
    return [text.encode() for text in (*machine, *(f"{name} {metadata.version(name)}" for name in _LIBRARIES))]


def _sources() -> list[bytes]:
    """Names and bytes of every file of the engine, and of what else it computes with."""
    root = Path(imagined.__file__).parent
    own = (path for path in _PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    paths = sorted(
        (*own, Path(media.__file__), Path(sizes.__file__)), key=lambda path: path.relative_to(root).as_posix()
    )
    parts: list[bytes] = []
    for path in paths:
        parts += [path.relative_to(root).as_posix().encode(), path.read_bytes()]
    return parts
