"""Progress on stderr, where a person watches; silence in scripts."""

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from imagined.cli.remote_errors import Advance, printable

_NAME_WIDTH = 40


@contextlib.contextmanager
def transfer_bar(name: str, size: int | None) -> Iterator[Advance]:
    """A bar for one transfer; gives the function that moves it."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(binary_units=True),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task(_shortened(printable(name)), total=size)
        yield lambda count: bars.advance(bar, count)


@contextlib.contextmanager
def counting_bar(what: str) -> Iterator[Progress]:
    """A bar that counts things; add the task yourself."""
    console = Console(stderr=True)
    columns = (TextColumn(what, markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield bars


def _shortened(name: str) -> str:
    return name if len(name) <= _NAME_WIDTH else f"{name[: _NAME_WIDTH - 1]}…"
