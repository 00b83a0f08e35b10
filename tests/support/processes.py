"""What the kernel says of a process and everything it started."""

from pathlib import Path


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*"):
        for child in (task / "children").read_text().split():
            found += family(int(child))
    return found


def peak_bytes(pid: int) -> int:
    """The most memory that a process and its descendants have each held, summed. Shared pages count for each."""
    return sum(_peak(member) for member in family(pid))


def _peak(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "VmHWM":
            return int(value.split()[0]) * 1024
    return 0
