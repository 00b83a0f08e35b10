"""What the kernel knows of an engine process and of everything it started: who they are, what they hold, their end.

A killed process leaves its children behind, in whatever session they put themselves. They are found again by a mark in
their environment, which children inherit. Where there is no ``/proc`` nothing is found: the process group has to do.
"""

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Final

MARK: Final = "IMAGINED_ENGINE"
"""The variable that names an engine process to those who look for it: ``OWNER.NUMBER``."""
_PROC: Final = Path("/proc")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_ROUNDS: Final = 20
"""How often to look for survivors: a process may fork while its siblings are killed."""
_PAUSE_S: Final = 0.005
_MOST_ENTRIES: Final = 10_000


def family(pid: int) -> list[int]:
    """A process and its living descendants; only itself where the kernel does not tell."""
    found, at = [pid], 0
    while at < len(found):
        for children in _PROC.glob(f"{found[at]}/task/*/children"):
            with contextlib.suppress(OSError):
                found += [int(child) for child in children.read_text(encoding="ascii").split()]
        at += 1
    return found


def resident_bytes(pids: list[int], limit: int) -> int:
    """Memory that processes hold together. Pages they share are counted once when that decides about `limit`."""
    total = sum(_resident(pid) for pid in pids)
    if total <= limit or len(pids) == 1:
        return total
    return sum(_proportional(pid) for pid in pids)


def size_of(folder: str) -> int:
    """Bytes of all files below a folder; one that holds more names than any result needs counts as endless."""
    total, entries = 0, 0
    for place, _, names in os.walk(folder):
        entries += len(names) + 1
        if entries > _MOST_ENTRIES:
            return 1 << 62
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(f"{place}/{name}").st_size
    return total


def end_marked(mark: str) -> int:
    """Kill every process whose mark begins with `mark`, until there is none; how many there were. Blocks."""
    needle, killed = f"{MARK}={mark}".encode(), set()
    for _ in range(_ROUNDS):
        pids = [pid for pid in _all() if _is_marked(pid, needle)]
        if not pids:
            break
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
        time.sleep(_PAUSE_S)
    return len(killed)


def _all() -> list[int]:
    try:
        return [int(name) for name in os.listdir(_PROC) if name.isdecimal() and int(name) != os.getpid()]  # noqa: PTH208
    except OSError:
        return []


def _is_marked(pid: int, needle: bytes) -> bool:
    # The environment of a zombie reads as empty: it is gone already.
    try:
        content = (_PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return False
    return content.startswith(needle) or b"\0" + needle in content


def _resident(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _proportional(pid: int) -> int:
    try:
        for line in (_PROC / str(pid) / "smaps_rollup").read_bytes().splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, IndexError, ValueError):
        pass
    return _resident(pid)
