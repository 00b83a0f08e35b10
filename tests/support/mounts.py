"""Small disks and disks that may only be read, made by the kernel. Mounting needs a namespace of our own, or root."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

INSIDE = "IMAGINED_TEST_NAMESPACE"


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of `size` bytes at `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "none", str(folder))
    try:
        yield folder
    finally:
        run("umount", "-l", str(folder))


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing new can be made in `folder` meanwhile; files that are open stay as they are."""
    run("mount", "--bind", str(folder), str(folder))
    try:
        run("mount", "-o", "remount,ro,bind", str(folder))
        yield
    finally:
        run("umount", "-l", str(folder))


def in_namespace(test: str) -> bool:
    """Whether this process may mount. Where not, `test` runs again in a namespace in which it may, and has to pass."""
    if os.environ.get(INSIDE) or os.geteuid() == 0:
        return True
    command = ["unshare", "--mount", "--map-root-user", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    subprocess.run([*command, test], env={**os.environ, INSIDE: "1"}, check=True)
    return False
