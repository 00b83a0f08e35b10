"""What `imagined doctor` says: a line for each check, what is wrong and what to do about it."""

from collections.abc import Callable
from typing import TypeVar

import typer

from imagined.cli.remote_errors import printable

T = TypeVar("T")


class CheckError(Exception):
    """A check failed: what was found, and what to do."""

    def __init__(self, found: str, advice: str) -> None:
        super().__init__(found)
        self.found = found
        self.advice = advice


class Findings:
    """Runs checks and prints how each went, as they go."""

    def __init__(self) -> None:
        self.failed = 0

    def check(self, name: str, work: Callable[[], str]) -> bool:
        """Run a check that says what is well; whether it passed."""
        try:
            found = work()
        except CheckError as problem:
            self.failed += 1
            _line("failed", name, f"{problem.found} {problem.advice}")
            return False
        _line("ok", name, found)
        return True

    def skip(self, name: str, reason: str) -> None:
        """Say why something was not looked at."""
        _line("skipped", name, reason)


def _line(state: str, name: str, text: str) -> None:
    typer.echo(f"{state:<8}{name:<15}{printable(text)}")
